/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits: how they are read, in which order they are laid, and which are refused. */
#include "plenary/whatif.h"

#include <string.h>

#include "plenary/asked.h"
#include "plenary/error.h"
#include "scene.h"
#include "suite.h"

/* Two groups and a loner.  East: yes yes no absent; West: no no abstains absent absent. */
static const char members[] = "state,name,group\n"
                              "E1,E one,East\nE2,E two,East\nE3,E three,East\nE4,E four,East\n"
                              "W1,W one,West\nW2,W two,West\nW3,W three,West\nW4,W four,West\n"
                              "W5,W five,West\nZZ,Loner,\n";

static PlnScenario *two_groups(void) {
  return scene_of("model-un", "id,title,record\np,P,complete\n",
                  "state,vote\nE1,Y\nE2,Y\nE3,N\nE4,X\nW1,N\nW2,N\nW3,A\nW4,X\nW5,X\nZZ,X\n",
                  members);
}

/* The votes on the first proposal after the edits, as letters in the order of codes. */
static gboolean becomes(const PlnScenario *s, PlnWhatIf *w, const char *letters) {
  const PlnProposal *p = pln_scenario_proposal(s, 0);
  g_autoptr(PlnWhatIf) whatif = w;
  g_autoptr(GError) error = NULL;
  guint32 unnamed[PLN_VOTE_KINDS];
  g_autofree PlnVote *vote = pln_proposal_votes(p, unnamed);
  if (!pln_whatif_apply(whatif, s, 0, vote, unnamed, &error)) {
    printf("\n  %s\n", error->message);
    return FALSE;
  }
  g_autofree char *got = g_new0(char, p->roster->n + 1);
  for (guint i = 0; i < p->roster->n; i++)
    got[i] = vote[i] < PLN_VOTE_KINDS ? "YNAX"[vote[i]] : '?';
  if (strcmp(got, letters) != 0)
    printf("\n  expected %s, got %s\n", letters, got);
  return strcmp(got, letters) == 0;
}

static void test_nothing(void) {
  g_autoptr(PlnScenario) s = two_groups();
  g_autoptr(PlnWhatIf) w = pln_whatif_new();
  CU_ASSERT_FALSE(pln_whatif_any(w));
  CU_ASSERT_TRUE(becomes(s, pln_whatif_new(), "YYNXNNAXXX"));
  pln_whatif_free(NULL);
}

static void test_set(void) {
  g_autoptr(PlnScenario) s = two_groups();
  CU_ASSERT_TRUE(becomes(s, scene_whatif(s, "E1=N", "ZZ=A", NULL), "NYNXNNAXXA"));
  CU_ASSERT_TRUE(becomes(s, scene_whatif(s, "ALL=X", NULL), "XXXXXXXXXX"));
  CU_ASSERT_TRUE(becomes(s, scene_whatif(s, "ALL=Y", "ALL=N", "E3=Y", NULL), "NNYNNNNNNN"));
  CU_ASSERT_TRUE(becomes(s, scene_whatif(s, "p:W3=Y", NULL), "YYNXNNYXXX"));
}

/* A bloc moves those of it that have a vote here; what comes later wins. */
static void test_set_a_bloc(void) {
  g_autoptr(PlnScenario) s =
      scene_of("model-un", "id,title,record\np,P,complete\n",
               "state,vote\nFRA,Y\nUSA,Y\nANA,Y\nDEU,Y\nGBR,Y\n",
               "state,name\nFRA,\nUSA,\nANA,Ana\nDEU,\nGBR,\n");
  CU_ASSERT_TRUE(becomes(s, scene_whatif(s, "EU27=N", NULL), "YNNYY")); /* ANA DEU FRA GBR USA */
  CU_ASSERT_TRUE(becomes(s, scene_whatif(s, "P5=A", "FRA=X", NULL), "YYXAA"));
}

static void test_abstain_as(void) {
  g_autoptr(PlnScenario) s = two_groups();
  CU_ASSERT_TRUE(becomes(s, scene_whatif(s, "--abstain-as=yes", NULL), "YYNXNNYXXX"));
  CU_ASSERT_TRUE(becomes(s, scene_whatif(s, "--abstain-as=no", NULL), "YYNXNNNXXX"));
  CU_ASSERT_TRUE(becomes(s, scene_whatif(s, "--abstain-as=absent", NULL), "YYNXNNXXXX"));
}

