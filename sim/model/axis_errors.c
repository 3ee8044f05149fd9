/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/axis.h"

#include <string.h>

/* How a cell's position moves the gradient of its roll call's curve: a row of C. */
static void tie(const PlnAxis *axis, guint answer, gsize cell, double out[3]) {
  out[0] = axis->cross[0][cell];
  out[1] = out[2] = 0;
  out[pln_axis_cut(axis, answer)] = axis->cross[1][cell];
  if (axis->classes == 3 && answer == 1)
    out[2] = axis->cross[2][cell];
}

void pln_axis_own_information(const PlnAxis *axis, double *out) {
  memcpy(out, axis->diagonal, axis->n_nodes * sizeof *out);
  for (guint j = 0; j < axis->n_calls; j++)
    for (guint c = 0; c < axis->classes; c++) {
      gsize s = (gsize)j * axis->classes + c;
      for (gsize k = axis->start[s]; k < axis->start[s] + axis->count[s]; k++) {
        double in[3], solved[3];
        tie(axis, c, k, in);
        pln_axis_solve_call(axis, j, in, solved);
        out[axis->node[k]] -= in[0] * solved[0] + in[1] * solved[1] + in[2] * solved[2];
      }
    }
  for (guint i = 0; i < axis->n_nodes; i++)
    out[i] = MAX(out[i], 0);
}

void pln_axis_soften(PlnAxis *axis) {
  pln_axis_own_information(axis, axis->variance);
  for (guint i = 0; i < axis->n_nodes; i++) {
    double next = i + 1 < axis->n_nodes ? axis->link[i + 1] : 0;
    axis->variance[i] = 1 / (axis->variance[i] + axis->own[i] + axis->link[i] + next);
  }
  pln_axis_derive(axis, 1);
  memcpy(axis->softening, axis->due, axis->n_calls * sizeof(double));
}

/* C'V C, V diagonal. */
static void passed_on(const PlnAxis *axis, guint call, const double *variance, double out[3][3]) {
  memset(out, 0, 9 * sizeof(double));
  for (guint c = 0; c < axis->classes; c++) {
    gsize s = (gsize)call * axis->classes + c;
    for (gsize k = axis->start[s]; k < axis->start[s] + axis->count[s]; k++) {
      double row[3];
      tie(axis, c, k, row);
      for (guint p = 0; p < 3; p++)
        for (guint q = 0; q < 3; q++)
          out[p][q] += variance[axis->node[k]] * row[p] * row[q];
    }
  }
}

void pln_axis_curve_covariance(const PlnAxis *axis, guint call, const double *variance,
                               double shift, double stretch, double out[6]) {
  double by = shift / stretch, middle[3][3], solved[3][3];
  const double turn[3][3] = {{1 / stretch, 0, 0}, {by, 1, 0}, {by, 0, 1}};
  for (guint p = 0; p < 3; p++)
    pln_axis_solve_call(axis, call, turn[p], solved[p]);
  passed_on(axis, call, variance, middle);
  for (guint p = 0, k = 0; p < 3; p++)
    for (guint q = 0; q <= p; q++, k++) {
      out[k] = 0;
      for (guint a = 0; a < 3; a++) {
        out[k] += turn[p][a] * solved[q][a];
        for (guint b = 0; b < 3; b++)
          out[k] += solved[p][a] * middle[a][b] * solved[q][b];
      }
    }
}
