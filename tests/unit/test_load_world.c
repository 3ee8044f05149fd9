/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults of the shipped tables, which no scenario can have. */
#include <stdio.h>
#include <string.h>

#include "faulty.h"
#include "scene.h"
#include "suite.h"

#define FAULTY "the shipped tables are faulty:\n"

/* Some of the faults, a line each, of the tables with @text for @file. */
static gboolean has(const char *file, const char *text, const char *const *lines) {
  g_autofree char *got = faulty_world(file, text);
  g_auto(GStrv) all = g_strsplit(got, "\n", -1);
  gboolean found = strcmp(all[0], "the shipped tables are faulty:") == 0;
  for (gsize i = 0; lines[i]; i++) {
    if (g_strv_contains((const char *const *)all, lines[i]))
      continue;
    printf("\n  expected %s\n", lines[i]);
    found = FALSE;
  }
  return found;
}

#define MEMBERS                                                                              \
  "state,iso2,m49,cow,name,kind,group,column,row,member_from,member_from_status,"           \
  "first_recorded_vote,status,source\n"

static void test_members(void) {
  static const char *const lines[] = {
      "members.csv:3:1: FRA stands twice (first on line 2); expected one row a state",
      "members.csv:4:1: state is empty; expected a value in every row",
      "members.csv:5:8: name is empty; expected a value in every row",
      "members.csv:5:9: kind is \"membre\"; expected one of member, observer-state, "
      "observer-organization; did you mean member?",
      "members.csv:6:24: DEU has the tile of FRA; expected a tile of its own",
      "members.csv:7:24: column is \"100\"; expected a whole number from 0 to 99, ? where it is "
      "not known, or nothing",
      "members.csv:7:30: member_from is \"soon\"; expected a day of the calendar, such as "
      "2019-12-27, or 2019-12 or 2019",
      "members.csv:7:35: member_from_status is \"sure\"; expected one of verified, reported, "
      "inferred, recalled, disputed, reconstructed, assumed, unknown",
      NULL};
  CU_ASSERT_TRUE(has("members.csv",
                     MEMBERS "FRA,FR,250,220,France,member,,1,1,,,,,x\n"
                             "FRA,FR,250,220,France,member,,2,1,,,,,x\n"
                             ",,,,Nobody,member,,3,1,,,,,x\n"
                             "ITA,,,,,membre,,4,1,,,,,x\n"
                             "DEU,,,,Germany,member,,1,1,,,,,x\n"
                             "ESP,,,,Espagne,member,,100,1,soon,sure,,,x\n",
                     lines));
}

static void test_missing_table(void) {
  CU_ASSERT_TRUE(faulty_is(faulty_world("treaties.csv", NULL),
                           FAULTY "treaties.csv: there is no such file; expected a table in CSV"));
  CU_ASSERT_TRUE(faulty_is(faulty_world("treaties.csv", ""),
                           FAULTY "treaties.csv:1:1: the file is empty; expected a first line such "
                                  "as treaty,state,signature,consent,consent_kind,in_force,status,"
                                  "source,note"));
}

#define BODIES                                                                                     \
  "body,name,roster,substance,important,motion,reconsideration,citation,status,source\n"
#define WITH_RULES ",consensus,consensus,consensus,consensus,none,verified,x\n"

