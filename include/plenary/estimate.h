/* SPDX-License-Identifier: GPL-3.0-or-later */
/** An estimate: what a record of roll calls says of those who voted.
 *
 *  It picks the roll calls that enter, chooses the number of dimensions where asked, fits
 *  (fit.h), scores the fit in sample and, where a share is held out, out of it, and
 *  describes the voters: their absences, agreement, the blocs that the votes show and
 *  those that are declared, and how their positions have changed.
 *  Checked by tests/unit/test_estimate.c and test_estimate_electorate.c. */
#pragma once
#include "plenary/agreement.h"
#include "plenary/clusters.h"
#include "plenary/holdout.h"
#include "plenary/presence.h"
#include "plenary/world.h"

typedef struct {
  PlnCellsOptions cells;
  PlnFitOptions fit;     /* pairs are set from @orient */
  gboolean choose;       /* the dimensions, by held-out score */
  gboolean groups;       /* of a space: let groups deviate */
  double hold_out;       /* share of the cells to score by, 0: none */
  guint samples;         /* for the stability of clusters; 0: no clusters */
  const char *const *orient; /* "USA+", "CUB-" in pairs of any order; NULL-terminated, or NULL */
  guint surprises;       /* how many to list */
  int span[4];           /* sessions from, to before; from, to after: of changes; -1: thirds */
} PlnEstimateOptions;

PLN_API PlnEstimateOptions pln_estimate_options(void);

/** How far a state went between two periods. */
typedef struct {
  double before, after, change, error; /* NAN where the state has no position in one of them */
} PlnMove;

/** A declared bloc in the roll calls: who was in it on the day of the last of them. */
typedef struct {
  const PlnBloc *bloc;
  guint8 *in; /* n_states */
  PlnGroupAgreement agreement;
  double mean, spread; /* of its members' latest positions on the first dimension */
} PlnBlocFound;

typedef struct {
  const PlnVoteMatrix *matrix;
  const PlnWorld *world;
  PlnEstimateOptions options;
  guint called, lopsided, unanswered; /* roll calls of the sessions; left out of these */
  PlnCells *cells;
  PlnFit *fit;
  int *group;         /* n_states: a place in group_name, or -1 */
  GPtrArray *group_name;
  PlnMeasures inside, outside, shares, group_shares; /* outside and baselines: n is 0 if not scored */
  PlnMeasures *by_state, *by_call, *by_session;      /* out of sample where held out */
  GArray *rungs;      /* PlnRung; or NULL where not chosen */
  PlnSurprise *surprise;
  guint n_surprises;
  PlnPresence *presence;
  PlnAgreement *agreement;
  GArray *blocs;      /* PlnBlocFound */
  PlnClusters *clusters; /* or NULL */
  int span[4];        /* sessions of the changes; -1 where there are none */
  PlnMove *move;      /* n_states; NULL where positions do not change */
} PlnEstimate;

/** How many steps of progress it will make at the most. */
guint64 pln_estimate_steps(const PlnVoteMatrix *matrix, const PlnEstimateOptions *options);

/** Returns: (transfer full): NULL and an error: PLN_ERROR_USAGE for @orient, PLN_ERROR_DATA
 *  where no roll call or state is left, PLN_ERROR_FAILED where it was interrupted.
 *  @matrix and @world are to outlive it. */
PLN_API PlnEstimate *pln_estimate_new(const PlnVoteMatrix *matrix, const PlnWorld *world,
                                      const PlnEstimateOptions *options, PlnProgress *progress,
                                      GError **error);
PLN_API void pln_estimate_free(PlnEstimate *estimate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnEstimate, pln_estimate_free)

/** The forecaster's electorate, of an estimate by a space.  @command, @source and @sha256 say
 *  where it is from.  Numbers are rounded to what means something: the fifth decimal, the
 *  seventh of the slopes' moments.  Returns: (transfer full) */
PLN_API PlnElectorate *pln_estimate_electorate(const PlnEstimate *estimate, const char *command,
                                               const char *source, const char *sha256);
