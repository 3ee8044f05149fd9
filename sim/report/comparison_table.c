/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Base and bundles side by side. */
#include <math.h>
#include <string.h>

#include "plenary/compose_comparison.h"
#include "plenary/compose_project.h"
#include "plenary/ratify.h"

enum { DIGITS = 6, NAME_WIDTH = 20, BESIDE = 16, BESIDE_DATES = 18 };

static gboolean has_chance(const PlnComparisonItem *item) {
  return item->adopted >= 0 && !isnan(item->base.value[item->adopted]);
}

/* Of some case, where not of the base. */
static gboolean has_known(const PlnComparisonItem *item) {
  gboolean known = has_chance(item);
  for (guint b = 0; item->adopted >= 0 && b < item->cases->len; b++)
    known |= !isnan(pln_comparison_case(item, b)->outcome[item->adopted].value);
  return known;
}

/* ---- Votes ---- */

static PlnComparisonOutcome outcome_of(const PlnComparisonItem *item, const PlnComparisonCase *one,
                                       const char *id) {
  int k = pln_runner_find(item->runner, id);
  PlnComparisonOutcome none = {NAN, NAN, NAN, NAN};
  if (k < 0)
    return none;
  none.value = item->base.value[k];
  return one ? one->outcome[k] : none;
}

/* Percent, or of a record the outcome. */
static void adopted_cells(PlnDoc *doc, const PlnComparison *c, const PlnComparisonItem *item,
                          const PlnComparisonCase *one) {
  PlnComparisonOutcome o = outcome_of(item, one, "adopted");
  const PlnRunOutcome *outcome =
      item->adopted < 0 ? NULL : pln_runner_outcome(item->runner, (guint)item->adopted);
  g_autofree char *percent = pln_say_percent(o.value);
  g_autofree char *by = isnan(o.value) || !one ? g_strdup("")
                                               : pln_say_outcome_change(outcome, &o);
  gboolean replay = c->run.study == PLN_RUN_REPLAY;
  if (replay) {
    gboolean known = !isnan(o.change);
    pln_doc_cell(doc, isnan(o.value) ? pln_unknown() : pln_text(o.value > 0.5 ? "yes" : "no"));
    pln_doc_cell(doc, !one || !known                    ? pln_none()
                      : pln_comparison_turns(item, one) ? pln_text("turned")
                                                        : pln_text("as it is"));
    return;
  }
  pln_doc_cell(doc, isnan(o.value) && item->adopted >= 0 ? pln_text("no vote") : pln_text(percent));
  pln_doc_cell(doc, *by ? pln_text(by) : pln_none());
}

static void margin_cells(PlnDoc *doc, const PlnComparisonItem *item, const PlnComparisonCase *one) {
  PlnComparisonOutcome o = outcome_of(item, one, "margin");
  g_autofree char *value = g_strdup_printf("%+.1f", fabs(o.value) < 0.05 ? 0 : o.value);
  g_autofree char *change = g_strdup_printf("%+.1f", fabs(o.change) < 0.05 ? 0 : o.change);
  pln_doc_cell(doc, isnan(o.value) ? pln_none() : pln_text(value));
  pln_doc_cell(doc, isnan(o.change) ? pln_none() : pln_text(change));
  pln_doc_cell(doc, one && item->seats > 0 ? pln_int(one->seats_turned) : pln_none());
}

static void data_cells(PlnDoc *doc, const PlnComparisonItem *item, const PlnComparisonCase *one) {
  static const char *const counts[] = {"yes", "no", "abstain", "absent"};
  PlnComparisonOutcome adopted = outcome_of(item, one, "adopted");
  PlnComparisonOutcome margin = outcome_of(item, one, "margin");
  double base = item->adopted >= 0 ? item->base.value[item->adopted] : NAN;
  double numbers[] = {adopted.change, adopted.low, adopted.high};
  gboolean drawn = item->draws > 0;
  pln_doc_cell(doc, drawn ? pln_chance_value(adopted.value, (guint)item->draws)
                          : pln_number(adopted.value, DIGITS));
  pln_doc_cell(doc, drawn ? pln_chance_value(base, (guint)item->draws) : pln_number(base, DIGITS));
  for (gsize k = 0; k < G_N_ELEMENTS(numbers); k++)
    pln_doc_cell(doc, pln_number(numbers[k], DIGITS));
  pln_doc_cell(doc, one && one->paired ? pln_int((gint64)one->gained) : pln_none());
  pln_doc_cell(doc, one && one->paired ? pln_int((gint64)one->lost) : pln_none());
  pln_doc_cell(doc, one ? pln_bool(pln_comparison_turns(item, one)) : pln_none());
  pln_doc_cell(doc, pln_number(margin.value, DIGITS));
  pln_doc_cell(doc, pln_number(margin.change, DIGITS));
  pln_doc_cell(doc, pln_number(margin.low, DIGITS));
  pln_doc_cell(doc, pln_number(margin.high, DIGITS));
  for (gsize k = 0; k < G_N_ELEMENTS(counts); k++)
    pln_doc_cell(doc, pln_number(outcome_of(item, one, counts[k]).value, DIGITS));
}

