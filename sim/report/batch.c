/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index: the answer first, then a table that the page sorts and searches. */
#include <math.h>
#include <string.h>

#include "plenary/compose_batch.h"
#include "plenary/compose_project.h"

/* ---- In a sentence ---- */

const char *const pln_batch_kinds[] = {"adopted",  "not_adopted", "not_put",   "likely", "open",
                                       "unlikely", "no_forecast", "not_known", "faulty", NULL};

/* What each outcome is, and is called in the table; the sentence's words beside. */
static const struct {
  const char *outcome, *words;
  PlnBatchKind kind;
} outcomes[] = {{"adopted", "adopted", PLN_BATCH_ADOPTED},
                {"adopted-without-vote", "adopted without a vote", PLN_BATCH_ADOPTED},
                {"rejected", "not adopted", PLN_BATCH_NOT_ADOPTED},
                {"tied", "not adopted: tied", PLN_BATCH_NOT_ADOPTED},
                {"not-put", "not put", PLN_BATCH_NOT_PUT},
                {"withdrawn", "withdrawn", PLN_BATCH_NOT_PUT},
                {"likely", "likely", PLN_BATCH_LIKELY},
                {"open", "open", PLN_BATCH_OPEN},
                {"unlikely", "unlikely", PLN_BATCH_UNLIKELY},
                {"no forecast", "no forecast", PLN_BATCH_NO_FORECAST},
                {"faulty", "faulty", PLN_BATCH_FAULT},
                {"not known", "not known", PLN_BATCH_UNKNOWN}};

static const char *const said[PLN_BATCH_KINDS] = {
    "adopted",          "not adopted", "not put or withdrawn",
    "likely",           "open",        "unlikely",
    "with no forecast", "not known",   "faulty"};

/* The last where it is none. */
static gsize find(const char *outcome) {
  gsize k = 0;
  while (k + 1 < G_N_ELEMENTS(outcomes) && strcmp(outcomes[k].outcome, outcome) != 0)
    k++;
  return k;
}

PlnBatchKind pln_batch_kind(const char *outcome) {
  return outcomes[find(outcome)].kind;
}

PlnBatchSum pln_batch_sum(const GPtrArray *rows) {
  PlnBatchSum sum = {.scenarios = rows->len, .first = TRUE};
  for (guint k = 0; k < rows->len; k++) {
    const PlnBatchRow *row = rows->pdata[k];
    sum.kind[*row->fault ? PLN_BATCH_FAULT : pln_batch_kind(row->outcome)]++;
    sum.proposals += row->proposals;
    sum.first &= row->place <= 1;
    for (guint of = 0; of < PLN_BATCH_KINDS; of++)
      sum.all[of] += row->all[of];
  }
  return sum;
}

/* ": 7 adopted, 4 not adopted" */
static void add_kinds(GString *out, const guint *n) {
  const char *before = ": ";
  for (guint k = 0; k < PLN_BATCH_KINDS; k++)
    if (n[k] > 0) {
      g_string_append_printf(out, "%s%u %s", before, n[k], said[k]);
      before = ", ";
    }
}

static gboolean of_several(const PlnBatchSum *sum) {
  return sum->proposals > sum->scenarios - sum->kind[PLN_BATCH_FAULT];
}

char *pln_say_batch(const PlnBatchSum *sum) {
  GString *out = g_string_new(NULL);
  g_string_append_printf(out, "%u scenario%s", sum->scenarios, sum->scenarios == 1 ? "" : "s");
  if (of_several(sum))
    g_string_append(out, sum->first ? ", by each one's first proposal"
                                    : ", by one proposal of each (the first, or the one asked for)");
  add_kinds(out, sum->kind);
  return g_string_free(out, FALSE);
}

char *pln_say_batch_all(const PlnBatchSum *sum) {
  GString *out = g_string_new(NULL);
  g_string_append_printf(out, "%u proposals in all", sum->proposals);
  add_kinds(out, sum->all);
  return g_string_free(out, !of_several(sum));
}

const char *pln_batch_weakest(const GPtrArray *rows) {
  int weakest = -1;
  for (guint k = 0; k < rows->len; k++)
    for (int s = weakest + 1; s < PLN_STATUS_KINDS; s++)
      if (strcmp(((const PlnBatchRow *)rows->pdata[k])->status, pln_status_words[s]) == 0)
        weakest = s;
  return weakest < 0 ? "" : pln_status_words[weakest];
}

