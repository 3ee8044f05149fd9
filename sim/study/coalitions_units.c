/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who votes as one, who must be in and who may not. */
#include <string.h>

#include "plenary/asked.h"
#include "plenary/coalitions_part.h"
#include "plenary/error.h"
#include "plenary/text.h"
#include "plenary/voting_blocs.h"

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

static gboolean refuse_empty(const PlnCoalitions *c, const char *text, GError **error) {
  g_autofree char *shown = pln_text_visible(text);
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "%s has no vote in %s then; expected a member, or a bloc of which some are", shown,
              c->body->id);
  return FALSE;
}

/* Marks the seats of a state or a bloc. */
static gboolean mark_one(const PlnCoalitions *c, const char *text, guint8 *in, GError **error) {
  const PlnBloc *found = pln_world_bloc(c->scenario->world, text);
  int seat = pln_roster_find(c->roster, text);
  if (seat >= 0) {
    in[seat] = 1;
    return TRUE;
  }
  if (!found)
    return pln_world_state(c->scenario->world, text) ? refuse_empty(c, text, error)
                                                     : refuse_who(c, text, error);
  return pln_roster_mark(c->roster, c->scenario->world, found, in) > 0 ||
         refuse_empty(c, text, error);
}

/* ---- Blocs that vote as one ---- */

static void add_bloc(PlnCoalitions *c, const PlnVotingBloc *bloc, guint8 *taken) {
  PlnCoalitionUnit *unit = unit_new(bloc->id, bloc->bloc);
  for (guint i = 0; i < c->roster->n; i++)
    if (bloc->in[i]) {
      g_array_append_val(unit->seats, i);
      taken[i] = 1;
    }
  for (guint k = 0; k < bloc->given_up->len; k++)
    g_ptr_array_add(unit->given_up, bloc->given_up->pdata[k]);
  g_ptr_array_add(c->units, unit);
}

/* There is one vote: a bloc that has none in it was asked for by mistake. */
static gboolean seat_all(PlnCoalitions *c, GError **error) {
  g_autofree guint8 *taken = g_new0(guint8, c->roster->n + 1);
  c->seated = pln_voting_blocs_seat(c->asked, c->scenario->world, c->roster);
  for (guint k = 0; k < c->seated->len; k++) {
    const PlnVotingBloc *bloc = c->seated->pdata[k];
    if (pln_voting_bloc_is_absent(bloc))
      return refuse_empty(c, bloc->id, error);
    if (!bloc->alone)
      add_bloc(c, bloc, taken);
  }
  for (guint i = 0; i < c->roster->n; i++) {
    if (taken[i])
      continue;
    PlnCoalitionUnit *unit = unit_new(c->roster->state[i]->code, NULL);
    g_array_append_val(unit->seats, i);
    g_ptr_array_add(c->units, unit);
  }
  return TRUE;
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

/* The seats of a bloc asked for, by its name; of one whose members all go with others theirs. */
static gboolean mark_asked(const PlnCoalitions *c, const char *name, guint8 *in) {
  for (guint k = 0; k < c->seated->len; k++) {
    const PlnVotingBloc *bloc = c->seated->pdata[k];
    if (strcmp(bloc->id, name) != 0)
      continue;
    memcpy(in, bloc->in, c->roster->n);
    for (guint j = 0; bloc->members == 0 && j < bloc->given_up->len; j++)
      in[pln_roster_find(c->roster, ((const PlnState *)bloc->given_up->pdata[j])->code)] = 1;
    return TRUE;
  }
  return FALSE;
}

/* A bloc that votes as one goes where one of its members goes. */
static gboolean set_must(PlnCoalitions *c, const GPtrArray *list, gint must, GError **error) {
  for (guint k = 0; list && k < list->len; k++) {
    const char *text = list->pdata[k];
    g_autofree guint8 *in = g_new0(guint8, c->roster->n + 1);
    if (!mark_asked(c, text, in) && !mark_one(c, text, in, error))
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
  g_ptr_array_set_free_func(c->units, unit_free);
  c->asked = pln_voting_blocs_read(c->scenario->world, c->options.blocs, error);
  if (!c->asked || !seat_all(c, error))
    return FALSE;
  if (!set_must(c, c->options.with, 1, error) || !set_must(c, c->options.without, -1, error))
    return FALSE;
  sum_up(c);
  return TRUE;
}
