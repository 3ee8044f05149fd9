/* SPDX-License-Identifier: GPL-3.0-or-later */
/** PRIM, the patient rule induction method: boxes of the dials' space in which runs of interest are
 *  frequent ("it fails where x is below 40 and the rule is two-thirds").
 *
 *  *Peeling*: from the box that holds all rows, again and again, the slice at one face is taken
 *  off, a share `peel` of the rows in it (of a dimension of words one word), whose rows are least
 *  often of interest (Friedman and Fisher 1999, Statistics and Computing 9:123-143, their gain per
 *  row taken off, which is fair to words beside numbers: Kwakkel and Jaxa-Rozen 2016).  As boxes
 *  at both ends of a range would hide each other, peeling is also begun in each half of each range,
 *  and the best start is taken.  *Pasting*: slices are put back while that makes the box better.
 *  *Covering*: the next box is looked for among the rows outside those found.
 *
 *  Bryant and Lempert 2010, Technological Forecasting and Social Change 77:34-49: coverage: the
 *  share of all rows of interest that lie in the box; density: the share of the box's rows that are
 *  of interest; support: the share of all rows that lie in it; the quasi-p-value of a restriction: how
 *  likely so many of interest would be in the box if the rows that it shuts out were as
 *  they; reproducibility: in what share of resamples the dimension is restricted again.
 *
 *  *Honest*: a random half of the rows makes boxes, the other half judges them: of the trajectory
 *  the box is taken with the greatest harmonic mean of coverage and density (density with a weight
 *  of four) in the first half; faces that the second half does not bear out (Fisher's exact test of
 *  the box against what the face shuts out, `significance` shared out among the faces) are let go,
 *  the weakest first; and a box whose every face went, or that is no denser than all rows are, is
 *  none.  So nothing is found where there is nothing, but in 1 of 100.  Coverage, density and
 *  support are stated of both: of the second half, as its forecast, and of all rows, as anybody can
 *  count them.
 *
 *  Which half a row is of hangs on (seed, its number): the same bytes for any number of threads.
 *  Cost: 0.06 µs a row and dimension, times boxes + 1, times resamples + 2 d + 1.  Memory: 24
 *  bytes a row and dimension.
 *  Checked by tests/unit/test_prim.c. */
#pragma once
#include <glib.h>

#include "plenary/api.h"
#include "plenary/progress.h"

enum { PLN_STUDY_PRIM = 0x5052494d, PLN_PRIM_WORDS = 64, PLN_PRIM_ROWS_LEAST = 40 };

typedef struct {
  double peel;         /* share of the box's rows in a slice */
  double least;        /* support of the smallest box */
  guint boxes;         /* at most */
  double significance; /* of a box's faces together */
  guint resamples;     /* of reproducibility; 0: none */
  guint64 seed;
  guint threads;       /* 0: as many as there are */
  PlnProgress *progress; /* (nullable): pln_prim_steps; with it the search ends at an interrupt */
} PlnPrimOptions;

/** Rows that runs made.  Arrays are the caller's. */
typedef struct {
  guint64 rows;      /* below 2^31 */
  guint d;
  const double *x;   /* rows x d: numbers, or places of words */
  const guint *words; /* (nullable): d: how many words, at most PLN_PRIM_WORDS; 0: numbers */
  const guint8 *y;   /* rows: 1 of interest */
} PlnPrimRows;

/** A dimension of a box.  Of numbers: low < x < high. */
typedef struct {
  gboolean restricted;
  double low, high;    /* midway between rows in and out; -INFINITY, INFINITY: not restricted */
  guint64 in;          /* of words: bit w is set where word w is in */
  double p;            /* quasi-p-value of all its faces, second half; NAN: not restricted */
  double reproduced;   /* share of resamples; NAN: none were made */
} PlnPrimSide;

typedef struct {
  guint64 rows, interest; /* in the box */
  double coverage, density, support;
} PlnPrimCount;

typedef struct {
  PlnPrimSide *side;      /* d */
  PlnPrimCount all, held; /* of all rows; of the second half.  Of a later box coverage is of all of
                             interest, density of the rows outside the boxes before it */
  double p;               /* as likely, in the second half, at the density outside earlier boxes */
  GArray *trajectory;     /* PlnPrimStep, from all rows on */
  guint chosen;           /* of the trajectory */
} PlnPrimBox;

/** A box on the way of peeling, in the second half. */
typedef struct {
  PlnPrimCount held;
  guint restricted; /* dimensions */
} PlnPrimStep;

typedef struct {
  guint d;
  guint64 rows, interest;
  GPtrArray *boxes; /* PlnPrimBox *, in the order found */
  double coverage;  /* of all rows, of all boxes together */
  const char *why;  /* where there is no box: in words; else NULL */
  gboolean interrupted; /* then there is no box */
} PlnPrim;

/** 0.05, 0.05, 3 boxes, 0.01, 20 resamples, seed 1, one thread. */
PLN_API PlnPrimOptions pln_prim_options(void);

/** Of what the progress is told, in all: a step a search. */
PLN_API guint64 pln_prim_steps(const PlnPrimOptions *options, guint d);

/** Returns: (transfer full): always an answer */
PLN_API PlnPrim *pln_prim_find(const PlnPrimRows *rows, const PlnPrimOptions *options);
PLN_API void pln_prim_free(PlnPrim *prim);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnPrim, pln_prim_free)

/** Whether the point @x, d, lies in @box. */
PLN_API gboolean pln_prim_holds(const PlnPrim *prim, const PlnPrimBox *box, const guint *words,
                                const double *x);
