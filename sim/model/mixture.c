/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/mixture.h"

#include <string.h>

#include "plenary/cholesky.h"
#include "plenary/normal.h"

enum { LANES = 8 };

/* Draws, to a dimension, that the covariance before counts for; the mean's is one. */
static const double HELD = 20;
/* A part's weight never falls below this: what it was begun for may yet be found. */
static const double LEAST_WEIGHT = 0.02;

PlnMixture *pln_mixture_new(guint d) {
  PlnMixture *m = g_new0(PlnMixture, 1);
  m->d = d;
  m->stride = (d + LANES - 1) / LANES * LANES;
  return m;
}

void pln_mixture_free(PlnMixture *m) {
  for (guint c = 0; m && c < m->parts; c++) {
    g_free(m->mean[c]);
    g_free(m->root[c]);
  }
  g_free(m);
}

static void balance(PlnMixture *m) {
  double sum = 0;
  for (guint c = 0; c < m->parts; c++)
    sum += m->weight[c];
  for (guint c = 0; c < m->parts; c++)
    m->weight[c] = sum > 0 ? MAX(m->weight[c] / sum, LEAST_WEIGHT) : 1;
  sum = 0;
  for (guint c = 0; c < m->parts; c++)
    sum += m->weight[c];
  for (guint c = 0; c < m->parts; c++)
    m->weight[c] /= sum;
}

/* The root of a covariance, its standard deviations @wider. */
static void set_root(PlnMixture *m, double *covariance, double wider) {
  g_autofree double *spare = g_new(double, (gsize)m->d * m->stride);
  pln_cholesky_ridge(covariance, m->d, m->stride, spare);
  for (guint i = 0; i < m->d; i++)
    for (guint j = 0; j < m->d; j++)
      covariance[i * m->stride + j] *= wider;
}

void pln_mixture_add(PlnMixture *m, double weight, const double *mean, const double *precision,
                     double wider) {
  gsize size = (gsize)m->d * m->stride;
  g_autofree double *factor = g_memdup2(precision, size * sizeof *factor);
  g_autofree double *spare = g_new(double, size);
  guint c = m->parts++;
  pln_cholesky_ridge(factor, m->d, m->stride, spare);
  m->root[c] = g_new0(double, size);
  m->mean[c] = g_memdup2(mean, m->d * sizeof *mean);
  m->weight[c] = weight;
  pln_cholesky_inverse(factor, m->d, m->stride, m->root[c]);
  set_root(m, m->root[c], wider);
}

void pln_mixture_draw(const PlnMixture *m, guint k, guint n, PlnDraw *stream, double *z) {
  double at = (k + 0.5) / n, sum = 0, all = 0;
  guint c = 0;
  for (guint i = 0; i < m->parts; i++)
    all += m->weight[i];
  for (guint i = 0; i + 1 < m->parts; i++) {
    sum += m->weight[i] / all;
    c = at > sum ? i + 1 : c;
  }
  pln_draw_normals(stream, m->d, z);
  for (guint i = m->d; i-- > 0;) {
    double sum_of = 0;
    for (guint j = 0; j <= i; j++)
      sum_of += m->root[c][i * m->stride + j] * z[j];
    z[i] = m->mean[c][i] + sum_of;
  }
}

double pln_mixture_log(const PlnMixture *m, const double *z, double *share, double *room) {
  double most = -PLN_INF, sum = 0, all = 0;
  for (guint c = 0; c < m->parts; c++) {
    double square = 0, volume = 0;
    for (guint i = 0; i < m->d; i++)
      room[i] = z[i] - m->mean[c][i];
    pln_cholesky_forward(m->root[c], m->d, m->stride, room);
    for (guint i = 0; i < m->d; i++) {
      square += room[i] * room[i];
      volume += pln_log(m->root[c][i * m->stride + i]);
    }
    all += m->weight[c];
    share[c] = pln_log(m->weight[c]) - volume - 0.5 * square;
    most = MAX(most, share[c]);
  }
  for (guint c = 0; c < m->parts; c++)
    sum += share[c] = pln_exp(share[c] - most);
  for (guint c = 0; c < m->parts; c++)
    share[c] /= sum;
  return most + pln_log(sum / all);
}

/* The moments of part @c over the draws, into @mean and the lower half of @covariance.
 * Returns: how many draws they are worth */
static double moments(const PlnMixture *m, guint c, guint n, const double *weight,
                      const double *share, const double *z, double *mean, double *covariance) {
  double sum = 0, squares = 0;
  for (guint k = 0; k < n; k++) {
    double w = weight[k] * share[k * PLN_MIXTURE_MOST + c];
    sum += w;
    squares += w * w;
    for (guint i = 0; i < m->d; i++)
      mean[i] += w * z[(gsize)k * m->d + i];
  }
  if (!(sum > 0))
    return 0;
  for (guint i = 0; i < m->d; i++)
    mean[i] /= sum;
  for (guint k = 0; k < n; k++) {
    const double *at = z + (gsize)k * m->d;
    double w = weight[k] * share[k * PLN_MIXTURE_MOST + c] / sum;
    for (guint i = 0; i < m->d && w > 0; i++)
      for (guint j = 0; j <= i; j++)
        covariance[i * m->stride + j] += w * (at[i] - mean[i]) * (at[j] - mean[j]);
  }
  return sum * sum / squares;
}

static void fit_part(PlnMixture *m, guint c, guint n, const double *weight, const double *share,
                     const double *z, double wider) {
  g_autofree double *mean = g_new0(double, m->d);
  g_autofree double *covariance = g_new0(double, (gsize)m->d * m->stride);
  double worth = moments(m, c, n, weight, share, z, mean, covariance), held = HELD * m->d;
  double *old = m->root[c];
  for (guint i = 0; i < m->d; i++)
    for (guint j = 0; j <= i; j++) {
      double before = 0;
      for (guint k = 0; k <= j; k++)
        before += old[i * m->stride + k] * old[j * m->stride + k];
      covariance[i * m->stride + j] =
          (worth * covariance[i * m->stride + j] + held * before / (wider * wider)) / (worth + held);
    }
  for (guint i = 0; i < m->d; i++)
    m->mean[c][i] += worth / (worth + m->d) * (mean[i] - m->mean[c][i]) * (worth > 0);
  set_root(m, covariance, wider);
  memcpy(old, covariance, (gsize)m->d * m->stride * sizeof *old);
}

void pln_mixture_fit(PlnMixture *m, guint n, const double *weight, const double *share,
                     const double *z, double wider) {
  for (guint c = 0; c < m->parts; c++) {
    m->weight[c] = 0;
    for (guint k = 0; k < n; k++)
      m->weight[c] += weight[k] * share[k * PLN_MIXTURE_MOST + c];
    fit_part(m, c, n, weight, share, z, wider);
  }
  balance(m);
}
