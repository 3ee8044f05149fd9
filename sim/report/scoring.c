/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores of hidden votes. */
#include <math.h>

#include "plenary/compose_estimate.h"

static void add_models(PlnDoc *doc, const PlnScoring *s) {
  static const PlnDocColumn columns[] = {
      {"model", "Model"}, PLN_MEASURE_COLUMNS, {"behind", "Behind"}, {"error", "s.e."}, {NULL, NULL}};
  const PlnScoringRow *own = &g_array_index(s->rows, PlnScoringRow, 0), *best = own;
  for (guint k = 1; k < s->rows->len; k++) {
    const PlnScoringRow *row = &g_array_index(s->rows, PlnScoringRow, k);
    best = row->score.log_score < best->score.log_score ? row : best;
  }
  if (own->words)
    pln_doc_say(doc, "warning", PLN_SAY_BAD, "Not to be relied on: %s.", own->words);
  if (best == own)
    pln_doc_say(doc, "answer", PLN_SAY_GOOD, "%s: log score %.4f, Brier %.4f, %.2f %% right",
                own->name, own->score.log_score, own->score.brier, 100 * own->score.right);
  else
    pln_doc_say(doc, "answer", PLN_SAY_BAD,
                "%s does worse than the baseline \"%s\": log score %.4f against %.4f", own->name,
                best->name, own->score.log_score, best->score.log_score);
  pln_doc_chart(doc, "bars", "%s has the lowest log score", best->name);
  pln_doc_table(doc, "models", PLN_FOR_BOTH, NULL, columns);
  for (guint k = 0; k < s->rows->len; k++) {
    const PlnScoringRow *row = &g_array_index(s->rows, PlnScoringRow, k);
    pln_doc_cell(doc, pln_text(row->name));
    pln_compose_measures(doc, &row->score);
    pln_doc_cell(doc, k == 0 ? pln_none() : pln_number(row->behind, 4));
    pln_doc_cell(doc, k == 0 ? pln_none() : pln_number(row->error, 4));
  }
  pln_doc_say(
      doc, NULL, PLN_SAY_NOTE,
      "Behind: log score less that of the first, on the same votes; its standard error takes roll calls "
      "as independent.");
}

static void add_sessions(PlnDoc *doc, const PlnScoring *s) {
  static const PlnDocColumn columns[] = {{"session", "Session"}, PLN_MEASURE_COLUMNS, {NULL, NULL}};
  const PlnCells *truth = s->holdout->truth;
  pln_doc_table(doc, "sessions", truth->n_sessions > 1 ? PLN_FOR_BOTH : PLN_FOR_PROGRAMS,
                "By session", columns);
  for (guint k = 0; k < truth->n_sessions; k++) {
    pln_doc_cell(doc, truth->session_name[k] < 0 ? pln_none() : pln_int(truth->session_name[k]));
    pln_compose_measures(doc, &s->by_session[k]);
  }
}

void pln_compose_reliability_chart(PlnDoc *doc, const PlnReliability *reliability) {
  double off = 0, n = 0;
  for (guint k = 0; k < PLN_RELIABILITY_BINS; k++) {
    off += fabs(reliability->sum[k] - (double)reliability->hits[k]);
    n += (double)reliability->n[k];
  }
  if (n > 0)
    pln_doc_chart(doc, "reliability", "The chances given were off by %.1f points on average",
                  100 * off / n);
}

static void add_reliability(PlnDoc *doc, const PlnScoring *s) {
  static const PlnDocColumn columns[] = {{"from", "Chance from"},    {"to", "to"},
                                         {"given", "Given"},         {"mean", "Mean chance"},
                                         {"came_true", "Came true"}, {NULL, NULL}};
  pln_compose_reliability_chart(doc, &s->reliability);
  pln_doc_table(doc, "reliability", PLN_FOR_BOTH, "When it said so, how often was it so", columns);
  for (guint k = 0; k < PLN_RELIABILITY_BINS; k++) {
    double n = (double)s->reliability.n[k];
    pln_doc_cell(doc, pln_number(k / 10.0, 1));
    pln_doc_cell(doc, pln_number((k + 1) / 10.0, 1));
    pln_doc_cell(doc, pln_int((gint64)s->reliability.n[k]));
    pln_doc_cell(doc, n > 0 ? pln_number(s->reliability.sum[k] / n, 3) : pln_none());
    pln_doc_cell(doc, n > 0 ? pln_number((double)s->reliability.hits[k] / n, 3) : pln_none());
  }
}

static void add_voters(PlnDoc *doc, const PlnScoring *s) {
  static const PlnDocColumn of_states[] = {
      {"state", NULL}, PLN_MEASURE_COLUMNS, {"name", NULL}, {NULL, NULL}};
  static const PlnDocColumn of_calls[] = {
      {"roll_call", NULL}, PLN_MEASURE_COLUMNS, {"title", NULL}, {NULL, NULL}};
  const PlnCells *truth = s->holdout->truth;
  pln_doc_table(doc, "states", PLN_FOR_PROGRAMS, NULL, of_states);
  for (guint i = 0; i < truth->n_states; i++) {
    pln_doc_cell(doc, pln_text(s->matrix->voter[truth->state[i]].code));
    pln_compose_measures(doc, &s->by_state[i]);
    pln_doc_cell(doc, pln_text(s->matrix->voter[truth->state[i]].name));
  }
  pln_doc_table(doc, "roll_calls", PLN_FOR_PROGRAMS, NULL, of_calls);
  for (guint j = 0; j < truth->n_calls; j++) {
    pln_doc_cell(doc, pln_text(s->matrix->call[truth->call[j]].id));
    pln_compose_measures(doc, &s->by_call[j]);
    pln_doc_cell(doc, pln_text(s->matrix->call[truth->call[j]].title));
  }
}

void pln_compose_scoring(PlnDoc *doc, const PlnScoring *s, const GPtrArray *notes) {
  const PlnCells *truth = s->holdout->truth;
  pln_doc_say(doc, "title", PLN_SAY_TITLE, "%zu hidden votes of %zu, %u voters, %u roll calls",
              s->holdout->n_hidden, truth->seen, truth->n_states, truth->n_calls);
  add_models(doc, s);
  add_sessions(doc, s);
  add_reliability(doc, s);
  add_voters(doc, s);
  for (guint k = 0; notes && k < notes->len; k++)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s", (const char *)notes->pdata[k]);
}
