/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/talks_file.h"

#include <math.h>
#include <string.h>

#include "plenary/tables.h"
#include "plenary/talks_part.h"

static const struct {
  PlnTalksReader read;
  char *(*text)(const PlnTalksFile *talks);
} formats[] = {{pln_talks_read_ktab, pln_talks_text_ktab},
               {pln_talks_read_bdm, pln_talks_text_bdm},
               {pln_talks_read_decide, pln_talks_text_decide}};

const char *const pln_talks_formats[] = {"ktab", "bdm", "decide", NULL};

static gsize format_of(const char *format) {
  gsize i = 0;
  while (strcmp(pln_talks_formats[i], format) != 0)
    i++;
  return i;
}

char *pln_talks_file_text(const PlnTalksFile *file, const char *format) {
  return formats[format_of(format)].text(file);
}

/* ---- Room ---- */

void pln_talks_actor_clear(gpointer data) {
  PlnTalksActor *actor = data;
  g_free(actor->name);
  g_free(actor->title);
  g_free(actor->note);
  g_free(actor->code);
}

void pln_talks_issue_clear(gpointer data) {
  PlnTalksIssue *issue = data;
  g_free(issue->name);
  g_free(issue->title);
  g_free(issue->id);
  g_free(issue->low);
  g_free(issue->high);
  g_free(issue->note);
}

PlnTalksFile *pln_talks_file_new(void) {
  PlnTalksFile *talks = g_new0(PlnTalksFile, 1);
  talks->actors = g_array_new(FALSE, FALSE, sizeof(PlnTalksActor));
  talks->issues = g_array_new(FALSE, FALSE, sizeof(PlnTalksIssue));
  g_array_set_clear_func(talks->actors, pln_talks_actor_clear);
  g_array_set_clear_func(talks->issues, pln_talks_issue_clear);
  talks->notes = g_ptr_array_new_with_free_func(g_free);
  return talks;
}

void pln_talks_file_lay_out(PlnTalksFile *talks) {
  gsize n = (gsize)talks->actors->len * talks->issues->len;
  talks->cell = g_new(PlnTalksCell, n);
  for (gsize c = 0; c < n; c++)
    talks->cell[c] = (PlnTalksCell){NAN, NAN, NAN, NULL};
}

void pln_talks_file_free(PlnTalksFile *talks) {
  if (!talks)
    return;
  for (gsize c = 0; talks->cell && c < (gsize)talks->actors->len * talks->issues->len; c++)
    g_free(talks->cell[c].note);
  g_free(talks->cell);
  g_array_unref(talks->actors);
  g_array_unref(talks->issues);
  g_ptr_array_unref(talks->notes);
  g_free(talks->title);
  g_free(talks->about);
  g_free(talks);
}

/* ---- Cells ---- */

static PlnTalksWaiting *waiting_at(const PlnTalksReading *r, guint i) {
  return &g_array_index(r->waiting, PlnTalksWaiting, i);
}

/* The place of the name among @names, or -1 and a fault with a near miss. */
static int place_of(const PlnTalksReading *r, GHashTable *names, const PlnField *name,
                    const char *what, const char *key) {
  const PlnTalksPlace *there = g_hash_table_lookup(names, name->text);
  if (there)
    return (int)there->place;
  g_autofree gpointer *known = g_hash_table_get_keys_as_array(names, NULL);
  g_autofree char *hint = pln_faults_hint(r->faults, name->text, (const char *const *)known);
  pln_faults_add(r->faults, r->file, name->line, name->column,
                 "no %s \"%s\"; expected one that has a row %s%s", what, name->text, key, hint);
  return -1;
}

static void check_position(const PlnTalksReading *r, const PlnTalksIssue *issue,
                           const PlnTalksWaiting *w) {
  if (!issue->stated || (w->position >= issue->from && w->position <= issue->to))
    return;
  g_autofree char *position = pln_cell_decimal(w->position),
                  *range = pln_cell_range(issue->from, issue->to);
  pln_faults_add(r->faults, r->file, w->actor.line, w->position_column,
                 "the position %s lies off the scale of %s; expected one %s", position, issue->name,
                 range);
}

/* @line: of each cell, where it stands */
static void place_cell(PlnTalksReading *r, PlnTalksWaiting *w, guint *line) {
  int i = w->actor_at >= 0 ? w->actor_at : place_of(r, r->actor, &w->actor, "actor", "#A");
  int k = w->issue_at >= 0 ? w->issue_at : place_of(r, r->issue, &w->issue, "issue", "#P");
  if (i < 0 || k < 0)
    return;
  PlnTalksFile *talks = r->talks;
  guint *there = &line[(gsize)i * talks->issues->len + (guint)k];
  if (*there > 0) {
    pln_faults_add(r->faults, r->file, w->actor.line, w->actor.column,
                   "%s has two positions on %s (first on line %u); expected one", w->actor.text,
                   w->issue.text, *there);
    return;
  }
  *there = w->actor.line;
  PlnTalksCell *cell = pln_talks_cell(talks, (guint)i, (guint)k);
  *cell = (PlnTalksCell){w->position, talks->salience_one ? w->salience.hundred : w->salience.one,
                         w->capability, g_steal_pointer(&w->note)};
  check_position(r, pln_talks_issue(talks, (guint)k), w);
}

