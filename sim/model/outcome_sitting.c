/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plenary/normal.h"
#include "plenary/outcome_part.h"
#include "plenary/workers.h"

/* Of a batch of points: sums of the chances, of products, and of how many pass. */
typedef struct {
  const PlnOutcomeCase *question;
  guint k;
  const PlnOutcomeOptions *options;
  const double *direction;
  double *sums; /* batches x (k + k k + k + 1) */
} Sitting;

static gsize sums_of(guint k) {
  return k + (gsize)k * k + k + 1;
}

/* A question that is no margin: one vote drawn, given the factors. */
static double voted(PlnOutcomeGiven *g, const double *silent, PlnDraw *stream, PlnVote *vote) {
  guint n = g->question->forecast->n;
  for (guint i = 0; i < n; i++) {
    double share = pln_draw_uniform(stream), no = g->no[i], abstain = no + g->abstain[i];
    vote[i] = share < no                    ? PLN_VOTE_N
              : share < abstain             ? PLN_VOTE_A
              : share < abstain + g->yes[i] ? PLN_VOTE_Y
                                            : PLN_VOTE_X;
  }
  PlnVerdict verdict;
  PlnTally tally = pln_outcome_tally(g->question, vote);
  return pln_outcome_of_tally(g->question, silent, &tally, &verdict);
}

static void add_point(guint k, const double *chance, double *sums) {
  double *both = sums + k, *passed = both + (gsize)k * k;
  g_autofree double *now = g_new0(double, k + 1);
  now[0] = 1;
  for (guint a = 0; a < k; a++) {
    sums[a] += chance[a];
    for (guint b = 0; b < k; b++)
      both[a * k + b] += a == b ? chance[a] : chance[a] * chance[b];
    for (guint m = a + 1; m > 0; m--)
      now[m] = now[m] * (1 - chance[a]) + now[m - 1] * chance[a];
    now[0] *= 1 - chance[a];
  }
  for (guint m = 0; m <= k; m++)
    passed[m] += now[m];
}

static void run_batch(guint task, guint thread, gpointer data) {
  (void)thread;
  Sitting *s = data;
  const PlnForecast *f = s->question->forecast;
  guint size = 1 + f->f, points = s->options->points, k = s->k;
  PlnDraw stream = pln_draw_stream(s->options->seed, PLN_STUDY_OUTCOME_SITTING, 2 * task);
  PlnDraw votes = pln_draw_stream(s->options->seed, PLN_STUDY_OUTCOME_SITTING, 2 * task + 1);
  g_autofree double *z = g_new(double, (gsize)points * size), *chance = g_new(double, k + 1);
  g_autofree PlnVote *vote = g_new(PlnVote, f->n + 1);
  g_autofree PlnOutcomeGiven **given = g_new(PlnOutcomeGiven *, k + 1);
  g_autofree double **silent = g_new(double *, k + 1);
  pln_outcome_batch(f->f, s->direction, stream, points, z);
  for (guint a = 0; a < k; a++) {
    given[a] = pln_outcome_given_new(&s->question[a]);
    silent[a] = pln_outcome_silent(&s->question[a]);
  }
  for (guint p = 0; p < points; p++) {
    for (guint a = 0; a < k; a++) {
      pln_outcome_given_at(given[a], z + (gsize)p * size);
      chance[a] = given[a]->exact ? pln_outcome_parts(given[a]).adopted
                                  : voted(given[a], silent[a], &votes, vote);
    }
    add_point(k, chance, s->sums + task * sums_of(k));
  }
  for (guint a = 0; a < k; a++) {
    pln_outcome_given_free(given[a]);
    g_free(silent[a]);
  }
}

/* The questions' directions, added up: what moves most of them. */
static void common_direction(const PlnOutcomeCase *question, guint k, double *direction) {
  guint size = 1 + question->forecast->f;
  g_autofree double *one = g_new(double, size);
  double square = 0;
  memset(direction, 0, size * sizeof *direction);
  for (guint a = 0; a < k; a++) {
    PlnOutcomeGiven *given = pln_outcome_given_new(&question[a]);
    pln_outcome_direction(given, one);
    for (guint j = 0; j < size; j++)
      direction[j] += one[j];
    pln_outcome_given_free(given);
  }
  for (guint j = 0; j < size; j++)
    square += direction[j] * direction[j];
  for (guint j = 0; j < size; j++)
    direction[j] = square > 1e-12 ? direction[j] / sqrt(square) : j == 0;
}

