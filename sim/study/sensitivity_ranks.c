/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rank correlations, and what can be said of runs that were made before. */
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "plenary/normal.h"
#include "plenary/sensitivity_part.h"

PlnSense3 pln_sensitivity_rank(guint64 rows, const double *x, guint stride, const double *y,
                               double level) {
  if (rows < 4)
    return (PlnSense3){NAN, NAN, NAN};
  g_autofree double *room = g_new(double, 2 * rows);
  double rho = gsl_stats_spearman(x, stride, y, 1, rows, room);
  if (isnan(rho))
    return (PlnSense3){NAN, NAN, NAN};
  double inside = pln_clamp(rho, 1 - 1e-12);
  double z = 0.5 * (pln_log1p(inside) - pln_log1p(-inside));
  double half = pln_normal_inverse(0.5 + level / 2) * sqrt(1.06 / (double)(rows - 3));
  double low = pln_exp(2 * (z - half)), high = pln_exp(2 * (z + half));
  return (PlnSense3){rho, (low - 1) / (low + 1), (high - 1) / (high + 1)};
}

/* Where it stands among @words; beyond them where it is none. */
static guint word_of(double x, guint words) {
  return x >= 0 && x < words ? (guint)x : words;
}

double pln_sensitivity_ratio(guint64 rows, const double *x, guint stride, guint words,
                             const double *y) {
  g_autofree double *sum = g_new0(double, words + 1), *count = g_new0(double, words + 1);
  double mean = 0, between = 0, all = 0, used = 0;
  for (guint64 k = 0; k < rows; k++)
    mean += y[k] / (double)rows;
  for (guint64 k = 0; k < rows; k++) {
    guint word = word_of(x[k * stride], words);
    sum[word] += y[k] - mean;
    count[word]++;
    all += (y[k] - mean) * (y[k] - mean);
  }
  for (guint w = 0; w <= words; w++) {
    between += count[w] > 0 ? sum[w] * sum[w] / count[w] : 0;
    used += count[w] > 0;
  }
  if (!(all > 0) || (double)rows <= used || used < 2)
    return NAN;
  double chance = (used - 1) / ((double)rows - 1); /* what noise alone gives */
  return sqrt(MAX(0, (between / all - chance) / (1 - chance)));
}

static double weight_of(const PlnSenseRank *rank) {
  double goes = isnan(rank->rho.value) ? rank->ratio : fabs(rank->rho.value);
  return isnan(goes) ? -1 : goes;
}

static int by_rho(gconstpointer a, gconstpointer b) {
  const PlnSenseRank *x = a, *y = b;
  double p = weight_of(x), q = weight_of(y);
  return p != q ? (p > q ? -1 : 1) : (x->dial > y->dial) - (x->dial < y->dial);
}

void pln_sense_rank(PlnSensitivity *s, guint64 rows) {
  for (guint j = 0; j < s->dials->len; j++) {
    const PlnDial *dial = s->dials->pdata[j];
    gboolean words = pln_dial_is_words(dial);
    guint64 least = MAX(PLN_SENSITIVITY_FEW, words ? PLN_SENSITIVITY_EACH * dial->n : 0);
    PlnSenseRank one = {j, {NAN, NAN, NAN}, NAN, rows < least};
    if (!one.few && words)
      one.ratio = pln_sensitivity_ratio(rows, &s->x[j], s->dials->len, dial->n, s->y);
    else if (!one.few)
      one.rho = pln_sensitivity_rank(rows, &s->x[j], s->dials->len, s->y, s->options.level);
    if (s->options.grid)
      one.rho.low = one.rho.high = NAN;
    g_array_append_val(s->ranks, one);
  }
  g_array_sort(s->ranks, by_rho);
}

void pln_sense_place(PlnSensitivity *s, const PlnStated *of) {
  g_autoptr(GPtrArray) stated = pln_stated_dials(of);
  s->at = g_new(double, s->dials->len);
  for (guint j = 0; j < s->dials->len; j++) {
    const PlnDial *dial = s->dials->pdata[j], *found = NULL;
    for (guint k = 0; k < stated->len && !found; k++)
      found = pln_sense_same_target(stated->pdata[k], dial) ? stated->pdata[k] : NULL;
    s->at[j] = pln_sense_stated_at(of->rule, found, dial);
  }
}
