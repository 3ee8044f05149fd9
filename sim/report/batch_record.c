/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sidecar of a report: its row, and what it was made from. */
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "plenary/compose_batch.h"

static const char format[] = "plenary-batch-report/1";

/* The texts of a row, by name. */
typedef struct {
  const char *key;
  gsize at;
} Text;

static const Text texts[] = {{"scenario", G_STRUCT_OFFSET(PlnBatchRow, scenario)},
                             {"title", G_STRUCT_OFFSET(PlnBatchRow, title)},
                             {"proposal", G_STRUCT_OFFSET(PlnBatchRow, proposal)},
                             {"outcome", G_STRUCT_OFFSET(PlnBatchRow, outcome)},
                             {"status", G_STRUCT_OFFSET(PlnBatchRow, status)},
                             {"fault", G_STRUCT_OFFSET(PlnBatchRow, fault)},
                             {"command", G_STRUCT_OFFSET(PlnBatchRow, command)}};
static const char *const tallies[PLN_VOTE_KINDS] = {"yes", "no", "abstain", "not_voting"};

static char **text_of(const PlnBatchRow *row, gsize k) {
  return (char **)G_STRUCT_MEMBER_P((gpointer)row, texts[k].at);
}

void pln_batch_made_clear(PlnBatchMade *made) {
  g_clear_pointer(&made->digest, g_free);
  g_clear_pointer(&made->page_sha256, g_free);
}

/* Of all that is said but itself, so that nothing of it can be another's. */
static char *hash_of(const json_t *all) {
  json_t *rest = json_copy((json_t *)all);
  json_object_del(rest, "sha256");
  char *text = json_dumps(rest, JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION(17));
  char *hash = text ? g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1) : NULL;
  json_decref(rest);
  free(text);
  return hash;
}

static json_t *count_json(int count) {
  return count == PLN_BATCH_NOT_KNOWN ? json_null() : json_integer(count);
}

static json_t *real_json(double real) {
  return isnan(real) ? json_null() : json_real(real);
}

static json_t *row_json(const PlnBatchRow *row) {
  json_t *all = json_object(), *kinds = json_object();
  for (gsize k = 0; k < G_N_ELEMENTS(texts); k++)
    json_object_set_new(all, texts[k].key, json_string(*text_of(row, k)));
  for (PlnVote k = 0; k < PLN_VOTE_KINDS; k++)
    json_object_set_new(all, tallies[k], count_json(row->tally[k]));
  json_object_set_new(all, "margin", count_json(row->margin));
  json_object_set_new(all, "chance", real_json(row->chance));
  json_object_set_new(all, "chance_error", real_json(row->chance_error));
  json_object_set_new(all, "proposals", json_integer(row->proposals));
  json_object_set_new(all, "place", json_integer(row->place));
  json_object_set_new(all, "left_out", json_integer(row->left_out));
  json_object_set_new(all, "faults", json_integer(row->faults));
  json_object_set_new(all, "all", kinds);
  for (guint k = 0; k < PLN_BATCH_KINDS; k++)
    json_object_set_new(kinds, pln_batch_kinds[k], json_integer(row->all[k]));
  return all;
}

char *pln_batch_record_write(const PlnBatchRow *row, const PlnBatchMade *made) {
  json_t *all = json_object();
  json_object_set_new(all, "format", json_string(format));
  json_object_set_new(all, "name", json_string(row->name));
  json_object_set_new(all, "digest", json_string(made->digest));
  json_object_set_new(all, "page_sha256",
                      made->page_sha256 ? json_string(made->page_sha256) : json_null());
  json_object_set_new(all, "row", row_json(row));
  g_autofree char *hash = hash_of(all);
  json_object_set_new(all, "sha256", json_string(hash));
  char *text = json_dumps(all, JSON_INDENT(2) | JSON_SORT_KEYS | JSON_REAL_PRECISION(17));
  char *out = g_strconcat(text, "\n", NULL);
  json_decref(all);
  free(text);
  return out;
}

