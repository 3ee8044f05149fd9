/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reconstructions against every assignment of a few states, the factors integrated out on a
 * grid; against draws of the forecast that happen to have the tally; and what must hold of any. */
#include "plenary/reconstruct.h"

#include <math.h>
#include <string.h>

#include "plenary/error.h"
#include "plenary/mixture.h"
#include "plenary/normal.h"
#include "plenary/saddle.h"
#include "suite.h"

enum { K = PLN_VOTE_KINDS, MOST = 200, FACTORS = 4 };

/* A forecast made up, its arrays beside it. */
typedef struct {
  PlnForecast forecast;
  double below[MOST], above[MOST], own[MOST], absent[MOST], loading[FACTORS * MOST];
} Made;

static void make(Made *m, guint n, guint f, double turnout, guint seed) {
  PlnDraw draw = pln_draw_stream(seed, 1, 0);
  memset(m, 0, sizeof *m);
  m->forecast = (PlnForecast){n,          (n + 7) / 8 * 8, f,         m->below, m->above,
                              m->loading, m->own,          m->absent, turnout, 0};
  for (guint i = 0; i < n; i++) {
    double middle = 1.3 * pln_draw_normal(&draw), half = 0.1 + 0.5 * pln_draw_uniform(&draw);
    double squares = 0;
    m->below[i] = middle - half;
    m->above[i] = middle + half;
    m->absent[i] = -1.2 + 0.5 * pln_draw_normal(&draw);
    for (guint j = 0; j < f; j++) {
      double l = 0.35 * pln_draw_normal(&draw);
      l = squares + l * l < 0.8 ? l : 0;
      m->loading[j * m->forecast.n_pad + i] = l;
      squares += l * l;
    }
    m->own[i] = sqrt(1 - squares);
  }
}

/* The totals of one draw of the forecast. */
static void drawn_total(const Made *m, guint seed, guint32 total[K]) {
  static double room[PLN_FORECAST_ROOM(MOST, FACTORS)];
  PlnVote vote[MOST];
  pln_forecast_draw(&m->forecast, seed, 2, 0, 1, room, vote);
  memset(total, 0, K * sizeof *total);
  for (guint i = 0; i < m->forecast.n; i++)
    total[vote[i]]++;
}

/* Adds every assignment from state @i on that has what is @left, @chance of those before. */
static double assign(const double *p, guint i, guint n, guint32 left[K], double chance,
                     double *given) {
  double sum = 0;
  if (i == n)
    return chance;
  for (guint k = 0; k < K; k++) {
    if (left[k] == 0)
      continue;
    left[k]--;
    double part = assign(p, i + 1, n, left, chance * p[i * K + k], given);
    left[k]++;
    given[i * K + k] += part;
    sum += part;
  }
  return sum;
}

static void chances_at(const PlnForecast *f, const double *z, double *p) {
  double y[MOST], n[MOST], a[MOST];
  pln_forecast_given(f, z, y, n, a);
  for (guint i = 0; i < f->n; i++) {
    p[i * K + PLN_VOTE_Y] = y[i];
    p[i * K + PLN_VOTE_N] = n[i];
    p[i * K + PLN_VOTE_A] = a[i];
    p[i * K + PLN_VOTE_X] = 1 - y[i] - n[i] - a[i];
  }
}

/* By a grid over the first two entries of z. */
static void enumerate(const PlnForecast *f, const guint32 total[K], double *given) {
  double all = 0;
  memset(given, 0, f->n * K * sizeof *given);
  for (int a = -24; a <= 24; a++)
    for (int b = -24; b <= 24; b++) {
      double z[2] = {a / 5.0, b / 5.0}, p[MOST * K], part[MOST * K] = {0};
      guint32 left[K];
      memcpy(left, total, sizeof left);
      chances_at(f, z, p);
      double weight = pln_gauss(z[0]) * pln_gauss(z[1]);
      all += weight * assign(p, 0, f->n, left, 1, part);
      for (guint i = 0; i < f->n * K; i++)
        given[i] += weight * part[i];
    }
  for (guint i = 0; i < f->n * K; i++)
    given[i] /= all;
}

