/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/rule.h"

uint32_t pln_vote_seat_unnamed(uint32_t n, const uint32_t unnamed[PLN_VOTE_KINDS], PlnVote *vote) {
  uint32_t given = 0, left = unnamed[PLN_VOTE_Y];
  PlnVote kind = PLN_VOTE_Y;
  for (uint32_t i = 0; i < n; i++) {
    if (vote[i] != PLN_VOTE_UNKNOWN)
      continue;
    while (kind < PLN_VOTE_X && left == 0)
      left = unnamed[++kind];
    vote[i] = kind;
    left -= left > 0;
    given++;
  }
  return given;
}

PlnTally pln_tally(const PlnBallots *b) {
  PlnTally t = {0};
  for (uint32_t i = 0; i < b->n; i++) {
    PlnVote v = b->vote[i];
    t.count[v]++;
    t.weight[v] += b->weight ? b->weight[i] : 1;
    t.vetoes += b->veto && b->veto[i] && v == PLN_VOTE_N;
  }
  return t;
}

/* The counts as the rule sees them: Y and N as cast, with those that the rule
 * counts with either side; `base` follows the basis. */
typedef struct {
  uint64_t yes, no, base;
} Count;

static uint64_t joining(PlnCountAs a, PlnCountAs x, PlnCountAs side, uint64_t abstain,
                        uint64_t absent) {
  return (a == side ? abstain : 0) + (x == side ? absent : 0);
}

static Count count(const PlnRule *r, PlnBasis basis, const uint64_t c[PLN_VOTE_KINDS]) {
  uint64_t a = c[PLN_VOTE_A], x = c[PLN_VOTE_X];
  Count k;
  k.yes = c[PLN_VOTE_Y] + joining(r->abstain, r->absent, PLN_COUNT_AS_YES, a, x);
  k.no = c[PLN_VOTE_N] + joining(r->abstain, r->absent, PLN_COUNT_AS_NO, a, x);
  k.base = k.yes + k.no;
  if (basis != PLN_BASIS_VOTING && r->abstain == PLN_COUNT_AS_IS)
    k.base += a;
  if (basis == PLN_BASIS_MEMBERS && r->absent == PLN_COUNT_AS_IS)
    k.base += x;
  return k;
}

/* Least whole number that is more than, or at least, num/den of base. */
static uint64_t least(PlnMajority m, uint64_t base) {
  if (m.num == 0)
    return 0;
  uint64_t part = m.num * base;
  return m.strict ? part / m.den + 1 : (part + m.den - 1) / m.den;
}

static PlnVerdict close(PlnVerdict v, PlnOutcome outcome, PlnReason reason) {
  v.outcome = outcome;
  v.reason = reason;
  return v;
}

static PlnVerdict decide_consensus(PlnVerdict v, const PlnTally *t, uint64_t members) {
  if (members == 0)
    return close(v, PLN_OUTCOME_REJECTED, PLN_REASON_NO_MEMBERS);
  if (t->count[PLN_VOTE_N] > 0)
    return close(v, PLN_OUTCOME_REJECTED, PLN_REASON_OBJECTION);
  return close(v, PLN_OUTCOME_ADOPTED, PLN_REASON_NO_OBJECTION);
}

