/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A world, and a world over a world: names, what hides what, blocs in blocs. */
#include <string.h>

#include "plenary/world.h"
#include "suite.h"

static void add_state(PlnWorld *world, const char *code, const char *name) {
  PlnState state = {.code = pln_world_keep(world, code), .name = pln_world_keep(world, name)};
  pln_world_add_state(world, &state);
}

static PlnBloc *add_bloc(PlnWorld *world, const char *id) {
  PlnBloc bloc = {.id = pln_world_keep(world, id), .name = "", .kind = "", .made_from = ""};
  return pln_world_add_bloc(world, &bloc);
}

static void join(PlnWorld *world, PlnBloc *bloc, const char *member, PlnDay from, PlnDay to) {
  PlnMembership m = {pln_world_keep(world, member), from, to, PLN_STATUS_VERIFIED};
  g_array_append_val(bloc->members, m);
}

static void test_texts_are_kept_once(void) {
  g_autoptr(PlnWorld) world = pln_world_new(NULL);
  char text[] = "Laos";
  const char *kept = pln_world_keep(world, text);
  text[0] = 'T';
  CU_ASSERT_STRING_EQUAL(kept, "Laos");
  CU_ASSERT_PTR_EQUAL(kept, pln_world_keep(world, "Laos"));
  CU_ASSERT_PTR_NOT_EQUAL(kept, pln_world_keep(world, "Taos"));
}

static void test_nothing_found(void) {
  g_autoptr(PlnWorld) world = pln_world_new(NULL);
  CU_ASSERT_PTR_NULL(pln_world_state(world, "FRA"));
  CU_ASSERT_PTR_NULL(pln_world_rule(world, "consensus"));
  CU_ASSERT_PTR_NULL(pln_world_body(world, "general-assembly"));
  CU_ASSERT_PTR_NULL(pln_world_bloc(world, "EU"));
  CU_ASSERT_PTR_NULL(pln_world_roll_call(world, "A/RES/74/247"));
  CU_ASSERT_EQUAL(pln_world_inputs(world)->len, 0);
}

static void test_upper_hides_lower(void) {
  g_autoptr(PlnWorld) below = pln_world_new(NULL);
  add_state(below, "FRA", "France");
  add_state(below, "DEU", "Germany");
  g_autoptr(PlnWorld) world = pln_world_new(below);
  add_state(world, "FRA", "Free Republic of A");
  add_state(world, "ANA", "Ana");
  CU_ASSERT_STRING_EQUAL(pln_world_state(world, "FRA")->name, "Free Republic of A");
  CU_ASSERT_STRING_EQUAL(pln_world_state(world, "DEU")->name, "Germany");
  CU_ASSERT_STRING_EQUAL(pln_world_state(below, "FRA")->name, "France");
  CU_ASSERT_PTR_NULL(pln_world_state(below, "ANA"));
  add_state(world, "ANA", "Anna"); /* takes the place of the first */
  CU_ASSERT_STRING_EQUAL(pln_world_state(world, "ANA")->name, "Anna");

  g_autoptr(GPtrArray) all = pln_world_states(world);
  static const char *const names[] = {"Anna", "Germany", "Free Republic of A"}; /* by code */
  CU_ASSERT_EQUAL_FATAL(all->len, 3);
  for (guint i = 0; i < 3; i++)
    CU_ASSERT_STRING_EQUAL(((const PlnState *)all->pdata[i])->name, names[i]);
}

/* The scenario's world outlives the handle of the one that it lies over. */
static void test_below_is_kept(void) {
  PlnWorld *below = pln_world_new(NULL);
  add_state(below, "FRA", "France");
  g_autoptr(PlnWorld) world = pln_world_new(below);
  pln_world_unref(below);
  CU_ASSERT_STRING_EQUAL(pln_world_state(world, "FRA")->name, "France");
  g_autoptr(PlnWorld) again = pln_world_ref(world);
  CU_ASSERT_PTR_EQUAL(again, world);
}

