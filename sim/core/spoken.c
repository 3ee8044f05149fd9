/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/spoken.h"

int pln_spoken_order(const PlnSpoken *a, const PlnSpoken *b) {
  if (a->who != b->who)
    return a->who > b->who ? -1 : 1;
  if (a->size != b->size)
    return a->size < b->size ? -1 : 1;
  return !a->names - !b->names;
}

static int by_specific_then_line(const PlnSpoken *a, const PlnSpoken *b) {
  int order = pln_spoken_order(a, b);
  return order != 0 ? order : (a->line > b->line) - (a->line < b->line);
}

void pln_spoken_sort(uint32_t n, PlnSpoken *spoken) {
  for (uint32_t k = 1; k < n; k++) {
    PlnSpoken it = spoken[k];
    uint32_t at = k;
    for (; at > 0 && by_specific_then_line(&it, &spoken[at - 1]) < 0; at--)
      spoken[at] = spoken[at - 1];
    spoken[at] = it;
  }
}

uint32_t pln_spoken_first(uint32_t n, const PlnSpoken *spoken, uint32_t seat) {
  uint32_t first = 0;
  while (first < n && !spoken[first].in[seat])
    first++;
  return first;
}

void pln_spoken_merge(uint32_t n, const PlnSpoken *spoken, uint32_t first, uint32_t seat,
                      double *position, double *sd) {
  const PlnSpoken *best = &spoken[first];
  uint32_t merged = 0;
  double weights = 0, mean = 0, between = 0;
  for (uint32_t k = first; k < n && pln_spoken_order(best, &spoken[k]) == 0; k++) {
    const PlnSpoken *it = &spoken[k];
    if (!it->in[seat])
      continue;
    double weight = 1 / (it->sd * it->sd), step = it->position - mean;
    weights += weight;
    mean += step * weight / weights;
    merged++;
    between += weight * step * (it->position - mean);
  }
  /* Each row's weight times its variance is 1, so that their sum is how many they are. */
  *position = merged == 1 ? best->position : mean;
  *sd = merged == 1 ? best->sd : __builtin_sqrt((merged + between) / weights);
}
