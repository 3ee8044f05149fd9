/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/shift.h"

/* Each fills what a vote of its sort says of itself, and the votes of @roster in it.
 * Returns: FALSE where its record cannot be counted. */
static gboolean from_roll_call(PlnShift *shift, const PlnRollCall *call, const PlnRoster *roster) {
  GHashTableIter iter;
  gpointer code;
  shift->day = call->day;
  shift->status = call->status;
  g_hash_table_iter_init(&iter, call->votes);
  while (g_hash_table_iter_next(&iter, &code, NULL))
    shift->total[pln_roll_call_vote(call, code)]++;
  for (guint i = 0; i < roster->n; i++)
    shift->before[i] = pln_roll_call_vote(call, roster->state[i]->code);
  return TRUE;
}

static gboolean from_proposal(PlnShift *shift, const PlnProposal *p, const PlnRoster *roster) {
  if (!pln_proposal_counted(p))
    return FALSE;
  g_autofree PlnVote *vote = pln_proposal_votes(p, shift->total);
  shift->day = p->day;
  shift->status = p->status;
  for (guint i = 0; i < p->roster->n; i++)
    if (vote[i] != PLN_VOTE_UNKNOWN) {
      shift->total[vote[i]]++;
      shift->status = MAX(shift->status, p->ballot[i].status);
    }
  for (guint i = 0; i < roster->n; i++) {
    int seat = pln_roster_find(p->roster, roster->state[i]->code);
    shift->before[i] = seat < 0 ? PLN_VOTE_UNKNOWN : vote[seat];
  }
  return TRUE;
}

/* Returns: whether there is anybody to compare. */
static gboolean count_moves(PlnShift *shift, const PlnVote *now, guint n) {
  gboolean any = FALSE;
  for (guint i = 0; i < n; i++) {
    if (shift->before[i] == PLN_VOTE_UNKNOWN)
      continue;
    shift->moved[shift->before[i]][now[i]]++;
    any = TRUE;
  }
  return any;
}

PlnShift *pln_shift_new(const PlnScenario *s, const PlnProposal *p, const PlnVote *now) {
  if (!*p->earlier)
    return NULL;
  const PlnRollCall *call = pln_world_roll_call(s->world, p->earlier);
  PlnShift *shift = g_new0(PlnShift, 1);
  shift->symbol = p->earlier;
  shift->before = g_new(PlnVote, p->roster->n + 1);
  gboolean counted =
      call ? from_roll_call(shift, call, p->roster)
           : from_proposal(shift, pln_scenario_proposal(s, (guint)pln_scenario_find(s, p->earlier)),
                           p->roster);
  if (!counted || !count_moves(shift, now, p->roster->n)) {
    pln_shift_free(shift);
    return NULL;
  }
  return shift;
}

void pln_shift_free(PlnShift *shift) {
  if (!shift)
    return;
  g_free(shift->before);
  g_free(shift);
}
