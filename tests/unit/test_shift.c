/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who moved since an earlier vote. */
#include "plenary/shift.h"

#include "scene.h"
#include "suite.h"

enum { Y = PLN_VOTE_Y, N = PLN_VOTE_N, A = PLN_VOTE_A, X = PLN_VOTE_X };
enum { NOT_THEN = PLN_VOTE_UNKNOWN };

static PlnShift *shift_of(const PlnScenario *s, const char *id) {
  const PlnProposal *p = pln_scenario_proposal(s, (guint)pln_scenario_find(s, id));
  guint32 unnamed[PLN_VOTE_KINDS];
  g_autofree PlnVote *now = pln_proposal_votes(p, unnamed);
  return pln_shift_new(s, p, now);
}

/* 73/187 (94-59-33-7) and 74/247 (79-60-33-21), counted by hand from the two roll calls. */
static void test_since_a_roll_call(void) {
  g_autoptr(PlnScenario) s = scene_shipped("res-74-247");
  PlnShift *shift = shift_of(s, "res-74-247");
  CU_ASSERT_PTR_NOT_NULL_FATAL(shift);
  static const guint32 moved[4][4] = {{73, 1, 10, 10}, {0, 56, 1, 2}, {5, 3, 20, 5}, {1, 0, 2, 4}};
  for (int i = 0; i < 4; i++) {
    const guint32 *m = moved[i];
    CU_ASSERT_TRUE(scene_counts(shift->moved[i], m[0], m[1], m[2], m[3]));
  }
  CU_ASSERT_TRUE(scene_counts(shift->total, 94, 59, 33, 7));
  CU_ASSERT_STRING_EQUAL(shift->symbol, "A/RES/73/187");
  CU_ASSERT_EQUAL(shift->day, 20181217);
  CU_ASSERT_EQUAL(shift->status, PLN_STATUS_REPORTED);
  const PlnRoster *roster = pln_scenario_proposal(s, 0)->roster;
  CU_ASSERT_EQUAL(shift->before[pln_roster_find(roster, "BLZ")], Y);
  pln_shift_free(shift);
}

/* In a body of four, the totals of the earlier vote are still those of all 193. */
static void test_since_a_larger_body(void) {
  g_autoptr(PlnScenario) s = scene_of("model-un",
                                      "id,title,earlier,record\np,P,A/RES/74/247,complete\n",
                                      "state,vote\nBLZ,Y\nANA,Y\nFRA,N\nVAT,A\n",
                                      "state,name\nBLZ,\nANA,Ana\nFRA,\nVAT,\n");
  PlnShift *shift = shift_of(s, "p");
  CU_ASSERT_PTR_NOT_NULL_FATAL(shift);
  CU_ASSERT_TRUE(scene_counts(shift->total, 79, 60, 33, 21));
  CU_ASSERT_TRUE(scene_counts(shift->moved[N], 1, 1, 0, 0));
  CU_ASSERT_TRUE(scene_counts(shift->moved[Y], 0, 0, 0, 0));
  CU_ASSERT_EQUAL(shift->before[0], NOT_THEN); /* ANA */
  CU_ASSERT_EQUAL(shift->before[1], N);        /* BLZ */
  CU_ASSERT_EQUAL(shift->before[3], NOT_THEN); /* VAT */
  pln_shift_free(shift);
}

static const char members[] = "state,name,from,to\nANA,Ana,,\nBEA,Bea,,2026-02-01\n"
                              "CAI,Cai,2026-02-02,\nDIA,Dia,,\n";

static PlnScenario *twice(const char *first, const char *votes) {
  g_autofree char *proposals =
      g_strconcat("id,title,date,earlier,record,yes,no,abstain,status\n", first,
                  "second,S,2026-02-02,first,complete,,,,verified\n", NULL);
  g_autofree char *all = g_strconcat("proposal,state,vote,status\n", votes,
                                     "second,ANA,N,\nsecond,CAI,Y,\nsecond,DIA,X,\n", NULL);
  return scene_of("model-un", proposals, all, members);
}

/* Bea has gone, Cai had no vote then. */
static void test_since_another_proposal(void) {
  g_autoptr(PlnScenario) s = twice("first,F,2026-01-15,,complete,,,,verified\n",
                                   "first,ANA,Y,\nfirst,BEA,Y,\nfirst,DIA,A,inferred\n");
  PlnShift *shift = shift_of(s, "second");
  CU_ASSERT_PTR_NOT_NULL_FATAL(shift);
  CU_ASSERT_TRUE(scene_counts(shift->total, 2, 0, 1, 0));
  CU_ASSERT_EQUAL(shift->before[0], Y);
  CU_ASSERT_EQUAL(shift->before[1], NOT_THEN);
  CU_ASSERT_EQUAL(shift->before[2], A);
  CU_ASSERT_EQUAL(shift->moved[Y][N], 1);
  CU_ASSERT_EQUAL(shift->moved[A][X], 1);
  CU_ASSERT_EQUAL(shift->day, 20260115);
  CU_ASSERT_EQUAL(shift->status, PLN_STATUS_INFERRED); /* the weakest of its votes */
  pln_shift_free(shift);
  CU_ASSERT_PTR_NULL(shift_of(s, "first")); /* it names none */
}

/* Of a partial record the named move; the totals are those of all. */
static void test_since_a_partial_record(void) {
  g_autoptr(PlnScenario) s =
      twice("first,F,2026-01-15,,partial,2,1,0,reported\n", "first,ANA,Y,\n");
  PlnShift *shift = shift_of(s, "second");
  CU_ASSERT_PTR_NOT_NULL_FATAL(shift);
  CU_ASSERT_TRUE(scene_counts(shift->total, 2, 1, 0, 0));
  CU_ASSERT_TRUE(scene_counts(shift->moved[Y], 0, 1, 0, 0));
  CU_ASSERT_EQUAL(shift->before[2], NOT_THEN);
  CU_ASSERT_EQUAL(shift->status, PLN_STATUS_REPORTED);
  pln_shift_free(shift);
}

/* Nothing can be said of who moved where nobody is named, or nothing can be counted. */
static void test_nothing_to_compare(void) {
  g_autoptr(PlnScenario) tally = twice("first,F,2026-01-15,,tally,2,1,0,reported\n", "");
  CU_ASSERT_PTR_NULL(shift_of(tally, "second"));
  g_autoptr(PlnScenario) open = twice("first,F,2026-01-15,,,,,,reported\n", "");
  CU_ASSERT_PTR_NULL(shift_of(open, "second"));
  g_autoptr(PlnScenario) uncounted =
      twice("first,F,2026-01-15,,partial,2,?,?,reported\n", "first,ANA,Y,\n");
  CU_ASSERT_PTR_NULL(shift_of(uncounted, "second"));
  pln_shift_free(NULL);
}

int main(void) {
  CU_TestInfo tests[] = {{"since a roll call", test_since_a_roll_call},
                         {"since a larger body", test_since_a_larger_body},
                         {"since another proposal", test_since_another_proposal},
                         {"since a partial record", test_since_a_partial_record},
                         {"nothing to compare", test_nothing_to_compare},
                         CU_TEST_INFO_NULL};
  int status = suite_run("shift", tests);
  scene_end();
  return status;
}
