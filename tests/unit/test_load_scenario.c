/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario's tables as what they mean: defaults, order, rosters, ballots. */
#include <string.h>

#include "plenary/tables.h"
#include "scene.h"
#include "suite.h"

#define KEYS "key,value\nformat,1\ntitle,It\nas_of,2026-01-15\nbody,general-assembly\n"

static const PlnProposal *proposal(const PlnScenario *s, const char *id) {
  return pln_scenario_proposal(s, (guint)pln_scenario_find(s, id));
}

static void test_defaults(void) {
  g_autoptr(PlnScenario) s =
      scene_read("scenario.csv", KEYS, "proposals.csv", "id,title\np1,A proposal\n", NULL);
  CU_ASSERT_STRING_EQUAL(s->id, "scene");
  CU_ASSERT_STRING_EQUAL(s->title, "It");
  CU_ASSERT_STRING_EQUAL(s->about, "");
  CU_ASSERT_STRING_EQUAL(s->source, "");
  CU_ASSERT_EQUAL(s->status, PLN_STATUS_ASSUMED);
  CU_ASSERT_EQUAL(s->as_of, 20260115);
  CU_ASSERT_PTR_NULL(s->own);
  CU_ASSERT_EQUAL(s->statements->len + s->claims->len, 0);
  CU_ASSERT_EQUAL(s->inputs->len, 2);
  const PlnProposal *p = pln_scenario_proposal(s, 0);
  CU_ASSERT_STRING_EQUAL(p->title, "A proposal");
  CU_ASSERT_TRUE(!*p->symbol && !*p->question && !*p->provision && !*p->earlier && !*p->note &&
                 !*p->source && !*p->asked_by);
  CU_ASSERT_EQUAL(p->kind, PLN_KIND_TEXT);
  CU_ASSERT_EQUAL(p->motion, PLN_MOTION_NONE);
  CU_ASSERT_EQUAL(p->target, -1);
  CU_ASSERT_EQUAL(p->order, PLN_NOT_STATED);
  CU_ASSERT_EQUAL(p->parts, PLN_NOT_STATED);
  CU_ASSERT_EQUAL(p->day, 20260115);
  CU_ASSERT_PTR_EQUAL(p->body, s->body);
  CU_ASSERT_PTR_NULL(p->rule);
  CU_ASSERT_FALSE(p->important);
  CU_ASSERT_EQUAL(p->falls_if->len, 0);
  CU_ASSERT_EQUAL(p->record, PLN_RECORD_NONE);
  CU_ASSERT_EQUAL(p->result, PLN_RESULT_NOT_STATED);
  CU_ASSERT_EQUAL(p->status, PLN_STATUS_ASSUMED);
  for (guint k = 0; k < PLN_VOTE_KINDS; k++)
    CU_ASSERT_EQUAL(p->total[k], PLN_NOT_STATED);
  CU_ASSERT_EQUAL(p->roster->n, 193);
  CU_ASSERT_EQUAL(p->ballot[0].vote, PLN_VOTE_UNKNOWN);
}

static void test_all_keys(void) {
  g_autoptr(PlnScenario) s = scene_read(
      "scenario.csv",
      "value,key\nhere,source\nreported,status\nWhat it is,about\nthird-committee,body\n"
      "2018-11-13,as_of\nIt,title\n1,format\n",
      "proposals.csv", "id,title\np1,A\n", NULL);
  CU_ASSERT_STRING_EQUAL(s->about, "What it is");
  CU_ASSERT_STRING_EQUAL(s->source, "here");
  CU_ASSERT_EQUAL(s->status, PLN_STATUS_REPORTED);
  CU_ASSERT_STRING_EQUAL(s->body->id, "third-committee");
  CU_ASSERT_EQUAL(s->as_of, 20181113);
}

