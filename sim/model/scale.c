/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/scale.h"

#include <math.h>
#include <string.h>

#include "plenary/axis.h"
#include "plenary/scale_errors.h"

#define NEARLY 0.5 /* of log likelihood: near enough to see how unsure the positions are */

PlnScaleOptions pln_scale_options(void) {
  return (PlnScaleOptions){.slope_sd = 5,
                           .cut_sd = 5,
                           .gap_shape = 1.5,
                           .gap_rate = 0.5,
                           .plus = -1,
                           .minus = -1,
                           .softenings = 2,
                           .rounds = 100,
                           .tolerance = 1e-6};
}

/* All sessions of a state are one node. */
static PlnAxis *fitted(const PlnCells *cells, const PlnScaleOptions *options) {
  PlnAxisPrior prior = {options->slope_sd, options->cut_sd, options->gap_shape, options->gap_rate};
  gsize n = cells->n_states, sessions = MAX(cells->n_sessions, 1);
  g_autofree guint32 *node = g_new(guint32, sessions * n + 1);
  for (gsize k = 0; k < sessions * n; k++)
    node[k] = (guint32)(k % n);
  PlnAxis *axis = pln_axis_new(cells, node, cells->n_states, options->weight, &prior);
  pln_axis_start(axis, node, cells->n_states);
  guint rounds = 0;
  for (guint k = 0; k < options->softenings; k++) {
    pln_axis_fit(axis, options->rounds, MAX(options->tolerance, NEARLY));
    pln_axis_soften(axis);
    rounds += axis->rounds;
  }
  pln_axis_fit(axis, options->rounds, options->tolerance);
  axis->rounds += rounds;
  return axis;
}

/* Which states have an answer that weighs anything. */
static guint mark_seen(const PlnCells *cells, const double *weight, guint8 *seen, gsize *n_cells) {
  guint n = 0;
  for (guint j = 0; j < cells->n_calls; j++) {
    const guint8 *row = pln_cells_row(cells, j);
    for (guint i = 0; i < cells->n_states && (!weight || weight[j] > 0); i++)
      if (row[i] < cells->classes) {
        seen[i] = 1;
        (*n_cells)++;
      }
  }
  for (guint i = 0; i < cells->n_states; i++)
    n += seen[i];
  return n;
}

static void find_unit(const PlnAxis *axis, const guint8 *seen, guint n_seen, double *mean,
                      double *unit) {
  double sum = 0, square = 0;
  for (guint i = 0; i < axis->n_nodes; i++)
    sum += seen[i] ? axis->x[i] : 0;
  *mean = n_seen > 0 ? sum / n_seen : 0;
  for (guint i = 0; i < axis->n_nodes; i++)
    square += seen[i] ? (axis->x[i] - *mean) * (axis->x[i] - *mean) : 0;
  *unit = n_seen > 0 ? sqrt(square / n_seen) : 0;
}

/* Whether the axis is to be turned round. */
static gboolean upside_down(const PlnScale *scale, const PlnScaleOptions *options) {
  const double *x = scale->position;
  if (options->plus >= 0 && options->minus >= 0)
    return x[options->plus] < x[options->minus];
  if (options->plus >= 0)
    return x[options->plus] < 0;
  if (options->minus >= 0)
    return x[options->minus] > 0;
  for (guint i = 0; i < scale->n_states; i++)
    if (fabs(x[i]) > 0.5)
      return x[i] > 0;
  return FALSE;
}

static void turn_round(PlnScale *scale) {
  for (guint i = 0; i < scale->n_states; i++)
    scale->position[i] = -scale->position[i];
  for (guint j = 0; j < scale->n_calls; j++) {
    scale->curve[j].slope = -scale->curve[j].slope;
    scale->curve_covariance[6 * (gsize)j + 1] *= -1;
    scale->curve_covariance[6 * (gsize)j + 3] *= -1;
  }
}

static void standardise(PlnScale *scale, const PlnAxis *axis, double mean, double unit) {
  for (guint i = 0; i < scale->n_states; i++) {
    scale->position[i] = (axis->x[i] - mean) / unit;
    scale->error[i] = sqrt(scale->error[i]);
  }
  for (guint j = 0; j < scale->n_calls; j++) {
    const PlnCurve *from = &axis->curve[j];
    const double *v = scale->curve_covariance + 6 * (gsize)j;
    scale->curve[j] = (PlnCurve){from->slope * unit, from->low - from->slope * mean,
                                 from->high - from->slope * mean};
    scale->curve_error[j] =
        (PlnCurve){sqrt(v[0]), sqrt(v[2]), scale->classes == 3 ? sqrt(v[5]) : sqrt(v[2])};
  }
}

static char *say(const PlnScale *scale, guint n_seen, gboolean flat, gboolean observed) {
  if (scale->n_calls == 0 || scale->cells == 0)
    return g_strdup("no answers are left: every position is the prior's, with its error");
  if (n_seen < 2)
    return g_strdup("only one voter answered: there is no scale, and it stands at 0");
  if (flat)
    return g_strdup("the voters do not differ in their answers: all stand at 0");
  if (!scale->converged)
    return g_strdup_printf("the fit had not settled after %u rounds; its figures are near "
                           "the best but not at it",
                           scale->rounds);
  if (!observed)
    return g_strdup("the curvature at the best fit is not that of a maximum; the standard "
                    "errors use its expected part");
  if (scale->n_states > PLN_SCALE_DENSE)
    return g_strdup_printf("more than %d voters: the standard errors leave out what the "
                           "voters' errors share",
                           PLN_SCALE_DENSE);
  return NULL;
}

PlnScale *pln_scale_new(const PlnCells *cells, const PlnScaleOptions *options) {
  PlnScale *scale = g_new0(PlnScale, 1);
  gsize n = cells->n_states, calls = cells->n_calls;
  g_autoptr(PlnAxis) axis = fitted(cells, options);
  g_autofree guint8 *seen = g_new0(guint8, n + 1);
  double mean, unit;
  scale->n_states = cells->n_states;
  scale->n_calls = cells->n_calls;
  scale->classes = cells->classes;
  scale->position = g_new0(double, n + 1);
  scale->error = g_new0(double, n + 1);
  scale->curve = g_new0(PlnCurve, calls + 1);
  scale->curve_error = g_new0(PlnCurve, calls + 1);
  scale->curve_covariance = g_new0(double, 6 * calls + 1);
  guint n_seen = mark_seen(cells, options->weight, seen, &scale->cells);
  find_unit(axis, seen, n_seen, &mean, &unit);
  gboolean flat = unit < 1e-6;
  if (flat) /* nothing to stretch: the prior's own unit */
    unit = 1;
  scale->log_likelihood = axis->log_likelihood;
  scale->rounds = axis->rounds;
  scale->converged = axis->converged;
  gboolean observed =
      pln_scale_errors(axis, mean, unit, seen, scale->error, scale->curve_covariance);
  standardise(scale, axis, mean, unit);
  if (upside_down(scale, options))
    turn_round(scale);
  scale->words = say(scale, n_seen, flat, observed);
  return scale;
}

void pln_scale_free(PlnScale *scale) {
  if (!scale)
    return;
  g_free(scale->position);
  g_free(scale->error);
  g_free(scale->curve);
  g_free(scale->curve_error);
  g_free(scale->curve_covariance);
  g_free(scale->words);
  g_free(scale);
}

void pln_scale_chance(const PlnScale *scale, guint state, guint call, double *chance) {
  pln_curve_chance(&scale->curve[call], scale->curve_covariance + 6 * (gsize)call, scale->classes,
                   scale->position[state], scale->error[state], chance);
}
