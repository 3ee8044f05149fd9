/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How good methods of bargaining were. */
#include <math.h>
#include <string.h>

#include "plenary/bargain_score.h"
#include "plenary/compose_bargain.h"

static const char *const sizes[PLN_DOSSIER_SIZES] = {"1", "2", "3", "4+"};

static const PlnBargainRival *rival_at(const PlnBargainBacktest *b, guint r) {
  return &g_array_index(b->rivals, PlnBargainRival, r);
}

/* Whom people are shown for each kind of dossier. */
static gboolean is_short(const PlnBargainRival *rival) {
  static const char *const names[] = {"compromise",        "mean",       "median",   "condorcet",
                                      "challenge-literal", "nash-worst", "exchange", NULL};
  return g_strv_contains(names, rival->name);
}

/* ---- In words ---- */

/* "0.95 less", "0.25 more".  (transfer full) */
static char *less_or_more(double difference) {
  return g_strdup_printf("%.2f %s", fabs(difference), difference <= 0 ? "less" : "more");
}

/* " (95 % interval: 0.94 less to 0.25 more, which may be chance)", nothing where there is none.
 * @picked: of so many the best, after the fact; 0: named beforehand.  (transfer full) */
static char *interval_words(double low, double high, guint picked) {
  if (isnan(low))
    return g_strdup("");
  g_autofree char *from = less_or_more(low), *to = less_or_more(high);
  g_autofree char *after =
      picked > 0 ? g_strdup_printf("picked after the fact from %u, so it may still be chance", picked)
                 : NULL;
  return g_strdup_printf(" (95 %% interval: %s to %s, %s)", from, to,
                         after      ? after
                         : high < 0 ? "more than chance"
                         : low > 0  ? "more than chance, the wrong way"
                                    : "which may be chance");
}

/* "23.98, the compromise by 24.33: 0.35 less (95 % interval …)" */
static void say_against(PlnDoc *doc, const char *key, PlnSay say, const char *who,
                        const PlnBargainScore *s, guint picked) {
  g_autofree char *interval = interval_words(s->low, s->high, picked);
  g_autofree char *difference = less_or_more(s->behind);
  pln_doc_say(doc, key, say,
              "%s misses the outcome by %.2f points of 100 on average, the compromise by %.2f on the "
              "same %u issues: %s%s.",
              who, s->mae, s->mae - s->behind, s->n, difference, interval);
}

static void say_distribution(PlnDoc *doc, const PlnBargainBacktest *b,
                             const PlnBargainRival *election) {
  const PlnBargainRival *positions = pln_bargain_backtest_rival(b, "positions");
  const PlnBargainDifference *d = &b->against_positions, *by_issue = &b->against_positions_by_issue;
  g_autofree char *interval =
      isnan(d->low) || isnan(by_issue->low)
          ? g_strdup("")
          : g_strdup_printf(" (%.2f to %.2f; %.2f to %.2f if every issue were drawn by itself)",
                            d->low, d->high, by_issue->low, by_issue->high);
  pln_doc_say(doc, "distribution", PLN_SAY_PLAIN,
              "Its distribution has a CRPS (an error for whole distributions, below) of %.2f, "
              "the weighted positions taken as one %.2f: "
              "difference %.2f%s. With the spread of its past errors around it the compromise has "
              "%.2f, the election's mean %.2f.",
              election->all.crps, positions->all.crps, d->mean, interval,
              rival_at(b, 0)->all.crps_spread, election->all.crps_spread);
}

static void say_election(PlnDoc *doc, const PlnBargainBacktest *b) {
  const PlnBargainRival *election = pln_bargain_backtest_rival(b, "condorcet");
  if (election->all.n == 0)
    return;
  const PlnBargainScore *s = &election->all;
  PlnSay say = s->high < 0 ? PLN_SAY_GOOD : s->low > 0 ? PLN_SAY_BAD : PLN_SAY_LEAD;
  say_against(doc, "answer", say, "The Condorcet election, the default,", s, 0);
  say_distribution(doc, b, election);
}

