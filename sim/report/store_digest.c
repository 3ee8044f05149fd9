/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a complete store holds, in one number: rows that were altered, or that a disk gave back
 * otherwise than they were written, look like any others. */
#include <string.h>

#include "plenary/error.h"
#include "plenary/store_part.h"
#include "plenary/text.h"

enum { AT_ONCE = 1 << 16 }; /* bytes */

/* Its kind, and eight bytes or a text with its length: no two rows have the same bytes. */
static void add_cell(GString *bytes, sqlite3_stmt *select, int k) {
  int type = sqlite3_column_type(select, k);
  double real = sqlite3_column_double(select, k);
  guint64 word = (guint64)sqlite3_column_int64(select, k);
  if (type == SQLITE_FLOAT)
    memcpy(&word, &real, sizeof word);
  const char *text = type == SQLITE_TEXT ? (const char *)sqlite3_column_text(select, k) : "";
  if (type == SQLITE_TEXT)
    word = (guint64)sqlite3_column_bytes(select, k);
  guint64 little = GUINT64_TO_LE(type == SQLITE_NULL ? 0 : word);
  g_string_append_c(bytes, (char)type);
  g_string_append_len(bytes, (const char *)&little, sizeof little);
  if (type == SQLITE_TEXT)
    g_string_append_len(bytes, text, (gssize)word);
}

static void take(GChecksum *sum, GString *bytes) {
  g_checksum_update(sum, (const guchar *)bytes->str, (gssize)bytes->len);
  g_string_truncate(bytes, 0);
}

static gboolean add_rows(GChecksum *sum, sqlite3 *db, const char *path, const char *sql,
                         guint64 *rows, GError **error) {
  sqlite3_stmt *select = pln_store_prepare(db, path, sql, error);
  if (!select)
    return FALSE;
  g_autoptr(GString) bytes = g_string_sized_new(AT_ONCE);
  int n = sqlite3_column_count(select), code;
  for (*rows = 0; (code = sqlite3_step(select)) == SQLITE_ROW; ++*rows) {
    for (int k = 0; k < n; k++)
      add_cell(bytes, select, k);
    if (bytes->len >= AT_ONCE)
      take(sum, bytes);
  }
  take(sum, bytes);
  gboolean done = code == SQLITE_DONE || pln_store_refuse(db, path, error);
  sqlite3_finalize(select);
  return done;
}

char *pln_store_digest(sqlite3 *db, const char *path, guint64 *rows, GError **error) {
  static const char *const all[] = {
      "SELECT name, sql FROM sqlite_master WHERE sql NOT NULL ORDER BY name",
      "SELECT key, value FROM meta WHERE key NOT IN ('state', 'digest') ORDER BY key",
      "SELECT * FROM dials ORDER BY place", "SELECT * FROM outcomes ORDER BY place",
      "SELECT * FROM runs ORDER BY run"}; /* the last: whose rows are counted */
  g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
  for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
    if (!add_rows(sum, db, path, all[k], rows, error))
      return NULL;
  return g_strdup(g_checksum_get_string(sum));
}

gboolean pln_store_check(PlnStore *store, GError **error) {
  guint64 rows = 0;
  g_autofree char *digest = pln_store_digest(store->db, store->path, &rows, error);
  if (!digest)
    return FALSE;
  store->rows = rows;
  if (rows == store->end - store->first && g_strcmp0(digest, pln_store_meta(store, "digest")) == 0)
    return TRUE;
  g_autofree char *name = pln_text_visible(store->path);
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
              "%s: it is damaged, or was altered: what it holds is not what was written "
              "(its digest differs); expected it as the sweep left it, or that it is made again",
              name);
  return FALSE;
}
