/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <string.h>

#include "plenary/text.h"
#include "plenary/write.h"

/* jansson escapes what JSON must; a terminal is moved by more (C1, bidirectional marks). */
static json_t *string(const char *text) {
  g_autofree char *visible = pln_text_visible(text);
  return json_string(visible);
}

static json_t *words(const char *text) {
  json_t *array = json_array();
  g_auto(GStrv) parts = g_strsplit(text, " ", -1);
  for (gsize i = 0; parts[i]; i++)
    if (*parts[i])
      json_array_append_new(array, string(parts[i]));
  return array;
}

static json_t *value(const PlnValue *v) {
  switch (v->kind) {
  case PLN_VALUE_INT:
    return json_integer(v->number);
  case PLN_VALUE_REAL:
  case PLN_VALUE_ROUNDED:
    return json_real(v->real);
  case PLN_VALUE_BOOL:
    return json_boolean(v->number);
  case PLN_VALUE_TEXT:
    return string(v->text);
  case PLN_VALUE_WORDS:
    return words(v->text);
  default:
    return json_null();
  }
}

static json_t *table(const PlnNode *node) {
  json_t *array = json_array();
  for (guint r = 0; r < pln_node_rows(node); r++) {
    json_t *row = json_object();
    for (guint c = 0; c < node->n_columns; c++)
      if (node->columns[c].key[0] != '-')
        json_object_set_new(row, node->columns[c].key, value(pln_node_cell(node, r, c)));
    json_array_append_new(array, row);
  }
  return array;
}

static void put(json_t *object, const PlnNode *node, json_t *item) {
  json_t *there = json_object_get(object, node->key);
  if (!node->each) {
    json_object_set_new(object, node->key, item);
  } else {
    if (!there)
      json_object_set_new(object, node->key, there = json_array());
    json_array_append_new(there, item);
  }
}

static json_t *section(const PlnNode *node) {
  json_t *object = json_object();
  for (guint i = 0; i < node->nodes->len; i++) {
    const PlnNode *child = node->nodes->pdata[i];
    if (!child->key || child->audience == PLN_FOR_PEOPLE)
      continue;
    if (child->kind == PLN_NODE_SECTION)
      put(object, child, section(child));
    else if (child->kind == PLN_NODE_TABLE)
      put(object, child, table(child));
    else if (child->kind == PLN_NODE_FACT)
      put(object, child, value(&child->value));
    else
      put(object, child, string(child->text));
  }
  return object;
}

static json_t *inputs_json(const GArray *inputs) {
  json_t *array = json_array();
  for (guint i = 0; i < inputs->len; i++) {
    const PlnInput *input = &g_array_index(inputs, PlnInput, i);
    json_array_append_new(array,
                          json_pack("{s:s, s:s}", "file", input->name, "sha256", input->sha256));
  }
  return array;
}

static json_t *provenance_json(const PlnProvenance *p) {
  return json_pack("{s:s, s:o, s:s, s:o, s:o, s:o}", "version", p->version, "command",
                   string(p->command), "status", p->status, "rules", string(p->rules), "inputs",
                   inputs_json(p->inputs), "data", inputs_json(p->data));
}

char *pln_write_provenance_json(const PlnProvenance *provenance) {
  json_t *root = provenance_json(provenance);
  char *text = json_dumps(root, JSON_COMPACT | JSON_SORT_KEYS), *out = g_strdup(text);
  json_decref(root);
  free(text);
  return out;
}

char *pln_write_json(const PlnDoc *doc, const PlnProvenance *p) {
  json_t *root = section(pln_doc_root(doc));
  json_object_set_new(root, "provenance", provenance_json(p));
  char *text = json_dumps(root, JSON_INDENT(2) | JSON_SORT_KEYS | JSON_REAL_PRECISION(17));
  json_decref(root);
  char *out = g_strconcat(text, "\n", NULL);
  free(text);
  return out;
}
