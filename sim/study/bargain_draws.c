/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The talks again and again, with what is uncertain drawn.  A task is a block of draws; a thread
 * has one run and copies of the numbers, of which a draw changes those that are uncertain. */
#include <math.h>
#include <string.h>

#include "plenary/bargain_part.h"
#include "plenary/draw.h"
#include "plenary/error.h"
#include "plenary/normal.h"
#include "plenary/workers.h"

enum { DRAWS_A_TASK = 16, PLACE_BITS = 16 };
static const double MOST_BYTES = 512.0 * 1024 * 1024;

/* One uncertain number. */
typedef struct {
  guint64 place; /* in a draw's stream */
  gsize cell;
  int kind;      /* position, salience or capability */
  double mean, sd;             /* of capability those of its log */
  double low, high, below, up; /* the ends, and the normal's share below each */
} Chancy;

enum { POSITION, SALIENCE, CAPABILITY, KINDS };

typedef struct {
  PlnRun *run;
  double *number[KINDS]; /* n x m */
  PlnTalks talks;
} Worker;

typedef struct {
  PlnBargain *b;
  GArray *chancy;
  guint draws, most, rounds; /* most: values that a draw gives an issue */
  double *value, *weight;    /* m x draws x most; weight NULL: one value, or none */
  Worker *worker;
} Drawing;

/* ---- What is drawn ---- */

/* The same whatever else is at the table (FNV-1a). */
static guint64 place_of(const char *name) {
  guint32 hash = 2166136261u;
  for (; *name; name++)
    hash = (hash ^ (guint8)*name) * 16777619u;
  return (guint64)hash << PLACE_BITS;
}

static void add_normal(Drawing *d, int kind, guint64 place, gsize cell, double sd, double mean,
                       double low, double high) {
  Chancy it = {place, cell, kind, mean, sd, low, high, 0, 0};
  it.below = pln_normal((low - mean) / sd);
  it.up = pln_normal((high - mean) / sd);
  if (sd > 0)
    g_array_append_val(d->chancy, it);
}

/* With that mean and deviation a lognormal's log has these. */
static void add_capability(Drawing *d, guint64 place, gsize cell, double mean, double sd) {
  double share = mean > 0 ? sd / mean : 0, square = pln_log1p(share * share);
  Chancy it = {place, cell, CAPABILITY, pln_log(mean) - square / 2, sqrt(square), 0, 0, 0, 0};
  if (share > 0)
    g_array_append_val(d->chancy, it);
}

/* One number of the stream for capability, common to the issues; then two an issue. */
static void add_delegation(Drawing *d, guint i) {
  const PlnDelegations *t = d->b->table;
  guint64 place = place_of(pln_delegation(t, i)->name);
  for (guint issue = 0; issue < t->m; issue++) {
    gsize cell = (gsize)i * t->m + issue;
    if (isnan(t->position[cell]))
      continue;
    add_normal(d, POSITION, place + 1 + 2 * issue, cell, t->position_sd[cell], t->position[cell],
               t->from[issue], t->to[issue]);
    add_normal(d, SALIENCE, place + 2 + 2 * issue, cell, t->salience_sd[cell], t->salience[cell],
               0, 1);
    add_capability(d, place, cell, t->capability[cell], t->capability_sd[cell]);
  }
}

static double drawn(const Chancy *it, PlnDraw stream) {
  pln_draw_skip(&stream, it->place);
  double share = pln_draw_uniform(&stream);
  if (it->kind == CAPABILITY)
    return pln_exp(it->mean + it->sd * pln_normal_inverse(share));
  double x = it->mean + it->sd * pln_normal_inverse(it->below + share * (it->up - it->below));
  return CLAMP(x, it->low, it->high);
}

/* ---- Workers ---- */

static void worker_start(Worker *w, const PlnBargain *b) {
  const PlnDelegations *t = b->table;
  const double *stated[KINDS] = {t->position, t->salience, t->capability};
  gsize cells = (gsize)t->n * t->m;
  for (int kind = 0; kind < KINDS; kind++) {
    w->number[kind] = g_new(double, cells + 1);
    memcpy(w->number[kind], stated[kind], cells * sizeof(double));
  }
  w->talks = t->talks;
  w->talks.position = w->number[POSITION];
  w->talks.salience = w->number[SALIENCE];
  w->talks.capability = w->number[CAPABILITY];
}

static void worker_clear(Worker *w, const PlnMethod *method) {
  if (w->run)
    method->free(w->run);
  for (int kind = 0; kind < KINDS; kind++)
    g_free(w->number[kind]);
}

/* To the end, as pln_course_new. */
static void talk(Worker *w, const PlnMethod *method, guint rounds) {
  method->start(w->run, &w->talks);
  while (method->converged(w->run) == PLN_TALKS_END_NOT_YET && w->run->round < rounds)
    method->step(w->run);
}

