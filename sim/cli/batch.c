/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plenary batch: a report of each of many scenarios, and an index of them. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "plenary/batch_part.h"
#include "plenary/error.h"
#include "plenary/forecast_request.h"
#include "plenary/output.h"
#include "plenary/page.h"
#include "plenary/progress.h"
#include "plenary/shard.h"
#include "plenary/text.h"
#include "plenary/version.h"
#include "plenary/votes_request.h"
#include "plenary/words.h"
#include "plenary/workers.h"

const PlnOption pln_batch_options[] = {
    {"output", 'o', "FOLDER", "where the reports and the index go (needed; made where missing)", NULL},
    {"proposal", 0, "ID", "the proposal that the index shows (default, and of a scenario without it: the first)", NULL},
    PLN_SHARD_OPTION,
    {"set", 0, "WHO=VOTE", "in all reports, as in plenary report; repeatable", NULL},
    {"set-file", 0, "FILE", "in all reports, edits from a CSV file", NULL},
    {"rule", 0, "RULE", "in all reports, what if this rule had decided", NULL},
    {"abstain-as", 0, "VOTE", "in all reports, as in plenary report", "yes no absent"},
    {"absent", 0, "VOTE", "in all reports, as in plenary report", "yes no abstain vote-with-bloc"},
    {"against", 0, "SCENARIO", "in all reports, a second scenario beside", NULL},
    {"blocs", 0, "BLOCS", "which blocs the tables show: all, or ids with commas", NULL},
    {"position", 0, "WHO=P", "in all reports, where a state, a bloc or ALL stands; repeatable", NULL},
    {"draws", 0, "N", "draws that a page makes of a vote (default 100000)", NULL},
    {"no-projection", 0, NULL, "the records alone", NULL},
    {"private", 0, NULL, "keep the private entries of whip.csv, which are left out else", NULL},
    PLN_FORECAST_OPTIONS,
    {NULL, 0, NULL, NULL, NULL}};

/* ---- What is asked ---- */

static void item_free(gpointer data) {
  PlnBatchItem *item = data;
  g_free(item->name);
  g_free(item->path);
  g_free(item->label);
  g_free(item->proposal);
  g_free(item->fault);
  g_ptr_array_unref(item->words);
  g_free(item);
}

static void batch_free(PlnBatch *batch) {
  g_free(batch->source);
  g_free(batch->folder);
  g_free(batch->common);
  g_ptr_array_unref(batch->items);
  g_array_unref(batch->inputs);
  g_free(batch);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnBatch, batch_free)

static PlnBatch *batch_new(const PlnArgs *args) {
  PlnBatch *batch = g_new0(PlnBatch, 1);
  batch->args = args;
  batch->source = g_strdup(args->rest[0]);
  batch->folder = g_strdup(pln_args_value(args, "output"));
  batch->items = g_ptr_array_new_with_free_func(item_free);
  batch->inputs = pln_inputs_new();
  return batch;
}

static gboolean open_folder(const PlnBatch *batch, GError **error) {
  if (!batch->folder || !*batch->folder) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "a batch is a folder of pages; expected -o FOLDER");
    return FALSE;
  }
  if (g_mkdir_with_parents(batch->folder, 0777) == 0)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "%s cannot be made: %s", batch->folder,
              g_strerror(errno));
  return FALSE;
}

/* Shards work side by side, a whole run alone.  Where the file system knows no locks it goes on
 * without.  Returns: the descriptor that holds the lock, -1 where there is none, -2 and an error */
