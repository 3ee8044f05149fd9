/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nash's solution and Kalai and Smorodinsky's: the reference's numbers, brute force on a grid, and
 * where there is no agreement. */
#include <math.h>
#include <string.h>

#include "plenary/course.h"
#include "plenary/draw.h"
#include "suite.h"

enum { MOST = 12 };

typedef struct {
  double from, to, reference;
  double x[MOST], s[MOST], c[MOST];
  PlnTalks talks;
} One;

static void set(One *one, guint n, const double *x, double reference) {
  *one = (One){.from = 0, .to = 100, .reference = reference};
  for (guint k = 0; k < n; k++) {
    one->x[k] = x[k];
    one->s[k] = one->c[k] = 1;
  }
  one->talks = (PlnTalks){n, 1, one->x, one->s, one->c, &one->from, &one->to, &one->reference};
}

static double solve(const One *one, const PlnMethod *method, PlnDisagree how, const char **words) {
  PlnMethodOptions options = pln_method_options();
  options.disagree = how;
  PlnCourse *course = pln_course_new(method, &one->talks, &options, 0);
  double outcome = course->outcome[0];
  CU_ASSERT_TRUE(course->rounds == 0 && !course->chance);
  CU_ASSERT_TRUE(course->end == PLN_TALKS_END_ONCE || course->words[0]);
  if (words)
    *words = course->words[0];
  pln_course_free(course);
  return outcome;
}

static void test_known(void) {
  One one;
  const char *words;
  set(&one, 2, (const double[]){40, 60}, 0);
  CU_ASSERT_DOUBLE_EQUAL(solve(&one, &pln_method_nash, PLN_DISAGREE_REFERENCE, &words), 40, 1e-9);
  CU_ASSERT_PTR_NULL(words);
  CU_ASSERT_DOUBLE_EQUAL(
      solve(&one, &pln_method_kalai_smorodinsky, PLN_DISAGREE_REFERENCE, &words), 48, 1e-9);
  /* Turned round, with disagreement at the other end. */
  one.reference = 100;
  CU_ASSERT_DOUBLE_EQUAL(solve(&one, &pln_method_nash, PLN_DISAGREE_REFERENCE, NULL), 60, 1e-9);
  CU_ASSERT_DOUBLE_EQUAL(
      solve(&one, &pln_method_kalai_smorodinsky, PLN_DISAGREE_REFERENCE, NULL), 52, 1e-9);
  /* Two at the ends, and no agreement as bad as the other's position: by weight, w (far - x) = x. */
  set(&one, 2, (const double[]){0, 100}, NAN);
  CU_ASSERT_DOUBLE_EQUAL(solve(&one, &pln_method_nash, PLN_DISAGREE_WORST, NULL), 50, 1e-9);
  one.c[1] = 3;
  CU_ASSERT_DOUBLE_EQUAL(solve(&one, &pln_method_nash, PLN_DISAGREE_WORST, NULL), 75, 1e-9);
  CU_ASSERT_DOUBLE_EQUAL(solve(&one, &pln_method_kalai_smorodinsky, PLN_DISAGREE_WORST, NULL), 50,
                         1e-9);
}

static double gain_of(const One *one, guint k, double x, PlnDisagree how) {
  double far = fabs(one->reference - one->x[k]);
  for (guint i = 0; how == PLN_DISAGREE_WORST && i < one->talks.n; i++)
    far = i == 0 ? fabs(one->x[i] - one->x[k]) : MAX(far, fabs(one->x[i] - one->x[k]));
  return far - fabs(x - one->x[k]);
}

/* What the method is to make as great as it can: the sum of w log gain, or the least share. */
static double score(const One *one, double x, PlnDisagree how, gboolean nash) {
  double sum = 0, least = INFINITY;
  for (guint k = 0; k < one->talks.n; k++) {
    double w = one->c[k] * one->s[k], gain = gain_of(one, k, x, how);
    if (!(w > 0))
      continue;
    if (gain <= 0)
      return -INFINITY;
    sum += w * log(gain);
    least = MIN(least, gain / gain_of(one, k, one->x[k], how));
  }
  return nash ? sum : least;
}

static void draw_one(One *one, PlnDraw *draw, PlnDisagree how) {
  guint n = 2 + (guint)(pln_draw_uniform(draw) * (MOST - 2));
  double x[MOST] = {0}, d = how == PLN_DISAGREE_WORST ? NAN : 20 * pln_draw_uniform(draw);
  for (guint k = 0; k < n; k++)
    x[k] = 25 + floor(75 * pln_draw_uniform(draw));
  x[1] += x[1] == x[0] ? .5 : 0;
  set(one, n, x, d);
  for (guint k = 0; k < n; k++) {
    one->c[k] = pln_draw_uniform(draw) < .15 && k > 1 ? 0 : pln_draw_uniform(draw) + .01;
    one->s[k] = pln_draw_uniform(draw) + .01;
  }
}

