/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates, parties, and the vote of the conference. */
#include <math.h>
#include <string.h>

#include "plenary/asked.h"
#include "plenary/project_part.h"
#include "plenary/runner_part.h"

static const guint64 APART = 0x9e3779b97f4a7c15; /* between the seeds of replicates */

/* ---- What the changes make of the options ---- */

/* As sure as what is stated of the same: of the proposal before that of all. */
static double sd_of(const PlnRunner *runner, const PlnStance *row, double sd) {
  const GPtrArray *stances = runner->scenario->stances;
  int place = MAX(runner->options.proposal, 0), names = -1;
  double stated = PLN_STANCE_SD;
  for (guint k = 0; k < stances->len; k++) {
    const PlnStance *it = stances->pdata[k];
    gboolean here = it->proposal < 0 || it->proposal == place;
    if (!here || it->state != row->state || it->bloc != row->bloc || (it->proposal >= 0) < names)
      continue;
    stated = it->sd;
    names = it->proposal >= 0;
  }
  return isnan(sd) ? stated : sd;
}

/* Positions as `plenary project --position` takes them. */
static GPtrArray *positions_of(const PlnRunner *runner, const PlnChange *const *changes, guint n) {
  const PlnScenario *s = runner->scenario;
  GPtrArray *rows = g_ptr_array_new_with_free_func(g_free);
  for (guint k = 0; k < n; k++) {
    const PlnChange *c = changes[k];
    if (c->kind != PLN_CHANGE_POSITION)
      continue;
    PlnStance *row = g_new0(PlnStance, 1);
    *row = (PlnStance){.proposal = c->where ? pln_scenario_find(s, c->where) : -1,
                       .position = c->value,
                       .status = PLN_STATUS_ASSUMED,
                       .source = "asked for",
                       .note = ""};
    pln_run_named(s, c->who, &row->state, &row->bloc, NULL);
    row->sd = sd_of(runner, row, c->sd);
    row->who = row->bloc ? PLN_STANCE_BLOC : row->state ? PLN_STANCE_STATE : PLN_STANCE_ALL;
    for (guint j = rows->len; j > 0; j--) { /* the later of one target holds */
      const PlnStance *old = rows->pdata[j - 1];
      if (old->state == row->state && old->bloc == row->bloc && old->proposal == row->proposal)
        g_ptr_array_remove_index(rows, j - 1);
    }
    g_ptr_array_add(rows, row);
  }
  return rows;
}

/* Up to the last day known the tables say who has joined. */
static gboolean is_to_come(const PlnRunner *runner, const PlnRatifyEdit *edit, GError **error) {
  const PlnTreatyTerm *known =
      pln_world_term(runner->scenario->world, pln_ratify_options().treaty, "known_to");
  if (edit->kind != PLN_RATIFY_SET_DAY || !known || edit->day > pln_day_number(known->day))
    return TRUE;
  g_autofree char *day = pln_day_text(known->day);
  return pln_asked_fail(error, "\"deposit %s\" lies in what is known: the tables say who had joined "
                               "by %s; expected a later day", edit->text, day);
}

static gboolean add_edit(const PlnRunner *runner, const PlnChange *c, GArray *edits, GError **error) {
  g_autofree char *day = c->day == PLN_DAY_NONE ? g_strdup("never") : pln_day_text(c->day), *text = NULL;
  PlnRatifyEdit edit = {0};
  if (c->kind == PLN_CHANGE_DEPOSIT)
    text = g_strdup_printf("%s=%s", c->who, day);
  else
    text = g_strdup_printf("%s=%c", c->who, "YNAX"[c->vote]);
  if (!pln_ratify_edit_read(runner->scenario, text, &edit, error))
    return FALSE;
  g_array_append_val(edits, edit);
  return is_to_come(runner, &edit, error);
}

static GArray *edits_of(const PlnRunner *runner, const PlnChange *const *changes, guint n,
                        GError **error) {
  g_autoptr(GArray) edits = g_array_new(FALSE, FALSE, sizeof(PlnRatifyEdit));
  int place = runner->options.proposal;
  g_array_set_clear_func(edits, pln_ratify_edit_clear);
  for (guint k = 0; k < n; k++) {
    const PlnChange *c = changes[k];
    gboolean votes = c->kind == PLN_CHANGE_VOTE &&
                     pln_run_is_here(runner->scenario, (guint)MAX(place, 0), c);
    if ((votes || c->kind == PLN_CHANGE_DEPOSIT) && !add_edit(runner, c, edits, error))
      return NULL;
  }
  return g_steal_pointer(&edits);
}

/* ---- The run ---- */

/* Years and shares of years; NAN: not within the horizon. */
static double year_of(PlnDayNumber number) {
  GDate date, first;
  if (number < 0)
    return NAN;
  g_date_set_julian(&date, (guint32)number);
  g_date_set_dmy(&first, 1, G_DATE_JANUARY, g_date_get_year(&date));
  guint days = g_date_is_leap_year(g_date_get_year(&date)) ? 366 : 365;
  return g_date_get_year(&date) + (double)g_date_days_between(&first, &date) / days;
}

