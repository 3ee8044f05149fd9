/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the forecasts of a session start from: the sessions before it, and no more. */
#include <string.h>

#include "plenary/error.h"
#include "plenary/whip_backtest.h"

void pln_whip_test_past_free(PlnWhipTestPast *past) {
  if (!past)
    return;
  pln_electorate_free(past->electorate);
  pln_recurrence_free(past->recurrence);
  pln_rivals_free(past->rivals);
  g_free(past->group);
  pln_cells_free(past->contested);
  pln_vote_matrix_free(past->history);
  g_free(past);
}

static gboolean is_day(PlnDay day) {
  return day != PLN_DAY_NONE && day != PLN_DAY_UNKNOWN;
}

/* The last day of the history that is known as such, or PLN_DAY_NONE. */
static PlnDay last_day(const PlnVoteMatrix *history) {
  PlnDay last = PLN_DAY_NONE;
  for (guint j = 0; j < history->n_calls; j++)
    if (is_day(history->call[j].day))
      last = MAX(last, history->call[j].day);
  return last;
}

/* Groups as the matrix names them; where it names none, the regional groups on the last day of
 * the history. */
static void find_groups(PlnWhipTestPast *past, const PlnVoteMatrix *matrix, const PlnWorld *world) {
  g_autoptr(GPtrArray) names = g_ptr_array_new(), blocs = pln_world_blocs(world);
  PlnDay day = last_day(past->history);
  past->group = g_new(int, matrix->n_voters + 1);
  for (guint i = 0; i < matrix->n_voters; i++) {
    const char *name = matrix->voter[i].group;
    guint at = 0;
    while (at < names->len && strcmp(names->pdata[at], name) != 0)
      at++;
    if (at == names->len && *name)
      g_ptr_array_add(names, (gpointer)name);
    past->group[i] = *name ? (int)at : -1;
  }
  for (guint b = 0; names->len == 0 && b < blocs->len && day != PLN_DAY_NONE; b++) {
    const PlnBloc *bloc = blocs->pdata[b];
    if (strcmp(bloc->kind, "regional-group") != 0 || *bloc->made_from)
      continue;
    g_autoptr(GHashTable) members = pln_world_bloc_members(world, bloc, day);
    for (guint i = 0; i < matrix->n_voters; i++)
      if (g_hash_table_contains(members, matrix->voter[i].code))
        past->group[i] = (int)b;
  }
}

/* A matrix of the history's roll calls alone, so that nothing made from it can see another.
 * One that the record puts into an earlier session and on a later day than the first roll call
 * tested is none of them: which of the two is wrong is not ours to say. */
static void cut_history(PlnWhipTestPast *past, const PlnVoteMatrix *matrix, const guint8 *mark) {
  g_autofree guint *row = g_new(guint, matrix->n_calls + 1);
  PlnDay first = PLN_DAY_NONE;
  guint n = 0;
  for (guint j = 0; j < matrix->n_calls; j++) {
    PlnDay day = matrix->call[j].day;
    const guint8 *marks = mark + (gsize)j * matrix->n_voters;
    if (matrix->call[j].session == past->session && is_day(day) &&
        memchr(marks, PLN_WHIP_TEST_HIDDEN, matrix->n_voters))
      first = first == PLN_DAY_NONE ? day : MIN(first, pln_day_first(day));
  }
  for (guint j = 0; j < matrix->n_calls; j++) {
    PlnDay day = matrix->call[j].day;
    if (past->from < 0 || !pln_session_within(matrix->call[j].session, past->from, past->to))
      continue;
    if (first != PLN_DAY_NONE && is_day(day) && pln_day_last(day) >= pln_day_first(first))
      past->late++;
    else
      row[n++] = j;
  }
  past->history = pln_vote_matrix_new(matrix->n_voters, n);
  memcpy(past->history->voter, matrix->voter, sizeof *matrix->voter * matrix->n_voters);
  for (guint k = 0; k < n; k++) {
    past->history->call[k] = matrix->call[row[k]];
    memcpy(pln_vote_matrix_row(past->history, k), pln_vote_matrix_row(matrix, row[k]),
           matrix->n_voters);
  }
}

