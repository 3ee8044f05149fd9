/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/fit.h"

#include <math.h>
#include <string.h>

#include "plenary/error.h"
#include "plenary/normal.h"

PlnFitOptions pln_fit_options(PlnFitKind kind) {
  return (PlnFitOptions){
      .kind = kind, .decay = 1, .space = pln_space_options(), .posterior = pln_posterior_options()};
}

double *pln_fit_weights(const PlnCells *cells, double decay) {
  if (decay == 1 || cells->n_calls == 0)
    return NULL;
  double *weight = g_new(double, cells->n_calls);
  int last = cells->session_name[cells->n_sessions - 1];
  for (guint j = 0; j < cells->n_calls; j++) {
    int session = cells->session_name[cells->session[j]];
    weight[j] = session < 0 ? 1 : pln_exp((last - session) * pln_log(decay));
  }
  return weight;
}

static PlnFit *fit_open(const PlnCells *cells, PlnFitKind kind, guint d, guint n_times) {
  PlnFit *fit = g_new0(PlnFit, 1);
  gsize places = (gsize)n_times * cells->n_states * d + 1, slopes = (gsize)cells->n_calls * d + 1;
  fit->kind = kind;
  fit->n_states = cells->n_states;
  fit->n_calls = cells->n_calls;
  fit->classes = cells->classes;
  fit->d = d;
  fit->n_times = n_times;
  fit->time = g_new0(guint, cells->n_calls + 1);
  fit->position = g_new(double, places);
  fit->error = g_new(double, places);
  fit->slope = g_new(double, slopes);
  fit->slope_error = g_new(double, slopes);
  fit->cut = g_new(double, cells->n_calls * 2 + 1);
  fit->cut_error = g_new(double, cells->n_calls * 2 + 1);
  fit->chance = g_new(float, (gsize)cells->n_calls * cells->n_states * cells->classes + 1);
  for (gsize k = 0; k < places; k++)
    fit->position[k] = fit->error[k] = NAN;
  for (gsize k = 0; k < slopes; k++)
    fit->slope_error[k] = NAN;
  for (gsize k = 0; k < cells->n_calls * 2; k++)
    fit->cut_error[k] = NAN;
  return fit;
}

void pln_fit_free(PlnFit *fit) {
  if (!fit)
    return;
  gpointer all[] = {fit->time, fit->position,  fit->error,  fit->slope, fit->slope_error,
                    fit->cut,  fit->cut_error, fit->chance, fit->words};
  for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
    g_free(all[k]);
  pln_scale_free(fit->scale);
  pln_drift_free(fit->drift);
  pln_posterior_free(fit->posterior);
  pln_space_free(fit->space);
  g_free(fit);
}

static void put_curve(PlnFit *fit, guint call, const PlnCurve *curve, const PlnCurve *error) {
  fit->slope[call] = curve->slope;
  fit->cut[2 * call] = curve->low;
  fit->cut[2 * call + 1] = curve->high;
  fit->slope_error[call] = error->slope;
  fit->cut_error[2 * call] = error->low;
  fit->cut_error[2 * call + 1] = error->high;
}

/* The chances of all cells by the model's own function. */
#define FILL_CHANCES(fit, function, model)                                                         \
  for (guint j = 0; j < (fit)->n_calls; j++)                                                       \
    for (guint i = 0; i < (fit)->n_states; i++) {                                                  \
      double chance[3];                                                                            \
      function(model, i, j, chance);                                                               \
      for (guint k = 0; k < (fit)->classes; k++)                                                   \
        (fit)->chance[((gsize)j * (fit)->n_states + i) * (fit)->classes + k] = (float)chance[k];   \
    }

static PlnFit *fit_scale(const PlnCells *cells, const PlnFitOptions *options, const double *weight) {
  PlnScaleOptions how = pln_scale_options();
  how.weight = weight;
  how.plus = options->n_pairs > 0 ? options->plus[0] : -1;
  how.minus = options->n_pairs > 0 ? options->minus[0] : -1;
  PlnFit *fit = fit_open(cells, PLN_FIT_SCALE, 1, 1);
  PlnScale *scale = fit->scale = pln_scale_new(cells, &how);
  memcpy(fit->position, scale->position, sizeof(double) * fit->n_states);
  memcpy(fit->error, scale->error, sizeof(double) * fit->n_states);
  for (guint j = 0; j < fit->n_calls; j++)
    put_curve(fit, j, &scale->curve[j], &scale->curve_error[j]);
  FILL_CHANCES(fit, pln_scale_chance, scale)
  fit->rounds = scale->rounds;
  fit->converged = scale->converged;
  fit->words = g_strdup(scale->words);
  return fit;
}

static PlnFit *fit_drift(const PlnCells *cells, const PlnFitOptions *options, const double *weight) {
  PlnDriftOptions how = pln_drift_options();
  how.weight = weight;
  how.plus = options->n_pairs > 0 ? options->plus[0] : -1;
  how.minus = options->n_pairs > 0 ? options->minus[0] : -1;
  PlnFit *fit = fit_open(cells, PLN_FIT_DRIFT, 1, MAX(cells->n_sessions, 1));
  PlnDrift *drift = fit->drift = pln_drift_new(cells, &how);
  gsize places = (gsize)drift->n_sessions * fit->n_states;
  memcpy(fit->position, drift->position, sizeof(double) * places);
  memcpy(fit->error, drift->error, sizeof(double) * places);
  for (guint j = 0; j < fit->n_calls; j++) {
    fit->time[j] = drift->session[j];
    put_curve(fit, j, &drift->curve[j], &drift->curve_error[j]);
  }
  FILL_CHANCES(fit, pln_drift_chance, drift)
  fit->rounds = drift->rounds;
  fit->converged = drift->converged;
  fit->words = g_strdup(drift->words);
  return fit;
}

