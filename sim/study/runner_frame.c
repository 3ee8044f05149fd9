/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fixed places of a vote: its seats, whom rows and changes name, its factors. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plenary/asked.h"
#include "plenary/error.h"
#include "plenary/project_part.h"
#include "plenary/runner_part.h"

static void who_clear(gpointer who) {
  g_free(((PlnRunWho *)who)->in);
}

void pln_run_frame_free(PlnRunFrame *f) {
  if (!f)
    return;
  pln_roster_free(f->roster);
  pln_outlook_free(f->outlook);
  g_array_unref(f->who);
  g_array_unref(f->row);
  g_array_unref(f->tied);
  g_hash_table_unref(f->named);
  g_free(f->seated);
  g_free(f);
}

/* ---- Seats ---- */

static int by_code(gconstpointer a, gconstpointer b) {
  return strcmp((*(const PlnState *const *)a)->code, (*(const PlnState *const *)b)->code);
}

/* Those of @base, and behind them whoever a change puts in: so that the others draw from the same
 * numbers whether or not somebody may be put in. */
static void seat_all(PlnRunFrame *f, const PlnRoster *base, const GPtrArray *changes) {
  g_autoptr(GPtrArray) states = g_ptr_array_new();
  for (guint i = 0; i < base->n; i++)
    g_ptr_array_add(states, (gpointer)base->state[i]);
  for (guint k = 0; changes && k < changes->len; k++) {
    const PlnChange *c = changes->pdata[k];
    const PlnState *state =
        c->kind == PLN_CHANGE_MEMBER ? pln_world_state(f->scenario->world, c->who) : NULL;
    if (state && !g_ptr_array_find(states, state, NULL))
      g_ptr_array_add(states, (gpointer)state);
  }
  qsort(states->pdata + base->n, states->len - base->n, sizeof *states->pdata, by_code);
  f->n = states->len;
  f->extra = f->n - base->n;
  f->roster = g_new0(PlnRoster, 1);
  f->roster->n = f->n;
  f->roster->day = base->day;
  f->roster->state = g_new(const PlnState *, f->n + 1);
  f->roster->weight = base->weight ? g_new0(guint32, f->n + 1) : NULL;
  f->seated = g_new0(guint8, f->n + 1);
  for (guint i = 0; i < f->n; i++) {
    f->roster->state[i] = states->pdata[i];
    f->seated[i] = pln_roster_find(base, f->roster->state[i]->code) >= 0;
    if (f->roster->weight)
      f->roster->weight[i] = f->roster->state[i]->weight;
  }
}

/* The body that is asked: the stage's, the first that meets, or the proposal's own.
 * Returns: (transfer full) or NULL and PLN_ERROR_DATA */
static PlnRoster *base_roster(PlnRunFrame *f, const PlnRunnerOptions *o, GError **error) {
  const PlnScenario *s = f->scenario;
  const PlnProposal *p = f->proposal;
  gboolean asked = o->as_of != PLN_DAY_NONE;
  if (s->stages->len == 0) {
    f->day = asked ? o->as_of : p->day != PLN_DAY_NONE ? p->day : s->as_of;
    return pln_roster_new(s->world, p->body, s->own, asked ? f->day : p->roster->day);
  }
  for (guint k = 0; k < s->stages->len; k++) {
    const PlnStageEntry *entry = &g_array_index(s->stages, PlnStageEntry, k);
    if (o->stage >= 0 && o->stage != (int)k)
      continue;
    f->day = asked ? o->as_of : entry->day;
    PlnRoster *roster = pln_roster_new(s->world, entry->body, s->own,
                                       asked ? f->day : entry->roster->day);
    f->entry = entry;
    if (roster->n > 0)
      return roster;
    pln_roster_free(roster);
  }
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
              "no body meets to vote on %s: nobody sits in it on that day; expected another stage, or "
              "a later day", p->id);
  return NULL;
}

/* ---- Who ---- */

int pln_run_frame_who(const PlnRunFrame *f, gconstpointer state_or_bloc) {
  return GPOINTER_TO_INT(g_hash_table_lookup(f->named, state_or_bloc)) - 1;
}

