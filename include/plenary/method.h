/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A method of bargaining: one small interface, one file a method.
 *
 *      run = method->set_up(n, m, options);   room for talks of this shape; the only allocation,
 *                                             but for deals where they are recorded
 *      method->start(run, talks);             the positions of round 0, the forecast from them
 *      while (!method->converged(run))        PLN_TALKS_END_NOT_YET
 *        method->step(run);                   one round: positions, outcome, deals
 *      method->free(run);
 *
 *  A step that finds that nothing can be done leaves everything, round too, as it was: the run has
 *  then converged.  A run can be started again on other talks of the same shape (Monte Carlo);
 *  `talks` must live as long as the run uses it.  After start and after each step the run shows
 *  where the actors stand, the forecast of each issue and, of methods that give a distribution, its
 *  chances.  A method that forecasts from where actors stand, without rounds, has converged when it
 *  has started.
 *  Nothing is random but the order of ties where one is asked for.  Deals are recorded only where
 *  `deals` is not NULL: it is cleared by each step.  pln_course_new (course.h) drives a run and
 *  keeps what it showed.  Kernels: no globals, nothing printed.
 *
 *  Talks from which nothing can be said (nobody, nobody with weight) get words and NAN; those with
 *  nothing to bargain for, words and the one position there is.  The order of the actors decides
 *  nothing but ties; a scale that is stretched or shifted takes everything along.
 *  Checked by tests/unit/test_method.c, which holds every method to this contract. */
#pragma once
#include "plenary/floor.h"

/** How an actor's vote between two outcomes grows with the difference d of its utilities. */
typedef enum {
  PLN_LAW_PROPORTIONAL, /* d */
  PLN_LAW_BINARY,       /* sign d */
  PLN_LAW_MOSTLY,       /* .8 d + .2 sign d */
  PLN_LAW_MIXED,        /* ½ d + ½ d³ */
  PLN_LAW_CUBIC,        /* d³ */
} PlnLaw;

/** Who challenges an outcome that stands. */
typedef enum {
  PLN_CHALLENGERS_UNIFORM,     /* every other alike: a Markov chain's long run */
  PLN_CHALLENGERS_CONDITIONAL, /* p ∝ the product of its victories */
  PLN_CHALLENGERS_INCENTIVE,   /* by the support for the challenge, times its victory */
} PlnChallengers;

/** What is left where the talks fail, for nash and kalai-smorodinsky. */
typedef enum {
  PLN_DISAGREE_REFERENCE, /* the issue's reference point */
  PLN_DISAGREE_WORST,     /* no agreement is worse to each than any position held */
} PlnDisagree;

PLN_API extern const char *const pln_law_words[], *const pln_challengers_words[],
    *const pln_disagree_words[];

typedef struct {
  gboolean reference;    /* challenge: with the reference point (F3) */
  double q;              /* challenge: the chance Q that the other would stay; 1 */
  PlnLaw law;            /* condorcet */
  PlnChallengers challengers;
  guint exponent;        /* 1, 2, 4, 8 */
  gboolean risk;         /* condorcet: risk from a first election, as in that program's recipe */
  gboolean capability_alone; /* weights without salience */
  PlnDisagree disagree;
  double n_power, m_power; /* spatial: of salience, of strength; 2, 2 */
  double still;          /* spatial: ends below this share of the first round's move; .02 */
  guint ties;            /* exchange: 0 the stated order, else the number of a random one */
  guint64 seed;          /* of that order */
  gboolean both_ways;    /* exchange: without the bound on upward plans that reference F6's numbers
                            have in them; the scale then has no direction */
} PlnMethodOptions;

/** F2 with Q 1; proportional, uniform, exponent 1; reference; 2, 2; .02; ties 0. */
PLN_API PlnMethodOptions pln_method_options(void);

