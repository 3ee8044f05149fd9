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

/* One uniform a state: below its chance of absence it is away, else what is left of it is the
 * state's own.  Normals are for those alone whose vote is asked for. */
static void draw_own(const PlnRatifyJob *job, PlnRatifyRoom *room, PlnDraw *stream, gboolean all) {
  static const double least = 1.0 / ((guint64)1 << 54);
  guint n = 0;
  pln_draw_uniforms(stream, job->n, room->own);
  for (guint i = 0; i < job->n; i++) {
    double away = job->seat[i] < 0 ? 1 : room->absent[job->seat[i]];
    double left = (room->own[i] - away) / (1 - away);
    gboolean here = room->own[i] >= away;
    PlnVote said = here ? PLN_VOTE_UNKNOWN : PLN_VOTE_X;
    room->said[i] = said = job->said[i] != PLN_VOTE_UNKNOWN ? job->said[i] : said;
    room->since[n] = MAX(left, least);
    room->time[n] = room->uniform[i];
    room->sorted[n] = (PlnDayNumber)i;
    n += (said == PLN_VOTE_UNKNOWN) & (all | (room->day[i] != PLN_RATIFY_NEVER));
  }
  pln_normal_inverses(n, room->since, room->since);
  pln_normal_inverses(n, room->time, room->time);
  for (guint j = 0; j < n; j++) {
    room->own[room->sorted[j]] = room->since[j];
    room->score[room->sorted[j]] = room->time[j];
  }
}

/* @all: those too that do not join */
static void draw_support(const PlnRatifyJob *job, PlnRatifyRoom *room, PlnDraw *stream,
                         gboolean all) {
  const PlnForecast *f = job->forecast;
  double spread = sqrt(1 - f->turnout * f->turnout);
  pln_draw_normals(stream, 1 + f->f, room->z);
  sum_factors(f, room->z + 1, room->common);
  for (guint i = 0; i < f->n_pad; i++)
    room->absent[i] = (f->absent[i] - f->turnout * room->z[0]) / spread;
  pln_normals(f->n_pad, room->absent, room->absent);
  draw_own(job, room, stream, all);
}

/* Without a jump, as which way it goes is chance. */
static PlnVote vote_of(const PlnRatifyJob *job, const PlnRatifyRoom *room, guint i, guint t) {
  static const PlnVote by_support[] = {PLN_VOTE_N, PLN_VOTE_A, PLN_VOTE_Y};
  const PlnForecast *f = job->forecast;
  guint at = (guint)MAX(job->seat[i], 0); /* who has no seat is away */
  double s = room->common[at] + job->tied[t][i] * room->score[i] + job->rest[t][i] * room->own[i];
  PlnVote vote = by_support[(s >= f->below[at]) + (s >= f->above[at])];
  return room->said[i] != PLN_VOTE_UNKNOWN ? room->said[i] : vote;
}

/* Votes counted, as PLN_RATIFY_COUNT takes them apart. */
typedef struct {
  guint64 parties, everybody;
  guint past_noes, against_noes; /* among the parties */
} Counted;

