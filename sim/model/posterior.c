/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/posterior.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plenary/normal.h"
#include "plenary/sweep.h"
#include "plenary/workers.h"

enum { STUDY = 0x706f7374, WILD = 50 }; /* so many sweeps take every proposal, to come near */

static const double quantiles[PLN_POSTERIOR_QUANTILES] = {0.025, 0.05, 0.5, 0.95, 0.975};

PlnPosteriorOptions pln_posterior_options(void) {
  return (PlnPosteriorOptions){.chains = 4,
                               .draws = 2000,
                               .burn_in = 500,
                               .seed = 1,
                               .item_sd = 5,
                               .relax = 0.3,
                               .plus = -1,
                               .minus = -1};
}

guint pln_posterior_thin(const PlnCells *cells, const PlnPosteriorOptions *options) {
  if (options->thin > 0)
    return options->thin;
  return (guint)CLAMP(200000 / MAX(cells->seen, 1), cells->classes == 3 ? 3 : 1, 10);
}

/* Sums over the draws of a half chain, roll call by roll call: of slopes and cuts, and of
 * their squares. */
enum { SLOPE, CUT, SECOND, KINDS };
typedef struct {
  double *sum[KINDS], *square[KINDS];
} Sums;

typedef struct {
  PlnSweep *sweep;
  float *draw; /* draws x n_states, of the result */
  Sums half[2];
  double *chance; /* n_calls x n_states: sums of the chances of the answers; or NULL */
  double above;   /* sum of plus less minus */
} Chain;

typedef struct {
  const PlnCells *cells;
  const PlnPosteriorOptions *options;
  PlnPosterior *result;
  Chain *chain;
  guint thin;
} Run;

/* The scale of a draw: positions are mean + sd times what is reported. */
typedef struct {
  double mean, sd;
} Scale;

static Scale scale_of(const float *x, guint n) {
  Scale s = {0, 0};
  for (guint i = 0; i < n; i++)
    s.mean += x[i];
  s.mean /= n;
  for (guint i = 0; i < n; i++)
    s.sd += (x[i] - s.mean) * (x[i] - s.mean);
  s.sd = sqrt(s.sd / (n - 1));
  return s;
}

static void add_items(const PlnSweep *w, Scale scale, Sums *sums) {
  for (guint j = 0; j < w->cells->n_calls; j++) {
    double value[KINDS];
    pln_sweep_curve(w, j, &value[SLOPE], &value[CUT], &value[SECOND]);
    value[CUT] -= value[SLOPE] * scale.mean;
    value[SECOND] -= value[SLOPE] * scale.mean;
    value[SLOPE] *= scale.sd;
    for (int k = 0; k < KINDS; k++) {
      sums->sum[k][j] += value[k];
      sums->square[k][j] += value[k] * value[k];
    }
  }
}

static double chance_of(guint8 answer, guint classes, double support, double low, double high) {
  if (answer == 0)
    return pln_normal(low - support);
  if (answer + 1u == classes)
    return pln_normal(support - high);
  return pln_exp(pln_normal_interval_log(low - support, high - support));
}

static void add_chances(const PlnCells *cells, const PlnSweep *w, double *chance) {
  for (guint j = 0; j < cells->n_calls; j++) {
    const guint8 *answer = pln_cells_row(cells, j);
    double slope, low, high;
    pln_sweep_curve(w, j, &slope, &low, &high);
    for (guint i = 0; i < cells->n_states; i++)
      if (answer[i] != PLN_ANSWER_NONE)
        chance[(gsize)j * cells->n_states + i] +=
            chance_of(answer[i], cells->classes, slope * w->position[i], low, high);
  }
}

static void keep(const Run *run, Chain *chain, guint d) {
  const PlnPosteriorOptions *o = run->options;
  guint n = run->cells->n_states;
  const float *x = chain->sweep->position;
  float *draw = chain->draw + (gsize)d * n;
  Scale scale = scale_of(x, n);
  for (guint i = 0; i < n; i++)
    draw[i] = (float)((x[i] - scale.mean) / scale.sd);
  if (o->plus >= 0 && o->minus >= 0)
    chain->above += draw[o->plus] - draw[o->minus];
  add_items(chain->sweep, scale, &chain->half[d >= o->draws / 2]);
  if (chain->chance)
    add_chances(run->cells, chain->sweep, chain->chance);
}

