/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Faults for tests: what is wrong with tables that are written in the test itself. */
#pragma once
#include "plenary/fault.h"

/** The faults of the scenario "it" over the shipped world ($PLENARY_DATA), made of tables:
 *  name and text in turn, ended by NULL.
 *  Returns: (transfer full): a line each */
char *faulty_scenario(const char *file, ...) G_GNUC_NULL_TERMINATED;

/** The faults of the shipped tables with the text of one of them replaced, in a copy of
 *  their folder; a NULL @text takes the file away.  Returns: (transfer full) */
char *faulty_world(const char *file, const char *text);

/** Whether @got, which is freed, is @expected; prints both where not. */
gboolean faulty_is(char *got, const char *expected);

/** The same of what @faults hold. */
gboolean faults_are(const PlnFaults *faults, const char *expected);
