/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ratification: the answer in words first, then the tables that carry it, then what it rests on. */
#include <math.h>
#include <string.h>

#include "plenary/compose.h"
#include "plenary/compose_project.h"
#include "plenary/compose_ratify.h"
#include "plenary/normal.h"

/* ---- The answer ---- */

/* @said: (transfer full) (nullable) */
static void add_sentence(PlnDoc *doc, GString *all, PlnSay say, char *said) {
  if (!said)
    return;
  pln_doc_say(doc, NULL, say, "%s", said);
  g_string_append_printf(all, "%s%s", all->len > 0 ? " " : "", said);
  g_free(said);
}

static void add_answer(PlnDoc *doc, const PlnRatify *r, const PlnRatify *apart) {
  g_autoptr(GString) all = g_string_new(NULL);
  add_sentence(doc, all, PLN_SAY_LEAD, pln_say_ratify_force(r));
  add_sentence(doc, all, PLN_SAY_LEAD, pln_say_ratify_conference(r));
  add_sentence(doc, all, PLN_SAY_LEAD, pln_say_ratify_parties(r));
  add_sentence(doc, all, PLN_SAY_LEAD, pln_say_ratify_vote(r));
  add_sentence(doc, all, PLN_SAY_PLAIN, pln_say_ratify_assumed(r));
  add_sentence(doc, all, PLN_SAY_PLAIN, apart ? pln_say_ratify_apart(r, apart) : NULL);
  add_sentence(doc, all, PLN_SAY_PLAIN, pln_say_ratify_protocol(r));
  pln_doc_fact(doc, "answer", pln_text(all->str));
}

static void add_what_if(PlnDoc *doc, const PlnRatify *r, const PlnRatify *base) {
  g_autofree char *asked = pln_say_ratify_asked(r, base);
  g_autofree char *against = base ? pln_say_ratify_against(r, base) : NULL;
  if (*asked)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Not as the tables have it: %s.", asked);
  if (*asked)
    pln_doc_fact(doc, "what_if", pln_text(asked));
  if (against)
    pln_doc_say(doc, "against_base", PLN_SAY_LEAD, "%s", against);
}

static void add_head(PlnDoc *doc, const PlnRatify *r, const PlnComposeRatifyOptions *how) {
  g_autofree char *known = pln_day_words(pln_day_of_number(r->known));
  pln_doc_fact(doc, "format", pln_text("plenary-ratify/1"));
  pln_say_scenario(doc, r->scenario);
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "%s: from adoption to force", pln_ratify_name(r));
  pln_doc_say(doc, NULL, PLN_SAY_NOTE, "As known on %s.", known);
  add_what_if(doc, r, how->base);
  add_answer(doc, r, how->apart);
}

/* ---- What it rests on ---- */

/* A term in words, where it is one that this room knows. */
static const char *term_words(const char *key) {
  static const struct {
    const char *key, *words;
  } known[] = {{"opened", "opened for signature"},
               {"known_to", "the tables end"},
               {"signature_until", "signature ends"},
               {"in_force", "in force"},
               {"instruments", "instruments for force"},
               {"instruments_council", "of these of the Council"},
               {"days", "days from the last to force"},
               {"days_party", "days, one that joins later"},
               {"months", "months from the last to force"},
               {"organization_counts", "an organization's counts"},
               {"parties_protocol", "parties for a protocol"},
               {"protocol_majority", "a protocol is adopted by"},
               {"protocol_instruments", "instruments, a protocol's"},
               {"protocol_days", "days to a protocol's force"},
               {"protocol_needs_treaty", "a protocol is for parties"},
               {"amendment_years", "years before an amendment"},
               {"amendment_majority", "an amendment is adopted by"},
               {"amendment_binds", "an amendment binds"},
               {"states", "states that could join"},
               {"signatories", "signatories"}};
  for (gsize k = 0; k < G_N_ELEMENTS(known); k++)
    if (strcmp(known[k].key, key) == 0)
      return known[k].words;
  return key;
}

static char *term_value(const PlnTreatyTerm *term) {
  gboolean yes_no = strcmp(term->key, "organization_counts") == 0 ||
                    strcmp(term->key, "protocol_needs_treaty") == 0;
  if (term->day != PLN_DAY_NONE)
    return pln_day_words(term->day);
  if (term->number < 0)
    return g_strdup(term->words ? term->words : "");
  return yes_no ? g_strdup(term->number ? "yes" : "no")
                : g_strdup_printf("%" G_GINT64_FORMAT, term->number);
}

