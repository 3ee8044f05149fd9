/* SPDX-License-Identifier: GPL-3.0-or-later */
/* edits.csv: what its rows come to, and which part of a row is at fault. */
#include "plenary/bundles.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "faulty.h"
#include "plenary/error.h"
#include "plenary/folder.h"
#include "plenary/tables.h"
#include "scene.h"
#include "suite.h"

static char *folder, *path;

static void write_table(const char *text) {
  CU_ASSERT_TRUE_FATAL(g_file_set_contents(path, text, -1, NULL));
}

/* The bundles of @text, which has no fault. */
static GPtrArray *load(const char *text) {
  g_autoptr(GError) error = NULL;
  write_table(text);
  GPtrArray *bundles = pln_bundles_load(path, NULL, &error);
  if (!bundles)
    printf("\n%s\n", error->message);
  CU_ASSERT_PTR_NOT_NULL_FATAL(bundles);
  return bundles;
}

/* Whether @text has exactly the faults @expected, a line each behind the file's name. */
static gboolean faults(const char *text, const char *expected) {
  g_autoptr(GError) error = NULL;
  write_table(text);
  GPtrArray *bundles = pln_bundles_load(path, NULL, &error);
  g_auto(GStrv) parts = g_strsplit(error ? error->message : "", path, -1);
  g_autofree char *got = g_strjoinv("", parts);
  gboolean fits = !bundles && g_error_matches(error, PLN_ERROR, PLN_ERROR_DATA) &&
                  strcmp(got, expected) == 0;
  if (!fits)
    printf("\n%s\nexpected\n%s\n", got, expected);
  if (bundles)
    g_ptr_array_unref(bundles);
  return fits;
}

static gboolean bundle_is(const GPtrArray *bundles, guint k, const char *expected) {
  g_autofree char *text = pln_bundle_text(bundles->pdata[k]);
  if (strcmp(text, expected) != 0)
    printf("\n  %s\n", text);
  return strcmp(text, expected) == 0;
}

/* Every kind; rows of one bundle apart from one another. */
static void test_rows(void) {
  g_autoptr(GPtrArray) bundles = load(
      "bundle,edit,who,value,sd,where,status,source,note\n"
      "Europe moves,position,EU27,30,5,p1,reported,a paper,first said\n"
      "Others,vote,RUS,N,,,,,\n"
      "Europe moves,salience,EU27,60±2,,,,,second said\n"
      "Others,rule,,consensus,,,,,\n"
      "Others,member,SYR,out,,,,,\n"
      "Others,split,EU27,\"HUN,POL\",,,,,\n"
      "Others,split,BRICS,,,,,,\n"
      "Others,join,AOSIS,MDV|FJI,,,,,\n"
      "Others,deposit,DEU,never,,,,,\n"
      "Others,assume,tie,0.25,,,,,\n");
  CU_ASSERT_EQUAL_FATAL(bundles->len, 2);
  CU_ASSERT_TRUE(bundle_is(bundles, 0, "Europe moves: position p1:EU27=30±5; salience EU27=60±2"));
  CU_ASSERT_TRUE(bundle_is(bundles, 1,
                           "Others: vote RUS=N; rule consensus; member "
                           "SYR=out; split EU27:HUN,POL; split BRICS; join AOSIS=MDV,FJI; deposit "
                           "DEU=never; assume tie=0.25"));
  const PlnBundle *first = bundles->pdata[0], *second = bundles->pdata[1];
  const PlnChange *moved = first->changes->pdata[0], *voted = second->changes->pdata[0];
  CU_ASSERT_STRING_EQUAL(first->note, "first said");
  CU_ASSERT_PTR_NULL(second->note);
  CU_ASSERT_EQUAL(moved->status, PLN_STATUS_REPORTED);
  CU_ASSERT_STRING_EQUAL(moved->source, "a paper");
  CU_ASSERT_EQUAL(moved->line, 2);
  CU_ASSERT_EQUAL(voted->status, PLN_STATUS_ASSUMED);
  CU_ASSERT_PTR_NULL(voted->source);
  CU_ASSERT_EQUAL(voted->line, 3);
}

