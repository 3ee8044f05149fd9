/* SPDX-License-Identifier: GPL-3.0-or-later */
/** How well chances fit the votes cast: the field's measures.
 *
 *  Correct classification (the likeliest answer was the answer; where k are equally the
 *  likeliest, 1/k); APRE, the proportional reduction of error against each roll call's most
 *  frequent answer (Poole and Rosenthal 1997); GMP, the geometric mean probability of the
 *  answers given; log score, - mean log; Brier score, the sum over the classes of the squared
 *  distance (with two classes the square of one of them, as the literature has it).  Whether
 *  they are in sample or out of it is the caller's to say, and every output says it.
 *
 *  A chance of 0 counts as 2^-149, the least that a float holds: an answer that was ruled out
 *  costs the log score 103 and does not make it infinite.  Nothing depends on the order of
 *  roll calls or states but the last bits of the sums.
 *  Cost: one pass, a logarithm a cell: 200,000 cells 5 ms.  Checked by tests/unit/test_measures.c. */
#pragma once
#include "plenary/cells.h"

typedef struct {
  gsize n; /* cells scored */
  /* NAN where n is 0; apre also where every answer was its roll call's most frequent. */
  double right, apre, gmp, log_score, brier;
} PlnMeasures;

/** What is scored: the cells where @which is 1 (NULL: all) that have an answer.
 *  APRE compares within the cells scored: with the errors of the answer that is the most
 *  frequent among those of the roll call, all states taken together, also where it is told
 *  apart by state.  Where k are equally frequent each is right in 1/k of the cells that
 *  have one of them. */
typedef struct {
  guint n_states, n_calls, classes; /* classes: 2 or 3 */
  const guint8 *answer; /* n_calls x n_states, as in PlnCells */
  const guint8 *which;  /* likewise, or NULL */
  const float *chance;  /* n_calls x n_states x classes: of each answer, summing to 1;
                           not looked at where nothing is scored */
} PlnScored;

PLN_API PlnMeasures pln_measures(const PlnScored *scored);

/** The same apart for each state, roll call or session.
 *  @session: n_calls, each below @n_sessions
 *  @out: (out caller-allocates): n_states, n_calls or @n_sessions */
PLN_API void pln_measures_by_state(const PlnScored *scored, PlnMeasures *out);
PLN_API void pln_measures_by_call(const PlnScored *scored, PlnMeasures *out);
PLN_API void pln_measures_by_session(const PlnScored *scored, const guint *session,
                                     guint n_sessions, PlnMeasures *out);

/** A vote that was unlikely. */
typedef struct {
  guint call, state;
  guint8 answer;
  double chance;
} PlnSurprise;

/** The @most least likely answers given, the least likely first; equal ones by call, then
 *  state.  Cost: O(cells log @most) at worst.
 *  @out: (out caller-allocates): @most
 *  Returns: how many (fewer where there are fewer cells) */
PLN_API guint pln_measures_surprises(const PlnScored *scored, guint most, PlnSurprise *out);
