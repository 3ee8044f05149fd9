/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/space.h"

#include <math.h>
#include <string.h>

#include "plenary/error.h"
#include "plenary/normal.h"
#include "plenary/space_fit.h"

/* Answers that have nothing to do with support: a delegate's mistake.  The share of
 * them is as it was found by cross-validation; it costs .0006 of log score not to have it. */
static const double LAPSE = 0.003;

PlnSpaceOptions pln_space_options(void) {
  return (PlnSpaceOptions){.dimensions = 32,
                           .width_dimensions = 2,
                           .period = 3,
                           .penalty = 7.5,
                           .drift = 4,
                           .flatten = 0.4,
                           .rounds = 60,
                           .tolerance = 1e-4};
}

static PlnSpace *space_new(const PlnSpaceFit *fit) {
  const PlnCells *cells = fit->cells;
  PlnSpace *s = g_new0(PlnSpace, 1);
  gsize n = cells->n_states + 1, m = cells->n_calls + 1, d = fit->d;
  s->n_states = cells->n_states;
  s->n_calls = cells->n_calls;
  s->classes = cells->classes;
  s->d = fit->d;
  s->e = fit->e;
  s->n_groups = fit->options->n_groups;
  s->group = g_memdup2(fit->options->group, sizeof(int) * s->n_states);
  s->n_periods = fit->n_periods;
  s->period = g_new0(guint, m);
  s->position = g_new0(double, fit->n_periods *n *d);
  s->error = g_new0(double, n *d);
  s->doubt = g_new0(double, n);
  s->lean = g_new0(double, n);
  s->width = g_new0(double, n);
  s->width_position = g_new0(double, n * s->e + 1);
  s->slope = g_new0(double, m *d);
  s->centre = g_new0(double, m);
  s->half = g_new0(double, m);
  s->width_slope = g_new0(double, m * s->e + 1);
  s->deviation = g_new0(double, m * s->n_groups + 1);
  s->size = g_new0(double, d);
  s->slope_mean = g_new0(double, d);
  s->slope_covariance = g_new0(double, d *d);
  s->group_spread = g_new0(double, s->n_groups + 1);
  s->lapse = LAPSE;
  return s;
}

void pln_space_free(PlnSpace *s) {
  if (!s)
    return;
  gpointer all[] = {s->period,      s->group,  s->position,   s->error,
                    s->doubt,       s->lean,   s->width,      s->width_position,
                    s->slope,       s->centre, s->half,       s->width_slope,
                    s->deviation,   s->size,   s->slope_mean, s->slope_covariance,
                    s->group_spread};
  for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
    g_free(all[k]);
  g_free(s);
}

static void take_states(PlnSpace *s, const PlnSpaceFit *fit) {
  for (guint i = 0; i < s->n_states; i++) {
    s->lean[i] = fit->lean[i];
    s->width[i] = fit->width[i];
    for (guint k = 0; k < s->e; k++)
      s->width_position[i * s->e + k] = fit->p[k * fit->n_pad + i];
    for (guint t = 0; t < s->n_periods; t++)
      for (guint k = 0; k < s->d; k++)
        s->position[((gsize)t * s->n_states + i) * s->d + k] =
            fit->x[((gsize)t * s->d + k) * fit->n_pad + i];
  }
}

static void take_calls(PlnSpace *s, const PlnSpaceFit *fit) {
  for (guint j = 0; j < s->n_calls; j++) {
    guint slot = fit->slot[j];
    s->period[j] = fit->period[j];
    s->centre[j] = -fit->effect[slot];
    s->half[j] = fit->half[slot];
    for (guint g = 0; g < s->n_groups; g++)
      s->deviation[j * s->n_groups + g] = fit->effect[(1 + g) * fit->m_pad + slot];
    for (guint k = 0; k < s->d; k++)
      s->slope[j * s->d + k] = fit->b[k * fit->m_pad + slot];
    for (guint k = 0; k < s->e; k++)
      s->width_slope[j * s->e + k] = fit->q[k * fit->m_pad + slot];
  }
}

static void mean_and_sd(const double *x, guint n, double *mean, double *sd) {
  double sum = 0, squares = 0;
  for (guint j = 0; j < n; j++)
    sum += x[j];
  *mean = n > 0 ? sum / n : 0;
  for (guint j = 0; j < n; j++)
    squares += (x[j] - *mean) * (x[j] - *mean);
  *sd = n > 0 ? sqrt(squares / n) : 0;
}

