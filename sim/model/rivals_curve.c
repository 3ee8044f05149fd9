/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One roll call's curve from few answers, ordered and not: the mode by Newton's method. */
#include <math.h>
#include <string.h>

#include "plenary/cholesky.h"
#include "plenary/normal.h"
#include "plenary/rivals.h"

static const double SLOPE_SD = 2, CUT_SD = 3, GAP_SHAPE = 2, GAP_RATE = 2;
enum { ROUNDS = 40 };

/* ---- Ordered: slope, low cut and gap ---- */

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

/* ---- Unordered: of each answer a start and a slope ---- */

enum { COEFFICIENTS = 6, STRIDE = 8 };           /* start and slope of no, of abstain, of yes */
static const double START_SD = 1.5, TILT_SD = 2; /* found on sessions 65-69 */

typedef struct {
  guint n;
  const double *x;
  const guint8 *answer;
  double centre[COEFFICIENTS];
} Votes;

/* What the answers weigh at @x, as chances.  Returns: the log of the sum, and @utility of each */
static double weigh(const double *at, double x, double utility[3], double chance[3]) {
  double sum = 0, most = -INFINITY;
  for (guint k = 0; k < 3; k++) {
    utility[k] = at[2 * k] + at[2 * k + 1] * x;
    most = MAX(most, utility[k]);
  }
  for (guint k = 0; k < 3; k++)
    sum += chance[k] = pln_exp(utility[k] - most);
  for (guint k = 0; k < 3; k++)
    chance[k] /= sum;
  return most + pln_log(sum);
}

static double precision(guint coefficient) {
  double sd = coefficient % 2 == 0 ? START_SD : TILT_SD;
  return 1 / (sd * sd);
}

static double log_posterior(const Votes *v, const double *at) {
  double log = 0, utility[3], chance[3];
  for (guint c = 0; c < COEFFICIENTS; c++)
    log -= 0.5 * precision(c) * (at[c] - v->centre[c]) * (at[c] - v->centre[c]);
  for (guint i = 0; i < v->n; i++) {
    double all = weigh(at, v->x[i], utility, chance);
    log += utility[v->answer[i]] - all;
  }
  return log;
}

/* The log posterior's gradient and minus its second derivatives, the lower half. */
static void differentiate(const Votes *v, const double *at, double *gradient, double *h) {
  memset(h, 0, sizeof(double) * COEFFICIENTS * STRIDE);
  for (guint c = 0; c < COEFFICIENTS; c++) {
    gradient[c] = -precision(c) * (at[c] - v->centre[c]);
    h[c * STRIDE + c] = precision(c);
  }
  for (guint i = 0; i < v->n; i++) {
    double utility[3], p[3], by[2] = {1, v->x[i]};
    weigh(at, v->x[i], utility, p);
    for (guint c = 0; c < COEFFICIENTS; c++) {
      gradient[c] += ((v->answer[i] == c / 2) - p[c / 2]) * by[c % 2];
      for (guint d = 0; d <= c; d++)
        h[c * STRIDE + d] += p[c / 2] * ((c / 2 == d / 2) - p[d / 2]) * by[c % 2] * by[d % 2];
    }
  }
}

/* A step of Newton's, halved till it rises.  Returns: what it gained */
static double climb_choice(const Votes *v, double *at, double *log) {
  double step[COEFFICIENTS], h[COEFFICIENTS * STRIDE], spare[COEFFICIENTS * STRIDE];
  differentiate(v, at, step, h);
  pln_cholesky_ridge(h, COEFFICIENTS, STRIDE, spare);
  pln_cholesky_forward(h, COEFFICIENTS, STRIDE, step);
  pln_cholesky_backward(h, COEFFICIENTS, STRIDE, step);
  for (double share = 1; share > 1e-6; share *= 0.5) {
    double to[COEFFICIENTS];
    for (guint c = 0; c < COEFFICIENTS; c++)
      to[c] = at[c] + share * step[c];
    double there = log_posterior(v, to), gain = there - *log;
    if (!(gain >= 0))
      continue;
    memcpy(at, to, sizeof to);
    *log = there;
    return gain;
  }
  return 0;
}

void pln_rival_choice(guint n, const double *x, const guint8 *answer, const double share[3],
                      PlnRivalChoice *choice) {
  Votes v = {.n = n, .x = x, .answer = answer};
  double gradient[COEFFICIENTS], h[COEFFICIENTS * STRIDE], spare[COEFFICIENTS * STRIDE];
  for (guint k = 0; k < 3; k++)
    v.centre[2 * k] = pln_log(share[k]);
  memcpy(choice->at, v.centre, sizeof v.centre);
  double log = log_posterior(&v, choice->at);
  for (guint round = 0; round < ROUNDS && climb_choice(&v, choice->at, &log) > 1e-9; round++) {
  }
  differentiate(&v, choice->at, gradient, h);
  pln_cholesky_ridge(h, COEFFICIENTS, STRIDE, spare);
  pln_cholesky_inverse(h, COEFFICIENTS, STRIDE, choice->covariance);
}

/* The variance of the difference of two answers' utilities. */
static double variance(const PlnRivalChoice *choice, guint k, guint l, double x, double error) {
  const double by[COEFFICIENTS] = {(k == 0) - (l == 0), ((k == 0) - (l == 0)) * x,
                                   (k == 1) - (l == 1), ((k == 1) - (l == 1)) * x,
                                   (k == 2) - (l == 2), ((k == 2) - (l == 2)) * x};
  double tilt = (choice->at[2 * k + 1] - choice->at[2 * l + 1]) * error, sum = tilt * tilt;
  for (guint c = 0; c < COEFFICIENTS; c++)
    for (guint d = 0; d < COEFFICIENTS; d++)
      sum += by[c] * by[d] * choice->covariance[c * STRIDE + d];
  return MAX(sum, 0);
}

void pln_rival_choice_chance(const PlnRivalChoice *choice, double x, double error, double chance[3]) {
  static const double PI_8 = 0.39269908169872414;
  double utility[3], all = 0;
  weigh(choice->at, x, utility, chance);
  for (guint k = 0; k < 3; k++) {
    double against = 1;
    for (guint l = 0; l < 3; l++)
      if (l != k)
        against +=
            pln_exp((utility[l] - utility[k]) / sqrt(1 + PI_8 * variance(choice, k, l, x, error)));
    all += chance[k] = 1 / against;
  }
  for (guint k = 0; k < 3; k++)
    chance[k] /= all;
}
