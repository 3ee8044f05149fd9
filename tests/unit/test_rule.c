/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decision-rule kernel against the rules' texts (rule_texts.c): every profile of a few
 * voters, every division of larger bodies. */
#include <string.h>

#include "rule_cases.h"

static void compare(const RuleRow *row, const PlnBallots *ballots, PlnStage stage) {
  PlnOutcome expected = by_text(row->id, ballots, stage);
  PlnOutcome got = decide(&row->rule, ballots, stage).outcome;
  compared++;
  if (got != expected) complain("outcome", row->id, ballots, stage, expected, got);
}

static void compare_stages(const RuleRow *row, uint32_t n, const PlnVote *vote,
                           const uint32_t *weight, const uint8_t *veto) {
  PlnBallots ballots = {n, vote, weight, veto};
  for (int stage = 0; stage < STAGES; stage++) compare(row, &ballots, (PlnStage)stage);
}

static void test_each_rule_has_a_text(void) { CU_ASSERT_EQUAL(RULES_LEN, rule_text_count()); }

/* Weights and vetoes go to all the rules: those without them must not look. */
static void test_every_profile(void) {
  PlnVote vote[SEATS] = {0};
  for (uint32_t n = 0; n <= most_voters; n++)
    for (uint32_t code = 0; code < profiles_of(n); code++) {
      profile_of(code, n, vote);
      for (uint32_t r = 0; r < RULES_LEN; r++) {
        compare_stages(&RULES[r], n, vote, NULL, NULL);
        compare_stages(&RULES[r], n, vote, NULL, VETO_FIRST);
        compare_stages(&RULES[r], n, vote, WEIGHTS[0], VETO_TWO);
        for (uint32_t w = 0; RULES[r].rule.weighted && w < WEIGHT_SETS; w++)
          compare_stages(&RULES[r], n, vote, WEIGHTS[w], NULL);
      }
    }
  NO_COMPLAINTS();
}

/* Nine votes in the Security Council, 11/20 and 13/20 in the EU Council and four that block
 * need more than seven seats: every division of up to 27. */
static void test_every_division(void) {
  PlnVote vote[SEATS] = {0};
  uint32_t most = most_voters > QUICK_VOTERS ? WEIGHTED_SEATS : 16;
  for (uint32_t n = most_voters + 1; n <= most; n++) {
    uint32_t count[PLN_VOTE_KINDS] = {n, 0, 0, 0};
    do {
      blocks_of(count, PLN_VOTE_Y, vote);
      for (uint32_t r = 0; r < RULES_LEN; r++) compare_stages(&RULES[r], n, vote, NULL, NULL);
      for (uint32_t first = 0; first < PLN_VOTE_KINDS; first++) {
        blocks_of(count, first, vote);
        compare_stages(row_of("security-council"), n, vote, NULL, VETO_FIVE);
        for (uint32_t w = 0; w < WEIGHT_SETS; w++)
          compare_stages(row_of("eu-council-qualified"), n, vote, WEIGHTS[w], NULL);
      }
    } while (next_division(count));
  }
  NO_COMPLAINTS();
}

/* Below nine members the weights of the EU Council never decide: whoever has 11/20 there
 * leaves fewer than four.  So every set of supporters among nine and more. */
static void test_every_coalition_of_the_eu_council(void) {
  PlnVote vote[SEATS] = {0};
  uint32_t most = most_voters > QUICK_VOTERS ? 14 : 10;
  for (uint32_t n = 9; n <= most; n++)
    for (uint32_t code = 0; code < 1u << n; code++) {
      for (uint32_t i = 0; i < n; i++) {
        PlnVote other = (PlnVote)(1 + (i + code) % 3); /* N, A and X are all one here */
        vote[i] = code >> i & 1 ? PLN_VOTE_Y : other;
      }
      for (uint32_t w = 0; w < WEIGHT_SETS; w++) {
        PlnBallots ballots = {n, vote, WEIGHTS[w], NULL};
        compare(row_of("eu-council-qualified"), &ballots, PLN_STAGE_VOTE);
      }
    }
  NO_COMPLAINTS();
}

