/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A coalition: the least dear set of units that together reach what is needed.
 *
 *  Units (a state, or a bloc that goes as one) each have a price, a size and amounts of up to three
 *  kinds (members, weight, what a vote adds to the margin); wanted is the set of the least price
 *  whose amounts reach every need, the smaller one of two at the same price (or, where the fewest
 *  states are asked for, the less dear one of two as small), with units that must or may not be in
 *  it.  A minimal knapsack cover with several constraints, solved exactly by branch and bound over
 *  types of units (those alike in price, size and amounts are one type, so that equal prices cost
 *  nothing).  The bound is the best of some fixed multipliers (Lagrangian relaxation; Fisher 1981)
 *  near those that are best at the root, one need at a time being kept whole in a table of what the
 *  types further on cost at the least (a dynamic programme; of large amounts in steps, rounded so
 *  that it stays a bound).  Multipliers are found in floating point; the bound itself is in whole
 *  numbers, so that equal is equal.  When nothing is open the bound equals the value: that is the
 *  proof, and it is given with how many nodes it took.  Other sets of the same price and size are
 *  listed up to a limit, and counted.  The fewest states: first how few there can be, then the
 *  least price of so many.
 *
 *  Cost measured (AMD EPYC, one core; scripts/bench-power): 193 states .2 ms, with blocs .5 ms; with
 *  a second need, a weight, mostly up to 30 ms, at the worst .2 s where it is proved; prices and
 *  weights all at random may run out of nodes, some 4 s.
 *  Checked by tests/unit/test_coalition.c: every set of up to sixteen units by hand, and a dynamic programme over members and margin for 193. */
#pragma once
#include <glib.h>

#include "plenary/api.h"

enum { PLN_COALITION_NEEDS = 3 };

typedef struct {
  guint n;
  const gint64 *price; /* n: 0 to 10^15 */
  const guint *size;   /* n: states in it, at least 1, 10^6 in all at the most */
  guint needs;         /* 1 to PLN_COALITION_NEEDS */
  const gint64 *amount[PLN_COALITION_NEEDS]; /* n each, 0 to 10^15 */
  gint64 need[PLN_COALITION_NEEDS];          /* at most 0: met */
  const gint8 *must;   /* n: above 0 in, below 0 out; or NULL: all free */
  gboolean smallest;   /* the fewest states, then the least price; else the other way round */
} PlnCoalitionCase;

typedef struct {
  guint ties;    /* sets listed at the most; default 10 */
  guint64 nodes; /* gone through at the most; default 2e7 */
} PlnCoalitionOptions;

PLN_API PlnCoalitionOptions pln_coalition_options(void);

typedef struct {
  gboolean exists;     /* all that may be in reach the needs */
  gboolean proved;     /* the bound is the value: there is nothing better; FALSE: nodes ran out */
  gint64 price, bound; /* of the best set; below which there is none (where the fewest states are
                          asked for: none with as few) */
  guint size, least;   /* states in it; below which there is none (at that price) */
  guint64 nodes;
  GPtrArray *sets;     /* guint8 *, n each, nonzero in: the best ones, in a fixed order */
  gboolean more;       /* there are, or may be, others as good beyond those listed */
  char *alike;         /* how many are as good, in digits; NULL: not counted to the end */
} PlnCoalition;

/** Returns: (transfer full): where none exists, with nothing in it but that.  */
PLN_API PlnCoalition *pln_coalition_new(const PlnCoalitionCase *question,
                                        const PlnCoalitionOptions *options);
PLN_API void pln_coalition_free(PlnCoalition *coalition);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnCoalition, pln_coalition_free)