static void test_bodies(void) {
  CU_ASSERT_TRUE(faulty_is(
      faulty_world("bodies.csv",
                   BODIES "a,A,un-members" WITH_RULES "b,B,parties:hanoi" WITH_RULES
                          "c,C,bloc:EU" WITH_RULES "d,D,own" WITH_RULES),
      ""));
  CU_ASSERT_TRUE(faulty_is(
      faulty_world("bodies.csv",
                   BODIES "a,A,un-members" WITH_RULES "a,B,un-members" WITH_RULES
                          "b,B,all" WITH_RULES "c,C," WITH_RULES "d,D,bloc:EUX" WITH_RULES
                          "e,E,bloc" WITH_RULES "f,F,own:EU" WITH_RULES "g,G,parties:" WITH_RULES
                          ",,own,consensu,consensus,,consensus,none,good,x\n"),
      FAULTY
      "bodies.csv:3:1: the body a stands twice; expected it once\n"
      "bodies.csv:4:5: the roster is \"all\"; expected un-members, parties:TREATY, bloc:BLOC or "
      "own\n"
      "bodies.csv:5:5: the roster is \"\"; expected un-members, parties:TREATY, bloc:BLOC or own\n"
      "bodies.csv:6:5: the roster is \"bloc:EUX\"; expected un-members, parties:TREATY, bloc:BLOC "
      "or own\n"
      "bodies.csv:7:5: the roster is \"bloc\"; expected un-members, parties:TREATY, bloc:BLOC or "
      "own\n"
      "bodies.csv:8:5: the roster is \"own:EU\"; expected un-members, parties:TREATY, bloc:BLOC or "
      "own\n"
      "bodies.csv:9:5: the roster is \"parties:\"; expected un-members, parties:TREATY, bloc:BLOC "
      "or own\n"
      "bodies.csv:10:1: body is empty; expected a value in every row\n"
      "bodies.csv:10:2: name is empty; expected a value in every row\n"
      "bodies.csv:10:7: unknown rule \"consensu\"; expected one of rules.csv; did you mean "
      "consensus?\n"
      "bodies.csv:10:26: unknown rule \"\"; expected one of rules.csv\n"
      "bodies.csv:10:42: status is \"good\"; expected one of verified, reported, inferred, "
      "recalled, "
      "disputed, reconstructed, assumed, unknown"));
}

static void test_treaties(void) {
  CU_ASSERT_TRUE(faulty_is(
      faulty_world("treaties.csv",
                   "treaty,state,signature,consent,consent_kind,in_force,status,source\n"
                   "hanoi,FRA,2025-10-25,,,,verified,x\n"
                   "hanoi,FRA,2025-10-26,,,,verified,x\n"
                   "budapest,FRA,,,,,verified,x\n"
                   ",FRX,tomorrow,,,,verified,x\n"),
      FAULTY
      "treaties.csv:3:7: FRA stands twice under hanoi; expected one row\n"
      "treaties.csv:5:1: treaty is empty; expected a value in every row\n"
      "treaties.csv:5:2: unknown state \"FRX\"; expected an ISO alpha-3 code; did you mean FRA?"));
}

static void test_terms(void) {
  CU_ASSERT_TRUE(faulty_is(
      faulty_world("treaty_terms.csv",
                   "treaty,key,name,value,status,citation,source\n"
                   "palermo,instruments,Palermo,40,verified,Art. 38(1),x\n"
                   "palermo,instruments,Palermo,41,verified,Art. 38(1),x\n"
                   "palermo,opend,Palermo,2000-12-12,verified,x,x\n"
                   "palermo,opened,Palermo,12,verified,x,x\n"
                   "palermo,known_to,Palermo,?,verified,x,x\n"
                   "palermo,days,Palermo,?,verified,x,x\n"
                   "palermo,months,Palermo,ninety,verified,x,x\n"
                   "palermo,amendment_binds,Palermo,,sure,x,x\n"
                   ",,,40,verified,x,x\n"
                   "hanoi,days,,90,verified,x,x\n"
                   "hanoi,instruments,Hanoi,,verified,x,x\n"
                   "hanoi,opened,Hanoi,,verified,x,x\n"),
      FAULTY
      "treaty_terms.csv:3:9: instruments stands twice under palermo; expected one row\n"
      "treaty_terms.csv:4:9: key is \"opend\"; expected one of opened, known_to, signature_until, "
      "in_force, instruments, days, days_party, months, organization_counts, parties_protocol, "
      "protocol_instruments, protocol_days, protocol_needs_treaty, amendment_years, "
      "instruments_council, states, signatories, protocol_majority, amendment_majority, "
      "amendment_binds; did you mean opened?\n"
      "treaty_terms.csv:5:24: value is \"12\"; expected a day of the calendar, such as 2019-12-27, "
      "or 2019-12 or 2019\n"
      "treaty_terms.csv:6:26: known_to has no value; expected a day, such as 2025-10-25, or no "
      "row\n"
      "treaty_terms.csv:7:22: days has no value; expected a whole number from 0 to 1000, or no "
      "row\n"
      "treaty_terms.csv:8:24: value is \"ninety\"; expected a whole number from 0 to 1000, ? where "
      "it is not known, or nothing\n"
      "treaty_terms.csv:9:33: value is empty; expected a value in every row\n"
      "treaty_terms.csv:9:34: status is \"sure\"; expected one of verified, reported, inferred, "
      "recalled, disputed, reconstructed, assumed, unknown\n"
      "treaty_terms.csv:10:1: treaty is empty; expected a value in every row\n"
      "treaty_terms.csv:10:2: key is empty; expected a value in every row\n"
      "treaty_terms.csv:11:12: name is empty; expected a value in every row\n"
      "treaty_terms.csv:12:25: instruments has no value; expected a whole number from 0 to 1000, "
      "or no row\n"
      "treaty_terms.csv:13:20: opened has no value; expected a day, such as 2025-10-25, or no "
      "row"));
}

