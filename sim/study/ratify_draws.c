/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One draw: when each state joins, and what follows from that. */
#include <math.h>

#include "plenary/normal.h"
#include "plenary/ratify_part.h"

/* Later than any horizon, and still a number of days. */
static const double LATEST = 1000;

/* Every state's days; those that an edit or the record fixes are as fixed.  A state's uniform is
 * the stream's at its place, so that an edit moves nobody else. */
static void draw_days(const PlnRatifyJob *job, PlnRatifyRoom *room, guint32 k, PlnJoinPace *pace) {
  PlnDraw stream = pln_draw_stream(job->ratify->options.seed, PLN_STUDY_RATIFY, k);
  PlnDraw common = stream;
  pln_join_draw(&job->ratify->fit, job->lean, job->from, job->years + 1, &common, pace);
  pln_join_factors(pace, &job->seats, room->factor);
  pln_draw_skip(&stream, PLN_JOIN_NUMBERS);
  pln_draw_uniforms(&stream, job->n, room->uniform);
  pln_logs(job->n, room->uniform, room->exponential);
  for (guint i = 0; i < job->n; i++)
    room->exponential[i] = -room->exponential[i];
  pln_join_times(pace, &job->seats, room->factor, job->from, room->exponential, room->time);
  for (guint i = 0; i < job->n; i++) {
    double years = room->time[i] < LATEST ? room->time[i] : LATEST;
    PlnDayNumber day = job->ratify->opened + (PlnDayNumber)(years * PLN_RATIFY_YEAR) + 1;
    day = day > job->known ? day : job->known + 1;
    day = day <= job->last ? day : PLN_RATIFY_NEVER;
    room->day[i] = job->fixed[i] == PLN_RATIFY_FREE ? day : job->fixed[i];
  }
}

/* ---- Counting ---- */

static void add_crowd(PlnRatifyCrowd *crowd, guint64 packed) {
  guint parties = PLN_RATIFY_COUNT(packed, 0), many[PLN_PARTY_KINDS];
  many[PLN_PARTY_PAST] = PLN_RATIFY_COUNT(packed, 1);
  many[PLN_PARTY_AGAINST] = PLN_RATIFY_COUNT(packed, 2);
  many[PLN_PARTY_OTHER] = parties - many[PLN_PARTY_PAST] - many[PLN_PARTY_AGAINST];
  crowd->draws++;
  crowd->parties += parties;
  crowd->square += parties * parties;
  for (guint g = 0; g < PLN_PARTY_KINDS; g++) {
    crowd->kind[g] += many[g];
    crowd->third[g] += 3 * many[g] > parties;
  }
  crowd->against_third += 3 * PLN_RATIFY_COUNT(packed, 3) > parties;
}

/* Those whose own force has come by @day. */
static void count_crowd(const PlnRatifyJob *job, const PlnRatifyRoom *room, PlnDayNumber day,
                        PlnRatifyCrowd *crowd, guint32 *each) {
  PlnDayNumber by = day - (PlnDayNumber)job->days_party;
  guint64 sum = 0;
  for (guint i = 0; i < job->n; i++) {
    guint in = room->day[i] <= by;
    sum += job->packed[i] & -(guint64)in;
    each[i] += in;
  }
  add_crowd(crowd, sum);
}

/* ---- The Nth instrument ---- */

/* The @k-th day of those in @month; all that is past is in the first of them. */
static PlnDayNumber nth_within(const PlnRatifyJob *job, PlnRatifyRoom *room, guint month, guint k) {
  PlnDayNumber last = job->month_end[month];
  PlnDayNumber first = month > job->month_of[0] ? job->month_end[month - 1] + 1 : G_MININT32;
  guint n = 0;
  for (guint i = 0; i < job->n; i++) {
    room->sorted[n] = room->day[i];
    n += (room->day[i] >= first) & (room->day[i] <= last);
  }
  return pln_ratify_nth(room->sorted, n, k);
}

/* Joinings month by month and what they come to at each year's end; on the way the days of the
 * instruments number @nth[0] and @nth[1]: which month is found in passing. */
static void count_months(const PlnRatifyJob *job, PlnRatifyRoom *room, PlnRatifyCounts *counts,
                         const guint nth[2], PlnDayNumber day[2]) {
  guint64 sum = 0;
  day[0] = day[1] = PLN_RATIFY_NEVER;
  for (guint i = 0; i < job->n; i++) {
    if (room->day[i] == PLN_RATIFY_NEVER)
      continue;
    guint month = job->month_of[room->day[i] > job->known ? room->day[i] - job->known : 0];
    counts->month[(gsize)i * job->months + month]++;
    room->month[month] += job->packed[i];
  }
  for (guint m = 0; m < job->months; m++) {
    guint before = PLN_RATIFY_COUNT(sum, 0), after;
    sum += room->month[m];
    room->month[m] = 0;
    after = PLN_RATIFY_COUNT(sum, 0);
    for (guint e = 0; e < 2 && after > before; e++)
      if (before < nth[e] && nth[e] <= after)
        day[e] = nth_within(job, room, m, nth[e] - before);
    if (m % 12 != 11)
      continue;
    add_crowd(&counts->at_year[m / 12], sum);
    counts->fan[(gsize)(m / 12) * (job->n + 1) + after]++;
  }
}

static PlnDayNumber after(PlnDayNumber day, guint days) {
  return day == PLN_RATIFY_NEVER ? day : day + (PlnDayNumber)days;
}

static gboolean add_event(const PlnRatifyJob *job, PlnRatifyCounts *counts, PlnRatifyEvent event,
                          PlnDayNumber day) {
  gboolean comes = day <= job->last;
  if (comes)
    counts->day[event][MAX(day - job->known, 0)]++;
  if (day <= job->known)
    counts->past[event] = day;
  return comes;
}

void pln_ratify_draw(const PlnRatifyJob *job, PlnRatifyRoom *room, PlnRatifyCounts *counts,
                     guint32 k) {
  const PlnRatify *r = job->ratify;
  const guint nth[] = {r->threshold, r->parties};
  PlnDayNumber needed[2]; /* for force, for a protocol */
  PlnJoinPace pace;
  draw_days(job, room, k, &pace);
  count_months(job, room, counts, nth, needed);
  PlnDayNumber force = after(needed[0], r->days);
  PlnDayNumber conference = MAX(after(needed[1], job->days_party), force);
  add_event(job, counts, PLN_RATIFY_LAST_NEEDED, needed[0]);
  if (add_event(job, counts, PLN_RATIFY_IN_FORCE, force))
    count_crowd(job, room, force, &counts->force, counts->in_force);
  if (!add_event(job, counts, PLN_RATIFY_CONFERENCE, conference))
    return;
  count_crowd(job, room, conference, &counts->conference, counts->at_conference);
  if (job->forecast)
    pln_ratify_conference(job, room, counts, k, &pace, force, conference);
}
