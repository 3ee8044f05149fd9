/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/seats.h"

#include <string.h>

struct PlnSeats {
  const PlnWorld *world;
  const PlnHistorical *historical;
  GPtrArray *states;
  GHashTable *by_iso2, *by_cow; /* -> const PlnState * */
};

/* Correlates of War numbers come with and without leading noughts. */
static const char *plain(const char *number) {
  while (*number == '0' && number[1])
    number++;
  return number;
}

PlnSeats *pln_seats_new(const PlnWorld *world, const PlnHistorical *historical) {
  PlnSeats *s = g_new0(PlnSeats, 1);
  s->world = world;
  s->historical = historical;
  s->states = pln_world_states(world);
  s->by_iso2 = g_hash_table_new(g_str_hash, g_str_equal);
  s->by_cow = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < s->states->len; i++) {
    const PlnState *state = s->states->pdata[i];
    if (*state->iso2)
      g_hash_table_insert(s->by_iso2, (gpointer)state->iso2, (gpointer)state);
    if (*state->cow)
      g_hash_table_insert(s->by_cow, (gpointer)plain(state->cow), (gpointer)state);
  }
  return s;
}

void pln_seats_free(PlnSeats *seats) {
  if (!seats)
    return;
  g_ptr_array_unref(seats->states);
  g_hash_table_unref(seats->by_iso2);
  g_hash_table_unref(seats->by_cow);
  g_free(seats);
}

static const PlnState *state_of(const PlnSeats *s, PlnCodes codes, const char *code) {
  if (codes == PLN_CODES_COW)
    return g_hash_table_lookup(s->by_cow, plain(code));
  if (codes == PLN_CODES_EITHER && strlen(code) == 2)
    return g_hash_table_lookup(s->by_iso2, code);
  return pln_world_state(s->world, code);
}

static gboolean coded(const PlnPast *past, PlnCodes codes, const char *code) {
  if (past->kind == PLN_PAST_GAP)
    return FALSE;
  if (codes == PLN_CODES_COW)
    return *past->cow && strcmp(past->cow, plain(code)) == 0;
  if (codes == PLN_CODES_EITHER && strlen(code) == 2)
    return strcmp(past->iso2, code) == 0;
  return strcmp(past->iso3, code) == 0 || strcmp(past->code, code) == 0;
}

static gboolean is_among(const char *codes, const char *code) {
  g_auto(GStrv) each = g_strsplit(codes, " ", -1);
  return g_strv_contains((const char *const *)each, code);
}

static PlnSeat seat_of_past(const PlnSeats *s, const PlnPast *past) {
  PlnSeat seat = {past->code, past->name, "", past->from, past->to, past};
  if (past->kind == PLN_PAST_CONTINUED) {
    const PlnState *state = pln_world_state(s->world, past->continued_by);
    seat.voter = state->code;
    seat.name = state->name;
    seat.group = state->group;
    if (seat.from == PLN_DAY_NONE) /* only another name or code of the state */
      seat.from = state->from;
    if (seat.to == PLN_DAY_NONE)
      seat.to = state->to;
  }
  return seat;
}

gboolean pln_seats_of(const PlnSeats *s, PlnCodes codes, const char *code, GArray *out) {
  const PlnState *state = codes == PLN_CODES_OWN ? NULL : state_of(s, codes, code);
  gboolean known = state != NULL;
  if (codes == PLN_CODES_OWN) {
    const PlnState *same = pln_world_state(s->world, code);
    PlnSeat seat = {code, same ? same->name : "", same ? same->group : "", 0, 0, NULL};
    g_array_append_val(out, seat);
    return TRUE;
  }
  if (state) {
    PlnSeat seat = {state->code, state->name, state->group, state->from, state->to, NULL};
    g_array_append_val(out, seat);
  }
  for (guint i = 0; i < s->historical->past->len; i++) {
    const PlnPast *past = pln_historical_past(s->historical, i);
    gboolean its = coded(past, codes, code);
    known |= its;
    if (past->kind == PLN_PAST_NEVER || past->kind == PLN_PAST_GAP ||
        (!its && !(state && *past->also_coded_as && is_among(past->also_coded_as, state->code))))
      continue;
    PlnSeat seat = seat_of_past(s, past);
    g_array_append_val(out, seat);
  }
  return known;
}

