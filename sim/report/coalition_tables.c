/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coalitions for people: the searches, the sets, the order around the pivot, who can block. */
#include <string.h>

#include "plenary/compose_coalition_part.h"

/* So many members are listed one by one; so many places either way of the pivot. */
enum { LISTED = 16, AROUND = 5 };

/* ---- The searches ---- */

static const char *as_expected(const PlnCoalitions *c) {
  return pln_is_as_voted(c) ? "as voted" : "likeliest";
}

static void answer_row(PlnDoc *doc, const PlnCoalitions *c, PlnOthers others, PlnCoalitionEnd end,
                       PlnCoalitionAim aim) {
  const PlnCoalitionAnswer *answer = &c->answer[others][end][aim];
  const PlnCoalition *found = answer->found;
  pln_doc_cell(doc, pln_text(pln_coalition_end_words[end]));
  pln_doc_cell(doc, pln_text(pln_coalition_aim_words[aim]));
  pln_doc_cell(doc, pln_text(others == PLN_OTHERS_NO ? "against" : as_expected(c)));
  if (!found) {
    for (guint k = 0; k < 5; k++)
      pln_doc_cell(doc, k == 4 ? pln_text("no way") : pln_none());
    return;
  }
  g_autofree char *price = pln_say_price(c, found->price);
  g_autofree char *bound = aim == PLN_COALITION_SMALLEST ? g_strdup_printf("%u st.", found->least)
                                                         : pln_say_price(c, found->bound);
  g_autofree char *alike = pln_say_alike(found);
  pln_doc_cell(doc, pln_int(found->size));
  pln_doc_cell(doc, pln_text(price));
  pln_doc_cell(doc, pln_text(bound));
  pln_doc_cell(doc, pln_text(alike));
  pln_doc_cell(doc, pln_text(answer->way));
}

static gboolean all_proved(const PlnCoalitions *c, guint64 *nodes) {
  gboolean proved = TRUE;
  *nodes = 0;
  for (guint k = 0; k < PLN_OTHERS * PLN_COALITION_ENDS * PLN_COALITION_AIMS; k++) {
    const PlnCoalition *found = c->answer[k / 4][k / 2 % 2][k % 2].found;
    proved &= !found || found->proved;
    *nodes += found ? found->nodes : 0;
  }
  for (guint end = 0; end < PLN_COALITION_ENDS; end++)
    proved &= !c->aside[end].found || c->aside[end].found->proved;
  return proved;
}

static void add_answers(PlnDoc *doc, const PlnCoalitions *c) {
  static const PlnDocColumn columns[] = {
      {"-end", "Coalition"}, {"-aim", "Which"},     {"-others", "Others"}, {"-states", "States"},
      {"-price", "Price"},   {"-bound", "Bound"},   {"-ties", "Ties"},     {"-way", "By"},
      {NULL, NULL}};
  guint64 nodes;
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, "Smallest and cheapest coalitions", columns);
  for (guint others = 0; others < PLN_OTHERS; others++)
    for (guint end = 0; end < PLN_COALITION_ENDS; end++)
      for (guint aim = 0; aim < PLN_COALITION_AIMS && (others == 0 || c->unexpected < c->roster->n);
           aim++)
        answer_row(doc, c, (PlnOthers)others, (PlnCoalitionEnd)end, (PlnCoalitionAim)aim);
  if (all_proved(c, &nodes))
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Proved: of each the bound equals the value (fewest: in states, cheapest: in "
                "price), so of sets that vote yes (to block: no) nothing is less; of sets that "
                "abstain instead of voting against it the cheapest is proved likewise, sets of "
                "both kinds are not tried. %" G_GUINT64_FORMAT " nodes in all. Where others are "
                "\"%s\": states that must change, and what they cost.",
                nodes, as_expected(c));
  else
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Not all is proved: nodes ran out; between the bound and the value there may be "
                "something better.");
}

/* ---- The sets ---- */

/* Whether the cheapest are as few as the fewest: then they are the same ones. */
static gboolean is_both(const PlnCoalitions *c, PlnCoalitionEnd end) {
  const PlnCoalitionAnswer *answer = c->answer[c->options.others][end];
  const PlnCoalition *few = answer[PLN_COALITION_SMALLEST].found;
  const PlnCoalition *cheap = answer[PLN_COALITION_CHEAPEST].found;
  return few && cheap && few->proved && cheap->proved && few->size == cheap->size &&
         few->price == cheap->price;
}