static void test_all_columns(void) {
  g_autoptr(PlnScenario) s = scene_read(
      "scenario.csv", KEYS, "proposals.csv",
      "id,title,kind,target,order,question,provision,body,rule,important,motion,date,asked_by,"
      "symbol,earlier,parts,falls_if,record,yes,no,abstain,not_voting,outcome,status,source,note\n"
      "m1,Division,motion,,?,Shall it?,,,,,division,?,?,,,,,outcome,?,?,?,?,rejected,reported,,\n"
      "a1,Amend,amendment,t1,,,Article 5,third-committee,consensus,no,,2025,RUS  CHN,,,,"
      "m1=adopted  m1=rejected,,,,,,withdrawn,,,\n"
      "t1,Text,text,,,,,,,yes,,2019-12-27,,X/1,A/RES/73/187,3,,tally,70,50,40,?,adopted,inferred,"
      "a book,a note\n"
      "w1,Whole,whole,,,,,,,,,2025-06,,,t1,,,,,,,,,,,\n",
      NULL);
  const PlnProposal *m1 = proposal(s, "m1"), *a1 = proposal(s, "a1"), *t1 = proposal(s, "t1");
  CU_ASSERT_EQUAL(m1->motion, PLN_MOTION_DIVISION);
  CU_ASSERT_EQUAL(m1->order, PLN_UNKNOWN);
  CU_ASSERT_EQUAL(m1->day, 20260115); /* not known: that of the scenario */
  CU_ASSERT_STRING_EQUAL(m1->asked_by, "?");
  CU_ASSERT_EQUAL(m1->total[PLN_VOTE_A], PLN_UNKNOWN);
  CU_ASSERT_EQUAL(m1->result, PLN_RESULT_REJECTED);
  CU_ASSERT_STRING_EQUAL(m1->question, "Shall it?");
  CU_ASSERT_STRING_EQUAL(a1->provision, "Article 5");
  CU_ASSERT_EQUAL(a1->target, pln_scenario_find(s, "t1"));
  CU_ASSERT_STRING_EQUAL(a1->body->id, "third-committee");
  CU_ASSERT_STRING_EQUAL(a1->rule->id, "consensus");
  CU_ASSERT_EQUAL(a1->day, 20250000);
  CU_ASSERT_EQUAL(a1->result, PLN_RESULT_WITHDRAWN);
  CU_ASSERT_EQUAL_FATAL(a1->falls_if->len, 2);
  CU_ASSERT_TRUE(g_array_index(a1->falls_if, PlnFallsIf, 0).adopted);
  CU_ASSERT_FALSE(g_array_index(a1->falls_if, PlnFallsIf, 1).adopted);
  CU_ASSERT_EQUAL(g_array_index(a1->falls_if, PlnFallsIf, 1).other, 0);
  CU_ASSERT_TRUE(t1->important);
  CU_ASSERT_EQUAL(t1->parts, 3);
  CU_ASSERT_EQUAL(t1->total[PLN_VOTE_Y], 70);
  CU_ASSERT_EQUAL(t1->total[PLN_VOTE_X], PLN_UNKNOWN);
  CU_ASSERT_STRING_EQUAL(t1->symbol, "X/1");
  CU_ASSERT_STRING_EQUAL(t1->earlier, "A/RES/73/187");
  CU_ASSERT_STRING_EQUAL(t1->note, "a note");
  CU_ASSERT_STRING_EQUAL(t1->source, "a book");
  CU_ASSERT_EQUAL(t1->status, PLN_STATUS_INFERRED);
  CU_ASSERT_PTR_NOT_EQUAL(t1->roster, m1->roster); /* of other days */
  CU_ASSERT_STRING_EQUAL(proposal(s, "w1")->earlier, "t1");
}

