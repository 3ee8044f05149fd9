/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The talks by one method, and the vote on what they end with. */
#include <math.h>
#include <string.h>

#include "plenary/asked.h"
#include "plenary/runner_part.h"
#include "plenary/table.h"

/* ---- The table ---- */

/* Who joins a bloc at the table makes one delegation with it, under a name of its own. */
static PlnTalksEdit merger_of(const PlnScenario *s, const PlnChange *c) {
  const PlnBloc *bloc = pln_world_bloc(s->world, c->who);
  g_autofree char *others = g_strjoinv("+", c->list);
  PlnTalksEdit edit = {PLN_TALKS_MERGE, -1, NULL, NAN, NAN, NULL};
  guint n = g_strv_length(c->list);
  edit.who = bloc ? g_strdup_printf("%s+%s", c->who, others) : g_strdup(c->who);
  edit.list = g_new0(char *, n + 2);
  for (guint k = 0; k < n; k++)
    edit.list[k + (bloc != NULL)] = g_strdup(c->list[k]);
  if (bloc)
    edit.list[0] = g_strdup(c->who);
  return edit;
}

/* The name that it goes by after the mergers before. */
static const char *name_now(const GArray *edits, const char *who) {
  for (guint k = edits->len; k > 0; k--) {
    const PlnTalksEdit *edit = &g_array_index(edits, PlnTalksEdit, k - 1);
    if (edit->kind == PLN_TALKS_MERGE && g_strv_contains((const char *const *)edit->list, who))
      return edit->who;
  }
  return who;
}

/* Who sits there first, then what they want. */
static GArray *edits_of(const PlnScenario *s, const PlnChange *const *changes, guint n) {
  GArray *edits = g_array_new(FALSE, FALSE, sizeof(PlnTalksEdit));
  g_array_set_clear_func(edits, pln_talks_edit_clear);
  for (guint k = 0; k < n; k++) {
    const PlnChange *c = changes[k];
    PlnTalksEdit edit = {PLN_TALKS_SPLIT, -1, NULL, NAN, NAN, NULL};
    if (c->kind != PLN_CHANGE_SPLIT && c->kind != PLN_CHANGE_JOIN)
      continue;
    if (c->kind == PLN_CHANGE_SPLIT) {
      edit.who = g_strdup(name_now(edits, c->who));
      edit.list = g_strdupv(c->list);
    } else {
      edit = merger_of(s, c);
    }
    g_array_append_val(edits, edit);
  }
  for (guint k = 0; k < n; k++) {
    static const PlnTalksEditKind kind[] = {[PLN_CHANGE_POSITION] = PLN_TALKS_POSITION,
                                            [PLN_CHANGE_SALIENCE] = PLN_TALKS_SALIENCE,
                                            [PLN_CHANGE_CAPABILITY] = PLN_TALKS_CAPABILITY};
    const PlnChange *c = changes[k];
    if (c->kind > PLN_CHANGE_CAPABILITY)
      continue;
    PlnTalksEdit edit = {kind[c->kind], pln_scenario_find_issue(s, c->where), g_strdup(name_now(edits, c->who)),
                         c->value, c->sd, NULL};
    g_array_append_val(edits, edit);
  }
  return edits;
}

static PlnBargain *talk(const PlnRunner *runner, const PlnChange *const *changes, guint n,
                        GError **error) {
  g_autoptr(GArray) edits = edits_of(runner->scenario, changes, n);
  PlnBargainOptions o = pln_bargain_options();
  if (runner->options.method)
    o.method = runner->options.method;
  o.draws = 0;
  o.seed = runner->options.seed;
  o.edits = edits->len > 0 ? edits : NULL;
  PlnBargain *bargain = pln_bargain_new(runner->scenario, &o, error);
  if (bargain)
    bargain->options.edits = NULL; /* they end here */
  return bargain;
}

/* ---- The vote ---- */

/* What is said of the seats, by the outcome; FALSE where it is not put. */
static gboolean rows_of(const PlnRunFrame *f, const PlnBargain *bargain, GArray *rows) {
  g_autoptr(GPtrArray) stances = pln_bargain_not_put(bargain, NULL, f->place)
                                     ? NULL
                                     : pln_bargain_stances(bargain, NULL, NULL);
  for (guint k = 0; stances && k < stances->len; k++) {
    const PlnStance *it = stances->pdata[k];
    int who = pln_run_frame_who(f, it->state ? (gconstpointer)it->state : (gconstpointer)it->bloc);
    PlnRunRow row = {(guint)who, it->line, it->proposal >= 0, 0, it->position, it->sd};
    if (who >= 0 && it->proposal == (int)f->place && rows->len < f->most)
      g_array_append_val(rows, row);
  }
  return stances != NULL;
}

