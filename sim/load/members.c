/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The states: data/members.csv, and the members.csv of a scenario. */
#include <string.h>

#include "plenary/tables.h"

enum {
  STATE, ISO2, M49, COW, NAME, KIND, GROUP, COLUMN, ROW, FROM, FROM_STATUS, FIRST_VOTE, STATUS,
  SOURCE, NOTE
};

const PlnColumn pln_members_columns[] = {
    {"state", TRUE},         {"iso2", TRUE},               {"m49", TRUE},
    {"cow", TRUE},           {"name", TRUE},               {"kind", TRUE},
    {"group", TRUE},         {"column", TRUE},             {"row", TRUE},
    {"member_from", TRUE},   {"member_from_status", TRUE}, {"first_recorded_vote", TRUE},
    {"status", TRUE},        {"source", TRUE},             {"note", FALSE},
    {NULL, FALSE}};

/* Whether @code stands in an earlier row of this table. */
static gboolean doubled(const PlnTable *table, guint row, GHashTable *seen, PlnFaults *faults) {
  const char *code = pln_table_text(table, row, STATE);
  guint first = GPOINTER_TO_UINT(g_hash_table_lookup(seen, code));
  if (first > 0) {
    pln_table_fault(table, row, STATE, faults, "%s stands twice (first on line %u); expected one row a state",
                    code, first);
    return TRUE;
  }
  g_hash_table_insert(seen, (gpointer)code, GUINT_TO_POINTER(pln_table_line(table, row)));
  return FALSE;
}

static void check_tile(const PlnTable *table, guint row, const PlnState *state, GHashTable *tiles,
                       PlnFaults *faults) {
  if (state->column < 0)
    return;
  gpointer tile = GINT_TO_POINTER(state->row * 1000 + state->column + 1);
  const char *there = g_hash_table_lookup(tiles, tile);
  if (there)
    pln_table_fault(table, row, COLUMN, faults, "%s has the tile of %s; expected a tile of its own",
                    state->code, there);
  g_hash_table_insert(tiles, tile, (gpointer)state->code);
}

void pln_members_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults) {
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GHashTable) tiles = g_hash_table_new(NULL, NULL);
  for (guint i = 0; i < pln_table_rows(table); i++) {
    if (!*pln_table_needed(table, i, STATE, faults) || doubled(table, i, seen, faults))
      continue;
    PlnState state = {.code = pln_cell_keep(table, i, STATE, world),
                      .name = pln_world_keep(world, pln_table_needed(table, i, NAME, faults)),
                      .group = pln_cell_keep(table, i, GROUP, world),
                      .iso2 = pln_cell_keep(table, i, ISO2, world),
                      .m49 = pln_cell_keep(table, i, M49, world),
                      .cow = pln_cell_keep(table, i, COW, world),
                      .kind = (PlnStateKind)pln_table_word(table, i, KIND, pln_state_kinds,
                                                           PLN_STATE_MEMBER, faults),
                      .column = (int)pln_table_count(table, i, COLUMN, 99, faults),
                      .row = (int)pln_table_count(table, i, ROW, 99, faults),
                      .from = pln_table_day(table, i, FROM, faults),
                      .status = pln_cell_status(table, i, STATUS, PLN_STATUS_UNKNOWN, faults),
                      .source = pln_cell_keep(table, i, SOURCE, world)};
    pln_cell_status(table, i, FROM_STATUS, PLN_STATUS_UNKNOWN, faults);
    check_tile(table, i, &state, tiles, faults);
    pln_world_add_state(world, &state);
  }
}

enum { OWN_STATE, OWN_NAME, OWN_GROUP, OWN_WEIGHT, OWN_FROM, OWN_TO, OWN_STATUS, OWN_SOURCE };

const PlnColumn pln_own_members_columns[] = {
    {"state", TRUE}, {"name", FALSE}, {"group", FALSE},  {"weight", FALSE},
    {"from", FALSE}, {"to", FALSE},   {"status", FALSE}, {"source", FALSE},
    {NULL, FALSE}};

static gboolean is_code(const char *text) {
  gsize n = strlen(text);
  return n >= 2 && n <= 8 && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == n;
}

/* A delegation that the scenario names and the world does not know. */
static gboolean make_up(const PlnTable *table, guint row, PlnWorld *world, PlnState *state,
                        PlnFaults *faults) {
  const char *code = pln_table_text(table, row, OWN_STATE);
  if (!*pln_table_text(table, row, OWN_NAME)) {
    pln_cell_state(table, row, OWN_STATE, world, faults);
    return FALSE;
  }
  if (!is_code(code)) {
    pln_table_fault(table, row, OWN_STATE, faults,
                    "the code is \"%s\"; expected 2 to 8 capital letters and digits", code);
    return FALSE;
  }
  *state = (PlnState){.code = pln_cell_keep(table, row, OWN_STATE, world), .group = "", .iso2 = "",
                      .m49 = "", .cow = "", .column = -1, .row = -1};
  return TRUE;
}

void pln_own_members_read(const PlnTable *table, PlnWorld *world, GPtrArray *codes,
                          PlnFaults *faults) {
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  gboolean any_weight = FALSE;
  for (guint i = 0; i < pln_table_rows(table); i++)
    any_weight |= *pln_table_text(table, i, OWN_WEIGHT) != '\0';
  for (guint i = 0; i < pln_table_rows(table); i++) {
    if (doubled(table, i, seen, faults))
      continue;
    const PlnState *known = pln_world_state(world, pln_table_text(table, i, OWN_STATE));
    PlnState state;
    if (known)
      state = *known;
    else if (!make_up(table, i, world, &state, faults))
      continue;
    if (*pln_table_text(table, i, OWN_NAME))
      state.name = pln_cell_keep(table, i, OWN_NAME, world);
    if (*pln_table_text(table, i, OWN_GROUP))
      state.group = pln_cell_keep(table, i, OWN_GROUP, world);
    gint64 weight = pln_table_count(table, i, OWN_WEIGHT, 1000000000, faults);
    if (any_weight && weight <= 0)
      pln_table_fault(table, i, OWN_WEIGHT, faults,
                      "%s has no weight; expected one above 0 for every member, or for none",
                      state.code);
    state.weight = weight > 0 ? (guint32)weight : 0;
    /* Whoever is listed here sits here, member of the United Nations or not. */
    state.from = pln_table_day(table, i, OWN_FROM, faults);
    state.to = pln_table_day(table, i, OWN_TO, faults);
    state.status = pln_cell_status(table, i, OWN_STATUS, PLN_STATUS_ASSUMED, faults);
    state.source = pln_cell_keep(table, i, OWN_SOURCE, world);
    pln_world_add_state(world, &state);
    g_ptr_array_add(codes, (gpointer)state.code);
  }
}
