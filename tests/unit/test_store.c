/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store, with rows made by hand: what comes back, the same bytes whatever its history, shards,
 * one writer, readers meanwhile, and words for what is wrong. */
#include "plenary/store.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plenary/error.h"
#include "suite.h"

enum { RUNS = 600, BLOCK = 7 };

static const PlnRunOutcome adopted = {"adopted", "chance of adoption", "share", TRUE};
static const PlnRunOutcome margin = {"margin", "votes beyond those needed", "votes", FALSE};
static const PlnRunOutcome clash = {"POSITION eu27", "a name that differs in capitals", "scale",
                                    FALSE};

static const PlnStoreMeta meta[] = {
    {"format", "plenary-sweep/1"}, {"plan", "a.csv"}, {"runs", "600"},
    {"replicates", "2"},           {"seed", "1"},     {NULL, NULL}};

typedef struct {
  char *folder, *path;
  GPtrArray *dials;
  PlnStoreShape shape;
} Scene;

static Scene scene_new(void) {
  Scene s = {.dials = g_ptr_array_new_with_free_func(pln_dial_free)};
  s.folder = g_dir_make_tmp("store-XXXXXX", NULL);
  s.path = g_build_filename(s.folder, "a.db", NULL);
  g_ptr_array_add(s.dials, pln_dial_read("position EU27", "0..100", NULL));
  g_ptr_array_add(s.dials, pln_dial_read("vote RUS", "Y|N|as-is", NULL));
  g_ptr_array_add(s.dials, pln_dial_read("presence USA", "50|75", NULL));
  s.shape = (PlnStoreShape){
      .dials = s.dials, .outcome = {&adopted, &margin, &clash}, .outcomes = 3, .replicates = 2};
  return s;
}

static void scene_free(Scene *s) {
  GDir *dir = g_dir_open(s->folder, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name(dir))) {
    g_autofree char *path = g_build_filename(s->folder, name, NULL);
    g_unlink(path);
  }
  if (dir)
    g_dir_close(dir);
  CU_ASSERT_EQUAL(g_rmdir(s->folder), 0);
  g_ptr_array_unref(s->dials);
  g_free(s->path);
  g_free(s->folder);
}

/* Run k, whoever makes it. */
static PlnExperimentRow row_of(guint64 k) {
  PlnExperimentRow row = {.run = k, .failed = k % 100 == 50};
  row.dial[0] = (double)(k % 31) * 3.25;
  row.dial[1] = (double)(k % 3);
  row.dial[2] = k % 2 ? 50 : 75;
  row.result.draws = 10;
  row.result.count[0] = (gint64)(k * 7 % 11);
  row.result.value[1] = k % 5 == 0 ? NAN : (double)k / 8 - 20;
  row.result.value[2] = 1.0 / (double)(k + 1);
  return row;
}

static gboolean add(PlnStore *store, guint64 first, guint64 end, GError **error) {
  gboolean done = TRUE;
  for (guint64 k = first; done && k < end; k += BLOCK) {
    PlnExperimentRow rows[BLOCK];
    guint n = (guint)MIN((guint64)BLOCK, end - k);
    for (guint i = 0; i < n; i++)
      rows[i] = row_of(k + i);
    done = pln_store_add(rows, n, store, error);
  }
  return done;
}

static PlnStore *open_range(const Scene *s, const char *path, guint64 first, guint64 end) {
  g_autoptr(GError) error = NULL;
  PlnStore *store = pln_store_open(path, &s->shape, meta, first, end, &error);
  if (error)
    fprintf(stderr, "%s\n", error->message);
  CU_ASSERT_PTR_NOT_NULL_FATAL(store);
  return store;
}

static void finish(PlnStore *store) {
  g_autoptr(GError) error = NULL;
  CU_ASSERT_TRUE(pln_store_finish(store, &error));
  if (error)
    fprintf(stderr, "%s\n", error->message);
  CU_ASSERT_TRUE(pln_store_complete(store));
  pln_store_close(store);
}

static void whole(const Scene *s, const char *path, guint64 first, guint64 end) {
  PlnStore *store = open_range(s, path, first, end);
  CU_ASSERT_TRUE(add(store, first, end, NULL));
  finish(store);
}

