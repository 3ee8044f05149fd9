/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One report of a batch: kept where nothing changed, else made exactly as plenary report does. */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "plenary/batch_part.h"
#include "plenary/error.h"
#include "plenary/load.h"
#include "plenary/page.h"
#include "plenary/page_parts.h"
#include "plenary/progress.h"
#include "plenary/report_request.h"
#include "plenary/version.h"

enum { DEEPEST = 4 }; /* folders in folders: data/positions/NAME has two */

/* ---- What it is made from ---- */

static void add_text(GChecksum *sum, const char *text) {
  g_checksum_update(sum, (const guchar *)text, (gssize)strlen(text) + 1); /* its end too */
}

static int by_name(gconstpointer a, gconstpointer b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static gboolean is_table(const char *name) {
  gsize n = strlen(name);
  return n > 4 && g_ascii_strcasecmp(name + n - 4, ".csv") == 0;
}

/* A file by its bytes, a folder by the names and bytes of the tables in it, as nothing else is
 * read; what cannot be read, as nothing. */
static void add_path(GChecksum *sum, const char *path, guint depth) {
  g_autoptr(GDir) dir = depth < DEEPEST ? g_dir_open(path, 0, NULL) : NULL;
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *bytes = NULL;
  gsize length = 0;
  if (!dir && g_file_test(path, G_FILE_TEST_IS_REGULAR) &&
      g_file_get_contents(path, &bytes, &length, NULL)) {
    g_autofree char *size = g_strdup_printf("%" G_GSIZE_FORMAT, length);
    add_text(sum, size);
    g_checksum_update(sum, (const guchar *)bytes, (gssize)length);
  }
  for (const char *name; dir && (name = g_dir_read_name(dir));)
    g_ptr_array_add(names, g_strdup(name));
  g_ptr_array_sort(names, by_name);
  for (guint k = 0; k < names->len; k++) {
    g_autofree char *inner = g_build_filename(path, names->pdata[k], NULL);
    if (is_table(inner) || g_file_test(inner, G_FILE_TEST_IS_DIR)) {
      add_text(sum, names->pdata[k]);
      add_path(sum, inner, depth + 1);
    }
  }
}

char *pln_batch_common(GError **error) {
  g_autofree char *data = pln_data_folder(error);
  g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
  g_autoptr(GMappedFile) program = g_mapped_file_new("/proc/self/exe", FALSE, NULL);
  if (!data)
    return NULL;
  if (program) /* where the system does not show it the version stands for it */
    g_checksum_update(sum, (const guchar *)g_mapped_file_get_contents(program),
                      (gssize)g_mapped_file_get_length(program));
  add_text(sum, PLN_VERSION);
  add_text(sum, pln_page_policy); /* hashes of the page's script and style */
  add_path(sum, data, 0);
  return g_strdup(g_checksum_get_string(sum));
}

/* The file or folder that the value of "--set-file=PATH" names, or NULL. */
static const char *path_in(const char *word) {
  static const char *const with_paths[] = {"--set-file=", "--against=", "--electorate="};
  for (gsize k = 0; k < G_N_ELEMENTS(with_paths); k++)
    if (g_str_has_prefix(word, with_paths[k]))
      return word + strlen(with_paths[k]);
  return NULL;
}

static char *digest_of(const PlnBatch *batch, const PlnBatchItem *item) {
  g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
  add_text(sum, batch->common);
  add_text(sum, item->label); /* the report says it */
  add_text(sum, item->proposal ? item->proposal : "");
  add_text(sum, item->fault ? item->fault : "");
  for (guint k = 0; k < item->words->len; k++) {
    const char *path = path_in(item->words->pdata[k]);
    add_text(sum, item->words->pdata[k]);
    if (path)
      add_path(sum, path, 0);
  }
  add_text(sum, "scenario");
  add_path(sum, item->path, DEEPEST - 1);
  return g_strdup(g_checksum_get_string(sum));
}

/* ---- Kept ---- */

static char *file_in(const PlnBatch *batch, const PlnBatchItem *item, const char *suffix) {
  g_autofree char *file = g_strconcat(item->name, suffix, NULL);
  return g_build_filename(batch->folder, file, NULL);
}

static gboolean is_page(const char *path, const char *sha256) {
  g_autofree char *text = NULL;
  gsize length;
  if (!sha256)
    return !g_file_test(path, G_FILE_TEST_EXISTS);
  if (!g_file_get_contents(path, &text, &length, NULL))
    return FALSE;
  g_autofree char *is = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (guchar *)text, length);
  return strcmp(is, sha256) == 0;
}

