/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/document.h"

#include <math.h>
#include <string.h>

struct PlnDoc {
  PlnNode *root;
  GPtrArray *open; /* PlnNode *, the innermost last */
  PlnNode *table;
};

PlnValue pln_none(void) {
  return (PlnValue){.kind = PLN_VALUE_NONE};
}

PlnValue pln_unknown(void) {
  return (PlnValue){.kind = PLN_VALUE_UNKNOWN};
}

PlnValue pln_int(gint64 number) {
  return (PlnValue){.kind = PLN_VALUE_INT, .number = number};
}

PlnValue pln_real(double real, int digits) {
  if (real < 0)
    return pln_none();
  return (PlnValue){.kind = PLN_VALUE_REAL, .real = real, .digits = digits};
}

PlnValue pln_number(double real, int digits) {
  char number[G_ASCII_DTOSTR_BUF_SIZE], format[8];
  if (isnan(real))
    return pln_none();
  g_snprintf(format, sizeof format, "%%.%df", digits);
  double rounded = g_ascii_strtod(g_ascii_formatd(number, sizeof number, format, real), NULL);
  return (PlnValue){.kind = PLN_VALUE_ROUNDED, .real = rounded == 0 ? 0 : rounded, .digits = digits};
}

PlnValue pln_bool(gboolean truth) {
  return (PlnValue){.kind = PLN_VALUE_BOOL, .number = truth ? 1 : 0};
}

PlnValue pln_text(const char *text) {
  if (strcmp(text, "?") == 0)
    return pln_unknown();
  return (PlnValue){.kind = PLN_VALUE_TEXT, .text = g_strdup(text)};
}

PlnValue pln_words(const char *text) {
  return (PlnValue){.kind = PLN_VALUE_WORDS, .text = g_strdup(text)};
}

static void value_clear(gpointer data) {
  g_free(((PlnValue *)data)->text);
}

static void node_free(gpointer data) {
  PlnNode *node = data;
  g_free(node->key);
  g_free(node->text);
  g_free(node->chart);
  value_clear(&node->value);
  g_clear_pointer(&node->nodes, g_ptr_array_unref);
  g_clear_pointer(&node->cells, g_array_unref);
  g_free(node->columns);
  g_free(node);
}

static PlnNode *node_new(PlnNodeKind kind, const char *key) {
  PlnNode *node = g_new0(PlnNode, 1);
  node->kind = kind;
  node->key = g_strdup(key);
  if (kind == PLN_NODE_SECTION)
    node->nodes = g_ptr_array_new_with_free_func(node_free);
  return node;
}

static PlnNode *append(PlnDoc *doc, PlnNodeKind kind, const char *key) {
  PlnNode *node = node_new(kind, key);
  PlnNode *section = doc->open->pdata[doc->open->len - 1];
  g_ptr_array_add(section->nodes, node);
  return node;
}

char *pln_value_text(const PlnValue *v) {
  char number[G_ASCII_DTOSTR_BUF_SIZE], format[8];
  switch (v->kind) {
  case PLN_VALUE_INT:
    return g_strdup_printf("%" G_GINT64_FORMAT, v->number);
  case PLN_VALUE_REAL:
  case PLN_VALUE_ROUNDED:
    g_snprintf(format, sizeof format, "%%.%df", v->digits);
    return g_strdup(g_ascii_formatd(number, sizeof number, format, v->real));
  case PLN_VALUE_BOOL:
    return g_strdup(v->number ? "yes" : "no");
  case PLN_VALUE_UNKNOWN:
    return g_strdup("?");
  case PLN_VALUE_TEXT:
  case PLN_VALUE_WORDS:
    return g_strdup(v->text);
  default:
    return g_strdup("");
  }
}

gboolean pln_value_is_number(const PlnValue *v) {
  return v->kind == PLN_VALUE_INT || v->kind == PLN_VALUE_REAL || v->kind == PLN_VALUE_ROUNDED;
}

