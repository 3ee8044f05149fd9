/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made_estimates.h"

#include "suite.h"

PlnEstimateOptions made_options(PlnFitKind kind, guint dimensions) {
  PlnEstimateOptions o = pln_estimate_options();
  o.fit = pln_fit_options(kind);
  o.fit.space.dimensions = dimensions;
  o.fit.space.period = 1;
  o.fit.space.penalty = 2;
  o.fit.space.threads = o.fit.posterior.threads = 1;
  o.fit.posterior.draws = o.fit.posterior.burn_in = 100;
  o.fit.posterior.thin = 1;
  o.samples = 0;
  return o;
}

PlnVoteMatrix *made_line(guint d, guint n_sessions, double *x) {
  MadeVotes how = {.n_states = 30,
                   .n_calls = 90,
                   .d = d,
                   .n_sessions = n_sessions,
                   .size = 1.8,
                   .absent = 0.1,
                   .replicate = 1};
  return made_votes(&how, x);
}

PlnEstimate *made_estimate(const PlnVoteMatrix *matrix, const PlnEstimateOptions *options) {
  static PlnWorld *none;
  g_autoptr(GError) error = NULL;
  if (!none)
    none = pln_world_new(NULL);
  if (!matrix) {
    g_clear_pointer(&none, pln_world_unref);
    return NULL;
  }
  PlnEstimate *e = pln_estimate_new(matrix, none, options, NULL, &error);
  if (error)
    printf("\n  %s\n", error->message);
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  return e;
}