static PlnRun *run_of(Drawing *d, Worker *w, guint draw) {
  const PlnBargainOptions *o = &d->b->options;
  PlnMethodOptions how = o->how;
  if (w->run && !o->tie_orders)
    return w->run;
  if (w->run)
    o->method->free(w->run);
  if (o->tie_orders)
    how.ties = draw + 1; /* 0 is the stated order */
  return o->method->set_up(d->b->table->n, d->b->table->m, &how);
}

/* What came of it; an issue without an answer leaves NAN. */
static void keep(Drawing *d, const PlnRun *run, guint draw) {
  for (guint issue = 0; issue < run->m; issue++) {
    gsize at = ((gsize)issue * d->draws + draw) * d->most;
    gboolean none = isnan(run->outcome[issue]);
    d->value[at] = run->outcome[issue];
    for (guint i = 0; i < run->n && d->weight; i++) {
      gsize cell = (gsize)i * run->m + issue;
      gboolean there = !none && !isnan(run->position[cell]);
      d->value[at + i] = there ? run->position[cell] : run->outcome[issue];
      d->weight[at + i] = there ? run->chance[cell] : 0;
    }
  }
}

static void draw_block(guint task, guint thread, gpointer data) {
  Drawing *d = data;
  const PlnBargainOptions *o = &d->b->options;
  Worker *w = &d->worker[thread];
  if (!w->number[POSITION])
    worker_start(w, d->b);
  guint from = task * DRAWS_A_TASK, to = MIN(from + DRAWS_A_TASK, d->draws);
  for (guint k = from; k < to && !pln_progress_interrupted(); k++) {
    PlnDraw stream = pln_draw_stream(o->seed, PLN_STUDY_BARGAIN, k);
    for (guint c = 0; c < d->chancy->len; c++) {
      const Chancy *it = &g_array_index(d->chancy, Chancy, c);
      w->number[it->kind][it->cell] = drawn(it, stream);
    }
    w->run = run_of(d, w, k);
    talk(w, o->method, d->rounds);
    keep(d, w->run, k);
    if (o->progress)
      pln_progress_step(o->progress, 1);
  }
}

static void sum_up(guint issue, guint thread G_GNUC_UNUSED, gpointer data) {
  Drawing *d = data;
  PlnBargainIssue *it = &d->b->issue[issue];
  gsize n = (gsize)d->draws * d->most;
  const double *value = d->value + issue * n;
  for (guint k = 0; k < d->draws; k++)
    it->without += isnan(value[(gsize)k * d->most]);
  it->has_drawn = pln_bargain_sum_up(n, value, d->weight ? d->weight + issue * n : NULL,
                                     d->b->table->from[issue], d->b->table->to[issue], &it->drawn);
}

/* ---- All of it ---- */

static gboolean fits(const Drawing *d, GError **error) {
  double a_value = sizeof(double) * (d->b->course->chance ? 2 : 1) + PLN_BARGAIN_POINT;
  double a_draw = a_value * d->most * d->b->table->m; /* each issue may have its thread */
  if (a_draw * d->draws <= MOST_BYTES)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "%u draws of so many delegations and issues do not fit into memory; expected at most "
              "%.0f (--draws), or a method that gives a point",
              d->draws, floor(MOST_BYTES / a_draw));
  return FALSE;
}

static void drawing_clear(Drawing *d, guint workers) {
  for (guint t = 0; t < workers; t++)
    worker_clear(&d->worker[t], d->b->options.method);
  g_free(d->worker);
  g_free(d->value);
  g_free(d->weight);
  g_array_unref(d->chancy);
}

static void go(Drawing *d) {
  const PlnBargain *b = d->b;
  gsize values = (gsize)d->draws * d->most * b->table->m;
  guint tasks = (d->draws + DRAWS_A_TASK - 1) / DRAWS_A_TASK;
  guint workers = pln_workers_count(b->options.threads, tasks);
  d->chancy = g_array_new(FALSE, FALSE, sizeof(Chancy));
  for (guint i = 0; i < b->table->n; i++)
    add_delegation(d, i);
  d->value = g_new(double, values + 1);
  d->weight = b->course->chance ? g_new(double, values + 1) : NULL;
  d->worker = g_new0(Worker, workers + 1);
  pln_workers_run(b->options.threads, tasks, draw_block, d);
  if (!pln_progress_interrupted())
    pln_workers_run(b->options.threads, b->table->m, sum_up, d);
  drawing_clear(d, workers);
}

gboolean pln_bargain_draw(PlnBargain *b, GError **error) {
  guint asked = b->options.rounds;
  Drawing d = {.b = b,
               .draws = b->options.draws,
               .most = b->course->chance ? b->table->n : 1,
               .rounds = asked > 0 ? asked : b->options.method->usual};
  if (!fits(&d, error))
    return FALSE;
  go(&d);
  if (!pln_progress_interrupted())
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "interrupted; nothing was written");
  return FALSE;
}
