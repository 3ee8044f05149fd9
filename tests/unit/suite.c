/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suite.h"

#include <stdbool.h>
#include <stdlib.h>

int suite_run(const char *name, CU_TestInfo *tests) {
  CU_SuiteInfo suites[] = {{name, NULL, NULL, NULL, NULL, tests}, CU_SUITE_INFO_NULL};
  if (CU_initialize_registry() != CUE_SUCCESS)
    return EXIT_FAILURE;
  bool ran = CU_register_suites(suites) == CUE_SUCCESS;
  if (ran) {
    CU_basic_set_mode(CU_BRM_NORMAL);
    ran = CU_basic_run_tests() == CUE_SUCCESS;
  }
  bool failed = !ran || CU_get_number_of_failures() > 0 || CU_get_number_of_tests_failed() > 0;
  CU_cleanup_registry();
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

bool suite_is_quick(void) {
  const char *quick = getenv("PLENARY_TEST_QUICK");
  return quick && *quick;
}
