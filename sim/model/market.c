/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/market.h"

#include <string.h>

#include "plenary/floor.h"

/* Trades in rows by the place of an actor on an issue: row k is item[first[k]] … item[last[k]]. */
typedef struct {
  guint *first, *last, *item;
} Rows;

/* A move that a demander has been told of: the newest of that supplier. */
typedef struct {
  guint supplier, next;
  double shift;
} Word;

struct PlnMarket {
  const PlnBook *book;
  PlnTrade *trade;
  guint n;      /* trades listed */
  guint leaves; /* of the tree: a power of two */
  double *best; /* 2 x leaves: a tree of the highest gains, the trades' own from `leaves` on */
  Rows supply, demand;
  guint *touched, *stamp, n_touched, making;
  guint *words; /* n x m: the first of what a demander has been told, or NOBODY */
  Word *word;
  guint n_words;
  guint *corner; /* n: on which sides of two means each stands */
};

static const guint NOBODY = G_MAXUINT;

/* The most trades: for each two issues those between opposite corners, n²/4 where they are even. */
static guint64 most_trades(const PlnBook *book) {
  guint64 n = book->n, m = book->m;
  return m > 1 ? m * (m - 1) / 2 * (n * n / 4) : 0;
}

static Rows rows_new(gsize places, gsize items) {
  return (Rows){g_new(guint, places + 1), g_new(guint, places + 1), g_new(guint, items + 1)};
}

static void rows_clear(Rows *rows) {
  g_free(rows->first);
  g_free(rows->last);
  g_free(rows->item);
}

PlnMarket *pln_market_new(const PlnBook *book) {
  guint64 most = most_trades(book);
  gsize places = (gsize)book->n * book->m;
  if (most > PLN_MARKET_MOST)
    return NULL;
  PlnMarket *market = g_new0(PlnMarket, 1);
  guint leaves = 1;
  while (leaves < most)
    leaves *= 2;
  market->book = book;
  market->trade = g_new(PlnTrade, most + 1);
  market->best = g_new(double, 2 * (gsize)leaves);
  market->supply = rows_new(places, 2 * most);
  market->demand = rows_new(places, 2 * most);
  market->touched = g_new(guint, most + 1);
  market->stamp = g_new(guint, most + 1);
  market->words = g_new(guint, places + 1);
  market->word = g_new(Word, 2 * most + 1);
  market->corner = g_new(guint, book->n + 1);
  return market;
}

void pln_market_free(PlnMarket *market) {
  if (!market)
    return;
  rows_clear(&market->supply);
  rows_clear(&market->demand);
  g_free(market->trade);
  g_free(market->best);
  g_free(market->touched);
  g_free(market->stamp);
  g_free(market->words);
  g_free(market->word);
  g_free(market->corner);
  g_free(market);
}

/* ---- Opening ---- */

/* 0 left of the mean, 1 right of it or at it, 2 takes no part or could shift nothing. */
static guint where(const PlnBook *book, guint actor, guint issue) {
  gsize at = (gsize)actor * book->m + issue;
  if (!(book->share[at] > 0))
    return 2;
  return book->mean[issue] - book->x[at] > pln_floor_apart(0, 100) ? 0 : 1;
}

static void list_pair(PlnMarket *market, guint p, guint q) {
  const PlnBook *book = market->book;
  guint *corner = market->corner, n = 0;
  for (guint a = 0; a < book->n; a++) {
    guint on_p = where(book, a, p), on_q = where(book, a, q);
    corner[a] = on_p < 2 && on_q < 2 ? 2 * on_p + on_q : NOBODY;
    n += corner[a] != NOBODY;
  }
  for (guint a = 0; a < book->n && n > 1; a++)
    for (guint b = a + 1; b < book->n && corner[a] != NOBODY; b++)
      if (corner[a] + corner[b] == 3 && pln_trade_begin(&market->trade[market->n], book, a, b, p, q))
        market->n++;
}

