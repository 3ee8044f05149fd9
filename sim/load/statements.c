/* SPDX-License-Identifier: GPL-3.0-or-later */
/* statements.csv and claims.csv: what was said of a proposal. */
#include "plenary/tables.h"

enum { S_PROPOSAL, S_STATE, S_KIND, S_DATE, S_SUMMARY, S_STATUS, S_SOURCE };

const PlnColumn pln_statements_columns[] = {
    {"proposal", FALSE}, {"state", TRUE},   {"kind", TRUE},   {"date", FALSE},
    {"summary", TRUE},   {"status", FALSE}, {"source", FALSE}, {NULL, FALSE}};

void pln_statements_read(const PlnTable *table, PlnScenario *s, PlnFaults *faults) {
  g_autoptr(PlnPlaces) places = pln_places_new(s);
  for (guint i = 0; i < pln_table_rows(table); i++) {
    const char *id = pln_table_text(table, i, S_PROPOSAL);
    const PlnState *state = pln_cell_state(table, i, S_STATE, s->world, faults);
    PlnStatement statement = {
        .proposal = *id ? pln_cell_place(table, i, S_PROPOSAL, id, places, faults) : -1,
        .state = state ? state->code : "",
        .kind = (PlnStatementKind)pln_table_word(table, i, S_KIND, pln_statement_words,
                                                 PLN_STATEMENT_EXPLANATION, faults),
        .day = pln_table_day(table, i, S_DATE, faults),
        .summary = pln_world_keep(s->world, pln_table_needed(table, i, S_SUMMARY, faults)),
        .status = pln_cell_status(table, i, S_STATUS, PLN_STATUS_ASSUMED, faults),
        .source = pln_cell_keep(table, i, S_SOURCE, s->world)};
    g_array_append_val(s->statements, statement);
  }
}

enum {
  C_PROPOSAL,
  C_CLAIM,
  C_YES,
  C_NO,
  C_ABSTAIN,
  C_NOT_VOTING,
  C_REFERS_TO,
  C_ANSWER,
  C_STATUS,
  C_SOURCE
};

const PlnColumn pln_claims_columns[] = {
    {"proposal", TRUE},  {"claim", TRUE},       {"yes", FALSE},       {"no", FALSE},
    {"abstain", FALSE},  {"not_voting", FALSE}, {"refers_to", FALSE}, {"answer", TRUE},
    {"status", FALSE},   {"source", FALSE},     {NULL, FALSE}};

/* A claim's tally must be that of the roll call to which it is traced back. */
static void check_traced(const PlnTable *table, guint row, const PlnClaim *claim,
                         PlnFaults *faults) {
  for (guint k = 0; k < PLN_VOTE_KINDS; k++)
    if (claim->total[k] >= 0 && claim->total[k] != claim->refers_to->total[k])
      pln_table_fault(table, row, C_YES + k, faults,
                      "the claim says %" G_GINT64_FORMAT " but %s has %" G_GINT64_FORMAT
                      "; expected the tally of the vote that it refers to",
                      claim->total[k], claim->refers_to->symbol, claim->refers_to->total[k]);
}

void pln_claims_read(const PlnTable *table, PlnScenario *s, PlnFaults *faults) {
  g_autoptr(PlnPlaces) places = pln_places_new(s);
  for (guint i = 0; i < pln_table_rows(table); i++) {
    const char *id = pln_table_needed(table, i, C_PROPOSAL, faults);
    const char *symbol = pln_table_text(table, i, C_REFERS_TO);
    PlnClaim claim = {
        .proposal = *id ? pln_cell_place(table, i, C_PROPOSAL, id, places, faults) : -1,
        .claim = pln_world_keep(s->world, pln_table_needed(table, i, C_CLAIM, faults)),
        .answer = pln_world_keep(s->world, pln_table_needed(table, i, C_ANSWER, faults)),
        .refers_to = pln_world_roll_call(s->world, symbol),
        .status = pln_cell_status(table, i, C_STATUS, PLN_STATUS_DISPUTED, faults),
        .source = pln_cell_keep(table, i, C_SOURCE, s->world)};
    for (guint k = 0; k < PLN_VOTE_KINDS; k++)
      claim.total[k] = pln_table_count(table, i, C_YES + k, 1000000, faults);
    if (*symbol && !claim.refers_to)
      pln_cell_unknown(table, i, C_REFERS_TO, "roll call", symbol, "one of data/roll_call_list.csv",
                       pln_world_roll_calls, s->world, faults);
    if (claim.refers_to)
      check_traced(table, i, &claim, faults);
    g_array_append_val(s->claims, claim);
  }
}
