/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The course of the talks: a method run to its end, with all that it showed on the way.
 *
 *  Round 0 is before anybody moved.  It ends where the method says so, or after the rounds asked
 *  for.  Where the method goes on though its last round moved nobody, the course has ended as
 *  PLN_TALKS_END_STILL.  That positions come back to those of an earlier round, and so go round for
 *  ever, is noted but ends nothing: what is forecast of one issue must not hang on what the others
 *  happen to do.  Checked by tests/unit/test_course.c and test_method.c. */
#pragma once
#include "plenary/method.h"

/** A deal with its round, and of an exchange where its externalities begin. */
typedef struct {
  guint round;
  PlnDeal deal;
  guint externality; /* of an exchange: the row of `externality`; else unused */
} PlnCourseDeal;

typedef enum {
  PLN_COURSE_ENDED, /* as `end` says */
  PLN_COURSE_ROUNDS, /* so many rounds were asked for, or are usual */
  PLN_COURSE_CYCLE,  /* likewise, and they go round */
} PlnCourseWhy;

typedef struct {
  const PlnMethod *method;
  guint n, m, rounds;
  double *position; /* (rounds + 1) x n x m */
  double *outcome;  /* (rounds + 1) x m */
  double *mean;     /* (rounds + 1) x m: the compromise (F1) of where they stood; or NAN */
  double *chance;   /* n x m, at the end; NULL of a point */
  const char **words; /* m, at the end; NULL where there is nothing to say */
  PlnCourseWhy why;
  PlnTalksEnd end;
  guint back, period; /* from round `back` on all go round, every `period` rounds; 0: not seen to */
  guint ties;
  GArray *deals;       /* PlnCourseDeal, round by round */
  double *externality; /* exchanges x n */
  guint exchanges;
} PlnCourse;

/** @rounds: at most; 0: the method's usual number.  @talks need not outlive the course. */
PLN_API PlnCourse *pln_course_new(const PlnMethod *method, const PlnTalks *talks,
                                  const PlnMethodOptions *options, guint rounds);
PLN_API void pln_course_free(PlnCourse *course);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnCourse, pln_course_free)

/** The first round whose positions are those of round @rounds, to the tie of each issue's scale;
 *  -1: none before it.  @position: (rounds + 1) x n x m, as in PlnCourse; NAN where @talks have NAN.
 *  Cost: rounds x n x m at worst. */
PLN_API int pln_course_back(const PlnTalks *talks, const double *position, guint rounds);

/** Where actor @i stands on @issue after @round rounds. */
PLN_API double pln_course_at(const PlnCourse *course, guint round, guint i, guint issue);
