/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Votes in bulk: every format, the sessions, the seats of the past, and what is noted. */
#include "plenary/roll_calls.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "faulty.h"
#include "plenary/input.h"
#include "scene.h"
#include "suite.h"
#include "votes.h"

/* Whether @o reads as @matrix, with @notes, a line each. */
static gboolean reads(PlnRollCallsOptions o, const char *matrix, const char *notes) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(GPtrArray) told = g_ptr_array_new_with_free_func(g_free);
  o.notes = told;
  g_autoptr(PlnVoteMatrix) got = votes_read(&o, faults);
  GString *all = g_string_new(NULL);
  for (guint i = 0; i < told->len; i++)
    g_string_append_printf(all, "%s\n", (char *)told->pdata[i]);
  gboolean sound = faults_are(faults, ""), same = faulty_is(votes_text(got), matrix);
  return faulty_is(g_string_free(all, FALSE), notes) && sound && same;
}

#define FILE_OF(name) .votes = name, .from = -1, .to = -1

static void test_undl(void) {
  CU_ASSERT_TRUE(reads((PlnRollCallsOptions){FILE_OF("undl.csv")},
                       "BRA FRA NAM RUS\n"
                       "3841023 74 2019-12-27 ANXY\n"
                       "4025240 78 2023-10-27 XYXY\n",
                       "Roll calls of special sessions, counted in the regular session of their "
                       "date: 1.\n"
                       "Cells of members without a row, taken for X (did not vote): 2.\n"));
}

/* A roll call that disagrees with its totals goes out whole, the others stay. */
static void test_leave_out(void) {
  CU_ASSERT_TRUE(reads((PlnRollCallsOptions){FILE_OF("undl-total-one.csv"), .leave_out = TRUE},
                       "FRA RUS\n3841023 74 2019-12-27 NY\n",
                       "Roll calls left out, as their rows disagree with their totals: 1 (first roll "
                       "call 3841024).\n"));
}

static void test_titles(void) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  PlnRollCallsOptions o = {FILE_OF("undl.csv")};
  g_autoptr(PlnVoteMatrix) m = votes_read(&o, faults);
  CU_ASSERT_STRING_EQUAL(m->call[0].title, "Countering crime, with \"technologies\"");
  CU_ASSERT_STRING_EQUAL(m->call[0].symbol, "A/RES/74/247");
  CU_ASSERT_STRING_EQUAL(m->voter[1].name, "France");
  CU_ASSERT_STRING_EQUAL(m->voter[1].group, "WEOG");
  CU_ASSERT_EQUAL(pln_vote_matrix_voter(m, "NAM"), 2);
  CU_ASSERT_EQUAL(pln_vote_matrix_call(m, "4025240"), 1);
}

/* Number 345 is Yugoslavia's in 1946 and Serbia's in 2005; 255 and 260 are both Germany. */
static void test_voeten(void) {
  CU_ASSERT_TRUE(reads((PlnRollCallsOptions){FILE_OF("voeten.csv")},
                       "DEU RUS SRB USA YUG\n"
                       "3 1  ?A?YN\n"
                       "5000 60  YXAX?\n",
                       "Voters left out, as no vote of theirs is known: 2.\n"
                       "Votes coded 345, counted as those of YUG (Yugoslavia, by "
                       "historical.csv): 1.\n"
                       "Votes coded 255, counted as those of DEU (Germany, by historical.csv): 1.\n"
                       "Rows that say the voter was not a member: 2.\n"
                       "Cells of members without a row, taken for X (did not vote): 1.\n"));
}

static void test_tidy(void) {
  CU_ASSERT_TRUE(reads((PlnRollCallsOptions){FILE_OF("tidy-iso3.csv")},
                       "CHN COD FRA SRB TWN YUG\n"
                       "9 1 1946-12-01 ??Y?NX\n"
                       "10 15 1960-11-03 ?XA?NY\n"
                       "100 60 2005-11-01 YXNN??\n",
                       "Roll calls that state no session, counted in that of their date: 3.\n"
                       "Votes coded SRB, counted as those of YUG (Yugoslavia, by "
                       "historical.csv): 1.\n"
                       "Votes coded CHN, counted as those of TWN (Republic of China, by "
                       "historical.csv): 1.\n"
                       "Votes coded ZAR, counted as those of COD (Zaire, by historical.csv): 1.\n"
                       "Cells of members without a row, taken for X (did not vote): 2.\n"));
}

