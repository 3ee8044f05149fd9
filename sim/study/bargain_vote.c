/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the outcome of the talks to the vote on it: support, the view, the projections. */
#include <math.h>
#include <string.h>

#include "plenary/bargain.h"
#include "plenary/error.h"
#include "plenary/table.h"

/* Where one stands on an issue; x NAN: nowhere. */
typedef struct {
  double x, sd, salience;
  PlnStatus status;
} Stand;

/* ---- Proposals that can be put ---- */

static int proposal_of(const PlnBargain *b, guint issue) {
  return b->issue[issue].issue->proposal;
}

static double outcome_of(const PlnBargain *b, const double *outcome, guint issue) {
  return outcome ? outcome[issue] : b->issue[issue].outcome;
}

static double share_of(const PlnBargain *b, guint issue, double distance) {
  return fabs(distance) / (b->table->to[issue] - b->table->from[issue]);
}

/* How far the outcome is from the reference point, over the issues of a proposal. */
static double change_of(const PlnBargain *b, const double *outcome, guint place) {
  double change = 0;
  for (guint k = 0; k < b->table->m; k++)
    if (proposal_of(b, k) == (int)place)
      change += share_of(b, k, outcome_of(b, outcome, k) - b->table->reference[k]);
  return change;
}

const char *pln_bargain_not_put(const PlnBargain *b, const double *outcome, guint place) {
  gboolean named = FALSE;
  for (guint k = 0; k < b->table->m; k++) {
    if (proposal_of(b, k) != (int)place)
      continue;
    named = TRUE;
    if (isnan(b->table->reference[k]))
      return "an issue that it is made of has no reference point to prefer it to";
    if (isnan(outcome_of(b, outcome, k)))
      return "the talks have no forecast of an issue that it is made of";
  }
  if (!named)
    return "no issue is put as this proposal";
  return change_of(b, outcome, place) > PLN_TIE ? NULL : "the talks end at the reference point";
}

static gboolean is_put_as(const PlnBargain *b, guint place) {
  for (guint k = 0; k < b->table->m; k++)
    if (proposal_of(b, k) == (int)place)
      return TRUE;
  return FALSE;
}

/* ---- Where they stand ---- */

static Stand stand_at(const PlnBargain *b, guint i, guint issue) {
  const PlnDelegations *t = b->table;
  gsize cell = (gsize)i * t->m + issue;
  return (Stand){t->position[cell], t->position_sd[cell], t->salience[cell], t->status[cell]};
}

/* Who speaks for it there, a delegation; or -1. */
static int speaker(const PlnBargain *b, const PlnState *state, guint issue) {
  const PlnSpeakers *speakers = pln_delegations_speakers(b->table, state);
  return speakers ? speakers->place[issue] : -1;
}

/* A member's own word comes before that of whoever negotiates for it there. */
static Stand stand_of_state(const PlnBargain *b, const PlnState *state, guint issue) {
  const PlnDelegations *t = b->table;
  int place = speaker(b, state, issue);
  for (guint k = 0; k < t->differing->len; k++) {
    const PlnDiffering *it = &g_array_index(t->differing, PlnDiffering, k);
    if (it->row->state == state && it->issue == issue)
      return (Stand){it->position, it->sd, it->salience, it->status};
  }
  return place >= 0 ? stand_at(b, (guint)place, issue) : (Stand){.x = NAN};
}

/* ---- Stances ---- */

/* Of a bloc, @delegation; or of @state.  Returns: (transfer full): NULL where it stands nowhere */
static PlnStance *stance_of(const PlnBargain *b, const double *outcome, guint place,
                            guint delegation, const PlnState *state) {
  double gain = 0, square = 0, change = change_of(b, outcome, place);
  gboolean stands = FALSE;
  PlnStatus status = PLN_STATUS_INFERRED; /* it is computed, whatever it rests on */
  for (guint k = 0; k < b->table->m; k++) {
    Stand at = state ? stand_of_state(b, state, k) : stand_at(b, delegation, k);
    if (proposal_of(b, k) != (int)place || isnan(at.x))
      continue;
    double slope = 2 * at.salience * share_of(b, k, at.sd);
    gain += at.salience * (share_of(b, k, at.x - b->table->reference[k]) -
                           share_of(b, k, at.x - outcome_of(b, outcome, k)));
    square += slope * slope;
    status = MAX(status, at.status);
    stands = TRUE;
  }
  if (!stands)
    return NULL;
  PlnStance stance = {.proposal = (int)place,
                      .who = state ? PLN_STANCE_STATE : PLN_STANCE_BLOC,
                      .state = state,
                      .bloc = state ? NULL : pln_delegation(b->table, delegation)->bloc,
                      .position = CLAMP(50 + 50 * gain / change, 0, 100),
                      .sd = CLAMP(50 * sqrt(square) / change, PLN_STANCE_SD, 100),
                      .status = status,
                      .source = "plenary bargain",
                      .note = ""};
  return g_memdup2(&stance, sizeof stance);
}

