/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/capabilities.h"

#include <math.h>
#include <string.h>

#include "plenary/load.h"
#include "plenary/tables.h"

enum { TABLE, ACTOR, FROM, TO, PROCEDURE, CAPABILITY, STATUS };

static const PlnColumn columns[] = {{"table", FALSE},  {"actor", TRUE},      {"from", FALSE},
                                    {"to", FALSE},     {"procedure", FALSE}, {"capability", TRUE},
                                    {"status", FALSE}, {"source", FALSE},    {"note", FALSE},
                                    {NULL, FALSE}};
/* How many tables, or actors, a fault names. */
enum { SHOWN = 10 };

static const PlnBounds bounds = {0, 1e12, "from 0 to 1e12"};

void pln_capabilities_free(PlnCapabilities *c) {
  if (!c)
    return;
  g_free(c->name);
  g_array_unref(c->rows);
  g_string_chunk_free(c->text);
  g_free(c);
}

/* The tables of the file, in the order of their first rows. */
static GPtrArray *list_tables(const PlnTable *table) {
  GPtrArray *names = g_ptr_array_new();
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < pln_table_rows(table); i++) {
    const char *name = pln_table_text(table, i, TABLE);
    if (g_hash_table_add(seen, (gpointer)name))
      g_ptr_array_add(names, (gpointer)name);
  }
  g_ptr_array_add(names, NULL);
  return names;
}

/* @names for a fault, of many the first.  (transfer full) */
static char *join(const GPtrArray *names) {
  guint n = names->len - 1, shown = MIN(n, SHOWN);
  g_autoptr(GString) out = g_string_new(NULL);
  for (guint k = 0; k < shown; k++) {
    const char *name = names->pdata[k];
    g_string_append_printf(out, "%s%s", k > 0 ? ", " : "", *name ? name : "one without a name");
  }
  if (n > shown)
    g_string_append_printf(out, " and %u more", n - shown);
  return g_string_free(g_steal_pointer(&out), FALSE);
}

/* Which of them is read; NULL and a fault. */
static const char *choose(const char *file, const PlnTable *table, const char *asked,
                          PlnFaults *faults) {
  g_autoptr(GPtrArray) names = list_tables(table);
  const char *const *all = (const char *const *)names->pdata;
  g_autofree char *joined = join(names);
  if (names->len == 1)
    pln_faults_add(faults, file, 1, 1, "there is no row; expected one for each actor");
  else if (!asked && names->len > 2)
    pln_faults_add(faults, file, 1, 1, "there are %u tables: %s; expected one in a file",
                   names->len - 1, joined);
  else if (asked && !g_strv_contains(all, asked)) {
    g_autofree char *hint = pln_faults_hint(faults, asked, all);
    pln_faults_add(faults, file, 1, 1, "there is no table \"%s\"; expected one of %s%s", asked,
                   joined, hint);
  } else
    return asked ? asked : all[0];
  return NULL;
}

static void read_row(PlnCapabilities *c, const PlnTable *table, guint i, PlnFaults *faults) {
  g_autofree char *actor = g_ascii_strdown(pln_table_needed(table, i, ACTOR, faults), -1);
  PlnCapability row = {
      .actor = g_string_chunk_insert_const(c->text, actor),
      .procedure = g_string_chunk_insert_const(c->text, pln_table_text(table, i, PROCEDURE)),
      .capability = pln_cell_number(table, i, CAPABILITY, "capability", &bounds, NAN, faults),
      .status = pln_cell_status(table, i, STATUS, PLN_STATUS_ASSUMED, faults)};
  pln_table_needed(table, i, CAPABILITY, faults);
  pln_cell_span(table, i, FROM, TO, &row.from, &row.to, faults);
  c->weakest = MAX(c->weakest, row.status);
  g_array_append_val(c->rows, row);
}

