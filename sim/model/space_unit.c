/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One unit's Newton step: of a roll call, given the states; of a state, given the roll calls. */
#include <math.h>
#include <string.h>

#include "plenary/cholesky.h"
#include "plenary/space_fit.h"
#include "plenary/space_pass.h"
#include "plenary/workers.h"

/* Precisions of the priors other than those of positions and slopes; the half width of the
 * band has the prior mean exp(-1). */
static const double CENTRE = 0.05, HALF = 0.5, HALF_MEAN = -1, TOPIC = 8, LEAN = 4, WIDTH = 2;

/* A step of more than 1 in any coefficient is cut to it: the second-order picture does not
 * reach farther. */
static const double FARTHEST = 1;

enum { NO_MORE = PLN_PASS_COLUMNS, WIDTHS = 9 };
G_STATIC_ASSERT(1 + PLN_SPACE_GROUPS + PLN_SPACE_MOST + WIDTHS + 2 <= NO_MORE && NO_MORE % 8 == 0);

typedef struct {
  double *scratch, *curvature, *shared, *spare, *solved;
  double gradient[NO_MORE], coefficient[NO_MORE], step[NO_MORE];
} Desk;

typedef struct {
  PlnSpaceFit *fit;
  const double *moment; /* for the errors of positions, or NULL */
  gboolean errors;      /* of slopes, summed in the order of the calls: by one thread */
  guint stride;         /* of matrices: coefficients of a unit, in whole lanes */
  guint threads;        /* asked once: the system may say otherwise later */
  Desk *desk;           /* one a thread */
  double *gain;         /* one a unit */
  double *slope_error;  /* d x d, then fixed, a thread */
} Round;

static guint stride_of(const PlnSpaceFit *fit) {
  return (fit->fixed + fit->d + fit->widths + 2 + 7) / 8 * 8;
}

static void open_round(Round *round, PlnSpaceFit *fit, guint units) {
  guint threads = pln_workers_count(round->errors ? 1 : fit->threads, MAX(units, 1));
  gsize cells = MAX(fit->n_pad, fit->m_pad), square = (gsize)NO_MORE * NO_MORE;
  round->fit = fit;
  round->stride = stride_of(fit);
  round->threads = threads;
  round->desk = g_new0(Desk, threads);
  round->gain = g_new0(double, units + 1);
  round->slope_error = g_new0(double, (gsize)threads *(fit->d * fit->d + fit->fixed));
  for (guint k = 0; k < threads; k++) {
    Desk *desk = &round->desk[k];
    desk->scratch = g_new(double, PLN_PASS_SCRATCH(MIN(cells, PLN_PASS_CELLS)));
    desk->curvature = g_new(double, square * fit->n_periods);
    desk->shared = g_new(double, square);
    desk->spare = g_new(double, 2 * square); /* two rows a dimension, for the errors */
    desk->solved = g_new(double, (square + 2 * NO_MORE) * fit->n_periods);
  }
}

static double close_round(Round *round, guint units) {
  double gain = 0;
  for (guint k = 0; k < round->threads; k++) {
    Desk *desk = &round->desk[k];
    g_free(desk->scratch);
    g_free(desk->curvature);
    g_free(desk->shared);
    g_free(desk->spare);
    g_free(desk->solved);
  }
  for (guint k = 0; k < units; k++)
    gain += round->gain[k];
  g_free(round->desk);
  g_free(round->gain);
  g_free(round->slope_error);
  return gain;
}

static double shorten(const double *step, guint n) {
  double most = 0;
  for (guint k = 0; k < n; k++)
    most = MAX(most, fabs(step[k]));
  return most > FARTHEST ? FARTHEST / most : 1;
}

/* To second order @part of a Newton step adds this share of gradient . step (of all of it) to
 * the log posterior. */
static double promise(double part) {
  return part - 0.5 * part * part;
}

