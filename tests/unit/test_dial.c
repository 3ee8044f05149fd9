/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dials: what each range holds, where a place of the unit cube turns it to, and every range that is
 * none.  Quantiles of the normal are from tables. */
#include "plenary/dial.h"

#include <math.h>
#include <string.h>

#include "plenary/error.h"
#include "suite.h"

static PlnDial *read(const char *what, const char *range) {
  g_autoptr(GError) error = NULL;
  PlnDial *dial = pln_dial_read(what, range, &error);
  if (!dial)
    printf("\n  %s: %s\n", what, error->message);
  CU_ASSERT_PTR_NOT_NULL_FATAL(dial);
  return dial;
}

/* Whether @range comes to @canonical, which is read as the same. */
static gboolean comes_to(const char *what, const char *range, const char *name,
                         const char *canonical) {
  PlnDial *dial = read(what, range);
  g_autofree char *words = pln_dial_range(dial);
  PlnDial *again = read(dial->name, words);
  g_autofree char *twice = pln_dial_range(again);
  gboolean fits = strcmp(dial->name, name) == 0 && strcmp(words, canonical) == 0 &&
                  strcmp(twice, canonical) == 0 && strcmp(again->name, name) == 0;
  if (!fits)
    printf("\n  %s: %s, again %s %s\n", dial->name, words, again->name, twice);
  pln_dial_free(dial);
  pln_dial_free(again);
  return fits;
}

static void test_ranges(void) {
  CU_ASSERT_TRUE(comes_to(" position  EU27 ", " 20 .. 60 ", "position EU27", "20..60"));
  CU_ASSERT_TRUE(comes_to("EU27", "20..60/5", "position EU27", "20..60/5"));
  CU_ASSERT_TRUE(comes_to("position scope:EU", "-2.5..2.5", "position scope:EU", "-2.5..2.5"));
  CU_ASSERT_TRUE(comes_to("salience EU", "40 +- 10", "salience EU", "40±10"));
  CU_ASSERT_TRUE(comes_to("presence ALL", "60|80|100", "presence ALL", "60|80|100"));
  CU_ASSERT_TRUE(comes_to("rule", "consensus | as-is", "rule", "consensus|as-is"));
  CU_ASSERT_TRUE(comes_to("vote RUS", "Y|N|as-is", "vote RUS", "Y|N|as-is"));
  CU_ASSERT_TRUE(comes_to("p1:RUS", "Y|N", "vote p1:RUS", "Y|N"));
  CU_ASSERT_TRUE(comes_to("member SYR", "in|out", "member SYR", "in|out"));
  CU_ASSERT_TRUE(comes_to("deposit DEU", "2028|2030-06|never", "deposit DEU", "2028|2030-06|never"));
  CU_ASSERT_TRUE(comes_to("split EU27", "as-is|all|HUN,POL", "split EU27", "as-is|all|HUN,POL"));
  CU_ASSERT_TRUE(comes_to("join AOSIS", "MDV|MDV,FJI", "join AOSIS", "MDV|MDV,FJI"));
  CU_ASSERT_TRUE(comes_to("assume tie", "-1..1", "assume tie", "-1..1"));
  CU_ASSERT_TRUE(comes_to("EU27", "30±5|60±5", "position EU27", "30±5|60±5"));
}

static void test_even(void) {
  PlnChange change;
  PlnDial *dial = read("position p1:EU27", "20..60/5");
  CU_ASSERT_EQUAL(dial->kind, PLN_RANGE_EVEN);
  CU_ASSERT_TRUE(dial->from == 20 && dial->to == 60 && dial->levels == 5);
  CU_ASSERT_EQUAL(dial->change->value, 40);
  CU_ASSERT_EQUAL(dial->status, PLN_STATUS_ASSUMED);
  CU_ASSERT_FALSE(dial->stated);
  CU_ASSERT_DOUBLE_EQUAL(pln_dial_value(dial, 0.25), 30, 1e-12);
  for (guint k = 0; k < 5; k++)
    CU_ASSERT_DOUBLE_EQUAL(pln_dial_value(dial, pln_dial_level(dial, k)), 20 + 10.0 * k, 1e-12);
  CU_ASSERT_EQUAL(pln_dial_value(dial, pln_dial_level(dial, 4)), 60); /* the end, exactly */
  CU_ASSERT_TRUE(pln_dial_turn(dial, 37.25, &change));
  CU_ASSERT_EQUAL(change.kind, PLN_CHANGE_POSITION);
  CU_ASSERT_STRING_EQUAL(change.where, "p1");
  CU_ASSERT_STRING_EQUAL(change.who, "EU27");
  CU_ASSERT_EQUAL(change.value, 37.25);
  CU_ASSERT_EQUAL(change.sd, PLN_DIAL_SD);
  dial->change->sd = 4; /* one that is named */
  CU_ASSERT_TRUE(pln_dial_turn(dial, 37.25, &change));
  CU_ASSERT_EQUAL(change.sd, 4);
  pln_dial_free(dial);
  dial = read("salience EU", "20..60");
  CU_ASSERT_EQUAL(dial->levels, 0);
  CU_ASSERT_TRUE(pln_dial_turn(dial, 37.25, &change));
  CU_ASSERT_TRUE(isnan(change.sd));
  pln_dial_free(dial);
}

