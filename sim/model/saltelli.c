/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/saltelli.h"

#include <math.h>
#include <stdlib.h>

#include "plenary/draw.h"
#include "plenary/workers.h"

PlnSaltelliOptions pln_saltelli_options(guint d, guint64 rows) {
  return (PlnSaltelliOptions){.d = d,
                              .rows = rows,
                              .kind = 2 * d <= PLN_DESIGN_SOBOL_MOST ? PLN_DESIGN_SOBOL
                                                                     : PLN_DESIGN_LATIN,
                              .resamples = 1000,
                              .level = 0.95,
                              .seed = 1,
                              .threads = 1};
}

/* ---- Points ---- */

guint64 pln_saltelli_points(const PlnSaltelliOptions *options) {
  return options->rows * (options->d + 2);
}

PlnDesign *pln_saltelli_design(const PlnSaltelliOptions *options, GError **error) {
  return pln_design_new(options->kind, 2 * options->d, NULL, options->rows, options->seed, error);
}

/* The bare sequence's columns hang together over any number of rows that runs are made for, and
 * no bootstrap sees it: moved round the cube by the seed they are right on average, and as far off
 * as their rows say. */
static void shift(const PlnSaltelliOptions *options, double *both) {
  PlnDraw stream = pln_draw_stream(options->seed, PLN_STUDY_SALTELLI_SHIFT, 0);
  for (guint j = 0; j < 2 * options->d; j++) {
    double at = both[j] + pln_draw_uniform(&stream);
    at -= at >= 1 ? 1 : 0;
    both[j] = at > 0 ? at : 0x1p-54;
  }
}

void pln_saltelli_point(const PlnSaltelliOptions *options, const PlnDesign *design, guint64 k,
                        double *u) {
  guint d = options->d, which = (guint)(k % (d + 2));
  g_autofree double *both = g_new(double, 2 * d);
  pln_design_point(design, k / (d + 2), both);
  if (options->kind == PLN_DESIGN_SOBOL)
    shift(options, both);
  for (guint j = 0; j < d; j++)
    u[j] = both[which == 1 || which == j + 2 ? d + j : j];
}

/* ---- Measures ---- */

/* Of a row and dial the two products whose means are the indices' numerators, NAN where a run is
 * missing: then the row does not count for that dial.  Rows are the units of the bootstrap. */
typedef struct {
  const PlnSaltelliOptions *options;
  double mean;
  double *first, *total; /* rows x d */
  double *sum, *square;  /* rows: of f(a) - m and f(b) - m, as far as known; their squares */
  guint8 *known;         /* rows: how many of the two */
  double *again;         /* 2 d x resamples */
  double *scratch;       /* threads x 3 d */
} Work;

static void set_mean(const PlnSaltelliOptions *options, const double *y, PlnSaltelliSum *sum) {
  double total = 0, least = INFINITY, most = -INFINITY;
  *sum = (PlnSaltelliSum){.mean = NAN, .variance = NAN};
  for (guint64 i = 0; i < 2 * options->rows; i++) {
    double value = y[i / 2 * (options->d + 2) + i % 2];
    if (isnan(value))
      continue;
    total += value;
    least = fmin(least, value);
    most = fmax(most, value);
    sum->known++;
  }
  if (sum->known == 0)
    return;
  sum->flat = least == most; /* a sum of equal numbers may be rounded, their comparison not */
  sum->mean = sum->flat ? least : total / (double)sum->known;
}

static void set_row(Work *work, guint64 i, const double *y) {
  guint d = work->options->d;
  const double *run = y + i * (d + 2);
  double a = run[0] - work->mean, b = run[1] - work->mean;
  work->sum[i] = (isnan(a) ? 0 : a) + (isnan(b) ? 0 : b);
  work->square[i] = (isnan(a) ? 0 : a * a) + (isnan(b) ? 0 : b * b);
  work->known[i] = (guint8)(!isnan(a) + !isnan(b));
  for (guint j = 0; j < d; j++) {
    double mixed = run[2 + j] - work->mean, first = b * (mixed - a);
    double total = 0.5 * (a - mixed) * (a - mixed);
    gboolean whole = !isnan(first);
    work->first[i * d + j] = whole ? first : NAN;
    work->total[i * d + j] = whole ? total : NAN;
  }
}

/* Sums over rows, each @times as often (NULL: once), in the order of the rows.
 * @over: 3 d: first, total and rows of each dial.  Returns: the variance */
