/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vote: draws under common random numbers, and what the rule makes of them. */
#include <math.h>
#include <string.h>

#include "plenary/asked.h"
#include "plenary/runner_part.h"

/* ---- Counting ---- */

/* What one run is counted by. */
typedef struct {
  const PlnRunFrame *frame;
  const PlnRunRoom *room;
  const PlnRuleEntry *rule;
  const double *silent; /* by the number of no: the chance that none asks; NULL: not asked */
  guint64 seed;
  guint8 *adopted; /* of the draws from `from` on; or NULL */
  guint32 from;
  PlnRunResult *run;
} Count;

gint64 pln_run_margin(const PlnRule *rule, const PlnVerdict *v, const PlnTally *tally) {
  if (rule->method == PLN_METHOD_CONSENSUS)
    return -(gint64)tally->count[PLN_VOTE_N];
  return (gint64)v->yes - (gint64)v->needed;
}

/* One draw, @k of all: @tally with those that are not seated among the absent. */
static void count(const Count *c, guint32 k, PlnTally *tally) {
  tally->count[PLN_VOTE_X] -= c->room->outs;
  if (!c->room->weight || !c->rule->rule.weighted)
    tally->weight[PLN_VOTE_X] -= c->room->outs;
  PlnVerdict v = pln_rule_decide(&c->rule->rule, tally, PLN_STAGE_VOTE);
  gboolean adopted = v.outcome == PLN_OUTCOME_ADOPTED;
  if (c->silent && !adopted) {
    PlnDraw asks = pln_draw_stream(c->seed, PLN_STUDY_RUNNER_ASKS, k);
    adopted = pln_draw_uniform(&asks) < c->silent[tally->count[PLN_VOTE_N]];
    c->run->unasked += adopted;
  }
  c->run->unseen += v.seen < v.quorum || v.seen == 0;
  c->run->count[PLN_RUN_ADOPTED] += adopted;
  c->run->count[PLN_RUN_MARGIN] += pln_run_margin(&c->rule->rule, &v, tally);
  for (guint j = 0; j < PLN_VOTE_KINDS; j++)
    c->run->count[PLN_RUN_COUNT + j] += tally->count[j];
  if (c->adopted)
    c->adopted[k - c->from] = (guint8)adopted;
}

static void count_tallies(const Count *c, guint32 first, guint32 draws) {
  const guint32 *kinds = c->room->tally;
  for (guint32 k = 0; k < draws; k++, kinds += PLN_VOTE_KINDS) {
    PlnTally t = {.count = {kinds[0], kinds[1], kinds[2], kinds[3]},
                  .weight = {kinds[0], kinds[1], kinds[2], kinds[3]}};
    count(c, first + k, &t);
  }
}

static void count_votes(const Count *c, guint32 first, guint32 draws) {
  const PlnRunRoom *r = c->room;
  gboolean weighs = c->rule->rule.weighted && r->weight;
  for (guint32 k = 0; k < draws; k++) {
    PlnTally t = pln_tally(&(PlnBallots){c->frame->n, r->vote + (gsize)k * c->frame->n,
                                         weighs ? r->weight : NULL,
                                         c->rule->rule.veto ? r->veto : NULL});
    count(c, first + k, &t);
  }
}

/* ---- Drawing ---- */

/* Of nothing made to happen, but with what was. */
static PlnForecast forecast_of(const PlnRunRoom *r) {
  PlnForecast f = r->forecast;
  f.below = r->below;
  f.above = r->above;
  f.absent = r->absent;
  return f;
}

/* Rules that ask who has a vote need the votes; nothing is kept of them. */
static void draw_votes(PlnRunRoom *r, const PlnRunnerOptions *o, const Count *c) {
  PlnForecast forecast = forecast_of(r);
  for (guint32 done = 0; done < o->draws; done += PLN_RUN_VOTES) {
    guint32 n = MIN(PLN_RUN_VOTES, o->draws - done);
    pln_forecast_draw(&forecast, o->seed, PLN_STUDY_RUNNER, c->from + done, n, r->room, r->vote);
    count_votes(c, c->from + done, n);
  }
}

/* The factors of the draws from @first on, kept from run to run; NULL where they are too many. */
static const double *normals(PlnRunRoom *r, const PlnRunnerOptions *o, guint32 first) {
  if (r->normal && !(r->has_normal && r->drawn == first))
    pln_forecast_normals(r->forecast.f, r->forecast.late, o->seed, PLN_STUDY_RUNNER, first, o->draws,
                         r->normal);
  r->has_normal = TRUE;
  r->drawn = first;
  return r->normal;
}

/* Where the tallies that stand are of these draws they are counted again. */
static void draw_tallies(PlnRunRoom *r, const PlnRunnerOptions *o, const Count *c) {
  PlnForecast forecast = forecast_of(r);
  for (guint32 done = 0; done < o->draws; done += PLN_RUN_KEPT) {
    guint32 n = MIN(PLN_RUN_KEPT, o->draws - done), first = c->from + done;
    if (r->tallied != n || r->first != first)
      pln_forecast_tallies_of(&forecast, normals(r, o, first), o->seed, PLN_STUDY_RUNNER, first, n,
                              r->room, r->tally);
    r->first = first;
    r->tallied = n;
    count_tallies(c, first, n);
  }
}

static void mark_vetoes(const PlnRunFrame *f, PlnRunRoom *r, const PlnRuleEntry *rule) {
  const PlnBloc *holders = *rule->veto ? pln_world_bloc(f->scenario->world, rule->veto) : NULL;
  if (r->veto_of == rule)
    return;
  memset(r->veto, 0, f->n);
  if (holders)
    pln_roster_mark(f->roster, f->scenario->world, holders, r->veto);
  r->veto_of = rule;
}

