/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer of a report: the verdict in a sentence, and the number behind it. */
#include <string.h>

#include "plenary/compose_project.h"
#include "plenary/compose_report.h"

gboolean pln_report_on_record(const PlnReplay *replay) {
  for (guint k = 0; k < replay->items->len; k++)
    if (pln_replay_item(replay, k)->end != PLN_END_UNKNOWN ||
        pln_replay_item(replay, k)->proposal->record != PLN_RECORD_NONE)
      return TRUE;
  return FALSE;
}

static PlnSay weight_of(PlnEnd end) {
  if (pln_end_adopted(end))
    return PLN_SAY_GOOD;
  return end == PLN_END_REJECTED ? PLN_SAY_BAD : PLN_SAY_LEAD;
}

static char *say_count(const PlnPoll *poll) {
  const guint32 *c = poll->tally.count;
  g_autofree char *margin = poll->why_not
                                ? g_strdup_printf("The rule is not applied: %s.", poll->why_not)
                                : pln_say_margin(poll);
  return g_strdup_printf("%u yes, %u no, %u abstaining, %u not voting. %s", c[PLN_VOTE_Y],
                         c[PLN_VOTE_N], c[PLN_VOTE_A], c[PLN_VOTE_X], margin);
}

/* "General Assembly, 27 December 2019, A/RES/74/247." */
static void say_where(PlnDoc *doc, const PlnProposal *p) {
  g_autofree char *day = pln_day_words(p->day);
  gboolean dated = p->day > PLN_DAY_UNKNOWN;
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s%s%s%s%s.", p->body->name, dated ? ", " : "",
              dated ? day : "", *p->symbol && strcmp(p->symbol, "?") != 0 ? ", " : "",
              strcmp(p->symbol, "?") != 0 ? p->symbol : "");
}

static void say_one(PlnDoc *doc, const PlnReplayItem *item) {
  static const char *const ends[] = {"What came of it is not known",
                                     "Adopted",
                                     "Adopted without a vote",
                                     "Rejected",
                                     "Tied: a second vote is due",
                                     "Not put to a vote",
                                     "Withdrawn"};
  g_autofree char *count = item->record ? say_count(item->record) : NULL;
  if (count)
    pln_doc_say(doc, "verdict", weight_of(item->end), "%s: %s", ends[item->end], count);
  else
    pln_doc_say(doc, "verdict", weight_of(item->end), "%s.", ends[item->end]);
  say_where(doc, item->proposal);
}

/* "All 7 proposals were rejected." */
static void say_several(PlnDoc *doc, const PlnReplay *replay) {
  guint n[PLN_END_WITHDRAWN + 1], all = replay->items->len, said = 0;
  pln_replay_count_ends(replay, n);
  GString *out = g_string_new(NULL);
  gboolean alike = n[pln_replay_item(replay, 0)->end] == all;
  if (alike && all == 2)
    g_string_append(out, "Both proposals");
  else
    g_string_append_printf(out, "%s %u proposals", alike ? "All" : "Of", all);
  for (PlnEnd end = 0; end <= PLN_END_WITHDRAWN; end++)
    if (n[end] == all)
      g_string_append_printf(out, " were %s", pln_say_end(end));
    else if (n[end] > 0)
      g_string_append_printf(out, "%s %u %s %s", said++ > 0 ? "," : "", n[end],
                             n[end] == 1 ? "was" : "were", pln_say_end(end));
  pln_doc_say(doc, "verdict", PLN_SAY_LEAD, "%s.", out->str);
  g_string_free(out, TRUE);
  for (guint k = 0; k < replay->items->len; k++) {
    const PlnReplayItem *item = pln_replay_item(replay, k);
    g_autofree char *count = item->record ? say_count(item->record) : NULL;
    if (count)
      pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s, %s: %s", item->proposal->title,
                  pln_end_word(item->end), count);
  }
}

static char *say_turn(const PlnReplayItem *item) {
  g_autofree char *count = item->whatif ? say_count(item->whatif) : NULL;
  const char *was = pln_end_word(item->end), *then = pln_end_word(item->whatif_end);
  if (item->whatif_end == item->end)
    return g_strdup_printf("The outcome would stay as it is, %s. %s", was, count ? count : "");
  return g_strdup_printf("The outcome would turn, from %s to %s. %s", was, then, count ? count : "");
}

static void say_whatif(PlnDoc *doc, const PlnReplay *replay) {
  g_autofree char *asked = pln_say_whatif(replay);
  pln_doc_say(doc, "what_if", PLN_SAY_LEAD, "%s", asked);
  for (guint k = 0; k < replay->items->len; k++) {
    const PlnReplayItem *item = pln_replay_item(replay, k);
    gboolean several = replay->items->len > 1;
    if (!item->whatif && item->whatif_end == item->end)
      continue;
    g_autofree char *turn = say_turn(item);
    pln_doc_say(doc, NULL, weight_of(item->whatif_end), "%s%s%s",
                several ? item->proposal->title : "", several ? ": " : "", turn);
  }
}

/* ---- What is to come ---- */