/* NA is Namibia.  Without a day a code is the member's that has it, or had it. */
static void test_tidy_country_code(void) {
  CU_ASSERT_TRUE(reads((PlnRollCallsOptions){FILE_OF("tidy-country-code.csv")},
                       "DDR DEU FRA NAM\n"
                       "1 -1  YANY\n",
                       "Votes coded DD, counted as those of DDR (German Democratic Republic, by "
                       "historical.csv): 1.\n"
                       "Votes on roll calls without date and session, taken for those of "
                       "members: 4.\n"));
}

/* In the month of the admission a vote may be kept, in the month before it is not. */
static void test_outside(void) {
  CU_ASSERT_TRUE(reads((PlnRollCallsOptions){FILE_OF("tidy-outside.csv")},
                       "FJI FRA\n"
                       "1 25 1970-09-01 ?Y\n"
                       "2 25 1970-10-01 YX\n",
                       "Roll calls that state no session, counted in that of their date: 2.\n"
                       "Votes coded FJI, left out as it was no member then: 1 (first on roll "
                       "call 1 of 1970-09-01).\n"
                       "Votes dated outside the membership but in its first or last month, kept "
                       "as days of old roll calls are not exact: 1.\n"
                       "Cells of members without a row, taken for X (did not vote): 1.\n"));
}

static void test_doubled(void) {
  CU_ASSERT_TRUE(reads((PlnRollCallsOptions){FILE_OF("tidy-doubled-same.csv")},
                       "DEU FRA\n1 -1  NY\n",
                       "Votes that stand twice, both times the same: 1.\n"
                       "Votes on roll calls without date and session, taken for those of "
                       "members: 3.\n"));
}

static void test_listed(void) {
  PlnRollCallsOptions o = {FILE_OF("tidy-listed.csv"), .list = "list.csv"};
  CU_ASSERT_TRUE(reads(o, "DDR FRA\n1 40 1985-10-01 YY\n2 41 1986-11-01 NY\n",
                       "Roll calls of the list that have no votes: 1.\n"));
  o.from = 41;
  CU_ASSERT_TRUE(reads(o, "DDR FRA\n2 41 1986-11-01 NY\n",
                       "Roll calls left out, not of the sessions asked for: 1 (votes: 2).\n"
                       "Roll calls of the list that have no votes: 1.\n"));
  o.from = -1;
  o.to = 40;
  CU_ASSERT_TRUE(reads(o, "DDR FRA\n1 40 1985-10-01 YY\n",
                       "Roll calls left out, not of the sessions asked for: 1 (votes: 2).\n"
                       "Roll calls of the list that have no votes: 1.\n"));
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(PlnVoteMatrix) m = votes_read(&o, faults);
  CU_ASSERT_STRING_EQUAL(m->call[0].symbol, "R/40/1");
  CU_ASSERT_STRING_EQUAL(m->call[0].title, "FIRST");
}

static void test_voteview(void) {
  PlnRollCallsOptions o = {FILE_OF("voteview.csv"), .members = "voteview-members.csv",
                           .list = "voteview-list.csv"};
  CU_ASSERT_TRUE(reads(o,
                       "14066 20301 39301\n"
                       "116-House-2 116 2019-01-03 NY?\n"
                       "116-House-10 116 2019-01-04 ?XX\n",
                       "Rows that say the voter was not a member: 1.\n"));
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(PlnVoteMatrix) m = votes_read(&o, faults);
  CU_ASSERT_STRING_EQUAL(m->voter[0].name, "YOUNG, Donald Edwin");
  CU_ASSERT_STRING_EQUAL(m->voter[0].group, "200");
  CU_ASSERT_STRING_EQUAL(m->voter[2].name, "");
  CU_ASSERT_STRING_EQUAL(m->call[0].title, "Election");
}

