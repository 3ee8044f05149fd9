/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is scored on the dossiers: the methods under their stated options, and plain baselines. */
#include <math.h>
#include <string.h>

#include "plenary/bargain_backtest.h"

PlnBargainRivalSpec *pln_bargain_rivals_new(guint *n) {
  const PlnMethodOptions usual = pln_method_options();
  PlnMethodOptions conditional = usual, incentive = usual, binary = usual, mostly = usual,
                   mixed = usual, cubic = usual, two = usual, four = usual, eight = usual,
                   reference = usual, worst = usual, both_ways = usual;
  conditional.challengers = PLN_CHALLENGERS_CONDITIONAL;
  incentive.challengers = PLN_CHALLENGERS_INCENTIVE;
  binary.law = PLN_LAW_BINARY;
  mostly.law = PLN_LAW_MOSTLY;
  mixed.law = PLN_LAW_MIXED;
  cubic.law = PLN_LAW_CUBIC;
  two.exponent = 2;
  four.exponent = 4;
  eight.exponent = 8;
  reference.reference = TRUE;
  worst.disagree = PLN_DISAGREE_WORST;
  both_ways.both_ways = TRUE;
  const PlnBargainRivalSpec all[] = {
      {"compromise", "Compromise (weighted)", TRUE, PLN_BASE_METHOD, &pln_method_compromise, 0,
       usual},
      {"mean", "Plain mean", TRUE, PLN_BASE_MEAN, NULL, 0, usual},
      {"median", "Weighted median", TRUE, PLN_BASE_METHOD, &pln_method_median, 0, usual},
      {"plain-median", "Plain median", TRUE, PLN_BASE_MEDIAN, NULL, 0, usual},
      {"middle", "Middle of the scale", TRUE, PLN_BASE_MIDDLE, NULL, 0, usual},
      {"positions", "Positions as distribution", TRUE, PLN_BASE_POSITIONS, NULL, 0, usual},
      {"condorcet", "Condorcet election", TRUE, PLN_BASE_METHOD, &pln_method_condorcet, 0, usual},
      {"condorcet-conditional", "Condorcet, conditional", TRUE, PLN_BASE_METHOD,
       &pln_method_condorcet, 0, conditional},
      {"condorcet-incentive", "Condorcet, by incentive", FALSE, PLN_BASE_METHOD,
       &pln_method_condorcet, 0, incentive},
      {"condorcet-binary", "Condorcet, binary votes", TRUE, PLN_BASE_METHOD, &pln_method_condorcet,
       0, binary},
      {"condorcet-mostly", "Condorcet, .8 proportional", FALSE, PLN_BASE_METHOD,
       &pln_method_condorcet, 0, mostly},
      {"condorcet-mixed", "Condorcet, half cubic", FALSE, PLN_BASE_METHOD, &pln_method_condorcet, 0,
       mixed},
      {"condorcet-cubic", "Condorcet, cubic votes", TRUE, PLN_BASE_METHOD, &pln_method_condorcet, 0,
       cubic},
      {"condorcet-exponent-2", "Condorcet, exponent 2", TRUE, PLN_BASE_METHOD,
       &pln_method_condorcet, 0, two},
      {"condorcet-exponent-4", "Condorcet, exponent 4", FALSE, PLN_BASE_METHOD,
       &pln_method_condorcet, 0, four},
      {"condorcet-exponent-8", "Condorcet, exponent 8", FALSE, PLN_BASE_METHOD,
       &pln_method_condorcet, 0, eight},
      {"challenge-literal", "Challenge, literal", TRUE, PLN_BASE_METHOD,
       &pln_method_challenge_literal, 0, usual},
      {"challenge-literal-round-1", "Challenge, one round", FALSE, PLN_BASE_METHOD,
       &pln_method_challenge_literal, 1, usual},
      {"challenge-literal-reference", "Challenge, with ref. point", TRUE, PLN_BASE_METHOD,
       &pln_method_challenge_literal, 0, reference},
      {"challenge-scholz", "Challenge, Scholz", TRUE, PLN_BASE_METHOD, &pln_method_challenge_scholz,
       0, usual},
      {"challenge-scholz-round-1", "Challenge, Scholz, 1 round", FALSE, PLN_BASE_METHOD,
       &pln_method_challenge_scholz, 1, usual},
      {"challenge-scholz-reference", "Challenge, Scholz, ref. pt", FALSE, PLN_BASE_METHOD,
       &pln_method_challenge_scholz, 0, reference},
      {"nash", "Nash, from ref. point", TRUE, PLN_BASE_METHOD, &pln_method_nash, 0, usual},
      {"nash-worst", "Nash, from the worst", TRUE, PLN_BASE_METHOD, &pln_method_nash, 0, worst},
      {"kalai-smorodinsky", "Kalai-S., from ref. point", TRUE, PLN_BASE_METHOD,
       &pln_method_kalai_smorodinsky, 0, usual},
      {"kalai-smorodinsky-worst", "Kalai-S., from the worst", TRUE, PLN_BASE_METHOD,
       &pln_method_kalai_smorodinsky, 0, worst},
      {"exchange", "Exchange, to its end", TRUE, PLN_BASE_METHOD, &pln_method_exchange, 0, usual},
      {"exchange-round-1", "Exchange, one round", TRUE, PLN_BASE_METHOD, &pln_method_exchange, 1,
       usual},
      {"exchange-both-ways", "Exchange, both ways", FALSE, PLN_BASE_METHOD, &pln_method_exchange, 0,
       both_ways},
      {"spatial", "Spatial bargaining", TRUE, PLN_BASE_METHOD, &pln_method_spatial, 0, usual},
      {"spatial-round-1", "Spatial, one round", FALSE, PLN_BASE_METHOD, &pln_method_spatial, 1,
       usual}};
  *n = G_N_ELEMENTS(all);
  return g_memdup2(all, sizeof all);
}

