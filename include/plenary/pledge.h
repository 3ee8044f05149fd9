/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A pledge: what a state has let be known of its vote before it is cast, and how much
 *  that tells.
 *
 *  An answer heard is evidence, not a vote: PlnPledgeReliability says how likely a state that
 *  will vote yes, abstain or vote no is to have given it (relative likelihoods, above 0).
 *  What was heard fades: after half_life days half of what it tells is gone.  To have put
 *  the draft forward is evidence of the same kind, the reliability "sponsor".  A row with
 *  the answer no-instructions, or without one, is a line of the working list that tells
 *  nothing of the vote.
 *  Strings are owned by the world that they were added to.  Columns: scenarios/README.md,
 *  whip.csv; data/README.md, reliability.csv.
 *  Source: reference F9; for sponsors the record of A/RES/74/247.
 *  Checked by tests/unit/test_pledge.c. */
#pragma once
#include "plenary/day.h"
#include "plenary/status.h"

typedef enum {
  PLN_PLEDGE_NOT_HEARD, /* the state stands on the list; nothing was heard yet */
  PLN_PLEDGE_YES,
  PLN_PLEDGE_LEANS_YES,
  PLN_PLEDGE_UNDECIDED,
  PLN_PLEDGE_LEANS_NO,
  PLN_PLEDGE_NO,
  PLN_PLEDGE_NO_INSTRUCTIONS, /* none from its capital yet */
  PLN_PLEDGE_ABSTAINS,
  PLN_PLEDGE_LEANS_ABSTAIN,
  PLN_PLEDGE_KINDS
} PlnPledgeAnswer;

/** The words of whip.csv, in the order of PlnPledgeAnswer, NULL-terminated; the first is
 *  "".  Those of reliability.csv are the others and "sponsor". */
PLN_API extern const char *const pln_pledge_words[], *const pln_reliability_words[];

typedef struct {
  int proposal; /* its place */
  const char *state; /* a member of the proposal's roster */
  PlnPledgeAnswer answer;
  PlnDay heard; /* a whole day not after the scenario's as_of, or PLN_DAY_NONE */
  const char *level, *source, *instruction, *ask, *caller, *note; /* "" where not stated */
  gboolean sponsor, private; /* private: stays out of what is sent around */
  PlnStatus status;
  guint line; /* of whip.csv */
} PlnPledge;

/** What a vote to come is, in the order of the columns yes, abstain, no. */
enum { PLN_TOLD_YES, PLN_TOLD_ABSTAIN, PLN_TOLD_NO, PLN_TOLD_KINDS };

typedef struct {
  const char *answer; /* of pln_reliability_words */
  double likelihood[PLN_TOLD_KINDS]; /* of the answer, given the vote: above 0, relative */
  double half_life; /* days; 0: it does not fade */
  PlnStatus status;
  const char *source;
} PlnPledgeReliability;

/** How likely the answer is given each vote, @days after it was heard:
 *  l = w l0 + (1 - w) mean(l0), w = 2^(-days / half_life).  Only ratios mean anything; in
 *  the end all are one.
 *  @days: 0 or more
 *  @out: (out caller-allocates): by PLN_TOLD_YES … */
PLN_API void pln_pledge_likelihood(const PlnPledgeReliability *reliability, double days,
                                   double out[PLN_TOLD_KINDS]);

/** How many days before @day the answer was heard; 0 where that is not stated. */
PLN_API int pln_pledge_age(const PlnPledge *pledge, PlnDay day);
