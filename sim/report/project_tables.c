/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a projection: the proposals, the package, the stages. */
#include <math.h>
#include <string.h>

#include "plenary/compose_project.h"

static gboolean shown(const PlnProject *project, const PlnProjectItem *item) {
  return project->options.proposal < 0 || project->options.proposal == (int)item->place;
}

static gboolean any_pressed(const PlnProjectStage *stage) {
  for (guint k = 0; k < stage->items->len; k++)
    if (!isnan(pln_project_item(stage, k)->pressed))
      return TRUE;
  return FALSE;
}

/* ---- Tables ---- */

static PlnValue between(int low, int high, double mean) {
  g_autofree char *text = g_strdup_printf("%.0f  %d-%d", mean, low, high);
  return pln_text(text);
}

/* For people: the chance and what would turn it, then the tally. */
static void show_chances(PlnDoc *doc, const PlnProject *project, const PlnProjectStage *stage) {
  static const PlnDocColumn columns[] = {{"-id", "Proposal"},     {"-likely", ""},
                                         {"-adopted", "Adopted"}, {"-low", "Positions off"},
                                         {"-turn", "To turn it"}, {NULL, NULL}};
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint k = 0; k < stage->items->len; k++) {
    const PlnProjectItem *item = pln_project_item(stage, k);
    if (!shown(project, item))
      continue;
    g_autofree char *percent = pln_say_percent(item->outcome->adopted.value);
    g_autofree char *low = pln_say_percent(item->low), *high = pln_say_percent(item->high);
    g_autofree char *off = isnan(item->low) ? g_strdup("") : g_strdup_printf("%s to %s", low, high);
    g_autofree char *turn = pln_say_nearest(item, 2);
    pln_doc_cell(doc, pln_text(item->proposal->id));
    pln_doc_cell(doc, pln_text(pln_say_likely(item->outcome->adopted.value)));
    pln_doc_cell(doc, pln_text(percent));
    pln_doc_cell(doc, pln_text(off));
    pln_doc_cell(doc, pln_text(turn));
  }
}

/* How many yes each is expected to get, and what it takes; for the page alone. */
static void chart_tallies(PlnDoc *doc, const PlnProject *project, const PlnProjectStage *stage) {
  static const PlnDocColumn columns[] = {{"-id", "Proposal"}, {"-title", "Title"},
                                         {"-yes", "Yes"},     {"-low", "5 %"},
                                         {"-high", "95 %"},   {"-needed", "Needs"},
                                         {NULL, NULL}};
  guint open = 0, n = 0;
  for (guint k = 0; k < stage->items->len; k++) {
    const PlnProjectItem *item = pln_project_item(stage, k);
    const PlnOutcomeSpread *margin = &item->outcome->margin;
    n += shown(project, item);
    open += shown(project, item) && margin->quantile[0] < 0 &&
            margin->quantile[PLN_OUTCOME_QUANTILES - 1] >= 0;
  }
  pln_doc_chart(doc, "interval",
                "%u of %u could go either way: the yes votes, 9 times of 10, and what is needed", open,
                n);
  pln_doc_table(doc, NULL, PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < stage->items->len; k++) {
    const PlnProjectItem *item = pln_project_item(stage, k);
    const PlnOutcomeSpread *yes = &item->outcome->count[PLN_VOTE_Y];
    if (!shown(project, item))
      continue;
    pln_doc_cell(doc, pln_text(item->proposal->id));
    pln_doc_cell(doc, pln_text(item->proposal->title));
    pln_doc_cell(doc, pln_number(yes->mean, 1));
    pln_doc_cell(doc, pln_int(yes->quantile[0]));
    pln_doc_cell(doc, pln_int(yes->quantile[PLN_OUTCOME_QUANTILES - 1]));
    pln_doc_cell(doc, pln_int(item->needed));
  }
}

static void show_tallies(PlnDoc *doc, const PlnProject *project, const PlnProjectStage *stage) {
  static const PlnDocColumn columns[] = {{"-id", "Proposal"}, {"-y", "Yes"},    {"-n", "No"},
                                         {"-a", "Abst."},     {"-x", "Absent"}, {"-d", "Needs"},
                                         {NULL, NULL}};
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE,
                "Votes expected, and between what they lie 9 times of 10", columns);
  for (guint k = 0; k < stage->items->len; k++) {
    const PlnProjectItem *item = pln_project_item(stage, k);
    if (!shown(project, item))
      continue;
    pln_doc_cell(doc, pln_text(item->proposal->id));
    for (guint v = 0; v < PLN_VOTE_KINDS; v++) {
      const PlnOutcomeSpread *s = &item->outcome->count[v];
      pln_doc_cell(doc, between(s->quantile[0], s->quantile[PLN_OUTCOME_QUANTILES - 1], s->mean));
    }
    pln_doc_cell(doc, pln_int(item->needed));
  }
}

