/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "plenary/draw.h"
#include "plenary/power_part.h"
#include "plenary/workers.h"

/* Samples of one stream: what it holds must not hang on the number of threads. */
enum { TASK = 500 };

/* What is summed up are whole numbers: the same in any order.  Of a sample and a type: x is how
 * many of its members decide, g how many of the coalitions with and without each of them win. */
typedef struct {
  guint64 pivots, x, xx, xt, g, gg, xg;
} TypeSums;

typedef struct {
  TypeSums *type;      /* types */
  guint64 wins, t, tt; /* t: all that decide, of a sample */
} Sums;

typedef struct {
  const PlnGame *game;
  const PlnPowerOptions *options;
  const PlnPower *power;
  const guint *members; /* types */
  Sums *sums;           /* threads */
} Work;

typedef struct {
  guint size, missing; /* members; veto holders that are not in it */
  guint64 weight;
} Coalition;

static gboolean wins(const PlnGame *game, const Coalition *c) {
  return c->missing == 0 &&
         (c->size >= game->enough || (c->size >= game->least && c->weight >= game->least_weight));
}

static Coalition nobody(const PlnGame *game) {
  Coalition c = {0};
  for (guint i = 0; game->veto && i < game->n; i++)
    c.missing += game->veto[i] != 0;
  return c;
}

static void join(const PlnGame *game, guint i, Coalition *c) {
  c->size++;
  c->weight += game->weight ? game->weight[i] : 0;
  c->missing -= game->veto && game->veto[i];
}

static void leave(const PlnGame *game, guint i, Coalition *c) {
  c->size--;
  c->weight -= game->weight ? game->weight[i] : 0;
  c->missing += game->veto && game->veto[i];
}

/* Members join in a random order, the rest of which is not drawn once they win. */
static void line_up(const Work *work, Coalition c, guint *order, PlnDraw *draw, Sums *sums) {
  guint n = work->game->n;
  for (guint k = 0; k < n; k++) {
    guint at = k + (guint)pln_draw_below(draw, n - k), i = order[at];
    order[at] = order[k];
    order[k] = i;
    join(work->game, i, &c);
    if (wins(work->game, &c)) {
      sums->type[work->power->type[i]].pivots++;
      return;
    }
  }
}

/* A coalition, each member in it with a chance of a half. */
static Coalition gather(const Work *work, Coalition c, PlnDraw *draw, guint8 *in) {
  guint64 bits = 0;
  for (guint i = 0; i < work->game->n; i++, bits >>= 1) {
    if (i % 64 == 0)
      bits = pln_draw_bits(draw);
    in[i] = bits & 1;
    if (in[i])
      join(work->game, i, &c);
  }
  return c;
}

/* Whether each member decides, given the others in @c. */
static void ask(const Work *work, Coalition c, const guint8 *in, guint *scratch, Sums *sums) {
  guint types = work->power->types, *x = scratch, *g = scratch + types, t = 0;
  memset(scratch, 0, 2 * types * sizeof *scratch);
  sums->wins += wins(work->game, &c) != 0;
  for (guint i = 0; i < work->game->n; i++) {
    Coalition with = c, without = c;
    if (in[i])
      leave(work->game, i, &without);
    else
      join(work->game, i, &with);
    guint yes = wins(work->game, &with) != 0, no = wins(work->game, &without) != 0;
    x[work->power->type[i]] += yes - no;
    g[work->power->type[i]] += yes + no;
    t += yes - no;
  }
  sums->t += t;
  sums->tt += (guint64)t * t;
  for (guint k = 0; k < types; k++) {
    TypeSums *type = &sums->type[k];
    type->x += x[k];
    type->xx += (guint64)x[k] * x[k];
    type->xt += (guint64)x[k] * t;
    type->g += g[k];
    type->gg += (guint64)g[k] * g[k];
    type->xg += (guint64)x[k] * g[k];
  }
}

static void sample(guint task, guint thread, gpointer data) {
  const Work *work = data;
  guint n = work->game->n, samples = MIN(TASK, work->options->samples - task * TASK);
  PlnDraw draw = pln_draw_stream(work->options->seed, PLN_STUDY_POWER, task);
  g_autofree guint *order = g_new(guint, n), *scratch = g_new(guint, 2 * work->power->types);
  g_autofree guint8 *in = g_new(guint8, n);
  Coalition empty = nobody(work->game);
  for (guint i = 0; i < n; i++)
    order[i] = i;
  for (guint k = 0; k < samples; k++) {
    line_up(work, empty, order, &draw, &work->sums[thread]);
    ask(work, gather(work, empty, &draw, in), in, scratch, &work->sums[thread]);
  }
}

