/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/world.h"

#include <string.h>

const char *const pln_state_kinds[] = {"member", "observer-state", "observer-organization", NULL};

enum { STATES, RULES, BODIES, BLOCS, ROLL_CALLS, RELIABILITIES, KINDS };
enum { ACTS, TERMS, MILESTONES, RESERVATIONS, LISTS }; /* structs that begin with their treaty */

struct PlnWorld {
  PlnWorld *below;
  GStringChunk *texts;
  GHashTable *named[KINDS]; /* name -> the noun, owned */
  GPtrArray *of_treaties[LISTS];
  GArray *inputs;
};

static void bloc_free(gpointer data) {
  g_array_unref(((PlnBloc *)data)->members);
  g_free(data);
}

static void roll_call_free(gpointer data) {
  g_hash_table_unref(((PlnRollCall *)data)->votes);
  g_free(data);
}

PlnWorld *pln_world_new(PlnWorld *below) {
  static const GDestroyNotify frees[KINDS] = {g_free,         g_free, g_free, bloc_free,
                                               roll_call_free, g_free};
  PlnWorld *world = g_atomic_rc_box_new0(PlnWorld);
  world->below = below ? pln_world_ref(below) : NULL;
  world->texts = g_string_chunk_new(4096);
  for (int k = 0; k < KINDS; k++)
    world->named[k] = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, frees[k]);
  for (int k = 0; k < LISTS; k++)
    world->of_treaties[k] = g_ptr_array_new_with_free_func(g_free);
  world->inputs = pln_inputs_new();
  return world;
}

PlnWorld *pln_world_ref(PlnWorld *world) {
  return g_atomic_rc_box_acquire(world);
}

static void world_clear(gpointer data) {
  PlnWorld *world = data;
  for (int k = 0; k < KINDS; k++)
    g_hash_table_unref(world->named[k]);
  for (int k = 0; k < LISTS; k++)
    g_ptr_array_unref(world->of_treaties[k]);
  g_array_unref(world->inputs);
  g_string_chunk_free(world->texts);
  g_clear_pointer(&world->below, pln_world_unref);
}

void pln_world_unref(PlnWorld *world) {
  g_atomic_rc_box_release_full(world, world_clear);
}

GArray *pln_world_inputs(const PlnWorld *world) {
  return world->inputs;
}

const char *pln_world_keep(PlnWorld *world, const char *text) {
  return g_string_chunk_insert_const(world->texts, text);
}

static gpointer add(PlnWorld *world, int kind, const char *name, gconstpointer noun, gsize size) {
  gpointer copy = g_memdup2(noun, size);
  g_hash_table_replace(world->named[kind], (gpointer)name, copy);
  return copy;
}

void pln_world_add_state(PlnWorld *world, const PlnState *state) {
  add(world, STATES, state->code, state, sizeof *state);
}

void pln_world_add_rule(PlnWorld *world, const PlnRuleEntry *rule) {
  add(world, RULES, rule->id, rule, sizeof *rule);
}

void pln_world_add_body(PlnWorld *world, const PlnBody *body) {
  add(world, BODIES, body->id, body, sizeof *body);
}

void pln_world_add_act(PlnWorld *world, const PlnTreatyAct *act) {
  g_ptr_array_add(world->of_treaties[ACTS], g_memdup2(act, sizeof *act));
}

void pln_world_add_term(PlnWorld *world, const PlnTreatyTerm *term) {
  g_ptr_array_add(world->of_treaties[TERMS], g_memdup2(term, sizeof *term));
}

void pln_world_add_milestone(PlnWorld *world, const PlnTreatyMilestone *milestone) {
  g_ptr_array_add(world->of_treaties[MILESTONES], g_memdup2(milestone, sizeof *milestone));
}

void pln_world_add_reservation(PlnWorld *world, const PlnReservation *reservation) {
  g_ptr_array_add(world->of_treaties[RESERVATIONS], g_memdup2(reservation, sizeof *reservation));
}

void pln_world_add_reliability(PlnWorld *world, const PlnPledgeReliability *reliability) {
  add(world, RELIABILITIES, reliability->answer, reliability, sizeof *reliability);
}

PlnRollCall *pln_world_add_roll_call(PlnWorld *world, const PlnRollCall *roll_call) {
  PlnRollCall *copy = add(world, ROLL_CALLS, roll_call->symbol, roll_call, sizeof *roll_call);
  copy->votes = g_hash_table_new(g_str_hash, g_str_equal);
  return copy;
}

PlnBloc *pln_world_add_bloc(PlnWorld *world, const PlnBloc *bloc) {
  PlnBloc *copy = add(world, BLOCS, bloc->id, bloc, sizeof *bloc);
  copy->members = g_array_new(FALSE, FALSE, sizeof(PlnMembership));
  return copy;
}

static gconstpointer find(const PlnWorld *world, int kind, const char *name) {
  gconstpointer noun = NULL;
  for (; world && !noun; world = world->below)
    noun = g_hash_table_lookup(world->named[kind], name);
  return noun;
}

const PlnState *pln_world_state(const PlnWorld *world, const char *code) {
  return find(world, STATES, code);
}

