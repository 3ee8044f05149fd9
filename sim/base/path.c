/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/path.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LINKS = 40 }; /* as many as Linux follows */

/* The folder is there, though what is in it may not be. */
static char *in_folder(const char *path) {
  g_autofree char *whole = g_canonicalize_filename(path, NULL);
  g_autofree char *folder = g_path_get_dirname(whole), *name = g_path_get_basename(whole);
  char *real = realpath(folder, NULL); /* malloc's */
  char *there = real ? g_build_filename(real, name, NULL) : g_steal_pointer(&whole);
  free(real);
  return there;
}

char *pln_path_real(const char *path) {
  char *at = in_folder(path);
  for (guint k = 0; k < LINKS; k++) {
    g_autofree char *link = g_file_read_link(at, NULL);
    if (!link)
      return at;
    g_autofree char *folder = g_path_get_dirname(at);
    g_autofree char *next = g_canonicalize_filename(link, folder);
    g_free(at);
    at = in_folder(next);
  }
  g_free(at);
  return in_folder(path);
}

gboolean pln_path_same(const char *a, const char *b) {
  struct stat one, other;
  g_autofree char *real_a = pln_path_real(a), *real_b = pln_path_real(b);
  return strcmp(real_a, real_b) == 0 ||
         (stat(real_a, &one) == 0 && stat(real_b, &other) == 0 && one.st_dev == other.st_dev &&
          one.st_ino == other.st_ino);
}
