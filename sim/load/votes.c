/* SPDX-License-Identifier: GPL-3.0-or-later */
/* votes.csv: who voted how; held against the totals and the shipped roll calls. */
#include <string.h>

#include "plenary/tables.h"

enum { PROPOSAL, STATE, NAME, VOTE, MEANT, REASON, STATUS, SOURCE }; /* NAME is for the eye */
enum { P_RECORD = 17, P_YES = 18 }; /* in proposals.csv, checked by test_load.c */

const PlnColumn pln_votes_columns[] = {{"proposal", FALSE}, {"state", TRUE},   {"name", FALSE},
                                       {"vote", TRUE},      {"meant", FALSE},  {"reason", FALSE},
                                       {"status", FALSE},   {"source", FALSE}, {NULL, FALSE}};

/* The line on which a member's ballot stands, by proposal and seat. */
typedef struct {
  guint *line;
  guint n;
} Lines;

static const PlnProposal *proposal_of_row(const PlnTable *table, guint row, const PlnScenario *s,
                                          PlnFaults *faults) {
  const char *id = pln_table_text(table, row, PROPOSAL);
  if (!*id && s->proposals->len == 1)
    return pln_scenario_proposal(s, 0);
  if (!*id) {
    pln_table_fault(table, row, PROPOSAL, faults,
                    "the proposal is missing; expected its id, as the scenario has %u", s->proposals->len);
    return NULL;
  }
  int found = pln_scenario_find(s, id);
  if (found < 0)
    pln_cell_unknown(table, row, PROPOSAL, "proposal", "an id of proposals.csv", s->proposals, faults);
  return found < 0 ? NULL : pln_scenario_proposal(s, (guint)found);
}

/* The seat of the row's state, or -1 and a fault that says why it has none. */
static int seat_of_row(const PlnTable *table, guint row, const PlnProposal *p,
                       const PlnScenario *s, PlnFaults *faults) {
  const PlnState *state = pln_cell_state(table, row, STATE, s->world, faults);
  if (!state)
    return -1;
  int seat = pln_roster_find(p->roster, state->code);
  if (seat >= 0)
    return seat;
  g_autofree char *day = pln_day_text(p->day), *from = pln_day_text(state->from);
  if (!s->own && p->body->roster == PLN_ROSTER_UN && state->kind == PLN_STATE_MEMBER)
    pln_table_fault(table, row, STATE, faults, "%s was not a member on %s; expected a vote from %s on",
                    state->code, day, from);
  else
    pln_table_fault(table, row, STATE, faults, "%s has no vote in %s on %s; expected a member of it",
                    state->code, p->body->name, day);
  return -1;
}

static void read_row(const PlnTable *table, guint row, const PlnScenario *s, Lines lines[],
                     PlnFaults *faults) {
  const PlnProposal *p = proposal_of_row(table, row, s, faults);
  PlnBallot ballot = {
      .vote = pln_cell_vote(table, row, VOTE, faults),
      .meant = pln_cell_vote(table, row, MEANT, faults),
      .reason = (PlnNotVoting)pln_table_word(table, row, REASON, pln_not_voting_words,
                                             PLN_REASON_NOT_STATED, faults),
      .source = pln_cell_keep(table, row, SOURCE, s->world)};
  if (!*pln_table_text(table, row, VOTE))
    pln_table_needed(table, row, VOTE, faults);
  if (ballot.reason != PLN_REASON_NOT_STATED && ballot.vote != PLN_VOTE_X)
    pln_table_fault(table, row, REASON, faults,
                    "a reason for not voting stands beside a vote; expected it beside X only");
  if (!p || !p->roster)
    return;
  ballot.status = pln_cell_status(table, row, STATUS, p->status, faults);
  int seat = seat_of_row(table, row, p, s, faults);
  if (seat < 0)
    return;
  guint *line = &lines[pln_scenario_find(s, p->id)].line[seat];
  if (*line > 0) {
    pln_table_fault(table, row, STATE, faults, "%s votes twice (first on line %u); expected one row",
                    p->roster->state[seat]->code, *line);
    return;
  }
  *line = pln_table_line(table, row);
  p->ballot[seat] = ballot;
}

/* The row of proposals.csv that holds @p. */
static guint row_of(const PlnTable *proposals, const PlnProposal *p) {
  guint row = 0;
  while (strcmp(pln_table_text(proposals, row, 0), p->id) != 0)
    row++;
  return row;
}

static void count(const PlnProposal *p, guint counted[PLN_VOTE_KINDS]) {
  for (guint i = 0; i < p->roster->n; i++)
    if (p->ballot[i].vote != PLN_VOTE_UNKNOWN)
      counted[p->ballot[i].vote]++;
}

