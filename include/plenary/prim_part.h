/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the files of PRIM share: the box on its way, and the halves of the rows.
 *  Checked by tests/unit/test_prim.c. */
#pragma once
#include "plenary/prim.h"

/** All rows, each dimension of numbers sorted once. */
typedef struct {
  const PlnPrimRows *rows;
  const PlnPrimOptions *options;
  guint32 **order; /* d: rows by value, then by number; of words NULL */
  guint8 *alive;   /* rows: outside the boxes found before */
} PlnPrimWork;

typedef enum { PLN_FACE_LOW, PLN_FACE_HIGH, PLN_FACE_WORDS } PlnPrimFaceKind;

/** A face of a box: of a dimension of words all of them together. */
typedef struct {
  guint j;
  PlnPrimFaceKind kind;
} PlnPrimFace;

typedef struct {
  guint64 rows, interest;
} PlnPrimTally;

/** One search for one box: which rows make it and which judge it, and how far it has come. */
typedef struct {
  const PlnPrimWork *work;
  guint8 *half;  /* rows: 1 makes, 2 judges, 0 in an earlier box */
  guint32 **in;  /* d: the rows that make, in the box, by value; of words as they come */
  guint32 *held; /* the rows that judge, in the box */
  PlnPrimTally now, whole, held_now; /* in the box, and at first; of those that judge */
  PlnPrimTally whole_held;           /* of those that judge, those in earlier boxes too */
  PlnPrimSide *side;                 /* d */
  GArray *steps;                     /* PlnPrimStep */
  PlnPrimSide *best;                 /* d: the box of the greatest harmonic mean */
  PlnPrimTally best_tally;
  guint chosen;
} PlnPrimSearch;

PlnPrimSearch *pln_prim_search_new(const PlnPrimWork *work, guint32 replicate);
void pln_prim_search_free(PlnPrimSearch *search);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnPrimSearch, pln_prim_search_free)

/** From all rows to the smallest box; best: the box taken.
 *  @start: 0, or below 1 + 2 d: one half of one range is taken off first */
void pln_prim_peel(PlnPrimSearch *search, guint start);

/** Puts slices back on the box taken. */
void pln_prim_paste(PlnPrimSearch *search);

/** Lets go of the faces that the other half does not bear out.  Returns: how many are left */
guint pln_prim_drop(PlnPrimSearch *search);

/** The rows of @half (1 makes, 2 judges) in the box of @side, d. */
PlnPrimTally pln_prim_count_half(const PlnPrimSearch *search, const PlnPrimSide *side, guint8 half);

/** Five times the rows of interest in the box over all of interest and four times all in the box:
 *  the harmonic mean of coverage and density, of which density has the weight of four (van
 *  Rijsbergen's F of one half). */
double pln_prim_worth(PlnPrimTally box, PlnPrimTally whole);

gboolean pln_prim_side_holds(const PlnPrimSide *side, gboolean words, double x);
gboolean pln_prim_box_holds(const PlnPrimRows *rows, const PlnPrimSide *side, guint64 row);
void pln_prim_side_open(const PlnPrimRows *rows, guint j, PlnPrimSide *side);
/** Whether the dimension is restricted, by its faces. */
gboolean pln_prim_side_restricts(const PlnPrimRows *rows, guint j, const PlnPrimSide *side);

/** P(X >= @k), X of @n trials with chance @q each. */
double pln_prim_tail(guint64 n, guint64 k, double q);
/** P(X >= @k), X of @n rows drawn from @wider that are of interest. */
double pln_prim_exact_tail(PlnPrimTally wider, guint64 n, guint64 k);
