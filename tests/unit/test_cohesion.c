/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rice's index and the agreement index, worked out by hand and by what must hold of any. */
#include "plenary/cohesion.h"

#include <math.h>

#include "suite.h"

enum { Y = PLN_VOTE_Y, N = PLN_VOTE_N, A = PLN_VOTE_A, X = PLN_VOTE_X, SPLIT = PLN_VOTE_UNKNOWN };

static PlnCohesion of_counts(guint y, guint n, guint a, guint x, guint unknown) {
  PlnVote vote[256];
  guint8 in[256];
  guint len = 0;
  const guint count[] = {y, n, a, x, unknown};
  static const PlnVote kinds[] = {Y, N, A, X, PLN_VOTE_UNKNOWN};
  for (int k = 0; k < 5; k++)
    for (guint i = 0; i < count[k]; i++) {
      vote[len] = kinds[k];
      in[len++] = 1;
    }
  return pln_cohesion(vote, in, len);
}

static gboolean is_near(double a, double b) {
  return fabs(a - b) < 1e-15;
}

/* 74/247: Eastern Europe 5-18-0-0, Africa 31-1-8-14, the Western group 0-28-1-0, Latin
 * America and the Caribbean 9-7-15-2. */
static void test_by_hand(void) {
  static const struct {
    guint count[4];
    double rice, agreement;
    int line;
  } cases[] = {{{5, 18, 0, 0}, 13.0 / 23, (18 - 2.5) / 23, N},
               {{31, 1, 8, 14}, 30.0 / 32, (31 - 4.5) / 40, Y},
               {{0, 28, 1, 0}, 1, (28 - 0.5) / 29, N},
               {{9, 7, 15, 2}, 2.0 / 16, (15 - 8.0) / 31, SPLIT},
               {{0, 0, 3, 5}, -1, 1, A},        /* no yes and no no: Rice says nothing */
               {{0, 0, 0, 7}, -1, -1, SPLIT},   /* nobody answered */
               {{0, 0, 0, 0}, -1, -1, SPLIT},
               {{1, 0, 0, 0}, 1, 1, Y},
               {{2, 2, 0, 0}, 0, 0.25, SPLIT}, /* half is not more than half */
               {{3, 3, 3, 0}, 0, 0, SPLIT},
               {{3, 2, 0, 1}, 0.2, (3 - 1.0) / 5, Y}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    const guint *c = cases[i].count;
    PlnCohesion got = of_counts(c[0], c[1], c[2], c[3], 0);
    CU_ASSERT_TRUE(is_near(got.rice, cases[i].rice));
    CU_ASSERT_TRUE(is_near(got.agreement, cases[i].agreement));
    CU_ASSERT_EQUAL(got.line, cases[i].line);
    for (int k = 0; k < 4; k++)
      CU_ASSERT_EQUAL(got.count[k], c[k]);
  }
}

/* Both lie in [0,1] for every division; the line has more than half of the answers. */
static void test_every_division(void) {
  for (guint y = 0; y <= 12; y++)
    for (guint n = 0; n <= 12; n++)
      for (guint a = 0; a <= 12; a++) {
        PlnCohesion c = of_counts(y, n, a, 1, 0), mirrored = of_counts(n, y, a, 1, 0);
        guint answers = y + n + a;
        CU_ASSERT_EQUAL(c.rice < 0, y + n == 0);
        CU_ASSERT_EQUAL(c.agreement < 0, answers == 0);
        CU_ASSERT_TRUE(c.rice <= 1 && c.agreement <= 1);
        CU_ASSERT_TRUE(is_near(c.rice, mirrored.rice) && is_near(c.agreement, mirrored.agreement));
        PlnVote most = 2 * y > answers ? Y : 2 * n > answers ? N : 2 * a > answers ? A : SPLIT;
        CU_ASSERT_EQUAL(c.line, most);
      }
}

static void test_only_the_marked_and_the_known(void) {
  static const PlnVote vote[] = {Y, N, PLN_VOTE_UNKNOWN, A, Y, X};
  static const guint8 in[] = {1, 0, 1, 1, 200, 1};
  PlnCohesion c = pln_cohesion(vote, in, 6);
  CU_ASSERT_EQUAL(c.count[Y], 2);
  CU_ASSERT_EQUAL(c.count[N], 0);
  CU_ASSERT_EQUAL(c.count[A], 1);
  CU_ASSERT_EQUAL(c.count[X], 1);
  CU_ASSERT_EQUAL(c.line, Y);
  CU_ASSERT_EQUAL(of_counts(0, 0, 0, 0, 9).line, SPLIT);
}

static void test_breaking_ranks(void) {
  static const struct {
    PlnVote line, vote;
    gboolean breaks;
  } cases[] = {{Y, N, TRUE},      {N, Y, TRUE},     {A, Y, TRUE},      {A, N, TRUE},
               {Y, Y, FALSE},     {N, N, FALSE},    {A, A, FALSE},     {Y, A, FALSE},
               {N, A, FALSE},     {Y, X, FALSE},    {A, X, FALSE},     {SPLIT, Y, FALSE},
               {SPLIT, N, FALSE}, {Y, SPLIT, FALSE}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
    CU_ASSERT_EQUAL(pln_cohesion_breaks(cases[i].line, cases[i].vote), cases[i].breaks);
}

int main(void) {
  CU_TestInfo tests[] = {{"by hand", test_by_hand},
                         {"every division", test_every_division},
                         {"only the marked and the known", test_only_the_marked_and_the_known},
                         {"breaking ranks", test_breaking_ranks},
                         CU_TEST_INFO_NULL};
  return suite_run("cohesion", tests);
}
