/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/scoring.h"

#include <math.h>
#include <string.h>

#include "plenary/error.h"

enum { SURPRISES = 20 };

void pln_scoring_free(PlnScoring *s) {
  if (!s)
    return;
  for (guint k = 0; s->rows && k < s->rows->len; k++)
    g_free(g_array_index(s->rows, PlnScoringRow, k).words);
  g_clear_pointer(&s->rows, g_array_unref);
  g_clear_pointer(&s->names, g_ptr_array_unref);
  pln_holdout_free(s->holdout);
  g_free(s->group);
  g_free(s->asked);
  g_free(s->by_state);
  g_free(s->by_call);
  g_free(s->by_session);
  g_free(s->surprise);
  g_free(s);
}

static void score_apart(PlnScoring *s, const PlnScored *scored) {
  const PlnCells *truth = s->holdout->truth;
  s->by_state = g_new0(PlnMeasures, truth->n_states + 1);
  s->by_call = g_new0(PlnMeasures, truth->n_calls + 1);
  s->by_session = g_new0(PlnMeasures, truth->n_sessions + 1);
  pln_measures_by_state(scored, s->by_state);
  pln_measures_by_call(scored, s->by_call);
  pln_measures_by_session(scored, truth->session, truth->n_sessions, s->by_session);
  s->reliability = pln_holdout_reliability(scored);
  s->surprise = g_new0(PlnSurprise, SURPRISES);
  s->n_surprises = pln_measures_surprises(scored, SURPRISES, s->surprise);
}

void pln_scoring_add(PlnScoring *s, char *name, const char *words, const float *chance) {
  PlnScored scored = pln_holdout_scored(s->holdout, chance);
  PlnScoringRow row = {name, g_strdup(words), pln_measures(&scored), 0, 0};
  if (s->asked) {
    row.behind = row.score.log_score - g_array_index(s->rows, PlnScoringRow, 0).score.log_score;
    row.error = pln_holdout_error(s->holdout, chance, s->asked);
  } else {
    const PlnCells *truth = s->holdout->truth;
    gsize cells = (gsize)truth->n_calls * truth->n_states * truth->classes;
    s->asked = g_memdup2(chance, sizeof(float) * cells);
    score_apart(s, &scored);
  }
  g_ptr_array_add(s->names, name);
  g_array_append_val(s->rows, row);
}

static char *name_of(const PlnFit *fit) {
  static const char *const names[] = {"scale", "drift", "posterior", "space"};
  return g_strdup_printf("%s, %u dimension%s", names[fit->kind], fit->d, fit->d == 1 ? "" : "s");
}

PlnScoring *pln_scoring_open(const PlnVoteMatrix *matrix, const PlnEstimateOptions *options,
                             const guint8 *hide, GError **error) {
  g_autoptr(PlnScoring) s = g_new0(PlnScoring, 1);
  s->matrix = matrix;
  s->rows = g_array_new(FALSE, FALSE, sizeof(PlnScoringRow));
  s->names = g_ptr_array_new_with_free_func(g_free);
  s->holdout = pln_holdout_new(matrix, &options->cells, hide);
  g_autoptr(GPtrArray) groups = g_ptr_array_new();
  s->group = pln_holdout_groups(matrix, s->holdout->seen, groups);
  s->n_groups = groups->len;
  if (s->holdout->n_hidden > 0)
    return g_steal_pointer(&s);
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
              "nothing to score: no hidden vote lies in the %u roll calls that enter (--sessions, "
              "--lopsided); expected at least one",
              s->holdout->truth->n_calls);
  return NULL;
}

void pln_scoring_baselines(PlnScoring *s) {
  const PlnCells *seen = s->holdout->seen;
  g_autofree float *chance = g_new(float, (gsize)seen->n_calls * seen->n_states * seen->classes + 1);
  pln_holdout_shares(s->holdout, s->group, chance);
  pln_scoring_add(s, g_strdup("shares within the group"), NULL, chance);
  pln_holdout_shares(s->holdout, NULL, chance);
  pln_scoring_add(s, g_strdup("shares of the roll call"), NULL, chance);
}

PlnScoring *pln_scoring_new(const PlnVoteMatrix *matrix, const PlnEstimateOptions *options,
                            guint8 *hide, PlnProgress *progress, GError **error) {
  g_autofree guint8 *taken = hide;
  g_autoptr(PlnScoring) s = pln_scoring_open(matrix, options, taken, error);
  if (!s)
    return NULL;
  const PlnCells *seen = s->holdout->seen;
  PlnFitOptions how = options->fit;
  if (options->groups && s->n_groups <= PLN_SPACE_GROUPS) {
    how.space.group = s->group;
    how.space.n_groups = s->n_groups;
  }
  g_autofree const char **codes = g_new(const char *, seen->n_states + 1);
  for (guint i = 0; i < seen->n_states; i++)
    codes[i] = matrix->voter[seen->state[i]].code;
  how.posterior.name = codes;
  g_autoptr(PlnFit) fit = pln_fit_new(seen, &how, progress, error);
  if (!fit)
    return NULL;
  pln_scoring_add(s, name_of(fit), fit->words, fit->chance);
  if (fit->kind != PLN_FIT_SCALE) {
    PlnFitOptions line = how;
    line.kind = PLN_FIT_SCALE;
    g_autoptr(PlnFit) scale = pln_fit_new(seen, &line, NULL, error);
    if (!scale)
      return NULL;
    pln_scoring_add(s, name_of(scale), scale->words, scale->chance);
  }
  pln_scoring_baselines(s);
  return g_steal_pointer(&s);
}
