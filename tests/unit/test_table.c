/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables: columns by name, cells with their place, what they are read as. */
#include "plenary/table.h"

#include <string.h>

#include "faulty.h"
#include "suite.h"

enum { NAME, N, DAY, WORD };

static const PlnColumn columns[] = {
    {"name", TRUE}, {"n", FALSE}, {"day", FALSE}, {"word", FALSE}, {NULL, FALSE}};

static PlnFaults *faults;

static PlnTable *read_table(const char *text) {
  g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
  g_clear_pointer(&faults, pln_faults_free);
  faults = pln_faults_new();
  return pln_table_read("t.csv", bytes, columns, faults);
}

static void test_cells(void) {
  g_autoptr(PlnTable) table = read_table("DAY,word,Name\n2019,b,Ana\n\n,,Bea,,\n,c\nEda\n");
  CU_ASSERT_TRUE(faults_are(faults, ""));
  CU_ASSERT_PTR_NOT_NULL_FATAL(table);
  CU_ASSERT_TRUE(pln_table_whole(table));
  CU_ASSERT_STRING_EQUAL(pln_table_file(table), "t.csv");
  CU_ASSERT_EQUAL(pln_table_rows(table), 4);
  static const char *const expected[4][4] = {
      {"Ana", "", "2019", "b"}, {"Bea", "", "", ""}, {"", "", "", "c"}, {"", "", "Eda", ""}};
  static const guint lines[] = {2, 4, 5, 6};
  for (guint row = 0; row < 4; row++) {
    CU_ASSERT_EQUAL(pln_table_line(table, row), lines[row]);
    for (guint c = 0; c < 4; c++)
      CU_ASSERT_STRING_EQUAL(pln_table_text(table, row, c), expected[row][c]);
  }
}

/* An empty cell is where it stands; one that its row is too short for, at the row's end;
 * one without a column, at its beginning. */
static void test_places(void) {
  g_autoptr(PlnTable) table = read_table("name,n,day\n\"a\nb\",2,\nc\n");
  for (guint row = 0; row < 2; row++)
    for (guint c = 0; c < 4; c++)
      pln_table_fault(table, row, c, faults, "%u", c);
  CU_ASSERT_TRUE(faults_are(faults, "t.csv:2:1: 0\nt.csv:2:1: 3\nt.csv:3:4: 1\nt.csv:3:6: 2\n"
                                    "t.csv:4:1: 0\nt.csv:4:1: 1\nt.csv:4:1: 2\nt.csv:4:1: 3\n"));
}

static void test_trailing_empties(void) {
  g_autoptr(PlnTable) table = read_table("name,n,,,\na,1,,\n,,,,,,,\n\nb,,\n,\n");
  CU_ASSERT_TRUE(faults_are(faults, ""));
  CU_ASSERT_EQUAL(pln_table_rows(table), 2);
  CU_ASSERT_STRING_EQUAL(pln_table_text(table, 1, NAME), "b");
}

static void test_headers(void) {
  g_autoptr(PlnTable) missing = read_table("n,wrod,n\n1\n");
  CU_ASSERT_PTR_NULL(missing);
  CU_ASSERT_TRUE(faults_are(
      faults, "t.csv:1:1: column \"name\" is missing; expected it in the first line\n"
              "t.csv:1:3: unknown column \"wrod\"; expected one of name, n, day, word; did you "
              "mean word?\n"
              "t.csv:1:8: column \"n\" stands twice; expected it once\n"));
  g_autoptr(PlnTable) usable = read_table("name,x,name,n\na,b,c,1\n");
  CU_ASSERT_PTR_NOT_NULL_FATAL(usable); /* the first of the two counts */
  CU_ASSERT_STRING_EQUAL(pln_table_text(usable, 0, NAME), "a");
  CU_ASSERT_STRING_EQUAL(pln_table_text(usable, 0, N), "1");
  CU_ASSERT_EQUAL(pln_faults_count(faults), 2);
}

static void test_cells_beyond(void) {
  g_autoptr(PlnTable) table = read_table("name,n\na,1,x,\nb,2,,,y\n");
  CU_ASSERT_TRUE(faults_are(
      faults, "t.csv:2:5: the row has 3 fields; expected at most 2, as the first line names\n"
              "t.csv:3:5: the row has 5 fields; expected at most 2, as the first line names\n"));
  CU_ASSERT_EQUAL(pln_table_rows(table), 2);
  CU_ASSERT_STRING_EQUAL(pln_table_text(table, 1, N), "2");
}

#define EMPTY "t.csv:1:1: the file is empty; expected a first line such as name,n,day,word\n"
#define SEPARATED(what)                                                                       \
  "t.csv:1:1: the columns are separated by " what "; expected commas: save it as \"CSV "      \
  "UTF-8 (comma delimited)\", or in the export dialogue choose the comma as field separator\n"

static void refuses(const char *text, const char *expected) {
  g_autoptr(PlnTable) table = read_table(text);
  CU_ASSERT_PTR_NULL(table);
  CU_ASSERT_TRUE(faults_are(faults, expected));
}

static void test_refused(void) {
  refuses("", EMPTY);
  refuses("\xef\xbb\xbf\r\n ,,\r\n", EMPTY);
  refuses("name;n\na;1\n", SEPARATED("semicolons"));
  refuses("name;n,,\na;1,\n", SEPARATED("semicolons"));
  refuses("name\tn\na\t\"1\n", SEPARATED("tabs")); /* one fault: the rows are not read */
  refuses("\"name\";\"n\"\n", SEPARATED("semicolons"));
  refuses("\"name", "t.csv:1:1: a quotation mark is opened and never closed; expected \" before "
                    "the file ends\n");
  g_autoptr(GBytes) none = g_bytes_new(NULL, 0);
  g_clear_pointer(&faults, pln_faults_free);
  faults = pln_faults_new();
  CU_ASSERT_PTR_NULL(pln_table_read("t.csv", none, columns, faults));
  CU_ASSERT_TRUE(faults_are(faults, EMPTY));
  pln_table_free(NULL);
}

