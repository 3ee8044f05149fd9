/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From counts to chances, dates and means.  Threads' counts are added as whole numbers. */
#include <math.h>

#include "plenary/ratify_part.h"

/* ---- Adding up the threads ---- */

static void add(guint32 *to, const guint32 *from, gsize n) {
  for (gsize k = 0; k < n; k++)
    to[k] += from[k];
}

static void add_crowd(PlnRatifyCrowd *to, const PlnRatifyCrowd *from) {
  to->draws += from->draws;
  to->parties += from->parties;
  to->square += from->square;
  to->against_third += from->against_third;
  for (guint g = 0; g < PLN_PARTY_KINDS; g++) {
    to->kind[g] += from->kind[g];
    to->third[g] += from->third[g];
  }
}

static void add_counts(const PlnRatifyJob *job, PlnRatifyCounts *to, const PlnRatifyCounts *from) {
  gsize n = job->n, years = job->years + 1;
  for (guint e = 0; e < PLN_RATIFY_EVENTS; e++)
    add(to->day[e], from->day[e], job->span);
  add(to->month, from->month, n * job->months);
  add(to->fan, from->fan, (n + 1) * years);
  add(to->in_force, from->in_force, n);
  add(to->at_conference, from->at_conference, n);
  add(to->vote, from->vote, PLN_VOTE_KINDS * n);
  add(to->bound, from->bound, n);
  add(to->bound_many, from->bound_many, n + 1);
  add_crowd(&to->force, &from->force);
  add_crowd(&to->conference, &from->conference);
  for (guint y = 0; y < years; y++)
    add_crowd(&to->at_year[y], &from->at_year[y]);
  for (guint e = 0; e < PLN_RATIFY_EVENTS; e++)
    to->past[e] = MAX(to->past[e], from->past[e]);
  for (guint t = 0; t < PLN_RATIFY_TIES; t++)
    to->adopted[t] += from->adopted[t];
  for (guint v = 0; v < PLN_VOTE_KINDS; v++)
    to->count[v] += from->count[v];
  to->all += from->all;
  to->compared += from->compared;
  to->past_blocks += from->past_blocks;
  to->against_blocks += from->against_blocks;
  to->needed += from->needed;
}

/* ---- Dates ---- */

static double over(guint64 a, guint64 b) {
  return b > 0 ? (double)a / (double)b : NAN;
}

/* @past: the day, where it had come by the last day that is known; else 0 */
static void sum_date(const PlnRatifyJob *job, const guint32 *count, guint64 all, PlnDayNumber past,
                     PlnRatifyDate *date) {
  guint64 sum = 0;
  guint year = 0;
  date->by = g_new0(double, job->years + 1);
  for (guint q = 0; q < PLN_RATIFY_QUANTILES; q++) {
    guint at = all > 0 ? pln_ratify_quantile(count, job->span, all, pln_ratify_levels[q]) : job->span;
    date->quantile[q] = at >= job->span ? -1 : at == 0 && past > 0 ? past
                                                                   : job->known + (PlnDayNumber)at;
  }
  for (guint k = 0; k < job->span; k++) {
    for (; year < job->month_of[k] / 12u; year++)
      date->by[year] = over(sum, all);
    sum += count[k];
  }
  for (; year <= job->years; year++)
    date->by[year] = over(sum, all);
  date->never = over(all - sum, all);
}

/* ---- Composition ---- */

static PlnRatifyComposition composition(const PlnRatifyCrowd *c) {
  PlnRatifyComposition x = {.parties = over(c->parties, c->draws)};
  double variance = over(c->square, c->draws) - x.parties * x.parties;
  x.sd = sqrt(MAX(variance, 0));
  for (guint g = 0; g < PLN_PARTY_KINDS; g++) {
    x.kind[g] = over(c->kind[g], c->draws);
    x.third[g] = over(c->third[g], c->draws);
  }
  x.past_third = x.third[PLN_PARTY_PAST];
  x.against_third = over(c->against_third, c->draws);
  return x;
}

