/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page draws of ratification: parties and events year by year, which programs have too, and
 * who the parties are. */
#include <math.h>

#include "plenary/compose_project.h"
#include "plenary/compose_ratify.h"

/* ---- Years ---- */

/* States whose instrument lay with the depositary at the end of @year. */
static guint known_by(const PlnRatify *r, guint year) {
  guint n = 0;
  for (guint i = 0; i < r->n; i++) {
    const PlnTreatyAct *act = r->state[i].act;
    n += act && act->consent > PLN_DAY_UNKNOWN && act->consent / 10000 <= year;
  }
  return n;
}

static guint year_of(PlnDayNumber day) {
  return pln_day_of_number(day) / 10000;
}

/* The events whose middle lies in @year: "in force; 60 parties". */
static PlnValue marks_of(const PlnRatify *r, guint year) {
  g_autoptr(GString) out = g_string_new(NULL);
  for (PlnRatifyEvent e = PLN_RATIFY_IN_FORCE; e < PLN_RATIFY_EVENTS; e++) {
    g_autofree char *event = pln_say_ratify_event(r, e);
    PlnDayNumber middle = r->date[e].quantile[PLN_RATIFY_QUANTILES / 2];
    if (middle >= 0 && year_of(middle) == year && (e != PLN_RATIFY_PROTOCOL || r->voted))
      g_string_append_printf(out, "%s%s", out->len > 0 ? "; " : "", event);
  }
  return out->len > 0 ? pln_text(out->str) : pln_none();
}

/* The days in @year by which it comes in 5, 50 and 95 of 100 draws: "5 %: 2029-04-24". */
static PlnValue days_of(const PlnRatifyDate *date, guint year) {
  static const char *const said[PLN_RATIFY_QUANTILES] = {"5 %", NULL, "50 %", NULL, "95 %"};
  g_autoptr(GString) out = g_string_new(NULL);
  for (guint q = 0; q < PLN_RATIFY_QUANTILES; q += 2)
    if (date->quantile[q] >= 0 && year_of(date->quantile[q]) == year) {
      g_autofree char *day = pln_day_text(pln_day_of_number(date->quantile[q]));
      g_string_append_printf(out, "%s%s: %s", out->len > 0 ? "; " : "", said[q], day);
    }
  return out->len > 0 ? pln_text(out->str) : pln_none();
}

/* What is drawn of year first_year + @k; below 0 it is past, and known. */
static void drawn_cells(PlnDoc *doc, const PlnRatify *r, int k) {
  guint year = (guint)((int)r->first_year + k);
  pln_doc_cell(doc, pln_int(year));
  pln_doc_cell(doc, k < 0 ? pln_int(known_by(r, year)) : pln_none());
  for (guint q = 0; q < PLN_RATIFY_QUANTILES; q++)
    pln_doc_cell(doc, k < 0 ? pln_none() : pln_number(r->fan[k * PLN_RATIFY_QUANTILES + (int)q], 2));
}

static void other_cells(PlnDoc *doc, const PlnRatify *r, int k) {
  pln_doc_cell(doc, pln_int(r->threshold));
  pln_doc_cell(doc, pln_int(r->parties));
  pln_doc_cell(doc, k < 0 ? pln_none() : pln_number(r->mean[k], 4));
  for (PlnRatifyEvent e = 0; e < PLN_RATIFY_EVENTS; e++) {
    double by = k < 0                      ? NAN
                : e == PLN_RATIFY_PROTOCOL ? pln_ratify_protocol_by(r, (guint)k)
                                           : r->date[e].by[k];
    pln_doc_cell(doc, isnan(by) ? pln_none() : pln_chance_value(by, r->options.draws));
  }
  pln_doc_cell(doc, marks_of(r, (guint)((int)r->first_year + k)));
}

/* From the year of the opening on. */
static void add_rows(PlnDoc *doc, const PlnRatify *r, gboolean drawn) {
  int first = (int)year_of(r->opened) - (int)r->first_year;
  for (int k = MIN(first, 0); k <= (int)r->options.years; k++) {
    guint year = (guint)((int)r->first_year + k);
    drawn_cells(doc, r, k);
    if (!drawn) {
      other_cells(doc, r, k);
      continue;
    }
    pln_doc_cell(doc, days_of(&r->date[PLN_RATIFY_IN_FORCE], year));
    pln_doc_cell(doc, days_of(&r->date[PLN_RATIFY_CONFERENCE], year));
  }
}

