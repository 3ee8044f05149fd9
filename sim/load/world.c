/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/error.h"
#include "plenary/load.h"
#include "plenary/tables.h"

typedef struct {
  const char *file;
  const PlnColumn *columns;
  void (*read)(const PlnTable *, PlnWorld *, PlnFaults *);
} Shipped;

/* In this order: each may name what those before it hold. */
static const Shipped shipped[] = {
    {"members.csv", pln_members_columns, pln_members_read},
    {"blocs.csv", pln_blocs_columns, pln_blocs_read},
    {"rules.csv", pln_rules_columns, pln_rules_read},
    {"bodies.csv", pln_bodies_columns, pln_bodies_read},
    {"treaties.csv", pln_treaties_columns, pln_treaties_read},
    {"treaty_terms.csv", pln_treaty_terms_columns, pln_treaty_terms_read},
    {"milestones.csv", pln_milestones_columns, pln_milestones_read},
    {"reservations.csv", pln_reservations_columns, pln_reservations_read},
    {"roll_call_list.csv", pln_roll_call_list_columns, pln_roll_call_list_read},
    {"roll_calls.csv", pln_roll_calls_columns, pln_roll_calls_read},
    {"reliability.csv", pln_reliability_columns, pln_reliability_read},
};

PlnTable *pln_shipped_read(const PlnFolder *folder, const char *file, const PlnColumn *columns,
                           GArray *inputs, PlnFaults *faults) {
  g_autoptr(GBytes) bytes = pln_folder_read(folder, file, faults);
  if (!bytes)
    return NULL;
  g_autofree char *label = pln_folder_label(folder, file);
  g_autofree char *name = g_strconcat("data/", file, NULL);
  pln_inputs_add(inputs, name, bytes);
  return pln_table_read(label, bytes, columns, faults);
}

PlnWorld *pln_world_load(const char *path, GError **error) {
  g_autoptr(PlnFolder) folder = pln_folder_open(path, NULL);
  if (!folder) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
                "%s: no folder that can be read; expected the shipped tables (set PLENARY_DATA)",
                path);
    return NULL;
  }
  g_autoptr(PlnWorld) world = pln_world_new(NULL);
  g_autoptr(PlnFaults) faults = pln_faults_new();
  for (gsize i = 0; i < G_N_ELEMENTS(shipped); i++) {
    g_autoptr(PlnTable) table =
        pln_shipped_read(folder, shipped[i].file, shipped[i].columns, pln_world_inputs(world), faults);
    if (table)
      shipped[i].read(table, world, faults);
  }
  if (pln_faults_count(faults) > 0) {
    g_autofree char *text = pln_faults_text(faults);
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "the shipped tables are faulty:\n%s",
                g_strchomp(text));
    return NULL;
  }
  return g_steal_pointer(&world);
}

static gboolean is_data(const char *path) {
  g_autofree char *members = g_build_filename(path, "members.csv", NULL);
  return g_file_test(members, G_FILE_TEST_IS_REGULAR);
}

char *pln_data_folder(GError **error) {
  const char *named = g_getenv("PLENARY_DATA");
  if (named && *named)
    return g_strdup(named);
  static const char *const places[] = {"../data", "../share/plenary/data", PLN_DATA_FOLDER};
  g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
  g_autofree char *beside = g_path_get_dirname(program ? program : "");
  for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
    g_autofree char *path = g_canonicalize_filename(places[i], beside);
    if (is_data(path))
      return g_steal_pointer(&path);
  }
  g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED,
              "the data tables are not to be found; set PLENARY_DATA to the folder that holds "
              "members.csv");
  return NULL;
}
