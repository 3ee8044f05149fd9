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

/* Where reading stands.  Rows that hold nothing hard are cut here (cut_row); all others,
 * and whatever has a fault, go through libcsv (feed_row): so there is one judge of them. */
typedef struct {
  const char *file, *bytes;
  gsize length, at; /* @at: the next byte */
  gsize hard;       /* before here no row is cut any more: it was looked at and given up */
  guint line, column;
  struct csv_parser *parser;
  Row row;
  char *copy;       /* the line that is being cut, and two words more */
  PlnField *cut;
  PlnCsvRow call;
  gpointer data;
  PlnFaults *faults;
} Reader;

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

/* One row, and the blank lines before it, through libcsv. */
static gboolean feed_row(Reader *r) {
  const char *file = r->file, *bytes = r->bytes;
  gsize piece = r->at, field = r->at;
  r->row.at = (Place){0, r->line, r->column};
  for (gsize i = r->at; i < r->length; i++) {
    char c = bytes[i];
    if (c == '\0') {
      pln_faults_add(r->faults, file, r->line, r->column, "a NUL byte; expected text");
      return FALSE;
    }
    r->column += (c & 0xc0) != 0x80;
    if (c == '\n' || (c == '\r' && (i + 1 == r->length || bytes[i + 1] != '\n'))) {
      r->line++;
      r->column = 1;
    }
    if (i - field > PLN_CSV_FIELD)
      return sound(file, &r->row, i - field, r->faults);
    if (c != ',' && c != '\n' && c != '\r')
      continue;
    if (!feed(r->parser, file, bytes + piece, i + 1 - piece, &r->row, r->faults) ||
        !sound(file, &r->row, 0, r->faults))
      return FALSE;
    /* A line without a field ends none, unless it is one of a quoted field. */
    gboolean blank_line = c != ',' && is_blank(bytes + field, bytes + i);
    if (r->row.field_ended || blank_line) {
      r->row.at = (Place){0, r->line, r->column};
      field = i + 1;
      r->row.field_ended = FALSE;
    }
    piece = i + 1;
    if (r->row.row_ended) {
      r->at = piece;
      return hand_over(&r->row, r->call, r->data);
    }
  }
  r->at = r->length;
  if (!feed(r->parser, file, bytes + piece, r->length - piece, &r->row, r->faults) ||
      !finish(r->parser, file, &r->row, r->faults) || !sound(file, &r->row, 0, r->faults))
    return FALSE;
  return !r->row.row_ended || hand_over(&r->row, r->call, r->data);
}

#define EACH(byte) (G_GUINT64_CONSTANT(0x0101010101010101) * (byte))

/* The high bit of each byte of @word that is zero, and of no other. */
static inline guint64 zeros(guint64 word) {
  guint64 low = EACH(0x7f);
  return ~(((word & low) + low) | word | low);
}

/* The same of each byte that a row may not be cut at blindly. */
static inline guint64 marks(guint64 word) {
  return zeros(word ^ EACH(',')) | zeros(word ^ EACH('"')) | zeros(word ^ EACH('\r')) | zeros(word);
}

/* Ends the field that lies in [@from, @to) of the copy, blanks around it left out.  The
 * place is counted in bytes as yet. */
static inline void cut_field(Reader *r, guint n, gsize from, gsize to, gboolean quoted) {
  char *copy = r->copy;
  r->cut[n].line = r->line;
  r->cut[n].column = (guint)from;
  if (quoted) {
    from++;
    to--;
  } else {
    while (from < to && (copy[from] == ' ' || copy[from] == '\t'))
      from++;
    while (from < to && (copy[to - 1] == ' ' || copy[to - 1] == '\t'))
      to--;
  }
  r->cut[n].text = copy + from;
  copy[to] = '\0';
}

/* Cuts the @length bytes of the copy.  A field in quotes is cut where they stand at its
 * very ends and none is inside.
 * Returns: how many fields, or 0 where libcsv is to have the line. */
