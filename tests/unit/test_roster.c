/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may vote in a body on a day: against the shipped tables, and in small worlds. */
#include "plenary/roster.h"

#include <string.h>

#include "scene.h"
#include "suite.h"

static PlnRoster *roster_of(const char *body, PlnDay day) {
  return pln_roster_new(scene_world(), pln_world_body(scene_world(), body), NULL, day);
}

static gboolean seats(const PlnRoster *roster, const char *code) {
  return pln_roster_find(roster, code) >= 0;
}

/* Montenegro was the 192nd, South Sudan the 193rd. */
static void test_un_grows(void) {
  static const struct {
    PlnDay day;
    guint n;
  } membership[] = {{20060627, 191}, {20060628, 192}, {20110713, 192}, {20110714, 193},
                    {20191227, 193}};
  for (guint i = 0; i < G_N_ELEMENTS(membership); i++) {
    g_autoptr(PlnRoster) roster = roster_of("general-assembly", membership[i].day);
    CU_ASSERT_EQUAL(roster->n, membership[i].n);
    CU_ASSERT_EQUAL(roster->day, membership[i].day);
  }
  g_autoptr(PlnRoster) before = roster_of("general-assembly", 20110713);
  g_autoptr(PlnRoster) after = roster_of("third-committee", 20110714);
  CU_ASSERT_FALSE(seats(before, "SSD"));
  CU_ASSERT_TRUE(seats(after, "SSD"));
  CU_ASSERT_PTR_NULL(after->weight);
}

static void test_observers_have_no_vote_in_the_un(void) {
  g_autoptr(PlnRoster) roster = roster_of("ad-hoc-committee", 20240808);
  CU_ASSERT_EQUAL(roster->n, 193);
  CU_ASSERT_FALSE(seats(roster, "VAT"));
  CU_ASSERT_FALSE(seats(roster, "PSE"));
  CU_ASSERT_FALSE(seats(roster, "EUE"));
}

static void test_sorted_and_found(void) {
  g_autoptr(PlnRoster) roster = roster_of("general-assembly", 20191227);
  for (guint i = 0; i < roster->n; i++) {
    CU_ASSERT_EQUAL(pln_roster_find(roster, roster->state[i]->code), (int)i);
    if (i > 0)
      CU_ASSERT_TRUE(strcmp(roster->state[i - 1]->code, roster->state[i]->code) < 0);
  }
  CU_ASSERT_EQUAL(pln_roster_find(roster, ""), -1);
  CU_ASSERT_EQUAL(pln_roster_find(roster, "AAA"), -1);
  CU_ASSERT_EQUAL(pln_roster_find(roster, "ZZZ"), -1);
  CU_ASSERT_EQUAL(pln_roster_find(roster, "FRX"), -1);
}

/* A conference of parties: consent deposited by the day; an observer State that is a party
 * votes, a regional organization adds no vote of its own. */
static void test_parties(void) {
  g_autoptr(PlnWorld) world = pln_world_new(scene_world());
  static const struct {
    const char *state;
    PlnDay consent;
  } acts[] = {{"FRA", 20240101}, {"DEU", 20240102}, {"VAT", 20230101}, {"EUE", 20230101},
              {"ITA", PLN_DAY_NONE}, {"ESP", PLN_DAY_UNKNOWN}, {"QAT", 20240100}};
  for (guint i = 0; i < G_N_ELEMENTS(acts); i++) {
    PlnTreatyAct act = {.treaty = "made-up", .state = acts[i].state, .consent = acts[i].consent};
    pln_world_add_act(world, &act);
  }
  PlnBody body = {.roster = PLN_ROSTER_PARTIES, .roster_of = "made-up"};
  g_autoptr(PlnRoster) first = pln_roster_new(world, &body, NULL, 20240101);
  CU_ASSERT_EQUAL_FATAL(first->n, 2);
  CU_ASSERT_STRING_EQUAL(first->state[0]->code, "FRA");
  CU_ASSERT_STRING_EQUAL(first->state[1]->code, "VAT");
  g_autoptr(PlnRoster) month = pln_roster_new(world, &body, NULL, 20240131);
  CU_ASSERT_EQUAL(month->n, 4); /* some day of January has come when it is over */
  CU_ASSERT_TRUE(seats(month, "QAT"));
  CU_ASSERT_FALSE(seats(month, "EUE"));
  g_autoptr(PlnRoster) none = pln_roster_new(world, &body, NULL, 20200101);
  CU_ASSERT_EQUAL(none->n, 0);
  CU_ASSERT_EQUAL(pln_roster_find(none, "FRA"), -1);
}

