/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Swings: every coalition by hand, both ways against each other, equal members by binomials. */
#include "plenary/swings.h"

#include <string.h>

#include "plenary/draw.h"
#include "suite.h"

enum { MOST = 12, MANY = 193 };

typedef struct {
  guint32 weight[MANY];
  guint8 veto[MANY];
  PlnGame game;
} Made;

static guint below(PlnDraw *draw, guint n) {
  return (guint)pln_draw_below(draw, n);
}

/* Every kind of game: heavy and light members, some alike, some without weight; vetoes; quotas that
 * nothing reaches and that everything does. */
static void make(PlnDraw *draw, guint n, guint heaviest, Made *made) {
  guint64 sum = 0;
  guint factor = 1 + below(draw, 3), held = below(draw, 3) ? 0 : 1 + below(draw, 4);
  for (guint i = 0; i < n; i++) {
    made->weight[i] = factor * below(draw, below(draw, 4) ? heaviest + 1 : 3);
    made->veto[i] = held && below(draw, 4) < held;
    sum += made->weight[i];
  }
  made->game = (PlnGame){.n = n, .least = 1 + below(draw, n + 1), .enough = n + 1};
  if (below(draw, 5)) {
    made->game.weight = made->weight;
    made->game.least_weight = pln_draw_below(draw, sum + 3);
  }
  if (below(draw, 2) && made->game.least < n)
    made->game.enough = made->game.least + 1 + below(draw, n - made->game.least);
  if (held)
    made->game.veto = made->veto;
}

typedef struct {
  guint64 winning[MOST + 1], swing[MOST][MOST];
} Counted;

static Counted by_hand(const PlnGame *game) {
  Counted counted;
  memset(&counted, 0, sizeof counted);
  guint n = game->n;
  guint8 wins[1u << MOST], in[MOST];
  for (guint code = 0; code < 1u << n; code++) {
    for (guint i = 0; i < n; i++)
      in[i] = code >> i & 1;
    wins[code] = (guint8)pln_game_wins(game, in);
    guint size = (guint)__builtin_popcount(code);
    counted.winning[size] += wins[code];
    for (guint i = 0; wins[code] && i < n; i++)
      if (in[i] && !wins[code ^ 1u << i])
        counted.swing[i][size - 1]++;
  }
  return counted;
}

static guint disagreements(const PlnGame *game, PlnSwingsWay way) {
  Counted counted = by_hand(game);
  g_autoptr(PlnSwings) swings = pln_swings_new(game, way);
  if (!swings)
    return 1;
  guint n = game->n, wrong = swings->n != n;
  for (guint size = 0; size <= n; size++)
    wrong += mpz_cmp_ui(swings->winning[size], counted.winning[size]) != 0;
  for (guint i = 0; i < n; i++)
    for (guint size = 0; size < n; size++)
      wrong += mpz_cmp_ui(swings->swing[swings->type[i] * n + size], counted.swing[i][size]) != 0;
  return wrong;
}

static void test_by_hand(void) {
  PlnDraw draw = pln_draw_stream(11, 1, 0);
  guint wrong = 0, won = 0, blocked = 0, games = suite_is_quick() ? 40 : 1500;
  for (guint k = 0; k < games; k++) {
    Made made;
    make(&draw, below(&draw, k % 50 ? 9 : MOST + 1), 1 + below(&draw, 30), &made);
    for (guint way = PLN_SWINGS_CHEAPER; way <= PLN_SWINGS_HALVES; way++)
      wrong += disagreements(&made.game, way);
    won += made.game.weight && made.game.least_weight > 1;
    blocked += made.game.weight && made.game.enough <= made.game.n;
  }
  CU_ASSERT_EQUAL(wrong, 0);
  CU_ASSERT_TRUE(won > games / 2 && blocked > games / 6);
}

static gboolean same(const PlnSwings *a, const PlnSwings *b) {
  gboolean is = a->n == b->n && a->types == b->types;
  for (guint size = 0; is && size <= a->n; size++)
    is = mpz_cmp(a->winning[size], b->winning[size]) == 0;
  for (gsize k = 0; is && k < (gsize)a->types * a->n; k++)
    is = mpz_cmp(a->swing[k], b->swing[k]) == 0;
  return is;
}

/* More members than fit 32 bits; heavier than fit 16. */
static void test_both_ways(void) {
  PlnDraw draw = pln_draw_stream(11, 2, 0);
  guint unlike = 0;
  for (guint k = 0; k < 12; k++) {
    Made made;
    make(&draw, suite_is_quick() ? 16 : 26 + k, k % 3 ? 1000 : 70000, &made);
    g_autoptr(PlnSwings) a = pln_swings_new(&made.game, PLN_SWINGS_GENERATING);
    g_autoptr(PlnSwings) b = pln_swings_new(&made.game, PLN_SWINGS_HALVES);
    unlike += !a || !b || !same(a, b);
  }
  CU_ASSERT_EQUAL(unlike, 0);
}

