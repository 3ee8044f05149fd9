/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables, made from data/schema/store.sql. */
#include <string.h>

#include "plenary/load.h"
#include "plenary/store_part.h"

/* The words of one column: what stands for the names in braces. */
typedef struct {
  char *name;
  const char *type;
  gboolean outcome, counted;
  const char *unit;
} Column;

static void column_clear(gpointer column) {
  g_free(((Column *)column)->name);
}

/* SQLite knows a column by its letters, whatever their case; a dial may have an outcome's name. */
static char *free_name(const GArray *taken, const char *name) {
  g_autofree char *candidate = g_strdup(name);
  for (guint k = 0, number = 2; k < taken->len; k++)
    if (g_ascii_strcasecmp(g_array_index(taken, Column, k).name, candidate) == 0) {
      g_free(candidate);
      candidate = g_strdup_printf("%s %u", name, number++);
      k = G_MAXUINT; /* all of them again */
    }
  return g_steal_pointer(&candidate);
}

static void add_column(GArray *columns, const char *name, const char *type) {
  Column column = {.name = free_name(columns, name), .type = type};
  g_array_append_val(columns, column);
}

static void add_outcome(GArray *columns, const PlnRunOutcome *outcome) {
  add_column(columns, outcome->id, outcome->counted ? "INTEGER" : "REAL");
  Column *column = &g_array_index(columns, Column, columns->len - 1);
  column->outcome = TRUE;
  column->counted = outcome->counted;
  column->unit = outcome->unit;
}

/* Those that every store has, then the dials, then the outcomes. */
enum { FIXED = 4 };

static GArray *columns_of(const PlnStoreShape *shape) {
  static const char *const fixed[FIXED] = {"run", "replicate", "draws", "point"};
  GArray *columns = g_array_new(FALSE, FALSE, sizeof(Column));
  g_array_set_clear_func(columns, column_clear);
  for (guint k = 0; k < FIXED; k++)
    add_column(columns, fixed[k], "INTEGER");
  for (guint k = 0; k < shape->dials->len; k++) {
    const PlnDial *dial = shape->dials->pdata[k];
    gboolean words = pln_dial_is_words(dial);
    add_column(columns, dial->name, words ? "TEXT" : "REAL");
  }
  for (guint k = 0; k < shape->outcomes; k++)
    add_outcome(columns, shape->outcome[k]);
  return columns;
}

/* The line with @column's words in their places. */
static void add_line(GString *sql, const char *line, const Column *column) {
  static const char *const place[] = {"\"{dial}\"", "\"{outcome}\"", "\"{type}\"", "\"{over}\"",
                                      "\"{said}\""};
  g_autofree char *name = pln_store_quoted(column->name);
  g_autofree char *over = g_strdup_printf("(%s%s IS NOT NULL)", column->counted ? "draws * (" : "",
                                          name);
  g_autofree char *all = g_strconcat(over, column->counted ? ")" : "", NULL);
  g_autofree char *said = column->outcome
                              ? g_strdup_printf("%s%s", column->unit,
                                                column->counted ? ": the sum over the draws" : "")
                              : g_strdup("");
  const char *word[] = {name, name, column->type, all, said};
  while (*line) {
    guint k = 0;
    while (k < G_N_ELEMENTS(place) && !g_str_has_prefix(line, place[k]))
      k++;
    if (k < G_N_ELEMENTS(place)) {
      g_string_append(sql, word[k]);
      line += strlen(place[k]);
    } else {
      g_string_append_c(sql, *line++);
    }
  }
  g_string_append_c(sql, '\n');
}

