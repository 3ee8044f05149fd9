/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The readers of single tables, shared by the shipped world and by scenarios.
 *  Each adds what it reads to @world and its faults to @faults. */
#pragma once
#include "plenary/scenario.h"
#include "plenary/table.h"

/** Keeps the cell's text in @world. */
const char *pln_cell_keep(const PlnTable *table, guint row, guint column, PlnWorld *world);

/** The status of a row: @otherwise where the cell is empty. */
PlnStatus pln_cell_status(const PlnTable *table, guint row, guint column, PlnStatus otherwise,
                          PlnFaults *faults);

/** A ballot's letter: PLN_VOTE_UNKNOWN for an empty cell or a fault. */
PlnVote pln_cell_vote(const PlnTable *table, guint row, guint column, PlnFaults *faults);

/** The code of a state of @world, or NULL and a fault with a near miss, also where the
 *  cell holds a state's name. */
const PlnState *pln_cell_state(const PlnTable *table, guint row, guint column,
                               const PlnWorld *world, PlnFaults *faults);

/** A fault "unknown WHAT "text"; expected …; did you mean …?" over the names of
 *  @nouns, structs that begin with their name. */
void pln_cell_unknown(const PlnTable *table, guint row, guint column, const char *what,
                      const char *expected, const GPtrArray *nouns, PlnFaults *faults);

extern const PlnColumn pln_members_columns[], pln_own_members_columns[], pln_blocs_columns[],
    pln_rules_columns[], pln_bodies_columns[], pln_treaties_columns[], pln_roll_calls_columns[],
    pln_roll_call_list_columns[], pln_scenario_columns[], pln_proposals_columns[],
    pln_votes_columns[], pln_statements_columns[], pln_claims_columns[];

void pln_members_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults);

/** @codes: (out): const char *, the roster that the scenario names */
void pln_own_members_read(const PlnTable *table, PlnWorld *world, GPtrArray *codes,
                          PlnFaults *faults);

void pln_blocs_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults);
void pln_rules_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults);
void pln_bodies_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults);
void pln_treaties_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults);
void pln_roll_call_list_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults);
void pln_roll_calls_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults);

/** scenario.csv: title, day, body … of @scenario. */
void pln_scenario_keys_read(const PlnTable *table, PlnScenario *scenario, PlnFaults *faults);

/** proposals.csv, sorted into the order in which they are put. */
void pln_proposals_read(const PlnTable *table, PlnScenario *scenario, PlnFaults *faults);

/** votes.csv; @proposals is where disagreements with the totals are shown.
 *  @table: (nullable): where there is none */
void pln_votes_read(const PlnTable *table, const PlnTable *proposals, PlnScenario *scenario,
                    PlnFaults *faults);

void pln_statements_read(const PlnTable *table, PlnScenario *scenario, PlnFaults *faults);
void pln_claims_read(const PlnTable *table, PlnScenario *scenario, PlnFaults *faults);
