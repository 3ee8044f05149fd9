/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Talks as KTAB's spatial model reads them: a line on the whole, a header, a row an actor.  Its
 * reader goes by the place of a column; its name is looked at here, as a file of another program
 * should not pass for one of these. */
#include <string.h>

#include "plenary/talks_part.h"
#include "plenary/text.h"

enum { ACTOR, DESCRIPTION, INFLUENCE, FIRST, NAME_PARTS = 4 };

typedef struct {
  PlnTalksReading *r;
  guint line;       /* of rows with something in them: 0 the whole, 1 the header */
  guint actors, dimensions, seen;
  PlnField actors_at;
  gboolean broken;
} Ktab;

static void fault(const Ktab *k, const PlnField *at, const char *said) {
  pln_faults_add(k->r->faults, k->r->file, at->line, at->column, "%s", said);
}

static gboolean read_count(const Ktab *k, const PlnField *at, const char *what, guint most,
                           guint *n) {
  guint64 value = 0;
  gboolean read = g_ascii_string_to_unsigned(at->text, 10, 1, most, &value, NULL);
  if (!read)
    pln_faults_add(k->r->faults, k->r->file, at->line, at->column,
                   "the number of %s is \"%s\"; expected a whole number from 1 to %u", what,
                   at->text, most);
  *n = (guint)value;
  return read;
}

static gboolean read_whole(Ktab *k, const PlnField *field, guint n) {
  if (n != NAME_PARTS) {
    gboolean other = n == 1 && strpbrk(field->text, ";\t");
    g_autofree char *said =
        other ? g_strdup("the columns are separated by semicolons or tabs; expected commas")
              : g_strdup_printf("%u fields; expected 4: the name, a description, how many actors, "
                                "how many dimensions", n);
    fault(k, field, said);
    return FALSE;
  }
  k->r->talks->title = pln_talks_tidy(field[0].text);
  k->r->talks->about = pln_talks_tidy(field[1].text);
  k->actors_at = (PlnField){NULL, field[2].line, field[2].column};
  gboolean actors = read_count(k, &field[2], "actors", PLN_TALKS_ACTORS, &k->actors);
  return read_count(k, &field[3], "dimensions", PLN_TALKS_ISSUES, &k->dimensions) && actors;
}

/* ---- The header ---- */

static const char *const influences[] = {"Influence", "Power", "Capability", NULL};

static gboolean check_name(const Ktab *k, const PlnField *at, const char *const *names) {
  for (gsize i = 0; names[i]; i++)
    if (g_ascii_strcasecmp(at->text, names[i]) == 0)
      return TRUE;
  g_autofree char *hint = pln_faults_hint(k->r->faults, at->text, names);
  pln_faults_add(k->r->faults, k->r->file, at->line, at->column,
                 "the column is \"%s\"; expected %s%s", at->text, names[0], hint);
  return FALSE;
}

/* The name of a dimension: "Oil" of "Oil Position", "1" of Pstn1; NULL where the column is not of
 * that @kind. */
static char *dimension_of(const char *column, const char *word, const char *prefix) {
  g_autofree char *lower = g_ascii_strdown(column, -1);
  gsize n = strlen(lower), w = strlen(word), p = strlen(prefix);
  if (n >= w && strcmp(lower + n - w, word) == 0)
    return g_strchomp(g_strndup(column, n - w));
  if (n > p && strncmp(lower, prefix, p) == 0 &&
      strspn(lower + p, "0123456789") == n - p)
    return g_strconcat("Dimension ", column + p, NULL);
  return NULL;
}

static gboolean read_dimension(const Ktab *k, const PlnField *position, const PlnField *salience) {
  g_autofree char *name = dimension_of(position->text, "position", "pstn");
  g_autofree char *same = dimension_of(salience->text, "salience", "sal");
  if (!name)
    pln_faults_add(k->r->faults, k->r->file, position->line, position->column,
                   "the column is \"%s\"; expected one such as \"Policy Position\"",
                   position->text);
  else if (!same || g_ascii_strcasecmp(name, same) != 0)
    pln_faults_add(k->r->faults, k->r->file, salience->line, salience->column,
                   "the column is \"%s\"; expected the salience of \"%s\" beside its position",
                   salience->text, name);
  else {
    PlnField field = {*name ? name : "Position", position->line, position->column};
    return pln_talks_add_issue(k->r, &field, "", "") >= 0;
  }
  return FALSE;
}

static gboolean read_header(Ktab *k, const PlnField *field, guint n) {
  static const char *const actor[] = {"Actor", NULL}, *const description[] = {"Description", NULL};
  if (n != FIRST + 2 * k->dimensions) {
    pln_faults_add(k->r->faults, k->r->file, field[0].line, field[0].column,
                   "%u columns; expected %u, as there are %u dimension%s: Actor, Description, "
                   "Influence, and of each its position and its salience", n,
                   FIRST + 2 * k->dimensions, k->dimensions, k->dimensions == 1 ? "" : "s");
    return FALSE;
  }
  gboolean sound = check_name(k, &field[ACTOR], actor);
  sound &= check_name(k, &field[DESCRIPTION], description);
  sound &= check_name(k, &field[INFLUENCE], influences);
  for (guint d = 0; d < k->dimensions; d++)
    sound &= read_dimension(k, &field[FIRST + 2 * d], &field[FIRST + 2 * d + 1]);
  return sound;
}

