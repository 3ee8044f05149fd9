/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of one round of challenges on one issue. */
#include "plenary/challenge.h"

#include <math.h>
#include <string.h>

#include "plenary/normal.h"
#include "plenary/wide.h"

enum { TABLES = 7, ROWS = 3 };

PlnChallenge *pln_challenge_set_up(guint most, const PlnMethodOptions *options) {
  PlnChallenge *c = g_new0(PlnChallenge, 1);
  gsize rows = most + PLN_FOUR_LANES, cells = rows * rows;
  double **table[TABLES] = {&c->distance, &c->beats, &c->expect, &c->answer,
                            &c->near,     &c->far,   &c->pull};
  double **row[ROWS] = {&c->risk, &c->security, &c->left};
  c->q = options->q;
  c->reference = options->reference;
  c->offer = g_new0(PlnOffer, most + 1);
  c->room = g_new0(double, TABLES * cells + ROWS * rows);
  for (guint k = 0; k < TABLES; k++)
    *table[k] = c->room + k * cells;
  for (guint k = 0; k < ROWS; k++)
    *row[k] = c->room + TABLES * cells + k * rows;
  return c;
}

void pln_challenge_free(PlnChallenge *c) {
  if (!c)
    return;
  g_free(c->offer);
  g_free(c->room);
  g_free(c);
}

void pln_challenge_take(PlnChallenge *c, const PlnFloor *floor, double range, double median) {
  c->floor = floor;
  c->n = floor->n;
  c->stride = (c->n + PLN_FOUR_LANES - 1) / PLN_FOUR_LANES * PLN_FOUR_LANES;
  c->range = range;
  c->median = median;
  for (guint i = 0; i < c->n; i++) {
    c->left[i] = c->reference ? fabs(floor->x[i] - floor->reference) / range : 0;
    for (guint j = 0; j < c->stride; j++) {
      gsize at = (gsize)i * c->stride + j;
      c->distance[at] = j < c->n ? fabs(floor->x[i] - floor->x[j]) / range : 0;
    }
  }
}

/* Each row to the power of its actor's r. */
static void raise_rows(const PlnChallenge *c, double *table) {
  gsize cells = (gsize)c->n * c->stride;
  pln_logs(cells, table, table);
  for (guint i = 0; i < c->n; i++)
    for (guint j = 0; j < c->stride; j++)
      table[(gsize)i * c->stride + j] *= c->risk[i];
  pln_exps(cells, table, table);
}

/* The sum over k in the registers, four columns at a time.  Taking four rows as well saves loads,
 * and was measured a fifth slower with 193 actors. */
typedef long long Mask __attribute__((vector_size(32)));

PLN_WIDE static void add_up(guint n, guint stride, const double *pull, double *beats) {
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < stride; j += PLN_FOUR_LANES) {
      PlnFour sum = {0};
      for (guint k = 0; k < n; k++) {
        const double *row = pull + (gsize)k * stride;
        PlnFour more = pln_four_load(row + j) - row[i];
        sum += (PlnFour)((Mask)more & (Mask)(more > 0));
      }
      pln_four_store(beats + (gsize)i * stride + j, sum);
    }
}

void pln_challenge_beats(PlnChallenge *c, gboolean by_risk) {
  memcpy(c->pull, c->distance, (gsize)c->n * c->stride * sizeof *c->pull);
  if (by_risk)
    raise_rows(c, c->pull);
  for (guint k = 0; k < c->n; k++)
    for (guint j = 0; j < c->stride; j++)
      c->pull[(gsize)k * c->stride + j] *= c->floor->w[k];
  add_up(c->n, c->stride, c->pull, c->beats);
}

/* Where a challenger waits and the other moves by itself, the median decides: it does better, by
 * this share, where the median lies nearer to it than the other does, and worse else (below 0). */
static double third(const PlnChallenge *c, guint i, guint j) {
  double distance = c->distance[(gsize)i * c->stride + j];
  double middle = fabs(c->floor->x[i] - c->median) / c->range, share = 0.5 * (middle + distance);
  double apart = pln_floor_apart(c->floor->from, c->floor->to) / c->range;
  return distance - middle > apart ? share : -share;
}

