/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a store holds, for other programs: as CSV, and as columns of numbers. */
#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "plenary/error.h"
#include "plenary/path.h"
#include "plenary/store_part.h"
#include "plenary/text.h"
#include "plenary/write.h"

static void add_cell(GString *line, sqlite3_stmt *select, int k) {
  int type = sqlite3_column_type(select, k);
  if (type == SQLITE_INTEGER)
    g_string_append_printf(line, "%" G_GINT64_FORMAT, (gint64)sqlite3_column_int64(select, k));
  else if (type == SQLITE_FLOAT)
    pln_text_add_number(line, sqlite3_column_double(select, k));
  else if (type == SQLITE_TEXT)
    pln_csv_add_text(line, (const char *)sqlite3_column_text(select, k));
}

/* "" of a store that does not say. */
static const char *meta_of(const PlnStore *store, const char *key) {
  const char *value = pln_store_meta(store, key);
  return value ? value : "";
}

/* The last cells of every row, as other tables have them: they come from the store alone. */
static char *provenance_cells(PlnStore *store, GError **error) {
  g_autoptr(GPtrArray) text = pln_store_texts(
      store->db, store->path,
      "SELECT substr(key, 7), value FROM meta WHERE key LIKE 'input %' ORDER BY rowid", error);
  g_autoptr(GArray) inputs = g_array_new(FALSE, FALSE, sizeof(PlnInput)),
                    data = g_array_new(FALSE, FALSE, sizeof(PlnInput));
  if (!text)
    return NULL;
  for (guint k = 0; k < text->len; k += 2) {
    PlnInput input = {.name = text->pdata[k], .sha256 = text->pdata[k + 1]};
    g_array_append_val(g_str_has_prefix(input.name, "data/") ? data : inputs, input);
  }
  const PlnProvenance from = {.version = meta_of(store, "version"),
                              .command = meta_of(store, "command"),
                              .inputs = inputs,
                              .data = data};
  g_autofree char *cells = pln_csv_provenance(&from);
  GString *out = g_string_new(",");
  pln_csv_add_text(out, meta_of(store, "status"));
  g_string_append_printf(out, ",%s", cells);
  return g_string_free(out, FALSE);
}

static gboolean put_line(GString *line, FILE *out) {
  g_string_append_c(line, '\n');
  gboolean done = fwrite(line->str, 1, line->len, out) == line->len;
  g_string_truncate(line, 0);
  return done;
}

/* FALSE with an error is SQLite's, without one the file's. */
static gboolean put_rows(PlnStore *store, sqlite3_stmt *select, FILE *out, GError **error) {
  g_autoptr(GString) line = g_string_new(NULL);
  g_autofree char *provenance = provenance_cells(store, error);
  if (!provenance)
    return FALSE;
  int n = sqlite3_column_count(select), code;
  for (int k = 0; k < n; k++) {
    g_string_append(line, k > 0 ? "," : "");
    pln_csv_add_text(line, sqlite3_column_name(select, k));
  }
  g_string_append(line, ",status," PLN_CSV_PROVENANCE);
  gboolean done = put_line(line, out);
  while (done && (code = sqlite3_step(select)) != SQLITE_DONE) {
    if (code != SQLITE_ROW)
      return pln_store_refuse(store->db, store->path, error);
    for (int k = 0; k < n; k++) {
      g_string_append(line, k > 0 ? "," : "");
      add_cell(line, select, k);
    }
    g_string_append(line, provenance);
    done = put_line(line, out);
  }
  return done && fflush(out) == 0;
}

static gboolean fail_file(const char *path, GError **error) {
  int number = errno;
  g_autofree char *name = pln_text_visible(path ? path : "standard output");
  g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "%s: cannot be written: %s", name,
              g_strerror(number));
  return FALSE;
}

gboolean pln_store_apart(const char *path, const char *other, const char *what, GError **error) {
  gboolean same = pln_path_same(path, other);
  g_autofree char *name = pln_text_visible(path);
  if (same)
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "%s is %s; expected another name for the CSV",
                name, what);
  return !same;
}

gboolean pln_store_csv(PlnStore *store, const char *path, GError **error) {
  if (path && (!pln_store_is_file(path, error) ||
               !pln_store_apart(path, store->real, "the store itself", error)))
    return FALSE;
  g_autofree char *real = path ? pln_path_real(path) : NULL;
  g_autofree char *part = path ? g_strconcat(real, ".part", NULL) : NULL;
  g_autoptr(GError) bad = NULL;
  FILE *out = path ? g_fopen(part, "w") : stdout;
  if (!out)
    return fail_file(path, error);
  sqlite3_stmt *select =
      pln_store_prepare(store->db, store->path, "SELECT * FROM results ORDER BY run", &bad);
  gboolean done = select && put_rows(store, select, out, &bad);
  sqlite3_finalize(select);
  if (!done && !bad)
    fail_file(path, &bad);
  if (path && fclose(out) != 0 && done)
    done = fail_file(path, &bad);
  if (path && done && g_rename(part, real) != 0)
    done = fail_file(path, &bad);
  if (path && !done)
    g_unlink(part);
  if (bad)
    g_propagate_error(error, g_steal_pointer(&bad));
  return done;
}

/* ---- Columns ---- */

