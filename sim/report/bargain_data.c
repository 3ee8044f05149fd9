/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bargaining for programs: everything, in tables. */
#include <math.h>

#include "plenary/compose_bargain.h"

enum { DIGITS = 9 };

static const char *const whys[] = {"ended", "rounds", "cycle"};

static const PlnIssue *issue_of(const PlnBargain *b, guint issue) {
  return b->issue[issue].issue;
}

static const char *name_of(const PlnBargain *b, guint i) {
  return pln_delegation(b->table, i)->name;
}

static void cell(PlnDoc *doc, const PlnIssue *issue, double position) {
  pln_doc_cell(doc, pln_bargain_value(issue, position));
}

/* ---- Method ---- */

static void add_options(PlnDoc *doc, const PlnMethodOptions *how) {
  pln_doc_open(doc, "options");
  pln_doc_fact(doc, "reference_point", pln_bool(how->reference));
  pln_doc_fact(doc, "stay", pln_number(how->q, DIGITS));
  pln_doc_text(doc, "law", pln_law_words[how->law]);
  pln_doc_text(doc, "challengers", pln_challengers_words[how->challengers]);
  pln_doc_fact(doc, "exponent", pln_int(how->exponent));
  pln_doc_fact(doc, "risk", pln_bool(how->risk));
  pln_doc_text(doc, "weights", how->capability_alone ? "capability" : "capability-salience");
  pln_doc_text(doc, "disagreement", pln_disagree_words[how->disagree]);
  pln_doc_fact(doc, "both_ways", pln_bool(how->both_ways));
  pln_doc_close(doc);
}

static void add_method(PlnDoc *doc, const PlnBargain *b) {
  const PlnCourse *c = b->course;
  const PlnMethod *method = b->options.method;
  pln_doc_open(doc, "method");
  pln_doc_text(doc, "name", method->name);
  pln_doc_text(doc, "title", method->title);
  pln_doc_text(doc, "source", method->source);
  pln_doc_fact(doc, "replication", pln_bool(method->replication));
  pln_doc_fact(doc, "rounds", pln_int(c->rounds));
  pln_doc_text(doc, "why", whys[c->why]);
  pln_doc_text(doc, "end", pln_talks_end_words[c->end]);
  pln_doc_fact(doc, "back_at_round", c->why == PLN_COURSE_CYCLE ? pln_int(c->back) : pln_none());
  pln_doc_fact(doc, "ties", pln_int(c->ties));
  pln_doc_fact(doc, "draws", pln_int(b->options.draws));
  pln_doc_fact(doc, "equal_capability", pln_bool(b->table->equal_capability));
  pln_doc_fact(doc, "equal_salience", pln_bool(b->table->equal_salience));
  add_options(doc, &b->options.how);
  pln_doc_close(doc);
}

/* ---- Issues ---- */

static const char *spread_of(const PlnBargainIssue *item) {
  return item->has_drawn ? "draws" : item->has_spread ? "method" : "";
}

static void issue_numbers(PlnDoc *doc, const PlnBargainIssue *item) {
  static const PlnBargainSpread none = {NAN, NAN, {NAN, NAN, NAN, NAN, NAN}, {0}};
  const PlnBargainSpread *spread = pln_bargain_spread(item);
  const PlnIssue *issue = item->issue;
  spread = spread ? spread : &none;
  pln_doc_cell(doc, pln_int(item->taking_part));
  cell(doc, issue, item->mean);
  cell(doc, issue, item->plain_mean);
  cell(doc, issue, item->median);
  cell(doc, issue, item->before);
  cell(doc, issue, item->outcome);
  pln_doc_cell(doc, *spread_of(item) ? pln_text(spread_of(item)) : pln_none());
  for (guint q = 0; q < 5; q++)
    cell(doc, issue, spread->quantile[q]);
  cell(doc, issue, spread->mean);
  cell(doc, issue, spread->sd);
  pln_doc_cell(doc, pln_int(item->without));
}

