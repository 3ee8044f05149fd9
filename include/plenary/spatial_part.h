/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The parts of spatial bargaining: what a run holds, shared by spatial.c (the rounds) and
 *  spatial_stand.c (where all stand, and what would come of it).  For these two alone.
 *  Equations: sim/model/README.md, Spatial bargaining.  Checked by tests/unit/test_spatial.c. */
#pragma once
#include "plenary/contest.h"
#include "plenary/election.h"

/** What a challenge would come to. */
typedef struct {
  guint target;       /* or PLN_SPATIAL_NOBODY */
  double own, others; /* what challenger and challenged expect, each by its own lights */
} PlnSpatialBargain;

#define PLN_SPATIAL_NOBODY G_MAXUINT

typedef struct {
  PlnRun run;
  PlnMethodOptions options;
  PlnFloor *floor;
  guint n;       /* who takes part in any issue */
  guint *actor;  /* n: their numbers in the talks */
  double *at;    /* n x m: positions as shares of the scales, the mean of the others where NAN */
  double *care;  /* n x m: salience; 0 where it takes no part */
  double *power; /* n: capability, the mean over its issues */
  gboolean *has; /* n x m */
  PlnContest *contest;
  PlnElection *election;
  guint *same;     /* n: the first with the same position */
  double *chance;  /* n: of that position */
  PlnSpatialBargain *bargain;
  double *point;   /* n x m: what bargain i agrees on */
  double *change;  /* n x n: what bargain of the column means to the row, in utility */
  double *next;    /* n x m */
  double *of_one;  /* m */
  guint *queue;    /* n + 1 */
  double first, moved; /* how far all moved together in the first and the last round */
  gboolean nothing;
} PlnSpatial;

/** The parts of its own, for @n actors on @m issues, and their end. */
void pln_spatial_make(PlnSpatial *spatial, guint n, guint m);
void pln_spatial_clear(PlnSpatial *spatial);

/** Who takes part and what each weighs: as the talks begin. */
void pln_spatial_seat(PlnSpatial *spatial);

/** Where they stand now: risk, contest and the forecast of every issue, with its words. */
void pln_spatial_assess(PlnSpatial *spatial);

/** How far @to (m, as shares) is from where @who stands, by what it cares about; and what that is
 *  worth to it. */
double pln_spatial_distance(const PlnSpatial *spatial, guint who, const double *to);
double pln_spatial_utility(const PlnSpatial *spatial, guint who, double distance);

/** The chance of every option of the election that is filled in, all voting with what they have. */
void pln_spatial_elect(PlnSpatial *spatial);
