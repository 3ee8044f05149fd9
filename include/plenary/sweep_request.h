/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A request for a sweep: a plan's words, read once, with the scenario, the electorate and the
 *  runner that they ask for; what `plenary sweep` and `plenary-mpi` have in common, so that the
 *  store is the same whoever makes it.  Nothing of a store is touched before
 *  pln_sweep_request_store.  Checked by tests/cli/sweep.sh. */
#pragma once
#include "plenary/forecast_request.h"
#include "plenary/shard.h"
#include "plenary/store.h"

typedef struct {
  PlnPlan *plan;
  PlnForecastRequest *request; /* the scenario, the electorate, the world */
  PlnRunnerOptions options;
  PlnExperiment *experiment;
  PlnStoreShape shape;
  GArray *meta;       /* PlnStoreMeta, ended by a NULL key: nothing of shards, threads or paths */
  GPtrArray *words;   /* char *: that meta points to */
  guint64 first, end; /* the runs of the shard */
} PlnSweepRequest;

/** @path: PLAN.csv; @shard: (nullable): NULL: all; @threads: 0: all processors
 *  @in_sample: an electorate that was fitted to the vote itself is allowed
 *  Returns: NULL and the error whose code is the exit status */
PlnSweepRequest *pln_sweep_request_new(const char *path, const PlnShard *shard, guint threads,
                                       gboolean in_sample, GError **error);
void pln_sweep_request_free(PlnSweepRequest *sweep);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnSweepRequest, pln_sweep_request_free)

/** Its store, opened to go on or made: pln_store_open. */
PlnStore *pln_sweep_request_store(const PlnSweepRequest *sweep, const char *path, GError **error);

/** What sweep and merge have in common: -o, where it @needs one, --csv and --format.  Neither file
 *  may be anything but a regular one, nor the CSV the store or one of @inputs, and the CSV's folder
 *  must be there and take files: looked at before the first run is made.
 *  @inputs: NULL-terminated, what is read; @what: what each is, "the plan"
 *  Returns: FALSE and PLN_ERROR_USAGE, or PLN_ERROR_FAILED of the folder */
gboolean pln_sweep_words(const PlnArgs *args, gboolean needs, const char *const *inputs,
                         const char *what, GError **error);

/** What is said when all is done: the summary of @store on standard output, "text" or "json"; and
 *  all rows as CSV into @csv, where it is not NULL.  @why: (nullable): why runs have no answer */
gboolean pln_sweep_request_end(PlnStore *store, const char *why, const char *csv,
                               const char *format, GError **error);
