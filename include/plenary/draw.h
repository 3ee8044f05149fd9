/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A draw: a stream of random numbers that has an address instead of a history.
 *
 *  The address is (seed, study, replicate): the user's seed, which use of chance in the
 *  program (a number of its own, so that a bootstrap and a simulation with one seed have
 *  nothing in common), and which of its replicates.  Every stream of one address is the
 *  same, whatever thread draws it and whatever was drawn before; streams of different
 *  addresses never overlap.  A stream holds 2^65 numbers and then begins again.
 *
 *  Philox4x32 with ten rounds, as the Random123 library has it (Salmon, Moraes, Dror and
 *  Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011): the key is the seed,
 *  the counter is the replicate (32 bits), the study (32 bits) and the block's number
 *  (64 bits); a block is two numbers of 64 bits, the low half first.  Seed, study and
 *  replicate are taken as they are: a replicate above 2^32 - 1 cannot be had.
 *
 *  One number of 64 bits is used up by each bits, uniform, normal and exponential; by
 *  pln_draw_below as many as it takes, nearly always one.  A block fill gives the numbers,
 *  bit for bit, that as many single calls would, and leaves the stream where they would.
 *
 *  A PlnDraw is a plain value: copy it to remember a place.  No allocation; of libraries only
 *  a header of Random123's, which knows x86, ARM and PowerPC.  Cost measured, nanoseconds a
 *  number, gcc 12 -O2: uniforms 5.5 singly and 4.1 in blocks, normals 41 and 9 (with AVX-512;
 *  AVX2 13, SSE2 25).  Checked by tests/unit/test_draw.c, with Random123's known answers. */
#pragma once
#include <stddef.h>
#include <stdint.h>


typedef struct {
  uint64_t seed;
  uint32_t study, replicate;
  uint64_t block;   /* the next, counted from 0 */
  uint64_t pair[2]; /* the numbers of the block before it, */
  unsigned left;    /* of which the last 0 or 1 are yet to be drawn */
} PlnDraw;

/** The stream of this address, at its first number. */
PlnDraw pln_draw_stream(uint64_t seed, uint32_t study, uint32_t replicate);

/** Goes on by @n numbers of 64 bits, in constant time. */
void pln_draw_skip(PlnDraw *draw, uint64_t n);

uint64_t pln_draw_bits(PlnDraw *draw);

/** In the open interval (0, 1): 53 bits, as a multiple of 2^-53; for 0, 2^-54. */
double pln_draw_uniform(PlnDraw *draw);

/** Standard normal: pln_normal_inverse of one uniform. */
double pln_draw_normal(PlnDraw *draw);

/** Mean 1: minus the log of one uniform. */
double pln_draw_exponential(PlnDraw *draw);

/** In 0 … @n - 1, each exactly as likely (Lemire 2019, doi:10.1145/3230636); 0 where @n
 *  is 0. */
uint64_t pln_draw_below(PlnDraw *draw, uint64_t n);

/** The next @n uniforms, normals, into @out. */
void pln_draw_uniforms(PlnDraw *draw, size_t n, double *out);
void pln_draw_normals(PlnDraw *draw, size_t n, double *out);
