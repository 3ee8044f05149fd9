/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A poll: the votes on one proposal, counted under one rule.
 *
 *  Votes without a name (a tally) are counted all the same: they are given to the
 *  seats whose vote is not known, which matters to no count, and `by_state` says that
 *  only numbers may be read off.  A rule with weights or a veto needs every name;
 *  without them nothing is computed and `why_not` says so.
 *  Checked by tests/unit/test_poll.c. */
#pragma once
#include <glib.h>

#include "plenary/scenario.h"

typedef struct {
  const PlnRuleEntry *rule;
  guint n;
  PlnVote *vote; /* n, each below PLN_VOTE_KINDS where computed */
  guint8 *veto;  /* n, or NULL */
  const guint32 *weight; /* n, or NULL; owned by the roster */
  gboolean by_state;
  const char *why_not; /* NULL where computed */
  PlnTally tally;
  PlnVerdict verdict;
  guint32 turn[PLN_VOTE_KINDS][PLN_VOTE_KINDS]; /* least voters from one to another; 0 = never */
  guint8 *decisive; /* n: could have turned it alone, by joining the other side; none where
                       not by_state */
} PlnPoll;

/** Counts @vote, some of them PLN_VOTE_UNKNOWN, and @unnamed beside them.
 *  @vote: (transfer full): roster->n */
PlnPoll *pln_poll_new(const PlnScenario *scenario, const PlnRoster *roster,
                      const PlnRuleEntry *rule, PlnVote *vote,
                      const guint32 unnamed[PLN_VOTE_KINDS]);
void pln_poll_free(PlnPoll *poll);

PLN_API gboolean pln_poll_adopted(const PlnPoll *poll);

/** Whether a fraction was taken at all: computed, and not by consensus. */
gboolean pln_poll_counts(const PlnPoll *poll);

/** The least number of the marked members that would have to join the other side to
 *  turn the outcome: yes to no where it was adopted; where it was not, from whichever
 *  of no, abstaining or not voting takes the fewest, to yes.  0: they cannot. */
guint32 pln_poll_turn_by(const PlnPoll *poll, const guint8 *in);
