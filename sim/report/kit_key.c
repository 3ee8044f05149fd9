/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The debrief: questions for the class, and answers computed from the record. */
#include <string.h>

#include "plenary/compose.h"
#include "plenary/compose_kit.h"
#include "plenary/html.h"

typedef struct {
  const char *question;
  void (*answer)(GString *out, const PlnKit *kit);
  gboolean (*asked)(const PlnKit *kit); /* NULL: always */
} Question;

static const PlnPoll *poll_of(const PlnKit *kit) {
  const PlnPoll *poll = kit->item->record;
  return poll && !poll->why_not ? poll : NULL;
}

static gboolean has_poll(const PlnKit *kit) {
  return poll_of(kit) != NULL;
}

static gboolean has_vote_poll(const PlnKit *kit) {
  return has_poll(kit) && kit->item->rule->rule.method != PLN_METHOD_CONSENSUS;
}

static gboolean has_other(const PlnKit *kit) {
  return has_poll(kit) && kit->item->other && !kit->item->other->why_not;
}

static gboolean has_shift(const PlnKit *kit) {
  return kit->item->shift != NULL;
}

static gboolean has_claims(const PlnKit *kit) {
  return kit->scenario->claims->len > 0;
}

static gboolean has_no_end(const PlnKit *kit) {
  return kit->item->end == PLN_END_UNKNOWN && kit->item->proposal->record == PLN_RECORD_NONE;
}

static gboolean has_end(const PlnKit *kit) {
  return !has_no_end(kit);
}

static void say_verdict(GString *out, const PlnKit *kit) {
  const PlnReplayItem *item = kit->item;
  g_autofree char *verdict = pln_say_verdict(item->record, item->end);
  gboolean waiting = has_no_end(kit);
  if (waiting)
    pln_html_element(
        out, "p",
        "Nothing is on record: as of the scenario's day it had not been put to a vote. There is no right "
        "answer to compare with; what a forecast makes of it: plenary project.",
        NULL);
  else
    pln_html_element(out, "p", verdict, "class", "verdict", NULL);
  if (!waiting)
    pln_kit_source(out, item->proposal->status, item->proposal->source);
}

static void answer_result(GString *out, const PlnKit *kit) {
  static const char *const reasons[] = {"rejected", "adopted", "tied"};
  const guint32 *c = kit->tally.count;
  say_verdict(out, kit);
  if (poll_of(kit)) {
    g_autofree char *margin = pln_say_margin(poll_of(kit));
    pln_html_element(out, "p", margin, NULL);
  }
  if (!kit->played)
    return;
  pln_kit_say(
      out, "p", NULL,
      kit->states
          ? "These delegations alone, voting as on record, give %u yes, %u no, %u abstaining, %u not voting: %s."
          : "Had each of your delegations cast all its votes on the line most frequent among its members on record: %u yes, "
            "%u no, %u abstaining, %u not voting: %s. Voting as blocs hides who broke ranks.",
      c[PLN_VOTE_Y], c[PLN_VOTE_N], c[PLN_VOTE_A], c[PLN_VOTE_X], reasons[kit->verdict.outcome]);
}

static void answer_abstaining(GString *out, const PlnKit *kit) {
  const PlnPoll *poll = poll_of(kit);
  const PlnRule *rule = &kit->item->rule->rule;
  gboolean aside = rule->basis == PLN_BASIS_VOTING && rule->abstain == PLN_COUNT_AS_IS;
  pln_html_element(
      out, "p",
      aside ? "They are not counted as present and voting, so each makes the number smaller of "
              "which the majority is taken, as if it were not there. Beside voting no, to "
              "abstain helped those for; beside voting yes, those against."
            : "Under this rule they stay in the number of which the majority is taken, so that to abstain works like a no.",
      NULL);
  const PlnRuleEntry *mun = pln_world_rule(kit->scenario->world, "mun-present-and-voting");
  if (!poll || !mun)
    return;
  PlnVerdict v = pln_rule_decide(&mun->rule, &poll->tally, PLN_STAGE_VOTE);
  pln_kit_say(
      out, "p", NULL,
      "Counted as some Model UN conferences do, an abstention as a no: %u yes of %u, it would take %u: %s.",
      v.yes, v.base, v.needed, v.outcome == PLN_OUTCOME_ADOPTED ? "adopted" : "rejected");
}