/* A pass over any number of cells, in parts. */
static void pass_over(const PlnPass *whole, gsize from, gsize to, Desk *desk, double *gradient,
                      double *curvature, guint stride) {
  for (gsize at = from; at < to; at += PLN_PASS_CELLS) {
    PlnPass part = *whole;
    part.n = MIN(PLN_PASS_CELLS, to - at);
    for (guint k = 0; k < part.nr + part.nw; k++)
      part.column[k] += at;
    part.offset = part.offset ? part.offset + at : NULL;
    part.width_offset = part.width_offset ? part.width_offset + at : NULL;
    part.weight = part.weight ? part.weight + at : NULL;
    part.answer += at;
    pln_pass(&part, desk->coefficient, desk->scratch, gradient, curvature, stride);
  }
}

/* The coefficients of a roll call: minus its centre, its groups' deviations, its slopes; half
 * and q. */
static void gather_call(const PlnSpaceFit *fit, guint slot, double *coefficient) {
  guint k = 0;
  for (guint l = 0; l < fit->fixed; l++)
    coefficient[k++] = fit->effect[l * fit->m_pad + slot];
  for (guint l = 0; l < fit->d; l++)
    coefficient[k++] = fit->b[l * fit->m_pad + slot];
  for (guint l = 0; l < fit->widths; l++)
    coefficient[k++] = l == 0 ? fit->half[slot] : fit->q[(l - 1) * fit->m_pad + slot];
}

static void put_call(PlnSpaceFit *fit, guint slot, const double *coefficient) {
  guint k = 0;
  for (guint l = 0; l < fit->fixed; l++)
    fit->effect[l * fit->m_pad + slot] = coefficient[k++];
  for (guint l = 0; l < fit->d; l++)
    fit->b[l * fit->m_pad + slot] = coefficient[k++];
  for (guint l = 0; l < fit->widths; l++)
    *(l == 0 ? fit->half + slot : fit->q + (l - 1) * fit->m_pad + slot) = coefficient[k++];
}

static PlnPass call_pass(const PlnSpaceFit *fit, guint call) {
  gsize n = fit->n_pad;
  PlnPass pass = {.n = n,
                  .nr = fit->fixed + fit->d,
                  .nw = fit->widths,
                  .classes = fit->cells->classes,
                  .offset = fit->lean,
                  .width_offset = fit->width,
                  .answer = fit->by_call + call * n};
  const double *x = fit->x + (gsize)fit->period[call] * fit->d * n;
  guint k = 0;
  pass.column[k++] = fit->one;
  for (guint l = 1; l < fit->fixed; l++)
    pass.column[k++] = fit->member + (l - 1) * n;
  for (guint l = 0; l < fit->d; l++)
    pass.column[k++] = x + l * n;
  for (guint l = 0; l < fit->widths; l++)
    pass.column[k++] = l == 0 ? fit->one : fit->p + (l - 1) * n;
  return pass;
}

static double call_prior(const PlnSpaceFit *fit, guint k, double *mean) {
  *mean = k == fit->fixed + fit->d ? HALF_MEAN : 0;
  if (k < fit->fixed)
    return k == 0 ? CENTRE : fit->group_precision[k - 1];
  if (k < fit->fixed + fit->d)
    return fit->shrink[k - fit->fixed];
  return k == fit->fixed + fit->d ? HALF : TOPIC;
}

static void keep_slope_error(const Round *round, Desk *desk, guint n, double *sum) {
  const PlnSpaceFit *fit = round->fit;
  pln_cholesky_inverse(desk->curvature, n, round->stride, desk->solved);
  for (guint k = 0; k < fit->d; k++)
    for (guint l = 0; l < fit->d; l++)
      sum[k * fit->d + l] += desk->solved[(fit->fixed + k) * round->stride + fit->fixed + l];
  for (guint g = 0; g < fit->fixed; g++)
    sum[fit->d * fit->d + g] += desk->solved[g * round->stride + g];
}

