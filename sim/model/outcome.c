/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/outcome.h"

#include <math.h>

#include "plenary/outcome_part.h"
#include "plenary/workers.h"

PlnOutcomeOptions pln_outcome_options(void) {
  return (PlnOutcomeOptions){
      .seed = 1, .draws = 20000, .batches = 16, .points = 320, .threads = 1, .level = 0.5};
}

double pln_outcome_shown(double chance, guint draws) {
  double least = 0.5 / MAX(draws, 1);
  return CLAMP(chance, least, 1 - least);
}

/* ---- Chances, batch by batch ---- */

typedef struct {
  double weight, adopted, consensus, voted;
} Sums;

typedef struct {
  const PlnOutcomeCase *question;
  const PlnOutcomeOptions *options;
  const double *direction;
  Sums *sums; /* a batch each */
} Batches;

static void run_batch(guint task, guint thread, gpointer data) {
  (void)thread;
  Batches *b = data;
  guint size = 1 + b->question->forecast->f, points = b->options->points;
  PlnOutcomeGiven *given = pln_outcome_given_new(b->question);
  g_autofree double *z = g_new(double, (gsize)points * size);
  PlnDraw stream = pln_draw_stream(b->options->seed, PLN_STUDY_OUTCOME_POINTS, task);
  pln_outcome_batch(size - 1, b->direction, stream, points, z);
  Sums s = {0};
  for (guint p = 0; p < points; p++) {
    double weight = pln_outcome_given_at(given, z + (gsize)p * size);
    PlnOutcomeParts parts = pln_outcome_parts(given);
    s.weight += weight;
    s.adopted += weight * parts.adopted;
    s.consensus += weight * parts.consensus;
    s.voted += weight * parts.voted;
  }
  b->sums[task] = s;
  pln_outcome_given_free(given);
}

/* A quotient of sums over independent batches, and its standard error (linearised). */
static PlnOutcomeChance quotient(guint n, const double *over, const double *under) {
  double a = 0, b = 0, square = 0;
  for (guint i = 0; i < n; i++) {
    a += over[i];
    b += under[i];
  }
  if (!(b > 0))
    return (PlnOutcomeChance){NAN, NAN};
  for (guint i = 0; i < n; i++) {
    double off = over[i] - a / b * under[i];
    square += off * off;
  }
  return (PlnOutcomeChance){a / b, sqrt(square * n / MAX(n - 1, 1)) / b};
}

static void take_chances(const Sums *sums, guint n, PlnOutcomeResult *result) {
  g_autofree double *column = g_new(double, 5 * (gsize)n);
  double *weight = column, *adopted = column + n, *consensus = column + 2 * n,
         *voted = column + 3 * n, *asked = column + 4 * n;
  for (guint b = 0; b < n; b++) {
    weight[b] = sums[b].weight;
    adopted[b] = sums[b].adopted;
    consensus[b] = sums[b].consensus;
    voted[b] = sums[b].voted;
    asked[b] = sums[b].weight - sums[b].consensus;
  }
  result->adopted = quotient(n, adopted, weight);
  result->consensus = quotient(n, consensus, weight);
  result->by_vote = quotient(n, voted, asked);
}

static void point_chances(const PlnOutcomeCase *question, const PlnOutcomeOptions *options,
                          PlnOutcomeGiven *given, PlnOutcomeResult *result) {
  g_autofree double *direction = g_new(double, 1 + question->forecast->f);
  g_autofree Sums *sums = g_new0(Sums, options->batches);
  pln_outcome_direction(given, direction);
  Batches batches = {question, options, direction, sums};
  pln_workers_run(options->threads, options->batches, run_batch, &batches);
  take_chances(sums, options->batches, result);
}

void pln_outcome_chances(const PlnOutcomeCase *question, const PlnOutcomeOptions *options,
                         PlnOutcomeResult *result) {
  PlnOutcomeGiven *given = pln_outcome_given_new(question);
  if (given->exact) {
    point_chances(question, options, given, result);
  } else {
    PlnOutcomeOptions plain = *options;
    plain.n_blocs = 0;
    PlnOutcomeResult *drawn = g_new0(PlnOutcomeResult, 1);
    pln_outcome_draws(question, &plain, drawn);
    result->drawn = drawn->drawn;
    result->adopted = drawn->adopted;
    result->consensus = drawn->consensus;
    result->by_vote = drawn->by_vote;
    pln_outcome_free(drawn);
  }
  result->counted = !given->exact;
  pln_outcome_given_free(given);
}

PlnOutcomeResult *pln_outcome_new(const PlnOutcomeCase *question,
                                  const PlnOutcomeOptions *options) {
  PlnOutcomeResult *r = g_new0(PlnOutcomeResult, 1);
  PlnOutcomeGiven *given = pln_outcome_given_new(question);
  pln_outcome_draws(question, options, r);
  if (given->exact)
    point_chances(question, options, given, r);
  r->counted = !given->exact;
  pln_outcome_given_free(given);
  if (options->ways)
    pln_outcome_ways(question, options, r);
  return r;
}

void pln_outcome_free(PlnOutcomeResult *result) {
  if (!result)
    return;
  g_free(result->yes);
  g_free(result->seat);
  g_free(result->bloc);
  for (guint k = 0; k < PLN_WAYS; k++)
    g_free(result->way[k].move);
  g_free(result);
}
