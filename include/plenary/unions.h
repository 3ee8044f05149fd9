/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Unions: power where blocs vote as one (a priori unions; who is in none is one by itself).
 *
 *  Of member i of union U with u members, among m unions: N(t, a) is the number of pairs of t
 *  other unions and a other members of U that lose together and win with i.
 *    Owen:                          Σ N t!(m-1-t)!/m! a!(u-1-a)!/u!
 *    Banzhaf-Owen:                  Σ N / 2^(m-1) / 2^(u-1)
 *    symmetric coalitional Banzhaf: Σ N / 2^(m-1) a!(u-1-a)!/u!
 *  and of the union as one player (the quotient game) Shapley-Shubik and Banzhaf.  The other
 *  unions are counted by a generating function over (unions, members, weight), the members inside
 *  by one over (members, weight); each term of the shorter is asked how many of the longer, whole
 *  or in two halves (choices.h), turn with it.  Owen 1977; Owen 1982; Alonso-Meijide and
 *  Fiestras-Janeiro 2002.
 *
 *  Cost measured (AMD EPYC, one core): 193 members in blocs of 54, 33, 27, 22, 14, 10, 5, 3 and 25
 *  alone, by heads, 3 ms; the 27 members of the European Union, double majority, alone 0.03 s,
 *  5 + 6 and 16 alone 0.05 s, 20 and 7 alone 0.06 s; 60 weights of 10^6 in all in 38 unions 1.6 s;
 *  more than some 42 unions, each of a weight of its own, NULL.
 *  Checked by tests/unit/test_unions.c: every order of unions and members and every choice of both,
 *  up to seven members; the reference's Catalonia 1995 and Benelux 1958; sums over unions;
 *  swings.h, where nobody or everybody is in one. */
#pragma once
#include <gmp.h>

#include "plenary/game.h"

typedef struct {
  guint n, m;
  mpq_t *owen, *banzhaf_owen, *symmetric; /* n */
  mpq_t *shapley, *banzhaf;               /* m: of the unions in the game between them */
} PlnUnions;

/** @of: n: the union of each member, 0 to @m - 1, each with at least one member
 *  Returns: (transfer full), or NULL where it would take more than a few seconds */
PLN_API PlnUnions *pln_unions_new(const PlnGame *game, const guint *of, guint m);
PLN_API void pln_unions_free(PlnUnions *unions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnUnions, pln_unions_free)