static PlnReconstruct *run(const Made *m, const guint32 total[K], guint64 seed, guint draws,
                           guint threads) {
  PlnReconstructOptions options = {seed, draws, threads};
  GError *error = NULL;
  PlnReconstruct *r = pln_reconstruct_new(&m->forecast, total, &options, NULL, &error);
  CU_ASSERT_PTR_NOT_NULL_FATAL(r);
  CU_ASSERT_PTR_NULL(error);
  return r;
}

static gboolean adds_up(const PlnReconstruct *r, const guint32 total[K]) {
  double sum[K] = {0}, off = 0;
  gboolean inside = TRUE;
  for (guint i = 0; i < r->n; i++) {
    double all = 0;
    for (guint k = 0; k < K; k++) {
      double p = r->chance[i * K + k];
      inside &= total[k] > 0 ? p > 0 && (p < 1 || total[k] == r->n) : p == 0;
      sum[k] += p;
      all += p;
    }
    off = MAX(off, fabs(all - 1));
  }
  for (guint k = 0; k < K; k++)
    off = MAX(off, fabs(sum[k] - total[k]));
  return inside && off < 1e-9;
}

static void test_enumeration(void) {
  for (guint c = 0; c < 12; c++) {
    static Made m;
    guint n = 3 + c % 4;
    guint32 total[K];
    double truth[MOST * K], worst = 0;
    make(&m, n, 1, 0.6, 100 + c);
    drawn_total(&m, c, total);
    enumerate(&m.forecast, total, truth);
    g_autoptr(PlnReconstruct) r = run(&m, total, 7, 4096, 1);
    CU_ASSERT_TRUE(r->exact && adds_up(r, total));
    for (guint i = 0; i < n * K; i++)
      worst = MAX(worst, fabs(r->chance[i] - truth[i]) - 5 * r->error[i]);
    CU_ASSERT_TRUE(worst < 1e-3);
    CU_ASSERT_TRUE(r->effective > 500);
  }
}

/* Many draws of the forecast: of those that have the tally, who voted how. */
static void test_by_chance(void) {
  enum { DRAWS = 400000, BATCH = 1000, N = 9 };
  static Made m;
  static double room[PLN_FORECAST_ROOM(MOST, FACTORS)];
  static PlnVote vote[BATCH * N];
  guint32 total[K];
  double count[N * K] = {0}, met = 0;
  make(&m, N, 3, 0.5, 5);
  drawn_total(&m, 3, total);
  for (guint first = 0; first < DRAWS; first += BATCH) {
    pln_forecast_draw(&m.forecast, 11, 3, first, BATCH, room, vote);
    for (guint d = 0; d < BATCH; d++) {
      guint32 had[K] = {0};
      for (guint i = 0; i < N; i++)
        had[vote[d * N + i]]++;
      if (memcmp(had, total, sizeof had) != 0)
        continue;
      met++;
      for (guint i = 0; i < N; i++)
        count[i * K + vote[d * N + i]]++;
    }
  }
  g_autoptr(PlnReconstruct) r = run(&m, total, 7, 4096, 1);
  CU_ASSERT_TRUE(met > 400);
  CU_ASSERT_TRUE(fabs(r->log - log(met / DRAWS)) < 5 / sqrt(met) + 0.1);
  for (guint i = 0; i < N * K; i++) {
    double p = count[i] / met, error = sqrt(p * (1 - p) / met) + r->error[i];
    CU_ASSERT_TRUE(fabs(r->chance[i] - p) < 4.5 * error + 2e-3);
  }
}