static void test_inputs(void) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) inputs = pln_inputs_new();
  write_table("bundle,edit,who,value\nA,vote,RUS,N\n");
  g_autoptr(GPtrArray) bundles = pln_bundles_load(path, inputs, &error);
  CU_ASSERT_EQUAL_FATAL(inputs->len, 1);
  CU_ASSERT_EQUAL(bundles->len, 1);
  CU_ASSERT_STRING_EQUAL(g_array_index(inputs, PlnInput, 0).name, path);
  CU_ASSERT_EQUAL(strlen(g_array_index(inputs, PlnInput, 0).sha256), 64);
}

/* Held to a scenario: its names, rules and scales, each with its place. */
static void test_for_scenario(void) {
  g_autoptr(PlnScenario) s = scene_shipped("protocol-package");
  g_autoptr(GError) error = NULL;
  write_table("bundle,edit,who,value,sd,where\n"
              "A,position,EU27,30,101,protocol\n"
              "A,position,EU27,11,,scope\n"
              "A,position,IND,101,,protocol\n"
              "A,position,RUS,101,,\n" /* on which scale the study says */
              "A,vote,NOBODY,Y,,\n"
              "A,rule,,nosuch,,\n");
  g_autoptr(GPtrArray) without = pln_bundles_load(path, NULL, &error);
  CU_ASSERT_PTR_NOT_NULL(without);
  CU_ASSERT_PTR_NULL(pln_bundles_load_for(path, s, NULL, &error));
  static const char *const places[] = {":2:20: ", ":3:17: ", ":4:16: ", ":6:8: ", ":7:9: "};
  for (gsize k = 0; k < G_N_ELEMENTS(places); k++)
    CU_ASSERT_PTR_NOT_NULL(strstr(error ? error->message : "", places[k]));
  CU_ASSERT_PTR_NULL(strstr(error ? error->message : "", ":5:"));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA, "NOBODY"));
}

static void test_missing(void) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) inputs = pln_inputs_new();
  CU_ASSERT_PTR_NULL(pln_bundles_load("nowhere/edits.csv", inputs, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA,
                             "nowhere/edits.csv: there is no such file; expected a table in CSV"));
  CU_ASSERT_EQUAL(inputs->len, 0);
}

#define HEADER "bundle,edit,who,value,sd,where\n"

static void test_parts(void) {
  CU_ASSERT_TRUE(faults(HEADER "A,positon,EU27,30,,\n",
                        ":2:3: edit is \"positon\"; expected one of position, salience, capability, "
                        "vote, presence, member, rule, split, join, deposit, assume; did you mean "
                        "position?"));
  CU_ASSERT_TRUE(faults(HEADER "A,,EU27,30,,\n", ":2:3: edit is empty; expected a value in every row"));
  CU_ASSERT_TRUE(faults(HEADER ",vote,EU27,Y,,\n", ":2:1: bundle is empty; expected a value in every row"));
  CU_ASSERT_TRUE(faults(HEADER "A,vote,,Y,,\n", ":2:8: who is changed is \"\"; expected a state's "
                                                "code, a bloc's id or ALL"));
  CU_ASSERT_TRUE(faults(HEADER "A,vote,RUS,yes,,\n",
                        ":2:12: the vote is \"yes\"; expected Y (yes), N (no), A (abstains) or X "
                        "(does not vote); did you mean Y?"));
  CU_ASSERT_TRUE(faults(HEADER "A,position,EU27,30,0,\n",
                        ":2:20: the standard deviation is \"0\"; expected a number above 0"));
  CU_ASSERT_TRUE(faults(HEADER "A,presence,EU27,30,,p1\n",
                        ":2:21: presence has a proposal or an issue, \"p1\"; expected none: "
                        "position, salience, capability and vote have one"));
  CU_ASSERT_TRUE(faults(HEADER "A;B,vote,RUS,Y,,\n",
                        ":2:1: the bundle \"A;B\" holds =, a semicolon or a colon with a blank; "
                        "expected none, as they part changes"));
  CU_ASSERT_TRUE(faults(HEADER "A: B,vote,RUS,Y,,\n",
                        ":2:1: the bundle \"A: B\" holds =, a semicolon or a colon with a blank; "
                        "expected none, as they part changes"));
}

