/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults that hang together: each is told once, and what follows from one is no other.
 * Single faults have their scenarios in tests/bad. */
#include <stdio.h>
#include <string.h>

#include "faulty.h"
#include "plenary/tables.h"
#include "scene.h"
#include "suite.h"

#define KEYS "key,value\nformat,1\ntitle,It\nas_of,2026-01-15\nbody,general-assembly\n"
#define OWN "key,value\nformat,1\ntitle,It\nas_of,2026-01-15\nbody,model-un\n"
#define THREE "state,name\nANA,Ana\nBEA,Bea\nCAI,Cai\n"

static void test_none(void) {
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario("scenario.csv", KEYS, "proposals.csv", "id,title\np1,A\n", NULL), ""));
}

/* Without the day or the body there are no seats, and no votes that nobody could cast. */
static void test_no_seats(void) {
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario("scenario.csv", "key,value\nformat,1\ntitle,It\nbody,parliament\n",
                      "proposals.csv", "id,title,record\np1,A,complete\n", "votes.csv",
                      "state,vote\nFRA,Y\nFRX,N\nDEU,n\n", NULL),
      "it/scenario.csv:1:1: the key as_of is missing; expected a row \"as_of,…\"\n"
      "it/scenario.csv:4:6: unknown body \"parliament\"; expected one of data/bodies.csv\n"
      "it/votes.csv:3:1: unknown state \"FRX\"; expected an ISO alpha-3 code; did you mean FRA?\n"
      "it/votes.csv:4:5: the vote is \"n\"; expected Y (yes), N (no), A (abstains) or X (did not "
      "vote); did you mean N?\n"));
}

/* A vote that is refused is not missed in the totals; one that was never there is. */
static void test_refused_votes_are_not_missing(void) {
  static const char proposals[] = "id,title,record,yes\np1,A,complete,2\np2,B,complete,3\n";
  static const char others[] = "p2,ANA,Y\np2,BEA,Y\n";
  g_autofree char *misnamed =
      g_strconcat("proposal,state,vote\np1,ANA,Y\np1,BEB,Y\np1,CAI,N\n", others, NULL);
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario("scenario.csv", OWN, "members.csv", THREE, "proposals.csv", proposals,
                      "votes.csv", misnamed, NULL),
      "it/proposals.csv:3:6: the record of p2 is complete but lacks 1 member: CAI; expected a row "
      "each (X for did not vote), or the record partial\n"
      "it/votes.csv:3:4: unknown state \"BEB\"; expected an ISO alpha-3 code; did you mean "
      "BEA?\n"));
  g_autofree char *misplaced =
      g_strconcat("proposal,state,vote\np1,ANA,Y\np1,BEA,Y\np9,CAI,N\n", others, NULL);
  CU_ASSERT_TRUE(
      faulty_is(faulty_scenario("scenario.csv", OWN, "members.csv", THREE, "proposals.csv",
                                proposals, "votes.csv", misplaced, NULL),
                "it/votes.csv:4:1: unknown proposal \"p9\"; expected an id of proposals.csv; did "
                "you mean p1?\n"));
}

/* All of a doubled state's rows are known to be so, whatever else is wrong with them. */
static void test_doubled_and_faulty(void) {
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario("scenario.csv", OWN, "members.csv", THREE, "proposals.csv",
                      "id,title,record\np1,A,partial\n", "votes.csv",
                      "state,vote\nANA,y\nANA,Y\nANA,N\n", NULL),
      "it/votes.csv:2:5: the vote is \"y\"; expected Y (yes), N (no), A (abstains) or X (did not "
      "vote); did you mean Y?\n"
      "it/votes.csv:3:1: ANA votes twice (first on line 2); expected one row\n"
      "it/votes.csv:4:1: ANA votes twice (first on line 2); expected one row\n"));
}

/* With one of the tables that others name broken off, the others are not blamed. */
static void test_broken_tables(void) {
  static const char votes[] = "state,vote\nANA,Y\nBEA,Y\nXYZ,N\n";
  static const char statements[] = "state,kind,summary\nANA,position,Spoke\n";
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario("scenario.csv", OWN, "members.csv", "state,name\nANA,Ana\nBEA,\"Bea\n",
                      "proposals.csv", "id,title,record\np1,A,complete\n", "votes.csv", votes,
                      "statements.csv", statements, "blocs.csv", "bloc,member\nB,BEA\n", NULL),
      "it/members.csv:3:5: a quotation mark is opened and never closed; expected \" before the "
      "file "
      "ends\n"));
  CU_ASSERT_TRUE(
      faulty_is(faulty_scenario("scenario.csv", KEYS, "proposals.csv", "id,title,rule\np1,A,mine\n",
                                "rules.csv", "rule;name\nmine;Mine\n", "votes.csv", votes, NULL),
                "it/rules.csv:1:1: the columns are separated by semicolons; expected commas: save "
                "it as \"CSV "
                "UTF-8 (comma delimited)\", or in the export dialogue choose the comma as field "
                "separator\n"));
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario(
          "scenario.csv", KEYS, "proposals.csv", "id,title\np1,A\n", "blocs.csv",
          "bloc,member\nB,\"FRA", "rules.csv",
          "rule,name,method,majority,veto,citation,status,source\nr,R,vote,>1/2,C,x,assumed,x\n",
          NULL),
      "it/blocs.csv:2:3: a quotation mark is opened and never closed; expected \" before the file "
      "ends\n"));
}