/* Beyond enumeration: the approximation against the exact count, at one draw of the factors. */
static void test_saddle(void) {
  static Made m;
  static double exact[MOST * K], fast[MOST * K], z[1 + FACTORS];
  make(&m, 60, 3, 0.5, 21);
  for (guint c = 0; c < 4; c++) {
    guint32 total[K];
    double log, worst = 0;
    drawn_total(&m, 30 + c, total);
    g_autoptr(PlnSaddle) s = pln_saddle_new(&m.forecast, total);
    for (guint j = 0; j <= 3; j++)
      z[j] = 0.4 * c - 0.3 * j;
    CU_ASSERT_TRUE_FATAL(pln_saddle_at(s, z));
    pln_saddle_chances(s, fast);
    PlnTallyCase tally = {.n = 60, .chance = s->p};
    memcpy(tally.total, total, sizeof tally.total);
    g_autofree double *room = g_new(double, pln_tally_room(&tally, PLN_TALLY_FOR_CHANCES));
    pln_tally_chances(&tally, room, exact, &log);
    for (guint i = 0; i < 60 * K; i++)
      worst = MAX(worst, fabs(fast[i] - exact[i]));
    CU_ASSERT_TRUE(fabs(log - s->log) < 0.15);
    CU_ASSERT_TRUE(worst < (total[PLN_VOTE_X] == 1 ? 0.03 : 0.005)); /* few are not normal */
  }
}

/* The slope against differences of the log. */
static void test_slope(void) {
  static Made m;
  guint32 total[K];
  double slope[4], spread[4 * PLN_SADDLE_MOST], z[4] = {0.3, -0.5, 0.2, 0.8};
  make(&m, 150, 3, 0.5, 22);
  drawn_total(&m, 40, total);
  g_autoptr(PlnSaddle) s = pln_saddle_new(&m.forecast, total);
  pln_saddle_at(s, z);
  pln_saddle_slope(s, z, slope, spread);
  for (guint j = 0; j < 4; j++) {
    double at[2];
    for (int side = 0; side < 2; side++) {
      z[j] += side ? 2e-4 : -1e-4;
      pln_saddle_at(s, z);
      at[side] = s->log;
    }
    z[j] -= 1e-4;
    /* All but the slope of the normal density's volume, which is small. */
    CU_ASSERT_TRUE(fabs((at[1] - at[0]) / 2e-4 - slope[j]) < 0.03 * fabs(slope[j]) + 0.4);
  }
}

/* Of a whole Assembly: it adds up, as many draws are worth something, and they agree with
 * others. */
static void test_assembly(void) {
  static Made m;
  guint32 total[K];
  make(&m, 186, 4, 0.4, 23);
  drawn_total(&m, 41, total);
  g_autoptr(PlnReconstruct) a = run(&m, total, 1, 1024, 1), b = run(&m, total, 2, 1024, 1);
  CU_ASSERT_TRUE(adds_up(a, total) && adds_up(b, total));
  CU_ASSERT_TRUE(a->effective > 200 && b->effective > 200);
  CU_ASSERT_TRUE(!a->exact && a->checked > 0 && a->corrected < 0.02);
  for (guint i = 0; i < a->n * K; i++)
    CU_ASSERT_TRUE(fabs(a->chance[i] - b->chance[i]) < 5 * (a->error[i] + b->error[i]) + 2e-3);
  CU_ASSERT_TRUE(fabs(a->log - b->log) < 0.3);
}

static void test_threads(void) {
  static Made m;
  guint32 total[K];
  make(&m, 90, 3, 0.4, 24);
  drawn_total(&m, 42, total);
  g_autoptr(PlnReconstruct) one = run(&m, total, 1, 512, 1);
  for (guint threads = 2; threads <= 8; threads *= 4) {
    g_autoptr(PlnReconstruct) many = run(&m, total, 1, 512, threads);
    CU_ASSERT_EQUAL(memcmp(one->chance, many->chance, one->n * K * sizeof(double)), 0);
    CU_ASSERT_EQUAL(memcmp(one->error, many->error, one->n * K * sizeof(double)), 0);
    CU_ASSERT_TRUE(one->log == many->log && one->effective == many->effective);
  }
}

