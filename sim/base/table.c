/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/table.h"

#include <string.h>

typedef struct {
  gsize start; /* in texts */
  guint line, column;
} Cell;

struct PlnTable {
  char *file;
  const PlnColumn *columns;
  guint n_columns, n_rows;
  GArray *cells; /* n_rows x n_columns */
  GString *texts; /* starts with a NUL: the empty cell */
  gboolean whole;
  /* while reading */
  PlnFaults *faults;
  gboolean headed, broken;
  GArray *place; /* of each file column, the table's column, or IGNORED */
  const char **names;
};

enum { IGNORED = PLN_TABLE_COLUMNS };

static void fault(PlnTable *table, const PlnField *field, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

static void fault(PlnTable *table, const PlnField *field, const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_autofree char *said = g_strdup_vprintf(format, args);
  va_end(args);
  pln_faults_add(table->faults, table->file, field->line, field->column, "%s", said);
}

/* "adopted, rejected": the words but the empty one, which is what an empty cell holds. */
static char *list(const char *const *words) {
  return g_strjoinv(", ", (char **)(*words && !**words ? words + 1 : words));
}

static guint find_column(const PlnTable *table, const char *name) {
  guint c = 0;
  while (c < table->n_columns && g_ascii_strcasecmp(name, table->columns[c].name) != 0)
    c++;
  return c < table->n_columns ? c : IGNORED;
}

static void read_name(PlnTable *table, const PlnField *field, gboolean seen[]) {
  guint c = find_column(table, field->text);
  if (c == IGNORED) {
    g_autofree char *hint = pln_faults_hint(table->faults, field->text, table->names);
    g_autofree char *known = list(table->names);
    fault(table, field, "unknown column \"%s\"; expected one of %s%s", field->text, known, hint);
  } else if (seen[c]) {
    fault(table, field, "column \"%s\" stands twice; expected it once", table->columns[c].name);
    c = IGNORED;
  } else {
    seen[c] = TRUE;
  }
  g_array_append_val(table->place, c);
}

/* Returns: FALSE where the rows are not worth reading */
static gboolean read_header(PlnTable *table, const PlnField *field, guint n) {
  gboolean seen[PLN_TABLE_COLUMNS] = {FALSE};
  char separator = strchr(field->text, ';') ? ';' : strchr(field->text, '\t') ? '\t' : 0;
  table->headed = TRUE;
  if (n == 1 && separator) {
    pln_csv_separator_fault(table->file, field->line, field->column, separator, table->faults);
    table->broken = TRUE;
    return FALSE;
  }
  for (guint i = 0; i < n; i++)
    read_name(table, &field[i], seen);
  for (guint c = 0; c < table->n_columns; c++) {
    if (seen[c] || !table->columns[c].required)
      continue;
    fault(table, field, "column \"%s\" is missing; expected it in the first line",
          table->columns[c].name);
    table->broken = TRUE;
  }
  return TRUE;
}

/* @n: fields, the empty ones at the end of the row included, as they have a place.  A cell
 * that the row is too short for is at its end, one without a column at its beginning. */
static void add_row(PlnTable *table, const PlnField *field, guint n) {
  guint first = table->cells->len;
  g_array_set_size(table->cells, first + table->n_columns);
  Cell *cell = &g_array_index(table->cells, Cell, first);
  for (guint c = 0; c < table->n_columns; c++)
    cell[c] = (Cell){0, field->line, field->column};
  for (guint i = 0; i < table->place->len; i++) {
    guint c = g_array_index(table->place, guint, i);
    const PlnField *from = &field[MIN(i, n - 1)];
    if (c == IGNORED)
      continue;
    cell[c] = (Cell){0, from->line, from->column};
    if (i >= n || !*from->text)
      continue;
    cell[c].start = table->texts->len;
    g_string_append_len(table->texts, from->text, (gssize)strlen(from->text) + 1);
  }
  table->n_rows++;
}

static gboolean read_row(const PlnField *field, guint n, gpointer data) {
  PlnTable *table = data;
  guint filled = n;
  while (filled > 0 && !*field[filled - 1].text)
    filled--;
  if (filled == 0 || table->broken)
    return TRUE;
  if (!table->headed)
    return read_header(table, field, filled);
  if (filled > table->place->len)
    fault(table, &field[table->place->len],
          "the row has %u fields; expected at most %u, as the first line names", filled,
          table->place->len);
  if (table->cells->len + table->n_columns > PLN_TABLE_CELLS) {
    fault(table, field, "more than %u rows; expected fewer", table->n_rows);
    return FALSE;
  }
  add_row(table, field, n);
  return TRUE;
}

static PlnTable *table_new(const char *file, const PlnColumn *columns, PlnFaults *faults) {
  PlnTable *table = g_new0(PlnTable, 1);
  table->file = g_strdup(file);
  table->columns = columns;
  table->faults = faults;
  while (columns[table->n_columns].name)
    table->n_columns++;
  table->names = g_new0(const char *, table->n_columns + 1);
  for (guint c = 0; c < table->n_columns; c++)
    table->names[c] = columns[c].name;
  table->cells = g_array_new(FALSE, FALSE, sizeof(Cell));
  table->place = g_array_new(FALSE, FALSE, sizeof(guint));
  table->texts = g_string_new(NULL);
  g_string_append_c(table->texts, '\0');
  return table;
}

PlnTable *pln_table_read(const char *file, GBytes *bytes, const PlnColumn *columns,
                         PlnFaults *faults) {
  g_autoptr(PlnTable) table = table_new(file, columns, faults);
  gsize length;
  const char *text = g_bytes_get_data(bytes, &length);
  table->whole = pln_csv_read(file, text ? text : "", length, read_row, table, faults);
  if (table->whole && !table->headed) {
    g_autofree char *known = g_strjoinv(",", (char **)table->names);
    pln_faults_add(faults, file, 1, 1, "the file is empty; expected a first line such as %s",
                   known);
  }
  if (!table->headed || table->broken)
    return NULL;
  return g_steal_pointer(&table);
}

void pln_table_free(PlnTable *table) {
  if (!table)
    return;
  g_array_unref(table->cells);
  g_array_unref(table->place);
  g_string_free(table->texts, TRUE);
  g_free(table->names);
  g_free(table->file);
  g_free(table);
}

gboolean pln_table_whole(const PlnTable *table) {
  return table->whole;
}

guint pln_table_rows(const PlnTable *table) {
  return table->n_rows;
}

const char *pln_table_file(const PlnTable *table) {
  return table->file;
}

static const Cell *cell_at(const PlnTable *table, guint row, guint column) {
  return &g_array_index(table->cells, Cell, row * table->n_columns + column);
}

guint pln_table_line(const PlnTable *table, guint row) {
  return cell_at(table, row, 0)->line;
}

guint pln_table_column(const PlnTable *table, guint row, guint column) {
  return cell_at(table, row, column)->column;
}

const char *pln_table_text(const PlnTable *table, guint row, guint column) {
  return table->texts->str + cell_at(table, row, column)->start;
}

void pln_table_fault(const PlnTable *table, guint row, guint column, PlnFaults *faults,
                     const char *format, ...) {
  const Cell *cell = cell_at(table, row, column);
  va_list args;
  va_start(args, format);
  g_autofree char *said = g_strdup_vprintf(format, args);
  va_end(args);
  pln_faults_add(faults, table->file, cell->line, cell->column, "%s", said);
}

const char *pln_table_needed(const PlnTable *table, guint row, guint column, PlnFaults *faults) {
  const char *text = pln_table_text(table, row, column);
  if (!*text)
    pln_table_fault(table, row, column, faults, "%s is empty; expected a value in every row",
                    table->columns[column].name);
  return text;
}

gint64 pln_table_count(const PlnTable *table, guint row, guint column, gint64 most,
                       PlnFaults *faults) {
  const char *text = pln_table_text(table, row, column);
  gint64 value;
  if (!*text)
    return PLN_NOT_STATED;
  if (strcmp(text, "?") == 0)
    return PLN_UNKNOWN;
  if (g_ascii_isdigit(*text) && g_ascii_string_to_unsigned(text, 10, 0, (guint64)most,
                                                           (guint64 *)&value, NULL))
    return value;
  pln_table_fault(table, row, column, faults,
                  "%s is \"%s\"; expected a whole number from 0 to %" G_GINT64_FORMAT
                  ", ? where it is not known, or nothing",
                  table->columns[column].name, text, most);
  return PLN_NOT_STATED;
}

PlnDay pln_table_day(const PlnTable *table, guint row, guint column, PlnFaults *faults) {
  PlnDay day;
  const char *text = pln_table_text(table, row, column);
  if (!pln_day_parse(text, &day))
    pln_table_fault(table, row, column, faults,
                    "%s is \"%s\"; expected a day of the calendar, such as 2019-12-27, or 2019-12 "
                    "or 2019",
                    table->columns[column].name, text);
  return day;
}

int pln_table_word(const PlnTable *table, guint row, guint column, const char *const *words,
                   int otherwise, PlnFaults *faults) {
  const char *text = pln_table_text(table, row, column);
  if (!*text)
    return otherwise;
  for (int i = 0; words[i]; i++)
    if (strcmp(text, words[i]) == 0)
      return i;
  g_autofree char *hint = pln_faults_hint(faults, text, words);
  g_autofree char *known = list(words);
  pln_table_fault(table, row, column, faults, "%s is \"%s\"; expected one of %s%s",
                  table->columns[column].name, text, known, hint);
  return otherwise;
}