static void step_call(guint call, guint thread, gpointer data) {
  Round *round = data;
  PlnSpaceFit *fit = round->fit;
  Desk *desk = &round->desk[thread];
  guint slot = fit->slot[call], stride = round->stride;
  PlnPass pass = call_pass(fit, call);
  guint n = pass.nr + pass.nw;
  double weight = fit->weight ? fit->weight[slot] : 1;
  memset(desk->gradient, 0, sizeof desk->gradient);
  memset(desk->curvature, 0, sizeof(double) * n * stride);
  gather_call(fit, slot, desk->coefficient);
  pass_over(&pass, 0, fit->n_pad, desk, desk->gradient, desk->curvature, stride);
  for (guint k = 0; k < n; k++) {
    double mean, precision = call_prior(fit, k, &mean);
    for (guint l = 0; l <= k && weight < 1; l++)
      desk->curvature[k * stride + l] *= weight;
    desk->gradient[k] = weight * desk->gradient[k] - precision * (desk->coefficient[k] - mean);
    desk->curvature[k * stride + k] += precision;
  }
  memcpy(desk->step, desk->gradient, sizeof desk->step);
  pln_cholesky_ridge(desk->curvature, n, stride, desk->spare);
  pln_cholesky_forward(desk->curvature, n, stride, desk->step);
  pln_cholesky_backward(desk->curvature, n, stride, desk->step);
  double part = shorten(desk->step, n);
  for (guint k = 0; k < n; k++) {
    round->gain[call] += promise(part) * desk->step[k] * desk->gradient[k];
    desk->coefficient[k] += part * desk->step[k];
  }
  put_call(fit, slot, desk->coefficient);
  if (round->errors)
    keep_slope_error(round, desk, n,
                     round->slope_error + (gsize)thread * (fit->d * fit->d + fit->fixed));
}

/* The offset of each roll call as a state of each group, or of none, has it. */
static void set_offsets(PlnSpaceFit *fit) {
  gsize m = fit->m_pad;
  memcpy(fit->offset, fit->effect, sizeof(double) * m);
  for (guint g = 1; g < fit->fixed; g++)
    for (gsize j = 0; j < m; j++)
      fit->offset[g * m + j] = fit->effect[j] + fit->effect[g * m + j];
}

double pln_space_fit_calls(PlnSpaceFit *fit, gboolean errors) {
  guint calls = fit->cells->n_calls;
  Round round = {.errors = errors};
  open_round(&round, fit, calls);
  pln_workers_run(round.threads, calls, step_call, &round);
  memcpy(fit->slope_error, round.slope_error, sizeof(double) * (fit->d * fit->d + fit->fixed));
  set_offsets(fit);
  return close_round(&round, calls);
}

/* The coefficients of a state: its lean and its position in the period; width and p. */
static void gather_state(const PlnSpaceFit *fit, guint state, guint period, double *coefficient) {
  guint k = 0;
  coefficient[k++] = fit->lean[state];
  for (guint l = 0; l < fit->d; l++)
    coefficient[k++] = fit->x[((gsize)period * fit->d + l) * fit->n_pad + state];
  for (guint l = 0; l < fit->widths; l++)
    coefficient[k++] = l == 0 ? fit->width[state] : fit->p[(l - 1) * fit->n_pad + state];
}

static PlnPass state_pass(const PlnSpaceFit *fit, guint state) {
  gsize m = fit->m_pad;
  int group = fit->options->group ? fit->options->group[state] : -1;
  PlnPass pass = {.nr = 1 + fit->d,
                  .nw = fit->widths,
                  .classes = fit->cells->classes,
                  .offset = fit->offset + (gsize)(group + 1) * m,
                  .width_offset = fit->half,
                  .weight = fit->weight,
                  .answer = fit->by_state + state * m};
  guint k = 0;
  pass.column[k++] = fit->one;
  for (guint l = 0; l < fit->d; l++)
    pass.column[k++] = fit->b + l * m;
  for (guint l = 0; l < fit->widths; l++)
    pass.column[k++] = l == 0 ? fit->one : fit->q + (l - 1) * m;
  return pass;
}

static double state_prior(const PlnSpaceFit *fit, guint k) {
  if (k == 0)
    return LEAN;
  if (k < 1 + fit->d)
    return fit->shrink[k - 1];
  return k == 1 + fit->d ? WIDTH : TOPIC;
}

