/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the tables to what a draw needs: terms, fits, seats, what is fixed. */
#include <math.h>
#include <string.h>

#include "plenary/error.h"
#include "plenary/ratify_part.h"

/* ---- Terms ---- */

static void rest_on(PlnRatify *r, PlnStatus status) {
  r->weakest = MAX(r->weakest, status);
}

static const PlnTreatyTerm *term(PlnRatify *r, const char *treaty, const char *key) {
  const PlnTreatyTerm *found = pln_world_term(r->scenario->world, treaty, key);
  if (!found)
    return NULL;
  g_array_append_val(r->terms, found);
  rest_on(r, found->status);
  return found;
}

/* What was asked for, else the term's number, else @otherwise. */
static guint number(PlnRatify *r, guint asked, const char *key, guint otherwise) {
  if (asked > 0) {
    rest_on(r, PLN_STATUS_ASSUMED);
    return asked;
  }
  const PlnTreatyTerm *found = term(r, r->options.treaty, key);
  return found && found->number >= 0 ? (guint)found->number : otherwise;
}

static gboolean read_terms(PlnRatifyJob *job, GError **error) {
  PlnRatify *r = job->ratify;
  const PlnRatifyOptions *o = &r->options;
  term(r, o->treaty, "opened");
  term(r, o->treaty, "known_to");
  r->threshold = number(r, o->threshold, "instruments", 0);
  r->days = number(r, 0, "days", 0);
  job->days_party = number(r, 0, "days_party", 0);
  r->parties = number(r, o->parties, "parties_protocol", 0);
  if (r->threshold == 0 || r->parties == 0) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
                "the tables do not tell how many instruments bring the treaty %s into force, and "
                "how many parties allow a protocol; expected the terms instruments and "
                "parties_protocol in treaty_terms.csv, or --threshold and --parties",
                o->treaty);
    return FALSE;
  }
  job->protocol = number(r, o->protocol, "protocol_instruments", r->threshold);
  job->protocol_days = number(r, 0, "protocol_days", r->days);
  r->options.protocol = job->protocol;
  r->protocol_days = job->protocol_days;
  r->days_party = job->days_party;
  return TRUE;
}

/* ---- Fits ---- */

/* What is fitted is how much faster those against what began this treaty joined the past one, its
 * rival; that those for it join this one so is assumed.  Known from the vote's day on. */
static void fit_support(PlnRatify *r, PlnRatifyHistory *past, const PlnRollCall *began) {
  PlnDayNumber voted = began ? pln_day_number(began->day) : -1;
  if (r->options.no_support)
    return;
  pln_ratify_history_support(past, began, -1);
  if (voted >= 0 && voted < past->until)
    pln_join_support(&r->fit, past->history, past->n, pln_ratify_years(past, voted), past->years);
}

static gboolean fit(PlnRatify *r, GError **error) {
  const PlnWorld *world = r->scenario->world;
  const PlnRatifyOptions *o = &r->options;
  g_autoptr(PlnRatifyHistory) past = pln_ratify_history_new(world, o->past, -1, error);
  if (!past)
    return FALSE;
  if (!pln_join_fit(past->history, past->n, past->years, &r->fit)) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
                "of the treaty %s nobody's instrument is in the tables; expected dates to fit on, "
                "in treaties.csv",
                o->past);
    return FALSE;
  }
  for (guint i = 0; i < past->n; i++)
    if (past->act[i])
      rest_on(r, past->act[i]->status);
  if (o->began && *o->began)
    fit_support(r, past, pln_world_roll_call(world, o->began));
  if (o->fast && *o->fast) {
    pln_ratify_fast(world, o->fast, G_MAXINT32, &r->fit, r->milestones);
    for (guint k = 0; k < 3; k++)
      term(r, o->fast, ((const char *const[]){"opened", "signatories", "states"})[k]);
  }
  for (guint k = 0; k < r->milestones->len; k++)
    rest_on(r, ((const PlnTreatyMilestone *)r->milestones->pdata[k])->status);
  return TRUE;
}

/* The quantiles of u. */
static void read_lean(PlnRatifyJob *job, const PlnRatifyHistory *h) {
  PlnRatify *r = job->ratify;
  pln_join_lean(&r->fit, h->history, h->n, h->years, job->lean);
  for (guint q = 0; q < PLN_RATIFY_QUANTILES; q++) {
    guint k = 0;
    while (k + 1 < PLN_JOIN_PACES && job->lean[k] < pln_ratify_levels[q])
      k++;
    r->pace[q] = k / (PLN_JOIN_PACES - 1.0);
  }
}

/* ---- Seats ---- */

static PlnPartyKind kind_of(const PlnRatifyState *s, PlnDayNumber known) {
  PlnDayNumber past = s->past ? pln_day_number(s->past->consent) : -1;
  if (past >= 0 && past <= known)
    return PLN_PARTY_PAST;
  return s->began == PLN_VOTE_N ? PLN_PARTY_AGAINST : PLN_PARTY_OTHER;
}

static const PlnTreatyAct *act_of(GPtrArray *acts, const char *code) {
  for (guint k = 0; k < acts->len; k++)
    if (strcmp(((const PlnTreatyAct *)acts->pdata[k])->state, code) == 0)
      return acts->pdata[k];
  return NULL;
}

