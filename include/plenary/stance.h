/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A stance: where a state, a bloc or everybody is said to stand on a proposal, and how
 *  sure that is.
 *
 *  A position is 0 (firm opposition) … 50 (indifferent) … 100 (firm support) with a
 *  standard deviation; on a proposal with `at` and `status_quo` it is an ideal point on
 *  the scale instead.  Of the rows that speak of a state the most specific one
 *  wins: the state's own, before a bloc's, before ALL; among blocs that with the fewest
 *  members on the roster; then one that names the proposal before one for all.  Rows as
 *  specific as one another are merged, and where they contradict each other that is a
 *  conflict; a bloc that loses a state to a smaller one while it says something else is
 *  overridden.  Both are reported, neither is an error.
 *  Columns: scenarios/README.md, positions.csv.  Checked by tests/unit/test_stance.c. */
#pragma once
#include "plenary/scenario.h"
#include "plenary/spoken.h"

/** The standard deviation of a row that states none. */
#define PLN_STANCE_SD 10.0

typedef struct PlnStance {
  int proposal; /* its place, or -1: every proposal */
  PlnStanceWho who;
  const PlnState *state; /* of PLN_STANCE_STATE, else NULL */
  const PlnBloc *bloc;   /* of PLN_STANCE_BLOC, else NULL */
  double position, sd;   /* 0-100; above 0 to 100 */
  PlnStatus status;
  const char *source, *note;
  guint line; /* of positions.csv */
} PlnStance;

/** The code, the bloc's id, or "ALL". */
PLN_API const char *pln_stance_name(const PlnStance *stance);

typedef enum {
  PLN_STANCE_CONFLICT,   /* as specific as one another, with different positions: merged */
  PLN_STANCE_OVERRIDDEN, /* a bloc lost to a smaller one and differs by more than both sd */
} PlnStanceClash;

/** Two rows that say different things of the same states. */
typedef struct {
  PlnStanceClash kind;
  const PlnStance *won, *other; /* of a conflict the earlier and the later line */
  GArray *seats;                /* guint: of the roster, ascending */
} PlnStanceConflict;

typedef struct {
  guint n;                /* seats of the roster */
  const PlnStance **won;  /* n: the row that holds, of several merged the first, or NULL */
  int *row;               /* n: its place among the scenario's, or -1 */
  double *position, *sd;  /* n: of that row, or of the merged ones; 0 where there is none */
  PlnStatus *status;      /* n: the weakest of the rows; PLN_STATUS_UNKNOWN where none */
  GArray *conflicts;      /* PlnStanceConflict, by the lines of won and other */
} PlnStances;

/** Who is said to stand where on the proposal at @place, seat by seat of its roster.
 *  Merged rows have the mean weighted by 1/sd² and the standard deviation of their mixture,
 *  which grows with what they disagree about: two contradicting rows are no surer than one.
 *  Cost: rows x seats.
 *  Returns: (transfer full) */
PLN_API PlnStances *pln_stances_resolve(const PlnScenario *scenario, guint place);

/** The same on another roster, a stage's: it decides who is in a bloc, and how large it is. */
PLN_API PlnStances *pln_stances_resolve_on(const PlnScenario *scenario, guint place,
                                           const PlnRoster *roster);
PLN_API void pln_stances_free(PlnStances *stances);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnStances, pln_stances_free)
