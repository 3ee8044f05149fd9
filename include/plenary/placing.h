/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A placing: the votes of one tally that nobody is named for, placed on those not named.
 *
 *  The named votes are evidence for a predictor (predictor.h), whose forecast of the others is
 *  then given the totals that are left (reconstruct.h).  Absence is by each state's own chance in
 *  the electorate, with a factor common to all, as in an outlook (outlook.h), since absences come in bunches.  A voter that
 *  the electorate does not know has the mean of the others' chances.
 *
 *  Beside it stands what anybody could do: group majorities scaled to the tally.  Each group's
 *  shares, which the caller gives, count as PLN_PLACING_SHARES members, those of it that are
 *  named as one each; raked to the totals that are left.
 *
 *  The named keep their vote: it is a fact with a status of its own, and has no chance.
 *  Checked by tests/unit/test_reconstruction.c. */
#pragma once
#include "plenary/predictor.h"
#include "plenary/reconstruct.h"
#include "plenary/tally.h"

/** On sessions 60-69 2 to 4 made the best of the shares; model and rival have the same. */
#define PLN_PLACING_SHARES 3.0

typedef struct {
  const PlnElectorate *electorate;
  PlnPredictor *predictor;       /* of the electorate, with or without earlier roll calls */
  PlnQuestion question;          /* its evidence is made here of the votes */
  guint n;                       /* voters */
  const int *place;              /* n: in the electorate, or -1 */
  const PlnVote *vote;           /* n: PLN_VOTE_UNKNOWN where not named */
  guint32 total[PLN_VOTE_KINDS]; /* of all n */
  const int *group;              /* n: or -1 */
  guint n_groups;
  const double *share; /* (n_groups + 1) x PLN_VOTE_KINDS, the last of voters of no group */
  PlnReconstructOptions options;
} PlnPlacingCase;

typedef struct {
  guint n, unnamed, unknown; /* unknown: to the electorate, of those not named */
  guint32 left[PLN_VOTE_KINDS];
  guint *seat;               /* unnamed: its place among the n */
  double *before;            /* unnamed x PLN_VOTE_KINDS: forecast, the tally not known */
  double *scaled;            /* likewise: group majorities scaled to the tally */
  PlnReconstruct *given;     /* of the unnamed, in that order */
  PlnPrediction *prediction; /* of the electorate's states */
} PlnPlacing;

/** Returns: (transfer full), or NULL and PLN_ERROR_DATA where the totals are less than what is
 *  named or do not add up to n, PLN_ERROR_FAILED where it was interrupted */
PLN_API PlnPlacing *pln_placing_new(const PlnPlacingCase *known, PlnProgress *progress,
                                    GError **error);
PLN_API void pln_placing_free(PlnPlacing *placing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnPlacing, pln_placing_free)

/** The same forecast without a tally: before alone, given NULL, scaled the forecast's. */
PLN_API PlnPlacing *pln_placing_untold(const PlnPlacingCase *known);

/** Each group's mean chances by the electorate when nothing is known of the question: what a
 *  scenario gives as shares.  @share: (out caller-allocates): (n_groups + 1) x PLN_VOTE_KINDS */
PLN_API void pln_placing_shares(const PlnPlacingCase *known, double *share);
