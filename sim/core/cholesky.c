/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/cholesky.h"

#include <string.h>

#include "plenary/normal.h"
#include "plenary/wide.h"

/* row -= factor * other. */
PLN_WIDE_INLINE void subtract(double *row, const double *other, double factor, uint32_t n) {
  for (uint32_t k = 0; k < n; k++)
    row[k] -= factor * other[k];
}

/* By columns of the factor kept as rows of the upper half: what is left of the matrix
 * loses the outer product of each, so that the inner loop runs along rows. */
PLN_WIDE bool pln_cholesky(double *a, uint32_t n, uint32_t stride) {
  for (uint32_t i = 0; i < n; i++)
    for (uint32_t k = i + 1; k < n; k++)
      a[i * stride + k] = a[k * stride + i];
  for (uint32_t k = 0; k < n; k++) {
    double *row = a + k * stride, pivot = row[k];
    if (!(pivot > 1e-12))
      return false;
    pivot = __builtin_sqrt(pivot);
    double inverse = 1 / pivot;
    row[k] = pivot;
    for (uint32_t i = k + 1; i < n; i++)
      row[i] *= inverse;
    for (uint32_t i = k + 1; i < n; i++)
      subtract(a + i * stride + i, row + i, row[i], n - i);
  }
  for (uint32_t i = 0; i < n; i++)
    for (uint32_t k = i + 1; k < n; k++)
      a[k * stride + i] = a[i * stride + k];
  return true;
}

void pln_cholesky_ridge(double *a, uint32_t n, uint32_t stride, double *spare) {
  memcpy(spare, a, sizeof(double) * n * stride);
  for (double ridge = 0.5; !pln_cholesky(a, n, stride); ridge *= 10) {
    bool hopeless = !(ridge < PLN_INF);
    memcpy(a, spare, sizeof(double) * n * stride);
    for (uint32_t i = 0; hopeless && i < n; i++)
      memset(a + i * stride, 0, sizeof(double) * n);
    for (uint32_t k = 0; k < n; k++)
      a[k * stride + k] += hopeless ? 1 : ridge;
  }
}

PLN_WIDE void pln_cholesky_forward(const double *factor, uint32_t n, uint32_t stride, double *x) {
  for (uint32_t k = 0; k < n; k++) {
    x[k] /= factor[k * stride + k];
    subtract(x + k + 1, factor + k * stride + k + 1, x[k], n - k - 1);
  }
}

PLN_WIDE void pln_cholesky_backward(const double *factor, uint32_t n, uint32_t stride, double *x) {
  for (uint32_t k = n; k-- > 0;) {
    x[k] /= factor[k * stride + k];
    subtract(x, factor + k * stride, x[k], k);
  }
}

PLN_WIDE void pln_cholesky_forward_many(const double *factor, uint32_t n, uint32_t stride,
                                        double *b, uint32_t columns, uint32_t b_stride) {
  for (uint32_t k = 0; k < n; k++) {
    double *row = b + k * b_stride, inverse = 1 / factor[k * stride + k];
    for (uint32_t c = 0; c < columns; c++)
      row[c] *= inverse;
    for (uint32_t i = k + 1; i < n; i++)
      subtract(b + i * b_stride, row, factor[k * stride + i], columns);
  }
}

void pln_cholesky_inverse(const double *factor, uint32_t n, uint32_t stride, double *inverse) {
  memset(inverse, 0, sizeof(double) * n * stride);
  for (uint32_t k = 0; k < n; k++) {
    double *row = inverse + k * stride; /* symmetric: a row is a column */
    row[k] = 1;
    pln_cholesky_forward(factor, n, stride, row);
    pln_cholesky_backward(factor, n, stride, row);
  }
}
