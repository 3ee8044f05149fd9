/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is common in reading talks: actors, issues, numbers. */
#include "plenary/talks_part.h"

#include <math.h>
#include <string.h>

#include "plenary/tables.h"
#include "plenary/text.h"

char *pln_talks_tidy(const char *text) {
  char *tidy = g_strstrip(pln_text_visible(text));
  if (tidy[0] == '\'' && tidy[1] && strchr("=+-@|%", tidy[1]))
    memmove(tidy, tidy + 1, strlen(tidy));
  return tidy;
}

/* ---- Actors and issues ---- */

/* FALSE and a fault where @name cannot be added to @names, which has @n of at most @most. */
static gboolean fits(PlnTalksReading *r, const PlnField *name, const char *what, GHashTable *names,
                     guint n, guint most) {
  const PlnTalksPlace *there = g_hash_table_lookup(names, name->text);
  if (!*name->text)
    pln_faults_add(r->faults, r->file, name->line, name->column, "no name; expected %s", what);
  else if (there)
    pln_faults_add(r->faults, r->file, name->line, name->column,
                   "%s stands twice (first on line %u); expected %s once", name->text, there->line,
                   what);
  else if (n == most)
    pln_faults_add(r->faults, r->file, name->line, name->column, "more than %u %ss; expected fewer",
                   most, strchr(what, ' ') + 1);
  else
    return TRUE;
  return FALSE;
}

static void remember(GHashTable *names, const PlnField *name, guint place) {
  PlnTalksPlace *there = g_new(PlnTalksPlace, 1);
  *there = (PlnTalksPlace){place, name->line};
  g_hash_table_insert(names, g_strdup(name->text), there);
}

/* A text that is kept, with what it holds that is not. */
static char *keep(PlnTalksReading *r, const char *text) {
  char *tidy = pln_talks_tidy(text);
  g_autofree char *whole = g_strstrip(g_strdup(text));
  r->breaks += strpbrk(whole, "\t\r\n") != NULL;
  return tidy;
}

int pln_talks_add_actor(PlnTalksReading *r, const PlnField *name, const char *title,
                        const char *note) {
  GArray *actors = r->talks->actors;
  if (!fits(r, name, "an actor", r->actor, actors->len, PLN_TALKS_ACTORS))
    return -1;
  PlnTalksActor actor = {keep(r, name->text), keep(r, title), keep(r, note), NULL};
  if (strcmp(actor.title, actor.name) == 0)
    *actor.title = '\0';
  remember(r->actor, name, actors->len);
  g_array_append_val(actors, actor);
  return (int)actors->len - 1;
}

int pln_talks_add_issue(PlnTalksReading *r, const PlnField *name, const char *title,
                        const char *note) {
  GArray *issues = r->talks->issues;
  if (!fits(r, name, "an issue", r->issue, issues->len, PLN_TALKS_ISSUES))
    return -1;
  PlnTalksIssue issue = {.name = keep(r, name->text), .title = keep(r, title),
                         .low = g_strdup(""), .high = g_strdup(""), .note = keep(r, note),
                         .from = NAN, .to = NAN};
  if (strcmp(issue.title, issue.name) == 0)
    *issue.title = '\0';
  remember(r->issue, name, issues->len);
  g_array_append_val(issues, issue);
  return (int)issues->len - 1;
}

gboolean pln_talks_wait(PlnTalksReading *r, const PlnTalksWaiting *waiting) {
  if (r->waiting->len == PLN_TALKS_CELLS) {
    pln_faults_add(r->faults, r->file, waiting->actor.line, waiting->actor.column,
                   "more than %d positions; expected fewer", PLN_TALKS_CELLS);
    return FALSE;
  }
  g_array_append_val(r->waiting, *waiting);
  PlnTalksWaiting *kept = &g_array_index(r->waiting, PlnTalksWaiting, r->waiting->len - 1);
  kept->actor.text = g_string_chunk_insert_const(r->texts, waiting->actor.text);
  kept->issue.text = g_string_chunk_insert_const(r->texts, waiting->issue.text);
  return TRUE;
}

/* ---- Numbers ---- */

/* One file, one decimal sign: 1,000 beside 0.5 would be a thousand. */
static void note_sign(PlnTalksReading *r, const PlnField *field, gboolean comma) {
  if (comma && !r->comma)
    r->comma = field->line;
  if (!comma && !r->point && strchr(field->text, '.'))
    r->point = field->line;
  if (!r->comma || !r->point || r->mixed)
    return;
  r->mixed = TRUE;
  pln_faults_add(r->faults, r->file, field->line, field->column,
                 "\"%s\" has a decimal %s, but line %u a decimal %s; expected one of them "
                 "throughout", field->text, comma ? "comma" : "point", comma ? r->point : r->comma,
                 comma ? "point" : "comma");
}

/* The field with a decimal point, where it may have a comma.  Returns: (transfer full) */
static char *pointed(PlnTalksReading *r, const PlnField *field) {
  char *text = g_strdup(field->text), *comma = r->commas ? strchr(text, ',') : NULL;
  gboolean decimal = comma && !strchr(comma + 1, ',') && !strchr(text, '.');
  if (decimal)
    *comma = '.';
  note_sign(r, field, decimal);
  return text;
}

static double number_of(PlnTalksReading *r, const PlnField *field, const char *text,
                        const char *name, double least, double most, const char *words) {
  double value;
  if (pln_cell_is_number(text, &value) && value >= least && value <= most)
    return value;
  g_autofree char *hint = pln_cell_number_hint(text);
  if (*text)
    pln_faults_add(r->faults, r->file, field->line, field->column,
                   "the %s is \"%s\"; expected a number %s%s", name, field->text, words, hint);
  else
    pln_faults_add(r->faults, r->file, field->line, field->column,
                   "the %s is empty; expected a number %s", name, words);
  return NAN;
}

double pln_talks_number(PlnTalksReading *r, const PlnField *field, const char *name, double least,
                        double most, const char *words) {
  g_autofree char *text = pointed(r, field);
  return number_of(r, field, text, name, least, most, words);
}

double pln_talks_position(PlnTalksReading *r, const PlnField *field) {
  return pln_talks_number(r, field, "position", -1e9, 1e9, "from -1e9 to 1e9");
}

double pln_talks_capability(PlnTalksReading *r, const PlnField *field, const char *name) {
  return pln_talks_number(r, field, name, 0, 1e12, "from 0 to 1e12");
}

PlnTalksSalience pln_talks_salience(PlnTalksReading *r, const PlnField *field) {
  g_autofree char *text = pointed(r, field);
  PlnTalksSalience s = {NAN, NAN};
  s.one = number_of(r, field, text, "salience", 0, 100, "from 0 to 1, or from 0 to 100");
  if (!isnan(s.one))
    s.hundred = pln_talks_hundred(text, s.one);
  return s;
}
