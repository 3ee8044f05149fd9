/* SPDX-License-Identifier: GPL-3.0-or-later */
/* votes.csv: who voted how; held against the totals and the shipped roll calls. */
#include <string.h>

#include "plenary/tables.h"

/* NAME is for the eye, and held to the state. */
enum { PROPOSAL, STATE, NAME, VOTE, MEANT, REASON, STATUS, SOURCE };

const PlnColumn pln_votes_columns[] = {{"proposal", FALSE}, {"state", TRUE},   {"name", FALSE},
                                       {"vote", TRUE},      {"meant", FALSE},  {"reason", FALSE},
                                       {"status", FALSE},   {"source", FALSE}, {NULL, FALSE}};

/* The rows of one proposal. */
typedef struct {
  guint *row;    /* of each seat, + 1; NULL where there are no seats */
  gboolean lost; /* one of them is refused, so that what is missing proves nothing */
} Rows;

/* What is read, and against which rows of proposals.csv. */
typedef struct {
  const PlnTable *votes; /* or NULL */
  const PlnTable *table; /* proposals.csv */
  const PlnScenario *s;
  PlnPlaces *places;
  GHashTable *by_name; /* the states */
  Rows *rows;          /* by place, and one more for rows that name no proposal */
  PlnFaults *faults;
} Reading;

/* The place of the row's proposal, or -1 and a fault. */
static int place_of_row(const Reading *r, guint row) {
  const char *id = pln_table_text(r->votes, row, PROPOSAL);
  guint n = r->s->proposals->len;
  if (*id)
    return pln_cell_place(r->votes, row, PROPOSAL, id, r->places, r->faults);
  if (n == 1)
    return 0;
  pln_table_fault(r->votes, row, PROPOSAL, r->faults,
                  "the proposal is missing; expected its id, as the scenario has %u", n);
  return -1;
}

/* The seat of @state, or -1 and a fault that says why it has none. */
static int seat_of(const Reading *r, guint row, const PlnProposal *p, const PlnState *state) {
  int seat = pln_roster_find(p->roster, state->code);
  if (seat >= 0)
    return seat;
  g_autofree char *day = pln_day_text(p->day), *from = pln_day_text(state->from);
  if (!r->s->own && p->body->roster == PLN_ROSTER_UN && state->kind == PLN_STATE_MEMBER)
    pln_table_fault(r->votes, row, STATE, r->faults,
                    "%s was not a member on %s; expected a vote from %s on", state->code, day, from);
  else
    pln_table_fault(r->votes, row, STATE, r->faults,
                    "%s has no vote in %s on %s; expected a member of it", state->code,
                    p->body->name, day);
  return -1;
}

/* A column sorted without the others would give every vote to another state: a name that
 * is another state's is a fault, any other wording is the reader's own business. */
static void check_name(const Reading *r, guint row, const PlnState *state) {
  const char *name = pln_table_text(r->votes, row, NAME);
  const PlnState *other = g_hash_table_lookup(r->by_name, name);
  if (other && strcmp(name, state->name) != 0)
    pln_table_fault(r->votes, row, NAME, r->faults,
                    "%s stands beside %s, whose code is %s; expected %s", state->code, name,
                    other->code, state->name);
}

static PlnBallot ballot_of_row(const Reading *r, guint row) {
  const PlnTable *t = r->votes;
  guint before = pln_faults_count(r->faults);
  PlnBallot ballot = {.vote = pln_cell_vote(t, row, VOTE, r->faults),
                      .meant = pln_cell_vote(t, row, MEANT, r->faults),
                      .reason = (PlnNotVoting)pln_table_word(t, row, REASON, pln_not_voting_words,
                                                             PLN_REASON_NOT_STATED, r->faults),
                      .source = pln_cell_keep(t, row, SOURCE, r->s->world)};
  gboolean sound = pln_faults_count(r->faults) == before;
  if (sound && ballot.reason != PLN_REASON_NOT_STATED && ballot.vote != PLN_VOTE_X)
    pln_table_fault(t, row, REASON, r->faults,
                    "a reason for not voting stands beside a vote; expected it beside X only");
  return ballot;
}

