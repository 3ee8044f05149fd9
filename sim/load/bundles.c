/* SPDX-License-Identifier: GPL-3.0-or-later */
/* edits.csv: what a what-if has otherwise than the scenario. */
#include "plenary/bundles.h"

#include <string.h>

#include "plenary/error.h"
#include "plenary/folder.h"
#include "plenary/tables.h"

enum { BUNDLE, EDIT, WHO, VALUE, SD, WHERE, STATUS, SOURCE, NOTE };

const PlnColumn pln_bundles_columns[] = {{"bundle", TRUE},  {"edit", TRUE},    {"who", TRUE},
                                         {"value", TRUE},   {"sd", FALSE},     {"where", FALSE},
                                         {"status", FALSE}, {"source", FALSE}, {"note", FALSE},
                                         {NULL, FALSE}};

typedef struct {
  const PlnTable *table;
  const PlnScenario *scenario; /* or NULL */
  GPtrArray *places;           /* of the scenario: ids of proposals and issues, NULL-terminated */
  GHashTable *known;           /* the same */
  GPtrArray *bundles;
  GHashTable *by_name; /* name -> PlnBundle */
  GHashTable *first;   /* "target of bundle" -> row + 1 */
  PlnFaults *faults;
} Reading;

/* ---- Names ---- */

static void check_who(const Reading *r, guint row, guint column, const char *who) {
  const PlnWorld *world = r->scenario->world;
  if (strcmp(who, "ALL") != 0 && !pln_world_state(world, who) && !pln_world_bloc(world, who))
    pln_cell_nobody(r->table, row, column, who, world, r->faults);
}

static GPtrArray *places_of(const PlnScenario *s) {
  GPtrArray *names = g_ptr_array_new();
  for (guint k = 0; k < s->proposals->len; k++)
    g_ptr_array_add(names, (gpointer)pln_scenario_proposal(s, k)->id);
  for (guint k = 0; k < s->issues->len; k++)
    g_ptr_array_add(names, (gpointer)g_array_index(s->issues, PlnIssue, k).id);
  g_ptr_array_add(names, NULL);
  return names;
}

static void check_where(const Reading *r, guint row, const char *where) {
  if (g_hash_table_contains(r->known, where))
    return;
  g_autofree char *hint =
      pln_faults_hint(r->faults, where, (const char *const *)r->places->pdata);
  pln_table_fault(r->table, row, WHERE, r->faults,
                  "unknown proposal or issue \"%s\"; expected an id of proposals.csv or "
                  "issues.csv%s", where, hint);
}

/* On a proposal 0 to 100, on an issue its own scale; without either that is known by the study. */
static void check_scale(const Reading *r, guint row, const PlnChange *c) {
  const GArray *issues = r->scenario->issues;
  gboolean vote = issues->len == 0 || (c->where && pln_scenario_find(r->scenario, c->where) >= 0);
  int issue = vote ? -1 : pln_scenario_find_issue(r->scenario, c->where);
  if (c->kind != PLN_CHANGE_POSITION || (!vote && issue < 0))
    return;
  double from = vote ? 0 : g_array_index(issues, PlnIssue, issue).from;
  double to = vote ? 100 : g_array_index(issues, PlnIssue, issue).to;
  if (!(c->value >= from && c->value <= to))
    pln_table_fault(r->table, row, VALUE, r->faults,
                    "the position is %.12g; expected a number from %.12g to %.12g", c->value, from,
                    to);
  else if (c->sd > to - from)
    pln_table_fault(r->table, row, SD, r->faults,
                    "the standard deviation is %.12g; expected one no wider than the scale, %.12g",
                    c->sd, to - from);
}

/* Who joins is called as they please: in talks it is a delegation that was not there before. */
static void check_names(const Reading *r, guint row, const PlnChange *c) {
  guint column = *pln_table_text(r->table, row, WHO) ? WHO : VALUE;
  if (c->where)
    check_where(r, row, c->where);
  check_scale(r, row, c);
  for (guint k = 0; c->list && c->list[k]; k++)
    check_who(r, row, VALUE, c->list[k]);
  if (c->kind == PLN_CHANGE_RULE && !pln_world_rule(r->scenario->world, c->who))
    pln_cell_unknown(r->table, row, column, "rule", c->who, "one that `plenary rules` lists",
                     pln_world_rules, r->scenario->world, r->faults);
  else if (c->kind != PLN_CHANGE_RULE && c->kind != PLN_CHANGE_JOIN && c->kind != PLN_CHANGE_ASSUME)
    check_who(r, row, WHO, c->who);
}

/* ---- Rows ---- */

