/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rivals: by hand on small matrices, the curve against its own posterior by differences. */
#include "plenary/rivals.h"

#include <math.h>
#include <string.h>

#include "made_cells.h"
#include "plenary/normal.h"
#include "suite.h"

enum { NONE = PLN_ANSWER_NONE };
static const double START_SD = 1.5, TILT_SD = 2; /* of the unordered curve's priors */

/* Six voters: the first two always alike, the next two too, against them; the last two as it
 * comes. */
static const char *const rows[] = {"YYNNYN", "NNYYNN", "YYNNAY", "NNYYYA", "YYAANY", "AANNYY"};
static const int sessions[] = {60, 60, 60, 61, 61, 62};

static PlnRivals *rivals_of(PlnVoteMatrix **matrix, const int *group) {
  *matrix = made_matrix(rows, sessions, 6);
  PlnRivals *rivals = pln_rivals_new(*matrix, 60, 61, 0, group);
  CU_ASSERT_PTR_NOT_NULL_FATAL(rivals);
  return rivals;
}

static const double *of(const double *chance, PlnRival rival, guint voter) {
  return chance + (rival * 6 + voter) * 3;
}

static gboolean are(const double *chance, double no, double abstain, double yes) {
  return fabs(chance[0] - no) < 1e-9 && fabs(chance[1] - abstain) < 1e-9 &&
         fabs(chance[2] - yes) < 1e-9;
}

static void test_shares(void) {
  static const int group[] = {0, 1, 0, 1, -1, 1};
  static const guint8 known[] = {2, 0, NONE, 2, NONE, NONE};
  double chance[PLN_RIVALS * 18];
  PlnVoteMatrix *matrix;
  g_autoptr(PlnRivals) rivals = rivals_of(&matrix, group);
  pln_rivals_ask(rivals, known, chance);
  double no = (1 + 1.0 / 3) / 4, abstain = 1.0 / 3 / 4, yes = (2 + 1.0 / 3) / 4;
  for (guint i = 0; i < 6; i++)
    CU_ASSERT_TRUE(are(of(chance, PLN_RIVAL_SHARES, i), no, abstain, yes));
  CU_ASSERT_TRUE(are(of(chance, PLN_RIVAL_GROUPS, 2), no / 2, abstain / 2, (1 + yes) / 2));
  CU_ASSERT_TRUE(are(of(chance, PLN_RIVAL_GROUPS, 5), (1 + no) / 3, abstain / 3, (1 + yes) / 3));
  CU_ASSERT_TRUE(are(of(chance, PLN_RIVAL_GROUPS, 4), no, abstain, yes)); /* of no group */
  pln_vote_matrix_free(matrix);
}

/* Of a state with one known friend and many foes far off, the friend's answer is the
 * likeliest; of twins each is told by the other. */
static void test_neighbours(void) {
  enum { VOTERS = 16 };
  char row[8][VOTERS + 1];
  const char *list[8];
  int session[8];
  for (guint j = 0; j < 8; j++) {
    for (guint i = 0; i < VOTERS; i++)
      row[j][i] = (i < 6) == (j % 2 == 0) ? 'Y' : 'N';
    row[j][VOTERS] = '\0';
    list[j] = row[j];
    session[j] = 60;
  }
  g_autoptr(PlnVoteMatrix) matrix = made_matrix(list, session, 8);
  g_autoptr(PlnRivals) rivals = pln_rivals_new(matrix, 60, 60, 0, NULL);
  guint8 known[VOTERS];
  double chance[PLN_RIVALS * VOTERS * 3];
  for (guint i = 0; i < VOTERS; i++)
    known[i] = i == 0 || i == 15 ? NONE : i < 6 ? 1 : 0;
  pln_rivals_ask(rivals, known, chance);
  const double *first = chance + (PLN_RIVAL_NEIGHBOURS * VOTERS + 0) * 3;
  const double *last = chance + (PLN_RIVAL_NEIGHBOURS * VOTERS + 15) * 3;
  CU_ASSERT_TRUE(first[1] > 0.85 && last[0] > 0.85);
  double share = (5 + 1.0 / 3) / 15; /* abstaining, of 14 known and one more */
  CU_ASSERT_DOUBLE_EQUAL(first[1], (5 + 0.9 * share) / 5.9, 1e-9);
}

/* A roll call come again: nearly all weight on the one that fits. */
static void test_earlier(void) {
  static const guint8 known[] = {2, NONE, 1, NONE, 0, 2}; /* as the fifth row */
  double chance[PLN_RIVALS * 18];
  PlnVoteMatrix *matrix;
  g_autoptr(PlnRivals) rivals = rivals_of(&matrix, NULL);
  pln_rivals_ask(rivals, known, chance);
  CU_ASSERT_TRUE(of(chance, PLN_RIVAL_EARLIER, 1)[2] > 0.8);
  CU_ASSERT_TRUE(of(chance, PLN_RIVAL_EARLIER, 3)[1] > 0.7);
  pln_vote_matrix_free(matrix);
}

