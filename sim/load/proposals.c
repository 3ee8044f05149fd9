/* SPDX-License-Identifier: GPL-3.0-or-later */
/* proposals.csv: what is put, in which order, and what is on record of it. */
#include <string.h>

#include "plenary/tables.h"
#include "plenary/text.h"

enum {
  ID, TITLE, KIND, TARGET, ORDER, QUESTION, PROVISION, BODY, RULE, IMPORTANT, MOTION, DATE,
  ASKED_BY, SYMBOL, EARLIER, PARTS, FALLS_IF, RECORD, YES, NO, ABSTAIN, NOT_VOTING, OUTCOME,
  STATUS, SOURCE, NOTE
};

const PlnColumn pln_proposals_columns[] = {
    {"id", TRUE},         {"title", TRUE},      {"kind", FALSE},     {"target", FALSE},
    {"order", FALSE},     {"question", FALSE},  {"provision", FALSE}, {"body", FALSE},
    {"rule", FALSE},      {"important", FALSE}, {"motion", FALSE},   {"date", FALSE},
    {"asked_by", FALSE},  {"symbol", FALSE},    {"earlier", FALSE},  {"parts", FALSE},
    {"falls_if", FALSE},  {"record", FALSE},    {"yes", FALSE},      {"no", FALSE},
    {"abstain", FALSE},   {"not_voting", FALSE}, {"outcome", FALSE}, {"status", FALSE},
    {"source", FALSE},    {"note", FALSE},      {NULL, FALSE}};

static const char *const yes_no[] = {"no", "yes", NULL};

static void read_body(const PlnTable *table, guint i, PlnScenario *s, PlnProposal *p,
                      PlnFaults *faults) {
  p->body = s->body;
  if (*pln_table_text(table, i, BODY)) {
    p->body = pln_world_body(s->world, pln_table_text(table, i, BODY));
    if (!p->body) {
      g_autoptr(GPtrArray) bodies = pln_world_bodies(s->world);
      pln_cell_unknown(table, i, BODY, "body", "one of data/bodies.csv", bodies, faults);
    }
  }
  if (p->body && p->body->roster == PLN_ROSTER_OWN && !s->own)
    pln_table_fault(table, i, BODY, faults,
                    "%s has no fixed members; expected the scenario's own members.csv", p->body->id);
}

static void read_rule(const PlnTable *table, guint i, PlnScenario *s, PlnProposal *p,
                      PlnFaults *faults) {
  const char *id = pln_table_text(table, i, RULE);
  p->rule = pln_world_rule(s->world, id);
  if (*id && !p->rule) {
    g_autoptr(GPtrArray) rules = pln_world_rules(s->world);
    pln_cell_unknown(table, i, RULE, "rule", "one of data/rules.csv or of the scenario's", rules, faults);
  }
  p->important = pln_table_word(table, i, IMPORTANT, yes_no, 0, faults) == 1;
}

