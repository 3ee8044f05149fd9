/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How well ratification was foreseen: one treaty, split in two. */
#include <math.h>
#include <string.h>

#include "plenary/compose_project.h"
#include "plenary/compose_ratify.h"

enum { SURPRISES = 8, DIGITS = 6 };

/* That who is at least so likely does not join is a surprise. */
#define LIKELY 0.2

static const PlnRatifyYear *year_at(const PlnRatifyBacktest *b, guint k) {
  return &g_array_index(b->years, PlnRatifyYear, k);
}

static const PlnRatifyScored *scored_at(const PlnRatifyBacktest *b, guint k) {
  return &g_array_index(b->scored, PlnRatifyScored, k);
}

static char *day_words(PlnDayNumber day) {
  return pln_day_words(pln_day_of_number(day));
}

static guint joined(const PlnRatifyBacktest *b) {
  guint n = 0;
  for (guint k = 0; k < b->scored->len; k++)
    n += scored_at(b, k)->joined != PLN_DAY_NONE;
  return n;
}

/* ---- The answer ---- */

/* "0.012 less", "0.003 more".  (transfer full) */
static char *less_or_more(double difference) {
  return g_strdup_printf("%.4f %s", fabs(difference), difference <= 0 ? "less" : "more");
}

/* Of one sample there is no interval. */
static gboolean has_interval(const PlnRatifyBacktest *b) {
  return b->options.bootstrap > 1 && !isnan(b->better_low);
}

static char *interval_words(const PlnRatifyBacktest *b) {
  if (!has_interval(b))
    return g_strdup("");
  g_autofree char *from = less_or_more(b->better_low), *to = less_or_more(b->better_high);
  return g_strdup_printf(" (95 %% interval over states: %s to %s, %s)", from, to,
                         b->better_high < 0  ? "more than chance"
                         : b->better_low > 0 ? "more than chance, the wrong way"
                                             : "which may be chance");
}

/* How far the numbers of parties foreseen were off, on average over the years. */
static double off(const PlnRatifyBacktest *b, gboolean constant) {
  double sum = 0;
  for (guint k = 0; k < b->years->len; k++) {
    const PlnRatifyYear *y = year_at(b, k);
    sum += fabs((constant ? y->constant : y->mean) - y->parties);
  }
  return b->years->len > 0 ? sum / b->years->len : NAN;
}

/* A baseline that is better comes first. */
static void say_off(PlnDoc *doc, const PlnRatifyBacktest *b) {
  double own = off(b, FALSE), constant = off(b, TRUE);
  pln_doc_fact(doc, "off", pln_number(own, DIGITS));
  pln_doc_fact(doc, "off_constant", pln_number(constant, DIGITS));
  if (own > constant)
    pln_doc_say(doc, "worse", PLN_SAY_BAD,
                "How many join is foreseen worse than by a constant hazard, the same for all: off by "
                "%.1f parties on average over the years, the constant hazard by %.1f.",
                own, constant);
}

static void say_counts(PlnDoc *doc, const PlnRatifyBacktest *b) {
  const PlnRatifyYear *last = b->years->len > 0 ? year_at(b, b->years->len - 1) : NULL;
  gboolean good = 10 * b->inside >= 8 * b->years->len;
  pln_doc_say(doc, "counts", good ? PLN_SAY_GOOD : PLN_SAY_BAD,
              "%u of %u yearly count%s of parties %s inside the fan (5 to 95 %%).", b->inside,
              b->years->len, b->years->len == 1 ? "" : "s", b->inside == 1 ? "lies" : "lie");
  if (!last)
    return;
  g_autofree char *day = day_words(last->day);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
              "On %s there were %u parties; foreseen %.0f on average, %.0f in the middle (9 of 10: "
              "%.0f to %.0f), by a constant hazard %.0f.",
              day, last->parties, last->mean, last->quantile[PLN_RATIFY_QUANTILES / 2],
              last->quantile[0], last->quantile[PLN_RATIFY_QUANTILES - 1], last->constant);
}

static void say_brier(PlnDoc *doc, const PlnRatifyBacktest *b) {
  g_autofree char *interval = interval_words(b), *difference = less_or_more(b->better);
  PlnSay say = has_interval(b) && b->better_high < 0 ? PLN_SAY_GOOD
               : b->better > 0                       ? PLN_SAY_BAD
                                                     : PLN_SAY_LEAD;
  pln_doc_say(
      doc, "states_score", say,
      "Which states joined: Brier score %.4f, a constant hazard's, the same for all, %.4f: %s%s. A "
      "constant hazard of each class (signed, not signed): %.4f.",
      b->brier, b->brier_constant, difference, interval, b->brier_class);
}

