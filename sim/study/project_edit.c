/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Positions and chances asked for beside those of the scenario. */
#include <math.h>
#include <string.h>

#include "plenary/asked.h"
#include "plenary/error.h"
#include "plenary/project_part.h"
#include "plenary/text.h"

/* ---- Views ---- */

static gboolean same_who(const PlnStance *a, const PlnStance *b) {
  return a->who == b->who && a->state == b->state && a->bloc == b->bloc;
}

/* Whether @row gives way to one of @positions. */
static gboolean replaced(const PlnStance *row, const GPtrArray *positions) {
  for (guint k = 0; positions && k < positions->len; k++) {
    const PlnStance *edit = positions->pdata[k];
    if (same_who(row, edit) && (edit->proposal < 0 || edit->proposal == row->proposal))
      return TRUE;
  }
  return FALSE;
}

static PlnScenario *view_of(const PlnScenario *scenario) {
  PlnScenario *view = g_memdup2(scenario, sizeof *scenario);
  view->stances = g_ptr_array_new();
  return view;
}

PlnScenario *pln_project_view_new(const PlnScenario *scenario, const GPtrArray *positions) {
  PlnScenario *view = view_of(scenario);
  for (guint k = 0; k < scenario->stances->len; k++)
    if (!replaced(scenario->stances->pdata[k], positions))
      g_ptr_array_add(view->stances, scenario->stances->pdata[k]);
  for (guint k = 0; positions && k < positions->len; k++)
    g_ptr_array_add(view->stances, positions->pdata[k]);
  return view;
}

PlnScenario *pln_project_view_but(const PlnScenario *view, const PlnStance *row,
                                  const PlnStance *instead) {
  PlnScenario *other = view_of(view);
  for (guint k = 0; k < view->stances->len; k++) {
    if (view->stances->pdata[k] != row)
      g_ptr_array_add(other->stances, view->stances->pdata[k]);
    else if (instead)
      g_ptr_array_add(other->stances, (gpointer)instead);
  }
  return other;
}

void pln_project_view_free(PlnScenario *view) {
  if (!view)
    return;
  g_ptr_array_unref(view->stances);
  g_free(view);
}

/* ---- Words ---- */

/* A number of 0 to @most with decimals; nothing may follow it. */
static gboolean read_number(const char *text, double most, double *value) {
  char *end = NULL;
  if (!g_ascii_isdigit(*text))
    return FALSE;
  *value = g_ascii_strtod(text, &end);
  return *end == '\0' && *value >= 0 && *value <= most;
}

static void near_of(const char *word, GPtrArray *names, char **near) {
  g_ptr_array_add(names, NULL);
  const char *found = pln_text_near(word, (const char *const *)names->pdata);
  *near = found ? g_strdup_printf("; did you mean %s?", found) : g_strdup("");
}

static gboolean read_who(const PlnScenario *s, const char *who, PlnStance *stance, GError **error) {
  stance->who = PLN_STANCE_ALL;
  if (strcmp(who, "ALL") == 0)
    return TRUE;
  stance->bloc = pln_world_bloc(s->world, who);
  stance->state = stance->bloc ? NULL : pln_world_state(s->world, who);
  stance->who = stance->bloc ? PLN_STANCE_BLOC : PLN_STANCE_STATE;
  if (stance->bloc || stance->state)
    return TRUE;
  g_autoptr(GPtrArray) names = g_ptr_array_new(), blocs = pln_world_blocs(s->world),
                       states = pln_world_states(s->world);
  g_autofree char *near = NULL;
  for (guint k = 0; k < blocs->len; k++)
    g_ptr_array_add(names, (gpointer)((const PlnBloc *)blocs->pdata[k])->id);
  for (guint k = 0; k < states->len; k++)
    g_ptr_array_add(names, (gpointer)((const PlnState *)states->pdata[k])->code);
  near_of(who, names, &near);
  return pln_asked_fail(error, "unknown state or bloc \"%s\"; expected a code, a bloc's id or ALL%s",
                        who, near);
}

gboolean pln_project_position(const PlnScenario *s, const char *text, PlnStance *stance,
                              GError **error) {
  static const char *const signs[] = {"±", "+-"};
  const char *equals = strrchr(text, '='), *colon = strchr(text, ':');
  *stance = (PlnStance){.proposal = -1,
                        .sd = PLN_STANCE_SD,
                        .status = PLN_STATUS_ASSUMED,
                        .source = "asked for",
                        .note = ""};
  if (!equals || (colon && colon > equals))
    return pln_asked_fail(error, "--position is \"%s\"; expected [PROPOSAL:]WHO=P or WHO=P±SD", text);
  if (colon) {
    g_autofree char *id = g_strndup(text, (gsize)(colon - text));
    if (!pln_asked_proposal(s, id, &stance->proposal, error))
      return FALSE;
  }
  const char *start = colon ? colon + 1 : text;
  g_autofree char *who = g_strndup(start, (gsize)(equals - start)), *number = g_strdup(equals + 1);
  char *spread = NULL;
  gsize skip = 0;
  for (gsize k = 0; k < G_N_ELEMENTS(signs) && !spread; k++) {
    spread = strstr(number, signs[k]);
    skip = strlen(signs[k]);
  }
  if (spread)
    *spread = '\0';
  if (!read_number(number, 100, &stance->position) ||
      (spread && (!read_number(spread + skip, 100, &stance->sd) || stance->sd <= 0)))
    return pln_asked_fail(error,
                          "--position is \"%s\"; expected a position of 0 to 100, and behind ± a standard "
                          "deviation above 0 and up to 100",
                          text);
  return read_who(s, who, stance, error);
}

gboolean pln_project_pressed(const PlnScenario *s, const char *text, int *place, double *chance,
                             GError **error) {
  const char *equals = strrchr(text, '=');
  if (!equals || !read_number(equals + 1, 100, chance))
    return pln_asked_fail(error, "--pressed is \"%s\"; expected PROPOSAL=PERCENT, 0 to 100", text);
  g_autofree char *id = g_strndup(text, (gsize)(equals - text));
  *chance /= 100;
  *place = -1;
  return strcmp(id, "ALL") == 0 || pln_asked_proposal(s, id, place, error);
}
