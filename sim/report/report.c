/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "plenary/compose_project.h"
#include "plenary/compose_report.h"

static char *likeliest(const PlnProjectStage *stage) {
  const PlnProjectItem *high = NULL, *low = NULL;
  for (guint k = 0; k < stage->items->len; k++) {
    const PlnProjectItem *item = pln_project_item(stage, k);
    double spare = item->outcome->count[PLN_VOTE_Y].mean - item->needed;
    if (!high || spare > high->outcome->count[PLN_VOTE_Y].mean - high->needed)
      high = item;
    if (!low || spare < low->outcome->count[PLN_VOTE_Y].mean - low->needed)
      low = item;
  }
  if (stage->items->len == 1)
    return g_strdup_printf("%s is expected to get %.0f yes, and it takes %u.", high->proposal->title,
                           high->outcome->count[PLN_VOTE_Y].mean, high->needed);
  return g_strdup_printf("The most yes beyond what it takes: %s; the fewest: %s.",
                         high->proposal->title, low->proposal->title);
}

/* Without the draws' own error nothing here is surer than the draws. */
static void add_projection(PlnDoc *doc, const PlnProject *project) {
  static const PlnDocColumn columns[] = {
      {"id", "Proposal"},   {"title", NULL}, {"adopted", NULL},      {"-percent", "Adopted"},
      {"said", "Which is"}, {"yes", "Yes"},  {"low", "at least"},    {"high", "at most"},
      {"needed", "Needs"},  {"rule", NULL},  {"status", "Rests on"}, {NULL, NULL}};
  const PlnProjectStage *stage = pln_project_main_stage(project);
  if (!stage)
    return;
  pln_doc_open(doc, "projection");
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "The projection");
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Given that it is put to a vote. Yes: expected, and between what it lies 9 times of "
              "10. This is a brief projection; plenary project says more: ways to turn it, what it "
              "rests on most, later stages, the package.");
  g_autofree char *finding = likeliest(stage);
  pln_doc_chart(doc, "interval", "%s", finding);
  pln_doc_table(doc, "projected", PLN_FOR_BOTH, "Chances, and yes votes expected", columns);
  for (guint k = 0; k < stage->items->len; k++) {
    const PlnProjectItem *item = pln_project_item(stage, k);
    const PlnOutcomeSpread *yes = &item->outcome->count[PLN_VOTE_Y];
    g_autofree char *percent = pln_say_percent(item->outcome->adopted.value);
    pln_doc_cell(doc, pln_text(item->proposal->id));
    pln_doc_cell(doc, pln_text(item->proposal->title));
    pln_doc_cell(doc, pln_chance_value(item->outcome->adopted.value, item->outcome->draws));
    pln_doc_cell(doc, pln_text(percent));
    pln_doc_cell(doc, pln_text(pln_say_likely(item->outcome->adopted.value)));
    pln_doc_cell(doc, pln_number(yes->mean, 1));
    pln_doc_cell(doc, pln_int(yes->quantile[0]));
    pln_doc_cell(doc, pln_int(yes->quantile[PLN_OUTCOME_QUANTILES - 1]));
    pln_doc_cell(doc, pln_int(item->needed));
    pln_doc_cell(doc, pln_text(item->rule->id));
    pln_doc_cell(doc, pln_text(pln_status_words[item->outlook->weakest]));
  }
  pln_doc_close(doc);
}

/* Where nothing is on record a replay would say so once for every proposal. */
static void add_record(PlnDoc *doc, const PlnReport *r) {
  PlnComposeOptions options = {r->blocs, TRUE};
  if (!pln_report_on_record(r->replay) && !r->replay->whatif && r->project)
    return;
  pln_doc_open(doc, "record");
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  if (r->replay->items->len > 1)
    pln_doc_say(doc, NULL, PLN_SAY_TITLE, "The record, proposal by proposal");
  pln_compose_replay(doc, r->replay, &options);
  pln_doc_close(doc);
}

static void add_questions(PlnDoc *doc, const PlnReport *r) {
  static const PlnDocColumn columns[] = {{"id", NULL},
                                         {"title", "Proposal"},
                                         {"question", "Question"},
                                         {"rule", "Decided by"},
                                         {"status", "Status"},
                                         {"source", "Source"},
                                         {NULL, NULL}};
  if (pln_report_on_record(r->replay) || !r->project)
    return;
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "What is asked");
  pln_doc_table(doc, "questions", PLN_FOR_BOTH, NULL, columns);
  for (guint k = 0; k < r->replay->items->len; k++) {
    const PlnReplayItem *item = pln_replay_item(r->replay, k);
    g_autofree char *question = pln_proposal_question(item->proposal);
    pln_doc_cell(doc, pln_text(item->proposal->id));
    pln_doc_cell(doc, pln_text(item->proposal->title));
    pln_doc_cell(doc, pln_text(question));
    pln_doc_cell(doc, pln_text(item->rule->name));
    pln_doc_cell(doc, pln_text(pln_status_words[item->proposal->status]));
    pln_doc_cell(doc, pln_text(item->proposal->source));
  }
}

static void add_touches(PlnDoc *doc, const PlnReport *r) {
  static const PlnDocColumn columns[] = {
      {"id", NULL},     {"title", "Proposal"}, {"-said", "Touches"},
      {"touches", NULL}, {"source", NULL},      {NULL, NULL}};
  gboolean any = FALSE;
  for (guint k = 0; k < r->replay->items->len && r->project; k++) {
    const PlnProposal *p = pln_replay_item(r->replay, k)->proposal;
    if (!*p->touches)
      continue;
    if (!any) {
      pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
      pln_doc_say(doc, NULL, PLN_SAY_TITLE, "Whom it touches");
      pln_doc_table(doc, "touches", PLN_FOR_BOTH, NULL, columns);
    }
    any = TRUE;
    pln_doc_cell(doc, pln_text(p->id));
    pln_doc_cell(doc, pln_text(p->title));
    const char *source = *p->touches_source ? p->touches_source : "no source stated";
    g_autofree char *said = g_strdup_printf("%s [%s]", p->touches, source);
    pln_doc_cell(doc, pln_text(said));
    pln_doc_cell(doc, pln_text(p->touches));
    pln_doc_cell(doc, pln_text(source));
  }
}

/* After the answer and what carries it: whoever is in a hurry knows what it is about. */
static void add_about(PlnDoc *doc, const PlnScenario *s) {
  if (!*s->about)
    return;
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "What it is about");
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", s->about);
}

void pln_compose_report(PlnDoc *doc, const PlnReport *r) {
  const PlnScenario *s = r->replay->scenario;
  pln_doc_fact(doc, "format", pln_text("plenary-report/1"));
  pln_say_scenario(doc, s);
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "%s", s->title);
  pln_compose_report_answer(doc, r);
  pln_compose_report_sure(doc, r);
  pln_compose_report_rests(doc, r);
  pln_compose_report_method(doc, r);
  add_about(doc, s);
  pln_compose_report_against(doc, r);
  if (r->project)
    add_projection(doc, r->project);
  add_questions(doc, r);
  add_touches(doc, r);
  add_record(doc, r);
}
