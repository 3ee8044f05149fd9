/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenario discovery: what would have to be true, in words, as a table and as the chart "boxes". */
#include <math.h>

#include "plenary/compose_discovery.h"
#include "plenary/compose_project.h"
#include "plenary/discovery_part.h"
#include "plenary/text.h"

/* Columns of a terminal that the words of a cell may take. */
enum { WIDE = 24 };

static const PlnDiscoveryBox *box_of(const PlnDiscovery *discovery, guint k) {
  return &g_array_index(discovery->boxes, PlnDiscoveryBox, k);
}

static const PlnDiscoverySide *side_of(const PlnDiscoveryBox *box, guint k) {
  return &g_array_index(box->sides, PlnDiscoverySide, k);
}

static const PlnDial *dial_of(const PlnDiscovery *discovery, const PlnDiscoverySide *side) {
  return g_ptr_array_index(discovery->runs.dials, side->dial);
}

/* How frequent what is of interest is outside the boxes before the @k-th. */
static double rate_outside(const PlnDiscovery *discovery, guint k) {
  guint64 rows = discovery->prim->rows, interest = discovery->prim->interest;
  for (guint earlier = 0; earlier < k; earlier++) {
    rows -= box_of(discovery, earlier)->box->all.rows;
    interest -= box_of(discovery, earlier)->box->all.interest;
  }
  return (double)interest / (double)MAX(rows, 1);
}

/* What people call a dial. */
static const char *title_of(const PlnDiscovery *discovery, const PlnDiscoverySide *side) {
  return discovery->runs.title ? discovery->runs.title[side->dial]
                               : dial_of(discovery, side)->name;
}

/* ---- In words ---- */

char *pln_say_part(guint64 part, guint64 all) {
  enum { MANY = 100 };
  return all >= MANY ? pln_say_percent((double)part / (double)all)
                     : g_strdup_printf("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT, part, all);
}

guint64 pln_say_all_of(const PlnPrimCount *count) {
  return count->coverage > 0 ? (guint64)rint((double)count->interest / count->coverage) : 0;
}

static void say_rule(PlnDoc *doc, const PlnDiscovery *discovery, guint k) {
  const char *lead = discovery->runs.lead ? discovery->runs.lead : discovery->said;
  g_autofree char *first = g_strdup(k == 0 ? lead : "Or, outside of that,");
  first[0] = g_ascii_toupper(first[0]);
  g_autofree char *words = pln_discovery_sure(box_of(discovery, k));
  pln_doc_say(doc, NULL, PLN_SAY_LEAD, "%s when %s.", first, words);
}

static void say_counts(PlnDoc *doc, const PlnDiscovery *discovery, guint k) {
  const PlnPrimBox *box = box_of(discovery, k)->box;
  g_autofree char *rate = pln_say_percent(rate_outside(discovery, k));
  g_autofree char *density = pln_say_part(box->held.interest, box->held.rows);
  g_autofree char *coverage = pln_say_part(box->held.interest, pln_say_all_of(&box->held));
  const char *verb = discovery->runs.lead ? "fail" : "are so";
  g_autofree char *means = discovery->runs.lead && k == 0
                               ? g_strdup_printf(" To fail means: %s.", discovery->said)
                               : g_strdup("");
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
              "Of the runs in this box %s %s (its density), of all %s %s; of all runs that %s %s "
              "lie in it (its coverage).%s",
              density, verb, k == 0 ? "runs" : "runs outside the boxes before it", rate, verb,
              coverage, means);
}

/* (transfer full), or NULL where nothing is stated. */
static char *stated_word(const PlnDiscovery *discovery, const PlnDiscoverySide *side) {
  const PlnDial *dial = dial_of(discovery, side);
  if (isnan(side->stated))
    return NULL;
  double stated = discovery->runs.stated[side->dial];
  return pln_discovery_words(dial) > 0 ? pln_discovery_short(dial, stated)
                                       : pln_discovery_number(dial, stated);
}

