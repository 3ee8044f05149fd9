/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Loading: tables in, nouns out, every fault of every file reported.
 *
 *  The columns, units, defaults and faults of each file are described once, in
 *  scenarios/README.md and data/README.md.
 *  Checked by tests/unit/test_load.c, tests/bad and tests/fuzz. */
#pragma once
#include "plenary/folder.h"
#include "plenary/scenario.h"

/** The shipped world, from the tables of the folder @path.
 *  Returns: (transfer full): NULL and PLN_ERROR_DATA, the faults in its message. */
PLN_API PlnWorld *pln_world_load(const char *path, GError **error);

/** The folder of the shipped tables: $PLENARY_DATA, else beside the program (../data
 *  in a build tree, ../share/plenary/data once installed), else where it was
 *  installed.  Returns: (transfer full), or NULL and PLN_ERROR_FAILED */
PLN_API char *pln_data_folder(GError **error);

/** The scenario in the folder @path.
 *  Returns: (transfer full): NULL and PLN_ERROR_DATA where it has faults, then its
 *  message is the faults, a line each, and how many they are. */
PLN_API PlnScenario *pln_scenario_load(PlnWorld *world, const char *path, GError **error);

/** The same from @folder, the faults added to @faults.
 *  Returns: NULL where there is a fault */
PlnScenario *pln_scenario_read(PlnWorld *world, const PlnFolder *folder, PlnFaults *faults);
