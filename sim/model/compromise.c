/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The compromise: the mean of the positions by capability times salience.  reference F1. */
#include "plenary/once.h"

static double solve(PlnOnce *once, guint issue) {
  (void)issue;
  return pln_floor_mean(once->floor);
}

static PlnRun *set_up(guint n, guint m, const PlnMethodOptions *options) {
  PlnOnce *once = pln_once_new(sizeof *once, n, m, options, FALSE);
  once->solve = solve;
  return &once->run;
}

const PlnMethod pln_method_compromise = {
    .name = "compromise",
    .title = "compromise: the mean, by capability times salience",
    .source = "Van den Bos 1991; Achen 2006",
    .set_up = set_up,
    PLN_ONCE,
};
