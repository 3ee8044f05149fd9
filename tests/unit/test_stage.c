/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before which bodies a package comes: who votes there, by which rule; and what else a
 * forecast is told of a scenario. */
#include "plenary/stage.h"

#include "faulty.h"
#include "plenary/tables.h"
#include "scene.h"
#include "suite.h"

#define KEYS "key,value\nformat,1\ntitle,It\nas_of,2026-01-15\nbody,ad-hoc-committee\n"

static const PlnStageEntry *stage(const PlnScenario *s, guint k) {
  return &g_array_index(s->stages, PlnStageEntry, k);
}

static void test_read(void) {
  g_autoptr(PlnScenario) s = scene_read(
      "scenario.csv", KEYS, "proposals.csv", "id,title\np1,A\n", "stages.csv",
      "stage,title,body,rule,date,chance,status,source,note\n"
      "text,The Chair's text,ad-hoc-committee,two-thirds-present,2011-07-13,62.5,reported,a,b\n"
      "cosp,,conference-of-states-parties,,,,,,\n", NULL);
  CU_ASSERT_EQUAL_FATAL(s->stages->len, 2);
  const PlnStageEntry *text = stage(s, 0), *cosp = stage(s, 1);
  CU_ASSERT_STRING_EQUAL(text->id, "text");
  CU_ASSERT_STRING_EQUAL(text->title, "The Chair's text");
  CU_ASSERT_STRING_EQUAL(text->rule->id, "two-thirds-present");
  CU_ASSERT_EQUAL(text->day, 20110713);
  CU_ASSERT_EQUAL(text->chance, 62.5);
  CU_ASSERT_EQUAL(text->status, PLN_STATUS_REPORTED);
  CU_ASSERT_STRING_EQUAL(text->source, "a");
  CU_ASSERT_STRING_EQUAL(text->note, "b");
  CU_ASSERT_EQUAL(text->roster->n, 192); /* South Sudan came a day later */
  CU_ASSERT_STRING_EQUAL(cosp->title, "cosp");
  CU_ASSERT_PTR_NULL(cosp->rule);
  CU_ASSERT_EQUAL(cosp->day, 20260115);
  CU_ASSERT_EQUAL(cosp->chance, PLN_NOT_STATED);
  CU_ASSERT_EQUAL(cosp->status, PLN_STATUS_ASSUMED);
  CU_ASSERT_TRUE(cosp->roster->n < 60); /* the parties, fewer than the rules ask for */
}

static void test_none(void) {
  g_autoptr(PlnScenario) s =
      scene_read("scenario.csv", KEYS, "proposals.csv", "id,title\np1,A\n", NULL);
  CU_ASSERT_EQUAL(s->stages->len, 0);
}

static gboolean decides(const PlnScenario *s, const char *id, guint at, const char *rule,
                        const char *because) {
  const char *why = "";
  const PlnProposal *p = pln_scenario_proposal(s, (guint)pln_scenario_find(s, id));
  const PlnRuleEntry *got = pln_scenario_rule_at(s, p, stage(s, at), &why);
  gboolean fits = g_strcmp0(got->id, rule) == 0 && g_strrstr(why, because) &&
                  pln_scenario_rule_at(s, p, NULL, NULL) == pln_scenario_rule(s, p, NULL);
  if (!fits)
    printf("\n  %s: expected %s, got %s (%s)\n", id, rule, got->id, why);
  return fits;
}

/* The stage's rule; else its body's for the kind, whatever the proposal's own body has. */
static void test_rules(void) {
  g_autoptr(PlnScenario) s = scene_read(
      "scenario.csv", KEYS, "proposals.csv",
      "id,title,kind,target,important,motion,rule\n"
      "m,M,motion,,,no-action,\na,A,amendment,t,,,\nt,T,text,,yes,,two-thirds-present\n",
      "stages.csv",
      "stage,body,rule\nahc,ad-hoc-committee,\nga,general-assembly,\n"
      "named,general-assembly,two-thirds-present-voting\n", NULL);
  CU_ASSERT_TRUE(decides(s, "t", 0, "ahc-two-thirds", "important"));
  CU_ASSERT_TRUE(decides(s, "a", 0, "ahc-two-thirds", "rule 84"));
  CU_ASSERT_TRUE(decides(s, "m", 0, "ahc-procedural", "motions"));
  CU_ASSERT_TRUE(decides(s, "t", 1, "ga-important-questions", "important"));
  CU_ASSERT_TRUE(decides(s, "a", 1, "ga-important-questions", "rule 84"));
  CU_ASSERT_TRUE(decides(s, "m", 1, "ga-simple-majority", "motions"));
  CU_ASSERT_TRUE(decides(s, "t", 2, "two-thirds-present-voting", "named by the stage"));
  CU_ASSERT_TRUE(decides(s, "m", 2, "two-thirds-present-voting", "named by the stage"));
  CU_ASSERT_STRING_EQUAL(pln_scenario_rule(s, pln_scenario_proposal(s, 2), NULL)->id,
                         "two-thirds-present");
}

