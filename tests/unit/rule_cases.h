/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the tests of the decision rules share: ballots of every kind, the text's answer, and
 *  complaints that do not drown the rest.
 *
 *  PLENARY_TEST_QUICK=1 in the environment takes smaller bodies. */
#pragma once
#include "plenary/rule.h"
#include "rule_texts.h"
#include "rules_table.h"
#include "suite.h"

enum { SEATS = 256, STAGES = 3, QUICK_VOTERS = 5, COMPLAINTS_SHOWN = 8 };

#define CONSENSUS PLN_STAGE_CONSENSUS
#define VOTE PLN_STAGE_VOTE
#define SECOND PLN_STAGE_SECOND_VOTE
enum { Y = PLN_VOTE_Y, N = PLN_VOTE_N, A = PLN_VOTE_A, X = PLN_VOTE_X };

/** How many voters are gone through profile by profile, and for turns. */
extern uint32_t most_voters, most_turned;
extern uint64_t compared, turns_compared;
extern uint32_t complaints;

/** Vetoes of the first voter, of the first two, of five permanent members seated in front or
 *  among the others: a search that takes voters as they sit must not find them by luck. */
extern const uint8_t VETO_FIRST[SEATS], VETO_TWO[SEATS], VETO_FIVE[SEATS], VETO_AMONG[SEATS];

/** Digits of pi; digits of e in sixes; populations that sum to 20s; a giant among dwarfs. */
enum { WEIGHT_SETS = 4, WEIGHTED_SEATS = 27 };
extern const uint32_t WEIGHTS[WEIGHT_SETS][WEIGHTED_SEATS];

/** The @code-th of the 4^@n profiles of @n voters, how many these are, and back. */
void profile_of(uint32_t code, uint32_t n, PlnVote *vote);
uint32_t profiles_of(uint32_t n);
uint32_t code_of(uint32_t n, const PlnVote *vote);

/** @count of each kind in blocks, the block of @first in front: who holds a veto or most of
 *  the weight sits in front, and thereby votes each way in turn.  Returns: how many */
uint32_t blocks_of(const uint32_t count[PLN_VOTE_KINDS], uint32_t first, PlnVote *vote);

/** The next division of the same number of voters; start from all Y.  False at the end. */
bool next_division(uint32_t count[PLN_VOTE_KINDS]);

/** The same numbers at every run and on every machine. */
uint32_t drawn(uint64_t *state, uint32_t below);

/** Draws a vote in which about @yes_of_8 eighths vote for; no kind but Y is frequent, so that
 *  the subsets of its voters can be gone through. */
enum { MOST_SUBSETS_OF = 11 };
void draw_votes(uint64_t *state, uint32_t n, uint32_t yes_of_8, PlnVote *vote);

const RuleRow *row_of(const char *id);
PlnVerdict decide(const PlnRule *rule, const PlnBallots *ballots, PlnStage stage);

/** What the text of rule @id makes of it. */
PlnOutcome by_text(const char *id, const PlnBallots *ballots, PlnStage stage);

/** Whether @part is the fraction asked of @whole; no fraction asked is always had. */
bool reaches(uint64_t part, uint64_t whole, PlnMajority majority);

/** Shows the first few only: one slip in the kernel fails many thousand profiles. */
void complain(const char *what, const char *id, const PlnBallots *ballots, PlnStage stage,
              uint64_t expected, uint64_t got);
void expect(const char *field, const RuleRow *row, const PlnBallots *ballots, PlnStage stage,
            uint64_t expected, uint64_t got);

/** Ends a test that may have complained. */
#define NO_COMPLAINTS() CU_ASSERT_EQUAL(no_complaints(), 0)

/** Returns: how many complaints there were since the last call */
uint32_t no_complaints(void);

/** suite_run(), and how much was compared. */
int rule_suite_run(const char *name, CU_TestInfo *tests);