static void fill_seat(PlnRatifyJob *job, const PlnRatifyHistory *h, guint i) {
  PlnRatify *r = job->ratify;
  PlnRatifyState *s = &r->state[i];
  const PlnJoinState *own = &h->history[i];
  s->kind = kind_of(s, job->known);
  s->join_class = own->signed_at <= h->years ? PLN_JOIN_SIGNATORY : PLN_JOIN_OTHER;
  s->support = own->support;
  s->in_union = own->together_from <= h->years && !(own->together_to <= h->years);
  s->by = g_new0(double, job->years + 1);
  r->signatories += s->join_class == PLN_JOIN_SIGNATORY;
  r->deposits += own->joined_at <= h->years;
  job->join_class[i] = (guint8)s->join_class;
  job->together[i] = s->in_union;
  job->kind[i] = (guint8)s->kind;
  job->against[i] = s->began == PLN_VOTE_N;
  job->packed[i] = 1 | (guint64)(s->kind == PLN_PARTY_PAST) << 16 |
                   (guint64)(s->kind == PLN_PARTY_AGAINST) << 32 | (guint64)job->against[i] << 48;
  job->support[i] = s->support;
  job->said[i] = PLN_VOTE_UNKNOWN;
  job->fixed[i] = own->joined_at <= h->years ? pln_day_number(s->act->consent) : PLN_RATIFY_FREE;
  if (s->act)
    rest_on(r, s->act->status);
}

static void fill_seats(PlnRatifyJob *job, PlnRatifyHistory *h) {
  PlnRatify *r = job->ratify;
  const PlnWorld *world = r->scenario->world;
  const PlnRollCall *began =
      r->options.began && *r->options.began ? pln_world_roll_call(world, r->options.began) : NULL;
  g_autoptr(GPtrArray) past = pln_world_acts(world, r->options.past);
  guint n = r->n = job->n = h->n;
  pln_ratify_history_support(h, began, 1);
  r->state = g_new0(PlnRatifyState, n + 1);
  job->join_class = g_new0(guint8, n + 1);
  job->together = g_new0(guint8, n + 1);
  job->kind = g_new0(guint8, n + 1);
  job->against = g_new0(guint8, n + 1);
  job->packed = g_new0(guint64, n + 1);
  job->said = g_new0(PlnVote, n + 1);
  job->support = g_new0(double, n + 1);
  job->fixed = g_new0(PlnDayNumber, n + 1);
  for (guint i = 0; i < n; i++) {
    PlnRatifyState *s = &r->state[i];
    s->state = h->state[i];
    s->act = h->act[i];
    s->past = act_of(past, s->state->code);
    s->began = began ? pln_roll_call_vote(began, s->state->code) : PLN_VOTE_UNKNOWN;
    fill_seat(job, h, i);
  }
  job->seats = (PlnJoinSeats){n, job->join_class, job->together, job->support};
}

static void apply_edits(PlnRatifyJob *job, const PlnRatifyHistory *h) {
  PlnRatify *r = job->ratify;
  const GArray *edits = r->options.edits;
  for (guint k = 0; edits && k < edits->len; k++) {
    const PlnRatifyEdit *edit = &g_array_index(edits, PlnRatifyEdit, k);
    rest_on(r, PLN_STATUS_ASSUMED);
    for (guint j = 0; j < edit->seats->len; j++) {
      guint i = g_array_index(edit->seats, guint, j);
      if (i >= job->n)
        continue;
      gboolean deposited = h->history[i].joined_at <= h->years;
      if (edit->kind == PLN_RATIFY_SET_VOTE) {
        job->said[i] = edit->vote;
        continue;
      }
      if (deposited) /* a fact: of ALL or a bloc the others alone are set */
        continue;
      r->state[i].edit = edit;
      job->fixed[i] = edit->kind == PLN_RATIFY_SET_NEVER || edit->day > job->last ? PLN_RATIFY_NEVER
                                                                                  : edit->day;
    }
  }
}

/* ---- The calendar ---- */

static void fill_calendar(PlnRatifyJob *job) {
  PlnRatify *r = job->ratify;
  GDate date;
  r->options.years = CLAMP(r->options.years, 1, PLN_RATIFY_YEARS);
  job->years = r->options.years;
  r->first_year = pln_day_of_number(job->known) / 10000;
  job->last = pln_day_number((r->first_year + job->years) * 10000 + 1231);
  job->span = (guint)(job->last - job->known) + 1;
  job->months = 12 * (job->years + 1);
  job->month_of = g_new0(guint16, job->span + 1);
  job->month_end = g_new0(PlnDayNumber, job->months);
  for (guint m = 0; m < job->months; m++)
    job->month_end[m] = pln_day_number((r->first_year + m / 12) * 10000 + (m % 12 + 1) * 100);
  g_date_clear(&date, 1);
  g_date_set_julian(&date, (guint32)job->known);
  for (guint k = 0; k < job->span; k++) {
    job->month_of[k] = (guint16)(12 * (g_date_get_year(&date) - r->first_year) +
                                 g_date_get_month(&date) - 1);
    g_date_add_days(&date, 1);
  }
}

gboolean pln_ratify_job_fill(PlnRatifyJob *job, GError **error) {
  PlnRatify *r = job->ratify;
  const PlnWorld *world = r->scenario->world;
  if (!read_terms(job, error) || !fit(r, error))
    return FALSE;
  g_autoptr(PlnRatifyHistory) h = pln_ratify_history_new(world, r->options.treaty, -1, error);
  if (!h)
    return FALSE;
  r->opened = h->opened;
  r->known = job->known = h->until;
  job->from = h->years;
  fill_calendar(job);
  fill_seats(job, h);
  read_lean(job, h);
  apply_edits(job, h);
  g_ptr_array_unref(r->reservations);
  r->reservations = pln_world_reservations(world, r->options.treaty);
  return pln_ratify_vote_fill(job, error);
}
