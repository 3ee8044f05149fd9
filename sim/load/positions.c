/* SPDX-License-Identifier: GPL-3.0-or-later */
/* positions.csv: where states and blocs are said to stand. */
#include <string.h>

#include "plenary/tables.h"

enum { PROPOSAL, WHO, POSITION, SD, STATUS, SOURCE, NOTE };

const PlnColumn pln_positions_columns[] = {{"proposal", FALSE}, {"who", TRUE},
                                           {"position", TRUE},  {"sd", FALSE},
                                           {"status", FALSE},   {"source", FALSE},
                                           {"note", FALSE},     {NULL, FALSE}};

static const PlnBounds deviations = {0.001, 100, "from 0.001 to 100"};

typedef struct {
  const PlnTable *table;
  const PlnScenario *s;
  PlnPlaces *places;
  PlnWithin *within;
  GHashTable *first; /* "place:who" -> row + 1 */
  PlnFaults *faults;
} Reading;

/* Of a row for every proposal there need be a member of some of the rosters. */
static void check_members(const Reading *r, guint row, const PlnStance *stance) {
  const GPtrArray *rosters = r->s->rosters;
  if (stance->proposal >= 0) {
    const PlnProposal *p = pln_scenario_proposal(r->s, (guint)stance->proposal);
    g_autofree char *day = pln_day_text(p->day);
    if (p->roster && !pln_within_seated(r->within, p->roster, stance->bloc))
      pln_table_fault(r->table, row, WHO, r->faults,
                      "%s has no member with a vote in %s on %s; expected a bloc that has one",
                      stance->bloc->id, p->body->name, day);
    return;
  }
  for (guint k = 0; k < rosters->len; k++)
    if (pln_within_seated(r->within, rosters->pdata[k], stance->bloc))
      return;
  if (rosters->len > 0)
    pln_table_fault(r->table, row, WHO, r->faults,
                    "%s has no member with a vote on any proposal; expected a bloc that has one",
                    stance->bloc->id);
}

static void check_state(const Reading *r, guint row, const PlnStance *stance) {
  if (stance->proposal < 0)
    return;
  const PlnProposal *p = pln_scenario_proposal(r->s, (guint)stance->proposal);
  g_autofree char *day = pln_day_text(p->day);
  if (p->roster && pln_roster_find(p->roster, stance->state->code) < 0)
    pln_table_fault(r->table, row, WHO, r->faults,
                    "%s has no vote in %s on %s; expected a member of it, or a row for every "
                    "proposal",
                    stance->state->code, p->body->name, day);
}

/* Returns: FALSE and a fault where nobody is called so */
static gboolean read_who(const Reading *r, guint row, PlnStance *stance) {
  const char *who = pln_table_needed(r->table, row, WHO, r->faults);
  stance->state = pln_world_state(r->s->world, who);
  stance->bloc = stance->state ? NULL : pln_world_bloc(r->s->world, who);
  stance->who = stance->state  ? PLN_STANCE_STATE
                : stance->bloc ? PLN_STANCE_BLOC
                               : PLN_STANCE_ALL;
  if (stance->who != PLN_STANCE_ALL || strcmp(who, "ALL") == 0)
    return TRUE;
  if (*who)
    pln_cell_nobody(r->table, row, WHO, who, r->s->world, r->faults);
  return FALSE;
}

static void check_once(const Reading *r, guint row, const PlnStance *stance) {
  char *key = g_strdup_printf("%d:%s", stance->proposal, pln_stance_name(stance));
  guint before = GPOINTER_TO_UINT(g_hash_table_lookup(r->first, key));
  if (before > 0)
    pln_table_fault(r->table, row, WHO, r->faults,
                    "%s stands twice%s (first on line %u); expected one row",
                    pln_stance_name(stance),
                    stance->proposal < 0 ? " for every proposal" : " on the proposal",
                    pln_table_line(r->table, before - 1));
  g_hash_table_insert(r->first, key, GUINT_TO_POINTER(before > 0 ? before : row + 1));
}

static void check_who(Reading *r, guint row, const PlnStance *stance) {
  guint before = pln_faults_count(r->faults);
  check_once(r, row, stance);
  if (stance->state)
    check_state(r, row, stance);
  if (stance->bloc && pln_faults_count(r->faults) == before)
    check_members(r, row, stance);
  if (stance->bloc && pln_faults_count(r->faults) == before)
    pln_within_check(r->within, r->table, row, WHO, stance->bloc, stance->proposal, r->faults);
}

static void read_row(Reading *r, guint row, GPtrArray *stances) {
  const PlnTable *t = r->table;
  const char *id = pln_table_text(t, row, PROPOSAL);
  PlnStance stance = {
      .position = pln_cell_number(t, row, POSITION, "position", &pln_bounds_percent, 50, r->faults),
      .sd = pln_cell_number(t, row, SD, "sd", &deviations, PLN_STANCE_SD, r->faults),
      .status = pln_cell_status(t, row, STATUS, PLN_STATUS_ASSUMED, r->faults),
      .source = pln_cell_keep(t, row, SOURCE, r->s->world),
      .note = pln_cell_keep(t, row, NOTE, r->s->world),
      .line = pln_table_line(t, row)};
  pln_table_needed(t, row, POSITION, r->faults);
  stance.proposal = *id ? pln_cell_place(t, row, PROPOSAL, id, r->places, r->faults) : -1;
  gboolean placed = !*id || stance.proposal >= 0;
  if (!read_who(r, row, &stance) || !placed)
    return;
  check_who(r, row, &stance);
  g_ptr_array_add(stances, g_memdup2(&stance, sizeof stance));
}

void pln_positions_read(const PlnTable *table, PlnScenario *s, PlnFaults *faults) {
  g_autoptr(PlnPlaces) places = pln_places_new(s);
  g_autoptr(PlnWithin) within = pln_within_new(s);
  g_autoptr(GHashTable) first = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  Reading r = {table, s, places, within, first, faults};
  guint n = pln_table_rows(table);
  if (n > PLN_STANCES_MOST)
    pln_table_fault(table, PLN_STANCES_MOST, WHO, faults, "more than %d positions; expected fewer",
                    PLN_STANCES_MOST);
  for (guint i = 0; i < MIN(n, PLN_STANCES_MOST); i++)
    read_row(&r, i, s->stances);
}
