/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bargaining: the forecast in words first, then how it came about, then what it rests on. */
#include <math.h>
#include <string.h>

#include "plenary/compose.h"
#include "plenary/compose_bargain.h"
#include "plenary/compose_project.h"

/* So many issues have a sentence each; of more the answer is a list. */
enum { SENTENCES = 6 };

static guint count_shown(const PlnBargain *b, const PlnComposeBargainOptions *options) {
  guint n = 0;
  for (guint k = 0; k < b->course->m; k++)
    n += pln_bargain_shows(b, options, k);
  return n;
}

/* ---- The answer ---- */

static char *list_outcomes(const PlnBargain *b, guint n) {
  GString *out = g_string_new(NULL);
  guint said = 0;
  for (guint k = 0; k < b->course->m; k++) {
    const PlnBargainIssue *item = &b->issue[k];
    g_autofree char *outcome = pln_say_position(item->issue, item->outcome);
    if (!isnan(item->outcome))
      g_string_append_printf(out, "%s%s %s", said++ > 0 ? ", " : "", item->issue->id, outcome);
  }
  g_string_append(out, said > 0 ? "." : "none.");
  if (said < n)
    g_string_append_printf(out, " Of %u there is no forecast.", n - said);
  return g_string_free(out, FALSE);
}

static void add_answer(PlnDoc *doc, const PlnBargain *b, const PlnComposeBargainOptions *options) {
  guint n = count_shown(b, options);
  gboolean replication = b->options.method->replication;
  PlnSay say = replication ? PLN_SAY_PLAIN : PLN_SAY_LEAD;
  g_autoptr(GString) all = g_string_new(NULL);
  if (replication)
    pln_doc_say(doc, "warning", PLN_SAY_BAD,
                "A replication, not a forecast: what comes out depends on the direction of the "
                "scale, and the same positions mirrored end elsewhere.");
  if (n > SENTENCES) {
    g_autofree char *list = list_outcomes(b, n);
    pln_doc_say(doc, NULL, say, "%u issues, each on its own scale: %s", n, list);
    g_string_append(all, list);
  }
  for (guint k = 0; k < b->course->m && n <= SENTENCES; k++) {
    if (!pln_bargain_shows(b, options, k))
      continue;
    g_autofree char *sentence = pln_say_bargain_issue(b, k);
    pln_doc_say(doc, NULL, say, "%s", sentence);
    g_string_append_printf(all, "%s%s", all->len > 0 ? " " : "", sentence);
  }
  pln_doc_fact(doc, "answer", pln_text(all->str));
  if (options->vote) {
    g_autofree char *vote = pln_say_project(options->vote->project);
    pln_doc_say(doc, NULL, say, "Then vote: %s", vote);
  }
}

static void add_head(PlnDoc *doc, const PlnBargain *b, const PlnComposeBargainOptions *options) {
  pln_doc_fact(doc, "format", pln_text("plenary-bargain/1"));
  pln_say_scenario(doc, b->scenario);
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "%s", b->scenario->title);
  g_autofree char *edits = pln_say_bargain_edits(b);
  if (*edits) {
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Not as the scenario has it: %s.", edits);
    pln_doc_fact(doc, "what_if", pln_text(edits));
  }
  add_answer(doc, b, options);
}

/* ---- How it came about ---- */

/* What simpler methods make of the same positions. */
static void say_beside(PlnDoc *doc, const PlnBargainIssue *item) {
  g_autofree char *mean = pln_say_position(item->issue, item->mean);
  g_autofree char *plain = pln_say_position(item->issue, item->plain_mean);
  g_autofree char *median = pln_say_position(item->issue, item->median);
  if (!isnan(item->outcome))
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
                "Beside it, of the positions at the start: weighted mean %s, weighted median %s, "
                "plain mean %s.",
                mean, median, plain);
}

