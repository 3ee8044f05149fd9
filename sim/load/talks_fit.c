/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Talks of a scenario made to fit a format, with what that costs. */
#include <math.h>
#include <string.h>

#include "plenary/tables.h"
#include "plenary/talks_part.h"
#include "plenary/text.h"

void pln_talks_lose(GPtrArray *lost, const char *format, ...) {
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

/* How many actors, or issues of one, are named. */
enum { SAID = 5 };

static void say_absent(const PlnTalksFile *t, guint i, const char *format, GPtrArray *lost) {
  g_autoptr(GString) where = g_string_new(NULL);
  guint n = 0;
  for (guint k = 0; k < t->issues->len; k++)
    if (isnan(pln_talks_cell(t, i, k)->position) && n++ < SAID)
      g_string_append_printf(where, "%s%s", n > 1 ? ", " : "", pln_talks_issue(t, k)->id);
  if (n > SAID)
    g_string_append_printf(where, " and %u more", n - SAID);
  pln_talks_lose(lost, "%s is left out: no position on %s (%s needs one on each issue)",
                 pln_talks_actor(t, i)->code, where->str, format);
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
      if (i - kept < SAID)
        say_absent(t, i, format, lost);
      for (guint k = 0; k < m; k++)
        g_free(pln_talks_cell(t, i, k)->note);
      pln_talks_actor_clear(pln_talks_actor(t, i));
    }
  if (n - kept > SAID)
    pln_talks_lose(lost, "%u more actors are left out, without a position on some issue",
                   n - kept - SAID);
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
    pln_talks_lose(lost, "%u note%s on actors", notes, notes == 1 ? "" : "s");
}

/* @note: what the format's reader notes by itself */
static void lose_of_issue(const PlnTalksIssue *issue, const char *note, GPtrArray *lost) {
  if (*issue->low || *issue->high)
    pln_talks_lose(lost, "what the ends of the scale of %s stand for", issue->id);
  if (*issue->note && strcmp(issue->note, note) != 0)
    pln_talks_lose(lost, "the note on %s", issue->id);
}

/* ---- ktab ---- */

/* Onto 0 to 100, of which an end must not be left by a last digit. */
static void shift(PlnTalksFile *t, guint k, GPtrArray *lost) {
  const PlnTalksIssue *issue = pln_talks_issue(t, k);
  if (issue->from == 0 && issue->to == 100)
    return;
  for (guint i = 0; i < t->actors->len; i++) {
    PlnTalksCell *cell = pln_talks_cell(t, i, k);
    cell->position = MIN(100, 100 * (cell->position - issue->from) / (issue->to - issue->from));
  }
  g_autofree char *range = pln_cell_range(issue->from, issue->to);
  pln_talks_lose(lost, "the scale of %s, %s: positions are written on one from 0 to 100", issue->id,
                 range);
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
    pln_talks_lose(lost, "that the capability of %u actor%s differs by issue: that of %s is "
                   "written", n, n == 1 ? "" : "s", pln_talks_issue(t, 0)->id);
}

/* KTAB refuses an actor that gives more than all of its attention. */
static void check_attention(const PlnTalksFile *t) {
  guint n = 0;
  for (guint i = 0; i < t->actors->len; i++) {
    double sum = 0;
    for (guint k = 0; k < t->issues->len; k++)
      sum += pln_talks_cell(t, i, k)->salience;
    n += sum > 100;
  }
  if (n > 0)
    pln_talks_lose(t->notes, "KTAB itself refuses %u actor%s: the saliences of one must not add "
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
      pln_talks_lose(lost, "the title of %s", issue->id);
    shift(t, k, lost);
  }
  check_attention(t);
}

/* ---- bdm ---- */

static void keep_first_issue(PlnTalksFile *t, GPtrArray *lost) {
  guint m = t->issues->len;
  if (m == 1)
    return;
  pln_talks_lose(lost, "all issues but %s: bdm holds one", pln_talks_issue(t, 0)->id);
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
  g_autofree char *range = pln_cell_range(issue->from, issue->to);
  if (issue->from != from || issue->to != to)
    pln_talks_lose(lost, "the scale of %s, %s: bdm states none", issue->id, range);
  for (guint i = 0; i < t->actors->len; i++)
    titles += *pln_talks_actor(t, i)->title != '\0';
  if (titles > 0)
    pln_talks_lose(lost, "the full name of %u actor%s", titles, titles == 1 ? "" : "s");
  if (*t->title)
    pln_talks_lose(lost, "the title, %s", t->title);
  if (*t->about)
    pln_talks_lose(lost, "what the talks are about");
  if (strcmp(issue->id, "issue") != 0)
    pln_talks_lose(lost, "the name of the issue, %s", issue->id);
}

/* ---- decide ---- */

static gboolean is_armed(const char *text) {
  g_autofree char *inert = pln_text_inert(text);
  return strcmp(inert, text) != 0;
}

static void fit_decide(const PlnTalksFile *t) {
  guint n = 0;
  for (gsize c = 0; c < (gsize)t->actors->len * t->issues->len; c++)
    n += t->cell[c].capability > 1;
  if (n > 0)
    pln_talks_lose(t->notes, "%u power%s above 1, which some programs of this format refuse", n,
                   n == 1 ? " is" : "s are");
}

/* What a spreadsheet would take for a formula is written with an apostrophe before it. */
static void check_inert(const PlnTalksFile *t) {
  guint n = 0;
  for (guint i = 0; i < t->actors->len; i++)
    n += is_armed(pln_talks_actor(t, i)->name);
  for (guint k = 0; k < t->issues->len; k++)
    n += is_armed(pln_talks_issue(t, k)->name);
  if (n > 0)
    pln_talks_lose(t->notes, "%u name%s with =, +, -, @, | or %%: an apostrophe is written before "
                   "%s, as spreadsheets take such for formulas", n, n == 1 ? " begins" : "s begin",
                   n == 1 ? "it" : "each");
}

void pln_talks_fit(PlnTalksFile *t, const char *format, GPtrArray *lost) {
  if (strcmp(format, "ktab") == 0)
    fit_ktab(t, lost);
  else if (strcmp(format, "bdm") == 0)
    fit_bdm(t, lost);
  else
    fit_decide(t);
  check_inert(t);
}