static void summary_row(PlnDoc *doc, const PlnProjectStage *stage, const PlnProjectItem *item) {
  const PlnOutcomeResult *r = item->outcome;
  const PlnProposal *p = item->proposal;
  g_autofree char *name = pln_say_stage(stage), *turn = pln_say_nearest(item, 5);
  double chances[] = {r->adopted.value, item->low,     item->high, item->other.value,
                      item->also.value, item->pressed, item->put,  item->adopted};
  pln_doc_cell(doc, pln_text(name));
  pln_doc_cell(doc, pln_text(p->id));
  pln_doc_cell(doc, pln_text(p->title));
  pln_doc_cell(doc, pln_text(p->family));
  for (gsize k = 0; k < G_N_ELEMENTS(chances); k++)
    pln_doc_cell(doc, pln_chance_value(chances[k], r->draws));
  pln_doc_cell(doc, pln_number(r->adopted.error, 6));
  for (guint v = 0; v < PLN_VOTE_KINDS; v++) {
    pln_doc_cell(doc, pln_number(r->count[v].mean, 2));
    pln_doc_cell(doc, pln_int(r->count[v].quantile[0]));
    pln_doc_cell(doc, pln_int(r->count[v].quantile[PLN_OUTCOME_QUANTILES - 1]));
  }
  pln_doc_cell(doc, pln_int(item->needed));
  pln_doc_cell(doc, pln_text(turn));
  pln_doc_cell(doc, pln_text(item->rule->id));
  pln_doc_cell(doc, pln_int(item->assumed));
  pln_doc_cell(doc, pln_text(pln_status_words[item->outlook->weakest]));
  pln_doc_cell(doc, pln_text(p->touches));
  pln_doc_cell(doc, pln_text(p->touches_source));
}

void pln_compose_project_summary(PlnDoc *doc, const PlnProject *project) {
  static const PlnDocColumn columns[] = {{"stage", ""},
                                         {"id", ""},
                                         {"title", ""},
                                         {"family", ""},
                                         {"adopted", ""},
                                         {"positions_5", ""},
                                         {"positions_95", ""},
                                         {"other_majority", ""},
                                         {"second_history", ""},
                                         {"pressed", ""},
                                         {"put", ""},
                                         {"adopted_in_all", ""},
                                         {"monte_carlo_error", ""},
                                         {"yes", ""},
                                         {"yes_5", ""},
                                         {"yes_95", ""},
                                         {"no", ""},
                                         {"no_5", ""},
                                         {"no_95", ""},
                                         {"abstain", ""},
                                         {"abstain_5", ""},
                                         {"abstain_95", ""},
                                         {"absent", ""},
                                         {"absent_5", ""},
                                         {"absent_95", ""},
                                         {"needed", ""},
                                         {"nearest", ""},
                                         {"rule", ""},
                                         {"assumed", ""},
                                         {"status", ""},
                                         {"touches", ""},
                                         {"touches_source", ""},
                                         {NULL, NULL}};
  pln_doc_table(doc, "summary", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint t = 0; t < project->stages->len; t++) {
    const PlnProjectStage *stage = pln_project_stage(project, t);
    for (guint k = 0; k < stage->items->len; k++)
      if (shown(project, pln_project_item(stage, k)))
        summary_row(doc, stage, pln_project_item(stage, k));
  }
}

void pln_compose_project_tables(PlnDoc *doc, const PlnProject *project, const PlnProjectStage *stage) {
  show_chances(doc, project, stage);
  chart_tallies(doc, project, stage);
  show_tallies(doc, project, stage);
}

/* ---- The package ---- */

/* The least number that so much of the chance lies at or below. */
static guint quantile(const double *chance, guint k, double level) {
  double sum = 0;
  for (guint i = 0; i < k; i++) {
    sum += chance[i];
    if (sum >= level - 1e-12)
      return i;
  }
  return k;
}