static void add_issues(PlnDoc *doc, const PlnBargain *b, const PlnComposeBargainOptions *options) {
  static const PlnDocColumn columns[] = {
      {"issue", NULL},      {"title", NULL},     {"low", NULL},       {"high", NULL},
      {"unit", NULL},       {"from", NULL},      {"to", NULL},        {"reference", NULL},
      {"on_record", NULL},  {"proposal", NULL},  {"taking_part", NULL}, {"mean", NULL},
      {"plain_mean", NULL}, {"median", NULL},    {"before", NULL},    {"outcome", NULL},
      {"spread_of", NULL},  {"p05", NULL},       {"p25", NULL},       {"p50", NULL},
      {"p75", NULL},        {"p95", NULL},       {"spread_mean", NULL}, {"spread_sd", NULL},
      {"without", NULL},    {"words", NULL},     {"status", NULL},    {NULL, NULL}};
  pln_doc_table(doc, "issues", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < b->course->m; k++) {
    const PlnBargainIssue *item = &b->issue[k];
    const PlnIssue *issue = item->issue;
    if (!pln_bargain_shows(b, options, k))
      continue;
    const char *const texts[] = {issue->title, issue->low, issue->high, issue->unit};
    pln_doc_cell(doc, pln_text(issue->id));
    for (gsize t = 0; t < G_N_ELEMENTS(texts); t++)
      pln_doc_cell(doc, *texts[t] ? pln_text(texts[t]) : pln_none());
    cell(doc, issue, issue->from);
    cell(doc, issue, issue->to);
    cell(doc, issue, issue->reference);
    cell(doc, issue, issue->outcome);
    pln_doc_cell(doc, issue->proposal < 0
                          ? pln_none()
                          : pln_text(pln_scenario_proposal(b->scenario, (guint)issue->proposal)->id));
    issue_numbers(doc, item);
    pln_doc_cell(doc, item->words ? pln_text(item->words) : pln_none());
    pln_doc_cell(doc, pln_text(pln_status_words[item->weakest]));
  }
}

/* ---- Delegations ---- */

static void add_delegations(PlnDoc *doc, const PlnBargain *b) {
  static const PlnDocColumn columns[] = {
      {"who", NULL},           {"title", NULL}, {"kind", NULL},  {"members", NULL},
      {"edited", NULL},        {"loss", NULL},  {"loss_before", NULL},
      {"loss_reference", NULL}, {"moved", NULL}, {"externality", NULL}, {NULL, NULL}};
  pln_doc_table(doc, "delegations", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint i = 0; i < b->course->n; i++) {
    const PlnDelegation *d = pln_delegation(b->table, i);
    const PlnBargainSide *side = &b->side[i];
    pln_doc_cell(doc, pln_text(d->name));
    pln_doc_cell(doc, pln_text(d->title));
    pln_doc_cell(doc, pln_text(d->state ? "state" : d->bloc ? "bloc" : "merger"));
    pln_doc_cell(doc, pln_int(d->members->len));
    pln_doc_cell(doc, pln_bool(d->edited));
    pln_doc_cell(doc, pln_number(side->loss, DIGITS));
    pln_doc_cell(doc, pln_number(side->loss_before, DIGITS));
    pln_doc_cell(doc, pln_number(side->loss_reference, DIGITS));
    pln_doc_cell(doc, pln_number(side->moved, DIGITS));
    pln_doc_cell(doc, pln_number(b->course->exchanges > 0 ? side->externality : NAN, DIGITS));
  }
}

/* What each brings to each issue, as the method was given it. */
static void add_stated(PlnDoc *doc, const PlnBargain *b, const PlnComposeBargainOptions *options) {
  static const PlnDocColumn columns[] = {
      {"issue", NULL},      {"who", NULL},           {"position", NULL}, {"sd", NULL},
      {"salience", NULL},   {"salience_sd", NULL},   {"capability", NULL},
      {"capability_sd", NULL}, {"lever", NULL},      {"end", NULL},      {"status", NULL},
      {NULL, NULL}};
  const PlnDelegations *t = b->table;
  pln_doc_table(doc, "stated", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < t->m; k++)
    for (guint i = 0; i < t->n; i++) {
      gsize at = (gsize)i * t->m + k;
      if (!pln_bargain_shows(b, options, k) || isnan(t->position[at]))
        continue;
      pln_doc_cell(doc, pln_text(issue_of(b, k)->id));
      pln_doc_cell(doc, pln_text(name_of(b, i)));
      cell(doc, issue_of(b, k), t->position[at]);
      cell(doc, issue_of(b, k), t->position_sd[at]);
      pln_doc_cell(doc, pln_number(t->salience[at], DIGITS));
      pln_doc_cell(doc, pln_number(t->salience_sd[at], DIGITS));
      pln_doc_cell(doc, pln_number(t->capability[at], DIGITS));
      pln_doc_cell(doc, pln_number(t->capability_sd[at], DIGITS));
      pln_doc_cell(doc, pln_number(b->lever[at], DIGITS));
      cell(doc, issue_of(b, k), pln_course_at(b->course, b->course->rounds, i, k));
      pln_doc_cell(doc, pln_text(pln_status_words[t->status[at]]));
    }
}