static void test_milestones(void) {
  CU_ASSERT_TRUE(faulty_is(
      faulty_world("milestones.csv", "treaty,instruments,day,status,source\n"
                                     "palermo,40,2003-07-01,verified,x\n"
                                     "palermo,40,2003-08-01,verified,x\n"
                                     "palermo,100,2003-06-30,verified,x\n"
                                     "palerma,100,2005-03-04,verified,x\n"
                                     "hanoi,0,2005-03-04,verified,x\n"
                                     "hanoi,1,,verified,x\n"
                                     "hanoi,1001,soon,sure,x\n"),
      FAULTY
      "milestones.csv:3:9: 40 instruments stand after 40; expected rows in the order of their "
      "numbers, none sooner than the one before\n"
      "milestones.csv:4:9: 100 instruments stand after 40; expected rows in the order of their "
      "numbers, none sooner than the one before\n"
      "milestones.csv:5:1: unknown treaty \"palerma\"; expected one of treaty_terms.csv; did you "
      "mean palermo?\n"
      "milestones.csv:6:7: a milestone needs a number of 1 or more and its day; expected both\n"
      "milestones.csv:7:9: a milestone needs a number of 1 or more and its day; expected both\n"
      "milestones.csv:8:7: instruments is \"1001\"; expected a whole number from 0 to 1000, ? "
      "where it is not known, or nothing\n"
      "milestones.csv:8:12: day is \"soon\"; expected a day of the calendar, such as 2019-12-27, "
      "or 2019-12 or 2019\n"
      "milestones.csv:8:17: status is \"sure\"; expected one of verified, reported, inferred, "
      "recalled, disputed, reconstructed, assumed, unknown"));
}

static void test_reservations(void) {
  CU_ASSERT_TRUE(faulty_is(
      faulty_world("reservations.csv", "treaty,state,provisions,status,source\n"
                                       "hanoi,QAT,Article 63,reported,x\n"
                                       "hanoi,QAT,Article 14,reported,x\n"
                                       "hanio,FRA,Article 14,reported,x\n"
                                       ",FRX,,sure,x\n"),
      FAULTY
      "reservations.csv:3:7: QAT stands twice under hanoi; expected one row\n"
      "reservations.csv:4:1: unknown treaty \"hanio\"; expected one of treaty_terms.csv; did you "
      "mean hanoi?\n"
      "reservations.csv:5:1: unknown treaty \"\"; expected one of treaty_terms.csv\n"
      "reservations.csv:5:2: unknown state \"FRX\"; expected an ISO alpha-3 code; did you mean "
      "FRA?\n"
      "reservations.csv:5:6: provisions is empty; expected a value in every row\n"
      "reservations.csv:5:7: status is \"sure\"; expected one of verified, reported, inferred, "
      "recalled, disputed, reconstructed, assumed, unknown"));
}

#define CALLS "roll_call,date,body,title,yes,no,abstain,not_voting,status,source\n"

static void test_roll_call_list(void) {
  static const char *const lines[] = {
      "roll_call_list.csv:3:1: R1 stands twice; expected it once",
      "roll_call_list.csv:4:1: roll_call is empty; expected a value in every row",
      "roll_call_list.csv:4:23: yes is \"1001\"; expected a whole number from 0 to 1000, ? where "
      "it "
      "is not known, or nothing",
      "roll_calls.csv:2:1: unknown roll call \"A/RES/73/187\"; expected one of roll_call_list.csv",
      NULL};
  CU_ASSERT_TRUE(has("roll_call_list.csv",
                     CALLS "R1,2020-01-01,ga,Title,1,0,0,0,verified,x\n"
                           "R1,2020-01-02,ga,Title,1,0,0,0,verified,x\n"
                           ",2020-01-03,ga,Title1,1001,0,0,0,verified,x\n",
                     lines));
}

