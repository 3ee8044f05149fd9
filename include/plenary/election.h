/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The probabilistic Condorcet election: every two options stand against each other, and what the
 *  voters throw in decides how likely each is to win, and so how likely it is to stand in the end.
 *
 *  The vote of voter k between a and b is w_k f(u_ka - u_kb); the coalition C_ab is the sum of the
 *  votes for a; the victory V_ab = C_ab^q / (C_ab^q + C_ba^q), V_aa = 1/2.  The chance p is
 *
 *  - uniform challengers: of the long run of the chain that goes from b to a with chance V_ab / n;
 *  - incentive: of the chain in which a challenges b with chance C_ab V_ab / sum of C_kb V_kb over
 *    k (an option that nobody would leave stays), and wins with V_ab;
 *  - conditional: proportional to the product of an option's victories.
 *
 *  A difference of utility of no more than PLN_TIE is none; where nobody prefers either, V is 1/2 (in
 *  the chain of incentives the two then have the same, slight, incentive against each other).  The
 *  chain is solved by elimination without subtraction (Grassmann, Taksar and Heyman 1985, Operations
 *  Research 33:1107-1116), so that small chances are as exact as large ones.
 *  Nothing is allocated but by set_up.  Cost: voters times options squared for the coalitions, options
 *  cubed for the chain; 193 voters and options 1.1 ms (without wide registers 2.3).
 *  Source: reference F4 (Wise, Lester and Efird 2015); sim/model/README.md, Election.
 *  Checked by tests/unit/test_condorcet.c. */
#pragma once
#include "plenary/method.h"

typedef struct {
  guint voters, options;
  double *utility; /* voters x options: the caller's to fill */
  double *weight;  /* voters: the caller's to fill; 0 or more */
  double *coalition, *victory; /* options x options: a against b */
  double *chance;              /* options: p; sums to 1 */
  double *chain;               /* room: options x options */
} PlnElection;

/** Room for @voters and @options at most.  Returns: (transfer full) */
PLN_API PlnElection *pln_election_set_up(guint voters, guint options);
PLN_API void pln_election_free(PlnElection *election);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnElection, pln_election_free)

/** Room enough for a smaller one: utility has now @options columns. */
PLN_API void pln_election_shape(PlnElection *election, guint voters, guint options);

/** From utility and weight to coalition, victory and chance.  @exponent: q, 1 or more. */
PLN_API void pln_election_hold(PlnElection *election, PlnLaw law, PlnChallengers challengers,
                               guint exponent);

/** An actor's attitude to risk from its position's chance, between -1/2 and 1: (3 p - max - 2 min) /
 *  (2 (max - min)); 0 where all are alike. */
PLN_API void pln_election_risk(const double *chance, guint n, double *risk);
