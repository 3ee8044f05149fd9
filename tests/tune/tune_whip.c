/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the pool's constants are found: on sessions 60 to 69, histories of the
 * five sessions before each, a share of the votes revealed; the log score of the others least,
 * new questions counted NEW times, by Nelder and Mead's simplex.  Run by scripts/tune-whip.
 * Usage: tune_whip DATA VOTES ROLL-CALLS */
#include <gsl/gsl_multimin.h>
#include <stdio.h>

#include "../../sim/core/pool.c" /* its constants and scores, and */
#include "../../sim/model/predictor.c" /* its forecasters, which nobody else gets to see */
#include "plenary/load.h"
#include "plenary/roll_calls.h"
#include "plenary/whip_backtest.h"

enum { FROM = 60, TO = 69, MOST = 7, STEPS = 900 };
static const double NEW = 3, RESEMBLES = 0.9; /* agreement with an earlier roll call */

/* Shares revealed, and what the score with each counts. */
static const struct {
  double share, counts;
} level[] = {{0.2, 1}, {0.1, 0.4}, {0.05, 0.3}, {0, 0.1}};

typedef struct {
  float log[PLN_EXPERTS][3];
  guint8 answer;
} Cell;

typedef struct {
  double own[PLN_EXPERTS]; /* log score of the evidence, each piece without itself */
  guint pieces, level;
  guint first, n; /* cells */
  double counts;  /* each of them */
} Call;

typedef struct {
  GArray *call, *cell;
  guint first; /* the first forecaster that answers */
  double seen[G_N_ELEMENTS(level)];
} Told;

static void tell_call(Told *told, PlnPredictor *p, const PlnPrediction *out, const guint *answer,
                      const PlnEvidence *evidence, guint at, gboolean is_new) {
  PlnPoolCase pool = {.n = p->n, .answer = p->answer, .evidence = evidence};
  Call call = {.level = at, .first = told->cell->len, .counts = is_new ? NEW : 1};
  for (guint e = told->first; e < PLN_EXPERTS; e++)
    call.own[e] = score(&pool, e, &call.pieces);
  for (guint i = 0; i < out->n; i++) {
    if (answer[i] > 2 || evidence[i].kind != PLN_EVIDENCE_NONE)
      continue;
    Cell cell = {.answer = (guint8)answer[i]};
    for (guint e = told->first; e < PLN_EXPERTS; e++)
      for (guint k = 0; k < 3; k++)
        cell.log[e][k] = (float)pln_log(MAX(p->answer[e].chance[3 * (gsize)i + k], LEAST));
    g_array_append_val(told->cell, cell);
    call.n++;
  }
  told->seen[at] += call.n * call.counts;
  g_array_append_val(told->call, call);
}

/* Whether no contested roll call of the history agrees with this one, as the backtest has it. */
static gboolean is_new_to(const PlnWhipTestPast *past, const PlnVoteMatrix *matrix, guint call) {
  static const guint8 answer_of[] = {2, 0, 1};
  const guint8 *row = pln_vote_matrix_row(matrix, call);
  const PlnCells *cells = past->contested;
  for (guint j = 0; j < cells->n_calls; j++) {
    const guint8 *then = pln_cells_row(cells, j);
    guint both = 0, same = 0;
    for (guint i = 0; i < cells->n_states; i++) {
      guint8 vote = row[cells->state[i]];
      gboolean voted = vote <= PLN_VOTE_A && then[i] != PLN_ANSWER_NONE;
      both += voted;
      same += voted && answer_of[vote] == then[i];
    }
    if (both >= 100 && same >= RESEMBLES * both)
      return FALSE;
  }
  return TRUE;
}

