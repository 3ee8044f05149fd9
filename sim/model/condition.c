/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/condition.h"

#include <math.h>
#include <string.h>

#include "plenary/cholesky.h"
#include "plenary/error.h"
#include "plenary/normal.h"
#include "plenary/space_pass.h"

enum { ROUNDS = 40 };
static const double FARTHEST = 1, SETTLED = 1e-6;

/* Coefficients: minus the centre, groups' deviations, slopes; then the half width.  Slopes are
 * whitened, b = mean + L z with L L' the covariance, so that all have unit priors but the
 * centre, the groups and the half width, whose means are in the offsets.  A state's doubt makes its
 * noise larger: everything of it is divided by the noise's standard deviation. */
struct PlnCondition {
  const PlnElectorate *electorate;
  guint nr, nw, stride;
  gsize n_pad;
  double *column;             /* (nr + nw) x n_pad */
  double *offset, *log_width; /* n_pad */
  double *precision;          /* nr + nw */
  double *scratch, *curvature, *spare;
  guint8 *answer; /* n_pad */
};

void pln_condition_free(PlnCondition *c) {
  if (!c)
    return;
  gpointer all[] = {c->column,  c->offset,    c->log_width, c->precision,
                    c->scratch, c->curvature, c->spare,     c->answer};
  for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
    g_free(all[k]);
  g_free(c);
}

static void fill_state(PlnCondition *c, const double *root, guint state) {
  const PlnElectorate *e = c->electorate;
  const double *x = e->position + (gsize)state * e->d;
  double noise = sqrt(1 + e->doubt[state]), mean = e->lean[state] - e->centre_mean;
  guint k = 0;
  c->column[k++ * c->n_pad + state] = 1 / noise;
  for (guint g = 0; g < e->n_groups; g++)
    c->column[k++ * c->n_pad + state] = e->in_group[state] == (int)g ? 1 / noise : 0;
  for (guint l = 0; l < e->d; l++) {
    double sum = 0;
    for (guint m = l; m < e->d; m++)
      sum += root[m * e->d + l] * x[m];
    c->column[k++ * c->n_pad + state] = sum / noise;
    mean += e->slope_mean[l] * x[l];
  }
  if (c->nw > 0)
    c->column[k * c->n_pad + state] = 1;
  c->offset[state] = mean / noise;
  c->log_width[state] = e->width_mean + e->width[state] - pln_log(noise);
}

PlnCondition *pln_condition_new(const PlnElectorate *e, GError **error) {
  if (1 + e->n_groups + e->d + 1 > PLN_PASS_COLUMNS) {
    g_set_error(
        error, PLN_ERROR, PLN_ERROR_DATA,
        "the electorate has %u dimensions and %u groups; expected %d of both together at the most",
        e->d, e->n_groups, PLN_PASS_COLUMNS - 2);
    return NULL;
  }
  g_autofree double *root = g_new(double, (gsize)e->d * e->d);
  if (pln_electorate_root(e, root) >= 0) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
                "the slopes' covariance is not positive semidefinite; expected that of an electorate");
    return NULL;
  }
  PlnCondition *c = g_new0(PlnCondition, 1);
  c->electorate = e;
  c->nr = 1 + e->n_groups + e->d;
  c->nw = e->classes == 3 ? 1 : 0;
  guint all = c->nr + c->nw;
  c->stride = (all + 7) / 8 * 8;
  c->n_pad = MAX((e->n + 7) / 8 * 8, 8);
  c->column = g_new0(double, all * c->n_pad);
  c->offset = g_new0(double, c->n_pad);
  c->log_width = g_new0(double, c->n_pad);
  c->precision = g_new(double, all);
  c->scratch = g_new(double, PLN_PASS_SCRATCH(c->n_pad));
  c->curvature = g_new(double, (gsize)all * c->stride);
  c->spare = g_new(double, (gsize)all * c->stride);
  c->answer = g_malloc(c->n_pad);
  for (guint k = 0; k < all; k++)
    c->precision[k] = 1;
  c->precision[0] = 1 / (e->centre_sd * e->centre_sd + 1e-6);
  for (guint g = 0; g < e->n_groups; g++)
    c->precision[1 + g] = 1 / (e->group_spread[g] * e->group_spread[g] + 1e-6);
  if (c->nw > 0)
    c->precision[c->nr] = 1 / (e->width_sd * e->width_sd + 1e-6);
  for (guint i = 0; i < e->n; i++)
    fill_state(c, root, i);
  return c;
}

