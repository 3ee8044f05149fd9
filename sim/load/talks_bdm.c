/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Talks on one issue as programs after Bueno de Mesquita's model read them: a table with
 * Actor, Capability, Position, Salience. */
#include <math.h>
#include <string.h>

#include "plenary/talks_part.h"
#include "plenary/text.h"

enum { ACTOR, CAPABILITY, POSITION, SALIENCE, DESCRIPTION, COLUMNS };

/* What a column may be called; the first is what is written. */
static const char *const columns[COLUMNS][6] = {
    {"Actor", "Name", "Stakeholder", "Player", NULL},
    {"Capability", "Capabilities", "Influence", "Power", "Clout", NULL},
    {"Position", NULL},
    {"Salience", NULL},
    {"Description", NULL}};

typedef struct {
  PlnTalksReading *r;
  int at[COLUMNS]; /* or -1 */
  guint n, header; /* columns; the header's line */
  gboolean headed, seen;
} Bdm;

static int column_of(const char *name) {
  for (int c = 0; c < COLUMNS; c++)
    for (gsize i = 0; columns[c][i]; i++)
      if (g_ascii_strcasecmp(name, columns[c][i]) == 0)
        return c;
  return -1;
}

static void read_name(Bdm *b, const PlnField *field, guint place) {
  static const char *const names[] = {"Actor", "Capability", "Position", "Salience", "Description",
                                      NULL};
  int c = column_of(field->text);
  if (c >= 0 && b->at[c] < 0) {
    b->at[c] = (int)place;
    return;
  }
  g_autofree char *hint = c < 0 ? pln_faults_hint(b->r->faults, field->text, names) : g_strdup("");
  pln_faults_add(b->r->faults, b->r->file, field->line, field->column,
                 c < 0 ? "unknown column \"%s\"; expected Actor, Capability, Position, Salience "
                         "and, where wanted, Description%s"
                       : "column \"%s\" stands for one that is there already; expected it once%s",
                 field->text, hint);
}

static gboolean read_header(Bdm *b, const PlnField *field, guint n) {
  guint before = pln_faults_count(b->r->faults);
  const char *other = n == 1 ? strpbrk(field->text, ";\t") : NULL;
  if (other) {
    pln_csv_separator_fault(b->r->file, field->line, field->column, *other, b->r->faults);
    return FALSE;
  }
  b->n = n;
  b->header = field->line;
  for (guint k = 0; k < n; k++)
    read_name(b, &field[k], k);
  for (int c = 0; c <= SALIENCE; c++)
    if (b->at[c] < 0)
      pln_faults_add(b->r->faults, b->r->file, field->line, 1,
                     "there is no column %s; expected one", columns[c][0]);
  return pln_faults_count(b->r->faults) == before;
}

/* How many cells a row has at least: up to the last column that must be there. */
static guint cells_needed(const Bdm *b) {
  int last = 0;
  for (int c = 0; c <= SALIENCE; c++)
    last = MAX(last, b->at[c]);
  return (guint)last + 1;
}

static gboolean read_actor(Bdm *b, const PlnField *field, guint n) {
  PlnTalksReading *r = b->r;
  b->seen = TRUE;
  if (n > b->n || n < cells_needed(b)) {
    pln_faults_add(r->faults, r->file, field[0].line, field[0].column,
                   "%u cells; expected %u, as many as columns", n, b->n);
    return TRUE;
  }
  int about = b->at[DESCRIPTION];
  const PlnField *name = &field[b->at[ACTOR]], *salience = &field[b->at[SALIENCE]],
                 *position = &field[b->at[POSITION]];
  const char *title = about >= 0 && (guint)about < n ? field[about].text : "";
  int place = pln_talks_add_actor(r, name, title, "");
  if (place < 0)
    return r->talks->actors->len < PLN_TALKS_ACTORS;
  PlnTalksWaiting cell = {.actor_at = place,
                          .issue_at = 0,
                          .actor = *name,
                          .issue = *position,
                          .where = *salience,
                          .position = pln_talks_position(r, position),
                          .position_column = position->column,
                          .capability = pln_talks_capability(r, &field[b->at[CAPABILITY]],
                                                             "capability"),
                          .salience = pln_talks_salience(r, salience)};
  return pln_talks_wait(r, &cell);
}

static gboolean read_row(const PlnField *field, guint n, gpointer data) {
  Bdm *b = data;
  guint filled = pln_talks_cells(field, n, b->headed ? cells_needed(b) : 0);
  if (filled == 0)
    return TRUE;
  if (b->headed)
    return read_actor(b, field, filled);
  b->headed = TRUE;
  return read_header(b, field, filled);
}

gboolean pln_talks_read_bdm(PlnTalksReading *r, const char *bytes, gsize length) {
  Bdm b = {.r = r, .at = {-1, -1, -1, -1, -1}};
  PlnField issue = {"issue", 1, 1};
  pln_talks_add_issue(r, &issue, "", "");
  gboolean whole = pln_csv_read(r->file, bytes, length, read_row, &b, r->faults);
  if (whole && !b.headed)
    pln_faults_add(r->faults, r->file, 0, 0,
                   "the file is empty; expected a header: Actor,Capability,Position,Salience");
  else if (whole && !b.seen)
    pln_faults_add(r->faults, r->file, b.header, 1, "no actor; expected a row for each");
  return whole;
}

char *pln_talks_text_bdm(const PlnTalksFile *t) {
  GString *out = g_string_new("Actor,Capability,Position,Salience\n");
  gboolean hundred = pln_talks_writes_hundred(t);
  for (guint i = 0; i < t->actors->len; i++) {
    const PlnTalksCell *cell = pln_talks_cell(t, i, 0);
    pln_talks_add_field(out, pln_talks_actor(t, i)->name);
    g_string_append_c(out, ',');
    pln_text_add_number(out, cell->capability);
    g_string_append_c(out, ',');
    pln_text_add_number(out, cell->position);
    g_string_append_c(out, ',');
    pln_talks_add_salience(out, cell->salience, hundred);
    g_string_append_c(out, '\n');
  }
  return g_string_free(out, FALSE);
}
