/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Evidence: what is known beforehand of a state's answer to a question.
 *
 *  A vote that is known, an answer that was heard (how likely it is from a state that will
 *  vote no, abstain, vote yes: relative numbers), or a stated position (the support u with
 *  the variance that it may be off by).  A known vote is the likelihood 1 of one answer and 0
 *  of the others.  Checked by tests/unit/test_update.c. */
#pragma once
#include <stdint.h>

typedef enum { PLN_EVIDENCE_NONE, PLN_EVIDENCE_ANSWER, PLN_EVIDENCE_SUPPORT } PlnEvidenceKind;

typedef struct {
  PlnEvidenceKind kind;
  double likelihood[3];     /* ANSWER: given no, abstain, yes; none negative, not all 0 */
  double support, variance; /* SUPPORT: of u without its noise; above 0 */
} PlnEvidence;

/** A vote that is known: @answer 0 no, 1 abstain, 2 yes. */
static inline PlnEvidence pln_evidence_vote(uint32_t answer) {
  PlnEvidence evidence = {PLN_EVIDENCE_ANSWER, {0, 0, 0}, 0, 0};
  evidence.likelihood[answer] = 1;
  return evidence;
}