static void add_who(PlnRunFrame *f, const PlnState *state, const PlnBloc *bloc) {
  gconstpointer key = state ? (gconstpointer)state : (gconstpointer)bloc;
  if (pln_run_frame_who(f, key) >= 0)
    return;
  PlnRunWho who = {state ? PLN_STANCE_STATE : bloc ? PLN_STANCE_BLOC : PLN_STANCE_ALL, state, bloc,
                   g_new0(guint8, f->n + 1), 0};
  if (bloc)
    pln_roster_mark(f->roster, f->scenario->world, bloc, who.in);
  for (guint i = 0; i < f->n; i++) {
    who.in[i] = bloc ? who.in[i] : !state || f->roster->state[i] == state;
    who.size += who.in[i] && f->seated[i];
  }
  g_array_append_val(f->who, who);
  g_hash_table_insert(f->named, (gpointer)key, GINT_TO_POINTER((int)f->who->len));
}

static void add_named(PlnRunFrame *f, const char *name) {
  const PlnState *state;
  const PlnBloc *bloc;
  if (pln_run_named(f->scenario, name, &state, &bloc, NULL))
    add_who(f, state, bloc);
}

static void add_all_named(PlnRunFrame *f, const GPtrArray *changes) {
  for (guint k = 0; changes && k < changes->len; k++) {
    const PlnChange *c = changes->pdata[k];
    if (c->kind != PLN_CHANGE_RULE && c->kind != PLN_CHANGE_ASSUME)
      add_named(f, c->who);
    for (char **name = c->list; name && *name; name++)
      add_named(f, *name);
  }
}

/* ---- Rows ---- */

static void add_rows(PlnRunFrame *f) {
  const PlnScenario *s = f->scenario;
  for (guint k = 0; k < s->stances->len; k++) {
    const PlnStance *row = s->stances->pdata[k];
    if (row->proposal >= 0 && row->proposal != (int)f->place)
      continue;
    add_who(f, row->state, row->bloc);
    gconstpointer key = row->state ? (gconstpointer)row->state : (gconstpointer)row->bloc;
    PlnRunRow it = {(guint)pln_run_frame_who(f, key), row->line, row->proposal >= 0, 0,
                    row->position, row->sd};
    g_array_append_val(f->row, it);
  }
}

/* Whoever may have a row at the end of talks: each state for itself, each bloc at the table. */
static void add_table(PlnRunFrame *f) {
  const PlnScenario *s = f->scenario;
  for (guint k = 0; k < s->actors->len; k++) {
    const PlnActor *actor = s->actors->pdata[k];
    if (actor->bloc)
      add_who(f, NULL, actor->bloc);
  }
  for (guint i = 0; i < f->n; i++)
    add_who(f, f->roster->state[i], NULL);
}

gboolean pln_run_frame_speaks(const PlnRunFrame *f, guint who, const GPtrArray *changes) {
  const PlnRunWho *it = &g_array_index(f->who, PlnRunWho, who);
  for (guint k = 0; k < f->row->len; k++)
    if (g_array_index(f->row, PlnRunRow, k).who == who)
      return TRUE;
  for (guint k = 0; changes && k < changes->len; k++) {
    const PlnChange *c = changes->pdata[k];
    if (c->kind == PLN_CHANGE_POSITION && pln_run_is_here(f->scenario, f->place, c) &&
        strcmp(c->who, it->bloc ? it->bloc->id : "ALL") == 0)
      return TRUE;
  }
  return FALSE;
}

/* Where there is no room for all, those with most seats. */
static void tie_to_most(PlnRunFrame *f, guint from) {
  const PlnRunWho *who = (const PlnRunWho *)(gpointer)f->who->data;
  while (f->tied->len + f->outlook->shared > PLN_FORECAST_FACTORS && f->tied->len > from) {
    guint least = from;
    for (guint k = from + 1; k < f->tied->len; k++)
      if (who[g_array_index(f->tied, gint32, k)].size <
          who[g_array_index(f->tied, gint32, least)].size)
        least = k;
    g_array_remove_index(f->tied, least);
  }
}

/* A factor for each of several that have or may have a row; a row of one state ties nobody.  Those
 * of the base first, then those that changes alone speak of: the base does not hang on these. */
