/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Electorates: what is found in one, its folder read and written, and every fault of it
 * (tests/electorate/bad-…). */
#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "faulty.h"
#include "plenary/electorate_file.h"
#include "plenary/electorate_tables.h"
#include "plenary/error.h"
#include "plenary/load.h"
#include "scene.h"
#include "suite.h"

static const PlnElectorateFile written[] = {PLN_ELECTORATE_KEYS, PLN_ELECTORATE_BY_STATE,
                                            PLN_ELECTORATE_BY_DIMENSION, PLN_ELECTORATE_BY_GROUP};

/* tests/electorate, found beside the shipped tables. */
static char *folder_of_tests(void) {
  g_autofree char *data = pln_data_folder(NULL), *root = g_path_get_dirname(data);
  return g_build_filename(root, "tests", "electorate", NULL);
}

static PlnElectorate *read_shipped(const char *name) {
  g_autofree char *tests = folder_of_tests(), *path = g_build_filename(tests, name, NULL);
  g_autoptr(GError) error = NULL;
  PlnElectorate *e = pln_electorate_load(scene_world(), path, &error);
  if (!e)
    printf("%s\n", error->message);
  return e;
}

static GHashTable *texts_of(const PlnElectorate *e) {
  GHashTable *files =
      g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_bytes_unref);
  for (gsize i = 0; i < G_N_ELEMENTS(written); i++) {
    char *text = pln_electorate_text(e, written[i]);
    g_hash_table_insert(files, (gpointer)pln_electorate_files[written[i]],
                        g_bytes_new_take(text, strlen(text)));
  }
  return files;
}

static PlnElectorate *read_again(const PlnElectorate *e, PlnFaults *faults) {
  g_autoptr(GHashTable) files = texts_of(e);
  g_autoptr(PlnFolder) folder = pln_folder_in_memory("it", files);
  return pln_electorate_read(folder, scene_world(), faults);
}

static gboolean same_texts(const PlnElectorate *a, const PlnElectorate *b) {
  gboolean same = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS(written); i++) {
    g_autofree char *one = pln_electorate_text(a, written[i]);
    g_autofree char *other = pln_electorate_text(b, written[i]);
    same &= strcmp(one, other) == 0;
  }
  return same;
}

static void test_new(void) {
  g_autoptr(PlnElectorate) e = pln_electorate_new(3, 2, 1);
  CU_ASSERT_TRUE(e->n == 3 && e->d == 2 && e->n_groups == 1 && e->classes == 3);
  CU_ASSERT_TRUE(e->in_group[2] == -1 && e->from_session == -1 && e->to_session == -1);
  CU_ASSERT_TRUE(e->held_out_log < 0 && e->held_out_brier < 0 && e->held_out_right < 0);
  CU_ASSERT_TRUE(e->position[5] == 0 && e->error[5] == 0 && e->slope_covariance[3] == 0);
  CU_ASSERT_EQUAL(e->inputs->len, 0);
  pln_electorate_free(NULL);
}

static void test_find(void) {
  g_autoptr(PlnElectorate) e = read_shipped("plain");
  CU_ASSERT_PTR_NOT_NULL_FATAL(e);
  CU_ASSERT_EQUAL(pln_electorate_find(e, "FRA"), 0);
  CU_ASSERT_EQUAL(pln_electorate_find(e, "OBS1"), 1);
  CU_ASSERT_EQUAL(pln_electorate_find(e, "USA"), 3);
  CU_ASSERT_EQUAL(pln_electorate_find(e, "AAA"), -1);
  CU_ASSERT_EQUAL(pln_electorate_find(e, "OBS"), -1);
  CU_ASSERT_EQUAL(pln_electorate_find(e, "ZWE"), -1);
  g_autoptr(PlnElectorate) none = pln_electorate_new(0, 1, 0);
  CU_ASSERT_EQUAL(pln_electorate_find(none, "FRA"), -1);
}

