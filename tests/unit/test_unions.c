/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Unions: every order of unions and members, every choice of both, the reference's numbers. */
#include "plenary/unions.h"

#include "made_games.h"
#include "plenary/swings.h"
#include "suite.h"

typedef struct {
  const PlnGame *game;
  const guint *of;
  guint m;
  guint member[MADE_MOST]; /* all the members of each union, as bits */
  guint pivots[MADE_MOST], turns[MADE_MOST], orders;
} Plain;

static guint factorial(guint n) {
  return n < 2 ? 1 : n * factorial(n - 1);
}

static gboolean swings(const PlnGame *game, guint coalition, guint with) {
  return made_wins(game, coalition | with) && !made_wins(game, coalition);
}

/* All orders in which each union's members stand together: who is the pivot, and which union's
 * coming as a whole turns the outcome. */
static void order_on(Plain *plain, guint in, guint current, guint pivot, guint turner) {
  guint all = (1u << plain->game->n) - 1;
  if (in == all) {
    plain->orders++;
    if (pivot < MADE_MOST)
      plain->pivots[pivot]++;
    if (turner < MADE_MOST)
      plain->turns[turner]++;
    return;
  }
  for (guint i = 0; i < plain->game->n; i++) {
    guint u = plain->of[i];
    gboolean open = current < plain->m && (plain->member[current] & ~in);
    if (in >> i & 1 || (open && u != current))
      continue;
    gboolean turned = !open && swings(plain->game, in, plain->member[u]);
    order_on(plain, in | 1u << i, u, swings(plain->game, in, 1u << i) ? i : pivot,
             turned ? u : turner);
  }
}

/* All members of the unions whose bits are set. */
static guint members_of(const Plain *plain, guint unions) {
  guint members = 0;
  for (guint u = 0; u < plain->m; u++)
    if (unions >> u & 1)
      members |= plain->member[u];
  return members;
}

/* Every choice of other unions, and of other members inside: Banzhaf at both levels, and Banzhaf
 * between with Shapley inside. */
static void choose_all(const Plain *plain, guint i, mpq_t banzhaf_owen, mpq_t symmetric) {
  guint own = plain->member[plain->of[i]], u = (guint)__builtin_popcount(own);
  for (guint unions = 0; unions < 1u << plain->m; unions++) {
    if (unions >> plain->of[i] & 1)
      continue;
    guint others = members_of(plain, unions);
    for (guint inside = 0; inside <= own; inside++) {
      if (inside & ~own || inside >> i & 1 || !swings(plain->game, others | inside, 1u << i))
        continue;
      guint a = (guint)__builtin_popcount(inside);
      made_add(banzhaf_owen, 1, 1u << (plain->m - 1 + u - 1));
      made_add(symmetric, factorial(a) * factorial(u - 1 - a),
               factorial(u) * (1u << (plain->m - 1)));
    }
  }
}

static void choose_unions(const Plain *plain, guint u, mpq_t banzhaf) {
  for (guint unions = 0; unions < 1u << plain->m; unions++)
    if (!(unions >> u & 1) && swings(plain->game, members_of(plain, unions), plain->member[u]))
      made_add(banzhaf, 1, 1u << (plain->m - 1));
}

static gboolean is_share(const mpq_t fraction, guint part, guint all) {
  mpq_t share;
  mpq_init(share);
  made_add(share, part, all);
  gboolean same = mpq_equal(fraction, share);
  mpq_clear(share);
  return same;
}

static void check_members(const Plain *plain, const PlnUnions *unions) {
  for (guint i = 0; i < plain->game->n; i++) {
    mpq_t banzhaf_owen, symmetric;
    mpq_inits(banzhaf_owen, symmetric, NULL);
    choose_all(plain, i, banzhaf_owen, symmetric);
    CU_ASSERT_TRUE(is_share(unions->owen[i], plain->pivots[i], plain->orders));
    CU_ASSERT_TRUE(mpq_equal(unions->banzhaf_owen[i], banzhaf_owen));
    CU_ASSERT_TRUE(mpq_equal(unions->symmetric[i], symmetric));
    mpq_clears(banzhaf_owen, symmetric, NULL);
  }
}

static void check_plainly(const PlnGame *game, const guint *of, guint m) {
  Plain plain = {.game = game, .of = of, .m = m};
  for (guint i = 0; i < game->n; i++)
    plain.member[of[i]] |= 1u << i;
  order_on(&plain, 0, m, MADE_MOST, MADE_MOST);
  g_autoptr(PlnUnions) unions = pln_unions_new(game, of, m);
  CU_ASSERT_PTR_NOT_NULL_FATAL(unions);
  check_members(&plain, unions);
  for (guint u = 0; u < m; u++) {
    mpq_t banzhaf;
    mpq_init(banzhaf);
    choose_unions(&plain, u, banzhaf);
    CU_ASSERT_TRUE(is_share(unions->shapley[u], plain.turns[u], plain.orders));
    CU_ASSERT_TRUE(mpq_equal(unions->banzhaf[u], banzhaf));
    mpq_clear(banzhaf);
  }
}