static void tie(PlnRunFrame *f, const GPtrArray *changes, gboolean talks) {
  const PlnRunWho *who = (const PlnRunWho *)(gpointer)f->who->data;
  for (guint late = 0; late < 2; late++) {
    guint from = f->tied->len;
    for (guint k = 0; k < f->who->len; k++) {
      gint32 it = (gint32)k;
      gboolean base = talks ? k < f->own : pln_run_frame_speaks(f, k, NULL);
      gboolean more = !base && (talks || pln_run_frame_speaks(f, k, changes));
      if (who[k].kind != PLN_STANCE_STATE && (late ? more : base))
        g_array_append_val(f->tied, it);
    }
    tie_to_most(f, from);
    f->late = late ? f->tied->len - from : 0;
  }
}

static gboolean unseen(const PlnRunFrame *f, const GPtrArray *changes, GError **error) {
  for (guint k = 0; changes && k < changes->len; k++) {
    const PlnChange *c = changes->pdata[k];
    const PlnState *state;
    const PlnBloc *bloc = NULL;
    if ((c->kind == PLN_CHANGE_POSITION || c->kind == PLN_CHANGE_JOIN) &&
        pln_run_is_here(f->scenario, f->place, c) &&
        pln_run_named(f->scenario, c->who, &state, &bloc, NULL) &&
        !pln_project_bloc_unseen(f->scenario, bloc, f->outlook, error))
      return FALSE;
  }
  return pln_project_rows_unseen(f->scenario, f->outlook, error);
}

/* What does not change: places, votes on record, what was heard, absences. */
static gboolean look(PlnRunFrame *f, const PlnRunnerOptions *o, gboolean talks, GError **error) {
  PlnProjectOptions like = pln_project_options();
  g_autoptr(PlnPredictor) predictor = pln_predictor_new(o->electorate, o->recurrence, error);
  like.electorate = o->electorate;
  like.predictor = predictor;
  like.in_sample = o->in_sample;
  PlnOutlookOptions how = pln_project_outlook_of(&like, f->proposal);
  how.stances = !talks;
  if (predictor)
    f->outlook = pln_outlook_new(f->scenario, f->place, f->roster, f->day, &how, error);
  return f->outlook != NULL;
}

static void find_rule(PlnRunFrame *f, const PlnRunnerOptions *o) {
  f->rule = pln_scenario_rule_at(f->scenario, f->proposal, f->entry, &f->why_rule);
  if (o->rule) {
    f->rule = o->rule;
    f->why_rule = "asked for";
  }
  double asks = f->scenario->asks_for_vote;
  f->asks = asks >= 0 ? asks : 100 * PLN_PROJECT_ASKS;
}

/* ---- Slips ---- */

