/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/axis.h"

#include <math.h>
#include <string.h>

#include "plenary/wide.h"

enum { LANES = PLN_CURVE_LANES, HALVINGS = 6, SOLVES = 80, CURVE_ROUNDS = 3, TURNS = 4 };

/* The linear system of one round.  Vectors over nodes have a last element for the filling,
 * kept at 0. */
typedef struct {
  double *step, *residual, *direction, *image, *solved; /* n_nodes + 1 each */
  double *pivot, *below;                                /* the tridiagonal part as L D L' */
  double *curve_step;                                   /* n_calls x 3 */
  double *old_x;
  PlnCurve *old_curve;
  double *vector; /* the room of all that are doubles */
  double *gathered;
} System;

static void system_init(System *s, const PlnAxis *axis) {
  gsize n = (gsize)axis->n_nodes + 1, most = 0;
  for (gsize j = 0; j < axis->n_calls; j++)
    most = MAX(most, axis->start[(j + 1) * axis->classes] - axis->start[j * axis->classes]);
  double **part[] = {&s->step,   &s->residual, &s->direction, &s->image,
                     &s->solved, &s->pivot,    &s->below,     &s->old_x};
  s->vector = g_new0(double, G_N_ELEMENTS(part) * n);
  for (guint p = 0; p < G_N_ELEMENTS(part); p++)
    *part[p] = s->vector + p * n;
  s->curve_step = g_new0(double, 3 * (gsize)axis->n_calls + 1);
  s->old_curve = g_new(PlnCurve, (gsize)axis->n_calls + 1);
  s->gathered = g_new0(double, most + 1);
}

static void system_clear(System *s) {
  g_free(s->vector);
  g_free(s->curve_step);
  g_free(s->old_curve);
  g_free(s->gathered);
}

