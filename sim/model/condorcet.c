/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The probabilistic Condorcet election as a method: one issue at a time, no rounds.  reference F4. */
#include "plenary/condorcet.h"

#include <math.h>

typedef struct {
  PlnRun run;
  PlnMethodOptions options;
  PlnFloor *floor;
  PlnCondorcet *condorcet;
} Run;

PlnCondorcet *pln_condorcet_set_up(guint most) {
  PlnCondorcet *c = g_new0(PlnCondorcet, 1);
  c->election = pln_election_set_up(most, most);
  c->at = g_new(double, most + 1);
  c->chance = g_new(double, most + 1);
  c->option = g_new(guint, most + 1);
  c->holders = g_new(guint, most + 1);
  c->risk = g_new0(double, most + 1);
  return c;
}

void pln_condorcet_free(PlnCondorcet *c) {
  if (!c)
    return;
  pln_election_free(c->election);
  g_free(c->at);
  g_free(c->chance);
  g_free(c->option);
  g_free(c->holders);
  g_free(c->risk);
  g_free(c);
}

/* The distinct positions, from the lowest. */
static void find_options(PlnCondorcet *c, const PlnFloor *floor) {
  c->n = floor->n;
  c->options = 0;
  for (guint k = 0; k < floor->n; k++) {
    guint place = floor->order[k];
    if (c->options == 0 || !pln_floor_tie(floor->x[place], c->at[c->options - 1])) {
      c->at[c->options] = floor->x[place];
      c->holders[c->options++] = 0;
    }
    c->option[place] = c->options - 1;
    c->holders[c->options - 1]++;
  }
}

/* Each voter's utility of each of @options positions. */
static void fill(PlnCondorcet *c, const PlnFloor *floor, const double *at, guint options) {
  double range = floor->to - floor->from;
  pln_election_shape(c->election, floor->n, options);
  for (guint k = 0; k < floor->n; k++) {
    double *row = c->election->utility + (gsize)k * options;
    for (guint a = 0; a < options; a++) {
      double d = fabs(floor->x[k] - at[a]) / range;
      row[a] = (1 - d) * (1 + d * c->risk[k]);
    }
  }
}

void pln_condorcet_hold(PlnCondorcet *c, const PlnFloor *floor, const PlnMethodOptions *options) {
  PlnElection *e = c->election;
  double weight = 0;
  find_options(c, floor);
  for (guint k = 0; k < floor->n; k++) {
    e->weight[k] = options->capability_alone ? floor->c[k] : floor->w[k];
    weight += e->weight[k];
    c->risk[k] = 0;
  }
  for (guint a = 0; a < c->options; a++)
    c->chance[a] = NAN;
  if (!(weight > 0))
    return;
  if (options->risk) {
    fill(c, floor, floor->x, floor->n);
    pln_election_hold(e, options->law, PLN_CHALLENGERS_CONDITIONAL, options->exponent);
    pln_election_risk(e->chance, floor->n, c->risk);
  }
  fill(c, floor, c->at, c->options);
  pln_election_hold(e, options->law, options->challengers, options->exponent);
  for (guint a = 0; a < c->options; a++)
    c->chance[a] = e->chance[a];
}

double pln_condorcet_mean(const PlnCondorcet *c) {
  double sum = 0;
  for (guint a = 0; a < c->options; a++)
    sum += c->chance[a] * c->at[a];
  return c->options > 0 ? sum : NAN;
}

static PlnRun *set_up(guint n, guint m, const PlnMethodOptions *options) {
  Run *r = pln_run_new(sizeof *r, n, m, TRUE);
  r->options = *options;
  r->floor = pln_floor_set_up(n);
  r->condorcet = pln_condorcet_set_up(n);
  return &r->run;
}

/* Where salience is not asked about, that nobody cares is no reason to say nothing. */
static const char *words_of(Run *r) {
  PlnFloor *floor = r->floor;
  for (guint k = 0; r->options.capability_alone && k < floor->n; k++) {
    floor->s[k] = 1;
    floor->w[k] = floor->c[k];
  }
  return pln_floor_words(floor);
}

static void start(PlnRun *run, const PlnTalks *talks) {
  Run *r = (Run *)run;
  const PlnCondorcet *c = r->condorcet;
  pln_run_start(run, talks);
  for (guint issue = 0; issue < run->m; issue++) {
    pln_floor_take(r->floor, talks, issue, NULL);
    run->words[issue] = words_of(r);
    run->settled[issue] = TRUE;
    pln_condorcet_hold(r->condorcet, r->floor, &r->options);
    run->outcome[issue] = pln_condorcet_mean(c);
    for (guint k = 0; k < r->floor->n; k++) {
      guint a = c->option[k];
      run->chance[(gsize)r->floor->actor[k] * run->m + issue] = c->chance[a] / c->holders[a];
    }
  }
}

static void step(PlnRun *run) {
  run->round++;
}

static PlnEnd converged(const PlnRun *run) {
  for (guint issue = 0; issue < run->m; issue++)
    if (!run->words[issue])
      return PLN_END_ONCE;
  return PLN_END_NOTHING;
}

static void clear(PlnRun *run) {
  if (!run)
    return;
  pln_floor_free(((Run *)run)->floor);
  pln_condorcet_free(((Run *)run)->condorcet);
  pln_run_clear(run);
  g_free(run);
}

const PlnMethod pln_method_condorcet = {
    .name = "condorcet",
    .title = "probabilistic Condorcet election: every position against every other",
    .source = "Wise, Lester and Efird 2015",
    .usual = 1,
    .set_up = set_up,
    .start = start,
    .step = step,
    .converged = converged,
    .free = clear,
};
