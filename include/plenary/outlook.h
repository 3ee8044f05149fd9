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
 *  (Of the 47 sponsors of 74/247, firm support, 42, or 89 %, voted yes and none no.)  How a
 *  position becomes support, and all of these a forecast, is chamber.h's.
 *
 *  Presence is the electorate's: a chance of absence for each state, and absences in bunches.
 *  The age of the electorate, in years beyond the usual one, widens support.
 *  Source: reference F9.  Checked by tests/unit/test_outlook.c. */
#pragma once
#include "plenary/chamber.h"
#include "plenary/forecast.h"
#include "plenary/pledge.h"
#include "plenary/predictor.h"
#include "plenary/scenario.h"
#include "plenary/stance.h"

/** u at 100, and half the band of indifference. */
#define PLN_OUTLOOK_FIRM PLN_CHAMBER_FIRM
#define PLN_OUTLOOK_BAND PLN_CHAMBER_BAND
/** How absences hang together: with the usual rates this makes the number absent vary
 *  twenty times as much as independent absences would, as in the sessions of 1946 to 2019 (presence.h, bunching). */
#define PLN_OUTLOOK_TURNOUT 0.5

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
  double *likelihood;    /* n x 3: of what was heard, given no, abstain, yes; all alike where
                            nothing was */
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
