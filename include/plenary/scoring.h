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
  int *group;           /* n_states: as the matrix names groups, or -1 */
  guint n_groups;
  float *asked;         /* the chances of the model asked for, that rows are compared with */
  guint unknown;        /* voters that an electorate does not know: they have the shares */
  PlnMeasures *by_state, *by_call, *by_session; /* of the model asked for */
  PlnReliability reliability;
  PlnSurprise *surprise;
  guint n_surprises;
} PlnScoring;

/** @hide: n_calls x n_voters of @matrix, 1 = hidden (taken over)
 *  Returns: (transfer full), or NULL and an error as of pln_estimate_new, PLN_ERROR_DATA also
 *  where no hidden vote lies in a roll call that enters */
PLN_API PlnScoring *pln_scoring_new(const PlnVoteMatrix *matrix, const PlnEstimateOptions *options,
                                    guint8 *hide, PlnProgress *progress, GError **error);
/** An electorate, fitted earlier: in each roll call it is given the votes that are not hidden.
 *  A roll call in the window that it was fitted to is refused (PLN_ERROR_DATA), unless
 *  @in_sample. */
PLN_API PlnScoring *pln_scoring_of_electorate(const PlnVoteMatrix *matrix,
                                              const PlnElectorate *electorate,
                                              const PlnEstimateOptions *options, guint8 *hide,
                                              gboolean in_sample, GError **error);
PLN_API void pln_scoring_free(PlnScoring *scoring);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnScoring, pln_scoring_free)

/** The steps of a scoring: without rows (or NULL and PLN_ERROR_DATA); with a row more (@name is taken over), the first being
 *  the model asked for; with those of the shares, which need no positions. */
PlnScoring *pln_scoring_open(const PlnVoteMatrix *matrix, const PlnEstimateOptions *options,
                             const guint8 *hide, GError **error);
void pln_scoring_add(PlnScoring *scoring, char *name, const char *words, const float *chance);
void pln_scoring_baselines(PlnScoring *scoring);
