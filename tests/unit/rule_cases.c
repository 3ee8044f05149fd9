/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rule_cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const STAGE_NAME[STAGES] = {"consensus", "vote", "second vote"};

const uint8_t VETO_FIRST[SEATS] = {1};
const uint8_t VETO_TWO[SEATS] = {1, 200};
const uint8_t VETO_FIVE[SEATS] = {1, 1, 1, 1, 1};
const uint8_t VETO_AMONG[SEATS] = {0, 0, 0, 1, 0, 200, 0, 1, 0, 0, 1, 0, 0, 0, 1};

const uint32_t WEIGHTS[WEIGHT_SETS][WEIGHTED_SEATS] = {
  {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4, 3, 3, 8},
  {271828, 182845, 904523, 536028, 747135, 266249, 775724, 709369, 995957,
   496696, 762772, 407663, 35354,  759457, 138217, 852516, 642742, 746639,
   193200, 305992, 181741, 359662, 904357, 290033, 429526, 59563,  73813},
  {1, 2, 3, 1, 2, 1, 4, 3, 3, 4, 6, 7, 3, 20, 13, 7, 11, 9, 1, 19, 2, 18, 8, 12, 5, 15, 20},
  {83,  0, 19, 447, 6, 67, 1, 1000000000, 38, 0, 5, 17, 2,
   10,  4, 11, 59,  7, 3,  8, 46,         1,  9, 0, 2,  1, 19},
};

uint32_t most_voters = 7, most_turned = 6;
uint64_t compared, turns_compared;
uint32_t complaints;

void profile_of(uint32_t code, uint32_t n, PlnVote *vote) {
  for (uint32_t i = 0; i < n; i++, code /= PLN_VOTE_KINDS)
    vote[i] = (PlnVote)(code % PLN_VOTE_KINDS);
}

uint32_t code_of(uint32_t n, const PlnVote *vote) {
  uint32_t code = 0;
  for (uint32_t i = n; i > 0; i--) code = code * PLN_VOTE_KINDS + vote[i - 1];
  return code;
}

uint32_t profiles_of(uint32_t n) {
  return 1u << (2 * n);
}

uint32_t blocks_of(const uint32_t count[PLN_VOTE_KINDS], uint32_t first, PlnVote *vote) {
  uint32_t n = 0;
  for (uint32_t k = 0; k < PLN_VOTE_KINDS; k++) {
    PlnVote kind = (PlnVote)((first + k) % PLN_VOTE_KINDS);
    for (uint32_t i = 0; i < count[kind]; i++) vote[n++] = kind;
  }
  return n;
}

bool next_division(uint32_t count[PLN_VOTE_KINDS]) {
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

uint32_t drawn(uint64_t *state, uint32_t below) {
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(*state >> 33) % below;
}

void draw_votes(uint64_t *state, uint32_t n, uint32_t yes_of_8, PlnVote *vote) {
  uint32_t same = 0;
  for (uint32_t i = 0; i < n; i++) {
    vote[i] = drawn(state, 8) < yes_of_8 ? PLN_VOTE_Y : (PlnVote)(1 + drawn(state, 3));
    if (vote[i] == PLN_VOTE_Y && same++ >= MOST_SUBSETS_OF) vote[i] = PLN_VOTE_N;
  }
}

const RuleRow *row_of(const char *id) {
  for (uint32_t r = 0; r < RULES_LEN; r++)
    if (strcmp(RULES[r].id, id) == 0) return &RULES[r];
  fprintf(stderr, "no rule %s\n", id);
  abort();
}

PlnVerdict decide(const PlnRule *rule, const PlnBallots *ballots, PlnStage stage) {
  PlnTally tally = pln_tally(ballots);
  return pln_rule_decide(rule, &tally, stage);
}

PlnOutcome by_text(const char *id, const PlnBallots *ballots, PlnStage stage) {
  switch (rule_text_adopts(id, ballots->vote, ballots->weight, ballots->veto, ballots->n,
                           (int)stage)) {
    case TEXT_ADOPTED: return PLN_OUTCOME_ADOPTED;
    case TEXT_TIED: return PLN_OUTCOME_TIED;
    default: return PLN_OUTCOME_REJECTED;
  }
}

bool reaches(uint64_t part, uint64_t whole, PlnMajority majority) {
  if (majority.num == 0) return true;
  if (majority.strict) return part * majority.den > whole * majority.num;
  return part * majority.den >= whole * majority.num;
}

void complain(const char *what, const char *id, const PlnBallots *ballots, PlnStage stage,
                     uint64_t expected, uint64_t got) {
  if (complaints++ >= COMPLAINTS_SHOWN)
    return;
  printf("\n  %s, %s, ", id, STAGE_NAME[stage]);
  for (uint32_t i = 0; i < ballots->n; i++) putchar("YNAX"[ballots->vote[i]]);
  printf("%s%s: %s should be %llu, is %llu", ballots->weight ? " weighted" : "",
         ballots->veto ? " vetoes" : "", what, (unsigned long long)expected,
         (unsigned long long)got);
}

void expect(const char *field, const RuleRow *row, const PlnBallots *ballots,
                   PlnStage stage, uint64_t expected, uint64_t got) {
  if (expected != got) complain(field, row->id, ballots, stage, expected, got);
}

uint32_t no_complaints(void) {
  uint32_t there_were = complaints;
  if (complaints > COMPLAINTS_SHOWN)
    printf("\n  ... %u in all\n", (unsigned)complaints);
  complaints = 0;
  return there_were;
}

int rule_suite_run(const char *name, CU_TestInfo *tests) {
  const char *quick = getenv("PLENARY_TEST_QUICK");
  if (quick != NULL && strcmp(quick, "1") == 0) {
    most_voters = QUICK_VOTERS;
    most_turned = 4;
  }
  int status = suite_run(name, tests);
  if (compared + turns_compared > 0)
    printf("%llu votes of up to %u voters and more compared with the texts, %llu turns\n",
           (unsigned long long)compared, (unsigned)most_voters,
           (unsigned long long)turns_compared);
  return status;
}