/* The words of the answer, from the least chance to below the next. */
static const struct {
  double least, below;
  const char *is, *word;
} bands[] = {{0.6, 2, "likely to be adopted", "Likely"},
             {0.4, 0.6, "open", "Open"},
             {-1, 0.4, "unlikely to be adopted", "Unlikely"}};

static double chance_of(const PlnProjectStage *stage, guint part) {
  return pln_project_item(stage, stage->part[part])->outcome->adopted.value;
}

/* Those of the parts in @band, the likeliest first: "Data protection 96%, ..." */
static guint list_band(const PlnProjectStage *stage, gsize band, GString *out) {
  g_autofree guint *part = g_new(guint, stage->k + 1);
  guint n = 0;
  for (guint i = 0; i < stage->k; i++) {
    double chance = chance_of(stage, i);
    if (!(chance >= bands[band].least && chance < bands[band].below))
      continue;
    guint at = n++;
    for (; at > 0 && chance_of(stage, part[at - 1]) < chance; at--)
      part[at] = part[at - 1];
    part[at] = i;
  }
  for (guint k = 0; k < n; k++) {
    const PlnProjectItem *item = pln_project_item(stage, stage->part[part[k]]);
    g_autofree char *percent = pln_say_percent(item->outcome->adopted.value);
    g_string_append_printf(out, "%s%s %s", k > 0 ? "; " : "", item->proposal->title, percent);
  }
  return n;
}

/* The text that the parts change. */
static void say_whole(const PlnProjectStage *stage, GString *out) {
  int target = pln_project_item(stage, stage->part[0])->proposal->target;
  for (guint k = 0; k < stage->items->len; k++) {
    const PlnProjectItem *item = pln_project_item(stage, k);
    g_autofree char *percent = pln_say_percent(item->outcome->adopted.value);
    if (target >= 0 && (int)item->place == target)
      g_string_append_printf(out, " %s: %s, %s.", item->proposal->title, percent,
                             pln_say_likely(item->outcome->adopted.value));
  }
}

static void say_bands(PlnDoc *doc, const PlnProjectStage *stage) {
  g_autofree char *majority = pln_say_majority(&pln_project_item(stage, stage->part[0])->rule->rule);
  GString *out = g_string_new("Given that they are put to a vote, ");
  GString *list[G_N_ELEMENTS(bands)];
  guint said = 0;
  for (gsize b = 0; b < G_N_ELEMENTS(bands); b++) {
    list[b] = g_string_new(NULL);
    guint n = list_band(stage, b, list[b]);
    if (n > 0 && said++ == 0)
      g_string_append_printf(out, "%u of %u %s %s (%s)", n, stage->k, n == 1 ? "is" : "are",
                             bands[b].is, majority);
    else if (n > 0)
      g_string_append_printf(out, ", %u %s %s", n, n == 1 ? "is" : "are", bands[b].is);
  }
  g_string_append_c(out, '.');
  say_whole(stage, out);
  pln_doc_say(doc, "projected", PLN_SAY_LEAD, "%s", out->str);
  g_string_free(out, TRUE);
  for (gsize b = 0; b < G_N_ELEMENTS(bands); b++) {
    if (list[b]->len > 0)
      pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s: %s.", bands[b].word, list[b]->str);
    g_string_free(list[b], TRUE);
  }
}

/* Where it is no forecast, or of a body that is not there yet, the projection's own words. */
static gboolean is_plain(const PlnProjectStage *stage) {
  gboolean informed = FALSE;
  for (guint i = 0; stage && i < stage->k; i++)
    informed |= pln_project_item(stage, stage->part[i])->informed;
  return informed && stage->k > 1 && stage->roster->n >= stage->parties;
}

static void say_projected(PlnDoc *doc, const PlnReport *r) {
  const PlnProjectStage *stage = pln_project_main_stage(r->project);
  gboolean recorded = pln_report_on_record(r->replay);
  if (!recorded && is_plain(stage)) {
    say_bands(doc, stage);
    return;
  }
  g_autofree char *said = pln_say_project(r->project);
  pln_doc_say(doc, "projected", PLN_SAY_LEAD, "%s%s", recorded ? "As if before the vote: " : "",
              said);
}

void pln_compose_report_answer(PlnDoc *doc, const PlnReport *r) {
  pln_doc_open(doc, "answer");
  if (r->replay->items->len == 1 && pln_report_on_record(r->replay))
    say_one(doc, pln_replay_item(r->replay, 0));
  else if (pln_report_on_record(r->replay))
    say_several(doc, r->replay);
  else if (!r->project)
    pln_doc_say(doc, "verdict", PLN_SAY_LEAD, "%s", "No vote on it is on record.");
  if (r->project)
    say_projected(doc, r);
  pln_say_report_against(doc, r);
  if (r->replay->whatif)
    say_whatif(doc, r->replay);
  else if (r->project && r->project->options.rule)
    pln_doc_say(doc, "what_if", PLN_SAY_PLAIN,
                "What if this rule decided: %s. The projection is under it.",
                r->project->options.rule->name);
  pln_doc_close(doc);
}
