/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coalitions for programs; the order of prices is drawn in the page. */
#include <math.h>

#include "plenary/compose.h"
#include "plenary/compose_coalition_part.h"

static const char *const end_ids[] = {"win", "block"}, *const aim_ids[] = {"smallest", "cheapest"};

static void add_answers(PlnDoc *doc, const PlnCoalitions *c) {
  static const PlnDocColumn columns[] = {
      {"end", ""},    {"aim", ""},    {"others", ""}, {"exists", ""}, {"way", ""},
      {"states", ""}, {"least", ""},  {"price", ""},  {"bound", ""},  {"proved", ""},
      {"nodes", ""},  {"sets", ""},   {"more", ""},   {"alike", ""},  {NULL, NULL}};
  pln_doc_table(doc, "answers", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < PLN_OTHERS * PLN_COALITION_ENDS * PLN_COALITION_AIMS; k++) {
    guint others = k / 4, end = k / 2 % 2, aim = k % 2;
    const PlnCoalitionAnswer *answer = &c->answer[others][end][aim];
    const PlnCoalition *found = answer->found;
    pln_doc_cell(doc, pln_text(end_ids[end]));
    pln_doc_cell(doc, pln_text(aim_ids[aim]));
    pln_doc_cell(doc, pln_text(pln_others_words[others]));
    pln_doc_cell(doc, pln_bool(found != NULL));
    pln_doc_cell(doc, found ? pln_text(answer->way) : pln_none());
    pln_doc_cell(doc, found ? pln_int(found->size) : pln_none());
    pln_doc_cell(doc, found ? pln_int(found->least) : pln_none());
    pln_doc_cell(doc, found ? pln_price_value(found->price) : pln_none());
    pln_doc_cell(doc, found ? pln_price_value(found->bound) : pln_none());
    pln_doc_cell(doc, found ? pln_bool(found->proved) : pln_none());
    pln_doc_cell(doc, found ? pln_int((gint64)found->nodes) : pln_none());
    pln_doc_cell(doc, found ? pln_int(found->sets->len) : pln_none());
    pln_doc_cell(doc, found ? pln_bool(found->more) : pln_none());
    pln_doc_cell(doc, found && found->alike ? pln_text(found->alike) : pln_none());
  }
}

/* A row a member of a set; whoever comes along anyway has no price. */
static void add_members(PlnDoc *doc, const PlnCoalitions *c) {
  static const PlnDocColumn columns[] = {{"end", ""},    {"aim", ""},    {"others", ""},
                                         {"set", ""},    {"who", ""},    {"states", ""},
                                         {"change", ""}, {"price", ""},  {NULL, NULL}};
  pln_doc_table(doc, "coalitions", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < PLN_OTHERS * PLN_COALITION_ENDS * PLN_COALITION_AIMS; k++) {
    guint others = k / 4, end = k / 2 % 2, aim = k % 2;
    const PlnCoalition *found = c->answer[others][end][aim].found;
    for (guint s = 0; found && s < found->sets->len; s++)
      for (guint u = 0; u < c->units->len; u++) {
        const PlnCoalitionUnit *unit = pln_coalitions_unit(c, u);
        if (!((const guint8 *)found->sets->pdata[s])[u])
          continue;
        pln_doc_cell(doc, pln_text(end_ids[end]));
        pln_doc_cell(doc, pln_text(aim_ids[aim]));
        pln_doc_cell(doc, pln_text(pln_others_words[others]));
        pln_doc_cell(doc, pln_int(s + 1));
        pln_doc_cell(doc, pln_text(unit->name));
        pln_doc_cell(doc, pln_int(unit->seats->len));
        pln_doc_cell(doc, pln_int(unit->change[others][end]));
        pln_doc_cell(doc, pln_price_value(unit->price[others][end]));
      }
  }
}

/* Who abstains instead of voting against it. */
static void add_aside(PlnDoc *doc, const PlnCoalitions *c) {
  static const PlnDocColumn columns[] = {
      {"end", ""},   {"exists", ""}, {"way", ""},   {"states", ""}, {"price", ""}, {"bound", ""},
      {"proved", ""}, {"nodes", ""}, {"alike", ""}, {"who", ""},    {NULL, NULL}};
  pln_doc_table(doc, "aside", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint end = 0; end < PLN_COALITION_ENDS; end++) {
    const PlnCoalition *found = c->aside[end].found;
    const guint8 *in = found && found->sets->len > 0 ? found->sets->pdata[0] : NULL;
    g_autoptr(GString) who = g_string_new(NULL);
    for (guint u = 0; in && u < c->units->len; u++)
      if (in[u])
        g_string_append_printf(who, "%s%s", who->len > 0 ? " " : "",
                               pln_coalitions_unit(c, u)->name);
    pln_doc_cell(doc, pln_text(end_ids[end]));
    pln_doc_cell(doc, pln_bool(found != NULL));
    pln_doc_cell(doc, found ? pln_text(c->aside[end].way) : pln_none());
    pln_doc_cell(doc, found ? pln_int(found->size) : pln_none());
    pln_doc_cell(doc, found ? pln_price_value(found->price) : pln_none());
    pln_doc_cell(doc, found ? pln_price_value(found->bound) : pln_none());
    pln_doc_cell(doc, found ? pln_bool(found->proved) : pln_none());
    pln_doc_cell(doc, found ? pln_int((gint64)found->nodes) : pln_none());
    pln_doc_cell(doc, found && found->alike ? pln_text(found->alike) : pln_none());
    pln_doc_cell(doc, pln_words(who->str));
  }
}

