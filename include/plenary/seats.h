/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Seats: which member a source's code stands for on a day, and who was seated then.
 *
 *  A code is looked for among the seats of the past (data/historical.csv) and the states
 *  of the world.  Days of old roll calls are not exact (until 1996 one large data set has
 *  days from 1 to 7 only), so a code holds for a vote of the whole month in which its seat
 *  began or ended, unless another of its seats holds on the very day.
 *  Cost: a look-up in a hash table.  Checked by tests/unit/test_roll_calls.c. */
#pragma once
#include "plenary/historical.h"

typedef struct PlnSeats PlnSeats;

/** What the codes of a source are. */
typedef enum {
  PLN_CODES_OWN,    /* its own: every code is a voter, seated always */
  PLN_CODES_ISO3,
  PLN_CODES_EITHER, /* ISO alpha-2 or alpha-3, by their length */
  PLN_CODES_COW,    /* Correlates of War numbers */
} PlnCodes;

/** The days that a roll call may have been on.  @exact: one day is stated; none at all
 *  where @first is PLN_DAY_NONE. */
typedef struct {
  PlnDay first, last;
  gboolean exact;
} PlnWhen;

/** One seat that a code stands for. */
typedef struct {
  const char *voter, *name, *group;
  PlnDay from, to;    /* PLN_DAY_NONE: open */
  const PlnPast *by;  /* the row of the table that says so, or NULL: a state by its code */
} PlnSeat;

/** Borrows both. */
PlnSeats *pln_seats_new(const PlnWorld *world, const PlnHistorical *historical);
void pln_seats_free(PlnSeats *seats);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnSeats, pln_seats_free)

/** Appends to @out what @code may stand for, the state of that very code first.
 *  Returns: FALSE where it is no code of this kind.  TRUE with none: never a member. */
gboolean pln_seats_of(const PlnSeats *seats, PlnCodes codes, const char *code, GArray *out);

/** The seat of @seat (PlnSeat, @n of them) that holds @when, or -1. */
int pln_seats_pick(const PlnSeats *seats, const PlnSeat *seat, guint n, const PlnWhen *when);

/** Whether @seat was held for all of @when, surely. */
gboolean pln_seats_sat(const PlnSeats *seats, const PlnSeat *seat, const PlnWhen *when);

/** All codes of the kind, then names: for near misses.
 *  Returns: (transfer container): NULL-terminated */
const char **pln_seats_codes(const PlnSeats *seats, PlnCodes codes);

/** Regular session @session of the Assembly: from September of 1945 + @session until the
 *  next September; the first from January 1946. */
PlnWhen pln_seats_session(int session);

/** The regular session that @day lies in, or -1 where it does not say. */
int pln_seats_session_on(PlnDay day);