/* What roll calls are like: the moments of their coefficients, the slopes' errors added to
 * the spread of their estimates, which the prior has drawn together. */
static void take_moments(PlnSpace *s, const PlnSpaceFit *fit) {
  guint n = MAX(s->n_calls, 1), d = s->d;
  mean_and_sd(s->centre, s->n_calls, &s->centre_mean, &s->centre_sd);
  mean_and_sd(s->half, s->n_calls, &s->width_mean, &s->width_sd);
  for (guint j = 0; j < s->n_calls; j++)
    for (guint k = 0; k < d; k++)
      s->slope_mean[k] += s->slope[j * d + k] / n;
  for (guint k = 0; k < d; k++)
    for (guint l = 0; l < d; l++) {
      double sum = fit->slope_error[k * d + l];
      for (guint j = 0; j < s->n_calls; j++)
        sum += (s->slope[j * d + k] - s->slope_mean[k]) * (s->slope[j * d + l] - s->slope_mean[l]);
      s->slope_covariance[k * d + l] = sum / n;
    }
  for (guint g = 0; g < s->n_groups; g++)
    s->group_spread[g] = sqrt(pln_space_fit_group_square(fit, g));
}

static void take_errors(PlnSpace *s, PlnSpaceFit *fit) {
  g_autofree double *moment = g_new(double, (gsize)s->d * s->d);
  for (guint k = 0; k < s->d; k++)
    for (guint l = 0; l < s->d; l++)
      moment[k * s->d + l] = s->slope_covariance[k * s->d + l] + s->slope_mean[k] * s->slope_mean[l];
  pln_space_fit_states(fit, moment);
  memcpy(s->error, fit->error, sizeof(double) * s->n_states * s->d);
  memcpy(s->doubt, fit->doubt, sizeof(double) * s->n_states);
}

/* A sign is a convention: the dimension's long tail is at its positive end. */
static void settle_signs(PlnSpaceFit *fit) {
  for (guint k = 0; k < fit->d; k++) {
    double cubes = 0;
    for (guint i = 0; i < fit->cells->n_states; i++) {
      double x = fit->base[k * fit->n_pad + i];
      cubes += x * x * x;
    }
    if (cubes < 0)
      pln_space_fit_flip(fit, k);
  }
}

static gboolean has_room(const PlnSpaceOptions *options, GError **error) {
  if (options->n_groups <= PLN_SPACE_GROUPS)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "%u groups are too many: there is room for %d",
              options->n_groups, PLN_SPACE_GROUPS);
  return FALSE;
}

/* Rounds until another promises next to nothing.  Every second one, once the first have found
 * the axes, turns them and sets anew what the priors shrink: dimensions, groups. */
static gboolean run_rounds(PlnSpaceFit *fit, PlnSpace *space, PlnProgress *progress, GError **error) {
  const PlnSpaceOptions *options = fit->options;
  double answers = MAX((double)fit->cells->seen, 1);
  space->gain = 1;
  for (guint r = 0; r < options->rounds && !space->converged; r++) {
    gboolean turns = r >= 4 && r % 2 == 0;
    double gain = pln_space_fit_calls(fit, turns && options->n_groups > 0);
    gain += pln_space_fit_states(fit, NULL);
    space->gain = gain / answers;
    space->rounds = r + 1;
    space->converged = space->gain < options->tolerance;
    if (turns) {
      pln_space_fit_turn(fit, space->size);
      pln_space_fit_weigh_groups(fit);
    }
    if (pln_progress_step(progress, 1))
      continue;
    g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "interrupted");
    return FALSE;
  }
  return TRUE;
}

PlnSpace *pln_space_fit(const PlnCells *cells, const PlnSpaceOptions *options,
                        PlnProgress *progress, GError **error) {
  if (!has_room(options, error))
    return NULL;
  g_autoptr(PlnSpaceFit) fit = pln_space_fit_new(cells, options);
  g_autoptr(PlnSpace) space = space_new(fit);
  if (!run_rounds(fit, space, progress, error))
    return NULL;
  /* The last turn sets anew what is shrunk: a round more under it. */
  pln_space_fit_turn(fit, space->size);
  pln_space_fit_calls(fit, FALSE);
  pln_space_fit_states(fit, NULL);
  settle_signs(fit);
  pln_space_fit_calls(fit, TRUE);
  take_states(space, fit);
  take_calls(space, fit);
  take_moments(space, fit);
  take_errors(space, fit);
  return g_steal_pointer(&space);
}