static void test_matrix(void) {
  CU_ASSERT_TRUE(reads((PlnRollCallsOptions){FILE_OF("matrix.csv")},
                       "ANA BEA FRA\nv1 -1  Y?N\nv2 -1  NAY\nv10 -1  ?XY\n", 
                       "Rows that say the vote is not known: 2.\n"));
  CU_ASSERT_TRUE(reads((PlnRollCallsOptions){FILE_OF("matrix-by-vote.csv"),
                                             .format = "matrix-by-vote"},
                       "ANA BEA\nv1 -1  Y?\nv2 -1  NA\n",
                       "Rows that say the vote is not known: 1.\n"));
}

static void test_own(void) {
  CU_ASSERT_TRUE(reads((PlnRollCallsOptions){FILE_OF("own.csv")},
                       "BRA FRA RUS\n"
                       "A/RES/73/187 73 2018-12-17 X??\n"
                       "A/RES/74/247 74 2019-12-27 ?NY\n",
                       "Rows that say the vote is not known: 1.\n"));
}

/* What plenary ships is read as well, with its own list. */
static void test_shipped(void) {
  g_autofree char *votes = g_build_filename(g_getenv("PLENARY_DATA"), "roll_calls.csv", NULL);
  g_autofree char *list = g_build_filename(g_getenv("PLENARY_DATA"), "roll_call_list.csv", NULL);
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(GArray) inputs = pln_inputs_new();
  PlnRollCallsOptions o = {.votes = votes, .list = list, .from = -1, .to = -1, .inputs = inputs};
  g_autoptr(PlnVoteMatrix) m = pln_roll_calls_load(scene_world(), &o, faults);
  CU_ASSERT_TRUE(faults_are(faults, ""));
  CU_ASSERT_EQUAL(m->n_voters, 193);
  CU_ASSERT_EQUAL(m->n_calls, 2);
  CU_ASSERT_EQUAL(m->call[1].day, 20191227);
  CU_ASSERT_EQUAL(pln_vote_matrix_row(m, 1)[pln_vote_matrix_voter(m, "RUS")], PLN_VOTE_Y);
  CU_ASSERT_EQUAL(inputs->len, 3);
  CU_ASSERT_EQUAL(strlen(g_array_index(inputs, PlnInput, 0).sha256), 64);
  CU_ASSERT_STRING_EQUAL(g_array_index(inputs, PlnInput, 2).name, "data/historical.csv");
}

/* Rows in any order make the same matrix. */
static void test_order(void) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  PlnRollCallsOptions o = {.from = -1, .to = -1};
  static const char one[] = "rcid,iso3,vote,session\n7,FRA,Y,3\n7,USA,N,3\n"
                            "12,FRA,N,2\n12,USA,A,2\n";
  static const char two[] = "vote,session,rcid,iso3\nA,2,12,USA\nN,3,7,USA\n"
                            "N,2,12,FRA\nY,3,7,FRA\n";
  g_autoptr(PlnVoteMatrix) a = votes_of(one, NULL, &o, faults), b = votes_of(two, NULL, &o, faults);
  g_autofree char *text = votes_text(b);
  CU_ASSERT_TRUE(faulty_is(votes_text(a), text));
  CU_ASSERT_STRING_EQUAL(text, "FRA USA\n12 2  NA\n7 3  YN\n");
}

/* Special sessions, by every spelling; without a date they have no number. */
static void test_sessions(void) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  PlnRollCallsOptions o = {.from = -1, .to = -1};
  g_autoptr(PlnVoteMatrix) m = votes_of(
      "rcid,iso3,vote,session,date\n1,FRA,Y,ES-10,2023-10-27\n2,FRA,Y,29sp,1982-06-10\n"
      "3,FRA,Y,S-29,\n4,FRA,Y,12(II),1957-11-02\n5,FRA,Y,,1946-01-10\n6,FRA,Y,,1961\n",
      NULL, &o, faults);
  CU_ASSERT_TRUE(faulty_is(votes_text(m), "FRA\n3 -1  Y\n6 -1 1961 Y\n5 1 1946-01-10 Y\n"
                                          "4 12 1957-11-02 Y\n2 36 1982-06-10 Y\n"
                                          "1 78 2023-10-27 Y\n"));
}

