/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A list of cells: a CSV file that names votes by roll call (rcid, roll_call or id) and
 *  voter (iso3, state, voter or country_code), to be hidden from a fit.  Further columns are
 *  not read; in particular no vote.  Where what is revealed is asked for, a further column,
 *  revealed, says of each of its votes whether it is (1) or is to be forecast (0).  A name that the matrix does not have is a fault.
 *  Checked by tests/fuzz/fuzz_cell_list.c, tests/unit/test_cell_list.c and tests/cli/estimate.sh. */
#pragma once
#include "plenary/fault.h"
#include "plenary/input.h"
#include "plenary/vote_matrix.h"

/** @inputs: (nullable): to add the file to
 *  Returns: (transfer full): n_calls x n_voters, 1 = listed; NULL where there is a fault */
PLN_API guint8 *pln_cell_list_load(const char *path, const PlnVoteMatrix *matrix, GArray *inputs,
                                   PlnFaults *faults);

/** The same from memory; @file is the name that faults have. */
PLN_API guint8 *pln_cell_list_parse(const char *file, const char *bytes, gsize length,
                                    const PlnVoteMatrix *matrix, PlnFaults *faults);

/** Of each cell of a list of what is revealed. */
enum { PLN_CELL_NOT_LISTED, PLN_CELL_REVEALED, PLN_CELL_HIDDEN };

/** Returns: (transfer full): n_calls x n_voters of the above; NULL where there is a fault */
PLN_API guint8 *pln_cell_list_load_revealed(const char *path, const PlnVoteMatrix *matrix,
                                            GArray *inputs, PlnFaults *faults);
PLN_API guint8 *pln_cell_list_parse_revealed(const char *file, const char *bytes, gsize length,
                                             const PlnVoteMatrix *matrix, PlnFaults *faults);