static void test_whole(void) {
  CU_ASSERT_TRUE(faults(HEADER "A,vote,RUS,Y,,\nA,vote,RUS,N,,\nB,vote,RUS,N,,\n",
                        ":3:3: vote RUS stands twice in \"A\" (first on line 2); expected it once"));
  CU_ASSERT_TRUE(faults(HEADER, ":1:1: the table has no rows; expected a change a row"));
  CU_ASSERT_TRUE(faults("bundle,edit,whom,value\nA,vote,RUS,Y\n",
                        ":1:1: column \"who\" is missing; expected it in the first line\n"
                        ":1:13: unknown column \"whom\"; expected one of bundle, edit, who, value, "
                        "sd, where, status, source, note; did you mean who?"));
}

/* The scenario's own edits.csv is held to its names. */
static char *of_scenario(const char *rows) {
  g_autofree char *edits = g_strconcat(HEADER, rows, NULL);
  return faulty_scenario(
      "scenario.csv", "key,value\nformat,1\ntitle,It\nas_of,2026-01-15\nbody,general-assembly\n",
      "proposals.csv", "id,title,date\np1,A,2026-01-14\n", "issues.csv",
      "issue,from,to\nscope,0,10\n", "actors.csv", "who,position\nEU,5\nRUS,9\nCHN,8\n",
      "edits.csv", edits, NULL);
}

static void test_names(void) {
  CU_ASSERT_TRUE(faulty_is(of_scenario("A,position,EU,30,,p1\nA,position,RUS,3,,scope\n"
                                       "A,rule,,consensus,,\nA,join,Newcomers,\"FRA,DEU\",,\n"
                                       "A,split,EU,HUN,,\nA,vote,ALL,Y,,\nA,assume,tie,0,,\n"), ""));
  CU_ASSERT_TRUE(faulty_is(of_scenario("A,position,EU,30,,p2\nA,position,EU,3,,scop\n"
                                       "A,vote,FRX,Y,,\n"
                                       "A,join,X,\"FRA,DEX\",,\nA,rule,,consensu,,\n"
                                       "B,rule,consensu,,,\nB,position,EU,11,,scope\n"
                                       "B,position,RUS,5,12,scope\n"),
                           "it/edits.csv:2:19: unknown proposal or issue \"p2\"; expected an id of "
                           "proposals.csv or issues.csv; did you mean p1?\n"
                           "it/edits.csv:3:18: unknown proposal or issue \"scop\"; expected an id of "
                           "proposals.csv or issues.csv; did you mean scope?\n"
                           "it/edits.csv:4:8: unknown state or bloc \"FRX\"; expected an ISO alpha-3 "
                           "code, a bloc of data/blocs.csv or of the scenario's, or ALL; did you mean "
                           "FRA?\n"
                           "it/edits.csv:5:10: unknown state or bloc \"DEX\"; expected an ISO alpha-3 "
                           "code, a bloc of data/blocs.csv or of the scenario's, or ALL; did you mean "
                           "DEU?\n"
                           "it/edits.csv:6:9: unknown rule \"consensu\"; expected one that `plenary "
                           "rules` lists; did you mean consensus?\n"
                           "it/edits.csv:7:8: unknown rule \"consensu\"; expected one that `plenary "
                           "rules` lists; did you mean consensus?\n"
                           "it/edits.csv:8:15: the position is 11; expected a number from 0 to 10\n"
                           "it/edits.csv:9:18: the standard deviation is 12; expected one no wider "
                           "than the scale, 10\n"));
}

int main(void) {
  folder = g_dir_make_tmp("plenary-XXXXXX", NULL);
  path = g_build_filename(folder, "edits.csv", NULL);
  CU_TestInfo tests[] = {{"rows", test_rows},       {"inputs", test_inputs}, {"missing", test_missing},
                         {"parts of a row", test_parts}, {"the whole", test_whole},
                         {"names of a scenario", test_names},
                         {"for a scenario", test_for_scenario}, CU_TEST_INFO_NULL};
  int status = suite_run("bundles", tests);
  scene_end();
  g_remove(path);
  g_rmdir(folder);
  g_free(path);
  g_free(folder);
  return status;
}
