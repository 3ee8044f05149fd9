/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The margin: how far a vote lies from what a rule asks for, and the chance that it is
 *  adopted, exactly.
 *
 *  Each answer adds a whole number to the margin D: where a share num/den is asked for, a yes
 *  adds den - num, whatever else the share is taken of adds -num, the rest 0.  Adopted is D > 0
 *  (more than) or D >= 0 (at least), and at least one yes.  Voters answer by chances of their
 *  own, apart from one another; what they have in common is the caller's to fix and to average
 *  over.  Then D's distribution is made voter by voter: no approximation, rounding alone (below
 *  1e-13).  With an answer that adds 1 and nothing else it is the number that answer so: the
 *  Poisson binomial.
 *
 *  For an average over very many draws there is the fast chance: D's first four cumulants in
 *  Edgeworth's series, less Sheppard's corrections, as D is whole (Kolassa and McCullagh 1990,
 *  doi:10.1214/aos/1176347637).  It says itself where it holds: then the error is below 1e-3.
 *  Measured against the exact one, on random electorates: 193 voters (80 000 of them), worst
 *  error 3.4e-4, holding for a simple majority of those voting in 96 of 100, two thirds 92, a
 *  majority of members 99, three fifths of those present 40; 8 to 199 voters (400 000), worst
 *  error 9.2e-4, above a variance of 64 1.2e-4.  It does not hold where few are in doubt or
 *  hardly anybody abstains: D is odd or even then, as the number of voters is.
 *
 *  Not of this kind: vetoes, weights, blocking minorities, consensus, a least number of yes
 *  above one (pln_margin_of_rule says so).  Nothing is allocated.  One order of summation: the
 *  same bytes whatever the compiler, the optimisation and the registers.
 *
 *  Cost: O(n^2 w), w the most that two answers differ by; fast O(n).  Measured, 193 voters, AMD
 *  EPYC, gcc 12 -O2, microseconds with AVX-512, AVX2 and SSE2: a simple majority exactly 6, 6,
 *  14, fast 0.27, 0.27, 0.5; two thirds exactly 23, 20, 52.
 *  Checked by tests/unit/test_margin.c against every assignment of up to eight voters, counted by
 *  pln_rule_decide. */
#pragma once
#include <stddef.h>

#include "plenary/rule.h"

typedef struct {
  int32_t add[PLN_VOTE_KINDS]; /* to D, by answer */
  bool strict;                 /* D > 0, else D >= 0 */
} PlnMargin;

/** Of n voters; an X is what the others leave.  An array may be NULL: nobody answers so.
 *  (Where X adds what A does, A need not be given apart.) */
typedef struct {
  uint32_t n;
  const double *yes, *no, *abstain; /* n each, not negative, together at most 1 */
} PlnMarginChances;

/** Place j is the chance of D = least + j. */
typedef struct {
  int64_t least;
  size_t n;
  const double *chance; /* n, in the room */
} PlnMarginSpread;

/** Whether @rule at the stage of a first vote asks for nothing but a margin and one yes (a tie that
 *  is voted on again is not adopted); if so, which.  With a fraction of 0 one yes is all.
 *  @margin: in lowest terms */
bool pln_margin_of_rule(const PlnRule *rule, PlnMargin *margin);

/** D = the number that answer @kind, which is not X. */
PlnMargin pln_margin_count(PlnVote kind);

/** The doubles of room for @n voters; 0 where it is more than memory can be. */
size_t pln_margin_room(const PlnMargin *margin, uint32_t n);

/** D's distribution, all of it.  @room: overwritten, holds the answer */
PlnMarginSpread pln_margin_spread(const PlnMargin *margin, const PlnMarginChances *chances,
                                  double *room);

/** The chance of adoption.  @room: overwritten */
double pln_margin_chance(const PlnMargin *margin, const PlnMarginChances *chances, double *room);

/** The same, fast, approximate.  Returns: whether it is within the error stated above; false where
 *  D's distribution is too narrow or too uneven, and the exact chance is to be asked for. */
bool pln_margin_fast(const PlnMargin *margin, const PlnMarginChances *chances, double *chance);
