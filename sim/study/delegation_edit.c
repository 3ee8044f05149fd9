/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits of the talks as they are asked for: their form, and what they name. */
#include <math.h>
#include <string.h>

#include "plenary/asked.h"
#include "plenary/delegation.h"
#include "plenary/error.h"
#include "plenary/text.h"

const char *const pln_talks_edit_words[] = {"position", "salience", "capability", "split",
                                            "merge",    "leave",    NULL};

static const char *const forms[] = {"[ISSUE:]WHO=P or P±SD",
                                    "[ISSUE:]WHO=0-100 or S±SD",
                                    "[ISSUE:]WHO=C or C±SD",
                                    "BLOC or BLOC:A,B",
                                    "NAME=A,B",
                                    "[ISSUE:]WHO"};

/* Widest that a number may be: of a position, salience, capability. */
static const struct {
  double least, most;
  const char *words, *deviation;
} bounds[] = {{-1e9, 1e9, "a position from -1e9 to 1e9",
               "a number from 0 to the length of the scale"},
              {0, 100, "a salience from 0 to 100", "a deviation of salience from 0 to 100"},
              {0, 1e12, "a capability from 0 to 1e12", "a deviation of capability from 0 to 1e12"}};

static gboolean refuse_form(PlnTalksEditKind kind, const char *text, GError **error) {
  g_autofree char *what = g_strdup_printf("--%s is", pln_talks_edit_words[kind]);
  return pln_asked_refuse(error, what, text, forms[kind], NULL);
}

static gboolean find_issue(const PlnScenario *s, const char *id, int *issue, GError **error) {
  g_autofree const char **ids = g_new0(const char *, s->issues->len + 1);
  *issue = -1;
  for (guint p = 0; p < s->issues->len; p++) {
    ids[p] = g_array_index(s->issues, PlnIssue, p).id;
    if (strcmp(ids[p], id) == 0)
      *issue = (int)p;
  }
  return *issue >= 0 || pln_asked_refuse(error, "unknown issue", id, "one of issues.csv", ids);
}

/* A decimal number and nothing behind it; strtod would take "inf" and "0x1". */
static gboolean read_number(const char *text, double *value) {
  char *end = NULL;
  if (!*text || text[strspn(text, "0123456789+-.eE")])
    return FALSE;
  *value = g_ascii_strtod(text, &end);
  return !*end && isfinite(*value);
}

/* "62", "62±5" or "62 ± 5"; on an issue the position must be on its scale. */
static gboolean read_value(const PlnScenario *s, const char *text, PlnTalksEdit *edit,
                           GError **error) {
  double least = bounds[edit->kind].least, most = bounds[edit->kind].most;
  const char *plus = strstr(text, "±"), *minus = strstr(text, "+-"), *mark = plus ? plus : minus;
  g_autofree char *number = mark ? g_strndup(text, (gsize)(mark - text)) : g_strdup(text);
  g_autofree char *sd = g_strstrip(g_strdup(mark ? mark + strlen(plus ? "±" : "+-") : ""));
  g_autofree char *words = g_strdup(bounds[edit->kind].words);
  if (edit->kind == PLN_TALKS_POSITION && edit->issue >= 0) {
    const PlnIssue *issue = &g_array_index(s->issues, PlnIssue, (guint)edit->issue);
    least = issue->from;
    most = issue->to;
    g_free(words);
    words = g_strdup_printf("a position from %.12g to %.12g, the scale of %s", least, most,
                            issue->id);
  }
  if (!read_number(g_strstrip(number), &edit->value) || edit->value < least || edit->value > most) {
    g_autofree char *what =
        g_strdup_printf("--%s of %s%s%s is", pln_talks_edit_words[edit->kind], edit->who,
                        edit->issue < 0 ? "" : " on ",
                        edit->issue < 0 ? "" : g_array_index(s->issues, PlnIssue, edit->issue).id);
    return pln_asked_refuse(error, what, number, words, NULL);
  }
  if (mark && (!read_number(sd, &edit->sd) || edit->sd < 0 || edit->sd > most - least))
    return pln_asked_refuse(error, "the standard deviation is", sd, bounds[edit->kind].deviation,
                            NULL);
  return TRUE;
}

/* "[ISSUE:]WHO" */
static gboolean read_whom(const PlnScenario *s, const char *text, PlnTalksEdit *edit, GError **error) {
  const char *colon = strchr(text, ':');
  g_autofree char *id = colon ? g_strndup(text, (gsize)(colon - text)) : NULL;
  if (id && !find_issue(s, id, &edit->issue, error))
    return FALSE;
  edit->who = g_strdup(colon ? colon + 1 : text);
  return *edit->who || refuse_form(edit->kind, text, error);
}

/* Names between commas, each once. */
static gboolean read_list(const char *names, const char *text, PlnTalksEdit *edit, GError **error) {
  edit->list = g_strsplit(names, ",", -1);
  for (guint k = 0; edit->list[k]; k++) {
    if (!*g_strstrip(edit->list[k]))
      return refuse_form(edit->kind, text, error);
    for (guint j = 0; j < k; j++)
      if (strcmp(edit->list[j], edit->list[k]) == 0)
        return pln_asked_refuse(error, "named twice:", edit->list[k], "each once", NULL);
  }
  return edit->list[0] || refuse_form(edit->kind, text, error);
}

static gboolean read_split(const char *text, PlnTalksEdit *edit, GError **error) {
  const char *colon = strchr(text, ':');
  edit->who = colon ? g_strndup(text, (gsize)(colon - text)) : g_strdup(text);
  if (!*edit->who)
    return refuse_form(edit->kind, text, error);
  return !colon || read_list(colon + 1, text, edit, error);
}

static gboolean read_merge(const char *text, PlnTalksEdit *edit, GError **error) {
  const char *equals = strchr(text, '=');
  edit->who = equals ? g_strndup(text, (gsize)(equals - text)) : g_strdup("");
  if (!*edit->who || strpbrk(edit->who, ":, \t") || strlen(edit->who) > 64)
    return refuse_form(edit->kind, text, error);
  return read_list(equals + 1, text, edit, error);
}

static gboolean read_numbered(const PlnScenario *s, const char *text, PlnTalksEdit *edit,
                              GError **error) {
  const char *equals = strrchr(text, '=');
  g_autofree char *whom = equals ? g_strndup(text, (gsize)(equals - text)) : NULL;
  if (!whom || !*whom)
    return refuse_form(edit->kind, text, error);
  return read_whom(s, whom, edit, error) && read_value(s, equals + 1, edit, error);
}

gboolean pln_talks_edit_read(const PlnScenario *s, PlnTalksEditKind kind, const char *text,
                             PlnTalksEdit *edit, GError **error) {
  *edit = (PlnTalksEdit){.kind = kind, .issue = -1, .sd = NAN};
  gboolean read = kind == PLN_TALKS_SPLIT   ? read_split(text, edit, error)
                  : kind == PLN_TALKS_MERGE ? read_merge(text, edit, error)
                  : kind == PLN_TALKS_LEAVE ? read_whom(s, text, edit, error)
                                            : read_numbered(s, text, edit, error);
  if (!read)
    pln_talks_edit_clear(edit);
  return read;
}

void pln_talks_edit_clear(gpointer data) {
  PlnTalksEdit *edit = data;
  g_clear_pointer(&edit->who, g_free);
  g_clear_pointer(&edit->list, g_strfreev);
}
