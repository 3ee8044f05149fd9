/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index of a batch: what a row says, that it lives on in its sidecar, and the answer. */
#include <CUnit/Basic.h>
#include <math.h>
#include <string.h>

#include "plenary/compose_batch.h"
#include "plenary/page.h"
#include "plenary/write.h"
#include "suite.h"

static PlnBatchRow *row_of(const char *name, const char *outcome, const char *status) {
  PlnBatchRow *row = pln_batch_row_new(name, "a-scenario");
  g_free(row->outcome);
  g_free(row->status);
  row->outcome = g_strdup(outcome);
  row->status = g_strdup(status);
  return row;
}

static PlnBatchRow *vote(void) {
  PlnBatchRow *row = row_of("vote", "adopted", "verified");
  static const int tally[PLN_VOTE_KINDS] = {
      [PLN_VOTE_Y] = 79, [PLN_VOTE_N] = 60, [PLN_VOTE_A] = 33, [PLN_VOTE_X] = 21};
  memcpy(row->tally, tally, sizeof tally);
  g_free(row->title);
  row->title = g_strdup("\"A\" <b>\xc3\xa9</b>");
  row->margin = -14;
  row->proposals = 3;
  row->chance = 0.1 + 0.2; /* no short decimal */
  return row;
}

/* ---- Faults ---- */

static void expect_fault(const char *message, const char *folder, const char *fault, guint faults) {
  g_autoptr(PlnBatchRow) row = pln_batch_row_new("x", "x");
  pln_batch_row_fail(row, message, folder);
  CU_ASSERT_STRING_EQUAL(row->fault, fault);
  CU_ASSERT_EQUAL(row->faults, faults);
  CU_ASSERT_STRING_EQUAL(row->outcome, "faulty");
}

static void test_faults(void) {
  expect_fault("in/a/votes.csv:14:5: bad\nin/a/votes.csv:15:5: bad\n"
               "2 faults in 1 file; nothing was written",
               "in/a/", "votes.csv:14:5: bad", 2);
  expect_fault("in/a/x.csv: bad\nand 1000 more faults\n1001 faults in 1 file; nothing was written",
               "in/a", "x.csv: bad", 1001);
  expect_fault("unknown state \"QQ\"; expected one", "in/a", "unknown state \"QQ\"; expected one", 1);
  expect_fault("in/ab/x.csv: bad", "in/a", "in/ab/x.csv: bad", 1);
  expect_fault("in/a: there is no such folder", "in/a/", "there is no such folder", 1);
  expect_fault("bad\x1b[31m", "in/a", "bad\\x1b[31m", 1);
  expect_fault("", "in/a", "", 1);
}

/* ---- The sidecar ---- */

static void test_record(void) {
  g_autoptr(PlnBatchRow) row = vote();
  PlnBatchMade made = {(char *)"d1", (char *)"p1"}, read;
  g_autofree char *text = pln_batch_record_write(row, &made);
  g_autoptr(PlnBatchRow) again = pln_batch_record_read("vote", text, &read);
  CU_ASSERT_PTR_NOT_NULL_FATAL(again);
  CU_ASSERT_STRING_EQUAL(read.digest, "d1");
  CU_ASSERT_STRING_EQUAL(read.page_sha256, "p1");
  CU_ASSERT_STRING_EQUAL(again->title, row->title);
  CU_ASSERT_STRING_EQUAL(again->scenario, "a-scenario");
  CU_ASSERT_EQUAL(again->tally[PLN_VOTE_X], 21);
  CU_ASSERT_EQUAL(again->margin, -14);
  CU_ASSERT(again->chance == row->chance);
  g_autofree char *twice = pln_batch_record_write(again, &read);
  CU_ASSERT_STRING_EQUAL(twice, text);
  pln_batch_made_clear(&read);
}

static void test_record_of_nothing(void) {
  g_autoptr(PlnBatchRow) row = row_of("none", "not known", "assumed");
  PlnBatchMade made = {(char *)"d1", NULL}, read;
  g_autofree char *text = pln_batch_record_write(row, &made);
  g_autoptr(PlnBatchRow) again = pln_batch_record_read("none", text, &read);
  CU_ASSERT_PTR_NOT_NULL_FATAL(again);
  CU_ASSERT_PTR_NULL(read.page_sha256);
  CU_ASSERT(isnan(again->chance));
  CU_ASSERT_EQUAL(again->margin, PLN_BATCH_NOT_KNOWN);
  CU_ASSERT_EQUAL(again->tally[PLN_VOTE_Y], PLN_BATCH_NOT_KNOWN);
  pln_batch_made_clear(&read);
}

/* Cut off anywhere, of another name, or with a part of another kind: it is no record. */
static void test_record_broken(void) {
  g_autoptr(PlnBatchRow) row = vote();
  PlnBatchMade made = {(char *)"d1", (char *)"p1"}, read;
  g_autofree char *text = pln_batch_record_write(row, &made);
  for (gsize n = 0; n + 2 < strlen(text); n += 7) {
    g_autofree char *cut = g_strndup(text, n);
    CU_ASSERT_PTR_NULL(pln_batch_record_read("vote", cut, &read));
  }
  CU_ASSERT_PTR_NULL(pln_batch_record_read("other", text, &read));
  static const char *const parts[][2] = {
      {"\"d1\"", "null"},       {"79", "-79"},        {"79", "\"79\""}, {"-14", "99999999999"},
      {"report/1", "report/2"}, {"\"adopted\"", "7"}, {"\"p1\"", "{}"}};
  for (gsize k = 0; k < G_N_ELEMENTS(parts); k++) {
    g_auto(GStrv) pieces = g_strsplit(text, parts[k][0], -1);
    g_autofree char *other = g_strjoinv(parts[k][1], pieces);
    CU_ASSERT_STRING_NOT_EQUAL(other, text);
    CU_ASSERT_PTR_NULL(pln_batch_record_read("vote", other, &read));
  }
}

