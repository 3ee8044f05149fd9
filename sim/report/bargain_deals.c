/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who challenged or traded with whom and why, the chances of positions, the methods side by side. */
#include <math.h>
#include <string.h>

#include "plenary/compose_bargain.h"
#include "plenary/compose_project.h"
#include "plenary/text.h"

enum { DEALS = 12 };

static const PlnIssue *issue_of(const PlnBargain *b, guint issue) {
  return b->issue[issue].issue;
}

/* ---- Deals ---- */

typedef struct {
  guint place;
  double weight;
} Weighed;

static gboolean shown(const PlnBargain *b, const PlnComposeBargainOptions *options,
                      const PlnDeal *deal) {
  return pln_bargain_shows(b, options, deal->issue) ||
         (deal->issue2 >= 0 && pln_bargain_shows(b, options, (guint)deal->issue2));
}

/* An exchange by what it brings, a move by how far it goes. */
static double weight_of(const PlnBargain *b, const PlnDeal *deal) {
  const PlnIssue *issue = issue_of(b, deal->issue);
  if (deal->kind == PLN_DEAL_EXCHANGE)
    return deal->own + deal->others;
  return fabs(deal->to - deal->from) / (issue->to - issue->from);
}

static int by_weight(gconstpointer a, gconstpointer b) {
  const Weighed *x = a, *y = b;
  if (x->weight != y->weight)
    return x->weight > y->weight ? -1 : 1;
  return (x->place > y->place) - (x->place < y->place);
}

static int by_place(gconstpointer a, gconstpointer b) {
  const Weighed *x = a, *y = b;
  return (x->place > y->place) - (x->place < y->place);
}

/* The weightiest, or all, in the order in which they came about.
 * @conflicts: (out): how many pairs would have fought, nobody moving */
static GArray *choose(const PlnBargain *b, const PlnComposeBargainOptions *options, guint *all,
                      guint *conflicts) {
  GArray *chosen = g_array_new(FALSE, FALSE, sizeof(Weighed));
  *conflicts = 0;
  for (guint d = 0; d < b->course->deals->len; d++) {
    const PlnDeal *deal = &g_array_index(b->course->deals, PlnCourseDeal, d).deal;
    Weighed weighed = {d, weight_of(b, deal)};
    if (!shown(b, options, deal))
      continue;
    if (deal->kind == PLN_DEAL_CONFLICT)
      (*conflicts)++;
    else
      g_array_append_val(chosen, weighed);
  }
  *all = chosen->len;
  if (!options->full && chosen->len > DEALS) {
    g_array_sort(chosen, by_weight);
    g_array_set_size(chosen, DEALS);
    g_array_sort(chosen, by_place);
  }
  return chosen;
}

static void deal_row(PlnDoc *doc, const PlnBargain *b, const PlnCourseDeal *kept, gboolean one) {
  const PlnDeal *deal = &kept->deal;
  const PlnIssue *issue = issue_of(b, deal->issue);
  g_autofree char *from = pln_say_position(issue, deal->from);
  g_autofree char *to = pln_say_position(issue, deal->to);
  g_autofree char *move = g_strdup_printf("%s→%s", from, to);
  g_autofree char *towards =
      g_strdup_printf("%s%s%s, %s", pln_delegation(b->table, deal->other)->name, one ? "" : " on ",
                      one ? "" : issue->id, pln_deal_words[deal->kind]);
  pln_doc_cell(doc, pln_int(kept->round));
  pln_doc_cell(doc, pln_text(pln_delegation(b->table, deal->actor)->name));
  pln_doc_cell(doc, pln_text(move));
  pln_doc_cell(doc, pln_number(deal->own, 3));
  pln_doc_cell(doc, pln_number(deal->others, 3));
  pln_doc_cell(doc, pln_text(towards));
}

static void show_moves(PlnDoc *doc, const PlnBargain *b, const PlnComposeBargainOptions *options,
                       const GArray *chosen) {
  static const PlnDocColumn columns[] = {
      {"-round", "Round"},      {"-who", "Who moves"},    {"-move", "From→to"}, {"-own", "Expects"},
      {"-others", "the other"}, {"-towards", "Towards"}, {NULL, NULL}};
  gboolean one = b->course->m == 1 || options->issue;
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint k = 0; k < chosen->len; k++)
    deal_row(doc, b,
             &g_array_index(b->course->deals, PlnCourseDeal,
                            g_array_index(chosen, Weighed, k).place),
             one);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Expects: what the one that moves, and the other, expect of the challenge: the "
              "method's own expected utility, not the points of the losses. Towards: whose challenge "
              "prevailed, or with whom the bargain was struck.");
}

