/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Designs: strata of a Latin hypercube each once, points by address, the order of a grid, Sobol's
 * sequence against its published beginning and against GSL's. */
#include "plenary/design.h"

#include <gsl/gsl_qrng.h>
#include <math.h>
#include <string.h>

#include "plenary/error.h"
#include "suite.h"

static PlnDesign *made(PlnDesignKind kind, guint d, guint64 n, guint64 seed) {
  GError *error = NULL;
  PlnDesign *design = pln_design_new(kind, d, NULL, n, seed, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(design);
  CU_ASSERT_PTR_NULL(error);
  return design;
}

static void test_grid(void) {
  const guint levels[] = {2, 3, 1};
  static const double expected[6][3] = {{.25, 1 / 6., .5}, {.25, .5, .5}, {.25, 5 / 6., .5},
                                        {.75, 1 / 6., .5}, {.75, .5, .5}, {.75, 5 / 6., .5}};
  g_autoptr(PlnDesign) grid = pln_design_new(PLN_DESIGN_GRID, 3, levels, 0, 1, NULL);
  CU_ASSERT_EQUAL_FATAL(pln_design_points(grid), 6);
  for (guint k = 0; k < 6; k++) {
    double u[3];
    pln_design_point(grid, k, u);
    for (guint j = 0; j < 3; j++) {
      CU_ASSERT_DOUBLE_EQUAL(u[j], expected[k][j], 1e-15);
      CU_ASSERT_EQUAL(pln_design_level(grid, k, j), (guint)(expected[k][j] * levels[j]));
    }
  }
}

static void test_grid_of_nothing(void) {
  g_autoptr(PlnDesign) grid = pln_design_new(PLN_DESIGN_GRID, 0, NULL, 0, 1, NULL);
  CU_ASSERT_EQUAL(pln_design_points(grid), 1);
  pln_design_point(grid, 0, NULL);
}

static void refused(PlnDesignKind kind, guint d, const guint *levels, guint64 n) {
  GError *error = NULL;
  CU_ASSERT_PTR_NULL(pln_design_new(kind, d, levels, n, 1, &error));
  CU_ASSERT_TRUE(g_error_matches(error, PLN_ERROR, PLN_ERROR_USAGE));
  g_clear_error(&error);
}

static void test_refused(void) {
  const guint levels[] = {2, 0}, many[] = {1u << 31, 1u << 31};
  refused(PLN_DESIGN_GRID, 2, levels, 0);
  refused(PLN_DESIGN_GRID, 1, levels, 3);
  refused(PLN_DESIGN_GRID, 2, many, 0);
  refused(PLN_DESIGN_SOBOL, 41, NULL, 8);
  refused(PLN_DESIGN_LATIN, 2, NULL, 0);
  refused(PLN_DESIGN_RANDOM, 2, NULL, G_GUINT64_CONSTANT(1) << 52);
}

/* Sobol's first points after the origin, in the order of Antonov and Saleev (Press et al.,
 * Numerical Recipes, 7.7; Bratley and Fox 1988). */
static void test_sobol_published(void) {
  static const double expected[7][3] = {{.5, .5, .5},       {.75, .25, .75},    {.25, .75, .25},
                                        {.375, .375, .625}, {.875, .875, .125}, {.625, .125, .375},
                                        {.125, .625, .875}};
  g_autoptr(PlnDesign) sobol = made(PLN_DESIGN_SOBOL, 3, 7, 1);
  for (guint k = 0; k < 7; k++) {
    double u[3];
    pln_design_point(sobol, k, u);
    for (guint j = 0; j < 3; j++)
      CU_ASSERT_EQUAL(u[j], expected[k][j]);
  }
}

/* Walking GSL's sequence, 40 dimensions, beyond every direction that is read off it. */
static void test_sobol_gsl(void) {
  enum { D = PLN_DESIGN_SOBOL_MOST, N = 1 << 15 };
  g_autoptr(PlnDesign) sobol = made(PLN_DESIGN_SOBOL, D, G_GUINT64_CONSTANT(1) << 40, 1);
  gsl_qrng *walk = gsl_qrng_alloc(gsl_qrng_sobol, D);
  guint differ = 0;
  for (guint k = 0; k < N; k++) {
    double u[D], x[D];
    gsl_qrng_get(walk, x);
    pln_design_point(sobol, k, u);
    differ += memcmp(u, x, sizeof u) != 0;
  }
  gsl_qrng_free(walk);
  CU_ASSERT_EQUAL(differ, 0);
}

/* Beyond GSL's 2^30 points: 1024 successive points from a multiple of 1024 have each one place. */
static void test_sobol_far(void) {
  enum { D = PLN_DESIGN_SOBOL_MOST, N = 1024 };
  const guint64 from = (G_GUINT64_CONSTANT(1) << 41) - 1; /* point 0 is the sequence's 1 */
  g_autoptr(PlnDesign) sobol = made(PLN_DESIGN_SOBOL, D, G_GUINT64_CONSTANT(1) << 50, 1);
  static guint8 seen[D][N];
  guint n = 0;
  for (guint64 k = 0; k < N; k++) {
    double u[D];
    pln_design_point(sobol, from + k, u);
    for (guint j = 0; j < D; j++) {
      CU_ASSERT_TRUE(u[j] > 0 && u[j] < 1);
      guint8 *place = &seen[j][(guint)(u[j] * N)];
      n += *place == 0;
      *place = 1;
    }
  }
  CU_ASSERT_EQUAL(n, D * N);
}

static void strata_once(guint64 n, guint d, guint64 seed) {
  g_autoptr(PlnDesign) latin = made(PLN_DESIGN_LATIN, d, n, seed);
  g_autofree guint8 *seen = g_malloc0(n * d);
  g_autofree double *u = g_new(double, d);
  guint64 found = 0;
  for (guint64 k = 0; k < n; k++) {
    pln_design_point(latin, k, u);
    for (guint j = 0; j < d; j++) {
      guint64 stratum = (guint64)(u[j] * (double)n);
      if (u[j] > 0 && u[j] < 1 && stratum < n && !seen[stratum * d + j]) {
        seen[stratum * d + j] = 1;
        found++;
      }
    }
  }
  CU_ASSERT_EQUAL(found, n * d);
}

static void test_latin_strata(void) {
  for (guint64 n = 1; n < 40; n++)
    strata_once(n, 3, n);
  strata_once(1000, 7, 5);
  strata_once(4099, 2, 6);
  strata_once(suite_is_quick() ? 10007 : 1000000, 2, 7);
}

/* Of many numbers of strata, which shares the square root rounds: none beyond the last. */
static void test_latin_far(void) {
  const guint64 n = (G_GUINT64_CONSTANT(1) << 51) + 12345;
  g_autoptr(PlnDesign) latin = made(PLN_DESIGN_LATIN, 2, n, 3);
  for (guint64 k = n - 1000; k < n; k++) {
    double u[2];
    pln_design_point(latin, k, u);
    CU_ASSERT_TRUE(u[0] > 0 && u[0] < 1 && u[1] > 0 && u[1] < 1 && u[0] != u[1]);
  }
}

/* Whether the dimensions are permuted apart: correlations of strata, and of a dimension with k;
 * 1 / sqrt(n) = 0.01. */
static void test_latin_shuffled(void) {
  enum { N = 10000, D = 4 };
  g_autoptr(PlnDesign) latin = made(PLN_DESIGN_LATIN, D, N, 11);
  double with[D + 1][D + 1] = {0};
  for (guint k = 0; k < N; k++) {
    double u[D + 1];
    pln_design_point(latin, k, u);
    u[D] = (k + 0.5) / N;
    for (guint i = 0; i <= D; i++)
      for (guint j = 0; j < i; j++)
        with[i][j] += 12 * (u[i] - 0.5) * (u[j] - 0.5) / N;
  }
  for (guint i = 0; i <= D; i++)
    for (guint j = 0; j < i; j++)
      CU_ASSERT_TRUE(fabs(with[i][j]) < 0.04);
}

/* Every order of three strata as often: 6 orders of 6000 seeds, 1000 each, sd 29. */
static void test_latin_orders(void) {
  guint times[27] = {0}, orders = 0;
  for (guint64 seed = 0; seed < 6000; seed++) {
    g_autoptr(PlnDesign) latin = made(PLN_DESIGN_LATIN, 1, 3, seed);
    guint order = 0;
    for (guint k = 0; k < 3; k++) {
      double u;
      pln_design_point(latin, k, &u);
      order = order * 3 + (guint)(3 * u);
    }
    times[order]++;
  }
  for (guint k = 0; k < 27; k++) {
    orders += times[k] > 0;
    CU_ASSERT_TRUE(times[k] == 0 || (times[k] > 850 && times[k] < 1150));
  }
  CU_ASSERT_EQUAL(orders, 6);
}

static void test_random(void) {
  enum { N = 20000 };
  g_autoptr(PlnDesign) design = made(PLN_DESIGN_RANDOM, 2, N, 4);
  double mean[2] = {0}, square[2] = {0}, with = 0;
  for (guint k = 0; k < N; k++) {
    double u[2];
    pln_design_point(design, k, u);
    for (guint j = 0; j < 2; j++) {
      mean[j] += u[j] / N;
      square[j] += u[j] * u[j] / N;
    }
    with += 12 * (u[0] - 0.5) * (u[1] - 0.5) / N;
  }
  for (guint j = 0; j < 2; j++) {
    CU_ASSERT_DOUBLE_EQUAL(mean[j], 0.5, 0.01);
    CU_ASSERT_DOUBLE_EQUAL(square[j], 1 / 3., 0.01);
  }
  CU_ASSERT_TRUE(fabs(with) < 0.03);
}

/* By address, backwards, and from a design of its own, is as walking; another seed is not. */
static void test_address(void) {
  for (guint kind = PLN_DESIGN_SOBOL; kind < PLN_DESIGNS; kind++) {
    enum { N = 501, D = 6 };
    g_autoptr(PlnDesign) one = made((PlnDesignKind)kind, D, N, 9);
    g_autoptr(PlnDesign) two = made((PlnDesignKind)kind, D, N, 9);
    g_autoptr(PlnDesign) other = made((PlnDesignKind)kind, D, N, 10);
    static double walked[N][D];
    guint differ = 0, same = 0;
    for (guint k = 0; k < N; k++)
      pln_design_point(one, k, walked[k]);
    for (guint k = N; k-- > 0;) {
      double u[D];
      pln_design_point(two, k, u);
      differ += memcmp(u, walked[k], sizeof u) != 0;
      pln_design_point(other, k, u);
      same += memcmp(u, walked[k], sizeof u) == 0;
    }
    CU_ASSERT_EQUAL(differ, 0);
    CU_ASSERT_EQUAL(same, kind == PLN_DESIGN_SOBOL ? N : 0);
  }
}

static void test_words(void) {
  CU_ASSERT_STRING_EQUAL(pln_design_words[PLN_DESIGN_GRID], "grid");
  CU_ASSERT_STRING_EQUAL(pln_design_words[PLN_DESIGN_SOBOL], "sobol");
  CU_ASSERT_STRING_EQUAL(pln_design_words[PLN_DESIGN_LATIN], "latin");
  CU_ASSERT_STRING_EQUAL(pln_design_words[PLN_DESIGN_RANDOM], "random");
  CU_ASSERT_PTR_NULL(pln_design_words[PLN_DESIGNS]);
}

int main(void) {
  CU_TestInfo tests[] = {{"a grid's order", test_grid},
                         {"a grid of no dimension is one point", test_grid_of_nothing},
                         {"too many dimensions or points are refused", test_refused},
                         {"Sobol's first points", test_sobol_published},
                         {"Sobol's sequence is GSL's", test_sobol_gsl},
                         {"Sobol's sequence beyond 2^30", test_sobol_far},
                         {"each stratum once", test_latin_strata},
                         {"a hypercube of 2^51 points", test_latin_far},
                         {"dimensions are shuffled apart", test_latin_shuffled},
                         {"every order of three strata is as likely", test_latin_orders},
                         {"random points are even", test_random},
                         {"a point by its address is the one walked to", test_address},
                         {"the kinds' words", test_words},
                         CU_TEST_INFO_NULL};
  return suite_run("design", tests);
}
