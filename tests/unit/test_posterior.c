/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Full Bayes on votes made from known positions: they are recovered, and by simulation the
 * posterior is calibrated.  Against other programs' posteriors: scripts/peers/bayes.R. */
#include "plenary/posterior.h"

#include <math.h>
#include <string.h>

#include "plenary/draw.h"
#include "plenary/lanes.h"
#include "plenary/normal.h"
#include "suite.h"

typedef struct {
  PlnCells cells;
  double *position, *slope, *cut; /* as drawn from the prior; two cuts a roll call */
} Made;

/* @absent: the share of cells that are missing. */
static Made made_new(guint n, guint m, guint classes, double item_sd, double absent, guint which) {
  PlnDraw draw = pln_draw_stream(2026, 1, which);
  Made d = {.cells = {.n_states = n, .n_calls = m, .classes = classes}};
  d.cells.answer = g_malloc((gsize)n * m + 1);
  d.position = g_new(double, n);
  d.slope = g_new(double, m);
  d.cut = g_new(double, 2 * m);
  pln_draw_normals(&draw, n, d.position);
  for (guint j = 0; j < m; j++) {
    double a = item_sd * pln_draw_normal(&draw), b = item_sd * pln_draw_normal(&draw);
    d.slope[j] = item_sd * pln_draw_normal(&draw);
    d.cut[2 * j] = classes == 3 ? fmin(a, b) : a;
    d.cut[2 * j + 1] = classes == 3 ? fmax(a, b) : a;
    for (guint i = 0; i < n; i++) {
      double u = d.slope[j] * d.position[i] + pln_draw_normal(&draw);
      guint8 answer = (guint8)((u > d.cut[2 * j]) + (classes == 3 && u > d.cut[2 * j + 1]));
      gboolean gone = pln_draw_uniform(&draw) < absent;
      d.cells.answer[(gsize)j * n + i] = gone ? PLN_ANSWER_NONE : answer;
      d.cells.seen += !gone;
    }
  }
  return d;
}

static void made_clear(Made *d) {
  g_free(d->cells.answer);
  g_free(d->position);
  g_free(d->slope);
  g_free(d->cut);
}

static void standardise(double *x, guint n) {
  double mean = 0, square = 0;
  for (guint i = 0; i < n; i++)
    mean += x[i] / n;
  for (guint i = 0; i < n; i++)
    square += (x[i] - mean) * (x[i] - mean) / (n - 1);
  for (guint i = 0; i < n; i++)
    x[i] = (x[i] - mean) / sqrt(square);
}

static void test_lanes(void) {
  double worst_exp = 0, worst_tail = 0;
  for (int k = 0; k <= 4000; k++) {
    double z = k / 400.0;
    PlnLanes p, q, e = pln_lanes_exp_minus(pln_lanes_all((float)(0.5 * z * z)));
    pln_lanes_tail(pln_lanes_all((float)z), &p, &q);
    double tail = p[3] / (double)q[3] * pln_exp(-0.5 * z * z);
    if (z < 5)
      worst_exp = fmax(worst_exp, fabs(e[5] / pln_exp(-(double)(float)(0.5 * z * z)) - 1));
    worst_tail = fmax(worst_tail, fabs(tail / pln_normal(-(double)(float)z) - 1));
  }
  CU_ASSERT(worst_exp < 2e-6);
  CU_ASSERT(worst_tail < 5e-6); /* of which most is the rounding of z */
  PlnLanes far = pln_lanes_exp_minus(pln_lanes_all(1e6f));
  CU_ASSERT(far[0] > 0 && far[0] < 1e-35f);
}

