/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was promised, how far it is trusted, and how that fades. */
#include "plenary/pledge.h"

#include <math.h>

#include "faulty.h"
#include "scene.h"
#include "suite.h"

#define KEYS "key,value\nformat,1\ntitle,It\nas_of,2026-01-15\nbody,general-assembly\n"
#define ONE "id,title\np1,A\n"

static gboolean is(const double got[PLN_TOLD_KINDS], double yes, double abstain, double no) {
  gboolean fits = fabs(got[PLN_TOLD_YES] - yes) < 1e-12 &&
                  fabs(got[PLN_TOLD_ABSTAIN] - abstain) < 1e-12 &&
                  fabs(got[PLN_TOLD_NO] - no) < 1e-12;
  if (!fits)
    printf("\n  got %.17g %.17g %.17g\n", got[0], got[1], got[2]);
  return fits;
}

/* All of it on the day, half of it after the half life, a quarter after two, then none. */
static void test_fades(void) {
  PlnPledgeReliability r = {"yes", {0.9, 0.5, 0.1}, 30, PLN_STATUS_ASSUMED, ""};
  double out[PLN_TOLD_KINDS];
  pln_pledge_likelihood(&r, 0, out);
  CU_ASSERT_TRUE(is(out, 0.9, 0.5, 0.1));
  pln_pledge_likelihood(&r, 30, out);
  CU_ASSERT_TRUE(is(out, 0.7, 0.5, 0.3));
  pln_pledge_likelihood(&r, 60, out);
  CU_ASSERT_TRUE(is(out, 0.6, 0.5, 0.4));
  pln_pledge_likelihood(&r, 30000, out);
  CU_ASSERT_TRUE(is(out, 0.5, 0.5, 0.5));
  r.half_life = 0;
  pln_pledge_likelihood(&r, 30000, out);
  CU_ASSERT_TRUE(is(out, 0.9, 0.5, 0.1));
}

/* Only ratios count: a row doubled fades alike. */
static void test_is_relative(void) {
  PlnPledgeReliability r = {"yes", {0.9, 0.2, 0.03}, 21, PLN_STATUS_ASSUMED, ""}, twice = r;
  for (int k = 0; k < PLN_TOLD_KINDS; k++)
    twice.likelihood[k] *= 2;
  for (int days = 0; days < 100; days += 7) {
    double one[PLN_TOLD_KINDS], other[PLN_TOLD_KINDS];
    pln_pledge_likelihood(&r, days, one);
    pln_pledge_likelihood(&twice, days, other);
    CU_ASSERT_TRUE(is(other, 2 * one[0], 2 * one[1], 2 * one[2]));
  }
}

static void test_age(void) {
  PlnPledge pledge = {.heard = 20191227};
  CU_ASSERT_EQUAL(pln_pledge_age(&pledge, 20191227), 0);
  CU_ASSERT_EQUAL(pln_pledge_age(&pledge, 20200301), 65); /* over a leap day */
  pledge.heard = PLN_DAY_NONE;
  CU_ASSERT_EQUAL(pln_pledge_age(&pledge, 20200301), 0);
}

/* What the shipped table must hold, whatever its figures: an answer speaks most for the
 * vote that it names, leaning less so, and none at all for no instructions. */
static void test_shipped(void) {
  const PlnWorld *world = scene_world();
  g_autoptr(GPtrArray) all = pln_world_reliabilities(world);
  CU_ASSERT_EQUAL(all->len, 9);
  for (int k = 0; pln_reliability_words[k]; k++) {
    const PlnPledgeReliability *r = pln_world_reliability(world, pln_reliability_words[k]);
    CU_ASSERT_PTR_NOT_NULL_FATAL(r);
    CU_ASSERT_STRING_NOT_EQUAL(r->source, "");
    for (int v = 0; v < PLN_TOLD_KINDS; v++)
      CU_ASSERT_TRUE(r->likelihood[v] > 0);
  }
  const double *yes = pln_world_reliability(world, "yes")->likelihood;
  const double *leans = pln_world_reliability(world, "leans-yes")->likelihood;
  const double *none = pln_world_reliability(world, "no-instructions")->likelihood;
  CU_ASSERT_TRUE(yes[PLN_TOLD_YES] > yes[PLN_TOLD_ABSTAIN]);
  CU_ASSERT_TRUE(yes[PLN_TOLD_ABSTAIN] > yes[PLN_TOLD_NO]);
  CU_ASSERT_TRUE(yes[PLN_TOLD_YES] / yes[PLN_TOLD_NO] > leans[PLN_TOLD_YES] / leans[PLN_TOLD_NO]);
  CU_ASSERT_TRUE(is(none, 1, 1, 1));
  CU_ASSERT_PTR_NULL(pln_world_reliability(world, ""));
}

