/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What-ifs of a ratification, as given in words. */
#include <string.h>

#include "plenary/asked.h"
#include "plenary/error.h"
#include "plenary/ratify_part.h"
#include "plenary/text.h"

void pln_ratify_edit_clear(gpointer data) {
  PlnRatifyEdit *edit = data;
  g_clear_pointer(&edit->text, g_free);
  g_clear_pointer(&edit->seats, g_array_unref);
}

/* ---- What ---- */

static const char *near_what(const char *what) {
  static const char *const words[] = {"never", "Y", "N", "A", "X", NULL};
  return pln_text_near(what, words);
}

static gboolean read_what(const char *what, PlnRatifyEdit *edit) {
  static const char votes[] = "YNAX";
  const char *vote = what[0] && !what[1] ? strchr(votes, what[0]) : NULL;
  PlnDay day;
  edit->day = -1;
  edit->vote = PLN_VOTE_UNKNOWN;
  if (vote) {
    edit->kind = PLN_RATIFY_SET_VOTE;
    edit->vote = (PlnVote)(vote - votes);
    return TRUE;
  }
  if (strcmp(what, "never") == 0) {
    edit->kind = PLN_RATIFY_SET_NEVER;
    return TRUE;
  }
  if (!pln_day_parse(what, &day) || day <= PLN_DAY_UNKNOWN)
    return FALSE;
  edit->kind = PLN_RATIFY_SET_DAY;
  edit->day = pln_day_number(day);
  return TRUE;
}

/* ---- Who ---- */

static const char *near_who(const PlnWorld *world, const PlnRatifyHistory *h, const char *who) {
  g_autoptr(GPtrArray) blocs = pln_world_blocs(world), words = g_ptr_array_new();
  for (guint i = 0; i < h->n; i++)
    g_ptr_array_add(words, (gpointer)h->state[i]->code);
  for (guint k = 0; k < blocs->len; k++)
    g_ptr_array_add(words, (gpointer)((const PlnBloc *)blocs->pdata[k])->id);
  g_ptr_array_add(words, (gpointer) "ALL");
  g_ptr_array_add(words, NULL);
  return pln_text_near(who, (const char *const *)words->pdata);
}

/* Whose instrument is deposited: what is on record is set by nobody. */
static const PlnTreatyAct *deposited(const PlnRatifyHistory *h, const char *who) {
  for (guint i = 0; i < h->n; i++)
    if (strcmp(h->state[i]->code, who) == 0 && h->history[i].joined_at <= h->years)
      return h->act[i];
  return NULL;
}

/* The places among the states of the default history, whose order is every history's. */
static gboolean read_who(const PlnWorld *world, const PlnRatifyHistory *h, const char *who,
                         PlnRatifyEdit *edit) {
  const PlnBloc *bloc = pln_world_bloc(world, who);
  g_autoptr(GHashTable) in =
      bloc ? pln_world_bloc_members(world, bloc, pln_day_of_number(h->until)) : NULL;
  for (guint i = 0; i < h->n; i++) {
    const char *code = h->state[i]->code;
    if (strcmp(who, "ALL") == 0 || strcmp(who, code) == 0 || (in && g_hash_table_contains(in, code)))
      g_array_append_val(edit->seats, i);
  }
  return edit->seats->len > 0;
}

gboolean pln_ratify_edit_read(const PlnScenario *scenario, const char *text, PlnRatifyEdit *edit,
                              GError **error) {
  const PlnWorld *world = scenario->world;
  const char *cut = strchr(text, '=');
  *edit = (PlnRatifyEdit){.text = g_strdup(text), .seats = g_array_new(FALSE, FALSE, sizeof(guint))};
  g_autofree char *who = cut ? g_strndup(text, (gsize)(cut - text)) : NULL;
  if (!cut || !read_what(cut + 1, edit)) {
    const char *near = cut ? near_what(cut + 1) : NULL;
    pln_asked_fail(error,
                   "\"%s\" is no edit of a ratification; expected WHO=DAY such as DEU=2028-06-30, "
                   "WHO=never, or a vote on the protocol, WHO=Y, N, A or X%s%s%s",
                   text, near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
    pln_ratify_edit_clear(edit);
    return FALSE;
  }
  g_autoptr(PlnRatifyHistory) h =
      pln_ratify_history_new(world, pln_ratify_options().treaty, -1, error);
  const PlnTreatyAct *act = h && edit->kind != PLN_RATIFY_SET_VOTE ? deposited(h, who) : NULL;
  g_autofree char *since = act ? pln_day_words(act->consent) : NULL;
  if (act) {
    pln_asked_fail(error,
                   "\"%s\": %s has deposited its instrument already (%s), which stays; expected a "
                   "state that has not, or a vote on the protocol, as %s=N",
                   text, who, since, who);
    g_clear_pointer(&h, pln_ratify_history_free);
  } else if (h && edit->kind == PLN_RATIFY_SET_DAY && edit->day < h->opened) {
    pln_asked_fail(error, "\"%s\" is before the treaty was opened; expected a later day", text);
    g_clear_pointer(&h, pln_ratify_history_free);
  } else if (h && !read_who(world, h, who, edit)) {
    const char *near = near_who(world, h, who);
    pln_asked_fail(error,
                   "\"%s\" is no state that may join, and no bloc of such; expected a code, a bloc "
                   "or ALL%s%s%s",
                   who, near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
    g_clear_pointer(&h, pln_ratify_history_free);
  }
  if (!h)
    pln_ratify_edit_clear(edit);
  return h != NULL;
}
