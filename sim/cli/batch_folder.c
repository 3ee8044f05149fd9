/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder that a batch writes into: whose files are there, and what is left in it. */
#include <glib/gstdio.h>
#include <string.h>

#include "plenary/batch_part.h"
#include "plenary/error.h"
#include "plenary/path.h"
#include "plenary/text.h"

static char *path_of(const PlnBatch *batch, const char *name, const char *suffix) {
  g_autofree char *file = g_strconcat(name, suffix, NULL);
  return g_build_filename(batch->folder, file, NULL);
}

static gboolean stands(const PlnBatch *batch, const char *name, const char *suffix) {
  g_autofree char *path = path_of(batch, name, suffix);
  return g_file_test(path, G_FILE_TEST_EXISTS);
}

static char *text_of(const PlnBatch *batch, const char *name) {
  g_autofree char *path = path_of(batch, name, ".json");
  char *text = NULL;
  return g_file_get_contents(path, &text, NULL, NULL) ? text : NULL;
}

/* ---- Whose files ---- */

static gboolean has_record(const PlnBatch *batch, const char *name) {
  g_autofree char *text = text_of(batch, name);
  return text && pln_batch_record_is(name, text);
}

static gboolean refuse(const PlnBatch *batch, const char *file, const char *why, GError **error) {
  g_autofree char *folder = pln_text_visible(batch->folder), *shown = pln_text_visible(file);
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "%s: %s %s; expected -o a folder of its own, where nothing else is written over",
              folder, shown, why);
  return FALSE;
}

gboolean pln_batch_folder_ours(const PlnBatch *batch, guint64 first, guint64 end, gboolean whole,
                               GError **error) {
  static const char *const parts[] = {".html", ".json", ".csv"};
  g_autofree char *index = text_of(batch, "index");
  g_autoptr(GHashTable) listed = index ? pln_batch_index_names(index) : NULL;
  if (pln_path_same(batch->source, batch->folder))
    return refuse(batch, "the scenarios", "are here", error);
  if (stands(batch, "scenario", ".csv"))
    return refuse(batch, "scenario.csv", "is a scenario's", error);
  for (gsize k = 0; k < G_N_ELEMENTS(parts) && whole && !listed; k++)
    if (stands(batch, "index", parts[k])) {
      g_autofree char *file = g_strconcat("index", parts[k], NULL);
      return refuse(batch, file, "is no batch's", error);
    }
  for (guint64 k = first; k < end; k++) {
    const char *name = ((const PlnBatchItem *)batch->items->pdata[k])->name;
    gboolean page = stands(batch, name, ".html");
    if ((!page && !stands(batch, name, ".json")) || has_record(batch, name) ||
        (listed && g_hash_table_contains(listed, name)))
      continue;
    g_autofree char *file = g_strconcat(name, page ? ".html" : ".json", NULL);
    return refuse(batch, file, "is no batch's: no record of one stands beside it", error);
  }
  return TRUE;
}

/* ---- What is left ---- */

/* "NAME.html.X1Y2Z3" of one of @names. */
static gboolean is_left_over(GHashTable *names, const char *file) {
  enum { MARK = 7 };
  static const char *const suffixes[] = {".html", ".json", ".csv"};
  gsize n = strlen(file);
  if (n < MARK || file[n - MARK] != '.')
    return FALSE;
  g_autofree char *name = g_strndup(file, n - MARK);
  for (gsize k = 0; k < G_N_ELEMENTS(suffixes); k++)
    if (g_str_has_suffix(name, suffixes[k])) {
      name[strlen(name) - strlen(suffixes[k])] = '\0';
      return g_hash_table_contains(names, name);
    }
  return FALSE;
}

static GHashTable *names_of(const PlnBatch *batch, guint64 first, guint64 end, gboolean whole) {
  GHashTable *names = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint64 k = first; k < end; k++)
    g_hash_table_add(names, ((PlnBatchItem *)batch->items->pdata[k])->name);
  if (whole)
    g_hash_table_add(names, (gpointer) "index");
  return names;
}

void pln_batch_folder_clean(const PlnBatch *batch, guint64 first, guint64 end, gboolean whole) {
  g_autoptr(GHashTable) names = names_of(batch, first, end, whole);
  g_autoptr(GDir) dir = g_dir_open(batch->folder, 0, NULL);
  for (const char *file; dir && (file = g_dir_read_name(dir));)
    if (is_left_over(names, file)) {
      g_autofree char *path = g_build_filename(batch->folder, file, NULL);
      g_unlink(path);
    }
}

static int by_name(gconstpointer a, gconstpointer b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char *pln_batch_folder_gone(const PlnBatch *batch) {
  enum { SHOWN = 5 };
  g_autoptr(GHashTable) names = names_of(batch, 0, batch->items->len, TRUE);
  g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GDir) dir = g_dir_open(batch->folder, 0, NULL);
  for (const char *file; dir && (file = g_dir_read_name(dir));) {
    g_autofree char *name = g_strdup(file);
    if (!g_str_has_suffix(name, ".html"))
      continue;
    name[strlen(name) - strlen(".html")] = '\0';
    if (!g_hash_table_contains(names, name) && has_record(batch, name))
      g_ptr_array_add(gone, g_strdup(file));
  }
  g_ptr_array_sort(gone, by_name);
  GString *out = g_string_new(NULL);
  g_string_printf(out, "%u page%s of no scenario any more: ", gone->len, gone->len == 1 ? "" : "s");
  for (guint k = 0; k < MIN(gone->len, SHOWN); k++)
    g_string_append_printf(out, "%s%s", k > 0 ? ", " : "", (const char *)gone->pdata[k]);
  if (gone->len > SHOWN)
    g_string_append_printf(out, " and %u more", gone->len - SHOWN);
  return g_string_free(out, gone->len == 0);
}

/* ---- Written ---- */

gboolean pln_batch_put(const char *path, const char *text, GError **error) {
  g_autoptr(GError) why = NULL;
  if (g_file_set_contents(path, text, -1, &why))
    return TRUE;
  const char *reason = strrchr(why->message, ':'); /* what is before names a file of a moment */
  g_autofree char *shown = pln_text_visible(path);
  g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED,
              "%s cannot be written: %s; what is there is whole, and the same command goes on",
              shown, reason ? reason + 2 : why->message);
  return FALSE;
}
