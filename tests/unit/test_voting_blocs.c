/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocs asked for: what is read, what is refused and how, and who goes with which. */
#include "plenary/voting_blocs.h"

#include <string.h>

#include "plenary/error.h"
#include "plenary/scenario.h"
#include "scene.h"
#include "suite.h"

#define KEYS "key,value\nformat,1\ntitle,It\nas_of,2026-01-15\nbody,model-un\n"
#define FIVE "state,name,group\nAAA1,One,\nAAA2,Two,\nAAA3,Three,\nAAA4,Four,\nAAA5,Five,\n"
#define BLOCS "bloc,member,name\nBIG,AAA1,The big\nBIG,AAA2,The big\nBIG,AAA3,The big\n" \
              "PAIR,AAA3,\nPAIR,AAA4,\nONE,AAA5,\n"

enum { SEATS = 5, TEXTS = 4 };

static PlnScenario *five(void) {
  return scene_read("scenario.csv", KEYS, "members.csv", FIVE, "blocs.csv", BLOCS,
                    "proposals.csv", "id,title\np1,A\n", NULL);
}

static GPtrArray *read_texts(const PlnScenario *s, const char *const *texts, GError **error) {
  g_autoptr(GPtrArray) list = g_ptr_array_new();
  for (gsize k = 0; k < TEXTS && texts[k]; k++)
    g_ptr_array_add(list, (gpointer)texts[k]);
  return pln_voting_blocs_read(s->world, list, error);
}

static const PlnRoster *roster_of(const PlnScenario *s) {
  return pln_scenario_proposal(s, 0)->roster;
}

static const PlnVotingBloc *bloc_at(const GPtrArray *blocs, guint k) {
  return blocs->pdata[k];
}

static gboolean has_codes(const GPtrArray *states, const char *codes) {
  g_autoptr(GString) all = g_string_new(NULL);
  for (guint k = 0; k < states->len; k++)
    g_string_append_printf(all, "%s%s", k > 0 ? " " : "",
                           ((const PlnState *)states->pdata[k])->code);
  if (strcmp(all->str, codes) == 0)
    return TRUE;
  printf("\n  \"%s\" is not \"%s\"\n", all->str, codes);
  return FALSE;
}

/* Seats as a text, "11000". */
static gboolean has_seats(const PlnVotingBloc *bloc, const char *seats) {
  guint members = 0;
  for (guint i = 0; i < SEATS; i++) {
    members += seats[i] == '1';
    if ((bloc->in[i] != 0) != (seats[i] == '1'))
      return FALSE;
  }
  return bloc->members == members && bloc->alone == (members < 2);
}

/* ---- What was asked ---- */

