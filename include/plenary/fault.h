/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Faults: everything that is wrong with a scenario, found in one run.
 *
 *  A fault is one line, `file:line:column: what is wrong; what was expected; a
 *  near miss if there is one`.  Line and column count from 1, the column in
 *  characters; line 0 is the file as a whole.  Readers add faults and go on.
 *  Beyond PLN_FAULTS_KEPT only the number is kept, so that a hostile file costs
 *  no memory.  Checked by tests/unit/test_csv.c and tests/bad. */
#pragma once
#include <glib.h>

#include "plenary/api.h"

enum { PLN_FAULTS_KEPT = 1000 };

typedef struct PlnFaults PlnFaults;

PLN_API PlnFaults *pln_faults_new(void);
PLN_API void pln_faults_free(PlnFaults *faults);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnFaults, pln_faults_free)

/** Adds a fault; control characters of the text are made visible. */
PLN_API void pln_faults_add(PlnFaults *faults, const char *file, guint line, guint column,
                            const char *format, ...) G_GNUC_PRINTF(5, 6);

PLN_API guint pln_faults_count(const PlnFaults *faults);

/** How many differing files have faults. */
PLN_API guint pln_faults_files(const PlnFaults *faults);

/** Returns: (transfer full): one line a fault, by file, line and column. */
PLN_API char *pln_faults_text(const PlnFaults *faults);
