/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario's proposals, their seats, and which rule decides which. */
#include "plenary/scenario.h"

#include "plenary/table.h"
#include "scene.h"
#include "suite.h"

static gboolean decides(const PlnScenario *s, const char *id, const char *rule,
                        const char *because) {
  const char *why = "";
  int place = pln_scenario_find(s, id);
  const PlnRuleEntry *got = pln_scenario_rule(s, pln_scenario_proposal(s, (guint)place), &why);
  gboolean fits = g_strcmp0(got->id, rule) == 0 && g_strrstr(why, because);
  if (!fits)
    printf("\n  %s: expected %s, got %s (%s)\n", id, rule, got->id, why);
  return fits;
}

static void test_empty(void) {
  g_autoptr(PlnScenario) s = pln_scenario_new(scene_world(), "empty");
  CU_ASSERT_STRING_EQUAL(s->id, "empty");
  CU_ASSERT_STRING_EQUAL(s->title, "");
  CU_ASSERT_EQUAL(pln_scenario_find(s, "p"), -1);
  PlnProposal *p = pln_scenario_add_proposal(s, "p");
  CU_ASSERT_EQUAL(pln_scenario_find(s, "p"), 0);
  CU_ASSERT_PTR_EQUAL(pln_scenario_proposal(s, 0), p);
  CU_ASSERT_EQUAL(p->target, -1);
  CU_ASSERT_EQUAL(p->order, PLN_NOT_STATED);
  CU_ASSERT_EQUAL(p->parts, PLN_NOT_STATED);
  for (int k = 0; k < PLN_VOTE_KINDS; k++)
    CU_ASSERT_EQUAL(p->total[k], PLN_NOT_STATED);
  pln_scenario_free(NULL);
}

static void test_seats(void) {
  g_autoptr(PlnScenario) s = pln_scenario_new(scene_world(), "seats");
  PlnProposal *p[4];
  static const char *const ids[] = {"a", "b", "c", "d"};
  static const PlnDay days[] = {20110713, 20110714, 20110714, 20110714};
  for (int i = 0; i < 4; i++) {
    p[i] = pln_scenario_add_proposal(s, ids[i]);
    p[i]->body = pln_world_body(s->world, i < 3 ? "general-assembly" : "third-committee");
    p[i]->day = days[i];
    pln_scenario_seat(s, p[i]);
  }
  CU_ASSERT_EQUAL(p[0]->roster->n, 192);
  CU_ASSERT_EQUAL(p[1]->roster->n, 193);
  CU_ASSERT_PTR_EQUAL(p[1]->roster, p[2]->roster);
  CU_ASSERT_PTR_NOT_EQUAL(p[2]->roster, p[3]->roster);
  for (int i = 0; i < 193; i++) {
    CU_ASSERT_EQUAL(p[1]->ballot[i].vote, PLN_VOTE_UNKNOWN);
    CU_ASSERT_EQUAL(p[1]->ballot[i].meant, PLN_VOTE_UNKNOWN);
    CU_ASSERT_EQUAL(p[1]->ballot[i].reason, PLN_REASON_NOT_STATED);
  }
}

/* General Assembly: rule 85 else, 83 for important questions, 84 for what changes them. */
static void test_rules_of_the_assembly(void) {
  g_autoptr(PlnScenario) s = scene_of(
      "general-assembly",
      "id,title,kind,target,important,motion,rule\n"
      "no-action,M,motion,,,no-action,\nadjourn,M,motion,,yes,adjournment,\n"
      "again,M,motion,,,reconsideration,\n"
      "sub,S,amendment,amend,,,\namend,A,amendment,text,,,\ndelete,D,deletion,text,,,\n"
      "part,P,paragraph,text,,,\nown,O,amendment,text,,,two-thirds-present\ntext,T,text,,yes,,\n"
      "plain-part,P,paragraph,plain,,,\nplain,T,text,,,,\nalone,A,amendment,,yes,,\n"
      "whole,W,whole,,yes,,\n",
      NULL, NULL);
  CU_ASSERT_TRUE(decides(s, "no-action", "ga-simple-majority", "motions"));
  /* That the question is important makes no two-thirds of a motion. */
  CU_ASSERT_TRUE(decides(s, "adjourn", "ga-simple-majority", "motions"));
  CU_ASSERT_TRUE(decides(s, "again", "ga-reconsideration", "reconsideration"));
  CU_ASSERT_TRUE(decides(s, "text", "ga-important-questions", "important"));
  CU_ASSERT_TRUE(decides(s, "amend", "ga-important-questions", "rule 84"));
  CU_ASSERT_TRUE(decides(s, "delete", "ga-important-questions", "rule 84"));
  CU_ASSERT_TRUE(decides(s, "part", "ga-important-questions", "rule 84"));
  CU_ASSERT_TRUE(decides(s, "sub", "ga-important-questions", "rule 84")); /* through two targets */
  CU_ASSERT_TRUE(decides(s, "own", "two-thirds-present", "named by the scenario"));
  CU_ASSERT_TRUE(decides(s, "plain-part", "ga-simple-majority", "rule 84"));
  CU_ASSERT_TRUE(decides(s, "plain", "ga-simple-majority", "ordinary"));
  CU_ASSERT_TRUE(decides(s, "alone", "ga-important-questions", "important")); /* no text given */
  CU_ASSERT_TRUE(decides(s, "whole", "ga-important-questions", "important"));
  CU_ASSERT_PTR_NOT_NULL(pln_scenario_rule(s, pln_scenario_proposal(s, 0), NULL));
}

