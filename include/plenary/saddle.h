/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A saddle: how likely a tally is once a forecast's common factors are given, and who then
 *  voted how, fast and nearly exact.
 *
 *  Given the factors z the states are independent.  Raked to the totals (tally.h), each kind by a
 *  common factor, their counts have the totals as means, and the chance of just these is
 *  nearly the normal density there: the saddlepoint approximation.  A state's chances given the totals are the raked ones times the chance that
 *  the others make up what is left, to the third order in the counts' cumulants (Daniels 1954,
 *  Annals of Mathematical Statistics 25:631; McCullagh 1987, Tensor Methods, chapter 6).
 *
 *  How the log chance of the totals changes with each factor comes with it: for the mode of the factors given the tally.
 *
 *  Measured on 60 states: no chance off by more than 0.002, or 0.02 where a total is 1; the log
 *  of the totals' chance 0.03 to 0.04 above the exact, nearly the same for every z.
 *  Checked by tests/unit/test_reconstruct.c against the exact counts of tally.h. */
#pragma once
#include <glib.h>

#include "plenary/forecast.h"
#include "plenary/tally.h"

enum { PLN_SADDLE_MOST = PLN_VOTE_KINDS - 1 };

/** The counts that are free: kinds with a total, but the largest, which is what is left. */
typedef struct {
  const PlnForecast *forecast;
  guint32 total[PLN_VOTE_KINDS];
  guint free, kind[PLN_SADDLE_MOST], last; /* last: the largest total's kind */
  double *vote;                            /* 3 x n_pad: yes, no, abstain */
  double *p, *q;                           /* n x PLN_VOTE_KINDS: as forecast given z, and raked */
  double cov[PLN_SADDLE_MOST][PLN_SADDLE_MOST], precision[PLN_SADDLE_MOST][PLN_SADDLE_MOST];
  double third[PLN_SADDLE_MOST][PLN_SADDLE_MOST][PLN_SADDLE_MOST]; /* cumulants */
  double log; /* of the chance of the totals given z */
} PlnSaddle;

/** @forecast is to outlive it.  @total: their sum is the forecast's n */
PlnSaddle *pln_saddle_new(const PlnForecast *forecast, const guint32 total[PLN_VOTE_KINDS]);
void pln_saddle_free(PlnSaddle *saddle);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnSaddle, pln_saddle_free)

/** At @z (1 + f, the turnout's first): p, q, the cumulants and the log.
 *  Returns: FALSE where the totals are impossible; then log is -inf */
gboolean pln_saddle_at(PlnSaddle *saddle, const double *z);

/** Of the last z.  @slope: (out): 1 + f: of the log, by z
 *  @spread: (out): (1 + f) x PLN_SADDLE_MOST: of the free counts, by z */
void pln_saddle_slope(const PlnSaddle *saddle, const double *z, double *slope, double *spread);

/** Of the last z.  @given: (out): n x PLN_VOTE_KINDS; each state's sum to 1, their sums over the
 *  states to the totals but for the error of the approximation. */
void pln_saddle_chances(const PlnSaddle *saddle, double *given);
