/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Votes that have been cast, and some worked out by hand. */
#include "rule_cases.h"

typedef struct {
  const char *rule;
  uint32_t count[PLN_VOTE_KINDS];
  PlnStage stage;
  PlnOutcome outcome;
  PlnReason reason;
  uint32_t base, needed; /* 0: not looked at */
} HandVote;

#define ADOPTED(why) PLN_OUTCOME_ADOPTED, PLN_REASON_##why
#define REJECTED(why) PLN_OUTCOME_REJECTED, PLN_REASON_##why
#define TIED PLN_OUTCOME_TIED, PLN_REASON_TIE

static const HandVote HAND_VOTES[] = {
  /* Resolution 74/247, as it was put and had it been an important question. */
  {"ga-simple-majority", {79, 60, 33, 21}, VOTE, ADOPTED(MAJORITY), 139, 70},
  {"ga-important-questions", {79, 60, 33, 21}, VOTE, REJECTED(SHORT), 139, 93},
  {"ga-important-questions", {93, 46, 33, 21}, VOTE, ADOPTED(MAJORITY), 139, 93},
  {"ga-important-questions", {92, 47, 33, 21}, VOTE, REJECTED(SHORT), 139, 93},
  {"two-thirds-present", {79, 60, 33, 21}, VOTE, REJECTED(SHORT), 172, 115},
  {"two-thirds-present", {115, 24, 33, 21}, VOTE, ADOPTED(MAJORITY), 172, 115},
  /* Article 6(2), August 2024: to delete it, and the 42 that would have struck it. */
  {"ahc-two-thirds", {23, 102, 26, 42}, VOTE, REJECTED(SHORT), 125, 84},
  {"ahc-two-thirds", {84, 41, 26, 42}, VOTE, ADOPTED(MAJORITY), 125, 84},
  {"ahc-two-thirds", {83, 42, 26, 42}, VOTE, REJECTED(SHORT), 125, 84},
  {"ahc-two-thirds", {151, 0, 0, 42}, CONSENSUS, ADOPTED(NO_OBJECTION), 0, 0},
  {"ahc-two-thirds", {150, 1, 0, 42}, CONSENSUS, REJECTED(OBJECTION), 0, 0},
  /* Resolutions 71/11 and 72/74: fewer than 97 of 193 recorded, and adopted. */
  {"ga-simple-majority", {84, 0, 5, 104}, VOTE, ADOPTED(MAJORITY), 84, 43},
  {"ga-simple-majority", {92, 0, 4, 97}, VOTE, ADOPTED(MAJORITY), 92, 47},
  {"ga-simple-majority", {1, 0, 0, 192}, VOTE, ADOPTED(MAJORITY), 1, 1},
  {"ga-simple-majority", {97, 96, 0, 0}, VOTE, ADOPTED(MAJORITY), 193, 97},
  {"all-members-majority", {97, 96, 0, 0}, VOTE, ADOPTED(MAJORITY), 193, 97},
  {"all-members-majority", {96, 0, 0, 97}, VOTE, REJECTED(SHORT), 193, 97},
  {"all-members-two-thirds", {129, 0, 41, 23}, VOTE, ADOPTED(MAJORITY), 193, 129},
  {"all-members-two-thirds", {128, 0, 41, 24}, VOTE, REJECTED(SHORT), 193, 129},
  {"ga-simple-majority", {50, 50, 17, 76}, VOTE, TIED, 100, 51},
  {"ga-simple-majority", {50, 50, 17, 76}, SECOND, REJECTED(TIE), 100, 51},
  {"ga-simple-majority", {51, 50, 17, 75}, SECOND, ADOPTED(MAJORITY), 101, 51},
  {"ga-important-questions", {50, 50, 17, 76}, VOTE, TIED, 100, 67},
  {"ga-important-questions", {50, 50, 17, 76}, SECOND, REJECTED(TIE), 100, 67},
  {"committee-simple-majority", {50, 50, 17, 76}, VOTE, REJECTED(TIE), 100, 51},
  {"ga-simple-majority", {0, 0, 31, 162}, VOTE, REJECTED(NO_YES), 0, 1},
  {"ga-important-questions", {0, 0, 193, 0}, VOTE, REJECTED(NO_YES), 0, 1},
  {"ga-simple-majority", {0, 0, 31, 162}, CONSENSUS, ADOPTED(NO_OBJECTION), 0, 0},
  {"ga-simple-majority", {192, 1, 0, 0}, CONSENSUS, REJECTED(OBJECTION), 0, 0},
  {"consensus", {0, 0, 0, 193}, CONSENSUS, ADOPTED(NO_OBJECTION), 0, 0},
  {"consensus", {0, 0, 12, 0}, SECOND, ADOPTED(NO_OBJECTION), 0, 0},
  {"consensus", {192, 1, 0, 0}, VOTE, REJECTED(OBJECTION), 0, 0},
  {"consensus", {0, 0, 0, 0}, CONSENSUS, REJECTED(NO_MEMBERS), 0, 0},
  {"silence-procedure", {0, 1, 0, 192}, VOTE, REJECTED(OBJECTION), 0, 0},
  {"cosp-protocol", {40, 20, 0, 0}, VOTE, ADOPTED(MAJORITY), 60, 40},
  {"cosp-protocol", {39, 20, 1, 0}, VOTE, REJECTED(SHORT), 59, 40},
  {"security-council", {8, 0, 7, 0}, VOTE, REJECTED(FLOOR), 15, 9},
  /* No text of the Council's knows a tie: what lacks is nine. */
  {"security-council", {6, 6, 2, 1}, VOTE, REJECTED(FLOOR), 15, 9},
  {"security-council", {9, 0, 5, 1}, VOTE, ADOPTED(MAJORITY), 15, 9},
  {"security-council-procedural", {9, 6, 0, 0}, VOTE, ADOPTED(MAJORITY), 15, 9},
  {"mun-present-and-voting", {11, 6, 7, 2}, VOTE, REJECTED(SHORT), 24, 13},
  {"mun-present-and-voting", {14, 6, 7, 2}, VOTE, ADOPTED(MAJORITY), 27, 14},
  {"mun-consent", {1, 0, 5, 20}, VOTE, ADOPTED(MAJORITY), 26, 26},
  {"mun-consent", {0, 0, 6, 20}, VOTE, REJECTED(NO_YES), 26, 26},
  {"mun-consent", {24, 1, 1, 0}, VOTE, REJECTED(SHORT), 26, 26},
};

