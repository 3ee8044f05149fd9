/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One proposal of a replay, as a section of the document. */
#include <string.h>

#include "plenary/compose.h"
#include "plenary/table.h"

static PlnValue total_value(gint64 total) {
  return total == PLN_UNKNOWN ? pln_unknown() : total < 0 ? pln_none() : pln_int(total);
}

static void fact_day(PlnDoc *doc, const char *key, PlnDay day) {
  g_autofree char *text = pln_day_text(day);
  pln_doc_text(doc, key, text);
}

static void add_question(PlnDoc *doc, const PlnReplay *replay, const PlnReplayItem *item) {
  const PlnProposal *p = item->proposal;
  g_autofree char *day = pln_day_words(p->day), *question = pln_proposal_question(p);
  g_autofree char *asked_by = pln_say_asked_by(p, replay->scenario->world);
  static const char *const records[] = {
      "not voted yet", "recorded vote", "recorded vote, of which some names are public",
      "recorded vote, of which only the tally is public", "of which only the outcome is public"};
  gboolean no_vote = p->result == PLN_RESULT_WITHOUT_VOTE;
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "%s%s%s", p->title, *p->symbol ? "  " : "", p->symbol);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s, %s, %s", p->body->name, day,
              no_vote ? "adopted without a vote" : records[p->record]);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "Question: %s (yes %s%s%s)", question, pln_kind_yes(p->kind),
              strcmp(p->provision, "?") == 0 ? "; which provision is not known" : "",
              p->order == PLN_UNKNOWN ? "; its place in the order is not known" : "");
  if (asked_by)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", asked_by);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s: %s; %s.",
              no_vote ? "Rule, had there been a vote" : "Rule", item->rule->name, item->why_rule);
}

static void add_what(PlnDoc *doc, const PlnReplay *replay, const PlnReplayItem *item) {
  const PlnProposal *p = item->proposal;
  g_autofree char *question = pln_proposal_question(p);
  pln_doc_text(doc, "id", p->id);
  pln_doc_text(doc, "title", p->title);
  pln_doc_text(doc, "symbol", p->symbol);
  pln_doc_text(doc, "kind", pln_kind_words[p->kind]);
  pln_doc_text(doc, "question", question);
  pln_doc_text(doc, "yes_means", pln_kind_yes(p->kind));
  pln_doc_text(doc, "provision", p->provision);
  pln_doc_text(doc, "body", p->body->id);
  fact_day(doc, "date", p->day);
  pln_doc_text(doc, "target",
               p->target >= 0 ? pln_scenario_proposal(replay->scenario, (guint)p->target)->id : "");
  pln_doc_fact(doc, "order", total_value(p->order));
  pln_doc_fact(doc, "asked_by",
               strcmp(p->asked_by, "?") == 0 ? pln_unknown() : pln_words(p->asked_by));
  pln_doc_text(doc, "note", p->note);
  pln_doc_text(doc, "status", pln_status_words[p->status]);
  pln_doc_text(doc, "source", p->source);
}

static void add_rule(PlnDoc *doc, const PlnRuleEntry *rule, const char *why) {
  pln_doc_open(doc, "rule");
  pln_doc_text(doc, "id", rule->id);
  pln_doc_text(doc, "name", rule->name);
  pln_doc_text(doc, "citation", rule->citation);
  pln_doc_text(doc, "status", pln_status_words[rule->status]);
  pln_doc_text(doc, "why", why);
  pln_doc_close(doc);
}

static void add_recorded(PlnDoc *doc, const PlnProposal *p) {
  pln_doc_open(doc, "record");
  pln_doc_text(doc, "kind", p->record == PLN_RECORD_NONE ? "none" : pln_record_words[p->record]);
  pln_doc_text(doc, "outcome", pln_result_words[p->result]);
  pln_doc_fact(doc, "yes", total_value(p->total[PLN_VOTE_Y]));
  pln_doc_fact(doc, "no", total_value(p->total[PLN_VOTE_N]));
  pln_doc_fact(doc, "abstain", total_value(p->total[PLN_VOTE_A]));
  pln_doc_fact(doc, "not_voting", total_value(p->total[PLN_VOTE_X]));
  pln_doc_fact(doc, "members", pln_int(p->roster->n));
  pln_doc_close(doc);
}

static PlnValue decisive_value(const PlnReplayItem *item, const PlnPoll *poll) {
  g_autofree char *codes = pln_say_decisive_codes(item->proposal->roster, poll);
  return pln_words(codes);
}

