/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/rollcall.h"

PlnVote pln_roll_call_vote(const PlnRollCall *roll_call, const char *state) {
  guint found = GPOINTER_TO_UINT(g_hash_table_lookup(roll_call->votes, state));
  return found > 0 ? (PlnVote)(found - 1) : PLN_VOTE_UNKNOWN;
}
