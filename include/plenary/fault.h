/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Faults: everything that is wrong with a scenario, found in one run.
 *
 *  A fault is one line, `file:line:column: what is wrong; what was expected; a
 *  near miss if there is one`.  Line and column count from 1, the column in
 *  characters; line 0 is the file as a whole.  Readers add faults and go on.
 *  What is hostile costs little: beyond PLN_FAULTS_KEPT only the number is kept,
 *  a fault longer than PLN_FAULT_LONGEST characters loses its middle, and near
 *  misses are no more looked for once PLN_FAULTS_LOOKED words were compared.
 *  Checked by tests/unit/test_fault.c and tests/bad. */
#pragma once
#include <glib.h>

#include "plenary/api.h"

enum { PLN_FAULTS_KEPT = 1000, PLN_FAULT_LONGEST = 800, PLN_FAULTS_LOOKED = 200000 };

typedef struct PlnFaults PlnFaults;

PLN_API PlnFaults *pln_faults_new(void);
PLN_API void pln_faults_free(PlnFaults *faults);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnFaults, pln_faults_free)

/** Adds a fault; control characters of the text are made visible. */
PLN_API void pln_faults_add(PlnFaults *faults, const char *file, guint line, guint column,
                            const char *format, ...) G_GNUC_PRINTF(5, 6);

/** Whether a near miss would still be looked for; where not, the candidates need not
 *  be gathered. */
gboolean pln_faults_seeks(const PlnFaults *faults);

/** pln_text_near within these bounds.  Returns: (nullable): one of @candidates */
const char *pln_faults_near(PlnFaults *faults, const char *word, const char *const *candidates);

/** "; did you mean FRA?" for the candidate nearest to @word, "" where none is near.
 *  @candidates: NULL-terminated
 *  Returns: (transfer full): the end of a fault */
char *pln_faults_hint(PlnFaults *faults, const char *word, const char *const *candidates);

PLN_API guint pln_faults_count(const PlnFaults *faults);

/** How many differing files have faults. */
PLN_API guint pln_faults_files(const PlnFaults *faults);

/** Returns: (transfer full): one line a fault, by file, line and column. */
PLN_API char *pln_faults_text(const PlnFaults *faults);
