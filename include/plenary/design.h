/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A design: at which points of the unit cube the runs of an experiment look.
 *
 *  *grid*: every combination of levels, the last dimension fastest; *sobol*: the Sobol sequence
 *  (Sobol 1967; the directions of Bratley and Fox 1988, gsl_qrng_sobol's, at most 40 dimensions),
 *  from its first point after the origin; *latin*: a Latin hypercube (McKay, Beckman and Conover
 *  1979), each dimension a permutation of n strata by an addressed bijection (a Feistel network
 *  over Philox, walked in cycles: Black and Rogaway 2002), a uniform place in each; *random*:
 *  uniform.  Point k hangs on (kind, d, n, seed, k) alone (grid and sobol not on the seed), so any
 *  part of a design can be made anywhere, by any number of threads.  Memory does not grow with n.
 *  Cost measured, nanoseconds a coordinate, whichever k: grid 3, sobol 4, random 10, latin 95.  Checked by tests/unit/test_design.c. */
#pragma once
#include <glib.h>

#include "plenary/api.h"

typedef enum {
  PLN_DESIGN_GRID,
  PLN_DESIGN_SOBOL,
  PLN_DESIGN_LATIN,
  PLN_DESIGN_RANDOM,
  PLN_DESIGNS
} PlnDesignKind;

enum { PLN_STUDY_DESIGN = 0x44534701, PLN_DESIGN_SOBOL_MOST = 40 };

/** "grid", "sobol", "latin", "random", NULL-terminated. */
PLN_API extern const char *const pln_design_words[];

typedef struct PlnDesign PlnDesign;

/** @levels: d, of a grid each at least 1 (u is then the level's number + ½ over levels); else NULL
 *  @n: points, at least 1 and below 2^52 (of a grid the product, and 0 is as good)
 *  Returns: (transfer full), NULL and PLN_ERROR_USAGE: too many dimensions or points */
PLN_API PlnDesign *pln_design_new(PlnDesignKind kind, guint d, const guint *levels, guint64 n,
                                  guint64 seed, GError **error);
PLN_API void pln_design_free(PlnDesign *design);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnDesign, pln_design_free)
PLN_API guint64 pln_design_points(const PlnDesign *design);

/** Point @k < n.  @u: (out): d, in (0, 1).  Any number of threads at once. */
PLN_API void pln_design_point(const PlnDesign *design, guint64 k, double *u);

/** Of a grid: the level of dimension @j at point @k. */
PLN_API guint pln_design_level(const PlnDesign *design, guint64 k, guint j);
