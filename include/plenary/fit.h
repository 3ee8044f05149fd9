/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A fit: whatever model positions were estimated by, seen the same way.
 *
 *  Four of them: a scale (one dimension, the mode of the posterior with its errors), a drift
 *  (one dimension, moving from session to session), a posterior (one dimension, by sampling) and a
 *  space (one or many dimensions, the forecaster's).  Each is described in its own
 *  header; what they share is here.  Checked by tests/unit/test_fit.c. */
#pragma once
#include "plenary/drift.h"
#include "plenary/posterior.h"
#include "plenary/scale.h"
#include "plenary/space.h"

typedef enum { PLN_FIT_SCALE, PLN_FIT_DRIFT, PLN_FIT_POSTERIOR, PLN_FIT_SPACE } PlnFitKind;

typedef struct {
  PlnFitKind kind;
  double decay; /* what a vote of one session earlier weighs beside one of the next; 1: as much.
                   Above 0.  The sampler weighs all alike. */
  guint n_pairs;           /* orientations of the first dimensions */
  const int *plus, *minus; /* n_pairs: states of the cells, or -1 */
  PlnSpaceOptions space;   /* the seed is also that of what is held out and drawn anew */
  PlnPosteriorOptions posterior; /* with a seed and threads of its own */
} PlnFitOptions;

PLN_API PlnFitOptions pln_fit_options(PlnFitKind kind);

typedef struct {
  PlnFitKind kind;
  guint n_states, n_calls, classes, d, n_times; /* times: sessions, periods, or one */
  guint *time;      /* n_calls */
  double *position; /* n_times x n_states x d; NAN where a state has none then */
  double *error;    /* likewise: standard errors; NAN where they are not known */
  double *slope, *slope_error; /* n_calls x d; errors NAN where not known */
  double *cut, *cut_error;     /* n_calls x 2: no below the first, yes above the second */
  float *chance;               /* n_calls x n_states x classes: of each answer */
  guint rounds;
  gboolean converged;
  char *words;                 /* what was not as it should be; NULL: nothing */
  PlnScale *scale;             /* the one of @kind, the others NULL */
  PlnDrift *drift;
  PlnPosterior *posterior;
  PlnSpace *space;
} PlnFit;

/** Returns: (transfer full), or NULL and an error where it was interrupted */
PLN_API PlnFit *pln_fit_new(const PlnCells *cells, const PlnFitOptions *options,
                            PlnProgress *progress, GError **error);
PLN_API void pln_fit_free(PlnFit *fit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnFit, pln_fit_free)

/** The weight of each roll call: @decay to the power of the sessions that it lies back; 1
 *  where it has none.
 *  Returns: (transfer full): n_calls, or NULL where all weigh 1 */
double *pln_fit_weights(const PlnCells *cells, double decay);

/** The latest place of a state: that of the last time it has one.  Returns: the time, or -1 */
int pln_fit_last(const PlnFit *fit, guint state);

static inline double pln_fit_position(const PlnFit *fit, guint time, guint state, guint dimension) {
  return fit->position[((gsize)time * fit->n_states + state) * fit->d + dimension];
}

static inline double pln_fit_error(const PlnFit *fit, guint time, guint state, guint dimension) {
  return fit->error[((gsize)time * fit->n_states + state) * fit->d + dimension];
}
