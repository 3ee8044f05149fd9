/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/contest.h"

#include <stdint.h>

#include "plenary/wide.h"

typedef int64_t Mask __attribute__((vector_size(64)));

/* So little that it decides only where there is nothing else, and then evenly. */
#define NOTHING 1e-300

PlnContest *pln_contest_set_up(guint most) {
  PlnContest *c = g_new0(PlnContest, 1);
  gsize stride = (most + PLN_WIDE_LANES - 1) / PLN_WIDE_LANES * PLN_WIDE_LANES;
  c->distance = g_new0(double, most * stride + 1);
  c->risk = g_new0(double, stride + 1);
  c->weight = g_new0(double, stride + 1);
  c->salience = g_new0(double, most + 1);
  pln_contest_shape(c, most);
  return c;
}

void pln_contest_free(PlnContest *c) {
  if (!c)
    return;
  g_free(c->distance);
  g_free(c->risk);
  g_free(c->weight);
  g_free(c->salience);
  g_free(c);
}

void pln_contest_shape(PlnContest *c, guint n) {
  c->n = n;
  c->stride = (n + PLN_WIDE_LANES - 1) / PLN_WIDE_LANES * PLN_WIDE_LANES;
  for (guint k = n; k < c->stride; k++)
    c->risk[k] = c->weight[k] = 0;
  for (guint j = 0; j < n; j++)
    for (guint k = n; k < c->stride; k++)
      c->distance[(gsize)j * c->stride + k] = 0;
}

PLN_WIDE_INLINE PlnWide size_of(PlnWide x) {
  return (PlnWide)((Mask)x & INT64_MAX);
}

/* What those with risk @r lose where they adopt what is @d away. */
PLN_WIDE_INLINE PlnWide losses(PlnWide d, PlnWide r) {
  return 1 - (1 - d) * (1 + d * r);
}

/* What @who loses by adopting @other's position, as @h sees it. */
static double loss_of(const PlnContest *c, guint h, guint who, guint other) {
  double d = c->distance[(gsize)other * c->stride + who];
  double r = (2 * c->risk[h] + c->risk[who]) / 3;
  return 1 - (1 - d) * (1 + d * r);
}

double pln_contest_loss(const PlnContest *c, guint i, guint j) {
  return loss_of(c, i, i, j);
}

/* What third parties add to either side; the weights of the two themselves are 0 meanwhile. */
PLN_WIDE static void add_third(const PlnContest *c, guint h, guint i, guint j, double *ours,
                               double *theirs) {
  const double *to_i = c->distance + (gsize)i * c->stride;
  const double *to_j = c->distance + (gsize)j * c->stride;
  PlnWide own = pln_wide_all(2 * c->risk[h]), side = pln_wide_all(*ours + NOTHING / 2);
  PlnWide both = pln_wide_all(*ours + *theirs + NOTHING), with = {0}, against = {0};
  for (guint n = 0; n < c->stride; n += PLN_WIDE_LANES) {
    PlnWide r = (own + pln_wide_load(c->risk + n)) / 3, w = pln_wide_load(c->weight + n);
    PlnWide by_i = losses(pln_wide_load(to_i + n), r), by_j = losses(pln_wide_load(to_j + n), r);
    PlnWide first = w * (by_j - by_i), size = size_of(first);
    PlnWide p = (side + 0.5 * (first + size)) / (both + size);
    PlnWide vote = w * (p * by_i - (1 - p) * by_j);
    size = size_of(vote);
    with += 0.5 * (size + vote);
    against += 0.5 * (size - vote);
  }
  *ours += pln_wide_sum(with);
  *theirs += pln_wide_sum(against);
}

double pln_contest_chance(PlnContest *c, guint h, guint i, guint j) {
  double w_i = c->weight[i], w_j = c->weight[j];
  double ours = w_i * loss_of(c, h, i, j), theirs = w_j * loss_of(c, h, j, i);
  c->weight[i] = c->weight[j] = 0;
  add_third(c, h, i, j, &ours, &theirs);
  c->weight[i] = w_i;
  c->weight[j] = w_j;
  return ours + theirs > 0 ? ours / (ours + theirs) : 0.5;
}

double pln_contest_of_challenger(PlnContest *c, guint i, guint j, double *chance) {
  *chance = pln_contest_chance(c, i, i, j);
  return loss_of(c, i, i, j) * (1 - 2 * c->salience[j] * (1 - *chance));
}

double pln_contest_of_challenged(PlnContest *c, guint i, guint j, double *chance) {
  *chance = pln_contest_chance(c, j, i, j);
  return -loss_of(c, j, j, i) * (1 - 2 * c->salience[j] * (1 - *chance));
}
