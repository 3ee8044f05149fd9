/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores by other ways to compute them: CRPS as an integral, a bootstrap by brute force; the
 * backtest on made dossiers, forecast by forecast. */
#include <math.h>
#include <string.h>

#include "plenary/bargain_backtest.h"
#include "plenary/bargain_score.h"
#include "plenary/draw.h"
#include "plenary/error.h"
#include "suite.h"

/* ∫ (F(z) - 1[y <= z])² dz over 0-100, on a fine grid of places that no step falls on. */
static double integral(guint n, const double *x, const double *p, double y) {
  const guint steps = 200000;
  double sum = 0, width = 100.0 / steps;
  for (guint k = 0; k < steps; k++) {
    double z = (k + 0.5) * width, f = 0;
    for (guint i = 0; i < n; i++)
      f += x[i] <= z ? p[i] : 0;
    f -= y <= z;
    sum += f * f * width;
  }
  return sum;
}

static void test_crps(void) {
  PlnDraw draw = pln_draw_stream(7, 1, 0);
  for (guint round = 0; round < 12; round++) {
    double x[9], p[9], all = 0;
    guint n = 1 + round % 9;
    for (guint i = 0; i < n; i++) {
      x[i] = 10.0 * pln_draw_below(&draw, 11);
      all += p[i] = pln_draw_uniform(&draw);
    }
    for (guint i = 0; i < n; i++)
      p[i] /= all;
    double y = 100 * pln_draw_uniform(&draw);
    CU_ASSERT_DOUBLE_EQUAL(pln_score_crps(n, x, p, y), integral(n, x, p, y), 1e-3);
  }
  const double at[] = {30}, sure[] = {1};
  CU_ASSERT_EQUAL(pln_score_crps(1, at, sure, 75), 45); /* of a point: its error */
}