/* What is altered by hand and still has its form is none either. */
static void test_record_altered(void) {
  g_autoptr(PlnBatchRow) row = vote();
  PlnBatchMade made = {(char *)"d1", (char *)"p1"}, read;
  g_autofree char *text = pln_batch_record_write(row, &made);
  static const char *const parts[][2] = {{"\"adopted\"", "\"rejected\""},
                                         {"-14", "99"},
                                         {"\"proposals\": 3", "\"proposals\": 4"},
                                         {"\"d1\"", "\"d2\""}};
  for (gsize k = 0; k < G_N_ELEMENTS(parts); k++) {
    g_auto(GStrv) pieces = g_strsplit(text, parts[k][0], 2);
    g_autofree char *other = g_strjoinv(parts[k][1], pieces);
    CU_ASSERT_STRING_NOT_EQUAL(other, text);
    CU_ASSERT_PTR_NULL(pln_batch_record_read("vote", other, &read));
    CU_ASSERT(pln_batch_record_is("vote", other));
    CU_ASSERT_FALSE(pln_batch_record_is("other", other));
  }
  CU_ASSERT_FALSE(pln_batch_record_is("vote", "{\"name\": \"vote\"}"));
  CU_ASSERT_FALSE(pln_batch_record_is("vote", "{"));
}

/* ---- The index ---- */

static GPtrArray *rows_of(void) {
  GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify)pln_batch_row_free);
  g_ptr_array_add(rows, vote());
  g_ptr_array_add(rows, row_of("quiet", "adopted-without-vote", "reported"));
  g_ptr_array_add(rows, row_of("tie", "tied", "inferred"));
  g_ptr_array_add(rows, row_of("come", "likely", "assumed"));
  PlnBatchRow *faulty = pln_batch_row_new("bad", "bad");
  pln_batch_row_fail(faulty, "bad/x.csv:1:1: bad\nbad/x.csv:2:1: bad\n2 faults in 1 file", "bad");
  g_ptr_array_add(rows, faulty);
  return rows;
}

static void test_answer(void) {
  g_autoptr(GPtrArray) rows = rows_of();
  PlnBatchSum sum = pln_batch_sum(rows);
  g_autofree char *said = pln_say_batch(&sum);
  CU_ASSERT_STRING_EQUAL(said,
                         "5 scenarios: 2 adopted, 1 not adopted, 1 likely, 1 faulty");
  CU_ASSERT_STRING_EQUAL(pln_batch_weakest(rows), "assumed");
  CU_ASSERT_EQUAL(sum.kind[PLN_BATCH_NOT_ADOPTED], 1);
  CU_ASSERT_PTR_NULL(pln_say_batch_all(&sum));
  PlnBatchRow *several = rows->pdata[1], *average = row_of("mean", "no forecast", "assumed");
  several->proposals = 4;
  several->place = 1;
  several->all[PLN_BATCH_ADOPTED] = 3;
  several->all[PLN_BATCH_NOT_PUT] = 1;
  g_ptr_array_add(rows, average);
  sum = pln_batch_sum(rows);
  g_autofree char *first = pln_say_batch(&sum), *all = pln_say_batch_all(&sum);
  CU_ASSERT_STRING_EQUAL(first, "6 scenarios, by each one's first proposal: 2 adopted, 1 not "
                                "adopted, 1 likely, 1 with no forecast, 1 faulty");
  CU_ASSERT_STRING_EQUAL(all, "7 proposals in all: 3 adopted, 1 not put or withdrawn");
  several->place = 2;
  sum = pln_batch_sum(rows);
  g_autofree char *asked = pln_say_batch(&sum);
  CU_ASSERT_PTR_NOT_NULL(strstr(asked, "by one proposal of each"));
  g_ptr_array_remove_index(rows, 5);
  g_ptr_array_remove_range(rows, 0, 4);
  CU_ASSERT_STRING_EQUAL(pln_batch_weakest(rows), "");
}

/* Whether @text has @part.  (g_strstr_len would do; this one says which is missing.) */
static void expect_part(const char *text, const char *part) {
  if (!strstr(text, part))
    fprintf(stderr, "missing: %s\n", part);
  CU_ASSERT_PTR_NOT_NULL(strstr(text, part));
}

static void test_page(void) {
  g_autoptr(GPtrArray) rows = rows_of();
  g_autoptr(PlnDoc) doc = pln_doc_new();
  pln_compose_batch(doc, "Reports on x", rows);
  g_autofree char *page = pln_write_page(doc, NULL, NULL, NULL);
  expect_part(page, "data-chart=\"batch\"");
  expect_part(page, "<a href=\"vote.html\">vote</a>");
  expect_part(page, ">bad</td>");
  CU_ASSERT_PTR_NULL(strstr(page, "bad.html"));
  expect_part(page, "x.csv:1:1: bad (and 1 more)");
  expect_part(page, "data-value=\"-14\"");
  expect_part(page, "&lt;b&gt;");
  expect_part(page, "30%");
  expect_part(page, "79-60-33");
  expect_part(page, ">adopted without a vote<");
  expect_part(page, ">not adopted: tied<");
}

int main(void) {
  CU_TestInfo tests[] = {{"faults", test_faults},
                         {"record", test_record},
                         {"record of nothing", test_record_of_nothing},
                         {"broken records", test_record_broken},
                         {"altered records", test_record_altered},
                         {"answer", test_answer},
                         {"page", test_page},
                         CU_TEST_INFO_NULL};
  return suite_run("batch", tests);
}
