/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scenarios of a batch: the folders in a folder, or the rows of a manifest. */
#include <string.h>

#include "plenary/asked.h"
#include "plenary/batch_part.h"
#include "plenary/error.h"
#include "plenary/text.h"

enum { LONGEST = 100 }; /* a name, which has a suffix and a mark of six to come */

/* Words of report that a batch hands on: not those that say where and how it is written. */
static gboolean is_for_reports(const char *option) {
  static const char *const own[] = {"output", "threads", "shard", "proposal", NULL};
  if (g_strv_contains(own, option))
    return FALSE;
  for (const PlnOption *o = pln_report_options; o->name; o++)
    if (strcmp(o->name, option) == 0)
      return TRUE;
  return FALSE;
}

static void add_common_words(const PlnArgs *args, GPtrArray *words) {
  for (guint k = 0; args->options[k].name; k++) {
    const char *name = args->options[k].name;
    if (!is_for_reports(name))
      continue;
    if (args->flag[k])
      g_ptr_array_add(words, g_strdup_printf("--%s", name));
    for (char **value = args->value[k]; value && *value; value++)
      g_ptr_array_add(words, g_strdup_printf("--%s=%s", name, *value));
  }
}

/* "Vote on 74/247" is Vote-on-74-247: a name that any system and any link can hold. */
static char *file_name_of(const char *folder) {
  g_autofree char *whole = g_canonicalize_filename(folder, NULL);
  char *name = g_path_get_basename(whole);
  g_strcanon(name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._-", '-');
  if (strlen(name) > LONGEST)
    name[LONGEST] = '\0';
  if (!g_ascii_isalnum(*name))
    *name = 'x';
  return name;
}

/* Names are told apart without regard to capitals, as some systems do not tell them. */
static char *free_name(GHashTable *taken, const char *wanted) {
  g_autofree char *name = g_strdup(wanted);
  for (guint k = 2;; k++) {
    g_autofree char *key = g_ascii_strdown(name, -1);
    if (strcmp(key, "index") != 0 && g_hash_table_add(taken, g_strdup(key)))
      return g_steal_pointer(&name);
    g_free(name);
    name = g_strdup_printf("%s-%u", wanted, k);
  }
}

PlnBatchItem *pln_batch_add(PlnBatch *batch, GHashTable *taken, const char *name, const char *path) {
  PlnBatchItem *item = g_new0(PlnBatchItem, 1);
  g_autofree char *whole = g_canonicalize_filename(path, NULL);
  g_autofree char *wanted = name ? g_strdup(name) : file_name_of(path);
  item->name = free_name(taken, wanted);
  item->path = g_strdup(path);
  item->label = g_path_get_basename(whole);
  item->proposal = g_strdup(pln_args_value(batch->args, "proposal"));
  item->words = g_ptr_array_new_with_free_func(g_free);
  add_common_words(batch->args, item->words);
  g_ptr_array_add(batch->items, item);
  return item;
}

static int by_name(gconstpointer a, gconstpointer b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static gboolean holds(const char *folder, const char *table) {
  g_autofree char *file = g_build_filename(folder, table, NULL);
  return g_file_test(file, G_FILE_TEST_EXISTS);
}

static gboolean holds_scenario(const char *folder) {
  return holds(folder, "scenario.csv");
}

/* Not to lose in silence what lost its scenario.csv: a folder with other tables of a scenario, a
 * link that leads nowhere. */
static gboolean was_scenario(const char *path, const char *name) {
  static const char *const tables[] = {"proposals.csv", "votes.csv",  "members.csv",
                                       "positions.csv", "stages.csv", "issues.csv"};
  for (gsize k = 0; k < G_N_ELEMENTS(tables); k++)
    if (holds(path, tables[k]))
      return TRUE;
  return *name != '.' && g_file_test(path, G_FILE_TEST_IS_SYMLINK) &&
         !g_file_test(path, G_FILE_TEST_EXISTS);
}

static gboolean list_folder(PlnBatch *batch, GError **error) {
  g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GDir) dir = g_dir_open(batch->source, 0, error);
  guint found = 0;
  if (!dir)
    return FALSE;
  for (const char *name; (name = g_dir_read_name(dir));)
    g_ptr_array_add(names, g_strdup(name));
  g_ptr_array_sort(names, by_name);
  for (guint k = 0; k < names->len; k++) {
    g_autofree char *path = g_build_filename(batch->source, names->pdata[k], NULL);
    gboolean holds_one = holds_scenario(path);
    if (holds_one || was_scenario(path, names->pdata[k]))
      pln_batch_add(batch, taken, NULL, path);
    found += holds_one;
  }
  if (found > 0)
    return TRUE;
  return pln_asked_fail(
      error, "%s holds no folder with a scenario.csv; expected a folder of scenarios%s",
      batch->source,
      holds_scenario(batch->source) ? ", and this is one itself: plenary report writes its page"
                                    : "");
}

gboolean pln_batch_list(PlnBatch *batch, GError **error) {
  if (g_file_test(batch->source, G_FILE_TEST_IS_DIR))
    return list_folder(batch, error);
  if (g_file_test(batch->source, G_FILE_TEST_EXISTS))
    return pln_batch_manifest(batch, error);
  return pln_asked_fail(error,
                        "%s: there is no such folder or file; expected a folder of scenarios, or a "
                        "manifest in CSV",
                        batch->source);
}
