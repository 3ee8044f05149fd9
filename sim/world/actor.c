/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/actor.h"

#include <math.h>

const char *pln_actor_name(const PlnActor *actor) {
  return actor->state ? actor->state->code : actor->bloc->id;
}

/* ---- Everybody ---- */

static gconstpointer who_of(const PlnActor *row) {
  return row->state ? (gconstpointer)row->state : (gconstpointer)row->bloc;
}

/* Whom a row is of -> its place + 1, in the order of the rows. */
static GHashTable *number(const PlnScenario *s) {
  GHashTable *places = g_hash_table_new(NULL, NULL);
  for (guint k = 0; k < s->actors->len; k++) {
    gpointer who = (gpointer)who_of(s->actors->pdata[k]);
    if (!g_hash_table_contains(places, who))
      g_hash_table_insert(places, who, GUINT_TO_POINTER(g_hash_table_size(places) + 1));
  }
  return places;
}

static void look_into_blocs(PlnActors *actors) {
  const PlnScenario *s = actors->scenario;
  for (guint i = 0; i < actors->n; i++) {
    const PlnBloc *bloc = pln_actors_who(actors, i)->bloc;
    if (!bloc)
      continue;
    actors->members[i] = pln_world_bloc_members(s->world, bloc, s->as_of);
    for (guint k = 0; k < actors->roster->n; k++)
      actors->size[i] +=
          (guint)g_hash_table_contains(actors->members[i], actors->roster->state[k]->code);
  }
}

GArray *pln_actors_blocs(const PlnActors *actors, const PlnState *state) {
  GArray *blocs = g_array_new(FALSE, FALSE, sizeof(guint));
  for (guint i = 0; i < actors->n; i++) {
    if (!actors->members[i] || !g_hash_table_contains(actors->members[i], state->code))
      continue;
    guint k = blocs->len;
    while (k > 0 && actors->size[g_array_index(blocs, guint, k - 1)] > actors->size[i])
      k--;
    g_array_insert_val(blocs, k, i);
  }
  return blocs;
}

static void find_homes(PlnActors *actors) {
  for (guint i = 0; i < actors->n; i++) {
    const PlnState *state = pln_actors_who(actors, i)->state;
    actors->home[i] = state ? pln_actors_blocs(actors, state) : NULL;
  }
}

PlnActors *pln_actors_new(const PlnScenario *s) {
  g_autoptr(GHashTable) places = number(s);
  PlnActors *actors = g_new(PlnActors, 1);
  guint n = g_hash_table_size(places), m = s->issues->len;
  *actors = (PlnActors){.scenario = s,
                        .n = n,
                        .m = m,
                        .row = g_new0(const PlnActor *, (gsize)n *(m + 1) + 1),
                        .members = g_new0(GHashTable *, n + 1),
                        .size = g_new0(guint, n + 1),
                        .home = g_new0(GArray *, n + 1),
                        .roster = pln_roster_new(s->world, s->body, s->own, s->as_of)};
  for (guint k = 0; k < s->actors->len; k++) {
    const PlnActor *row = s->actors->pdata[k];
    gsize i = GPOINTER_TO_UINT(g_hash_table_lookup(places, who_of(row))) - 1;
    actors->row[i * (m + 1) + (row->issue >= 0 ? (guint)row->issue : m)] = row;
  }
  look_into_blocs(actors);
  find_homes(actors);
  return actors;
}

void pln_actors_free(PlnActors *actors) {
  if (!actors)
    return;
  for (guint i = 0; i < actors->n; i++) {
    g_clear_pointer(&actors->members[i], g_hash_table_unref);
    g_clear_pointer(&actors->home[i], g_array_unref);
  }
  pln_roster_free(actors->roster);
  g_free(actors->row);
  g_free(actors->members);
  g_free(actors->size);
  g_free(actors->home);
  g_free(actors);
}

const PlnActor *pln_actors_who(const PlnActors *actors, guint i) {
  const PlnActor **row = actors->row + (gsize)i * (actors->m + 1);
  while (!*row) /* one of them there is: it has its number from it */
    row++;
  return *row;
}

/* ---- What holds ---- */

/* @cell, else @all.  Returns: whether it was taken from @all */
static gboolean fill(double *cell, double all) {
  if (!isnan(*cell) || isnan(all))
    return FALSE;
  *cell = all;
  return TRUE;
}

static const PlnActor *row_of(const PlnActors *actors, guint i, guint column) {
  return actors->row[(gsize)i * (actors->m + 1) + column];
}

PlnActor pln_actors_cell(const PlnActors *actors, guint i, guint issue) {
  const PlnActor *own = row_of(actors, i, issue), *all = row_of(actors, i, actors->m);
  PlnActor cell = *(own ? own : all ? all : pln_actors_who(actors, i));
  if (!own && !all) {
    cell.position = cell.sd = cell.salience = cell.salience_sd = NAN;
    cell.capability = cell.capability_sd = NAN;
    cell.alone = FALSE;
    return cell;
  }
  if (!own || !all)
    return cell;
  gboolean taken = fill(&cell.position, all->position);
  taken |= fill(&cell.sd, all->sd);
  taken |= fill(&cell.salience, all->salience);
  taken |= fill(&cell.salience_sd, all->salience_sd);
  taken |= fill(&cell.capability, all->capability);
  taken |= fill(&cell.capability_sd, all->capability_sd);
  cell.alone = own->alone || all->alone;
  cell.status = taken ? MAX(own->status, all->status) : own->status;
  return cell;
}

static gboolean states_position(const PlnActor *row) {
  return row && !isnan(row->position);
}

/* Whether the bloc @i has a position on the issue, or for -1 is at the table. */
static gboolean takes_part(const PlnActors *actors, guint i, int issue) {
  return issue < 0 || states_position(row_of(actors, i, (guint)issue)) ||
         states_position(row_of(actors, i, actors->m));
}

/* The first of @blocs that takes part. */
static int speaks(const PlnActors *actors, const GArray *blocs, int issue) {
  for (guint k = 0; k < blocs->len; k++)
    if (takes_part(actors, g_array_index(blocs, guint, k), issue))
      return (int)g_array_index(blocs, guint, k);
  return -1;
}

int pln_actors_bloc(const PlnActors *actors, const PlnState *state, int issue) {
  g_autoptr(GArray) blocs = pln_actors_blocs(actors, state);
  return speaks(actors, blocs, issue);
}

gboolean pln_actors_negotiates(const PlnActors *actors, guint i, guint issue) {
  PlnActor cell = pln_actors_cell(actors, i, issue);
  return !isnan(cell.position) &&
         (cell.bloc || cell.alone || speaks(actors, actors->home[i], (int)issue) < 0);
}
