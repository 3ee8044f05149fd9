/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What follows from a forecast: whether it is adopted, how the vote may fall, on whom it hangs.
 *
 *  A forecast (forecast.h) and a rule give the chance of adoption, the distribution of the tally,
 *  what each seat and each bloc decides, and the cheapest ways to turn it.  Everything is "given
 *  that it is put to a vote", or, where the rule tries consensus first, given that it is put at
 *  all: then each state that would vote no asks for a vote with the chance @asks, on its own; if
 *  none does it is adopted without one.
 *
 *  *Chance.*  The factors are drawn, the states' part is a sum (margin.h), so a draw of the
 *  factors leaves a chance, not a vote.  Within a batch each factor is stratified (Latin
 *  hypercube: McKay, Beckman and Conover 1979, Technometrics 21:239), along axes turned so that
 *  the first is the one that moves the margin most where it is about 0.  Batches are independent:
 *  the standard error is that of their means, with batches - 1 degrees of freedom (2.13 of them
 *  either way covered the truth in 92 to 98 of 100 seeds).  The fast chance of margin.h is used
 *  where it may be: averaged over points it was within 4e-8 of the exact one, at its worst point
 *  9e-6.  A rule that is no margin (weights, vetoes, a least number of yes) is counted vote by
 *  vote in the plain draws, each an independent one, and its error is theirs.
 *
 *  *Draws.*  One set of plain draws (pln_forecast_draw) gives all the rest.  A seat decides where
 *  it would be adopted with its yes and not with its no, the others as drawn.  Its swing is the
 *  chance of adoption among the draws where it votes yes less that where it votes no, which
 *  counts whom it goes with, too: no effect of its own.  Information is that of its answer
 *  (Y, N, A, X) and adoption, in bits, less the bias of counted tables (Miller 1955).  Of a bloc:
 *  all its members yes, or all no; the draws are weighted by the chance of that given the
 *  factors; every PLN_OUTCOME_EVERYth draw.
 *
 *  *Known votes* weight draws and points by the chance of those votes given the factors, and are
 *  held.  For many known votes condition the forecast instead: @effective says how many draws'
 *  worth are left.
 *
 *  *Ways.*  A state's answer is the one at the middle of its support.  A way is a set of states
 *  made to give another one, surely; its cost the sum of how far each one's support must move, in
 *  standard deviations of it (forecast.h), till that is the answer in the middle.  Those whose
 *  middle is to stay away are let be.  Found greedily, then each state left out that is not
 *  needed; so a way turns it (on the points of one batch, @chance: to within 0.005 or so), but a
 *  cheaper one may exist (none did in the test's cases of five states, of all sets there are).
 *
 *  A tie that is voted on again counts as not adopted.  Chances from so many draws are never
 *  shown as 0 or 1: pln_outcome_shown.
 *
 *  The same bytes for any number of threads.  Checked by tests/unit/test_outcome.c, small cases
 *  against every assignment summed over a grid of the factor. */
#pragma once
#include <glib.h>

#include "plenary/forecast.h"
#include "plenary/rule.h"

/** How often blocs are looked at; and the studies that chance is drawn for (draw.h). */
enum {
  PLN_OUTCOME_EVERY = 4,
  PLN_STUDY_OUTCOME_DRAWS = 0x4f555401,
  PLN_STUDY_OUTCOME_POINTS = 0x4f555402,
  PLN_STUDY_OUTCOME_SITTING = 0x4f555403,
};

/** One question.  All is the caller's and must live as long as it is used. */
typedef struct {
  const PlnForecast *forecast;
  const PlnRule *rule;   /* as at a first vote */
  const guint32 *weight; /* n, or NULL: each 1 */
  const guint8 *veto;    /* n, or NULL: none */
  const PlnVote *known;  /* n, PLN_VOTE_UNKNOWN where not; or NULL: none */
  double asks;           /* consensus first alone: the chance that one who would vote no asks */
} PlnOutcomeCase;

typedef struct {
  guint64 seed;
  guint draws;           /* plain ones */
  guint batches, points; /* of the chance: at least 2 batches */
  guint threads;         /* 0: as many as there are processors */
  double level;          /* of the chance that a way crosses */
  guint n_blocs;
  const guint8 *member;  /* n_blocs x n, bloc by bloc, nonzero: a member; they may overlap */
  gboolean ways;         /* whether they are looked for */
} PlnOutcomeOptions;

/** 20000 draws, 16 batches of 320 points, one thread, level 1/2, no blocs, no ways. */
PlnOutcomeOptions pln_outcome_options(void);

typedef struct {
  double value, error; /* standard error of chance alone */
} PlnOutcomeChance;

/** Quantiles at 5, 25, 50, 75 and 95 %: the least value with so much at or below it. */
enum { PLN_OUTCOME_QUANTILES = 5 };
typedef struct {
  double mean, sd;
  gint quantile[PLN_OUTCOME_QUANTILES];
} PlnOutcomeSpread;

/** Of a seat, or a bloc voting as one.  NaN where the draws hold none to tell. */
typedef struct {
  double decides;
  double swing, swing_error;
  double bits;                 /* of a bloc NaN */
  double answer[PLN_VOTE_KINDS]; /* its chances; of a bloc the mean numbers */
} PlnOutcomeSeat;

typedef struct {
  guint seat;
  PlnVote from, to;
  double cost;
} PlnOutcomeMove;

typedef enum { PLN_WAY_FEWEST, PLN_WAY_LEAST, PLN_WAY_BLOC, PLN_WAYS } PlnOutcomeAim;

/** Fewest states; least total move; least total move within one bloc.  n 0: there is none (other
 *  than those before it: no two are alike). */
typedef struct {
  guint n;
  PlnOutcomeMove *move; /* n, in the order chosen */
  double cost, chance;  /* in all; of adoption then */
  gint bloc;            /* -1 but for the last */
} PlnOutcomeWay;

typedef struct {
  guint n, n_blocs, draws;
  double effective;          /* draws, where votes are known; else draws */
  PlnOutcomeChance adopted;  /* by consensus or by vote */
  PlnOutcomeChance consensus; /* that nobody asks; 0 where it is not tried */
  PlnOutcomeChance by_vote;  /* given that it comes to a vote */
  PlnOutcomeChance drawn;    /* as adopted, from the plain draws */
  gboolean counted;          /* whether adopted is drawn: the rule is no margin */
  PlnOutcomeSpread count[PLN_VOTE_KINDS];
  PlnOutcomeSpread margin;   /* yes less the least yes that the rule needs */
  double *yes;               /* n + 1: the chance of so many yes */
  PlnOutcomeSeat *seat;      /* n */
  PlnOutcomeSeat *bloc;      /* n_blocs */
  double now;                /* the chance on the points by which ways are judged */
  PlnOutcomeWay way[PLN_WAYS];
} PlnOutcomeResult;

/** Cost, 193 states, 40 factors, AMD EPYC with AVX-512, one core, milliseconds: the chances 15
 *  (standard error 0.0003 to 0.0008 where adoption is in doubt; twice that of the chance given
 *  that it comes to a vote), and 6 more with consensus first; 20000 draws 30, ten blocs 17 more;
 *  ways 20 to 100. */
PlnOutcomeResult *pln_outcome_new(const PlnOutcomeCase *question, const PlnOutcomeOptions *options);
void pln_outcome_free(PlnOutcomeResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnOutcomeResult, pln_outcome_free)

/** The chances alone: adopted, consensus, by_vote (and drawn, where counted). */
void pln_outcome_chances(const PlnOutcomeCase *question, const PlnOutcomeOptions *options,
                         PlnOutcomeResult *result);

/** @chance as it may be shown: not nearer to 0 or 1 than half a draw of @draws. */
double pln_outcome_shown(double chance, guint draws);

/** Several questions in one sitting.  Their forecasts have the same states and the same common
 *  factors, whose draws they share; states' own parts are apart. */
typedef struct {
  guint k;
  double *adopted;   /* k: each one's chance */
  double *error;     /* k */
  double *both;      /* k x k: that both are adopted */
  double *fall;      /* k x k: that both fall */
  double *together;  /* k x k: correlation of adoption; 0 where one is certain */
  double *passed;    /* k + 1: the chance that so many are adopted */
  guint n_pairs;
  guint (*pair)[2];  /* n_pairs: all pairs, those first that fall together most beyond chance */
} PlnOutcomeSitting;

/** @question: k of them, without known votes */
PlnOutcomeSitting *pln_outcome_sitting_new(const PlnOutcomeCase *question, guint k,
                                           const PlnOutcomeOptions *options);
void pln_outcome_sitting_free(PlnOutcomeSitting *sitting);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnOutcomeSitting, pln_outcome_sitting_free)
