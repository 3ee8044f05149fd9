/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A known tally: who voted how, where only the totals are known, exactly.
 *
 *  Each of n voters votes Y, N, A or X by chances of its own, apart from the others.  Once it
 *  is published that so many voted each way, the chances are others: what a voter does not
 *  another must have done.  Here they are counted, not approximated: forward and backward
 *  over the box of partial counts (three of them; the fourth is what is left), only where the
 *  totals can still be reached.  (For two kinds the field says conditional Poisson sampling:
 *  Chen, Dempster and Liu 1994, doi:10.1093/biomet/81.3.457.)
 *
 *  First the chances are raked: each kind is multiplied by a factor common to all voters, and
 *  each voter divided by its sum, until the sums over the voters are the totals.  That leaves
 *  the distribution given the totals what it was, brings the totals to where the mass is, so
 *  that nothing that counts underflows, and is itself the fast approximation.  The factors
 *  are found by Newton's method, with steps of iterative proportional fitting (Deming and
 *  Stephan 1940) first and where it does not gain.  How far raked chances lie from the exact,
 *  on random voters and totals drawn from them, the worst and the mean of one chance:
 *
 *      4 voters  0.30  0.032        60 voters   0.17   0.0035
 *      20        0.31  0.010        193         0.017  0.0010
 *
 *  Voters whose vote is known are left out, and the totals lessened, by the caller.  Nothing
 *  is allocated: the caller gives pln_tally_room doubles.  One order of summation: the same
 *  bytes whatever the compiler, the optimisation and the registers.
 *
 *  Cost, with b the product of the three smaller totals plus one each: O(n b) in time; b
 *  doubles for the log, 2 b sqrt(n) for chances and draws (every sqrt(n)-th of the tables is
 *  kept, those between are made again).  Measured, 193 voters with 23-102-26-42, AMD EPYC, gcc 12
 *  -O2: 8 MB; milliseconds with AVX-512, AVX2 and SSE2: log 1.4, 1.3, 2.0, chances 4.9, 4.8,
 *  8.5.  With 48 or 49 of each kind, AVX-512: 32 MB, log 3.5, chances 16.
 *  Checked by tests/unit/test_tally.c against every assignment of up to eight voters (errors
 *  below 1e-12, whatever the chances), closed forms, and draws counted. */
#pragma once
#include <stddef.h>

#include "plenary/draw.h"
#include "plenary/rule.h"

typedef struct {
  uint32_t n;
  const double *chance; /* n x PLN_VOTE_KINDS, voter by voter, none negative; a voter's need
                           not sum to 1: only the log hangs on their scale */
  uint32_t total[PLN_VOTE_KINDS];
} PlnTallyCase;

typedef enum {
  PLN_TALLY_DONE,
  PLN_TALLY_IMPOSSIBLE, /* no assignment of chance above 0 has these totals */
  PLN_TALLY_UNEVEN,     /* raking alone: the sums were not brought to the totals (never met) */
} PlnTallyResult;

typedef enum { PLN_TALLY_FOR_LOG, PLN_TALLY_FOR_CHANCES, PLN_TALLY_FOR_DRAWS } PlnTallyTask;

/** The doubles of room that a task takes; 0 where it is more than memory can be. */
size_t pln_tally_room(const PlnTallyCase *tally, PlnTallyTask task);

/** The raked chances: each voter's sum to 1, each kind's to its total within 1e-10 (and
 *  1e-13 n, where that is more).
 *  @raked: n x PLN_VOTE_KINDS; where impossible, not to be used
 *  Where a kind of some voter is never part of an assignment with these totals, it is 0.
 *  Cost O(n) a step, about ten steps: 14 microseconds for 193 voters. */
PlnTallyResult pln_tally_rake(const PlnTallyCase *tally, double *raked);

/** The log of the chance of exactly these totals; -inf where impossible. */
PlnTallyResult pln_tally_log(const PlnTallyCase *tally, double *room, double *log);

/** Each voter's chance of each kind given the totals.
 *  @given: n x PLN_VOTE_KINDS: sums over voters are the totals within 1e-12 (193 voters; 1e-9
 *     and better of 1000), over kinds 1
 *  @log: as by pln_tally_log, or NULL */
PlnTallyResult pln_tally_chances(const PlnTallyCase *tally, double *room, double *given,
                                 double *log);

/** Votes drawn given the totals, exactly: @draws at once, as the tables are made but once.
 *  @stream: one of each draw, n uniforms of which are used up
 *  @vote: @draws x n, draw by draw: each has the totals
 *  Cost: the tables (2.5 ms in the house above), then 22 ns a vote. */
PlnTallyResult pln_tally_draw(const PlnTallyCase *tally, uint32_t draws, PlnDraw *stream,
                              double *room, PlnVote *vote);
