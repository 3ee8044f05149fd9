/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The composers of reconstructions and of their backtest into a document.
 *  Checked by tests/cli/reconstruct.sh. */
#pragma once
#include "plenary/document.h"
#include "plenary/reconstruct_backtest.h"
#include "plenary/reconstruction.h"

void pln_compose_reconstruction(PlnDoc *doc, const PlnReconstruction *reconstruction);

/** The answer, worse than the baseline first where it is; both ways of scoring; roll calls. */
void pln_compose_reconstruct_backtest(PlnDoc *doc, const PlnReconstructBacktest *backtest,
                                      const GPtrArray *notes);
