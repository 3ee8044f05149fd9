/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page: hostile texts stay text, the policy names what is in it, the answer stands first,
 * and the same document gives the same bytes. */
#include <CUnit/Basic.h>
#include <string.h>

#include "plenary/page.h"
#include "plenary/page_parts.h"

#define HOSTILE                                                                                    \
  "</script><script>alert(1)</script><!-- \" ' ]]> \xe2\x80\xa8 \xe2\x80\xae javascript:x"

static GArray *inputs;

static PlnProvenance provenance(void) {
  return (PlnProvenance){"0.0.7", "plenary replay " HOSTILE, "inferred", HOSTILE, inputs, inputs};
}

static const PlnDocColumn columns[] = {
    {"state", "State"}, {"-", "For people"}, {"share", "Share"}, {"hidden", NULL}, {NULL, NULL}};

static void add_table(PlnDoc *doc, const char *key, PlnAudience audience, const char *text) {
  pln_doc_table(doc, key, audience, text, columns);
  pln_doc_cell(doc, pln_text(text));
  pln_doc_cell(doc, pln_text("seen"));
  pln_doc_cell(doc, pln_real(1.0 / 3, 2));
  pln_doc_cell(doc, pln_int(4711));
}

static PlnDoc *sample(const char *text) {
  PlnDoc *doc = pln_doc_new();
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "%s", text);
  pln_doc_say(doc, NULL, PLN_SAY_NOTE, "a note, %s", text);
  pln_doc_say(doc, NULL, PLN_SAY_GOOD, "ADOPTED, %s", text);
  pln_doc_bar(doc, (PlnBar){{79, 60}, 70});
  pln_doc_open_each(doc, "proposals", text);
  pln_doc_chart(doc, "bars", "%s", text);
  add_table(doc, text, PLN_FOR_PROGRAMS, text);
  add_table(doc, "votes", PLN_FOR_BOTH, text);
  pln_doc_close(doc);
  return doc;
}

/* Returns: (transfer full): what stands behind @open and before @close, or NULL */
static char *between(const char *page, const char *open, const char *close) {
  const char *from = strstr(page, open);
  const char *to = from ? strstr(from + strlen(open), close) : NULL;
  return to ? g_strndup(from + strlen(open), (gsize)(to - from) - strlen(open)) : NULL;
}

static guint times(const char *page, const char *part) {
  guint n = 0;
  for (const char *p = strstr(page, part); p; p = strstr(p + 1, part))
    n++;
  return n;
}

static void test_hostile(void) {
  g_autoptr(PlnDoc) doc = sample(HOSTILE), mild = sample("mild");
  PlnProvenance p = provenance();
  g_autofree char *page = pln_write_page(doc, &p, "{\"a\":\"" HOSTILE "\"}", NULL);
  g_autofree char *other = pln_write_page(mild, &p, "{\"a\":\"mild\"}", NULL);
  CU_ASSERT_EQUAL(times(page, "<"), times(other, "<"));
  CU_ASSERT_EQUAL(times(page, "</script"), 5); /* made, data, kernel, worker, script */
  CU_ASSERT_PTR_NULL(strstr(page, "<!--"));
  CU_ASSERT_PTR_NULL(strstr(page, "alert(1)<"));
  g_autofree char *data = between(page, "id=\"data\">", "</script>");
  CU_ASSERT_PTR_NULL(strpbrk(data, "<>&"));
  CU_ASSERT_PTR_NULL(strstr(data, "\xe2\x80\xa8"));
}

static void expect_hash(const char *page, const char *text, const char *directive) {
  g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize n = sizeof digest;
  g_checksum_update(sum, (const guchar *)text, -1);
  g_checksum_get_digest(sum, digest, &n);
  g_autofree char *base64 = g_base64_encode(digest, n);
  g_autofree char *policy = between(page, "http-equiv=\"Content-Security-Policy\" content=\"", "\">");
  g_autofree char *expected = g_strdup_printf("%s 'sha256-%s'", directive, base64);
  CU_ASSERT_PTR_NOT_NULL_FATAL(policy);
  CU_ASSERT_TRUE(g_str_has_prefix(policy, "default-src 'none'; "));
  CU_ASSERT_PTR_NOT_NULL(strstr(policy, expected));
}

static void expect_policy(const char *laboratory) {
  g_autoptr(PlnDoc) doc = sample("x");
  PlnProvenance p = provenance();
  g_autofree char *page = pln_write_page(doc, &p, laboratory, NULL);
  g_autofree char *style = between(page, "<style>", "</style>");
  g_autofree char *script = between(page, "<script>", "</script>");
  CU_ASSERT_PTR_NOT_NULL_FATAL(style);
  CU_ASSERT_PTR_NOT_NULL_FATAL(script);
  expect_hash(page, style, "style-src");
  expect_hash(page, script, "script-src");
  CU_ASSERT_PTR_NULL(strstr(page, "style=\""));
}

static void test_policy(void) {
  expect_policy(NULL);
  expect_policy("{}");
  CU_ASSERT_PTR_NULL(strstr(pln_page_policy, "unsafe-inline"));
  CU_ASSERT_PTR_NULL(strstr(pln_document_policy, "unsafe"));
  CU_ASSERT_PTR_NULL(strstr(pln_kit_policy, "script-src"));
  CU_ASSERT_TRUE(g_str_has_prefix(pln_page_kernel, "AGFzbQ")); /* "\0asm" */
}