static PlnPass pass_of(const PlnCondition *c) {
  PlnPass pass = {.n = c->n_pad,
                  .nr = c->nr,
                  .nw = c->nw,
                  .classes = c->electorate->classes,
                  .offset = c->offset,
                  .width_offset = c->log_width,
                  .answer = c->answer};
  for (guint k = 0; k < c->nr + c->nw; k++)
    pass.column[k] = c->column + k * c->n_pad;
  return pass;
}

/* Newton's steps to the mode; leaves the curvature's factor.  Returns: whether at rest */
static gboolean settle(PlnCondition *c, const PlnPass *pass, double *coefficient) {
  guint all = c->nr + c->nw;
  for (guint r = 0; r < ROUNDS; r++) {
    double gradient[PLN_PASS_COLUMNS] = {0}, step[PLN_PASS_COLUMNS], most = 0;
    memset(c->curvature, 0, sizeof(double) * all * c->stride);
    pln_pass(pass, coefficient, c->scratch, gradient, c->curvature, c->stride);
    for (guint k = 0; k < all; k++) {
      gradient[k] -= c->precision[k] * coefficient[k];
      c->curvature[k * c->stride + k] += c->precision[k];
      step[k] = gradient[k];
    }
    pln_cholesky_ridge(c->curvature, all, c->stride, c->spare);
    pln_cholesky_forward(c->curvature, all, c->stride, step);
    pln_cholesky_backward(c->curvature, all, c->stride, step);
    for (guint k = 0; k < all; k++)
      most = MAX(most, fabs(step[k]));
    for (guint k = 0; k < all; k++)
      coefficient[k] += step[k] * (most > FARTHEST ? FARTHEST / most : 1);
    if (most < SETTLED)
      return TRUE;
  }
  return FALSE;
}

/* The variance that the roll call's own uncertainty adds to a state's support. */
static double open_variance(const PlnCondition *c, guint state) {
  double along[PLN_PASS_COLUMNS] = {0}, sum = 0;
  guint all = c->nr + c->nw;
  for (guint k = 0; k < c->nr; k++)
    along[k] = c->column[k * c->n_pad + state];
  pln_cholesky_forward(c->curvature, all, c->stride, along);
  for (guint k = 0; k < all; k++)
    sum += along[k] * along[k];
  return sum;
}

gboolean pln_condition_chances(PlnCondition *c, const guint8 *answer, double *chance) {
  const PlnElectorate *e = c->electorate;
  double coefficient[PLN_PASS_COLUMNS] = {0};
  memset(c->answer, PLN_ANSWER_NONE, c->n_pad);
  memcpy(c->answer, answer, e->n);
  PlnPass pass = pass_of(c);
  gboolean at_rest = settle(c, &pass, coefficient);
  pln_pass_predict(&pass, coefficient, c->scratch, c->scratch + c->n_pad);
  for (guint i = 0; i < e->n; i++) {
    double sd = sqrt(1 + open_variance(c, i)), u = c->scratch[i] / sd;
    double w = c->nw > 0 ? pln_exp(pln_clamp(c->scratch[c->n_pad + i], 6)) / sd : 0;
    double *own = chance + (gsize)i * e->classes;
    own[0] = pln_normal(-w - u);
    own[e->classes - 1] = pln_normal(u - w);
    if (e->classes == 3)
      own[1] = pln_exp(pln_normal_interval_log(-w - u, w - u));
    for (guint k = 0; k < e->classes; k++)
      own[k] = (1 - e->lapse) * own[k] + e->lapse / e->classes;
  }
  return at_rest;
}
