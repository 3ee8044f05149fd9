/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A market: all trades of a round of exchange, from which the best is made again and again.
 *
 *  Listed once from the positions at the start of the round, in the order of issues (p, q) and then
 *  of actors, or in one drawn; of equal gains the first in that order is made.  Each is made at
 *  most once; what shares a supplier on an issue, or a demander of it, is planned again after each.
 *  Room is made by new for the most trades that n actors on m issues can have; then nothing is
 *  allocated.  Cost of a round: the trades made, times those planned again (about n m), times the
 *  logarithm of all.  Source: reference F6.  Checked by tests/unit/test_exchange.c. */
#pragma once
#include "plenary/draw.h"
#include "plenary/trade.h"

/** More trades than this are not kept: a market of some 300 MB. */
#define PLN_MARKET_MOST 2000000

typedef struct PlnMarket PlnMarket;

/** Returns: (nullable) (transfer full): NULL where there may be more than PLN_MARKET_MOST */
PlnMarket *pln_market_new(const PlnBook *book);
void pln_market_free(PlnMarket *market);

/** Lists the trades of a round: y and told of the book are set to the start.
 *  @order: (nullable): draws their order. */
void pln_market_open(PlnMarket *market, PlnDraw *order);

/** The trade of highest gain, taken out, to be made next; counts in @ties one that was chosen
 *  from equals.  Returns: (nullable): it stays where it is until the market opens again */
const PlnTrade *pln_market_best(PlnMarket *market, guint *ties);

/** Makes it: the book's y, who is told, and what has to be planned again. */
void pln_market_make(PlnMarket *market, const PlnTrade *trade);
