/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Chains: whether several Markov chains tell the same story about a number, and how many
 *  independent draws theirs are worth.
 *
 *  R-hat: each chain cut into halves, the draws replaced by normal scores of their ranks
 *  among all of them, the spread of everything over the spread within the halves; the
 *  larger of that of the draws and that of their distances from the median.  1 is perfect,
 *  above 1.01 the chains do not agree.  Bulk: the effective draws of the normal scores;
 *  tail: the smaller of those of "below the 5 % quantile" and "below the 95 %".  At least
 *  100 for each chain are wanted before quantiles and R-hat can be trusted (400 for four).
 *  A number that never changes has no R-hat: NaN, and so the effective draws.
 *
 *  Source: Vehtari, Gelman, Simpson, Carpenter, Bürkner, "Rank-normalization, folding, and
 *  localization: an improved R-hat", Bayesian Analysis 16 (2021), 667-718; the sum of
 *  autocorrelations is cut off as in its section 3.2 (Geyer 1992), no more than n log10 n
 *  draws are ever claimed of n.  Cost: O(n log n + n lags) for n draws.
 *  Checked by tests/unit/test_chains.c. */
#pragma once
#include <glib.h>

#include "plenary/api.h"

typedef struct {
  double rhat, bulk, tail;
  double mean; /* effective draws of the mean itself, as pln_chains_effective of the halves */
} PlnChains;

/** @draw: chain after chain, draw after draw, each @stride from the one before; fewer than
 *  four draws a chain give NaN */
PLN_API PlnChains pln_chains(const float *draw, guint chains, guint draws, gsize stride);

/** The effective draws of the mean itself, chains not halved, no scores: what
 *  coda::effectiveSize estimates in another way.  @draw: chains x draws */
PLN_API double pln_chains_effective(const double *draw, guint chains, guint draws);
