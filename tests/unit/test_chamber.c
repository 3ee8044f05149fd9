/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chamber of a few seats: what each rests on, its chances, and what ties them. */
#include "plenary/chamber.h"

#include <CUnit/CUnit.h>
#include <math.h>
#include <string.h>

#include "plenary/normal.h"
#include "plenary/update.h"
#include "suite.h"

enum { N = 6, PLACES = 5, F = 2 };

/* Seats: on record, heard, stated, stated by the same row, filled in, unknown to the electorate. */
static const int32_t place[N] = {0, 1, 2, 3, 4, -1}, won[N] = {7, 7, 7, 7, -1, -1};
static const PlnVote known[N] = {PLN_VOTE_N, PLN_VOTE_UNKNOWN, PLN_VOTE_UNKNOWN,
                                 PLN_VOTE_UNKNOWN, PLN_VOTE_UNKNOWN, PLN_VOTE_UNKNOWN};
static const double likelihood[3 * N] = {1, 1, 1, 1, 2, 6, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
static const double position[N] = {90, 80, 80, 80, 0, 0}, sd[N] = {10, 10, 10, 10, 0, 0};
static const PlnChamber chamber = {.n = N,
                                   .place = place,
                                   .known = known,
                                   .likelihood = likelihood,
                                   .won = won,
                                   .position = position,
                                   .sd = sd,
                                   .at = -1};
static const double answered[3 * PLACES] = {1,   0,   0,   0.2, 0.3, 0.5, 0.2, 0.3,
                                            0.5, 0.2, 0.3, 0.5, 0.6, 0.3, 0.1};
static const double loading[F * PLACES] = {0.5, 0.1, 0.5, 0.1, 0.5, 0.1, 0.5, 0.1, 0.9, 0.9};
static const PlnChamberAnswer answer = {F, answered, answered, loading};

static void test_evidence(void) {
  static const PlnSeatBasis expected[N] = {PLN_SEAT_RECORD, PLN_SEAT_HEARD,  PLN_SEAT_STANCE,
                                           PLN_SEAT_STANCE, PLN_SEAT_FILLED, PLN_SEAT_SHARES};
  PlnSeatBasis basis[N];
  PlnEvidence own[N];
  pln_chamber_evidence(&chamber, basis, own);
  CU_ASSERT_EQUAL(memcmp(basis, expected, sizeof basis), 0);
  CU_ASSERT_TRUE(own[0].kind == PLN_EVIDENCE_ANSWER && own[0].likelihood[0] == 1 &&
                 own[0].likelihood[2] == 0);
  CU_ASSERT_TRUE(own[1].kind == PLN_EVIDENCE_ANSWER && own[1].likelihood[2] == 6);
  CU_ASSERT_EQUAL(own[2].kind, PLN_EVIDENCE_SUPPORT);
  CU_ASSERT_DOUBLE_EQUAL(own[2].support, 2.08 * 0.6, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(own[2].variance, 1 + 4 * 0.416 * 0.416, 1e-12);
  CU_ASSERT_TRUE(own[4].kind == PLN_EVIDENCE_NONE && own[5].kind == PLN_EVIDENCE_NONE);
  PlnChamber silent = chamber;
  PlnVote away[N];
  memcpy(away, known, sizeof away);
  away[0] = PLN_VOTE_X;
  silent.known = away;
  silent.likelihood = NULL;
  pln_chamber_evidence(&silent, basis, own);
  CU_ASSERT_TRUE(basis[0] == PLN_SEAT_RECORD && own[0].kind == PLN_EVIDENCE_NONE);
  CU_ASSERT_EQUAL(basis[1], PLN_SEAT_STANCE);
}

static void test_chances(void) {
  PlnSeatBasis basis[N];
  PlnEvidence own[N];
  double chance[3 * N], without[3 * N], stated[3];
  pln_chamber_evidence(&chamber, basis, own);
  pln_chamber_chances(&chamber, basis, own, &answer, chance, without);
  pln_chamber_position(-1, 0, 80, 10, stated);
  CU_ASSERT_TRUE(chance[0] == 1 && chance[1] == 0 && chance[2] == 0);
  double sum = 0, told[3];
  for (int k = 0; k < 3; k++)
    sum += told[k] = (0.97 * stated[k] + 0.01) * likelihood[3 + k];
  for (int k = 0; k < 3; k++) {
    CU_ASSERT_DOUBLE_EQUAL(chance[3 + k], told[k] / sum, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(without[3 + k], stated[k], 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(chance[6 + k], stated[k], 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(chance[12 + k], answered[12 + k], 1e-12);
  }
  CU_ASSERT_DOUBLE_EQUAL(chance[15], (1 + 1 + 3 * 0.2 + 0.6) / 8, 1e-12); /* one of each added */
  CU_ASSERT_DOUBLE_EQUAL(chance[17], (1 + 3 * 0.5 + 0.1) / 8, 1e-12);
}

static void test_position(void) {
  double u, u_sd;
  pln_chamber_support(-1, 0, 100, 10, &u, &u_sd);
  CU_ASSERT_DOUBLE_EQUAL(u, PLN_CHAMBER_FIRM, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(u_sd, 0.416, 1e-12);
  pln_chamber_support(80, 20, 65, 3, &u, &u_sd); /* three quarters of the way there */
  CU_ASSERT_DOUBLE_EQUAL(u, PLN_CHAMBER_FIRM / 2, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(u_sd, PLN_CHAMBER_FIRM * 6 / 60, 1e-12);
}

static void test_forecast(void) {
  static const double absent[N] = {0, 0.1, 1, 0.5, 0.2, 0.2};
  PlnSeatBasis basis[N];
  PlnEvidence own[N];
  double chance[3 * N], without[3 * N], room[PLN_CHAMBER_ROOM(N, F + 1)];
  int32_t row[N];
  pln_chamber_evidence(&chamber, basis, own);
  pln_chamber_chances(&chamber, basis, own, &answer, chance, without);
  uint32_t rows = pln_chamber_rows(&chamber, basis, F, row);
  CU_ASSERT_TRUE(rows == 1 && row[0] == 7);
  PlnForecast f =
      pln_chamber_forecast(&chamber, basis, &answer, chance, absent, 0.5, rows, row, room);
  CU_ASSERT_TRUE(f.n == N && f.n_pad == 8 && f.f == F + 1 && f.turnout == 0.5);
  CU_ASSERT_TRUE(f.below[0] == 9 && f.above[0] == 9 && f.own[0] == 1); /* a no for certain */
  for (uint32_t i = 1; i < N; i++) {
    CU_ASSERT_DOUBLE_EQUAL(pln_normal(f.below[i]), chance[3 * i], 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(pln_normal(-f.above[i]), chance[3 * i + 2], 1e-12);
  }
  double tied = 0.416 / sqrt(1 + 0.416 * 0.416);
  CU_ASSERT_EQUAL(f.loading[1], 0.5);               /* what was heard: the electorate's */
  CU_ASSERT_EQUAL(f.loading[2], 0);                 /* what is stated: its row's */
  CU_ASSERT_DOUBLE_EQUAL(f.loading[2 * 8 + 2], tied, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(f.own[2], sqrt(1 - tied * tied), 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(f.own[4], sqrt(0.02), 1e-12); /* no more than 0.98 is common */
  CU_ASSERT_DOUBLE_EQUAL(f.loading[4], 0.9 * sqrt(0.98 / 1.62), 1e-12);
  CU_ASSERT_TRUE(f.loading[5] == 0 && f.own[5] == 1);
  CU_ASSERT_TRUE(isinf(f.absent[0]) && f.absent[0] < 0 && isinf(f.absent[2]) && f.absent[2] > 0);
  CU_ASSERT_DOUBLE_EQUAL(f.absent[3], 0, 1e-15);
  CU_ASSERT_TRUE(isinf(f.absent[7]) && f.own[7] == 1);
}

/* More rows than there is room for: those of most seats have factors. */
static void test_too_many(void) {
  enum { MANY = 120, SHARED = 32 };
  static int32_t places[MANY], by[MANY], row[MANY];
  static PlnVote votes[MANY];
  static double at[MANY], spread[MANY], room[PLN_CHAMBER_ROOM(MANY, PLN_FORECAST_FACTORS)];
  static double chance[3 * MANY], without[3 * MANY], absent[MANY];
  static PlnSeatBasis basis[MANY];
  static PlnEvidence own[MANY];
  for (int i = 0; i < MANY; i++) {
    places[i] = -1;
    by[i] = i < 100 ? i : i - 100; /* rows 0 to 19 speak for two seats */
    votes[i] = PLN_VOTE_UNKNOWN;
    at[i] = 60;
    spread[i] = 1e6;
  }
  PlnChamber many = {MANY, places, votes, NULL, by, at, spread, -1, 0};
  PlnChamberAnswer nobody = {SHARED, NULL, NULL, NULL};
  pln_chamber_evidence(&many, basis, own);
  pln_chamber_chances(&many, basis, own, &nobody, chance, without);
  uint32_t rows = pln_chamber_rows(&many, basis, SHARED, row);
  CU_ASSERT_EQUAL(rows, PLN_FORECAST_FACTORS - SHARED);
  for (int32_t k = 0; k < 20; k++)
    CU_ASSERT_EQUAL(row[k], k);
  CU_ASSERT_EQUAL(row[20], 100 - ((int32_t)rows - 20)); /* the first of the others went first */
  PlnForecast f =
      pln_chamber_forecast(&many, basis, &nobody, chance, absent, 0.5, rows, row, room);
  CU_ASSERT_EQUAL(f.f, PLN_FORECAST_FACTORS);
  CU_ASSERT_DOUBLE_EQUAL(f.own[0], sqrt(0.02), 1e-9);
  CU_ASSERT_EQUAL(f.own[30], 1);
}

int main(void) {
  CU_TestInfo tests[] = {{"evidence", test_evidence}, {"chances", test_chances},
                         {"position", test_position}, {"forecast", test_forecast},
                         {"too many rows", test_too_many}, CU_TEST_INFO_NULL};
  return suite_run("chamber", tests);
}