/* "bound 18 = price 18 after 197 nodes".  Returns: (transfer full) */
static char *say_bound(const PlnCoalitions *c, const PlnCoalition *found, PlnCoalitionAim aim) {
  g_autofree char *proof = pln_say_proof(c, found, aim);
  return g_strdup_printf("%s after %" G_GUINT64_FORMAT " node%s", proof, found->nodes,
                         found->nodes == 1 ? "" : "s");
}

/* Returns: (transfer full) */
static char *say_proved(const PlnCoalitions *c, PlnCoalitionEnd end, PlnCoalitionAim aim) {
  const PlnCoalitionAnswer *answer = c->answer[c->options.others][end];
  const PlnCoalition *found = answer[aim].found, *few = answer[PLN_COALITION_SMALLEST].found;
  const char *vote = end == PLN_COALITION_WINS ? "yes" : "no";
  g_autofree char *bound = say_bound(c, found, aim);
  if (is_both(c, end)) {
    g_autofree char *fewer = say_bound(c, few, PLN_COALITION_SMALLEST);
    return g_strdup_printf("Proof that no set that votes %s is less dear: %s; nor smaller: %s", vote,
                           bound, fewer);
  }
  return g_strdup_printf("%s that no set that votes %s is %s: %s",
                         found->proved ? "Proof" : "Not proved (nodes ran out)", vote,
                         aim == PLN_COALITION_SMALLEST ? "smaller" : "less dear", bound);
}

static void say_set(PlnDoc *doc, const PlnCoalitions *c, PlnCoalitionEnd end, PlnCoalitionAim aim,
                    gboolean full) {
  PlnOthers others = c->options.others;
  const PlnCoalition *found = c->answer[others][end][aim].found;
  gboolean both = is_both(c, end), fewest = aim == PLN_COALITION_SMALLEST;
  if (!found || found->size == 0 || (both && fewest))
    return;
  g_autofree char *alike = pln_say_alike(found), *price = pln_say_price(c, found->price);
  g_autofree char *proof = say_proved(c, end, aim);
  guint sets = full ? found->sets->len : 1;
  for (guint k = 0; k < sets; k++) {
    g_autofree char *members = full || found->size <= LISTED
                                   ? pln_say_members(c, others, end, found, k, 0)
                                   : pln_say_groups(c, others, end, found, k);
    if (k == 0)
      pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s, the %s: %u state%s at %s, %s%s: %s. %s.",
                  end == PLN_COALITION_WINS ? "To pass" : "To block",
                  both ? "fewest and the cheapest" : pln_coalition_aim_words[aim], found->size,
                  found->size == 1 ? "" : "s", price, alike, fewest ? " so cheap" : "", members,
                  proof);
    else
      pln_doc_say(doc, NULL, PLN_SAY_NOTE, "or %s.", members);
  }
}

/* The cheapest that abstain instead, towards what does not hold as it is. */
static void say_aside(PlnDoc *doc, const PlnCoalitions *c, gboolean full) {
  PlnCoalitionEnd end = c->passes ? PLN_COALITION_BLOCKS : PLN_COALITION_WINS;
  const PlnCoalition *found = c->aside[end].found;
  if (!found || found->size == 0 || c->unexpected == c->roster->n)
    return;
  g_autofree char *price = pln_say_price(c, found->price), *alike = pln_say_alike(found);
  g_autofree char *proof = pln_say_proof(c, found, PLN_COALITION_CHEAPEST);
  g_autofree char *who = pln_say_aside(c, end, full ? G_MAXUINT : LISTED);
  gboolean wins = end == PLN_COALITION_WINS;
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
              "%s by abstaining instead of voting %s, others %s, the cheapest: %u state%s at %s, %s: "
              "%s. %s that nothing of that kind is less dear: %s after %" G_GUINT64_FORMAT " node%s.",
              wins ? "To pass" : "To block", wins ? "no" : "yes", as_expected(c), found->size,
              found->size == 1 ? "" : "s", price, alike, who, found->proved ? "Proof" : "Not proved",
              proof, found->nodes, found->nodes == 1 ? "" : "s");
}

static void add_sets(PlnDoc *doc, const PlnCoalitions *c, gboolean full) {
  for (guint end = 0; end < PLN_COALITION_ENDS; end++)
    for (guint aim = 0; aim < PLN_COALITION_AIMS; aim++)
      say_set(doc, c, (PlnCoalitionEnd)end, (PlnCoalitionAim)aim, full);
  say_aside(doc, c, full);
}

