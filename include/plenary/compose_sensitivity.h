/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The composer of sensitivity: what matters most first, in words; then each method's table with its
 *  drawing; what would have to be true; and what it rests on.
 *
 *  Outcomes are said as what they are: chances in per cent, dates as months, votes and points of a
 *  scale as numbers.  People are shown the weightiest PLN_SENSE_SHOWN dials, programs all.
 *  Checked by tests/unit/test_sensitivity.c, tests/cli/sensitivity.sh and the published schema. */
#pragma once
#include "plenary/document.h"
#include "plenary/sensitivity.h"

enum { PLN_SENSE_SHOWN = 12 };

typedef struct {
  gboolean full;          /* people are shown every dial */
  const char *store;      /* (nullable): the name of the store that the runs are from */
  gboolean unfinished;    /* it lacks runs still */
  gboolean corner;        /* of a grid it holds a part alone */
  const char *proposal;   /* (nullable): of the store's */
  const GPtrArray *notes; /* (nullable) char * */
} PlnComposeSensitivityOptions;

void pln_compose_sensitivity(PlnDoc *doc, const PlnSensitivity *sensitivity,
                             const PlnComposeSensitivityOptions *options);

/** The answer: "One at a time EU27's position matters most: from 20 to 40 the chance of adoption runs
 *  from 35% to 71%."  (transfer full) */
char *pln_say_sensitivity(const PlnSensitivity *sensitivity);

/** What the indices come to together: "… about a fifth of it is interaction."  (transfer full) */
char *pln_say_sense_together(const PlnSensitivity *sensitivity);

/* Parts, in files of their own. */

/** An outcome in its unit: "35%", "May 2030", "12.3"; "?" for NAN.  (transfer full) */
char *pln_say_sense_value(const PlnSensitivity *sensitivity, double value);

/** As in a table: "Sep 2037".  (transfer full) */
char *pln_say_sense_brief(const PlnSensitivity *sensitivity, double value);

/** A change of it: "+36 points", "-14 months", "+4.0".  (transfer full) */
char *pln_say_sense_change(const PlnSensitivity *sensitivity, double change);

/** A dial's value: "40", "two-thirds".  (transfer full) */
char *pln_say_sense_at(const PlnSensitivity *sensitivity, guint dial, double value);

/** "about a fifth".  Static text. */
const char *pln_say_share_of(double share);

/** What the page calls its unit: "chance", "year", "votes", "points". */
const char *pln_sense_unit(const PlnSensitivity *sensitivity);

/** The issue whose forecast is asked about; NULL: it is another outcome. */
const PlnIssue *pln_sense_issue(const PlnSensitivity *sensitivity);

/** Of talks what the numbers are of: " offences, on a scale from 0 (none) to 10 (all)"; else "".
 *  (transfer full) */
char *pln_say_sense_scale(const PlnSensitivity *sensitivity);

/** The status of dial @j as a word. */
PlnValue pln_sense_status(const PlnSensitivity *sensitivity, guint j);

/** Whether the bar moves the outcome by more than chance does. */
gboolean pln_sense_moves(const PlnSenseBar *bar);

/** The two places of a bar that are shown: both ends of a range; of words those with the least and
 *  the greatest outcome (where it is rarely adopted, chance of adoption), or the first and the last
 *  where they are all alike. */
void pln_sense_ends(const PlnSensitivity *sensitivity, const PlnSenseBar *bar, guint *from,
                    guint *to);

/** "lower" or "higher" ("earlier", "later") than as stated: both ends of a bar that is beyond it. */
const char *pln_sense_side(const PlnSensitivity *sensitivity, const PlnSenseBar *bar);

/** What a bar runs from and to: "35% to 71%", "26% and 32%, as stated 43%", "adopted in <1% to
 *  96%".  (transfer full) */
char *pln_say_sense_run(const PlnSensitivity *sensitivity, const PlnSenseBar *bar);

/** " (not told apart from RUS's position and 2 more)": of the indices, the effects those whose
 *  intervals reach the first one's; "" where there are none.  (transfer full) */
char *pln_say_indices_apart(const PlnSensitivity *sensitivity);
char *pln_say_effects_apart(const PlnSensitivity *sensitivity);

/** For people each method's table, drawn. */
void pln_compose_sense_tables(PlnDoc *doc, const PlnSensitivity *sensitivity, gboolean full);

/** For programs everything. */
void pln_compose_sense_data(PlnDoc *doc, const PlnSensitivity *sensitivity,
                            const PlnComposeSensitivityOptions *options);
