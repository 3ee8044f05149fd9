/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The curve of a roll call: the chance of each answer at a position, and its derivatives.
 *
 *  A voter at x draws u = slope x + e, e ~ N(0,1), and answers 0 (no) below the low cut,
 *  the highest class (yes) above the high one, 1 (abstains) between.  With two classes
 *  there is one cut and the high one equals the low.  The log likelihood is concave in
 *  (slope x, low, high) jointly, so its curvatures below are those of a positive
 *  semidefinite matrix.
 *
 *  The blocks take arrays whose length is a multiple of PLN_CURVE_LANES, in plain + - * /
 *  and the core's own exp and log without branches: compilers vectorise them, and every
 *  lane has the same bytes in any of them.  They allocate nothing.  Cost: one evaluation
 *  of (log Phi, phi / Phi) a cell below or above, two and an exp, a log more between.
 *  Sources: reference F9; Bock and Lieberman 1970 (Psychometrika 35:179-197), Samejima 1969.
 *  Checked by tests/unit/test_scale.c (against differences). */
#pragma once
#include <glib.h>

#include "plenary/api.h"

enum { PLN_CURVE_LANES = 8 };

typedef struct {
  double slope, low, high;
} PlnCurve;

/** The answer lies on one side of a cut: log likelihood, its derivative in slope x, and
 *  minus the second one.
 *  @side: 1 above the cut, -1 below it
 *  @n: a multiple of PLN_CURVE_LANES
 *  @x, @log, @gradient, @weight: n each, not overlapping */
void pln_curve_beyond(gsize n, const double *x, double slope, double cut, double side, double *log,
                      double *gradient, double *weight);

/** The derivatives of a cell that lies between the cuts, n of each. */
typedef struct {
  double *log;
  double *low, *high;                      /* d/d low (below 0) and d/d high (above 0) */
  double *low_low, *low_high, *high_high;  /* minus the second derivatives */
} PlnCurveBetween;

/** The answer lies between the cuts; the derivative in slope x is -(low + high). */
void pln_curve_between(gsize n, const double *x, const PlnCurve *curve, const PlnCurveBetween *out);

/** The chance of each answer where position and curve are known only with errors: normal,
 *  and independent of each other; integrated over in closed form, each cut by itself.
 *  @covariance: of slope, low, high, by rows 00 10 11 20 21 22; NULL: the curve is known
 *  @classes: 2 or 3
 *  @error: the position's standard error
 *  @chance: classes; they add up to 1 */
PLN_API void pln_curve_chance(const PlnCurve *curve, const double *covariance, guint classes,
                              double x, double error, double *chance);