static void show_exchanges(PlnDoc *doc, const PlnBargain *b, const GArray *chosen) {
  static const PlnDocColumn columns[] = {
      {"-round", "Round"}, {"-what", "Exchange"}, {NULL, NULL}};
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint k = 0; k < chosen->len; k++) {
    const PlnCourseDeal *kept = &g_array_index(b->course->deals, PlnCourseDeal,
                                               g_array_index(chosen, Weighed, k).place);
    g_autofree char *words = pln_say_bargain_exchange(b, kept);
    pln_doc_cell(doc, pln_int(kept->round));
    pln_doc_cell(doc, pln_text(words));
  }
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Gains and losses in points: hundredths of a scale, times how much one cares, as a share "
              "of 100.");
}

void pln_compose_bargain_deals(PlnDoc *doc, const PlnBargain *b,
                               const PlnComposeBargainOptions *options) {
  guint all = 0, conflicts = 0;
  g_autoptr(GArray) chosen = choose(b, options, &all, &conflicts);
  if (chosen->len > 0 && b->course->exchanges > 0)
    show_exchanges(doc, b, chosen);
  else if (chosen->len > 0)
    show_moves(doc, b, options, chosen);
  if (chosen->len < all)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "The weightiest %u of %u; --full shows all.", chosen->len,
                all);
  if (conflicts > 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "%u time%s two would each have challenged the other, and neither moved for it.",
                conflicts, conflicts == 1 ? "" : "s");
}

/* ---- Chances of positions ---- */

typedef struct {
  double position, chance;
  guint who;
} Held;

static int by_position(gconstpointer a, gconstpointer b) {
  const Held *x = a, *y = b;
  if (x->position != y->position)
    return x->position < y->position ? -1 : 1;
  return (x->who > y->who) - (x->who < y->who);
}

/* Those that hold what reads as one position, from @k on, with the chance of it.
 * Returns: past the last */
static guint one_position(const PlnBargain *b, guint issue, const GArray *held, guint k,
                          double *chance, GString *names) {
  double first = g_array_index(held, Held, k).position;
  g_autofree char *as = pln_say_position(issue_of(b, issue), first);
  *chance = 0;
  g_string_truncate(names, 0);
  for (; k < held->len; k++) {
    const Held *one = &g_array_index(held, Held, k);
    g_autofree char *too = pln_say_position(issue_of(b, issue), one->position);
    if (strcmp(as, too) != 0)
      break;
    *chance += one->chance;
    g_string_append_printf(names, "%s%s", names->len > 0 ? " " : "",
                           pln_delegation(b->table, one->who)->name);
  }
  return k;
}

static void chances_of(PlnDoc *doc, const PlnBargain *b, guint issue) {
  static const PlnDocColumn columns[] = {
      {"-position", "Position"}, {"-chance", "Chance"}, {"-who", "Held by"}, {NULL, NULL}};
  g_autoptr(GArray) held = g_array_new(FALSE, FALSE, sizeof(Held));
  g_autoptr(GString) names = g_string_new(NULL);
  for (guint i = 0; i < b->course->n; i++) {
    Held one = {pln_course_at(b->course, b->course->rounds, i, issue),
                b->course->chance[(gsize)i * b->course->m + issue], i};
    if (!isnan(one.chance))
      g_array_append_val(held, one);
  }
  g_array_sort(held, by_position);
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint k = 0; k < held->len;) {
    double chance = 0;
    double position = g_array_index(held, Held, k).position;
    k = one_position(b, issue, held, k, &chance, names);
    g_autofree char *percent = pln_say_percent(chance);
    g_autofree char *aligned = g_strdup_printf("%6s", percent);
    pln_doc_cell(doc, pln_number(position, pln_bargain_digits(issue_of(b, issue))));
    pln_doc_cell(doc, pln_text(aligned));
    pln_doc_cell(doc, pln_text(names->str));
  }
}

void pln_compose_bargain_chances(PlnDoc *doc, const PlnBargain *b,
                                 const PlnComposeBargainOptions *options) {
  guint n = 0;
  for (guint k = 0; k < b->course->m; k++)
    n += pln_bargain_shows(b, options, k);
  for (guint k = 0; k < b->course->m && b->course->chance; k++)
    if (pln_bargain_shows(b, options, k) && n == 1)
      chances_of(doc, b, k);
}

/* ---- Methods side by side ---- */

static PlnValue forecast_cell(const PlnBargainIssue *item) {
  return isnan(item->outcome) ? pln_unknown()
                              : pln_number(item->outcome, pln_bargain_digits(item->issue));
}