static void row(PlnDoc *doc, const PlnComparison *c, const PlnComparisonItem *item,
                const PlnComparisonCase *one) {
  gboolean several = c->items->len > 1;
  guint width = several ? BESIDE : NAME_WIDTH;
  g_autofree char *name = one ? pln_say_bundle(one->bundle, width) : g_strdup("as it is");
  pln_doc_cell(doc, item->proposal ? pln_text(item->proposal->id) : pln_none());
  pln_doc_cell(doc, several && !one ? pln_text(item->proposal->id) : pln_none());
  pln_doc_cell(doc, pln_text(one ? one->bundle->name : "as it is"));
  pln_doc_cell(doc, pln_text(name));
  adopted_cells(doc, c, item, one);
  margin_cells(doc, item, one);
  data_cells(doc, item, one);
}

/* How many bundles differ, for the drawing. */
static void add_chart(PlnDoc *doc, const PlnComparison *c) {
  guint sure = 0, turned = 0, n = c->items->len * c->bundles->len;
  for (guint k = 0; k < c->items->len; k++)
    for (guint b = 0; b < c->bundles->len; b++) {
      const PlnComparisonItem *item = pln_comparison_item(c, k);
      const PlnComparisonCase *one = pln_comparison_case(item, b);
      sure += pln_comparison_sure(item, one);
      turned += pln_comparison_turns(item, one);
    }
  g_autofree char *with = turned > 0 ? g_strdup_printf("%u", turned) : g_strdup("none");
  pln_doc_chart(doc, "whatif",
                "%u of %u %s the chance of adoption%s by more than the draws leave to chance; the "
                "likelier outcome turns with %s",
                sure, n, sure == 1 ? "moves" : "move",
                c->run.study == PLN_RUN_BARGAIN ? ", at the forecast," : "", with);
}

/* ---- Proposals in rows, bundles in columns ---- */

enum { LETTERS = 8, LINE = 80, CELL = 6 };

gboolean pln_comparison_crossed(const PlnComparison *c, gboolean full) {
  gsize widest = strlen("Proposal");
  gboolean any = FALSE;
  if (full || c->items->len < 2 || c->bundles->len < 2 || c->bundles->len > LETTERS)
    return FALSE;
  for (guint k = 0; k < c->items->len; k++) {
    widest = MAX(widest, strlen(pln_comparison_item(c, k)->proposal->id));
    any |= has_chance(pln_comparison_item(c, k));
  }
  return any &&
         widest + 2 + strlen("As it is") + c->bundles->len * CELL <= LINE;
}

static void cross_cell(PlnDoc *doc, const PlnComparison *c, const PlnComparisonItem *item,
                       const PlnComparisonCase *one) {
  double value = one ? one->outcome[item->adopted].value : item->base.value[item->adopted];
  gboolean replay = c->run.study == PLN_RUN_REPLAY;
  g_autofree char *said = replay ? g_strdup(isnan(value) ? "?" : value > 0.5 ? "yes" : "no")
                                 : pln_say_percent(value);
  gboolean moves = one && pln_comparison_sure(item, one);
  gboolean slight = moves && pln_comparison_slight(item, one);
  g_autofree char *text = g_strdup_printf("%s%s", slight ? "~" : said,
                                          one && pln_comparison_turns(item, one) ? "*" : "");
  pln_doc_cell(doc, one && !moves && !isnan(value) ? pln_text("=") : pln_text(text));
}

static void add_crossed(PlnDoc *doc, const PlnComparison *c) {
  static const char *const keys[] = {"-1", "-2", "-3", "-4", "-5", "-6", "-7", "-8"};
  static const char *const letters[] = {"A", "B", "C", "D", "E", "F", "G", "H"};
  PlnDocColumn columns[LETTERS + 3] = {{"-proposal", "Proposal"}, {"-base", "As it is"}};
  for (guint b = 0; b < c->bundles->len; b++)
    columns[b + 2] = (PlnDocColumn){keys[b], letters[b]};
  columns[c->bundles->len + 2] = (PlnDocColumn){NULL, NULL};
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE,
                c->run.study == PLN_RUN_REPLAY
                    ? "Adopted (=: as it is; *: turned)"
                    : "Chance of adoption (=: up to chance; ~: less than a point off; *: turned)",
                columns);
  for (guint k = 0; k < c->items->len; k++) {
    const PlnComparisonItem *item = pln_comparison_item(c, k);
    pln_doc_cell(doc, pln_text(item->proposal->id));
    cross_cell(doc, c, item, NULL);
    for (guint b = 0; b < c->bundles->len; b++)
      cross_cell(doc, c, item, pln_comparison_case(item, b));
  }
}

