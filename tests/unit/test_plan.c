/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PLAN.csv: what its keys come to, which defaults hold, and every fault at its place. */
#include "plenary/plan.h"

#include <glib/gstdio.h>
#include <string.h>

#include "plenary/design.h"
#include "plenary/error.h"
#include "plenary/runner.h"
#include "suite.h"

static char *folder, *path;

static PlnPlan *load(const char *text) {
  g_autoptr(GError) error = NULL;
  CU_ASSERT_TRUE_FATAL(g_file_set_contents(path, text, -1, NULL));
  PlnPlan *plan = pln_plan_load(path, &error);
  if (!plan)
    printf("\n%s\n", error->message);
  CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
  return plan;
}

/* Whether @text has exactly the faults @expected, a line each behind the file's name. */
static gboolean faults(const char *text, const char *expected) {
  g_autoptr(GError) error = NULL;
  CU_ASSERT_TRUE_FATAL(g_file_set_contents(path, text, -1, NULL));
  g_autoptr(PlnPlan) plan = pln_plan_load(path, &error);
  g_auto(GStrv) parts = g_strsplit(error ? error->message : "", path, -1);
  g_autofree char *got = g_strjoinv("", parts);
  gboolean fits = !plan && g_error_matches(error, PLN_ERROR, PLN_ERROR_DATA) &&
                  strcmp(got, expected) == 0;
  if (!fits)
    printf("\n%s\nexpected\n%s\n", got, expected);
  return fits;
}

static void test_keys(void) {
  g_autoptr(PlnPlan) plan = load("key,value,range\n"
                                 "scenario,protocol-offences\nstudy,project\nproposal,p1\n"
                                 "stage,text\nrule,consensus\nas_of,2026-12-24\n"
                                 "electorate,s70-74\nmethod,nash\ndesign,sobol\nruns,4096\n"
                                 "draws,200\nreplicates,3\nseed,77\n"
                                 "set,vote RUS=N\nset,CHN=40±5\n"
                                 "vary,position EU27,20..60\nvary,rule,consensus|as-is\n");
  CU_ASSERT_STRING_EQUAL(plan->path, path);
  CU_ASSERT_STRING_EQUAL(plan->folder, folder);
  CU_ASSERT_STRING_EQUAL(plan->scenario, "protocol-offences");
  CU_ASSERT_STRING_EQUAL(plan->study, "project");
  CU_ASSERT_STRING_EQUAL(plan->proposal, "p1");
  CU_ASSERT_STRING_EQUAL(plan->stage, "text");
  CU_ASSERT_STRING_EQUAL(plan->rule, "consensus");
  CU_ASSERT_STRING_EQUAL(plan->as_of, "2026-12-24");
  CU_ASSERT_STRING_EQUAL(plan->electorate, "s70-74");
  CU_ASSERT_STRING_EQUAL(plan->method, "nash");
  CU_ASSERT_STRING_EQUAL(plan->design, "sobol");
  CU_ASSERT_EQUAL(plan->points, 4096);
  CU_ASSERT_EQUAL(plan->draws, 200);
  CU_ASSERT_EQUAL(plan->replicates, 3);
  CU_ASSERT_EQUAL(plan->seed, 77);
  CU_ASSERT_EQUAL(pln_plan_runs(plan), 12288);
  CU_ASSERT_EQUAL_FATAL(plan->set->len, 2);
  CU_ASSERT_EQUAL(((PlnChange *)plan->set->pdata[0])->line, 15);
  CU_ASSERT_EQUAL(((PlnChange *)plan->set->pdata[1])->sd, 5);
  CU_ASSERT_EQUAL_FATAL(plan->dials->len, 2);
  CU_ASSERT_STRING_EQUAL(((PlnDial *)plan->dials->pdata[0])->name, "position EU27");
  CU_ASSERT_EQUAL(((PlnDial *)plan->dials->pdata[1])->change->line, 18);
  CU_ASSERT_EQUAL_FATAL(plan->inputs->len, 1);
  CU_ASSERT_STRING_EQUAL(g_array_index(plan->inputs, PlnInput, 0).name, "plan.csv");
}

