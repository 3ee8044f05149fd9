/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The market against a plain one that looks at every trade each time, on talks drawn by chance. */
#include "plenary/market.h"

#include <math.h>
#include <string.h>

#include "plenary/floor.h"
#include "suite.h"

enum { N = 9, M = 4, CELLS = N * M, MOST = N * N * M * M };

static double next(guint32 *state) {
  *state = *state * 1664525u + 1013904223u;
  return (*state >> 8) / 16777216.0;
}

typedef struct {
  PlnBook book;
  double x[CELLS], y[CELLS], s[CELLS], share[CELLS], told[CELLS], mean[M];
} Made;

/* @coarse: positions and saliences that repeat, so that gains are equal. */
static void draw(Made *made, guint32 seed, gboolean coarse) {
  double weight[M] = {0};
  made->book =
      (PlnBook){N, M, made->x, made->y, made->s, made->share, made->told, made->mean, FALSE};
  for (guint at = 0; at < CELLS; at++) {
    double x = next(&seed), s = next(&seed);
    made->x[at] = coarse ? 50 * floor(3 * x) : 100 * x;
    made->s[at] = coarse ? 0.25 * (1 + floor(4 * s)) : 0.05 + 0.95 * s;
    made->share[at] = (coarse ? 1 : 0.2 + next(&seed)) * made->s[at];
    weight[at % M] += made->share[at];
  }
  memset(made->mean, 0, sizeof made->mean);
  for (guint at = 0; at < CELLS; at++) {
    made->share[at] /= weight[at % M];
    made->mean[at % M] += made->share[at] * made->x[at];
  }
}

/* ---- The plain market ---- */

typedef struct {
  PlnBook *book;
  PlnTrade trade[MOST];
  gboolean gone[MOST];
  guint n;
  double known[CELLS][N]; /* where a demander takes each supplier to be */
} Plain;

static gboolean opposed(const PlnBook *book, guint a, guint b, guint issue) {
  double mean = book->mean[issue], x = book->x[a * M + issue], y = book->x[b * M + issue];
  gboolean left = mean - x > 1e-10, left2 = mean - y > 1e-10;
  return left != left2;
}

static void plain_open(Plain *plain, PlnBook *book) {
  plain->book = book;
  plain->n = 0;
  memcpy(book->y, book->x, CELLS * sizeof(double));
  memset(book->told, 0, CELLS * sizeof(double));
  for (guint at = 0; at < CELLS; at++)
    for (guint k = 0; k < N; k++)
      plain->known[at][k] = book->x[k * M + at % M];
  for (guint p = 0; p < M; p++)
    for (guint q = p + 1; q < M; q++)
      for (guint a = 0; a < N; a++)
        for (guint b = a + 1; b < N; b++)
          if (opposed(book, a, b, p) && opposed(book, a, b, q) &&
              pln_trade_begin(&plain->trade[plain->n], book, a, b, p, q)) {
            pln_trade_plan(&plain->trade[plain->n], book);
            plain->gone[plain->n++] = FALSE;
          }
}

static const PlnTrade *plain_best(Plain *plain) {
  double highest = -1;
  for (guint k = 0; k < plain->n; k++)
    if (!plain->gone[k])
      highest = fmax(highest, plain->trade[k].gain);
  for (guint k = 0; k < plain->n && highest >= 0; k++)
    if (!plain->gone[k] && plain->trade[k].gain >= highest - PLN_TIE * highest) {
      plain->gone[k] = TRUE;
      return &plain->trade[k];
    }
  return NULL;
}

/* The sides of a trade: who supplies which issue to whom. */
static void side_of(const PlnTrade *t, guint side, guint *supplier, guint *demander, guint *issue) {
  *supplier = side == PLN_TRADE_I ? t->i : t->j;
  *demander = side == PLN_TRADE_I ? t->j : t->i;
  *issue = side == PLN_TRADE_I ? t->q : t->p;
}

