/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A comparison: the answer first, base and bundles side by side, what turned, who moved, what it
 * rests on. */
#include <math.h>
#include <string.h>

#include "plenary/compose.h"
#include "plenary/compose_comparison.h"
#include "plenary/compose_project.h"

/* Of the draws, before it is worth a word that some are adopted without the votes for it. */
#define NOTED 0.01

static void add_head(PlnDoc *doc, const PlnComparison *c) {
  const PlnComparisonItem *first = pln_comparison_item(c, 0);
  gboolean vote = c->run.study == PLN_RUN_PROJECT || c->run.study == PLN_RUN_REPLAY;
  const char *title = vote && c->items->len == 1 && first->proposal ? first->proposal->title : NULL;
  pln_doc_fact(doc, "format", pln_text("plenary-whatif/1"));
  pln_say_scenario(doc, c->scenario);
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "%s: what if",
              title && *title ? title : c->scenario->title);
  g_autofree char *answer = pln_compose_comparison_answer(doc, c);
  pln_doc_fact(doc, "answer", pln_text(answer));
}

/* ---- What it rests on ---- */

static void say_statuses(PlnDoc *doc, const PlnComparison *c) {
  guint n[PLN_STATUS_KINDS] = {0};
  g_autoptr(GString) out = g_string_new(NULL);
  for (guint b = 0; b < c->bundles->len; b++) {
    const PlnBundle *bundle = c->bundles->pdata[b];
    for (guint k = 0; k < bundle->changes->len; k++)
      n[((const PlnChange *)bundle->changes->pdata[k])->status]++;
  }
  for (guint k = 0; k < PLN_STATUS_KINDS; k++)
    if (n[k] > 0)
      g_string_append_printf(out, "%s%u %s", out->len > 0 ? ", " : "", n[k], pln_status_words[k]);
  const char *base = pln_status_words[pln_runner_weakest(pln_comparison_item(c, 0)->runner)];
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "The scenario as it is rests on facts that are %s at the weakest. A change is a what-if, "
              "and no fact (%s): so is what comes of it.",
              base, out->len > 0 ? out->str : "none");
}

/* What the draws leave to chance, and what they say nothing of. */
#define CHANCE                                                                                     \
  "± is what the draws leave to chance, 19 times of 20%s; more draws make it smaller. How sure "     \
  "the model is of the world it does not say."

static void say_method(PlnDoc *doc, const PlnComparison *c) {
  static const char *const said[] = {
      "As `plenary replay` counts: the votes on record, what is set instead, and the rule; no draws.",
      "As `plenary project` draws: a position is evidence, and those without one are filled in given "
      "it; a vote, a presence, a seat is set, and nothing is inferred from it of others. Every case "
      "is drawn from the same numbers, so a difference is the changes' own.",
      "At the forecast: the talks are forecast by one method and without draws, and what they then end "
      "with is put to the vote, which is drawn from the same numbers in every case. `plenary bargain "
      "--then vote` says that too; the number that it opens with is over all that the talks may come "
      "to, and another. How far such forecasts are off is another matter (backtest bargain). `plenary "
      "project` asks about the vote without the talks, which is a third number.",
      "As `plenary ratify` draws, every case from the same numbers; by a middle day it is so in half."};
  static const char *const how[] = {
      NULL, " (by the draws that come out otherwise)",
      " (of the vote alone: what the talks leave open is not in it)",
      " (reckoned as if each case were drawn for itself: as all share their numbers, it is less)"};
  const PlnComparisonItem *first = pln_comparison_item(c, 0);
  if (c->run.study == PLN_RUN_BARGAIN && first->adopted < 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "As `plenary bargain` forecasts, by one method and without draws of the talks: a "
                "difference is the changes' own, and how far such forecasts are off is another "
                "matter (backtest bargain).");
  else
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s", said[c->run.study]);
  if (how[c->run.study] && first->adopted >= 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, CHANCE, how[c->run.study]);
}

/* Where one proposal is asked about that nobody named. */
static void say_which(PlnDoc *doc, const PlnComparison *c) {
  const PlnScenario *s = c->scenario;
  const PlnProposal *asked = pln_comparison_item(c, 0)->proposal;
  g_autoptr(GString) others = g_string_new(NULL);
  guint n = 0;
  for (guint p = 0; asked && p < s->proposals->len; p++) {
    gboolean put = c->run.study == PLN_RUN_RATIFY;
    for (guint k = 0; k < s->issues->len; k++)
      put |= g_array_index(s->issues, PlnIssue, k).proposal == (int)p;
    if (put && pln_scenario_proposal(s, p) != asked && n++ < 4)
      g_string_append_printf(others, "%s%s", others->len > 0 ? ", " : "",
                             pln_scenario_proposal(s, p)->id);
  }
  if (n > 4)
    g_string_append_printf(others, " and %u more", n - 4);
  gboolean one = c->run.study == PLN_RUN_BARGAIN || c->run.study == PLN_RUN_RATIFY;
  if (one && c->run.proposal < 0 && others->len > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "The vote is that on %s alone, the %s; --proposal asks about another: %s.", asked->id,
                c->run.study == PLN_RUN_RATIFY ? "last proposal" : "first that is made of issues",
                others->str);
}