/* Of those that answer every issue and are no replication. */
static const PlnBargainRival *best_of(const PlnBargainBacktest *b) {
  const PlnBargainRival *best = rival_at(b, 0);
  for (guint r = 1; r < b->rivals->len; r++) {
    const PlnBargainRival *rival = rival_at(b, r);
    if (rival->all.n == best->all.n && !rival->replication && rival->all.mae < best->all.mae)
      best = rival;
  }
  return best;
}

static void say_best(PlnDoc *doc, const PlnBargainBacktest *b) {
  const PlnBargainRival *best = best_of(b);
  g_autofree char *who = g_strdup_printf("The least of %u, \"%s\",", b->rivals->len, best->title);
  if (best == rival_at(b, 0))
    pln_doc_say(doc, "best", PLN_SAY_PLAIN, "None of %u does better than the compromise, %.2f.",
                b->rivals->len, best->all.mae);
  else if (strcmp(best->name, "condorcet") != 0)
    say_against(doc, "best", PLN_SAY_PLAIN, who, &best->all, b->rivals->len);
  else
    pln_doc_say(doc, "best", PLN_SAY_PLAIN, "None of %u misses it by less.", b->rivals->len);
}

/* ---- Tables ---- */

static void add_scores(PlnDoc *doc, const PlnBargainScore *s) {
  const double numbers[] = {s->mae, s->rmse, s->median, s->within, s->crps, s->crps_spread};
  for (gsize k = 0; k < G_N_ELEMENTS(numbers); k++)
    pln_doc_cell(doc, pln_number(numbers[k], k == 3 ? 3 : 2));
}

/* Whether a method that was named beforehand, not picked, beats the compromise beyond chance. */
static char *say_finding(const PlnBargainBacktest *b) {
  const PlnBargainRival *election = pln_bargain_backtest_rival(b, "condorcet");
  if (election && election->all.n > 0 && election->all.high < 0)
    return g_strdup("The default is clearly better than the compromise, a weighted mean");
  return g_strdup_printf("No method is clearly better than the compromise, a weighted mean; the least "
                         "of %u was picked after the fact",
                         b->rivals->len);
}

static void add_people(PlnDoc *doc, const PlnBargainBacktest *b) {
  static const PlnDocColumn columns[] = {
      {"method", "Method"},      {"mae", "Error"},    {"rmse", "RMSE"},
      {"median", "Median"},      {"within", "In 10"}, {"crps", "CRPS"},
      {"crps_spread", "Spread"}, {"n", "n"},     {NULL, NULL}};
  g_autofree char *finding = say_finding(b);
  pln_doc_chart(doc, "bars", "%s", finding);
  pln_doc_table(doc, "-methods", PLN_FOR_PEOPLE,
                "How far forecasts were off, in points of 100", columns);
  for (guint r = 0; r < b->rivals->len; r++) {
    const PlnBargainRival *rival = rival_at(b, r);
    if (!rival->leading)
      continue;
    g_autofree char *title = g_strconcat(rival->title, rival->replication ? " *" : "", NULL);
    pln_doc_cell(doc, pln_text(title));
    add_scores(doc, &rival->all);
    pln_doc_cell(doc, pln_int(rival->all.n));
  }
}

static void add_difference(PlnDoc *doc, double mean, double low, double high, int digits) {
  pln_doc_cell(doc, pln_number(mean, digits));
  pln_doc_cell(doc, pln_number(low, digits));
  pln_doc_cell(doc, pln_number(high, digits));
}

static void add_pairs(PlnDoc *doc, const PlnBargainScore *s, int digits) {
  add_difference(doc, s->behind, s->low, s->high, digits);
  add_difference(doc, s->crps_behind, s->crps_low, s->crps_high, digits);
}

static void add_differences(PlnDoc *doc, const PlnBargainBacktest *b) {
  static const PlnDocColumn columns[] = {
      {"method", "Method"},    {"behind", "Error"},  {"low", "from"},     {"high", "to"},
      {"crps_behind", "CRPS"}, {"crps_low", "from"}, {"crps_high", "to"}, {NULL, NULL}};
  pln_doc_table(doc, "-differences", PLN_FOR_PEOPLE,
                "Against the compromise on the same issues, 95 % intervals over dossiers", columns);
  for (guint r = 1; r < b->rivals->len; r++) {
    const PlnBargainRival *rival = rival_at(b, r);
    if (!rival->leading)
      continue;
    pln_doc_cell(doc, pln_text(rival->title));
    add_pairs(doc, &rival->all, 2);
  }
}