/* What is not put is not adopted, and has no votes. */
static gboolean vote(PlnRunner *runner, guint thread, const PlnBargain *bargain,
                     const PlnChange *const *changes, guint n, guint32 replicate, guint8 *adopted,
                     PlnRunResult *run, GError **error) {
  const PlnRunFrame *f = runner->frame;
  PlnRunRoom *r = runner->room[thread];
  const PlnRuleEntry *rule = pln_run_rule(f->scenario, runner->rule, changes, n, error);
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(PlnRunRow));
  if (!rule)
    return FALSE;
  if (!rows_of(f, bargain, rows)) {
    run->draws = runner->options.draws;
    for (guint k = PLN_RUN_MARGIN; k < PLN_RUN_VOTE; k++)
      run->value[k] = NAN;
    if (adopted)
      memset(adopted, 0, run->draws);
    return TRUE;
  }
  if (!pln_run_ask(f, r, rows, NULL, 0, error) || !pln_run_intervene(f, r, changes, n, error))
    return FALSE;
  pln_run_draw(f, r, &runner->options, rule, pln_run_assumed("asks", f->asks, changes, n) / 100, replicate,
               adopted, run);
  pln_run_values(runner, run);
  return TRUE;
}

gboolean pln_runner_talks(PlnRunner *runner, guint thread, const PlnChange *const *changes, guint n,
                       guint32 replicate, guint8 *adopted, PlnRunResult *run, GError **error) {
  g_autoptr(PlnBargain) bargain = talk(runner, changes, n, error);
  guint k = 0;
  *run = (PlnRunResult){0};
  if (!bargain || (runner->frame && !vote(runner, thread, bargain, changes, n, replicate, adopted, run,
                                          error)))
    return FALSE;
  if (runner->frame)
    k = PLN_RUN_VOTE;
  for (guint m = 0; k < runner->outcome->len; k++, m++)
    run->value[k] = bargain->issue[m].outcome;
  return TRUE;
}

/* ---- The study ---- */

static gboolean is_put_as(const PlnScenario *s, int proposal) {
  for (guint k = 0; k < s->issues->len; k++)
    if (g_array_index(s->issues, PlnIssue, k).proposal == proposal)
      return TRUE;
  return FALSE;
}

static gboolean of_issues(PlnRunner *runner) {
  const PlnScenario *s = runner->scenario;
  int *place = &runner->options.proposal;
  for (guint p = 0; *place < 0 && p < s->proposals->len; p++)
    if (is_put_as(s, (int)p))
      *place = (int)p;
  return *place >= 0 && is_put_as(s, *place);
}

static gboolean make_vote(PlnRunner *runner, GError **error) {
  PlnRunnerOptions *o = &runner->options;
  runner->frame = pln_run_frame_new(runner->scenario, o, runner->changes, TRUE, error);
  if (!runner->frame)
    return FALSE;
  runner->room = g_new0(PlnRunRoom *, o->threads + 1);
  for (guint t = 0; t < o->threads; t++) {
    if (!(runner->room[t] = pln_run_room_new(runner->frame, o, error)))
      return FALSE;
    runner->room[t]->at = runner->room[t]->status_quo = PLN_NOT_STATED;
  }
  runner->rule = runner->frame->rule;
  runner->proposal = runner->frame->proposal;
  runner->weakest = MAX(runner->weakest, MAX(runner->frame->outlook->weakest, runner->rule->status));
  if (o->rule || o->as_of != PLN_DAY_NONE)
    runner->weakest = PLN_STATUS_ASSUMED;
  pln_run_vote_outcomes(runner, TRUE);
  return TRUE;
}

static void add_issues(PlnRunner *runner) {
  const GArray *issues = runner->scenario->issues;
  for (guint k = 0; k < issues->len; k++) {
    const PlnIssue *issue = &g_array_index(issues, PlnIssue, k);
    char *id = g_strdup_printf("position %s", issue->id),
         *title = g_strdup_printf("forecast position: %s", issue->title);
    g_ptr_array_add(runner->texts, id);
    g_ptr_array_add(runner->texts, title);
    pln_run_outcome(runner, id, title, "scale", FALSE);
  }
}

static gboolean is_of_talks(const PlnChange *c) {
  return c->kind <= PLN_CHANGE_CAPABILITY || c->kind == PLN_CHANGE_SPLIT || c->kind == PLN_CHANGE_JOIN;
}

/* Somebody who is not at the table is a slip: unless another change brings him there. */
static gboolean changes_hold(PlnRunner *runner, GError **error) {
  const GPtrArray *changes = runner->changes;
  gboolean moved = FALSE;
  for (guint k = 0; changes && k < changes->len; k++) {
    PlnChangeKind kind = ((const PlnChange *)changes->pdata[k])->kind;
    moved |= kind == PLN_CHANGE_SPLIT || kind == PLN_CHANGE_JOIN;
  }
  for (guint k = 0; changes && k < changes->len && !moved; k++) {
    const PlnChange *one = changes->pdata[k];
    g_autoptr(PlnBargain) bargain = is_of_talks(one) ? talk(runner, &one, 1, error) : NULL;
    if (is_of_talks(one) && !bargain)
      return FALSE;
  }
  return TRUE;
}

gboolean pln_run_talks_new(PlnRunner *runner, GError **error) {
  g_autoptr(PlnBargain) base = talk(runner, NULL, 0, error);
  if (!base)
    return FALSE;
  runner->weakest = base->weakest;
  gboolean voted = runner->options.electorate && of_issues(runner);
  for (guint k = 0; !voted && runner->changes && k < runner->changes->len; k++)
    if (!pln_runner_check(runner->scenario, PLN_RUN_BARGAIN, FALSE, runner->changes->pdata[k], error))
      return FALSE;
  if (voted && !make_vote(runner, error))
    return FALSE;
  add_issues(runner);
  return changes_hold(runner, error);
}
