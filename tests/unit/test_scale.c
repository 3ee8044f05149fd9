/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The static scale: derivatives and errors against differences, known positions found again,
 * intervals that cover as often as they say, and every degenerate case answered. */
#include "plenary/scale.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "made_cells.h"
#include "plenary/axis.h"
#include "plenary/scale_errors.h"
#include "suite.h"

enum { LANES = PLN_CURVE_LANES };

static gboolean is_near(double a, double b, double tolerance) {
  return fabs(a - b) <= tolerance * (1 + fabs(a) + fabs(b));
}

static void test_beyond(void) {
  const double x[LANES] = {-30, -5, -1, -0.1, 0, 0.3, 2, 30}, h = 1e-5;
  double log[LANES], g[LANES], w[LANES], up[LANES], up_g[LANES], down[LANES], down_g[LANES],
      no[LANES];
  for (double side = -1; side <= 1; side += 2) {
    pln_curve_beyond(LANES, x, 1, 0.4, side, log, g, w);
    pln_curve_beyond(LANES, x, 1, 0.4 - h, side, up, up_g, no); /* eta - cut is all that counts */
    pln_curve_beyond(LANES, x, 1, 0.4 + h, side, down, down_g, no);
    for (guint l = 0; l < LANES; l++) {
      CU_ASSERT_TRUE(is_near(g[l], (up[l] - down[l]) / (2 * h), 1e-7));
      CU_ASSERT_TRUE(is_near(w[l], -(up_g[l] - down_g[l]) / (2 * h), 1e-5));
      CU_ASSERT_TRUE(w[l] >= 0 && isfinite(log[l]));
    }
  }
}

static void between(const double *x, const PlnCurve *curve, double out[6][LANES]) {
  PlnCurveBetween to = {out[0], out[1], out[2], out[3], out[4], out[5]};
  pln_curve_between(LANES, x, curve, &to);
}

static void test_between(void) {
  const double x[LANES] = {-25, -5, -1, -0.1, 0, 0.3, 2, 25}, h = 1e-5;
  const PlnCurve curves[] = {{1.3, -0.5, 0.6}, {-0.8, 1, 1.05}, {2, -3, 3}};
  for (guint c = 0; c < G_N_ELEMENTS(curves); c++) {
    PlnCurve low_up = curves[c], low_down = curves[c], high_up = curves[c], high_down = curves[c];
    double at[6][LANES], lu[6][LANES], ld[6][LANES], hu[6][LANES], hd[6][LANES];
    low_up.low += h;
    low_down.low -= h;
    high_up.high += h;
    high_down.high -= h;
    between(x, &curves[c], at);
    between(x, &low_up, lu);
    between(x, &low_down, ld);
    between(x, &high_up, hu);
    between(x, &high_down, hd);
    for (guint l = 0; l < LANES; l++) {
      CU_ASSERT_TRUE(is_near(at[1][l], (lu[0][l] - ld[0][l]) / (2 * h), 1e-6));
      CU_ASSERT_TRUE(is_near(at[2][l], (hu[0][l] - hd[0][l]) / (2 * h), 1e-6));
      CU_ASSERT_TRUE(is_near(at[3][l], -(lu[1][l] - ld[1][l]) / (2 * h), 1e-4));
      CU_ASSERT_TRUE(is_near(at[4][l], -(hu[1][l] - hd[1][l]) / (2 * h), 1e-4));
      CU_ASSERT_TRUE(is_near(at[5][l], -(hu[2][l] - hd[2][l]) / (2 * h), 1e-4));
      CU_ASSERT_TRUE(at[3][l] + 2 * at[4][l] + at[5][l] >= -1e-8 * at[3][l]);
    }
  }
}

static void test_chance(void) {
  const PlnCurve curve = {1.5, -0.4, 0.5};
  const double v[6] = {0.04, 0.01, 0.05, 0.01, 0.03, 0.06};
  for (guint classes = 2; classes <= 3; classes++)
    for (double x = -4; x <= 4; x += 0.5) {
      double sure[3] = {0}, unsure[3] = {0};
      pln_curve_chance(&curve, NULL, classes, x, 0, sure);
      pln_curve_chance(&curve, v, classes, x, 0.2, unsure);
      CU_ASSERT_TRUE(is_near(sure[0] + sure[1] + sure[2], 1, 1e-12));
      CU_ASSERT_TRUE(is_near(unsure[0] + unsure[1] + unsure[2], 1, 1e-12));
      CU_ASSERT_TRUE(fabs(unsure[0] - 0.5) <= fabs(sure[0] - 0.5));
    }
}