static void recovers(guint classes, guint which) {
  Made d = made_new(40, 240, classes, 1.5, 0.1, which);
  PlnPosteriorOptions o = pln_posterior_options();
  o.thin = 2;
  o.item_sd = 1.5;
  guint low = 0, high = 0, inside = 0;
  for (guint i = 1; i < 40; i++) {
    low = d.position[i] < d.position[low] ? i : low;
    high = d.position[i] > d.position[high] ? i : high;
  }
  o.plus = (int)high;
  o.minus = (int)low;
  g_autoptr(PlnPosterior) p = pln_posterior_new(&d.cells, &o);
  standardise(d.position, 40);
  double product = 0, mean = 0, square = 0;
  for (guint i = 0; i < 40; i++) {
    const double *q = p->quantile + i * PLN_POSTERIOR_QUANTILES;
    product += p->position[i] * d.position[i] / 39;
    mean += p->draw[i];
    square += (double)p->draw[i] * p->draw[i] / 39;
    inside += q[1] <= d.position[i] && d.position[i] <= q[3];
    CU_ASSERT(q[0] < q[1] && q[1] < q[2] && q[2] < q[3] && q[3] < q[4]);
  }
  CU_ASSERT(product > 0.98);
  CU_ASSERT(inside >= 27); /* of 36 expected, give or take 2.2 */
  CU_ASSERT_DOUBLE_EQUAL(mean, 0, 1e-5);
  CU_ASSERT_DOUBLE_EQUAL(square, 1, 1e-5);
  CU_ASSERT(p->converged);
  CU_ASSERT(g_str_has_prefix(p->verdict, "Converged. "));
  CU_ASSERT(p->taken_states > 0.6 && p->taken_calls > 0.5);
  made_clear(&d);
}

static void test_recovery(void) {
  recovers(2, 1);
  if (!suite_is_quick())
    recovers(3, 2);
}

/* Where the truth comes from the prior, its rank among draws of the posterior is uniform (Talts
 * et al. 2018).  Of a distance, which no reflection changes.  27.9: the 0.1 % point of
 * chi-squared with nine degrees of freedom. */
static double calibration(guint classes, guint first, guint n_sets) {
  enum { STATES = 9, CALLS = 14, DRAWS = 99, BINS = 10 };
  guint bin[BINS] = {0};
  double chi = 0;
  for (guint k = 0; k < n_sets; k++) {
    Made d = made_new(STATES, CALLS, classes, 2, 0.1, first + k);
    PlnPosteriorOptions o = pln_posterior_options();
    o.thin = 2;
    o.chains = 1;
    o.threads = 1;
    o.draws = DRAWS;
    o.thin = 12;
    o.burn_in = 100;
    o.item_sd = 2;
    o.seed = k;
    g_autoptr(PlnPosterior) p = pln_posterior_new(&d.cells, &o);
    standardise(d.position, STATES);
    guint rank = 0;
    for (guint c = 0; c < DRAWS; c++) {
      const float *x = p->draw + (gsize)c * STATES;
      rank += fabs(x[0] - (double)x[1]) < fabs(d.position[0] - d.position[1]);
    }
    bin[rank * BINS / (DRAWS + 1)]++;
    made_clear(&d);
  }
  for (int b = 0; b < BINS; b++)
    chi += pow(bin[b] - n_sets / (double)BINS, 2) / (n_sets / (double)BINS);
  return chi;
}

static void test_calibration(void) {
  if (suite_is_quick())
    return;
  CU_ASSERT(calibration(2, 1000, 250) < 27.9);
  CU_ASSERT(calibration(3, 5000, 250) < 27.9);
}

static void test_threads(void) {
  for (guint classes = 2; classes <= 3; classes++) {
    Made d = made_new(21, 37, classes, 2, 0.2, 9);
    PlnPosteriorOptions o = pln_posterior_options();
    o.thin = 2;
    o.draws = 50;
    o.burn_in = 20;
    o.log_score = TRUE;
    o.threads = 1;
    g_autoptr(PlnPosterior) one = pln_posterior_new(&d.cells, &o);
    o.threads = 3;
    g_autoptr(PlnPosterior) three = pln_posterior_new(&d.cells, &o);
    gsize n = (gsize)one->chains * one->draws * one->n_states;
    CU_ASSERT(memcmp(one->draw, three->draw, n * sizeof(float)) == 0);
    CU_ASSERT(memcmp(one->slope, three->slope, one->n_calls * sizeof(double)) == 0);
    CU_ASSERT(memcmp(one->log_score, three->log_score, 21 * 37 * sizeof(double)) == 0);
    for (gsize k = 0; k < 21 * 37; k++)
      CU_ASSERT(d.cells.answer[k] == PLN_ANSWER_NONE ? one->log_score[k] == 0
                                                     : one->log_score[k] < 0);
    CU_ASSERT_FALSE(one->converged);
    made_clear(&d);
  }
}