static void say_count(PlnDoc *doc, const PlnProjectStage *stage) {
  guint low = quantile(stage->passed, stage->k, 0.05), high = quantile(stage->passed, stage->k, 0.95);
  guint half = quantile(stage->passed, stage->k, 0.5);
  g_autofree char *in_all = g_strdup("");
  if (any_pressed(stage) || !isnan(stage->chance)) {
    g_free(in_all);
    in_all = g_strdup_printf(" Pressed as likely as is stated: %u to %u, typically %u.",
                             quantile(stage->passed_in_all, stage->k, 0.05),
                             quantile(stage->passed_in_all, stage->k, 0.95),
                             quantile(stage->passed_in_all, stage->k, 0.5));
  }
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
              "The package: all put, %u to %u of the %u are adopted (9 of 10), half the time %u or "
              "more.%s",
              low, high, stage->k, half, in_all);
}

typedef struct {
  double together;
  guint a, b;
} Pair;

static int by_together(gconstpointer x, gconstpointer y) {
  const Pair *a = x, *b = y;
  if (a->together != b->together)
    return a->together > b->together ? -1 : 1;
  return a->a != b->a ? (a->a > b->a) - (a->a < b->a) : (a->b > b->b) - (a->b < b->b);
}

static void say_together(PlnDoc *doc, const PlnProject *project, const PlnProjectStage *stage) {
  enum { PAIRS = 4 };
  g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
  g_autoptr(GString) out = g_string_new(NULL);
  for (guint a = 0; a < stage->k; a++)
    for (guint b = a + 1; b < stage->k; b++) {
      Pair pair = {stage->together[a * stage->k + b], a, b};
      if (pair.together >= 0.1)
        g_array_append_val(pairs, pair);
    }
  g_array_sort(pairs, by_together);
  for (guint i = 0; i < MIN(pairs->len, PAIRS); i++) {
    const Pair *pair = &g_array_index(pairs, Pair, i);
    g_string_append_printf(out, "%s%s with %s (%.2f)", i > 0 ? ", " : "",
                           pln_project_item(stage, stage->part[pair->a])->proposal->id,
                           pln_project_item(stage, stage->part[pair->b])->proposal->id,
                           pair->together);
  }
  if (out->len > 0)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
                "Stand or fall together most: %s. The correlation is that of adoption; within a "
                "family "
                "what is not known is taken to be correlated by %.2g, an assumption.",
                out->str, project->options.together);
}

void pln_compose_project_package_data(PlnDoc *doc, const PlnProjectStage *stage, guint draws) {
  static const PlnDocColumn passed[] = {
      {"adopted", ""}, {"all_put", ""}, {"in_all", ""}, {NULL, NULL}};
  static const PlnDocColumn together[] = {{"a", ""}, {"b", ""}, {"correlation", ""}, {NULL, NULL}};
  pln_doc_table(doc, "passed", PLN_FOR_PROGRAMS, NULL, passed);
  for (guint i = 0; i <= stage->k && stage->k > 0; i++) {
    pln_doc_cell(doc, pln_int(i));
    pln_doc_cell(doc, pln_chance_value(stage->passed[i], draws));
    pln_doc_cell(doc, pln_chance_value(stage->passed_in_all[i], draws));
  }
  pln_doc_table(doc, "together", PLN_FOR_PROGRAMS, NULL, together);
  for (guint a = 0; a < stage->k; a++)
    for (guint b = a + 1; b < stage->k; b++) {
      pln_doc_cell(doc, pln_text(pln_project_item(stage, stage->part[a])->proposal->id));
      pln_doc_cell(doc, pln_text(pln_project_item(stage, stage->part[b])->proposal->id));
      pln_doc_cell(doc, pln_number(stage->together[a * stage->k + b], 4));
    }
}

void pln_compose_project_package(PlnDoc *doc, const PlnProject *project,
                                 const PlnProjectStage *stage) {
  if (stage->k < 2 || project->options.proposal >= 0)
    return;
  say_count(doc, stage);
  say_together(doc, project, stage);
}

/* ---- Stages ---- */