typedef struct {
  double value, error;
} Estimate;

/* Of a mean; where nothing was seen, or nothing else, half a hit is put in for the error: it is not
 * known to be none. */
static Estimate mean_of(guint64 sum, guint64 squares, guint samples, guint members) {
  double mean = (double)sum / samples, spread = (double)squares / samples - mean * mean;
  spread = MAX(spread, 0.5 / (samples + 1.0));
  return (Estimate){mean / members, sqrt(spread / samples) / members};
}

/* Of Σ x / Σ y, by the spread of what x is beside that part of y; half a hit where there is none, as
 * where x was always y: a member without which nothing that was drawn wins need not hold a veto. */
static Estimate ratio_of(double x, double xx, double y, double yy, double xy, double by) {
  if (!(y > 0))
    return (Estimate){NAN, NAN};
  double ratio = x / y, spread = xx - 2 * ratio * xy + ratio * ratio * yy;
  return (Estimate){ratio / by, sqrt(MAX(spread, 0.5)) / y / by};
}

static Estimate estimate(const Sums *sums, PlnPowerIndex index, guint type, guint samples,
                         guint members) {
  const TypeSums *of = &sums->type[type];
  double x = (double)of->x, xx = (double)of->xx, g = (double)of->g, gg = (double)of->gg;
  double xg = (double)of->xg, all = 2.0 * members;
  switch ((int)index) {
  case PLN_POWER_SHAPLEY:
    return mean_of(of->pivots, of->pivots, samples, members);
  case PLN_POWER_BANZHAF:
    return mean_of(of->x, of->xx, samples, members);
  case PLN_POWER_BANZHAF_NORMALISED:
    return ratio_of(x, xx, (double)sums->t, (double)sums->tt, (double)of->xt, members);
  case PLN_POWER_COLEMAN_PREVENT:
    return ratio_of(x, xx, g, gg, xg, 1);
  default: /* of the coalitions that lose: all, with and without each, but those that win */
    return ratio_of(x, xx, all * samples - g, all * all * samples - 2 * all * g + gg, all * x - xg,
                    1);
  }
}

static void fill(const Work *work, const Sums *sums, PlnPower *power) {
  guint n = power->n, samples = work->options->samples;
  for (guint index = PLN_POWER_SHAPLEY; index <= PLN_POWER_COLEMAN_INITIATE; index++) {
    power->how[index] = PLN_POWER_SAMPLED;
    for (guint i = 0; i < n; i++) {
      guint type = power->type[i];
      Estimate of = estimate(sums, index, type, samples, work->members[type]);
      power->value[index * n + i] = of.value;
      power->error[index * n + i] = of.error;
      if (isnan(of.value))
        power->how[index] = PLN_POWER_LEFT_OUT;
    }
    for (guint i = 0; i < n && power->how[index] == PLN_POWER_LEFT_OUT; i++)
      power->value[index * n + i] = power->error[index * n + i] = NAN;
  }
  Estimate act = mean_of(sums->wins, sums->wins, samples, 1);
  power->how_act = PLN_POWER_SAMPLED;
  power->act_value = act.value;
  power->act_error = act.error;
}

static void add(const Sums *sums, guint types, Sums *all) {
  const guint64 *from = &sums->type[0].pivots;
  guint64 *to = &all->type[0].pivots;
  for (gsize k = 0; k < types * sizeof(TypeSums) / sizeof(guint64); k++)
    to[k] += from[k];
  all->wins += sums->wins;
  all->t += sums->t;
  all->tt += sums->tt;
}

void pln_power_sample(const PlnGame *game, const PlnPowerOptions *options, PlnPower *power) {
  guint tasks = (options->samples + TASK - 1) / TASK, types = power->types;
  guint threads = pln_workers_count(options->threads, tasks);
  g_autofree Sums *sums = g_new0(Sums, threads);
  g_autofree TypeSums *of_types = g_new0(TypeSums, (gsize)threads * types);
  g_autofree guint *members = g_new0(guint, types);
  for (guint thread = 0; thread < threads; thread++)
    sums[thread].type = of_types + (gsize)thread * types;
  for (guint i = 0; i < power->n; i++)
    members[power->type[i]]++;
  Work work = {game, options, power, members, sums};
  pln_workers_run(options->threads, tasks, sample, &work);
  for (guint thread = 1; thread < threads; thread++)
    add(&sums[thread], types, &sums[0]);
  fill(&work, &sums[0], power);
}
