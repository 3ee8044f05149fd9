/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/proposal.h"

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
  const char *what = *p->provision && g_strcmp0(p->provision, "?") != 0 ? p->provision : NULL;
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
    return g_strdup("Shall the text as amended be adopted?");
  default:
    return g_strdup("Shall the text be adopted?");
  }
}
