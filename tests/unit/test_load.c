/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is loaded from disk: the shipped tables and scenarios, and files of edits. */
#include "plenary/load.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "faulty.h"
#include "plenary/edits.h"
#include "plenary/error.h"
#include "plenary/tables.h"
#include "rules_table.h"
#include "scene.h"
#include "suite.h"

static void test_shipped_world(void) {
  const PlnWorld *world = scene_world();
  g_autoptr(GPtrArray) states = pln_world_states(world), rules = pln_world_rules(world);
  g_autoptr(GPtrArray) bodies = pln_world_bodies(world), calls = pln_world_roll_calls(world);
  g_autoptr(GPtrArray) acts = pln_world_acts(world, "hanoi");
  CU_ASSERT_EQUAL(states->len, 193 + 3);
  CU_ASSERT_EQUAL(rules->len, G_N_ELEMENTS(RULES));
  CU_ASSERT_EQUAL(bodies->len, 8);
  CU_ASSERT_EQUAL(calls->len, 2);
  CU_ASSERT_TRUE(acts->len > 40);
  CU_ASSERT_EQUAL(pln_world_inputs(world)->len, 11);
  CU_ASSERT_STRING_EQUAL(g_array_index(pln_world_inputs(world), PlnInput, 0).name,
                         "data/members.csv");
}

static void test_shipped_state(void) {
  const PlnState *fra = pln_world_state(scene_world(), "FRA");
  const PlnState *vat = pln_world_state(scene_world(), "VAT");
  const PlnState *eue = pln_world_state(scene_world(), "EUE");
  CU_ASSERT_STRING_EQUAL(fra->name, "France");
  CU_ASSERT_STRING_EQUAL(fra->iso2, "FR");
  CU_ASSERT_STRING_EQUAL(fra->m49, "250");
  CU_ASSERT_STRING_EQUAL(fra->cow, "220");
  CU_ASSERT_STRING_EQUAL(fra->group, "WEOG");
  CU_ASSERT_EQUAL(fra->kind, PLN_STATE_MEMBER);
  CU_ASSERT_EQUAL(fra->from, 19451024);
  CU_ASSERT_EQUAL(fra->weight, 0);
  CU_ASSERT_EQUAL(fra->status, PLN_STATUS_VERIFIED);
  CU_ASSERT_EQUAL(vat->kind, PLN_STATE_OBSERVER);
  CU_ASSERT_EQUAL(eue->kind, PLN_STATE_ORGANIZATION);
  CU_ASSERT_TRUE(eue->column < 0 && eue->row < 0);
}

static void test_shipped_bloc(void) {
  const PlnWorld *world = scene_world();
  const PlnBloc *eu = pln_world_bloc(world, "EU");
  CU_ASSERT_STRING_EQUAL(eu->kind, "organization");
  CU_ASSERT_TRUE(pln_world_in_bloc(world, eu, "GBR", 20200131));
  CU_ASSERT_FALSE(pln_world_in_bloc(world, eu, "GBR", 20200201));
  CU_ASSERT_TRUE(pln_world_in_bloc(world, pln_world_bloc(world, "P5"), "CHN", 20200101));
}

/* The clauses that a forecast of force needs, and how sure they are. */
static void test_shipped_terms(void) {
  const PlnWorld *world = scene_world();
  const PlnTreatyTerm *needed = pln_world_term(world, "hanoi", "instruments");
  CU_ASSERT_EQUAL(needed->number, 40);
  CU_ASSERT_EQUAL(needed->day, PLN_DAY_NONE);
  CU_ASSERT_STRING_EQUAL(needed->words, "");
  CU_ASSERT_STRING_EQUAL(needed->citation, "Art. 65(1)");
  CU_ASSERT_EQUAL(needed->status, PLN_STATUS_VERIFIED);
  CU_ASSERT_EQUAL(pln_world_term(world, "hanoi", "days")->number, 90);
  CU_ASSERT_EQUAL(pln_world_term(world, "hanoi", "organization_counts")->number, 0);
  CU_ASSERT_EQUAL(pln_world_term(world, "hanoi", "parties_protocol")->number, 60);
  CU_ASSERT_EQUAL(pln_world_term(world, "hanoi", "parties_protocol")->status,
                  PLN_STATUS_RECALLED);
  CU_ASSERT_EQUAL(pln_world_term(world, "hanoi", "opened")->day, 20251025);
  CU_ASSERT_EQUAL(pln_world_term(world, "hanoi", "opened")->number, -1);
  CU_ASSERT_EQUAL(pln_world_term(world, "hanoi", "signature_until")->day, 20261231);
  CU_ASSERT_EQUAL(pln_world_term(world, "palermo", "in_force")->day, 20030929);
  CU_ASSERT_EQUAL(pln_world_term(world, "palermo", "signatories")->number, 147);
  CU_ASSERT_TRUE(g_str_has_prefix(pln_world_term(world, "hanoi", "protocol_majority")->words,
                                  "consensus; else two-thirds"));
  CU_ASSERT_TRUE(g_str_has_prefix(pln_world_term(world, "hanoi", "amendment_binds")->words,
                                  "only States Parties"));
  CU_ASSERT_EQUAL(pln_world_term(world, "hanoi", "protocol_instruments")->status,
                  PLN_STATUS_ASSUMED);
  CU_ASSERT_EQUAL(pln_world_term(world, "budapest", "opened")->day, 20011123);
  g_autoptr(GPtrArray) palermo = pln_world_milestones(world, "palermo");
  CU_ASSERT_EQUAL_FATAL(palermo->len, 7);
  CU_ASSERT_EQUAL(((const PlnTreatyMilestone *)palermo->pdata[0])->day, 20030701);
  CU_ASSERT_EQUAL(((const PlnTreatyMilestone *)palermo->pdata[4])->number, 100);
  g_autoptr(GPtrArray) reservations = pln_world_reservations(world, "hanoi");
  CU_ASSERT_EQUAL_FATAL(reservations->len, 1);
  CU_ASSERT_STRING_EQUAL(((const PlnReservation *)reservations->pdata[0])->state, "QAT");
}

