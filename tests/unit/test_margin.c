/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Margins: the chance of adoption against every assignment of a few voters, each decided by the
 * rule itself; the fast chance against the exact one. */
#include "plenary/margin.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plenary/draw.h"
#include "plenary/normal.h"
#include "suite.h"

enum { K = PLN_VOTE_KINDS, FEW = 8, MANY = 400 };

/* Yes, no and abstaining, voter by voter; the rest is absent. */
static double yes[MANY], no[MANY], abstain[MANY];

static void make_chances(PlnDraw *draw, uint32_t n, double spread, double lean, double other) {
  for (uint32_t i = 0; i < n; i++) {
    double e[K] = {pln_exp(spread * pln_draw_normal(draw) + lean),
                   pln_exp(spread * pln_draw_normal(draw) - lean),
                   pln_exp(pln_draw_normal(draw) + other), pln_exp(other)};
    double sum = e[0] + e[1] + e[2] + e[3];
    yes[i] = e[0] / sum;
    no[i] = e[1] / sum;
    abstain[i] = e[2] / sum;
  }
}

static double chance_of(const PlnMarginChances *c, uint32_t i, uint32_t kind) {
  double p[K] = {c->yes ? c->yes[i] : 0, c->no ? c->no[i] : 0, c->abstain ? c->abstain[i] : 0};
  p[3] = 1 - p[0] - p[1] - p[2];
  return p[kind];
}

static double enumerate(const PlnRule *rule, const PlnMarginChances *c) {
  double adopted = 0;
  for (uint32_t code = 0; code < 1u << 2 * c->n; code++) {
    PlnVote vote[FEW];
    double p = 1;
    for (uint32_t i = 0; i < c->n; i++) {
      vote[i] = (PlnVote)(code >> 2 * i & 3);
      p *= chance_of(c, i, vote[i]);
    }
    PlnTally tally = pln_tally(&(PlnBallots){.n = c->n, .vote = vote});
    if (pln_rule_decide(rule, &tally, PLN_STAGE_VOTE).outcome == PLN_OUTCOME_ADOPTED)
      adopted += p;
  }
  return adopted;
}

static double *room_of(const PlnMargin *margin, uint32_t n) {
  size_t room = pln_margin_room(margin, n);
  CU_ASSERT_FATAL(room > 0);
  return malloc(room * sizeof(double));
}

static void is_as_enumerated(const PlnRule *rule, const PlnMarginChances *c) {
  PlnMargin margin;
  CU_ASSERT_FATAL(pln_margin_of_rule(rule, &margin));
  double *room = room_of(&margin, c->n), sum = 0;
  CU_ASSERT_DOUBLE_EQUAL(pln_margin_chance(&margin, c, room), enumerate(rule, c), 1e-14);
  PlnMarginSpread spread = pln_margin_spread(&margin, c, room);
  for (size_t j = 0; j < spread.n; j++)
    sum += spread.chance[j];
  CU_ASSERT_DOUBLE_EQUAL(sum, 1, 1e-14);
  free(room);
}

/* Every basis, counting-as and kind of fraction, from none to all. */
static void test_enumerated(void) {
  static const PlnMajority majorities[] = {{1, 2, true},  {1, 2, false}, {2, 3, false},
                                           {4, 6, true},  {0, 1, false}, {0, 5, true},
                                           {1, 1, false}, {1, 1, true},  {3, 5, false}};
  PlnDraw draw = pln_draw_stream(1, 2, 1);
  for (uint32_t code = 0; code < 9 * 3 * 9; code++) {
    PlnRule rule = {.majority = majorities[code % 9], .basis = (PlnBasis)(code / 9 % 3)};
    rule.abstain = (PlnCountAs)(code / 27 % 3);
    rule.absent = (PlnCountAs)(code / 81 % 3);
    rule.min_yes = code % 2;
    rule.tie = code % 4 < 2 ? PLN_TIE_REJECTS : PLN_TIE_SECOND_VOTE;
    for (uint32_t n = 0; n <= 4; n++) {
      make_chances(&draw, n, 1, 0.3, 0);
      is_as_enumerated(&rule, &(PlnMarginChances){n, yes, no, abstain});
      is_as_enumerated(&rule, &(PlnMarginChances){n, yes, no, NULL});
      is_as_enumerated(&rule, &(PlnMarginChances){n, NULL, no, abstain});
      is_as_enumerated(&rule, &(PlnMarginChances){n, yes, NULL, NULL});
    }
  }
  for (int m = 0; m < 4; m++) {
    PlnRule rule = {.majority = majorities[m]};
    for (uint32_t n = 5; n <= FEW; n++) {
      make_chances(&draw, n, 1, 0.3, 0);
      is_as_enumerated(&rule, &(PlnMarginChances){n, yes, no, abstain});
    }
  }
}

