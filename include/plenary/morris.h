/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Morris' screening: which of many dials move an outcome at all, and which of them unevenly, from
 *  a few runs a dial.
 *
 *  A trajectory is d + 1 points: a random one, and then each dial in a random order turned by half
 *  its range, up or down.  The elementary effect of a dial is the change of the outcome per whole
 *  range: twice what the step does, a slope, so that it may be beyond what the outcome can do over
 *  the range; to people half of it is shown, the effect of the step that was made.  mu is the mean
 *  of a dial's effects, mu* of their absolute values (how much it matters), sigma their deviation
 *  (other than 0 where it is not linear, or hangs on other dials).
 *  Morris 1991, Technometrics 33:161-174; mu*: Campolongo, Cariboni and Saltelli 2007,
 *  Environmental Modelling & Software 22:1509-1518.  Levels are the middles of `levels` equal
 *  parts, (l + ½) / levels, so that ends of a normal are not asked for.
 *
 *  Use: for each k below pln_morris_points make the point, run there, y[k] is the outcome; then
 *  measure.  Point k hangs on the options and k alone.
 *  Checked by tests/unit/test_morris.c. */
#pragma once
#include <glib.h>

#include "plenary/api.h"

enum { PLN_STUDY_MORRIS = 0x4d4f5201, PLN_STUDY_MORRIS_AGAIN = 0x4d4f5202 };

typedef struct {
  guint d;            /* dials, at least 1 */
  guint trajectories; /* at least 1 */
  guint levels;       /* even, at least 2 */
  guint resamples;    /* of the intervals */
  double level;       /* of the intervals */
  guint64 seed;
} PlnMorrisOptions;

typedef struct {
  double mu, mu_star, sigma; /* in the outcome's unit per whole range; NAN: no effect is known */
  double low, high;          /* interval of mu_star: percentiles over resampled trajectories */
  guint n;                   /* effects that are known */
} PlnMorrisEffect;

/** @d dials: 20 trajectories, 4 levels, 1000 resamples, 0.95, seed 1. */
PLN_API PlnMorrisOptions pln_morris_options(guint d);

/** trajectories (d + 1). */
PLN_API guint64 pln_morris_points(const PlnMorrisOptions *options);

/** @u: (out): d, in (0, 1).  Any number of threads at once. */
PLN_API void pln_morris_point(const PlnMorrisOptions *options, guint64 k, double *u);

/** @y: pln_morris_points; NAN: that run has no value, and its effects are left out
 *  @effect: (out): d */
PLN_API void pln_morris_measure(const PlnMorrisOptions *options, const double *y,
                                PlnMorrisEffect *effect);