/* What totals force; and what they rule out. */
static void test_forced(void) {
  static Made m;
  PlnReconstructOptions options = {1, 64, 1};
  GError *error = NULL;
  make(&m, 8, 1, 0.5, 25);
  static const guint32 all_yes[K] = {8, 0, 0, 0}, three[K] = {5, 0, 0, 3}, none[K] = {0};
  g_autoptr(PlnReconstruct) r = run(&m, all_yes, 1, 64, 1);
  for (guint i = 0; i < 8 * K; i++)
    CU_ASSERT_TRUE(r->chance[i] == (i % K == PLN_VOTE_Y));
  for (guint i = 0; i < 5; i++)
    m.absent[i] = -PLN_INF;
  g_autoptr(PlnReconstruct) s = run(&m, three, 1, 64, 1);
  for (guint i = 0; i < 8 * K; i++)
    CU_ASSERT_TRUE(fabs(s->chance[i] - (i % K == (i / K < 5 ? PLN_VOTE_Y : PLN_VOTE_X))) < 1e-12);
  m.absent[5] = -PLN_INF;
  CU_ASSERT_PTR_NULL(pln_reconstruct_new(&m.forecast, three, &options, NULL, &error));
  CU_ASSERT_TRUE(g_error_matches(error, PLN_ERROR, PLN_ERROR_DATA));
  g_clear_error(&error);
  make(&m, 0, 1, 0, 1);
  g_autoptr(PlnReconstruct) nobody = run(&m, none, 1, 64, 1);
  CU_ASSERT_EQUAL(nobody->n, 0);
  pln_reconstruct_free(NULL);
}

/* Fitted to draws of a normal density its part comes near to it. */
static void test_mixture(void) {
  enum { N = 4000, D = 3 };
  g_autoptr(PlnMixture) m = pln_mixture_new(D);
  double mean[D] = {0}, precision[D * 8] = {0};
  static double z[N * D], weight[N], share[N * PLN_MIXTURE_MOST], room[8];
  for (guint i = 0; i < D; i++)
    precision[i * 8 + i] = 0.25;
  pln_mixture_add(m, 1, mean, precision, 1);
  for (guint round = 0; round < 3; round++) {
    double all = 0;
    for (guint k = 0; k < N; k++) {
      PlnDraw draw = pln_draw_stream(9, 9, round * N + k);
      double *at = z + k * D, target = 0;
      pln_mixture_draw(m, k, N, &draw, at);
      double drawn = pln_mixture_log(m, at, share + k * PLN_MIXTURE_MOST, room);
      for (guint i = 0; i < D; i++)
        target -= 0.5 * (at[i] - i) * (at[i] - i);
      all += weight[k] = exp(target - drawn);
    }
    CU_ASSERT_TRUE(fabs(all / N - 1) < 0.1); /* a density too */
    for (guint k = 0; k < N; k++)
      weight[k] /= all;
    pln_mixture_fit(m, N, weight, share, z, 1);
  }
  for (guint i = 0; i < D; i++) {
    CU_ASSERT_TRUE(fabs(m->mean[0][i] - i) < 0.1);
    CU_ASSERT_TRUE(fabs(m->root[0][i * m->stride + i] - 1) < 0.1);
  }
}

int main(void) {
  CU_TestInfo tests[] = {{"enumeration", test_enumeration},
                         {"by chance", test_by_chance},
                         {"saddle", test_saddle},
                         {"slope", test_slope},
                         {"an assembly", test_assembly},
                         {"threads", test_threads},
                         {"forced", test_forced},
                         {"mixture", test_mixture},
                         CU_TEST_INFO_NULL};
  return suite_run("reconstruct", tests);
}
