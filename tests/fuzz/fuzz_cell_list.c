/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of votes to hide, or of those revealed, from a stranger: it names cells of the matrix, or
 * it is faults. */
#include "fuzz.h"
#include "plenary/cell_list.h"

static PlnVoteMatrix *matrix;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  static const char *const codes[] = {"CUB", "FRA", "NAM", "USA"}, *const ids[] = {"1", "9087",
                                                                                   "A/RES/74/247"};
  (void)argc, (void)argv;
  stop_at_complaints();
  matrix = pln_vote_matrix_new(G_N_ELEMENTS(codes), G_N_ELEMENTS(ids));
  for (guint i = 0; i < matrix->n_voters; i++)
    matrix->voter[i].code = codes[i];
  for (guint j = 0; j < matrix->n_calls; j++)
    matrix->call[j].id = ids[j];
  return 0;
}

/* Read both ways: a list of what is revealed is one of what is listed, and a column more. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static guint8 *(*const parse[])(const char *, const char *, gsize, const PlnVoteMatrix *,
                                  PlnFaults *) = {pln_cell_list_parse, pln_cell_list_parse_revealed};
  guint8 *listed[2];
  for (int k = 0; k < 2; k++) {
    g_autoptr(PlnFaults) faults = pln_faults_new();
    listed[k] = parse[k]("list.csv", (const char *)data, size, matrix, faults);
    MUST(!listed[k] == (pln_faults_count(faults) > 0));
    g_autofree char *text = pln_faults_text(faults);
    must_be_harmless(text, FALSE);
  }
  guint cells = matrix->n_calls * matrix->n_voters;
  for (guint k = 0; listed[0] && k < cells; k++)
    MUST(listed[0][k] <= 1);
  for (guint k = 0; listed[1] && k < cells; k++)
    MUST(listed[0] && listed[1][k] <= PLN_CELL_HIDDEN &&
         listed[0][k] == (listed[1][k] != PLN_CELL_NOT_LISTED));
  g_free(listed[0]);
  g_free(listed[1]);
  return 0;
}
