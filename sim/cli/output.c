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
#include "plenary/page.h"
#include "plenary/pdf.h"

enum { LARGE = 1024 * 1024 }; /* bytes of a page */

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

static gboolean put(const char *text, gsize n, FILE *stream) {
  return fwrite(text, 1, n, stream) == n && fflush(stream) == 0;
}

/* Whole or not at all, by way of a new file in its place; but a device or a pipe is
 * written to, not replaced, and a link keeps pointing where it did. */
static gboolean put_file(const char *path, const char *text, gsize n, GError **error) {
  gboolean there = g_file_test(path, G_FILE_TEST_EXISTS);
  g_autofree char *real = there ? g_malloc(PATH_MAX) : NULL;
  if (there && !realpath(path, real)) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "%s: %s", path, g_strerror(errno));
    return FALSE;
  }
  g_autofree char *folder = g_path_get_dirname(path);
  if (!there && !g_file_test(folder, G_FILE_TEST_IS_DIR)) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "%s: there is no folder %s to write it into", path,
                folder);
    return FALSE;
  }
  if (!there || g_file_test(real, G_FILE_TEST_IS_REGULAR))
    return g_file_set_contents(there ? real : path, text, (gssize)n, error);
  FILE *stream = fopen(real, "w");
  gboolean written = stream && put(text, n, stream);
  if (!written)
    g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "%s: %s", path, g_strerror(errno));
  if (stream)
    fclose(stream);
  return written;
}

static int put_out(const char *text, gsize n, const PlnArgs *args, GError **error) {
  const char *path = pln_args_value(args, "output");
  if (path && !*path) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "--output has no name; expected a file");
    return PLN_ERROR_USAGE;
  }
  if (path && strcmp(path, "-") != 0)
    return put_file(path, text, n, error) ? 0 : PLN_ERROR_FAILED;
  if (put(text, n, stdout))
    return 0;
  g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "standard output cannot be written: %s",
              g_strerror(errno));
  return PLN_ERROR_FAILED;
}

int pln_output_text(const char *text, const PlnArgs *args, GError **error) {
  return put_out(text, strlen(text), args, error);
}

/* A page and a printed one are for a file or another program. */
static gboolean expects_file(const char *format, const PlnArgs *args, GError **error) {
  if (pln_args_value(args, "output") || !pln_output_is_terminal())
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "--format %s is not for a terminal; expected -o FILE", format);
  return FALSE;
}

/* What does not pass by mail everywhere should not come as a surprise there. */
static void warn_of_size(const char *page) {
  gsize size = strlen(page);
  if (size > LARGE)
    fprintf(stderr, "plenary: the page has %.1f MB, more than some mail takes\n",
            (double)size / LARGE);
}

static int put_page(const PlnDoc *doc, const PlnProvenance *provenance, const char *laboratory,
                    const char *format, const PlnArgs *args, GError **error) {
  if (!expects_file(format, args, error))
    return PLN_ERROR_USAGE;
  g_autofree char *page = pln_write_page(doc, provenance, laboratory, NULL);
  if (strcmp(format, "html") == 0) {
    warn_of_size(page);
    return pln_output_text(page, args, error);
  }
  g_autoptr(GBytes) printed = pln_print_pdf(page, error);
  if (!printed)
    return PLN_ERROR_FAILED;
  return put_out(g_bytes_get_data(printed, NULL), g_bytes_get_size(printed), args, error);
}

int pln_output_page(const PlnDoc *doc, const PlnProvenance *provenance, const char *laboratory,
                    const PlnArgs *args, const char *usual, const char *table, GError **error) {
  const char *format = pln_args_value(args, "format"), *named = pln_args_value(args, "table");
  g_autofree char *text = NULL;
  format = format ? format : usual;
  if (named && strcmp(format, "csv") != 0) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "--table goes with --format csv");
    return PLN_ERROR_USAGE;
  }
  if (strcmp(format, "html") == 0 || strcmp(format, "pdf") == 0)
    return put_page(doc, provenance, laboratory, format, args, error);
  if (strcmp(format, "text") == 0) {
    gboolean to_file = pln_args_value(args, "output") != NULL;
    text = pln_write_text(doc, provenance, to_file ? 80 : pln_output_width(),
                          !to_file && pln_output_colour());
  } else if (strcmp(format, "json") == 0) {
    text = pln_write_json(doc, provenance);
  } else if (strcmp(format, "csv") == 0) {
    text = pln_write_csv(doc, provenance, named ? named : table, error);
  } else {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "unknown format \"%s\"; expected text, csv, json, html or pdf", format);
  }
  return text ? pln_output_text(text, args, error) : PLN_ERROR_USAGE;
}

gboolean pln_output_is_page(const PlnArgs *args) {
  const char *format = pln_args_value(args, "format");
  return g_strcmp0(format, "html") == 0 || g_strcmp0(format, "pdf") == 0;
}

int pln_output(const PlnDoc *doc, const PlnProvenance *provenance, const PlnArgs *args,
               const char *table, GError **error) {
  return pln_output_page(doc, provenance, NULL, args, "text", table, error);
}

PlnWorld *pln_open_world(GError **error) {
  g_autofree char *folder = pln_data_folder(error);
  return folder ? pln_world_load(folder, error) : NULL;
}