static void test_absent(void) {
  g_autoptr(PlnScenario) s = two_groups();
  CU_ASSERT_TRUE(becomes(s, scene_whatif(s, "--absent=yes", NULL), "YYNYNNAYYY"));
  CU_ASSERT_TRUE(becomes(s, scene_whatif(s, "--absent=no", NULL), "YYNNNNANNN"));
  CU_ASSERT_TRUE(becomes(s, scene_whatif(s, "--absent=abstain", NULL), "YYNANNAAAA"));
  /* East's line is yes (2 of 3), West's no (2 of 3); the loner has none. */
  CU_ASSERT_TRUE(becomes(s, scene_whatif(s, "--absent=vote-with-bloc", NULL), "YYNYNNANNX"));
}

/* Who joins its group does not move its line, and a split group has none. */
static void test_with_a_bloc_that_is_split(void) {
  g_autoptr(PlnScenario) s =
      scene_of("model-un", "id,title,record\np,P,complete\n",
               "state,vote\nE1,Y\nE2,N\nE3,X\nE4,X\nW1,A\nW2,X\nW3,X\nW4,X\nW5,X\nZZ,N\n", members);
  CU_ASSERT_TRUE(becomes(s, scene_whatif(s, "--absent=vote-with-bloc", NULL), "YNXXAAAAAN"));
}

/* Whatever the order in which they are given: absent, then abstain-as, then set. */
static void test_order(void) {
  g_autoptr(PlnScenario) s = two_groups();
  CU_ASSERT_TRUE(becomes(s, scene_whatif(s, "E4=X", "--abstain-as=no", "--absent=abstain", NULL),
                         "YYNXNNNNNN"));
  /* Those that abstain are made absent after the absent have voted: they stay away. */
  CU_ASSERT_TRUE(becomes(s, scene_whatif(s, "--abstain-as=absent", "--absent=yes", NULL),
                         "YYNYNNXYYY"));
  CU_ASSERT_TRUE(becomes(s, scene_whatif(s, "W3=A", "--abstain-as=yes", NULL), "YYNXNNAXXX"));
}

/* On a tally, numbers move; a state's vote cannot, for it is not known. */
static void test_tally(void) {
  g_autoptr(PlnScenario) s =
      scene_of("model-un", "id,title,record,yes,no,abstain\np,P,tally,4,2,1\n", NULL, members);
  const PlnProposal *p = pln_scenario_proposal(s, 0);
  guint32 unnamed[PLN_VOTE_KINDS];
  g_autofree PlnVote *vote = pln_proposal_votes(p, unnamed);
  g_autoptr(PlnWhatIf) w = scene_whatif(s, "--absent=no", "--abstain-as=yes", NULL);
  CU_ASSERT_TRUE(pln_whatif_apply(w, s, 0, vote, unnamed, NULL));
  CU_ASSERT_TRUE(scene_counts(unnamed, 5, 5, 0, 0));
  static const char *const refused[] = {"E1=N", "ALL=Y", "p:E2=Y"};
  for (guint i = 0; i < G_N_ELEMENTS(refused); i++) {
    g_autoptr(PlnWhatIf) edit = scene_whatif(s, refused[i], NULL);
    CU_ASSERT_TRUE(scene_refused(s, edit, "is not public"));
  }
  g_autoptr(PlnWhatIf) with = scene_whatif(s, "--absent=vote-with-bloc", NULL);
  CU_ASSERT_TRUE(scene_refused(s, with, "who did not vote is not public"));
}

/* Of a partial record, the named may be moved and take their vote out of the tally. */
static void test_partial(void) {
  g_autoptr(PlnScenario) s =
      scene_of("model-un", "id,title,record,yes,no,abstain\np,P,partial,4,2,1\n",
               "state,vote\nE1,Y\nE2,X\nW1,N\n", members);
  CU_ASSERT_TRUE(becomes(s, scene_whatif(s, "E1=N", "E2=A", NULL), "NA??N?????"));
  g_autoptr(PlnWhatIf) w = scene_whatif(s, "E1=N", NULL);
  g_autoptr(PlnReplay) replay = scene_replay(s, w);
  CU_ASSERT_TRUE(scene_counts(pln_replay_item(replay, 0)->whatif->tally.count, 3, 3, 1, 3));
  g_autoptr(PlnWhatIf) group = scene_whatif(s, "E1=N", "E3=N", NULL);
  CU_ASSERT_TRUE(scene_refused(s, group, "E3=N on p: how E3 voted is not public"));
}

static void test_no_vote_there(void) {
  g_autoptr(PlnScenario) s = two_groups();
  g_autoptr(PlnWhatIf) state = scene_whatif(s, "RUS=N", NULL);
  g_autoptr(PlnWhatIf) bloc = scene_whatif(s, "EU=N", NULL);
  CU_ASSERT_TRUE(scene_refused(s, state, "RUS=N on p: RUS had no vote there"));
  CU_ASSERT_TRUE(scene_refused(s, bloc, "EU=N on p: EU had no vote there"));
}

