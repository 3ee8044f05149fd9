/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Votes with and without names counted under a rule, and why some are not. */
#include "plenary/poll.h"

#include <string.h>

#include "scene.h"
#include "suite.h"

enum { Y = PLN_VOTE_Y, N = PLN_VOTE_N, A = PLN_VOTE_A, X = PLN_VOTE_X };

/* The Security Council of 2026 with its permanent members and ten made up. */
static PlnScenario *council(void) {
  GString *members = g_string_new("state,name\nCHN,\nFRA,\nGBR,\nRUS,\nUSA,\n");
  for (int i = 1; i <= 10; i++)
    g_string_append_printf(members, "E%02d,Elected %d\n", i, i);
  g_autofree char *text = g_string_free(members, FALSE);
  return scene_of("security-council", "id,title\np,P\n", NULL, text);
}

/* A vote of so many letters, in the order of the roster; "?" is not named. */
static PlnVote *votes(const char *letters) {
  guint n = (guint)strlen(letters);
  PlnVote *vote = g_new(PlnVote, n + 1);
  for (guint i = 0; i < n; i++)
    vote[i] = letters[i] == '?' ? PLN_VOTE_UNKNOWN : (PlnVote)(strchr("YNAX", letters[i]) - "YNAX");
  return vote;
}

static PlnPoll *poll(const PlnScenario *s, const char *rule, const char *letters,
                     const guint32 unnamed[PLN_VOTE_KINDS]) {
  static const guint32 none[PLN_VOTE_KINDS];
  const PlnRoster *roster = pln_scenario_proposal(s, 0)->roster;
  CU_ASSERT_EQUAL_FATAL(strlen(letters), roster->n);
  return pln_poll_new(s, roster, pln_world_rule(s->world, rule), votes(letters),
                      unnamed ? unnamed : none);
}

/* In the order of codes: CHN, E01 to E10, FRA, GBR, RUS, USA. */
static void test_veto(void) {
  g_autoptr(PlnScenario) s = council();
  PlnPoll *vetoed = poll(s, "security-council", "YYYYYYYYYYYYYNY", NULL);
  CU_ASSERT_FALSE(pln_poll_adopted(vetoed));
  CU_ASSERT_EQUAL(vetoed->verdict.reason, PLN_REASON_VETO);
  CU_ASSERT_EQUAL(vetoed->tally.vetoes, 1);
  CU_ASSERT_EQUAL(vetoed->turn[N][A], 1);
  CU_ASSERT_EQUAL(vetoed->turn[Y][N], 0);
  guint8 elected[15] = {0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0};
  guint8 russia[15] = {[13] = 1};
  CU_ASSERT_EQUAL(pln_poll_turn_by(vetoed, elected), 0);
  CU_ASSERT_EQUAL(pln_poll_turn_by(vetoed, russia), 1);
  pln_poll_free(vetoed);

  PlnPoll *abstained = poll(s, "security-council", "AYYYYYYYYNNYAXA", NULL);
  CU_ASSERT_TRUE(pln_poll_adopted(abstained)); /* nine, and none of the five against */
  CU_ASSERT_EQUAL(abstained->verdict.needed, 9);
  CU_ASSERT_EQUAL(abstained->turn[A][N], 1);
  CU_ASSERT_EQUAL(pln_poll_turn_by(abstained, elected), 1);
  CU_ASSERT_EQUAL(pln_poll_turn_by(abstained, russia), 0); /* it has no yes to take back */
  pln_poll_free(abstained);

  PlnPoll *procedure = poll(s, "security-council-procedural", "YYYYYYYYYYYYYNY", NULL);
  CU_ASSERT_TRUE(pln_poll_adopted(procedure));
  CU_ASSERT_PTR_NULL(procedure->veto);
  pln_poll_free(procedure);
}

/* A veto is some member's: without names the rule cannot be applied. */
static void test_veto_without_names(void) {
  g_autoptr(PlnScenario) s = council();
  static const guint32 unnamed[PLN_VOTE_KINDS] = {12, 1, 1, 0};
  PlnPoll *p = poll(s, "security-council", "?Y?????????????", unnamed);
  CU_ASSERT_FALSE(p->by_state);
  CU_ASSERT_PTR_NOT_NULL_FATAL(p->why_not);
  CU_ASSERT_PTR_NOT_NULL(strstr(p->why_not, "veto"));
  CU_ASSERT_FALSE(pln_poll_adopted(p));
  CU_ASSERT_TRUE(scene_counts(p->tally.count, 13, 1, 1, 0));
  CU_ASSERT_EQUAL(p->verdict.needed, 0);
  for (int i = 0; i < 4; i++)
    CU_ASSERT_TRUE(scene_counts(p->turn[i], 0, 0, 0, 0));
  pln_poll_free(p);
}

