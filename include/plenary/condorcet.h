/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The Condorcet election of one issue: the options are the distinct positions of those who take part,
 *  the utility of a position is 1 - d, d its distance on the labelled scale as a share of it; or, with
 *  risk, (1 - d)(1 + d risk).
 *
 *  Risk is found as in the program of the method's authors: a first election, conditional, without
 *  risk, over the positions of all (those at one position apart), gives every position its chance, and
 *  pln_election_risk each actor's attitude.  The forecast is the mean of the positions by their chance.
 *  Weights are capability times salience, or capability alone.  Without any weight there is no election
 *  (chance NAN).  Positions that differ by no more than a tie are one option.
 *  Source: reference F4.  Checked by tests/unit/test_condorcet.c. */
#pragma once
#include "plenary/election.h"

typedef struct {
  PlnElection *election;
  guint n, options;
  double *at;      /* options: positions, ascending */
  double *chance;  /* options */
  guint *option;   /* n: which option the place's position is */
  guint *holders;  /* options: how many hold it */
  double *risk;    /* n; 0 without risk */
} PlnCondorcet;

/** Room for @most actors.  Returns: (transfer full) */
PLN_API PlnCondorcet *pln_condorcet_set_up(guint most);
PLN_API void pln_condorcet_free(PlnCondorcet *condorcet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnCondorcet, pln_condorcet_free)

/** Of @options: law, challengers, exponent, risk, capability_alone. */
PLN_API void pln_condorcet_hold(PlnCondorcet *condorcet, const PlnFloor *floor,
                                const PlnMethodOptions *options);

/** The mean of the positions by their chance; NAN without an election. */
PLN_API double pln_condorcet_mean(const PlnCondorcet *condorcet);
