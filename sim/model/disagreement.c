/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/disagreement.h"

#include <math.h>

typedef struct {
  PlnRun run;
  PlnDisagree disagree;
  PlnDisagreementSolve solve;
  PlnDisagreement d;
  gboolean nothing; /* there is nothing to bargain for on any issue */
} Run;

PlnRun *pln_disagreement_run(guint n, guint m, const PlnMethodOptions *options,
                             PlnDisagreementSolve solve) {
  Run *r = pln_run_new(sizeof *r, n, m, FALSE);
  r->disagree = options->disagree;
  r->solve = solve;
  r->d.floor = pln_floor_set_up(n);
  r->d.x = g_new(double, n + 1);
  r->d.w = g_new(double, n + 1);
  r->d.far = g_new(double, n + 1);
  return &r->run;
}

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
  return !pln_floor_tie(low, at) && !pln_floor_tie(high, at) && (low > at) == (high > at);
}

/* The words and the outcome of what needs no solution. */
static void settle(Run *r) {
  PlnDisagreement *d = &r->d;
  const PlnFloor *floor = d->floor;
  d->outcome = NAN;
  d->words = pln_floor_words(floor);
  if (!d->words)
    r->nothing = FALSE;
  if (d->n == 0)
    return;
  if (d->words) {
    d->outcome = d->x[0]; /* alone, or all at one position */
  } else if (r->disagree == PLN_DISAGREE_REFERENCE && isnan(floor->reference)) {
    d->words = "no reference point is stated: what would hold if the talks failed is not known";
  } else if (r->disagree == PLN_DISAGREE_REFERENCE && !is_beyond(d)) {
    d->words = "no outcome improves on the disagreement outcome for all: the reference point stays";
    d->outcome = floor->reference;
  }
}

void pln_disagreement_start(PlnRun *run, const PlnTalks *talks) {
  Run *r = (Run *)run;
  pln_run_start(run, talks);
  r->nothing = TRUE;
  for (guint issue = 0; issue < run->m; issue++) {
    pln_floor_take(r->d.floor, talks, issue, NULL);
    hear(&r->d, r->disagree);
    settle(r);
    run->words[issue] = r->d.words;
    run->outcome[issue] = r->d.words ? r->d.outcome : r->solve(&r->d);
    run->settled[issue] = TRUE;
  }
}

void pln_disagreement_step(PlnRun *run) {
  run->round++;
}

PlnEnd pln_disagreement_converged(const PlnRun *run) {
  return ((const Run *)run)->nothing ? PLN_END_NOTHING : PLN_END_ONCE;
}

void pln_disagreement_free(PlnRun *run) {
  Run *r = (Run *)run;
  if (!r)
    return;
  pln_floor_free(r->d.floor);
  g_free(r->d.x);
  g_free(r->d.w);
  g_free(r->d.far);
  pln_run_clear(run);
  g_free(r);
}
