/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked, what a yes means, and what of a record can be counted. */
#include "plenary/proposal.h"

#include "scene.h"
#include "suite.h"

static gboolean asks(PlnKind kind, const char *provision, const char *stated,
                     const char *question) {
  PlnProposal p = {.kind = kind, .provision = provision, .question = stated};
  g_autofree char *got = pln_proposal_question(&p);
  return g_strcmp0(got, question) == 0;
}

static void test_questions(void) {
  CU_ASSERT_TRUE(asks(PLN_KIND_TEXT, "", "", "Shall the text be adopted?"));
  CU_ASSERT_TRUE(asks(PLN_KIND_AMENDMENT, "Article 14", "", "Shall Article 14 be amended?"));
  CU_ASSERT_TRUE(asks(PLN_KIND_AMENDMENT, "?", "", "Shall the text be amended?"));
  CU_ASSERT_TRUE(asks(PLN_KIND_DELETION, "Article 6(2)", "", "Shall Article 6(2) be deleted?"));
  CU_ASSERT_TRUE(asks(PLN_KIND_DELETION, "?", "", "Shall the provision (not known) be deleted?"));
  CU_ASSERT_TRUE(asks(PLN_KIND_PARAGRAPH, "paragraph 3", "", "Shall paragraph 3 be kept?"));
  CU_ASSERT_TRUE(asks(PLN_KIND_PARAGRAPH, "", "", "Shall the paragraph be kept?"));
  CU_ASSERT_TRUE(asks(PLN_KIND_MOTION, "", "", "Shall the motion be carried?"));
  CU_ASSERT_TRUE(asks(PLN_KIND_WHOLE, "", "", "Shall the text as a whole be adopted?"));
  CU_ASSERT_TRUE(asks(PLN_KIND_WHOLE, "", "And now?", "And now?")); /* as put */
}

/* Opposite polarity: to delete a paragraph takes yes, to strike it in a separate vote no. */
static void test_what_yes_does(void) {
  static const char *const yes[] = {"adopts", "amends", "deletes", "keeps", "carries", "adopts"};
  for (int kind = PLN_KIND_TEXT; kind <= PLN_KIND_WHOLE; kind++)
    CU_ASSERT_STRING_EQUAL(pln_kind_yes((PlnKind)kind), yes[kind]);
}

/* Each list of words has a word for every constant of its enum, and no more. */
static void test_words(void) {
  CU_ASSERT_EQUAL(g_strv_length((char **)pln_kind_words), PLN_KIND_WHOLE + 1);
  CU_ASSERT_EQUAL(g_strv_length((char **)pln_motion_words), PLN_MOTION_RECONSIDER + 1);
  CU_ASSERT_EQUAL(g_strv_length((char **)pln_record_words), PLN_RECORD_OUTCOME + 1);
  CU_ASSERT_EQUAL(g_strv_length((char **)pln_result_words), PLN_RESULT_UNKNOWN + 1);
  CU_ASSERT_EQUAL(g_strv_length((char **)pln_not_voting_words), PLN_REASON_CREDENTIALS + 1);
  CU_ASSERT_EQUAL(g_strv_length((char **)pln_status_words), PLN_STATUS_KINDS);
  CU_ASSERT_EQUAL(g_strv_length((char **)pln_state_kinds), PLN_STATE_ORGANIZATION + 1);
  CU_ASSERT_EQUAL(g_strv_length((char **)pln_statement_words), PLN_STATEMENT_POSITION + 1);
  CU_ASSERT_STRING_EQUAL(pln_record_words[PLN_RECORD_TALLY], "tally");
  CU_ASSERT_STRING_EQUAL(pln_result_words[PLN_RESULT_WITHOUT_VOTE], "adopted-without-vote");
  CU_ASSERT_STRING_EQUAL(pln_motion_words[PLN_MOTION_NO_ACTION], "no-action");
  CU_ASSERT_STRING_EQUAL(pln_status_words[PLN_STATUS_RECALLED], "recalled");
}

static const char five[] = "state,name\nANA,Ana\nBEA,Bea\nCAI,Cai\nDIA,Dia\nEDA,Eda\n";

static PlnScenario *record(const char *row, const char *votes) {
  g_autofree char *proposals =
      g_strconcat("id,title,record,yes,no,abstain,not_voting,outcome\np,P,", row, "\n", NULL);
  return scene_of("model-un", proposals, votes, five);
}

