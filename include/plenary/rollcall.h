/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A roll call that is on the record, state by state.  ("Recorded vote" is the
 *  Assembly's word; the field says roll call.)  Owned by its world. */
#pragma once
#include <glib.h>

#include "plenary/day.h"
#include "plenary/rule.h"
#include "plenary/status.h"

typedef struct {
  const char *state;
  PlnVote vote;
} PlnRollCallVote;

typedef struct {
  const char *symbol, *title, *body, *source;
  PlnDay day;
  gint64 total[PLN_VOTE_KINDS];
  PlnStatus status;
  GHashTable *votes; /* code -> GUINT_TO_POINTER(vote + 1) */
} PlnRollCall;

/** PLN_VOTE_UNKNOWN where the roll call has no row of the state. */
PLN_API PlnVote pln_roll_call_vote(const PlnRollCall *roll_call, const char *state);
