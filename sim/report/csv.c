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

void pln_csv_add_text(GString *out, const char *text) {
  g_autofree char *visible = pln_text_visible(text), *inert = pln_text_inert(visible);
  quote(out, inert);
}

static void cell(GString *out, const PlnValue *v) {
  char format[8];
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  switch (v->kind) {
  case PLN_VALUE_INT:
    g_string_append_printf(out, "%" G_GINT64_FORMAT, v->number);
    break;
  case PLN_VALUE_ROUNDED:
    g_snprintf(format, sizeof format, "%%.%df", v->digits);
    g_string_append(out, g_ascii_formatd(number, sizeof number, format, v->real));
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
  case PLN_VALUE_WORDS:
    pln_csv_add_text(out, v->text);
    break;
  default:
    break;
  }
}

/* A table and where it stands: in which of several proposals, and in which part of it. */
typedef struct {
  const PlnNode *table;
  const char *id, *part; /* NULL: in none */
} Place;

static void find_tables(const PlnNode *section, const char *key, Place at, GArray *found) {
  if (section->each)
    at.id = section->text;
  else if (at.id)
    at.part = section->key;
  for (guint i = 0; i < section->nodes->len; i++) {
    at.table = section->nodes->pdata[i];
    if (at.table->kind == PLN_NODE_SECTION)
      find_tables(at.table, key, at, found);
    else if (at.table->kind == PLN_NODE_TABLE && g_strcmp0(at.table->key, key) == 0)
      g_array_append_val(found, at);
  }
}

static void put_text(GString *out, const char *text) {
  PlnValue value = {.kind = PLN_VALUE_TEXT, .text = (char *)text};
  if (text)
    cell(out, &value);
  g_string_append_c(out, ',');
}

static void write_head(GString *out, const PlnNode *table, gboolean ids, gboolean parts) {
  g_string_append(out, ids ? "proposal," : "");
  g_string_append(out, parts ? "part," : "");
  for (guint c = 0; c < table->n_columns; c++)
    if (table->columns[c].key[0] != '-')
      g_string_append_printf(out, "%s,", table->columns[c].key);
  g_string_append(out, PLN_CSV_PROVENANCE "\n");
}

static void write_rows(GString *out, const Place *at, gboolean ids, gboolean parts,
                       const char *provenance) {
  const PlnNode *table = at->table;
  for (guint r = 0; r < pln_node_rows(table); r++) {
    if (ids)
      put_text(out, at->id);
    if (parts)
      put_text(out, at->part);
    for (guint c = 0; c < table->n_columns; c++) {
      if (table->columns[c].key[0] == '-')
        continue;
      cell(out, pln_node_cell(table, r, c));
      g_string_append_c(out, ',');
    }
    g_string_append_printf(out, "%s\n", provenance);
  }
}

char *pln_csv_provenance(const PlnProvenance *p) {
  GString *out = g_string_new(NULL);
  g_autofree char *inputs = p->inputs->len > 0 ? pln_inputs_digest(p->inputs) : g_strdup("");
  g_autofree char *data = pln_inputs_digest(p->data);
  pln_csv_add_text(out, p->version);
  g_string_append_c(out, ',');
  pln_csv_add_text(out, p->command);
  g_string_append_printf(out, ",%s,%s", inputs, data);
  return g_string_free(out, FALSE);
}

/* Not those with a dash, which are for people as columns with one are. */
static void list_keys(const PlnNode *section, GPtrArray *keys) {
  for (guint i = 0; i < section->nodes->len; i++) {
    const PlnNode *node = section->nodes->pdata[i];
    if (node->kind == PLN_NODE_SECTION)
      list_keys(node, keys);
    else if (node->kind == PLN_NODE_TABLE && node->key && node->key[0] != '-' &&
             !g_ptr_array_find_with_equal_func(keys, node->key, g_str_equal, NULL))
      g_ptr_array_add(keys, node->key);
  }
}

char *pln_write_csv(const PlnDoc *doc, const PlnProvenance *provenance, const char *key,
                    GError **error) {
  g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(Place));
  find_tables(pln_doc_root(doc), key, (Place){NULL, NULL, NULL}, found);
  if (found->len == 0) {
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    list_keys(pln_doc_root(doc), keys);
    gboolean any = keys->len > 0;
    g_ptr_array_add(keys, NULL);
    g_autofree char *known = g_strjoinv(", ", (char **)keys->pdata);
    g_autofree char *shown = pln_text_visible(key);
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "no table \"%s\" here; expected %s%s", shown,
                any ? "one of " : "--format text or json: there is no table at all", known);
    return NULL;
  }
  gboolean ids = FALSE, parts = FALSE;
  for (guint i = 0; i < found->len; i++) {
    ids |= g_array_index(found, Place, i).id != NULL;
    parts |= g_array_index(found, Place, i).part != NULL;
  }
  GString *out = g_string_new(NULL);
  g_autofree char *cells = pln_csv_provenance(provenance);
  write_head(out, g_array_index(found, Place, 0).table, ids, parts);
  for (guint i = 0; i < found->len; i++)
    write_rows(out, &g_array_index(found, Place, i), ids, parts, cells);
  return g_string_free(out, FALSE);
}