/* Whether some change puts @who in, or out. */
static gboolean is_put(const GPtrArray *changes, const char *who, gboolean in) {
  for (guint k = 0; k < changes->len; k++) {
    const PlnChange *c = changes->pdata[k];
    if (c->kind == PLN_CHANGE_MEMBER && c->in == in && strcmp(c->who, who) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean has_seat(const PlnRunFrame *f, const PlnRunWho *who, gboolean base) {
  for (guint i = 0; i < f->n; i++)
    if (who->in[i] && (!base || f->seated[i]))
      return TRUE;
  return FALSE;
}

static const PlnRunWho *who_called(const PlnRunFrame *f, const char *name) {
  const PlnState *state;
  const PlnBloc *bloc;
  if (!pln_run_named(f->scenario, name, &state, &bloc, NULL))
    return NULL;
  int who = pln_run_frame_who(f, state ? (gconstpointer)state : (gconstpointer)bloc);
  return who < 0 ? NULL : &g_array_index(f->who, PlnRunWho, who);
}

static gboolean has_kind(const GPtrArray *changes, PlnChangeKind kind) {
  for (guint k = 0; k < changes->len; k++)
    if (((const PlnChange *)changes->pdata[k])->kind == kind)
      return TRUE;
  return FALSE;
}

/* Those that leave have belonged: or another change has them join. */
static gboolean leave_their_own(const PlnRunFrame *f, const PlnChange *c, const GPtrArray *changes,
                                GError **error) {
  const PlnRunWho *bloc = who_called(f, c->who);
  if (has_kind(changes, PLN_CHANGE_JOIN))
    return TRUE;
  for (char **name = c->list; bloc && name && *name; name++) {
    const PlnRunWho *who = who_called(f, *name);
    gboolean any = FALSE;
    for (guint i = 0; who && i < f->n; i++)
      any |= who->in[i] && bloc->in[i];
    if (!any)
      return pln_asked_fail(error, "%s does not belong to %s here, so that it cannot leave it; "
                                   "expected one of its members", *name, c->who);
  }
  return TRUE;
}

/* Those that join have not belonged: or another change has them leave. */
static gboolean join_others(const PlnRunFrame *f, const PlnChange *c, const GPtrArray *changes,
                            GError **error) {
  const PlnRunWho *bloc = who_called(f, c->who);
  if (has_kind(changes, PLN_CHANGE_SPLIT))
    return TRUE;
  for (char **name = c->list; bloc && name && *name; name++) {
    const PlnRunWho *who = who_called(f, *name);
    for (guint i = 0; who && i < f->n; i++)
      if (who->in[i] && !bloc->in[i])
        return TRUE;
  }
  return !bloc || pln_asked_fail(error, "all that are to join %s belong to it already; expected others",
                                 c->who);
}

/* A change of nobody would be lost without a word. */
static gboolean are_of_somebody(const PlnRunFrame *f, const GPtrArray *changes, gboolean talks,
                                GError **error) {
  for (guint k = 0; changes && k < changes->len; k++) {
    const PlnChange *c = changes->pdata[k];
    const PlnRunWho *who = c->kind == PLN_CHANGE_RULE ? NULL : who_called(f, c->who);
    gboolean acts = c->kind == PLN_CHANGE_VOTE || c->kind == PLN_CHANGE_PRESENCE;
    gboolean here = pln_run_is_here(f->scenario, f->place, c);
    if (who && ((acts && here && !has_seat(f, who, FALSE)) ||
                (c->kind == PLN_CHANGE_MEMBER && !c->in && !has_seat(f, who, TRUE) &&
                 !is_put(changes, c->who, TRUE))))
      return pln_asked_fail(error, "%s has no seat in the body that votes on %s; expected a member",
                            c->who, f->proposal->id);
    if (who && c->kind == PLN_CHANGE_MEMBER && c->in && has_seat(f, who, TRUE) &&
        !is_put(changes, c->who, FALSE))
      return pln_asked_fail(error, "%s sits in the body that votes on %s already; expected one to be "
                                   "put in, or out", c->who, f->proposal->id);
    if ((c->kind == PLN_CHANGE_SPLIT && !talks && !leave_their_own(f, c, changes, error)) ||
        (c->kind == PLN_CHANGE_JOIN && !talks && !join_others(f, c, changes, error)))
      return FALSE;
  }
  return TRUE;
}

PlnRunFrame *pln_run_frame_new(const PlnScenario *scenario, const PlnRunnerOptions *options,
                               const GPtrArray *changes, gboolean talks, GError **error) {
  PlnRunFrame *f = g_new0(PlnRunFrame, 1);
  f->scenario = scenario;
  f->place = (guint)MAX(options->proposal, 0);
  f->proposal = pln_scenario_proposal(scenario, f->place);
  f->who = g_array_new(FALSE, FALSE, sizeof(PlnRunWho));
  g_array_set_clear_func(f->who, who_clear);
  f->row = g_array_new(FALSE, FALSE, sizeof(PlnRunRow));
  f->tied = g_array_new(FALSE, FALSE, sizeof(gint32));
  f->named = g_hash_table_new(NULL, NULL);
  PlnRoster *base = base_roster(f, options, error);
  if (base) {
    seat_all(f, base, changes);
    pln_roster_free(base);
    find_rule(f, options);
    talks ? add_table(f) : add_rows(f);
    f->own = f->who->len;
    add_all_named(f, changes);
    f->most = f->row->len + (changes ? changes->len : 0) + (talks ? f->who->len + f->n : 0);
  }
  if (base && are_of_somebody(f, changes, talks, error) &&
      pln_project_has_weights(f->roster, f->rule, error) && look(f, options, talks, error) &&
      (options->in_sample || unseen(f, changes, error))) {
    tie(f, changes, talks);
    return f;
  }
  pln_run_frame_free(f);
  return NULL;
}