/* The window of "plain" is 15 September 2015 to 27 December 2019, sessions 70 to 74. */
static void test_has_seen(void) {
  g_autoptr(PlnElectorate) e = read_shipped("plain");
  CU_ASSERT_FALSE(pln_electorate_has_seen(e, 20150914, -1));
  CU_ASSERT_TRUE(pln_electorate_has_seen(e, 20150915, -1));
  CU_ASSERT_TRUE(pln_electorate_has_seen(e, 20191227, 75)); /* the day says more */
  CU_ASSERT_FALSE(pln_electorate_has_seen(e, 20191228, 74));
  CU_ASSERT_TRUE(pln_electorate_has_seen(e, 20191200, -1)); /* may have been on the 27th */
  CU_ASSERT_FALSE(pln_electorate_has_seen(e, 20200000, -1));
  CU_ASSERT_TRUE(pln_electorate_has_seen(e, PLN_DAY_NONE, 70));
  CU_ASSERT_TRUE(pln_electorate_has_seen(e, PLN_DAY_UNKNOWN, 74));
  CU_ASSERT_FALSE(pln_electorate_has_seen(e, PLN_DAY_NONE, 69));
  CU_ASSERT_FALSE(pln_electorate_has_seen(e, PLN_DAY_NONE, 75));
  CU_ASSERT_FALSE(pln_electorate_has_seen(e, PLN_DAY_NONE, -1));
  e->to_day = PLN_DAY_NONE;
  CU_ASSERT_TRUE(pln_electorate_has_seen(e, 20300101, 71));
  e->from_session = e->to_session = -1;
  CU_ASSERT_FALSE(pln_electorate_has_seen(e, 20300101, -1));
}

/* L L' is the covariance, also where that is singular. */
static void test_root(void) {
  static const double covariance[] = {4, 2, 6, 2, 1, 3, 6, 3, 9.25}; /* 2nd is half the 1st */
  g_autoptr(PlnElectorate) e = pln_electorate_new(1, 3, 0);
  double root[9];
  memcpy(e->slope_covariance, covariance, sizeof covariance);
  CU_ASSERT_EQUAL(pln_electorate_root(e, root), -1);
  for (int j = 0; j < 3; j++)
    for (int k = 0; k < 3; k++) {
      double sum = 0;
      for (int m = 0; m < 3; m++)
        sum += root[3 * j + m] * root[3 * k + m];
      CU_ASSERT_DOUBLE_EQUAL(sum, covariance[3 * j + k], 1e-12);
    }
  CU_ASSERT_TRUE(root[1] == 0 && root[2] == 0 && root[5] == 0);
  e->slope_covariance[4] = 0.9;
  CU_ASSERT_EQUAL(pln_electorate_root(e, root), 1);
  e->slope_covariance[4] = 1;
  e->slope_covariance[5] = e->slope_covariance[7] = 4;
  CU_ASSERT_EQUAL(pln_electorate_root(e, root), 2);
  e->slope_covariance[5] = 3;
  CU_ASSERT_EQUAL(pln_electorate_root(e, root), 2);
  memset(e->slope_covariance, 0, sizeof covariance);
  CU_ASSERT_EQUAL(pln_electorate_root(e, root), -1);
  e->slope_covariance[0] = NAN;
  CU_ASSERT_EQUAL(pln_electorate_root(e, root), 0);
}

static void test_read(void) {
  g_autoptr(PlnElectorate) e = read_shipped("plain");
  CU_ASSERT_TRUE(e->n == 4 && e->d == 2 && e->n_groups == 2 && e->classes == 3);
  CU_ASSERT_STRING_EQUAL(e->code[2], "RUS");
  CU_ASSERT_TRUE(e->in_group[0] == 0 && e->in_group[1] == -1 && e->in_group[2] == 1);
  CU_ASSERT_TRUE(e->position[4] == -1.2 && e->position[5] == 0.5 && e->error[5] == 0.2);
  CU_ASSERT_TRUE(e->lean[2] == -0.3 && e->width[2] == 0.2 && e->doubt[2] == 0.1);
  CU_ASSERT_TRUE(e->absent_a[2] == 10 && e->absent_b[2] == 90);
  CU_ASSERT_TRUE(e->slope_mean[1] == -0.1 && e->slope_covariance[1] == 0.4);
  CU_ASSERT_TRUE(e->group_spread[1] == 0.4 && e->lapse == 0.01 && e->width_sd == 0.3);
  CU_ASSERT_TRUE(e->from_day == 20150915 && e->to_session == 74 && e->n_calls == 400);
  CU_ASSERT_TRUE(e->n_votes == 1500 && e->held_out_right == 0.9);
  CU_ASSERT_STRING_EQUAL(e->command, "plenary estimate --dimensions 2, by hand");
  CU_ASSERT_EQUAL(e->status, PLN_STATUS_ASSUMED);
  CU_ASSERT_EQUAL(e->inputs->len, 4);
}

