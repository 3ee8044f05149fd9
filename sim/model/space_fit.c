/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/space_fit.h"

#include <gsl/gsl_eigen.h>
#include <math.h>
#include <string.h>

#include "plenary/draw.h"

enum { STUDY_START = 0x5350 }; /* the stream that starts are drawn from */

static gsize pad(gsize n) {
  return (n + 7) / 8 * 8;
}

/* Sessions are gathered into periods of as equal length as can be. */
static void make_periods(PlnSpaceFit *fit) {
  const PlnCells *cells = fit->cells;
  guint wanted = fit->options->period, sessions = MAX(cells->n_sessions, 1);
  fit->n_periods = wanted > 0 ? (sessions + wanted - 1) / wanted : 1;
  fit->period = g_new(guint, cells->n_calls + 1);
  fit->slot = g_new(guint, cells->n_calls + 1);
  fit->slot_from = g_new0(guint, fit->n_periods + 1);
  for (guint j = 0; j < cells->n_calls; j++)
    fit->period[j] = cells->session[j] * fit->n_periods / sessions;
  guint slot = 0;
  for (guint t = 0; t < fit->n_periods; t++) {
    fit->slot_from[t] = slot;
    for (guint j = 0; j < cells->n_calls; j++)
      if (fit->period[j] == t)
        fit->slot[j] = slot++;
    slot = (guint)pad(slot);
  }
  fit->slot_from[fit->n_periods] = slot;
  fit->m_pad = MAX(slot, 8);
}

static void lay_out_answers(PlnSpaceFit *fit) {
  const PlnCells *cells = fit->cells;
  fit->by_call = g_malloc(cells->n_calls * fit->n_pad + 1);
  fit->by_state = g_malloc(cells->n_states * fit->m_pad + 1);
  memset(fit->by_call, PLN_ANSWER_NONE, cells->n_calls * fit->n_pad);
  memset(fit->by_state, PLN_ANSWER_NONE, cells->n_states * fit->m_pad);
  for (guint j = 0; j < cells->n_calls; j++) {
    const guint8 *row = pln_cells_row(cells, j);
    memcpy(fit->by_call + j * fit->n_pad, row, cells->n_states);
    for (guint i = 0; i < cells->n_states; i++)
      fit->by_state[i * fit->m_pad + fit->slot[j]] = row[i];
  }
}

static void draw_starts(PlnSpaceFit *fit) {
  PlnDraw draw = pln_draw_stream(fit->options->seed, STUDY_START, 0);
  for (guint k = 0; k < fit->d; k++) {
    for (guint i = 0; i < fit->cells->n_states; i++) {
      double x = 0.3 * pln_draw_normal(&draw);
      fit->base[k * fit->n_pad + i] = x;
      for (guint t = 0; t < fit->n_periods; t++)
        fit->x[(t * fit->d + k) * fit->n_pad + i] = x;
    }
    for (guint j = 0; j < fit->cells->n_calls; j++)
      fit->b[k * fit->m_pad + fit->slot[j]] = 0.1 * pln_draw_normal(&draw);
  }
  for (guint k = 0; k < fit->e; k++) {
    for (guint i = 0; i < fit->cells->n_states; i++)
      fit->p[k * fit->n_pad + i] = 0.1 * pln_draw_normal(&draw);
    for (guint j = 0; j < fit->cells->n_calls; j++)
      fit->q[k * fit->m_pad + fit->slot[j]] = 0.1 * pln_draw_normal(&draw);
  }
}

static void allocate(PlnSpaceFit *fit) {
  gsize n = fit->n_pad, m = fit->m_pad, all = MAX(n, m), states = fit->cells->n_states + 1;
  const PlnSpaceOptions *options = fit->options;
  fit->one = g_new(double, all);
  for (gsize k = 0; k < all; k++)
    fit->one[k] = 1;
  fit->member = g_new0(double, options->n_groups *n + 1);
  fit->x = g_new0(double, (gsize)fit->n_periods * fit->d * n);
  fit->base = g_new0(double, fit->d *n);
  fit->lean = g_new0(double, n);
  fit->width = g_new0(double, n);
  fit->p = g_new0(double, fit->e *n + 1);
  fit->b = g_new0(double, fit->d *m);
  fit->effect = g_new0(double, fit->fixed *m);
  fit->half = g_new(double, m);
  fit->q = g_new0(double, fit->e *m + 1);
  fit->offset = g_new0(double, fit->fixed *m);
  fit->shrink = g_new(double, fit->d);
  fit->group_precision = g_new(double, options->n_groups + 1);
  for (guint g = 0; g < options->n_groups; g++)
    fit->group_precision[g] = 8;
  fit->error = g_new0(double, states * fit->d);
  fit->doubt = g_new0(double, states);
  fit->slope_error = g_new0(double, (gsize)fit->d * fit->d + fit->fixed);
  for (gsize k = 0; k < m; k++)
    fit->half[k] = -1;
  for (guint k = 0; k < fit->d; k++)
    fit->shrink[k] = options->penalty;
  for (guint i = 0; options->group && i < fit->cells->n_states; i++)
    if (options->group[i] >= 0)
      fit->member[(guint)options->group[i] * n + i] = 1;
}