/* Faces are judged by themselves, a dial then by what all its faces do: one of them that hardly
 * counts is said to. */
static void say_doubtful(PlnDoc *doc, const PlnDiscovery *discovery, const PlnDiscoveryBox *box) {
  g_autoptr(GString) out = g_string_new(NULL);
  guint n = 0;
  for (guint k = 0; k < box->sides->len; k++) {
    const PlnDiscoverySide *side = side_of(box, k);
    if (pln_discovery_doubtful(side))
      g_string_append_printf(out, "%s%s", n++ > 0 ? ", " : "", title_of(discovery, side));
  }
  if (n > 0)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
                "Perhaps %s %s nothing to do with it: as much may come by chance, or most other "
                "halvings of the runs do without.",
                out->str, n > 1 ? "have" : "has");
}

/* How far what the scenario states is from the box. */
static void say_stated(PlnDoc *doc, const PlnDiscovery *discovery, const PlnDiscoveryBox *box) {
  g_autoptr(GString) out = g_string_new(NULL);
  for (guint k = 0; k < box->sides->len; k++) {
    const PlnDiscoverySide *side = side_of(box, k);
    const PlnDial *dial = dial_of(discovery, side);
    if (isnan(side->stated) || side->holds_stated)
      continue;
    g_autofree char *word = stated_word(discovery, side);
    g_autofree char *away = isnan(side->away) ? NULL : pln_discovery_number(dial, side->away);
    g_string_append_printf(out, "%s%s is stated as %s%s%s", out->len > 0 ? "; " : "",
                           title_of(discovery, side), word, away ? ", away from it by " : "", away ? away : "");
  }
  if (box->holds_stated)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "The scenario as it is stated lies in it.");
  else if (out->len > 0)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "The scenario as it is stated lies outside: %s.",
                out->str);
}

/* ---- The table ---- */

/* Words that are too long for a column the sentence above has said already. */
static char *shortened(const char *word, const char *instead) {
  return g_strdup(pln_text_width(word) <= WIDE ? word : instead);
}

static char *range_words(const PlnDiscovery *discovery, guint k, const PlnDiscoverySide *side) {
  const PlnDial *dial = dial_of(discovery, side);
  if (pln_discovery_words(dial) == 0)
    return g_strdup_printf("%s to %s", side->from_word, side->to_word);
  guint64 in = box_of(discovery, k)->box->side[side->dial].in;
  if (__builtin_popcountll(in) == 1)
    return pln_discovery_short(dial, __builtin_ctzll(in));
  g_autofree char *count = g_strdup_printf("%d of %u words", __builtin_popcountll(in), dial->n);
  return shortened(side->from_word, count);
}

/* The ends of what the page draws a dial's range in; words have none. */
static void scale_cells(PlnDoc *doc, const PlnDial *dial) {
  double from, to;
  pln_discovery_ends(dial, &from, &to);
  gboolean words = pln_discovery_words(dial) > 0;
  g_autofree char *least = pln_discovery_number(dial, from), *most = pln_discovery_number(dial, to);
  pln_doc_cell(doc, words ? pln_none() : pln_text(least));
  pln_doc_cell(doc, words ? pln_none() : pln_text(most));
}

