/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Games: every coalition of up to eight under every kind of rule against the rule itself. */
#include "plenary/game.h"

#include "suite.h"

enum { MOST = 8 };

static const guint32 weights[] = {5, 3, 3, 0, 8, 1, 3, 2};
static const guint8 vetoes[] = {0, 1, 0, 0, 0, 0, 1, 0};
static const guint8 no_vetoes[MOST];

static guint disagreements(const PlnRule *rule, guint n, const guint32 *weight,
                           const guint8 *veto) {
  PlnGame game = pln_game_of_rule(rule, n, weight, veto);
  guint wrong =
      game.n != n || game.least < 1 || game.least > n + 1 || game.enough < 1 || game.enough > n + 1;
  for (guint code = 0; code < 1u << n; code++) {
    PlnVote vote[MOST] = {0};
    guint8 in[MOST] = {0};
    for (guint i = 0; i < n; i++) {
      in[i] = code >> i & 1;
      vote[i] = in[i] ? PLN_VOTE_Y : PLN_VOTE_N;
    }
    PlnBallots ballots = {n, vote, weight, veto};
    PlnTally tally = pln_tally(&ballots);
    PlnOutcome outcome = pln_rule_decide(rule, &tally, PLN_STAGE_SECOND_VOTE).outcome;
    gboolean wins = pln_game_wins(&game, in);
    wrong += wins != (outcome == PLN_OUTCOME_ADOPTED) || (wins && code == 0);
  }
  return wrong;
}

static guint every_body(const PlnRule *rule) {
  guint wrong = 0;
  for (guint n = 0; n <= MOST; n++)
    for (guint k = 0; k < 6; k++)
      wrong += disagreements(rule, n, k & 1 ? weights : NULL,
                             k < 2   ? NULL
                             : k < 4 ? vetoes
                                     : no_vetoes);
  return wrong;
}

static void test_rules(void) {
  static const PlnMajority majorities[] = {{0, 1, false}, {1, 2, true}, {2, 3, false},
                                           {1, 1, false}, {1, 1, true}, {13, 20, false}};
  guint wrong = 0, rules = 0;
  for (guint a = 0; a < G_N_ELEMENTS(majorities); a++)
    for (guint b = 0; b < G_N_ELEMENTS(majorities); b++)
      for (guint k = 0; k < 48; k++) {
        PlnRule rule = {.method = k & 1 ? PLN_METHOD_CONSENSUS_FIRST : PLN_METHOD_VOTE,
                        .basis = k % 3,
                        .majority = majorities[a],
                        .min_yes = k & 2 ? 4 : 0,
                        .tie = k & 4 ? PLN_TIE_SECOND_VOTE : PLN_TIE_REJECTS,
                        .veto = k & 8,
                        .weighted = k & 16,
                        .weight_basis = k % 3,
                        .weight_majority = majorities[b],
                        .blocking = k & 4    ? 3
                                    : k & 32 ? 1
                                             : 0};
        wrong += every_body(&rule);
        rules++;
      }
  CU_ASSERT_EQUAL(wrong, 0);
  CU_ASSERT_EQUAL(rules, 6 * 6 * 48);
  PlnRule consensus = {.method = PLN_METHOD_CONSENSUS, .veto = true, .blocking = 3};
  CU_ASSERT_EQUAL(every_body(&consensus), 0);
}

static void test_left_out(void) {
  PlnRule council = {.basis = PLN_BASIS_MEMBERS,
                     .majority = {11, 20, false},
                     .weighted = true,
                     .weight_basis = PLN_BASIS_MEMBERS,
                     .weight_majority = {13, 20, false},
                     .blocking = 4};
  PlnGame game = pln_game_of_rule(&council, 8, weights, vetoes);
  CU_ASSERT_TRUE(game.weight == NULL && game.least == 5 && game.enough == 9); /* 5 are enough */
  council.blocking = 2;
  game = pln_game_of_rule(&council, 8, weights, vetoes);
  CU_ASSERT_TRUE(game.weight == weights && game.least == 5 && game.enough == 7);
  CU_ASSERT_EQUAL(game.least_weight, 17); /* of 25 */
  CU_ASSERT_PTR_NULL(game.veto);          /* the rule knows none */
  council.weighted = false;
  CU_ASSERT_PTR_NULL(pln_game_of_rule(&council, 8, weights, vetoes).weight);
  council.veto = true;
  CU_ASSERT_PTR_EQUAL(pln_game_of_rule(&council, 8, weights, vetoes).veto, vetoes);
  CU_ASSERT_PTR_NULL(pln_game_of_rule(&council, 8, weights, no_vetoes).veto);
}

static void test_types(void) {
  PlnGame game = {.n = 8, .weight = weights, .veto = vetoes, .least = 1, .enough = 9};
  static const guint both[] = {0, 1, 2, 3, 4, 5, 1, 6}, weight[] = {0, 1, 1, 2, 3, 4, 1, 5},
                     veto[] = {0, 1, 0, 0, 0, 0, 1, 0};
  guint type[MOST];
  CU_ASSERT_EQUAL(pln_game_types(&game, type), 7);
  for (guint i = 0; i < MOST; i++)
    CU_ASSERT_EQUAL(type[i], both[i]);
  game.veto = NULL;
  CU_ASSERT_EQUAL(pln_game_types(&game, type), 6);
  for (guint i = 0; i < MOST; i++)
    CU_ASSERT_EQUAL(type[i], weight[i]);
  game.veto = vetoes;
  game.weight = NULL;
  CU_ASSERT_EQUAL(pln_game_types(&game, type), 2);
  for (guint i = 0; i < MOST; i++)
    CU_ASSERT_EQUAL(type[i], veto[i]);
  game.n = 0;
  CU_ASSERT_EQUAL(pln_game_types(&game, type), 0);
}

int main(void) {
  CU_TestInfo tests[] = {{"as the rule decides", test_rules},
                         {"what the rule does not use", test_left_out},
                         {"types", test_types},
                         CU_TEST_INFO_NULL};
  return suite_run("game", tests);
}
