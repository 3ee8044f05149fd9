/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Procedure: which majority decides what, what a tie does, what falls with what, and that a
 * recorded outcome is never overturned. */
#include "plenary/replay.h"

#include <string.h>

#include "scene.h"
#include "suite.h"

enum { Y = PLN_VOTE_Y, N = PLN_VOTE_N, A = PLN_VOTE_A, X = PLN_VOTE_X };

/* One tally of the Assembly, or of @body, and what the record says came of it. */
static PlnScenario *tally(const char *body, const char *columns, const char *row) {
  g_autofree char *proposals =
      g_strconcat("id,title,record,yes,no,abstain", columns, "\np,P,tally,", row, "\n", NULL);
  return scene_of(body, proposals, NULL, NULL);
}

static gboolean ends(const PlnScenario *s, PlnEnd end, PlnReason reason, gboolean disputed) {
  g_autoptr(PlnReplay) replay = scene_replay(s, NULL);
  const PlnReplayItem *item = pln_replay_item(replay, 0);
  gboolean fits = item->end == end && item->record->verdict.reason == reason &&
                  item->disputed == disputed;
  if (!fits)
    printf("\n  %s, reason %d, disputed %d\n", pln_end_word(item->end),
           (int)item->record->verdict.reason, item->disputed);
  return fits;
}

/* In plenary a tie is voted again (rule 95), in a committee it rejects (rule 133). */
static void test_ties(void) {
  g_autoptr(PlnScenario) plenary = tally("general-assembly", "", "50,50,17");
  g_autoptr(PlnScenario) committee = tally("third-committee", "", "50,50,17");
  g_autoptr(PlnScenario) second = tally("general-assembly", ",outcome", "50,50,17,rejected");
  CU_ASSERT_TRUE(ends(plenary, PLN_END_TIED, PLN_REASON_TIE, FALSE));
  CU_ASSERT_TRUE(ends(committee, PLN_END_REJECTED, PLN_REASON_TIE, FALSE));
  CU_ASSERT_TRUE(ends(second, PLN_END_REJECTED, PLN_REASON_TIE, FALSE)); /* the second vote's */
}

static void test_no_yes_adopts_nothing(void) {
  g_autoptr(PlnScenario) nobody = tally("general-assembly", "", "0,0,193");
  g_autoptr(PlnScenario) against = tally("general-assembly", "", "0,12,0");
  g_autoptr(PlnScenario) one = tally("general-assembly", "", "1,0,192");
  CU_ASSERT_TRUE(ends(nobody, PLN_END_REJECTED, PLN_REASON_NO_YES, FALSE));
  CU_ASSERT_TRUE(ends(against, PLN_END_REJECTED, PLN_REASON_NO_YES, FALSE));
  CU_ASSERT_TRUE(ends(one, PLN_END_ADOPTED, PLN_REASON_MAJORITY, FALSE));
}

/* Resolutions 71/11 and 72/74: fewer than 97 recorded, and adopted all the same. */
static void test_quorum_overturns_nothing(void) {
  g_autoptr(PlnScenario) first = tally("general-assembly", ",outcome", "84,0,5,adopted");
  g_autoptr(PlnScenario) second = tally("general-assembly", "", "92,0,4");
  CU_ASSERT_TRUE(ends(first, PLN_END_ADOPTED, PLN_REASON_MAJORITY, FALSE));
  CU_ASSERT_TRUE(ends(second, PLN_END_ADOPTED, PLN_REASON_MAJORITY, FALSE));
  g_autoptr(PlnReplay) replay = scene_replay(first, NULL);
  CU_ASSERT_EQUAL(pln_replay_item(replay, 0)->record->verdict.seen, 89);
  CU_ASSERT_EQUAL(pln_replay_item(replay, 0)->record->verdict.quorum, 97);
}