/* One axis of five states and nine roll calls at its mode, for the differences. */
static PlnAxis *small_axis(guint classes) {
  PlnDraw draw = pln_draw_stream(3, 900, classes);
  double x[5] = {-1.4, -0.6, 0.1, 0.5, 1.4};
  PlnCurve curve[9];
  guint32 node[5] = {0, 1, 2, 3, 4};
  PlnAxisPrior prior = {1, 1.5, 1.5, 0.5};
  PlnCells *cells = made_blank(5, 9, 1, classes);
  made_curves(9, classes, &draw, curve);
  made_draw(cells, x, curve, 0.1, &draw);
  PlnAxis *axis = pln_axis_new(cells, node, 5, NULL, &prior);
  pln_axis_start(axis, node, 5);
  pln_axis_fit(axis, 100, 1e-12);
  pln_cells_free(cells);
  return axis;
}

static double *parameter(PlnAxis *axis, guint k) {
  if (k < axis->n_nodes)
    return &axis->x[k];
  guint p = (k - axis->n_nodes) % axis->classes;
  PlnCurve *curve = &axis->curve[(k - axis->n_nodes) / axis->classes];
  return p == 0 ? &curve->slope : p == 1 ? &curve->low : &curve->high;
}

static double slope_of_objective(PlnAxis *axis, guint k) {
  guint j = k - axis->n_nodes;
  return k < axis->n_nodes ? axis->gradient_x[k]
                           : axis->gradient_curve[3 * (j / axis->classes) + j % axis->classes];
}

enum { MOST = 32 };

/* matrix = its inverse, by elimination. */
static void invert(guint n, double matrix[MOST][MOST]) {
  for (guint k = 0; k < n; k++) {
    double pivot = 1 / matrix[k][k];
    matrix[k][k] = 1;
    for (guint l = 0; l < n; l++)
      matrix[k][l] *= pivot;
    for (guint i = 0; i < n; i++) {
      double by = i == k ? 0 : matrix[i][k];
      matrix[i][k] = i == k ? matrix[i][k] : 0;
      for (guint l = 0; l < n && i != k; l++)
        matrix[i][l] -= by * matrix[k][l];
    }
  }
}

/* The positions, then the curves of a standardised axis. */
static void standardised(PlnAxis *axis, double *out, double *mean, double *unit) {
  guint n = axis->n_nodes;
  double sum = 0, square = 0;
  for (guint i = 0; i < n; i++)
    sum += axis->x[i] / n;
  for (guint i = 0; i < n; i++)
    square += (axis->x[i] - sum) * (axis->x[i] - sum) / n;
  *mean = sum;
  *unit = sqrt(square);
  for (guint i = 0; i < n; i++)
    out[i] = (axis->x[i] - *mean) / *unit;
  for (guint j = 0; j < axis->n_calls; j++) {
    const PlnCurve *c = &axis->curve[j];
    out[n + axis->classes * j] = c->slope * *unit;
    out[n + axis->classes * j + 1] = c->low - c->slope * *mean;
    if (axis->classes == 3)
      out[n + axis->classes * j + 2] = c->high - c->slope * *mean;
  }
}

/* The errors against the inverse of a Hessian by differences, through a Jacobian by
 * differences. */
