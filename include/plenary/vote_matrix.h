/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A vote matrix: who voted how in many roll calls, one row a roll call and one column
 *  a voter.  (The field's "roll-call matrix".)
 *
 *  Voters are sorted by code; roll calls by session, then day, then the order of the
 *  source's ids (numbers in them as numbers), whatever the order of its rows; a roll
 *  call whose session or day is not stated comes first.  A cell is PLN_VOTE_Y, N, A or X (a
 *  member that did not vote), or PLN_VOTE_UNKNOWN: not a member then, or the source
 *  does not say.  Immutable once read and shared between threads.  Cost: a byte a cell.
 *  Checked by tests/unit/test_vote_matrix.c. */
#pragma once
#include <glib.h>

#include "plenary/day.h"
#include "plenary/rule.h"

typedef struct {
  const char *code; /* ISO alpha-3 of a state, else the source's own */
  const char *name, *group; /* "" where there is none: a regional group, a party */
} PlnVoter;

typedef struct {
  const char *id;            /* the source's: "9087", "A/RES/74/247" */
  const char *symbol, *title; /* "" where the source has none */
  PlnDay day;                /* or PLN_DAY_NONE */
  int session;               /* or -1 */
} PlnCalled;

typedef struct {
  guint n_voters, n_calls;
  PlnVoter *voter;  /* n_voters */
  PlnCalled *call;  /* n_calls */
  guint8 *vote;     /* n_calls x n_voters, roll call by roll call: PlnVote */
  GStringChunk *text; /* owns every string */
} PlnVoteMatrix;

/** All cells PLN_VOTE_UNKNOWN, every string "".  Strings set later must be kept by it. */
PLN_API PlnVoteMatrix *pln_vote_matrix_new(guint n_voters, guint n_calls);
PLN_API void pln_vote_matrix_free(PlnVoteMatrix *matrix);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnVoteMatrix, pln_vote_matrix_free)

/** The roll calls of @n rows alone, in the order given, every voter kept.  Its strings are those
 *  of @matrix, which is to outlive it.  Returns: (transfer full) */
PLN_API PlnVoteMatrix *pln_vote_matrix_pick(const PlnVoteMatrix *matrix, guint n, const guint *row);

/** A copy of @text that lives as long as the matrix; equal texts are one. */
const char *pln_vote_matrix_keep(PlnVoteMatrix *matrix, const char *text);

/** The column of @code, the row of @id, or -1.  Cost O(log n) and O(n). */
PLN_API int pln_vote_matrix_voter(const PlnVoteMatrix *matrix, const char *code);
PLN_API int pln_vote_matrix_call(const PlnVoteMatrix *matrix, const char *id);

/** The roll call's cells. */
static inline guint8 *pln_vote_matrix_row(const PlnVoteMatrix *matrix, guint call) {
  return matrix->vote + (gsize)call * matrix->n_voters;
}
