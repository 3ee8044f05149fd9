/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faulty.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "plenary/error.h"
#include "plenary/load.h"
#include "scene.h"

char *faulty_scenario(const char *file, ...) {
  g_autoptr(GHashTable) files =
      g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_bytes_unref);
  va_list rest;
  va_start(rest, file);
  for (; file; file = va_arg(rest, const char *)) {
    const char *text = va_arg(rest, const char *);
    g_hash_table_insert(files, (gpointer)file, g_bytes_new(text, strlen(text)));
  }
  va_end(rest);
  g_autoptr(PlnFolder) folder = pln_folder_in_memory("it", files);
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(PlnScenario) scenario = pln_scenario_read(scene_world(), folder, faults);
  if (!scenario != (pln_faults_count(faults) > 0))
    return g_strdup("a scenario with faults, or none without\n");
  return pln_faults_text(faults);
}

/* A folder of links to the shipped tables, but for @file. */
static char *copy_of_data(const char *file, const char *text) {
  static const char *const tables[] = {"members.csv",  "blocs.csv",          "rules.csv",
                                       "bodies.csv",   "treaties.csv",       "roll_call_list.csv",
                                       "roll_calls.csv", "reliability.csv",    "treaty_terms.csv",
                                       "milestones.csv", "reservations.csv"};
  g_autofree char *data = scene_world() ? pln_data_folder(NULL) : NULL;
  char *copy = g_dir_make_tmp("plenary-XXXXXX", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
    g_autofree char *from = g_build_filename(data, tables[i], NULL);
    g_autofree char *to = g_build_filename(copy, tables[i], NULL);
    gboolean other = strcmp(tables[i], file) != 0;
    if (other ? symlink(from, to) != 0 : text && !g_file_set_contents(to, text, -1, NULL))
      g_printerr("%s cannot be made\n", to);
  }
  return copy;
}

static void remove_folder(const char *path) {
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  for (const char *name; (name = g_dir_read_name(dir));) {
    g_autofree char *file = g_build_filename(path, name, NULL);
    g_unlink(file);
  }
  g_rmdir(path);
}

/* Lines are long enough without the folder's name. */
static char *without(const char *text, const char *part) {
  g_auto(GStrv) pieces = g_strsplit(text, part, -1);
  return g_strjoinv("", pieces);
}

char *faulty_world(const char *file, const char *text) {
  g_autofree char *copy = copy_of_data(file, text), *prefix = g_strconcat(copy, "/", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(PlnWorld) world = pln_world_load(copy, &error);
  remove_folder(copy);
  if (world)
    return g_strdup("");
  if (!g_error_matches(error, PLN_ERROR, PLN_ERROR_DATA))
    return g_strdup("another error\n");
  return without(error->message, prefix);
}

gboolean faulty_is(char *got, const char *expected) {
  gboolean same = strcmp(got, expected) == 0;
  if (!same)
    printf("\n  expected\n%s  got\n%s", expected, got);
  g_free(got);
  return same;
}

gboolean faults_are(const PlnFaults *faults, const char *expected) {
  return faulty_is(pln_faults_text(faults), expected);
}
