/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws from what joining.c fitted: the pace, then the times. */
#include <math.h>

#include "plenary/joining_part.h"
#include "plenary/normal.h"

/* ---- Between the two ---- */

static void mix(const PlnJoinFit *fit, double u, PlnJoinPace *pace) {
  pace->u = u;
  for (guint c = 0; c < PLN_JOIN_CLASSES && fit->has_fast; c++) {
    pace->shape[c] += u * (fit->fast_shape - pace->shape[c]);
    pace->log_rate[c] += u * (fit->fast_log_rate[c] - pace->log_rate[c]);
  }
}

/* Log likelihood of what the states have done, at the classes' middle shapes and rates. */
static double likelihood(const PlnJoinPace *pace, const PlnJoinState *state, guint n,
                         double until) {
  double sum = 0;
  for (guint i = 0; i < n; i++)
    for (guint c = 0; c < PLN_JOIN_CLASSES; c++) {
      PlnJoinSpan s = pln_join_span(&state[i], c, until);
      double k = pace->shape[c], a = pace->log_rate[c];
      if (s.to > 0 && s.to > s.from)
        sum -= pln_exp(a) * (pln_join_power(s.to, k) - pln_join_power(s.from, k));
      if (s.joined)
        sum += a + pln_log(k) + (k - 1) * pln_log(MAX(s.to, 0.5 / 365.25));
    }
  return sum;
}

void pln_join_lean(const PlnJoinFit *fit, const PlnJoinState *state, guint n, double until,
                   double cumulated[PLN_JOIN_PACES]) {
  double most = -INFINITY, sum = 0;
  for (guint j = 0; j < PLN_JOIN_PACES; j++) {
    PlnJoinPace pace = {0};
    for (guint c = 0; c < PLN_JOIN_CLASSES; c++) {
      pace.shape[c] = fit->class_fit[c].shape;
      pace.log_rate[c] = fit->class_fit[c].log_rate;
    }
    mix(fit, (double)j / (PLN_JOIN_PACES - 1), &pace);
    cumulated[j] = fit->has_fast ? likelihood(&pace, state, n, until) : j == 0 ? 0 : -INFINITY;
    most = MAX(most, cumulated[j]);
  }
  for (guint j = 0; j < PLN_JOIN_PACES; j++)
    cumulated[j] = sum += pln_exp(cumulated[j] - most);
  for (guint j = 0; j < PLN_JOIN_PACES; j++)
    cumulated[j] /= sum;
}

/* ---- Draws ---- */

static guint pick(const double *cumulated, guint n, double p) {
  guint j = 0;
  while (j + 1 < n && cumulated[j] < p)
    j++;
  return j;
}

/* Of shape @n + 1/2: half a squared normal, or Marsaglia and Tsang's rejection (ACM Trans. Math.
 * Softw. 26:363, 2000), of which nine in ten are taken at the least. */
static double draw_gamma(PlnDraw *stream, guint n) {
  double d = n + 0.5 - 1 / 3.0, z = pln_draw_normal(stream);
  if (n == 0)
    return MAX(0.5 * z * z, 1e-300);
  for (double c = 1 / sqrt(9 * d);; z = pln_draw_normal(stream)) {
    double root = 1 + c * z, v = root * root * root;
    if (root > 0 && pln_log(pln_draw_uniform(stream)) < 0.5 * z * z + d * (1 - v + pln_log(v)))
      return d * v;
  }
}

static void draw_class(const PlnJoinFit *fit, guint c, PlnDraw *stream, PlnJoinPace *pace) {
  const PlnJoinClassFit *past = &fit->class_fit[c];
  guint j = pick(past->cumulated, PLN_JOIN_SHAPES, pln_draw_uniform(stream));
  pace->shape[c] = pln_exp(pln_join_log_shape(j));
  pace->log_rate[c] = pln_log(draw_gamma(stream, past->joined) / MAX(past->exposure[j], 1e-12)) -
                      pace->shape[c] * pln_log(fit->until);
}