static void add_answer(PlnDoc *doc, const PlnRatifyBacktest *b) {
  g_autofree char *split = day_words(b->split), *opened = day_words(b->opened);
  const char *treaty = pln_say_treaty(b->options.treaty);
  pln_doc_fact(doc, "format", pln_text("plenary-backtest-ratify/1"));
  pln_doc_say(
      doc, "title", PLN_SAY_TITLE,
      "%s, opened %s: fitted on what was known %u year%s after, on %s, held against the next %u",
      treaty, opened, b->options.split, b->options.split == 1 ? "" : "s", split, b->options.years);
  say_off(doc, b);
  say_counts(doc, b);
  say_brier(doc, b);
  if (b->years->len > 1)
    pln_doc_say(doc, "caveat", PLN_SAY_LEAD,
                "One treaty is one path: its %u counts hang together, and are no %u tests.",
                b->years->len, b->years->len);
  else
    pln_doc_say(doc, "caveat", PLN_SAY_LEAD, "One treaty is one path, and one count no test.");
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
              "On the day of the split %u of the %u states that there were then were parties; of the %u "
              "others %u joined by the end. States that came to be later are not counted.",
              b->parties, b->states, b->at_risk, joined(b));
}

/* ---- For people ---- */

static void add_years(PlnDoc *doc, const PlnRatifyBacktest *b) {
  static const PlnDocColumn columns[] = {{"-day", "On"},
                                         {"-parties", "Came"},
                                         {"-mean", "Mean"},
                                         {"-q05", "5 %"},
                                         {"-q95", "95 %"},
                                         {"-in", "Inside"},
                                         {"-constant", "Constant"},
                                         {"-brier", "Brier"},
                                         {"-bc", "constant"},
                                         {"-bg", "by class"},
                                         {NULL, NULL}};
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE,
                "Parties, year by year; Brier score of who had joined by then", columns);
  for (guint k = 0; k < b->years->len; k++) {
    const PlnRatifyYear *y = year_at(b, k);
    g_autofree char *on = pln_day_text(pln_day_of_number(y->day));
    pln_doc_cell(doc, pln_text(on));
    pln_doc_cell(doc, pln_int(y->parties));
    pln_doc_cell(doc, pln_number(y->mean, 1));
    pln_doc_cell(doc, pln_number(y->quantile[0], 0));
    pln_doc_cell(doc, pln_number(y->quantile[PLN_RATIFY_QUANTILES - 1], 0));
    pln_doc_cell(doc, pln_bool(y->inside));
    pln_doc_cell(doc, pln_number(y->constant, 1));
    pln_doc_cell(doc, pln_number(y->brier, 4));
    pln_doc_cell(doc, pln_number(y->brier_constant, 4));
    pln_doc_cell(doc, pln_number(y->brier_class, 4));
  }
}

static void surprise_row(PlnDoc *doc, const PlnRatifyScored *s) {
  static const char *const classes[PLN_JOIN_CLASSES] = {"signed", "not signed"};
  g_autofree char *day = pln_day_words(s->joined), *chance = pln_say_percent(s->chance);
  g_autofree char *constant = pln_say_percent(s->constant);
  pln_doc_cell(doc, pln_text(s->state->code));
  pln_doc_cell(doc, pln_text(classes[s->join_class]));
  pln_doc_cell(doc, pln_text(chance));
  pln_doc_cell(doc, pln_text(constant));
  pln_doc_cell(doc, pln_text(*day ? day : "not"));
  pln_doc_cell(doc, pln_text(s->state->name));
}

/* The model of a forecast of today beside what was chosen on the first years alone. */
static void add_variants(PlnDoc *doc, const PlnRatifyBacktest *b) {
  static const PlnDocColumn columns[] = {
      {"inside", "Inside"},      {"low", "5 %"},           {"high", "95 %"},
      {"brier", "Brier"},        {"difference", "Behind"}, {"difference_low", "from"},
      {"difference_high", "to"}, {"name", "How"},          {NULL, NULL}};
  pln_doc_table(doc, "variants", PLN_FOR_BOTH, "The same forecast made otherwise", columns);
  for (guint k = 0; b->variants && k < b->variants->len; k++) {
    const PlnRatifyVariant *v = &g_array_index(b->variants, PlnRatifyVariant, k);
    const double scores[] = {v->brier, v->better, v->better_low, v->better_high};
    pln_doc_cell(doc, pln_int(v->inside));
    pln_doc_cell(doc, pln_number(v->low, 0));
    pln_doc_cell(doc, pln_number(v->high, 0));
    for (gsize n = 0; n < G_N_ELEMENTS(scores); n++)
      pln_doc_cell(doc, pln_number(scores[n], 4));
    pln_doc_cell(doc, pln_text(v->name));
  }
  if (b->variants && b->variants->len > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "5 %%, 95 %%: the fan on the last day. Behind: Brier score less the constant hazard's, "
                "with its 95 %% interval over states.");
}