static void errors_by_differences(guint classes) {
  static double hessian[MOST][MOST], turn[MOST][MOST];
  PlnAxis *axis = small_axis(classes);
  guint n = axis->n_nodes + classes * axis->n_calls;
  double h = 1e-5, up[MOST], down[MOST], mean, unit, variance[5], covariance[6 * 9];
  const guint8 counts[5] = {1, 1, 1, 1, 1};
  CU_ASSERT_TRUE(axis->converged);
  for (guint k = 0; k < n; k++) {
    double *at = parameter(axis, k), was = *at;
    *at = was + h;
    pln_axis_derive(axis, 1);
    for (guint l = 0; l < n; l++)
      up[l] = slope_of_objective(axis, l);
    *at = was - h;
    pln_axis_derive(axis, 1);
    for (guint l = 0; l < n; l++)
      hessian[k][l] = -(up[l] - slope_of_objective(axis, l)) / (2 * h);
    *at = was + h;
    standardised(axis, up, &mean, &unit);
    *at = was - h;
    standardised(axis, down, &mean, &unit);
    for (guint l = 0; l < n; l++)
      turn[l][k] = (up[l] - down[l]) / (2 * h);
    *at = was;
  }
  pln_axis_derive(axis, 1);
  for (guint k = 0; k < n; k++)
    CU_ASSERT_TRUE(fabs(slope_of_objective(axis, k)) < 1e-4);
  invert(n, hessian);
  standardised(axis, up, &mean, &unit);
  CU_ASSERT_TRUE(pln_scale_errors(axis, mean, unit, counts, variance, covariance));
  for (guint k = 0; k < n; k++) {
    double sum = 0;
    for (guint a = 0; a < n; a++)
      for (guint b = 0; b < n; b++)
        sum += turn[k][a] * hessian[a][b] * turn[k][b];
    guint j = k - axis->n_nodes, p = j % classes;
    double ours =
        k < axis->n_nodes ? variance[k] : covariance[6 * (j / classes) + (p + 1) * (p + 2) / 2 - 1];
    CU_ASSERT_TRUE(is_near(ours, sum, 1e-4));
  }
  pln_axis_free(axis);
}

static void test_errors(void) {
  errors_by_differences(2);
  errors_by_differences(3);
}

static void test_recovery(void) {
  enum { STATES = 60, CALLS = 200 };
  double x[STATES], slope[CALLS], found[CALLS];
  PlnCurve curve[CALLS];
  for (guint classes = 2; classes <= 3; classes++) {
    PlnDraw draw = pln_draw_stream(1, 901, classes);
    for (guint i = 0; i < STATES; i++)
      x[i] = pln_draw_normal(&draw);
    made_standard(STATES, x);
    made_curves(CALLS, classes, &draw, curve);
    g_autoptr(PlnCells) cells = made_blank(STATES, CALLS, 1, classes);
    made_draw(cells, x, curve, 0.1, &draw);
    PlnScaleOptions options = pln_scale_options();
    for (guint i = 0; i < STATES; i++) {
      options.plus = x[i] > 1.2 ? (int)i : options.plus;
      options.minus = x[i] < -1.2 ? (int)i : options.minus;
    }
    g_autoptr(PlnScale) scale = pln_scale_new(cells, &options),
                        again = pln_scale_new(cells, &options);
    CU_ASSERT_TRUE(scale->converged);
    CU_ASSERT_PTR_NULL(scale->words);
    CU_ASSERT_EQUAL(scale->cells, cells->seen);
    CU_ASSERT_TRUE(made_correlation(STATES, x, scale->position) > 0.985);
    for (guint j = 0; j < CALLS; j++) {
      slope[j] = curve[j].slope;
      found[j] = scale->curve[j].slope;
    }
    CU_ASSERT_TRUE(made_correlation(CALLS, slope, found) > 0.9);
    CU_ASSERT_EQUAL(memcmp(scale->position, again->position, sizeof x), 0);
    CU_ASSERT_EQUAL(memcmp(scale->error, again->error, sizeof x), 0);
    options.plus = options.minus;
    options.minus = -1;
    g_autoptr(PlnScale) turned = pln_scale_new(cells, &options);
    CU_ASSERT_TRUE(is_near(turned->position[0], -scale->position[0], 1e-12));
    CU_ASSERT_TRUE(is_near(turned->curve[0].slope, -scale->curve[0].slope, 1e-12));
  }
}

/* A roll call of weight 2 is that roll call twice, one of weight 0 is none; a voter that is
 * left without any stands where the prior has it. */
