/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How good whip counts were. */
#include <math.h>
#include <string.h>

#include "plenary/compose_backtest.h"
#include "plenary/compose_estimate.h"

/* Words for numbers of roll calls. */
#define CALLS(n) (n) == 1 ? "" : "s"

/* Roll calls listed whose abstainers stand outside; the methods compared for it. */
enum {
  FARTHEST = 8,
  ORDERED = PLN_WHIP_TEST_RIVAL + PLN_RIVAL_SCALE,
  UNORDERED = PLN_WHIP_TEST_RIVAL + PLN_RIVAL_UNORDERED
};

static const PlnWhipTestSplit *split_of(const GArray *splits, guint k) {
  return &g_array_index(splits, PlnWhipTestSplit, k);
}

/* Of equals the first. */
static guint best_of(const PlnWhipTestSplit *split) {
  guint best = PLN_WHIP_TEST_RIVAL;
  for (guint m = PLN_WHIP_TEST_RIVAL; m < PLN_WHIP_TEST_METHODS; m++)
    best = split->score[m].log_loss < split->score[best].log_loss ? m : best;
  return best;
}

/* The splits in which a baseline has the better log loss or Brier score. */
static guint add_worse(PlnDoc *doc, const PlnWhipBacktest *b) {
  guint worse = 0;
  for (guint k = 0; k < b->splits->len; k++) {
    const PlnWhipTestSplit *split = split_of(b->splits, k);
    guint log = 0, brier = 0;
    for (guint m = 1; m < PLN_WHIP_TEST_METHODS; m++) {
      log = split->score[m].log_loss < split->score[log].log_loss ? m : log;
      brier = split->score[m].brier < split->score[brier].brier ? m : brier;
    }
    worse += log > 0 || brier > 0;
    if (log > 0)
      pln_doc_say(doc, NULL, PLN_SAY_BAD,
                  "The model does worse than a baseline (%s; %u roll call%s): \"%s\" has log loss "
                  "%.4f against its %.4f.",
                  split->name, split->n_calls, CALLS(split->n_calls), pln_whip_test_names[log],
                  split->score[log].log_loss, split->score[0].log_loss);
    else if (brier > 0)
      pln_doc_say(doc, NULL, PLN_SAY_BAD,
                  "The model does worse than a baseline (%s; %u roll call%s): \"%s\" has Brier "
                  "score %.4f against its %.4f.",
                  split->name, split->n_calls, CALLS(split->n_calls), pln_whip_test_names[brier],
                  split->score[brier].brier, split->score[0].brier);
  }
  return worse;
}

/* The splits in which how often it was so before foretells adoption better. */
static guint add_worse_adoption(PlnDoc *doc, const PlnWhipBacktest *b) {
  guint worse = 0;
  for (guint k = 0; k < b->tallies->len; k++) {
    const PlnWhipTestTally *t = &g_array_index(b->tallies, PlnWhipTestTally, k);
    if (t->log_loss <= t->usual_log_loss)
      continue;
    worse++;
    pln_doc_say(doc, NULL, PLN_SAY_BAD,
                "The model's chance of adoption does worse than how often it was so before (%s; %u "
                "roll call%s): log loss %.4f against %.4f.",
                t->name, t->n_calls, CALLS(t->n_calls), t->log_loss, t->usual_log_loss);
  }
  return worse;
}

static void add_answer(PlnDoc *doc, const PlnWhipBacktest *b) {
  const PlnWhipTestSplit *all = split_of(b->splits, 0);
  const PlnWhipTestScore *own = &all->score[0], *best = &all->score[best_of(all)];
  guint worse = add_worse(doc, b) + add_worse_adoption(doc, b);
  pln_doc_fact(doc, "worse_in", pln_int(worse));
  pln_doc_say(doc, "answer", best->log_loss < own->log_loss ? PLN_SAY_BAD : PLN_SAY_GOOD,
              "Log loss %.4f, Brier %.4f, %.1f %% right; the best baseline, \"%s\": %.4f, %.4f, "
              "%.1f %%",
              own->log_loss, own->brier, 100 * own->right, pln_whip_test_names[best_of(all)],
              best->log_loss, best->brier, 100 * best->right);
}