/* Unions drawn at random, numbered as they come. */
static guint draw_unions(PlnDraw *draw, guint n, guint *of) {
  guint number[MADE_MOST], m = 0, most = 1 + (guint)pln_draw_below(draw, n);
  for (guint k = 0; k < MADE_MOST; k++)
    number[k] = MADE_MOST;
  for (guint i = 0; i < n; i++) {
    guint u = (guint)pln_draw_below(draw, most);
    if (number[u] == MADE_MOST)
      number[u] = m++;
    of[i] = number[u];
  }
  return m;
}

static void test_drawn(void) {
  PlnDraw draw = pln_draw_stream(73, 0, 0);
  for (guint k = 0; k < 400; k++) {
    MadeGame made;
    guint of[MADE_MOST];
    made_game(&draw, 7, &made);
    check_plainly(&made.game, of, draw_unions(&draw, made.game.n, of));
  }
}

static void check_rows(const PlnUnions *unions, const char *const rows[][3]) {
  for (guint i = 0; i < unions->n; i++) {
    CU_ASSERT_TRUE(made_is(unions->owen[i], rows[i][0]));
    CU_ASSERT_TRUE(made_is(unions->banzhaf_owen[i], rows[i][1]));
    if (rows[i][2])
      CU_ASSERT_TRUE(made_is(unions->symmetric[i], rows[i][2]));
  }
}

/* Reference F7's table: Catalonia 1995 (CiU PSC PP ERC IC-V), the Council of 1958 with Benelux, and
 * [51; 40, 30, 20, 10] with the first two together. */
static void test_known(void) {
  static const char *const catalonia[][3] = {{"1/2", "3/4", "3/4"},
                                             {"1/12", "1/8", "1/8"},
                                             {"1/6", "1/4", "1/4"},
                                             {"1/6", "1/4", "1/4"},
                                             {"1/12", "1/8", "1/8"}};
  static const char *const council[][3] = {{"1/4", "3/8", "3/8"},   {"1/4", "3/8", "3/8"},
                                           {"1/4", "3/8", "3/8"},   {"1/8", "3/16", "3/16"},
                                           {"1/8", "3/16", "3/16"}, {"0", "0", "0"}};
  static const char *const pair[][3] = {
      {"7/12", "5/8", NULL}, {"5/12", "3/8", NULL}, {"0", "0", NULL}, {"0", "0", NULL}};
  static const struct {
    guint n, m;
    guint32 weight[6], quota;
    guint of[6];
    const char *const (*rows)[3];
  } known[] = {{5, 4, {60, 34, 17, 13, 11}, 68, {0, 1, 2, 3, 1}, catalonia},
               {6, 4, {4, 4, 4, 2, 2, 1}, 12, {0, 1, 2, 3, 3, 3}, council},
               {4, 3, {40, 30, 20, 10}, 51, {0, 0, 1, 2}, pair}};
  for (guint k = 0; k < G_N_ELEMENTS(known); k++) {
    PlnGame game = {known[k].n, known[k].weight, NULL, 1, known[k].quota, known[k].n + 1};
    g_autoptr(PlnUnions) unions = pln_unions_new(&game, known[k].of, known[k].m);
    CU_ASSERT_PTR_NOT_NULL_FATAL(unions);
    check_rows(unions, known[k].rows);
  }
}

/* Owen's value is efficient, and a union's share of it, as of the symmetric one, is what the union
 * is worth as one player. */
static void check_sums(const PlnUnions *unions, const guint *of) {
  mpq_t all, owen, symmetric;
  mpq_inits(all, owen, symmetric, NULL);
  for (guint u = 0; u < unions->m; u++) {
    mpq_set_ui(owen, 0, 1);
    mpq_set_ui(symmetric, 0, 1);
    for (guint i = 0; i < unions->n; i++)
      if (of[i] == u) {
        mpq_add(owen, owen, unions->owen[i]);
        mpq_add(symmetric, symmetric, unions->symmetric[i]);
      }
    CU_ASSERT_TRUE(mpq_equal(owen, unions->shapley[u]));
    CU_ASSERT_TRUE(mpq_equal(symmetric, unions->banzhaf[u]));
    mpq_add(all, all, owen);
  }
  CU_ASSERT_TRUE(made_is(all, "1"));
  mpq_clears(all, owen, symmetric, NULL);
}

/* 193 members, two thirds, unions of 54, 33, 27 and 12: by heads, then with few weights, then with
 * a veto in a union and one outside. */