static void shuffle(PlnMarket *market, PlnDraw *order) {
  for (guint k = market->n; k > 1; k--) {
    guint at = (guint)pln_draw_below(order, k);
    PlnTrade last = market->trade[k - 1];
    market->trade[k - 1] = market->trade[at];
    market->trade[at] = last;
  }
}

/* The places in the book of what side @side of @t supplies, and of who demands it. */
static guint supplied(const PlnBook *book, const PlnTrade *t, guint side) {
  return side == PLN_TRADE_I ? t->i * book->m + t->q : t->j * book->m + t->p;
}

static guint demanded(const PlnBook *book, const PlnTrade *t, guint side) {
  return side == PLN_TRADE_I ? t->j * book->m + t->q : t->i * book->m + t->p;
}

static void fill_rows(const PlnMarket *market, Rows *rows,
                      guint (*place)(const PlnBook *, const PlnTrade *, guint)) {
  const PlnBook *book = market->book;
  guint places = book->n * book->m, sum = 0;
  memset(rows->last, 0, places * sizeof *rows->last);
  for (guint k = 0; k < market->n; k++)
    for (guint side = 0; side < PLN_TRADE_SIDES; side++)
      rows->last[place(book, &market->trade[k], side)]++;
  for (guint at = 0; at < places; at++) {
    guint count = rows->last[at];
    rows->first[at] = rows->last[at] = sum;
    sum += count;
  }
  for (guint k = 0; k < market->n; k++)
    for (guint side = 0; side < PLN_TRADE_SIDES; side++)
      rows->item[rows->last[place(book, &market->trade[k], side)]++] = k;
}

static void fill_tree(PlnMarket *market) {
  market->leaves = 1;
  while (market->leaves < market->n)
    market->leaves *= 2;
  for (guint k = 0; k < market->leaves; k++)
    market->best[market->leaves + k] = k < market->n ? market->trade[k].gain : -1;
  for (guint k = market->leaves - 1; k > 0; k--)
    market->best[k] = MAX(market->best[2 * k], market->best[2 * k + 1]);
}

void pln_market_open(PlnMarket *market, PlnDraw *order) {
  const PlnBook *book = market->book;
  gsize places = (gsize)book->n * book->m;
  memcpy(book->y, book->x, places * sizeof *book->y);
  for (gsize at = 0; at < places; at++) {
    book->told[at] = 0;
    market->words[at] = NOBODY;
  }
  market->n = market->n_words = market->making = 0;
  for (guint p = 0; p < book->m; p++)
    for (guint q = p + 1; q < book->m; q++)
      list_pair(market, p, q);
  if (order)
    shuffle(market, order);
  for (guint k = 0; k < market->n; k++) {
    market->stamp[k] = 0;
    pln_trade_plan(&market->trade[k], book);
  }
  fill_rows(market, &market->supply, supplied);
  fill_rows(market, &market->demand, demanded);
  fill_tree(market);
}

/* ---- Making ---- */

static void set_best(PlnMarket *market, guint trade, double gain) {
  double *best = market->best;
  guint at = market->leaves + trade;
  best[at] = gain;
  for (at /= 2; at > 0; at /= 2) {
    double higher = MAX(best[2 * at], best[2 * at + 1]);
    if (best[at] == higher)
      return;
    best[at] = higher;
  }
}

static guint first_of(const PlnMarket *market, double gain) {
  guint at = 1;
  while (at < market->leaves)
    at = market->best[2 * at] >= gain ? 2 * at : 2 * at + 1;
  return at - market->leaves;
}

static guint last_of(const PlnMarket *market, double gain) {
  guint at = 1;
  while (at < market->leaves)
    at = market->best[2 * at + 1] >= gain ? 2 * at + 1 : 2 * at;
  return at - market->leaves;
}