/* From the means and standard deviations of the draws, errors taken as independent. */
static void posterior_chances(PlnFit *fit) {
  for (guint j = 0; j < fit->n_calls; j++) {
    PlnCurve curve = {fit->slope[j], fit->cut[2 * j], fit->cut[2 * j + 1]};
    double slope = fit->slope_error[j], low = fit->cut_error[2 * j], high = fit->cut_error[2 * j + 1];
    double covariance[6] = {slope * slope, 0, low * low, 0, 0, high * high}, chance[3];
    for (guint i = 0; i < fit->n_states; i++) {
      pln_curve_chance(&curve, covariance, fit->classes, fit->position[i], fit->error[i], chance);
      for (guint k = 0; k < fit->classes; k++)
        fit->chance[((gsize)j * fit->n_states + i) * fit->classes + k] = (float)chance[k];
    }
  }
}

static PlnFit *fit_posterior(const PlnCells *cells, const PlnFitOptions *options,
                             PlnProgress *progress, GError **error) {
  PlnPosteriorOptions how = options->posterior;
  how.plus = options->n_pairs > 0 ? options->plus[0] : -1;
  how.minus = options->n_pairs > 0 ? options->minus[0] : -1;
  PlnFit *fit = fit_open(cells, PLN_FIT_POSTERIOR, 1, 1);
  how.progress = progress;
  PlnPosterior *posterior = fit->posterior = pln_posterior_new(cells, &how);
  if (pln_progress_interrupted()) {
    pln_fit_free(fit);
    g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "interrupted");
    return NULL;
  }
  guint cuts = fit->classes - 1;
  memcpy(fit->position, posterior->position, sizeof(double) * fit->n_states);
  memcpy(fit->error, posterior->sd, sizeof(double) * fit->n_states);
  for (guint j = 0; j < fit->n_calls; j++) {
    const double *cut = posterior->cut + j * cuts, *sd = posterior->cut_sd + j * cuts;
    PlnCurve curve = {posterior->slope[j], cut[0], cut[cuts - 1]};
    PlnCurve spread = {posterior->slope_sd[j], sd[0], sd[cuts - 1]};
    put_curve(fit, j, &curve, &spread);
  }
  posterior_chances(fit);
  fit->converged = posterior->converged;
  fit->rounds = how.burn_in + how.draws * pln_posterior_thin(cells, &how);
  if (!posterior->converged) { /* the verdict is a sentence, words are not ended */
    fit->words = g_strdup(posterior->verdict);
    fit->words[strlen(fit->words) - 1] = '\0';
  }
  return fit;
}

static PlnFit *fit_space(const PlnCells *cells, const PlnFitOptions *options, const double *weight,
                         PlnProgress *progress, GError **error) {
  PlnSpaceOptions how = options->space;
  how.weight = weight;
  PlnSpace *space = pln_space_fit(cells, &how, progress, error);
  if (!space)
    return NULL;
  pln_space_orient(space, options->n_pairs, options->plus, options->minus);
  PlnFit *fit = fit_open(cells, PLN_FIT_SPACE, space->d, space->n_periods);
  gsize last = (gsize)(fit->n_times - 1) * fit->n_states * fit->d;
  fit->space = space;
  memcpy(fit->position, space->position, sizeof(double) * (last + (gsize)fit->n_states * fit->d));
  memcpy(fit->error + last, space->error, sizeof(double) * fit->n_states * fit->d);
  memcpy(fit->slope, space->slope, sizeof(double) * fit->n_calls * fit->d);
  for (guint j = 0; j < fit->n_calls; j++) {
    double half = fit->classes == 3 ? pln_exp(pln_clamp(space->half[j], 6)) : 0;
    fit->time[j] = space->period[j];
    fit->cut[2 * j] = space->centre[j] - half;
    fit->cut[2 * j + 1] = space->centre[j] + half;
  }
  pln_space_chances(space, fit->chance);
  fit->rounds = space->rounds;
  fit->converged = space->converged;
  if (!space->converged)
    fit->words = g_strdup_printf("the fit has not settled in %u rounds: another would gain %.2g of "
                                 "log likelihood for a vote",
                                 space->rounds, space->gain);
  return fit;
}

PlnFit *pln_fit_new(const PlnCells *cells, const PlnFitOptions *options, PlnProgress *progress,
                    GError **error) {
  g_autofree double *weight = pln_fit_weights(cells, options->decay);
  switch (options->kind) {
  case PLN_FIT_SCALE:
    return fit_scale(cells, options, weight);
  case PLN_FIT_DRIFT:
    return fit_drift(cells, options, weight);
  case PLN_FIT_POSTERIOR:
    return fit_posterior(cells, options, progress, error);
  case PLN_FIT_SPACE:
    return fit_space(cells, options, weight, progress, error);
  }
  g_return_val_if_reached(NULL);
}

int pln_fit_last(const PlnFit *fit, guint state) {
  for (guint t = fit->n_times; t-- > 0;)
    if (!isnan(pln_fit_position(fit, t, state, 0)))
      return (int)t;
  return -1;
}
