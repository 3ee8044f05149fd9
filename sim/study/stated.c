/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/stated.h"

#include <math.h>
#include <string.h>

#include "plenary/actor.h"
#include "plenary/stance.h"

/* The greatest tie that is drawn: 1 would leave nothing of a state's own. */
static const char *const assumed[][2] = {{"assume tie", "0..0.95"}, {"assume reluctance", "0..1"}};

/* ---- Dials of numbers ---- */

static char *number_text(double value) {
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  return g_strdup(g_ascii_formatd(text, sizeof text, "%.10g", value));
}

static PlnDial *dial_of(const char *what, const char *range, PlnStatus status) {
  PlnDial *dial = pln_dial_read(what, range, NULL);
  if (!dial)
    return NULL; /* a deviation of nothing is no uncertainty */
  dial->status = status;
  dial->stated = TRUE;
  return dial;
}

/* @kind: "position"; @where: (nullable) */
static char *what_of(const char *kind, const char *where, const char *who) {
  return g_strdup_printf("%s %s%s%s", kind, where ? where : "", where ? ":" : "", who);
}

static gboolean has(const GPtrArray *dials, const char *name) {
  for (guint k = 0; k < dials->len; k++)
    if (strcmp(((const PlnDial *)dials->pdata[k])->name, name) == 0)
      return TRUE;
  return FALSE;
}

/* Normal, cut off at @from and @to, and no wider than these; a quantity stated twice is one dial. */
static void add_normal(GPtrArray *dials, const char *what, double mean, double sd, double from,
                       double to, PlnStatus status) {
  if (isnan(mean) || !(sd > 0))
    return;
  g_autofree char *m = number_text(mean), *s = number_text(MIN(sd, to - from));
  g_autofree char *range = g_strdup_printf("%s±%s", m, s);
  PlnDial *dial = dial_of(what, range, status);
  if (dial && dial->change->kind == PLN_CHANGE_POSITION) { /* read as on the scale of votes */
    dial->from = from;
    dial->to = to;
  }
  if (dial && !has(dials, dial->name) && pln_dial_cut(dial, from, to))
    g_ptr_array_add(dials, dial);
  else if (dial)
    pln_dial_free(dial);
}

/* ---- Positions of a vote ---- */

/* The rows that hold for somebody, marked among the scenario's. */
static guint8 *rows_that_hold(const PlnStated *of) {
  const PlnScenario *s = of->scenario;
  const PlnRoster *roster = of->stage >= 0 ? g_array_index(s->stages, PlnStageEntry, of->stage).roster
                                           : pln_scenario_proposal(s, (guint)of->proposal)->roster;
  guint8 *holds = g_new0(guint8, s->stances->len + 1);
  g_autoptr(PlnStances) stances = pln_stances_resolve_on(s, (guint)of->proposal, roster);
  for (guint i = 0; i < stances->n; i++)
    if (stances->row[i] >= 0)
      holds[stances->row[i]] = 1;
  for (guint k = 0; k < stances->conflicts->len; k++) { /* merged: both hold */
    const PlnStanceConflict *c = &g_array_index(stances->conflicts, PlnStanceConflict, k);
    for (guint j = 0; c->kind == PLN_STANCE_CONFLICT && j < s->stances->len; j++)
      holds[j] |= s->stances->pdata[j] == c->other;
  }
  return holds;
}

static void add_positions(GPtrArray *dials, const PlnStated *of) {
  const PlnScenario *s = of->scenario;
  if (of->proposal < 0)
    return;
  g_autofree guint8 *holds = rows_that_hold(of);
  for (guint k = 0; k < s->stances->len; k++) {
    const PlnStance *row = s->stances->pdata[k];
    const char *where =
        row->proposal >= 0 ? pln_scenario_proposal(s, (guint)row->proposal)->id : NULL;
    g_autofree char *what = what_of("position", where, pln_stance_name(row));
    if (holds[k])
      add_normal(dials, what, row->position, row->sd, 0, 100, row->status);
  }
}

/* ---- Talks ---- */

static gboolean asks_issue(const PlnStated *of, guint k) {
  const PlnIssue *issue = &g_array_index(of->scenario->issues, PlnIssue, k);
  if (of->method && of->method->together)
    return TRUE;
  if (of->outcome && g_str_has_prefix(of->outcome, "position "))
    return strcmp(of->outcome + strlen("position "), issue->id) == 0;
  return issue->proposal < 0 || of->proposal < 0 || issue->proposal == of->proposal;
}

/* What actor @i's rows say of @issue: its own row's numbers by the issue, else all's for all. */
static void add_actor(GPtrArray *dials, const PlnActors *actors, guint i, guint k) {
  const PlnIssue *issue = &g_array_index(actors->scenario->issues, PlnIssue, k);
  const char *who = pln_actor_name(pln_actors_who(actors, i));
  for (guint part = 0; part < 2; part++) {
    guint place = part == 0 ? k : actors->m;
    const PlnActor *row = actors->row[i * (actors->m + 1) + place];
    const char *where = part == 0 ? issue->id : NULL;
    if (!row)
      continue;
    g_autofree char *position = what_of("position", where, who);
    g_autofree char *salience = what_of("salience", where, who);
    g_autofree char *capability = what_of("capability", where, who);
    add_normal(dials, position, row->position, row->sd, issue->from, issue->to, row->status);
    add_normal(dials, salience, row->salience, row->salience_sd, 0, 100, row->status);
    add_normal(dials, capability, row->capability, row->capability_sd, 0, INFINITY, row->status);
  }
}

