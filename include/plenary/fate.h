/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The fate of a proposal: what came of it, and what that does to others.
 *
 *  What is implied by an earlier decision is not put; adopted amendments and deletions
 *  and paragraphs that were not kept change the text, which is voted last; a text all of
 *  whose operative parts are struck falls.  A paragraph put separately is kept by yes, so
 *  that a tie strikes it.  Checked by tests/unit/test_fate.c. */
#pragma once
#include "plenary/scenario.h"

/** Whether a proposal comes to be put at all. */
typedef enum {
  PLN_FATE_PUT,
  PLN_FATE_FALLS, /* the condition of falls_if has come */
  PLN_FATE_EMPTY, /* all operative parts of the text were struck */
} PlnFate;

/** What came of a proposal, on record or in a what-if. */
typedef enum {
  PLN_END_UNKNOWN,
  PLN_END_ADOPTED,
  PLN_END_WITHOUT_VOTE,
  PLN_END_REJECTED,
  PLN_END_TIED, /* a second vote is due */
  PLN_END_NOT_PUT,
  PLN_END_WITHDRAWN,
} PlnEnd;

/** "adopted", "rejected" … */
PLN_API const char *pln_end_word(PlnEnd end);

gboolean pln_end_adopted(PlnEnd end);

/** Whether proposal @place of @scenario is put, given the ends of those before it.
 *  @ends: at least @place, in the order put */
PlnFate pln_fate(const PlnScenario *scenario, guint place, const PlnEnd *ends);

/** Appends to @changes (guint) the places of those before @place that changed its text. */
void pln_fate_changes(const PlnScenario *scenario, guint place, const PlnEnd *ends,
                      GArray *changes);