static void test_shipped_roll_call(void) {
  const PlnRollCall *call = pln_world_roll_call(scene_world(), "A/RES/74/247");
  CU_ASSERT_EQUAL(call->day, 20191227);
  CU_ASSERT_STRING_EQUAL(call->body, "general-assembly");
  CU_ASSERT_EQUAL(call->total[PLN_VOTE_Y], 79);
  CU_ASSERT_EQUAL(call->total[PLN_VOTE_N], 60);
  CU_ASSERT_EQUAL(call->total[PLN_VOTE_A], 33);
  CU_ASSERT_EQUAL(call->total[PLN_VOTE_X], 21);
  CU_ASSERT_EQUAL(g_hash_table_size(call->votes), 193);
  CU_ASSERT_EQUAL(pln_roll_call_vote(call, "RUS"), PLN_VOTE_Y);
  CU_ASSERT_EQUAL(pln_roll_call_vote(call, "VAT"), PLN_VOTE_UNKNOWN);
}

static gboolean same_majority(PlnMajority a, PlnMajority b) {
  return (a.num == 0 && b.num == 0) || (a.num == b.num && a.den == b.den && a.strict == b.strict);
}

/* The loader reads of data/rules.csv what was typed by hand for the kernel's test. */
static void test_shipped_rules(void) {
  for (gsize i = 0; i < G_N_ELEMENTS(RULES); i++) {
    const PlnRuleEntry *entry = pln_world_rule(scene_world(), RULES[i].id);
    CU_ASSERT_PTR_NOT_NULL_FATAL(entry);
    const PlnRule *a = &entry->rule, *b = &RULES[i].rule;
    CU_ASSERT_EQUAL(a->method, b->method);
    CU_ASSERT_EQUAL(a->basis, b->basis);
    CU_ASSERT_TRUE(same_majority(a->majority, b->majority));
    CU_ASSERT_TRUE(a->majority.den > 0 && a->weight_majority.den > 0 && a->quorum.den > 0);
    CU_ASSERT_EQUAL(a->min_yes, b->min_yes);
    CU_ASSERT_EQUAL(a->tie, b->tie);
    CU_ASSERT_EQUAL(a->abstain, b->abstain);
    CU_ASSERT_EQUAL(a->absent, b->absent);
    CU_ASSERT_EQUAL(a->veto, b->veto);
    CU_ASSERT_EQUAL(a->weighted, b->weighted);
    CU_ASSERT_EQUAL(a->weight_basis, b->weight_basis);
    CU_ASSERT_TRUE(same_majority(a->weight_majority, b->weight_majority));
    CU_ASSERT_EQUAL(a->blocking, b->blocking);
    CU_ASSERT_TRUE(same_majority(a->quorum, b->quorum));
    CU_ASSERT_EQUAL(*entry->veto != '\0', b->veto);
    CU_ASSERT_TRUE(*entry->name && *entry->citation && *entry->source);
  }
}

