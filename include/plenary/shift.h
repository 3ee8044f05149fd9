/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A shift: who moved since an earlier vote, state by state.
 *
 *  The earlier vote is a shipped roll call or another proposal of the scenario.  Its
 *  totals are its own, whoever sits in the roster now; the moves are of those that have a
 *  vote on record in both.  Checked by tests/unit/test_shift.c. */
#pragma once
#include "plenary/scenario.h"

typedef struct {
  const char *symbol;
  PlnDay day;
  PlnStatus status;                  /* of the earlier vote */
  guint32 total[PLN_VOTE_KINDS];     /* of the earlier vote, all its voters */
  PlnVote *before;                   /* n, owned; PLN_VOTE_UNKNOWN: no vote then, or not named */
  guint32 moved[PLN_VOTE_KINDS][PLN_VOTE_KINDS]; /* before -> now, on the diagonal who stayed */
} PlnShift;

/** The shift from the earlier vote that @proposal names to the votes @now.
 *  @now: roster->n, each below PLN_VOTE_KINDS
 *  Returns: (transfer full): NULL where it names none, or where the record of that one
 *  has no votes by name or cannot be counted */
PlnShift *pln_shift_new(const PlnScenario *scenario, const PlnProposal *proposal,
                        const PlnVote *now);
void pln_shift_free(PlnShift *shift);
