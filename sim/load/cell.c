/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "plenary/tables.h"

const char *pln_cell_keep(const PlnTable *table, guint row, guint column, PlnWorld *world) {
  return pln_world_keep(world, pln_table_text(table, row, column));
}

PlnStatus pln_cell_status(const PlnTable *table, guint row, guint column, PlnStatus otherwise,
                          PlnFaults *faults) {
  return (PlnStatus)pln_table_word(table, row, column, pln_status_words, (int)otherwise, faults);
}

void pln_cell_span(const PlnTable *table, guint row, guint from_column, guint to_column,
                   PlnDay *from, PlnDay *to, PlnFaults *faults) {
  *from = pln_table_day(table, row, from_column, faults);
  *to = pln_table_day(table, row, to_column, faults);
  if (*from > PLN_DAY_UNKNOWN && *to > PLN_DAY_UNKNOWN && pln_day_last(*to) < pln_day_first(*from))
    pln_table_fault(table, row, to_column, faults,
                    "the membership ends before it begins; expected a day from its beginning on");
}

/* The letter that a word stands for where that is sure, or 0.  Not the numbers of data
 * sets, which differ from one to another. */
static char letter_of(const char *text) {
  static const struct {
    const char *word;
    char letter;
  } words[] = {{"Y", 'Y'},         {"yes", 'Y'},         {"N", 'N'},      {"no", 'N'},
               {"A", 'A'},         {"abstain", 'A'},     {"abstains", 'A'}, {"abstained", 'A'},
               {"abstaining", 'A'}, {"abstention", 'A'}, {"X", 'X'},      {"absent", 'X'},
               {"not voting", 'X'}, {"did not vote", 'X'}};
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
    if (g_ascii_strcasecmp(text, words[i].word) == 0)
      return words[i].letter;
  return 0;
}

PlnVote pln_cell_vote(const PlnTable *table, guint row, guint column, PlnFaults *faults) {
  static const char letters[] = "YNAX";
  const char *text = pln_table_text(table, row, column);
  const char *found = *text && !text[1] ? strchr(letters, *text) : NULL;
  if (!*text || strcmp(text, "?") == 0)
    return PLN_VOTE_UNKNOWN;
  if (found)
    return (PlnVote)(found - letters);
  char meant[] = {letter_of(text), 0};
  pln_table_fault(table, row, column, faults,
                  "the vote is \"%s\"; expected Y (yes), N (no), A (abstains) or X (did not "
                  "vote)%s%s%s",
                  text, *meant ? "; did you mean " : "", meant, *meant ? "?" : "");
  return PLN_VOTE_UNKNOWN;
}

/* NULL-terminated, for pln_faults_hint. */
static const char **names_of(const GPtrArray *nouns) {
  const char **names = g_new0(const char *, nouns->len + 1);
  for (guint i = 0; i < nouns->len; i++)
    names[i] = *(const char *const *)nouns->pdata[i];
  return names;
}

static gboolean same(const char *a, const char *b) {
  return g_ascii_strcasecmp(a, b) == 0;
}

/* The one state whose name begins with @text; NULL where there is none or more. */
static const PlnState *begins(const GPtrArray *states, const char *text) {
  const PlnState *found = NULL;
  for (guint i = 0; i < states->len; i++) {
    const PlnState *state = states->pdata[i];
    if (g_ascii_strncasecmp(state->name, text, strlen(text)) != 0)
      continue;
    if (found)
      return NULL;
    found = state;
  }
  return found;
}

/* The state that has @text for its name or for another of its codes. */
static const PlnState *called(const GPtrArray *states, const char *text) {
  if (same(text, "UK")) /* reserved for it by ISO 3166, and near UKR */
    text = "GB";
  for (guint i = 0; i < states->len; i++) {
    const PlnState *state = states->pdata[i];
    if (same(state->name, text) || same(state->iso2, text) || same(state->m49, text))
      return state;
  }
  return NULL;
}

static const PlnState *near_name(const GPtrArray *states, const char *text, PlnFaults *faults) {
  g_autofree const char **names = g_new0(const char *, states->len + 1);
  for (guint i = 0; i < states->len; i++)
    names[i] = ((const PlnState *)states->pdata[i])->name;
  const char *near = pln_faults_near(faults, text, names);
  return near ? called(states, near) : NULL;
}

