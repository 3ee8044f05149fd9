/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Known tallies: chances given the totals against every assignment of a few voters, against
 * closed forms and sums of many; draws against the chances. */
#include "plenary/tally.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plenary/normal.h"
#include "suite.h"

enum { K = PLN_VOTE_KINDS, FEW = 8, SUMS = 9 * 9 * 9 };

/* What all assignments of a few voters come to, by how many Y, N and A there are. */
static double all[SUMS], by_voter[SUMS][FEW][K];

static int sums_of(const uint32_t total[K]) {
  return (int)((total[0] * 9 + total[1]) * 9 + total[2]);
}

static void enumerate(uint32_t n, const double *chance) {
  memset(all, 0, sizeof all);
  memset(by_voter, 0, sizeof by_voter);
  for (uint32_t code = 0; code < 1u << 2 * n; code++) {
    uint32_t total[K] = {0};
    double p = 1;
    for (uint32_t i = 0; i < n; i++) {
      total[code >> 2 * i & 3]++;
      p *= chance[i * K + (code >> 2 * i & 3)];
    }
    all[sums_of(total)] += p;
    for (uint32_t i = 0; i < n; i++)
      by_voter[sums_of(total)][i][code >> 2 * i & 3] += p;
  }
}

/* Chances as they are met: some far apart, some kinds nobody's, some voters fixed. */
static void make_chances(PlnDraw *draw, uint32_t n, double spread, double zero, double *chance) {
  for (uint32_t i = 0; i < n; i++) {
    double sum = 0;
    for (int k = 0; k < K; k++) {
      chance[i * K + k] = pln_exp(spread * pln_draw_normal(draw));
      if (k < K - 1 && pln_draw_uniform(draw) < zero)
        chance[i * K + k] = 0;
      sum += chance[i * K + k];
    }
    for (int k = 0; k < K; k++)
      chance[i * K + k] /= sum;
  }
}

static double *room_of(const PlnTallyCase *tally) {
  size_t log = pln_tally_room(tally, PLN_TALLY_FOR_LOG);
  size_t room = pln_tally_room(tally, PLN_TALLY_FOR_CHANCES);
  CU_ASSERT_FATAL(log > 0 && log <= room && room == pln_tally_room(tally, PLN_TALLY_FOR_DRAWS));
  return malloc(room * sizeof(double));
}

static void sums_hold(const PlnTallyCase *tally, const double *chance, double within) {
  double kind[K] = {0};
  for (uint32_t i = 0; i < tally->n; i++) {
    double one = 0;
    for (int k = 0; k < K; k++) {
      CU_ASSERT_FATAL(chance[i * K + k] >= 0);
      kind[k] += chance[i * K + k];
      one += chance[i * K + k];
    }
    CU_ASSERT_DOUBLE_EQUAL(one, 1, 1e-14);
  }
  for (int k = 0; k < K; k++)
    CU_ASSERT_DOUBLE_EQUAL(kind[k], tally->total[k], within);
}

static void is_as_enumerated(const PlnTallyCase *tally, double *room) {
  int at = sums_of(tally->total);
  double given[FEW * K], raked[FEW * K], log, again;
  PlnTallyResult expected = all[at] > 0 ? PLN_TALLY_DONE : PLN_TALLY_IMPOSSIBLE;
  CU_ASSERT_EQUAL(pln_tally_rake(tally, raked), expected);
  CU_ASSERT_EQUAL(pln_tally_log(tally, room, &log), expected);
  CU_ASSERT_EQUAL_FATAL(pln_tally_chances(tally, room, given, &again), expected);
  CU_ASSERT(log == again);
  if (expected == PLN_TALLY_IMPOSSIBLE) {
    CU_ASSERT(log == -INFINITY);
    return;
  }
  CU_ASSERT_DOUBLE_EQUAL(log, pln_log(all[at]), 1e-11);
  sums_hold(tally, raked, 1e-10);
  sums_hold(tally, given, 1e-12);
  for (uint32_t i = 0; i < tally->n; i++)
    for (int k = 0; k < K; k++) {
      double exact = by_voter[at][i][k] / all[at];
      CU_ASSERT_DOUBLE_EQUAL(given[i * K + k], exact, 1e-12);
      CU_ASSERT(exact > 0 || raked[i * K + k] == 0);
    }
}

static void test_enumerated(void) {
  PlnDraw draw = pln_draw_stream(1, 1, 1);
  for (int rep = 0; rep < 48; rep++) {
    uint32_t n = (uint32_t)rep % 8 + 1;
    double chance[FEW * K];
    make_chances(&draw, n, rep % 3 == 0 ? 4 : 1, rep < 24 ? 0 : 0.5, chance);
    enumerate(n, chance);
    PlnTallyCase tally = {.n = n, .chance = chance};
    for (uint32_t y = 0; y <= n; y++)
      for (uint32_t no = 0; y + no <= n; no++)
        for (uint32_t a = 0; y + no + a <= n; a++) {
          uint32_t total[K] = {y, no, a, n - y - no - a};
          memcpy(tally.total, total, sizeof total);
          double *room = room_of(&tally);
          is_as_enumerated(&tally, room);
          free(room);
        }
  }
}

