/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many runs at once, each in its own place; and one dial at a time. */
#include <math.h>

#include "plenary/error.h"
#include "plenary/normal.h"
#include "plenary/sensitivity_part.h"
#include "plenary/workers.h"

enum { TASK = 8 }; /* runs: a thread's last run has much in common with its next */

/* ---- Runs ---- */

typedef struct {
  PlnSenseWork *work;
  guint64 n;
  const double *value;
  const guint32 *replicate;
  double *y, *adopted;
  GError **error; /* of each task its first */
  gint interrupted, known;
} Batch;

/* The changes of run @k: what is set, then what is turned. */
static guint changes_of(const Batch *b, guint64 k, PlnChange *made, const PlnChange **change) {
  const GPtrArray *dials = b->work->dials, *set = b->work->s->options.set;
  guint n = 0;
  for (guint i = 0; set && i < set->len; i++)
    change[n++] = set->pdata[i];
  for (guint j = 0; j < dials->len; j++) {
    double value = b->value[k * dials->len + j];
    if (!isnan(value) && pln_dial_turn(dials->pdata[j], value, &made[j]))
      change[n++] = &made[j];
  }
  return n;
}

/* What the run came to: of a protocol that is rarely adopted the day says little. */
static void take(Batch *b, guint64 k, const PlnRunResult *result) {
  double chance = b->work->adopted < 0 ? NAN : result->value[b->work->adopted];
  b->y[k] = chance < PLN_SENSITIVITY_RARE ? NAN : result->value[b->work->outcome];
  if (b->adopted)
    b->adopted[k] = chance;
  g_atomic_int_set(&b->known, 1);
}

static void run_task(guint task, guint thread, gpointer data) {
  Batch *b = data;
  const PlnSensitivity *s = b->work->s;
  PlnChange made[PLN_SENSITIVITY_DIALS];
  guint sets = s->options.set ? s->options.set->len : 0;
  g_autofree const PlnChange **change = g_new(const PlnChange *, sets + b->work->dials->len + 1);
  guint64 end = MIN(b->n, (guint64)(task + 1) * TASK);
  for (guint64 k = (guint64)task * TASK; k < end && !g_atomic_int_get(&b->interrupted); k++) {
    PlnRunResult result;
    guint n = changes_of(b, k, made, change);
    GError **error = b->error[task] ? NULL : &b->error[task];
    gboolean done = pln_runner_run(s->runner, thread, change, n, b->replicate ? b->replicate[k] : 0,
                                   NULL, &result, error);
    b->y[k] = NAN;
    if (b->adopted)
      b->adopted[k] = NAN;
    if (done)
      take(b, k, &result);
    if (b->work->progress && !pln_progress_step(b->work->progress, 1))
      g_atomic_int_set(&b->interrupted, 1);
  }
}

gboolean pln_sense_runs(PlnSenseWork *work, guint64 n, const double *value,
                        const guint32 *replicate, double *y, double *adopted, GError **error) {
  guint tasks = (guint)((n + TASK - 1) / TASK);
  g_autofree GError **errors = g_new0(GError *, tasks + 1);
  Batch b = {work, n, value, replicate, y, adopted, errors, 0, 0};
  pln_workers_run(work->threads, tasks, run_task, &b);
  GError *first = NULL;
  for (guint t = 0; t < tasks; t++)
    if (first)
      g_clear_error(&errors[t]);
    else
      first = errors[t];
  work->s->runs += n;
  for (guint64 k = 0; k < n; k++)
    work->s->without += isnan(y[k]);
  if (b.interrupted) {
    g_clear_error(&first);
    g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "interrupted");
    return FALSE;
  }
  if (first && !b.known) { /* not one of them had an answer */
    g_propagate_error(error, first);
    return FALSE;
  }
  g_clear_error(&first);
  return TRUE;
}

/* ---- Means ---- */

PlnSense3 pln_sensitivity_mean(guint n, const double *value, double level) {
  double sum = 0, square = 0;
  for (guint i = 0; i < n; i++)
    sum += value[i];
  double mean = n > 0 ? sum / n : NAN;
  if (n < 2 || isnan(mean))
    return (PlnSense3){mean, NAN, NAN};
  for (guint i = 0; i < n; i++)
    square += (value[i] - mean) * (value[i] - mean);
  /* Student's quantile from the normal one. */
  double z = pln_normal_inverse(0.5 + level / 2), f = n - 1, z2 = z * z;
  double t = z + z * (z2 + 1) / (4 * f) + z * ((5 * z2 + 16) * z2 + 3) / (96 * f * f);
  double half = t * sqrt(square / f / n);
  return (PlnSense3){mean, mean - half, mean + half};
}

/* ---- One at a time ---- */

guint pln_sense_replicates(const PlnSenseWork *work) {
  return work->s->drawn ? PLN_SENSITIVITY_TORNADO : 1;
}

static guint places_of(const PlnDial *dial) {
  return dial->kind == PLN_RANGE_LIST ? MIN(dial->n, PLN_SENSITIVITY_PLACES) : 2;
}

static double place_value(const PlnDial *dial, guint k) {
  switch (dial->kind) {
  case PLN_RANGE_NORMAL:
    return pln_dial_value(dial, k == 0 ? 0.05 : 0.95);
  case PLN_RANGE_LIST:
    return pln_dial_value(dial, pln_dial_level(dial, k));
  default:
    return k == 0 ? dial->from : dial->to;
  }
}

