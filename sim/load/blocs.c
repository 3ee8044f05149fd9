/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "plenary/tables.h"
#include "plenary/text.h"

enum { BLOC, NAME, MEMBER, FROM, TO, KIND, MADE_FROM, STATUS, SOURCE, NOTE };

const PlnColumn pln_blocs_columns[] = {{"bloc", TRUE},       {"name", FALSE},   {"member", TRUE},
                                       {"from", FALSE},      {"to", FALSE},     {"kind", FALSE},
                                       {"made_from", FALSE}, {"status", FALSE}, {"source", FALSE},
                                       {"note", FALSE},      {NULL, FALSE}};

static gboolean is_id(const char *text) {
  gsize n = strlen(text);
  return n > 0 && n <= 32 &&
         strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") == n;
}

/* The blocs of this file; a name that the world below or a state has is refused. */
static PlnBloc *bloc_of_row(const PlnTable *table, guint row, PlnWorld *world, GHashTable *mine,
                            PlnFaults *faults) {
  const char *id = pln_table_text(table, row, BLOC);
  PlnBloc *bloc = g_hash_table_lookup(mine, id);
  if (bloc)
    return bloc;
  if (!is_id(id)) {
    pln_table_fault(table, row, BLOC, faults,
                    "the bloc is \"%s\"; expected up to 32 letters, digits, _ or -", id);
    return NULL;
  }
  if (pln_world_bloc(world, id) || pln_world_state(world, id)) {
    pln_table_fault(table, row, BLOC, faults, "%s is the name of a shipped bloc or state; expected a name of its own",
                    id);
    return NULL;
  }
  const char *name = pln_table_text(table, row, NAME);
  PlnBloc fresh = {.id = pln_world_keep(world, id),
                   .name = pln_world_keep(world, *name ? name : id),
                   .kind = pln_cell_keep(table, row, KIND, world),
                   .made_from = pln_cell_keep(table, row, MADE_FROM, world)};
  bloc = pln_world_add_bloc(world, &fresh);
  g_hash_table_insert(mine, (gpointer)bloc->id, bloc);
  return bloc;
}

static gboolean overlaps(const PlnMembership *a, const PlnMembership *b) {
  return (a->to <= PLN_DAY_UNKNOWN || b->from <= a->to) &&
         (b->to <= PLN_DAY_UNKNOWN || a->from <= b->to);
}

static void add_member(const PlnTable *table, guint row, PlnBloc *bloc, PlnWorld *world,
                       PlnFaults *faults) {
  PlnMembership m = {.member = pln_world_keep(world, pln_table_needed(table, row, MEMBER, faults)),
                     .from = pln_table_day(table, row, FROM, faults),
                     .to = pln_table_day(table, row, TO, faults),
                     .status = pln_cell_status(table, row, STATUS, PLN_STATUS_ASSUMED, faults)};
  if (m.to > PLN_DAY_UNKNOWN && m.from > m.to)
    pln_table_fault(table, row, TO, faults,
                    "the membership ends before it begins; expected a day from its beginning on");
  for (guint i = 0; i < bloc->members->len; i++) {
    const PlnMembership *other = &g_array_index(bloc->members, PlnMembership, i);
    if (strcmp(other->member, m.member) == 0 && overlaps(other, &m)) {
      pln_table_fault(table, row, MEMBER, faults,
                      "%s is in %s twice at one time; expected one row, or days that do not overlap",
                      m.member, bloc->id);
      return;
    }
  }
  g_array_append_val(bloc->members, m);
}

/* Members are looked up when all blocs are there: one may come before its parts. */
static void check_members(const PlnTable *table, PlnWorld *world, PlnFaults *faults) {
  g_autoptr(GPtrArray) states = NULL;
  for (guint i = 0; i < pln_table_rows(table); i++) {
    const char *member = pln_table_text(table, i, MEMBER);
    if (!*member || pln_world_state(world, member) || pln_world_bloc(world, member))
      continue;
    if (!states)
      states = pln_world_states(world);
    pln_cell_unknown(table, i, MEMBER, "member", "an ISO alpha-3 code or a bloc", states, faults);
  }
}

static void check_cycles(const PlnTable *table, PlnWorld *world, GHashTable *mine,
                         PlnFaults *faults) {
  g_autoptr(GHashTable) told = g_hash_table_new(NULL, NULL);
  for (guint i = 0; i < pln_table_rows(table); i++) {
    const PlnBloc *bloc = g_hash_table_lookup(mine, pln_table_text(table, i, BLOC));
    const PlnBloc *inner = pln_world_bloc(world, pln_table_text(table, i, MEMBER));
    if (!bloc || !inner)
      continue;
    const PlnBloc *cycle = pln_world_bloc_cycle(world, bloc);
    if (cycle && g_hash_table_add(told, (gpointer)cycle))
      pln_table_fault(table, i, MEMBER, faults,
                      "%s is a member of itself, through %s; expected blocs without a circle",
                      cycle->id, inner->id);
  }
}

void pln_blocs_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults) {
  g_autoptr(GHashTable) mine = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < pln_table_rows(table); i++) {
    PlnBloc *bloc = bloc_of_row(table, i, world, mine, faults);
    if (bloc)
      add_member(table, i, bloc, world, faults);
  }
  check_members(table, world, faults);
  check_cycles(table, world, mine, faults);
}
