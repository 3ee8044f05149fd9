/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/bargain_score.h"

#include <math.h>
#include <stdlib.h>

#include "plenary/draw.h"

double pln_score_crps(guint n, const double *x, const double *p, double y) {
  double near = 0, apart = 0;
  for (guint i = 0; i < n; i++) {
    near += p[i] * fabs(x[i] - y);
    for (guint j = 0; j < i; j++)
      apart += p[i] * p[j] * fabs(x[i] - x[j]); /* each pair once: half of the double sum */
  }
  return near - apart;
}

double pln_score_crps_spread(double point, guint n, const double *errors, double y, double *room) {
  double near = 0, apart = 0;
  if (n == 0)
    return fabs(point - y);
  for (guint i = 0; i < n; i++) {
    room[i] = CLAMP(point + errors[i], 0, 100);
    near += fabs(room[i] - y);
    apart +=
        room[i] * (2.0 * i - n + 1); /* ascending: Σ over pairs of the greater less the smaller */
  }
  return near / n - apart / n / n;
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

double pln_score_median(guint n, double *values) {
  if (n == 0)
    return NAN;
  qsort(values, n, sizeof *values, by_size);
  return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

PlnScoreDraws *pln_score_draws_new(guint n_units, guint draws, guint64 seed, guint32 study) {
  PlnScoreDraws *d = g_new0(PlnScoreDraws, 1);
  d->draws = draws;
  d->n = n_units;
  d->count = g_new0(guint16, (gsize)draws * n_units + 1);
  for (guint k = 0; k < draws; k++) {
    PlnDraw draw = pln_draw_stream(seed, study, k);
    for (guint i = 0; i < n_units; i++)
      d->count[(gsize)k * n_units + pln_draw_below(&draw, n_units)]++;
  }
  return d;
}

void pln_score_draws_free(PlnScoreDraws *draws) {
  if (!draws)
    return;
  g_free(draws->count);
  g_free(draws);
}

/* The sums over the issues of each unit, and how many these are.  Returns: units that have any */
static guint sum_units(guint n, const double *difference, const guint *unit, double *sum,
                       double *n_of) {
  guint units = 0;
  for (guint i = 0; i < n; i++) {
    if (isnan(difference[i]))
      continue;
    units += n_of[unit[i]] == 0;
    sum[unit[i]] += difference[i];
    n_of[unit[i]]++;
  }
  return units;
}

/* The mean of one draw; NAN where it has no issue. */
static double mean_of(guint n, const guint16 *count, const double *sum, const double *n_of) {
  double all = 0, issues = 0;
  for (guint u = 0; u < n; u++) {
    all += count[u] * sum[u];
    issues += count[u] * n_of[u];
  }
  return issues > 0 ? all / issues : NAN;
}

void pln_score_draws_interval(const PlnScoreDraws *d, guint n, const double *difference,
                              const guint *unit, double *mean, double *low, double *high) {
  g_autofree double *sum = g_new0(double, d->n + 1), *n_of = g_new0(double, d->n + 1);
  g_autofree double *drawn = g_new(double, d->draws + 1);
  guint units = sum_units(n, difference, unit, sum, n_of), m = 0;
  double all = 0, issues = 0;
  for (guint u = 0; u < d->n; u++) {
    all += sum[u];
    issues += n_of[u];
  }
  *mean = issues > 0 ? all / issues : NAN;
  *low = *high = NAN;
  for (guint k = 0; k < d->draws && units > 1; k++) {
    double one = mean_of(d->n, d->count + (gsize)k * d->n, sum, n_of);
    if (!isnan(one))
      drawn[m++] = one;
  }
  if (m < PLN_SCORE_LEAST)
    return;
  qsort(drawn, m, sizeof *drawn, by_size);
  *low = drawn[m / 40];
  *high = drawn[m - 1 - m / 40];
}
