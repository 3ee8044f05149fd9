/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A main function for a file of CUnit tests: one suite, its summary printed. */
#pragma once
#include <CUnit/Basic.h>

/** Runs @tests (ended by CU_TEST_INFO_NULL).  Returns: the exit status: 0 where all passed */
int suite_run(const char *name, CU_TestInfo *tests);
