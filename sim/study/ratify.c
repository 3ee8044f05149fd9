/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/ratify.h"

#include <math.h>

#include "plenary/error.h"
#include "plenary/ratify_part.h"
#include "plenary/workers.h"

enum { BATCH = 500 }; /* draws a task: some milliseconds */

PlnRatifyOptions pln_ratify_options(void) {
  return (PlnRatifyOptions){.treaty = "hanoi",
                            .past = "budapest",
                            .fast = "palermo",
                            .began = "A/RES/74/247",
                            .years = 25,
                            .proposal = -1,
                            .tie = 0.5,
                            .reluctance = 0.25,
                            .draws = 100000,
                            .seed = 1,
                            .threads = 1};
}

void pln_ratify_free(PlnRatify *r) {
  if (!r)
    return;
  for (guint i = 0; i < r->n && r->state; i++)
    g_free(r->state[i].by);
  for (guint e = 0; e < PLN_RATIFY_EVENTS; e++)
    g_free(r->date[e].by);
  gpointer all[] = {r->state, r->fan, r->mean, r->at_year};
  for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
    g_free(all[k]);
  g_array_unref(r->terms);
  g_ptr_array_unref(r->milestones);
  g_ptr_array_unref(r->reservations);
  pln_outlook_free(r->outlook);
  pln_roster_free(r->roster);
  g_free(r);
}

/* ---- Room ---- */

static void counts_fill(const PlnRatifyJob *job, PlnRatifyCounts *c) {
  gsize n = job->n, years = job->years + 1;
  for (guint e = 0; e < PLN_RATIFY_EVENTS; e++)
    c->day[e] = g_new0(guint32, job->span + 1);
  c->month = g_new0(guint32, n * job->months + 1);
  c->fan = g_new0(guint32, (n + 1) * years);
  c->at_year = g_new0(PlnRatifyCrowd, years);
  c->in_force = g_new0(guint32, n + 1);
  c->at_conference = g_new0(guint32, n + 1);
  c->vote = g_new0(guint32, PLN_VOTE_KINDS * n + 1);
  c->bound = g_new0(guint32, n + 1);
  c->bound_many = g_new0(guint32, n + 1);
}

static void counts_clear(PlnRatifyCounts *c) {
  for (guint e = 0; e < PLN_RATIFY_EVENTS; e++)
    g_free(c->day[e]);
  gpointer all[] = {c->month,         c->fan,  c->at_year, c->in_force,
                    c->at_conference, c->vote, c->bound,   c->bound_many};
  for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
    g_free(all[k]);
}

static void room_fill(const PlnRatifyJob *job, PlnRatifyRoom *x) {
  gsize pad = job->forecast ? job->forecast->n_pad : 0, n = MAX(job->n, pad) + 1;
  double **rows[] = {&x->factor, &x->uniform, &x->exponential, &x->time, &x->score,
                     &x->own,    &x->common,  &x->absent,      &x->since};
  for (gsize k = 0; k < G_N_ELEMENTS(rows); k++)
    *rows[k] = g_new0(double, n);
  x->z = g_new0(double, 2 + (job->forecast ? job->forecast->f : 0));
  x->day = g_new0(PlnDayNumber, n);
  x->sorted = g_new0(PlnDayNumber, n);
  x->month = g_new0(guint64, job->months + 1);
  x->said = g_new0(PlnVote, n);
  for (guint t = 0; t < PLN_RATIFY_TIES; t++)
    x->ballot[t] = g_new0(PlnVote, n);
}

static void room_clear(PlnRatifyRoom *x) {
  gpointer all[] = {x->factor, x->uniform, x->exponential, x->time, x->score, x->own,
                    x->absent, x->common,  x->since,       x->z,    x->day,   x->sorted,
                    x->month,  x->said};
  for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
    g_free(all[k]);
  for (guint t = 0; t < PLN_RATIFY_TIES; t++)
    g_free(x->ballot[t]);
}

void pln_ratify_job_clear(PlnRatifyJob *job) {
  for (guint t = 0; t < job->threads; t++) {
    counts_clear(&job->counts[t]);
    room_clear(&job->room[t]);
  }
  for (guint t = 0; t < PLN_RATIFY_TIES; t++) {
    g_free(job->tied[t]);
    g_free(job->rest[t]);
  }
  gpointer all[] = {job->counts,    job->room,   job->join_class, job->together, job->kind,
                    job->against,   job->packed, job->support,    job->fixed,    job->month_of,
                    job->month_end, job->seat,   job->said};
  for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
    g_free(all[k]);
}

/* ---- The draws ---- */

static void run_task(guint task, guint thread, gpointer data) {
  const PlnRatifyJob *job = data;
  guint draws = job->ratify->options.draws;
  if (pln_progress_interrupted())
    return;
  for (guint k = task * BATCH; k < MIN((task + 1) * BATCH, draws); k++)
    pln_ratify_draw(job, &job->room[thread], &job->counts[thread], k);
  if (job->ratify->options.progress)
    pln_progress_step(job->ratify->options.progress, 1);
}

static gboolean run(PlnRatifyJob *job, GError **error) {
  PlnRatifyOptions *o = &job->ratify->options;
  guint tasks = (o->draws + BATCH - 1) / BATCH, threads = pln_workers_count(o->threads, tasks);
  job->counts = g_new0(PlnRatifyCounts, threads);
  job->room = g_new0(PlnRatifyRoom, threads);
  for (job->threads = 0; job->threads < threads; job->threads++) {
    counts_fill(job, &job->counts[job->threads]);
    room_fill(job, &job->room[job->threads]);
  }
  pln_workers_run(o->threads, tasks, run_task, job);
  if (!pln_progress_interrupted())
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "interrupted; nothing was written");
  return FALSE;
}

guint64 pln_ratify_steps(const PlnRatifyOptions *options) {
  return (MAX(options->draws, 100) + BATCH - 1) / BATCH;
}

static gboolean options_hold(const PlnRatifyOptions *o, const PlnScenario *s, GError **error) {
  gboolean tie = o->tie >= -1 && o->tie <= 1, reluctance = o->reluctance >= 0 && o->reluctance <= 1;
  if (tie && reluctance && o->proposal < (int)s->proposals->len)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              !tie          ? "the tie between joining and support is a correlation; expected -1 to 1"
              : !reluctance ? "how fast those join that voted against is a factor; expected 0 to 1"
                            : "there is no such proposal; expected one of the scenario's");
  return FALSE;
}

PlnRatify *pln_ratify_new(const PlnScenario *scenario, const PlnRatifyOptions *options,
                          GError **error) {
  if (!options_hold(options, scenario, error))
    return NULL;
  g_autoptr(PlnRatify) r = g_new0(PlnRatify, 1);
  PlnRatifyJob job = {.ratify = r};
  r->scenario = scenario;
  r->options = *options;
  r->options.draws = MAX(options->draws, 100);
  r->terms = g_array_new(FALSE, FALSE, sizeof(const PlnTreatyTerm *));
  r->milestones = g_ptr_array_new();
  r->reservations = g_ptr_array_new();
  gboolean done = pln_ratify_job_fill(&job, error) && run(&job, error);
  if (done)
    pln_ratify_sum(&job);
  pln_ratify_job_clear(&job);
  if (!done)
    return NULL;
  if (r->voted) /* how joining and votes go together, and how slow those against are */
    r->weakest = MAX(MAX(r->weakest, r->outlook->weakest), PLN_STATUS_ASSUMED);
  return g_steal_pointer(&r);
}