/* A committee decides important questions by simple majority too (rule 125). */
static void test_rules_of_a_committee(void) {
  g_autoptr(PlnScenario) s = scene_of("third-committee",
                                      "id,title,kind,target,important,motion\n"
                                      "part,P,paragraph,text,,\ntext,T,text,,yes,\n"
                                      "again,M,motion,,,reconsideration\n",
                                      NULL, NULL);
  CU_ASSERT_TRUE(decides(s, "text", "committee-simple-majority", "important"));
  CU_ASSERT_TRUE(decides(s, "part", "committee-simple-majority", "rule 84"));
  CU_ASSERT_TRUE(decides(s, "again", "committee-reconsideration", "reconsideration"));
}

/* A text whose rule is named hands that on; each proposal is decided where it was put. */
static void test_rules_of_two_bodies(void) {
  g_autoptr(PlnScenario) s = scene_of("ad-hoc-committee",
                                      "id,title,kind,target,rule,body\n"
                                      "amend,A,amendment,draft,,\ndraft,D,text,,,\n"
                                      "motion,M,motion,,,\n"
                                      "change,C,amendment,protocol,,general-assembly\n"
                                      "protocol,P,text,,all-members-two-thirds,general-assembly\n",
                                      NULL, NULL);
  CU_ASSERT_TRUE(decides(s, "amend", "ahc-two-thirds", "rule 84"));
  CU_ASSERT_TRUE(decides(s, "draft", "ahc-two-thirds", "ordinary"));
  CU_ASSERT_TRUE(decides(s, "motion", "ahc-procedural", "motions"));
  CU_ASSERT_TRUE(decides(s, "change", "all-members-two-thirds", "rule 84"));
  CU_ASSERT_TRUE(decides(s, "protocol", "all-members-two-thirds", "named"));
}

/* A scenario's own nouns lie over the shipped ones. */
static void test_own_nouns(void) {
  g_autoptr(PlnScenario) s =
      scene_read("scenario.csv", "key,value\nformat,1\ntitle,T\nas_of,2026-01-15\nbody,model-un\n",
                 "proposals.csv", "id,title,rule\np,P,three-fifths\n",
                 "members.csv", "state,name,group\nANA,Ana,Window\nFRA,Frances,Window\n",
                 "blocs.csv", "bloc,member\nPAIR,ANA\nPAIR,FRA\n",
                 "rules.csv", "rule,name,method,majority,citation,status,source\n"
                              "three-fifths,Three fifths,vote,>=3/5,made up,assumed,made up\n",
                 NULL);
  CU_ASSERT_TRUE(decides(s, "p", "three-fifths", "named"));
  CU_ASSERT_STRING_EQUAL(pln_world_state(s->world, "FRA")->name, "Frances");
  CU_ASSERT_STRING_EQUAL(pln_world_state(scene_world(), "FRA")->name, "France");
  CU_ASSERT_PTR_NULL(pln_world_bloc(scene_world(), "PAIR"));
  CU_ASSERT_EQUAL(s->inputs->len, 5);
}

/* Not stated and unknown come last, in the order of the file. */
static void test_order(void) {
  g_autoptr(PlnScenario) s = scene_of("general-assembly",
                                      "id,title,order\na,A,\nb,B,2\nc,C,?\nd,D,1\ne,E,\n",
                                      NULL, NULL);
  static const char *const order[] = {"d", "b"};
  for (guint i = 0; i < 2; i++)
    CU_ASSERT_STRING_EQUAL(pln_scenario_proposal(s, i)->id, order[i]);
  CU_ASSERT_TRUE(pln_scenario_find(s, "a") < pln_scenario_find(s, "e"));
}

int main(void) {
  CU_TestInfo tests[] = {{"empty", test_empty},
                         {"seats", test_seats},
                         {"rules of the Assembly", test_rules_of_the_assembly},
                         {"rules of a committee", test_rules_of_a_committee},
                         {"rules of two bodies", test_rules_of_two_bodies},
                         {"own nouns", test_own_nouns},
                         {"order", test_order},
                         CU_TEST_INFO_NULL};
  int status = suite_run("scenario", tests);
  scene_end();
  return status;
}
