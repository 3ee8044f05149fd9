/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The readers of single tables, shared by the shipped world and by scenarios.
 *  Each adds what it reads to @world and its faults to @faults. */
#pragma once
#include "plenary/folder.h"
#include "plenary/stance.h"
#include "plenary/table.h"

/** A table of data/, its file added to @inputs.  Returns: (transfer full): NULL where it is
 *  not to be had, with a fault */
PlnTable *pln_shipped_read(const PlnFolder *folder, const char *file, const PlnColumn *columns,
                           GArray *inputs, PlnFaults *faults);

/** Keeps the cell's text in @world. */
const char *pln_cell_keep(const PlnTable *table, guint row, guint column, PlnWorld *world);

/** The status of a row: @otherwise where the cell is empty. */
PlnStatus pln_cell_status(const PlnTable *table, guint row, guint column, PlnStatus otherwise,
                          PlnFaults *faults);

/** A ballot's letter: PLN_VOTE_UNKNOWN for an empty cell, "?", or a fault. */
PlnVote pln_cell_vote(const PlnTable *table, guint row, guint column, PlnFaults *faults);

/** Two days, both included, of which the second does not lie before the first. */
void pln_cell_span(const PlnTable *table, guint row, guint from_column, guint to_column,
                   PlnDay *from, PlnDay *to, PlnFaults *faults);

/** Decimals within bounds, and how a fault puts them: "from 0 to 100". */
typedef struct {
  double least, most;
  const char *words;
} PlnBounds;

extern const PlnBounds pln_bounds_percent;

/** Whether @text is a number as every program writes decimals, without hexadecimals, infinity. */
gboolean pln_cell_is_number(const char *text, double *value);

/** "; did you mean 0.5?" of 0,5, and of 30% the number alone; else "".  (transfer full) */
char *pln_cell_number_hint(const char *text);

/** A number with a dot in any locale; @otherwise where the cell is empty, and for a fault,
 *  which calls it @name. */
double pln_cell_number(const PlnTable *table, guint row, guint column, const char *name,
                       const PlnBounds *bounds, double otherwise, PlnFaults *faults);

/** The same, NAN where the cell is empty or "?". */
double pln_cell_stated(const PlnTable *table, guint row, guint column, const char *name,
                       const PlnBounds *bounds, PlnFaults *faults);

/** A number for a fault, with a dot in any locale; "from 4 to 10".  (transfer full) */
char *pln_cell_decimal(double value);
char *pln_cell_range(double least, double most);

/** The code of a state of @world, or NULL and a fault with a near miss, also where the
 *  cell holds a state's name or another code of it. */
const PlnState *pln_cell_state(const PlnTable *table, guint row, guint column,
                               const PlnWorld *world, PlnFaults *faults);

/** All nouns of a kind, structs that begin with their name: pln_world_rules, say. */
typedef GPtrArray *(*PlnNouns)(const PlnWorld *world);

/** A fault "unknown WHAT "text"; expected …; did you mean …?".  Of names equally near those that
 *  the column has elsewhere come first; where WHAT begins with "state" a state's name, and another
 *  code of it, are known too. */
void pln_cell_unknown(const PlnTable *table, guint row, guint column, const char *what,
                      const char *text, const char *expected, PlnNouns nouns,
                      const PlnWorld *world, PlnFaults *faults);
/** The same of @who, who is no state, no bloc and not ALL. */
void pln_cell_nobody(const PlnTable *table, guint row, guint column, const char *who,
                     const PlnWorld *world, PlnFaults *faults);

/** The proposals of a scenario by id, in the order put, for the tables that name them. */
typedef struct PlnPlaces PlnPlaces;
PlnPlaces *pln_places_new(const PlnScenario *scenario);
void pln_places_free(PlnPlaces *places);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnPlaces, pln_places_free)

/** The place of the proposal @id, or -1.  Cost O(1). */
int pln_places_find(const PlnPlaces *places, const char *id);

/** The same for the cell, or for a word @id of it; a fault with a near miss for -1. */
int pln_cell_place(const PlnTable *table, guint row, guint column, const char *id,
                   const PlnPlaces *places, PlnFaults *faults);

/** What is in the blocs that tables name: members with a vote, and votes that they are drawn from.
 *  A group read off the votes foretells them only too well. */
typedef struct PlnWithin PlnWithin;
PlnWithin *pln_within_new(const PlnScenario *scenario);
void pln_within_free(PlnWithin *within);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnWithin, pln_within_free)

/** How many rows of tables of blocs are in @bloc, at any time, by any way. */
guint pln_within_memberships(const PlnWithin *within, const PlnBloc *bloc);

/** Whether a member of it has a seat. */
gboolean pln_within_seated(PlnWithin *within, const PlnRoster *roster, const PlnBloc *bloc);

/** A fault at the cell where @bloc, or one within it, is drawn from the vote on the proposal at
 *  @place (-1: on any), or from one that is not surely before it. */
void pln_within_check(const PlnWithin *within, const PlnTable *table, guint row, guint column,
                      const PlnBloc *bloc, int place, PlnFaults *faults);

/** The columns of proposals.csv, in the order of pln_proposals_columns: votes.csv is
 *  held against them. */
