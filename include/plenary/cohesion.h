/* SPDX-License-Identifier: GPL-3.0-or-later */
/** How much a bloc votes as one, and on which line.
 *
 *  Rice's index |Y - N| / (Y + N) looks at yes and no alone (Rice 1925, Political
 *  Science Quarterly 40:60-72); the agreement index takes abstention for a third
 *  answer, (max - (Y + N + A - max) / 2) / (Y + N + A) with max the most frequent of
 *  the three (Hix, Noury, Roland 2005, British Journal of Political Science
 *  35:209-234).  A bloc's line is the answer of more than half of its members that
 *  gave one; else it is split.  Checked by tests/unit/test_cohesion.c. */
#pragma once
#include <glib.h>

#include "plenary/rule.h"

typedef struct {
  guint32 count[PLN_VOTE_KINDS];
  double rice, agreement; /* in [0,1]; negative where nobody answered */
  PlnVote line;           /* PLN_VOTE_UNKNOWN: split, or nobody answered */
} PlnCohesion;

/** The cohesion of the members marked in @in.
 *  @vote: n; PLN_VOTE_UNKNOWN is passed over
 *  @in: n, nonzero in the bloc */
PlnCohesion pln_cohesion(const PlnVote *vote, const guint8 *in, guint n);

/** Whether @vote breaks ranks with @line: the other of yes and no, or either where
 *  the line is to abstain.  To abstain from a line of yes or no is not to break it. */
gboolean pln_cohesion_breaks(PlnVote line, PlnVote vote);
