/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario's folder: which files it may hold, and scenario.csv. */
#include <string.h>

#include "plenary/error.h"
#include "plenary/load.h"
#include "plenary/tables.h"
#include "plenary/text.h"

enum { KEY, VALUE };

const PlnColumn pln_scenario_columns[] = {{"key", TRUE}, {"value", TRUE}, {NULL, FALSE}};

enum { K_FORMAT, K_TITLE, K_AS_OF, K_BODY, K_ABOUT, K_STATUS, K_SOURCE, KEYS };
static const char *const keys[] = {"format", "title",  "as_of",  "body",
                                   "about",  "status", "source", NULL};

static const char *const files[] = {"scenario.csv",  "proposals.csv",  "votes.csv",
                                    "members.csv",   "blocs.csv",      "rules.csv",
                                    "statements.csv", "claims.csv",    NULL};

static int key_of_row(const PlnTable *table, guint row, guint line_of[KEYS], PlnFaults *faults) {
  int key = pln_table_word(table, row, KEY, keys, -1, faults);
  if (key < 0) {
    if (!*pln_table_text(table, row, KEY))
      pln_table_needed(table, row, KEY, faults);
    return -1;
  }
  if (line_of[key] > 0) {
    pln_table_fault(table, row, KEY, faults, "%s stands twice (first on line %u); expected it once",
                    keys[key], line_of[key]);
    return -1;
  }
  line_of[key] = pln_table_line(table, row);
  return key;
}

static void read_format(const PlnTable *table, guint row, PlnFaults *faults) {
  const char *text = pln_table_text(table, row, VALUE);
  if (strcmp(text, "1") != 0)
    pln_table_fault(table, row, VALUE, faults, "the format is \"%s\"; expected 1, the only one so far",
                    text);
}

static void read_body(const PlnTable *table, guint row, PlnScenario *s, PlnFaults *faults) {
  s->body = pln_world_body(s->world, pln_table_text(table, row, VALUE));
  if (s->body)
    return;
  g_autoptr(GPtrArray) bodies = pln_world_bodies(s->world);
  pln_cell_unknown(table, row, VALUE, "body", "one of data/bodies.csv", bodies, faults);
}

static void read_day(const PlnTable *table, guint row, PlnScenario *s, PlnFaults *faults) {
  s->as_of = pln_table_day(table, row, VALUE, faults);
  if (s->as_of == PLN_DAY_UNKNOWN || s->as_of % 100 == 0)
    pln_table_fault(table, row, VALUE, faults, "as_of is \"%s\"; expected a whole date such as 2019-12-27",
                    pln_table_text(table, row, VALUE));
}

static void read_key(const PlnTable *table, guint row, int key, PlnScenario *s, PlnFaults *faults) {
  switch (key) {
  case K_FORMAT:
    read_format(table, row, faults);
    break;
  case K_AS_OF:
    read_day(table, row, s, faults);
    break;
  case K_BODY:
    read_body(table, row, s, faults);
    break;
  case K_TITLE:
    s->title = pln_world_keep(s->world, pln_table_needed(table, row, VALUE, faults));
    break;
  case K_ABOUT:
    s->about = pln_cell_keep(table, row, VALUE, s->world);
    break;
  case K_STATUS:
    s->status = pln_cell_status(table, row, VALUE, PLN_STATUS_ASSUMED, faults);
    break;
  case K_SOURCE:
    s->source = pln_cell_keep(table, row, VALUE, s->world);
    break;
  }
}

void pln_scenario_keys_read(const PlnTable *table, PlnScenario *s, PlnFaults *faults) {
  guint line_of[KEYS] = {0};
  s->status = PLN_STATUS_ASSUMED;
  for (guint i = 0; i < pln_table_rows(table); i++) {
    int key = key_of_row(table, i, line_of, faults);
    if (key >= 0)
      read_key(table, i, key, s, faults);
  }
  for (int key = K_FORMAT; key <= K_BODY; key++)
    if (line_of[key] == 0)
      pln_faults_add(faults, pln_table_file(table), 1, 1, "the key %s is missing; expected a row \"%s,…\"",
                     keys[key], keys[key]);
}