/* Votes by seat as letters, "?" where not named, and how many are unnamed. */
static gboolean holds(const PlnScenario *s, const char *letters, guint32 y, guint32 n, guint32 a,
                      guint32 x) {
  guint32 unnamed[PLN_VOTE_KINDS];
  const PlnProposal *p = pln_scenario_proposal(s, 0);
  g_autofree PlnVote *vote = pln_proposal_votes(p, unnamed);
  for (guint i = 0; i < p->roster->n; i++)
    if (letters[i] != (vote[i] == PLN_VOTE_UNKNOWN ? '?' : "YNAX"[vote[i]]))
      return FALSE;
  return scene_counts(unnamed, y, n, a, x);
}

static void test_complete(void) {
  g_autoptr(PlnScenario) s =
      record("complete,,,,,", "state,vote\nEDA,Y\nANA,N\nBEA,X\nCAI,Y\nDIA,A\n");
  CU_ASSERT_TRUE(pln_proposal_counted(pln_scenario_proposal(s, 0)));
  CU_ASSERT_TRUE(holds(s, "NXYAY", 0, 0, 0, 0));
}

static void test_partial(void) {
  g_autoptr(PlnScenario) with = record("partial,2,1,1,,", "state,vote\nBEA,Y\nEDA,A\n");
  CU_ASSERT_TRUE(pln_proposal_counted(pln_scenario_proposal(with, 0)));
  CU_ASSERT_TRUE(holds(with, "?Y??A", 1, 1, 0, 1)); /* five less four that voted or abstained */
  g_autoptr(PlnScenario) absent = record("partial,2,1,0,,", "state,vote\nBEA,Y\nEDA,X\n");
  CU_ASSERT_TRUE(holds(absent, "?Y??X", 1, 1, 0, 1));
  g_autoptr(PlnScenario) without = record("partial,2,?,1,,", "state,vote\nBEA,Y\nEDA,A\n");
  CU_ASSERT_FALSE(pln_proposal_counted(pln_scenario_proposal(without, 0)));
  g_autoptr(PlnScenario) two = record("partial,2,1,?,,", "state,vote\nBEA,Y\nEDA,A\n");
  CU_ASSERT_FALSE(pln_proposal_counted(pln_scenario_proposal(two, 0)));
  g_autoptr(PlnScenario) none = record("partial,,,,,", "state,vote\nBEA,Y\nEDA,A\n");
  CU_ASSERT_FALSE(pln_proposal_counted(pln_scenario_proposal(none, 0)));
  CU_ASSERT_TRUE(holds(none, "XYXXA", 0, 0, 0, 0)); /* for edits to be laid over */
}

static void test_tally(void) {
  g_autoptr(PlnScenario) s = record("tally,2,1,0,,", NULL);
  CU_ASSERT_TRUE(pln_proposal_counted(pln_scenario_proposal(s, 0)));
  CU_ASSERT_TRUE(holds(s, "?????", 2, 1, 0, 2));
  g_autoptr(PlnScenario) stated = record("tally,2,1,0,2,", NULL);
  CU_ASSERT_TRUE(holds(stated, "?????", 2, 1, 0, 2));
}

static void test_outcome_and_none(void) {
  g_autoptr(PlnScenario) outcome = record("outcome,?,?,?,?,rejected", NULL);
  CU_ASSERT_FALSE(pln_proposal_counted(pln_scenario_proposal(outcome, 0)));
  g_autoptr(PlnScenario) none = record(",,,,,", NULL);
  CU_ASSERT_FALSE(pln_proposal_counted(pln_scenario_proposal(none, 0)));
  CU_ASSERT_TRUE(holds(none, "XXXXX", 0, 0, 0, 0)); /* for edits to be laid over */
}

int main(void) {
  CU_TestInfo tests[] = {{"questions", test_questions},
                         {"what yes does", test_what_yes_does},
                         {"words", test_words},
                         {"complete", test_complete},
                         {"partial", test_partial},
                         {"tally", test_tally},
                         {"outcome and none", test_outcome_and_none},
                         CU_TEST_INFO_NULL};
  int status = suite_run("proposal", tests);
  scene_end();
  return status;
}