/* Rows before a break are read; that there are no more proves nothing. */
static void test_broken_off(void) {
  g_autoptr(PlnTable) table = read_table("name,n\na,1\nb,\"2\n");
  CU_ASSERT_PTR_NOT_NULL_FATAL(table);
  CU_ASSERT_FALSE(pln_table_whole(table));
  CU_ASSERT_EQUAL(pln_table_rows(table), 1);
  CU_ASSERT_EQUAL(pln_faults_count(faults), 1);
}

static void test_needed(void) {
  g_autoptr(PlnTable) table = read_table("n,name\n1,a\n2,\n");
  CU_ASSERT_STRING_EQUAL(pln_table_needed(table, 0, NAME, faults), "a");
  CU_ASSERT_STRING_EQUAL(pln_table_needed(table, 1, NAME, faults), "");
  CU_ASSERT_TRUE(faults_are(faults, "t.csv:3:3: name is empty; expected a value in every row\n"));
}

static void test_count(void) {
  g_autoptr(PlnTable) table =
      read_table("name,n\na,0\na,79\na,100\na,007\na,\na,?\na,101\na,-1\na,+1\na,1.0\na,1e1\n"
                 "a,0x1\na,٣\na,18446744073709551616\na,1 0\n");
  static const gint64 good[] = {0, 79, 100, 7, PLN_NOT_STATED, PLN_UNKNOWN};
  for (guint i = 0; i < G_N_ELEMENTS(good); i++)
    CU_ASSERT_EQUAL(pln_table_count(table, i, N, 100, faults), good[i]);
  CU_ASSERT_EQUAL(pln_faults_count(faults), 0);
  for (guint i = G_N_ELEMENTS(good); i < pln_table_rows(table); i++)
    CU_ASSERT_EQUAL(pln_table_count(table, i, N, 100, faults), PLN_NOT_STATED);
  CU_ASSERT_EQUAL(pln_faults_count(faults), 9);
  g_autofree char *text = pln_faults_text(faults);
  CU_ASSERT_TRUE(g_str_has_prefix(
      text, "t.csv:8:3: n is \"101\"; expected a whole number from 0 to 100, ? where it is not "
            "known, or nothing\n"));
}

static void test_day(void) {
  g_autoptr(PlnTable) table = read_table("name,day\na,2019-12-27\na,\na,?\na,2019-02-30\n");
  CU_ASSERT_EQUAL(pln_table_day(table, 0, DAY, faults), 20191227);
  CU_ASSERT_EQUAL(pln_table_day(table, 1, DAY, faults), PLN_DAY_NONE);
  CU_ASSERT_EQUAL(pln_table_day(table, 2, DAY, faults), PLN_DAY_UNKNOWN);
  CU_ASSERT_EQUAL(pln_table_day(table, 3, DAY, faults), PLN_DAY_NONE);
  CU_ASSERT_TRUE(faults_are(faults, "t.csv:5:3: day is \"2019-02-30\"; expected a day of the "
                                    "calendar, such as 2019-12-27, or 2019-12 or 2019\n"));
}

static void test_word(void) {
  static const char *const words[] = {"", "up", "down", NULL};
  g_autoptr(PlnTable) table = read_table("name,word\na,down\na,\na,dwon\na,Up\na,sideways\n");
  CU_ASSERT_EQUAL(pln_table_word(table, 0, WORD, words, 0, faults), 2);
  CU_ASSERT_EQUAL(pln_table_word(table, 1, WORD, words, 7, faults), 7);
  for (guint i = 2; i < 5; i++)
    CU_ASSERT_EQUAL(pln_table_word(table, i, WORD, words, 7, faults), 7);
  CU_ASSERT_TRUE(faults_are(
      faults, "t.csv:4:3: word is \"dwon\"; expected one of up, down; did you mean down?\n"
              "t.csv:5:3: word is \"Up\"; expected one of up, down; did you mean up?\n"
              "t.csv:6:3: word is \"sideways\"; expected one of up, down\n"));
}

static void test_most_cells(void) {
  guint most = PLN_TABLE_CELLS / 4;
  GString *text = g_string_new("name\n");
  for (guint i = 0; i < most; i++)
    g_string_append(text, "a\n");
  g_autoptr(PlnTable) table = read_table(text->str);
  CU_ASSERT_TRUE(pln_table_whole(table) && pln_table_rows(table) == most);
  CU_ASSERT_EQUAL(pln_table_line(table, most - 1), most + 1);
  g_string_append(text, "b\nc\n");
  g_autoptr(PlnTable) more = read_table(text->str);
  CU_ASSERT_FALSE(pln_table_whole(more));
  CU_ASSERT_TRUE(faults_are(faults, "t.csv:4194306:1: more than 4194304 rows; expected fewer\n"));
  g_string_free(text, TRUE);
}

int main(void) {
  CU_TestInfo tests[] = {{"cells", test_cells},
                         {"places", test_places},
                         {"trailing empties", test_trailing_empties},
                         {"headers", test_headers},
                         {"cells beyond", test_cells_beyond},
                         {"refused", test_refused},
                         {"broken off", test_broken_off},
                         {"needed", test_needed},
                         {"count", test_count},
                         {"day", test_day},
                         {"word", test_word},
                         {"most cells", test_most_cells},
                         CU_TEST_INFO_NULL};
  int status = suite_run("tables", tests);
  g_clear_pointer(&faults, pln_faults_free);
  return status;
}