static void answer_turn(GString *out, const PlnKit *kit) {
  g_autofree char *turn = pln_say_turn(poll_of(kit), "At the least ");
  pln_html_element(out, "p", turn ? turn : "No change of one kind of vote to another would have.",
                   NULL);
  if (!poll_of(kit)->by_state)
    return;
  g_autofree char *decisive = pln_say_decisive(kit->item);
  pln_html_element(out, "p", decisive ? decisive : "No state could have turned it alone.", NULL);
  pln_html_element(out, "p", "Delegations whose members together could have:", NULL);
  g_string_append(out, "<ul class=\"tight\">\n");
  gsize at = out->len;
  for (guint i = 0; i < kit->delegations->len; i++) {
    const PlnKitDelegation *d = pln_kit_delegation(kit, i);
    guint32 least = pln_poll_turn_by(poll_of(kit), d->in);
    if (least > 0)
      pln_kit_say(out, "li", NULL, "%s: %u of its %u", d->name, least, d->seats->len);
  }
  g_string_append(out, out->len == at ? "<li>none of them by itself</li></ul>\n" : "</ul>\n");
}

static void answer_other(GString *out, const PlnKit *kit) {
  const PlnPoll *other = kit->item->other;
  g_autofree char *margin = pln_say_margin(other);
  pln_kit_say(out, "p", NULL, "%s: %s. %s", other->rule->name,
              pln_poll_adopted(other) ? "adopted" : "not adopted", margin);
}

/* Names of those that went from one vote to another. */
static char *movers(const PlnKit *kit, PlnVote from, PlnVote to) {
  const PlnProposal *p = kit->item->proposal;
  g_autoptr(GPtrArray) all = g_ptr_array_new();
  for (guint i = 0; i < p->roster->n; i++)
    if (kit->item->shift->before[i] == from && p->ballot[i].vote == to)
      g_ptr_array_add(all, (gpointer)p->roster->state[i]->name);
  return pln_kit_join(all);
}

static void answer_moved(GString *out, const PlnKit *kit) {
  static const char *const words[] = {"yes", "no", "abstaining", "not voting"};
  const PlnShift *shift = kit->item->shift;
  g_autofree char *said = pln_say_shift(shift);
  pln_html_element(out, "p", said, NULL);
  g_string_append(out, "<ul class=\"tight\">\n");
  for (PlnVote i = 0; i < PLN_VOTE_KINDS; i++)
    for (PlnVote j = 0; j < PLN_VOTE_KINDS; j++) {
      g_autofree char *who = i == j || shift->moved[i][j] == 0 ? NULL : movers(kit, i, j);
      if (who)
        pln_kit_say(out, "li", NULL, "%s to %s (%u): %s", words[i], words[j], shift->moved[i][j],
                    who);
    }
  g_string_append(out, "</ul>\n");
}

static void ranks_row(GString *out, const PlnKitDelegation *d) {
  static const char *const lines[] = {"yes", "no", "abstain"};
  PlnVote line = d->record.line;
  g_string_append(out, "<tr>");
  pln_html_element(out, "th", d->name, "scope", "row", NULL);
  for (PlnVote k = 0; k < PLN_VOTE_KINDS; k++)
    pln_kit_say(out, "td", "n", "%u", d->record.count[k]);
  pln_kit_say(out, "td", "n", "%u", d->unknown);
  pln_html_element(out, "td",
                   d->unknown > 0       ? "?"
                   : line <= PLN_VOTE_A ? lines[line]
                                        : "split",
                   NULL);
  g_string_append(out, "</tr>\n");
}

static void answer_ranks(GString *out, const PlnKit *kit) {
  g_string_append(out, "<table class=\"plain tight\"><thead><tr><th scope=\"col\">Delegation</th>");
  static const char *const heads[] = {"Yes", "No", "Abst.", "Away", "?"};
  for (gsize i = 0; i < G_N_ELEMENTS(heads); i++)
    pln_html_element(out, "th", heads[i], "scope", "col", "class", "n", NULL);
  g_string_append(out, "<th scope=\"col\">Line</th></tr></thead><tbody>\n");
  for (guint i = 0; i < kit->delegations->len; i++)
    ranks_row(out, pln_kit_delegation(kit, i));
  g_string_append(out, "</tbody></table>\n");
  pln_html_element(
      out, "p",
      "A line is what more than half of those that answered did; ?: not on record. Who broke ranks stands on the "
      "cards for after the vote.",
      "class", "note", NULL);
}

