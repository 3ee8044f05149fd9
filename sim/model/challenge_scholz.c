/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The challenge model as Scholz, Calbert and Smith (2011) programmed it: their Table 2 comes out
 * again.  Whom an actor gives way to depends on the direction of the scale, so this repeats a
 * publication and is no forecast.  reference F2. */
#include <math.h>

#include "plenary/challenge.h"

/* P(i beats j) over one denominator for all: the sum over ordered pairs of what each brings to
 * bear either way is twice the sum of all. */
static void share_out(PlnChallenge *c) {
  double all = 0;
  for (guint i = 0; i < c->n; i++)
    for (guint j = 0; j < c->n; j++)
      all += c->beats[(gsize)i * c->stride + j];
  for (gsize at = 0; at < (gsize)c->n * c->stride; at++)
    c->beats[at] = all > 0 ? c->beats[at] / (2 * all) : 0;
}

typedef struct {
  PlnOffer offer;
  double rank; /* the smaller the better: the distance, or the weighted mean */
} Choice;

/* What @i makes of @j: its own expectation a, and b of the other's. */
static gboolean consider(const PlnChallenge *c, guint i, guint j, Choice *choice) {
  gsize at = (gsize)i * c->stride + j;
  double a = c->expect[at], b = c->answer[at], x = c->floor->x[i], y = c->floor->x[j];
  double own = fabs(a), others = fabs(b);
  if (b <= own || pln_floor_tie(b, own) || a == 0 ||
      fabs(x - y) <= pln_floor_apart(c->floor->from, c->floor->to))
    return FALSE;
  choice->offer = (PlnOffer){.other = (int)j, .own = a, .others = b};
  if (a > 0) {
    choice->offer.kind = PLN_DEAL_CONFRONTATION;
    choice->offer.to = y;
    choice->rank = fabs(x - y);
  } else {
    choice->offer.kind = PLN_DEAL_COMPROMISE;
    choice->offer.to = x + (y - x) * (own / others);
    choice->rank = (own * x + others * y) / (own + others);
  }
  return TRUE;
}

/* Any confrontation before every compromise; then by rank; then the first. */
static void choose(PlnChallenge *c, guint i) {
  Choice best = {.offer = {.other = -1}}, now;
  double apart = pln_floor_apart(c->floor->from, c->floor->to);
  for (guint j = 0; j < c->n; j++) {
    if (j == i || !consider(c, i, j, &now))
      continue;
    gboolean alike = best.offer.other >= 0 && now.offer.kind == best.offer.kind;
    if (alike && fabs(now.rank - best.rank) <= apart)
      best.offer.ties += fabs(now.offer.to - best.offer.to) > apart;
    else if (best.offer.other < 0 || (alike && now.rank < best.rank) ||
             (!alike && now.offer.kind == PLN_DEAL_CONFRONTATION))
      best = now;
  }
  c->offer[i] = best.offer;
}

static gboolean propose(PlnChallenge *c) {
  pln_challenge_beats(c, FALSE);
  share_out(c);
  if (!pln_challenge_risk(c))
    return FALSE;
  pln_challenge_beats(c, TRUE);
  share_out(c);
  pln_challenge_expect(c, TRUE);
  for (guint i = 0; i < c->n; i++)
    choose(c, i);
  return TRUE;
}

static const PlnReading scholz = {.fixed = TRUE, .propose = propose};

static PlnRun *set_up(guint n, guint m, const PlnMethodOptions *options) {
  return pln_challenge_run_new(&scholz, n, m, options);
}

const PlnMethod pln_method_challenge_scholz = {
    .name = "challenge-scholz",
    .title = "challenges by expected utility, as Scholz, Calbert and Smith programmed them",
    .source = "Bueno de Mesquita 1994, 1997; Scholz, Calbert and Smith 2011, Table 2",
    .rounds = TRUE,
    .replication = TRUE,
    .usual = 8,
    .set_up = set_up,
    .start = pln_challenge_run_start,
    .step = pln_challenge_run_step,
    .converged = pln_challenge_run_converged,
    .free = pln_challenge_run_free,
};
