/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fits: four models seen the same way, of votes drawn from known positions and of next to none. */
#include "plenary/fit.h"

#include <math.h>
#include <signal.h>
#include <string.h>

#include "made_cells.h"
#include "plenary/error.h"
#include "suite.h"

enum { STATES = 24, CALLS = 90, SESSIONS = 3, KINDS = 4 };
static const PlnFitKind kinds[KINDS] = {PLN_FIT_SCALE, PLN_FIT_DRIFT, PLN_FIT_POSTERIOR,
                                        PLN_FIT_SPACE};

/* Small enough for a test. */
static PlnFitOptions options_of(PlnFitKind kind, guint dimensions) {
  PlnFitOptions o = pln_fit_options(kind);
  o.space.dimensions = dimensions;
  o.space.period = 1;
  o.space.threads = o.posterior.threads = 1;
  o.space.seed = o.posterior.seed = 3;
  o.posterior.draws = 200;
  o.posterior.burn_in = 200;
  o.posterior.thin = 1;
  return o;
}

/* @x: (out): STATES, the same in every session */
static PlnCells *cells_of(guint classes, double *x) {
  PlnCells *cells = made_blank(STATES, CALLS, SESSIONS, classes);
  PlnDraw draw = pln_draw_stream(5, 0, classes);
  PlnCurve curve[CALLS];
  double all[SESSIONS * STATES];
  pln_draw_normals(&draw, STATES, x);
  made_standard(STATES, x);
  for (guint s = 0; s < SESSIONS; s++) {
    memcpy(all + s * STATES, x, sizeof(double) * STATES);
    cells->session_name[s] = 60 + 2 * (int)s;
  }
  made_curves(CALLS, classes, &draw, curve);
  made_draw(cells, all, curve, 0.05, &draw);
  return cells;
}

