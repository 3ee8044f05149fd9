/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drifting positions: known walks found again with intervals that cover, one session the
 * same as a scale, sessions linked by those that sit in both, every degenerate case answered. */
#include "plenary/drift.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "made_cells.h"
#include "plenary/roll_calls.h"
#include "plenary/scale.h"
#include "scene.h"
#include "suite.h"

static gboolean is_near(double a, double b, double tolerance) {
  return fabs(a - b) <= tolerance * (1 + fabs(a) + fabs(b));
}

/* Walks of @sd a session, then each session to mean 0 and deviation 1, as linking makes them
 * where everybody sits in every session. */
static void made_walks(guint n_states, guint n_sessions, double sd, PlnDraw *draw, double *x) {
  for (guint i = 0; i < n_states; i++)
    x[i] = pln_draw_normal(draw);
  for (guint k = n_states; k < n_states * n_sessions; k++)
    x[k] = x[k - n_states] + sd * pln_draw_normal(draw);
  for (guint s = 0; s < n_sessions; s++)
    made_standard(n_states, x + s * n_states);
}

static void test_recovery(void) {
  enum { STATES = 50, SESSIONS = 10, CALLS = 300, ALL = STATES * SESSIONS, SETS = 10 };
  static double x[ALL];
  static PlnCurve curve[CALLS];
  for (guint classes = 2; classes <= 3; classes++) {
    double covered = 0, square = 0, innovation = 0;
    for (guint set = 0; set < SETS; set++) {
      PlnDraw draw = pln_draw_stream(5, 910 + classes, set);
      made_walks(STATES, SESSIONS, 0.25, &draw, x);
      made_curves(CALLS, classes, &draw, curve);
      g_autoptr(PlnCells) cells = made_blank(STATES, CALLS, SESSIONS, classes);
      made_draw(cells, x, curve, 0.1, &draw);
      PlnDriftOptions options = pln_drift_options();
      options.innovation_sd = 0;
      options.slope_sd = options.cut_sd = 1.5;
      for (guint i = 0; i < STATES; i++)
        options.plus = x[i] > 1.2 && x[ALL - STATES + i] > 0.8 ? (int)i : options.plus;
      g_autoptr(PlnDrift) drift = pln_drift_new(cells, &options);
      CU_ASSERT_TRUE(drift->converged);
      CU_ASSERT_PTR_NULL(drift->words);
      CU_ASSERT_TRUE(made_correlation(ALL, x, drift->position) > 0.95);
      for (guint k = 0; k < ALL; k++) {
        double z = (drift->position[k] - x[k]) / drift->error[k];
        covered += (fabs(z) < 1.6448536) / (double)(ALL * SETS);
        square += z * z / (ALL * SETS);
      }
      innovation += drift->innovation_sd / SETS;
    }
    printf("%u classes: 90%% intervals cover %.2f%%, error / standard error %.3f, walk %.3f ... ",
           classes, 100 * covered, sqrt(square), innovation);
    CU_ASSERT_TRUE(covered > 0.86 && covered < 0.94);
    CU_ASSERT_TRUE(innovation > 0.15 && innovation < 0.35);
  }
}

/* One session is a scale, position by position and curve by curve. */
static void test_one_session(void) {
  enum { STATES = 30, CALLS = 60 };
  double x[STATES];
  PlnCurve curve[CALLS];
  for (guint classes = 2; classes <= 3; classes++) {
    PlnDraw draw = pln_draw_stream(5, 914, classes);
    made_walks(STATES, 1, 0.1, &draw, x);
    made_curves(CALLS, classes, &draw, curve);
    g_autoptr(PlnCells) cells = made_blank(STATES, CALLS, 1, classes);
    made_draw(cells, x, curve, 0.1, &draw);
    PlnDriftOptions by_session = pln_drift_options();
    PlnScaleOptions at_once = pln_scale_options();
    at_once.softenings = 0;
    at_once.slope_sd = by_session.slope_sd;
    at_once.cut_sd = by_session.cut_sd;
    at_once.gap_shape = by_session.gap_shape;
    at_once.gap_rate = by_session.gap_rate;
    at_once.tolerance = by_session.tolerance = 1e-10;
    g_autoptr(PlnDrift) drift = pln_drift_new(cells, &by_session);
    g_autoptr(PlnScale) scale = pln_scale_new(cells, &at_once);
    for (guint i = 0; i < STATES; i++) {
      CU_ASSERT_TRUE(is_near(drift->position[i], scale->position[i], 1e-6));
      CU_ASSERT_TRUE(is_near(drift->mean[i], scale->position[i], 1e-6));
      CU_ASSERT_TRUE(is_near(drift->error[i], scale->error[i], 0.1));
    }
    for (guint j = 0; j < CALLS; j++) {
      CU_ASSERT_TRUE(is_near(drift->curve[j].slope, scale->curve[j].slope, 1e-6));
      CU_ASSERT_TRUE(is_near(drift->curve[j].low, scale->curve[j].low, 1e-6));
      CU_ASSERT_TRUE(is_near(drift->curve[j].high, scale->curve[j].high, 1e-6));
      CU_ASSERT_TRUE(is_near(drift->curve_error[j].slope, scale->curve_error[j].slope, 0.2));
    }
  }
}