static void test_rules_and_bodies(void) {
  g_autoptr(PlnWorld) world = pln_world_new(NULL);
  PlnRuleEntry rule = {.id = "b-rule", .rule = {.min_yes = 9}}, other = {.id = "a-rule"};
  PlnBody body = {.id = "council", .substance = "b-rule"};
  pln_world_add_rule(world, &rule);
  pln_world_add_rule(world, &other);
  pln_world_add_body(world, &body);
  CU_ASSERT_EQUAL(pln_world_rule(world, "b-rule")->rule.min_yes, 9);
  CU_ASSERT_STRING_EQUAL(pln_world_body(world, "council")->substance, "b-rule");
  g_autoptr(GPtrArray) rules = pln_world_rules(world), bodies = pln_world_bodies(world);
  CU_ASSERT_EQUAL_FATAL(rules->len, 2);
  CU_ASSERT_STRING_EQUAL(((const PlnRuleEntry *)rules->pdata[0])->id, "a-rule");
  CU_ASSERT_EQUAL(bodies->len, 1);
}

static void test_roll_calls(void) {
  g_autoptr(PlnWorld) world = pln_world_new(NULL);
  PlnRollCall first = {.symbol = "A/RES/2"}, second = {.symbol = "A/RES/1"};
  PlnRollCall *call = pln_world_add_roll_call(world, &first);
  pln_world_add_roll_call(world, &second);
  g_hash_table_insert(call->votes, (gpointer) "FRA", GUINT_TO_POINTER(PLN_VOTE_N + 1));
  g_hash_table_insert(call->votes, (gpointer) "MLI", GUINT_TO_POINTER(PLN_VOTE_Y + 1));
  CU_ASSERT_EQUAL(pln_roll_call_vote(call, "FRA"), PLN_VOTE_N);
  CU_ASSERT_EQUAL(pln_roll_call_vote(call, "MLI"), PLN_VOTE_Y);
  CU_ASSERT_EQUAL(pln_roll_call_vote(call, "SSD"), PLN_VOTE_UNKNOWN);
  g_autoptr(GPtrArray) calls = pln_world_roll_calls(world);
  CU_ASSERT_EQUAL_FATAL(calls->len, 2);
  CU_ASSERT_PTR_EQUAL(calls->pdata[1], call);
}

static void test_treaty_acts(void) {
  g_autoptr(PlnWorld) below = pln_world_new(NULL), world = pln_world_new(below);
  PlnTreatyAct acts[] = {{.treaty = "hanoi", .state = "QAT"},
                         {.treaty = "budapest", .state = "FRA"},
                         {.treaty = "hanoi", .state = "VNM"}};
  for (int i = 0; i < 3; i++)
    pln_world_add_act(below, &acts[i]);
  pln_world_add_act(world, &acts[1]);
  g_autoptr(GPtrArray) hanoi = pln_world_acts(world, "hanoi"), all = pln_world_acts(world, NULL);
  g_autoptr(GPtrArray) none = pln_world_acts(world, "vienna");
  CU_ASSERT_EQUAL_FATAL(hanoi->len, 2);
  CU_ASSERT_STRING_EQUAL(((const PlnTreatyAct *)hanoi->pdata[0])->state, "QAT");
  CU_ASSERT_STRING_EQUAL(((const PlnTreatyAct *)hanoi->pdata[1])->state, "VNM");
  CU_ASSERT_EQUAL(all->len, 4);
  CU_ASSERT_EQUAL(none->len, 0);
}

static void test_terms(void) {
  g_autoptr(PlnWorld) below = pln_world_new(NULL), world = pln_world_new(below);
  PlnTreatyTerm terms[] = {{.treaty = "hanoi", .key = "instruments", .number = 40},
                           {.treaty = "hanoi", .key = "opened", .number = -1, .day = 20251025},
                           {.treaty = "budapest", .key = "instruments", .number = 5}};
  for (int i = 0; i < 3; i++)
    pln_world_add_term(below, &terms[i]);
  terms[0].number = 60;
  CU_ASSERT_EQUAL(pln_world_term(world, "hanoi", "instruments")->number, 40);
  CU_ASSERT_EQUAL(pln_world_term(world, "hanoi", "opened")->day, 20251025);
  CU_ASSERT_EQUAL(pln_world_term(world, "budapest", "instruments")->number, 5);
  CU_ASSERT_PTR_NULL(pln_world_term(world, "budapest", "opened"));
  CU_ASSERT_PTR_NULL(pln_world_term(world, "vienna", "opened"));
  pln_world_add_term(world, &terms[0]);
  CU_ASSERT_EQUAL(pln_world_term(world, "hanoi", "instruments")->number, 60); /* the upper one */
  g_autoptr(GPtrArray) hanoi = pln_world_terms(world, "hanoi"), all = pln_world_terms(world, NULL);
  CU_ASSERT_EQUAL(hanoi->len, 3);
  CU_ASSERT_EQUAL(all->len, 4);
}

