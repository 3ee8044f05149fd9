/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/output.h"

#include <errno.h>
#include <stdio.h>
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

int pln_output_text(const char *text, const PlnArgs *args, GError **error) {
  const char *path = pln_args_value(args, "output");
  g_autoptr(GError) why = NULL;
  if (path && strcmp(path, "-") != 0) {
    if (g_file_set_contents(path, text, -1, &why))
      return 0;
    g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "%s", why->message);
    return PLN_ERROR_FAILED;
  }
  gsize n = strlen(text);
  if (fwrite(text, 1, n, stdout) == n && fflush(stdout) == 0)
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
