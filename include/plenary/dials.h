/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Dials that are turned together in one scenario: what each of them may be turned to, before the
 *  first run is made.
 *
 *  A dial by itself does not know on which scale it is turned; the scenario does: positions of a
 *  vote from 0 to 100, in talks on the scale of the issue, and where none is named on that which all
 *  issues have in common.  Used by experiments and by sensitivity alike.
 *  Checked by tests/unit/test_sensitivity.c and tests/unit/test_experiment.c. */
#pragma once
#include "plenary/dial.h"
#include "plenary/runner.h"

/** Cuts normals off at the ends of their scale.
 *  Returns: FALSE and PLN_ERROR_USAGE where a dial goes beyond it */
PLN_API gboolean pln_dials_fit(const GPtrArray *dials, const PlnScenario *scenario,
                               PlnRunStudy study, GError **error);

/** Every change that some run may make, for pln_runner_new: @set, and of each dial both ends of an
 *  even range, the mean of a normal, each word of a list.
 *  @set: (nullable) PlnChange *; @dials: (nullable) PlnDial *
 *  Returns: (transfer full): PlnChange *, owned */
PLN_API GPtrArray *pln_dials_changes(const GPtrArray *set, const GPtrArray *dials);
