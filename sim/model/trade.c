/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/trade.h"

#include <math.h>

#include "plenary/floor.h"

/* On scales of 0 to 100. */
static const double LEAST_MOVE = 1e-10, LEAST_GAIN = 1e-10, STILL = 1e-9, LENGTH = 100;

/* One side of a trade: who moves on which issue, and for whom. */
typedef struct {
  gsize mover, demander; /* places in the book */
  guint issue;
} Side;

static Side side_of(const PlnTrade *t, const PlnBook *book, guint side) {
  gsize m = book->m;
  return side == PLN_TRADE_I ? (Side){t->i * m + t->q, t->j * m + t->q, t->q}
                             : (Side){t->j * m + t->p, t->i * m + t->p, t->p};
}

gboolean pln_trade_begin(PlnTrade *trade, const PlnBook *book, guint a, guint b, guint p, guint q) {
  gsize m = book->m;
  const double *s = book->s;
  double more = s[a * m + p] * s[b * m + q], less = s[b * m + p] * s[a * m + q];
  if (pln_floor_tie(more, less))
    return FALSE;
  *trade = more > less ? (PlnTrade){.i = a, .j = b, .p = p, .q = q}
                       : (PlnTrade){.i = b, .j = a, .p = p, .q = q};
  guint i = trade->i, j = trade->j;
  double on_p = s[i * m + p] + s[j * m + p], on_q = s[i * m + q] + s[j * m + q];
  if (!(book->share[i * m + q] > 0) || !(book->share[j * m + p] > 0))
    return FALSE;
  trade->ratio = on_p / on_q;
  trade->rate = fabs(more - less) / on_q;
  return TRUE;
}

void pln_trade_kept(PlnTrade *trade, guint side) {
  trade->plans[side] += trade->plan[side];
}

/* Sets how far the mover goes, for a shift of the mean by @shift. */
static void move_by(PlnTrade *t, const PlnBook *book, guint side, double shift) {
  Side at = side_of(t, book, side);
  double way = book->x[at.demander] < book->y[at.mover] ? -1 : 1;
  t->plan[side] = way * (shift / book->share[at.mover]);
  t->to[side] = book->y[at.mover] + t->plan[side];
}

/* Moves as far as the demander's position, to the last bit. */
static void move_fully(PlnTrade *t, const PlnBook *book, guint side) {
  Side at = side_of(t, book, side);
  t->to[side] = book->x[at.demander];
  t->plan[side] = t->to[side] - book->y[at.mover];
}

/* j goes all the way, unless i would have to go further than it is asked to. */
static double equal_gains(PlnTrade *t, const PlnBook *book) {
  Side i = side_of(t, book, PLN_TRADE_I), j = side_of(t, book, PLN_TRADE_J);
  double all_i = fabs(book->x[i.demander] - book->y[i.mover]) * book->share[i.mover];
  double shift = fabs(book->x[j.demander] - book->y[j.mover]) * book->share[j.mover];
  if (shift * t->ratio > all_i) {
    shift = all_i / t->ratio;
    move_fully(t, book, PLN_TRADE_I);
    move_by(t, book, PLN_TRADE_J, shift);
  } else {
    move_fully(t, book, PLN_TRADE_J);
    move_by(t, book, PLN_TRADE_I, shift * t->ratio);
  }
  return shift;
}

/* On the scale, in the direction of the round's start, and not next to nothing.  The sum of plans
 * is that of the program whose numbers F6 gives: meant to bound the way an actor goes in a round,
 * it adds up what a trade planned before each time that its supplier was moved, and upwards alone. */
static gboolean can_move(const PlnTrade *t, const PlnBook *book, guint side) {
  Side at = side_of(t, book, side);
  double way = book->x[at.demander] - book->x[at.mover];
  if (!(fabs(t->plan[side]) > LEAST_MOVE) || (way > 0) != (t->plan[side] > 0))
    return FALSE;
  if (t->to[side] < -STILL || t->to[side] > LENGTH + STILL)
    return FALSE;
  return book->both_ways || t->plans[side] + t->plan[side] <= LENGTH;
}

static gboolean can_be_made(const PlnTrade *t, const PlnBook *book) {
  return can_move(t, book, PLN_TRADE_I) && can_move(t, book, PLN_TRADE_J);
}

/* How far the mean may shift before it stands at the demander's position, where the move would
 * carry it past; else -1. */
static double shift_left(const PlnTrade *t, const PlnBook *book, guint side) {
  Side at = side_of(t, book, side);
  double share = book->share[at.mover], way = t->plan[side] < 0 ? -1 : 1;
  double mean = book->mean[at.issue] + book->told[at.demander] - t->own[side] +
                share * (book->y[at.mover] - book->x[at.mover]);
  double left = (book->x[at.demander] - mean) * way;
  return left > STILL && fabs(t->plan[side]) * share > left ? left : -1;
}

void pln_trade_plan(PlnTrade *t, const PlnBook *book) {
  double shift = equal_gains(t, book), left;
  t->gain = -1;
  if (!can_be_made(t, book) || t->rate * shift < LEAST_GAIN)
    return;
  if ((left = shift_left(t, book, PLN_TRADE_I)) >= 0) {
    shift = left / t->ratio;
    move_by(t, book, PLN_TRADE_I, left);
    move_by(t, book, PLN_TRADE_J, shift);
  }
  if ((left = shift_left(t, book, PLN_TRADE_J)) >= 0) {
    shift = left;
    move_by(t, book, PLN_TRADE_J, left);
    move_by(t, book, PLN_TRADE_I, left * t->ratio);
  }
  if (can_be_made(t, book))
    t->gain = t->rate * shift;
}