static void test_crps_spread(void) {
  const double errors[] = {-80, -12.5, -3, 0, 4, 4, 90};
  double room[7], x[7], p[7];
  for (guint k = 0; k < 6; k++) {
    double point = 20.0 * k, y = 7 + 13.0 * k;
    for (guint i = 0; i < 7; i++) {
      x[i] = MIN(MAX(point + errors[i], 0), 100);
      p[i] = 1.0 / 7;
    }
    double spread = pln_score_crps_spread(point, 7, errors, y, room);
    CU_ASSERT_DOUBLE_EQUAL(spread, pln_score_crps(7, x, p, y), 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(spread, integral(7, x, p, y), 1e-3);
  }
  CU_ASSERT_EQUAL(pln_score_crps_spread(20, 0, errors, 27, room), 7);
}

static void test_median(void) {
  double odd[] = {5, 1, 3}, even[] = {4, 8, 1, 2};
  CU_ASSERT_EQUAL(pln_score_median(3, odd), 3);
  CU_ASSERT_EQUAL(pln_score_median(4, even), 3);
  CU_ASSERT_TRUE(isnan(pln_score_median(0, odd)));
}

/* ---- Intervals ---- */

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

/* Issue by issue of the units drawn, by the same streams. */
static void test_bootstrap(void) {
  enum { UNITS = 7, ISSUES = 16, DRAWS = 200 };
  double difference[ISSUES], means[DRAWS], mean, low, high;
  guint unit[ISSUES];
  for (guint i = 0; i < ISSUES; i++) {
    difference[i] = i == 5 ? NAN : (double)((i * 37) % 23) - 11;
    unit[i] = (i * 5) % UNITS;
  }
  for (guint k = 0; k < DRAWS; k++) {
    PlnDraw draw = pln_draw_stream(3, 9, k);
    double sum = 0;
    guint n = 0;
    for (guint d = 0; d < UNITS; d++) {
      guint u = (guint)pln_draw_below(&draw, UNITS);
      for (guint i = 0; i < ISSUES; i++)
        if (unit[i] == u && i != 5) {
          sum += difference[i];
          n++;
        }
    }
    means[k] = sum / n;
  }
  qsort(means, DRAWS, sizeof *means, by_size);
  g_autoptr(PlnScoreDraws) draws = pln_score_draws_new(UNITS, DRAWS, 3, 9);
  pln_score_draws_interval(draws, ISSUES, difference, unit, &mean, &low, &high);
  CU_ASSERT_DOUBLE_EQUAL(low, means[5], 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(high, means[194], 1e-12);
  CU_ASSERT_TRUE(low < mean && mean < high);
}

static void test_no_interval(void) {
  const double difference[] = {1, 3, NAN}, none[] = {NAN, NAN, NAN};
  const guint one[] = {0, 0, 1};
  double mean, low, high;
  g_autoptr(PlnScoreDraws) draws = pln_score_draws_new(2, 50, 1, 1),
                           no = pln_score_draws_new(2, 0, 1, 1);
  pln_score_draws_interval(draws, 3, difference, one, &mean, &low, &high);
  CU_ASSERT_TRUE(mean == 2 && isnan(low) && isnan(high)); /* of one unit alone */
  pln_score_draws_interval(draws, 3, none, one, &mean, &low, &high);
  CU_ASSERT_TRUE(isnan(mean) && isnan(low));
  pln_score_draws_interval(no, 3, difference, (const guint[]){0, 1, 0}, &mean, &low, &high);
  CU_ASSERT_TRUE(mean == 2 && isnan(low));
  for (guint k = 99; k <= 100; k++) {
    g_autoptr(PlnScoreDraws) few = pln_score_draws_new(2, k, 1, 1);
    const double two[] = {1, 3};
    pln_score_draws_interval(few, 2, two, (const guint[]){0, 1}, &mean, &low, &high);
    CU_ASSERT_TRUE(mean == 2 && isnan(low) == (k < 100));
  }
}

/* ---- Made dossiers ---- */

static const char made[] = "prnr,isnr,proc,intro,pa,sa,pb,sb,pc,sc,rp,out\n"
                           "d1,i1,COD,01-01-00,0,100,50,50,100,50,0,40\n"
                           "d1,i2,COD,01-01-00,20,10,40,10,60,20,,90\n"
                           "d2,i3,CNS,01-01-05,10,30,10,30,90,30,100,10\n"
                           "d3,i4,CNS,01-01-05,0,50,30,50,80,50,80,\n"
                           "d3,i5,CNS,01-01-05,0,0,30,0,80,0,80,70\n";

static PlnDossiers *dossiers(const char *text) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
  PlnDossiers *d = pln_dossiers_parse("made.csv", bytes, faults);
  CU_ASSERT_PTR_NOT_NULL_FATAL(d);
  return d;
}

static PlnBargainBacktest *backtest(const PlnDossiers *d, const PlnCapabilities *table,
                                    guint threads) {
  PlnBargainBacktestOptions options = pln_bargain_backtest_options();
  options.capabilities = table;
  options.threads = threads;
  return pln_bargain_backtest_new(d, &options, NULL);
}

static void forecasts_are(const PlnBargainBacktest *b, const char *name, const double expected[5]) {
  const PlnBargainRival *rival = pln_bargain_backtest_rival(b, name);
  CU_ASSERT_PTR_NOT_NULL_FATAL(rival);
  for (guint j = 0; j < 5; j++)
    CU_ASSERT_TRUE(isnan(expected[j]) ? isnan(rival->forecast[j])
                                      : fabs(rival->forecast[j] - expected[j]) < 1e-9);
}

static void test_forecasts(void) {
  g_autoptr(PlnDossiers) d = dossiers(made);
  g_autoptr(PlnBargainBacktest) b = backtest(d, NULL, 1);
  CU_ASSERT_PTR_NOT_NULL_FATAL(b);
  CU_ASSERT_EQUAL(b->scored, 4);
  CU_ASSERT_EQUAL(b->n_dossiers, 3);
  CU_ASSERT_EQUAL(b->procedures->len, 2);
  forecasts_are(b, "compromise", (double[]){37.5, 45, 110.0 / 3, 110.0 / 3, NAN});
  forecasts_are(b, "mean", (double[]){50, 40, 110.0 / 3, 110.0 / 3, 110.0 / 3});
  forecasts_are(b, "median", (double[]){0, 40, 10, 30, NAN}); /* the lower at an exact half */
  forecasts_are(b, "plain-median", (double[]){50, 40, 10, 30, 30});
  forecasts_are(b, "middle", (double[]){50, 50, 50, 50, 50});
  forecasts_are(b, "positions", (double[]){37.5, 45, 110.0 / 3, 110.0 / 3, NAN});
}

static void test_scores(void) {
  g_autoptr(PlnDossiers) d = dossiers(made);
  g_autoptr(PlnBargainBacktest) b = backtest(d, NULL, 1);
  const PlnBargainRival *first = &g_array_index(b->rivals, PlnBargainRival, 0);
  const PlnBargainRival *mean = pln_bargain_backtest_rival(b, "mean");
  const PlnBargainRival *positions = pln_bargain_backtest_rival(b, "positions");
  const double off[] = {2.5, 45, 80.0 / 3};
  CU_ASSERT_EQUAL(first->all.n, 3);
  CU_ASSERT_DOUBLE_EQUAL(first->all.mae, (off[0] + off[1] + off[2]) / 3, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(first->all.rmse,
                         sqrt((off[0] * off[0] + off[1] * off[1] + off[2] * off[2]) / 3), 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(first->all.median, off[2], 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(first->all.within, 1.0 / 3, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(first->all.crps, first->all.mae, 1e-12);
  CU_ASSERT_TRUE(isnan(first->all.behind));
  CU_ASSERT_EQUAL(mean->all.n, 4); /* it needs no salience above 0; pairs are of three */
  CU_ASSERT_DOUBLE_EQUAL(mean->all.behind, (10 - 2.5 + 50 - 45 + 0) / 3, 1e-12);
  CU_ASSERT_EQUAL(mean->procedure[0].n, 2);
  CU_ASSERT_EQUAL(mean->procedure[1].n, 2);
  CU_ASSERT_EQUAL(mean->size[0].n, 1);
  CU_ASSERT_EQUAL(mean->size[1].n, 3); /* d3 has two issues, though one has no outcome */
  const double x[] = {0, 50, 100}, p[] = {0.5, 0.25, 0.25};
  CU_ASSERT_DOUBLE_EQUAL(positions->crps[0], pln_score_crps(3, x, p, 40), 1e-12);
  /* i1 is of d1: the errors of others are that of i3 alone, 10 - 110/3. */
  CU_ASSERT_DOUBLE_EQUAL(first->crps_spread[0], fabs(37.5 + (10 - 110.0 / 3) - 40), 1e-12);
}

/* The outcomes decide no forecast. */
static void test_blind(void) {
  g_autofree char *other = g_strdup(made);
  memcpy(strstr(other, "0,40\n"), "0,99", 4);
  g_autoptr(PlnDossiers) d = dossiers(made), e = dossiers(other);
  g_autoptr(PlnBargainBacktest) a = backtest(d, NULL, 1), b = backtest(e, NULL, 1);
  for (guint r = 0; r < a->rivals->len; r++) {
    const PlnBargainRival *x = &g_array_index(a->rivals, PlnBargainRival, r);
    const PlnBargainRival *y = &g_array_index(b->rivals, PlnBargainRival, r);
    CU_ASSERT_EQUAL(memcmp(x->forecast, y->forecast, 5 * sizeof(double)), 0);
    CU_ASSERT_TRUE(x->crps[0] != y->crps[0] || isnan(x->crps[0]));
  }
}

static void test_threads(void) {
  g_autoptr(PlnDossiers) d = dossiers(made);
  g_autoptr(PlnBargainBacktest) a = backtest(d, NULL, 1), b = backtest(d, NULL, 3);
  for (guint r = 0; r < a->rivals->len; r++) {
    const PlnBargainRival *x = &g_array_index(a->rivals, PlnBargainRival, r);
    const PlnBargainRival *y = &g_array_index(b->rivals, PlnBargainRival, r);
    CU_ASSERT_EQUAL(memcmp(&x->all, &y->all, sizeof x->all), 0);
    CU_ASSERT_EQUAL(memcmp(x->size, y->size, sizeof x->size), 0);
  }
}

static PlnCapabilities *capabilities(const char *text) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
  return pln_capabilities_parse("c.csv", bytes, NULL, faults);
}

static void test_capability(void) {
  g_autoptr(PlnDossiers) d = dossiers(made);
  g_autoptr(PlnCapabilities) c =
      capabilities("actor,from,to,capability\na,,2003-12-31,1\na,2004-01-01,,5\nb,,,1\nc,,,2\n");
  g_autoptr(PlnBargainBacktest) b = backtest(d, c, 1);
  forecasts_are(b, "compromise", (double[]){125 / 2.5, 30 / 0.6, 240 / 8.0, 190 / 8.0, NAN});
  g_autoptr(PlnCapabilities) less = capabilities("actor,capability\na,1\nb,1\n");
  g_autoptr(GError) error = NULL;
  PlnBargainBacktestOptions options = pln_bargain_backtest_options();
  options.capabilities = less;
  CU_ASSERT_PTR_NULL(pln_bargain_backtest_new(d, &options, &error));
  CU_ASSERT_STRING_EQUAL(
      error->message,
      "the table \"c.csv\" of capabilities says nothing of \"c\", which takes part in issue i1 "
      "under COD; expected a row for it; it has a, b");
}

static void is_refused(const PlnDossiers *d, const PlnCapabilities *table, const char *why) {
  g_autoptr(GError) error = NULL;
  PlnBargainBacktestOptions options = pln_bargain_backtest_options();
  options.capabilities = table;
  CU_ASSERT_PTR_NULL(pln_bargain_backtest_new(d, &options, &error));
  CU_ASSERT_PTR_NOT_NULL_FATAL(error);
  CU_ASSERT_EQUAL(error->code, PLN_ERROR_DATA);
  CU_ASSERT_PTR_NOT_NULL(strstr(error->message, why));
}

/* Without a day a table that says different things of different days leaves the issue out; one that
 * says nothing at all of an actor is a fault. */
static void test_no_day(void) {
  g_autoptr(PlnDossiers) d = dossiers("prnr,isnr,intro,pa,sa,pb,sb,pc,sc,out\n"
                                      "d1,i1,01-01-05,0,100,50,50,100,50,40\n"
                                      "d2,i2,,0,100,50,50,100,50,60\n");
  g_autoptr(PlnDossiers) none = dossiers("prnr,isnr,pa,sa,pb,sb,pc,sc,out\n"
                                         "d1,i1,0,100,50,50,100,50,40\n");
  g_autoptr(PlnCapabilities) differ =
      capabilities("actor,from,to,capability\na,,2003-12-31,1\na,2004-01-01,,5\nb,,,1\nc,,,2\n");
  g_autoptr(PlnCapabilities) less = capabilities("actor,capability\na,1\nb,1\n");
  g_autoptr(PlnBargainBacktest) left_out = backtest(d, differ, 1);
  CU_ASSERT_PTR_NOT_NULL_FATAL(left_out);
  CU_ASSERT_EQUAL(left_out->without_day, 1);
  is_refused(none, differ, "without a day the capabilities on 1 issues are not known");
  is_refused(none, less, "says nothing of \"c\"");
}

/* Whatever gives a distribution is scored as one: what is said of it, and its chances. */
static void test_distributions(void) {
  g_autoptr(PlnDossiers) d = dossiers(made);
  g_autoptr(PlnBargainBacktest) b = backtest(d, NULL, 1);
  guint n, spread = 0;
  g_autofree PlnBargainRivalSpec *spec = pln_bargain_rivals_new(&n);
  const double x[] = {0, 50, 100}, s[] = {1, .5, .5}, c[] = {1, 1, 1}, from = 0, to = 100;
  const PlnTalks talks = {3, 1, x, s, c, &from, &to, &from}; /* i1: reference 0, outcome 40 */
  CU_ASSERT_EQUAL_FATAL(n, b->rivals->len);
  for (guint r = 0; r < n; r++) {
    const PlnBargainRival *rival = &g_array_index(b->rivals, PlnBargainRival, r);
    double forecast, place[3], chance[3];
    CU_ASSERT_STRING_EQUAL(rival->name, spec[r].name);
    if (rival->method && rival->method->together)
      continue; /* given i2 as well */
    pln_bargain_rival_run(&spec[r], &talks, &forecast, place, chance);
    gboolean given = chance[0] + chance[1] + chance[2] > 0;
    CU_ASSERT_EQUAL(given, rival->distribution);
    if (isnan(rival->forecast[0]))
      continue;
    CU_ASSERT_DOUBLE_EQUAL(
        rival->crps[0], given ? pln_score_crps(3, place, chance, 40) : fabs(forecast - 40), 1e-9);
  }
  for (guint r = 0; r < n; r++) {
    const PlnBargainRival *rival = &g_array_index(b->rivals, PlnBargainRival, r);
    spread += rival->method == &pln_method_spatial && rival->distribution &&
              rival->crps[1] < fabs(rival->forecast[1] - 90);
  }
  CU_ASSERT_EQUAL(spread, 2); /* to its end, one round */
}

static void test_no_weight(void) {
  g_autoptr(PlnDossiers) d = dossiers("prnr,isnr,pa,sa,pb,sb,pc,sc,out\nd1,i1,0,0,50,0,100,0,40\n");
  is_refused(d, NULL, "on no issue has anybody weight");
}

static void test_nothing(void) {
  g_autoptr(PlnDossiers) d = dossiers("prnr,isnr,pa,sa,pb,sb,out\nd,i,1,2,3,4,5\n");
  g_autoptr(GError) error = NULL;
  PlnBargainBacktestOptions options = pln_bargain_backtest_options();
  CU_ASSERT_PTR_NULL(pln_bargain_backtest_new(d, &options, &error));
  CU_ASSERT_STRING_EQUAL(
      error->message,
      "nothing can be scored: no issue has an outcome and three actors with a position and "
      "a salience; expected some");
}

int main(void) {
  CU_TestInfo tests[] = {{"CRPS", test_crps},
                         {"CRPS of a point with a spread", test_crps_spread},
                         {"median", test_median},
                         {"bootstrap", test_bootstrap},
                         {"no interval", test_no_interval},
                         {"forecasts", test_forecasts},
                         {"scores", test_scores},
                         {"outcomes decide nothing", test_blind},
                         {"threads", test_threads},
                         {"capabilities", test_capability},
                         {"no day", test_no_day},
                         {"distributions", test_distributions},
                         {"no weight", test_no_weight},
                         {"nothing to score", test_nothing},
                         CU_TEST_INFO_NULL};
  return suite_run("bargain_backtest", tests);
}
