/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Elementary effects, shares of the variance, and boxes: points of the unit cube run and measured. */
#include <math.h>
#include <string.h>

#include "plenary/error.h"
#include "plenary/sensitivity_part.h"

/* ---- Morris ---- */

/* Of the step that was made, by half the range, as an effect per whole range may be more than the
 * outcome can move at all.  Half a turn of two words is a change from the one to the other. */
static PlnMorrisEffect effect_of(PlnMorrisEffect e) {
  double unit = 0.5;
  return (PlnMorrisEffect){unit * e.mu,  unit * e.mu_star, unit * e.sigma,
                           unit * e.low, unit * e.high,    e.n};
}

static int by_mu_star(gconstpointer a, gconstpointer b) {
  const PlnSenseEffect *x = a, *y = b;
  double p = isnan(x->effect.mu_star) ? -1 : x->effect.mu_star;
  double q = isnan(y->effect.mu_star) ? -1 : y->effect.mu_star;
  return p != q ? (p > q ? -1 : 1) : (x->dial > y->dial) - (x->dial < y->dial);
}

gboolean pln_sense_morris(PlnSenseWork *work, GError **error) {
  PlnSensitivity *s = work->s;
  guint d = work->dials->len;
  PlnMorrisOptions o = pln_morris_options(d);
  o.trajectories = s->options.trajectories;
  o.level = s->options.level;
  o.seed = s->options.runner.seed;
  guint64 n = pln_morris_points(&o);
  g_autofree double *value = g_new(double, n *d), *y = g_new(double, n);
  g_autofree PlnMorrisEffect *effect = g_new0(PlnMorrisEffect, d);
  for (guint64 k = 0; k < n; k++) {
    pln_morris_point(&o, k, &value[k * d]);
    for (guint j = 0; j < d; j++)
      value[k * d + j] = pln_dial_value(work->dials->pdata[j], value[k * d + j]);
  }
  if (!pln_sense_runs(work, n, value, NULL, y, NULL, error))
    return FALSE;
  pln_morris_measure(&o, y, effect);
  for (guint j = 0; j < d; j++) {
    PlnSenseEffect one = {j, effect_of(effect[j])};
    g_array_append_val(s->effects, one);
  }
  g_array_sort(s->effects, by_mu_star);
  return TRUE;
}

/* ---- Sobol ---- */

static int by_total(gconstpointer a, gconstpointer b) {
  const PlnSenseIndex *x = a, *y = b;
  double p = isnan(x->index.total) ? -INFINITY : x->index.total;
  double q = isnan(y->index.total) ? -INFINITY : y->index.total;
  return p != q ? (p > q ? -1 : 1) : (x->dial > y->dial) - (x->dial < y->dial);
}

/* The dials that indices are asked of: the weightiest, in their order.  Returns: how many */
static guint pick(const PlnSenseWork *work, guint *picked) {
  const GArray *effects = work->s->effects;
  guint k = MIN(work->dials->len, PLN_SENSITIVITY_MOST), n = 0;
  for (guint j = 0; j < work->dials->len; j++) {
    gboolean in = effects->len <= k;
    for (guint i = 0; i < k && i < effects->len; i++)
      in |= g_array_index(effects, PlnSenseEffect, i).dial == j;
    if (in && n < PLN_SENSITIVITY_MOST)
      picked[n++] = j;
  }
  return n;
}

/* The values of all points: what is not picked stays as it is. */
static gboolean fill_rows(const PlnSenseWork *work, const PlnSaltelliOptions *o,
                          const guint *picked, double *value, GError **error) {
  g_autoptr(PlnDesign) design = pln_saltelli_design(o, error);
  double u[PLN_SENSITIVITY_DIALS];
  guint d = work->dials->len;
  guint64 n = pln_saltelli_points(o);
  for (guint64 k = 0; design && k < n; k++) {
    pln_saltelli_point(o, design, k, u);
    for (guint j = 0; j < d; j++)
      value[k * d + j] = NAN;
    for (guint i = 0; i < o->d; i++)
      value[k * d + picked[i]] = pln_dial_value(work->dials->pdata[picked[i]], u[i]);
  }
  return design != NULL;
}

