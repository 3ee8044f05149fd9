/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The kinds of `plenary backtest`: which one its first word asks for, and whether the options
 *  given are that one's.  Each kind is a file: sim/cli/backtest.c (estimate), backtest_whip.c,
 *  backtest_reconstruct.c, backtest_bargain.c, backtest_ratify.c.
 *  Checked by tests/cli/estimate.sh and tests/cli/backtest_whip.sh. */
#pragma once
#include "plenary/votes_request.h"

/** FALSE and PLN_ERROR_USAGE where one of @options, ended by NULL, was given.
 *  @what: the kind that has no use for them: "whip" */
gboolean pln_backtest_refuses(const PlnArgs *args, const char *what, const char *const *options,
                              GError **error);

/** How many operands the kind @word has, itself among them: 2, or 1 where it reads no file; 0 where
 *  there is no such kind.  @word: (nullable) */
guint pln_backtest_operands(const char *word);

/** The sessions of --sessions, which must be given: those that are forecast.
 *  Returns: FALSE and PLN_ERROR_USAGE */
gboolean pln_backtest_sessions(const PlnArgs *args, PlnCellsOptions *cells, GError **error);

/** The request with the roll calls of all sessions read, as those before the ones of --sessions
 *  are the history; --sessions is said in the command all the same. */
PlnVotesRequest *pln_backtest_open(const PlnArgs *args, const char *command, GError **error);

/** A study as of pln_votes_study_backtest, of whip counts. */
PlnVotesStudy *pln_votes_study_backtest_whip(const PlnArgs *args, GError **error);

/** The same of methods of bargaining; its operand is a file of dossiers. */
PlnVotesStudy *pln_votes_study_backtest_bargain(const PlnArgs *args, GError **error);

/** The same of how states join a treaty: it reads the shipped tables alone. */
PlnVotesStudy *pln_votes_study_backtest_ratify(const PlnArgs *args, GError **error);

/** What --capability may be besides a file; NULL-terminated. */
extern const char *const pln_backtest_capabilities[];
