/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The composers of a comparison (comparison.h) into a document: for people a sentence a bundle
 *  that matters, the base and the bundles side by side, what turned, who moved, what it rests on;
 *  for programs everything.  Checked by tests/cli/whatif.sh and the published schema. */
#pragma once
#include "plenary/comparison.h"
#include "plenary/document.h"

typedef struct {
  gboolean full;          /* people are shown every seat that moved, of every proposal */
  const GPtrArray *notes; /* (nullable) char *: what reading said */
} PlnComposeComparisonOptions;

void pln_compose_comparison(PlnDoc *doc, const PlnComparison *comparison,
                            const PlnComposeComparisonOptions *options);

/** The rules' citations, each once.  Returns: (transfer full) */
char *pln_compose_comparison_citations(const PlnComparison *comparison);

/* Parts, in files of their own. */

/** The answer, a paragraph a sentence.  Returns: (transfer full): all of it, for programs */
char *pln_compose_comparison_answer(PlnDoc *doc, const PlnComparison *comparison);

/** Base and bundles side by side; of dates and positions a column each.  Of several proposals, not
 *  @full and where it fits: proposals in rows, bundles in columns, for people. */
void pln_compose_comparison_table(PlnDoc *doc, const PlnComparison *comparison, gboolean full);

/** Whether the table for people is the one of proposals and bundles; bundles are then letters. */
gboolean pln_comparison_crossed(const PlnComparison *comparison, gboolean full);

/** What each bundle sets and what was there before; what is said of them. */
void pln_compose_comparison_bundles(PlnDoc *doc, const PlnComparison *comparison, gboolean letters);

/** What @change has otherwise: "76±10", "N", "31 Y, 8 A", "one bloc of 27", "drawn"; "by proposal"
 *  where several are asked about and some have rows of their own; "" where nothing says it.
 *  (transfer full) */
char *pln_say_before(const PlnComparison *comparison, const PlnChange *change);

/** What turned, and who moved. */
void pln_compose_comparison_seats(PlnDoc *doc, const PlnComparison *comparison, gboolean full);

/** Every change, outcome and seat, for programs. */
void pln_compose_comparison_data(PlnDoc *doc, const PlnComparison *comparison);

/** The name, shortened to @most columns.  Returns: (transfer full) */
char *pln_say_bundle(const PlnBundle *bundle, guint most);

/** A value as people read it: "41%", "March 2031", "45.2"; a position as `plenary bargain` has it;
 *  "?" for NAN.  (transfer full) */
char *pln_say_outcome(const PlnComparison *comparison, const PlnRunOutcome *outcome, double value);

/** How a share or a count changed, and what chance leaves either way: "-22.3 ±0.6" points of a
 *  share, "+3.2".  (transfer full): "" for NAN */
char *pln_say_outcome_change(const PlnRunOutcome *outcome, const PlnComparisonOutcome *changed);

/** The same of a share in words: "5.8 ±0.5 points more".  (transfer full) */
char *pln_say_points(const PlnComparisonOutcome *changed);

/** "4 months later", of the months as they are said, which differ.  (transfer full) */
char *pln_say_months(double base, double value);

/** How a date, a position or a number of parties changed, by what is shown of both: "-23" months,
 *  "+0.64"; "" where that is the same, or one is NAN.  (transfer full) */
char *pln_say_step(const PlnComparison *comparison, const PlnRunOutcome *outcome, double base,
                   double value);

/** Below this chance of adoption a middle day of those draws says nothing. */
#define PLN_COMPARISON_RARE 0.05

/** Whether @outcome is the protocol's day, which is of the draws alone in which it is adopted. */
gboolean pln_comparison_if_adopted(const PlnRunOutcome *outcome);

/** Whether adoption (@one: with it; NULL: as it is) is rarer than PLN_COMPARISON_RARE. */
gboolean pln_comparison_rare(const PlnComparisonItem *item, const PlnComparisonCase *one);

/** What is on record of what is projected here; what is no forecast: sentences that stand before the
 *  answer.  Returns: (transfer full): NULL where there is nothing to say */
char *pln_say_comparison_voted(const PlnComparison *comparison);
char *pln_say_comparison_stated(const PlnComparison *comparison);

/** Whether it differs by more than chance: the interval is on one side of 0; without draws, at
 *  all. */
gboolean pln_comparison_matters(const PlnComparisonItem *item, const PlnComparisonCase *one);

/** The same of the chance of adoption alone. */
gboolean pln_comparison_sure(const PlnComparisonItem *item, const PlnComparisonCase *one);

/** So, and by less than a point of chance: of a vote that is drawn. */
gboolean pln_comparison_slight(const PlnComparisonItem *item, const PlnComparisonCase *one);

/** Whether some change of the bundle at @b is about something that is asked about. */
gboolean pln_comparison_touches(const PlnComparison *comparison, guint b);

/** Whether @change, of the bundle at @b, is about nothing that is asked about. */
gboolean pln_comparison_is_elsewhere(const PlnComparison *comparison, guint b,
                                     const PlnChange *change);

/** Whether the outcome turns, where both are known. */
gboolean pln_comparison_turns(const PlnComparisonItem *item, const PlnComparisonCase *one);
