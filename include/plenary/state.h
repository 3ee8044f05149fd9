/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A state: a member of the United Nations, an observer, or a delegation that a
 *  scenario made up.  Strings are owned by the world that the state was added to. */
#pragma once
#include <glib.h>

#include "plenary/day.h"
#include "plenary/status.h"

typedef enum {
  PLN_STATE_MEMBER,
  PLN_STATE_OBSERVER,     /* an observer State: votes where it is a party */
  PLN_STATE_ORGANIZATION, /* a regional organization: adds no vote of its own */
} PlnStateKind;

/** The words of the tables, in the order of PlnStateKind, NULL-terminated. */
PLN_API extern const char *const pln_state_kinds[];

typedef struct {
  const char *code; /* ISO 3166-1 alpha-3, or a scenario's own */
  const char *name, *group;
  const char *iso2, *m49, *cow; /* "" where there is none */
  PlnStateKind kind;
  int column, row; /* on the world tile grid, or -1 */
  PlnDay from, to; /* membership */
  guint32 weight;  /* of a second count, 0 = none given */
  PlnStatus status;
  const char *source;
} PlnState;
