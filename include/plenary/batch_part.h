/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A batch: what the files of plenary batch share.
 *
 *  A list of items in a fixed order, each a scenario and the words of plenary report that make
 *  its page.  An item is made or kept on its own, reads nothing that another writes, and writes
 *  two files, each whole or not at all: the sidecar with the hash of the page, then the page, so
 *  that whenever the program is killed the next run sees what is whole, and no page of a batch is
 *  without a sidecar: one without is somebody else's, and is never written over.
 *  Checked by tests/cli/batch.sh. */
#pragma once
#include "plenary/command.h"
#include "plenary/compose_batch.h"
#include "plenary/input.h"

typedef struct {
  char *name;       /* of the page, without .html: letters, digits, . _ - */
  char *path;       /* the scenario's folder */
  char *label;      /* the folder's own name */
  GPtrArray *words; /* char *: "--rule=..." of plenary report, those for all first */
  char *proposal;   /* (nullable): that the index shows */
  gboolean own;     /* the manifest names it for this one: else who has none such shows its first */
  char *fault;      /* (nullable): of its row in the manifest: it has its line, and no page */
} PlnBatchItem;

typedef struct {
  const PlnArgs *args;
  char *source, *folder; /* what lists the scenarios; where the reports go */
  GPtrArray *items;      /* PlnBatchItem * */
  GArray *inputs;        /* PlnInput: the manifest */
  char *common;          /* digest of what all reports rest on: version, page, shipped tables */
} PlnBatch;

/* ---- What is asked: batch_list.c, batch_manifest.c ---- */

/** The items that the batch's source and args name.
 *  Returns: FALSE and PLN_ERROR_DATA with the manifest's faults, or PLN_ERROR_USAGE */
gboolean pln_batch_list(PlnBatch *batch, GError **error);

/** The same of a manifest. */
gboolean pln_batch_manifest(PlnBatch *batch, GError **error);

/** An item with the words for all.  @taken: names that are; @name: (nullable): else of the folder
 *  Returns: owned by the batch */
PlnBatchItem *pln_batch_add(PlnBatch *batch, GHashTable *taken, const char *name, const char *path);

/* ---- The folder: batch_folder.c ---- */

/** Whether nothing of somebody else's would be written over by items @first to @end, and, of a
 *  @whole run, by the index.  Returns: FALSE and PLN_ERROR_USAGE */
gboolean pln_batch_folder_ours(const PlnBatch *batch, guint64 first, guint64 end, gboolean whole,
                               GError **error);

/** Removes the half files that a killed run left. */
void pln_batch_folder_clean(const PlnBatch *batch, guint64 first, guint64 end, gboolean whole);

/** "2 pages of no scenario any more: a.html, b.html", (transfer full), or NULL. */
char *pln_batch_folder_gone(const PlnBatch *batch);

/** A file, whole or not at all. */
gboolean pln_batch_put(const char *path, const char *text, GError **error);

/* ---- One report: batch_make.c ---- */

typedef enum { PLN_BATCH_MADE, PLN_BATCH_KEPT, PLN_BATCH_FAULTY } PlnBatchDone;

/** The digest of what every report rests on; (transfer full), or NULL and an error. */
char *pln_batch_common(GError **error);

/** Makes the item's page and sidecar, or keeps them where nothing changed.
 *  @row: (out) (transfer full): NULL where an interrupt came, and nothing is said of it
 *  Returns: FALSE where the machine refuses: no file can be written */
gboolean pln_batch_make(const PlnBatch *batch, const PlnBatchItem *item, PlnBatchRow **row,
                        PlnBatchDone *done, GError **error);