/* Asks of every contested roll call of the session what each forecaster says. */
static void tell_session(Told *told, const PlnVoteMatrix *matrix, const PlnWhipTestPast *past,
                         const guint8 *mark, guint at) {
  static const guint answer_of[] = {2, 0, 1};
  const PlnElectorate *e = past->electorate;
  g_autoptr(PlnPredictor) p = pln_predictor_new(e, told->first == 0 ? past->recurrence : NULL, NULL);
  g_autofree guint *answer = g_new(guint, e->n + 1);
  g_autofree PlnEvidence *evidence = g_new(PlnEvidence, e->n + 1);
  for (guint j = 0; j < matrix->n_calls; j++) {
    const guint8 *row = pln_vote_matrix_row(matrix, j), *marks = mark + (gsize)j * matrix->n_voters;
    guint votes = 0;
    for (guint i = 0; i < e->n; i++) {
      int voter = pln_vote_matrix_voter(matrix, e->code[i]);
      gboolean used = voter >= 0 && marks[voter] != PLN_WHIP_TEST_NOT && row[voter] <= PLN_VOTE_A;
      answer[i] = used ? answer_of[row[voter]] : 3;
      evidence[i] = used && marks[voter] == PLN_WHIP_TEST_REVEALED ? pln_evidence_vote(answer[i])
                                                                   : (PlnEvidence){0};
      votes += used;
    }
    if (matrix->call[j].session != past->session || votes == 0)
      continue;
    PlnQuestion q = {.title = matrix->call[j].title,
                     .day = matrix->call[j].day,
                     .session = past->session,
                     .evidence = evidence};
    g_autoptr(PlnPrediction) out = pln_predictor_ask(p, &q);
    tell_call(told, p, out, answer, evidence, at, is_new_to(past, matrix, j));
  }
}

/* The constants as one vector: starts beside the near forecaster's 0 and by_score (of three
 * only), unknown, known, by_mean, less_yes. */
static Constants pool_from(const Told *told, const gsl_vector *x) {
  Constants pool = {.start = {0}};
  guint k = 0;
  if (told->first == 0) {
    pool.start[1] = gsl_vector_get(x, k++);
    pool.start[2] = gsl_vector_get(x, k++);
    pool.by_score = gsl_vector_get(x, k++);
  }
  pool.unknown = gsl_vector_get(x, k++);
  pool.known = gsl_vector_get(x, k++);
  pool.by_mean = gsl_vector_get(x, k++);
  pool.less_yes = gsl_vector_get(x, k);
  return pool;
}

/* As the predictor's own. */
static void powers(const Told *told, const Constants *pool, const Call *call, double power[]) {
  double best = -INFINITY, most = -INFINITY, sum = 0;
  for (guint e = told->first; e < PLN_EXPERTS; e++) {
    power[e] = pool->start[e] + pool->by_score * call->own[e];
    best = MAX(best, call->own[e]);
    most = MAX(most, power[e]);
  }
  for (guint e = told->first; e < PLN_EXPERTS; e++)
    sum += power[e] = pln_exp(power[e] - most);
  double log = pool->unknown * HALFWAY + pool->known * call->pieces + pool->by_mean * best;
  double total = pln_exp(CLAMP(log / (call->pieces + HALFWAY), LEAST_TOTAL, MOST_TOTAL));
  for (guint e = told->first; e < PLN_EXPERTS; e++)
    power[e] *= total / sum;
}

static void scores(const Told *told, const Constants *pool, double mean[]) {
  for (guint l = 0; l < G_N_ELEMENTS(level); l++)
    mean[l] = 0;
  for (guint c = 0; c < told->call->len; c++) {
    const Call *call = &g_array_index(told->call, Call, c);
    double power[PLN_EXPERTS];
    powers(told, pool, call, power);
    for (guint i = call->first; i < call->first + call->n; i++) {
      const Cell *cell = &g_array_index(told->cell, Cell, i);
      double log[3] = {0, 0, -pool->less_yes}, sum = 0;
      for (guint e = told->first; e < PLN_EXPERTS; e++)
        for (guint k = 0; k < 3; k++)
          log[k] += power[e] * (double)cell->log[e][k];
      for (guint k = 0; k < 3; k++)
        sum += pln_exp(log[k] - log[cell->answer]);
      mean[call->level] += call->counts * pln_log(sum) / told->seen[call->level];
    }
  }
}

static double objective(const gsl_vector *x, void *data) {
  Constants pool = pool_from(data, x);
  double mean[G_N_ELEMENTS(level)], sum = 0;
  scores(data, &pool, mean);
  for (guint l = 0; l < G_N_ELEMENTS(level); l++)
    sum += level[l].counts * mean[l];
  return sum;
}

