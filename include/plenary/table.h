/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A table: CSV rows under a header that is known beforehand.
 *
 *  The columns of a file are declared once; the table matches them by name in any
 *  order, and adds a fault for a missing, unknown or doubled one, for cells beyond
 *  the header, and for semicolons or tabs in place of commas.  Trailing empty
 *  columns and rows are what spreadsheets leave behind: they are passed over.
 *  Cells are text with their place; the typed readers add a fault and give the
 *  default where a cell does not hold what is expected.
 *  Checked by tests/unit/test_table.c and tests/bad. */
#pragma once
#include <glib.h>

#include "plenary/csv.h"
#include "plenary/day.h"
#include "plenary/fault.h"

typedef struct {
  const char *name;
  gboolean required;
} PlnColumn;

/** The most columns of a table, and the most cells: two million votes, so that a
 *  hostile file costs no more than 256 MB. */
enum { PLN_TABLE_COLUMNS = 136, PLN_TABLE_CELLS = 1 << 24 };

typedef struct PlnTable PlnTable;

/** Reads @bytes of @file under @columns (ended by a NULL name, at most
 *  PLN_TABLE_COLUMNS).
 *  Returns: NULL where no row can be understood; the faults say why. */
PlnTable *pln_table_read(const char *file, GBytes *bytes, const PlnColumn *columns,
                         PlnFaults *faults);
void pln_table_free(PlnTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnTable, pln_table_free)

/** FALSE where reading broke off: rows are missing, so what is not there proves nothing. */
gboolean pln_table_whole(const PlnTable *table);

guint pln_table_rows(const PlnTable *table);
const char *pln_table_file(const PlnTable *table);
guint pln_table_line(const PlnTable *table, guint row);
/** Where the cell begins in its line, for faults that show later. */
guint pln_table_column(const PlnTable *table, guint row, guint column);

/** The cell's text, "" where empty or where the file lacks the column. */
const char *pln_table_text(const PlnTable *table, guint row, guint column);

/** Adds a fault at the cell. */
void pln_table_fault(const PlnTable *table, guint row, guint column, PlnFaults *faults,
                     const char *format, ...) G_GNUC_PRINTF(5, 6);

/** The cell's text; a fault where it is empty. */
const char *pln_table_needed(const PlnTable *table, guint row, guint column, PlnFaults *faults);

enum { PLN_NOT_STATED = -1, PLN_UNKNOWN = -2 }; /* an empty cell; "?" */

/** A whole number of 0..@most, PLN_NOT_STATED or PLN_UNKNOWN. */
gint64 pln_table_count(const PlnTable *table, guint row, guint column, gint64 most,
                       PlnFaults *faults);

PlnDay pln_table_day(const PlnTable *table, guint row, guint column, PlnFaults *faults);

/** The index of the cell in @words (NULL-terminated), @otherwise where it is empty. */
int pln_table_word(const PlnTable *table, guint row, guint column, const char *const *words,
                   int otherwise, PlnFaults *faults);
