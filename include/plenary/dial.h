/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A dial: a change whose value is turned within a range, so that many runs can look at many of
 *  its places.
 *
 *  Its range is one of
 *
 *      A..B        anywhere between, evenly;  A..B/N  the same, on a grid N values, both ends in
 *      M±S         normal, cut off at 0 and 100 (positions whose mean lies there, salience,
 *                  presence) or at 0, and drawn anew, not heaped up there
 *      a|b|c       one of these: numbers, or words such as rules or votes; of split and join the
 *                  members between commas, of split "all"
 *
 *  "as-is" among the words leaves the scenario as it is.  A range that is none, from above to, a
 *  deviation of 0, a number or a word that the kind cannot have, is refused.  A dial is turned by u in (0, 1), so that
 *  designs (design.h) know only the unit cube: evenly, by the normal quantile, or word floor(u n).
 *  A position that a dial sets is taken to be known: to within PLN_DIAL_SD where no other standard
 *  deviation is named, as its doubt is what the dial turns through.
 *  Checked by tests/unit/test_dial.c. */
#pragma once
#include "plenary/change.h"

#define PLN_DIAL_SD 1.0

typedef enum { PLN_RANGE_EVEN, PLN_RANGE_NORMAL, PLN_RANGE_LIST } PlnRangeKind;

typedef struct {
  char *name;         /* "position EU27": pln_change_target; of split and join without members */
  PlnChange *change;  /* with some value: the kind, who and where of it */
  PlnRangeKind kind;
  double from, to;    /* of even; of normal where it is cut off */
  double mean, sd;    /* of normal */
  guint levels;       /* of even on a grid, 0: not stated; of a list n */
  guint n;
  PlnChange **choice; /* n: of a list; NULL: as-is */
  char **word;        /* n: as written */
  gboolean numbers;   /* of a list: all are numbers, and as such its values */
  PlnStatus status;   /* of the uncertainty: assumed, or that of the row that states it */
  gboolean stated;    /* made from the scenario's own uncertainty */
} PlnDial;

/** Whether it is turned through words, which have no order. */
PLN_API gboolean pln_dial_is_words(const PlnDial *dial);

/** @what: "position EU27", "rule", "vote RUS"; @range: as above
 *  Returns: (transfer full); NULL and PLN_ERROR_USAGE, with what was expected */
PLN_API PlnDial *pln_dial_read(const char *what, const char *range, GError **error);
PLN_API void pln_dial_free(gpointer dial);

/** The value at @u: a number, or of a list of words the place of the word. */
PLN_API double pln_dial_value(const PlnDial *dial, double u);

/** Cuts a normal off at @least and @most as well, where the scale it is on is known.
 *  Returns: FALSE where its mean, or any of what another range holds, lies beyond them */
PLN_API gboolean pln_dial_cut(PlnDial *dial, double least, double most);

/** The u of grid level @k of @levels: ends included; of a list the middle of its k-th part.  A
 *  normal has no levels. */
PLN_API double pln_dial_level(const PlnDial *dial, guint k);

/** The value as people read it: "30", "two-thirds-present-voting".  (transfer full) */
PLN_API char *pln_dial_word(const PlnDial *dial, double value);

/** The change that sets it: @change is overwritten, its strings are the dial's (not to be freed).
 *  Returns: FALSE where nothing is changed (as-is).  No allocation. */
PLN_API gboolean pln_dial_turn(const PlnDial *dial, double value, PlnChange *change);

/** The range in canonical form, which pln_dial_read takes.  (transfer full) */
PLN_API char *pln_dial_range(const PlnDial *dial);