static void test_defaults(void) {
  g_autoptr(PlnPlan) plan = load("key,value\nscenario,protocol-offences\n");
  CU_ASSERT_STRING_EQUAL(plan->study, "");
  CU_ASSERT_STRING_EQUAL(plan->proposal, "");
  CU_ASSERT_STRING_EQUAL(plan->design, "grid");
  CU_ASSERT_EQUAL(plan->points, 1);
  CU_ASSERT_EQUAL(plan->draws, 1000);
  CU_ASSERT_EQUAL(plan->replicates, 1);
  CU_ASSERT_EQUAL(plan->seed, 1);
  CU_ASSERT_EQUAL(plan->set->len + plan->dials->len, 0);
  pln_plan_free(NULL);
}

#define GRID "key,value,range\nscenario,x,\nvary,EU27,20..60/5\nvary,rule,consensus|as-is\n"

static void test_grid(void) {
  g_autoptr(PlnPlan) plan = load(GRID);
  g_autoptr(PlnPlan) stated = load(GRID "runs,10,\nreplicates,4,\n");
  CU_ASSERT_EQUAL(plan->points, 10);
  CU_ASSERT_EQUAL(stated->points, 10);
  CU_ASSERT_EQUAL(pln_plan_runs(stated), 40);
  CU_ASSERT_TRUE(faults(GRID "runs,12,\n", ":5:6: runs is not the product of the levels; expected "
                                           "10, or no such row"));
  CU_ASSERT_TRUE(faults(GRID "vary,CHN,40±5\nvary,IND,20..60\n",
                        ":5:10: position CHN has no levels; expected A..B/N or words with a bar "
                        "between, a|b, as the design is a grid\n"
                        ":6:10: position IND has no levels; expected A..B/N or words with a bar "
                        "between, a|b, as the design is a grid"));
  CU_ASSERT_TRUE(faults(GRID "vary,CHN,0..50/1000000\nvary,IND,0..50/1000000\n",
                        ":1:1: the grid has too many points; expected at most 1000000000000"));
}

#define KNOWN "key,value,range\nscenario,x,\n"

static void test_keys_refused(void) {
  CU_ASSERT_TRUE(faults("key,value\nsenario,x\n",
                        ":1:1: the key scenario is missing; expected a row \"scenario,…\"\n"
                        ":2:1: key is \"senario\"; expected one of scenario, study, proposal, stage, "
                        "rule, as_of, electorate, method, design, runs, draws, replicates, seed, set, "
                        "vary; did you mean scenario?"));
  CU_ASSERT_TRUE(faults(KNOWN ",x,\n", ":3:1: key is empty; expected a value in every row"));
  CU_ASSERT_TRUE(faults(KNOWN "scenario,y,\n",
                        ":3:1: scenario stands twice (first on line 2); expected it once"));
  CU_ASSERT_TRUE(faults(KNOWN "stage,,\n", ":3:7: stage is empty; expected a value"));
  CU_ASSERT_TRUE(faults(KNOWN "seed,1,2..3\n", ":3:8: seed has a range; expected one of vary alone"));
  CU_ASSERT_TRUE(faults("key,value\nscenario,\n", ":2:10: scenario is empty; expected a value"));
}

static void test_values_refused(void) {
  CU_ASSERT_TRUE(faults(KNOWN "study,projct,\n", ":3:7: study is \"projct\"; expected one of replay, "
                                                 "project, bargain, ratify; did you mean project?"));
  CU_ASSERT_TRUE(faults(KNOWN "design,soboll,\nruns,8,\nvary,EU27,2..3\n",
                        ":3:8: design is \"soboll\"; expected one of grid, sobol, latin, random; did "
                        "you mean sobol?"));
  CU_ASSERT_TRUE(faults(KNOWN "as_of,2026-02,\n", ":3:7: as_of is \"2026-02\"; expected a whole day "
                                                  "of the calendar, such as 2019-12-27"));
  CU_ASSERT_TRUE(faults(KNOWN "draws,0,\n", ":3:7: draws is \"0\"; expected a whole number from 1 to "
                                            "100000000"));
  CU_ASSERT_TRUE(faults(KNOWN "draws,1e3,\n", ":3:7: draws is \"1e3\"; expected a whole number from "
                                              "1 to 100000000"));
  CU_ASSERT_TRUE(faults(KNOWN "replicates,-1,\n", ":3:12: replicates is \"-1\"; expected a whole "
                                                  "number from 1 to 1000000"));
  CU_ASSERT_TRUE(faults(KNOWN "draws,100000,\nreplicates,42950,\n",
                        ":4:12: draws times replicates is more than there are draws; expected at "
                        "most 4294967296"));
  g_autoptr(PlnPlan) most = load(KNOWN "draws,100000,\nreplicates,42949,\n");
  CU_ASSERT_PTR_NOT_NULL(most);
  CU_ASSERT_TRUE(faults(KNOWN "runs,0,\n", ":3:6: runs is \"0\"; expected a whole number from 1 to "
                                           "1000000000000"));
  CU_ASSERT_TRUE(faults(KNOWN "seed,1.5,\n", ":3:6: seed is \"1.5\"; expected a whole number from 0 "
                                             "to 18446744073709551615"));
}

