/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of an estimate other commands load. */
#include <math.h>
#include <string.h>

#include "plenary/estimate.h"

/* Digits that mean nothing are not kept: a position's error is a thousand times the fifth
 * decimal.  The covariance keeps two more, so that it stays one. */
static void round_all(double *x, gsize n, double unit) {
  for (gsize k = 0; k < n; k++)
    x[k] = round(x[k] * unit) / unit;
}

static void round_numbers(PlnElectorate *e) {
  gsize n = e->n, d = e->d;
  double *states[] = {e->lean, e->width, e->doubt, e->absent_a, e->absent_b};
  double *rest[] = {&e->centre_mean,  &e->centre_sd,      &e->width_mean,    &e->width_sd,
                    &e->held_out_log, &e->held_out_brier, &e->held_out_right};
  round_all(e->position, n * d, 1e5);
  round_all(e->error, n * d, 1e5);
  for (gsize k = 0; k < G_N_ELEMENTS(states); k++)
    round_all(states[k], n, 1e5);
  for (gsize k = 0; k < G_N_ELEMENTS(rest); k++)
    round_all(rest[k], 1, 1e5);
  round_all(e->slope_mean, d, 1e7);
  round_all(e->slope_covariance, d * d, 1e7);
  round_all(e->group_spread, e->n_groups, 1e5);
}

static void take_state(PlnElectorate *out, const PlnEstimate *e, guint state) {
  const PlnSpace *space = e->fit->space;
  gsize last = ((gsize)(space->n_periods - 1) * space->n_states + state) * space->d;
  guint voter = e->cells->state[state];
  out->code[state] = g_strdup(e->matrix->voter[voter].code);
  out->in_group[state] = e->options.groups ? e->group[state] : -1;
  memcpy(out->position + state * out->d, space->position + last, sizeof(double) * out->d);
  memcpy(out->error + state * out->d, space->error + state * out->d, sizeof(double) * out->d);
  out->lean[state] = space->lean[state];
  out->width[state] = space->width[state];
  out->doubt[state] = space->doubt[state];
  out->absent_a[state] = e->presence->state[voter].a;
  out->absent_b[state] = e->presence->state[voter].b;
}

static void take_window(PlnElectorate *out, const PlnEstimate *e) {
  const PlnCells *cells = e->cells;
  for (guint j = 0; j < cells->n_calls; j++) {
    PlnDay day = e->matrix->call[cells->call[j]].day;
    if (day == PLN_DAY_NONE || day == PLN_DAY_UNKNOWN)
      continue;
    out->from_day = out->from_day == PLN_DAY_NONE ? day : MIN(out->from_day, day);
    out->to_day = MAX(out->to_day, day);
  }
  guint first = cells->session_name[0] < 0 && cells->n_sessions > 1; /* -1: of no session */
  out->from_session = cells->session_name[first];
  out->to_session = cells->session_name[cells->n_sessions - 1];
  out->n_calls = cells->n_calls;
  out->n_votes = (gint64)cells->seen;
}

PlnElectorate *pln_estimate_electorate(const PlnEstimate *e, const char *command,
                                       const char *source, const char *sha256) {
  const PlnSpace *space = e->fit->space;
  guint groups = e->options.groups ? e->group_name->len : 0;
  g_return_val_if_fail(space, NULL);
  PlnElectorate *out = pln_electorate_new(space->n_states, space->d, groups);
  out->classes = space->classes;
  for (guint i = 0; i < space->n_states; i++)
    take_state(out, e, i);
  for (guint g = 0; g < groups; g++) {
    out->group[g] = g_strdup(e->group_name->pdata[g]);
    out->group_spread[g] = space->group_spread[g];
  }
  memcpy(out->slope_mean, space->slope_mean, sizeof(double) * space->d);
  memcpy(out->slope_covariance, space->slope_covariance, sizeof(double) * space->d * space->d);
  out->centre_mean = space->centre_mean;
  out->centre_sd = space->centre_sd;
  out->width_mean = space->width_mean;
  out->width_sd = space->width_sd;
  out->lapse = space->lapse;
  take_window(out, e);
  out->command = g_strdup(command);
  out->source = g_strdup(source);
  out->sha256 = g_strdup(sha256);
  if (e->rungs) {
    g_free(out->note);
    out->note = g_strdup("the number of dimensions was chosen on the votes held out for the scores");
  }
  gboolean scored = e->outside.n > 0;
  out->held_out_log = scored ? e->outside.log_score : -1;
  out->held_out_brier = scored ? e->outside.brier : -1;
  out->held_out_right = scored ? e->outside.right : -1;
  round_numbers(out);
  return out;
}
