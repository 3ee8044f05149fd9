/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Delegations while they are made: seats that edits take apart, put together and change.
 *  For sim/study/delegation*.c alone.  Checked by tests/unit/test_delegation.c. */
#pragma once
#include "plenary/delegation.h"

typedef struct {
  double position, sd;              /* NAN: takes no part; 0: none */
  double salience, salience_sd;     /* 0-1; NAN: needed, and not stated */
  double capability, capability_sd; /* NAN: the same */
  PlnStatus status;
  gboolean left; /* by an edit */
} PlnSeatCell;

/** One at the table. */
typedef struct {
  PlnDelegation *who; /* name, title, state or bloc, members */
  GPtrArray *made_of; /* const PlnBloc *, const PlnState *: by whose rows */
  PlnSeatCell *cell;  /* m */
} PlnSeat;

typedef struct {
  const PlnScenario *scenario;
  PlnActors *actors;
  guint m;
  GPtrArray *seats;          /* PlnSeat *, in order */
  gboolean *salience_stated; /* m */
  gboolean capability_stated;
} PlnSeats;

/** A seat without a part in anything.  Returns: (transfer full) */
PlnSeat *pln_seat_new(const PlnSeats *seats, const char *name, const char *title);
void pln_seat_free(gpointer seat);

/** The place of the seat of that name, or -1. */
int pln_seats_find(const PlnSeats *seats, const char *name);

/** What the rows say of actor @i on @issue, whoever negotiates; without a position where they
 *  state none.  What nobody states is 1. */
PlnSeatCell pln_seats_cell(const PlnSeats *seats, guint i, guint issue);

/** The seat of that name; NULL and PLN_ERROR_USAGE, with a near miss, where there is none. */
PlnSeat *pln_seats_called(const PlnSeats *seats, const char *name, GError **error);

/** Notes that an edit has touched the seat there: it is assumed at the weakest. */
void pln_seat_mark(PlnSeat *seat, guint issue);

/** Does @edit, which is a merger.  Returns: FALSE and PLN_ERROR_USAGE where it cannot be done */
gboolean pln_seats_merge(PlnSeats *seats, const PlnTalksEdit *edit, GError **error);

/** Does @edit, whatever it is.  Returns: FALSE and PLN_ERROR_USAGE where it cannot be done */
gboolean pln_seats_edit(PlnSeats *seats, const PlnTalksEdit *edit, GError **error);