static void add_methods(PlnDoc *doc, const PlnBargainBacktest *b) {
  static const PlnDocColumn columns[] = {
      {"method", NULL},      {"title", NULL},     {"baseline", NULL}, {"distribution", NULL},
      {"replication", NULL}, {"n", NULL},         {"mae", NULL},      {"rmse", NULL},
      {"median", NULL},      {"within", NULL},    {"crps", NULL},     {"crps_spread", NULL},
      {"behind", NULL},      {"low", NULL},       {"high", NULL},     {"crps_behind", NULL},
      {"crps_low", NULL},    {"crps_high", NULL}, {NULL, NULL}};
  pln_doc_table(doc, "methods", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint r = 0; r < b->rivals->len; r++) {
    const PlnBargainRival *rival = rival_at(b, r);
    const PlnBargainScore *s = &rival->all;
    const double numbers[] = {s->mae, s->rmse, s->median, s->within, s->crps, s->crps_spread};
    pln_doc_cell(doc, pln_text(rival->name));
    pln_doc_cell(doc, pln_text(rival->title));
    pln_doc_cell(doc, pln_bool(!rival->method));
    pln_doc_cell(doc, pln_bool(rival->distribution));
    pln_doc_cell(doc, pln_bool(rival->replication));
    pln_doc_cell(doc, pln_int(s->n));
    for (gsize k = 0; k < G_N_ELEMENTS(numbers); k++)
      pln_doc_cell(doc, pln_number(numbers[k], 6));
    add_pairs(doc, s, 6);
  }
}

/* The scores of one kind of dossier, of which @kind is the name. */
static void add_part(PlnDoc *doc, const char *kind, const PlnBargainRival *rival,
                     const PlnBargainScore *s, gboolean people) {
  int digits = people ? 2 : 6;
  pln_doc_cell(doc, pln_text(kind));
  pln_doc_cell(doc, pln_text(people ? rival->title : rival->name));
  pln_doc_cell(doc, pln_int(s->n));
  pln_doc_cell(doc, pln_number(s->mae, digits));
  add_difference(doc, s->behind, s->low, s->high, digits);
  if (people)
    return;
  pln_doc_cell(doc, pln_number(s->rmse, digits));
  pln_doc_cell(doc, pln_number(s->median, digits));
  pln_doc_cell(doc, pln_number(s->within, digits));
  pln_doc_cell(doc, pln_number(s->crps, digits));
  pln_doc_cell(doc, pln_number(s->crps_spread, digits));
  add_difference(doc, s->crps_behind, s->crps_low, s->crps_high, digits);
}

static void add_procedures(PlnDoc *doc, const PlnBargainBacktest *b, gboolean people) {
  static const PlnDocColumn shown[] = {
      {"procedure", "Procedure"}, {"method", "Method"}, {"n", "Issues"}, {"mae", "Error"},
      {"behind", "Behind"},       {"low", "from"},      {"high", "to"},  {NULL, NULL}};
  static const PlnDocColumn all[] = {
      {"procedure", NULL},   {"method", NULL},   {"n", NULL},         {"mae", NULL},
      {"behind", NULL},      {"low", NULL},      {"high", NULL},      {"rmse", NULL},
      {"median", NULL},      {"within", NULL},   {"crps", NULL},      {"crps_spread", NULL},
      {"crps_behind", NULL}, {"crps_low", NULL}, {"crps_high", NULL}, {NULL, NULL}};
  pln_doc_table(doc, people ? "-procedures" : "procedures",
                people ? PLN_FOR_PEOPLE : PLN_FOR_PROGRAMS,
                people ? "By procedure of the European Union (COD: codecision, CNS: consultation)"
                       : NULL,
                people ? shown : all);
  for (guint k = 0; k < b->procedures->len; k++)
    for (guint r = 0; r < b->rivals->len; r++)
      if (!people || is_short(rival_at(b, r)))
        add_part(doc, b->procedures->pdata[k], rival_at(b, r), &rival_at(b, r)->procedure[k],
                 people);
}