/* ---- In a table ---- */

static PlnValue count(int number) {
  return number == PLN_BATCH_NOT_KNOWN ? pln_none() : pln_int(number);
}

/* "79-60-33", those that stayed away left out as speakers do. */
static PlnValue tally(const PlnBatchRow *row) {
  const int *votes = row->tally;
  g_autofree char *text =
      g_strdup_printf("%d-%d-%d", votes[PLN_VOTE_Y], votes[PLN_VOTE_N], votes[PLN_VOTE_A]);
  return row->tally[PLN_VOTE_Y] == PLN_BATCH_NOT_KNOWN ? pln_none() : pln_text(text);
}

static PlnValue chance_words(double chance) {
  g_autofree char *text = pln_say_percent(chance);
  return isnan(chance) ? pln_none() : pln_text(text);
}

static PlnValue file_of(const PlnBatchRow *row, gboolean name_too) {
  g_autofree char *file = g_strconcat(row->name, ".html", NULL);
  return !*row->fault ? pln_text(file) : name_too ? pln_text(row->name) : pln_none();
}

static PlnValue text_or_none(const char *text) {
  return *text ? pln_text(text) : pln_none();
}

static PlnValue say_fault(const PlnBatchRow *row) {
  g_autofree char *text = row->faults > 1
                              ? g_strdup_printf("%s (and %u more)", row->fault, row->faults - 1)
                              : g_strdup(row->fault);
  return text_or_none(text);
}

/* "terrorism, the 3rd of 10" would be more words than a cell holds: "terrorism (3 of 10)" */
static PlnValue say_proposal(const PlnBatchRow *row) {
  g_autofree char *text = row->proposals > 1 ? g_strdup_printf("%s (%u of %u)", row->proposal,
                                                               row->place, row->proposals)
                                             : g_strdup(row->proposal);
  return text_or_none(text);
}

static void add_for_people(PlnDoc *doc, const GPtrArray *rows) {
  static const PlnDocColumn columns[] = {{"link", "Scenario"},
                                         {"outcome", "Outcome"},
                                         {"tally", "Tally"},
                                         {"margin", "Margin"},
                                         {"chance_words", "Chance"},
                                         {"status", "Weakest"},
                                         {"proposal", "Proposal"},
                                         {"title", "Title, or fault"},
                                         {"yes", NULL},
                                         {"chance", NULL},
                                         {NULL, NULL}};
  pln_doc_chart(doc, "batch", "Every scenario, with a link to its report");
  pln_doc_table(doc, "-scenarios", PLN_FOR_PEOPLE, NULL, columns);
  for (guint k = 0; k < rows->len; k++) {
    const PlnBatchRow *row = rows->pdata[k];
    pln_doc_cell(doc, file_of(row, TRUE));
    pln_doc_cell(doc, pln_text(outcomes[find(row->outcome)].words));
    pln_doc_cell(doc, tally(row));
    pln_doc_cell(doc, count(row->margin));
    pln_doc_cell(doc, chance_words(row->chance));
    pln_doc_cell(doc, text_or_none(row->status));
    pln_doc_cell(doc, say_proposal(row));
    pln_doc_cell(doc, *row->fault ? say_fault(row) : text_or_none(row->title));
    pln_doc_cell(doc, count(row->tally[PLN_VOTE_Y]));
    pln_doc_cell(doc, pln_number(row->chance, 4));
  }
}

