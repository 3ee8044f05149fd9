/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/axis.h"

#include <math.h>
#include <string.h>

#include "plenary/normal.h"

enum { LANES = PLN_CURVE_LANES, POWER_ROUNDS = 12 };

static gsize filled(gsize n) {
  return (n + LANES - 1) / LANES * LANES;
}

static void count_cells(PlnAxis *axis, const PlnCells *cells) {
  for (guint j = 0; j < axis->n_calls; j++) {
    const guint8 *row = pln_cells_row(cells, j);
    guint32 *count = axis->count + (gsize)j * axis->classes;
    for (guint i = 0; i < cells->n_states; i++)
      if (row[i] < axis->classes)
        count[row[i]]++;
  }
  axis->start[0] = 0;
  for (gsize s = 0; s < (gsize)axis->n_calls * axis->classes; s++) {
    axis->start[s + 1] = axis->start[s] + filled(axis->count[s]);
    axis->n_cells += axis->count[s];
  }
}

static void place_cells(PlnAxis *axis, const PlnCells *cells, const guint32 *node) {
  gsize all = axis->start[(gsize)axis->n_calls * axis->classes];
  for (gsize k = 0; k < all; k++)
    axis->node[k] = axis->n_nodes;
  for (guint j = 0; j < axis->n_calls; j++) {
    const guint8 *row = pln_cells_row(cells, j);
    const guint32 *at = node + (gsize)cells->session[j] * cells->n_states;
    gsize next[3];
    for (guint c = 0; c < axis->classes; c++)
      next[c] = axis->start[(gsize)j * axis->classes + c];
    for (guint i = 0; i < cells->n_states; i++)
      if (row[i] < axis->classes)
        axis->node[next[row[i]]++] = at[i];
  }
}

PlnAxis *pln_axis_new(const PlnCells *cells, const guint32 *node, guint n_nodes,
                      const double *weight, const PlnAxisPrior *prior) {
  PlnAxis *axis = g_new0(PlnAxis, 1);
  gsize calls = cells->n_calls;
  axis->n_nodes = n_nodes;
  axis->n_calls = cells->n_calls;
  axis->classes = cells->classes;
  axis->prior = *prior;
  axis->start = g_new0(gsize, calls * axis->classes + 1);
  axis->count = g_new0(guint32, calls * axis->classes + 1);
  count_cells(axis, cells);
  gsize all = axis->start[calls * axis->classes];
  axis->node = g_new(guint32, all + 1);
  place_cells(axis, cells, node);
  axis->weight = g_new(double, calls + 1);
  for (gsize j = 0; j < calls; j++)
    axis->weight[j] = weight ? weight[j] : 1;
  axis->own = g_new(double, (gsize)n_nodes + 1);
  axis->link = g_new0(double, (gsize)n_nodes + 1);
  for (gsize i = 0; i <= n_nodes; i++)
    axis->own[i] = 1;
  axis->x = g_new0(double, (gsize)n_nodes + 1);
  axis->curve = g_new0(PlnCurve, calls + 1);
  for (guint p = 0; p < 3; p++)
    axis->cross[p] = g_new0(double, all + 1);
  axis->gradient_x = g_new0(double, (gsize)n_nodes + 1);
  axis->diagonal = g_new0(double, (gsize)n_nodes + 1);
  axis->gradient_curve = g_new0(double, 3 * calls + 1);
  axis->variance = g_new0(double, (gsize)n_nodes + 1);
  axis->softening = g_new0(double, calls + 1);
  axis->due = g_new0(double, calls + 1);
  axis->factor = g_new0(double, 6 * calls + 1);
  return axis;
}

void pln_axis_free(PlnAxis *axis) {
  if (!axis)
    return;
  for (guint p = 0; p < 3; p++)
    g_free(axis->cross[p]);
  g_free(axis->start);
  g_free(axis->count);
  g_free(axis->node);
  g_free(axis->weight);
  g_free(axis->own);
  g_free(axis->link);
  g_free(axis->x);
  g_free(axis->curve);
  g_free(axis->gradient_x);
  g_free(axis->diagonal);
  g_free(axis->gradient_curve);
  g_free(axis->factor);
  g_free(axis->variance);
  g_free(axis->softening);
  g_free(axis->due);
  g_free(axis);
}

/* Answers as numbers, centred on the roll call's mean. */
static void centre(const PlnAxis *axis, guint call, double value[3]) {
  const guint32 *count = axis->count + (gsize)call * axis->classes;
  double n = 0, sum = 0;
  for (guint c = 0; c < axis->classes; c++) {
    n += count[c];
    sum += (double)count[c] * c;
  }
  for (guint c = 0; c < axis->classes; c++)
    value[c] = n > 0 ? (c - sum / n) / (axis->classes - 1) : 0;
}

