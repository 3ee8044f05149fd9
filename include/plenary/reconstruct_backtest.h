/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A backtest of reconstructions: past roll calls of which no more is shown than the tally and a
 *  few votes, as of those that only the press has told of.
 *
 *  Roll calls are drawn among the contested ones of the sessions tested.  Of each the tally and
 *  the votes of some of those that voted are shown, the rest is placed (placing.h), by what the
 *  sessions before it alone have taught (whip_backtest.h), and held against what was voted.
 *  Rivals: group majorities scaled to the same tally, each regional group's shares in the
 *  contested roll calls of the same history and its members that are shown; and the same forecast
 *  without the tally.  Scored twice: not having voted as a fourth answer; and, over those that
 *  voted, the three answers alone, brought to the sum of 1.
 *
 *  Roll calls, not votes, are taken as independent: intervals are from resampling them.  The
 *  same bytes for any number of threads.  Cost: fitting a session's history, then some 0.1
 *  seconds a roll call.  Checked by tests/unit/test_reconstruction.c. */
#pragma once
#include "plenary/placing.h"
#include "plenary/whip_backtest.h"

typedef enum {
  PLN_PLACED,        /* the model */
  PLN_PLACED_GROUPS, /* group majorities scaled to the tally */
  PLN_PLACED_UNTOLD, /* the model's forecast, the tally not known */
  PLN_PLACED_METHODS
} PlnPlacedMethod;
extern const char *const pln_placed_names[PLN_PLACED_METHODS];

typedef struct {
  PlnWhipTestOptions past; /* how the past is made; estimate.cells.from and to: sessions tested */
  guint calls, shown;      /* roll calls drawn, 200; votes shown of each, 8 */
  PlnReconstructOptions draws;
} PlnReconstructBacktestOptions;

PLN_API PlnReconstructBacktestOptions pln_reconstruct_backtest_options(void);

/** Means over the hidden votes; behind: log loss less the model's, low and high its interval
 *  of 95 %; NAN for the model. */
typedef struct {
  double log_loss, brier, right, behind, low, high;
} PlnPlacedScore;

typedef struct {
  guint call; /* row of the matrix */
  int session;
  guint n[2]; /* hidden; of those, that voted */
  double log_loss[2][PLN_PLACED_METHODS], brier[2][PLN_PLACED_METHODS]; /* sums */
  guint right[2][PLN_PLACED_METHODS];
  double effective, off; /* draws' worth; most that the sums are off the totals */
} PlnPlacedCall;

typedef struct {
  const PlnVoteMatrix *matrix;
  PlnReconstructBacktestOptions options;
  guint contested; /* of which were drawn: */
  guint n_calls;
  PlnPlacedCall *call; /* n_calls, in the order of the matrix */
  gsize n[2];
  PlnPlacedScore score[2][PLN_PLACED_METHODS];  /* four answers; three, of those that voted */
  double lower[2], lower_low[2], lower_high[2]; /* share by which the model's log loss lies below
                                                   that of the groups; its interval */
  double effective, off;                        /* the least; the most */
} PlnReconstructBacktest;

/** @progress: (nullable): told a step a roll call and one a session
 *  Returns: (transfer full), or NULL and an error, as pln_whip_backtest_new */
PLN_API PlnReconstructBacktest *
pln_reconstruct_backtest_new(const PlnVoteMatrix *matrix, const PlnWorld *world,
                             const PlnReconstructBacktestOptions *options, PlnProgress *progress,
                             GError **error);
PLN_API void pln_reconstruct_backtest_free(PlnReconstructBacktest *backtest);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnReconstructBacktest, pln_reconstruct_backtest_free)