static void test_read(void) {
  static const char *const texts[TEXTS] = {" BIG ", "OWN = AAA1 ,\tPAIR", "x=AAA5"};
  g_autoptr(PlnScenario) s = five();
  g_autoptr(GPtrArray) all = read_texts(s, texts, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(all);
  CU_ASSERT_EQUAL_FATAL(all->len, 3);
  const PlnVotingAsked *big = all->pdata[0], *own = all->pdata[1];
  CU_ASSERT_STRING_EQUAL(big->id, "BIG");
  CU_ASSERT_STRING_EQUAL(big->name, "The big");
  CU_ASSERT_PTR_EQUAL(big->bloc, pln_world_bloc(s->world, "BIG"));
  CU_ASSERT_PTR_NULL(big->codes);
  CU_ASSERT_STRING_EQUAL(own->id, "OWN");
  CU_ASSERT_STRING_EQUAL(own->name, "OWN");
  CU_ASSERT_PTR_NULL(own->bloc);
  CU_ASSERT_EQUAL_FATAL(own->codes->len, 2);
  CU_ASSERT_STRING_EQUAL(own->codes->pdata[0], "AAA1");
  CU_ASSERT_STRING_EQUAL(own->codes->pdata[1], "PAIR");
}

static void test_nothing_asked(void) {
  g_autoptr(PlnScenario) s = five();
  g_autoptr(GPtrArray) none = pln_voting_blocs_read(s->world, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(none);
  g_autoptr(GPtrArray) seated = pln_voting_blocs_seat(none, s->world, roster_of(s));
  CU_ASSERT_EQUAL(none->len + seated->len, 0);
}

static void test_refused(void) {
  static const struct {
    const char *texts[TEXTS], *says;
  } cases[] = {
      {{"BIK"}, "unknown state or bloc \"BIK\"; expected a bloc that `plenary blocs` lists, or "
                "NAME=A,B; did you mean BIG?"},
      {{""}, "unknown state or bloc \"\""},
      {{"X=AAA1,AAB2"}, "unknown state or bloc \"AAB2\"; expected a code such as FRA, or a bloc "
                        "that `plenary blocs` lists; did you mean AAA2?"},
      {{" AAA1"}, "AAA1 is a state, which votes as one anyway; expected a bloc, or NAME=AAA1,..."},
      {{"USA"}, "USA is a state, which votes as one anyway"}, /* though it has no seat */
      {{"=AAA1"}, "a bloc without a name \"=AAA1\"; expected NAME=A,B"},
      {{" = AAA1"}, "a bloc without a name"},
      {{"X="}, "names nobody: the bloc \"X=\"; expected NAME=A,B"},
      {{"X= "}, "names nobody"},
      {{"X=,"}, "an empty place in the bloc \"X\""},
      {{"X=AAA1, ,AAA2"}, "an empty place in the bloc \"X\""},
      {{"X=AAA1,"}, "an empty place in the bloc \"X\""},
      {{"BIG", "PAIR", "BIG "}, "asked for twice: the bloc \"BIG\""},
      {{"X=AAA1", "X =AAA2"}, "asked for twice: the bloc \"X\""},
      {{"AAA1=AAA1,AAA2"}, "AAA1 is a state's code already; expected a name that is none's"},
      {{"PAIR=AAA1,AAA2"}, "PAIR is a bloc already; expected a name that is none's before ="},
  };
  g_autoptr(PlnScenario) s = five();
  for (gsize k = 0; k < G_N_ELEMENTS(cases); k++) {
    GError *error = NULL;
    CU_ASSERT_PTR_NULL(read_texts(s, cases[k].texts, &error));
    CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_USAGE, cases[k].says));
  }
}

/* ---- Who goes with which ---- */

