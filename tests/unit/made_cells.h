/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Cells and matrices made for a test: blank ones, written ones, and votes drawn from known
 *  positions and curves. */
#pragma once
#include "plenary/cells.h"
#include "plenary/curve.h"
#include "plenary/draw.h"
#include "plenary/vote_matrix.h"

/** No answers; call j is of session j * n_sessions / n_calls. */
PlnCells *made_blank(guint n_states, guint n_calls, guint n_sessions, guint classes);

/** Draws every answer; a share @absent of them stays out.
 *  @x: n_sessions x n_states, the position in each; @curve: n_calls */
void made_draw(PlnCells *cells, const double *x, const PlnCurve *curve, double absent,
               PlnDraw *draw);

/** Curves with slopes of either sign, of size 0.5 to 2, and cuts around 0. */
void made_curves(guint n_calls, guint classes, PlnDraw *draw, PlnCurve *curve);

/** To mean 0 and standard deviation 1. */
void made_standard(guint n, double *x);

double made_correlation(guint n, const double *a, const double *b);

/** A matrix from a letter a vote, "-" unknown, every row of one length.  Voters are V00, V01 …,
 *  roll calls r0, r1 …
 *  @session: @n_calls, or NULL: of none */
PlnVoteMatrix *made_matrix(const char *const *rows, const int *session, guint n_calls);

/** Votes of three answers drawn from positions in some dimensions, in sessions 60, 61 …; on the
 *  first a state may move evenly from the first session to the last. */
typedef struct {
  guint n_states, n_calls, d, n_sessions;
  double size;        /* of the slopes */
  double absent;      /* share of PLN_VOTE_X */
  const double *move; /* n_states; NULL: nobody moves */
  guint replicate;
} MadeVotes;

/** @x: (out) (nullable): n_states x d, in the first session.
 *  The first roll call has no day, the others one each. */
PlnVoteMatrix *made_votes(const MadeVotes *how, double *x);
