/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Text that is safe to show, measured in columns of a terminal.
 *
 *  What comes out of a file may hold terminal escapes, or marks that reorder
 *  what is read; a spreadsheet runs a cell that begins like a formula.  Fields
 *  are kept as they came; they are made harmless where they leave the program.
 *  Checked by tests/unit/test_text.c. */
#pragma once
#include <glib.h>

#include "plenary/api.h"

/** A copy in which control characters, invalid bytes and bidirectional marks
 *  stand as \xHH or \u{HHHH}, and a line break (CRLF as one) or tab as a blank.
 *  Returns: (transfer full), valid UTF-8 */
PLN_API char *pln_text_visible(const char *text);

/** A copy that no spreadsheet takes for a formula: an apostrophe before a first
 *  = + - @ | % or control character.  Returns: (transfer full) */
PLN_API char *pln_text_inert(const char *text);

/** Columns that @text takes in a terminal: wide characters two, marks none. */
guint pln_text_width(const char *text);

/** The candidate nearest to @word (edits and swaps of letters, capitals aside), or
 *  NULL where none is within a third of its length, one edit at least, and has a letter
 *  in common; or where the word is empty, beyond 64 bytes or not UTF-8.
 *  @candidates: NULL-terminated.  Ties: the first. */
PLN_API const char *pln_text_near(const char *word, const char *const *candidates);

/** Appends @value in the fewest digits that read back as the same. */
void pln_text_add_number(GString *out, double value);
