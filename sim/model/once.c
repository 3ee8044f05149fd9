/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Methods without rounds: issue by issue, from where actors stand. */
#include "plenary/once.h"

gpointer pln_once_new(gsize size, guint n, guint m, const PlnMethodOptions *options,
                      gboolean chance) {
  PlnOnce *once = pln_run_new(size, n, m, chance);
  once->options = *options;
  once->floor = pln_floor_set_up(n);
  once->salience = TRUE;
  return once;
}

/* Where salience is not asked about, that nobody cares is no reason to say nothing. */
static void take(PlnOnce *once, guint issue) {
  PlnFloor *floor = once->floor;
  pln_floor_take(floor, once->run.talks, issue, NULL);
  for (guint k = 0; k < floor->n && !once->salience; k++) {
    floor->s[k] = 1;
    floor->w[k] = floor->c[k];
  }
}

void pln_once_start(PlnRun *run, const PlnTalks *talks) {
  PlnOnce *once = (PlnOnce *)run;
  pln_run_start(run, talks);
  once->nothing = TRUE;
  for (guint issue = 0; issue < run->m; issue++) {
    take(once, issue);
    run->words[issue] = pln_floor_words(once->floor);
    once->nothing = once->nothing && run->words[issue];
    run->outcome[issue] = once->solve(once, issue);
    run->settled[issue] = TRUE;
  }
}

void pln_once_step(PlnRun *run) {
  run->round++;
}

PlnTalksEnd pln_once_converged(const PlnRun *run) {
  return ((const PlnOnce *)run)->nothing ? PLN_TALKS_END_NOTHING : PLN_TALKS_END_ONCE;
}

void pln_once_free(PlnRun *run) {
  PlnOnce *once = (PlnOnce *)run;
  if (!once)
    return;
  if (once->clear)
    once->clear(once);
  pln_floor_free(once->floor);
  pln_run_clear(run);
  g_free(once);
}