/* The terms whose text was not at hand are not hidden in a column. */
static void say_unverified(PlnDoc *doc, const PlnRatify *r) {
  g_autoptr(GString) out = g_string_new(NULL);
  for (guint k = 0; k < r->terms->len; k++) {
    const PlnTreatyTerm *term = g_array_index(r->terms, const PlnTreatyTerm *, k);
    g_autofree char *value = term_value(term);
    if (term->status == PLN_STATUS_VERIFIED)
      continue;
    g_string_append_printf(out, "%s%s: %s%s%s (%s)", out->len > 0 ? "; " : "",
                           pln_say_treaty(term->treaty), term_words(term->key), *value ? " " : "",
                           value, pln_status_words[term->status]);
  }
  if (out->len > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Not verified: %s.", out->str);
}

static void add_terms(PlnDoc *doc, const PlnRatify *r) {
  static const PlnDocColumn columns[] = {{"-treaty", "Treaty"}, {"-what", "Rests on"},
                                         {"-value", ""},        {"-status", "Status"},
                                         {"-cited", "Where"},   {NULL, NULL}};
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint k = 0; k < r->terms->len; k++) {
    const PlnTreatyTerm *term = g_array_index(r->terms, const PlnTreatyTerm *, k);
    g_autofree char *value = term_value(term);
    pln_doc_cell(doc, pln_text(pln_say_treaty(term->treaty)));
    pln_doc_cell(doc, pln_text(term_words(term->key)));
    pln_doc_cell(doc, pln_text(value));
    pln_doc_cell(doc, pln_text(pln_status_words[term->status]));
    pln_doc_cell(doc, term->citation && *term->citation ? pln_text(term->citation) : pln_none());
  }
}

static void say_milestones(GString *out, const PlnRatify *r) {
  for (guint k = 0; k < r->milestones->len; k++) {
    const PlnTreatyMilestone *m = r->milestones->pdata[k];
    g_autofree char *day = pln_day_words(m->day);
    g_string_append_printf(out, "%s%u by %s (%s)", k > 0 ? ", " : "", m->number, day,
                           pln_status_words[m->status]);
  }
}

static void say_pace(PlnDoc *doc, const PlnRatify *r) {
  const char *past = pln_say_treaty(r->options.past), *fast = pln_say_treaty(r->options.fast);
  g_autoptr(GString) milestones = g_string_new(NULL);
  say_milestones(milestones, r);
  if (!r->fit.has_fast)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "The pace is %s's own: there is no fast bound.", past);
  else
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "The pace lies between %s's (0, the slow bound) and %s's (1, the fast one: %s), even "
                "beforehand, which is assumed, and weighed by what has been joined so far: %.2f (9 of "
                "10: %.2f to %.2f).",
                past, fast, milestones->str, r->pace[2], r->pace[0], r->pace[4]);
}

static void say_fit(PlnDoc *doc, const PlnRatify *r) {
  const PlnJoinFit *fit = &r->fit;
  const PlnJoinClassFit *one = &fit->class_fit[PLN_JOIN_SIGNATORY];
  const PlnJoinClassFit *two = &fit->class_fit[PLN_JOIN_OTHER];
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  pln_doc_say(
      doc, NULL, PLN_SAY_NOTE,
      "How: the time from opening to joining is Weibull, for those that signed and for others "
      "apart, fitted on the dates of %s, where %u of %u states joined: %u that had signed (shape "
      "%.2f, 9 of 10: %.2f to %.2f; in ten years %.0f%% of them) and %u others (%.2f, %.2f to "
      "%.2f; %.0f%%). Every draw draws shape and rate.",
      pln_say_treaty(r->options.past), fit->joiners, fit->states, one->joined, one->shape,
      one->shape_low, one->shape_high, 100 * one->ten, two->joined, two->shape, two->shape_low,
      two->shape_high, 100 * two->ten);
  say_pace(doc, r);
  pln_doc_say(
      doc, NULL, PLN_SAY_NOTE,
      "The pace wanders from the last day known on: the logarithm of each class's does a random "
      "walk, of %.2f a year for those that signed (95%%: up to %.2f), %.2f for others (%.2f), "
      "fitted from how %s's yearly numbers vary.",
      one->wander_mean, one->wander_high, two->wander_mean, two->wander_high,
      pln_say_treaty(r->options.past));
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "The European Union's members share a pace of their own: its logarithm has a standard "
              "deviation of %.2f (%u joined %s, %.1f were to be expected).",
              fit->union_sd, fit->union_joined, pln_say_treaty(r->options.past), fit->union_expected);
  if (fit->support_joined > 0)
    pln_doc_say(
        doc, NULL, PLN_SAY_NOTE,
        "Support: those that voted against %s joined %s %.2g times as fast as those that did neither "
        "(b %.2f±%.2f, by the %u that joined after it). That those for it will join %s so is assumed, "
        "and of those that signed only a share of it, even on 0 to 1.",
        pln_say_resolution(r->options.began), pln_say_treaty(r->options.past), pln_exp(fit->support),
        fit->support, fit->support_error, fit->support_joined, pln_say_treaty(r->options.treaty));
  else
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Support: no effect on joining could be fitted.");
}