static void test_sums(void) {
  PlnVoteMatrix *matrix;
  g_autoptr(PlnRivals) rivals = rivals_of(&matrix, NULL);
  PlnDraw draw = pln_draw_stream(3, 0, 0);
  for (guint k = 0; k < 200; k++) {
    guint8 known[6];
    double chance[PLN_RIVALS * 18], again[PLN_RIVALS * 18];
    for (guint i = 0; i < 6; i++) {
      guint answer = (guint)pln_draw_below(&draw, 4);
      known[i] = answer < 3 ? (guint8)answer : NONE;
    }
    pln_rivals_ask(rivals, known, chance);
    pln_rivals_ask(rivals, known, again);
    CU_ASSERT_EQUAL(memcmp(chance, again, sizeof chance), 0);
    for (guint c = 0; c < PLN_RIVALS * 6; c++) {
      const double *p = chance + 3 * c;
      CU_ASSERT_TRUE(p[0] > 0 && p[1] > 0 && p[2] > 0);
      CU_ASSERT_DOUBLE_EQUAL(p[0] + p[1] + p[2], 1, 1e-5);
    }
  }
  pln_vote_matrix_free(matrix);
}

/* Nothing of a session outside the window: the last row changes no byte. */
static void test_window(void) {
  static const guint8 known[] = {2, NONE, 1, NONE, 0, NONE};
  double one[PLN_RIVALS * 18], other[PLN_RIVALS * 18];
  PlnVoteMatrix *matrix;
  g_autoptr(PlnRivals) before = rivals_of(&matrix, NULL);
  memset(pln_vote_matrix_row(matrix, 5), PLN_VOTE_Y, 3);
  g_autoptr(PlnRivals) after = pln_rivals_new(matrix, 60, 61, 0, NULL);
  pln_rivals_ask(before, known, one);
  pln_rivals_ask(after, known, other);
  CU_ASSERT_EQUAL(memcmp(one, other, sizeof one), 0);
  CU_ASSERT_PTR_NULL(pln_rivals_new(matrix, 70, 75, 0, NULL));
  pln_vote_matrix_free(matrix);
}

/* The log posterior, written anew. */
static double posterior(guint n, const double *x, const guint8 *answer, const double p[3]) {
  double gap = p[2] - p[1],
         sum = log(gap) - 2 * gap - p[0] * p[0] / 8 - (p[1] * p[1] + p[2] * p[2]) / 18;
  for (guint i = 0; i < n; i++) {
    double below = pln_normal(p[1] - p[0] * x[i]), above = pln_normal(p[0] * x[i] - p[2]);
    sum += log(answer[i] == 0 ? below : answer[i] == 2 ? above : 1 - below - above);
  }
  return sum;
}

static double second(guint n, const double *x, const guint8 *answer, const double *at, guint a,
                     guint b) {
  const double h = 1e-4;
  double sum = 0;
  for (guint k = 0; k < 4; k++) {
    double p[3] = {at[0], at[1], at[2]};
    p[a] += k & 1 ? h : -h;
    p[b] += k & 2 ? h : -h;
    sum += (k == 0 || k == 3 ? 1 : -1) * posterior(n, x, answer, p);
  }
  return sum / (4 * h * h);
}

static void check_curve(guint n, const double *x, const guint8 *answer) {
  double covariance[6];
  PlnCurve curve = pln_rival_curve(n, x, answer, covariance);
  double at[3] = {curve.slope, curve.low, curve.high};
  const double full[3][3] = {{covariance[0], covariance[1], covariance[3]},
                             {covariance[1], covariance[2], covariance[4]},
                             {covariance[3], covariance[4], covariance[5]}};
  for (guint k = 0; k < 3; k++) {
    double up[3] = {at[0], at[1], at[2]}, down[3] = {at[0], at[1], at[2]};
    up[k] += 1e-5;
    down[k] -= 1e-5;
    double slope = (posterior(n, x, answer, up) - posterior(n, x, answer, down)) / 2e-5;
    CU_ASSERT_DOUBLE_EQUAL(slope, 0, 1e-4);
    for (guint l = 0; l < 3; l++) { /* covariance times minus the second derivatives: one */
      double sum = 0;
      for (guint m = 0; m < 3; m++)
        sum -= full[k][m] * second(n, x, answer, at, m, l);
      CU_ASSERT_DOUBLE_EQUAL(sum, k == l, 1e-4);
    }
  }
}

