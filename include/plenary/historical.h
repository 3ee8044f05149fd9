/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Seats of the past: states that were members and are no more, earlier names and codes
 *  of states that still are, and times in which a state was not seated.
 *
 *  Old roll calls name states that a list of today's members does not know, and some data
 *  sets put the votes of one state under the code of another.  What stands for what is
 *  said by an explicit table, data/historical.csv, and by nothing else: no code is ever
 *  taken for a state because it looks like one.  Immutable once read.
 *  Source and columns: data/README.md.  Checked by tests/unit/test_roll_calls.c. */
#pragma once
#include "plenary/fault.h"
#include "plenary/world.h"

typedef enum {
  PLN_PAST_FORMER,    /* a voter of its own */
  PLN_PAST_CONTINUED, /* its votes are those of the state that continued it */
  PLN_PAST_GAP,       /* a state of the world, not seated in that time */
  PLN_PAST_NEVER,     /* known to sources, never a member */
} PlnPastKind;

typedef struct {
  const char *code, *name;
  PlnPastKind kind;
  const char *iso2, *iso3, *cow; /* as sources code it; "" where they do not */
  PlnDay from, to;               /* of the seat, both included; PLN_DAY_NONE: open */
  const char *continued_by;      /* "" where nobody did */
  const char *also_coded_as;     /* codes of the world's states that sources put its votes
                                    under, with blanks between them */
} PlnPast;

typedef struct {
  GArray *past;       /* PlnPast, in the order of the table */
  GStringChunk *text; /* owns the strings */
  char *name, *sha256; /* "data/historical.csv" and what was read */
} PlnHistorical;

/** Reads the table from @bytes of @file; its states must be those of @world.
 *  Returns: (transfer full): NULL where there is a fault */
PlnHistorical *pln_historical_read(const char *file, GBytes *bytes, const PlnWorld *world,
                                   PlnFaults *faults);

/** The shipped table, from the folder of the shipped tables.
 *  Returns: (transfer full): NULL where there is a fault */
PlnHistorical *pln_historical_load(const PlnWorld *world, PlnFaults *faults);

void pln_historical_free(PlnHistorical *historical);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnHistorical, pln_historical_free)

static inline const PlnPast *pln_historical_past(const PlnHistorical *historical, guint i) {
  return &g_array_index(historical->past, PlnPast, i);
}
