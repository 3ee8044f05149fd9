/* SPDX-License-Identifier: GPL-3.0-or-later */
/** To reconstruct: who voted how, where of a vote no more than the tally is known.
 *
 *  A forecast says how each state may vote and how states hang together; the tally then tells
 *  both who must have voted what others did not, and about the common factors z themselves:
 *
 *    P(state's vote | tally) = integral of P(vote | tally, z) p(z | tally) dz,
 *    p(z | tally) ~ N(z; 0, I) P(tally | z)
 *
 *  Factors are drawn by importance from a mixture of normal densities about the modes of
 *  p(z | tally), improved by what was drawn, in rounds (Cappé et al. 2008, Statistics and
 *  Computing 18:447); the weight of a draw is the chance that it gives the tally.  Given z both
 *  the chance of the tally and the states' chances are counted exactly (tally.h) where that is
 *  cheap (PLN_RECONSTRUCT_EXACT), else approximated (saddle.h) and set right by the exact ones of
 *  PLN_RECONSTRUCT_CHECKED draws.  How many independent draws the weighted ones are worth is
 *  reported.  The chances are mixed a little with those of states that are all alike, by half a
 *  draw, so that none is 0 or 1 but where the totals force it, and add up to the totals within
 *  1e-9.
 *
 *  Measured, 100 contested roll calls of the General Assembly's sessions 65-69 (31 factors, 184
 *  states, the tally and eight votes known): a draw is worth 0.63 independent ones; of 3 in 100,
 *  where the tally is far from what was forecast, below 0.1.  Cost: 40 microseconds a draw and
 *  twenty exact counts: 0.3 s for 23-102-26-42 with PLN_RECONSTRUCT_DRAWS, one core.  The same
 *  bytes for any number of threads.
 *  Source: reference F9.  Checked by tests/unit/test_reconstruct.c against enumeration. */
#pragma once
#include "plenary/forecast.h"
#include "plenary/progress.h"

/** Additions, in all, up to which every draw is counted exactly. */
#define PLN_RECONSTRUCT_EXACT 2e8
enum { PLN_RECONSTRUCT_DRAWS = 2048, PLN_RECONSTRUCT_CHECKED = 16 };

/** Below so many independent draws a result is not to be relied on, and reports say so. */
#define PLN_RECONSTRUCT_FEW 100

typedef struct {
  guint64 seed;
  guint draws;   /* of the last round; 0: PLN_RECONSTRUCT_DRAWS */
  guint threads; /* 0: all processors */
} PlnReconstructOptions;

typedef struct {
  guint n, draws;
  double *chance;   /* n x PLN_VOTE_KINDS: given the tally */
  double *error;    /* likewise: standard error of the draws */
  double worst;     /* the largest of these */
  double effective; /* independent draws that the weighted ones are worth */
  double log;       /* of the chance of the tally, by the forecast */
  guint modes;      /* of the factors given the tally */
  gboolean exact;   /* every draw was counted exactly, else so many: */
  guint checked;
  double corrected; /* most that the exact count changed of a chance */
} PlnReconstruct;

/** The steps that @progress is told of, about. */
#define PLN_RECONSTRUCT_STEPS(draws) ((guint64)(draws) + (draws) / 2)

/** @total: the votes of each kind; their sum is the forecast's n
 *  @progress: (nullable)
 *  Returns: (transfer full), or NULL and PLN_ERROR_DATA where no assignment that the forecast
 *  leaves possible has these totals, PLN_ERROR_FAILED where it was interrupted */
PLN_API PlnReconstruct *pln_reconstruct_new(const PlnForecast *forecast,
                                            const guint32 total[PLN_VOTE_KINDS],
                                            const PlnReconstructOptions *options,
                                            PlnProgress *progress, GError **error);
PLN_API void pln_reconstruct_free(PlnReconstruct *reconstruct);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnReconstruct, pln_reconstruct_free)
