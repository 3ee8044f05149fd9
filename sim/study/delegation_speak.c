/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who speaks for whom on which issue, as the edits so far have left it. */
#include <math.h>
#include <string.h>

#include "plenary/delegation_part.h"

static PlnSeat *seat_by(const PlnSeats *seats, gconstpointer noun) {
  return g_hash_table_lookup(seats->sat, noun);
}

static void note(PlnSeats *seats, const GPtrArray *nouns, PlnSeat *seat) {
  for (guint k = 0; k < nouns->len; k++)
    g_hash_table_insert(seats->sat, nouns->pdata[k], seat);
}

void pln_seats_number(PlnSeats *seats) {
  g_hash_table_remove_all(seats->sat);
  for (guint i = 0; i < seats->seats->len; i++) {
    PlnSeat *seat = seats->seats->pdata[i];
    seat->place = i;
    note(seats, seat->blocs, seat);
    note(seats, seat->states, seat);
  }
}

/* ---- On an issue ---- */

/* The blocs in the order in which they speak for @state; looked up once. */
static const GPtrArray *blocs_of(PlnSeats *seats, const PlnState *state) {
  GPtrArray *blocs = g_hash_table_lookup(seats->blocs, state);
  if (blocs)
    return blocs;
  g_autoptr(GArray) actors = pln_actors_blocs(seats->actors, state);
  blocs = g_ptr_array_new();
  for (guint k = 0; k < actors->len; k++) {
    const PlnActor *who = pln_actors_who(seats->actors, g_array_index(actors, guint, k));
    g_ptr_array_add(blocs, (gpointer)who->bloc);
  }
  g_hash_table_insert(seats->blocs, (gpointer)state, blocs);
  return blocs;
}

void pln_seats_part(PlnSeats *seats, const PlnState *state, const PlnBloc *bloc) {
  GPtrArray *from = g_hash_table_lookup(seats->split, state);
  if (!from) {
    from = g_ptr_array_new();
    g_hash_table_insert(seats->split, (gpointer)state, from);
  }
  g_ptr_array_add(from, (gpointer)bloc);
}

/* The bloc's seat, where @state is not split from it; or NULL. */
static PlnSeat *seat_for(const PlnSeats *seats, const PlnState *state, gconstpointer bloc) {
  GPtrArray *from = g_hash_table_lookup(seats->split, state);
  return from && g_ptr_array_find(from, bloc, NULL) ? NULL : seat_by(seats, bloc);
}

PlnSeat *pln_seats_speaker(PlnSeats *seats, const PlnState *state, guint issue) {
  PlnSeat *own = seat_by(seats, state);
  if (own && own->cell[issue].left)
    return NULL;
  if (own && !isnan(own->cell[issue].position))
    return own;
  const GPtrArray *blocs = blocs_of(seats, state);
  for (guint k = 0; k < blocs->len; k++) {
    PlnSeat *seat = seat_for(seats, state, blocs->pdata[k]);
    if (seat && !isnan(seat->cell[issue].position))
      return seat;
  }
  return NULL;
}

/* ---- Members ---- */

static int by_code(gconstpointer a, gconstpointer b) {
  return strcmp((*(const PlnState *const *)a)->code, (*(const PlnState *const *)b)->code);
}

/* States are added one after the other: whoever has it already has it last. */
static void add_member(PlnSeat *seat, const PlnState *state) {
  GPtrArray *members = seat->who->members;
  if (members->len == 0 || members->pdata[members->len - 1] != state)
    g_ptr_array_add(members, (gpointer)state);
}

/* One for whom nobody speaks on anything belongs to the first of its blocs all the same: it would
 * speak for it if it had a position. */
static void find_seats_of(PlnSeats *seats, const PlnState *state) {
  gboolean own = seat_by(seats, state) != NULL, spoken = own;
  for (guint p = 0; p < seats->m; p++) {
    PlnSeat *seat = pln_seats_speaker(seats, state, p);
    spoken |= seat != NULL;
    if (seat && seat != seat_by(seats, state))
      add_member(seat, state);
  }
  const GPtrArray *blocs = blocs_of(seats, state);
  for (guint k = 0; k < blocs->len && !spoken; k++) {
    PlnSeat *seat = seat_for(seats, state, blocs->pdata[k]);
    spoken = seat != NULL;
    if (seat)
      add_member(seat, state);
  }
}

void pln_seats_find_members(PlnSeats *seats) {
  const PlnRoster *roster = seats->actors->roster;
  pln_seats_number(seats);
  for (guint i = 0; i < seats->seats->len; i++) {
    PlnSeat *seat = seats->seats->pdata[i];
    g_ptr_array_set_size(seat->who->members, 0);
    g_ptr_array_extend(seat->who->members, seat->states, NULL, NULL);
  }
  for (guint k = 0; k < roster->n; k++)
    find_seats_of(seats, roster->state[k]);
  for (guint i = 0; i < seats->seats->len; i++)
    g_ptr_array_sort(((PlnSeat *)seats->seats->pdata[i])->who->members, by_code);
}

/* ---- All of them ---- */

static gboolean is_tied(const PlnSeats *seats, const PlnState *state) {
  const guint *size = seats->actors->size;
  g_autoptr(GArray) blocs = pln_actors_blocs(seats->actors, state);
  for (guint k = 1; k < blocs->len; k++)
    if (size[g_array_index(blocs, guint, k)] == size[g_array_index(blocs, guint, k - 1)])
      return TRUE;
  return FALSE;
}

static void add_speakers(PlnSeats *seats, GHashTable *all, const PlnState *state) {
  if (g_hash_table_contains(all, state))
    return;
  PlnSpeakers *it = g_malloc0(sizeof *it + (seats->m + 1) * sizeof it->place[0]);
  it->tied = is_tied(seats, state);
  for (guint p = 0; p < seats->m; p++) {
    const PlnSeat *seat = pln_seats_speaker(seats, state, p);
    it->place[p] = seat ? (int)seat->place : -1;
  }
  g_hash_table_insert(all, (gpointer)state, it);
}

GHashTable *pln_seats_speakers(PlnSeats *seats) {
  GHashTable *all = g_hash_table_new_full(NULL, NULL, NULL, g_free);
  const PlnRoster *roster = seats->actors->roster;
  for (guint k = 0; k < roster->n; k++)
    add_speakers(seats, all, roster->state[k]);
  for (guint i = 0; i < seats->actors->n; i++) /* of the table, if not of the body */
    if (pln_actors_who(seats->actors, i)->state)
      add_speakers(seats, all, pln_actors_who(seats->actors, i)->state);
  return all;
}
