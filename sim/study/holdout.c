/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/holdout.h"

#include <math.h>
#include <string.h>

#include "plenary/draw.h"
#include "plenary/normal.h"

enum { STUDY_HIDE = 0x4849 };

guint8 *pln_holdout_draw(const PlnVoteMatrix *matrix, double share, guint64 seed) {
  gsize cells = (gsize)matrix->n_calls * matrix->n_voters;
  guint8 *hide = g_malloc0(cells + 1);
  PlnDraw draw = pln_draw_stream(seed, STUDY_HIDE, 0);
  for (gsize k = 0; k < cells; k++)
    hide[k] = pln_draw_uniform(&draw) < share && matrix->vote[k] <= PLN_VOTE_A;
  return hide;
}

PlnHoldout *pln_holdout_new(const PlnVoteMatrix *matrix, const PlnCellsOptions *how,
                            const guint8 *hide) {
  PlnHoldout *holdout = g_new0(PlnHoldout, 1);
  PlnCellsOptions all = *how, rest = *how;
  all.hide = NULL;
  rest.hide = hide;
  holdout->truth = pln_cells_new(matrix, &all);
  holdout->seen = pln_cells_new(matrix, &rest);
  gsize cells = (gsize)holdout->truth->n_calls * holdout->truth->n_states;
  holdout->hidden = g_malloc0(cells + 1);
  for (gsize k = 0; k < cells; k++) {
    holdout->hidden[k] = holdout->truth->answer[k] != holdout->seen->answer[k];
    holdout->n_hidden += holdout->hidden[k];
  }
  return holdout;
}

void pln_holdout_free(PlnHoldout *holdout) {
  if (!holdout)
    return;
  pln_cells_free(holdout->seen);
  pln_cells_free(holdout->truth);
  g_free(holdout->hidden);
  g_free(holdout);
}

PlnScored pln_holdout_scored(const PlnHoldout *holdout, const float *chance) {
  const PlnCells *truth = holdout->truth;
  return (PlnScored){truth->n_states, truth->n_calls,  truth->classes,
                     truth->answer,   holdout->hidden, chance};
}

int *pln_holdout_groups(const PlnVoteMatrix *matrix, const PlnCells *cells, GPtrArray *names) {
  int *group = g_new(int, cells->n_states + 1);
  for (guint i = 0; i < cells->n_states; i++) {
    const char *name = matrix->voter[cells->state[i]].group;
    guint at = 0;
    while (at < names->len && strcmp(names->pdata[at], name) != 0)
      at++;
    if (at == names->len && *name)
      g_ptr_array_add(names, (gpointer)name);
    group[i] = *name ? (int)at : -1;
  }
  return group;
}

/* Adds the answers seen of the states of @group (NULL: all) to @count. */
static void count_seen(const PlnCells *seen, guint call, const int *group, int which, double *count) {
  const guint8 *row = pln_cells_row(seen, call);
  for (guint i = 0; i < seen->n_states; i++)
    if (row[i] != PLN_ANSWER_NONE && (!group || group[i] == which))
      count[row[i]] += 1;
}

/* Shares, one answer of @wider (which sum to 1) among them. */
static void shares(guint classes, const double *count, const double *wider, double *share) {
  double all = 1;
  for (guint k = 0; k < classes; k++)
    all += count[k];
  for (guint k = 0; k < classes; k++)
    share[k] = (count[k] + wider[k]) / all;
}

void pln_holdout_shares(const PlnHoldout *holdout, const int *group, float *chance) {
  const PlnCells *seen = holdout->seen;
  int most = -1;
  for (guint i = 0; group && i < seen->n_states; i++)
    most = MAX(most, group[i]);
  for (guint j = 0; j < seen->n_calls; j++) {
    double count[3] = {0}, even[3] = {1.0 / seen->classes, 1.0 / seen->classes, 1.0 / seen->classes};
    double of_all[3];
    count_seen(seen, j, NULL, 0, count);
    shares(seen->classes, count, even, of_all);
    for (int g = -1; g <= most; g++) {
      double own[3] = {0}, of_group[3];
      if (g >= 0)
        count_seen(seen, j, group, g, own);
      shares(seen->classes, own, of_all, of_group);
      for (guint i = 0; i < seen->n_states; i++)
        for (guint k = 0; (group ? group[i] : -1) == g && k < seen->classes; k++)
          chance[((gsize)j * seen->n_states + i) * seen->classes + k] = (float)of_group[k];
    }
  }
}

