/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fields of a verdict: what it counts, what it takes, and a reason that holds. */
#include <stdio.h>
#include <string.h>

#include "rule_cases.h"

/* Searched from one upwards: with no vote for it nothing is adopted. */
static uint32_t least_yes(const PlnRule *rule, uint32_t base) {
  uint32_t yes = 1;
  while (yes < rule->min_yes || !reaches(yes, base, rule->majority)) yes++;
  return yes;
}

/* Whether @verdict gives a reason that holds. */
static bool reason_holds(const PlnRule *rule, const uint32_t *count, uint32_t n, uint32_t vetoes,
                         PlnStage stage, const PlnVerdict *verdict) {
  bool consensus = stage == PLN_STAGE_CONSENSUS || rule->method == PLN_METHOD_CONSENSUS;
  uint32_t yes = count[PLN_VOTE_Y], no = count[PLN_VOTE_N];
  bool adopted = verdict->outcome == PLN_OUTCOME_ADOPTED;
  bool tied = verdict->outcome == PLN_OUTCOME_TIED;
  bool weight_had = verdict->weight_yes >= verdict->weight_needed;
  switch (verdict->reason) {
    case PLN_REASON_NO_OBJECTION: return adopted && consensus && no == 0 && n > 0;
    case PLN_REASON_MAJORITY:
      return adopted && !consensus && verdict->yes >= verdict->needed && weight_had;
    case PLN_REASON_NO_BLOCK: return adopted && !consensus && n - yes < rule->blocking;
    case PLN_REASON_OBJECTION: return !adopted && !tied && consensus && no > 0;
    case PLN_REASON_NO_MEMBERS: return !adopted && !tied && n == 0;
    case PLN_REASON_NO_YES: return !adopted && !tied && !consensus && yes == 0;
    case PLN_REASON_VETO: return !adopted && !tied && !consensus && rule->veto && vetoes > 0;
    case PLN_REASON_TIE: return !adopted && !consensus && yes == no && yes > 0;
    case PLN_REASON_SHORT:
      return !adopted && !tied && !consensus && !reaches(verdict->yes, verdict->base,
                                                         rule->majority);
    case PLN_REASON_FLOOR: return !adopted && !tied && !consensus && yes < rule->min_yes;
    case PLN_REASON_WEIGHT: return !adopted && !tied && rule->weighted && !weight_had;
  }
  return false;
}

static void check_counts(const RuleRow *row, const PlnBallots *ballots, PlnStage stage,
                         const uint32_t *count, const PlnVerdict *verdict) {
  const PlnRule *rule = &row->rule;
  uint32_t yes = count[PLN_VOTE_Y], base = count[PLN_VOTE_Y] + count[PLN_VOTE_N];
  if (rule->abstain == PLN_COUNT_AS_YES) yes += count[PLN_VOTE_A];
  if (rule->absent == PLN_COUNT_AS_YES) yes += count[PLN_VOTE_X];
  if (rule->abstain != PLN_COUNT_AS_IS || rule->basis == PLN_BASIS_PRESENT)
    base += count[PLN_VOTE_A];
  if (rule->basis == PLN_BASIS_MEMBERS) base = ballots->n;
  expect("yes", row, ballots, stage, yes, verdict->yes);
  expect("base", row, ballots, stage, base, verdict->base);
  expect("needed", row, ballots, stage, least_yes(rule, base), verdict->needed);
  /* Where no veto and no second count interferes, needed is the whole of the rule; a tie
   * never has more than half. */
  if (!rule->veto && !rule->weighted)
    expect("outcome by needed", row, ballots, stage,
           count[PLN_VOTE_Y] > 0 && verdict->yes >= verdict->needed,
           verdict->outcome == PLN_OUTCOME_ADOPTED);
}

static void check_weights(const RuleRow *row, const PlnBallots *ballots, PlnStage stage,
                          const PlnVerdict *verdict) {
  uint64_t yes = 0, base = 0, needed = 0;
  for (uint32_t i = 0; row->rule.weighted && i < ballots->n; i++) {
    uint32_t weight = ballots->weight ? ballots->weight[i] : 1;
    base += weight;
    if (ballots->vote[i] == PLN_VOTE_Y) yes += weight;
  }
  if (row->rule.weighted)
    while (!reaches(needed, base, row->rule.weight_majority)) needed++;
  expect("weight_yes", row, ballots, stage, yes, verdict->weight_yes);
  expect("weight_base", row, ballots, stage, base, verdict->weight_base);
  expect("weight_needed", row, ballots, stage, needed, verdict->weight_needed);
}

