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
  GPtrArray *blocs;   /* const PlnBloc *: of these, one but for a merger */
  GPtrArray *states;  /* const PlnState *: and of these; they sit there themselves */
  guint place;        /* among the seats, as pln_seats_number left it */
  PlnSeatCell *cell;  /* m */
} PlnSeat;

typedef struct {
  const PlnScenario *scenario;
  PlnActors *actors;
  guint m;
  GPtrArray *seats;          /* PlnSeat *, in order */
  gboolean *salience_stated; /* m: in the rows */
  gboolean capability_stated;
  GHashTable *sat;   /* const PlnState *, const PlnBloc * -> its PlnSeat: of pln_seats_number */
  GHashTable *blocs; /* const PlnState * -> GPtrArray of const PlnBloc *, in order */
  GHashTable *split; /* const PlnState * -> GPtrArray of const PlnBloc *: from which it was */
} PlnSeats;

/** A seat without a part in anything.  Returns: (transfer full) */
PlnSeat *pln_seat_new(const PlnSeats *seats, const char *name, const char *title);
void pln_seat_free(gpointer seat);

/** The place of the seat of that name, or -1. */
int pln_seats_find(const PlnSeats *seats, const char *name);

/* ---- Who speaks: delegation_speak.c ---- */

/** Notes who sits where: to be done again whenever seats have come or gone. */
void pln_seats_number(PlnSeats *seats);

/** Who speaks for @state on @issue now: its own seat, a bloc's, or NULL: nobody, or it has left. */
PlnSeat *pln_seats_speaker(PlnSeats *seats, const PlnState *state, guint issue);

/** From now on @bloc does not speak for @state. */
void pln_seats_part(PlnSeats *seats, const PlnState *state, const PlnBloc *bloc);

/** Numbers the seats, and fills the members of each from who speaks now. */
void pln_seats_find_members(PlnSeats *seats);

/** As PlnDelegations.speakers; the seats are numbered.  Returns: (transfer full) */
GHashTable *pln_seats_speakers(PlnSeats *seats);

/* ---- Seats ---- */

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