static PlnBundle *bundle_of(Reading *r, guint row) {
  const char *name = pln_table_needed(r->table, row, BUNDLE, r->faults);
  PlnBundle *bundle = g_hash_table_lookup(r->by_name, name);
  if (!*name || bundle)
    return bundle;
  if (strpbrk(name, "=;") || strstr(name, ": "))
    pln_table_fault(r->table, row, BUNDLE, r->faults,
                    "the bundle \"%s\" holds =, a semicolon or a colon with a blank; expected "
                    "none, as they part changes", name);
  bundle = pln_bundle_new(name);
  g_ptr_array_add(r->bundles, bundle);
  g_hash_table_insert(r->by_name, bundle->name, bundle);
  return bundle;
}

static PlnChange *change_of(const Reading *r, guint row, int kind) {
  static const guint columns[] = {EDIT, WHERE, WHO, VALUE, SD};
  const char *cell[NOTE];
  g_autoptr(GError) error = NULL;
  PlnChangePart at;
  for (guint k = WHO; k <= WHERE; k++)
    cell[k] = pln_table_text(r->table, row, k);
  PlnChange *change = pln_change_of((PlnChangeKind)kind, cell[WHERE], cell[WHO], cell[VALUE],
                                    cell[SD], &at, &error);
  if (!change)
    pln_table_fault(r->table, row, columns[at], r->faults, "%s", error->message);
  return change;
}

static void check_once(Reading *r, guint row, const PlnBundle *bundle, const PlnChange *change) {
  g_autofree char *target = pln_change_target(change);
  char *key = g_strdup_printf("%s;%s", target, bundle->name);
  guint before = GPOINTER_TO_UINT(g_hash_table_lookup(r->first, key));
  if (before > 0)
    pln_table_fault(r->table, row, EDIT, r->faults,
                    "%s stands twice in \"%s\" (first on line %u); expected it once", target,
                    bundle->name, pln_table_line(r->table, before - 1));
  if (before > 0)
    g_free(key);
  else
    g_hash_table_insert(r->first, key, GUINT_TO_POINTER(row + 1));
}

static void read_row(Reading *r, guint row) {
  const char *source = pln_table_text(r->table, row, SOURCE);
  const char *note = pln_table_text(r->table, row, NOTE);
  PlnStatus status = pln_cell_status(r->table, row, STATUS, PLN_STATUS_ASSUMED, r->faults);
  PlnBundle *bundle = bundle_of(r, row);
  int kind = pln_table_word(r->table, row, EDIT, pln_change_words, -1, r->faults);
  pln_table_needed(r->table, row, EDIT, r->faults);
  PlnChange *change = kind < 0 ? NULL : change_of(r, row, kind);
  if (!change)
    return;
  change->status = status;
  change->source = *source ? g_strdup(source) : NULL;
  change->line = pln_table_line(r->table, row);
  if (r->scenario)
    check_names(r, row, change);
  if (!bundle) { /* without a name: a fault already */
    pln_change_free(change);
    return;
  }
  check_once(r, row, bundle, change);
  g_ptr_array_add(bundle->changes, change);
  if (*note && !bundle->note)
    bundle->note = g_strdup(note);
}

GPtrArray *pln_bundles_read(const PlnTable *table, const PlnScenario *scenario, PlnFaults *faults) {
  g_autoptr(GPtrArray) places = scenario ? places_of(scenario) : NULL;
  g_autoptr(GHashTable) by_name = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GHashTable) first = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *bundles = g_ptr_array_new_with_free_func(pln_bundle_free);
  Reading r = {table, scenario, places, known, bundles, by_name, first, faults};
  for (guint k = 0; places && k + 1 < places->len; k++)
    g_hash_table_add(known, places->pdata[k]);
  if (pln_table_rows(table) == 0 && pln_table_whole(table))
    pln_faults_add(faults, pln_table_file(table), 1, 1,
                   "the table has no rows; expected a change a row");
  for (guint i = 0; i < pln_table_rows(table); i++)
    read_row(&r, i);
  return bundles;
}

GPtrArray *pln_bundles_load(const char *path, GArray *inputs, GError **error) {
  return pln_bundles_load_for(path, NULL, inputs, error);
}

GPtrArray *pln_bundles_load_for(const char *path, const PlnScenario *scenario, GArray *inputs,
                                GError **error) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(GBytes) bytes = pln_file_read(path, faults);
  g_autoptr(PlnTable) table =
      bytes ? pln_table_read(path, bytes, pln_bundles_columns, faults) : NULL;
  g_autoptr(GPtrArray) bundles = table ? pln_bundles_read(table, scenario, faults) : NULL;
  if (pln_faults_count(faults) > 0) {
    g_autofree char *text = pln_faults_text(faults);
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "%s", g_strchomp(text));
    return NULL;
  }
  if (inputs)
    pln_inputs_add(inputs, path, bytes);
  return g_steal_pointer(&bundles);
}
