/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/poll.h"

static PlnBallots ballots_of(const PlnPoll *poll) {
  return (PlnBallots){poll->n, poll->vote, poll->rule->rule.weighted ? poll->weight : NULL,
                      poll->veto};
}

static void count_turns(PlnPoll *poll) {
  PlnBallots ballots = ballots_of(poll);
  g_autofree guint8 *scratch = g_new(guint8, poll->n + 1);
  for (PlnVote from = 0; from < PLN_VOTE_KINDS; from++)
    for (PlnVote to = 0; to < PLN_VOTE_KINDS; to++)
      if (from != to)
        poll->turn[from][to] =
            pln_rule_turn(&poll->rule->rule, &ballots, PLN_STAGE_VOTE, from, to, NULL, scratch);
}

/* Whether one voter that joins the other side may turn it at all. */
static gboolean hangs_on_one(const PlnPoll *poll) {
  if (pln_poll_adopted(poll))
    return poll->turn[PLN_VOTE_Y][PLN_VOTE_N] == 1;
  return poll->turn[PLN_VOTE_N][PLN_VOTE_Y] == 1 || poll->turn[PLN_VOTE_A][PLN_VOTE_Y] == 1 ||
         poll->turn[PLN_VOTE_X][PLN_VOTE_Y] == 1;
}

static void mark_decisive(PlnPoll *poll) {
  g_autofree guint8 *one = g_new0(guint8, poll->n + 1);
  if (!poll->by_state || !hangs_on_one(poll))
    return;
  for (guint i = 0; i < poll->n; i++) {
    one[i] = 1;
    poll->decisive[i] = pln_poll_turn_by(poll, one) == 1;
    one[i] = 0;
  }
}

static const char *needs_names(const PlnPoll *poll) {
  const PlnRule *rule = &poll->rule->rule;
  if (rule->weighted && !poll->weight)
    return "the rule counts weights, and the members have none (column weight of members.csv)";
  if (!poll->by_state && rule->weighted)
    return "the rule counts weights, and the record does not name every vote";
  if (!poll->by_state && rule->veto)
    return "the rule has a veto, and the record does not name every vote";
  return NULL;
}

PlnPoll *pln_poll_new(const PlnScenario *scenario, const PlnRoster *roster, const PlnRuleEntry *rule,
                      PlnVote *vote, const guint32 unnamed[PLN_VOTE_KINDS]) {
  PlnPoll *poll = g_new0(PlnPoll, 1);
  poll->rule = rule;
  poll->n = roster->n;
  poll->vote = vote;
  poll->weight = roster->weight;
  poll->decisive = g_new0(guint8, roster->n + 1);
  poll->by_state = pln_vote_seat_unnamed(poll->n, unnamed, vote) == 0;
  if (*rule->veto) {
    poll->veto = g_new0(guint8, roster->n + 1);
    pln_roster_mark(roster, scenario->world, pln_world_bloc(scenario->world, rule->veto), poll->veto);
  }
  poll->why_not = needs_names(poll);
  PlnBallots ballots = ballots_of(poll);
  poll->tally = pln_tally(&ballots);
  if (poll->why_not)
    return poll;
  poll->verdict = pln_rule_decide(&rule->rule, &poll->tally, PLN_STAGE_VOTE);
  count_turns(poll);
  mark_decisive(poll);
  return poll;
}

void pln_poll_free(PlnPoll *poll) {
  if (!poll)
    return;
  g_free(poll->vote);
  g_free(poll->veto);
  g_free(poll->decisive);
  g_free(poll);
}

gboolean pln_poll_adopted(const PlnPoll *poll) {
  return !poll->why_not && poll->verdict.outcome == PLN_OUTCOME_ADOPTED;
}

gboolean pln_poll_counts(const PlnPoll *poll) {
  return !poll->why_not && poll->rule->rule.method != PLN_METHOD_CONSENSUS;
}

guint32 pln_poll_turn_by(const PlnPoll *poll, const guint8 *in) {
  PlnBallots ballots = ballots_of(poll);
  g_autofree guint8 *scratch = g_new(guint8, poll->n + 1);
  if (pln_poll_adopted(poll))
    return pln_rule_turn(&poll->rule->rule, &ballots, PLN_STAGE_VOTE, PLN_VOTE_Y, PLN_VOTE_N, in,
                         scratch);
  guint32 fewest = 0;
  for (PlnVote from = PLN_VOTE_N; from <= PLN_VOTE_X; from++) {
    guint32 k =
        pln_rule_turn(&poll->rule->rule, &ballots, PLN_STAGE_VOTE, from, PLN_VOTE_Y, in, scratch);
    if (k > 0 && (fewest == 0 || k < fewest))
      fewest = k;
  }
  return fewest;
}
