/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of the format with #: not CSV, as an apostrophe quotes, and a quote may be none. */
#include <string.h>

#include "plenary/talks_part.h"

/* The most fields of a row: what is longer is some other kind of file. */
enum { FIELDS = 64, LONGEST = PLN_CSV_FIELD };

typedef struct {
  const char *file;
  PlnFaults *faults;
  char separator; /* 0: not seen yet */
  gboolean apostrophes; /* the row's first word is in them: then what opens one is no name */
  const char *line_start; /* the line as it is in the file */
  char copy[LONGEST + 1]; /* and as it is cut */
  PlnField field[FIELDS];
  guint line;
} Splitter;

static gboolean is_blank(char c) {
  return c == ' ' || c == '\r';
}

/* The column of @at in the line, counted in characters. */
static guint column_of(const char *line, const char *at) {
  return (guint)g_utf8_strlen(line, at - line) + 1;
}

static gboolean opens_well(const char *file, const char *bytes, gsize length, gsize *skip,
                           PlnFaults *faults) {
  *skip = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  if (length < 2 || (memcmp(bytes, "\xff\xfe", 2) != 0 && memcmp(bytes, "\xfe\xff", 2) != 0))
    return TRUE;
  pln_faults_add(faults, file, 1, 1, "the file is UTF-16; expected UTF-8");
  return FALSE;
}

/* A line that can be cut at all. */
static gboolean sound(const Splitter *s, const char *line, gsize length) {
  const char *end = NULL, *nul = memchr(line, '\0', length);
  if (length > LONGEST)
    pln_faults_add(s->faults, s->file, s->line, 1,
                   "a line of more than %d bytes; expected less (is a line end missing?)", LONGEST);
  else if (nul)
    pln_faults_add(s->faults, s->file, s->line, column_of(line, nul), "a NUL byte; expected text");
  else if (!g_utf8_validate_len(line, length, &end))
    pln_faults_add(s->faults, s->file, s->line, column_of(line, end),
                   "bytes that are not UTF-8; expected the file saved as UTF-8");
  else
    return TRUE;
  return FALSE;
}

/* Where the quoted field that opens at @from closes: a quote before a separator or the end of the
 * line, blanks aside; NULL where nothing does.  Doubled quotes are part of it. */
static char *closing(char *from, char separator) {
  char quote = *from;
  for (char *at = from + 1; *at; at++) {
    if (*at != quote)
      continue;
    char *after = at + 1;
    if (*after == quote) {
      at++;
      continue;
    }
    while (is_blank(*after))
      after++;
    if (!*after || *after == separator)
      return at;
    if (at[-1] == separator) /* it opens the next */
      return NULL;
  }
  return NULL;
}

/* Takes the doubled quotes of [@from, @to) for one each, and ends it. */
static void undouble(char *from, char *to, char quote) {
  char *out = from;
  for (char *at = from; at < to; at++) {
    *out++ = *at;
    at += *at == quote;
  }
  *out = '\0';
}

/* The field that begins at *@at, blanks aside; *@at is then behind its separator, or NULL at the
 * end of the line.  Returns: FALSE and a fault where a quote is never closed */
static gboolean cut_field(const Splitter *s, const char *line, char **at, PlnField *field) {
  char *from = *at;
  while (is_blank(*from) || (*from == '\t' && s->separator == ';'))
    from++;
  *field = (PlnField){from, s->line, column_of(s->line_start, s->line_start + (from - s->copy))};
  char *close = *from == '\'' || *from == '"' ? closing(from, s->separator) : NULL;
  if (!close && (*from == '"' || (*from == '\'' && s->apostrophes))) {
    pln_faults_add(s->faults, s->file, s->line, field->column,
                   "%s is opened and never closed in \"%s\"; expected %c before the next %s",
                   *from == '"' ? "a quotation mark" : "an apostrophe", line, *from,
                   s->separator == ';' ? "semicolon" : "tab");
    return FALSE;
  }
  char *stop = strchr(close ? close : from, s->separator);
  *at = stop ? stop + 1 : NULL;
  if (close) {
    field->text = from + 1;
    undouble(from + 1, close, *from);
    return TRUE;
  }
  if (stop)
    *stop = '\0';
  g_strchomp(from);
  return TRUE;
}

/* What ends the first key, which may be quoted; 0 and a fault where it is neither. */
static char separator_of(const Splitter *s) {
  const char *stop = strpbrk(s->copy, "\t;");
  const char *comma = strchr(s->copy, ',');
  if (stop && (!comma || stop < comma))
    return *stop;
  pln_faults_add(s->faults, s->file, s->line, 1,
                 "no tab or semicolon after the first word%s; expected rows such as #A, a tab, "
                 "a name (or is the file of another format: ktab or bdm?)",
                 comma ? " but a comma" : "");
  return 0;
}

static gboolean is_comment(const char *line) {
  return g_str_has_prefix(line + (*line == '\'' || *line == '"'), "#/");
}

/* Returns: FALSE where reading is to stop */
static gboolean cut_line(Splitter *s, PlnCsvRow row, gpointer data) {
  char *at = s->copy;
  guint n = 0;
  while (is_blank(*at) || *at == '\t')
    at++;
  if (!*at)
    return TRUE;
  s->apostrophes = *at == '\'';
  if (is_comment(at)) {
    s->field[0] = (PlnField){"#/", s->line, 1};
    return row(s->field, 1, data);
  }
  if (s->separator == 0 && (s->separator = separator_of(s)) == 0)
    return FALSE;
  g_autofree char *line = g_strndup(s->copy, 60);
  for (at = s->copy; at; n++) {
    if (n == FIELDS) {
      pln_faults_add(s->faults, s->file, s->line, s->field[n - 1].column,
                     "more than %d fields in a row; expected fewer", FIELDS);
      return FALSE;
    }
    if (!cut_field(s, line, &at, &s->field[n]))
      return FALSE;
  }
  return row(s->field, n, data);
}

gboolean pln_talks_split(const char *file, const char *bytes, gsize length, PlnCsvRow row,
                         gpointer data, PlnFaults *faults) {
  g_autofree Splitter *s = g_new0(Splitter, 1);
  gsize at;
  s->file = file;
  s->faults = faults;
  if (!opens_well(file, bytes, length, &at, faults))
    return FALSE;
  while (at < length) {
    const char *line = bytes + at, *stop = memchr(line, '\n', length - at);
    gsize n = stop ? (gsize)(stop - line) : length - at;
    s->line++;
    if (!sound(s, line, n))
      return FALSE;
    s->line_start = line;
    memcpy(s->copy, line, n);
    s->copy[n] = '\0';
    if (!cut_line(s, row, data))
      return FALSE;
    at += n + (stop != NULL);
  }
  return TRUE;
}

guint pln_talks_cells(const PlnField *field, guint n, guint least) {
  guint filled = pln_talks_filled(field, n);
  return filled == 0 ? 0 : MAX(filled, MIN(n, least));
}

guint pln_talks_filled(const PlnField *field, guint n) {
  while (n > 0 && !*field[n - 1].text)
    n--;
  return n;
}
