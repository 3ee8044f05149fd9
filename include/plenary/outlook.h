/* SPDX-License-Identifier: GPL-3.0-or-later */
/** An outlook: a proposal before a body, seat by seat, before it is voted on.
 *
 *  Each seat's chances rest on the best that is known of it: its vote where that is on record;
 *  what was heard of itself (pledge.h), put together with what would be said of it without; its
 *  stated position, or its bloc's (stance.h); the electorate alone, given all of these for
 *  the others; or, where the electorate does not know it, the shares of the others.  `basis`
 *  says which, seat by seat.  Beside what a state said itself the forecast of it is taken to be
 *  worth nothing three times in a hundred, so that a firm word is not outvoted by others'.
 *  What is common to seats (the question, the error of a bloc's position) ties them together,
 *  so that tallies come out as wide as they are.
 *
 *  A position p becomes support u = 2.08 (p - 50)/50 on the scale of the noise, the band of
 *  indifference +-0.674: at 0 92 % no, at 50 25 % no, 50 % abstaining, 25 % yes, at 100 92 %
 *  yes; its standard deviation likewise.  (Of the 47 sponsors of 74/247, firm support, 42, or
 *  89 %, voted yes and none no.)  An ideal point x on an issue's scale is u = 2.08 (|x -
 *  status quo| - |x - proposal|) / |proposal - status quo|.  To the electorate a position is a
 *  noisy observation of u, with the variance 1 of the noise and that of the position, times
 *  the seats that the row speaks for, since its error is common to them.
 *
 *  Presence is the electorate's: a chance of absence for each state, and absences in bunches.
 *  The age of the electorate, in years beyond the usual one, widens support.
 *  Source: reference F9.  Checked by tests/unit/test_outlook.c. */
#pragma once
#include "plenary/forecast.h"
#include "plenary/pledge.h"
#include "plenary/predictor.h"
#include "plenary/scenario.h"
#include "plenary/stance.h"
#include "plenary/update.h"

/** u at 100, and half the band of indifference. */
#define PLN_OUTLOOK_FIRM 2.08
#define PLN_OUTLOOK_BAND 0.674
/** How absences hang together: with the usual rates this makes the number absent vary
 *  twenty times as much as independent absences would, as in the sessions of 1946 to 2019 (presence.h, bunching). */
#define PLN_OUTLOOK_TURNOUT 0.5

typedef enum {
  PLN_SEAT_RECORD,   /* its vote is on record */
  PLN_SEAT_STANCE,   /* a stated position */
  PLN_SEAT_HEARD,    /* what was heard of it, with the electorate */
  PLN_SEAT_FILLED,   /* the electorate, given what is known of others */
  PLN_SEAT_SHARES    /* unknown to the electorate: shares of what is known */
} PlnSeatBasis;

/** "record", "stated", "heard", "model", "shares". */
PLN_API extern const char *const pln_seat_basis_words[];

typedef struct {
  const PlnElectorate *electorate;
  PlnPredictor *predictor;   /* of it */
  gboolean stances, pledges; /* whether positions.csv and whip.csv are used */
  gboolean record;           /* whether votes on record are known (else they are forecast) */
  gboolean no_drift;         /* leave out what the electorate's age adds */
  gboolean no_absence;       /* everybody votes */
  gboolean in_sample;        /* allow an electorate that has seen the vote */
} PlnOutlookOptions;

typedef struct {
  const PlnProposal *proposal;
  const PlnRoster *roster;
  PlnDay day;
  guint n;
  int *place;            /* n: in the electorate, or -1 */
  PlnSeatBasis *basis;   /* n */
  PlnStatus *status;     /* n: of what a seat's chances rest on; RECONSTRUCTED is never used here,
                            INFERRED is the electorate's */
  PlnVote *known;        /* n: PLN_VOTE_UNKNOWN where it is not on record */
  double *chance;        /* n x 3: no, abstain, yes, given that it votes */
  double *without;       /* n x 3: what the electorate alone says, given what is known of others */
  double *absent;        /* n: chance of absence; 1 or 0 where the vote is on record */
  PlnForecast forecast;  /* its arrays are the outlook's own */
  guint shared;          /* of its factors those of the question; the others are one a stance row */
  GPtrArray *rows;       /* const PlnStance *: of the other factors, in their order */
  PlnStances *stances;   /* or NULL */
  GPtrArray *pledge;     /* n: const PlnPledge * or NULL */
  PlnPrediction *prediction;
  double gap;            /* years from the electorate's last vote to the day; NAN: not known */
  double age;            /* years beyond the usual one that widen it */
  PlnStatus weakest;
  double *arrays;        /* owns the forecast's */
} PlnOutlook;

/** The proposal at @place before @roster on @day (a stage's; NULL and PLN_DAY_NONE: its own).
 *  Returns: NULL and PLN_ERROR_DATA where the electorate has seen the vote */
PLN_API PlnOutlook *pln_outlook_new(const PlnScenario *scenario, guint place,
                                    const PlnRoster *roster, PlnDay day,
                                    const PlnOutlookOptions *options, GError **error);
PLN_API void pln_outlook_free(PlnOutlook *outlook);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnOutlook, pln_outlook_free)

/** Support and its standard deviation of a position on @proposal. */
PLN_API void pln_outlook_support(const PlnProposal *proposal, double position, double sd,
                                 double *support, double *support_sd);

/** Chances of no, abstain, yes of a position known to within @sd. */
PLN_API void pln_outlook_position(const PlnProposal *proposal, double position, double sd,
                                  double chance[3]);

/** Years between two days, 0 where one is not known. */
PLN_API double pln_outlook_years(PlnDay from, PlnDay to);
