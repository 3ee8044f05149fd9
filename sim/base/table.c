/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/table.h"

#include <string.h>

#include "plenary/text.h"

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

/* A header in one piece with another separator inside: Excel in most of Europe. */
static gboolean separated(PlnTable *table, const PlnField *field, guint n) {
  char separator = strchr(field->text, ';') ? ';' : strchr(field->text, '\t') ? '\t' : 0;
  if (n > 1 || !separator)
    return TRUE;
  fault(table, field,
        "the columns are separated by %s; expected commas: save it as \"CSV UTF-8 (comma "
        "delimited)\", or in the export dialogue choose the comma as field separator",
        separator == ';' ? "semicolons" : "tabs");
  return FALSE;
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
    const char *near = pln_text_near(field->text, table->names);
    g_autofree char *known = g_strjoinv(", ", (char **)table->names);
    fault(table, field, "unknown column \"%s\"; expected one of %s%s%s%s", field->text, known,
          near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
  } else if (seen[c]) {
    fault(table, field, "column \"%s\" stands twice; expected it once", table->columns[c].name);
    c = IGNORED;
  } else {
    seen[c] = TRUE;
  }
  g_array_append_val(table->place, c);
}

static void read_header(PlnTable *table, const PlnField *field, guint n) {
  gboolean seen[PLN_TABLE_COLUMNS] = {FALSE};
  table->headed = TRUE;
  if (!separated(table, field, n)) {
    table->broken = TRUE;
    return;
  }
  while (n > 0 && !*field[n - 1].text)
    n--;
  for (guint i = 0; i < n; i++)
    read_name(table, &field[i], seen);
  for (guint c = 0; c < table->n_columns; c++) {
    if (seen[c] || !table->columns[c].required)
      continue;
    fault(table, field, "column \"%s\" is missing; expected it in the first line",
          table->columns[c].name);
    table->broken = TRUE;
  }
}

static void read_row(const PlnField *field, guint n, gpointer data) {
  PlnTable *table = data;
  while (n > 0 && !*field[n - 1].text)
    n--;
  if (n == 0 || table->broken)
    return;
  if (!table->headed) {
    read_header(table, field, n);
    return;
  }
  if (n > table->place->len) {
    fault(table, &field[table->place->len],
          "the row has %u fields; expected at most %u, as the first line names", n,
          table->place->len);
    n = table->place->len;
  }
  guint first = table->cells->len;
  g_array_set_size(table->cells, first + table->n_columns);
  Cell *cell = &g_array_index(table->cells, Cell, first);
  for (guint c = 0; c < table->n_columns; c++)
    cell[c] = (Cell){0, field->line, field->column};
  for (guint i = 0; i < n; i++) {
    guint c = g_array_index(table->place, guint, i);
    if (c == IGNORED)
      continue;
    cell[c] = (Cell){*field[i].text ? table->texts->len : 0, field[i].line, field[i].column};
    if (*field[i].text)
      g_string_append_len(table->texts, field[i].text, (gssize)strlen(field[i].text) + 1);
  }
  table->n_rows++;
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
  gboolean whole = pln_csv_read(file, text ? text : "", length, read_row, table, faults);
  if (whole && !table->headed) {
    g_autofree char *known = g_strjoinv(",", (char **)table->names);
    pln_faults_add(faults, file, 1, 1, "the file is empty; expected a first line such as %s", known);
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
                    "%s is \"%s\"; expected a date such as 2019-12-27, 2019-12 or 2019",
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
  const char *near = pln_text_near(text, words);
  g_autofree char *known = g_strjoinv(", ", (char **)words);
  pln_table_fault(table, row, column, faults, "%s is \"%s\"; expected one of %s%s%s%s",
                  table->columns[column].name, text, known, near ? "; did you mean " : "",
                  near ? near : "", near ? "?" : "");
  return otherwise;
}
