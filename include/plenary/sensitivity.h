/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Sensitivity: which of the things that are uncertain matter for what comes out, and what would
 *  have to be true for it to come out otherwise.
 *
 *  Dials: what the scenario states to be uncertain (stated.h) and what the caller varies.  All runs,
 *  the base too, share their draws (runner.h).
 *
 *  *tornado*: one dial at a time, the others as stated: a normal at its 5 and 95 % points, a range at
 *  both ends, a list at each of its words, PLN_SENSITIVITY_TORNADO replicates each; the weightiest
 *  first.  *morris*: elementary effects of all dials (morris.h), of the step that is made: half the
 *  range, of words a change of the word.  *sobol*: shares of the variance, first order and total
 *  (saltelli.h), of the PLN_SENSITIVITY_MOST weightiest dials, by mu* where there are more; the
 *  others stay as stated.  *prim*: scenario discovery (discovery.h) over a Latin hypercube in
 *  which positions run over their whole scale (pln_stated_whole).
 *
 *  Intervals.  Of an outcome that is drawn: over replicates, mean ± t s / sqrt(n), t by the expansion
 *  of Abramowitz and Stegun 26.7.5; of changes over the paired differences.  Of effects and indices:
 *  bootstrap; they are those of the outcome on one replicate's draws.
 *
 *  *The day of a protocol* is that of the draws in which it is adopted: a run in which these are
 *  fewer than PLN_SENSITIVITY_RARE has none (NAN), and the chance stands beside the day.
 *
 *  *Of a store*: pln_sensitivity_of_columns makes no runs: discovery, and Spearman's rank correlation
 *  of each dial with the outcome, with Fisher's interval and variance 1.06/(n - 3) (Fieller, Hartley
 *  and Pearson 1957), which runs of a grid, being no sample, have not.  A list of words has none.
 *  Of fewer than PLN_SENSITIVITY_FEW runs, or PLN_SENSITIVITY_EACH a word, nothing is told.
 *
 *  The same bytes for any number of threads.  Cost: pln_sensitivity_runs times a run's.
 *  Checked by tests/unit/test_sensitivity.c and tests/cli/sensitivity.sh. */
#pragma once
#include "plenary/discovery.h"
#include "plenary/morris.h"
#include "plenary/progress.h"
#include "plenary/saltelli.h"
#include "plenary/stated.h"

enum {
  PLN_SENSITIVITY_DIALS = 64,
  PLN_SENSITIVITY_TORNADO = 20, /* replicates of a place */
  PLN_SENSITIVITY_MOST = 8,     /* dials of Sobol indices */
  PLN_SENSITIVITY_PLACES = 16,  /* words of a list */
  PLN_SENSITIVITY_FEW = 40,     /* runs of a store, fewer of which tell nothing */
  PLN_SENSITIVITY_EACH = 4,     /* the same, a word */
};

/** The share of draws in which a protocol is adopted, below which its day is not said. */
#define PLN_SENSITIVITY_RARE 0.05

typedef enum {
  PLN_SENSE_TORNADO = 1,
  PLN_SENSE_MORRIS = 2,
  PLN_SENSE_SOBOL = 4,
  PLN_SENSE_PRIM = 8,
  PLN_SENSE_ALL = 15
} PlnSense;

typedef struct {
  PlnRunnerOptions runner;     /* study, electorate, proposal …; draws: of a run */
  const GPtrArray *set;        /* (nullable) PlnChange *: in all runs */
  const GPtrArray *vary;       /* (nullable) PlnDial *: each in place of the stated one of its name */
  gboolean only;               /* no stated ones beside them */
  const char *outcome;         /* NULL: adopted, of a record margin, else the first that there is */
  guint methods;               /* PlnSense, or-ed */
  guint trajectories, rows, runs; /* of morris, sobol, prim */
  double level;                /* of intervals */
  gboolean grid;               /* of columns: all combinations of places, no sample: no intervals */
  const PlnInterest *fails;    /* (nullable): which runs are of interest: usually those in which it
                                  is not adopted as likely as not, loses, or stays below the base */
  PlnProgress *(*progress)(guint64 steps, gpointer data); /* (nullable): made when the number of runs
                                                             is known, freed by the study */
  gpointer data;
} PlnSensitivityOptions;

/** All methods; 20 trajectories, 256 rows, 1000 runs; 0.95. */
PLN_API PlnSensitivityOptions pln_sensitivity_options(void);

/** A number that chance has a part in; low and high NAN where it has none. */
typedef struct {
  double value, low, high;
} PlnSense3;

/** One dial turned alone. */
typedef struct {
  guint dial, n;                      /* n: places */
  double at[PLN_SENSITIVITY_PLACES];  /* the dial's values */
  PlnSense3 y[PLN_SENSITIVITY_PLACES];
  PlnSense3 change;                   /* from the first place to the last; of words from the least
                                         outcome to the greatest */
  guint least, most;                  /* places of the least and greatest outcome */
  double swing;                       /* the greatest less the least, the base among them; NAN */
  PlnSense3 off[PLN_SENSITIVITY_PLACES];   /* from the base, draw by draw */
  double adopted[PLN_SENSITIVITY_PLACES];  /* of the day of a protocol: its chance; else NAN */
  gboolean rare;                      /* somewhere below PLN_SENSITIVITY_RARE, elsewhere not */
  int beyond;                         /* 1: both ends of a range are above the base, by more than
                                         chance, -1: below it; 0: neither, or words */
} PlnSenseBar;

