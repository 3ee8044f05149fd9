/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Positions that drift from session to session, on one dimension, with the curves of
 *  every roll call.  (The field's "dynamic ideal points".)
 *
 *  A state's position goes as a random walk over the sessions in which it votes, with
 *  innovation_sd a session (times the root of the sessions between), and in each session is
 *  held by a normal prior of hold_sd about 0; roll calls are as in include/plenary/scale.h,
 *  with tighter priors, which hold each session's unit.  The fit is the joint mode
 *  (include/plenary/axis.h).
 *
 *  The innovation: the log loss of a hidden tenth of all sessions is flat from 0.2 to 0.6
 *  (.3185 to .3193), so 0.5 was taken, by which the means over sessions agree best with
 *  the published ones.
 *
 *  What a vote model cannot tell by itself, the unit of one session against the next, is
 *  settled by rule: states that vote in two successive sessions keep, as a body, their mean
 *  and spread (`linked`); all state-sessions together have mean 0 and standard deviation 1.
 *  So new members move the Assembly's mean and old ones do not; what moves the old ones
 *  all alike is invisible.  Unlinked, the fit's own unit is kept, which rests on the walk's
 *  smoothness alone.
 *
 *  Standard errors: the inverse of each state's tridiagonal curvature, with what the
 *  uncertainty of the curves takes from each state's own information.  What errors states
 *  share (a session's unit) the linking defines away.
 *
 *  Cost: 740,000 cells over 74 sessions 0.6 s, three classes; 40 bytes a cell.
 *  Deterministic: one thread, same bytes on every machine.
 *  Sources: reference F9; Martin and Quinn 2002 (Political Analysis 10:134-153) for the walk;
 *  Bailey, Strezhnev, Voeten 2017 (JCR 61:430-456) for the Assembly.
 *  Checked by tests/unit/test_drift.c. */
#pragma once
#include "plenary/cells.h"
#include "plenary/curve.h"

typedef struct {
  double innovation_sd;       /* 0.5 a session; 0: estimated (expectation and maximisation) */
  double hold_sd;             /* the prior of a position in any session */
  double slope_sd, cut_sd;
  double gap_shape, gap_rate; /* three classes: gap^(shape - 1) exp(-rate gap) */
  const double *weight;       /* n_calls, at least 0; NULL: all 1 */
  int plus, minus;            /* these states stand above and below 0, on average; or -1 */
  gboolean linked;
  guint rounds;               /* at most */
  double tolerance;           /* of the objective, in units of log likelihood */
} PlnDriftOptions;

typedef struct {
  guint n_states, n_sessions, n_calls, classes;
  double *position, *error; /* n_sessions x n_states, session by session; NaN where the
                               state gave no answer in the session */
  double *mean;             /* n_states: over the sessions it voted in; NaN where none */
  guint *session;           /* n_calls: of the roll call */
  PlnCurve *curve;          /* n_calls: on its session's positions */
  PlnCurve *curve_error;    /* n_calls: standard errors */
  double *curve_covariance; /* n_calls x 6: of slope, low, high, by rows 00 10 11 20 21 22 */
  double innovation_sd;     /* as set or estimated, in the fit's own unit, */
  double *unit;             /* n_sessions: of which a session's positions have so many to one */
  double log_likelihood;
  guint n_positions;        /* state-sessions */
  guint rounds;
  gboolean converged;
  char *words;              /* what was not as it should be, one sentence; NULL: nothing */
} PlnDrift;

PLN_API PlnDriftOptions pln_drift_options(void);

/** Returns: (transfer full): never NULL */
PLN_API PlnDrift *pln_drift_new(const PlnCells *cells, const PlnDriftOptions *options);
PLN_API void pln_drift_free(PlnDrift *drift);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnDrift, pln_drift_free)

/** The chances of a state's answers in a roll call, errors integrated over (as
 *  pln_scale_chance does).  A state without a position in that session has that of the
 *  nearest session it has one in, the walk's variance added; without any, all are 1/classes.
 *  @chance: classes */
PLN_API void pln_drift_chance(const PlnDrift *drift, guint state, guint call, double *chance);
