/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PRIM: planted boxes, with noise and words, and nothing where there is nothing. */
#include "plenary/prim.h"

#include <math.h>
#include <signal.h>
#include <string.h>

#include "plenary/draw.h"
#include "plenary/prim_part.h"
#include "suite.h"

enum { D = 5, N = 2000, WORD = 4, WORDS = 4 };

static const guint words[D] = {0, 0, 0, 0, WORDS};

typedef struct {
  double x[N * D];
  guint8 y[N];
  PlnPrimRows rows;
} Made;

typedef gboolean (*Planted)(const double *x);

/* Numbers evenly in 0 … 100, a word of four; of interest with chance @in inside, @out outside. */
static Made *made(guint64 seed, guint64 n, Planted planted, double in, double out) {
  Made *made = g_new0(Made, 1);
  PlnDraw draw = pln_draw_stream(seed, 0x54455354, 0);
  for (guint64 i = 0; i < n; i++) {
    double *x = made->x + i * D;
    for (guint j = 0; j < D; j++)
      x[j] = j == WORD ? (double)pln_draw_below(&draw, WORDS) : 100 * pln_draw_uniform(&draw);
    made->y[i] = pln_draw_uniform(&draw) < (planted && planted(x) ? in : out);
  }
  made->rows = (PlnPrimRows){n, D, made->x, words, made->y};
  return made;
}

static gboolean corner(const double *x) {
  return x[0] < 40 && x[2] > 30 && x[2] < 70;
}

static gboolean worded(const double *x) {
  return x[1] > 60 && (x[WORD] == 1 || x[WORD] == 3);
}

static gboolean either(const double *x) {
  return (x[0] < 40 && x[1] < 50) || (x[2] > 70 && x[3] > 50);
}

/* One at either end of a range, with nothing between them. */
static gboolean ends(const double *x) {
  return (x[0] < 30 && x[1] < 50) || (x[0] > 70 && x[3] > 50);
}

static const PlnPrimBox *box_of(const PlnPrim *prim, guint k) {
  return g_ptr_array_index(prim->boxes, k);
}

/* Limits to within a peel: of the box's own width a twentieth, and another for the noise. */
static void test_corner(void) {
  for (guint64 seed = 1; seed <= 5; seed++) {
    g_autofree Made *rows = made(seed, N, corner, 0.95, 0.05);
    PlnPrimOptions options = pln_prim_options();
    g_autoptr(PlnPrim) prim = pln_prim_find(&rows->rows, &options);
    CU_ASSERT_EQUAL_FATAL(prim->boxes->len, 1);
    const PlnPrimBox *box = box_of(prim, 0);
    CU_ASSERT_TRUE(box->side[0].low == -INFINITY);
    CU_ASSERT_DOUBLE_EQUAL(box->side[0].high, 40, 4);
    CU_ASSERT_DOUBLE_EQUAL(box->side[2].low, 30, 4);
    CU_ASSERT_DOUBLE_EQUAL(box->side[2].high, 70, 4);
    for (guint j = 0; j < D; j++) {
      gboolean planted = j == 0 || j == 2;
      CU_ASSERT_EQUAL(box->side[j].restricted, planted);
      CU_ASSERT_TRUE(planted ? box->side[j].p < 1e-6 : isnan(box->side[j].p));
      CU_ASSERT_TRUE(planted ? box->side[j].reproduced == 1 : box->side[j].reproduced < 0.2);
    }
    CU_ASSERT_DOUBLE_EQUAL(box->held.density, 0.95, 0.12);
    CU_ASSERT_DOUBLE_EQUAL(box->all.support, 0.16, 0.04);
    CU_ASSERT_DOUBLE_EQUAL(box->held.coverage, 0.16 * 0.95 / (0.16 * 0.95 + 0.84 * 0.05), 0.12);
    CU_ASSERT_PTR_NULL(prim->why);
  }
}

