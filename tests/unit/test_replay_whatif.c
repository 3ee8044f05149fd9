/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What-ifs through a whole replay: what turns, what stays, what then falls or is put, and
 * which blocs are evidence of a vote. */
#include "plenary/replay.h"

#include <string.h>

#include "scene.h"
#include "suite.h"

enum { Y = PLN_VOTE_Y, N = PLN_VOTE_N, A = PLN_VOTE_A, X = PLN_VOTE_X };

/* How proposal @id ends after the one edit. */
static PlnEnd end_after(const PlnScenario *s, const char *id, const char *edit) {
  g_autoptr(PlnWhatIf) w = scene_whatif(s, edit, NULL);
  g_autoptr(PlnReplay) replay = scene_replay(s, w);
  return scene_item(replay, id)->whatif_end;
}

static void test_74_247_turned(void) {
  g_autoptr(PlnScenario) s = scene_shipped("res-74-247");
  static const struct {
    const char *edit;
    guint32 count[4];
    PlnEnd end;
  } cases[] = {{"RUS=N", {78, 61, 33, 21}, PLN_END_ADOPTED},
               {"EU27=A", {79, 33, 60, 21}, PLN_END_ADOPTED},
               {"AFRICA=N", {48, 113, 25, 7}, PLN_END_REJECTED},
               {"ALL=X", {0, 0, 0, 193}, PLN_END_REJECTED},
               {"res-74-247:ALL=Y", {193, 0, 0, 0}, PLN_END_ADOPTED},
               {"NO_74_247=X", {79, 0, 33, 81}, PLN_END_ADOPTED},
               {"--abstain-as=no", {79, 93, 0, 21}, PLN_END_REJECTED},
               {"--absent=yes", {100, 60, 33, 0}, PLN_END_ADOPTED},
               {"--rule=two-thirds-present-voting", {79, 60, 33, 21}, PLN_END_REJECTED}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    const guint32 *c = cases[i].count;
    g_autoptr(PlnWhatIf) w = scene_whatif(s, cases[i].edit, NULL);
    g_autoptr(PlnReplay) replay = scene_replay(s, w);
    const PlnReplayItem *item = pln_replay_item(replay, 0);
    CU_ASSERT_TRUE(scene_counts(item->whatif->tally.count, c[Y], c[N], c[A], c[X]));
    CU_ASSERT_EQUAL(item->whatif_end, cases[i].end);
    CU_ASSERT_TRUE(scene_counts(item->record->tally.count, 79, 60, 33, 21)); /* as it was */
    CU_ASSERT_EQUAL(item->end, PLN_END_ADOPTED);
    CU_ASSERT_EQUAL(replay->weakest, PLN_STATUS_ASSUMED);
  }
}

static void test_vote_with_bloc(void) {
  g_autoptr(PlnScenario) s = scene_shipped("res-74-247");
  g_autoptr(PlnWhatIf) w = scene_whatif(s, "--absent=vote-with-bloc", NULL);
  g_autoptr(PlnReplay) replay = scene_replay(s, w);
  const PlnReplayItem *item = pln_replay_item(replay, 0);
  /* Fourteen Africans and five of Asia and the Pacific go to yes; two of Latin America and
   * the Caribbean, which is split (15 of 31 abstain), stay away. */
  CU_ASSERT_TRUE(scene_counts(item->whatif->tally.count, 98, 60, 33, 2));
  const PlnBlocPart *africa = &g_array_index(item->blocs, PlnBlocPart, 0);
  CU_ASSERT_STRING_EQUAL(africa->bloc->id, "AFRICA");
  CU_ASSERT_TRUE(scene_counts(africa->record.count, 31, 1, 8, 14));
  CU_ASSERT_TRUE(scene_counts(africa->whatif.count, 45, 1, 8, 0));
}

static const char members[] = "state,name\nANA,Ana\nBEA,Bea\nCAI,Cai\nDIA,Dia\nEDA,Eda\n";

