/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A scenario: proposals in the order in which they are put, with their record,
 *  what was stated about them and what is wrongly claimed of them; and of a vote to
 *  come who is said to stand where, what was promised, and before which bodies it goes.
 *
 *  Immutable once loaded.  Its own states, blocs and rules lie in a world over the
 *  shipped one.  Checked by tests/unit/test_scenario.c. */
#pragma once
#include <glib.h>

#include "plenary/input.h"
#include "plenary/issue.h"
#include "plenary/proposal.h"
#include "plenary/stage.h"
#include "plenary/world.h"

/** The record of what is adopted without a vote, and the gloss on what is voted. */
typedef enum {
  PLN_STATEMENT_EXPLANATION,
  PLN_STATEMENT_DISSOCIATION,
  PLN_STATEMENT_RESERVATION,
  PLN_STATEMENT_POSITION, /* said in debate */
} PlnStatementKind;

PLN_API extern const char *const pln_statement_words[];

typedef struct {
  int proposal; /* or -1: on the scenario as a whole */
  const char *state, *summary, *source;
  PlnStatementKind kind;
  PlnDay day;
  PlnStatus status;
} PlnStatement;

/** Something said of a proposal that the record does not bear out. */
typedef struct {
  int proposal;
  const char *claim, *answer, *source;
  gint64 total[PLN_VOTE_KINDS];
  const PlnRollCall *refers_to; /* the roll call that the claim is truly about, or NULL */
  PlnStatus status;
} PlnClaim;

typedef struct PlnScenario {
  char *id; /* the folder's name */
  PlnWorld *world;
  const char *title, *about, *source;
  PlnStatus status;
  PlnDay as_of;
  const PlnBody *body;
  const char *electorate; /* a folder of data/positions, such as s70-74, or "" */
  double asks_for_vote;   /* 0-100: the chance that a state that would vote no asks for a
                             recorded vote when consensus is tried, or PLN_NOT_STATED */
  int session;            /* of the General Assembly, or PLN_NOT_STATED */
  GPtrArray *own;        /* (nullable): codes of members.csv */
  GPtrArray *proposals;  /* PlnProposal *, in the order put */
  GArray *statements;    /* PlnStatement */
  GArray *claims;        /* PlnClaim */
  GPtrArray *stances;    /* struct PlnStance *, in the order of the file; see stance.h */
  GArray *pledges;       /* PlnPledge, in the order of the file */
  GArray *stages;        /* PlnStageEntry, in the order gone through; none: its own */
  GArray *issues;        /* PlnIssue, in the order of the file; none: nothing to bargain for */
  GPtrArray *actors;     /* struct PlnActor *, in the order of the file; see actor.h */
  GArray *inputs;        /* PlnInput: the scenario's own files */
  GPtrArray *rosters;    /* owned */
} PlnScenario;

/** An empty scenario whose world lies over @below. */
PLN_API PlnScenario *pln_scenario_new(PlnWorld *below, const char *id);
PLN_API void pln_scenario_free(PlnScenario *scenario);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnScenario, pln_scenario_free)

/** Returns: (transfer none): a proposal with nothing stated, appended */
PlnProposal *pln_scenario_add_proposal(PlnScenario *scenario, const char *id);

/** The place of the proposal @id, or -1. */
PLN_API int pln_scenario_find(const PlnScenario *scenario, const char *id);

/** The place of the issue @id (nullable), or -1. */
PLN_API int pln_scenario_find_issue(const PlnScenario *scenario, const char *id);

PLN_API const PlnProposal *pln_scenario_proposal(const PlnScenario *scenario, guint i);

/** Gives @proposal the roster of its body and day, shared with others of the same,
 *  and blank ballots. */
void pln_scenario_seat(PlnScenario *scenario, PlnProposal *proposal);

/** Which rule decides @proposal, and why that one.
 *  A rule named by the scenario; a motion its body's, by simple majority, or by
 *  two-thirds to reconsider; what changes a text, the rule of that text (General
 *  Assembly rule 84; resolution 475 (V)); else the body's for questions of substance,
 *  the larger one where the question is important.
 *  @why: (out) (optional) (transfer none): a clause such as "the body's rule for motions" */
PLN_API const PlnRuleEntry *pln_scenario_rule(const PlnScenario *scenario,
                                              const PlnProposal *proposal, const char **why);

/** The same before @stage: the rule that its row names, else the one that its body has for
 *  the proposal's kind; a rule named by the proposal's row is that of its own body.
 *  @stage: (nullable): none: pln_scenario_rule */
PLN_API const PlnRuleEntry *pln_scenario_rule_at(const PlnScenario *scenario,
                                                 const PlnProposal *proposal,
                                                 const PlnStageEntry *stage, const char **why);
