/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who votes as one, who must be in and who may not. */
#include <string.h>

#include "plenary/asked.h"
#include "plenary/coalitions_part.h"
#include "plenary/error.h"
#include "plenary/text.h"

static void unit_free(gpointer data) {
  PlnCoalitionUnit *unit = data;
  g_free(unit->name);
  g_array_unref(unit->seats);
  g_ptr_array_unref(unit->given_up);
  g_free(unit);
}

static PlnCoalitionUnit *unit_new(const char *name, const PlnBloc *bloc) {
  PlnCoalitionUnit *unit = g_new0(PlnCoalitionUnit, 1);
  unit->name = g_strdup(name);
  unit->bloc = bloc;
  unit->seats = g_array_new(FALSE, FALSE, sizeof(guint));
  unit->given_up = g_ptr_array_new();
  return unit;
}

/* ---- Who is meant ---- */

static gboolean refuse_who(const PlnCoalitions *c, const char *text, GError **error) {
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (guint i = 0; i < c->roster->n; i++)
    g_ptr_array_add(names, (gpointer)c->roster->state[i]->code);
  pln_asked_add_names(names, pln_world_blocs(c->scenario->world));
  g_ptr_array_add(names, NULL);
  return pln_asked_refuse(error, "unknown state or bloc", text,
                          "a code of the roster (`plenary roster`), or a bloc (`plenary blocs`)",
                          (const char *const *)names->pdata);
}

static gboolean refuse_state(const char *text, GError **error) {
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "%s is a state, which votes as one anyway; expected a bloc, or NAME=%s,...", text,
              text);
  return FALSE;
}

static gboolean refuse_empty(const PlnCoalitions *c, const char *text, GError **error) {
  g_autofree char *shown = pln_text_visible(text);
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "%s has no vote in %s then; expected a member, or a bloc of which some are", shown,
              c->body->id);
  return FALSE;
}

/* Marks the seats of a state or a bloc.  @bloc: (out) (optional) */
static gboolean mark_one(const PlnCoalitions *c, const char *text, guint8 *in, const PlnBloc **bloc,
                         GError **error) {
  const PlnBloc *found = pln_world_bloc(c->scenario->world, text);
  int seat = pln_roster_find(c->roster, text);
  if (bloc)
    *bloc = found;
  if (seat >= 0) {
    in[seat] = 1;
    return TRUE;
  }
  if (!found)
    return pln_world_state(c->scenario->world, text) ? refuse_empty(c, text, error)
                                                     : refuse_who(c, text, error);
  g_autofree guint8 *marked = g_new0(guint8, c->roster->n + 1);
  if (pln_roster_mark(c->roster, c->scenario->world, found, marked) == 0)
    return refuse_empty(c, text, error);
  for (guint i = 0; i < c->roster->n; i++)
    in[i] |= marked[i];
  return TRUE;
}

/* ---- Blocs that vote as one ---- */

typedef struct {
  char *name;
  const PlnBloc *bloc;
  guint8 *in;
  guint members;
} Asked;

static void asked_clear(gpointer data) {
  Asked *asked = data;
  g_free(asked->name);
  g_free(asked->in);
}

/* BLOC, or NAME=A,B. */
static gboolean read_bloc(const PlnCoalitions *c, const char *text, Asked *asked, GError **error) {
  const char *equal = strchr(text, '=');
  asked->in = g_new0(guint8, c->roster->n + 1);
  if (!equal) {
    asked->name = g_strdup(text);
    if (!pln_world_bloc(c->scenario->world, text))
      return pln_roster_find(c->roster, text) >= 0 ? refuse_state(text, error)
                                                   : refuse_who(c, text, error);
    if (!mark_one(c, text, asked->in, &asked->bloc, error))
      return FALSE;
  } else {
    g_auto(GStrv) list = g_strsplit(equal + 1, ",", -1);
    asked->name = g_strndup(text, (gsize)(equal - text));
    for (guint k = 0; list[k]; k++)
      if (!mark_one(c, list[k], asked->in, NULL, error))
        return FALSE;
  }
  for (guint i = 0; i < c->roster->n; i++)
    asked->members += asked->in[i];
  if (asked->members > 0 && *asked->name)
    return TRUE;
  g_autofree char *shown = pln_text_visible(text);
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "--bloc %s names nobody; expected a bloc, or NAME=A,B with codes of states", shown);
  return FALSE;
}

/* The smallest bloc asked for that has the seat, of equals the first; -1: none. */
static int home_of(const GArray *asked, guint seat) {
  int home = -1;
  for (guint k = 0; k < asked->len; k++) {
    const Asked *a = &g_array_index(asked, Asked, k);
    if (a->in[seat] &&
        (home < 0 || a->members < g_array_index(asked, Asked, (guint)home).members))
      home = (int)k;
  }
  return home;
}