static void test_words(void) {
  g_autofree Made *rows = made(3, N, worded, 0.8, 0.1);
  PlnPrimOptions options = pln_prim_options();
  g_autoptr(PlnPrim) prim = pln_prim_find(&rows->rows, &options);
  CU_ASSERT_EQUAL_FATAL(prim->boxes->len, 1);
  const PlnPrimBox *box = box_of(prim, 0);
  CU_ASSERT_DOUBLE_EQUAL(box->side[1].low, 60, 4);
  CU_ASSERT_TRUE(box->side[1].high == INFINITY);
  CU_ASSERT_EQUAL(box->side[WORD].in, 1 << 1 | 1 << 3);
  CU_ASSERT_TRUE(box->side[1].restricted && box->side[WORD].restricted);
  CU_ASSERT_FALSE(box->side[0].restricted || box->side[2].restricted || box->side[3].restricted);
  CU_ASSERT_TRUE(box->side[WORD].p < 1e-6);
}

static void test_covering(void) {
  g_autofree Made *rows = made(4, N, either, 0.95, 0.03);
  PlnPrimOptions options = pln_prim_options();
  g_autoptr(PlnPrim) prim = pln_prim_find(&rows->rows, &options);
  CU_ASSERT_EQUAL_FATAL(prim->boxes->len, 2);
  guint left = 0;
  for (guint k = 0; k < 2; k++) {
    const PlnPrimBox *box = box_of(prim, k);
    gboolean lower = box->side[0].high < INFINITY;
    left += lower;
    if (lower) {
      CU_ASSERT_DOUBLE_EQUAL(box->side[0].high, 40, 4);
      CU_ASSERT_DOUBLE_EQUAL(box->side[1].high, 50, 4);
    } else {
      CU_ASSERT_DOUBLE_EQUAL(box->side[2].low, 70, 4);
      CU_ASSERT_DOUBLE_EQUAL(box->side[3].low, 50, 4);
    }
  }
  CU_ASSERT_EQUAL(left, 1);
  CU_ASSERT_DOUBLE_EQUAL(prim->coverage,
                         box_of(prim, 0)->all.coverage + box_of(prim, 1)->all.coverage, 1e-12);
  CU_ASSERT_TRUE(prim->coverage > 0.85);
}

static void test_ends(void) {
  g_autofree Made *rows = made(4, N, ends, 0.95, 0.03);
  PlnPrimOptions options = pln_prim_options();
  g_autoptr(PlnPrim) prim = pln_prim_find(&rows->rows, &options);
  CU_ASSERT_EQUAL_FATAL(prim->boxes->len, 2);
  for (guint k = 0; k < 2; k++) {
    const PlnPrimSide *side = box_of(prim, k)->side;
    gboolean lower = side[0].high < INFINITY;
    CU_ASSERT_DOUBLE_EQUAL(lower ? side[0].high : side[0].low, lower ? 30 : 70, 4);
    CU_ASSERT_DOUBLE_EQUAL(lower ? side[1].high : side[3].low, 50, 5);
  }
}

/* Noise alone: a box is found in 1 of 100, so in 60 hardly more than 4. */
static void test_nothing(void) {
  guint found = 0, seeds = suite_is_quick() ? 5 : 60;
  for (guint64 seed = 1; seed <= seeds; seed++) {
    g_autofree Made *rows = made(100 + seed, 600, NULL, 0, seed % 2 ? 0.2 : 0.6);
    PlnPrimOptions options = pln_prim_options();
    options.seed = seed;
    g_autoptr(PlnPrim) prim = pln_prim_find(&rows->rows, &options);
    found += prim->boxes->len > 0;
    CU_ASSERT_EQUAL(prim->why == NULL, prim->boxes->len > 0);
  }
  CU_ASSERT_TRUE(found <= 4);
}

/* Few rows and much noise: dimensions that have nothing to do with it are let go, and what is
 * found hangs on the halving a little. */
static void test_faint(void) {
  guint wrong = 0, found = 0, between = 0;
  for (guint64 seed = 1; seed <= 20; seed++) {
    g_autofree Made *rows = made(200 + seed, 800, corner, 0.8, 0.25);
    PlnPrimOptions options = pln_prim_options();
    options.boxes = 1;
    options.seed = seed;
    g_autoptr(PlnPrim) prim = pln_prim_find(&rows->rows, &options);
    for (guint j = 0; prim->boxes->len > 0 && j < D; j++) {
      const PlnPrimSide *side = &box_of(prim, 0)->side[j];
      wrong += side->restricted && j != 0 && j != 2;
      found += side->restricted && (j == 0 || j == 2);
      between += side->reproduced > 0 && side->reproduced < 1;
    }
  }
  CU_ASSERT_TRUE(found > 24);
  CU_ASSERT_TRUE(wrong <= 2);
  CU_ASSERT_TRUE(between > 10);
}

