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
  pln_join_times(pace, &job->seats, room->factor, NULL, job->from, room->exponential, room->time);
  for (guint i = 0; i < job->n; i++) {
    double years = room->time[i] < LATEST ? room->time[i] : LATEST;
    PlnDayNumber day = job->ratify->opened + (PlnDayNumber)(years * PLN_RATIFY_YEAR) + 1;
    day = day > job->known ? day : job->known + 1;
    day = day <= job->last ? day : PLN_RATIFY_NEVER;
    room->day[i] = job->fixed[i] == PLN_RATIFY_FREE ? day : job->fixed[i];
  }
}

/* ---- Counting ---- */

static void add_crowd(PlnRatifyCrowd *crowd, const guint many[PLN_PARTY_KINDS], guint against) {
  guint parties = 0;
  for (guint g = 0; g < PLN_PARTY_KINDS; g++)
    parties += many[g];
  crowd->draws++;
  crowd->parties += parties;
  crowd->square += parties * parties;
  for (guint g = 0; g < PLN_PARTY_KINDS; g++) {
    crowd->kind[g] += many[g];
    crowd->third[g] += 3 * many[g] > parties;
  }
  crowd->against_third += 3 * against > parties;
}

/* Those whose own force has come by @day. */
static void count_crowd(const PlnRatifyJob *job, const PlnRatifyRoom *room, PlnDayNumber day,
                        PlnRatifyCrowd *crowd, guint32 *each) {
  guint many[PLN_PARTY_KINDS] = {0}, against = 0;
  PlnDayNumber by = day - (PlnDayNumber)job->days_party;
  for (guint i = 0; i < job->n; i++) {
    gboolean in = room->day[i] <= by;
    many[job->kind[i]] += in;
    against += in && job->against[i];
    each[i] += in;
  }
  add_crowd(crowd, many, against);
}

static void count_years(const PlnRatifyJob *job, const PlnRatifyRoom *room,
                        PlnRatifyCounts *counts) {
  guint many[PLN_RATIFY_YEARS + 1][PLN_PARTY_KINDS + 1] = {{0}}, years = job->years + 1;
  for (guint i = 0; i < job->n; i++) {
    if (room->day[i] == PLN_RATIFY_NEVER)
      continue;
    guint after = room->day[i] > job->known ? (guint)(room->day[i] - job->known) : 0;
    guint y = job->year_of[after];
    counts->year[i * years + y]++;
    counts->month[i * job->months + (after >> 5)]++;
    many[y][job->kind[i]]++;
    many[y][PLN_PARTY_KINDS] += job->against[i];
  }
  for (guint y = 0; y < years; y++) {
    for (guint g = 0; y > 0 && g <= PLN_PARTY_KINDS; g++)
      many[y][g] += many[y - 1][g];
    add_crowd(&counts->at_year[y], many[y], many[y][PLN_PARTY_KINDS]);
    guint parties = many[y][PLN_PARTY_PAST] + many[y][PLN_PARTY_AGAINST] + many[y][PLN_PARTY_OTHER];
    counts->fan[y * (job->n + 1) + parties]++;
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
  return comes;
}

void pln_ratify_draw(const PlnRatifyJob *job, PlnRatifyRoom *room, PlnRatifyCounts *counts,
                     guint32 k) {
  const PlnRatify *r = job->ratify;
  PlnJoinPace pace;
  draw_days(job, room, k, &pace);
  count_years(job, room, counts);
  guint joined = 0;
  for (guint i = 0; i < job->n; i++) {
    room->sorted[joined] = room->day[i];
    joined += room->day[i] != PLN_RATIFY_NEVER;
  }
  PlnDayNumber last_needed = pln_ratify_nth(room->sorted, joined, r->threshold);
  gboolean later = r->parties > r->threshold && joined > r->threshold; /* among those left over */
  PlnDayNumber enough =
      later ? pln_ratify_nth(room->sorted + r->threshold, joined - r->threshold,
                             r->parties - r->threshold)
            : pln_ratify_nth(room->sorted, joined, r->parties);
  PlnDayNumber force = after(last_needed, r->days), conference = after(enough, job->days_party);
  conference = MAX(conference, force);
  add_event(job, counts, PLN_RATIFY_LAST_NEEDED, last_needed);
  if (add_event(job, counts, PLN_RATIFY_IN_FORCE, force))
    count_crowd(job, room, force, &counts->force, counts->in_force);
  if (!add_event(job, counts, PLN_RATIFY_CONFERENCE, conference))
    return;
  count_crowd(job, room, conference, &counts->conference, counts->at_conference);
  if (job->forecast)
    pln_ratify_conference(job, room, counts, k, &pace, force, conference);
}