static PlnValue total_value(gint64 total) {
  return total >= 0 ? pln_int(total) : pln_none();
}

/* What the record says came of it. */
static void add_record(PlnDoc *doc, const PlnCoalitions *c) {
  const PlnProposal *p = c->proposal;
  pln_doc_open(doc, "record");
  pln_doc_fact(doc, "result",
               p->result != PLN_RESULT_NOT_STATED ? pln_text(pln_result_words[p->result])
                                                  : pln_none());
  pln_doc_fact(doc, "yes", total_value(p->total[PLN_VOTE_Y]));
  pln_doc_fact(doc, "no", total_value(p->total[PLN_VOTE_N]));
  pln_doc_fact(doc, "abstain", total_value(p->total[PLN_VOTE_A]));
  pln_doc_fact(doc, "named", pln_int(pln_count_named(c)));
  pln_doc_close(doc);
}

/* Drawn: x how many states, y what all up to there cost. */
static void add_order(PlnDoc *doc, const PlnCoalitions *c, PlnCoalitionEnd end) {
  static const PlnDocColumn columns[] = {{"place", "Place"},   {"who", "Who"}, {"price", "Price"},
                                         {"sum", "Sum"},       {"states", "States"},
                                         {"in", "In the cheapest"}, {"enough", "Enough"},
                                         {NULL, NULL}};
  const PlnCoalition *found = c->answer[c->options.others][end][PLN_COALITION_CHEAPEST].found;
  const guint8 *in = found && found->sets->len > 0 ? found->sets->pdata[0] : NULL;
  int pivot = c->pivot[end];
  const char *verb = end == PLN_COALITION_WINS ? "pass" : "block";
  if (pivot >= 0) {
    const PlnCoalitionStep *at = &g_array_index(c->order[end], PlnCoalitionStep, (guint)pivot);
    g_autofree char *sum = pln_say_price(c, at->sum);
    g_autofree char *less = found ? pln_say_price(c, found->price) : NULL;
    guint alike = pln_count_pivots(c, end);
    g_autoptr(GString) rest = g_string_new(NULL);
    if (alike > 1)
      g_string_append_printf(rest, ", one of %u at the same price", alike);
    if (found && found->price < at->sum)
      g_string_append_printf(rest, " (not in this order %u do, at %s)", found->size, less);
    pln_doc_chart(doc, "coalition", "The %u cheapest %s it, at %s in all: %s is the pivot%s",
                  at->states, verb, sum, pln_coalitions_unit(c, at->unit)->name, rest->str);
  } else if (!found || found->size > 0) {
    pln_doc_chart(doc, "coalition", "All that may be in do not %s it", verb);
  }
  pln_doc_table(doc, end == PLN_COALITION_WINS ? "order" : "order_blocking", PLN_FOR_PROGRAMS, NULL,
                columns);
  for (guint k = 0; k < c->order[end]->len; k++) {
    const PlnCoalitionStep *step = &g_array_index(c->order[end], PlnCoalitionStep, k);
    pln_doc_cell(doc, pln_int(k + 1));
    pln_doc_cell(doc, pln_text(pln_coalitions_unit(c, step->unit)->name));
    pln_doc_cell(doc, pln_price_value(step->price));
    pln_doc_cell(doc, pln_price_value(step->sum));
    pln_doc_cell(doc, pln_int(step->states));
    pln_doc_cell(doc, pln_bool(in && in[step->unit]));
    pln_doc_cell(doc, pln_bool(step->enough));
  }
}

guint pln_count_pivots(const PlnCoalitions *c, PlnCoalitionEnd end) {
  guint alike = 0;
  if (c->pivot[end] < 0)
    return 0;
  const GArray *order = c->order[end];
  const PlnCoalitionStep *at = &g_array_index(order, PlnCoalitionStep, (guint)c->pivot[end]);
  const PlnCoalitionUnit *pivot = pln_coalitions_unit(c, at->unit);
  for (guint k = 0; k < c->order[end]->len; k++) {
    const PlnCoalitionStep *step = &g_array_index(c->order[end], PlnCoalitionStep, k);
    const PlnCoalitionUnit *unit = pln_coalitions_unit(c, step->unit);
    alike += (unit->must > 0) == (pivot->must > 0) &&
             step->price * pivot->seats->len == at->price * unit->seats->len;
  }
  return alike;
}

