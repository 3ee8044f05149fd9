/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/reconstruct_backtest.h"

#include <math.h>
#include <string.h>

#include "plenary/error.h"
#include "plenary/normal.h"
#include "plenary/workers.h"

enum {
  K = PLN_VOTE_KINDS,
  THREE = 1, /* the second of the two ways of scoring */
  STUDY_CALLS = 0x52424331,
  STUDY_SHOWN,
  STUDY_RESAMPLE
};

const char *const pln_placed_names[PLN_PLACED_METHODS] = {
    "reconstruct", "group majorities scaled to the tally", "the same forecast without the tally"};

/* One session: what its forecasts start from, and its roll calls. */
typedef struct {
  int session;
  guint first, n;
  GError *error;
} Task;

typedef struct {
  PlnReconstructBacktest *out;
  const PlnWorld *world;
  guint8 *mark;
  GArray *tasks; /* Task */
  PlnProgress *progress;
} Job;

PlnReconstructBacktestOptions pln_reconstruct_backtest_options(void) {
  return (PlnReconstructBacktestOptions){
      .past = pln_whip_test_options(), .calls = 200, .shown = 8, .draws = {.seed = 1, .draws = 512}};
}

/* ---- Which roll calls, which votes ---- */

static int by_number(gconstpointer a, gconstpointer b) {
  guint x = *(const guint *)a, y = *(const guint *)b;
  return x < y ? -1 : x > y;
}

/* Rows of the matrix, drawn among the contested ones. */
static GArray *draw_calls(PlnReconstructBacktest *out) {
  PlnCellsOptions which = out->options.past.estimate.cells;
  which.classes = 3;
  which.hide = NULL;
  g_autoptr(PlnCells) cells = pln_cells_new(out->matrix, &which);
  PlnDraw draw = pln_draw_stream(out->options.draws.seed, STUDY_CALLS, 0);
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(guint));
  g_array_append_vals(rows, cells->call, cells->n_calls);
  out->contested = rows->len;
  guint n = MIN(out->options.calls, rows->len);
  guint *row = (guint *)(gpointer)rows->data;
  for (guint k = 0; k < n; k++) {
    guint other = k + (guint)pln_draw_below(&draw, rows->len - k), at = row[other];
    row[other] = row[k];
    row[k] = at;
  }
  g_array_set_size(rows, n);
  g_array_sort(rows, by_number);
  return rows;
}

/* Shows some of those that voted; hides the other members. */
static void mark_call(const PlnReconstructBacktest *out, guint call, guint8 *mark) {
  const PlnVoteMatrix *m = out->matrix;
  const guint8 *row = pln_vote_matrix_row(m, call);
  g_autofree guint *voted = g_new(guint, m->n_voters + 1);
  PlnDraw draw = pln_draw_stream(out->options.draws.seed, STUDY_SHOWN, call);
  guint n = 0;
  for (guint i = 0; i < m->n_voters; i++) {
    mark[i] = row[i] < K ? PLN_WHIP_TEST_HIDDEN : PLN_WHIP_TEST_NOT;
    if (row[i] < PLN_VOTE_X)
      voted[n++] = i;
  }
  for (guint k = 0; k < MIN(out->options.shown, n); k++) {
    guint other = k + (guint)pln_draw_below(&draw, n - k), at = voted[other];
    voted[other] = voted[k];
    mark[at] = PLN_WHIP_TEST_REVEALED;
  }
}

static void open_calls(Job *job) {
  PlnReconstructBacktest *out = job->out;
  g_autoptr(GArray) rows = draw_calls(out);
  job->mark = g_new0(guint8, (gsize)out->matrix->n_calls * out->matrix->n_voters + 1);
  out->n_calls = rows->len;
  out->call = g_new0(PlnPlacedCall, rows->len + 1);
  for (guint k = 0; k < rows->len; k++) {
    PlnPlacedCall *call = &out->call[k];
    call->call = g_array_index(rows, guint, k);
    call->session = out->matrix->call[call->call].session;
    mark_call(out, call->call, job->mark + (gsize)call->call * out->matrix->n_voters);
    Task *last = job->tasks->len > 0 ? &g_array_index(job->tasks, Task, job->tasks->len - 1) : NULL;
    Task task = {call->session, k, 1, NULL};
    if (last && last->session == call->session)
      last->n++;
    else
      g_array_append_val(job->tasks, task);
  }
}