static void add_sizes(PlnDoc *doc, const PlnBargainBacktest *b, gboolean people) {
  static const PlnDocColumn shown[] = {
      {"issues", "In dossier"}, {"method", "Method"}, {"n", "Issues"}, {"mae", "Error"},
      {"behind", "Behind"},     {"low", "from"},      {"high", "to"},  {NULL, NULL}};
  static const PlnDocColumn all[] = {
      {"issues", NULL},      {"method", NULL},   {"n", NULL},         {"mae", NULL},
      {"behind", NULL},      {"low", NULL},      {"high", NULL},      {"rmse", NULL},
      {"median", NULL},      {"within", NULL},   {"crps", NULL},      {"crps_spread", NULL},
      {"crps_behind", NULL}, {"crps_low", NULL}, {"crps_high", NULL}, {NULL, NULL}};
  pln_doc_table(doc, people ? "-sizes" : "sizes", people ? PLN_FOR_PEOPLE : PLN_FOR_PROGRAMS,
                people ? "By the number of issues in the dossier; Behind: the error less the "
                         "compromise's"
                       : NULL, people ? shown : all);
  for (guint k = 0; k < PLN_DOSSIER_SIZES; k++)
    for (guint r = 0; r < b->rivals->len; r++) {
      const PlnBargainRival *rival = rival_at(b, r);
      if (rival_at(b, 0)->size[k].n > 0 && (!people || is_short(rival)))
        add_part(doc, sizes[k], rival, &rival->size[k], people);
    }
}

static void add_issues(PlnDoc *doc, const PlnBargainBacktest *b) {
  static const PlnDocColumn columns[] = {
      {"issue", NULL},   {"dossier", NULL}, {"procedure", NULL},   {"vote", NULL},
      {"type", NULL},    {"day", NULL},     {"taking_part", NULL}, {"reference", NULL},
      {"outcome", NULL}, {"scored", NULL},  {NULL, NULL}};
  pln_doc_table(doc, "issues", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint j = 0; j < b->dossiers->issues->len; j++) {
    const PlnDossierIssue *issue = b->dossiers->issues->pdata[j];
    const PlnDossier *dossier = b->dossiers->dossiers->pdata[issue->dossier];
    g_autofree char *day = pln_day_text(issue->day);
    pln_doc_cell(doc, pln_text(issue->id));
    pln_doc_cell(doc, pln_text(dossier->id));
    pln_doc_cell(doc, pln_text(issue->procedure));
    pln_doc_cell(doc, pln_text(issue->vote));
    pln_doc_cell(doc, pln_text(issue->type));
    pln_doc_cell(doc, pln_text(day));
    pln_doc_cell(doc, pln_int(issue->taking_part));
    pln_doc_cell(doc, pln_number(issue->reference, 6));
    pln_doc_cell(doc, pln_number(issue->outcome, 6));
    pln_doc_cell(doc, pln_bool(pln_dossier_issue_scored(issue)));
  }
}

static void add_forecasts(PlnDoc *doc, const PlnBargainBacktest *b) {
  static const PlnDocColumn columns[] = {{"issue", NULL}, {"method", NULL},      {"forecast", NULL},
                                         {"crps", NULL},  {"crps_spread", NULL}, {NULL, NULL}};
  pln_doc_table(doc, "forecasts", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint j = 0; j < b->dossiers->issues->len; j++)
    for (guint r = 0; r < b->rivals->len; r++) {
      const PlnBargainRival *rival = rival_at(b, r);
      if (isnan(rival->forecast[j]))
        continue;
      pln_doc_cell(doc, pln_text(((PlnDossierIssue *)b->dossiers->issues->pdata[j])->id));
      pln_doc_cell(doc, pln_text(rival->name));
      pln_doc_cell(doc, pln_number(rival->forecast[j], 9));
      pln_doc_cell(doc, pln_number(rival->crps[j], 9));
      pln_doc_cell(doc, pln_number(rival->crps_spread[j], 9));
    }
}