/* Two votes: the first 3-2 without a stated outcome, the second 2-3 but adopted on record. */
static PlnScenario *disputed(void) {
  return scene_of("model-un",
                  "id,title,record,outcome\nfirst,F,complete,\nsecond,S,complete,adopted\n",
                  "proposal,state,vote\n"
                  "first,ANA,Y\nfirst,BEA,Y\nfirst,CAI,Y\nfirst,DIA,N\nfirst,EDA,N\n"
                  "second,ANA,Y\nsecond,BEA,Y\nsecond,CAI,N\nsecond,DIA,N\nsecond,EDA,N\n",
                  members);
}

/* An edit elsewhere, or one that leaves the rule's answer as it was, turns no record. */
static void test_disputed_record_stays(void) {
  g_autoptr(PlnScenario) s = disputed();
  CU_ASSERT_EQUAL(end_after(s, "second", "first:CAI=N"), PLN_END_ADOPTED);
  CU_ASSERT_EQUAL(end_after(s, "first", "first:CAI=N"), PLN_END_REJECTED);
  CU_ASSERT_EQUAL(end_after(s, "second", "second:BEA=N"), PLN_END_ADOPTED);
  CU_ASSERT_EQUAL(end_after(s, "second", "second:EDA=Y"), PLN_END_ADOPTED);
  CU_ASSERT_EQUAL(end_after(s, "second", "--rule=ga-simple-majority"), PLN_END_ADOPTED);
  CU_ASSERT_EQUAL(end_after(s, "first", "--rule=ga-important-questions"), PLN_END_REJECTED);
}

/* Whatever was not computed on record may be in the what-if, and the other way round. */
static void test_computed_or_not(void) {
  g_autoptr(PlnScenario) s = scene_of("security-council",
                                      "id,title,record,yes,no,abstain,outcome\n"
                                      "p,P,tally,4,1,0,rejected\n",
                                      NULL, members);
  CU_ASSERT_EQUAL(end_after(s, "p", "--rule=mun-simple-majority"), PLN_END_ADOPTED);
  CU_ASSERT_EQUAL(end_after(s, "p", "--rule=security-council"), PLN_END_REJECTED); /* the same */
  CU_ASSERT_EQUAL(end_after(s, "p", "--abstain-as=no"), PLN_END_REJECTED);   /* nobody abstained */
  g_autoptr(PlnScenario) tally = scene_of("security-council",
                                          "id,title,record,yes,no,abstain,outcome\n"
                                          "p,P,tally,3,1,1,rejected\n",
                                          NULL, members);
  CU_ASSERT_EQUAL(end_after(tally, "p", "--abstain-as=yes"), PLN_END_UNKNOWN); /* whose no? */
  g_autoptr(PlnScenario) simple =
      scene_of("model-un", "id,title,record,yes,no,abstain\np,P,tally,3,1,1\n", NULL, members);
  g_autoptr(PlnWhatIf) veto = scene_whatif(simple, "--rule=security-council", NULL);
  g_autoptr(PlnReplay) replay = scene_replay(simple, veto);
  CU_ASSERT_EQUAL(pln_replay_item(replay, 0)->whatif_end, PLN_END_UNKNOWN);
  CU_ASSERT_PTR_NOT_NULL(strstr(pln_replay_item(replay, 0)->whatif->why_not, "veto"));
}