/* The fitted chances are about as good as those of the true curves. */
static void test_log_score(void) {
  Made d = made_new(60, 80, 3, 1.5, 0, 12);
  PlnPosteriorOptions o = pln_posterior_options();
  o.thin = 2;
  o.draws = 100;
  o.log_score = TRUE;
  g_autoptr(PlnPosterior) p = pln_posterior_new(&d.cells, &o);
  double ours = 0, truth = 0;
  for (guint j = 0; j < 80; j++)
    for (guint i = 0; i < 60; i++) {
      double u = d.slope[j] * d.position[i];
      guint8 k = d.cells.answer[j * 60 + i];
      double low = k > 0 ? d.cut[2 * j + k - 1] - u : -40;
      double high = k < 2 ? d.cut[2 * j + k] - u : 40;
      ours += p->log_score[j * 60 + i] / 4800;
      truth += pln_normal_interval_log(low, high) / 4800;
    }
  CU_ASSERT(ours > truth && ours < truth + 0.1); /* fitted to these very cells */
  made_clear(&d);
}

static void test_nothing_to_learn(void) {
  static const guint sizes[][2] = {{0, 0}, {1, 5}, {5, 0}, {5, 5}};
  for (guint k = 0; k < G_N_ELEMENTS(sizes); k++) {
    Made d = made_new(sizes[k][0], sizes[k][1], 2, 2, k == 3 ? 2 : 0, k);
    PlnPosteriorOptions o = pln_posterior_options();
    o.thin = 2;
    g_autoptr(PlnPosterior) p = pln_posterior_new(&d.cells, &o);
    CU_ASSERT_FALSE(p->converged);
    CU_ASSERT(g_str_has_prefix(p->verdict, "Not converged: "));
    made_clear(&d);
  }
}

/* All alike, and perfectly separated: the prior keeps everything finite. */
static void test_extremes(void) {
  if (suite_is_quick())
    return;
  for (guint classes = 2; classes <= 3; classes++)
    for (int separated = 0; separated <= 1; separated++) {
      Made d = made_new(20, 30, classes, 2, 0, 3);
      for (guint k = 0; k < 600; k++)
        d.cells.answer[k] = (guint8)(classes - 1) * (!separated || k % 20 < 10);
      PlnPosteriorOptions o = pln_posterior_options();
      o.thin = 2;
      o.draws = 200;
      o.plus = 0;
      o.minus = 19;
      g_autoptr(PlnPosterior) p = pln_posterior_new(&d.cells, &o);
      for (guint i = 0; i < 20; i++)
        CU_ASSERT(isfinite(p->position[i]) && p->sd[i] > 0);
      for (guint j = 0; j < 30; j++)
        CU_ASSERT(isfinite(p->slope[j]) && fabs(p->slope[j]) < 50 && p->slope_sd[j] > 0);
      CU_ASSERT(!separated || p->position[0] > p->position[19] + 1);
      made_clear(&d);
    }
}

static void test_says_so(void) {
  if (suite_is_quick())
    return;
  Made d = made_new(12, 20, 2, 2, 0, 4);
  static const char *const name[] = {"AAA", "BBB", "CCC", "DDD", "EEE", "FFF",
                                     "GGG", "HHH", "III", "JJJ", "KKK", "LLL"};
  PlnPosteriorOptions o = pln_posterior_options();
  o.thin = 2;
  o.draws = 8;
  o.burn_in = 0;
  o.thin = 1;
  o.name = name;
  g_autoptr(PlnPosterior) p = pln_posterior_new(&d.cells, &o);
  CU_ASSERT_FALSE(p->converged);
  CU_ASSERT(g_str_has_prefix(p->verdict, "Not converged: 12 of 12 states (AAA, BBB, CCC, DDD, EEE, "
                                         "FFF, GGG, HHH, III, JJJ, …)."));
  made_clear(&d);
}

int main(void) {
  CU_TestInfo tests[] = {{"lanes", test_lanes},
                         {"recovery", test_recovery},
                         {"calibration", test_calibration},
                         {"threads", test_threads},
                         {"log score", test_log_score},
                         {"nothing to learn", test_nothing_to_learn},
                         {"extremes", test_extremes},
                         {"says so", test_says_so},
                         CU_TEST_INFO_NULL};
  return suite_run("posterior", tests);
}
