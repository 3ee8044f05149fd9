/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The laboratory: what a page needs so that its reader can vote again, under another rule or
 *  from other positions, as JSON.
 *
 *  It holds the record as it is (what is not known stays "?"), the rules as the kernel takes
 *  them, the blocs of the day, a narration of each proposal, and where a projection was made
 *  the questions and the electorate as arrays, so that the kernel in the page draws the same
 *  draws as the command for the same seed.  Keys: the page's scripts in sim/page, which are
 *  its only readers.  Numbers that the kernel needs to the last bit are written with 17 digits
 *  or as base64 of little-endian doubles.  Compact, the same bytes for the same input.
 *  Cost: some 2 ms for 193 states and one proposal.
 *  Checked by tests/unit/test_laboratory.c. */
#pragma once
#include "plenary/project.h"
#include "plenary/replay.h"

typedef struct {
  const char *command;       /* in canonical form */
  const PlnProject *project; /* (nullable) */
  const PlnReplay *against;  /* (nullable): a second scenario, to lay beside */
} PlnLaboratoryOptions;

/** Returns: (transfer full): JSON without line breaks */
char *pln_compose_laboratory(const PlnReplay *replay, const PlnLaboratoryOptions *options);
