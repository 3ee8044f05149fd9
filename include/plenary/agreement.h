/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Agreement: how often two states that both answered gave the same answer.
 *
 *  Two measures of it.  The same: the share of those roll calls with one answer.  Half way:
 *  the mean of 1 - |difference| / 2 with no, abstain, yes as 0, 1, 2, so that an abstention
 *  stands half way between yes and no (Lijphart 1963, American Political Science Review
 *  57:902-917).  Of two classes both are the same.  Neither is corrected for the agreement
 *  that chance alone would give: it is high where most votes are yes, so read differences.
 *
 *  The cells are turned into a set of bits for each state and answer, and pairs are counted
 *  64 roll calls at a time.  Cost: n^2 calls / 64 x 3 words of bits: 193 states in 1,172 roll
 *  calls 2 ms.  Checked by tests/unit/test_agreement.c. */
#pragma once
#include "plenary/cells.h"

typedef enum { PLN_AGREEMENT_SAME, PLN_AGREEMENT_HALF_WAY } PlnAgreementKind;

/** Counts of roll calls, n x n each and symmetric; on the diagonal those that the state
 *  answered, 0 in opposed. */
typedef struct {
  guint n;          /* states */
  guint32 *both;    /* both answered */
  guint32 *same;    /* of these: one answer */
  guint32 *opposed; /* of these: yes against no (of two classes: against not yes) */
} PlnAgreement;

/** Of the roll calls @calls, rows of @cells: a period, or a sample in which some stand
 *  more than once and count so often.
 *  @calls: (nullable): @n_calls rows; NULL: all
 *  Returns: (transfer full) */
PLN_API PlnAgreement *pln_agreement_new(const PlnCells *cells, const guint *calls, guint n_calls);
PLN_API void pln_agreement_free(PlnAgreement *agreement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnAgreement, pln_agreement_free)

/** In 0 … 1; NAN where the two never both answered. */
PLN_API double pln_agreement_of(const PlnAgreement *agreement, PlnAgreementKind kind, guint a,
                                guint b);

/** 1 - agreement.  Two states that never both answered are as far apart as those that did are
 *  on average, or 1 where no pair did.
 *  @out: (out caller-allocates): n x n, symmetric, 0 on the diagonal */
PLN_API void pln_agreement_distances(const PlnAgreement *agreement, PlnAgreementKind kind,
                                     double *out);

/** A group of states: the mean over its pairs, and over the roll calls. */
typedef struct {
  guint members;
  guint pairs;           /* that both answered at least once */
  double same, half_way; /* means over these pairs; NAN where there are none */
  guint calls;           /* in which at least two members answered */
  guint split;           /* of these: without a line (cohesion.h) */
  double cohesion;       /* mean agreement index over these; NAN where there are none */
  guint rice_calls;      /* in which at least two said yes or no */
  double rice;           /* mean over these; NAN where there are none */
} PlnGroupAgreement;

/** @agreement: of all of @cells.  Of two classes a not yes is taken for a no.
 *  @in: n, nonzero in the group
 *  Cost: a call of pln_cohesion a roll call */
PLN_API PlnGroupAgreement pln_agreement_group(const PlnAgreement *agreement, const PlnCells *cells,
                                              const guint8 *in);

/** Two states in two periods.  The error is that of independent roll calls, with one
 *  agreement and one disagreement added to each period (Agresti and Caffo 2000, The American
 *  Statistician 54:280-288) so that a period of full agreement is not taken for certain;
 *  roll calls of one text depend on each other, so it is rather too small. */
typedef struct {
  guint32 n_before, n_after; /* roll calls that both answered */
  double before, after, change; /* NAN where there are none */
  double error;                 /* standard error of the change; NAN likewise */
} PlnAgreementChange;

/** @before and @after: of the same states (pln_agreement_new with two lists of rows). */
PLN_API PlnAgreementChange pln_agreement_change(const PlnAgreement *before,
                                                const PlnAgreement *after, PlnAgreementKind kind,
                                                guint a, guint b);