static void add_for_programs(PlnDoc *doc, const GPtrArray *rows) {
  static const PlnDocColumn columns[] = {
      {"name", NULL},     {"scenario", NULL}, {"page", NULL},         {"title", NULL},
      {"proposal", NULL}, {"place", NULL},    {"proposals", NULL},    {"outcome", NULL},
      {"yes", NULL},      {"no", NULL},       {"abstain", NULL},      {"not_voting", NULL},
      {"margin", NULL},   {"chance", NULL},   {"chance_error", NULL}, {"status", NULL},
      {"left_out", NULL}, {"fault", NULL},    {"faults", NULL},       {"report", NULL},
      {NULL, NULL}};
  pln_doc_table(doc, "scenarios", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < rows->len; k++) {
    const PlnBatchRow *row = rows->pdata[k];
    pln_doc_cell(doc, pln_text(row->name));
    pln_doc_cell(doc, pln_text(row->scenario));
    pln_doc_cell(doc, file_of(row, FALSE));
    pln_doc_cell(doc, text_or_none(row->title));
    pln_doc_cell(doc, text_or_none(row->proposal));
    pln_doc_cell(doc, *row->fault ? pln_none() : pln_int(row->place));
    pln_doc_cell(doc, *row->fault ? pln_none() : pln_int(row->proposals));
    pln_doc_cell(doc, pln_text(row->outcome));
    for (PlnVote v = 0; v < PLN_VOTE_KINDS; v++)
      pln_doc_cell(doc, count(row->tally[v]));
    pln_doc_cell(doc, count(row->margin));
    pln_doc_cell(doc, pln_real(isnan(row->chance) ? -1 : row->chance, 3));
    pln_doc_cell(doc, pln_real(isnan(row->chance_error) ? -1 : row->chance_error, 3));
    pln_doc_cell(doc, text_or_none(row->status));
    pln_doc_cell(doc, *row->fault ? pln_none() : pln_int(row->left_out));
    pln_doc_cell(doc, text_or_none(row->fault));
    pln_doc_cell(doc, pln_int(row->faults));
    pln_doc_cell(doc, text_or_none(row->command));
  }
}

static void add_counts(PlnDoc *doc, const PlnBatchSum *sum) {
  pln_doc_fact(doc, "scenarios", pln_int(sum->scenarios));
  for (guint k = 0; k < PLN_BATCH_KINDS; k++)
    pln_doc_fact(doc, pln_batch_kinds[k], pln_int(sum->kind[k]));
}

/* Of all proposals, of which none is faulty: a scenario is. */
static void add_proposals(PlnDoc *doc, const PlnBatchSum *sum) {
  g_autofree char *all = pln_say_batch_all(sum);
  if (all)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s.", all);
  pln_doc_open(doc, "all_proposals");
  pln_doc_fact(doc, "proposals", pln_int(sum->proposals));
  for (guint k = 0; k < PLN_BATCH_FAULT; k++)
    pln_doc_fact(doc, pln_batch_kinds[k], pln_int(sum->all[k]));
  pln_doc_close(doc);
}

static void add_notes(PlnDoc *doc, const GPtrArray *rows, const PlnBatchSum *sum) {
  guint left_out = 0, forecast = 0;
  for (guint k = 0; k < rows->len; k++) {
    const PlnBatchRow *row = rows->pdata[k];
    left_out += row->left_out > 0;
    forecast += !isnan(row->chance);
  }
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Margin: yes votes less those needed. Weakest: the least sure fact that a report "
              "rests on.");
  if (forecast > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Chance: of adoption, given that it is put to a vote, from %d draws, which leave a "
                "standard error of at most 0.4 points; likely is 60%% or more, unlikely below "
                "40%%. A report's own page works with fewer points and may differ by some 2. Of "
                "votes to come tally and margin are the page's projection's, each number the "
                "middle of its draws.",
                PLN_BATCH_DRAWS);
  if (sum->kind[PLN_BATCH_NO_FORECAST] + sum->all[PLN_BATCH_NO_FORECAST] > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "No forecast: nothing is stated of who stands where; the report shows no more than "
                "the electorate's average vote.");
  if (left_out > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "In %u of the scenarios private entries of whip.csv are left out, of the reports "
                "and of this index (--private keeps them): plenary project and whip, which count "
                "them, may say otherwise.",
                left_out);
}

void pln_compose_batch(PlnDoc *doc, const char *title, const GPtrArray *rows) {
  PlnBatchSum sum = pln_batch_sum(rows);
  g_autofree char *answer = pln_say_batch(&sum);
  pln_doc_text(doc, "format", "plenary-batch/1");
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "%s", title);
  pln_doc_open(doc, "answer");
  pln_doc_say(doc, "verdict", PLN_SAY_LEAD, "%s.", answer);
  add_counts(doc, &sum);
  add_proposals(doc, &sum);
  pln_doc_close(doc);
  add_for_people(doc, rows);
  add_notes(doc, rows, &sum);
  add_for_programs(doc, rows);
}
