/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A manifest: a row a report, with a column an option of plenary report where wanted. */
#include <string.h>

#include "plenary/batch_part.h"
#include "plenary/error.h"
#include "plenary/folder.h"
#include "plenary/load.h"
#include "plenary/table.h"

enum { SCENARIO, NAME, PROPOSAL, OPTIONS, SET = OPTIONS };

static const PlnColumn columns[] = {
    {"scenario", TRUE},    {"name", FALSE},  {"proposal", FALSE},      {"set", FALSE},
    {"set-file", FALSE},   {"rule", FALSE},  {"abstain-as", FALSE},    {"absent", FALSE},
    {"against", FALSE},    {"blocs", FALSE}, {"position", FALSE},      {"draws", FALSE},
    {"electorate", FALSE}, {"seed", FALSE},  {"no-projection", FALSE}, {"private", FALSE},
    {"in-sample", FALSE},  {NULL, FALSE}};

static gboolean is_flag(const char *column) {
  static const char *const flags[] = {"no-projection", "private", "in-sample", NULL};
  return g_strv_contains(flags, column);
}

static gboolean is_path(const char *column) {
  static const char *const paths[] = {"set-file", "against", "electorate", NULL};
  return g_strv_contains(paths, column);
}

/* From the manifest's own folder; else a scenario that is shipped; else as it is. */
static char *find(const PlnBatch *batch, const char *text) {
  g_autofree char *folder = g_path_get_dirname(batch->source);
  g_autofree char *beside = g_build_filename(folder, text, NULL);
  g_autofree char *data = pln_data_folder(NULL);
  g_autofree char *home = g_path_get_dirname(data ? data : ".");
  g_autofree char *shipped = g_build_filename(home, "scenarios", text, NULL);
  if (g_path_is_absolute(text))
    return g_strdup(text);
  if (g_file_test(beside, G_FILE_TEST_EXISTS))
    return strcmp(folder, ".") == 0 ? g_strdup(text) : g_steal_pointer(&beside);
  return g_file_test(shipped, G_FILE_TEST_IS_DIR) && !strchr(text, G_DIR_SEPARATOR)
             ? g_steal_pointer(&shipped)
             : g_strdup(text);
}

static void add_flag(const PlnTable *table, guint row, guint column, PlnBatchItem *item,
                     PlnFaults *faults) {
  static const char *const words[] = {"no", "yes", NULL};
  if (pln_table_word(table, row, column, words, 0, faults) == 1)
    g_ptr_array_add(item->words, g_strdup_printf("--%s", columns[column].name));
}

/* "RUS=N; EU=A": one option each. */
static void add_values(const PlnBatch *batch, const PlnTable *table, guint row, guint column,
                       PlnBatchItem *item, PlnFaults *faults) {
  const char *option = columns[column].name;
  g_auto(GStrv) values = g_strsplit(pln_table_text(table, row, column), ";", -1);
  for (char **value = values; *value; value++) {
    g_strstrip(*value);
    g_autofree char *path = is_path(option) ? find(batch, *value) : NULL;
    const char *to = strchr(*value, '=');
    if (column == SET && to && g_ascii_isdigit(to[1]))
      pln_table_fault(table, row, column, faults,
                      "\"%s\" is a position; expected a vote (Y, N, A or X): positions go in the "
                      "column position",
                      *value);
    if (**value)
      g_ptr_array_add(item->words, g_strdup_printf("--%s=%s", option, path ? path : *value));
  }
}

/* ---- Names ---- */

/* Those with a name first: a folder's name must not take one that a later row states; last those
 * whose name is none, which have one of their folder's. */
typedef enum { NAMED, UNNAMED, MISNAMED, NAMINGS } Naming;

static Naming read_name(const PlnTable *table, guint row, GHashTable *seen, PlnFaults *faults) {
  enum { LONGEST = 100 };
  const char *name = pln_table_text(table, row, NAME);
  char *key = g_ascii_strdown(name, -1);
  gboolean formed = g_ascii_isalnum(*name) && strlen(name) <= LONGEST && strcmp(key, "index") &&
                    !name[strspn(name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._-")];
  gboolean alone = g_hash_table_add(seen, key);
  if (!*name)
    return UNNAMED;
  if (!formed)
    pln_table_fault(table, row, NAME, faults,
                    "the name is \"%s\"; expected up to %d letters, digits, dots, dashes or low "
                    "lines, a letter or digit first, and not \"index\"",
                    name, LONGEST);
  else if (!alone)
    pln_table_fault(table, row, NAME, faults, "the name \"%s\" is taken; expected one of its own",
                    name);
  return formed && alone ? NAMED : MISNAMED;
}

/* ---- Rows ---- */

/* What is wrong with a row costs its own line in the index, as a faulty scenario does. */
static PlnBatchItem *read_row(PlnBatch *batch, const PlnTable *table, guint row, Naming naming,
                              GHashTable *taken, PlnFaults *faults) {
  const char *scenario = pln_table_needed(table, row, SCENARIO, faults);
  const char *proposal = pln_table_text(table, row, PROPOSAL);
  g_autofree char *path =
      *scenario ? find(batch, scenario) : g_strdup_printf("row-%u", pln_table_line(table, row));
  PlnBatchItem *item =
      pln_batch_add(batch, taken, naming == NAMED ? pln_table_text(table, row, NAME) : NULL, path);
  if (*proposal) {
    g_free(item->proposal);
    item->proposal = g_strdup(proposal);
    item->own = TRUE;
  }
  for (guint c = OPTIONS; columns[c].name; c++)
    if (is_flag(columns[c].name))
      add_flag(table, row, c, item, faults);
    else
      add_values(batch, table, row, c, item, faults);
  item->fault = pln_faults_count(faults) > 0 ? pln_faults_text(faults) : NULL;
  return item;
}

static void read_rows(PlnBatch *batch, const PlnTable *table) {
  g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  guint n = pln_table_rows(table);
  g_autofree PlnFaults **faults = g_new0(PlnFaults *, n + 1);
  g_autofree Naming *naming = g_new0(Naming, n + 1);
  g_autofree gpointer *items = g_new0(gpointer, n + 1);
  for (guint k = 0; k < n; k++) {
    faults[k] = pln_faults_new();
    naming[k] = read_name(table, k, seen, faults[k]);
  }
  for (Naming now = NAMED; now < NAMINGS; now++)
    for (guint k = 0; k < n; k++)
      if (naming[k] == now)
        items[k] = read_row(batch, table, k, now, taken, faults[k]);
  for (guint k = 0; k < n; k++) {
    batch->items->pdata[k] = items[k];
    pln_faults_free(faults[k]);
  }
}

gboolean pln_batch_manifest(PlnBatch *batch, GError **error) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(GBytes) bytes = pln_file_read(batch->source, faults);
  g_autoptr(PlnTable) table = bytes ? pln_table_read(batch->source, bytes, columns, faults) : NULL;
  g_autofree char *name = g_path_get_basename(batch->source);
  if (table && pln_table_rows(table) == 0 && pln_faults_count(faults) == 0)
    pln_faults_add(faults, batch->source, 0, 0, "no row; expected a scenario a row");
  if (pln_faults_count(faults) > 0) {
    g_autofree char *text = pln_faults_text(faults);
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "%s", g_strchomp(text));
    return FALSE;
  }
  read_rows(batch, table);
  pln_inputs_add(batch->inputs, name, bytes);
  return TRUE;
}
