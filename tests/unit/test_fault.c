/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults: their order, their bounds; and the inputs that results are traced to. */
#include "plenary/fault.h"

#include <string.h>

#include "faulty.h"
#include "plenary/input.h"
#include "suite.h"

static void test_none(void) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  CU_ASSERT_EQUAL(pln_faults_count(faults), 0);
  CU_ASSERT_EQUAL(pln_faults_files(faults), 0);
  CU_ASSERT_TRUE(faults_are(faults, ""));
  pln_faults_free(NULL);
}

/* By file, line and column; what is at one place as it was found. */
static void test_order(void) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  pln_faults_add(faults, "b.csv", 2, 1, "fourth");
  pln_faults_add(faults, "a.csv", 10, 7, "third, %d", 3);
  pln_faults_add(faults, "c.csv", 0, 0, "the file as a whole");
  pln_faults_add(faults, "a.csv", 10, 6, "second");
  pln_faults_add(faults, "b.csv", 2, 1, "fifth");
  pln_faults_add(faults, "a.csv", 9, 8, "first");
  CU_ASSERT_EQUAL(pln_faults_count(faults), 6);
  CU_ASSERT_EQUAL(pln_faults_files(faults), 3);
  CU_ASSERT_TRUE(faults_are(faults, "a.csv:9:8: first\na.csv:10:6: second\na.csv:10:7: third, 3\n"
                                    "b.csv:2:1: fourth\nb.csv:2:1: fifth\n"
                                    "c.csv: the file as a whole\n"));
}

static void test_visible(void) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  pln_faults_add(faults, "\x1b[1m.csv", 1, 1, "unknown \"%s\"\n", "\xe2\x80\xae\xff");
  CU_ASSERT_TRUE(faults_are(faults, "\\x1b[1m.csv:1:1: unknown \"\\u{202e}\\xff\" \n"));
}

static void test_many(void) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  for (int i = 0; i < PLN_FAULTS_KEPT; i++) {
    CU_ASSERT_TRUE(pln_faults_seeks(faults));
    pln_faults_add(faults, "a.csv", 1, 1, "x");
  }
  CU_ASSERT_FALSE(pln_faults_seeks(faults));
  pln_faults_add(faults, "a.csv", 1, 1, "x");
  CU_ASSERT_EQUAL(pln_faults_count(faults), PLN_FAULTS_KEPT + 1);
  g_autofree char *one = pln_faults_text(faults);
  CU_ASSERT_TRUE(g_str_has_suffix(one, "a.csv:1:1: x\nand 1 more fault\n"));
  pln_faults_add(faults, "b.csv", 1, 1, "y");
  g_autofree char *two = pln_faults_text(faults);
  CU_ASSERT_TRUE(g_str_has_suffix(two, "a.csv:1:1: x\nand 2 more faults\n"));
  CU_ASSERT_EQUAL(pln_faults_files(faults), 1);
}

/* The middle is left out, in characters and not in bytes. */
static void test_long(void) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(GString) field = g_string_new(NULL), expected = g_string_new("a.csv:1:1: ");
  for (int i = 0; i < PLN_FAULT_LONGEST; i++)
    g_string_append(field, "ö");
  pln_faults_add(faults, "a.csv", 1, 1, "%s", field->str);
  g_string_append_printf(expected, "%s\na.csv:1:2: ", field->str);
  for (int i = 0; i < PLN_FAULT_LONGEST; i++)
    g_string_append(expected, i == PLN_FAULT_LONGEST / 4 ? " … ö" : "ö");
  g_string_overwrite(expected, expected->len - 2, "z\n");
  g_string_truncate(expected, expected->len);
  pln_faults_add(faults, "a.csv", 1, 2, "%s%sz", field->str, field->str);
  CU_ASSERT_TRUE(faults_are(faults, expected->str));
}

static void test_hints(void) {
  static const char *const words[] = {"yes", "no", NULL};
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autofree char *near = pln_faults_hint(faults, "yse", words);
  g_autofree char *far = pln_faults_hint(faults, "perhaps", words);
  CU_ASSERT_STRING_EQUAL(near, "; did you mean yes?");
  CU_ASSERT_STRING_EQUAL(far, "");
  for (int i = 2; i < PLN_FAULTS_LOOKED / 2; i++) {
    CU_ASSERT_TRUE(pln_faults_seeks(faults));
    CU_ASSERT_PTR_EQUAL(pln_faults_near(faults, "on", words), words[1]);
  }
  CU_ASSERT_FALSE(pln_faults_seeks(faults));
  CU_ASSERT_PTR_NULL(pln_faults_near(faults, "on", words));
  g_autofree char *late = pln_faults_hint(faults, "yse", words);
  CU_ASSERT_STRING_EQUAL(late, "");
}

/* SHA-256 of nothing and of "abc", as in FIPS 180-4's examples. */
static void test_inputs(void) {
  g_autoptr(GArray) inputs = pln_inputs_new();
  g_autoptr(GBytes) nothing = g_bytes_new("", 0), abc = g_bytes_new("abc", 3);
  pln_inputs_add(inputs, "votes.csv", nothing);
  pln_inputs_add(inputs, "data/rules.csv", abc);
  CU_ASSERT_EQUAL_FATAL(inputs->len, 2);
  CU_ASSERT_STRING_EQUAL(g_array_index(inputs, PlnInput, 0).name, "votes.csv");
  CU_ASSERT_STRING_EQUAL(g_array_index(inputs, PlnInput, 0).sha256,
                         "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CU_ASSERT_STRING_EQUAL(g_array_index(inputs, PlnInput, 1).name, "data/rules.csv");
  CU_ASSERT_STRING_EQUAL(g_array_index(inputs, PlnInput, 1).sha256,
                         "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int main(void) {
  CU_TestInfo tests[] = {{"none", test_none}, {"order", test_order},   {"visible", test_visible},
                         {"many", test_many}, {"long", test_long},     {"hints", test_hints},
                         {"inputs", test_inputs}, CU_TEST_INFO_NULL};
  return suite_run("faults", tests);
}
