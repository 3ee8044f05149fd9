/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Talks of a scenario made to fit a format, with what that costs. */
#include <math.h>
#include <string.h>

#include "plenary/talks_part.h"

static void lose(GPtrArray *lost, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void lose(GPtrArray *lost, const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_ptr_array_add(lost, g_strdup_vprintf(format, args));
  va_end(args);
}

/* ---- What two of them lack ---- */

static gboolean stands_everywhere(const PlnTalksFile *t, guint i) {
  for (guint k = 0; k < t->issues->len; k++)
    if (isnan(pln_talks_cell(t, i, k)->position))
      return FALSE;
  return TRUE;
}

/* Takes out whoever stands nowhere on some issue, with its cells. */
static void drop_absent(PlnTalksFile *t, const char *format, GPtrArray *lost) {
  guint m = t->issues->len, n = t->actors->len, kept = 0;
  g_autoptr(GArray) actors = g_array_new(FALSE, FALSE, sizeof(PlnTalksActor));
  for (guint i = 0; i < n; i++)
    if (stands_everywhere(t, i)) {
      memmove(&t->cell[(gsize)kept++ * m], pln_talks_cell(t, i, 0), m * sizeof *t->cell);
      g_array_append_val(actors, *pln_talks_actor(t, i));
    } else {
      for (guint k = 0; k < m; k++)
        g_free(pln_talks_cell(t, i, k)->note);
      pln_talks_actor_clear(pln_talks_actor(t, i));
    }
  if (kept < n)
    lose(lost, "%u actor%s without a position on some issue: %s needs one on each", n - kept,
         n - kept == 1 ? "" : "s", format);
  g_array_set_clear_func(t->actors, NULL); /* moved, not copied */
  g_array_unref(t->actors);
  g_array_set_clear_func(actors, pln_talks_actor_clear);
  t->actors = g_steal_pointer(&actors);
}

static void lose_notes(PlnTalksFile *t, GPtrArray *lost) {
  guint notes = 0;
  for (guint i = 0; i < t->actors->len; i++)
    notes += *pln_talks_actor(t, i)->note != '\0';
  for (gsize c = 0; c < (gsize)t->actors->len * t->issues->len; c++)
    notes += t->cell[c].note != NULL;
  if (notes > 0)
    lose(lost, "%u note%s on actors", notes, notes == 1 ? "" : "s");
}

/* @note: what the format's reader notes by itself */
static void lose_of_issue(const PlnTalksIssue *issue, const char *note, GPtrArray *lost) {
  if (*issue->low || *issue->high)
    lose(lost, "what the ends of the scale of %s stand for", issue->id);
  if (*issue->note && strcmp(issue->note, note) != 0)
    lose(lost, "the note on %s", issue->id);
}

/* ---- ktab ---- */

/* Onto 0 to 100. */
static void shift(PlnTalksFile *t, guint k, GPtrArray *lost) {
  const PlnTalksIssue *issue = pln_talks_issue(t, k);
  if (issue->from == 0 && issue->to == 100)
    return;
  for (guint i = 0; i < t->actors->len; i++) {
    PlnTalksCell *cell = pln_talks_cell(t, i, k);
    cell->position = 100 * (cell->position - issue->from) / (issue->to - issue->from);
  }
  lose(lost, "the scale of %s, from %g to %g: positions are written on one from 0 to 100",
       issue->id, issue->from, issue->to);
}

static void check_capabilities(const PlnTalksFile *t, GPtrArray *lost) {
  guint n = 0;
  for (guint i = 0; i < t->actors->len; i++)
    for (guint k = 1; k < t->issues->len; k++)
      if (pln_talks_cell(t, i, k)->capability != pln_talks_cell(t, i, 0)->capability) {
        n++;
        break;
      }
  if (n > 0)
    lose(lost, "that the capability of %u actor%s differs by issue: that of %s is written", n,
         n == 1 ? "" : "s", pln_talks_issue(t, 0)->id);
}

/* KTAB refuses an actor that gives more than all of its attention. */
static void check_attention(const PlnTalksFile *t, GPtrArray *lost) {
  guint n = 0;
  for (guint i = 0; i < t->actors->len; i++) {
    double sum = 0;
    for (guint k = 0; k < t->issues->len; k++)
      sum += pln_talks_cell(t, i, k)->salience;
    n += sum > 100;
  }
  if (n > 0)
    lose(lost, "the use in KTAB itself, which refuses %u actor%s: the saliences of one must not add "
               "up to more than 100", n, n == 1 ? "" : "s");
}

static void fit_ktab(PlnTalksFile *t, GPtrArray *lost) {
  drop_absent(t, "ktab", lost);
  lose_notes(t, lost);
  check_capabilities(t, lost);
  for (guint k = 0; k < t->issues->len; k++) {
    const PlnTalksIssue *issue = pln_talks_issue(t, k);
    lose_of_issue(issue, "", lost);
    if (*issue->title)
      lose(lost, "the title of %s", issue->id);
    shift(t, k, lost);
  }
  check_attention(t, lost);
}

/* ---- bdm ---- */

static void keep_first_issue(PlnTalksFile *t, GPtrArray *lost) {
  guint m = t->issues->len;
  if (m == 1)
    return;
  lose(lost, "all issues but %s: bdm holds one", pln_talks_issue(t, 0)->id);
  PlnTalksCell *kept = g_new(PlnTalksCell, t->actors->len);
  for (guint i = 0; i < t->actors->len; i++) {
    kept[i] = *pln_talks_cell(t, i, 0);
    for (guint k = 1; k < m; k++)
      g_free(pln_talks_cell(t, i, k)->note);
  }
  g_free(t->cell);
  t->cell = kept;
  g_array_set_size(t->issues, 1);
}

static void fit_bdm(PlnTalksFile *t, GPtrArray *lost) {
  double from, to;
  guint titles = 0;
  keep_first_issue(t, lost);
  drop_absent(t, "bdm", lost);
  lose_notes(t, lost);
  PlnTalksIssue *issue = pln_talks_issue(t, 0);
  const char *note = pln_talks_scale(t, 0, FALSE, &from, &to);
  lose_of_issue(issue, note, lost);
  if (issue->from != from || issue->to != to)
    lose(lost, "the scale of %s, from %g to %g: bdm states none", issue->id, issue->from,
         issue->to);
  for (guint i = 0; i < t->actors->len; i++)
    titles += *pln_talks_actor(t, i)->title != '\0';
  if (titles > 0)
    lose(lost, "the full name of %u actor%s", titles, titles == 1 ? "" : "s");
  if (*t->title)
    lose(lost, "the title, %s", t->title);
  if (*t->about)
    lose(lost, "what the talks are about");
  if (strcmp(issue->id, "issue") != 0)
    lose(lost, "the name of the issue, %s", issue->id);
}

/* ---- decide ---- */

/* Not lost here, but of no use there. */
static void fit_decide(const PlnTalksFile *t, GPtrArray *lost) {
  guint n = 0;
  for (gsize c = 0; c < (gsize)t->actors->len * t->issues->len; c++)
    n += t->cell[c].capability > 1;
  if (n > 0)
    lose(lost, "the use in programs that refuse powers above 1: there %s %u", n == 1 ? "is" : "are",
         n);
}

void pln_talks_fit(PlnTalksFile *t, const char *format, GPtrArray *lost) {
  if (strcmp(format, "ktab") == 0)
    fit_ktab(t, lost);
  else if (strcmp(format, "bdm") == 0)
    fit_bdm(t, lost);
  else
    fit_decide(t, lost);
}
