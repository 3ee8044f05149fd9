/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A space: positions of states in one or many dimensions, fitted to how they voted.
 *
 *  State i in roll call j of period t: latent support
 *
 *    u = b_j . x_it + lean_i - c_j + g_j,group(i) + e,   e ~ N(0,1)
 *
 *  and the answer is no below -w, yes above w, between them an abstention, with
 *  w = exp(h_j + width_i + q_j . p_i) half the width of the band of indifference (states
 *  differ in how readily they abstain, and on what), log w held within -6 … 6.  With two
 *  classes w is 0.  A state's position in a period is its mean position plus a deviation.
 *  A chance told of a vote has a small share (lapse) of answers that are any, all as likely;
 *  the fit itself knows none.
 *
 *  The fit is the mode of the posterior: normal priors on every parameter.  Those on x and b
 *  have one precision; together they penalise the sum of the singular values of the
 *  matrix of b . x, so that one dimension too many is shrunk away instead of fitted to noise;
 *  with @flatten, dimensions that have shown themselves large are shrunk less.  By
 *  turns all roll calls and all states take a Newton step given the other side, states
 *  jointly in their mean and deviations; the same bytes for any number of threads.
 *  At the end the axes are turned into the principal ones.
 *
 *  Cost: for each round n_votes (d + e)^2 multiplications.  Memory: 8 bytes times (calls +
 *  periods x states) x (d + e), a few times over.  Sources: reference F9; Bailey,
 *  Strezhnev and Voeten 2017 (ordered answers, moving positions); Srebro, Rennie and
 *  Jaakkola 2004 (the norm).  The values of the penalties were found on cells of their own
 *  (scripts/tune), never on those that the figures of the README
 *  are taken from.  Checked by tests/unit/test_space.c. */
#pragma once
#include "plenary/cells.h"
#include "plenary/electorate.h"
#include "plenary/progress.h"

enum { PLN_SPACE_MOST = 64, PLN_SPACE_GROUPS = 24 }; /* dimensions; groups */

typedef struct {
  guint dimensions;       /* d, 1 to PLN_SPACE_MOST */
  guint width_dimensions; /* e, 0 to 8 */
  guint period;           /* sessions to a period; 0: positions stay the same throughout */
  double penalty;         /* precision of the priors on x and b */
  double drift;           /* precision of the prior on deviations */
  double flatten;         /* dimensions as large as this times the largest are shrunk half as
                             much; 0: all alike */
  const int *group;       /* n_states: a group's place, or -1; NULL: no groups */
  guint n_groups;         /* PLN_SPACE_GROUPS at the most */
  const double *weight; /* n_calls, 0 to 1: the decay of old votes; NULL: 1 */
  guint rounds;         /* at the most */
  double tolerance;     /* ends once a round can gain less than this for an answer */
  guint64 seed;         /* of the start */
  guint threads;        /* 0: as many as there are processors */
} PlnSpaceOptions;

/** What the project uses for the forecaster's electorate. */
PLN_API PlnSpaceOptions pln_space_options(void);

typedef struct {
  guint n_states, n_calls, classes, d, e, n_groups, n_periods;
  guint *period;      /* n_calls */
  int *group;         /* n_states, or NULL */
  double *position;   /* n_periods x n_states x d */
  double *error;      /* n_states x d: standard errors in the last period, given the roll calls */
  double *doubt;      /* n_states: variance that they add to u */
  double *lean, *width; /* n_states */
  double *width_position; /* n_states x e: p */
  double *slope;      /* n_calls x d: b */
  double *centre, *half; /* n_calls: c and h; h means nothing with two classes */
  double *width_slope;   /* n_calls x e: q */
  double *deviation;     /* n_calls x n_groups: g */
  double *size;          /* d: singular values, the largest first; near ties may swap */
  double *slope_mean, *slope_covariance, *group_spread; /* d, d x d, n_groups; the last with
                             the errors of the deviations, so it is that of the prior */
  double centre_mean, centre_sd, width_mean, width_sd, lapse;
  guint rounds;
  gboolean converged;
  double gain; /* what the last round promised to gain for an answer */
} PlnSpace;

/** @cells may have no roll call or no state: then nothing is fitted.  A state or roll
 *  call without answers stays at its prior.
 *  Returns: (transfer full), or NULL and PLN_ERROR_FAILED where it was interrupted,
 *  PLN_ERROR_USAGE where there are too many groups */
PLN_API PlnSpace *pln_space_fit(const PlnCells *cells, const PlnSpaceOptions *options,
                                PlnProgress *progress, GError **error);
PLN_API void pln_space_free(PlnSpace *space);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnSpace, pln_space_free)

/** The chance of each answer of @state in @call. @chance: (out): classes */
PLN_API void pln_space_chance(const PlnSpace *space, guint state, guint call, double *chance);

/** Of all cells.  @chance: (out caller-allocates): n_calls x n_states x classes */
PLN_API void pln_space_chances(const PlnSpace *space, float *chance);

/** Turns dimensions so that each state of @plus lies above its fellow of @minus: pairs for
 *  the first, second … dimension, -1 where there is none.  @n: how many pairs */
PLN_API void pln_space_orient(PlnSpace *space, guint n, const int *plus, const int *minus);
