/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One roll call: what it is, what is forecast of it, what was voted. */
#include <math.h>
#include <string.h>

#include "plenary/whip_backtest.h"

/* Likeness: from how many votes cast in both it is told, and from which it is a return. */
enum { LEAST_BOTH = 100 };
static const double RETURNED = 0.9;

enum { LEAST_OF_EACH = 5 }; /* answers of a kind, for their mean to tell anything */

/* "A/RES/71/68" and "R/71/68" are one. */
static const char *bare(const char *symbol) {
  if (g_str_has_prefix(symbol, "A/RES/"))
    return symbol + strlen("A/RES/");
  return g_str_has_prefix(symbol, "R/") ? symbol + strlen("R/") : symbol;
}

/* Words that are said of a vote on less than the whole text, at a word's beginning: not
 * "promotion". */
static gboolean says_part(const char *title) {
  static const char *const words[] = {
      "amendment", "paragraph", "separate vote", "deletion", "motion", "vote by division", NULL};
  g_autofree char *small = g_ascii_strdown(title, -1);
  for (guint k = 0; words[k]; k++)
    for (const char *at = strstr(small, words[k]); at; at = strstr(at + 1, words[k]))
      if (at == small || !g_ascii_isalpha(at[-1]))
        return TRUE;
  return FALSE;
}

PlnWhipTestKind pln_whip_test_kind(const PlnVoteMatrix *matrix, guint call) {
  const char *symbol = bare(matrix->call[call].symbol);
  if (says_part(matrix->call[call].title))
    return PLN_WHIP_TEST_SAID;
  if (!*symbol)
    return PLN_WHIP_TEST_UNSAID;
  for (guint j = 0; j < matrix->n_calls; j++)
    if (j != call && strcmp(bare(matrix->call[j].symbol), symbol) == 0)
      return PLN_WHIP_TEST_SHARED;
  return PLN_WHIP_TEST_ALONE;
}

static guint8 answer_of(guint8 vote) {
  static const guint8 answers[] = {2, 0, 1}; /* Y N A */
  return vote <= PLN_VOTE_A ? answers[vote] : PLN_ANSWER_NONE;
}

/* Most agreement with a contested roll call of the history: 0 where none has enough votes in
 * common. */
static double likeness(const PlnCells *contested, const guint8 *row) {
  double best = 0;
  for (guint t = 0; t < contested->n_calls; t++) {
    const guint8 *then = pln_cells_row(contested, t);
    guint both = 0, same = 0;
    for (guint i = 0; i < contested->n_states; i++) {
      guint8 now = answer_of(row[contested->state[i]]);
      gboolean cast = now != PLN_ANSWER_NONE && then[i] != PLN_ANSWER_NONE;
      both += cast;
      same += cast && now == then[i];
    }
    if (both >= LEAST_BOTH)
      best = MAX(best, (double)same / both);
  }
  return best;
}

/* Fills in what was voted, and each hidden cell's voter and answer.
 * @known: n_voters: of those revealed the answer */
static void read_call(const PlnVoteMatrix *matrix, const guint8 *mark, PlnWhipTestCall *call,
                      PlnWhipTestCell *cell, guint8 *known) {
  const guint8 *row = pln_vote_matrix_row(matrix, call->call);
  guint *count[3] = {&call->no, &call->abstain, &call->yes};
  mark += (gsize)call->call * matrix->n_voters;
  for (guint i = 0; i < matrix->n_voters; i++) {
    guint8 answer = answer_of(row[i]);
    known[i] = mark[i] == PLN_WHIP_TEST_REVEALED ? answer : PLN_ANSWER_NONE;
    if (answer == PLN_ANSWER_NONE || mark[i] == PLN_WHIP_TEST_NOT)
      continue;
    ++*count[answer];
    if (mark[i] == PLN_WHIP_TEST_REVEALED) {
      call->revealed++;
    } else {
      cell->voter = i;
      cell++->answer = answer;
    }
  }
  call->adopted = call->yes > call->no;
}

/* By how much the abstainers' mean lies beyond the nearer of the two others. */
static void compare_means(PlnWhipTestOrder *o, const double square[3]) {
  double variance[3];
  for (guint k = 0; k < 3; k++)
    variance[k] = (square[k] - o->n[k] * o->mean[k] * o->mean[k]) / (o->n[k] - 1.0) / o->n[k];
  double side = o->mean[2] >= o->mean[0] ? 1 : -1;
  double above = side * (o->mean[1] - o->mean[2]), below = side * (o->mean[0] - o->mean[1]);
  o->beyond = MAX(above, below);
  o->error = sqrt(MAX(variance[1], 0) + MAX(variance[above >= below ? 2 : 0], 0));
}