/* The dials as the store tells them.  @sql: to which their columns are appended */
static GPtrArray *read_dials(PlnStore *store, GString *sql, GError **error) {
  g_autoptr(GPtrArray) dials = g_ptr_array_new_with_free_func(pln_dial_free);
  g_autoptr(GPtrArray) text =
      pln_store_texts(store->db, store->path,
                      "SELECT name, range, status, column_name FROM dials ORDER BY place", error);
  for (guint k = 0; text && k < text->len; k += 4) {
    PlnDial *dial = pln_dial_read(text->pdata[k], text->pdata[k + 1], error);
    if (!dial)
      return NULL;
    g_ptr_array_add(dials, dial);
    for (guint s = 0; pln_status_words[s]; s++)
      if (strcmp(pln_status_words[s], text->pdata[k + 2]) == 0)
        dial->status = (PlnStatus)s;
    g_autofree char *column = pln_store_quoted(text->pdata[k + 3]);
    g_string_append_printf(sql, ", %s", column);
  }
  return text ? g_steal_pointer(&dials) : NULL;
}

static char *outcome_column(PlnStore *store, const char *outcome, GError **error) {
  g_autoptr(GPtrArray) text = pln_store_texts(
      store->db, store->path, "SELECT id, column_name FROM outcomes ORDER BY place", error);
  g_autoptr(GPtrArray) ids = g_ptr_array_new();
  for (guint k = 0; text && k < text->len; k += 2) {
    if (strcmp(text->pdata[k], outcome) == 0)
      return pln_store_quoted(text->pdata[k + 1]);
    g_ptr_array_add(ids, text->pdata[k]);
  }
  if (!text)
    return NULL;
  g_ptr_array_add(ids, NULL);
  const char *near = pln_text_near(outcome, (const char *const *)ids->pdata);
  g_autofree char *all = g_strjoinv(", ", (char **)ids->pdata), *said = pln_text_visible(outcome),
                  *name = pln_text_visible(store->path);
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "%s has no outcome \"%s\"; expected one of %s%s%s%s",
              name, said, all, near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
  return NULL;
}

static double cell(sqlite3_stmt *select, int k, const PlnDial *dial) {
  if (!pln_dial_is_words(dial))
    return sqlite3_column_double(select, k);
  const char *word = (const char *)sqlite3_column_text(select, k);
  for (guint w = 0; w < dial->n; w++)
    if (g_strcmp0(word, dial->word[w]) == 0)
      return w;
  return NAN;
}

/* Which rows, and how many. */
static gboolean choose(PlnStore *store, const char *column, guint64 every, GString *sql, gint64 *n,
                       GError **error) {
  g_autofree char *rows = g_strdup_printf(
      " FROM results WHERE %s IS NOT NULL AND (run %% 1000003 * 265443 %% 1000003) * "
      "%" G_GUINT64_FORMAT " < 1000003", /* no product beyond 63 bits */
      column, every);
  g_autofree char *count = g_strdup_printf("SELECT count(*)%s", rows);
  g_string_append_printf(sql, "%s ORDER BY run", rows);
  return pln_store_number(store->db, store->path, count, n, error);
}

char *pln_store_outcome_text(const PlnStore *store, const char *id, const char *what) {
  g_autoptr(GPtrArray) text =
      pln_store_texts(store->db, store->path, "SELECT id, title, unit FROM outcomes", NULL);
  for (guint k = 0; text && k < text->len; k += 3)
    if (strcmp(text->pdata[k], id) == 0)
      return g_strdup(text->pdata[strcmp(what, "title") == 0 ? k + 1 : k + 2]);
  return NULL;
}

gboolean pln_store_columns(PlnStore *store, const char *outcome, guint64 *rows, double **x,
                           double **y, GPtrArray **dials, GError **error) {
  return pln_store_sample(store, outcome, 1, rows, x, y, dials, error);
}

gboolean pln_store_sample(PlnStore *store, const char *outcome, guint64 every, guint64 *rows,
                          double **x, double **y, GPtrArray **dials, GError **error) {
  g_autofree char *column = outcome_column(store, outcome, error);
  g_autoptr(GString) sql = g_string_new("SELECT ");
  gint64 n = 0;
  if (!column)
    return FALSE;
  g_string_append(sql, column);
  g_autoptr(GPtrArray) turned = read_dials(store, sql, error);
  if (!turned || !choose(store, column, every, sql, &n, error))
    return FALSE;
  sqlite3_stmt *select = pln_store_prepare(store->db, store->path, sql->str, error);
  if (!select)
    return FALSE;
  guint d = turned->len;
  g_autofree double *place = g_new(double, (gsize)n *d + 1), *value = g_new(double, (gsize)n + 1);
  gint64 k = 0; /* rows may come in between, where a sweep runs */
  gboolean odd = FALSE;
  int code = SQLITE_DONE;
  for (; k < n && (code = sqlite3_step(select)) == SQLITE_ROW; k++) {
    value[k] = sqlite3_column_double(select, 0);
    for (guint j = 0; j < d; j++)
      odd |= isnan(place[k * d + j] = cell(select, (int)j + 1, turned->pdata[j]));
  }
  gboolean read = code == SQLITE_ROW || code == SQLITE_DONE ||
                  pln_store_refuse(store->db, store->path, error);
  sqlite3_finalize(select);
  if (!read)
    return FALSE;
  if (odd) {
    g_autofree char *name = pln_text_visible(store->path);
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
                "%s: a run has a word that its dial does not know: it is damaged, or was altered", name);
    return FALSE;
  }
  *rows = (guint64)k;
  *x = g_steal_pointer(&place);
  *y = g_steal_pointer(&value);
  *dials = g_steal_pointer(&turned);
  return TRUE;
}
