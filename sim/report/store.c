/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/store.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "plenary/error.h"
#include "plenary/path.h"
#include "plenary/store_part.h"
#include "plenary/text.h"

PlnStoreShape pln_store_shape_of(const PlnExperiment *experiment) {
  const PlnPlan *plan = pln_experiment_plan(experiment);
  const PlnRunner *runner = pln_experiment_runner(experiment);
  PlnStoreShape shape = {.dials = plan->dials, .replicates = plan->replicates};
  shape.outcomes = pln_runner_outcomes(runner);
  for (guint k = 0; k < shape.outcomes; k++)
    shape.outcome[k] = pln_runner_outcome(runner, k);
  return shape;
}

static PlnStore *store_new(const char *path) {
  PlnStore *store = g_new0(PlnStore, 1);
  store->path = g_strdup(path);
  store->real = pln_path_real(path);
  store->lock = -1;
  store->meta = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  return store;
}

void pln_store_close(PlnStore *store) {
  if (!store)
    return;
  sqlite3_finalize(store->insert);
  sqlite3_close(store->db);
  pln_store_unlock(store->real, store->lock);
  g_hash_table_unref(store->meta);
  g_free(store->real);
  g_free(store->path);
  g_free(store);
}

guint64 pln_store_first(const PlnStore *store) {
  return store->first;
}

guint64 pln_store_end(const PlnStore *store) {
  return store->end;
}

guint64 pln_store_rows(const PlnStore *store) {
  return store->rows;
}

gboolean pln_store_complete(const PlnStore *store) {
  return store->complete;
}

const char *pln_store_meta(const PlnStore *store, const char *key) {
  return g_hash_table_lookup(store->meta, key);
}

static gboolean refuse(const PlnStore *store, GError **error, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

static gboolean refuse(const PlnStore *store, GError **error, const char *format, ...) {
  va_list list;
  va_start(list, format);
  g_autofree char *raw = g_strdup_vprintf(format, list), *what = pln_text_visible(raw);
  g_autofree char *name = pln_text_visible(store->path);
  va_end(list);
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "%s: %s", name, what);
  return FALSE;
}

/* ---- What is there ---- */

static gboolean number(const PlnStore *store, const char *sql, gint64 *n, GError **error) {
  return pln_store_number(store->db, store->path, sql, n, error);
}

/* Whether it is a store, and what it says of itself: no row is read. */
static gboolean read_self(PlnStore *store, GError **error) {
  gint64 application = 0, format = 0;
  if (!number(store, "PRAGMA application_id", &application, error) ||
      !number(store, "PRAGMA user_version", &format, error))
    return FALSE;
  if (application != PLN_STORE_APPLICATION)
    return refuse(store, error,
                  "it is no store, but another program's SQLite file; expected one "
                  "that plenary sweep or merge wrote");
  if (format != PLN_STORE_FORMAT)
    return refuse(store, error, "it is a store of format %d; expected %d", (int)format,
                  PLN_STORE_FORMAT);
  g_autoptr(GPtrArray) meta =
      pln_store_texts(store->db, store->path, "SELECT key, value FROM meta", error);
  if (!meta)
    return FALSE;
  for (guint k = 0; k + 1 < meta->len; k += 2)
    g_hash_table_insert(store->meta, g_strdup(meta->pdata[k]), g_strdup(meta->pdata[k + 1]));
  const char *first = pln_store_meta(store, "first"), *end = pln_store_meta(store, "end");
  store->first = first ? g_ascii_strtoull(first, NULL, 10) : 0;
  store->end = end ? g_ascii_strtoull(end, NULL, 10) : 0;
  store->complete = g_strcmp0(pln_store_meta(store, "state"), "complete") == 0;
  store->rows = store->complete ? store->end - store->first : 0;
  return TRUE;
}

/* One walk through them; of a store that is complete they are held to its digest. */
static gboolean look_at_rows(PlnStore *store, GError **error) {
  gint64 rows = 0;
  if (store->complete)
    return pln_store_check(store, error);
  if (!number(store, "SELECT count(*) FROM runs", &rows, error))
    return FALSE;
  store->rows = (guint64)rows;
  return TRUE;
}

