/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ratification for programs.  Days are YYYY-MM-DD; what does not come within the horizon is null. */
#include <math.h>
#include <string.h>

#include "plenary/compose.h"
#include "plenary/compose_project.h"
#include "plenary/compose_ratify.h"

enum { DIGITS = 6 };

static PlnValue day_value(PlnDayNumber day) {
  g_autofree char *text = day < 0 ? NULL : pln_day_text(pln_day_of_number(day));
  return text ? pln_text(text) : pln_none();
}

static PlnValue stated_day(PlnDay day) {
  g_autofree char *text = pln_day_text(day);
  return *text ? pln_text(text) : pln_none();
}

static PlnValue text_or_none(const char *text) {
  return text && *text ? pln_text(text) : pln_none();
}

static PlnValue chance(const PlnRatify *r, double value) {
  return pln_chance_value(value, r->options.draws);
}

gboolean pln_ratify_deposited(const PlnRatify *r, const PlnRatifyState *s) {
  return s->act && s->act->consent > PLN_DAY_UNKNOWN && pln_day_number(s->act->consent) >= 0 &&
         pln_day_number(s->act->consent) <= r->known;
}

double pln_ratify_protocol_by(const PlnRatify *r, guint k) {
  double voted = 1 - r->date[PLN_RATIFY_CONFERENCE].never;
  return r->voted ? r->date[PLN_RATIFY_PROTOCOL].by[k] * r->vote.adopted * voted : NAN;
}

PlnValue pln_ratify_chance(const PlnRatify *r, const PlnRatifyState *s, double value) {
  if (pln_ratify_deposited(r, s) || (s->edit && s->edit->kind != PLN_RATIFY_SET_VOTE))
    return pln_number(value, DIGITS);
  return chance(r, value);
}

/* ---- Options, facts ---- */

static void add_options(PlnDoc *doc, const PlnRatify *r) {
  pln_doc_open(doc, "options");
  pln_doc_fact(doc, "threshold", pln_int(r->threshold));
  pln_doc_fact(doc, "days", pln_int(r->days));
  pln_doc_fact(doc, "parties", pln_int(r->parties));
  pln_doc_fact(doc, "protocol_threshold", pln_int(r->options.protocol));
  pln_doc_fact(doc, "years", pln_int(r->options.years));
  pln_doc_fact(doc, "past", pln_text(r->options.past));
  pln_doc_fact(doc, "fast", text_or_none(r->options.fast));
  pln_doc_fact(doc, "began", pln_text(r->options.began));
  pln_doc_fact(doc, "tie", pln_number(r->options.tie, DIGITS));
  pln_doc_fact(doc, "reluctance", pln_number(r->options.reluctance, DIGITS));
  pln_doc_fact(doc, "no_support", pln_bool(r->options.no_support));
  pln_doc_fact(doc, "draws", pln_int(r->options.draws));
  pln_doc_fact(doc, "seed", pln_int((gint64)r->options.seed));
  pln_doc_close(doc);
}

static void add_head(PlnDoc *doc, const PlnRatify *r) {
  pln_doc_fact(doc, "treaty", pln_text(r->options.treaty));
  pln_doc_fact(doc, "name", pln_text(pln_ratify_name(r)));
  pln_doc_fact(doc, "opened", day_value(r->opened));
  pln_doc_fact(doc, "known", day_value(r->known));
  pln_doc_fact(doc, "deposits", pln_int(r->deposits));
  pln_doc_fact(doc, "signatories", pln_int(r->signatories));
  pln_doc_fact(doc, "states_open", pln_int(r->n));
  pln_doc_fact(doc, "weakest", pln_text(pln_status_words[r->weakest]));
}

