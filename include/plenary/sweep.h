/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A sweep: one step of the Markov chain that plenary/posterior.h runs, over every state's
 *  position and every roll call's slope and cuts.
 *
 *  Nothing latent is drawn.  Given the roll calls, the states' positions are independent,
 *  each with a log-concave density; and the other way round.  So each is moved by itself,
 *  by Metropolis and Hastings: with step the Newton step and K the negative second
 *  derivative at the place where it stands, the proposal is normal with mean
 *  place + (1 + r) step and covariance (1 - r²) K^-1.  With r = 0 that is a fresh draw
 *  from the normal that fits there; with r > 0 it is over-relaxed (Adler 1981), to the
 *  other side of the mode, so that successive draws are negatively correlated and means
 *  need fewer of them; some sweeps take r = -0.7, short steps, which get out of tails where
 *  Newton's are too long.  Of three classes the second cut moves as the logarithm of its
 *  distance from the first.  Then two moves that the likelihood does not see, along which
 *  the blocks alone would crawl: positions times a, slopes over a; positions plus b, cuts
 *  plus slope times b.
 *
 *  Sixteen states, or sixteen roll calls, stand in the lanes of plenary/lanes.h.  Cost: four
 *  evaluations of each cell.  The PlnSweepCells are shared between chains, read only; a
 *  PlnSweep is one chain's.  Checked by tests/unit/test_posterior.c. */
#pragma once
#include "plenary/cells.h"
#include "plenary/draw.h"

typedef struct {
  guint n_states, n_calls, classes;
  guint state_blocks, call_blocks; /* of sixteen, the last one filled up with NONE */
  gint32 *by_state; /* call by call within a block of sixteen states */
  gint32 *by_call;  /* state by state within a block of sixteen roll calls */
  gboolean *mirrored; /* n_calls: yes and no changed places; see pln_sweep_curve */
} PlnSweepCells;

/** Returns: (transfer full) */
PlnSweepCells *pln_sweep_cells_new(const PlnCells *cells);
void pln_sweep_cells_free(PlnSweepCells *cells);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnSweepCells, pln_sweep_cells_free)

typedef struct {
  const PlnSweepCells *cells;
  float precision;  /* of slopes and cuts: 1 / sd² of their prior */
  float relax;      /* r above: 0 … 0.9 */
  guint count;      /* sweeps so far */
  float now;        /* r of the move being made */
  gboolean always;  /* take every proposal: from a wild start to where the mass is */
  PlnDraw draw;
  float *position;  /* 16 state_blocks; beyond n_states they stand for nobody */
  float *slope, *cut, *gap; /* 16 call_blocks each: see pln_sweep_curve */
  float *second;    /* the second cut, while the states move */
  guint64 tried[2], taken[2]; /* states, roll calls */
} PlnSweep;

/** Starts at positions drawn from their prior.  Returns: (transfer full) */
PlnSweep *pln_sweep_new(const PlnSweepCells *cells, double item_sd, double relax, PlnDraw draw);
void pln_sweep_free(PlnSweep *sweep);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnSweep, pln_sweep_free)

void pln_sweep_go(PlnSweep *sweep);

/** A roll call's slope and cuts as they stand, whichever way round they are held; with two
 *  classes both cuts are the one. */
void pln_sweep_curve(const PlnSweep *sweep, guint call, double *slope, double *low, double *high);