/* A scenario's own members are the roster of every stage. */
static void test_own_members(void) {
  g_autoptr(PlnScenario) s = scene_read(
      "scenario.csv", "key,value\nformat,1\ntitle,It\nas_of,2026-01-15\nbody,model-un\n",
      "members.csv", "state,name\nANA,Ana\nBEA,Bea\n", "proposals.csv", "id,title\np1,A\n",
      "stages.csv", "stage,body\na,model-un\nb,general-assembly\n", NULL);
  CU_ASSERT_EQUAL(stage(s, 0)->roster->n, 2);
  CU_ASSERT_EQUAL(stage(s, 1)->roster->n, 2);
}

static void test_keys(void) {
  g_autoptr(PlnScenario) s = scene_read(
      "scenario.csv", KEYS "electorate,s70-74\nasks_for_vote,12.5\nsession,74\n",
      "proposals.csv",
      "id,title,touches,touches_source,family,at,status_quo,pressed\n"
      "p1,A,journalists,a report,speech,60,40,12.5\np2,B,,,,,,\n", NULL);
  const PlnProposal *p = pln_scenario_proposal(s, 0), *q = pln_scenario_proposal(s, 1);
  CU_ASSERT_STRING_EQUAL(s->electorate, "s70-74");
  CU_ASSERT_EQUAL(s->asks_for_vote, 12.5);
  CU_ASSERT_EQUAL(s->session, 74);
  CU_ASSERT_STRING_EQUAL(p->touches, "journalists");
  CU_ASSERT_STRING_EQUAL(p->touches_source, "a report");
  CU_ASSERT_STRING_EQUAL(p->family, "speech");
  CU_ASSERT_EQUAL(p->at, 60);
  CU_ASSERT_EQUAL(p->status_quo, 40);
  CU_ASSERT_EQUAL(p->pressed, 12.5);
  CU_ASSERT_STRING_EQUAL(q->touches, "");
  CU_ASSERT_STRING_EQUAL(q->family, "");
  CU_ASSERT_EQUAL(q->at, PLN_NOT_STATED);
  CU_ASSERT_EQUAL(q->status_quo, PLN_NOT_STATED);
  CU_ASSERT_EQUAL(q->pressed, PLN_NOT_STATED);
}

static void test_keys_not_stated(void) {
  g_autoptr(PlnScenario) s =
      scene_read("scenario.csv", KEYS "electorate,\nasks_for_vote,\nsession,\n", "proposals.csv",
                 "id,title\np1,A\n", NULL);
  g_autoptr(PlnScenario) fresh = pln_scenario_new(scene_world(), "fresh");
  const PlnScenario *both[] = {s, fresh};
  for (int k = 0; k < 2; k++) {
    CU_ASSERT_STRING_EQUAL(both[k]->electorate, "");
    CU_ASSERT_EQUAL(both[k]->asks_for_vote, PLN_NOT_STATED);
    CU_ASSERT_EQUAL(both[k]->session, PLN_NOT_STATED);
  }
}

static void test_most(void) {
  g_autoptr(GString) rows = g_string_new("stage,body\n");
  for (int i = 0; i <= PLN_STAGES_MOST; i++)
    g_string_append_printf(rows, "s%d,general-assembly\n", i);
  CU_ASSERT_TRUE(faulty_is(faulty_scenario("scenario.csv", KEYS, "proposals.csv",
                                           "id,title\np1,A\n", "stages.csv", rows->str, NULL),
                           "it/stages.csv:102:1: more than 100 stages; expected fewer\n"));
}

/* A stage names rules and bodies: with those broken off it is not judged. */
static void test_broken_rules(void) {
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario("scenario.csv", KEYS, "proposals.csv", "id,title\np1,A\n", "rules.csv",
                      "rule,\"name", "stages.csv", "stage,body,rule\na,general-assembly,mine\n",
                      NULL),
      "it/rules.csv:1:6: a quotation mark is opened and never closed; expected \" before the file "
      "ends\n"));
}

int main(void) {
  CU_TestInfo tests[] = {{"columns and defaults", test_read},
                         {"none", test_none},
                         {"rules", test_rules},
                         {"own members", test_own_members},
                         {"keys of a forecast", test_keys},
                         {"keys not stated", test_keys_not_stated},
                         {"most stages", test_most},
                         {"broken rules", test_broken_rules},
                         CU_TEST_INFO_NULL};
  int status = suite_run("stage", tests);
  scene_end();
  return status;
}
