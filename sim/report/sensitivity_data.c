/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sensitivity for programs. */
#include <math.h>

#include "plenary/compose_sensitivity.h"

enum { DIGITS = 6 };

static PlnValue text_or_none(const char *text) {
  return text && *text ? pln_text(text) : pln_none();
}

static void three(PlnDoc *doc, PlnSense3 of) {
  pln_doc_cell(doc, pln_number(of.value, DIGITS));
  pln_doc_cell(doc, pln_number(of.low, DIGITS));
  pln_doc_cell(doc, pln_number(of.high, DIGITS));
}

static const char *name_of(const PlnSensitivity *s, guint j) {
  return ((const PlnDial *)s->dials->pdata[j])->name;
}

static void add_question(PlnDoc *doc, const PlnSensitivity *s,
                         const PlnComposeSensitivityOptions *how) {
  const PlnProposal *p = s->runner ? pln_runner_proposal(s->runner) : NULL;
  const PlnRuleEntry *rule = pln_sense_issue(s) ? NULL : s->stated.rule; /* talks need none */
  pln_doc_open(doc, "question");
  pln_doc_fact(doc, "outcome", pln_text(s->outcome));
  pln_doc_fact(doc, "title", pln_text(s->outcome_title));
  pln_doc_fact(doc, "unit", text_or_none(s->unit));
  pln_doc_fact(doc, "study", s->runner ? pln_text(pln_run_study_words[s->stated.study]) : pln_none());
  pln_doc_fact(doc, "proposal", text_or_none(p ? p->id : how->proposal));
  pln_doc_fact(doc, "rule", rule ? pln_text(rule->id) : pln_none());
  pln_doc_fact(doc, "store", text_or_none(how->store));
  pln_doc_close(doc);
}

static void add_options(PlnDoc *doc, const PlnSensitivity *s) {
  const PlnSensitivityOptions *o = &s->options;
  gboolean made = s->runner != NULL;
  pln_doc_open(doc, "options");
  pln_doc_fact(doc, "draws", made && s->drawn ? pln_int(o->runner.draws) : pln_none());
  pln_doc_fact(doc, "trajectories", s->effects->len > 0 ? pln_int(o->trajectories) : pln_none());
  pln_doc_fact(doc, "rows", s->indices->len > 0 ? pln_int(o->rows) : pln_none());
  pln_doc_fact(doc, "points", made && s->discovery ? pln_int(o->runs) : pln_none());
  pln_doc_fact(doc, "level", pln_number(o->level, DIGITS));
  pln_doc_fact(doc, "seed", pln_int((gint64)o->runner.seed));
  pln_doc_close(doc);
}

static void add_dials(PlnDoc *doc, const PlnSensitivity *s) {
  static const PlnDocColumn columns[] = {{"name", NULL},   {"title", NULL},  {"range", NULL},
                                         {"status", NULL}, {"stated", NULL}, {NULL, NULL}};
  pln_doc_table(doc, "dials", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint j = 0; j < s->dials->len; j++) {
    const PlnDial *dial = s->dials->pdata[j];
    g_autofree char *range = pln_dial_range(dial);
    pln_doc_cell(doc, pln_text(dial->name));
    pln_doc_cell(doc, pln_text(s->title[j]));
    pln_doc_cell(doc, pln_text(range));
    pln_doc_cell(doc, pln_sense_status(s, j));
    pln_doc_cell(doc, pln_bool(dial->stated));
  }
}

static void add_bars(PlnDoc *doc, const PlnSensitivity *s) {
  static const PlnDocColumn columns[] = {
      {"dial", NULL},        {"at", NULL},           {"number", NULL}, {"outcome", NULL},
      {"outcome_low", NULL}, {"outcome_high", NULL}, {"swing", NULL},  {"change", NULL},
      {"change_low", NULL},  {"change_high", NULL},  {"adopted", NULL}, {NULL, NULL}};
  pln_doc_table(doc, "tornado", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < s->bars->len; k++) {
    const PlnSenseBar *bar = &g_array_index(s->bars, PlnSenseBar, k);
    const PlnDial *dial = s->dials->pdata[bar->dial];
    gboolean words = pln_dial_is_words(dial);
    for (guint p = 0; p < bar->n; p++) {
      g_autofree char *at = pln_dial_word(dial, bar->at[p]);
      pln_doc_cell(doc, pln_text(dial->name));
      pln_doc_cell(doc, pln_text(at));
      pln_doc_cell(doc, words ? pln_none() : pln_number(bar->at[p], DIGITS));
      three(doc, bar->y[p]);
      pln_doc_cell(doc, pln_number(bar->swing, DIGITS));
      three(doc, bar->change);
      pln_doc_cell(doc, pln_number(bar->adopted[p], DIGITS));
    }
  }
}