/* Which vote it is: of talks and dates the title does not say. */
static char *caption_of(const PlnComparison *c) {
  const PlnProposal *p = pln_comparison_item(c, 0)->proposal;
  if (c->run.study == PLN_RUN_BARGAIN)
    return g_strdup_printf("Adopted, if the talks end exactly at the forecast and it is put as %s",
                           p ? p->id : "a whole");
  if (c->run.study == PLN_RUN_RATIFY)
    return g_strdup_printf("The vote on %s, where the parties come to it", p ? p->id : "a protocol");
  return NULL;
}

static void add_votes(PlnDoc *doc, const PlnComparison *c, gboolean crossed) {
  gboolean several = c->items->len > 1, replay = c->run.study == PLN_RUN_REPLAY;
  gboolean talks = c->run.study == PLN_RUN_BARGAIN;
  const PlnDocColumn columns[] = {{"proposal", NULL},
                                  {"-proposal", several ? "Proposal" : NULL},
                                  {"bundle", NULL},
                                  {"-name", "What if"},
                                  {"-adopted", talks ? "At the forecast" : "Adopted"},
                                  {"-by", replay ? "" : "Points, ± chance"},
                                  {"-margin", several ? NULL : "To spare"},
                                  {"-margin_by", several ? NULL : "Change"},
                                  {"-seats", several ? NULL : "Seats turned"},
                                  {"chance", NULL},
                                  {"base", NULL},
                                  {"change", NULL},
                                  {"low", NULL},
                                  {"high", NULL},
                                  {"gained", NULL},
                                  {"lost", NULL},
                                  {"turned", NULL},
                                  {"margin", NULL},
                                  {"margin_change", NULL},
                                  {"margin_low", NULL},
                                  {"margin_high", NULL},
                                  {"yes", NULL},
                                  {"no", NULL},
                                  {"abstain", NULL},
                                  {"absent", NULL},
                                  {NULL, NULL}};
  gboolean any = FALSE;
  for (guint k = 0; k < c->items->len; k++)
    any |= has_known(pln_comparison_item(c, k));
  if (any && !replay) /* of what is counted there is nothing between to draw */
    add_chart(doc, c);
  g_autofree char *caption = caption_of(c);
  pln_doc_table(doc, "compared", any && !crossed ? PLN_FOR_BOTH : PLN_FOR_PROGRAMS, caption, columns);
  for (guint k = 0; k < c->items->len; k++) {
    const PlnComparisonItem *item = pln_comparison_item(c, k);
    row(doc, c, item, NULL);
    for (guint b = 0; b < item->cases->len; b++)
      row(doc, c, item, pln_comparison_case(item, b));
  }
}

/* ---- Dates and positions ---- */

static gboolean is_value(const PlnComparisonItem *item, guint k) {
  static const char *const units[] = {"year", "scale", "parties", NULL};
  return g_strv_contains(units, pln_runner_outcome(item->runner, k)->unit);
}

/* A document keeps no headings. */
static const char *short_heading(const PlnRunOutcome *o) {
  static const char *const words[][2] = {{"force", "In force"},
                                         {"conference", "Conference"},
                                         {"protocol", "Protocol, if adopted"},
                                         {"parties", "Parties"}};
  for (gsize k = 0; k < G_N_ELEMENTS(words); k++)
    if (strcmp(o->id, words[k][0]) == 0)
      return words[k][1];
  const char *id = g_str_has_prefix(o->id, "position ") ? o->id + strlen("position ") : o->id;
  return g_intern_string(id);
}

/* "Sep 2028 -23": the value, and what it changed by where that is seen: months of a date. */
static void value_cell(PlnDoc *doc, const PlnComparison *c, const PlnComparisonItem *item, guint k,
                       const PlnComparisonCase *one) {
  const PlnRunOutcome *o = pln_runner_outcome(item->runner, k);
  double base = item->base.value[k], value = one ? one->outcome[k].value : base;
  gboolean year = strcmp(o->unit, "year") == 0, adopted = pln_comparison_if_adopted(o);
  g_autofree char *by = pln_say_step(c, o, base, value);
  g_autofree char *text = year && !isnan(value) ? pln_day_brief(pln_day_month(value))
                                                : pln_say_outcome(c, o, value);
  /* Days of other draws are not to be taken from one another. */
  gboolean apart = adopted && one && pln_comparison_sure(item, one);
  g_autofree char *both = g_strdup_printf("%s%s%s", text, *by && !apart ? " " : "", apart ? "" : by);
  if (adopted && pln_comparison_rare(item, one))
    pln_doc_cell(doc, pln_text("too seldom"));
  else
    pln_doc_cell(doc, !isnan(value) ? pln_text(both) : year ? pln_text("beyond") : pln_unknown());
}