static void add_models(PlnDoc *doc, const PlnWhipTestSplit *split, const char *key,
                       const char *caption) {
  static const PlnDocColumn columns[] = {
      {"model", "Model"}, {"log_loss", "Log loss"}, {"brier", "Brier"}, {"rps", "RPS"},
      {"right", "Right"}, {"behind", "Behind"},     {"from", "from"},   {"to", "to"},
      {NULL, NULL}};
  guint best = 0;
  for (guint m = 1; m < PLN_WHIP_TEST_METHODS; m++)
    best = split->score[m].log_loss < split->score[best].log_loss ? m : best;
  pln_doc_chart(doc, "bars", "\"%s\" has the lowest log loss%s%s", pln_whip_test_names[best],
                caption ? ": " : "", caption ? caption : "");
  pln_doc_table(doc, key, PLN_FOR_BOTH, caption, columns);
  for (guint m = 0; m < PLN_WHIP_TEST_METHODS; m++) {
    const PlnWhipTestScore *s = &split->score[m];
    double numbers[] = {s->log_loss, s->brier, s->rps, s->right, s->behind, s->low, s->high};
    pln_doc_cell(doc, pln_text(pln_whip_test_names[m]));
    for (gsize k = 0; k < G_N_ELEMENTS(numbers); k++)
      pln_doc_cell(doc, pln_number(numbers[k], 4));
  }
}

static void add_both_tables(PlnDoc *doc, const PlnWhipBacktest *b) {
  add_models(doc, split_of(b->splits, 0), "models", NULL);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Behind: log loss less the model's on the same votes, with its 95 %% interval (%u "
              "resamples of roll calls). RPS: ranked probability score.",
              b->options.resamples);
  for (guint k = 1; k < b->splits->len; k++) {
    const PlnWhipTestSplit *split = split_of(b->splits, k);
    if (strcmp(split->key, "new") != 0)
      continue;
    g_autofree char *caption =
        g_strdup_printf("New questions: %u roll call%s", split->n_calls, CALLS(split->n_calls));
    add_models(doc, split, "new_questions", caption);
  }
}

#define METHOD_COLUMNS                                                                             \
  {"model", "Model"}, {"shares", "Shares"}, {"groups", "Groups"}, {"neighbours", "Near"},          \
      {"scale", "Line"}, {"earlier", "Earlier"}, {"pool", "Pool"}, {                               \
    "unordered", NULL                                                                              \
  }

static void add_log_losses(PlnDoc *doc, const PlnWhipTestSplit *split) {
  for (guint m = 0; m < PLN_WHIP_TEST_METHODS; m++)
    pln_doc_cell(doc, pln_number(split->score[m].log_loss, 3));
}

static void add_splits(PlnDoc *doc, const PlnWhipBacktest *b) {
  static const PlnDocColumn columns[] = {
      {"split", "Log loss by"}, {"roll_calls", "Calls"}, {"votes", NULL}, METHOD_COLUMNS, {NULL, NULL}};
  pln_doc_table(doc, "splits", PLN_FOR_BOTH, NULL, columns);
  for (guint k = 0; k < b->splits->len; k++) {
    const PlnWhipTestSplit *split = split_of(b->splits, k);
    pln_doc_cell(doc, pln_text(split->name));
    pln_doc_cell(doc, pln_int(split->n_calls));
    pln_doc_cell(doc, pln_int((gint64)split->n_cells));
    add_log_losses(doc, split);
  }
}

static void add_scores(PlnDoc *doc, const PlnWhipBacktest *b) {
  static const PlnDocColumn columns[] = {
      {"split", NULL}, {"model", NULL},  {"log_loss", NULL}, {"brier", NULL}, {"rps", NULL},
      {"right", NULL}, {"behind", NULL}, {"from", NULL},     {"to", NULL},    {NULL, NULL}};
  pln_doc_table(doc, "scores", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < b->splits->len; k++)
    for (guint m = 0; m < PLN_WHIP_TEST_METHODS; m++) {
      const PlnWhipTestScore *s = &split_of(b->splits, k)->score[m];
      double numbers[] = {s->log_loss, s->brier, s->rps, s->right, s->behind, s->low, s->high};
      pln_doc_cell(doc, pln_text(split_of(b->splits, k)->key));
      pln_doc_cell(doc, pln_text(pln_whip_test_names[m]));
      for (gsize n = 0; n < G_N_ELEMENTS(numbers); n++)
        pln_doc_cell(doc, pln_number(numbers[n], 5));
    }
}

