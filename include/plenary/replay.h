/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A replay: a scenario's proposals in the order put, what the record says, what the
 *  rule makes of it, and what a what-if would have made of it.
 *
 *  The record stands: where it states an outcome, that is the outcome, whatever a rule
 *  makes of the votes; the disagreement is shown, and a what-if turns it only where it
 *  turns the rule's answer.  From a record that is an outcome alone nothing is computed.
 *  Blocs drawn from a vote are left out of its table and of earlier ones.
 *  Checked by tests/unit/test_replay*.c and tests/golden. */
#pragma once
#include <glib.h>

#include "plenary/cohesion.h"
#include "plenary/fate.h"
#include "plenary/poll.h"
#include "plenary/shift.h"
#include "plenary/whatif.h"

/** A bloc's part in a vote. */
typedef struct {
  const PlnBloc *bloc;
  guint members;
  guint8 *in; /* n, owned */
  PlnCohesion record, whatif; /* whatif: only where there is one */
  guint32 turn_by;            /* of its members, enough to turn the record; 0 = not by themselves */
} PlnBlocPart;

typedef struct {
  const PlnProposal *proposal;
  const PlnRuleEntry *rule;
  const char *why_rule;
  PlnPoll *record; /* NULL where the record holds no votes */
  PlnPoll *whatif; /* NULL where there is no what-if, or nothing that it can change */
  PlnPoll *other;  /* the recorded votes under the other usual majority, or NULL */
  PlnFate fate;    /* in the what-if, or on record where there is none */
  PlnEnd end, whatif_end;
  gboolean disputed; /* the rule, applied to the recorded votes, gives another outcome */
  GArray *blocs;     /* PlnBlocPart, of two members at least; none where not by_state */
  PlnShift *shift;   /* (nullable) */
  GArray *changes;   /* guint: the adopted amendments, deletions, struck paragraphs, by place */
} PlnReplayItem;

typedef struct {
  const PlnScenario *scenario;
  gboolean whatif;
  const PlnWhatIf *asked; /* what was asked, where whatif */
  GPtrArray *items;       /* PlnReplayItem * */
  PlnStatus weakest;      /* of what the outcomes rest on: votes, rules applied, assumptions */
} PlnReplay;

/** @scenario, @whatif: kept by the caller as long as the replay.
 *  Returns: NULL and PLN_ERROR_USAGE where an edit cannot be made */
PLN_API PlnReplay *pln_replay_new(const PlnScenario *scenario, const PlnWhatIf *whatif,
                                  GError **error);
PLN_API void pln_replay_free(PlnReplay *replay);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnReplay, pln_replay_free)

PLN_API const PlnReplayItem *pln_replay_item(const PlnReplay *replay, guint i);
