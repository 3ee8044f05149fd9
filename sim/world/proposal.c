/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/proposal.h"

#include <string.h>

const char *const pln_kind_words[] = {"text",      "amendment", "deletion",
                                      "paragraph", "motion",    "whole", NULL};
const char *const pln_motion_words[] = {"",           "no-action", "division", "competence",
                                        "adjournment", "closure",   "reconsideration", NULL};
const char *const pln_record_words[] = {"", "complete", "partial", "tally", "outcome", NULL};
const char *const pln_result_words[] = {"",        "adopted",   "rejected", "adopted-without-vote",
                                        "not-put", "withdrawn", "?",        NULL};
const char *const pln_not_voting_words[] = {"",        "absent",      "present",
                                            "arrears", "credentials", NULL};

const char *pln_kind_yes(PlnKind kind) {
  static const char *const yes[] = {"adopts", "amends", "deletes", "keeps", "carries", "adopts"};
  return yes[kind];
}

char *pln_proposal_question(const PlnProposal *p) {
  const char *what = *p->provision && strcmp(p->provision, "?") != 0 ? p->provision : NULL;
  if (*p->question)
    return g_strdup(p->question);
  switch (p->kind) {
  case PLN_KIND_AMENDMENT:
    return g_strdup_printf("Shall %s be amended?", what ? what : "the text");
  case PLN_KIND_DELETION:
    return g_strdup_printf("Shall %s be deleted?", what ? what : "the provision (not known)");
  case PLN_KIND_PARAGRAPH:
    return g_strdup_printf("Shall %s be kept?", what ? what : "the paragraph");
  case PLN_KIND_MOTION:
    return g_strdup("Shall the motion be carried?");
  case PLN_KIND_WHOLE:
    return g_strdup("Shall the text as a whole be adopted?");
  default:
    return g_strdup("Shall the text be adopted?");
  }
}

gboolean pln_proposal_counted(const PlnProposal *p) {
  const gint64 *t = p->total;
  gboolean totals = t[PLN_VOTE_Y] >= 0 && t[PLN_VOTE_N] >= 0 && t[PLN_VOTE_A] >= 0;
  gboolean votes = p->record == PLN_RECORD_PARTIAL || p->record == PLN_RECORD_TALLY;
  return p->record == PLN_RECORD_COMPLETE || (votes && totals);
}

PlnVote *pln_proposal_votes(const PlnProposal *p, guint32 unnamed[PLN_VOTE_KINDS]) {
  guint n = p->roster->n, left = n;
  guint32 named[PLN_VOTE_KINDS] = {0};
  PlnVote *vote = g_new(PlnVote, n + 1);
  gboolean counted = pln_proposal_counted(p);
  for (guint i = 0; i < n; i++) {
    vote[i] = p->ballot[i].vote;
    if (vote[i] == PLN_VOTE_UNKNOWN && !counted)
      vote[i] = PLN_VOTE_X;
    if (vote[i] == PLN_VOTE_UNKNOWN)
      continue;
    named[vote[i]]++;
    left--;
  }
  for (PlnVote k = 0; k < PLN_VOTE_X; k++) {
    unnamed[k] = p->total[k] >= 0 ? (guint32)p->total[k] - named[k] : 0;
    left -= unnamed[k];
  }
  unnamed[PLN_VOTE_X] = left;
  return vote;
}