static void test_curve(void) {
  double x[40];
  guint8 answer[40];
  PlnDraw draw = pln_draw_stream(7, 0, 0);
  for (guint round = 0; round < 20; round++) {
    guint n = 2 * round;
    for (guint i = 0; i < n; i++) {
      x[i] = pln_draw_normal(&draw);
      double u = (round % 5 - 2.0) * x[i] + pln_draw_normal(&draw);
      answer[i] = round % 7 == 0 ? 2 : u < -0.5 ? 0 : u > 0.4 ? 2 : 1;
    }
    check_curve(n, x, answer);
  }
  for (guint i = 0; i < 40; i++) { /* separated: the priors keep it finite */
    x[i] = i < 20 ? -1 - 0.1 * i : 1 + 0.1 * i;
    answer[i] = i < 20 ? 0 : 2;
  }
  check_curve(40, x, answer);
}

/* The log posterior of the unordered curve, written anew. */
static double choice_posterior(guint n, const double *x, const guint8 *answer,
                               const double share[3], const double at[6]) {
  double sum = 0;
  for (guint k = 0; k < 3; k++)
    sum -= pow((at[2 * k] - log(share[k])) / START_SD, 2) / 2 + pow(at[2 * k + 1] / TILT_SD, 2) / 2;
  for (guint i = 0; i < n; i++) {
    double all = 0;
    for (guint k = 0; k < 3; k++)
      all += exp(at[2 * k] + at[2 * k + 1] * x[i]);
    sum += at[2 * answer[i]] + at[2 * answer[i] + 1] * x[i] - log(all);
  }
  return sum;
}

/* At the mode all slopes are 0, and the covariance times minus the second differences is one. */
static void check_choice(guint n, const double *x, const guint8 *answer, const double share[3]) {
  const double h = 1e-4;
  PlnRivalChoice choice;
  double bend[6][6];
  pln_rival_choice(n, x, answer, share, &choice);
  for (guint a = 0; a < 6; a++)
    for (guint b = 0; b < 6; b++) {
      bend[a][b] = 0;
      for (guint k = 0; k < 4; k++) {
        double p[6];
        memcpy(p, choice.at, sizeof p);
        p[a] += k & 1 ? h : -h;
        p[b] += k & 2 ? h : -h;
        bend[a][b] -=
            (k == 0 || k == 3 ? 1 : -1) * choice_posterior(n, x, answer, share, p) / (4 * h * h);
      }
    }
  for (guint a = 0; a < 6; a++) {
    double up[6], down[6];
    memcpy(up, choice.at, sizeof up);
    memcpy(down, choice.at, sizeof down);
    up[a] += 1e-5;
    down[a] -= 1e-5;
    CU_ASSERT_DOUBLE_EQUAL(
        (choice_posterior(n, x, answer, share, up) - choice_posterior(n, x, answer, share, down)) /
            2e-5,
        0, 1e-4);
    for (guint b = 0; b < 6; b++) {
      double sum = 0;
      for (guint k = 0; k < 6; k++)
        sum += choice.covariance[8 * a + k] * bend[k][b];
      CU_ASSERT_DOUBLE_EQUAL(sum, a == b, 1e-3);
    }
  }
}

static void test_choice(void) {
  static const double share[3] = {0.2, 0.3, 0.5};
  double x[40], chance[3];
  guint8 answer[40];
  PlnRivalChoice choice;
  PlnDraw draw = pln_draw_stream(8, 0, 0);
  for (guint round = 0; round < 10; round++) {
    for (guint i = 0; i < 4 * round; i++) {
      x[i] = pln_draw_normal(&draw);
      answer[i] = (guint8)pln_draw_below(&draw, 3);
    }
    check_choice(4 * round, x, answer, share);
  }
  for (guint i = 0; i < 40; i++) { /* separated, abstainers at one end */
    x[i] = -2 + 0.1 * i;
    answer[i] = i < 12 ? 1 : i < 26 ? 0 : 2;
  }
  check_choice(40, x, answer, share);
  pln_rival_choice(40, x, answer, share, &choice);
  pln_rival_choice_chance(&choice, -2, 0.1, chance);
  CU_ASSERT_TRUE(chance[1] > 0.9);
  pln_rival_choice(0, x, answer, share, &choice); /* no evidence: the shares, in their order */
  for (guint k = 0; k < 3; k++)
    CU_ASSERT_DOUBLE_EQUAL(choice.at[2 * k], log(share[k]), 1e-9);
  pln_rival_choice_chance(&choice, 0, 0, chance);
  CU_ASSERT_TRUE(chance[0] > 0.2 && chance[0] < chance[1] && chance[1] < chance[2] && chance[2] < 0.5);
}

