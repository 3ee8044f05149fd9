/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forecasts: chances given the factors against the C library's erfc, draws against those
 * chances, the same draw whoever makes it, and the same bytes. */
#include "plenary/forecast.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plenary/normal.h"
#include "suite.h"

enum { MOST = 200, FACTORS = 5, STUDY = 77 };

#define VOTES_DIGEST 0x1d866dfd5c954837u
#define CHANCES_DIGEST 0x12b21258f0976896u

typedef struct {
  PlnForecast forecast;
  double below[MOST], above[MOST], own[MOST], absent[MOST], loading[FACTORS * MOST];
} Made;

/* @n states with loadings of all signs, some of them certain. */
static void make(Made *m, uint32_t n, uint32_t f, double turnout) {
  uint32_t n_pad = (n + 7) / 8 * 8;
  PlnDraw draw = pln_draw_stream(5, STUDY, 1);
  memset(m, 0, sizeof *m);
  for (uint32_t i = 0; i < n; i++) {
    double square = 0;
    for (uint32_t k = 0; k < f; k++) {
      double l = 0.8 * (pln_draw_uniform(&draw) - 0.4) / (double)(k + 1);
      m->loading[k * n_pad + i] = l;
      square += l * l;
    }
    m->own[i] = sqrt(1 - square);
    m->below[i] = pln_draw_normal(&draw) - 0.3;
    m->above[i] = m->below[i] + pln_draw_exponential(&draw) / 2;
    m->absent[i] = i % 7 == 3 ? -INFINITY : pln_draw_normal(&draw) - 1;
  }
  m->below[0] = -INFINITY, m->above[0] = -INFINITY, m->absent[0] = -INFINITY; /* yes */
  m->below[1] = INFINITY, m->above[1] = INFINITY, m->absent[1] = -INFINITY;   /* no */
  m->below[2] = -INFINITY, m->above[2] = INFINITY, m->absent[2] = -INFINITY;  /* abstains */
  m->absent[3] = INFINITY;
  m->forecast = (PlnForecast){n, n_pad, f, m->below, m->above, m->loading, m->own, m->absent,
                              turnout, 0};
}

static double phi(double x) {
  return 0.5 * erfc(-x * M_SQRT1_2);
}

static void test_given(void) {
  Made *m = malloc(sizeof *m);
  double yes[MOST], no[MOST], abstain[MOST], worst = 0;
  make(m, 19, 3, 0.4);
  double z[4] = {0.7, -1.1, 0.4, 2.0}, spread = sqrt(1 - 0.4 * 0.4);
  pln_forecast_given(&m->forecast, z, yes, no, abstain);
  for (uint32_t i = 0; i < 19; i++) {
    double common = 0, keep = phi((0.4 * z[0] - m->absent[i]) / spread);
    for (uint32_t k = 0; k < 3; k++)
      common += m->loading[k * 24 + i] * z[1 + k];
    double n = phi((m->below[i] - common) / m->own[i]);
    double y = phi((common - m->above[i]) / m->own[i]);
    worst = fmax(worst, fabs(no[i] - keep * n));
    worst = fmax(worst, fabs(yes[i] - keep * y));
    worst = fmax(worst, fabs(abstain[i] - keep * (1 - n - y)));
  }
  CU_ASSERT(worst < 1e-14);
  free(m);
}

