/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/edits.h"

#include <string.h>

#include "plenary/error.h"
#include "plenary/folder.h"
#include "plenary/tables.h"

enum { PROPOSAL, WHO, VOTE };

static const PlnColumn columns[] = {
    {"proposal", FALSE}, {"who", TRUE}, {"vote", TRUE}, {NULL, FALSE}};

static void read_rows(const PlnTable *table, GPtrArray *edits, PlnFaults *faults) {
  for (guint i = 0; i < pln_table_rows(table); i++) {
    const char *proposal = pln_table_text(table, i, PROPOSAL);
    const char *who = pln_table_needed(table, i, WHO, faults);
    const char *vote = pln_table_needed(table, i, VOTE, faults);
    if (strcmp(vote, "?") == 0) /* a record may leave it open, an edit may not */
      pln_table_fault(table, i, VOTE, faults, "the vote is \"?\"; expected Y, N, A or X");
    pln_cell_vote(table, i, VOTE, faults);
    g_ptr_array_add(edits, g_strdup_printf("%s%s%s=%s", proposal, *proposal ? ":" : "", who, vote));
  }
}

char **pln_edits_load(const char *path, GError **error) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(GPtrArray) edits = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GBytes) bytes = pln_file_read(path, faults);
  g_autoptr(PlnTable) table = bytes ? pln_table_read(path, bytes, columns, faults) : NULL;
  if (table)
    read_rows(table, edits, faults);
  if (pln_faults_count(faults) > 0) {
    g_autofree char *text = pln_faults_text(faults);
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "%s", g_strchomp(text));
    return NULL;
  }
  g_ptr_array_add(edits, NULL);
  return (char **)g_ptr_array_free(g_steal_pointer(&edits), FALSE);
}
