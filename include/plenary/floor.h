/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The floor: those who take part in one issue, packed, with what every method asks of them.
 *
 *  The compromise (Van den Bos 1991; Achen 2006) is the mean of the positions weighted by
 *  capability times salience; the Condorcet median the position at which half of that weight is
 *  reached, the lower of the two at an exact half.  Two weights, or gains, are one where they
 *  differ by no more than 1e-12 of the larger, two positions where by no more than 1e-12 of the
 *  larger end of their scale, so that where the scale begins decides nothing; then the order of the
 *  actors decides (positions are sorted as they are, to the last bit).  Where something cannot be
 *  said (nobody there, no weight at all) the answer is NAN, and pln_floor_words says why.
 *  Nothing is allocated but by set_up.  Source: reference F1.
 *  Checked by tests/unit/test_floor.c. */
#pragma once
#include "plenary/talks.h"

/** The relative distance below which two values are equal. */
#define PLN_TIE 1e-12

typedef struct {
  guint n;             /* actors that take part */
  guint *actor;        /* n: their numbers in the talks, ascending */
  double *x, *s, *c, *w; /* n: position, salience, capability, c times s */
  double from, to, reference;
  guint *order;        /* n: places by position, ascending, ties by actor */
  double *room;        /* owns the doubles */
} PlnFloor;

/** Room for @most actors; n = 0.  Returns: (transfer full) */
PLN_API PlnFloor *pln_floor_set_up(guint most);
PLN_API void pln_floor_free(PlnFloor *floor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnFloor, pln_floor_free)

/** Packs issue @issue of @talks, with the positions of @position (n x m, or NULL: the talks' own)
 *  and sorts.  Cost n² / 4 comparisons: 5 µs with 193 actors, 0.03 with 10. */
PLN_API void pln_floor_take(PlnFloor *floor, const PlnTalks *talks, guint issue,
                            const double *position);

/** Sorts again after x was changed. */
PLN_API void pln_floor_sort(PlnFloor *floor);

/** Whether two weights, or gains, are one; of positions ask pln_floor_apart. */
PLN_API gboolean pln_floor_tie(double a, double b);

/** The distance up to which two positions on a scale @from .. @to are one. */
PLN_API double pln_floor_apart(double from, double to);

PLN_API double pln_floor_weight(const PlnFloor *floor);     /* of all: the sum of w */
PLN_API double pln_floor_mean(const PlnFloor *floor);       /* by w; NAN without weight */
PLN_API double pln_floor_plain_mean(const PlnFloor *floor); /* each alike */
PLN_API double pln_floor_median(const PlnFloor *floor);     /* by w: Condorcet's */

/** What there is to say where exactly half of the weight stands on either side, or NULL. */
PLN_API const char *pln_floor_median_words(const PlnFloor *floor);

PLN_API double pln_floor_plain_median(const PlnFloor *floor);
PLN_API double pln_floor_range(const PlnFloor *floor);      /* greatest less least position */

/** Why nothing can be bargained for, or NULL: "nobody takes part", "one actor alone", "nobody can
 *  bring anything to bear: every capability is 0", "nobody cares: every salience is 0", "nobody has
 *  weight: …", "all stand at one position". */
PLN_API const char *pln_floor_words(const PlnFloor *floor);