PlnStore *pln_store_peek(const char *path, GError **error) {
  g_autoptr(PlnStore) store = store_new(path);
  store->db = pln_store_connect(store->real, path, SQLITE_OPEN_READONLY, error);
  return store->db && read_self(store, error) ? g_steal_pointer(&store) : NULL;
}

PlnStore *pln_store_read(const char *path, GError **error) {
  g_autoptr(PlnStore) store = pln_store_peek(path, error);
  return store && look_at_rows(store, error) ? g_steal_pointer(&store) : NULL;
}

/* What it was made of must be what is asked now; the first that differs is named. */
static gboolean same_sweep(const PlnStore *store, const PlnStoreMeta *meta, guint64 first,
                           guint64 end, GError **error) {
  for (guint k = 0; meta[k].key; k++) {
    const char *value = pln_store_meta(store, meta[k].key);
    if (value && g_str_has_prefix(meta[k].key, "input ") && strcmp(value, meta[k].value) != 0)
      return refuse(store, error,
                    "it is of another sweep: %s has been changed since; expected another name, or "
                    "that the store is removed first", meta[k].key + strlen("input "));
    if (g_strcmp0(value, meta[k].value) != 0)
      return refuse(store, error,
                    "it is of another sweep: its %s is \"%s\", not \"%s\"; expected another name, or "
                    "that it is removed first",
                    meta[k].key, value ? value : "(none)", meta[k].value);
  }
  if (store->first != first || store->end != end)
    return refuse(store, error,
                  "it is of the runs %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT
                  ", not %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT
                  "; expected the same --shard, or another name",
                  store->first, store->end - 1, first, end - 1);
  return TRUE;
}

/* ---- To be written ---- */

/* Values, in the order of the columns. */
static gboolean prepare_insert(PlnStore *store, GError **error) {
  GString *sql = g_string_new("INSERT INTO runs VALUES (?, ?, ?");
  for (guint k = 0; k < store->shape.dials->len + store->shape.outcomes; k++)
    g_string_append(sql, ", ?");
  g_string_append_c(sql, ')');
  store->insert = pln_store_prepare(store->db, store->path, sql->str, error);
  g_string_free(sql, TRUE);
  return store->insert != NULL;
}

/* Where a kill came before the tables were made the file is empty. */
static gboolean is_empty(const PlnStore *store, gboolean *empty, GError **error) {
  gint64 tables = 0, application = 0;
  gboolean read = number(store, "SELECT count(*) FROM sqlite_master", &tables, error) &&
                  number(store, "PRAGMA application_id", &application, error);
  *empty = tables == 0 && application == 0;
  return read;
}

static gboolean go_on(PlnStore *store, const PlnStoreMeta *meta, guint64 first, guint64 end,
                      GError **error) {
  gboolean empty = FALSE;
  if (!is_empty(store, &empty, error))
    return FALSE;
  if (!empty && (!read_self(store, error) || !same_sweep(store, meta, first, end, error) ||
                 !look_at_rows(store, error)))
    return FALSE;
  if (store->complete)
    return TRUE;
  if (sqlite3_db_readonly(store->db, "main") == 1) {
    g_autofree char *name = pln_text_visible(store->path);
    g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "%s: it cannot be written: it is read-only",
                name);
    return FALSE;
  }
  store->first = first;
  store->end = end;
  /* A kill of the program loses nothing so; a fall of the machine at most the last blocks. */
  return pln_store_exec(store->db, store->path,
                        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL", error) &&
         (!empty || pln_store_fill(store->db, store->path, &store->shape, meta, first, end, error)) &&
         prepare_insert(store, error);
}