static void add_poll(PlnDoc *doc, const char *key, const PlnReplayItem *item, const PlnPoll *poll,
                     PlnEnd end) {
  static const PlnDocColumn columns[] = {
      {"from", "From"}, {"to", "To"}, {"states", "States"}, {NULL, NULL}};
  const PlnVerdict *v = &poll->verdict;
  pln_doc_open(doc, key);
  pln_doc_text(doc, "outcome", pln_end_word(end));
  pln_doc_text(doc, "rule", poll->rule->id);
  pln_doc_fact(doc, "yes", pln_int(poll->tally.count[PLN_VOTE_Y]));
  pln_doc_fact(doc, "no", pln_int(poll->tally.count[PLN_VOTE_N]));
  pln_doc_fact(doc, "abstain", pln_int(poll->tally.count[PLN_VOTE_A]));
  pln_doc_fact(doc, "not_voting", pln_int(poll->tally.count[PLN_VOTE_X]));
  pln_doc_text(doc, "not_computed", poll->why_not ? poll->why_not : "");
  if (!poll->why_not) {
    gboolean counts = pln_poll_counts(poll);
    pln_doc_fact(doc, "base", counts ? pln_int(v->base) : pln_none());
    pln_doc_fact(doc, "needed", counts ? pln_int(v->needed) : pln_none());
    pln_doc_fact(doc, "spare", counts ? pln_int((gint64)v->yes - v->needed) : pln_none());
    pln_doc_fact(doc, "seen", pln_int(v->seen));
    pln_doc_fact(doc, "quorum", v->quorum > 0 ? pln_int(v->quorum) : pln_none());
    pln_doc_fact(doc, "decisive", decisive_value(item, poll));
    pln_doc_table(doc, "turn", PLN_FOR_PROGRAMS, NULL, columns);
    for (PlnVote i = 0; i < PLN_VOTE_KINDS; i++)
      for (PlnVote j = 0; j < PLN_VOTE_KINDS; j++) {
        if (i == j)
          continue;
        pln_doc_cell(doc, pln_vote_value(i));
        pln_doc_cell(doc, pln_vote_value(j));
        pln_doc_cell(doc, poll->turn[i][j] > 0 ? pln_int(poll->turn[i][j]) : pln_none());
      }
  }
  pln_doc_close(doc);
}

static PlnSay weight_of(PlnEnd end) {
  if (end == PLN_END_ADOPTED || end == PLN_END_WITHOUT_VOTE)
    return PLN_SAY_GOOD;
  return end == PLN_END_REJECTED ? PLN_SAY_BAD : PLN_SAY_LEAD;
}

static void say_poll(PlnDoc *doc, const PlnReplayItem *item) {
  const PlnPoll *poll = item->record;
  if (poll->why_not) {
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "The rule is not applied: %s.", poll->why_not);
    return;
  }
  g_autofree char *margin = pln_say_margin(poll), *turn = pln_say_turn(poll, "To turn it: ");
  g_autofree char *decisive = pln_say_decisive(item);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", margin);
  pln_doc_bar(doc, (PlnBar){{poll->tally.count[PLN_VOTE_Y], poll->tally.count[PLN_VOTE_N]},
                            poll->verdict.needed});
  if (item->other) {
    const PlnVerdict *v = &item->other->verdict;
    gboolean adopted = pln_poll_adopted(item->other);
    int spare = ABS((int)v->yes - (int)v->needed);
    g_autofree char *by = spare > 0 ? g_strdup_printf("by %d", spare) : g_strdup("exactly");
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "Under %s (%u of %u) it would %shave %s %s.",
                item->other->rule->rule.majority.num == 2 ? "two-thirds" : "a simple majority",
                v->needed, v->base, adopted == pln_poll_adopted(poll) ? "also " : "",
                adopted ? "passed" : "failed", by);
  }
  if (turn)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", turn);
  if (poll->verdict.seen < poll->verdict.quorum)
    pln_doc_say(
        doc, NULL, PLN_SAY_NOTE,
        "The votes show %u present and a quorum is %u; presence is presumed, and the outcome stands.",
        poll->verdict.seen, poll->verdict.quorum);
  if (decisive)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", decisive);
  if (item->disputed)
    pln_doc_say(doc, NULL, PLN_SAY_LEAD,
                "The rule would give another outcome (%s); the record stands as it is.",
                pln_poll_adopted(poll) ? "adopted" : "not adopted");
}