/* 0.9 above 30, else 0.5 or 0.1: what is left has a denser part, but none as dense as all rows. */
static void test_not_denser(void) {
  g_autofree Made *rows = made(10, N, NULL, 0, 0);
  PlnDraw draw = pln_draw_stream(10, 0x54455354, 2);
  for (guint i = 0; i < N; i++) {
    const double *x = rows->x + i * D;
    rows->y[i] = pln_draw_uniform(&draw) < (x[0] > 30 ? 0.9 : x[1] < 50 ? 0.5 : 0.1);
  }
  PlnPrimOptions options = pln_prim_options();
  g_autoptr(PlnPrim) prim = pln_prim_find(&rows->rows, &options);
  CU_ASSERT_EQUAL_FATAL(prim->boxes->len, 1);
  CU_ASSERT_DOUBLE_EQUAL(box_of(prim, 0)->side[0].low, 30, 4);
}

/* A box that was peeled too far grows back to 50 … 150. */
static void test_paste(void) {
  enum { ROWS = 200 };
  double x[ROWS];
  guint32 place[ROWS], *order[1] = {place};
  guint8 y[ROWS], alive[ROWS];
  for (guint i = 0; i < ROWS; i++) {
    x[i] = place[i] = i;
    y[i] = i >= 50 && i < 150;
    alive[i] = 1;
  }
  PlnPrimRows rows = {ROWS, 1, x, NULL, y};
  PlnPrimOptions options = pln_prim_options();
  PlnPrimWork work = {&rows, &options, order, alive};
  g_autoptr(PlnPrimSearch) search = pln_prim_search_new(&work, 0);
  search->best[0] = (PlnPrimSide){.low = 80, .high = 120};
  search->best_tally = pln_prim_count_half(search, search->best, 1);
  pln_prim_paste(search);
  CU_ASSERT_DOUBLE_EQUAL(search->best[0].low, 49.5, 5);
  CU_ASSERT_DOUBLE_EQUAL(search->best[0].high, 149.5, 5);
  PlnPrimTally now = pln_prim_count_half(search, search->best, 1);
  CU_ASSERT_EQUAL(search->best_tally.rows, now.rows);
  CU_ASSERT_EQUAL(search->best_tally.interest, now.interest);
}

