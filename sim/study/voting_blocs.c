/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/voting_blocs.h"

#include <string.h>

#include "plenary/asked.h"
#include "plenary/error.h"

/* ---- What was asked ---- */

static void asked_free(gpointer data) {
  PlnVotingAsked *asked = data;
  g_clear_pointer(&asked->codes, g_ptr_array_unref);
  g_free(asked->id);
  g_free(asked);
}

static gboolean refuse_unknown(const PlnWorld *world, const char *word, gboolean states,
                               GError **error) {
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  pln_asked_add_names(names, pln_world_blocs(world));
  if (states)
    pln_asked_add_names(names, pln_world_states(world));
  g_ptr_array_add(names, NULL);
  return pln_asked_refuse(error, "unknown state or bloc", word,
                          states ? "a code such as FRA, or a bloc that `plenary blocs` lists"
                                 : "a bloc that `plenary blocs` lists, or NAME=A,B",
                          (const char *const *)names->pdata);
}

static gboolean refuse_state(const char *code, GError **error) {
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "%s is a state, which votes as one anyway; expected a bloc, or NAME=%s,...", code,
              code);
  return FALSE;
}

/* Of two that one name means, which was meant by it later on? */
static gboolean refuse_taken(const char *name, const char *whose, GError **error) {
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "%s is %s already; expected a name that is none's before =, as in MY_%s=A,B",
              name, whose, name);
  return FALSE;
}

/* The text after the "=": at least one, and none of them empty. */
static gboolean read_codes(PlnVotingAsked *asked, const PlnWorld *world, const char *list,
                           GError **error) {
  g_auto(GStrv) codes = g_strsplit(list, ",", -1);
  asked->codes = g_ptr_array_new_with_free_func(g_free);
  for (gsize k = 0; codes[k]; k++) {
    const char *code = g_strstrip(codes[k]);
    if (!*code)
      return pln_asked_refuse(error, "an empty place in the bloc", asked->id,
                              "a state's code or a bloc around each comma, as in NAME=A,B", NULL);
    if (!pln_world_state(world, code) && !pln_world_bloc(world, code))
      return refuse_unknown(world, code, TRUE, error);
    g_ptr_array_add(asked->codes, g_strdup(code));
  }
  return TRUE;
}

static gboolean read_list(PlnVotingAsked *asked, const PlnWorld *world, const char *text,
                          GError **error) {
  const char *equals = strchr(text, '=');
  g_autofree char *list = g_strstrip(g_strdup(equals + 1));
  asked->id = g_strstrip(g_strndup(text, (gsize)(equals - text)));
  asked->name = asked->id;
  if (!*asked->id || !*list)
    return pln_asked_refuse(error, *list ? "a bloc without a name" : "names nobody: the bloc", text,
                            "NAME=A,B with codes of states or blocs", NULL);
  if (pln_world_state(world, asked->id))
    return refuse_taken(asked->id, "a state's code", error);
  if (pln_world_bloc(world, asked->id))
    return refuse_taken(asked->id, "a bloc", error);
  return read_codes(asked, world, list, error);
}

static gboolean read_one(PlnVotingAsked *asked, const PlnWorld *world, const char *text,
                         GError **error) {
  if (strchr(text, '='))
    return read_list(asked, world, text, error);
  asked->id = g_strstrip(g_strdup(text));
  asked->bloc = pln_world_bloc(world, asked->id);
  if (!asked->bloc)
    return pln_world_state(world, asked->id) ? refuse_state(asked->id, error)
                                             : refuse_unknown(world, asked->id, FALSE, error);
  asked->name = asked->bloc->name;
  return TRUE;
}

/* Whether the last of them has the name of one before it. */
static gboolean is_repeated(const GPtrArray *all) {
  const char *id = ((const PlnVotingAsked *)all->pdata[all->len - 1])->id;
  for (guint k = 0; k + 1 < all->len; k++)
    if (strcmp(((const PlnVotingAsked *)all->pdata[k])->id, id) == 0)
      return TRUE;
  return FALSE;
}

GPtrArray *pln_voting_blocs_read(const PlnWorld *world, const GPtrArray *texts, GError **error) {
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(asked_free);
  for (guint k = 0; texts && k < texts->len; k++) {
    PlnVotingAsked *asked = g_new0(PlnVotingAsked, 1);
    g_ptr_array_add(all, asked);
    if (!read_one(asked, world, texts->pdata[k], error))
      return NULL;
    if (is_repeated(all)) {
      pln_asked_refuse(error, "asked for twice: the bloc", asked->id, "each once", NULL);
      return NULL;
    }
  }
  return g_steal_pointer(&all);
}

