/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/electorate.h"

#include <math.h>
#include <string.h>

PlnElectorate *pln_electorate_new(guint n, guint d, guint n_groups) {
  PlnElectorate *e = g_new0(PlnElectorate, 1);
  *e = (PlnElectorate){.n = n, .d = d, .n_groups = n_groups, .classes = 3,
                       .from_session = -1, .to_session = -1, .held_out_log = -1,
                       .held_out_brier = -1, .held_out_right = -1,
                       .status = PLN_STATUS_INFERRED};
  e->code = g_new0(char *, n + 1);
  e->group = g_new0(char *, n_groups + 1);
  e->in_group = g_new(int, n + 1);
  for (guint i = 0; i < n; i++)
    e->in_group[i] = -1;
  double **by_state[] = {&e->lean, &e->width, &e->doubt, &e->absent_a, &e->absent_b};
  for (gsize k = 0; k < G_N_ELEMENTS(by_state); k++)
    *by_state[k] = g_new0(double, n + 1);
  e->position = g_new0(double, (gsize)n * d + 1);
  e->error = g_new0(double, (gsize)n * d + 1);
  e->slope_mean = g_new0(double, d + 1);
  e->slope_covariance = g_new0(double, (gsize)d * d + 1);
  e->group_spread = g_new0(double, n_groups + 1);
  e->inputs = pln_inputs_new();
  return e;
}

static void free_all(char **text, guint n) {
  for (guint i = 0; i < n; i++)
    g_free(text[i]);
  g_free(text);
}

void pln_electorate_free(PlnElectorate *e) {
  if (!e)
    return;
  free_all(e->code, e->n);
  free_all(e->group, e->n_groups);
  double *numbers[] = {e->position, e->error, e->lean, e->width, e->doubt, e->absent_a,
                       e->absent_b, e->slope_mean, e->slope_covariance, e->group_spread};
  for (gsize k = 0; k < G_N_ELEMENTS(numbers); k++)
    g_free(numbers[k]);
  g_free(e->in_group);
  g_free(e->command);
  g_free(e->source);
  g_free(e->sha256);
  g_free(e->note);
  g_array_unref(e->inputs);
  g_free(e);
}

int pln_electorate_find(const PlnElectorate *e, const char *code) {
  guint low = 0, high = e->n;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    int order = strcmp(code, e->code[middle]);
    if (order == 0)
      return (int)middle;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return -1;
}

static gboolean stated(PlnDay day) {
  return day > PLN_DAY_UNKNOWN;
}

gboolean pln_electorate_has_seen(const PlnElectorate *e, PlnDay day, int session) {
  if (stated(day) && stated(e->from_day) && stated(e->to_day))
    return pln_day_last(day) >= pln_day_first(e->from_day) &&
           pln_day_first(day) <= pln_day_last(e->to_day);
  return session >= 0 && e->from_session >= 0 && session >= e->from_session &&
         session <= e->to_session;
}

/* Whether the two entries are one but for rounding. */
static gboolean is_symmetric(const PlnElectorate *e, guint j, guint k, double slack) {
  double a = e->slope_covariance[j * e->d + k], b = e->slope_covariance[k * e->d + j];
  return fabs(a - b) <= slack;
}

/* Cholesky's, column by column, that takes a variance of nothing for what it is: there is
 * then nothing to share with the dimensions that follow either. */
int pln_electorate_root(const PlnElectorate *e, double *root) {
  guint d = e->d;
  double most = 0;
  for (guint k = 0; k < d; k++)
    most = MAX(most, fabs(e->slope_covariance[k * d + k]));
  double slack = PLN_ELECTORATE_SLACK * most;
  memset(root, 0, sizeof(double) * d * d);
  for (guint k = 0; k < d; k++) {
    double left = e->slope_covariance[k * d + k];
    for (guint m = 0; m < k; m++)
      left -= root[k * d + m] * root[k * d + m];
    if (!(left >= -slack))
      return (int)k;
    double pivot = left > slack ? sqrt(left) : 0;
    root[k * d + k] = pivot;
    for (guint j = k + 1; j < d; j++) {
      double shared = e->slope_covariance[j * d + k];
      for (guint m = 0; m < k; m++)
        shared -= root[j * d + m] * root[k * d + m];
      if (!is_symmetric(e, j, k, slack) || (pivot == 0 && !(fabs(shared) <= 1e-4 * most)))
        return (int)j;
      root[j * d + k] = pivot > 0 ? shared / pivot : 0;
    }
  }
  return -1;
}
