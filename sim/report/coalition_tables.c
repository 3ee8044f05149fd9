/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coalitions for people: the searches, the sets, the order around the pivot, who can block. */
#include <string.h>

#include "plenary/compose_coalition_part.h"

/* So many members are listed one by one; so many places either way of the pivot. */
enum { LISTED = 16, AROUND = 5 };

/* ---- The searches ---- */

static void answer_row(PlnDoc *doc, const PlnCoalitions *c, PlnOthers others, PlnCoalitionEnd end,
                       PlnCoalitionAim aim) {
  const PlnCoalitionAnswer *answer = &c->answer[others][end][aim];
  const PlnCoalition *found = answer->found;
  pln_doc_cell(doc, pln_text(pln_coalition_end_words[end]));
  pln_doc_cell(doc, pln_text(pln_coalition_aim_words[aim]));
  pln_doc_cell(doc, pln_text(others == PLN_OTHERS_NO ? "against" : "expected"));
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
                "price), so nothing is less; %" G_GUINT64_FORMAT " nodes in all. Others expected: "
                "states that must change, and what they cost.",
                nodes);
  else
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Not all is proved: nodes ran out; between the bound and the value there may be "
                "something better.");
}

/* ---- The sets ---- */

static void say_set(PlnDoc *doc, const PlnCoalitions *c, PlnCoalitionEnd end, PlnCoalitionAim aim,
                    gboolean full) {
  PlnOthers others = c->options.others;
  const PlnCoalition *found = c->answer[others][end][aim].found;
  if (!found || found->size == 0)
    return;
  g_autofree char *alike = pln_say_alike(found), *proof = pln_say_proof(c, found, aim);
  g_autofree char *price = pln_say_price(c, found->price);
  const char *less = !found->proved                  ? "nothing is better is wanting"
                     : aim == PLN_COALITION_SMALLEST ? "nothing has fewer"
                                                     : "nothing is less dear";
  guint sets = full ? found->sets->len : 1;
  for (guint k = 0; k < sets; k++) {
    g_autofree char *members = full || found->size <= LISTED
                                   ? pln_say_members(c, others, end, found, k, 0)
                                   : pln_say_groups(c, others, end, found, k);
    if (k == 0)
      pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
                  "%s, the %s: %u state%s at %s, %s: %s. Proof that %s: %s after %" G_GUINT64_FORMAT
                  " node%s.",
                  end == PLN_COALITION_WINS ? "To pass" : "To block", pln_coalition_aim_words[aim],
                  found->size, found->size == 1 ? "" : "s", price, alike, members,
                  less, proof, found->nodes, found->nodes == 1 ? "" : "s");
    else
      pln_doc_say(doc, NULL, PLN_SAY_NOTE, "or %s.", members);
  }
}

static void add_sets(PlnDoc *doc, const PlnCoalitions *c, gboolean full) {
  for (guint end = 0; end < PLN_COALITION_ENDS; end++)
    for (guint aim = 0; aim < PLN_COALITION_AIMS; aim++)
      say_set(doc, c, (PlnCoalitionEnd)end, (PlnCoalitionAim)aim, full);
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
                             : step->enough              ? "enough"
                                                         : ""));
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
      "The price of a %s, in order%s%s", end == PLN_COALITION_WINS ? "yes" : "no",
      full ? "" : ", about the pivot",
      c->options.others == PLN_OTHERS_NO ? " (all others against)" : " (others as expected)");
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, what, columns);
  for (int place = from; place < to; place++)
    step_row(doc, c, (guint)place, end);
}

/* ---- Blocking minorities ---- */

static PlnValue minority_value(const PlnCoalitions *c, guint n) {
  return n == 0 ? pln_text("falls") : n > c->roster->n ? pln_text("none") : pln_int(n);
}

static void add_minorities(PlnDoc *doc, const PlnCoalitions *c) {
  static const PlnDocColumn columns[] = {{"-rule", "Rule"},
                                         {"-all", "All others yes"},
                                         {"-expected", "Abstaining and away as expected"},
                                         {"-veto", "Veto"},
                                         {NULL, NULL}};
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, "The fewest that can block under each rule", columns);
  for (guint k = 0; k < c->minorities->len; k++) {
    const PlnBlockingMinority *it = &g_array_index(c->minorities, PlnBlockingMinority, k);
    pln_doc_cell(doc, pln_text(it->rule->id));
    pln_doc_cell(doc, minority_value(c, it->all));
    pln_doc_cell(doc, c->unexpected == c->roster->n ? pln_none() : minority_value(c, it->expected));
    pln_doc_cell(doc, pln_text(it->veto ? "one suffices" : ""));
  }
}

void pln_compose_coalition_tables(PlnDoc *doc, const PlnCoalitions *c, gboolean full) {
  add_answers(doc, c);
  add_sets(doc, c, full);
  for (guint end = 0; end < PLN_COALITION_ENDS; end++)
    add_order(doc, c, (PlnCoalitionEnd)end, full);
  add_minorities(doc, c);
}
