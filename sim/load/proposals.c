/* SPDX-License-Identifier: GPL-3.0-or-later */
/* proposals.csv: what is put, in which order, and what is on record of it. */
#include <string.h>

#include "plenary/tables.h"

const PlnColumn pln_proposals_columns[] = {
    {"id", TRUE},          {"title", TRUE},      {"kind", FALSE},       {"target", FALSE},
    {"order", FALSE},      {"question", FALSE},  {"provision", FALSE},  {"body", FALSE},
    {"rule", FALSE},       {"important", FALSE}, {"motion", FALSE},     {"date", FALSE},
    {"asked_by", FALSE},   {"symbol", FALSE},    {"earlier", FALSE},    {"parts", FALSE},
    {"falls_if", FALSE},   {"record", FALSE},    {"yes", FALSE},        {"no", FALSE},
    {"abstain", FALSE},    {"not_voting", FALSE}, {"outcome", FALSE},   {"touches", FALSE},
    {"touches_source", FALSE}, {"family", FALSE}, {"at", FALSE},        {"status_quo", FALSE},
    {"pressed", FALSE},    {"matter", FALSE},    {"status", FALSE},     {"source", FALSE},
    {"note", FALSE},       {NULL, FALSE}};

static const char *const yes_no[] = {"no", "yes", NULL};

static void read_body(const PlnTable *table, guint i, PlnScenario *s, PlnProposal *p,
                      PlnFaults *faults) {
  const char *id = pln_table_text(table, i, PLN_P_BODY);
  p->body = *id ? pln_world_body(s->world, id) : s->body;
  if (*id && !p->body)
    pln_cell_unknown(table, i, PLN_P_BODY, "body", id, "one of data/bodies.csv", pln_world_bodies,
                     s->world, faults);
  if (p->body && p->body->roster == PLN_ROSTER_OWN && !s->own)
    pln_table_fault(table, i, PLN_P_BODY, faults,
                    "%s has no fixed members; expected the scenario's own members.csv",
                    p->body->id);
}

static void read_rule(const PlnTable *table, guint i, PlnScenario *s, PlnProposal *p,
                      PlnFaults *faults) {
  const char *id = pln_table_text(table, i, PLN_P_RULE);
  p->rule = *id ? pln_world_rule(s->world, id) : NULL;
  if (*id && !p->rule)
    pln_cell_unknown(table, i, PLN_P_RULE, "rule", id, "one of data/rules.csv or of the scenario's",
                     pln_world_rules, s->world, faults);
  p->important = pln_table_word(table, i, PLN_P_IMPORTANT, yes_no, 0, faults) == 1;
}

/* Codes between blanks; "?" where it is not known who asked. */
static void read_asked_by(const PlnTable *table, guint i, PlnScenario *s, PlnProposal *p,
                          PlnFaults *faults) {
  p->asked_by = pln_cell_keep(table, i, PLN_P_ASKED_BY, s->world);
  g_auto(GStrv) codes = g_strsplit(p->asked_by, " ", -1);
  for (gsize k = 0; codes[k]; k++)
    if (*codes[k] && strcmp(codes[k], "?") != 0 && !pln_world_state(s->world, codes[k]))
      pln_cell_unknown(table, i, PLN_P_ASKED_BY, "state", codes[k],
                       "alpha-3 codes between blanks, or ?", pln_world_states, s->world, faults);
}

static void check_record(const PlnTable *table, guint i, const PlnProposal *p, PlnFaults *faults) {
  gboolean all_known = TRUE, any = FALSE;
  for (guint k = 0; k < PLN_VOTE_KINDS; k++) {
    all_known &= p->total[k] >= 0 || k == PLN_VOTE_X;
    any |= p->total[k] >= 0;
  }
  if (p->record == PLN_RECORD_TALLY && !all_known)
    pln_table_fault(table, i, PLN_P_YES, faults,
                    "the record is a tally without its totals; expected yes, no and abstain");
  if ((p->record == PLN_RECORD_OUTCOME || p->record == PLN_RECORD_NONE) && any)
    pln_table_fault(
        table, i, PLN_P_RECORD, faults,
        "the record is %s but totals stand beside it; expected tally, partial or complete",
        p->record == PLN_RECORD_NONE ? "not stated" : pln_record_words[p->record]);
  if (p->record == PLN_RECORD_OUTCOME && p->result == PLN_RESULT_NOT_STATED)
    pln_table_fault(table, i, PLN_P_OUTCOME, faults,
                    "the record is an outcome that is not stated; expected adopted, rejected, "
                    "adopted-without-vote, not-put, withdrawn or ?");
}

