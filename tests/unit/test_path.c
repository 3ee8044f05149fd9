/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where paths lead: links to what is there, to what is not, and in a circle. */
#include "plenary/path.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "suite.h"

static char *folder;

/* Whether @path, in the folder, leads to @end there. */
static gboolean leads(const char *path, const char *end) {
  g_autofree char *from = g_build_filename(folder, path, NULL);
  g_autofree char *to = g_build_filename(folder, end, NULL), *real = pln_path_real(from);
  return g_str_equal(real, to);
}

static void make_link(const char *to, const char *name) {
  g_autofree char *path = g_build_filename(folder, name, NULL);
  CU_ASSERT_EQUAL(symlink(to, path), 0);
}

static void test_links(void) {
  g_autofree char *in = g_build_filename(folder, "in", NULL);
  g_autofree char *file = g_build_filename(in, "file", NULL);
  CU_ASSERT_EQUAL(g_mkdir(in, 0777), 0);
  CU_ASSERT_TRUE(g_file_set_contents(file, "1", 1, NULL));
  make_link("in", "folder");
  make_link("in/file", "there");
  make_link("folder/none", "nowhere");
  make_link("nowhere", "twice");
  CU_ASSERT_TRUE(leads("in/file", "in/file"));
  CU_ASSERT_TRUE(leads("in/../in/file", "in/file"));
  CU_ASSERT_TRUE(leads("there", "in/file"));
  CU_ASSERT_TRUE(leads("folder/file", "in/file"));
  CU_ASSERT_TRUE(leads("none", "none"));
  CU_ASSERT_TRUE(leads("folder/none", "in/none"));
  CU_ASSERT_TRUE(leads("nowhere", "in/none"));
  CU_ASSERT_TRUE(leads("twice", "in/none"));
  CU_ASSERT_TRUE(leads("no/such/folder", "no/such/folder"));
  g_autofree char *there = g_build_filename(folder, "there", NULL);
  g_autofree char *hard = g_build_filename(folder, "hard", NULL);
  CU_ASSERT_TRUE(pln_path_same(file, there));
  CU_ASSERT_FALSE(pln_path_same(file, hard));
  CU_ASSERT_EQUAL(link(file, hard), 0);
  CU_ASSERT_TRUE(pln_path_same(hard, there));
}

static void test_circle(void) {
  make_link("b", "a");
  make_link("a", "b");
  CU_ASSERT_TRUE(leads("a", "a"));
}

static void test_relative(void) {
  g_autofree char *back = g_get_current_dir();
  CU_ASSERT_EQUAL(g_chdir(folder), 0);
  g_autofree char *real = pln_path_real("there"), *file = g_build_filename(folder, "in/file", NULL);
  CU_ASSERT_STRING_EQUAL(real, file);
  CU_ASSERT_EQUAL(g_chdir(back), 0);
}

int main(void) {
  CU_TestInfo tests[] = {{"links", test_links},
                         {"a circle", test_circle},
                         {"relative", test_relative},
                         CU_TEST_INFO_NULL};
  g_autofree char *made = g_dir_make_tmp("plenary-XXXXXX", NULL);
  folder = pln_path_real(made);
  int status = suite_run("paths", tests);
  static const char *const names[] = {"in/file", "in", "folder", "there", "nowhere", "twice", "hard", "a", "b", ""};
  for (gsize k = 0; k < G_N_ELEMENTS(names); k++) {
    g_autofree char *path = g_build_filename(folder, names[k], NULL);
    g_remove(path);
  }
  g_free(folder);
  return status;
}