static void run_chain(guint task, guint thread, gpointer data) {
  const Run *run = data;
  const PlnPosteriorOptions *o = run->options;
  Chain *chain = run->chain + task;
  PlnSweep *w = chain->sweep;
  (void)thread;
  w->always = TRUE;
  for (guint k = 0; k < WILD; k++)
    pln_sweep_go(w);
  w->always = FALSE;
  for (guint k = 0; k < o->burn_in; k++)
    pln_sweep_go(w);
  memset(w->tried, 0, sizeof w->tried);
  memset(w->taken, 0, sizeof w->taken);
  for (guint d = 0; d < o->draws; d++) {
    for (guint k = 0; k < run->thin; k++)
      pln_sweep_go(w);
    keep(run, chain, d);
    if (!pln_progress_step(o->progress, run->thin))
      return;
  }
}

static void chain_begin(Chain *chain, const Run *run, const PlnSweepCells *cells, guint c) {
  const PlnPosteriorOptions *o = run->options;
  guint n = run->cells->n_states, m = run->cells->n_calls;
  PlnDraw draw = pln_draw_stream(o->seed, STUDY, c);
  chain->sweep = pln_sweep_new(cells, o->item_sd, CLAMP(o->relax, 0, 0.9), draw);
  chain->draw = run->result->draw + (gsize)c * o->draws * n;
  for (int h = 0; h < 2; h++)
    for (int k = 0; k < KINDS; k++) {
      chain->half[h].sum[k] = g_new0(double, m);
      chain->half[h].square[k] = g_new0(double, m);
    }
  if (o->log_score)
    chain->chance = g_new0(double, (gsize)n * m);
}

static void chain_end(Chain *chain) {
  pln_sweep_free(chain->sweep);
  for (int h = 0; h < 2; h++)
    for (int k = 0; k < KINDS; k++) {
      g_free(chain->half[h].sum[k]);
      g_free(chain->half[h].square[k]);
    }
  g_free(chain->chance);
}

/* How the chain stands to the first: the sum of products of their mean positions. */
static double likeness(const Run *run, const Chain *chain) {
  guint n = run->cells->n_states, draws = run->options->draws;
  double sum = 0;
  for (guint i = 0; i < n; i++) {
    double a = 0, b = 0;
    for (guint d = 0; d < draws; d++) {
      a += run->chain[0].draw[(gsize)d * n + i];
      b += chain->draw[(gsize)d * n + i];
    }
    sum += a / draws * (b / draws);
  }
  return sum;
}

static void turn(const Run *run, Chain *chain) {
  gboolean given = run->options->plus >= 0 && run->options->minus >= 0;
  gsize all = (gsize)run->options->draws * run->cells->n_states;
  if ((given ? chain->above : likeness(run, chain)) >= 0)
    return;
  for (gsize k = 0; k < all; k++)
    chain->draw[k] = -chain->draw[k];
  for (int h = 0; h < 2; h++)
    for (guint j = 0; j < run->cells->n_calls; j++)
      chain->half[h].sum[SLOPE][j] = -chain->half[h].sum[SLOPE][j];
}

static int by_value(const void *a, const void *b) {
  float x = *(const float *)a, y = *(const float *)b;
  return (x > y) - (x < y);
}

static void describe_state(PlnPosterior *p, guint i, float *room) {
  gsize n = (gsize)p->chains * p->draws;
  double sum = 0, square = 0;
  for (gsize k = 0; k < n; k++)
    sum += room[k] = p->draw[k * p->n_states + i];
  p->position[i] = sum / n;
  for (gsize k = 0; k < n; k++)
    square += (room[k] - p->position[i]) * (room[k] - p->position[i]);
  p->sd[i] = n > 1 ? sqrt(square / (n - 1)) : 0;
  qsort(room, n, sizeof *room, by_value);
  for (int q = 0; q < PLN_POSTERIOR_QUANTILES; q++) {
    double at = quantiles[q] * (n - 1), low = floor(at);
    gsize k = (gsize)low, next = MIN(k + 1, n - 1);
    p->quantile[i * PLN_POSTERIOR_QUANTILES + q] = room[k] + (at - low) * (room[next] - room[k]);
  }
  p->mixing[i] = pln_chains(p->draw + i, p->chains, p->draws, p->n_states);
}

