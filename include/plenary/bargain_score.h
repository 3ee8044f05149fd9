/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Scores of forecasts on a scale, and how sure a difference between two of them is.
 *
 *  CRPS, the continuous ranked probability score (Matheson and Winkler 1976; Gneiting and Raftery
 *  2007, doi:10.1198/016214506000001437), of a distribution with chances p at x where y came true:
 *  Σ p |x - y| - ½ ΣΣ p p' |x - x'|, in the units of the scale; of a point its absolute error.
 *
 *  Draws: units (dossiers) are drawn with replacement, as many as there are; a difference is then
 *  the mean over the issues of the units drawn, as often as they were.  The same draws serve all
 *  forecasters, so that differences are paired.  Draw k is the stream (seed, study, k).
 *  Checked by tests/unit/test_bargain_backtest.c. */
#pragma once
#include <glib.h>

#include "plenary/api.h"

/** Of @n places x with chances p, in any order, that sum to 1.  Cost O(n²). */
PLN_API double pln_score_crps(guint n, const double *x, const double *p, double y);

/** Of the forecast @point with the @n errors of others (truth less forecast), ascending, each
 *  alike, cut off at 0 and 100.  @room: n.  Its absolute error where there is none.  Cost O(n). */
PLN_API double pln_score_crps_spread(double point, guint n, const double *errors, double y,
                                     double *room);

/** The middle of @n values, of an even number the mean of the two; they are put in order. */
PLN_API double pln_score_median(guint n, double *values);

typedef struct {
  guint draws, n;
  guint16 *count; /* draws x n: how often each unit was drawn */
} PlnScoreDraws;

PLN_API PlnScoreDraws *pln_score_draws_new(guint n_units, guint draws, guint64 seed, guint32 study);
PLN_API void pln_score_draws_free(PlnScoreDraws *draws);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnScoreDraws, pln_score_draws_free)

/** Fewer draws tell nothing of 2.5 %. */
enum { PLN_SCORE_LEAST = 100 };

/** The mean of @difference (@n, NAN: left out) and its 2.5 and 97.5 %.  @unit: of each, its place
 *  among the units.  The limits are NAN where the differences are of fewer than two units, or
 *  fewer than PLN_SCORE_LEAST draws have any of them; the other draws are left out. */
PLN_API void pln_score_draws_interval(const PlnScoreDraws *draws, guint n, const double *difference,
                                      const guint *unit, double *mean, double *low, double *high);
