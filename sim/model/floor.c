/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/floor.h"

#include <math.h>

PlnFloor *pln_floor_set_up(guint most) {
  PlnFloor *floor = g_new0(PlnFloor, 1);
  floor->actor = g_new(guint, most + 1);
  floor->order = g_new(guint, most + 1);
  floor->room = g_new(double, 4 * (gsize)most + 1);
  floor->x = floor->room;
  floor->s = floor->x + most;
  floor->c = floor->s + most;
  floor->w = floor->c + most;
  return floor;
}

void pln_floor_free(PlnFloor *floor) {
  if (!floor)
    return;
  g_free(floor->actor);
  g_free(floor->order);
  g_free(floor->room);
  g_free(floor);
}

gboolean pln_floor_tie(double a, double b) {
  return a == b || fabs(a - b) <= PLN_TIE * MAX(fabs(a), fabs(b));
}

double pln_floor_apart(double from, double to) {
  return PLN_TIE * MAX(fabs(from), fabs(to));
}

/* By insertion, so that equal positions stay in the order of the actors: a floor is small. */
void pln_floor_sort(PlnFloor *floor) {
  for (guint k = 0; k < floor->n; k++) {
    guint at = k;
    for (; at > 0 && floor->x[floor->order[at - 1]] > floor->x[k]; at--)
      floor->order[at] = floor->order[at - 1];
    floor->order[at] = k;
  }
}

void pln_floor_take(PlnFloor *floor, const PlnTalks *talks, guint issue, const double *position) {
  const double *at = position ? position : talks->position;
  floor->n = 0;
  floor->from = talks->from[issue];
  floor->to = talks->to[issue];
  floor->reference = talks->reference[issue];
  for (guint i = 0; i < talks->n; i++) {
    gsize cell = (gsize)i * talks->m + issue;
    guint k = floor->n;
    if (isnan(at[cell]))
      continue;
    floor->actor[k] = i;
    floor->x[k] = at[cell];
    floor->s[k] = talks->salience[cell];
    floor->c[k] = talks->capability[cell];
    floor->w[k] = floor->c[k] * floor->s[k];
    floor->n++;
  }
  pln_floor_sort(floor);
}

double pln_floor_weight(const PlnFloor *floor) {
  double sum = 0;
  for (guint k = 0; k < floor->n; k++)
    sum += floor->w[k];
  return sum;
}

double pln_floor_mean(const PlnFloor *floor) {
  double sum = 0, weight = pln_floor_weight(floor);
  for (guint k = 0; k < floor->n; k++)
    sum += floor->w[k] * floor->x[k];
  return weight > 0 ? sum / weight : NAN;
}

double pln_floor_plain_mean(const PlnFloor *floor) {
  double sum = 0;
  for (guint k = 0; k < floor->n; k++)
    sum += floor->x[k];
  return floor->n > 0 ? sum / floor->n : NAN;
}

/* The first position at which the weights up to it reach half of all. */
static double median_by(const PlnFloor *floor, const double *w) {
  double all = 0, below = 0;
  for (guint k = 0; k < floor->n; k++)
    all += w ? w[k] : 1;
  for (guint k = 0; k < floor->n && all > 0; k++) {
    below += w ? w[floor->order[k]] : 1;
    if (below >= all / 2 || pln_floor_tie(below, all / 2))
      return floor->x[floor->order[k]];
  }
  return NAN;
}

double pln_floor_median(const PlnFloor *floor) {
  return median_by(floor, floor->w);
}

const char *pln_floor_median_words(const PlnFloor *floor) {
  double all = pln_floor_weight(floor), below = 0, apart = pln_floor_apart(floor->from, floor->to);
  guint k = 0;
  while (k < floor->n && below < all / 2 && !pln_floor_tie(below, all / 2))
    below += floor->w[floor->order[k++]];
  if (k == 0 || !pln_floor_tie(below, all / 2))
    return NULL;
  double median = floor->x[floor->order[k - 1]];
  while (k < floor->n && !(floor->w[floor->order[k]] > 0))
    k++;
  return k < floor->n && floor->x[floor->order[k]] - median > apart
             ? "a tie, half of the weight on either side: of two positions the lower is taken"
             : NULL;
}

double pln_floor_plain_median(const PlnFloor *floor) {
  return median_by(floor, NULL);
}

double pln_floor_range(const PlnFloor *floor) {
  return floor->n > 0 ? floor->x[floor->order[floor->n - 1]] - floor->x[floor->order[0]] : 0;
}

const char *pln_floor_words(const PlnFloor *floor) {
  double capability = 0, salience = 0;
  for (guint k = 0; k < floor->n; k++) {
    capability += floor->c[k];
    salience += floor->s[k];
  }
  if (floor->n == 0)
    return "nobody takes part";
  if (capability <= 0)
    return "nobody can bring anything to bear: every capability is 0";
  if (salience <= 0)
    return "nobody cares: every salience is 0";
  if (pln_floor_weight(floor) <= 0)
    return "nobody has weight: who cares can do nothing, and who can does not care";
  if (floor->n == 1)
    return "one actor alone: there is nobody to bargain with";
  if (pln_floor_range(floor) <= pln_floor_apart(floor->from, floor->to))
    return "all stand at one position: there is nothing to bargain for";
  return NULL;
}
