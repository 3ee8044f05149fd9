/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is scored on the dossiers: the methods under their stated options, and plain baselines. */
#include <math.h>
#include <string.h>

#include "plenary/bargain_backtest.h"

static PlnMethodOptions law(PlnLaw law) {
  PlnMethodOptions how = pln_method_options();
  how.law = law;
  return how;
}

static PlnMethodOptions challengers(PlnChallengers challengers) {
  PlnMethodOptions how = pln_method_options();
  how.challengers = challengers;
  return how;
}

static PlnMethodOptions exponent(guint exponent) {
  PlnMethodOptions how = pln_method_options();
  how.exponent = exponent;
  return how;
}

static PlnMethodOptions disagree(PlnDisagree disagree) {
  PlnMethodOptions how = pln_method_options();
  how.disagree = disagree;
  return how;
}

static PlnMethodOptions with_reference(void) {
  PlnMethodOptions how = pln_method_options();
  how.reference = TRUE;
  return how;
}

static PlnMethodOptions without_bound(void) {
  PlnMethodOptions how = pln_method_options();
  how.both_ways = TRUE;
  return how;
}

PlnBargainRivalSpec *pln_bargain_rivals_new(guint *n) {
  const PlnMethodOptions usual = pln_method_options(), reference = with_reference();
  const PlnMethodOptions both_ways = without_bound();
  const PlnBargainRivalSpec all[] = {
      {"compromise", "Compromise (weighted)", TRUE, 0, "compromise", 0, usual},
      {"mean", "Plain mean", TRUE, PLN_BASE_MEAN, NULL, 0, usual},
      {"median", "Weighted median", TRUE, 0, "median", 0, usual},
      {"plain-median", "Plain median", TRUE, PLN_BASE_MEDIAN, NULL, 0, usual},
      {"middle", "Middle of the scale", TRUE, PLN_BASE_MIDDLE, NULL, 0, usual},
      {"positions", "Positions as distribution", TRUE, PLN_BASE_POSITIONS, NULL, 0, usual},
      {"condorcet", "Condorcet election", TRUE, 0, "condorcet", 0, usual},
      {"condorcet-conditional", "Condorcet, conditional", TRUE, 0, "condorcet", 0,
       challengers(PLN_CHALLENGERS_CONDITIONAL)},
      {"condorcet-incentive", "Condorcet, by incentive", FALSE, 0, "condorcet", 0,
       challengers(PLN_CHALLENGERS_INCENTIVE)},
      {"condorcet-binary", "Condorcet, binary votes", TRUE, 0, "condorcet", 0, law(PLN_LAW_BINARY)},
      {"condorcet-mostly", "Condorcet, .8 proportional", FALSE, 0, "condorcet", 0,
       law(PLN_LAW_MOSTLY)},
      {"condorcet-mixed", "Condorcet, half cubic", FALSE, 0, "condorcet", 0, law(PLN_LAW_MIXED)},
      {"condorcet-cubic", "Condorcet, cubic votes", TRUE, 0, "condorcet", 0, law(PLN_LAW_CUBIC)},
      {"condorcet-exponent-2", "Condorcet, exponent 2", TRUE, 0, "condorcet", 0, exponent(2)},
      {"condorcet-exponent-4", "Condorcet, exponent 4", FALSE, 0, "condorcet", 0, exponent(4)},
      {"condorcet-exponent-8", "Condorcet, exponent 8", FALSE, 0, "condorcet", 0, exponent(8)},
      {"challenge-literal", "Challenge, literal", TRUE, 0, "challenge-literal", 0, usual},
      {"challenge-literal-round-1", "Challenge, one round", FALSE, 0, "challenge-literal", 1,
       usual},
      {"challenge-literal-reference", "Challenge, with ref. point", TRUE, 0, "challenge-literal", 0,
       reference},
      {"challenge-scholz", "Challenge, Scholz", TRUE, 0, "challenge-scholz", 0, usual},
      {"challenge-scholz-round-1", "Challenge, Scholz, 1 round", FALSE, 0, "challenge-scholz", 1,
       usual},
      {"challenge-scholz-reference", "Challenge, Scholz, ref. pt", FALSE, 0, "challenge-scholz", 0,
       reference},
      {"nash", "Nash, from ref. point", TRUE, 0, "nash", 0, usual},
      {"nash-worst", "Nash, from the worst", TRUE, 0, "nash", 0, disagree(PLN_DISAGREE_WORST)},
      {"kalai-smorodinsky", "Kalai-S., from ref. point", TRUE, 0, "kalai-smorodinsky", 0, usual},
      {"kalai-smorodinsky-worst", "Kalai-S., from the worst", TRUE, 0, "kalai-smorodinsky", 0,
       disagree(PLN_DISAGREE_WORST)},
      {"exchange", "Exchange, to its end", TRUE, 0, "exchange", 0, usual},
      {"exchange-round-1", "Exchange, one round", TRUE, 0, "exchange", 1, usual},
      {"exchange-both-ways", "Exchange, both ways", FALSE, 0, "exchange", 0, both_ways},
      {"spatial", "Spatial bargaining", TRUE, 0, "spatial", 0, usual},
      {"spatial-round-1", "Spatial, one round", FALSE, 0, "spatial", 1, usual}};
  *n = G_N_ELEMENTS(all);
  return g_memdup2(all, sizeof all);
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

static gboolean run_base(PlnBargainBase base, const PlnTalks *talks, double *forecast,
                         double *place, double *chance) {
  g_autoptr(PlnFloor) floor = pln_floor_set_up(talks->n);
  for (guint issue = 0; issue < talks->m; issue++) {
    pln_floor_take(floor, talks, issue, NULL);
    forecast[issue] = base == PLN_BASE_MEAN     ? pln_floor_plain_mean(floor)
                      : base == PLN_BASE_MEDIAN ? pln_floor_plain_median(floor)
                      : base == PLN_BASE_MIDDLE ? middle_of(floor)
                                                : weigh(floor, issue, talks->m, place, chance);
  }
  return base == PLN_BASE_POSITIONS;
}

gboolean pln_bargain_rival_run(const PlnBargainRivalSpec *spec, const PlnTalks *talks,
                               double *forecast, double *place, double *chance) {
  gsize cells = (gsize)talks->n * talks->m;
  for (gsize k = 0; k < cells; k++)
    chance[k] = place[k] = 0;
  if (spec->base != PLN_BASE_METHOD)
    return run_base(spec->base, talks, forecast, place, chance);
  g_autoptr(PlnCourse) course =
      pln_course_new(pln_method_find(spec->method), talks, &spec->how, spec->rounds);
  memcpy(forecast, course->outcome + (gsize)course->rounds * talks->m, talks->m * sizeof *forecast);
  for (gsize k = 0; k < cells && course->chance; k++) {
    gboolean there = !isnan(course->chance[k]);
    place[k] = there ? course->position[(gsize)course->rounds * cells + k] : 0;
    chance[k] = there ? course->chance[k] : 0;
  }
  return course->chance != NULL;
}