static PlnScenario *weighted(gboolean weights) {
  return scene_of("eu-council", "id,title\np,P\n", NULL,
                  weights ? "state,name,weight\nANA,Ana,40\nBEA,Bea,30\nCAI,Cai,10\nDIA,Dia,10\n"
                            "EDA,Eda,10\n"
                          : "state,name\nANA,Ana\nBEA,Bea\nCAI,Cai\nDIA,Dia\nEDA,Eda\n");
}

/* 55 % of five members is three, 65 % of 100 is 65; fewer than four cannot block. */
static void test_weights(void) {
  g_autoptr(PlnScenario) s = weighted(TRUE);
  PlnPoll *light = poll(s, "eu-council-qualified", "NYYYY", NULL);
  CU_ASSERT_EQUAL(light->verdict.reason, PLN_REASON_NO_BLOCK); /* one alone */
  CU_ASSERT_EQUAL(light->verdict.weight_yes, 60);
  CU_ASSERT_EQUAL(light->verdict.weight_needed, 65);
  CU_ASSERT_EQUAL(light->verdict.needed, 3);
  pln_poll_free(light);
  PlnPoll *heavy = poll(s, "eu-council-qualified", "YNANX", NULL);
  CU_ASSERT_FALSE(pln_poll_adopted(heavy));
  CU_ASSERT_EQUAL(heavy->verdict.reason, PLN_REASON_SHORT);
  guint8 absent[5] = {0, 0, 0, 0, 1};
  CU_ASSERT_EQUAL(pln_poll_turn_by(heavy, absent), 1); /* four against are three then */
  pln_poll_free(heavy);
  PlnPoll *plain = poll(s, "all-members-majority", "YNANX", NULL);
  CU_ASSERT_EQUAL(plain->tally.weight[Y], 1); /* the vote counts states */
  pln_poll_free(plain);
}

static void test_weights_missing(void) {
  static const guint32 unnamed[PLN_VOTE_KINDS] = {5, 0, 0, 0};
  g_autoptr(PlnScenario) without = weighted(FALSE), with = weighted(TRUE);
  PlnPoll *none = poll(without, "eu-council-qualified", "YYYYY", NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(none->why_not);
  CU_ASSERT_PTR_NOT_NULL(strstr(none->why_not, "members.csv"));
  CU_ASSERT_TRUE(none->by_state);
  pln_poll_free(none);
  PlnPoll *hidden = poll(with, "eu-council-qualified", "?????", unnamed);
  CU_ASSERT_PTR_NOT_NULL_FATAL(hidden->why_not);
  CU_ASSERT_PTR_NOT_NULL(strstr(hidden->why_not, "does not name"));
  pln_poll_free(hidden);
}

/* A tally counts as the same votes would with names, whoever is given them. */
static void test_unnamed(void) {
  static const guint32 unnamed[PLN_VOTE_KINDS] = {2, 0, 1, 1};
  g_autoptr(PlnScenario) s = weighted(FALSE);
  PlnPoll *hidden = poll(s, "simple-majority-present-voting", "??N??", unnamed);
  PlnPoll *named = poll(s, "simple-majority-present-voting", "YYNAX", NULL);
  CU_ASSERT_FALSE(hidden->by_state);
  CU_ASSERT_TRUE(named->by_state);
  CU_ASSERT_PTR_NULL(hidden->why_not);
  CU_ASSERT_TRUE(scene_counts(hidden->tally.count, 2, 1, 1, 1));
  CU_ASSERT_TRUE(pln_poll_adopted(hidden) && pln_poll_adopted(named));
  CU_ASSERT_EQUAL(memcmp(hidden->turn, named->turn, sizeof named->turn), 0);
  for (guint i = 0; i < 5; i++)
    CU_ASSERT_TRUE(hidden->vote[i] < PLN_VOTE_KINDS);
  CU_ASSERT_EQUAL(hidden->vote[2], N); /* who is named keeps its vote */
  pln_poll_free(hidden);
  pln_poll_free(named);
}

/* Not adopted: whoever could turn it with the fewest, from no, abstaining or absent. */
static void test_turn_by_the_fewest(void) {
  g_autoptr(PlnScenario) s = weighted(FALSE);
  guint8 all[5] = {1, 1, 1, 1, 1}, nobody[5] = {0}, last[5] = {0, 0, 0, 0, 1};
  PlnPoll *p = poll(s, "simple-majority-present-voting", "NNYAX", NULL);
  CU_ASSERT_EQUAL(pln_poll_turn_by(p, all), 1); /* one no to yes; two abstentions are not there */
  CU_ASSERT_EQUAL(pln_poll_turn_by(p, nobody), 0);
  CU_ASSERT_EQUAL(pln_poll_turn_by(p, last), 0); /* 2 to 2 is no majority */
  pln_poll_free(p);
  PlnPoll *tie = poll(s, "ga-simple-majority", "NYXXA", NULL);
  CU_ASSERT_EQUAL(tie->verdict.outcome, PLN_OUTCOME_TIED);
  CU_ASSERT_FALSE(pln_poll_adopted(tie));
  CU_ASSERT_EQUAL(pln_poll_turn_by(tie, last), 1);
  pln_poll_free(tie);
  pln_poll_free(NULL);
}

static gboolean decisive(const PlnPoll *poll, const char *ones) {
  for (guint i = 0; i < poll->n; i++)
    if (poll->decisive[i] != (ones[i] == '1'))
      return FALSE;
  return TRUE;
}

/* Whoever could have turned it alone, by joining the other side. */
static void test_decisive(void) {
  static const struct {
    const char *rule, *votes, *ones;
  } cases[] = {{"simple-majority-present-voting", "YYNAX", "11000"}, /* 1 to 2 */
               {"simple-majority-present-voting", "NNYAX", "11000"}, /* the others make it 2 to 2 */
               {"simple-majority-present-voting", "NYXXA", "10111"}, /* a tie hangs on each */
               {"simple-majority-present-voting", "YYYNX", "11100"}, /* 2 to 2 fails */
               {"simple-majority-present-voting", "YYYXX", "00000"},
               {"two-thirds-present-voting", "YYNXX", "11000"},
               {"all-members-majority", "YYAAN", "00111"},
               {"all-members-majority", "YYXXX", "00111"},
               {"consensus", "YYYYN", "00001"},
               {"eu-council-qualified", "YYAAN", "00000"}}; /* not computed */
  g_autoptr(PlnScenario) s = weighted(FALSE), with = weighted(TRUE);
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    PlnPoll *p = poll(s, cases[i].rule, cases[i].votes, NULL);
    CU_ASSERT_TRUE(decisive(p, cases[i].ones));
    pln_poll_free(p);
  }
  static const guint32 unnamed[PLN_VOTE_KINDS] = {2, 1, 1, 1};
  PlnPoll *hidden = poll(s, "simple-majority-present-voting", "?????", unnamed);
  CU_ASSERT_TRUE(decisive(hidden, "00000")); /* somebody's vote, but whose? */
  pln_poll_free(hidden);
  PlnPoll *heavy = poll(with, "eu-council-qualified", "YYNAX", NULL);
  CU_ASSERT_TRUE(decisive(heavy, "11000")); /* with four against, they block */
  pln_poll_free(heavy);
}

