/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is said to stand where: which row wins, which contradict one another. */
#include "plenary/stance.h"

#include <math.h>
#include <string.h>

#include "faulty.h"
#include "plenary/tables.h"
#include "scene.h"
#include "suite.h"

#define KEYS "key,value\nformat,1\ntitle,It\nas_of,2026-01-15\nbody,general-assembly\n"
#define OWN "key,value\nformat,1\ntitle,It\nas_of,2026-01-15\nbody,model-un\n"
/* Four seats in blocs of two, of three, and one in another. */
#define SEATS "state,name\nANA,Ana\nBEA,Bea\nCAI,Cai\nDAN,Dan\n"
#define BLOCS \
  "bloc,member\nFRONT,ANA\nFRONT,BEA\nSIDE,BEA\nSIDE,CAI\nMOST,ANA\nMOST,BEA\nMOST,CAI\n"
#define TWO "id,title\np1,A\np2,B\n"

static PlnScenario *scene(const char *positions) {
  return scene_read("scenario.csv", OWN, "members.csv", SEATS, "blocs.csv", BLOCS, "proposals.csv",
                    TWO, "positions.csv", positions, NULL);
}

/* Whether the seat got @position and @sd of the row on @line, 0 for none. */
static gboolean stands(const PlnStances *stances, guint seat, double position, double sd,
                       guint line) {
  const PlnStance *won = stances->won[seat];
  gboolean fits = fabs(stances->position[seat] - position) < 1e-12 &&
                  fabs(stances->sd[seat] - sd) < 1e-12 && (won ? won->line : 0) == line;
  if (!fits)
    printf("\n  seat %u: %.17g +- %.17g by line %u\n", seat, stances->position[seat],
           stances->sd[seat], won ? won->line : 0);
  return fits;
}

static gboolean clashes(const PlnStances *stances, guint k, PlnStanceClash kind, guint won,
                        guint other, guint n_seats, guint first) {
  const PlnStanceConflict *c = &g_array_index(stances->conflicts, PlnStanceConflict, k);
  return c->kind == kind && c->won->line == won && c->other->line == other &&
         c->seats->len == n_seats && g_array_index(c->seats, guint, 0) == first;
}

static void test_read(void) {
  g_autoptr(PlnScenario) s = scene(
      "proposal,who,position,sd,status,source,note\n"
      ",ALL,50,,,,\np2,FRONT,62.5,7.5,reported,a paper,said so\np1,DAN,0,100,verified,,\n");
  CU_ASSERT_EQUAL_FATAL(s->stances->len, 3);
  const PlnStance *all = s->stances->pdata[0], *bloc = s->stances->pdata[1];
  CU_ASSERT_EQUAL(all->proposal, -1);
  CU_ASSERT_EQUAL(all->who, PLN_STANCE_ALL);
  CU_ASSERT_STRING_EQUAL(pln_stance_name(all), "ALL");
  CU_ASSERT_EQUAL(all->sd, 10);
  CU_ASSERT_EQUAL(all->status, PLN_STATUS_ASSUMED);
  CU_ASSERT_EQUAL(bloc->proposal, 1);
  CU_ASSERT_EQUAL(bloc->who, PLN_STANCE_BLOC);
  CU_ASSERT_STRING_EQUAL(pln_stance_name(bloc), "FRONT");
  CU_ASSERT_EQUAL(bloc->position, 62.5);
  CU_ASSERT_EQUAL(bloc->sd, 7.5);
  CU_ASSERT_EQUAL(bloc->status, PLN_STATUS_REPORTED);
  CU_ASSERT_STRING_EQUAL(bloc->source, "a paper");
  CU_ASSERT_STRING_EQUAL(bloc->note, "said so");
  CU_ASSERT_EQUAL(bloc->line, 3);
  CU_ASSERT_STRING_EQUAL(pln_stance_name(s->stances->pdata[2]), "DAN");
}

