/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/vote_matrix.h"

#include <string.h>

PlnVoteMatrix *pln_vote_matrix_new(guint n_voters, guint n_calls) {
  PlnVoteMatrix *matrix = g_new0(PlnVoteMatrix, 1);
  gsize cells = (gsize)n_voters * n_calls;
  matrix->n_voters = n_voters;
  matrix->n_calls = n_calls;
  matrix->voter = g_new(PlnVoter, n_voters);
  matrix->call = g_new(PlnCalled, n_calls);
  matrix->vote = g_malloc(cells + 1);
  matrix->text = g_string_chunk_new(1 << 14);
  for (guint i = 0; i < n_voters; i++)
    matrix->voter[i] = (PlnVoter){"", "", ""};
  for (guint j = 0; j < n_calls; j++)
    matrix->call[j] = (PlnCalled){"", "", "", PLN_DAY_NONE, -1};
  if (cells > 0)
    memset(matrix->vote, PLN_VOTE_UNKNOWN, cells);
  return matrix;
}

PlnVoteMatrix *pln_vote_matrix_pick(const PlnVoteMatrix *matrix, guint n, const guint *row) {
  PlnVoteMatrix *picked = pln_vote_matrix_new(matrix->n_voters, n);
  memcpy(picked->voter, matrix->voter, sizeof *matrix->voter * matrix->n_voters);
  for (guint k = 0; k < n; k++) {
    picked->call[k] = matrix->call[row[k]];
    memcpy(pln_vote_matrix_row(picked, k), pln_vote_matrix_row(matrix, row[k]), matrix->n_voters);
  }
  return picked;
}

void pln_vote_matrix_free(PlnVoteMatrix *matrix) {
  if (!matrix)
    return;
  g_string_chunk_free(matrix->text);
  g_free(matrix->voter);
  g_free(matrix->call);
  g_free(matrix->vote);
  g_free(matrix);
}

const char *pln_vote_matrix_keep(PlnVoteMatrix *matrix, const char *text) {
  return *text ? g_string_chunk_insert_const(matrix->text, text) : "";
}

int pln_vote_matrix_voter(const PlnVoteMatrix *matrix, const char *code) {
  guint from = 0, to = matrix->n_voters;
  while (from < to) {
    guint middle = from + (to - from) / 2;
    int order = strcmp(code, matrix->voter[middle].code);
    if (order == 0)
      return (int)middle;
    if (order < 0)
      to = middle;
    else
      from = middle + 1;
  }
  return -1;
}

int pln_vote_matrix_call(const PlnVoteMatrix *matrix, const char *id) {
  for (guint j = 0; j < matrix->n_calls; j++)
    if (strcmp(id, matrix->call[j].id) == 0)
      return (int)j;
  return -1;
}
