/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/refuse.h"

#include "plenary/text.h"

gboolean pln_refuse(GError **error, const char *what, const char *text, const char *expected,
                    const char *near) {
  g_autofree char *shown = pln_text_visible(text), *meant = near ? pln_text_visible(near) : NULL;
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "%s \"%s\"; expected %s%s%s%s", what, shown,
              expected, meant ? "; did you mean " : "", meant ? meant : "", meant ? "?" : "");
  return FALSE;
}