/* ---- What they say ---- */

static double error_of(const Sitting *s, guint a, double mean) {
  guint n = s->options->batches;
  double square = 0;
  for (guint b = 0; b < n; b++) {
    double off = s->sums[b * sums_of(s->k) + a] / s->options->points - mean;
    square += off * off;
  }
  return sqrt(square / n / MAX(n - 1, 1));
}

typedef struct {
  guint a, b;
  double beyond;
} Pair;

static int by_beyond(const void *x, const void *y) {
  const Pair *p = x, *q = y;
  if (p->beyond != q->beyond)
    return p->beyond > q->beyond ? -1 : 1;
  return p->a != q->a ? (p->a > q->a) - (p->a < q->a) : (p->b > q->b) - (p->b < q->b);
}

static void sort_pairs(PlnOutcomeSitting *r) {
  guint k = r->k, n = 0;
  g_autofree Pair *pair = g_new(Pair, (gsize)k * k + 1);
  for (guint a = 0; a < k; a++)
    for (guint b = a + 1; b < k; b++)
      pair[n++] = (Pair){a, b, r->fall[a * k + b] - (1 - r->adopted[a]) * (1 - r->adopted[b])};
  qsort(pair, n, sizeof *pair, by_beyond);
  r->n_pairs = n;
  r->pair = g_malloc_n(n + 1, sizeof *r->pair);
  for (guint j = 0; j < n; j++) {
    r->pair[j][0] = pair[j].a;
    r->pair[j][1] = pair[j].b;
  }
}

static void relate(PlnOutcomeSitting *r) {
  guint k = r->k;
  for (guint a = 0; a < k; a++)
    for (guint b = 0; b < k; b++) {
      double p = r->adopted[a], q = r->adopted[b], both = r->both[a * k + b];
      double spread = sqrt(MAX(p * (1 - p) * q * (1 - q), 0));
      r->fall[a * k + b] = MAX(1 - p - q + both, 0);
      r->together[a * k + b] = spread > 1e-12 ? (both - p * q) / spread : 0;
    }
}

PlnOutcomeSitting *pln_outcome_sitting_new(const PlnOutcomeCase *question, guint k,
                                           const PlnOutcomeOptions *options) {
  PlnOutcomeSitting *r = g_new0(PlnOutcomeSitting, 1);
  gsize n = sums_of(k);
  guint batches = options->batches;
  g_autofree double *direction = g_new(double, 1 + (k > 0 ? question->forecast->f : 0));
  g_autofree double *sums = g_new0(double, batches * n), *mean = g_new0(double, n);
  Sitting s = {question, k, options, direction, sums};
  if (k > 0) {
    common_direction(question, k, direction);
    pln_workers_run(options->threads, batches, run_batch, &s);
  }
  for (guint b = 0; b < batches; b++)
    for (gsize j = 0; j < n; j++)
      mean[j] += sums[b * n + j];
  for (gsize j = 0; j < n; j++)
    mean[j] /= (double)batches * options->points;
  if (k == 0)
    mean[0] = 1; /* of none, none are adopted */
  r->k = k;
  r->adopted = g_memdup2(mean, (k + 1) * sizeof *mean);
  r->both = g_memdup2(mean + k, ((gsize)k * k + 1) * sizeof *mean);
  r->passed = g_memdup2(mean + k + (gsize)k * k, (k + 1) * sizeof *mean);
  r->error = g_new0(double, k + 1);
  r->fall = g_new0(double, (gsize)k * k + 1);
  r->together = g_new0(double, (gsize)k * k + 1);
  for (guint a = 0; a < k; a++)
    r->error[a] = error_of(&s, a, r->adopted[a]);
  relate(r);
  sort_pairs(r);
  return r;
}

void pln_outcome_sitting_free(PlnOutcomeSitting *sitting) {
  if (!sitting)
    return;
  g_free(sitting->adopted);
  g_free(sitting->error);
  g_free(sitting->both);
  g_free(sitting->fall);
  g_free(sitting->together);
  g_free(sitting->passed);
  g_free(sitting->pair);
  g_free(sitting);
}