static void add_tallies(PlnDoc *doc, const PlnWhipBacktest *b) {
  static const PlnDocColumn columns[] = {{"split", "Number of yes"},
                                         {"roll_calls", "Calls"},
                                         {"covered", "In the interval"},
                                         {"promised", "promised"},
                                         {"width", "Width"},
                                         {"error", "Off by"},
                                         {"bias", "too many"},
                                         {NULL, NULL}};
  pln_doc_table(doc, "tally", PLN_FOR_BOTH, NULL, columns);
  for (guint k = 0; k < b->tallies->len; k++) {
    const PlnWhipTestTally *t = &g_array_index(b->tallies, PlnWhipTestTally, k);
    pln_doc_cell(doc, pln_text(t->name));
    pln_doc_cell(doc, pln_int(t->n_calls));
    pln_doc_cell(doc, pln_number(t->covered, 3));
    pln_doc_cell(doc, pln_number(t->within, 3));
    pln_doc_cell(doc, pln_number(t->width, 1));
    pln_doc_cell(doc, pln_number(t->error, 2));
    pln_doc_cell(doc, pln_number(t->bias, 2));
  }
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "The central interval of at least 90 %%: how often the number of yes lay in it, what "
              "the forecast itself gave it, its mean width in votes; how far off the expected "
              "number was, and by how much too high on average.");
}

static void add_adoption(PlnDoc *doc, const PlnWhipBacktest *b) {
  static const PlnDocColumn columns[] = {{"split", "More yes than no"},
                                         {"roll_calls", "Calls"},
                                         {"adopted", "so"},
                                         {"log_loss", "Log loss"},
                                         {"brier", "Brier"},
                                         {"right", "Right"},
                                         {"usual_log_loss", "usual"},
                                         {"usual_brier", "Brier"},
                                         {"always_brier", NULL},
                                         {"always_right", "always"},
                                         {NULL, NULL}};
  pln_doc_table(doc, "adoption", PLN_FOR_BOTH, NULL, columns);
  for (guint k = 0; k < b->tallies->len; k++) {
    const PlnWhipTestTally *t = &g_array_index(b->tallies, PlnWhipTestTally, k);
    double numbers[] = {t->log_loss,    t->brier,        t->right,       t->usual_log_loss,
                        t->usual_brier, t->always_brier, t->always_right};
    pln_doc_cell(doc, pln_text(t->name));
    pln_doc_cell(doc, pln_int(t->n_calls));
    pln_doc_cell(doc, pln_int(t->adopted));
    for (gsize n = 0; n < G_N_ELEMENTS(numbers); n++)
      pln_doc_cell(doc, pln_number(numbers[n], 4));
  }
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Usual: the share of the history's contested roll calls. Always: that all are adopted, "
              "for certain. A simple majority is assumed throughout; what asked for two-thirds "
              "is not told apart. Given that it is put to a recorded vote: nothing else is in the "
              "record.");
}