/* No member, no proposal: told once, not for each row that names one. */
static void test_no_rows(void) {
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario("scenario.csv", OWN, "members.csv", "state\n", "proposals.csv",
                      "id,title,record\np1,A,partial\n", "votes.csv", "state,vote\nANA,Y\n", NULL),
      "it/members.csv:1:1: no member; expected at least one row under the first line\n"));
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario("scenario.csv", KEYS, "proposals.csv", "id,title\n", "votes.csv",
                      "proposal,state,vote\np1,FRA,Y\n", "claims.csv",
                      "proposal,claim,answer\np1,a,b\n", NULL),
      "it/proposals.csv:1:1: no proposal; expected at least one row under the first line\n"));
}

/* A doubled id: what names it means the first, and is not blamed for the second. */
static void test_doubled_id(void) {
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario("scenario.csv", KEYS, "proposals.csv",
                      "id,title,kind,target,falls_if,earlier\n"
                      "p1,A,,,,\np2,B,amendment,p3,p1=adopted,p1\np1,C,amendment,p3,p2=rejected,p2\n"
                      "p3,D,,,,\n",
                      NULL),
      "it/proposals.csv:4:1: the id p1 stands twice (first on line 2); expected one row a "
      "proposal\n"));
}

/* A row's fault is all that is said of the proposal, wherever it is named. */
static void test_faulty_proposals(void) {
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario("scenario.csv", OWN, "members.csv", THREE, "proposals.csv",
                      "id,title,record,date,target,yes\na,A,full,,,1\nb,B,complete,soon,,1\n"
                      "c,C,complete,,d,1\nd:1,D,complete,,,1\n",
                      "votes.csv", "proposal,state,vote\na,ANA,Y\nb,ANA,N\nc,ANA,N\nd:1,ANA,N\n",
                      NULL),
      "it/proposals.csv:2:5: record is \"full\"; expected one of complete, partial, tally, "
      "outcome\n"
      "it/proposals.csv:3:14: date is \"soon\"; expected a day of the calendar, such as "
      "2019-12-27, or "
      "2019-12 or 2019\n"
      "it/proposals.csv:4:15: unknown proposal \"d\"; expected an id of proposals.csv\n"
      "it/proposals.csv:5:1: the id \"d:1\" holds a blank, a colon or =; expected none\n"));
}

/* The shipped record binds what is on it: votes of its members, once there is a vote. */
static void test_shipped_record(void) {
  static const char members[] = "state,name\nANA,Ana\nFRA,\nRUS,\n";
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario(
          "scenario.csv", OWN, "members.csv", members, "proposals.csv",
          "id,title,symbol,record\np1,A,A/RES/74/247,\np2,B,A/RES/74/247,complete\n"
          "p3,C,A/RES/1/1,complete\n",
          "votes.csv",
          "proposal,state,vote\np2,ANA,N\np2,FRA,N\np2,RUS,A\np3,ANA,Y\np3,FRA,Y\np3,RUS,N\n",
          NULL),
      "it/votes.csv:4:8: RUS is A here but Y in the record of A/RES/74/247 (UN Digital Library "
      "3841023; "
      "dgrtwo/unvotes rcid 9087); expected the record, or for a what-if the option --set RUS=A\n"));
}

/* Weights are wanted of all once one has a weight, be it the first or the last. */
static void test_weights(void) {
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario("scenario.csv", OWN, "proposals.csv", "id,title\np1,A\n", "members.csv",
                      "state,name,weight\nANA,Ana,10\nBEA,Bea,\n", NULL),
      "it/members.csv:3:9: BEA has no weight; expected one above 0 for every member, or for "
      "none\n"));
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario("scenario.csv", OWN, "proposals.csv", "id,title\np1,A\n", "members.csv",
                      "state,name,weight\nANA,Ana,\nBEA,Bea,0\n", NULL),
      "it/members.csv:2:9: ANA has no weight; expected one above 0 for every member, or for none\n"
      "it/members.csv:3:9: BEA has no weight; expected one above 0 for every member, or for "
      "none\n"));
}