/* That the pace wanders, and since when the model has it do so: what was seen is no longer
 * foreseen. */
static void say_wandering(PlnDoc *doc, const PlnRatifyBacktest *b) {
  const PlnJoinClassFit *fit = b->fit.class_fit;
  if (b->options.still)
    return;
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "From the split on the pace wanders, by a random walk of its logarithm of %.2f a year "
              "for those that signed, %.2f for others, fitted from how the first years' numbers vary.",
              fit[PLN_JOIN_SIGNATORY].wander_mean, fit[PLN_JOIN_OTHER].wander_mean);
  /* of the ten years that were looked at */
  if (strcmp(b->options.treaty, "budapest") == 0 && b->options.split == 10 && b->options.years == 10)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "These ten years have been looked at each time the model was changed: a first fan, "
                "without wandering, held 3 of 10, two whose walk was cut short 3 and 5. So that the "
                "fan is wide enough has no clean test here.");
}

/* @b's states are by chance, the greatest first: those that joined from the end, others from the
 * start, as long as it is a surprise. */
static void add_surprises(PlnDoc *doc, const PlnRatifyBacktest *b, gboolean came) {
  static const PlnDocColumn columns[] = {
      {"-state", "State"},   {"-class", "It"},  {"-chance", "Chance"}, {"-constant", "Constant"},
      {"-joined", "Joined"}, {"-name", "Name"}, {NULL, NULL}};
  guint n = b->scored->len, shown = 0;
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE,
                came ? "Joined though unlikely" : "Did not join though likely", columns);
  for (guint k = 0; k < n && shown < SURPRISES; k++) {
    const PlnRatifyScored *s = scored_at(b, came ? n - 1 - k : k);
    if ((s->joined != PLN_DAY_NONE) != came || (came ? s->chance > 0.5 : s->chance < LIKELY))
      continue;
    surprise_row(doc, s);
    shown++;
  }
}

static void add_notes(PlnDoc *doc, const PlnRatifyBacktest *b) {
  const PlnJoinFit *fit = &b->fit;
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Brier: mean square of chance less what came, 0 the best. Constant: one hazard for all "
              "states, from the same years. Chance: to have joined by the end.");
  pln_doc_say(
      doc, NULL, PLN_SAY_NOTE,
      "Fitted on the first %u year%s: %u of %u states joined, Weibull's shape %.2f for those that "
      "signed, %.2f for others; the European Union's own pace has a standard deviation of %.2f "
      "(log).",
      b->options.split, b->options.split == 1 ? "" : "s", fit->joiners, fit->states,
      fit->class_fit[PLN_JOIN_SIGNATORY].shape, fit->class_fit[PLN_JOIN_OTHER].shape, fit->union_sd);
  say_wandering(doc, b);
  if (fit->has_fast)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "The pace lies between its own (0) and %s's (1), weighed by the first years: %.2f (9 of "
                "10: %.2f to %.2f).",
                pln_say_treaty(b->options.fast), b->pace[2], b->pace[0], b->pace[4]);
  if (has_interval(b))
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Interval: states drawn anew %u times, as if each were by itself, which they are not: "
                "many joined together. %u draws of the forecast.",
                b->options.bootstrap, b->options.draws);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE, "The dates are %s at the weakest.",
              pln_status_words[b->weakest]);
}

/* ---- For programs ---- */

static void add_facts(PlnDoc *doc, const PlnRatifyBacktest *b) {
  g_autofree char *opened = pln_day_text(pln_day_of_number(b->opened));
  g_autofree char *split = pln_day_text(pln_day_of_number(b->split));
  g_autofree char *end = pln_day_text(pln_day_of_number(b->end));
  pln_doc_fact(doc, "treaty", pln_text(b->options.treaty));
  pln_doc_fact(doc, "fast", *b->options.fast ? pln_text(b->options.fast) : pln_none());
  pln_doc_fact(doc, "opened", pln_text(opened));
  pln_doc_fact(doc, "split", pln_text(split));
  pln_doc_fact(doc, "end", pln_text(end));
  pln_doc_fact(doc, "states_open", pln_int(b->states));
  pln_doc_fact(doc, "parties", pln_int(b->parties));
  pln_doc_fact(doc, "at_risk", pln_int(b->at_risk));
  pln_doc_fact(doc, "joined", pln_int(joined(b)));
  pln_doc_fact(doc, "inside", pln_int(b->inside));
  pln_doc_fact(doc, "of_years", pln_int(b->years->len));
  pln_doc_fact(doc, "brier", pln_number(b->brier, DIGITS));
  pln_doc_fact(doc, "brier_constant", pln_number(b->brier_constant, DIGITS));
  pln_doc_fact(doc, "brier_class", pln_number(b->brier_class, DIGITS));
  pln_doc_fact(doc, "draws", pln_int(b->options.draws));
  pln_doc_fact(doc, "bootstrap", pln_int(b->options.bootstrap));
  pln_doc_fact(doc, "weakest", pln_text(pln_status_words[b->weakest]));
  pln_doc_open(doc, "against_constant");
  pln_doc_fact(doc, "difference", pln_number(b->better, DIGITS));
  pln_doc_fact(doc, "low", pln_number(b->better_low, DIGITS));
  pln_doc_fact(doc, "high", pln_number(b->better_high, DIGITS));
  pln_doc_close(doc);
}

