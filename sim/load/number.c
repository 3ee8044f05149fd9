/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "plenary/tables.h"

const PlnBounds pln_bounds_percent = {0, 100, "from 0 to 100"};

gboolean pln_cell_is_number(const char *text, double *value) {
  char *end;
  if (!*text || text[strspn(text, "0123456789+-.eE")])
    return FALSE;
  *value = g_ascii_strtod(text, &end);
  return !*end && isfinite(*value);
}

char *pln_cell_number_hint(const char *text) {
  g_autofree char *meant = g_strdelimit(g_strdup(text), ",", '.');
  gsize n = strlen(meant);
  double value;
  if (n > 0 && meant[n - 1] == '%')
    meant[n - 1] = '\0';
  return strcmp(meant, text) != 0 && pln_cell_is_number(g_strchomp(meant), &value)
             ? g_strdup_printf("; did you mean %s?", meant)
             : g_strdup("");
}

double pln_cell_number(const PlnTable *table, guint row, guint column, const char *name,
                       const PlnBounds *bounds, double otherwise, PlnFaults *faults) {
  const char *text = pln_table_text(table, row, column);
  double value;
  if (!*text)
    return otherwise;
  if (pln_cell_is_number(text, &value) && value >= bounds->least && value <= bounds->most)
    return value;
  g_autofree char *hint = pln_cell_number_hint(text);
  pln_table_fault(table, row, column, faults, "%s is \"%s\"; expected a number %s%s", name, text,
                  bounds->words, hint);
  return otherwise;
}

double pln_cell_stated(const PlnTable *table, guint row, guint column, const char *name,
                       const PlnBounds *bounds, PlnFaults *faults) {
  if (strcmp(pln_table_text(table, row, column), "?") == 0)
    return NAN;
  return pln_cell_number(table, row, column, name, bounds, NAN, faults);
}

char *pln_cell_decimal(double value) {
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  return g_strdup(g_ascii_formatd(text, sizeof text, "%.12g", value));
}

char *pln_cell_range(double least, double most) {
  g_autofree char *from = pln_cell_decimal(least), *to = pln_cell_decimal(most);
  return g_strdup_printf("from %s to %s", from, to);
}