/* The walks of both classes from @from on. */
static void draw_walk(const PlnJoinFit *fit, double from, guint years, const PlnDraw *stream,
                      PlnJoinPace *pace) {
  double log[PLN_JOIN_YEARS + 1], power_at[PLN_JOIN_YEARS + 1], x[PLN_JOIN_YEARS];
  pace->years = years = MIN(years, PLN_JOIN_YEARS);
  for (guint y = 0; y <= years; y++)
    log[y] = from + y;
  pln_logs(years + 1, log, log);
  for (guint c = 0; c < PLN_JOIN_CLASSES; c++) {
    const double *wander = fit->class_fit[c].wander;
    PlnDraw own = *stream; /* at an address: a longer horizon begins with the shorter one */
    pln_draw_skip(&own, c * (PLN_JOIN_YEARS + 1));
    double sd = PLN_JOIN_LEVEL * pick(wander, PLN_JOIN_WANDERS, pln_draw_uniform(&own));
    double walk = 0, come = 0;
    for (guint y = 0; y <= years; y++)
      power_at[y] = pace->shape[c] * log[y];
    pln_exps(years + 1, power_at, power_at);
    pln_draw_normals(&own, years, x);
    for (guint y = 0; y < years; y++)
      x[y] = walk += sd * x[y];
    pln_exps(years, x, x);
    for (guint y = 0; y < years; y++) {
      pace->start[c][y] = power_at[y];
      pace->come[c][y] = come;
      pace->slow[c][y] = 1 / x[y];
      come += x[y] * (power_at[y + 1] - power_at[y]);
    }
  }
}

void pln_join_draw(const PlnJoinFit *fit, const double lean[PLN_JOIN_PACES], double from,
                   guint years, PlnDraw *stream, PlnJoinPace *pace) {
  double u = pick(lean, PLN_JOIN_PACES, pln_draw_uniform(stream));
  pace->together = pln_exp(fit->union_sd * pln_draw_normal(stream));
  double b = fit->support + fit->support_error * pln_draw_normal(stream);
  pace->support[PLN_JOIN_OTHER] = b;
  pace->support[PLN_JOIN_SIGNATORY] = b * pln_draw_uniform(stream);
  for (guint c = 0; c < PLN_JOIN_CLASSES; c++)
    draw_class(fit, c, stream, pace);
  mix(fit, u / (PLN_JOIN_PACES - 1), pace);
  draw_walk(fit, from, years, stream, pace);
}

void pln_join_factors(const PlnJoinPace *pace, const PlnJoinSeats *seats, double *factor) {
  double sum[PLN_JOIN_CLASSES] = {0}, n[PLN_JOIN_CLASSES] = {0};
  for (guint i = 0; i < seats->n; i++)
    factor[i] = pace->support[seats->join_class[i]] * seats->support[i];
  pln_exps(seats->n, factor, factor);
  for (guint i = 0; i < seats->n; i++) {
    sum[seats->join_class[i]] += factor[i];
    n[seats->join_class[i]]++;
  }
  for (guint i = 0; i < seats->n; i++) {
    guint c = seats->join_class[i];
    factor[i] *= n[c] / sum[c] * (seats->together[i] ? pace->together : 1);
  }
}

/* t^k once @more has come in the walk, by halves: the last year whose start has come. */
static double wandered(const PlnJoinPace *pace, guint c, double more) {
  guint low = 0, n = pace->years;
  while (n > 1) {
    guint half = n / 2;
    low += pace->come[c][low + half] <= more ? half : 0;
    n -= half;
  }
  return pace->start[c][low] + (more - pace->come[c][low]) * pace->slow[c][low];
}

void pln_join_times(const PlnJoinPace *pace, const PlnJoinSeats *seats, const double *factor,
                    double from, const double *exponential, double *time) {
  double rate[PLN_JOIN_CLASSES], before[PLN_JOIN_CLASSES], over[PLN_JOIN_CLASSES];
  for (guint c = 0; c < PLN_JOIN_CLASSES; c++) {
    rate[c] = pln_exp(-pace->log_rate[c]);
    before[c] = pln_join_power(from, pace->shape[c]);
    over[c] = 1 / pace->shape[c];
  }
  for (guint i = 0; i < seats->n; i++) {
    guint c = seats->join_class[i];
    double more = exponential[i] * rate[c] / factor[i];
    time[i] = pace->years > 0 ? wandered(pace, c, more) : before[c] + more;
  }
  pln_logs(seats->n, time, time);
  for (guint i = 0; i < seats->n; i++)
    time[i] *= over[seats->join_class[i]];
  pln_exps(seats->n, time, time);
}