typedef struct {
  guint dial;
  PlnMorrisEffect effect;
} PlnSenseEffect;

typedef struct {
  guint dial;
  PlnSaltelliIndex index;
} PlnSenseIndex;

/** Spearman's rho; NAN of words. */
typedef struct {
  guint dial;
  PlnSense3 rho; /* of numbers; NAN of words, and where nothing varies */
  double ratio;  /* of words, which have no order; NAN else */
  gboolean few;  /* too few runs to tell: both NAN */
} PlnSenseRank;

typedef struct {
  const PlnScenario *scenario; /* or NULL: of columns without one */
  PlnSensitivityOptions options;
  PlnRunner *runner;           /* NULL: of columns */
  GPtrArray *changes;          /* PlnChange *: what the runner was given; NULL: of columns */
  PlnStated stated;
  GPtrArray *dials;            /* PlnDial * */
  char **title;                /* of each: pln_stated_title, with WHERE where two are alike */
  char *outcome, *outcome_title, *unit;
  gboolean drawn; /* chance has a part in the outcome: the talks' forecast has none */
  PlnSense3 base;              /* nothing turned */
  double adopted;              /* of the day of a protocol: its chance, nothing turned; else NAN */
  guint64 runs, without;       /* made; of them without a value */
  GArray *bars;                /* PlnSenseBar, by swing, those that are rare before; empty where not
                                  asked for */
  GArray *effects;             /* PlnSenseEffect, by mu*, the greatest first */
  GArray *indices;             /* PlnSenseIndex, by total */
  PlnSaltelliSum sum;
  double first_sum;            /* of the indices that are known; NAN where there are none */
  PlnDiscovery *discovery;     /* or NULL */
  GPtrArray *whole;            /* (nullable) PlnDial *: as discovery turns them */
  GArray *ranks;               /* PlnSenseRank, by |rho| or ratio; of columns alone */
  double *x, *y, *at;          /* discovery's runs: rows x dials, rows; what is stated */
  PlnStatus weakest;
} PlnSensitivity;

/** @scenario, what @options points to: kept by the caller.
 *  Returns: NULL and PLN_ERROR_USAGE (a name, an outcome, no dials), PLN_ERROR_DATA, or
 *  PLN_ERROR_FAILED where interrupted */
PLN_API PlnSensitivity *pln_sensitivity_new(const PlnScenario *scenario,
                                            const PlnSensitivityOptions *options, GError **error);

/** Of runs made before.  @x: rows x dials, @y: rows, both taken over as @dials is
 *  @outcome, @unit: of what y is
 *  @stated: (nullable): the scenario that the runs are of, where it is the same still: what it states
 *  of the dials is said of the boxes
 *  Returns: NULL and PLN_ERROR_FAILED where interrupted */
PLN_API PlnSensitivity *pln_sensitivity_of_columns(GPtrArray *dials, guint64 rows, double *x,
                                                   double *y, const char *outcome,
                                                   const char *unit, const PlnStated *stated,
                                                   const PlnSensitivityOptions *options,
                                                   GError **error);
PLN_API void pln_sensitivity_free(PlnSensitivity *sensitivity);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnSensitivity, pln_sensitivity_free)

/** What the outcome @id is called in a sentence, behind "the": "chance of adoption"; NULL: not known. */
PLN_API const char *pln_sensitivity_noun(const char *id);

/** Which runs are of interest where nobody says: not adopted as likely as not, votes short of those
 *  needed; dates after the month of the base, anything else below it. */
PLN_API PlnInterest pln_sensitivity_fails(const char *outcome, double base);

/** Whether @fails (nullable) can be said of an outcome in @unit: a chance is from 0 to 1, a date a
 *  year.  Returns: FALSE and PLN_ERROR_USAGE */
PLN_API gboolean pln_sensitivity_check_fails(const PlnInterest *fails, const char *unit,
                                             GError **error);

/** Spearman's rank correlation of @x (each @stride apart) and @y, ties at their mean rank, with its
 *  interval; NAN where either does not vary. */
PLN_API PlnSense3 pln_sensitivity_rank(guint64 rows, const double *x, guint stride, const double *y,
                                       double level);

/** The correlation ratio: the root of the share of y's variance that the means at @x's words make,
 *  less what as many words make of noise: sqrt((s - c) / (1 - c)), c = (words - 1) / (rows - 1).
 *  NAN where y does not vary, or fewer than two words stand in @x.
 *  @x: places of words below @words, each @stride apart */
PLN_API double pln_sensitivity_ratio(guint64 rows, const double *x, guint stride, guint words,
                                     const double *y);

/** Mean of @n values with its interval; one value has none. */
PLN_API PlnSense3 pln_sensitivity_mean(guint n, const double *value, double level);