/* Ten sit throughout, twenty from the third session on, all of them far up: the old ones'
 * mean and spread stay, the whole's do not. */
static void test_linking(void) {
  enum { STATES = 30, OLD = 10, SESSIONS = 5, CALLS = 150 };
  static double x[STATES * SESSIONS];
  static PlnCurve curve[CALLS];
  PlnDraw draw = pln_draw_stream(5, 915, 0);
  for (guint i = 0; i < STATES; i++)
    x[i] = i < OLD ? (i - 4.5) / 3 : 1 + 0.5 * pln_draw_normal(&draw);
  for (guint k = STATES; k < STATES * SESSIONS; k++)
    x[k] = x[k - STATES];
  made_curves(CALLS, 3, &draw, curve);
  g_autoptr(PlnCells) cells = made_blank(STATES, CALLS, SESSIONS, 3);
  made_draw(cells, x, curve, 0, &draw);
  for (guint j = 0; j < CALLS; j++)
    for (guint i = OLD; i < STATES && cells->session[j] < 2; i++)
      cells->answer[j * STATES + i] = PLN_ANSWER_NONE;
  PlnDriftOptions options = pln_drift_options();
  options.plus = 9;
  options.minus = 0;
  g_autoptr(PlnDrift) drift = pln_drift_new(cells, &options);
  double mean[SESSIONS] = {0}, spread[SESSIONS] = {0};
  for (guint s = 0; s < SESSIONS; s++)
    for (guint i = 0; i < OLD; i++)
      mean[s] += drift->position[s * STATES + i] / OLD;
  for (guint s = 0; s < SESSIONS; s++)
    for (guint i = 0; i < OLD; i++)
      spread[s] += pow(drift->position[s * STATES + i] - mean[s], 2) / OLD;
  for (guint s = 0; s + 1 < 3; s++) { /* from the third on all sit, and all keep their own */
    CU_ASSERT_TRUE(is_near(mean[s], mean[s + 1], 1e-9));
    CU_ASSERT_TRUE(is_near(spread[s], spread[s + 1], 1e-9));
  }
  CU_ASSERT_TRUE(isnan(drift->position[OLD]) && isnan(drift->error[OLD]));
  CU_ASSERT_TRUE(drift->mean[20] > drift->mean[4]);
  CU_ASSERT_TRUE(drift->position[9] > drift->position[0]);
  double chance[3];
  pln_drift_chance(drift, OLD, 0, chance); /* not yet a member: from where it first stands */
  CU_ASSERT_TRUE(is_near(chance[0] + chance[1] + chance[2], 1, 1e-9));
}

static void expect(PlnCells *cells, const char *word) {
  for (int linked = 0; linked < 2; linked++)
    for (double sd = 0; sd < 0.4; sd += 0.3) {
      PlnDriftOptions options = pln_drift_options();
      options.linked = linked;
      options.innovation_sd = sd;
      g_autoptr(PlnDrift) drift = pln_drift_new(cells, &options);
      if (word)
        CU_ASSERT_TRUE(drift->words && strstr(drift->words, word));
      guint found = 0;
      for (guint k = 0; k < drift->n_states * drift->n_sessions; k++) {
        found += !isnan(drift->position[k]);
        CU_ASSERT_EQUAL(isnan(drift->position[k]), isnan(drift->error[k]));
      }
      CU_ASSERT_EQUAL(found, drift->n_positions);
      for (guint j = 0; j < drift->n_calls; j++)
        for (guint i = 0; i < drift->n_states; i++) {
          double chance[3] = {0, 0, 0};
          pln_drift_chance(drift, i, j, chance);
          CU_ASSERT_TRUE(is_near(chance[0] + chance[1] + chance[2], 1, 1e-9));
        }
    }
  pln_cells_free(cells);
}

static void test_degenerate(void) {
  for (guint classes = 2; classes <= 3; classes++) {
    expect(made_blank(0, 0, 0, classes), "no answers");
    expect(made_blank(3, 4, 2, classes), "no answers");
    PlnCells *cells = made_blank(5, 8, 4, classes);
    memset(cells->answer, 1, 5 * 8);
    expect(cells, "do not differ");
    cells = made_blank(1, 6, 3, classes);
    for (guint j = 0; j < 6; j++)
      cells->answer[j] = j % 2;
    expect(cells, NULL);
    cells = made_blank(8, 8, 4, classes); /* nobody sits in two sessions that follow */
    for (guint j = 0; j < 8; j++)
      for (guint i = 0; i < 4; i++)
        cells->answer[j * 8 + (cells->session[j] % 2) * 4 + i] = (guint8)(i % 2 ? classes - 1 : 0);
    expect(cells, NULL);
    cells = made_blank(9, 12, 4, classes); /* separated, and one session without an answer */
    for (guint j = 0; j < 12; j++)
      for (guint i = 0; i < 9 && cells->session[j] != 2; i++)
        cells->answer[j * 9 + i] = (guint8)(i > 4 ? classes - 1 : 0);
    expect(cells, NULL);
  }
}