static gboolean read_count(const json_t *all, const char *key, gint64 least, int *count) {
  const json_t *value = json_object_get(all, key);
  gint64 number = json_integer_value(value);
  if (!json_is_integer(value))
    return json_is_null(value);
  *count = (int)number;
  return number >= least && number < PLN_BATCH_NOT_KNOWN;
}

/* A count that is always known. */
static gboolean read_sum(const json_t *all, const char *key, guint *sum) {
  int count = -1;
  gboolean read = read_count(all, key, 0, &count) && count >= 0;
  *sum = (guint)count;
  return read;
}

static gboolean read_real(const json_t *all, const char *key, double *real) {
  const json_t *value = json_object_get(all, key);
  *real = json_is_real(value) ? json_real_value(value) : NAN;
  return json_is_real(value) || json_is_null(value);
}

static gboolean read_row(const json_t *all, PlnBatchRow *row) {
  for (gsize k = 0; k < G_N_ELEMENTS(texts); k++) {
    const char *text = json_string_value(json_object_get(all, texts[k].key));
    if (!text)
      return FALSE;
    g_free(*text_of(row, k));
    *text_of(row, k) = g_strdup(text);
  }
  for (PlnVote k = 0; k < PLN_VOTE_KINDS; k++)
    if (!read_count(all, tallies[k], 0, &row->tally[k]))
      return FALSE;
  for (guint k = 0; k < PLN_BATCH_KINDS; k++)
    if (!read_sum(json_object_get(all, "all"), pln_batch_kinds[k], &row->all[k]))
      return FALSE;
  return read_count(all, "margin", G_MININT, &row->margin) &&
         read_sum(all, "proposals", &row->proposals) && read_sum(all, "place", &row->place) &&
         read_sum(all, "left_out", &row->left_out) && read_sum(all, "faults", &row->faults) &&
         read_real(all, "chance", &row->chance) &&
         read_real(all, "chance_error", &row->chance_error);
}

gboolean pln_batch_record_is(const char *name, const char *text) {
  json_t *all = json_loads(text, 0, NULL);
  const char *form = json_string_value(json_object_get(all, "format"));
  gboolean is = form && g_str_has_prefix(form, "plenary-batch-report/") &&
                g_strcmp0(json_string_value(json_object_get(all, "name")), name) == 0;
  json_decref(all);
  return is;
}

GHashTable *pln_batch_index_names(const char *text) {
  json_t *all = json_loads(text, 0, NULL), *row;
  const char *form = json_string_value(json_object_get(all, "format"));
  GHashTable *names = form && g_str_has_prefix(form, "plenary-batch/")
                          ? g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)
                          : NULL;
  size_t k;
  json_array_foreach(json_object_get(all, "scenarios"), k, row) {
    const char *name = json_string_value(json_object_get(row, "name"));
    if (names && name)
      g_hash_table_add(names, g_strdup(name));
  }
  json_decref(all);
  return names;
}

PlnBatchRow *pln_batch_record_read(const char *name, const char *text, PlnBatchMade *made) {
  json_t *all = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
  g_autoptr(PlnBatchRow) row = pln_batch_row_new(name, "");
  const json_t *page = json_object_get(all, "page_sha256");
  const char *digest = json_string_value(json_object_get(all, "digest"));
  const char *form = json_string_value(json_object_get(all, "format"));
  const char *named = json_string_value(json_object_get(all, "name"));
  g_autofree char *hash = json_is_object(all) ? hash_of(all) : NULL;
  *made = (PlnBatchMade){NULL, NULL};
  gboolean whole = digest && (json_is_string(page) || json_is_null(page)) &&
                   g_strcmp0(form, format) == 0 && g_strcmp0(named, name) == 0 && hash &&
                   g_strcmp0(json_string_value(json_object_get(all, "sha256")), hash) == 0 &&
                   read_row(json_object_get(all, "row"), row);
  if (whole)
    *made = (PlnBatchMade){g_strdup(digest), g_strdup(json_string_value(page))};
  json_decref(all);
  return whole ? g_steal_pointer(&row) : NULL;
}
