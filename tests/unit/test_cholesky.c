/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cholesky's factor: known ones, random ones multiplied out again, and what has none. */
#include "plenary/cholesky.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "plenary/draw.h"
#include "suite.h"

enum { MOST = 80 };

static gboolean is_near(double a, double b) {
  return fabs(a - b) <= 1e-11 * (1 + fabs(b));
}

/* What is not of the lower half is filled with what would be noticed. */
static void spoil(double *a, guint n, guint stride) {
  for (guint i = 0; i < n; i++)
    for (guint k = i + 1; k < stride; k++)
      a[i * stride + k] = 1e6;
}

/* G G' / n + I: definite, by no more than it is in a fit. */
static void draw_definite(PlnDraw *draw, guint n, guint stride, double *a) {
  static double g[MOST * MOST];
  for (guint k = 0; k < n * n; k++)
    g[k] = pln_draw_normal(draw);
  memset(a, 0, sizeof(double) * n * stride);
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < n; k++) {
      for (guint l = 0; l < n; l++)
        a[i * stride + k] += g[i * n + l] * g[k * n + l] / n;
      a[i * stride + k] += i == k;
    }
}

/* The standing example of the books: L = 2; 6 1; -8 5 3. */
static void test_known(void) {
  double a[3 * 8] = {4, 9, 9, 9, 9, 9, 9, 9, 12, 37, 9, 9, 9, 9, 9, 9, -16, -43, 98};
  static const double factor[3][3] = {{2, 0, 0}, {6, 1, 0}, {-8, 5, 3}};
  CU_ASSERT_TRUE(pln_cholesky(a, 3, 8));
  for (guint i = 0; i < 3; i++)
    for (guint k = 0; k <= i; k++) {
      CU_ASSERT_TRUE(is_near(a[i * 8 + k], factor[i][k]));
      CU_ASSERT_TRUE(is_near(a[k * 8 + i], factor[i][k])); /* both halves hold it */
    }
  double x[3] = {2, 7, -10}, inverse[3 * 8];
  pln_cholesky_forward(a, 3, 8, x);
  CU_ASSERT_TRUE(is_near(x[0], 1) && is_near(x[1], 1) && is_near(x[2], -7.0 / 3));
  pln_cholesky_inverse(a, 3, 8, inverse);
  CU_ASSERT_TRUE(is_near(inverse[0], 1777.0 / 36) && is_near(inverse[1], -488.0 / 36) &&
                 is_near(inverse[2], 76.0 / 36) && is_near(inverse[9], 136.0 / 36) &&
                 is_near(inverse[10], -20.0 / 36) && is_near(inverse[18], 4.0 / 36));
}

static void test_one_and_none(void) {
  double a[8] = {9}, x[8] = {6}, inverse[8], spare[8];
  CU_ASSERT_TRUE(pln_cholesky(a, 0, 8) && a[0] == 9);
  pln_cholesky_ridge(a, 0, 8, spare);
  CU_ASSERT_TRUE(pln_cholesky(a, 1, 8) && a[0] == 3);
  pln_cholesky_forward(a, 1, 8, x);
  CU_ASSERT_TRUE(x[0] == 2);
  pln_cholesky_backward(a, 1, 8, x);
  CU_ASSERT_TRUE(is_near(x[0], 2.0 / 3));
  pln_cholesky_inverse(a, 1, 8, inverse);
  CU_ASSERT_TRUE(is_near(inverse[0], 1.0 / 9));
}

/* Every size up to one beyond nine lanes: L L' is the matrix, its inverse times it is I, and
 * many columns at once are those columns one by one. */