static gboolean refuses(const PlnScenario *s, const char *edit, const char *part) {
  g_autoptr(PlnWhatIf) w = pln_whatif_new();
  g_autoptr(GError) error = NULL;
  return !pln_whatif_set(w, s, edit, &error) && w->edits->len == 0 &&
         scene_error(&error, PLN_ERROR_USAGE, part);
}

static void test_unreadable(void) {
  g_autoptr(PlnScenario) s = two_groups();
  CU_ASSERT_TRUE(refuses(s, "", "unreadable edit"));
  CU_ASSERT_TRUE(refuses(s, "RUS", "unreadable edit \"RUS\"; expected such as RUS=N"));
  CU_ASSERT_TRUE(refuses(s, "=N", "unreadable edit"));
  CU_ASSERT_TRUE(refuses(s, "RUS=", "unknown vote \"\""));
  CU_ASSERT_TRUE(refuses(s, "RUS=n", "unknown vote \"n\"; expected Y, N, A or X"));
  CU_ASSERT_TRUE(refuses(s, "RUS=NN", "unknown vote \"NN\""));
  CU_ASSERT_TRUE(refuses(s, "RUX=N", "unknown state or bloc \"RUX\""));
  CU_ASSERT_TRUE(refuses(s, "ALLL=N", "did you mean ALL?"));
  CU_ASSERT_TRUE(refuses(s, "BRICKS=N", "did you mean BRICS?"));
  CU_ASSERT_TRUE(refuses(s, "p:=N", "unknown state or bloc \"\""));
  CU_ASSERT_TRUE(refuses(s, "q:RUS=N", "unknown proposal \"q\"; expected one of the scenario's"));
  CU_ASSERT_TRUE(refuses(s, ":RUS=N", "unknown proposal \"\""));
}

static void test_unknown_options(void) {
  g_autoptr(PlnScenario) s = two_groups();
  g_autoptr(PlnWhatIf) w = pln_whatif_new();
  g_autoptr(GError) error = NULL;
  CU_ASSERT_FALSE(pln_whatif_rule(w, s, "two-third-present-voting", &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_USAGE, "did you mean two-thirds-present-voting?"));
  CU_ASSERT_FALSE(pln_whatif_abstain_as(w, "abstain", &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_USAGE, "expected yes, no or absent"));
  CU_ASSERT_FALSE(pln_whatif_absent(w, "vote-with-block", &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_USAGE, "did you mean vote-with-bloc?"));
  CU_ASSERT_FALSE(pln_whatif_any(w));
}

/* ALL is all, even where a delegation has chosen it for a code. */
static void test_all_is_all(void) {
  g_autoptr(PlnScenario) s =
      scene_of("model-un", "id,title,record\np,P,complete\n", "state,vote\nALL,Y\nANA,Y\n",
               "state,name\nALL,Allia\nANA,Ana\n");
  CU_ASSERT_TRUE(becomes(s, scene_whatif(s, "ALL=N", NULL), "NN"));
}

/* Those of which the tables say who has joined, and to what day; of Palermo they do not. */
static void test_treaty(void) {
  g_autoptr(GError) error = NULL;
  CU_ASSERT_STRING_EQUAL(pln_asked_treaty(scene_world(), "hanoi", NULL), "hanoi");
  CU_ASSERT_PTR_NULL(pln_asked_treaty(scene_world(), "budapst", &error));
  CU_ASSERT_STRING_EQUAL(error->message, "unknown treaty \"budapst\"; expected hanoi or budapest; "
                                         "did you mean budapest?");
  CU_ASSERT_PTR_NULL(pln_asked_treaty(scene_world(), "palermo", NULL));
}

int main(void) {
  CU_TestInfo tests[] = {{"nothing", test_nothing},
                         {"set", test_set},
                         {"set a bloc", test_set_a_bloc},
                         {"abstain as", test_abstain_as},
                         {"absent", test_absent},
                         {"with a bloc that is split", test_with_a_bloc_that_is_split},
                         {"order", test_order},
                         {"tally", test_tally},
                         {"partial", test_partial},
                         {"no vote there", test_no_vote_there},
                         {"unreadable", test_unreadable},
                         {"unknown options", test_unknown_options},
                         {"ALL is all", test_all_is_all},
                         {"a treaty", test_treaty},
                         CU_TEST_INFO_NULL};
  int status = suite_run("whatif", tests);
  scene_end();
  return status;
}