/* The answers' names may be exchanged: chances follow, which an ordered curve's would not. */
static void test_no_order(void) {
  static const guint8 known[] = {2, 0, 1, NONE, 2, NONE}, turned[] = {1, 2, 0, NONE, 1, NONE};
  static const guint to[] = {2, 0, 1};
  double one[PLN_RIVALS * 18], other[PLN_RIVALS * 18], ordered = 0;
  PlnVoteMatrix *matrix;
  g_autoptr(PlnRivals) rivals = rivals_of(&matrix, NULL);
  pln_rivals_ask(rivals, known, one);
  pln_rivals_ask(rivals, turned, other);
  for (guint i = 0; i < 6; i++)
    for (guint k = 0; k < 3; k++) {
      CU_ASSERT_DOUBLE_EQUAL(of(one, PLN_RIVAL_UNORDERED, i)[k],
                             of(other, PLN_RIVAL_UNORDERED, i)[to[k]], 1e-9);
      ordered += fabs(of(one, PLN_RIVAL_SCALE, i)[k] - of(other, PLN_RIVAL_SCALE, i)[to[k]]);
    }
  CU_ASSERT_TRUE(ordered > 0.1);
  pln_vote_matrix_free(matrix);
}

/* Chances with errors against a sum over draws of coefficients and position. */
static void test_choice_errors(void) {
  enum { N = 30, DRAWS = 40000 };
  static const double share[3] = {0.3, 0.3, 0.4};
  double x[N], chance[3], factor[6][6] = {{0}};
  guint8 answer[N];
  PlnRivalChoice choice;
  PlnDraw draw = pln_draw_stream(9, 0, 0);
  for (guint i = 0; i < N; i++) {
    x[i] = pln_draw_normal(&draw);
    double u = 1.5 * x[i] + pln_draw_normal(&draw);
    answer[i] = u < -0.6 ? 0 : u > 0.6 ? 2 : 1;
  }
  pln_rival_choice(N, x, answer, share, &choice);
  for (guint a = 0; a < 6; a++)
    for (guint b = 0; b <= a; b++) {
      double sum = choice.covariance[8 * a + b];
      for (guint k = 0; k < b; k++)
        sum -= factor[a][k] * factor[b][k];
      factor[a][b] = a == b ? sqrt(sum) : sum / factor[b][b];
    }
  for (double at = -2; at <= 2; at += 1) {
    double mean[3] = {0};
    for (guint d = 0; d < DRAWS; d++) {
      double z[6], c[6], u[3], all = 0, where = at + 0.3 * pln_draw_normal(&draw);
      pln_draw_normals(&draw, 6, z);
      for (guint a = 0; a < 6; a++) {
        c[a] = choice.at[a];
        for (guint b = 0; b <= a; b++)
          c[a] += factor[a][b] * z[b];
      }
      for (guint k = 0; k < 3; k++)
        all += u[k] = exp(c[2 * k] + c[2 * k + 1] * where);
      for (guint k = 0; k < 3; k++)
        mean[k] += u[k] / all / DRAWS;
    }
    pln_rival_choice_chance(&choice, at, 0.3, chance);
    for (guint k = 0; k < 3; k++)
      CU_ASSERT_DOUBLE_EQUAL(chance[k], mean[k], 0.02);
  }
}

/* Where the scale has them: two camps apart; of none without a vote. */
static void test_position(void) {
  static const char *const votes[] = {"YYNN-", "YYNN-", "YANN-", "NNYY-"};
  static const int session[] = {60, 60, 60, 60};
  g_autoptr(PlnVoteMatrix) matrix = made_matrix(votes, session, 4);
  g_autoptr(PlnRivals) rivals = pln_rivals_new(matrix, 60, 60, 0, NULL);
  double x[5];
  for (guint i = 0; i < 5; i++)
    x[i] = pln_rivals_position(rivals, i);
  CU_ASSERT_TRUE(x[0] * x[2] < 0 && x[1] * x[3] < 0 && x[0] * x[1] > 0);
  CU_ASSERT_TRUE(isnan(x[4]));
}

int main(void) {
  CU_TestInfo tests[] = {{"shares", test_shares},
                         {"neighbours", test_neighbours},
                         {"earlier", test_earlier},
                         {"sums", test_sums},
                         {"window", test_window},
                         {"curve", test_curve},
                         {"choice", test_choice},
                         {"no order", test_no_order},
                         {"choice's errors", test_choice_errors},
                         {"position", test_position},
                         CU_TEST_INFO_NULL};
  return suite_run("rivals", tests);
}