static void test_changes_refused(void) {
  CU_ASSERT_TRUE(faults(KNOWN "set,vote RUS=yes,\n",
                        ":3:5: the vote is \"yes\"; expected Y (yes), N (no), A (abstains) or X (does "
                        "not vote); did you mean Y?"));
  CU_ASSERT_TRUE(faults(KNOWN "vary,EU27,60..20/3\n", ":3:11: the range is \"60..20/3\"; expected its "
                                                      "lower end first"));
  CU_ASSERT_TRUE(faults(KNOWN "vary,EU27,\n", ":3:11: the range is \"\"; expected A..B, A..B/N, M±S or "
                                              "words with a bar between, a|b"));
  CU_ASSERT_TRUE(faults(KNOWN "vary,positon EU27,20..60/3\n",
                        ":3:6: unknown change \"positon\"; expected position, salience, capability, "
                        "vote, presence, member, rule, split, join, deposit, assume; did you mean "
                        "position?"));
  CU_ASSERT_TRUE(faults(KNOWN "vary,rule,1..2\n", ":3:11: the range is \"1..2\"; expected words with "
                                                  "a bar between: no number is asked for here"));
  CU_ASSERT_TRUE(faults(KNOWN "vary,EU27,2..3/2\nvary,position EU27,5..6/2\n",
                        ":4:6: position EU27 stands twice (first on line 3); expected it once"));
  CU_ASSERT_TRUE(faults(KNOWN "set,EU27=5,\nvary,EU27,5..6/2\nset,position EU27=7,\n",
                        ":4:6: position EU27 stands twice (first on line 3); expected it once\n"
                        ":5:5: position EU27 stands twice (first on line 3); expected it once"));
}

static void test_designs_refused(void) {
  CU_ASSERT_TRUE(faults(KNOWN "design,latin,\nvary,EU27,2..3\n",
                        ":3:8: the design asks for the key runs; expected a row \"runs,…\" with at "
                        "least 1"));
  CU_ASSERT_TRUE(faults(KNOWN "design,random,\nruns,8,\n",
                        ":3:8: the design turns nothing; expected at least 1 row \"vary,…\""));
}

/* The row is there, though faulty: that no dial is left is no second fault. */
static void test_one_fault(void) {
  g_autoptr(GBytes) bytes = g_bytes_new_static(
      KNOWN "design,sobol,\nruns,8,\nvary,position EU27,40±0\n",
      strlen(KNOWN "design,sobol,\nruns,8,\nvary,position EU27,40±0\n"));
  g_autoptr(GError) error = NULL;
  CU_ASSERT_PTR_NULL(pln_plan_parse("p.csv", bytes, &error));
  CU_ASSERT_PTR_NOT_NULL_FATAL(error);
  CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "p.csv:5:20: "));
  CU_ASSERT_PTR_NULL(strchr(error->message, '\n'));
}