/* One issue: a row a method. */
static void compare_rows(PlnDoc *doc, const GPtrArray *methods, guint issue) {
  static const PlnDocColumn columns[] = {{"-method", "Method"},     {"-forecast", "Forecast"},
                                         {"-between", "9 of 10"},   {"-off", "Off the record by"},
                                         {"-words", ""},            {NULL, NULL}};
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint k = 0; k < methods->len; k++) {
    const PlnBargain *b = methods->pdata[k];
    const PlnBargainIssue *item = &b->issue[issue];
    const PlnBargainSpread *spread = pln_bargain_spread(item);
    int digits = pln_bargain_digits(item->issue);
    g_autofree char *low = spread ? pln_say_position(item->issue, spread->quantile[0]) : NULL;
    g_autofree char *high = spread ? pln_say_position(item->issue, spread->quantile[4]) : NULL;
    g_autofree char *between = spread ? g_strdup_printf("%s to %s", low, high) : NULL;
    pln_doc_cell(doc, pln_text(b->options.method->name));
    pln_doc_cell(doc, forecast_cell(item));
    pln_doc_cell(doc, between ? pln_text(between) : pln_none());
    pln_doc_cell(doc, pln_number(fabs(item->outcome - item->issue->outcome), digits));
    pln_doc_cell(doc, item->words                       ? pln_text(item->words)
                      : b->options.method->replication ? pln_text("a replication, not a forecast")
                                                        : pln_none());
  }
}

/* Whether no method has a forecast of the issue, all for the same reason. */
static gboolean none_can(const GPtrArray *methods, guint issue) {
  const PlnBargain *first = methods->pdata[0];
  for (guint k = 0; k < methods->len; k++) {
    const PlnBargainIssue *item = &((const PlnBargain *)methods->pdata[k])->issue[issue];
    if (!isnan(item->outcome) || g_strcmp0(item->words, first->issue[issue].words) != 0)
      return FALSE;
  }
  return TRUE;
}

/* Why a method, or none of them, has nothing to say, each reason with its issues once. */
static void say_unable(PlnDoc *doc, const GPtrArray *methods, const PlnBargain *b) {
  const char *name = b ? b->options.method->name : "No method";
  const PlnBargain *of = b ? b : methods->pdata[0];
  for (guint k = 0; k < of->course->m; k++) {
    const char *words = of->issue[k].words;
    guint n = 0;
    gboolean said = FALSE;
    for (guint other = 0; other < of->course->m; other++) {
      gboolean same = isnan(of->issue[other].outcome) && none_can(methods, other) == !b &&
                      g_strcmp0(of->issue[other].words, words) == 0;
      said |= same && other < k;
      n += same;
    }
    if (isnan(of->issue[k].outcome) && none_can(methods, k) == !b && !said)
      pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s has %s forecast of %s%s: %s.", name, b ? "no" : "a",
                  of->issue[k].issue->id, n > 1 ? " and others" : "",
                  words ? words : "none can be made");
  }
}

static void compare_data(PlnDoc *doc, const PlnComposeBargainOptions *options) {
  static const PlnDocColumn columns[] = {
      {"method", NULL}, {"replication", NULL}, {"issue", NULL}, {"outcome", NULL}, {"spread_of", NULL},
      {"p05", NULL},    {"p50", NULL},   {"p95", NULL},     {"words", NULL},     {NULL, NULL}};
  pln_doc_table(doc, "methods", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < options->compare->len; k++) {
    const PlnBargain *b = options->compare->pdata[k];
    for (guint issue = 0; issue < b->course->m; issue++) {
      const PlnBargainIssue *item = &b->issue[issue];
      const PlnBargainSpread *spread = pln_bargain_spread(item);
      if (!pln_bargain_shows(b, options, issue))
        continue;
      pln_doc_cell(doc, pln_text(b->options.method->name));
      pln_doc_cell(doc, pln_bool(b->options.method->replication));
      pln_doc_cell(doc, pln_text(item->issue->id));
      pln_doc_cell(doc, pln_bargain_value(item->issue, item->outcome));
      pln_doc_cell(doc, !spread ? pln_none() : pln_text(item->has_drawn ? "draws" : "method"));
      for (guint q = 0; q < 5; q += 2)
        pln_doc_cell(doc, pln_bargain_value(item->issue, spread ? spread->quantile[q] : NAN));
      pln_doc_cell(doc, item->words ? pln_text(item->words) : pln_none());
    }
  }
}

void pln_compose_bargain_compare(PlnDoc *doc, const PlnBargain *b,
                                 const PlnComposeBargainOptions *options) {
  guint n = 0, last = 0;
  if (!options->compare || options->compare->len == 0)
    return;
  for (guint k = 0; k < b->course->m; k++)
    if (pln_bargain_shows(b, options, k)) {
      n++;
      last = k;
    }
  if (n == 1) {
    compare_rows(doc, options->compare, last);
  } else {
    pln_compose_bargain_grid(doc, b, options);
    say_unable(doc, options->compare, NULL);
    for (guint k = 0; k < options->compare->len; k++)
      say_unable(doc, options->compare, options->compare->pdata[k]);
  }
  compare_data(doc, options);
}