static void add_course(PlnDoc *doc, const PlnBargain *b, const PlnComposeBargainOptions *options) {
  enum { FEW = 3 };
  g_autofree char *end = pln_say_bargain_end(b), *method = pln_say_bargain_method(b);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", end);
  for (guint k = 0; k < b->course->m && count_shown(b, options) <= FEW; k++) {
    g_autofree char *moves = pln_bargain_shows(b, options, k) ? pln_say_bargain_moves(b, k) : NULL;
    if (moves)
      pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", moves);
  }
  for (guint k = 0; k < b->course->m && count_shown(b, options) == 1; k++)
    if (pln_bargain_shows(b, options, k))
      say_beside(doc, &b->issue[k]);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s", method);
}

/* ---- What it rests on ---- */

static void say_equal(PlnDoc *doc, const PlnDelegations *t) {
  if (t->equal_capability && t->equal_salience)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Nobody states capability or salience: all count, and care, alike.");
  else if (t->equal_capability)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Nobody states capability: all count alike.");
  else if (t->equal_salience)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Nobody states salience: all care alike.");
}

static void say_doubt(PlnDoc *doc, const PlnBargain *b) {
  if (b->table->uncertain && b->options.draws > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Spread: %u draws of the stated standard deviations; the doubt about the method "
                "itself is not in it (plenary backtest bargain measures that).",
                b->options.draws);
  else if (b->table->uncertain)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Standard deviations are stated, and no draws were asked for: all is taken as "
                "stated.");
  else
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "No standard deviation is stated: all is taken as exact, which it is not.");
}

static void say_ties(PlnDoc *doc, const PlnBargain *b) {
  if (b->course->ties > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "%u tie%s decided by the stated order, that of actors.csv; another order may change "
                "the course%s.",
                b->course->ties, b->course->ties == 1 ? " was" : "s were",
                b->options.tie_orders ? ", and each draw takes one of its own" : "");
}

static void say_rests(PlnDoc *doc, const PlnBargain *b) {
  const PlnDelegations *t = b->table;
  guint n = 0, assumed = 0;
  char counted[16] = "none";
  for (gsize at = 0; at < (gsize)t->n * t->m; at++)
    if (!isnan(t->position[at])) {
      n++;
      assumed += t->status[at] == PLN_STATUS_ASSUMED;
    }
  if (assumed > 0)
    g_snprintf(counted, sizeof counted, "%u", assumed);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Rests on: %u positions of %u delegations on %u issue%s, %s of them assumed; %s at "
              "the weakest.",
              n, t->n, t->m, t->m == 1 ? "" : "s", counted, pln_status_words[b->weakest]);
  say_equal(doc, t);
  say_doubt(doc, b);
  say_ties(doc, b);
}

static void add_notes(PlnDoc *doc, const PlnBargain *b, const PlnComposeBargainOptions *options) {
  for (guint k = 0; options->notes && k < options->notes->len; k++)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s", (const char *)options->notes->pdata[k]);
  if (*b->scenario->about)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "About: %s", b->scenario->about);
}

void pln_compose_bargain(PlnDoc *doc, const PlnBargain *bargain,
                         const PlnComposeBargainOptions *options) {
  add_head(doc, bargain, options);
  pln_compose_bargain_scales(doc, bargain, options);
  pln_compose_bargain_charts(doc, bargain, options);
  add_course(doc, bargain, options);
  pln_compose_bargain_chances(doc, bargain, options);
  pln_compose_bargain_sides(doc, bargain, options);
  pln_compose_bargain_rounds(doc, bargain, options);
  pln_compose_bargain_deals(doc, bargain, options);
  pln_compose_bargain_compare(doc, bargain, options);
  pln_compose_bargain_differing(doc, bargain, options);
  pln_compose_bargain_vote(doc, bargain, options);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  say_rests(doc, bargain);
  add_notes(doc, bargain, options);
  pln_compose_bargain_data(doc, bargain, options);
}
