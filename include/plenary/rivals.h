/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Rivals: the plain forecasts that a whip count has to beat, each from the votes known and
 *  from earlier roll calls.
 *
 *  shares      the shares of the answers known, one answer (a third of each) added
 *  groups      the shares within the state's group, one answer of all the known added
 *  neighbours  the answers of the five states with a known one that agreed most with it in
 *              the roll calls before, each weighing the same, one answer of the shares added
 *  scale       an ordered probit on a one-dimensional position (scale.h); the roll call's
 *              slope and cuts from the votes known, under weak normal priors, and the errors
 *              of position and curve integrated over
 *  earlier     the roll calls before, weighing exp(kappa . sum of log P(known | its vote));
 *              a state answers as it did then, but for a share of answers that follow the
 *              shares; whoever has no vote there follows the shares too
 *  pool        the product of powers of the five
 *  unordered   a multinomial logit on the same position: no answer lies between the others; the
 *              roll call's starts and slopes from the votes known, under weak normal priors
 *              centred on the shares and 0.  For comparison with scale alone: not of the pool
 *
 *  All see the same: the contested roll calls of the sessions before and the votes known.  The
 *  few numbers in them were found on sessions 65-69, with histories of the five before.
 *
 *  Cost: new O(calls n^2), a question O(known (calls + n)): 0.8 ms for 193 states and 420 roll
 *  calls.  Source: reference F9, "Figures to beat".  Checked by tests/unit/test_rivals.c. */
#pragma once
#include "plenary/cells.h"
#include "plenary/curve.h"

typedef enum {
  PLN_RIVAL_SHARES,
  PLN_RIVAL_GROUPS,
  PLN_RIVAL_NEIGHBOURS,
  PLN_RIVAL_SCALE,
  PLN_RIVAL_EARLIER,
  PLN_RIVAL_POOL,
  PLN_RIVAL_UNORDERED,
  PLN_RIVALS
} PlnRival;

extern const char *const pln_rival_names[PLN_RIVALS];

typedef struct PlnRivals PlnRivals;

/** The contested roll calls of sessions @from to @to of @history, which is to outlive it.
 *  @group: n_voters: of each voter a number, or -1; NULL: no groups
 *  Returns: (transfer full), or NULL where no roll call lies in them */
PLN_API PlnRivals *pln_rivals_new(const PlnVoteMatrix *history, int from, int to, double lopsided,
                                  const int *group);
PLN_API void pln_rivals_free(PlnRivals *rivals);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnRivals, pln_rivals_free)

/** From any thread.
 *  @known: n_voters: 0 no, 1 abstain, 2 yes, or PLN_ANSWER_NONE
 *  @chance: (out caller-allocates): PLN_RIVALS x n_voters x 3: never 0 */
PLN_API void pln_rivals_ask(const PlnRivals *rivals, const guint8 *known, double *chance);

/** Where the scale of the history has @voter, in its standard deviations, or NAN where it has no
 *  vote there.  Which end is which is the scale's own choice. */
double pln_rivals_position(const PlnRivals *rivals, guint voter);

/** The curve of a roll call, from @n answers at positions @x: the mode, with its covariance
 *  by rows 00 10 11 20 21 22.  Slope and cuts have normal priors of standard deviation 2 and
 *  3, the gap a gamma density of shape 2 and mean 1. */
PLN_API PlnCurve pln_rival_curve(guint n, const double *x, const guint8 *answer,
                                 double covariance[6]);

/** What a roll call's answers weigh: answer k at x exp(a_k + b_k x).  The mode and its covariance,
 *  a_0 b_0 a_1 b_1 a_2 b_2; rows of the covariance are 8 apart. */
typedef struct {
  double at[6], covariance[48];
} PlnRivalChoice;

/** Likewise without an order of the answers: starts a_k have normal priors around log @share of
 *  standard deviation 1.5, slopes b_k around 0 of standard deviation 2.  Without answers: @share
 *  everywhere, but for what not being sure of it levels. */
void pln_rival_choice(guint n, const double *x, const guint8 *answer, const double share[3],
                      PlnRivalChoice *choice);

/** The chances at @x, known with @error; both errors integrated over about: a difference of
 *  utilities of variance v counts 1/sqrt(1 + pi v / 8) of itself (MacKay 1992, Neural
 *  Computation 4:720-736, pair by pair). */
void pln_rival_choice_chance(const PlnRivalChoice *choice, double x, double error,
                             double chance[3]);
