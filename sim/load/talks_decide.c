/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Talks as the programs for exchange models read them (DECIDE): rows that say with their first
 * word what they are.  An issue that states no scale has 0-100, as there. */
#include <math.h>
#include <string.h>

#include "plenary/tables.h"
#include "plenary/talks_part.h"
#include "plenary/text.h"

/* A point of a scale, which may stand before its issue. */
typedef struct {
  PlnField issue;
  double at;
  char *words;
} Point;

typedef struct {
  PlnTalksReading *r;
  GArray *points;
  guint comments;
  gboolean titled;
} Decide;

static const char *const keys[] = {"#A", "#P", "#M", "#D", "#O", "#/", NULL};

static void clear_point(gpointer data) {
  g_free(((Point *)data)->words);
}

/* Whether there are @least to @most fields; else a fault that says which they are. */
static gboolean has(const Decide *d, const PlnField *field, guint n, guint least, guint most,
                    const char *which) {
  if (n >= least && n <= most)
    return TRUE;
  pln_faults_add(d->r->faults, d->r->file, field[0].line, field[0].column, "%u fields; expected %s",
                 n, which);
  return FALSE;
}

static void read_actor(Decide *d, const PlnField *field, guint n) {
  if (has(d, field, n, 2, 4, "#A, the actor and, where wanted, its full name and a description"))
    pln_talks_add_actor(d->r, &field[1], n > 2 ? field[2].text : "", n > 3 ? field[3].text : "");
}

/* A description that only says the name again says nothing. */
static void read_issue(Decide *d, const PlnField *field, guint n) {
  if (!has(d, field, n, 2, 4, "#P, the issue and, where wanted, its title and a description"))
    return;
  const char *title = n > 2 ? field[2].text : "", *note = n > 3 ? field[3].text : "";
  gboolean again = strcmp(note, field[1].text) == 0 || strcmp(note, title) == 0;
  pln_talks_add_issue(d->r, &field[1], title, again ? "" : note);
}

static gboolean is_number(const char *text) {
  g_autofree char *pointed = g_strdelimit(g_strdup(text), ",", '.');
  double value;
  return pln_cell_is_number(pointed, &value);
}

/* Points of a scale, each with what it stands for where that is said. */
static void read_points(Decide *d, const PlnField *field, guint n) {
  if (!has(d, field, n, 3, 64, "#M, the issue, a point of its scale and, where wanted, what it "
                               "stands for"))
    return;
  Point *last = NULL;
  for (guint k = 2; k < n; k++) {
    if (last && !*last->words && !is_number(field[k].text)) {
      g_free(last->words);
      last->words = pln_talks_tidy(field[k].text);
      continue;
    }
    Point point = {field[1], pln_talks_number(d->r, &field[k], "point of the scale", -1e9, 1e9,
                                              "from -1e9 to 1e9"), g_strdup("")};
    point.issue.text = g_string_chunk_insert_const(d->r->texts, field[1].text);
    g_array_append_val(d->points, point);
    last = &g_array_index(d->points, Point, d->points->len - 1);
  }
}

static gboolean read_cell(Decide *d, const PlnField *field, guint n) {
  if (!has(d, field, n, 6, 7,
           "#D, the actor, the issue, the position, the salience, the power and, where wanted, a "
           "comment"))
    return TRUE;
  PlnTalksWaiting cell = {.actor_at = -1,
                          .issue_at = -1,
                          .actor = field[1],
                          .issue = field[2],
                          .where = field[4],
                          .position = pln_talks_position(d->r, &field[3]),
                          .position_column = field[3].column,
                          .salience = pln_talks_salience(d->r, &field[4]),
                          .capability = pln_talks_capability(d->r, &field[5], "power"),
                          .note = n > 6 ? pln_talks_tidy(field[6].text) : NULL};
  if (pln_talks_wait(d->r, &cell))
    return TRUE;
  g_free(cell.note);
  return FALSE;
}

/* The first row of them is the title, more are what it is about. */
static void read_title(Decide *d, const PlnField *field, guint n) {
  PlnTalksFile *talks = d->r->talks;
  if (!has(d, field, n, 2, 2, "#O and the title"))
    return;
  char **to = d->titled ? &talks->about : &talks->title;
  g_autofree char *text = pln_talks_tidy(field[1].text);
  char *joined = *to && **to ? g_strconcat(*to, " ", text, NULL) : g_strdup(text);
  g_free(*to);
  *to = joined;
  d->titled = TRUE;
}

