/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A forecast: how each state may vote on one question, and how the states hang together.
 *
 *  A state's support is standard normal, s_i = l_i . z + sqrt(1 - |l_i|^2) e_i: z are normal
 *  factors common to all (what is not known of the question, of a bloc's position), l_i its
 *  loadings, e_i its own.  It votes no below its lower cutpoint, yes above its upper one and
 *  abstains between.  So by itself it votes no with chance Phi(below), yes with Phi(-above),
 *  whatever the loadings: these tie states together and leave the chances of each alone (a
 *  Gaussian copula).  Absence comes first: with chance absent_i by itself, tied among states by
 *  a factor of its own (absences come in bunches), absent if Phi^-1(absent_i) >
 *  t z_0 + sqrt(1 - t^2) e'_i.
 *
 *  Given the factors the states are independent: an exact distribution of the tally is then a
 *  sum (margin.h, tally.h), which is averaged over draws of the factors.
 *
 *  The chances given the factors are in double precision.  Draws are in single: the chances that
 *  they follow are within 2e-6 of those (more where own is below 0.1, which divides the error), a
 *  certain answer is certain, and a chance below 2^-24 is never drawn.  Where |l| is 1, own counts
 *  as 1e-6.
 *
 *  Nothing is allocated.  The same bytes whatever the compiler, the registers and the threads.
 *  Cost, 193 states and 40 factors, AMD EPYC, gcc 12 -O2, nanoseconds with AVX-512, AVX2 and
 *  SSE2: a draw 1160, 1700 and 3300, more than a third of it the factors' normals; the chances
 *  given the factors 1800 with AVX-512, 9000 with SSE2; as WebAssembly in Chromium a draw takes
 *  3300.  What is set up for a call costs a few draws.  Checked by tests/unit/test_forecast.c.
 *  Source: reference F9 ("a Monte Carlo draw is one draw of u"). */
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "plenary/api.h"
#include "plenary/draw.h"
#include "plenary/rule.h"

/** Common factors at the most. */
enum { PLN_FORECAST_FACTORS = 96 };

/** Arrays are the caller's.  Padded: n_pad is n rounded up to a multiple of 8; what is
 *  beyond n must be finite (0) and is never read off. */
typedef struct {
  uint32_t n, n_pad, f;
  const double *below, *above; /* n_pad: below <= above */
  const double *loading;       /* f x n_pad, factor by factor; sums of squares at most 1 */
  const double *own;           /* n_pad: sqrt(1 - sum of squares) */
  const double *absent;        /* n_pad: Phi^-1 of the chance of absence; -INFINITY: never,
                                  INFINITY: always */
  double turnout;              /* t, 0 to below 1 */
  uint32_t late;               /* of the f, the last ones: drawn behind all else, so that with more
                                  or fewer of them the rest of a draw is the same */
} PlnForecast;

/** What a draw of the factors leaves: the chances of the states, then independent.
 *  @z: 1 + f: the factor of turnout, then the common ones
 *  @yes, @no, @abstain: (out): n_pad each; an X is what they leave */
PLN_API void pln_forecast_given(const PlnForecast *forecast, const double *z, double *yes,
                                double *no, double *abstain);

/** Votes drawn: for each draw its factors, then each state.  Of draw k of @draws the numbers
 *  come from the stream (seed, study, first + k), so that a part of many draws is the same
 *  whoever makes it: its first 1 + f - late normals are the factor of turnout and the common ones; a
 *  word of 32 bits a state follows, from the next whole block on, of each sixteen blocks all first
 *  words, then all second ones.  A word's 23 high bits fall to X, N, A, Y in this order.
 *  @room: PLN_FORECAST_ROOM(n_pad, f) doubles
 *  @vote: (out): draws x n, draw by draw */
#define PLN_FORECAST_ROOM(n_pad, f)                                                            \
  (((size_t)(f) + 11) * ((size_t)(n_pad) + 64) / 2 + 4 * (size_t)(f) + 64)
PLN_API void pln_forecast_draw(const PlnForecast *forecast, uint64_t seed, uint32_t study,
                               uint32_t first, uint32_t draws, double *room, PlnVote *vote);

/** The same draws, tallied: what most uses want, without a byte a vote.
 *  @tally: (out): draws x PLN_VOTE_KINDS */
PLN_API void pln_forecast_tallies(const PlnForecast *forecast, uint64_t seed, uint32_t study,
                                  uint32_t first, uint32_t draws, double *room, uint32_t *tally);

/** The normals alone of @draws draws: they hang on the address, f and late, not on the forecast, so
 *  who draws again and again from the same address keeps them, and two fifths of a draw.
 *  @normal: (out): draws x (1 + f) */
void pln_forecast_normals(uint32_t f, uint32_t late, uint64_t seed, uint32_t study, uint32_t first, uint32_t draws,
                          double *normal);

/** pln_forecast_tallies, byte by byte, with the @normal of its draws (NULL: made here). */
void pln_forecast_tallies_of(const PlnForecast *forecast, const double *normal, uint64_t seed,
                             uint32_t study, uint32_t first, uint32_t draws, double *room,
                             uint32_t *tally);