static void read_record(const PlnTable *table, guint i, PlnProposal *p, PlnFaults *faults) {
  guint before = pln_faults_count(faults);
  p->record =
      (PlnRecord)pln_table_word(table, i, PLN_P_RECORD, pln_record_words, PLN_RECORD_NONE, faults);
  p->result = (PlnResult)pln_table_word(table, i, PLN_P_OUTCOME, pln_result_words,
                                        PLN_RESULT_NOT_STATED, faults);
  for (guint k = 0; k < PLN_VOTE_KINDS; k++)
    p->total[k] = pln_table_count(table, i, PLN_P_YES + k, 1000000, faults);
  if (pln_faults_count(faults) == before)
    check_record(table, i, p, faults);
}

static void read_kind(const PlnTable *table, guint i, PlnProposal *p, PlnFaults *faults) {
  guint before = pln_faults_count(faults);
  p->kind = (PlnKind)pln_table_word(table, i, PLN_P_KIND, pln_kind_words, PLN_KIND_TEXT, faults);
  p->motion =
      (PlnMotion)pln_table_word(table, i, PLN_P_MOTION, pln_motion_words, PLN_MOTION_NONE, faults);
  if (p->motion != PLN_MOTION_NONE && p->kind != PLN_KIND_MOTION &&
      pln_faults_count(faults) == before)
    pln_table_fault(table, i, PLN_P_MOTION, faults, "a %s has no motion; expected the kind motion",
                    pln_kind_words[p->kind]);
}

/* What a forecast goes by, and shows beside it. */
static void read_forecast(const PlnTable *table, guint i, PlnScenario *s, PlnProposal *p,
                          PlnFaults *faults) {
  gboolean at = *pln_table_text(table, i, PLN_P_AT) != '\0';
  gboolean status_quo = *pln_table_text(table, i, PLN_P_STATUS_QUO) != '\0';
  p->touches = pln_cell_keep(table, i, PLN_P_TOUCHES, s->world);
  p->touches_source = pln_cell_keep(table, i, PLN_P_TOUCHES_SOURCE, s->world);
  p->matter = pln_cell_keep(table, i, PLN_P_MATTER, s->world);
  p->family = pln_cell_keep(table, i, PLN_P_FAMILY, s->world);
  p->at = pln_cell_number(table, i, PLN_P_AT, "at", &pln_bounds_percent, PLN_NOT_STATED, faults);
  p->status_quo = pln_cell_number(table, i, PLN_P_STATUS_QUO, "status_quo", &pln_bounds_percent,
                                  PLN_NOT_STATED, faults);
  p->pressed = pln_cell_number(table, i, PLN_P_PRESSED, "pressed", &pln_bounds_percent,
                               PLN_NOT_STATED, faults);
  if (at != status_quo)
    pln_table_fault(table, i, at ? PLN_P_STATUS_QUO : PLN_P_AT, faults,
                    "%s is stated without %s; expected both, or neither",
                    at ? "at" : "status_quo", at ? "status_quo" : "at");
}

