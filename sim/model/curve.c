/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/curve.h"

#include <math.h>

#include "plenary/normal.h"
#include "plenary/wide.h"

enum { LANES = PLN_CURVE_LANES };

PLN_WIDE
void pln_curve_beyond(gsize n, const double *restrict x, double slope, double cut, double side,
                      double *restrict log, double *restrict gradient, double *restrict weight) {
  double a = side * slope, b = side * cut;
  for (gsize k = 0; k < n; k += LANES)
    for (gsize l = k; l < k + LANES; l++) {
      double t = a * x[l] - b, ratio;
      pln_normal_log_ratio(t, &log[l], &ratio);
      gradient[l] = side * ratio;
      weight[l] = ratio * (ratio + t);
    }
}

PLN_WIDE
void pln_curve_between(gsize n, const double *restrict x, const PlnCurve *curve,
                       const PlnCurveBetween *out) {
  double slope = curve->slope, low = curve->low, high = curve->high;
  double *restrict log = out->log, *restrict d_low = out->low, *restrict d_high = out->high;
  double *restrict ll = out->low_low, *restrict lh = out->low_high, *restrict hh = out->high_high;
  for (gsize k = 0; k < n; k += LANES)
    for (gsize l = k; l < k + LANES; l++) {
      double eta = slope * x[l], a = low - eta, b = high - eta, at_a, at_b;
      pln_normal_interval_ratio(a, b, &log[l], &at_a, &at_b);
      d_low[l] = -at_a;
      d_high[l] = at_b;
      ll[l] = at_a * (at_a - a);
      lh[l] = -at_a * at_b;
      hh[l] = at_b * (at_b + b);
    }
}

void pln_curve_chance(const PlnCurve *curve, const double *covariance, guint classes, double x,
                      double error, double *chance) {
  static const double known[6] = {0};
  const double *v = covariance ? covariance : known;
  double eta = curve->slope * x, both = curve->slope * error;
  both = both * both + x * x * v[0];
  double by_low = both - 2 * x * v[1] + v[2], by_high = both - 2 * x * v[3] + v[5];
  double low = pln_normal((curve->low - eta) / sqrt(1 + MAX(by_low, 0)));
  if (classes == 2) {
    chance[0] = low;
    chance[1] = 1 - low;
    return;
  }
  double high = pln_normal((eta - curve->high) / sqrt(1 + MAX(by_high, 0)));
  double between = MAX(1 - low - high, 0), all = low + between + high;
  chance[0] = low / all;
  chance[1] = between / all;
  chance[2] = high / all;
}