/* Codes between blanks; "?" where it is not known who asked. */
static void read_asked_by(const PlnTable *table, guint i, PlnScenario *s, PlnProposal *p,
                          PlnFaults *faults) {
  const char *text = pln_table_text(table, i, ASKED_BY);
  p->asked_by = pln_world_keep(s->world, text);
  g_auto(GStrv) codes = g_strsplit(text, " ", -1);
  for (gsize k = 0; codes[k]; k++) {
    if (!*codes[k] || strcmp(codes[k], "?") == 0 || pln_world_state(s->world, codes[k]))
      continue;
    g_autoptr(GPtrArray) states = pln_world_states(s->world);
    g_autofree const char **names = g_new0(const char *, states->len + 1);
    for (guint n = 0; n < states->len; n++)
      names[n] = ((const PlnState *)states->pdata[n])->code;
    const char *near = pln_text_near(codes[k], names);
    pln_table_fault(table, i, ASKED_BY, faults,
                    "unknown state \"%s\"; expected alpha-3 codes between blanks, or ?%s%s%s", codes[k],
                    near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
  }
}

static void read_record(const PlnTable *table, guint i, PlnProposal *p, PlnFaults *faults) {
  p->record = (PlnRecord)pln_table_word(table, i, RECORD, pln_record_words, PLN_RECORD_NONE, faults);
  p->result =
      (PlnResult)pln_table_word(table, i, OUTCOME, pln_result_words, PLN_RESULT_NOT_STATED, faults);
  gboolean all_known = TRUE, any = FALSE;
  for (guint k = 0; k < PLN_VOTE_KINDS; k++) {
    p->total[k] = pln_table_count(table, i, YES + k, 1000000, faults);
    all_known &= p->total[k] >= 0 || k == PLN_VOTE_X;
    any |= p->total[k] >= 0;
  }
  if (p->record == PLN_RECORD_TALLY && !all_known)
    pln_table_fault(table, i, YES, faults,
                    "the record is a tally without its totals; expected yes, no and abstain");
  if ((p->record == PLN_RECORD_OUTCOME || p->record == PLN_RECORD_NONE) && any)
    pln_table_fault(table, i, RECORD, faults,
                    "the record is \"%s\" but totals stand beside it; expected tally, partial or complete",
                    pln_record_words[p->record]);
  if (p->record == PLN_RECORD_OUTCOME && p->result == PLN_RESULT_NOT_STATED)
    pln_table_fault(table, i, OUTCOME, faults,
                    "the record is an outcome that is not stated; expected adopted, rejected, "
                    "adopted-without-vote, not-put, withdrawn or ?");
}

static PlnProposal *read_row(const PlnTable *table, guint i, PlnScenario *s, PlnFaults *faults) {
  const char *id = pln_table_needed(table, i, ID, faults);
  if (!*id)
    return NULL;
  if (strpbrk(id, ": =")) {
    pln_table_fault(table, i, ID, faults, "the id \"%s\" holds a blank, a colon or =; expected none", id);
    return NULL;
  }
  if (pln_scenario_find(s, id) >= 0) {
    pln_table_fault(table, i, ID, faults, "the id %s stands twice; expected one row a proposal", id);
    return NULL;
  }
  PlnProposal *p = pln_scenario_add_proposal(s, pln_world_keep(s->world, id));
  p->title = pln_world_keep(s->world, pln_table_needed(table, i, TITLE, faults));
  p->question = pln_cell_keep(table, i, QUESTION, s->world);
  p->provision = pln_cell_keep(table, i, PROVISION, s->world);
  p->symbol = pln_cell_keep(table, i, SYMBOL, s->world);
  p->note = pln_cell_keep(table, i, NOTE, s->world);
  p->source = pln_cell_keep(table, i, SOURCE, s->world);
  p->kind = (PlnKind)pln_table_word(table, i, KIND, pln_kind_words, PLN_KIND_TEXT, faults);
  p->motion = (PlnMotion)pln_table_word(table, i, MOTION, pln_motion_words, PLN_MOTION_NONE, faults);
  if (p->motion != PLN_MOTION_NONE && p->kind != PLN_KIND_MOTION)
    pln_table_fault(table, i, MOTION, faults, "a %s has no motion; expected the kind motion",
                    pln_kind_words[p->kind]);
  p->order = pln_table_count(table, i, ORDER, 1000000, faults);
  p->parts = pln_table_count(table, i, PARTS, 10000, faults);
  p->day = pln_table_day(table, i, DATE, faults);
  if (p->day <= PLN_DAY_UNKNOWN)
    p->day = s->as_of;
  p->status = pln_cell_status(table, i, STATUS, PLN_STATUS_ASSUMED, faults);
  read_body(table, i, s, p, faults);
  read_rule(table, i, s, p, faults);
  read_asked_by(table, i, s, p, faults);
  read_record(table, i, p, faults);
  return p;
}

/* The place among all proposals of the one that the text at [text, length] names. */
static int find(const PlnTable *table, guint row, guint column, const char *id, PlnScenario *s,
                PlnFaults *faults) {
  int found = pln_scenario_find(s, id);
  if (found >= 0)
    return found;
  g_autofree const char **names = g_new0(const char *, s->proposals->len + 1);
  for (guint k = 0; k < s->proposals->len; k++)
    names[k] = pln_scenario_proposal(s, k)->id;
  const char *near = pln_text_near(id, names);
  pln_table_fault(table, row, column, faults,
                  "unknown proposal \"%s\"; expected an id of this file%s%s%s", id,
                  near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
  return -1;
}

/* "a1=adopted b2=rejected" */
static void read_falls_if(const PlnTable *table, guint row, PlnScenario *s, PlnProposal *p,
                          PlnFaults *faults) {
  g_auto(GStrv) conditions = g_strsplit(pln_table_text(table, row, FALLS_IF), " ", -1);
  for (gsize k = 0; conditions[k]; k++) {
    if (!*conditions[k])
      continue;
    g_auto(GStrv) sides = g_strsplit(conditions[k], "=", 2);
    gboolean adopted = g_strcmp0(sides[1], "adopted") == 0;
    if (!adopted && g_strcmp0(sides[1], "rejected") != 0) {
      pln_table_fault(table, row, FALLS_IF, faults,
                      "\"%s\" is no condition; expected such as a1=adopted or a1=rejected",
                      conditions[k]);
      continue;
    }
    int other = find(table, row, FALLS_IF, sides[0], s, faults);
    PlnFallsIf falls = {(guint)other, adopted};
    if (other >= 0)
      g_array_append_val(p->falls_if, falls);
  }
}

/* What changes a text is voted before it (rules 90, 130), the text as amended last. */
static void check_order(const PlnTable *table, guint row, PlnScenario *s, guint place,
                        PlnFaults *faults) {
  const PlnProposal *p = pln_scenario_proposal(s, place);
  if (p->target >= 0 && (guint)p->target <= place)
    pln_table_fault(table, row, ORDER, faults,
                    "%s is voted after %s, which it changes; expected it before (rules 90 and 130)",
                    p->id, pln_scenario_proposal(s, (guint)p->target)->id);
  for (guint k = 0; k < p->falls_if->len; k++) {
    guint other = g_array_index(p->falls_if, PlnFallsIf, k).other;
    if (other >= place)
      pln_table_fault(table, row, FALLS_IF, faults,
                      "%s falls by %s, which is voted later; expected an earlier one", p->id,
                      pln_scenario_proposal(s, other)->id);
  }
}

static void read_earlier(const PlnTable *table, guint row, PlnScenario *s, PlnProposal *p,
                         PlnFaults *faults) {
  const char *text = pln_table_text(table, row, EARLIER);
  p->earlier = pln_world_keep(s->world, text);
  if (!*text || pln_world_roll_call(s->world, text) || pln_scenario_find(s, text) >= 0)
    return;
  g_autoptr(GPtrArray) calls = pln_world_roll_calls(s->world);
  pln_cell_unknown(table, row, EARLIER, "earlier vote",
                   "a roll call of data/roll_call_list.csv or an id of this file", calls, faults);
}

typedef struct {
  PlnProposal *proposal;
  guint row;
} Placed;

/* By the Chair's order where it is known, then as the file has them. */
static int by_order(gconstpointer a, gconstpointer b) {
  const Placed *x = a, *y = b;
  guint64 i = (guint64)x->proposal->order, j = (guint64)y->proposal->order;
  if (i != j) /* not stated and unknown are negative: the largest, so last */
    return i < j ? -1 : 1;
  return x->row < y->row ? -1 : 1;
}

static void check_doubled_order(const PlnTable *table, const GArray *placed, PlnFaults *faults) {
  for (guint k = 1; k < placed->len; k++) {
    const Placed *now = &g_array_index(placed, Placed, k), *before = now - 1;
    if (now->proposal->order >= 0 && now->proposal->order == before->proposal->order)
      pln_table_fault(table, now->row, ORDER, faults, "%s and %s have the same order; expected one each",
                      before->proposal->id, now->proposal->id);
  }
}

void pln_proposals_read(const PlnTable *table, PlnScenario *s, PlnFaults *faults) {
  g_autoptr(GArray) placed = g_array_new(FALSE, FALSE, sizeof(Placed));
  for (guint i = 0; i < pln_table_rows(table); i++) {
    Placed one = {read_row(table, i, s, faults), i};
    if (one.proposal)
      g_array_append_val(placed, one);
  }
  if (pln_table_rows(table) == 0)
    pln_faults_add(faults, pln_table_file(table), 1, 1,
                   "no proposal; expected at least one row under the first line");
  g_array_sort(placed, by_order);
  check_doubled_order(table, placed, faults);
  for (guint k = 0; k < placed->len; k++)
    s->proposals->pdata[k] = g_array_index(placed, Placed, k).proposal;
  for (guint k = 0; k < placed->len; k++) {
    PlnProposal *p = s->proposals->pdata[k];
    guint row = g_array_index(placed, Placed, k).row;
    const char *target = pln_table_text(table, row, TARGET);
    if (*target)
      p->target = find(table, row, TARGET, target, s, faults);
    read_falls_if(table, row, s, p, faults);
    read_earlier(table, row, s, p, faults);
    check_order(table, row, s, k, faults);
    if (p->body)
      pln_scenario_seat(s, p);
  }
}