gboolean pln_bargain_rival_spreads(const PlnBargainRivalSpec *spec) {
  return spec->base == PLN_BASE_POSITIONS || (spec->method && spec->method->distribution);
}

static double middle_of(const PlnFloor *floor) {
  return (floor->from + floor->to) / 2;
}

/* The chance of each position is the share that its actors have of all weight. */
static double weigh(const PlnFloor *floor, guint issue, guint m, double *place, double *chance) {
  double all = pln_floor_weight(floor);
  for (guint k = 0; k < floor->n && all > 0; k++) {
    gsize cell = (gsize)floor->actor[k] * m + issue;
    place[cell] = floor->x[k];
    chance[cell] = floor->w[k] / all;
  }
  return pln_floor_mean(floor);
}

static void run_base(PlnBargainBase base, const PlnTalks *talks, double *forecast, double *place,
                     double *chance) {
  g_autoptr(PlnFloor) floor = pln_floor_set_up(talks->n);
  for (guint issue = 0; issue < talks->m; issue++) {
    pln_floor_take(floor, talks, issue, NULL);
    forecast[issue] = base == PLN_BASE_MEAN     ? pln_floor_plain_mean(floor)
                      : base == PLN_BASE_MEDIAN ? pln_floor_plain_median(floor)
                      : base == PLN_BASE_MIDDLE ? middle_of(floor)
                                                : weigh(floor, issue, talks->m, place, chance);
  }
}

void pln_bargain_rival_run(const PlnBargainRivalSpec *spec, const PlnTalks *talks, double *forecast,
                           double *place, double *chance) {
  gsize cells = (gsize)talks->n * talks->m;
  for (gsize k = 0; k < cells; k++)
    chance[k] = place[k] = 0;
  if (spec->base != PLN_BASE_METHOD) {
    run_base(spec->base, talks, forecast, place, chance);
    return;
  }
  g_autoptr(PlnCourse) course = pln_course_new(spec->method, talks, &spec->how, spec->rounds);
  memcpy(forecast, course->outcome + (gsize)course->rounds * talks->m, talks->m * sizeof *forecast);
  for (gsize k = 0; k < cells && course->chance; k++) {
    gboolean there = !isnan(course->chance[k]);
    place[k] = there ? course->position[(gsize)course->rounds * cells + k] : 0;
    chance[k] = there ? course->chance[k] : 0;
  }
}