/* The columns of proposals.csv that votes.csv is held against are called by number. */
static void test_column_numbers(void) {
  CU_ASSERT_STRING_EQUAL(pln_proposals_columns[PLN_P_ID].name, "id");
  CU_ASSERT_STRING_EQUAL(pln_proposals_columns[PLN_P_RECORD].name, "record");
  CU_ASSERT_STRING_EQUAL(pln_proposals_columns[PLN_P_YES + PLN_VOTE_Y].name, "yes");
  CU_ASSERT_STRING_EQUAL(pln_proposals_columns[PLN_P_YES + PLN_VOTE_N].name, "no");
  CU_ASSERT_STRING_EQUAL(pln_proposals_columns[PLN_P_YES + PLN_VOTE_A].name, "abstain");
  CU_ASSERT_STRING_EQUAL(pln_proposals_columns[PLN_P_YES + PLN_VOTE_X].name, "not_voting");
  CU_ASSERT_STRING_EQUAL(pln_proposals_columns[PLN_P_NOTE].name, "note");
  CU_ASSERT_PTR_NULL(pln_proposals_columns[PLN_P_NOTE + 1].name);
}

/* As the Chair ruled; the others as they stand, not known or not stated. */
static void test_order(void) {
  g_autoptr(PlnScenario) s =
      scene_read("scenario.csv", KEYS, "proposals.csv",
                 "id,title,order\na,A,\nb,B,10\nc,C,?\nd,D,2\ne,E,\nf,F,0\n", NULL);
  static const char *const put[] = {"f", "d", "b", "a", "c", "e"};
  for (guint i = 0; i < 6; i++)
    CU_ASSERT_STRING_EQUAL(pln_scenario_proposal(s, i)->id, put[i]);
}

static void test_ballots(void) {
  g_autoptr(PlnScenario) s = scene_read(
      "scenario.csv", KEYS, "proposals.csv",
      "id,title,record,status\np1,A,partial,reported\np2,B,partial,\n", "votes.csv",
      "proposal,state,name,vote,meant,reason,status,source\n"
      "p1,FRA,Frankreich,Y,N,,,\np1,DEU,,X,,arrears,verified,seen\np2,FRA,,A,,,,\n"
      "p2,DEU,Germany,?,?,,,seen\np2,ITA,,,,,,\n",
      NULL);
  const PlnProposal *p1 = proposal(s, "p1"), *p2 = proposal(s, "p2");
  CU_ASSERT_PTR_EQUAL(p1->roster, p2->roster);
  const PlnBallot *fra = &p1->ballot[pln_roster_find(p1->roster, "FRA")];
  const PlnBallot *deu = &p1->ballot[pln_roster_find(p1->roster, "DEU")];
  const PlnBallot *ita = &p1->ballot[pln_roster_find(p1->roster, "ITA")];
  CU_ASSERT_TRUE(fra->vote == PLN_VOTE_Y && fra->meant == PLN_VOTE_N);
  CU_ASSERT_EQUAL(fra->status, PLN_STATUS_REPORTED); /* the proposal's */
  CU_ASSERT_TRUE(deu->vote == PLN_VOTE_X && deu->meant == PLN_VOTE_UNKNOWN);
  CU_ASSERT_EQUAL(deu->reason, PLN_REASON_ARREARS);
  CU_ASSERT_EQUAL(deu->status, PLN_STATUS_VERIFIED);
  CU_ASSERT_STRING_EQUAL(deu->source, "seen");
  CU_ASSERT_EQUAL(ita->vote, PLN_VOTE_UNKNOWN);
  CU_ASSERT_EQUAL(p2->ballot[pln_roster_find(p2->roster, "FRA")].vote, PLN_VOTE_A);
  const PlnBallot *open = &p2->ballot[pln_roster_find(p2->roster, "DEU")];
  CU_ASSERT_TRUE(open->vote == PLN_VOTE_UNKNOWN && open->meant == PLN_VOTE_UNKNOWN);
  CU_ASSERT_STRING_EQUAL(open->source, "seen");
}