static void test_smallest(void) {
  static const char *const texts[TEXTS] = {"BIG", "PAIR", "OWN=AAA1,PAIR"};
  g_autoptr(PlnScenario) s = five();
  g_autoptr(GPtrArray) asked = read_texts(s, texts, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(asked);
  g_autoptr(GPtrArray) blocs = pln_voting_blocs_seat(asked, s->world, roster_of(s));
  CU_ASSERT_EQUAL_FATAL(blocs->len, 3);
  /* BIG and OWN have three, PAIR two: AAA1 goes with BIG, asked for first. */
  CU_ASSERT(has_seats(bloc_at(blocs, 0), "11000"));
  CU_ASSERT(has_codes(bloc_at(blocs, 0)->given_up, "AAA3"));
  CU_ASSERT(has_seats(bloc_at(blocs, 1), "00110"));
  CU_ASSERT(has_codes(bloc_at(blocs, 1)->given_up, ""));
  CU_ASSERT(has_seats(bloc_at(blocs, 2), "00000"));
  CU_ASSERT(has_codes(bloc_at(blocs, 2)->given_up, "AAA1 AAA3 AAA4"));
  CU_ASSERT_FALSE(pln_voting_bloc_is_absent(bloc_at(blocs, 2)));
}

/* A bloc of one takes its member from no other, whichever is asked for first. */
static void test_alone(void) {
  static const char *const texts[][TEXTS] = {{"BIG", "X=AAA2", "ONE", "Y=AAA5"},
                                             {"X=AAA2", "BIG", "ONE", "Y=AAA5"}};
  g_autoptr(PlnScenario) s = five();
  for (guint k = 0; k < 2; k++) {
    g_autoptr(GPtrArray) asked = read_texts(s, texts[k], NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(asked);
    g_autoptr(GPtrArray) blocs = pln_voting_blocs_seat(asked, s->world, roster_of(s));
    CU_ASSERT(has_seats(bloc_at(blocs, k), "11100"));
    CU_ASSERT(has_seats(bloc_at(blocs, 1 - k), "00000"));
    CU_ASSERT(has_codes(bloc_at(blocs, 1 - k)->given_up, "AAA2"));
    CU_ASSERT(has_seats(bloc_at(blocs, 2), "00001"));
    CU_ASSERT(has_seats(bloc_at(blocs, 3), "00000"));
  }
}

/* Who is named and has no seat is told, once; of a bloc of the world only who sits counts. */
static void test_unseated(void) {
  static const char *const texts[TEXTS] = {"X=USA,AAA1,G7,AAA2,USA", "BRICS", "Y=FRA,GBR"};
  g_autoptr(PlnScenario) s = five();
  g_autoptr(GPtrArray) asked = read_texts(s, texts, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(asked);
  g_autoptr(GPtrArray) blocs = pln_voting_blocs_seat(asked, s->world, roster_of(s));
  CU_ASSERT(has_seats(bloc_at(blocs, 0), "11000"));
  CU_ASSERT_FALSE(pln_voting_bloc_is_absent(bloc_at(blocs, 0)));
  CU_ASSERT_EQUAL_FATAL(bloc_at(blocs, 0)->unseated->len, 2);
  CU_ASSERT_STRING_EQUAL(bloc_at(blocs, 0)->unseated->pdata[0], "USA");
  CU_ASSERT_STRING_EQUAL(bloc_at(blocs, 0)->unseated->pdata[1], "G7");
  CU_ASSERT(pln_voting_bloc_is_absent(bloc_at(blocs, 1)));
  CU_ASSERT_EQUAL(bloc_at(blocs, 1)->unseated->len, 0);
  CU_ASSERT(pln_voting_bloc_is_absent(bloc_at(blocs, 2)));
  CU_ASSERT_EQUAL(bloc_at(blocs, 2)->unseated->len, 2);
}

/* Each seat votes with at most one bloc, and of those that asked for it the others gave it up. */
static void test_each_seat_once(void) {
  static const char *const texts[TEXTS] = {"EU", "AFRICA", "BRICS", "X=BRICS,G7,FRA"};
  g_autoptr(PlnScenario) s = scene_shipped("res-74-247");
  const PlnRoster *roster = roster_of(s);
  g_autoptr(GPtrArray) asked = read_texts(s, texts, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(asked);
  g_autoptr(GPtrArray) blocs = pln_voting_blocs_seat(asked, s->world, roster);
  for (guint k = 0; k < blocs->len; k++) {
    const PlnVotingBloc *bloc = bloc_at(blocs, k);
    g_autofree guint8 *whole = g_new0(guint8, roster->n + 1);
    if (!bloc->bloc)
      continue;
    CU_ASSERT_EQUAL(pln_roster_mark(roster, s->world, bloc->bloc, whole),
                    bloc->members + bloc->given_up->len);
    for (guint i = 0; i < roster->n; i++)
      CU_ASSERT(!bloc->in[i] || whole[i]);
  }
  for (guint i = 0; i < roster->n; i++) {
    guint with = 0;
    for (guint k = 0; k < blocs->len; k++)
      with += bloc_at(blocs, k)->in[i] != 0;
    CU_ASSERT(with <= 1);
  }
  CU_ASSERT(has_codes(bloc_at(blocs, 1)->given_up, "ZAF"));
  CU_ASSERT(has_codes(bloc_at(blocs, 0)->given_up, "DEU FRA GBR ITA")); /* 28 then; X 12 */
  CU_ASSERT_EQUAL(bloc_at(blocs, 3)->members, 7);
}

int main(void) {
  CU_TestInfo tests[] = {{"read", test_read},
                         {"nothing asked", test_nothing_asked},
                         {"refused", test_refused},
                         {"smallest", test_smallest},
                         {"alone", test_alone},
                         {"unseated", test_unseated},
                         {"each seat once", test_each_seat_once},
                         CU_TEST_INFO_NULL};
  int status = suite_run("voting_blocs", tests);
  scene_end();
  return status;
}
