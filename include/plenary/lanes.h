/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Lanes: sixteen numbers of single precision at a time, for the inner loops of a sampler.
 *
 *  The compilers' vector extension: each operation is that of IEEE single precision on
 *  every lane, in the order written, so the bytes are the same with SSE2, AVX2, AVX-512
 *  or none, and with any compiler (built with -ffp-contract=off).  Choices are masks made
 *  of sign bits, which every instruction set can do.
 *
 *  The normal's upper tail at z >= 0 is exp(-z²/2) P(z)/Q(z), our own minimax quotient
 *  (weighted least squares, Lawson's reweighting): relative error 2.6e-8 over the
 *  half-line before rounding, half the precision's unit.  exp is a polynomial of degree
 *  6, relative 1.5e-7 near 0 and more, with the argument's own rounding, further out:
 *  1e-5 where it is 1e-30.  plenary/normal.h has both to a double's precision, at four
 *  times the cost.  Checked by tests/unit/test_posterior.c against plenary/normal.h. */
#pragma once
#include <stdint.h>

#include "plenary/wide.h"

enum { PLN_LANES = 16 };

typedef float PlnLanes __attribute__((vector_size(64)));
typedef int32_t PlnLaneMask __attribute__((vector_size(64))); /* -1 or 0 a lane */

#define PLN_LANES_INLINE static inline __attribute__((always_inline))

PLN_LANES_INLINE PlnLanes pln_lanes_all(float x) {
  PlnLanes zero = {0};
  return zero + x;
}

PLN_LANES_INLINE PlnLaneMask pln_lanes_negative(PlnLanes x) {
  return (PlnLaneMask)x >> 31;
}

PLN_LANES_INLINE PlnLanes pln_lanes_abs(PlnLanes x) {
  return (PlnLanes)((PlnLaneMask)x & 0x7fffffff);
}

PLN_LANES_INLINE PlnLanes pln_lanes_pick(PlnLaneMask mask, PlnLanes yes, PlnLanes no) {
  return (PlnLanes)(((PlnLaneMask)yes & mask) | ((PlnLaneMask)no & ~mask));
}

/** @yes where the mask is, 0 elsewhere. */
PLN_LANES_INLINE PlnLanes pln_lanes_only(PlnLaneMask mask, PlnLanes yes) {
  return (PlnLanes)((PlnLaneMask)yes & mask);
}

PLN_LANES_INLINE PlnLanes pln_lanes_least(PlnLanes x, float least) {
  PlnLanes bound = pln_lanes_all(least);
  return pln_lanes_pick(pln_lanes_negative(x - bound), bound, x);
}

PLN_LANES_INLINE PlnLanes pln_lanes_between(PlnLanes x, float most) {
  return -pln_lanes_least(-pln_lanes_least(x, -most), -most);
}

/** exp(-h) for h >= 0; what is below 2^-120 is 2^-120. */
PLN_LANES_INLINE PlnLanes pln_lanes_exp_minus(PlnLanes h) {
  const PlnLanes magic = pln_lanes_all(0x1.8p23f);
  PlnLanes y = pln_lanes_least(h * -1.44269504f, -120);
  PlnLanes shifted = y + magic, f = y - (shifted - magic), ff = f * f;
  PlnLanes low = f * 0.693147182f + 1, mid = f * 0.0555041087f + 0.240226507f;
  PlnLanes high = f * 0.00133335581f + 0.00961812911f + ff * 0.000154035304f;
  PlnLanes p = low + ff * (mid + ff * high);
  return (PlnLanes)((PlnLaneMask)p + ((PlnLaneMask)shifted << 23));
}

/** P(z) and Q(z) of the tail, z >= 0. */
PLN_LANES_INLINE void pln_lanes_tail(PlnLanes z, PlnLanes *p, PlnLanes *q) {
  PlnLanes zz = z * z;
  *p = (z * 0.464391425f + 0.500000013f) +
       zz * ((z * 0.0475411977f + 0.203208885f) + zz * 0.00518686702f);
  *q = (z * 1.72666909f + 1) + zz * ((z * 0.522327974f + 1.28408328f) +
                                     zz * (z * 0.0130015381f + 0.119169165f));
}

/** A product of many factors in (0, 1], whose logarithm is wanted: mantissa and exponent. */
typedef struct {
  PlnLanes mantissa;
  PlnLaneMask exponent;
} PlnProduct;

/** Takes the exponent out, so that the mantissa lies in 1 … 2. */
PLN_LANES_INLINE void pln_product_settle(PlnProduct *p) {
  PlnLaneMask bits = (PlnLaneMask)p->mantissa;
  p->exponent += (bits >> 23) - 127;
  p->mantissa = (PlnLanes)((bits & 0x007fffff) | 0x3f800000);
}