static void test_laboratory(void) {
  g_autoptr(PlnDoc) doc = sample("x");
  PlnProvenance p = provenance();
  g_autofree char *with = pln_write_page(doc, &p, "{}", "Title");
  g_autofree char *without = pln_write_page(doc, NULL, NULL, NULL);
  CU_ASSERT_PTR_NOT_NULL(strstr(with, "id=\"kernel\""));
  CU_ASSERT_PTR_NOT_NULL(strstr(with, "<section id=\"lab\" hidden"));
  CU_ASSERT_PTR_NOT_NULL(strstr(with, "<title>Title</title>"));
  CU_ASSERT_PTR_NOT_NULL(strstr(with, "<h2>x</h2>")); /* the document's own title is said too */
  CU_ASSERT_PTR_NULL(strstr(without, "id=\"kernel\""));
  CU_ASSERT_PTR_NULL(strstr(without, "id=\"provenance\""));
  CU_ASSERT_PTR_NULL(strstr(without, "<h2>x</h2>"));
  CU_ASSERT_TRUE(strlen(with) < 1000000);
}

static void test_answer_first(void) {
  g_autoptr(PlnDoc) doc = sample("x");
  g_autofree char *page = pln_write_page(doc, NULL, NULL, NULL);
  g_autofree char *answer = between(page, "<section id=\"answer\"", "</section>");
  g_autofree char *rest = between(page, "<article id=\"document\">", "</article>");
  const char *good = strstr(answer, "<p class=\"good\">ADOPTED, x</p>");
  const char *note = strstr(answer, "<p class=\"note\">a note, x</p>");
  CU_ASSERT_TRUE(good && note && good < note);
  CU_ASSERT_PTR_NOT_NULL(strstr(answer, "79 yes above, 60 no below, 70 needed"));
  CU_ASSERT_PTR_NULL(strstr(answer, "<table"));
  CU_ASSERT_PTR_NULL(strstr(rest, "ADOPTED"));
  CU_ASSERT_PTR_NOT_NULL(
      strstr(rest, "<figure class=\"chart\" data-chart=\"bars\" data-table=\"x\">"));
  CU_ASSERT_PTR_NOT_NULL(strstr(rest, "<td data-value=\"0.33333333333333331\" class=\"n\">0.33</td>"));
  CU_ASSERT_EQUAL(times(rest, "4711"), 2); /* of the table that is drawn alone: value and text */
}

static void test_answer_section(void) {
  g_autoptr(PlnDoc) doc = pln_doc_new();
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "Title");
  pln_doc_open(doc, "answer");
  pln_doc_say(doc, NULL, PLN_SAY_LEAD, "So it is.");
  pln_doc_close(doc);
  pln_doc_open(doc, "sure");
  pln_doc_say(doc, NULL, PLN_SAY_TITLE, "How sure");
  pln_doc_close(doc);
  pln_doc_open(doc, "nothing");
  pln_doc_close(doc);
  g_autofree char *page = pln_write_page(doc, NULL, NULL, NULL);
  g_autofree char *answer = between(page, "<section id=\"answer\"", "</section>");
  CU_ASSERT_PTR_NOT_NULL(strstr(answer, "So it is."));
  CU_ASSERT_EQUAL(times(page, "So it is."), 1);
  CU_ASSERT_PTR_NOT_NULL(strstr(page, "<section data-key=\"sure\"><h2>How sure</h2>"));
  CU_ASSERT_PTR_NULL(strstr(page, "data-key=\"nothing\""));
}

static void test_same_bytes(void) {
  g_autoptr(PlnDoc) a = sample(HOSTILE), b = sample(HOSTILE);
  PlnProvenance p = provenance();
  g_autofree char *first = pln_write_page(a, &p, "{}", NULL),
                  *again = pln_write_page(a, &p, "{}", NULL),
                  *other = pln_write_page(b, &p, "{}", NULL);
  CU_ASSERT_STRING_EQUAL(first, again);
  CU_ASSERT_STRING_EQUAL(first, other);
  CU_ASSERT_TRUE(g_utf8_validate(first, -1, NULL));
}

int main(void) {
  CU_TestInfo tests[] = {{"hostile", test_hostile},
                         {"policy", test_policy},
                         {"laboratory", test_laboratory},
                         {"answer first", test_answer_first},
                         {"answer section", test_answer_section},
                         {"same bytes", test_same_bytes},
                         CU_TEST_INFO_NULL};
  CU_SuiteInfo suites[] = {{"page", NULL, NULL, NULL, NULL, tests}, CU_SUITE_INFO_NULL};
  g_autoptr(GBytes) bytes = g_bytes_new_static("x", 1);
  inputs = pln_inputs_new();
  pln_inputs_add(inputs, HOSTILE, bytes);
  if (CU_initialize_registry() != CUE_SUCCESS || CU_register_suites(suites) != CUE_SUCCESS)
    return CU_get_error();
  CU_basic_set_mode(CU_BRM_NORMAL);
  CU_basic_run_tests();
  unsigned failures = CU_get_number_of_failures();
  CU_cleanup_registry();
  g_array_unref(inputs);
  return failures > 0;
}