const PlnRuleEntry *pln_world_rule(const PlnWorld *world, const char *id) {
  return find(world, RULES, id);
}

const PlnBody *pln_world_body(const PlnWorld *world, const char *id) {
  return find(world, BODIES, id);
}

const PlnBloc *pln_world_bloc(const PlnWorld *world, const char *id) {
  return find(world, BLOCS, id);
}

const PlnRollCall *pln_world_roll_call(const PlnWorld *world, const char *symbol) {
  return find(world, ROLL_CALLS, symbol);
}

const PlnPledgeReliability *pln_world_reliability(const PlnWorld *world, const char *answer) {
  return find(world, RELIABILITIES, answer);
}

static int by_name(gconstpointer a, gconstpointer b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names first, then the nouns: what lies under another of its name is hidden. */
static GPtrArray *all(const PlnWorld *world, int kind) {
  GPtrArray *out = g_ptr_array_new();
  for (const PlnWorld *w = world; w; w = w->below) {
    GHashTableIter iter;
    gpointer name;
    g_hash_table_iter_init(&iter, w->named[kind]);
    while (g_hash_table_iter_next(&iter, &name, NULL))
      g_ptr_array_add(out, name);
  }
  g_ptr_array_sort(out, by_name);
  guint kept = 0;
  for (guint i = 0; i < out->len; i++)
    if (kept == 0 || strcmp(out->pdata[kept - 1], out->pdata[i]) != 0)
      out->pdata[kept++] = out->pdata[i];
  g_ptr_array_set_size(out, (gint)kept);
  for (guint i = 0; i < kept; i++)
    out->pdata[i] = (gpointer)find(world, kind, out->pdata[i]);
  return out;
}

GPtrArray *pln_world_states(const PlnWorld *world) {
  return all(world, STATES);
}

GPtrArray *pln_world_rules(const PlnWorld *world) {
  return all(world, RULES);
}

GPtrArray *pln_world_bodies(const PlnWorld *world) {
  return all(world, BODIES);
}

GPtrArray *pln_world_blocs(const PlnWorld *world) {
  return all(world, BLOCS);
}

GPtrArray *pln_world_roll_calls(const PlnWorld *world) {
  return all(world, ROLL_CALLS);
}

GPtrArray *pln_world_reliabilities(const PlnWorld *world) {
  return all(world, RELIABILITIES);
}

static GPtrArray *of_treaty(const PlnWorld *world, int list, const char *treaty) {
  GPtrArray *out = g_ptr_array_new();
  for (; world; world = world->below)
    for (guint i = 0; i < world->of_treaties[list]->len; i++) {
      const char *const *row = world->of_treaties[list]->pdata[i];
      if (!treaty || strcmp(*row, treaty) == 0)
        g_ptr_array_add(out, world->of_treaties[list]->pdata[i]);
    }
  return out;
}

GPtrArray *pln_world_acts(const PlnWorld *world, const char *treaty) {
  return of_treaty(world, ACTS, treaty);
}

GPtrArray *pln_world_terms(const PlnWorld *world, const char *treaty) {
  return of_treaty(world, TERMS, treaty);
}

GPtrArray *pln_world_milestones(const PlnWorld *world, const char *treaty) {
  return of_treaty(world, MILESTONES, treaty);
}

GPtrArray *pln_world_reservations(const PlnWorld *world, const char *treaty) {
  return of_treaty(world, RESERVATIONS, treaty);
}

const PlnTreatyTerm *pln_world_term(const PlnWorld *world, const char *treaty, const char *key) {
  g_autoptr(GPtrArray) terms = pln_world_terms(world, treaty);
  for (guint i = 0; i < terms->len; i++) {
    const PlnTreatyTerm *term = terms->pdata[i];
    if (strcmp(term->key, key) == 0)
      return term;
  }
  return NULL;
}

/* Worked off as a list, each bloc once: blocs may be nested as deep as a file likes, and
 * lie in one another by many ways. */
GHashTable *pln_world_bloc_members(const PlnWorld *world, const PlnBloc *bloc, PlnDay day) {
  GHashTable *members = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) blocs = g_ptr_array_new();
  g_ptr_array_add(blocs, (gpointer)bloc);
  for (guint k = 0; k < blocs->len; k++) {
    const GArray *rows = ((const PlnBloc *)blocs->pdata[k])->members;
    for (guint i = 0; i < rows->len; i++) {
      const PlnMembership *m = &g_array_index(rows, PlnMembership, i);
      if (!pln_day_within(m->from, m->to, day) || !g_hash_table_add(members, (gpointer)m->member))
        continue;
      const PlnBloc *inner = pln_world_bloc(world, m->member);
      if (inner)
        g_ptr_array_add(blocs, (gpointer)inner);
    }
  }
  return members;
}

gboolean pln_world_in_bloc(const PlnWorld *world, const PlnBloc *bloc, const char *state,
                           PlnDay day) {
  g_autoptr(GHashTable) members = pln_world_bloc_members(world, bloc, day);
  return g_hash_table_contains(members, state);
}
