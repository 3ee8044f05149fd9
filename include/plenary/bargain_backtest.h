/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Methods of bargaining scored on dossiers whose outcome is known.
 *
 *  Every method forecasts every issue from positions, saliences and capabilities alone; the outcome
 *  decides nothing.  Scores, in points of 0-100: mean absolute error, root mean square error,
 *  median error, share within 10 points, and CRPS, once of the forecast as it is given (a point, or a
 *  distribution) and once, so that points and distributions are compared fairly, with a spread: the
 *  point forecast plus the errors that it made on the issues of all *other* dossiers, cut off at
 *  the scale's ends.  Baselines stand in the same table: the middle of the scale, the plain mean, the
 *  salience-weighted mean (the compromise), medians, and the positions themselves, weighted by
 *  salience, taken as a distribution.
 *
 *  Intervals are of paired differences against the compromise, on the issues that both answer: a
 *  bootstrap draws whole dossiers (issues of one dossier are no independent news), 2.5 to 97.5 %.
 *  A method that has no answer on an issue (no reference point, no weight) is scored on the others,
 *  and the table says on how many.  Methods are given everybody that takes part (dossiers.h); those
 *  that treat issues together get a dossier as one talks, with those of its issues that cannot be
 *  scored; the others each issue by itself.  Every option is stated in the rival's name: nothing is
 *  tuned on these data, and the election that leads is the default of its authors.
 *  Cost: 245 issues, every method, 1000 draws under 5 s.
 *  Checked by tests/unit/test_bargain_backtest.c; the figures by scripts/bench-bargain. */
#pragma once
#include "plenary/capabilities.h"
#include "plenary/course.h"
#include "plenary/dossiers.h"
#include "plenary/progress.h"

enum { PLN_STUDY_DOSSIERS = 0x42415202, PLN_STUDY_DOSSIERS_ISSUES, PLN_DOSSIER_SIZES = 4 };

typedef struct {
  const PlnCapabilities *capabilities; /* (nullable): NULL: equal */
  guint bootstrap;                     /* 1000; below 100: no intervals */
  guint64 seed;                        /* 1 */
  guint threads;                       /* 0: all processors */
  PlnProgress *progress;               /* (nullable): pln_bargain_backtest_steps */
} PlnBargainBacktestOptions;

PLN_API PlnBargainBacktestOptions pln_bargain_backtest_options(void);

/** Scores on a set of issues, and of the pairs against the compromise.  NAN: none. */
typedef struct {
  guint n; /* issues answered */
  double mae, rmse, median, within, crps, crps_spread;
  double behind, low, high;                /* mean absolute error less the compromise's */
  double crps_behind, crps_low, crps_high; /* crps_spread (of a distribution its crps) less the
                                              compromise's crps_spread */
} PlnBargainScore;

typedef struct {
  const char *name, *title; /* "condorcet-cubic", "Condorcet election, cubic votes" */
  const PlnMethod *method;  /* NULL: a baseline */
  gboolean distribution, replication;
  gboolean leading;         /* one of those that people are shown */
  double *forecast;         /* n_issues of the dossiers; NAN: no answer */
  double *crps, *crps_spread; /* n_issues; NAN where it is not scored */
  PlnBargainScore all;
  PlnBargainScore *procedure;             /* n_procedures */
  PlnBargainScore size[PLN_DOSSIER_SIZES]; /* dossiers of 1, 2, 3, 4 and more issues */
} PlnBargainRival;

/** A difference with its 95 % interval. */
typedef struct {
  double mean, low, high;
} PlnBargainDifference;

typedef struct {
  const PlnDossiers *dossiers;
  PlnBargainBacktestOptions options;
  GArray *rivals;     /* PlnBargainRival, the compromise first */
  guint scored;       /* issues */
  guint n_dossiers;   /* of these */
  guint without_day;  /* issues whose capabilities are not known: those of an actor differ by the
                         day, and they have none */
  guint with_reference; /* of those scored */
  GPtrArray *procedures; /* char *, in the order of the file */
  PlnBargainDifference against_positions; /* the Condorcet election's CRPS less that of the weighted
                                             positions taken as a distribution */
  PlnBargainDifference against_positions_by_issue; /* the same as if every issue were a dossier */
} PlnBargainBacktest;

/** How many steps @progress is told. */
PLN_API guint pln_bargain_backtest_steps(const PlnDossiers *dossiers);

/** Returns: NULL and PLN_ERROR_DATA where nothing can be scored, or not by the compromise, or the
 *  capabilities say nothing of an actor; PLN_ERROR_FAILED where interrupted */
PLN_API PlnBargainBacktest *pln_bargain_backtest_new(const PlnDossiers *dossiers,
                                                     const PlnBargainBacktestOptions *options,
                                                     GError **error);
PLN_API void pln_bargain_backtest_free(PlnBargainBacktest *backtest);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnBargainBacktest, pln_bargain_backtest_free)

/** The rival @name, or NULL. */
PLN_API const PlnBargainRival *pln_bargain_backtest_rival(const PlnBargainBacktest *backtest,
                                                          const char *name);

/** Which of the sizes @dossier is. */
PLN_API guint pln_bargain_backtest_size(const PlnDossier *dossier);

/* ---- The rivals (study/bargain_rivals.c) ---- */

typedef enum {
  PLN_BASE_METHOD, /* none: a method of bargaining */
  PLN_BASE_MEAN,
  PLN_BASE_MEDIAN, /* plain */
  PLN_BASE_MIDDLE,
  PLN_BASE_POSITIONS, /* weighted, as a distribution */
} PlnBargainBase;

typedef struct {
  const char *name, *title;
  gboolean leading;
  PlnBargainBase base;
  const PlnMethod *method; /* NULL of the others */
  guint rounds;       /* 0: to its end */
  PlnMethodOptions how;
} PlnBargainRivalSpec;

/** In the order of the tables, the compromise first; @n: how many.  Returns: (transfer full) */
PlnBargainRivalSpec *pln_bargain_rivals_new(guint *n);

/** Whether it gives a distribution, not a point alone. */
gboolean pln_bargain_rival_spreads(const PlnBargainRivalSpec *spec);

/** The forecast of each of the talks' m issues.  @chance: n x m, where the rival gives a
 *  distribution that at @place, n x m; else 0 */
void pln_bargain_rival_run(const PlnBargainRivalSpec *spec, const PlnTalks *talks,
                           double *forecast, double *place, double *chance);