static void test_shipped_bodies(void) {
  const PlnWorld *world = scene_world();
  const PlnBody *ga = pln_world_body(world, "general-assembly");
  CU_ASSERT_EQUAL(ga->roster, PLN_ROSTER_UN);
  CU_ASSERT_STRING_EQUAL(ga->roster_of, "");
  CU_ASSERT_STRING_EQUAL(ga->substance, "ga-simple-majority");
  CU_ASSERT_STRING_EQUAL(ga->important, "ga-important-questions");
  CU_ASSERT_STRING_EQUAL(ga->reconsideration, "ga-reconsideration");
  const PlnBody *cosp = pln_world_body(world, "conference-of-states-parties");
  CU_ASSERT_EQUAL(cosp->roster, PLN_ROSTER_PARTIES);
  CU_ASSERT_STRING_EQUAL(cosp->roster_of, "hanoi");
  CU_ASSERT_EQUAL(pln_world_body(world, "eu-council")->roster, PLN_ROSTER_BLOC);
  CU_ASSERT_EQUAL(pln_world_body(world, "model-un")->roster, PLN_ROSTER_OWN);
}

static void test_shipped_scenario(void) {
  g_autoptr(PlnScenario) s = scene_shipped("res-74-247");
  CU_ASSERT_STRING_EQUAL(s->id, "res-74-247");
  CU_ASSERT_EQUAL(s->as_of, 20191227);
  CU_ASSERT_EQUAL(s->status, PLN_STATUS_VERIFIED);
  CU_ASSERT_EQUAL(s->inputs->len, 3);
  CU_ASSERT_STRING_EQUAL(g_array_index(s->inputs, PlnInput, 1).name, "proposals.csv");
  const PlnProposal *p = pln_scenario_proposal(s, 0);
  CU_ASSERT_EQUAL(p->roster->n, 193);
  CU_ASSERT_EQUAL(p->ballot[pln_roster_find(p->roster, "RUS")].vote, PLN_VOTE_Y);
  CU_ASSERT_STRING_EQUAL(p->asked_by, "RUS BLR CHN KHM MMR NIC PRK VEN");
}

static void test_world_not_there(void) {
  g_autoptr(GError) error = NULL;
  CU_ASSERT_PTR_NULL(pln_world_load("/nowhere/at/all", &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA,
                             "/nowhere/at/all: no folder that can be read; expected the shipped "
                             "tables (set PLENARY_DATA)"));
}

static void test_data_folder(void) {
  g_autofree char *was = g_strdup(g_getenv("PLENARY_DATA"));
  g_autofree char *named = pln_data_folder(NULL);
  CU_ASSERT_STRING_EQUAL(named, was);
  g_setenv("PLENARY_DATA", "", TRUE); /* as if it were not set */
  g_autoptr(GError) error = NULL;
  g_autofree char *found = pln_data_folder(&error);
  if (!found) /* where nothing is installed */
    CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_FAILED,
                               "the data tables are not to be found; set PLENARY_DATA to the "
                               "folder that holds members.csv"));
  g_setenv("PLENARY_DATA", was, TRUE);
}

static void test_scenario_from_disk(void) {
  g_autofree char *dir = g_dir_make_tmp("plenary-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(dir, "scenario.csv", NULL);
  g_autoptr(GError) error = NULL;
  CU_ASSERT_TRUE(g_file_set_contents(path, "key,value\nformat,1\nas_of,2026-01-15\n", -1, NULL));
  CU_ASSERT_PTR_NULL(pln_scenario_load(scene_world(), dir, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA, "\n3 faults in 2 files; nothing was written"));
  CU_ASSERT_PTR_NULL(pln_scenario_load(scene_world(), path, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA, "not a folder that can be read"));
  g_unlink(path);
  g_rmdir(dir);
  CU_ASSERT_PTR_NULL(pln_scenario_load(scene_world(), dir, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA, "there is no such folder"));
}

static void test_folder(void) {
  g_autofree char *dir = g_dir_make_tmp("plenary-XXXXXX", NULL);
  static const char *const names[] = {"b.csv", "a.csv", "C.CSV", ".csv", ".d.csv", "e.csv.txt"};
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *path = g_build_filename(dir, names[i], NULL);
    CU_ASSERT_TRUE(g_file_set_contents(path, names[i], -1, NULL));
  }
  g_autofree char *dotted = g_strconcat(dir, "/.//", NULL), *base = g_path_get_basename(dir);
  g_autoptr(PlnFolder) folder = pln_folder_open(dotted, NULL);
  CU_ASSERT_STRING_EQUAL(pln_folder_name(folder), base);
  g_autofree char *tables = g_strjoinv(" ", (char **)pln_folder_tables(folder));
  CU_ASSERT_STRING_EQUAL(tables, "C.CSV a.csv b.csv");
  CU_ASSERT_TRUE(pln_folder_has(folder, "a.csv"));
  CU_ASSERT_FALSE(pln_folder_has(folder, "c.csv"));
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(GBytes) bytes = pln_folder_read(folder, "a.csv", faults);
  CU_ASSERT_TRUE(bytes && g_bytes_get_size(bytes) == 5);
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *path = g_build_filename(dir, names[i], NULL);
    g_unlink(path);
  }
  g_rmdir(dir);
  CU_ASSERT_PTR_NULL(pln_folder_read(folder, "a.csv", faults));
  CU_ASSERT_EQUAL(pln_faults_count(faults), 1);
  pln_folder_free(NULL);
}