static void check_verdict(const RuleRow *row, const PlnBallots *ballots, PlnStage stage,
                          const uint32_t *count) {
  bool consensus = stage == PLN_STAGE_CONSENSUS || row->rule.method == PLN_METHOD_CONSENSUS;
  PlnVerdict verdict = decide(&row->rule, ballots, stage);
  uint32_t quorum = 0;
  while (row->rule.quorum.num && !reaches(quorum, ballots->n, row->rule.quorum)) quorum++;
  expect("seen", row, ballots, stage, ballots->n - count[PLN_VOTE_X], verdict.seen);
  expect("quorum", row, ballots, stage, quorum, verdict.quorum);
  if (consensus) { /* nobody need say yes */
    expect("needed", row, ballots, stage, 0, verdict.needed);
    return;
  }
  check_counts(row, ballots, stage, count, &verdict);
  check_weights(row, ballots, stage, &verdict);
}

static void check_reason(const RuleRow *row, const PlnBallots *ballots, PlnStage stage,
                         const uint32_t *count) {
  PlnVerdict verdict = decide(&row->rule, ballots, stage);
  uint32_t vetoes = 0;
  for (uint32_t i = 0; i < ballots->n; i++)
    vetoes += ballots->veto && ballots->veto[i] && ballots->vote[i] == PLN_VOTE_N;
  char what[32];
  snprintf(what, sizeof what, "that reason %d holds", (int)verdict.reason);
  expect(what, row, ballots, stage, true,
         reason_holds(&row->rule, count, ballots->n, vetoes, stage, &verdict));
}

static bool counts_others(const PlnRule *rule) {
  return rule->abstain != PLN_COUNT_AS_IS || rule->absent != PLN_COUNT_AS_IS;
}

static void check_reason_of_votes(const RuleRow *row, const PlnBallots *ballots, PlnStage stage,
                                  const uint32_t *count) {
  if (!counts_others(&row->rule)) check_reason(row, ballots, stage, count);
}

static void check_reason_with_others(const RuleRow *row, const PlnBallots *ballots,
                                     PlnStage stage, const uint32_t *count) {
  if (counts_others(&row->rule)) check_reason(row, ballots, stage, count);
}

typedef void Check(const RuleRow *row, const PlnBallots *ballots, PlnStage stage,
                   const uint32_t *count);

static void check_divisions(uint32_t fewest, uint32_t most, Check *check) {
  PlnVote vote[SEATS] = {0};
  for (uint32_t n = fewest; n <= most; n++) {
    uint32_t count[PLN_VOTE_KINDS] = {n, 0, 0, 0};
    do {
      for (uint32_t first = 0; first < 2; first++) {
        blocks_of(count, first, vote);
        PlnBallots ballots = {n, vote, first ? WEIGHTS[0] : NULL, first ? VETO_TWO : NULL};
        for (uint32_t r = 0; r < RULES_LEN; r++)
          for (int stage = 0; stage < STAGES; stage++)
            check(&RULES[r], &ballots, (PlnStage)stage, count);
      }
    } while (next_division(count));
  }
  NO_COMPLAINTS();
}

static uint32_t most_checked(void) { return most_voters > QUICK_VOTERS ? 16 : 10; }

static void test_every_verdict(void) { check_divisions(1, most_checked(), check_verdict); }

static void test_verdicts_without_members(void) { check_divisions(0, 0, check_verdict); }

static void test_every_reason(void) { check_divisions(0, most_checked(), check_reason_of_votes); }

/* Whoever abstains or stays away may be counted with a side; the division is that of the
 * votes cast all the same. */
static void test_reasons_where_others_count(void) {
  check_divisions(0, most_checked(), check_reason_with_others);
}

/* As many Y as N, at least one of each: an abstention counted as no is no N. */
static void test_equal_division_is_of_votes_cast(void) {
  static const PlnVote DIVIDED[] = {PLN_VOTE_Y, PLN_VOTE_N, PLN_VOTE_A};
  static const PlnVote NOT_DIVIDED[] = {PLN_VOTE_Y, PLN_VOTE_A};
  PlnRule rule = row_of("ga-simple-majority")->rule;
  rule.abstain = PLN_COUNT_AS_NO;
  PlnVerdict verdict = decide(&rule, &(PlnBallots){3, DIVIDED, NULL, NULL}, PLN_STAGE_VOTE);
  CU_ASSERT_EQUAL(verdict.outcome, PLN_OUTCOME_TIED);
  verdict = decide(&rule, &(PlnBallots){2, NOT_DIVIDED, NULL, NULL}, PLN_STAGE_VOTE);
  CU_ASSERT_EQUAL(verdict.outcome, PLN_OUTCOME_REJECTED);
  CU_ASSERT_EQUAL(verdict.reason, PLN_REASON_SHORT);
}