static double inner(guint n, const double *a, const double *b) {
  double sum = 0;
  for (guint i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}

static void factorise_chains(const PlnAxis *axis, System *s) {
  for (guint i = 0; i < axis->n_nodes; i++) {
    double next = i + 1 < axis->n_nodes ? axis->link[i + 1] : 0;
    double d = axis->diagonal[i] + axis->own[i] + axis->link[i] + next;
    s->below[i] = axis->link[i] > 0 ? -axis->link[i] / s->pivot[i - 1] : 0;
    s->pivot[i] = axis->link[i] > 0 ? d + axis->link[i] * s->below[i] : d;
  }
}

static void solve_chains(const PlnAxis *axis, const System *s, const double *in, double *out) {
  for (guint i = 0; i < axis->n_nodes; i++)
    out[i] = axis->link[i] > 0 ? in[i] - s->below[i] * out[i - 1] : in[i];
  for (guint i = axis->n_nodes; i-- > 0;) {
    out[i] /= s->pivot[i];
    if (i + 1 < axis->n_nodes && axis->link[i + 1] > 0)
      out[i] -= s->below[i + 1] * out[i + 1];
  }
}

PLN_WIDE
static double times(gsize n, const double *a, const double *b) {
  PlnWide sum = {0};
  for (gsize k = 0; k < n; k += LANES)
    sum += pln_wide_load(a + k) * pln_wide_load(b + k);
  return pln_wide_sum(sum);
}

/* out = C'v for one roll call: how its curve's gradient moves with the positions. */
static void tie_to_curve(const PlnAxis *axis, guint call, const double *v, double *gathered,
                         double out[3]) {
  const gsize *start = axis->start + (gsize)call * axis->classes;
  gsize first = start[0], n = start[axis->classes] - first;
  const guint32 *node = axis->node + first;
  for (gsize k = 0; k < n; k++)
    gathered[k] = v[node[k]];
  out[0] = times(n, axis->cross[0] + first, gathered);
  out[1] = out[2] = 0;
  for (guint c = 0; c < axis->classes; c++)
    out[pln_axis_cut(axis, c)] +=
        times(start[c + 1] - start[c], axis->cross[1] + start[c], gathered + (start[c] - first));
  if (axis->classes == 3)
    out[2] += times(start[2] - start[1], axis->cross[2] + start[1], gathered + (start[1] - first));
}

/* out -= C y for one roll call. */
static void tie_to_nodes(const PlnAxis *axis, guint call, const double y[3], double *out) {
  const gsize *start = axis->start + (gsize)call * axis->classes;
  const double *c0 = axis->cross[0], *c1 = axis->cross[1], *c2 = axis->cross[2];
  for (guint c = 0; c < axis->classes; c++) {
    double at = y[pln_axis_cut(axis, c)];
    if (axis->classes == 3 && c == 1)
      for (gsize k = start[c]; k < start[c + 1]; k++)
        out[axis->node[k]] -= c0[k] * y[0] + c1[k] * at + c2[k] * y[2];
    else
      for (gsize k = start[c]; k < start[c + 1]; k++)
        out[axis->node[k]] -= c0[k] * y[0] + c1[k] * at;
  }
}

/* The matrix that is left in the positions once the curves are solved for. */
static void reduced(const PlnAxis *axis, System *s, const double *v, double *out) {
  for (guint i = 0; i < axis->n_nodes; i++) {
    double d = axis->diagonal[i] + axis->own[i] + axis->link[i];
    out[i] = d * v[i];
    if (axis->link[i] > 0) {
      out[i] -= axis->link[i] * v[i - 1];
      out[i - 1] += axis->link[i] * (v[i - 1] - v[i]);
    }
  }
  for (guint j = 0; j < axis->n_calls; j++) {
    double tie[3], y[3];
    tie_to_curve(axis, j, v, s->gathered, tie);
    pln_axis_solve_call(axis, j, tie, y);
    tie_to_nodes(axis, j, y, out);
  }
  out[axis->n_nodes] = 0;
}

/* The positions' step to within @share of its first residual; the curves' follows. */
static void solve(PlnAxis *axis, System *s, double share) {
  guint n = axis->n_nodes;
  memcpy(s->residual, axis->gradient_x, (n + 1) * sizeof(double));
  memset(s->step, 0, (n + 1) * sizeof(double));
  for (guint j = 0; j < axis->n_calls; j++) {
    double y[3];
    pln_axis_solve_call(axis, j, axis->gradient_curve + 3 * (gsize)j, y);
    tie_to_nodes(axis, j, y, s->residual);
  }
  s->residual[n] = 0;
  factorise_chains(axis, s);
  solve_chains(axis, s, s->residual, s->solved);
  memcpy(s->direction, s->solved, (n + 1) * sizeof(double));
  double now = inner(n, s->residual, s->solved), enough = share * share * now;
  for (guint k = 0; k < SOLVES && now > enough && now > 0; k++) {
    reduced(axis, s, s->direction, s->image);
    double bend = inner(n, s->direction, s->image);
    axis->solves++;
    if (bend <= 1e-9 * now) { /* not a maximum along here: what is found so far, or uphill */
      if (k == 0)
        memcpy(s->step, s->direction, (n + 1) * sizeof(double));
      break;
    }
    double by = now / bend, before = now;
    for (guint i = 0; i < n; i++) {
      s->step[i] += by * s->direction[i];
      s->residual[i] -= by * s->image[i];
    }
    solve_chains(axis, s, s->residual, s->solved);
    now = inner(n, s->residual, s->solved);
    for (guint i = 0; i < n; i++)
      s->direction[i] = s->solved[i] + now / before * s->direction[i];
  }
}

/* Returns: the rise that the step promises */
static double follow_curves(const PlnAxis *axis, System *s) {
  double rise = inner(axis->n_nodes, axis->gradient_x, s->step);
  for (guint j = 0; j < axis->n_calls; j++) {
    const double *g = axis->gradient_curve + 3 * (gsize)j;
    double tie[3], left[3], *step = s->curve_step + 3 * (gsize)j;
    tie_to_curve(axis, j, s->step, s->gathered, tie);
    for (guint p = 0; p < 3; p++)
      left[p] = g[p] - tie[p];
    pln_axis_solve_call(axis, j, left, step);
    rise += g[0] * step[0] + g[1] * step[1] + g[2] * step[2];
  }
  return 0.5 * rise;
}

/* How much of a curve's step may be taken: the cuts keep their order and nothing leaps. */
static double room_to_step(const PlnCurve *from, const double step[3]) {
  double most = MAX(fabs(step[0]), MAX(fabs(step[1]), fabs(step[2]))), share = 1;
  double closing = step[1] - step[2], gap = from->high - from->low;
  if (most > 2)
    share = 2 / most;
  if (gap > 0 && closing * share > 0.8 * gap)
    share = 0.8 * gap / closing;
  return share;
}

static void take_step(PlnAxis *axis, const System *s, double share) {
  for (guint i = 0; i < axis->n_nodes; i++)
    axis->x[i] = s->old_x[i] + share * CLAMP(s->step[i], -1, 1);
  for (guint j = 0; j < axis->n_calls; j++) {
    const PlnCurve *from = &s->old_curve[j];
    const double *step = s->curve_step + 3 * (gsize)j;
    double by = share * room_to_step(from, step);
    PlnCurve *to = &axis->curve[j];
    to->slope = from->slope + by * step[0];
    to->low = from->low + by * step[1];
    to->high = axis->classes == 3 ? from->high + by * step[2] : to->low;
  }
}

/* Takes the step, halved until it keeps a fair part of its promise (Armijo): away from the
 * top the positive semidefinite matrix may overshoot by twice.  Returns: whether it rose */
static gboolean climb(PlnAxis *axis, System *s, double rise, double observed) {
  double before = axis->objective, slack = 1e-10 * (1 + fabs(before));
  memcpy(s->old_x, axis->x, ((gsize)axis->n_nodes + 1) * sizeof(double));
  memcpy(s->old_curve, axis->curve, axis->n_calls * sizeof(PlnCurve));
  double share = 1;
  for (guint k = 0; k < HALVINGS; k++, share /= 2) {
    take_step(axis, s, share);
    pln_axis_derive(axis, observed);
    if (axis->objective >= before + 0.4 * share * rise - slack)
      return TRUE;
  }
  memcpy(axis->x, s->old_x, ((gsize)axis->n_nodes + 1) * sizeof(double));
  memcpy(axis->curve, s->old_curve, axis->n_calls * sizeof(PlnCurve));
  pln_axis_derive(axis, 0);
  return FALSE;
}

static void step_curves(PlnAxis *axis, System *s) {
  memset(s->step, 0, ((gsize)axis->n_nodes + 1) * sizeof(double));
  follow_curves(axis, s);
  climb(axis, s, 0, 0);
}

/* One step of the positions with the curves held, then one of the curves with the positions
 * held: each is concave, so this rises from anywhere, though slowly near the top. */
static void step_in_turn(PlnAxis *axis, System *s) {
  factorise_chains(axis, s);
  solve_chains(axis, s, axis->gradient_x, s->step);
  memset(s->curve_step, 0, 3 * (gsize)axis->n_calls * sizeof(double));
  climb(axis, s, 0, 0);
  step_curves(axis, s);
}

void pln_axis_fit(PlnAxis *axis, guint rounds, double tolerance) {
  System s;
  system_init(&s, axis);
  axis->rounds = axis->solves = 0;
  axis->converged = FALSE;
  double observed = axis->warm ? 1 : 0;
  pln_axis_derive(axis, observed);
  for (guint k = 0; k < CURVE_ROUNDS && !axis->warm; k++) /* the start has no curves yet */
    step_curves(axis, &s);
  for (guint k = 0; k < TURNS && !axis->warm; k++)
    step_in_turn(axis, &s);
  axis->warm = TRUE;
  while (axis->rounds < rounds && !axis->converged) {
    solve(axis, &s, observed > 0 ? 0.02 : 0.1);
    double rise = follow_curves(axis, &s);
    axis->converged = observed > 0 && rise < tolerance;
    if (axis->converged)
      break;
    observed = rise < 0.5 * axis->n_nodes ? 1 : 0;
    axis->rounds++;
    if (!climb(axis, &s, rise, observed)) {
      observed = 0;
      step_in_turn(axis, &s);
    }
  }
  system_clear(&s);
}
