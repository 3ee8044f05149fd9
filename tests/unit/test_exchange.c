/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exchange: the Copenhagen talks of reference F6, trades by hand, and what no trade may do. */
#include <math.h>
#include <string.h>

#include "copenhagen.h"
#include "plenary/course.h"
#include "plenary/draw.h"
#include "suite.h"

enum { N = COPENHAGEN_ACTORS, M = COPENHAGEN_ISSUES };

static PlnCourse *run(const PlnTalks *talks, const PlnMethodOptions *options, guint rounds) {
  return pln_course_new(&pln_method_exchange, talks, options, rounds);
}

static void test_copenhagen_means(void) {
  static const double before[] = {61.57627118644068,  58.144654088050316, 30.707395498392284,
                                  52.235915492957744, 51.949891067538125, 57.62144821264894,
                                  64.62068965517241};
  static const double voting[] = {54.261793241482636, 67.01575266181035, 36.91930730892074,
                                  47.42789217115327,  19.06318082788671, 68.54120864695028,
                                  95.47783251231527};
  static const double next[] = {61.24105783346859, 60.19581785539119, 32.339935895861665,
                                50.69883215960105, 46.90392156862745, 61.27773396928358,
                                73.40965517241379};
  PlnMethodOptions options = pln_method_options();
  g_autoptr(PlnCourse) course = run(copenhagen(), &options, 1);
  for (guint issue = 0; issue < M; issue++) {
    CU_ASSERT_DOUBLE_EQUAL(course->mean[issue], before[issue], 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(course->outcome[issue], before[issue], 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(course->outcome[M + issue], voting[issue], 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(course->mean[M + issue], next[issue], 1e-9);
  }
}

typedef struct {
  const char *actor, *issue;
  double from, to;
  const char *other, *issue2;
  double from2, to2, gain;
} Expected;

static void test_copenhagen_exchanges(void) {
  static const Expected first[] = {
      {"USA", "Extra", 10, 90, "China India", "Commitments", 85, 21.893662728249193,
       3.278817733990148},
      {"USA", "Control", 10, 52.126006355932205, "Least Developed Countries", "Newtreaty", 100, 10,
       1.8533898305084746},
      {"USA", "Control", 52.126006355932205, 90, "Alliance of Small Island States", "Newtreaty",
       100, 19.084201830917383, 1.6663168606005996},
  };
  PlnMethodOptions options = pln_method_options();
  g_autoptr(PlnCourse) course = run(copenhagen(), &options, 1);
  CU_ASSERT_EQUAL_FATAL(course->deals->len, 48);
  CU_ASSERT_EQUAL(course->exchanges, 48);
  for (guint k = 0; k < G_N_ELEMENTS(first); k++) {
    const PlnDeal *deal = &g_array_index(course->deals, PlnCourseDeal, k).deal;
    CU_ASSERT_EQUAL(deal->kind, PLN_DEAL_EXCHANGE);
    CU_ASSERT_STRING_EQUAL(copenhagen_actors[deal->actor], first[k].actor);
    CU_ASSERT_STRING_EQUAL(copenhagen_issues[deal->issue], first[k].issue);
    CU_ASSERT_STRING_EQUAL(copenhagen_actors[deal->other], first[k].other);
    CU_ASSERT_STRING_EQUAL(copenhagen_issues[deal->issue2], first[k].issue2);
    CU_ASSERT_DOUBLE_EQUAL(deal->from, first[k].from, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(deal->to, first[k].to, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(deal->from2, first[k].from2, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(deal->to2, first[k].to2, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(deal->own, first[k].gain, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(deal->others, first[k].gain, 1e-9);
  }
}

/* Two actors, two issues, at the ends, c = 1.  On the first A cares .2 and B .8, on the second the
 * other way round: O = 80 and 20, both stand on opposite sides of both.  B demands the first.  A
 * going all 100 there shifts its mean by 100 * .2 = 20, to 100, where B stands; B likewise.  Gain:
 * 20 * .8 - 20 * .2 = 12. */
static void test_even(void) {
  const double x[] = {0, 0, 100, 100}, s[] = {.2, .8, .8, .2}, c[] = {1, 1, 1, 1};
  const double from[] = {0, 0}, to[] = {100, 100}, none[] = {NAN, NAN};
  PlnTalks talks = {2, 2, x, s, c, from, to, none};
  PlnMethodOptions options = pln_method_options();
  g_autoptr(PlnCourse) course = run(&talks, &options, 1);
  CU_ASSERT_EQUAL_FATAL(course->deals->len, 1);
  const PlnDeal *deal = &g_array_index(course->deals, PlnCourseDeal, 0).deal;
  CU_ASSERT_EQUAL(deal->actor, 1); /* B demands the first issue, so supplies the second */
  CU_ASSERT_EQUAL(deal->issue, 1);
  CU_ASSERT_EQUAL(deal->issue2, 0);
  CU_ASSERT_DOUBLE_EQUAL(deal->own, 12, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(course->outcome[2], 100, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(course->outcome[3], 0, 1e-12);
  /* Nobody else: an exchange of two is worth its gain to each of them. */
  CU_ASSERT_DOUBLE_EQUAL(course->externality[0], 12, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(course->externality[1], 12, 1e-12);
  /* A cares .2 where it gave way: .8 * .4 + .1 = .42 of the way, from 0 to 42; B likewise. */
  CU_ASSERT_DOUBLE_EQUAL(pln_course_at(course, 1, 0, 0), 42, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(pln_course_at(course, 1, 1, 1), 58, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(pln_course_at(course, 1, 0, 1), 0, 0);
}

/* A third, in the middle of both and indifferent to neither: loses what F6's formula says. */
static void test_externality(void) {
  const double x[] = {0, 0, 100, 100, 50, 50}, s[] = {.2, .8, .8, .2, .5, .5};
  const double c[] = {1, 1, 1, 1, .5, .5}, from[] = {0, 0}, to[] = {100, 100}, none[] = {NAN, NAN};
  PlnTalks talks = {3, 2, x, s, c, from, to, none};
  PlnMethodOptions options = pln_method_options();
  g_autoptr(PlnCourse) course = run(&talks, &options, 1);
  CU_ASSERT_FATAL(course->exchanges > 0);
  const PlnDeal *deal = &g_array_index(course->deals, PlnCourseDeal, 0).deal;
  double weight = 1.25, shift = fabs(deal->to - deal->from) * .2 / weight;
  double shift2 = fabs(deal->to2 - deal->from2) * .2 / weight;
  /* The means leave 50 on either side: 74 upwards, 26 downwards. */
  CU_ASSERT_DOUBLE_EQUAL(course->mean[0], 74, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(course->mean[1], 26, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(course->externality[2], -.5 * (shift + shift2), 1e-12);
}

/* The same talks on other scales, or turned round: positions go along. */
static void test_scales(void) {
  const PlnTalks *talks = copenhagen();
  double x[N * M], from[M], to[M];
  PlnMethodOptions options = pln_method_options();
  options.both_ways = TRUE;
  g_autoptr(PlnCourse) plain = run(talks, &options, 3);
  for (guint turned = 0; turned < 2; turned++) {
    for (guint issue = 0; issue < M; issue++) {
      double length = 2 + issue;
      from[issue] = -1 - (double)issue;
      to[issue] = from[issue] + length;
      for (guint i = 0; i < N; i++) {
        double at = talks->position[i * M + issue] / 100;
        x[i * M + issue] = from[issue] + length * (turned ? 1 - at : at);
      }
    }
    PlnTalks other = {N, M, x, talks->salience, talks->capability, from, to, talks->reference};
    g_autoptr(PlnCourse) course = run(&other, &options, 3);
    CU_ASSERT_EQUAL(course->deals->len, plain->deals->len);
    for (guint r = 0; r <= 3; r++)
      for (guint issue = 0; issue < M; issue++) {
        double at = (course->outcome[r * M + issue] - from[issue]) / (to[issue] - from[issue]);
        CU_ASSERT_DOUBLE_EQUAL(100 * (turned ? 1 - at : at), plain->outcome[r * M + issue], 1e-8);
      }
  }
}

/* What every exchange of ten rounds must keep to. */
static void check_deal(const PlnTalks *talks, const PlnDeal *deal, const double *weight) {
  CU_ASSERT(deal->own > 0 && deal->own == deal->others);
  CU_ASSERT(deal->actor != deal->other && deal->issue2 != (int)deal->issue);
  CU_ASSERT(deal->to >= -1e-9 && deal->to <= 100 + 1e-9);
  CU_ASSERT(deal->to2 >= -1e-9 && deal->to2 <= 100 + 1e-9);
  gsize m = talks->m, i = deal->actor * m, j = deal->other * m, q = deal->issue;
  gsize p = (gsize)deal->issue2;
  const double *s = talks->salience, *c = talks->capability;
  /* i supplies q and demands p: each moves to the other's side, and the gains are the same. */
  double dq = fabs(deal->to - deal->from) * c[i + q] * s[i + q] / weight[q];
  double dp = fabs(deal->to2 - deal->from2) * c[j + p] * s[j + p] / weight[p];
  CU_ASSERT_DOUBLE_EQUAL(dp * s[i + p] - dq * s[i + q], deal->own, 1e-9);
  CU_ASSERT_DOUBLE_EQUAL(dq * s[j + q] - dp * s[j + p], deal->own, 1e-9);
}

static void test_gains(void) {
  const PlnTalks *talks = copenhagen();
  double weight[M] = {0};
  for (guint k = 0; k < N * M; k++)
    weight[k % M] += isnan(talks->position[k]) ? 0 : talks->capability[k] * talks->salience[k];
  PlnMethodOptions options = pln_method_options();
  g_autoptr(PlnCourse) course = run(talks, &options, 0);
  CU_ASSERT_EQUAL(course->rounds, 10);
  CU_ASSERT(course->ties > 0);
  for (guint k = 0; k < course->deals->len; k++)
    check_deal(talks, &g_array_index(course->deals, PlnCourseDeal, k).deal, weight);
}

/* One order of ties gives one result to the bit; other orders other results. */
static void test_ties(void) {
  PlnMethodOptions options = pln_method_options();
  guint different = 0;
  g_autoptr(PlnCourse) stated = run(copenhagen(), &options, 4);
  for (guint k = 1; k <= 4; k++) {
    options.ties = k;
    g_autoptr(PlnCourse) one = run(copenhagen(), &options, 4);
    g_autoptr(PlnCourse) again = run(copenhagen(), &options, 4);
    gsize size = 5 * M * sizeof(double);
    CU_ASSERT_EQUAL(memcmp(one->outcome, again->outcome, size), 0);
    different += memcmp(one->outcome, stated->outcome, size) != 0;
  }
  CU_ASSERT(different > 0);
}

/* A round without a trade ends the talks and is none: the forecast stays that of the last votes. */
static void test_last_round(void) {
  const double from[] = {0, 0}, to[] = {100, 100}, none[] = {NAN, NAN};
  PlnMethodOptions options = pln_method_options();
  PlnDraw draw = pln_draw_stream(6, 1, 0);
  guint still = 0;
  for (guint k = 0; k < 200; k++) {
    double x[8], s[8], c[8];
    PlnTalks talks = {4, 2, x, s, c, from, to, none};
    for (guint at = 0; at < 8; at++) {
      x[at] = 25.0 * pln_draw_below(&draw, 5);
      s[at] = .1 * (1 + pln_draw_below(&draw, 10));
      c[at] = 1 + at / 2;
    }
    g_autoptr(PlnCourse) course = run(&talks, &options, 100);
    if (course->end != PLN_TALKS_END_STILL || course->rounds == 0)
      continue;
    still++;
    guint last = g_array_index(course->deals, PlnCourseDeal, course->deals->len - 1).round;
    CU_ASSERT_EQUAL(last, course->rounds);
    g_autoptr(PlnCourse) asked = run(&talks, &options, last);
    CU_ASSERT_EQUAL(memcmp(asked->outcome, course->outcome, (last + 1) * 2 * sizeof(double)), 0);
  }
  CU_ASSERT_TRUE(still > 3);
}

static void test_words(void) {
  const double x[] = {0, 50, 100, 50}, s[] = {1, 1, 1, 1}, c[] = {1, 1, 1, 1};
  const double from[] = {0, 0}, to[] = {100, 100}, none[] = {NAN, NAN}, one[] = {0, 100};
  PlnMethodOptions options = pln_method_options();
  PlnTalks single = {2, 1, one, s, c, from, to, none};
  g_autoptr(PlnCourse) alone = run(&single, &options, 0);
  CU_ASSERT_EQUAL(alone->end, PLN_TALKS_END_NOTHING);
  CU_ASSERT_STRING_EQUAL(alone->words[0], "there is one issue: nothing to trade");
  CU_ASSERT_DOUBLE_EQUAL(alone->outcome[0], 50, 0);
  PlnTalks shut = {2, 2, x, s, c, from, to, none};
  g_autoptr(PlnCourse) half = run(&shut, &options, 0);
  CU_ASSERT_EQUAL(half->end, PLN_TALKS_END_NOTHING);
  CU_ASSERT_STRING_EQUAL(half->words[0], "no other issue is open: nothing to trade for");
  CU_ASSERT_EQUAL(half->rounds, 0);
  /* Opposed on both, but each cares alike for both: no gain. */
  const double ends[] = {0, 0, 100, 100};
  PlnTalks equal = {2, 2, ends, s, c, from, to, none};
  g_autoptr(PlnCourse) no = run(&equal, &options, 0);
  CU_ASSERT_EQUAL(no->end, PLN_TALKS_END_STILL);
  CU_ASSERT_EQUAL(no->rounds, 0);
  CU_ASSERT_STRING_EQUAL(no->words[0], "no exchange would leave both sides better off");
}

int main(void) {
  CU_TestInfo tests[] = {{"copenhagen: means", test_copenhagen_means},
                         {"copenhagen: exchanges", test_copenhagen_exchanges},
                         {"two actors by hand", test_even},
                         {"a third pays", test_externality},
                         {"other scales", test_scales},
                         {"equal gains", test_gains},
                         {"ties", test_ties},
                         {"the last round", test_last_round},
                         {"words", test_words},
                         CU_TEST_INFO_NULL};
  return suite_run("exchange", tests);
}