static void fit_classes(PlnDoc *doc, const PlnJoinFit *fit) {
  static const PlnDocColumn columns[] = {
      {"class", NULL},     {"joined", NULL},      {"years", NULL},    {"shape", NULL},
      {"shape_low", NULL}, {"shape_high", NULL},  {"log_rate", NULL}, {"ten_years", NULL},
      {"wander", NULL},    {"wander_high", NULL}, {NULL, NULL}};
  pln_doc_table(doc, "classes", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint c = 0; c < PLN_JOIN_CLASSES; c++) {
    const PlnJoinClassFit *it = &fit->class_fit[c];
    const double numbers[] = {it->years,    it->shape, it->shape_low,   it->shape_high,
                              it->log_rate, it->ten,   it->wander_mean, it->wander_high};
    pln_doc_cell(doc, pln_text(pln_join_class_ids[c]));
    pln_doc_cell(doc, pln_int(it->joined));
    for (gsize k = 0; k < G_N_ELEMENTS(numbers); k++)
      pln_doc_cell(doc, pln_number(numbers[k], DIGITS));
  }
}

void pln_compose_join_fit(PlnDoc *doc, const PlnJoinFit *fit, const double *pace) {
  static const PlnDocColumn columns[] = {{"q05", NULL}, {"q25", NULL}, {"q50", NULL},
                                         {"q75", NULL}, {"q95", NULL}, {NULL, NULL}};
  pln_doc_open(doc, "fit");
  pln_doc_hide(doc);
  pln_doc_fact(doc, "years", pln_number(fit->until, DIGITS));
  pln_doc_fact(doc, "states", pln_int(fit->states));
  pln_doc_fact(doc, "joiners", pln_int(fit->joiners));
  fit_classes(doc, fit);
  pln_doc_fact(doc, "has_fast", pln_bool(fit->has_fast));
  pln_doc_fact(doc, "fast_shape", fit->has_fast ? pln_number(fit->fast_shape, DIGITS) : pln_none());
  pln_doc_fact(doc, "fast_error", fit->has_fast ? pln_number(fit->fast_error, DIGITS) : pln_none());
  pln_doc_fact(doc, "union_sd", pln_number(fit->union_sd, DIGITS));
  pln_doc_fact(doc, "union_joined", pln_int(fit->union_joined));
  pln_doc_fact(doc, "union_expected", pln_number(fit->union_expected, DIGITS));
  pln_doc_fact(doc, "support", pln_number(fit->support, DIGITS));
  pln_doc_fact(doc, "support_error", pln_number(fit->support_error, DIGITS));
  pln_doc_fact(doc, "support_joined", pln_int(fit->support_joined));
  pln_doc_table(doc, "pace", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint q = 0; q < PLN_RATIFY_QUANTILES; q++)
    pln_doc_cell(doc, pln_number(pace[q], DIGITS));
  pln_doc_close(doc);
}

static void add_terms(PlnDoc *doc, const PlnRatify *r) {
  static const PlnDocColumn columns[] = {
      {"treaty", NULL}, {"key", NULL},      {"number", NULL}, {"day", NULL},  {"words", NULL},
      {"status", NULL}, {"citation", NULL}, {"source", NULL}, {"note", NULL}, {NULL, NULL}};
  pln_doc_table(doc, "terms", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < r->terms->len; k++) {
    const PlnTreatyTerm *term = g_array_index(r->terms, const PlnTreatyTerm *, k);
    gboolean dated = term->day != PLN_DAY_NONE;
    pln_doc_cell(doc, pln_text(term->treaty));
    pln_doc_cell(doc, pln_text(term->key));
    pln_doc_cell(doc, dated || term->number < 0 ? pln_none() : pln_int(term->number));
    pln_doc_cell(doc, stated_day(term->day));
    pln_doc_cell(doc, text_or_none(term->words));
    pln_doc_cell(doc, pln_text(pln_status_words[term->status]));
    pln_doc_cell(doc, text_or_none(term->citation));
    pln_doc_cell(doc, text_or_none(term->source));
    pln_doc_cell(doc, text_or_none(term->note));
  }
}

