/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A scoring: cells are hidden from the fit, drawn at random or listed, and models and
 *  baselines are held against the answers there, in one table.
 *
 *  All of them see the same cells.  A pair of models is compared on the same hidden cells, so
 *  their difference is known better than either; its standard error takes roll calls, not
 *  cells, as independent.  Checked by tests/unit/test_scoring.c. */
#pragma once
#include "plenary/estimate.h"

typedef struct {
  const char *name;  /* "space, 32 dimensions" */
  char *words;       /* what was not as it should be; NULL: nothing */
  PlnMeasures score;
  double behind, error; /* log score less that of the model asked for, with its standard error */
} PlnScoringRow;

typedef struct {
  const PlnVoteMatrix *matrix;
  PlnHoldout *holdout;
  GArray *rows;         /* PlnScoringRow: the model asked for, then the baselines */
  GPtrArray *names;     /* owns the rows' names */
  PlnMeasures *by_state, *by_call, *by_session;
  PlnReliability reliability;
  PlnSurprise *surprise;
  guint n_surprises;
} PlnScoring;

/** @hide: n_calls x n_voters of @matrix, 1 = hidden (taken over)
 *  Returns: (transfer full), or NULL and an error as of pln_estimate_new */
PLN_API PlnScoring *pln_scoring_new(const PlnVoteMatrix *matrix, const PlnEstimateOptions *options,
                                    guint8 *hide, PlnProgress *progress, GError **error);
PLN_API void pln_scoring_free(PlnScoring *scoring);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnScoring, pln_scoring_free)