static void test_tally(void) {
  static const PlnVote CAST[] = {PLN_VOTE_N, PLN_VOTE_Y, PLN_VOTE_X, PLN_VOTE_Y, PLN_VOTE_A,
                                 PLN_VOTE_N, PLN_VOTE_Y, PLN_VOTE_A, PLN_VOTE_N};
  static const uint8_t VETO[] = {1, 1, 1, 0, 1, 7, 0, 0, 0};
  PlnTally weighted = pln_tally(&(PlnBallots){9, CAST, WEIGHTS[0], VETO});
  PlnTally plain = pln_tally(&(PlnBallots){9, CAST, NULL, NULL});
  static const uint32_t COUNT[] = {3, 3, 2, 1}, WEIGHT[] = {4, 17, 11, 4};
  for (uint32_t k = 0; k < PLN_VOTE_KINDS; k++) {
    CU_ASSERT_EQUAL(weighted.count[k], COUNT[k]);
    CU_ASSERT_EQUAL(weighted.weight[k], WEIGHT[k]);
    CU_ASSERT_EQUAL(plain.count[k], COUNT[k]);
    CU_ASSERT_EQUAL(plain.weight[k], COUNT[k]);
  }
  CU_ASSERT_EQUAL(weighted.vetoes, 2);
  CU_ASSERT_EQUAL(plain.vetoes, 0);
}

/* Adopted with 89 and 96 of 193 seen, where 97 make a quorum. */
static void test_quorum_never_decides(void) {
  static const uint32_t COUNT[2][PLN_VOTE_KINDS] = {{84, 0, 5, 104}, {92, 0, 4, 97}};
  static const uint32_t SEEN[2] = {89, 96};
  PlnVote vote[SEATS];
  for (uint32_t i = 0; i < 2; i++) {
    PlnBallots ballots = {blocks_of(COUNT[i], Y, vote), vote, NULL, NULL};
    PlnVerdict verdict = decide(&row_of("ga-simple-majority")->rule, &ballots, VOTE);
    CU_ASSERT_EQUAL(verdict.outcome, PLN_OUTCOME_ADOPTED);
    CU_ASSERT_EQUAL(verdict.seen, SEEN[i]);
    CU_ASSERT_EQUAL(verdict.quorum, 97);
  }
  PlnRule thirds = {.majority = MORE_THAN_HALF, .quorum = {1, 3, false}};
  PlnBallots ballots = {193, vote, NULL, NULL};
  CU_ASSERT_EQUAL(decide(&thirds, &ballots, VOTE).quorum, 65);
}

/* Counts near 2^32, handed over without ballots. */
static void test_large_counts(void) {
  const PlnRule *rule = &row_of("ga-important-questions")->rule;
  PlnTally tally = {.count = {2800000000u, 1400000000u, 0, 0}};
  PlnVerdict verdict = pln_rule_decide(rule, &tally, VOTE);
  CU_ASSERT_EQUAL(verdict.outcome, PLN_OUTCOME_ADOPTED);
  CU_ASSERT_EQUAL(verdict.needed, 2800000000u);
  tally.count[PLN_VOTE_N]++;
  verdict = pln_rule_decide(rule, &tally, VOTE);
  CU_ASSERT_EQUAL(verdict.outcome, PLN_OUTCOME_REJECTED);
  CU_ASSERT_EQUAL(verdict.needed, 2800000001u);
}

/* Weights of those that voted, or that are present: abstainers leave the base or stay. */
static void test_weight_basis(void) {
  static const PlnVote CAST[] = {Y, N, A, X};
  static const uint32_t WEIGHT[] = {60, 31, 17, 92};
  PlnBallots ballots = {4, CAST, WEIGHT, NULL};
  PlnRule rule = {.majority = {1, 4, false}, .weighted = true, .weight_majority = MORE_THAN_HALF};
  static const uint64_t BASE[] = {91, 108, 200}, NEEDED[] = {46, 55, 101};
  rule.basis = PLN_BASIS_MEMBERS;
  for (int basis = PLN_BASIS_VOTING; basis <= PLN_BASIS_MEMBERS; basis++) {
    rule.weight_basis = (PlnBasis)basis;
    PlnVerdict verdict = decide(&rule, &ballots, VOTE);
    CU_ASSERT_EQUAL(verdict.weight_yes, 60);
    CU_ASSERT_EQUAL(verdict.weight_base, BASE[basis]);
    CU_ASSERT_EQUAL(verdict.weight_needed, NEEDED[basis]);
  }
}