PlnDoc *pln_doc_new(void) {
  PlnDoc *doc = g_new0(PlnDoc, 1);
  doc->root = node_new(PLN_NODE_SECTION, NULL);
  doc->open = g_ptr_array_new();
  g_ptr_array_add(doc->open, doc->root);
  return doc;
}

void pln_doc_free(PlnDoc *doc) {
  if (!doc)
    return;
  node_free(doc->root);
  g_ptr_array_unref(doc->open);
  g_free(doc);
}

const PlnNode *pln_doc_root(const PlnDoc *doc) {
  return doc->root;
}

void pln_doc_open(PlnDoc *doc, const char *key) {
  g_ptr_array_add(doc->open, append(doc, PLN_NODE_SECTION, key));
}

void pln_doc_open_each(PlnDoc *doc, const char *key, const char *id) {
  PlnNode *node = append(doc, PLN_NODE_SECTION, key);
  node->each = TRUE;
  node->text = g_strdup(id);
  g_ptr_array_add(doc->open, node);
}

void pln_doc_close(PlnDoc *doc) {
  g_return_if_fail(doc->open->len > 1);
  g_ptr_array_set_size(doc->open, (gint)doc->open->len - 1);
}

void pln_doc_hide(PlnDoc *doc) {
  ((PlnNode *)doc->open->pdata[doc->open->len - 1])->audience = PLN_FOR_PROGRAMS;
}

void pln_doc_fact(PlnDoc *doc, const char *key, PlnValue value) {
  PlnNode *node = append(doc, PLN_NODE_FACT, key);
  node->audience = PLN_FOR_PROGRAMS;
  node->value = value;
}

void pln_doc_text(PlnDoc *doc, const char *key, const char *text) {
  pln_doc_fact(doc, key, *text ? pln_text(text) : pln_none());
}

void pln_doc_say(PlnDoc *doc, const char *key, PlnSay say, const char *format, ...) {
  PlnNode *node = append(doc, PLN_NODE_SAY, key);
  va_list args;
  va_start(args, format);
  node->text = g_strdup_vprintf(format, args);
  va_end(args);
  node->say = say;
  node->audience = key ? PLN_FOR_BOTH : PLN_FOR_PEOPLE;
}

void pln_doc_table(PlnDoc *doc, const char *key, PlnAudience audience, const char *caption,
                   const PlnDocColumn *columns) {
  PlnNode *node = append(doc, PLN_NODE_TABLE, key);
  node->audience = audience;
  node->text = g_strdup(caption);
  while (columns[node->n_columns].key)
    node->n_columns++;
  node->columns = g_memdup2(columns, node->n_columns * sizeof *columns);
  node->cells = g_array_new(FALSE, FALSE, sizeof(PlnValue));
  g_array_set_clear_func(node->cells, value_clear);
  doc->table = node;
}

void pln_doc_cell(PlnDoc *doc, PlnValue value) {
  g_array_append_val(doc->table->cells, value);
}

void pln_doc_bar(PlnDoc *doc, PlnBar bar) {
  PlnNode *node = append(doc, PLN_NODE_BAR, NULL);
  node->audience = PLN_FOR_PEOPLE;
  node->bar = bar;
}

void pln_doc_chart(PlnDoc *doc, const char *kind, const char *format, ...) {
  PlnNode *node = append(doc, PLN_NODE_CHART, NULL);
  va_list args;
  va_start(args, format);
  node->text = g_strdup_vprintf(format, args);
  va_end(args);
  node->chart = g_strdup(kind);
  node->audience = PLN_FOR_PEOPLE;
}

guint pln_node_rows(const PlnNode *table) {
  return table->cells->len / table->n_columns;
}

const PlnValue *pln_node_cell(const PlnNode *table, guint row, guint column) {
  return &g_array_index(table->cells, PlnValue, row * table->n_columns + column);
}
