/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Critical members: who, in a winning coalition, cannot leave it without its losing.
 *
 *  Johnston shares each winning coalition with critical members among these, equally;
 *  Deegan-Packel shares each minimal winning coalition (all its members are critical) equally;
 *  Holler's public-good index counts the minimal winning coalitions of a member.  These need the
 *  coalitions one by one: the winning ones are gone through type by type, the heaviest first (so
 *  many of each type, as many times as there are ways to choose them), pruned where nothing can win
 *  any more, and counted by binomials where it hangs on the size alone who is critical.
 *
 *  Cost measured (AMD EPYC, one core): the 27 members of the European Union, double majority, with
 *  or without the blocking minority, 1.1e7 coalitions of types in 0.2 s; 24 members with weights
 *  of their own and no other count 0.07 s, 28 of them 0.8 s; 193 equal members 0.2 ms.
 *  Checked by tests/unit/test_critical.c: every coalition of up to eight members by hand, the
 *  reference's table, binomials for 193 members. */
#pragma once
#include <gmp.h>

#include "plenary/game.h"

typedef struct {
  guint n, types;
  guint *type;          /* n */
  mpz_t minimal;        /* minimal winning coalitions */
  mpq_t *johnston;      /* types: a member's share of those coalitions, normalised to sum to 1 over
                           all members, as are the next two; all 0 where nothing wins */
  mpq_t *deegan_packel; /* types */
  mpq_t *public_good;   /* types */
  guint64 visited;      /* coalitions of types gone through */
} PlnCritical;

/** @most: coalitions of types that may be gone through; 0: the usual 6e7, some two seconds.
 *  Returns: (transfer full), or NULL where there are more, or where a guess beforehand (1 ms) says
 *  that there are by far */
PLN_API PlnCritical *pln_critical_new(const PlnGame *game, guint64 most);
PLN_API void pln_critical_free(PlnCritical *critical);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnCritical, pln_critical_free)