/* Gaps: neither Indonesia nor Syria is taken to be absent where it had no seat. */
static void test_gaps(void) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  PlnRollCallsOptions o = {.from = -1, .to = -1};
  g_autoptr(PlnVoteMatrix) m = votes_of(
      "rcid,iso3,vote,date\n1,IDN,Y,1964-11-01\n1,SYR,Y,1964-11-01\n2,FRA,Y,1965-12-01\n"
      "3,FRA,Y,1960-12-01\n", NULL, &o, faults);
  CU_ASSERT_TRUE(faulty_is(votes_text(m), "FRA IDN SYR\n3 15 1960-12-01 YX?\n"
                                          "1 19 1964-11-01 XYY\n2 20 1965-12-01 Y?X\n"));
}

static void test_stdin(void) {
  g_autofree char *path = votes_path("tidy-doubled-same.csv");
  g_autoptr(PlnFaults) faults = pln_faults_new();
  PlnRollCallsOptions o = {.votes = "-", .from = -1, .to = -1};
  CU_ASSERT_PTR_NOT_NULL(freopen(path, "r", stdin));
  g_autoptr(PlnVoteMatrix) m = pln_roll_calls_load(scene_world(), &o, faults);
  CU_ASSERT_TRUE(faulty_is(votes_text(m), "DEU FRA\n1 -1  NY\n"));
}

/* The record of 1946 to 2019 in bulk, where it is at hand ($PLENARY_VOTES: a folder). */
static void test_bulk(void) {
  const char *folder = g_getenv("PLENARY_VOTES");
  g_autofree char *votes = g_build_filename(folder ? folder : "", "unga_votes_1946_2019.csv", NULL);
  g_autofree char *list =
      g_build_filename(folder ? folder : "", "unga_roll_calls_1946_2019.csv", NULL);
  if (!folder || !g_file_test(votes, G_FILE_TEST_EXISTS)) {
    printf("\n  skipped: PLENARY_VOTES names no folder with unga_votes_1946_2019.csv\n");
    return;
  }
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(GArray) inputs = pln_inputs_new();
  PlnRollCallsOptions o = {.votes = votes, .list = list, .from = -1, .to = -1, .inputs = inputs};
  g_autoptr(PlnVoteMatrix) m = pln_roll_calls_load(scene_world(), &o, faults);
  CU_ASSERT_TRUE(faults_are(faults, ""));
  gsize n[256] = {0};
  for (gsize i = 0; m && i < (gsize)m->n_calls * m->n_voters; i++)
    n[m->vote[i]]++;
  CU_ASSERT_EQUAL(n[PLN_VOTE_Y], 684352);
  CU_ASSERT_EQUAL(n[PLN_VOTE_N], 64309 - 2); /* but for Fiji's two before its admission */
  CU_ASSERT_EQUAL(n[PLN_VOTE_A], 109676);
  g_autofree char *sha256 = NULL, *text = NULL;
  gsize length;
  g_file_get_contents(votes, &text, &length, NULL);
  sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (guchar *)text, length);
  CU_ASSERT_STRING_EQUAL(g_array_index(inputs, PlnInput, 0).sha256, sha256); /* by a thread */
}

int main(void) {
  CU_TestInfo tests[] = {{"undl", test_undl},
                         {"leaving out", test_leave_out},
                         {"titles", test_titles},
                         {"voeten", test_voeten},
                         {"tidy", test_tidy},
                         {"tidy by country code", test_tidy_country_code},
                         {"outside a membership", test_outside},
                         {"doubled", test_doubled},
                         {"with a list", test_listed},
                         {"voteview", test_voteview},
                         {"matrix", test_matrix},
                         {"own", test_own},
                         {"shipped", test_shipped},
                         {"order", test_order},
                         {"sessions", test_sessions},
                         {"gaps", test_gaps},
                         {"standard input", test_stdin},
                         {"bulk", test_bulk},
                         CU_TEST_INFO_NULL};
  int status = suite_run("roll calls", tests);
  scene_end();
  return status;
}
