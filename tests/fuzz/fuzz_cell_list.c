/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of votes to hide, from a stranger: it names cells of the matrix, or it is faults. */
#include "fuzz.h"
#include "plenary/cell_list.h"

static PlnVoteMatrix *matrix;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  static const char *const codes[] = {"CUB", "FRA", "NAM", "USA"}, *const ids[] = {"1", "9087", "A/RES/74/247"};
  (void)argc, (void)argv;
  stop_at_complaints();
  matrix = pln_vote_matrix_new(G_N_ELEMENTS(codes), G_N_ELEMENTS(ids));
  for (guint i = 0; i < matrix->n_voters; i++)
    matrix->voter[i].code = codes[i];
  for (guint j = 0; j < matrix->n_calls; j++)
    matrix->call[j].id = ids[j];
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autofree guint8 *listed = pln_cell_list_parse("list.csv", (const char *)data, size, matrix, faults);
  MUST(!listed == (pln_faults_count(faults) > 0));
  for (guint k = 0; listed && k < matrix->n_calls * matrix->n_voters; k++)
    MUST(listed[k] <= 1);
  g_autofree char *text = pln_faults_text(faults);
  must_be_harmless(text, FALSE);
  return 0;
}
