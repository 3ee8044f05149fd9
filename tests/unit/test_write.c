/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document and its writers: what is shown to whom, and that nothing which came
 * from a file can move a terminal or run in a spreadsheet. */
#include <CUnit/Basic.h>
#include <jansson.h>
#include <string.h>

#include "plenary/error.h"
#include "plenary/write.h"

static GArray *none;

static PlnProvenance provenance(void) {
  return (PlnProvenance){"0.0.7", "plenary replay \x1b[31mred", "inferred", "Rule 86", none, none};
}

static const PlnDocColumn columns[] = {{"state", "State"}, {"-", "For people"}, {"n", "n"},
                                       {"share", NULL},    {"empty", "Empty"},  {"who", "Who"},
                                       {NULL, NULL}};

static void add_row(PlnDoc *doc, const char *state, gint64 n, double share, const char *who) {
  pln_doc_cell(doc, pln_text(state));
  pln_doc_cell(doc, pln_text("seen"));
  pln_doc_cell(doc, pln_int(n));
  pln_doc_cell(doc, pln_real(share, 2));
  pln_doc_cell(doc, pln_none());
  pln_doc_cell(doc, pln_words(who));
}

static PlnDoc *sample(void) {
  PlnDoc *doc = pln_doc_new();
  pln_doc_fact(doc, "answer", pln_text("ADOPTED"));
  pln_doc_say(doc, "said", PLN_SAY_GOOD, "ADOPTED %d", 79);
  for (int i = 0; i < 2; i++) {
    pln_doc_open_each(doc, "proposals", i == 0 ? "p1" : "p2");
    pln_doc_text(doc, "note", i == 0 ? "" : "Côte d'Ivoire");
    pln_doc_table(doc, "votes", PLN_FOR_BOTH, "Votes", columns);
    add_row(doc, i == 0 ? "=cmd|' /C calc'!A0" : "a \x1b]0;owned\x07 \xe2\x80\xae txt", 2385, 0.25,
            i == 0 ? "FRA USA" : "");
    add_row(doc, "plain, with \"quotes\"", 7, -1, "?");
    pln_doc_bar(doc, (PlnBar){{79, 60}, 70});
    pln_doc_close(doc);
  }
  pln_doc_open(doc, "about");
  pln_doc_fact(doc, "known", pln_bool(TRUE));
  pln_doc_fact(doc, "not_known", pln_text("?"));
  pln_doc_close(doc);
  return doc;
}

static gboolean harmless(const char *text) {
  for (const char *p = text; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if ((c < 0x20 && c != '\n') || (c >= 0x7f && c < 0xa0) || c == 0x202e)
      return FALSE;
  }
  return TRUE;
}

static void test_text(void) {
  g_autoptr(PlnDoc) doc = sample();
  PlnProvenance p = provenance();
  g_autofree char *text = pln_write_text(doc, &p, 80, FALSE);
  CU_ASSERT_TRUE(g_utf8_validate(text, -1, NULL));
  CU_ASSERT_TRUE(harmless(text));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "\\x1b]0;owned\\x07"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "2385"));
  CU_ASSERT_PTR_NULL(strstr(text, "Empty")); /* a column with nothing in it */
  CU_ASSERT_PTR_NULL(strstr(text, "0.25"));  /* for programs */
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "needs 70"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "inferred at the weakest. Rules: Rule"));
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (gsize i = 0; lines[i]; i++)
    CU_ASSERT_TRUE(g_utf8_strlen(lines[i], -1) <= 80);
}

static void test_colour_is_extra(void) {
  g_autoptr(PlnDoc) doc = sample();
  PlnProvenance p = provenance();
  g_autofree char *plain = pln_write_text(doc, &p, 80, FALSE);
  g_autofree char *colour = pln_write_text(doc, &p, 80, TRUE);
  g_autoptr(GRegex) escapes = g_regex_new("\x1b\\[[0-9;]*m", 0, 0, NULL);
  g_autofree char *stripped = g_regex_replace(escapes, colour, -1, 0, "", 0, NULL);
  CU_ASSERT_STRING_NOT_EQUAL(plain, colour);
  CU_ASSERT_STRING_EQUAL(plain, stripped);
}

