/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decision-rule kernel against the rules' texts (rule_texts.c): every profile of a few
 * voters, every division of larger bodies, votes that have been cast, and the least number
 * of voters that turns an outcome against all subsets of them. */
#include <CUnit/Basic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plenary/rule.h"
#include "rule_texts.h"
#include "rules_table.h"

enum { SEATS = 256, STAGES = 3, COMPLAINTS_SHOWN = 8, QUICK_VOTERS = 5, MOST_SUBSETS_OF = 11 };

static const char *STAGE_NAME[STAGES] = {"consensus", "vote", "second vote"};

/* Vetoes of the first voter, of the first two, of five permanent members seated in front or
 * among the others: a search that takes voters as they sit must not find them by luck. */
static const uint8_t VETO_FIRST[SEATS] = {1};
static const uint8_t VETO_TWO[SEATS] = {1, 200};
static const uint8_t VETO_FIVE[SEATS] = {1, 1, 1, 1, 1};
static const uint8_t VETO_AMONG[SEATS] = {0, 0, 0, 1, 0, 200, 0, 1, 0, 0, 1, 0, 0, 0, 1};

/* Digits of pi; digits of e in sixes; populations that sum to 20s; a giant among dwarfs. */
enum { WEIGHT_SETS = 4, WEIGHTED_SEATS = 27 };
static const uint32_t WEIGHTS[WEIGHT_SETS][WEIGHTED_SEATS] = {
  {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4, 3, 3, 8},
  {271828, 182845, 904523, 536028, 747135, 266249, 775724, 709369, 995957,
   496696, 762772, 407663, 35354,  759457, 138217, 852516, 642742, 746639,
   193200, 305992, 181741, 359662, 904357, 290033, 429526, 59563,  73813},
  {1, 2, 3, 1, 2, 1, 4, 3, 3, 4, 6, 7, 3, 20, 13, 7, 11, 9, 1, 19, 2, 18, 8, 12, 5, 15, 20},
  {83,  0, 19, 447, 6, 67, 1, 1000000000, 38, 0, 5, 17, 2,
   10,  4, 11, 59,  7, 3,  8, 46,         1,  9, 0, 2,  1, 19},
};

static const uint8_t WHO_SOME[SEATS] = {1, 0, 3, 1, 0, 1, 0, 1, 1, 0, 1, 1, 1};
static const uint8_t WHO_OTHERS[SEATS] = {0, 1, 1, 0, 255, 0, 1, 1, 0, 1, 1, 0, 1};

static uint32_t most_voters = 7, most_turned = 6;
static uint64_t compared, turns_compared;
static uint32_t complaints;

/* ---- Ballots ---- */

/* The @code-th of the 4^@n profiles of @n voters. */
static void profile_of(uint32_t code, uint32_t n, PlnVote *vote) {
  for (uint32_t i = 0; i < n; i++, code /= PLN_VOTE_KINDS)
    vote[i] = (PlnVote)(code % PLN_VOTE_KINDS);
}

static uint32_t code_of(uint32_t n, const PlnVote *vote) {
  uint32_t code = 0;
  for (uint32_t i = n; i > 0; i--) code = code * PLN_VOTE_KINDS + vote[i - 1];
  return code;
}

static uint32_t profiles_of(uint32_t n) { return 1u << (2 * n); }

/* @count of each kind in blocks, the block of @first in front: who holds a veto or most of
 * the weight sits in front, and thereby votes each way in turn. */
static uint32_t blocks_of(const uint32_t count[PLN_VOTE_KINDS], uint32_t first, PlnVote *vote) {
  uint32_t n = 0;
  for (uint32_t k = 0; k < PLN_VOTE_KINDS; k++) {
    PlnVote kind = (PlnVote)((first + k) % PLN_VOTE_KINDS);
    for (uint32_t i = 0; i < count[kind]; i++) vote[n++] = kind;
  }
  return n;
}

/* The next division of the same number of voters; start from all Y.  False at the end. */
static bool next_division(uint32_t count[PLN_VOTE_KINDS]) {
  for (uint32_t k = PLN_VOTE_KINDS - 1; k > 0; k--) {
    if (count[k - 1] == 0) continue;
    uint32_t last = count[PLN_VOTE_KINDS - 1];
    count[PLN_VOTE_KINDS - 1] = 0;
    count[k - 1]--;
    count[k] = last + 1;
    return true;
  }
  return false;
}

