/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Voting blocs: blocs that are asked to vote as one, and who of a roster votes with which.
 *
 *  Asked for as BLOC, a bloc of the world, or NAME=A,B, a list of states and blocs of which NAME
 *  is no state's and no bloc's.  Blanks around names are nothing.  On a roster a member of several
 *  goes with the smallest, of equal ones with the first asked for.  A bloc of fewer than two there
 *  is *alone*: its member votes by itself anyway, and is taken from no other.
 *
 *  Cost: members of the roster times blocs.
 *  Checked by tests/unit/test_voting_blocs.c; in use by tests/unit/test_powers.c and
 *  test_coalitions.c. */
#pragma once
#include "plenary/roster.h"

/** A bloc as asked for. */
typedef struct {
  char *id;            /* of the bloc, or NAME */
  const char *name;    /* the bloc's, or NAME */
  const PlnBloc *bloc; /* or NULL: a list */
  GPtrArray *codes;    /* char *: of a list, codes of states and ids of blocs; else NULL */
} PlnVotingAsked;

/** Reads @texts (nullable: none).
 *  Returns: (transfer full): PlnVotingAsked *, in their order; NULL and PLN_ERROR_USAGE for what is
 *  no bloc (with a near miss), a state alone, a NAME that is one's already, an empty list, a name
 *  asked for twice */
GPtrArray *pln_voting_blocs_read(const PlnWorld *world, const GPtrArray *texts, GError **error);

/** A bloc on a roster.  Borrows from what was asked, the world and the roster. */
typedef struct {
  const char *id, *name;
  const PlnBloc *bloc; /* or NULL: a list */
  guint8 *in;          /* roster->n: nonzero votes with it */
  guint members;       /* that do */
  gboolean alone;      /* fewer than two */
  GPtrArray *given_up; /* const PlnState *: that go with another asked for */
  GPtrArray *unseated; /* const char *: named in the list, and nobody of it sits there */
} PlnVotingBloc;

/** Who votes with which: @asked as pln_voting_blocs_read() returned it.
 *  Returns: (transfer full): PlnVotingBloc *, each of @asked in its order */
GPtrArray *pln_voting_blocs_seat(const GPtrArray *asked, const PlnWorld *world,
                                 const PlnRoster *roster);

/** Whether nobody of it sits there. */
gboolean pln_voting_bloc_is_absent(const PlnVotingBloc *bloc);