/* A rule that asks for everything, and votes that fail it later and later. */
static void test_first_failure_is_the_reason(void) {
  static const uint8_t VETO_LAST[] = {0, 0, 0, 0, 0, 0, 1};
  static const uint32_t HEAVY_LAST[] = {1, 1, 1, 1, 1, 1, 40};
  static const PlnRule RULE = {.basis = PLN_BASIS_VOTING,
                               .majority = MORE_THAN_HALF,
                               .min_yes = 4,
                               .veto = true,
                               .weighted = true,
                               .weight_basis = PLN_BASIS_VOTING,
                               .weight_majority = MORE_THAN_HALF};
  static const struct {
    PlnVote vote[7];
    bool veto;
    PlnReason reason;
  } FAILS[] = {
    {{A, A, A, A, N, N, N}, true, PLN_REASON_NO_YES},
    {{Y, A, A, A, A, A, N}, true, PLN_REASON_VETO},
    {{Y, A, A, A, A, A, N}, false, PLN_REASON_TIE},
    {{Y, A, A, A, A, N, N}, false, PLN_REASON_SHORT},
    {{Y, Y, Y, A, A, N, N}, false, PLN_REASON_FLOOR},
    {{Y, Y, Y, Y, A, N, N}, false, PLN_REASON_WEIGHT},
    {{Y, Y, Y, Y, A, N, A}, true, PLN_REASON_MAJORITY},
  };
  for (uint32_t i = 0; i < sizeof FAILS / sizeof *FAILS; i++) {
    PlnBallots ballots = {7, FAILS[i].vote, HEAVY_LAST, FAILS[i].veto ? VETO_LAST : NULL};
    CU_ASSERT_EQUAL(decide(&RULE, &ballots, VOTE).reason, FAILS[i].reason);
  }
}

static bool same_verdict(PlnVerdict one, PlnVerdict other) {
  return one.outcome == other.outcome && one.reason == other.reason && one.yes == other.yes &&
         one.base == other.base && one.needed == other.needed &&
         one.weight_yes == other.weight_yes && one.weight_base == other.weight_base &&
         one.weight_needed == other.weight_needed && one.seen == other.seen &&
         one.quorum == other.quorum;
}

/* What the scratch held before must not matter, nor is anything else written to. */
static void test_same_twice(void) {
  static const uint32_t ONES[27] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                                    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  PlnVote vote[27], kept[27];
  uint8_t clean[28] = {0}, dirty[28];
  uint64_t state = 20241224;
  for (uint32_t i = 0; i < 500; i++) {
    const RuleRow *row = &RULES[i % RULES_LEN];
    draw_votes(&state, 27, 5, vote);
    memcpy(kept, vote, sizeof vote);
    memset(dirty, 255, sizeof dirty);
    PlnBallots ballots = {27, vote, WEIGHTS[i % 2], VETO_TWO};
    PlnBallots plain = {27, vote, NULL, NULL}, ones = {27, vote, ONES, VETO_TWO + 2};
    PlnVote from = (PlnVote)drawn(&state, 4), to = (PlnVote)drawn(&state, 4);
    clean[27] = 42;
    uint32_t turn = pln_rule_turn(&row->rule, &ballots, VOTE, from, to, NULL, clean);
    CU_ASSERT_EQUAL(turn, pln_rule_turn(&row->rule, &ballots, VOTE, from, to, NULL, dirty));
    CU_ASSERT_TRUE(clean[27] == 42 && dirty[27] == 255);
    CU_ASSERT_EQUAL(memcmp(kept, vote, sizeof vote), 0);
    CU_ASSERT_TRUE(same_verdict(decide(&row->rule, &ballots, VOTE),
                                decide(&row->rule, &ballots, VOTE)));
    CU_ASSERT_TRUE(same_verdict(decide(&row->rule, &plain, VOTE), decide(&row->rule, &ones, VOTE)));
  }
}

int main(void) {
  CU_TestInfo tests[] = {{"every verdict", test_every_verdict},
                         {"verdicts without members", test_verdicts_without_members},
                         {"every reason", test_every_reason},
                         {"reasons, others counted", test_reasons_where_others_count},
                         {"division of votes cast", test_equal_division_is_of_votes_cast},
                         {"tally", test_tally},
                         {"quorum never decides", test_quorum_never_decides},
                         {"large counts", test_large_counts},
                         {"weight basis", test_weight_basis},
                         {"first failure", test_first_failure_is_the_reason},
                         {"same twice", test_same_twice},
                         CU_TEST_INFO_NULL};
  return rule_suite_run("verdicts", tests);
}