/* A reckoning that does not add up, and no voters at all. */
static void test_edges(void) {
  double chance[2 * K] = {.5, .5, 0, 0, .5, .5, 0, 0}, room[400], given[2 * K], log;
  PlnTallyCase tally = {2, chance, {1, 0, 0, 0}}, none = {0, chance, {0, 0, 0, 0}};
  CU_ASSERT_FATAL(pln_tally_room(&tally, PLN_TALLY_FOR_CHANCES) <= 400);
  CU_ASSERT_EQUAL(pln_tally_log(&tally, room, &log), PLN_TALLY_IMPOSSIBLE);
  CU_ASSERT_EQUAL(pln_tally_chances(&tally, room, given, NULL), PLN_TALLY_IMPOSSIBLE);
  CU_ASSERT_EQUAL(pln_tally_draw(&tally, 0, NULL, room, NULL), PLN_TALLY_IMPOSSIBLE);
  CU_ASSERT_EQUAL(pln_tally_chances(&none, room, given, &log), PLN_TALLY_DONE);
  CU_ASSERT(log == 0);
  PlnTallyCase vast = {4000000000u, chance, {1000000000, 1000000000, 1000000000, 1000000000}};
  CU_ASSERT_EQUAL(pln_tally_room(&vast, PLN_TALLY_FOR_LOG), 0);
  PlnTallyCase wide = {4000000, chance, {1000000, 1000000, 1000000, 1000000}};
  CU_ASSERT_EQUAL(pln_tally_room(&wide, PLN_TALLY_FOR_CHANCES), 0);
}

/* Alike, all voters have the shares of the totals, and the log is the multinomial's; however
 * far the chances lie from the totals, and whatever they are multiplied by. */
static void test_alike(void) {
  static const double chances[][K] = {{.25, .25, .25, .25}, {1e-200, 1, 1e-90, 1e-5},
                                      {1e-12, 1e-12, 1e-12, 1}, {3, 1, 4, 1}};
  enum { N = 60 };
  PlnTallyCase tally = {.n = N, .total = {30, 10, 18, 2}};
  double chance[N * K], given[N * K], log, *room = room_of(&tally);
  tally.chance = chance;
  for (int c = 0; c < 4; c++) {
    double expected = lgamma(N + 1);
    for (int i = 0; i < N * K; i++)
      chance[i] = chances[c][i % K];
    for (int k = 0; k < K; k++)
      expected += tally.total[k] * pln_log(chances[c][k]) - lgamma(tally.total[k] + 1);
    CU_ASSERT_EQUAL(pln_tally_chances(&tally, room, given, &log), PLN_TALLY_DONE);
    CU_ASSERT_DOUBLE_EQUAL(log, expected, 1e-12 * fabs(expected) + 1e-11);
    for (int i = 0; i < N * K; i++)
      CU_ASSERT_DOUBLE_EQUAL(given[i], tally.total[i % K] / (double)N, 1e-12);
  }
  free(room);
}

/* A thousand voters of two kinds: the count of yes, one voter after another; and voters that
 * are nearly sure, of whom one must have done what it hardly ever does. */
static void test_many(void) {
  enum { N = 1000 };
  static double chance[N * K], given[N * K], count[N + 1];
  PlnDraw draw = pln_draw_stream(1, 1, 2);
  memset(count, 0, sizeof count);
  count[0] = 1;
  for (int i = 0; i < N; i++) {
    double p = pln_normal(2 * pln_draw_normal(&draw));
    chance[i * K] = p;
    chance[i * K + 1] = 1 - p;
    for (int j = i + 1; j >= 0; j--)
      count[j] = (1 - p) * count[j] + (j > 0 ? p * count[j - 1] : 0);
  }
  for (uint32_t yes = 300; yes < 800; yes += 100) {
    double log;
    PlnTallyCase tally = {N, chance, {yes, N - yes, 0, 0}};
    double *room = room_of(&tally);
    CU_ASSERT_EQUAL(pln_tally_chances(&tally, room, given, &log), PLN_TALLY_DONE);
    CU_ASSERT_DOUBLE_EQUAL(log, pln_log(count[yes]), 1e-9);
    sums_hold(&tally, given, 1e-9);
    free(room);
  }
  for (int i = 0; i < N; i++) {
    chance[i * K] = i < 500 ? 1e-14 : 1 - 1e-14;
    chance[i * K + 1] = 1 - chance[i * K];
  }
  PlnTallyCase tally = {N, chance, {501, 499, 0, 0}};
  double *room = room_of(&tally);
  CU_ASSERT_EQUAL(pln_tally_chances(&tally, room, given, NULL), PLN_TALLY_DONE);
  for (int i = 0; i < N; i++) /* 1 in 500 of the first, all of the rest */
    CU_ASSERT_DOUBLE_EQUAL(given[i * K], i < 500 ? 0.002 : 1, 1e-9);
  free(room);
}

