/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bargaining: the forecast in words first, then how it came about, then what it rests on. */
#include <math.h>
#include <string.h>

#include "plenary/bargain_vote_part.h"
#include "plenary/compose.h"
#include "plenary/compose_bargain.h"
#include "plenary/compose_project.h"

/* So many issues have a sentence each; of more the answer is a list. */
enum { SENTENCES = 6, LISTED = 24 };

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
    if (!isnan(item->outcome) && said >= LISTED)
      said++;
    else if (!isnan(item->outcome))
      g_string_append_printf(out, "%s%s %s", said++ > 0 ? ", " : "", item->issue->id, outcome);
  }
  if (said > LISTED)
    g_string_append_printf(out, " and %u more, below", said - LISTED);
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
  if (options->not_put)
    pln_doc_say(doc, NULL, say, "Then vote: %s", options->not_put);
  if (options->vote) {
    g_autofree char *vote = pln_say_bargain_vote(options->vote);
    pln_doc_say(doc, NULL, say, "Then vote: %s", vote);
    if (pln_bargain_vote_is_filled(options->vote))
      pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
                  "Caution: most of those votes are filled in, not known; see below.");
  }
}

/* What the nine of ten are of: methods that answer with a point alone look the surer for it.  The
 * error measured is that of the README, where the backtest's figures stand. */
static void say_source(PlnDoc *doc, const PlnBargain *b) {
  gboolean spread = FALSE, drawn = FALSE;
  for (guint k = 0; k < b->course->m; k++) {
    spread |= b->issue[k].has_spread;
    drawn |= b->issue[k].has_drawn;
  }
  if (spread || drawn)
    pln_doc_say(doc, "nine_of_ten", PLN_SAY_NOTE, "9 of 10: %s.",
                spread && drawn ? "from the method's own chances and the doubt about what was stated"
                : spread        ? "from the method's own chances, with all taken as stated"
                                : "from the doubt about what was stated alone; the method answers with "
                                  "a point, and so looks surer than one that gives chances");
  pln_doc_say(doc, "accuracy", PLN_SAY_NOTE,
              "%sOn 245 issues of the European Union whose outcome is known a weighted mean was off "
              "by 24 points of 100 on average, and no method by clearly less (README).",
              spread || drawn ? "The method's own error is not in it. " : "");
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
  say_source(doc, b);
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
  if (b->course->exchanges > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "An exchange is a plan of how two would vote. The forecast is the mean of those "
                "votes and may lie where nobody stands; into the next round each carries a tenth to "
                "a half of its move, the more the less it cares.");
}

/* ---- What it rests on ---- */

/* What nobody states is 1 silently: for all, or for all but those that an edit gave another. */
static void say_equal(PlnDoc *doc, const PlnDelegations *t) {
  gboolean salience_stated = FALSE;
  for (guint k = 0; k < t->m; k++)
    salience_stated |= t->salience_stated[k];
  if (t->equal_capability && t->equal_salience)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Nobody states capability or salience: all count, and care, alike.");
  else if (t->equal_capability)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Nobody states capability: all count alike.");
  else if (t->equal_salience)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Nobody states salience: all care alike.");
  if (!t->capability_stated && !t->equal_capability)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Nobody states capability: all but those that were edited count 1.");
  if (!salience_stated && !t->equal_salience)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Nobody states salience: all but those that were edited care fully.");
}

static void say_doubt(PlnDoc *doc, const PlnBargain *b) {
  if (b->table->uncertain && b->options.draws > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Spread: %u draw%s of the stated standard deviations.", b->options.draws,
                b->options.draws == 1 ? "" : "s");
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

/* A member that differs does not bargain: only a vote rests on what it states. */
static PlnStatus weakest_of(const PlnBargain *b, const PlnBargainVote *vote) {
  PlnStatus weakest = b->weakest;
  for (guint k = 0; vote && k < b->table->differing->len; k++) {
    const PlnDiffering *it = &g_array_index(b->table->differing, PlnDiffering, k);
    if (b->issue[it->issue].issue->proposal >= 0)
      weakest = MAX(weakest, it->status);
  }
  return weakest;
}

static void say_rests(PlnDoc *doc, const PlnBargain *b, const PlnBargainVote *vote) {
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
              "Rests on: %u position%s of %u delegation%s on %u issue%s, %s of them assumed; %s at "
              "the weakest.",
              n, n == 1 ? "" : "s", t->n, t->n == 1 ? "" : "s", t->m, t->m == 1 ? "" : "s", counted,
              pln_status_words[weakest_of(b, vote)]);
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
  pln_compose_bargain_sides(doc, bargain, options);
  pln_compose_bargain_vote(doc, bargain, options);
  pln_compose_bargain_stands(doc, bargain, options);
  add_course(doc, bargain, options);
  pln_compose_bargain_charts(doc, bargain, options);
  pln_compose_bargain_chances(doc, bargain, options);
  pln_compose_bargain_rounds(doc, bargain, options);
  pln_compose_bargain_deals(doc, bargain, options);
  pln_compose_bargain_compare(doc, bargain, options);
  pln_compose_bargain_differing(doc, bargain, options);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  say_rests(doc, bargain, options->vote);
  add_notes(doc, bargain, options);
  pln_compose_bargain_data(doc, bargain, options);
}
