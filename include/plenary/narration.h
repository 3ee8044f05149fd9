/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A narration: what a teacher would say of one proposal, a sentence at a time, in the order
 *  in which it is shown: the question, the rule, the answer, by how much, who could have turned
 *  it, how the blocs voted, who moved, what is not known, what is wrongly claimed, what was
 *  stated, and where all this is from.
 *
 *  Every sentence is made from the data; where the data are silent there is none.
 *  Checked by tests/unit/test_laboratory.c. */
#pragma once
#include "plenary/replay.h"

typedef struct {
  const char *kind; /* "question", "rule", "answer", "margin", "turn", "blocs", "moved", "unknown",
                       "claim", "statement" or "source" */
  char *text;       /* as it came from the files: made visible where it is written */
} PlnNarrated;

/** Returns: (transfer full): PlnNarrated * of the proposal at @place */
GPtrArray *pln_narrate(const PlnReplay *replay, guint place);

/** What is known of the vote at @place, and what is not.  Returns: (transfer full) */
char *pln_say_known(const PlnReplay *replay, guint place);
