/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Small symmetric systems, solved thousands of times a second.
 *
 *  Cholesky's factor by rows, in fixed order: the same bytes everywhere.  GSL's for
 *  the 36 x 36 systems of a fit take four times as long (measured; the fit would
 *  take a second more).  Matrices are square, row by row, rows @stride apart, a multiple of
 *  eight whose surplus columns are 0 or unused.  Checked by tests/unit/test_cholesky.c. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

/** Factors the lower half of @a in place, A = L L'; the upper is not read, and gets L'.
 *  Returns: false where it is not positive definite, or less so than pivots of 1e-12 tell;
 *  then @a is spoilt */
bool pln_cholesky(double *a, uint32_t n, uint32_t stride);

/** Like it, of @a + ridge I with the smallest ridge of 0, 0.5, 5 … that makes it definite; of I
 *  alone where none does, as @a holds a NaN.
 *  @a: (inout): in, the lower half; out, the factor.  @spare: n x stride */
void pln_cholesky_ridge(double *a, uint32_t n, uint32_t stride, double *spare);

/** x becomes L^-1 x; then L^-T x. */
void pln_cholesky_forward(const double *factor, uint32_t n, uint32_t stride, double *x);
void pln_cholesky_backward(const double *factor, uint32_t n, uint32_t stride, double *x);

/** Each column of @b (n rows, @columns of them) becomes L^-1 of it. */
void pln_cholesky_forward_many(const double *factor, uint32_t n, uint32_t stride, double *b,
                               uint32_t columns, uint32_t b_stride);

/** The inverse of what was factored, whole.  @inverse: n x stride */
void pln_cholesky_inverse(const double *factor, uint32_t n, uint32_t stride, double *inverse);