static void print(const char *what, const Told *told, const Constants *pool) {
  double mean[G_N_ELEMENTS(level)];
  scores(told, pool, mean);
  printf("%-8s start %.3f %.3f %.3f  by_score %.4f  unknown %.3f  known %.3f  by_mean %.3f  "
         "less_yes %.3f\n",
         what, pool->start[0], pool->start[1], pool->start[2], pool->by_score, pool->unknown,
         pool->known, pool->by_mean, pool->less_yes);
  for (guint l = 0; l < G_N_ELEMENTS(level); l++)
    printf("         log score, new questions counted thrice, %2.0f in 100 revealed: %.4f\n", 100 * level[l].share, mean[l]);
}

static void tune(Told *told, const Constants *now) {
  double at[MOST] = {now->start[1], now->start[2], now->by_score, now->unknown,
                     now->known,    now->by_mean,  now->less_yes};
  guint n = told->first == 0 ? MOST : MOST - 3;
  gsl_vector *x = gsl_vector_alloc(n), *step = gsl_vector_alloc(n);
  for (guint k = 0; k < n; k++)
    gsl_vector_set(x, k, at[MOST - n + k]);
  gsl_vector_set_all(step, 0.1);
  gsl_multimin_function f = {objective, n, told};
  gsl_multimin_fminimizer *s = gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, n);
  gsl_multimin_fminimizer_set(s, &f, x, step);
  for (guint k = 0; k < STEPS && !gsl_multimin_fminimizer_iterate(s); k++)
    if (gsl_multimin_fminimizer_size(s) < 1e-3)
      break;
  Constants best = pool_from(told, s->x);
  print("shipped", told, now);
  print("best", told, &best);
  gsl_multimin_fminimizer_free(s);
  gsl_vector_free(x);
  gsl_vector_free(step);
}

/* Asks all questions of all sessions with each share revealed, with earlier roll calls and
 * without. */
static gboolean tell(Told told[2], const PlnVoteMatrix *matrix, const PlnWorld *world,
                     GError **error) {
  PlnWhipTestOptions options = pln_whip_test_options();
  options.estimate.cells.from = FROM;
  options.estimate.cells.to = TO;
  for (int session = FROM; session <= TO; session++)
    for (guint l = 0; l < G_N_ELEMENTS(level); l++) {
      g_autofree guint8 *mark = pln_whip_test_draw(matrix, &options, level[l].share);
      g_autoptr(PlnWhipTestPast) past =
          pln_whip_test_past_new(matrix, world, &options, mark, session, 0, error);
      if (!past)
        return FALSE;
      tell_session(&told[0], matrix, past, mark, l);
      tell_session(&told[1], matrix, past, mark, l);
    }
  return TRUE;
}

static PlnVoteMatrix *read_votes(const PlnWorld *world, char **argv) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  PlnRollCallsOptions from = {.votes = argv[2], .list = argv[3], .from = -1, .to = -1};
  PlnVoteMatrix *matrix = pln_roll_calls_load(world, &from, faults);
  if (!matrix)
    fputs(pln_faults_text(faults), stderr);
  return matrix;
}

int main(int argc, char **argv) {
  g_autoptr(GError) error = NULL;
  if (argc != 4) {
    fputs("expected DATA VOTES ROLL-CALLS\n", stderr);
    return 2;
  }
  g_setenv("PLENARY_DATA", argv[1], TRUE); /* names of states gone by are sought there */
  g_autoptr(PlnWorld) world = pln_world_load(argv[1], &error);
  g_autoptr(PlnVoteMatrix) matrix = world ? read_votes(world, argv) : NULL;
  Told told[2] = {{.first = 0}, {.first = PLN_EXPERT_FRESH}};
  for (guint k = 0; k < 2; k++) {
    told[k].call = g_array_new(FALSE, FALSE, sizeof(Call));
    told[k].cell = g_array_new(FALSE, FALSE, sizeof(Cell));
  }
  gboolean all = matrix && tell(told, matrix, world, &error);
  if (error)
    fprintf(stderr, "%s\n", error->message);
  for (guint k = 0; k < 2; k++) {
    if (all) {
      printf(k == 0 ? "with earlier roll calls\n" : "without\n");
      tune(&told[k], k == 0 ? &of_three : &of_one);
    }
    g_array_unref(told[k].call);
    g_array_unref(told[k].cell);
  }
  return all ? 0 : 2;
}
