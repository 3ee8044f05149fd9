/* SPDX-License-Identifier: GPL-3.0-or-later */
/* issues.csv: the questions of the talks, each with a scale of its own. */
#include <math.h>
#include <string.h>

#include "plenary/tables.h"

enum {
  ISSUE, TITLE, LOW, HIGH, FROM, TO, UNIT, REFERENCE, OUTCOME, PROPOSAL, STATUS, SOURCE, NOTE
};

const PlnColumn pln_issues_columns[] = {
    {"issue", TRUE},    {"title", FALSE},     {"low", FALSE},     {"high", FALSE},
    {"from", FALSE},    {"to", FALSE},        {"unit", FALSE},    {"reference", FALSE},
    {"outcome", FALSE}, {"proposal", FALSE},  {"status", FALSE},  {"source", FALSE},
    {"note", FALSE},    {NULL, FALSE}};

static const PlnBounds widest = {-1e9, 1e9, "from -1e9 to 1e9"};

/* @first: id -> row + 1 */
static void check_id(const PlnTable *table, guint row, GHashTable *first, PlnFaults *faults) {
  const char *id = pln_table_needed(table, row, ISSUE, faults);
  guint before = GPOINTER_TO_UINT(g_hash_table_lookup(first, id));
  if (strpbrk(id, ": =\t\r\n"))
    pln_table_fault(table, row, ISSUE, faults,
                    "the issue \"%s\" holds a blank, a colon or =; expected none", id);
  if (*id && before > 0)
    pln_table_fault(table, row, ISSUE, faults,
                    "the issue %s stands twice (first on line %u); expected one row an issue", id,
                    pln_table_line(table, before - 1));
  if (before == 0)
    g_hash_table_insert(first, (gpointer)id, GUINT_TO_POINTER(row + 1));
}

/* Where the scale has a fault the widest stands for it, so that no other follows. */
static void read_scale(const PlnTable *table, guint row, PlnIssue *issue, PlnFaults *faults) {
  guint before = pln_faults_count(faults);
  issue->from = pln_cell_number(table, row, FROM, "from", &widest, 0, faults);
  issue->to = pln_cell_number(table, row, TO, "to", &widest, 100, faults);
  if (pln_faults_count(faults) == before && issue->from >= issue->to) {
    g_autofree char *from = pln_cell_decimal(issue->from), *to = pln_cell_decimal(issue->to);
    pln_table_fault(table, row, *pln_table_text(table, row, TO) ? TO : FROM, faults,
                    "the scale runs from %s to %s; expected from below to", from, to);
  }
  if (pln_faults_count(faults) > before) {
    issue->from = widest.least;
    issue->to = widest.most;
  }
}

static void read_row(const PlnTable *table, guint row, const PlnPlaces *places, GHashTable *first,
                     PlnScenario *s, PlnFaults *faults) {
  const char *id = pln_table_text(table, row, ISSUE), *title = pln_table_text(table, row, TITLE);
  const char *proposal = pln_table_text(table, row, PROPOSAL);
  PlnIssue issue = {.id = pln_world_keep(s->world, id),
                    .title = pln_world_keep(s->world, *title ? title : id),
                    .low = pln_cell_keep(table, row, LOW, s->world),
                    .high = pln_cell_keep(table, row, HIGH, s->world),
                    .unit = pln_cell_keep(table, row, UNIT, s->world),
                    .proposal = -1,
                    .status = pln_cell_status(table, row, STATUS, PLN_STATUS_ASSUMED, faults),
                    .source = pln_cell_keep(table, row, SOURCE, s->world),
                    .note = pln_cell_keep(table, row, NOTE, s->world),
                    .line = pln_table_line(table, row)};
  check_id(table, row, first, faults);
  read_scale(table, row, &issue, faults);
  g_autofree char *words = pln_cell_range(issue.from, issue.to);
  PlnBounds scale = {issue.from, issue.to, words};
  issue.reference = pln_cell_stated(table, row, REFERENCE, "reference", &scale, faults);
  issue.outcome = pln_cell_stated(table, row, OUTCOME, "outcome", &scale, faults);
  if (*proposal)
    issue.proposal = pln_cell_place(table, row, PROPOSAL, proposal, places, faults);
  g_array_append_val(s->issues, issue);
}

void pln_issues_read(const PlnTable *table, PlnScenario *s, PlnFaults *faults) {
  g_autoptr(PlnPlaces) places = pln_places_new(s);
  g_autoptr(GHashTable) first = g_hash_table_new(g_str_hash, g_str_equal);
  guint n = pln_table_rows(table);
  if (n == 0 && pln_table_whole(table))
    pln_faults_add(faults, pln_table_file(table), 1, 1,
                   "no issue; expected at least one row under the first line");
  if (n > PLN_ISSUES_MOST)
    pln_table_fault(table, PLN_ISSUES_MOST, ISSUE, faults, "more than %d issues; expected fewer",
                    PLN_ISSUES_MOST);
  for (guint i = 0; i < MIN(n, PLN_ISSUES_MOST); i++)
    read_row(table, i, places, first, s, faults);
}
