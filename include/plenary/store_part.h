/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The parts of a store that its files share; see store.h. */
#pragma once
#include <sqlite3.h>

#include "plenary/store.h"

/** What PRAGMA application_id and user_version say of a store: "PlnS", and its schema's format. */
enum { PLN_STORE_APPLICATION = 0x506c6e53, PLN_STORE_FORMAT = 1 };

struct PlnStore {
  char *path; /* as given, for words */
  char *real; /* absolute, behind links: SQLite takes some names otherwise, and a link stays one */
  sqlite3 *db;
  sqlite3_stmt *insert; /* of one that rows are added to */
  int lock;             /* or -1 */
  PlnStoreShape shape;
  guint64 first, end, rows;
  gboolean complete;
  gboolean waits;       /* as pln_store_wait says: */
  guint patience;       /* seconds that the end waits for readers */
  PlnStoreWaiting waiting;
  gpointer waiting_data;
  GHashTable *meta; /* of one that is read: key to value */
};

/* ---- SQLite in words (store_sql.c) ---- */

/** What SQLite last said of @db, in words that name @path.  Returns: FALSE */
gboolean pln_store_refuse(sqlite3 *db, const char *path, GError **error);

/** Opens @real, with a patience of some seconds where another program is at it.
 *  @path: for words.  Returns: NULL and an error */
sqlite3 *pln_store_connect(const char *real, const char *path, int flags, GError **error);

gboolean pln_store_exec(sqlite3 *db, const char *path, const char *sql, GError **error);

/** One number; 0 where there is none. */
gboolean pln_store_number(sqlite3 *db, const char *path, const char *sql, gint64 *number,
                          GError **error);

/** Returns: NULL and an error; @sql may end in parameters to be bound */
sqlite3_stmt *pln_store_prepare(sqlite3 *db, const char *path, const char *sql, GError **error);

/** Every cell of all rows of @sql as text, in order; NULL and an error. */
GPtrArray *pln_store_texts(sqlite3 *db, const char *path, const char *sql, GError **error);

/** Runs @sql with @n texts bound.  */
gboolean pln_store_put(sqlite3 *db, const char *path, const char *sql, const char *const *text,
                       guint n, GError **error);

/** A name as SQL quotes it.  (transfer full) */
char *pln_store_quoted(const char *name);

/* ---- Reading (store_csv.c) ---- */

/** pln_store_columns of one row in @every, taken by a scrambled number of the run. */
gboolean pln_store_sample(PlnStore *store, const char *outcome, guint64 every, guint64 *rows,
                          double **x, double **y, GPtrArray **dials, GError **error);

/* ---- Making one (store_schema.c) ---- */

/** The statements of data/schema/store.sql for @shape.  (transfer full), NULL and an error */
char *pln_store_schema(const PlnStoreShape *shape, GError **error);

/** Makes the tables of an empty @db and says in them what the sweep is. */
gboolean pln_store_fill(sqlite3 *db, const char *path, const PlnStoreShape *shape,
                        const PlnStoreMeta *meta, guint64 first, guint64 end, GError **error);

/* ---- Whole (store_whole.c) ---- */

/** Takes the lock on @real; -1 and PLN_ERROR_FAILED where another process has it. */
int pln_store_lock(const char *real, const char *path, GError **error);
void pln_store_unlock(const char *real, int lock);

/** Removes the lock that one who was killed left on a store that is complete. */
void pln_store_tidy(const char *real);

/** Writes @db anew and complete into REAL.part, which is then to be renamed. */
gboolean pln_store_anew(sqlite3 *db, const char *real, const char *path, GError **error);

/** Whether REAL@end, which is to be written and removed, is free for it: not there, or SQLite's, as
 *  one who was killed left it.  Returns: FALSE and PLN_ERROR_USAGE where it is somebody's */
gboolean pln_store_aside(const char *real, const char *end, GError **error);

/** Removes the file @real and SQLite's beside it. */
void pln_store_remove(const char *real);

/** Opens a store to be read, and looks at what it says of itself alone: no row is read. */
PlnStore *pln_store_peek(const char *path, GError **error);

/* ---- What it holds (store_digest.c) ---- */

/** The SHA-256 of the tables, of meta (but for its state) and of all rows, in order.  @rows: (out):
 *  how many runs.  Cost: 1 s a million rows.  (transfer full), NULL and an error */
char *pln_store_digest(sqlite3 *db, const char *path, guint64 *rows, GError **error);

/** Whether a complete store holds what it held when it was made; counts its rows.
 *  Returns: FALSE and PLN_ERROR_DATA */
gboolean pln_store_check(PlnStore *store, GError **error);
