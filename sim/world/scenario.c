/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/scenario.h"

#include <string.h>

#include "plenary/table.h"

const char *const pln_statement_words[] = {"explanation", "dissociation", "reservation", "position",
                                           NULL};

static void proposal_free(gpointer data) {
  PlnProposal *proposal = data;
  g_array_unref(proposal->falls_if);
  g_free(proposal->ballot);
  g_free(proposal);
}

static void roster_free(gpointer data) {
  pln_roster_free(data);
}

PlnScenario *pln_scenario_new(PlnWorld *below, const char *id) {
  PlnScenario *scenario = g_new0(PlnScenario, 1);
  scenario->id = g_strdup(id);
  scenario->world = pln_world_new(below);
  scenario->title = scenario->about = scenario->source = scenario->electorate = "";
  scenario->asks_for_vote = scenario->session = PLN_NOT_STATED;
  scenario->proposals = g_ptr_array_new_with_free_func(proposal_free);
  scenario->rosters = g_ptr_array_new_with_free_func(roster_free);
  scenario->statements = g_array_new(FALSE, FALSE, sizeof(PlnStatement));
  scenario->claims = g_array_new(FALSE, FALSE, sizeof(PlnClaim));
  scenario->stances = g_ptr_array_new_with_free_func(g_free);
  scenario->pledges = g_array_new(FALSE, FALSE, sizeof(PlnPledge));
  scenario->stages = g_array_new(FALSE, FALSE, sizeof(PlnStageEntry));
  scenario->issues = g_array_new(FALSE, FALSE, sizeof(PlnIssue));
  scenario->actors = g_ptr_array_new_with_free_func(g_free);
  scenario->inputs = pln_inputs_new();
  return scenario;
}

void pln_scenario_free(PlnScenario *scenario) {
  if (!scenario)
    return;
  g_ptr_array_unref(scenario->proposals);
  g_ptr_array_unref(scenario->rosters);
  g_array_unref(scenario->statements);
  g_array_unref(scenario->claims);
  g_ptr_array_unref(scenario->stances);
  g_array_unref(scenario->pledges);
  g_array_unref(scenario->stages);
  g_array_unref(scenario->issues);
  g_ptr_array_unref(scenario->actors);
  g_array_unref(scenario->inputs);
  g_clear_pointer(&scenario->own, g_ptr_array_unref);
  pln_world_unref(scenario->world);
  g_free(scenario->id);
  g_free(scenario);
}

PlnProposal *pln_scenario_add_proposal(PlnScenario *scenario, const char *id) {
  PlnProposal *p = g_new0(PlnProposal, 1);
  p->id = id;
  p->title = p->symbol = p->question = p->provision = p->earlier = p->note = p->source = "";
  p->asked_by = p->touches = p->touches_source = p->family = p->matter = "";
  p->target = -1;
  p->order = p->parts = PLN_NOT_STATED;
  p->at = p->status_quo = p->pressed = PLN_NOT_STATED;
  for (int k = 0; k < PLN_VOTE_KINDS; k++)
    p->total[k] = PLN_NOT_STATED;
  p->falls_if = g_array_new(FALSE, FALSE, sizeof(PlnFallsIf));
  g_ptr_array_add(scenario->proposals, p);
  return p;
}

int pln_scenario_find(const PlnScenario *scenario, const char *id) {
  for (guint i = 0; i < scenario->proposals->len; i++)
    if (strcmp(pln_scenario_proposal(scenario, i)->id, id) == 0)
      return (int)i;
  return -1;
}

int pln_scenario_find_issue(const PlnScenario *scenario, const char *id) {
  for (guint k = 0; id && k < scenario->issues->len; k++)
    if (strcmp(g_array_index(scenario->issues, PlnIssue, k).id, id) == 0)
      return (int)k;
  return -1;
}

const PlnProposal *pln_scenario_proposal(const PlnScenario *scenario, guint i) {
  return scenario->proposals->pdata[i];
}

/* The roster that another proposal of the same body and day has already. */
static const PlnRoster *seated(const PlnScenario *scenario, const PlnProposal *proposal) {
  for (guint i = 0; i < scenario->proposals->len; i++) {
    const PlnProposal *other = pln_scenario_proposal(scenario, i);
    if (other->roster && other->body == proposal->body && other->roster->day == proposal->day)
      return other->roster;
  }
  return NULL;
}

void pln_scenario_seat(PlnScenario *scenario, PlnProposal *proposal) {
  const PlnRoster *roster = seated(scenario, proposal);
  if (!roster) {
    roster = pln_roster_new(scenario->world, proposal->body, scenario->own, proposal->day);
    g_ptr_array_add(scenario->rosters, (gpointer)roster);
  }
  proposal->roster = roster;
  proposal->ballot = g_new(PlnBallot, MAX(1, roster->n));
  for (guint i = 0; i < roster->n; i++)
    proposal->ballot[i] = (PlnBallot){PLN_VOTE_UNKNOWN, PLN_VOTE_UNKNOWN, PLN_REASON_NOT_STATED,
                                      PLN_STATUS_UNKNOWN, ""};
}

static const PlnRuleEntry *body_rule(const PlnScenario *scenario, const PlnProposal *p,
                                     const PlnBody *body, const char **why) {
  const char *id = body->substance;
  *why = "the body's ordinary majority";
  if (p->kind == PLN_KIND_MOTION) {
    gboolean again = p->motion == PLN_MOTION_RECONSIDER;
    id = again ? body->reconsideration : body->motion;
    *why = again ? "the body's rule for reconsideration" : "the body's rule for motions";
  } else if (p->important) {
    id = body->important;
    *why = "an important question";
  }
  return pln_world_rule(scenario->world, id);
}

const PlnRuleEntry *pln_scenario_rule_at(const PlnScenario *scenario, const PlnProposal *p,
                                         const PlnStageEntry *stage, const char **why) {
  const PlnRuleEntry *named = stage ? stage->rule : p->rule;
  const char *unused;
  if (!why)
    why = &unused;
  if (named) {
    *why = stage ? "named by the stage" : "named by the scenario";
    return named;
  }
  gboolean changes_text = p->kind == PLN_KIND_AMENDMENT || p->kind == PLN_KIND_DELETION ||
                          p->kind == PLN_KIND_PARAGRAPH;
  if (!changes_text || p->target < 0)
    return body_rule(scenario, p, stage ? stage->body : p->body, why);
  const PlnProposal *text = pln_scenario_proposal(scenario, (guint)p->target);
  const PlnRuleEntry *rule = pln_scenario_rule_at(scenario, text, stage, NULL);
  *why = "that of the text it changes (rule 84)";
  return rule;
}

const PlnRuleEntry *pln_scenario_rule(const PlnScenario *scenario, const PlnProposal *proposal,
                                      const char **why) {
  return pln_scenario_rule_at(scenario, proposal, NULL, why);
}