static void add_reliability(PlnDoc *doc, const PlnWhipBacktest *b) {
  static const PlnDocColumn columns[] = {{"from", "Chance from"},    {"to", "to"},
                                         {"given", "Given"},         {"mean", "Mean chance"},
                                         {"came_true", "Came true"}, {NULL, NULL}};
  static const PlnDocColumn by_answer[] = {{"answer", NULL}, {"from", NULL}, {"to", NULL},
                                           {"given", NULL},  {"mean", NULL}, {"came_true", NULL},
                                           {NULL, NULL}};
  static const char *const answers[] = {"N", "A", "Y", "all"};
  for (guint part = 0; part < 2; part++) {
    if (part == 0)
      pln_compose_reliability_chart(doc, &b->reliability[3]);
    pln_doc_table(doc, part == 0 ? "reliability" : "reliability_by_answer",
                  part == 0 ? PLN_FOR_BOTH : PLN_FOR_PROGRAMS,
                  part == 0 ? "When it said so, how often was it so" : NULL,
                  part == 0 ? columns : by_answer);
    for (guint a = part == 0 ? 3 : 0; a < (part == 0 ? 4u : 3u); a++)
      for (guint k = 0; k < PLN_RELIABILITY_BINS; k++) {
        const PlnReliability *r = &b->reliability[a];
        double n = (double)r->n[k];
        if (part == 1)
          pln_doc_cell(doc, pln_text(answers[a]));
        pln_doc_cell(doc, pln_number(k / 10.0, 1));
        pln_doc_cell(doc, pln_number((k + 1) / 10.0, 1));
        pln_doc_cell(doc, pln_int((gint64)r->n[k]));
        pln_doc_cell(doc, n > 0 ? pln_number(r->sum[k] / n, 3) : pln_none());
        pln_doc_cell(doc, n > 0 ? pln_number((double)r->hits[k] / n, 3) : pln_none());
      }
  }
}

static void add_ages(PlnDoc *doc, const PlnWhipBacktest *b) {
  static const PlnDocColumn columns[] = {{"older", "Log loss by age"},
                                         {"split", "of"},
                                         {"roll_calls", "Calls"},
                                         METHOD_COLUMNS,
                                         {NULL, NULL}};
  guint each = b->ages->len / b->options.n_older;
  pln_doc_table(doc, "ages", b->options.n_older > 1 ? PLN_FOR_BOTH : PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < b->ages->len; k++) {
    const PlnWhipTestSplit *split = split_of(b->ages, k);
    pln_doc_cell(doc, pln_int(b->options.older[k / each]));
    pln_doc_cell(doc, pln_text(split->name));
    pln_doc_cell(doc, pln_int(split->n_calls));
    add_log_losses(doc, split);
  }
  if (b->options.n_older > 1)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Age: how many sessions earlier than the one before the vote the history ends.");
}

/* What an order of the answers is worth, and where it does not hold. */
static void add_order(PlnDoc *doc, const PlnWhipBacktest *b) {
  static const PlnDocColumn columns[] = {{"split", "Abstaining between?"},
                                         {"roll_calls", "Calls"},
                                         {"votes", "Votes"},
                                         {"ordered", "Ordered"},
                                         {"unordered", "Unordered"},
                                         {"difference", "Difference"},
                                         {"from", "from"},
                                         {"to", "to"},
                                         {NULL, NULL}};
  pln_doc_table(doc, "order", PLN_FOR_BOTH, NULL, columns);
  for (guint k = 0; k < b->orders->len; k++) {
    const PlnWhipTestSplit *split = split_of(b->orders, k);
    double numbers[] = {split->score[ORDERED].log_loss, split->score[UNORDERED].log_loss,
                        split->unordered, split->unordered_low, split->unordered_high};
    pln_doc_cell(doc, pln_text(split->name));
    pln_doc_cell(doc, pln_int(split->n_calls));
    pln_doc_cell(doc, pln_int((gint64)split->n_cells));
    for (gsize n = 0; n < G_N_ELEMENTS(numbers); n++)
      pln_doc_cell(doc, pln_number(numbers[n], 4));
  }
}

/* Farthest outside first; of equals the first. */
static GArray *outside_of(const PlnWhipTestRun *run) {
  GArray *out = g_array_new(FALSE, FALSE, sizeof(guint));
  for (guint j = 0; j < run->n_calls; j++) {
    guint at = out->len;
    if (!pln_whip_test_outside(&run->call[j].order))
      continue;
    while (at > 0 &&
           run->call[g_array_index(out, guint, at - 1)].order.beyond < run->call[j].order.beyond)
      at--;
    g_array_insert_val(out, at, j);
  }
  return out;
}

