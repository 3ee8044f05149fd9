/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Agreement of states: by hand, against counting one by one, and where there is nothing. */
#include "plenary/agreement.h"

#include <math.h>
#include <string.h>

#include "plenary/draw.h"
#include "suite.h"

enum { NONE = PLN_ANSWER_NONE };
static const PlnAgreementKind SAME = PLN_AGREEMENT_SAME, HALF = PLN_AGREEMENT_HALF_WAY;

static gboolean is_near(double a, double b) {
  return fabs(a - b) < 1e-12 || (isnan(a) && isnan(b));
}

/* No, abstain and yes are N, A and Y; what is none of them is no answer.  The cells point to
 * @answer, which is the caller's. */
static PlnCells cells_of(guint classes, guint n_states, guint n_calls, const char *letters,
                         guint8 *answer) {
  for (guint c = 0; c < n_states * n_calls; c++)
    answer[c] = letters[c] == 'N'   ? 0
                : letters[c] == 'A' ? (guint8)(classes - 2)
                : letters[c] == 'Y' ? (guint8)(classes - 1)
                                    : NONE;
  return (PlnCells){.n_states = n_states, .n_calls = n_calls, .classes = classes, .answer = answer};
}

/* Five roll calls of four states. */
static const char letters[] = "YYN-"
                              "NAN-"
                              "YAY-"
                              "Y-N-"
                              "NYAY";

static void test_by_hand(void) {
  guint8 answer[20];
  PlnCells cells = cells_of(3, 4, 5, letters, answer);
  g_autoptr(PlnAgreement) a = pln_agreement_new(&cells, NULL, 0);
  CU_ASSERT_TRUE(is_near(pln_agreement_of(a, SAME, 0, 1), 1.0 / 4));
  CU_ASSERT_TRUE(is_near(pln_agreement_of(a, HALF, 0, 1), 2.0 / 4));
  CU_ASSERT_TRUE(is_near(pln_agreement_of(a, SAME, 0, 2), 2.0 / 5));
  CU_ASSERT_TRUE(is_near(pln_agreement_of(a, HALF, 0, 2), 2.5 / 5));
  CU_ASSERT_TRUE(is_near(pln_agreement_of(a, HALF, 2, 1), 1.5 / 4));
  CU_ASSERT_TRUE(is_near(pln_agreement_of(a, SAME, 3, 1), 1));
  CU_ASSERT_EQUAL(a->both[0 * 4 + 2], 5);
  CU_ASSERT_EQUAL(a->opposed[2 * 4 + 0], 2);
  CU_ASSERT_EQUAL(a->both[3 * 4 + 3], 1);
  CU_ASSERT_TRUE(is_near(pln_agreement_of(a, HALF, 1, 1), 1));
}

static void test_two_classes(void) {
  guint8 answer[20];
  PlnCells cells = cells_of(2, 4, 5, letters, answer);
  g_autoptr(PlnAgreement) a = pln_agreement_new(&cells, NULL, 0);
  CU_ASSERT_TRUE(is_near(pln_agreement_of(a, SAME, 0, 1), 2.0 / 4));
  for (guint i = 0; i < 16; i++)
    CU_ASSERT_TRUE(is_near(pln_agreement_of(a, SAME, i / 4, i % 4),
                           pln_agreement_of(a, HALF, i / 4, i % 4)));
}

static void test_distances(void) {
  guint8 answer[20];
  PlnCells cells = cells_of(3, 4, 4, letters, answer); /* the fourth state never answers */
  g_autoptr(PlnAgreement) a = pln_agreement_new(&cells, NULL, 0);
  double d[16];
  CU_ASSERT_TRUE(isnan(pln_agreement_of(a, SAME, 3, 0)));
  pln_agreement_distances(a, SAME, d);
  CU_ASSERT_TRUE(is_near(d[1], 2.0 / 3) && is_near(d[2], 2.0 / 4) && is_near(d[4 + 2], 1));
  for (guint i = 0; i < 3; i++)
    CU_ASSERT_TRUE(is_near(d[4 * i + 3], (2.0 / 3 + .5 + 1) / 3) && d[12 + i] == d[4 * i + 3]);
  for (guint i = 0; i < 4; i++)
    CU_ASSERT_EQUAL(d[5 * i], 0);
}

/* Rows chosen, some of them more than once, count as so many roll calls. */
static void test_chosen_rows(void) {
  guint8 answer[20];
  PlnCells cells = cells_of(3, 4, 5, letters, answer);
  static const guint twice[] = {2, 0, 2};
  g_autoptr(PlnAgreement) a = pln_agreement_new(&cells, twice, 3);
  CU_ASSERT_EQUAL(a->both[1], 3);
  CU_ASSERT_TRUE(is_near(pln_agreement_of(a, SAME, 0, 1), 1.0 / 3));
  CU_ASSERT_TRUE(is_near(pln_agreement_of(a, HALF, 0, 1), 2.0 / 3));
}

