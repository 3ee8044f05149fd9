/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/scale_errors.h"

#include <math.h>
#include <string.h>

#include "plenary/cholesky.h"
#include "plenary/wide.h"

enum { LANES = PLN_CURVE_LANES, TILE = 4, CHUNK = 16 }; /* roll calls at a time */

typedef struct {
  guint n;
  gsize stride;    /* n filled up to whole lanes */
  double *matrix;  /* stride x stride */
  double *inverse; /* likewise */
  double *rows;    /* 3 CHUNK x stride */
  double *image;   /* 3 CHUNK x stride */
} Dense;

/* out[i][l] -= the sum over r of a[r][i] b[r][l], for the tile that begins there. */
PLN_WIDE
static void tile(gsize n_rows, gsize stride, const double *a, const double *b, double *out) {
  PlnWide sum[TILE] = {{0}};
  for (gsize r = 0; r < n_rows; r++) {
    PlnWide row = pln_wide_load(b + r * stride);
    for (gsize i = 0; i < TILE; i++)
      sum[i] += a[r * stride + i] * row;
  }
  for (gsize i = 0; i < TILE; i++)
    pln_wide_store(out + i * stride, pln_wide_load(out + i * stride) - sum[i]);
}

/* The three rows of a roll call over the nodes: C', as pln_axis_derive has it by cells. */
static void ties(const PlnAxis *axis, guint call, double *row, gsize stride) {
  memset(row, 0, 3 * stride * sizeof *row);
  for (guint c = 0; c < axis->classes; c++) {
    gsize s = (gsize)call * axis->classes + c;
    guint p = pln_axis_cut(axis, c);
    for (gsize k = axis->start[s]; k < axis->start[s] + axis->count[s]; k++) {
      guint32 i = axis->node[k];
      row[i] += axis->cross[0][k];
      row[p * stride + i] += axis->cross[1][k];
      if (axis->classes == 3 && c == 1)
        row[2 * stride + i] += axis->cross[2][k];
    }
  }
}

/* row = L^-1 row, so that row' row is the curve's share. */
PLN_WIDE
static void reduce_rows(const double *l, double *row, gsize stride) {
  double *a = row, *b = row + stride, *c = row + 2 * stride;
  for (gsize i = 0; i < stride; i++) {
    a[i] /= l[0];
    b[i] = (b[i] - l[1] * a[i]) / l[2];
    c[i] = (c[i] - l[3] * a[i] - l[4] * b[i]) / l[5];
  }
}

static void schur(const PlnAxis *axis, Dense *d) {
  memset(d->matrix, 0, d->stride * d->stride * sizeof(double));
  for (guint first = 0; first < axis->n_calls; first += CHUNK) {
    guint n = MIN(CHUNK, axis->n_calls - first);
    for (guint j = 0; j < n; j++) {
      ties(axis, first + j, d->rows + 3 * j * d->stride, d->stride);
      reduce_rows(axis->factor + 6 * (gsize)(first + j), d->rows + 3 * j * d->stride, d->stride);
    }
    for (gsize i = 0; i < d->n; i += TILE)
      for (gsize l = 0; l < i + TILE; l += LANES)
        tile(3 * n, d->stride, d->rows + i, d->rows + l, d->matrix + i * d->stride + l);
  }
  for (guint i = 0; i < d->n; i++) {
    double next = i + 1 < d->n ? axis->link[i + 1] : 0;
    d->matrix[i * d->stride + i] += axis->diagonal[i] + axis->own[i] + axis->link[i] + next;
    if (axis->link[i] > 0)
      d->matrix[i * d->stride + i - 1] -= axis->link[i];
  }
}

/* @n: a multiple of the lanes */
PLN_WIDE
static double dot(gsize n, const double *a, const double *b) {
  PlnWide sum = {0};
  for (gsize k = 0; k < n; k += LANES)
    sum += pln_wide_load(a + k) * pln_wide_load(b + k);
  return pln_wide_sum(sum);
}

/* How the standardised positions move: V becomes P V P / unit^2, P without the mean and
 * the spread of those that count. */
static void project(const PlnAxis *axis, const Dense *d, double mean, double unit,
                    const guint8 *counts, double *variance) {
  guint n = d->n, counted = 0;
  g_autofree double *mass = g_new0(double, d->stride), *lever = g_new0(double, d->stride);
  for (guint i = 0; i < n; i++)
    counted += counts[i];
  for (guint i = 0; i < n; i++)
    if (counts[i] && counted > 0) {
      mass[i] = 1.0 / counted;
      lever[i] = (axis->x[i] - mean) / unit / counted;
    }
  g_autofree double *v_mass = g_new0(double, d->stride), *v_lever = g_new0(double, d->stride);
  for (guint i = 0; i < n; i++) {
    v_mass[i] = dot(d->stride, d->inverse + i * d->stride, mass);
    v_lever[i] = dot(d->stride, d->inverse + i * d->stride, lever);
  }
  double mm = dot(d->stride, v_mass, mass), ml = dot(d->stride, v_mass, lever);
  double ll = dot(d->stride, v_lever, lever);
  for (guint i = 0; i < n; i++) {
    double z = (axis->x[i] - mean) / unit, own = d->inverse[i * d->stride + i];
    double left = own - 2 * (v_mass[i] + z * v_lever[i]) + mm + 2 * z * ml + z * z * ll;
    variance[i] = MAX(left, 0) / (unit * unit);
  }
}