static void test_none(void) {
  g_autoptr(PlnScenario) s = scene("who,position\n");
  g_autoptr(PlnStances) stances = pln_stances_resolve(s, 0);
  CU_ASSERT_EQUAL(stances->n, 4);
  CU_ASSERT_EQUAL(stances->conflicts->len, 0);
  for (guint i = 0; i < 4; i++) {
    CU_ASSERT_TRUE(stands(stances, i, 0, 0, 0));
    CU_ASSERT_EQUAL(stances->status[i], PLN_STATUS_UNKNOWN);
  }
  pln_stances_free(NULL);
}

/* A state before a bloc before ALL; the smaller bloc; then the row that names the
 * proposal: a state's row for every proposal beats its bloc's on this one. */
static void test_most_specific(void) {
  g_autoptr(PlnScenario) s = scene("proposal,who,position,sd,status\n"
                                   ",ALL,50,,\n"
                                   "p1,ALL,51,,\n"
                                   "p1,MOST,60,,\n"
                                   ",FRONT,65,,inferred\n"
                                   ",BEA,70,,\n"
                                   "p2,BEA,71,,\n");
  g_autoptr(PlnStances) first = pln_stances_resolve(s, 0), second = pln_stances_resolve(s, 1);
  CU_ASSERT_TRUE(stands(first, 0, 65, 10, 5));
  CU_ASSERT_TRUE(stands(first, 1, 70, 10, 6));
  CU_ASSERT_TRUE(stands(first, 2, 60, 10, 4));
  CU_ASSERT_TRUE(stands(first, 3, 51, 10, 3));
  CU_ASSERT_EQUAL(first->status[0], PLN_STATUS_INFERRED);
  CU_ASSERT_TRUE(stands(second, 0, 65, 10, 5));
  CU_ASSERT_TRUE(stands(second, 1, 71, 10, 7));
  CU_ASSERT_TRUE(stands(second, 2, 50, 10, 2));
  CU_ASSERT_TRUE(stands(second, 3, 50, 10, 2));
  CU_ASSERT_EQUAL(first->conflicts->len, 0); /* 60 and 65 are within the two sds */
  CU_ASSERT_EQUAL(second->conflicts->len, 0);
}

/* Two blocs of two with BEA in both: by hand, weights 1/100 and 1/400. */
static void test_conflict(void) {
  g_autoptr(PlnScenario) s = scene("proposal,who,position,sd,status\n"
                                   ",SIDE,20,20,disputed\n"
                                   ",FRONT,80,10,reported\n");
  g_autoptr(PlnStances) stances = pln_stances_resolve(s, 0);
  double mean = (80 / 100. + 20 / 400.) / (1 / 100. + 1 / 400.);
  double variance = (2 + (80 - mean) * (80 - mean) / 100 + (20 - mean) * (20 - mean) / 400) /
                    (1 / 100. + 1 / 400.);
  CU_ASSERT_TRUE(stands(stances, 0, 80, 10, 3));
  CU_ASSERT_TRUE(stands(stances, 1, mean, sqrt(variance), 2));
  CU_ASSERT_TRUE(stands(stances, 2, 20, 20, 2));
  CU_ASSERT_TRUE(stances->sd[1] > 20); /* surer by neither */
  CU_ASSERT_EQUAL(stances->status[1], PLN_STATUS_DISPUTED);
  CU_ASSERT_EQUAL_FATAL(stances->conflicts->len, 1);
  CU_ASSERT_TRUE(clashes(stances, 0, PLN_STANCE_CONFLICT, 2, 3, 1, 1));
}

/* Blocs that agree do not clash, and are no surer for being two. */
static void test_agreement(void) {
  g_autoptr(PlnScenario) s = scene("who,position,sd\nSIDE,70,10\nFRONT,70,10\n");
  g_autoptr(PlnStances) stances = pln_stances_resolve(s, 0);
  CU_ASSERT_TRUE(stands(stances, 1, 70, 10, 2));
  CU_ASSERT_EQUAL(stances->conflicts->len, 0);
}

/* A row on the proposal is more specific than the other bloc's for all. */
static void test_named_breaks_a_tie(void) {
  g_autoptr(PlnScenario) s = scene("proposal,who,position\n,SIDE,20\np1,FRONT,80\n");
  g_autoptr(PlnStances) first = pln_stances_resolve(s, 0), second = pln_stances_resolve(s, 1);
  CU_ASSERT_TRUE(stands(first, 1, 80, 10, 3));
  CU_ASSERT_EQUAL(first->conflicts->len, 0);
  CU_ASSERT_TRUE(stands(second, 1, 20, 10, 2));
}