/* ---- One roll call ---- */

static guint groups_of(const PlnWhipTestPast *past, guint n_voters) {
  int most = -1;
  for (guint i = 0; i < n_voters; i++)
    most = MAX(most, past->group[i]);
  return (guint)(most + 1);
}

/* Each group's shares in the contested roll calls of the history. */
static double *history_shares(const PlnWhipTestPast *past, const PlnWhipTestOptions *options,
                              guint n_groups) {
  const PlnVoteMatrix *m = past->history;
  PlnCellsOptions which = {
      .classes = 3, .lopsided = options->estimate.cells.lopsided, .from = past->from, .to = past->to};
  g_autoptr(PlnCells) cells = pln_cells_new(m, &which);
  double *share = g_new(double, ((gsize)n_groups + 1) * K);
  for (gsize i = 0; i < ((gsize)n_groups + 1) * K; i++)
    share[i] = 0.5;
  for (guint j = 0; j < cells->n_calls; j++) {
    const guint8 *row = pln_vote_matrix_row(m, cells->call[j]);
    for (guint i = 0; i < m->n_voters; i++) {
      guint g = past->group[i] >= 0 ? (guint)past->group[i] : n_groups;
      if (row[i] < K)
        share[g * K + row[i]]++;
    }
  }
  for (guint g = 0; g <= n_groups; g++) {
    double *s = share + (gsize)g * K, sum = (s[0] + s[1]) + (s[2] + s[3]);
    for (guint k = 0; k < K; k++)
      s[k] /= sum;
  }
  return share;
}

/* The members of one roll call, as a placing wants them. */
typedef struct {
  guint n;
  guint *voter;
  int *place, *group;
  PlnVote *vote, *truth;
} Members;

static void members_clear(Members *m) {
  g_free(m->voter);
  g_free(m->place);
  g_free(m->group);
  g_free(m->vote);
  g_free(m->truth);
}

static Members members_of(const Job *job, const PlnWhipTestPast *past, guint call, guint32 total[K]) {
  const PlnVoteMatrix *m = job->out->matrix;
  const guint8 *row = pln_vote_matrix_row(m, call), *mark = job->mark + (gsize)call * m->n_voters;
  guint room = m->n_voters + 1;
  Members out = {0,
                 g_new(guint, room),
                 g_new(int, room),
                 g_new(int, room),
                 g_new(PlnVote, room),
                 g_new(PlnVote, room)};
  for (guint i = 0; i < m->n_voters; i++) {
    if (mark[i] == PLN_WHIP_TEST_NOT)
      continue;
    out.voter[out.n] = i;
    out.place[out.n] = pln_electorate_find(past->electorate, m->voter[i].code);
    out.group[out.n] = past->group[i];
    out.truth[out.n] = row[i];
    out.vote[out.n++] = mark[i] == PLN_WHIP_TEST_REVEALED ? row[i] : PLN_VOTE_UNKNOWN;
    total[row[i]]++;
  }
  return out;
}

/* Adds what @chance says of the vote @truth, of the first @kinds. */
static void score_vote(PlnPlacedCall *call, guint how, PlnPlacedMethod method, const double *chance,
                       PlnVote truth, guint kinds) {
  double sum = 0;
  guint best = 0;
  for (guint k = 0; k < kinds; k++) {
    sum += chance[k];
    best = chance[k] > chance[best] ? k : best;
  }
  for (guint k = 0; k < kinds; k++) {
    double off = chance[k] / sum - (k == truth);
    call->brier[how][method] += off * off;
  }
  call->log_loss[how][method] -= pln_log(MAX(chance[truth] / sum, 1e-12));
  call->right[how][method] += best == truth;
}