static gboolean is_there(const GPtrArray *stances, const PlnState *state, guint place) {
  for (guint k = 0; k < stances->len; k++) {
    const PlnStance *other = stances->pdata[k];
    if (other->state == state && other->proposal == (int)place)
      return TRUE;
  }
  return FALSE;
}

/* A row of a bloc, delegation @i, or of @state, each once. */
static void add(GPtrArray *stances, const PlnBargain *b, const double *outcome, guint place,
                guint i, const PlnState *state) {
  PlnStance *stance = state && is_there(stances, state, place)
                          ? NULL
                          : stance_of(b, outcome, place, i, state);
  if (stance)
    g_ptr_array_add(stances, stance);
}

/* No bloc's row says where it stands: several speak for it on the issues of the proposal, or blocs
 * of one size have it, whose rows a vote would merge. */
static gboolean is_apart(const PlnBargain *b, const PlnState *state, guint place) {
  const PlnSpeakers *speakers = pln_delegations_speakers(b->table, state);
  int first = -1;
  for (guint k = 0; k < b->table->m && speakers; k++) {
    int here = proposal_of(b, k) == (int)place ? speakers->place[k] : -1;
    if (here >= 0 && first >= 0 && here != first)
      return TRUE;
    first = here >= 0 ? here : first;
  }
  return first >= 0 && speakers->tied;
}

/* A row of its own for each member that is apart, and the bloc's for the others: none where there
 * are no others, as it would say what nobody stands for. */
static void add_bloc(GPtrArray *stances, const PlnBargain *b, const double *outcome, guint place,
                     guint i) {
  const GPtrArray *members = pln_delegation(b->table, i)->members;
  guint apart = 0;
  for (guint k = 0; k < members->len; k++)
    apart += is_apart(b, members->pdata[k], place);
  if (apart == 0 || apart < members->len)
    add(stances, b, outcome, place, i, NULL);
  for (guint k = 0; k < members->len; k++)
    if (is_apart(b, members->pdata[k], place))
      add(stances, b, outcome, place, i, members->pdata[k]);
}

static void add_stances(GPtrArray *stances, const PlnBargain *b, const double *outcome,
                        guint place) {
  const PlnDelegations *t = b->table;
  for (guint i = 0; i < t->n; i++) {
    const PlnDelegation *d = pln_delegation(t, i);
    if (d->bloc)
      add_bloc(stances, b, outcome, place, i);
    for (guint k = 0; k < d->members->len && !d->bloc; k++)
      add(stances, b, outcome, place, i, d->members->pdata[k]);
  }
  for (guint k = 0; k < t->differing->len; k++) {
    const PlnDiffering *it = &g_array_index(t->differing, PlnDiffering, k);
    if (proposal_of(b, it->issue) == (int)place)
      add(stances, b, outcome, place, it->delegation, it->row->state);
  }
}

static void refuse(const PlnBargain *b, const double *outcome, GError **error) {
  g_autoptr(GString) why = g_string_new(NULL);
  for (guint p = 0; p < b->scenario->proposals->len; p++)
    if (is_put_as(b, p))
      g_string_append_printf(why, "%s%s: %s", why->len > 0 ? "; " : "",
                             pln_scenario_proposal(b->scenario, p)->id,
                             pln_bargain_not_put(b, outcome, p));
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "There is nothing to vote on: %s",
              why->len > 0 ? why->str
                           : "no issue is put as a proposal; expected an id of proposals.csv in "
                             "the column proposal of issues.csv");
}

GPtrArray *pln_bargain_stances(const PlnBargain *b, const double *outcome, GError **error) {
  g_autoptr(GPtrArray) stances = g_ptr_array_new_with_free_func(g_free);
  gboolean any = FALSE;
  for (guint p = 0; p < b->scenario->proposals->len; p++) {
    if (pln_bargain_not_put(b, outcome, p))
      continue;
    add_stances(stances, b, outcome, p);
    any = TRUE;
  }
  if (any)
    return g_steal_pointer(&stances);
  refuse(b, outcome, error);
  return NULL;
}