/* Two voters that are sure, against each other: a tie.  More than half is not had, at least
 * half is.  And nobody's yes never adopts, whatever the rest do. */
static void test_sure(void) {
  PlnMargin margin;
  double one[2] = {1, 0}, other[2] = {0, 1}, nobody[2] = {0}, all[2] = {1, 1}, fast, room[64];
  PlnRule rule = {.majority = {1, 2, true}};
  PlnMarginChances tie = {2, one, other, NULL}, away = {2, nobody, nobody, NULL};
  CU_ASSERT_FATAL(pln_margin_of_rule(&rule, &margin) && pln_margin_room(&margin, 2) <= 64);
  CU_ASSERT(pln_margin_chance(&margin, &tie, room) == 0);
  rule.majority.strict = false;
  CU_ASSERT_FATAL(pln_margin_of_rule(&rule, &margin));
  CU_ASSERT(pln_margin_chance(&margin, &tie, room) == 1);
  CU_ASSERT(pln_margin_chance(&margin, &away, room) == 0);
  CU_ASSERT(pln_margin_chance(&margin, &(PlnMarginChances){2, NULL, NULL, all}, room) == 0);
  CU_ASSERT(!pln_margin_fast(&margin, &tie, &fast));
  CU_ASSERT(!pln_margin_fast(&margin, &away, &fast));
  CU_ASSERT(fast == 0);
  CU_ASSERT(pln_margin_fast(&margin, &(PlnMarginChances){2, NULL, NULL, all}, &fast));
  CU_ASSERT(fast == 0);
  CU_ASSERT(pln_margin_fast(&(PlnMargin){0}, &tie, &fast)); /* one yes is all */
  CU_ASSERT(fast == 1);
  CU_ASSERT(pln_margin_fast(&(PlnMargin){{-1, -1, -1, -1}, true}, &tie, &fast));
  CU_ASSERT(fast == 0);
}

static void test_which_rules(void) {
  PlnMargin margin = {{9, 9, 9, 9}, true};
  const PlnRule plain = {.majority = {2, 4, true}, .basis = PLN_BASIS_MEMBERS};
  CU_ASSERT(pln_margin_of_rule(&plain, &margin));
  CU_ASSERT(margin.add[PLN_VOTE_Y] == 1 && margin.add[PLN_VOTE_N] == -1);
  CU_ASSERT(margin.add[PLN_VOTE_A] == -1 && margin.add[PLN_VOTE_X] == -1 && margin.strict);
  PlnRule rules[8];
  for (int i = 0; i < 8; i++)
    rules[i] = plain;
  rules[0].method = PLN_METHOD_CONSENSUS;
  rules[1].veto = true;
  rules[2].weighted = true;
  rules[3].blocking = 4;
  rules[4].min_yes = 2;
  rules[5].majority = (PlnMajority){3, 2, false};
  rules[6].majority = (PlnMajority){1, 3000000000u, false};
  rules[7].method = PLN_METHOD_CONSENSUS_FIRST;
  for (int i = 0; i < 8; i++)
    CU_ASSERT_EQUAL(pln_margin_of_rule(&rules[i], &margin), i == 7);
  PlnRule huge = {.majority = {1, 2000000011, false}};
  CU_ASSERT(pln_margin_of_rule(&huge, &margin));
  CU_ASSERT_EQUAL(pln_margin_room(&margin, 4000000000u), 0);
}

