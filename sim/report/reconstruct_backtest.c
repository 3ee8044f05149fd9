/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How good reconstructions were. */
#include <math.h>

#include "plenary/compose_reconstruct.h"

static void add_answer(PlnDoc *doc, const PlnReconstructBacktest *b) {
  const PlnPlacedScore *own = &b->score[0][PLN_PLACED], *groups = &b->score[0][PLN_PLACED_GROUPS];
  const PlnPlacedScore *untold = &b->score[0][PLN_PLACED_UNTOLD];
  if (own->log_loss > groups->log_loss || own->log_loss > untold->log_loss)
    pln_doc_say(
        doc, "warning", PLN_SAY_BAD, "The model does worse than a baseline (\"%s\").",
        pln_placed_names[own->log_loss > groups->log_loss ? PLN_PLACED_GROUPS : PLN_PLACED_UNTOLD]);
  pln_doc_say(doc, "answer", own->log_loss < groups->log_loss ? PLN_SAY_GOOD : PLN_SAY_BAD,
              "Log loss %.4f, %.1f %% %s than group majorities scaled to the tally (%.4f); of those "
              "that voted %.4f, %.1f %% %s (%.4f)",
              own->log_loss, 100 * fabs(b->lower[0]), b->lower[0] >= 0 ? "lower" : "higher",
              groups->log_loss, b->score[1][PLN_PLACED].log_loss, 100 * fabs(b->lower[1]),
              b->lower[1] >= 0 ? "lower" : "higher", b->score[1][PLN_PLACED_GROUPS].log_loss);
}

static void add_models(PlnDoc *doc, const PlnReconstructBacktest *b, guint how) {
  static const PlnDocColumn columns[] = {
      {"model", "Model"},   {"log_loss", "Log loss"}, {"brier", "Brier"}, {"right", "Right"},
      {"behind", "Behind"}, {"from", "from"},         {"to", "to"},       {NULL, NULL}};
  PlnPlacedMethod best = 0;
  for (PlnPlacedMethod m = 1; m < PLN_PLACED_METHODS; m++)
    best = b->score[how][m].log_loss < b->score[how][best].log_loss ? m : best;
  pln_doc_chart(doc, "bars", "\"%s\" has the lowest log loss", pln_placed_names[best]);
  pln_doc_table(doc, how == 0 ? "models" : "models_of_those_that_voted", PLN_FOR_BOTH,
                how == 0 ? "All hidden members, not voting as a fourth answer"
                         : "Those that voted, among yes, no and abstaining",
                columns);
  for (PlnPlacedMethod m = 0; m < PLN_PLACED_METHODS; m++) {
    const PlnPlacedScore *s = &b->score[how][m];
    double numbers[] = {s->log_loss, s->brier, s->right, s->behind, s->low, s->high};
    pln_doc_cell(doc, pln_text(pln_placed_names[m]));
    for (gsize k = 0; k < G_N_ELEMENTS(numbers); k++)
      pln_doc_cell(doc, pln_number(numbers[k], 4));
  }
}

static void add_lower(PlnDoc *doc, const PlnReconstructBacktest *b, guint how, const char *key) {
  pln_doc_open(doc, key);
  pln_doc_fact(doc, "share", pln_number(b->lower[how], 4));
  pln_doc_fact(doc, "from", pln_number(b->lower_low[how], 4));
  pln_doc_fact(doc, "to", pln_number(b->lower_high[how], 4));
  pln_doc_close(doc);
}

static void add_calls(PlnDoc *doc, const PlnReconstructBacktest *b) {
  static const PlnDocColumn columns[] = {{"roll_call", NULL},
                                         {"session", NULL},
                                         {"hidden", NULL},
                                         {"voted", NULL},
                                         {"log_loss", NULL},
                                         {"groups", NULL},
                                         {"untold", NULL},
                                         {"log_loss_voted", NULL},
                                         {"groups_voted", NULL},
                                         {"untold_voted", NULL},
                                         {"effective_draws", NULL},
                                         {"title", NULL},
                                         {NULL, NULL}};
  pln_doc_table(doc, "roll_calls", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < b->n_calls; k++) {
    const PlnPlacedCall *call = &b->call[k];
    pln_doc_cell(doc, pln_text(b->matrix->call[call->call].id));
    pln_doc_cell(doc, pln_int(call->session));
    pln_doc_cell(doc, pln_int(call->n[0]));
    pln_doc_cell(doc, pln_int(call->n[1]));
    for (guint how = 0; how < 2; how++)
      for (PlnPlacedMethod m = 0; m < PLN_PLACED_METHODS; m++)
        pln_doc_cell(doc, call->n[how] > 0 ? pln_number(call->log_loss[how][m] / call->n[how], 4)
                                           : pln_none());
    pln_doc_cell(doc, pln_number(call->effective, 1));
    pln_doc_cell(doc, pln_text(b->matrix->call[call->call].title));
  }
}

void pln_compose_reconstruct_backtest(PlnDoc *doc, const PlnReconstructBacktest *b,
                                      const GPtrArray *notes) {
  pln_doc_say(doc, "title", PLN_SAY_TITLE,
              "%u past roll calls of %u contested ones, the tally and %u votes shown: %zu hidden, of "
              "which %zu voted",
              b->n_calls, b->contested, b->options.shown, b->n[0], b->n[1]);
  add_answer(doc, b);
  for (guint how = 0; how < 2; how++)
    add_models(doc, b, how);
  add_lower(doc, b, 0, "lower_than_groups");
  add_lower(doc, b, 1, "lower_than_groups_of_those_that_voted");
  pln_doc_fact(doc, "least_effective_draws", pln_number(b->effective, 1));
  add_calls(doc, b);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Each is forecast from the %u sessions before its own. Groups: each regional group's "
              "shares in the contested roll calls of that history count as %.0f members, those shown "
              "as one each, raked to the tally.",
              b->options.past.history, PLN_PLACING_SHARES);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Behind: log loss less the first model's, and its 95 %% interval over roll calls drawn "
              "anew (%u times). Draws worth %.0f independent ones at the least.",
              b->options.past.resamples, b->effective);
  for (guint k = 0; notes && k < notes->len; k++)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s", (const char *)notes->pdata[k]);
}