/* The record is asked by another study. */
static void say_voted(PlnDoc *doc, const PlnComparison *c) {
  g_autofree char *voted = pln_say_comparison_voted(c);
  if (voted)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Changes of votes and of the rule alone are held against the record itself (--study "
                "replay).");
}

/* Where what is adopted and the votes beside it do not go together: the proposal where most do. */
static void say_odd(PlnDoc *doc, const PlnComparison *c, guint b) {
  const PlnComparisonItem *silent = NULL, *empty = NULL;
  double most = NOTED, rose = 0, before = 0, unseen = NOTED;
  for (guint k = 0; c->run.study == PLN_RUN_PROJECT && k < c->items->len; k++) {
    const PlnComparisonItem *item = pln_comparison_item(c, k);
    const PlnRunResult *run = &pln_comparison_case(item, b)->result;
    double n = (double)MAX(item->draws, 1), base = (double)item->base.unasked / n;
    if ((double)run->unasked / n - base > most) {
      most = (double)run->unasked / n - base;
      rose = (double)run->unasked / n;
      before = base;
      silent = item;
    }
    if ((double)run->unseen / n > unseen) {
      unseen = (double)run->unseen / n;
      empty = item;
    }
  }
  g_autofree char *name = pln_say_bundle(c->bundles->pdata[b], 40), *now = pln_say_percent(rose);
  g_autofree char *was = pln_say_percent(before), *share = pln_say_percent(unseen);
  if (silent)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "%s: in %s of the draws %s is adopted without a vote, as nobody asks for one, although "
                "the votes would fall short (as it is: %s).",
                name, now, silent->proposal->id, was);
  if (empty)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "%s: in %s of the draws on %s fewer take part than a quorum, or nobody; it is presumed "
                "to be there, and the outcome stands.",
                name, share, empty->proposal->id);
}

/* What a bundle is of no use to. */
static void say_refused(PlnDoc *doc, const PlnComparison *c, guint b) {
  g_autoptr(GString) ids = g_string_new(NULL);
  const char *why = NULL;
  guint n = 0;
  for (guint k = 0; k < c->items->len; k++) {
    const PlnComparisonItem *item = pln_comparison_item(c, k);
    const PlnComparisonCase *one = pln_comparison_case(item, b);
    if (!one->refused)
      continue;
    why = why ? why : one->refused;
    if (n++ < 4)
      g_string_append_printf(ids, "%s%s", n > 1 ? ", " : "", item->proposal->id);
  }
  if (n > 4)
    g_string_append_printf(ids, " and %u more", n - 4);
  g_autofree char *name = pln_say_bundle(c->bundles->pdata[b], 40);
  if (n > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s does nothing on %u of %u proposals (%s): %s.", name, n,
                c->items->len, ids->str, why);
}

static void say_left_out(PlnDoc *doc, const PlnComparison *c) {
  for (guint b = 0; b < c->bundles->len; b++)
    say_refused(doc, c, b);
  for (guint k = 0; k < c->left_out->len; k++)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Left out: %s", (const char *)c->left_out->pdata[k]);
}

static void add_notes(PlnDoc *doc, const GPtrArray *notes) {
  static const PlnDocColumn columns[] = {{"note", ""}, {NULL, NULL}};
  pln_doc_table(doc, "notes", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; notes && k < notes->len; k++)
    pln_doc_cell(doc, pln_text(notes->pdata[k]));
  for (guint k = 0; notes && k < notes->len; k++)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s", (const char *)notes->pdata[k]);
}

char *pln_compose_comparison_citations(const PlnComparison *c) {
  g_autoptr(GPtrArray) seen = g_ptr_array_new();
  GString *out = g_string_new(NULL);
  for (guint k = 0; k < c->items->len; k++) {
    const PlnRuleEntry *rule = pln_runner_rule(pln_comparison_item(c, k)->runner);
    if (!rule || g_ptr_array_find_with_equal_func(seen, rule->citation, g_str_equal, NULL))
      continue;
    g_ptr_array_add(seen, (gpointer)rule->citation);
    g_string_append_printf(out, "%s%s", out->len > 0 ? "; " : "", rule->citation);
  }
  return g_string_free(out, FALSE);
}

void pln_compose_comparison(PlnDoc *doc, const PlnComparison *c,
                            const PlnComposeComparisonOptions *o) {
  add_head(doc, c);
  pln_compose_comparison_table(doc, c, o->full);
  pln_compose_comparison_bundles(doc, c, pln_comparison_crossed(c, o->full));
  pln_compose_comparison_seats(doc, c, o->full);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  say_statuses(doc, c);
  say_method(doc, c);
  say_which(doc, c);
  for (guint b = 0; b < c->bundles->len; b++)
    say_odd(doc, c, b);
  say_voted(doc, c);
  say_left_out(doc, c);
  pln_compose_comparison_data(doc, c);
  add_notes(doc, o->notes);
}
