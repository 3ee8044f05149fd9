/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done to a working list before it is counted: an answer said, private rows left out. */
#include <string.h>

#include "plenary/asked.h"
#include "plenary/error.h"
#include "plenary/text.h"
#include "plenary/whip.h"

/* @id: NULL: none was named.  @place: (inout): the only one that is counted, or -1; then the
 * one that is meant, or -1: all */
static gboolean find_place(const PlnScenario *s, const char *id, int *place, GError **error) {
  if (!id)
    return TRUE;
  int named;
  if (!pln_asked_proposal(s, id, &named, error))
    return FALSE;
  if (*place >= 0 && *place != named)
    return pln_asked_refuse(error, "this proposal is not counted here:", id,
                  pln_scenario_proposal(s, (guint)*place)->id, NULL);
  *place = named;
  return TRUE;
}

/* Whether the state is still to vote on @p. */
static gboolean may_say(const PlnProposal *p, const char *code) {
  int seat = pln_roster_find(p->roster, code);
  return seat >= 0 && pln_whip_is_open(p) && p->ballot[seat].vote == PLN_VOTE_UNKNOWN;
}

static gboolean refuse_state(const PlnScenario *s, int place, const char *code, GError **error) {
  const PlnProposal *p = pln_scenario_proposal(s, place >= 0 ? (guint)place : 0);
  if (pln_roster_find(p->roster, code) >= 0)
    return pln_asked_refuse(error, "the vote is on record of", code, "a state that has not voted", NULL);
  g_autoptr(GPtrArray) codes = g_ptr_array_new();
  for (guint i = 0; i < p->roster->n; i++)
    g_ptr_array_add(codes, (gpointer)p->roster->state[i]->code);
  g_ptr_array_add(codes, NULL);
  g_autofree char *expected = g_strdup_printf("the code of a state with a vote on %s", p->id);
  return pln_asked_refuse(error, "unknown state", code, expected, (const char *const *)codes->pdata);
}

/* The row of @pledge's state and proposal, or one after the last. */
static guint row_of(const PlnScenario *s, int place, const char *state) {
  guint row = 0;
  for (; row < s->pledges->len; row++) {
    const PlnPledge *pledge = &g_array_index(s->pledges, PlnPledge, row);
    if (pledge->proposal == place && strcmp(pledge->state, state) == 0)
      break;
  }
  return row;
}

static void put_answer(PlnScenario *s, int place, const char *state, PlnPledgeAnswer answer) {
  guint row = row_of(s, place, state);
  PlnPledge blank = {
      .level = "", .source = "", .instruction = "", .ask = "", .caller = "", .note = ""};
  if (row == s->pledges->len)
    g_array_append_val(s->pledges, blank);
  PlnPledge *pledge = &g_array_index(s->pledges, PlnPledge, row);
  pledge->proposal = place;
  pledge->state = state;
  pledge->answer = answer;
  pledge->heard = s->as_of;
  pledge->source = "what if, by --say";
  pledge->status = PLN_STATUS_ASSUMED;
}

static gboolean find_answer(const char *word, PlnPledgeAnswer *answer, GError **error) {
  for (guint k = PLN_PLEDGE_YES; k < PLN_PLEDGE_KINDS; k++)
    if (strcmp(word, pln_pledge_words[k]) == 0) {
      *answer = (PlnPledgeAnswer)k;
      return TRUE;
    }
  g_autofree char *all = g_strjoinv(", ", (char **)pln_pledge_words + 1);
  return pln_asked_refuse(error, "unknown answer", word, all, pln_pledge_words + 1);
}

/* On @place, or for -1 wherever the state is still to vote.  Returns: on how many */
static guint put_answers(PlnScenario *s, int place, const char *code, PlnPledgeAnswer answer) {
  guint n = 0;
  for (guint i = 0; i < s->proposals->len; i++) {
    const PlnProposal *p = pln_scenario_proposal(s, i);
    if ((place >= 0 && (guint)place != i) || !may_say(p, code))
      continue;
    put_answer(s, (int)i, p->roster->state[pln_roster_find(p->roster, code)]->code, answer);
    n++;
  }
  return n;
}

gboolean pln_whip_say(PlnScenario *s, const char *text, int place, GError **error) {
  g_autofree char *left = g_strdup(text);
  char *equals = strrchr(left, '='), *colon = strchr(left, ':');
  const char *code = left;
  PlnPledgeAnswer answer = PLN_PLEDGE_NOT_HEARD;
  if (!equals || equals == left)
    return pln_asked_refuse(error, "unreadable answer", text, "such as FRA=leans-yes", NULL);
  *equals = '\0';
  if (colon && colon < equals) {
    *colon = '\0';
    code = colon + 1;
  }
  return find_place(s, code == left ? NULL : left, &place, error) &&
         find_answer(equals + 1, &answer, error) &&
         (put_answers(s, place, code, answer) > 0 || refuse_state(s, place, code, error));
}

guint pln_whip_redact(PlnScenario *s) {
  guint before = s->pledges->len;
  for (guint i = before; i-- > 0;)
    if (g_array_index(s->pledges, PlnPledge, i).private)
      g_array_remove_index(s->pledges, i);
  for (guint i = 0; i < s->inputs->len; i++) {
    PlnInput *input = &g_array_index(s->inputs, PlnInput, i);
    if (strcmp(input->name, "whip.csv") != 0)
      continue;
    g_free(input->sha256);
    input->sha256 = g_strdup("redacted");
  }
  return before - s->pledges->len;
}