/* 193 of weight 3 and a majority by weight: a member of 193 decides where 96 others vote yes. */
static void test_equal(void) {
  guint32 weight[MANY];
  for (guint i = 0; i < MANY; i++)
    weight[i] = 3;
  PlnGame by_size = {.n = MANY, .least = 97, .enough = MANY + 1};
  PlnGame by_weight = {
      .n = MANY, .weight = weight, .least = 1, .least_weight = 290, .enough = MANY + 1};
  g_autoptr(PlnSwings) a = pln_swings_new(&by_size, PLN_SWINGS_CHEAPER);
  g_autoptr(PlnSwings) b = pln_swings_new(&by_weight, PLN_SWINGS_CHEAPER);
  CU_ASSERT_TRUE_FATAL(a && b);
  CU_ASSERT_EQUAL(a->types, 1);
  CU_ASSERT_TRUE(same(a, b));
  mpz_t binomial;
  mpz_init(binomial);
  mpz_bin_uiui(binomial, 192, 96);
  CU_ASSERT_EQUAL(mpz_cmp(a->swing[96], binomial), 0);
  CU_ASSERT_TRUE(mpz_sizeinbase(binomial, 2) > 180);
  mpz_bin_uiui(binomial, 193, 97);
  CU_ASSERT_EQUAL(mpz_cmp(a->winning[97], binomial), 0);
  CU_ASSERT_TRUE(mpz_sgn(a->swing[95]) == 0 && mpz_sgn(a->swing[97]) == 0 &&
                 mpz_sgn(a->winning[96]) == 0);
  mpz_clear(binomial);
}

/* Of 193 with weights, the swings of all must add up to what winning coalitions lose and gain:
 * over the sizes, Σ_i swing_i(s) = Σ over coalitions of s + 1 of their critical members; and a
 * coalition of s that wins stays winning:
 * winning(s + 1)·(s + 1) − Σ swing_i(s) = winning(s)·(n − s). */
static void test_steps(void) {
  PlnDraw draw = pln_draw_stream(11, 3, 0);
  Made made;
  guint n = suite_is_quick() ? 60 : MANY, wrong = 0;
  make(&draw, n, 300, &made);
  made.game = (PlnGame){n, made.weight, NULL, n / 2, 0, n - 3};
  for (guint i = 0; i < n; i++)
    made.game.least_weight += made.weight[i];
  made.game.least_weight = made.game.least_weight * 65 / 100;
  g_autoptr(PlnSwings) swings = pln_swings_new(&made.game, PLN_SWINGS_CHEAPER);
  CU_ASSERT_PTR_NOT_NULL_FATAL(swings);
  mpz_t sum;
  mpz_init(sum);
  for (guint size = 0; size < n; size++) {
    mpz_mul_ui(sum, swings->winning[size + 1], size + 1);
    for (guint i = 0; i < n; i++)
      mpz_sub(sum, sum, swings->swing[(gsize)swings->type[i] * n + size]);
    mpz_submul_ui(sum, swings->winning[size], n - size);
    wrong += mpz_sgn(sum) != 0;
  }
  mpz_clear(sum);
  CU_ASSERT_EQUAL(wrong, 0);
  CU_ASSERT_TRUE(mpz_sizeinbase(swings->winning[n / 2 + 10], 2) > (suite_is_quick() ? 32 : 128));
}

static void test_out_of_reach(void) {
  PlnDraw draw = pln_draw_stream(11, 4, 0);
  guint32 weight[100];
  guint64 sum = 0;
  for (guint i = 0; i < 100; i++)
    sum += weight[i] = 1 + below(&draw, 1000000000);
  PlnGame game = {100, weight, NULL, 1, sum / 2, 101};
  CU_ASSERT_PTR_NULL(pln_swings_new(&game, PLN_SWINGS_CHEAPER));
  CU_ASSERT_PTR_NULL(pln_swings_new(&game, PLN_SWINGS_HALVES));
}

int main(void) {
  CU_TestInfo tests[] = {{"every coalition by hand", test_by_hand},
                         {"both ways", test_both_ways},
                         {"equal members", test_equal},
                         {"step by step", test_steps},
                         {"out of reach", test_out_of_reach},
                         CU_TEST_INFO_NULL};
  return suite_run("swings", tests);
}
