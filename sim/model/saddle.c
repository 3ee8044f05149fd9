/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/saddle.h"

#include <math.h>
#include <string.h>

#include "plenary/normal.h"

enum { K = PLN_VOTE_KINDS, M = PLN_SADDLE_MOST };

/* Below this a count is settled: it has no density. */
static const double NO_SPREAD = 1e-9;

PlnSaddle *pln_saddle_new(const PlnForecast *f, const guint32 total[K]) {
  PlnSaddle *s = g_new0(PlnSaddle, 1);
  s->forecast = f;
  memcpy(s->total, total, sizeof s->total);
  for (guint k = 1; k < K; k++)
    s->last = total[k] > total[s->last] ? k : s->last;
  for (guint k = 0; k < K; k++)
    if (k != s->last && total[k] > 0)
      s->kind[s->free++] = k;
  s->vote = g_new0(double, 3 * (gsize)f->n_pad + 1);
  s->p = g_new0(double, (gsize)f->n *K + 1);
  s->q = g_new0(double, (gsize)f->n *K + 1);
  return s;
}

void pln_saddle_free(PlnSaddle *s) {
  if (!s)
    return;
  g_free(s->vote);
  g_free(s->p);
  g_free(s->q);
  g_free(s);
}

static void forecast_given(PlnSaddle *s, const double *z) {
  gsize pad = s->forecast->n_pad;
  pln_forecast_given(s->forecast, z, s->vote, s->vote + pad, s->vote + 2 * pad);
  for (guint i = 0; i < s->forecast->n; i++) {
    double y = s->vote[i], n = s->vote[pad + i], a = s->vote[2 * pad + i], x = 1 - (y + n + a);
    double *p = s->p + (gsize)i * K;
    p[PLN_VOTE_Y] = y;
    p[PLN_VOTE_N] = n;
    p[PLN_VOTE_A] = a;
    p[PLN_VOTE_X] = s->forecast->absent[i] == -PLN_INF ? 0 : MAX(x, 1e-17);
  }
}

/* The log of the factor of @kind, that of the last kind being 0: from the state that tells it
 * best; 0 where none does, as none can do either. */
static double factor_of(const PlnSaddle *s, guint kind) {
  double best = 0, factor = 0;
  gsize at = 0;
  for (guint i = 0; i < s->forecast->n; i++) {
    const double *q = s->q + (gsize)i * K;
    double both = MIN(q[kind], q[s->last]);
    at = both > best ? (gsize)i * K : at;
    best = MAX(best, both);
  }
  if (best > 0)
    factor = pln_log(s->q[at + kind] / s->q[at + s->last]) -
             pln_log(s->p[at + kind] / s->p[at + s->last]);
  return factor;
}

/* What raking divided out of every assignment with these totals. */
static double log_of_raking(const PlnSaddle *s) {
  double factor[K] = {0}, log = 0;
  for (guint k = 0; k < s->free; k++)
    factor[s->kind[k]] = factor_of(s, s->kind[k]);
  for (guint i = 0; i < s->forecast->n; i++) {
    const double *p = s->p + (gsize)i * K, *q = s->q + (gsize)i * K;
    guint best = 0;
    for (guint k = 1; k < K; k++)
      best = q[k] > q[best] ? k : best;
    log += pln_log(p[best] / q[best]) + factor[best];
  }
  for (guint k = 0; k < K; k++)
    log -= factor[k] * s->total[k];
  return log;
}

static void add_cumulants(PlnSaddle *s, const double c[M]) {
  for (guint a = 0; a < s->free; a++)
    for (guint b = 0; b <= a; b++) {
      s->cov[a][b] += (a == b ? c[a] : 0) - c[a] * c[b];
      for (guint d = 0; d <= b; d++)
        s->third[a][b][d] +=
            (a == b && b == d ? c[a] : 0) -
            ((a == b ? c[a] * c[d] : 0) + (b == d ? c[b] * c[a] : 0) + (a == d ? c[a] * c[b] : 0)) +
            2 * c[a] * c[b] * c[d];
    }
}