/* What a box says of itself, counted again by its own word. */
static void test_counts(void) {
  g_autofree Made *rows = made(5, N, corner, 0.9, 0.1);
  PlnPrimOptions options = pln_prim_options();
  g_autoptr(PlnPrim) prim = pln_prim_find(&rows->rows, &options);
  CU_ASSERT_EQUAL_FATAL(prim->boxes->len, 1);
  const PlnPrimBox *box = box_of(prim, 0);
  guint64 in = 0, interest = 0, all = 0;
  for (guint64 i = 0; i < N; i++) {
    gboolean holds = pln_prim_holds(prim, box, words, rows->x + i * D);
    in += holds;
    interest += holds && rows->y[i];
    all += rows->y[i];
  }
  CU_ASSERT_EQUAL(box->all.rows, in);
  CU_ASSERT_EQUAL(box->all.interest, interest);
  CU_ASSERT_EQUAL(prim->interest, all);
  CU_ASSERT_DOUBLE_EQUAL(box->all.coverage, (double)interest / (double)all, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(box->all.density, (double)interest / (double)in, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(box->all.support, (double)in / N, 1e-12);
  CU_ASSERT_TRUE(box->held.rows < in && box->held.rows > in / 3);
}

/* From all rows on, smaller and smaller, the box chosen among them. */
static void test_trajectory(void) {
  g_autofree Made *rows = made(6, N, corner, 0.9, 0.1);
  PlnPrimOptions options = pln_prim_options();
  g_autoptr(PlnPrim) prim = pln_prim_find(&rows->rows, &options);
  CU_ASSERT_EQUAL_FATAL(prim->boxes->len, 1);
  const PlnPrimBox *box = box_of(prim, 0);
  const PlnPrimStep *step = &g_array_index(box->trajectory, PlnPrimStep, 0);
  CU_ASSERT_EQUAL(step->held.coverage, 1);
  CU_ASSERT_EQUAL(step->held.support, 1);
  CU_ASSERT_EQUAL(step->restricted, 0);
  CU_ASSERT_TRUE(box->chosen > 10 && box->chosen < box->trajectory->len);
  for (guint k = 1; k < box->trajectory->len; k++) {
    CU_ASSERT_TRUE(step[k].held.rows <= step[k - 1].held.rows);
    CU_ASSERT_TRUE(step[k].restricted >= step[k - 1].restricted);
  }
  CU_ASSERT_TRUE(step[box->chosen].held.density > 3 * step[0].held.density);
}

/* Levels of a grid: a level is peeled whole, and the limit lies between two of them. */
static void test_levels(void) {
  g_autofree Made *rows = made(7, N, NULL, 0, 0);
  for (guint i = 0; i < N; i++) {
    rows->x[i * D] = 25 * floor(rows->x[i * D] / 20); /* 0, 25 … 100 */
    rows->y[i] = rows->x[i * D] >= 75;
  }
  PlnPrimOptions options = pln_prim_options();
  g_autoptr(PlnPrim) prim = pln_prim_find(&rows->rows, &options);
  CU_ASSERT_EQUAL_FATAL(prim->boxes->len, 1);
  const PlnPrimBox *box = box_of(prim, 0);
  CU_ASSERT_EQUAL(box->side[0].low, 62.5);
  CU_ASSERT_EQUAL(box->side[0].high, INFINITY);
  CU_ASSERT_EQUAL(box->all.density, 1);
  CU_ASSERT_EQUAL(box->all.coverage, 1);
}

static void says(guint64 n, guint8 y, const char *why) {
  g_autofree Made *rows = made(8, n, NULL, 0, 0);
  memset(rows->y, y, n);
  PlnPrimOptions options = pln_prim_options();
  g_autoptr(PlnPrim) prim = pln_prim_find(&rows->rows, &options);
  CU_ASSERT_EQUAL(prim->boxes->len, 0);
  CU_ASSERT_PTR_NOT_NULL_FATAL(prim->why);
  CU_ASSERT_PTR_NOT_NULL(strstr(prim->why, why));
}

static void test_edges(void) {
  says(30, 1, "too few");
  says(400, 0, "no run");
  says(400, 1, "every run");
}

/* By two ways: sums of terms worked out one by one, and known values. */
static void test_tail(void) {
  CU_ASSERT_DOUBLE_EQUAL(pln_prim_tail(10, 8, 0.5), 56 / 1024., 1e-15);
  CU_ASSERT_DOUBLE_EQUAL(pln_prim_tail(10, 2, 0.5), 1013 / 1024., 1e-15);
  CU_ASSERT_DOUBLE_EQUAL(pln_prim_tail(3, 3, 0.1), 0.001, 1e-16);
  CU_ASSERT_DOUBLE_EQUAL(pln_prim_tail(3, 1, 0.1), 0.271, 1e-15);
  CU_ASSERT_EQUAL(pln_prim_tail(5, 0, 0.3), 1);
  CU_ASSERT_EQUAL(pln_prim_tail(5, 3, 0), 0);
  CU_ASSERT_EQUAL(pln_prim_tail(5, 3, 1), 1);
  CU_ASSERT_EQUAL(pln_prim_tail(1000000, 900000, 0.1), 0);
  CU_ASSERT_EQUAL(pln_prim_tail(1000000, 1000, 0.9), 1);
  CU_ASSERT_DOUBLE_EQUAL(pln_prim_tail(1000000, 500000, 0.5), 0.5003989, 1e-6);
}

/* Fisher's lady, who tells four cups of eight: all of them 1 in 70, three 17. */
static void test_exact_tail(void) {
  const PlnPrimTally cups = {8, 4}, rows = {1000000, 500000};
  CU_ASSERT_DOUBLE_EQUAL(pln_prim_exact_tail(cups, 4, 4), 1 / 70., 1e-15);
  CU_ASSERT_DOUBLE_EQUAL(pln_prim_exact_tail(cups, 4, 3), 17 / 70., 1e-15);
  CU_ASSERT_DOUBLE_EQUAL(pln_prim_exact_tail(cups, 4, 1), 69 / 70., 1e-15);
  CU_ASSERT_EQUAL(pln_prim_exact_tail(cups, 4, 0), 1);
  CU_ASSERT_EQUAL(pln_prim_exact_tail(cups, 6, 2), 1);
  CU_ASSERT_EQUAL(pln_prim_exact_tail(cups, 3, 4), 0);
  CU_ASSERT_EQUAL(pln_prim_exact_tail(rows, 500000, 400000), 0);
  CU_ASSERT_EQUAL(pln_prim_exact_tail(rows, 500000, 1000), 1);
  CU_ASSERT_DOUBLE_EQUAL(pln_prim_exact_tail(rows, 400000, 200000), 0.5, 0.001);
}

static void test_threads(void) {
  g_autofree Made *rows = made(9, N, worded, 0.9, 0.1);
  PlnPrimOptions options = pln_prim_options();
  g_autoptr(PlnPrim) one = pln_prim_find(&rows->rows, &options);
  options.threads = 3;
  g_autoptr(PlnPrim) three = pln_prim_find(&rows->rows, &options);
  CU_ASSERT_EQUAL_FATAL(one->boxes->len, three->boxes->len);
  for (guint k = 0; k < one->boxes->len; k++)
    CU_ASSERT_EQUAL(
        memcmp(box_of(one, k)->side, box_of(three, k)->side, D * sizeof(PlnPrimSide)), 0);
}

/* Searches are told one by one; at an interrupt, where somebody watches, there is no answer.  The
 * last: an interrupt is for good. */
static void test_interrupted(void) {
  Made *made_ = made(3, 1000, corner, 0.9, 0.1);
  PlnPrimOptions options = pln_prim_options();
  g_autoptr(PlnProgress) progress =
      pln_progress_new(-1, "boxes", pln_prim_steps(&options, made_->rows.d));
  CU_ASSERT_EQUAL(pln_prim_steps(&options, 7), 3 * (15 + 20));
  options.progress = progress;
  g_autoptr(PlnPrim) watched = pln_prim_find(&made_->rows, &options);
  CU_ASSERT_FALSE(watched->interrupted);
  CU_ASSERT_TRUE(watched->boxes->len > 0);
  pln_progress_catch();
  raise(SIGINT);
  g_autoptr(PlnPrim) found = pln_prim_find(&made_->rows, &options);
  CU_ASSERT_TRUE(found->interrupted);
  CU_ASSERT_EQUAL(found->boxes->len, 0);
  CU_ASSERT_STRING_EQUAL(found->why, "interrupted");
  options.progress = NULL;
  g_autoptr(PlnPrim) unwatched = pln_prim_find(&made_->rows, &options);
  CU_ASSERT_EQUAL(unwatched->boxes->len, watched->boxes->len);
  g_free(made_);
}

int main(void) {
  CU_TestInfo tests[] = {{"a planted box", test_corner},
                         {"a planted box of words", test_words},
                         {"two boxes", test_covering},
                         {"a box at either end", test_ends},
                         {"nothing where there is nothing", test_nothing},
                         {"few rows, much noise", test_faint},
                         {"no denser than all rows", test_not_denser},
                         {"pasting", test_paste},
                         {"counts", test_counts},
                         {"the way of peeling", test_trajectory},
                         {"levels of a grid", test_levels},
                         {"too few, none, all", test_edges},
                         {"the binomial tail", test_tail},
                         {"Fisher's exact test", test_exact_tail},
                         {"any number of threads", test_threads},
                         {"interrupted", test_interrupted},
                         CU_TEST_INFO_NULL};
  return suite_run("prim", tests);
}