static void test_weight(void) {
  enum { STATES = 12, CALLS = 20 };
  PlnDraw draw = pln_draw_stream(1, 902, 0);
  double x[STATES], twice[CALLS], weight[CALLS];
  PlnCurve curve[CALLS];
  for (guint i = 0; i < STATES; i++)
    x[i] = (i - 5.5) / 3.5;
  made_curves(CALLS, 3, &draw, curve);
  g_autoptr(PlnCells) cells = made_blank(STATES, CALLS, 1, 3),
                      doubled = made_blank(STATES, CALLS, 1, 3);
  made_draw(cells, x, curve, 0, &draw);
  memcpy(doubled->answer, cells->answer, STATES * CALLS);
  for (guint i = 0; i < STATES; i++) /* the last but one again, in place of the last */
    doubled->answer[19 * STATES + i] = doubled->answer[18 * STATES + i];
  for (guint j = 0; j < CALLS; j++) {
    weight[j] = j == 19 ? 0 : j == 18 ? 2 : 1;
    twice[j] = 1;
  }
  PlnScaleOptions options = pln_scale_options();
  options.weight = weight;
  options.slope_sd = 1;
  g_autoptr(PlnScale) a = pln_scale_new(cells, &options);
  options.weight = twice;
  g_autoptr(PlnScale) b = pln_scale_new(doubled, &options);
  /* Two roll calls have two curves with a prior each: nearly the same, not quite. */
  CU_ASSERT_TRUE(made_correlation(STATES, a->position, b->position) > 0.995);
  for (guint j = 0; j < CALLS; j++)
    cells->answer[j * STATES] = PLN_ANSWER_NONE;
  g_autoptr(PlnScale) left = pln_scale_new(cells, &options);
  CU_ASSERT_TRUE(left->error[0] > 0.6 && fabs(left->position[0]) < 0.5);
}

static void expect(PlnCells *cells, const char *word) {
  PlnScaleOptions options = pln_scale_options();
  g_autoptr(PlnScale) scale = pln_scale_new(cells, &options);
  if (word)
    CU_ASSERT_TRUE(scale->words && strstr(scale->words, word));
  for (guint i = 0; i < scale->n_states; i++)
    CU_ASSERT_TRUE(isfinite(scale->position[i]) && isfinite(scale->error[i]));
  for (guint j = 0; j < scale->n_calls; j++) {
    double chance[3] = {0, 0, 0};
    CU_ASSERT_TRUE(isfinite(scale->curve[j].slope) && isfinite(scale->curve_error[j].low));
    CU_ASSERT_TRUE(scale->curve[j].low <= scale->curve[j].high);
    for (guint i = 0; i < scale->n_states; i++) {
      pln_scale_chance(scale, i, j, chance);
      CU_ASSERT_TRUE(is_near(chance[0] + chance[1] + chance[2], 1, 1e-9));
    }
  }
  pln_cells_free(cells);
}

static PlnCells *all_alike(guint n_states, guint n_calls, guint classes, guint8 answer) {
  PlnCells *cells = made_blank(n_states, n_calls, 1, classes);
  memset(cells->answer, answer, (gsize)n_states * n_calls);
  return cells;
}

static void test_degenerate(void) {
  for (guint classes = 2; classes <= 3; classes++) {
    expect(made_blank(0, 0, 0, classes), "no answers");
    expect(made_blank(4, 0, 0, classes), "no answers");
    expect(made_blank(0, 4, 1, classes), "no answers");
    expect(made_blank(4, 4, 1, classes), "no answers");
    for (guint8 answer = 0; answer < classes; answer++) {
      expect(all_alike(1, 1, classes, answer), "only one");
      expect(all_alike(1, 9, classes, answer), "only one");
      expect(all_alike(7, 1, classes, answer), "do not differ");
      expect(all_alike(7, 9, classes, answer), "do not differ");
    }
    PlnCells *cells = all_alike(8, 6, classes, 0);
    for (guint j = 0; j < 6; j++) /* perfectly separated, the same way each time */
      for (guint i = 4; i < 8; i++)
        cells->answer[j * 8 + i] = (guint8)(classes - 1);
    expect(cells, NULL);
    cells = all_alike(8, 1, classes, 0); /* one roll call that divides */
    cells->answer[3] = 1;
    expect(cells, NULL);
    cells = all_alike(30, 40, classes, 1); /* one dissenter, who stands alone */
    for (guint j = 0; j < 40; j++)
      cells->answer[j * 30 + 7] = 0;
    expect(cells, NULL);
    cells = made_blank(6, 8, 1, classes); /* two groups that never meet in a roll call */
    for (guint j = 0; j < 8; j++)
      for (guint i = 0; i < 3; i++)
        cells->answer[j * 6 + (j % 2) * 3 + i] = (i + j / 2) % 2;
    expect(cells, NULL);
  }
}

