/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV: every field with its place, what spreadsheets do, what is refused. */
#include "plenary/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "faulty.h"
#include "suite.h"

/* Rows as "2:1 text|2:5 more" and a line end each. */
static gboolean note(const PlnField *field, guint n, gpointer data) {
  GString *seen = data;
  for (guint i = 0; i < n; i++)
    g_string_append_printf(seen, "%s%u:%u %s", i > 0 ? "|" : "", field[i].line, field[i].column,
                           field[i].text);
  g_string_append_c(seen, '\n');
  return TRUE;
}

static void check(const char *bytes, gsize length, const char *rows, const char *expected) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(GString) seen = g_string_new(NULL);
  gboolean whole = pln_csv_read("f", bytes, length, note, seen, faults);
  CU_ASSERT_EQUAL(whole, *expected == '\0');
  CU_ASSERT_TRUE(faulty_is(g_strdup(seen->str), rows));
  CU_ASSERT_TRUE(faults_are(faults, expected));
}

static void reads(const char *text, const char *rows) {
  check(text, strlen(text), rows, "");
}

static void refuses(const char *text, const char *rows, const char *fault) {
  check(text, strlen(text), rows, fault);
}

static void test_rows(void) {
  reads("", "");
  reads("a", "1:1 a\n");
  reads("a,b\nc,d\n", "1:1 a|1:3 b\n2:1 c|2:3 d\n");
  reads("a,b\nc,d", "1:1 a|1:3 b\n2:1 c|2:3 d\n");
  reads(",", "1:1 |1:2 \n");
  reads("a,,\n,", "1:1 a|1:3 |1:4 \n2:1 |2:2 \n");
  reads("über,b\n", "1:1 über|1:6 b\n"); /* in characters */
  reads("中,e\xcc\x81,c", "1:1 中|1:3 e\xcc\x81|1:6 c\n");
}

static void test_line_ends(void) {
  reads("a,b\r\nc,d\r\n", "1:1 a|1:3 b\n2:1 c|2:3 d\n");
  reads("a,b\rc,d\r", "1:1 a|1:3 b\n2:1 c|2:3 d\n");
  reads("a\r\n\r\n\nb\r\rc", "1:1 a\n4:1 b\n6:1 c\n");
  reads("\n\na", "3:1 a\n");
  reads("a\n  \n\t\n \t\nb", "1:1 a\n5:1 b\n"); /* lines of blanks have no field */
  reads(" \r\n \r\na,\r\n ,b", "3:1 a|3:3 \n4:1 |4:3 b\n");
}

static void test_blanks(void) {
  reads(" a , b c\t,  \n", "1:1 a|1:5 b c|1:11 \n");
  reads(" \"a\" ,\t\" b \"  \n", "1:1 a|1:7  b \n");
}

static void test_quotes(void) {
  reads("\"a,b\",c\n", "1:1 a,b|1:7 c\n");
  reads("\"say \"\"no\"\"\",\"\"\n", "1:1 say \"no\"|1:14 \n");
  reads("\"\"\"\"", "1:1 \"\n");
  reads("x,\"one\ntwo\n\nthree\",y\nz", "1:1 x|1:3 one\ntwo\n\nthree|4:8 y\n5:1 z\n");
  reads("\"a\r\nb\rc\",d\r\ne", "1:1 a\r\nb\rc|3:4 d\n4:1 e\n");
  reads("\"\n\n\",a\nb", "1:1 \n\n|3:3 a\n4:1 b\n");
  reads("  \"\n  \",a\nb", "1:1 \n  |2:5 a\n3:1 b\n");
}

static void test_byte_order_mark(void) {
  reads("\xef\xbb\xbf" "a,b\n", "1:1 a|1:3 b\n");
  reads("\xef\xbb\xbf\"a\",b\n", "1:1 a|1:5 b\n");
  reads("\xef\xbb\xbf", "");
  reads("a\n\xef\xbb\xbf" "b", "1:1 a\n2:1 \xef\xbb\xbf" "b\n"); /* elsewhere a character */
}

#define QUOTE_INSIDE                                                                          \
  ": a quotation mark inside a field, or text after a closing one; expected the whole field " \
  "in quotes and inner quotes doubled (\"\")\n"
#define QUOTE_OPEN \
  ": a quotation mark is opened and never closed; expected \" before the file ends\n"