static void test_milestones_and_reservations(void) {
  g_autoptr(PlnWorld) world = pln_world_new(NULL);
  PlnTreatyMilestone forty = {.treaty = "palermo", .number = 40, .day = 20030701},
                     hundred = {.treaty = "palermo", .number = 100, .day = 20050304};
  PlnReservation reservation = {.treaty = "hanoi", .state = "QAT", .provisions = "Article 63"};
  pln_world_add_milestone(world, &forty);
  pln_world_add_milestone(world, &hundred);
  pln_world_add_reservation(world, &reservation);
  g_autoptr(GPtrArray) palermo = pln_world_milestones(world, "palermo");
  CU_ASSERT_EQUAL_FATAL(palermo->len, 2);
  CU_ASSERT_EQUAL(((const PlnTreatyMilestone *)palermo->pdata[0])->number, 40);
  CU_ASSERT_EQUAL(((const PlnTreatyMilestone *)palermo->pdata[1])->day, 20050304);
  g_autoptr(GPtrArray) none = pln_world_milestones(world, "hanoi");
  CU_ASSERT_EQUAL(none->len, 0);
  g_autoptr(GPtrArray) kept = pln_world_reservations(world, NULL);
  CU_ASSERT_EQUAL_FATAL(kept->len, 1);
  CU_ASSERT_STRING_EQUAL(((const PlnReservation *)kept->pdata[0])->provisions, "Article 63");
}

static void test_members_from_day_to_day(void) {
  g_autoptr(PlnWorld) world = pln_world_new(NULL);
  PlnBloc *eu = add_bloc(world, "EU");
  join(world, eu, "FRA", PLN_DAY_NONE, PLN_DAY_NONE);
  join(world, eu, "GBR", 19730101, 20200131);
  join(world, eu, "HRV", 20130701, PLN_DAY_NONE);
  join(world, eu, "UKR", PLN_DAY_UNKNOWN, PLN_DAY_NONE);
  CU_ASSERT_TRUE(pln_world_in_bloc(world, eu, "FRA", 19570325));
  CU_ASSERT_TRUE(pln_world_in_bloc(world, eu, "GBR", 20200131)); /* its last day */
  CU_ASSERT_FALSE(pln_world_in_bloc(world, eu, "GBR", 20200201));
  CU_ASSERT_FALSE(pln_world_in_bloc(world, eu, "HRV", 20130630));
  CU_ASSERT_TRUE(pln_world_in_bloc(world, eu, "HRV", 20130701));
  CU_ASSERT_FALSE(pln_world_in_bloc(world, eu, "UKR", 20260115)); /* since when is not known */
  CU_ASSERT_FALSE(pln_world_in_bloc(world, eu, "NOR", 20260115));
  g_autoptr(GPtrArray) blocs = pln_world_blocs(world);
  CU_ASSERT_EQUAL(blocs->len, 1);
}

/* A bloc of blocs: a state is in it while its bloc is, and while it is in its bloc. */
static void test_blocs_in_blocs(void) {
  g_autoptr(PlnWorld) below = pln_world_new(NULL), world = pln_world_new(below);
  PlnBloc *eu = add_bloc(below, "EU"), *west = add_bloc(world, "WEST");
  join(below, eu, "FRA", PLN_DAY_NONE, PLN_DAY_NONE);
  join(below, eu, "GBR", PLN_DAY_NONE, 20200131);
  join(world, west, "EU", 20100101, 20221231);
  join(world, west, "USA", PLN_DAY_NONE, PLN_DAY_NONE);
  CU_ASSERT_TRUE(pln_world_in_bloc(world, west, "USA", 20090101));
  CU_ASSERT_FALSE(pln_world_in_bloc(world, west, "FRA", 20090101));
  CU_ASSERT_TRUE(pln_world_in_bloc(world, west, "FRA", 20210101));
  CU_ASSERT_TRUE(pln_world_in_bloc(world, west, "GBR", 20191227));
  CU_ASSERT_FALSE(pln_world_in_bloc(world, west, "GBR", 20210101));
  CU_ASSERT_FALSE(pln_world_in_bloc(world, west, "FRA", 20230101));
  g_autoptr(GHashTable) members = pln_world_bloc_members(world, west, 20191227);
  CU_ASSERT_EQUAL(g_hash_table_size(members), 4); /* EU itself among them */
}

