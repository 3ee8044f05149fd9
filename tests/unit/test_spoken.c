/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who holds: by who, size, name and line; and rows as specific as one another as one. */
#include "plenary/spoken.h"

#include <CUnit/CUnit.h>
#include <math.h>

#include "suite.h"

enum { SEATS = 4 };
static const uint8_t all[SEATS] = {1, 1, 1, 1}, two[SEATS] = {1, 1, 0, 0};
static const uint8_t other[SEATS] = {0, 1, 1, 0}, three[SEATS] = {1, 1, 1, 0};
static const uint8_t last[SEATS] = {0, 0, 0, 1};

static PlnSpoken made(uint32_t row, PlnStanceWho who, bool names, uint32_t line, double position,
                      const uint8_t *in) {
  uint32_t size = 0;
  for (int i = 0; i < SEATS; i++)
    size += in[i];
  return (PlnSpoken){
      row, who, names, line, position, 10, in, who == PLN_STANCE_BLOC ? size : SEATS};
}

static void test_order(void) {
  PlnSpoken spoken[] = {made(0, PLN_STANCE_ALL, false, 2, 50, all),
                        made(1, PLN_STANCE_ALL, true, 3, 51, all),
                        made(2, PLN_STANCE_BLOC, true, 4, 60, three),
                        made(3, PLN_STANCE_BLOC, false, 6, 70, other),
                        made(4, PLN_STANCE_BLOC, false, 5, 80, two),
                        made(5, PLN_STANCE_STATE, false, 9, 90, last),
                        made(6, PLN_STANCE_BLOC, false, 5, 85, two)};
  static const uint32_t sorted[] = {5, 4, 6, 3, 2, 1, 0};
  pln_spoken_sort(7, spoken);
  for (int k = 0; k < 7; k++)
    CU_ASSERT_EQUAL(spoken[k].row, sorted[k]);
  CU_ASSERT_EQUAL(spoken[pln_spoken_first(7, spoken, 0)].row, 4);
  CU_ASSERT_EQUAL(spoken[pln_spoken_first(7, spoken, 2)].row, 3);
  CU_ASSERT_EQUAL(spoken[pln_spoken_first(7, spoken, 3)].row, 5);
  CU_ASSERT_EQUAL(pln_spoken_first(0, spoken, 0), 0);
  CU_ASSERT_TRUE(pln_spoken_order(&spoken[1], &spoken[2]) == 0);
  CU_ASSERT_TRUE(pln_spoken_order(&spoken[5], &spoken[6]) < 0);
  CU_ASSERT_TRUE(pln_spoken_order(&spoken[6], &spoken[5]) > 0);
}

/* One row is itself; two are their mixture, by hand; one that does not speak is passed over. */
static void test_merge(void) {
  PlnSpoken spoken[] = {made(0, PLN_STANCE_BLOC, false, 2, 20, two),
                        made(1, PLN_STANCE_BLOC, false, 3, 80, other),
                        made(2, PLN_STANCE_BLOC, false, 4, 99, three)};
  double position, sd;
  spoken[1].sd = 20;
  pln_spoken_merge(3, spoken, 0, 0, &position, &sd);
  CU_ASSERT_TRUE(position == 20 && sd == 10);
  pln_spoken_merge(3, spoken, 0, 1, &position, &sd);
  double weights = 1 / 100. + 1 / 400., mean = (20 / 100. + 80 / 400.) / weights;
  double between = (20 - mean) * (20 - mean) / 100 + (80 - mean) * (80 - mean) / 400;
  CU_ASSERT_DOUBLE_EQUAL(position, mean, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(sd, sqrt((2 + between) / weights), 1e-12);
}

int main(void) {
  CU_TestInfo tests[] = {{"order", test_order}, {"merge", test_merge}, CU_TEST_INFO_NULL};
  return suite_run("spoken", tests);
}