static void test_hand_votes(void) {
  PlnVote vote[SEATS];
  for (uint32_t i = 0; i < sizeof HAND_VOTES / sizeof *HAND_VOTES; i++) {
    const HandVote *hand = &HAND_VOTES[i];
    const RuleRow *row = row_of(hand->rule);
    PlnBallots ballots = {blocks_of(hand->count, PLN_VOTE_Y, vote), vote, NULL, NULL};
    PlnVerdict verdict = decide(&row->rule, &ballots, hand->stage);
    expect("outcome", row, &ballots, hand->stage, hand->outcome, verdict.outcome);
    expect("reason", row, &ballots, hand->stage, hand->reason, verdict.reason);
    if (hand->needed == 0) continue;
    expect("base", row, &ballots, hand->stage, hand->base, verdict.base);
    expect("needed", row, &ballots, hand->stage, hand->needed, verdict.needed);
  }
  NO_COMPLAINTS();
}

typedef struct {
  const char *rule;
  uint32_t count[PLN_VOTE_KINDS];
  PlnVote from, to;
  uint32_t turn;
} HandTurn;

static const HandTurn HAND_TURNS[] = {
  /* 79-60: at 69-70, or at the tie 60-60 or 79-79. */
  {"ga-simple-majority", {79, 60, 33, 21}, Y, N, 10},
  {"ga-simple-majority", {79, 60, 33, 21}, Y, A, 19},
  {"ga-simple-majority", {79, 60, 33, 21}, Y, X, 19},
  {"ga-simple-majority", {79, 60, 33, 21}, A, N, 19},
  {"ga-simple-majority", {79, 60, 33, 21}, X, N, 19},
  {"ga-simple-majority", {79, 60, 33, 18}, X, N, 0},
  {"ga-simple-majority", {79, 60, 33, 21}, N, Y, 0},
  {"ga-simple-majority", {79, 60, 33, 21}, A, X, 0},
  /* At two-thirds: 93-46, or 79-39; 41 more would have to come from 33 or 21. */
  {"ga-important-questions", {79, 60, 33, 21}, N, Y, 14},
  {"ga-important-questions", {79, 60, 33, 21}, N, A, 21},
  {"ga-important-questions", {79, 60, 33, 21}, A, Y, 0},
  {"ga-important-questions", {79, 60, 41, 13}, A, Y, 41},
  {"ga-important-questions", {79, 60, 33, 21}, X, Y, 0},
  {"ahc-two-thirds", {23, 102, 26, 42}, N, Y, 61},
  {"ahc-two-thirds", {23, 102, 26, 42}, N, A, 91},
  {"ahc-two-thirds", {23, 102, 26, 42}, A, Y, 0},
  /* The paragraph put to a separate vote: 83-42 strikes it. */
  {"ahc-two-thirds", {102, 23, 26, 42}, Y, N, 19},
  {"ahc-two-thirds", {102, 23, 26, 42}, A, N, 0},
  {"ahc-two-thirds", {102, 23, 26, 42}, X, N, 29},
  {"ga-simple-majority", {84, 0, 5, 104}, Y, N, 42},
  {"ga-simple-majority", {84, 0, 5, 104}, Y, A, 84},
  {"ga-simple-majority", {84, 0, 5, 104}, X, N, 84},
  {"ga-simple-majority", {92, 0, 4, 97}, Y, N, 46},
  {"ga-simple-majority", {92, 0, 4, 97}, A, N, 0},
  {"ga-simple-majority", {97, 96, 0, 0}, Y, N, 1},
  {"ga-simple-majority", {97, 96, 0, 0}, Y, A, 1},
  {"ga-simple-majority", {50, 50, 17, 76}, N, Y, 1},
  {"ga-simple-majority", {50, 50, 17, 76}, A, Y, 1},
  {"ga-simple-majority", {50, 50, 17, 76}, Y, N, 0},
  {"all-members-majority", {83, 20, 30, 60}, X, Y, 14},
  {"all-members-majority", {110, 20, 30, 33}, Y, X, 14},
  {"consensus", {7, 3, 2, 1}, N, A, 3},
  {"consensus", {7, 0, 2, 1}, X, N, 1},
  {"mun-consent", {1, 0, 5, 20}, Y, A, 1},
  {"mun-consent", {0, 0, 5, 20}, X, Y, 1},
};