/* @row: three rows, how a roll call's slope', low' and high' move with the positions. */
static void follow(const PlnAxis *axis, guint call, double mean, double unit, const guint8 *counts,
                   guint counted, double *row, gsize stride) {
  double slope = axis->curve[call].slope, share = counted > 0 ? 1.0 / counted : 0;
  ties(axis, call, row, stride);
  for (guint i = 0; i < axis->n_nodes; i++) {
    double in[3] = {row[i], row[stride + i], row[2 * stride + i]}, out[3];
    double by = counts[i] ? slope * share : 0;
    pln_axis_solve_call(axis, call, in, out);
    row[i] = by * (axis->x[i] - mean) / unit - unit * out[0];
    row[stride + i] = mean * out[0] - out[1] - by;
    row[2 * stride + i] = mean * out[0] - out[2] - by;
  }
}

/* Adds the curve's own uncertainty, the positions held: T A^-1 T'. */
static void add_own(const PlnAxis *axis, guint call, double mean, double unit, double *covariance) {
  const double turn[3][3] = {{unit, 0, 0}, {-mean, 1, 0}, {-mean, 0, 1}};
  for (guint p = 0, k = 0; p < 3; p++) {
    double solved[3];
    pln_axis_solve_call(axis, call, turn[p], solved);
    for (guint q = 0; q <= p; q++, k++)
      covariance[k] += turn[q][0] * solved[0] + turn[q][1] * solved[1] + turn[q][2] * solved[2];
  }
}

static void curves(const PlnAxis *axis, Dense *d, double mean, double unit, const guint8 *counts,
                   double *covariance) {
  guint counted = 0;
  gsize s = d->stride;
  for (guint i = 0; i < d->n; i++)
    counted += counts[i];
  for (guint j = 0; j < axis->n_calls; j++) {
    double *row = d->rows, *image = d->image, *out = covariance + 6 * (gsize)j;
    follow(axis, j, mean, unit, counts, counted, row, s);
    guint parts = axis->classes;
    for (guint i = 0; i < d->n; i++)
      for (guint p = 0; p < parts; p++)
        image[p * s + i] = dot(s, d->inverse + i * s, row + p * s);
    for (guint p = 0, k = 0; p < 3; p++)
      for (guint q = 0; q <= p; q++, k++)
        out[k] = p < parts && q < parts ? dot(s, image + p * s, row + q * s) : 0;
    add_own(axis, j, mean, unit, out);
  }
}

/* Where the whole matrix would be too large: every position by itself. */
static void one_by_one(PlnAxis *axis, double mean, double unit, double *variance,
                       double *curve_covariance) {
  pln_axis_derive(axis, 1);
  pln_axis_own_information(axis, variance);
  for (guint i = 0; i < axis->n_nodes; i++) {
    double next = i + 1 < axis->n_nodes ? axis->link[i + 1] : 0;
    variance[i] = 1 / (variance[i] + axis->own[i] + axis->link[i] + next);
  }
  for (guint j = 0; j < axis->n_calls; j++)
    pln_axis_curve_covariance(axis, j, variance, -mean / unit, 1 / unit,
                              curve_covariance + 6 * (gsize)j);
  for (guint i = 0; i < axis->n_nodes; i++)
    variance[i] /= unit * unit;
}

gboolean pln_scale_errors(PlnAxis *axis, double mean, double unit, const guint8 *counts,
                          double *variance, double *curve_covariance) {
  if (axis->n_nodes > PLN_SCALE_DENSE) {
    one_by_one(axis, mean, unit, variance, curve_covariance);
    return TRUE;
  }
  Dense d = {.n = axis->n_nodes};
  d.stride = ((gsize)d.n + LANES - 1) / LANES * LANES;
  gsize square = d.stride * d.stride + 1, rows = 3 * CHUNK * d.stride + 1;
  g_autofree double *matrix = g_new0(double, square), *inverse = g_new0(double, square);
  g_autofree double *row = g_new0(double, rows), *image = g_new0(double, rows);
  d.matrix = matrix;
  d.inverse = inverse;
  d.rows = row;
  d.image = image;
  pln_axis_derive(axis, 1);
  schur(axis, &d);
  gboolean observed = pln_cholesky(matrix, d.n, (guint)d.stride);
  if (!observed) {
    pln_axis_derive(axis, 0);
    schur(axis, &d);
    pln_cholesky(matrix, d.n, (guint)d.stride); /* positive definite by the priors */
  }
  pln_cholesky_inverse(matrix, d.n, (guint)d.stride, inverse);
  project(axis, &d, mean, unit, counts, variance);
  curves(axis, &d, mean, unit, counts, curve_covariance);
  return observed;
}