PlnWhipTestOrder pln_whip_test_order(const PlnRivals *rivals, guint n_voters, const guint8 *vote,
                                     const guint8 *mark) {
  PlnWhipTestOrder o = {.mean = {NAN, NAN, NAN}, .beyond = NAN, .error = NAN};
  double sum[3] = {0}, square[3] = {0};
  for (guint i = 0; i < n_voters; i++) {
    guint8 answer = answer_of(vote[i]);
    double x = pln_rivals_position(rivals, i);
    if (answer == PLN_ANSWER_NONE || mark[i] == PLN_WHIP_TEST_NOT || isnan(x))
      continue;
    o.n[answer]++;
    sum[answer] += x;
    square[answer] += x * x;
  }
  for (guint k = 0; k < 3; k++)
    if (o.n[k] > 0)
      o.mean[k] = sum[k] / o.n[k];
  o.enough = MIN(o.n[0], MIN(o.n[1], o.n[2])) >= LEAST_OF_EACH;
  if (o.enough)
    compare_means(&o, square);
  return o;
}

static void take_rivals(const PlnWhipTestPast *past, guint n, const guint8 *known,
                        PlnWhipTestCell *cell, gsize cells) {
  g_autofree double *chance = g_new(double, 3 * (gsize)n * PLN_RIVALS);
  pln_rivals_ask(past->rivals, known, chance);
  for (gsize c = 0; c < cells; c++)
    for (guint r = 0; r < PLN_RIVALS; r++)
      for (guint k = 0; k < 3; k++)
        cell[c].chance[PLN_WHIP_TEST_RIVAL + r][k] =
            (float)chance[(r * (gsize)n + cell[c].voter) * 3 + k];
}

static PlnPrediction *predict(const PlnWhipTestPast *past, PlnPredictor *predictor,
                              const PlnVoteMatrix *matrix, const PlnWhipTestCall *call,
                              const guint8 *known) {
  const PlnElectorate *e = past->electorate;
  const PlnCalled *called = &matrix->call[call->call];
  g_autofree PlnEvidence *evidence = g_new0(PlnEvidence, e->n + 1);
  for (guint i = 0; i < e->n; i++) {
    int voter = pln_vote_matrix_voter(matrix, e->code[i]);
    if (voter >= 0 && known[voter] != PLN_ANSWER_NONE)
      evidence[i] = pln_evidence_vote(known[voter]);
  }
  PlnQuestion question = {.title = called->title,
                          .day = called->day,
                          .session = called->session,
                          .evidence = evidence,
                          .age = past->age};
  return pln_predictor_ask(predictor, &question);
}

guint pln_whip_test_call(const PlnWhipTestPast *past, PlnPredictor *predictor,
                         const PlnVoteMatrix *matrix, const PlnWhipTestOptions *options,
                         const guint8 *mark, PlnWhipTestCall *call, PlnWhipTestCell *cell,
                         gboolean *at_rest) {
  g_autofree guint8 *known = g_malloc(matrix->n_voters + 1);
  g_autofree int *place = g_new(int, call->n + 1);
  guint unknown = 0, yes = 0, no = 0;
  read_call(matrix, mark, call, cell, known);
  call->session = matrix->call[call->call].session;
  call->kind = pln_whip_test_kind(matrix, call->call);
  call->likeness = likeness(past->contested, pln_vote_matrix_row(matrix, call->call));
  call->is_new = call->likeness < RETURNED;
  call->usual = past->usual;
  call->order =
      pln_whip_test_order(past->rivals, matrix->n_voters, pln_vote_matrix_row(matrix, call->call),
                          mark + (gsize)call->call * matrix->n_voters);
  take_rivals(past, matrix->n_voters, known, cell, call->n);
  g_autoptr(PlnPrediction) p = predict(past, predictor, matrix, call, known);
  *at_rest = p->at_rest;
  for (gsize c = 0; c < call->n; c++) {
    place[c] = pln_electorate_find(past->electorate, matrix->voter[cell[c].voter].code);
    unknown += place[c] < 0;
    const float *shares = cell[c].chance[PLN_WHIP_TEST_RIVAL + PLN_RIVAL_GROUPS];
    for (guint k = 0; k < 3; k++)
      cell[c].chance[PLN_WHIP_TEST_MODEL][k] =
          place[c] < 0 ? shares[k] : (float)p->chance[3 * (gsize)place[c] + k];
  }
  for (guint i = 0; i < matrix->n_voters; i++) {
    yes += known[i] == 2;
    no += known[i] == 0;
  }
  pln_whip_test_tally(p, options, cell, place, yes, no, call);
  return unknown;
}
