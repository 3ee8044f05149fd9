/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exp, log and the normal distribution, against the C library's long doubles, GSL's normal
 * distribution, quadrature, and themselves; and that the bytes are always the same.
 *
 * Errors are relative, in units of 2^-52 (a double's last place, or half of one). */
#include "plenary/normal.h"

#include <float.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suite.h"

#define ROOT_HALF 0.707106781186547524400844362104849039L
#define ROOT_2PI 2.506628274631000502415765284811045253L

/* The worst of a grid, said when it is above what the header promises. */
typedef struct {
  const char *name;
  double bound, worst, at;
} Errors;

static void add(Errors *errors, double x, double y, long double truth) {
  long double off = truth == 0 ? fabsl((long double)y) : fabsl((y - truth) / truth);
  double error = (double)(off / 2.220446049250313e-16L);
  if (!(error <= errors->worst)) {
    errors->worst = error;
    errors->at = x;
  }
}

static void judge(const Errors *errors) {
  if (!(errors->worst <= errors->bound) || getenv("PLENARY_ERRORS"))
    printf("\n    %s: worst error %.3g at %.17g; bound %g", errors->name, errors->worst,
           errors->at, errors->bound);
  CU_ASSERT(errors->worst <= errors->bound);
}

/* Under valgrind a long double is a double. */
static bool long_doubles(void) {
  volatile long double one = 1, little = 1e-18L;
  if (one + little != one)
    return true;
  printf("skipped: long doubles are no longer than doubles here\n");
  return false;
}

/* A number of -1 … 1, evenly scattered, always the same one. */
static double scattered(unsigned i) {
  return (double)((i * 2654435761u) & 0xffffffff) / 2147483648.0 - 1;
}

static void test_exp_log(void) {
  Errors exps = {"exp", 1, 0, 0}, logs = {"log", 1, 0, 0}, ones = {"log1p", 2, 0, 0};
  Errors phis = {"phi", 2, 0, 0};
  if (!long_doubles())
    return;
  for (unsigned i = 0; i < 200000; i++) {
    double x = scattered(i) * (i % 3 == 0 ? 708 : i % 3 == 1 ? 1 : 1e-6);
    add(&exps, x, pln_exp(x), expl(x));
    double y = i % 2 ? pln_exp(x) : 1 + 0.5 * scattered(i);
    add(&logs, y, pln_log(y), logl(y));
    double z = i % 2 ? y - 1 : x * 1e-3;
    add(&ones, z, pln_log1p(z), log1pl(z));
    double t = 37 * scattered(i);
    add(&phis, t, pln_phi(t), expl(-0.5L * t * t) / ROOT_2PI);
  }
  for (int k = -1074; k < 1024; k++) {
    add(&logs, ldexp(1, k), pln_log(ldexp(1, k)), logl(ldexpl(1, k)));
    add(&logs, ldexp(1.9999, k), pln_log(ldexp(1.9999, k)), logl(ldexp(1.9999, k)));
  }
  judge(&exps);
  judge(&logs);
  judge(&ones);
  judge(&phis);
}

/* log of the upper tail at t, and t's hazard phi / tail; far out by the asymptotic series. */
static long double upper_log(long double t, long double *hazard) {
  long double tail = 0, term = 1 / t;
  if (t > 100)
    for (int k = 0; k < 12; k++, term *= -(2 * k - 1) / (t * t))
      tail += term;
  else
    tail = 0.5L * erfcl(t * ROOT_HALF) * expl(0.5L * t * t) * ROOT_2PI;
  *hazard = 1 / tail;
  return logl(tail / ROOT_2PI) - 0.5L * t * t;
}

static void test_normal(void) {
  Errors normal = {"Phi", 8, 0, 0}, logs = {"log Phi", 8, 0, 0}, ratios = {"ratio", 8, 0, 0};
  if (!long_doubles())
    return;
  for (unsigned i = 0; i < 200000; i++) {
    double x = scattered(i) * (i % 3 == 0 ? 37 : i % 3 == 1 ? 8 : 0.01), log, ratio;
    long double truth = 0.5L * erfcl(-x * ROOT_HALF), hazard;
    add(&normal, x, pln_normal(x), truth);
    pln_normal_log_ratio(x, &log, &ratio);
    add(&logs, x, log, x < 0 ? logl(truth) : log1pl(-0.5L * erfcl(x * ROOT_HALF)));
    add(&ratios, x, ratio, expl(-0.5L * x * x) / ROOT_2PI / truth);
    double far = -37 * exp(10 * (1 + scattered(i)));
    long double far_log = upper_log(-far, &hazard);
    pln_normal_log_ratio(far, &log, &ratio);
    add(&logs, far, log, far_log);
    add(&ratios, far, ratio, hazard);
  }
  judge(&normal);
  judge(&logs);
  judge(&ratios);
}

static void test_gsl(void) {
  Errors normal = {"Phi by GSL", 16, 0, 0}, upper = {"1 - Phi by GSL", 16, 0, 0};
  Errors inverse = {"Phi^-1 by GSL", 16, 0, 0};
  for (unsigned i = 1; i < 50000; i++) {
    double x = scattered(i) * (i % 2 ? 8 : 5);
    add(&normal, x, pln_normal(x), gsl_cdf_ugaussian_P(x));
    add(&upper, x, pln_normal(-x), gsl_cdf_ugaussian_Q(x));
    double p = 0.5 * (1 + scattered(i)), low = pln_exp(700 * (p - 1));
    add(&inverse, p, pln_normal_inverse(p), gsl_cdf_ugaussian_Pinv(p));
    add(&inverse, low, pln_normal_inverse(low), gsl_cdf_ugaussian_Pinv(low));
  }
  judge(&normal);
  judge(&upper);
  judge(&inverse);
}

/* One step of Newton's in long doubles from the value itself gives the true inverse. */
static void test_inverse(void) {
  Errors errors = {"Phi^-1", 8, 0, 0};
  if (!long_doubles())
    return;
  for (unsigned i = 0; i < 200000; i++) {
    double s = scattered(i), p = i % 2 ? 0.25 * (1 + s) : pln_exp(-350 * (1 + s) - 0.7);
    double x = pln_normal_inverse(p);
    if (p == 0.5 || p <= 0)
      continue;
    long double tail = 0.5L * erfcl(-x * ROOT_HALF), phi = expl(-0.5L * x * x) / ROOT_2PI;
    add(&errors, p, x, x - (tail - p) / phi);
    if (1 - (1 - p) == p)
      CU_ASSERT_EQUAL(pln_normal_inverse(1 - p), -x);
  }
  judge(&errors);
}

/* Nodes of -1 … 1, moved in long doubles: a node's own rounding would show far out. */
static long double area(const gsl_integration_glfixed_table *rule, double a, double b,
                        double over) {
  long double sum = 0, middle = 0.5L * ((long double)a + b), half = 0.5L * ((long double)b - a);
  for (size_t i = 0; i < 20; i++) {
    double node, weight;
    gsl_integration_glfixed_point(-1, 1, i, &node, &weight, rule);
    long double u = middle + half * node;
    sum += weight * expl(-0.5L * (u - over) * (u + over));
  }
  return half * sum;
}

/* Phi(b) - Phi(a) over exp(-over^2 / 2): by the difference of tails where they differ, by
 * quadrature (20 points) where they hardly do.  Its log needs 1 less both tails. */
static void interval(const gsl_integration_glfixed_table *rule, double a, double b,
                     Errors *logs, Errors *quotients) {
  double over = a > 0 ? a : b < 0 ? b : 0, log, low, high;
  long double mass = area(rule, a, b, over) / ROOT_2PI, tails = 0, sum;
  long double middle = 0.5L * ((long double)a + b);
  if ((b - a) * (1 + fabsl(middle)) > 1) {
    long double from = a > 0 ? a : -b, to = a > 0 ? b : -a;
    tails = 0.5L * (erfcl(b * ROOT_HALF) + erfcl(-a * ROOT_HALF));
    mass = over == 0 ? 1 - tails
                     : 0.5L * (erfcl(from * ROOT_HALF) - erfcl(to * ROOT_HALF)) *
                           expl(0.5L * over * over);
  }
  sum = over == 0 && tails > 0 ? log1pl(-tails) : logl(mass) - 0.5L * over * over;
  pln_normal_interval_ratio(a, b, &log, &low, &high);
  add(logs, a, log, sum);
  long double drop = fabsl(middle * (b - a)) + 1; /* the exponent's own rounding */
  long double at_a = expl(-0.5L * ((long double)a - over) * ((long double)a + over));
  long double at_b = expl(-0.5L * ((long double)b - over) * ((long double)b + over));
  long double true_low = at_a / ROOT_2PI / mass, true_high = at_b / ROOT_2PI / mass;
  add(quotients, a, (double)((low - true_low) / true_low / drop), 0);
  add(quotients, a, (double)((high - true_high) / true_high / drop), 0);
}

static void test_interval(void) {
  Errors logs = {"interval log", 16, 0, 0}, quotients = {"interval ratios", 16, 0, 0};
  gsl_integration_glfixed_table *rule = gsl_integration_glfixed_table_alloc(20);
  for (unsigned i = 0; long_doubles() && i < 100000; i++) {
    double width = exp(-9 + 11 * scattered(2 * i + 1)), a = 30 * scattered(i);
    a = i % 3 == 0 ? a : i % 3 == 1 ? 0.1 * a : -0.5 * width * (1 + scattered(i));
    interval(rule, a, a + width, &logs, &quotients);
  }
  gsl_integration_glfixed_table_free(rule);
  judge(&logs);
  judge(&quotients);
}

static void test_identities(void) {
  double log, low, high, log_too, ratio;
  for (unsigned i = 0; i < 20000; i++) {
    double x = 30 * scattered(i), y = x + 2 + 2 * scattered(3 * i);
    CU_ASSERT_FATAL(fabs(pln_normal(x) + pln_normal(-x) - 1) <= 0x1p-52);
    CU_ASSERT_FATAL(fabs(pln_log(pln_exp(x)) - x) <= 0x1p-52 * (1 + fabs(x)));
    pln_normal_interval_ratio(x, y, &log, &low, &high);
    CU_ASSERT_EQUAL_FATAL(pln_normal_interval_log(-y, -x), log); /* the mirror image */
    pln_normal_interval_ratio(-INFINITY, x, &log, &low, &high);
    pln_normal_log_ratio(x, &log_too, &ratio);
    CU_ASSERT_FATAL(fabs(log - log_too) <= 0x1p-50 * fabs(log) && low == 0);
    CU_ASSERT_FATAL(fabs(high - ratio) <= 0x1p-50 * ratio);
  }
}

static void test_limits(void) {
  double log, low, high;
  CU_ASSERT(pln_exp(-INFINITY) == 0 && pln_exp(INFINITY) == INFINITY && isnan(pln_exp(NAN)));
  CU_ASSERT(pln_exp(0) == 1 && pln_exp(-745) == 0x1p-1074 && pln_exp(-746) == 0);
  CU_ASSERT(pln_exp(709.78) > 1.79e308 && isfinite(pln_exp(709.78)));
  CU_ASSERT(pln_exp(709.79) == INFINITY && pln_exp(1e300) == INFINITY);
  CU_ASSERT(pln_log(0) == -INFINITY && pln_log(INFINITY) == INFINITY && isnan(pln_log(-1)));
  CU_ASSERT(isnan(pln_log(NAN)) && pln_log(1) == 0 && isnan(pln_log(-INFINITY)));
  CU_ASSERT(pln_log1p(-1) == -INFINITY && pln_log1p(INFINITY) == INFINITY);
  CU_ASSERT(isnan(pln_log1p(-2)) && pln_log1p(1e-300) == 1e-300 && isnan(pln_log1p(NAN)));
  CU_ASSERT(pln_normal(0) == 0.5 && pln_normal(INFINITY) == 1 && pln_normal(-INFINITY) == 0);
  CU_ASSERT(isnan(pln_normal(NAN)) && isnan(pln_phi(NAN)) && pln_phi(-INFINITY) == 0);
  CU_ASSERT(pln_normal_log(INFINITY) == 0 && pln_normal_log(-INFINITY) == -INFINITY);
  CU_ASSERT(pln_normal_ratio(INFINITY) == 0 && pln_normal_ratio(-INFINITY) == INFINITY);
  CU_ASSERT(pln_normal_ratio(-1e200) == 1e200 && isnan(pln_normal_ratio(NAN)));
  CU_ASSERT(pln_normal_inverse(0) == -INFINITY && pln_normal_inverse(1) == INFINITY);
  CU_ASSERT(pln_normal_inverse(0.5) == 0 && isnan(pln_normal_inverse(NAN)));
  CU_ASSERT(isnan(pln_normal_inverse(-0.1)) && isnan(pln_normal_inverse(1.1)));
  CU_ASSERT(fabs(pln_normal_inverse(0x1p-1074) + 38.467405617144344) < 1e-13);
  pln_normal_interval_ratio(-INFINITY, INFINITY, &log, &low, &high);
  CU_ASSERT(log == 0 && low == 0 && high == 0);
  CU_ASSERT(pln_normal_interval_log(2, 2) == -INFINITY);
  CU_ASSERT(isnan(pln_normal_interval_log(2, 1)) && isnan(pln_normal_interval_log(9, -9)));
  CU_ASSERT(isnan(pln_normal_interval_log(NAN, 1)) && isnan(pln_normal_interval_log(1, NAN)));
}

static uint64_t digest(uint64_t sum, const double *x, size_t n) {
  for (size_t i = 0; i < n; i++)
    sum = (sum ^ pln_bits(x[i])) * 1099511628211u;
  return sum;
}

/* Of every function over a grid, by itself and by arrays: the bytes that every compiler,
 * at every level, on every machine must come to. */
static void test_bytes(void) {
  enum { N = 4099 };
  static double x[N], y[N], p[N], out[8][N], one[8][N];
  for (unsigned i = 0; i < N; i++) {
    x[i] = (i % 2 ? 5 : 40) * scattered(i);
    y[i] = x[i] + 3 + 3 * scattered(5 * i);
    p[i] = 0.5 * (1 + scattered(i));
    one[0][i] = pln_exp(x[i]);
    one[1][i] = pln_log(p[i]);
    one[2][i] = pln_normal(x[i]);
    pln_normal_log_ratio(x[i], &one[3][i], &one[4][i]);
    pln_normal_interval_ratio(x[i], y[i], &one[5][i], &one[6][i], &one[7][i]);
  }
  pln_exps(N, x, out[0]);
  pln_logs(N, p, out[1]);
  pln_normals(N, x, out[2]);
  pln_normal_log_ratios(N, x, out[3], out[4]);
  pln_normal_interval_ratios(N, x, y, out[5], out[6], out[7]);
  CU_ASSERT_EQUAL(memcmp(one, out, sizeof one), 0);
  uint64_t sum = digest(14695981039346656037u, &one[0][0], 8 * (size_t)N);
  for (unsigned i = 0; i < N; i++)
    one[0][i] = pln_normal_inverse(p[i]);
  pln_normal_inverses(N, p, p); /* in its place */
  CU_ASSERT_EQUAL(memcmp(one[0], p, sizeof p), 0);
  sum = digest(sum, p, N);
  CU_ASSERT_EQUAL(sum, 0x08eff2994a8f209eu);
  if (sum != 0x08eff2994a8f209eu)
    printf("\n    the digest is 0x%016llx", (unsigned long long)sum);
}

int main(void) {
  CU_TestInfo tests[] = {{"exp and log", test_exp_log},
                         {"Phi, its log and ratio", test_normal},
                         {"GSL", test_gsl},
                         {"inverse", test_inverse},
                         {"intervals", test_interval},
                         {"identities", test_identities},
                         {"limits", test_limits},
                         {"the same bytes", test_bytes},
                         CU_TEST_INFO_NULL};
  return suite_run("the normal distribution", tests);
}