static PlnProposal *read_row(const PlnTable *table, guint i, PlnScenario *s, PlnFaults *faults) {
  PlnWorld *world = s->world;
  PlnProposal *p = pln_scenario_add_proposal(s, pln_cell_keep(table, i, PLN_P_ID, world));
  p->title = pln_world_keep(world, pln_table_needed(table, i, PLN_P_TITLE, faults));
  p->question = pln_cell_keep(table, i, PLN_P_QUESTION, world);
  p->provision = pln_cell_keep(table, i, PLN_P_PROVISION, world);
  p->symbol = pln_cell_keep(table, i, PLN_P_SYMBOL, world);
  p->earlier = pln_cell_keep(table, i, PLN_P_EARLIER, world);
  p->note = pln_cell_keep(table, i, PLN_P_NOTE, world);
  p->source = pln_cell_keep(table, i, PLN_P_SOURCE, world);
  p->order = pln_table_count(table, i, PLN_P_ORDER, 1000000, faults);
  p->parts = pln_table_count(table, i, PLN_P_PARTS, 10000, faults);
  p->day = pln_table_day(table, i, PLN_P_DATE, faults);
  if (p->day <= PLN_DAY_UNKNOWN)
    p->day = s->as_of;
  p->status = pln_cell_status(table, i, PLN_P_STATUS, PLN_STATUS_ASSUMED, faults);
  read_kind(table, i, p, faults);
  read_body(table, i, s, p, faults);
  read_rule(table, i, s, p, faults);
  read_asked_by(table, i, s, p, faults);
  read_record(table, i, p, faults);
  read_forecast(table, i, s, p, faults);
  return p;
}

/* A proposal and where it comes from. */
typedef struct {
  PlnProposal *proposal;
  guint row;
  guint faults; /* of its row */
  int place;    /* once sorted */
} Placed;

/* "a1=adopted b2=rejected" */
static void read_falls_if(const PlnTable *table, const Placed *it, const PlnPlaces *places,
                          PlnFaults *faults) {
  const char *text = pln_table_text(table, it->row, PLN_P_FALLS_IF);
  g_auto(GStrv) conditions = g_strsplit(text, " ", -1);
  for (gsize k = 0; conditions[k]; k++) {
    if (!*conditions[k])
      continue;
    g_auto(GStrv) sides = g_strsplit(conditions[k], "=", 2);
    gboolean adopted = g_strcmp0(sides[1], "adopted") == 0;
    if (!adopted && g_strcmp0(sides[1], "rejected") != 0) {
      pln_table_fault(table, it->row, PLN_P_FALLS_IF, faults,
                      "\"%s\" is no condition; expected such as a1=adopted or a1=rejected",
                      conditions[k]);
      continue;
    }
    int other = pln_cell_place(table, it->row, PLN_P_FALLS_IF, sides[0], places, faults);
    PlnFallsIf falls = {(guint)other, adopted};
    if (other < 0)
      continue;
    g_array_append_val(it->proposal->falls_if, falls);
    if (other >= it->place)
      pln_table_fault(table, it->row, PLN_P_FALLS_IF, faults,
                      "%s falls by %s, which is not voted before it; expected an earlier one",
                      it->proposal->id, sides[0]);
  }
}

/* What changes a text is voted before it (rules 90, 130), the text as amended last. */
static void read_target(const PlnTable *table, const Placed *it, const PlnPlaces *places,
                        PlnFaults *faults) {
  PlnProposal *p = it->proposal;
  const char *target = pln_table_text(table, it->row, PLN_P_TARGET);
  if (!*target)
    return;
  p->target = pln_cell_place(table, it->row, PLN_P_TARGET, target, places, faults);
  if (p->target == it->place)
    pln_table_fault(table, it->row, PLN_P_TARGET, faults,
                    "%s is its own target; expected the proposal that it changes", p->id);
  else if (p->target >= 0 && p->target < it->place)
    pln_table_fault(table, it->row, PLN_P_ORDER, faults,
                    "%s is voted after %s, which it changes; expected it before (rules 90 and 130)",
                    p->id, target);
}

static void check_earlier(const PlnTable *table, const Placed *it, const PlnPlaces *places,
                          const PlnWorld *world, PlnFaults *faults) {
  const char *earlier = it->proposal->earlier;
  int other = pln_places_find(places, earlier);
  if (!*earlier || pln_world_roll_call(world, earlier))
    return;
  if (other < 0)
    pln_cell_unknown(table, it->row, PLN_P_EARLIER, "earlier vote", earlier,
                     "a roll call of data/roll_call_list.csv or an id of this file",
                     pln_world_roll_calls, world, faults);
  else if (other >= it->place)
    pln_table_fault(table, it->row, PLN_P_EARLIER, faults,
                    "%s is not voted before %s; expected an earlier vote", earlier,
                    it->proposal->id);
}