/* Told where a larger bloc says something else by more than both sds, and not before. */
static void test_overridden(void) {
  g_autoptr(PlnScenario) s =
      scene("who,position,sd\nMOST,81,10\nFRONT,60,10\nSIDE,60,11\nALL,0,1\n");
  g_autoptr(PlnStances) stances = pln_stances_resolve(s, 0);
  CU_ASSERT_EQUAL_FATAL(stances->conflicts->len, 1);
  CU_ASSERT_TRUE(clashes(stances, 0, PLN_STANCE_OVERRIDDEN, 3, 2, 2, 0));
  g_autoptr(PlnScenario) of_state = scene("who,position,sd\nMOST,81,10\nANA,0,10\n");
  g_autoptr(PlnStances) own = pln_stances_resolve(of_state, 0);
  CU_ASSERT_EQUAL(own->conflicts->len, 0); /* a state may well differ from its bloc */
}

/* By the lines of the rows, whatever the order of the seats. */
static void test_order_of_conflicts(void) {
  g_autoptr(PlnScenario) s = scene_read(
      "scenario.csv", OWN, "members.csv", SEATS, "blocs.csv",
      "bloc,member\nL,ANA\nL,BEA\nM,BEA\nM,ANA\nN,CAI\nN,DAN\nO,CAI\nO,DAN\nP,CAI\nP,DAN\n",
      "proposals.csv", TWO, "positions.csv",
      "who,position\nN,0\nO,100\nP,50\nL,10\nM,20\n", NULL);
  g_autoptr(PlnStances) stances = pln_stances_resolve(s, 0);
  CU_ASSERT_EQUAL_FATAL(stances->conflicts->len, 3);
  CU_ASSERT_TRUE(clashes(stances, 0, PLN_STANCE_CONFLICT, 2, 3, 2, 2));
  CU_ASSERT_TRUE(clashes(stances, 1, PLN_STANCE_CONFLICT, 2, 4, 2, 2));
  CU_ASSERT_TRUE(clashes(stances, 2, PLN_STANCE_CONFLICT, 5, 6, 2, 0));
}

/* On another roster the blocs have other sizes: here A has three and B two, in the Council of
 * the European Union A has France alone. */
static void test_on_another_roster(void) {
  g_autoptr(PlnScenario) s = scene_read("scenario.csv", OWN, "proposals.csv", TWO, "blocs.csv",
                                        "bloc,member\nA,FRA\nA,ZAF\nA,CHN\nB,FRA\nB,DEU\n",
                                        "members.csv", "state\nZAF\nCHN\nFRA\nDEU\n",
                                        "positions.csv", "who,position\nA,10\nB,40\n", NULL);
  g_autoptr(PlnRoster) council =
      pln_roster_new(s->world, pln_world_body(s->world, "eu-council"), NULL, 20260115);
  const PlnRoster *own = pln_scenario_proposal(s, 0)->roster;
  g_autoptr(PlnStances) here = pln_stances_resolve(s, 0);
  g_autoptr(PlnStances) there = pln_stances_resolve_on(s, 0, council);
  CU_ASSERT_EQUAL(there->n, 27);
  CU_ASSERT_TRUE(stands(here, (guint)pln_roster_find(own, "FRA"), 40, 10, 3));
  CU_ASSERT_TRUE(stands(there, (guint)pln_roster_find(council, "FRA"), 10, 10, 2));
  CU_ASSERT_TRUE(stands(there, (guint)pln_roster_find(council, "DEU"), 40, 10, 3));
}

