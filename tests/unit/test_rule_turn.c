/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least number of voters that turns an outcome, against all subsets of them. */
#include <stdio.h>
#include <string.h>

#include "rule_cases.h"

static const uint8_t WHO_SOME[SEATS] = {1, 0, 3, 1, 0, 1, 0, 1, 1, 0, 1, 1, 1};
static const uint8_t WHO_OTHERS[SEATS] = {0, 1, 1, 0, 255, 0, 1, 1, 0, 1, 1, 0, 1};

typedef bool Judge(const void *by, const PlnBallots *ballots);

/* The smallest of all subsets of the @from voters that turns it on moving to @to. */
static uint32_t least_turn(Judge *adopted, const void *by, const PlnBallots *ballots,
                           PlnVote from, PlnVote to, const uint8_t *who) {
  uint32_t movers[SEATS], m = 0, least = 0;
  PlnVote moved[SEATS];
  PlnBallots after = *ballots;
  after.vote = moved;
  bool before = adopted(by, ballots);
  for (uint32_t i = 0; i < ballots->n; i++)
    if (ballots->vote[i] == from && (who == NULL || who[i])) movers[m++] = i;
  for (uint32_t set = 1; set < 1u << m; set++) {
    uint32_t size = (uint32_t)__builtin_popcount(set);
    if (least > 0 && size >= least) continue;
    memcpy(moved, ballots->vote, ballots->n);
    for (uint32_t k = 0; k < m; k++)
      if (set >> k & 1) moved[movers[k]] = to;
    if (adopted(by, &after) != before) least = size;
  }
  return least;
}

static void compare_turns(const char *id, const PlnRule *rule, Judge *adopted, const void *by,
                          const PlnBallots *ballots, PlnStage stage, const uint8_t *who) {
  uint8_t scratch[SEATS];
  for (PlnVote from = 0; from < PLN_VOTE_KINDS; from++)
    for (PlnVote to = 0; to < PLN_VOTE_KINDS; to++) {
      uint32_t expected = least_turn(adopted, by, ballots, from, to, who);
      uint32_t got = pln_rule_turn(rule, ballots, stage, from, to, who, scratch);
      char what[] = "turn ? to ? (of some)";
      what[5] = "YNAX"[from];
      what[10] = "YNAX"[to];
      if (who == NULL) what[11] = '\0';
      if (got != expected) complain(what, id, ballots, stage, expected, got);
      turns_compared++;
    }
}

/* Outcomes of all the profiles of n voters looked up: each is asked for many times. */
typedef struct {
  bool adopted[1 << 12];
} Outcomes;

static bool adopted_in_table(const void *by, const PlnBallots *ballots) {
  return ((const Outcomes *)by)->adopted[code_of(ballots->n, ballots->vote)];
}

static void compare_all_turns(const RuleRow *row, uint32_t n, PlnStage stage,
                              const uint32_t *weight, const uint8_t *veto, const uint8_t *who) {
  static Outcomes outcomes;
  PlnVote vote[SEATS] = {0};
  PlnBallots ballots = {n, vote, weight, veto};
  for (uint32_t code = 0; code < profiles_of(n); code++) {
    profile_of(code, n, vote);
    outcomes.adopted[code] = by_text(row->id, &ballots, stage) == PLN_OUTCOME_ADOPTED;
  }
  for (uint32_t code = 0; code < profiles_of(n); code++) {
    profile_of(code, n, vote);
    compare_turns(row->id, &row->rule, adopted_in_table, &outcomes, &ballots, stage, who);
  }
}

static void test_every_turn(void) {
  for (uint32_t n = 0; n <= most_turned; n++)
    for (uint32_t r = 0; r < RULES_LEN; r++)
      for (int s = 0; s < STAGES; s++) {
        const RuleRow *row = &RULES[r];
        PlnStage stage = (PlnStage)s;
        compare_all_turns(row, n, stage, NULL, NULL, NULL);
        compare_all_turns(row, n, stage, WEIGHTS[0], VETO_TWO, WHO_SOME);
        if (row->rule.weighted) {
          compare_all_turns(row, n, stage, WEIGHTS[1], NULL, NULL);
          compare_all_turns(row, n, stage, WEIGHTS[3], VETO_FIRST, WHO_OTHERS);
        }
        if (row->rule.veto) {
          compare_all_turns(row, n, stage, NULL, VETO_TWO, NULL);
          compare_all_turns(row, n, stage, NULL, VETO_AMONG, WHO_OTHERS);
        }
      }
  NO_COMPLAINTS();
}

typedef struct {
  const char *id;
  PlnStage stage;
} Text;

static bool adopted_by_text(const void *by, const PlnBallots *ballots) {
  const Text *text = by;
  return by_text(text->id, ballots, text->stage) == PLN_OUTCOME_ADOPTED;
}

