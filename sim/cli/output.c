/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/output.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "plenary/load.h"
#include "plenary/page.h"
#include "plenary/path.h"
#include "plenary/pdf.h"
#include "plenary/text.h"

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

static gboolean fail(const char *path, const char *why, GError **error) {
  g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "%s: cannot be written: %s", path, why);
  return FALSE;
}

/* By way of a new file in its place.  GLib's words are of that file, and end with why. */
static gboolean replace(const char *real, const char *path, const char *text, gsize n,
                        GError **error) {
  g_autoptr(GError) glibs = NULL;
  if (g_file_set_contents(real, text, (gssize)n, &glibs))
    return TRUE;
  const char *why = strrchr(glibs->message, ':');
  return fail(path, why && why[1] == ' ' ? why + 2 : glibs->message, error);
}

/* What is open already, by number; -1: it is no name of such.  Its file, if it is one, may have
 * been opened to append to, and what it is called may lead nowhere. */
static int open_already(const char *path) {
  static const char *const folder[] = {"/dev/fd/", "/proc/self/fd/"};
  guint64 fd;
  if (strcmp(path, "/dev/stdout") == 0)
    return STDOUT_FILENO;
  if (strcmp(path, "/dev/stderr") == 0)
    return STDERR_FILENO;
  for (gsize k = 0; k < G_N_ELEMENTS(folder); k++)
    if (g_str_has_prefix(path, folder[k]) &&
        g_ascii_string_to_unsigned(path + strlen(folder[k]), 10, 0, G_MAXINT, &fd, NULL))
      return (int)fd;
  return -1;
}

static gboolean put_through(FILE *stream, const char *path, const char *text, gsize n,
                            GError **error) {
  gboolean written = stream && put(text, n, stream);
  if (!written)
    fail(path, g_strerror(errno), error);
  if (stream)
    fclose(stream);
  return written;
}

/* Whole or not at all; but a device, a pipe or what is open already is written to, never replaced,
 * and a link keeps pointing where it did. */
static gboolean put_file(const char *path, const char *text, gsize n, GError **error) {
  int fd = open_already(path), twin = fd < 0 ? -1 : dup(fd);
  if (fd >= 0)
    return put_through(twin < 0 ? NULL : fdopen(twin, "w"), path, text, n, error);
  g_autofree char *real = pln_path_real(path), *folder = g_path_get_dirname(real);
  gboolean there = g_file_test(real, G_FILE_TEST_EXISTS);
  if (!there && !g_file_test(folder, G_FILE_TEST_IS_DIR)) {
    g_autofree char *said = g_path_get_dirname(path);
    g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "%s: there is no folder %s to write it into", path,
                said);
    return FALSE;
  }
  if (!there || g_file_test(real, G_FILE_TEST_IS_REGULAR))
    return pln_output_spares(path, error) && replace(real, path, text, n, error);
  return put_through(fopen(real, "w"), path, text, n, error);
}

gboolean pln_output_spares(const char *path, GError **error) {
  static const char *const of[][2] = {{"scenario.csv", "a scenario"}, {"electorate.csv", "an electorate"}};
  g_autofree char *real = pln_path_real(path), *folder = g_path_get_dirname(real);
  if (!g_str_has_suffix(real, ".csv") || !g_file_test(real, G_FILE_TEST_EXISTS))
    return TRUE;
  for (gsize k = 0; k < G_N_ELEMENTS(of); k++) {
    g_autofree char *head = g_build_filename(folder, of[k][0], NULL);
    g_autofree char *name = pln_text_visible(path);
    if (!g_file_test(head, G_FILE_TEST_EXISTS))
      continue;
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "%s is a table of %s; expected another name, or that it is removed first", name,
                of[k][1]);
    return FALSE;
  }
  return TRUE;
}

static int put_out(const char *text, gsize n, const PlnArgs *args, GError **error) {
  const char *path = pln_args_value(args, "output");
  if (path && !*path) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "--output has no name; expected a file");
    return PLN_ERROR_USAGE;
  }
  if (path && strcmp(path, "-") != 0)
    return put_file(path, text, n, error) ? 0 : PLN_ERROR_FAILED; /* or what the error's code says */
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

static gboolean holds(const GArray *inputs, const char *sha256) {
  for (guint k = 0; inputs && k < inputs->len; k++)
    if (g_strcmp0(g_array_index(inputs, PlnInput, k).sha256, sha256) == 0)
      return TRUE;
  return FALSE;
}

/* A file that holds the bytes of an input is that input, or a copy of it that somebody keeps. */
static gboolean spares_inputs(const PlnProvenance *provenance, const PlnArgs *args, GError **error) {
  const char *path = pln_args_value(args, "output");
  if (!provenance || !path || !g_file_test(path, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, NULL);
  if (!file || g_mapped_file_get_length(file) == 0)
    return TRUE;
  g_autoptr(GBytes) bytes = g_mapped_file_get_bytes(file);
  g_autofree char *sha256 = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
  if (!holds(provenance->inputs, sha256) && !holds(provenance->data, sha256))
    return TRUE;
  g_autofree char *name = pln_text_visible(path);
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "%s holds what the result is made of; expected another name for --output", name);
  return FALSE;
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
  if (!spares_inputs(provenance, args, error))
    return PLN_ERROR_USAGE;
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
