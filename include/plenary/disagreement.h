/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Disagreement: what each would have if the talks on an issue fail, and so what it gains by an
 *  agreement; what the solutions of Nash and of Kalai and Smorodinsky start from.
 *
 *  The utility of x is 1 - |x - x_k| / R, so that the gain of actor k is, in units of the scale,
 *  far_k - |x - x_k|, with far_k how far from its position disagreement leaves it:
 *
 *  - reference: |D - x_k|, D the reference point;
 *  - worst: the distance of that held position (of anyone who takes part) which is furthest from it:
 *    no agreement is worse to each than whatever position held it likes least.
 *
 *  Heard are those with weight (capability times salience above 0): one that can do nothing, or does
 *  not care, neither counts nor stands in the way.  With a reference point all of them gain only where
 *  all stand on the same side of it; else D itself is the outcome, and the words say so.  Under worst
 *  every point between the outermost positions of the heard is a gain to all, or nothing to some.
 *  Nothing is allocated but by set_up.  Source: reference F5; Nash 1950, Econometrica 18:155-162; Kalai
 *  and Smorodinsky 1975, Econometrica 43:513-518.  Checked by tests/unit/test_nash.c. */
#pragma once
#include "plenary/once.h"

typedef struct {
  const PlnFloor *floor;
  guint n;          /* heard, by position, ascending */
  double *x, *w, *far;
  double outcome;     /* where there is nothing to solve: it, or NAN */
  const char *words;  /* why, or NULL: solve */
} PlnDisagreement;

/** Finds the best of what all gain by: at least one is heard. */
typedef double (*PlnDisagreementSolve)(const PlnDisagreement *disagreement);

/** set_up of a method that finds the best so; its other parts are PLN_ONCE. */
PlnRun *pln_disagreement_run(guint n, guint m, const PlnMethodOptions *options,
                             PlnDisagreementSolve best);