/* No point of a fine grid does better, and none near the solution. */
static void test_grid(void) {
  PlnDraw draw = pln_draw_stream(33, 0, 0);
  for (guint turn = 0; turn < 400; turn++) {
    PlnDisagree how = turn % 2 ? PLN_DISAGREE_WORST : PLN_DISAGREE_REFERENCE;
    One one;
    draw_one(&one, &draw, how);
    for (int nash = 0; nash < 2; nash++) {
      const char *words;
      double x = solve(&one, nash ? &pln_method_nash : &pln_method_kalai_smorodinsky, how, &words);
      double best = score(&one, x, how, nash), better = 0;
      CU_ASSERT_PTR_NULL(words);
      CU_ASSERT_TRUE(isfinite(best));
      for (int k = 0; k <= 4000; k++) {
        better += score(&one, k * .025, how, nash) > best + 1e-11;
        better += score(&one, x + (k - 2000) * 1e-7, how, nash) > best + 1e-11;
      }
      CU_ASSERT_EQUAL(better, 0);
    }
  }
}

static void check_words(const One *one, PlnDisagree how, const char *part, double outcome) {
  const PlnMethod *const methods[] = {&pln_method_nash, &pln_method_kalai_smorodinsky};
  for (guint k = 0; k < 2; k++) {
    const char *words;
    double x = solve(one, methods[k], how, &words);
    CU_ASSERT_TRUE(words && strstr(words, part));
    CU_ASSERT_TRUE(isnan(outcome) ? isnan(x) : fabs(x - outcome) < 1e-12);
  }
}

static void test_no_agreement(void) {
  One one;
  set(&one, 2, (const double[]){40, 60}, 50);
  check_words(&one, PLN_DISAGREE_REFERENCE, "no outcome improves", 50);
  one.reference = 40;
  check_words(&one, PLN_DISAGREE_REFERENCE, "no outcome improves", 40);
  one.reference = NAN;
  check_words(&one, PLN_DISAGREE_REFERENCE, "no reference point", NAN);
  /* One without weight does not stand in the way: the others agree. */
  set(&one, 3, (const double[]){40, 60, 5}, 20);
  check_words(&one, PLN_DISAGREE_REFERENCE, "no outcome improves", 20);
  one.s[2] = 0;
  const char *words;
  CU_ASSERT_DOUBLE_EQUAL(solve(&one, &pln_method_nash, PLN_DISAGREE_REFERENCE, &words), 40, 1e-9);
  CU_ASSERT_PTR_NULL(words);
}

static void test_degenerate(void) {
  One one;
  for (int how = 0; how <= PLN_DISAGREE_WORST; how++) {
    set(&one, 3, (const double[]){60, 60, 60}, 0);
    check_words(&one, (PlnDisagree)how, "one position", 60);
    set(&one, 3, (const double[]){NAN, 60, NAN}, NAN);
    check_words(&one, (PlnDisagree)how, "one actor alone", 60);
    set(&one, 3, (const double[]){NAN, NAN, NAN}, 0);
    check_words(&one, (PlnDisagree)how, "nobody takes part", NAN);
    set(&one, 2, (const double[]){20, 60}, 0);
    one.s[0] = one.s[1] = 0;
    check_words(&one, (PlnDisagree)how, "nobody cares", NAN);
    set(&one, 2, (const double[]){20, 60}, 0);
    one.c[0] = one.c[1] = 0;
    check_words(&one, (PlnDisagree)how, "nobody can", NAN);
  }
  /* Only one of two has weight: its position. */
  const char *words;
  set(&one, 2, (const double[]){20, 60}, 0);
  one.c[0] = 0;
  CU_ASSERT_DOUBLE_EQUAL(solve(&one, &pln_method_nash, PLN_DISAGREE_WORST, &words), 60, 1e-12);
}

/* As all weights are multiplied, or the scale is stretched, nothing else happens. */
static void test_invariants(void) {
  PlnDraw draw = pln_draw_stream(34, 0, 0);
  for (guint turn = 0; turn < 50; turn++) {
    One one, other;
    PlnDisagree how = turn % 2 ? PLN_DISAGREE_WORST : PLN_DISAGREE_REFERENCE;
    draw_one(&one, &draw, how);
    set(&other, one.talks.n, one.x, -3 * one.reference + 1000);
    other.from = 700, other.to = 1000;
    for (guint k = 0; k < one.talks.n; k++) {
      other.x[k] = 1000 - 3 * one.x[k];
      other.c[k] = one.c[k] * 1e6, other.s[k] = one.s[k];
    }
    for (int nash = 0; nash < 2; nash++) {
      const PlnMethod *m = nash ? &pln_method_nash : &pln_method_kalai_smorodinsky;
      CU_ASSERT_DOUBLE_EQUAL(solve(&other, m, how, NULL), 1000 - 3 * solve(&one, m, how, NULL),
                             1e-8);
    }
  }
}

int main(void) {
  CU_TestInfo tests[] = {{"known", test_known},
                         {"grid", test_grid},
                         {"no agreement", test_no_agreement},
                         {"degenerate", test_degenerate},
                         {"invariants", test_invariants},
                         CU_TEST_INFO_NULL};
  return suite_run("nash", tests);
}
