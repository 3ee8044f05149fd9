/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A comparison for programs: every change, outcome and seat. */
#include <math.h>
#include <string.h>

#include "plenary/compose.h"
#include "plenary/compose_comparison.h"
#include "plenary/compose_project.h"

enum { DIGITS = 6 };

static PlnValue id_of(const PlnComparisonItem *item) {
  return item->proposal ? pln_text(item->proposal->id) : pln_none();
}

/* A change held by a later one of the same bundle does nothing. */
static gboolean holds(const PlnComparison *c, const PlnChange *change) {
  for (guint k = 0; k < c->clashes->len; k++)
    if (g_array_index(c->clashes, PlnComparisonClash, k).earlier == change)
      return FALSE;
  return TRUE;
}

static void add_changes(PlnDoc *doc, const PlnComparison *c) {
  static const PlnDocColumn columns[] = {{"bundle", ""}, {"change", ""}, {"kind", ""},
                                         {"target", ""}, {"holds", ""},  {"status", ""},
                                         {"source", ""}, {NULL, NULL}};
  pln_doc_table(doc, "changes", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint b = 0; b < c->bundles->len; b++) {
    const PlnBundle *bundle = c->bundles->pdata[b];
    for (guint k = 0; k < bundle->changes->len; k++) {
      const PlnChange *change = bundle->changes->pdata[k];
      g_autofree char *text = pln_change_text(change), *target = pln_change_target(change);
      pln_doc_cell(doc, pln_text(bundle->name));
      pln_doc_cell(doc, pln_text(text));
      pln_doc_cell(doc, pln_text(pln_change_words[change->kind]));
      pln_doc_cell(doc, pln_text(target));
      pln_doc_cell(doc, pln_bool(holds(c, change)));
      pln_doc_cell(doc, pln_text(pln_status_words[change->status]));
      pln_doc_cell(doc, change->source && *change->source ? pln_text(change->source) : pln_none());
    }
  }
}

/* A chance is never 0 or 1 where it was drawn. */
static PlnValue value_of(const PlnComparisonItem *item, guint k, double value) {
  gboolean drawn = item->draws > 0 && (int)k == item->adopted;
  return drawn ? pln_chance_value(value, (guint)item->draws) : pln_number(value, DIGITS);
}

static void outcome_row(PlnDoc *doc, const PlnComparisonItem *item, const PlnComparisonCase *one,
                        guint k) {
  const PlnRunOutcome *o = pln_runner_outcome(item->runner, k);
  PlnComparisonOutcome as_is = {item->base.value[k], NAN, NAN, NAN};
  const PlnComparisonOutcome *c = one ? &one->outcome[k] : &as_is;
  pln_doc_cell(doc, id_of(item));
  pln_doc_cell(doc, one ? pln_text(one->bundle->name) : pln_none());
  pln_doc_cell(doc, pln_text(o->id));
  pln_doc_cell(doc, pln_text(o->title));
  pln_doc_cell(doc, pln_text(o->unit));
  pln_doc_cell(doc, value_of(item, k, c->value));
  pln_doc_cell(doc, pln_number(c->change, DIGITS));
  pln_doc_cell(doc, pln_number(c->low, DIGITS));
  pln_doc_cell(doc, pln_number(c->high, DIGITS));
}

static void add_outcomes(PlnDoc *doc, const PlnComparison *c) {
  static const PlnDocColumn columns[] = {{"proposal", ""}, {"bundle", ""}, {"outcome", ""},
                                         {"title", ""},    {"unit", ""},   {"value", ""},
                                         {"change", ""},   {"low", ""},    {"high", ""},
                                         {NULL, NULL}};
  pln_doc_table(doc, "outcomes", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint i = 0; i < c->items->len; i++) {
    const PlnComparisonItem *item = pln_comparison_item(c, i);
    for (guint k = 0; k < pln_runner_outcomes(item->runner); k++) {
      outcome_row(doc, item, NULL, k);
      for (guint b = 0; b < item->cases->len; b++)
        outcome_row(doc, item, pln_comparison_case(item, b), k);
    }
  }
}

static PlnValue vote_of(PlnVote vote) {
  return vote < PLN_VOTE_KINDS ? pln_text(pln_vote_letter(vote)) : pln_none();
}