/* Shipped blocs are read through: a bloc in a bloc counts its states. */
static void test_shipped_blocs(void) {
  g_autoptr(PlnScenario) s =
      scene_read("scenario.csv", KEYS, "proposals.csv", TWO, "positions.csv",
                 "who,position,sd\nAFRICA,70,10\nEU,30,10\nWEOG,35,10\n", NULL);
  g_autoptr(PlnStances) stances = pln_stances_resolve(s, 0);
  const PlnRoster *roster = pln_scenario_proposal(s, 0)->roster;
  CU_ASSERT_TRUE(stands(stances, (guint)pln_roster_find(roster, "EGY"), 70, 10, 2));
  CU_ASSERT_TRUE(stands(stances, (guint)pln_roster_find(roster, "FRA"), 30, 10, 3));
  CU_ASSERT_TRUE(stands(stances, (guint)pln_roster_find(roster, "USA"), 35, 10, 4));
  CU_ASSERT_TRUE(stands(stances, (guint)pln_roster_find(roster, "BRA"), 0, 0, 0));
}

static void test_most(void) {
  g_autoptr(GString) rows = g_string_new("who,position\n");
  for (int i = 0; i <= PLN_STANCES_MOST; i++)
    g_string_append(rows, "ALL,50\n");
  g_autofree char *got = faulty_scenario("scenario.csv", KEYS, "proposals.csv", TWO,
                                         "positions.csv", rows->str, NULL);
  CU_ASSERT_PTR_NOT_NULL(strstr(got, "it/positions.csv:3:1: ALL stands twice for every proposal"));
  CU_ASSERT_PTR_NOT_NULL(
      strstr(got, "it/positions.csv:100002:1: more than 100000 positions; expected fewer\n"));
}

/* What is not known of the proposals is not held against the positions. */
static void test_no_fault_from_a_fault(void) {
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario("scenario.csv", "key,value\nformat,1\ntitle,It\nbody,general-assembly\n",
                      "proposals.csv", TWO, "blocs.csv",
                      "bloc,member,made_from\nB,FRA,A/RES/74/247\n", "positions.csv",
                      "proposal,who,position\np1,FRA,10\np1,EU,10\n,EU,10\np1,B,10\n,B,10\n",
                      "whip.csv", "proposal,state,answer,heard\np1,FRA,yes,2026-01-01\n",
                      "stages.csv", "stage,body\na,general-assembly\nb,general-assembly\n", NULL),
      "it/scenario.csv:1:1: the key as_of is missing; expected a row \"as_of,…\"\n"));
}

/* To find blocs empty takes no longer than it may: some are told, then no more. */
static void test_bounded_search(void) {
  g_autoptr(GString) blocs = g_string_new("bloc,member\n"), rows = g_string_new("who,position\n");
  g_autoptr(GString) proposals = g_string_new("id,title,date\n");
  for (int i = 0; i < 100; i++) {
    g_string_append_printf(blocs, "B%d,VAT\n", i);
    g_string_append_printf(rows, "B%d,50\n", i);
  }
  for (int i = 0; i < 1000; i++)
    g_string_append_printf(proposals, "p%d,A,%d-%02d-%02d\n", i, 2012 + i / 336, 1 + i / 28 % 12,
                           1 + i % 28);
  g_autofree char *got = faulty_scenario("scenario.csv", KEYS, "proposals.csv", proposals->str,
                                         "blocs.csv", blocs->str, "positions.csv", rows->str, NULL);
  g_auto(GStrv) lines = g_strsplit(got, "\n", -1);
  CU_ASSERT_EQUAL(g_strv_length(lines) - 1, 51); /* 10,000,000 / (1000 x (193 + 1 + 1)) */
  CU_ASSERT_STRING_EQUAL(lines[50], "it/positions.csv:52:1: B50 has no member with a vote on any "
                                    "proposal; expected a bloc that has one");
}

int main(void) {
  CU_TestInfo tests[] = {{"columns and defaults", test_read},
                         {"no position", test_none},
                         {"the most specific row", test_most_specific},
                         {"conflict", test_conflict},
                         {"agreement", test_agreement},
                         {"a named proposal breaks a tie", test_named_breaks_a_tie},
                         {"overridden", test_overridden},
                         {"order of conflicts", test_order_of_conflicts},
                         {"another roster", test_on_another_roster},
                         {"shipped blocs", test_shipped_blocs},
                         {"most positions", test_most},
                         {"no fault from a fault", test_no_fault_from_a_fault},
                         {"bounded search", test_bounded_search},
                         CU_TEST_INFO_NULL};
  int status = suite_run("stance", tests);
  scene_end();
  return status;
}
