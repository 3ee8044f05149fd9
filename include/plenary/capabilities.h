/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Capabilities: what actors can bring to bear, by day, from a table of facts.
 *
 *  data/capabilities.csv holds the tables `votes` (of the Council, by treaty) and `population`; a
 *  file of one's own has the same columns: table (may be absent in a file of one table), actor,
 *  from, to, procedure (empty: any), capability, status, source, note.  A row holds from `from` to
 *  `to`, both included; before an actor's first row its first holds, after its last its last:
 *  states that were still to join sat at the table as candidates.  Only ratios within one day
 *  matter, so tables have any unit.
 *  Checked by tests/unit/test_dossiers.c. */
#pragma once
#include "plenary/day.h"
#include "plenary/fault.h"
#include "plenary/input.h"
#include "plenary/status.h"

typedef struct {
  const char *actor;     /* as the dossiers' columns have it, small: "de" */
  const char *procedure; /* holds under this one alone: "CNS"; "": under any */
  PlnDay from, to;       /* both included; PLN_DAY_NONE, PLN_DAY_UNKNOWN: open */
  double capability;     /* 0 or more */
  PlnStatus status;
} PlnCapability;

typedef struct {
  char *name;   /* "votes"; the file's where the table has none */
  GArray *rows; /* PlnCapability, in the order of the file */
  PlnStatus weakest;
  GStringChunk *text; /* owns the strings */
} PlnCapabilities;

/** The table @name of data/capabilities.csv.  @inputs: the file is added
 *  Returns: (transfer full): NULL where a fault was added, also where there is none of that name */
PLN_API PlnCapabilities *pln_capabilities_shipped(const char *name, GArray *inputs,
                                                  PlnFaults *faults);

/** The one table of the file @path. */
PLN_API PlnCapabilities *pln_capabilities_load(const char *path, GArray *inputs, PlnFaults *faults);

/** @table: (nullable): of several the one to read; NULL: the file's only one */
PLN_API PlnCapabilities *pln_capabilities_parse(const char *name, GBytes *bytes, const char *table,
                                                PlnFaults *faults);
PLN_API void pln_capabilities_free(PlnCapabilities *capabilities);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnCapabilities, pln_capabilities_free)

/** The actors that have a row, of many the first, for a fault: "com, de, france".
 *  Returns: (transfer full) */
char *pln_capabilities_actors(const PlnCapabilities *capabilities);

/** What @actor could bring to bear on @day under @procedure: a row of that procedure goes before
 *  one of any, then a row that holds on the day before the nearest in time, by days; of two as near
 *  the first.  NAN where it has none, or where the day is not known and its rows differ. */
PLN_API double pln_capabilities_at(const PlnCapabilities *capabilities, const char *actor,
                                   const char *procedure, PlnDay day);
