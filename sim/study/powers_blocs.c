/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocs that vote as one: what was asked for, and who goes with which. */
#include <string.h>

#include "plenary/asked.h"
#include "plenary/error.h"
#include "plenary/powers_part.h"

static void bloc_clear(gpointer data) {
  PlnPowersBloc *bloc = data;
  g_free(bloc->in);
  g_ptr_array_unref(bloc->given_up);
}

GArray *pln_powers_blocs_new(void) {
  GArray *blocs = g_array_new(FALSE, FALSE, sizeof(PlnPowersBloc));
  g_array_set_clear_func(blocs, bloc_clear);
  return blocs;
}

/* ---- What was asked ---- */

static gboolean refuse(const PlnScenario *s, const char *word, gboolean states, GError **error) {
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  pln_asked_add_names(names, pln_world_blocs(s->world));
  if (states)
    pln_asked_add_names(names, pln_world_states(s->world));
  g_ptr_array_add(names, NULL);
  return pln_asked_refuse(error, states ? "unknown state or bloc" : "unknown bloc", word,
                          states ? "a code such as FRA, or a bloc that `plenary blocs` lists"
                                 : "one that `plenary blocs` lists, or NAME=A,B",
                          (const char *const *)names->pdata);
}

/* "NAME=A,B": codes of states and ids of blocs. */
static gboolean read_list(PlnPowers *powers, PlnPowersAsked *asked, const char *text, GError **error) {
  const PlnScenario *s = powers->scenario;
  const char *equals = strchr(text, '=');
  g_auto(GStrv) codes = g_strsplit(equals + 1, ",", -1);
  asked->id = g_strndup(text, (gsize)(equals - text));
  asked->codes = g_ptr_array_new_with_free_func(g_free);
  if (!*asked->id || !codes[0])
    return pln_asked_refuse(error, "a bloc", text, "NAME=A,B", NULL);
  for (gsize k = 0; codes[k]; k++) {
    g_strstrip(codes[k]);
    if (!pln_world_state(s->world, codes[k]) && !pln_world_bloc(s->world, codes[k]))
      return refuse(s, codes[k], TRUE, error);
    g_ptr_array_add(asked->codes, g_strdup(codes[k]));
  }
  return TRUE;
}

static gboolean is_asked(const PlnPowers *powers, const char *id) {
  for (guint k = 0; k + 1 < powers->asked->len; k++)
    if (strcmp(((const PlnPowersAsked *)powers->asked->pdata[k])->id, id) == 0)
      return TRUE;
  return FALSE;
}

gboolean pln_powers_ask_blocs(PlnPowers *powers, GError **error) {
  const GPtrArray *texts = powers->options.blocs;
  for (guint k = 0; texts && k < texts->len; k++) {
    const char *text = texts->pdata[k];
    PlnPowersAsked *asked = g_new0(PlnPowersAsked, 1);
    g_ptr_array_add(powers->asked, asked);
    if (strchr(text, '=')) {
      if (!read_list(powers, asked, text, error))
        return FALSE;
    } else {
      asked->id = g_strdup(text);
      asked->bloc = pln_world_bloc(powers->scenario->world, text);
      if (!asked->bloc)
        return refuse(powers->scenario, text, FALSE, error);
    }
    if (is_asked(powers, asked->id))
      return pln_asked_refuse(error, "asked for twice: the bloc", asked->id, "each once", NULL);
  }
  return TRUE;
}

/* ---- Who goes with which ---- */

static guint mark(const PlnPowers *powers, const PlnPowersGame *game, const PlnPowersAsked *asked,
                  guint8 *in) {
  const PlnWorld *world = powers->scenario->world;
  guint n = game->roster->n, members = 0;
  if (asked->bloc)
    return pln_roster_mark(game->roster, world, asked->bloc, in);
  g_autofree guint8 *part = g_new0(guint8, n + 1);
  for (guint c = 0; c < asked->codes->len; c++) {
    const char *code = asked->codes->pdata[c];
    const PlnBloc *bloc = pln_world_state(world, code) ? NULL : pln_world_bloc(world, code);
    int seat = pln_roster_find(game->roster, code);
    memset(part, 0, n);
    if (bloc)
      pln_roster_mark(game->roster, world, bloc, part);
    else if (seat >= 0)
      part[seat] = 1;
    for (guint i = 0; i < n; i++)
      in[i] |= part[i];
  }
  for (guint i = 0; i < n; i++)
    members += in[i] != 0;
  return members;
}

/* Of the blocs that seat @i is in the smallest; of equal ones the first asked for; or -1. */
static int smallest(const GArray *blocs, const guint *size, guint i) {
  int best = -1;
  for (guint b = 0; b < blocs->len; b++)
    if (g_array_index(blocs, PlnPowersBloc, b).in[i] && (best < 0 || size[b] < size[best]))
      best = (int)b;
  return best;
}

static void give_up(PlnPowersGame *game) {
  GArray *blocs = game->blocs;
  g_autofree guint *size = g_new(guint, blocs->len + 1);
  for (guint b = 0; b < blocs->len; b++)
    size[b] = g_array_index(blocs, PlnPowersBloc, b).members;
  for (guint i = 0; i < game->roster->n; i++) {
    int goes = smallest(blocs, size, i);
    for (guint b = 0; b < blocs->len; b++) {
      PlnPowersBloc *bloc = &g_array_index(blocs, PlnPowersBloc, b);
      if (!bloc->in[i] || (int)b == goes)
        continue;
      bloc->in[i] = 0;
      bloc->members--;
      g_ptr_array_add(bloc->given_up, (gpointer)game->roster->state[i]);
    }
  }
}

static void drop_small(PlnPowersGame *game) {
  for (guint b = game->blocs->len; b-- > 0;) {
    const PlnPowersBloc *bloc = &g_array_index(game->blocs, PlnPowersBloc, b);
    if (bloc->members >= 2)
      continue;
    g_ptr_array_insert(game->left_alone, 0, (gpointer)bloc->id);
    g_array_remove_index(game->blocs, b);
  }
}

/* Blocs first, then everybody else, each by itself. */
static void number_unions(PlnPowersGame *game) {
  guint n = game->roster->n;
  game->unions = game->blocs->len;
  if (game->unions == 0)
    return;
  game->union_of = g_new(guint, n + 1);
  for (guint i = 0; i < n; i++) {
    guint of = 0;
    while (of < game->blocs->len && !g_array_index(game->blocs, PlnPowersBloc, of).in[i])
      of++;
    game->union_of[i] = of < game->blocs->len ? of : game->unions++;
  }
}

void pln_powers_seat_blocs(const PlnPowers *powers, PlnPowersGame *game) {
  for (guint k = 0; k < powers->asked->len; k++) {
    const PlnPowersAsked *asked = powers->asked->pdata[k];
    PlnPowersBloc bloc = {.id = asked->id,
                          .name = asked->bloc ? asked->bloc->name : asked->id,
                          .bloc = asked->bloc,
                          .in = g_new0(guint8, game->roster->n + 1),
                          .given_up = g_ptr_array_new()};
    bloc.members = mark(powers, game, asked, bloc.in);
    g_array_append_val(game->blocs, bloc);
  }
  drop_small(game);
  give_up(game);
  drop_small(game);
  number_unions(game);
}
