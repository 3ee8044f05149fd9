/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Where results go: to standard output or whole into a file, in the format asked for.
 *  Messages go to standard error.  Checked by tests/cli. */
#pragma once
#include "plenary/command.h"
#include "plenary/write.h"

#define PLN_OUTPUT_OPTIONS PLN_OUTPUT_OPTIONS_OF("text")

/** Of a command whose usual format is another one. */
#define PLN_OUTPUT_OPTIONS_OF(usual)                                                               \
  {"format", 'f', "FORMAT", "text, csv, json, html or pdf (default " usual ")",                    \
   "text csv json html pdf"},                                                                      \
      {"table", 0, "TABLE", "which table csv writes; a wrong name lists them", NULL},              \
      {"output", 'o', "FILE", "write FILE, whole or not at all, instead of standard output", NULL}

/** Writes @doc as @args ask.  @table: the table that csv writes by default.
 *  Returns: the exit status */
int pln_output(const PlnDoc *doc, const PlnProvenance *provenance, const PlnArgs *args,
               const char *table, GError **error);

/** The same where there is more than a document: the page (html, or pdf, which prints it) holds
 *  @laboratory too.  @laboratory: (nullable); @usual: the format where --format names none */
int pln_output_page(const PlnDoc *doc, const PlnProvenance *provenance, const char *laboratory,
                    const PlnArgs *args, const char *usual, const char *table, GError **error);

/** Writes @text to --output or to standard output. */
int pln_output_text(const char *text, const PlnArgs *args, GError **error);

/** FALSE and PLN_ERROR_USAGE where @path is a table, that is there, of a scenario or an electorate:
 *  what people wrote is not lost to a slip. */
gboolean pln_output_spares(const char *path, GError **error);

/** Whether @args ask for a page, which may hold a laboratory. */
gboolean pln_output_is_page(const PlnArgs *args);

gboolean pln_output_is_terminal(void);
gboolean pln_output_colour(void);
guint pln_output_width(void);

/** The shipped world from pln_data_folder(). */
PlnWorld *pln_open_world(GError **error);