static void plain_again(Plain *plain, PlnTrade *t, const PlnTrade *made) {
  gboolean again = FALSE;
  for (guint one = 0; one < 2; one++)
    for (guint other = 0; other < 2; other++) {
      guint s, d, issue, s2, d2, issue2;
      side_of(t, one, &s, &d, &issue);
      side_of(made, other, &s2, &d2, &issue2);
      if (s == s2 && issue == issue2)
        pln_trade_kept(t, one);
      again |= issue == issue2 && (s == s2 || d == d2);
      double x = plain->book->x[s * M + issue];
      t->own[one] = plain->book->share[s * M + issue] * (plain->known[d * M + issue][s] - x);
    }
  if (again)
    pln_trade_plan(t, plain->book);
}

static void plain_make(Plain *plain, const PlnTrade *made) {
  PlnBook *book = plain->book;
  for (guint side = 0; side < 2; side++) {
    guint s, d, issue;
    side_of(made, side, &s, &d, &issue);
    book->y[s * M + issue] = made->to[side];
    plain->known[d * M + issue][s] = made->to[side];
  }
  for (guint at = 0; at < CELLS; at++) {
    book->told[at] = 0;
    for (guint k = 0; k < N; k++)
      book->told[at] += book->share[k * M + at % M] * (plain->known[at][k] - book->x[k * M + at % M]);
  }
  for (guint k = 0; k < plain->n; k++)
    if (!plain->gone[k] && plain->trade[k].gain >= 0)
      plain_again(plain, &plain->trade[k], made);
}

static gboolean alike(const PlnTrade *a, const PlnTrade *b) {
  return a->i == b->i && a->j == b->j && a->p == b->p && a->q == b->q &&
         fabs(a->gain - b->gain) < 1e-9 && fabs(a->to[0] - b->to[0]) < 1e-7 &&
         fabs(a->to[1] - b->to[1]) < 1e-7;
}

static guint compare(guint32 seed, gboolean coarse) {
  static Made one, other;
  static Plain plain;
  guint made = 0, ties = 0;
  draw(&one, seed, coarse);
  draw(&other, seed, coarse);
  PlnMarket *market = pln_market_new(&one.book);
  pln_market_open(market, NULL);
  plain_open(&plain, &other.book);
  for (;; made++) {
    const PlnTrade *trade = pln_market_best(market, &ties), *same = plain_best(&plain);
    CU_ASSERT_EQUAL_FATAL(trade == NULL, same == NULL);
    if (!trade)
      break;
    CU_ASSERT_FATAL(alike(trade, same));
    pln_market_make(market, trade);
    plain_make(&plain, same);
  }
  CU_ASSERT(coarse || ties == 0);
  pln_market_free(market);
  return made;
}

static void test_alike(void) {
  guint made = 0;
  for (guint32 seed = 1; seed <= 40; seed++)
    made += compare(seed, FALSE);
  CU_ASSERT(made > 400);
}

static void test_alike_with_ties(void) {
  guint made = 0;
  for (guint32 seed = 1; seed <= 20; seed++)
    made += compare(seed, TRUE);
  CU_ASSERT(made > 100);
}

/* Opened again, or in a drawn order where nothing is equal: the same trades. */
static void test_order(void) {
  static Made made;
  PlnDraw order = pln_draw_stream(1, 2, 3);
  double y[CELLS];
  guint ties = 0;
  draw(&made, 50, FALSE);
  PlnMarket *market = pln_market_new(&made.book);
  for (guint k = 0; k < 4; k++) {
    const PlnTrade *trade;
    pln_market_open(market, k > 1 ? &order : NULL);
    while ((trade = pln_market_best(market, &ties)))
      pln_market_make(market, trade);
    for (guint at = 0; at < CELLS && k > 0; at++)
      CU_ASSERT_DOUBLE_EQUAL(made.y[at], y[at], k > 1 ? 1e-9 : 0);
    memcpy(y, made.y, sizeof y);
  }
  CU_ASSERT_EQUAL(ties, 0);
  pln_market_free(market);
}

/* Two hundred actors on thirty issues could trade four million times: refused. */
static void test_too_many(void) {
  PlnBook book = {.n = 200, .m = 30};
  CU_ASSERT_PTR_NULL(pln_market_new(&book));
}

int main(void) {
  CU_TestInfo tests[] = {{"as a plain market does", test_alike},
                         {"with equal gains", test_alike_with_ties},
                         {"order", test_order},
                         {"too many", test_too_many},
                         CU_TEST_INFO_NULL};
  return suite_run("market", tests);
}
