/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/csv.h"

#include <csv.h>
#include <string.h>

typedef struct {
  gsize start; /* in text */
  guint line, column;
} Place;

typedef struct {
  GString *text; /* the fields of this row, each with its NUL */
  GArray *places;
  GArray *fields;
  Place at; /* where the field being read began */
  gboolean field_ended, row_ended, bad_utf8;
} Row;

static void end_field(void *bytes, size_t length, void *data) {
  Row *row = data;
  Place place = {row->text->len, row->at.line, row->at.column};
  row->bad_utf8 |= !g_utf8_validate(bytes, (gssize)length, NULL);
  g_string_append_len(row->text, bytes, (gssize)length);
  g_string_append_c(row->text, '\0');
  g_array_append_val(row->places, place);
  row->field_ended = TRUE;
}

static void end_row(int terminator, void *data) {
  (void)terminator;
  ((Row *)data)->row_ended = TRUE;
}

static gboolean hand_over(Row *row, PlnCsvRow call, gpointer data) {
  g_array_set_size(row->fields, 0);
  for (guint i = 0; i < row->places->len; i++) {
    Place place = g_array_index(row->places, Place, i);
    PlnField field = {row->text->str + place.start, place.line, place.column};
    g_array_append_val(row->fields, field);
  }
  gboolean goes_on = call((PlnField *)(void *)row->fields->data, row->fields->len, data);
  g_array_set_size(row->places, 0);
  g_string_truncate(row->text, 0);
  row->row_ended = FALSE;
  return goes_on;
}

/* The first fault of the field just read, or of the one that grows too long. */
static gboolean sound(const char *file, const Row *row, gsize length, PlnFaults *faults) {
  guint line = row->at.line, column = row->at.column;
  if (row->bad_utf8)
    pln_faults_add(faults, file, line, column,
                   "bytes that are not UTF-8; expected the file saved as UTF-8 "
                   "(\"CSV UTF-8\" in a spreadsheet)");
  else if (length > PLN_CSV_FIELD)
    pln_faults_add(
        faults, file, line, column,
        "a field of more than %d bytes; expected less (is a quote or a line end missing?)",
        PLN_CSV_FIELD);
  else if (row->places->len > PLN_CSV_FIELDS)
    pln_faults_add(faults, file, line, column, "more than %d fields in a row; expected fewer",
                   PLN_CSV_FIELDS);
  else
    return TRUE;
  return FALSE;
}

static gboolean opens_well(const char *file, const char *bytes, gsize length, gsize *skip,
                           PlnFaults *faults) {
  *skip = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  if (length >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0)) {
    pln_faults_add(faults, file, 1, 1,
                   "the file is UTF-16; expected UTF-8 (save it as \"CSV UTF-8\")");
    return FALSE;
  }
  return TRUE;
}

void pln_csv_separator_fault(const char *file, guint line, guint column, char separator,
                             PlnFaults *faults) {
  pln_faults_add(faults, file, line, column,
                 "the columns are separated by %s; expected commas: save it as \"CSV UTF-8 (comma "
                 "delimited)\", or in the export dialogue choose the comma as field separator",
                 separator == ';' ? "semicolons" : "tabs");
}

/* The separator that quoted names in the first line have in place of commas, or 0:
 * it stands where libcsv stumbled, or before the quote where it did. */
static char other_separator(const char *piece, gsize fed, const Row *row) {
  char here = piece[fed], before = fed > 0 ? piece[fed - 1] : 0;
  if (row->at.line > 1)
    return 0;
  if (here == '"' && (before == ';' || before == '\t'))
    return before;
  return here == ';' ? ';' : 0;
}

/* Feeds libcsv one piece; a piece ends with a comma or a line end. */
static gboolean feed(struct csv_parser *parser, const char *file, const char *piece, gsize length,
                     Row *row, PlnFaults *faults) {
  gsize fed = csv_parse(parser, piece, length, end_field, end_row, row);
  char separator = fed < length ? other_separator(piece, fed, row) : 0;
  if (separator)
    pln_csv_separator_fault(file, row->at.line, row->at.column, separator, faults);
  else if (fed < length)
    pln_faults_add(faults, file, row->at.line, row->at.column,
                   "a quotation mark inside a field, or text after a closing one; expected the "
                   "whole field in quotes and inner quotes doubled (\"\")");
  return fed == length;
}

static gboolean finish(struct csv_parser *parser, const char *file, Row *row, PlnFaults *faults) {
  if (csv_fini(parser, end_field, end_row, row) != 0) {
    pln_faults_add(faults, file, row->at.line, row->at.column,
                   "a quotation mark is opened and never closed; expected \" before the file ends");
    return FALSE;
  }
  return TRUE;
}

static gboolean is_blank(const char *from, const char *to) {
  while (from < to && (*from == ' ' || *from == '\t'))
    from++;
  return from == to;
}

static gboolean read_all(struct csv_parser *parser, const char *file, const char *bytes,
                         gsize length, Row *row, PlnCsvRow call, gpointer data,
                         PlnFaults *faults) {
  gsize begin = 0;
  if (!opens_well(file, bytes, length, &begin, faults))
    return FALSE;
  guint line = 1, column = 1;
  gsize piece = begin, field = begin;
  for (gsize i = begin; i < length; i++) {
    char c = bytes[i];
    if (c == '\0') {
      pln_faults_add(faults, file, line, column, "a NUL byte; expected text");
      return FALSE;
    }
    column += (c & 0xc0) != 0x80;
    if (c == '\n' || (c == '\r' && (i + 1 == length || bytes[i + 1] != '\n'))) {
      line++;
      column = 1;
    }
    if (i - field > PLN_CSV_FIELD)
      return sound(file, row, i - field, faults);
    if (c != ',' && c != '\n' && c != '\r')
      continue;
    if (!feed(parser, file, bytes + piece, i + 1 - piece, row, faults) ||
        !sound(file, row, 0, faults))
      return FALSE;
    /* A line without a field ends none, unless it is one of a quoted field. */
    gboolean blank_line = c != ',' && is_blank(bytes + field, bytes + i);
    if (row->field_ended || blank_line) {
      row->at = (Place){0, line, column};
      field = i + 1;
      row->field_ended = FALSE;
    }
    if (row->row_ended && !hand_over(row, call, data))
      return FALSE;
    piece = i + 1;
  }
  if (!feed(parser, file, bytes + piece, length - piece, row, faults) ||
      !finish(parser, file, row, faults) || !sound(file, row, 0, faults))
    return FALSE;
  return !row->row_ended || hand_over(row, call, data);
}

gboolean pln_csv_read(const char *file, const char *bytes, gsize length, PlnCsvRow call,
                      gpointer data, PlnFaults *faults) {
  struct csv_parser parser;
  csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
  Row row = {g_string_new(NULL), g_array_new(FALSE, FALSE, sizeof(Place)),
             g_array_new(FALSE, FALSE, sizeof(PlnField)), {0, 1, 1}, FALSE, FALSE, FALSE};
  gboolean whole = read_all(&parser, file, bytes, length, &row, call, data, faults);
  csv_free(&parser);
  g_string_free(row.text, TRUE);
  g_array_unref(row.places);
  g_array_unref(row.fields);
  return whole;
}
