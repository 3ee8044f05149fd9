/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/whip_backtest.h"

#include <string.h>

#include "plenary/draw.h"
#include "plenary/error.h"
#include "plenary/workers.h"

enum { STUDY_REVEAL = 0x5752, CALLS_A_TASK = 16, STEPS_A_FIT = 50 };

PlnWhipTestOptions pln_whip_test_options(void) {
  PlnWhipTestOptions o = {.estimate = pln_estimate_options(),
                          .history = 5,
                          .n_older = 1,
                          .draws = 64,
                          .resamples = 2000,
                          .seed = 1};
  o.estimate.fit = pln_fit_options(PLN_FIT_SPACE);
  o.estimate.fit.space.dimensions = 24;
  o.estimate.fit.decay = 0.8;
  return o;
}

guint8 *pln_whip_test_draw(const PlnVoteMatrix *matrix, const PlnWhipTestOptions *options,
                           double share) {
  gsize n = matrix->n_voters;
  guint8 *mark = g_malloc0(matrix->n_calls * n + 1);
  g_autoptr(PlnCells) cells = pln_cells_new(matrix, &options->estimate.cells);
  for (guint j = 0; j < cells->n_calls; j++) {
    const guint8 *row = pln_vote_matrix_row(matrix, cells->call[j]);
    PlnDraw draw = pln_draw_stream(options->seed, STUDY_REVEAL, cells->call[j]);
    for (gsize i = 0; i < n; i++) {
      gboolean reveal = pln_draw_uniform(&draw) < share;
      if (row[i] <= PLN_VOTE_A)
        mark[cells->call[j] * n + i] = reveal ? PLN_WHIP_TEST_REVEALED : PLN_WHIP_TEST_HIDDEN;
    }
  }
  return mark;
}

void pln_whip_backtest_free(PlnWhipBacktest *b) {
  if (!b)
    return;
  for (guint k = 0; b->run && k < b->options.n_older; k++) {
    g_free(b->run[k].call);
    g_free(b->run[k].cell);
  }
  g_free(b->run);
  g_clear_pointer(&b->splits, g_array_unref);
  g_clear_pointer(&b->tallies, g_array_unref);
  g_clear_pointer(&b->ages, g_array_unref);
  g_clear_pointer(&b->orders, g_array_unref);
  g_free(b);
}

/* How many votes of the roll call are to be forecast. */
static guint count_hidden(const PlnVoteMatrix *matrix, const PlnWhipTestOptions *options,
                          const guint8 *mark, guint call) {
  const PlnCellsOptions *tested = &options->estimate.cells;
  const guint8 *row = pln_vote_matrix_row(matrix, call);
  guint n = 0;
  mark += (gsize)call * matrix->n_voters;
  for (guint i = 0; i < matrix->n_voters; i++)
    n += mark[i] == PLN_WHIP_TEST_HIDDEN && row[i] <= PLN_VOTE_A;
  int session = matrix->call[call].session;
  return session >= 0 && session >= tested->from && session <= tested->to ? n : 0;
}

/* ---- The work: histories, then roll calls by chunks of one session ---- */

typedef struct {
  guint run, past, from, to; /* roll calls of the run */
  guint unknown, restless;
  GError *error;
} Chunk;

typedef struct {
  PlnWhipBacktest *b;
  const PlnWorld *world;
  const guint8 *mark;
  PlnProgress *progress;
  guint n_sessions, n_pasts; /* pasts: run by run, session by session */
  int *session;
  PlnWhipTestPast **past;
  GError **error; /* n_pasts */
  GArray *chunks;
} Work;

static void make_past(guint task, guint thread G_GNUC_UNUSED, gpointer data) {
  Work *w = data;
  const PlnWhipTestOptions *o = &w->b->options;
  if (w->progress && !pln_progress_step(w->progress, 0))
    return;
  w->past[task] =
      pln_whip_test_past_new(w->b->matrix, w->world, o, w->mark, w->session[task % w->n_sessions],
                             o->older[task / w->n_sessions], &w->error[task]);
  if (w->progress)
    pln_progress_step(w->progress, STEPS_A_FIT);
}

static void ask_calls(guint task, guint thread G_GNUC_UNUSED, gpointer data) {
  Work *w = data;
  Chunk *chunk = &g_array_index(w->chunks, Chunk, task);
  PlnWhipTestRun *run = &w->b->run[chunk->run];
  const PlnWhipTestPast *past = w->past[chunk->past];
  g_autoptr(PlnPredictor) predictor =
      pln_predictor_new(past->electorate, past->recurrence, &chunk->error);
  for (guint j = chunk->from; predictor && j < chunk->to; j++) {
    PlnWhipTestCall *call = &run->call[j];
    gboolean at_rest;
    if (!pln_whip_test_past_unseen(past, w->b->matrix, call->call, &chunk->error) ||
        (w->progress && !pln_progress_step(w->progress, 1)))
      return;
    chunk->unknown += pln_whip_test_call(past, predictor, w->b->matrix, &w->b->options, w->mark,
                                         call, run->cell + call->first, &at_rest);
    chunk->restless += !at_rest;
  }
}