/* What a period tells of a state.  The deviation of the position, whose block is M = the
 * positions' curvature + drift, is eliminated: M = L L', then
 *   coupling = L^-1 (rows of the positions), rest = L^-1 (gradient of the deviation). */
typedef struct {
  double *factor, *coupling, *rest, *deviation;
} Term;

static Term term_of(const Round *round, Desk *desk, guint period) {
  gsize square = (gsize)NO_MORE * NO_MORE;
  double *solved = desk->solved + period * (square + 2 * NO_MORE);
  (void)round;
  return (Term){desk->curvature + period * square, solved, solved + square,
                solved + square + NO_MORE};
}

/* Adds the period's part to @shared (lower half) and @gradient; leaves the term for the
 * deviation's own step. */
static void add_period(const Round *round, Desk *desk, guint state, guint period, guint n,
                       double *gradient) {
  const PlnSpaceFit *fit = round->fit;
  guint d = fit->d, stride = round->stride;
  double drift = fit->options->drift, own[NO_MORE] = {0};
  Term term = term_of(round, desk, period);
  PlnPass pass = state_pass(fit, state);
  memset(desk->spare, 0, sizeof(double) * n * stride);
  gather_state(fit, state, period, desk->coefficient);
  pass_over(&pass, fit->slot_from[period], fit->slot_from[period + 1], desk, own, desk->spare,
            stride);
  for (guint k = 0; k < n; k++)
    gradient[k] += own[k];
  for (guint k = 0; k < n; k++)
    for (guint l = 0; l <= k; l++) {
      desk->shared[k * stride + l] += desk->spare[k * stride + l];
      desk->spare[l * stride + k] = desk->spare[k * stride + l];
    }
  if (fit->n_periods == 1)
    return;
  for (guint k = 0; k < d; k++) {
    const double *row = desk->spare + (1 + k) * stride;
    memcpy(term.coupling + k * stride, row, sizeof(double) * stride);
    memcpy(term.factor + k * stride, row + 1, sizeof(double) * d);
    term.factor[k * stride + k] += drift;
    term.deviation[k] =
        fit->x[((gsize)period * d + k) * fit->n_pad + state] - fit->base[k * fit->n_pad + state];
    term.rest[k] = own[1 + k] - drift * term.deviation[k];
  }
  pln_cholesky_ridge(term.factor, d, stride, desk->spare);
  pln_cholesky_forward_many(term.factor, d, stride, term.coupling, n, stride);
  pln_cholesky_forward(term.factor, d, stride, term.rest);
  for (guint r = 0; r < d; r++)
    for (guint k = 0; k < n; k++) {
      double c = term.coupling[r * stride + k];
      gradient[k] -= c * term.rest[r];
      for (guint l = 0; l <= k; l++)
        desk->shared[k * stride + l] -= c * term.coupling[r * stride + l];
    }
}

/* The deviation's step, @part of it, given the shared one. */
static double step_deviation(const Round *round, Desk *desk, guint state, guint period, guint n,
                             double part) {
  PlnSpaceFit *fit = round->fit;
  guint d = fit->d, stride = round->stride;
  Term term = term_of(round, desk, period);
  double step[NO_MORE], gain = 0;
  for (guint r = 0; r < d; r++) {
    step[r] = term.rest[r];
    gain += promise(part) * term.rest[r] * term.rest[r];
    for (guint k = 0; k < n; k++)
      step[r] -= term.coupling[r * stride + k] * desk->step[k];
  }
  pln_cholesky_backward(term.factor, d, stride, step);
  double short_of = MIN(part, shorten(step, d));
  for (guint k = 0; k < d; k++)
    fit->x[((gsize)period * d + k) * fit->n_pad + state] =
        fit->base[k * fit->n_pad + state] + term.deviation[k] + short_of * step[k];
  return gain;
}

static void put_state(PlnSpaceFit *fit, guint state, const double *step, double part) {
  fit->lean[state] += part * step[0];
  for (guint l = 0; l < fit->d; l++)
    fit->base[l * fit->n_pad + state] += part * step[1 + l];
  for (guint l = 0; l < fit->widths; l++)
    *(l == 0 ? fit->width + state : fit->p + (l - 1) * fit->n_pad + state) +=
        part * step[1 + fit->d + l];
}