/* The same numbers at every run and on every machine. */
static uint32_t drawn(uint64_t *state, uint32_t below) {
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(*state >> 33) % below;
}

static const RuleRow *row_of(const char *id) {
  for (uint32_t r = 0; r < RULES_LEN; r++)
    if (strcmp(RULES[r].id, id) == 0) return &RULES[r];
  fprintf(stderr, "no rule %s\n", id);
  abort();
}

static PlnVerdict decide(const PlnRule *rule, const PlnBallots *ballots, PlnStage stage) {
  PlnTally tally = pln_tally(ballots);
  return pln_rule_decide(rule, &tally, stage);
}

/* Shows the first few only: one slip in the kernel fails many thousand profiles. */
static void complain(const char *what, const char *id, const PlnBallots *ballots, PlnStage stage,
                     uint64_t expected, uint64_t got) {
  if (complaints++ >= COMPLAINTS_SHOWN) return;
  printf("\n  %s, %s, ", id, STAGE_NAME[stage]);
  for (uint32_t i = 0; i < ballots->n; i++) putchar("YNAX"[ballots->vote[i]]);
  printf("%s%s: %s should be %llu, is %llu", ballots->weight ? " weighted" : "",
         ballots->veto ? " vetoes" : "", what, (unsigned long long)expected,
         (unsigned long long)got);
}

#define NO_COMPLAINTS()                                                                     \
  do {                                                                                      \
    CU_ASSERT_EQUAL(complaints, 0);                                                         \
    if (complaints > COMPLAINTS_SHOWN) printf("\n  ... %u in all\n", (unsigned)complaints); \
    complaints = 0;                                                                         \
  } while (0)

/* ---- Outcomes: kernel and text ---- */

static PlnOutcome by_text(const char *id, const PlnBallots *ballots, PlnStage stage) {
  switch (rule_text_adopts(id, ballots->vote, ballots->weight, ballots->veto, ballots->n,
                           (int)stage)) {
    case TEXT_ADOPTED: return PLN_OUTCOME_ADOPTED;
    case TEXT_TIED: return PLN_OUTCOME_TIED;
    default: return PLN_OUTCOME_REJECTED;
  }
}

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

/* ---- The fields of a verdict ---- */

/* Whether @part is the fraction asked of @whole; no fraction asked is always had. */
static bool reaches(uint64_t part, uint64_t whole, PlnMajority majority) {
  if (majority.num == 0) return true;
  if (majority.strict) return part * majority.den > whole * majority.num;
  return part * majority.den >= whole * majority.num;
}