static void test_narrow(void) {
  g_autoptr(PlnDoc) doc = sample();
  PlnProvenance p = provenance();
  g_autofree char *narrow = pln_write_text(doc, &p, 1, FALSE),
                  *wide = pln_write_text(doc, &p, 9999, FALSE);
  CU_ASSERT_TRUE(strlen(narrow) > 0);
  CU_ASSERT_TRUE(strlen(wide) > 0);
}

static void test_csv(void) {
  g_autoptr(PlnDoc) doc = sample();
  PlnProvenance p = provenance();
  g_autofree char *csv = pln_write_csv(doc, &p, "votes", NULL);
  g_auto(GStrv) lines = g_strsplit(csv, "\n", -1);
  CU_ASSERT_STRING_EQUAL(lines[0], "proposal,state,n,share,empty,who,plenary,command,inputs_sha256,data_sha256");
  CU_ASSERT_TRUE(g_str_has_prefix(lines[1], "p1,'=cmd|' /C calc'!A0,2385,0.25,,FRA USA,0.0.7,"));
  CU_ASSERT_TRUE(g_str_has_prefix(lines[2], "p1,\"plain, with \"\"quotes\"\"\",7,,,?,"));
  CU_ASSERT_TRUE(g_str_has_prefix(lines[3], "p2,a \\x1b]0;owned\\x07 "));
  CU_ASSERT_EQUAL(g_strv_length(lines), 6);
  CU_ASSERT_TRUE(harmless(csv));
}

static void test_csv_without_table(void) {
  g_autoptr(PlnDoc) doc = sample();
  PlnProvenance p = provenance();
  g_autoptr(GError) error = NULL;
  CU_ASSERT_PTR_NULL(pln_write_csv(doc, &p, "voters", &error));
  CU_ASSERT_TRUE(g_error_matches(error, PLN_ERROR, PLN_ERROR_USAGE));
  CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "expected one of votes"));
}

static void test_json(void) {
  g_autoptr(PlnDoc) doc = sample();
  PlnProvenance p = provenance();
  g_autofree char *text = pln_write_json(doc, &p);
  CU_ASSERT_TRUE(harmless(text));
  json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(json);
  json_t *proposals = json_object_get(json, "proposals");
  CU_ASSERT_EQUAL(json_array_size(proposals), 2);
  json_t *first = json_array_get(proposals, 0),
         *row = json_array_get(json_object_get(first, "votes"), 0);
  CU_ASSERT_TRUE(json_is_null(json_object_get(first, "note")));
  CU_ASSERT_EQUAL(json_integer_value(json_object_get(row, "n")), 2385);
  CU_ASSERT_EQUAL(json_real_value(json_object_get(row, "share")), 0.25);
  CU_ASSERT_TRUE(json_is_null(json_object_get(row, "empty")));
  CU_ASSERT_EQUAL(json_array_size(json_object_get(row, "who")), 2);
  CU_ASSERT_PTR_NULL(json_object_get(row, "-"));
  CU_ASSERT_TRUE(json_is_null(json_object_get(json_object_get(json, "about"), "not_known")));
  CU_ASSERT_TRUE(json_is_true(json_object_get(json_object_get(json, "about"), "known")));
  CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(json, "said")), "ADOPTED 79");
  json_decref(json);
}

static void test_same_bytes(void) {
  for (int i = 0; i < 3; i++) {
    g_autoptr(PlnDoc) a = sample(), b = sample();
    PlnProvenance p = provenance();
    g_autofree char *x = pln_write_json(a, &p), *y = pln_write_json(b, &p);
    CU_ASSERT_STRING_EQUAL(x, y);
  }
}

int main(void) {
  CU_TestInfo tests[] = {{"text", test_text},
                         {"colour is extra", test_colour_is_extra},
                         {"narrow and wide", test_narrow},
                         {"csv", test_csv},
                         {"csv without the table", test_csv_without_table},
                         {"json", test_json},
                         {"same bytes", test_same_bytes},
                         CU_TEST_INFO_NULL};
  CU_SuiteInfo suites[] = {{"write", NULL, NULL, NULL, NULL, tests}, CU_SUITE_INFO_NULL};
  none = pln_inputs_new();
  if (CU_initialize_registry() != CUE_SUCCESS || CU_register_suites(suites) != CUE_SUCCESS)
    return CU_get_error();
  CU_basic_set_mode(CU_BRM_NORMAL);
  CU_basic_run_tests();
  unsigned failures = CU_get_number_of_failures();
  CU_cleanup_registry();
  g_array_unref(none);
  return failures > 0;
}
