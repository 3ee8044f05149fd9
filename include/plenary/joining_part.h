/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What fits and draws of joining share.  Checked by tests/unit/test_joining.c. */
#pragma once
#include "plenary/joining.h"

/** Between levels of a walk, and between the deviations of its steps. */
#define PLN_JOIN_LEVEL 0.1

/** When a state was at risk in a class; empty where it never was. */
typedef struct {
  double from, to;
  gboolean joined;
} PlnJoinSpan;

PlnJoinSpan pln_join_span(const PlnJoinState *state, PlnJoinClass c, double until);

/** x^k, 0 for 0. */
double pln_join_power(double x, double k);

/** The log of shape @j of the grid. */
double pln_join_log_shape(guint j);
