/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Condorcet median: the position at which half the weight, capability times salience, is
 * reached.  reference F1. */
#include "plenary/once.h"

static double solve(PlnOnce *once, guint issue) {
  if (!once->run.words[issue])
    once->run.words[issue] = pln_floor_median_words(once->floor);
  return pln_floor_median(once->floor);
}

static PlnRun *set_up(guint n, guint m, const PlnMethodOptions *options) {
  PlnOnce *once = pln_once_new(sizeof *once, n, m, options, FALSE);
  once->solve = solve;
  return &once->run;
}

const PlnMethod pln_method_median = {
    .name = "median",
    .title = "Condorcet median: half of capability times salience on either side",
    .source = "Black 1948; Bueno de Mesquita 1994",
    .set_up = set_up,
    PLN_ONCE,
};
