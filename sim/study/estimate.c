/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/estimate.h"

#include <math.h>
#include <string.h>

#include "plenary/asked.h"
#include "plenary/error.h"
#include "plenary/text.h"

PlnEstimateOptions pln_estimate_options(void) {
  return (PlnEstimateOptions){.cells = {.classes = 3, .lopsided = 0.025, .from = -1, .to = -1},
                              .fit = pln_fit_options(PLN_FIT_SCALE),
                              .samples = PLN_CLUSTERS_SAMPLES,
                              .surprises = 20,
                              .span = {-1, -1, -1, -1}};
}

static void free_bloc(gpointer data) {
  g_free(((PlnBlocFound *)data)->in);
}

void pln_estimate_free(PlnEstimate *e) {
  if (!e)
    return;
  pln_cells_free(e->cells);
  pln_fit_free(e->fit);
  pln_presence_free(e->presence);
  pln_agreement_free(e->agreement);
  pln_clusters_free(e->clusters);
  g_clear_pointer(&e->rungs, g_array_unref);
  g_clear_pointer(&e->blocs, g_array_unref);
  g_clear_pointer(&e->group_name, g_ptr_array_unref);
  gpointer all[] = {e->group, e->by_state, e->by_call, e->by_session, e->surprise, e->move};
  for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
    g_free(all[k]);
  g_free(e);
}

/* How many roll calls the sessions have, and why some do not enter. */
static void count_calls(PlnEstimate *e) {
  const PlnCellsOptions *how = &e->options.cells;
  for (guint j = 0; j < e->matrix->n_calls; j++) {
    if (!pln_session_within(e->matrix->call[j].session, how->from, how->to))
      continue;
    const guint8 *row = pln_vote_matrix_row(e->matrix, j);
    gboolean answered = FALSE;
    for (guint i = 0; i < e->matrix->n_voters; i++)
      answered |= row[i] <= PLN_VOTE_A;
    e->called++;
    e->unanswered += !answered;
  }
  e->lopsided = e->called - e->unanswered - e->cells->n_calls;
}

/* The state of the cells that @word names, "USA+", with its sign; or -1 and a near miss. */
static int find_oriented(const PlnEstimate *e, const char *word, gboolean *plus, GError **error) {
  gsize n = strlen(word);
  g_autofree char *code = g_strndup(word, n > 0 ? n - 1 : 0);
  g_autoptr(GPtrArray) codes = g_ptr_array_new();
  *plus = n > 0 && word[n - 1] == '+';
  for (guint i = 0; i < e->cells->n_states; i++) {
    const char *known = e->matrix->voter[e->cells->state[i]].code;
    if (n > 1 && strcmp(known, code) == 0 && (*plus || word[n - 1] == '-'))
      return (int)i;
    g_ptr_array_add(codes, (gpointer)known);
  }
  g_ptr_array_add(codes, NULL);
  const char *near = pln_text_near(code, (const char *const *)codes->pdata);
  if (n < 2 || (!*plus && word[n - 1] != '-'))
    pln_asked_fail(error, "--orient has \"%s\"; expected a voter and its side, as USA+ or CUB-",
                   word);
  else
    pln_asked_fail(error, "--orient names \"%s\", who has no vote in these roll calls%s%s%s", code,
                   near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
  return -1;
}

/* Words are taken in pairs, one dimension a pair: a plus and a minus, or one of them alone. */
static gboolean orient(PlnEstimate *e, int *plus, int *minus, GError **error) {
  const char *const *words = e->options.orient;
  guint pair = 0;
  for (guint k = 0; k < PLN_SPACE_MOST; k++)
    plus[k] = minus[k] = -1;
  for (guint k = 0; words && words[k]; k++) {
    gboolean up;
    int state = find_oriented(e, words[k], &up, error);
    if (state < 0)
      return FALSE;
    pair += (up ? plus : minus)[pair] >= 0;
    if (pair == PLN_SPACE_MOST) {
      g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "--orient has too many words");
      return FALSE;
    }
    (up ? plus : minus)[pair] = state;
  }
  e->options.fit.n_pairs = pair + 1;
  e->options.fit.plus = plus;
  e->options.fit.minus = minus;
  return TRUE;
}

static gboolean any_left(const PlnEstimate *e, GError **error) {
  if (e->cells->n_calls > 0 && e->cells->n_states > 1)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
              "nothing to fit: of %u roll calls %u were answered by nobody and %u have a smaller side "
              "below %.4g %% (--lopsided); expected at least one that divides two voters",
              e->called, e->unanswered, e->lopsided, 100 * e->options.cells.lopsided);
  return FALSE;
}