static void unknown(const Decide *d, const PlnField *field) {
  g_autofree char *hint = pln_faults_hint(d->r->faults, field->text, keys);
  pln_faults_add(d->r->faults, d->r->file, field->line, field->column,
                 "the row begins with \"%s\"; expected #A, #P, #M, #D, #O or #/%s", field->text,
                 hint);
}

static gboolean read_row(const PlnField *field, guint n, gpointer data) {
  Decide *d = data;
  const char *key = field[0].text;
  n = pln_talks_filled(field, n);
  if (n == 0)
    return TRUE;
  if (strcmp(key, "#D") == 0)
    return read_cell(d, field, n);
  if (strcmp(key, "#A") == 0)
    read_actor(d, field, n);
  else if (strcmp(key, "#P") == 0)
    read_issue(d, field, n);
  else if (strcmp(key, "#M") == 0)
    read_points(d, field, n);
  else if (strcmp(key, "#O") == 0)
    read_title(d, field, n);
  else if (strcmp(key, "#/") == 0)
    d->comments++;
  else
    unknown(d, field);
  if (d->points->len <= PLN_TALKS_CELLS)
    return TRUE;
  pln_faults_add(d->r->faults, d->r->file, field->line, field->column,
                 "more than %d points of scales; expected fewer", PLN_TALKS_CELLS);
  return FALSE;
}

/* ---- Scales ---- */

/* By issue, then along the scale. */
static int compare_points(gconstpointer a, gconstpointer b) {
  double x = ((const Point *)a)->at, y = ((const Point *)b)->at;
  int names = strcmp(((const Point *)a)->issue.text, ((const Point *)b)->issue.text);
  return names != 0 ? names : (x > y) - (x < y);
}

static void replace(char **text, const char *by) {
  if (!*by)
    return;
  g_free(*text);
  *text = g_strdup(by);
}

/* What lies between the ends has no column of its own: it is a note. */
static void note_points(PlnTalksIssue *issue, const Point *point, guint n) {
  g_autoptr(GString) note = g_string_new(issue->note);
  for (guint k = 1; k + 1 < n; k++) {
    if (point[k].at == issue->from || point[k].at == issue->to || point[k].at == point[k - 1].at)
      continue;
    g_string_append(note, note->len > 0 ? "; " : "");
    pln_text_add_number(note, point[k].at);
    if (*point[k].words)
      g_string_append_printf(note, ": %s", point[k].words);
  }
  replace(&issue->note, note->str);
}

/* The points of one issue. */
static void take_scale(const Decide *d, const Point *point, guint n) {
  const PlnTalksPlace *there = g_hash_table_lookup(d->r->issue, point->issue.text);
  if (!there) {
    pln_faults_add(d->r->faults, d->r->file, point->issue.line, point->issue.column,
                   "no issue \"%s\"; expected a row #P for it", point->issue.text);
    return;
  }
  if (point[0].at == point[n - 1].at) {
    pln_faults_add(d->r->faults, d->r->file, point->issue.line, point->issue.column,
                   "the scale of %s has one end; expected rows #M for two", point->issue.text);
    return;
  }
  PlnTalksIssue *issue = pln_talks_issue(d->r->talks, there->place);
  issue->from = point[0].at;
  issue->to = point[n - 1].at;
  issue->stated = TRUE;
  replace(&issue->low, point[0].words);
  replace(&issue->high, point[n - 1].words);
  note_points(issue, point, n);
}

static void take_scales(const Decide *d) {
  const Point *point = (const Point *)(void *)d->points->data;
  for (guint from = 0, to = 0; from < d->points->len; from = to) {
    while (to < d->points->len && strcmp(point[to].issue.text, point[from].issue.text) == 0)
      to++;
    take_scale(d, &point[from], to - from);
  }
}

