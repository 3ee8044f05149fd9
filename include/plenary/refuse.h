/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A word of the user's that is refused: what it is, as it may be shown, what was expected, and what
 *  may have been meant.  Checked by tests/unit/test_change.c, tests/unit/test_dial.c. */
#pragma once
#include "plenary/error.h"

/** @what "text"; expected …; did you mean …?
 *  @near: (nullable)
 *  Returns: FALSE, and PLN_ERROR_USAGE */
gboolean pln_refuse(GError **error, const char *what, const char *text, const char *expected,
                    const char *near);
