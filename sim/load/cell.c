/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "plenary/tables.h"
#include "plenary/text.h"

const char *pln_cell_keep(const PlnTable *table, guint row, guint column, PlnWorld *world) {
  return pln_world_keep(world, pln_table_text(table, row, column));
}

PlnStatus pln_cell_status(const PlnTable *table, guint row, guint column, PlnStatus otherwise,
                          PlnFaults *faults) {
  return (PlnStatus)pln_table_word(table, row, column, pln_status_words, (int)otherwise, faults);
}

PlnVote pln_cell_vote(const PlnTable *table, guint row, guint column, PlnFaults *faults) {
  static const char letters[] = "YNAX";
  const char *text = pln_table_text(table, row, column);
  const char *found = *text && !text[1] ? strchr(letters, *text) : NULL;
  if (!*text)
    return PLN_VOTE_UNKNOWN;
  if (found)
    return (PlnVote)(found - letters);
  char capital = g_ascii_toupper(*text);
  gboolean near = strchr(letters, capital) != NULL;
  pln_table_fault(table, row, column, faults,
                  "the vote is \"%s\"; expected Y (yes), N (no), A (abstains) or X (did not "
                  "vote)%s%.*s%s",
                  text, near ? "; did you mean " : "", near, &capital, near ? "?" : "");
  return PLN_VOTE_UNKNOWN;
}

void pln_cell_unknown(const PlnTable *table, guint row, guint column, const char *what,
                      const char *expected, const GPtrArray *nouns, PlnFaults *faults) {
  const char *text = pln_table_text(table, row, column);
  g_autofree const char **names = g_new0(const char *, nouns->len + 1);
  for (guint i = 0; i < nouns->len; i++)
    names[i] = *(const char *const *)nouns->pdata[i];
  const char *near = pln_text_near(text, names);
  pln_table_fault(table, row, column, faults, "unknown %s \"%s\"; expected %s%s%s%s", what, text,
                  expected, near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

/* The code of the state that is called @name, near enough. */
static const char *code_of_name(const GPtrArray *states, const char *name) {
  g_autofree const char **names = g_new0(const char *, states->len + 1);
  for (guint i = 0; i < states->len; i++)
    names[i] = ((const PlnState *)states->pdata[i])->name;
  const char *near = pln_text_near(name, names);
  for (guint i = 0; near && i < states->len; i++)
    if (strcmp(names[i], near) == 0)
      return ((const PlnState *)states->pdata[i])->code;
  for (guint i = 0; i < states->len; i++)
    if (g_str_has_prefix(names[i], name))
      return ((const PlnState *)states->pdata[i])->code;
  return NULL;
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
  g_autoptr(GPtrArray) states = pln_world_states(world);
  const char *code = strlen(text) > 3 ? code_of_name(states, text) : NULL;
  if (code)
    pln_table_fault(table, row, column, faults,
                    "unknown state \"%s\"; expected an ISO alpha-3 code; did you mean %s?", text,
                    code);
  else
    pln_cell_unknown(table, row, column, "state", "an ISO alpha-3 code", states, faults);
  return NULL;
}
