/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days, whole and partial: read, shown, compared. */
#include "plenary/day.h"
#include "suite.h"

static void test_parse(void) {
  static const struct {
    const char *text;
    PlnDay day;
  } good[] = {{"2019-12-27", 20191227}, {"2019-12", 20191200}, {"2019", 20190000},
              {"0001-01-01", 10101},    {"9999-12-31", 99991231}, {"2024-02-29", 20240229},
              {"2000-02-29", 20000229}, {"", PLN_DAY_NONE},    {"?", PLN_DAY_UNKNOWN}};
  for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
    PlnDay day = 7;
    CU_ASSERT_TRUE(pln_day_parse(good[i].text, &day));
    CU_ASSERT_EQUAL(day, good[i].day);
    g_autofree char *text = pln_day_text(day);
    CU_ASSERT_STRING_EQUAL(text, good[i].text);
  }
}

static void test_refuse(void) {
  static const char *const bad[] = {
      "2019-02-29", "1900-02-29", "2019-02-30", "2019-04-31", "2019-13",    "2019-00",
      "2019-00-10", "2019-13-10", "2019-12-00", "2019-12-32", "0000",       "0000-01-01",
      "2019-1-1",   "19-12-27",   "2019-12-2",  "2019-12-271", "20191227",  "2019/12/27",
      "27.12.2019", "2019-12/27", "2019/12",    "2019-ab",    "2019-12-x1", "20x9",
      "-201-12-27", "+019",       "??",         " ",          "2019-12 ",   "２０１９"};
  for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
    PlnDay day = 7;
    CU_ASSERT_FALSE(pln_day_parse(bad[i], &day));
    CU_ASSERT_EQUAL(day, PLN_DAY_NONE);
  }
}

static void says(PlnDay day, const char *words) {
  g_autofree char *said = pln_day_words(day);
  CU_ASSERT_STRING_EQUAL(said, words);
}

static void test_words(void) {
  says(20191227, "27 December 2019");
  says(20260201, "1 February 2026");
  says(20260200, "February 2026");
  says(20250000, "2025");
  says(PLN_DAY_UNKNOWN, "?");
  says(PLN_DAY_NONE, "");
}

/* A partial event has surely come when its month or year is over. */
static void test_reached(void) {
  CU_ASSERT_TRUE(pln_day_reached(20191227, 20191227));
  CU_ASSERT_FALSE(pln_day_reached(20191228, 20191227));
  CU_ASSERT_FALSE(pln_day_reached(20191200, 20191230));
  CU_ASSERT_TRUE(pln_day_reached(20191200, 20191231));
  CU_ASSERT_TRUE(pln_day_reached(20190200, 20190301));
  CU_ASSERT_FALSE(pln_day_reached(20190000, 20191230));
  CU_ASSERT_TRUE(pln_day_reached(20190000, 20191231));
  CU_ASSERT_TRUE(pln_day_reached(20190000, 20190000));
  CU_ASSERT_FALSE(pln_day_reached(PLN_DAY_NONE, 20191231));
  CU_ASSERT_FALSE(pln_day_reached(PLN_DAY_UNKNOWN, 20191231));
}

static void test_within(void) {
  CU_ASSERT_TRUE(pln_day_within(20200101, 20200131, 20200101));
  CU_ASSERT_TRUE(pln_day_within(20200101, 20200131, 20200131));
  CU_ASSERT_FALSE(pln_day_within(20200101, 20200131, 20191231));
  CU_ASSERT_FALSE(pln_day_within(20200101, 20200131, 20200201));
  CU_ASSERT_TRUE(pln_day_within(PLN_DAY_NONE, PLN_DAY_NONE, 19450101));
  CU_ASSERT_TRUE(pln_day_within(20200101, PLN_DAY_NONE, 99991231));
  CU_ASSERT_TRUE(pln_day_within(20200101, PLN_DAY_UNKNOWN, 20200102));
  CU_ASSERT_FALSE(pln_day_within(PLN_DAY_UNKNOWN, PLN_DAY_NONE, 20200102));
  CU_ASSERT_TRUE(pln_day_within(20190000, 20200000, 20201231)); /* it ended some day of 2020 */
  CU_ASSERT_FALSE(pln_day_within(20190000, 20200000, 20190601)); /* not surely begun */
}

static void test_first_and_last(void) {
  CU_ASSERT_EQUAL(pln_day_first(20190000), 20190101);
  CU_ASSERT_EQUAL(pln_day_first(20190200), 20190201);
  CU_ASSERT_EQUAL(pln_day_first(20190203), 20190203);
  CU_ASSERT_EQUAL(pln_day_last(20190000), 20191231);
  CU_ASSERT_EQUAL(pln_day_last(20190200), 20190231);
  CU_ASSERT_EQUAL(pln_day_last(20190203), 20190203);
}

static void test_month(void) {
  CU_ASSERT_EQUAL(pln_day_month(2030), 20300100);
  CU_ASSERT_EQUAL(pln_day_month(2030 + 58.0 / 365), 20300200); /* 28 February */
  CU_ASSERT_EQUAL(pln_day_month(2030 + 59.0 / 365), 20300300);
  CU_ASSERT_EQUAL(pln_day_month(2028 + 59.0 / 366), 20280200); /* a leap year */
  CU_ASSERT_EQUAL(pln_day_month(2030 + 364.0 / 365), 20301200);
  CU_ASSERT_EQUAL(pln_day_month(2030.42), 20300600);
  g_autofree char *brief = pln_day_brief(20300600);
  CU_ASSERT_STRING_EQUAL(brief, "Jun 2030");
}

int main(void) {
  CU_TestInfo tests[] = {{"parse", test_parse},
                         {"refuse", test_refuse},
                         {"words", test_words},
                         {"reached", test_reached},
                         {"within", test_within},
                         {"first and last", test_first_and_last},
                         {"the month of a year's share", test_month},
                         CU_TEST_INFO_NULL};
  return suite_run("days", tests);
}
