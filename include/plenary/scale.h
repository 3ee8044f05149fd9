/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A scale: the positions of the voters on one dimension, the curves of the roll calls, and
 *  how sure each is.  (The field's "ideal points".)
 *
 *  A voter at x_i draws u = slope_j x_i + e, e ~ N(0,1), and answers by the roll call's one
 *  cut or two (include/plenary/curve.h).  Priors: x ~ N(0,1), slopes and cuts ~ N(0, 5^2)
 *  unless set, the gap between two cuts a gamma density.  The scale is the joint mode of
 *  everything (include/plenary/axis.h), the positions' own uncertainty taken account of in the
 *  slopes (pln_axis_soften: with 60 answers a voter 90 % intervals cover 90 % of positions,
 *  and without 86 %), then moved and stretched so that the positions have
 *  mean 0 and standard deviation 1 over the voters that answered at all; curves go along.
 *  Two voters may fix the polarity; else the first voter off the middle stands below it.
 *
 *  Standard errors are marginal: from the inverse of the whole curvature at the mode (the
 *  roll calls eliminated exactly), carried through the standardisation.  They therefore
 *  include what the roll calls are not sure of, and nothing along the two directions
 *  that standardising takes away.  Likewise those of the curves.  (Above 1,500 voters each
 *  is taken by itself, and `words` says so.)
 *
 *  Whatever is missing, an answer is given: a voter without answers stands where the prior
 *  has it, with the prior's error; separated votes stay finite by the prior; where no
 *  roll call divides, or voters differ in nothing, all stand at 0 and `words` says so.
 *
 *  Cost: a fit of 200,000 cells 0.08 s (two classes) or 0.15 s (three), the errors
 *  O(n_calls n_states^2 + n_states^3): 0.02 s for 1,172 x 193.  Memory: 40 bytes a cell.
 *  Deterministic: one thread, same bytes on every machine.
 *  Sources: reference F9; Clinton, Jackman, Rivers 2004 (APSR 98:355-370); Bailey, Strezhnev,
 *  Voeten 2017 (JCR 61:430-456) for the ordered answers.
 *  Checked by tests/unit/test_scale.c. */
#pragma once
#include "plenary/cells.h"
#include "plenary/curve.h"

typedef struct {
  double slope_sd, cut_sd;    /* 5, 5 */
  double gap_shape, gap_rate; /* three classes: gap^(shape - 1) exp(-rate gap) */
  const double *weight;       /* n_calls, at least 0, 1 = a whole vote; NULL: all 1 */
  int plus, minus;            /* these states stand above and below 0; or -1 */
  guint softenings;           /* 2: how often the positions' uncertainty is looked at; 0: never */
  guint rounds;               /* at most, each time */
  double tolerance;           /* of the objective, in units of log likelihood */
} PlnScaleOptions;

typedef struct {
  guint n_states, n_calls, classes;
  double *position, *error; /* n_states */
  PlnCurve *curve;          /* n_calls; with two classes high = low */
  PlnCurve *curve_error;    /* n_calls: standard errors */
  double *curve_covariance; /* n_calls x 6: of slope, low, high, by rows 00 10 11 20 21 22 */
  double log_likelihood;    /* of the cells, weighted, at the mode */
  gsize cells;              /* with a weight above 0 */
  guint rounds;
  gboolean converged;
  char *words;              /* what was not as it should be, one sentence; NULL: nothing */
} PlnScale;

PLN_API PlnScaleOptions pln_scale_options(void);

/** Returns: (transfer full): never NULL */
PLN_API PlnScale *pln_scale_new(const PlnCells *cells, const PlnScaleOptions *options);
PLN_API void pln_scale_free(PlnScale *scale);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnScale, pln_scale_free)

/** The chances of a state's answers in a roll call, the errors of its position and of the
 *  curve integrated over (taken as normal, and independent of each other).
 *  @chance: classes */
PLN_API void pln_scale_chance(const PlnScale *scale, guint state, guint call, double *chance);