/* The files of "plain" are as they are written; in another order they come to the same. */
static void test_same_bytes(void) {
  g_autoptr(PlnElectorate) e = read_shipped("plain");
  g_autofree char *tests = folder_of_tests();
  for (gsize i = 0; i < G_N_ELEMENTS(written); i++) {
    g_autofree char *path =
        g_build_filename(tests, "plain", pln_electorate_files[written[i]], NULL);
    g_autofree char *text = pln_electorate_text(e, written[i]), *shipped = NULL;
    CU_ASSERT_TRUE(g_file_get_contents(path, &shipped, NULL, NULL));
    CU_ASSERT_STRING_EQUAL(text, shipped);
  }
  g_autoptr(GHashTable) files = texts_of(e);
  static const char turned[] = "x2,x1,state,lean,width,doubt,absent_b,absent_a,group\n"
                               "1e-5,1.75,USA,-.6,-0.1,4e-2,95,5,West\n"
                               "0.5,-1.2,RUS,-0.3,0.2,0.1,90,10,East\n"
                               "+0.3333333333333333,0,OBS1,0,0.1,0,1,1,\n"
                               "-0.250,0.8,FRA,0.1,0,0.02,97,3,West\n";
  g_hash_table_insert(files, (gpointer) "states.csv",
                      g_bytes_new_static(turned, sizeof turned - 1));
  g_autoptr(PlnFolder) folder = pln_folder_in_memory("it", files);
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(PlnElectorate) again = pln_electorate_read(folder, NULL, faults);
  CU_ASSERT_PTR_NOT_NULL_FATAL(again);
  CU_ASSERT_TRUE(again->error[0] == 0);
  memcpy(again->error, e->error, sizeof(double) * 8);
  CU_ASSERT_TRUE(same_texts(e, again));
}

/* Every double comes back as it was, whatever the locale has for a decimal point. */
static void test_numbers(void) {
  static const double hard[] = {1.0 / 3, 0.1, 1e-300, 5e-324, 123456789.12345678, -0.0,
                                2.0 / 3, 9007199254740992.0, 0.1 + 0.2, 1e9};
  g_autoptr(PlnElectorate) e = read_shipped("plain");
  gboolean german = setlocale(LC_NUMERIC, "de_DE.UTF-8") != NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(hard); i++) {
    g_autoptr(PlnFaults) faults = pln_faults_new();
    e->position[0] = fmod(hard[i], 1e9);
    e->error[7] = fabs(e->position[0]);
    g_autoptr(PlnElectorate) again = read_again(e, faults);
    CU_ASSERT_PTR_NOT_NULL_FATAL(again);
    CU_ASSERT_EQUAL(memcmp(again->position, e->position, sizeof(double) * 8), 0);
    CU_ASSERT_EQUAL(memcmp(again->error, e->error, sizeof(double) * 8), 0);
    CU_ASSERT_TRUE(same_texts(e, again));
  }
  setlocale(LC_NUMERIC, "C");
  if (!german)
    printf("no German locale: skipped; ");
}

/* Words that would be harmful are written harmless, and then stay as they are. */
static void test_words(void) {
  g_autoptr(PlnElectorate) e = read_shipped("plain");
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_free(e->note);
  e->note = g_strdup(" =1+1, \"so\"\n\033[31m ");
  g_clear_pointer(&e->source, g_free);
  g_autoptr(PlnElectorate) once = read_again(e, faults);
  g_autoptr(PlnElectorate) twice = once ? read_again(once, faults) : NULL;
  CU_ASSERT_PTR_NOT_NULL_FATAL(twice);
  CU_ASSERT_PTR_NULL(strchr(once->note, '\033'));
  CU_ASSERT_STRING_EQUAL(once->source, "");
  CU_ASSERT_TRUE(same_texts(once, twice));
}