/* ---- Who goes with which ---- */

static void bloc_free(gpointer data) {
  PlnVotingBloc *bloc = data;
  g_free(bloc->in);
  g_ptr_array_unref(bloc->given_up);
  g_ptr_array_unref(bloc->unseated);
  g_free(bloc);
}

static void add_unseated(PlnVotingBloc *bloc, const char *code) {
  if (!g_ptr_array_find_with_equal_func(bloc->unseated, code, g_str_equal, NULL))
    g_ptr_array_add(bloc->unseated, (gpointer)code);
}

/* Adds the seats of a state or a bloc of the list. */
static void mark_code(PlnVotingBloc *bloc, const PlnWorld *world, const PlnRoster *roster,
                      const char *code) {
  if (pln_world_state(world, code)) {
    int seat = pln_roster_find(roster, code);
    if (seat >= 0)
      bloc->in[seat] = 1;
    else
      add_unseated(bloc, code);
    return;
  }
  g_autofree guint8 *part = g_new0(guint8, roster->n + 1);
  if (pln_roster_mark(roster, world, pln_world_bloc(world, code), part) == 0)
    add_unseated(bloc, code);
  for (guint i = 0; i < roster->n; i++)
    bloc->in[i] |= part[i];
}

static PlnVotingBloc *mark(const PlnVotingAsked *asked, const PlnWorld *world,
                           const PlnRoster *roster) {
  PlnVotingBloc *bloc = g_new0(PlnVotingBloc, 1);
  bloc->id = asked->id;
  bloc->name = asked->name;
  bloc->bloc = asked->bloc;
  bloc->in = g_new0(guint8, roster->n + 1);
  bloc->given_up = g_ptr_array_new();
  bloc->unseated = g_ptr_array_new();
  if (asked->bloc)
    pln_roster_mark(roster, world, asked->bloc, bloc->in);
  for (guint c = 0; asked->codes && c < asked->codes->len; c++)
    mark_code(bloc, world, roster, asked->codes->pdata[c]);
  for (guint i = 0; i < roster->n; i++)
    bloc->members += bloc->in[i] != 0;
  return bloc;
}

/* Of the blocs that seat @i is in the one it goes with, by how many each had at first; or -1.  One
 * of a single member is left alone: it takes a seat only where nobody else asks for it. */
static int home_of(const GPtrArray *blocs, const guint *size, guint i) {
  int best = -1;
  for (guint b = 0; b < blocs->len; b++) {
    if (!((const PlnVotingBloc *)blocs->pdata[b])->in[i])
      continue;
    gboolean first = best < 0 || (size[best] < 2 && size[b] >= 2);
    if (first || (size[b] >= 2 && size[b] < size[best]))
      best = (int)b;
  }
  return best;
}

static void give_up(GPtrArray *blocs, const PlnRoster *roster) {
  g_autofree guint *size = g_new(guint, blocs->len + 1);
  for (guint b = 0; b < blocs->len; b++)
    size[b] = ((const PlnVotingBloc *)blocs->pdata[b])->members;
  for (guint i = 0; i < roster->n; i++) {
    int home = home_of(blocs, size, i);
    for (guint b = 0; b < blocs->len; b++) {
      PlnVotingBloc *bloc = blocs->pdata[b];
      if (!bloc->in[i] || (int)b == home)
        continue;
      bloc->in[i] = 0;
      bloc->members--;
      g_ptr_array_add(bloc->given_up, (gpointer)roster->state[i]);
    }
  }
}

GPtrArray *pln_voting_blocs_seat(const GPtrArray *asked, const PlnWorld *world,
                                 const PlnRoster *roster) {
  GPtrArray *blocs = g_ptr_array_new_with_free_func(bloc_free);
  for (guint k = 0; k < asked->len; k++)
    g_ptr_array_add(blocs, mark(asked->pdata[k], world, roster));
  give_up(blocs, roster);
  for (guint b = 0; b < blocs->len; b++) {
    PlnVotingBloc *bloc = blocs->pdata[b];
    bloc->alone = bloc->members < 2;
  }
  return blocs;
}

gboolean pln_voting_bloc_is_absent(const PlnVotingBloc *bloc) {
  return bloc->members == 0 && bloc->given_up->len == 0;
}
