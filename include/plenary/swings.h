/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Swings: of how many coalitions, size by size, a member turns defeat into victory.
 *
 *  Shapley-Shubik, Banzhaf and Coleman, and power with abstention under a rule of members, are
 *  sums over these numbers with other weights.  They reach 2^192 for 193 members, hence GMP: no
 *  overflow, no rounding.  Members of one type (game.h) have the same and are counted once.
 *
 *  Two ways, both exact; the cheaper one is taken.  *Generating function*: the number of
 *  coalitions by size and weight, a row a size; a row is one GMP integer whose digits, of as many
 *  limbs as the largest needs, are the counts, so that a member is multiplied in by shifted
 *  additions of whole rows; one member is divided out again by an alternating sum over the rows'
 *  running totals, read only where the quota lies (formulas F7).  Weights are divided by what they
 *  have in common; only weights below the quota, or, in the dual game, below what blocks, are
 *  kept.  *Halves*: the subsets of either half of the members, by size, sorted by weight, are
 *  matched; any weights, up to some forty members.
 *
 *  Cost measured (AMD EPYC, one core; scripts/bench-power): 60 members with weights of 10^6 in all
 *  6 ms (nearly equal) to .23 s; 193 members with 2·10^5 in all .6 s, with 10^6 in all 2.7 s and
 *  2 GB; halves of 27 members 1.4 ms, of 42 .55 s.
 *  Checked by tests/unit/test_swings.c: every coalition of up to twelve members by hand; both ways
 *  against each other; 193 equal members against binomials. */
#pragma once
#include <gmp.h>

#include "plenary/game.h"

typedef struct {
  guint n, types;
  guint *type;    /* n */
  mpz_t *winning; /* n + 1: winning coalitions by size */
  mpz_t *swing;   /* types x n: coalitions of that many others that lose without a member of the
                     type and win with it */
} PlnSwings;

typedef enum { PLN_SWINGS_CHEAPER, PLN_SWINGS_GENERATING, PLN_SWINGS_HALVES } PlnSwingsWay;

/** Returns: (transfer full), or NULL where @way would take more than a few seconds or 2 GB: then
 *  power is sampled */
PLN_API PlnSwings *pln_swings_new(const PlnGame *game, PlnSwingsWay way);
PLN_API void pln_swings_free(PlnSwings *swings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnSwings, pln_swings_free)
