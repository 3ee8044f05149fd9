/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coalitions: who can pass it and who can block it in words first, then the searches. */
#include "plenary/compose.h"
#include "plenary/compose_coalition_part.h"
#include "plenary/voting_blocs.h"

static void add_head(PlnDoc *doc, const PlnCoalitions *c) {
  g_autofree char *day = pln_day_text(c->day);
  pln_doc_fact(doc, "format", pln_text("plenary-coalition/1"));
  pln_say_scenario(doc, c->scenario);
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "%s", c->scenario->title);
  pln_doc_open(doc, "asked");
  pln_doc_text(doc, "proposal", c->proposal->id);
  pln_doc_text(doc, "title", c->proposal->title);
  pln_doc_fact(doc, "stage", c->stage ? pln_text(c->stage->id) : pln_none());
  pln_doc_text(doc, "body", c->body->id);
  pln_doc_text(doc, "day", day);
  pln_doc_fact(doc, "members", pln_int(c->roster->n));
  pln_doc_text(doc, "price", pln_price_words[c->options.price]);
  pln_doc_text(doc, "taken_from", c->taken);
  pln_doc_fact(doc, "informed", pln_bool(c->informed));
  pln_doc_fact(doc, "unknown", pln_int(c->unknown));
  pln_doc_text(doc, "others", pln_others_words[c->options.others]);
  pln_doc_close(doc);
  pln_doc_open(doc, "rule");
  pln_doc_text(doc, "id", c->rule->id);
  pln_doc_text(doc, "name", c->rule->name);
  pln_doc_text(doc, "why", c->why_rule);
  pln_doc_text(doc, "citation", c->rule->citation);
  pln_doc_text(doc, "status", pln_status_words[c->rule->status]);
  pln_doc_close(doc);
}

static void add_answer(PlnDoc *doc, const PlnCoalitions *c) {
  g_autofree char *passing = pln_say_passing(c), *expected = pln_say_expected(c);
  g_autofree char *blocking = pln_say_blocking(c), *chance = pln_say_projected(c);
  g_autofree char *record = pln_say_on_record(c);
  g_autofree char *all = g_strjoin(NULL, record ? record : "", record ? " " : "", passing, " ",
                                   expected, " ", chance ? chance : "", chance ? " " : "", blocking,
                                   NULL);
  gboolean plain = c->unexpected == c->roster->n || !c->informed;
  pln_doc_fact(doc, "answer", pln_text(all));
  if (record)
    pln_doc_say(doc, NULL, PLN_SAY_LEAD, "%s", record);
  if (!c->informed)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
                "Nothing is stated of who stands where: prices are of the electorate's average "
                "vote, not of this question (--price, --position).");
  pln_doc_say(doc, NULL, PLN_SAY_LEAD, "%s: %s", c->proposal->id, passing);
  pln_doc_say(doc, NULL, plain ? PLN_SAY_PLAIN : c->passes ? PLN_SAY_GOOD : PLN_SAY_BAD, "%s",
              expected);
  if (chance)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", chance);
  pln_doc_say(doc, NULL, PLN_SAY_LEAD, "%s", blocking);
}

/* Who had to be in or out, and who went with another bloc. */
static void say_asked(PlnDoc *doc, const PlnCoalitions *c) {
  g_autoptr(GString) in = g_string_new(NULL), out = g_string_new(NULL), lost = g_string_new(NULL);
  for (guint u = 0; u < c->units->len; u++) {
    const PlnCoalitionUnit *unit = pln_coalitions_unit(c, u);
    GString *to = unit->must > 0 ? in : out;
    if (unit->must != 0)
      g_string_append_printf(to, "%s%s", to->len > 0 ? ", " : "", unit->name);
    if (unit->given_up->len > 0)
      g_string_append_printf(lost, "%s%u of %s", lost->len > 0 ? ", " : "", unit->given_up->len,
                             unit->name);
  }
  if (in->len > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Must be in: %s (in what passes and in what blocks).",
                in->str);
  if (out->len > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "May not be in: %s (nor in what blocks).", out->str);
  if (lost->len > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Voting with a smaller bloc asked for: %s.", lost->str);
}

/* Who of a list asked for has no vote, and which bloc is none. */
static void say_left_out(PlnDoc *doc, const PlnCoalitions *c) {
  for (guint k = 0; k < c->seated->len; k++) {
    const PlnVotingBloc *bloc = c->seated->pdata[k];
    g_autoptr(GString) codes = g_string_new(NULL);
    for (guint j = 0; j < bloc->unseated->len; j++)
      g_string_append_printf(codes, " %s", (const char *)bloc->unseated->pdata[j]);
    if (codes->len > 0)
      pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Of %s have no seat here, and are left out:%s.",
                  bloc->id, codes->str);
    if (bloc->alone)
      pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                  "%s has fewer than two votes of its own here and is left alone.", bloc->id);
  }
}

static void say_prices(PlnDoc *doc, const PlnCoalitions *c) {
  static const char *const units[] = {
      "100 times the chance that it does not come along", "0 to 100 points from it",
      "0 to 100 points from it, times how much it cares", "steps"};
  static const char *const aside[] = {
      "100 times the chance of the no (of the yes) given up", "what is missing to 50 points",
      "what is missing to 50 points, times how much it cares", "one step"};
  pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Price: %s (%s), from %s.",
              pln_price_words[c->options.price], units[c->options.price], c->taken);
  if (c->unknown > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Of %u of %u the price is not known: the one in the middle is taken (%s).", c->unknown,
                c->roster->n,
                c->options.price == PLN_PRICE_RECORD ? "one step" : "indifferent");
  if (c->unexpected > 0 && c->unexpected < c->roster->n)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Of %u nothing is expected: they are counted as staying away.", c->unexpected);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Abstaining instead: %s. Expected is a state's recorded vote%s.",
              aside[c->options.price],
              pln_is_as_voted(c) ? ""
                                 : ", else its likeliest answer (of equals yes before no before "
                                   "abstaining)");
}

static void say_rule(PlnDoc *doc, const PlnCoalitions *c) {
  g_autofree char *day = pln_day_words(c->day);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Rule: %s, %s (%s; %s), before %s, %u members on %s.",
              c->rule->name, c->why_rule, c->rule->citation, pln_status_words[c->rule->status],
              c->body->id, c->roster->n, day);
  if (c->rule->rule.quorum.num > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "The quorum (%s%d/%d of the members present) is taken to be met: to leave it unmet "
                "by staying away is not looked at.",
                c->rule->rule.quorum.strict ? "more than " : "", (int)c->rule->rule.quorum.num,
                (int)c->rule->rule.quorum.den);
}

void pln_compose_coalition(PlnDoc *doc, const PlnCoalitions *coalitions,
                           const PlnComposePowerOptions *options) {
  add_head(doc, coalitions);
  add_answer(doc, coalitions);
  pln_compose_coalition_orders(doc, coalitions);
  say_asked(doc, coalitions);
  say_left_out(doc, coalitions);
  pln_compose_coalition_tables(doc, coalitions, options->full);
  say_prices(doc, coalitions);
  say_rule(doc, coalitions);
  for (guint k = 0; options->notes && k < options->notes->len; k++)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s", (const char *)options->notes->pdata[k]);
  pln_compose_coalition_data(doc, coalitions);
}
