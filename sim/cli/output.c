/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/output.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "plenary/load.h"

gboolean pln_output_is_terminal(void) {
  return isatty(STDOUT_FILENO);
}

gboolean pln_output_colour(void) {
  const char *no = g_getenv("NO_COLOR");
  return pln_output_is_terminal() && !(no && *no) && g_strcmp0(g_getenv("TERM"), "dumb") != 0;
}

guint pln_output_width(void) {
  struct winsize size;
  if (pln_output_is_terminal() && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return 80;
}

static gboolean put(const char *text, FILE *stream) {
  gsize n = strlen(text);
  return fwrite(text, 1, n, stream) == n && fflush(stream) == 0;
}

/* Whole or not at all, by way of a new file in its place; but a device or a pipe is
 * written to, not replaced, and a link keeps pointing where it did. */
static gboolean put_file(const char *path, const char *text, GError **error) {
  gboolean there = g_file_test(path, G_FILE_TEST_EXISTS);
  g_autofree char *real = there ? g_malloc(PATH_MAX) : NULL;
  if (there && !realpath(path, real)) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "%s: %s", path, g_strerror(errno));
    return FALSE;
  }
  if (!there || g_file_test(real, G_FILE_TEST_IS_REGULAR))
    return g_file_set_contents(there ? real : path, text, -1, error);
  FILE *stream = fopen(real, "w");
  gboolean written = stream && put(text, stream);
  if (!written)
    g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "%s: %s", path, g_strerror(errno));
  if (stream)
    fclose(stream);
  return written;
}

int pln_output_text(const char *text, const PlnArgs *args, GError **error) {
  const char *path = pln_args_value(args, "output");
  if (path && !*path) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "--output has no name; expected a file");
    return PLN_ERROR_USAGE;
  }
  if (path && strcmp(path, "-") != 0)
    return put_file(path, text, error) ? 0 : PLN_ERROR_FAILED;
  if (put(text, stdout))
    return 0;
  g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "standard output cannot be written: %s",
              g_strerror(errno));
  return PLN_ERROR_FAILED;
}

int pln_output(const PlnDoc *doc, const PlnProvenance *provenance, const PlnArgs *args,
               const char *table, GError **error) {
  const char *format = pln_args_value(args, "format"), *named = pln_args_value(args, "table");
  g_autofree char *text = NULL;
  if (named && g_strcmp0(format, "csv") != 0) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "--table goes with --format csv");
    return PLN_ERROR_USAGE;
  }
  if (!format || strcmp(format, "text") == 0) {
    gboolean to_file = pln_args_value(args, "output") != NULL;
    text = pln_write_text(doc, provenance, to_file ? 80 : pln_output_width(),
                          !to_file && pln_output_colour());
  } else if (strcmp(format, "json") == 0) {
    text = pln_write_json(doc, provenance);
  } else if (strcmp(format, "csv") == 0) {
    text = pln_write_csv(doc, provenance, named ? named : table, error);
  } else {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "unknown format \"%s\"; expected text, csv or json", format);
  }
  return text ? pln_output_text(text, args, error) : PLN_ERROR_USAGE;
}

PlnWorld *pln_open_world(GError **error) {
  g_autofree char *folder = pln_data_folder(error);
  return folder ? pln_world_load(folder, error) : NULL;
}
