/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What a store says in brief: how many runs, the range and mean of each outcome, and which dials go
 *  most with the first of them.
 *
 *  How a dial of numbers goes with it is the rank correlation (Spearman 1904; ties share their mean
 *  rank; none where nothing varies).  Words have no order: of them the mean at each is said, and, for
 *  their place in the list and for programs, the correlation ratio freed of what chance alone gives
 *  it.  Over at most PLN_SWEEP_SAMPLE rows, taken by a scrambled number of the run so that no grid is
 *  met at one level.
 *  Cost: 0.1 s; memory does not grow with rows.  Checked by tests/unit/test_experiment.c. */
#pragma once
#include "plenary/document.h"
#include "plenary/store.h"
#include "plenary/write.h"

enum { PLN_SWEEP_SAMPLE = 100000 };

/** @why: (nullable): why the first run has no answer that has none
 *  @provenance: (out): its strings are @store's; its inputs and data the caller's to
 *  unref
 *  Returns: FALSE and an error where the store cannot be read */
gboolean pln_compose_sweep(PlnDoc *doc, PlnStore *store, const char *why, PlnProvenance *provenance,
                           GError **error);
