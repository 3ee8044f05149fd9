/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/roster.h"

#include <string.h>

static int by_code(gconstpointer a, gconstpointer b) {
  return strcmp((*(const PlnState *const *)a)->code, (*(const PlnState *const *)b)->code);
}

static void add_un(const PlnWorld *world, PlnDay day, GPtrArray *out) {
  g_autoptr(GPtrArray) states = pln_world_states(world);
  for (guint i = 0; i < states->len; i++) {
    const PlnState *state = states->pdata[i];
    if (state->kind == PLN_STATE_MEMBER && pln_day_within(state->from, state->to, day))
      g_ptr_array_add(out, (gpointer)state);
  }
}

static void add_parties(const PlnWorld *world, const char *treaty, PlnDay day, GPtrArray *out) {
  g_autoptr(GPtrArray) acts = pln_world_acts(world, treaty);
  for (guint i = 0; i < acts->len; i++) {
    const PlnTreatyAct *act = acts->pdata[i];
    const PlnState *state = pln_world_state(world, act->state);
    if (state->kind != PLN_STATE_ORGANIZATION && pln_day_reached(act->consent, day))
      g_ptr_array_add(out, (gpointer)state);
  }
}

static void add_bloc(const PlnWorld *world, const char *id, PlnDay day, GPtrArray *out) {
  const PlnBloc *bloc = pln_world_bloc(world, id);
  g_autoptr(GHashTable) members = pln_world_bloc_members(world, bloc, day);
  GHashTableIter iter;
  gpointer member;
  g_hash_table_iter_init(&iter, members);
  while (g_hash_table_iter_next(&iter, &member, NULL)) {
    const PlnState *state = pln_world_state(world, member);
    if (state)
      g_ptr_array_add(out, (gpointer)state);
  }
}

static void add_own(const PlnWorld *world, const GPtrArray *own, PlnDay day, GPtrArray *out) {
  for (guint i = 0; i < own->len; i++) {
    const PlnState *state = pln_world_state(world, own->pdata[i]);
    if (pln_day_within(state->from, state->to, day))
      g_ptr_array_add(out, (gpointer)state);
  }
}

PlnRoster *pln_roster_new(const PlnWorld *world, const PlnBody *body, const GPtrArray *own,
                          PlnDay day) {
  g_autoptr(GPtrArray) states = g_ptr_array_new();
  if (own)
    add_own(world, own, day, states);
  else if (body->roster == PLN_ROSTER_UN)
    add_un(world, day, states);
  else if (body->roster == PLN_ROSTER_PARTIES)
    add_parties(world, body->roster_of, day, states);
  else if (body->roster == PLN_ROSTER_BLOC)
    add_bloc(world, body->roster_of, day, states);
  g_ptr_array_sort(states, by_code);

  PlnRoster *roster = g_new0(PlnRoster, 1);
  roster->n = states->len;
  roster->day = day;
  roster->state = g_new(const PlnState *, MAX(1, states->len));
  gboolean weighted = FALSE;
  for (guint i = 0; i < states->len; i++) {
    roster->state[i] = states->pdata[i];
    weighted |= roster->state[i]->weight > 0;
  }
  if (weighted) {
    roster->weight = g_new(guint32, roster->n);
    for (guint i = 0; i < roster->n; i++)
      roster->weight[i] = roster->state[i]->weight;
  }
  return roster;
}

void pln_roster_free(PlnRoster *roster) {
  if (!roster)
    return;
  g_free(roster->state);
  g_free(roster->weight);
  g_free(roster);
}

int pln_states_find(const PlnState *const *state, guint n, const char *code) {
  guint low = 0, high = n;
  while (low < high) {
    guint middle = (low + high) / 2;
    int order = strcmp(code, state[middle]->code);
    if (order == 0)
      return (int)middle;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return -1;
}

int pln_roster_find(const PlnRoster *roster, const char *code) {
  return pln_states_find(roster->state, roster->n, code);
}

guint pln_roster_mark(const PlnRoster *roster, const PlnWorld *world, const PlnBloc *bloc,
                      guint8 *in) {
  g_autoptr(GHashTable) members = pln_world_bloc_members(world, bloc, roster->day);
  guint marked = 0;
  for (guint i = 0; i < roster->n; i++)
    marked += in[i] = g_hash_table_contains(members, roster->state[i]->code) ? 1 : 0;
  return marked;
}
