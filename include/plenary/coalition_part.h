/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the files of a coalition share: a minimal cover of several needs, its types and bounds.
 *  Checked by tests/unit/test_coalition.c. */
#pragma once
#include <gmp.h>

#include "plenary/coalition.h"

/** Costs and bounds, in units of 2^-40 where multipliers are in them. */
__extension__ typedef __int128 PlnWide;

/** PLN_COVER_NEEDS: those of the case, and one on how many states there may be. */
enum { PLN_COVER_UNIT = 40, PLN_COVER_VECTORS = 9, PLN_COVER_NEEDS = PLN_COALITION_NEEDS + 1,
       PLN_COVER_TABLES = 2 };

/** What cannot be reached. */
#define PLN_COVER_NEVER ((PlnWide)1 << 124)

/** Units alike in all that counts, and free. */
typedef struct {
  PlnWide cost; /* the price times `radix`, and the size */
  gint64 amount[PLN_COVER_NEEDS];
  guint first, count; /* in `units` */
  PlnWide reduced[PLN_COVER_VECTORS]; /* cost less multipliers times amounts */
  PlnWide partial[PLN_COVER_TABLES][PLN_COVER_VECTORS]; /* the same but for the need of a table */
  PlnWide doubt; /* reduced by those multipliers that order the types: wanted where below 0 */
} PlnCoverType;

/** What is asked for, less what must be in. */
typedef struct {
  const gint64 *amount; /* n; NULL: less the size: so many states at the most */
  gint64 need, scale;   /* scale: what amounts have in common */
} PlnCoverNeed;

/** The least that the types from each place on cost, one need being kept whole and the others in
 *  the multipliers: its bound counts whole units, where multipliers cut them. */
typedef struct {
  guint need;
  gint64 step;  /* amounts are counted by so many at a time, rounded up: a bound still */
  gsize width;  /* of a row: the need in steps, and one */
  guint vectors; /* the first ones, as many as there is room for */
  PlnWide *cell; /* (types + 1) x width x vectors */
} PlnCoverTable;

/** A search: the case, its bounds, where it stands. */
typedef struct {
  const PlnCoalitionCase *q;
  gboolean by_size; /* the size alone counts */
  guint most;       /* states, where they are limited; 0: they are not */
  PlnCoalition *out;
  guint ties;
  guint64 left; /* nodes */
  guint64 radix;
  guint needs;
  PlnCoverNeed need[PLN_COVER_NEEDS];
  PlnWide base;     /* cost of what must be in */
  GArray *types; /* PlnCoverType, the surest first */
  guint *units;  /* of the types, each in ascending order */
  guint vectors;
  PlnWide multiplier[PLN_COVER_VECTORS][PLN_COVER_NEEDS];
  guint sure;    /* the multipliers that order the types */
  guint tables;
  PlnCoverTable table[PLN_COVER_TABLES];
  PlnWide *rest;    /* (types + 1) x PLN_COVER_VECTORS: sum of min(0, reduced) from there on */
  gint64 *reach; /* (types + 1) x PLN_COVER_NEEDS: sum of positive amounts from there on */
  guint *taken, *best_taken;
  PlnWide best; /* so far, or what there must be better than; -1: anything */
  gboolean found, listing, out_of_nodes;
  mpz_t alike;
} PlnCover;

/** Fills needs and the cost of what must be in.  FALSE where all that may be in does not reach. */
gboolean pln_cover_needs(PlnCover *cover);

/** Fills types and units. */
void pln_cover_types(PlnCover *cover);

/** Fills multipliers, reduced costs, the table, rest and reach; orders the types. */
void pln_cover_bounds(PlnCover *cover);

PlnCoverType *pln_cover_type(const PlnCover *cover, guint t);
gint pln_cover_must(const PlnCover *cover, guint unit);