/* Of voters alike the count is binomial; of others its mean and variance are sums. */
static void test_count(void) {
  enum { N = 193 };
  PlnDraw draw = pln_draw_stream(1, 2, 2);
  PlnMargin margin = pln_margin_count(PLN_VOTE_A);
  double *room = room_of(&margin, N), mean = 0, variance = 0;
  for (int i = 0; i < N; i++)
    abstain[i] = 0.3;
  PlnMarginSpread s = pln_margin_spread(&margin, &(PlnMarginChances){N, NULL, NULL, abstain}, room);
  CU_ASSERT(s.least == 0 && s.n == N + 1);
  for (int j = 0; j <= N; j++) {
    double log = lgamma(N + 1) - lgamma(j + 1) - lgamma(N - j + 1) + j * log1p(-0.7) +
                 (N - j) * log1p(-0.3);
    CU_ASSERT_DOUBLE_EQUAL(s.chance[j], exp(log), 1e-13);
  }
  make_chances(&draw, N, 2, 0, 0);
  s = pln_margin_spread(&margin, &(PlnMarginChances){N, yes, no, abstain}, room);
  for (int j = 0; j <= N; j++)
    mean += j * s.chance[j];
  for (int j = 0; j <= N; j++)
    variance += (j - mean) * (j - mean) * s.chance[j];
  for (int i = 0; i < N; i++) {
    mean -= abstain[i];
    variance -= abstain[i] * (1 - abstain[i]);
  }
  CU_ASSERT_DOUBLE_EQUAL(mean, 0, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(variance, 0, 1e-11);
  free(room);
}

/* Where the fast chance says that it holds, it does; and mostly it says so.  All bytes, the
 * exact ones too, are what they always were. */
static void test_fast(void) {
  static const PlnMargin margins[] = {
      {{1, -1, 0, 0}, true}, {{1, -2, 0, 0}, false}, {{1, -1, -1, -1}, true},
      {{1, -1, -1, 0}, true}};
  PlnDraw draw = pln_draw_stream(1, 2, 3);
  double worst = 0;
  int holds = 0, reps = 2000;
  uint64_t digest = 14695981039346656037u;
  for (int rep = 0; rep < reps; rep++) {
    const PlnMargin *margin = &margins[rep % 4];
    uint32_t n = 30 + (uint32_t)pln_draw_below(&draw, MANY - 30);
    double spread = pln_exp(pln_draw_normal(&draw)), lean = pln_draw_normal(&draw), fast, exact;
    lean = 0.3 * lean + (rep % 4 == 1 ? 0.3 : 0);
    make_chances(&draw, n, spread, lean, pln_draw_normal(&draw) - 1);
    PlnMarginChances c = {n, yes, no, abstain};
    double *room = room_of(margin, n);
    exact = pln_margin_chance(margin, &c, room);
    CU_ASSERT(exact >= 0 && exact <= 1);
    if (pln_margin_fast(margin, &c, &fast)) {
      worst = fmax(worst, fabs(fast - exact));
      holds++;
    }
    digest = (digest ^ pln_bits(exact)) * 1099511628211u;
    digest = (digest ^ pln_bits(fast)) * 1099511628211u;
    free(room);
  }
  CU_ASSERT(worst > 0 && worst < 1e-3);
  CU_ASSERT(holds > reps / 2);
  CU_ASSERT_EQUAL(digest, 0xacba75ef6828a3e8u);
  if (digest != 0xacba75ef6828a3e8u)
    printf("\n    the digest is 0x%016llx; worst %g, holds %d", (unsigned long long)digest, worst,
           holds);
}

int main(void) {
  CU_TestInfo tests[] = {{"every assignment", test_enumerated},
                         {"sure voters", test_sure},
                         {"which rules", test_which_rules},
                         {"counts", test_count},
                         {"the fast chance", test_fast},
                         CU_TEST_INFO_NULL};
  return suite_run("margins", tests);
}