static void add_outside(PlnDoc *doc, const PlnWhipBacktest *b, const GArray *outside) {
  static const PlnDocColumn columns[] = {
      {"roll_call", "Roll call"}, {"symbol", "Symbol"}, {"no", "No"},
      {"abstain", "Abstain"},     {"yes", "Yes"},       {"beyond", "Beyond"},
      {"error", "error"},         {"title", "Title"},   {NULL, NULL}};
  const PlnWhipTestRun *run = &b->run[0];
  pln_doc_table(doc, "abstainers_outside", outside->len > 0 ? PLN_FOR_BOTH : PLN_FOR_PROGRAMS,
                outside->len > FARTHEST ? "The farthest outside" : "Those outside", columns);
  for (guint k = 0; k < MIN(outside->len, FARTHEST); k++) {
    const PlnWhipTestCall *call = &run->call[g_array_index(outside, guint, k)];
    const PlnCalled *called = &b->matrix->call[call->call];
    const PlnWhipTestOrder *o = &call->order;
    double numbers[] = {o->mean[0], o->mean[1], o->mean[2], o->beyond, o->error};
    pln_doc_cell(doc, pln_text(called->id));
    pln_doc_cell(doc, pln_text(called->symbol));
    for (gsize n = 0; n < G_N_ELEMENTS(numbers); n++)
      pln_doc_cell(doc, pln_number(numbers[n], 2));
    pln_doc_cell(doc, pln_text(called->title));
  }
}

static void add_order_answer(PlnDoc *doc, const PlnWhipBacktest *b, const GArray *outside) {
  const PlnWhipTestRun *run = &b->run[0];
  const PlnWhipTestSplit *all = split_of(b->orders, 0);
  guint enough = 0, clear = 0;
  for (guint j = 0; j < run->n_calls; j++)
    enough += run->call[j].order.enough;
  for (guint k = 0; k < outside->len; k++) {
    const PlnWhipTestOrder *o = &run->call[g_array_index(outside, guint, k)].order;
    clear += o->beyond > 2 * o->error;
  }
  pln_doc_fact(doc, "enough_of_each", pln_int(enough));
  pln_doc_fact(doc, "outside", pln_int(outside->len));
  pln_doc_fact(doc, "clearly_outside", pln_int(clear));
  g_autofree char *interval = isnan(all->unordered_low)
                                  ? g_strdup("")
                                  : g_strdup_printf(" (95 %% interval %+.4f to %+.4f)",
                                                    all->unordered_low, all->unordered_high);
  pln_doc_say(doc, "order_answer", PLN_SAY_PLAIN,
              "On one dimension, forecasts that know no order of the answers have log loss %.4f, "
              "those that put abstaining between no and yes %.4f: %+.4f%s. Of %u roll call%s with "
              "five of each answer or more, in %u the abstainers' mean position lies outside those "
              "of yes and no, in %u by more than two standard errors.",
              all->score[UNORDERED].log_loss, all->score[ORDERED].log_loss, all->unordered,
              interval, enough, CALLS(enough), outside->len, clear);
}

static void add_orders(PlnDoc *doc, const PlnWhipBacktest *b) {
  g_autoptr(GArray) outside = outside_of(&b->run[0]);
  add_order_answer(doc, b, outside);
  add_order(doc, b);
  add_outside(doc, b, outside);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Log losses of two baselines on the same positions, which are an ordered scale's, and "
              "the unordered one's less the other's; it has one number more to find from the votes "
              "revealed. Means: of those that gave each answer, hidden votes too, on the history's "
              "one dimension, in its standard deviations; which end is which is its own choice.");
}

