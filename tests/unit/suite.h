/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A main function for a file of CUnit tests: one suite, its summary printed. */
#pragma once
#include <CUnit/Basic.h>
#include <stdbool.h>

/** Runs @tests (ended by CU_TEST_INFO_NULL).  Returns: the exit status: 0 where all passed */
int suite_run(const char *name, CU_TestInfo *tests);

/** Whether PLENARY_TEST_QUICK is set: under valgrind what draws thousands of votes to count how
 *  often an interval covers takes half an hour, and touches no memory that others do not. */
bool suite_is_quick(void);