static void add_milestones(PlnDoc *doc, const PlnRatify *r) {
  static const PlnDocColumn columns[] = {{"treaty", NULL}, {"number", NULL}, {"day", NULL},
                                         {"status", NULL}, {"source", NULL}, {NULL, NULL}};
  pln_doc_table(doc, "milestones", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < r->milestones->len; k++) {
    const PlnTreatyMilestone *m = r->milestones->pdata[k];
    pln_doc_cell(doc, pln_text(m->treaty));
    pln_doc_cell(doc, pln_int(m->number));
    pln_doc_cell(doc, stated_day(m->day));
    pln_doc_cell(doc, pln_text(pln_status_words[m->status]));
    pln_doc_cell(doc, text_or_none(m->source));
  }
}

static void add_reservations(PlnDoc *doc, const PlnRatify *r) {
  static const PlnDocColumn columns[] = {{"state", NULL},  {"provisions", NULL}, {"status", NULL},
                                         {"source", NULL}, {"note", NULL},       {NULL, NULL}};
  pln_doc_table(doc, "reservations", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < r->reservations->len; k++) {
    const PlnReservation *it = r->reservations->pdata[k];
    pln_doc_cell(doc, pln_text(it->state));
    pln_doc_cell(doc, pln_text(it->provisions));
    pln_doc_cell(doc, pln_text(pln_status_words[it->status]));
    pln_doc_cell(doc, text_or_none(it->source));
    pln_doc_cell(doc, text_or_none(it->note));
  }
}

/* ---- Dates ---- */

/* How many it takes, where it is a number. */
static PlnValue number_of(const PlnRatify *r, PlnRatifyEvent event) {
  const guint numbers[PLN_RATIFY_EVENTS] = {r->threshold, r->threshold, r->parties,
                                            r->options.protocol};
  return pln_int(numbers[event]);
}

static void add_dates(PlnDoc *doc, const PlnRatify *r, const PlnRatify *base) {
  static const PlnDocColumn columns[] = {
      {"event", NULL},    {"number", NULL},   {"q05", NULL},      {"q25", NULL},
      {"q50", NULL},      {"q75", NULL},      {"q95", NULL},      {"never", NULL},
      {"base_q05", NULL}, {"base_q50", NULL}, {"base_q95", NULL}, {"base_never", NULL},
      {NULL, NULL}};
  pln_doc_table(doc, "dates", PLN_FOR_PROGRAMS, NULL, columns);
  for (PlnRatifyEvent e = 0; e < PLN_RATIFY_EVENTS; e++) {
    gboolean after = e == PLN_RATIFY_PROTOCOL;
    const PlnRatifyDate *date = after && !r->voted ? NULL : &r->date[e];
    const PlnRatifyDate *was = base && (!after || base->voted) ? &base->date[e] : NULL;
    if (!date)
      continue;
    pln_doc_cell(doc, pln_text(pln_ratify_event_ids[e]));
    pln_doc_cell(doc, number_of(r, e));
    for (guint q = 0; q < PLN_RATIFY_QUANTILES; q++)
      pln_doc_cell(doc, day_value(date->quantile[q]));
    pln_doc_cell(doc, chance(r, date->never));
    for (guint q = 0; q < PLN_RATIFY_QUANTILES; q += 2)
      pln_doc_cell(doc, was ? day_value(was->quantile[q]) : pln_none());
    pln_doc_cell(doc, was ? chance(base, was->never) : pln_none());
  }
}

/* ---- Who the parties are ---- */

static void composition_row(PlnDoc *doc, const PlnRatify *r, const char *at, PlnValue year,
                            const PlnRatifyComposition *of) {
  gboolean any = !isnan(of->parties);
  pln_doc_cell(doc, pln_text(at));
  pln_doc_cell(doc, year);
  pln_doc_cell(doc, pln_number(of->parties, 4));
  pln_doc_cell(doc, pln_number(of->sd, 4));
  for (guint kind = 0; kind < PLN_PARTY_KINDS; kind++)
    pln_doc_cell(doc, any ? pln_number(of->kind[kind], 4) : pln_none());
  for (guint kind = 0; kind < PLN_PARTY_KINDS; kind++)
    pln_doc_cell(doc, any ? chance(r, of->third[kind]) : pln_none());
  pln_doc_cell(doc, any ? chance(r, of->past_third) : pln_none());
  pln_doc_cell(doc, any ? chance(r, of->against_third) : pln_none());
}