/* Loadings leave each state's own chances alone: over the factor they are those of Phi. */
static void test_alone(void) {
  Made *m = malloc(sizeof *m);
  double yes[MOST], no[MOST], abstain[MOST], sum_no[MOST] = {0}, sum_yes[MOST] = {0}, all = 0;
  make(m, 20, 1, 0);
  for (int g = -400; g <= 400; g++) {
    double z[2] = {0, g / 50.0}, weight = pln_phi(z[1]) / 50;
    pln_forecast_given(&m->forecast, z, yes, no, abstain);
    all += weight;
    for (int i = 0; i < 20; i++) {
      sum_no[i] += weight * no[i];
      sum_yes[i] += weight * yes[i];
    }
  }
  CU_ASSERT_DOUBLE_EQUAL(all, 1, 1e-12);
  for (int i = 0; i < 20; i++) {
    CU_ASSERT_DOUBLE_EQUAL(sum_no[i], phi(m->below[i]) * phi(-m->absent[i]), 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(sum_yes[i], phi(-m->above[i]) * phi(-m->absent[i]), 1e-12);
  }
  free(m);
}

/* Votes are as frequent as their chances at the same factors say, singly and in pairs. */
static void test_frequent(void) {
  enum { N = 21, F = 4, DRAWS = 20000 };
  Made *m = malloc(sizeof *m);
  make(m, N, F, 0.5);
  double *room = malloc(PLN_FORECAST_ROOM(24, F) * sizeof *room), z[1 + F];
  PlnVote *vote = malloc(DRAWS * N);
  double chance[PLN_VOTE_KINDS][MOST], off[PLN_VOTE_KINDS][N] = {{0}};
  double spread[PLN_VOTE_KINDS][N] = {{0}}, pair = 0, pair_spread = 0, worst = 0;
  pln_forecast_draw(&m->forecast, 3, STUDY, 0, DRAWS, room, vote);
  for (uint32_t d = 0; d < DRAWS; d++) {
    PlnDraw stream = pln_draw_stream(3, STUDY, d);
    pln_draw_normals(&stream, 1 + F, z);
    pln_forecast_given(&m->forecast, z, chance[PLN_VOTE_Y], chance[PLN_VOTE_N], chance[PLN_VOTE_A]);
    for (int i = 0; i < N; i++) {
      chance[PLN_VOTE_X][i] =
          1 - chance[PLN_VOTE_Y][i] - chance[PLN_VOTE_N][i] - chance[PLN_VOTE_A][i];
      for (int k = 0; k < PLN_VOTE_KINDS; k++) {
        double p = chance[k][i];
        off[k][i] += (vote[d * N + i] == k) - p;
        spread[k][i] += p * (1 - p);
      }
    }
    double both = chance[PLN_VOTE_Y][5] * chance[PLN_VOTE_Y][20];
    pair += (vote[d * N + 5] == PLN_VOTE_Y && vote[d * N + 20] == PLN_VOTE_Y) - both;
    pair_spread += both * (1 - both);
  }
  for (int k = 0; k < PLN_VOTE_KINDS; k++)
    for (int i = 0; i < N; i++)
      worst = fmax(worst, fabs(off[k][i]) / sqrt(spread[k][i] + 0.01));
  CU_ASSERT(worst < 4);
  CU_ASSERT(fabs(pair) < 4 * sqrt(pair_spread));
  for (uint32_t d = 0; d < DRAWS; d++) {
    CU_ASSERT_FATAL(vote[d * N] == PLN_VOTE_Y && vote[d * N + 1] == PLN_VOTE_N);
    CU_ASSERT_FATAL(vote[d * N + 2] == PLN_VOTE_A && vote[d * N + 3] == PLN_VOTE_X);
  }
  free(m), free(room), free(vote);
}

/* A part of many draws is the same whoever makes it; tallies are those of the votes. */
static void test_parts(void) {
  static const uint32_t sizes[] = {4, 5, 8, 16, 17, 63, 64, 65, 193};
  for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
    enum { DRAWS = 23 };
    uint32_t n = sizes[s], tally[DRAWS][PLN_VOTE_KINDS], part[DRAWS][PLN_VOTE_KINDS];
    Made *m = malloc(sizeof *m);
    make(m, n, s % 2 ? FACTORS : 0, 0.3);
    double *room =
        malloc(PLN_FORECAST_ROOM(m->forecast.n_pad, m->forecast.f) * sizeof *room);
    PlnVote *vote = malloc(DRAWS * n), *again = malloc(DRAWS * n);
    pln_forecast_draw(&m->forecast, 9, STUDY, 100, DRAWS, room, vote);
    pln_forecast_draw(&m->forecast, 9, STUDY, 100, 6, room, again);
    pln_forecast_draw(&m->forecast, 9, STUDY, 106, DRAWS - 6, room, again + 6 * n);
    CU_ASSERT(memcmp(vote, again, DRAWS * n) == 0);
    pln_forecast_tallies(&m->forecast, 9, STUDY, 100, DRAWS, room, tally[0]);
    pln_forecast_tallies(&m->forecast, 9, STUDY, 100, 1, room, part[0]);
    pln_forecast_tallies(&m->forecast, 9, STUDY, 101, DRAWS - 1, room, part[1]);
    CU_ASSERT(memcmp(tally, part, sizeof tally) == 0);
    double *normal = malloc(DRAWS * (1 + m->forecast.f) * sizeof *normal);
    memset(part, 0xff, sizeof part);
    pln_forecast_normals(m->forecast.f, 0, 9, STUDY, 100, DRAWS, normal);
    pln_forecast_tallies_of(&m->forecast, normal, 9, STUDY, 100, DRAWS, room, part[0]);
    CU_ASSERT(memcmp(tally, part, sizeof tally) == 0);
    free(normal);
    for (uint32_t d = 0; d < DRAWS; d++) {
      uint32_t count[PLN_VOTE_KINDS] = {0};
      for (uint32_t i = 0; i < n; i++)
        count[vote[d * n + i]]++;
      CU_ASSERT(memcmp(count, tally[d], sizeof count) == 0);
    }
    free(m), free(room), free(vote), free(again);
  }
}