static void side_row(PlnDoc *doc, const PlnDiscovery *discovery, guint k,
                     const PlnDiscoverySide *side) {
  const PlnPrimBox *box = box_of(discovery, k)->box;
  g_autofree char *range = range_words(discovery, k, side), *stated = stated_word(discovery, side);
  gboolean words = pln_discovery_words(dial_of(discovery, side)) > 0;
  const char *where = side->holds_stated ? "in it" : "outside";
  g_autofree char *brief = words ? g_strdup(where) : shortened(stated ? stated : "", where);
  g_autofree char *p = side->p < 0.0001 ? g_strdup("<0.0001") : g_strdup_printf("%.4f", side->p);
  pln_doc_cell(doc, pln_int(k + 1));
  pln_doc_cell(doc, pln_text(title_of(discovery, side)));
  pln_doc_cell(doc, pln_text(dial_of(discovery, side)->name));
  pln_doc_cell(doc, pln_text(range));
  pln_doc_cell(doc, pln_number(side->from, 4));
  pln_doc_cell(doc, pln_number(side->to, 4));
  pln_doc_cell(doc, pln_text(side->from_word));
  pln_doc_cell(doc, pln_text(side->to_word));
  pln_doc_cell(doc, stated ? pln_text(brief) : pln_none());
  pln_doc_cell(doc, stated ? pln_text(stated) : pln_none());
  pln_doc_cell(doc, pln_number(side->stated, 4));
  pln_doc_cell(doc, pln_text(p));
  pln_doc_cell(doc, pln_number(side->p, 6));
  pln_doc_cell(doc, pln_number(side->reproduced, 2));
  pln_doc_cell(doc, pln_number(box->held.coverage, 4));
  pln_doc_cell(doc, pln_number(box->held.density, 4));
  pln_doc_cell(doc, pln_number(box->held.support, 4));
  pln_doc_cell(doc, pln_number(rate_outside(discovery, k), 4));
  pln_doc_cell(doc, pln_int((gint64)box->held.rows));
  pln_doc_cell(doc, pln_int((gint64)box->held.interest));
  scale_cells(doc, dial_of(discovery, side));
}

static void add_sides(PlnDoc *doc, const PlnDiscovery *discovery) {
  static const PlnDocColumn columns[] = {
      {"box", "Box"},          {"-dial", "Dial"},     {"dial", NULL},
      {"-range", "From and to"}, {"from", NULL},      {"to", NULL},
      {"from_word", NULL},     {"to_word", NULL},     {"-stated", "Stated"},
      {"stated_word", NULL},   {"stated", NULL},      {"-p", "By chance"},
      {"p", NULL},             {"reproduced", "Again"}, {"coverage", NULL},
      {"density", NULL},       {"support", NULL},     {"-rate", NULL},
      {"-runs", NULL},         {"-hits", NULL},
      {"-least", NULL},        {"-most", NULL},       {NULL, NULL}};
  pln_doc_chart(doc, "boxes", "Where %s is frequent", discovery->said);
  pln_doc_table(doc, "sides", PLN_FOR_BOTH, NULL, columns);
  for (guint k = 0; k < discovery->boxes->len; k++)
    for (guint i = 0; i < box_of(discovery, k)->sides->len; i++)
      side_row(doc, discovery, k, side_of(box_of(discovery, k), i));
}

/* ---- For programs ---- */

static void count_cells(PlnDoc *doc, const PlnPrimCount *count) {
  pln_doc_cell(doc, pln_int((gint64)count->rows));
  pln_doc_cell(doc, pln_int((gint64)count->interest));
  pln_doc_cell(doc, pln_number(count->coverage, 6));
  pln_doc_cell(doc, pln_number(count->density, 6));
  pln_doc_cell(doc, pln_number(count->support, 6));
}

static void add_boxes(PlnDoc *doc, const PlnDiscovery *discovery) {
  static const PlnDocColumn columns[] = {{"box", "Box"},
                                         {"words", "Where"},
                                         {"runs", NULL},
                                         {"of_interest", NULL},
                                         {"coverage", NULL},
                                         {"density", NULL},
                                         {"support", NULL},
                                         {"judging_runs", NULL},
                                         {"judging_of_interest", NULL},
                                         {"judged_coverage", NULL},
                                         {"judged_density", NULL},
                                         {"judged_support", NULL},
                                         {"p", NULL},
                                         {"holds_stated", NULL},
                                         {NULL, NULL}};
  pln_doc_table(doc, "boxes", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < discovery->boxes->len; k++) {
    const PlnDiscoveryBox *box = box_of(discovery, k);
    pln_doc_cell(doc, pln_int(k + 1));
    pln_doc_cell(doc, pln_text(box->words));
    count_cells(doc, &box->box->all);
    count_cells(doc, &box->box->held);
    pln_doc_cell(doc, pln_number(box->box->p, 6));
    pln_doc_cell(doc, box->knows_stated ? pln_bool(box->holds_stated) : pln_none());
  }
}

