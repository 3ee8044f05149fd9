/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/normal.h"

#include "plenary/wide.h"

/* A loop of fixed length is vectorised at -O2 too, if told that its values do not hang on
 * one another: each is read before it is written over. */
enum { LANES = 8 };
#if defined(__clang__)
#pragma clang diagnostic ignored "-Wpass-failed" /* under a sanitizer it cannot be done */
#define APART _Pragma("clang loop vectorize(assume_safety)")
#else
#define APART _Pragma("GCC ivdep")
#endif

#define MAP(name, f)                                                                           \
  PLN_WIDE void name(size_t n, const double *x, double *out) {                                 \
    size_t i = 0;                                                                              \
    for (; i + LANES <= n; i += LANES) {                                                       \
      APART for (size_t j = i; j < i + LANES; j++) out[j] = f(x[j]);                           \
    }                                                                                          \
    for (; i < n; i++)                                                                         \
      out[i] = f(x[i]);                                                                        \
  }

MAP(pln_exps, pln_exp)
MAP(pln_logs, pln_log)
MAP(pln_normals, pln_normal)
MAP(pln_normal_inverses, pln_normal_inverse)

PLN_WIDE void pln_normal_log_ratios(size_t n, const double *x, double *log, double *ratio) {
  size_t i = 0;
  for (; i + LANES <= n; i += LANES) {
    APART
    for (size_t j = i; j < i + LANES; j++) {
      double log_j, ratio_j;
      pln_normal_log_ratio(x[j], &log_j, &ratio_j);
      log[j] = log_j;
      ratio[j] = ratio_j;
    }
  }
  for (; i < n; i++)
    pln_normal_log_ratio(x[i], &log[i], &ratio[i]);
}

PLN_WIDE void pln_normal_interval_ratios(size_t n, const double *a, const double *b, double *log,
                                     double *low, double *high) {
  size_t i = 0;
  for (; i + LANES <= n; i += LANES) {
    APART
    for (size_t j = i; j < i + LANES; j++) {
      double log_j, low_j, high_j;
      pln_normal_interval_ratio(a[j], b[j], &log_j, &low_j, &high_j);
      log[j] = log_j;
      low[j] = low_j;
      high[j] = high_j;
    }
  }
  for (; i < n; i++) {
    double from = a[i], to = b[i];
    pln_normal_interval_ratio(from, to, &log[i], &low[i], &high[i]);
  }
}