/* Whether the state was unseated in @first..@last: @wholly, or at any time. */
static gboolean unseated(const PlnSeats *s, const PlnSeat *seat, PlnDay first, PlnDay last,
                         gboolean wholly) {
  if (seat->by && seat->by->kind == PLN_PAST_FORMER)
    return FALSE;
  for (guint i = 0; i < s->historical->past->len; i++) {
    const PlnPast *past = pln_historical_past(s->historical, i);
    if (past->kind != PLN_PAST_GAP || strcmp(past->code, seat->voter) != 0)
      continue;
    if (wholly ? past->from <= first && last <= past->to : past->from <= last && first <= past->to)
      return TRUE;
  }
  return FALSE;
}

static PlnDay begin(PlnDay from) {
  return from <= PLN_DAY_UNKNOWN ? 0 : pln_day_first(from);
}

static PlnDay end(PlnDay to) {
  return to <= PLN_DAY_UNKNOWN ? G_MAXUINT32 : pln_day_last(to);
}

/* With @loose, the months of @when and of the seat need only touch. */
static gboolean holds(const PlnSeats *s, const PlnSeat *seat, const PlnWhen *when, gboolean loose) {
  PlnDay first = when->first, last = when->last;
  if (loose) {
    first = first / 100 * 100 + 1;
    last = last / 100 * 100 + 31;
  }
  return begin(seat->from) <= last && first <= end(seat->to) &&
         !unseated(s, seat, first, last, TRUE);
}

int pln_seats_pick(const PlnSeats *s, const PlnSeat *seat, guint n, const PlnWhen *when) {
  if (when->first == PLN_DAY_NONE)
    return n > 0 ? 0 : -1;
  for (int loose = !when->exact; loose < 2; loose++)
    for (guint i = 0; i < n; i++)
      if (holds(s, &seat[i], when, loose > 0))
        return (int)i;
  return -1;
}

gboolean pln_seats_sat(const PlnSeats *s, const PlnSeat *seat, const PlnWhen *when) {
  if (when->first == PLN_DAY_NONE || seat->from == PLN_DAY_UNKNOWN)
    return FALSE;
  PlnDay from = seat->from == PLN_DAY_NONE ? 0 : pln_day_last(seat->from);
  PlnDay to = seat->to <= PLN_DAY_UNKNOWN ? G_MAXUINT32 : pln_day_first(seat->to);
  return from <= when->first && when->last <= to &&
         !unseated(s, seat, when->first, when->last, FALSE);
}

const char **pln_seats_codes(const PlnSeats *s, PlnCodes codes) {
  GPtrArray *out = g_ptr_array_new();
  for (guint i = 0; i < s->states->len; i++) {
    const PlnState *state = s->states->pdata[i];
    g_ptr_array_add(out, (gpointer)(codes == PLN_CODES_COW ? plain(state->cow) : state->code));
  }
  for (guint i = 0; i < s->historical->past->len; i++) {
    const PlnPast *past = pln_historical_past(s->historical, i);
    const char *code = codes == PLN_CODES_COW ? past->cow : past->code;
    if (past->kind != PLN_PAST_GAP && *code)
      g_ptr_array_add(out, (gpointer)code);
  }
  g_ptr_array_add(out, NULL);
  return (const char **)g_ptr_array_free(out, FALSE);
}

PlnWhen pln_seats_session(int session) {
  PlnDay year = 1945 + (PlnDay)session;
  if (session < 1 || session > 999)
    return (PlnWhen){PLN_DAY_NONE, PLN_DAY_NONE, FALSE};
  return (PlnWhen){session == 1 ? 19460101 : year * 10000 + 901, (year + 1) * 10000 + 930, FALSE};
}

int pln_seats_session_on(PlnDay day) {
  int year = (int)(day / 10000), month = (int)(day / 100 % 100);
  if (month == 0 || year < 1946)
    return -1;
  int session = month >= 9 ? year - 1945 : year - 1946;
  return MAX(session, 1);
}