static void read_row(const Reading *r, guint row) {
  guint before = pln_faults_count(r->faults);
  int place = place_of_row(r, row);
  const PlnProposal *p = place < 0 ? NULL : pln_scenario_proposal(r->s, (guint)place);
  const PlnState *state = pln_cell_state(r->votes, row, STATE, r->s->world, r->faults);
  PlnBallot ballot = ballot_of_row(r, row);
  ballot.status =
      pln_cell_status(r->votes, row, STATUS, p ? p->status : PLN_STATUS_UNKNOWN, r->faults);
  if (state)
    check_name(r, row, state);
  int seat = p && p->roster && state ? seat_of(r, row, p, state) : -1;
  guint *seen = seat < 0 ? NULL : &r->rows[place].row[seat];
  if (seen && *seen > 0)
    pln_table_fault(r->votes, row, STATE, r->faults,
                    "%s votes twice (first on line %u); expected one row", state->code,
                    pln_table_line(r->votes, *seen - 1));
  gboolean sound = pln_faults_count(r->faults) == before;
  if (sound && seen)
    p->ballot[seat] = ballot;
  if (seen && *seen == 0)
    *seen = row + 1;
  if (!sound)
    r->rows[p ? (guint)place : r->s->proposals->len].lost = TRUE;
}

static guint count(const PlnProposal *p, guint counted[PLN_VOTE_KINDS]) {
  guint any = 0;
  for (guint i = 0; i < p->roster->n; i++) {
    if (p->ballot[i].vote == PLN_VOTE_UNKNOWN)
      continue;
    counted[p->ballot[i].vote]++;
    any++;
  }
  return any;
}

static void check_totals(const Reading *r, guint row, const PlnProposal *p,
                         const guint counted[PLN_VOTE_KINDS]) {
  static const char *const names[] = {"yes", "no", "abstain", "not_voting"};
  static const char *const recorded[] = {"yes", "no", "as abstaining", "as not voting"};
  gint64 sum = 0;
  for (guint k = 0; k < PLN_VOTE_KINDS; k++) {
    gint64 total = p->total[k];
    const char *states = counted[k] == 1 ? "state is" : "states are";
    sum += total < 0 ? counted[k] : total;
    if (total < 0)
      continue;
    if (p->record == PLN_RECORD_COMPLETE && total != counted[k])
      pln_table_fault(r->table, row, PLN_P_YES + k, r->faults,
                      "total %s is %" G_GINT64_FORMAT " but %u %s recorded %s; expected the same",
                      names[k], total, counted[k], states, recorded[k]);
    if (p->record == PLN_RECORD_PARTIAL && counted[k] > total)
      pln_table_fault(r->table, row, PLN_P_YES + k, r->faults,
                      "%u %s recorded %s but the total %s is %" G_GINT64_FORMAT
                      "; expected no more than that",
                      counted[k], states, recorded[k], names[k], total);
  }
  gboolean all_stated = p->total[PLN_VOTE_Y] >= 0 && p->total[PLN_VOTE_N] >= 0 &&
                        p->total[PLN_VOTE_A] >= 0 && p->total[PLN_VOTE_X] >= 0;
  if (p->record == PLN_RECORD_COMPLETE || (sum <= p->roster->n && !all_stated))
    return;
  if (sum != p->roster->n)
    pln_table_fault(r->table, row, PLN_P_YES, r->faults,
                    "the totals come to %" G_GINT64_FORMAT " but %s has %u members; expected %s",
                    sum, p->body->name, p->roster->n,
                    sum > p->roster->n ? "no more" : "as many, or not_voting left empty");
}

/* A complete record has every member; what is missing is named, never filled in. */
static void check_complete(const Reading *r, guint row, const PlnProposal *p) {
  g_autoptr(GString) named = g_string_new(NULL);
  guint missing = 0;
  for (guint i = 0; i < p->roster->n; i++) {
    if (p->ballot[i].vote != PLN_VOTE_UNKNOWN)
      continue;
    if (missing++ < 5)
      g_string_append_printf(named, " %s", p->roster->state[i]->code);
  }
  if (missing > 0)
    pln_table_fault(r->table, row, PLN_P_RECORD, r->faults,
                    "the record of %s is complete but lacks %u member%s:%s%s; expected a row each "
                    "(X for did not vote), or the record partial",
                    p->id, missing, missing == 1 ? "" : "s", named->str, missing > 5 ? " …" : "");
}