/* Totals at their bounds: exactly the members, exactly the votes that are named. */
static void test_totals_that_just_fit(void) {
  g_autoptr(PlnScenario) tally = scene_read(
      "scenario.csv", KEYS, "proposals.csv",
      "id,title,record,yes,no,abstain,not_voting\np1,A,tally,100,90,3,0\np2,B,tally,193,0,0,\n",
      NULL);
  CU_ASSERT_EQUAL(proposal(tally, "p1")->total[PLN_VOTE_A], 3);
  g_autoptr(PlnScenario) partial = scene_read(
      "scenario.csv", KEYS, "proposals.csv",
      "id,title,record,yes,no,abstain\np1,A,partial,2,190,0\n", "votes.csv",
      "state,vote\nFRA,Y\nDEU,Y\nITA,X\n", NULL);
  CU_ASSERT_EQUAL(proposal(partial, "p1")->total[PLN_VOTE_N], 190);
}

static void test_own_members(void) {
  g_autoptr(PlnScenario) s = scene_read(
      "scenario.csv", KEYS, "members.csv",
      "state,name,group,weight,from,to,status,source\n"
      "FRA,,,10,,,,\nVAT,Vatican,FRA,1,,,,\nX1,Ex,Left,5,2026-01-15,,verified,seen\n"
      "X2,Out,Left,5,,2026-01-14,,\nY1,Why,EU,1000000000,2020,,,\n",
      "proposals.csv", "id,title,date\np1,A,\np2,B,2026-01-14\n", NULL);
  const PlnRoster *now = proposal(s, "p1")->roster, *before = proposal(s, "p2")->roster;
  CU_ASSERT_EQUAL(s->own->len, 5);
  CU_ASSERT_EQUAL(now->n, 4);
  CU_ASSERT_TRUE(pln_roster_find(now, "X2") < 0 && pln_roster_find(before, "X2") >= 0);
  CU_ASSERT_TRUE(pln_roster_find(now, "X1") >= 0 && pln_roster_find(before, "X1") < 0);
  CU_ASSERT_EQUAL(now->weight[pln_roster_find(now, "Y1")], 1000000000);
  const PlnState *fra = pln_world_state(s->world, "FRA"), *x1 = pln_world_state(s->world, "X1");
  CU_ASSERT_STRING_EQUAL(fra->name, "France");
  CU_ASSERT_STRING_EQUAL(fra->group, "WEOG");
  CU_ASSERT_EQUAL(fra->from, PLN_DAY_NONE); /* whoever is listed sits here */
  CU_ASSERT_EQUAL(fra->status, PLN_STATUS_ASSUMED);
  CU_ASSERT_STRING_EQUAL(pln_world_state(s->world, "VAT")->name, "Vatican");
  CU_ASSERT_STRING_EQUAL(x1->name, "Ex");
  CU_ASSERT_EQUAL(x1->status, PLN_STATUS_VERIFIED);
  CU_ASSERT_STRING_EQUAL(x1->source, "seen");
  CU_ASSERT_TRUE(x1->column == -1 && x1->row == -1 && !*x1->iso2);
}

/* A group of the scenario's own is a bloc; a bloc's or a state's name makes none. */
static void test_groups(void) {
  g_autoptr(PlnScenario) s =
      scene_read("scenario.csv", KEYS, "members.csv",
                 "state,name,group\nX1,Ex,Left\nX2,Out,Left\nX3,Er,EU\nX4,En,X5\nX5,Es,\nDEU,,\n",
                 "proposals.csv", "id,title\np1,A\n", NULL);
  const PlnBloc *left = pln_world_bloc(s->world, "Left");
  CU_ASSERT_PTR_NOT_NULL_FATAL(left);
  CU_ASSERT_EQUAL(left->members->len, 2);
  CU_ASSERT_STRING_EQUAL(left->kind, "regional-group");
  CU_ASSERT_TRUE(pln_world_in_bloc(s->world, left, "X2", 20260115));
  CU_ASSERT_FALSE(pln_world_in_bloc(s->world, pln_world_bloc(s->world, "EU"), "X3", 20260115));
  CU_ASSERT_PTR_NULL(pln_world_bloc(s->world, "X5"));
}