enum {
  PLN_P_ID, PLN_P_TITLE, PLN_P_KIND, PLN_P_TARGET, PLN_P_ORDER, PLN_P_QUESTION, PLN_P_PROVISION,
  PLN_P_BODY, PLN_P_RULE, PLN_P_IMPORTANT, PLN_P_MOTION, PLN_P_DATE, PLN_P_ASKED_BY,
  PLN_P_SYMBOL, PLN_P_EARLIER, PLN_P_PARTS, PLN_P_FALLS_IF, PLN_P_RECORD,
  PLN_P_YES, /* and the other totals, in the order of the votes */
  PLN_P_NO, PLN_P_ABSTAIN, PLN_P_NOT_VOTING, PLN_P_OUTCOME, PLN_P_TOUCHES, PLN_P_TOUCHES_SOURCE,
  PLN_P_FAMILY, PLN_P_AT, PLN_P_STATUS_QUO, PLN_P_PRESSED, PLN_P_MATTER, PLN_P_STATUS,
  PLN_P_SOURCE, PLN_P_NOTE
};

/** The most members, proposals, blocs … that a scenario may bring: any of them times
 *  any other is work and memory, and sums of weights stay within 63 bits. */
enum {
  PLN_MEMBERS_MOST = 1000,
  PLN_PROPOSALS_MOST = 10000,
  PLN_BLOCS_MOST = 1000,
  PLN_STANCES_MOST = 100000,
  PLN_STAGES_MOST = 100,
  PLN_ISSUES_MOST = 200,
  PLN_ACTORS_MOST = 1000,
  PLN_ACTORS_ROWS = 20000,
};

extern const PlnColumn pln_members_columns[], pln_own_members_columns[], pln_blocs_columns[],
    pln_rules_columns[], pln_bodies_columns[], pln_treaties_columns[], pln_roll_calls_columns[],
    pln_roll_call_list_columns[], pln_scenario_columns[], pln_proposals_columns[],
    pln_votes_columns[], pln_statements_columns[], pln_claims_columns[], pln_positions_columns[],
    pln_whip_columns[], pln_stages_columns[], pln_reliability_columns[], pln_issues_columns[],
    pln_actors_columns[], pln_treaty_terms_columns[], pln_milestones_columns[],
    pln_reservations_columns[];

void pln_members_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults);

/** @codes: (out): const char *, the roster that the scenario names */
void pln_own_members_read(const PlnTable *table, PlnWorld *world, GPtrArray *codes,
                          PlnFaults *faults);

void pln_blocs_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults);
void pln_rules_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults);
void pln_bodies_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults);
void pln_treaties_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults);

/** What treaties say; when one had how many instruments, in the order of its numbers; what states
 *  do not accept.  The latter two name treaties that have terms. */
void pln_treaty_terms_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults);
void pln_milestones_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults);
void pln_reservations_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults);

void pln_roll_call_list_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults);
void pln_roll_calls_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults);

/** scenario.csv: title, day, body … of @scenario. */
void pln_scenario_keys_read(const PlnTable *table, PlnScenario *scenario, PlnFaults *faults);

/** proposals.csv, sorted into the order in which they are put.  A proposal whose row
 *  has a fault gets no roster, so that no other fault follows from it. */
void pln_proposals_read(const PlnTable *table, PlnScenario *scenario, PlnFaults *faults);

/** votes.csv; @proposals is where disagreements with the totals are shown.
 *  @table: (nullable): where there is none */
void pln_votes_read(const PlnTable *table, const PlnTable *proposals, PlnScenario *scenario,
                    PlnFaults *faults);

void pln_statements_read(const PlnTable *table, PlnScenario *scenario, PlnFaults *faults);
void pln_claims_read(const PlnTable *table, PlnScenario *scenario, PlnFaults *faults);

/** positions.csv, once the proposals have their rosters: whom a row speaks of must have a
 *  vote, and no bloc may be drawn from the vote in question or a later one. */
void pln_positions_read(const PlnTable *table, PlnScenario *scenario, PlnFaults *faults);

/** whip.csv, once the proposals have their rosters. */
void pln_whip_read(const PlnTable *table, PlnScenario *scenario, PlnFaults *faults);

/** issues.csv, once the proposals are in order. */
void pln_issues_read(const PlnTable *table, PlnScenario *scenario, PlnFaults *faults);

/** actors.csv, once the issues are read: who sits at the table must stand somewhere, and what some
 *  state all must. */
void pln_actors_read(const PlnTable *table, PlnScenario *scenario, PlnFaults *faults);

/** stages.csv: in the order of the file, which is that of their days. */
void pln_stages_read(const PlnTable *table, PlnScenario *scenario, PlnFaults *faults);

/** reliability.csv: of the shipped world every answer, of a scenario's those that it
 *  replaces. */
void pln_reliability_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults);

/** edits.csv: bundles.h.
 *  @scenario: (nullable): whose names those of the changes must be
 *  Returns: (transfer full): PlnBundle *: those without faults */
extern const PlnColumn pln_bundles_columns[];
GPtrArray *pln_bundles_read(const PlnTable *table, const PlnScenario *scenario, PlnFaults *faults);
