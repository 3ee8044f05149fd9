/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario's folder: which files it may hold, and scenario.csv. */
#include <string.h>

#include "plenary/error.h"
#include "plenary/load.h"
#include "plenary/tables.h"

enum { KEY, VALUE };

const PlnColumn pln_scenario_columns[] = {{"key", TRUE}, {"value", TRUE}, {NULL, FALSE}};

enum {
  K_FORMAT,
  K_TITLE,
  K_AS_OF,
  K_BODY,
  K_ABOUT,
  K_STATUS,
  K_SOURCE,
  K_ELECTORATE,
  K_ASKS_FOR_VOTE,
  K_SESSION,
  KEYS
};
static const char *const keys[] = {"format",     "title",         "as_of",  "body",
                                   "about",      "status",        "source", "electorate",
                                   "asks_for_vote", "session",    NULL};

static const char *const files[] = {"scenario.csv",   "proposals.csv",   "votes.csv",
                                    "members.csv",    "blocs.csv",       "rules.csv",
                                    "statements.csv", "claims.csv",      "positions.csv",
                                    "whip.csv",       "reliability.csv", "stages.csv",
                                    "issues.csv",     "actors.csv",      "edits.csv",
                                    NULL};

static int key_of_row(const PlnTable *table, guint row, guint line_of[KEYS], PlnFaults *faults) {
  int key = pln_table_word(table, row, KEY, keys, -1, faults);
  if (key < 0) {
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

static const char *needed(const PlnTable *table, guint row, int key, PlnFaults *faults) {
  const char *text = pln_table_text(table, row, VALUE);
  if (!*text)
    pln_table_fault(table, row, VALUE, faults, "%s is empty; expected a value", keys[key]);
  return text;
}

static void read_format(const PlnTable *table, guint row, PlnFaults *faults) {
  const char *text = pln_table_text(table, row, VALUE);
  if (strcmp(text, "1") != 0)
    pln_table_fault(table, row, VALUE, faults,
                    "the format is \"%s\"; expected 1, the only one so far", text);
}

static void read_body(const PlnTable *table, guint row, PlnScenario *s, PlnFaults *faults) {
  const char *id = needed(table, row, K_BODY, faults);
  s->body = pln_world_body(s->world, id);
  if (*id && !s->body)
    pln_cell_unknown(table, row, VALUE, "body", id, "one of data/bodies.csv", pln_world_bodies,
                     s->world, faults);
}

static void read_day(const PlnTable *table, guint row, PlnScenario *s, PlnFaults *faults) {
  const char *text = pln_table_text(table, row, VALUE);
  if (!pln_day_parse(text, &s->as_of) || s->as_of % 100 == 0 || s->as_of == PLN_DAY_UNKNOWN) {
    s->as_of = PLN_DAY_NONE;
    pln_table_fault(table, row, VALUE, faults,
                    "as_of is \"%s\"; expected a whole day of the calendar, such as 2019-12-27",
                    text);
  }
}

/* Never a path: it is looked for in data/positions and nowhere else. */
static void read_electorate(const PlnTable *table, guint row, PlnScenario *s, PlnFaults *faults) {
  const char *text = pln_table_text(table, row, VALUE);
  gsize n = strlen(text);
  if (n <= 64 &&
      strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-") == n)
    s->electorate = pln_world_keep(s->world, text);
  else
    pln_table_fault(table, row, VALUE, faults,
                    "the electorate is \"%s\"; expected a folder of data/positions, up to 64 "
                    "letters, digits and -", text);
}

static void read_session(const PlnTable *table, guint row, PlnScenario *s, PlnFaults *faults) {
  const char *text = pln_table_text(table, row, VALUE);
  guint64 session;
  if (g_ascii_isdigit(*text) && g_ascii_string_to_unsigned(text, 10, 1, 1000, &session, NULL))
    s->session = (int)session;
  else if (*text)
    pln_table_fault(table, row, VALUE, faults,
                    "the session is \"%s\"; expected its number, such as 74", text);
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
    s->title = pln_world_keep(s->world, needed(table, row, K_TITLE, faults));
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
  case K_ELECTORATE:
    read_electorate(table, row, s, faults);
    break;
  case K_ASKS_FOR_VOTE:
    s->asks_for_vote = pln_cell_number(table, row, VALUE, "asks_for_vote", &pln_bounds_percent,
                                       PLN_NOT_STATED, faults);
    break;
  case K_SESSION:
    read_session(table, row, s, faults);
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
      pln_faults_add(faults, pln_table_file(table), 1, 1,
                     "the key %s is missing; expected a row \"%s,…\"", keys[key], keys[key]);
}

/* A misspelt file would else be passed over in silence. */
static void check_files(const PlnFolder *folder, PlnFaults *faults) {
  const char *const *tables = pln_folder_tables(folder);
  for (gsize i = 0; tables[i]; i++) {
    if (g_strv_contains(files, tables[i]))
      continue;
    g_autofree char *label = pln_folder_label(folder, tables[i]);
    g_autofree char *hint = pln_faults_hint(faults, tables[i], files);
    g_autofree char *known = g_strjoinv(", ", (char **)files);
    pln_faults_add(faults, label, 0, 0, "not a table of a scenario; expected one of %s%s", known,
                   hint);
  }
}

static PlnTable *open_table(const PlnFolder *folder, const char *file, const PlnColumn *columns,
                            PlnScenario *s, PlnFaults *faults) {
  g_autofree char *label = pln_folder_label(folder, file);
  g_autoptr(GBytes) bytes =
      pln_folder_has(folder, file) ? pln_folder_read(folder, file, faults) : NULL;
  g_autoptr(PlnTable) table = bytes ? pln_table_read(label, bytes, columns, faults) : NULL;
  if (table)
    pln_inputs_add(s->inputs, file, bytes);
  return g_steal_pointer(&table);
}

/* Whether all that @file says is in @table: what names it cannot be judged if not. */
static gboolean is_whole(const PlnFolder *folder, const char *file, const PlnTable *table) {
  return table ? pln_table_whole(table) : !pln_folder_has(folder, file);
}

static gboolean has_rows(const PlnTable *table, guint most) {
  guint n = pln_table_rows(table);
  return n > 0 && n <= most;
}

/* The scenario's own nouns, which its proposals may name.
 * Returns: whether they are all there */
static gboolean read_nouns(const PlnFolder *folder, PlnScenario *s, PlnFaults *faults) {
  g_autoptr(PlnTable) members =
      open_table(folder, "members.csv", pln_own_members_columns, s, faults);
  g_autoptr(PlnTable) blocs = open_table(folder, "blocs.csv", pln_blocs_columns, s, faults);
  g_autoptr(PlnTable) rules = open_table(folder, "rules.csv", pln_rules_columns, s, faults);
  gboolean all = is_whole(folder, "members.csv", members);
  if (members) {
    s->own = g_ptr_array_new();
    pln_own_members_read(members, s->world, s->own, faults);
    all &= has_rows(members, PLN_MEMBERS_MOST);
  }
  if (blocs && all)
    pln_blocs_read(blocs, s->world, faults);
  if (rules && is_whole(folder, "blocs.csv", blocs))
    pln_rules_read(rules, s->world, faults);
  return all && is_whole(folder, "rules.csv", rules);
}

static void read_stages(const PlnFolder *folder, gboolean nouns, PlnScenario *s,
                        PlnFaults *faults) {
  g_autoptr(PlnTable) reliability =
      open_table(folder, "reliability.csv", pln_reliability_columns, s, faults);
  g_autoptr(PlnTable) stages = open_table(folder, "stages.csv", pln_stages_columns, s, faults);
  if (reliability)
    pln_reliability_read(reliability, s->world, faults);
  if (stages && nouns)
    pln_stages_read(stages, s, faults);
}

/* The talks: neither table says anything without the other. */
static void read_talks(const PlnFolder *folder, const PlnTable *issues, const PlnTable *actors,
                       PlnScenario *s, PlnFaults *faults) {
  static const char *const both[] = {"issues.csv", "actors.csv"};
  for (gsize i = 0; i < G_N_ELEMENTS(both); i++) {
    g_autofree char *label = pln_folder_label(folder, both[i]);
    if (pln_folder_has(folder, both[i]) && !pln_folder_has(folder, both[1 - i]))
      pln_faults_add(faults, label, 0, 0, "there is no %s beside it; expected both or neither",
                     both[1 - i]);
  }
  if (issues)
    pln_issues_read(issues, s, faults);
  if (issues && actors && pln_table_whole(issues) && has_rows(issues, PLN_ISSUES_MOST))
    pln_actors_read(actors, s, faults);
}

/* Whoever sits in which seat is known when the proposals are in order.  Tables that name
 * what is in a broken one are not read: each of their rows would be a fault. */
static void read_proposals(const PlnFolder *folder, gboolean nouns, PlnScenario *s,
                           PlnFaults *faults) {
  g_autoptr(PlnTable) proposals =
      open_table(folder, "proposals.csv", pln_proposals_columns, s, faults);
  g_autoptr(PlnTable) votes = open_table(folder, "votes.csv", pln_votes_columns, s, faults);
  g_autoptr(PlnTable) statements =
      open_table(folder, "statements.csv", pln_statements_columns, s, faults);
  g_autoptr(PlnTable) claims = open_table(folder, "claims.csv", pln_claims_columns, s, faults);
  g_autoptr(PlnTable) positions =
      open_table(folder, "positions.csv", pln_positions_columns, s, faults);
  g_autoptr(PlnTable) whip = open_table(folder, "whip.csv", pln_whip_columns, s, faults);
  g_autoptr(PlnTable) issues = open_table(folder, "issues.csv", pln_issues_columns, s, faults);
  g_autoptr(PlnTable) actors = open_table(folder, "actors.csv", pln_actors_columns, s, faults);
  if (!proposals || !nouns)
    return;
  pln_proposals_read(proposals, s, faults);
  if (!pln_table_whole(proposals) || !has_rows(proposals, PLN_PROPOSALS_MOST))
    return;
  if (votes || !pln_folder_has(folder, "votes.csv"))
    pln_votes_read(votes, proposals, s, faults);
  if (statements)
    pln_statements_read(statements, s, faults);
  if (claims)
    pln_claims_read(claims, s, faults);
  if (positions)
    pln_positions_read(positions, s, faults);
  if (whip)
    pln_whip_read(whip, s, faults);
  read_talks(folder, issues, actors, s, faults);
}

/* What-ifs are no part of the scenario, nor of its inputs: who asks for them loads them.  They are
 * read so that they are right when somebody does. */
static void check_edits(const PlnFolder *folder, const PlnScenario *s, PlnFaults *faults) {
  g_autofree char *label = pln_folder_label(folder, "edits.csv");
  if (!pln_folder_has(folder, "edits.csv"))
    return;
  g_autoptr(GBytes) bytes = pln_folder_read(folder, "edits.csv", faults);
  g_autoptr(PlnTable) table =
      bytes ? pln_table_read(label, bytes, pln_bundles_columns, faults) : NULL;
  if (table)
    g_ptr_array_unref(pln_bundles_read(table, s, faults));
}

static void need(const PlnFolder *folder, const char *file, PlnFaults *faults) {
  g_autofree char *label = pln_folder_label(folder, file);
  if (!pln_folder_has(folder, file))
    pln_faults_add(faults, label, 0, 0,
                   "the file is missing; expected it in every scenario (plenary new writes one)");
}

PlnScenario *pln_scenario_read(PlnWorld *world, const PlnFolder *folder, PlnFaults *faults) {
  g_autoptr(PlnScenario) s = pln_scenario_new(world, pln_folder_name(folder));
  check_files(folder, faults);
  need(folder, "scenario.csv", faults);
  need(folder, "proposals.csv", faults);
  g_autoptr(PlnTable) table = open_table(folder, "scenario.csv", pln_scenario_columns, s, faults);
  if (table)
    pln_scenario_keys_read(table, s, faults);
  gboolean nouns = read_nouns(folder, s, faults);
  read_stages(folder, nouns, s, faults);
  read_proposals(folder, nouns, s, faults);
  if (pln_faults_count(faults) == 0) /* whose names would be faults of theirs */
    check_edits(folder, s, faults);
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