static void test_many(void) {
  guint of[193], m = 4;
  guint32 weight[193];
  guint8 veto[193] = {0};
  guint64 all = 0;
  for (guint i = 0; i < 193; i++) {
    of[i] = i < 54 ? 0 : i < 87 ? 1 : i < 114 ? 2 : i < 126 ? 3 : m++;
    all += weight[i] = 1 + i % 3;
  }
  PlnGame game = {.n = 193, .least = 129, .enough = 194};
  g_autoptr(PlnUnions) heads = pln_unions_new(&game, of, m);
  CU_ASSERT_PTR_NOT_NULL_FATAL(heads);
  check_sums(heads, of);
  game.weight = weight;
  game.least = 106;
  game.least_weight = all * 13 / 20;
  game.enough = 190;
  g_autoptr(PlnUnions) weighted = pln_unions_new(&game, of, m);
  CU_ASSERT_PTR_NOT_NULL_FATAL(weighted);
  check_sums(weighted, of);
  veto[3] = veto[180] = 1;
  game.veto = veto;
  g_autoptr(PlnUnions) held = pln_unions_new(&game, of, m);
  CU_ASSERT_PTR_NOT_NULL_FATAL(held);
  check_sums(held, of);
  CU_ASSERT_TRUE(mpq_cmp(held->owen[3], held->owen[0]) > 0);
}

/* 24 distinct weights by halves; 40 and a union of 30 are left out. */
static void test_reach(void) {
  guint of[70], m = 1;
  guint32 weight[70];
  for (guint i = 0; i < 70; i++) {
    of[i] = i < 3 ? 0 : m++;
    weight[i] = 1000003 + i * i * 7919;
  }
  guint64 quota = 20ull * 2200000;
  PlnGame game = {.n = 24, .weight = weight, .least = 13, .least_weight = quota, .enough = 25};
  g_autoptr(PlnUnions) halves = pln_unions_new(&game, of, 22);
  CU_ASSERT_PTR_NOT_NULL_FATAL(halves);
  check_sums(halves, of);
  game.n = 70, game.enough = 71;
  CU_ASSERT_PTR_NULL(pln_unions_new(&game, of, 68));
  for (guint i = 0; i < 40; i++)
    of[i] = i < 30 ? 0 : i - 29;
  game.n = 40, game.enough = 41;
  CU_ASSERT_PTR_NULL(pln_unions_new(&game, of, 11));
}

static gboolean is_shapley(const mpq_t value, const PlnSwings *swings, guint member) {
  mpz_t sum, ways, rest;
  mpz_inits(sum, ways, rest, NULL);
  guint n = swings->n;
  for (guint s = 0; s < n; s++) {
    mpz_fac_ui(ways, s);
    mpz_fac_ui(rest, n - 1 - s);
    mpz_mul(ways, ways, rest);
    mpz_addmul(sum, ways, swings->swing[swings->type[member] * n + s]);
  }
  mpq_t shapley;
  mpq_init(shapley);
  mpz_set(mpq_numref(shapley), sum);
  mpz_fac_ui(mpq_denref(shapley), n);
  mpq_canonicalize(shapley);
  gboolean same = mpq_equal(shapley, value);
  mpq_clear(shapley);
  mpz_clears(sum, ways, rest, NULL);
  return same;
}

/* Everybody alone, or all in one union: Owen's value is Shapley's, counted in other ways. */
static void test_shapley(void) {
  guint32 weight[26];
  guint alone[26], one[26] = {0};
  guint64 all = 0;
  for (guint i = 0; i < 26; i++) {
    alone[i] = i;
    all += weight[i] = 50021 + (i * 7919u * 7919u) % 900001u;
  }
  PlnGame game = {26, weight, NULL, 14, all * 13 / 20, 23};
  g_autoptr(PlnSwings) swings = pln_swings_new(&game, PLN_SWINGS_CHEAPER);
  g_autoptr(PlnUnions) by_none = pln_unions_new(&game, alone, 26);
  g_autoptr(PlnUnions) by_one = pln_unions_new(&game, one, 1);
  CU_ASSERT_TRUE_FATAL(swings && by_none && by_one);
  for (guint i = 0; i < 26; i++) {
    CU_ASSERT_TRUE(is_shapley(by_none->owen[i], swings, i));
    CU_ASSERT_TRUE(is_shapley(by_none->shapley[i], swings, i));
    CU_ASSERT_TRUE(is_shapley(by_one->owen[i], swings, i));
  }
}

int main(void) {
  CU_TestInfo tests[] = {{"drawn", test_drawn},
                         {"known", test_known},
                         {"many", test_many},
                         {"shapley", test_shapley},
                         {"reach", test_reach},
                         CU_TEST_INFO_NULL};
  return suite_run("unions", tests);
}