static void mirror(PlnSaddle *s) {
  for (guint a = 0; a < s->free; a++)
    for (guint b = 0; b <= a; b++) {
      s->cov[b][a] = s->cov[a][b];
      for (guint d = 0; d <= b; d++) {
        double k = s->third[a][b][d];
        s->third[a][d][b] = s->third[b][a][d] = s->third[b][d][a] = k;
        s->third[d][a][b] = s->third[d][b][a] = k;
      }
    }
}

/* Inverts by Gauss and Jordan; a count that is settled once the others are is left out.
 * Returns: the log of the determinant of what is left; @rank: how many that is */
static double invert(guint m, double a[M][M], double inverse[M][M], guint *rank) {
  double log = 0, w[M][M];
  memcpy(w, a, sizeof w);
  memset(inverse, 0, sizeof w);
  *rank = 0;
  gboolean in[M] = {FALSE};
  /* Swept one by one: the block of those swept is minus its inverse. */
  for (guint k = 0; k < m; k++) {
    double pivot = w[k][k];
    if (!(pivot > NO_SPREAD))
      continue;
    in[k] = TRUE;
    log += pln_log(pivot);
    ++*rank;
    for (guint i = 0; i < m; i++)
      for (guint j = 0; j < m; j++)
        if (i != k && j != k)
          w[i][j] -= w[i][k] * w[k][j] / pivot;
    for (guint i = 0; i < m; i++)
      if (i != k) {
        w[i][k] /= pivot;
        w[k][i] /= pivot;
      }
    w[k][k] = -1 / pivot;
  }
  for (guint i = 0; i < m; i++)
    for (guint j = 0; j < m; j++)
      inverse[i][j] = in[i] && in[j] ? -w[i][j] : 0;
  return log;
}

gboolean pln_saddle_at(PlnSaddle *s, const double *z) {
  const double log_2_pi = 1.8378770664093454836;
  guint n = s->forecast->n, rank;
  PlnTallyCase tally = {.n = n, .chance = s->p};
  memcpy(tally.total, s->total, sizeof tally.total);
  forecast_given(s, z);
  s->log = -PLN_INF;
  if (pln_tally_rake(&tally, s->q) == PLN_TALLY_IMPOSSIBLE)
    return FALSE;
  memset(s->cov, 0, sizeof s->cov);
  memset(s->third, 0, sizeof s->third);
  for (guint i = 0; i < n; i++) {
    double c[M] = {0};
    for (guint a = 0; a < s->free; a++)
      c[a] = s->q[(gsize)i * K + s->kind[a]];
    add_cumulants(s, c);
  }
  mirror(s);
  double volume = invert(s->free, s->cov, s->precision, &rank);
  s->log = log_of_raking(s) - 0.5 * (rank * log_2_pi + volume);
  return TRUE;
}

/* The slopes of the log chances of one state by its own part of z: of no, abstain, yes by
 * l . z, of presence and absence by the turnout's factor. */
typedef struct {
  double vote[K], presence[K];
} Slopes;

static Slopes slopes_of(const PlnForecast *f, guint i, double common, double turnout) {
  Slopes d = {{0}, {0}};
  double own = MAX(f->own[i], 1e-6), rest = sqrt(1 - f->turnout * f->turnout);
  double low = (f->below[i] - common) / own, high = (f->above[i] - common) / own;
  double log, at_low, at_high;
  d.vote[PLN_VOTE_N] = -pln_normal_ratio(low) / own;
  d.vote[PLN_VOTE_Y] = pln_normal_ratio(-high) / own;
  pln_normal_interval_ratio(low, high, &log, &at_low, &at_high);
  if (low < high)
    d.vote[PLN_VOTE_A] = (at_low - at_high) / own;
  if (f->absent[i] != -PLN_INF && f->turnout > 0) {
    double x = (f->absent[i] - f->turnout * turnout) / rest, by = f->turnout / rest;
    d.presence[PLN_VOTE_X] = -pln_normal_ratio(x) * by;
    for (guint k = 0; k < PLN_VOTE_X; k++)
      d.presence[k] = pln_normal_ratio(-x) * by;
  }
  return d;
}

