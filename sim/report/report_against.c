/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two scenarios side by side: who moved, why as far as the data tell, what it did. */
#include <string.h>

#include "plenary/compose_report.h"

typedef struct {
  const PlnReplayItem *here, *there;
} Pair;

/* The proposal of the same id, else the one in the same place. */
static const PlnReplayItem *partner(const PlnReplay *against, const PlnReplayItem *item, guint place) {
  int same = pln_scenario_find(against->scenario, item->proposal->id);
  if (same >= 0)
    return pln_replay_item(against, (guint)same);
  return place < against->items->len ? pln_replay_item(against, place) : NULL;
}

static PlnVote vote_of(const PlnReplayItem *item, const char *code) {
  int seat = pln_roster_find(item->proposal->roster, code);
  return seat < 0 ? PLN_VOTE_UNKNOWN : item->proposal->ballot[seat].vote;
}

static void count_row(PlnDoc *doc, const char *what, const PlnPoll *a, const PlnPoll *b,
                      PlnVote vote) {
  pln_doc_cell(doc, pln_text(what));
  pln_doc_cell(doc, a ? pln_int(a->tally.count[vote]) : pln_unknown());
  pln_doc_cell(doc, b ? pln_int(b->tally.count[vote]) : pln_unknown());
}

static PlnValue spare(const PlnPoll *poll) {
  return poll && pln_poll_counts(poll) ? pln_int((gint64)poll->verdict.yes - poll->verdict.needed)
                                       : pln_none();
}

static void add_counts(PlnDoc *doc, const PlnReport *r, Pair pair) {
  static const char *const words[] = {"yes", "no", "abstaining", "not voting"};
  const PlnDocColumn columns[] = {{"what", ""},
                                  {"here", g_intern_string(r->replay->scenario->id)},
                                  {"there", g_intern_string(r->against->scenario->id)},
                                  {NULL, NULL}};
  const PlnPoll *a = pair.here->record, *b = pair.there->record;
  pln_doc_table(doc, "counts", PLN_FOR_BOTH, NULL, columns);
  pln_doc_cell(doc, pln_text("outcome"));
  pln_doc_cell(doc, pln_text(pln_end_word(pair.here->end)));
  pln_doc_cell(doc, pln_text(pln_end_word(pair.there->end)));
  for (PlnVote k = 0; k < PLN_VOTE_KINDS; k++)
    count_row(doc, words[k], a, b, k);
  pln_doc_cell(doc, pln_text("to spare (below 0: short)"));
  pln_doc_cell(doc, spare(a));
  pln_doc_cell(doc, spare(b));
}

/* What @code said of the proposal, in either scenario; or that nothing is stated. */
static char *why(const PlnReplay *replay, const PlnReplayItem *item, const char *code) {
  const GArray *said = replay->scenario->statements;
  int seat = pln_roster_find(item->proposal->roster, code);
  const PlnBallot *b = seat >= 0 ? &item->proposal->ballot[seat] : NULL;
  for (guint k = 0; k < said->len; k++) {
    const PlnStatement *st = &g_array_index(said, PlnStatement, k);
    gboolean here = st->proposal < 0 ||
                    pln_scenario_proposal(replay->scenario, (guint)st->proposal) == item->proposal;
    if (here && strcmp(st->state, code) == 0)
      return g_strdup_printf("%s (%s): %s", pln_statement_words[st->kind],
                             pln_status_words[st->status], st->summary);
  }
  if (b && b->reason != PLN_REASON_NOT_STATED)
    return g_strdup_printf("did not vote: %s", pln_not_voting_words[b->reason]);
  if (b && b->meant != PLN_VOTE_UNKNOWN)
    return g_strdup_printf("later said that it had meant %s", pln_vote_letter(b->meant));
  return NULL;
}

static char *why_either(const PlnReport *r, Pair pair, const char *code) {
  char *here = why(r->replay, pair.here, code);
  return here ? here : why(r->against, pair.there, code);
}

/* Members of both, whose votes in both are known; and how many of them moved. */
static guint count_moved(Pair pair, guint *common) {
  const PlnRoster *roster = pair.here->proposal->roster;
  guint moved = 0;
  *common = 0;
  for (guint i = 0; i < roster->n; i++) {
    PlnVote here = vote_of(pair.here, roster->state[i]->code);
    PlnVote there = vote_of(pair.there, roster->state[i]->code);
    gboolean known = here != PLN_VOTE_UNKNOWN && there != PLN_VOTE_UNKNOWN;
    *common += known;
    moved += known && here != there;
  }
  return moved;
}