static void check_totals(const PlnTable *table, guint row, const PlnProposal *p,
                         const guint counted[PLN_VOTE_KINDS], PlnFaults *faults) {
  static const char *const names[] = {"yes", "no", "abstain", "not_voting"};
  static const char *const recorded[] = {"yes", "no", "as abstaining", "as not voting"};
  gint64 sum = 0;
  for (guint k = 0; k < PLN_VOTE_KINDS; k++) {
    gint64 total = p->total[k];
    sum += MAX(total, 0);
    if (total < 0)
      continue;
    if (p->record == PLN_RECORD_COMPLETE && total != counted[k])
      pln_table_fault(table, row, P_YES + k, faults,
                      "total %s is %" G_GINT64_FORMAT " but %u states are recorded %s; expected the same",
                      names[k], total, counted[k], recorded[k]);
    if (p->record == PLN_RECORD_PARTIAL && counted[k] > total)
      pln_table_fault(table, row, P_YES + k, faults,
                      "%u states are recorded %s but the total %s is %" G_GINT64_FORMAT
                      "; expected no more than that",
                      counted[k], recorded[k], names[k], total);
  }
  if (p->total[PLN_VOTE_X] < 0)
    sum += counted[PLN_VOTE_X];
  if (sum > p->roster->n)
    pln_table_fault(table, row, P_YES, faults,
                    "the totals come to %" G_GINT64_FORMAT " but %s has %u members; expected no more", sum,
                    p->body->name, p->roster->n);
}

/* A complete record has every member; what is missing is named, never filled in. */
static void check_complete(const PlnTable *table, guint row, const PlnProposal *p,
                           PlnFaults *faults) {
  g_autoptr(GString) named = g_string_new(NULL);
  guint missing = 0;
  for (guint i = 0; i < p->roster->n; i++) {
    if (p->ballot[i].vote != PLN_VOTE_UNKNOWN)
      continue;
    if (missing++ < 5)
      g_string_append_printf(named, " %s", p->roster->state[i]->code);
  }
  if (missing > 0)
    pln_table_fault(table, row, P_RECORD, faults,
                    "the record of %s is complete but lacks %u member%s:%s%s; expected a row each (X for "
                    "did not vote), or the record partial",
                    p->id, missing, missing == 1 ? "" : "s", named->str, missing > 5 ? " …" : "");
}

/* What is on the shipped record stays as it is there: a what-if is an edit, said so. */
static void check_shipped(const PlnTable *votes, const PlnTable *table, guint row,
                          const PlnProposal *p, const PlnScenario *s, const Lines *lines,
                          PlnFaults *faults) {
  const PlnRollCall *call = *p->symbol ? pln_world_roll_call(s->world, p->symbol) : NULL;
  if (!call || p->record == PLN_RECORD_NONE)
    return;
  for (guint i = 0; i < p->roster->n; i++) {
    const char *code = p->roster->state[i]->code;
    PlnVote on_record = pln_roll_call_vote(call, code), here = p->ballot[i].vote;
    if (here == on_record || here == PLN_VOTE_UNKNOWN || on_record == PLN_VOTE_UNKNOWN)
      continue;
    pln_faults_add(faults, pln_table_file(votes), lines->line[i], 1,
                   "%s is %c here but %c in the record of %s (%s); expected the record, or for a what-if "
                   "the option --set %s=%c",
                   code, "YNAX"[here], "YNAX"[on_record], call->symbol, call->source, code, "YNAX"[here]);
  }
  for (guint k = 0; k < PLN_VOTE_KINDS; k++)
    if (p->total[k] >= 0 && call->total[k] >= 0 && p->total[k] != call->total[k])
      pln_table_fault(table, row, P_YES + k, faults,
                      "the total is %" G_GINT64_FORMAT " but %s has %" G_GINT64_FORMAT
                      " on record; expected the same",
                      p->total[k], call->symbol, call->total[k]);
}

static void check(const PlnTable *votes, const PlnTable *proposals, const PlnProposal *p,
                  const PlnScenario *s, const Lines *lines, PlnFaults *faults) {
  guint counted[PLN_VOTE_KINDS] = {0}, row = row_of(proposals, p);
  count(p, counted);
  guint any = counted[0] + counted[1] + counted[2] + counted[3];
  gboolean by_state = p->record == PLN_RECORD_COMPLETE || p->record == PLN_RECORD_PARTIAL;
  if (any > 0 && !by_state)
    pln_table_fault(proposals, row, P_RECORD, faults,
                    "votes.csv has %u votes on %s but its record is \"%s\"; expected complete or partial",
                    any, p->id, pln_record_words[p->record]);
  if (p->record == PLN_RECORD_COMPLETE)
    check_complete(proposals, row, p, faults);
  check_totals(proposals, row, p, counted, faults);
  if (votes)
    check_shipped(votes, proposals, row, p, s, lines, faults);
}

void pln_votes_read(const PlnTable *table, const PlnTable *proposals, PlnScenario *s,
                    PlnFaults *faults) {
  guint n = s->proposals->len;
  g_autofree Lines *lines = g_new0(Lines, n + 1);
  for (guint k = 0; k < n; k++) {
    const PlnProposal *p = pln_scenario_proposal(s, k);
    lines[k].line = g_new0(guint, p->roster ? p->roster->n + 1 : 1);
  }
  for (guint i = 0; table && i < pln_table_rows(table); i++)
    read_row(table, i, s, lines, faults);
  for (guint k = 0; k < n; k++) {
    const PlnProposal *p = pln_scenario_proposal(s, k);
    if (p->roster)
      check(table, proposals, p, s, &lines[k], faults);
    g_free(lines[k].line);
  }
}