/* The contested roll calls, and how often one had more yes than no: one of each added. */
static void find_usual(PlnWhipTestPast *past, double lopsided) {
  PlnCellsOptions which = {.classes = 3, .lopsided = lopsided, .from = past->from, .to = past->to};
  const PlnCells *cells = past->contested = pln_cells_new(past->history, &which);
  double adopted = 1;
  for (guint j = 0; j < cells->n_calls; j++) {
    const guint8 *row = pln_cells_row(cells, j);
    int more = 0;
    for (guint i = 0; i < cells->n_states; i++)
      more += (row[i] == 2) - (row[i] == 0);
    adopted += more > 0;
  }
  past->usual = adopted / (cells->n_calls + 2.0);
}

static gboolean fit(PlnWhipTestPast *past, const PlnWorld *world, const PlnWhipTestOptions *options,
                    GError **error) {
  const PlnVoteMatrix *history = past->history;
  PlnEstimateOptions how = options->estimate;
  how.cells.from = past->from;
  how.cells.to = past->to;
  how.fit.space.threads = 1;
  how.samples = how.surprises = 0;
  for (guint i = 0; i < history->n_voters; i++)
    how.groups |= *history->voter[i].group != '\0';
  g_autoptr(PlnEstimate) estimate = pln_estimate_new(history, world, &how, NULL, error);
  if (!estimate)
    return FALSE;
  past->electorate = pln_estimate_electorate(estimate, "", "", "");
  past->recurrence = pln_recurrence_new(history, past->from, past->to, past->electorate->n,
                                        (const char *const *)past->electorate->code);
  past->rivals =
      pln_rivals_new(history, past->from, past->to, options->estimate.cells.lopsided, past->group);
  return TRUE;
}

PlnWhipTestPast *pln_whip_test_past_new(const PlnVoteMatrix *matrix, const PlnWorld *world,
                                        const PlnWhipTestOptions *options, const guint8 *mark,
                                        int session, guint older, GError **error) {
  g_autoptr(PlnWhipTestPast) past = g_new0(PlnWhipTestPast, 1);
  past->session = session;
  past->to = session - 1 - (int)older;
  past->from = past->to - (int)options->history + 1;
  past->age = older;
  cut_history(past, matrix, mark);
  if (past->history->n_calls == 0) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
                "session %d has no history: no roll call of the %u sessions up to %d is among those "
                "read; expected the sessions before it too",
                session, options->history, past->to);
    return NULL;
  }
  find_groups(past, matrix, world);
  find_usual(past, options->estimate.cells.lopsided);
  if (!fit(past, world, options, error)) {
    g_prefix_error(error, "session %d, its history of sessions %d to %d: ", session, past->from,
                   past->to);
    return NULL;
  }
  return g_steal_pointer(&past);
}

gboolean pln_whip_test_past_unseen(const PlnWhipTestPast *past, const PlnVoteMatrix *matrix,
                                   guint call, GError **error) {
  const PlnCalled *called = &matrix->call[call];
  gboolean seen = pln_electorate_has_seen(past->electorate, called->day, called->session);
  for (guint k = 0; k < past->history->n_calls && !seen; k++) {
    const PlnCalled *before = &past->history->call[k];
    seen = strcmp(before->id, called->id) == 0 || before->session >= called->session ||
           (is_day(before->day) && is_day(called->day) &&
            pln_day_last(before->day) >= pln_day_first(called->day));
  }
  if (!seen)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
              "the history of session %d, sessions %d to %d, has a roll call as late as %s: to "
              "forecast that one would be no forecast; expected a history that ends before it",
              past->session, past->from, past->to, called->id);
  return FALSE;
}
