/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The measures of fit: by hand, in whatever order, and where there is nothing to measure. */
#include "plenary/measures.h"

#include <math.h>
#include <string.h>

#include "plenary/draw.h"
#include "suite.h"

enum { NONE = PLN_ANSWER_NONE };

static gboolean is_near(double a, double b) {
  return fabs(a - b) < 1e-12 || (isnan(a) && isnan(b));
}

static gboolean all_nan(const PlnMeasures *m) {
  return m->n == 0 && isnan(m->right) && isnan(m->apre) && isnan(m->gmp) && isnan(m->log_score) &&
         isnan(m->brier);
}

/* Two roll calls of four states, two classes.  The chances are sums of powers of 2, so that
 * they are exact in floats. */
static const guint8 answer[] = {1, 1, 0, NONE, 0, 0, 0, 1};
static const float chance[] = {.25f, .75f, .5f, .5f, .25f, .75f, 1.f, 0.f,
                               .75f, .25f, .5f, .5f, .875f, .125f, .125f, .875f};
static const PlnScored pair = {4, 2, 2, answer, NULL, chance};

static void test_two_classes_by_hand(void) {
  PlnMeasures m = pln_measures(&pair);
  CU_ASSERT_EQUAL(m.n, 7);
  /* Right: 1, a half, 0; 1, a half, 1, 1. */
  CU_ASSERT_TRUE(is_near(m.right, 5.0 / 7));
  /* One error of the most frequent answer in each roll call; of the chances two. */
  CU_ASSERT_TRUE(is_near(m.apre, 0));
  double product = .75 * .5 * .25 * .75 * .5 * .875 * .875;
  CU_ASSERT_TRUE(is_near(m.gmp, pow(product, 1.0 / 7)));
  CU_ASSERT_TRUE(is_near(m.log_score, -log(product) / 7));
  CU_ASSERT_TRUE(is_near(m.brier, (.0625 + .25 + .5625 + .0625 + .25 + 2 * .015625) / 7));
}

static void test_apart(void) {
  PlnMeasures call[2], state[4], session[3];
  pln_measures_by_call(&pair, call);
  CU_ASSERT_TRUE(call[0].n == 3 && is_near(call[0].right, .5) && is_near(call[0].apre, -.5));
  CU_ASSERT_TRUE(call[1].n == 4 && is_near(call[1].right, .875) && is_near(call[1].apre, .5));
  CU_ASSERT_TRUE(is_near(call[0].gmp, pow(.75 * .5 * .25, 1.0 / 3)));
  pln_measures_by_state(&pair, state);
  CU_ASSERT_TRUE(state[0].n == 2 && is_near(state[0].right, 1) && isnan(state[0].apre));
  CU_ASSERT_TRUE(state[2].n == 2 && is_near(state[2].right, .5) && is_near(state[2].apre, 0));
  CU_ASSERT_TRUE(state[3].n == 1 && is_near(state[3].apre, 1));
  CU_ASSERT_TRUE(is_near(state[3].brier, .015625));
  pln_measures_by_session(&pair, (guint[]){2, 0}, 3, session);
  CU_ASSERT_EQUAL(memcmp(&session[2], &call[0], sizeof *call), 0);
  CU_ASSERT_EQUAL(memcmp(&session[0], &call[1], sizeof *call), 0);
  CU_ASSERT_TRUE(all_nan(&session[1]));
}

static void test_three_classes_by_hand(void) {
  static const guint8 given[] = {2, 0, 1};
  static const float p[] = {.125f, .25f, .625f, .5f, .5f, 0.f, .25f, .75f, 0.f};
  PlnMeasures m = pln_measures(&(PlnScored){3, 1, 3, given, NULL, p});
  CU_ASSERT_TRUE(is_near(m.right, 2.5 / 3));
  /* Three answers once each: any of them is right once, wrong twice. */
  CU_ASSERT_TRUE(is_near(m.apre, (2 - .5) / 2));
  CU_ASSERT_TRUE(is_near(m.brier, (.015625 + .0625 + .140625 + .25 + .25 + .0625 + .0625) / 3));
  CU_ASSERT_TRUE(is_near(m.log_score, -log(.625 * .5 * .75) / 3));
}

static void test_only_which(void) {
  static const guint8 which[] = {1, 0, 1, 1, 0, 0, 0, 0};
  PlnScored some = pair;
  some.which = which;
  PlnMeasures m = pln_measures(&some), call[2];
  CU_ASSERT_TRUE(m.n == 2 && is_near(m.right, .5));
  CU_ASSERT_TRUE(is_near(m.apre, 0)); /* 1 and 0 once each: half an error a cell */
  pln_measures_by_call(&some, call);
  CU_ASSERT_TRUE(all_nan(&call[1]));
}