/* Out of sample: the ladder of dimensions where asked, then the model itself. */
static gboolean score_outside(PlnEstimate *e, PlnProgress *progress, GError **error) {
  if (e->options.hold_out <= 0)
    return TRUE;
  PlnFitOptions *how = &e->options.fit;
  g_autofree guint8 *hide = pln_holdout_draw(e->matrix, e->options.hold_out, how->space.seed);
  g_autoptr(PlnHoldout) holdout = pln_holdout_new(e->matrix, &e->options.cells, hide);
  if (e->options.choose) {
    e->rungs = pln_holdout_ladder(holdout, how, progress, &how->space.dimensions, error);
    if (!e->rungs)
      return FALSE;
  }
  g_autoptr(PlnFit) fit = pln_fit_new(holdout->seen, how, NULL, error);
  if (!fit)
    return FALSE;
  PlnScored scored = pln_holdout_scored(holdout, fit->chance);
  e->outside = pln_measures(&scored);
  pln_measures_by_state(&scored, e->by_state);
  pln_measures_by_call(&scored, e->by_call);
  pln_measures_by_session(&scored, e->cells->session, e->cells->n_sessions, e->by_session);
  g_autofree float *chance =
      g_new(float, (gsize)e->cells->n_calls * e->cells->n_states * e->cells->classes);
  scored.chance = chance;
  pln_holdout_shares(holdout, NULL, chance);
  e->shares = pln_measures(&scored);
  pln_holdout_shares(holdout, e->group, chance);
  e->group_shares = pln_measures(&scored);
  return TRUE;
}

static void score_inside(PlnEstimate *e) {
  const PlnCells *c = e->cells;
  PlnScored scored = {c->n_states, c->n_calls, c->classes, c->answer, NULL, e->fit->chance};
  e->inside = pln_measures(&scored);
  if (e->outside.n == 0) {
    pln_measures_by_state(&scored, e->by_state);
    pln_measures_by_call(&scored, e->by_call);
    pln_measures_by_session(&scored, c->session, c->n_sessions, e->by_session);
  }
  e->surprise = g_new0(PlnSurprise, e->options.surprises + 1);
  e->n_surprises = pln_measures_surprises(&scored, e->options.surprises, e->surprise);
}

/* The last of the sessions that are looked at weighs 1, though the matrix may go on. */
static void look_at_absences(PlnEstimate *e) {
  const PlnCellsOptions *of = &e->options.cells;
  g_autofree double *weight = g_new(double, e->matrix->n_calls + 1);
  double most = 0;
  pln_presence_decay(e->matrix, e->options.fit.decay, weight);
  for (guint j = 0; j < e->matrix->n_calls; j++)
    if (pln_session_within(e->matrix->call[j].session, of->from, of->to))
      most = MAX(most, weight[j]);
  for (guint j = 0; j < e->matrix->n_calls; j++)
    weight[j] /= most;
  PlnPresenceOptions how = {.weight = weight, .from = of->from, .to = of->to};
  e->presence = pln_presence_new(e->matrix, &how);
}

static void place_bloc(const PlnEstimate *e, PlnBlocFound *found) {
  double sum = 0, squares = 0, n = 0;
  for (guint i = 0; i < e->cells->n_states; i++) {
    int last = pln_fit_last(e->fit, i);
    if (!found->in[i] || last < 0)
      continue;
    double x = pln_fit_position(e->fit, (guint)last, i, 0);
    sum += x;
    squares += x * x;
    n++;
  }
  found->mean = n > 0 ? sum / n : NAN;
  found->spread = n > 1 ? sqrt(MAX(squares - sum * sum / n, 0) / (n - 1)) : NAN;
}

/* Blocs that two voters or more were in on the day of the last roll call; none where the
 * roll calls have no days. */
static void look_at_blocs(PlnEstimate *e) {
  PlnDay day = e->matrix->call[e->cells->call[e->cells->n_calls - 1]].day;
  g_autoptr(GPtrArray) blocs = pln_world_blocs(e->world);
  e->blocs = g_array_new(FALSE, FALSE, sizeof(PlnBlocFound));
  g_array_set_clear_func(e->blocs, free_bloc);
  for (guint b = 0; b < blocs->len && day != PLN_DAY_NONE; b++) {
    if (*((const PlnBloc *)blocs->pdata[b])->made_from)
      continue; /* drawn from a roll call, perhaps one of these */
    PlnBlocFound found = {.bloc = blocs->pdata[b], .in = g_malloc0(e->cells->n_states)};
    g_autoptr(GHashTable) members = pln_world_bloc_members(e->world, found.bloc, day);
    guint n = 0;
    for (guint i = 0; i < e->cells->n_states; i++) {
      found.in[i] = g_hash_table_contains(members, e->matrix->voter[e->cells->state[i]].code);
      n += found.in[i];
    }
    if (n < 2) {
      free_bloc(&found);
      continue;
    }
    found.agreement = pln_agreement_group(e->agreement, e->cells, found.in);
    place_bloc(e, &found);
    g_array_append_val(e->blocs, found);
  }
}