static void test_multiplied_out(void) {
  static double a[MOST * MOST], f[MOST * MOST], inverse[MOST * MOST], many[MOST * MOST];
  PlnDraw draw = pln_draw_stream(7, 0, 0);
  for (guint n = 1; n <= 73; n += n < 18 ? 1 : 11) {
    guint stride = (n + 7) / 8 * 8, wrong = 0;
    draw_definite(&draw, n, stride, a);
    memcpy(f, a, sizeof(double) * n * stride);
    spoil(f, n, stride);
    CU_ASSERT_TRUE(pln_cholesky(f, n, stride));
    pln_cholesky_inverse(f, n, stride, inverse);
    memset(many, 0, sizeof many);
    for (guint i = 0; i < n; i++)
      for (guint k = 0; k < 5; k++)
        many[i * 16 + k] = a[i * stride + k % n];
    pln_cholesky_forward_many(f, n, stride, many, 5, 16);
    for (guint i = 0; i < n; i++)
      for (guint k = 0; k < n; k++) {
        double product = 0, one = 0;
        for (guint l = 0; l < n; l++) {
          product += l <= MIN(i, k) ? f[i * stride + l] * f[k * stride + l] : 0;
          one += inverse[i * stride + l] * a[l * stride + k];
        }
        wrong += !is_near(product, a[i * stride + k]) || !is_near(one, i == k);
      }
    for (guint k = 0; k < 5; k++) {
      double column[MOST];
      for (guint i = 0; i < n; i++)
        column[i] = a[i * stride + k % n];
      pln_cholesky_forward(f, n, stride, column);
      for (guint i = 0; i < n; i++)
        wrong += !is_near(many[i * 16 + k], column[i]);
      /* L^-1 of a column of L L' is a column of L'. */
      for (guint i = 0; i < n; i++)
        wrong += !is_near(column[i], i <= k % n ? f[(k % n) * stride + i] : 0);
    }
    CU_ASSERT_EQUAL(wrong, 0);
  }
}

static void test_solved(void) {
  static double a[MOST * MOST], f[MOST * MOST];
  PlnDraw draw = pln_draw_stream(8, 0, 0);
  double x[36], b[40] = {0};
  draw_definite(&draw, 36, 40, a);
  memcpy(f, a, sizeof(double) * 36 * 40);
  for (guint i = 0; i < 36; i++)
    x[i] = pln_draw_normal(&draw);
  for (guint i = 0; i < 36; i++)
    for (guint k = 0; k < 36; k++)
      b[i] += a[i * 40 + k] * x[k];
  CU_ASSERT_TRUE(pln_cholesky(f, 36, 40));
  pln_cholesky_forward(f, 36, 40, b);
  pln_cholesky_backward(f, 36, 40, b);
  for (guint i = 0; i < 36; i++)
    CU_ASSERT_TRUE(is_near(b[i], x[i]));
}

/* @diagonal, and 3 beside it. */
static void set(double *a, double diagonal) {
  memset(a, 0, sizeof(double) * 2 * 8);
  a[0] = a[9] = diagonal;
  a[8] = 3;
}

static void test_indefinite(void) {
  double a[16], spare[16];
  static const double never[] = {0, -1, 3, 2.999, G_MAXDOUBLE / -2, 0x1p-1000};
  for (guint k = 0; k < G_N_ELEMENTS(never); k++) {
    set(a, never[k]);
    CU_ASSERT_FALSE(pln_cholesky(a, 2, 8));
  }
  set(a, NAN);
  CU_ASSERT_FALSE(pln_cholesky(a, 2, 8));
  set(a, 3.001);
  CU_ASSERT_TRUE(pln_cholesky(a, 2, 8));
  /* Definite already: no ridge.  Then 0.5; then 50, as 5 does not do. */
  set(a, 4);
  pln_cholesky_ridge(a, 2, 8, spare);
  CU_ASSERT_TRUE(a[0] == 2 && a[8] == 1.5);
  set(a, 2.75);
  pln_cholesky_ridge(a, 2, 8, spare);
  CU_ASSERT_TRUE(is_near(a[0], sqrt(3.25)));
  set(a, -3);
  pln_cholesky_ridge(a, 2, 8, spare);
  CU_ASSERT_TRUE(is_near(a[0], sqrt(47)) && is_near(a[8], 3 / sqrt(47)));
  set(a, -1e9);
  pln_cholesky_ridge(a, 2, 8, spare);
  CU_ASSERT_TRUE(isfinite(a[0]) && a[0] > 0 && isfinite(a[9]) && a[9] > 0);
  memset(a, 0, sizeof a);
  pln_cholesky_ridge(a, 2, 8, spare);
  CU_ASSERT_TRUE(is_near(a[0], sqrt(.5)) && is_near(a[9], sqrt(.5)) && a[8] == 0);
}

/* No ridge makes a number of what is none; but it ends. */
static void test_no_number(void) {
  double a[16], spare[16];
  set(a, NAN);
  pln_cholesky_ridge(a, 2, 8, spare);
  CU_ASSERT_TRUE(a[0] == 1 && a[8] == 0 && a[9] == 1);
}

int main(void) {
  CU_TestInfo tests[] = {{"known", test_known},
                         {"one and none", test_one_and_none},
                         {"multiplied out", test_multiplied_out},
                         {"solved", test_solved},
                         {"indefinite", test_indefinite},
                         {"no number", test_no_number},
                         CU_TEST_INFO_NULL};
  return suite_run("cholesky", tests);
}
