/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/chains.h"

#include <math.h>
#include <stdlib.h>

#include "plenary/normal.h"

typedef struct {
  double value;
  guint place;
} Ranked;

static int by_value(const void *a, const void *b) {
  const Ranked *x = a, *y = b;
  if (x->value != y->value)
    return x->value < y->value ? -1 : 1;
  return (x->place > y->place) - (x->place < y->place);
}

/* Normal scores of the ranks, equal numbers sharing the mean of theirs (Blom's 3/8). */
static void to_scores(const double *x, guint n, Ranked *room, double *score) {
  for (guint i = 0; i < n; i++)
    room[i] = (Ranked){x[i], i};
  qsort(room, n, sizeof *room, by_value);
  for (guint i = 0, next; i < n; i = next) {
    for (next = i + 1; next < n && room[next].value == room[i].value; next++)
      ;
    double rank = (i + next + 1) / 2.0, z = pln_normal_inverse((rank - 0.375) / (n + 0.25));
    for (guint k = i; k < next; k++)
      score[room[k].place] = z;
  }
}

static double quantile(const Ranked *sorted, guint n, double q) {
  double at = q * (n - 1), low = floor(at);
  guint i = (guint)low;
  double next = sorted[MIN(i + 1, n - 1)].value;
  return sorted[i].value + (at - low) * (next - sorted[i].value);
}

static double mean_of(const double *x, guint n) {
  double sum = 0;
  for (guint i = 0; i < n; i++)
    sum += x[i];
  return sum / n;
}

/* The autocovariance at a lag, over n as usual, averaged over the chains. */
static double covariance(const double *x, const double *mean, guint chains, guint draws,
                         guint lag) {
  double sum = 0;
  for (guint c = 0; c < chains; c++) {
    const double *y = x + (gsize)c * draws;
    for (guint i = 0; i + lag < draws; i++)
      sum += (y[i] - mean[c]) * (y[i + lag] - mean[c]);
  }
  return sum / ((double)chains * draws);
}

/* The chains' variances: within, and of their means. */
typedef struct {
  double within, all; /* all: of a draw, whichever chain it comes from */
  double *mean;
} Spread;

static Spread spread_new(const double *x, guint chains, guint draws) {
  Spread s = {.mean = g_new(double, chains)};
  for (guint c = 0; c < chains; c++)
    s.mean[c] = mean_of(x + (gsize)c * draws, draws);
  double overall = mean_of(s.mean, chains), between = 0;
  for (guint c = 0; c < chains; c++)
    between += (s.mean[c] - overall) * (s.mean[c] - overall);
  s.all = covariance(x, s.mean, chains, draws, 0);
  s.within = s.all * draws / (draws - 1.0);
  if (chains > 1)
    s.all += between / (chains - 1.0);
  return s;
}

static double rhat(const double *x, guint chains, guint draws) {
  Spread s = spread_new(x, chains, draws);
  g_free(s.mean);
  return s.within > 0 ? sqrt(s.all / s.within) : NAN;
}

/* Geyer's sum: pairs of neighbouring lags as long as they are positive, none larger than the
 * one before. */
static double effective(const double *x, guint chains, guint draws) {
  Spread s = spread_new(x, chains, draws);
  double n = (double)chains * draws, tau = -1, last = INFINITY, even = 1;
  for (guint lag = 0; lag + 5 < draws && s.all > 0; lag += 2) {
    if (lag)
      even = 1 - (s.within - covariance(x, s.mean, chains, draws, lag)) / s.all;
    double odd = 1 - (s.within - covariance(x, s.mean, chains, draws, lag + 1)) / s.all;
    if (even + odd <= 0) {
      tau += MAX(even, 0);
      break;
    }
    last = MIN(last, even + odd);
    tau += 2 * last;
  }
  g_free(s.mean);
  return s.all > 0 ? n / MAX(tau, 2.302585092994045684 / pln_log(n)) : NAN;
}

double pln_chains_effective(const double *draw, guint chains, guint draws) {
  return draws < 4 || chains < 1 ? NAN : effective(draw, chains, draws);
}

/* The halves of each chain, the middle draw left out where their number is odd. */
static double *halves(const float *draw, guint chains, guint draws, gsize stride) {
  guint half = draws / 2;
  double *x = g_new(double, (gsize)chains * 2 * half);
  for (guint c = 0; c < chains; c++)
    for (guint i = 0; i < 2 * half; i++) {
      guint from = i < half ? i : i + draws % 2;
      x[(gsize)c * 2 * half + i] = draw[((gsize)c * draws + from) * stride];
    }
  return x;
}

static double effective_below(const double *x, guint chains, guint draws, double at, double *room) {
  for (guint i = 0; i < chains * draws; i++)
    room[i] = x[i] <= at;
  return effective(room, chains, draws);
}

PlnChains pln_chains(const float *draw, guint chains, guint draws, gsize stride) {
  guint half = draws / 2, parts = 2 * chains, n = parts * half;
  if (draws < 4 || chains < 1)
    return (PlnChains){NAN, NAN, NAN, NAN};
  g_autofree double *x = halves(draw, chains, draws, stride), *score = g_new(double, n);
  g_autofree Ranked *room = g_new(Ranked, n);
  to_scores(x, n, room, score);
  double low = quantile(room, n, 0.05), median = quantile(room, n, 0.5);
  double high = quantile(room, n, 0.95);
  PlnChains c = {.rhat = rhat(score, parts, half), .bulk = effective(score, parts, half)};
  c.mean = effective(x, parts, half);
  double tail = effective_below(x, parts, half, low, score);
  c.tail = fmin(tail, effective_below(x, parts, half, high, score));
  for (guint i = 0; i < n; i++)
    x[i] = fabs(x[i] - median);
  to_scores(x, n, room, score);
  c.rhat = MAX(c.rhat, rhat(score, parts, half));
  return c;
}
