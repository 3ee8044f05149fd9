/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all methods of bargaining share. */
#include "plenary/method.h"

#include <math.h>
#include <string.h>

const char *const pln_law_words[] = {"proportional", "binary", "mostly-proportional", "mixed",
                                     "cubic", NULL};
const char *const pln_challengers_words[] = {"uniform", "conditional", "incentive", NULL};
const char *const pln_disagree_words[] = {"reference", "worst", NULL};
const char *const pln_deal_words[] = {"confrontation", "compromise", "capitulation", "conflict",
                                      "exchange",      "bargain",    NULL};
const char *const pln_talks_end_words[] = {
    "not yet", "no rounds", "nobody moves any more", "moves have become small",
    "there is nothing to bargain for", NULL};

PlnMethodOptions pln_method_options(void) {
  return (PlnMethodOptions){
      .q = 1, .exponent = 1, .n_power = 2, .m_power = 2, .still = 0.02, .seed = 1};
}

gpointer pln_run_new(gsize size, guint n, guint m, gboolean chance) {
  PlnRun *run = g_malloc0(size);
  gsize cells = (gsize)n * m;
  run->n = n;
  run->m = m;
  run->position = g_new(double, cells + 1);
  run->outcome = g_new(double, m + 1);
  run->chance = chance ? g_new(double, cells + 1) : NULL;
  run->words = g_new0(const char *, m + 1);
  run->settled = g_new0(gboolean, m + 1);
  return run;
}

void pln_run_clear(PlnRun *run) {
  g_free(run->position);
  g_free(run->outcome);
  g_free(run->chance);
  g_free(run->words);
  g_free(run->settled);
  g_free(run->externality);
}

void pln_run_start(PlnRun *run, const PlnTalks *talks) {
  gsize cells = (gsize)run->n * run->m;
  run->talks = talks;
  run->round = run->ties = 0;
  memcpy(run->position, talks->position, cells * sizeof *run->position);
  for (gsize k = 0; k < cells && run->chance; k++)
    run->chance[k] = NAN;
  for (guint issue = 0; issue < run->m; issue++) {
    run->outcome[issue] = NAN;
    run->words[issue] = NULL;
    run->settled[issue] = FALSE;
  }
  if (run->deals)
    g_array_set_size(run->deals, 0);
}

void pln_run_deal(PlnRun *run, const PlnDeal *deal) {
  if (run->deals)
    g_array_append_val(run->deals, *deal);
}
