/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Recurrence: a question as an earlier roll call come again.
 *
 *  Much of what the Assembly votes on returns year after year nearly vote by vote.  So each
 *  earlier roll call t of a window is a forecast: state i answers as it did, but for a chance
 *  of having changed that is its own (its changes between roll calls that returned within the
 *  window, drawn towards the mean of all) and depends on what it answered.  Roll calls weigh
 *
 *    log w_t = kappa . sum of log P_i(evidence | its vote in t) + title + day + age
 *
 *  title: PLN_LIKE_TITLE times the cosine of their titles' words, weighted by rarity; day: how
 *  far apart in the year they fall; age: a session back costs.  Title and day are known before a
 *  vote is.  kappa below 1, since states' changes hang together.  Whoever did not vote in t has
 *  the shares of the evidence.  The chances of a state with evidence are also told without
 *  that piece (leave one out), by which forecasters are weighed.
 *
 *  Source: reference F9, "recurring resolutions".  Checked by tests/unit/test_recurrence.c. */
#pragma once
#include "plenary/evidence.h"
#include "plenary/vote_matrix.h"

enum { PLN_LIKES = 8 };

/** An earlier roll call, and what it weighs. */
typedef struct {
  guint call; /* row of the matrix */
  double weight;
} PlnLike;

typedef struct PlnRecurrence PlnRecurrence;

/** The roll calls of sessions @from to @to of @history, which is to outlive it.
 *  @code: n codes of states, in the order in which evidence will come (an electorate's)
 *  Returns: (transfer full), or NULL where no roll call lies in them */
PLN_API PlnRecurrence *pln_recurrence_new(const PlnVoteMatrix *history, int from, int to, guint n,
                                          const char *const *code);
PLN_API void pln_recurrence_free(PlnRecurrence *recurrence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnRecurrence, pln_recurrence_free)

PLN_API const PlnVoteMatrix *pln_recurrence_history(const PlnRecurrence *recurrence);

/** How well the roll calls fit what is known, as such: for all kappas alike. */
typedef struct {
  guint m;         /* roll calls */
  double *fit;     /* m: sum of log P(evidence | t) */
  double *prior;   /* m: title, day and age */
  double share[3]; /* of the answers known, one of each added */
} PlnFitting;

PLN_API PlnFitting *pln_recurrence_fit(const PlnRecurrence *recurrence, const char *title,
                                       PlnDay day, int session, const PlnEvidence *evidence);
PLN_API void pln_fitting_free(PlnFitting *fitting);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnFitting, pln_fitting_free)

/** @chance: (out caller-allocates): n x 3
 *  @without: (out caller-allocates): n x 3: of states with evidence, without it; else as @chance
 *  @like: (out) (nullable): PLN_LIKES; Returns: how many of them there are */
PLN_API guint pln_recurrence_chances(const PlnRecurrence *recurrence, const PlnFitting *fitting,
                                     const PlnEvidence *evidence, double kappa, double *chance,
                                     double *without, PlnLike *like);