/* What the scenario shows later stands at the row's cells, or at the key's. */
static void test_blame(void) {
  static const char text[] = KNOWN "rule,two-thirds,\nvary,position EU27,20..60/2\n";
  g_autoptr(GBytes) bytes = g_bytes_new_static(text, sizeof text - 1);
  g_autoptr(PlnPlan) plan = pln_plan_parse("p.csv", bytes, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
  g_autoptr(PlnFaults) faults = pln_faults_new();
  pln_plan_blame(plan, "vary", 4, FALSE, "who", faults);
  pln_plan_blame(plan, "vary", 4, TRUE, "where to", faults);
  pln_plan_blame(plan, "rule", 0, FALSE, "which", faults);
  pln_plan_blame(plan, "stage", 0, FALSE, "none", faults);
  g_autofree char *said = pln_faults_text(faults);
  CU_ASSERT_STRING_EQUAL(said, "p.csv:1:1: none\np.csv:3:6: which\np.csv:4:6: who\n"
                               "p.csv:4:20: where to\n");
}

/* @n dials, A of each a state that is not there: names are not looked up here. */
static char *many(const char *design, guint n) {
  GString *text = g_string_new(KNOWN);
  g_string_append_printf(text, "design,%s,\nruns,8,\n", design);
  for (guint k = 0; k < n; k++)
    g_string_append_printf(text, "vary,S%u,20..60\n", k);
  return g_string_free(text, FALSE);
}

static void test_many_dials(void) {
  g_autofree char *sobol = many("sobol", PLN_DESIGN_SOBOL_MOST);
  g_autofree char *beyond = many("sobol", PLN_DESIGN_SOBOL_MOST + 1);
  g_autofree char *latin = many("latin", PLN_PLAN_DIALS);
  g_autofree char *too_many = many("latin", PLN_PLAN_DIALS + 2);
  g_autoptr(PlnPlan) most = load(sobol);
  g_autoptr(PlnPlan) all = load(latin);
  CU_ASSERT_EQUAL(most->dials->len, PLN_DESIGN_SOBOL_MOST);
  CU_ASSERT_EQUAL(all->dials->len, PLN_PLAN_DIALS);
  CU_ASSERT_TRUE(faults(beyond, ":3:8: a Sobol sequence has at most 40 dials; expected so many or "
                                "latin"));
  CU_ASSERT_TRUE(faults(too_many, ":69:1: more than 64 dials; expected at most so many\n"
                                  ":70:1: more than 64 dials; expected at most so many"));
}

/* The words that this room cannot see, of the rooms above it. */
static void test_words(void) {
  for (guint k = 0; pln_design_words[k]; k++) {
    g_autofree char *text = g_strdup_printf(KNOWN "design,%s,\n%svary,EU27,20..60/2\n",
                                            pln_design_words[k], k > 0 ? "runs,8,\n" : "");
    g_autoptr(PlnPlan) plan = load(text);
    CU_ASSERT_STRING_EQUAL(plan->design, pln_design_words[k]);
  }
  for (guint k = 0; k < PLN_RUN_STUDIES; k++) {
    g_autofree char *text = g_strdup_printf(KNOWN "study,%s,\n", pln_run_study_words[k]);
    g_autoptr(PlnPlan) plan = load(text);
    CU_ASSERT_STRING_EQUAL(plan->study, pln_run_study_words[k]);
  }
}

static void test_files(void) {
  g_autoptr(GError) error = NULL;
  CU_ASSERT_PTR_NULL(pln_plan_load("nowhere/plan.csv", &error));
  CU_ASSERT_STRING_EQUAL(error->message, "nowhere/plan.csv: there is no such file; expected a table "
                                         "in CSV");
  CU_ASSERT_TRUE(faults("key;value\nscenario;x\n",
                        ":1:1: the columns are separated by semicolons; expected commas: save it as "
                        "\"CSV UTF-8 (comma delimited)\", or in the export dialogue choose the comma "
                        "as field separator"));
}

int main(void) {
  folder = g_dir_make_tmp("plenary-XXXXXX", NULL);
  path = g_build_filename(folder, "plan.csv", NULL);
  CU_TestInfo tests[] = {{"keys", test_keys},
                         {"defaults", test_defaults},
                         {"grid", test_grid},
                         {"keys refused", test_keys_refused},
                         {"values refused", test_values_refused},
                         {"changes refused", test_changes_refused},
                         {"designs refused", test_designs_refused},
                         {"one fault", test_one_fault},
                         {"places of rows", test_blame},
                         {"many dials", test_many_dials},
                         {"words of other rooms", test_words},
                         {"files", test_files},
                         CU_TEST_INFO_NULL};
  int status = suite_run("plan", tests);
  g_remove(path);
  g_rmdir(folder);
  g_free(path);
  g_free(folder);
  return status;
}
