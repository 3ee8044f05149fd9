/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Condorcet median: the position at which half the weight, capability times salience, is
 * reached.  reference F1. */
#include "plenary/method.h"

typedef struct {
  PlnRun run;
  PlnFloor *floor;
} Median;

static PlnRun *set_up(guint n, guint m, const PlnMethodOptions *options) {
  (void)options;
  Median *median = pln_run_new(sizeof *median, n, m, FALSE);
  median->floor = pln_floor_set_up(n);
  return &median->run;
}

static void start(PlnRun *run, const PlnTalks *talks) {
  Median *median = (Median *)run;
  pln_run_start(run, talks);
  for (guint issue = 0; issue < run->m; issue++) {
    pln_floor_take(median->floor, talks, issue, NULL);
    run->words[issue] = pln_floor_words(median->floor);
    run->outcome[issue] = pln_floor_median(median->floor);
    run->settled[issue] = TRUE;
  }
}

static void step(PlnRun *run) {
  run->round++;
}

static PlnEnd converged(const PlnRun *run) {
  for (guint issue = 0; issue < run->m; issue++)
    if (!run->words[issue])
      return PLN_END_ONCE;
  return PLN_END_NOTHING;
}

static void clear(PlnRun *run) {
  if (!run)
    return;
  pln_floor_free(((Median *)run)->floor);
  pln_run_clear(run);
  g_free(run);
}

const PlnMethod pln_method_median = {
    .name = "median",
    .title = "Condorcet median: half of capability times salience on either side",
    .source = "Black 1948; Bueno de Mesquita 1994",
    .usual = 1,
    .set_up = set_up,
    .start = start,
    .step = step,
    .converged = converged,
    .free = clear,
};