/* An answer that was ruled out is dear, not infinitely so; all the same leaves no APRE. */
static void test_ruled_out(void) {
  static const guint8 given[] = {0, 0};
  static const float p[] = {0.f, 1.f, 1.f, 0.f};
  PlnMeasures m = pln_measures(&(PlnScored){2, 1, 2, given, NULL, p});
  CU_ASSERT_TRUE(is_near(m.log_score, 149 * log(2) / 2));
  CU_ASSERT_TRUE(m.gmp > 0 && is_near(m.brier, .5) && is_near(m.right, .5) && isnan(m.apre));
}

static void test_nothing(void) {
  static const guint8 none[] = {NONE, NONE};
  static const float p[] = {.5f, .5f, .5f, .5f};
  PlnSurprise surprise[1];
  PlnScored empty = {0, 0, 3, none, NULL, p}, unanswered = {2, 1, 2, none, NULL, p};
  PlnMeasures a = pln_measures(&empty), b = pln_measures(&unanswered);
  CU_ASSERT_TRUE(all_nan(&a) && all_nan(&b));
  pln_measures_by_state(&empty, NULL);
  CU_ASSERT_EQUAL(pln_measures_surprises(&unanswered, 1, surprise), 0);
}

static void test_surprises(void) {
  PlnSurprise s[9];
  CU_ASSERT_EQUAL(pln_measures_surprises(&pair, 0, NULL), 0);
  CU_ASSERT_EQUAL(pln_measures_surprises(&pair, 9, s), 7);
  static const guint order[][2] = {{0, 2}, {0, 1}, {1, 1}, {0, 0}, {1, 0}, {1, 2}, {1, 3}};
  for (guint i = 0; i < 7; i++)
    CU_ASSERT_TRUE(s[i].call == order[i][0] && s[i].state == order[i][1]);
  CU_ASSERT_TRUE(s[0].answer == 0 && s[0].chance == .25);
  for (guint most = 1; most < 7; most++) {
    PlnSurprise few[7];
    CU_ASSERT_EQUAL(pln_measures_surprises(&pair, most, few), most);
    for (guint i = 0; i < most; i++)
      CU_ASSERT_TRUE(few[i].call == s[i].call && few[i].state == s[i].state);
  }
}

/* Random chances; the states and roll calls turned round change nothing. */
static void test_turned_round(void) {
  enum { STATES = 23, CALLS = 31, CELLS = STATES * CALLS };
  guint8 given[CELLS], turned[CELLS];
  float p[3 * CELLS], p_turned[3 * CELLS];
  PlnDraw draw = pln_draw_stream(1, 0, 0);
  for (guint c = 0; c < CELLS; c++) {
    guint back = CELLS - 1 - c;
    double a = pln_draw_uniform(&draw), b = (1 - a) * pln_draw_uniform(&draw);
    given[c] = turned[back] = pln_draw_below(&draw, 10) ? (guint8)pln_draw_below(&draw, 3) : NONE;
    p[3 * c] = p_turned[3 * back] = (float)a;
    p[3 * c + 1] = p_turned[3 * back + 1] = (float)b;
    p[3 * c + 2] = p_turned[3 * back + 2] = (float)(1 - a - b);
  }
  PlnScored one = {STATES, CALLS, 3, given, NULL, p};
  PlnScored two = {STATES, CALLS, 3, turned, NULL, p_turned};
  PlnMeasures m = pln_measures(&one), t = pln_measures(&two), by[STATES];
  CU_ASSERT_TRUE(m.n == t.n && is_near(m.right, t.right) && is_near(m.apre, t.apre));
  CU_ASSERT_TRUE(is_near(m.gmp, t.gmp) && is_near(m.brier, t.brier));
  CU_ASSERT_TRUE(is_near(m.gmp, exp(-m.log_score)));
  pln_measures_by_state(&one, by);
  double right = 0, log_score = 0;
  for (guint i = 0; i < STATES; i++) {
    right += by[i].right * (double)by[i].n;
    log_score += by[i].log_score * (double)by[i].n;
  }
  CU_ASSERT_TRUE(is_near(right / (double)m.n, m.right));
  CU_ASSERT_TRUE(is_near(log_score / (double)m.n, m.log_score));
}

int main(void) {
  CU_TestInfo tests[] = {{"two classes by hand", test_two_classes_by_hand},
                         {"apart", test_apart},
                         {"three classes by hand", test_three_classes_by_hand},
                         {"only which", test_only_which},
                         {"ruled out", test_ruled_out},
                         {"nothing", test_nothing},
                         {"surprises", test_surprises},
                         {"turned round", test_turned_round},
                         CU_TEST_INFO_NULL};
  return suite_run("measures", tests);
}
