/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The conference: the parties' votes, tied to when they joined, and the protocol's own joining. */
#include <math.h>
#include <string.h>

#include "plenary/normal.h"
#include "plenary/ratify_part.h"
#include "plenary/wide.h"

/* ---- The proposal before all that may join ---- */

/* The scenario's stage before the conference of the treaty's parties, or NULL. */
static const PlnStageEntry *find_stage(const PlnScenario *s, const char *treaty) {
  for (guint k = 0; k < s->stages->len; k++) {
    const PlnStageEntry *entry = &g_array_index(s->stages, PlnStageEntry, k);
    if (entry->body->roster == PLN_ROSTER_PARTIES && strcmp(entry->body->roster_of, treaty) == 0)
      return entry;
  }
  return NULL;
}

static const PlnBody *find_body(const PlnScenario *s, const char *treaty) {
  g_autoptr(GPtrArray) bodies = pln_world_bodies(s->world);
  for (guint k = 0; k < bodies->len; k++) {
    const PlnBody *body = bodies->pdata[k];
    if (body->roster == PLN_ROSTER_PARTIES && strcmp(body->roster_of, treaty) == 0)
      return body;
  }
  return NULL;
}

/* The rule of the stage; without one that of the treaty's own body, else the proposal's. */
static void find_rule(PlnRatify *r, const PlnProposal *p) {
  const PlnScenario *s = r->scenario;
  const PlnBody *body = find_body(s, r->options.treaty);
  r->stage = find_stage(s, r->options.treaty);
  r->why_rule = "the rule of the parties' conference on questions of substance";
  if (r->stage)
    r->rule = pln_scenario_rule_at(s, p, r->stage, &r->why_rule);
  else if (body)
    r->rule = pln_world_rule(s->world, body->substance);
  if (r->options.project->rule) {
    r->rule = r->options.project->rule;
    r->why_rule = "asked for";
  }
  if (!r->rule)
    r->rule = pln_scenario_rule(s, p, &r->why_rule);
}

/* How far each state's own part of its support is that of its joining: at most all of it. */
static void tie_own(PlnRatifyJob *job) {
  double tie = job->ratify->options.tie;
  const double ties[PLN_RATIFY_TIES] = {tie, 0, pln_clamp(2 * tie, 0.95)};
  for (guint t = 0; t < PLN_RATIFY_TIES; t++) {
    job->tied[t] = g_new0(double, job->n + 1);
    job->rest[t] = g_new0(double, job->n + 1);
    for (guint i = 0; i < job->n; i++) {
      double own = job->seat[i] < 0 ? 1 : MAX(job->forecast->own[job->seat[i]], 1e-6);
      double share = pln_clamp(ties[t] / own, 1);
      job->tied[t][i] = own * share;
      job->rest[t][i] = own * sqrt(1 - share * share);
    }
  }
}

gboolean pln_ratify_vote_fill(PlnRatifyJob *job, GError **error) {
  PlnRatify *r = job->ratify;
  const PlnProjectOptions *o = r->options.project;
  if (!o || r->scenario->proposals->len == 0)
    return TRUE;
  if (r->options.proposal < 0)
    r->options.proposal = (int)r->scenario->proposals->len - 1;
  guint place = (guint)r->options.proposal;
  const PlnProposal *p = pln_scenario_proposal(r->scenario, place);
  g_autoptr(GPtrArray) codes = g_ptr_array_new();
  for (guint i = 0; i < job->n; i++)
    g_ptr_array_add(codes, (gpointer)r->state[i].state->code);
  find_rule(r, p);
  PlnDay day = o->as_of != PLN_DAY_NONE ? o->as_of : r->stage ? r->stage->day : PLN_DAY_NONE;
  PlnRoster *roster = pln_roster_new(r->scenario->world, NULL, codes, pln_day_of_number(job->known));
  PlnOutlookOptions outlook = {.electorate = o->electorate,
                               .predictor = o->predictor,
                               .stances = TRUE,
                               .pledges = TRUE,
                               .no_drift = o->no_drift,
                               .in_sample = o->in_sample};
  r->roster = roster;
  r->outlook = pln_outlook_new(r->scenario, place, roster, day, &outlook, error);
  if (!r->outlook)
    return FALSE;
  job->forecast = &r->outlook->forecast;
  job->seat = g_new(int, job->n + 1);
  for (guint i = 0; i < job->n; i++)
    job->seat[i] = pln_roster_find(roster, r->state[i].state->code);
  tie_own(job);
  r->voted = TRUE;
  return TRUE;
}