static void test_hand_turns(void) {
  PlnVote vote[SEATS];
  uint8_t scratch[SEATS];
  for (uint32_t i = 0; i < sizeof HAND_TURNS / sizeof *HAND_TURNS; i++) {
    const HandTurn *hand = &HAND_TURNS[i];
    const RuleRow *row = row_of(hand->rule);
    PlnBallots ballots = {blocks_of(hand->count, Y, vote), vote, NULL, NULL};
    uint32_t turn = pln_rule_turn(&row->rule, &ballots, VOTE, hand->from, hand->to, NULL, scratch);
    expect("turn", row, &ballots, VOTE, hand->turn, turn);
  }
  NO_COMPLAINTS();
}

/* Fifteen seats, the permanent five first: nine for it and one of the five not. */
static void test_security_council(void) {
  PlnVote vote[15] = {N, Y, Y, Y, Y, Y, Y, Y, Y, Y, A, A, A, A, X};
  uint8_t scratch[15], elected[15] = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  PlnBallots ballots = {15, vote, NULL, VETO_FIVE};
  const PlnRule *rule = &row_of("security-council")->rule;
  PlnVerdict verdict = decide(rule, &ballots, VOTE);
  CU_ASSERT_EQUAL(verdict.outcome, PLN_OUTCOME_REJECTED);
  CU_ASSERT_EQUAL(verdict.reason, PLN_REASON_VETO);
  CU_ASSERT_EQUAL(pln_rule_turn(rule, &ballots, VOTE, N, A, NULL, scratch), 1);
  CU_ASSERT_EQUAL(pln_rule_turn(rule, &ballots, VOTE, A, Y, NULL, scratch), 0);
  verdict = decide(&row_of("security-council-procedural")->rule, &ballots, VOTE);
  CU_ASSERT_EQUAL(verdict.outcome, PLN_OUTCOME_ADOPTED);
  vote[0] = A;
  CU_ASSERT_EQUAL(decide(rule, &ballots, VOTE).outcome, PLN_OUTCOME_ADOPTED);
  vote[0] = X;
  vote[10] = Y; /* the tenth yes: one may go, unless it is one of the five */
  CU_ASSERT_EQUAL(decide(rule, &ballots, VOTE).outcome, PLN_OUTCOME_ADOPTED);
  CU_ASSERT_EQUAL(pln_rule_turn(rule, &ballots, VOTE, Y, N, NULL, scratch), 1);
  CU_ASSERT_EQUAL(pln_rule_turn(rule, &ballots, VOTE, Y, N, elected, scratch), 2);
  CU_ASSERT_EQUAL(pln_rule_turn(rule, &ballots, VOTE, Y, A, NULL, scratch), 2);
  CU_ASSERT_EQUAL(pln_rule_turn(rule, &ballots, VOTE, X, N, NULL, scratch), 1);
  CU_ASSERT_EQUAL(pln_rule_turn(rule, &ballots, VOTE, X, N, elected, scratch), 0);
  vote[0] = N;
  vote[11] = N; /* two against, one of them a veto: it alone has to go */
  CU_ASSERT_EQUAL(pln_rule_turn(rule, &ballots, VOTE, N, Y, NULL, scratch), 1);
}