static void look_at_clusters(PlnEstimate *e) {
  if (e->options.samples == 0)
    return;
  guint n = e->cells->n_states;
  g_autofree double *distance = g_new(double, (gsize)n *n);
  pln_agreement_distances(e->agreement, PLN_AGREEMENT_SAME, distance);
  e->clusters = pln_clusters_new(distance, n, 0);
  pln_clusters_resample(e->clusters, e->cells, PLN_AGREEMENT_SAME, e->options.samples,
                        e->options.fit.space.seed);
}

/* The mean over the sessions @from to @to of a state's positions, and of their errors: as if
 * these were one error, for they mostly are. */
static double mean_of_span(const PlnEstimate *e, guint state, int from, int to, double *error) {
  double sum = 0, errors = 0, n = 0;
  for (guint t = 0; t < e->fit->n_times; t++) {
    double x = pln_fit_position(e->fit, t, state, 0);
    int session = e->cells->session_name[t];
    if (session < from || session > to || isnan(x))
      continue;
    sum += x;
    errors += pln_fit_error(e->fit, t, state, 0);
    n++;
  }
  *error = n > 0 ? errors / n : NAN;
  return n > 0 ? sum / n : NAN;
}

static void look_at_moves(PlnEstimate *e) {
  const int *name = e->cells->session_name;
  guint none = name[0] < 0, sessions = e->cells->n_sessions - none; /* of no session: first */
  memcpy(e->span, e->options.span, sizeof e->span);
  if (e->fit->kind != PLN_FIT_DRIFT || sessions < 2)
    return;
  name += none;
  if (e->span[0] < 0) {
    guint third = MAX(sessions / 3, 1);
    e->span[0] = name[0];
    e->span[1] = name[third - 1];
    e->span[2] = name[sessions - third];
    e->span[3] = name[sessions - 1];
  }
  e->move = g_new0(PlnMove, e->cells->n_states + 1);
  for (guint i = 0; i < e->cells->n_states; i++) {
    PlnMove *move = &e->move[i];
    double before, after;
    move->before = mean_of_span(e, i, e->span[0], e->span[1], &before);
    move->after = mean_of_span(e, i, e->span[2], e->span[3], &after);
    move->change = move->after - move->before;
    move->error = sqrt(before * before + after * after);
  }
}

guint64 pln_estimate_steps(const PlnVoteMatrix *matrix, const PlnEstimateOptions *options) {
  const PlnPosteriorOptions *how = &options->fit.posterior;
  guint64 rungs = options->choose ? PLN_LADDER_RUNGS : 0;
  if (options->fit.kind != PLN_FIT_POSTERIOR)
    return rungs + options->fit.space.rounds;
  g_autoptr(PlnCells) cells = pln_cells_new(matrix, &options->cells);
  return (guint64)how->chains * how->draws * pln_posterior_thin(cells, how);
}

PlnEstimate *pln_estimate_new(const PlnVoteMatrix *matrix, const PlnWorld *world,
                              const PlnEstimateOptions *options, PlnProgress *progress,
                              GError **error) {
  g_autoptr(PlnEstimate) e = g_new0(PlnEstimate, 1);
  int plus[PLN_SPACE_MOST], minus[PLN_SPACE_MOST];
  e->matrix = matrix;
  e->world = world;
  e->options = *options;
  e->cells = pln_cells_new(matrix, &options->cells);
  e->by_state = g_new0(PlnMeasures, e->cells->n_states + 1);
  e->by_call = g_new0(PlnMeasures, e->cells->n_calls + 1);
  e->by_session = g_new0(PlnMeasures, e->cells->n_sessions + 1);
  count_calls(e);
  if (!any_left(e, error))
    return NULL;
  e->group_name = g_ptr_array_new();
  e->group = pln_holdout_groups(matrix, e->cells, e->group_name);
  if (options->groups) {
    e->options.fit.space.group = e->group;
    e->options.fit.space.n_groups = e->group_name->len;
  }
  if (options->groups && e->group_name->len > PLN_SPACE_GROUPS) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "--groups: there are %u groups; expected %d at the most", e->group_name->len,
                PLN_SPACE_GROUPS);
    return NULL;
  }
  g_autofree const char **name = g_new(const char *, e->cells->n_states + 1);
  for (guint i = 0; i < e->cells->n_states; i++)
    name[i] = matrix->voter[e->cells->state[i]].code;
  e->options.fit.posterior.name = name;
  if (!orient(e, plus, minus, error) || !score_outside(e, progress, error))
    return NULL;
  e->fit = pln_fit_new(e->cells, &e->options.fit, progress, error);
  if (!e->fit)
    return NULL;
  score_inside(e);
  look_at_absences(e);
  e->agreement = pln_agreement_new(e->cells, NULL, 0);
  look_at_blocs(e);
  look_at_clusters(e);
  look_at_moves(e);
  e->options.fit.plus = e->options.fit.minus = NULL; /* they end with this function */
  e->options.fit.posterior.name = NULL;
  e->options.fit.n_pairs = 0;
  return g_steal_pointer(&e);
}
