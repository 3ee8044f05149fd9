/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/experiment.h"

#include <math.h>
#include <string.h>

#include "plenary/design.h"
#include "plenary/dials.h"
#include "plenary/error.h"
#include "plenary/workers.h"

/* Rows are handed on about so often, in seconds; within a block each thread takes so many parts, so
 * that the last one's end is not long waited for: a part is a stretch of runs, as a thread keeps
 * what a run has in common with the one before. */
static const double EVERY = 0.5;
enum { PARTS = 24, GROWS = 4, FIRST_BLOCK = 16 };

struct PlnExperiment {
  const PlnPlan *plan;
  PlnRunner *runner;
  PlnDesign *design;  /* NULL: no dials */
  GPtrArray *changes; /* what pln_runner_new was given, kept as long */
  guint threads;
  GMutex lock;
  char *why; /* under lock, with the run that it is of */
  guint64 why_run;
};

GPtrArray *pln_experiment_changes(const PlnPlan *plan) {
  return pln_dials_changes(plan->set, plan->dials);
}

static gboolean is_grid(const PlnPlan *plan) {
  return strcmp(plan->design, pln_design_words[PLN_DESIGN_GRID]) == 0;
}

static PlnDesign *design_of(const PlnPlan *plan, GError **error) {
  guint kind = 0, levels[PLN_PLAN_DIALS];
  while (pln_design_words[kind + 1] && strcmp(plan->design, pln_design_words[kind]) != 0)
    kind++;
  for (guint k = 0; k < plan->dials->len; k++) {
    const PlnDial *dial = plan->dials->pdata[k];
    levels[k] = MAX(dial->kind == PLN_RANGE_LIST ? dial->n : dial->levels, 1);
  }
  return pln_design_new((PlnDesignKind)kind, plan->dials->len, is_grid(plan) ? levels : NULL,
                        plan->points, plan->seed, error);
}

PlnExperiment *pln_experiment_new(const PlnPlan *plan, const PlnScenario *scenario,
                                  const PlnRunnerOptions *options, GError **error) {
  g_autoptr(PlnExperiment) e = g_new0(PlnExperiment, 1);
  g_mutex_init(&e->lock);
  e->plan = plan;
  if (!pln_dials_fit(plan->dials, scenario, options->study, error))
    return NULL;
  e->changes = pln_experiment_changes(plan);
  e->design = plan->dials->len > 0 ? design_of(plan, error) : NULL;
  if (plan->dials->len > 0 && !e->design)
    return NULL;
  PlnRunnerOptions asked = *options;
  asked.threads = e->threads = pln_workers_count(options->threads, G_MAXUINT16);
  e->runner = pln_runner_new(scenario, &asked, e->changes, error);
  return e->runner ? g_steal_pointer(&e) : NULL;
}

void pln_experiment_free(PlnExperiment *e) {
  if (!e)
    return;
  pln_runner_free(e->runner);
  pln_design_free(e->design);
  g_clear_pointer(&e->changes, g_ptr_array_unref);
  g_mutex_clear(&e->lock);
  g_free(e->why);
  g_free(e);
}

const PlnPlan *pln_experiment_plan(const PlnExperiment *e) {
  return e->plan;
}

PlnRunner *pln_experiment_runner(const PlnExperiment *e) {
  return e->runner;
}

guint64 pln_experiment_runs(const PlnExperiment *e) {
  return pln_plan_runs(e->plan);
}

const char *pln_experiment_why(const PlnExperiment *e) {
  return e->why;
}

/* i R / N, without the product, which may be larger than 64 bits hold. */
static guint64 share(guint64 runs, guint i, guint shards) {
  return runs / shards * i + runs % shards * i / shards;
}

void pln_experiment_shard(guint64 runs, guint i, guint shards, guint64 *first, guint64 *end) {
  *first = share(runs, i - 1, shards);
  *end = share(runs, i, shards);
}

/* ---- One run ---- */

static void turn(const PlnExperiment *e, guint64 point, double *value) {
  const GPtrArray *dials = e->plan->dials;
  double u[PLN_PLAN_DIALS];
  gboolean grid = is_grid(e->plan);
  if (dials->len > 0 && !grid)
    pln_design_point(e->design, point, u);
  for (guint j = 0; j < dials->len; j++) {
    const PlnDial *dial = dials->pdata[j];
    value[j] = pln_dial_value(
        dial, grid ? pln_dial_level(dial, pln_design_level(e->design, point, j)) : u[j]);
  }
}

