/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The challenge model as its equations read, taken at their word.  reference F2. */
#include <math.h>

#include "plenary/challenge.h"

/* P(i beats j) of the two alone; ½ where nobody prefers either. */
static void share_out(PlnChallenge *c) {
  for (guint i = 0; i < c->n; i++)
    for (guint j = i; j < c->n; j++) {
      double *one = &c->beats[(gsize)i * c->stride + j];
      double *other = &c->beats[(gsize)j * c->stride + i];
      double both = *one + *other, p = both > 0 ? *one / both : 0.5;
      *one = p;
      *other = 1 - p;
    }
}

static gboolean at_one(const PlnChallenge *c, guint i, guint j) {
  return fabs(c->floor->x[i] - c->floor->x[j]) <= pln_floor_apart(c->floor->from, c->floor->to);
}

/* What @winner, which expects to gain of it, makes @loser do, which expects to lose. */
static gboolean demand(const PlnChallenge *c, guint winner, guint loser, PlnOffer *offer) {
  double wins = c->expect[(gsize)winner * c->stride + loser];
  double loses = c->expect[(gsize)loser * c->stride + winner];
  double x = c->floor->x[loser], y = c->floor->x[winner];
  if (!(wins > 0 && loses < 0) || at_one(c, winner, loser))
    return FALSE;
  *offer = (PlnOffer){.other = (int)winner, .own = loses, .others = wins};
  gboolean part = wins > -loses && !pln_floor_tie(wins, -loses);
  offer->kind = part ? PLN_DEAL_COMPROMISE : PLN_DEAL_CAPITULATION;
  offer->to = part ? x + (y - x) * (-loses / wins) : y;
  return TRUE;
}

/* The demand of whoever expects most of it, then the smallest move, then the first. */
static void choose(PlnChallenge *c, guint loser) {
  PlnOffer best = {.other = -1}, now;
  double x = c->floor->x[loser], apart = pln_floor_apart(c->floor->from, c->floor->to);
  for (guint winner = 0; winner < c->n; winner++) {
    if (winner == loser || !demand(c, winner, loser, &now))
      continue;
    gboolean alike = best.other >= 0 && pln_floor_tie(now.others, best.others);
    double move = fabs(now.to - x), least = fabs(best.to - x);
    if (alike && fabs(move - least) <= apart)
      best.ties += fabs(now.to - best.to) > apart;
    else if (best.other < 0 || (alike ? move < least : now.others > best.others))
      best = now;
  }
  c->offer[loser] = best;
}

static gboolean propose(PlnChallenge *c) {
  pln_challenge_beats(c, FALSE);
  share_out(c);
  if (!pln_challenge_risk(c))
    return FALSE;
  pln_challenge_expect(c, FALSE);
  for (guint i = 0; i < c->n; i++)
    choose(c, i);
  return TRUE;
}

/* Both expect to gain: they fight, and neither gives way to the other. */
static void note_conflicts(PlnChallengeRun *run, guint issue) {
  const PlnChallenge *c = run->challenge;
  for (guint i = 0; i < c->n; i++)
    for (guint j = i + 1; j < c->n; j++) {
      double own = c->expect[(gsize)i * c->stride + j];
      double others = c->expect[(gsize)j * c->stride + i];
      if (own > 0 && others > 0 && !at_one(c, i, j))
        pln_run_deal(&run->run, &(PlnDeal){.kind = PLN_DEAL_CONFLICT,
                                           .actor = c->floor->actor[i],
                                           .other = c->floor->actor[j],
                                           .issue = issue,
                                           .from = c->floor->x[i],
                                           .to = c->floor->x[i],
                                           .own = own,
                                           .others = others,
                                           .issue2 = -1});
    }
}

static const PlnReading literal = {
    .settled = 0.005, .running = 2, .propose = propose, .also = note_conflicts};

static PlnRun *set_up(guint n, guint m, const PlnMethodOptions *options) {
  return pln_challenge_run_new(&literal, n, m, options);
}

const PlnMethod pln_method_challenge_literal = {
    .name = "challenge-literal",
    .title = "challenges by expected utility, the equations taken at their word",
    .source = "Bueno de Mesquita 1985, 1994, 1997",
    .rounds = TRUE,
    .usual = 20,
    .set_up = set_up,
    .start = pln_challenge_run_start,
    .step = pln_challenge_run_step,
    .converged = pln_challenge_run_converged,
    .free = pln_challenge_run_free,
};
