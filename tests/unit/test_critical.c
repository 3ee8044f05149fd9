/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Critical members: every coalition by hand, the reference's numbers, and what is out of reach. */
#include "plenary/critical.h"

#include "made_games.h"
#include "suite.h"

typedef struct {
  mpq_t johnston[MADE_MOST], deegan_packel[MADE_MOST], public_good[MADE_MOST], sum[3];
  guint minimal;
} Plain;

static guint critical_of(const PlnGame *game, guint coalition) {
  guint critical = 0;
  for (guint i = 0; i < game->n; i++)
    if (coalition >> i & 1 && !made_wins(game, coalition & ~(1u << i)))
      critical |= 1u << i;
  return critical;
}

static void share_plainly(const PlnGame *game, Plain *plain) {
  for (guint coalition = 1; coalition < 1u << game->n; coalition++) {
    guint critical = made_wins(game, coalition) ? critical_of(game, coalition) : 0;
    guint among = (guint)__builtin_popcount(critical);
    if (critical == coalition)
      plain->minimal++;
    for (guint i = 0; i < game->n; i++) {
      if (!(critical >> i & 1))
        continue;
      made_add(plain->johnston[i], 1, among);
      made_add(plain->sum[0], 1, among);
      if (critical != coalition)
        continue;
      made_add(plain->deegan_packel[i], 1, among);
      made_add(plain->sum[1], 1, among);
      made_add(plain->public_good[i], 1, 1);
      made_add(plain->sum[2], 1, 1);
    }
  }
}

static gboolean is_part(const mpq_t share, const mpq_t part, const mpq_t sum) {
  mpq_t normal;
  mpq_init(normal);
  if (mpq_sgn(sum))
    mpq_div(normal, part, sum);
  gboolean same = mpq_equal(share, normal);
  mpq_clear(normal);
  return same;
}

static void check_plainly(const PlnGame *game) {
  Plain plain = {.minimal = 0};
  for (guint k = 0; k < MADE_MOST; k++)
    mpq_inits(plain.johnston[k], plain.deegan_packel[k], plain.public_good[k], NULL);
  mpq_inits(plain.sum[0], plain.sum[1], plain.sum[2], NULL);
  share_plainly(game, &plain);
  g_autoptr(PlnCritical) critical = pln_critical_new(game, 0);
  CU_ASSERT_PTR_NOT_NULL_FATAL(critical);
  CU_ASSERT_EQUAL(mpz_get_ui(critical->minimal), plain.minimal);
  for (guint i = 0; i < game->n; i++) {
    guint t = critical->type[i];
    CU_ASSERT_TRUE(is_part(critical->johnston[t], plain.johnston[i], plain.sum[0]));
    CU_ASSERT_TRUE(is_part(critical->deegan_packel[t], plain.deegan_packel[i], plain.sum[1]));
    CU_ASSERT_TRUE(is_part(critical->public_good[t], plain.public_good[i], plain.sum[2]));
  }
  for (guint k = 0; k < MADE_MOST; k++)
    mpq_clears(plain.johnston[k], plain.deegan_packel[k], plain.public_good[k], NULL);
  mpq_clears(plain.sum[0], plain.sum[1], plain.sum[2], NULL);
}

static void test_drawn(void) {
  PlnDraw draw = pln_draw_stream(71, 0, 0);
  for (guint k = 0; k < 1500; k++) {
    MadeGame made;
    made_game(&draw, MADE_MOST, &made);
    check_plainly(&made.game);
  }
}

static PlnGame weighted(guint n, const guint32 *weight, guint64 quota) {
  return (PlnGame){.n = n, .weight = weight, .least = 1, .least_weight = quota, .enough = n + 1};
}

/* The Council of 1958, in the order France, Germany, Italy, Belgium, Netherlands, Luxembourg, and
 * the Security Council as weights: reference F7's table. */
static void test_known(void) {
  const guint32 council[] = {4, 4, 4, 2, 2, 1};
  PlnGame game = weighted(6, council, 12);
  g_autoptr(PlnCritical) eec = pln_critical_new(&game, 0);
  CU_ASSERT_TRUE(mpz_get_ui(eec->minimal) == 4 && eec->types == 3);
  static const char *const shares[3][3] = {
      {"1/4", "5/24", "1/5"}, {"1/8", "3/16", "1/5"}, {"0", "0", "0"}};
  for (guint t = 0; t < 3; t++) {
    CU_ASSERT_TRUE(made_is(eec->johnston[t], shares[t][0]));
    CU_ASSERT_TRUE(made_is(eec->deegan_packel[t], shares[t][1]));
    CU_ASSERT_TRUE(made_is(eec->public_good[t], shares[t][2]));
  }
  guint32 security[15];
  for (guint i = 0; i < 15; i++)
    security[i] = i < 5 ? 7 : 1;
  game = weighted(15, security, 39);
  g_autoptr(PlnCritical) by_weight = pln_critical_new(&game, 0);
  const guint8 veto[15] = {1, 1, 1, 1, 1};
  PlnGame by_veto = {.n = 15, .veto = veto, .least = 9, .enough = 16};
  g_autoptr(PlnCritical) held = pln_critical_new(&by_veto, 0);
  CU_ASSERT_TRUE(mpz_get_ui(held->minimal) == 210);
  for (guint t = 0; t < 2; t++) {
    CU_ASSERT_TRUE(mpq_equal(held->johnston[t], by_weight->johnston[t]));
    CU_ASSERT_TRUE(mpq_equal(held->deegan_packel[t], by_weight->deegan_packel[t]));
    CU_ASSERT_TRUE(mpq_equal(held->public_good[t], by_weight->public_good[t]));
  }
}