static char *beside(const Scene *s, const char *name) {
  return g_build_filename(s->folder, name, NULL);
}

static gboolean alone(const char *path) {
  static const char *const end[] = {"-wal", "-shm", "-journal", ".part", ".lock", ".merge"};
  gboolean any = FALSE;
  for (guint k = 0; k < G_N_ELEMENTS(end); k++) {
    g_autofree char *name = g_strconcat(path, end[k], NULL);
    any |= g_file_test(name, G_FILE_TEST_EXISTS);
  }
  return !any;
}

static gboolean same_bytes(const char *a, const char *b) {
  g_autofree char *left = NULL, *right = NULL;
  gsize n = 0, m = 0;
  return g_file_get_contents(a, &left, &n, NULL) && g_file_get_contents(b, &right, &m, NULL) &&
         n > 0 && n == m && memcmp(left, right, n) == 0;
}

/* By SQLite itself, and not by the code that is tested. */
static char *ask(const char *path, const char *sql) {
  sqlite3 *db = NULL;
  sqlite3_stmt *select = NULL;
  GString *all = g_string_new(NULL);
  CU_ASSERT_EQUAL(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
  int code = sqlite3_prepare_v2(db, sql, -1, &select, NULL);
  if (code != SQLITE_OK)
    fprintf(stderr, "%s\n", sqlite3_errmsg(db));
  while (code == SQLITE_OK && sqlite3_step(select) == SQLITE_ROW)
    for (int k = 0; k < sqlite3_column_count(select); k++) {
      const char *text = (const char *)sqlite3_column_text(select, k);
      g_string_append_printf(all, "%s ", text ? text : "NULL");
    }
  sqlite3_finalize(select);
  sqlite3_close(db);
  return g_string_free(all, FALSE);
}

static void says(const char *path, const char *sql, const char *expected) {
  g_autofree char *text = ask(path, sql);
  CU_ASSERT_STRING_EQUAL(text, expected);
  if (strcmp(text, expected) != 0)
    fprintf(stderr, "%s: %s, not %s\n", sql, text, expected);
}

static gboolean said(GError **error, int code, const char *part) {
  gboolean right = g_error_matches(*error, PLN_ERROR, code) && strstr((*error)->message, part);
  if (!right)
    fprintf(stderr, "said: %s; expected %s\n", *error ? (*error)->message : "nothing", part);
  g_clear_error(error);
  return right;
}

/* ---- What comes back ---- */

static void test_rows(void) {
  Scene s = scene_new();
  whole(&s, s.path, 0, RUNS);
  CU_ASSERT_TRUE(alone(s.path));
  says(s.path, "SELECT count(*), min(run), max(run) FROM runs", "600 0 599 ");
  says(s.path, "SELECT * FROM runs WHERE run = 33",
       "33 1 6.5 Y 50.0 10 0 -15.875 0.0294117647058824 ");
  says(s.path, "SELECT * FROM runs WHERE run = 50", "50 0 61.75 as-is 75.0 0 NULL NULL NULL ");
  says(s.path, "SELECT adopted, margin FROM results WHERE run IN (10, 50)", "0.4 NULL NULL NULL ");
  says(s.path, "SELECT draws, adopted, margin FROM points WHERE point = 6", "20 0.5 -18.4375 ");
  says(s.path, "SELECT value FROM meta WHERE key IN ('first', 'end', 'state') ORDER BY key",
       "600 0 complete ");
  says(s.path, "SELECT column_name FROM outcomes", "adopted margin POSITION eu27 2 ");
  says(s.path, "SELECT name, range, kind FROM dials WHERE place = 2", "vote RUS Y|N|as-is list ");
  says(s.path, "PRAGMA integrity_check", "ok ");
  scene_free(&s);
}

/* One replicate of a point was never put to the vote: no votes are counted, which is not none. */
static void test_no_value(void) {
  Scene s = scene_new();
  PlnStore *store = open_range(&s, s.path, 0, 4);
  PlnExperimentRow rows[4] = {row_of(0), row_of(1), row_of(2), row_of(3)};
  rows[1].result.count[0] = 0;
  rows[1].result.value[0] = NAN;
  rows[2].result.count[0] = 0;
  CU_ASSERT_TRUE(pln_store_add(rows, 4, store, NULL));
  finish(store);
  says(s.path, "SELECT adopted FROM runs", "0 NULL 0 10 ");
  says(s.path, "SELECT adopted FROM results", "0.0 NULL 0.0 1.0 ");
  says(s.path, "SELECT draws, adopted FROM points", "20 0.0 20 0.5 ");
  scene_free(&s);
}

static void test_altered(void) {
  static const char *const alter[] = {"UPDATE runs SET adopted = 9 WHERE run = 3",
                                      "UPDATE meta SET value = '2' WHERE key = 'seed'",
                                      "DELETE FROM runs WHERE run = 599",
                                      "DELETE FROM meta WHERE key = 'digest'"};
  Scene s = scene_new();
  g_autoptr(GError) error = NULL;
  g_autofree char *into = beside(&s, "into.db");
  for (guint k = 0; k < G_N_ELEMENTS(alter); k++) {
    sqlite3 *db = NULL;
    whole(&s, s.path, 0, RUNS);
    CU_ASSERT_EQUAL(sqlite3_open(s.path, &db), SQLITE_OK);
    CU_ASSERT_EQUAL(sqlite3_exec(db, alter[k], NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    CU_ASSERT_PTR_NULL(pln_store_read(s.path, &error));
    CU_ASSERT_TRUE(said(&error, PLN_ERROR_DATA, "it is damaged, or was altered"));
    CU_ASSERT_PTR_NULL(pln_store_open(s.path, &s.shape, meta, 0, RUNS, &error));
    CU_ASSERT_TRUE(said(&error, PLN_ERROR_DATA, k == 1 ? "its seed is" : "it is damaged"));
    const char *one[] = {s.path};
    CU_ASSERT_FALSE(pln_store_merge(into, one, 1, NULL, &error));
    CU_ASSERT_TRUE(said(&error, PLN_ERROR_DATA, "it is damaged"));
    g_unlink(s.path);
  }
  scene_free(&s);
}

static void test_columns(void) {
  Scene s = scene_new();
  whole(&s, s.path, 0, RUNS);
  g_autoptr(GError) error = NULL;
  g_autoptr(PlnStore) store = pln_store_read(s.path, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(store);
  guint64 rows = 0;
  g_autofree double *x = NULL, *y = NULL;
  g_autoptr(GPtrArray) dials = NULL;
  CU_ASSERT_TRUE_FATAL(pln_store_columns(store, "adopted", &rows, &x, &y, &dials, &error));
  CU_ASSERT_EQUAL(rows, RUNS - RUNS / 100);
  CU_ASSERT_EQUAL(dials->len, 3);
  for (guint64 k = 0; k < 50; k++) { /* before the first that failed */
    PlnExperimentRow row = row_of(k);
    CU_ASSERT_EQUAL(y[k], (double)row.result.count[0] / 10);
    for (guint j = 0; j < 3; j++)
      CU_ASSERT_EQUAL(x[k * 3 + j], row.dial[j]);
  }
  CU_ASSERT_FALSE(pln_store_columns(store, "adoptd", &rows, &x, &y, &dials, &error));
  CU_ASSERT_TRUE(said(&error, PLN_ERROR_USAGE, "did you mean adopted?"));
  g_autofree char *csv = beside(&s, "a.csv"), *text = NULL;
  CU_ASSERT_TRUE(pln_store_csv(store, csv, NULL));
  g_autofree char *link = beside(&s, "link.db");
  CU_ASSERT_EQUAL(symlink(s.path, link), 0);
  CU_ASSERT_FALSE(pln_store_csv(store, link, &error));
  CU_ASSERT_TRUE(said(&error, PLN_ERROR_USAGE, "link.db is the store itself"));
  g_unlink(link);
  CU_ASSERT_EQUAL(mkfifo(link, 0600), 0); /* as a device would be: a rename would replace it */
  CU_ASSERT_FALSE(pln_store_csv(store, link, &error));
  CU_ASSERT_TRUE(said(&error, PLN_ERROR_USAGE, "no regular file"));
  CU_ASSERT_PTR_NULL(pln_store_open(link, &s.shape, meta, 0, RUNS, &error));
  CU_ASSERT_TRUE(said(&error, PLN_ERROR_USAGE, "no regular file"));
  const char *self[] = {s.path};
  CU_ASSERT_FALSE(pln_store_merge(link, self, 1, NULL, &error));
  CU_ASSERT_TRUE(said(&error, PLN_ERROR_USAGE, "no regular file"));
  struct stat fifo;
  CU_ASSERT(lstat(link, &fifo) == 0 && S_ISFIFO(fifo.st_mode));
  g_autofree char *title = pln_store_outcome_text(store, "margin", "title"),
                  *unit = pln_store_outcome_text(store, "margin", "unit");
  CU_ASSERT_STRING_EQUAL(title, "votes beyond those needed");
  CU_ASSERT_STRING_EQUAL(unit, "votes");
  CU_ASSERT_PTR_NULL(pln_store_outcome_text(store, "none", "unit"));
  CU_ASSERT_TRUE(g_file_get_contents(csv, &text, NULL, NULL));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "run,replicate,position EU27,vote RUS,presence USA,draws,adopted,"
                                      "margin,POSITION eu27 2,status,plenary,command,inputs_sha256,"
                                      "data_sha256\n0,0,0,Y,75,10,0,,1,"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "\n1,1,3.25,N,50,10,0.7,-19.875,0.5,"));
  CU_ASSERT_PTR_NOT_NULL(strstr(text, "\n50,0,61.75,as-is,75,0,,,,"));
  scene_free(&s);
}

/* ---- The same bytes ---- */

static void refused(const Scene *s, const char *path, const PlnStoreMeta *asked, guint64 end,
                    int code, const char *part) {
  g_autoptr(GError) error = NULL;
  CU_ASSERT_PTR_NULL(pln_store_open(path, &s->shape, asked, 0, end, &error));
  CU_ASSERT_TRUE(said(&error, code, part));
}

/* Killed in the middle of a block, so often: the process is another each time. */
static void killed(const Scene *s, const char *path, guint times) {
  for (guint t = 0; t <= times; t++) {
    pid_t child = fork();
    CU_ASSERT_FATAL(child >= 0);
    if (child == 0) {
      PlnStore *store = pln_store_open(path, &s->shape, meta, 0, RUNS, NULL);
      guint64 first = RUNS, end = RUNS;
      if (!store || (!pln_store_missing(store, 0, &first, &end, NULL) && t < times))
        _exit(1);
      guint64 to = t == times ? RUNS : first + RUNS / (times + 2);
      if (!add(store, first, to, NULL) || (t == times && !pln_store_finish(store, NULL)))
        _exit(2);
      if (t == times)
        pln_store_close(store);
      raise(t == times ? 0 : SIGKILL);
      _exit(0);
    }
    int status = 0;
    CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
    CU_ASSERT(t == times ? WIFEXITED(status) && WEXITSTATUS(status) == 0 : WIFSIGNALED(status));
  }
}

static void test_bytes(void) {
  static const guint times[] = {1, 3, 50};
  Scene s = scene_new();
  whole(&s, s.path, 0, RUNS);
  for (guint k = 0; k < G_N_ELEMENTS(times); k++) {
    g_autofree char *path = beside(&s, "killed.db");
    killed(&s, path, times[k]);
    CU_ASSERT_TRUE(same_bytes(s.path, path));
    CU_ASSERT_TRUE(alone(path));
    g_unlink(path);
  }
  g_autofree char *path = beside(&s, "order.db"); /* blocks from the last to the first */
  PlnStore *store = open_range(&s, path, 0, RUNS);
  for (int k = RUNS / 100 - 1; k >= 0; k--)
    CU_ASSERT_TRUE(add(store, (guint64)k * 100, (guint64)k * 100 + 100, NULL));
  finish(store);
  CU_ASSERT_TRUE(same_bytes(s.path, path));
  g_unlink(path);
  store = open_range(&s, path, 0, RUNS); /* full, and killed while it was written anew */
  CU_ASSERT_TRUE(add(store, 0, RUNS, NULL) && !pln_store_complete(store));
  pln_store_close(store);
  g_autofree char *part = g_strconcat(path, ".part", NULL), *lock = g_strconcat(path, ".lock", NULL);
  CU_ASSERT_TRUE(g_file_set_contents(part, "somebody's", -1, NULL));
  refused(&s, path, meta, RUNS, PLN_ERROR_USAGE, "order.db.part is in the way");
  CU_ASSERT_TRUE(g_file_test(part, G_FILE_TEST_EXISTS));
  CU_ASSERT_TRUE(g_file_set_contents(part, "SQLite format 3\0half", 20, NULL) &&
                 g_file_set_contents(lock, "", -1, NULL));
  finish(open_range(&s, path, 0, RUNS));
  CU_ASSERT_TRUE(same_bytes(s.path, path) && alone(path));
  CU_ASSERT_TRUE(g_file_set_contents(lock, "", -1, NULL));
  pln_store_close(open_range(&s, path, 0, RUNS)); /* complete, and killed before it let go */
  CU_ASSERT_TRUE(alone(path));
  scene_free(&s);
}

static void test_missing(void) {
  Scene s = scene_new();
  g_autoptr(GError) error = NULL;
  PlnStore *store = open_range(&s, s.path, 100, 200);
  guint64 first = 0, end = 0;
  CU_ASSERT_TRUE(pln_store_missing(store, 0, &first, &end, NULL) && first == 100 && end == 200);
  CU_ASSERT_TRUE(add(store, 100, 110, NULL) && add(store, 120, 130, NULL));
  CU_ASSERT_TRUE(pln_store_missing(store, 0, &first, &end, NULL) && first == 110 && end == 120);
  CU_ASSERT_TRUE(pln_store_missing(store, end, &first, &end, NULL) && first == 130 && end == 200);
  CU_ASSERT_FALSE(pln_store_finish(store, &error));
  CU_ASSERT_TRUE(said(&error, PLN_ERROR_DATA, "runs 110 to 119 are missing"));
  PlnExperimentRow doubled[2] = {row_of(115), row_of(100)}, foreign = row_of(200);
  CU_ASSERT_FALSE(pln_store_add(doubled, 2, store, &error));
  CU_ASSERT_TRUE(said(&error, PLN_ERROR_DATA, "run 100 is in it already"));
  CU_ASSERT_FALSE(pln_store_add(&foreign, 1, store, &error));
  CU_ASSERT_TRUE(said(&error, PLN_ERROR_DATA, "run 200 is none of its own (100 to 199)"));
  CU_ASSERT_EQUAL(pln_store_rows(store), 20);
  CU_ASSERT_TRUE(add(store, 110, 120, NULL) && add(store, 130, 200, NULL));
  CU_ASSERT_FALSE(pln_store_missing(store, 0, &first, &end, &error));
  CU_ASSERT_PTR_NULL(error);
  finish(store);
  scene_free(&s);
}

static void test_merge(void) {
  Scene s = scene_new();
  g_autoptr(GError) error = NULL;
  whole(&s, s.path, 0, RUNS);
  g_autofree char *a = beside(&s, "1.db"), *b = beside(&s, "2.db"), *c = beside(&s, "3.db");
  g_autofree char *into = beside(&s, "into.db");
  whole(&s, a, 0, 200);
  whole(&s, b, 200, 400);
  whole(&s, c, 400, RUNS);
  const char *all[] = {c, a, b, a}, *foreign[] = {a, b, NULL};
  CU_ASSERT_TRUE(pln_store_merge(into, all, 3, NULL, &error));
  CU_ASSERT_TRUE(same_bytes(s.path, into));
  CU_ASSERT_TRUE(pln_store_merge(into, all, 3, NULL, &error)); /* again, over it */
  CU_ASSERT_TRUE(same_bytes(s.path, into) && alone(into));
  g_autofree char *link = beside(&s, "link.db");
  CU_ASSERT_EQUAL(symlink(into, link), 0);
  CU_ASSERT_TRUE(pln_store_merge(link, all, 3, NULL, &error)); /* a link stays one */
  CU_ASSERT_TRUE(g_file_test(link, G_FILE_TEST_IS_SYMLINK) && same_bytes(s.path, into));
  PlnStore *begun = open_range(&s, c, 400, RUNS); /* complete: nothing happens */
  pln_store_close(begun);
  g_autofree char *half = beside(&s, "half.db");
  begun = open_range(&s, half, 400, RUNS);
  CU_ASSERT_TRUE(add(begun, 400, 500, NULL));
  pln_store_close(begun);
  const char *unfinished[] = {a, b, half};
  CU_ASSERT_FALSE(pln_store_merge(into, unfinished, 3, NULL, &error));
  CU_ASSERT_TRUE(said(&error, PLN_ERROR_DATA, "half.db has 100 of its 200"));
  CU_ASSERT_FALSE(pln_store_merge(into, all, 2, NULL, &error));
  CU_ASSERT_TRUE(said(&error, PLN_ERROR_DATA, "runs 200 to 399 of 600 are missing"));
  CU_ASSERT_FALSE(pln_store_merge(into, all, 4, NULL, &error));
  CU_ASSERT_TRUE(said(&error, PLN_ERROR_DATA, "runs 0 to 199 are in"));
  CU_ASSERT_FALSE(pln_store_merge(a, all, 3, NULL, &error));
  CU_ASSERT_TRUE(said(&error, PLN_ERROR_USAGE, "it is one of the shards"));
  static const char *const beside_it[] = {"m.merge", "m.part"}; /* where its own files would be */
  g_autofree char *m = beside(&s, "m");
  for (gsize k = 0; k < G_N_ELEMENTS(beside_it); k++) {
    g_autofree char *shard = beside(&s, beside_it[k]);
    CU_ASSERT_EQUAL(g_rename(a, shard), 0);
    const char *two[] = {shard, b, c};
    CU_ASSERT_FALSE(pln_store_merge(m, two, 3, NULL, &error));
    CU_ASSERT_TRUE(said(&error, PLN_ERROR_USAGE, "would be in the place of"));
    CU_ASSERT_EQUAL(g_rename(shard, a), 0);
  }
  PlnStoreMeta other[G_N_ELEMENTS(meta)];
  memcpy(other, meta, sizeof meta);
  other[4].value = "2";
  g_autofree char *strange = beside(&s, "other.db");
  pln_store_close(pln_store_open(strange, &s.shape, other, 400, RUNS, NULL));
  foreign[2] = strange;
  CU_ASSERT_FALSE(pln_store_merge(into, foreign, 3, NULL, &error));
  CU_ASSERT_TRUE(said(&error, PLN_ERROR_DATA, "its seed is \"2\", not \"1\""));
  CU_ASSERT_TRUE(same_bytes(s.path, into));
  scene_free(&s);
}

/* ---- Who may ---- */

static void test_alone(void) {
  Scene s = scene_new();
  g_autoptr(GError) error = NULL;
  PlnStore *store = open_range(&s, s.path, 0, RUNS);
  CU_ASSERT_TRUE(add(store, 0, 70, NULL));
  CU_ASSERT_PTR_NULL(pln_store_open(s.path, &s.shape, meta, 0, RUNS, &error));
  CU_ASSERT_TRUE(said(&error, PLN_ERROR_FAILED, "another sweep or merge is writing it"));
  says(s.path, "SELECT count(*) FROM results", "70 "); /* while it is written */
  sqlite3 *reader = NULL;
  sqlite3_open_v2(s.path, &reader, SQLITE_OPEN_READONLY, NULL);
  sqlite3_exec(reader, "BEGIN; SELECT count(*) FROM runs", NULL, NULL, NULL);
  CU_ASSERT_TRUE(add(store, 70, RUNS, NULL)); /* one that reads on does not hold it up */
  sqlite3_exec(reader, "COMMIT", NULL, NULL, NULL);
  finish(store);
  sqlite3_close(reader);
  says(s.path, "SELECT count(*) FROM results", "600 ");
  scene_free(&s);
}

static void count_told(gpointer told) {
  ++*(guint *)told;
}

/* A reader that stays over the end is waited for, and nothing is lost where it stays longer. */
static void test_reader_stays(void) {
  Scene s = scene_new();
  guint told = 0;
  g_autoptr(GError) error = NULL;
  g_autofree char *other = beside(&s, "other.db");
  whole(&s, other, 0, RUNS);
  PlnStore *store = open_range(&s, s.path, 0, RUNS);
  CU_ASSERT_TRUE(add(store, 0, 70, NULL));
  sqlite3 *reader = NULL;
  sqlite3_open_v2(s.path, &reader, SQLITE_OPEN_READONLY, NULL);
  sqlite3_exec(reader, "BEGIN; SELECT count(*) FROM runs", NULL, NULL, NULL);
  CU_ASSERT_TRUE(add(store, 70, RUNS, NULL));
  pln_store_wait(store, 1, count_told, &told);
  CU_ASSERT_FALSE(pln_store_finish(store, &error));
  CU_ASSERT_TRUE(said(&error, PLN_ERROR_FAILED, "another program is at it"));
  CU_ASSERT(told == 1 && !pln_store_complete(store));
  sqlite3_exec(reader, "COMMIT", NULL, NULL, NULL);
  finish(store);
  sqlite3_close(reader);
  CU_ASSERT_TRUE(same_bytes(s.path, other) && alone(s.path));
  scene_free(&s);
}

static void test_refused(void) {
  Scene s = scene_new();
  PlnStoreMeta other[G_N_ELEMENTS(meta)];
  memcpy(other, meta, sizeof meta);
  other[1].value = "b.csv";
  CU_ASSERT_TRUE(g_file_set_contents(s.path, "run,adopted\n1,2\n", -1, NULL));
  refused(&s, s.path, meta, RUNS, PLN_ERROR_DATA, "it is no store");
  g_unlink(s.path);
  sqlite3 *db = NULL;
  sqlite3_open(s.path, &db);
  sqlite3_exec(db, "CREATE TABLE birds (name)", NULL, NULL, NULL);
  sqlite3_close(db);
  refused(&s, s.path, meta, RUNS, PLN_ERROR_DATA, "another program's SQLite file");
  g_unlink(s.path);
  pln_store_close(open_range(&s, s.path, 0, RUNS));
  refused(&s, s.path, other, RUNS, PLN_ERROR_DATA, "its plan is \"a.csv\", not \"b.csv\"");
  refused(&s, s.path, meta, 10, PLN_ERROR_DATA, "it is of the runs 0 to 599, not 0 to 9");
  CU_ASSERT_TRUE(alone(s.path));
  g_free(s.path);
  s.path = beside(&s, "none/a.db");
  refused(&s, s.path, meta, RUNS, PLN_ERROR_FAILED, "No such file or directory");
  scene_free(&s);
}

/* A file may not grow beyond so much: what SQLite meets as a disk that is full. */
static void test_full(void) {
  Scene s = scene_new();
  pid_t child = fork();
  CU_ASSERT_FATAL(child >= 0);
  if (child == 0) {
    struct rlimit limit = {60000, 60000};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    GError *error = NULL;
    PlnStore *store = pln_store_open(s.path, &s.shape, meta, 0, RUNS, &error);
    gboolean done = store && add(store, 0, RUNS, &error);
    gboolean told =
        !done && error && error->code == PLN_ERROR_FAILED && strstr(error->message, "a.db: ");
    g_clear_pointer(&store, pln_store_close); /* or a leak is found in the child, which is not one */
    g_clear_error(&error);
    _exit(told ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  CU_ASSERT(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  says(s.path, "PRAGMA integrity_check", "ok ");
  g_autofree char *part = ask(s.path, "SELECT count(*) FROM runs"), *path = beside(&s, "b.db");
  CU_ASSERT(atoi(part) < RUNS && atoi(part) % BLOCK == 0);
  PlnStore *store = open_range(&s, s.path, 0, RUNS);
  CU_ASSERT_TRUE(add(store, (guint64)atoi(part), RUNS, NULL));
  finish(store);
  whole(&s, path, 0, RUNS);
  CU_ASSERT_TRUE(same_bytes(s.path, path));
  scene_free(&s);
}

int main(void) {
  CU_TestInfo tests[] = {{"rows", test_rows},
                         {"a value that is none", test_no_value},
                         {"altered since", test_altered},
                         {"columns and CSV", test_columns},
                         {"the same bytes", test_bytes},
                         {"runs that are missing", test_missing},
                         {"shards", test_merge},
                         {"one writer, many readers", test_alone},
                         {"a reader that stays", test_reader_stays},
                         {"refused", test_refused},
                         {"a full disk", test_full},
                         CU_TEST_INFO_NULL};
  return suite_run("store", tests);
}
