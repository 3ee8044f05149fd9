/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/cells.h"

static guint8 answer_of(guint8 vote, guint classes) {
  switch (vote) {
  case PLN_VOTE_Y:
    return (guint8)(classes - 1);
  case PLN_VOTE_A:
    return classes == 3;
  case PLN_VOTE_N:
    return 0;
  default:
    return PLN_ANSWER_NONE;
  }
}

/* Divided, not multiplied: a share written as 0.025 then takes in 1 of 40 exactly. */
static gboolean is_contested(const guint8 *vote, guint n, double least) {
  guint yes = 0, other = 0;
  for (guint i = 0; i < n; i++) {
    yes += vote[i] == PLN_VOTE_Y;
    other += vote[i] == PLN_VOTE_N || vote[i] == PLN_VOTE_A;
  }
  return yes + other > 0 && (double)MIN(yes, other) / (yes + other) >= least;
}

static void choose_calls(PlnCells *cells, const PlnVoteMatrix *matrix,
                         const PlnCellsOptions *options) {
  guint n_calls = matrix->n_voters > 0 ? matrix->n_calls : 0;
  cells->call = g_new(guint, n_calls);
  for (guint j = 0; j < n_calls; j++)
    if (pln_session_within(matrix->call[j].session, options->from, options->to) &&
        is_contested(pln_vote_matrix_row(matrix, j), matrix->n_voters, options->lopsided))
      cells->call[cells->n_calls++] = j;
}

static void choose_states(PlnCells *cells, const PlnVoteMatrix *matrix) {
  g_autofree guint8 *answered = g_malloc0(matrix->n_voters);
  for (guint j = 0; j < cells->n_calls; j++) {
    const guint8 *vote = pln_vote_matrix_row(matrix, cells->call[j]);
    for (guint i = 0; i < matrix->n_voters; i++)
      answered[i] |= vote[i] <= PLN_VOTE_A;
  }
  cells->state = g_new(guint, matrix->n_voters);
  for (guint i = 0; i < matrix->n_voters; i++)
    if (answered[i])
      cells->state[cells->n_states++] = i;
}

/* The last one is looked at first: roll calls come in the order of their sessions. */
guint pln_session_place(int name, int *names, guint *n) {
  for (guint s = *n; s-- > 0;)
    if (names[s] == name)
      return s;
  names[*n] = name;
  return (*n)++;
}

static void number_sessions(PlnCells *cells, const PlnVoteMatrix *matrix) {
  cells->session = g_new(guint, cells->n_calls);
  cells->session_name = g_new(int, cells->n_calls);
  for (guint j = 0; j < cells->n_calls; j++)
    cells->session[j] = pln_session_place(matrix->call[cells->call[j]].session, cells->session_name,
                                          &cells->n_sessions);
}

/* A byte more than there are cells, so that a row of none has an address as well. */
static void fill(PlnCells *cells, const PlnVoteMatrix *matrix, const guint8 *hide) {
  guint8 *answer = cells->answer = g_malloc((gsize)cells->n_calls * cells->n_states + 1);
  for (guint j = 0; j < cells->n_calls; j++) {
    gsize row = (gsize)cells->call[j] * matrix->n_voters;
    for (guint i = 0; i < cells->n_states; i++) {
      gsize from = row + cells->state[i];
      guint8 a = answer_of(matrix->vote[from], cells->classes);
      if (hide && hide[from])
        a = PLN_ANSWER_NONE;
      cells->seen += a != PLN_ANSWER_NONE;
      *answer++ = a;
    }
  }
}

PlnCells *pln_cells_new(const PlnVoteMatrix *matrix, const PlnCellsOptions *options) {
  g_return_val_if_fail(options->classes == 2 || options->classes == 3, NULL);
  PlnCells *cells = g_new0(PlnCells, 1);
  cells->classes = options->classes;
  choose_calls(cells, matrix, options);
  choose_states(cells, matrix);
  number_sessions(cells, matrix);
  fill(cells, matrix, options->hide);
  return cells;
}

void pln_cells_free(PlnCells *cells) {
  if (!cells)
    return;
  g_free(cells->answer);
  g_free(cells->state);
  g_free(cells->call);
  g_free(cells->session);
  g_free(cells->session_name);
  g_free(cells);
}
