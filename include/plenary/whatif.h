/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A what-if: edits that are laid over a record, which itself stays as it is.
 *
 *  Applied in this order, so that the most specific comes last and wins: those that
 *  stayed away (--absent), those that abstained (--abstain-as), then states and blocs
 *  one by one as given (--set).  On a proposal without a vote as yet, whoever no edit
 *  names does not vote.  Checked by tests/unit/test_whatif.c. */
#pragma once
#include <glib.h>

#include "plenary/scenario.h"

typedef enum {
  PLN_ABSENT_AS_RECORDED,
  PLN_ABSENT_VOTE,      /* all vote PlnWhatIf.absent_vote */
  PLN_ABSENT_WITH_BLOC, /* each the line of its group, if that has one */
} PlnAbsent;

typedef struct {
  int proposal;    /* or -1: every proposal with votes on record, or open as yet */
  const char *who; /* a state, a bloc or ALL; kept by the scenario's world */
  PlnVote vote;
} PlnEdit;

typedef struct {
  const PlnRuleEntry *rule; /* (nullable): in place of every proposal's own */
  PlnVote abstain_as;       /* PLN_VOTE_UNKNOWN: as recorded */
  PlnAbsent absent;
  PlnVote absent_vote;
  GArray *edits; /* PlnEdit */
} PlnWhatIf;

PLN_API PlnWhatIf *pln_whatif_new(void);
PLN_API void pln_whatif_free(PlnWhatIf *whatif);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnWhatIf, pln_whatif_free)

/** Whether anything is edited at all. */
PLN_API gboolean pln_whatif_any(const PlnWhatIf *whatif);

/** Adds "RUS=N", "EU27=A", "ALL=X" or "proposal:RUS=N".
 *  Returns: FALSE and PLN_ERROR_USAGE with a near miss */
PLN_API gboolean pln_whatif_set(PlnWhatIf *whatif, const PlnScenario *scenario, const char *edit,
                                GError **error);

/** Sets the rule by name; FALSE and PLN_ERROR_USAGE with a near miss. */
PLN_API gboolean pln_whatif_rule(PlnWhatIf *whatif, const PlnScenario *scenario, const char *rule,
                                 GError **error);

/** @as: "yes", "no" or "absent" */
PLN_API gboolean pln_whatif_abstain_as(PlnWhatIf *whatif, const char *as, GError **error);

/** @as: "vote-with-bloc", "yes", "no" or "abstain" */
PLN_API gboolean pln_whatif_absent(PlnWhatIf *whatif, const char *as, GError **error);

/** Lays the edits over the votes on proposal @place of @scenario.
 *  @vote: (inout): roster->n, PLN_VOTE_UNKNOWN where the record does not name the vote
 *  @unnamed: (inout): how many votes of each kind are on record without a name
 *  Returns: FALSE and PLN_ERROR_USAGE where an edit is of a vote that is not public, or
 *  of a state that had none */
gboolean pln_whatif_apply(const PlnWhatIf *whatif, const PlnScenario *scenario, guint place,
                          PlnVote *vote, guint32 unnamed[PLN_VOTE_KINDS], GError **error);
