/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario's tables of talks that were read elsewhere. */
#include <math.h>
#include <string.h>

#include "plenary/talks_part.h"
#include "plenary/text.h"

static void add_fields(GString *out, const char *const *field) {
  for (gsize i = 0; field[i]; i++) {
    g_string_append(out, i > 0 ? "," : "");
    pln_talks_add_field(out, field[i]);
  }
}

static void add_row(GString *out, const char *field, ...) {
  g_autoptr(GPtrArray) fields = g_ptr_array_new();
  va_list more;
  va_start(more, field);
  for (; field; field = va_arg(more, const char *))
    g_ptr_array_add(fields, (gpointer)field);
  va_end(more);
  g_ptr_array_add(fields, NULL);
  add_fields(out, (const char *const *)fields->pdata);
  g_string_append_c(out, '\n');
}

static GBytes *bytes_of(GString *text) {
  return g_string_free_to_bytes(text);
}

static GBytes *scenario_table(const PlnTalksFile *t, const char *source, const char *as_of) {
  GString *out = g_string_new("key,value\nformat,1\n");
  const char *day = as_of ? "" : pln_talks_no_day, *scale = pln_talks_scale_said(t);
  const char *part[4];
  gsize n = 0;
  /* These come first, as what the file says may end without a full stop. */
  if (*day)
    part[n++] = day;
  if (scale)
    part[n++] = scale;
  if (*t->about)
    part[n++] = t->about;
  part[n] = NULL;
  g_autofree char *about = g_strjoinv(" ", (char **)part);
  add_row(out, "title", t->title, NULL);
  add_row(out, "as_of", as_of ? as_of : PLN_TALKS_DAY, NULL);
  add_row(out, "body", "model-un", NULL);
  add_row(out, "about", about, NULL);
  add_row(out, "status", "assumed", NULL);
  add_row(out, "source", source, NULL);
  return bytes_of(out);
}

/* The name that the file has, so that it can be written again: the member's is the full one. */
static GBytes *members_table(const PlnTalksFile *t, const char *source) {
  GString *out = g_string_new("state,name,source\n");
  for (guint i = 0; i < t->actors->len; i++) {
    const PlnTalksActor *actor = pln_talks_actor(t, i);
    g_autofree char *from = g_strdup_printf("%s, actor %s", source, actor->name);
    add_row(out, actor->code, *actor->title ? actor->title : actor->name, from, NULL);
  }
  return bytes_of(out);
}

/* A file on one issue has a title for the whole alone. */
static const char *title_of(const PlnTalksFile *t, const PlnTalksIssue *issue) {
  if (*issue->title)
    return issue->title;
  return t->issues->len == 1 && strcmp(issue->name, "issue") == 0 ? t->title : issue->name;
}

/* With the name that the file has, where the id is another.  (transfer full) */
static char *source_of(const PlnTalksIssue *issue, const char *source) {
  gboolean same = strcmp(issue->id, issue->name) == 0;
  return same ? g_strdup(source) : g_strdup_printf("%s, issue %s", source, issue->name);
}

static GBytes *issues_table(const PlnTalksFile *t, const char *source) {
  GString *out = g_string_new("issue,title,low,high,from,to,proposal,source,note\n");
  for (guint k = 0; k < t->issues->len; k++) {
    const PlnTalksIssue *issue = pln_talks_issue(t, k);
    g_autoptr(GString) from = g_string_new(NULL), to = g_string_new(NULL);
    pln_text_add_number(from, issue->from);
    pln_text_add_number(to, issue->to);
    g_autofree char *said = source_of(issue, source);
    const char *const field[] = {issue->id, title_of(t, issue), issue->low, issue->high, NULL};
    const char *const rest[] = {issue->id, said, issue->note, NULL};
    add_fields(out, field);
    g_string_append_printf(out, ",%s,%s,", from->str, to->str);
    add_fields(out, rest);
    g_string_append_c(out, '\n');
  }
  return bytes_of(out);
}

static GBytes *proposals_table(const PlnTalksFile *t, const char *source) {
  GString *out = g_string_new("id,title,status,source\n");
  for (guint k = 0; k < t->issues->len; k++) {
    const PlnTalksIssue *issue = pln_talks_issue(t, k);
    add_row(out, issue->id, title_of(t, issue), "assumed", source, NULL);
  }
  return bytes_of(out);
}

static void add_cell(GString *out, const char *issue, const PlnTalksActor *actor,
                     const PlnTalksCell *cell, const char *source) {
  const char *const names[] = {issue, actor->code, NULL};
  const char *const rest[] = {source, cell->note ? cell->note : "", NULL};
  double number[] = {cell->position, cell->salience, cell->capability};
  add_fields(out, names);
  for (gsize k = 0; k < G_N_ELEMENTS(number); k++) {
    g_string_append_c(out, ',');
    pln_text_add_number(out, number[k]);
  }
  g_string_append_c(out, ',');
  add_fields(out, rest);
  g_string_append_c(out, '\n');
}

static gboolean takes_part(const PlnTalksFile *t, guint i) {
  for (guint k = 0; k < t->issues->len; k++)
    if (!isnan(pln_talks_cell(t, i, k)->position))
      return TRUE;
  return FALSE;
}

/* A description of an actor is the note of a row for every issue. */
static GBytes *actors_table(const PlnTalksFile *t, const char *source) {
  GString *out = g_string_new("issue,who,position,salience,capability,source,note\n");
  for (guint i = 0; i < t->actors->len; i++) {
    const PlnTalksActor *actor = pln_talks_actor(t, i);
    if (*actor->note && takes_part(t, i))
      add_row(out, "", actor->code, "", "", "", source, actor->note, NULL);
    for (guint k = 0; k < t->issues->len; k++)
      if (!isnan(pln_talks_cell(t, i, k)->position))
        add_cell(out, pln_talks_issue(t, k)->id, actor, pln_talks_cell(t, i, k), source);
  }
  return bytes_of(out);
}

static void insert(GHashTable *tables, const char *name, GBytes *bytes) {
  g_hash_table_insert(tables, g_strdup(name), bytes);
}

GHashTable *pln_talks_file_scenario(const PlnTalksFile *t, const char *source, const char *as_of) {
  GHashTable *tables = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify)g_bytes_unref);
  insert(tables, "scenario.csv", scenario_table(t, source, as_of));
  insert(tables, "members.csv", members_table(t, source));
  insert(tables, "proposals.csv", proposals_table(t, source));
  insert(tables, "issues.csv", issues_table(t, source));
  insert(tables, "actors.csv", actors_table(t, source));
  return tables;
}
