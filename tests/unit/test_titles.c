/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Titles: cosines reckoned by hand. */
#include "plenary/titles.h"

#include <CUnit/CUnit.h>
#include <math.h>

#include "suite.h"

enum { N = 5 };

static const char *const title[N] = {"Nuclear disarmament", "Nuclear tests: ban!",
                                     "nuclear DISARMAMENT", "", NULL};

static void by_hand(void) {
  g_autoptr(PlnTitles) titles = pln_titles_new(N, title);
  double like[N], nuclear = log(6.0 / 3), disarm = log(6.0 / 2), tests = log(6.0 / 1),
                  ban = log(6.0 / 1);
  pln_titles_likeness(titles, "NUCLEAR disarmaments", 0.15, like);
  double own = sqrt(nuclear * nuclear + disarm * disarm);
  double other = sqrt(nuclear * nuclear + tests * tests + ban * ban);
  CU_ASSERT_DOUBLE_EQUAL(like[0], 1, 1e-12); /* cut to seven letters: plural and singular */
  CU_ASSERT_DOUBLE_EQUAL(like[2], 1, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(like[1], nuclear * nuclear / (own * other), 1e-12);
}

static void those_without_words(void) {
  g_autoptr(PlnTitles) titles = pln_titles_new(N, title);
  double like[N];
  pln_titles_likeness(titles, "Nuclear", 0.15, like);
  CU_ASSERT(like[3] == 0.15 && like[4] == 0.15 && like[0] > like[1]);
  const char *const none[] = {NULL, "", " -- ", "The Resolution of the General Assembly"};
  for (guint k = 0; k < G_N_ELEMENTS(none); k++) {
    pln_titles_likeness(titles, none[k], 0.15, like);
    for (guint i = 0; i < N; i++)
      CU_ASSERT(like[i] == 0);
  }
}

/* A word that no title has makes a title unlike all of them, and more so than a common one. */
static void strange_words(void) {
  g_autoptr(PlnTitles) titles = pln_titles_new(N, title);
  double like[N], with[N];
  pln_titles_likeness(titles, "fisheries", 0.15, like);
  CU_ASSERT(like[0] == 0 && like[1] == 0 && like[3] == 0.15);
  pln_titles_likeness(titles, "nuclear disarmament fisheries", 0.15, with);
  double strange = log(6 / 0.5), nuclear = log(2.0), disarm = log(3.0);
  double own = nuclear * nuclear + disarm * disarm;
  CU_ASSERT_DOUBLE_EQUAL(with[0], sqrt(own / (own + strange * strange)), 1e-12);
}

/* Words count once, in any order; letters beyond ASCII only part words. */
static void sets_of_words(void) {
  g_autoptr(PlnTitles) titles = pln_titles_new(N, title);
  double like[N], again[N];
  pln_titles_likeness(titles, "disarmament, nuclear", 0, like);
  pln_titles_likeness(titles, "nuclear nuclear \xc3\xa9 disarmament", 0, again);
  for (guint i = 0; i < N; i++)
    CU_ASSERT(like[i] == again[i]);
}

static void no_titles(void) {
  g_autoptr(PlnTitles) titles = pln_titles_new(0, NULL);
  pln_titles_likeness(titles, "nuclear", 0, NULL);
  pln_titles_free(NULL);
}

int main(void) {
  CU_TestInfo tests[] = {{"cosines by hand", by_hand},
                         {"titles without words", those_without_words},
                         {"words that no title has", strange_words},
                         {"a title is a set of words", sets_of_words},
                         {"no titles at all", no_titles},
                         CU_TEST_INFO_NULL};
  return suite_run("titles", tests);
}
