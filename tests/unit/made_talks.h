/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Talks made up for tests: one issue, in arrays that can be changed. */
#pragma once
#include "plenary/course.h"

enum { MADE_TALKS_MOST = 40, EMISSION = 10 };

typedef struct {
  PlnTalks talks; /* of the arrays below */
  double position[MADE_TALKS_MOST], salience[MADE_TALKS_MOST], capability[MADE_TALKS_MOST];
  double from, to, reference;
} MadeTalks;

/** @n actors whose numbers are to be set, on a scale @from … @to without a reference point.  In
 *  place: @made must not be moved afterwards. */
void made_talks(MadeTalks *made, guint n, double from, double to);

/** Emission standards 1994 (Scholz, Calbert and Smith 2011, Table 1): EMISSION actors. */
void made_emission(MadeTalks *made);

/** Numbers in 0 … 1 without rhyme, the same everywhere. */
double made_next(guint32 *state);

/** @n actors anywhere on 0 … 100, with a reference point. */
void made_scatter(MadeTalks *made, guint n, guint32 *state);

/** The compromise of where they stand after @round. */
double made_mean_after(const MadeTalks *made, const PlnCourse *course, guint round);
