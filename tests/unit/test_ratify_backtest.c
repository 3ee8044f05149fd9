/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The backtest: what came counted by hand from the tables, scores summed again, nothing later
 * than the split in the forecast. */
#include "plenary/ratify_backtest.h"

#include <math.h>
#include <string.h>

#include "plenary/error.h"
#include "scene.h"
#include "suite.h"

static PlnRatifyBacktest *run(guint split, guint years, const char *fast, guint threads) {
  PlnRatifyBacktestOptions options = pln_ratify_backtest_options();
  GError *error = NULL;
  options.split = split;
  options.years = years;
  options.fast = fast;
  options.threads = threads;
  options.draws = 4000;
  options.bootstrap = 200;
  PlnRatifyBacktest *b = pln_ratify_backtest_new(scene_world(), &options, &error);
  if (!b)
    g_error("%s", error->message);
  return b;
}

/* Instruments deposited up to @day, organizations apart. */
static guint deposited(PlnDayNumber day) {
  g_autoptr(GPtrArray) acts = pln_world_acts(scene_world(), "budapest");
  guint n = 0;
  for (guint k = 0; k < acts->len; k++) {
    PlnDayNumber when = pln_day_number(((const PlnTreatyAct *)acts->pdata[k])->consent);
    n += when >= 0 && when <= day;
  }
  return n;
}

static void test_path(void) {
  g_autoptr(PlnRatifyBacktest) b = run(10, 10, "", 1);
  CU_ASSERT_EQUAL(pln_day_of_number(b->split), 20111123);
  CU_ASSERT_EQUAL(b->parties, deposited(b->split));
  CU_ASSERT_EQUAL(b->parties, 32);
  CU_ASSERT_EQUAL(b->at_risk, b->states - b->parties);
  CU_ASSERT_EQUAL(b->fit.joiners, 32);
  CU_ASSERT_EQUAL(b->fit.support, 0); /* the vote came later */
  CU_ASSERT_EQUAL(b->years->len, 10);
  guint inside = 0;
  for (guint y = 0; y < 10; y++) {
    const PlnRatifyYear *year = &g_array_index(b->years, PlnRatifyYear, y);
    CU_ASSERT_EQUAL(pln_day_of_number(year->day), 20121123 + 10000 * y);
    CU_ASSERT_EQUAL(year->parties, deposited(year->day));
    CU_ASSERT(year->quantile[0] <= year->quantile[2] && year->quantile[2] <= year->quantile[4]);
    inside += year->parties >= year->quantile[0] && year->parties <= year->quantile[4];
  }
  CU_ASSERT_EQUAL(b->inside, inside);
  CU_ASSERT_EQUAL(b->variants->len, 3);
  const PlnRatifyVariant *own = &g_array_index(b->variants, PlnRatifyVariant, 0);
  const PlnRatifyVariant *still = &g_array_index(b->variants, PlnRatifyVariant, 2);
  CU_ASSERT(own->brier == b->brier && own->inside == b->inside);
  CU_ASSERT(still->high - still->low < own->high - own->low);
}