/* What no data say. */
static void say_assumed(PlnDoc *doc, const PlnRatify *r) {
  const PlnRatifyOptions *o = &r->options;
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "A regional organization's instrument is not counted. %u draws, seed %" G_GUINT64_FORMAT
              ".",
              o->draws, o->seed);
  if (!r->voted)
    return;
  pln_doc_say(
      doc, NULL, PLN_SAY_NOTE,
      "Assumed: the time of joining goes with support for the protocol (correlation %.2g, --tie); "
      "it is put to the vote on the very day of %u %s; it takes %u instrument%s for its own force "
      "(--protocol-threshold); only parties join it, as signatories would a treaty just opened, "
      "those that voted against it %.2g times as fast (--reluctance).",
      o->tie, r->parties, r->parties == 1 ? "party" : "parties", o->protocol,
      o->protocol == 1 ? "" : "s", o->reluctance);
  if (r->rule)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Rule: %s (%s, %s)%s%s.", r->rule->name, r->rule->citation,
                pln_status_words[r->rule->status], r->why_rule && *r->why_rule ? ": " : "",
                r->why_rule ? r->why_rule : "");
}

static void add_reservations(PlnDoc *doc, const PlnRatify *r) {
  static const PlnDocColumn columns[] = {
      {"-state", "State"}, {"-status", "Status"}, {"-provisions", "Not bound by"}, {NULL, NULL}};
  if (r->reservations->len == 0)
    return;
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, "Reservations, which are kept whatever is joined",
                columns);
  for (guint k = 0; k < r->reservations->len; k++) {
    const PlnReservation *it = r->reservations->pdata[k];
    pln_doc_cell(doc, pln_text(it->state));
    pln_doc_cell(doc, pln_text(pln_status_words[it->status]));
    pln_doc_cell(doc, pln_text(it->provisions));
  }
}

void pln_compose_ratify_rests(PlnDoc *doc, const PlnRatify *r) {
  add_reservations(doc, r);
  add_terms(doc, r);
  say_unverified(doc, r);
  say_fit(doc, r);
  say_assumed(doc, r);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "One treaty is one path: how this model would have foreseen %s's second ten years is in "
              "plenary backtest ratify.",
              pln_say_treaty(r->options.past));
}

/* ---- The whole ---- */

static void add_notes(PlnDoc *doc, const PlnComposeRatifyOptions *options) {
  for (guint k = 0; options->notes && k < options->notes->len; k++)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s", (const char *)options->notes->pdata[k]);
}

void pln_compose_ratify(PlnDoc *doc, const PlnRatify *ratify, const PlnComposeRatifyOptions *options) {
  add_head(doc, ratify, options);
  if (!ratify->voted) /* why stands beside what is left out */
    add_notes(doc, options);
  pln_compose_ratify_charts(doc, ratify);
  pln_compose_ratify_tables(doc, ratify, options);
  pln_compose_ratify_rests(doc, ratify);
  if (ratify->voted)
    add_notes(doc, options);
  if (*ratify->scenario->about)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "About: %s", ratify->scenario->about);
  pln_compose_ratify_data(doc, ratify, options);
}

/* "Convention, Art. 65(1), Arts. 61, 62": what is cited of @term's treaty, each once. */
static char *cited(const PlnRatify *r, const PlnTreatyTerm *of) {
  g_autoptr(GPtrArray) said = g_ptr_array_new();
  g_ptr_array_add(said, (gpointer)(of->name && *of->name ? of->name : of->treaty));
  for (guint k = 0; k < r->terms->len; k++) {
    const PlnTreatyTerm *term = g_array_index(r->terms, const PlnTreatyTerm *, k);
    if (strcmp(term->treaty, of->treaty) == 0 && term->citation && *term->citation &&
        !g_ptr_array_find_with_equal_func(said, term->citation, g_str_equal, NULL))
      g_ptr_array_add(said, (gpointer)term->citation);
  }
  if (said->len == 1)
    return NULL;
  g_ptr_array_add(said, NULL);
  return g_strjoinv(", ", (char **)said->pdata);
}

char *pln_compose_ratify_citations(const PlnRatify *r) {
  GString *out = g_string_new(NULL);
  for (guint k = 0; k < r->terms->len; k++) {
    const PlnTreatyTerm *term = g_array_index(r->terms, const PlnTreatyTerm *, k);
    gboolean first = TRUE;
    for (guint j = 0; j < k && first; j++)
      first = strcmp(g_array_index(r->terms, const PlnTreatyTerm *, j)->treaty, term->treaty) != 0;
    g_autofree char *said = first ? cited(r, term) : NULL;
    if (said)
      g_string_append_printf(out, "%s%s", out->len > 0 ? "; " : "", said);
  }
  if (r->rule && r->rule->citation && *r->rule->citation)
    g_string_append_printf(out, "%s%s", out->len > 0 ? "; " : "", r->rule->citation);
  return g_string_free(out, FALSE);
}
