/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The challenge: what each actor of one issue may expect of challenging each other to come over,
 *  and who moves.
 *
 *  Here is what both readings of the model share (challenge_literal.c, challenge_scholz.c): the
 *  tables of one round of one issue, and the run that goes from round to round.  A utility no
 *  further from 0 than PLN_CHALLENGE_ZERO is 0; positions no further apart than pln_floor_apart
 *  are one.  Where all securities are equal, no risk exponent can be told: that is said in words,
 *  and nobody moves.
 *
 *  Tables are n rows of @stride columns, a multiple of PLN_FOUR_LANES; what lies beyond n is
 *  finite and counts for nothing.  Every sum is in the order of the actors, so that the bytes are
 *  the same with any registers.  Nothing is allocated but by set_up.
 *  Cost of a round: n³ (pln_challenge_beats) and 2 n² powers, scholz twice n³ and 3 n² (with Q
 *  below 1 up to 2 n² more); room 7 n² numbers.  The equations, and how the readings differ:
 *  sim/model/README.md, Bargaining.  Source: reference F2, F3.
 *  Checked by tests/unit/test_challenge.c and test_challenge_equations.c. */
#pragma once
#include "plenary/method.h"

/** Utilities are differences of numbers up to 4, relatively exact to PLN_TIE. */
#define PLN_CHALLENGE_ZERO (4 * PLN_TIE)

/** What an actor does at the end of a round: moves towards @other, or stays. */
typedef struct {
  int other; /* its place on the floor; -1: stays */
  PlnDealKind kind;
  double to, own, others; /* as in PlnDeal */
  guint ties;             /* others that would have taken it elsewhere with as good a right */
} PlnOffer;

/** One round of one issue; by place on the floor. */
typedef struct {
  guint n, stride;
  const PlnFloor *floor;
  double range, median; /* R, and where the Condorcet median stands */
  double q;             /* the chance Q that the other would stay */
  gboolean reference;   /* F3 */
  double *risk, *security; /* n: r and S */
  double *left;     /* n: the distance from the reference point, over R */
  double *distance; /* n x stride: |x_i - x_j| / R */
  double *beats;    /* n x stride: what is brought to bear for i against j; then P(i beats j) */
  double *expect;   /* n x stride: E(i challenges j), by i's own r */
  double *answer;   /* n x stride: E(j challenges i), by i's r too */
  PlnOffer *offer;  /* n */
  double *room;     /* owns the doubles */
  double *near, *far, *pull; /* scratch, n x stride */
} PlnChallenge;

/** Room for @most actors. */
PlnChallenge *pln_challenge_set_up(guint most, const PlnMethodOptions *options);
void pln_challenge_free(PlnChallenge *challenge);

/** Takes up the positions of @floor, with distances over @range: R. */
void pln_challenge_take(PlnChallenge *challenge, const PlnFloor *floor, double range,
                        double median);

/** beats[i, j] = Σ_k max(0, w_k (D_kj^r_k - D_ki^r_k)), each r of `risk`, or 1. */
void pln_challenge_beats(PlnChallenge *challenge, gboolean by_risk);

/** E of a challenge of j by i in the sight of one whose r is 1: P from `beats`. */
double pln_challenge_plain(const PlnChallenge *challenge, guint i, guint j);

/** security, and from it risk; from pln_challenge_plain.
 *  Returns: FALSE where no security differs from another */
gboolean pln_challenge_risk(PlnChallenge *challenge);

/** expect, and where @both answer, from P in `beats` and from risk. */
void pln_challenge_expect(PlnChallenge *challenge, gboolean both);

typedef struct PlnChallengeRun PlnChallengeRun;

/** How a reading goes about a round. */
typedef struct {
  gboolean fixed;  /* R is the range of round 0, not of the round */
  double settled;  /* ends when the median moves less than this share of the range of round 0, */
  guint running;   /* in so many rounds running; 0: only when nobody moves */
  gboolean (*propose)(PlnChallenge *challenge); /* sets offer; FALSE: all securities equal */
  void (*also)(PlnChallengeRun *run, guint issue); /* (nullable): deals beside the moves */
} PlnReading;

struct PlnChallengeRun {
  PlnRun run;
  const PlnReading *reading;
  PlnChallenge *challenge;
  PlnFloor *floor;
  double *range;   /* m: of round 0 */
  guint *running;  /* m: rounds in which the median hardly moved */
  gboolean *moved; /* m: somebody has moved */
  gboolean *shut;  /* m: the words say why nobody can move */
};

/** What the two methods' set_up, start, step, converged and free are made of. */
PlnRun *pln_challenge_run_new(const PlnReading *reading, guint n, guint m,
                              const PlnMethodOptions *options);
void pln_challenge_run_start(PlnRun *run, const PlnTalks *talks);
void pln_challenge_run_step(PlnRun *run);
PlnTalksEnd pln_challenge_run_converged(const PlnRun *run);
void pln_challenge_run_free(PlnRun *run);