static void fail(PlnExperiment *e, PlnExperimentRow *row, const GError *bad) {
  memset(&row->result, 0, sizeof row->result);
  for (guint k = 0; k < PLN_RUN_OUTCOMES; k++)
    row->result.value[k] = NAN;
  row->failed = TRUE;
  g_mutex_lock(&e->lock);
  if (!e->why || row->run < e->why_run) {
    g_free(e->why);
    e->why =
        g_strdup_printf("run %" G_GUINT64_FORMAT ": %s", row->run, bad ? bad->message : "no answer");
    e->why_run = row->run;
  }
  g_mutex_unlock(&e->lock);
}

static void make(PlnExperiment *e, guint thread, guint64 run, PlnExperimentRow *row) {
  const PlnPlan *plan = e->plan;
  guint32 replicates = MAX(plan->replicates, 1);
  g_autofree const PlnChange **list = g_new(const PlnChange *, plan->set->len + plan->dials->len + 1);
  PlnChange turned[PLN_PLAN_DIALS];
  guint n = 0;
  g_autoptr(GError) bad = NULL;
  memset(row, 0, sizeof *row); /* bytes that are no field's too: they may be sent */
  row->run = run;
  turn(e, run / replicates, row->dial);
  for (; n < plan->set->len; n++)
    list[n] = plan->set->pdata[n];
  for (guint j = 0; j < plan->dials->len; j++)
    if (pln_dial_turn(plan->dials->pdata[j], row->dial[j], &turned[j]))
      list[n++] = &turned[j];
  if (!pln_runner_run(e->runner, thread, list, n, (guint32)(run % replicates), NULL, &row->result,
                      &bad))
    fail(e, row, bad);
}

/* ---- A block of them ---- */

typedef struct {
  PlnExperiment *experiment;
  PlnExperimentRow *row;
  guint64 first;
  guint n, part; /* runs, and those of a part */
  guint8 *made;  /* by part, whole */
  PlnProgress *progress;
  gint ended; /* atomic: interrupted */
} Block;

static void make_part(guint part, guint thread, gpointer data) {
  Block *b = data;
  guint from = part * b->part, to = MIN(from + b->part, b->n);
  for (guint k = from; k < to; k++) {
    if (g_atomic_int_get(&b->ended))
      return;
    make(b->experiment, thread, b->first + k, &b->row[k]);
    if (!pln_progress_step(b->progress, 1) && k + 1 < b->n)
      g_atomic_int_set(&b->ended, 1);
  }
  b->made[part] = 1;
}

guint pln_experiment_make(PlnExperiment *e, guint64 first, guint64 end, PlnExperimentRow *row,
                          PlnProgress *progress) {
  guint n = (guint)(end - first), made = 0;
  Block b = {.experiment = e,
             .row = row,
             .first = first,
             .n = n,
             .progress = progress,
             .part = MAX(n / (e->threads * PARTS), 1)};
  guint parts = (n + b.part - 1) / b.part;
  b.made = g_new0(guint8, parts + 1);
  pln_workers_run(e->threads, parts, make_part, &b);
  while (made < parts && b.made[made])
    made++;
  g_free(b.made);
  return MIN(made * b.part, n);
}

static guint next_size(guint n, double seconds, guint least) {
  double wanted = seconds > 0 ? n * EVERY / seconds : n * GROWS;
  guint most = MIN(n * GROWS, PLN_EXPERIMENT_BLOCK);
  return (guint)CLAMP(wanted, MIN(least, most), most);
}

gboolean pln_experiment_run(PlnExperiment *e, guint64 first, guint64 end, PlnExperimentSink sink,
                            gpointer data, PlnProgress *progress, GError **error) {
  g_autofree PlnExperimentRow *row = g_new(PlnExperimentRow, PLN_EXPERIMENT_BLOCK);
  guint size = FIRST_BLOCK;
  while (first < end) {
    gint64 begun = g_get_monotonic_time();
    guint n = (guint)MIN((guint64)size, end - first);
    guint made = pln_experiment_make(e, first, first + n, row, progress);
    if (made > 0 && !sink(row, made, data, error))
      return FALSE;
    first += made;
    if (first < end && (made < n || pln_progress_interrupted())) {
      g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "interrupted");
      return FALSE;
    }
    size = next_size(n, (double)(g_get_monotonic_time() - begun) / G_USEC_PER_SEC, e->threads);
  }
  return TRUE;
}