/* Twenty-seven members: the first three hold 390 of 990 and so can block by people, but are
 * fewer than four. */
static void test_eu_council(void) {
  PlnVote vote[27];
  uint32_t weight[27];
  uint8_t scratch[27];
  PlnBallots ballots = {27, vote, weight, NULL};
  const PlnRule *rule = &row_of("eu-council-qualified")->rule;
  for (uint32_t i = 0; i < 27; i++) {
    vote[i] = i < 3 ? N : Y;
    weight[i] = i < 3 ? 130 : 25;
  }
  PlnVerdict verdict = decide(rule, &ballots, VOTE);
  CU_ASSERT_EQUAL(verdict.outcome, PLN_OUTCOME_ADOPTED);
  CU_ASSERT_EQUAL(verdict.reason, PLN_REASON_NO_BLOCK);
  CU_ASSERT_EQUAL(verdict.needed, 15);
  CU_ASSERT_EQUAL(verdict.weight_yes, 600);
  CU_ASSERT_EQUAL(verdict.weight_base, 990);
  CU_ASSERT_EQUAL(verdict.weight_needed, 644);
  CU_ASSERT_EQUAL(pln_rule_turn(rule, &ballots, VOTE, Y, A, NULL, scratch), 1);
  vote[26] = X;
  verdict = decide(rule, &ballots, VOTE);
  CU_ASSERT_EQUAL(verdict.outcome, PLN_OUTCOME_REJECTED);
  CU_ASSERT_EQUAL(verdict.reason, PLN_REASON_WEIGHT);
  CU_ASSERT_EQUAL(pln_rule_turn(rule, &ballots, VOTE, N, Y, NULL, scratch), 1);
  for (uint32_t i = 0; i < 27; i++) vote[i] = i < 14 ? Y : A; /* 665 of 990, 14 of 27 */
  verdict = decide(rule, &ballots, VOTE);
  CU_ASSERT_EQUAL(verdict.outcome, PLN_OUTCOME_REJECTED);
  CU_ASSERT_EQUAL(verdict.reason, PLN_REASON_SHORT);
  vote[14] = Y;
  CU_ASSERT_EQUAL(decide(rule, &ballots, VOTE).reason, PLN_REASON_MAJORITY);
}

/* 193 members of up to 10^9 each, of whom supporters have 13/20 to the unit. */
static void test_large_weights(void) {
  PlnVote vote[193];
  uint32_t weight[193];
  uint8_t scratch[193];
  PlnRule rule = row_of("eu-council-qualified")->rule;
  PlnBallots ballots = {193, vote, weight, NULL};
  rule.weight_majority = (PlnMajority){650000, 1000000, false};
  for (uint32_t i = 0; i < 193; i++) {
    vote[i] = i < 126 ? Y : N;
    weight[i] = 1000000000;
  }
  weight[123] = 499999998;
  weight[124] = weight[125] = 1;
  weight[192] = 500000000;
  PlnVerdict verdict = decide(&rule, &ballots, VOTE);
  CU_ASSERT_EQUAL(verdict.outcome, PLN_OUTCOME_ADOPTED);
  CU_ASSERT_EQUAL(verdict.weight_yes, 123500000000u);
  CU_ASSERT_EQUAL(verdict.weight_base, 190000000000u);
  CU_ASSERT_EQUAL(verdict.weight_needed, 123500000000u);
  CU_ASSERT_EQUAL(pln_rule_turn(&rule, &ballots, VOTE, Y, X, NULL, scratch), 1);
  rule.weight_majority.strict = true;
  verdict = decide(&rule, &ballots, VOTE);
  CU_ASSERT_EQUAL(verdict.reason, PLN_REASON_WEIGHT);
  CU_ASSERT_EQUAL(verdict.weight_needed, 123500000001u);
  rule.weight_majority.strict = false;
  weight[192]++; /* one person more on the other side */
  verdict = decide(&rule, &ballots, VOTE);
  CU_ASSERT_EQUAL(verdict.reason, PLN_REASON_WEIGHT);
  CU_ASSERT_EQUAL(verdict.weight_needed, 123500000001u);
  CU_ASSERT_EQUAL(pln_rule_turn(&rule, &ballots, VOTE, N, Y, NULL, scratch), 1);
}

int main(void) {
  CU_TestInfo tests[] = {{"votes by hand", test_hand_votes},
                         {"turns by hand", test_hand_turns},
                         {"Security Council", test_security_council},
                         {"EU Council", test_eu_council},
                         {"large weights", test_large_weights},
                         CU_TEST_INFO_NULL};
  return rule_suite_run("votes by hand", tests);
}
