/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of cells: headers of every kind, and every fault with its text. */
#include "plenary/cell_list.h"

#include <glib/gstdio.h>
#include <string.h>

#include "faulty.h"
#include "made_cells.h"
#include "suite.h"

static const char *const rows[] = {"YNA", "NYY"};

/* Reads @text, of @length (-1: to its end), as cells.csv.  @inputs: (nullable) */
static guint8 *read_text(const char *text, gssize length, GArray *inputs, PlnFaults *faults) {
  g_autofree char *folder = g_dir_make_tmp("plenary-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(folder, "cells.csv", NULL);
  g_autoptr(PlnVoteMatrix) matrix = made_matrix(rows, NULL, 2);
  CU_ASSERT_TRUE_FATAL(g_file_set_contents(path, text, length, NULL));
  guint8 *listed = pln_cell_list_load(path, matrix, inputs, faults);
  g_unlink(path);
  g_rmdir(folder);
  return listed;
}

/* Whether @text lists these cells, "100001" for the first and the last. */
static gboolean lists(const char *text, const char *cells) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autofree guint8 *listed = read_text(text, -1, NULL, faults);
  gboolean same = listed && pln_faults_count(faults) == 0;
  for (guint k = 0; same && k < 6; k++)
    same = listed[k] == (cells[k] == '1');
  return same;
}

static gboolean fails(const char *text, const char *expected) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autofree guint8 *listed = read_text(text, -1, NULL, faults);
  return !listed && faults_are(faults, expected);
}

static void test_headers(void) {
  static const char *const calls[] = {"rcid", "roll_call", "id"};
  static const char *const voters[] = {"iso3", "state", "voter", "country_code"};
  for (guint k = 0; k < 12; k++) {
    const char *call = calls[k / 4], *voter = voters[k % 4];
    g_autofree char *one = g_strdup_printf("%s,%s\nr0,V00\nr1,V02\n", call, voter);
    g_autofree char *other =
        g_strdup_printf("vote,%s,x,%s\nY,V00,,r0\n\"N\",\"V02\",,\"r1\"", voter, call);
    CU_ASSERT_TRUE(lists(one, "100001"));
    CU_ASSERT_TRUE(lists(other, "100001"));
  }
}

static void test_what_is_read(void) {
  CU_ASSERT_TRUE(lists("rcid,iso3\n", "000000"));
  CU_ASSERT_TRUE(lists("\xef\xbb\xbfrcid,iso3\r\nr0,V01\r\n\r\nr0,V01\r\n", "010000")); /* twice is once */
  CU_ASSERT_TRUE(lists("rcid,iso3,vote\nr1,V00,any,more\n", "000100")); /* further columns are not */
  CU_ASSERT_TRUE(lists("rcid,iso3,state\nr1,V01,nobody\n", "000010"));  /* the first that does */
}

static void test_faults(void) {
  CU_ASSERT_TRUE(fails("", "cells.csv:1:1: the file is empty; expected a header\n"));
  CU_ASSERT_TRUE(fails("\n\n", "cells.csv:1:1: the file is empty; expected a header\n"));
  CU_ASSERT_TRUE(fails("iso3,vote\nV00,Y\n", "cells.csv:1:1: no column for the roll call; expected rcid, "
                                             "roll_call or id, and iso3, state or voter\n"));
  CU_ASSERT_TRUE(fails("rcid,vote\nr0,Y\n", "cells.csv:1:1: no column for the voter; expected rcid, "
                                            "roll_call or id, and iso3, state or voter\n"));
  CU_ASSERT_TRUE(fails("rcid,iso3\nr0,V00\nr0\n",
                       "cells.csv:3:1: 1 fields; expected a roll call and a voter\n"));
  CU_ASSERT_TRUE(fails("rcid,iso3\nr9,V00\nr0,V01\n",
                       "cells.csv:2:1: no roll call \"r9\" among those read; expected one of them\n"));
  CU_ASSERT_TRUE(fails("rcid,iso3\nr0,Wxyz\n",
                       "cells.csv:2:4: no voter \"Wxyz\" among those read; expected one of them\n"));
  CU_ASSERT_TRUE(fails("iso3,rcid\n,\n",
                       "cells.csv:2:1: no voter \"\" among those read; expected one of them\n"
                       "cells.csv:2:2: no roll call \"\" among those read; expected one of "
                       "them\n"));
  CU_ASSERT_TRUE(
      fails("rcid,iso3\nr0,v00\n",
            "cells.csv:2:4: no voter \"v00\" among those read; expected one of them; did you mean "
            "V00?\n"));
}

/* What no CSV file is (csv.h), told as such. */
static void test_no_csv(void) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autofree guint8 *listed = read_text("rcid,iso3\nr0,V\0000\n", 17, NULL, faults);
  CU_ASSERT_PTR_NULL(listed);
  CU_ASSERT_EQUAL(pln_faults_count(faults), 1);
  g_autoptr(PlnFaults) open = pln_faults_new();
  g_autofree guint8 *none = read_text("rcid,iso3\nr0,\"V00\n", -1, NULL, open);
  CU_ASSERT_TRUE(!none && pln_faults_count(open) == 1);
}

static void test_unreadable(void) {
  g_autoptr(PlnVoteMatrix) matrix = made_matrix(rows, NULL, 2);
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(GArray) inputs = pln_inputs_new();
  CU_ASSERT_PTR_NULL(pln_cell_list_load("nowhere/cells.csv", matrix, inputs, faults));
  g_autofree char *text = pln_faults_text(faults);
  CU_ASSERT_TRUE(g_str_has_prefix(text, "cells.csv:0:0: ") || g_str_has_prefix(text, "cells.csv: "));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "; expected a file that can be read\n"));
  CU_ASSERT_EQUAL(inputs->len, 0);
  CU_ASSERT_PTR_NULL(pln_cell_list_load(".", matrix, NULL, faults)); /* a folder */
}

static void test_inputs(void) {
  static const char text[] = "rcid,iso3\nr0,V00\n";
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(GArray) inputs = pln_inputs_new();
  g_autofree guint8 *listed = read_text(text, -1, inputs, faults);
  g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
  CU_ASSERT_PTR_NOT_NULL(listed);
  CU_ASSERT_EQUAL_FATAL(inputs->len, 1);
  CU_ASSERT_STRING_EQUAL(g_array_index(inputs, PlnInput, 0).name, "cells.csv");
  CU_ASSERT_STRING_EQUAL(g_array_index(inputs, PlnInput, 0).sha256, hash);
}

/* Faults that were there before are none of this file's. */
static void test_earlier_faults(void) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  pln_faults_add(faults, "other.csv", 1, 1, "wrong; expected right");
  g_autofree guint8 *listed = read_text("rcid,iso3\nr0,V00\n", -1, NULL, faults);
  CU_ASSERT_PTR_NOT_NULL(listed);
}

int main(void) {
  CU_TestInfo tests[] = {{"headers", test_headers},
                         {"what is read", test_what_is_read},
                         {"faults", test_faults},
                         {"no csv", test_no_csv},
                         {"unreadable", test_unreadable},
                         {"inputs", test_inputs},
                         {"earlier faults", test_earlier_faults},
                         CU_TEST_INFO_NULL};
  return suite_run("cell_list", tests);
}
