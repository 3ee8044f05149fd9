/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Edits in a file: a table with the columns who, vote and, where wanted, proposal. */
#pragma once
#include <glib.h>

/** Reads @path into edits such as "RUS=N" or "p1:EU=A".
 *  Returns: (transfer full): NULL-terminated; NULL and PLN_ERROR_DATA, faults a line each */
char **pln_edits_load(const char *path, GError **error);