PlnReliability pln_holdout_reliability(const PlnScored *scored) {
  PlnReliability out = {{0}, {0}, {0}};
  gsize cells = (gsize)scored->n_calls * scored->n_states;
  for (gsize c = 0; c < cells; c++) {
    if (scored->answer[c] == PLN_ANSWER_NONE || (scored->which && !scored->which[c]))
      continue;
    for (guint k = 0; k < scored->classes; k++) {
      double chance = scored->chance[c * scored->classes + k];
      guint bin = MIN((guint)(chance * PLN_RELIABILITY_BINS), PLN_RELIABILITY_BINS - 1);
      out.n[bin]++;
      out.hits[bin] += scored->answer[c] == k;
      out.sum[bin] += chance;
    }
  }
  return out;
}

/* The least that counts, as in pln_measures. */
static double log_of(float chance) {
  return pln_log(MAX((double)chance, 0x1p-149));
}

/* The log score is a ratio, of the sum over the roll calls to the number of hidden cells in them:
 * what varies is each sum less the mean for so many cells, so that roll calls with many hidden
 * cells, or none, are no variation in themselves. */
double pln_holdout_error(const PlnHoldout *holdout, const float *chance, const float *other) {
  const PlnCells *truth = holdout->truth;
  double sum = 0, n = MAX((double)holdout->n_hidden, 1), squares = 0, calls = 0;
  g_autofree double *of_call = g_new0(double, truth->n_calls + 1);
  g_autofree double *hidden = g_new0(double, truth->n_calls + 1);
  gsize c = 0;
  for (guint j = 0; j < truth->n_calls; j++) {
    for (guint i = 0; i < truth->n_states; i++, c++) {
      if (!holdout->hidden[c])
        continue;
      gsize at = c * truth->classes + truth->answer[c];
      of_call[j] -= log_of(chance[at]) - (other ? log_of(other[at]) : 0);
      hidden[j]++;
    }
    sum += of_call[j];
    calls += hidden[j] > 0;
  }
  for (guint j = 0; j < truth->n_calls; j++) {
    double apart = of_call[j] - sum / n * hidden[j];
    squares += apart * apart;
  }
  return calls > 1 ? sqrt(squares * calls / (calls - 1)) / n : NAN;
}

/* The fewest dimensions that are not clearly worse than the best: within one standard error
 * of the paired difference. */
static guint choose(const PlnHoldout *holdout, const GArray *rungs, const GPtrArray *chances) {
  guint best = 0;
  for (guint k = 1; k < rungs->len; k++)
    if (g_array_index(rungs, PlnRung, k).score.log_score <
        g_array_index(rungs, PlnRung, best).score.log_score)
      best = k;
  double least = g_array_index(rungs, PlnRung, best).score.log_score;
  for (guint k = 0; k < best; k++) {
    double worse = g_array_index(rungs, PlnRung, k).score.log_score - least;
    if (worse <= pln_holdout_error(holdout, chances->pdata[k], chances->pdata[best]))
      return g_array_index(rungs, PlnRung, k).dimensions;
  }
  return g_array_index(rungs, PlnRung, best).dimensions;
}

GArray *pln_holdout_ladder(const PlnHoldout *holdout, const PlnFitOptions *options,
                           PlnProgress *progress, guint *best, GError **error) {
  static const guint ladder[PLN_LADDER_RUNGS] = {1, 2, 3, 4, 6, 8, 12, 16, 20, 24, 32};
  g_autoptr(GArray) rungs = g_array_new(FALSE, FALSE, sizeof(PlnRung));
  g_autoptr(GPtrArray) chances = g_ptr_array_new_with_free_func(g_free);
  double least = G_MAXDOUBLE;
  guint no_better = 0;
  for (guint k = 0; k < PLN_LADDER_RUNGS && no_better < 2; k++) {
    PlnFitOptions how = *options;
    how.kind = PLN_FIT_SPACE;
    how.space.dimensions = ladder[k];
    g_autoptr(PlnFit) fit = pln_fit_new(holdout->seen, &how, NULL, error);
    if (!fit)
      return NULL;
    float *chance = g_steal_pointer(&fit->chance);
    PlnScored scored = pln_holdout_scored(holdout, chance);
    PlnRung rung = {ladder[k], pln_measures(&scored), pln_holdout_error(holdout, chance, NULL)};
    g_array_append_val(rungs, rung);
    g_ptr_array_add(chances, chance);
    no_better = rung.score.log_score < least ? 0 : no_better + 1;
    least = MIN(least, rung.score.log_score);
    if (progress)
      pln_progress_step(progress, 1);
  }
  *best = choose(holdout, rungs, chances);
  return g_steal_pointer(&rungs);
}