/* By the Chair's order where it is known, then as the file has them. */
static int by_order(gconstpointer a, gconstpointer b) {
  const Placed *x = a, *y = b;
  gint64 i = x->proposal->order < 0 ? G_MAXINT64 : x->proposal->order;
  gint64 j = y->proposal->order < 0 ? G_MAXINT64 : y->proposal->order;
  if (i != j)
    return i < j ? -1 : 1;
  return x->row < y->row ? -1 : 1;
}

static void check_doubled_order(const PlnTable *table, const GArray *placed, PlnFaults *faults) {
  for (guint k = 1; k < placed->len; k++) {
    const Placed *now = &g_array_index(placed, Placed, k), *before = now - 1;
    if (now->proposal->order >= 0 && now->proposal->order == before->proposal->order)
      pln_table_fault(table, now->row, PLN_P_ORDER, faults,
                      "%s and %s have the same order; expected one each", before->proposal->id,
                      now->proposal->id);
  }
}

/* @seen: id -> place among @placed + 1 */
static void check_id(const PlnTable *table, guint i, GHashTable *seen, GArray *placed,
                     PlnFaults *faults) {
  const char *id = pln_table_needed(table, i, PLN_P_ID, faults);
  guint first = GPOINTER_TO_UINT(g_hash_table_lookup(seen, id));
  if (!*id)
    return;
  if (first > 0) {
    Placed *earlier = &g_array_index(placed, Placed, first - 1);
    earlier->faults++; /* which of the two is meant elsewhere cannot be told */
    pln_table_fault(table, i, PLN_P_ID, faults,
                    "the id %s stands twice (first on line %u); expected one row a proposal", id,
                    pln_table_line(table, earlier->row));
    return;
  }
  if (strpbrk(id, ": =\t\r\n"))
    pln_table_fault(table, i, PLN_P_ID, faults,
                    "the id \"%s\" holds a blank, a colon or =; expected none", id);
  g_hash_table_insert(seen, (gpointer)id, GUINT_TO_POINTER(placed->len + 1));
}

static GArray *read_rows(const PlnTable *table, PlnScenario *s, PlnFaults *faults) {
  GArray *placed = g_array_new(FALSE, FALSE, sizeof(Placed));
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  guint n = pln_table_rows(table);
  if (n == 0)
    pln_faults_add(faults, pln_table_file(table), 1, 1,
                   "no proposal; expected at least one row under the first line");
  if (n > PLN_PROPOSALS_MOST)
    pln_table_fault(table, PLN_PROPOSALS_MOST, PLN_P_ID, faults,
                    "more than %d proposals; expected fewer", PLN_PROPOSALS_MOST);
  for (guint i = 0; i < MIN(n, PLN_PROPOSALS_MOST); i++) {
    guint before = pln_faults_count(faults);
    check_id(table, i, seen, placed, faults);
    Placed one = {read_row(table, i, s, faults), i, 0, -1};
    one.faults = pln_faults_count(faults) - before;
    g_array_append_val(placed, one);
  }
  g_array_sort(placed, by_order);
  return placed;
}

void pln_proposals_read(const PlnTable *table, PlnScenario *s, PlnFaults *faults) {
  g_autoptr(GArray) placed = read_rows(table, s, faults);
  check_doubled_order(table, placed, faults);
  for (guint k = 0; k < placed->len; k++)
    s->proposals->pdata[k] = g_array_index(placed, Placed, k).proposal;
  g_autoptr(PlnPlaces) places = pln_places_new(s);
  for (guint k = 0; k < placed->len; k++) {
    Placed *it = &g_array_index(placed, Placed, k);
    guint before = pln_faults_count(faults);
    it->place = (int)k;
    read_target(table, it, places, faults);
    read_falls_if(table, it, places, faults);
    check_earlier(table, it, places, s->world, faults);
    it->faults += pln_faults_count(faults) - before;
    if (it->faults == 0 && it->proposal->body && it->proposal->day > PLN_DAY_UNKNOWN)
      pln_scenario_seat(s, it->proposal);
  }
}
