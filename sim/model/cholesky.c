/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/cholesky.h"

#include <math.h>
#include <string.h>

#include "plenary/wide.h"

/* row -= factor * other. */
PLN_WIDE_INLINE void subtract(double *row, const double *other, double factor, guint n) {
  for (guint k = 0; k < n; k++)
    row[k] -= factor * other[k];
}

/* By columns of the factor kept as rows of the upper half: what is left of the matrix
 * loses the outer product of each, so that the inner loop runs along rows. */
PLN_WIDE gboolean pln_cholesky(double *a, guint n, guint stride) {
  for (guint i = 0; i < n; i++)
    for (guint k = i + 1; k < n; k++)
      a[i * stride + k] = a[k * stride + i];
  for (guint k = 0; k < n; k++) {
    double *row = a + k * stride, pivot = row[k];
    if (!(pivot > 1e-12))
      return FALSE;
    pivot = sqrt(pivot);
    double inverse = 1 / pivot;
    row[k] = pivot;
    for (guint i = k + 1; i < n; i++)
      row[i] *= inverse;
    for (guint i = k + 1; i < n; i++)
      subtract(a + i * stride + i, row + i, row[i], n - i);
  }
  for (guint i = 0; i < n; i++)
    for (guint k = i + 1; k < n; k++)
      a[k * stride + i] = a[i * stride + k];
  return TRUE;
}

void pln_cholesky_ridge(double *a, guint n, guint stride, double *spare) {
  memcpy(spare, a, sizeof(double) * n * stride);
  for (double ridge = 0.5; !pln_cholesky(a, n, stride); ridge *= 10) {
    gboolean hopeless = !isfinite(ridge);
    memcpy(a, spare, sizeof(double) * n * stride);
    for (guint i = 0; hopeless && i < n; i++)
      memset(a + i * stride, 0, sizeof(double) * n);
    for (guint k = 0; k < n; k++)
      a[k * stride + k] += hopeless ? 1 : ridge;
  }
}

PLN_WIDE void pln_cholesky_forward(const double *factor, guint n, guint stride, double *x) {
  for (guint k = 0; k < n; k++) {
    x[k] /= factor[k * stride + k];
    subtract(x + k + 1, factor + k * stride + k + 1, x[k], n - k - 1);
  }
}

PLN_WIDE void pln_cholesky_backward(const double *factor, guint n, guint stride, double *x) {
  for (guint k = n; k-- > 0;) {
    x[k] /= factor[k * stride + k];
    subtract(x, factor + k * stride, x[k], k);
  }
}

PLN_WIDE void pln_cholesky_forward_many(const double *factor, guint n, guint stride, double *b,
                                        guint columns, guint b_stride) {
  for (guint k = 0; k < n; k++) {
    double *row = b + k * b_stride, inverse = 1 / factor[k * stride + k];
    for (guint c = 0; c < columns; c++)
      row[c] *= inverse;
    for (guint i = k + 1; i < n; i++)
      subtract(b + i * b_stride, row, factor[k * stride + i], columns);
  }
}

void pln_cholesky_inverse(const double *factor, guint n, guint stride, double *inverse) {
  memset(inverse, 0, sizeof(double) * n * stride);
  for (guint k = 0; k < n; k++) {
    double *row = inverse + k * stride; /* symmetric: a row is a column */
    row[k] = 1;
    pln_cholesky_forward(factor, n, stride, row);
    pln_cholesky_backward(factor, n, stride, row);
  }
}