static void add_differing(PlnDoc *doc, const PlnBargain *b,
                          const PlnComposeBargainOptions *options) {
  static const PlnDocColumn columns[] = {{"issue", NULL},    {"who", NULL},      {"delegation", NULL},
                                         {"position", NULL}, {"sd", NULL},
                                         {"distance", NULL}, {"salience", NULL}, {NULL, NULL}};
  pln_doc_table(doc, "differing", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < b->table->differing->len; k++) {
    const PlnDiffering *d = &g_array_index(b->table->differing, PlnDiffering, k);
    if (!pln_bargain_shows(b, options, d->issue))
      continue;
    pln_doc_cell(doc, pln_text(issue_of(b, d->issue)->id));
    pln_doc_cell(doc, pln_text(pln_actor_name(d->row)));
    pln_doc_cell(doc, pln_text(name_of(b, d->delegation)));
    cell(doc, issue_of(b, d->issue), d->position);
    cell(doc, issue_of(b, d->issue), d->sd);
    cell(doc, issue_of(b, d->issue), d->distance);
    pln_doc_cell(doc, pln_number(d->salience, DIGITS));
  }
}

/* ---- Rounds ---- */

static void add_positions(PlnDoc *doc, const PlnBargain *b,
                          const PlnComposeBargainOptions *options) {
  static const PlnDocColumn columns[] = {
      {"round", NULL}, {"issue", NULL}, {"who", NULL}, {"position", NULL}, {NULL, NULL}};
  const PlnCourse *c = b->course;
  pln_doc_table(doc, "positions", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint r = 0; r <= c->rounds; r++)
    for (guint k = 0; k < c->m; k++)
      for (guint i = 0; i < c->n && pln_bargain_shows(b, options, k); i++) {
        double position = pln_course_at(c, r, i, k);
        if (isnan(position))
          continue;
        pln_doc_cell(doc, pln_int(r));
        pln_doc_cell(doc, pln_text(issue_of(b, k)->id));
        pln_doc_cell(doc, pln_text(name_of(b, i)));
        cell(doc, issue_of(b, k), position);
      }
}

static void add_outcomes(PlnDoc *doc, const PlnBargain *b,
                         const PlnComposeBargainOptions *options) {
  static const PlnDocColumn columns[] = {
      {"round", NULL}, {"issue", NULL}, {"outcome", NULL}, {"mean", NULL}, {NULL, NULL}};
  pln_doc_table(doc, "outcomes", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint r = 0; r <= b->course->rounds; r++)
    for (guint k = 0; k < b->course->m; k++) {
      if (!pln_bargain_shows(b, options, k))
        continue;
      pln_doc_cell(doc, pln_int(r));
      pln_doc_cell(doc, pln_text(issue_of(b, k)->id));
      cell(doc, issue_of(b, k), b->course->outcome[(gsize)r * b->course->m + k]);
      cell(doc, issue_of(b, k), b->course->mean[(gsize)r * b->course->m + k]);
    }
}

/* ---- Deals ---- */

static gboolean deal_shown(const PlnBargain *b, const PlnComposeBargainOptions *options,
                           const PlnDeal *deal) {
  return pln_bargain_shows(b, options, deal->issue) ||
         (deal->issue2 >= 0 && pln_bargain_shows(b, options, (guint)deal->issue2));
}

static void add_deal(PlnDoc *doc, const PlnBargain *b, guint number, const PlnCourseDeal *kept) {
  const PlnDeal *deal = &kept->deal;
  const PlnIssue *two = deal->issue2 >= 0 ? issue_of(b, (guint)deal->issue2) : NULL;
  pln_doc_cell(doc, pln_int(number));
  pln_doc_cell(doc, pln_int(kept->round));
  pln_doc_cell(doc, pln_text(pln_deal_words[deal->kind]));
  pln_doc_cell(doc, pln_text(name_of(b, deal->actor)));
  pln_doc_cell(doc, pln_text(issue_of(b, deal->issue)->id));
  cell(doc, issue_of(b, deal->issue), deal->from);
  cell(doc, issue_of(b, deal->issue), deal->to);
  pln_doc_cell(doc, pln_text(name_of(b, deal->other)));
  pln_doc_cell(doc, two ? pln_text(two->id) : pln_none());
  pln_doc_cell(doc, two ? pln_bargain_value(two, deal->from2) : pln_none());
  pln_doc_cell(doc, two ? pln_bargain_value(two, deal->to2) : pln_none());
  pln_doc_cell(doc, pln_number(deal->own, DIGITS));
  pln_doc_cell(doc, pln_number(deal->others, DIGITS));
}

