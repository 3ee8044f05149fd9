/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Scores out of sample: cells are hidden, a fit is made without them, and the chances it
 *  gives are held against the answers.
 *
 *  A score is out of sample or it is not a score.  The roll calls that enter are decided
 *  before hiding, and by nothing hidden afterwards.  Beside each model stand baselines that
 *  need no positions: the shares of the answers seen in the roll call, and those within the
 *  voter's group.  Checked by tests/unit/test_holdout.c. */
#pragma once
#include "plenary/fit.h"
#include "plenary/measures.h"

/** Marks each cell that has a vote with chance @share.
 *  Returns: (transfer full): n_calls x n_voters of the matrix, 1 = hidden */
PLN_API guint8 *pln_holdout_draw(const PlnVoteMatrix *matrix, double share, guint64 seed);

typedef struct {
  PlnCells *seen, *truth; /* of the same states and roll calls: without and with the hidden */
  guint8 *hidden;         /* n_calls x n_states: 1 where truth has an answer that seen has not */
  gsize n_hidden;
} PlnHoldout;

/** @how: its hide is not looked at; @hide as pln_holdout_draw gives it */
PLN_API PlnHoldout *pln_holdout_new(const PlnVoteMatrix *matrix, const PlnCellsOptions *how,
                                    const guint8 *hide);
PLN_API void pln_holdout_free(PlnHoldout *holdout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnHoldout, pln_holdout_free)

/** The hidden cells as pln_measures wants them. */
PLN_API PlnScored pln_holdout_scored(const PlnHoldout *holdout, const float *chance);

/** The groups of voters as the matrix names them: of each state of @cells a place in @names,
 *  or -1 where it has none.
 *  @names: to add to: const char *
 *  Returns: (transfer full): n_states */
PLN_API int *pln_holdout_groups(const PlnVoteMatrix *matrix, const PlnCells *cells, GPtrArray *names);

/** The share of each answer among those seen in the roll call, and among those seen of the
 *  state's group, each with one answer of the wider circle added (thrice a third of one in the
 *  widest).  @group: n_states, -1 for none; NULL: of all alike
 *  @chance: (out caller-allocates): n_calls x n_states x classes */
PLN_API void pln_holdout_shares(const PlnHoldout *holdout, const int *group, float *chance);

/** The standard error of the log score, or with @other of the difference from its: that of
 *  independent roll calls, since the cells of one are not; NAN where fewer than two have a
 *  hidden cell. */
PLN_API double pln_holdout_error(const PlnHoldout *holdout, const float *chance, const float *other);

/** Of each ten-per-cent bin of chance: how often it was given and came true, over all classes. */
enum { PLN_RELIABILITY_BINS = 10 };
typedef struct {
  gsize n[PLN_RELIABILITY_BINS], hits[PLN_RELIABILITY_BINS];
  double sum[PLN_RELIABILITY_BINS]; /* of the chances given */
} PlnReliability;

PLN_API PlnReliability pln_holdout_reliability(const PlnScored *scored);

/** One rung of the choice of dimensions. */
typedef struct {
  guint dimensions;
  PlnMeasures score;
  double error; /* standard error of the log score */
} PlnRung;

/** Fits spaces of 1, 2, 3 … dimensions until two in a row score no better than the best.
 *  @options: of the spaces; its dimensions are not looked at
 *  @best: (out): the fewest dimensions whose score is within a standard error of the best's
 *  difference
 *  Returns: (transfer full): PlnRung, or NULL and an error where it was interrupted */
PLN_API GArray *pln_holdout_ladder(const PlnHoldout *holdout, const PlnFitOptions *options,
                                   PlnProgress *progress, guint *best, GError **error);
enum { PLN_LADDER_RUNGS = 11 }; /* at the most */