/* 193 equal members: all shares 1/193, as many minimal coalitions as ways to choose the quota;
 * with five vetoes as many as ways to choose the rest of it. */
static void test_many(void) {
  PlnGame game = {.n = 193, .least = 97, .enough = 194};
  g_autoptr(PlnCritical) equal = pln_critical_new(&game, 0);
  mpz_t ways;
  mpz_init(ways);
  mpz_bin_uiui(ways, 193, 97);
  CU_ASSERT_TRUE(mpz_cmp(ways, equal->minimal) == 0);
  CU_ASSERT_TRUE(made_is(equal->johnston[0], "1/193") && made_is(equal->public_good[0], "1/193"));
  CU_ASSERT_TRUE(made_is(equal->deegan_packel[0], "1/193"));
  guint8 veto[193] = {0};
  for (guint i = 40; i < 45; i++)
    veto[i] = 1;
  game.veto = veto;
  g_autoptr(PlnCritical) held = pln_critical_new(&game, 0);
  mpz_bin_uiui(ways, 188, 92);
  CU_ASSERT_TRUE(mpz_cmp(ways, held->minimal) == 0);
  CU_ASSERT_TRUE(made_is(held->deegan_packel[held->type[41]], "1/97"));
  CU_ASSERT_TRUE(made_is(held->deegan_packel[held->type[0]], "23/4559")); /* 92/97/188 */
  CU_ASSERT_TRUE(mpq_cmp(held->johnston[held->type[41]], held->johnston[held->type[0]]) > 0);
  mpz_clear(ways);
}

/* Shares sum to 1, whatever the limbs: weights of a few kinds over 20 to 190 members. */
static void test_sums(void) {
  PlnDraw draw = pln_draw_stream(72, 0, 0);
  for (guint k = 0; k < 40; k++) {
    guint n = 20 + (guint)pln_draw_below(&draw, 170);
    guint32 weight[190];
    guint64 all = 0;
    for (guint i = 0; i < n; i++)
      all += weight[i] = 1 + (guint32)pln_draw_below(&draw, 2) * (3 + k % 5);
    PlnGame game = {n, weight, NULL, n / 2, all * 2 / 3, k % 2 ? n - 3 : n + 1};
    g_autoptr(PlnCritical) critical = pln_critical_new(&game, 0);
    mpq_t sum[3];
    mpq_inits(sum[0], sum[1], sum[2], NULL);
    for (guint i = 0; i < n; i++) {
      mpq_add(sum[0], sum[0], critical->johnston[critical->type[i]]);
      mpq_add(sum[1], sum[1], critical->deegan_packel[critical->type[i]]);
      mpq_add(sum[2], sum[2], critical->public_good[critical->type[i]]);
    }
    CU_ASSERT_TRUE(made_is(sum[0], "1") && made_is(sum[1], "1") && made_is(sum[2], "1"));
    mpq_clears(sum[0], sum[1], sum[2], NULL);
  }
}

/* What is out of reach is not begun, or given up; where nothing wins all is 0. */
static void test_reach(void) {
  guint32 weight[60];
  guint64 all = 0;
  for (guint i = 0; i < 60; i++)
    all += weight[i] = 1000 + i * i * 7;
  PlnGame game = weighted(60, weight, all / 2 + 1);
  CU_ASSERT_PTR_NULL(pln_critical_new(&game, 0));
  game = weighted(20, weight, 15000);
  g_autoptr(PlnCritical) within = pln_critical_new(&game, 0);
  CU_ASSERT_PTR_NOT_NULL_FATAL(within);
  g_autoptr(PlnCritical) just = pln_critical_new(&game, within->visited);
  CU_ASSERT_PTR_NOT_NULL(just);
  CU_ASSERT_PTR_NULL(pln_critical_new(&game, within->visited - 1));
  game = weighted(5, weight, 1000000);
  g_autoptr(PlnCritical) nothing = pln_critical_new(&game, 0);
  CU_ASSERT_TRUE(mpz_sgn(nothing->minimal) == 0 && mpq_sgn(nothing->johnston[0]) == 0);
  CU_ASSERT_TRUE(mpq_sgn(nothing->public_good[0]) == 0);
}

int main(void) {
  CU_TestInfo tests[] = {{"drawn", test_drawn}, {"known", test_known}, {"many", test_many},
                         {"sums", test_sums},   {"reach", test_reach}, CU_TEST_INFO_NULL};
  return suite_run("critical", tests);
}