/* With r = 1 every power is its base. */
double pln_challenge_plain(const PlnChallenge *c, guint i, guint j) {
  gsize at = (gsize)i * c->stride + j;
  double d = c->distance[at], p = c->beats[at], s = c->floor->s[j];
  double challenge = s * (p * 2 * d - (1 - p) * 2 * d) + (1 - s) * 2 * d;
  double wait = c->q * -2 * c->left[i];
  if (c->q < 1)
    wait += (1 - c->q) * 2 * third(c, i, j);
  return challenge - wait;
}

gboolean pln_challenge_risk(PlnChallenge *c) {
  double least = 0, most = 0;
  for (guint i = 0; i < c->n; i++) {
    double sum = 0;
    for (guint j = 0; j < c->n; j++)
      sum += j == i ? 0 : pln_challenge_plain(c, j, i);
    c->security[i] = sum;
    least = i == 0 ? sum : MIN(least, sum);
    most = i == 0 ? sum : MAX(most, sum);
  }
  if (most - least <= PLN_CHALLENGE_ZERO * MAX(1, fabs(most)))
    return FALSE;
  for (guint i = 0; i < c->n; i++) {
    double third_of = (2 * c->security[i] - most - least) / (most - least) / 3;
    c->risk[i] = (1 - third_of) / (1 + third_of);
  }
  return TRUE;
}

/* The base of a power: ½ less half the share (so more, of one below 0).  A base below 0 is
 * rounding, and exp(r log 0) gives 0^r = 0. */
static double base(double share) {
  double b = 0.5 - 0.5 * share;
  return b > 0 ? b : 0;
}

/* near and far: the powers of success and failure. */
static void raise_powers(PlnChallenge *c) {
  for (gsize at = 0; at < (gsize)c->n * c->stride; at++) {
    c->near[at] = base(c->distance[at]);
    c->far[at] = base(-c->distance[at]);
  }
  raise_rows(c, c->near);
  raise_rows(c, c->far);
}

/* Into expect and answer the powers of the third outcome, where Q leaves any room for it. */
static void raise_thirds(PlnChallenge *c, gboolean both) {
  for (guint i = 0; i < c->n; i++)
    for (guint j = 0; j < c->stride; j++) {
      gsize at = (gsize)i * c->stride + j;
      c->expect[at] = j < c->n ? base(third(c, i, j)) : 0;
      c->answer[at] = j < c->n && both ? base(third(c, j, i)) : 0;
    }
  raise_rows(c, c->expect);
  if (both)
    raise_rows(c, c->answer);
}

/* What the status quo of actor @i is worth by the exponent @risk. */
static double status_quo(const PlnChallenge *c, guint i, double risk) {
  double b = c->reference ? base(-c->left[i]) : 0.5;
  return 2 - 4 * pln_exp(risk * pln_log(b));
}

/* E of a challenge of @loser by @winner: powers at @at, the status quo worth @quo to the winner. */
static double expect(const PlnChallenge *c, guint winner, guint loser, gsize at, double quo,
                     double third_power) {
  double success = 2 - 4 * c->near[at], failure = 2 - 4 * c->far[at];
  double p = c->beats[(gsize)winner * c->stride + loser], s = c->floor->s[loser];
  double e = s * (p * success + (1 - p) * failure) + (1 - s) * success - c->q * quo;
  if (c->q < 1)
    e -= (1 - c->q) * (2 - 4 * third_power);
  return fabs(e) <= PLN_CHALLENGE_ZERO ? 0 : e;
}

void pln_challenge_expect(PlnChallenge *c, gboolean both) {
  raise_powers(c);
  if (c->q < 1)
    raise_thirds(c, both);
  for (guint i = 0; i < c->n; i++) {
    double quo = status_quo(c, i, c->risk[i]);
    for (guint j = 0; j < c->n; j++) {
      gsize at = (gsize)i * c->stride + j;
      double other = both && c->reference ? status_quo(c, j, c->risk[i]) : quo;
      c->expect[at] = expect(c, i, j, at, quo, c->expect[at]);
      if (both)
        c->answer[at] = expect(c, j, i, at, other, c->answer[at]);
    }
  }
}
