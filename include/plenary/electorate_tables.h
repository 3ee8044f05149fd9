/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The tables of an electorate but for its keys: numbers by state, dimension and group.
 *  Shared by sim/load/electorate.c and sim/load/electorate_tables.c. */
#pragma once
#include "plenary/electorate.h"
#include "plenary/table.h"
#include "plenary/world.h"

/** The most dimensions: 64, where a table has room for seven columns and two for each. */
enum { PLN_ELECTORATE_DIMENSIONS = MIN(64, (PLN_TABLE_COLUMNS - 7) / 2) };

/** What a number may be, both ends included. */
typedef struct {
  double least, most;
  const char *words; /* "from 0 to 1" */
} PlnRange;

/** From -1e9 to 1e9, from 0 to 1e9, from 0 to 1. */
extern const PlnRange pln_range_any, pln_range_size, pln_range_share;

/** The cell's number, or 0 and a fault that calls it @name where it is none of @range.
 *  Decimals as every program writes them: a dot in any locale, no hexadecimals. */
double pln_electorate_number(const PlnTable *table, guint row, guint column, const char *name,
                             const PlnRange *range, PlnFaults *faults);

/** The columns of a table: some, then those that the dimensions number.  The table that is
 *  read under them borrows them. */
typedef struct {
  PlnColumn column[PLN_TABLE_COLUMNS + 1];
  char name[2 * PLN_ELECTORATE_DIMENSIONS][8];
  guint n, n_names;
} PlnElectorateColumns;

/** For @d dimensions, into an empty @columns. */
void pln_electorate_state_columns(PlnElectorateColumns *columns, guint d);
void pln_electorate_dimension_columns(PlnElectorateColumns *columns, guint d);
extern const PlnColumn pln_electorate_group_columns[];

/** Each fills @electorate, made for as many rows, from its table.
 *  @groups: name -> place + 1, filled by the first for the second
 *  @world: (nullable) */
void pln_electorate_groups_read(const PlnTable *table, PlnElectorate *electorate,
                                GHashTable *groups, PlnFaults *faults);
void pln_electorate_states_read(const PlnTable *table, const PlnWorld *world, GHashTable *groups,
                                PlnElectorate *electorate, PlnFaults *faults);
void pln_electorate_dimensions_read(const PlnTable *table, PlnElectorate *electorate,
                                    PlnFaults *faults);
