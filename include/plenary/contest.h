/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A contest: i challenges j to adopt its position, and the others take sides.
 *
 *  Everything is as some actor h sees it: that the utility of k for something at distance d is
 *  u = (1 - d)(1 + d r), r = (2 risk_h + risk_k) / 3 (it takes the others to be more like itself than
 *  they are).  What a loses where it adopts b's position is L_ab = 1 - u_ab, its weight W = salience
 *  over all issues times capability.  The two bring W_i L_ij and W_j L_ji.  A third party n judges by
 *  the contest of these two and itself: p = the share of i's side, n's vote W_n (L_nj - L_ni) added to
 *  whichever it favours; it then throws in, for i where positive and for j where negative,
 *
 *      W_n (p L_ni - (1 - p) L_nj)
 *
 *  (who wins keeps its position, who loses adopts the winner's, and a third party has a share in the
 *  fate of those it sided with).  P is the share of i's side in the sum; 1/2 of nothing.  The gain that
 *  each expects, against nobody's moving, S_j how much the challenged cares:
 *
 *      of i:  L_ij (1 - 2 S_j (1 - P))        of j:  -L_ji (1 - 2 S_j (1 - P))
 *
 *  as the challenged gives in with chance 1 - S_j, and the contest decides otherwise.
 *  Cost: n for one contest.  Source: Wise, Lester and Efird 2015; sim/model/README.md, Spatial.
 *  Checked by tests/unit/test_spatial.c. */
#pragma once
#include <glib.h>

typedef struct {
  guint n, stride;  /* stride: n rounded up to eight */
  double *distance; /* n x stride: of column k's ideal point from row j's position, 0 to 1; else 0 */
  double *risk;     /* stride */
  double *weight;   /* stride: W, 0 beyond n */
  double *salience; /* n: S, 0 to 1 */
} PlnContest;

/** Room for @most actors, all zero.  Returns: (transfer full) */
PlnContest *pln_contest_set_up(guint most);
void pln_contest_free(PlnContest *contest);

/** Of @n actors, no more than there is room for. */
void pln_contest_shape(PlnContest *contest, guint n);

/** What @i loses by adopting @j's position, as it sees it: it cannot gain more by a challenge. */
double pln_contest_loss(const PlnContest *contest, guint i, guint j);

/** P, that @i prevails over @j, as @h sees it. */
double pln_contest_chance(PlnContest *contest, guint h, guint i, guint j);

/** What @i, and what @j, expects to gain by @i's challenge, each as it sees it itself; @chance as the
 *  same sees it. */
double pln_contest_of_challenger(PlnContest *contest, guint i, guint j, double *chance);
double pln_contest_of_challenged(PlnContest *contest, guint i, guint j, double *chance);