gboolean pln_sense_sobol(PlnSenseWork *work, GError **error) {
  PlnSensitivity *s = work->s;
  guint picked[PLN_SENSITIVITY_MOST], k = pick(work, picked);
  PlnSaltelliOptions o = pln_saltelli_options(k, s->options.rows);
  o.level = s->options.level;
  o.seed = s->options.runner.seed;
  o.threads = work->threads;
  guint64 n = pln_saltelli_points(&o);
  g_autofree double *value = g_new(double, n * work->dials->len), *y = g_new(double, n);
  PlnSaltelliIndex index[PLN_SENSITIVITY_MOST];
  if (!fill_rows(work, &o, picked, value, error) || !pln_sense_runs(work, n, value, NULL, y, NULL, error))
    return FALSE;
  pln_saltelli_measure(&o, y, &s->sum, index);
  s->first_sum = 0;
  for (guint i = 0; i < k; i++) {
    PlnSenseIndex one = {picked[i], index[i]};
    g_array_append_val(s->indices, one);
    s->first_sum += index[i].first;
  }
  g_array_sort(s->indices, by_total);
  return TRUE;
}

/* ---- Discovery ---- */

PlnInterest pln_sensitivity_fails(const char *outcome, double base) {
  static const char *const dates[] = {"force", "conference", "protocol", NULL};
  gboolean adopted = strcmp(outcome, "adopted") == 0, margin = strcmp(outcome, "margin") == 0;
  double shown = rint(base * 100) / 100; /* no more digits than are said */
  if (g_strv_contains(dates, outcome)) /* a later month */
    return (PlnInterest){PLN_INTEREST_ABOVE, (floor(12 * base) + 1) / 12};
  return (PlnInterest){PLN_INTEREST_BELOW, adopted ? 0.5 : margin ? 0 : shown};
}

double pln_sense_stated_at(const PlnRuleEntry *rule, const PlnDial *stated, const PlnDial *dial) {
  if (stated && stated->kind == PLN_RANGE_NORMAL)
    return stated->mean;
  if (!pln_dial_is_words(dial))
    return NAN;
  for (guint k = 0; k < dial->n; k++)
    if (!dial->choice[k] || (dial->change->kind == PLN_CHANGE_RULE && rule &&
                             g_strcmp0(dial->choice[k]->who, rule->id) == 0))
      return k;
  return NAN;
}

guint64 pln_sense_find_steps(guint dials) {
  PlnPrimOptions o = pln_prim_options();
  return pln_prim_steps(&o, dials);
}

gboolean pln_sense_find(PlnSensitivity *s, guint64 rows, const GPtrArray *dials, guint threads,
                        PlnProgress *progress, GError **error) {
  PlnPrimOptions o = pln_prim_options();
  PlnInterest usual = pln_sensitivity_fails(s->outcome, s->base.value);
  const PlnInterest *fails = s->options.fails ? s->options.fails : &usual;
  gboolean fall = strcmp(s->outcome, "adopted") == 0 && fails->kind == PLN_INTEREST_BELOW;
  o.seed = s->options.runner.seed;
  o.threads = threads;
  o.progress = progress;
  PlnDiscoveryRuns runs = {.dials = dials,
                           .title = s->title,
                           .stated = s->at,
                           .rows = rows,
                           .x = s->x,
                           .y = s->y,
                           .outcome = s->outcome_title,
                           .unit = s->unit,
                           .lead = fall && fails->level <= 0.5 ? "it fails" : NULL};
  s->discovery = pln_discovery_find(&runs, fails, &o);
  if (s->discovery->prim->interrupted)
    g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "interrupted");
  return !s->discovery->prim->interrupted;
}

gboolean pln_sense_discover(PlnSenseWork *work, GError **error) {
  PlnSensitivity *s = work->s;
  guint d = work->dials->len;
  guint64 n = s->options.runs;
  PlnSenseWork whole = *work;
  s->whole = g_ptr_array_new_with_free_func(pln_dial_free);
  s->at = g_new(double, d);
  for (guint j = 0; j < d; j++) {
    PlnDial *dial = pln_stated_whole(&s->stated, work->dials->pdata[j]);
    g_ptr_array_add(s->whole, dial);
    s->at[j] = pln_sense_stated_at(pln_runner_rule(s->runner), work->dials->pdata[j], dial);
  }
  whole.dials = s->whole;
  s->x = g_new(double, n *d);
  s->y = g_new(double, n);
  g_autoptr(PlnDesign) design =
      pln_design_new(PLN_DESIGN_LATIN, d, NULL, n, s->options.runner.seed, error);
  for (guint64 k = 0; design && k < n; k++) {
    pln_design_point(design, k, &s->x[k * d]);
    for (guint j = 0; j < d; j++)
      s->x[k * d + j] = pln_dial_value(s->whole->pdata[j], s->x[k * d + j]);
  }
  if (!design || !pln_sense_runs(&whole, n, s->x, NULL, s->y, NULL, error))
    return FALSE;
  return pln_sense_find(s, n, s->whole, work->threads, work->progress, error);
}