static void read_off(const PlnRatify *r, guint outcomes, PlnRunResult *run) {
  static const PlnRatifyEvent dates[] = {PLN_RATIFY_IN_FORCE, PLN_RATIFY_CONFERENCE,
                                         PLN_RATIFY_PROTOCOL};
  guint k = 0, last = r->options.years;
  run->draws = r->options.draws;
  if (r->voted) {
    run->value[k++] = r->vote.adopted;
    run->value[k++] = r->vote.count[PLN_VOTE_Y] - r->vote.needed;
    for (guint v = 0; v < PLN_VOTE_KINDS; v++)
      run->value[k++] = r->vote.count[v];
  }
  run->value[k++] = year_of(r->date[PLN_RATIFY_IN_FORCE].quantile[PLN_RATIFY_QUANTILES / 2]);
  run->value[k++] = r->date[PLN_RATIFY_IN_FORCE].by[last];
  run->value[k++] = year_of(r->date[dates[1]].quantile[PLN_RATIFY_QUANTILES / 2]);
  if (r->voted)
    run->value[k++] = year_of(r->date[dates[2]].quantile[PLN_RATIFY_QUANTILES / 2]);
  run->value[k++] = r->mean[last];
  g_assert(k == outcomes);
}

static PlnRatify *ratify(PlnRunner *runner, guint thread, const PlnChange *const *changes, guint n,
                         guint draws, guint32 replicate, GError **error) {
  PlnProjectOptions project = runner->project;
  PlnRatifyOptions o = pln_ratify_options();
  g_autoptr(GArray) edits = edits_of(runner, changes, n, error);
  GError *none = NULL; /* no rule is none asked for: which the study finds itself */
  project.rule = pln_run_rule(runner->scenario, runner->options.rule, changes, n, &none);
  if (!edits || none) {
    if (none)
      g_propagate_error(error, none);
    return NULL;
  }
  project.predictor = runner->predictor ? runner->predictor[thread] : NULL;
  o.project = runner->predictor ? &project : NULL;
  o.proposal = runner->options.proposal;
  o.edits = edits->len > 0 ? edits : NULL;
  o.tie = pln_run_assumed("tie", o.tie, changes, n);
  o.reluctance = pln_run_assumed("reluctance", o.reluctance, changes, n);
  o.draws = draws;
  o.seed = runner->options.seed ^ (replicate * APART);
  g_autoptr(GPtrArray) positions = positions_of(runner, changes, n);
  PlnScenario *view = pln_project_view_new(runner->scenario, positions);
  PlnRatify *r = pln_ratify_new(view, &o, error);
  pln_project_view_free(view);
  if (r) /* what ends here is not to be asked after */
    r->options.edits = NULL, r->options.project = NULL, r->scenario = runner->scenario;
  return r;
}

gboolean pln_runner_ratify(PlnRunner *runner, guint thread, const PlnChange *const *changes, guint n,
                        guint32 replicate, guint8 *adopted, PlnRunResult *run, GError **error) {
  (void)adopted;
  *run = (PlnRunResult){0};
  g_autoptr(PlnRatify) r =
      ratify(runner, thread, changes, n, runner->options.draws, replicate, error);
  if (r)
    read_off(r, runner->outcome->len, run);
  return r != NULL;
}

/* ---- The study ---- */

static gboolean make_predictors(PlnRunner *runner, GError **error) {
  const PlnRunnerOptions *o = &runner->options;
  runner->predictor = g_new0(PlnPredictor *, o->threads + 1);
  for (guint t = 0; t < o->threads; t++)
    if (!(runner->predictor[t] = pln_predictor_new(o->electorate, o->recurrence, error)))
      return FALSE;
  return TRUE;
}

static void add_outcomes(PlnRunner *runner, gboolean voted) {
  if (voted)
    pln_run_vote_outcomes(runner, FALSE);
  pln_run_outcome(runner, "force", "median day in force", "year", FALSE);
  pln_run_outcome(runner, "comes", "chance to be in force within the horizon", "share", FALSE);
  pln_run_outcome(runner, "conference", "median day of parties enough for a protocol", "year", FALSE);
  if (voted)
    pln_run_outcome(runner, "protocol", "median day of the protocol in force", "year", FALSE);
  pln_run_outcome(runner, "parties", "parties at the horizon", "parties", FALSE);
}

/* With few draws: whether each change can be made. */
static gboolean changes_hold(PlnRunner *runner, GError **error) {
  enum { FEW = 100 };
  const GPtrArray *changes = runner->changes;
  for (guint k = 0; changes && k < changes->len; k++) {
    const PlnChange *one = changes->pdata[k];
    g_autoptr(PlnRatify) r = ratify(runner, 0, &one, 1, FEW, 0, error);
    if (!r)
      return FALSE;
  }
  return TRUE;
}

gboolean pln_run_ratify_new(PlnRunner *runner, GError **error) {
  enum { FEW = 100 };
  PlnRunnerOptions *o = &runner->options;
  const PlnScenario *s = runner->scenario;
  o->draws = MAX(o->draws, FEW);
  runner->project = pln_project_options();
  runner->project.electorate = o->electorate;
  runner->project.in_sample = o->in_sample;
  runner->project.as_of = o->as_of;
  if (o->electorate && s->proposals->len > 0 && !make_predictors(runner, error))
    return FALSE;
  g_autoptr(PlnRatify) base = ratify(runner, 0, NULL, 0, FEW, 0, error);
  if (!base)
    return FALSE;
  runner->weakest = MAX(base->weakest, o->rule ? PLN_STATUS_ASSUMED : PLN_STATUS_VERIFIED);
  runner->rule = base->voted ? base->rule : NULL;
  if (base->voted) {
    o->proposal = base->options.proposal;
    runner->proposal = pln_scenario_proposal(s, (guint)o->proposal);
  }
  add_outcomes(runner, base->voted);
  return changes_hold(runner, error);
}