/* A misspelt file would else be passed over in silence. */
static void check_files(const PlnFolder *folder, PlnFaults *faults) {
  const char *const *tables = pln_folder_tables(folder);
  for (gsize i = 0; tables[i]; i++) {
    if (g_strv_contains(files, tables[i]))
      continue;
    g_autofree char *label = pln_folder_label(folder, tables[i]);
    const char *near = pln_text_near(tables[i], files);
    g_autofree char *known = g_strjoinv(", ", (char **)files);
    pln_faults_add(faults, label, 0, 0, "not a table of a scenario; expected %s%s%s%s", known,
                   near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
  }
}

static PlnTable *open_table(const PlnFolder *folder, const char *file, const PlnColumn *columns,
                            PlnScenario *s, PlnFaults *faults) {
  g_autofree char *label = pln_folder_label(folder, file);
  g_autoptr(GBytes) bytes = pln_folder_read(folder, file, faults);
  if (!bytes)
    return NULL;
  pln_inputs_add(s->inputs, file, bytes);
  return pln_table_read(label, bytes, columns, faults);
}

static PlnTable *open_optional(const PlnFolder *folder, const char *file, const PlnColumn *columns,
                               PlnScenario *s, PlnFaults *faults) {
  return pln_folder_has(folder, file) ? open_table(folder, file, columns, s, faults) : NULL;
}

/* The scenario's own nouns, which its proposals may name. */
static void read_nouns(const PlnFolder *folder, PlnScenario *s, PlnFaults *faults) {
  g_autoptr(PlnTable) members =
      open_optional(folder, "members.csv", pln_own_members_columns, s, faults);
  g_autoptr(PlnTable) blocs = open_optional(folder, "blocs.csv", pln_blocs_columns, s, faults);
  g_autoptr(PlnTable) rules = open_optional(folder, "rules.csv", pln_rules_columns, s, faults);
  if (members) {
    s->own = g_ptr_array_new();
    pln_own_members_read(members, s->world, s->own, faults);
  }
  if (blocs)
    pln_blocs_read(blocs, s->world, faults);
  if (rules)
    pln_rules_read(rules, s->world, faults);
}

static void read_proposals(const PlnFolder *folder, PlnScenario *s, PlnFaults *faults) {
  g_autoptr(PlnTable) proposals =
      open_table(folder, "proposals.csv", pln_proposals_columns, s, faults);
  g_autoptr(PlnTable) votes = open_optional(folder, "votes.csv", pln_votes_columns, s, faults);
  g_autoptr(PlnTable) statements =
      open_optional(folder, "statements.csv", pln_statements_columns, s, faults);
  g_autoptr(PlnTable) claims = open_optional(folder, "claims.csv", pln_claims_columns, s, faults);
  if (!proposals)
    return;
  pln_proposals_read(proposals, s, faults);
  /* Whoever sits in which seat is only known when the proposals are in order. */
  if (pln_faults_count(faults) == 0 || s->proposals->len > 0)
    pln_votes_read(votes, proposals, s, faults);
  if (statements)
    pln_statements_read(statements, s, faults);
  if (claims)
    pln_claims_read(claims, s, faults);
}

static gboolean needs(const PlnFolder *folder, const char *file, PlnFaults *faults) {
  if (pln_folder_has(folder, file))
    return TRUE;
  g_autofree char *label = pln_folder_label(folder, file);
  pln_faults_add(faults, label, 0, 0,
                 "the file is missing; expected it in every scenario (plenary new writes one)");
  return FALSE;
}

PlnScenario *pln_scenario_read(PlnWorld *world, const PlnFolder *folder, PlnFaults *faults) {
  g_autoptr(PlnScenario) s = pln_scenario_new(world, pln_folder_name(folder));
  check_files(folder, faults);
  gboolean has_keys = needs(folder, "scenario.csv", faults);
  gboolean has_proposals = needs(folder, "proposals.csv", faults);
  g_autoptr(PlnTable) table =
      has_keys ? open_table(folder, "scenario.csv", pln_scenario_columns, s, faults) : NULL;
  if (table)
    pln_scenario_keys_read(table, s, faults);
  read_nouns(folder, s, faults);
  if (has_proposals)
    read_proposals(folder, s, faults);
  return pln_faults_count(faults) == 0 ? g_steal_pointer(&s) : NULL;
}

PlnScenario *pln_scenario_load(PlnWorld *world, const char *path, GError **error) {
  g_autoptr(PlnFolder) folder = pln_folder_open(path, error);
  if (!folder)
    return NULL;
  g_autoptr(PlnFaults) faults = pln_faults_new();
  PlnScenario *scenario = pln_scenario_read(world, folder, faults);
  if (!scenario) {
    guint n = pln_faults_count(faults), in = pln_faults_files(faults);
    g_autofree char *text = pln_faults_text(faults);
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "%s%u fault%s in %u file%s; nothing was written",
                text, n, n == 1 ? "" : "s", in, in == 1 ? "" : "s");
  }
  return scenario;
}
