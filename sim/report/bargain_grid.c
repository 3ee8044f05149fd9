/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables with a column an issue: who stands where, the methods side by side.  As many issues as a
 * line has room for; the others follow in tables of their own. */
#include <math.h>

#include "plenary/compose_bargain.h"
#include "plenary/text.h"

enum { WIDTH = 80, GAP = 2, ROWS = 20, FULL = 100 };

const char *pln_bargain_heading(const PlnIssue *issue) {
  g_autofree char *visible = pln_text_visible(issue->id);
  return g_intern_string(visible);
}

guint pln_bargain_columns(const PlnBargain *b, const PlnComposeBargainOptions *options, guint *next,
                          guint left, const guint *widest, guint *place) {
  guint n = 0;
  for (; *next < b->course->m; (*next)++) {
    if (!pln_bargain_shows(b, options, *next))
      continue;
    const char *heading = pln_bargain_heading(b->issue[*next].issue);
    left += MAX(widest[*next], pln_text_width(heading)) + GAP;
    if (n > 0 && left > WIDTH)
      break;
    place[n++] = *next;
  }
  return n;
}

static const PlnIssue *issue_of(const PlnBargain *b, guint issue) {
  return b->issue[issue].issue;
}

/* ---- Who stands where ---- */

/* "88 (0.60)" */
static PlnValue stand_cell(const PlnBargain *b, guint i, guint issue) {
  const PlnDelegations *t = b->table;
  gsize at = (gsize)i * t->m + issue;
  if (isnan(t->position[at]))
    return pln_none();
  g_autofree char *position = pln_say_position(issue_of(b, issue), t->position[at]);
  g_autofree char *both = t->equal_salience
                              ? g_strdup(position)
                              : g_strdup_printf("%s (%.0f)", position, FULL * t->salience[at]);
  return pln_text(both);
}

/* The same on every issue, where it is. */
static PlnValue capability_cell(const PlnBargain *b, guint i) {
  const PlnDelegations *t = b->table;
  double one = NAN;
  for (guint k = 0; k < t->m; k++) {
    gsize at = (gsize)i * t->m + k;
    if (isnan(t->position[at]))
      continue;
    if (!isnan(one) && one != t->capability[at])
      return pln_text("differs");
    one = t->capability[at];
  }
  return pln_number(one, 2);
}

static void stand_table(PlnDoc *doc, const PlnBargain *b, const guint *place, guint n, guint rows) {
  g_autofree PlnDocColumn *columns = g_new0(PlnDocColumn, n + 3);
  columns[0] = (PlnDocColumn){"-who", "Delegation"};
  columns[1] = (PlnDocColumn){"-capability", "Counts"};
  for (guint k = 0; k < n; k++)
    columns[k + 2] = (PlnDocColumn){"-issue", pln_bargain_heading(issue_of(b, place[k]))};
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint i = 0; i < rows; i++) {
    pln_doc_cell(doc, pln_text(pln_delegation(b->table, i)->name));
    pln_doc_cell(doc, b->table->equal_capability ? pln_none() : capability_cell(b, i));
    for (guint k = 0; k < n; k++)
      pln_doc_cell(doc, stand_cell(b, i, place[k]));
  }
}

/* How wide the cells of each issue are, and the columns beside them. */
static guint measure(const PlnBargain *b, guint rows, guint *widest) {
  enum { COUNTS = 9 };
  guint left = 10;
  for (guint i = 0; i < rows; i++) {
    left = MAX(left, pln_text_width(pln_delegation(b->table, i)->name));
    for (guint k = 0; k < b->course->m; k++) {
      PlnValue value = stand_cell(b, i, k);
      widest[k] = MAX(widest[k], value.text ? pln_text_width(value.text) : 0);
      g_free(value.text);
    }
  }
  return left + (b->table->equal_capability ? 0 : COUNTS);
}

void pln_compose_bargain_stands(PlnDoc *doc, const PlnBargain *b,
                                const PlnComposeBargainOptions *options) {
  guint next = 0, n, shown = 0, rows = options->full ? b->course->n : MIN(b->course->n, ROWS);
  g_autofree guint *place = g_new(guint, b->course->m), *widest = g_new0(guint, b->course->m);
  guint left = measure(b, rows, widest);
  for (guint k = 0; k < b->course->m; k++)
    shown += pln_bargain_shows(b, options, k);
  if (shown < 2)
    return; /* of one issue the table of losses says it */
  while ((n = pln_bargain_columns(b, options, &next, left, widest, place)) > 0)
    stand_table(doc, b, place, n, rows);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Where they start%s%s.%s",
              b->table->equal_salience ? "" : ", and how much they care, 0 to 100",
              b->table->equal_capability ? "" : "; Counts: capability",
              rows < b->course->n ? " Others are left out; --full shows all." : "");
}

/* ---- Methods side by side ---- */

static PlnValue position_cell(const PlnIssue *issue, double position, gboolean asked) {
  return isnan(position) && asked ? pln_unknown() : pln_number(position, pln_bargain_digits(issue));
}

static void method_table(PlnDoc *doc, const PlnBargain *main, const GPtrArray *methods,
                         const guint *place, guint n) {
  gboolean recorded = FALSE;
  g_autofree PlnDocColumn *columns = g_new0(PlnDocColumn, n + 2);
  columns[0] = (PlnDocColumn){"-method", "Method"};
  for (guint k = 0; k < n; k++) {
    columns[k + 1] = (PlnDocColumn){"-issue", pln_bargain_heading(issue_of(main, place[k]))};
    recorded |= !isnan(issue_of(main, place[k])->outcome);
  }
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint row = 0; row < methods->len; row++) {
    const PlnBargain *b = methods->pdata[row];
    pln_doc_cell(doc, pln_text(b->options.method->name));
    for (guint k = 0; k < n; k++)
      pln_doc_cell(doc, position_cell(issue_of(b, place[k]), b->issue[place[k]].outcome, TRUE));
  }
  if (recorded)
    pln_doc_cell(doc, pln_text("on record"));
  for (guint k = 0; k < n && recorded; k++)
    pln_doc_cell(doc,
                 position_cell(issue_of(main, place[k]), issue_of(main, place[k])->outcome, FALSE));
}

void pln_compose_bargain_grid(PlnDoc *doc, const PlnBargain *b,
                              const PlnComposeBargainOptions *options) {
  enum { BESIDE = 17, NUMBER = 5 };
  guint next = 0, n;
  g_autofree guint *place = g_new(guint, b->course->m), *widest = g_new(guint, b->course->m);
  for (guint k = 0; k < b->course->m; k++)
    widest[k] = NUMBER;
  while ((n = pln_bargain_columns(b, options, &next, BESIDE, widest, place)) > 0)
    method_table(doc, b, options->compare, place, n);
}