void pln_compose_project_stage(PlnDoc *doc, const PlnProjectStage *stage) {
  g_autofree char *day = pln_day_words(stage->day), *name = pln_say_stage(stage);
  const char *title = stage->entry ? stage->entry->title : stage->body->name;
  g_autoptr(GString) out = g_string_new(NULL);
  if (stage->what_if)
    g_string_append_printf(out, "%s: for comparison, were all %u signatories parties.", name,
                           stage->roster->n);
  else
    g_string_append_printf(out, "%s: %s, %s: %u members.", name, title, day, stage->roster->n);
  if (!stage->meets)
    g_string_append(out, " Nobody sits in it on that day: it cannot meet, and nothing is projected.");
  if (stage->parties > 0 && stage->roster->n < stage->parties)
    g_string_append_printf(out,
                           " A protocol may be taken up with %u parties: %u are wanting, and what so "
                           "few would decide says nothing of the Conference to come.",
                           stage->parties, stage->parties - stage->roster->n);
  if (!isnan(stage->chance)) {
    g_autofree char *chance = pln_say_percent(stage->chance), *comes = pln_say_percent(stage->comes);
    g_string_append_printf(out,
                           " That what was adopted before comes here and is put: %s (stated); with "
                           "the "
                           "stages before %s.",
                           chance, comes);
  }
  pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s", out->str);
}

static const PlnProjectItem *same_item(const PlnProjectStage *stage, guint place) {
  for (guint k = 0; k < stage->items->len; k++)
    if (pln_project_item(stage, k)->place == place)
      return pln_project_item(stage, k);
  return NULL;
}

/* The other usual majority. */
static const char *other_heading(const PlnProjectStage *stage) {
  const PlnRuleEntry *first = NULL;
  for (guint k = 0; k < stage->items->len; k++) {
    const PlnRuleEntry *other = pln_project_item(stage, k)->other_rule;
    if (first && other && other != first)
      return "other majority";
    first = other ? other : first;
  }
  if (!first)
    return NULL;
  return first->rule.majority.num * 2 == first->rule.majority.den ? "at half" : "at 2/3";
}

/* By a second history. */
static void show_also(PlnDoc *doc, const PlnProject *project, const PlnProjectStage *stage) {
  static const PlnDocColumn columns[] = {{"-id", "Proposal"},        {"-first", "This history"},
                                         {"-also", "The other one"}, {"-yes", "Yes"},
                                         {"-also_yes", "Yes then"},  {NULL, NULL}};
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint k = 0; k < stage->items->len; k++) {
    const PlnProjectItem *item = pln_project_item(stage, k);
    if (!shown(project, item) || isnan(item->also.value))
      continue;
    g_autofree char *here = pln_say_percent(item->outcome->adopted.value);
    g_autofree char *also = pln_say_percent(item->also.value);
    pln_doc_cell(doc, pln_text(item->proposal->id));
    pln_doc_cell(doc, pln_text(here));
    pln_doc_cell(doc, pln_text(also));
    pln_doc_cell(doc, pln_number(item->outcome->count[PLN_VOTE_Y].mean, 0));
    pln_doc_cell(doc, pln_number(item->also_yes.mean, 0));
  }
}

/* How the verdict turns on roster, date, stage and majority: three stages at the most. */
void pln_compose_project_stages(PlnDoc *doc, const PlnProject *project) {
  enum { SHOWN = 3 };
  static const char *const keys[] = {"-1", "-2", "-3"};
  const PlnProjectStage *stages[SHOWN], *first = pln_project_main_stage(project);
  PlnDocColumn columns[SHOWN + 3] = {{"-id", "Proposal"}};
  guint n = 0, c = 1;
  for (guint t = 0; t < project->stages->len && n < SHOWN; t++) {
    const PlnProjectStage *stage = pln_project_stage(project, t);
    if (stage->items->len == 0)
      continue;
    g_autofree char *head =
        stage->what_if
            ? g_strdup_printf("if %u join", stage->roster->n)
            : g_strdup_printf("%s(%u)", stage->entry ? stage->entry->id : "here", stage->roster->n);
    columns[c++] = (PlnDocColumn){keys[n], g_intern_string(head)}; /* a document keeps no headings */
    stages[n++] = stage;
  }
  columns[c++] = (PlnDocColumn){"-other", other_heading(first)};
  columns[c] = (PlnDocColumn){NULL, NULL};
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  for (guint k = 0; k < first->items->len; k++) {
    const PlnProjectItem *item = pln_project_item(first, k);
    if (!shown(project, item))
      continue;
    pln_doc_cell(doc, pln_text(item->proposal->id));
    for (guint t = 0; t < n; t++) {
      const PlnProjectItem *there = same_item(stages[t], item->place);
      g_autofree char *percent = pln_say_percent(there ? there->outcome->adopted.value : NAN);
      pln_doc_cell(doc, pln_text(percent));
    }
    g_autofree char *other = pln_say_percent(item->other.value);
    pln_doc_cell(doc, isnan(item->other.value) ? pln_none() : pln_text(other));
  }
  show_also(doc, project, first);
}
