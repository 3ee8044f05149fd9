/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <csv.h>
#include <string.h>

#include "plenary/error.h"
#include "plenary/text.h"
#include "plenary/write.h"

char *pln_inputs_digest(const GArray *inputs) {
  g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
  for (guint i = 0; i < inputs->len; i++)
    g_checksum_update(sum, (const guchar *)g_array_index(inputs, PlnInput, i).sha256, -1);
  return g_strndup(g_checksum_get_string(sum), 12);
}

/* RFC 4180: quoted only where it must be. */
static void quote(GString *out, const char *text) {
  if (!strpbrk(text, ",\"\r\n") && *text != ' ' && !g_str_has_suffix(text, " ")) {
    g_string_append(out, text);
    return;
  }
  gsize n = csv_write(NULL, 0, text, strlen(text));
  g_autofree char *quoted = g_malloc(n);
  csv_write(quoted, n, text, strlen(text));
  g_string_append_len(out, quoted, (gssize)n);
}

static void cell(GString *out, const PlnValue *v) {
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  switch (v->kind) {
  case PLN_VALUE_INT:
    g_string_append_printf(out, "%" G_GINT64_FORMAT, v->number);
    break;
  case PLN_VALUE_REAL:
    g_string_append(out, g_ascii_formatd(number, sizeof number, "%.17g", v->real));
    break;
  case PLN_VALUE_BOOL:
    g_string_append(out, v->number ? "yes" : "no");
    break;
  case PLN_VALUE_UNKNOWN:
    g_string_append_c(out, '?');
    break;
  case PLN_VALUE_TEXT:
  case PLN_VALUE_WORDS: {
    g_autofree char *visible = pln_text_visible(v->text), *inert = pln_text_inert(visible);
    quote(out, inert);
    break;
  }
  default:
    break;
  }
}

typedef struct {
  GString *out;
  const char *key;
  const PlnProvenance *provenance;
  char *digest;
  gboolean found;
} Writer;

static void head(Writer *w, const PlnNode *table, gboolean with_id, const char *id_key) {
  if (with_id)
    g_string_append_printf(w->out, "%s,", id_key);
  for (guint c = 0; c < table->n_columns; c++)
    if (table->columns[c].key[0] != '-')
      g_string_append_printf(w->out, "%s,", table->columns[c].key);
  g_string_append(w->out, "plenary,command,inputs_sha256\n");
}

static void write_table(Writer *w, const PlnNode *table, const PlnNode *within) {
  gboolean with_id = within && within->each;
  if (!w->found)
    head(w, table, with_id, "proposal");
  w->found = TRUE;
  for (guint r = 0; r < pln_node_rows(table); r++) {
    if (with_id) {
      PlnValue id = {.kind = PLN_VALUE_TEXT, .text = within->text};
      cell(w->out, &id);
      g_string_append_c(w->out, ',');
    }
    for (guint c = 0; c < table->n_columns; c++) {
      if (table->columns[c].key[0] == '-')
        continue;
      cell(w->out, pln_node_cell(table, r, c));
      g_string_append_c(w->out, ',');
    }
    g_string_append_printf(w->out, "%s,", w->provenance->version);
    g_autofree char *command = pln_text_visible(w->provenance->command);
    quote(w->out, command);
    g_string_append_printf(w->out, ",%s\n", w->digest);
  }
}

static void walk(Writer *w, const PlnNode *section) {
  for (guint i = 0; i < section->nodes->len; i++) {
    const PlnNode *node = section->nodes->pdata[i];
    if (node->kind == PLN_NODE_SECTION)
      walk(w, node);
    else if (node->kind == PLN_NODE_TABLE && g_strcmp0(node->key, w->key) == 0)
      write_table(w, node, section);
  }
}

static void list_keys(const PlnNode *section, GPtrArray *keys) {
  for (guint i = 0; i < section->nodes->len; i++) {
    const PlnNode *node = section->nodes->pdata[i];
    if (node->kind == PLN_NODE_SECTION)
      list_keys(node, keys);
    else if (node->kind == PLN_NODE_TABLE && node->key &&
             !g_ptr_array_find_with_equal_func(keys, node->key, g_str_equal, NULL))
      g_ptr_array_add(keys, node->key);
  }
}

char *pln_write_csv(const PlnDoc *doc, const PlnProvenance *provenance, const char *key,
                    GError **error) {
  g_autofree char *digest = pln_inputs_digest(provenance->inputs);
  Writer w = {g_string_new(NULL), key, provenance, digest, FALSE};
  walk(&w, pln_doc_root(doc));
  if (w.found)
    return g_string_free(w.out, FALSE);
  g_string_free(w.out, TRUE);
  g_autoptr(GPtrArray) keys = g_ptr_array_new();
  list_keys(pln_doc_root(doc), keys);
  g_ptr_array_add(keys, NULL);
  g_autofree char *known = g_strjoinv(", ", (char **)keys->pdata);
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "no table \"%s\" here; expected one of %s", key,
              known);
  return NULL;
}