static void sum_years(const PlnRatifyJob *job, const PlnRatifyCounts *c) {
  PlnRatify *r = job->ratify;
  guint years = job->years + 1;
  r->fan = g_new0(double, (gsize)years * PLN_RATIFY_QUANTILES);
  r->mean = g_new0(double, years);
  r->at_year = g_new0(PlnRatifyComposition, years);
  for (guint y = 0; y < years; y++) {
    const guint32 *fan = c->fan + (gsize)y * (job->n + 1);
    r->at_year[y] = composition(&c->at_year[y]);
    r->mean[y] = r->at_year[y].parties;
    for (guint q = 0; q < PLN_RATIFY_QUANTILES; q++)
      r->fan[y * PLN_RATIFY_QUANTILES + q] =
          pln_ratify_quantile(fan, job->n + 1, r->options.draws, pln_ratify_levels[q]);
  }
}

/* ---- States ---- */

/* Within its month by straight line; the day itself where it is fixed. */
static PlnDayNumber median_day(const PlnRatifyJob *job, const guint32 *month, guint i) {
  guint64 all = job->ratify->options.draws, sum = 0;
  if (job->fixed[i] != PLN_RATIFY_FREE)
    return job->fixed[i] == PLN_RATIFY_NEVER ? -1 : job->fixed[i];
  guint at = pln_ratify_quantile(month, job->months, all, 0.5);
  if (at == job->months)
    return -1;
  for (guint k = 0; k < at; k++)
    sum += month[k];
  double share = ((double)all / 2 - (double)sum) / month[at];
  PlnDayNumber before = at > 0 ? job->month_end[at - 1] : 0;
  before = MAX(before, job->known);
  return before + 1 + (PlnDayNumber)((job->month_end[at] - before) * MIN(share, 0.999));
}

static void sum_state(const PlnRatifyJob *job, const PlnRatifyCounts *c, guint i) {
  PlnRatifyState *s = &job->ratify->state[i];
  const guint32 *month = c->month + (gsize)i * job->months;
  guint64 sum = 0, voted = 0;
  for (guint m = 0; m < job->months; m++) {
    sum += month[m];
    s->by[m / 12] = over(sum, job->ratify->options.draws);
  }
  s->median = median_day(job, month, i);
  s->in_force = over(c->in_force[i], c->force.draws);
  s->conference = over(c->at_conference[i], c->conference.draws);
  s->bound = over(c->bound[i], c->adopted[PLN_RATIFY_TIED]);
  for (guint v = 0; v < PLN_VOTE_KINDS; v++)
    voted += c->vote[PLN_VOTE_KINDS * i + v];
  for (guint v = 0; v < PLN_VOTE_KINDS; v++)
    s->vote[v] = over(c->vote[PLN_VOTE_KINDS * i + v], voted);
}

static void sum_vote(const PlnRatifyJob *job, const PlnRatifyCounts *c) {
  PlnRatifyVote *v = &job->ratify->vote;
  guint64 all = c->conference.draws, adopted = c->adopted[PLN_RATIFY_TIED];
  v->adopted = over(adopted, all);
  v->error = all > 0 ? sqrt(v->adopted * (1 - v->adopted) / (double)all) : NAN;
  v->apart = over(c->adopted[PLN_RATIFY_APART], c->compared);
  v->twice = over(c->adopted[PLN_RATIFY_TWICE], c->compared);
  v->compared_error = c->compared > 0 ? 0.5 / sqrt((double)c->compared) : NAN;
  v->all = over(c->all, c->compared);
  v->needed = over(c->needed, all);
  v->past_blocks = over(c->past_blocks, all);
  v->against_blocks = over(c->against_blocks, all);
  for (guint k = 0; k < PLN_VOTE_KINDS; k++)
    v->count[k] = over(c->count[k], all);
  for (guint q = 0; q < PLN_RATIFY_QUANTILES; q++)
    v->bound[q] = adopted > 0 ? pln_ratify_quantile(c->bound_many, job->n + 1, adopted,
                                                    pln_ratify_levels[q])
                              : NAN;
}

void pln_ratify_sum(PlnRatifyJob *job) {
  PlnRatify *r = job->ratify;
  PlnRatifyCounts *c = &job->counts[0];
  for (guint t = 1; t < job->threads; t++)
    add_counts(job, c, &job->counts[t]);
  for (guint e = 0; e < PLN_RATIFY_EVENTS; e++)
    sum_date(job, c->day[e],
             e == PLN_RATIFY_PROTOCOL ? c->adopted[PLN_RATIFY_TIED] : r->options.draws, c->past[e],
             &r->date[e]);
  r->at_force = composition(&c->force);
  r->at_conference = composition(&c->conference);
  sum_years(job, c);
  for (guint i = 0; i < job->n; i++)
    sum_state(job, c, i);
  if (r->voted)
    sum_vote(job, c);
}