/* ---- The view ---- */

/* What the view owns beside what it shares with the scenario. */
typedef struct {
  PlnScenario scenario; /* first: the view is this */
  GPtrArray *rows;      /* PlnStance * */
} View;

static gboolean says_itself(const PlnScenario *s, const PlnStance *row, guint place) {
  for (guint k = 0; k < s->stances->len; k++) {
    const PlnStance *other = s->stances->pdata[k];
    if (other->proposal == (int)place && other->who == row->who && other->state == row->state &&
        other->bloc == row->bloc)
      return TRUE;
  }
  return FALSE;
}

/* A row of positions.csv; one for every proposal speaks on of those that the talks leave alone. */
static void keep_row(View *view, const PlnBargain *b, PlnStance *row) {
  if (row->proposal >= 0 && !is_put_as(b, (guint)row->proposal))
    g_ptr_array_add(view->scenario.stances, row);
  for (guint p = 0; p < b->scenario->proposals->len && row->proposal < 0; p++) {
    if (is_put_as(b, p) || says_itself(b->scenario, row, p))
      continue;
    PlnStance *own = g_memdup2(row, sizeof *row);
    own->proposal = (int)p;
    g_ptr_array_add(view->rows, own);
    g_ptr_array_add(view->scenario.stances, own);
  }
}

static PlnProposal *proposal_view(const PlnBargain *b, const double *outcome, guint place) {
  PlnProposal *p = g_memdup2(pln_scenario_proposal(b->scenario, place), sizeof *p);
  if (!is_put_as(b, place))
    return p;
  p->at = p->status_quo = PLN_NOT_STATED;
  if (pln_bargain_not_put(b, outcome, place))
    p->pressed = 0;
  return p;
}

PlnScenario *pln_bargain_view_new(const PlnBargain *b, const double *outcome, GPtrArray *stances) {
  View *view = g_new0(View, 1);
  view->scenario = *b->scenario;
  view->rows = g_ptr_array_new_with_free_func(g_free);
  view->scenario.stances = g_ptr_array_new();
  view->scenario.proposals = g_ptr_array_new_with_free_func(g_free);
  for (guint p = 0; p < b->scenario->proposals->len; p++)
    g_ptr_array_add(view->scenario.proposals, proposal_view(b, outcome, p));
  for (guint k = 0; k < b->scenario->stances->len; k++)
    keep_row(view, b, b->scenario->stances->pdata[k]);
  for (guint k = 0; k < stances->len; k++)
    g_ptr_array_add(view->scenario.stances, stances->pdata[k]);
  return &view->scenario;
}

void pln_bargain_view_free(PlnScenario *scenario) {
  View *view = (View *)scenario;
  if (!view)
    return;
  g_ptr_array_unref(view->scenario.stances);
  g_ptr_array_unref(view->scenario.proposals);
  g_ptr_array_unref(view->rows);
  g_free(view);
}

/* ---- The vote, and how it turns with the outcome ---- */

/* How far towards change, quantile by quantile. */
static double quantile_of(const PlnBargain *b, guint issue, guint q, gboolean *turned) {
  const PlnBargainIssue *it = &b->issue[issue];
  const PlnBargainSpread *spread = it->has_drawn ? &it->drawn : &it->spread;
  if (!it->has_drawn && !it->has_spread)
    return it->outcome;
  *turned |= it->issue->proposal >= 0;
  gboolean down = it->outcome < b->table->reference[issue];
  return spread->quantile[down ? PLN_BARGAIN_QUANTILES - 1 - q : q];
}

/* PLN_BARGAIN_QUANTILES x m.  Returns: (transfer full) */
static double *find_outcomes(const PlnBargain *b, gboolean *turned) {
  guint m = b->table->m;
  double *outcome = g_new(double, PLN_BARGAIN_QUANTILES * (gsize)m + 1);
  for (guint q = 0; q < PLN_BARGAIN_QUANTILES; q++)
    for (guint k = 0; k < m; k++)
      outcome[(gsize)q * m + k] = quantile_of(b, k, q, turned);
  return outcome;
}

gboolean pln_bargain_can_put(const PlnBargain *b, GError **error) {
  gboolean turned = FALSE;
  g_autofree double *outcome = find_outcomes(b, &turned);
  for (guint p = 0; p < b->scenario->proposals->len; p++) {
    if (!pln_bargain_not_put(b, NULL, p))
      return TRUE;
    for (guint q = 0; q < PLN_BARGAIN_QUANTILES; q++)
      if (!pln_bargain_not_put(b, outcome + (gsize)q * b->table->m, p))
        return TRUE;
  }
  refuse(b, NULL, error);
  return FALSE;
}

