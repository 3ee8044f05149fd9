/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/historical.h"

#include "plenary/load.h"
#include "plenary/tables.h"

enum {
  CODE, NAME, KIND, ISO2, ISO3, COW, FROM, TO, CONTINUED_BY, ALSO, STATUS, SOURCE, NOTE
};

static const PlnColumn columns[] = {
    {"code", TRUE},   {"name", TRUE},         {"kind", TRUE},          {"iso2", TRUE},
    {"iso3", TRUE},   {"cow", TRUE},          {"from", TRUE},          {"to", TRUE},
    {"continued_by", TRUE}, {"also_coded_as", TRUE}, {"status", TRUE}, {"source", TRUE},
    {"note", FALSE},  {NULL, FALSE}};

static const char *const kinds[] = {"former", "continued", "gap", "never", NULL};

static const char *keep(PlnHistorical *h, const PlnTable *table, guint row, guint column) {
  return g_string_chunk_insert_const(h->text, pln_table_text(table, row, column));
}

/* Every code that the row leans on is a state of the world. */
static void check_states(const PlnTable *table, guint row, const PlnPast *past,
                         const PlnWorld *world, PlnFaults *faults) {
  g_auto(GStrv) also = g_strsplit(past->also_coded_as, " ", -1);
  if (past->kind == PLN_PAST_CONTINUED || *past->continued_by)
    pln_cell_state(table, row, CONTINUED_BY, world, faults);
  if (past->kind == PLN_PAST_GAP)
    pln_cell_state(table, row, CODE, world, faults);
  else if (pln_world_state(world, past->code))
    pln_table_fault(table, row, CODE, faults,
                    "%s is a state of members.csv; expected another code, or the kind gap",
                    past->code);
  for (guint i = 0; also[i]; i++)
    if (!pln_world_state(world, also[i]))
      pln_table_fault(table, row, ALSO, faults,
                      "unknown state \"%s\"; expected codes of members.csv, with blanks between "
                      "them", also[i]);
}

static void read_row(PlnHistorical *h, const PlnTable *table, guint row, const PlnWorld *world,
                     PlnFaults *faults) {
  PlnPast past = {
      .code = g_string_chunk_insert_const(h->text, pln_table_needed(table, row, CODE, faults)),
      .name = g_string_chunk_insert_const(h->text, pln_table_needed(table, row, NAME, faults)),
      .kind = (PlnPastKind)pln_table_word(table, row, KIND, kinds, PLN_PAST_FORMER, faults),
      .iso2 = keep(h, table, row, ISO2),
      .iso3 = keep(h, table, row, ISO3),
      .cow = keep(h, table, row, COW),
      .continued_by = keep(h, table, row, CONTINUED_BY),
      .also_coded_as = keep(h, table, row, ALSO)};
  pln_cell_span(table, row, FROM, TO, &past.from, &past.to, faults);
  pln_cell_status(table, row, STATUS, PLN_STATUS_UNKNOWN, faults);
  check_states(table, row, &past, world, faults);
  g_array_append_val(h->past, past);
}

PlnHistorical *pln_historical_read(const char *file, GBytes *bytes, const PlnWorld *world,
                                   PlnFaults *faults) {
  guint before = pln_faults_count(faults);
  g_autoptr(PlnTable) table = pln_table_read(file, bytes, columns, faults);
  if (!table)
    return NULL;
  g_autoptr(PlnHistorical) h = g_new0(PlnHistorical, 1);
  h->past = g_array_new(FALSE, FALSE, sizeof(PlnPast));
  h->text = g_string_chunk_new(4096);
  h->name = g_strdup("data/historical.csv");
  h->sha256 = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
  for (guint i = 0; i < pln_table_rows(table); i++)
    read_row(h, table, i, world, faults);
  return pln_faults_count(faults) == before ? g_steal_pointer(&h) : NULL;
}

PlnHistorical *pln_historical_load(const PlnWorld *world, PlnFaults *faults) {
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = pln_data_folder(&error);
  if (!folder) {
    pln_faults_add(faults, "historical.csv", 0, 0, "%s", error->message);
    return NULL;
  }
  g_autofree char *path = g_build_filename(folder, "historical.csv", NULL);
  g_autoptr(GBytes) bytes = pln_file_read(path, faults);
  return bytes ? pln_historical_read(path, bytes, world, faults) : NULL;
}

void pln_historical_free(PlnHistorical *h) {
  if (!h)
    return;
  g_array_unref(h->past);
  g_string_chunk_free(h->text);
  g_free(h->name);
  g_free(h->sha256);
  g_free(h);
}
