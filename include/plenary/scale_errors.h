/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The covariance of an axis's positions and curves at its mode, standardised: the inverse
 *  of the whole curvature, the curves eliminated (a Schur complement).
 *
 *  Above PLN_SCALE_DENSE nodes each position is taken by itself, with what the curves of
 *  its own roll calls take up: what the errors of voters share is then left out.
 *
 *  Cost: O(n_calls n_nodes^2 + n_nodes^3), 2 n_nodes^2 doubles.  Checked by
 *  tests/unit/test_scale.c. */
#pragma once
#include "plenary/axis.h"

enum { PLN_SCALE_DENSE = 1500 };

/** Standardised x' = (x - mean) / unit over the nodes that count.
 *  @counts: n_nodes, 1 where a node is among those that have mean 0 and deviation 1
 *  @variance: n_nodes: of x'
 *  @curve_covariance: n_calls x 6: of slope', low', high'
 *  Returns: FALSE where the observed curvature is not that of a maximum; then the positive
 *  semidefinite part was used */
gboolean pln_scale_errors(PlnAxis *axis, double mean, double unit, const guint8 *counts,
                          double *variance, double *curve_covariance);