/* The score of a roll call: its centred answers times the groups' values. */
static double score(const PlnAxis *axis, guint call, const double value[3], const guint32 *group,
                    const double *u) {
  const gsize *start = axis->start + (gsize)call * axis->classes;
  const guint32 *count = axis->count + (gsize)call * axis->classes;
  double all = 0;
  for (guint c = 0; c < axis->classes; c++) {
    double sum = 0;
    for (guint32 k = 0; k < count[c]; k++)
      sum += u[group[axis->node[start[c] + k]]];
    all += value[c] * sum;
  }
  return all * axis->weight[call];
}

/* @out: each group's regression on the scores; so a voter seen seldom is not near 0. */
static void regress(const PlnAxis *axis, const guint32 *group, guint n_groups, const double *u,
                    double *out, double *square) {
  memset(out, 0, n_groups * sizeof *out);
  memset(square, 0, n_groups * sizeof *square);
  double total = 0;
  for (guint j = 0; j < axis->n_calls; j++) {
    double value[3], s;
    centre(axis, j, value);
    s = score(axis, j, value, group, u);
    const gsize *start = axis->start + (gsize)j * axis->classes;
    const guint32 *count = axis->count + (gsize)j * axis->classes;
    for (guint c = 0; c < axis->classes; c++)
      for (guint32 k = 0; k < count[c]; k++) {
        guint32 g = group[axis->node[start[c] + k]];
        out[g] += value[c] * s;
        square[g] += s * s;
      }
    total += s * s;
  }
  for (guint g = 0; g < n_groups; g++)
    out[g] = total > 0 ? out[g] / (square[g] + 0.02 * total) : 0;
}

/* Mean 0 and standard deviation 1 over the groups; 0 where they do not differ. */
static void standardise(guint n, double *u) {
  double mean = 0, square = 0;
  for (guint g = 0; g < n; g++)
    mean += u[g];
  mean /= n > 0 ? n : 1;
  for (guint g = 0; g < n; g++)
    square += (u[g] - mean) * (u[g] - mean);
  double sd = sqrt(square / (n > 0 ? n : 1));
  for (guint g = 0; g < n; g++)
    u[g] = sd > 1e-12 ? (u[g] - mean) / sd : 0;
}

/* The roll call that divides most, as a first guess of what divides; a voter that took no
 * part in it stands at 0.  The slight slope lets no start lie exactly across the axis. */
static void first_guess(const PlnAxis *axis, const guint32 *group, guint n_groups, double *u) {
  double most = -1, value[3];
  guint best = 0;
  for (guint j = 0; j < axis->n_calls; j++) {
    const guint32 *count = axis->count + (gsize)j * axis->classes;
    double spread = 0;
    centre(axis, j, value);
    for (guint c = 0; c < axis->classes; c++)
      spread += count[c] * value[c] * value[c];
    if (spread * axis->weight[j] > most) {
      most = spread * axis->weight[j];
      best = j;
    }
  }
  for (guint g = 0; g < n_groups; g++)
    u[g] = 0.01 * (g + 1.0) / n_groups;
  if (axis->n_calls == 0)
    return;
  centre(axis, best, value);
  for (guint c = 0; c < axis->classes; c++)
    for (guint32 k = 0; k < axis->count[(gsize)best * axis->classes + c]; k++)
      u[group[axis->node[axis->start[(gsize)best * axis->classes + c] + k]]] += value[c];
}

/* Flat curves that give each answer the share it had. */
static void flat_curves(PlnAxis *axis) {
  for (guint j = 0; j < axis->n_calls; j++) {
    const guint32 *count = axis->count + (gsize)j * axis->classes;
    PlnCurve *curve = &axis->curve[j];
    double no = count[0] + 0.5, yes = count[axis->classes - 1] + 0.5;
    double between = axis->classes == 3 ? count[1] + 0.5 : 0;
    curve->slope = 0;
    curve->low = 0.6 * pln_log(no / (between + yes));
    curve->high = axis->classes == 3 ? 0.6 * pln_log((no + between) / yes) : curve->low;
  }
}

void pln_axis_start(PlnAxis *axis, const guint32 *group, guint n_groups) {
  g_autofree double *u = g_new0(double, (gsize)n_groups + 1);
  g_autofree double *next = g_new0(double, (gsize)n_groups + 1);
  g_autofree double *square = g_new0(double, (gsize)n_groups + 1);
  first_guess(axis, group, n_groups, u);
  standardise(n_groups, u);
  for (guint round = 0; round < POWER_ROUNDS; round++) {
    regress(axis, group, n_groups, u, next, square);
    standardise(n_groups, next);
    memcpy(u, next, n_groups * sizeof *u);
  }
  for (guint i = 0; i < axis->n_nodes; i++)
    axis->x[i] = u[group[i]];
  flat_curves(axis);
  axis->warm = FALSE;
}
