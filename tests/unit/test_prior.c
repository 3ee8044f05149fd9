/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A prior grown old: everything in the unit of a noise of variance 1 + drift. */
#include "plenary/prior.h"

#include <CUnit/CUnit.h>
#include <math.h>

#include "suite.h"

enum { N = 3, P = 2 };
static const double row[N * P] = {0.5, 1, 0.5, -1, 0.5, 0}, offset[N] = {0.2, -0.4, 0};
static const double log_width[N] = {-1, -0.5, 0};

static PlnPrior made(bool two) {
  return (PlnPrior){N, P, row, offset, log_width, 0.3, 0.01, two};
}

static void test_young(void) {
  PlnPrior prior = made(false);
  double room[PLN_PRIOR_ROOM(N, P)];
  PlnUpdateCase known = pln_prior_case(&prior, 0, room);
  CU_ASSERT_EQUAL(pln_prior_shrink(0), 1);
  CU_ASSERT_EQUAL(pln_prior_shrink(-3), 1);
  CU_ASSERT_TRUE(known.n == N && known.p == P && known.width_sd == 0.3 && known.lapse == 0.01);
  for (int k = 0; k < N * P; k++)
    CU_ASSERT_EQUAL(known.row[k], row[k]);
  for (int i = 0; i < N; i++)
    CU_ASSERT_TRUE(known.offset[i] == offset[i] && known.log_width[i] == log_width[i]);
  CU_ASSERT_PTR_EQUAL(known.seen_offset, known.offset);
  CU_ASSERT_PTR_EQUAL(known.seen_log_width, known.log_width);
}

/* By hand: six sessions more make the noise's variance 1.3. */
static void test_old(void) {
  PlnPrior prior = made(false);
  double room[PLN_PRIOR_ROOM(N, P)], shrink = 1 / sqrt(1.3);
  PlnUpdateCase known = pln_prior_case(&prior, 6, room);
  CU_ASSERT_DOUBLE_EQUAL(pln_prior_shrink(6), shrink, 1e-15);
  CU_ASSERT_DOUBLE_EQUAL(known.row[3], -shrink, 1e-15);
  CU_ASSERT_DOUBLE_EQUAL(known.offset[1], -0.4 * shrink, 1e-15);
  CU_ASSERT_DOUBLE_EQUAL(exp(known.log_width[0]), exp(-1) * shrink, 1e-15);
}

static void test_two_answers(void) {
  PlnPrior prior = made(true);
  double room[PLN_PRIOR_ROOM(N, P)];
  PlnUpdateCase known = pln_prior_case(&prior, 6, room);
  CU_ASSERT_EQUAL(known.width_sd, 0);
  for (int i = 0; i < N; i++)
    CU_ASSERT_TRUE(exp(known.log_width[i]) < 0.003);
}

static void test_evidence(void) {
  PlnEvidence stated = {PLN_EVIDENCE_SUPPORT, {1, 1, 1}, 1.5, 2}, vote = pln_evidence_vote(2);
  PlnEvidence old = pln_prior_evidence(&stated, 6), same = pln_prior_evidence(&vote, 6);
  CU_ASSERT_DOUBLE_EQUAL(old.support, 1.5 / sqrt(1.3), 1e-15);
  CU_ASSERT_DOUBLE_EQUAL(old.variance, 2.3 / 1.3, 1e-15);
  CU_ASSERT_TRUE(same.kind == PLN_EVIDENCE_ANSWER && same.likelihood[2] == 1);
  old = pln_prior_evidence(&stated, 0);
  CU_ASSERT_TRUE(old.support == 1.5 && old.variance == 2);
}

int main(void) {
  CU_TestInfo tests[] = {{"young", test_young},
                         {"old", test_old},
                         {"two answers", test_two_answers},
                         {"evidence", test_evidence},
                         CU_TEST_INFO_NULL};
  return suite_run("prior", tests);
}
