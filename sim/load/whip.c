/* SPDX-License-Identifier: GPL-3.0-or-later */
/* whip.csv: what states have let be known of their votes, and who talks to them. */
#include "plenary/tables.h"

enum {
  PROPOSAL,
  STATE,
  ANSWER,
  HEARD,
  LEVEL,
  SOURCE,
  INSTRUCTION,
  ASK,
  CALLER,
  SPONSOR,
  PRIVATE,
  STATUS,
  NOTE
};

const PlnColumn pln_whip_columns[] = {
    {"proposal", FALSE},    {"state", TRUE},    {"answer", TRUE},   {"heard", FALSE},
    {"level", FALSE},       {"source", FALSE},  {"instruction", FALSE}, {"ask", FALSE},
    {"caller", FALSE},      {"sponsor", FALSE}, {"private", FALSE}, {"status", FALSE},
    {"note", FALSE},        {NULL, FALSE}};

static const char *const yes_no[] = {"no", "yes", NULL};

/* The place of the row's proposal, or -1 and a fault. */
static int place_of_row(const PlnTable *table, guint row, const PlnScenario *s,
                        const PlnPlaces *places, PlnFaults *faults) {
  const char *id = pln_table_text(table, row, PROPOSAL);
  guint n = s->proposals->len;
  if (*id)
    return pln_cell_place(table, row, PROPOSAL, id, places, faults);
  if (n == 1)
    return 0;
  pln_table_fault(table, row, PROPOSAL, faults,
                  "the proposal is missing; expected its id, as the scenario has %u", n);
  return -1;
}

static void check_seat(const PlnTable *table, guint row, const PlnProposal *p,
                       const PlnState *state, PlnFaults *faults) {
  g_autofree char *day = pln_day_text(p->day);
  if (p->roster && pln_roster_find(p->roster, state->code) < 0)
    pln_table_fault(table, row, STATE, faults,
                    "%s has no vote in %s on %s; expected a member of it", state->code,
                    p->body->name, day);
}

/* What was heard fades from a day on: without it nobody can say how much is left. */
static void read_heard(const PlnTable *table, guint row, const PlnScenario *s, PlnPledge *pledge,
                       PlnFaults *faults) {
  guint before = pln_faults_count(faults);
  gboolean told = pledge->answer != PLN_PLEDGE_NOT_HEARD &&
                  pledge->answer != PLN_PLEDGE_NO_INSTRUCTIONS;
  pledge->heard = pln_table_day(table, row, HEARD, faults);
  if (pln_faults_count(faults) > before)
    return;
  if (told && pledge->heard == PLN_DAY_NONE)
    pln_table_fault(table, row, HEARD, faults,
                    "the day on which \"%s\" was heard is missing; expected it, as answers fade",
                    pln_pledge_words[pledge->answer]);
  else if (pledge->heard != PLN_DAY_NONE && pledge->heard % 100 == 0)
    pln_table_fault(table, row, HEARD, faults,
                    "heard is \"%s\"; expected a whole day of the calendar, such as 2019-12-27",
                    pln_table_text(table, row, HEARD));
  else if (pledge->heard == PLN_DAY_UNKNOWN)
    pln_table_fault(table, row, HEARD, faults,
                    "the day on which it was heard is not known; expected one, at the latest that "
                    "could be");
  else if (s->as_of != PLN_DAY_NONE && pledge->heard > s->as_of)
    pln_table_fault(table, row, HEARD, faults,
                    "heard after the day as of which the scenario speaks; expected %d-%02d-%02d or "
                    "before",
                    s->as_of / 10000, s->as_of / 100 % 100, s->as_of % 100);
}

static PlnPledge pledge_of_row(const PlnTable *table, guint row, PlnScenario *s,
                               PlnFaults *faults) {
  PlnWorld *world = s->world;
  PlnPledge pledge = {
      .answer = (PlnPledgeAnswer)pln_table_word(table, row, ANSWER, pln_pledge_words,
                                                PLN_PLEDGE_NOT_HEARD, faults),
      .level = pln_cell_keep(table, row, LEVEL, world),
      .source = pln_cell_keep(table, row, SOURCE, world),
      .instruction = pln_cell_keep(table, row, INSTRUCTION, world),
      .ask = pln_cell_keep(table, row, ASK, world),
      .caller = pln_cell_keep(table, row, CALLER, world),
      .note = pln_cell_keep(table, row, NOTE, world),
      .sponsor = pln_table_word(table, row, SPONSOR, yes_no, 0, faults) == 1,
      .private = pln_table_word(table, row, PRIVATE, yes_no, 0, faults) == 1,
      .status = pln_cell_status(table, row, STATUS, PLN_STATUS_ASSUMED, faults),
      .line = pln_table_line(table, row)};
  read_heard(table, row, s, &pledge, faults);
  return pledge;
}

/* @first: "place:code" -> row + 1 */
static void check_once(const PlnTable *table, guint row, const PlnPledge *pledge,
                       GHashTable *first, PlnFaults *faults) {
  char *key = g_strdup_printf("%d:%s", pledge->proposal, pledge->state);
  guint before = GPOINTER_TO_UINT(g_hash_table_lookup(first, key));
  if (before > 0)
    pln_table_fault(table, row, STATE, faults,
                    "%s stands twice (first on line %u); expected one row a state and proposal",
                    pledge->state, pln_table_line(table, before - 1));
  g_hash_table_insert(first, key, GUINT_TO_POINTER(before > 0 ? before : row + 1));
}

void pln_whip_read(const PlnTable *table, PlnScenario *s, PlnFaults *faults) {
  g_autoptr(PlnPlaces) places = pln_places_new(s);
  g_autoptr(GHashTable) first = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < pln_table_rows(table); i++) {
    PlnPledge pledge = pledge_of_row(table, i, s, faults);
    const PlnState *state = pln_cell_state(table, i, STATE, s->world, faults);
    pledge.proposal = place_of_row(table, i, s, places, faults);
    if (!state || pledge.proposal < 0)
      continue;
    pledge.state = state->code;
    check_seat(table, i, pln_scenario_proposal(s, (guint)pledge.proposal), state, faults);
    check_once(table, i, &pledge, first, faults);
    g_array_append_val(s->pledges, pledge);
  }
}
