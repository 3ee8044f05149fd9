/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/disagreement.h"

#include <math.h>

#include "plenary/once.h"

typedef struct {
  PlnOnce once;
  PlnDisagreementSolve solve;
  PlnDisagreement d;
} Run;

/* Those with weight, by position. */
static void hear(PlnDisagreement *d, PlnDisagree disagree) {
  const PlnFloor *floor = d->floor;
  d->n = 0;
  for (guint k = 0; k < floor->n; k++) {
    guint place = floor->order[k];
    double x = floor->x[place];
    double low = floor->x[floor->order[0]], high = floor->x[floor->order[floor->n - 1]];
    if (!(floor->w[place] > 0))
      continue;
    d->x[d->n] = x;
    d->w[d->n] = floor->w[place];
    d->far[d->n++] = disagree == PLN_DISAGREE_WORST ? MAX(x - low, high - x)
                                                    : fabs(floor->reference - x);
  }
}

/* Whether all who are heard stand on one side of the reference point, and none at it. */
static gboolean is_beyond(const PlnDisagreement *d) {
  double low = d->x[0], high = d->x[d->n - 1], at = d->floor->reference;
  double apart = pln_floor_apart(d->floor->from, d->floor->to);
  return low - at > apart || at - high > apart;
}

/* The outcome of what needs no solution, and its words beside those of the floor. */
static void settle(PlnDisagreement *d, PlnDisagree disagree) {
  d->outcome = NAN;
  if (d->n == 0)
    return;
  if (d->words) {
    d->outcome = d->x[0]; /* alone, or all at one position */
  } else if (disagree == PLN_DISAGREE_REFERENCE && isnan(d->floor->reference)) {
    d->words = "no reference point is stated: what would hold if the talks failed is not known";
  } else if (disagree == PLN_DISAGREE_REFERENCE && !is_beyond(d)) {
    d->words = "no outcome improves on the disagreement outcome for all: the reference point stays";
    d->outcome = d->floor->reference;
  }
}

static double solve(PlnOnce *once, guint issue) {
  Run *r = (Run *)once;
  PlnDisagreement *d = &r->d;
  d->words = once->run.words[issue];
  hear(d, once->options.disagree);
  settle(d, once->options.disagree);
  once->run.words[issue] = d->words;
  return d->words ? d->outcome : r->solve(d);
}

static void clear(PlnOnce *once) {
  PlnDisagreement *d = &((Run *)once)->d;
  g_free(d->x);
  g_free(d->w);
  g_free(d->far);
}

PlnRun *pln_disagreement_run(guint n, guint m, const PlnMethodOptions *options,
                             PlnDisagreementSolve best) {
  Run *r = pln_once_new(sizeof *r, n, m, options, FALSE);
  r->once.solve = solve;
  r->once.clear = clear;
  r->solve = best;
  r->d.floor = r->once.floor;
  r->d.x = g_new(double, n + 1);
  r->d.w = g_new(double, n + 1);
  r->d.far = g_new(double, n + 1);
  return &r->once.run;
}
