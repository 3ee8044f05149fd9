/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values with weights, summed up. */
#include <math.h>
#include <stdlib.h>

#include "plenary/bargain_part.h"

const double pln_bargain_quantiles[PLN_BARGAIN_QUANTILES] = {.05, .25, .5, .75, .95};

double pln_bargain_overall(const double *at) {
  static const double band[PLN_BARGAIN_QUANTILES] = {.15, .225, .25, .225, .15};
  double sum = 0;
  guint known = 0;
  for (guint q = 0; q < PLN_BARGAIN_QUANTILES; q++)
    if (!isnan(at[q])) {
      sum += band[q] * at[q];
      known++;
    }
  return known > 0 ? sum : NAN;
}

typedef struct {
  double value, weight;
  gsize place; /* equal values stay in their order: sorting is then the same everywhere */
} Point;
G_STATIC_ASSERT(sizeof(Point) <= PLN_BARGAIN_POINT);

static int by_value(const void *a, const void *b) {
  const Point *x = a, *y = b;
  if (x->value != y->value)
    return x->value < y->value ? -1 : 1;
  return (x->place > y->place) - (x->place < y->place);
}

static void find_quantiles(gsize n, const Point *point, double all, double *quantile) {
  gsize at = 0;
  double below = point[0].weight;
  for (guint q = 0; q < PLN_BARGAIN_QUANTILES; q++) {
    double share = pln_bargain_quantiles[q] * all;
    while (at + 1 < n && below < share && !pln_floor_tie(below, share))
      below += point[++at].weight;
    quantile[q] = point[at].value;
  }
}

static guint bin_of(double value, double from, double to) {
  double place = (value - from) / (to - from) * PLN_BARGAIN_BINS;
  return (guint)CLAMP(place, 0, PLN_BARGAIN_BINS - 1);
}

gboolean pln_bargain_sum_up(gsize n, const double *value, const double *weight, double from,
                             double to, PlnBargainSpread *spread) {
  g_autofree Point *point = g_new(Point, n + 1);
  double all = 0, sum = 0, square = 0;
  gsize kept = 0;
  *spread = (PlnBargainSpread){0};
  for (gsize k = 0; k < n; k++) {
    double w = weight ? weight[k] : 1;
    if (isnan(value[k]) || !(w > 0))
      continue;
    point[kept++] = (Point){value[k], w, k};
    spread->share[bin_of(value[k], from, to)] += w;
    all += w;
    sum += w * value[k];
  }
  if (kept == 0)
    return FALSE;
  spread->mean = sum / all;
  for (gsize k = 0; k < kept; k++)
    square += point[k].weight * (point[k].value - spread->mean) * (point[k].value - spread->mean);
  spread->sd = sqrt(square / all);
  for (guint b = 0; b < PLN_BARGAIN_BINS; b++)
    spread->share[b] /= all;
  qsort(point, kept, sizeof *point, by_value);
  find_quantiles(kept, point, all, spread->quantile);
  return TRUE;
}
