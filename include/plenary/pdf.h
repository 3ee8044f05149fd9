/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A page printed by what the system has for it: a Chromium, else WeasyPrint, else
 *  wkhtmltopdf.  They are run without a shell, on a copy of the page in a folder of its own
 *  that is removed again.  Their bytes hold the hour, so that two prints of a page differ.
 *
 *  One that fails, or has not printed after 60 seconds (PLENARY_PDF_SECONDS says otherwise),
 *  is ended with all that it started, and the next is tried.  SIGHUP, SIGINT and SIGTERM,
 *  where they are not ignored, end the converter, remove the folder and then end the program
 *  as they do; nothing was written by then.  Other threads must be gone, or hold them back.
 *  Checked by tests/cli/output.sh. */
#pragma once
#include <glib.h>

/** Returns: (transfer full): the PDF, or NULL and PLN_ERROR_FAILED, which says of each
 *  converter what was wrong, or what would do where there is none */
GBytes *pln_print_pdf(const char *page, GError **error);
