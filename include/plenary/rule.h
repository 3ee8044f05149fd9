/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A decision rule: when is a vote a decision?
 *
 *  A body puts a proposal; its members cast Y, N or A, or do not vote (X).  A
 *  rule turns those ballots into an outcome.  It is data, in integers: a basis
 *  (of whom the fraction is taken), a fraction, a floor of affirmative votes,
 *  what a tie does, a veto, a second count by weight, a blocking minority, and
 *  whether consensus is tried first.  Near the threshold it is exact: fractions
 *  are compared by cross-multiplication, never divided.
 *
 *  Present and voting are those that cast Y or N (General Assembly rule 86; 126
 *  in committees): to abstain is not to vote.  Zero affirmative votes never
 *  adopt.  Quorum is presence in the room, which votes only bound from below:
 *  it is reported and never decides.
 *
 *  Freestanding: no allocation, no library, no globals; the same file is
 *  compiled for the browser.  Checked by tests/unit/test_rule*.c against a
 *  definition written from the rules' texts, over every profile of up to seven
 *  voters.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "plenary/api.h"

/** What a member did.  PLN_VOTE_UNKNOWN: the record does not say; never tallied. */
enum { PLN_VOTE_Y, PLN_VOTE_N, PLN_VOTE_A, PLN_VOTE_X, PLN_VOTE_KINDS, PLN_VOTE_UNKNOWN = 255 };
typedef uint8_t PlnVote;

typedef enum {
  PLN_METHOD_VOTE,
  PLN_METHOD_CONSENSUS,       /* no formal objection; there is no vote */
  PLN_METHOD_CONSENSUS_FIRST, /* a vote only once consensus is exhausted */
} PlnRuleMethod;

/** Of whom the fraction is taken. */
typedef enum {
  PLN_BASIS_VOTING,  /* cast Y or N */
  PLN_BASIS_PRESENT, /* cast Y, N or A */
  PLN_BASIS_MEMBERS, /* all, voting or not */
} PlnBasis;

/** What an equal division of the votes cast (as many Y as N, at least one of each)
 *  does, where it does not carry all the same and the rule has a majority. */
typedef enum {
  PLN_TIE_REJECTS,
  PLN_TIE_SECOND_VOTE, /* a second vote within 48 hours, then rejected (rule 95) */
} PlnTie;

/** How a body counts those that abstain or stay away. */
typedef enum { PLN_COUNT_AS_IS, PLN_COUNT_AS_YES, PLN_COUNT_AS_NO } PlnCountAs;

/** num/den of a basis, den > 0; strict: more than, else at least.  num = 0: no such
 *  test. */
typedef struct {
  uint32_t num, den;
  bool strict;
} PlnMajority;

typedef struct {
  PlnRuleMethod method;
  PlnBasis basis;
  PlnMajority majority;
  uint32_t min_yes; /* affirmative votes cast at the least, whatever the fraction (but see
                       `blocking`); 0 = none beyond one */
  PlnTie tie;
  PlnCountAs abstain, absent;
  bool veto;             /* an N of a veto holder rejects; its A or X does not */
  bool weighted;         /* weight_majority of weight_basis must be had as well */
  PlnBasis weight_basis;
  PlnMajority weight_majority;
  uint32_t blocking;  /* fewer members than this not counted as yes cannot block (EU Council: 4),
                         whatever the fraction, the weight and min_yes ask for; a veto still does;
                         0 = none */
  PlnMajority quorum; /* of the members */
} PlnRule;

/** The ballots of one vote.  Shared, not modified.  The sum of weights times
 *  den must stay below 2^63: weights up to 10^9, den up to 10^6 are safe. */
typedef struct {
  uint32_t n;
  const PlnVote *vote;     /* n, each below PLN_VOTE_KINDS */
  const uint32_t *weight;  /* n, or NULL: each 1 */
  const uint8_t *veto;     /* n, nonzero holds a veto; or NULL: none */
} PlnBallots;

typedef struct {
  uint32_t count[PLN_VOTE_KINDS];
  uint64_t weight[PLN_VOTE_KINDS];
  uint32_t vetoes; /* veto holders that cast N */
} PlnTally;

typedef enum {
  PLN_STAGE_CONSENSUS,   /* nobody has asked for a vote: N is a formal objection */
  PLN_STAGE_VOTE,
  PLN_STAGE_SECOND_VOTE, /* after a tie */
} PlnStage;

typedef enum { PLN_OUTCOME_REJECTED, PLN_OUTCOME_ADOPTED, PLN_OUTCOME_TIED } PlnOutcome;

/** Why: the first test that failed, or the one that carried. */
typedef enum {
  PLN_REASON_MAJORITY,     /* adopted: every count reached */
  PLN_REASON_NO_BLOCK,     /* adopted: too few to block */
  PLN_REASON_NO_OBJECTION, /* adopted by consensus */
  PLN_REASON_OBJECTION,
  PLN_REASON_NO_MEMBERS,
  PLN_REASON_NO_YES, /* nobody voted for it */
  PLN_REASON_VETO,
  PLN_REASON_TIE,
  PLN_REASON_SHORT,  /* of the fraction */
  PLN_REASON_FLOOR,  /* of the affirmative votes required */
  PLN_REASON_WEIGHT, /* of the second count */
} PlnReason;

typedef struct {
  PlnOutcome outcome;
  PlnReason reason;
  uint32_t yes;          /* as the rule counts them */
  uint32_t base;         /* states that the fraction is taken of */
  uint32_t needed;       /* least yes at this base, the floor included; 0 in consensus */
  uint64_t weight_yes, weight_base, weight_needed; /* 0 where not weighted */
  uint32_t seen;         /* Y + N + A: presence is at least this */
  uint32_t quorum;       /* members the quorum asks for, 0 = none */
} PlnVerdict;

/** Gives @unnamed votes, of which only the numbers are known, to the seats whose vote is unknown:
 *  Y first, then N, A and X, and X where there are fewer votes than such seats.  A count without
 *  weights and vetoes does not hang on who has which.
 *  @vote: (inout): n
 *  Returns: how many were given */
uint32_t pln_vote_seat_unnamed(uint32_t n, const uint32_t unnamed[PLN_VOTE_KINDS], PlnVote *vote);

/** Counts @ballots.  Cost O(n). */
PLN_API PlnTally pln_tally(const PlnBallots *ballots);

/** Decides @tally at @stage.  A rule of PLN_METHOD_CONSENSUS has no vote: at any
 *  stage N is an objection.  The tie of a second vote rejects.  Cost O(1). */
PLN_API PlnVerdict pln_rule_decide(const PlnRule *rule, const PlnTally *tally, PlnStage stage);

/** The least number of voters that would have to go from @from to @to to turn the
 *  outcome from adopted to not adopted or back; 0 where no number of them does.
 *  @who: n, nonzero may change; or NULL: all
 *  @scratch: n bytes, overwritten
 *  Cost O(n) a change without weights, O(n^2) in all with them. */
PLN_API uint32_t pln_rule_turn(const PlnRule *rule, const PlnBallots *ballots, PlnStage stage,
                               PlnVote from, PlnVote to, const uint8_t *who, uint8_t *scratch);
