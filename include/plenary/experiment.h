/* SPDX-License-Identifier: GPL-3.0-or-later */
/** An experiment: the runs of a plan, made by threads, handed on in their order.
 *
 *  Run k is addressed: its point, its draws and so its row hang on the plan and k alone.  So a part
 *  of the runs is the same whoever makes it, whatever was made before; a shard i of N is the runs
 *  from floor((i-1) R / N) up to floor(i R / N), and shards put together are the whole.
 *
 *  Runs are made in blocks of about half a second; a block's rows are handed to the sink together,
 *  in order, by the thread that called; an interrupt ends after the rows that are complete up to the
 *  first that is not.
 *  Memory: a block's rows (at most PLN_EXPERIMENT_BLOCK), whatever the number of runs.
 *  Checked by tests/unit/test_experiment.c. */
#pragma once
#include "plenary/plan.h"
#include "plenary/progress.h"
#include "plenary/runner.h"

enum { PLN_EXPERIMENT_BLOCK = 4096 };

/** One run: its row in the store. */
typedef struct {
  guint64 run;
  double dial[PLN_PLAN_DIALS]; /* the dials' values: numbers, or places of words */
  PlnRunResult result;
  gboolean failed; /* the study had no answer: draws are 0, values NAN */
} PlnExperimentRow; /* plain: it may be sent as bytes to another process of the same program */

/** Takes @n rows, in order.  Returns: FALSE and an error, which ends the experiment */
typedef gboolean (*PlnExperimentSink)(const PlnExperimentRow *row, guint n, gpointer data,
                                      GError **error);

typedef struct PlnExperiment PlnExperiment;

/** The changes that the runs of @plan may make, for pln_runner_new: those that are set, and of each
 *  dial all that it may be turned to (dials.h).  Returns: (transfer full): PlnChange *, owned */
PLN_API GPtrArray *pln_experiment_changes(const PlnPlan *plan);

/** @plan, @scenario, what @options points to: kept by the caller.  options.study, draws, seed are
 *  the plan's already.
 *  Returns: NULL and PLN_ERROR_USAGE or _DATA as pln_runner_new */
PLN_API PlnExperiment *pln_experiment_new(const PlnPlan *plan, const PlnScenario *scenario,
                                          const PlnRunnerOptions *options, GError **error);
PLN_API void pln_experiment_free(PlnExperiment *experiment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnExperiment, pln_experiment_free)

PLN_API const PlnPlan *pln_experiment_plan(const PlnExperiment *experiment);
PLN_API PlnRunner *pln_experiment_runner(const PlnExperiment *experiment);
PLN_API guint64 pln_experiment_runs(const PlnExperiment *experiment);

/** The runs of shard @i (from 1) of @shards: @first to below @end. */
PLN_API void pln_experiment_shard(guint64 runs, guint i, guint shards, guint64 *first, guint64 *end);

/** Makes runs @first to below @end with options.threads threads, at once, into @row.
 *  @progress: (nullable)
 *  Returns: how many from @first on are made: all, or fewer where interrupted */
PLN_API guint pln_experiment_make(PlnExperiment *experiment, guint64 first, guint64 end,
                                  PlnExperimentRow *row, PlnProgress *progress);

/** Why the first run had no answer that had none, of those made so far; NULL: all had. */
PLN_API const char *pln_experiment_why(const PlnExperiment *experiment);

/** Makes runs @first to below @end with options.threads threads, block by block.
 *  Returns: FALSE and the sink's error, or PLN_ERROR_FAILED where interrupted
 *  (pln_progress_interrupted): what was handed on stands */
PLN_API gboolean pln_experiment_run(PlnExperiment *experiment, guint64 first, guint64 end,
                                    PlnExperimentSink sink, gpointer data, PlnProgress *progress,
                                    GError **error);
