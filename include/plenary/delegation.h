/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Delegations: who sits at the table, for whom it speaks, and where it stands on each issue.
 *
 *  Made from the scenario's actors (actor.h) and the edits asked for.  Each bloc and each state
 *  with a row is a delegation, in the order in which the rows first name them; a state whose bloc
 *  is a delegation on that issue is a member that differs, unless it is `alone` or split from it.
 *  An empty cell is taken from the row for every issue; a delegation without a position on an issue
 *  takes no part in it: its position there is NAN, its other numbers 0.  Salience that nobody
 *  states on an issue is 1 for all of them, capability that nobody states anywhere is 1 for all:
 *  both are said.  Where some state it and others do not, that is an error of the scenario (found
 *  at loading, load/actors.c).  A state that only ever differs is no delegation.
 *
 *  *Who speaks* for a state is asked issue by issue: itself where it sits there, else the smallest
 *  of its blocs that has a position there; on several issues it may be several.  Where one leaves
 *  an issue the next larger speaks on.
 *
 *  *Split* BLOC:A,B takes members out to negotiate for themselves, from their own rows or else from
 *  the bloc's position and salience, on the issues on which it speaks for them; BLOC alone
 *  dissolves it into all for whom it speaks.  Capability of whoever has none stated is that of the bloc
 *  divided evenly among those for whom it speaks on that issue; what leaves the bloc leaves its
 *  capability.
 *  *Merge* NAME=A,B makes one delegation of several: capability the sum, salience the mean weighted
 *  by capability, position the mean weighted by capability times salience, x = Σ p x_k, with
 *  variance Σ p² s_k² + Σ p (x_k − x)²: that of the mean, and what they disagree about.
 *  Checked by tests/unit/test_delegation.c. */
#pragma once
#include "plenary/actor.h"
#include "plenary/talks.h"

typedef enum {
  PLN_TALKS_POSITION,   /* [ISSUE:]WHO=P, P±SD, P+-SD */
  PLN_TALKS_SALIENCE,   /* [ISSUE:]WHO=S, S±SD, 0-100 */
  PLN_TALKS_CAPABILITY, /* [ISSUE:]WHO=C, C±SD */
  PLN_TALKS_SPLIT,      /* BLOC or BLOC:A,B */
  PLN_TALKS_MERGE,      /* NAME=A,B */
  PLN_TALKS_LEAVE,      /* [ISSUE:]WHO: takes no part */
} PlnTalksEditKind;

typedef struct {
  PlnTalksEditKind kind;
  int issue;         /* its place, or -1: all in which it takes part */
  char *who;         /* a code, a bloc's id, the name of a merger before it; of position, salience and
                        capability also ALL: whoever takes part */
  double value, sd;  /* sd NAN: as stated */
  char **list;       /* of split (or NULL) and merge */
} PlnTalksEdit;

/** "position", "salience", "capability", "split", "merge", "leave": also the options' names. */
PLN_API extern const char *const pln_talks_edit_words[];

/** Reads one: its form, its issue and its numbers; whether WHO is at the table is known when the
 *  edits before it are done (pln_delegations_new).
 *  @edit: (out): to be cleared.  Returns: FALSE and PLN_ERROR_USAGE, with a near miss */
PLN_API gboolean pln_talks_edit_read(const PlnScenario *scenario, PlnTalksEditKind kind,
                                     const char *text, PlnTalksEdit *edit, GError **error);
PLN_API void pln_talks_edit_clear(gpointer edit);

typedef struct {
  char *name;           /* the code, the bloc's id, the merger's name */
  char *title;          /* in words */
  const PlnState *state; /* or NULL */
  const PlnBloc *bloc;   /* or NULL */
  GPtrArray *members;    /* const PlnState *: those it speaks for on some issue, and of those for
                            whom nobody does what the smallest bloc has, by code; a state itself */
  gboolean edited;
} PlnDelegation;

/** A member whose own position or salience is not its delegation's. */
typedef struct {
  const PlnActor *row;
  guint delegation, issue;
  double position, distance; /* its own; from the delegation's, signed */
  double sd, salience;       /* its own where stated, else the delegation's; salience 0-1 */
  PlnStatus status;          /* the weakest of its rows that something was taken from */
} PlnDiffering;

/** Who speaks for a state. */
typedef struct {
  gboolean tied; /* two blocs of one size have it: the one that is named first speaks */
  int place[];   /* m: a delegation, that in which it sits itself where it does; -1: nobody */
} PlnSpeakers;

typedef struct {
  const PlnScenario *scenario;
  guint n, m;
  GPtrArray *delegations; /* n: PlnDelegation * */
  double *position, *salience, *capability;          /* n x m, as talks.h: salience 0-1 */
  double *position_sd, *salience_sd, *capability_sd; /* n x m; 0 where not stated */
  PlnStatus *status;      /* n x m: of the rows that it rests on; an edit is assumed */
  double *from, *to, *reference; /* m */
  PlnTalks talks;         /* of these arrays */
  GArray *differing;      /* PlnDiffering */
  GHashTable *speakers;   /* const PlnState * -> PlnSpeakers *: all of the body, all that sit */
  gboolean equal_capability, equal_salience; /* nobody states any, on any issue: all have 1 */
  gboolean capability_stated; /* in the rows; else 1 for all but those that an edit touched */
  gboolean *salience_stated;  /* m: the same, on that issue */
  gboolean uncertain;     /* some standard deviation is above 0 */
  PlnStatus weakest;
} PlnDelegations;

/** @edits: (nullable): PlnTalksEdit, applied in their order
 *  Returns: NULL and PLN_ERROR_DATA where the scenario has no issues or actors; PLN_ERROR_USAGE
 *  where an edit is of somebody who is not at the table */
PLN_API PlnDelegations *pln_delegations_new(const PlnScenario *scenario, const GArray *edits,
                                            GError **error);
PLN_API void pln_delegations_free(PlnDelegations *delegations);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnDelegations, pln_delegations_free)

/** The one of that name, or -1. */
PLN_API int pln_delegations_find(const PlnDelegations *delegations, const char *name);
PLN_API const PlnDelegation *pln_delegation(const PlnDelegations *delegations, guint i);

/** Who speaks for @state, a delegation an issue; NULL of one that is neither of the body nor at the
 *  table. */
PLN_API const PlnSpeakers *pln_delegations_speakers(const PlnDelegations *delegations,
                                                    const PlnState *state);
