/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An estimate: the answer, how well it fits, what was left out. */
#include <math.h>
#include <string.h>

#include "plenary/compose_estimate.h"

static const char *const kinds[] = {"One dimension, fast fit",
                                    "One dimension, drifting from session to session, fast fit",
                                    "One dimension, full Bayes", "fast fit"};

const char *pln_compose_called(const PlnEstimate *e, guint call) {
  const PlnCalled *called = &e->matrix->call[e->cells->call[call]];
  return *called->symbol ? called->symbol : called->id;
}

void pln_compose_measures(PlnDoc *doc, const PlnMeasures *m) {
  pln_doc_cell(doc, pln_number(m->right, 4));
  pln_doc_cell(doc, pln_number(m->apre, 3));
  pln_doc_cell(doc, pln_number(m->gmp, 3));
  pln_doc_cell(doc, pln_number(m->log_score, 4));
  pln_doc_cell(doc, pln_number(m->brier, 4));
  pln_doc_cell(doc, pln_int((gint64)m->n));
}

static char *sessions_in_words(const PlnCells *cells) {
  int from = cells->session_name[0], to = cells->session_name[cells->n_sessions - 1];
  if (from < 0)
    return g_strdup("");
  if (from == to)
    return g_strdup_printf(" of session %d", from);
  return g_strdup_printf(" of sessions %d to %d", from, to);
}

/* The states farthest out on a side, by name in the order of their places. */
static char *side(const PlnEstimate *e, gboolean high) {
  GString *out = g_string_new(NULL);
  guint n = e->cells->n_states, shown = MIN(4, n / 2);
  g_autofree guint8 *taken = g_malloc0(n + 1);
  for (guint k = 0; k < shown; k++) {
    guint best = n;
    double most = 0;
    for (guint i = 0; i < n; i++) {
      int last = pln_fit_last(e->fit, i);
      double x = last < 0 ? 0 : pln_fit_position(e->fit, (guint)last, i, 0);
      if (!taken[i] && last >= 0 && (best == n || (high ? x > most : x < most))) {
        best = i;
        most = x;
      }
    }
    if (best == n)
      break;
    taken[best] = 1;
    g_string_append_printf(out, "%s%s", k > 0 ? ", " : "",
                           e->matrix->voter[e->cells->state[best]].code);
  }
  return g_string_free(out, FALSE);
}

static void add_answer(PlnDoc *doc, const PlnEstimate *e) {
  g_autofree char *sessions = sessions_in_words(e->cells), *low = side(e, FALSE),
                  *high = side(e, TRUE);
  g_autofree char *many = e->fit->kind != PLN_FIT_SPACE ? g_strdup("")
                          : e->fit->d == 1              ? g_strdup("One dimension, ")
                                           : g_strdup_printf("%u dimensions, ", e->fit->d);
  pln_doc_say(doc, "title", PLN_SAY_TITLE, "%u voters in %u roll calls%s", e->cells->n_states,
              e->cells->n_calls, sessions);
  if (pln_compose_spread(e) < 0.005)
    pln_doc_say(doc, "answer", PLN_SAY_LEAD, "These votes tell nobody apart: all stand at one place");
  else
    pln_doc_say(doc, "answer", PLN_SAY_LEAD, "%s from %s to %s",
                e->fit->d == 1 ? "They stand on a line" : "Mostly they stand on a line", low, high);
  pln_doc_say(doc, "model", PLN_SAY_PLAIN,
              "%s%s; %s; %zu votes. Left out: %u roll calls of which the smaller side, yes against "
              "not yes, is below %.4g %%, %u that nobody answered.",
              many, kinds[e->fit->kind],
              e->cells->classes == 3 ? "no, abstain, yes in order" : "yes against the rest",
              e->cells->seen, e->lopsided, 100 * e->options.cells.lopsided, e->unanswered);
  if (e->fit->words)
    pln_doc_say(doc, "warning", PLN_SAY_BAD, "Not to be relied on: %s.", e->fit->words);
}

void pln_compose_estimate_fit(PlnDoc *doc, const PlnEstimate *e) {
  static const PlnDocColumn columns[] = {{"of", "Fit"}, PLN_MEASURE_COLUMNS, {NULL, NULL}};
  const struct {
    const char *name;
    const PlnMeasures *measures;
  } rows[] = {{"out of sample", &e->outside},
              {"out of sample: shares of the roll call", &e->shares},
              {"out of sample: shares of the group", &e->group_shares},
              {"in sample", &e->inside}};
  pln_doc_table(doc, "fit", PLN_FOR_BOTH, NULL, columns);
  for (guint k = 0; k < G_N_ELEMENTS(rows); k++) {
    if (rows[k].measures->n == 0)
      continue;
    pln_doc_cell(doc, pln_text(rows[k].name));
    pln_compose_measures(doc, rows[k].measures);
  }
  if (e->rungs)
    pln_doc_say(
        doc, NULL, PLN_SAY_NOTE,
        "The number of dimensions was chosen on the same hidden votes, which makes the score out of "
        "sample a little too good.");
  if (e->outside.n == 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "In sample: the fit has seen these votes. --hold-out 0.1 scores it on votes that it "
                "has not.");
}

