/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/narration.h"

#include <string.h>

#include "plenary/compose.h"
#include "plenary/compose_project.h"
#include "plenary/table.h"

enum { STATEMENTS = 6 }; /* beyond it nobody listens; the document has them all */

static void narrated_free(gpointer data) {
  PlnNarrated *said = data;
  g_free(said->text);
  g_free(said);
}

/* Takes @text over; nothing where it is NULL. */
static void add(GPtrArray *out, const char *kind, char *text) {
  if (!text)
    return;
  PlnNarrated *said = g_new(PlnNarrated, 1);
  *said = (PlnNarrated){kind, text};
  g_ptr_array_add(out, said);
}

static char *say_question(const PlnProposal *p) {
  g_autofree char *question = pln_proposal_question(p), *day = pln_day_words(p->day);
  gboolean dated = p->day > PLN_DAY_UNKNOWN;
  const char *asked = p->record == PLN_RECORD_NONE && p->result == PLN_RESULT_NOT_STATED
                          ? "The question before it"
                          : "The question put to it";
  return g_strdup_printf("%s%s%s. %s: %s A yes %s.%s%s", p->body->name, dated ? ", " : "",
                         dated ? day : "", asked, question, pln_kind_yes(p->kind),
                         *p->matter ? " " : "", p->matter);
}

/* Of whom the share is taken, for those who do not know. */
static const char *say_basis(const PlnRule *rule) {
  static const char *const who[] = {" Whoever abstains is not counted.",
                                    " Whoever abstains counts as present: as much as a no.",
                                    " Whoever abstains or stays away counts as much as a no."};
  gboolean plain = rule->abstain == PLN_COUNT_AS_IS && rule->absent == PLN_COUNT_AS_IS;
  return rule->method == PLN_METHOD_CONSENSUS || rule->majority.num == 0 || !plain
             ? ""
             : who[rule->basis];
}

static char *say_rule(const PlnReplayItem *item) {
  g_autofree char *takes = pln_say_majority(&item->rule->rule);
  return g_strdup_printf("%s: %s, %s. It takes %s.%s",
                         item->proposal->result == PLN_RESULT_WITHOUT_VOTE
                             ? "The rule, had there been a vote"
                             : "The rule",
                         item->rule->name, item->why_rule, takes, say_basis(&item->rule->rule));
}

static char *say_answer(const PlnReplayItem *item) {
  static const char *const ends[] = {"What came of it is not known",
                                     "It was adopted",
                                     "It was adopted without a vote",
                                     "It was rejected",
                                     "It was tied, and a second vote is due",
                                     "It was not put to a vote",
                                     "It was withdrawn"};
  if (item->end == PLN_END_UNKNOWN && item->proposal->record == PLN_RECORD_NONE)
    return g_strdup("There has been no vote on it yet, or none is on record.");
  if (!item->record)
    return g_strdup_printf("%s.", ends[item->end]);
  const guint32 *c = item->record->tally.count;
  return g_strdup_printf("%s: %u yes, %u no, %u abstaining, %u not voting.", ends[item->end],
                         c[PLN_VOTE_Y], c[PLN_VOTE_N], c[PLN_VOTE_A], c[PLN_VOTE_X]);
}

static char *say_turn(const PlnReplayItem *item) {
  g_autofree char *turn = pln_say_turn(item->record, "What would have turned it: ");
  g_autofree char *decisive = pln_say_decisive(item);
  if (!turn)
    return NULL;
  return decisive ? g_strdup_printf("%s %s", turn, decisive) : g_steal_pointer(&turn);
}

/* "African States 31-1-8" */
static void add_bloc(GString *out, const PlnBlocPart *part) {
  const guint32 *c = part->record.count;
  g_string_append_printf(out, "%s%s %u-%u-%u", out->len > 0 ? ", " : "", part->bloc->name,
                         c[PLN_VOTE_Y], c[PLN_VOTE_N], c[PLN_VOTE_A]);
}

static char *say_blocs(const PlnReplayItem *item) {
  g_autoptr(GString) one = g_string_new(NULL), line = g_string_new(NULL), split = g_string_new(NULL);
  for (guint b = 0; b < item->blocs->len; b++) {
    const PlnBlocPart *part = &g_array_index(item->blocs, PlnBlocPart, b);
    const PlnCohesion *c = &part->record;
    if (strcmp(part->bloc->kind, "regional-group") != 0 && *part->bloc->kind)
      continue;
    gboolean alone = c->line < PLN_VOTE_X && c->count[c->line] == part->members;
    add_bloc(alone ? one : c->line == PLN_VOTE_UNKNOWN ? split : line, part);
  }
  GString *out = g_string_new("By group, yes-no-abstaining.");
  if (one->len > 0)
    g_string_append_printf(out, " As one: %s.", one->str);
  if (line->len > 0)
    g_string_append_printf(out, " Most of it on one line: %s.", line->str);
  if (split->len > 0)
    g_string_append_printf(out, " Split: %s.", split->str);
  gboolean any = one->len + line->len + split->len > 0;
  return g_string_free(out, !any);
}