/* Factors that come late and move nobody leave all draws as they are without them. */
static void test_late(void) {
  enum { N = 65, DRAWS = 23, LATE = 5 };
  Made *m = malloc(sizeof *m);
  make(m, N, FACTORS, 0.3);
  PlnForecast *f = &m->forecast;
  double *room = malloc(PLN_FORECAST_ROOM(f->n_pad, f->f) * sizeof *room);
  PlnVote *with = malloc(DRAWS * N), *without = malloc(DRAWS * N);
  memset(m->loading + (size_t)(FACTORS - LATE) * f->n_pad, 0, LATE * f->n_pad * sizeof *m->loading);
  f->late = LATE;
  pln_forecast_draw(f, 9, STUDY, 100, DRAWS, room, with);
  uint32_t tally[DRAWS][PLN_VOTE_KINDS], kept[DRAWS][PLN_VOTE_KINDS];
  double *normal = malloc(DRAWS * (1 + FACTORS) * sizeof *normal);
  pln_forecast_tallies(f, 9, STUDY, 100, DRAWS, room, tally[0]);
  pln_forecast_normals(FACTORS, LATE, 9, STUDY, 100, DRAWS, normal);
  pln_forecast_tallies_of(f, normal, 9, STUDY, 100, DRAWS, room, kept[0]);
  CU_ASSERT(memcmp(tally, kept, sizeof tally) == 0);
  CU_ASSERT(normal[FACTORS] != normal[FACTORS - 1]);
  f->f -= LATE;
  f->late = 0;
  pln_forecast_draw(f, 9, STUDY, 100, DRAWS, room, without);
  CU_ASSERT(memcmp(with, without, DRAWS * N) == 0);
  free(m), free(room), free(with), free(without), free(normal);
}

static uint64_t digest(uint64_t sum, const void *bytes, size_t n) {
  for (size_t i = 0; i < n; i++)
    sum = (sum ^ ((const uint8_t *)bytes)[i]) * 1099511628211u;
  return sum;
}

/* The same bytes on every machine. */
static void test_bytes(void) {
  enum { N = 193, DRAWS = 500 };
  Made *m = malloc(sizeof *m);
  make(m, N, FACTORS, 0.5);
  double *room = malloc(PLN_FORECAST_ROOM(200, FACTORS) * sizeof *room), given[3][MOST];
  double z[1 + FACTORS] = {0.3, -0.2, 1.7, 0.1, -2.2, 0.9};
  PlnVote *vote = malloc(DRAWS * N);
  pln_forecast_draw(&m->forecast, 2026, STUDY, 0, DRAWS, room, vote);
  uint64_t votes = digest(14695981039346656037u, vote, DRAWS * N);
  pln_forecast_given(&m->forecast, z, given[0], given[1], given[2]);
  uint64_t chances = digest(14695981039346656037u, given, sizeof given);
  CU_ASSERT_EQUAL(votes, VOTES_DIGEST);
  CU_ASSERT_EQUAL(chances, CHANCES_DIGEST);
  if (votes != VOTES_DIGEST || chances != CHANCES_DIGEST)
    printf("\n    the digests are 0x%016llx and 0x%016llx", (unsigned long long)votes,
           (unsigned long long)chances);
  free(m), free(room), free(vote);
}

int main(void) {
  CU_TestInfo tests[] = {{"chances given the factors", test_given},
                         {"chances of a state alone", test_alone},
                         {"votes as frequent as their chances", test_frequent},
                         {"a part of the draws", test_parts},
                         {"late factors", test_late},
                         {"the same bytes", test_bytes},
                         CU_TEST_INFO_NULL};
  return suite_run("forecast", tests);
}
