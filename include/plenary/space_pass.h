/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A pass over the answers of one unit (a roll call, or a state) of a space: the gradient
 *  and the curvature of their log likelihood in the unit's coefficients.
 *
 *  In each cell mu = offset + coefficients . regressors, and log w = width offset +
 *  width coefficients . width regressors; the answer is no below -w, yes above w, abstaining
 *  between.  Flat columns, one a regressor, whose length is a multiple of eight; what is
 *  PLN_ANSWER_NONE counts for nothing.  Allocates nothing.  Cost: n (nr + nw)^2 / 2
 *  multiplications.  Checked by tests/unit/test_space_pass.c, against differences. */
#pragma once
#include <glib.h>

/* Of one pass: columns, and cells (longer units are passed over in parts). */
enum { PLN_PASS_COLUMNS = 104, PLN_PASS_CELLS = 8192 };

typedef struct {
  gsize n;                   /* cells, a multiple of 8, PLN_PASS_CELLS at the most */
  guint nr, nw, classes;     /* nw is 0 with two classes */
  const double *column[PLN_PASS_COLUMNS]; /* nr regressors, then nw width regressors */
  const double *offset, *width_offset;    /* n; NULL: 0 */
  const double *weight;                   /* n; NULL: 1 */
  const guint8 *answer;                   /* n */
} PlnPass;

/** How many doubles of scratch a pass over @n cells needs. */
#define PLN_PASS_SCRATCH(n) (11 * (n))

/** @coefficient: nr + nw
 *  @gradient: (inout): nr + nw, added to
 *  @curvature: (inout): the lower half of a matrix of nr + nw rows @stride apart: minus the
 *  second derivatives are added to it.  Where an abstention's log chance is convex in log w
 *  its second derivative by log w counts as 0, those by mu and log w as they are: the sum may
 *  be indefinite.  Log w beyond -6 … 6 is taken as 6 away, its derivatives as there */
void pln_pass(const PlnPass *pass, const double *coefficient, double *scratch, double *gradient,
              double *curvature, guint stride);

/** Each cell's mu and log w. */
void pln_pass_predict(const PlnPass *pass, const double *coefficient, double *mu, double *log_width);
