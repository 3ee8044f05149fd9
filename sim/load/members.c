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

/* Whether the row's state stands in an earlier one; what is empty stands nowhere. */
static gboolean doubled(const PlnTable *table, guint row, GHashTable *seen, PlnFaults *faults) {
  const char *code = pln_table_text(table, row, STATE);
  if (!*code)
    return FALSE;
  guint first = GPOINTER_TO_UINT(g_hash_table_lookup(seen, code));
  if (first > 0) {
    pln_table_fault(table, row, STATE, faults,
                    "%s stands twice (first on line %u); expected one row a state", code, first);
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
  if (pln_world_bloc(world, code)) {
    pln_table_fault(table, row, OWN_STATE, faults,
                    "%s is the name of a bloc already; expected a code of its own", code);
    return FALSE;
  }
  *state = (PlnState){.code = pln_cell_keep(table, row, OWN_STATE, world), .group = "", .iso2 = "",
                      .m49 = "", .cow = "", .column = -1, .row = -1};
  return TRUE;
}

/* The groups of a made-up roster are its blocs: there is no other table of them. */
static void join_group(const PlnState *state, PlnWorld *world, GHashTable *groups) {
  if (!*state->group || pln_world_state(world, state->group))
    return;
  PlnBloc *bloc = g_hash_table_lookup(groups, state->group);
  if (!bloc && pln_world_bloc(world, state->group))
    return;
  if (!bloc) {
    PlnBloc fresh = {state->group, state->group, "regional-group", "", NULL};
    bloc = pln_world_add_bloc(world, &fresh);
    g_hash_table_insert(groups, (gpointer)bloc->id, bloc);
  }
  PlnMembership member = {state->code, state->from, state->to, state->status};
  g_array_append_val(bloc->members, member);
}

static guint32 weight_of_row(const PlnTable *table, guint row, gboolean needed, PlnFaults *faults) {
  guint before = pln_faults_count(faults);
  gint64 weight = pln_table_count(table, row, OWN_WEIGHT, 1000000000, faults);
  if (needed && weight <= 0 && pln_faults_count(faults) == before)
    pln_table_fault(table, row, OWN_WEIGHT, faults,
                    "%s has no weight; expected one above 0 for every member, or for none",
                    pln_table_text(table, row, OWN_STATE));
  return weight > 0 ? (guint32)weight : 0;
}

/* Whoever is listed here sits here, member of the United Nations or not. */
static void read_own(const PlnTable *table, guint row, gboolean weighted, PlnWorld *world,
                     GPtrArray *codes, PlnFaults *faults) {
  const char *code = pln_table_needed(table, row, OWN_STATE, faults);
  const PlnState *known = pln_world_state(world, code);
  PlnState state;
  if (!*code)
    return;
  if (known)
    state = *known;
  else if (!make_up(table, row, world, &state, faults))
    return;
  if (*pln_table_text(table, row, OWN_NAME))
    state.name = pln_cell_keep(table, row, OWN_NAME, world);
  if (*pln_table_text(table, row, OWN_GROUP))
    state.group = pln_cell_keep(table, row, OWN_GROUP, world);
  state.weight = weight_of_row(table, row, weighted, faults);
  pln_cell_span(table, row, OWN_FROM, OWN_TO, &state.from, &state.to, faults);
  state.status = pln_cell_status(table, row, OWN_STATUS, PLN_STATUS_ASSUMED, faults);
  state.source = pln_cell_keep(table, row, OWN_SOURCE, world);
  pln_world_add_state(world, &state);
  g_ptr_array_add(codes, (gpointer)state.code);
}

void pln_own_members_read(const PlnTable *table, PlnWorld *world, GPtrArray *codes,
                          PlnFaults *faults) {
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GHashTable) groups = g_hash_table_new(g_str_hash, g_str_equal);
  guint n = pln_table_rows(table);
  gboolean weighted = FALSE;
  if (n == 0)
    pln_faults_add(faults, pln_table_file(table), 1, 1,
                   "no member; expected at least one row under the first line");
  if (n > PLN_MEMBERS_MOST) {
    pln_table_fault(table, PLN_MEMBERS_MOST, OWN_STATE, faults,
                    "more than %d members; expected fewer", PLN_MEMBERS_MOST);
    return;
  }
  for (guint i = 0; i < n; i++)
    weighted |= *pln_table_text(table, i, OWN_WEIGHT) != '\0';
  for (guint i = 0; i < n; i++)
    if (!doubled(table, i, seen, faults))
      read_own(table, i, weighted, world, codes, faults);
  /* When all states are there: a group may have the code of one that comes later. */
  for (guint i = 0; i < codes->len; i++)
    join_group(pln_world_state(world, codes->pdata[i]), world, groups);
}
