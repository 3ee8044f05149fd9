/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The cells that a fit sees: ordered answers, the lop-sided roll calls left out.
 *
 *  With three classes an answer is 0 no, 1 abstain, 2 yes; with two 0 not yes, 1 yes
 *  (absences are never among them: they have a model of their own).  A roll call
 *  enters where its smaller side, yes against not yes among those that answered, is at
 *  least the share asked for; the rule and what it left out are part of every result.
 *  One that nobody answered never enters, and one of no session only where all sessions
 *  do.  Cost: two passes over the matrix, a byte a cell.
 *  Checked by tests/unit/test_cells.c. */
#pragma once
#include "plenary/vote_matrix.h"

enum { PLN_ANSWER_NONE = 255 };

typedef struct {
  guint n_states, n_calls, classes;
  guint8 *answer;  /* n_calls x n_states, roll call by roll call: 0..classes-1 or NONE */
  guint *state;    /* n_states: the voter's column in the matrix */
  guint *call;     /* n_calls: the row in the matrix */
  guint *session;  /* n_calls: 0 for the first session that has one here, and so on */
  guint n_sessions;
  int *session_name; /* n_sessions: 60, 61 … */
  gsize seen;      /* answers that are not NONE */
} PlnCells;

typedef struct {
  guint classes;      /* 2 or 3 */
  double lopsided;    /* 0.025: the least share of the smaller side; 0 keeps all answered */
  int from, to;       /* sessions, both included; -1: open */
  const guint8 *hide; /* n_calls x n_voters of the matrix, 1 = unseen; NULL: none hidden.
                         Hidden after the rule was applied, so that it decides nothing. */
} PlnCellsOptions;

/** Voters without any answer (before hiding) in the roll calls that enter are left out.
 *  Returns: (transfer full): possibly with no roll call or state at all */
PLN_API PlnCells *pln_cells_new(const PlnVoteMatrix *matrix, const PlnCellsOptions *options);
PLN_API void pln_cells_free(PlnCells *cells);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnCells, pln_cells_free)

static inline const guint8 *pln_cells_row(const PlnCells *cells, guint call) {
  return cells->answer + (gsize)call * cells->n_states;
}

/** Whether a session lies in @from … @to; one of -1 only where both are open. */
static inline gboolean pln_session_within(int session, int from, int to) {
  return (from < 0 && to < 0) || (session >= 0 && session >= from && (to < 0 || session <= to));
}

/** The place of session @name among the @n in @names, where it is added if it is new: there
 *  must be room. */
guint pln_session_place(int name, int *names, guint *n);