static void test_refused_quotes(void) {
  refuses("a\nb,c\"d\n", "1:1 a\n", "f:2:3" QUOTE_INSIDE);
  refuses("a\nb,\"c\"d\ne", "1:1 a\n", "f:2:3" QUOTE_INSIDE);
  refuses("a\n\"b\" \"c\"\n", "1:1 a\n", "f:2:1" QUOTE_INSIDE);
  refuses("a\nb,\"c", "1:1 a\n", "f:2:3" QUOTE_OPEN);
  refuses("\"", "", "f:1:1" QUOTE_OPEN);
  refuses("a,\"b\n\nc,d\n", "", "f:1:3" QUOTE_OPEN);
}

#define NOT_COMMAS(what)                                                                      \
  "f:1:1: the columns are separated by " what "; expected commas: save it as \"CSV UTF-8 "    \
  "(comma delimited)\", or in the export dialogue choose the comma as field separator\n"

/* Quoted names show other separators to libcsv; unquoted ones to the table only. */
static void test_separators(void) {
  refuses("\"a\";\"b\"\n", "", NOT_COMMAS("semicolons"));
  refuses("a;\"b\"\n", "", NOT_COMMAS("semicolons"));
  refuses("\"a\"\t\"b\"\n", "", NOT_COMMAS("tabs"));
  refuses("a\t\"b\"\n", "", NOT_COMMAS("tabs"));
  refuses("a\n\"b\";\"c\"\n", "1:1 a\n", "f:2:1" QUOTE_INSIDE);
  reads("a;b\tc\n", "1:1 a;b\tc\n");
}

#define NOT_UTF_8                                                                           \
  ": bytes that are not UTF-8; expected the file saved as UTF-8 (\"CSV UTF-8\" in a " \
  "spreadsheet)\n"

static void test_refused_bytes(void) {
  refuses("a\nb,caf\xe9\nc", "1:1 a\n", "f:2:3" NOT_UTF_8);
  refuses("a,\"\xff\"", "", "f:1:3" NOT_UTF_8);
  refuses("a\nb\xe2\x82", "1:1 a\n", "f:2:1" NOT_UTF_8);
  refuses("\xed\xa0\x80\n", "", "f:1:1" NOT_UTF_8); /* a surrogate */
  check("a\nbc\0d\n", 7, "1:1 a\n", "f:2:3: a NUL byte; expected text\n");
  check("\0", 1, "", "f:1:1: a NUL byte; expected text\n");
  check("a\"\0", 3, "", "f:1:3: a NUL byte; expected text\n");
  static const char utf_16[] = ": the file is UTF-16; expected UTF-8 (save it as \"CSV UTF-8\")\n";
  g_autofree char *fault = g_strconcat("f:1:1", utf_16, NULL);
  check("\xff\xfe" "a\0", 4, "", fault);
  check("\xfe\xff\0a", 4, "", fault);
  check("\xff\xfe", 2, "", fault);
}

static char *repeat(const char *piece, gsize n, const char *before, const char *after) {
  GString *out = g_string_new(before);
  for (gsize i = 0; i < n; i++)
    g_string_append(out, piece);
  g_string_append(out, after);
  return g_string_free(out, FALSE);
}

#define LONG                                                                                       \
  ": a field of more than 65536 bytes; expected less (is a quote or a line end missing?)\n"

static void test_long_fields(void) {
  g_autofree char *most = repeat("a", PLN_CSV_FIELD, "x,", ",y\n");
  g_autofree char *row = repeat("a", PLN_CSV_FIELD, "1:1 x|1:3 ", "|1:65540 y\n");
  reads(most, row);
  g_autofree char *more = repeat("a", PLN_CSV_FIELD + 1, "b\nx,", ",y\n");
  refuses(more, "1:1 b\n", "f:2:3" LONG);
  g_autofree char *last = repeat("a", PLN_CSV_FIELD + 2, "b\nx,", "");
  refuses(last, "1:1 b\n", "f:2:3" LONG);
  g_autofree char *open = repeat("\n", PLN_CSV_FIELD + 2, "b\n\"", "");
  refuses(open, "1:1 b\n", "f:2:1" LONG);
  g_autofree char *blank = repeat(" \n", PLN_CSV_FIELD, "b\n", "c");
  reads(blank, "1:1 b\n65538:1 c\n"); /* many empty lines are no long field */
}

static gboolean count(const PlnField *field, guint n, gpointer data) {
  *(guint *)data = n;
  return field != NULL;
}

static void test_many_fields(void) {
  guint n = 0;
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autofree char *most = repeat(",", PLN_CSV_FIELDS - 1, "", "\n");
  CU_ASSERT_TRUE(pln_csv_read("f", most, strlen(most), count, &n, faults));
  CU_ASSERT_EQUAL(n, PLN_CSV_FIELDS);
  CU_ASSERT_TRUE(faults_are(faults, ""));
  g_autofree char *more = repeat(",", PLN_CSV_FIELDS, "", "");
  refuses(more, "", "f:1:16385: more than 16384 fields in a row; expected fewer\n");
}