static void add_against(PlnDoc *doc, const char *key, const PlnBargainDifference *d) {
  pln_doc_open(doc, key);
  pln_doc_fact(doc, "mean", pln_number(d->mean, 6));
  pln_doc_fact(doc, "low", pln_number(d->low, 6));
  pln_doc_fact(doc, "high", pln_number(d->high, 6));
  pln_doc_close(doc);
}

/* ---- What it rests on ---- */

static void add_notes(PlnDoc *doc, const PlnBargainBacktest *b) {
  pln_doc_say(
      doc, NULL, PLN_SAY_NOTE,
      "Error: mean absolute; n: issues. In 10: share that is off by 10 or less. CRPS: continuous "
      "ranked probability score, an error of a whole distribution, of a point its absolute error; of the "
      "forecast as it is given. Spread: the same of the forecast plus "
      "the errors that it made on all other dossiers, cut off at 0 and 100. Against the "
      "compromise, "
      "CRPS is a distribution's own, a point's with that spread, less the compromise's with it.");
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "The positions, the Condorcet election and spatial bargaining give a distribution. "
              "Spatial's is of the positions left after its rounds: narrow where they have come "
              "together, which says that they agree, not that the forecast is sure.");
  if (b->options.bootstrap > 0 && b->options.bootstrap < PLN_SCORE_LEAST)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "No intervals: they take %u draws at least.",
                PLN_SCORE_LEAST);
  else if (b->options.bootstrap > 0)
    pln_doc_say(
        doc, NULL, PLN_SAY_NOTE,
        "Intervals: whole dossiers drawn anew %u times, the same for every method. The method "
        "that does best was picked after the fact; nothing was tuned on these data.",
        b->options.bootstrap);
  pln_doc_say(
      doc, NULL, PLN_SAY_NOTE,
      "%u of %u issues have a reference point; without one a method that needs it has no answer. "
      "The full run of methods is in JSON and CSV.",
      b->with_reference, b->scored);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "* depends on the direction of the scale: a replication, not a forecast. Plain median: "
              "of an even number of actors the lower of the two in the middle.");
  if (b->without_day > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "%u issues are not forecast: without a day their capabilities are not known.",
                b->without_day);
  for (guint k = 0; k < b->dossiers->notes->len; k++)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s", (const char *)b->dossiers->notes->pdata[k]);
}

void pln_compose_bargain_backtest(PlnDoc *doc, const PlnBargainBacktest *b,
                                  const char *capability) {
  const PlnCapabilities *table = b->options.capabilities;
  pln_doc_say(doc, "title", PLN_SAY_TITLE,
              "%u issue%s of %u dossier%s whose outcome is known, %u actor%s, capability: %s%s%s",
              b->scored, b->scored == 1 ? "" : "s", b->n_dossiers, b->n_dossiers == 1 ? "" : "s",
              b->dossiers->actors->len, b->dossiers->actors->len == 1 ? "" : "s", capability,
              table ? ", status " : "", table ? pln_status_words[table->weakest] : "");
  say_election(doc, b);
  say_best(doc, b);
  add_people(doc, b);
  add_differences(doc, b);
  add_methods(doc, b);
  add_against(doc, "against_positions", &b->against_positions);
  add_against(doc, "against_positions_by_issue", &b->against_positions_by_issue);
  for (guint people = 0; people < 2; people++) {
    add_procedures(doc, b, people > 0);
    add_sizes(doc, b, people > 0);
  }
  pln_doc_fact(doc, "scored", pln_int(b->scored));
  pln_doc_fact(doc, "dossiers", pln_int(b->n_dossiers));
  pln_doc_fact(doc, "capability", pln_text(capability));
  pln_doc_fact(doc, "capability_status",
               table ? pln_text(pln_status_words[table->weakest]) : pln_none());
  add_issues(doc, b);
  add_forecasts(doc, b);
  add_notes(doc, b);
}