static void seat_all(PlnCoalitions *c, const GArray *asked) {
  guint n = c->roster->n;
  for (guint k = 0; k < asked->len; k++) {
    const Asked *a = &g_array_index(asked, Asked, k);
    PlnCoalitionUnit *unit = unit_new(a->name, a->bloc);
    for (guint i = 0; i < n; i++)
      if (a->in[i] && home_of(asked, i) == (int)k)
        g_array_append_val(unit->seats, i);
      else if (a->in[i])
        g_ptr_array_add(unit->given_up, (gpointer)c->roster->state[i]);
    if (unit->seats->len > 0)
      g_ptr_array_add(c->units, unit);
    else
      unit_free(unit);
  }
  for (guint i = 0; i < n; i++) {
    if (home_of(asked, i) >= 0)
      continue;
    PlnCoalitionUnit *unit = unit_new(c->roster->state[i]->code, NULL);
    g_array_append_val(unit->seats, i);
    g_ptr_array_add(c->units, unit);
  }
}

/* ---- In and out ---- */

static PlnCoalitionUnit *unit_at(const PlnCoalitions *c, guint k) {
  return c->units->pdata[k];
}

static gboolean has_seat(const PlnCoalitionUnit *unit, const guint8 *in) {
  for (guint j = 0; j < unit->seats->len; j++)
    if (in[g_array_index(unit->seats, guint, j)])
      return TRUE;
  return FALSE;
}

/* A bloc that votes as one goes where one of its members goes. */
static gboolean set_must(PlnCoalitions *c, const GPtrArray *list, gint must, GError **error) {
  for (guint k = 0; list && k < list->len; k++) {
    const char *text = list->pdata[k];
    g_autofree guint8 *in = g_new0(guint8, c->roster->n + 1);
    gboolean named = FALSE;
    for (guint u = 0; u < c->units->len && !named; u++) /* NAME of NAME=A,B */
      if (strcmp(unit_at(c, u)->name, text) == 0 && unit_at(c, u)->seats->len > 0) {
        in[g_array_index(unit_at(c, u)->seats, guint, 0)] = 1;
        named = TRUE;
      }
    if (!named && !mark_one(c, text, in, NULL, error))
      return FALSE;
    for (guint u = 0; u < c->units->len; u++) {
      PlnCoalitionUnit *unit = unit_at(c, u);
      if (!has_seat(unit, in))
        continue;
      if (unit->must == -must) {
        g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                    "%s is both in and out; expected it in --with or in --without, not in both",
                    unit->name);
        return FALSE;
      }
      unit->must = must;
    }
  }
  return TRUE;
}

static void sum_up(PlnCoalitions *c) {
  g_autofree PlnVote *vote = g_new(PlnVote, c->roster->n + 1);
  for (guint others = 0; others < PLN_OTHERS; others++)
    for (guint end = 0; end < PLN_COALITION_ENDS; end++) {
      PlnVote to = end == PLN_COALITION_WINS ? PLN_VOTE_Y : PLN_VOTE_N;
      PlnVote against = end == PLN_COALITION_WINS ? PLN_VOTE_N : PLN_VOTE_Y;
      pln_coalitions_others(c, (PlnOthers)others, (PlnCoalitionEnd)end, vote);
      for (guint u = 0; u < c->units->len; u++)
        for (guint j = 0; j < unit_at(c, u)->seats->len; j++) {
          guint seat = g_array_index(unit_at(c, u)->seats, guint, j);
          if (others == PLN_OTHERS_EXPECTED && vote[seat] == against) {
            unit_at(c, u)->aside_price[end] += c->seat[seat].aside[end];
            unit_at(c, u)->aside_change[end]++;
          }
          if (vote[seat] == to)
            continue;
          unit_at(c, u)->price[others][end] += c->seat[seat].price[end];
          unit_at(c, u)->change[others][end]++;
        }
    }
}

gboolean pln_coalitions_unite(PlnCoalitions *c, GError **error) {
  g_autoptr(GArray) asked = g_array_new(FALSE, TRUE, sizeof(Asked));
  g_array_set_clear_func(asked, asked_clear);
  g_ptr_array_set_free_func(c->units, unit_free);
  for (guint k = 0; c->options.blocs && k < c->options.blocs->len; k++) {
    g_array_set_size(asked, k + 1);
    if (!read_bloc(c, c->options.blocs->pdata[k], &g_array_index(asked, Asked, k), error))
      return FALSE;
  }
  seat_all(c, asked);
  if (!set_must(c, c->options.with, 1, error) || !set_must(c, c->options.without, -1, error))
    return FALSE;
  sum_up(c);
  return TRUE;
}