/* Forty blocs, each of which has the next two ways: 2^40 paths, and forty blocs. */
static void test_nested_by_many_ways(void) {
  enum { DEEP = 40 };
  g_autoptr(PlnWorld) world = pln_world_new(NULL);
  PlnBloc *left[DEEP + 1], *right[DEEP + 1];
  char id[16];
  for (int i = 0; i <= DEEP; i++) {
    g_snprintf(id, sizeof id, "L%d", i);
    left[i] = add_bloc(world, id);
    g_snprintf(id, sizeof id, "R%d", i);
    right[i] = add_bloc(world, id);
  }
  for (int i = 0; i < DEEP; i++)
    for (int k = 0; k < 4; k++)
      join(world, k < 2 ? left[i] : right[i], k % 2 ? left[i + 1]->id : right[i + 1]->id, 0, 0);
  join(world, left[DEEP], "FRA", 0, 0);
  CU_ASSERT_TRUE(pln_world_in_bloc(world, left[0], "FRA", 20260115));
  CU_ASSERT_FALSE(pln_world_in_bloc(world, left[0], "DEU", 20260115));
}

/* As deep as a file of some megabytes can nest them: no stack may run out. */
static void test_nested_deeply(void) {
  enum { DEEP = 200000 };
  g_autoptr(PlnWorld) world = pln_world_new(NULL);
  PlnBloc *first = add_bloc(world, "B0"), *bloc = first;
  char id[16];
  for (int i = 1; i <= DEEP; i++) {
    g_snprintf(id, sizeof id, "B%d", i);
    join(world, bloc, id, 0, 0);
    bloc = add_bloc(world, id);
  }
  join(world, bloc, "FRA", 0, 0);
  CU_ASSERT_TRUE(pln_world_in_bloc(world, first, "FRA", 20260115));
}

/* The loader refuses circles; what asks all the same must come to an end. */
static void test_circles_end(void) {
  g_autoptr(PlnWorld) world = pln_world_new(NULL);
  PlnBloc *a = add_bloc(world, "A"), *b = add_bloc(world, "B"), *self = add_bloc(world, "SELF");
  join(world, a, "B", 0, 0);
  join(world, b, "A", 0, 0);
  join(world, b, "FRA", 0, 0);
  join(world, self, "SELF", 0, 0);
  CU_ASSERT_TRUE(pln_world_in_bloc(world, a, "FRA", 20260115));
  CU_ASSERT_FALSE(pln_world_in_bloc(world, a, "DEU", 20260115));
  CU_ASSERT_FALSE(pln_world_in_bloc(world, self, "FRA", 20260115));
}

int main(void) {
  CU_TestInfo tests[] = {{"texts are kept once", test_texts_are_kept_once},
                         {"nothing found", test_nothing_found},
                         {"upper hides lower", test_upper_hides_lower},
                         {"the world below is kept", test_below_is_kept},
                         {"rules and bodies", test_rules_and_bodies},
                         {"roll calls", test_roll_calls},
                         {"treaty acts", test_treaty_acts},
                         {"terms", test_terms},
                         {"milestones and reservations", test_milestones_and_reservations},
                         {"members from day to day", test_members_from_day_to_day},
                         {"blocs in blocs", test_blocs_in_blocs},
                         {"nested by many ways", test_nested_by_many_ways},
                         {"nested deeply", test_nested_deeply},
                         {"circles end", test_circles_end},
                         CU_TEST_INFO_NULL};
  return suite_run("world", tests);
}
