/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the end of one proposal does to another: falling with it, changing it, emptying it. */
#include "plenary/fate.h"

#include "scene.h"
#include "suite.h"

static const char amendments[] = "id,title,kind,target,parts,falls_if\n"
                                 "far,Far,amendment,text,,\n"
                                 "near,Near,amendment,text,,far=adopted\n"
                                 "rival,Rival,text,,,near=rejected far=adopted\n"
                                 "text,Text,text,,,rival=adopted\n";

static void test_words(void) {
  static const char *const words[] = {"unknown", "adopted", "adopted-without-vote", "rejected",
                                      "tied",    "not-put", "withdrawn"};
  for (int end = PLN_END_UNKNOWN; end <= PLN_END_WITHDRAWN; end++) {
    CU_ASSERT_STRING_EQUAL(pln_end_word((PlnEnd)end), words[end]);
    gboolean adopted = end == PLN_END_ADOPTED || end == PLN_END_WITHOUT_VOTE;
    CU_ASSERT_EQUAL(pln_end_adopted((PlnEnd)end), adopted);
  }
}

static void test_falls_with_an_adoption(void) {
  g_autoptr(PlnScenario) s = scene_of("general-assembly", amendments, NULL, NULL);
  for (int end = PLN_END_UNKNOWN; end <= PLN_END_WITHDRAWN; end++) {
    PlnEnd ends[] = {(PlnEnd)end};
    gboolean adopted = end == PLN_END_ADOPTED || end == PLN_END_WITHOUT_VOTE;
    CU_ASSERT_EQUAL(pln_fate(s, 0, ends), PLN_FATE_PUT);
    CU_ASSERT_EQUAL(pln_fate(s, 1, ends), adopted ? PLN_FATE_FALLS : PLN_FATE_PUT);
  }
}

/* What is implied by a rejection falls with it; with a tie only once the second vote has
 * rejected it, and not where it was never put. */
static void test_falls_with_a_rejection(void) {
  g_autoptr(PlnScenario) s = scene_of("general-assembly", amendments, NULL, NULL);
  static const struct {
    PlnEnd ends[2];
    PlnFate fate;
  } cases[] = {{{PLN_END_REJECTED, PLN_END_ADOPTED}, PLN_FATE_PUT},
               {{PLN_END_REJECTED, PLN_END_REJECTED}, PLN_FATE_FALLS},
               {{PLN_END_REJECTED, PLN_END_TIED}, PLN_FATE_PUT},
               {{PLN_END_REJECTED, PLN_END_NOT_PUT}, PLN_FATE_PUT},
               {{PLN_END_REJECTED, PLN_END_UNKNOWN}, PLN_FATE_PUT},
               {{PLN_END_ADOPTED, PLN_END_NOT_PUT}, PLN_FATE_FALLS}}; /* the second condition */
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
    CU_ASSERT_EQUAL(pln_fate(s, 2, cases[i].ends), cases[i].fate);
}

/* A paragraph is struck by no, or by a tie; a deletion strikes by yes. */
static void test_whole_without_parts_falls(void) {
  g_autoptr(PlnScenario) s = scene_of("general-assembly",
                                      "id,title,kind,target,parts\n"
                                      "para,P,paragraph,whole,\ndel,D,deletion,whole,\n"
                                      "add,A,amendment,whole,\nother,O,paragraph,later,\n"
                                      "whole,W,whole,,2\nlater,L,whole,,\nnone,N,whole,,0\n",
                                      NULL, NULL);
  static const struct {
    PlnEnd ends[6];
    PlnFate fate;
    guint changes;
  } cases[] = {
      {{PLN_END_ADOPTED, PLN_END_REJECTED, PLN_END_REJECTED, PLN_END_REJECTED}, PLN_FATE_PUT, 0},
      {{PLN_END_REJECTED, PLN_END_REJECTED, PLN_END_ADOPTED, PLN_END_REJECTED}, PLN_FATE_PUT, 2},
      {{PLN_END_ADOPTED, PLN_END_ADOPTED, PLN_END_REJECTED, PLN_END_REJECTED}, PLN_FATE_PUT, 1},
      {{PLN_END_REJECTED, PLN_END_ADOPTED, PLN_END_ADOPTED, PLN_END_ADOPTED}, PLN_FATE_EMPTY, 3},
      {{PLN_END_TIED, PLN_END_WITHOUT_VOTE, PLN_END_TIED, PLN_END_TIED}, PLN_FATE_EMPTY, 2},
      {{PLN_END_UNKNOWN, PLN_END_ADOPTED, PLN_END_UNKNOWN, PLN_END_UNKNOWN}, PLN_FATE_PUT, 1},
      {{PLN_END_NOT_PUT, PLN_END_TIED, PLN_END_TIED, PLN_END_WITHDRAWN}, PLN_FATE_PUT, 0}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GArray) changes = g_array_new(FALSE, FALSE, sizeof(guint));
    pln_fate_changes(s, 4, cases[i].ends, changes);
    CU_ASSERT_EQUAL(pln_fate(s, 4, cases[i].ends), cases[i].fate);
    CU_ASSERT_EQUAL(changes->len, cases[i].changes);
    for (guint k = 0; k < changes->len; k++)
      CU_ASSERT_TRUE(g_array_index(changes, guint, k) < 3); /* none of another text's */
    /* How many parts another text has is not stated, or it has none: it never falls so. */
    CU_ASSERT_EQUAL(pln_fate(s, 5, cases[i].ends), PLN_FATE_PUT);
    CU_ASSERT_EQUAL(pln_fate(s, 6, cases[i].ends), PLN_FATE_PUT);
  }
}

int main(void) {
  CU_TestInfo tests[] = {{"words", test_words},
                         {"falls with an adoption", test_falls_with_an_adoption},
                         {"falls with a rejection", test_falls_with_a_rejection},
                         {"a whole without parts falls", test_whole_without_parts_falls},
                         CU_TEST_INFO_NULL};
  int status = suite_run("fate", tests);
  scene_end();
  return status;
}