/* Adds one state's part to column @column of what belongs to z. */
static void add_part(const PlnForecast *f, guint i, guint stride, double turnout, double common,
                     double *out) {
  out[0] += turnout;
  for (guint j = 0; j < f->f; j++)
    out[(1 + (gsize)j) * stride] += common * f->loading[(gsize)j * f->n_pad + i];
}

void pln_saddle_slope(const PlnSaddle *s, const double *z, double *slope, double *spread) {
  const PlnForecast *f = s->forecast;
  memset(slope, 0, (1 + (gsize)f->f) * sizeof *slope);
  memset(spread, 0, (1 + (gsize)f->f) * M * sizeof *spread);
  for (guint i = 0; i < f->n; i++) {
    const double *q = s->q + (gsize)i * K;
    double common = 0, mean = 0, mean_presence = 0;
    for (guint j = 0; j < f->f; j++)
      common += f->loading[(gsize)j * f->n_pad + i] * z[1 + j];
    Slopes d = slopes_of(f, i, common, z[0]);
    for (guint k = 0; k < K; k++) {
      mean += q[k] > 0 ? q[k] * d.vote[k] : 0;
      mean_presence += q[k] > 0 ? q[k] * d.presence[k] : 0;
    }
    add_part(f, i, 1, mean_presence, mean, slope);
    for (guint a = 0; a < s->free; a++) {
      guint k = s->kind[a];
      if (q[k] > 0)
        add_part(f, i, M, q[k] * (d.presence[k] - mean_presence), q[k] * (d.vote[k] - mean),
                 spread + a);
    }
  }
}

/* Of the others' counts, when one of them is @off from its mean: the density there over that
 * at the mean, to the third order.  In logs, so that it is above 0. */
static double relative(const PlnSaddle *s, double precision[M][M], double third[M][M][M],
                       const double off[M]) {
  double y[M] = {0}, square = 0, skew = 0;
  for (guint a = 0; a < s->free; a++) {
    for (guint b = 0; b < s->free; b++)
      y[a] += precision[a][b] * off[b];
    square += off[a] * y[a];
  }
  for (guint a = 0; a < s->free; a++)
    for (guint b = 0; b < s->free; b++)
      for (guint d = 0; d < s->free; d++)
        skew += third[a][b][d] * (y[a] * y[b] * y[d] - 3 * precision[a][b] * y[d]);
  return -0.5 * square + pln_clamp(skew / 6, 0.5);
}

/* The cumulants of all but state i. */
static void without(const PlnSaddle *s, const double c[M], PlnSaddle *others) {
  PlnSaddle own = {.free = s->free};
  add_cumulants(&own, c);
  mirror(&own);
  for (guint a = 0; a < s->free; a++)
    for (guint b = 0; b < s->free; b++) {
      others->cov[a][b] = s->cov[a][b] - own.cov[a][b];
      for (guint d = 0; d < s->free; d++)
        others->third[a][b][d] = s->third[a][b][d] - own.third[a][b][d];
    }
}

void pln_saddle_chances(const PlnSaddle *s, double *given) {
  for (guint i = 0; i < s->forecast->n; i++) {
    const double *q = s->q + (gsize)i * K;
    double c[M] = {0}, sum = 0, *out = given + (gsize)i * K;
    PlnSaddle others = {.free = s->free};
    guint rank;
    for (guint a = 0; a < s->free; a++)
      c[a] = q[s->kind[a]];
    without(s, c, &others);
    invert(s->free, others.cov, others.precision, &rank);
    for (guint k = 0; k < K; k++) {
      double off[M];
      for (guint a = 0; a < s->free; a++)
        off[a] = c[a] - (s->kind[a] == k);
      out[k] = q[k] > 0 ? q[k] * pln_exp(relative(s, others.precision, others.third, off)) : 0;
      sum += out[k];
    }
    for (guint k = 0; k < K; k++)
      out[k] /= sum;
  }
}