/* The record stands, and the rule's disagreement is shown. */
static void test_record_is_never_overturned(void) {
  static const struct {
    const char *columns, *row;
    PlnEnd end;
    PlnReason reason;
    gboolean disputed;
  } cases[] = {
      {",outcome", "60,79,33,adopted", PLN_END_ADOPTED, PLN_REASON_SHORT, TRUE},
      {",outcome", "79,60,33,rejected", PLN_END_REJECTED, PLN_REASON_MAJORITY, TRUE},
      {",outcome,important", "79,60,33,adopted,yes", PLN_END_ADOPTED, PLN_REASON_SHORT, TRUE},
      {",outcome,important", "79,60,33,adopted,no", PLN_END_ADOPTED, PLN_REASON_MAJORITY, FALSE},
      {",outcome", "79,60,33,adopted-without-vote", PLN_END_WITHOUT_VOTE, PLN_REASON_MAJORITY,
       FALSE},
      {",outcome", "79,60,33,withdrawn", PLN_END_WITHDRAWN, PLN_REASON_MAJORITY, TRUE},
      {",outcome", "79,60,33,?", PLN_END_UNKNOWN, PLN_REASON_MAJORITY, FALSE}, /* not filled in */
      {"", "79,60,33", PLN_END_ADOPTED, PLN_REASON_MAJORITY, FALSE}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(PlnScenario) s = tally("general-assembly", cases[i].columns, cases[i].row);
    CU_ASSERT_TRUE(ends(s, cases[i].end, cases[i].reason, cases[i].disputed));
  }
}

/* The same 79-60-33, by what it is about: two-thirds of 139 is 93, one half 70. */
static void test_majority_follows_kind_and_body(void) {
  g_autoptr(PlnScenario) s = scene_of(
      "general-assembly",
      "id,title,kind,target,motion,important,rule,body,record,yes,no,abstain\n"
      "no-action,M,motion,,no-action,,,,tally,79,60,33\n"
      "again,M,motion,,reconsideration,,,,tally,79,60,33\n"
      "sub,S,amendment,amend,,,,,tally,79,60,33\n"
      "amend,A,amendment,text,,,,,tally,79,60,33\n"
      "delete,D,deletion,text,,,,,tally,79,60,33\n"
      "keep,P,paragraph,text,,,,,tally,79,60,33\n"
      "named,E,amendment,text,,,all-members-majority,,tally,79,60,33\n"
      "text,T,text,,,yes,,,tally,79,60,33\n"
      "plain,T,text,,,,,,tally,79,60,33\n"
      "committee,C,text,,,yes,,third-committee,tally,79,60,33\n"
      "ahc,C,text,,,,,ad-hoc-committee,tally,79,60,33\n",
      NULL, NULL);
  static const struct {
    const char *id;
    guint32 needed;
    PlnEnd end;
  } cases[] = {{"no-action", 70, PLN_END_ADOPTED}, {"again", 93, PLN_END_REJECTED},
               {"sub", 93, PLN_END_REJECTED},      {"amend", 93, PLN_END_REJECTED},
               {"delete", 93, PLN_END_REJECTED},   {"keep", 93, PLN_END_REJECTED},
               {"named", 97, PLN_END_REJECTED},    {"text", 93, PLN_END_REJECTED},
               {"plain", 70, PLN_END_ADOPTED},     {"committee", 70, PLN_END_ADOPTED},
               {"ahc", 93, PLN_END_REJECTED}};
  g_autoptr(PlnReplay) replay = scene_replay(s, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    const PlnReplayItem *item = scene_item(replay, cases[i].id);
    CU_ASSERT_EQUAL(item->record->verdict.needed, cases[i].needed);
    CU_ASSERT_EQUAL(item->end, cases[i].end);
  }
  CU_ASSERT_PTR_NULL(scene_item(replay, "named")->other); /* of members, not of votes */
}