void pln_run_draw(const PlnRunFrame *f, PlnRunRoom *r, const PlnRunnerOptions *o,
                  const PlnRuleEntry *rule, double asks, guint32 replicate, guint8 *adopted,
                  PlnRunResult *run) {
  gboolean first = rule->rule.method == PLN_METHOD_CONSENSUS_FIRST;
  Count c = {f, r, rule, first ? r->silent : NULL, o->seed, adopted, replicate * o->draws, run};
  r->silent[0] = 1;
  for (guint k = 0; first && k < f->n; k++)
    r->silent[k + 1] = r->silent[k] * (1 - asks);
  *run = (PlnRunResult){.draws = o->draws};
  if (rule->rule.weighted || (rule->rule.veto && *rule->veto)) {
    mark_vetoes(f, r, rule);
    draw_votes(r, o, &c);
  } else {
    draw_tallies(r, o, &c);
  }
}

/* ---- Chances ---- */

void pln_run_chances(const PlnRunFrame *f, const PlnRunRoom *r, double *chance) {
  static const PlnVote kind[] = {PLN_VOTE_N, PLN_VOTE_A, PLN_VOTE_Y};
  memset(chance, 0, (gsize)f->n * PLN_VOTE_KINDS * sizeof *chance);
  for (guint i = 0; i < f->n; i++, chance += PLN_VOTE_KINDS) {
    double there = r->present[i] >= 0 ? r->present[i] : 1 - f->outlook->absent[i];
    if (r->out[i])
      continue;
    chance[PLN_VOTE_X] = 1 - there;
    if (r->answer[i] < PLN_VOTE_X)
      chance[r->answer[i]] = there;
    for (guint k = 0; k < 3 && r->answer[i] >= PLN_VOTE_X; k++)
      chance[kind[k]] = there * r->chance[3 * i + k];
  }
}

/* ---- The study ---- */

gboolean pln_runner_vote(PlnRunner *runner, guint thread, const PlnChange *const *changes, guint n,
                      guint32 replicate, guint8 *adopted, PlnRunResult *run, GError **error) {
  const PlnRunFrame *f = runner->frame;
  PlnRunRoom *r = runner->room[thread];
  const PlnRuleEntry *rule = pln_run_rule(f->scenario, runner->rule, changes, n, error);
  if (!rule || !pln_run_ask(f, r, f->row, changes, n, error) ||
      !pln_run_intervene(f, r, changes, n, error))
    return FALSE;
  pln_run_draw(f, r, &runner->options, rule, pln_run_assumed("asks", f->asks, changes, n) / 100, replicate,
               adopted, run);
  pln_run_values(runner, run);
  return TRUE;
}

/* A position that holds for no seat is a slip: but where others leave or join, it may yet. */
static gboolean positions_hold(const PlnRunner *runner, GError **error) {
  const GPtrArray *changes = runner->changes;
  for (guint k = 0; changes && k < changes->len; k++) {
    const PlnChange *c = changes->pdata[k];
    if (c->kind == PLN_CHANGE_SPLIT || c->kind == PLN_CHANGE_JOIN)
      return TRUE;
  }
  for (guint k = 0; changes && k < changes->len; k++) {
    const PlnChange *c = changes->pdata[k];
    if (c->kind == PLN_CHANGE_POSITION &&
        pln_run_is_here(runner->scenario, runner->frame->place, c) &&
        !pln_run_holds(runner->frame, runner->room[0], c))
      return pln_asked_fail(error, "the position of %s holds for no seat: none is on the roster, or "
                                   "rows that are more specific hold for all; expected one that does",
                            c->who);
  }
  return TRUE;
}

/* To leave or join a bloc of which no row speaks is a slip too. */
static gboolean blocs_speak(const PlnRunner *runner, GError **error) {
  const PlnRunFrame *f = runner->frame;
  for (guint k = 0; runner->changes && k < runner->changes->len; k++) {
    const PlnChange *c = runner->changes->pdata[k];
    const PlnBloc *bloc = pln_world_bloc(f->scenario->world, c->who);
    gboolean moves = c->kind == PLN_CHANGE_SPLIT || c->kind == PLN_CHANGE_JOIN;
    if (moves && !pln_run_frame_speaks(f, (guint)pln_run_frame_who(f, bloc), runner->changes))
      return pln_run_silent(f, c, error);
  }
  return TRUE;
}

static gboolean is_stated(const PlnRunFrame *f) {
  const PlnOutlook *o = f->outlook;
  for (guint i = 0; i < f->n; i++)
    if (o->known[i] != PLN_VOTE_UNKNOWN || (o->pledge && o->pledge->pdata[i]))
      return TRUE;
  return f->row->len > 0;
}

gboolean pln_run_vote_new(PlnRunner *runner, GError **error) {
  const PlnRunnerOptions *o = &runner->options;
  runner->frame = pln_run_frame_new(runner->scenario, o, runner->changes, FALSE, error);
  if (!runner->frame)
    return FALSE;
  runner->room = g_new0(PlnRunRoom *, o->threads + 1);
  for (guint t = 0; t < o->threads; t++)
    if (!(runner->room[t] = pln_run_room_new(runner->frame, o, error)))
      return FALSE;
  runner->stated = is_stated(runner->frame);
  runner->rule = runner->frame->rule;
  runner->proposal = runner->frame->proposal;
  runner->weakest = MAX(runner->frame->outlook->weakest, runner->rule->status);
  if (o->rule || o->as_of != PLN_DAY_NONE)
    runner->weakest = PLN_STATUS_ASSUMED;
  pln_run_vote_outcomes(runner, TRUE);
  return blocs_speak(runner, error) && positions_hold(runner, error);
}