static void add_moves(PlnDoc *doc, const PlnReport *r, Pair pair) {
  static const PlnDocColumn columns[] = {
      {"state", "State"}, {"name", "Name"},        {"group", "Group"}, {"there", "There"},
      {"here", "Here"},   {"why", "What it said"}, {NULL, NULL}};
  const PlnRoster *roster = pair.here->proposal->roster;
  pln_doc_table(doc, "moved", PLN_FOR_BOTH, "Who moved", columns);
  for (guint i = 0; i < roster->n; i++) {
    const char *code = roster->state[i]->code;
    PlnVote here = vote_of(pair.here, code), there = vote_of(pair.there, code);
    if (here == there || here == PLN_VOTE_UNKNOWN || there == PLN_VOTE_UNKNOWN)
      continue;
    g_autofree char *said = why_either(r, pair, code);
    pln_doc_cell(doc, pln_text(code));
    pln_doc_cell(doc, pln_text(roster->state[i]->name));
    pln_doc_cell(doc, pln_text(roster->state[i]->group));
    pln_doc_cell(doc, pln_vote_value(there));
    pln_doc_cell(doc, pln_vote_value(here));
    pln_doc_cell(doc, said ? pln_text(said) : pln_none());
  }
}

/* "9 to spare", "3 short" */
static char *spare_words(const PlnPoll *poll) {
  int spare = (int)poll->verdict.yes - (int)poll->verdict.needed;
  return spare == 0 ? g_strdup("exactly enough")
                    : g_strdup_printf("%d %s", ABS(spare), spare > 0 ? "to spare" : "short");
}

/* "40 of 193 moved; 9 to spare here, 17 to spare there." */
static char *say_effect(Pair pair) {
  const PlnPoll *a = pair.here->record, *b = pair.there->record;
  guint common, moved = count_moved(pair, &common);
  GString *out = g_string_new(NULL);
  if (common == 0)
    g_string_append(out, "No member has a known vote in both, so nobody can be said to have moved");
  else
    g_string_append_printf(out, "%u of %u moved", moved, common);
  if (!a || !b || !pln_poll_counts(a) || !pln_poll_counts(b)) {
    g_string_append(out, ". One of the two has no tally, so the margins cannot be compared.");
    return g_string_free(out, FALSE);
  }
  g_autofree char *here = spare_words(a), *there = spare_words(b);
  g_string_append_printf(out, "; %s here, %s there.", here, there);
  return g_string_free(out, FALSE);
}

static void add_pair(PlnDoc *doc, const PlnReport *r, Pair pair) {
  pln_doc_open_each(doc, "pairs", pair.here->proposal->id);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s %s beside %s %s.", pair.here->proposal->title,
              pair.here->proposal->symbol, pair.there->proposal->title, pair.there->proposal->symbol);
  add_counts(doc, r, pair);
  add_moves(doc, r, pair);
  g_autofree char *effect = say_effect(pair);
  pln_doc_say(doc, "effect", PLN_SAY_LEAD, "%s", effect);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE,
              "Why a state moved is known only where it said so; what is empty is not known.");
  pln_doc_close(doc);
}

void pln_say_report_against(PlnDoc *doc, const PlnReport *r) {
  const PlnReplayItem *here = r->against ? pln_replay_item(r->replay, 0) : NULL;
  const PlnReplayItem *there = here ? partner(r->against, here, 0) : NULL;
  if (!there)
    return;
  const char *symbol = there->proposal->symbol;
  g_autofree char *effect = say_effect((Pair){here, there});
  pln_doc_say(doc, NULL, PLN_SAY_LEAD, "Beside %s: %s",
              *symbol && strcmp(symbol, "?") != 0 ? symbol : r->against->scenario->title, effect);
}

void pln_compose_report_against(PlnDoc *doc, const PlnReport *r) {
  if (!r->against)
    return;
  pln_doc_open(doc, "against");
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "Beside %s", r->against->scenario->title);
  for (guint k = 0; k < r->replay->items->len; k++) {
    const PlnReplayItem *here = pln_replay_item(r->replay, k), *there = partner(r->against, here, k);
    if (there)
      add_pair(doc, r, (Pair){here, there});
  }
  pln_doc_close(doc);
}
