/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Sobol indices: how much of an outcome's variance is a dial's.
 *
 *  First order S_i: the share of the variance that would go, on average, if dial i became known.
 *  Total S_Ti: the share that would stay if all the others became known: with what it does together
 *  with them.  From a base of rows, each two independent points a and b of the cube, and a with its
 *  coordinate i from b (ab_i):
 *
 *      S_i  = mean of (f(b) - m)(f(ab_i) - f(a)) / V      Saltelli et al. 2010, Computer Physics
 *      S_Ti = mean of (f(a) - f(ab_i))² / 2 / V            Communications 181:259-270; Jansen 1999,
 *                                                          same journal 117:35-43
 *
 *  m and V mean and variance of all f(a) and f(b).  Intervals: percentiles of a bootstrap over rows
 *  (Archer, Saltelli and Sobol 1997).  Rows of the sobol design are the sequence's, shifted modulo 1
 *  by one uniform vector of the seed (Cranley and Patterson 1976): of the bare sequence columns hang
 *  together, its estimates are off by more than the intervals say, for every seed alike, and the
 *  bootstrap cannot see it.  Shifted, the intervals hold, and the error is less than of drawn rows.
 *  A row counts for an index where the runs it needs have a value.  Estimates are not cut off at 0
 *  or 1: what lies beyond is noise.
 *
 *  Use: for each k below pln_saltelli_points make the point, run there, y[k] is the outcome; then
 *  measure.  Point k is row k / (d + 2), and a, b, ab_0 … ab_(d-1) by k % (d + 2).
 *  Memory of measuring: 16 bytes a row and dial; time 2 ns times rows, dials, resamples.
 *  Checked by tests/unit/test_saltelli.c. */
#pragma once
#include "plenary/design.h"

enum { PLN_STUDY_SALTELLI = 0x53414c01, PLN_STUDY_SALTELLI_SHIFT = 0x53414c02 };

typedef struct {
  guint d;            /* dials, at least 1 */
  guint64 rows;       /* of the base, at least 2: 1024 … */
  PlnDesignKind kind; /* sobol (d at most 20), latin or random */
  guint resamples;
  double level;
  guint64 seed;
  guint threads;      /* of measuring; 0: as many as there are */
} PlnSaltelliOptions;

typedef struct {
  double first, first_low, first_high; /* NAN: nothing to say */
  double total, total_low, total_high;
  guint64 rows; /* whose runs all have a value */
} PlnSaltelliIndex;

typedef struct {
  double mean, variance; /* of f(a) and f(b); variance 0: nothing moves it, all indices are NAN */
  guint64 known;         /* of the 2 rows runs of a and b: with a value */
  gboolean flat;         /* variance is 0 */
} PlnSaltelliSum;

/** @d dials, @rows: sobol where d allows, else latin; 1000 resamples, 0.95, seed 1, one thread. */
PLN_API PlnSaltelliOptions pln_saltelli_options(guint d, guint64 rows);

/** rows (d + 2). */
PLN_API guint64 pln_saltelli_points(const PlnSaltelliOptions *options);

/** The base: of 2 d dimensions, not yet shifted.  (transfer full); NULL and PLN_ERROR_USAGE as pln_design_new */
PLN_API PlnDesign *pln_saltelli_design(const PlnSaltelliOptions *options, GError **error);

/** @design: of pln_saltelli_design; @u: (out): d, in (0, 1).  Any number of threads at once. */
PLN_API void pln_saltelli_point(const PlnSaltelliOptions *options, const PlnDesign *design,
                                guint64 k, double *u);

/** @y: pln_saltelli_points; NAN: that run has no value
 *  @index: (out): d */
PLN_API void pln_saltelli_measure(const PlnSaltelliOptions *options, const double *y,
                                  PlnSaltelliSum *sum, PlnSaltelliIndex *index);