/* Where the first is turned, the second is put, or falls. */
static void test_fates_turn(void) {
  g_autoptr(PlnScenario) s =
      scene_of("model-un",
               "id,title,kind,target,parts,falls_if,record,yes,no,abstain,outcome\n"
               "far,F,amendment,whole,,,complete,,,,\n"
               "near,N,amendment,whole,,far=adopted,complete,,,,\n"
               "open,O,amendment,whole,,far=rejected,,,,,\n"
               "stated,S,amendment,whole,,far=rejected,,,,,not-put\n"
               "gone,G,amendment,whole,,,,,,,withdrawn\n"
               "part,P,paragraph,whole,,,tally,3,1,1,\n"
               "whole,W,whole,,1,,tally,4,1,0,adopted\n",
               "proposal,state,vote\n"
               "far,ANA,N\nfar,BEA,N\nfar,CAI,N\nfar,DIA,Y\nfar,EDA,Y\n"
               "near,ANA,Y\nnear,BEA,Y\nnear,CAI,Y\nnear,DIA,N\nnear,EDA,N\n",
               members);
  g_autoptr(PlnReplay) record = scene_replay(s, NULL);
  CU_ASSERT_EQUAL(scene_item(record, "near")->end, PLN_END_ADOPTED);
  CU_ASSERT_EQUAL(scene_item(record, "open")->end, PLN_END_NOT_PUT);
  CU_ASSERT_EQUAL(scene_item(record, "whole")->changes->len, 1);
  CU_ASSERT_EQUAL(end_after(s, "near", "far:ANA=Y"), PLN_END_NOT_PUT);
  CU_ASSERT_EQUAL(end_after(s, "open", "far:ANA=Y"), PLN_END_UNKNOWN); /* put, and then? */
  CU_ASSERT_EQUAL(end_after(s, "stated", "far:ANA=Y"), PLN_END_UNKNOWN);
  CU_ASSERT_EQUAL(end_after(s, "gone", "far:ANA=Y"), PLN_END_WITHDRAWN);
  CU_ASSERT_EQUAL(end_after(s, "whole", "far:ANA=Y"), PLN_END_ADOPTED);
  CU_ASSERT_EQUAL(end_after(s, "open", "far:ANA=X"), PLN_END_NOT_PUT); /* 2 to 2 */
  CU_ASSERT_EQUAL(end_after(s, "whole", "--abstain-as=no"), PLN_END_ADOPTED); /* 3 to 2 */
  CU_ASSERT_EQUAL(end_after(s, "whole", "--rule=consensus"), PLN_END_NOT_PUT); /* part struck */
  CU_ASSERT_EQUAL(end_after(s, "gone", "gone:ALL=Y"), PLN_END_ADOPTED); /* had it been put */
  CU_ASSERT_EQUAL(end_after(s, "open", "open:ALL=Y"), PLN_END_NOT_PUT); /* it falls all the same */

  g_autoptr(PlnWhatIf) both = scene_whatif(s, "far:ANA=Y", "open:ALL=Y", NULL);
  g_autoptr(PlnReplay) replay = scene_replay(s, both);
  CU_ASSERT_EQUAL(scene_item(replay, "open")->whatif_end, PLN_END_ADOPTED);
  CU_ASSERT_EQUAL(scene_item(replay, "open")->fate, PLN_FATE_PUT);
  CU_ASSERT_EQUAL(scene_item(replay, "near")->fate, PLN_FATE_FALLS);
  const GArray *changes = scene_item(replay, "whole")->changes; /* those of the what-if */
  CU_ASSERT_EQUAL_FATAL(changes->len, 2);
  CU_ASSERT_EQUAL(g_array_index(changes, guint, 0), 0);
  CU_ASSERT_EQUAL(g_array_index(changes, guint, 1), 2);
}

/* A vote that the record has though it should have fallen is edited as any other. */
static void test_fallen_but_recorded(void) {
  g_autoptr(PlnScenario) s =
      scene_of("model-un",
               "id,title,falls_if,record,outcome\na,A,,complete,\nb,B,a=adopted,complete,adopted\n",
               "proposal,state,vote\na,ANA,Y\na,BEA,Y\na,CAI,Y\na,DIA,N\na,EDA,N\n"
               "b,ANA,Y\nb,BEA,Y\nb,CAI,Y\nb,DIA,N\nb,EDA,N\n",
               members);
  CU_ASSERT_EQUAL(end_after(s, "b", "b:EDA=Y"), PLN_END_ADOPTED);
  CU_ASSERT_EQUAL(end_after(s, "b", "b:ANA=N"), PLN_END_REJECTED);
  CU_ASSERT_EQUAL(end_after(s, "b", "a:ANA=N"), PLN_END_ADOPTED);
}