/* Searched from one upwards: with no vote for it nothing is adopted. */
static uint32_t least_yes(const PlnRule *rule, uint32_t base) {
  uint32_t yes = 1;
  while (yes < rule->min_yes || !reaches(yes, base, rule->majority)) yes++;
  return yes;
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

static void expect(const char *field, const RuleRow *row, const PlnBallots *ballots,
                   PlnStage stage, uint64_t expected, uint64_t got) {
  if (expected != got) complain(field, row->id, ballots, stage, expected, got);
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
  static const PlnVote VOTE[] = {PLN_VOTE_N, PLN_VOTE_Y, PLN_VOTE_X, PLN_VOTE_Y, PLN_VOTE_A,
                                 PLN_VOTE_N, PLN_VOTE_Y, PLN_VOTE_A, PLN_VOTE_N};
  static const uint8_t VETO[] = {1, 1, 1, 0, 1, 7, 0, 0, 0};
  PlnTally weighted = pln_tally(&(PlnBallots){9, VOTE, WEIGHTS[0], VETO});
  PlnTally plain = pln_tally(&(PlnBallots){9, VOTE, NULL, NULL});
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

/* ---- The least number of voters that turns an outcome ---- */

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

/* Draws a vote in which about @yes_of_8 eighths vote for; no kind but Y is frequent, so that
 * the subsets of its voters can be gone through. */
static void draw_votes(uint64_t *state, uint32_t n, uint32_t yes_of_8, PlnVote *vote) {
  uint32_t same = 0;
  for (uint32_t i = 0; i < n; i++) {
    vote[i] = drawn(state, 8) < yes_of_8 ? PLN_VOTE_Y : (PlnVote)(1 + drawn(state, 3));
    if (vote[i] == PLN_VOTE_Y && same++ >= MOST_SUBSETS_OF) vote[i] = PLN_VOTE_N;
  }
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

/* ---- Votes that were cast, and some worked out by hand ---- */

typedef struct {
  const char *rule;
  uint32_t count[PLN_VOTE_KINDS];
  PlnStage stage;
  PlnOutcome outcome;
  PlnReason reason;
  uint32_t base, needed; /* 0: not looked at */
} HandVote;

#define CONSENSUS PLN_STAGE_CONSENSUS
#define VOTE PLN_STAGE_VOTE
#define SECOND PLN_STAGE_SECOND_VOTE
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

#define Y PLN_VOTE_Y
#define N PLN_VOTE_N
#define A PLN_VOTE_A
#define X PLN_VOTE_X

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

/* ---- The same question twice ---- */

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

/* ---- Suite ---- */

static bool add_tests(void) {
  CU_pSuite suite = CU_add_suite("decision rules against their texts", NULL, NULL);
  if (suite == NULL) return false;
  return CU_add_test(suite, "each rule has a text", test_each_rule_has_a_text) &&
         CU_add_test(suite, "every profile", test_every_profile) &&
         CU_add_test(suite, "every division", test_every_division) &&
         CU_add_test(suite, "EU coalitions", test_every_coalition_of_the_eu_council) &&
         CU_add_test(suite, "every majority of 193", test_every_majority_of_193) &&
         CU_add_test(suite, "needed, by the text", test_needed_is_the_least_yes_in_the_text) &&
         CU_add_test(suite, "needed, EU Council", test_needed_in_the_eu_council) &&
         CU_add_test(suite, "every verdict", test_every_verdict) &&
         CU_add_test(suite, "verdicts without members", test_verdicts_without_members) &&
         CU_add_test(suite, "every reason", test_every_reason) &&
         CU_add_test(suite, "reasons, others counted", test_reasons_where_others_count) &&
         CU_add_test(suite, "division of votes cast", test_equal_division_is_of_votes_cast) &&
         CU_add_test(suite, "tally", test_tally) &&
         CU_add_test(suite, "every turn", test_every_turn) &&
         CU_add_test(suite, "turns of larger bodies", test_turns_of_larger_bodies) &&
         CU_add_test(suite, "turns of rules made up", test_turns_of_rules_made_up) &&
         CU_add_test(suite, "votes by hand", test_hand_votes) &&
         CU_add_test(suite, "turns by hand", test_hand_turns) &&
         CU_add_test(suite, "quorum never decides", test_quorum_never_decides) &&
         CU_add_test(suite, "Security Council", test_security_council) &&
         CU_add_test(suite, "EU Council", test_eu_council) &&
         CU_add_test(suite, "large weights", test_large_weights) &&
         CU_add_test(suite, "large counts", test_large_counts) &&
         CU_add_test(suite, "weight basis", test_weight_basis) &&
         CU_add_test(suite, "first failure", test_first_failure_is_the_reason) &&
         CU_add_test(suite, "same twice", test_same_twice);
}

int main(void) {
  const char *quick = getenv("PLENARY_TEST_QUICK");
  if (quick != NULL && strcmp(quick, "1") == 0) {
    most_voters = QUICK_VOTERS;
    most_turned = 4;
  }
  if (CU_initialize_registry() != CUE_SUCCESS) return EXIT_FAILURE;
  bool ran = add_tests();
  if (ran) {
    CU_basic_set_mode(CU_BRM_NORMAL);
    ran = CU_basic_run_tests() == CUE_SUCCESS;
  }
  bool failed = !ran || CU_get_number_of_failures() > 0 || CU_get_number_of_tests_failed() > 0;
  CU_cleanup_registry();
  printf("%llu votes of up to %u voters and more compared with the texts, %llu turns\n",
         (unsigned long long)compared, (unsigned)most_voters, (unsigned long long)turns_compared);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