static int lock(const PlnBatch *batch, const PlnShard *shard, GError **error) {
  int fd = open(batch->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0 || flock(fd, (shard->n > 0 ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 || errno != EWOULDBLOCK)
    return fd;
  close(fd);
  g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED,
              "%s: another plenary batch is at work in it; expected to be alone there, or a "
              "--shard among others",
              batch->folder);
  return -2;
}

/* ---- The reports ---- */

typedef struct {
  const PlnBatch *batch;
  guint first;
  PlnBatchRow **row; /* of each task, NULL where it was not come to */
  PlnBatchDone *done;
  GError **error;
  gint stop; /* atomic: the machine refused */
  PlnProgress *progress;
} Work;

static void make_one(guint task, guint thread, gpointer data) {
  Work *work = data;
  (void)thread;
  if (g_atomic_int_get(&work->stop) || pln_progress_interrupted())
    return;
  if (!pln_batch_make(work->batch, work->batch->items->pdata[work->first + task], &work->row[task],
                      &work->done[task], &work->error[task]))
    g_atomic_int_set(&work->stop, 1);
  pln_progress_step(work->progress, 1);
}

/* The rows come in the order of the items, whichever was made first. */
static gboolean collect(const Work *work, guint n, GPtrArray *rows, guint *counts, GError **error) {
  for (guint k = 0; k < n; k++) {
    if (work->error[k] && error && !*error)
      g_propagate_error(error, g_steal_pointer(&work->error[k]));
    g_clear_error(&work->error[k]);
    if (work->row[k])
      counts[work->done[k]]++;
    if (work->row[k])
      g_ptr_array_add(rows, work->row[k]);
  }
  return !g_atomic_int_get(&work->stop);
}

/* Returns: FALSE and an error where the machine refused */
static gboolean make_all(const PlnBatch *batch, guint threads, guint first, guint n,
                         GPtrArray *rows, guint *counts, GError **error) {
  g_autofree PlnBatchRow **row = g_new0(PlnBatchRow *, n + 1);
  g_autofree PlnBatchDone *done = g_new0(PlnBatchDone, n + 1);
  g_autofree GError **errors = g_new0(GError *, n + 1);
  g_autoptr(PlnProgress) progress = pln_progress_new(STDERR_FILENO, "writing reports", n);
  Work work = {batch, first, row, done, errors, 0, progress};
  pln_workers_run(threads, n, make_one, &work);
  return collect(&work, n, rows, counts, error);
}

/* ---- The index ---- */

static gboolean put(const PlnBatch *batch, const char *name, const char *text, GError **error) {
  g_autofree char *path = g_build_filename(batch->folder, name, NULL);
  return text && pln_batch_put(path, text, error);
}

/* Without paths and threads. */
static char *command_of(const PlnBatch *batch) {
  GString *command = g_string_new("plenary batch");
  const PlnArgs *args = batch->args;
  for (guint k = 0; args->options[k].name; k++) {
    const char *name = args->options[k].name;
    if (g_str_equal(name, "output") || g_str_equal(name, "threads") || g_str_equal(name, "shard"))
      continue;
    if (args->flag[k])
      pln_words_add_option(command, name, NULL);
    for (char **value = args->value[k]; value && *value; value++)
      pln_words_add_option(command, name, *value);
  }
  g_autofree char *whole = g_canonicalize_filename(batch->source, NULL);
  g_autofree char *name = g_path_get_basename(whole);
  pln_words_add(command, name);
  return g_string_free(command, FALSE);
}

static gboolean write_index(const PlnBatch *batch, const GPtrArray *rows, GError **error) {
  g_autoptr(PlnWorld) world = pln_open_world(error);
  g_autoptr(PlnDoc) doc = pln_doc_new();
  g_autofree char *command = command_of(batch);
  g_autofree char *whole = g_canonicalize_filename(batch->source, NULL);
  g_autofree char *name = g_path_get_basename(whole);
  g_autofree char *title = g_strdup_printf("Reports on %s", name);
  if (!world)
    return FALSE;
  PlnProvenance from = {PLN_VERSION,
                        command,
                        pln_batch_weakest(rows),
                        "as each report has it.",
                        batch->inputs,
                        pln_world_inputs(world)};
  pln_compose_batch(doc, title, rows);
  g_autofree char *page = pln_write_page(doc, &from, NULL, title);
  g_autofree char *json = pln_write_json(doc, &from);
  g_autofree char *csv = pln_write_csv(doc, &from, "scenarios", error);
  return csv && put(batch, "index.json", json, error) && put(batch, "index.csv", csv, error) &&
         put(batch, "index.html", page, error);
}

/* ---- The command ---- */

static void say_faults(const GPtrArray *rows) {
  for (guint k = 0; k < rows->len; k++) {
    const PlnBatchRow *row = rows->pdata[k];
    g_autofree char *more =
        row->faults > 1 ? g_strdup_printf(" (and %u more)", row->faults - 1) : g_strdup("");
    if (*row->fault)
      fprintf(stderr, "%s: %s%s\n", row->name, row->fault, more);
  }
}

/* In lines of 80 columns; a word that is longer stands alone. */
static void say(FILE *to, const char *text) {
  enum { WIDTH = 80 };
  g_auto(GStrv) words = g_strsplit(text, " ", -1);
  guint at = 0;
  for (char **word = words; *word; word++) {
    guint n = pln_text_width(*word);
    gboolean fits = at == 0 || at + 1 + n <= WIDTH;
    fprintf(to, "%s%s", at == 0 ? "" : fits ? " " : "\n", *word);
    at = at == 0 || !fits ? n : at + 1 + n;
  }
  fputc('\n', to);
}

static void say_done(const PlnBatch *batch, const GPtrArray *rows, const guint *counts,
                     const PlnShard *shard) {
  PlnBatchSum sum = pln_batch_sum(rows);
  g_autofree char *answer = pln_say_batch(&sum), *all = pln_say_batch_all(&sum);
  g_autofree char *folder = pln_text_visible(batch->folder);
  g_autofree char *gone = shard->n == 0 ? pln_batch_folder_gone(batch) : NULL;
  g_autoptr(GString) done = g_string_new(NULL);
  g_string_printf(done, "%u made, %u kept", counts[PLN_BATCH_MADE], counts[PLN_BATCH_KEPT]);
  if (shard->n > 0)
    g_string_append_printf(done, "; shard %u of %u, the index is made by a run without --shard",
                           shard->i, shard->n);
  else
    g_string_append_printf(done, "; see %s%sindex.html", folder,
                           g_str_has_suffix(folder, "/") ? "" : "/");
  say(stdout, answer);
  if (all)
    say(stdout, all);
  say(stdout, done->str);
  if (gone)
    say(stdout, gone);
}

static int finish(const PlnBatch *batch, const PlnShard *shard, guint n, const GPtrArray *rows,
                  const guint *counts, GError **error) {
  if (rows->len < n) {
    g_autofree char *why = g_strdup_printf(
        "plenary: interrupted; %u of %u reports are there, the same command goes on", rows->len, n);
    say(stderr, why);
    return 130;
  }
  if (shard->n == 0 && !write_index(batch, rows, error))
    return PLN_ERROR_FAILED;
  say_done(batch, rows, counts, shard);
  say_faults(rows);
  return counts[PLN_BATCH_FAULTY] > 0 ? PLN_ERROR_DATA : 0;
}

static void row_free(gpointer row) {
  pln_batch_row_free(row);
}

static int run_locked(const PlnBatch *batch, const PlnShard *shard, guint threads, GError **error) {
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(row_free);
  guint counts[] = {0, 0, 0};
  guint64 first, end;
  pln_shard_range(shard, batch->items->len, &first, &end);
  if (!pln_batch_folder_ours(batch, first, end, shard->n == 0, error))
    return PLN_ERROR_USAGE;
  pln_batch_folder_clean(batch, first, end, shard->n == 0);
  pln_progress_catch();
  if (!make_all(batch, threads, (guint)first, (guint)(end - first), rows, counts, error))
    return PLN_ERROR_FAILED;
  return finish(batch, shard, (guint)(end - first), rows, counts, error);
}

static gboolean read_threads(const PlnArgs *args, guint *threads, GError **error) {
  *threads = 0;
  return pln_args_count(args, "threads", 1, 1024, threads, error);
}

int pln_run_batch(const PlnArgs *args, GError **error) {
  guint threads;
  PlnShard shard;
  if (!pln_args_operands(args, 1, 1, error) || !pln_shard_read(args, &shard, error) ||
      !read_threads(args, &threads, error))
    return PLN_ERROR_USAGE;
  g_autoptr(PlnBatch) batch = batch_new(args);
  if (!pln_batch_list(batch, error) || !(batch->common = pln_batch_common(error)) ||
      !open_folder(batch, error))
    return PLN_ERROR_FAILED; /* or rather what the error's code says */
  int held = lock(batch, &shard, error);
  if (held == -2)
    return PLN_ERROR_FAILED;
  int status = run_locked(batch, &shard, threads, error);
  if (held >= 0)
    close(held);
  return status;
}
