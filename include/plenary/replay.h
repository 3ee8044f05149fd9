/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A replay: a scenario's proposals in the order put, what the record says, what the
 *  rule makes of it, and what a what-if would have made of it.
 *
 *  The record stands: where it states an outcome, that is the outcome, whatever a rule
 *  makes of the votes; the disagreement is shown.  From a record that is an outcome
 *  alone nothing is computed.  Checked by tests/unit/test_replay.c and tests/golden. */
#pragma once
#include <glib.h>

#include "plenary/cohesion.h"
#include "plenary/poll.h"
#include "plenary/whatif.h"

/** Whether a proposal comes to be put at all. */
typedef enum {
  PLN_FATE_PUT,
  PLN_FATE_FALLS, /* the condition of falls_if has come */
  PLN_FATE_EMPTY, /* all operative parts of the text were struck */
} PlnFate;

/** What came of a proposal, on record or in the what-if. */
typedef enum {
  PLN_END_UNKNOWN,
  PLN_END_ADOPTED,
  PLN_END_WITHOUT_VOTE,
  PLN_END_REJECTED,
  PLN_END_TIED, /* a second vote is due */
  PLN_END_NOT_PUT,
  PLN_END_WITHDRAWN,
} PlnEnd;

/** A bloc's part in a vote. */
typedef struct {
  const PlnBloc *bloc;
  guint members;
  guint8 *in; /* n, owned */
  PlnCohesion record, whatif; /* whatif: only where there is one */
  guint32 turn_by;            /* of its members, enough to turn the record; 0 = not by themselves */
} PlnBlocPart;

/** Who moved since an earlier vote. */
typedef struct {
  const char *symbol;
  PlnDay day;
  guint32 total[PLN_VOTE_KINDS];     /* of the earlier vote, all its voters */
  PlnVote *before;                   /* n; PLN_VOTE_UNKNOWN: had no vote then; owned */
  guint32 moved[PLN_VOTE_KINDS][PLN_VOTE_KINDS]; /* before -> now, on the diagonal who stayed */
} PlnShift;

typedef struct {
  const PlnProposal *proposal;
  const PlnRuleEntry *rule;
  const char *why_rule;
  PlnPoll *record; /* NULL where the record holds no votes */
  PlnPoll *whatif; /* NULL where nothing is edited, or nothing can be */
  PlnPoll *other;  /* the recorded votes under the other usual majority, or NULL */
  PlnFate fate;    /* in the what-if, or on record where there is none */
  PlnEnd end, whatif_end;
  gboolean disputed; /* the rule, applied to the recorded votes, gives another outcome */
  GArray *blocs;     /* PlnBlocPart; none where not by_state */
  PlnShift *shift;   /* (nullable) */
  GArray *changes;   /* guint: the adopted amendments, deletions, struck paragraphs, by place */
} PlnReplayItem;

typedef struct {
  const PlnScenario *scenario;
  gboolean whatif;
  GPtrArray *items; /* PlnReplayItem * */
  PlnStatus weakest;
} PlnReplay;

/** @scenario, @whatif: kept by the caller as long as the replay.
 *  Returns: NULL and PLN_ERROR_USAGE where an edit cannot be made */
PLN_API PlnReplay *pln_replay_new(const PlnScenario *scenario, const PlnWhatIf *whatif,
                                  GError **error);
PLN_API void pln_replay_free(PlnReplay *replay);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnReplay, pln_replay_free)

PLN_API const PlnReplayItem *pln_replay_item(const PlnReplay *replay, guint i);

/** "adopted", "rejected" … */
PLN_API const char *pln_end_word(PlnEnd end);
