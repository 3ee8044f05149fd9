/* SPDX-License-Identifier: GPL-3.0-or-later */
/** An actor: a state or a bloc at the table, where it stands on an issue, how much it cares, and
 *  what it can bring to bear.
 *
 *  A row speaks of one issue, or of all: what the issue's own row leaves empty is taken from the
 *  row for all, cell by cell.  A bloc negotiates for its members.  A row of a state whose bloc is
 *  at the table on that issue too is a member that differs: it is shown, and votes for itself, but
 *  negotiates for itself only where it is `alone`.  Of several blocs that have the state the
 *  smallest on the roster of as_of speaks for it, of equals the one that is named first.
 *  Columns: scenarios/README.md, actors.csv.  Checked by tests/unit/test_actor.c. */
#pragma once
#include "plenary/issue.h"
#include "plenary/scenario.h"

typedef struct PlnActor {
  int issue;             /* its place, or -1: every issue */
  const PlnState *state; /* or NULL: a bloc */
  const PlnBloc *bloc;   /* or NULL */
  double position;       /* on the issue's scale; NAN: not stated */
  double sd;             /* in the units of the scale; NAN: not stated */
  double salience, salience_sd;     /* 0-100; NAN: not stated */
  double capability, capability_sd; /* above 0, or 0 for one that cannot do anything; NAN */
  gboolean alone;
  PlnStatus status;
  const char *source, *note;
  guint line; /* of actors.csv */
} PlnActor;

/** The state's code or the bloc's id. */
PLN_API const char *pln_actor_name(const PlnActor *actor);

/** Everybody who has a row, in the order in which the rows first name them.  Immutable. */
typedef struct {
  const PlnScenario *scenario;
  guint n, m;           /* actors, issues */
  const PlnActor **row; /* n x (m + 1): the row of each issue, then that for all; NULL: none */
  GHashTable **members; /* n: codes of the bloc's members on as_of; NULL of a state */
  guint *size;          /* n: how many of them are on the roster */
  GArray **home;        /* n: of a state the blocs that have it (guint), smallest first */
  PlnRoster *roster;    /* the scenario's body on as_of */
} PlnActors;

/** @scenario: kept by the caller.  Cost: its rows, and the memberships of the blocs in them. */
PLN_API PlnActors *pln_actors_new(const PlnScenario *scenario);
PLN_API void pln_actors_free(PlnActors *actors);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnActors, pln_actors_free)

/** Some row of actor @i: who it is. */
PLN_API const PlnActor *pln_actors_who(const PlnActors *actors, guint i);

/** What holds of actor @i on @issue, by its own row and that for all: `issue` and `line` are those
 *  of its own row where it has one, `status` the weakest of the rows that something was taken from.
 *  Where position is NAN it has none there. */
PLN_API PlnActor pln_actors_cell(const PlnActors *actors, guint i, guint issue);

/** The blocs at the table that have @state on as_of, in the order in which they speak for it.
 *  Returns: (transfer full): guint: actors.  Cost: a look into each bloc */
PLN_API GArray *pln_actors_blocs(const PlnActors *actors, const PlnState *state);

/** Which bloc at the table speaks for @state on @issue; @issue -1: of all at the table, whatever
 *  they take part in.  Returns: an actor, or -1 */
PLN_API int pln_actors_bloc(const PlnActors *actors, const PlnState *state, int issue);

/** Whether actor @i negotiates on @issue: it has a position, and no bloc speaks for it there or
 *  it is alone. */
PLN_API gboolean pln_actors_negotiates(const PlnActors *actors, guint i, guint issue);
