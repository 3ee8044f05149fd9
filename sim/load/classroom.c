/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/classroom.h"

#include <string.h>

#include "plenary/error.h"
#include "plenary/load.h"
#include "plenary/tables.h"

static const PlnColumn topic_columns[] = {{"word", TRUE},   {"topic", TRUE}, {"status", TRUE},
                                          {"source", TRUE}, {"note", FALSE}, {NULL, FALSE}};
static const PlnColumn delegation_columns[] = {{"size", TRUE},   {"name", TRUE},   {"blocs", TRUE},
                                               {"within", TRUE}, {"status", TRUE}, {"source", TRUE},
                                               {"note", FALSE},  {NULL, FALSE}};
static const PlnColumn rule_columns[] = {
    {"matter", TRUE},   {"assembly", TRUE}, {"citation", TRUE}, {"assembly_status", TRUE},
    {"model_un", TRUE}, {"status", TRUE},   {"source", TRUE},   {NULL, FALSE}};

static const char *const sizes[] = {"3", "6", "12", NULL};
static const guint size_of[] = {3, 6, 12};

static const char *keep(PlnClassroom *c, const PlnTable *table, guint row, guint column) {
  return g_string_chunk_insert_const(c->text, pln_table_text(table, row, column));
}

static const char *need(PlnClassroom *c, const PlnTable *table, guint row, guint column,
                        PlnFaults *faults) {
  return g_string_chunk_insert_const(c->text, pln_table_needed(table, row, column, faults));
}

static void read_topics(PlnClassroom *c, const PlnTable *table, const PlnWorld *world,
                        PlnFaults *faults) {
  (void)world;
  for (guint i = 0; i < pln_table_rows(table); i++) {
    PlnClassTopic topic = {need(c, table, i, 0, faults), need(c, table, i, 1, faults),
                           keep(c, table, i, 3),
                           pln_cell_status(table, i, 2, PLN_STATUS_ASSUMED, faults)};
    g_array_append_val(c->topics, topic);
  }
}

static void check_blocs(const PlnTable *table, guint row, guint column, const PlnWorld *world,
                        PlnFaults *faults) {
  g_auto(GStrv) ids = g_strsplit(pln_table_text(table, row, column), " ", -1);
  for (guint i = 0; ids[i]; i++)
    if (!pln_world_bloc(world, ids[i]))
      pln_table_fault(table, row, column, faults,
                      "unknown bloc \"%s\"; expected blocs of blocs.csv, with blanks between them",
                      ids[i]);
}

static void read_delegations(PlnClassroom *c, const PlnTable *table, const PlnWorld *world,
                             PlnFaults *faults) {
  for (guint i = 0; i < pln_table_rows(table); i++) {
    pln_table_needed(table, i, 0, faults);
    PlnClassDelegation d = {.size = size_of[pln_table_word(table, i, 0, sizes, 0, faults)],
                            .name = need(c, table, i, 1, faults),
                            .blocs = need(c, table, i, 2, faults),
                            .within = keep(c, table, i, 3),
                            .source = keep(c, table, i, 5),
                            .note = keep(c, table, i, 6),
                            .status = pln_cell_status(table, i, 4, PLN_STATUS_ASSUMED, faults)};
    check_blocs(table, i, 2, world, faults);
    check_blocs(table, i, 3, world, faults);
    g_array_append_val(c->delegations, d);
  }
}

static void read_rules(PlnClassroom *c, const PlnTable *table, const PlnWorld *world,
                       PlnFaults *faults) {
  (void)world;
  for (guint i = 0; i < pln_table_rows(table); i++) {
    PlnClassRule rule = {.matter = need(c, table, i, 0, faults),
                         .assembly = need(c, table, i, 1, faults),
                         .citation = keep(c, table, i, 2),
                         .model_un = need(c, table, i, 4, faults),
                         .source = keep(c, table, i, 6),
                         .assembly_status = pln_cell_status(table, i, 3, PLN_STATUS_ASSUMED, faults),
                         .status = pln_cell_status(table, i, 5, PLN_STATUS_ASSUMED, faults)};
    g_array_append_val(c->rules, rule);
  }
}

typedef struct {
  const char *file;
  const PlnColumn *columns;
  void (*read)(PlnClassroom *, const PlnTable *, const PlnWorld *, PlnFaults *);
} Shipped;

static const Shipped shipped[] = {
    {"class_delegations.csv", delegation_columns, read_delegations},
    {"class_rules.csv", rule_columns, read_rules},
    {"class_topics.csv", topic_columns, read_topics},
};

static PlnClassroom *classroom_new(void) {
  PlnClassroom *c = g_new0(PlnClassroom, 1);
  c->topics = g_array_new(FALSE, FALSE, sizeof(PlnClassTopic));
  c->delegations = g_array_new(FALSE, FALSE, sizeof(PlnClassDelegation));
  c->rules = g_array_new(FALSE, FALSE, sizeof(PlnClassRule));
  c->inputs = pln_inputs_new();
  c->text = g_string_chunk_new(4096);
  return c;
}

PlnClassroom *pln_classroom_read(const PlnFolder *folder, const PlnWorld *world, PlnFaults *faults) {
  guint before = pln_faults_count(faults);
  g_autoptr(PlnClassroom) c = classroom_new();
  for (gsize i = 0; i < G_N_ELEMENTS(shipped); i++) {
    g_autoptr(PlnTable) table =
        pln_shipped_read(folder, shipped[i].file, shipped[i].columns, c->inputs, faults);
    if (table)
      shipped[i].read(c, table, world, faults);
  }
  return pln_faults_count(faults) == before ? g_steal_pointer(&c) : NULL;
}

PlnClassroom *pln_classroom_load(const PlnWorld *world, GError **error) {
  g_autofree char *path = pln_data_folder(error);
  g_autoptr(PlnFolder) folder = path ? pln_folder_open(path, error) : NULL;
  if (!folder)
    return NULL;
  g_autoptr(PlnFaults) faults = pln_faults_new();
  PlnClassroom *c = pln_classroom_read(folder, world, faults);
  if (!c) {
    g_autofree char *text = pln_faults_text(faults);
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "the shipped tables are faulty:\n%s",
                g_strchomp(text));
  }
  return c;
}

void pln_classroom_free(PlnClassroom *c) {
  if (!c)
    return;
  g_array_unref(c->topics);
  g_array_unref(c->delegations);
  g_array_unref(c->rules);
  g_array_unref(c->inputs);
  g_string_chunk_free(c->text);
  g_free(c);
}

/* A byte of a letter beyond ASCII counts as one: such words are then whole as well. */
static gboolean is_letter(char byte) {
  return g_ascii_isalnum(byte) || (guchar)byte >= 0x80;
}

gboolean pln_classroom_has_word(const char *text, const char *word) {
  gsize n = strlen(word);
  gboolean any_ending = n > 0 && word[n - 1] == '*';
  n -= any_ending;
  for (const char *at = text; n > 0 && *at; at++)
    if (g_ascii_strncasecmp(at, word, n) == 0 && (at == text || !is_letter(at[-1])) &&
        (any_ending || !is_letter(at[n])))
      return TRUE;
  return FALSE;
}