static void add_composition(PlnDoc *doc, const PlnRatify *r) {
  static const PlnDocColumn columns[] = {{"at", NULL},
                                         {"year", NULL},
                                         {"parties", NULL},
                                         {"sd", NULL},
                                         {"past", NULL},
                                         {"against", NULL},
                                         {"other", NULL},
                                         {"past_blocks", NULL},
                                         {"against_blocks", NULL},
                                         {"other_blocks", NULL},
                                         {"past_third", NULL},
                                         {"against_third", NULL},
                                         {NULL, NULL}};
  pln_doc_table(doc, "composition", PLN_FOR_PROGRAMS, NULL, columns);
  composition_row(doc, r, "in-force", pln_none(), &r->at_force);
  composition_row(doc, r, "conference", pln_none(), &r->at_conference);
  for (guint k = 0; k <= r->options.years; k++)
    composition_row(doc, r, "year", pln_int(r->first_year + k), &r->at_year[k]);
}

/* ---- States ---- */

static void state_row(PlnDoc *doc, const PlnRatify *r, const PlnRatifyState *s) {
  static const char *const kinds[PLN_PARTY_KINDS] = {"past", "against", "other"};
  gboolean voted = r->voted && !isnan(r->vote.adopted);
  pln_doc_cell(doc, pln_text(s->state->code));
  pln_doc_cell(doc, pln_text(s->state->name));
  pln_doc_cell(doc, s->act ? stated_day(s->act->signature) : pln_none());
  pln_doc_cell(doc, s->act ? stated_day(s->act->consent) : pln_none());
  pln_doc_cell(doc, s->past ? stated_day(s->past->consent) : pln_none());
  pln_doc_cell(doc, s->began < PLN_VOTE_KINDS ? pln_vote_value(s->began) : pln_none());
  pln_doc_cell(doc, pln_text(kinds[s->kind]));
  pln_doc_cell(doc, pln_text(pln_join_class_ids[s->join_class]));
  pln_doc_cell(doc, pln_number(s->support, DIGITS));
  pln_doc_cell(doc, pln_bool(s->in_union));
  pln_doc_cell(doc, s->edit ? pln_text(s->edit->text) : pln_none());
  pln_doc_cell(doc, pln_ratify_chance(r, s, s->in_force));
  pln_doc_cell(doc, pln_ratify_chance(r, s, s->conference));
  pln_doc_cell(doc, day_value(s->median));
  pln_doc_cell(doc, pln_ratify_chance(r, s, s->by[r->options.years]));
  pln_doc_cell(doc, voted ? pln_ratify_chance(r, s, s->bound) : pln_none());
  for (guint v = 0; v < PLN_VOTE_KINDS; v++)
    pln_doc_cell(doc, voted ? pln_number(s->vote[v], DIGITS) : pln_none());
  pln_doc_cell(doc, s->act ? pln_text(pln_status_words[s->act->status]) : pln_none());
}

static void add_states(PlnDoc *doc, const PlnRatify *r) {
  static const PlnDocColumn columns[] = {{"state", NULL},
                                         {"name", NULL},
                                         {"signed", NULL},
                                         {"deposited", NULL},
                                         {"past_deposited", NULL},
                                         {"began", NULL},
                                         {"kind", NULL},
                                         {"class", NULL},
                                         {"support", NULL},
                                         {"in_union", NULL},
                                         {"edit", NULL},
                                         {"in_force", NULL},
                                         {"conference", NULL},
                                         {"median", NULL},
                                         {"horizon", NULL},
                                         {"bound", NULL},
                                         {"yes", NULL},
                                         {"no", NULL},
                                         {"abstain", NULL},
                                         {"absent", NULL},
                                         {"status", NULL},
                                         {NULL, NULL}};
  static const PlnDocColumn by[] = {{"state", NULL}, {"year", NULL}, {"party", NULL}, {NULL, NULL}};
  pln_doc_table(doc, "states", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint i = 0; i < r->n; i++)
    state_row(doc, r, &r->state[i]);
  pln_doc_table(doc, "states_by_year", PLN_FOR_PROGRAMS, NULL, by);
  for (guint i = 0; i < r->n; i++)
    for (guint k = 0; k <= r->options.years; k++) {
      pln_doc_cell(doc, pln_text(r->state[i].state->code));
      pln_doc_cell(doc, pln_int(r->first_year + k));
      pln_doc_cell(doc, pln_ratify_chance(r, &r->state[i], r->state[i].by[k]));
    }
}

