/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and fields of talks as they are written, so that they are read as the same again. */
#include <math.h>
#include <string.h>

#include "plenary/talks_part.h"
#include "plenary/text.h"

static char *digits_of(double value) {
  GString *text = g_string_new(NULL);
  pln_text_add_number(text, value);
  return g_string_free(text, FALSE);
}

void pln_talks_add_field(GString *out, const char *text) {
  g_autofree char *inert = pln_text_inert(text);
  gsize n = strlen(inert);
  if (!strpbrk(inert, ",\"\r\n") && (n == 0 || (*inert != ' ' && inert[n - 1] != ' '))) {
    g_string_append(out, inert);
    return;
  }
  g_string_append_c(out, '"');
  for (const char *at = inert; *at; at++)
    g_string_append_printf(out, *at == '"' ? "\"\"" : "%c", *at);
  g_string_append_c(out, '"');
}

/* ---- Saliences ---- */

/* The double @steps above @value, which is above 0. */
static double step(double value, int steps) {
  gint64 bits;
  memcpy(&bits, &value, sizeof bits);
  bits += steps;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/* Decimals are shifted as digits, 0.333 to 33.3, which binary multiplication would not; but some
 * such doubles over 100 are not the number that was read, and the next one is.  All of two decimals
 * come out exact; of four 1562 in 10,001 cannot, and are one unit in the last place off. */
double pln_talks_hundred(const char *text, double one) {
  g_autofree char *shifted = g_strconcat(text, "e2", NULL);
  double hundred = strpbrk(text, "eE") ? 100 * one : g_ascii_strtod(shifted, NULL);
  if (hundred / 100 == one || hundred <= 0)
    return hundred;
  for (int steps = -1; steps <= 1; steps += 2)
    if (step(hundred, steps) / 100 == one)
      return step(hundred, steps);
  return hundred;
}

/* The digits of @salience with the point two places to the left. */
static char *shifted(double salience) {
  g_autofree char *digits = digits_of(salience);
  if (strpbrk(digits, "eE"))
    return digits_of(salience / 100);
  const char *point = strchr(digits, '.');
  gsize whole = point ? (gsize)(point - digits) : strlen(digits);
  g_autoptr(GString) padded = g_string_new(NULL);
  for (gsize i = whole; i < 3; i++)
    g_string_append_c(padded, '0');
  g_string_append_len(padded, digits, (gssize)whole);
  g_string_insert_c(padded, (gssize)padded->len - 2, '.');
  g_string_append(padded, point ? point + 1 : "");
  while (padded->str[padded->len - 1] == '0')
    g_string_truncate(padded, padded->len - 1);
  if (padded->str[padded->len - 1] == '.')
    g_string_truncate(padded, padded->len - 1);
  return g_strdup(padded->str);
}

static gboolean reads_as(const char *digits, double salience) {
  return pln_talks_hundred(digits, g_ascii_strtod(digits, NULL)) == salience;
}

/* In 0-1 the shorter of two ways that are read as the same again. */
void pln_talks_add_salience(GString *out, double salience, gboolean hundred) {
  if (hundred) {
    pln_text_add_number(out, salience);
    return;
  }
  g_autofree char *moved = shifted(salience), *divided = digits_of(salience / 100);
  gboolean better = strlen(divided) < strlen(moved) || !reads_as(moved, salience);
  g_string_append(out, better && reads_as(divided, salience) ? divided : moved);
}

gboolean pln_talks_writes_hundred(const PlnTalksFile *talks) {
  gboolean above = FALSE;
  if (talks->salience_one)
    return FALSE;
  for (gsize i = 0; i < (gsize)talks->actors->len * talks->issues->len; i++) {
    double salience = talks->cell[i].salience;
    if (salience > 0 && salience < 1)
      return FALSE;
    above |= salience > 1;
  }
  return above;
}