/* Made here, as it would be long. */
static void test_many(void) {
  g_autoptr(PlnElectorate) e = read_shipped("plain");
  g_autoptr(GHashTable) files = texts_of(e);
  g_autoptr(GString) states = g_string_new("state,lean,width,doubt,absent_a,absent_b,x1,x2\n");
  g_autoptr(GString) groups = g_string_new("group,spread\n");
  for (int i = 0; i <= PLN_ELECTORATE_STATES; i++)
    g_string_append_printf(states, "S%d,0,0,0,1,1,0,0\n", i);
  for (int i = 0; i <= PLN_ELECTORATE_GROUPS; i++)
    g_string_append_printf(groups, "G%d,1\n", i);
  g_hash_table_insert(files, (gpointer) "groups.csv", g_bytes_new(groups->str, groups->len));
  g_autoptr(PlnFolder) folder = pln_folder_in_memory("it", files);
  g_autoptr(PlnFaults) faults = pln_faults_new();
  CU_ASSERT_PTR_NULL(pln_electorate_read(folder, NULL, faults));
  CU_ASSERT_TRUE(faults_are(faults,
                            "it/groups.csv:1002:1: more than 1000 groups; expected fewer\n"));
  g_hash_table_insert(files, (gpointer) "states.csv", g_bytes_new(states->str, states->len));
  g_autoptr(PlnFaults) more = pln_faults_new();
  CU_ASSERT_PTR_NULL(pln_electorate_read(folder, NULL, more));
  CU_ASSERT_TRUE(faults_are(more,
                            "it/states.csv:50002:1: more than 50000 states; expected fewer\n"));
}

/* As many dimensions as there can be, and one more. */
static void test_dimensions(void) {
  g_autoptr(PlnElectorate) e = pln_electorate_new(2, PLN_ELECTORATE_DIMENSIONS, 0);
  g_autoptr(PlnFaults) faults = pln_faults_new();
  for (guint i = 0; i < 2; i++) {
    e->code[i] = g_strdup_printf("S%u", i);
    e->absent_a[i] = e->absent_b[i] = 1;
  }
  for (guint k = 0; k < e->d; k++) {
    e->slope_covariance[k * e->d + k] = 1.0 / (k + 1);
    e->position[k] = e->error[e->d + k] = k / 7.0;
  }
  g_autoptr(PlnElectorate) again = read_again(e, faults);
  CU_ASSERT_PTR_NOT_NULL_FATAL(again);
  CU_ASSERT_TRUE(same_texts(e, again));
  g_autoptr(PlnElectorate) more = pln_electorate_new(1, PLN_ELECTORATE_DIMENSIONS + 1, 0);
  more->code[0] = g_strdup("S");
  g_autofree char *expected =
      g_strdup_printf("it/electorate.csv:3:12: dimensions is \"%d\"; expected a whole number from 1 "
                      "to %d\n", PLN_ELECTORATE_DIMENSIONS + 1, PLN_ELECTORATE_DIMENSIONS);
  CU_ASSERT_PTR_NULL(read_again(more, faults));
  CU_ASSERT_TRUE(faults_are(faults, expected));
}

/* Every folder bad-… has the faults in its expect.txt, and no others. */
static void test_faults(void) {
  g_autofree char *tests = folder_of_tests(), *here = g_get_current_dir();
  CU_ASSERT_EQUAL_FATAL(g_chdir(tests), 0);
  g_autoptr(GDir) dir = g_dir_open(".", 0, NULL);
  int seen = 0;
  for (const char *name; (name = g_dir_read_name(dir));) {
    if (!g_str_has_prefix(name, "bad-"))
      continue;
    g_autofree char *list = g_build_filename(name, "expect.txt", NULL), *expected = NULL;
    g_autoptr(PlnFolder) folder = pln_folder_open(name, NULL);
    g_autoptr(PlnFaults) faults = pln_faults_new();
    CU_ASSERT_TRUE_FATAL(g_file_get_contents(list, &expected, NULL, NULL));
    CU_ASSERT_PTR_NULL(pln_electorate_read(folder, scene_world(), faults));
    CU_ASSERT_TRUE(faults_are(faults, expected));
    seen++;
  }
  CU_ASSERT_TRUE(seen > 25);
  CU_ASSERT_EQUAL(g_chdir(here), 0);
}

static void test_no_folder(void) {
  g_autofree char *tests = folder_of_tests();
  g_autofree char *file = g_build_filename(tests, "plain", "states.csv", NULL);
  g_autofree char *bad = g_build_filename(tests, "bad-no-states", NULL);
  g_autoptr(GError) error = NULL;
  CU_ASSERT_PTR_NULL(pln_electorate_load(NULL, "nowhere", &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA, "nowhere: there is no such folder; "
                                                     "expected an electorate's folder"));
  CU_ASSERT_PTR_NULL(pln_electorate_load(NULL, file, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA, ": not a folder that can be read; expected an "
                                                     "electorate's folder"));
  CU_ASSERT_PTR_NULL(pln_electorate_load(NULL, bad, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA, "\n1 fault in 1 file; nothing was written"));
}