char *pln_store_schema(const PlnStoreShape *shape, GError **error) {
  g_autofree char *data = pln_data_folder(error), *text = NULL;
  if (!data)
    return NULL;
  g_autofree char *path = g_build_filename(data, "schema", "store.sql", NULL);
  if (!g_file_get_contents(path, &text, NULL, error))
    return NULL;
  g_autoptr(GArray) columns = columns_of(shape);
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  GString *sql = g_string_new(NULL);
  guint outcomes = FIXED + shape->dials->len;
  for (guint k = 0; lines[k]; k++) {
    gboolean dial = strstr(lines[k], "\"{dial}\"") != NULL;
    gboolean outcome = strstr(lines[k], "\"{outcome}\"") != NULL;
    guint from = dial ? FIXED : outcomes, to = dial ? outcomes : columns->len;
    if (!dial && !outcome)
      g_string_append_printf(sql, "%s\n", lines[k]);
    for (guint c = from; (dial || outcome) && c < to; c++)
      add_line(sql, lines[k], &g_array_index(columns, Column, c));
  }
  return g_string_free(sql, FALSE);
}

/* ---- What it says of the sweep ---- */

static gboolean put_meta(sqlite3 *db, const char *path, const char *key, const char *value,
                         GError **error) {
  const char *text[] = {key, value};
  return pln_store_put(db, path, "INSERT INTO meta VALUES (?, ?)", text, 2, error);
}

static gboolean put_count(sqlite3 *db, const char *path, const char *key, guint64 n, GError **error) {
  g_autofree char *value = g_strdup_printf("%" G_GUINT64_FORMAT, n);
  return put_meta(db, path, key, value, error);
}

static gboolean put_dials(sqlite3 *db, const char *path, const PlnStoreShape *shape,
                          const GArray *columns, GError **error) {
  static const char *const kinds[] = {"even", "normal", "list"};
  gboolean done = TRUE;
  for (guint k = 0; done && k < shape->dials->len; k++) {
    const PlnDial *dial = shape->dials->pdata[k];
    g_autofree char *range = pln_dial_range(dial);
    const char *text[] = {dial->name, range, kinds[dial->kind], pln_status_words[dial->status],
                          g_array_index(columns, Column, FIXED + k).name};
    done = pln_store_put(db, path, "INSERT INTO dials VALUES (NULL, ?, ?, ?, ?, ?)", text, 5, error);
  }
  return done;
}

static gboolean put_outcomes(sqlite3 *db, const char *path, const PlnStoreShape *shape,
                             const GArray *columns, GError **error) {
  gboolean done = TRUE;
  for (guint k = 0; done && k < shape->outcomes; k++) {
    const PlnRunOutcome *o = shape->outcome[k];
    const char *text[] = {o->id, o->title, o->unit, o->counted ? "1" : "0",
                          g_array_index(columns, Column, FIXED + shape->dials->len + k).name};
    done =
        pln_store_put(db, path, "INSERT INTO outcomes VALUES (NULL, ?, ?, ?, ?, ?)", text, 5, error);
  }
  return done;
}

gboolean pln_store_fill(sqlite3 *db, const char *path, const PlnStoreShape *shape,
                        const PlnStoreMeta *meta, guint64 first, guint64 end, GError **error) {
  g_autofree char *schema = pln_store_schema(shape, error), *marks = NULL;
  if (!schema)
    return FALSE;
  g_autoptr(GArray) columns = columns_of(shape);
  marks = g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d",
                          PLN_STORE_APPLICATION, PLN_STORE_FORMAT);
  gboolean done = pln_store_exec(db, path, "BEGIN IMMEDIATE", error) &&
                  pln_store_exec(db, path, schema, error) && pln_store_exec(db, path, marks, error);
  for (guint k = 0; done && meta[k].key; k++)
    done = put_meta(db, path, meta[k].key, meta[k].value, error);
  return done && put_dials(db, path, shape, columns, error) &&
         put_outcomes(db, path, shape, columns, error) &&
         put_count(db, path, "first", first, error) && put_count(db, path, "end", end, error) &&
         put_meta(db, path, "state", "running", error) && pln_store_exec(db, path, "COMMIT", error);
}
