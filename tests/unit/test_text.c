/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text made harmless, measured, and compared with what may have been meant. */
#include "plenary/text.h"

#include <string.h>

#include "suite.h"

static void test_visible(void) {
  static const struct {
    const char *text, *seen;
  } cases[] = {
      {"", ""},
      {"Côte d'Ivoire 100 %", "Côte d'Ivoire 100 %"},
      {"a\tb\nc\r\nd\re", "a b c d e"},
      {"\r\n\r\n", "  "},
      {"\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"},
      {"\x1b]0;title\x07", "\\x1b]0;title\\x07"},
      {"\x01\x7f", "\\x01\\x7f"},
      {"\xc2\x80", "\\u{0080}"},
      {"a\xc2\x9b" "31mb", "a\\u{009b}31mb"},           /* the one-character CSI */
      {"a\xe2\x80\xae" "b", "a\\u{202e}b"},             /* right to left override */
      {"a\xe2\x81\xa6" "b\xe2\x81\xa9", "a\\u{2066}b\\u{2069}"},
      {"a\xe2\x80\x8b" "b\xef\xbb\xbf", "a\\u{200b}b\\u{feff}"},
      {"a\xe2\x80\xa8" "b\xe2\x80\xa9", "a\\u{2028}b\\u{2029}"},
      {"\xf3\xa0\x81\x81", "\\u{e0041}"},               /* a tag character */
      {"\xff\xfe", "\\xff\\xfe"},
      {"caf\xe9", "caf\\xe9"},
      {"cut \xe2\x80", "cut \\xe2\\x80"},
      {"\xc0\x80 \xed\xa0\x80", "\\xc0\\x80 \\xed\\xa0\\x80"}, /* overlong, a surrogate */
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *seen = pln_text_visible(cases[i].text);
    CU_ASSERT_STRING_EQUAL(seen, cases[i].seen);
    CU_ASSERT_TRUE(g_utf8_validate(seen, -1, NULL));
  }
}

static void test_inert(void) {
  static const char *const formulas[] = {"=1+1", "+1", "-1", "@SUM(A1)", "|calc", "%0",
                                         "\t=1", "\r=1", "\n=1", "\x01=1", "\x7f=1"};
  static const char *const plain[] = {"", "A/RES/74/247", " =1", "1-1", "'=1", "Ö"};
  for (gsize i = 0; i < G_N_ELEMENTS(formulas); i++) {
    g_autofree char *inert = pln_text_inert(formulas[i]);
    CU_ASSERT_TRUE(inert[0] == '\'' && strcmp(inert + 1, formulas[i]) == 0);
  }
  for (gsize i = 0; i < G_N_ELEMENTS(plain); i++) {
    g_autofree char *inert = pln_text_inert(plain[i]);
    CU_ASSERT_STRING_EQUAL(inert, plain[i]);
  }
}

static void test_width(void) {
  CU_ASSERT_EQUAL(pln_text_width(""), 0);
  CU_ASSERT_EQUAL(pln_text_width("Türkiye"), 7);
  CU_ASSERT_EQUAL(pln_text_width("Tu\xcc\x88rkiye"), 7); /* u and a combining mark */
  CU_ASSERT_EQUAL(pln_text_width("中国"), 4);
}

static const char *near_to(const char *word) {
  static const char *const words[] = {"adopted", "rejected", "withdrawn", "no",  "",
                                      "yes",     "Türkiye",  "FRA",       "FRB", NULL};
  const char *near = pln_text_near(word, words);
  return near ? near : "none";
}

static void test_near(void) {
  CU_ASSERT_STRING_EQUAL(near_to("adopted"), "adopted");
  CU_ASSERT_STRING_EQUAL(near_to("adoptd"), "adopted");   /* a letter lost */
  CU_ASSERT_STRING_EQUAL(near_to("addopted"), "adopted"); /* one more */
  CU_ASSERT_STRING_EQUAL(near_to("adaptet"), "adopted");  /* two others */
  CU_ASSERT_STRING_EQUAL(near_to("daoptde"), "adopted");  /* two swaps */
  CU_ASSERT_STRING_EQUAL(near_to("ADOPTED"), "adopted");
  CU_ASSERT_STRING_EQUAL(near_to("TÜRKIYE"), "Türkiye");
  CU_ASSERT_STRING_EQUAL(near_to("FRX"), "FRA"); /* the first of two */
  CU_ASSERT_STRING_EQUAL(near_to("Yes"), "yes");
  CU_ASSERT_STRING_EQUAL(near_to("on"), "no");
  CU_ASSERT_STRING_EQUAL(near_to("passed"), "none");
  CU_ASSERT_STRING_EQUAL(near_to("x"), "none"); /* shares no letter with any */
  CU_ASSERT_STRING_EQUAL(near_to("n"), "no");
  CU_ASSERT_STRING_EQUAL(near_to(""), "none");
  CU_ASSERT_STRING_EQUAL(near_to("\xff"), "none");
  CU_ASSERT_STRING_EQUAL(near_to("adopted\xf0"), "none"); /* cut short at its end */
}

static void test_near_long_words(void) {
  g_autofree char *most = g_strnfill(64, 'a'), *more = g_strnfill(65, 'a');
  const char *const words[] = {more, most, NULL};
  CU_ASSERT_PTR_EQUAL(pln_text_near(most, words), most);
  CU_ASSERT_PTR_NULL(pln_text_near(more, words));
  const char *const none[] = {NULL};
  CU_ASSERT_PTR_NULL(pln_text_near("a", none));
}

int main(void) {
  CU_TestInfo tests[] = {{"visible", test_visible},
                         {"inert", test_inert},
                         {"width", test_width},
                         {"near", test_near},
                         {"near long words", test_near_long_words},
                         CU_TEST_INFO_NULL};
  return suite_run("text", tests);
}