/* ---- Written folders ---- */

static void empty(const char *folder) {
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  for (const char *name; dir && (name = g_dir_read_name(dir));) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    if (g_file_test(path, G_FILE_TEST_IS_DIR) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK))
      empty(path);
    g_unlink(path);
  }
  g_rmdir(folder);
}

static guint files_in(const char *folder) {
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  guint n = 0;
  while (dir && g_dir_read_name(dir))
    n++;
  return n;
}

static void test_write(void) {
  g_autoptr(PlnElectorate) e = read_shipped("plain");
  g_autoptr(GError) error = NULL;
  g_autofree char *place = g_dir_make_tmp("plenary-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename(place, "fitted", NULL);
  CU_ASSERT_TRUE(pln_electorate_write(e, folder, &error));
  CU_ASSERT_EQUAL(files_in(folder), 4);
  CU_ASSERT_TRUE(pln_electorate_write_with(e, "roll_call\n", folder, &error));
  CU_ASSERT_EQUAL(files_in(folder), 5);
  g_autoptr(PlnElectorate) again = pln_electorate_load(scene_world(), folder, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(again);
  CU_ASSERT_TRUE(same_texts(e, again));
  g_autofree char *slashed = g_strconcat(folder, "/", NULL);
  CU_ASSERT_TRUE(pln_electorate_write(e, slashed, &error));
  CU_ASSERT_EQUAL(files_in(folder), 4); /* the truth of another drawing is gone */
  CU_ASSERT_EQUAL(files_in(place), 1);  /* and nothing is left beside it */
  empty(place);
}

static void test_not_written(void) {
  g_autoptr(PlnElectorate) e = read_shipped("plain");
  g_autoptr(GError) error = NULL;
  g_autofree char *place = g_dir_make_tmp("plenary-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename(place, "fitted", NULL);
  g_autofree char *states = g_build_filename(folder, "states.csv", NULL);
  g_autofree char *file = g_build_filename(place, "file", NULL);
  g_autofree char *link = g_build_filename(place, "link", NULL);
  g_autofree char *beyond = g_build_filename(place, "no", "such", NULL);
  CU_ASSERT_TRUE(g_file_set_contents(file, "mine", -1, NULL));
  CU_ASSERT_EQUAL(symlink("nowhere", link), 0);
  CU_ASSERT_FALSE(pln_electorate_write(e, place, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_USAGE,
                             "expected one that is an electorate and nothing else"));
  CU_ASSERT_EQUAL(g_mkdir(folder, 0777), 0); /* a states.csv alone may be of anything */
  CU_ASSERT_TRUE(g_file_set_contents(states, "mine", -1, NULL));
  CU_ASSERT_FALSE(pln_electorate_write(e, folder, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_USAGE, "fitted: the folder holds states.csv"));
  empty(folder);
  CU_ASSERT_FALSE(pln_electorate_write(e, file, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_USAGE, "there is something already"));
  CU_ASSERT_FALSE(pln_electorate_write(e, link, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_USAGE, "there is something already"));
  CU_ASSERT_FALSE(pln_electorate_write(e, beyond, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_FAILED, "No such file"));
  CU_ASSERT_FALSE(pln_electorate_write(e, "", &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_USAGE, "it has no name"));
  e->position[3] = NAN; /* what could not be read again is not written */
  CU_ASSERT_FALSE(pln_electorate_write(e, folder, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA, "fitted/states.csv:3:21: x2 is \"nan\""));
  CU_ASSERT_FALSE(g_file_test(folder, G_FILE_TEST_EXISTS));
  CU_ASSERT_EQUAL(files_in(place), 2);
  empty(place);
}

int main(void) {
  CU_TestInfo tests[] = {{"new", test_new},
                         {"find", test_find},
                         {"has seen", test_has_seen},
                         {"root", test_root},
                         {"read", test_read},
                         {"same bytes", test_same_bytes},
                         {"numbers", test_numbers},
                         {"words", test_words},
                         {"many", test_many},
                         {"dimensions", test_dimensions},
                         {"faults", test_faults},
                         {"no folder", test_no_folder},
                         {"write", test_write},
                         {"not written", test_not_written},
                         CU_TEST_INFO_NULL};
  int status = suite_run("electorate", tests);
  scene_end();
  return status;
}