static void move_row(PlnDoc *doc, const PlnComparisonItem *item, const PlnComparisonCase *one,
                     const PlnComparisonMove *m) {
  const PlnState *state = pln_runner_seat(item->runner, m->seat);
  gsize at = (gsize)m->seat * PLN_VOTE_KINDS;
  pln_doc_cell(doc, id_of(item));
  pln_doc_cell(doc, pln_text(one->bundle->name));
  pln_doc_cell(doc, pln_text(state->code));
  pln_doc_cell(doc, pln_text(state->name));
  pln_doc_cell(doc, pln_text(m->directly ? "set" : "filled-in"));
  pln_doc_cell(doc, pln_number(m->moved, DIGITS));
  pln_doc_cell(doc, vote_of(m->before));
  pln_doc_cell(doc, vote_of(m->after));
  for (guint v = 0; v < PLN_VOTE_KINDS; v++) {
    pln_doc_cell(doc, pln_number(item->chance[at + v], DIGITS));
    pln_doc_cell(doc, pln_number(one->chance[at + v], DIGITS));
  }
}

static void add_moves(PlnDoc *doc, const PlnComparison *c) {
  static const PlnDocColumn columns[] = {
      {"proposal", ""},  {"bundle", ""},     {"state", ""},          {"name", ""},
      {"how", ""},       {"moved", ""},      {"likeliest_before", ""}, {"likeliest", ""},
      {"yes_before", ""}, {"yes", ""},       {"no_before", ""},      {"no", ""},
      {"abstain_before", ""}, {"abstain", ""}, {"absent_before", ""}, {"absent", ""},
      {NULL, NULL}};
  pln_doc_table(doc, "moves", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint i = 0; i < c->items->len; i++) {
    const PlnComparisonItem *item = pln_comparison_item(c, i);
    for (guint b = 0; b < item->cases->len; b++) {
      const PlnComparisonCase *one = pln_comparison_case(item, b);
      for (guint k = 0; k < one->moves->len; k++)
        move_row(doc, item, one, &g_array_index(one->moves, PlnComparisonMove, k));
    }
  }
}

static void add_clashes(PlnDoc *doc, const PlnComparison *c) {
  static const PlnDocColumn columns[] = {{"bundle", ""}, {"earlier", ""}, {"holds", ""},
                                         {NULL, NULL}};
  pln_doc_table(doc, "clashes", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < c->clashes->len; k++) {
    const PlnComparisonClash *clash = &g_array_index(c->clashes, PlnComparisonClash, k);
    g_autofree char *earlier = pln_change_text(clash->earlier);
    g_autofree char *later = pln_change_text(clash->later);
    pln_doc_cell(doc, pln_text(clash->bundle->name));
    pln_doc_cell(doc, pln_text(earlier));
    pln_doc_cell(doc, pln_text(later));
  }
}

/* A change that is about another proposal than any that is asked about. */
static void add_elsewhere(PlnDoc *doc, const PlnComparison *c) {
  for (guint b = 0; b < c->bundles->len; b++) {
    const PlnBundle *bundle = c->bundles->pdata[b];
    for (guint k = 0; k < bundle->changes->len; k++) {
      if (!pln_comparison_is_elsewhere(c, b, bundle->changes->pdata[k]))
        continue;
      g_autofree char *change = pln_change_text(bundle->changes->pdata[k]);
      g_autofree char *text = g_strdup_printf("%s: %s is not asked about here", bundle->name, change);
      pln_doc_cell(doc, pln_text(text));
    }
  }
}

static void add_left_out(PlnDoc *doc, const PlnComparison *c) {
  static const PlnDocColumn columns[] = {{"left_out", ""}, {NULL, NULL}};
  pln_doc_table(doc, "left_out", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < c->left_out->len; k++)
    pln_doc_cell(doc, pln_text(c->left_out->pdata[k]));
  add_elsewhere(doc, c);
  for (guint b = 0; b < c->bundles->len; b++)
    for (guint k = 0; k < c->items->len; k++) {
      const PlnComparisonItem *item = pln_comparison_item(c, k);
      const PlnComparisonCase *one = pln_comparison_case(item, b);
      g_autofree char *text =
          one->refused ? g_strdup_printf("%s, %s: %s", item->proposal->id, one->bundle->name,
                                         one->refused)
                       : NULL;
      if (text)
        pln_doc_cell(doc, pln_text(text));
    }
}

void pln_compose_comparison_data(PlnDoc *doc, const PlnComparison *c) {
  const PlnComparisonItem *first = pln_comparison_item(c, 0);
  const PlnRuleEntry *rule = pln_runner_rule(first->runner);
  pln_doc_open(doc, "asked");
  pln_doc_text(doc, "study", pln_run_study_words[c->run.study]);
  pln_doc_fact(doc, "draws", pln_int((gint64)first->draws));
  pln_doc_fact(doc, "proposals", pln_int(c->items->len));
  pln_doc_fact(doc, "bundles", pln_int(c->bundles->len));
  pln_doc_fact(doc, "rule", rule ? pln_text(rule->id) : pln_none());
  pln_doc_close(doc);
  add_changes(doc, c);
  add_clashes(doc, c);
  add_outcomes(doc, c);
  add_moves(doc, c);
  add_left_out(doc, c);
}
