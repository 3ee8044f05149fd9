/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/coalitions.h"

#include "plenary/coalitions_part.h"
#include "plenary/error.h"
#include "plenary/project_part.h"

enum { TIES = 10 };

PlnCoalitionsOptions pln_coalitions_options(void) {
  return (PlnCoalitionsOptions){
      .proposal = -1, .stage = -1, .price = PLN_PRICES, .others = PLN_OTHERS_NO, .ties = TIES};
}

static void answers_free(PlnCoalitions *c) {
  for (guint others = 0; others < PLN_OTHERS; others++)
    for (guint end = 0; end < PLN_COALITION_ENDS; end++)
      for (guint aim = 0; aim < PLN_COALITION_AIMS; aim++)
        pln_coalition_free(c->answer[others][end][aim].found);
  for (guint end = 0; end < PLN_COALITION_ENDS; end++)
    pln_coalition_free(c->aside[end].found);
}

void pln_coalitions_free(PlnCoalitions *c) {
  if (!c)
    return;
  answers_free(c);
  for (guint end = 0; end < PLN_COALITION_ENDS; end++)
    if (c->order[end])
      g_array_unref(c->order[end]);
  g_free(c->veto);
  g_free(c->seat);
  g_ptr_array_unref(c->units);
  g_clear_pointer(&c->seated, g_ptr_array_unref);
  g_clear_pointer(&c->asked, g_ptr_array_unref);
  g_array_unref(c->minorities);
  pln_project_free(c->project);
  pln_project_view_free(c->view);
  g_ptr_array_unref(c->words);
  g_ptr_array_unref(c->rosters);
  g_free(c);
}

const PlnCoalitionUnit *pln_coalitions_unit(const PlnCoalitions *coalitions, guint k) {
  return coalitions->units->pdata[k];
}

/* ---- Before whom ---- */

static void roster_free(gpointer roster) {
  pln_roster_free(roster);
}

static void sit(PlnCoalitions *c, const PlnStageEntry *stage) {
  const PlnProposal *p = c->proposal;
  c->stage = stage;
  c->body = stage ? stage->body : p->body;
  c->roster = stage ? stage->roster : p->roster;
  c->day = stage ? stage->day : p->day != PLN_DAY_NONE ? p->day : c->scenario->as_of;
  if (c->options.as_of == PLN_DAY_NONE)
    return;
  c->day = c->options.as_of;
  PlnRoster *asked = pln_roster_new(c->scenario->world, c->body, c->scenario->own, c->day);
  g_ptr_array_add(c->rosters, asked);
  c->roster = asked;
}

/* The stage asked for, else the first that somebody sits in. */
static gboolean find_stage(PlnCoalitions *c, GError **error) {
  const GArray *stages = c->scenario->stages;
  if (stages->len == 0)
    sit(c, NULL);
  for (guint k = 0; k < stages->len; k++)
    if (c->options.stage < 0 ? !c->roster || c->roster->n == 0 : c->options.stage == (int)k)
      sit(c, &g_array_index(stages, PlnStageEntry, k));
  if (c->roster->n > 0)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
              "nobody sits in %s then: there is no vote to win; expected another stage, or a day on "
              "which it meets",
              c->body->id);
  return FALSE;
}

static gboolean find_rule(PlnCoalitions *c, GError **error) {
  const PlnWorld *world = c->scenario->world;
  c->why_rule = "asked for";
  c->rule = c->options.rule;
  if (!c->rule)
    c->rule = pln_scenario_rule_at(c->scenario, c->proposal, c->stage, &c->why_rule);
  const PlnRuleEntry *rule = c->rule;
  const PlnBloc *holders = *rule->veto ? pln_world_bloc(world, rule->veto) : NULL;
  if (rule->rule.weighted && !c->roster->weight) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
                "the rule %s counts weights, and the members have none (column weight of "
                "members.csv); expected another rule, or weights",
                rule->id);
    return FALSE;
  }
  if (rule->rule.veto && holders) {
    c->veto = g_new0(guint8, c->roster->n + 1);
    pln_roster_mark(c->roster, world, holders, c->veto);
  }
  c->weakest = MAX(rule->status, c->scenario->status);
  if (c->options.rule || c->options.as_of != PLN_DAY_NONE ||
      (c->options.project && c->options.project->positions && c->options.project->positions->len))
    c->weakest = MAX(c->weakest, PLN_STATUS_ASSUMED);
  c->game = pln_game_of_rule(&rule->rule, c->roster->n, c->roster->weight, c->veto);
  return TRUE;
}

static PlnCoalitions *begin(const PlnScenario *scenario, const PlnCoalitionsOptions *options) {
  PlnCoalitions *c = g_new0(PlnCoalitions, 1);
  c->scenario = scenario;
  c->options = *options;
  c->place = options->proposal >= 0 ? (guint)options->proposal : 0;
  c->proposal = pln_scenario_proposal(scenario, c->place);
  c->view = pln_project_view_new(scenario, options->project ? options->project->positions : NULL);
  c->rosters = g_ptr_array_new_with_free_func(roster_free);
  c->words = g_ptr_array_new_with_free_func(g_free);
  c->units = g_ptr_array_new();
  c->minorities = g_array_new(FALSE, FALSE, sizeof(PlnBlockingMinority));
  return c;
}

PlnCoalitions *pln_coalitions_new(const PlnScenario *scenario, const PlnCoalitionsOptions *options,
                                  GError **error) {
  g_autoptr(PlnCoalitions) c = begin(scenario, options);
  if (!find_stage(c, error) || !find_rule(c, error) || !pln_coalitions_price(c, error) ||
      !pln_coalitions_unite(c, error))
    return NULL;
  g_autofree PlnVote *vote = g_new(PlnVote, c->roster->n + 1);
  for (guint i = 0; i < c->roster->n; i++)
    vote[i] = c->seat[i].expected == PLN_VOTE_UNKNOWN ? PLN_VOTE_X : c->seat[i].expected;
  c->passes = pln_coalitions_leads(c, PLN_COALITION_WINS, vote);
  pln_coalitions_search(c);
  pln_coalitions_order(c);
  pln_coalitions_minorities(c);
  return g_steal_pointer(&c);
}
