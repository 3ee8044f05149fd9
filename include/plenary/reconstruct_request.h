/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What `plenary backtest` knows of the backtest of reconstructions.
 *  Checked by tests/cli/reconstruct.sh. */
#pragma once
#include "plenary/votes_request.h"

/** Options beyond those that all backtests have. */
#define PLN_RECONSTRUCT_BACKTEST_OPTIONS                                                         \
  {"calls", 0, "N", "reconstruct: how many roll calls, drawn among the contested (default 200)", \
   NULL},                                                                                        \
      {"shown", 0, "N", "reconstruct: how many votes of each are shown (default 8)", NULL}

/** A study as of pln_votes_study_backtest, of reconstructions. */
PlnVotesStudy *pln_votes_study_backtest_reconstruct(const PlnArgs *args, GError **error);
