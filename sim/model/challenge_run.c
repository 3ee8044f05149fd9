/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The run of both readings of the challenge model: round by round, issue by issue. */
#include <math.h>

#include "plenary/challenge.h"

PlnRun *pln_challenge_run_new(const PlnReading *reading, guint n, guint m,
                              const PlnMethodOptions *options) {
  PlnChallengeRun *c = pln_run_new(sizeof *c, n, m, FALSE);
  c->reading = reading;
  c->challenge = pln_challenge_set_up(n, options);
  c->floor = pln_floor_set_up(n);
  c->range = g_new0(double, m + 1);
  c->running = g_new0(guint, m + 1);
  c->moved = g_new0(gboolean, m + 1);
  c->shut = g_new0(gboolean, m + 1);
  return &c->run;
}

void pln_challenge_run_free(PlnRun *run) {
  PlnChallengeRun *c = (PlnChallengeRun *)run;
  if (!c)
    return;
  pln_challenge_free(c->challenge);
  pln_floor_free(c->floor);
  g_free(c->range);
  g_free(c->running);
  g_free(c->moved);
  g_free(c->shut);
  pln_run_clear(run);
  g_free(c);
}

void pln_challenge_run_start(PlnRun *run, const PlnTalks *talks) {
  PlnChallengeRun *c = (PlnChallengeRun *)run;
  pln_run_start(run, talks);
  for (guint issue = 0; issue < run->m; issue++) {
    pln_floor_take(c->floor, talks, issue, NULL);
    c->range[issue] = pln_floor_range(c->floor);
    c->running[issue] = 0;
    c->moved[issue] = FALSE;
    run->outcome[issue] = pln_floor_median(c->floor);
    run->words[issue] = pln_floor_words(c->floor);
    if (!run->words[issue] && c->challenge->reference && isnan(c->floor->reference)) {
      run->words[issue] = "no reference point is stated, and it was asked for";
      run->outcome[issue] = NAN;
    }
    run->settled[issue] = c->shut[issue] = run->words[issue] != NULL;
    if (!run->words[issue])
      run->words[issue] = pln_floor_median_words(c->floor);
  }
}

/* Where everybody goes, all at once. */
static gboolean move(PlnChallengeRun *c, guint issue) {
  PlnRun *run = &c->run;
  double apart = pln_floor_apart(c->floor->from, c->floor->to);
  gboolean any = FALSE;
  for (guint i = 0; i < c->floor->n; i++) {
    const PlnOffer *offer = &c->challenge->offer[i];
    gsize cell = (gsize)c->floor->actor[i] * run->m + issue;
    if (offer->other < 0 || fabs(offer->to - c->floor->x[i]) <= apart)
      continue;
    pln_run_deal(run, &(PlnDeal){.kind = offer->kind,
                                 .actor = c->floor->actor[i],
                                 .other = c->floor->actor[offer->other],
                                 .issue = issue,
                                 .from = c->floor->x[i],
                                 .to = offer->to,
                                 .own = offer->own,
                                 .others = offer->others,
                                 .issue2 = -1});
    run->position[cell] = offer->to;
    run->ties += offer->ties;
    any = TRUE;
  }
  return any;
}

static void go_on(PlnChallengeRun *c, guint issue) {
  PlnRun *run = &c->run;
  const PlnReading *reading = c->reading;
  double before = run->outcome[issue];
  if (!move(c, issue)) {
    run->settled[issue] = TRUE;
    return;
  }
  c->moved[issue] = TRUE;
  pln_floor_take(c->floor, run->talks, issue, run->position);
  run->outcome[issue] = pln_floor_median(c->floor);
  run->words[issue] = pln_floor_median_words(c->floor);
  gboolean still = fabs(run->outcome[issue] - before) < reading->settled * c->range[issue];
  c->running[issue] = still ? c->running[issue] + 1 : 0;
  run->settled[issue] = (reading->running > 0 && c->running[issue] >= reading->running) ||
                        pln_floor_range(c->floor) <= pln_floor_apart(c->floor->from, c->floor->to);
}

static const char *words_of_equals(const PlnFloor *floor) {
  return pln_floor_median_words(floor)
             ? "all are equally secure: who would dare more than another cannot be told; the "
               "median is a tie, of two positions the lower is taken"
             : "all are equally secure: who would dare more than another cannot be told";
}

void pln_challenge_run_step(PlnRun *run) {
  PlnChallengeRun *c = (PlnChallengeRun *)run;
  run->round++;
  if (run->deals)
    g_array_set_size(run->deals, 0);
  for (guint issue = 0; issue < run->m; issue++) {
    if (run->settled[issue])
      continue;
    pln_floor_take(c->floor, run->talks, issue, run->position);
    double range = c->reading->fixed ? c->range[issue] : pln_floor_range(c->floor);
    pln_challenge_take(c->challenge, c->floor, range, run->outcome[issue]);
    if (!c->reading->propose(c->challenge)) {
      run->words[issue] = words_of_equals(c->floor);
      run->settled[issue] = c->shut[issue] = TRUE;
      continue;
    }
    if (c->reading->also && run->deals)
      c->reading->also(c, issue);
    go_on(c, issue);
  }
}

PlnTalksEnd pln_challenge_run_converged(const PlnRun *run) {
  const PlnChallengeRun *c = (const PlnChallengeRun *)run;
  gboolean moved = FALSE, shut = TRUE, small = FALSE;
  for (guint issue = 0; issue < run->m; issue++) {
    if (!run->settled[issue])
      return PLN_TALKS_END_NOT_YET;
    moved |= c->moved[issue];
    shut &= c->shut[issue];
    small |= c->reading->running > 0 && c->running[issue] >= c->reading->running;
  }
  if (shut && !moved)
    return PLN_TALKS_END_NOTHING;
  return small ? PLN_TALKS_END_SETTLED : PLN_TALKS_END_STILL;
}