/* Against one cell after another, at numbers of roll calls on both sides of a word's end. */
static void test_one_by_one(void) {
  PlnDraw draw = pln_draw_stream(3, 0, 0);
  for (guint n_calls = 62; n_calls < 131; n_calls += n_calls == 65 ? 62 : 1) {
    enum { STATES = 7 };
    guint8 answer[STATES * 131];
    for (guint c = 0; c < STATES * n_calls; c++)
      answer[c] = pln_draw_below(&draw, 5) ? (guint8)pln_draw_below(&draw, 3) : NONE;
    PlnCells cells = {.n_states = STATES, .n_calls = n_calls, .classes = 3, .answer = answer};
    g_autoptr(PlnAgreement) a = pln_agreement_new(&cells, NULL, 0);
    for (guint p = 0; p < STATES * STATES; p++) {
      guint both = 0, same = 0, opposed = 0;
      for (guint j = 0; j < n_calls; j++) {
        guint8 x = answer[j * STATES + p / STATES], y = answer[j * STATES + p % STATES];
        gboolean counts = x != NONE && y != NONE;
        both += counts;
        same += counts && x == y;
        opposed += counts && MAX(x, y) - MIN(x, y) == 2;
      }
      CU_ASSERT_TRUE(a->both[p] == both && a->same[p] == same && a->opposed[p] == opposed);
    }
  }
}

static void test_group(void) {
  guint8 answer[20];
  PlnCells cells = cells_of(3, 4, 5, letters, answer);
  g_autoptr(PlnAgreement) a = pln_agreement_new(&cells, NULL, 0);
  static const guint8 in[] = {1, 1, 7, 0}, fourth[] = {0, 0, 0, 1}, nobody[4] = {0};
  PlnGroupAgreement g = pln_agreement_group(a, &cells, in);
  CU_ASSERT_TRUE(g.members == 3 && g.pairs == 3);
  CU_ASSERT_TRUE(is_near(g.same, (1.0 / 4 + 2.0 / 5 + 0.0 / 4) / 3));
  CU_ASSERT_TRUE(is_near(g.half_way, (2.0 / 4 + 2.5 / 5 + 1.5 / 4) / 3));
  /* Yes 2-1, no 2 and an abstention, yes 2 and an abstention, 1-1, 1-1 and an abstention. */
  CU_ASSERT_TRUE(g.calls == 5 && g.split == 2 && g.rice_calls == 5);
  CU_ASSERT_TRUE(is_near(g.cohesion, (.5 + .5 + .5 + .25 + 0) / 5));
  CU_ASSERT_TRUE(is_near(g.rice, (1.0 / 3 + 1 + 1 + 0 + 0) / 5));
  g = pln_agreement_group(a, &cells, fourth);
  CU_ASSERT_TRUE(g.members == 1 && g.pairs == 0 && g.calls == 0 && g.rice_calls == 0);
  CU_ASSERT_TRUE(isnan(g.same) && isnan(g.half_way) && isnan(g.cohesion) && isnan(g.rice));
  g = pln_agreement_group(a, &cells, nobody);
  CU_ASSERT_TRUE(g.members == 0 && isnan(g.same) && isnan(g.cohesion));
}

static void test_change(void) {
  guint8 answer[20];
  PlnCells cells = cells_of(3, 4, 5, letters, answer);
  static const guint first[] = {0, 2}, last[] = {1, 3, 4};
  g_autoptr(PlnAgreement) before = pln_agreement_new(&cells, first, 2);
  g_autoptr(PlnAgreement) after = pln_agreement_new(&cells, last, 3);
  PlnAgreementChange c = pln_agreement_change(before, after, SAME, 0, 2);
  CU_ASSERT_TRUE(c.n_before == 2 && c.n_after == 3);
  CU_ASSERT_TRUE(is_near(c.before, .5) && is_near(c.after, 1.0 / 3));
  CU_ASSERT_TRUE(is_near(c.change, -1.0 / 6));
  CU_ASSERT_TRUE(is_near(c.error, sqrt(.5 * .5 / 4 + .4 * .6 / 5)));
  /* Half way: 1 and 0 added to 1, 0 and to 1, 0, 1/2. */
  c = pln_agreement_change(before, after, HALF, 0, 2);
  CU_ASSERT_TRUE(is_near(c.after, .5) && is_near(c.change, 0));
  CU_ASSERT_TRUE(is_near(c.error, sqrt(.25 / 4 + ((1 + 0 + .25 + 1 + 0) / 5 - .25) / 5)));
  c = pln_agreement_change(before, after, SAME, 0, 3);
  CU_ASSERT_TRUE(isnan(c.change) && isnan(c.error) && is_near(c.after, 0));
}

static void test_nothing(void) {
  guint8 none[3] = {NONE, NONE, NONE};
  PlnCells nobody = {.classes = 3, .n_calls = 3, .answer = none};
  PlnCells nothing = {.classes = 3, .n_states = 2, .answer = none};
  PlnCells alone = {.classes = 3, .n_states = 1, .n_calls = 3, .answer = none};
  g_autoptr(PlnAgreement) a = pln_agreement_new(&nobody, NULL, 0);
  g_autoptr(PlnAgreement) b = pln_agreement_new(&nothing, NULL, 0);
  g_autoptr(PlnAgreement) c = pln_agreement_new(&alone, NULL, 0);
  double d[4];
  pln_agreement_distances(a, SAME, NULL);
  pln_agreement_distances(b, SAME, d);
  CU_ASSERT_TRUE(d[0] == 0 && d[1] == 1 && d[2] == 1 && d[3] == 0);
  pln_agreement_distances(c, HALF, d);
  CU_ASSERT_EQUAL(d[0], 0);
  pln_agreement_free(NULL);
}

int main(void) {
  CU_TestInfo tests[] = {{"by hand", test_by_hand},
                         {"two classes", test_two_classes},
                         {"distances", test_distances},
                         {"chosen rows", test_chosen_rows},
                         {"one by one", test_one_by_one},
                         {"group", test_group},
                         {"change", test_change},
                         {"nothing", test_nothing},
                         CU_TEST_INFO_NULL};
  return suite_run("agreement", tests);
}