guint64 pln_sense_tornado_runs(const PlnSenseWork *work) {
  guint64 n = 0;
  for (guint j = 0; j < work->dials->len; j++)
    n += places_of(work->dials->pdata[j]);
  return n * pln_sense_replicates(work);
}

/* Outcomes in a chance are never beyond it, nor is their interval. */
static PlnSense3 bounded(const PlnSensitivity *s, PlnSense3 of) {
  if (g_strcmp0(s->unit, "share") != 0)
    return of;
  return (PlnSense3){of.value, MAX(of.low, 0), MIN(of.high, 1)};
}

static double mean_of(guint n, const double *value) {
  return pln_sensitivity_mean(n, value, 0.95).value;
}

/* Beyond @off's doubt: 1 above nothing, -1 below. */
static int side_of(PlnSense3 off) {
  double low = isnan(off.low) ? off.value : off.low, high = isnan(off.high) ? off.value : off.high;
  return (low > 0) - (high < 0);
}

/* How far each place is from what is stated, draw by draw. */
static void measure_off(const PlnSenseWork *work, PlnSenseBar *bar, const double *y) {
  guint r = pln_sense_replicates(work);
  g_autofree double *differ = g_new(double, r);
  for (guint k = 0; k < bar->n; k++) {
    for (guint i = 0; i < r; i++)
      differ[i] = y[k * r + i] - work->base[i];
    bar->off[k] = pln_sensitivity_mean(r, differ, work->s->options.level);
  }
  const PlnDial *dial = work->dials->pdata[bar->dial];
  int first = side_of(bar->off[0]), last = side_of(bar->off[bar->n - 1]);
  bar->beyond = dial->kind != PLN_RANGE_LIST && first == last ? first : 0;
}

/* @y, @adopted: places x replicates */
static void measure_bar(const PlnSenseWork *work, PlnSenseBar *bar, const double *y,
                        const double *adopted) {
  PlnSensitivity *s = work->s;
  const PlnDial *dial = work->dials->pdata[bar->dial];
  guint r = pln_sense_replicates(work);
  double low = s->base.value, high = s->base.value;
  gboolean often = s->adopted >= PLN_SENSITIVITY_RARE;
  g_autofree double *differ = g_new(double, r);
  for (guint k = 0; k < bar->n; k++) {
    bar->y[k] = bounded(s, pln_sensitivity_mean(r, &y[k * r], s->options.level));
    bar->adopted[k] = mean_of(r, &adopted[k * r]);
    bar->rare |= bar->adopted[k] < PLN_SENSITIVITY_RARE;
    often |= bar->adopted[k] >= PLN_SENSITIVITY_RARE;
    if (!(bar->y[k].value >= bar->y[bar->least].value))
      bar->least = isnan(bar->y[k].value) ? bar->least : k;
    if (!(bar->y[k].value <= bar->y[bar->most].value))
      bar->most = isnan(bar->y[k].value) ? bar->most : k;
    low = bar->y[k].value < low ? bar->y[k].value : low;
    high = bar->y[k].value > high ? bar->y[k].value : high;
  }
  gboolean words = dial->kind == PLN_RANGE_LIST;
  guint from = words ? bar->least : 0, to = words ? bar->most : bar->n - 1;
  for (guint i = 0; i < r; i++)
    differ[i] = y[to * r + i] - y[from * r + i];
  bar->change = pln_sensitivity_mean(r, differ, s->options.level);
  bar->swing = high - low;
  bar->rare &= often;
  measure_off(work, bar, y);
}

/* Whether there is a day at all comes before which. */
static int by_swing(gconstpointer a, gconstpointer b) {
  const PlnSenseBar *x = a, *y = b;
  if (x->rare != y->rare)
    return x->rare ? -1 : 1;
  double p = isnan(x->swing) ? -1 : x->swing, q = isnan(y->swing) ? -1 : y->swing;
  return p != q ? (p > q ? -1 : 1) : (x->dial > y->dial) - (x->dial < y->dial);
}

/* The rows of all bars: place by place, replicate by replicate. */
static void fill_bars(const PlnSenseWork *work, GArray *bars, double *value, guint32 *replicate) {
  guint d = work->dials->len, r = pln_sense_replicates(work);
  guint64 k = 0;
  for (guint j = 0; j < d; j++) {
    PlnSenseBar bar = {.dial = j, .n = places_of(work->dials->pdata[j])};
    for (guint p = 0; p < bar.n; p++) {
      bar.at[p] = place_value(work->dials->pdata[j], p);
      for (guint i = 0; i < r; i++, k++) {
        for (guint c = 0; c < d; c++)
          value[k * d + c] = c == j ? bar.at[p] : NAN;
        replicate[k] = i;
      }
    }
    g_array_append_val(bars, bar);
  }
}

gboolean pln_sense_tornado(PlnSenseWork *work, GError **error) {
  guint64 n = pln_sense_tornado_runs(work), k = 0;
  g_autofree double *value = g_new(double, n * work->dials->len), *y = g_new(double, n);
  g_autofree double *adopted = g_new(double, n);
  g_autofree guint32 *replicate = g_new(guint32, n);
  fill_bars(work, work->s->bars, value, replicate);
  if (!pln_sense_runs(work, n, value, replicate, y, adopted, error))
    return FALSE;
  for (guint j = 0; j < work->s->bars->len; j++) {
    PlnSenseBar *bar = &g_array_index(work->s->bars, PlnSenseBar, j);
    measure_bar(work, bar, &y[k], &adopted[k]);
    k += (guint64)bar->n * pln_sense_replicates(work);
  }
  g_array_sort(work->s->bars, by_swing);
  return TRUE;
}
