/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "plenary/swings_part.h"

enum { MOST_HALF = 21 };
/* A pair of a subset of one half and a size of the other, and so for a member in it. */
static const double SECONDS_PAIR = 1.5e-9, SECONDS_MEMBER = 0.3e-9;

/* All subsets of n members, by size, and of one size by weight. */
typedef struct {
  guint n;
  guint start[MOST_HALF + 2]; /* of a size, in the arrays */
  guint64 *weight;            /* 2^n */
  guint32 *mask;              /* 2^n: who is in it */
} Half;

static void starts(guint n, guint *start) {
  guint64 binomial = 1;
  start[0] = 0;
  for (guint size = 0; size <= n; size++) {
    start[size + 1] = start[size] + (guint)binomial;
    binomial = binomial * (n - size) / (size + 1);
  }
}

/* Of @size: what @old has, and what it has of one less with the new member, in order of weight. */
static void merge(const Half *old, guint size, guint64 added, Half *half) {
  guint a = size <= old->n ? old->start[size] : 0;
  guint a_end = size <= old->n ? old->start[size + 1] : 0;
  guint b = size > 0 ? old->start[size - 1] : 0, b_end = size > 0 ? old->start[size] : 0;
  for (guint at = half->start[size]; at < half->start[size + 1]; at++)
    if (b == b_end || (a < a_end && old->weight[a] <= old->weight[b] + added)) {
      half->weight[at] = old->weight[a];
      half->mask[at] = old->mask[a++];
    } else {
      half->weight[at] = old->weight[b] + added;
      half->mask[at] = old->mask[b++] | 1u << old->n;
    }
}

static void half_init(Half *half, guint n) {
  half->weight = g_new(guint64, 1u << n);
  half->mask = g_new(guint32, 1u << n);
  half->n = 0;
  starts(0, half->start);
  half->weight[0] = half->mask[0] = 0;
}

static void half_clear(Half *half) {
  g_free(half->weight);
  g_free(half->mask);
}

static Half half_new(const guint64 *weight, guint n) {
  Half half, next;
  half_init(&half, n);
  half_init(&next, n);
  for (guint k = 0; k < n; k++) {
    next.n = k + 1;
    starts(k + 1, next.start);
    for (guint size = 0; size <= k + 1; size++)
      merge(&half, size, weight[k], &next);
    Half keep = half;
    half = next;
    next = keep;
  }
  half_clear(&next);
  return half;
}

/* How many light coalitions there are: of all, and with each member of one half; by size. */
typedef struct {
  guint64 all[2 * MOST_HALF + 1];
  guint64 with[MOST_HALF][2 * MOST_HALF + 1];
} Counts;

/* Of the subsets of @size of @one: how many of @other, of each size, go with it and are light; as
 * the subset grows heavier, so these fall off at the heavy end.
 * @asked: members to count for */
static void match(const Half *one, guint size, const Half *other, guint64 below, guint32 asked,
                  Counts *counts) {
  guint64 sizes = other->n + 1, fit[MOST_HALF + 1];
  for (guint b = 0; b < sizes; b++)
    fit[b] = other->start[b + 1] - other->start[b];
  for (guint at = one->start[size]; at < one->start[size + 1]; at++) {
    if (one->weight[at] >= below)
      break;
    guint64 room = below - one->weight[at];
    for (guint b = 0; b < sizes; b++)
      while (fit[b] > 0 && other->weight[other->start[b] + fit[b] - 1] >= room)
        fit[b]--;
    for (guint b = 0; b < sizes; b++)
      counts->all[size + b] += fit[b];
    for (guint32 in = one->mask[at] & asked; in; in &= in - 1) {
      guint64 *with = counts->with[__builtin_ctz(in)] + size;
      for (guint b = 0; b < sizes; b++)
        with[b] += fit[b];
    }
  }
}

/* The members of @one, which stand from @first on, and, where @all, all coalitions. */
static void take(const PlnWeighing *weighing, const Half *one, const Half *other, guint first,
                 guint8 *done, gboolean all, PlnLight *light) {
  g_autofree Counts *counts = g_new0(Counts, 1);
  guint32 asked = 0;
  for (guint k = 0; k < one->n; k++)
    if (!done[weighing->type[first + k]]++)
      asked |= 1u << k;
  for (guint size = 0; size <= one->n; size++)
    match(one, size, other, weighing->below, asked, counts);
  for (guint size = 0; size <= weighing->m; size++) {
    if (all)
      mpz_set_ui(light->all[size], counts->all[size]);
    for (guint k = 0; k < one->n; k++)
      if (asked >> k & 1)
        mpz_set_ui(light->with[(gsize)weighing->type[first + k] * (weighing->m + 1) + size],
                   counts->with[k][size]);
  }
}

double pln_light_halves_cost(const PlnWeighing *weighing) {
  guint n = weighing->m - weighing->m / 2;
  if (n > MOST_HALF)
    return INFINITY;
  double pairs = (n + 1.0) * (double)((guint64)1 << n);
  return 2 * pairs * (SECONDS_PAIR + 0.5 * n * SECONDS_MEMBER);
}

gboolean pln_light_halves(const PlnWeighing *weighing, PlnLight *light) {
  guint n = weighing->m / 2;
  g_autofree guint8 *done = g_new0(guint8, weighing->types);
  Half low = half_new(weighing->weight, n), high = half_new(weighing->weight + n, weighing->m - n);
  take(weighing, &low, &high, 0, done, TRUE, light);
  take(weighing, &high, &low, n, done, FALSE, light);
  half_clear(&low);
  half_clear(&high);
  return TRUE;
}