static void test_own_blocs(void) {
  g_autoptr(PlnScenario) s = scene_read(
      "scenario.csv", KEYS, "blocs.csv",
      "bloc,name,member,from,to,kind,made_from,status,source,note\n"
      "NORTH,The North,ISL,,,coalition,A/RES/74/247,reported,,\nNORTH,,EAST,,,,,,,\n"
      "EAST,,DEU,1990,1995-06,,,,,\nEAST,,DEU,1995-07,1995,,,,,\nEAST,,DEU,1996,,,,,,\n"
      "EAST,,P5,,,,,,,\nSOUTH,,EAST,,,,,,,\n"
      "SOUTH,,FRA,2010,2012,,,,,\nSOUTH,,FRA,2000,2005,,,,,\nSOUTH,,ITA,2000,?,,,,,\n",
      "proposals.csv", "id,title\np1,A\n", NULL);
  const PlnBloc *north = pln_world_bloc(s->world, "NORTH"),
                *east = pln_world_bloc(s->world, "EAST");
  CU_ASSERT_STRING_EQUAL(north->name, "The North");
  CU_ASSERT_STRING_EQUAL(north->kind, "coalition");
  CU_ASSERT_STRING_EQUAL(north->made_from, "A/RES/74/247");
  CU_ASSERT_EQUAL(g_array_index(north->members, PlnMembership, 0).status, PLN_STATUS_REPORTED);
  CU_ASSERT_STRING_EQUAL(east->name, "EAST");
  CU_ASSERT_EQUAL(east->members->len, 4);
  CU_ASSERT_TRUE(pln_world_in_bloc(s->world, north, "CHN", 20260115));
  CU_ASSERT_TRUE(pln_world_in_bloc(s->world, north, "DEU", 19970101));
  CU_ASSERT_FALSE(pln_world_in_bloc(s->world, north, "ITA", 20260115));
}

static void test_own_rules(void) {
  g_autoptr(PlnScenario) s = scene_read(
      "scenario.csv", KEYS, "blocs.csv", "bloc,member\nTWO,FRA\nTWO,DEU\n", "rules.csv",
      "rule,name,method,basis,majority,min_yes,tie,abstain,absent,veto,weight_basis,"
      "weight_majority,blocking,quorum,citation,status,source,note\n"
      "r1,R 1,consensus-first,present,>=1000000/1000000,7,second-vote,yes,no,TWO,voting,>1/3,4,"
      ">999999/1000000,Here,verified,x,y\n"
      "r2,R 2,vote,members,,1000000,,,,,,,,,There,assumed,x,\n",
      "proposals.csv", "id,title,rule\np1,A,r1\np2,B,r2\n", NULL);
  const PlnRuleEntry *r1 = proposal(s, "p1")->rule, *r2 = proposal(s, "p2")->rule;
  CU_ASSERT_EQUAL(r1->rule.method, PLN_METHOD_CONSENSUS_FIRST);
  CU_ASSERT_EQUAL(r1->rule.basis, PLN_BASIS_PRESENT);
  CU_ASSERT_EQUAL(r1->rule.majority.num, 1000000);
  CU_ASSERT_EQUAL(r1->rule.majority.den, 1000000);
  CU_ASSERT_FALSE(r1->rule.majority.strict);
  CU_ASSERT_EQUAL(r1->rule.min_yes, 7);
  CU_ASSERT_EQUAL(r1->rule.tie, PLN_TIE_SECOND_VOTE);
  CU_ASSERT_EQUAL(r1->rule.abstain, PLN_COUNT_AS_YES);
  CU_ASSERT_EQUAL(r1->rule.absent, PLN_COUNT_AS_NO);
  CU_ASSERT_TRUE(r1->rule.veto && r1->rule.weighted);
  CU_ASSERT_STRING_EQUAL(r1->veto, "TWO");
  CU_ASSERT_EQUAL(r1->rule.weight_basis, PLN_BASIS_VOTING);
  CU_ASSERT_TRUE(r1->rule.weight_majority.strict && r1->rule.weight_majority.den == 3);
  CU_ASSERT_EQUAL(r1->rule.blocking, 4);
  CU_ASSERT_TRUE(r1->rule.quorum.strict && r1->rule.quorum.num == 999999);
  CU_ASSERT_STRING_EQUAL(r1->citation, "Here");
  CU_ASSERT_STRING_EQUAL(r1->note, "y");
  CU_ASSERT_EQUAL(r1->status, PLN_STATUS_VERIFIED);
  CU_ASSERT_EQUAL(r2->rule.min_yes, 1000000);
  CU_ASSERT_FALSE(r2->rule.veto || r2->rule.weighted);
}