/* ---- The actors ---- */

static gboolean read_actor(Ktab *k, const PlnField *field, guint n) {
  PlnTalksReading *r = k->r;
  if (n != FIRST + 2 * k->dimensions) {
    pln_faults_add(r->faults, r->file, field[0].line, field[0].column,
                   "%u cells; expected %u, as many as columns (does a description with a comma "
                   "stand without quotes?)", n, FIRST + 2 * k->dimensions);
    return TRUE;
  }
  k->seen++;
  int place = pln_talks_add_actor(r, &field[ACTOR], field[DESCRIPTION].text, "");
  if (place < 0)
    return k->seen <= PLN_TALKS_ACTORS;
  double influence = pln_talks_capability(r, &field[INFLUENCE], "influence");
  for (guint d = 0; d < k->dimensions; d++) {
    const PlnField *at = &field[FIRST + 2 * d];
    PlnTalksWaiting cell = {.actor_at = place,
                            .issue_at = (int)d,
                            .actor = field[ACTOR],
                            .issue = *at,
                            .where = at[1],
                            .position = pln_talks_number(r, at, "position", 0, 100,
                                                         "from 0 to 100"),
                            .position_column = at->column,
                            .capability = influence,
                            .salience = pln_talks_salience(r, &at[1])};
    if (!pln_talks_wait(r, &cell))
      return FALSE;
  }
  return TRUE;
}

static gboolean read_row(const PlnField *field, guint n, gpointer data) {
  Ktab *k = data;
  guint line = k->line, least = line < 2 ? 0 : FIRST + 2 * k->dimensions;
  guint filled = pln_talks_cells(field, n, least);
  if (filled == 0)
    return TRUE;
  k->line++;
  gboolean goes_on = line == 0   ? read_whole(k, field, filled)
                     : line == 1 ? read_header(k, field, filled)
                                 : read_actor(k, field, filled);
  k->broken |= !goes_on;
  return goes_on;
}

static void check_actors(const Ktab *k) {
  if (k->line == 0)
    pln_faults_add(k->r->faults, k->r->file, 0, 0,
                   "the file is empty; expected a line with a name, a description, how many "
                   "actors, how many dimensions");
  else if (k->line == 1)
    pln_faults_add(k->r->faults, k->r->file, k->actors_at.line + 1, 1,
                   "the file ends; expected a line with Actor, Description, Influence …");
  else if (k->line - 2 != k->actors)
    pln_faults_add(k->r->faults, k->r->file, k->actors_at.line, k->actors_at.column,
                   "%u actors are announced but %u listed; expected the same", k->actors,
                   k->line - 2);
}

gboolean pln_talks_read_ktab(PlnTalksReading *r, const char *bytes, gsize length) {
  Ktab k = {.r = r};
  gboolean whole = pln_csv_read(r->file, bytes, length, read_row, &k, r->faults);
  if (whole && !k.broken)
    check_actors(&k);
  for (guint d = 0; d < r->talks->issues->len; d++) {
    PlnTalksIssue *issue = pln_talks_issue(r->talks, d);
    issue->to = 100;
    issue->from = 0;
    issue->stated = TRUE;
  }
  return whole;
}

/* ---- Writing ---- */

static void add_header(GString *out, const PlnTalksFile *t) {
  pln_talks_add_field(out, t->title);
  g_string_append_c(out, ',');
  pln_talks_add_field(out, t->about);
  g_string_append_printf(out, ",%u,%u\nActor,Description,Influence", t->actors->len,
                         t->issues->len);
  for (guint k = 0; k < t->issues->len; k++)
    for (guint part = 0; part < 2; part++) {
      g_autofree char *name = g_strconcat(pln_talks_issue(t, k)->name,
                                          part == 0 ? " Position" : " Salience", NULL);
      g_string_append_c(out, ',');
      pln_talks_add_field(out, name);
    }
  g_string_append_c(out, '\n');
}

char *pln_talks_text_ktab(const PlnTalksFile *t) {
  GString *out = g_string_new(NULL);
  gboolean hundred = pln_talks_writes_hundred(t);
  add_header(out, t);
  for (guint i = 0; i < t->actors->len; i++) {
    const PlnTalksActor *actor = pln_talks_actor(t, i);
    pln_talks_add_field(out, actor->name);
    g_string_append_c(out, ',');
    pln_talks_add_field(out, actor->title);
    g_string_append_c(out, ',');
    pln_text_add_number(out, pln_talks_cell(t, i, 0)->capability);
    for (guint k = 0; k < t->issues->len; k++) {
      g_string_append_c(out, ',');
      pln_text_add_number(out, pln_talks_cell(t, i, k)->position);
      g_string_append_c(out, ',');
      pln_talks_add_salience(out, pln_talks_cell(t, i, k)->salience, hundred);
    }
    g_string_append_c(out, '\n');
  }
  return g_string_free(out, FALSE);
}
