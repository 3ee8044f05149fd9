/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A page printed by what the system has for it: a Chromium, else WeasyPrint, else
 *  wkhtmltopdf.  They are run without a shell, on a copy of the page in a folder of its own
 *  that is removed again.  Their bytes hold the hour, so that two prints of a page differ.
 *  Checked by tests/cli/output.sh. */
#pragma once
#include <glib.h>

/** Returns: (transfer full): the PDF, or NULL and PLN_ERROR_FAILED, which says what would do */
GBytes *pln_print_pdf(const char *page, GError **error);