typedef struct {
  double mean, sd, rhat;
} Summary;

/* From the half chains' sums. */
static Summary summary_of(const Run *run, int kind, guint j) {
  guint halves = 2 * run->options->chains, draws = run->options->draws;
  double within = 0, between = 0, n[2] = {draws / 2, draws - draws / 2}, mean = 0;
  for (guint h = 0; h < halves; h++)
    mean += run->chain[h / 2].half[h % 2].sum[kind][j];
  mean /= (double)draws * run->options->chains;
  for (guint h = 0; h < halves; h++) {
    const Sums *s = &run->chain[h / 2].half[h % 2];
    double m = s->sum[kind][j] / n[h % 2];
    within += s->square[kind][j] / n[h % 2] - m * m;
    between += (m - mean) * (m - mean);
  }
  within = MAX(within / halves, 0);
  between /= halves - 1;
  return (Summary){mean, sqrt(within + between * (halves - 1) / halves),
                   sqrt((within + between) / (within * n[1] / (n[1] - 1)))};
}

static void describe_calls(const Run *run) {
  PlnPosterior *p = run->result;
  for (guint j = 0; j < p->n_calls; j++) {
    Summary s = summary_of(run, SLOPE, j);
    p->slope[j] = s.mean;
    p->slope_sd[j] = s.sd;
    p->slope_rhat[j] = s.rhat;
    for (guint k = 0; k + 1 < p->classes; k++) {
      Summary c = summary_of(run, CUT + (int)k, j);
      p->cut[j * (p->classes - 1) + k] = c.mean;
      p->cut_sd[j * (p->classes - 1) + k] = c.sd;
    }
  }
}

static void describe_cells(const Run *run) {
  PlnPosterior *p = run->result;
  double n = (double)p->chains * p->draws;
  for (gsize k = 0; k < (gsize)p->n_calls * p->n_states; k++) {
    double sum = 0;
    for (guint c = 0; c < p->chains; c++)
      sum += run->chain[c].chance[k];
    p->log_score[k] = run->cells->answer[k] == PLN_ANSWER_NONE ? 0 : pln_log(sum / n);
  }
}

static void describe_moves(const Run *run) {
  double taken[2] = {0, 0}, tried[2] = {0, 0};
  for (guint c = 0; c < run->options->chains; c++)
    for (int k = 0; k < 2; k++) {
      taken[k] += run->chain[c].sweep->taken[k];
      tried[k] += run->chain[c].sweep->tried[k];
    }
  run->result->taken_states = taken[0] / tried[0];
  run->result->taken_calls = taken[1] / tried[1];
}

/* NaN is no convergence either. */
static gboolean state_converged(const PlnPosterior *p, guint i) {
  const PlnChains *m = p->mixing + i;
  double least = 100.0 * p->chains;
  return m->rhat <= 1.01 && m->bulk >= least && m->tail >= least;
}

static void name_state(GString *words, const PlnPosteriorOptions *o, guint i) {
  if (o->name)
    g_string_append(words, o->name[i]);
  else
    g_string_append_printf(words, "%u", i + 1);
}

/* The unconverged, the first ten by name, and the worst figures of all. */
static char *verdict_new(const PlnPosterior *p, const PlnPosteriorOptions *o) {
  GString *words = g_string_new(NULL), *names = g_string_new(NULL);
  guint bad = 0;
  double worst = 0, bulk = INFINITY, tail = INFINITY, slope = 0;
  for (guint i = 0; i < p->n_states; i++) {
    worst = fmax(worst, p->mixing[i].rhat);
    bulk = fmin(bulk, p->mixing[i].bulk);
    tail = fmin(tail, p->mixing[i].tail);
    if (state_converged(p, i) || bad++ >= 10)
      continue;
    g_string_append(names, names->len ? ", " : "");
    name_state(names, o, i);
  }
  for (guint j = 0; j < p->n_calls; j++)
    slope = fmax(slope, p->slope_rhat[j]);
  if (bad)
    g_string_append_printf(words, "Not converged: %u of %u states (%s%s). ", bad, p->n_states,
                           names->str, bad > 10 ? ", …" : "");
  else
    g_string_append(words, "Converged. ");
  if (worst == 0 || isinf(bulk) || isinf(tail)) { /* two states stand at -0.7 and 0.7, always */
    g_string_append(words, "Positions that never change have no R-hat and no effective draws.");
    g_string_free(names, TRUE);
    return g_string_free(words, FALSE);
  }
  g_string_append_printf(words, "The worst state has R-hat %.3f (1.01 at most is wanted), ", worst);
  g_string_append_printf(words, "%.0f effective draws in the bulk and %.0f in the tails (%u at "
                                "least); the worst slope of a roll call has R-hat %.3f.",
                         bulk, tail, 100 * p->chains, slope);
  if (bad)
    g_string_append(words, " Take more draws.");
  g_string_free(names, TRUE);
  return g_string_free(words, FALSE);
}