/* ---- A draw of the votes ---- */

/* The common part of support; n_pad is a multiple of the lanes. */
PLN_WIDE static void sum_factors(const PlnForecast *f, const double *z, double *common) {
  for (gsize i = 0; i < f->n_pad; i += PLN_WIDE_LANES) {
    PlnWide sum = pln_wide_all(0);
    for (guint k = 0; k < f->f; k++)
      sum += z[k] * pln_wide_load(f->loading + (gsize)k * f->n_pad + i);
    pln_wide_store(common + i, sum);
  }
}

static void draw_support(const PlnRatifyJob *job, PlnRatifyRoom *room, PlnDraw *stream) {
  const PlnForecast *f = job->forecast;
  double spread = sqrt(1 - f->turnout * f->turnout);
  pln_draw_normals(stream, 1 + f->f, room->z);
  pln_draw_normals(stream, job->n, room->own);
  pln_draw_uniforms(stream, job->n, room->absent);
  pln_normal_inverses(job->n, room->uniform, room->score);
  sum_factors(f, room->z + 1, room->common);
  for (guint i = 0; i < f->n_pad; i++)
    room->since[i] = (f->absent[i] - f->turnout * room->z[0]) / spread;
  pln_normals(f->n_pad, room->since, room->since);
}

static PlnVote vote_of(const PlnRatifyJob *job, const PlnRatifyRoom *room, guint i, guint t) {
  const PlnForecast *f = job->forecast;
  int at = job->seat[i];
  if (job->said[i] != PLN_VOTE_UNKNOWN)
    return job->said[i];
  if (at < 0 || room->absent[i] < room->since[at])
    return PLN_VOTE_X;
  double s = room->common[at] + job->tied[t][i] * room->score[i] + job->rest[t][i] * room->own[i];
  return s < f->below[at] ? PLN_VOTE_N : s < f->above[at] ? PLN_VOTE_A : PLN_VOTE_Y;
}

/* Votes counted: four counts of 16 bits in a word, as in memory each would wait for the last. */
typedef struct {
  guint64 parties, everybody;
  guint past_noes, against_noes; /* among the parties */
} Counted;

static Counted count(const PlnRatifyJob *job, const PlnRatifyRoom *room, const PlnVote *ballot,
                     PlnDayNumber by) {
  Counted c = {0};
  for (guint i = 0; i < job->n; i++) {
    guint64 one = (guint64)1 << (16 * ballot[i]);
    guint party = room->day[i] <= by, no = party & (ballot[i] == PLN_VOTE_N);
    c.everybody += one;
    c.parties += one & -(guint64)party;
    c.past_noes += no & (job->kind[i] == PLN_PARTY_PAST);
    c.against_noes += no & job->against[i];
  }
  return c;
}

/* Whether the votes in @packed adopt it, so many of the noes not voting. */
static gboolean adopts(const PlnRatifyJob *job, guint64 packed, guint silent, PlnTally *tally,
                       guint *needed) {
  *tally = (PlnTally){0};
  for (guint v = 0; v < PLN_VOTE_KINDS; v++)
    tally->count[v] = packed >> (16 * v) & 0xffff;
  tally->count[PLN_VOTE_N] -= silent;
  tally->count[PLN_VOTE_X] += silent;
  for (guint v = 0; v < PLN_VOTE_KINDS; v++)
    tally->weight[v] = tally->count[v];
  PlnVerdict verdict = pln_rule_decide(&job->ratify->rule->rule, tally, PLN_STAGE_VOTE);
  *needed = verdict.needed;
  return verdict.outcome == PLN_OUTCOME_ADOPTED;
}

/* ---- The protocol ---- */

