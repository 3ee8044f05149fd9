/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws: Random123's known answers, one by one and by the block, and what chance should
 * look like.  The streams are fixed, so that the statistics below are, too. */
#include "plenary/draw.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plenary/normal.h"
#include "suite.h"

enum { N = 200000, CELLS = 256 };

/* philox 4x32 10 of kat_vectors, which comes with Random123: counter, key, answer. */
static void test_known_answers(void) {
  static const uint32_t known[][10] = {
      {0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8},
      {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x408f276d,
       0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
      {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0xd16cfe09,
       0x94fdcceb, 0x5001e420, 0x24126ea1}};
  for (int i = 0; i < 3; i++) {
    const uint32_t *k = known[i];
    PlnDraw draw = pln_draw_stream(k[4] | (uint64_t)k[5] << 32, k[2], k[3]);
    uint64_t block = k[0] | (uint64_t)k[1] << 32;
    pln_draw_skip(&draw, block);
    pln_draw_skip(&draw, block);
    CU_ASSERT_EQUAL(pln_draw_bits(&draw), k[6] | (uint64_t)k[7] << 32);
    CU_ASSERT_EQUAL(pln_draw_bits(&draw), k[8] | (uint64_t)k[9] << 32);
  }
}

/* The same normals on every machine: a digest of the first thousand of a stream. */
static void test_bytes(void) {
  PlnDraw draw = pln_draw_stream(2026, 1, 0);
  double x[1000];
  uint64_t sum = 14695981039346656037u;
  pln_draw_normals(&draw, 1000, x);
  for (int i = 0; i < 1000; i++)
    sum = (sum ^ pln_bits(x[i])) * 1099511628211u;
  CU_ASSERT_EQUAL(sum, 0x1caf232615026501u);
  if (sum != 0x1caf232615026501u)
    printf("\n    the digest is 0x%016llx", (unsigned long long)sum);
}

static void test_skip(void) {
  PlnDraw start = pln_draw_stream(7, 3, 9), all = start;
  uint64_t bits[50];
  for (int i = 0; i < 50; i++)
    bits[i] = pln_draw_bits(&all);
  for (int at = 0; at < 20; at++)
    for (int by = 0; by < 20; by++) {
      PlnDraw draw = start;
      for (int i = 0; i < at; i++)
        pln_draw_bits(&draw);
      pln_draw_skip(&draw, (uint64_t)by);
      for (int i = at + by; i < at + by + 3; i++)
        CU_ASSERT_EQUAL(pln_draw_bits(&draw), bits[i]);
    }
}

/* A block fill from any place, of any length: the same numbers, the same place after. */
static void test_blocks(void) {
  static const size_t lengths[] = {0, 1, 2, 3, 7, 63, 64, 65, 127, 128, 129, 193, 500};
  static double one[500], block[500];
  for (int normal = 0; normal < 2; normal++)
    for (uint64_t from = 0; from < 3; from++)
      for (size_t l = 0; l < sizeof lengths / sizeof lengths[0]; l++) {
        PlnDraw a = pln_draw_stream(11, 1, (uint32_t)l), b = a;
        pln_draw_skip(&a, from);
        pln_draw_skip(&b, from);
        for (size_t i = 0; i < lengths[l]; i++)
          one[i] = normal ? pln_draw_normal(&a) : pln_draw_uniform(&a);
        (normal ? pln_draw_normals : pln_draw_uniforms)(&b, lengths[l], block);
        CU_ASSERT_EQUAL(memcmp(one, block, lengths[l] * sizeof *one), 0);
        CU_ASSERT_EQUAL(pln_draw_bits(&a), pln_draw_bits(&b));
      }
}

/* No two of neighbouring addresses begin alike; the correlation of each pair of streams is
 * what that of independent ones would be (standard error 1 / sqrt(N)). */
static double correlation(PlnDraw a, PlnDraw b) {
  static double x[N], y[N];
  double sum = 0;
  pln_draw_normals(&a, N, x);
  pln_draw_normals(&b, N, y);
  for (int i = 0; i < N; i++)
    sum += x[i] * y[i];
  return sum / N;
}

static void test_streams(void) {
  PlnDraw base = pln_draw_stream(1, 1, 1), next = base;
  PlnDraw others[] = {pln_draw_stream(2, 1, 1), pln_draw_stream(1, 2, 1), pln_draw_stream(1, 1, 2),
                      pln_draw_stream((uint64_t)1 << 32 | 1, 1, 1), pln_draw_stream(1, 1, 0)};
  for (int i = 0; i < 5; i++) {
    PlnDraw one = base, other = others[i];
    CU_ASSERT_NOT_EQUAL(pln_draw_bits(&one), pln_draw_bits(&other));
    CU_ASSERT(fabs(correlation(base, others[i])) < 4 / sqrt(N));
  }
  pln_draw_skip(&next, 1);
  CU_ASSERT(fabs(correlation(base, next)) < 4 / sqrt(N));
}

static double chi_square(const unsigned *count, double expected) {
  double sum = 0;
  for (int i = 0; i < CELLS; i++)
    sum += (count[i] - expected) * (count[i] - expected) / expected;
  return sum;
}

/* 255 degrees of freedom: 99.99 % of chances lie below 347, 0.01 % below 178. */
static void is_even(const unsigned *count) {
  double chi = chi_square(count, (double)N / CELLS);
  CU_ASSERT(chi > 178 && chi < 347);
}

static void test_uniform(void) {
  PlnDraw draw = pln_draw_stream(5, 5, 5);
  unsigned high[CELLS] = {0}, low[CELLS] = {0}, below[CELLS] = {0}, normal[CELLS] = {0};
  for (int i = 0; i < N; i++) {
    uint64_t bits = pln_draw_bits(&draw);
    low[bits & 255]++;
    double u = pln_draw_uniform(&draw);
    CU_ASSERT_FATAL(u > 0 && u < 1 && u * 0x1p54 == floor(u * 0x1p54));
    high[(int)(u * CELLS)]++;
    below[pln_draw_below(&draw, CELLS)]++;
    normal[(int)(pln_normal(pln_draw_normal(&draw)) * CELLS)]++;
  }
  is_even(high);
  is_even(low);
  is_even(below);
  is_even(normal);
}

/* Each moment within four standard errors. */
static void near(double mean, double expected, double variance) {
  CU_ASSERT(fabs(mean - expected) < 4 * sqrt(variance / N));
}

static void test_moments(void) {
  PlnDraw draw = pln_draw_stream(20, 6, 1);
  double n[5] = {0}, e[3] = {0};
  for (int i = 0; i < N; i++) {
    double x = pln_draw_normal(&draw), y = pln_draw_exponential(&draw);
    CU_ASSERT_FATAL(y > 0 && y < 38);
    for (int k = 1; k <= 4; k++)
      n[k] += pow(x, k) / N;
    e[1] += y / N;
    e[2] += y * y / N;
  }
  near(n[1], 0, 1);
  near(n[2], 1, 2);
  near(n[3], 0, 15);
  near(n[4], 3, 96);
  near(e[1], 1, 1);
  near(e[2], 2, 20);
}

static void test_below(void) {
  PlnDraw draw = pln_draw_stream(1, 2, 3);
  CU_ASSERT_EQUAL(pln_draw_below(&draw, 0), 0);
  CU_ASSERT_EQUAL(pln_draw_below(&draw, 1), 0);
  unsigned three[3] = {0}, large[3] = {0};
  const uint64_t third = (uint64_t)1 << 62, n = 3 * third; /* a quarter is drawn again */
  for (int i = 0; i < N; i++) {
    three[pln_draw_below(&draw, 3)]++;
    large[pln_draw_below(&draw, n) / third]++;
  }
  for (int i = 0; i < 3; i++) {
    near((double)three[i] / N, 1.0 / 3, 2.0 / 9);
    near((double)large[i] / N, 1.0 / 3, 2.0 / 9);
  }
}

int main(void) {
  CU_TestInfo tests[] = {{"known answers", test_known_answers},
                         {"the same bytes", test_bytes},
                         {"skipping", test_skip},
                         {"block fills", test_blocks},
                         {"streams differ", test_streams},
                         {"evenness", test_uniform},
                         {"moments", test_moments},
                         {"below", test_below},
                         CU_TEST_INFO_NULL};
  return suite_run("draws", tests);
}