static void test_said(void) {
  g_autoptr(PlnScenario) s =
      scene_read("scenario.csv", KEYS, "proposals.csv", "id,title\np1,A\np2,B\n", "statements.csv",
                 "proposal,state,kind,date,summary,status,source\n"
                 "p2,VAT,dissociation,2026,Stood apart,verified,seen\n,FRA,position,,Spoke,,\n",
                 "claims.csv",
                 "proposal,claim,yes,no,abstain,not_voting,refers_to,answer,status,source\n"
                 "p2,It passed,79,60,33,?,A/RES/74/247,It did not,verified,seen\np1,Nobody "
                 "voted,,,,,,Some did,,\n",
                 NULL);
  CU_ASSERT_EQUAL_FATAL(s->statements->len, 2);
  const PlnStatement *st = &g_array_index(s->statements, PlnStatement, 0);
  CU_ASSERT_EQUAL(st->proposal, 1);
  CU_ASSERT_STRING_EQUAL(st->state, "VAT");
  CU_ASSERT_EQUAL(st->kind, PLN_STATEMENT_DISSOCIATION);
  CU_ASSERT_EQUAL(st->day, 20260000);
  CU_ASSERT_STRING_EQUAL(st->summary, "Stood apart");
  CU_ASSERT_EQUAL(st->status, PLN_STATUS_VERIFIED);
  CU_ASSERT_EQUAL(st[1].proposal, -1);
  CU_ASSERT_EQUAL(st[1].status, PLN_STATUS_ASSUMED);
  CU_ASSERT_EQUAL_FATAL(s->claims->len, 2);
  const PlnClaim *claim = &g_array_index(s->claims, PlnClaim, 0);
  CU_ASSERT_EQUAL(claim->proposal, 1);
  CU_ASSERT_STRING_EQUAL(claim->refers_to->symbol, "A/RES/74/247");
  CU_ASSERT_EQUAL(claim->total[PLN_VOTE_X], PLN_UNKNOWN);
  CU_ASSERT_STRING_EQUAL(claim->answer, "It did not");
  CU_ASSERT_EQUAL(claim->status, PLN_STATUS_VERIFIED);
  CU_ASSERT_PTR_NULL(claim[1].refers_to);
  CU_ASSERT_EQUAL(claim[1].status, PLN_STATUS_DISPUTED);
}

int main(void) {
  CU_TestInfo tests[] = {{"defaults", test_defaults},
                         {"all keys", test_all_keys},
                         {"all columns", test_all_columns},
                         {"column numbers", test_column_numbers},
                         {"order", test_order},
                         {"ballots", test_ballots},
                         {"totals that just fit", test_totals_that_just_fit},
                         {"own members", test_own_members},
                         {"groups", test_groups},
                         {"own blocs", test_own_blocs},
                         {"own rules", test_own_rules},
                         {"said", test_said},
                         CU_TEST_INFO_NULL};
  int status = suite_run("loading scenarios", tests);
  scene_end();
  return status;
}
