/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Morris' screening of functions whose effects are known. */
#include "plenary/morris.h"

#include <math.h>
#include <string.h>

#include "suite.h"

enum { D = 20 };

typedef double (*Function)(const double *u, guint d);

static void screen(const PlnMorrisOptions *options, Function f, PlnMorrisEffect *effect) {
  guint64 n = pln_morris_points(options);
  g_autofree double *y = g_new(double, n);
  double u[D];
  for (guint64 k = 0; k < n; k++) {
    pln_morris_point(options, k, u);
    y[k] = f(u, options->d);
  }
  pln_morris_measure(options, y, effect);
}

/* Effects -3, -2, …: of a plane they are its slopes, whatever the trajectories. */
static double plane(const double *u, guint d) {
  double y = 7;
  for (guint j = 0; j < d; j++)
    y += ((double)j - 3) * u[j];
  return y;
}

static void test_plane(void) {
  PlnMorrisOptions options = pln_morris_options(7);
  PlnMorrisEffect effect[7];
  screen(&options, plane, effect);
  for (guint j = 0; j < 7; j++) {
    CU_ASSERT_DOUBLE_EQUAL(effect[j].mu, (double)j - 3, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(effect[j].mu_star, fabs((double)j - 3), 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(effect[j].sigma, 0, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(effect[j].low, effect[j].mu_star, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(effect[j].high, effect[j].mu_star, 1e-12);
    CU_ASSERT_EQUAL(effect[j].n, options.trajectories);
  }
}

/* u0 u1 on four levels 1/8 … 7/8: the effect of u0 is u1, of mean 1/2, variance 5/64. */
static double product(const double *u, guint d) {
  (void)d;
  return u[0] * u[1];
}

static void test_product(void) {
  PlnMorrisOptions options = pln_morris_options(3);
  options.trajectories = 4000;
  PlnMorrisEffect effect[3];
  screen(&options, product, effect);
  for (guint j = 0; j < 2; j++) {
    CU_ASSERT_DOUBLE_EQUAL(effect[j].mu, 0.5, 0.02);
    CU_ASSERT_DOUBLE_EQUAL(effect[j].sigma, sqrt(5 / 64.), 0.01);
    CU_ASSERT_TRUE(effect[j].low < 0.5 && effect[j].high > 0.5);
    CU_ASSERT_DOUBLE_EQUAL(effect[j].high - effect[j].low, 2 * 1.96 * sqrt(5 / 64. / 4000), 0.002);
  }
  CU_ASSERT_EQUAL(effect[2].mu_star, 0);
  CU_ASSERT_EQUAL(effect[2].sigma, 0);
}

/* (u - 1/2)^2: up and down cancel in mu, not in mu*: effects of u = 1/8 and 3/8 are ∓1/4. */
static double valley(const double *u, guint d) {
  (void)d;
  return (u[0] - 0.5) * (u[0] - 0.5);
}

static void test_valley(void) {
  PlnMorrisOptions options = pln_morris_options(1);
  options.trajectories = 2000;
  PlnMorrisEffect effect;
  screen(&options, valley, &effect);
  CU_ASSERT_DOUBLE_EQUAL(effect.mu, 0, 0.02);
  CU_ASSERT_DOUBLE_EQUAL(effect.mu_star, 0.25, 1e-12);
}

/* Two effects by hand, 6 and 2: mean 4, deviation of two √8. */
static void test_by_hand(void) {
  PlnMorrisOptions options = pln_morris_options(1);
  options.trajectories = 2;
  double y[4], u[2];
  for (guint t = 0; t < 2; t++) {
    pln_morris_point(&options, 2 * t, &u[0]);
    pln_morris_point(&options, 2 * t + 1, &u[1]);
    y[2 * t] = 10;
    y[2 * t + 1] = 10 + (t == 0 ? 6 : 2) * (u[1] - u[0]);
  }
  PlnMorrisEffect effect;
  pln_morris_measure(&options, y, &effect);
  CU_ASSERT_DOUBLE_EQUAL(effect.mu, 4, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(effect.mu_star, 4, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(effect.sigma, sqrt(8), 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(effect.low, 2, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(effect.high, 6, 1e-12);
}

/* Morris 1991, the function of his section 4: of 20 dials the first ten matter; of these 1 to 7 not
 * linearly or together with others, 8 to 10 linearly.  The small random coefficients, which he
 * draws, are left out. */
static double morris(const double *u, guint d) {
  double w[D], y = 0;
  for (guint j = 0; j < d; j++)
    w[j] = j == 2 || j == 4 || j == 6 ? 2 * (1.1 * u[j] / (u[j] + 0.1) - 0.5) : 2 * (u[j] - 0.5);
  for (guint i = 0; i < 10; i++)
    y += 20 * w[i];
  for (guint i = 0; i < 6; i++)
    for (guint j = 0; j < i; j++) {
      y -= 15 * w[i] * w[j];
      for (guint l = 0; l < j && i < 5; l++) {
        y -= 10 * w[i] * w[j] * w[l];
        for (guint s = 0; s < l && i < 4; s++)
          y += 5 * w[i] * w[j] * w[l] * w[s];
      }
    }
  return y;
}

static void test_morris(void) {
  PlnMorrisOptions options = pln_morris_options(D);
  options.trajectories = 40;
  PlnMorrisEffect effect[D];
  screen(&options, morris, effect);
  for (guint j = 0; j < 10; j++)
    CU_ASSERT_TRUE(effect[j].mu_star > 12);
  for (guint j = 0; j < 7; j++)
    CU_ASSERT_TRUE(effect[j].sigma > 5);
  /* Dial 7 by itself, 44 u / (u + 0.1): 2 (f(5/8) - f(1/8)) or 2 (f(7/8) - f(3/8)). */
  CU_ASSERT_DOUBLE_EQUAL(effect[6].mu_star, (26.972 + 9.472) / 2, 4);
  CU_ASSERT_DOUBLE_EQUAL(effect[6].sigma, (26.972 - 9.472) / 2, 1);
  for (guint j = 7; j < 10; j++) {
    CU_ASSERT_DOUBLE_EQUAL(effect[j].mu, 40, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(effect[j].sigma, 0, 1e-9);
  }
  for (guint j = 10; j < D; j++)
    CU_ASSERT_EQUAL(effect[j].mu_star, 0);
}

/* A step turns one dial by half its range; a trajectory turns each once; levels are even. */
static void test_trajectories(void) {
  PlnMorrisOptions options = pln_morris_options(5);
  options.trajectories = 400;
  guint levels[4] = {0}, first[5] = {0}, wrong = 0;
  for (guint t = 0; t < options.trajectories; t++) {
    double before[5], u[5];
    guint turned = 0;
    pln_morris_point(&options, t * 6, before);
    for (guint j = 0; j < 5; j++)
      levels[(guint)(4 * before[j])]++;
    for (guint step = 1; step <= 5; step++) {
      guint which = 0, n = 0;
      pln_morris_point(&options, t * 6 + step, u);
      for (guint j = 0; j < 5; j++)
        if (u[j] != before[j]) {
          wrong += fabs(u[j] - before[j]) != 0.5 || u[j] <= 0 || u[j] >= 1;
          which = j;
          n++;
        }
      wrong += n != 1 || (turned >> which & 1);
      turned |= 1u << which;
      first[which] += step == 1;
      memcpy(before, u, sizeof u);
    }
  }
  CU_ASSERT_EQUAL(wrong, 0);
  for (guint j = 0; j < 4; j++)
    CU_ASSERT_TRUE(levels[j] > 400 && levels[j] < 600);
  for (guint j = 0; j < 5; j++)
    CU_ASSERT_TRUE(first[j] > 50 && first[j] < 110);
}

static double holed(const double *u, guint d) {
  return u[0] < 0.2 ? NAN : plane(u, d);
}

static void test_missing(void) {
  PlnMorrisOptions options = pln_morris_options(4);
  PlnMorrisEffect effect[4];
  screen(&options, holed, effect);
  for (guint j = 0; j < 4; j++) {
    CU_ASSERT_TRUE(effect[j].n > 0 && effect[j].n < options.trajectories);
    CU_ASSERT_DOUBLE_EQUAL(effect[j].mu, (double)j - 3, 1e-12);
  }
}

static double nothing(const double *u, guint d) {
  (void)u, (void)d;
  return NAN;
}

static void test_nothing(void) {
  PlnMorrisOptions options = pln_morris_options(2);
  PlnMorrisEffect effect[2];
  screen(&options, nothing, effect);
  CU_ASSERT_TRUE(isnan(effect[0].mu_star) && isnan(effect[1].low));
  CU_ASSERT_EQUAL(effect[0].n, 0);
}

int main(void) {
  CU_TestInfo tests[] = {{"a plane", test_plane},
                         {"a product", test_product},
                         {"a valley", test_valley},
                         {"two effects by hand", test_by_hand},
                         {"Morris' own function", test_morris},
                         {"trajectories", test_trajectories},
                         {"runs without a value", test_missing},
                         {"no run has a value", test_nothing},
                         CU_TEST_INFO_NULL};
  return suite_run("morris", tests);
}
