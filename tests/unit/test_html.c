/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML is made of elements that the program names; what comes from a file stays text. */
#include <CUnit/Basic.h>
#include <string.h>

#include "plenary/html.h"

static char *text_of(const char *text) {
  GString *out = g_string_new(NULL);
  pln_html_text(out, text);
  return g_string_free(out, FALSE);
}

static void expect_text(const char *text, const char *expected) {
  g_autofree char *got = text_of(text);
  CU_ASSERT_STRING_EQUAL(got, expected);
}

static void test_text(void) {
  expect_text("", "");
  expect_text("Côte d'Ivoire & co", "Côte d&#39;Ivoire &amp; co");
  expect_text("</script><img onerror=\"x\">", "&lt;/script&gt;&lt;img onerror=&quot;x&quot;&gt;");
  expect_text("<!-- ]]> -->", "&lt;!-- ]]&gt; --&gt;");
  expect_text("&lt;", "&amp;lt;");
}

static void test_invisible(void) {
  expect_text("a\xe2\x80\xa8z", "a\\u{2028}z");
  expect_text("a\xe2\x80\xaez", "a\\u{202e}z");
  expect_text("a\x1b[31m", "a\\x1b[31m");
  expect_text("\xff", "\\xff");
  expect_text("two\r\nlines", "two lines");
}

static void test_open(void) {
  g_autoptr(GString) out = g_string_new(NULL);
  pln_html_open(out, "p", NULL);
  pln_html_open(out, "td", "data-value", "0.5", "class", NULL, "hidden", "", NULL);
  pln_html_close(out, "td");
  CU_ASSERT_STRING_EQUAL(out->str, "<p><td data-value=\"0.5\" hidden></td>\n");
}

static void test_attribute_stays_one(void) {
  g_autoptr(GString) out = g_string_new(NULL);
  pln_html_element(out, "td", "x<y", "title", "\" onclick=\"alert(1)", NULL);
  CU_ASSERT_STRING_EQUAL(out->str, "<td title=\"&quot; onclick=&quot;alert(1)\">x&lt;y</td>\n");
}

static void test_addresses(void) {
  static const struct {
    const char *address, *expected;
  } cases[] = {
      {"#main", "<a href=\"#main\">"},
      {"https://example.org/?a=1&b", "<a href=\"https://example.org/?a=1&amp;b\">"},
      {"HTTP://example.org", "<a href=\"HTTP://example.org\">"},
      {"res-74-247.v2.html", "<a href=\"res-74-247.v2.html\">"},
      {"../secret.html", "<a>"},
      {"a/b.html", "<a>"},
      {"javascript:x.html", "<a>"},
      {".html", "<a>"},
      {"page.htm", "<a>"},
      {"javascript:alert(1)", "<a>"},
      {" javascript:alert(1)", "<a>"},
      {"java\tscript:alert(1)", "<a>"},
      {"data:text/html,<b>", "<a>"},
      {"//example.org", "<a>"},
      {"file:x.html", "<a>"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GString) out = g_string_new(NULL);
    pln_html_open(out, "a", "href", cases[i].address, NULL);
    CU_ASSERT_STRING_EQUAL(out->str, cases[i].expected);
  }
}

static void test_json(void) {
  g_autoptr(GString) out = g_string_new(NULL);
  pln_html_json(out,
                "{\"a\":\"</script><!-- & \xe2\x80\xa8\xe2\x80\xa9 \xe2\x80\x9cq\xe2\x80\x9d\"}");
  CU_ASSERT_STRING_EQUAL(out->str, "{\"a\":\"\\u003c/script\\u003e\\u003c!-- \\u0026 "
                                   "\\u2028\\u2029 \xe2\x80\x9cq\xe2\x80\x9d\"}");
}

int main(void) {
  CU_TestInfo tests[] = {{"text", test_text},
                         {"invisible", test_invisible},
                         {"open", test_open},
                         {"attribute stays one", test_attribute_stays_one},
                         {"addresses", test_addresses},
                         {"json", test_json},
                         CU_TEST_INFO_NULL};
  CU_SuiteInfo suites[] = {{"html", NULL, NULL, NULL, NULL, tests}, CU_SUITE_INFO_NULL};
  if (CU_initialize_registry() != CUE_SUCCESS || CU_register_suites(suites) != CUE_SUCCESS)
    return CU_get_error();
  CU_basic_set_mode(CU_BRM_NORMAL);
  CU_basic_run_tests();
  unsigned failures = CU_get_number_of_failures();
  CU_cleanup_registry();
  return failures > 0;
}