static void add_ladder(PlnDoc *doc, const PlnEstimate *e) {
  static const PlnDocColumn columns[] = {{"dimensions", "Dimensions"},
                                         {"log_score", "Log score held out"},
                                         {"error", "Standard error"},
                                         {"brier", "Brier"},
                                         {"right", "Right"},
                                         {"chosen", ""},
                                         {NULL, NULL}};
  if (!e->rungs)
    return;
  pln_doc_table(doc, "ladder", PLN_FOR_BOTH, "How many dimensions", columns);
  for (guint k = 0; k < e->rungs->len; k++) {
    const PlnRung *rung = &g_array_index(e->rungs, PlnRung, k);
    pln_doc_cell(doc, pln_int(rung->dimensions));
    pln_doc_cell(doc, pln_number(rung->score.log_score, 4));
    pln_doc_cell(doc, pln_number(rung->error, 4));
    pln_doc_cell(doc, pln_number(rung->score.brier, 4));
    pln_doc_cell(doc, pln_number(rung->score.right, 4));
    pln_doc_cell(doc, pln_text(rung->dimensions == e->fit->d ? "chosen" : ""));
  }
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Chosen: the fewest that are within a standard error (of the "
              "paired difference) of the best.");
}

static void add_sessions(PlnDoc *doc, const PlnEstimate *e) {
  static const PlnDocColumn columns[] = {
      {"session", "Session"}, {"sample", NULL}, PLN_MEASURE_COLUMNS, {NULL, NULL}};
  PlnAudience audience = e->cells->n_sessions > 1 ? PLN_FOR_BOTH : PLN_FOR_PROGRAMS;
  pln_doc_table(doc, "sessions", audience,
                e->outside.n > 0 ? "Fit by session, out of sample" : "Fit by session, in sample",
                columns);
  for (guint s = 0; s < e->cells->n_sessions; s++) {
    pln_doc_cell(doc,
                 e->cells->session_name[s] < 0 ? pln_none() : pln_int(e->cells->session_name[s]));
    pln_doc_cell(doc, pln_text(e->outside.n > 0 ? "out" : "in"));
    pln_compose_measures(doc, &e->by_session[s]);
  }
}

static void add_mixing(PlnDoc *doc, const PlnEstimate *e) {
  static const PlnDocColumn columns[] = {{"state", NULL}, {"rhat", NULL}, {"bulk", NULL},
                                         {"tail", NULL},  {"mean", NULL}, {"sd", NULL},
                                         {NULL, NULL}};
  const PlnPosterior *p = e->fit->posterior;
  pln_doc_table(doc, "mixing", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint i = 0; i < p->n_states; i++) {
    pln_doc_cell(doc, pln_text(e->matrix->voter[e->cells->state[i]].code));
    pln_doc_cell(doc, pln_number(p->mixing[i].rhat, 4));
    pln_doc_cell(doc, pln_number(p->mixing[i].bulk, 0));
    pln_doc_cell(doc, pln_number(p->mixing[i].tail, 0));
    pln_doc_cell(doc, pln_number(p->mixing[i].mean, 0));
    pln_doc_cell(doc, pln_number(p->sd[i], 4));
  }
}

/* The worst of those that can be told: chains in which a voter does not move have none. */
static void say_mixing(PlnDoc *doc, const PlnPosterior *p) {
  double rhat = 0, bulk = INFINITY, tail = INFINITY;
  for (guint i = 0; i < p->n_states; i++) { /* fmax and fmin pass over NAN */
    rhat = fmax(rhat, p->mixing[i].rhat);
    bulk = fmin(bulk, p->mixing[i].bulk);
    tail = fmin(tail, p->mixing[i].tail);
  }
  if (rhat > 0 && isfinite(bulk) && isfinite(tail))
    pln_doc_say(doc, "convergence", PLN_SAY_PLAIN,
                "%u chains of %u draws: R-hat at most %.3f, at least %.0f effective draws of any voter in "
                "the bulk and %.0f in the tails.%s",
                p->chains, p->draws, rhat, bulk, tail, p->converged ? " The chains agree." : "");
  else
    pln_doc_say(doc, "convergence", PLN_SAY_PLAIN,
                "%u chains of %u draws, from which neither R-hat nor effective draws can be told.",
                p->chains, p->draws);
}

static void add_convergence(PlnDoc *doc, const PlnEstimate *e) {
  const PlnPosterior *p = e->fit->posterior;
  pln_doc_fact(doc, "converged", pln_bool(e->fit->converged));
  pln_doc_fact(doc, "rounds", pln_int(e->fit->rounds));
  if (!p)
    return;
  pln_doc_fact(doc, "chains", pln_int(p->chains));
  pln_doc_fact(doc, "draws", pln_int(p->draws));
  say_mixing(doc, p);
  add_mixing(doc, e);
}

void pln_compose_estimate(PlnDoc *doc, const PlnEstimate *e, const GPtrArray *notes) {
  pln_doc_fact(doc, "format", pln_text("plenary-estimate/1"));
  add_answer(doc, e);
  add_convergence(doc, e);
  pln_compose_estimate_states(doc, e);
  pln_compose_estimate_fit(doc, e);
  add_ladder(doc, e);
  add_sessions(doc, e);
  pln_compose_estimate_calls(doc, e);
  pln_compose_estimate_blocs(doc, e);
  for (guint k = 0; notes && k < notes->len; k++)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s", (const char *)notes->pdata[k]);
}
