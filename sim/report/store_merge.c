/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shards put together. */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "plenary/error.h"
#include "plenary/path.h"
#include "plenary/store_part.h"
#include "plenary/text.h"

/* Runs that a shard has, without a gap. */
typedef struct {
  guint64 first, end;
  guint shard;
} Range;

/* What is to be merged, as far as it is known. */
typedef struct {
  const char *const *path;
  guint n;
  GArray *ranges;  /* Range */
  GString *undone; /* the shards that are not run to their end */
  GPtrArray *self; /* of the first: keys and values, words of tables, dials, outcomes */
  guint64 runs;
} Merge;

enum { TOLD = 5, LOOK = 4096 }; /* ranges told of; rows between looks at an interrupt */

static gboolean refuse(GError **error, int code, const char *path, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

static gboolean refuse(GError **error, int code, const char *path, const char *format, ...) {
  va_list list;
  va_start(list, format);
  g_autofree char *raw = g_strdup_vprintf(format, list);
  g_autofree char *all = g_strdup_printf("%s: %s", path, raw), *seen = pln_text_visible(all);
  va_end(list);
  g_set_error_literal(error, PLN_ERROR, code, seen);
  return FALSE;
}

/* ---- What there is ---- */

/* What must be the same of all shards: pairs of a name and what it is. */
static GPtrArray *self_of(const PlnStore *store, GError **error) {
  return pln_store_texts(
      store->db, store->path,
      "SELECT key, value FROM meta WHERE key NOT IN ('first', 'end', 'state', 'digest') UNION ALL "
      "SELECT 'dial', name || ' ' || range || ' ' || status FROM dials UNION ALL "
      "SELECT 'outcome', id || ' ' || title || ' ' || unit || ' ' || counted FROM outcomes UNION ALL "
      "SELECT 'table ' || name, sql FROM sqlite_master WHERE sql NOT NULL",
      error);
}

static gboolean same_self(const Merge *merge, const PlnStore *store, const GPtrArray *self,
                          GError **error) {
  const GPtrArray *expected = merge->self;
  for (guint k = 0; k + 1 < MAX(self->len, expected->len); k += 2) {
    const char *key = k < self->len ? self->pdata[k] : "(none)";
    const char *value = k < self->len ? self->pdata[k + 1] : "(none)";
    const char *want = k < expected->len ? expected->pdata[k] : "(none)";
    const char *wanted = k < expected->len ? expected->pdata[k + 1] : "(none)";
    if (strcmp(key, want) != 0)
      return refuse(error, PLN_ERROR_DATA, store->path,
                    "it is of another sweep than %s: it has \"%s\" where that has \"%s\"",
                    merge->path[0], key, want);
    if (strcmp(value, wanted) != 0 && g_str_has_prefix(key, "input "))
      return refuse(error, PLN_ERROR_DATA, store->path,
                    "it is of another sweep than %s: it was made with another %s", merge->path[0],
                    key + strlen("input "));
    if (strcmp(value, wanted) != 0)
      return refuse(error, PLN_ERROR_DATA, store->path,
                    "it is of another sweep than %s: its %s is \"%s\", not \"%s\"", merge->path[0],
                    key, value, wanted);
  }
  return TRUE;
}

/* Its runs as ranges, one as a rule. */
static gboolean add_ranges(Merge *merge, PlnStore *store, guint shard, GError **error) {
  if (pln_store_complete(store)) { /* all of its own: counted with its digest */
    Range all = {store->first, store->end, shard};
    g_array_append_val(merge->ranges, all);
    return TRUE;
  }
  sqlite3_stmt *select =
      pln_store_prepare(store->db, store->path, "SELECT run FROM runs ORDER BY run", error);
  Range range = {0, 0, shard};
  int code = select ? SQLITE_ROW : SQLITE_ERROR;
  while (select && (code = sqlite3_step(select)) == SQLITE_ROW) {
    guint64 run = (guint64)sqlite3_column_int64(select, 0);
    if (range.end > range.first && run != range.end) {
      g_array_append_val(merge->ranges, range);
      range.first = run;
    }
    range.first = range.end > range.first ? range.first : run;
    range.end = run + 1;
  }
  if (range.end > range.first)
    g_array_append_val(merge->ranges, range);
  gboolean done = code == SQLITE_DONE || (select && pln_store_refuse(store->db, store->path, error));
  sqlite3_finalize(select);
  return done;
}

static gboolean look_at(Merge *merge, guint shard, GError **error) {
  g_autoptr(PlnStore) store = pln_store_read(merge->path[shard], error);
  g_autoptr(GPtrArray) self = store ? self_of(store, error) : NULL;
  const char *runs = store ? pln_store_meta(store, "runs") : NULL;
  if (!self)
    return FALSE;
  if (!runs)
    return refuse(error, PLN_ERROR_DATA, store->path,
                  "it does not say how many runs there are in all");
  if (!merge->self) {
    merge->self = g_steal_pointer(&self);
    merge->runs = g_ascii_strtoull(runs, NULL, 10);
  } else if (!same_self(merge, store, self, error)) {
    return FALSE;
  }
  if (pln_store_rows(store) < store->end - store->first)
    g_string_append_printf(merge->undone,
                           "%s%s has %" G_GUINT64_FORMAT " of its %" G_GUINT64_FORMAT,
                           merge->undone->len > 0 ? ", " : "", store->path, pln_store_rows(store),
                           store->end - store->first);
  return add_ranges(merge, store, shard, error);
}

/* ---- Each run once ---- */

static int by_first(gconstpointer a, gconstpointer b) {
  const Range *l = a, *r = b;
  return l->first != r->first ? (l->first < r->first ? -1 : 1)
                              : (l->shard > r->shard) - (l->shard < r->shard);
}

static void tell(GString *told, guint *n, guint64 first, guint64 end) {
  if ((*n)++ < TOLD)
    g_string_append_printf(told, "%s%" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT,
                           told->len > 0 ? ", " : "", first, end - 1);
}

static gboolean each_once(const Merge *merge, const char *into, GError **error) {
  g_autoptr(GString) told = g_string_new(NULL);
  guint64 at = 0;
  guint n = 0, shard = 0;
  for (guint k = 0; k < merge->ranges->len; k++) {
    const Range *range = &g_array_index(merge->ranges, Range, k);
    if (range->first < at)
      return refuse(error, PLN_ERROR_DATA, merge->path[range->shard],
                    "runs %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT
                    " are in %s too; expected each run once",
                    range->first, MIN(range->end, at) - 1, merge->path[shard]);
    if (range->first > at)
      tell(told, &n, at, range->first);
    at = range->end;
    shard = range->shard;
  }
  if (at > merge->runs)
    return refuse(error, PLN_ERROR_DATA, merge->path[shard],
                  "it has run %" G_GUINT64_FORMAT "; expected those below %" G_GUINT64_FORMAT,
                  at - 1, merge->runs);
  if (at < merge->runs)
    tell(told, &n, at, merge->runs);
  if (n == 0)
    return TRUE;
  if (merge->undone->len > 0)
    return refuse(error, PLN_ERROR_DATA, into,
                  "runs %s%s of %" G_GUINT64_FORMAT " are missing: %s; expected each run to its end",
                  told->str, n > TOLD ? " and more" : "", merge->runs, merge->undone->str);
  return refuse(error, PLN_ERROR_DATA, into,
                "runs %s%s of %" G_GUINT64_FORMAT
                " are missing; expected all shards, each run to its end",
                told->str, n > TOLD ? " and more" : "", merge->runs);
}

/* ---- Put together ---- */

/* The same statements, so that the file is the same. */
static gboolean make_alike(sqlite3 *db, const char *into, const PlnStore *like, const Merge *merge,
                           GError **error) {
  g_autofree char *marks = g_strdup_printf(
      "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA application_id = %d; "
      "PRAGMA user_version = %d; BEGIN",
      PLN_STORE_APPLICATION, PLN_STORE_FORMAT);
  g_autofree char *end = g_strdup_printf("%" G_GUINT64_FORMAT, merge->runs);
  g_autoptr(GPtrArray) sql =
      pln_store_texts(like->db, like->path,
                      "SELECT sql FROM sqlite_master WHERE sql NOT NULL ORDER BY rowid", error);
  gboolean done = sql && pln_store_exec(db, into, marks, error);
  for (guint k = 0; done && k < sql->len; k++)
    done = pln_store_exec(db, into, sql->pdata[k], error);
  static const struct {
    const char *read, *put;
    guint columns;
  } copied[] = {{"SELECT key, value FROM meta WHERE key <> 'digest' ORDER BY rowid", "INSERT INTO meta VALUES (?, ?)", 2},
                {"SELECT name, range, kind, status, column_name FROM dials ORDER BY place",
                 "INSERT INTO dials VALUES (NULL, ?, ?, ?, ?, ?)", 5},
                {"SELECT id, title, unit, counted, column_name FROM outcomes ORDER BY place",
                 "INSERT INTO outcomes VALUES (NULL, ?, ?, ?, ?, ?)", 5}};
  for (guint t = 0; done && t < G_N_ELEMENTS(copied); t++) {
    g_autoptr(GPtrArray) text = pln_store_texts(like->db, like->path, copied[t].read, error);
    done = text != NULL;
    for (guint k = 0; done && k < text->len; k += copied[t].columns)
      done = pln_store_put(db, into, copied[t].put, (const char *const *)text->pdata + k,
                           copied[t].columns, error);
  }
  const char *whole[] = {end};
  return done &&
         pln_store_exec(db, into,
                        "UPDATE meta SET value = '0' WHERE key = 'first'; "
                        "UPDATE meta SET value = 'running' WHERE key = 'state'",
                        error) &&
         pln_store_put(db, into, "UPDATE meta SET value = ? WHERE key = 'end'", whole, 1, error);
}

static gboolean copy_runs(sqlite3 *db, const char *into, const PlnStore *shard, const Range *range,
                          PlnProgress *progress, GError **error) {
  g_autofree char *sql = g_strdup_printf("SELECT * FROM runs WHERE run >= %" G_GUINT64_FORMAT
                                         " AND run < %" G_GUINT64_FORMAT " ORDER BY run",
                                         range->first, range->end);
  sqlite3_stmt *select = pln_store_prepare(shard->db, shard->path, sql, error), *insert = NULL;
  if (!select)
    return FALSE;
  int n = sqlite3_column_count(select), code = SQLITE_DONE;
  GString *values = g_string_new("INSERT INTO runs VALUES (?");
  for (int k = 1; k < n; k++)
    g_string_append(values, ", ?");
  g_string_append_c(values, ')');
  insert = pln_store_prepare(db, into, values->str, error);
  g_string_free(values, TRUE);
  gboolean done = insert != NULL;
  for (guint64 row = 1; done && (code = sqlite3_step(select)) == SQLITE_ROW; row++) {
    for (int k = 0; k < n; k++)
      sqlite3_bind_value(insert, k + 1, sqlite3_column_value(select, k));
    done = sqlite3_step(insert) == SQLITE_DONE || pln_store_refuse(db, into, error);
    sqlite3_reset(insert);
    if (done && row % LOOK == 0 && !pln_progress_step(progress, LOOK))
      done = refuse(error, PLN_ERROR_FAILED, into, "interrupted");
  }
  done = done && (code == SQLITE_DONE || pln_store_refuse(shard->db, shard->path, error));
  sqlite3_finalize(insert);
  sqlite3_finalize(select);
  return done;
}

static gboolean copy_all(sqlite3 *db, const char *into, const Merge *merge, PlnProgress *progress,
                         GError **error) {
  g_autoptr(PlnStore) shard = NULL;
  guint open = 0;
  for (guint k = 0; k < merge->ranges->len; k++) {
    const Range *range = &g_array_index(merge->ranges, Range, k);
    if (!shard || open != range->shard) {
      g_clear_pointer(&shard, pln_store_close);
      shard = pln_store_peek(merge->path[range->shard], error); /* its digest was looked at */
      open = range->shard;
    }
    if (!shard || (k == 0 && !make_alike(db, into, shard, merge, error)) ||
        !copy_runs(db, into, shard, range, progress, error))
      return FALSE;
  }
  return pln_store_exec(db, into, "COMMIT", error);
}

/* What is there is replaced only where it is of the same sweep. */
static gboolean may_replace(const Merge *merge, const char *into, const char *real, GError **error) {
  static const char *const end[] = {"", ".part", ".merge"};
  struct stat there;
  for (gsize e = 0; e < G_N_ELEMENTS(end); e++) {
    g_autofree char *name = g_strconcat(real, end[e], NULL);
    for (guint k = 0; k < merge->n; k++)
      if (pln_path_same(merge->path[k], name))
        return refuse(error, PLN_ERROR_USAGE, into,
                      *end[e] ? "a file of its own would be in the place of %s, one of the shards; "
                                "expected another name"
                              : "it is one of the shards; expected another name", merge->path[k]);
    if (*end[e] && !pln_store_aside(real, end[e], error))
      return FALSE;
  }
  if (stat(real, &there) != 0 || there.st_size == 0)
    return TRUE;
  g_autoptr(PlnStore) store = pln_store_peek(into, error);
  g_autoptr(GPtrArray) self = store ? self_of(store, error) : NULL;
  return self && same_self(merge, store, self, error);
}

static gboolean put_together(const Merge *merge, const char *into, const char *real,
                             PlnProgress *progress, GError **error) {
  g_autofree char *rough = g_strconcat(real, ".merge", NULL),
                  *part = g_strconcat(real, ".part", NULL);
  pln_store_remove(rough);
  sqlite3 *db = pln_store_connect(rough, into, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
  gboolean done =
      db && copy_all(db, into, merge, progress, error) && pln_store_anew(db, real, into, error);
  sqlite3_close(db);
  pln_store_remove(rough);
  if (!done)
    return FALSE;
  static const char *const log[] = {"-wal", "-shm"}; /* of a sweep that was killed there */
  for (guint k = 0; k < G_N_ELEMENTS(log); k++) {
    g_autofree char *name = g_strconcat(real, log[k], NULL);
    g_unlink(name);
  }
  if (g_rename(part, real) == 0)
    return TRUE;
  int number = errno;
  pln_store_remove(part);
  return refuse(error, PLN_ERROR_FAILED, into, "it cannot be put in place: %s", g_strerror(number));
}

gboolean pln_store_merge(const char *into, const char *const *paths, guint n, PlnProgress *progress,
                         GError **error) {
  g_autoptr(GArray) ranges = g_array_new(FALSE, FALSE, sizeof(Range));
  g_autofree char *real = pln_path_real(into);
  g_autoptr(GString) undone = g_string_new(NULL);
  Merge merge = {.path = paths, .n = n, .ranges = ranges, .undone = undone};
  gboolean done = pln_store_is_file(into, error);
  for (guint k = 0; done && k < n; k++)
    done = look_at(&merge, k, error);
  g_array_sort(ranges, by_first);
  int lock = -1;
  done = done && each_once(&merge, into, error) && (lock = pln_store_lock(real, into, error)) >= 0 &&
         may_replace(&merge, into, real, error) && put_together(&merge, into, real, progress, error);
  pln_store_unlock(real, lock);
  g_clear_pointer(&merge.self, g_ptr_array_unref);
  return done;
}
