/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Positions round by round, for people: as many rounds as a line has room for, the others in tables
 * of their own. */
#include <math.h>

#include "plenary/compose_bargain.h"
#include "plenary/text.h"

enum { WIDTH = 80, GAP = 2, ROWS = 20, ROUNDS = 8 };

static const PlnIssue *issue_of(const PlnBargain *b, guint issue) {
  return b->issue[issue].issue;
}

static PlnValue position_cell(const PlnIssue *issue, double position) {
  return pln_number(position, pln_bargain_digits(issue));
}

/* Which rounds are shown: all that fit, else the first ones and the last. */
static guint pick_rounds(const PlnBargain *b, gboolean full, guint *round) {
  guint last = b->course->rounds, n = 0;
  for (guint r = 0; r <= last; r++)
    if (full || last < ROUNDS || r + 1 < ROUNDS || r == last)
      round[n++] = r;
  return n;
}

static void say_left_out(PlnDoc *doc, const guint *round, guint n) {
  guint first = n > 1 ? round[n - 2] + 1 : 0, last = n > 1 ? round[n - 1] - 1 : 0;
  if (n > 1 && first < last)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Rounds %u to %u are not shown; --full shows them.", first,
                last);
  else if (n > 1 && first == last)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Round %u is not shown; --full shows it.", first);
}

static gboolean moved(const PlnBargain *b, guint i, guint issue) {
  double start = pln_course_at(b->course, 0, i, issue);
  double apart = pln_floor_apart(b->table->from[issue], b->table->to[issue]);
  for (guint r = 1; r <= b->course->rounds && !isnan(start); r++)
    if (fabs(start - pln_course_at(b->course, r, i, issue)) > apart)
      return TRUE;
  return FALSE;
}

static void round_row(PlnDoc *doc, const PlnBargain *b, guint issue, int who, const guint *round,
                      guint n) {
  const PlnCourse *c = b->course;
  pln_doc_cell(doc, pln_text(who < 0 ? "forecast" : pln_delegation(b->table, (guint)who)->name));
  for (guint k = 0; k < n; k++)
    pln_doc_cell(doc, position_cell(issue_of(b, issue),
                                    who < 0 ? c->outcome[(gsize)round[k] * c->m + issue]
                                            : pln_course_at(c, round[k], (guint)who, issue)));
}

/* Letters of a number on the scale. */
static guint cell_width(const PlnIssue *issue) {
  const double ends[] = {issue->from, issue->to};
  guint most = 1;
  for (gsize k = 0; k < G_N_ELEMENTS(ends); k++) {
    PlnValue value = position_cell(issue, ends[k]);
    g_autofree char *text = pln_value_text(&value);
    most = MAX(most, pln_text_width(text));
  }
  return most;
}

/* How many rounds there is room for beside the names. */
static guint room_for(const PlnBargain *b, guint issue, const char *heading) {
  guint left = pln_text_width(heading), each = cell_width(issue_of(b, issue)) + GAP;
  for (guint i = 0; i < b->course->n; i++)
    left = MAX(left, pln_text_width(pln_delegation(b->table, i)->name));
  return left + each >= WIDTH ? 1 : (WIDTH - left) / each;
}

/* Returns: how many delegations have moved */
static guint round_table(PlnDoc *doc, const PlnBargain *b, gboolean full, guint issue,
                         const char *heading, const guint *round, guint n) {
  g_autofree PlnDocColumn *columns = g_new0(PlnDocColumn, n + 2);
  guint movers = 0;
  columns[0] = (PlnDocColumn){"-who", heading};
  for (guint k = 0; k < n; k++) {
    g_autofree char *number = g_strdup_printf("%u", round[k]);
    g_autofree char *key = g_strdup_printf("-%u", round[k]);
    columns[k + 1] = (PlnDocColumn){g_intern_string(key), g_intern_string(number)};
  }
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  round_row(doc, b, issue, -1, round, n);
  for (guint i = 0; i < b->course->n; i++)
    if (moved(b, i, issue) && (movers++ < ROWS || full))
      round_row(doc, b, issue, (int)i, round, n);
  return movers;
}

static void rounds_of(PlnDoc *doc, const PlnBargain *b, gboolean full, guint issue) {
  g_autofree guint *round = g_new(guint, b->course->rounds + 1);
  guint n = pick_rounds(b, full, round), movers = 0;
  g_autofree char *head = g_strdup_printf("%s, round", issue_of(b, issue)->id);
  g_autofree char *visible = pln_text_visible(head);
  const char *heading = g_intern_string(visible); /* a document keeps no headings */
  guint room = room_for(b, issue, heading);
  for (guint k = 0; k < n; k += room)
    movers = round_table(doc, b, full, issue, heading, round + k, MIN(room, n - k));
  say_left_out(doc, round, n);
  if (movers > ROWS && !full)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%u more have moved; --full shows them.", movers - ROWS);
}

void pln_compose_bargain_rounds(PlnDoc *doc, const PlnBargain *b,
                                const PlnComposeBargainOptions *options) {
  enum { FEW = 2 };
  guint n = 0;
  for (guint k = 0; k < b->course->m; k++)
    n += pln_bargain_shows(b, options, k);
  for (guint k = 0; k < b->course->m && b->course->rounds > 0; k++)
    if (pln_bargain_shows(b, options, k) && (n <= FEW || options->full))
      rounds_of(doc, b, options->full, k);
}