/* Reads a published position into @out, which is laid out as the fit's. */
static void take_published(char **field, const PlnCells *cells, const PlnVoteMatrix *matrix,
                           double *out) {
  int voter = pln_vote_matrix_voter(matrix, field[0]), session = atoi(field[1]);
  for (guint s = 0; s < cells->n_sessions && voter >= 0; s++)
    for (guint i = 0; i < cells->n_states && cells->session_name[s] == session; i++)
      if (cells->state[i] == (guint)voter)
        out[s * cells->n_states + i] = g_ascii_strtod(field[2], NULL);
}

static double *published(const char *folder, const PlnCells *cells, const PlnVoteMatrix *matrix) {
  g_autofree char *path = g_build_filename(folder, "ideal_points_published.csv", NULL);
  g_autofree char *text = NULL;
  double *out = g_new(double, (gsize)cells->n_states * cells->n_sessions + 1);
  for (gsize k = 0; k < (gsize)cells->n_states * cells->n_sessions; k++)
    out[k] = NAN;
  if (!g_file_get_contents(path, &text, NULL, NULL))
    return out;
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (guint l = 1; lines[l]; l++) {
    g_auto(GStrv) field = g_strsplit(lines[l], ",", -1);
    if (g_strv_length(field) >= 3)
      take_published(field, cells, matrix, out);
  }
  return out;
}

/* How far the fit agrees with the published points: pooled, and the mean over sessions. */
static void agreement(const PlnDrift *drift, const double *theirs, double *pooled, double *within) {
  gsize all = (gsize)drift->n_states * drift->n_sessions, n = 0;
  guint sessions = 0;
  g_autofree double *a = g_new(double, all + 1), *b = g_new(double, all + 1);
  *within = 0;
  for (guint s = 0; s < drift->n_sessions; s++) {
    gsize first = n;
    for (gsize k = (gsize)s * drift->n_states; k < (gsize)(s + 1) * drift->n_states; k++)
      if (!isnan(drift->position[k]) && !isnan(theirs[k])) {
        a[n] = drift->position[k];
        b[n++] = theirs[k];
      }
    if (n > first + 2) {
      *within += made_correlation((guint)(n - first), a + first, b + first);
      sessions++;
    }
  }
  *pooled = made_correlation((guint)n, a, b);
  *within /= sessions;
}

/* Every contested vote of 1946 to 2019 against the published points, where they are at hand
 * ($PLENARY_VOTES: a folder). */
static void test_bulk(void) {
  const char *folder = g_getenv("PLENARY_VOTES");
  g_autofree char *votes = g_build_filename(folder ? folder : "", "unga_votes_1946_2019.csv", NULL);
  g_autofree char *list =
      g_build_filename(folder ? folder : "", "unga_roll_calls_1946_2019.csv", NULL);
  if (!folder || !g_file_test(votes, G_FILE_TEST_EXISTS)) {
    printf("\n  skipped: PLENARY_VOTES names no folder with unga_votes_1946_2019.csv\n");
    return;
  }
  g_autoptr(PlnFaults) faults = pln_faults_new();
  PlnRollCallsOptions from = {.votes = votes, .list = list, .from = -1, .to = -1};
  g_autoptr(PlnVoteMatrix) matrix = pln_roll_calls_load(scene_world(), &from, faults);
  CU_ASSERT_PTR_NOT_NULL_FATAL(matrix);
  PlnCellsOptions which = {.classes = 3, .lopsided = 0.025, .from = -1, .to = -1};
  g_autoptr(PlnCells) cells = pln_cells_new(matrix, &which);
  PlnDriftOptions options = pln_drift_options();
  for (guint i = 0; i < cells->n_states; i++)
    if (strcmp(matrix->voter[cells->state[i]].code, "USA") == 0)
      options.plus = (int)i;
  gint64 began = g_get_monotonic_time();
  g_autoptr(PlnDrift) drift = pln_drift_new(cells, &options);
  double took = (double)(g_get_monotonic_time() - began) * 1e-6, pooled, within;
  g_autofree double *theirs = published(folder, cells, matrix);
  agreement(drift, theirs, &pooled, &within);
  printf("\n  %u roll calls, %" G_GSIZE_FORMAT
         " cells, %u positions in %.2f s; with the published points "
         "%.4f pooled, %.4f within sessions ... ",
         cells->n_calls, cells->seen, drift->n_positions, took, pooled, within);
  CU_ASSERT_TRUE(drift->converged);
  CU_ASSERT_TRUE(pooled > 0.965 && within > 0.98);
}

int main(void) {
  CU_TestInfo tests[] = {{"known walks are found again", test_recovery},
                         {"one session is a scale", test_one_session},
                         {"those that stay keep their unit", test_linking},
                         {"always an answer", test_degenerate},
                         {"1946 to 2019", test_bulk},
                         CU_TEST_INFO_NULL};
  return suite_run("drift", tests);
}