/* The error of the position in the last period: that of the mean position and of the
 * deviation given it, and what both add to the variance of u. */
static void keep_errors(const Round *round, Desk *desk, guint state, guint n) {
  PlnSpaceFit *fit = round->fit;
  guint d = fit->d, stride = round->stride;
  Term term = term_of(round, desk, fit->n_periods - 1);
  for (guint k = 0; k < d; k++) {
    /* Row k of E - M^-1 H, through the factor of the shared block; and of L^-1. */
    double along[NO_MORE] = {0}, unit[NO_MORE] = {0};
    along[1 + k] = 1;
    if (fit->n_periods > 1) {
      unit[k] = 1;
      pln_cholesky_forward(term.factor, d, stride, unit);
      for (guint r = 0; r < d; r++)
        for (guint l = 0; l < n; l++)
          along[l] -= unit[r] * term.coupling[r * stride + l];
    }
    pln_cholesky_forward(desk->shared, n, stride, along);
    memcpy(desk->spare + k * 2 * NO_MORE, along, sizeof along);
    memcpy(desk->spare + (k * 2 + 1) * NO_MORE, unit, sizeof unit);
  }
  fit->doubt[state] = 0;
  for (guint k = 0; k < d; k++)
    for (guint l = 0; l < d; l++) {
      const double *a = desk->spare + k * 2 * NO_MORE, *b = desk->spare + l * 2 * NO_MORE;
      double covariance = 0;
      for (guint r = 0; r < 2 * NO_MORE; r++)
        covariance += a[r] * b[r];
      fit->doubt[state] += covariance * round->moment[k * d + l];
      if (k == l)
        fit->error[state * d + k] = sqrt(covariance);
    }
}

static void step_state(guint state, guint thread, gpointer data) {
  Round *round = data;
  PlnSpaceFit *fit = round->fit;
  Desk *desk = &round->desk[thread];
  guint n = 1 + fit->d + fit->widths, stride = round->stride;
  memset(desk->gradient, 0, sizeof desk->gradient);
  memset(desk->shared, 0, sizeof(double) * n * stride);
  for (guint t = 0; t < fit->n_periods; t++)
    add_period(round, desk, state, t, n, desk->gradient);
  for (guint k = 0; k < n; k++) {
    double value = k == 0            ? fit->lean[state]
                   : k <= fit->d     ? fit->base[(k - 1) * fit->n_pad + state]
                   : k == 1 + fit->d ? fit->width[state]
                                     : fit->p[(k - 2 - fit->d) * fit->n_pad + state];
    desk->gradient[k] -= state_prior(fit, k) * value;
    desk->shared[k * stride + k] += state_prior(fit, k);
  }
  memcpy(desk->step, desk->gradient, sizeof desk->step);
  pln_cholesky_ridge(desk->shared, n, stride, desk->spare);
  if (round->moment) {
    keep_errors(round, desk, state, n);
    return;
  }
  pln_cholesky_forward(desk->shared, n, stride, desk->step);
  pln_cholesky_backward(desk->shared, n, stride, desk->step);
  double part = shorten(desk->step, n);
  for (guint k = 0; k < n; k++)
    round->gain[state] += promise(part) * desk->step[k] * desk->gradient[k];
  put_state(fit, state, desk->step, part);
  for (guint t = 0; t < fit->n_periods; t++) {
    if (fit->n_periods > 1)
      round->gain[state] += step_deviation(round, desk, state, t, n, part);
    for (guint l = 0; l < fit->d && fit->n_periods == 1; l++)
      fit->x[l * fit->n_pad + state] = fit->base[l * fit->n_pad + state];
  }
}

double pln_space_fit_states(PlnSpaceFit *fit, const double *moment) {
  guint states = fit->cells->n_states;
  Round round = {.moment = moment};
  open_round(&round, fit, states);
  pln_workers_run(round.threads, states, step_state, &round);
  return close_round(&round, states);
}
