/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A roll call seen in part: against closed forms, and against sums over a grid. */
#include "plenary/condition.h"

#include <CUnit/CUnit.h>
#include <math.h>
#include <string.h>

#include "plenary/draw.h"
#include "plenary/error.h"
#include "plenary/normal.h"
#include "suite.h"

enum { N = 12 };

/* Twelve states on a line, with leans, widths and doubts of their own. */
static PlnElectorate *on_a_line(guint classes, guint groups) {
  PlnElectorate *e = pln_electorate_new(N, 1, groups);
  e->classes = classes;
  for (guint i = 0; i < N; i++) {
    e->code[i] = g_strdup_printf("S%02u", i);
    e->in_group[i] = groups > 0 ? (int)(i % groups) : -1;
    e->position[i] = -1.5 + 3.0 * i / (N - 1);
    e->lean[i] = 0.1 * (i % 3);
    e->width[i] = 0.2 * (i % 2);
    e->doubt[i] = 0.05 * i;
  }
  for (guint g = 0; g < groups; g++) {
    e->group[g] = g_strdup_printf("G%u", g);
    e->group_spread[g] = 0.5;
  }
  e->slope_mean[0] = 0.3;
  e->slope_covariance[0] = 1.2;
  e->centre_mean = -0.4;
  e->centre_sd = 0.7;
  e->width_mean = -0.8;
  e->width_sd = classes == 3 ? 0.001 : 0;
  return e;
}

static void with_nothing_known(void) {
  for (guint groups = 0; groups <= 3; groups += 3) {
    g_autoptr(PlnElectorate) e = on_a_line(3, groups);
    g_autoptr(PlnCondition) condition = pln_condition_new(e, NULL);
    guint8 answer[N];
    double chance[N * 3];
    memset(answer, PLN_ANSWER_NONE, sizeof answer);
    CU_ASSERT(pln_condition_chances(condition, answer, chance));
    for (guint i = 0; i < N; i++) {
      double x = e->position[i], mean = e->lean[i] + 0.3 * x + 0.4,
             w = exp(e->width_mean + e->width[i]);
      double sd = sqrt(1 + e->doubt[i] + 0.49 + 1.2 * x * x + (groups > 0 ? 0.25 : 0));
      CU_ASSERT_DOUBLE_EQUAL(chance[3 * i], pln_normal((-w - mean) / sd), 1e-4);
      CU_ASSERT_DOUBLE_EQUAL(chance[3 * i + 2], pln_normal((mean - w) / sd), 1e-4);
      CU_ASSERT_DOUBLE_EQUAL(chance[3 * i] + chance[3 * i + 1] + chance[3 * i + 2], 1, 1e-12);
    }
  }
}

/* The chance of yes of @state by summing over a grid of centres and slopes. */
static double by_grid(const PlnElectorate *e, const guint8 *answer, guint state) {
  double all = 0, yes = 0;
  for (double c = -5; c <= 5; c += 0.05)
    for (double b = -6; b <= 6; b += 0.05) {
      double zc = (c - e->centre_mean) / e->centre_sd, zb = (b - 0.3) / sqrt(1.2);
      double weight = exp(-0.5 * (zc * zc + zb * zb));
      for (guint i = 0; i < N; i++) {
        double u = (b * e->position[i] + e->lean[i] - c) / sqrt(1 + e->doubt[i]);
        if (answer[i] != PLN_ANSWER_NONE)
          weight *= pln_normal(answer[i] == 1 ? u : -u);
      }
      double u = (b * e->position[state] + e->lean[state] - c) / sqrt(1 + e->doubt[state]);
      all += weight;
      yes += weight * pln_normal(u);
    }
  return yes / all;
}

static void near_the_exact_answer(void) {
  g_autoptr(PlnElectorate) e = on_a_line(2, 0);
  g_autoptr(PlnCondition) condition = pln_condition_new(e, NULL);
  const guint8 known[N] = {
      0, 0, PLN_ANSWER_NONE, 0, 1, PLN_ANSWER_NONE, 0, 1, 1, PLN_ANSWER_NONE, 1, PLN_ANSWER_NONE};
  double chance[N * 2];
  CU_ASSERT(pln_condition_chances(condition, known, chance));
  for (guint i = 0; i < N; i++)
    if (known[i] == PLN_ANSWER_NONE)
      CU_ASSERT_DOUBLE_EQUAL(chance[2 * i + 1], by_grid(e, known, i), 0.05);
  CU_ASSERT(chance[2 * 11 + 1] > 0.7 && chance[2 * 2 + 1] < 0.4);
}

/* What is not known stays out: neither a wild answer nor the order of calls leaves a trace. */
static void remembers_nothing(void) {
  g_autoptr(PlnElectorate) e = on_a_line(3, 3);
  g_autoptr(PlnCondition) condition = pln_condition_new(e, NULL);
  guint8 answer[N], wild[N];
  double first[N * 3], between[N * 3], second[N * 3];
  PlnDraw draw = pln_draw_stream(5, 1, 0);
  for (guint i = 0; i < N; i++) {
    answer[i] = i % 2 ? PLN_ANSWER_NONE : (guint8)pln_draw_below(&draw, 3);
    wild[i] = (guint8)pln_draw_below(&draw, 3);
  }
  pln_condition_chances(condition, answer, first);
  CU_ASSERT(pln_condition_chances(condition, wild, between));
  pln_condition_chances(condition, answer, second);
  CU_ASSERT(memcmp(first, second, sizeof first) == 0);
  CU_ASSERT(memcmp(first, between, sizeof first) != 0);
}

static void refuses_what_is_no_electorate(void) {
  g_autoptr(PlnElectorate) e = on_a_line(3, 0), many = on_a_line(3, 110);
  g_autoptr(GError) error = NULL, too_many = NULL;
  e->slope_covariance[0] = -1;
  CU_ASSERT_PTR_NULL(pln_condition_new(e, &error));
  CU_ASSERT(g_error_matches(error, PLN_ERROR, PLN_ERROR_DATA));
  CU_ASSERT_PTR_NULL(pln_condition_new(many, &too_many));
  CU_ASSERT(g_error_matches(too_many, PLN_ERROR, PLN_ERROR_DATA));
}

int main(void) {
  CU_TestInfo tests[] = {{"with nothing known it is the electorate's", with_nothing_known},
                         {"near the exact answer", near_the_exact_answer},
                         {"it remembers nothing", remembers_nothing},
                         {"what is no electorate is refused", refuses_what_is_no_electorate},
                         CU_TEST_INFO_NULL};
  return suite_run("condition", tests);
}