static void lay_out(Work *w) {
  PlnWhipBacktest *b = w->b;
  g_autoptr(GArray) calls = g_array_new(FALSE, TRUE, sizeof(PlnWhipTestCall));
  gsize cells = 0;
  w->session = g_new(int, b->matrix->n_calls + 1);
  for (guint j = 0; j < b->matrix->n_calls; j++) {
    guint n = count_hidden(b->matrix, &b->options, w->mark, j);
    PlnWhipTestCall call = {.call = j, .session = b->matrix->call[j].session, .first = cells, .n = n};
    if (n == 0)
      continue;
    if (w->n_sessions == 0 || w->session[w->n_sessions - 1] != call.session)
      w->session[w->n_sessions++] = call.session;
    g_array_append_val(calls, call);
    cells += n;
  }
  b->run = g_new0(PlnWhipTestRun, b->options.n_older + 1);
  for (guint r = 0; r < b->options.n_older; r++) {
    PlnWhipTestRun *run = &b->run[r];
    *run = (PlnWhipTestRun){.older = b->options.older[r], .n_calls = calls->len, .n_cells = cells};
    run->call = g_memdup2(calls->data, sizeof(PlnWhipTestCall) * calls->len);
    run->cell = g_new0(PlnWhipTestCell, cells + 1);
  }
  w->n_pasts = w->n_sessions * b->options.n_older;
  w->past = g_new0(PlnWhipTestPast *, w->n_pasts + 1);
  w->error = g_new0(GError *, w->n_pasts + 1);
}

static void cut_chunks(Work *w) {
  w->chunks = g_array_new(FALSE, TRUE, sizeof(Chunk));
  for (guint r = 0; r < w->b->options.n_older; r++) {
    const PlnWhipTestRun *run = &w->b->run[r];
    guint from = 0, session = 0;
    for (guint j = 1; j <= run->n_calls; j++) {
      gboolean other = j == run->n_calls || run->call[j].session != run->call[from].session;
      if (!other && j - from < CALLS_A_TASK)
        continue;
      Chunk chunk = {.run = r, .past = r * w->n_sessions + session, .from = from, .to = j};
      g_array_append_val(w->chunks, chunk);
      session += other;
      from = j;
    }
  }
}

/* The first error, in the order of the tasks; the others are dropped. */
static gboolean settle(GError **errors, guint n, gsize apart, GError **error) {
  gboolean fine = TRUE;
  for (guint k = 0; k < n; k++) {
    GError **one = (GError **)(gpointer)((char *)errors + k * apart);
    if (*one && fine)
      g_propagate_error(error, g_steal_pointer(one));
    else if (!*one)
      continue;
    g_clear_error(one);
    fine = FALSE;
  }
  return fine;
}

static gboolean work(Work *w, GError **error) {
  guint threads = w->b->options.threads;
  pln_workers_run(threads, w->n_pasts, make_past, w);
  if (!settle(w->error, w->n_pasts, sizeof(GError *), error))
    return FALSE;
  for (guint k = 0; k < w->n_pasts; k++)
    if (!w->past[k])
      return FALSE;
  for (guint k = 0; k < w->n_pasts; k++)
    w->b->run[k / w->n_sessions].late += w->past[k]->late;
  cut_chunks(w);
  pln_workers_run(threads, w->chunks->len, ask_calls, w);
  for (guint k = 0; k < w->chunks->len; k++) {
    const Chunk *chunk = &g_array_index(w->chunks, Chunk, k);
    w->b->run[chunk->run].unknown += chunk->unknown;
    w->b->run[chunk->run].restless += chunk->restless;
  }
  return settle(&g_array_index(w->chunks, Chunk, 0).error, w->chunks->len, sizeof(Chunk), error);
}

static void work_clear(Work *w) {
  for (guint k = 0; k < w->n_pasts; k++)
    pln_whip_test_past_free(w->past[k]);
  g_free(w->past);
  g_free(w->error);
  g_free(w->session);
  g_clear_pointer(&w->chunks, g_array_unref);
}

guint64 pln_whip_backtest_steps(const PlnVoteMatrix *matrix, const PlnWhipTestOptions *options,
                                const guint8 *mark) {
  guint64 calls = 0, sessions = 0;
  int last = -1;
  for (guint j = 0; j < matrix->n_calls; j++) {
    if (count_hidden(matrix, options, mark, j) == 0)
      continue;
    calls++;
    sessions += matrix->call[j].session != last;
    last = matrix->call[j].session;
  }
  return options->n_older * (calls + STEPS_A_FIT * sessions);
}

PlnWhipBacktest *pln_whip_backtest_new(const PlnVoteMatrix *matrix, const PlnWorld *world,
                                       const PlnWhipTestOptions *options, const guint8 *mark,
                                       PlnProgress *progress, GError **error) {
  g_autoptr(PlnWhipBacktest) b = g_new0(PlnWhipBacktest, 1);
  GError *why = NULL;
  b->matrix = matrix;
  b->options = *options;
  Work w = {.b = b, .world = world, .mark = mark, .progress = progress};
  lay_out(&w);
  if (w.n_sessions == 0)
    g_set_error(&why, PLN_ERROR, PLN_ERROR_DATA,
                "nothing to forecast: no hidden vote lies in a contested roll call of sessions %d to "
                "%d; expected at least one",
                options->estimate.cells.from, options->estimate.cells.to);
  gboolean done = w.n_sessions > 0 && work(&w, &why);
  work_clear(&w);
  if (done && pln_progress_interrupted())
    done = FALSE;
  if (!done && !why)
    g_set_error(&why, PLN_ERROR, PLN_ERROR_FAILED, "interrupted");
  if (why) {
    g_propagate_error(error, why);
    return NULL;
  }
  pln_whip_test_score(b);
  return g_steal_pointer(&b);
}