/* Who joins it, each from when it is a party, with the hazards of signatories begun anew. */
static void draw_protocol(const PlnRatifyJob *job, PlnRatifyRoom *room, PlnRatifyCounts *counts,
                          PlnDraw *stream, const PlnJoinPace *pace, PlnDayNumber force,
                          PlnDayNumber conference) {
  const PlnVote *ballot = room->ballot[PLN_RATIFY_TIED];
  const PlnJoinPace only = {.shape = {pace->shape[0], pace->shape[0]},
                            .log_rate = {pace->log_rate[0], pace->log_rate[0]}};
  guint bound = 0;
  pln_draw_uniforms(stream, job->n, room->exponential);
  pln_logs(job->n, room->exponential, room->exponential);
  for (guint i = 0; i < job->n; i++) {
    PlnDayNumber own = room->day[i] == PLN_RATIFY_NEVER ? conference
                                                        : room->day[i] + (PlnDayNumber)job->days_party;
    room->exponential[i] = -room->exponential[i];
    room->since[i] = MAX(own - conference, 0) / PLN_RATIFY_YEAR;
    room->factor[i] = (ballot[i] == PLN_VOTE_N ? job->ratify->options.reluctance : 1) *
                      (job->together[i] ? pace->together : 1);
  }
  pln_join_times(&only, &job->seats, room->factor, room->since, 0, room->exponential, room->time);
  for (guint i = 0; i < job->n; i++) {
    double years = room->time[i] < PLN_RATIFY_YEARS ? room->time[i] : PLN_RATIFY_YEARS;
    PlnDayNumber day = conference + (PlnDayNumber)(years * PLN_RATIFY_YEAR) + 1;
    gboolean joins = room->day[i] != PLN_RATIFY_NEVER && day <= job->last;
    room->sorted[bound] = day;
    counts->bound[i] += joins;
    bound += joins;
  }
  counts->bound_many[bound]++;
  PlnDayNumber needed = pln_ratify_nth(room->sorted, bound, job->protocol);
  if (needed == PLN_RATIFY_NEVER)
    return;
  PlnDayNumber day = MAX(needed + (PlnDayNumber)job->protocol_days, force);
  if (day <= job->last)
    counts->day[PLN_RATIFY_PROTOCOL][day - job->known]++;
}

void pln_ratify_conference(const PlnRatifyJob *job, PlnRatifyRoom *room, PlnRatifyCounts *counts,
                           guint32 k, const PlnJoinPace *pace, PlnDayNumber force,
                           PlnDayNumber conference) {
  PlnDraw stream = pln_draw_stream(job->ratify->options.seed, PLN_STUDY_RATIFY_VOTE, k);
  PlnDayNumber by = conference - (PlnDayNumber)job->days_party;
  gboolean adopted[PLN_RATIFY_TIES];
  PlnTally tally, other;
  Counted c = {0};
  guint needed, unused, ties = k < PLN_RATIFY_COMPARED ? PLN_RATIFY_TIES : 1;
  draw_support(job, room, &stream);
  for (guint t = ties; t-- > 0;) {
    for (guint i = 0; i < job->n; i++) /* for comparison those that are not parties do not count */
      if (t == PLN_RATIFY_TIED || room->day[i] <= by)
        room->ballot[t][i] = vote_of(job, room, i, t);
    c = count(job, room, room->ballot[t], by);
    adopted[t] = adopts(job, c.parties, 0, &tally, &needed);
    counts->adopted[t] += adopted[t];
  }
  const PlnVote *ballot = room->ballot[PLN_RATIFY_TIED];
  for (guint v = 0; v < PLN_VOTE_KINDS; v++)
    counts->count[v] += tally.count[v];
  counts->needed += needed;
  for (guint i = 0; i < job->n; i++)
    counts->vote[PLN_VOTE_KINDS * i + ballot[i]] += room->day[i] <= by;
  counts->compared += ties > 1;
  counts->all += ties > 1 && adopts(job, c.everybody, 0, &other, &unused);
  if (adopted[PLN_RATIFY_TIED]) {
    draw_protocol(job, room, counts, &stream, pace, force, conference);
    return;
  }
  counts->past_blocks += adopts(job, c.parties, c.past_noes, &other, &unused);
  counts->against_blocks += adopts(job, c.parties, c.against_noes, &other, &unused);
}
