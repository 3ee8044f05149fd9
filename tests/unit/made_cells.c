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
      guint answer = cells->classes == 2 ? u >= curve[j].low : (u >= curve[j].low) + (u >= curve[j].high);
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