/* Article 6(2) put as a separate vote, yes keeps: 42 no of 125 would have struck it. */
static void test_polarity(void) {
  g_autoptr(PlnScenario) s = scene_of("ad-hoc-committee",
                                      "id,title,kind,target,record,yes,no,abstain\n"
                                      "struck,P,paragraph,whole,tally,83,42,26\n"
                                      "kept,Q,paragraph,whole,tally,84,41,26\n"
                                      "deleted,D,deletion,whole,tally,84,41,26\n"
                                      "whole,W,whole,,tally,100,20,5\n",
                                      NULL, NULL);
  g_autoptr(PlnReplay) replay = scene_replay(s, NULL);
  CU_ASSERT_EQUAL(scene_item(replay, "struck")->end, PLN_END_REJECTED);
  CU_ASSERT_EQUAL(scene_item(replay, "kept")->end, PLN_END_ADOPTED);
  CU_ASSERT_EQUAL(scene_item(replay, "struck")->record->turn[N][Y], 1);
  CU_ASSERT_EQUAL(scene_item(replay, "kept")->record->turn[Y][N], 1);
  const GArray *changes = scene_item(replay, "whole")->changes;
  CU_ASSERT_EQUAL_FATAL(changes->len, 2);
  CU_ASSERT_EQUAL(g_array_index(changes, guint, 0), 0);
  CU_ASSERT_EQUAL(g_array_index(changes, guint, 1), 2);
}

/* Furthest removed first; what an adoption implies is not put. */
static const char chain[] = "id,title,kind,target,parts,falls_if,record,yes,no,abstain,outcome\n"
                            "far,F,amendment,whole,,,tally,60,70,0,\n"
                            "near,N,amendment,whole,,far=adopted,tally,80,60,0,\n"
                            "part-1,P,paragraph,whole,,,tally,90,40,0,\n"
                            "part-2,Q,paragraph,whole,,near=rejected,tally,40,90,0,\n"
                            "whole,W,whole,,2,,tally,90,30,0,\n";

static PlnScenario *chain_with(const char *old, const char *new) {
  g_auto(GStrv) parts = g_strsplit(chain, old, -1);
  g_autofree char *proposals = g_strjoinv(new, parts);
  CU_ASSERT_EQUAL_FATAL(g_strv_length(parts), 2);
  return scene_of("third-committee", proposals, NULL, NULL);
}

static gboolean fates(const PlnScenario *s, const PlnEnd *expected, guint changes) {
  g_autoptr(PlnReplay) replay = scene_replay(s, NULL);
  gboolean fits = pln_replay_item(replay, 4)->changes->len == changes;
  for (guint i = 0; i < 5; i++) {
    const PlnReplayItem *item = pln_replay_item(replay, i);
    fits &= item->end == expected[i];
    fits &= item->end != PLN_END_NOT_PUT || item->fate != PLN_FATE_PUT;
  }
  return fits;
}

static void test_chain(void) {
  g_autoptr(PlnScenario) as_is = chain_with("far,F", "far,F");
  CU_ASSERT_TRUE(fates(as_is, (PlnEnd[]){PLN_END_REJECTED, PLN_END_ADOPTED, PLN_END_ADOPTED,
                                         PLN_END_REJECTED, PLN_END_ADOPTED}, 2));
  g_autoptr(PlnScenario) adopted = chain_with("tally,60,70,0,", "tally,71,70,0,");
  CU_ASSERT_TRUE(fates(adopted, (PlnEnd[]){PLN_END_ADOPTED, PLN_END_NOT_PUT, PLN_END_ADOPTED,
                                           PLN_END_REJECTED, PLN_END_ADOPTED}, 2));
  g_autoptr(PlnScenario) implied = chain_with("tally,80,60,0,", "tally,60,80,0,");
  CU_ASSERT_TRUE(fates(implied, (PlnEnd[]){PLN_END_REJECTED, PLN_END_REJECTED, PLN_END_ADOPTED,
                                           PLN_END_NOT_PUT, PLN_END_ADOPTED}, 0));
  g_autoptr(PlnScenario) emptied = chain_with("tally,90,40,0,", "tally,40,40,0,");
  CU_ASSERT_TRUE(fates(emptied, (PlnEnd[]){PLN_END_REJECTED, PLN_END_ADOPTED, PLN_END_REJECTED,
                                           PLN_END_REJECTED, PLN_END_NOT_PUT}, 3));
  g_autoptr(PlnReplay) replay = scene_replay(emptied, NULL);
  CU_ASSERT_EQUAL(pln_replay_item(replay, 4)->fate, PLN_FATE_EMPTY);
}

