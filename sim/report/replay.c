/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "plenary/compose.h"
#include "plenary/table.h"

static PlnValue count(const PlnReplayItem *item, PlnVote vote) {
  gint64 total = item->proposal->total[vote];
  if (item->record)
    return pln_int(item->record->tally.count[vote]);
  return total == PLN_UNKNOWN || item->proposal->record == PLN_RECORD_OUTCOME ? pln_unknown()
                                                                              : pln_none();
}

static PlnValue needed(const PlnReplayItem *item) {
  return item->record && pln_poll_counts(item->record) ? pln_int(item->record->verdict.needed)
                                                       : pln_none();
}

static void add_summary(PlnDoc *doc, const PlnReplay *replay) {
  static const PlnDocColumn columns[] = {
      {"id", "Proposal"},   {"kind", "Kind"},       {"yes", "Y"},
      {"no", "N"},          {"abstain", "A"},       {"not_voting", "X"},
      {"needed", "Needs"},  {"outcome", "Outcome"}, {"whatif_outcome", "What if"},
      {"record", "Record"}, {"status", "Status"},   {"rule", NULL},
      {"title", NULL},      {"date", NULL},         {NULL, NULL}};
  PlnAudience audience = replay->items->len > 1 ? PLN_FOR_BOTH : PLN_FOR_PROGRAMS;
  pln_doc_table(doc, "summary", audience, NULL, columns);
  for (guint i = 0; i < replay->items->len; i++) {
    const PlnReplayItem *item = pln_replay_item(replay, i);
    const PlnProposal *p = item->proposal;
    g_autofree char *day = pln_day_text(p->day);
    pln_doc_cell(doc, pln_text(p->id));
    pln_doc_cell(doc, pln_text(pln_kind_words[p->kind]));
    for (PlnVote k = 0; k < PLN_VOTE_KINDS; k++)
      pln_doc_cell(doc, count(item, k));
    pln_doc_cell(doc, needed(item));
    pln_doc_cell(doc, pln_text(pln_end_word(item->end)));
    pln_doc_cell(doc, replay->whatif ? pln_text(pln_end_word(item->whatif_end)) : pln_none());
    pln_doc_cell(doc, pln_text(p->record == PLN_RECORD_NONE ? "none" : pln_record_words[p->record]));
    pln_doc_cell(doc, pln_text(pln_status_words[p->status]));
    pln_doc_cell(doc, pln_text(item->rule->id));
    pln_doc_cell(doc, pln_text(p->title));
    pln_doc_cell(doc, pln_text(day));
  }
}

/* "3 proposals: 1 adopted, 2 rejected." */
static char *say_answer(const PlnReplay *replay) {
  guint n[PLN_END_WITHDRAWN + 1];
  pln_replay_count_ends(replay, n);
  if (replay->items->len == 1)
    return pln_say_verdict(pln_replay_item(replay, 0)->record, pln_replay_item(replay, 0)->end);
  GString *out = g_string_new(NULL);
  g_string_append_printf(out, "%u proposals:", replay->items->len);
  gboolean first = TRUE;
  for (PlnEnd end = 0; end <= PLN_END_WITHDRAWN; end++) {
    if (n[end] == 0)
      continue;
    g_string_append_printf(out, "%s %u %s", first ? "" : ",", n[end], pln_say_end(end));
    first = FALSE;
  }
  g_string_append_c(out, '.');
  return g_string_free(out, FALSE);
}

static void add_head(PlnDoc *doc, const PlnReplay *replay, gboolean within) {
  const PlnScenario *s = replay->scenario;
  g_autofree char *answer = say_answer(replay);
  pln_doc_fact(doc, "format", pln_text("plenary-replay/1"));
  pln_doc_fact(doc, "answer", pln_text(answer));
  pln_say_scenario(doc, s);
  if (replay->items->len > 1 && !within) {
    pln_doc_say(doc, NULL, PLN_SAY_TITLE, "%s", s->title);
    pln_doc_say(doc, NULL, PLN_SAY_LEAD, "%s", answer);
  }
  if (replay->whatif && !within) {
    g_autofree char *asked = pln_say_whatif(replay);
    pln_doc_say(doc, NULL, PLN_SAY_LEAD, "%s", asked);
  }
  if (*s->about && !within)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s", s->about);
  add_summary(doc, replay);
  pln_compose_statements(doc, replay, -1);
  if (replay->items->len > 1 || *s->about)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
}

/* Of which no more is known than of the one before: the same outcome, and nothing else. */
static gboolean says_no_more(const PlnReplay *replay, guint place) {
  if (place == 0)
    return FALSE;
  const PlnProposal *p = pln_replay_item(replay, place)->proposal;
  const PlnProposal *before = pln_replay_item(replay, place - 1)->proposal;
  return p->record == PLN_RECORD_OUTCOME && before->record == PLN_RECORD_OUTCOME &&
         strcmp(p->provision, "?") == 0 && strcmp(before->provision, "?") == 0 &&
         p->kind == before->kind && p->result == before->result && p->day == before->day &&
         strcmp(p->note, before->note) == 0 && strcmp(p->source, before->source) == 0;
}

/* Names those that follow @place and of which no more is known. */
static void say_the_same(PlnDoc *doc, const PlnReplay *replay, guint place) {
  g_autoptr(GString) ids = g_string_new(NULL);
  if (says_no_more(replay, place))
    return;
  for (guint k = place + 1; k < replay->items->len && says_no_more(replay, k); k++)
    g_string_append_printf(ids, " %s", pln_replay_item(replay, k)->proposal->id);
  if (ids->len > 0)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "The same, and no more, is known of%s.", ids->str);
}

void pln_compose_replay(PlnDoc *doc, const PlnReplay *replay, const PlnComposeOptions *options) {
  add_head(doc, replay, options->within);
  for (guint i = 0; i < replay->items->len; i++) {
    gboolean again = says_no_more(replay, i);
    if (i > 0 && !again)
      pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
    pln_compose_replay_item(doc, replay, i, again ? PLN_STAGE_DATA : PLN_STAGE_ALL, options);
    say_the_same(doc, replay, i);
  }
}

char *pln_compose_citations(const PlnReplay *replay) {
  g_autoptr(GPtrArray) seen = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < replay->items->len; i++) {
    const PlnReplayItem *item = pln_replay_item(replay, i);
    const PlnRuleEntry *rules[] = {item->rule, item->whatif ? item->whatif->rule : item->rule};
    for (int k = 0; k < 2; k++) {
      char *line = g_strdup_printf("%s (%s)", rules[k]->citation, pln_status_words[rules[k]->status]);
      if (g_ptr_array_find_with_equal_func(seen, line, g_str_equal, NULL))
        g_free(line);
      else
        g_ptr_array_add(seen, line);
    }
  }
  g_ptr_array_add(seen, NULL);
  return g_strjoinv("; ", (char **)seen->pdata);
}
