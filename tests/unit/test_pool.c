/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pool: of one, of three, with evidence and without; beside sums by hand. */
#include "plenary/pool.h"

#include <CUnit/CUnit.h>
#include <math.h>
#include <string.h>

#include "suite.h"

enum { N = 2, P = 1, F = P + 1 };

/* Three forecasters of two states, the first of them sure of the first state's yes. */
typedef struct {
  double chance[3][3 * N], without[3][3 * N], tie[3][F * N], variance[3][N];
  PlnUpdate answer[3];
  PlnEvidence evidence[N];
  double out_chance[3 * N], out_without[3 * N], loading[F * N];
  PlnPooled pooled;
} Made;

static void make(Made *m) {
  static const double sure[3 * N] = {0.1, 0.1, 0.8, 0.3, 0.3, 0.4};
  static const double unsure[3 * N] = {0.4, 0.3, 0.3, 0.5, 0.25, 0.25};
  memset(m, 0, sizeof *m);
  for (int e = 0; e < 3; e++) {
    memcpy(m->chance[e], e == 0 ? sure : unsure, sizeof sure);
    memcpy(m->without[e], m->chance[e], sizeof sure);
    for (int i = 0; i < N; i++) {
      m->variance[e][i] = 0.5 + 0.25 * i;
      m->tie[e][F * i] = 0.1 * (e + 1);
      m->tie[e][F * i + 1] = -0.2 * (e + 1);
    }
    m->answer[e] = (PlnUpdate){.variance = m->variance[e],
                               .tie = m->tie[e],
                               .chance = m->chance[e],
                               .without = m->without[e]};
    m->pooled = (PlnPooled){
        .chance = m->out_chance, .without = m->out_without, .loading = m->loading};
  }
}

static void run(Made *m, uint32_t experts, bool two) {
  PlnPoolCase pool = {N, P, experts, m->answer, m->evidence, two};
  pln_pool_run(&pool, &m->pooled);
}

static double sum(const double chance[3]) {
  return chance[0] + chance[1] + chance[2];
}

/* Nothing known: the power of one is exp(0.009); yes a little lessened is for three alone. */
static void test_one(void) {
  Made m;
  make(&m);
  run(&m, 1, false);
  CU_ASSERT_DOUBLE_EQUAL(m.pooled.power[0], exp(0.009), 1e-12);
  CU_ASSERT_EQUAL(m.pooled.foretold[0], 0);
  double no = pow(0.1, exp(0.009)), yes = pow(0.8, exp(0.009));
  CU_ASSERT_DOUBLE_EQUAL(m.out_chance[2], yes / (yes + 2 * no), 1e-12);
  CU_ASSERT_EQUAL(memcmp(m.out_chance, m.out_without, sizeof m.out_chance), 0);
  CU_ASSERT_DOUBLE_EQUAL(m.loading[0], 0.1 / sqrt(1.5), 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(m.loading[F + 1], -0.2 / sqrt(1.75), 1e-12);
}

/* Of three, equal but for their start: the first has the greatest power, and its ties. */
static void test_three(void) {
  Made m;
  make(&m);
  run(&m, 3, false);
  const double *power = m.pooled.power;
  CU_ASSERT_DOUBLE_EQUAL(power[1] / power[0], exp(-0.568), 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(power[2] / power[0], exp(-0.095), 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(power[0] + power[1] + power[2], exp(0.129), 1e-12);
  double log[3] = {0, 0, -0.2}, all = 0;
  for (int k = 0; k < 3; k++) {
    for (int e = 0; e < 3; e++)
      log[k] += power[e] * logf((float)m.chance[e][k]);
    all += exp(log[k]);
  }
  CU_ASSERT_DOUBLE_EQUAL(m.out_chance[2], exp(log[2]) / all, 1e-6);
  CU_ASSERT_DOUBLE_EQUAL(m.loading[0], 1.3 * 0.1 / sqrt(1 + 1.69 * 0.5), 1e-12);
  double yes = m.out_chance[2];
  run(&m, 3, true); /* without an abstention yes is not said too often */
  CU_ASSERT_TRUE(m.out_chance[2] > yes);
}

/* A piece of evidence that the first foretold best: it gains; the state has its answer. */
static void test_evidence(void) {
  Made m;
  make(&m);
  run(&m, 3, false);
  double before = m.pooled.power[0] / m.pooled.power[1];
  m.evidence[0] = pln_evidence_vote(2);
  run(&m, 3, false);
  CU_ASSERT_TRUE(m.pooled.power[0] / m.pooled.power[1] > before);
  CU_ASSERT_DOUBLE_EQUAL(m.pooled.foretold[0], log(0.8), 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(m.pooled.foretold[1], log(0.3), 1e-12);
  CU_ASSERT_TRUE(m.out_chance[0] == 0 && m.out_chance[1] == 0 && m.out_chance[2] == 1);
  CU_ASSERT_TRUE(m.out_without[2] < 1);
  m.evidence[0] = (PlnEvidence){PLN_EVIDENCE_ANSWER, {1, 2, 1}, 0, 0};
  run(&m, 3, false);
  double likely = m.out_without[1] * 2 / (1 + m.out_without[1]);
  CU_ASSERT_DOUBLE_EQUAL(m.out_chance[1], likely, 1e-12);
  for (int i = 0; i < N; i++)
    CU_ASSERT_DOUBLE_EQUAL(sum(m.out_chance + 3 * i) + sum(m.out_without + 3 * i), 2, 1e-12);
}

int main(void) {
  CU_TestInfo tests[] = {
      {"one", test_one}, {"three", test_three}, {"evidence", test_evidence}, CU_TEST_INFO_NULL};
  return suite_run("pool", tests);
}