const PlnTrade *pln_market_best(PlnMarket *market, guint *ties) {
  double highest = market->best[1];
  if (market->n == 0 || highest < 0)
    return NULL;
  double least = highest - PLN_TIE * highest;
  guint chosen = first_of(market, least);
  if (last_of(market, least) != chosen)
    ++*ties;
  set_best(market, chosen, -1);
  market->stamp[chosen] = NOBODY; /* never planned again */
  return &market->trade[chosen];
}

/* The demander at @place hears where @supplier has gone. */
static void tell(PlnMarket *market, guint place, guint supplier, double shift) {
  double sum = 0;
  guint k = market->words[place];
  while (k != NOBODY && market->word[k].supplier != supplier)
    k = market->word[k].next;
  if (k == NOBODY) {
    k = market->n_words++;
    market->word[k] = (Word){supplier, market->words[place], 0};
    market->words[place] = k;
  }
  market->word[k].shift = shift;
  for (k = market->words[place]; k != NOBODY; k = market->word[k].next)
    sum += market->word[k].shift;
  market->book->told[place] = sum;
}

static gboolean is_gone(const PlnMarket *market, guint trade) {
  return market->trade[trade].gain < 0 || market->stamp[trade] == NOBODY;
}

static void touch(PlnMarket *market, guint trade) {
  if (market->stamp[trade] == market->making)
    return;
  market->stamp[trade] = market->making;
  market->touched[market->n_touched++] = trade;
}

/* What can still be made of the row of @place has to be planned again; the rest is left out of the
 * row from now on.  Returns: how many these are, of the row's first */
static guint touch_row(PlnMarket *market, Rows *rows, guint place) {
  guint *item = rows->item + rows->first[place], n = rows->last[place] - rows->first[place];
  guint kept = 0;
  for (guint at = 0; at < n; at++) {
    if (is_gone(market, item[at]))
      continue;
    touch(market, item[at]);
    item[kept++] = item[at];
  }
  rows->last[place] = rows->first[place] + kept;
  return kept;
}

/* Everything that @place supplies. */
static void touch_supplies(PlnMarket *market, guint place) {
  guint n = touch_row(market, &market->supply, place);
  const guint *item = market->supply.item + market->supply.first[place];
  for (guint at = 0; at < n; at++) {
    PlnTrade *trade = &market->trade[item[at]];
    gboolean is_i = supplied(market->book, trade, PLN_TRADE_I) == place;
    pln_trade_kept(trade, is_i ? PLN_TRADE_I : PLN_TRADE_J);
  }
}

/* And everything that @place demands; of those from @supplier it knows how far that one has gone. */
static void touch_demands(PlnMarket *market, guint place, guint supplier, double shift) {
  guint n = touch_row(market, &market->demand, place);
  const guint *item = market->demand.item + market->demand.first[place];
  for (guint at = 0; at < n; at++) {
    PlnTrade *trade = &market->trade[item[at]];
    guint side = demanded(market->book, trade, PLN_TRADE_I) == place ? PLN_TRADE_I : PLN_TRADE_J;
    if ((side == PLN_TRADE_I ? trade->i : trade->j) == supplier)
      trade->own[side] = shift;
  }
}

void pln_market_make(PlnMarket *market, const PlnTrade *trade) {
  const PlnBook *book = market->book;
  market->making++;
  market->n_touched = 0;
  for (guint side = 0; side < PLN_TRADE_SIDES; side++)
    book->y[supplied(book, trade, side)] = trade->to[side];
  for (guint side = 0; side < PLN_TRADE_SIDES; side++) {
    guint from = supplied(book, trade, side), to = demanded(book, trade, side);
    guint supplier = side == PLN_TRADE_I ? trade->i : trade->j;
    double shift = book->share[from] * (book->y[from] - book->x[from]);
    tell(market, to, supplier, shift);
    touch_supplies(market, from);
    touch_demands(market, to, supplier, shift);
  }
  for (guint k = 0; k < market->n_touched; k++) {
    PlnTrade *again = &market->trade[market->touched[k]];
    pln_trade_plan(again, book);
    set_best(market, market->touched[k], again->gain);
  }
}
