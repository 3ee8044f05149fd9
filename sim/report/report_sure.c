/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure: numbers first, then a word from a scale that is printed. */
#include <math.h>
#include <string.h>

#include "plenary/compose_project.h"
#include "plenary/compose_report.h"
#include "plenary/narration.h"

static void add_scale(PlnDoc *doc) {
  static const PlnDocColumn columns[] = {{"word", "Word"}, {"chance", "Stands for"}, {NULL, NULL}};
  double from = 0;
  pln_doc_table(doc, "scale", PLN_FOR_BOTH, "The words of likelihood", columns);
  for (const PlnLikely *at = pln_likely_scale; at->word; at++) {
    g_autofree char *chance = from <= 0 ? g_strdup_printf("below %.0f%%", 100 * at->below)
                              : at->below < 1
                                  ? g_strdup_printf("%.0f%% to %.0f%%", 100 * from, 100 * at->below)
                                  : g_strdup_printf("%.0f%% and more", 100 * from);
    pln_doc_cell(doc, pln_text(at->word));
    pln_doc_cell(doc, pln_text(chance));
    from = at->below;
  }
}

static void add_chances(PlnDoc *doc, const PlnProjectStage *stage) {
  static const PlnDocColumn columns[] = {{"-percent", "Adopted"}, {"said", "Which is"},
                                         {"title", "Proposal"},   {"id", NULL},
                                         {"adopted", NULL},       {NULL, NULL}};
  pln_doc_table(doc, "chances", PLN_FOR_BOTH, NULL, columns);
  for (guint k = 0; k < stage->items->len; k++) {
    const PlnProjectItem *item = pln_project_item(stage, k);
    double chance = item->outcome->adopted.value;
    g_autofree char *percent = pln_say_percent(chance);
    pln_doc_cell(doc, pln_text(percent));
    pln_doc_cell(doc, pln_text(pln_say_likely(chance)));
    pln_doc_cell(doc, pln_text(item->proposal->title));
    pln_doc_cell(doc, pln_text(item->proposal->id));
    pln_doc_cell(doc, pln_chance_value(chance, item->outcome->draws));
  }
}

static void say_chances(PlnDoc *doc, const PlnProject *project) {
  const PlnProjectStage *stage = pln_project_main_stage(project);
  double error = 0;
  if (!stage)
    return;
  for (guint k = 0; k < stage->items->len; k++)
    error = MAX(error, pln_project_item(stage, k)->outcome->adopted.error);
  add_chances(doc, stage);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "The chance is that of adoption, given that it is put to a vote. The draws alone make "
              "it uncertain by %.1f points or less (a standard error); what the positions and the "
              "electorate may be wrong about is in the chance already, as far as it is stated.",
              MAX(100 * error, 0.1));
  add_scale(doc);
}

static void add_known(PlnDoc *doc, const PlnReplay *replay) {
  static const PlnDocColumn columns[] = {
      {"id", ""}, {"known", ""}, {"record", ""}, {"status", ""}, {NULL, NULL}};
  pln_doc_table(doc, "known", PLN_FOR_PROGRAMS, NULL, columns);
  for (guint k = 0; k < replay->items->len; k++) {
    const PlnProposal *p = pln_replay_item(replay, k)->proposal;
    g_autofree char *known = pln_say_known(replay, k);
    pln_doc_cell(doc, pln_text(p->id));
    pln_doc_cell(doc, pln_text(known));
    pln_doc_cell(doc, pln_text(p->record == PLN_RECORD_NONE ? "none" : pln_record_words[p->record]));
    pln_doc_cell(doc, pln_text(pln_status_words[p->status]));
  }
}

/* Sentences that several proposals share are said once, with their names. */
static void say_known(PlnDoc *doc, const PlnReplay *replay) {
  guint n = replay->items->len;
  g_autoptr(GPtrArray) known = g_ptr_array_new_with_free_func(g_free);
  for (guint k = 0; k < n; k++)
    g_ptr_array_add(known, pln_say_known(replay, k));
  for (guint k = 0; k < n; k++) {
    const PlnProposal *p = pln_replay_item(replay, k)->proposal;
    g_autoptr(GString) names = g_string_new(p->title);
    guint same = 0;
    gboolean said = FALSE;
    for (guint j = 0; j < n; j++) {
      gboolean alike = strcmp(known->pdata[j], known->pdata[k]) == 0 &&
                       pln_replay_item(replay, j)->proposal->status == p->status;
      said |= alike && j < k;
      same += alike && j > k;
    }
    if (said)
      continue;
    if (same > 0)
      g_string_append_printf(names, " and %u more", same);
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s%s%s Status: %s.", n > 1 ? names->str : "",
                n > 1 ? ": " : "", (const char *)known->pdata[k], pln_status_words[p->status]);
  }
}

static gboolean any_voted(const PlnReplay *replay) {
  for (guint k = 0; k < replay->items->len; k++)
    if (pln_replay_item(replay, k)->proposal->record != PLN_RECORD_NONE)
      return TRUE;
  return FALSE;
}

void pln_compose_report_sure(PlnDoc *doc, const PlnReport *r) {
  pln_doc_open(doc, "sure");
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "How sure this is");
  add_known(doc, r->replay);
  if (any_voted(r->replay) || !r->project)
    say_known(doc, r->replay);
  if (r->project)
    say_chances(doc, r->project);
  if (r->not_projected)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s", r->not_projected);
  pln_doc_close(doc);
}