static void test_bloc(void) {
  g_autoptr(PlnRoster) with = roster_of("eu-council", 20200131);
  g_autoptr(PlnRoster) without = roster_of("eu-council", 20200201);
  CU_ASSERT_EQUAL(with->n, 28);
  CU_ASSERT_EQUAL(without->n, 27);
  CU_ASSERT_TRUE(seats(with, "GBR"));
  CU_ASSERT_FALSE(seats(without, "GBR"));
}

/* A bloc of blocs seats their states, not the blocs. */
static void test_bloc_of_blocs(void) {
  g_autoptr(PlnWorld) world = pln_world_new(scene_world());
  PlnBloc fresh = {.id = "BOTH", .name = "", .kind = "", .made_from = ""};
  PlnBloc *both = pln_world_add_bloc(world, &fresh);
  static const char *const members[] = {"EU27", "P5", "FRA"};
  for (guint i = 0; i < 3; i++) {
    PlnMembership m = {.member = members[i]};
    g_array_append_val(both->members, m);
  }
  PlnBody body = {.roster = PLN_ROSTER_BLOC, .roster_of = "BOTH"};
  g_autoptr(PlnRoster) roster = pln_roster_new(world, &body, NULL, 20260115);
  CU_ASSERT_EQUAL(roster->n, 27 + 4); /* France is in both */
  CU_ASSERT_TRUE(seats(roster, "CHN"));
}

/* The body has no members of its own, and none are given. */
static void test_own_and_nobody(void) {
  g_autoptr(PlnRoster) roster = roster_of("model-un", 20260115);
  CU_ASSERT_EQUAL(roster->n, 0);
}

/* Where the scenario names who votes, they are the roster, whatever the body. */
static void test_own_members(void) {
  g_autoptr(PlnScenario) s = scene_of("general-assembly", "id,title\np,P\nq,Q\n", NULL,
                                      "state,name,weight,from,to\n"
                                      "ZOE,Zoe,3,,\nANA,Ana,5,,2026-01-15\nFRA,,2,2026-01-16,\n"
                                      "VAT,,1,,\n");
  const PlnRoster *roster = pln_scenario_proposal(s, 0)->roster;
  CU_ASSERT_EQUAL_FATAL(roster->n, 3); /* France comes a day later, the Holy See may vote */
  CU_ASSERT_STRING_EQUAL(roster->state[0]->code, "ANA");
  CU_ASSERT_STRING_EQUAL(roster->state[1]->code, "VAT");
  CU_ASSERT_STRING_EQUAL(roster->state[2]->code, "ZOE");
  CU_ASSERT_PTR_NOT_NULL_FATAL(roster->weight);
  CU_ASSERT_EQUAL(roster->weight[0], 5);
  CU_ASSERT_EQUAL(roster->weight[1], 1);
  CU_ASSERT_EQUAL(roster->weight[2], 3);
  CU_ASSERT_PTR_EQUAL(roster, pln_scenario_proposal(s, 1)->roster); /* shared */
}

static void test_marks(void) {
  g_autoptr(PlnRoster) roster = roster_of("general-assembly", 20191227);
  guint8 in[193];
  memset(in, 7, sizeof in);
  const PlnBloc *eu = pln_world_bloc(scene_world(), "EU");
  CU_ASSERT_EQUAL(pln_roster_mark(roster, scene_world(), eu, in), 28);
  guint ones = 0;
  for (guint i = 0; i < 193; i++) {
    CU_ASSERT_EQUAL(in[i], pln_world_in_bloc(scene_world(), eu, roster->state[i]->code, 20191227));
    ones += in[i];
  }
  CU_ASSERT_EQUAL(ones, 28);
  /* Serbia is a member of the Assembly and of no such bloc. */
  CU_ASSERT_EQUAL(in[pln_roster_find(roster, "SRB")], 0);
}

static void test_nothing_to_free(void) {
  pln_roster_free(NULL);
  CU_ASSERT_TRUE(TRUE);
}

int main(void) {
  CU_TestInfo tests[] = {{"the UN grows", test_un_grows},
                         {"observers have no vote", test_observers_have_no_vote_in_the_un},
                         {"sorted, and found", test_sorted_and_found},
                         {"parties", test_parties},
                         {"a bloc", test_bloc},
                         {"a bloc of blocs", test_bloc_of_blocs},
                         {"own, and nobody", test_own_and_nobody},
                         {"own members", test_own_members},
                         {"marks", test_marks},
                         {"nothing to free", test_nothing_to_free},
                         CU_TEST_INFO_NULL};
  int status = suite_run("roster", tests);
  scene_end();
  return status;
}
