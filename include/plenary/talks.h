/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The talks: what a method of bargaining is given.
 *
 *  n actors on m issues: position, salience, capability, each an array of n x m, actor by actor.
 *  An actor whose position on an issue is NAN takes no part in that issue.  The weight of an actor
 *  on an issue is capability times salience.  Issues are independent but for methods that trade
 *  or bargain over several at once.  The arrays are the caller's and are not written to.
 *  Notation: sim/model/README.md, Bargaining.  Checked by tests/unit/test_floor.c. */
#pragma once
#include <glib.h>

#include "plenary/api.h"

typedef struct {
  guint n, m;
  const double *position;   /* n x m, in units of the scale; NAN: takes no part */
  const double *salience;   /* n x m, 0 to 1 */
  const double *capability; /* n x m, 0 or more */
  const double *from, *to;  /* m: the labelled scale, from below to */
  const double *reference;  /* m: what holds if the talks fail; NAN: not stated */
} PlnTalks;
