/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the files of outcome share: points, and chances given one.
 *
 *  A point is a draw of the factors that stands in a batch of stratified ones; it leaves each
 *  state its chances, and the question a chance.  Checked by tests/unit/test_outcome.c. */
#pragma once
#include "plenary/margin.h"
#include "plenary/outcome.h"

/** What a task needs of its own to take chances given the factors: of one thread. */
typedef struct {
  const PlnOutcomeCase *question;
  gboolean exact; /* the rule is a margin */
  PlnMargin margin;
  gsize n_pad;
  double *yes, *no, *abstain; /* n_pad: the last given */
  double *tilted;             /* 3 x n_pad */
  double *room;               /* of the margin */
} PlnOutcomeGiven;

PlnOutcomeGiven *pln_outcome_given_new(const PlnOutcomeCase *question);
void pln_outcome_given_free(PlnOutcomeGiven *given);

/** The states' chances at @z, 1 + f, known votes held.  Returns: the known votes' chance */
double pln_outcome_given_at(PlnOutcomeGiven *given, const double *z);

typedef struct {
  double adopted, consensus, voted; /* in all; that nobody asks; that it is voted and adopted */
} PlnOutcomeParts;

/** By the chances that stand in yes, no, abstain.  Only where exact. */
PlnOutcomeParts pln_outcome_parts(PlnOutcomeGiven *given);

/** The unit vector, 1 + f, along which the expected margin moves most, taken where it is about 0
 *  (as near as three standard deviations come). */
void pln_outcome_direction(PlnOutcomeGiven *given, double *direction);

/** One batch. @z: points x (1 + f) */
void pln_outcome_batch(guint f, const double *direction, PlnDraw stream, guint points, double *z);

/** Whether a tally is adopted, by vote or without: 0 … 1.
 *  @silent: n + 1: the chance that of so many no none asks; NULL where a vote is taken at once */
double pln_outcome_of_tally(const PlnOutcomeCase *question, const double *silent,
                            const PlnTally *tally, PlnVerdict *verdict);

/** Returns: n + 1, or NULL */
double *pln_outcome_silent(const PlnOutcomeCase *question);

/** The tally of @vote, known votes held in it. */
PlnTally pln_outcome_tally(const PlnOutcomeCase *question, const PlnVote *vote);

/** From the plain draws: all but chances and ways, and drawn. */
void pln_outcome_draws(const PlnOutcomeCase *question, const PlnOutcomeOptions *options,
                       PlnOutcomeResult *result);

void pln_outcome_ways(const PlnOutcomeCase *question, const PlnOutcomeOptions *options,
                      PlnOutcomeResult *result);