/* The headings of the two levels begin with their numbers, which the drawing reads there. */
static void add_timeline(PlnDoc *doc, const PlnRatify *r) {
  g_autofree char *needed = g_strdup_printf("%u for force", r->threshold);
  g_autofree char *parties = g_strdup_printf("%u for a protocol", r->parties);
  const PlnDocColumn columns[] = {{"year", "Year"},
                                  {"parties", "Known"},
                                  {"q05", "5 %"},
                                  {"q25", "25 %"},
                                  {"q50", "50 %"},
                                  {"q75", "75 %"},
                                  {"q95", "95 %"},
                                  {"needed", g_intern_string(needed)},
                                  {"conference", g_intern_string(parties)},
                                  {NULL, NULL}};
  g_autofree char *force = pln_say_ratify_date(r, &r->date[PLN_RATIFY_IN_FORCE]);
  g_autofree char *conference = pln_say_ratify_date(r, &r->date[PLN_RATIFY_CONFERENCE]);
  pln_doc_chart(doc, "timeline", "In force: %s; %u parties: %s", force, r->parties, conference);
  pln_doc_table(doc, NULL, PLN_FOR_PROGRAMS, NULL, columns);
  add_rows(doc, r, TRUE);
}

static void add_years(PlnDoc *doc, const PlnRatify *r) {
  static const PlnDocColumn columns[] = {{"year", NULL},
                                         {"parties", NULL},
                                         {"q05", NULL},
                                         {"q25", NULL},
                                         {"q50", NULL},
                                         {"q75", NULL},
                                         {"q95", NULL},
                                         {"needed", NULL},
                                         {"conference", NULL},
                                         {"mean", NULL},
                                         {"last_needed_by", NULL},
                                         {"in_force_by", NULL},
                                         {"conference_by", NULL},
                                         {"protocol_by", NULL},
                                         {"marks", NULL},
                                         {NULL, NULL}};
  pln_doc_table(doc, "years", PLN_FOR_PROGRAMS, NULL, columns);
  add_rows(doc, r, FALSE);
}

/* ---- Charts ---- */

/* (transfer full) */
static char *say_parties(const PlnRatify *r) {
  const PlnRatifyComposition *at = &r->at_conference;
  g_autofree char *draws = pln_say_ratify_draws(at->past_third);
  if (isnan(at->parties) || at->parties <= 0)
    return g_strdup("Who the parties are, year by year");
  return g_strdup_printf("Of the first %.0f parties %.0f are %s parties: a blocking third %s",
                         at->parties, at->kind[PLN_PARTY_PAST], pln_say_treaty(r->options.past),
                         draws);
}

static void add_parties(PlnDoc *doc, const PlnRatify *r) {
  g_autofree char *past = g_strdup_printf("%s parties", pln_say_treaty(r->options.past));
  g_autofree char *against =
      g_strdup_printf("Others against %s", pln_say_resolution(r->options.began));
  const PlnDocColumn columns[] = {{"year", "Year"},
                                  {"past", g_intern_string(past)},
                                  {"against", g_intern_string(against)},
                                  {"other", "Others"},
                                  {"third", "A third"},
                                  {NULL, NULL}};
  g_autofree char *finding = say_parties(r);
  pln_doc_chart(doc, "parties", "%s", finding);
  pln_doc_table(doc, NULL, PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k <= r->options.years; k++) {
    pln_doc_cell(doc, pln_int(r->first_year + k));
    for (guint kind = 0; kind < PLN_PARTY_KINDS; kind++)
      pln_doc_cell(doc, pln_number(r->at_year[k].kind[kind], 2));
    pln_doc_cell(doc, pln_number(r->at_year[k].parties / 3, 2));
  }
}

void pln_compose_ratify_charts(PlnDoc *doc, const PlnRatify *r) {
  add_timeline(doc, r);
  add_parties(doc, r);
  add_years(doc, r);
}