static guint named(const PlnProposal *p) {
  guint n = 0;
  for (guint i = 0; i < p->roster->n; i++)
    n += p->ballot[i].vote != PLN_VOTE_UNKNOWN;
  return n;
}

static char *known_votes(const PlnReplayItem *item) {
  const PlnProposal *p = item->proposal;
  guint n = named(p), all = p->roster->n;
  if (item->end == PLN_END_WITHOUT_VOTE)
    return g_strdup("Nobody asked for a vote, so there is no roll call; that is not unanimity "
                    "either.");
  switch (p->record) {
  case PLN_RECORD_COMPLETE:
    return g_strdup_printf("Known: how each of the %u voted.", all);
  case PLN_RECORD_PARTIAL:
    if (n == 0 && !item->record)
      return g_strdup_printf("Not known: how any of the %u voted, and the tally; so no outcome is "
                             "computed.",
                             all);
    if (item->record)
      return g_strdup_printf("Known: the tally, and how %u of the %u voted. Not known: how the "
                             "other %u voted.",
                             n, all, all - n);
    return g_strdup_printf("Known: how %u of the %u voted. Not known: the others, and the tally; "
                           "so no outcome is computed.",
                           n, all);
  case PLN_RECORD_TALLY:
    return g_strdup("Known: the tally. Not known: how any one state voted.");
  case PLN_RECORD_OUTCOME:
    return g_strdup_printf("Known: the outcome (%s), and no more. Not known: the tally, and how "
                           "any state voted; so nothing is computed.",
                           pln_end_word(item->end));
  default:
    return g_strdup("No vote on it is on record.");
  }
}

char *pln_say_known(const PlnReplay *replay, guint place) {
  const PlnReplayItem *item = pln_replay_item(replay, place);
  const PlnProposal *p = item->proposal;
  GString *out = g_string_new(NULL);
  g_autofree char *votes = known_votes(item);
  g_string_append(out, votes);
  if (strcmp(p->provision, "?") == 0)
    g_string_append(out, " Which provision it was on is not known.");
  if (p->order == PLN_UNKNOWN)
    g_string_append(out, " Its place in the order of the votes is not known.");
  return g_string_free(out, FALSE);
}

static void add_claims(GPtrArray *out, const PlnReplay *replay, guint place) {
  const GArray *claims = replay->scenario->claims;
  for (guint k = 0; k < claims->len; k++) {
    const PlnClaim *claim = &g_array_index(claims, PlnClaim, k);
    if (claim->proposal == (int)place)
      add(out, "claim",
          g_strdup_printf("It is claimed: \"%s\" The record does not bear that out (%s): %s",
                          claim->claim, pln_status_words[claim->status], claim->answer));
  }
}

static void add_statements(GPtrArray *out, const PlnReplay *replay, guint place) {
  const PlnScenario *s = replay->scenario;
  guint said = 0;
  for (guint k = 0; k < s->statements->len && said < STATEMENTS; k++) {
    const PlnStatement *st = &g_array_index(s->statements, PlnStatement, k);
    const PlnState *state = pln_world_state(s->world, st->state);
    gboolean whole = st->proposal < 0 && replay->items->len == 1;
    if (st->proposal != (int)place && !whole)
      continue;
    add(out, "statement",
        g_strdup_printf("%s (%s, %s): %s", state ? state->name : st->state,
                        pln_statement_words[st->kind], pln_status_words[st->status], st->summary));
    said++;
  }
}

static char *say_source(const PlnProposal *p) {
  return *p->source
             ? g_strdup_printf("Source, %s: %s.", pln_status_words[p->status], p->source)
             : g_strdup_printf("No source is stated; status: %s.", pln_status_words[p->status]);
}

GPtrArray *pln_narrate(const PlnReplay *replay, guint place) {
  const PlnReplayItem *item = pln_replay_item(replay, place);
  GPtrArray *out = g_ptr_array_new_with_free_func(narrated_free);
  add(out, "question", say_question(item->proposal));
  add(out, "rule", say_rule(item));
  add(out, "answer", say_answer(item));
  if (item->record && !item->record->why_not) {
    add(out, "margin", pln_say_margin(item->record));
    add(out, "turn", say_turn(item));
  }
  add(out, "blocs", say_blocs(item));
  add(out, "moved", item->shift ? pln_say_shift(item->shift) : NULL);
  add(out, "unknown", pln_say_known(replay, place));
  add(out, "note", *item->proposal->note ? g_strdup(item->proposal->note) : NULL);
  add_claims(out, replay, place);
  add_statements(out, replay, place);
  add(out, "source", say_source(item->proposal));
  return out;
}
