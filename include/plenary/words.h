/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The words of a canonical command: what an output says it was made by, as a shell would
 *  need it, so that it can be run again.  Checked by tests/cli/estimate.sh and schema.sh. */
#pragma once
#include <glib.h>

/** Appends a blank and @word, quoted where a shell would read it as more than a word. */
void pln_words_add(GString *command, const char *word);

/** Appends " --option value".  @value: NULL: a flag */
void pln_words_add_option(GString *command, const char *option, const char *value);
