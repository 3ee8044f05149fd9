/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A store: the rows of a sweep in one SQLite file, which other programs may read while it grows.
 *
 *  Tables (data/schema/store.sql, which is the schema's documentation and is what is executed):
 *  `meta` (key, value: what the sweep was, with the SHA-256 of each input; the runs that the store
 *  is of, `first` to below `end`; `state` "running" or "complete"), `dials`, `outcomes`, and `runs`:
 *  one tidy row a run.  View `results`: the same with sums of draws as means; view `points`:
 *  replicates added up.
 *
 *  While it is written the file is in WAL mode, a block a transaction; after a kill it opens with
 *  all blocks but the one that was on its way.  When the last run is in, it is written anew by
 *  VACUUM INTO beside it (PATH.part, which must be free) and renamed over it: the bytes of a complete store hang on its
 *  rows and meta alone (and SQLite's version), not on how often it was interrupted, nor on the order
 *  in which blocks came.  A digest of them all then stands in meta, and is held against them whenever
 *  a complete store is opened.  One process writes: it holds a lock on PATH.lock, which is gone when it
 *  closes.  A full disk or a store that cannot be written is an error in words that names the file;
 *  the rows before stand.  Cost: a microsecond a row of 5 dials and 6 outcomes, 75 bytes; memory does
 *  not grow with rows, but for pln_store_columns.
 *  Checked by tests/unit/test_store.c, tests/cli/sweep.sh and scripts/kill-sweeps. */
#pragma once
#include "plenary/experiment.h"

typedef struct PlnStore PlnStore;

/** One key and its value, in the order written. */
typedef struct {
  const char *key, *value;
} PlnStoreMeta;

/** What the columns of a row are. */
typedef struct {
  const GPtrArray *dials; /* PlnDial * */
  const PlnRunOutcome *outcome[PLN_RUN_OUTCOMES];
  guint outcomes;
  guint32 replicates; /* of each point: 1 or more */
} PlnStoreShape;

/** Points into @experiment. */
PlnStoreShape pln_store_shape_of(const PlnExperiment *experiment);

/** Opens @path to go on, or makes it.  A complete one of the same sweep is held to its digest.
 *  @meta: ended by a NULL key: what must be the same of a store that is there: nothing of shards,
 *  threads, paths or time; "runs", how many there are in all, is needed for merging
 *  @shape: copied; its pointers are kept by the caller as long as the store
 *  @first, @end: the runs that it is of
 *  Returns: NULL and PLN_ERROR_FAILED (the disk, a lock) or PLN_ERROR_DATA (another plan's, no
 *  store, altered since), with what differs; PLN_ERROR_USAGE where it is no regular file */
PlnStore *pln_store_open(const char *path, const PlnStoreShape *shape, const PlnStoreMeta *meta,
                         guint64 first, guint64 end, GError **error);
/** Opens a store to be read, by its own word; a complete one is held to its digest.
 *  Cost: one walk through its rows, 1 s a million.
 *  Returns: NULL and PLN_ERROR_DATA (no store, damaged or altered) or PLN_ERROR_FAILED */
PlnStore *pln_store_read(const char *path, GError **error);
void pln_store_close(PlnStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnStore, pln_store_close)

/** The runs that the store is of. */
guint64 pln_store_first(const PlnStore *store);
guint64 pln_store_end(const PlnStore *store);

/** How many rows it has. */
guint64 pln_store_rows(const PlnStore *store);

/** Written anew and closed to rows, not only full. */
gboolean pln_store_complete(const PlnStore *store);

/** The next runs that it lacks, of those from @from on: @first to below @end.
 *  Returns: FALSE where it lacks none, or (with @error) where it cannot be read */
gboolean pln_store_missing(PlnStore *store, guint64 from, guint64 *first, guint64 *end,
                           GError **error);

/** (transfer none) NULL where it has no such key; of pln_store_read alone. */
const char *pln_store_meta(const PlnStore *store, const char *key);

/** A PlnExperimentSink, @store as data: one transaction.  Blocks may come in any order.
 *  Returns: FALSE and PLN_ERROR_FAILED (the disk), or PLN_ERROR_DATA where a run is there already or
 *  is none of the store's; then none of the block is in */
gboolean pln_store_add(const PlnExperimentRow *row, guint n, gpointer store, GError **error);

/** What is told, once, when the end waits for another program that reads. */
typedef void (*PlnStoreWaiting)(gpointer data);

/** How long pln_store_finish waits, until an interrupt, for those who read what was there before;
 *  without it some seconds.  @waiting: (nullable) */
void pln_store_wait(PlnStore *store, guint seconds, PlnStoreWaiting waiting, gpointer data);

/** Writes it anew and complete; nothing where it is complete.
 *  Returns: FALSE and an error, PLN_ERROR_DATA where runs are missing; it may then be asked again */
gboolean pln_store_finish(PlnStore *store, GError **error);

/** Whether a file that is to be written to @path would leave @other alone, by name and by device and
 *  inode.  @what: what @other is, for the error: "the plan".  Returns: FALSE and PLN_ERROR_USAGE */
gboolean pln_store_apart(const char *path, const char *other, const char *what, GError **error);

/** FALSE and PLN_ERROR_USAGE where @path is there and is no regular file: what is written is renamed
 *  into its place. */
gboolean pln_store_is_file(const char *path, GError **error);

/** All rows of view `results` as CSV into @path, whole or not at all; @path NULL: standard output.
 *  The last columns are, as of every table, the weakest status and the provenance, from `meta`.
 *  Returns: FALSE and an error, PLN_ERROR_USAGE where @path is the store or no regular file */
gboolean pln_store_csv(PlnStore *store, const char *path, GError **error);

/** Shards of one plan put together into @into, complete: the same bytes as of a single sweep.
 *  @paths: n, in any order; they are only read.  @progress: (nullable): a step a row
 *  Returns: FALSE and PLN_ERROR_DATA where runs are missing (which), doubled, or of another plan;
 *  PLN_ERROR_USAGE where
 *  @into is a shard or no regular file; PLN_ERROR_FAILED where interrupted or the disk says no: @into
 *  is as it was */
gboolean pln_store_merge(const char *into, const char *const *paths, guint n, PlnProgress *progress,
                         GError **error);

/** The title or unit (@what: "title", "unit") of the outcome @id as the store has it.
 *  Returns: (transfer full): NULL where it has no such outcome, or cannot be read */
char *pln_store_outcome_text(const PlnStore *store, const char *id, const char *what);

/** Dials and one outcome as numbers, for scenario discovery.  Words are places in their list.  Rows
 *  without a value are left out.  Cost: 8 bytes a cell.
 *  @x: (out) (transfer full): rows x dials; @y: (out) (transfer full): rows
 *  @dials: (out) (transfer full): PlnDial *, owned
 *  Returns: FALSE and PLN_ERROR_USAGE where there is no such outcome */
gboolean pln_store_columns(PlnStore *store, const char *outcome, guint64 *rows, double **x,
                           double **y, GPtrArray **dials, GError **error);