static guint cut_line(Reader *r, gsize length, guint64 *high) {
  gsize from = 0;
  guint n = 0;
  gboolean open = FALSE, quoted = FALSE;
  memset(r->copy + length, ',', 1); /* ends the last field */
  memset(r->copy + length + 1, 'x', sizeof(guint64));
  for (gsize at = 0; at <= length; at += sizeof(guint64)) {
    guint64 word;
    memcpy(&word, r->copy + at, sizeof word);
    word = GUINT64_FROM_LE(word);
    *high |= word;
    for (guint64 left = marks(word); left; left &= left - 1) {
      gsize i = at + (guint)__builtin_ctzll(left) / 8;
      char c = r->copy[i];
      if (c == ',' && (!open || i == length)) {
        if (open || n == PLN_CSV_FIELDS)
          return 0;
        cut_field(r, n++, from, i, quoted);
        from = i + 1;
        quoted = FALSE;
      } else if (c == '"' && open && (r->copy[i + 1] == ',')) {
        open = FALSE;
      } else if (c == '"' && !open && i == from && !quoted) {
        open = quoted = TRUE;
      } else if (c != ',') {
        return 0;
      }
    }
  }
  return n;
}

/* Columns are counted in characters. */
static void place_fields(Reader *r, guint n, const char *line) {
  gsize at = 0;
  guint column = r->column;
  for (guint i = 0; i < n; i++) {
    for (; at < r->cut[i].column; at++)
      column += (line[at] & 0xc0) != 0x80;
    r->cut[i].column = column;
  }
}

typedef enum { CUT, HARD, ENOUGH } Cut;

/* The row at hand, where there is nothing in it that needs libcsv; a line that is empty
 * or blank is passed over. */
static Cut cut_row(Reader *r) {
  const char *line = r->bytes + r->at, *stop = memchr(line, '\n', r->length - r->at);
  gsize whole = stop ? (gsize)(stop - line) + 1 : r->length - r->at;
  gsize length = stop ? whole - 1 : whole;
  guint64 high = 0;
  if (stop && length > 0 && line[length - 1] == '\r')
    length--;
  r->hard = r->at + whole;
  if (length > PLN_CSV_FIELD)
    return HARD;
  memcpy(r->copy, line, length);
  guint n = cut_line(r, length, &high);
  if (n == 0 || ((high & EACH(0x80)) && !g_utf8_validate_len(line, length, NULL)))
    return HARD;
  gboolean blank = n == 1 && r->cut[0].text[0] == '\0' && line[0] != '"';
  if (high & EACH(0x80))
    place_fields(r, n, line);
  else
    for (guint i = 0; i < n; i++)
      r->cut[i].column += r->column;
  r->at += whole;
  r->line += stop != NULL;
  r->column = 1;
  return blank || r->call(r->cut, n, r->data) ? CUT : ENOUGH;
}

static gboolean read_all(Reader *r) {
  if (!opens_well(r->file, r->bytes, r->length, &r->at, r->faults))
    return FALSE;
  while (r->at < r->length) {
    Cut cut = r->at < r->hard ? HARD : cut_row(r);
    if (cut == ENOUGH || (cut == HARD && !feed_row(r)))
      return FALSE;
  }
  return TRUE;
}

gboolean pln_csv_read(const char *file, const char *bytes, gsize length, PlnCsvRow call,
                      gpointer data, PlnFaults *faults) {
  struct csv_parser parser;
  csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
  Reader r = {.file = file, .bytes = bytes, .length = length, .line = 1, .column = 1,
              .parser = &parser, .call = call, .data = data, .faults = faults};
  r.row = (Row){g_string_new(NULL), g_array_new(FALSE, FALSE, sizeof(Place)),
                g_array_new(FALSE, FALSE, sizeof(PlnField)), {0, 1, 1}, FALSE, FALSE, FALSE};
  r.copy = g_malloc(MIN(length, PLN_CSV_FIELD) + 2 * sizeof(guint64));
  r.cut = g_new(PlnField, MIN(length + 1, PLN_CSV_FIELDS));
  gboolean whole = read_all(&r);
  csv_free(&parser);
  g_string_free(r.row.text, TRUE);
  g_array_unref(r.row.places);
  g_array_unref(r.row.fields);
  g_free(r.copy);
  g_free(r.cut);
  return whole;
}
