/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The course, driven by methods made up for it: one that goes round, one that stands still without
 * saying so, one that never ends, and one that trades. */
#include "plenary/course.h"

#include <math.h>
#include <string.h>

#include "suite.h"

enum { N = 3 };

static const double X[] = {0, 40, 90}, S[] = {1, .5, 1}, C[] = {1, 2, 1}, FROM[] = {0},
                    TO[] = {100}, NONE[] = {NAN};
static const PlnTalks TALKS = {N, 1, X, S, C, FROM, TO, NONE};

static PlnRun *set_up(guint n, guint m, const PlnMethodOptions *options) {
  PlnRun *run = pln_run_new(sizeof *run, n, m, TRUE);
  run->externality = g_new(double, 2 * n); /* as many deals as a step makes */
  (void)options;
  return run;
}

static void start(PlnRun *run, const PlnTalks *talks) {
  pln_run_start(run, talks);
  run->outcome[0] = -1;
  run->words[0] = "made up";
}

static PlnTalksEnd never(const PlnRun *run) {
  (void)run;
  return PLN_TALKS_END_NOT_YET;
}

static PlnTalksEnd after_two(const PlnRun *run) {
  return run->round < 2 ? PLN_TALKS_END_NOT_YET : PLN_TALKS_END_SETTLED;
}

static PlnTalksEnd after_four(const PlnRun *run) {
  return run->round < 4 ? PLN_TALKS_END_NOT_YET : PLN_TALKS_END_SETTLED;
}

static PlnTalksEnd done(const PlnRun *run) {
  return run->settled[0] ? PLN_TALKS_END_STILL : PLN_TALKS_END_NOT_YET;
}

static void clear(PlnRun *run) {
  pln_run_clear(run);
  g_free(run);
}

/* 0, 10, 20, 10, 20, … */
static void go_round(PlnRun *run) {
  run->position[0] = run->round % 2 ? 20 : 10;
  run->outcome[0] = run->round++;
}

/* One step, and no other. */
static void stop(PlnRun *run) {
  run->position[0] = 5;
  run->round++;
}

static void go_on(PlnRun *run) {
  run->position[0] += 1;
  run->ties++;
  run->round++;
}

/* Finds at its third step that there is nothing to do. */
static void to_two(PlnRun *run) {
  run->settled[0] = run->round == 2;
  if (!run->settled[0])
    go_on(run);
}

/* Two deals, of which the second alone is an exchange. */
static void trade(PlnRun *run) {
  PlnDeal bargain = {.kind = PLN_DEAL_BARGAIN, .issue2 = -1};
  PlnDeal exchange = {.kind = PLN_DEAL_EXCHANGE, .actor = 1};
  g_array_set_size(run->deals, 0);
  go_on(run);
  pln_run_deal(run, &bargain);
  pln_run_deal(run, &exchange);
  for (guint k = 0; k < 2 * run->n; k++)
    run->externality[k] = 100 * run->round + k;
}

static PlnMethod method_of(void (*step)(PlnRun *), PlnTalksEnd (*converged)(const PlnRun *)) {
  return (PlnMethod){.name = "made-up",
                     .rounds = TRUE,
                     .distribution = TRUE,
                     .usual = 7,
                     .set_up = set_up,
                     .start = start,
                     .step = step,
                     .converged = converged,
                     .free = clear};
}

static PlnCourse *course_of(const PlnMethod *method, guint rounds) {
  PlnMethodOptions options = pln_method_options();
  return pln_course_new(method, &TALKS, &options, rounds);
}

static void test_round_and_round(void) {
  PlnMethod method = method_of(go_round, never);
  g_autoptr(PlnCourse) course = course_of(&method, 0);
  CU_ASSERT_EQUAL(course->why, PLN_COURSE_CYCLE);
  CU_ASSERT_EQUAL(course->end, PLN_TALKS_END_NOT_YET);
  CU_ASSERT_EQUAL(course->rounds, 7);
  CU_ASSERT_EQUAL(course->back, 1);
  CU_ASSERT_EQUAL(course->period, 2);
  CU_ASSERT_EQUAL(pln_course_at(course, 6, 0, 0), 20);
  CU_ASSERT_EQUAL(pln_course_at(course, 7, 0, 0), 10);
  CU_ASSERT_EQUAL(course->outcome[0], -1);
  CU_ASSERT_EQUAL(course->outcome[7], 6);
  g_autoptr(PlnCourse) two = course_of(&method, 2); /* not yet to be seen */
  CU_ASSERT_EQUAL(two->why, PLN_COURSE_ROUNDS);
  CU_ASSERT_EQUAL(two->period, 0);
}