/* The row of the sponsors is that of the record: who put 74/247 forward, and voted how. */
static void test_sponsors(void) {
  const PlnRollCall *call = pln_world_roll_call(scene_world(), "A/RES/74/247");
  g_autofree char *path = g_build_filename(g_getenv("PLENARY_DATA"), "sponsors.csv", NULL);
  g_autofree char *text = NULL;
  CU_ASSERT_TRUE_FATAL(g_file_get_contents(path, &text, NULL, NULL));
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  guint voted[PLN_VOTE_KINDS] = {0};
  for (gsize i = 1; lines[i] && *lines[i]; i++) {
    g_auto(GStrv) cells = g_strsplit(lines[i], ",", 3);
    voted[pln_roll_call_vote(call, cells[1])]++;
  }
  static const PlnVote votes[PLN_TOLD_KINDS] = {PLN_VOTE_Y, PLN_VOTE_A, PLN_VOTE_N};
  const PlnPledgeReliability *r = pln_world_reliability(scene_world(), "sponsor");
  for (int k = 0; k < PLN_TOLD_KINDS; k++) {
    double share = (voted[votes[k]] + 0.5) / ((double)call->total[votes[k]] + 1);
    CU_ASSERT_TRUE(fabs(r->likelihood[k] - share) < 1e-6);
  }
  CU_ASSERT_EQUAL(voted[PLN_VOTE_Y], 42);
  CU_ASSERT_EQUAL(r->status, PLN_STATUS_INFERRED);
}

static void test_read(void) {
  g_autoptr(PlnScenario) s = scene_read(
      "scenario.csv", KEYS, "proposals.csv", ONE, "whip.csv",
      "state,answer,heard,level,source,instruction,ask,caller,sponsor,private,status,note\n"
      "FRA,leans-abstain,2026-01-15,capital,a call,abstain,come to yes,the ambassador,yes,yes,"
      "reported,tell nobody\n"
      "DEU,no-instructions,,,,,,,no,no,,\nGBR,,,,,,to be asked,,,,,\n", NULL);
  CU_ASSERT_EQUAL_FATAL(s->pledges->len, 3);
  const PlnPledge *p = &g_array_index(s->pledges, PlnPledge, 0);
  CU_ASSERT_EQUAL(p->proposal, 0);
  CU_ASSERT_STRING_EQUAL(p->state, "FRA");
  CU_ASSERT_EQUAL(p->answer, PLN_PLEDGE_LEANS_ABSTAIN);
  CU_ASSERT_EQUAL(p->heard, 20260115);
  CU_ASSERT_STRING_EQUAL(p->level, "capital");
  CU_ASSERT_STRING_EQUAL(p->source, "a call");
  CU_ASSERT_STRING_EQUAL(p->instruction, "abstain");
  CU_ASSERT_STRING_EQUAL(p->ask, "come to yes");
  CU_ASSERT_STRING_EQUAL(p->caller, "the ambassador");
  CU_ASSERT_STRING_EQUAL(p->note, "tell nobody");
  CU_ASSERT_TRUE(p->sponsor && p->private);
  CU_ASSERT_EQUAL(p->status, PLN_STATUS_REPORTED);
  CU_ASSERT_EQUAL(p->line, 2);
  CU_ASSERT_EQUAL(p[1].answer, PLN_PLEDGE_NO_INSTRUCTIONS);
  CU_ASSERT_FALSE(p[1].sponsor || p[1].private);
  CU_ASSERT_EQUAL(p[2].answer, PLN_PLEDGE_NOT_HEARD);
  CU_ASSERT_EQUAL(p[2].heard, PLN_DAY_NONE);
}

/* Rows of a scenario's own replace shipped ones; the others stay. */
static void test_own_reliability(void) {
  g_autoptr(PlnScenario) s =
      scene_read("scenario.csv", KEYS, "proposals.csv", ONE, "reliability.csv",
                 "answer,yes,abstain,no,half_life,status,source\nyes,3,2,1e-3,7,recalled,a book\n",
                 NULL);
  const PlnPledgeReliability *r = pln_world_reliability(s->world, "yes");
  CU_ASSERT_TRUE(is(r->likelihood, 3, 2, 1e-3));
  CU_ASSERT_EQUAL(r->half_life, 7);
  CU_ASSERT_EQUAL(r->status, PLN_STATUS_RECALLED);
  CU_ASSERT_STRING_EQUAL(r->source, "a book");
  CU_ASSERT_PTR_EQUAL(pln_world_reliability(s->world, "no"),
                      pln_world_reliability(scene_world(), "no"));
  g_autoptr(GPtrArray) all = pln_world_reliabilities(s->world);
  CU_ASSERT_EQUAL(all->len, 9);
}

/* The shipped table has a row for every answer; a broken one is not searched for them. */
static void test_shipped_is_complete(void) {
  CU_ASSERT_TRUE(faulty_is(
      faulty_world("reliability.csv", "answer,yes,abstain,no\nyes,1,1,1\nleans-yes,1,1,1\n"
                                      "undecided,1,1,1\nleans-no,1,1,1\nno,1,1,1\n"
                                      "abstains,1,1,1\nleans-abstain,1,1,1\n"),
      "the shipped tables are faulty:\n"
      "reliability.csv: no row for no-instructions; expected one for every answer\n"
      "reliability.csv: no row for sponsor; expected one for every answer"));
  CU_ASSERT_TRUE(faulty_is(
      faulty_world("reliability.csv", "answer,yes,abstain,no\n,1,1,1\n"),
      "the shipped tables are faulty:\n"
      "reliability.csv:2:1: answer is empty; expected a value in every row"));
}

int main(void) {
  CU_TestInfo tests[] = {{"fades", test_fades},
                         {"is relative", test_is_relative},
                         {"age", test_age},
                         {"shipped", test_shipped},
                         {"sponsors", test_sponsors},
                         {"columns and defaults", test_read},
                         {"a scenario's own reliability", test_own_reliability},
                         {"shipped is complete", test_shipped_is_complete},
                         CU_TEST_INFO_NULL};
  int status = suite_run("pledge", tests);
  scene_end();
  return status;
}