static void test_roll_calls(void) {
  CU_ASSERT_TRUE(
      faulty_is(faulty_world("roll_calls.csv", "roll_call,state,vote,status,source\n"
                                               "A/RES/74/247,FRA,N,verified,x\n"
                                               "A/RES/74/247,FRA,Y,verified,x\n"
                                               "A/RES/74/247,FRX,Y,verified,x\n"
                                               "A/RES/74/247,DEU,n,good,x\n"
                                               "A/RES/74/246,,,verified,x\n"),
                FAULTY "roll_calls.csv:3:14: FRA votes twice on A/RES/74/247; expected one row\n"
                       "roll_calls.csv:4:14: unknown state \"FRX\"; expected an ISO alpha-3 code; "
                       "did you mean FRA?\n"
                       "roll_calls.csv:5:18: the vote is \"n\"; expected Y (yes), N (no), A "
                       "(abstains) or X (did not "
                       "vote); did you mean N?\n"
                       "roll_calls.csv:5:20: status is \"good\"; expected one of verified, "
                       "reported, inferred, recalled, "
                       "disputed, reconstructed, assumed, unknown\n"
                       "roll_calls.csv:6:1: unknown roll call \"A/RES/74/246\"; expected one of "
                       "roll_call_list.csv; did "
                       "you mean A/RES/74/247?\n"
                       "roll_calls.csv:6:14: the state is missing; expected its alpha-3 code"));
}

static void test_roll_call_totals(void) {
  CU_ASSERT_TRUE(faulty_is(
      faulty_world("roll_calls.csv", "roll_call,state,vote,status,source\n"
                                     "A/RES/74/247,FRA,N,verified,x\n"),
      FAULTY
      "roll_calls.csv: A/RES/73/187: the total of Y is 94 but 0 are recorded; expected the same\n"
      "roll_calls.csv: A/RES/73/187: the total of N is 59 but 0 are recorded; expected the same\n"
      "roll_calls.csv: A/RES/73/187: the total of A is 33 but 0 are recorded; expected the same\n"
      "roll_calls.csv: A/RES/73/187: the total of X is 7 but 0 are recorded; expected the same\n"
      "roll_calls.csv: A/RES/74/247: the total of Y is 79 but 0 are recorded; expected the same\n"
      "roll_calls.csv: A/RES/74/247: the total of N is 60 but 1 are recorded; expected the same\n"
      "roll_calls.csv: A/RES/74/247: the total of A is 33 but 0 are recorded; expected the same\n"
      "roll_calls.csv: A/RES/74/247: the total of X is 21 but 0 are recorded; expected the same"));
}

/* That nobody voted so is a total like others. */
static void test_total_of_none(void) {
  CU_ASSERT_TRUE(faulty_is(
      faulty_world("roll_call_list.csv",
                   CALLS "A/RES/73/187,2018-12-17,ga,Title,0,59,33,7,reported,x\n"
                         "A/RES/74/247,2019-12-27,ga,Title,79,60,33,21,verified,x\n"),
      FAULTY "roll_calls.csv: A/RES/73/187: the total of Y is 0 but 94 are recorded; expected the "
             "same"));
}

int main(void) {
  CU_TestInfo tests[] = {{"members", test_members},
                         {"missing table", test_missing_table},
                         {"bodies", test_bodies},
                         {"treaties", test_treaties},
                         {"terms of treaties", test_terms},
                         {"milestones", test_milestones},
                         {"reservations", test_reservations},
                         {"roll call list", test_roll_call_list},
                         {"roll calls", test_roll_calls},
                         {"roll call totals", test_roll_call_totals},
                         {"total of none", test_total_of_none},
                         CU_TEST_INFO_NULL};
  int status = suite_run("loading the shipped tables", tests);
  scene_end();
  return status;
}
