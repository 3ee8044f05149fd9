/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What treaties say and how they fared: treaty_terms.csv, milestones.csv, reservations.csv. */
#include <string.h>

#include "plenary/tables.h"

enum { T_TREATY, T_KEY, T_NAME, T_VALUE, T_STATUS, T_CITATION, T_SOURCE, T_NOTE };

const PlnColumn pln_treaty_terms_columns[] = {
    {"treaty", TRUE},   {"key", TRUE},    {"name", TRUE},  {"value", TRUE}, {"status", TRUE},
    {"citation", TRUE}, {"source", TRUE}, {"note", FALSE}, {NULL, FALSE}};

/* What a value is follows from its key. */
static const char *const keys[] = {"opened",
                                   "known_to",
                                   "signature_until",
                                   "in_force", /* days up to here */
                                   "instruments",
                                   "days",
                                   "days_party",
                                   "months",
                                   "organization_counts",
                                   "parties_protocol",
                                   "protocol_instruments",
                                   "protocol_days",
                                   "protocol_needs_treaty",
                                   "amendment_years",
                                   "instruments_council",
                                   "states",
                                   "signatories", /* numbers up to here */
                                   "protocol_majority",
                                   "amendment_majority",
                                   "amendment_binds",
                                   NULL};
enum { FIRST_NUMBER = 4, FIRST_WORDS = 17, NUMBER_MOST = 1000 };

static gint64 number(const PlnTable *table, guint row, PlnFaults *faults) {
  guint before = pln_faults_count(faults);
  gint64 value = pln_table_count(table, row, T_VALUE, NUMBER_MOST, faults);
  if (value < 0 && pln_faults_count(faults) == before)
    pln_table_fault(table, row, T_VALUE, faults,
                    "%s has no value; expected a whole number from 0 to %d, or no row",
                    pln_table_text(table, row, T_KEY), NUMBER_MOST);
  return value;
}

static PlnDay day(const PlnTable *table, guint row, PlnFaults *faults) {
  guint before = pln_faults_count(faults);
  PlnDay value = pln_table_day(table, row, T_VALUE, faults);
  if (value <= PLN_DAY_UNKNOWN && pln_faults_count(faults) == before)
    pln_table_fault(table, row, T_VALUE, faults,
                    "%s has no value; expected a day, such as "
                    "2025-10-25, or no row",
                    pln_table_text(table, row, T_KEY));
  return value;
}

static void read_term(const PlnTable *table, guint row, int key, PlnWorld *world, PlnFaults *faults) {
  PlnTreatyTerm term = {.treaty = pln_cell_keep(table, row, T_TREATY, world),
                        .key = keys[key],
                        .name = pln_cell_keep(table, row, T_NAME, world),
                        .number = PLN_NOT_STATED,
                        .words = "",
                        .status = pln_cell_status(table, row, T_STATUS, PLN_STATUS_UNKNOWN, faults),
                        .citation = pln_cell_keep(table, row, T_CITATION, world),
                        .source = pln_cell_keep(table, row, T_SOURCE, world),
                        .note = pln_cell_keep(table, row, T_NOTE, world)};
  if (key >= FIRST_WORDS)
    term.words = pln_world_keep(world, pln_table_needed(table, row, T_VALUE, faults));
  else if (key >= FIRST_NUMBER)
    term.number = number(table, row, faults);
  else
    term.day = day(table, row, faults);
  pln_world_add_term(world, &term);
}

void pln_treaty_terms_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults) {
  for (guint i = 0; i < pln_table_rows(table); i++) {
    const char *treaty = pln_table_needed(table, i, T_TREATY, faults);
    int key = pln_table_word(table, i, T_KEY, keys, -1, faults);
    if (key < 0) {
      pln_table_needed(table, i, T_KEY, faults);
    } else if (pln_world_term(world, treaty, keys[key])) {
      pln_table_fault(table, i, T_KEY, faults, "%s stands twice under %s; expected one row",
                      keys[key], treaty);
    } else if (*pln_table_needed(table, i, T_NAME, faults)) {
      read_term(table, i, key, world, faults);
    }
  }
}

static GPtrArray *terms(const PlnWorld *world) {
  return pln_world_terms(world, NULL);
}