gboolean pln_talks_read_decide(PlnTalksReading *r, const char *bytes, gsize length) {
  Decide d = {.r = r, .points = g_array_new(FALSE, FALSE, sizeof(Point))};
  g_array_set_clear_func(d.points, clear_point);
  guint before = pln_faults_count(r->faults);
  r->commas = TRUE;
  gboolean whole = pln_talks_split(r->file, bytes, length, read_row, &d, r->faults);
  g_array_sort(d.points, compare_points); /* stable: of equal points the first is kept */
  if (pln_faults_count(r->faults) == before)
    take_scales(&d);
  g_array_unref(d.points);
  if (whole && pln_faults_count(r->faults) == before && r->waiting->len == 0)
    pln_faults_add(r->faults, r->file, 0, 0,
                   "there is no position; expected rows #D with actor, issue, position, salience, "
                   "power");
  if (d.comments > 0)
    g_ptr_array_add(r->talks->notes,
                    g_strdup_printf("%u comment%s not kept (#/).", d.comments,
                                    d.comments == 1 ? " is" : "s are"));
  return whole;
}

/* ---- Writing ---- */

static void add_text(GString *out, const char *text) {
  g_autofree char *inert = pln_text_inert(text);
  g_string_append(out, "\t'");
  for (const char *at = inert; *at; at++)
    g_string_append_printf(out, *at == '\'' ? "''" : "%c", *at == '\t' ? ' ' : *at);
  g_string_append_c(out, '\'');
}

/* With a decimal, as that program writes what is measured. */
static void end_decimal(GString *out, gsize from) {
  if (!strpbrk(out->str + from, ".e"))
    g_string_append(out, ".0");
}

static void add_decimal(GString *out, double value) {
  g_string_append_c(out, '\t');
  gsize from = out->len;
  pln_text_add_number(out, value);
  end_decimal(out, from);
}

static void add_end(GString *out, const PlnTalksIssue *issue, double at, const char *words) {
  g_string_append(out, "'#M'");
  add_text(out, issue->name);
  g_string_append_c(out, '\t');
  pln_text_add_number(out, at);
  if (*words)
    add_text(out, words);
  g_string_append_c(out, '\n');
}

static void add_named(GString *out, const char *key, const char *name, const char *title,
                      const char *note) {
  g_string_append(out, key);
  add_text(out, name);
  add_text(out, *title ? title : name);
  add_text(out, note);
  g_string_append_c(out, '\n');
}

static void add_cell(GString *out, const PlnTalksFile *t, guint i, guint k, gboolean hundred) {
  const PlnTalksCell *cell = pln_talks_cell(t, i, k);
  if (isnan(cell->position))
    return;
  g_string_append(out, "'#D'");
  add_text(out, pln_talks_actor(t, i)->name);
  add_text(out, pln_talks_issue(t, k)->name);
  add_decimal(out, cell->position);
  g_string_append_c(out, '\t');
  gsize from = out->len;
  pln_talks_add_salience(out, cell->salience, hundred);
  end_decimal(out, from);
  add_decimal(out, cell->capability);
  if (cell->note && *cell->note)
    add_text(out, cell->note);
  g_string_append_c(out, '\n');
}

char *pln_talks_text_decide(const PlnTalksFile *t) {
  GString *out = g_string_new(NULL);
  gboolean hundred = pln_talks_writes_hundred(t);
  const char *const titles[] = {t->title, t->about};
  for (gsize i = 0; i < G_N_ELEMENTS(titles); i++)
    if (*titles[i]) {
      g_string_append(out, "'#O'");
      add_text(out, titles[i]);
      g_string_append_c(out, '\n');
    }
  for (guint i = 0; i < t->actors->len; i++) {
    const PlnTalksActor *actor = pln_talks_actor(t, i);
    add_named(out, "'#A'", actor->name, actor->title, actor->note);
  }
  for (guint k = 0; k < t->issues->len; k++) {
    const PlnTalksIssue *issue = pln_talks_issue(t, k);
    add_named(out, "'#P'", issue->name, issue->title, issue->note);
    add_end(out, issue, issue->from, issue->low);
    add_end(out, issue, issue->to, issue->high);
  }
  for (guint i = 0; i < t->actors->len; i++)
    for (guint k = 0; k < t->issues->len; k++)
      add_cell(out, t, i, k, hundred);
  return g_string_free(out, FALSE);
}
