/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/axis.h"

#include <math.h>
#include <string.h>

#include "plenary/normal.h"
#include "plenary/wide.h"

enum { LANES = PLN_CURVE_LANES };

/* Room for one answer of one roll call. */
typedef struct {
  double *x, *log, *gradient, *weight, *low, *high, *low_low, *low_high, *high_high;
  double *bytes;
} Room;

static void room_init(Room *room, const PlnAxis *axis) {
  gsize most = 0;
  for (gsize s = 0; s < (gsize)axis->n_calls * axis->classes; s++)
    most = MAX(most, axis->start[s + 1] - axis->start[s]);
  double **part[] = {&room->x,    &room->log,     &room->gradient, &room->weight,   &room->low,
                     &room->high, &room->low_low, &room->low_high, &room->high_high};
  room->bytes = g_new0(double, G_N_ELEMENTS(part) * most + 1);
  for (guint p = 0; p < G_N_ELEMENTS(part); p++)
    *part[p] = room->bytes + p * most;
}

/* What a roll call's cells add up to. */
typedef struct {
  double log, gradient[3], curvature[6]; /* rows 00 10 11 20 21 22 */
} Sums;

/* @out: the sums of g, g x, w, w x, w x x and @log */
PLN_WIDE
static void add_up(gsize n, const double *x, const double *g, const double *w, const double *log,
                   double out[6]) {
  PlnWide sum[6] = {{0}};
  for (gsize k = 0; k < n; k += LANES) {
    PlnWide at = pln_wide_load(x + k), gradient = pln_wide_load(g + k);
    PlnWide weight = pln_wide_load(w + k), weighted = weight * at;
    sum[0] += gradient;
    sum[1] += gradient * at;
    sum[2] += weight;
    sum[3] += weighted;
    sum[4] += weighted * at;
    sum[5] += pln_wide_load(log + k);
  }
  for (guint p = 0; p < 6; p++)
    out[p] = pln_wide_sum(sum[p]);
}

static void clear_filling(gsize n, gsize count, double *const *array, guint n_arrays) {
  for (guint a = 0; a < n_arrays; a++)
    for (gsize k = count; k < n; k++)
      array[a][k] = 0;
}

/* What each cell adds to its node, and how it ties the node to the curve. */
static void spread(PlnAxis *axis, guint call, gsize start, gsize n, const Room *room,
                   double observed) {
  const guint32 *node = axis->node + start;
  double slope = axis->curve[call].slope, weight = axis->weight[call], due = 0;
  double *c0 = axis->cross[0] + start, *c1 = axis->cross[1] + start;
  double by_slope = weight * slope, by_square = by_slope * slope, by_gradient = weight * observed;
  for (gsize k = 0; k < n; k++) {
    double w = room->weight[k], g = room->gradient[k];
    c0[k] = by_slope * (w * room->x[k]) - by_gradient * g;
    c1[k] = -by_slope * w;
  }
  for (gsize k = 0; k < n; k++) {
    axis->gradient_x[node[k]] += by_slope * room->gradient[k];
    axis->diagonal[node[k]] += by_square * room->weight[k];
    due += axis->variance[node[k]] * room->weight[k];
  }
  axis->due[call] += weight * due;
}

static void derive_beyond(PlnAxis *axis, guint call, guint answer, const Room *room,
                          double observed, Sums *sums) {
  gsize s = (gsize)call * axis->classes + answer, start = axis->start[s];
  gsize n = axis->start[s + 1] - start;
  guint p = pln_axis_cut(axis, answer);
  const PlnCurve *curve = &axis->curve[call];
  double sum[6], *const array[] = {room->log, room->gradient, room->weight};
  pln_curve_beyond(n, room->x, curve->slope, p == 1 ? curve->low : curve->high,
                   answer == 0 ? -1 : 1, room->log, room->gradient, room->weight);
  clear_filling(n, axis->count[s], array, G_N_ELEMENTS(array));
  add_up(n, room->x, room->gradient, room->weight, room->log, sum);
  sums->gradient[0] += sum[1];
  sums->gradient[p] -= sum[0];
  sums->curvature[0] += sum[4];
  sums->curvature[p == 1 ? 1 : 3] -= sum[3];
  sums->curvature[p == 1 ? 2 : 5] += sum[2];
  sums->log += sum[5];
  spread(axis, call, start, n, room, observed);
}

static void derive_between(PlnAxis *axis, guint call, const Room *room, double observed,
                           Sums *sums) {
  gsize s = (gsize)call * axis->classes + 1, start = axis->start[s], n = axis->start[s + 1] - start;
  const PlnCurve *curve = &axis->curve[call];
  PlnCurveBetween out = {room->log,     room->low,      room->high,
                         room->low_low, room->low_high, room->high_high};
  double *const array[] = {room->log,     room->low,      room->high,
                           room->low_low, room->low_high, room->high_high};
  double by = axis->weight[call] * curve->slope, low[6], high[6], *tie = axis->cross[2] + start;
  pln_curve_between(n, room->x, curve, &out);
  clear_filling(n, axis->count[s], array, G_N_ELEMENTS(array));
  for (gsize k = 0; k < n; k++) {
    double to_low = room->low_low[k] + room->low_high[k];
    double to_high = room->low_high[k] + room->high_high[k];
    room->gradient[k] = -(room->low[k] + room->high[k]);
    room->weight[k] = to_low + to_high;
    tie[k] = -by * to_high;
    room->low_low[k] = to_low;
    room->high_high[k] = to_high;
  }
  /* With to_low, to_high and low_high all sums over the cuts follow. */
  add_up(n, room->x, room->low, room->low_low, room->log, low);
  add_up(n, room->x, room->high, room->high_high, room->low_high, high);
  sums->gradient[0] -= low[1] + high[1];
  sums->gradient[1] += low[0];
  sums->gradient[2] += high[0];
  sums->curvature[0] += low[4] + high[4];
  sums->curvature[1] -= low[3];
  sums->curvature[3] -= high[3];
  sums->curvature[2] += low[2] - high[5];
  sums->curvature[4] += high[5];
  sums->curvature[5] += high[2] - high[5];
  sums->log += low[5];
  spread(axis, call, start, n, room, observed);
  for (gsize k = 0; k < n; k++)
    axis->cross[1][start + k] -= tie[k]; /* minus slope times to_low alone */
}