static PlnFit *fit_of(const PlnCells *cells, const PlnFitOptions *options) {
  g_autoptr(GError) error = NULL;
  PlnFit *fit = pln_fit_new(cells, options, NULL, &error);
  CU_ASSERT_PTR_NULL(error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(fit);
  return fit;
}

static gboolean all_finite(const double *x, gsize n) {
  for (gsize k = 0; k < n; k++)
    if (!isfinite(x[k]))
      return FALSE;
  return TRUE;
}

static gboolean all_nan(const double *x, gsize n) {
  for (gsize k = 0; k < n; k++)
    if (!isnan(x[k]))
      return FALSE;
  return TRUE;
}

static gboolean chances_sum(const PlnFit *fit) {
  gsize cells = (gsize)fit->n_calls * fit->n_states;
  for (gsize c = 0; c < cells; c++) {
    double sum = 0;
    for (guint k = 0; k < fit->classes; k++) {
      float chance = fit->chance[c * fit->classes + k];
      if (!(chance >= 0 && chance <= 1))
        return FALSE;
      sum += (double)chance;
    }
    if (!(fabs(sum - 1) < 1e-5))
      return FALSE;
  }
  return TRUE;
}

/* What is promised of every fit, whatever the cells. */
static gboolean is_sound(const PlnFit *fit, const PlnCells *cells) {
  gsize slopes = (gsize)fit->n_calls * fit->d;
  gboolean sound = fit->n_states == cells->n_states && fit->n_calls == cells->n_calls &&
                   fit->classes == cells->classes && fit->n_times >= 1 && chances_sum(fit) &&
                   all_finite(fit->slope, slopes) && all_finite(fit->cut, fit->n_calls * 2);
  for (guint j = 0; j < fit->n_calls; j++) {
    sound &= fit->time[j] < fit->n_times && fit->cut[2 * j] <= fit->cut[2 * j + 1];
    sound &= fit->classes == 3 || fit->cut[2 * j] == fit->cut[2 * j + 1];
  }
  sound &= (fit->scale != NULL) == (fit->kind == PLN_FIT_SCALE);
  sound &= (fit->drift != NULL) == (fit->kind == PLN_FIT_DRIFT);
  sound &= (fit->posterior != NULL) == (fit->kind == PLN_FIT_POSTERIOR);
  sound &= (fit->space != NULL) == (fit->kind == PLN_FIT_SPACE);
  return sound && (fit->converged || fit->words);
}

static void test_shapes(void) {
  for (guint k = 0; k < KINDS; k++)
    for (guint classes = 2; classes <= 3; classes++) {
      double x[STATES];
      g_autoptr(PlnCells) cells = cells_of(classes, x);
      PlnFitOptions o = options_of(kinds[k], 2);
      g_autoptr(PlnFit) fit = fit_of(cells, &o);
      gboolean moves = kinds[k] == PLN_FIT_DRIFT || kinds[k] == PLN_FIT_SPACE;
      CU_ASSERT_TRUE(is_sound(fit, cells));
      CU_ASSERT_EQUAL(fit->kind, kinds[k]);
      CU_ASSERT_EQUAL(fit->d, kinds[k] == PLN_FIT_SPACE ? 2 : 1);
      CU_ASSERT_EQUAL(fit->n_times, moves ? SESSIONS : 1);
      CU_ASSERT_EQUAL(fit->time[CALLS - 1], fit->n_times - 1);
      CU_ASSERT_TRUE(all_finite(fit->position, (gsize)fit->n_times * STATES * fit->d));
    }
}

/* Errors are known of everything but of a space's earlier periods and its roll calls. */
static void test_errors(void) {
  double x[STATES];
  g_autoptr(PlnCells) cells = cells_of(3, x);
  for (guint k = 0; k < KINDS; k++) {
    PlnFitOptions o = options_of(kinds[k], 2);
    g_autoptr(PlnFit) fit = fit_of(cells, &o);
    gsize places = (gsize)fit->n_times * STATES * fit->d;
    gsize last = fit->space ? places - STATES * fit->d : 0;
    CU_ASSERT_TRUE(all_nan(fit->error, last));
    CU_ASSERT_TRUE(all_finite(fit->error + last, places - last));
    if (fit->space) {
      CU_ASSERT_TRUE(all_nan(fit->slope_error, CALLS * fit->d) && all_nan(fit->cut_error, CALLS * 2));
    } else {
      CU_ASSERT_TRUE(all_finite(fit->slope_error, CALLS) && all_finite(fit->cut_error, CALLS * 2));
    }
  }
}

static void test_recovered(void) {
  double x[STATES], found[STATES];
  g_autoptr(PlnCells) cells = cells_of(3, x);
  for (guint k = 0; k < KINDS; k++) {
    PlnFitOptions o = options_of(kinds[k], 1);
    g_autoptr(PlnFit) fit = fit_of(cells, &o);
    double right = 0;
    for (guint i = 0; i < STATES; i++)
      found[i] = pln_fit_position(fit, fit->n_times - 1, i, 0);
    CU_ASSERT_TRUE(fabs(made_correlation(STATES, x, found)) > 0.93);
    for (gsize c = 0; c < (gsize)CALLS * STATES; c++)
      if (cells->answer[c] != PLN_ANSWER_NONE)
        right += fit->chance[c * 3 + cells->answer[c]];
    CU_ASSERT_TRUE(right / (double)cells->seen > 0.45); /* a third by chance */
  }
}

/* Each kind is turned by a pair, by one of it, and the other way round by the other. */
static void test_oriented(void) {
  double x[STATES];
  g_autoptr(PlnCells) cells = cells_of(3, x);
  int high = 0, low = 0, none = -1;
  for (int i = 0; i < STATES; i++) {
    high = x[i] > x[high] ? i : high;
    low = x[i] < x[low] ? i : low;
  }
  for (guint k = 0; k < KINDS; k++) {
    const int *pairs[][2] = {{&high, &low}, {&low, &high}, {&high, &none}, {&none, &high}};
    for (guint p = 0; p < G_N_ELEMENTS(pairs); p++) {
      PlnFitOptions o = options_of(kinds[k], 1);
      o.n_pairs = 1, o.plus = pairs[p][0], o.minus = pairs[p][1];
      g_autoptr(PlnFit) fit = fit_of(cells, &o);
      double up = pln_fit_position(fit, fit->n_times - 1, (guint)high, 0);
      double down = pln_fit_position(fit, fit->n_times - 1, (guint)low, 0);
      if (kinds[k] != PLN_FIT_POSTERIOR || p < 2) /* the sampler wants both */
        CU_ASSERT_TRUE((up > down) == (p % 2 == 0));
      CU_ASSERT_TRUE(is_sound(fit, cells));
    }
  }
}

static void test_weights(void) {
  g_autoptr(PlnCells) cells = made_blank(2, 4, 3, 3), none = made_blank(2, 0, 0, 3);
  static const int names[] = {60, 61, 64}, unknown[] = {-1, 60, 61};
  static const guint session[] = {0, 1, 1, 2};
  memcpy(cells->session, session, sizeof session);
  memcpy(cells->session_name, names, sizeof names);
  CU_ASSERT_PTR_NULL(pln_fit_weights(cells, 1));
  CU_ASSERT_PTR_NULL(pln_fit_weights(none, 0.5));
  g_autofree double *weight = pln_fit_weights(cells, 0.5);
  static const double expected[] = {0.0625, 0.125, 0.125, 1};
  for (guint j = 0; j < 4; j++)
    CU_ASSERT_DOUBLE_EQUAL(weight[j], expected[j], 1e-15);
  memcpy(cells->session_name, unknown, sizeof unknown);
  g_autofree double *other = pln_fit_weights(cells, 0.5);
  CU_ASSERT_EQUAL(other[0], 1); /* of no session */
  CU_ASSERT_DOUBLE_EQUAL(other[1], 0.5, 1e-15);
  CU_ASSERT_EQUAL(other[3], 1);
}

/* An old roll call whose every answer is turned round: with decay it moves the rest less. */
static void test_decay(void) {
  double x[STATES];
  g_autoptr(PlnCells) cells = cells_of(3, x), other = cells_of(3, x);
  cells->session_name[0] = other->session_name[0] = 20;
  for (gsize c = 0; c < (gsize)CALLS / SESSIONS * STATES; c++)
    if (c % 3 == 0 && other->answer[c] != PLN_ANSWER_NONE)
      other->answer[c] = 2 - other->answer[c];
  static const PlnFitKind weighted[] = {PLN_FIT_SCALE, PLN_FIT_SPACE};
  for (guint k = 0; k < G_N_ELEMENTS(weighted); k++) {
    double apart[2] = {0};
    for (guint with = 0; with < 2; with++) {
      PlnFitOptions o = options_of(weighted[k], 1);
      o.space.period = 0;
      o.decay = with ? 0.8 : 1;
      g_autoptr(PlnFit) a = fit_of(cells, &o);
      g_autoptr(PlnFit) b = fit_of(other, &o);
      double sign = made_correlation(STATES, a->position, b->position) < 0 ? -1 : 1;
      for (guint i = 0; i < STATES; i++)
        apart[with] += fabs(a->position[i] - sign * b->position[i]) / STATES;
    }
    CU_ASSERT_TRUE(apart[1] < 0.05 * apart[0]); /* 0.8 to the power of 44: nothing */
  }
}

static void test_last(void) {
  double x[STATES];
  g_autoptr(PlnCells) cells = cells_of(3, x);
  for (guint j = 0; j < CALLS; j++) {
    if (cells->session[j] == 2)
      cells->answer[(gsize)j * STATES + 4] = PLN_ANSWER_NONE; /* 4 left, */
    cells->answer[(gsize)j * STATES + 5] = PLN_ANSWER_NONE;   /* 5 never voted */
  }
  PlnFitOptions o = options_of(PLN_FIT_DRIFT, 1);
  g_autoptr(PlnFit) drift = fit_of(cells, &o);
  CU_ASSERT_EQUAL(pln_fit_last(drift, 0), 2);
  CU_ASSERT_EQUAL(pln_fit_last(drift, 4), 1);
  CU_ASSERT_EQUAL(pln_fit_last(drift, 5), -1);
  CU_ASSERT_TRUE(isnan(pln_fit_position(drift, 2, 4, 0)) && isnan(pln_fit_error(drift, 2, 4, 0)));
  CU_ASSERT_TRUE(is_sound(drift, cells));
  o = options_of(PLN_FIT_SPACE, 2);
  g_autoptr(PlnFit) space = fit_of(cells, &o);
  CU_ASSERT_EQUAL(pln_fit_last(space, 4), 2);
  CU_ASSERT_EQUAL(pln_fit_last(space, 5), 2); /* at its prior */
}

/* Next to nothing: an answer is given, and it is sound. */
static void test_degenerate(void) {
  double x[STATES];
  for (guint k = 0; k < KINDS; k++)
    for (guint which = 0; which < 5; which++) {
      g_autoptr(PlnCells) cells = which == 4 ? made_blank(3, 0, 0, 3) : cells_of(3, x);
      PlnDraw draw = pln_draw_stream(6, 0, which);
      for (gsize c = 0; which < 4 && c < (gsize)CALLS * STATES; c++) {
        guint8 *answer = &cells->answer[c];
        if (which == 0 && pln_draw_uniform(&draw) > 0.05)
          *answer = PLN_ANSWER_NONE; /* a twentieth is left, */
        if (which == 1 && (c % STATES == 3 || c / STATES == 7))
          *answer = PLN_ANSWER_NONE; /* nothing of a state and of a roll call, */
        if (which == 2)
          *answer = c % STATES == c / STATES % STATES ? 0 : 2; /* all but one agree, */
        if (which == 3)
          *answer = PLN_ANSWER_NONE; /* nothing */
      }
      cells->seen = 0;
      for (gsize c = 0; c < (gsize)cells->n_calls * cells->n_states; c++)
        cells->seen += cells->answer[c] != PLN_ANSWER_NONE;
      PlnFitOptions o = options_of(kinds[k], 3); /* two too many */
      g_autoptr(PlnFit) fit = fit_of(cells, &o);
      CU_ASSERT_TRUE(is_sound(fit, cells));
    }
}

/* More dimensions than states: the rest is shrunk to nothing. */
static void test_too_many_dimensions(void) {
  g_autoptr(PlnCells) cells = made_blank(3, 4, 1, 3);
  static const guint8 answers[] = {0, 1, 2, 2, 1, 0, 2, 2, 0, 0, 0, 2};
  memcpy(cells->answer, answers, sizeof answers);
  cells->session_name[0] = 60;
  cells->seen = 12;
  PlnFitOptions o = options_of(PLN_FIT_SPACE, 8);
  g_autoptr(PlnFit) fit = fit_of(cells, &o);
  CU_ASSERT_TRUE(is_sound(fit, cells));
  CU_ASSERT_EQUAL(fit->d, 8);
  CU_ASSERT_TRUE(all_finite(fit->position, 3 * 8) && all_finite(fit->error, 3 * 8));
}

static void test_unsettled(void) {
  double x[STATES];
  g_autoptr(PlnCells) cells = cells_of(3, x);
  PlnFitOptions o = options_of(PLN_FIT_SPACE, 2);
  o.space.rounds = 1;
  g_autoptr(PlnFit) fit = fit_of(cells, &o);
  CU_ASSERT_FALSE(fit->converged);
  CU_ASSERT_EQUAL(fit->rounds, 1);
  CU_ASSERT_PTR_NOT_NULL(fit->words);
  o = options_of(PLN_FIT_POSTERIOR, 1);
  o.posterior.draws = 8;
  g_autoptr(PlnFit) posterior = fit_of(cells, &o);
  CU_ASSERT_TRUE(!posterior->converged && posterior->words);
}

static void test_threads(void) {
  double x[STATES];
  g_autoptr(PlnCells) cells = cells_of(3, x);
  for (guint k = 0; k < KINDS; k++) {
    PlnFitOptions o = options_of(kinds[k], 2);
    g_autoptr(PlnFit) one = fit_of(cells, &o);
    o.space.threads = o.posterior.threads = 3;
    g_autoptr(PlnFit) three = fit_of(cells, &o);
    gsize bytes = sizeof(float) * CALLS * STATES * 3;
    CU_ASSERT_EQUAL(memcmp(one->chance, three->chance, bytes), 0);
    CU_ASSERT_EQUAL(memcmp(one->position, three->position, sizeof(double) * STATES * one->d), 0);
  }
}

/* The last test: the flag stays. */
static void test_interrupted(void) {
  double x[STATES];
  g_autoptr(PlnCells) cells = cells_of(3, x);
  g_autoptr(GError) error = NULL;
  PlnFitOptions o = options_of(PLN_FIT_SPACE, 1);
  pln_progress_catch();
  raise(SIGINT);
  CU_ASSERT_PTR_NULL(pln_fit_new(cells, &o, NULL, &error));
  CU_ASSERT_TRUE(g_error_matches(error, PLN_ERROR, PLN_ERROR_FAILED));
  pln_fit_free(NULL);
}

int main(void) {
  CU_TestInfo tests[] = {{"shapes", test_shapes},
                         {"errors", test_errors},
                         {"recovered", test_recovered},
                         {"oriented", test_oriented},
                         {"weights", test_weights},
                         {"decay", test_decay},
                         {"last", test_last},
                         {"degenerate", test_degenerate},
                         {"too many dimensions", test_too_many_dimensions},
                         {"unsettled", test_unsettled},
                         {"threads", test_threads},
                         {"interrupted", test_interrupted},
                         CU_TEST_INFO_NULL};
  return suite_run("fit", tests);
}