/* Whether the treaty of the row has terms: a misspelt one would never be asked for. */
static gboolean has_terms(const PlnTable *table, guint row, guint column, PlnWorld *world,
                          PlnFaults *faults) {
  const char *treaty = pln_table_text(table, row, column);
  g_autoptr(GPtrArray) of = pln_world_terms(world, treaty);
  if (of->len == 0)
    pln_cell_unknown(table, row, column, "treaty", treaty, "one of treaty_terms.csv", terms, world,
                     faults);
  return of->len > 0;
}

enum { M_TREATY, M_INSTRUMENTS, M_DAY, M_STATUS, M_SOURCE, M_NOTE };

const PlnColumn pln_milestones_columns[] = {
    {"treaty", TRUE}, {"instruments", TRUE}, {"day", TRUE}, {"status", TRUE},
    {"source", TRUE}, {"note", FALSE},       {NULL, FALSE}};

/* More instruments are not there sooner. */
static void check_order(const PlnTable *table, guint row, const PlnTreatyMilestone *milestone,
                        const PlnWorld *world, PlnFaults *faults) {
  g_autoptr(GPtrArray) before = pln_world_milestones(world, milestone->treaty);
  const PlnTreatyMilestone *last = before->len ? before->pdata[before->len - 1] : NULL;
  if (last &&
      (milestone->number <= last->number || pln_day_last(milestone->day) < pln_day_first(last->day)))
    pln_table_fault(table, row, M_INSTRUMENTS, faults,
                    "%u instruments stand after %u; expected rows in the order of their numbers, "
                    "none sooner than the one before",
                    milestone->number, last->number);
}

void pln_milestones_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults) {
  for (guint i = 0; i < pln_table_rows(table); i++) {
    guint before = pln_faults_count(faults);
    gint64 instruments = pln_table_count(table, i, M_INSTRUMENTS, NUMBER_MOST, faults);
    PlnTreatyMilestone milestone = {
        .treaty = pln_cell_keep(table, i, M_TREATY, world),
        .number = (guint)MAX(instruments, 0),
        .day = pln_table_day(table, i, M_DAY, faults),
        .status = pln_cell_status(table, i, M_STATUS, PLN_STATUS_UNKNOWN, faults),
        .source = pln_cell_keep(table, i, M_SOURCE, world),
        .note = pln_cell_keep(table, i, M_NOTE, world)};
    has_terms(table, i, M_TREATY, world, faults);
    if (pln_faults_count(faults) > before)
      continue;
    if (instruments < 1 || milestone.day <= PLN_DAY_UNKNOWN)
      pln_table_fault(table, i, instruments < 1 ? M_INSTRUMENTS : M_DAY, faults,
                      "a milestone needs a number of 1 or more and its day; expected both");
    else
      check_order(table, i, &milestone, world, faults);
    pln_world_add_milestone(world, &milestone);
  }
}

enum { R_TREATY, R_STATE, R_PROVISIONS, R_STATUS, R_SOURCE, R_NOTE };

const PlnColumn pln_reservations_columns[] = {
    {"treaty", TRUE}, {"state", TRUE}, {"provisions", TRUE}, {"status", TRUE},
    {"source", TRUE}, {"note", FALSE}, {NULL, FALSE}};

static gboolean reserved(const PlnWorld *world, const char *treaty, const char *state) {
  g_autoptr(GPtrArray) all = pln_world_reservations(world, treaty);
  for (guint i = 0; i < all->len; i++)
    if (strcmp(((const PlnReservation *)all->pdata[i])->state, state) == 0)
      return TRUE;
  return FALSE;
}

void pln_reservations_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults) {
  for (guint i = 0; i < pln_table_rows(table); i++) {
    gboolean known = has_terms(table, i, R_TREATY, world, faults);
    const PlnState *state = pln_cell_state(table, i, R_STATE, world, faults);
    const char *provisions = pln_table_needed(table, i, R_PROVISIONS, faults);
    PlnReservation reservation = {
        .treaty = pln_cell_keep(table, i, R_TREATY, world),
        .state = state ? state->code : "",
        .provisions = pln_world_keep(world, provisions),
        .status = pln_cell_status(table, i, R_STATUS, PLN_STATUS_UNKNOWN, faults),
        .source = pln_cell_keep(table, i, R_SOURCE, world),
        .note = pln_cell_keep(table, i, R_NOTE, world)};
    if (!known || !state)
      continue;
    if (reserved(world, reservation.treaty, state->code))
      pln_table_fault(table, i, R_STATE, faults, "%s stands twice under %s; expected one row",
                      state->code, reservation.treaty);
    pln_world_add_reservation(world, &reservation);
  }
}
