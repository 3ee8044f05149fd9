/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Presence: how likely each state is to be absent when a vote is taken.
 *
 *  Absence is an event of its own, never an abstention and never part of the scale of answers.
 *  A state was present where it said yes, no or abstain, absent where it was a member and did
 *  not vote (PLN_VOTE_X); what is PLN_VOTE_UNKNOWN says nothing.  Each state's chance of
 *  absence has a Beta posterior; its prior Beta(a, b) is estimated from all states together,
 *  by the maximum likelihood of the beta-binomial (Skellam 1948, Journal of the Royal
 *  Statistical Society B 10:257-261), so that a state seen little is taken for one like the
 *  others.  Where that cannot be done (fewer than two states, nobody ever absent, everybody
 *  always) it is Jeffreys' Beta(1/2, 1/2).
 *
 *  Roll calls may have weights, so that recent sessions tell more.  There are two intervals.
 *  That of the chance takes roll calls for independent, which they are not: absences come in
 *  bunches, which the number @bunching tells, and a state changes its ways or loses its vote,
 *  which the counts by session show.  That of a session is where the share of roll calls that
 *  it misses in a session like those seen will lie, from how much the shares of all states
 *  change from one session to the next (Beta, with the mean as above and @clumping as the
 *  correlation of two roll calls of a session).  Measured once, General Assembly, sessions
 *  65-74, each from those since 55 with a decay of 0.8: the first, of 90 %, held half of the
 *  shares of the session to come, the second 94 %.
 *
 *  Errors: none; there is always an answer.  The logarithms of the gamma function and the
 *  incomplete beta function are GSL's.  Cost: one pass over the matrix, then some 20 passes
 *  over the states and 180 incomplete beta functions a state: 25 ms for 193 states.
 *  Checked by tests/unit/test_presence.c. */
#pragma once
#include "plenary/vote_matrix.h"

typedef struct {
  const double *weight; /* n_calls of the matrix, none below 0; NULL: each 1; 0 leaves out */
  const guint8 *hide;   /* n_calls x n_voters, 1 = unseen; NULL: none */
  int from, to;         /* sessions, both included; -1: open */
} PlnPresenceOptions;

typedef struct {
  guint eligible, absent;   /* roll calls: member then; did not vote */
  double a, b;              /* the posterior Beta(a, b) of its chance of absence */
  double chance, low, high; /* its mean, and the quantiles of 5 % and 95 % */
  double session_low, session_high; /* the same of its share in a session */
} PlnAbsence;

typedef struct {
  guint n_states; /* every voter of the matrix, in its order */
  guint n_calls;  /* that were looked at */
  double a, b;    /* the prior */
  gboolean fitted; /* or Jeffreys' */
  PlnAbsence *state; /* n_states */
  guint n_sessions;
  int *session_name;        /* n_sessions, as they come in the matrix */
  guint *eligible, *absent; /* n_sessions x n_states: roll calls */
  /* Variance of the number absent in a roll call over what it would be if each state were
   * absent independently, at its own rate of that session: 1 where they are, n where n states
   * come and go together.  NAN where no session has a state now absent, now not. */
  double bunching;
  /* Half the mean squared change of a state's share from a session to its next, over the
   * mean of share x (1 - share): 0 where shares stay, 1 where a state misses all or nothing.
   * NAN where no state has two sessions and now was absent, now not. */
  double clumping;
} PlnPresence;

/** @options: (nullable): all of the matrix
 *  Returns: (transfer full) */
PLN_API PlnPresence *pln_presence_new(const PlnVoteMatrix *matrix,
                                      const PlnPresenceOptions *options);
PLN_API void pln_presence_free(PlnPresence *presence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnPresence, pln_presence_free)

/** Weights that fall with age: @rate (0.8) to the power of the sessions between a roll call's
 *  and the last one; 1 where it has none.
 *  @weight: (out caller-allocates): n_calls */
PLN_API void pln_presence_decay(const PlnVoteMatrix *matrix, double rate, double *weight);