/* Above the limit the errors come one by one, near those of the whole matrix. */
static void test_many(void) {
  if (suite_is_quick())
    return;
  enum { STATES = PLN_SCALE_DENSE + 1, CALLS = 60 };
  static double x[STATES];
  PlnCurve curve[CALLS];
  PlnDraw draw = pln_draw_stream(7, 909, 0);
  for (guint i = 0; i < STATES; i++)
    x[i] = pln_draw_normal(&draw);
  made_standard(STATES, x);
  made_curves(CALLS, 2, &draw, curve);
  g_autoptr(PlnCells) cells = made_blank(STATES, CALLS, 1, 2);
  made_draw(cells, x, curve, 0, &draw);
  PlnScaleOptions options = pln_scale_options();
  g_autoptr(PlnScale) scale = pln_scale_new(cells, &options);
  CU_ASSERT_TRUE(scale->words && strstr(scale->words, "more than 1500"));
  double turn = made_correlation(STATES, x, scale->position) < 0 ? -1 : 1, covered = 0;
  for (guint i = 0; i < STATES; i++)
    covered += fabs(turn * scale->position[i] - x[i]) < 1.6448536 * scale->error[i];
  CU_ASSERT_TRUE(covered / STATES > 0.87 && covered / STATES < 0.93);
}

/* Intervals of 90 % cover the true positions, standardised as the scale is, 88 to 92 % of
 * the time: 500 sets of votes. */
static void test_coverage(void) {
  if (suite_is_quick())
    return;
  enum { STATES = 40, CALLS = 100, SETS = 500 };
  double x[STATES];
  PlnCurve curve[CALLS];
  for (guint classes = 2; classes <= 3; classes++) {
    guint covered = 0;
    double ratio = 0;
    for (guint set = 0; set < SETS; set++) {
      PlnDraw draw = pln_draw_stream(7, 903 + classes, set);
      for (guint i = 0; i < STATES; i++)
        x[i] = pln_draw_normal(&draw);
      made_standard(STATES, x);
      made_curves(CALLS, classes, &draw, curve);
      g_autoptr(PlnCells) cells = made_blank(STATES, CALLS, 1, classes);
      made_draw(cells, x, curve, 0.1, &draw);
      PlnScaleOptions options = pln_scale_options();
      options.slope_sd = options.cut_sd = 1.5;
      g_autoptr(PlnScale) scale = pln_scale_new(cells, &options);
      double turn = made_correlation(STATES, x, scale->position) < 0 ? -1 : 1;
      for (guint i = 0; i < STATES; i++) {
        double z = (turn * scale->position[i] - x[i]) / scale->error[i];
        covered += fabs(z) < 1.6448536;
        ratio += z * z / (STATES * SETS);
      }
    }
    double share = (double)covered / (STATES * SETS);
    printf("%u classes: 90%% intervals cover %.2f%%, error / standard error %.3f ... ", classes,
           100 * share, sqrt(ratio));
    CU_ASSERT_TRUE(share > 0.88 && share < 0.92);
  }
}

int main(void) {
  CU_TestInfo tests[] = {{"an answer beyond a cut", test_beyond},
                         {"an answer between the cuts", test_between},
                         {"chances", test_chance},
                         {"errors are those of the whole curvature", test_errors},
                         {"known positions are found again", test_recovery},
                         {"weights", test_weight},
                         {"always an answer", test_degenerate},
                         {"many voters", test_many},
                         {"intervals cover", test_coverage},
                         CU_TEST_INFO_NULL};
  return suite_run("scale", tests);
}
