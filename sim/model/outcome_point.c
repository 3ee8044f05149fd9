/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "plenary/normal.h"
#include "plenary/outcome_part.h"

PlnOutcomeGiven *pln_outcome_given_new(const PlnOutcomeCase *question) {
  PlnOutcomeGiven *g = g_new0(PlnOutcomeGiven, 1);
  guint n = question->forecast->n;
  g->question = question;
  g->n_pad = question->forecast->n_pad;
  g->exact = pln_margin_of_rule(question->rule, &g->margin);
  gsize room = g->exact ? pln_margin_room(&g->margin, n) : 0;
  if (room == 0 || room > 1u << 24) { /* a fraction so fine that counting votes is cheaper */
    g->exact = FALSE;
    g->margin = (PlnMargin){.add = {[PLN_VOTE_Y] = 1, [PLN_VOTE_N] = -1}, .strict = true};
    room = pln_margin_room(&g->margin, n);
  }
  g->yes = g_new0(double, 6 * g->n_pad + 1);
  g->no = g->yes + g->n_pad;
  g->abstain = g->no + g->n_pad;
  g->tilted = g->abstain + g->n_pad;
  g->room = g_new(double, room);
  return g;
}

void pln_outcome_given_free(PlnOutcomeGiven *given) {
  if (!given)
    return;
  g_free(given->yes);
  g_free(given->room);
  g_free(given);
}

double pln_outcome_given_at(PlnOutcomeGiven *given, const double *z) {
  const PlnOutcomeCase *q = given->question;
  pln_forecast_given(q->forecast, z, given->yes, given->no, given->abstain);
  double weight = 1;
  for (guint i = 0; q->known && i < q->forecast->n; i++) {
    PlnVote v = q->known[i];
    if (v == PLN_VOTE_UNKNOWN)
      continue;
    double chance[PLN_VOTE_KINDS] = {given->yes[i], given->no[i], given->abstain[i]};
    chance[PLN_VOTE_X] = MAX(1 - chance[0] - chance[1] - chance[2], 0);
    weight *= chance[v];
    given->yes[i] = v == PLN_VOTE_Y;
    given->no[i] = v == PLN_VOTE_N;
    given->abstain[i] = v == PLN_VOTE_A;
  }
  return weight;
}

static double margin_chance(PlnOutcomeGiven *g, const double *yes, const double *no,
                            const double *abstain) {
  PlnMarginChances c = {g->question->forecast->n, yes, no, abstain};
  double chance;
  if (!pln_margin_fast(&g->margin, &c, &chance))
    chance = pln_margin_chance(&g->margin, &c, g->room);
  return chance;
}

PlnOutcomeParts pln_outcome_parts(PlnOutcomeGiven *g) {
  const PlnOutcomeCase *q = g->question;
  guint n = q->forecast->n;
  PlnOutcomeParts p = {.voted = margin_chance(g, g->yes, g->no, g->abstain)};
  if (q->rule->method == PLN_METHOD_CONSENSUS_FIRST) {
    /* Where nobody asks the states' chances are others: a no is then rarer. */
    double *yes = g->tilted, *no = yes + g->n_pad, *abstain = no + g->n_pad;
    p.consensus = 1;
    for (guint i = 0; i < n; i++) {
      double quiet = 1 - q->asks * g->no[i], by = quiet > 0 ? 1 / quiet : 0;
      p.consensus *= quiet;
      yes[i] = g->yes[i] * by;
      no[i] = (1 - q->asks) * g->no[i] * by;
      abstain[i] = g->abstain[i] * by;
    }
    if (p.consensus > 1e-12)
      p.voted = MAX(p.voted - p.consensus * margin_chance(g, yes, no, abstain), 0);
  }
  p.adopted = MIN(p.consensus + p.voted, 1);
  return p;
}

/* ---- Where the points lie ---- */

static double expected(PlnOutcomeGiven *g, const double *z) {
  const int32_t *add = g->margin.add;
  double sum = 0;
  pln_outcome_given_at(g, z);
  for (guint i = 0; i < g->question->forecast->n; i++)
    sum += add[PLN_VOTE_X] + (add[PLN_VOTE_Y] - add[PLN_VOTE_X]) * g->yes[i] +
           (add[PLN_VOTE_N] - add[PLN_VOTE_X]) * g->no[i] +
           (add[PLN_VOTE_A] - add[PLN_VOTE_X]) * g->abstain[i];
  return sum;
}

/* The slope at @at, made a unit vector; of turnout alone where nothing moves it. */
static void slope(PlnOutcomeGiven *g, double *at, double *direction) {
  guint size = 1 + g->question->forecast->f;
  double square = 0;
  for (guint k = 0; k < size; k++) {
    double was = at[k];
    at[k] = was + 0.25;
    direction[k] = expected(g, at);
    at[k] = was - 0.25;
    direction[k] -= expected(g, at);
    at[k] = was;
    square += direction[k] * direction[k];
  }
  for (guint k = 0; k < size; k++)
    direction[k] = square > 1e-20 ? direction[k] / sqrt(square) : k == 0;
}

/* Where along @direction the expected margin is 0, within three standard deviations. */
static double balance(PlnOutcomeGiven *g, const double *direction, double *at) {
  guint size = 1 + g->question->forecast->f;
  double low = -3, high = 3, middle = 0;
  for (guint step = 0; step < 8; step++) {
    middle = 0.5 * (low + high);
    for (guint k = 0; k < size; k++)
      at[k] = middle * direction[k];
    if (expected(g, at) > 0)
      high = middle;
    else
      low = middle;
  }
  return middle;
}

void pln_outcome_direction(PlnOutcomeGiven *given, double *direction) {
  g_autofree double *at = g_new0(double, 1 + given->question->forecast->f);
  slope(given, at, direction);
  for (guint turn = 0; turn < 2; turn++) {
    balance(given, direction, at);
    slope(given, at, direction);
  }
}

/* The reflection that takes the first axis to @direction. */
static void turn(guint size, const double *direction, double *z) {
  double square = 2 - 2 * direction[0], along = 0;
  if (square < 1e-12)
    return;
  for (guint k = 0; k < size; k++)
    along += ((k == 0) - direction[k]) * z[k];
  for (guint k = 0; k < size; k++)
    z[k] -= 2 * along / square * ((k == 0) - direction[k]);
}

void pln_outcome_batch(guint f, const double *direction, PlnDraw stream, guint points, double *z) {
  guint size = 1 + f;
  g_autofree guint *order = g_new(guint, points);
  for (guint p = 0; p < points; p++)
    order[p] = p;
  pln_draw_uniforms(&stream, (gsize)points * size, z);
  for (guint k = 0; k < size; k++) {
    for (guint p = points; k > 0 && p > 1; p--) {
      guint other = (guint)pln_draw_below(&stream, p), was = order[p - 1];
      order[p - 1] = order[other];
      order[other] = was;
    }
    for (guint p = 0; p < points; p++)
      z[(gsize)p * size + k] = (order[p] + z[(gsize)p * size + k]) / points;
  }
  pln_normal_inverses((gsize)points * size, z, z);
  for (guint p = 0; p < points; p++)
    turn(size, direction, z + (gsize)p * size);
}
