/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The composer of a backtest of whip counts into a document.
 *  Checked by tests/cli/backtest_whip.sh. */
#pragma once
#include "plenary/document.h"
#include "plenary/whip_backtest.h"

/** The answer, what is worse than a baseline before it; then scores, tallies, adoption,
 *  reliability.  @notes: (nullable): char *: of the reading */
void pln_compose_whip_backtest(PlnDoc *doc, const PlnWhipBacktest *backtest, const GPtrArray *notes);