static void add_deals(PlnDoc *doc, const PlnBargain *b, const PlnComposeBargainOptions *options) {
  static const PlnDocColumn columns[] = {
      {"deal", NULL},  {"round", NULL},  {"kind", NULL},  {"who", NULL}, {"issue", NULL},
      {"from", NULL},  {"to", NULL},     {"other", NULL}, {"issue2", NULL}, {"from2", NULL},
      {"to2", NULL},   {"own", NULL},    {"others", NULL}, {NULL, NULL}};
  pln_doc_table(doc, "deals", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint d = 0; d < b->course->deals->len; d++) {
    const PlnCourseDeal *kept = &g_array_index(b->course->deals, PlnCourseDeal, d);
    if (deal_shown(b, options, &kept->deal))
      add_deal(doc, b, d + 1, kept);
  }
}

static void add_externalities(PlnDoc *doc, const PlnBargain *b,
                              const PlnComposeBargainOptions *options) {
  static const PlnDocColumn columns[] = {
      {"deal", NULL}, {"round", NULL}, {"who", NULL}, {"utility", NULL}, {NULL, NULL}};
  const PlnCourse *c = b->course;
  pln_doc_table(doc, "externalities", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint d = 0; d < c->deals->len && c->exchanges > 0; d++) {
    const PlnCourseDeal *kept = &g_array_index(c->deals, PlnCourseDeal, d);
    gboolean shown = kept->deal.kind == PLN_DEAL_EXCHANGE && deal_shown(b, options, &kept->deal);
    for (guint i = 0; i < c->n && shown; i++) {
      pln_doc_cell(doc, pln_int(d + 1));
      pln_doc_cell(doc, pln_int(kept->round));
      pln_doc_cell(doc, pln_text(name_of(b, i)));
      pln_doc_cell(doc, pln_number(c->externality[(gsize)kept->externality * c->n + i], DIGITS));
    }
  }
}

/* ---- Distributions ---- */

static void spread_rows(PlnDoc *doc, const PlnIssue *issue, const PlnBargainSpread *spread,
                        const char *of) {
  double part = (issue->to - issue->from) / PLN_BARGAIN_BINS;
  for (guint b = 0; b < PLN_BARGAIN_BINS; b++) {
    pln_doc_cell(doc, pln_text(issue->id));
    pln_doc_cell(doc, pln_text(of));
    cell(doc, issue, issue->from + b * part);
    cell(doc, issue, issue->from + (b + 1) * part);
    pln_doc_cell(doc, pln_number(spread->share[b], DIGITS));
  }
}

static void add_spread(PlnDoc *doc, const PlnBargain *b, const PlnComposeBargainOptions *options) {
  static const PlnDocColumn columns[] = {{"issue", NULL}, {"of", NULL},    {"from", NULL},
                                         {"to", NULL},    {"share", NULL}, {NULL, NULL}};
  pln_doc_table(doc, "spread", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < b->course->m; k++) {
    const PlnBargainIssue *item = &b->issue[k];
    if (!pln_bargain_shows(b, options, k))
      continue;
    if (item->has_spread)
      spread_rows(doc, item->issue, &item->spread, "method");
    if (item->has_drawn)
      spread_rows(doc, item->issue, &item->drawn, "draws");
  }
}

static void add_chances(PlnDoc *doc, const PlnBargain *b,
                        const PlnComposeBargainOptions *options) {
  static const PlnDocColumn columns[] = {
      {"issue", NULL}, {"who", NULL}, {"position", NULL}, {"chance", NULL}, {NULL, NULL}};
  const PlnCourse *c = b->course;
  pln_doc_table(doc, "chances", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < c->m && c->chance; k++)
    for (guint i = 0; i < c->n && pln_bargain_shows(b, options, k); i++) {
      double chance = c->chance[(gsize)i * c->m + k];
      if (isnan(chance))
        continue;
      pln_doc_cell(doc, pln_text(issue_of(b, k)->id));
      pln_doc_cell(doc, pln_text(name_of(b, i)));
      cell(doc, issue_of(b, k), pln_course_at(c, c->rounds, i, k));
      pln_doc_cell(doc, pln_number(chance, DIGITS)); /* exact: they add up to 1 */
    }
}

void pln_compose_bargain_data(PlnDoc *doc, const PlnBargain *bargain,
                              const PlnComposeBargainOptions *options) {
  add_method(doc, bargain);
  add_issues(doc, bargain, options);
  add_delegations(doc, bargain);
  add_stated(doc, bargain, options);
  add_differing(doc, bargain, options);
  add_positions(doc, bargain, options);
  add_outcomes(doc, bargain, options);
  add_deals(doc, bargain, options);
  add_externalities(doc, bargain, options);
  add_spread(doc, bargain, options);
  add_chances(doc, bargain, options);
}
