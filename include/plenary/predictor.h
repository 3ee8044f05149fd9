/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A predictor: the chances of each state's answer to a question not yet voted on, from an
 *  electorate, from earlier roll calls where there are any, and from what is known of some
 *  states' answers.
 *
 *  Up to three forecasters answer: the electorate, given the evidence (update.h); and, with a
 *  record of earlier roll calls, "this is roll call t again" (recurrence.h), corrected by the
 *  electorate a little and a lot.  Their chances are pooled: the product of powers, the
 *  powers by how well each foretells every piece of evidence from the others (leave one out),
 *  and all of them raised or flattened by how well the best does.  What each has in common
 *  between states, its loadings, makes the joint forecast.  The pool's numbers were found on
 *  sessions 60-69 alone (scripts/tune-whip), histories of the five sessions before.
 *
 *  An electorate of two answers has no abstention: what little is left of its chance goes with no.
 *  An electorate grows old: the variance of support grows with the sessions between its last
 *  roll call and the question (prior.h).
 *
 *  The electorate and the history must not have seen the question, which the caller sees to
 *  (outlook.h, whip_backtest.h).  Cost: 0.5 ms for 193 states and 420 earlier roll calls.
 *  Source: reference F9.  Checked by tests/unit/test_predictor.c. */
#pragma once
#include "plenary/electorate.h"
#include "plenary/evidence.h"
#include "plenary/pool.h"
#include "plenary/prior.h"
#include "plenary/recurrence.h"

enum { PLN_EXPERTS = PLN_POOL_MOST };

typedef enum { PLN_EXPERT_NEAR, PLN_EXPERT_FAR, PLN_EXPERT_FRESH } PlnExpert;

/** What is known of a question beside the evidence. */
typedef struct {
  const char *title;           /* (nullable) "" or NULL: not known */
  PlnDay day;                  /* or PLN_DAY_NONE */
  int session;                 /* or -1 */
  const PlnEvidence *evidence; /* n of the electorate */
  double age;                  /* sessions from the electorate's last to the question beyond
                                  the one that is usual; 0 */
} PlnQuestion;

typedef struct {
  guint n, f;            /* states of the electorate; common factors */
  double *chance;        /* n x 3: no, abstain, yes; of those with evidence too, given it */
  double *without;       /* n x 3: the same, of those with evidence without their own piece */
  double *loading;       /* n x f: of support on the common factors, once standardised */
  guint experts;         /* how many answered: 1 without earlier roll calls */
  double power[PLN_EXPERTS];   /* of each in the pool; 0 where it did not answer */
  double foretold[PLN_EXPERTS]; /* mean log chance of a piece of evidence from the others */
  PlnLike like[PLN_LIKES]; /* earlier roll calls that it is most like, the likeliest first */
  guint n_likes;
  gboolean at_rest;      /* every mode was found */
} PlnPrediction;

typedef struct PlnPredictor PlnPredictor;

/** @recurrence: (nullable): of the electorate's states; kept by the caller as long as it
 *  Returns: (transfer full), or NULL and PLN_ERROR_DATA for an electorate that is none */
PLN_API PlnPredictor *pln_predictor_new(const PlnElectorate *electorate,
                                        const PlnRecurrence *recurrence, GError **error);
PLN_API void pln_predictor_free(PlnPredictor *predictor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnPredictor, pln_predictor_free)

/** The electorate as the numbers that it asks (the predictor's own). */
PLN_API const PlnPrior *pln_predictor_prior(const PlnPredictor *predictor);

/** Returns: (transfer full): never NULL, never a chance of 0 or 1 for a state without a
 *  known vote.  A predictor may be used by one thread at a time. */
PLN_API PlnPrediction *pln_predictor_ask(PlnPredictor *predictor, const PlnQuestion *question);
PLN_API void pln_prediction_free(PlnPrediction *prediction);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnPrediction, pln_prediction_free)