static void score_call(PlnPlacedCall *call, const Members *m, const PlnPlacing *p) {
  const double *said[PLN_PLACED_METHODS] = {p->given->chance, p->scaled, p->before};
  double sum[K] = {0};
  for (guint i = 0; i < p->unnamed; i++) {
    PlnVote truth = m->truth[p->seat[i]];
    for (guint k = 0; k < K; k++)
      sum[k] += p->given->chance[i * K + k];
    call->n[0]++;
    call->n[THREE] += truth < PLN_VOTE_X;
    for (PlnPlacedMethod method = 0; method < PLN_PLACED_METHODS; method++) {
      score_vote(call, 0, method, said[method] + i * K, truth, K);
      if (truth < PLN_VOTE_X)
        score_vote(call, THREE, method, said[method] + i * K, truth, PLN_VOTE_X);
    }
  }
  for (guint k = 0; k < K; k++)
    call->off = MAX(call->off, fabs(sum[k] - p->left[k]));
  call->effective = p->given->effective;
}

static gboolean place_call(const Job *job, const PlnWhipTestPast *past, PlnPlacingCase *known,
                           PlnPlacedCall *call, GError **error) {
  const PlnCalled *called = &job->out->matrix->call[call->call];
  if (!pln_whip_test_past_unseen(past, job->out->matrix, call->call, error))
    return FALSE;
  memset(known->total, 0, sizeof known->total);
  Members m = members_of(job, past, call->call, known->total);
  known->n = m.n;
  known->place = m.place;
  known->vote = m.vote;
  known->group = m.group;
  known->question = (PlnQuestion){
      .title = called->title, .day = called->day, .session = called->session, .age = past->age};
  g_autoptr(PlnPlacing) placing = pln_placing_new(known, NULL, error);
  if (placing)
    score_call(call, &m, placing);
  members_clear(&m);
  return placing != NULL;
}

static gboolean run_session(const Job *job, const Task *task, GError **error) {
  const PlnReconstructBacktestOptions *o = &job->out->options;
  g_autoptr(PlnWhipTestPast) past = pln_whip_test_past_new(job->out->matrix, job->world, &o->past,
                                                           job->mark, task->session, 0, error);
  g_autoptr(PlnPredictor) predictor =
      past ? pln_predictor_new(past->electorate, past->recurrence, error) : NULL;
  if (!predictor)
    return FALSE;
  guint n_groups = groups_of(past, job->out->matrix->n_voters);
  g_autofree double *share = history_shares(past, &o->past, n_groups);
  PlnPlacingCase known = {.electorate = past->electorate,
                          .predictor = predictor,
                          .n_groups = n_groups,
                          .share = share,
                          .options = o->draws};
  known.options.threads = 1;
  for (guint k = 0; k < task->n; k++) {
    if (!place_call(job, past, &known, &job->out->call[task->first + k], error))
      return FALSE;
    if (job->progress && !pln_progress_step(job->progress, 1)) {
      g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "interrupted");
      return FALSE;
    }
  }
  return TRUE;
}

static void run_task(guint at, guint thread, gpointer data) {
  const Job *job = data;
  Task *task = &g_array_index(job->tasks, Task, at);
  (void)thread;
  if (!pln_progress_interrupted())
    run_session(job, task, &task->error);
}

/* ---- The scores ---- */

/* Log losses of model and rival over roll calls drawn anew: their difference, and its share. */
static void resample(const PlnReconstructBacktest *out, guint how, PlnPlacedMethod rival,
                     double *behind, double *lower, guint resamples) {
  for (guint r = 0; r < resamples; r++) {
    PlnDraw draw = pln_draw_stream(out->options.draws.seed, STUDY_RESAMPLE, r);
    double n = 0, own = 0, other = 0;
    for (guint k = 0; k < out->n_calls; k++) {
      const PlnPlacedCall *call = &out->call[pln_draw_below(&draw, out->n_calls)];
      n += call->n[how];
      own += call->log_loss[how][PLN_PLACED];
      other += call->log_loss[how][rival];
    }
    behind[r] = n > 0 ? (other - own) / n : 0;
    lower[r] = other > 0 ? 1 - own / other : 0;
  }
}