/** What came between two actors. */
typedef enum {
  PLN_DEAL_CONFRONTATION, /* moves to the other's position, which would have fought */
  PLN_DEAL_COMPROMISE,    /* moves part of the way */
  PLN_DEAL_CAPITULATION,  /* moves all of it */
  PLN_DEAL_CONFLICT,      /* both would challenge: nobody moves */
  PLN_DEAL_EXCHANGE,      /* `actor` moves on `issue`, `other` on `issue2` in return */
  PLN_DEAL_BARGAIN,       /* the mean of two positions, weighted */
} PlnDealKind;

PLN_API extern const char *const pln_deal_words[];

typedef struct {
  PlnDealKind kind;
  guint actor, other, issue; /* actor moves on issue; other is whose demand it meets */
  double from, to;           /* of actor on issue */
  double own, others;        /* what actor and other expect of it: utilities, or gains; the mover's
                                own first, whatever the method's paper calls a and b */
  int issue2;                /* of an exchange, else -1 */
  double from2, to2;         /* of other on issue2 */
} PlnDeal;

typedef enum {
  PLN_TALKS_END_NOT_YET,
  PLN_TALKS_END_ONCE,    /* the method has no rounds */
  PLN_TALKS_END_STILL,   /* nobody moves any more */
  PLN_TALKS_END_SETTLED, /* moves have become smaller than the method's measure */
  PLN_TALKS_END_NOTHING, /* there is nothing to bargain for: see the words */
} PlnTalksEnd;

PLN_API extern const char *const pln_talks_end_words[];

/** What every method's run begins with. */
typedef struct {
  const PlnTalks *talks;
  guint n, m, round;     /* round: how many steps since the start */
  double *position;      /* n x m: where they stand now; NAN where the talks have NAN */
  double *outcome;       /* m: the forecast; NAN where none can be made */
  double *chance;        /* n x m: the chance that the outcome is this actor's position, actors at
                            one position share theirs alike; NULL of methods that give a point */
  const char **words;    /* m: what there is to say of the issue (static text), or NULL */
  gboolean *settled;     /* m: nothing happens on the issue any more */
  guint ties;            /* how many ties were decided by order since the start */
  double *externality;   /* exchange alone: deals x n, beside deals, what each meant to each actor
                            in utility, salience times hundredths of the scale; NULL else */
  GArray *deals;         /* (nullable) PlnDeal, of the last step; the caller's */
} PlnRun;

typedef struct {
  const char *name, *title, *source;
  gboolean rounds;      /* moves in rounds */
  gboolean together;    /* over all issues at once; else issue by issue */
  gboolean distribution; /* gives chances beside the forecast */
  gboolean replication; /* shown to repeat a publication, never a forecast */
  guint usual;          /* rounds where none are asked for */
  PlnRun *(*set_up)(guint n, guint m, const PlnMethodOptions *options);
  void (*start)(PlnRun *run, const PlnTalks *talks);
  void (*step)(PlnRun *run);
  PlnTalksEnd (*converged)(const PlnRun *run);
  void (*free)(PlnRun *run);
} PlnMethod;

/** compromise, median, challenge-literal, challenge-scholz, condorcet, nash, kalai-smorodinsky,
 *  exchange, spatial: in this order. */
PLN_API extern const PlnMethod *const pln_methods[];
enum { PLN_METHODS = 9 };

/** NULL where none has that name. */
PLN_API const PlnMethod *pln_method_find(const char *name);

/** The parts that every run has, in a block of @size bytes that begins with PlnRun; round 0.
 *  @chance: whether the method gives a distribution.  For the methods' set_up and free alone. */
gpointer pln_run_new(gsize size, guint n, guint m, gboolean chance);
void pln_run_clear(PlnRun *run);

/** Positions from the talks, outcome NAN, no words, round 0: what each start begins with. */
void pln_run_start(PlnRun *run, const PlnTalks *talks);

/** Notes a deal, where deals are wanted. */
void pln_run_deal(PlnRun *run, const PlnDeal *deal);

extern const PlnMethod pln_method_compromise, pln_method_median, pln_method_challenge_literal,
    pln_method_challenge_scholz, pln_method_condorcet, pln_method_nash,
    pln_method_kalai_smorodinsky, pln_method_exchange, pln_method_spatial;