/* The Assembly at its size, at every division of a few numbers present and voting. */
static void test_every_majority_of_193(void) {
  static const uint32_t VOTING[] = {1, 2, 3, 100, 125, 139, 192, 193};
  PlnVote vote[SEATS] = {0};
  for (uint32_t v = 0; v < sizeof VOTING / sizeof *VOTING; v++)
    for (uint32_t yes = 0; yes <= VOTING[v]; yes++) {
      uint32_t abstain = (193 - VOTING[v]) / 3;
      uint32_t count[PLN_VOTE_KINDS] = {yes, VOTING[v] - yes, abstain, 193 - VOTING[v] - abstain};
      blocks_of(count, PLN_VOTE_Y, vote);
      for (uint32_t r = 0; r < RULES_LEN; r++) compare_stages(&RULES[r], 193, vote, NULL, NULL);
    }
  NO_COMPLAINTS();
}

/* Searched in the text: @base delegations of which none abstains or stays away.  0 where not
 * even all of them suffice. */
static uint32_t least_yes_by_text(const char *id, uint32_t base) {
  PlnVote vote[SEATS];
  memset(vote, PLN_VOTE_N, sizeof vote);
  PlnBallots ballots = {base, vote, NULL, NULL};
  for (uint32_t yes = 1; yes <= base; yes++) {
    vote[yes - 1] = PLN_VOTE_Y;
    if (by_text(id, &ballots, PLN_STAGE_VOTE) == PLN_OUTCOME_ADOPTED) return yes;
  }
  return 0;
}

static void test_needed_is_the_least_yes_in_the_text(void) {
  PlnVote vote[SEATS];
  memset(vote, PLN_VOTE_N, sizeof vote);
  uint32_t most = most_voters > QUICK_VOTERS ? 60 : 20;
  for (uint32_t r = 0; r < RULES_LEN; r++) {
    const RuleRow *row = &RULES[r];
    if (row->rule.method == PLN_METHOD_CONSENSUS || row->rule.blocking) continue;
    for (uint32_t base = 1; base <= most; base++) {
      PlnBallots ballots = {base, vote, NULL, NULL};
      uint32_t expected = least_yes_by_text(row->id, base);
      uint32_t got = decide(&row->rule, &ballots, PLN_STAGE_VOTE).needed;
      bool out_of_reach = expected == 0 && got > base;
      if (got != expected && !out_of_reach)
        complain("needed", row->id, &ballots, PLN_STAGE_VOTE, expected, got);
    }
  }
  NO_COMPLAINTS();
}

/* 55 % of the members of the Council, rounded up. */
static void test_needed_in_the_eu_council(void) {
  PlnVote vote[SEATS] = {0};
  const RuleRow *row = row_of("eu-council-qualified");
  for (uint32_t n = 1; n <= 60; n++) {
    PlnBallots ballots = {n, vote, NULL, NULL};
    uint32_t yes = 0, weight = 0;
    while (100 * yes < 55 * n) yes++;
    while (100 * weight < 65 * n) weight++;
    PlnVerdict verdict = decide(&row->rule, &ballots, PLN_STAGE_VOTE);
    CU_ASSERT_EQUAL(verdict.needed, yes);
    CU_ASSERT_EQUAL(verdict.weight_needed, weight);
    CU_ASSERT_EQUAL(verdict.weight_base, n);
  }
}

int main(void) {
  CU_TestInfo tests[] = {{"each rule has a text", test_each_rule_has_a_text},
                         {"every profile", test_every_profile},
                         {"every division", test_every_division},
                         {"EU coalitions", test_every_coalition_of_the_eu_council},
                         {"every majority of 193", test_every_majority_of_193},
                         {"needed, by the text", test_needed_is_the_least_yes_in_the_text},
                         {"needed, EU Council", test_needed_in_the_eu_council},
                         CU_TEST_INFO_NULL};
  return rule_suite_run("decision rules against their texts", tests);
}
