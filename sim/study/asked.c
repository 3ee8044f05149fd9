/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/asked.h"

#include <string.h>

#include "plenary/error.h"
#include "plenary/refuse.h"
#include "plenary/text.h"

/* What begins with @text and goes on after a hyphen, where it is long enough to be meant.
 * Returns: (transfer full): the first two of them, or NULL */
static char *goes_on(const char *text, const char *const *candidates) {
  enum { LEAST = 4, MOST = 2 };
  gsize n = strlen(text), found = 0;
  GString *out = g_string_new(NULL);
  for (gsize i = 0; n >= LEAST && candidates[i] && found < MOST; i++)
    if (g_ascii_strncasecmp(candidates[i], text, n) == 0 && candidates[i][n] == '-')
      g_string_append_printf(out, "%s%s", found++ > 0 ? " or " : "", candidates[i]);
  return g_string_free(out, found == 0);
}

gboolean pln_asked_refuse(GError **error, const char *what, const char *text, const char *expected,
                          const char *const *candidates) {
  const char *near = candidates ? pln_text_near(text, candidates) : NULL;
  g_autofree char *longer = !near && candidates ? goes_on(text, candidates) : NULL;
  return pln_refuse(error, what, text, expected, near ? near : longer);
}

void pln_asked_add_names(GPtrArray *names, GPtrArray *nouns) {
  for (guint i = 0; i < nouns->len; i++)
    g_ptr_array_add(names, *(gpointer *)nouns->pdata[i]);
  g_ptr_array_unref(nouns);
}

static gboolean none_of(GError **error, const char *what, const char *text, const char *expected,
                        GPtrArray *nouns) {
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  pln_asked_add_names(names, nouns);
  g_ptr_array_add(names, NULL);
  return pln_asked_refuse(error, what, text, expected, (const char *const *)names->pdata);
}

gboolean pln_asked_fail(GError **error, const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_autofree char *said = g_strdup_vprintf(format, args);
  va_end(args);
  g_autofree char *text = pln_text_visible(said);
  g_set_error_literal(error, PLN_ERROR, PLN_ERROR_USAGE, text);
  return FALSE;
}

gboolean pln_asked_proposal(const PlnScenario *s, const char *id, int *place, GError **error) {
  *place = pln_scenario_find(s, id);
  return *place >= 0 || none_of(error, "unknown proposal", id, "one of the scenario's",
                                g_ptr_array_ref(s->proposals));
}

const char *pln_asked_treaty(const PlnWorld *world, const char *id, GError **error) {
  g_autoptr(GPtrArray) terms = pln_world_terms(world, NULL), names = g_ptr_array_new();
  for (guint k = 0; k < terms->len; k++) {
    const PlnTreatyTerm *term = terms->pdata[k];
    if (strcmp(term->key, "known_to") != 0)
      continue;
    if (strcmp(term->treaty, id) == 0)
      return term->treaty;
    g_ptr_array_add(names, (gpointer)term->treaty);
  }
  g_ptr_array_add(names, NULL);
  g_autofree char *all = g_strjoinv(" or ", (char **)names->pdata);
  pln_asked_refuse(error, "unknown treaty", id, all, (const char *const *)names->pdata);
  return NULL;
}

const PlnRuleEntry *pln_asked_rule(const PlnScenario *s, const char *id, GError **error) {
  const PlnRuleEntry *rule = pln_world_rule(s->world, id);
  if (!rule)
    none_of(error, "unknown rule", id, "one that `plenary rules` lists", pln_world_rules(s->world));
  return rule;
}
