/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A comparison: a scenario as it is beside bundles of changes, each asked by one runner
 *  (runner.h), so that what differs is due to the changes and not to chance.
 *
 *  *Pairs.*  The base and every bundle are drawn from the same numbers.  Of n draws `gained` are
 *  adopted with the bundle and not without, `lost` without and not with; the change of the chance is
 *  (gained - lost) / n, its standard error
 *
 *      sqrt(gained + lost - (gained - lost)² / n) / n
 *
 *  (McNemar 1947, Psychometrika 12: 153-157; of the difference: Fleiss, Levin and Paik 2003,
 *  Statistical Methods for Rates and Proportions, 13.1), and its 95 % interval 1.96 of these either
 *  way.  Where no draw differs, or every one, the error so computed is 0 and says nothing: then the
 *  interval reaches 3/n, beyond which the true share of draws lies once in twenty.
 *  (Of ratify, which does not tell its draws one by one, the interval is that of draws apart, which is
 *  too wide rather than too narrow.)  Other counts (margin, yes …) are drawn in
 *  PLN_COMPARISON_PARTS parts; the error of their change is that of the mean of the
 *  parts' changes, the interval by Student's t; where no part differs from another it reaches 3/n
 *  of a vote, unless the votes are the same (another rule alone).  A bundle that does not touch a
 *  proposal leaves it certainly as it is.
 *
 *  *Who moved.*  Seat by seat the answers' distance (half the sum of the absolute changes of the
 *  four chances; 1 where a seat is won or lost), those that a change names apart from those that
 *  were filled in given it.
 *
 *  *Proposals.*  project and replay: the one asked about, or all, each with a runner of its own; a
 *  change that names another proposal does not touch it (in talks WHERE of a position, salience or
 *  capability is an issue, whatever a proposal is called), and a bundle that one proposal has no use
 *  for (a bloc that dissolves has no position on it) changes nothing there.  bargain and ratify: one
 *  item.  A bundle that none has a use for is left out beside others; it is an error alone, or where
 *  no study would take it (a slip).
 *  The same bytes for any number of threads.  Cost: (1 + bundles) runs a proposal.
 *  Checked by tests/unit/test_comparison.c and tests/cli/whatif.sh. */
#pragma once
#include "plenary/progress.h"
#include "plenary/runner.h"

enum { PLN_COMPARISON_PARTS = 20 };

typedef struct {
  PlnRunnerOptions run;     /* study, draws … of all: draws are rounded up to a multiple of
                               PLN_COMPARISON_PARTS; threads: of all of it, 0: all processors */
  gboolean study_asked;     /* else the study that the scenario and the changes ask for */
  const GPtrArray *bundles; /* PlnBundle *, one at least */
  PlnProgress *progress;    /* (nullable): pln_comparison_steps */
} PlnComparisonOptions;

/** How an outcome changed; NAN: not known. */
typedef struct {
  double value, change;
  double low, high; /* of the change: 95 % */
} PlnComparisonOutcome;

typedef struct {
  guint seat;        /* of the runner */
  gboolean directly; /* a change names it, or a bloc that it is in */
  gboolean turned;   /* its likeliest answer is another; of a record: than the one that is known */
  PlnVote before, after; /* the likeliest; PLN_VOTE_UNKNOWN: no member, or not on record */
  double moved;      /* 0 to 1 */
} PlnComparisonMove;

typedef struct {
  const PlnBundle *bundle;
  GPtrArray *changes;  /* const PlnChange *: those that touch this item */
  GPtrArray *elsewhere; /* the same: those about another proposal, which are left out of it */
  char *refused;       /* why this item has no use for them, where another has; or NULL */
  PlnRunResult result;
  PlnComparisonOutcome outcome[PLN_RUN_OUTCOMES];
  gboolean paired;     /* gained and lost are known */
  guint64 gained, lost;
  gboolean turned;     /* adoption is the likelier now and was not, or the other way round; never
                          where the base is not known (a proposal without a record) */
  gboolean same;       /* nothing comes out otherwise, in no draw and of no seat */
  double *chance;      /* seats x PLN_VOTE_KINDS, or NULL */
  GArray *moves;       /* PlnComparisonMove: who moved at all, the furthest first */
  guint seats_turned, named; /* seats; how many of those that moved are named by a change */
} PlnComparisonCase;

typedef struct {
  PlnRunner *runner;           /* at rest: pln_runner_rest */
  const PlnProposal *proposal; /* or NULL */
  int adopted;                 /* the place of that outcome, or -1 */
  guint64 draws;
  PlnRunResult base;
  guint seats;
  double *chance;   /* of the base, or NULL */
  GPtrArray *cases; /* PlnComparisonCase *, one a bundle */
} PlnComparisonItem;

/** Two values of one target in a bundle: the later holds. */
typedef struct {
  const PlnBundle *bundle;
  const PlnChange *earlier, *later;
} PlnComparisonClash;

typedef struct {
  const PlnScenario *scenario;
  PlnRunnerOptions run;  /* filled in */
  GPtrArray *bundles;    /* PlnBundle *, those that something has a use for */
  GPtrArray *items;      /* PlnComparisonItem *, in the order of the scenario */
  GPtrArray *left_out;   /* char *: "ID: why": bundles, then proposals */
  GPtrArray *useless;    /* PlnBundle *: the bundles of these */
  GArray *clashes;       /* PlnComparisonClash */
  PlnStatus weakest;     /* of what the base and the changes rest on */
} PlnComparison;

/** The one asked for, or the one that the scenario and the changes ask for (runner.h); bargain where
 *  a position is on an issue whose name another proposal has than the one asked about. */
PLN_API PlnRunStudy pln_comparison_study(const PlnScenario *scenario,
                                         const PlnComparisonOptions *options);

PLN_API guint64 pln_comparison_steps(const PlnScenario *scenario,
                                     const PlnComparisonOptions *options);

/** @scenario, what @options points to: kept by the caller as long as the comparison.
 *  Returns: NULL and the runner's error; of several proposals one without an answer is left out */
PLN_API PlnComparison *pln_comparison_new(const PlnScenario *scenario,
                                          const PlnComparisonOptions *options, GError **error);
PLN_API void pln_comparison_free(PlnComparison *comparison);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnComparison, pln_comparison_free)

PLN_API const PlnComparisonItem *pln_comparison_item(const PlnComparison *comparison, guint i);
PLN_API const PlnComparisonCase *pln_comparison_case(const PlnComparisonItem *item, guint i);

/** The change of a share from @gained and @lost of @n pairs, its 95 % interval. */
PLN_API PlnComparisonOutcome pln_comparison_pairs(double value, guint64 gained, guint64 lost,
                                                  guint64 n);

/** The likeliest of four answers, the earlier of equals; PLN_VOTE_UNKNOWN where all are 0. */
PLN_API PlnVote pln_comparison_likeliest(const double chance[PLN_VOTE_KINDS]);