/* 0 to 1 where none is above 1; a fault where some are and others are fractions of 1. */
static void find_unit(PlnTalksReading *r) {
  double most = 0;
  const PlnTalksWaiting *part = NULL;
  for (guint i = 0; i < r->waiting->len; i++) {
    const PlnTalksWaiting *w = waiting_at(r, i);
    most = MAX(most, w->salience.one);
    if (!part && w->salience.one > 0 && w->salience.one < 1)
      part = w;
  }
  r->talks->salience_one = most <= 1;
  if (most <= 1 || !part)
    return;
  g_autofree char *fraction = pln_cell_decimal(part->salience.one),
                  *greatest = pln_cell_decimal(most);
  pln_faults_add(r->faults, r->file, part->where.line, part->where.column,
                 "the salience %s is a fraction, but others go up to %s; expected all from 0 to 1, "
                 "or all from 0 to 100 (one less than 1 of 100 as 0 or 1)", fraction, greatest);
}

static void place_cells(PlnTalksReading *r) {
  pln_talks_file_lay_out(r->talks);
  g_autofree guint *line = g_new0(guint, (gsize)r->talks->actors->len * r->talks->issues->len);
  for (guint i = 0; i < r->waiting->len; i++)
    place_cell(r, waiting_at(r, i), line);
}

/* ---- What was decided ---- */

static void note(PlnTalksFile *talks, char *said) {
  g_ptr_array_add(talks->notes, said);
}

/* The scales that the file does not state. */
static void find_scales(PlnTalksFile *talks, gboolean hundred) {
  g_autoptr(GString) taken = g_string_new(NULL);
  for (guint k = 0; k < talks->issues->len; k++) {
    PlnTalksIssue *issue = pln_talks_issue(talks, k);
    if (issue->stated)
      continue;
    const char *why = pln_talks_scale(talks, k, hundred, &issue->from, &issue->to);
    if (*why) {
      char *with = *issue->note ? g_strconcat(issue->note, " ", why, NULL) : g_strdup(why);
      g_free(issue->note);
      issue->note = with;
      note(talks, g_strdup_printf("%s: %s", issue->id, why));
    } else {
      g_string_append_printf(taken, "%s%s", taken->len > 0 ? ", " : "", issue->id);
    }
  }
  if (taken->len > 0)
    note(talks, g_strdup_printf("The file states no scale of %s: 0 to 100 is taken.", taken->str));
}

/* What is said of whoever takes part in nothing has no row to stand in. */
static void say_what_is_left_out(PlnTalksFile *talks) {
  for (guint i = 0; i < talks->actors->len; i++) {
    gboolean stands = FALSE;
    for (guint k = 0; k < talks->issues->len; k++)
      stands |= !isnan(pln_talks_cell(talks, i, k)->position);
    const PlnTalksActor *actor = pln_talks_actor(talks, i);
    if (!stands && *actor->note)
      note(talks, g_strdup_printf("The description of %s is not kept: it has no position.",
                                  actor->name));
  }
}

static void say_what_was_read(const PlnTalksReading *r) {
  if (r->talks->salience_one)
    note(r->talks, g_strdup("Saliences are 0 to 1 in the file, 0 to 100 here."));
  if (r->comma)
    note(r->talks, g_strdup("Decimal commas are read as decimal points."));
  if (r->breaks > 0)
    note(r->talks, g_strdup_printf(r->breaks == 1
                                       ? "%u name or text has a line break or a tab: a blank here."
                                       : "%u names or texts have line breaks or tabs: blanks here.",
                                   r->breaks));
}

static PlnTalksFile *finish(PlnTalksReading *r, gsize format, const PlnWorld *world) {
  PlnTalksFile *talks = r->talks;
  guint before = pln_faults_count(r->faults);
  find_unit(r);
  place_cells(r);
  if (pln_faults_count(r->faults) > before)
    return NULL;
  talks->format = pln_talks_formats[format];
  pln_talks_name(talks, world);
  say_what_is_left_out(talks);
  say_what_was_read(r);
  find_scales(talks, formats[format].read == pln_talks_read_decide);
  if (!talks->title || !*talks->title) {
    g_autofree char *base = g_path_get_basename(r->file);
    char *dot = strrchr(base, '.');
    g_free(talks->title);
    if (dot && dot > base)
      *dot = '\0';
    talks->title = pln_talks_tidy(base);
  }
  if (!talks->about)
    talks->about = g_strdup("");
  return talks;
}

PlnTalksFile *pln_talks_file_read(const char *format, const char *name, GBytes *bytes,
                                  const PlnWorld *world, PlnFaults *faults) {
  gsize length, which = format_of(format);
  const char *text = g_bytes_get_data(bytes, &length);
  guint before = pln_faults_count(faults);
  g_autoptr(PlnTalksFile) talks = pln_talks_file_new();
  PlnTalksReading r = {.file = name, .faults = faults, .talks = talks};
  r.actor = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  r.issue = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  r.waiting = g_array_new(FALSE, FALSE, sizeof(PlnTalksWaiting));
  r.texts = g_string_chunk_new(1024);
  gboolean sound = formats[which].read(&r, text ? text : "", length) &&
                   pln_faults_count(faults) == before && finish(&r, which, world);
  for (guint i = 0; i < r.waiting->len; i++)
    g_free(waiting_at(&r, i)->note);
  g_hash_table_unref(r.actor);
  g_hash_table_unref(r.issue);
  g_array_unref(r.waiting);
  g_string_chunk_free(r.texts);
  return sound ? g_steal_pointer(&talks) : NULL;
}