static gboolean stop(const PlnField *field, guint n, gpointer data) {
  note(field, n, data);
  return FALSE;
}

static void test_stop(void) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(GString) seen = g_string_new(NULL);
  CU_ASSERT_FALSE(pln_csv_read("f", "a\nb\"c", 5, stop, seen, faults));
  CU_ASSERT_FALSE(pln_csv_read("f", "d", 1, stop, seen, faults)); /* at the end of the file */
  CU_ASSERT_STRING_EQUAL(seen->str, "1:1 a\n1:1 d\n");
  CU_ASSERT_TRUE(faults_are(faults, ""));
}

/* What is read of @row and a row after it, and the faults. */
static char *reading(const char *before, const char *row) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(GString) seen = g_string_new(NULL);
  g_autofree char *text = g_strconcat(before, row, "\nz,\"y\"\n", NULL);
  pln_csv_read("f", text, strlen(text), note, seen, faults);
  g_autofree char *told = pln_faults_text(faults);
  return g_strconcat(seen->str, told, NULL);
}

/* The same with the first line's columns, beyond those of @before, moved back. */
static char *reading_after(const char *before, const char *its, const char *row) {
  g_autofree char *got = reading(before, row);
  GString *out = g_string_new(NULL);
  const char *p = got + (g_str_has_prefix(got, its) ? strlen(its) : 0);
  for (; *p; p++) {
    gboolean first = strncmp(p, "1:", 2) == 0 && (p == got + strlen(its) || p[-1] == '|' ||
                                                  (p[-1] == ':' && p[-2] == 'f'));
    g_string_append_c(out, *p);
    if (first) {
      char *end;
      g_string_append_printf(out, ":%ld", strtol(p + 2, &end, 10) - (long)strlen(before));
      p = end - 1;
    }
  }
  return g_string_free(out, FALSE);
}

/* A field of doubled quotes before it sends a row through libcsv, which else may be cut
 * without: every row of five of these bytes reads the same. */
static void test_cut_as_libcsv_does(void) {
  static const char bytes[] = "a,\"\t \r\xc3\xa9";
  gsize kinds = sizeof bytes - 1, all = 1, differ = 0;
  for (guint i = 0; i < 5; i++)
    all *= kinds;
  for (gsize k = 0; k < all; k++) {
    char row[6] = "";
    for (gsize i = 0, rest = k; i < 5; i++, rest /= kinds)
      row[i] = bytes[rest % kinds];
    for (char *end = row + 5; end > row && end[-1] == 'a'; end--) /* shorter ones too */
      end[-1] = end == row + 1 ? 'a' : '\0';
    char first = row[strspn(row, " \t")];
    if (first == '\0' || first == '\r')
      continue; /* a blank line is no row, but a field behind another one */
    g_autofree char *cut = reading("", row);
    g_autofree char *through = reading_after("\"\"\"\",", "1:1 \"|", row);
    if (strcmp(cut, through) != 0 && differ++ < 5)
      printf("%s\n  is read as %s\n  and as %s\n", row, cut, through);
  }
  CU_ASSERT_EQUAL(differ, 0);
}

static void test_cut_words(void) { /* across the words of eight bytes */
  reads("abcdefgh,ijklmnop,\"q,r,s,tuvwxyz\",1\n",
        "1:1 abcdefgh|1:10 ijklmnop|1:19 q,r,s,tuvwxyz|1:35 1\n");
  reads("a\nb,\"c\"\"d\",e\r\nf,\"g\r\nh\",\"i\"\r\"j\"\n\nk",
        "1:1 a\n2:1 b|2:3 c\"d|2:10 e\n3:1 f|3:3 g\r\nh|4:4 i\n5:1 j\n7:1 k\n");
  reads("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9,\"\xe4\xb8\xad,\",x\n,y",
        "1:1 éééé|1:6 中,|1:11 x\n2:1 |2:2 y\n");
}

int main(void) {
  CU_TestInfo tests[] = {{"rows", test_rows},
                         {"line ends", test_line_ends},
                         {"blanks", test_blanks},
                         {"quotes", test_quotes},
                         {"byte-order mark", test_byte_order_mark},
                         {"refused quotes", test_refused_quotes},
                         {"other separators", test_separators},
                         {"refused bytes", test_refused_bytes},
                         {"long fields", test_long_fields},
                         {"many fields", test_many_fields},
                         {"stop", test_stop},
                         {"cut as libcsv does", test_cut_as_libcsv_does},
                         {"cut across words", test_cut_words},
                         CU_TEST_INFO_NULL};
  return suite_run("csv", tests);
}
