/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plenary sweep: the runs of a plan, into a store. */
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "plenary/sweep_request.h"
#include "plenary/text.h"
#include "plenary/votes_request.h"

const PlnOption pln_sweep_options[] = {
    {"output", 'o', "STORE", "the SQLite file; one that is there is gone on with", NULL},
    PLN_SHARD_OPTION,
    {"csv", 0, "FILE", "all rows as CSV too, when the last run is in", NULL},
    {"dry-run", 0, NULL, "how many runs, how long and how large; nothing is written", NULL},
    {"in-sample", 0, NULL, "allow an electorate that was fitted to the vote itself", NULL},
    {"threads", 0, "N", "threads, which change the time only (default: all processors)", NULL},
    {"format", 'f', "FORMAT", "of the summary: text (default) or json", "text json"},
    {NULL, 0, NULL, NULL, NULL}};

/* ---- What it would take ---- */

enum { TRIED = 64 }; /* runs at the most, and TRY_FOR seconds or so */
static const double TRY_FOR = 1.0, DAY = 86400;

/* Seconds a run. */
static double try_runs(const PlnSweepRequest *s) {
  g_autofree PlnExperimentRow *row = g_new(PlnExperimentRow, TRIED);
  guint64 most = MIN(s->end - s->first, TRIED), done = 0, step = 1;
  gint64 begun = g_get_monotonic_time();
  double seconds = 0;
  while (done < most && seconds < TRY_FOR && !pln_progress_interrupted()) {
    step = MIN(step, most - done);
    pln_experiment_make(s->experiment, s->first + done, s->first + done + step, row, NULL);
    done += step;
    step *= 4; /* a few at a time from the second on, as many threads take them */
    seconds = (double)(g_get_monotonic_time() - begun) / G_USEC_PER_SEC;
  }
  return done > 0 ? seconds / (double)done : 0;
}

/* A number of 8 bytes with its mark; a count or a run's number of some 3; a word; a row's head. */
static double row_bytes(const PlnSweepRequest *s) {
  double bytes = 14;
  for (guint k = 0; k < s->shape.dials->len; k++) {
    const PlnDial *dial = s->shape.dials->pdata[k];
    gboolean words = pln_dial_is_words(dial);
    bytes += words ? 12 : dial->levels > 0 ? 4 : 9;
  }
  for (guint k = 0; k < s->shape.outcomes; k++)
    bytes += s->shape.outcome[k]->counted ? 4 : 9;
  return bytes;
}

static char *span(double seconds) {
  if (seconds < 100)
    return g_strdup_printf("%.0f s", ceil(seconds));
  if (seconds < 6000)
    return g_strdup_printf("%.0f min", ceil(seconds / 60));
  if (seconds < 100 * 3600)
    return g_strdup_printf("%.1f h", seconds / 3600);
  return seconds < 1000 * DAY ? g_strdup_printf("%.0f days", ceil(seconds / DAY))
                              : g_strdup_printf("%.0f years", ceil(seconds / (365.25 * DAY)));
}

static char *size(double bytes) {
  static const char *const units[] = {"MB", "GB", "TB", "PB"};
  double much = bytes / 1e6 + 0.05;
  guint k = 0;
  for (; much >= 1000 && k + 1 < G_N_ELEMENTS(units); k++)
    much /= 1000;
  return g_strdup_printf("%.1f %s", much, units[k]);
}

static const char *many(guint64 n) {
  return n == 1 ? "" : "s";
}

static int dry_run(const PlnSweepRequest *s) {
  guint64 runs = s->end - s->first;
  double seconds = try_runs(s) * (double)runs;
  g_autofree char *time = span(seconds), *bytes = size(row_bytes(s) * (double)runs);
  const PlnRunnerOptions *asked = pln_runner_asked(pln_experiment_runner(s->experiment));
  guint dials = s->shape.dials->len, threads = asked->threads;
  printf("%" G_GUINT64_FORMAT " run%s of %u draw%s, %u dial%s, %u outcome%s;\n"
         "some %s with %u thread%s; a store of some %s.\nNothing was written.\n",
         runs, many(runs), asked->draws, many(asked->draws), dials, many(dials),
         s->shape.outcomes, many(s->shape.outcomes), time, threads, many(threads), bytes);
  return 0;
}

/* ---- The sweep ---- */

static gboolean make_all(const PlnSweepRequest *s, PlnStore *store, GError **error) {
  guint64 lacking = s->end - s->first - pln_store_rows(store), first = s->first, end = s->first;
  g_autoptr(PlnProgress) progress = pln_progress_new(STDERR_FILENO, "sweeping", lacking);
  g_autoptr(GError) bad = NULL;
  if (pln_store_rows(store) > 0)
    fprintf(stderr, "plenary: going on: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " runs are in\n",
            pln_store_rows(store), s->end - s->first);
  while (pln_store_missing(store, end, &first, &end, &bad))
    if (!pln_experiment_run(s->experiment, first, end, pln_store_add, store, progress, error))
      return FALSE;
  if (!bad)
    return TRUE;
  g_propagate_error(error, g_steal_pointer(&bad));
  return FALSE;
}

static int sweep(const PlnSweepRequest *s, const PlnArgs *args, const char *path, GError **error) {
  g_autoptr(PlnStore) store = pln_sweep_request_store(s, path, error);
  if (!store)
    return PLN_ERROR_FAILED;
  gboolean before = pln_store_complete(store);
  g_autofree char *name = pln_text_visible(path);
  if (!before && (!make_all(s, store, error) || !pln_store_finish(store, error))) {
    if (!pln_progress_interrupted() || !g_error_matches(*error, PLN_ERROR, PLN_ERROR_FAILED))
      return PLN_ERROR_FAILED;
    g_clear_error(error);
    fprintf(stderr,
            "plenary: interrupted: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
            " runs are in %s; the same command goes on\n",
            pln_store_rows(store), s->end - s->first, name);
    return 130;
  }
  if (before)
    fprintf(stderr, "plenary: %s is complete already\n", name);
  return pln_sweep_request_end(store, pln_experiment_why(s->experiment),
                               pln_args_value(args, "csv"), pln_args_value(args, "format"), error)
             ? 0
             : PLN_ERROR_FAILED;
}

int pln_run_sweep(const PlnArgs *args, GError **error) {
  guint threads = 0;
  PlnShard shard;
  gboolean dry = pln_args_flag(args, "dry-run");
  if (!pln_args_operands(args, 1, 1, error) ||
      !pln_sweep_words(args, !dry, (const char *const *)args->rest, "the plan", error) ||
      !pln_shard_read(args, &shard, error) ||
      !pln_args_count(args, "threads", 1, 1024, &threads, error))
    return PLN_ERROR_USAGE;
  g_autoptr(PlnSweepRequest) s =
      pln_sweep_request_new(args->rest[0], &shard, threads, pln_args_flag(args, "in-sample"), error);
  if (!s)
    return PLN_ERROR_FAILED; /* or rather what the error's code says */
  pln_progress_catch();
  return dry ? dry_run(s) : sweep(s, args, pln_args_value(args, "output"), error);
}