static gboolean has_ranks(const PlnKit *kit) {
  gboolean any = FALSE;
  for (guint i = 0; i < kit->delegations->len; i++)
    any |= pln_kit_delegation(kit, i)->unknown == 0;
  return any && !kit->states;
}

static void answer_claims(GString *out, const PlnKit *kit) {
  for (guint i = 0; i < kit->scenario->claims->len; i++) {
    const PlnClaim *claim = &g_array_index(kit->scenario->claims, PlnClaim, i);
    pln_kit_say(out, "p", NULL, "\"%s\" %s ", claim->claim, claim->answer);
    pln_kit_source(out, claim->status, claim->source);
  }
}

static void answer_known(GString *out, const PlnKit *kit) {
  const PlnProposal *p = kit->item->proposal;
  guint unknown = 0, statements = 0, unstated = 0;
  for (guint i = 0; i < p->roster->n; i++)
    unknown += kit->now[i].vote == PLN_VOTE_UNKNOWN;
  for (guint i = 0; i < kit->delegations->len; i++) {
    statements += pln_kit_delegation(kit, i)->statements->len;
    unstated += pln_kit_delegation(kit, i)->unstated;
  }
  if (unknown == 0)
    pln_kit_say(out, "p", NULL, "How each of the %u voted is on record.", p->roster->n);
  else
    pln_kit_say(out, "p", NULL,
                "How %u of %u voted is not on record, and this kit does not guess it.", unknown,
                p->roster->n);
  pln_kit_say(
      out, "p", NULL,
      "Statements on record by the members played: %u. Members of whom no position is stated: %u. Why states "
      "voted as they did the record mostly does not say: what the class found out is a reading, not a record.",
      statements, unstated);
  pln_kit_say(out, "p", NULL, "The weakest status that the outcome rests on: %s.",
              pln_status_words[kit->replay->weakest]);
}

static void answer_own(GString *out, const PlnKit *kit) {
  (void)kit;
  pln_html_element(
      out, "p",
      "Open. Listen for: votes as a price for words in the text; abstaining as a way out; following a group; the "
      "difference between what one says and how one votes.",
      NULL);
}

static const Question questions[] = {
    {"How did your vote come out, and how did the real one? How much was to spare?", answer_result,
     has_end},
    {"How did your vote come out, and how much was to spare?", answer_result, has_no_end},
    {"Whom did those help that abstained?", answer_abstaining, NULL},
    {"Which changes, and how many, would have turned the real vote?", answer_turn, has_vote_poll},
    {"Would it have come out otherwise under the other usual majority?", answer_other, has_other},
    {"Who moved since the last related vote, and which way?", answer_moved, has_shift},
    {"Which of the delegations voted as one, and which were split?", answer_ranks, has_ranks},
    {"You may read something else about it. Is it so?", answer_claims, has_claims},
    {"What is known of this vote, how surely, and what is not?", answer_known, NULL},
    {"What moved you to vote as you did? What would have changed your vote?", answer_own, NULL},
};

static gboolean is_asked(const PlnKit *kit, const Question *question) {
  return !question->asked || question->asked(kit);
}

void pln_kit_debrief(GString *out, const PlnKit *kit, const PlnClassroom *classroom) {
  (void)classroom;
  g_string_append(out, "<ol class=\"asked\">\n");
  for (gsize i = 0; i < G_N_ELEMENTS(questions); i++) {
    if (!is_asked(kit, &questions[i]))
      continue;
    pln_html_open(out, "li", NULL);
    pln_html_text(out, questions[i].question);
    pln_kit_lines(out, 2);
    pln_html_close(out, "li");
  }
  g_string_append(out, "</ol>\n");
}

void pln_kit_answers(GString *out, const PlnKit *kit, const PlnClassroom *classroom) {
  (void)classroom;
  pln_html_element(out, "p",
                   "Computed from the record by the same rules that plenary replay applies.",
                   "class", "note", NULL);
  g_string_append(out, "<ol class=\"key\">\n");
  for (gsize i = 0; i < G_N_ELEMENTS(questions); i++) {
    if (!is_asked(kit, &questions[i]))
      continue;
    pln_html_open(out, "li", NULL);
    pln_html_element(out, "h3", questions[i].question, NULL);
    questions[i].answer(out, kit);
    pln_html_close(out, "li");
  }
  g_string_append(out, "</ol>\n");
}
