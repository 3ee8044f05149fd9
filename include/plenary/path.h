/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Where a path leads: links followed, whether there is a file at the end or not, so that what is
 *  written by way of a new file in its place leaves a link a link.
 *  Checked by tests/unit/test_path.c and tests/cli/output.sh. */
#pragma once
#include <glib.h>

/** Absolute.  Links that go in a circle stay as they are.  Returns: (transfer full) */
char *pln_path_real(const char *path);

/** Whether both lead to one file: by name, or, of what is there, by device and inode. */
gboolean pln_path_same(const char *a, const char *b);