PlnCapabilities *pln_capabilities_parse(const char *name, GBytes *bytes, const char *asked,
                                        PlnFaults *faults) {
  guint before = pln_faults_count(faults);
  g_autoptr(PlnTable) table = pln_table_read(name, bytes, columns, faults);
  const char *chosen =
      table && pln_faults_count(faults) == before ? choose(name, table, asked, faults) : NULL;
  if (!chosen)
    return NULL;
  g_autoptr(PlnCapabilities) c = g_new0(PlnCapabilities, 1);
  c->name = g_strdup(*chosen ? chosen : name);
  c->rows = g_array_new(FALSE, FALSE, sizeof(PlnCapability));
  c->text = g_string_chunk_new(4096);
  for (guint i = 0; i < pln_table_rows(table); i++)
    if (strcmp(pln_table_text(table, i, TABLE), chosen) == 0)
      read_row(c, table, i, faults);
  return pln_faults_count(faults) == before ? g_steal_pointer(&c) : NULL;
}

PlnCapabilities *pln_capabilities_load(const char *path, GArray *inputs, PlnFaults *faults) {
  g_autoptr(GBytes) bytes = pln_file_read(path, faults);
  if (!bytes)
    return NULL;
  g_autofree char *name = g_path_get_basename(path);
  pln_inputs_add(inputs, name, bytes);
  return pln_capabilities_parse(name, bytes, NULL, faults);
}

PlnCapabilities *pln_capabilities_shipped(const char *name, GArray *inputs, PlnFaults *faults) {
  static const char file[] = "data/capabilities.csv";
  g_autoptr(GError) why = NULL;
  g_autofree char *folder = pln_data_folder(&why);
  if (!folder) {
    pln_faults_add(faults, file, 0, 0, "%s", why->message);
    return NULL;
  }
  g_autofree char *path = g_build_filename(folder, "capabilities.csv", NULL);
  g_autoptr(GBytes) bytes = pln_file_read(path, faults);
  if (!bytes)
    return NULL;
  pln_inputs_add(inputs, file, bytes);
  return pln_capabilities_parse(file, bytes, name, faults);
}

char *pln_capabilities_actors(const PlnCapabilities *c) {
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < c->rows->len; i++) {
    const char *actor = g_array_index(c->rows, PlnCapability, i).actor;
    if (g_hash_table_add(seen, (gpointer)actor))
      g_ptr_array_add(names, (gpointer)actor);
  }
  g_ptr_array_add(names, NULL);
  return join(names);
}

/* The day's number in a row of all days; the last day of a month that pln_day_last() takes to have
 * 31 is the real one. */
static guint number_of(PlnDay day) {
  GDateYear y = (GDateYear)(day / 10000);
  GDateMonth m = (GDateMonth)(day / 100 % 100);
  GDateDay d = (GDateDay)(day % 100), last = g_date_get_days_in_month(m, y);
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_dmy(&date, MIN(d, last), m, y);
  return g_date_get_julian(&date);
}

/* How many days @day, which is whole, lies outside of the row's span. */
static guint distance(const PlnCapability *row, PlnDay day) {
  PlnDay from = row->from <= PLN_DAY_UNKNOWN ? day : pln_day_first(row->from);
  PlnDay to = row->to <= PLN_DAY_UNKNOWN ? day : pln_day_last(row->to);
  if (day < from)
    return number_of(from) - number_of(day);
  return day > to ? number_of(day) - number_of(to) : 0;
}

double pln_capabilities_at(const PlnCapabilities *c, const char *actor, const char *procedure,
                           PlnDay day) {
  const PlnCapability *best = NULL;
  PlnDay when = day == PLN_DAY_NONE || day == PLN_DAY_UNKNOWN ? 0 : pln_day_first(day);
  gboolean differ = FALSE;
  for (guint i = 0; i < c->rows->len; i++) {
    const PlnCapability *row = &g_array_index(c->rows, PlnCapability, i);
    gboolean own = *row->procedure != '\0', had = best && *best->procedure != '\0';
    if (strcmp(row->actor, actor) != 0 || (own && strcmp(row->procedure, procedure) != 0) ||
        (best && own < had))
      continue;
    gboolean better = !best || own > had;
    differ = !better && (differ || row->capability != best->capability);
    if (better || (when != 0 && distance(row, when) < distance(best, when)))
      best = row;
  }
  return best && (when != 0 || !differ) ? best->capability : NAN;
}
