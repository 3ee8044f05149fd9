/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One roll call's curve from few answers: Newton's method in slope, low cut and gap. */
#include <math.h>

#include "plenary/normal.h"
#include "plenary/rivals.h"

static const double SLOPE_SD = 2, CUT_SD = 3, GAP_SHAPE = 2, GAP_RATE = 2;
enum { ROUNDS = 40 };

/* Log posterior in (slope, low, high), its gradient and minus its second derivatives. */
typedef struct {
  double log, gradient[3], h[3][3];
} Summit;

/* d/d(slope, low, high) of the two arguments low - slope x and high - slope x. */
static void add_answer(Summit *s, double x, guint8 answer, const PlnCurve *c) {
  double low = c->low - c->slope * x, high = c->high - c->slope * x;
  double log = 0, of_low = 0, of_high = 0, low_low = 0, low_high = 0, high_high = 0;
  if (answer == 0) {
    pln_normal_log_ratio(low, &log, &of_low);
    low_low = of_low * (of_low + low);
  } else if (answer == 2) {
    pln_normal_log_ratio(-high, &log, &of_high);
    high_high = of_high * (of_high - high);
    of_high = -of_high;
  } else {
    double at_low, at_high;
    pln_normal_interval_ratio(low, high, &log, &at_low, &at_high);
    of_low = -at_low;
    of_high = at_high;
    low_low = at_low * (at_low - low);
    high_high = at_high * (at_high + high);
    low_high = -at_low * at_high;
  }
  s->log += log;
  s->gradient[0] -= x * (of_low + of_high);
  s->gradient[1] += of_low;
  s->gradient[2] += of_high;
  s->h[0][0] += x * x * (low_low + 2 * low_high + high_high);
  s->h[1][0] -= x * (low_low + low_high);
  s->h[2][0] -= x * (low_high + high_high);
  s->h[1][1] += low_low;
  s->h[2][1] += low_high;
  s->h[2][2] += high_high;
}

static Summit look(guint n, const double *x, const guint8 *answer, const PlnCurve *c) {
  double gap = c->high - c->low, slope = 1 / (SLOPE_SD * SLOPE_SD), cut = 1 / (CUT_SD * CUT_SD);
  double bend = (GAP_SHAPE - 1) / (gap * gap), push = (GAP_SHAPE - 1) / gap - GAP_RATE;
  Summit s = {
      .log = (GAP_SHAPE - 1) * pln_log(gap) - GAP_RATE * gap -
             0.5 * (slope * c->slope * c->slope + cut * c->low * c->low + cut * c->high * c->high),
      .gradient = {-slope * c->slope, -cut * c->low - push, -cut * c->high + push},
      .h = {{slope, 0, 0}, {0, cut + bend, 0}, {0, -bend, cut + bend}}};
  for (guint i = 0; i < n; i++)
    add_answer(&s, x[i], answer[i], c);
  return s;
}

/* The inverse of a symmetric positive definite matrix, its lower half given, by cofactors. */
static void invert(double h[3][3], double inverse[6]) {
  double a = h[0][0], b = h[1][0], c = h[2][0], d = h[1][1], e = h[2][1], f = h[2][2];
  double aa = d * f - e * e, ab = c * e - b * f, ac = b * e - c * d;
  double all = a * aa + b * ab + c * ac;
  inverse[0] = aa / all;
  inverse[1] = ab / all;
  inverse[2] = (a * f - c * c) / all;
  inverse[3] = ac / all;
  inverse[4] = (b * c - a * e) / all;
  inverse[5] = (a * d - b * b) / all;
}

/* A step of Newton's, halved till it rises.  Returns: what it gained */
static double climb(guint n, const double *x, const guint8 *answer, PlnCurve *c, Summit *s) {
  double inverse[6];
  invert(s->h, inverse);
  const double *g = s->gradient;
  double step[3] = {inverse[0] * g[0] + inverse[1] * g[1] + inverse[3] * g[2],
                    inverse[1] * g[0] + inverse[2] * g[1] + inverse[4] * g[2],
                    inverse[3] * g[0] + inverse[4] * g[1] + inverse[5] * g[2]};
  for (double share = 1; share > 1e-6; share *= 0.5) {
    PlnCurve to = {c->slope + share * step[0], c->low + share * step[1], c->high + share * step[2]};
    if (to.high - to.low < 1e-6)
      continue;
    Summit there = look(n, x, answer, &to);
    if (!(there.log >= s->log))
      continue;
    double gain = there.log - s->log;
    *c = to;
    *s = there;
    return gain;
  }
  return 0;
}

PlnCurve pln_rival_curve(guint n, const double *x, const guint8 *answer, double covariance[6]) {
  PlnCurve curve = {0, -0.5, 0.5};
  Summit s = look(n, x, answer, &curve);
  for (guint round = 0; round < ROUNDS && climb(n, x, answer, &curve, &s) > 1e-9; round++) {
  }
  invert(s.h, covariance);
  return curve;
}