/* As many as there may be are read, and what names them is; one more, and neither. */
static void test_most_members(void) {
  static const char proposals[] = "id,title\np1,A\n", votes[] = "state,vote\nS1,q\n";
  g_autoptr(GString) members = g_string_new("state,name,weight\n");
  for (int i = 0; i < PLN_MEMBERS_MOST; i++)
    g_string_append_printf(members, "S%d,A,1000000000\n", i);
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario("scenario.csv", OWN, "proposals.csv", proposals, "members.csv", members->str,
                      "votes.csv", votes, NULL),
      "it/votes.csv:2:4: the vote is \"q\"; expected Y (yes), N (no), A (abstains) or X (did not vote)\n"));
  g_string_append(members, "T,T,1\n");
  CU_ASSERT_TRUE(faulty_is(faulty_scenario("scenario.csv", OWN, "proposals.csv", proposals,
                                           "members.csv", members->str, "votes.csv", votes, NULL),
                           "it/members.csv:1002:1: more than 1000 members; expected fewer\n"));
}

static void test_most_blocs(void) {
  g_autoptr(GString) blocs = g_string_new("bloc,member\n");
  for (int i = 0; i < PLN_BLOCS_MOST; i++)
    g_string_append_printf(blocs, "B%d,FRA\n", i);
  static const char proposals[] = "id,title\np1,A\n";
  CU_ASSERT_TRUE(faulty_is(faulty_scenario("scenario.csv", KEYS, "proposals.csv", proposals,
                                           "blocs.csv", blocs->str, NULL),
                           ""));
  g_string_append(blocs, "B1,DEU\nC,FRA\nC,FRA\n");
  CU_ASSERT_TRUE(faulty_is(faulty_scenario("scenario.csv", KEYS, "proposals.csv", proposals,
                                           "blocs.csv", blocs->str, NULL),
                           "it/blocs.csv:1003:1: more than 1000 blocs; expected fewer\n"));
}

static void test_most_proposals(void) {
  static const char votes[] = "proposal,state,vote\np1,ANA,q\n";
  g_autoptr(GString) proposals = g_string_new("id,title\n");
  for (int i = 0; i < PLN_PROPOSALS_MOST; i++)
    g_string_append_printf(proposals, "p%d,A\n", i);
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario("scenario.csv", OWN, "members.csv", THREE, "proposals.csv", proposals->str,
                      "votes.csv", votes, NULL),
      "it/votes.csv:2:8: the vote is \"q\"; expected Y (yes), N (no), A (abstains) or X (did not vote)\n"));
  g_string_append(proposals, "q,A\n");
  CU_ASSERT_TRUE(faulty_is(faulty_scenario("scenario.csv", OWN, "members.csv", THREE,
                                           "proposals.csv", proposals->str, "votes.csv", votes, NULL),
                           "it/proposals.csv:10002:1: more than 10000 proposals; expected fewer\n"));
}

/* Blocs that lie in one another by many ways, and each circle of them once. */
static void test_circles(void) {
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario(
          "scenario.csv", KEYS, "proposals.csv", "id,title\np1,A\n", "blocs.csv",
          "bloc,member\nA,B\nA,C\nB,D\nC,D\nD,EU\nD,FRA\nE,F\nF,G\nG,F\nH,H\nI,A\nI,E\n", NULL),
      "it/blocs.csv:10:3: F is a member of itself, through G; expected blocs without a circle\n"
      "it/blocs.csv:11:3: H is a member of itself; expected blocs without a circle\n"));
}

/* Overlaps are found across rows in any order, and where one row spans others. */
static void test_overlaps(void) {
  CU_ASSERT_TRUE(faulty_is(
      faulty_scenario(
          "scenario.csv", KEYS, "proposals.csv", "id,title\np1,A\n", "blocs.csv",
          "bloc,member,from,to\n"
          "A,FRA,2010-01-01,2010-12-31\nA,FRA,2000-01-01,2020-12-31\nA,FRA,2012-01-01,2012-12-31\n"
          "A,FRA,2021-01-01,\nA,DEU,?,\nA,DEU,,1990\nA,ITA,2010,2012\nA,ITA,2012,2014\n"
          "B,FRA,,\n",
          NULL),
      "it/blocs.csv:3:3: FRA is in A twice at one time (see line 2); expected one row, or days "
      "that do "
      "not overlap\n"
      "it/blocs.csv:4:3: FRA is in A twice at one time (see line 3); expected one row, or days "
      "that do "
      "not overlap\n"
      "it/blocs.csv:7:3: DEU is in A twice at one time (see line 6); expected one row, or days "
      "that do "
      "not overlap\n"));
}

int main(void) {
  CU_TestInfo tests[] = {{"none", test_none},
                         {"no seats", test_no_seats},
                         {"refused votes are not missing", test_refused_votes_are_not_missing},
                         {"doubled and faulty", test_doubled_and_faulty},
                         {"broken tables", test_broken_tables},
                         {"no rows", test_no_rows},
                         {"doubled id", test_doubled_id},
                         {"faulty proposals", test_faulty_proposals},
                         {"shipped record", test_shipped_record},
                         {"weights", test_weights},
                         {"most members", test_most_members},
                         {"most blocs", test_most_blocs},
                         {"most proposals", test_most_proposals},
                         {"circles", test_circles},
                         {"overlaps", test_overlaps},
                         CU_TEST_INFO_NULL};
  int status = suite_run("faults of scenarios", tests);
  scene_end();
  return status;
}
