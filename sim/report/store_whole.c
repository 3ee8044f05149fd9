/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One writer at a time, and a store that is whole. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plenary/error.h"
#include "plenary/store_part.h"
#include "plenary/text.h"

gboolean pln_store_is_file(const char *path, GError **error) {
  struct stat there;
  if (stat(path, &there) != 0 || S_ISREG(there.st_mode))
    return TRUE;
  g_autofree char *name = pln_text_visible(path);
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "%s is %s; expected the name of a file, or of none that is there yet", name,
              S_ISDIR(there.st_mode) ? "a folder" : "no regular file");
  return FALSE;
}

gboolean pln_store_aside(const char *real, const char *end, GError **error) {
  static const char sqlite[16] = "SQLite format 3", zeros[16] = ""; /* zeros: not flushed yet */
  char head[16];
  g_autofree char *aside = g_strconcat(real, end, NULL), *name = pln_text_visible(aside);
  FILE *file = fopen(aside, "r");
  gsize n = file ? fread(head, 1, sizeof head, file) : 0;
  if (file)
    fclose(file);
  if (n == 0 || (n == sizeof head && (memcmp(head, sqlite, n) == 0 || memcmp(head, zeros, n) == 0)))
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "%s is in the way, and not of a store; expected that it is moved or removed", name);
  return FALSE;
}

static int lock_fail(const char *path, const char *what, GError **error) {
  g_autofree char *name = pln_text_visible(path);
  g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "%s: %s", name, what);
  return -1;
}

static const char *why_no_lock(int number) {
  if (number == EWOULDBLOCK)
    return "another sweep or merge is writing it; expected to be alone at it";
  if (number == EROFS || number == EACCES || number == EPERM)
    return "it cannot be written: the folder it lies in is read-only";
  if (number == ENOSPC || number == EDQUOT)
    return "the disk is full";
  return g_strerror(number);
}

/* A file of its own, as SQLite's locks are of the file and would be dropped with ours; and by
 * flock, whose lock ends with the process, however that ends. */
int pln_store_lock(const char *real, const char *path, GError **error) {
  g_autofree char *name = g_strconcat(real, ".lock", NULL);
  for (;;) {
    int lock = g_open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (lock < 0)
      return lock_fail(path, why_no_lock(errno), error);
    if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
      int number = errno;
      close(lock);
      return lock_fail(path, why_no_lock(number), error);
    }
    struct stat held, there; /* who had it before may have removed it in between */
    if (fstat(lock, &held) == 0 && stat(name, &there) == 0 && held.st_ino == there.st_ino)
      return lock;
    close(lock);
  }
}

void pln_store_unlock(const char *real, int lock) {
  if (lock < 0)
    return;
  g_autofree char *name = g_strconcat(real, ".lock", NULL);
  g_unlink(name);
  close(lock);
}

void pln_store_tidy(const char *real) {
  g_autofree char *name = g_strconcat(real, ".lock", NULL);
  if (g_file_test(name, G_FILE_TEST_EXISTS))
    pln_store_unlock(real, pln_store_lock(real, real, NULL));
}

void pln_store_remove(const char *real) {
  static const char *const end[] = {"", "-wal", "-shm", "-journal"};
  for (gsize k = 0; k < G_N_ELEMENTS(end); k++) {
    g_autofree char *name = g_strconcat(real, end[k], NULL);
    g_unlink(name);
  }
}

/* It says that it is complete only where the rename makes it the store. */
static gboolean say_complete(const char *part, const char *path, const char *digest,
                             GError **error) {
  sqlite3 *db = pln_store_connect(part, path, SQLITE_OPEN_READWRITE, error);
  gboolean done =
      db && pln_store_exec(db, path, "UPDATE meta SET value = 'complete' WHERE key = 'state'", error) &&
      pln_store_put(db, path, "INSERT INTO meta VALUES ('digest', ?)", &digest, 1, error);
  sqlite3_close(db);
  return done;
}

gboolean pln_store_anew(sqlite3 *db, const char *real, const char *path, GError **error) {
  g_autofree char *part = g_strconcat(real, ".part", NULL);
  const char *text[] = {part};
  guint64 rows = 0;
  g_autofree char *digest = pln_store_digest(db, path, &rows, error);
  pln_store_remove(part);
  if (digest && pln_store_put(db, path, "VACUUM INTO ?", text, 1, error) &&
      say_complete(part, path, digest, error))
    return TRUE;
  pln_store_remove(part);
  return FALSE;
}