/* ---- The vote ---- */

static void vote_row(PlnDoc *doc, const char *what, PlnValue value) {
  pln_doc_cell(doc, pln_text(what));
  pln_doc_cell(doc, value);
}

static void add_vote(PlnDoc *doc, const PlnRatify *r, const PlnRatify *base) {
  static const PlnDocColumn columns[] = {{"what", NULL}, {"value", NULL}, {NULL, NULL}};
  static const char *const counts[PLN_VOTE_KINDS] = {"yes", "no", "abstain", "absent"};
  static const char *const bound[PLN_RATIFY_QUANTILES] = {"bound_q05", "bound_q25", "bound_q50",
                                                          "bound_q75", "bound_q95"};
  const PlnRatifyVote *v = &r->vote;
  pln_doc_table(doc, "vote", PLN_FOR_PROGRAMS, NULL, columns);
  if (!r->voted)
    return;
  vote_row(doc, "adopted", chance(r, v->adopted));
  vote_row(doc, "error", pln_number(v->error, DIGITS));
  vote_row(doc, "tie_0", chance(r, v->apart));
  vote_row(doc, "tie_twice", chance(r, v->twice));
  vote_row(doc, "all_members", chance(r, v->all));
  vote_row(doc, "compared_error", pln_number(v->compared_error, DIGITS));
  for (guint k = 0; k < PLN_VOTE_KINDS; k++)
    vote_row(doc, counts[k], pln_number(v->count[k], 4));
  vote_row(doc, "needed", pln_number(v->needed, 4));
  vote_row(doc, "past_blocks", chance(r, v->past_blocks));
  vote_row(doc, "against_blocks", chance(r, v->against_blocks));
  for (guint q = 0; q < PLN_RATIFY_QUANTILES; q++)
    vote_row(doc, bound[q], pln_number(v->bound[q], 2));
  vote_row(doc, "base_adopted", base && base->voted ? chance(base, base->vote.adopted) : pln_none());
}

static void add_apart(PlnDoc *doc, const PlnRatify *r) {
  const PlnRatifyVote *v = &r->vote;
  pln_doc_open(doc, "without_support");
  pln_doc_fact(doc, "draws", pln_int(r->options.draws));
  pln_doc_fact(doc, "in_force", day_value(r->date[PLN_RATIFY_IN_FORCE].quantile[2]));
  pln_doc_fact(doc, "conference", day_value(r->date[PLN_RATIFY_CONFERENCE].quantile[2]));
  pln_doc_fact(doc, "past_third_in_force", chance(r, r->at_force.past_third));
  pln_doc_fact(doc, "past_third_conference", chance(r, r->at_conference.past_third));
  pln_doc_fact(doc, "adopted", r->voted ? chance(r, v->adopted) : pln_none());
  pln_doc_close(doc);
}

/* ---- The whole ---- */

void pln_compose_ratify_data(PlnDoc *doc, const PlnRatify *r, const PlnComposeRatifyOptions *how) {
  add_head(doc, r);
  add_options(doc, r);
  add_dates(doc, r, how->base);
  add_composition(doc, r);
  add_states(doc, r);
  add_vote(doc, r, how->base);
  if (how->apart)
    add_apart(doc, how->apart);
  pln_compose_join_fit(doc, &r->fit, r->pace);
  add_terms(doc, r);
  add_milestones(doc, r);
  add_reservations(doc, r);
}