static void add_effects(PlnDoc *doc, const PlnSensitivity *s) {
  static const PlnDocColumn columns[] = {{"dial", NULL},    {"mu_star", NULL}, {"low", NULL},
                                         {"high", NULL},    {"mu", NULL},      {"sigma", NULL},
                                         {"effects", NULL}, {NULL, NULL}};
  pln_doc_table(doc, "screening", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < s->effects->len; k++) {
    const PlnSenseEffect *e = &g_array_index(s->effects, PlnSenseEffect, k);
    pln_doc_cell(doc, pln_text(name_of(s, e->dial)));
    three(doc, (PlnSense3){e->effect.mu_star, e->effect.low, e->effect.high});
    pln_doc_cell(doc, pln_number(e->effect.mu, DIGITS));
    pln_doc_cell(doc, pln_number(e->effect.sigma, DIGITS));
    pln_doc_cell(doc, pln_int(e->effect.n));
  }
}

static void add_indices(PlnDoc *doc, const PlnSensitivity *s) {
  static const PlnDocColumn columns[] = {{"dial", NULL},       {"first", NULL}, {"first_low", NULL},
                                         {"first_high", NULL}, {"total", NULL}, {"total_low", NULL},
                                         {"total_high", NULL}, {NULL, NULL}};
  pln_doc_table(doc, "indices", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < s->indices->len; k++) {
    const PlnSaltelliIndex *i = &g_array_index(s->indices, PlnSenseIndex, k).index;
    pln_doc_cell(doc, pln_text(name_of(s, g_array_index(s->indices, PlnSenseIndex, k).dial)));
    three(doc, (PlnSense3){i->first, i->first_low, i->first_high});
    three(doc, (PlnSense3){i->total, i->total_low, i->total_high});
  }
  if (s->indices->len == 0)
    return;
  pln_doc_open(doc, "variance");
  pln_doc_fact(doc, "mean", pln_number(s->sum.mean, DIGITS));
  pln_doc_fact(doc, "variance", pln_number(s->sum.variance, 9));
  pln_doc_fact(doc, "first_sum", pln_number(s->first_sum, DIGITS));
  pln_doc_fact(doc, "interaction", pln_number(1 - s->first_sum, DIGITS));
  pln_doc_close(doc);
}

static void add_ranks(PlnDoc *doc, const PlnSensitivity *s) {
  static const PlnDocColumn columns[] = {
      {"dial", NULL}, {"rho", NULL},   {"low", NULL},
      {"high", NULL}, {"ratio", NULL}, {NULL, NULL}};
  pln_doc_table(doc, "correlations", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < s->ranks->len; k++) {
    const PlnSenseRank *r = &g_array_index(s->ranks, PlnSenseRank, k);
    pln_doc_cell(doc, pln_text(name_of(s, r->dial)));
    three(doc, r->rho);
    pln_doc_cell(doc, pln_number(r->ratio, DIGITS));
  }
}

void pln_compose_sense_data(PlnDoc *doc, const PlnSensitivity *s,
                            const PlnComposeSensitivityOptions *how) {
  add_question(doc, s, how);
  add_options(doc, s);
  pln_doc_open(doc, "base");
  pln_doc_fact(doc, "value", pln_number(s->base.value, DIGITS));
  pln_doc_fact(doc, "low", pln_number(s->base.low, DIGITS));
  pln_doc_fact(doc, "high", pln_number(s->base.high, DIGITS));
  pln_doc_fact(doc, "adopted", pln_number(s->adopted, DIGITS));
  pln_doc_close(doc);
  add_dials(doc, s);
  add_bars(doc, s);
  add_effects(doc, s);
  add_indices(doc, s);
  add_ranks(doc, s);
  pln_doc_fact(doc, "runs", pln_int((gint64)s->runs));
  pln_doc_fact(doc, "without", pln_int((gint64)s->without));
  pln_doc_fact(doc, "weakest", pln_text(pln_status_words[s->weakest]));
}