void pln_compose_coalition_orders(PlnDoc *doc, const PlnCoalitions *c) {
  for (guint end = 0; end < PLN_COALITION_ENDS; end++)
    add_order(doc, c, (PlnCoalitionEnd)end);
}

static void add_seats(PlnDoc *doc, const PlnCoalitions *c) {
  static const PlnDocColumn columns[] = {{"who", ""},      {"name", ""},     {"unit", ""},
                                         {"yes", ""},      {"no", ""},       {"expected", ""},
                                         {"known", ""},    {"status", ""},   {NULL, NULL}};
  g_autofree const char **unit_of = g_new0(const char *, c->roster->n + 1);
  for (guint u = 0; u < c->units->len; u++) {
    const PlnCoalitionUnit *unit = pln_coalitions_unit(c, u);
    for (guint j = 0; j < unit->seats->len; j++)
      unit_of[g_array_index(unit->seats, guint, j)] = unit->name;
  }
  pln_doc_table(doc, "seats", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint i = 0; i < c->roster->n; i++) {
    const PlnCoalitionSeat *seat = &c->seat[i];
    pln_doc_cell(doc, pln_text(c->roster->state[i]->code));
    pln_doc_cell(doc, pln_text(c->roster->state[i]->name));
    pln_doc_cell(doc, pln_text(unit_of[i]));
    pln_doc_cell(doc, pln_price_value(seat->price[PLN_COALITION_WINS]));
    pln_doc_cell(doc, pln_price_value(seat->price[PLN_COALITION_BLOCKS]));
    pln_doc_cell(doc, pln_vote_value(seat->expected));
    pln_doc_cell(doc, pln_bool(seat->known));
    pln_doc_cell(doc, pln_text(pln_status_words[seat->status]));
  }
}

static void add_minorities(PlnDoc *doc, const PlnCoalitions *c) {
  static const PlnDocColumn columns[] = {{"rule", ""}, {"all", ""},    {"expected", ""},
                                         {"veto", ""}, {"citation", ""}, {"status", ""},
                                         {NULL, NULL}};
  pln_doc_table(doc, "minorities", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < c->minorities->len; k++) {
    const PlnBlockingMinority *it = &g_array_index(c->minorities, PlnBlockingMinority, k);
    guint n = c->roster->n;
    gboolean none = c->unexpected == n;
    pln_doc_cell(doc, pln_text(it->rule->id));
    pln_doc_cell(doc, it->all > n ? pln_none() : pln_int(it->all));
    pln_doc_cell(doc, none || it->expected > n ? pln_none() : pln_int(it->expected));
    pln_doc_cell(doc, pln_bool(it->veto));
    pln_doc_cell(doc, pln_text(it->rule->citation));
    pln_doc_cell(doc, pln_text(pln_status_words[it->rule->status]));
  }
}

static void add_expected(PlnDoc *doc, const PlnCoalitions *c) {
  pln_doc_open(doc, "expected");
  pln_doc_fact(doc, "yes", pln_int(c->expected[PLN_VOTE_Y]));
  pln_doc_fact(doc, "no", pln_int(c->expected[PLN_VOTE_N]));
  pln_doc_fact(doc, "abstain", pln_int(c->expected[PLN_VOTE_A]));
  pln_doc_fact(doc, "away", pln_int(c->expected[PLN_VOTE_X]));
  pln_doc_fact(doc, "unknown", pln_int(c->unexpected));
  pln_doc_fact(doc, "passes", c->unexpected == c->roster->n ? pln_none() : pln_bool(c->passes));
  pln_doc_fact(doc, "on_record", pln_int(c->on_record));
  pln_doc_fact(doc, "adopted", isnan(c->adopted) ? pln_none() : pln_number(c->adopted, 6));
  pln_doc_close(doc);
}

static void add_units(PlnDoc *doc, const PlnCoalitions *c) {
  static const PlnDocColumn columns[] = {
      {"who", ""}, {"states", ""}, {"must", ""}, {"given_up", ""}, {NULL, NULL}};
  static const char *const must[] = {"out", "free", "in"};
  pln_doc_table(doc, "units", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint u = 0; u < c->units->len; u++) {
    const PlnCoalitionUnit *unit = pln_coalitions_unit(c, u);
    g_autoptr(GString) lost = g_string_new(NULL);
    for (guint k = 0; k < unit->given_up->len; k++)
      g_string_append_printf(lost, "%s%s", k > 0 ? " " : "",
                             ((const PlnState *)unit->given_up->pdata[k])->code);
    pln_doc_cell(doc, pln_text(unit->name));
    pln_doc_cell(doc, pln_int(unit->seats->len));
    pln_doc_cell(doc, pln_text(must[unit->must + 1]));
    pln_doc_cell(doc, pln_words(lost->str));
  }
}

void pln_compose_coalition_data(PlnDoc *doc, const PlnCoalitions *c) {
  add_record(doc, c);
  add_expected(doc, c);
  add_answers(doc, c);
  add_members(doc, c);
  add_aside(doc, c);
  add_units(doc, c);
  add_seats(doc, c);
  add_minorities(doc, c);
}
