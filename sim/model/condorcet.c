/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The probabilistic Condorcet election as a method: one issue at a time, no rounds.  reference F4. */
#include "plenary/condorcet.h"

#include <math.h>

#include "plenary/once.h"

typedef struct {
  PlnOnce once;
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
  double apart = pln_floor_apart(floor->from, floor->to);
  c->n = floor->n;
  c->options = 0;
  for (guint k = 0; k < floor->n; k++) {
    guint place = floor->order[k];
    if (c->options == 0 || floor->x[place] - c->at[c->options - 1] > apart) {
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

static double solve(PlnOnce *once, guint issue) {
  PlnCondorcet *c = ((Run *)once)->condorcet;
  pln_condorcet_hold(c, once->floor, &once->options);
  for (guint k = 0; k < once->floor->n; k++) {
    guint a = c->option[k];
    gsize cell = (gsize)once->floor->actor[k] * once->run.m + issue;
    once->run.chance[cell] = c->chance[a] / c->holders[a];
  }
  return pln_condorcet_mean(c);
}

static void clear(PlnOnce *once) {
  pln_condorcet_free(((Run *)once)->condorcet);
}

static PlnRun *set_up(guint n, guint m, const PlnMethodOptions *options) {
  Run *r = pln_once_new(sizeof *r, n, m, options, TRUE);
  r->condorcet = pln_condorcet_set_up(n);
  r->once.salience = !options->capability_alone;
  r->once.solve = solve;
  r->once.clear = clear;
  return &r->once.run;
}

const PlnMethod pln_method_condorcet = {
    .name = "condorcet",
    .title = "probabilistic Condorcet election: every position against every other",
    .source = "Wise, Lester and Efird 2015",
    .distribution = TRUE,
    .set_up = set_up,
    PLN_ONCE,
};