/* Nine members of 10 but for one giant of 60: it alone would do, of the light ones two would,
 * as the three that are left cannot block. */
static void test_turn_by_weight(void) {
  g_autoptr(PlnScenario) s = scene_of("eu-council", "id,title\np,P\n", NULL,
                                      "state,name,weight\nA1,A,10\nA2,A,10\nA3,A,10\nA4,A,10\n"
                                      "B1,B,10\nB2,B,10\nB3,B,10\nB4,B,10\nZZ,Giant,60\n");
  guint8 all[9] = {1, 1, 1, 1, 1, 1, 1, 1, 1}, light[9] = {1, 1, 1, 1, 1, 1, 1, 1, 0};
  PlnPoll *p = poll(s, "eu-council-qualified", "YYYYNNNNA", NULL);
  CU_ASSERT_EQUAL(p->verdict.needed, 5);
  CU_ASSERT_EQUAL(p->verdict.weight_needed, 91);
  CU_ASSERT_EQUAL(p->turn[N][Y], 2);
  CU_ASSERT_EQUAL(pln_poll_turn_by(p, all), 1);
  CU_ASSERT_EQUAL(pln_poll_turn_by(p, light), 2);
  pln_poll_free(p);
}

static void test_nobody_votes(void) {
  g_autoptr(PlnScenario) s =
      scene_of("model-un", "id,title\np,P\n", NULL, "state,name,from\nANA,Ana,2027-01-01\n");
  PlnPoll *p = poll(s, "mun-simple-majority", "", NULL);
  CU_ASSERT_EQUAL(p->n, 0);
  CU_ASSERT_EQUAL(p->verdict.reason, PLN_REASON_NO_MEMBERS);
  pln_poll_free(p);
}

int main(void) {
  CU_TestInfo tests[] = {{"veto", test_veto},
                         {"veto without names", test_veto_without_names},
                         {"weights", test_weights},
                         {"weights missing", test_weights_missing},
                         {"unnamed", test_unnamed},
                         {"turned by the fewest", test_turn_by_the_fewest},
                         {"turned by weight", test_turn_by_weight},
                         {"decisive", test_decisive},
                         {"nobody votes", test_nobody_votes},
                         CU_TEST_INFO_NULL};
  int status = suite_run("poll", tests);
  scene_end();
  return status;
}
