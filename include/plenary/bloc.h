/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A bloc: states, or blocs of states, that belong together from day to day.
 *  Owned by the world that it was added to. */
#pragma once
#include <glib.h>

#include "plenary/day.h"
#include "plenary/status.h"

typedef struct {
  const char *member; /* a state's code or another bloc's id */
  PlnDay from, to;    /* both days included */
  PlnStatus status;
} PlnMembership;

typedef struct {
  const char *id, *name;
  const char *kind;      /* regional-group, organization, coalition, fixed-list */
  const char *made_from; /* the roll call that the bloc was drawn from, or "" */
  GArray *members;       /* PlnMembership, in the order of the table */
} PlnBloc;
