/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joining: fits against treaties drawn from known hazards, draws against closed forms, the fast
 * bound against milestones of a known curve, the effect of support against a sum by hand. */
#include "plenary/joining.h"

#include <math.h>
#include <string.h>

#include "plenary/normal.h"
#include "suite.h"

enum { STUDY = 91, MANY = 4000 };

static PlnJoinState never(void) {
  return (PlnJoinState){NAN, NAN, NAN, NAN, 0};
}

/* @n states of hazard a t^k from the opening, half of them signatories at once with a rate four
 * times as great. */
static void simulate(PlnJoinState *state, guint n, double a, double k, guint32 replicate) {
  PlnDraw draw = pln_draw_stream(3, STUDY, replicate);
  for (guint i = 0; i < n; i++) {
    state[i] = never();
    if (i % 2 == 0)
      state[i].signed_at = 0;
    double rate = i % 2 == 0 ? 4 * a : a;
    state[i].joined_at = pow(pln_draw_exponential(&draw) / rate, 1 / k);
  }
}

static void test_recovery(void) {
  PlnJoinState state[MANY];
  PlnJoinFit fit;
  simulate(state, MANY, 0.01, 1.6, 1);
  CU_ASSERT(pln_join_fit(state, MANY, 12, &fit));
  const PlnJoinClassFit *c = fit.class_fit;
  for (guint g = 0; g < PLN_JOIN_CLASSES; g++) {
    CU_ASSERT_DOUBLE_EQUAL(c[g].shape, 1.6, 0.1);
    CU_ASSERT(c[g].shape_low <= 1.6 * 1.04 && c[g].shape_high >= 1.6 / 1.04);
  }
  double ten = 0.01 * pow(10, 1.6);
  CU_ASSERT_DOUBLE_EQUAL(c[PLN_JOIN_SIGNATORY].ten, 1 - exp(-4 * ten), 0.02);
  CU_ASSERT_DOUBLE_EQUAL(c[PLN_JOIN_OTHER].ten, 1 - exp(-ten), 0.02);
  CU_ASSERT_EQUAL(fit.joiners, c[0].joined + c[1].joined);
  CU_ASSERT_EQUAL(fit.union_joined, 0);
}