static void values_row(PlnDoc *doc, const PlnComparison *c, const PlnComparisonItem *item,
                       const PlnComparisonCase *one, const guint *shown, guint n) {
  guint width = c->run.study == PLN_RUN_RATIFY ? BESIDE_DATES : NAME_WIDTH;
  g_autofree char *name = one ? pln_say_bundle(one->bundle, width) : g_strdup("as it is");
  pln_doc_cell(doc, pln_text(name));
  for (guint k = 0; k < n; k++)
    value_cell(doc, c, item, shown[k], one);
}

/* What stands in the columns, and until when: ratify draws to the end of a year. */
static char *caption_of_values(const PlnComparison *c) {
  PlnRatifyOptions o = pln_ratify_options();
  const PlnTreatyTerm *known = pln_world_term(c->scenario->world, o.treaty, "known_to");
  if (c->run.study == PLN_RUN_BARGAIN)
    return g_strdup("Forecasts, each on the scale of its issue, and what they change by");
  g_autofree char *end = known ? g_strdup_printf("end of %u", known->day / 10000 + o.years)
                               : g_strdup("horizon");
  return g_strdup_printf("Middle days and months of change; mean parties at the %s", end);
}

/* As many side by side as a line holds. */
static void add_values(PlnDoc *doc, const PlnComparison *c) {
  static const char *const keys[] = {"-1", "-2", "-3", "-4"};
  enum { ABREAST = G_N_ELEMENTS(keys) };
  const PlnComparisonItem *item = pln_comparison_item(c, 0);
  g_autofree char *caption = caption_of_values(c);
  guint shown[ABREAST], n = 0, from = 0, all = pln_runner_outcomes(item->runner);
  for (guint k = 0; k <= all; k++) {
    if (k < all && is_value(item, k))
      shown[n++] = k;
    if (n == 0 || (n < ABREAST && k < all))
      continue;
    PlnDocColumn columns[ABREAST + 2] = {{"-name", "What if"}};
    for (guint i = 0; i < n; i++) {
      const PlnRunOutcome *o = pln_runner_outcome(item->runner, shown[i]);
      columns[i + 1] = (PlnDocColumn){keys[i], short_heading(o)};
    }
    columns[n + 1] = (PlnDocColumn){NULL, NULL};
    pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, from++ > 0 ? NULL : caption, columns);
    values_row(doc, c, item, NULL, shown, n);
    for (guint b = 0; b < item->cases->len; b++)
      values_row(doc, c, item, pln_comparison_case(item, b), shown, n);
    n = 0;
  }
}

/* What the headings are short for, what a word stands for. */
static void say_values(PlnDoc *doc, const PlnComparison *c) {
  const PlnComparisonItem *item = pln_comparison_item(c, 0);
  g_autoptr(GString) out = g_string_new(NULL);
  gboolean beyond = FALSE, adopted = FALSE;
  for (guint k = 0; k < pln_runner_outcomes(item->runner); k++) {
    const PlnRunOutcome *o = pln_runner_outcome(item->runner, k);
    gboolean year = strcmp(o->unit, "year") == 0;
    const char *id = short_heading(o), *title = strrchr(o->title, ':');
    beyond |= year && isnan(item->base.value[k]);
    adopted |= pln_comparison_if_adopted(o);
    for (guint b = 0; b < item->cases->len; b++)
      beyond |= year && isnan(pln_comparison_case(item, b)->outcome[k].value);
    if (strcmp(o->unit, "scale") == 0 && title)
      g_string_append_printf(out, "%s%s:%s", out->len > 0 ? "; " : "", id, title + 1);
  }
  if (out->len > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s.", out->str);
  if (beyond)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "beyond: in less than half of the draws it comes within the horizon.");
  if (adopted)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Protocol, if adopted: the middle day of the draws in which it is adopted, and of "
                "those alone; where adoption is likelier or less likely these are others, and no "
                "months of change are told. Where it is adopted in fewer than %.0f of 100 draws (too "
                "seldom) there is no such day.", 100 * PLN_COMPARISON_RARE);
}

void pln_compose_comparison_table(PlnDoc *doc, const PlnComparison *c, gboolean full) {
  gboolean crossed = pln_comparison_crossed(c, full);
  add_votes(doc, c, crossed);
  if (crossed)
    add_crossed(doc, c);
  if (c->run.study == PLN_RUN_BARGAIN || c->run.study == PLN_RUN_RATIFY) {
    add_values(doc, c);
    say_values(doc, c);
  }
}