PlnSpaceFit *pln_space_fit_new(const PlnCells *cells, const PlnSpaceOptions *options) {
  PlnSpaceFit *fit = g_new0(PlnSpaceFit, 1);
  fit->cells = cells;
  fit->options = options;
  fit->d = options->dimensions;
  fit->e = cells->classes == 3 ? options->width_dimensions : 0;
  fit->widths = cells->classes == 3 ? 1 + fit->e : 0;
  fit->fixed = 1 + options->n_groups;
  fit->n_pad = MAX(pad(cells->n_states), 8);
  fit->threads = options->threads;
  make_periods(fit);
  lay_out_answers(fit);
  allocate(fit);
  draw_starts(fit);
  if (options->weight) {
    fit->weight = g_new0(double, fit->m_pad);
    for (guint j = 0; j < cells->n_calls; j++)
      fit->weight[fit->slot[j]] = options->weight[j];
  }
  return fit;
}

void pln_space_fit_free(PlnSpaceFit *fit) {
  if (!fit)
    return;
  gpointer all[] = {
      fit->period, fit->slot,   fit->slot_from, fit->by_call,     fit->by_state,       fit->one,
      fit->member, fit->x,      fit->base,      fit->lean,        fit->width,          fit->p,
      fit->b,      fit->effect, fit->half,      fit->q,           fit->offset,         fit->weight,
      fit->shrink, fit->error,  fit->doubt,     fit->slope_error, fit->group_precision};
  for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
    g_free(all[k]);
  g_free(fit);
}

/* Columns @a (each @length long) become columns times @turn. */
static void turn_columns(double *a, gsize length, guint d, const gsl_matrix *turn) {
  g_autofree double *row = g_new(double, d);
  for (gsize i = 0; i < length; i++) {
    for (guint k = 0; k < d; k++)
      row[k] = a[k * length + i];
    for (guint k = 0; k < d; k++) {
      double sum = 0;
      for (guint l = 0; l < d; l++)
        sum += row[l] * gsl_matrix_get(turn, l, k);
      a[k * length + i] = sum;
    }
  }
}

static double product(const double *a, const double *b, gsize n) {
  double sum = 0;
  for (gsize i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}

/* At the mode with one precision for both sides X'X = B'B (where positions stay; nearly, where
 * they deviate), but not diagonal yet: the eigenvectors of their sum make it so. */
static void principal_axes(const PlnSpaceFit *fit, gsl_matrix *axes) {
  gsize n = fit->n_pad, m = fit->m_pad;
  gsl_matrix *gram = gsl_matrix_alloc(fit->d, fit->d);
  gsl_vector *values = gsl_vector_alloc(fit->d);
  gsl_eigen_symmv_workspace *space = gsl_eigen_symmv_alloc(fit->d);
  for (guint k = 0; k < fit->d; k++)
    for (guint l = 0; l <= k; l++) {
      double sum = product(fit->base + k * n, fit->base + l * n, n) +
                   product(fit->b + k * m, fit->b + l * m, m);
      gsl_matrix_set(gram, k, l, sum);
      gsl_matrix_set(gram, l, k, sum);
    }
  gsl_eigen_symmv(gram, values, axes, space);
  gsl_eigen_symmv_sort(values, axes, GSL_EIGEN_SORT_VAL_DESC);
  gsl_eigen_symmv_free(space);
  gsl_vector_free(values);
  gsl_matrix_free(gram);
}

void pln_space_fit_turn(PlnSpaceFit *fit, double *size) {
  gsize n = fit->n_pad, m = fit->m_pad;
  gsl_matrix *axes = gsl_matrix_alloc(fit->d, fit->d);
  principal_axes(fit, axes);
  turn_columns(fit->base, n, fit->d, axes);
  turn_columns(fit->b, m, fit->d, axes);
  for (guint t = 0; t < fit->n_periods; t++)
    turn_columns(fit->x + (gsize)t * fit->d * n, n, fit->d, axes);
  gsl_matrix_free(axes);
  double largest = 0, flatten = fit->options->flatten;
  for (guint k = 0; k < fit->d; k++) {
    size[k] = sqrt(product(fit->base + k * n, fit->base + k * n, n) *
                   product(fit->b + k * m, fit->b + k * m, m));
    largest = MAX(largest, size[k]);
  }
  for (guint k = 0; k < fit->d && flatten > 0 && largest > 0; k++)
    fit->shrink[k] = fit->options->penalty / (1 + size[k] / (flatten * largest));
}

double pln_space_fit_group_square(const PlnSpaceFit *fit, guint group) {
  const double *effect = fit->effect + (1 + group) * fit->m_pad;
  double error = fit->slope_error[fit->d * fit->d + 1 + group];
  return (product(effect, effect, fit->m_pad) + error) / MAX(fit->cells->n_calls, 1);
}

void pln_space_fit_weigh_groups(PlnSpaceFit *fit) {
  for (guint g = 0; g < fit->options->n_groups; g++)
    fit->group_precision[g] = CLAMP(1 / MAX(pln_space_fit_group_square(fit, g), 1e-6), 1, 1000);
}

void pln_space_fit_flip(PlnSpaceFit *fit, guint k) {
  gsize n = fit->n_pad;
  for (gsize i = 0; i < n; i++)
    fit->base[k * n + i] *= -1;
  for (guint t = 0; t < fit->n_periods; t++)
    for (gsize i = 0; i < n; i++)
      fit->x[(t * fit->d + k) * n + i] *= -1;
  for (gsize j = 0; j < fit->m_pad; j++)
    fit->b[k * fit->m_pad + j] *= -1;
}
