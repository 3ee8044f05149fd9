/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_cells.h"

#include <math.h>
#include <string.h>

PlnCells *made_blank(guint n_states, guint n_calls, guint n_sessions, guint classes) {
  PlnCells *cells = g_new0(PlnCells, 1);
  gsize all = (gsize)n_states * n_calls;
  cells->n_states = n_states;
  cells->n_calls = n_calls;
  cells->classes = classes;
  cells->n_sessions = n_sessions;
  cells->answer = g_malloc(all + 1);
  memset(cells->answer, PLN_ANSWER_NONE, all + 1);
  cells->state = g_new0(guint, n_states + 1);
  cells->call = g_new0(guint, n_calls + 1);
  cells->session = g_new0(guint, n_calls + 1);
  cells->session_name = g_new0(int, n_sessions + 1);
  for (guint j = 0; j < n_calls; j++)
    cells->session[j] = j * n_sessions / n_calls;
  return cells;
}

void made_draw(PlnCells *cells, const double *x, const PlnCurve *curve, double absent, PlnDraw *draw) {
  cells->seen = 0;
  for (guint j = 0; j < cells->n_calls; j++)
    for (guint i = 0; i < cells->n_states; i++) {
      double at = x[cells->session[j] * cells->n_states + i];
      double u = curve[j].slope * at + pln_draw_normal(draw);
      guint answer =
          cells->classes == 2 ? u >= curve[j].low : (u >= curve[j].low) + (u >= curve[j].high);
      gboolean out = pln_draw_uniform(draw) < absent;
      cells->answer[(gsize)j * cells->n_states + i] = out ? PLN_ANSWER_NONE : (guint8)answer;
      cells->seen += !out;
    }
}

void made_curves(guint n_calls, guint classes, PlnDraw *draw, PlnCurve *curve) {
  for (guint j = 0; j < n_calls; j++) {
    double size = 0.5 + 1.5 * pln_draw_uniform(draw), low = 0.7 * pln_draw_normal(draw);
    double gap = classes == 3 ? 0.2 + 0.8 * pln_draw_uniform(draw) : 0;
    curve[j] = (PlnCurve){pln_draw_uniform(draw) < 0.5 ? -size : size, low, low + gap};
  }
}

void made_standard(guint n, double *x) {
  double mean = 0, square = 0;
  for (guint i = 0; i < n; i++)
    mean += x[i] / n;
  for (guint i = 0; i < n; i++)
    square += (x[i] - mean) * (x[i] - mean) / n;
  for (guint i = 0; i < n; i++)
    x[i] = (x[i] - mean) / sqrt(square);
}

double made_correlation(guint n, const double *a, const double *b) {
  double ma = 0, mb = 0, aa = 0, bb = 0, ab = 0;
  for (guint i = 0; i < n; i++) {
    ma += a[i] / n;
    mb += b[i] / n;
  }
  for (guint i = 0; i < n; i++) {
    aa += (a[i] - ma) * (a[i] - ma);
    bb += (b[i] - mb) * (b[i] - mb);
    ab += (a[i] - ma) * (b[i] - mb);
  }
  return ab / sqrt(aa * bb);
}

static PlnVoteMatrix *named_matrix(guint n_voters, guint n_calls) {
  PlnVoteMatrix *matrix = pln_vote_matrix_new(n_voters, n_calls);
  for (guint i = 0; i < n_voters; i++) {
    g_autofree char *code = g_strdup_printf("V%02u", i);
    matrix->voter[i].code = pln_vote_matrix_keep(matrix, code);
  }
  for (guint j = 0; j < n_calls; j++) {
    g_autofree char *id = g_strdup_printf("r%u", j);
    matrix->call[j].id = pln_vote_matrix_keep(matrix, id);
  }
  return matrix;
}

PlnVoteMatrix *made_matrix(const char *const *rows, const int *session, guint n_calls) {
  PlnVoteMatrix *matrix = named_matrix((guint)strlen(rows[0]), n_calls);
  for (guint j = 0; j < n_calls; j++) {
    if (session)
      matrix->call[j].session = session[j];
    for (guint i = 0; i < matrix->n_voters; i++) {
      const char *kind = strchr("YNAX", rows[j][i]);
      if (kind)
        pln_vote_matrix_row(matrix, j)[i] = (guint8)(kind - "YNAX");
    }
  }
  return matrix;
}

/* The vote of support @u, an abstention within @half of 0. */
static guint8 vote_of(double u, double half, gboolean absent) {
  if (absent)
    return PLN_VOTE_X;
  return u > half ? PLN_VOTE_Y : u < -half ? PLN_VOTE_N : PLN_VOTE_A;
}

PlnVoteMatrix *made_votes(const MadeVotes *how, double *x) {
  PlnDraw draw = pln_draw_stream(29, 0, how->replicate);
  PlnVoteMatrix *matrix = named_matrix(how->n_states, how->n_calls);
  g_autofree double *at = g_new(double, how->n_states * how->d + 1);
  g_autofree double *slope = g_new(double, how->d + 1);
  pln_draw_normals(&draw, how->n_states * how->d, at);
  if (x)
    memcpy(x, at, sizeof(double) * how->n_states * how->d);
  for (guint j = 0; j < how->n_calls; j++) {
    guint session = j * how->n_sessions / how->n_calls;
    double since = how->n_sessions > 1 ? (double)session / (how->n_sessions - 1) : 0;
    double centre = 0.5 * pln_draw_normal(&draw);
    matrix->call[j].session = how->n_sessions > 0 ? 60 + (int)session : -1;
    matrix->call[j].day = j > 0 ? 20200000 + 100 * (1 + j / 28 % 12) + 1 + j % 28 : PLN_DAY_NONE;
    for (guint k = 0; k < how->d; k++)
      slope[k] = how->size * pln_draw_normal(&draw);
    for (guint i = 0; i < how->n_states; i++) {
      double u = pln_draw_normal(&draw) - centre + (how->move ? slope[0] * since * how->move[i] : 0);
      for (guint k = 0; k < how->d; k++)
        u += slope[k] * at[i * how->d + k];
      pln_vote_matrix_row(matrix, j)[i] = vote_of(u, 0.4, pln_draw_uniform(&draw) < how->absent);
    }
  }
  return matrix;
}