/* ---- The order ---- */

static const char *name_of(const PlnCoalitions *c, const PlnCoalitionUnit *unit) {
  if (unit->seats->len == 1 && !unit->bloc)
    return c->roster->state[g_array_index(unit->seats, guint, 0)]->name;
  return unit->bloc ? unit->bloc->name : "";
}

static void step_row(PlnDoc *doc, const PlnCoalitions *c, guint place, PlnCoalitionEnd end) {
  const PlnCoalitionStep *step = &g_array_index(c->order[end], PlnCoalitionStep, place);
  const PlnCoalitionUnit *unit = pln_coalitions_unit(c, step->unit);
  g_autofree char *price = pln_say_price(c, step->price), *sum = pln_say_price(c, step->sum);
  pln_doc_cell(doc, pln_int(place + 1));
  pln_doc_cell(doc, pln_text(unit->name));
  pln_doc_cell(doc, pln_text(price));
  pln_doc_cell(doc, pln_text(sum));
  pln_doc_cell(doc, pln_int(step->states));
  pln_doc_cell(doc, pln_text((int)place == c->pivot[end] ? "pivot"
                             : (int)place < c->pivot[end] ? ""
                             : step->enough               ? "enough"
                                                          : "not yet"));
  pln_doc_cell(doc, pln_text(name_of(c, unit)));
}

static void add_order(PlnDoc *doc, const PlnCoalitions *c, PlnCoalitionEnd end, gboolean full) {
  static const PlnDocColumn columns[] = {{"-place", "Place"}, {"-who", "Who"},
                                         {"-price", "Price"}, {"-sum", "Sum"},
                                         {"-states", "States"}, {"-enough", ""},
                                         {"-name", "Name"},   {NULL, NULL}};
  int pivot = c->pivot[end], n = (int)c->order[end]->len;
  int from = full || pivot < 0 ? 0 : MAX(0, pivot - AROUND);
  int to = full ? n : pivot < 0 ? MIN(n, 2 * AROUND) : MIN(n, pivot + AROUND + 1);
  g_autofree char *what = g_strdup_printf(
      "The price of a %s, in order%s (all others %s)", end == PLN_COALITION_WINS ? "yes" : "no",
      full ? "" : pivot < 0 ? ", the first" : ", about the pivot",
      c->options.others == PLN_OTHERS_NO ? "against" : as_expected(c));
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, what, columns);
  for (int place = from; place < to; place++)
    step_row(doc, c, (guint)place, end);
  guint alike = pivot >= 0 ? pln_count_pivots(c, end) : 1;
  if (alike > 1)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "The pivot is one of %u at the same price: among these the order is that of the "
                "alphabet.",
                alike);
}

/* ---- Blocking minorities ---- */

static PlnValue minority_value(const PlnCoalitions *c, guint n) {
  return n == 0 ? pln_text("falls") : n > c->roster->n ? pln_text("none") : pln_int(n);
}

static void add_minorities(PlnDoc *doc, const PlnCoalitions *c) {
  static const PlnDocColumn columns[] = {{"-rule", "Rule"},
                                         {"-all", "All others yes"},
                                         {"-expected", "Some away"},
                                         {"-veto", "Veto"},
                                         {NULL, NULL}};
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, "The fewest that can block under each rule", columns);
  for (guint k = 0; k < c->minorities->len; k++) {
    const PlnBlockingMinority *it = &g_array_index(c->minorities, PlnBlockingMinority, k);
    pln_doc_cell(doc, pln_text(it->rule->id));
    pln_doc_cell(doc, minority_value(c, it->all));
    pln_doc_cell(doc, c->unexpected == c->roster->n ? pln_none() : minority_value(c, it->expected));
    pln_doc_cell(doc, pln_text(it->veto ? "one" : ""));
  }
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "By the count and the weight. Some away: whose %s is to abstain or stay away does so, "
              "all others vote yes. Veto: one veto holder blocks alone.",
              pln_is_as_voted(c) ? "recorded vote" : "likeliest answer");
}

void pln_compose_coalition_tables(PlnDoc *doc, const PlnCoalitions *c, gboolean full) {
  add_answers(doc, c);
  add_sets(doc, c, full);
  for (guint end = 0; end < PLN_COALITION_ENDS; end++)
    add_order(doc, c, (PlnCoalitionEnd)end, full);
  add_minorities(doc, c);
}
