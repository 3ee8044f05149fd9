/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Spoken for: which of several stated positions holds for a seat.
 *
 *  A row of positions speaks of one state, of a bloc or of all.  Of the rows that speak of a seat
 *  the most specific one holds: the state's own, before a bloc's, before that for all; among
 *  blocs that with the fewest seats; then one that names the proposal before one for every
 *  proposal.  Rows as specific as one another are merged: the mean weighted by 1/sd^2, and the
 *  standard deviation of their mixture, which grows with what they disagree about, so that two
 *  contradicting rows are no surer than one.
 *
 *  Nothing is allocated.  What the rows say beside their numbers (sources, conflicts) is
 *  stance.h's.
 *  Checked by tests/unit/test_spoken.c and test_stance.c. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

/** From the least to the most specific. */
typedef enum { PLN_STANCE_ALL, PLN_STANCE_BLOC, PLN_STANCE_STATE } PlnStanceWho;

typedef struct {
  uint32_t row; /* the caller's number of it, by which it is told */
  PlnStanceWho who;
  bool names;          /* the proposal, rather than every one */
  uint32_t line;       /* where it was written: the earlier comes first among equals */
  double position, sd; /* sd above 0 */
  const uint8_t *in;   /* of each seat: nonzero where it speaks of it */
  uint32_t size;       /* of a bloc, its seats; of others all alike */
} PlnSpoken;

/** Below 0 where @a is the more specific, 0 where neither is. */
int pln_spoken_order(const PlnSpoken *a, const PlnSpoken *b);

/** The most specific first, then by line, then as they stood.  Cost n^2 at the most. */
void pln_spoken_sort(uint32_t n, PlnSpoken *spoken);

/** The first of the sorted rows that speaks of @seat; n where none does. */
uint32_t pln_spoken_first(uint32_t n, const PlnSpoken *spoken, uint32_t seat);

/** What those as specific as that @first say together of @seat. */
void pln_spoken_merge(uint32_t n, const PlnSpoken *spoken, uint32_t first, uint32_t seat,
                      double *position, double *sd);