/* No vote yet: whoever is not named does not vote; without an edit nothing is made up. */
static void test_no_vote_yet(void) {
  g_autoptr(PlnScenario) s =
      scene_of("model-un", "id,title,record\nvoted,V,complete\nopen,O,\n",
               "proposal,state,vote\nvoted,ANA,Y\nvoted,BEA,Y\nvoted,CAI,N\nvoted,DIA,N\n"
               "voted,EDA,X\n",
               members);
  g_autoptr(PlnWhatIf) w = scene_whatif(s, "open:ANA=Y", "open:BEA=A", NULL);
  g_autoptr(PlnReplay) replay = scene_replay(s, w);
  CU_ASSERT_TRUE(scene_counts(scene_item(replay, "open")->whatif->tally.count, 1, 0, 1, 3));
  CU_ASSERT_EQUAL(scene_item(replay, "open")->end, PLN_END_UNKNOWN);
  CU_ASSERT_EQUAL(scene_item(replay, "open")->whatif_end, PLN_END_ADOPTED);
  CU_ASSERT_EQUAL(end_after(s, "open", "--rule=consensus"), PLN_END_UNKNOWN);
  CU_ASSERT_EQUAL(end_after(s, "open", "--absent=no"), PLN_END_UNKNOWN);
  CU_ASSERT_EQUAL(end_after(s, "open", "ALL=Y"), PLN_END_ADOPTED);
}

/* Of a vote of which only some names are said, the rest may be made up; not where a total is
 * known, which that would contradict, and not where the outcome is. */
static void test_some_names(void) {
  static const struct {
    const char *row;
    gboolean open;
  } cases[] = {{"partial,,,,", TRUE},  {"partial,,,,not-put", TRUE},  {"partial,,,,adopted", FALSE},
               {"partial,3,,,", FALSE}, {"partial,,?,,", FALSE},      {"partial,,,,?", FALSE}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *proposals =
        g_strconcat("id,title,record,yes,no,abstain,outcome\np,P,", cases[i].row, "\n", NULL);
    g_autoptr(PlnScenario) s =
        scene_of("model-un", proposals, "state,vote\nANA,Y\nBEA,Y\n", members);
    g_autoptr(PlnWhatIf) w = scene_whatif(s, "CAI=N", NULL);
    if (!cases[i].open) {
      CU_ASSERT_TRUE(scene_refused(s, w, "the record holds no votes that it could change"));
      continue;
    }
    g_autoptr(PlnReplay) replay = scene_replay(s, w);
    CU_ASSERT_PTR_NULL(pln_replay_item(replay, 0)->record); /* nothing is computed from it */
    CU_ASSERT_TRUE(scene_counts(pln_replay_item(replay, 0)->whatif->tally.count, 2, 1, 0, 2));
    CU_ASSERT_EQUAL(pln_replay_item(replay, 0)->whatif_end, PLN_END_ADOPTED);
  }
}

static void test_refused(void) {
  g_autoptr(PlnScenario) s = scene_of("model-un",
                                      "id,title,record,outcome\nvoted,V,complete,\n"
                                      "known,K,outcome,rejected\nplain,P,,adopted\n",
                                      "proposal,state,vote\nvoted,ANA,Y\nvoted,BEA,Y\nvoted,CAI,N\n"
                                      "voted,DIA,N\nvoted,EDA,X\n",
                                      members);
  g_autoptr(PlnWhatIf) outcome = scene_whatif(s, "known:ANA=N", NULL);
  CU_ASSERT_TRUE(scene_refused(s, outcome, "ANA=N: the record holds no votes that it could"));
  /* Adopted, it says, and not by whom: a vote is there, and not ours to make up. */
  g_autoptr(PlnWhatIf) stated = scene_whatif(s, "plain:ALL=N", NULL);
  CU_ASSERT_TRUE(scene_refused(s, stated, "ALL=N: the record holds no votes"));
  g_autoptr(PlnWhatIf) some = scene_whatif(s, "ANA=N", NULL);
  g_autoptr(PlnReplay) replay = scene_replay(s, some);
  CU_ASSERT_PTR_NULL(scene_item(replay, "known")->whatif);
  CU_ASSERT_EQUAL(scene_item(replay, "known")->whatif_end, PLN_END_REJECTED);
  CU_ASSERT_EQUAL(scene_item(replay, "voted")->whatif_end, PLN_END_REJECTED);
}

static gboolean has_bloc(const PlnReplayItem *item, const char *bloc) {
  for (guint i = 0; i < item->blocs->len; i++)
    if (strcmp(g_array_index(item->blocs, PlnBlocPart, i).bloc->id, bloc) == 0)
      return TRUE;
  return FALSE;
}

