/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The laboratory: what a page needs so that its reader can vote again, under another rule or
 *  from other positions, as JSON.
 *
 *  It holds the record as it is (what is not known stays "?"), the rules as the kernel takes
 *  them, the blocs of the day, a narration of each proposal, and where a projection was made
 *  the questions and the electorate as arrays, so that the kernel in the page draws the same
 *  draws as the command for the same seed.  Keys: the page's scripts in sim/page, which are
 *  its only readers.  Numbers that the kernel needs to the last bit are written with 17 digits
 *  or as base64 of little-endian doubles; the seed as digits in a string, as it has 64 bits.
 *  A second scenario refers to the same lists of states and blocs, but to its own where a code
 *  means somebody else there.  A what-if of votes without names cannot be opened in the page:
 *  opening_note says so.  Compact, the same bytes for the same input.
 *  Cost: some 2 ms for 193 states and one proposal.
 *  Checked by tests/unit/test_laboratory.c. */
#pragma once
#include "plenary/project.h"
#include "plenary/replay.h"

typedef struct {
  const char *command;       /* in canonical form */
  const PlnProject *project; /* (nullable) */
  const PlnReplay *against;  /* (nullable): a second scenario, to lay beside */
  const char *project_options; /* (nullable): options of `plenary project` that the page's state
                                  does not hold, each after a blank */
  guint draws;    /* that the page makes of a vote; 0: PLN_LABORATORY_DRAWS */
  guint left_out; /* private rows of whip.csv */
} PlnLaboratoryOptions;

/** Draws that the page makes of a vote, and the most that it makes. */
enum { PLN_LABORATORY_DRAWS = 100000, PLN_LABORATORY_MOST_DRAWS = 1000000 };

/** Returns: (transfer full): JSON without line breaks */
char *pln_compose_laboratory(const PlnReplay *replay, const PlnLaboratoryOptions *options);