/* The proposal before the first stage that meets. */
static const PlnProjectItem *item_of(const PlnProject *project, guint place) {
  for (guint t = 0; t < project->stages->len; t++) {
    const PlnProjectStage *stage = pln_project_stage(project, t);
    for (guint k = 0; k < stage->items->len; k++)
      if (pln_project_item(stage, k)->place == place)
        return pln_project_item(stage, k);
  }
  return NULL;
}

static void keep_chance(PlnBargainTurn *turn, guint q, const PlnProjectItem *item) {
  turn->chance[q] = item ? item->outcome->adopted.value : NAN;
  turn->known = 0;
  for (guint seat = 0; item && item->outlook->stances && seat < item->outlook->n; seat++)
    turn->known += item->outlook->stances->won[seat] != NULL;
}

static void start_turns(PlnBargainVote *vote, const PlnBargain *b) {
  vote->turns = g_array_new(FALSE, FALSE, sizeof(PlnBargainTurn));
  for (guint p = 0; p < b->scenario->proposals->len; p++) {
    PlnBargainTurn turn = {.place = p, .at = pln_bargain_not_put(b, NULL, p)};
    for (guint q = 0; q < PLN_BARGAIN_QUANTILES; q++)
      turn.chance[q] = NAN;
    if (is_put_as(b, p))
      g_array_append_val(vote->turns, turn);
  }
}

/* At the quantile @q; where the outcome is the reference point nothing is put. */
static gboolean turn(PlnBargainVote *vote, const PlnBargain *b, const PlnProjectOptions *options,
                     guint q, GError **error) {
  const double *outcome = vote->outcome + (gsize)q * b->table->m;
  g_autoptr(GPtrArray) stances = pln_bargain_stances(b, outcome, NULL);
  if (!stances)
    return TRUE;
  PlnProjectOptions brief = *options;
  brief.brief = TRUE;
  brief.progress = NULL;
  PlnScenario *view = pln_bargain_view_new(b, outcome, stances);
  PlnProject *project = pln_project_new(view, &brief, error);
  for (guint k = 0; k < vote->turns->len && project; k++) {
    PlnBargainTurn *it = &g_array_index(vote->turns, PlnBargainTurn, k);
    if (!pln_bargain_not_put(b, outcome, it->place))
      keep_chance(it, q, item_of(project, it->place));
  }
  gboolean done = project != NULL;
  pln_project_free(project);
  pln_bargain_view_free(view);
  return done;
}

void pln_bargain_vote_free(PlnBargainVote *vote) {
  if (!vote)
    return;
  pln_project_free(vote->project);
  pln_bargain_view_free(vote->view);
  g_clear_pointer(&vote->stances, g_ptr_array_unref);
  g_clear_pointer(&vote->turns, g_array_unref);
  g_free(vote->outcome);
  g_free(vote);
}

/* Once all places are known. */
static void finish_turns(PlnBargainVote *vote) {
  for (guint k = 0; k < vote->turns->len; k++) {
    PlnBargainTurn *it = &g_array_index(vote->turns, PlnBargainTurn, k);
    it->overall = pln_bargain_overall(it->chance);
    it->words = isnan(it->overall) ? it->at : NULL;
  }
}

PlnBargainVote *pln_bargain_vote_new(const PlnBargain *b, const PlnProjectOptions *options,
                                     GError **error) {
  g_autoptr(PlnBargainVote) vote = g_new0(PlnBargainVote, 1);
  if (!pln_bargain_can_put(b, error))
    return NULL;
  vote->stances = pln_bargain_stances(b, NULL, NULL);
  if (!vote->stances) /* put elsewhere alone */
    vote->stances = g_ptr_array_new_with_free_func(g_free);
  vote->view = pln_bargain_view_new(b, NULL, vote->stances);
  vote->project = pln_project_new(vote->view, options, error);
  if (!vote->project)
    return NULL;
  vote->outcome = find_outcomes(b, &vote->turned);
  start_turns(vote, b);
  for (guint q = 0; q < PLN_BARGAIN_QUANTILES && vote->turned; q++)
    if (!turn(vote, b, options, q, error))
      return NULL;
  finish_turns(vote);
  return g_steal_pointer(&vote);
}