/* One that goes round may end all the same. */
static void test_ending_on_the_way(void) {
  PlnMethod method = method_of(go_round, after_four);
  g_autoptr(PlnCourse) course = course_of(&method, 0);
  CU_ASSERT_EQUAL(course->why, PLN_COURSE_ENDED);
  CU_ASSERT_EQUAL(course->end, PLN_TALKS_END_SETTLED);
  CU_ASSERT_EQUAL(course->rounds, 4);
  CU_ASSERT_EQUAL(course->period, 2);
}

/* What is near enough is one: by the scale, which reaches 100, not by the position. */
static void test_back(void) {
  static const double never_there[] = {NAN, NAN, NAN};
  double at[] = {0, 40, 90, 5, 40, 90, 5, NAN, 90, 1e-12, 40, 90 + 1e-11};
  PlnTalks talks = TALKS;
  CU_ASSERT_EQUAL(pln_course_back(&talks, at, 3), 0);
  CU_ASSERT_EQUAL(pln_course_back(&talks, at, 0), -1);
  CU_ASSERT_EQUAL(pln_course_back(&talks, at, 1), -1);
  at[9] = 1e-9;
  CU_ASSERT_EQUAL(pln_course_back(&talks, at, 3), -1);
  double none[6];
  memcpy(none, never_there, sizeof never_there);
  memcpy(none + 3, never_there, sizeof never_there);
  CU_ASSERT_EQUAL(pln_course_back(&talks, none, 1), 0);
}

/* A step that leaves the round as it was is none. */
static void test_nothing_done(void) {
  PlnMethod method = method_of(to_two, done);
  g_autoptr(PlnCourse) course = course_of(&method, 0);
  CU_ASSERT_EQUAL(course->why, PLN_COURSE_ENDED);
  CU_ASSERT_EQUAL(course->end, PLN_TALKS_END_STILL);
  CU_ASSERT_EQUAL(course->rounds, 2);
  CU_ASSERT_EQUAL(pln_course_at(course, 2, 0, 0), 2);
}

static void test_standing_still(void) {
  PlnMethod method = method_of(stop, never);
  g_autoptr(PlnCourse) course = course_of(&method, 0);
  CU_ASSERT_EQUAL(course->why, PLN_COURSE_ENDED);
  CU_ASSERT_EQUAL(course->end, PLN_TALKS_END_STILL);
  CU_ASSERT_EQUAL(course->rounds, 2);
}

static void test_rounds(void) {
  PlnMethod method = method_of(go_on, never);
  g_autoptr(PlnCourse) usual = course_of(&method, 0);
  g_autoptr(PlnCourse) four = course_of(&method, 4);
  CU_ASSERT_EQUAL(usual->why, PLN_COURSE_ROUNDS);
  CU_ASSERT_EQUAL(usual->end, PLN_TALKS_END_NOT_YET);
  CU_ASSERT_EQUAL(usual->rounds, 7);
  CU_ASSERT_EQUAL(usual->ties, 7);
  CU_ASSERT_EQUAL(four->rounds, 4);
  CU_ASSERT_EQUAL(four->deals->len, 0);
  CU_ASSERT_STRING_EQUAL(four->words[0], "made up");
  CU_ASSERT(isnan(four->chance[0]));
  /* The compromise: weights 1, 1, 1. */
  for (guint round = 0; round <= 4; round++)
    CU_ASSERT_DOUBLE_EQUAL(four->mean[round], (130 + round) / 3.0, 1e-12);
}

static void test_deals(void) {
  PlnMethod method = method_of(trade, after_two);
  g_autoptr(PlnCourse) course = course_of(&method, 0);
  CU_ASSERT_EQUAL(course->why, PLN_COURSE_ENDED);
  CU_ASSERT_EQUAL(course->end, PLN_TALKS_END_SETTLED);
  CU_ASSERT_EQUAL_FATAL(course->deals->len, 4);
  CU_ASSERT_EQUAL_FATAL(course->exchanges, 2);
  for (guint k = 0; k < 4; k++) {
    const PlnCourseDeal *deal = &g_array_index(course->deals, PlnCourseDeal, k);
    CU_ASSERT_EQUAL(deal->round, 1 + k / 2);
    if (deal->deal.kind == PLN_DEAL_EXCHANGE)
      CU_ASSERT_EQUAL(course->externality[deal->externality * N + 2], 100 * deal->round + N + 2);
  }
}

int main(void) {
  CU_TestInfo tests[] = {{"round and round", test_round_and_round},
                         {"ending on the way round", test_ending_on_the_way},
                         {"back at an earlier round", test_back},
                         {"nothing done", test_nothing_done},
                         {"standing still", test_standing_still},
                         {"rounds asked for", test_rounds},
                         {"deals", test_deals},
                         CU_TEST_INFO_NULL};
  return suite_run("course", tests);
}
