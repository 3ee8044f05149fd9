/* SPDX-License-Identifier: GPL-3.0-or-later */
/** CSV, row by row, with the place of every field.
 *
 *  RFC 4180 through libcsv in its strict mode; libcsv tells no positions, so it
 *  is fed field by field and the place is counted here.  Rows without a quote, or
 *  with quotes at the very ends of fields and none inside, are cut without it, eight
 *  bytes at a time, to the same effect: a vote in bulk is most often such a row.
 *  Accepted, because spreadsheets do it without meaning harm: a byte-order mark,
 *  CRLF, blank lines, blanks around a field.  Refused with a fault: NUL bytes, bytes that are not
 *  UTF-8, UTF-16, a quote in an unquoted field or one left open, a field above
 *  PLN_CSV_FIELD bytes, a row above PLN_CSV_FIELDS fields (so a hostile file
 *  costs no memory beyond its own size).  Fuzzed by tests/fuzz/fuzz_scenario.c;
 *  checked by tests/unit/test_csv.c.  Cost: one pass, of about a nanosecond a byte
 *  for rows that are cut and twenty for the others. */
#pragma once
#include <glib.h>

#include "plenary/fault.h"

enum { PLN_CSV_FIELD = 65536, PLN_CSV_FIELDS = 16384 };

typedef struct {
  const char *text; /* NUL-terminated UTF-8, valid during the call */
  guint line, column;
} PlnField;

/** Called with each row that has a field; @n >= 1.  Returns: FALSE to stop reading. */
typedef gboolean (*PlnCsvRow)(const PlnField *field, guint n, gpointer data);

/** Reads @bytes (@length of them) of @file.
 *  Returns: FALSE where reading stopped, at a fault that has been added or because
 *  @row had enough. */
gboolean pln_csv_read(const char *file, const char *bytes, gsize length, PlnCsvRow row,
                      gpointer data, PlnFaults *faults);

/** Adds the fault that @separator, a semicolon or a tab, stands where commas should,
 *  with the remedy: Excel in most of Europe writes such files. */
void pln_csv_separator_fault(const char *file, guint line, guint column, char separator,
                             PlnFaults *faults);