static void test_folder_in_memory(void) {
  g_autoptr(GHashTable) files =
      g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_bytes_unref);
  g_hash_table_insert(files, (gpointer) "votes.csv", g_bytes_new("x", 1));
  g_autoptr(PlnFolder) folder = pln_folder_in_memory("it", files);
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(GBytes) bytes = pln_folder_read(folder, "votes.csv", faults);
  CU_ASSERT_PTR_EQUAL(bytes, g_hash_table_lookup(files, "votes.csv"));
  CU_ASSERT_PTR_NULL(pln_folder_read(folder, "blocs.csv", faults));
  CU_ASSERT_TRUE(
      faults_are(faults, "it/blocs.csv: there is no such file; expected a table in CSV\n"));
}

/* A file that is there and of the right kind, and still fails when it is read. */
static void test_unreadable(void) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  CU_ASSERT_PTR_NULL(pln_file_read("/proc/self/mem", faults));
  g_autofree char *text = pln_faults_text(faults);
  CU_ASSERT_TRUE(g_str_has_prefix(
      text, "/proc/self/mem: the file cannot be read; expected a table in CSV: "));
}

static char **load_edits(const char *text, GError **error) {
  g_autofree char *path = NULL;
  close(g_file_open_tmp("plenary-XXXXXX.csv", &path, NULL));
  CU_ASSERT_TRUE(g_file_set_contents(path, text, -1, NULL));
  char **edits = pln_edits_load(path, error);
  g_unlink(path);
  return edits;
}

static void test_edits(void) {
  g_auto(GStrv) edits = load_edits("vote,proposal,who\nN,,RUS\nA,p1,EU\n", NULL);
  g_autofree char *all = g_strjoinv(" ", edits);
  CU_ASSERT_STRING_EQUAL(all, "RUS=N p1:EU=A");
  g_auto(GStrv) none = load_edits("who,vote\n", NULL);
  CU_ASSERT_TRUE(none && !*none);
}

static void test_edits_refused(void) {
  g_autoptr(GError) error = NULL;
  CU_ASSERT_PTR_NULL(load_edits("who,vote\n,Y\nFRA,\nFRA,yes\n", &error));
  CU_ASSERT_TRUE(
      scene_error(&error, PLN_ERROR_DATA,
                  ".csv:4:5: the vote is \"yes\"; expected Y (yes), N (no), A (abstains) "
                  "or X (did not vote); did you mean Y?"));
  CU_ASSERT_PTR_NULL(load_edits("who,vote\nFRA,?\n", &error));
  CU_ASSERT_TRUE(
      scene_error(&error, PLN_ERROR_DATA, ".csv:2:5: the vote is \"?\"; expected Y, N, A or X"));
  CU_ASSERT_PTR_NULL(load_edits("who;vote\n", &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA, "separated by semicolons"));
  CU_ASSERT_PTR_NULL(pln_edits_load("/nowhere/edits.csv", &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA, "/nowhere/edits.csv: there is no such file"));
  CU_ASSERT_PTR_NULL(pln_edits_load("/", &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA, "/: not a regular file"));
}

int main(void) {
  CU_TestInfo tests[] = {{"shipped world", test_shipped_world},
                         {"shipped state", test_shipped_state},
                         {"shipped bloc", test_shipped_bloc},
                         {"shipped terms of treaties", test_shipped_terms},
                         {"shipped roll call", test_shipped_roll_call},
                         {"shipped rules", test_shipped_rules},
                         {"shipped bodies", test_shipped_bodies},
                         {"shipped scenario", test_shipped_scenario},
                         {"world not there", test_world_not_there},
                         {"data folder", test_data_folder},
                         {"scenario from disk", test_scenario_from_disk},
                         {"folder", test_folder},
                         {"folder in memory", test_folder_in_memory},
                         {"unreadable", test_unreadable},
                         {"edits", test_edits},
                         {"edits refused", test_edits_refused},
                         CU_TEST_INFO_NULL};
  int status = suite_run("loading", tests);
  scene_end();
  return status;
}
