/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Ratification tried on the past: fitted on a treaty's first years, held against the next.
 *
 *  Fitted on what was known of the past treaty (signatures, deposits, memberships as of then) on the
 *  day `split` years after its opening; then drawn forward: the number of parties on each later
 *  anniversary of the split with its fan, and each state's chance to have joined by the end, scored by Brier
 *  against a constant hazard (the same for all states, from the same years) and against that hazard
 *  by class (of n joined in so many years at risk, n + 1/2 over these: no class joins never).  The fast bound, where it is asked for, has the milestones before the split.  One treaty
 *  is one path: ten counts of one path are no ten tests, and this says so.  So does it say what was
 *  seen before it was decided: the wandering of the pace was added after a first fan, without it,
 *  had held 3 of the 10 counts; that forecast is kept among the variants.
 *  Checked by tests/unit/test_ratify_backtest.c and tests/cli/backtest_ratify.sh. */
#pragma once
#include "plenary/ratify.h"

enum { PLN_STUDY_RATIFY_BACKTEST = 0x52415403, PLN_STUDY_RATIFY_BOOTSTRAP = 0x52415404 };

typedef struct {
  PlnDayNumber day;  /* so many whole years after the split */
  guint year;        /* that it lies in */
  guint parties;     /* as it came */
  double mean, constant; /* forecast; by the constant hazard */
  double quantile[PLN_RATIFY_QUANTILES];
  gboolean inside;   /* between the 5 and the 95 % quantile */
  double brier, brier_constant, brier_class; /* over states not party at the split, of having joined by then */
} PlnRatifyYear;

typedef struct {
  const PlnState *state;
  PlnJoinClass join_class;
  double chance, constant; /* of having joined by the end */
  PlnDay joined;           /* PLN_DAY_NONE: not by the end */
} PlnRatifyScored;

typedef struct {
  const char *treaty; /* budapest */
  const char *fast;   /* palermo; "" */
  guint split, years; /* 10, 10 */
  gboolean still;     /* the pace does not wander */
  gboolean alone;     /* no variants beside it */
  guint draws, bootstrap; /* 20000; 1000 */
  guint64 seed;
  guint threads;
} PlnRatifyBacktestOptions;

PLN_API PlnRatifyBacktestOptions pln_ratify_backtest_options(void);

/** The same forecast made otherwise, for comparison. */
typedef struct {
  const char *name; /* in words */
  guint inside;
  double low, high; /* the fan, 5 to 95 %, on the last day */
  double brier, better, better_low, better_high;
} PlnRatifyVariant;

typedef struct {
  PlnRatifyBacktestOptions options;
  PlnDayNumber opened, split, end;
  PlnJoinFit fit;
  guint states, parties; /* party at the split */
  guint at_risk;
  GArray *years;         /* PlnRatifyYear */
  GArray *variants;      /* PlnRatifyVariant: itself, then with the fast bound (as a forecast of today
                            has it), then without wandering */
  GArray *scored;        /* PlnRatifyScored, by chance, the greatest first */
  guint inside;          /* years inside the fan */
  double brier, brier_constant, brier_class;
  double better, better_low, better_high; /* brier less constant's, and a bootstrap interval over
                                             states; NAN without draws */
  double pace[PLN_RATIFY_QUANTILES];
  PlnStatus weakest;
} PlnRatifyBacktest;

PLN_API PlnRatifyBacktest *pln_ratify_backtest_new(const PlnWorld *world,
                                                   const PlnRatifyBacktestOptions *options,
                                                   GError **error);
PLN_API void pln_ratify_backtest_free(PlnRatifyBacktest *backtest);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnRatifyBacktest, pln_ratify_backtest_free)
