/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reliability.csv: how far an answer is to be trusted. */
#include "plenary/tables.h"

enum { ANSWER, YES, HALF_LIFE = YES + PLN_TOLD_KINDS, STATUS, SOURCE };

const PlnColumn pln_reliability_columns[] = {
    {"answer", TRUE},     {"yes", TRUE},     {"abstain", TRUE}, {"no", TRUE},
    {"half_life", FALSE}, {"status", FALSE}, {"source", FALSE}, {NULL, FALSE}};

/* In the order of PLN_TOLD_YES … */
static const char *const votes[PLN_TOLD_KINDS] = {"yes", "abstain", "no"};

static const PlnBounds relative = {1e-6, 1e6, "from 0.000001 to 1000000"},
                       half_lives = {0.1, 1e6, "of days from 0.1 to 1000000, or nothing"};

static void read_row(const PlnTable *table, guint row, int answer, PlnWorld *world,
                     PlnFaults *faults) {
  PlnPledgeReliability r = {.answer = pln_reliability_words[answer],
                      .half_life = pln_cell_number(table, row, HALF_LIFE, "half_life", &half_lives,
                                                   0, faults),
                      .status = pln_cell_status(table, row, STATUS, PLN_STATUS_ASSUMED, faults),
                      .source = pln_cell_keep(table, row, SOURCE, world)};
  for (guint k = 0; k < PLN_TOLD_KINDS; k++) {
    pln_table_needed(table, row, YES + k, faults);
    r.likelihood[k] = pln_cell_number(table, row, YES + k, votes[k], &relative, 1, faults);
  }
  pln_world_add_reliability(world, &r);
}

void pln_reliability_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults) {
  g_autoptr(GHashTable) first = g_hash_table_new(NULL, NULL); /* answer -> its row + 1 */
  gboolean all = pln_table_whole(table);
  for (guint i = 0; i < pln_table_rows(table); i++) {
    int answer = pln_table_word(table, i, ANSWER, pln_reliability_words, -1, faults);
    guint before = GPOINTER_TO_UINT(g_hash_table_lookup(first, GINT_TO_POINTER(answer)));
    if (answer < 0) {
      pln_table_needed(table, i, ANSWER, faults);
      all = FALSE;
    } else if (before > 0) {
      pln_table_fault(table, i, ANSWER, faults,
                      "%s stands twice (first on line %u); expected one row an answer",
                      pln_reliability_words[answer], pln_table_line(table, before - 1));
    } else {
      g_hash_table_insert(first, GINT_TO_POINTER(answer), GUINT_TO_POINTER(i + 1));
      read_row(table, i, answer, world, faults);
    }
  }
  for (int k = 0; all && pln_reliability_words[k]; k++)
    if (!pln_world_reliability(world, pln_reliability_words[k]))
      pln_faults_add(faults, pln_table_file(table), 0, 0,
                     "no row for %s; expected one for every answer", pln_reliability_words[k]);
}
