/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which roll calls and states a fit sees, by hand. */
#include "plenary/cells.h"

#include <string.h>

#include "made_cells.h"
#include "suite.h"

enum { NONE = PLN_ANSWER_NONE };

static const char *const rows[] = {"YYN-A-", "YYYX--", "AXN-Y-", "NNNNN-", "YNXX-A", "XXX---"};
static const int sessions[] = {-1, 60, 60, 61, 63, 63};

static PlnCells *cells_of(guint classes, double lopsided, int from, int to, const guint8 *hide) {
  g_autoptr(PlnVoteMatrix) matrix = made_matrix(rows, sessions, 6);
  PlnCellsOptions options = {classes, lopsided, from, to, hide};
  return pln_cells_new(matrix, &options);
}

static gboolean has_row(const PlnCells *cells, guint call, const guint8 *expected) {
  return memcmp(pln_cells_row(cells, call), expected, cells->n_states) == 0;
}

static void test_three_classes(void) {
  g_autoptr(PlnCells) cells = cells_of(3, 0.025, -1, -1, NULL);
  CU_ASSERT_EQUAL(cells->n_calls, 3); /* 1 and 3 are unanimous, 5 has no answer */
  CU_ASSERT_EQUAL(cells->n_states, 5); /* the fourth answered in 3 alone */
  static const guint call[] = {0, 2, 4}, state[] = {0, 1, 2, 4, 5}, session[] = {0, 1, 2};
  static const int names[] = {-1, 60, 63};
  CU_ASSERT_EQUAL(memcmp(cells->call, call, sizeof call), 0);
  CU_ASSERT_EQUAL(memcmp(cells->state, state, sizeof state), 0);
  CU_ASSERT_EQUAL(memcmp(cells->session, session, sizeof session), 0);
  CU_ASSERT_EQUAL(cells->n_sessions, 3);
  CU_ASSERT_EQUAL(memcmp(cells->session_name, names, sizeof names), 0);
  CU_ASSERT_TRUE(has_row(cells, 0, (guint8[]){2, 2, 0, 1, NONE}));
  CU_ASSERT_TRUE(has_row(cells, 1, (guint8[]){1, NONE, 0, 2, NONE}));
  CU_ASSERT_TRUE(has_row(cells, 2, (guint8[]){2, 0, NONE, NONE, 1}));
  CU_ASSERT_EQUAL(cells->seen, 10);
}

static void test_two_classes(void) {
  g_autoptr(PlnCells) cells = cells_of(2, 0.025, -1, -1, NULL);
  CU_ASSERT_TRUE(has_row(cells, 0, (guint8[]){1, 1, 0, 0, NONE}));
  CU_ASSERT_TRUE(has_row(cells, 1, (guint8[]){0, NONE, 0, 1, NONE}));
  CU_ASSERT_TRUE(has_row(cells, 2, (guint8[]){1, 0, NONE, NONE, 0}));
}

static void test_all_answered(void) {
  g_autoptr(PlnCells) cells = cells_of(3, 0, -1, -1, NULL);
  CU_ASSERT_EQUAL(cells->n_calls, 5);
  CU_ASSERT_EQUAL(cells->n_states, 6);
}

static void test_sessions(void) {
  g_autoptr(PlnCells) some = cells_of(3, 0, 60, 61, NULL), from = cells_of(3, 0, 61, -1, NULL),
                      to = cells_of(3, 0, -1, 60, NULL), none = cells_of(3, 0, 70, 80, NULL);
  CU_ASSERT_EQUAL(some->n_calls, 3);
  CU_ASSERT_EQUAL(some->session_name[1], 61);
  CU_ASSERT_EQUAL(from->n_calls, 2);
  CU_ASSERT_EQUAL(to->n_calls, 2); /* the one of no session is not among them */
  CU_ASSERT_EQUAL(none->n_calls + none->n_states + none->n_sessions, 0);
}

/* A side of exactly the share is in: 1 of 40 at 0.025, not at more. */
static void test_at_the_limit(void) {
  char row[41];
  memset(row, 'Y', 40);
  row[7] = 'N', row[40] = '\0';
  const char *one[] = {row};
  g_autoptr(PlnVoteMatrix) matrix = made_matrix(one, (int[]){60}, 1);
  g_autoptr(PlnCells) in = pln_cells_new(matrix, &(PlnCellsOptions){3, 0.025, -1, -1, NULL});
  g_autoptr(PlnCells) out = pln_cells_new(matrix, &(PlnCellsOptions){3, 0.0251, -1, -1, NULL});
  CU_ASSERT_EQUAL(in->n_calls, 1);
  CU_ASSERT_EQUAL(out->n_calls, 0);
}

/* What is hidden decides neither which roll calls nor which states are there. */
static void test_hidden(void) {
  guint8 hide[36] = {0};
  hide[2] = hide[4] = hide[6 * 4 + 5] = hide[3] = 1;
  g_autoptr(PlnCells) cells = cells_of(3, 0.025, -1, -1, hide);
  CU_ASSERT_EQUAL(cells->n_calls, 3);
  CU_ASSERT_EQUAL(cells->n_states, 5);
  CU_ASSERT_TRUE(has_row(cells, 0, (guint8[]){2, 2, NONE, NONE, NONE}));
  CU_ASSERT_TRUE(has_row(cells, 2, (guint8[]){2, 0, NONE, NONE, NONE}));
  CU_ASSERT_EQUAL(cells->seen, 7);
}

static void test_empty(void) {
  g_autoptr(PlnVoteMatrix) nobody = pln_vote_matrix_new(0, 3), nothing = pln_vote_matrix_new(3, 0);
  PlnCellsOptions options = {2, 0, -1, -1, NULL};
  g_autoptr(PlnCells) a = pln_cells_new(nobody, &options), b = pln_cells_new(nothing, &options);
  CU_ASSERT_EQUAL(a->n_calls + a->n_states, 0);
  CU_ASSERT_EQUAL(b->n_calls + b->n_states, 0);
  pln_cells_free(NULL);
}

int main(void) {
  CU_TestInfo tests[] = {{"three classes", test_three_classes},
                         {"two classes", test_two_classes},
                         {"all answered", test_all_answered},
                         {"sessions", test_sessions},
                         {"at the limit", test_at_the_limit},
                         {"hidden", test_hidden},
                         {"empty", test_empty},
                         CU_TEST_INFO_NULL};
  return suite_run("cells", tests);
}
