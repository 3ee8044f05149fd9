/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The compromise: the mean of the positions by capability times salience.  reference F1. */
#include "plenary/method.h"

typedef struct {
  PlnRun run;
  PlnFloor *floor;
} Compromise;

static PlnRun *set_up(guint n, guint m, const PlnMethodOptions *options) {
  (void)options;
  Compromise *c = pln_run_new(sizeof *c, n, m, FALSE);
  c->floor = pln_floor_set_up(n);
  return &c->run;
}

static void start(PlnRun *run, const PlnTalks *talks) {
  Compromise *c = (Compromise *)run;
  pln_run_start(run, talks);
  for (guint issue = 0; issue < run->m; issue++) {
    pln_floor_take(c->floor, talks, issue, NULL);
    run->words[issue] = pln_floor_words(c->floor);
    run->outcome[issue] = pln_floor_mean(c->floor);
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
  pln_floor_free(((Compromise *)run)->floor);
  pln_run_clear(run);
  g_free(run);
}

const PlnMethod pln_method_compromise = {
    .name = "compromise",
    .title = "compromise: the mean, by capability times salience",
    .source = "Van den Bos 1991; Achen 2006",
    .usual = 1,
    .set_up = set_up,
    .start = start,
    .step = step,
    .converged = converged,
    .free = clear,
};