/* What the record says of a proposal stands, though it should have fallen. */
static void test_record_stands_though_it_should_fall(void) {
  g_autoptr(PlnScenario) s =
      chain_with("60,70,0,\nnear,N,amendment,whole,,far=adopted,tally,80,60,0,",
                 "71,70,0,\nnear,N,amendment,whole,,far=adopted,tally,80,60,0,adopted");
  CU_ASSERT_TRUE(fates(s, (PlnEnd[]){PLN_END_ADOPTED, PLN_END_ADOPTED, PLN_END_ADOPTED,
                                     PLN_END_REJECTED, PLN_END_ADOPTED}, 3));
  g_autoptr(PlnReplay) replay = scene_replay(s, NULL);
  CU_ASSERT_EQUAL(pln_replay_item(replay, 1)->fate, PLN_FATE_FALLS); /* and that is shown */
}

static void test_recorded_ends(void) {
  g_autoptr(PlnScenario) s = scene_of("general-assembly",
                                      "id,title,record,outcome,falls_if\n"
                                      "a,A,outcome,adopted,\nb,B,outcome,not-put,\n"
                                      "c,C,outcome,withdrawn,\nd,D,outcome,?,\n"
                                      "e,E,outcome,adopted-without-vote,\nf,F,,,\n"
                                      "g,G,,,a=adopted\nh,H,,rejected,\n",
                                      NULL, NULL);
  static const PlnEnd expected[] = {PLN_END_ADOPTED,      PLN_END_NOT_PUT, PLN_END_WITHDRAWN,
                                    PLN_END_UNKNOWN,      PLN_END_WITHOUT_VOTE, PLN_END_UNKNOWN,
                                    PLN_END_NOT_PUT,      PLN_END_REJECTED};
  g_autoptr(PlnReplay) replay = scene_replay(s, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
    CU_ASSERT_EQUAL(pln_replay_item(replay, i)->end, expected[i]);
    CU_ASSERT_PTR_NULL(pln_replay_item(replay, i)->record);
  }
}

/* The weakest of the votes, the rules that were applied, and the record itself. */
static void test_weakest(void) {
  static const struct {
    const char *row, *votes;
    PlnStatus weakest;
  } cases[] = {
      {"complete,verified,", "ANA,Y,\nBEA,N,\n", PLN_STATUS_RECALLED}, /* Model UN's rule */
      {"complete,verified,ga-simple-majority", "ANA,Y,\nBEA,N,\n", PLN_STATUS_VERIFIED},
      {"complete,reported,ga-simple-majority", "ANA,Y,verified\nBEA,N,inferred\n",
       PLN_STATUS_INFERRED},
      {"complete,unknown,ga-simple-majority", "ANA,Y,verified\nBEA,N,verified\n",
       PLN_STATUS_UNKNOWN},
      {",verified,", "", PLN_STATUS_VERIFIED}}; /* no rule is applied */
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *proposals =
        g_strconcat("id,title,record,status,rule\np,P,", cases[i].row, "\n", NULL);
    g_autofree char *votes = g_strconcat("state,vote,status\n", cases[i].votes, NULL);
    g_autoptr(PlnScenario) s =
        scene_of("model-un", proposals, votes, "state,name\nANA,Ana\nBEA,Bea\n");
    g_autoptr(PlnReplay) replay = scene_replay(s, NULL);
    CU_ASSERT_EQUAL(replay->weakest, cases[i].weakest);
  }
}

int main(void) {
  CU_TestInfo tests[] = {
      {"ties", test_ties},
      {"no yes adopts nothing", test_no_yes_adopts_nothing},
      {"quorum overturns nothing", test_quorum_overturns_nothing},
      {"the record is never overturned", test_record_is_never_overturned},
      {"the majority follows kind and body", test_majority_follows_kind_and_body},
      {"polarity", test_polarity},
      {"a chain of decisions", test_chain},
      {"the record stands", test_record_stands_though_it_should_fall},
      {"recorded ends", test_recorded_ends},
      {"the weakest fact", test_weakest},
      CU_TEST_INFO_NULL};
  int status = suite_run("replay: order", tests);
  scene_end();
  return status;
}
