/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An electorate fitted earlier, scored on roll calls that came later. */
#include <string.h>

#include "plenary/error.h"
#include "plenary/predictor.h"
#include "plenary/scoring.h"

/* Refuses roll calls that the electorate was fitted to. */
static gboolean is_unseen(const PlnVoteMatrix *matrix, const PlnCells *cells,
                          const PlnElectorate *electorate, GError **error) {
  guint seen = 0, first = 0;
  for (guint j = cells->n_calls; j-- > 0;) {
    const PlnCalled *called = &matrix->call[cells->call[j]];
    if (!pln_electorate_has_seen(electorate, called->day, called->session))
      continue;
    seen++;
    first = j;
  }
  if (seen == 0)
    return TRUE;
  g_set_error(
      error, PLN_ERROR, PLN_ERROR_DATA,
      "%u of %u roll calls, %s the first, lie in the window that the electorate was fitted to "
      "(sessions %d to %d): scoring them would be no forecast; expected later ones (--sessions), or "
      "--in-sample",
      seen, cells->n_calls, matrix->call[cells->call[first]].id, electorate->from_session,
      electorate->to_session);
  return FALSE;
}

/* An answer of the cells as one of no, abstain, yes; and how old the electorate is then. */
static guint told(guint8 answer, guint classes) {
  return classes == 3 ? answer : 2u * answer;
}

static double age_at(const PlnElectorate *electorate, int session) {
  return session < 0 || electorate->to_session < 0
             ? 0
             : MAX(session - electorate->to_session - 1, 0);
}

/* Chances of one roll call's cells: the electorate's, and for voters it does not know the
 * shares. @place: of each state of the cells in the electorate, or -1 */
static gboolean forecast_call(PlnPredictor *predictor, const PlnElectorate *electorate,
                              const PlnCells *seen, guint call, const int *place, float *chance) {
  g_autofree PlnEvidence *known = g_new0(PlnEvidence, electorate->n + 1);
  const guint8 *row = pln_cells_row(seen, call);
  for (guint i = 0; i < seen->n_states; i++)
    if (place[i] >= 0 && row[i] != PLN_ANSWER_NONE)
      known[place[i]] = pln_evidence_vote(told(row[i], seen->classes));
  int session = seen->session_name[seen->session[call]];
  PlnQuestion question = {NULL, PLN_DAY_NONE, session, known, age_at(electorate, session)};
  g_autoptr(PlnPrediction) found = pln_predictor_ask(predictor, &question);
  for (guint i = 0; i < seen->n_states; i++) {
    if (place[i] < 0)
      continue;
    float *own = chance + ((gsize)call * seen->n_states + i) * seen->classes;
    const double *c = found->without + 3 * (gsize)place[i];
    if (row[i] == PLN_ANSWER_NONE)
      c = found->chance + 3 * (gsize)place[i];
    for (guint k = 0; k < seen->classes; k++)
      own[k] = (float)c[told((guint8)k, seen->classes)];
    own[0] += seen->classes == 2 ? (float)c[1] : 0;
  }
  return found->at_rest;
}

PlnScoring *pln_scoring_of_electorate(const PlnVoteMatrix *matrix, const PlnElectorate *electorate,
                                      const PlnEstimateOptions *options, guint8 *hide,
                                      gboolean in_sample, GError **error) {
  g_autofree guint8 *taken = hide;
  g_autoptr(PlnScoring) s = pln_scoring_open(matrix, options, taken, error);
  if (!s)
    return NULL;
  const PlnCells *seen = s->holdout->seen;
  if (electorate->classes != seen->classes) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "the electorate has %u answers and --answers asks for %u; expected the same",
                electorate->classes, seen->classes);
    return NULL;
  }
  if (!in_sample && !is_unseen(matrix, s->holdout->truth, electorate, error))
    return NULL;
  g_autoptr(PlnPredictor) predictor = pln_predictor_new(electorate, NULL, error);
  if (!predictor)
    return NULL;
  g_autofree float *chance = g_new(float, (gsize)seen->n_calls * seen->n_states * seen->classes + 1);
  g_autofree int *place = g_new(int, seen->n_states + 1);
  guint unknown = 0, restless = 0;
  for (guint i = 0; i < seen->n_states; i++) {
    place[i] = pln_electorate_find(electorate, matrix->voter[seen->state[i]].code);
    unknown += place[i] < 0;
  }
  pln_holdout_shares(s->holdout, NULL, chance);
  for (guint j = 0; j < seen->n_calls; j++)
    restless += !forecast_call(predictor, electorate, seen, j, place, chance);
  g_autofree char *words =
      restless > 0 ? g_strdup_printf("%u of %u roll calls did not converge", restless, seen->n_calls)
                   : NULL;
  pln_scoring_add(s, g_strdup_printf("electorate, %u dimensions", electorate->d), words, chance);
  pln_scoring_baselines(s);
  s->unknown = unknown;
  return g_steal_pointer(&s);
}