/* The way of peeling, box by box, as the judging half has it. */
static void add_trajectory(PlnDoc *doc, const PlnDiscovery *discovery) {
  static const PlnDocColumn columns[] = {
      {"box", "Box"},         {"step", "Step"},       {"dials", "Dials"},  {"coverage", "Coverage"},
      {"density", "Density"}, {"support", "Support"}, {"chosen", "Taken"}, {NULL, NULL}};
  pln_doc_table(doc, "trajectory", PLN_FOR_BOTH,
                "The way of peeling, before what is not borne out is let go", columns);
  for (guint k = 0; k < discovery->boxes->len; k++) {
    const PlnPrimBox *box = box_of(discovery, k)->box;
    for (guint i = 0; i < box->trajectory->len; i++) {
      const PlnPrimStep *step = &g_array_index(box->trajectory, PlnPrimStep, i);
      pln_doc_cell(doc, pln_int(k + 1));
      pln_doc_cell(doc, pln_int(i));
      pln_doc_cell(doc, pln_int(step->restricted));
      pln_doc_cell(doc, pln_number(step->held.coverage, 3));
      pln_doc_cell(doc, pln_number(step->held.density, 3));
      pln_doc_cell(doc, pln_number(step->held.support, 3));
      pln_doc_cell(doc, pln_bool(i == box->chosen));
    }
  }
}

static void add_facts(PlnDoc *doc, const PlnDiscovery *discovery) {
  g_autofree char *interest = pln_interest_text(&discovery->interest);
  pln_doc_text(doc, "outcome", discovery->runs.outcome ? discovery->runs.outcome : "");
  pln_doc_text(doc, "interest", interest);
  pln_doc_fact(doc, "runs", pln_int((gint64)discovery->runs.rows));
  pln_doc_fact(doc, "known", pln_int((gint64)discovery->known));
  if (discovery->looked < discovery->known)
    pln_doc_fact(doc, "looked", pln_int((gint64)discovery->looked));
  pln_doc_fact(doc, "of_interest", pln_int((gint64)discovery->prim->interest));
  pln_doc_fact(doc, "coverage", pln_number(discovery->prim->coverage, 6));
  pln_doc_text(doc, "why", discovery->why ? discovery->why : "");
}

void pln_compose_discovery(PlnDoc *doc, const PlnDiscovery *discovery, gboolean full) {
  pln_doc_open(doc, "discovery");
  add_facts(doc, discovery);
  if (discovery->boxes->len == 0)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "No box of the dials' ranges tells where %s: %s.",
                discovery->said, discovery->why);
  for (guint k = 0; k < discovery->boxes->len; k++) {
    say_rule(doc, discovery, k);
    say_counts(doc, discovery, k);
    say_doubtful(doc, discovery, box_of(discovery, k));
    say_stated(doc, discovery, box_of(discovery, k));
  }
  if (discovery->boxes->len > 0) {
    add_sides(doc, discovery);
    add_boxes(doc, discovery);
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "PRIM (Friedman and Fisher 1999; Bryant and Lempert 2010): half of the %" G_GUINT64_FORMAT
                " runs made the boxes, the other half judged them, and the shares are its own. By "
                "chance: how likely the dial has nothing to do with it; again: in what share of "
                "other halvings it is bounded.",
                discovery->looked);
  }
  if (discovery->looked < discovery->known)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Boxes are looked for in %" G_GUINT64_FORMAT " of the %" G_GUINT64_FORMAT
                " runs, drawn at random: more would take long.",
                discovery->looked, discovery->known);
  if (full && discovery->boxes->len > 0)
    add_trajectory(doc, discovery);
  pln_doc_close(doc);
}