/* Who signs late is at risk with those that have not until then: years by hand. */
static void test_spans(void) {
  PlnJoinState state[] = {never(), never(), never(), never()};
  state[0].signed_at = 2, state[0].joined_at = 5;
  state[1].joined_at = 3;
  state[2].signed_at = 9;                         /* after the end: not known yet */
  state[3].signed_at = 0, state[3].joined_at = 8; /* likewise */
  PlnJoinFit fit;
  CU_ASSERT(pln_join_fit(state, 4, 6, &fit));
  CU_ASSERT_EQUAL(fit.class_fit[PLN_JOIN_SIGNATORY].joined, 1);
  CU_ASSERT_EQUAL(fit.class_fit[PLN_JOIN_OTHER].joined, 1);
  CU_ASSERT_DOUBLE_EQUAL(fit.class_fit[PLN_JOIN_SIGNATORY].years, 3 + 6, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(fit.class_fit[PLN_JOIN_OTHER].years, 2 + 3 + 6, 1e-12);
  CU_ASSERT_FALSE(pln_join_fit(state, 4, 1, &fit));
}

/* A union whose members all come in one of the windows has a pace of its own; one whose members
 * come as all do has less of it. */
static void test_union(void) {
  PlnJoinState state[400];
  PlnJoinFit apart, bunched;
  simulate(state, 400, 0.01, 1.2, 2);
  for (guint i = 0; i < 60; i++)
    state[i].together_from = -1;
  CU_ASSERT(pln_join_fit(state, 400, 20, &apart));
  for (guint i = 0; i < 60; i++)
    state[i].joined_at = 6 + i / 30.0;
  CU_ASSERT(pln_join_fit(state, 400, 20, &bunched));
  CU_ASSERT(apart.union_sd < 0.5);
  CU_ASSERT(bunched.union_sd > apart.union_sd + 0.3);
  CU_ASSERT_EQUAL(bunched.union_joined, 60);
}

/* The score of the partial likelihood at its root, summed by hand; joinings before are no
 * evidence. */
static void test_support(void) {
  PlnJoinState state[60];
  PlnJoinFit fit = {0};
  for (guint i = 0; i < 60; i++) {
    state[i] = never();
    state[i].support = i % 3 - 1.0;
    if (i % 3 == 2 ? i < 45 : i < 12)
      state[i].joined_at = 1 + i / 10.0;
  }
  pln_join_support(&fit, state, 60, 1.5, 10);
  double score = 0, b = fit.support;
  guint joined = 0;
  for (guint i = 0; i < 60; i++) {
    double sum = 0, first = 0;
    if (!(state[i].joined_at > 1.5))
      continue;
    joined++;
    for (guint j = 0; j < 60; j++)
      if (!(state[j].joined_at < state[i].joined_at)) {
        sum += exp(b * state[j].support);
        first += state[j].support * exp(b * state[j].support);
      }
    score += state[i].support - first / sum;
  }
  CU_ASSERT_EQUAL(fit.support_joined, joined);
  CU_ASSERT(b > 0.3);
  CU_ASSERT_DOUBLE_EQUAL(score, 0, 1e-6);
  CU_ASSERT(fit.support_error > 0.05 && fit.support_error < 1);
  pln_join_support(&fit, state, 60, 10, 20);
  CU_ASSERT_EQUAL(fit.support, 0);
  CU_ASSERT_EQUAL(fit.support_error, 0);
}

/* Milestones of a known curve give the curve again. */
static void test_fast(void) {
  PlnJoinState state[200];
  PlnJoinFit fit;
  double years[6];
  guint number[6];
  simulate(state, 200, 0.02, 1.5, 4);
  CU_ASSERT(pln_join_fit(state, 200, 15, &fit));
  CU_ASSERT_FALSE(fit.has_fast);
  for (guint j = 0; j < 6; j++) {
    years[j] = 1.5 + 2 * j;
    double g = 0.03 * pow(years[j], 2.2);
    number[j] = (guint)(15000 * (1 - exp(-g)) + 5000 * (1 - exp(-0.2 * g)) + 0.5);
  }
  pln_join_fast(&fit, years, number, 6, 20000, 15000);
  CU_ASSERT(fit.has_fast);
  CU_ASSERT_DOUBLE_EQUAL(fit.fast_shape, 2.2, 0.02);
  CU_ASSERT_DOUBLE_EQUAL(fit.fast_log_rate[PLN_JOIN_SIGNATORY], log(0.03), 0.02);
  CU_ASSERT_DOUBLE_EQUAL(fit.fast_log_rate[PLN_JOIN_OTHER], log(0.03 * 0.2), 0.05);
  CU_ASSERT(fit.fast_error < 0.002);
}

/* What was joined as fast as the fast bound says so, what as slowly as the past treaty likewise. */
static void test_lean(void) {
  PlnJoinState past[400], now[400];
  PlnJoinFit fit;
  double years[] = {2, 4}, lean[PLN_JOIN_PACES];
  guint number[] = {100, 250}; /* of 400 */
  simulate(past, 400, 0.002, 1.2, 5);
  CU_ASSERT(pln_join_fit(past, 400, 20, &fit));
  pln_join_lean(&fit, past, 400, 4, lean);
  CU_ASSERT_EQUAL(lean[0], 1); /* no fast bound */
  pln_join_fast(&fit, years, number, 2, 400, 200);
  pln_join_lean(&fit, past, 400, 4, lean);
  CU_ASSERT(lean[30] > 0.99);
  simulate(now, 400, 0.05, 1.8, 6);
  pln_join_lean(&fit, now, 400, 4, lean);
  CU_ASSERT(lean[60] < 0.01);
  for (guint j = 1; j < PLN_JOIN_PACES; j++)
    CU_ASSERT(lean[j] >= lean[j - 1]);
  CU_ASSERT_DOUBLE_EQUAL(lean[PLN_JOIN_PACES - 1], 1, 1e-12);
  for (guint i = 0; i < 400; i++)
    now[i] = never();
  pln_join_lean(&fit, now, 400, 1e-9, lean); /* nothing seen: even */
  CU_ASSERT_DOUBLE_EQUAL(lean[50], 51.0 / 101, 0.01);
}

/* The posterior of a class of which none joined, as drawn: a T^k is Gamma(1/2)/n. */
static void test_none_joined(void) {
  PlnJoinState state[50];
  PlnJoinFit fit;
  double lean[PLN_JOIN_PACES], mean = 0, below = 0;
  enum { DRAWS = 20000 };
  for (guint i = 0; i < 50; i++)
    state[i] = never();
  state[0].signed_at = 0;
  state[0].joined_at = 1;
  CU_ASSERT(pln_join_fit(state, 50, 10, &fit));
  pln_join_lean(&fit, state, 50, 10, lean);
  for (guint k = 0; k < DRAWS; k++) {
    PlnDraw stream = pln_draw_stream(1, STUDY, k);
    PlnJoinPace pace;
    pln_join_draw(&fit, lean, 10, 5, &stream, &pace);
    double at_end = exp(pace.log_rate[PLN_JOIN_OTHER] +
                        pace.shape[PLN_JOIN_OTHER] * log(10)) * 49;
    mean += at_end / DRAWS;
    below += at_end < 0.5 * 0.45493642311957 ? 1.0 / DRAWS : 0; /* median of chi-square of 1 */
  }
  CU_ASSERT_DOUBLE_EQUAL(mean, 0.5, 0.03);
  CU_ASSERT_DOUBLE_EQUAL(below, 0.5, 0.02);
}

/* Times by hand: f (G(t) - G(from)) is the exponential. */
static void test_times(void) {
  const guint8 classes[] = {0, 1, 0, 1, 0}, together[] = {0, 0, 1, 1, 0};
  const double support[] = {1, 1, 0, -1, -1}, e[] = {0.3, 1.2, 0.01, 4, 0.7};
  PlnJoinSeats seats = {5, classes, together, support};
  PlnJoinPace pace = {.u = 0.3,
                      .shape = {1.4, 2.5},
                      .log_rate = {log(0.05), log(0.002)},
                      .together = 1.7,
                      .support = {0.4, 1.1}};
  double factor[5], time[5], sum = 0;
  pln_join_factors(&pace, &seats, factor);
  pln_join_times(&pace, &seats, factor, 0.75, e, time);
  for (guint i = 0; i < 5; i++) {
    double a = classes[i] ? 0.002 : 0.05, k = classes[i] ? 2.5 : 1.4;
    CU_ASSERT_DOUBLE_EQUAL(factor[i] * a * (pow(time[i], k) - pow(0.75, k)), e[i], 1e-10);
    sum += classes[i] ? 0 : factor[i] / (together[i] ? 1.7 : 1);
  }
  CU_ASSERT_DOUBLE_EQUAL(sum, 3, 1e-12); /* support moves nobody on average */
  CU_ASSERT_DOUBLE_EQUAL(factor[0] / factor[4], exp(0.8), 1e-12);
}

/* Yearly numbers that jump tell of a walk, those of the hazard itself of hardly any; of a class of
 * which nobody joined nothing is known: the mean of 0 … 1.5. */
static void test_wander(void) {
  PlnJoinState state[600];
  PlnJoinFit calm, wild;
  for (guint i = 0; i < 600; i++) {
    state[i] = never();
    state[i].signed_at = 0;
    state[i].joined_at = -pln_log(1 - (i + 0.5) / 600) * 12;
  }
  CU_ASSERT(pln_join_fit(state, 600, 20, &calm));
  CU_ASSERT(calm.class_fit[PLN_JOIN_SIGNATORY].wander_mean < 0.15);
  CU_ASSERT_DOUBLE_EQUAL(calm.class_fit[PLN_JOIN_OTHER].wander_mean, 0.75, 0.05);
  for (guint i = 0; i < 600; i++)
    state[i].joined_at = 2 + 5 * (i % 4) + i % 7 / 10.0; /* all in four of the years */
  CU_ASSERT(pln_join_fit(state, 600, 20, &wild));
  CU_ASSERT(wild.class_fit[PLN_JOIN_SIGNATORY].wander_mean > 0.5);
}

/* The mean of s on levels to 30 on either side, of which nothing that leaves them comes back: by
 * another program of the same filter. */
static double wide_mean(const PlnJoinState *state, guint n, guint years, const PlnJoinClassFit *fit) {
  enum { SIDE = 300, ALL = 2 * SIDE + 1 };
  static double level[ALL], next[ALL];
  double sum = 0, mean = 0;
  for (guint k = 0; k < PLN_JOIN_WANDERS; k++) {
    double s = 0.1 * k, chance = 1;
    memset(level, 0, sizeof level);
    level[SIDE] = 1;
    for (guint y = 0; y < years; y++) {
      double expected = 0, all = 0, norm = 0;
      guint joined = 0;
      for (guint i = 0; i < n; i++) {
        double end = state[i].joined_at <= years ? state[i].joined_at : years, to = MIN(end, y + 1);
        joined += end > y && end <= y + 1 && state[i].joined_at <= years;
        if (to > y)
          expected += exp(fit->log_rate) * (pow(to, fit->shape) - pow(y, fit->shape));
      }
      for (int d = -SIDE; d <= SIDE; d++)
        norm += k == 0 ? d == 0 : exp(-0.5 * d * d * 0.01 / s / s);
      for (int j = -SIDE; j <= SIDE; j++) {
        double to = 0;
        for (int i = MAX(-SIDE, j - (int)k * 8); i <= MIN(SIDE, j + (int)k * 8); i++)
          to += level[i + SIDE] * (k == 0 ? i == j : exp(-0.5 * (i - j) * (i - j) * 0.01 / s / s));
        next[j + SIDE] = to / norm * exp(0.1 * j * joined - expected * (exp(0.1 * j) - 1));
        all += next[j + SIDE];
      }
      for (guint j = 0; j < ALL; j++)
        level[j] = next[j] / all;
      chance *= all;
    }
    sum += chance;
    mean += chance * s;
  }
  return mean / sum;
}

/* Ten years without a joining, then many: a walk that has gone far down and come back.  What is said
 * of s must not be a matter of where the levels end. */
static void test_wander_wide(void) {
  PlnJoinState state[60];
  PlnJoinFit fit;
  for (guint i = 0; i < 60; i++) {
    state[i] = never();
    if (i < 16)
      state[i].joined_at = i < 8 ? 9.2 + i / 16.0 : 11 + i / 16.0;
  }
  CU_ASSERT(pln_join_fit(state, 60, 14, &fit));
  const PlnJoinClassFit *other = &fit.class_fit[PLN_JOIN_OTHER];
  CU_ASSERT_DOUBLE_EQUAL(other->wander_mean, wide_mean(state, 60, 14, other), 0.002);
  for (guint i = 0; i < 60; i++) /* and none but one, who signed: nothing to see */
    state[i].joined_at = i == 0 ? 3 : NAN;
  state[0].signed_at = 0;
  CU_ASSERT(pln_join_fit(state, 60, 14, &fit));
  CU_ASSERT_DOUBLE_EQUAL(other->wander_mean, wide_mean(state + 1, 59, 14, other), 0.002);
}

/* Members count from the day on which they are some, to that on which they are none. */
static void test_union_by_day(void) {
  PlnJoinState state[40];
  PlnJoinFit fit;
  double by_hand = 0;
  simulate(state, 40, 0.02, 1.2, 7);
  for (guint i = 0; i < 40; i++)
    state[i].signed_at = NAN;
  state[0].joined_at = 3, state[0].together_from = 3.5; /* before it was one */
  state[1].joined_at = 4, state[1].together_from = 3.5;
  state[2].joined_at = 9, state[2].together_from = -1, state[2].together_to = 8;
  state[3].joined_at = NAN, state[3].together_from = 6;
  state[4].joined_at = 0, state[4].together_from = -1; /* on the day of the opening */
  CU_ASSERT(pln_join_fit(state, 40, 12, &fit));
  CU_ASSERT_EQUAL(fit.union_joined, 2);
  const PlnJoinClassFit *c = &fit.class_fit[PLN_JOIN_OTHER];
  const double from[] = {3.5, 0, 6}, to[] = {4, 8, 12};
  for (guint k = 0; k < 3; k++)
    by_hand += exp(c->log_rate) * (pow(to[k], c->shape) - pow(from[k], c->shape));
  CU_ASSERT_DOUBLE_EQUAL(fit.union_expected, by_hand, 1e-9);
}

/* A class that nobody was ever in is no class whose members join at once. */
static void test_nobody_signed(void) {
  PlnJoinState state[80];
  PlnJoinFit fit;
  simulate(state, 80, 0.02, 1.2, 8);
  for (guint i = 0; i < 80; i++)
    state[i].signed_at = NAN;
  CU_ASSERT(pln_join_fit(state, 80, 8, &fit));
  CU_ASSERT_EQUAL(fit.class_fit[0].ten, fit.class_fit[1].ten);
  CU_ASSERT(fit.class_fit[0].ten < 0.9);
  CU_ASSERT_EQUAL(fit.joiners, fit.class_fit[1].joined);
}

/* Of n joined the posterior of a T^k E is Gamma(n + 1/2): its mean and variance, n small. */
static void test_gamma(void) {
  PlnJoinState state[6];
  PlnJoinFit fit;
  double lean[PLN_JOIN_PACES], mean = 0, square = 0;
  enum { DRAWS = 20000 };
  for (guint i = 0; i < 6; i++) {
    state[i] = never();
    state[i].joined_at = i < 3 ? 1 + i : NAN;
  }
  CU_ASSERT(pln_join_fit(state, 6, 10, &fit));
  pln_join_lean(&fit, state, 6, 10, lean);
  for (guint k = 0; k < DRAWS; k++) {
    PlnDraw stream = pln_draw_stream(1, STUDY, k);
    PlnJoinPace pace;
    pln_join_draw(&fit, lean, 10, 5, &stream, &pace);
    double shape = pace.shape[PLN_JOIN_OTHER], exposed = 3, x;
    for (guint i = 0; i < 3; i++)
      exposed += pow((1 + i) / 10.0, shape);
    x = exp(pace.log_rate[PLN_JOIN_OTHER] + shape * log(10)) * exposed;
    mean += x / DRAWS;
    square += x * x / DRAWS;
  }
  CU_ASSERT_DOUBLE_EQUAL(mean, 3.5, 0.06);
  CU_ASSERT_DOUBLE_EQUAL(square - mean * mean, 3.5, 0.25);
}

/* Where the walk stands still, times are those of the closed form; where it goes, what has come
 * is, year by year, e^x of what would have. */
static void test_walk(void) {
  guint8 classes[] = {0, 0, 0}, together[] = {0, 0, 0};
  double support[3] = {0}, factor[] = {1, 1, 1}, e[] = {0.05, 0.4, 2}, time[3], lean[PLN_JOIN_PACES];
  PlnJoinSeats seats = {3, classes, together, support};
  PlnJoinState state[300];
  PlnJoinFit fit;
  PlnJoinPace pace;
  simulate(state, 300, 0.01, 1.6, 9);
  CU_ASSERT(pln_join_fit(state, 300, 12, &fit));
  pln_join_lean(&fit, state, 300, 12, lean);
  for (guint still = 0; still <= 1; still++) {
    PlnDraw stream = pln_draw_stream(4, STUDY, 1);
    for (guint j = 0; j < PLN_JOIN_WANDERS; j++)
      fit.class_fit[0].wander[j] = still || j >= 5;
    pln_join_draw(&fit, lean, 0.75, 30, &stream, &pace);
    pln_join_times(&pace, &seats, factor, 0.75, e, time);
    for (guint i = 0; i < 3; i++) {
      double a = exp(pace.log_rate[0]), k = pace.shape[0], sum = 0;
      for (guint y = 0; y < 30; y++) {
        double low = 0.75 + y, high = MIN(low + 1, time[i]);
        double x = 1 / pace.slow[0][y];
        CU_ASSERT(!still || x == 1);
        if (low < high || y == 29)
          sum += x * a * (pow(y == 29 ? MAX(time[i], low) : high, k) - pow(low, k));
      }
      CU_ASSERT_DOUBLE_EQUAL(sum, e[i], 1e-9);
    }
  }
}

/* The Nth of n alike: of exponentials its mean is the sum of 1/(n - j). */
static void test_order(void) {
  enum { N = 30, NTH = 12, DRAWS = 4000 };
  guint8 classes[N] = {0}, together[N] = {0};
  double support[N] = {0}, factor[N], e[N], time[N], mean = 0, expected = 0;
  PlnJoinSeats seats = {N, classes, together, support};
  PlnJoinPace pace = {.shape = {1, 1}, .log_rate = {log(0.2), 0}, .together = 1};
  for (guint j = 0; j < NTH; j++)
    expected += 5.0 / (N - j);
  for (guint d = 0; d < DRAWS; d++) {
    PlnDraw stream = pln_draw_stream(2, STUDY, d);
    for (guint i = 0; i < N; i++)
      e[i] = pln_draw_exponential(&stream);
    pln_join_factors(&pace, &seats, factor);
    pln_join_times(&pace, &seats, factor, 0, e, time);
    guint place = 0;
    for (guint i = 0; i < N && place != NTH; i++) {
      place = 0;
      for (guint j = 0; j < N; j++)
        place += time[j] <= time[i];
      if (place == NTH)
        mean += time[i] / DRAWS;
    }
  }
  CU_ASSERT_DOUBLE_EQUAL(mean, expected, 0.05);
}

int main(void) {
  CU_TestInfo tests[] = {{"known hazards are found again", test_recovery},
                         {"spans at risk by hand", test_spans},
                         {"a union's own pace", test_union},
                         {"support by partial likelihood", test_support},
                         {"the fast bound from milestones", test_fast},
                         {"leaning to the one or the other", test_lean},
                         {"a class of which none joined", test_none_joined},
                         {"times by hand", test_times},
                         {"how a pace wanders", test_wander},
                         {"where its levels end does not matter", test_wander_wide},
                         {"members of the union by day", test_union_by_day},
                         {"a class that nobody was in", test_nobody_signed},
                         {"rates as drawn", test_gamma},
                         {"times along a walk", test_walk},
                         {"the Nth of many alike", test_order},
                         CU_TEST_INFO_NULL};
  return suite_run("joining", tests);
}