static Counted vote(const PlnRatifyJob *job, PlnRatifyRoom *room, guint t, PlnDayNumber by) {
  Counted c = {0};
  for (guint i = 0; i < job->n; i++) {
    PlnVote vote = room->ballot[t][i] = vote_of(job, room, i, t);
    guint64 one = (guint64)1 << (16 * vote);
    guint party = room->day[i] <= by, no = party & (vote == PLN_VOTE_N);
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
    tally->count[v] = PLN_RATIFY_COUNT(packed, v);
  tally->count[PLN_VOTE_N] -= silent;
  tally->count[PLN_VOTE_X] += silent;
  for (guint v = 0; v < PLN_VOTE_KINDS; v++)
    tally->weight[v] = tally->count[v];
  PlnVerdict verdict = pln_rule_decide(&job->ratify->rule->rule, tally, PLN_STAGE_VOTE);
  *needed = verdict.needed;
  return verdict.outcome == PLN_OUTCOME_ADOPTED;
}

/* ---- The protocol ---- */

/* The @k-th smallest of @n times below @limit, 1 the first: which of 64 parts it lies in, then
 * by order within that. */
static double nth_time(const double *time, guint n, guint k, double limit, double *part) {
  enum { PARTS = 64 };
  guint many[PARTS] = {0}, in = 0, at = 0;
  for (guint i = 0; i < n; i++)
    many[MIN((guint)(time[i] * (PARTS / limit)), PARTS - 1)]++;
  for (; many[at] < k; at++)
    k -= many[at];
  for (guint i = 0; i < n; i++) {
    guint j = in;
    if (MIN((guint)(time[i] * (PARTS / limit)), PARTS - 1) != at)
      continue;
    for (; j > 0 && part[j - 1] > time[i]; j--)
      part[j] = part[j - 1];
    part[j] = time[i];
    in++;
  }
  return part[k - 1];
}

/* Of all that become parties in time, when each may join the protocol and how long it takes then.
 * Returns: how many; who they are in room->sorted, years in room->since, exponentials in
 * room->exponential */
static guint protocol_risks(const PlnRatifyJob *job, PlnRatifyRoom *room, PlnDraw *stream,
                            PlnDayNumber conference) {
  guint n = 0;
  pln_draw_uniforms(stream, job->n, room->exponential);
  for (guint i = 0; i < job->n; i++) {
    gboolean party = room->day[i] != PLN_RATIFY_NEVER;
    PlnDayNumber wait = room->day[i] - conference + (party ? (PlnDayNumber)job->days_party : 0);
    room->exponential[n] = room->exponential[i];
    room->since[n] = MAX(wait, 0) / PLN_RATIFY_YEAR;
    room->sorted[n] = (PlnDayNumber)i;
    n += party;
  }
  pln_logs(n, room->exponential, room->exponential);
  pln_logs(n, room->since, room->since); /* of 0 -inf, and its power 0 */
  return n;
}

/* Who joins it, each from when it is a party, with the hazards of signatories begun anew.  Times
 * are of years to the power of the shape: so they need no power of their own. */
static void draw_protocol(const PlnRatifyJob *job, PlnRatifyRoom *room, PlnRatifyCounts *counts,
                          PlnDraw *stream, const PlnJoinPace *pace, PlnDayNumber force,
                          PlnDayNumber conference) {
  const PlnVote *ballot = room->ballot[PLN_RATIFY_TIED];
  double shape = pace->shape[PLN_JOIN_SIGNATORY], slow = job->ratify->options.reluctance;
  double rate = pln_exp(-pace->log_rate[PLN_JOIN_SIGNATORY]), with = rate / pace->together;
  const double slower[2][2] = {{rate, with}, {rate / slow, with / slow}};
  double years = (job->last - conference) / PLN_RATIFY_YEAR;
  double limit = years > 0 ? pln_exp(shape * pln_log(years)) : 0;
  guint n = protocol_risks(job, room, stream, conference), bound = 0;
  for (guint j = 0; j < n; j++)
    room->since[j] *= shape;
  pln_exps(n, room->since, room->since);
  for (guint j = 0; j < n; j++) {
    guint i = (guint)room->sorted[j];
    double time = room->since[j] -
                  room->exponential[j] * slower[ballot[i] == PLN_VOTE_N][job->together[i]];
    room->time[bound] = time;
    room->sorted[bound] = (PlnDayNumber)i;
    bound += time < limit;
  }
  PlnDayNumber day = PLN_RATIFY_NEVER;
  if (bound >= job->protocol) {
    double last = nth_time(room->time, bound, job->protocol, limit, room->since);
    day = conference + (PlnDayNumber)(pln_exp(pln_log(last) / shape) * PLN_RATIFY_YEAR) + 1;
    day = MAX(day + (PlnDayNumber)job->protocol_days, force);
  }
  if (day > job->last) { /* what is not in force binds nobody */
    counts->bound_many[0]++;
    return;
  }
  counts->day[PLN_RATIFY_PROTOCOL][day - job->known]++;
  counts->bound_many[bound]++;
  for (guint j = 0; j < bound; j++)
    counts->bound[room->sorted[j]]++;
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
  draw_support(job, room, &stream, ties > 1);
  for (guint t = ties; t-- > 0;) {
    c = vote(job, room, t, by);
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
  if (adopted[PLN_RATIFY_TIED]) { /* no day that is known already has brought one */
    draw_protocol(job, room, counts, &stream, pace, force, MAX(conference, job->known));
    return;
  }
  counts->past_blocks += adopts(job, c.parties, c.past_noes, &other, &unused);
  counts->against_blocks += adopts(job, c.parties, c.against_noes, &other, &unused);
}
