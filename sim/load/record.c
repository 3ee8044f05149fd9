/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is on record outside a scenario: treaties.csv and the roll calls. */
#include "plenary/tables.h"

enum { T_TREATY, T_STATE, T_SIGNATURE, T_CONSENT, T_KIND, T_IN_FORCE, T_STATUS, T_SOURCE, T_NOTE };

const PlnColumn pln_treaties_columns[] = {
    {"treaty", TRUE},       {"state", TRUE},    {"signature", TRUE}, {"consent", TRUE},
    {"consent_kind", TRUE}, {"in_force", TRUE}, {"status", TRUE},    {"source", TRUE},
    {"note", FALSE},        {NULL, FALSE}};

void pln_treaties_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults) {
  g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < pln_table_rows(table); i++) {
    const PlnState *state = pln_cell_state(table, i, T_STATE, world, faults);
    const char *treaty = pln_table_needed(table, i, T_TREATY, faults);
    if (!state)
      continue;
    if (!g_hash_table_add(seen, g_strconcat(treaty, ":", state->code, NULL)))
      pln_table_fault(table, i, T_STATE, faults, "%s stands twice under %s; expected one row",
                      state->code, treaty);
    PlnTreatyAct act = {.treaty = pln_world_keep(world, treaty),
                        .state = state->code,
                        .signature = pln_table_day(table, i, T_SIGNATURE, faults),
                        .consent = pln_table_day(table, i, T_CONSENT, faults),
                        .in_force = pln_table_day(table, i, T_IN_FORCE, faults),
                        .status = pln_cell_status(table, i, T_STATUS, PLN_STATUS_UNKNOWN, faults),
                        .source = pln_cell_keep(table, i, T_SOURCE, world),
                        .note = pln_cell_keep(table, i, T_NOTE, world)};
    pln_world_add_act(world, &act);
  }
}

enum { L_SYMBOL, L_DATE, L_BODY, L_TITLE, L_YES, L_NO, L_ABSTAIN, L_ABSENT, L_STATUS, L_SOURCE };

const PlnColumn pln_roll_call_list_columns[] = {
    {"roll_call", TRUE}, {"date", TRUE},   {"body", TRUE},    {"title", TRUE},
    {"yes", TRUE},       {"no", TRUE},     {"abstain", TRUE}, {"not_voting", TRUE},
    {"status", TRUE},    {"source", TRUE}, {NULL, FALSE}};

void pln_roll_call_list_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults) {
  for (guint i = 0; i < pln_table_rows(table); i++) {
    const char *symbol = pln_table_needed(table, i, L_SYMBOL, faults);
    if (pln_world_roll_call(world, symbol)) {
      pln_table_fault(table, i, L_SYMBOL, faults, "%s stands twice; expected it once", symbol);
      continue;
    }
    PlnRollCall call = {.symbol = pln_world_keep(world, symbol),
                        .title = pln_cell_keep(table, i, L_TITLE, world),
                        .body = pln_cell_keep(table, i, L_BODY, world),
                        .source = pln_cell_keep(table, i, L_SOURCE, world),
                        .day = pln_table_day(table, i, L_DATE, faults),
                        .status = pln_cell_status(table, i, L_STATUS, PLN_STATUS_UNKNOWN, faults)};
    for (guint k = 0; k < PLN_VOTE_KINDS; k++)
      call.total[k] = pln_table_count(table, i, L_YES + k, 1000, faults);
    pln_world_add_roll_call(world, &call);
  }
}

enum { V_SYMBOL, V_STATE, V_VOTE, V_STATUS, V_SOURCE };

const PlnColumn pln_roll_calls_columns[] = {{"roll_call", TRUE}, {"state", TRUE}, {"vote", TRUE},
                                            {"status", TRUE},    {"source", TRUE}, {NULL, FALSE}};

static void read_vote(const PlnTable *table, guint row, PlnWorld *world, PlnFaults *faults) {
  const PlnRollCall *call = pln_world_roll_call(world, pln_table_text(table, row, V_SYMBOL));
  const PlnState *state = pln_cell_state(table, row, V_STATE, world, faults);
  PlnVote vote = pln_cell_vote(table, row, V_VOTE, faults);
  pln_cell_status(table, row, V_STATUS, PLN_STATUS_UNKNOWN, faults);
  if (!call) {
    pln_cell_unknown(table, row, V_SYMBOL, "roll call", pln_table_text(table, row, V_SYMBOL),
                     "one of roll_call_list.csv", pln_world_roll_calls, world, faults);
  } else if (state && vote != PLN_VOTE_UNKNOWN &&
             !g_hash_table_insert(call->votes, (gpointer)state->code,
                                  GUINT_TO_POINTER(vote + 1u))) {
    pln_table_fault(table, row, V_STATE, faults, "%s votes twice on %s; expected one row",
                    state->code, call->symbol);
  }
}

static void check_totals(const PlnTable *table, const PlnRollCall *call, PlnFaults *faults) {
  gint64 counted[PLN_VOTE_KINDS] = {0};
  GHashTableIter iter;
  gpointer vote;
  g_hash_table_iter_init(&iter, call->votes);
  while (g_hash_table_iter_next(&iter, NULL, &vote))
    counted[GPOINTER_TO_UINT(vote) - 1]++;
  for (guint k = 0; k < PLN_VOTE_KINDS; k++)
    if (call->total[k] >= 0 && call->total[k] != counted[k])
      pln_faults_add(faults, pln_table_file(table), 0, 0,
                     "%s: the total of %c is %" G_GINT64_FORMAT " but %" G_GINT64_FORMAT
                     " are recorded; expected the same",
                     call->symbol, "YNAX"[k], call->total[k], counted[k]);
}

void pln_roll_calls_read(const PlnTable *table, PlnWorld *world, PlnFaults *faults) {
  guint before = pln_faults_count(faults);
  for (guint i = 0; i < pln_table_rows(table); i++)
    read_vote(table, i, world, faults);
  g_autoptr(GPtrArray) calls = pln_world_roll_calls(world);
  gboolean sound = pln_table_whole(table) && pln_faults_count(faults) == before;
  for (guint i = 0; sound && i < calls->len; i++)
    check_totals(table, calls->pdata[i], faults);
}
