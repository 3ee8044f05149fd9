/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/folder.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "plenary/error.h"

struct PlnFolder {
  char *path, *name;
  GHashTable *files; /* in memory, else NULL */
  GPtrArray *tables;
};

static int by_name(gconstpointer a, gconstpointer b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void list(PlnFolder *folder, const char *file) {
  gsize n = strlen(file);
  if (n > 4 && g_ascii_strcasecmp(file + n - 4, ".csv") == 0 && file[0] != '.')
    g_ptr_array_add(folder->tables, g_strdup(file));
}

static void close_list(PlnFolder *folder) {
  g_ptr_array_sort(folder->tables, by_name);
  g_ptr_array_add(folder->tables, NULL);
}

PlnFolder *pln_folder_open(const char *path, GError **error) {
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  if (!dir) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "%s: %s", path,
                g_file_test(path, G_FILE_TEST_EXISTS)
                    ? "not a folder that can be read; expected a scenario's folder"
                    : "there is no such folder; expected a scenario's folder");
    return NULL;
  }
  PlnFolder *folder = g_new0(PlnFolder, 1);
  folder->path = g_strdup(path);
  g_autofree char *whole = g_canonicalize_filename(path, NULL);
  folder->name = g_path_get_basename(whole);
  folder->tables = g_ptr_array_new_with_free_func(g_free);
  for (const char *file; (file = g_dir_read_name(dir));)
    list(folder, file);
  close_list(folder);
  return folder;
}

PlnFolder *pln_folder_in_memory(const char *name, GHashTable *files) {
  PlnFolder *folder = g_new0(PlnFolder, 1);
  folder->path = g_strdup(name);
  folder->name = g_strdup(name);
  folder->files = g_hash_table_ref(files);
  folder->tables = g_ptr_array_new_with_free_func(g_free);
  GHashTableIter iter;
  gpointer file;
  g_hash_table_iter_init(&iter, files);
  while (g_hash_table_iter_next(&iter, &file, NULL))
    list(folder, file);
  close_list(folder);
  return folder;
}

void pln_folder_free(PlnFolder *folder) {
  if (!folder)
    return;
  g_clear_pointer(&folder->files, g_hash_table_unref);
  g_ptr_array_unref(folder->tables);
  g_free(folder->path);
  g_free(folder->name);
  g_free(folder);
}

const char *pln_folder_name(const PlnFolder *folder) {
  return folder->name;
}

const char *const *pln_folder_tables(const PlnFolder *folder) {
  return (const char *const *)folder->tables->pdata;
}

gboolean pln_folder_has(const PlnFolder *folder, const char *file) {
  return g_strv_contains(pln_folder_tables(folder), file);
}

char *pln_folder_label(const PlnFolder *folder, const char *file) {
  return g_build_filename(folder->path, file, NULL);
}

GBytes *pln_file_read(const char *path, PlnFaults *faults) {
  g_autoptr(GError) error = NULL;
  GStatBuf about;
  char *text;
  gsize length;
  if (g_stat(path, &about) != 0) {
    pln_faults_add(faults, path, 0, 0, "there is no such file; expected a table in CSV");
    return NULL;
  }
  /* A pipe or a device would be waited for without end. */
  if (!S_ISREG(about.st_mode)) {
    pln_faults_add(faults, path, 0, 0, "not a regular file; expected a table in CSV");
    return NULL;
  }
  if ((guint64)about.st_size > PLN_FILE_MOST) {
    pln_faults_add(faults, path, 0, 0,
                   "the file has %" G_GUINT64_FORMAT " MB; expected at most %" G_GSIZE_FORMAT,
                   (guint64)about.st_size >> 20, PLN_FILE_MOST >> 20);
    return NULL;
  }
  if (!g_file_get_contents(path, &text, &length, &error)) {
    pln_faults_add(faults, path, 0, 0, "the file cannot be read; expected a table in CSV: %s",
                   error->message);
    return NULL;
  }
  return g_bytes_new_take(text, length);
}

GBytes *pln_folder_read(const PlnFolder *folder, const char *file, PlnFaults *faults) {
  g_autofree char *path = pln_folder_label(folder, file);
  if (!folder->files)
    return pln_file_read(path, faults);
  GBytes *bytes = g_hash_table_lookup(folder->files, file);
  if (!bytes)
    pln_faults_add(faults, path, 0, 0, "there is no such file; expected a table in CSV");
  return bytes ? g_bytes_ref(bytes) : NULL;
}