/* What is on the shipped record stays as it is there: a what-if is an edit, said so. */
static void check_shipped(const Reading *r, guint row, const PlnProposal *p, const guint *rows) {
  const PlnRollCall *call = *p->symbol ? pln_world_roll_call(r->s->world, p->symbol) : NULL;
  if (!call || p->record == PLN_RECORD_NONE)
    return;
  for (guint i = 0; i < p->roster->n; i++) {
    const char *code = p->roster->state[i]->code;
    PlnVote on_record = pln_roll_call_vote(call, code), here = p->ballot[i].vote;
    if (here == on_record || here == PLN_VOTE_UNKNOWN || on_record == PLN_VOTE_UNKNOWN)
      continue;
    pln_table_fault(r->votes, rows[i] - 1, VOTE, r->faults,
                    "%s is %c here but %c in the record of %s (%s); expected the record, or for a "
                    "what-if the option --set %s=%c",
                    code, "YNAX"[here], "YNAX"[on_record], call -> symbol, call -> source, code,
                    "YNAX"[here]);
  }
  for (guint k = 0; k < PLN_VOTE_KINDS; k++)
    if (p->total[k] >= 0 && call->total[k] >= 0 && p->total[k] != call->total[k])
      pln_table_fault(r->table, row, PLN_P_YES + k, r->faults,
                      "the total is %" G_GINT64_FORMAT " but %s has %" G_GINT64_FORMAT
                      " on record; expected the same",
                      p->total[k], call->symbol, call->total[k]);
}

/* @row: of proposals.csv; @all: whether no row of votes.csv is lost */
static void check(const Reading *r, guint row, const PlnProposal *p, const guint *rows, gboolean all) {
  guint counted[PLN_VOTE_KINDS] = {0}, any = count(p, counted);
  guint before = pln_faults_count(r->faults);
  if (any > 0 && p->record != PLN_RECORD_COMPLETE && p->record != PLN_RECORD_PARTIAL)
    pln_table_fault(r->table, row, PLN_P_RECORD, r->faults,
                    "votes.csv has %u vote%s on %s but its record is %s; expected complete or partial",
                    any, any == 1 ? "" : "s", p->id,
                    p->record == PLN_RECORD_NONE ? "not stated" : pln_record_words[p->record]);
  if (all && p->record == PLN_RECORD_COMPLETE)
    check_complete(r, row, p);
  if (all && pln_faults_count(r->faults) == before)
    check_totals(r, row, p, counted);
  check_shipped(r, row, p, rows);
}

void pln_votes_read(const PlnTable *votes, const PlnTable *proposals, PlnScenario *s,
                    PlnFaults *faults) {
  guint n = s->proposals->len;
  g_autofree Rows *rows = g_new0(Rows, n + 1);
  g_autoptr(PlnPlaces) places = pln_places_new(s);
  g_autoptr(GPtrArray) states = pln_world_states(s->world);
  g_autoptr(GHashTable) by_name = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < states->len; i++)
    g_hash_table_insert(by_name, (gpointer)((const PlnState *)states->pdata[i])->name,
                        states->pdata[i]);
  Reading r = {votes, proposals, s, places, by_name, rows, faults};
  for (guint k = 0; k < n; k++) {
    const PlnProposal *p = pln_scenario_proposal(s, k);
    rows[k].row = p->roster ? g_new0(guint, p->roster->n + 1) : NULL;
  }
  for (guint i = 0; votes && i < pln_table_rows(votes); i++)
    read_row(&r, i);
  rows[n].lost |= votes && !pln_table_whole(votes);
  for (guint i = 0; i < pln_table_rows(proposals); i++) {
    int k = pln_places_find(places, pln_table_text(proposals, i, PLN_P_ID));
    if (k >= 0 && rows[k].row)
      check(&r, i, pln_scenario_proposal(s, (guint)k), rows[k].row, !rows[n].lost && !rows[k].lost);
  }
  for (guint k = 0; k < n; k++)
    g_free(rows[k].row);
}