static double add_up(const Work *work, const guint16 *times, double *over) {
  guint d = work->options->d;
  double sum = 0, square = 0, known = 0;
  for (guint k = 0; k < 3 * d; k++)
    over[k] = 0;
  for (guint64 i = 0; i < work->options->rows; i++) {
    double w = times ? times[i] : 1;
    if (w == 0)
      continue;
    sum += w * work->sum[i];
    square += w * work->square[i];
    known += w * work->known[i];
    const double *first = work->first + i * d, *total = work->total + i * d;
    for (guint j = 0; j < d; j++) {
      double counts = isnan(first[j]) ? 0 : w;
      over[j] += counts == 0 ? 0 : w * first[j];
      over[d + j] += counts == 0 ? 0 : w * total[j];
      over[2 * d + j] += counts;
    }
  }
  return known < 2 ? NAN : (square - sum * sum / known) / known;
}

/* One resample: its rows are drawn, with replacement, from a stream of its own. */
static void resample(guint task, guint thread, gpointer data) {
  Work *work = data;
  const PlnSaltelliOptions *options = work->options;
  guint d = options->d;
  g_autofree guint16 *times = g_new0(guint16, options->rows);
  double *over = work->scratch + (gsize)thread * 3 * d;
  PlnDraw stream = pln_draw_stream(options->seed, PLN_STUDY_SALTELLI, task);
  for (guint64 i = 0; i < options->rows; i++)
    times[pln_draw_below(&stream, options->rows)]++;
  double variance = add_up(work, times, over);
  for (guint k = 0; k < 2 * d; k++)
    work->again[(gsize)k * options->resamples + task] =
        variance > 0 ? over[k] / over[2 * d + k % d] / variance : NAN;
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Percentiles; resamples in which nothing varied, or no row was whole, are none. */
static void set_interval(const PlnSaltelliOptions *options, double *again, double *low,
                         double *high) {
  guint n = 0;
  for (guint b = 0; b < options->resamples; b++)
    if (!isnan(again[b]))
      again[n++] = again[b];
  *low = *high = NAN;
  if (n < 2)
    return;
  qsort(again, n, sizeof *again, by_size);
  guint cut = (guint)((1 - options->level) / 2 * (n - 1) + 0.5);
  *low = again[cut];
  *high = again[n - 1 - cut];
}

static void set_up(Work *work, const double *y, guint threads) {
  guint64 rows = work->options->rows;
  gsize d = work->options->d;
  work->first = g_new(double, rows *d);
  work->total = g_new(double, rows *d);
  work->sum = g_new(double, rows);
  work->square = g_new(double, rows);
  work->known = g_new(guint8, rows);
  work->again = g_new(double, 2 * d * work->options->resamples + 1);
  work->scratch = g_new(double, 3 * d * threads);
  for (guint64 i = 0; i < rows; i++)
    set_row(work, i, y);
}

static void tear_down(Work *work) {
  g_free(work->first);
  g_free(work->total);
  g_free(work->sum);
  g_free(work->square);
  g_free(work->known);
  g_free(work->again);
  g_free(work->scratch);
}

static void set_indices(Work *work, const double *over, double variance, PlnSaltelliIndex *index) {
  const PlnSaltelliOptions *options = work->options;
  guint d = options->d;
  for (guint j = 0; j < d; j++) {
    double rows = over[2 * d + j];
    index[j].rows = (guint64)rows;
    if (rows == 0)
      continue;
    index[j].first = over[j] / rows / variance;
    index[j].total = over[d + j] / rows / variance;
    double *again = work->again + (gsize)j * options->resamples;
    set_interval(options, again, &index[j].first_low, &index[j].first_high);
    again += (gsize)d * options->resamples;
    set_interval(options, again, &index[j].total_low, &index[j].total_high);
  }
}

void pln_saltelli_measure(const PlnSaltelliOptions *options, const double *y, PlnSaltelliSum *sum,
                          PlnSaltelliIndex *index) {
  for (guint j = 0; j < options->d; j++)
    index[j] = (PlnSaltelliIndex){NAN, NAN, NAN, NAN, NAN, NAN, 0};
  set_mean(options, y, sum);
  if (sum->known == 0)
    return;
  guint threads = pln_workers_count(options->threads, options->resamples);
  Work work = {.options = options, .mean = sum->mean};
  set_up(&work, y, threads);
  g_autofree double *over = g_new(double, 3 * options->d);
  sum->variance = add_up(&work, NULL, over);
  if (sum->flat)
    sum->variance = 0;
  if (sum->variance > 0) {
    pln_workers_run(options->threads, options->resamples, resample, &work);
    set_indices(&work, over, sum->variance, index);
  }
  tear_down(&work);
}
