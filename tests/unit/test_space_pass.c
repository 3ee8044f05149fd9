/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pass: gradient and curvature against differences of a log likelihood written anew. */
#include "plenary/space_pass.h"

#include <math.h>
#include <string.h>

#include "plenary/cells.h"
#include "plenary/draw.h"
#include "suite.h"

enum { NONE = PLN_ANSWER_NONE };

static double below(double x) {
  return 0.5 * erfc(-x / sqrt(2));
}

/* The log likelihood as the header of the pass states it, by the C library's functions.
 * @only: one cell, or -1 for all */
static double log_likelihood(const PlnPass *pass, const double *coefficient, int only) {
  double sum = 0;
  for (gsize i = 0; i < pass->n; i++) {
    if (pass->answer[i] == NONE || (only >= 0 && (gsize)only != i))
      continue;
    double mu = pass->offset ? pass->offset[i] : 0;
    double w = pass->width_offset ? pass->width_offset[i] : 0;
    for (guint k = 0; k < pass->nr + pass->nw; k++)
      *(k < pass->nr ? &mu : &w) += coefficient[k] * pass->column[k][i];
    w = pass->nw > 0 ? exp(w) : 0;
    double no = below(-w - mu), yes = below(mu - w), abstain = below(w - mu) - no;
    guint answer = pass->answer[i];
    double chance = answer == 0 ? no : answer == pass->classes - 1 ? yes : abstain;
    sum += (pass->weight ? pass->weight[i] : 1) * log(chance);
  }
  return sum;
}

static double second_difference(const PlnPass *pass, const double *at, guint k, guint l, int only) {
  enum { MOST = 16 };
  const double h = 1e-4;
  double sum = 0, c[MOST];
  for (int corner = 0; corner < 4; corner++) {
    double up = corner & 1 ? h : -h, over = corner & 2 ? h : -h;
    memcpy(c, at, sizeof(double) * (pass->nr + pass->nw));
    c[k] += up;
    c[l] += over;
    sum += (up * over > 0 ? 1 : -1) * log_likelihood(pass, c, only);
  }
  return sum / (4 * h * h);
}

/* Minus the second derivative, as the pass has it: where an abstention's log chance is convex
 * in log w it is taken as straight.  The last width column, of ones, tells in which cells. */
static double curvature_of(const PlnPass *pass, const double *at, guint k, guint l) {
  guint last = pass->nr + pass->nw - 1;
  if (k < pass->nr || l < pass->nr)
    return -second_difference(pass, at, k, l, -1);
  double sum = 0;
  for (int i = 0; i < (int)pass->n; i++)
    if (second_difference(pass, at, last, last, i) < 0)
      sum -= second_difference(pass, at, k, l, i);
  return sum;
}

static void check_pass(guint classes, guint nw, gboolean bare) {
  enum { N = 64, NR = 4, STRIDE = 8 };
  PlnDraw draw = pln_draw_stream(5, classes, nw);
  static double column[NR + 3][N], offset[N], width_offset[N], weight[N];
  static double scratch[PLN_PASS_SCRATCH(N)];
  guint8 answer[N];
  double at[NR + 3], gradient[STRIDE] = {0}, curvature[STRIDE * STRIDE] = {0};
  for (guint i = 0; i < N; i++) {
    for (guint k = 0; k < NR + nw; k++)
      column[k][i] = k + 1 == NR + nw && nw > 0 ? 1 : pln_draw_normal(&draw);
    offset[i] = pln_draw_normal(&draw);
    width_offset[i] = 0.5 * pln_draw_normal(&draw);
    weight[i] = pln_draw_uniform(&draw);
    answer[i] = i % 7 == 3 ? NONE : (guint8)pln_draw_below(&draw, classes);
  }
  for (guint k = 0; k < NR + nw; k++)
    at[k] = 0.4 * pln_draw_normal(&draw);
  PlnPass pass = {.n = N, .nr = NR, .nw = nw, .classes = classes, .answer = answer};
  for (guint k = 0; k < NR + nw; k++)
    pass.column[k] = column[k];
  if (!bare) {
    pass.offset = offset;
    pass.width_offset = width_offset;
    pass.weight = weight;
  }
  gradient[0] = curvature[0] = 10; /* both are added to */
  pln_pass(&pass, at, scratch, gradient, curvature, STRIDE);
  gradient[0] -= 10;
  curvature[0] -= 10;
  for (guint k = 0; k < NR + nw; k++) {
    const double h = 1e-5;
    double moved[NR + 3], slope;
    memcpy(moved, at, sizeof at);
    moved[k] = at[k] + h;
    slope = log_likelihood(&pass, moved, -1);
    moved[k] = at[k] - h;
    slope -= log_likelihood(&pass, moved, -1);
    CU_ASSERT_TRUE(fabs(gradient[k] - slope / (2 * h)) < 1e-6);
    for (guint l = 0; l <= k; l++)
      CU_ASSERT_TRUE(fabs(curvature[k * STRIDE + l] - curvature_of(&pass, at, k, l)) < 1e-4);
  }
  double mu[N], log_width[N];
  pln_pass_predict(&pass, at, mu, log_width);
  for (guint k = 0; k < NR; k++)
    mu[9] -= at[k] * column[k][9];
  CU_ASSERT_TRUE(fabs(mu[9] - (bare ? 0 : offset[9])) < 1e-12);
}

static void test_pass(void) {
  check_pass(2, 0, TRUE);
  check_pass(2, 0, FALSE);
  check_pass(3, 1, TRUE);
  check_pass(3, 1, FALSE);
  check_pass(3, 3, FALSE);
}

int main(void) {
  CU_TestInfo tests[] = {{"derivatives", test_pass}, CU_TEST_INFO_NULL};
  return suite_run("space_pass", tests);
}
