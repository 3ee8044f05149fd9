/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/words.h"

#include <string.h>

void pln_words_add(GString *command, const char *word) {
  gboolean plain = *word != '\0';
  for (const char *c = word; *c; c++)
    plain &= g_ascii_isalnum(*c) || strchr("_-+=:./,@%", *c) != NULL;
  g_autofree char *quoted = plain ? g_strdup(word) : g_shell_quote(word);
  g_string_append_printf(command, " %s", quoted);
}

void pln_words_add_option(GString *command, const char *option, const char *value) {
  g_string_append_printf(command, " --%s", option);
  if (value)
    pln_words_add(command, value);
}