/* Returns: NULL where it is to be made */
static PlnBatchRow *kept(const PlnBatch *batch, const PlnBatchItem *item, const char *digest) {
  g_autofree char *sidecar = file_in(batch, item, ".json"), *page = file_in(batch, item, ".html");
  g_autofree char *text = NULL;
  PlnBatchMade made;
  if (!g_file_get_contents(sidecar, &text, NULL, NULL))
    return NULL;
  g_autoptr(PlnBatchRow) row = pln_batch_record_read(item->name, text, &made);
  gboolean same = row && strcmp(made.digest, digest) == 0 && is_page(page, made.page_sha256);
  pln_batch_made_clear(&made);
  return same ? g_steal_pointer(&row) : NULL;
}

/* ---- Made ---- */

static gboolean take_away(const char *path, GError **error) {
  if (g_unlink(path) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED,
              "%s: a page that no longer holds cannot be removed: %s", path, g_strerror(errno));
  return FALSE;
}

static PlnArgs *report_args(const PlnBatchItem *item, GError **error) {
  g_autoptr(GPtrArray) words = g_ptr_array_new();
  g_ptr_array_extend(words, item->words, NULL, NULL); /* both are copied by the reader */
  g_ptr_array_add(words, (gpointer) "--");
  g_ptr_array_add(words, item->path);
  return pln_args_parse(pln_command_find("report"), (int)words->len, (char **)words->pdata, error);
}

/* The page, and its row filled in.  Returns: NULL where the scenario, or what is asked, is off */
static char *make_page(const PlnBatchItem *item, PlnBatchRow *row, GError **error) {
  if (item->fault) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "%s", item->fault);
    return NULL;
  }
  g_autoptr(PlnArgs) args = report_args(item, error);
  g_autoptr(PlnReportRequest) r = args ? pln_report_request_new(args, item->path, error) : NULL;
  if (!r)
    return NULL;
  gboolean has = item->proposal && pln_scenario_find(r->record->replay->scenario, item->proposal) >= 0;
  if (!pln_batch_row_fill(row, r->record->replay, r->project,
                          has || item->own ? item->proposal : NULL, error))
    return NULL;
  g_free(row->command);
  row->command = g_strdup(r->command->str);
  row->left_out = r->left_out;
  g_autofree char *laboratory = pln_report_laboratory(r);
  g_autoptr(PlnDoc) doc = pln_report_document(r, args);
  return pln_write_page(doc, &r->provenance, laboratory, NULL);
}

/* What is the scenario's own fault costs its line; what the machine refuses ends the batch. */
static gboolean is_its_own(const GError *why) {
  return why->domain == PLN_ERROR && (why->code == PLN_ERROR_DATA || why->code == PLN_ERROR_USAGE);
}

static gboolean make(const PlnBatch *batch, const PlnBatchItem *item, PlnBatchRow *row,
                     PlnBatchMade *made, GError **error) {
  g_autofree char *page = file_in(batch, item, ".html"), *sidecar = file_in(batch, item, ".json");
  g_autofree char *listed_in = g_path_get_dirname(batch->source);
  g_autoptr(GError) why = NULL;
  g_autofree char *text = make_page(item, row, &why);
  if (pln_progress_interrupted()) /* models end early then: what they made is no report */
    return TRUE;
  if (!text && !is_its_own(why)) {
    g_propagate_error(error, g_steal_pointer(&why));
    return FALSE;
  }
  if (text)
    made->page_sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
  else
    pln_batch_row_fail(row, why->message, item->fault ? listed_in : item->path);
  g_autofree char *record = pln_batch_record_write(row, made);
  return pln_batch_put(sidecar, record, error) &&
         (text ? pln_batch_put(page, text, error) : take_away(page, error));
}

gboolean pln_batch_make(const PlnBatch *batch, const PlnBatchItem *item, PlnBatchRow **row,
                        PlnBatchDone *done, GError **error) {
  PlnBatchMade made = {digest_of(batch, item), NULL};
  *row = kept(batch, item, made.digest);
  *done = PLN_BATCH_KEPT;
  gboolean written = TRUE;
  if (!*row) {
    *row = pln_batch_row_new(item->name, item->label);
    written = make(batch, item, *row, &made, error);
    *done = PLN_BATCH_MADE;
    if (pln_progress_interrupted())
      g_clear_pointer(row, pln_batch_row_free);
  }
  if (*row && *(*row)->fault)
    *done = PLN_BATCH_FAULTY;
  pln_batch_made_clear(&made);
  return written;
}