static PlnPosterior *posterior_alloc(const PlnCells *cells, const PlnPosteriorOptions *o) {
  PlnPosterior *p = g_new0(PlnPosterior, 1);
  guint n = p->n_states = cells->n_states, m = p->n_calls = cells->n_calls;
  p->classes = cells->classes;
  p->chains = o->chains;
  p->draws = o->draws;
  p->draw = g_new0(float, (gsize)p->chains * p->draws * n);
  p->position = g_new0(double, n);
  p->sd = g_new0(double, n);
  p->quantile = g_new0(double, (gsize)n * PLN_POSTERIOR_QUANTILES);
  p->mixing = g_new0(PlnChains, n);
  p->slope = g_new0(double, m);
  p->slope_sd = g_new0(double, m);
  p->slope_rhat = g_new0(double, m);
  p->cut = g_new0(double, (gsize)m * (p->classes - 1));
  p->cut_sd = g_new0(double, (gsize)m * (p->classes - 1));
  if (o->log_score)
    p->log_score = g_new0(double, (gsize)m * n);
  return p;
}

static const char *why_not(const PlnCells *cells, const PlnPosteriorOptions *o) {
  if (cells->n_states < 2)
    return "Not converged: a scale takes at least two states.";
  if (!cells->seen)
    return "Not converged: there is no answer to learn from.";
  if (!o->chains || o->draws < 4)
    return "Not converged: at least one chain of four draws is needed.";
  return NULL;
}

PlnPosterior *pln_posterior_new(const PlnCells *cells, const PlnPosteriorOptions *options) {
  PlnPosterior *p = posterior_alloc(cells, options);
  const char *why = why_not(cells, options);
  if (why) {
    p->verdict = g_strdup(why);
    return p;
  }
  g_autoptr(PlnSweepCells) codes = pln_sweep_cells_new(cells);
  g_autofree Chain *chain = g_new0(Chain, options->chains);
  Run run = {cells, options, p, chain, pln_posterior_thin(cells, options)};
  for (guint c = 0; c < options->chains; c++)
    chain_begin(chain + c, &run, codes, c);
  pln_workers_run(options->threads, options->chains, run_chain, &run);
  for (guint c = 0; c < options->chains; c++)
    turn(&run, chain + c);
  g_autofree float *room = g_new(float, (gsize)p->chains * p->draws);
  for (guint i = 0; i < p->n_states; i++)
    describe_state(p, i, room);
  describe_calls(&run);
  describe_moves(&run);
  if (options->log_score)
    describe_cells(&run);
  p->converged = TRUE;
  for (guint i = 0; i < p->n_states; i++)
    p->converged &= state_converged(p, i);
  p->verdict = verdict_new(p, options);
  for (guint c = 0; c < options->chains; c++)
    chain_end(chain + c);
  return p;
}

void pln_posterior_free(PlnPosterior *posterior) {
  if (!posterior)
    return;
  gpointer owned[] = {posterior->draw,     posterior->position,   posterior->sd,
                      posterior->quantile, posterior->mixing,     posterior->slope,
                      posterior->slope_sd, posterior->slope_rhat, posterior->cut,
                      posterior->cut_sd,   posterior->log_score,  posterior->verdict};
  for (gsize k = 0; k < G_N_ELEMENTS(owned); k++)
    g_free(owned[k]);
  g_free(posterior);
}