static void test_scores(void) {
  g_autoptr(PlnRatifyBacktest) b = run(10, 10, "", 1);
  double brier = 0, constant = 0, mean = 32;
  for (guint i = 0; i < b->scored->len; i++) {
    const PlnRatifyScored *s = &g_array_index(b->scored, PlnRatifyScored, i);
    double in = s->joined != PLN_DAY_NONE;
    brier += (s->chance - in) * (s->chance - in) / b->at_risk;
    constant += (s->constant - in) * (s->constant - in) / b->at_risk;
    mean += s->chance;
    /* 32 joined in 10 years of all that were at risk */
    CU_ASSERT_DOUBLE_EQUAL(s->constant, 1 - exp(-10.0 * 32 / (b->fit.class_fit[0].years +
                                                               b->fit.class_fit[1].years)), 1e-12);
  }
  CU_ASSERT_EQUAL(b->scored->len, b->at_risk);
  CU_ASSERT_DOUBLE_EQUAL(b->brier, brier, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(b->brier_constant, constant, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(b->better, brier - constant, 1e-12);
  CU_ASSERT(b->better_low <= b->better && b->better <= b->better_high);
  const PlnRatifyYear *last = &g_array_index(b->years, PlnRatifyYear, 9);
  CU_ASSERT_DOUBLE_EQUAL(last->mean, mean, 1e-9);
}

/* A forecast of five years is the same whether five or ten are asked for, and it hangs on nothing
 * after the split: the fit is that of a history cut off there. */
static void test_nothing_later(void) {
  g_autoptr(PlnRatifyBacktest) five = run(10, 5, "", 1), ten = run(10, 10, "", 3);
  for (guint y = 0; y < 5; y++) {
    const PlnRatifyYear *a = &g_array_index(five->years, PlnRatifyYear, y);
    const PlnRatifyYear *b = &g_array_index(ten->years, PlnRatifyYear, y);
    CU_ASSERT_EQUAL(memcmp(a->quantile, b->quantile, sizeof a->quantile), 0);
  }
  CU_ASSERT_EQUAL(five->fit.class_fit[0].shape, ten->fit.class_fit[0].shape);
  CU_ASSERT_EQUAL(five->fit.class_fit[0].joined, 32);
  g_autoptr(PlnRatifyBacktest) fast = run(10, 5, "palermo", 1), early = run(1, 5, "palermo", 1);
  CU_ASSERT(fast->fit.has_fast);
  CU_ASSERT_FALSE(early->fit.has_fast); /* of July 2003: later */
}

/* An interval is of as many draws as were asked for; of none there is none. */
static void test_no_bootstrap(void) {
  PlnRatifyBacktestOptions options = pln_ratify_backtest_options();
  options.draws = 500;
  options.bootstrap = 0;
  g_autoptr(PlnRatifyBacktest) b = pln_ratify_backtest_new(scene_world(), &options, NULL);
  CU_ASSERT(isnan(b->better_low) && isnan(b->better_high) && !isnan(b->better));
  for (guint k = 0; k < b->variants->len; k++)
    CU_ASSERT(isnan(g_array_index(b->variants, PlnRatifyVariant, k).better_low));
}

/* Of the next ten years nothing is in the fit: a treaty alike but for its acts after the split gives
 * the same forecast, byte for byte. */
static void test_altered_later(void) {
  g_autoptr(PlnWorld) world = pln_world_new(scene_world());
  g_autoptr(GPtrArray) acts = pln_world_acts(scene_world(), "budapest");
  PlnRatifyBacktestOptions options = pln_ratify_backtest_options();
  guint altered = 0;
  for (guint k = 0; k < acts->len; k++) {
    PlnTreatyAct act = *(const PlnTreatyAct *)acts->pdata[k];
    act.treaty = "twin";
    if (act.consent > 20111123) {
      act.consent = 20130101 + 10000 * (k % 7);
      altered++;
    }
    if (act.signature > 20111123)
      act.signature = PLN_DAY_NONE;
    pln_world_add_act(world, &act);
  }
  for (guint k = 0; k < 2; k++) {
    PlnTreatyTerm term = *pln_world_term(world, "budapest", k ? "known_to" : "opened");
    term.treaty = "twin";
    pln_world_add_term(world, &term);
  }
  options.draws = 500;
  options.alone = TRUE;
  g_autoptr(PlnRatifyBacktest) a = pln_ratify_backtest_new(scene_world(), &options, NULL);
  options.treaty = "twin";
  g_autoptr(PlnRatifyBacktest) b = pln_ratify_backtest_new(world, &options, NULL);
  CU_ASSERT(altered > 20);
  CU_ASSERT_EQUAL(memcmp(&a->fit, &b->fit, sizeof a->fit), 0);
  guint other = 0;
  for (guint y = 0; y < 10; y++) {
    const PlnRatifyYear *one = &g_array_index(a->years, PlnRatifyYear, y);
    const PlnRatifyYear *two = &g_array_index(b->years, PlnRatifyYear, y);
    CU_ASSERT_EQUAL(memcmp(one->quantile, two->quantile, sizeof one->quantile), 0);
    CU_ASSERT_EQUAL(one->mean, two->mean);
    other += one->parties != two->parties;
  }
  CU_ASSERT(other > 2);
}

static void test_refused(void) {
  PlnRatifyBacktestOptions options = pln_ratify_backtest_options();
  GError *error = NULL;
  options.split = 20;
  CU_ASSERT_PTR_NULL(pln_ratify_backtest_new(scene_world(), &options, &error));
  CU_ASSERT(scene_error(&error, PLN_ERROR_USAGE, "expected fewer"));
  options.treaty = "nowhere";
  CU_ASSERT_PTR_NULL(pln_ratify_backtest_new(scene_world(), &options, &error));
  CU_ASSERT(scene_error(&error, PLN_ERROR_DATA, "nowhere"));
}

int main(void) {
  CU_TestInfo tests[] = {{"what came", test_path},
                         {"scores summed again", test_scores},
                         {"nothing later than the split", test_nothing_later},
                         {"no bootstrap, no interval", test_no_bootstrap},
                         {"the next years altered", test_altered_later},
                         {"what is refused", test_refused},
                         CU_TEST_INFO_NULL};
  int status = suite_run("ratify_backtest", tests);
  scene_end();
  return status;
}
