/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A posterior: positions on one dimension, and the roll calls' slopes and cuts, as draws
 *  from full Bayes; with what says whether they may be believed.
 *
 *  A state at x draws u = slope x + e, e ~ N(0,1), and its answer is at least k if and only
 *  if u > cut k: one cut (yes against the rest), or two in order (no, abstain, yes).
 *  Priors: x ~ N(0,1); slopes and cuts ~ N(0, item_sd²), two cuts only in their order.
 *  With two classes these are the model and the priors of pscl::ideal.
 *
 *  Nothing of that fixes the scale sharply, so every draw kept is moved and stretched to
 *  positions with mean 0 and standard deviation 1 over the states (the n - 1 kind), slopes
 *  and cuts along with them; and each chain is turned so that state `plus` stands above
 *  state `minus` on its average, or, where they are not given, the way of the first chain.
 *
 *  Several chains start far apart, each from a draw of the prior and with random numbers of
 *  its own (plenary/draw.h: replicate c of study 0x706f7374), so that the draws are the
 *  same for any number of threads.  The moves are plenary/sweep.h's.  Whether the chains
 *  agree is judged by plenary/chains.h for each state: converged is TRUE where every R-hat
 *  is at most 1.01 and every state has at least 100 effective draws a chain, in the bulk
 *  and in the tails; verdict says it in words and names states that have not.
 *
 *  Single precision within the likelihood: the logarithm of a chance of acceptance is off by
 *  2e-5 at most (measured, a state with 1,172 answers), where the Monte Carlo error is 1e-2.  Memory: 4 bytes a draw of a state, 8 a cell;
 *  with the log score 8 more a cell and chain.  Cost: thin x draws + burn_in sweeps a
 *  chain, of 0.7 ms for 193 states x 1,172 roll calls of two classes (AVX-512), 3 ms of
 *  three; five times as much without AVX-512; the log score 20 ns a cell and kept draw.
 *
 *  Sources: Clinton, Jackman, Rivers, "The Statistical Analysis of Roll Call Data", APSR 98
 *  (2004); Bailey, Strezhnev, Voeten 2017 for ordered answers; Vehtari et al. 2021.
 *  Checked by tests/unit/test_posterior.c: known positions, calibration by simulation,
 *  threads; and against pscl and MCMCpack by scripts/peers/bayes.R. */
#pragma once
#include "plenary/cells.h"
#include "plenary/chains.h"
#include "plenary/progress.h"

typedef struct {
  guint chains;         /* 4 */
  guint draws;          /* kept of each chain, 2000 */
  guint thin;           /* one of so many is kept; 0: 1 (of three classes 3, they mix
                           slower) of many cells, up to 10 of few */
  guint burn_in;        /* 500 sweeps before the first */
  guint threads;        /* 0: as many as there are processors; at most one a chain */
  guint64 seed;
  double item_sd;       /* 5 */
  double relax;         /* 0.3: over-relaxation, 0 … 0.9; see plenary/sweep.h */
  int plus, minus;      /* states; -1: not given */
  gboolean log_score;
  const char *const *name; /* n_states, for the verdict; NULL: numbers, from 1 */
  PlnProgress *progress;   /* told of each sweep of the draws; NULL: nobody */
} PlnPosteriorOptions;

enum { PLN_POSTERIOR_QUANTILES = 5 }; /* 2.5, 5, 50, 95 and 97.5 % */

typedef struct {
  guint n_states, n_calls, classes, chains, draws;
  float *draw;              /* chains x draws x n_states */
  double *position, *sd;    /* n_states: means and standard deviations */
  double *quantile;         /* n_states x PLN_POSTERIOR_QUANTILES */
  PlnChains *mixing;        /* n_states */
  double *slope, *slope_sd; /* n_calls */
  double *slope_rhat;       /* n_calls: of halved chains, without ranks; no part of converged */
  double *cut, *cut_sd;     /* n_calls x (classes - 1) */
  double *log_score;        /* n_calls x n_states: log of the answer's mean chance, 0 where
                               there is none; NULL where it was not asked for */
  double taken_states, taken_calls; /* shares of proposals that were taken */
  gboolean converged;
  char *verdict;
} PlnPosterior;

PLN_API PlnPosteriorOptions pln_posterior_options(void);

/** How many sweeps a draw costs, of the option or by the number of cells. */
guint pln_posterior_thin(const PlnCells *cells, const PlnPosteriorOptions *options);

/** Interrupted (progress.h), the draws not made are 0: the caller asks.  Fewer than two states, no answer at all, or no draws asked for: everything 0, not
 *  converged, and the verdict says why.  Returns: (transfer full): never NULL */
PLN_API PlnPosterior *pln_posterior_new(const PlnCells *cells, const PlnPosteriorOptions *options);
PLN_API void pln_posterior_free(PlnPosterior *posterior);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnPosterior, pln_posterior_free)