static void compare_drawn_turns(const char *id, uint32_t fewest, uint32_t most,
                                const uint32_t *weight, const uint8_t *veto, uint64_t *state) {
  PlnVote vote[SEATS] = {0};
  uint32_t n = fewest + drawn(state, most - fewest + 1);
  draw_votes(state, n, 2 + drawn(state, 5), vote);
  PlnBallots ballots = {n, vote, weight, veto};
  Text text = {id, PLN_STAGE_VOTE};
  const uint8_t *who = drawn(state, 2) ? WHO_SOME : NULL;
  compare_turns(id, &row_of(id)->rule, adopted_by_text, &text, &ballots, PLN_STAGE_VOTE, who);
}

/* Bodies large enough for nine votes, or for weights to decide. */
static void test_turns_of_larger_bodies(void) {
  uint64_t state = 20191227;
  uint32_t rounds = most_voters > QUICK_VOTERS ? 400 : 30;
  for (uint32_t i = 0; i < rounds; i++) {
    compare_drawn_turns("security-council", 13, 15, NULL, VETO_AMONG, &state);
    compare_drawn_turns("security-council-procedural", 13, 15, NULL, VETO_FIVE, &state);
    compare_drawn_turns("eu-council-qualified", 9, 13, WEIGHTS[i % WEIGHT_SETS], NULL, &state);
    compare_drawn_turns(RULES[i % RULES_LEN].id, 7, 11, NULL, NULL, &state);
  }
  NO_COMPLAINTS();
}

/* Rules as a scenario may write them, with all that a PlnRule can say. */
typedef struct {
  PlnRule rule;
  PlnStage stage;
} MadeUp;

static bool adopted_by_kernel(const void *by, const PlnBallots *ballots) {
  const MadeUp *made_up = by;
  return decide(&made_up->rule, ballots, made_up->stage).outcome == PLN_OUTCOME_ADOPTED;
}

static MadeUp draw_rule(uint64_t *state) {
  static const PlnMajority MAJORITY[] = {{0, 0, false}, {1, 3, false}, {1, 2, false},
                                         {1, 2, true},  {3, 5, true},  {2, 3, false},
                                         {3, 4, false}, {1, 1, false}};
  MadeUp made_up = {0};
  made_up.rule.method = drawn(state, 8) ? PLN_METHOD_VOTE : PLN_METHOD_CONSENSUS_FIRST;
  made_up.rule.basis = (PlnBasis)drawn(state, 3);
  made_up.rule.majority = MAJORITY[drawn(state, 8)];
  made_up.rule.min_yes = drawn(state, 3) ? 0 : drawn(state, 5);
  made_up.rule.tie = (PlnTie)drawn(state, 2);
  made_up.rule.abstain = drawn(state, 2) ? PLN_COUNT_AS_IS : (PlnCountAs)drawn(state, 3);
  made_up.rule.absent = drawn(state, 2) ? PLN_COUNT_AS_IS : (PlnCountAs)drawn(state, 3);
  made_up.rule.veto = drawn(state, 4) == 0;
  made_up.rule.weighted = drawn(state, 2);
  made_up.rule.weight_basis = (PlnBasis)drawn(state, 3);
  made_up.rule.weight_majority = MAJORITY[1 + drawn(state, 7)];
  made_up.rule.blocking = drawn(state, 3) ? 0 : 1 + drawn(state, 3);
  made_up.stage = drawn(state, 8) ? PLN_STAGE_VOTE : PLN_STAGE_SECOND_VOTE;
  return made_up;
}

/* No text to hold them to: that the turn is what the kernel itself then decides. */
static void test_turns_of_rules_made_up(void) {
  PlnVote vote[SEATS] = {0};
  uint64_t state = 75282;
  uint32_t rounds = most_voters > QUICK_VOTERS ? 20000 : 500;
  for (uint32_t i = 0; i < rounds; i++) {
    MadeUp made_up = draw_rule(&state);
    uint32_t n = 1 + drawn(&state, 8);
    profile_of(drawn(&state, profiles_of(n)), n, vote);
    const uint32_t *weight = drawn(&state, 3) ? WEIGHTS[drawn(&state, 4)] + drawn(&state, 9) : NULL;
    const uint8_t *veto[] = {NULL, NULL, VETO_TWO, VETO_AMONG};
    PlnBallots ballots = {n, vote, weight, veto[drawn(&state, 4)]};
    const uint8_t *who = drawn(&state, 3) ? NULL : WHO_SOME;
    uint32_t before = complaints;
    compare_turns("a rule made up", &made_up.rule, adopted_by_kernel, &made_up, &ballots,
                  made_up.stage, who);
    if (complaints > before && before < COMPLAINTS_SHOWN) printf(" (round %u)", (unsigned)i);
  }
  NO_COMPLAINTS();
}

int main(void) {
  CU_TestInfo tests[] = {{"every turn", test_every_turn},
                         {"turns of larger bodies", test_turns_of_larger_bodies},
                         {"turns of rules made up", test_turns_of_rules_made_up},
                         CU_TEST_INFO_NULL};
  return rule_suite_run("turns", tests);
}
