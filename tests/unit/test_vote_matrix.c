/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vote matrix: empty at first, found by code and by id. */
#include "plenary/vote_matrix.h"

#include "suite.h"

static void test_new(void) {
  g_autoptr(PlnVoteMatrix) matrix = pln_vote_matrix_new(3, 2);
  CU_ASSERT_EQUAL(matrix->n_voters, 3);
  CU_ASSERT_EQUAL(matrix->n_calls, 2);
  for (guint i = 0; i < 6; i++)
    CU_ASSERT_EQUAL(matrix->vote[i], PLN_VOTE_UNKNOWN);
  for (guint i = 0; i < 3; i++)
    CU_ASSERT_TRUE(!*matrix->voter[i].code && !*matrix->voter[i].name && !*matrix->voter[i].group);
  CU_ASSERT_TRUE(!*matrix->call[1].id && !*matrix->call[1].symbol && !*matrix->call[1].title);
  CU_ASSERT_EQUAL(matrix->call[1].day, PLN_DAY_NONE);
  CU_ASSERT_EQUAL(matrix->call[1].session, -1);
  CU_ASSERT_PTR_EQUAL(pln_vote_matrix_row(matrix, 1), matrix->vote + 3);
  pln_vote_matrix_free(NULL);
}

static void test_empty(void) {
  g_autoptr(PlnVoteMatrix) matrix = pln_vote_matrix_new(0, 0);
  CU_ASSERT_EQUAL(pln_vote_matrix_voter(matrix, "FRA"), -1);
  CU_ASSERT_EQUAL(pln_vote_matrix_call(matrix, "1"), -1);
}

static void test_found(void) {
  static const char *const codes[] = {"AFG", "FRA", "FRX", "USA", "ZWE"};
  g_autoptr(PlnVoteMatrix) matrix = pln_vote_matrix_new(5, 2);
  for (guint i = 0; i < 5; i++)
    matrix->voter[i].code = codes[i];
  matrix->call[0].id = "9087";
  matrix->call[1].id = "33";
  for (int i = 0; i < 5; i++)
    CU_ASSERT_EQUAL(pln_vote_matrix_voter(matrix, codes[i]), i);
  CU_ASSERT_EQUAL(pln_vote_matrix_voter(matrix, "AAA"), -1);
  CU_ASSERT_EQUAL(pln_vote_matrix_voter(matrix, "FR"), -1);
  CU_ASSERT_EQUAL(pln_vote_matrix_voter(matrix, "ZZZ"), -1);
  CU_ASSERT_EQUAL(pln_vote_matrix_call(matrix, "33"), 1);
  CU_ASSERT_EQUAL(pln_vote_matrix_call(matrix, "34"), -1);
}

static void test_kept(void) {
  g_autoptr(PlnVoteMatrix) matrix = pln_vote_matrix_new(1, 1);
  char text[] = "one";
  const char *kept = pln_vote_matrix_keep(matrix, text);
  text[0] = 'x';
  CU_ASSERT_STRING_EQUAL(kept, "one");
  CU_ASSERT_PTR_EQUAL(pln_vote_matrix_keep(matrix, "one"), kept);
  CU_ASSERT_STRING_EQUAL(pln_vote_matrix_keep(matrix, ""), "");
}

static void test_picked(void) {
  g_autoptr(PlnVoteMatrix) matrix = pln_vote_matrix_new(2, 3);
  matrix->voter[1].code = "FRA";
  matrix->call[2].id = "c";
  pln_vote_matrix_row(matrix, 2)[1] = PLN_VOTE_A;
  g_autoptr(PlnVoteMatrix) picked = pln_vote_matrix_pick(matrix, 2, (guint[]){2, 0});
  CU_ASSERT_EQUAL(picked->n_calls, 2);
  CU_ASSERT_STRING_EQUAL(picked->call[0].id, "c");
  CU_ASSERT_STRING_EQUAL(picked->voter[1].code, "FRA");
  CU_ASSERT_EQUAL(pln_vote_matrix_row(picked, 0)[1], PLN_VOTE_A);
  CU_ASSERT_EQUAL(pln_vote_matrix_row(picked, 1)[1], PLN_VOTE_UNKNOWN);
  g_autoptr(PlnVoteMatrix) none = pln_vote_matrix_pick(matrix, 0, NULL);
  CU_ASSERT_EQUAL(none->n_calls, 0);
}

int main(void) {
  CU_TestInfo tests[] = {{"new", test_new},
                         {"empty", test_empty},
                         {"found", test_found},
                         {"kept", test_kept},
                         {"picked", test_picked},
                         CU_TEST_INFO_NULL};
  return suite_run("vote matrix", tests);
}
