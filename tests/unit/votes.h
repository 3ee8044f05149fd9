/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Votes in bulk for tests: the files of tests/votes, and matrices as text. */
#pragma once
#include "plenary/roll_calls.h"

/** What options name is read from tests/votes under these names, which the faults keep.
 *  Returns: (transfer full): what pln_roll_calls_parse does */
PlnVoteMatrix *votes_read(const PlnRollCallsOptions *options, PlnFaults *faults);

/** The voters, then a line a roll call: "3 1 1946-01-01 YN?".  Returns: (transfer full) */
char *votes_text(const PlnVoteMatrix *matrix);

/** Of text in place of the file; otherwise as votes_read().  @list: (nullable) */
PlnVoteMatrix *votes_of(const char *text, const char *list, const PlnRollCallsOptions *options,
                        PlnFaults *faults);

/** The path of @name of tests/votes.  Returns: (transfer full) */
char *votes_path(const char *name);
