/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Power between blocs where it cannot be counted: blocs and single members in random orders. */
#include <math.h>

#include "plenary/draw.h"
#include "plenary/powers_part.h"
#include "plenary/workers.h"

/* Samples of one stream, so that a run of more begins as one of fewer. */
enum { TASK = 500 };

/* A union, or all in some coalition: how many, how heavy, how many of the veto holders. */
typedef struct {
  guint size, vetoes;
  guint64 weight;
} Part;

typedef struct {
  const PlnPowersGame *game;
  Part *of, *one; /* unions; n */
  guint *order, *inside;
  guint64 *shapley, *banzhaf, *owen; /* of a thread: those of all stand behind one another */
  guint64 seed;
  guint samples;
} Work;

static void join(Part *all, const Part *part) {
  all->size += part->size;
  all->vetoes += part->vetoes;
  all->weight += part->weight;
}

static void leave(Part *all, const Part *part) {
  all->size -= part->size;
  all->vetoes -= part->vetoes;
  all->weight -= part->weight;
}

static gboolean wins(const PlnPowersGame *game, const Part *c) {
  const PlnGame *g = &game->game;
  guint vetoes = g->veto ? game->vetoes : 0;
  return c->vetoes == vetoes &&
         (c->size >= g->enough || (c->size >= g->least && c->weight >= g->least_weight));
}

/* The next of @order, of which @k have come, at random. */
static guint draw_next(guint *order, guint k, guint n, PlnDraw *draw) {
  guint at = k + (guint)pln_draw_below(draw, n - k), next = order[at];
  order[at] = order[k];
  order[k] = next;
  return next;
}

/* Who of union @u, coming one by one behind @before, turns it. */
static void line_up_inside(Work *w, guint u, Part before, PlnDraw *draw) {
  const PlnPowersGame *game = w->game;
  guint m = 0;
  for (guint i = 0; i < game->roster->n; i++)
    if (game->union_of[i] == u)
      w->inside[m++] = i;
  for (guint k = 0; k < m; k++) {
    guint i = draw_next(w->inside, k, m, draw);
    join(&before, &w->one[i]);
    if (wins(game, &before)) {
      w->owen[i]++;
      return;
    }
  }
}

static void line_up(Work *w, PlnDraw *draw) {
  guint m = w->game->unions;
  Part all = {0};
  for (guint k = 0; k < m; k++) {
    guint u = draw_next(w->order, k, m, draw);
    Part before = all;
    join(&all, &w->of[u]);
    if (wins(w->game, &all)) {
      w->shapley[u]++;
      line_up_inside(w, u, before, draw);
      return;
    }
  }
}

/* Each union yes with a chance of a half: which of them decides. */
static void gather(Work *w, guint8 *in, PlnDraw *draw) {
  guint m = w->game->unions;
  Part all = {0};
  for (guint u = 0; u < m; u++) {
    in[u] = pln_draw_uniform(draw) < 0.5;
    if (in[u])
      join(&all, &w->of[u]);
  }
  for (guint u = 0; u < m; u++) {
    Part with = all, without = all;
    if (in[u])
      leave(&without, &w->of[u]);
    else
      join(&with, &w->of[u]);
    w->banzhaf[u] += wins(w->game, &with) && !wins(w->game, &without);
  }
}

static void weigh_parts(Work *w) {
  const PlnPowersGame *game = w->game;
  const PlnGame *g = &game->game;
  for (guint i = 0; i < g->n; i++) {
    w->one[i] = (Part){1, g->veto && g->veto[i], g->weight ? g->weight[i] : 0};
    join(&w->of[game->union_of[i]], &w->one[i]);
  }
}

/* Shares of @samples, and their standard errors behind them: half a hit where nothing was seen, or
 * nothing else, as it is not known to be none. */
static double *shares_of(const guint64 *count, guint n, guint samples) {
  double *share = g_new(double, 2 * (gsize)n + 1);
  for (guint k = 0; k < n; k++) {
    share[k] = (double)count[k] / samples;
    double spread = MAX(share[k] * (1 - share[k]), 0.5 / (samples + 1.0));
    share[n + k] = sqrt(spread / samples);
  }
  return share;
}

static gsize counts_of(const Work *w) {
  return 2 * (gsize)w->game->unions + w->game->roster->n;
}

/* What was counted is added up, whole numbers in whatever order. */
static void sample(guint task, guint thread, gpointer data) {
  const Work *all = data;
  guint m = all->game->unions;
  g_autofree guint *order = g_new(guint, m + 1), *inside = g_new(guint, all->game->roster->n + 1);
  g_autofree guint8 *in = g_new0(guint8, m + 1);
  Work w = *all;
  w.order = order;
  w.inside = inside;
  w.shapley += thread * counts_of(all);
  w.banzhaf += thread * counts_of(all);
  w.owen += thread * counts_of(all);
  for (guint u = 0; u < m; u++)
    order[u] = u;
  PlnDraw draw = pln_draw_stream(all->seed, PLN_STUDY_POWERS_BLOCS, task);
  guint samples = MIN(TASK, all->samples - task * TASK);
  for (guint s = 0; s < samples && !pln_progress_interrupted(); s++) {
    line_up(&w, &draw);
    gather(&w, in, &draw);
  }
}

PlnPowersSampled *pln_powers_sample(const PlnPowersGame *game, const PlnPowerOptions *options) {
  guint n = game->roster->n, m = game->unions;
  guint tasks = options->samples / TASK + (options->samples % TASK > 0);
  guint threads = pln_workers_count(options->threads, tasks);
  gsize counts = 2 * (gsize)m + n;
  g_autofree guint64 *count = g_new0(guint64, threads * counts + 1);
  g_autofree Part *of = g_new0(Part, m + 1), *one = g_new0(Part, n + 1);
  Work w = {.game = game, .of = of, .one = one, .seed = options->seed, .samples = options->samples};
  w.shapley = count;
  w.banzhaf = count + m;
  w.owen = count + 2 * (gsize)m;
  weigh_parts(&w);
  pln_workers_run(options->threads, tasks, sample, &w);
  for (guint thread = 1; thread < threads; thread++)
    for (gsize k = 0; k < counts; k++)
      count[k] += count[thread * counts + k];
  PlnPowersSampled *sampled = g_new0(PlnPowersSampled, 1);
  sampled->shapley = shares_of(w.shapley, m, options->samples);
  sampled->banzhaf = shares_of(w.banzhaf, m, options->samples);
  sampled->owen = shares_of(w.owen, n, options->samples);
  return sampled;
}

void pln_powers_sampled_free(PlnPowersSampled *sampled) {
  if (!sampled)
    return;
  g_free(sampled->shapley);
  g_free(sampled->banzhaf);
  g_free(sampled->owen);
  g_free(sampled);
}