static double chance_193[193 * K];

static PlnTallyCase case_193(double spread) {
  PlnDraw draw = pln_draw_stream(1, 1, 3);
  make_chances(&draw, 193, spread, 0.1, chance_193);
  return (PlnTallyCase){193, chance_193, {23, 102, 26, 42}};
}

/* A full house: sums, the same bytes as ever, and how far raking alone is off. */
static void test_house(void) {
  static double given[193 * K], raked[193 * K];
  PlnTallyCase tally = case_193(1.5);
  double log, worst = 0, *room = room_of(&tally);
  uint64_t sum = 14695981039346656037u;
  CU_ASSERT_EQUAL(pln_tally_rake(&tally, raked), PLN_TALLY_DONE);
  CU_ASSERT_EQUAL(pln_tally_chances(&tally, room, given, &log), PLN_TALLY_DONE);
  sums_hold(&tally, raked, 1e-10);
  sums_hold(&tally, given, 1e-10);
  for (int i = 0; i < 193 * K; i++) {
    worst = fmax(worst, fabs(given[i] - raked[i]));
    sum = (sum ^ pln_bits(given[i])) * 1099511628211u;
    sum = (sum ^ pln_bits(raked[i])) * 1099511628211u;
  }
  CU_ASSERT(worst > 0 && worst < 0.02);
  sum = (sum ^ pln_bits(log)) * 1099511628211u;
  CU_ASSERT_EQUAL(sum, 0xeac983f20a3c8145u);
  if (sum != 0xeac983f20a3c8145u)
    printf("\n    the digest is 0x%016llx", (unsigned long long)sum);
  free(room);
}

/* Far apart the raking needs its smaller steps. */
static void test_far_apart(void) {
  static double raked[193 * K];
  for (double spread = 3; spread < 200; spread *= 1.5) {
    PlnTallyCase tally = case_193(spread);
    CU_ASSERT_EQUAL(pln_tally_rake(&tally, raked), PLN_TALLY_DONE);
    sums_hold(&tally, raked, 1e-10);
  }
}

/* Each assignment of five voters as often as its chance says; each draw has the totals,
 * and is the same whatever is drawn beside it. */
static void test_draws(void) {
  enum { N = 5, DRAWS = 60000 };
  static PlnVote vote[DRAWS * N];
  static PlnDraw stream[DRAWS];
  static double seen[1 << 2 * N];
  double chance[N * K], chi = 0, cells = 0;
  PlnDraw draw = pln_draw_stream(1, 1, 4);
  make_chances(&draw, N, 1, 0, chance);
  enumerate(N, chance);
  PlnTallyCase tally = {N, chance, {2, 1, 1, 1}};
  double *room = room_of(&tally);
  for (uint32_t d = 0; d < DRAWS; d++)
    stream[d] = pln_draw_stream(9, 1, d);
  CU_ASSERT_EQUAL(pln_tally_draw(&tally, DRAWS, stream, room, vote), PLN_TALLY_DONE);
  for (int d = 0; d < DRAWS; d++) {
    uint32_t code = 0;
    for (int i = 0; i < N; i++)
      code |= (uint32_t)vote[d * N + i] << 2 * i;
    seen[code]++;
  }
  for (uint32_t code = 0; code < 1u << 2 * N; code++) {
    uint32_t total[K] = {0};
    double p = DRAWS / all[sums_of(tally.total)];
    for (int i = 0; i < N; i++) {
      total[code >> 2 * i & 3]++;
      p *= chance[i * K + (code >> 2 * i & 3)];
    }
    if (memcmp(total, tally.total, sizeof total) == 0) {
      chi += (seen[code] - p) * (seen[code] - p) / p;
      cells++;
    } else {
      CU_ASSERT(seen[code] == 0);
    }
  }
  CU_ASSERT_EQUAL(cells, 60);
  CU_ASSERT(chi > 28 && chi < 107); /* 59 degrees of freedom, 0.01 % at each end */
  PlnDraw alone = pln_draw_stream(9, 1, 77);
  PlnVote one[N];
  CU_ASSERT_EQUAL(pln_tally_draw(&tally, 1, &alone, room, one), PLN_TALLY_DONE);
  CU_ASSERT_EQUAL(memcmp(one, vote + 77 * N, N), 0);
  CU_ASSERT_EQUAL(pln_draw_bits(&alone), pln_draw_bits(&stream[77]));
  free(room);
}

int main(void) {
  CU_TestInfo tests[] = {{"every assignment", test_enumerated},
                         {"edges", test_edges},
                         {"voters alike", test_alike},
                         {"many voters", test_many},
                         {"a full house", test_house},
                         {"far apart", test_far_apart},
                         {"draws", test_draws},
                         CU_TEST_INFO_NULL};
  return suite_run("known tallies", tests);
}