static void add_curve_prior(const PlnAxis *axis, guint call, Sums *sums) {
  const PlnAxisPrior *prior = &axis->prior;
  const PlnCurve *curve = &axis->curve[call];
  double slope = 1 / (prior->slope_sd * prior->slope_sd) + axis->softening[call];
  double cut = 1 / (prior->cut_sd * prior->cut_sd);
  double *g = sums->gradient, *c = sums->curvature;
  g[0] -= slope * curve->slope;
  g[1] -= cut * curve->low;
  c[0] += slope;
  c[2] += cut;
  sums->log = -0.5 * (slope * curve->slope * curve->slope + cut * curve->low * curve->low);
  if (axis->classes == 2) {
    g[2] = c[3] = c[4] = 0;
    c[5] = 1;
    return;
  }
  double gap = curve->high - curve->low, open = prior->gap_shape - 1;
  double push = open / gap - prior->gap_rate, stiff = open / (gap * gap);
  g[1] -= push;
  g[2] += push - cut * curve->high;
  c[2] += stiff;
  c[4] -= stiff;
  c[5] += cut + stiff;
  sums->log += open * pln_log(gap) - prior->gap_rate * gap - 0.5 * cut * curve->high * curve->high;
}

static void factorise(const double c[6], double l[6]) {
  l[0] = sqrt(c[0]);
  l[1] = c[1] / l[0];
  l[2] = sqrt(MAX(c[2] - l[1] * l[1], 1e-12));
  l[3] = c[3] / l[0];
  l[4] = (c[4] - l[3] * l[1]) / l[2];
  l[5] = sqrt(MAX(c[5] - l[3] * l[3] - l[4] * l[4], 1e-12));
}

void pln_axis_solve_call(const PlnAxis *axis, guint call, const double in[3], double out[3]) {
  const double *l = axis->factor + 6 * (gsize)call;
  double a = in[0] / l[0], b = (in[1] - l[1] * a) / l[2], c = (in[2] - l[3] * a - l[4] * b) / l[5];
  out[2] = c / l[5];
  out[1] = (b - l[4] * out[2]) / l[2];
  out[0] = (a - l[1] * out[1] - l[3] * out[2]) / l[0];
}

static void derive_call(PlnAxis *axis, guint call, const Room *room, double observed) {
  Sums sums = {0};
  axis->due[call] = 0;
  for (guint answer = 0; answer < axis->classes; answer++) {
    gsize s = (gsize)call * axis->classes + answer, start = axis->start[s];
    gsize n = axis->start[s + 1] - start;
    for (gsize k = 0; k < n; k++)
      room->x[k] = axis->x[axis->node[start + k]];
    if (n > 0 && axis->classes == 3 && answer == 1)
      derive_between(axis, call, room, observed, &sums);
    else if (n > 0)
      derive_beyond(axis, call, answer, room, observed, &sums);
  }
  double weight = axis->weight[call];
  for (guint p = 0; p < 3; p++)
    sums.gradient[p] *= weight;
  for (guint p = 0; p < 6; p++)
    sums.curvature[p] *= weight;
  axis->log_likelihood += weight * sums.log;
  add_curve_prior(axis, call, &sums);
  axis->objective += sums.log;
  memcpy(axis->gradient_curve + 3 * (gsize)call, sums.gradient, sizeof sums.gradient);
  factorise(sums.curvature, axis->factor + 6 * (gsize)call);
}

static void derive_prior(PlnAxis *axis) {
  for (guint i = 0; i < axis->n_nodes; i++) {
    double x = axis->x[i], step = axis->link[i] > 0 ? x - axis->x[i - 1] : 0;
    axis->objective -= 0.5 * (axis->own[i] * x * x + axis->link[i] * step * step);
    axis->gradient_x[i] -= axis->own[i] * x + axis->link[i] * step;
    if (axis->link[i] > 0)
      axis->gradient_x[i - 1] += axis->link[i] * step;
  }
}

void pln_axis_derive(PlnAxis *axis, double observed) {
  Room room;
  room_init(&room, axis);
  axis->log_likelihood = axis->objective = 0;
  memset(axis->gradient_x, 0, ((gsize)axis->n_nodes + 1) * sizeof(double));
  memset(axis->diagonal, 0, ((gsize)axis->n_nodes + 1) * sizeof(double));
  for (guint j = 0; j < axis->n_calls; j++)
    derive_call(axis, j, &room, observed);
  axis->objective += axis->log_likelihood;
  derive_prior(axis);
  axis->gradient_x[axis->n_nodes] = axis->diagonal[axis->n_nodes] = 0;
  g_free(room.bytes);
}