/* The code of the state that is meant, else the nearest of @names, or NULL.  The beginning of a
 * name comes before the nearest word: Iran is no misspelt Iraq, and GER, SPA or DEN are of other
 * lists. */
static const char *code_of(const PlnWorld *world, const char *text, const char *const *names,
                           PlnFaults *faults) {
  if (!pln_faults_seeks(faults))
    return NULL;
  g_autoptr(GPtrArray) states = pln_world_states(world);
  const PlnState *state = called(states, text);
  if (!state && strlen(text) >= 3)
    state = begins(states, text);
  const char *code = state ? state->code : pln_faults_near(faults, text, names);
  if (!code && strlen(text) > 3)
    state = near_name(states, text, faults);
  return code ? code : state ? state->code : NULL;
}

/* NULL-terminated, for pln_faults_near, which takes the first of equals: those of @nouns that
 * other rows have in @column come first, EU before ECU where the EU is at the table. */
static const char **names_here(const PlnTable *table, guint column, const GPtrArray *nouns) {
  g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
  GPtrArray *names = g_ptr_array_new();
  for (guint i = 0; i < nouns->len; i++)
    g_hash_table_add(known, *(gpointer *)nouns->pdata[i]);
  for (guint i = 0; nouns->len > 0 && i < pln_table_rows(table); i++) {
    const char *text = pln_table_text(table, i, column);
    if (g_hash_table_remove(known, text))
      g_ptr_array_add(names, (gpointer)text);
  }
  for (guint i = 0; i < nouns->len; i++)
    g_ptr_array_add(names, *(gpointer *)nouns->pdata[i]);
  g_ptr_array_add(names, NULL);
  return (const char **)g_ptr_array_free(names, FALSE);
}

void pln_cell_unknown(const PlnTable *table, guint row, guint column, const char *what,
                      const char *text, const char *expected, PlnNouns nouns,
                      const PlnWorld *world, PlnFaults *faults) {
  g_autoptr(GPtrArray) all = pln_faults_seeks(faults) ? nouns(world) : g_ptr_array_new();
  g_autofree const char **names = names_here(table, column, all);
  gboolean states = g_str_has_prefix(what, "state");
  const char *near = states ? code_of(world, text, names, faults)
                            : pln_faults_near(faults, text, names);
  pln_table_fault(table, row, column, faults, "unknown %s \"%s\"; expected %s%s%s%s", what, text,
                  expected, near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

/* For near misses. */
static GPtrArray *anybody(const PlnWorld *world) {
  static const char *const everybody = "ALL";
  GPtrArray *all = pln_world_states(world);
  g_ptr_array_extend_and_steal(all, pln_world_blocs(world));
  g_ptr_array_insert(all, 0, (gpointer)&everybody);
  return all;
}

void pln_cell_nobody(const PlnTable *table, guint row, guint column, const char *who,
                     const PlnWorld *world, PlnFaults *faults) {
  pln_cell_unknown(table, row, column, "state or bloc", who,
                   "an ISO alpha-3 code, a bloc of data/blocs.csv or of the scenario's, or ALL", anybody,
                   world, faults);
}

const PlnState *pln_cell_state(const PlnTable *table, guint row, guint column,
                               const PlnWorld *world, PlnFaults *faults) {
  const char *text = pln_table_text(table, row, column);
  const PlnState *state = pln_world_state(world, text);
  if (state)
    return state;
  if (!*text) {
    pln_table_fault(table, row, column, faults, "the state is missing; expected its alpha-3 code");
    return NULL;
  }
  g_autoptr(GPtrArray) all = pln_faults_seeks(faults) ? pln_world_states(world) : g_ptr_array_new();
  g_autofree const char **codes = names_of(all);
  const char *code = code_of(world, text, codes, faults);
  pln_table_fault(table, row, column, faults,
                  "unknown state \"%s\"; expected an ISO alpha-3 code%s%s%s", text,
                  code ? "; did you mean " : "", code ? code : "", code ? "?" : "");
  return NULL;
}
