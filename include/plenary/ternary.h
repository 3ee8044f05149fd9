/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Power with abstention: yes, no and abstain, each as likely for everybody, apart from one
 *  another (Felsenthal and Machover 1997; reference F7).
 *
 *  Of a member and each step down, from yes to no, from yes to abstain, from abstain to no: the
 *  share of what the others may do, 3^(n-1) in all, where the step turns adoption into defeat.
 *  Exact: the numbers of yes, abstain and no, apart for veto holders, each as often as it can
 *  come about, decided by pln_rule_decide itself.  Of a rule with weights where an abstention
 *  counts in its base (or as no) to abstain is not to vote for it: it follows from the sets of
 *  those that vote yes, by swings.h, or with vetoes (which an abstention does not cast) by
 *  choices.h; else every profile is gone through, up to fifteen members.
 *
 *  Cost measured (AMD EPYC, one core): 193 members, two-thirds of those voting, 2 ms, with 96
 *  vetoes 11 ms; the 27 members of the European Union, double majority, 1 ms, with two vetoes
 *  20 ms.
 *  Checked by tests/unit/test_ternary.c: the reference's table (tests/power/abstention.csv),
 *  and every profile of up to six members. */
#pragma once
#include <glib.h>
#include <gmp.h>

#include "plenary/rule.h"

typedef enum { PLN_STEP_YES_NO, PLN_STEP_YES_ABSTAIN, PLN_STEP_ABSTAIN_NO, PLN_STEPS } PlnStep;

/** "yes to no" … */
PLN_API extern const char *const pln_step_words[PLN_STEPS];

typedef struct {
  guint n, types;
  guint *type;  /* n */
  mpq_t passes; /* the share of all 3^n profiles that are adopted */
  mpq_t *step;  /* types x PLN_STEPS */
} PlnTernary;

/** @weight, @veto: n, or NULL.  A tie that is voted on again is not adopted; consensus first counts
 *  as the vote that follows.
 *  Returns: (transfer full), or NULL where it is out of reach */
PLN_API PlnTernary *pln_ternary_new(const PlnRule *rule, guint n, const guint32 *weight,
                                    const guint8 *veto);
PLN_API void pln_ternary_free(PlnTernary *ternary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnTernary, pln_ternary_free)
