/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A chamber: the seats before a vote, what is known of each, and the forecast that follows.
 *
 *  Each seat rests on the best that is known of it: its vote on record; what was heard of itself,
 *  put together with what would be said of it without; the position that holds for it
 *  (spoken.h); the electorate alone, given all of these for the others; or, where the
 *  electorate does not know it, the shares of the others.  What each says is evidence to the
 *  electorate too (prior.h, pool.h), asked between pln_chamber_evidence and pln_chamber_answer.
 *  What is common to seats (the question, the error of a row's position) ties them together: a
 *  factor for each of the electorate's, then one for each row that speaks for seats, the rows
 *  with most seats first where there is no room for all.
 *
 *  A position p becomes support u = 2.08 (p - 50)/50 on the scale of the noise, the band of
 *  indifference +-0.674; an ideal point x on an issue's scale u = 2.08 (|x - status quo| -
 *  |x - proposal|) / |proposal - status quo|.  To the electorate a position is a noisy observation
 *  of u, with the variance 1 of the noise and that of the position, times the seats that the row
 *  speaks for, since its error is common to them.  Beside what a state said itself the forecast of
 *  it is taken to be worth nothing three times in a hundred.
 *
 *  Nothing is allocated; the caller gives lists and room.  Cost O(n (factors + rows)).
 *  Source: reference F9.  Checked by tests/unit/test_chamber.c and test_outlook.c. */
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "plenary/api.h"
#include "plenary/evidence.h"
#include "plenary/forecast.h"
#include "plenary/rule.h"

/** u at 100, and half the band of indifference. */
#define PLN_CHAMBER_FIRM 2.08
#define PLN_CHAMBER_BAND 0.674

typedef enum {
  PLN_SEAT_RECORD,   /* its vote is on record */
  PLN_SEAT_STANCE,   /* a stated position */
  PLN_SEAT_HEARD,    /* what was heard of it, with the electorate */
  PLN_SEAT_FILLED,   /* the electorate, given what is known of others */
  PLN_SEAT_SHARES    /* unknown to the electorate: shares of what is known */
} PlnSeatBasis;

/** Lists are the caller's, n each. */
typedef struct {
  uint32_t n;
  const int32_t *place;     /* in the electorate, or -1 */
  const PlnVote *known;     /* PLN_VOTE_UNKNOWN where it is not on record */
  const double *likelihood; /* n x 3: of what was heard, given no, abstain, yes; all alike where
                               nothing was; or NULL: nothing was of any */
  const int32_t *won;       /* the row that holds, a number of the caller's; or -1 */
  const double *position, *sd; /* where a row holds */
  double at, status_quo;    /* of the proposal on the scale; at below 0: on none */
} PlnChamber;

/** Support and its standard deviation of a position; @at as in PlnChamber. */
void pln_chamber_support(double at, double status_quo, double position, double sd, double *support,
                         double *support_sd);

/** Chances of no, abstain, yes of a position known to within @sd. */
void pln_chamber_position(double at, double status_quo, double position, double sd,
                          double chance[3]);

/** @basis: (out): n
 *  @own: (out): n: what is known of each seat, as evidence to the electorate at its place */
void pln_chamber_evidence(const PlnChamber *chamber, PlnSeatBasis *basis, PlnEvidence *own);

/** The electorate's answer, by places: chances given all evidence, and without a state's own
 *  piece; and loadings on f factors.  As PlnPooled has them. */
typedef struct {
  uint32_t f;
  const double *chance, *without; /* places x 3 */
  const double *loading;          /* places x f */
} PlnChamberAnswer;

/** @chance, @without: (out): n x 3: no, abstain, yes, given that it votes; without: but for what
 *     it said itself */
void pln_chamber_chances(const PlnChamber *chamber, const PlnSeatBasis *basis,
                         const PlnEvidence *own, const PlnChamberAnswer *answer, double *chance,
                         double *without);

/** The rows that have a factor of their own, in the order of their factors.
 *  @row: (out): n: their numbers; Returns: how many */
uint32_t pln_chamber_rows(const PlnChamber *chamber, const PlnSeatBasis *basis, uint32_t shared,
                          int32_t *row);

/** The doubles of a forecast of @n seats and @f factors. */
#define PLN_CHAMBER_ROOM(n, f) (((size_t)(n) + 7) / 8 * 8 * (4 + (size_t)(f)))

/** The forecast; its factors are the electorate's, then the @rows of @row.
 *  @chance: n x 3.  @absent: n: the chance of absence, 0: never, 1: always.
 *  @turnout: as in PlnForecast
 *  @room: PLN_CHAMBER_ROOM(n, answer->f + rows), where its arrays will lie */
PlnForecast pln_chamber_forecast(const PlnChamber *chamber, const PlnSeatBasis *basis,
                                 const PlnChamberAnswer *answer, const double *chance,
                                 const double *absent, double turnout, uint32_t rows,
                                 const int32_t *row, double *room);