/* Day, how many came, the fan. */
static void path_cells(PlnDoc *doc, const PlnRatifyYear *y) {
  g_autofree char *on = pln_day_text(pln_day_of_number(y->day));
  pln_doc_cell(doc, pln_int(y->year));
  pln_doc_cell(doc, pln_text(on));
  pln_doc_cell(doc, pln_int(y->parties));
  for (guint q = 0; q < PLN_RATIFY_QUANTILES; q++)
    pln_doc_cell(doc, pln_number(y->quantile[q], 2));
  pln_doc_cell(doc, pln_number(y->constant, 4));
}

static void add_timeline(PlnDoc *doc, const PlnRatifyBacktest *b) {
  static const PlnDocColumn columns[] = {
      {"year", "Year"}, {"day", "Day"},  {"parties", "Came"},
      {"q05", "5 %"},   {"q25", "25 %"}, {"q50", "50 %"},
      {"q75", "75 %"},  {"q95", "95 %"}, {"constant", "Constant hazard"},
      {NULL, NULL}};
  pln_doc_chart(doc, "timeline",
                "%s: %u of %u yearly counts inside the fan that was drawn from the first %u years",
                pln_say_treaty(b->options.treaty), b->inside, b->years->len, b->options.split);
  pln_doc_table(doc, NULL, PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < b->years->len; k++)
    path_cells(doc, year_at(b, k));
}

static void add_years_data(PlnDoc *doc, const PlnRatifyBacktest *b) {
  static const PlnDocColumn columns[] = {{"year", NULL},
                                         {"day", NULL},
                                         {"parties", NULL},
                                         {"q05", NULL},
                                         {"q25", NULL},
                                         {"q50", NULL},
                                         {"q75", NULL},
                                         {"q95", NULL},
                                         {"constant", NULL},
                                         {"mean", NULL},
                                         {"inside", NULL},
                                         {"brier", NULL},
                                         {"brier_constant", NULL},
                                         {"brier_class", NULL},
                                         {NULL, NULL}};
  pln_doc_table(doc, "years", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < b->years->len; k++) {
    const PlnRatifyYear *y = year_at(b, k);
    const double scores[] = {y->brier, y->brier_constant, y->brier_class};
    path_cells(doc, y);
    pln_doc_cell(doc, pln_number(y->mean, 4));
    pln_doc_cell(doc, pln_bool(y->inside));
    for (gsize s = 0; s < G_N_ELEMENTS(scores); s++)
      pln_doc_cell(doc, pln_number(scores[s], DIGITS));
  }
}

static void add_states_data(PlnDoc *doc, const PlnRatifyBacktest *b) {
  static const PlnDocColumn columns[] = {{"state", NULL},  {"name", NULL},     {"class", NULL},
                                         {"chance", NULL}, {"constant", NULL}, {"joined", NULL},
                                         {NULL, NULL}};
  pln_doc_table(doc, "states", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < b->scored->len; k++) {
    const PlnRatifyScored *s = scored_at(b, k);
    g_autofree char *day = pln_day_text(s->joined);
    pln_doc_cell(doc, pln_text(s->state->code));
    pln_doc_cell(doc, pln_text(s->state->name));
    pln_doc_cell(doc, pln_text(pln_join_class_ids[s->join_class]));
    pln_doc_cell(doc, pln_chance_value(s->chance, b->options.draws));
    pln_doc_cell(doc, pln_number(s->constant, DIGITS));
    pln_doc_cell(doc, *day ? pln_text(day) : pln_none());
  }
}

void pln_compose_ratify_backtest(PlnDoc *doc, const PlnRatifyBacktest *backtest) {
  add_answer(doc, backtest);
  add_timeline(doc, backtest);
  add_years(doc, backtest);
  add_variants(doc, backtest);
  add_surprises(doc, backtest, TRUE);
  add_surprises(doc, backtest, FALSE);
  add_notes(doc, backtest);
  add_years_data(doc, backtest);
  add_facts(doc, backtest);
  pln_compose_join_fit(doc, &backtest->fit, backtest->pace);
  add_states_data(doc, backtest);
}
