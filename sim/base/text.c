/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/text.h"

#include <string.h>

/* Unicode's format characters reorder or hide what is read (U+202E and kin). */
static gboolean is_hidden(gunichar c) {
  GUnicodeType type = g_unichar_type(c);
  return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
         type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR;
}

char *pln_text_visible(const char *text) {
  GString *out = g_string_sized_new(strlen(text));
  for (const char *p = text; *p;) {
    gunichar c = g_utf8_get_char_validated(p, -1);
    if (c == (gunichar)-1 || c == (gunichar)-2) {
      g_string_append_printf(out, "\\x%02x", (guchar)*p++);
      continue;
    }
    if (c == '\r' && p[1] == '\n') {
      p++;
      continue;
    }
    if (c == '\n' || c == '\r' || c == '\t')
      g_string_append_c(out, ' ');
    else if (c < 0x80 && is_hidden(c))
      g_string_append_printf(out, "\\x%02x", c);
    else if (is_hidden(c))
      g_string_append_printf(out, "\\u{%04x}", c);
    else
      g_string_append_unichar(out, c);
    p = g_utf8_next_char(p);
  }
  return g_string_free(out, FALSE);
}

char *pln_text_inert(const char *text) {
  if (*text && (g_ascii_iscntrl(*text) || strchr("=+-@|%", *text)))
    return g_strconcat("'", text, NULL);
  return g_strdup(text);
}

guint pln_text_width(const char *text) {
  guint width = 0;
  for (const char *p = text; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    width += g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
  }
  return width;
}

enum { NEAR_LONGEST = 64 };

/* Damerau's distance with adjacent swaps, in bytes of the folded words. */
static guint distance(const char *a, gsize m, const char *b, gsize n) {
  guint rows[3][NEAR_LONGEST + 1];
  guint *older = rows[0], *old = rows[1], *now = rows[2];
  for (gsize j = 0; j <= n; j++)
    old[j] = (guint)j;
  for (gsize i = 1; i <= m; i++) {
    now[0] = (guint)i;
    for (gsize j = 1; j <= n; j++) {
      guint best = MIN(old[j], now[j - 1]) + 1;
      best = MIN(best, old[j - 1] + (a[i - 1] != b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        best = MIN(best, older[j - 2] + 1);
      now[j] = best;
    }
    guint *spare = older;
    older = old, old = now, now = spare;
  }
  return old[n];
}

const char *pln_text_near(const char *word, const char *const *candidates) {
  if (!g_utf8_validate(word, -1, NULL)) /* a word of the command line, or a file's name */
    return NULL;
  g_autofree char *folded = g_utf8_casefold(word, -1);
  gsize m = strlen(folded);
  guint limit = MAX(1, (guint)m / 3) + 1;
  const char *nearest = NULL;
  if (m == 0 || m > NEAR_LONGEST)
    return NULL;
  for (gsize i = 0; candidates[i]; i++) {
    g_autofree char *other = g_utf8_casefold(candidates[i], -1);
    gsize n = strlen(other);
    if (n > NEAR_LONGEST)
      continue;
    guint d = distance(folded, m, other, n);
    if (d < limit && d < MAX(m, n)) {
      limit = d;
      nearest = candidates[i];
    }
  }
  return nearest;
}

/* A double is told by 17 digits, most by 15. */
void pln_text_add_number(GString *out, double value) {
  static const char *const formats[] = {"%.15g", "%.16g", "%.17g"};
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  for (gsize i = 0; i < G_N_ELEMENTS(formats); i++) {
    g_ascii_formatd(text, sizeof text, formats[i], value);
    if (g_ascii_strtod(text, NULL) == value)
      break;
  }
  g_string_append(out, text);
}
