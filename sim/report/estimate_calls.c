/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An estimate's roll calls: their curves, and the votes that nobody would have expected. */
#include <math.h>

#include "plenary/compose_estimate.h"

enum { SHOWN = 10 };

static const char *answer_word(const PlnCells *cells, guint8 answer) {
  static const char *const three[] = {"no", "abstain", "yes"}, *const two[] = {"not yes", "yes"};
  return cells->classes == 3 ? three[answer] : two[answer];
}

static void add_calls(PlnDoc *doc, const PlnEstimate *e) {
  static const PlnDocColumn columns[] = {{"roll_call", NULL},
                                         {"session", NULL},
                                         {"date", NULL},
                                         {"slope", NULL},
                                         {"slope_error", NULL},
                                         {"low_cut", NULL},
                                         {"low_cut_error", NULL},
                                         {"high_cut", NULL},
                                         {"high_cut_error", NULL},
                                         PLN_MEASURE_COLUMNS,
                                         {"id", NULL},
                                         {"title", NULL},
                                         {NULL, NULL}};
  const PlnFit *fit = e->fit;
  pln_doc_table(doc, "roll_calls", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint j = 0; j < e->cells->n_calls; j++) {
    const PlnCalled *called = &e->matrix->call[e->cells->call[j]];
    g_autofree char *day = pln_day_text(called->day);
    pln_doc_cell(doc, pln_text(pln_compose_called(e, j)));
    pln_doc_cell(doc, called->session < 0 ? pln_none() : pln_int(called->session));
    pln_doc_cell(doc, *day ? pln_text(day) : pln_none());
    pln_doc_cell(doc, pln_number(fit->slope[(gsize)j * fit->d], 4));
    pln_doc_cell(doc, pln_number(fit->slope_error[(gsize)j * fit->d], 4));
    for (guint k = 0; k < 2; k++) {
      pln_doc_cell(doc, pln_number(fit->cut[2 * j + k], 4));
      pln_doc_cell(doc, pln_number(fit->cut_error[2 * j + k], 4));
    }
    pln_compose_measures(doc, &e->by_call[j]);
    pln_doc_cell(doc, pln_text(called->id));
    pln_doc_cell(doc, pln_text(called->title));
  }
}

static void add_surprises(PlnDoc *doc, const PlnEstimate *e) {
  static const PlnDocColumn columns[] = {{"state", "Voter"}, {"roll_call", "Roll call"},
                                         {"answer", "Said"}, {"chance", "Chance of it"},
                                         {"session", NULL},  {"title", "On"},
                                         {NULL, NULL}};
  for (int all = 0; all <= 1; all++) {
    pln_doc_table(doc, "surprises", all ? PLN_FOR_PROGRAMS : PLN_FOR_PEOPLE,
                  "The most surprising votes (in sample)", columns);
    for (guint k = 0; k < (all ? e->n_surprises : MIN(e->n_surprises, SHOWN)); k++) {
      const PlnSurprise *s = &e->surprise[k];
      const PlnCalled *called = &e->matrix->call[e->cells->call[s->call]];
      pln_doc_cell(doc, pln_text(e->matrix->voter[e->cells->state[s->state]].code));
      pln_doc_cell(doc, pln_text(pln_compose_called(e, s->call)));
      pln_doc_cell(doc, pln_text(answer_word(e->cells, s->answer)));
      if (s->chance < 0.0005 && !all)
        pln_doc_cell(doc, pln_text("< 0.001"));
      else
        pln_doc_cell(doc, pln_number(s->chance, all ? 6 : 3));
      pln_doc_cell(doc, called->session < 0 ? pln_none() : pln_int(called->session));
      pln_doc_cell(doc, pln_text(called->title));
    }
  }
}

void pln_compose_estimate_calls(PlnDoc *doc, const PlnEstimate *e) {
  add_calls(doc, e);
  add_surprises(doc, e);
}