static int by_size(gconstpointer a, gconstpointer b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

static void score_rival(PlnReconstructBacktest *out, guint how, PlnPlacedMethod rival) {
  guint n = out->options.past.resamples, low = n / 40, high = n - 1 - low;
  g_autofree double *behind = g_new0(double, n + 1), *lower = g_new0(double, n + 1);
  PlnPlacedScore *own = &out->score[how][PLN_PLACED], *score = &out->score[how][rival];
  if (rival == PLN_PLACED || n == 0) {
    score->behind = score->low = score->high = NAN;
    return;
  }
  resample(out, how, rival, behind, lower, n);
  qsort(behind, n, sizeof *behind, by_size);
  qsort(lower, n, sizeof *lower, by_size);
  score->behind = score->log_loss - own->log_loss;
  score->low = behind[low];
  score->high = behind[high];
  if (rival != PLN_PLACED_GROUPS)
    return;
  out->lower[how] = 1 - own->log_loss / score->log_loss;
  out->lower_low[how] = lower[low];
  out->lower_high[how] = lower[high];
}

static void score_all(PlnReconstructBacktest *out) {
  out->effective = HUGE_VAL;
  for (guint how = 0; how <= THREE; how++) {
    for (guint k = 0; k < out->n_calls; k++)
      out->n[how] += out->call[k].n[how];
    for (PlnPlacedMethod method = 0; method < PLN_PLACED_METHODS; method++) {
      PlnPlacedScore *score = &out->score[how][method];
      double n = MAX((double)out->n[how], 1);
      for (guint k = 0; k < out->n_calls; k++) {
        score->log_loss += out->call[k].log_loss[how][method] / n;
        score->brier += out->call[k].brier[how][method] / n;
        score->right += out->call[k].right[how][method] / n;
      }
      score_rival(out, how, method);
    }
  }
  for (guint k = 0; k < out->n_calls; k++) {
    out->effective = MIN(out->effective, out->call[k].effective);
    out->off = MAX(out->off, out->call[k].off);
  }
}

PlnReconstructBacktest *pln_reconstruct_backtest_new(const PlnVoteMatrix *matrix,
                                                     const PlnWorld *world,
                                                     const PlnReconstructBacktestOptions *options,
                                                     PlnProgress *progress, GError **error) {
  g_autoptr(PlnReconstructBacktest) out = g_new0(PlnReconstructBacktest, 1);
  Job job = {.out = out, .world = world, .progress = progress};
  GError *why = NULL;
  out->matrix = matrix;
  out->options = *options;
  job.tasks = g_array_new(FALSE, FALSE, sizeof(Task));
  open_calls(&job);
  pln_workers_run(options->draws.threads, job.tasks->len, run_task, &job);
  for (guint t = job.tasks->len; t-- > 0;) { /* the first error is told */
    GError *own = g_array_index(job.tasks, Task, t).error;
    if (own) {
      g_clear_error(&why);
      why = own;
    }
  }
  if (!why && out->n_calls == 0)
    g_set_error(&why, PLN_ERROR, PLN_ERROR_DATA,
                "no contested roll call lies in the sessions tested; expected some (--sessions)");
  if (!why && pln_progress_interrupted())
    g_set_error(&why, PLN_ERROR, PLN_ERROR_FAILED, "interrupted");
  if (!why)
    score_all(out);
  g_array_unref(job.tasks);
  g_free(job.mark);
  if (!why)
    return g_steal_pointer(&out);
  g_propagate_error(error, why);
  return NULL;
}

void pln_reconstruct_backtest_free(PlnReconstructBacktest *backtest) {
  if (!backtest)
    return;
  g_free(backtest->call);
  g_free(backtest);
}