PlnStore *pln_store_open(const char *path, const PlnStoreShape *shape, const PlnStoreMeta *meta,
                         guint64 first, guint64 end, GError **error) {
  g_autoptr(PlnStore) store = store_new(path);
  gboolean new = FALSE;
  if (!pln_store_is_file(path, error) || !pln_store_aside(store->real, ".part", error))
    return NULL;
  g_autoptr(PlnStore) there = g_file_test(store->real, G_FILE_TEST_EXISTS)
                                  ? pln_store_peek(path, NULL) : NULL;
  if (there && there->complete && same_sweep(there, meta, first, end, NULL)) {
    if (!look_at_rows(there, error))
      return NULL;
    pln_store_tidy(there->real);
    return g_steal_pointer(&there); /* where nothing is to be written nothing need be writable */
  }
  store->shape = *shape;
  store->lock = pln_store_lock(store->real, path, error);
  if (store->lock >= 0) /* not before: another may have made it, and let go, in between */
    new = !g_file_test(store->real, G_FILE_TEST_EXISTS);
  if (store->lock >= 0)
    store->db =
        pln_store_connect(store->real, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
  if (store->db && go_on(store, meta, first, end, error))
    return g_steal_pointer(&store);
  if (new && store->db) { /* what cannot be begun leaves nothing behind */
    g_clear_pointer(&store->db, sqlite3_close);
    pln_store_remove(store->real);
  }
  return NULL;
}

/* A gap's start without a walk where there is but one, at the end. */
gboolean pln_store_missing(PlnStore *store, guint64 from, guint64 *first, guint64 *end,
                           GError **error) {
  gint64 last = -1, next = 0;
  guint64 at = MAX(from, store->first);
  if (at >= store->end || store->rows >= store->end - store->first)
    return FALSE;
  g_autofree char *gap = g_strdup_printf(
      "SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM runs WHERE run = %" G_GUINT64_FORMAT ") THEN "
      "%" G_GUINT64_FORMAT " ELSE (SELECT run + 1 FROM runs AS r WHERE run >= %" G_GUINT64_FORMAT
      " AND NOT EXISTS (SELECT 1 FROM runs AS n WHERE n.run = r.run + 1) ORDER BY run LIMIT 1) END",
      at, at, at);
  if (store->rows > 0 && !number(store, "SELECT max(run) FROM runs", &last, error))
    return FALSE;
  gboolean one = store->rows == 0 || (guint64)last + 1 - store->first == store->rows;
  if (one)
    next = (gint64)MAX(at, store->first + store->rows);
  else if (!number(store, gap, &next, error))
    return FALSE;
  *first = (guint64)next;
  *end = store->end;
  if (*first >= store->end || one)
    return *first < store->end;
  g_autofree char *after = g_strdup_printf("SELECT ifnull(min(run), %" G_GUINT64_FORMAT
                                           ") FROM runs WHERE run > %" G_GINT64_FORMAT,
                                           store->end, next);
  if (!number(store, after, &next, error))
    return FALSE;
  *end = (guint64)next;
  return TRUE;
}

/* ---- Rows ---- */

static void bind_dial(sqlite3_stmt *insert, int at, const PlnDial *dial, double value) {
  gboolean words = pln_dial_is_words(dial);
  if (words && value >= 0 && (guint)value < dial->n)
    sqlite3_bind_text(insert, at, dial->word[(guint)value], -1, SQLITE_STATIC);
  else
    sqlite3_bind_double(insert, at, value);
}

static void bind_outcome(sqlite3_stmt *insert, int at, const PlnRunOutcome *outcome,
                         const PlnExperimentRow *row, guint k) {
  if (row->failed || (outcome->counted && row->result.draws == 0) || isnan(row->result.value[k]))
    sqlite3_bind_null(insert, at);
  else if (outcome->counted)
    sqlite3_bind_int64(insert, at, row->result.count[k]);
  else
    sqlite3_bind_double(insert, at, row->result.value[k]);
}

static gboolean add_row(PlnStore *store, const PlnExperimentRow *row, GError **error) {
  const PlnStoreShape *shape = &store->shape;
  if (row->run < store->first || row->run >= store->end)
    return refuse(store, error,
                  "run %" G_GUINT64_FORMAT " is none of its own (%" G_GUINT64_FORMAT
                  " to %" G_GUINT64_FORMAT ")",
                  row->run, store->first, store->end - 1);
  int at = 1;
  sqlite3_bind_int64(store->insert, at++, (gint64)row->run);
  sqlite3_bind_int64(store->insert, at++, (gint64)(row->run % MAX(shape->replicates, 1)));
  for (guint k = 0; k < shape->dials->len; k++)
    bind_dial(store->insert, at++, shape->dials->pdata[k], row->dial[k]);
  sqlite3_bind_int64(store->insert, at++, row->failed ? 0 : (gint64)row->result.draws);
  for (guint k = 0; k < shape->outcomes; k++)
    bind_outcome(store->insert, at++, shape->outcome[k], row, k);
  int code = sqlite3_step(store->insert);
  gboolean doubled = code == SQLITE_CONSTRAINT;
  gboolean done = code == SQLITE_DONE || doubled || pln_store_refuse(store->db, store->path, error);
  sqlite3_reset(store->insert);
  return doubled ? refuse(store, error, "run %" G_GUINT64_FORMAT " is in it already", row->run)
                 : done;
}

gboolean pln_store_add(const PlnExperimentRow *row, guint n, gpointer data, GError **error) {
  PlnStore *store = data;
  if (!store->insert)
    return refuse(store, error, "it is complete: no run can be added");
  gboolean done = pln_store_exec(store->db, store->path, "BEGIN IMMEDIATE", error);
  for (guint k = 0; done && k < n; k++)
    done = add_row(store, &row[k], error);
  if (done && pln_store_exec(store->db, store->path, "COMMIT", error)) {
    store->rows += n;
    return TRUE;
  }
  sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

/* ---- The end ---- */

enum { PATIENCE = 5, TRY = 500 }; /* seconds; milliseconds between looks at an interrupt */

/* The log can be emptied when nobody reads what stood before it. */
static gboolean empty_log(PlnStore *store, GError **error) {
  gint64 begun = g_get_monotonic_time();
  gboolean told = FALSE;
  sqlite3_busy_timeout(store->db, TRY);
  while (sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) !=
         SQLITE_OK) {
    gboolean busy = sqlite3_errcode(store->db) == SQLITE_BUSY;
    gint64 waited = (g_get_monotonic_time() - begun) / G_USEC_PER_SEC;
    if (!busy || waited >= (store->waits ? store->patience : PATIENCE) || pln_progress_interrupted())
      return pln_store_refuse(store->db, store->path, error);
    if (!told && store->waiting)
      store->waiting(store->waiting_data);
    told = TRUE;
  }
  return TRUE;
}

/* With all pages in the file itself, so that no log is left to be taken for the new one's. */
static gboolean put_in_place(PlnStore *store, GError **error) {
  g_autofree char *part = g_strconcat(store->real, ".part", NULL);
  if (!empty_log(store, error)) {
    pln_store_remove(part);
    return FALSE;
  }
  g_clear_pointer(&store->insert, sqlite3_finalize);
  g_clear_pointer(&store->db, sqlite3_close);
  static const char *const log[] = {"-wal", "-shm"};
  for (guint k = 0; k < G_N_ELEMENTS(log); k++) {
    g_autofree char *name = g_strconcat(store->real, log[k], NULL);
    g_unlink(name);
  }
  if (g_rename(part, store->real) == 0)
    return TRUE;
  int number_of = errno;
  g_autofree char *name = pln_text_visible(store->path);
  g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "%s: it cannot be put in place: %s", name,
              g_strerror(number_of));
  pln_store_remove(part);
  return FALSE;
}

void pln_store_wait(PlnStore *store, guint seconds, PlnStoreWaiting waiting, gpointer data) {
  store->waits = TRUE;
  store->patience = seconds;
  store->waiting = waiting;
  store->waiting_data = data;
}

gboolean pln_store_finish(PlnStore *store, GError **error) {
  guint64 first, end;
  g_autoptr(GError) bad = NULL;
  if (store->complete)
    return TRUE;
  if (pln_store_missing(store, 0, &first, &end, &bad))
    return refuse(store, error, "runs %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT " are missing",
                  first, end - 1);
  if (bad)
    g_propagate_error(error, g_steal_pointer(&bad));
  if (bad || !pln_store_anew(store->db, store->real, store->path, error) ||
      !put_in_place(store, error))
    return FALSE;
  store->db = pln_store_connect(store->real, store->path, SQLITE_OPEN_READONLY, error);
  if (!store->db || !read_self(store, error))
    return FALSE;
  pln_store_unlock(store->real, store->lock); /* nothing is written any more */
  store->lock = -1;
  return TRUE;
}
