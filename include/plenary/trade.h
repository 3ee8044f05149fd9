/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A trade: what two actors could do for each other on two issues (Stokman and Van Oosten 1994).
 *
 *  i demands issue p and supplies q, j the other way round: i cares more for p beside q than j
 *  does.  Each moves towards the position that the other held when the round began, so that the
 *  two means shift by amounts that leave both with one and the same gain.  Everything is on scales
 *  of 0 to 100; a gain is salience times the shift of a mean.
 *
 *  A mean is shifted no further than to the demander's position, as that demander sees the mean:
 *  from the positions of the round's start and the moves that were made for it.  Where it sees the
 *  mean at its position or past it already, nothing holds a move back.
 *  Pure arithmetic on the book's arrays, no allocation.  Source: reference F6; sim/model/README.md,
 *  Exchange.  Checked by tests/unit/test_exchange.c. */
#pragma once
#include <glib.h>

/** Where everybody stands, n x m, actor by actor. */
typedef struct {
  guint n, m;
  double *x, *y;      /* at the start of the round, and now */
  double *s;          /* salience */
  double *share;      /* of the weight on the issue: what its move shifts the mean by */
  double *told;       /* how far the demander knows the mean to have shifted since the start */
  double *mean;       /* m: of x */
  gboolean both_ways; /* see PlnMethodOptions */
} PlnBook;

enum { PLN_TRADE_I, PLN_TRADE_J, PLN_TRADE_SIDES };

typedef struct {
  guint i, j, p, q;
  double ratio;                  /* of the shift on q to that on p */
  double rate;                   /* gain of both for a shift of 1 on p */
  double gain;                   /* of both; below 0: cannot be made, now or later */
  double to[PLN_TRADE_SIDES];    /* where i goes on q, j on p */
  double plan[PLN_TRADE_SIDES];  /* how far that is */
  double plans[PLN_TRADE_SIDES]; /* the sum of those before, see pln_trade_kept */
  double own[PLN_TRADE_SIDES];   /* what of the demander's `told` is the supplier's own moves */
} PlnTrade;

/** Whether actors @a and @b can trade on issues @p and @q, on whose means they stand on opposite
 *  sides: if so, who demands what; nothing is planned yet. */
gboolean pln_trade_begin(PlnTrade *trade, const PlnBook *book, guint a, guint b, guint p, guint q);

/** The moves and the gain from where the suppliers stand now; gain -1 where there are none. */
void pln_trade_plan(PlnTrade *trade, const PlnBook *book);

/** Notes that the supplier of @side has been moved by another trade, before it is planned again. */
void pln_trade_kept(PlnTrade *trade, guint side);