static void add_calls(PlnDoc *doc, const PlnWhipBacktest *b) {
  static const PlnDocColumn columns[] = {
      {"roll_call", NULL}, {"session", NULL}, {"kind", NULL}, {"likeness", NULL}, {"new", NULL},
      {"revealed", NULL},  {"hidden", NULL},  {"yes", NULL},  {"no", NULL},       {"abstain", NULL},
      {"expected", NULL},  {"low", NULL},     {"high", NULL}, {"adoption", NULL}, {"adopted", NULL},
      {"title", NULL},     {NULL, NULL}};
  static const char *const kinds[] = {"part", "shared", "alone", "unsaid"};
  const PlnWhipTestRun *run = &b->run[0];
  pln_doc_table(doc, "roll_calls", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint j = 0; j < run->n_calls; j++) {
    const PlnWhipTestCall *c = &run->call[j];
    pln_doc_cell(doc, pln_text(b->matrix->call[c->call].id));
    pln_doc_cell(doc, pln_int(c->session));
    pln_doc_cell(doc, pln_text(kinds[c->kind]));
    pln_doc_cell(doc, c->likeness > 0 ? pln_number(c->likeness, 4) : pln_none());
    pln_doc_cell(doc, pln_bool(c->is_new));
    guint counts[] = {c->revealed, (guint)c->n, c->yes, c->no, c->abstain};
    for (gsize k = 0; k < G_N_ELEMENTS(counts); k++)
      pln_doc_cell(doc, pln_int(counts[k]));
    pln_doc_cell(doc, pln_number(c->mean, 2));
    pln_doc_cell(doc, pln_int(c->low));
    pln_doc_cell(doc, pln_int(c->high));
    pln_doc_cell(doc, pln_number(CLAMP(c->adoption, 0.0001, 0.9999), 4));
    pln_doc_cell(doc, pln_bool(c->adopted));
    pln_doc_cell(doc, pln_text(b->matrix->call[c->call].title));
  }
}

static void add_notes(PlnDoc *doc, const PlnWhipBacktest *b, const GPtrArray *notes) {
  const PlnWhipTestRun *run = &b->run[0];
  const guint *kinds = b->kinds;
  pln_doc_say(doc, "parts", PLN_SAY_NOTE,
              "Parts of texts: the title of %u roll call%s names an amendment, a paragraph or the like; "
              "%u stand with others under one symbol, so that at most one of each such set was on "
              "the whole text, and which is not in the record; %u stand alone under theirs; of %u "
              "nothing is said.",
              kinds[PLN_WHIP_TEST_SAID], CALLS(kinds[PLN_WHIP_TEST_SAID]),
              kinds[PLN_WHIP_TEST_SHARED], kinds[PLN_WHIP_TEST_ALONE], kinds[PLN_WHIP_TEST_UNSAID]);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "New questions: no contested roll call of the history agrees in 90 %% of the votes cast in "
              "both (100 voters or more in common).");
  if (run->late > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "%u roll call%s of earlier sessions, dated on or after the first that was forecast, "
                "stayed out of the history.",
                run->late, CALLS(run->late));
  if (run->unknown > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "%u hidden votes are of voters that have none in the history: the model has their "
                "group's shares.",
                run->unknown);
  if (run->restless > 0)
    pln_doc_say(doc, NULL, PLN_SAY_BAD, "In %u roll calls the model's mode was not found.",
                run->restless);
  for (guint k = 0; notes && k < notes->len; k++)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s", (const char *)notes->pdata[k]);
}

void pln_compose_whip_backtest(PlnDoc *doc, const PlnWhipBacktest *b, const GPtrArray *notes) {
  const PlnWhipTestRun *run = &b->run[0];
  gsize revealed = 0;
  for (guint j = 0; j < run->n_calls; j++)
    revealed += run->call[j].revealed;
  pln_doc_say(doc, "title", PLN_SAY_TITLE,
              "%zu hidden votes of %u roll calls, sessions %d to %d, forecast from %zu revealed",
              run->n_cells, run->n_calls, run->call[0].session, run->call[run->n_calls - 1].session,
              revealed);
  add_answer(doc, b);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
              "For each session a history of the %u sessions %s, and nothing later.",
              b->options.history,
              b->options.older[0] == 0 ? "before it" : "that end earlier than the one before it");
  add_both_tables(doc, b);
  add_splits(doc, b);
  add_scores(doc, b);
  add_tallies(doc, b);
  add_adoption(doc, b);
  add_orders(doc, b);
  add_ages(doc, b);
  add_reliability(doc, b);
  add_calls(doc, b);
  add_notes(doc, b, notes);
}
