/* SPDX-License-Identifier: GPL-3.0-or-later */
/* R-hat and effective draws, on chains whose worth is known. */
#include "plenary/chains.h"

#include <math.h>

#include "plenary/draw.h"
#include "suite.h"

enum { CHAINS = 4, DRAWS = 2000, N = CHAINS * DRAWS };

/* x' = phi x + sqrt(1 - phi^2) e: n draws are worth n (1 - phi) / (1 + phi). */
static void autoregressive(double phi, float *out) {
  for (guint c = 0; c < CHAINS; c++) {
    PlnDraw draw = pln_draw_stream(5, 1, c);
    double x = pln_draw_normal(&draw);
    for (guint d = 0; d < DRAWS; d++) {
      x = phi * x + sqrt(1 - phi * phi) * pln_draw_normal(&draw);
      out[c * DRAWS + d] = (float)x;
    }
  }
}

static double effective(const float *x) {
  static double y[N];
  for (guint k = 0; k < N; k++)
    y[k] = x[k];
  return pln_chains_effective(y, CHAINS, DRAWS);
}

static void test_known_worth(void) {
  static const double phi[] = {-0.5, 0, 0.3, 0.6, 0.9};
  static float x[N];
  for (guint k = 0; k < G_N_ELEMENTS(phi); k++) {
    autoregressive(phi[k], x);
    PlnChains c = pln_chains(x, CHAINS, DRAWS, 1);
    double worth = N * (1 - phi[k]) / (1 + phi[k]);
    CU_ASSERT_DOUBLE_EQUAL(c.bulk / worth, 1, 0.2);
    CU_ASSERT_DOUBLE_EQUAL(effective(x) / worth, 1, 0.2);
    CU_ASSERT(c.rhat > 0.999 && c.rhat < 1.01);
    CU_ASSERT(c.tail > 0.1 * N / (1 + 10 * fmax(phi[k], 0)) && c.tail < 1.5 * N);
  }
}

static void test_claims_are_bounded(void) {
  static float x[N];
  for (guint k = 0; k < N; k++)
    x[k] = (float)(k % 2 ? 1 : -1) + 1e-3f * (float)(k % 7);
  CU_ASSERT(effective(x) <= N * log10(N) * (1 + 1e-12));
}

static void test_chains_that_disagree(void) {
  static float x[N];
  autoregressive(0, x);
  for (guint d = 0; d < DRAWS; d++)
    x[d] += 1;
  CU_ASSERT(pln_chains(x, CHAINS, DRAWS, 1).rhat > 1.05);
  CU_ASSERT(pln_chains(x, CHAINS, DRAWS, 1).bulk < 100);
  autoregressive(0, x);
  for (guint d = 0; d < DRAWS; d++)
    x[d] *= 3; /* the same middle: only folding sees it */
  CU_ASSERT(pln_chains(x, CHAINS, DRAWS, 1).rhat > 1.05);
  autoregressive(0, x);
  for (guint k = 0; k < N; k++)
    x[k] += (float)(k % DRAWS) * (2.0f / DRAWS); /* all drift alike: only halving sees it */
  CU_ASSERT(pln_chains(x, CHAINS, DRAWS, 1).rhat > 1.05);
}

/* Ranks know nothing of the scale, nor of one wild draw. */
static void test_ranks(void) {
  static float x[N], y[N];
  autoregressive(0.3, x);
  for (guint k = 0; k < N; k++)
    y[k] = expf(x[k]);
  PlnChains a = pln_chains(x, CHAINS, DRAWS, 1), b = pln_chains(y, CHAINS, DRAWS, 1);
  CU_ASSERT(a.bulk == b.bulk && a.tail == b.tail);
  x[17] = 1e30f;
  b = pln_chains(x, CHAINS, DRAWS, 1);
  CU_ASSERT_DOUBLE_EQUAL(a.bulk / b.bulk, 1, 0.02);
}

static void test_strides_and_odd_numbers(void) {
  static float x[N], wide[3 * N];
  autoregressive(0.3, x);
  for (guint k = 0; k < N; k++)
    wide[3 * k] = x[k];
  PlnChains a = pln_chains(x, 8, DRAWS / 2 - 1, 1), b = pln_chains(wide, 8, DRAWS / 2 - 1, 3);
  CU_ASSERT(a.rhat == b.rhat && a.bulk == b.bulk && a.tail == b.tail);
  CU_ASSERT(isfinite(a.rhat));
}

static void test_nothing_to_judge(void) {
  static float x[N];
  PlnChains c = pln_chains(x, CHAINS, DRAWS, 1);
  CU_ASSERT(isnan(c.rhat) && isnan(c.bulk) && isnan(c.tail));
  CU_ASSERT(isnan(pln_chains(x, CHAINS, 3, 1).rhat));
  CU_ASSERT(isnan(pln_chains(x, 0, 100, 1).rhat));
  CU_ASSERT(isnan(effective(x)));
}

int main(void) {
  CU_TestInfo tests[] = {{"known worth", test_known_worth},
                         {"claims are bounded", test_claims_are_bounded},
                         {"chains that disagree", test_chains_that_disagree},
                         {"ranks", test_ranks},
                         {"strides and odd numbers", test_strides_and_odd_numbers},
                         {"nothing to judge", test_nothing_to_judge},
                         CU_TEST_INFO_NULL};
  return suite_run("chains", tests);
}