/* What is known where neither every vote nor the totals are. */
static void say_known(PlnDoc *doc, const PlnProposal *p) {
  guint known[PLN_VOTE_KINDS] = {0}, rest = p->roster->n;
  for (guint i = 0; i < p->roster->n; i++)
    if (p->ballot[i].vote != PLN_VOTE_UNKNOWN) {
      known[p->ballot[i].vote]++;
      rest--;
    }
  g_autofree char *others = rest == 1 ? g_strdup("How one more voted is not")
                                      : g_strdup_printf("How the other %u voted is not", rest);
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "Known: %u yes, %u no, %u abstaining, %u not voting. %s",
              known[PLN_VOTE_Y], known[PLN_VOTE_N], known[PLN_VOTE_A], known[PLN_VOTE_X],
              rest > 0 ? others : "That is everyone: with the record complete it can be counted.");
  if (rest > 0)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "So no outcome is computed; --set asks what if.");
}

static void say_end(PlnDoc *doc, const PlnReplayItem *item) {
  const PlnProposal *p = item->proposal;
  g_autofree char *verdict = pln_say_verdict(item->record, item->end);
  if (item->fate != PLN_FATE_PUT && item->end == PLN_END_NOT_PUT)
    pln_doc_say(doc, "answer", PLN_SAY_LEAD, "%s: %s", verdict,
                item->fate == PLN_FATE_FALLS
                    ? "it falls with what was decided before"
                    : "all its operative parts were struck, so the whole falls");
  else
    pln_doc_say(doc, "answer", weight_of(item->end), "%s", verdict);
  if (item->record)
    say_poll(doc, item);
  else if (p->record == PLN_RECORD_NONE)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "No vote is on record.");
  else if (item->end == PLN_END_WITHOUT_VOTE)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
                "Nobody asked for a vote, so there is no roll call; it is not unanimity either. What "
                "states said then is its record.");
  else if (p->record == PLN_RECORD_PARTIAL)
    say_known(doc, p);
  else
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN,
                "Yes ?  no ?  abstaining ?  Only the outcome is public; "
                "nothing is computed from it.");
  if (item->record && p->record != PLN_RECORD_COMPLETE && p->record != PLN_RECORD_NONE &&
      p->total[PLN_VOTE_X] < 0)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Not voting: the %u members less those that voted or abstained.", p->roster->n);
  if (*p->note)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "%s", p->note);
}

static void add_changes(PlnDoc *doc, const PlnReplay *replay, const PlnReplayItem *item) {
  g_autoptr(GString) ids = g_string_new(NULL);
  for (guint k = 0; k < item->changes->len; k++)
    g_string_append_printf(
        ids, "%s%s", k > 0 ? " " : "",
        pln_replay_item(replay, g_array_index(item->changes, guint, k))->proposal->id);
  pln_doc_fact(doc, "changed_by", pln_words(ids->str));
  if (ids->len > 0)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s: %s.",
                replay->whatif ? "In the what-if the text put is as changed by"
                               : "The text put is as changed by",
                ids->str);
}

static void compare_row(PlnDoc *doc, const char *what, PlnValue record, PlnValue whatif) {
  pln_doc_cell(doc, pln_text(what));
  pln_doc_cell(doc, record);
  pln_doc_cell(doc, whatif);
}

static PlnValue counted(const PlnPoll *poll, PlnVote vote) {
  return poll ? pln_int(poll->tally.count[vote]) : pln_none();
}

static PlnValue needed(const PlnPoll *poll) {
  return poll && pln_poll_counts(poll) ? pln_int(poll->verdict.needed) : pln_none();
}

static void list_changed(PlnDoc *doc, const PlnReplayItem *item) {
  const PlnPoll *a = item->record, *b = item->whatif;
  const PlnRoster *roster = item->proposal->roster;
  g_autoptr(GString) codes = g_string_new(NULL);
  for (guint i = 0; a && a->by_state && b->by_state && i < a->n; i++)
    if (a->vote[i] != b->vote[i])
      g_string_append_printf(codes, " %s:%s>%s", roster->state[i]->code,
                             pln_vote_letter(a->vote[i]), pln_vote_letter(b->vote[i]));
  pln_doc_fact(doc, "changed", pln_words(codes->str));
  if (codes->len > 0)
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "Votes changed:%s", codes->str);
}

static void say_turned(PlnDoc *doc, const PlnReplayItem *item) {
  if (item->fate != PLN_FATE_PUT && item->whatif_end == PLN_END_NOT_PUT)
    pln_doc_say(doc, NULL, PLN_SAY_LEAD, "WHAT IF: it is not put: %s.",
                item->fate == PLN_FATE_FALLS ? "it falls with what is decided before"
                                             : "all its operative parts are struck");
  else if (item->whatif_end != item->end)
    pln_doc_say(doc, NULL, weight_of(item->whatif_end), "WHAT IF: the outcome turns, from %s to %s.",
                pln_end_word(item->end), pln_end_word(item->whatif_end));
  else
    pln_doc_say(doc, NULL, PLN_SAY_LEAD, "WHAT IF: the outcome stays as it is, %s.",
                pln_end_word(item->end));
  if (item->whatif) {
    g_autofree char *verdict = pln_say_verdict(item->whatif, item->whatif_end);
    pln_doc_say(doc, NULL, weight_of(item->whatif_end), "%s", verdict);
  }
}