PlnVerdict pln_rule_decide(const PlnRule *r, const PlnTally *t, PlnStage stage) {
  uint64_t states[PLN_VOTE_KINDS], members = 0;
  for (int k = 0; k < PLN_VOTE_KINDS; k++)
    members += states[k] = t->count[k];
  PlnVerdict v = {.seen = (uint32_t)(members - states[PLN_VOTE_X]),
                  .quorum = (uint32_t)least(r->quorum, members)};
  if (stage == PLN_STAGE_CONSENSUS || r->method == PLN_METHOD_CONSENSUS)
    return decide_consensus(v, t, members);

  Count k = count(r, r->basis, states), w = {0};
  v.yes = (uint32_t)k.yes;
  v.base = (uint32_t)k.base;
  v.needed = (uint32_t)least(r->majority, k.base);
  if (r->weighted) {
    w = count(r, r->weight_basis, t->weight);
    v.weight_yes = w.yes;
    v.weight_base = w.base;
    v.weight_needed = least(r->weight_majority, w.base);
  }
  bool enough = k.yes >= v.needed;
  if (v.needed < r->min_yes)
    v.needed = r->min_yes;
  if (v.needed == 0)
    v.needed = 1;

  if (members == 0)
    return close(v, PLN_OUTCOME_REJECTED, PLN_REASON_NO_MEMBERS);
  if (states[PLN_VOTE_Y] == 0)
    return close(v, PLN_OUTCOME_REJECTED, PLN_REASON_NO_YES);
  if (r->veto && t->vetoes > 0)
    return close(v, PLN_OUTCOME_REJECTED, PLN_REASON_VETO);
  bool by_weight = !r->weighted || w.yes >= v.weight_needed;
  bool floor = states[PLN_VOTE_Y] >= r->min_yes;
  if (enough && by_weight && floor)
    return close(v, PLN_OUTCOME_ADOPTED, PLN_REASON_MAJORITY);
  if (members - k.yes < r->blocking)
    return close(v, PLN_OUTCOME_ADOPTED, PLN_REASON_NO_BLOCK);
  if (states[PLN_VOTE_Y] == states[PLN_VOTE_N] && r->majority.num > 0)
    return close(v,
                 r->tie == PLN_TIE_SECOND_VOTE && stage == PLN_STAGE_VOTE ? PLN_OUTCOME_TIED
                                                                          : PLN_OUTCOME_REJECTED,
                 PLN_REASON_TIE);
  return close(v, PLN_OUTCOME_REJECTED,
               !enough  ? PLN_REASON_SHORT
               : !floor ? PLN_REASON_FLOOR
                        : PLN_REASON_WEIGHT);
}

/* Whoever moves the outcome most goes first: a veto holder to or from N (the
 * outcome cannot turn to adopted while one of them stays), then the heaviest. */
static bool before(const PlnBallots *b, bool vetoes_count, uint32_t i, uint32_t j) {
  if (vetoes_count && b->veto && !b->veto[i] != !b->veto[j])
    return b->veto[i];
  return b->weight && b->weight[i] > b->weight[j];
}

uint32_t pln_rule_turn(const PlnRule *r, const PlnBallots *b, PlnStage stage, PlnVote from,
                       PlnVote to, const uint8_t *who, uint8_t *scratch) {
  PlnTally t = pln_tally(b);
  bool adopted = pln_rule_decide(r, &t, stage).outcome == PLN_OUTCOME_ADOPTED;
  bool vetoes_count = r->veto && (from == PLN_VOTE_N || to == PLN_VOTE_N);
  bool alike = !b->weight && !(vetoes_count && b->veto);
  uint32_t next = 0;
  for (uint32_t i = 0; i < b->n; i++)
    scratch[i] = b->vote[i] == from && (!who || who[i]);
  for (uint32_t moved = 1;; moved++) {
    uint32_t best = b->n;
    for (uint32_t i = next; i < b->n && !(alike && best < b->n); i++)
      if (scratch[i] && (best == b->n || before(b, vetoes_count, i, best)))
        best = i;
    if (best == b->n)
      return 0;
    scratch[best] = 0;
    next = alike ? best + 1 : 0;
    uint64_t weight = b->weight ? b->weight[best] : 1;
    t.count[from]--, t.weight[from] -= weight;
    t.count[to]++, t.weight[to] += weight;
    if (b->veto && b->veto[best])
      t.vetoes = t.vetoes - (from == PLN_VOTE_N) + (to == PLN_VOTE_N);
    if ((pln_rule_decide(r, &t, stage).outcome == PLN_OUTCOME_ADOPTED) != adopted)
      return moved;
  }
}
