/* SPDX-License-Identifier: GPL-3.0-or-later */
/** An issue: one question of the talks, with a scale of its own whose ends have names.
 *
 *  Positions on it, the reference point (what holds if the talks fail) and the outcome, where it
 *  is known, are in the units of that scale, `from` below `to`.  A known outcome is for comparison
 *  alone: no method sees it.  An issue may be put to the vote as a proposal of the scenario.
 *  Columns: scenarios/README.md, issues.csv.  Strings are kept by the scenario's world.
 *  Checked by tests/unit/test_actor.c. */
#pragma once
#include <glib.h>

#include "plenary/status.h"

typedef struct {
  const char *id, *title, *low, *high; /* low: what `from` stands for, high: what `to` does; "" */
  const char *unit, *source, *note;
  double from, to;
  double reference, outcome; /* NAN: not stated */
  int proposal;              /* the place of what its outcome is put as, or -1 */
  PlnStatus status;
  guint line; /* of issues.csv */
} PlnIssue;
