/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Bundles in a file: edits.csv, a row a change.
 *
 *  Columns: bundle, edit ("position", "vote" …: change.h), who, value (a number, P±SD, a vote, in or
 *  out, a day, a list A,B or A|B; empty where the edit needs none; a rule's id may stand here or
 *  under who); optional: sd, where (a proposal or an issue), status, source, note.  Rows of one
 *  bundle need not stand together; bundles are in the order in which they are first named, changes
 *  in that of the rows; its note is the first that a row has.  A target that a bundle sets twice is a fault.
 *  A scenario's own edits.csv is held to the scenario's names and scales by `plenary check`, and so
 *  is another file by pln_bundles_load_for; without a scenario the runner does, without the place.
 *  Described in scenarios/README.md.  Checked by tests/unit/test_bundles.c and tests/bad. */
#pragma once
#include "plenary/change.h"
#include "plenary/input.h"
#include "plenary/scenario.h"

/** @inputs: (nullable): PlnInput: the file is added, under @path
 *  Returns: (transfer full): PlnBundle *, owned; NULL and PLN_ERROR_DATA, faults a line each, as
 *  file:line:column */
PLN_API GPtrArray *pln_bundles_load(const char *path, GArray *inputs, GError **error);

/** The same, held to the names, rules and scales of @scenario (nullable), as `plenary check` holds a
 *  scenario's own. */
PLN_API GPtrArray *pln_bundles_load_for(const char *path, const PlnScenario *scenario,
                                        GArray *inputs, GError **error);