static void add_actors(GPtrArray *dials, const PlnStated *of) {
  g_autoptr(PlnActors) actors = pln_actors_new(of->scenario);
  for (guint k = 0; k < actors->m; k++)
    for (guint i = 0; asks_issue(of, k) && i < actors->n; i++)
      if (pln_actors_negotiates(actors, i, k))
        add_actor(dials, actors, i, k);
}

/* ---- The rule, and the whole ---- */

const PlnRuleEntry *pln_stated_other_rule(const PlnScenario *s, const PlnRuleEntry *rule) {
  if (!rule || rule->rule.basis != PLN_BASIS_VOTING || rule->rule.method == PLN_METHOD_CONSENSUS)
    return NULL;
  gboolean half = rule->rule.majority.num * 2 == rule->rule.majority.den;
  const char *id = half ? "two-thirds-present-voting" : "simple-majority-present-voting";
  return strcmp(rule->id, id) == 0 ? NULL : pln_world_rule(s->world, id);
}

static void add_rule(GPtrArray *dials, const PlnStated *of) {
  const PlnRuleEntry *other = pln_stated_other_rule(of->scenario, of->rule);
  if (!other)
    return;
  g_autofree char *range = g_strdup_printf("%s|%s", of->rule->id, other->id);
  PlnDial *dial = dial_of("rule", range, PLN_STATUS_ASSUMED);
  if (dial)
    g_ptr_array_add(dials, dial);
}

GPtrArray *pln_stated_dials(const PlnStated *of) {
  GPtrArray *dials = g_ptr_array_new_with_free_func(pln_dial_free);
  if (of->study == PLN_RUN_REPLAY)
    return dials;
  if (of->study == PLN_RUN_BARGAIN)
    add_actors(dials, of);
  else
    add_positions(dials, of);
  for (gsize k = 0; of->study == PLN_RUN_RATIFY && k < G_N_ELEMENTS(assumed); k++) {
    PlnDial *dial = dial_of(assumed[k][0], assumed[k][1], PLN_STATUS_ASSUMED);
    if (dial)
      g_ptr_array_add(dials, dial);
  }
  if (!of->outcome || !g_str_has_prefix(of->outcome, "position "))
    add_rule(dials, of);
  return dials;
}

/* The ends of what the quantity of @dial may be. */
static gboolean whole_ends(const PlnStated *of, const PlnDial *dial, double *from, double *to) {
  *from = 0;
  *to = 100;
  switch (dial->change->kind) {
  case PLN_CHANGE_POSITION:
    for (guint k = 0; of->study == PLN_RUN_BARGAIN && k < of->scenario->issues->len; k++) {
      const PlnIssue *issue = &g_array_index(of->scenario->issues, PlnIssue, k);
      if (g_strcmp0(dial->change->where, issue->id) == 0) {
        *from = issue->from;
        *to = issue->to;
      }
    }
    return TRUE;
  case PLN_CHANGE_SALIENCE:
    return TRUE;
  case PLN_CHANGE_CAPABILITY:
    *from = MAX(0, dial->mean - 2 * dial->sd);
    *to = dial->mean + 2 * dial->sd;
    return dial->kind == PLN_RANGE_NORMAL;
  default:
    return FALSE;
  }
}

PlnDial *pln_stated_whole(const PlnStated *of, const PlnDial *dial) {
  double from, to;
  gboolean whole = dial->stated && whole_ends(of, dial, &from, &to);
  g_autofree char *low = whole ? number_text(from) : NULL, *high = whole ? number_text(to) : NULL;
  g_autofree char *range = whole ? g_strdup_printf("%s..%s", low, high) : pln_dial_range(dial);
  PlnDial *made = pln_dial_read(dial->name, range, NULL);
  if (made) {
    made->status = dial->status;
    made->stated = dial->stated;
    if (!whole && dial->kind == PLN_RANGE_NORMAL) /* a range does not tell where it is cut off */
      pln_dial_cut(made, dial->from, dial->to);
  }
  return made;
}

/* ---- Words ---- */

char *pln_stated_title(const PlnDial *dial) {
  const PlnChange *c = dial->change;
  const char *kind = pln_change_words[c->kind];
  gboolean of_who = c->kind == PLN_CHANGE_POSITION || c->kind == PLN_CHANGE_SALIENCE ||
                    c->kind == PLN_CHANGE_CAPABILITY || c->kind == PLN_CHANGE_VOTE ||
                    c->kind == PLN_CHANGE_PRESENCE || c->kind == PLN_CHANGE_MEMBER;
  if (c->kind == PLN_CHANGE_RULE)
    return g_strdup("the rule");
  if (c->kind == PLN_CHANGE_ASSUME)
    return g_strdup(c->who);
  if (!of_who || !c->who)
    return g_strdup(dial->name);
  return g_strdup_printf("%s's %s", c->who, c->kind == PLN_CHANGE_MEMBER ? "membership" : kind);
}