/* Drawn from a vote, a bloc is evidence of later ones only. */
static void test_blocs_made_from_votes(void) {
  g_autoptr(PlnScenario) s = scene_read(
      "scenario.csv", "key,value\nformat,1\ntitle,T\nas_of,2019-12-27\nbody,model-un\n",
      "proposals.csv", "id,title,symbol,date,record\n"
                       "early,E,,2018-12-17,complete\nmiddle,M,L.1,2019-01-01,complete\n"
                       "late,L,,2020-01-01,complete\nagain,A,A/RES/73/187,2020-01-01,complete\n",
      "votes.csv", "proposal,state,vote\nearly,ANA,Y\nearly,BEA,Y\nmiddle,ANA,Y\nmiddle,BEA,Y\n"
                   "late,ANA,Y\nlate,BEA,Y\nagain,ANA,Y\nagain,BEA,Y\n",
      "members.csv", "state,name\nANA,Ana\nBEA,Bea\n",
      "blocs.csv", "bloc,member,made_from\nFREE,ANA,\nFREE,BEA,\nALONE,ANA,\n"
                   "BY_ID,ANA,middle\nBY_ID,BEA,middle\nBY_SYMBOL,ANA,L.1\nBY_SYMBOL,BEA,L.1\n"
                   "SHIPPED,ANA,A/RES/73/187\nSHIPPED,BEA,A/RES/73/187\n"
                   "ELSEWHERE,ANA,A/RES/1/1\nELSEWHERE,BEA,A/RES/1/1\n",
      NULL);
  static const struct {
    const char *bloc;
    gboolean in[4]; /* the tables of the early, middle and late vote, and of the shipped one */
  } cases[] = {{"FREE", {TRUE, TRUE, TRUE, TRUE}},
               {"ALONE", {FALSE, FALSE, FALSE, FALSE}}, /* one member keeps to no line */
               {"BY_ID", {FALSE, FALSE, TRUE, TRUE}},
               {"BY_SYMBOL", {FALSE, FALSE, TRUE, TRUE}},
               {"SHIPPED", {FALSE, TRUE, TRUE, FALSE}}, /* of the first's day */
               {"ELSEWHERE", {FALSE, FALSE, FALSE, FALSE}}}; /* when that was is not known */
  g_autoptr(PlnReplay) replay = scene_replay(s, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
    for (guint k = 0; k < 4; k++)
      CU_ASSERT_EQUAL(has_bloc(pln_replay_item(replay, k), cases[i].bloc), cases[i].in[k]);
}

/* A council of five with made-up weights: as the rule has it, and by weight of a bloc. */
static void test_weights(void) {
  g_autoptr(PlnScenario) s = scene_of(
      "eu-council", "id,title,record\np,P,complete\n",
      "state,vote\nANA,Y\nBEA,N\nCAI,N\nDIA,A\nEDA,Y\n",
      "state,name,group,weight\nANA,Ana,Big,40\nBEA,Bea,Big,30\nCAI,Cai,Small,10\n"
      "DIA,Dia,Small,10\nEDA,Eda,Small,10\n");
  g_autoptr(PlnReplay) replay = scene_replay(s, NULL);
  const PlnReplayItem *item = pln_replay_item(replay, 0);
  CU_ASSERT_EQUAL(item->end, PLN_END_ADOPTED); /* three do not vote for it: too few to block */
  CU_ASSERT_EQUAL(item->record->verdict.reason, PLN_REASON_NO_BLOCK);
  CU_ASSERT_EQUAL(item->record->verdict.weight_yes, 50);
  CU_ASSERT_EQUAL(item->record->verdict.weight_needed, 65);
  CU_ASSERT_PTR_NULL(item->other);
  const PlnBlocPart *big = &g_array_index(item->blocs, PlnBlocPart, 0);
  CU_ASSERT_STRING_EQUAL(big->bloc->id, "Big");
  CU_ASSERT_TRUE(scene_counts(big->record.count, 1, 1, 0, 0)); /* states, not their weight */
  CU_ASSERT_EQUAL(big->turn_by, 1);
  CU_ASSERT_EQUAL(end_after(s, "p", "EDA=X"), PLN_END_REJECTED); /* four: now they block */
  CU_ASSERT_EQUAL(end_after(s, "p", "--rule=all-members-majority"), PLN_END_REJECTED); /* 2 of 5 */
}

/* Without weights the rule says nothing, nor how a bloc could turn it; the votes stand. */
static void test_weights_missing(void) {
  g_autoptr(PlnScenario) s =
      scene_of("eu-council", "id,title,record\np,P,complete\n",
               "state,vote\nFRA,Y\nDEU,Y\nITA,N\n", "state,name\nFRA,\nDEU,\nITA,\n");
  g_autoptr(PlnWhatIf) nothing = pln_whatif_new();
  g_autoptr(PlnReplay) replay = scene_replay(s, nothing);
  const PlnReplayItem *item = pln_replay_item(replay, 0);
  CU_ASSERT_FALSE(replay->whatif); /* a what-if that edits nothing is none */
  CU_ASSERT_PTR_NOT_NULL(item->record->why_not);
  CU_ASSERT_EQUAL(item->end, PLN_END_UNKNOWN);
  CU_ASSERT_TRUE(has_bloc(item, "EU"));
  for (guint i = 0; i < item->blocs->len; i++)
    CU_ASSERT_EQUAL(g_array_index(item->blocs, PlnBlocPart, i).turn_by, 0);
}

/* A what-if is assumed at the best; under a rule of unknown standing, less than that. */
static void test_weakest(void) {
  g_autoptr(PlnScenario) s = scene_read(
      "scenario.csv", "key,value\nformat,1\ntitle,T\nas_of,2019-12-27\nbody,model-un\n",
      "proposals.csv", "id,title,record,status\np,P,complete,verified\n",
      "votes.csv", "state,vote\nANA,Y\nBEA,Y\n", "members.csv", "state,name\nANA,Ana\nBEA,Bea\n",
      "rules.csv", "rule,name,method,majority,citation,status,source\n"
                   "odd,Odd,vote,>=3/5,nowhere,unknown,nowhere\n",
      NULL);
  g_autoptr(PlnWhatIf) edit = scene_whatif(s, "ANA=N", NULL);
  g_autoptr(PlnWhatIf) rule = scene_whatif(s, "--rule=odd", NULL);
  g_autoptr(PlnReplay) edited = scene_replay(s, edit), ruled = scene_replay(s, rule);
  CU_ASSERT_EQUAL(edited->weakest, PLN_STATUS_ASSUMED);
  CU_ASSERT_EQUAL(ruled->weakest, PLN_STATUS_UNKNOWN);
  CU_ASSERT_PTR_EQUAL(ruled->asked, rule);
}

/* The other usual majority is asked for where votes are counted, and the rulebook has it. */
static void test_other_majority(void) {
  g_autoptr(PlnScenario) s = scene_of("model-un",
                                      "id,title,record,rule\np,P,complete,mun-two-thirds\n"
                                      "q,Q,complete,consensus\n",
                                      "proposal,state,vote\n"
                                      "p,ANA,Y\np,BEA,Y\np,CAI,N\np,DIA,N\np,EDA,X\n"
                                      "q,ANA,Y\nq,BEA,Y\nq,CAI,N\nq,DIA,N\nq,EDA,X\n",
                                      members);
  g_autoptr(PlnReplay) replay = scene_replay(s, NULL);
  CU_ASSERT_STRING_EQUAL(scene_item(replay, "p")->other->rule->id,
                         "simple-majority-present-voting");
  CU_ASSERT_PTR_NULL(scene_item(replay, "q")->other);
  pln_replay_free(NULL);
}

int main(void) {
  CU_TestInfo tests[] = {{"74/247 turned", test_74_247_turned},
                         {"vote with bloc", test_vote_with_bloc},
                         {"a disputed record stays", test_disputed_record_stays},
                         {"computed or not", test_computed_or_not},
                         {"fates turn", test_fates_turn},
                         {"fallen but recorded", test_fallen_but_recorded},
                         {"no vote yet", test_no_vote_yet},
                         {"some names", test_some_names},
                         {"refused", test_refused},
                         {"blocs made from votes", test_blocs_made_from_votes},
                         {"the weakest fact", test_weakest},
                         {"weights", test_weights},
                         {"weights missing", test_weights_missing},
                         {"the other majority", test_other_majority},
                         CU_TEST_INFO_NULL};
  int status = suite_run("replay: what if", tests);
  scene_end();
  return status;
}