static void add_whatif(PlnDoc *doc, const PlnReplayItem *item) {
  static const PlnDocColumn columns[] = {
      {"what", ""}, {"record", "Record"}, {"whatif", "What if"}, {NULL, NULL}};
  static const char *const counts[] = {"yes", "no", "abstaining", "not voting"};
  if (!item->whatif && item->whatif_end == item->end)
    return;
  say_turned(doc, item);
  if (!item->whatif)
    return;
  if (item->whatif->why_not) {
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "The rule %s is not applied: %s.", item->whatif->rule->id,
                item->whatif->why_not);
  } else {
    g_autofree char *margin = pln_say_margin(item->whatif),
                    *turn = pln_say_turn(item->whatif, item->whatif_end == item->end
                                                           ? "To turn it then: "
                                                           : "To turn that back: ");
    pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", margin);
    if (turn)
      pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", turn);
  }
  if (!item->record && item->proposal->record == PLN_RECORD_PARTIAL)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE,
                "Those whose vote is neither known nor set are taken not to vote.");
  list_changed(doc, item);
  pln_doc_table(doc, NULL, PLN_FOR_PEOPLE, NULL, columns);
  compare_row(doc, "outcome", pln_text(pln_end_word(item->end)),
              pln_text(pln_end_word(item->whatif_end)));
  compare_row(doc, "rule", pln_text(item->rule->id), pln_text(item->whatif->rule->id));
  for (PlnVote k = 0; k < PLN_VOTE_KINDS; k++)
    compare_row(doc, counts[k], counted(item->record, k), counted(item->whatif, k));
  compare_row(doc, "needed", needed(item->record), needed(item->whatif));
}

static void add_data(PlnDoc *doc, const PlnReplay *replay, const PlnReplayItem *item) {
  add_what(doc, replay, item);
  add_rule(doc, item->rule, item->why_rule);
  add_recorded(doc, item->proposal);
  pln_doc_text(doc, "outcome", pln_end_word(item->end));
  pln_doc_fact(doc, "disputed_by_rule", pln_bool(item->disputed));
  if (item->record)
    add_poll(doc, "count", item, item->record, item->end);
  if (replay->whatif) {
    pln_doc_text(doc, "whatif_outcome", pln_end_word(item->whatif_end));
    if (item->whatif)
      add_poll(doc, "whatif", item, item->whatif, item->whatif_end);
  }
}

static void add_answer(PlnDoc *doc, const PlnReplay *replay, const PlnReplayItem *item) {
  pln_doc_say(doc, NULL, PLN_SAY_PLAIN, "%s", "");
  say_end(doc, item);
  if (replay->whatif)
    add_whatif(doc, item);
}

static void add_who(PlnDoc *doc, const PlnReplay *replay, guint place,
                    const PlnComposeOptions *options) {
  const PlnReplayItem *item = pln_replay_item(replay, place);
  const PlnProposal *p = item->proposal;
  pln_compose_blocs_of(doc, replay, item, options);
  pln_compose_board(doc, replay, item);
  pln_compose_votes(doc, item);
  pln_compose_shift(doc, item);
  pln_compose_statements(doc, replay, (int)place);
  pln_compose_claims(doc, replay, place);
  if (*p->source)
    pln_doc_say(doc, NULL, PLN_SAY_NOTE, "Source (%s): %s", pln_status_words[p->status], p->source);
}

void pln_compose_replay_item(PlnDoc *doc, const PlnReplay *replay, guint place,
                             PlnReplayStage stage, const PlnComposeOptions *options) {
  const PlnReplayItem *item = pln_replay_item(replay, place);
  gboolean all = stage == PLN_STAGE_ALL || stage == PLN_STAGE_DATA;
  pln_doc_open_each(doc, "proposals", item->proposal->id);
  if (stage == PLN_STAGE_DATA)
    pln_doc_hide(doc);
  add_data(doc, replay, item);
  if (all || stage == PLN_STAGE_QUESTION || stage == PLN_STAGE_ANSWER) {
    add_question(doc, replay, item);
    add_changes(doc, replay, item);
  }
  if (all || stage == PLN_STAGE_ANSWER)
    add_answer(doc, replay, item);
  if (all || stage == PLN_STAGE_WHO)
    add_who(doc, replay, place, options);
  pln_doc_close(doc);
}
