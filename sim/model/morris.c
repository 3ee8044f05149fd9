/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/morris.h"

#include <math.h>
#include <stdlib.h>

#include "plenary/draw.h"

PlnMorrisOptions pln_morris_options(guint d) {
  return (PlnMorrisOptions){
      .d = d, .trajectories = 20, .levels = 4, .resamples = 1000, .level = 0.95, .seed = 1};
}

guint64 pln_morris_points(const PlnMorrisOptions *options) {
  return (guint64)options->trajectories * (options->d + 1);
}

/* ---- Points ---- */

/* What a trajectory's stream says, in this order: of each dial its lower level and whether it is
 * turned up or down; then, place by place, which dial is turned there. */
typedef struct {
  const PlnMorrisOptions *options;
  PlnDraw stream;
  guint at; /* of the dials not turned yet, the next one's */
} Trajectory;

static Trajectory trajectory(const PlnMorrisOptions *options, guint64 t) {
  return (Trajectory){options, pln_draw_stream(options->seed, PLN_STUDY_MORRIS, (guint32)t), 0};
}

/* The middle of the part where dial j stands before it is turned, and after. */
static void read_dial(Trajectory *way, double *before, double *after) {
  guint levels = way->options->levels, half = levels / 2;
  guint low = (guint)pln_draw_below(&way->stream, half);
  gboolean up = pln_draw_bits(&way->stream) >> 63;
  double lower = (low + 0.5) / levels, upper = (low + half + 0.5) / levels;
  *before = up ? lower : upper;
  *after = up ? upper : lower;
}

/* The dial that is turned at each step: a permutation, without a list of its own: a dial's rank
 * among the dials' draws. */
static guint64 rank_draw(const PlnMorrisOptions *options, guint64 t, guint j) {
  PlnDraw stream = pln_draw_stream(options->seed, PLN_STUDY_MORRIS, (guint32)t);
  stream.block = (G_GUINT64_CONSTANT(1) << 63) + j;
  return pln_draw_bits(&stream);
}

static guint step_of(const PlnMorrisOptions *options, guint64 t, guint j) {
  guint64 mine = rank_draw(options, t, j);
  guint step = 0;
  for (guint other = 0; other < options->d; other++) {
    guint64 its = rank_draw(options, t, other);
    step += its < mine || (its == mine && other < j);
  }
  return step;
}

void pln_morris_point(const PlnMorrisOptions *options, guint64 k, double *u) {
  guint64 t = k / (options->d + 1);
  guint turned = (guint)(k % (options->d + 1));
  Trajectory way = trajectory(options, t);
  for (guint j = 0; j < options->d; j++) {
    double before, after;
    read_dial(&way, &before, &after);
    u[j] = step_of(options, t, j) < turned ? after : before;
  }
}

/* ---- Effects ---- */

/* The effect of dial @j in trajectory @t, per whole range: NAN where a run has no value. */
static double effect_of(const PlnMorrisOptions *options, const double *y, guint64 t, guint j,
                        double before, double after) {
  const double *run = y + t * (options->d + 1) + step_of(options, t, j);
  return (run[1] - run[0]) / (after - before);
}

/* @known: d x trajectories: the effects that are known, dial by dial; @n: d: how many */
static void read_effects(const PlnMorrisOptions *options, const double *y, double *known,
                         guint *n) {
  for (guint64 t = 0; t < options->trajectories; t++) {
    Trajectory way = trajectory(options, t);
    for (guint j = 0; j < options->d; j++) {
      double before, after;
      read_dial(&way, &before, &after);
      double effect = effect_of(options, y, t, j, before, after);
      if (!isnan(effect))
        known[(gsize)j * options->trajectories + n[j]++] = effect;
    }
  }
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void set_interval(const PlnMorrisOptions *options, guint j, const double *known, guint n,
                         double *again, PlnMorrisEffect *effect) {
  PlnDraw stream = pln_draw_stream(options->seed, PLN_STUDY_MORRIS_AGAIN, j);
  for (guint b = 0; b < options->resamples; b++) {
    double sum = 0;
    for (guint i = 0; i < n; i++)
      sum += fabs(known[pln_draw_below(&stream, n)]);
    again[b] = sum / n;
  }
  qsort(again, options->resamples, sizeof *again, by_size);
  double tail = (1 - options->level) / 2 * (options->resamples - 1);
  guint cut = (guint)(tail + 0.5);
  effect->low = again[cut];
  effect->high = again[options->resamples - 1 - cut];
}

static void set_moments(const double *known, guint n, PlnMorrisEffect *effect) {
  double sum = 0, sum_star = 0, squares = 0;
  for (guint i = 0; i < n; i++) {
    sum += known[i];
    sum_star += fabs(known[i]);
  }
  effect->mu = sum / n;
  effect->mu_star = sum_star / n;
  for (guint i = 0; i < n; i++)
    squares += (known[i] - effect->mu) * (known[i] - effect->mu);
  effect->sigma = n > 1 ? sqrt(squares / (n - 1)) : NAN;
}

void pln_morris_measure(const PlnMorrisOptions *options, const double *y, PlnMorrisEffect *effect) {
  g_autofree double *known = g_new(double, (gsize)options->d * options->trajectories);
  g_autofree double *again = g_new(double, options->resamples + 1);
  g_autofree guint *n = g_new0(guint, options->d);
  read_effects(options, y, known, n);
  for (guint j = 0; j < options->d; j++) {
    const double *mine = known + (gsize)j * options->trajectories;
    effect[j] = (PlnMorrisEffect){.mu = NAN, .mu_star = NAN, .sigma = NAN, .low = NAN, .high = NAN};
    effect[j].n = n[j];
    if (n[j] == 0)
      continue;
    set_moments(mine, n[j], &effect[j]);
    if (options->resamples > 0 && n[j] > 1)
      set_interval(options, j, mine, n[j], again, &effect[j]);
  }
}
