/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQLite's calls, and its errors in words. */
#include <errno.h>

#include "plenary/error.h"
#include "plenary/store_part.h"
#include "plenary/text.h"

enum { PATIENCE = 5000 }; /* milliseconds: longer than any reader's look at a row */

/* What is wrong and what helps; NULL: SQLite's own words. */
static const char *meaning(int code) {
  switch (code & 0xff) {
  case SQLITE_FULL:
    return "the disk is full; the rows before stand: run it again when there is room";
  case SQLITE_READONLY:
    return "it cannot be written: it, or the folder it lies in, is read-only";
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return "another program is at it; run it again when that is done: the rows before stand";
  case SQLITE_NOTADB:
    return "it is no store; expected a file that plenary sweep or merge wrote";
  case SQLITE_CORRUPT:
    return "it is damaged; expected a whole SQLite file";
  default:
    return NULL;
  }
}

gboolean pln_store_refuse(sqlite3 *db, const char *path, GError **error) {
  int code = db ? sqlite3_extended_errcode(db) : SQLITE_NOMEM,
      number = db ? sqlite3_system_errno(db) : 0;
  gboolean disk = (code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN;
  gboolean data = (code & 0xff) == SQLITE_NOTADB || (code & 0xff) == SQLITE_CORRUPT;
  const char *why = disk && number == ENOSPC ? meaning(SQLITE_FULL) : meaning(code);
  g_autofree char *name = pln_text_visible(path);
  if (why)
    g_set_error(error, PLN_ERROR, data ? PLN_ERROR_DATA : PLN_ERROR_FAILED, "%s: %s", name, why);
  else
    g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "%s: it cannot be %s: %s%s%s%s", name,
                (code & 0xff) == SQLITE_CANTOPEN ? "opened" : "read or written",
                db ? sqlite3_errmsg(db) : "out of memory", disk && number ? " (" : "",
                disk && number ? g_strerror(number) : "", disk && number ? ")" : "");
  return FALSE;
}

sqlite3 *pln_store_connect(const char *real, const char *path, int flags, GError **error) {
  sqlite3 *db = NULL;
  if (sqlite3_open_v2(real, &db, flags, NULL) == SQLITE_OK) {
    sqlite3_busy_timeout(db, PATIENCE);
    return db;
  }
  pln_store_refuse(db, path, error);
  sqlite3_close(db);
  return NULL;
}

gboolean pln_store_exec(sqlite3 *db, const char *path, const char *sql, GError **error) {
  return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK || pln_store_refuse(db, path, error);
}

sqlite3_stmt *pln_store_prepare(sqlite3 *db, const char *path, const char *sql, GError **error) {
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
    pln_store_refuse(db, path, error);
  return statement;
}

gboolean pln_store_number(sqlite3 *db, const char *path, const char *sql, gint64 *number,
                          GError **error) {
  sqlite3_stmt *statement = pln_store_prepare(db, path, sql, error);
  if (!statement)
    return FALSE;
  int code = sqlite3_step(statement);
  *number = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
  gboolean done = code == SQLITE_ROW || code == SQLITE_DONE || pln_store_refuse(db, path, error);
  sqlite3_finalize(statement);
  return done;
}

GPtrArray *pln_store_texts(sqlite3 *db, const char *path, const char *sql, GError **error) {
  sqlite3_stmt *statement = pln_store_prepare(db, path, sql, error);
  if (!statement)
    return NULL;
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
  int code;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW)
    for (int k = 0; k < sqlite3_column_count(statement); k++) {
      const char *text = (const char *)sqlite3_column_text(statement, k);
      g_ptr_array_add(texts, g_strdup(text ? text : ""));
    }
  gboolean done = code == SQLITE_DONE || pln_store_refuse(db, path, error);
  sqlite3_finalize(statement);
  return done ? g_steal_pointer(&texts) : NULL;
}

gboolean pln_store_put(sqlite3 *db, const char *path, const char *sql, const char *const *text,
                       guint n, GError **error) {
  sqlite3_stmt *statement = pln_store_prepare(db, path, sql, error);
  if (!statement)
    return FALSE;
  for (guint k = 0; k < n; k++)
    sqlite3_bind_text(statement, (int)k + 1, text[k], -1, SQLITE_STATIC);
  gboolean done = sqlite3_step(statement) == SQLITE_DONE || pln_store_refuse(db, path, error);
  sqlite3_finalize(statement);
  return done;
}

char *pln_store_quoted(const char *name) {
  g_auto(GStrv) parts = g_strsplit(name, "\"", -1);
  g_autofree char *inner = g_strjoinv("\"\"", parts);
  return g_strdup_printf("\"%s\"", inner);
}