/* Uncut but for 50 standard deviations: the quantiles of tables. */
static void test_normal(void) {
  PlnDial *dial = read("position EU27", "50±1");
  CU_ASSERT_TRUE(dial->kind == PLN_RANGE_NORMAL && dial->mean == 50 && dial->sd == 1);
  CU_ASSERT_TRUE(dial->from == 0 && dial->to == 100 && dial->levels == 0);
  CU_ASSERT_DOUBLE_EQUAL(pln_dial_value(dial, 0.5), 50, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(pln_dial_value(dial, 0.975), 51.959963984540, 1e-9);
  CU_ASSERT_DOUBLE_EQUAL(pln_dial_value(dial, 0.05), 50 - 1.644853626951, 1e-9);
  pln_dial_free(dial);
}

/* Half of a normal: of N(0, 10) above 0 the median is the upper quartile of the whole. */
static void test_cut_off(void) {
  PlnDial *dial = read("capability EU", "0±10");
  CU_ASSERT_TRUE(dial->from == 0 && dial->to == 1e12);
  CU_ASSERT_DOUBLE_EQUAL(pln_dial_value(dial, 0.5), 6.744897501961, 1e-9);
  CU_ASSERT_DOUBLE_EQUAL(pln_dial_value(dial, 1e-9), 0, 1e-6);
  pln_dial_free(dial);
  dial = read("position EU27", "95±20");
  for (double u = 0.005; u < 1; u += 0.01) {
    double value = pln_dial_value(dial, u);
    CU_ASSERT_TRUE(value > 0 && value < 100);
  }
  CU_ASSERT_EQUAL(pln_dial_value(dial, 1), 100);
  pln_dial_free(dial);
  dial = read("position entry:EU", "2030±5"); /* an issue's own scale */
  CU_ASSERT_DOUBLE_EQUAL(pln_dial_value(dial, 0.5), 2030, 1e-9);
  CU_ASSERT_TRUE(pln_dial_cut(dial, 2030, 2050));
  CU_ASSERT_DOUBLE_EQUAL(pln_dial_value(dial, 0.5), 2030 + 5 * 0.6744897501961, 1e-3);
  CU_ASSERT_FALSE(pln_dial_cut(dial, 2040, 2050)); /* its mean lies beyond */
  pln_dial_free(dial);
}

static gboolean cuts(const char *what, const char *range, double least, double most) {
  PlnDial *dial = read(what, range);
  gboolean fits = pln_dial_cut(dial, least, most);
  pln_dial_free(dial);
  return fits;
}

static void test_cut(void) {
  CU_ASSERT_TRUE(cuts("EU27", "20..60", 20, 60));
  CU_ASSERT_FALSE(cuts("EU27", "20..60", 21, 60));
  CU_ASSERT_FALSE(cuts("EU27", "20..60", 20, 59));
  CU_ASSERT_TRUE(cuts("EU27", "as-is|20|60", 20, 60));
  CU_ASSERT_FALSE(cuts("EU27", "as-is|20|60", 20, 59));
  CU_ASSERT_FALSE(cuts("EU27", "20|60", 21, 60));
}

static void test_numbers(void) {
  PlnChange change;
  PlnDial *dial = read("position EU27", "30|60|45");
  CU_ASSERT_TRUE(dial->kind == PLN_RANGE_LIST && dial->n == 3 && dial->levels == 3 && dial->numbers);
  CU_ASSERT_EQUAL(pln_dial_value(dial, 0.2), 30);
  CU_ASSERT_EQUAL(pln_dial_value(dial, 0.5), 60);
  CU_ASSERT_EQUAL(pln_dial_value(dial, 0.999999), 45);
  CU_ASSERT_EQUAL(pln_dial_value(dial, 1), 45);
  CU_ASSERT_EQUAL(pln_dial_value(dial, -0.1), 30);
  for (guint k = 0; k < 3; k++)
    CU_ASSERT_EQUAL(pln_dial_value(dial, pln_dial_level(dial, k)), dial->choice[k]->value);
  CU_ASSERT_TRUE(pln_dial_turn(dial, 60, &change) && change.value == 60 && change.sd == PLN_DIAL_SD);
  pln_dial_free(dial);
}

static void test_words(void) {
  PlnChange change;
  PlnDial *dial = read("rule", "as-is|consensus|two-thirds-present");
  CU_ASSERT_FALSE(dial->numbers);
  CU_ASSERT_EQUAL(pln_dial_value(dial, 0.5), 1);
  CU_ASSERT_FALSE(pln_dial_turn(dial, 0, &change));
  CU_ASSERT_TRUE(pln_dial_turn(dial, 2, &change));
  CU_ASSERT_EQUAL(change.kind, PLN_CHANGE_RULE);
  CU_ASSERT_STRING_EQUAL(change.who, "two-thirds-present");
  g_autofree char *word = pln_dial_word(dial, 2);
  CU_ASSERT_STRING_EQUAL(word, "two-thirds-present");
  pln_dial_free(dial);
  dial = read("position EU27", "as-is|30±5"); /* no numbers: one has none */
  CU_ASSERT_FALSE(dial->numbers);
  CU_ASSERT_TRUE(pln_dial_turn(dial, 1, &change) && change.value == 30 && change.sd == 5);
  pln_dial_free(dial);
  dial = read("split EU27", "as-is|all|HUN,POL");
  CU_ASSERT_TRUE(pln_dial_turn(dial, 1, &change) && !change.list);
  CU_ASSERT_TRUE(pln_dial_turn(dial, 2, &change));
  CU_ASSERT_STRING_EQUAL(change.list[0], "HUN");
  pln_dial_free(dial);
  pln_dial_free(NULL);
}

static gboolean word_is(const PlnDial *dial, double value, const char *expected) {
  g_autofree char *word = pln_dial_word(dial, value);
  if (strcmp(word, expected) != 0)
    printf("\n  %.17g: %s\n", value, word);
  return strcmp(word, expected) == 0;
}

static void test_decimals(void) {
  PlnDial *dial = read("capability EU", "0..1e6");
  CU_ASSERT_TRUE(word_is(dial, 30, "30"));
  CU_ASSERT_TRUE(word_is(dial, 0, "0"));
  CU_ASSERT_TRUE(word_is(dial, 1000000, "1000000"));
  CU_ASSERT_TRUE(word_is(dial, 37.28194738, "37.2819"));
  CU_ASSERT_TRUE(word_is(dial, 12.5, "12.5"));
  CU_ASSERT_TRUE(word_is(dial, 0.00123456, "0.001235"));
  pln_dial_free(dial);
  dial = read("assume tie", "-1|0.5");
  CU_ASSERT_TRUE(word_is(dial, -1, "-1"));
  pln_dial_free(dial);
}

/* Whether it is refused as a wrong use, with exactly @message. */
static gboolean refused(const char *what, const char *range, const char *message) {
  g_autoptr(GError) error = NULL;
  PlnDial *dial = pln_dial_read(what, range, &error);
  gboolean fits = !dial && g_error_matches(error, PLN_ERROR, PLN_ERROR_USAGE) &&
                  strcmp(error->message, message) == 0;
  if (!fits)
    printf("\n  %s in %s: %s\n", what, range, dial ? "was read" : error->message);
  pln_dial_free(dial);
  return fits;
}

static void test_even_refused(void) {
  CU_ASSERT_TRUE(refused("EU27", "60..20", "the range is \"60..20\"; expected its lower end first"));
  CU_ASSERT_TRUE(refused("EU27", "20..20", "the range is \"20..20\"; expected its lower end first"));
  CU_ASSERT_TRUE(refused("EU27", "20..nan", "the range has \"nan\"; expected a number, as in 20..60, "
                                            "20..60/5 or 40±10"));
  CU_ASSERT_TRUE(refused("EU27", "..60", "the range has \"\"; expected a number, as in 20..60, "
                                         "20..60/5 or 40±10"));
  CU_ASSERT_TRUE(refused("salience EU", "20..160", "salience is \"160\"; expected a number from 0 to "
                                                   "100"));
  CU_ASSERT_TRUE(refused("EU27", "20..60/1", "the levels of the range are \"1\"; expected a whole "
                                             "number from 2 to 1000000"));
  CU_ASSERT_TRUE(refused("EU27", "20..60/2.5", "the levels of the range are \"2.5\"; expected a whole "
                                               "number from 2 to 1000000"));
  CU_ASSERT_TRUE(refused("EU27", "20..60/-2", "the levels of the range are \"-2\"; expected a whole "
                                              "number from 2 to 1000000"));
  CU_ASSERT_TRUE(refused("EU27", "20..60/", "the levels of the range are \"\"; expected a whole "
                                            "number from 2 to 1000000"));
  CU_ASSERT_TRUE(refused("deposit DEU", "2028..2030", "the range is \"2028..2030\"; expected words "
                                                      "with a bar between: no number is asked for "
                                                      "here"));
  CU_ASSERT_TRUE(refused("vote RUS", "1..2", "the vote is \"1\"; expected Y (yes), N (no), A "
                                             "(abstains) or X (does not vote)"));
}

static void test_normal_refused(void) {
  const char *expected = "expected a number above 0, and no wider than what it may be at all";
  const char *const sds[] = {"0", "-1", "nan", "", "101"};
  for (guint k = 0; k < G_N_ELEMENTS(sds); k++) {
    g_autofree char *range = g_strdup_printf("40±%s", sds[k]);
    g_autofree char *message = g_strdup_printf("the standard deviation of the range is \"%s\"; %s",
                                               sds[k], expected);
    CU_ASSERT_TRUE(refused("EU27", range, message));
  }
  CU_ASSERT_TRUE(refused("EU27", "x±5", "the range has \"x\"; expected a number, as in 20..60, "
                                        "20..60/5 or 40±10"));
}

static void test_list_refused(void) {
  const char *none = "expected A..B, A..B/N, M±S or words with a bar between, a|b";
  g_autofree char *empty = g_strdup_printf("the range is \"\"; %s", none);
  g_autofree char *one = g_strdup_printf("the range is \"30\"; %s", none);
  CU_ASSERT_TRUE(refused("EU27", "", empty));
  CU_ASSERT_TRUE(refused("EU27", "30", one));
  CU_ASSERT_TRUE(refused("EU27", "30||40", "the range is \"30||40\"; expected a word before and "
                                           "behind each bar"));
  CU_ASSERT_TRUE(refused("EU27", "|", "the range is \"|\"; expected a word before and behind each "
                                      "bar"));
  CU_ASSERT_TRUE(refused("EU27", "30|40|30", "the range is \"30|40|30\"; expected each word once"));
  CU_ASSERT_TRUE(refused("EU27", "30|Y", "the range is \"30|Y\"; expected numbers alone, or votes "
                                         "alone"));
  CU_ASSERT_TRUE(refused("vote RUS", "Y|No", "the vote is \"No\"; expected Y (yes), N (no), A "
                                             "(abstains) or X (does not vote); did you mean N?"));
  CU_ASSERT_TRUE(refused("member SYR", "in|uot", "member is \"uot\"; expected in or out; did you mean "
                                                 "out?"));
  CU_ASSERT_TRUE(refused("split EU27", "as-is|HUN,HUN", "named twice: \"HUN\"; expected each once"));
}

static void test_what_refused(void) {
  CU_ASSERT_TRUE(refused("positon EU27", "20..60",
                         "unknown change \"positon\"; expected position, salience, capability, vote, "
                         "presence, member, rule, split, join, deposit, assume; did you mean "
                         "position?"));
  CU_ASSERT_TRUE(refused("position EU27=30", "20..60", "what is turned is \"position EU27=30\"; "
                                                       "expected it without a value, such as position "
                                                       "EU27"));
  CU_ASSERT_TRUE(refused("", "20..60", "who is changed is \"\"; expected a state's code, a bloc's id "
                                       "or ALL"));
  CU_ASSERT_TRUE(refused("assume ties", "0|1", "unknown assumption \"ties\"; expected tie, reluctance "
                                               "or asks; did you mean tie?"));
}

int main(void) {
  CU_TestInfo tests[] = {{"ranges", test_ranges},
                         {"even", test_even},
                         {"normal", test_normal},
                         {"cut off", test_cut_off},
                         {"cut to a scale", test_cut},
                         {"lists of numbers", test_numbers},
                         {"lists of words", test_words},
                         {"decimals", test_decimals},
                         {"even refused", test_even_refused},
                         {"normal refused", test_normal_refused},
                         {"lists refused", test_list_refused},
                         {"what is turned refused", test_what_refused},
                         CU_TEST_INFO_NULL};
  return suite_run("dial", tests);
}
