/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every method of bargaining held to the contract of method.h, on talks drawn without ties and on
 * degenerate ones; and the course that drives them. */
#include <math.h>
#include <string.h>

#include "counted.h"
#include "plenary/course.h"
#include "suite.h"

enum { N = 7, M = 3, CELLS = N * M };

typedef struct {
  PlnTalks talks;
  double position[CELLS], salience[CELLS], capability[CELLS], from[M], to[M], reference[M];
} Made;

static double next(guint32 *state) {
  *state = *state * 1664525u + 1013904223u;
  return (*state >> 8) / 16777216.0;
}

static void shape(Made *made, guint n, guint m) {
  made->talks = (PlnTalks){n,          m,        made->position, made->salience, made->capability,
                           made->from, made->to, made->reference};
}

/* Nothing equals anything: no ties but by design. */
static void draw(Made *made, guint n, guint m, guint32 seed) {
  shape(made, n, m);
  for (guint issue = 0; issue < m; issue++) {
    made->from[issue] = 0;
    made->to[issue] = 100;
    made->reference[issue] = 20 + 10 * next(&seed);
  }
  for (guint i = 0; i < n; i++) {
    double capability = 0.5 + 2 * next(&seed);
    for (guint issue = 0; issue < m; issue++) {
      made->position[i * m + issue] = 100 * next(&seed);
      made->salience[i * m + issue] = 0.2 + 0.7 * next(&seed);
      made->capability[i * m + issue] = capability;
    }
  }
}

#define FOR_EACH_METHOD(method)                                                                    \
  for (const PlnMethod *const *at_ = pln_methods, *method = *at_; (method = *at_) != NULL; at_++)

static PlnCourse *course_of(const PlnMethod *method, const PlnTalks *talks) {
  PlnMethodOptions options = pln_method_options();
  return pln_course_new(method, talks, &options, 0);
}

enum { ASKED = 5 * 3 * 4 * 4 };

/* Every choice that the methods offer, those of different methods at once. */
static PlnMethodOptions asked(guint k) {
  PlnMethodOptions options = pln_method_options();
  options.law = (PlnLaw)(k % 5);
  options.challengers = (PlnChallengers)(k / 5 % 3);
  options.exponent = 1u << (k / 15 % 4);
  options.risk = k / 60 % 2;
  options.reference = k / 60 % 2;
  options.disagree = k / 60 % 2 ? PLN_DISAGREE_WORST : PLN_DISAGREE_REFERENCE;
  options.capability_alone = k / 120 % 2;
  options.both_ways = k / 120 % 2;
  options.q = (k % 3) / 2.0;
  options.ties = k % 2;
  return options;
}

#define CHECK(method, truth)                                                                       \
  do {                                                                                             \
    if (!(truth))                                                                                  \
      printf("\n  %s: ", (method)->name);                                                          \
    CU_ASSERT(truth);                                                                              \
  } while (0)

static void test_names(void) {
  static const char *const names[] = {"compromise",        "median",    "challenge-literal",
                                      "challenge-scholz",  "condorcet", "nash",
                                      "kalai-smorodinsky", "exchange",  "spatial"};
  guint k = 0;
  FOR_EACH_METHOD(method) {
    CU_ASSERT_FATAL(k < PLN_METHODS);
    CU_ASSERT_STRING_EQUAL(method->name, names[k++]);
    CU_ASSERT_PTR_EQUAL(pln_method_find(method->name), method);
    CHECK(method, method->usual > 0 && *method->title && *method->source);
  }
  CU_ASSERT_EQUAL(k, PLN_METHODS);
  CU_ASSERT_PTR_NULL(pln_method_find("compromise "));
  CU_ASSERT_PTR_NULL(pln_method_find(""));
}

/* ---- A run, again and again ---- */

static void go(const PlnMethod *method, PlnRun *run, const PlnTalks *talks) {
  method->start(run, talks);
  CHECK(method, run->round == 0);
  for (guint round = 1; round <= 20 && method->converged(run) == PLN_TALKS_END_NOT_YET; round++) {
    method->step(run);
    gboolean idle = run->round == round - 1; /* there was nothing to do */
    CHECK(method, idle ? method->converged(run) == PLN_TALKS_END_STILL : run->round == round);
  }
}

static gboolean shows(const PlnRun *run, const PlnCourse *course) {
  gsize cells = (gsize)run->n * run->m * sizeof(double);
  const double *position = course->position + (gsize)course->rounds * run->n * run->m;
  const double *outcome = course->outcome + (gsize)course->rounds * run->m;
  return run->round == course->rounds && memcmp(run->position, position, cells) == 0 &&
         memcmp(run->outcome, outcome, run->m * sizeof(double)) == 0 &&
         (!run->chance || memcmp(run->chance, course->chance, cells) == 0);
}

/* Other talks in between leave nothing behind; whether deals are kept changes nothing; and only
 * set_up allocates. */
static void test_again(void) {
  Made one, other;
  PlnMethodOptions options = pln_method_options();
  draw(&one, N, M, 1);
  draw(&other, N, M, 2);
  FOR_EACH_METHOD(method) {
    PlnRun *run = method->set_up(N, M, &options);
    guint before = counted_allocations();
    go(method, run, &one.talks);
    PlnRun *kept = method->set_up(N, M, &options);
    guint between = counted_allocations();
    go(method, run, &other.talks);
    CHECK(method, counted_allocations() == between);
    CHECK(method, between > before); /* else nothing is counted */
    go(method, run, &one.talks);
    kept->deals = g_array_new(FALSE, FALSE, sizeof(PlnDeal));
    go(method, kept, &one.talks);
    gsize size = CELLS * sizeof(double);
    CHECK(method, memcmp(run->position, kept->position, size) == 0);
    CHECK(method, memcmp(run->outcome, kept->outcome, M * sizeof(double)) == 0);
    CHECK(method, run->ties == kept->ties && run->round == kept->round);
    g_array_unref(kept->deals);
    kept->deals = NULL;
    method->free(run);
    method->free(kept);
  }
}

/* The course shows what the run does after as many steps. */
static void test_course(void) {
  Made one;
  PlnMethodOptions options = pln_method_options();
  draw(&one, N, M, 3);
  FOR_EACH_METHOD(method) {
    g_autoptr(PlnCourse) course = pln_course_new(method, &one.talks, &options, 20);
    PlnRun *run = method->set_up(N, M, &options);
    method->start(run, &one.talks);
    while (run->round < course->rounds && method->converged(run) == PLN_TALKS_END_NOT_YET)
      method->step(run);
    CHECK(method, shows(run, course));
    CHECK(method, (course->rounds > 0) == method->rounds);
    CHECK(method, (course->chance != NULL) == method->distribution);
    CHECK(method, memcmp(course->position, one.position, sizeof one.position) == 0);
    for (guint d = 0; d < course->deals->len; d++) {
      const PlnCourseDeal *deal = &g_array_index(course->deals, PlnCourseDeal, d);
      CHECK(method, deal->round >= 1 && deal->round <= course->rounds);
      CHECK(method, deal->deal.actor < N && deal->deal.other < N && deal->deal.issue < M);
      CHECK(method, isfinite(deal->deal.own) && isfinite(deal->deal.others));
    }
    method->free(run);
  }
}

/* ---- What comes out ---- */

/* Nobody leaves the range of the positions, nor do forecasts, unless for the reference point. */
static void check_range(const PlnMethod *method, const PlnTalks *talks, const PlnCourse *course,
                        guint issue) {
  const double *stand = course->position + (gsize)course->rounds * talks->n * talks->m;
  double low = talks->position[issue], high = low, reference = talks->reference[issue];
  double outcome = course->outcome[(gsize)course->rounds * talks->m + issue];
  for (guint i = 1; i < talks->n; i++) {
    low = fmin(low, talks->position[i * talks->m + issue]);
    high = fmax(high, talks->position[i * talks->m + issue]);
  }
  for (guint i = 0; i < talks->n; i++) {
    double x = stand[i * talks->m + issue];
    CHECK(method, x >= low - 1e-9 && x <= high + 1e-9);
  }
  CHECK(method, (outcome >= low - 1e-9 && outcome <= high + 1e-9) || outcome == reference);
}

/* Chances sum to 1, and their mean is the forecast. */
static void check_chances(const PlnMethod *method, const PlnTalks *talks, const PlnCourse *course,
                          guint issue) {
  const double *stand = course->position + (gsize)course->rounds * talks->n * talks->m;
  double sum = 0, mean = 0;
  for (guint i = 0; i < talks->n; i++) {
    gsize at = (gsize)i * talks->m + issue;
    CHECK(method, course->chance[at] >= 0);
    sum += course->chance[at];
    mean += course->chance[at] * stand[at];
  }
  CHECK(method, fabs(sum - 1) < 1e-9);
  CHECK(method, fabs(mean - course->outcome[(gsize)course->rounds * talks->m + issue]) < 1e-9);
}

static void test_forecasts(void) {
  for (guint32 seed = 10; seed < 20; seed++) {
    Made made;
    draw(&made, N, M, seed);
    FOR_EACH_METHOD(method) {
      g_autoptr(PlnCourse) course = course_of(method, &made.talks);
      CHECK(method, course->rounds <= method->usual);
      CHECK(method, method->rounds || course->rounds == 0);
      for (guint issue = 0; issue < M; issue++) {
        check_range(method, &made.talks, course, issue);
        if (course->chance)
          check_chances(method, &made.talks, course, issue);
      }
    }
  }
}

static void test_options(void) {
  for (guint k = 0; k < ASKED; k++) {
    Made made;
    PlnMethodOptions options = asked(k);
    draw(&made, N, M, 100 + k);
    FOR_EACH_METHOD(method) {
      g_autoptr(PlnCourse) course = pln_course_new(method, &made.talks, &options, 0);
      for (guint issue = 0; issue < M; issue++) {
        check_range(method, &made.talks, course, issue);
        if (course->chance)
          check_chances(method, &made.talks, course, issue);
      }
    }
  }
}

/* In the other order of actors: the same, but for the last digits of sums. */
static void test_order(void) {
  for (guint32 seed = 30; seed < 36; seed++) {
    Made made, turned;
    draw(&made, N, M, seed);
    turned = made;
    shape(&turned, N, M);
    for (guint i = 0; i < N; i++) {
      gsize from = (gsize)i * M, to = (gsize)(N - 1 - i) * M, size = M * sizeof(double);
      memcpy(turned.position + to, made.position + from, size);
      memcpy(turned.salience + to, made.salience + from, size);
      memcpy(turned.capability + to, made.capability + from, size);
    }
    FOR_EACH_METHOD(method) {
      g_autoptr(PlnCourse) one = course_of(method, &made.talks);
      g_autoptr(PlnCourse) other = course_of(method, &turned.talks);
      CHECK(method, one->rounds == other->rounds);
      for (guint round = 0; round <= one->rounds && one->rounds == other->rounds; round++)
        for (guint at = 0; at < CELLS; at++)
          CHECK(method, fabs(pln_course_at(one, round, at / M, at % M) -
                             pln_course_at(other, round, N - 1 - at / M, at % M)) < 1e-6);
      for (guint k = 0; k < (one->rounds + 1) * M && one->rounds == other->rounds; k++)
        CHECK(method, fabs(one->outcome[k] - other->outcome[k]) < 1e-6);
    }
  }
}

/* On a scale from -7 to 3, or turned round: everything goes along.  The replication depends on the
 * direction; exchange does by a bound that can be switched off. */
static void test_scale(gboolean mirror, guint32 first) {
  PlnMethodOptions options = pln_method_options();
  options.both_ways = TRUE;
  for (guint32 seed = first; seed < first + 6; seed++) {
    Made made, mapped;
    draw(&made, N, M, seed);
    mapped = made;
    shape(&mapped, N, M);
    for (guint at = 0; at < CELLS; at++)
      mapped.position[at] = mirror ? 3 - made.position[at] / 10 : made.position[at] / 10 - 7;
    for (guint issue = 0; issue < M; issue++) {
      double at = made.reference[issue];
      mapped.reference[issue] = mirror ? 3 - at / 10 : at / 10 - 7;
      mapped.from[issue] = -7;
      mapped.to[issue] = 3;
    }
    FOR_EACH_METHOD(method) {
      if (mirror && method->replication)
        continue;
      g_autoptr(PlnCourse) one = pln_course_new(method, &made.talks, &options, 0);
      g_autoptr(PlnCourse) other = pln_course_new(method, &mapped.talks, &options, 0);
      CHECK(method, one->rounds == other->rounds);
      for (guint k = 0; k < (one->rounds + 1) * M && one->rounds == other->rounds; k++) {
        double back = mirror ? 3 - other->outcome[k] : other->outcome[k] + 7;
        CHECK(method, fabs(10 * back - one->outcome[k]) < 1e-6);
      }
    }
  }
}

static void test_scales(void) {
  test_scale(FALSE, 50);
}

/* Two a hair apart are one position, also where the scale's 0 lies between its ends, at theirs. */
static void test_near(void) {
  for (guint32 seed = 80; seed < 86; seed++) {
    Made made, moved;
    draw(&made, N, M, seed);
    for (guint issue = 0; issue < M; issue++) {
      made.position[issue] = 50;
      made.position[M + issue] = 50 + 7e-15;
    }
    moved = made;
    shape(&moved, N, M);
    for (guint at = 0; at < CELLS; at++)
      moved.position[at] -= 50;
    for (guint issue = 0; issue < M; issue++) {
      moved.reference[issue] -= 50;
      moved.from[issue] = -50;
      moved.to[issue] = 50;
    }
    FOR_EACH_METHOD(method) {
      g_autoptr(PlnCourse) one = course_of(method, &made.talks);
      g_autoptr(PlnCourse) other = course_of(method, &moved.talks);
      CHECK(method, one->rounds == other->rounds);
      for (guint k = 0; k < (one->rounds + 1) * M && one->rounds == other->rounds; k++)
        CHECK(method, fabs(other->outcome[k] + 50 - one->outcome[k]) < 1e-6);
    }
  }
}

static void test_mirror(void) {
  test_scale(TRUE, 60);
}

/* ---- Degenerate talks ---- */

typedef void (*Spoil)(Made *made);

static void nobody(Made *made) {
  for (guint at = 0; at < CELLS; at++)
    made->position[at] = NAN;
}

static void one_alone(Made *made) {
  for (guint at = M; at < CELLS; at++)
    made->position[at] = NAN;
}

static void nobody_cares(Made *made) {
  memset(made->salience, 0, sizeof made->salience);
}

static void nobody_can(Made *made) {
  memset(made->capability, 0, sizeof made->capability);
}

static void either_or(Made *made) {
  for (guint at = 0; at < CELLS; at++)
    (at / made->talks.m % 2 ? made->salience : made->capability)[at] = 0;
}

static void one_place(Made *made) {
  for (guint at = 0; at < CELLS; at++)
    made->position[at] = 100.0 / 3;
}

/* An election by capability alone does not ask who cares. */
static gboolean can_without_salience(const PlnMethod *method, Spoil spoil,
                                     const PlnMethodOptions *options) {
  return options->capability_alone && strcmp(method->name, "condorcet") == 0 &&
         (spoil == nobody_cares || spoil == either_or);
}

/* What each says, and the only number that it may give. */
static void check_spoilt(Spoil spoil, guint m, gboolean has_place, const PlnMethodOptions *options) {
  Made made;
  draw(&made, N, M, 70);
  shape(&made, N, m);
  spoil(&made);
  FOR_EACH_METHOD(method) {
    if (can_without_salience(method, spoil, options))
      continue;
    g_autoptr(PlnCourse) course = pln_course_new(method, &made.talks, options, 0);
    CHECK(method, course->end == PLN_TALKS_END_NOTHING || course->end == PLN_TALKS_END_ONCE ||
                      course->end == PLN_TALKS_END_STILL);
    CHECK(method, course->deals->len == 0);
    for (guint issue = 0; issue < m; issue++) {
      double is = course->outcome[(gsize)course->rounds * m + issue];
      CHECK(method, course->words[issue] != NULL && *course->words[issue]);
      CHECK(method, isnan(is) || (has_place && fabs(is - made.position[issue]) < 1e-9));
      for (guint i = 0; i < N && course->chance; i++) {
        double chance = course->chance[(gsize)i * m + issue];
        CHECK(method, isnan(chance) || (has_place && chance >= 0 && chance <= 1));
      }
    }
    for (guint at = 0; at < N * m; at++) {
      double stand = course->position[(gsize)course->rounds * N * m + at];
      CHECK(method, isnan(made.position[at]) ? isnan(stand) : stand == made.position[at]);
    }
  }
}

static void test_spoilt(void) {
  static const struct {
    Spoil spoil;
    gboolean has_place;
  } spoilt[] = {{nobody, FALSE},     {one_alone, TRUE},  {nobody_cares, FALSE},
                {nobody_can, FALSE}, {either_or, FALSE}, {one_place, TRUE}};
  for (guint k = 0; k < G_N_ELEMENTS(spoilt); k++)
    for (guint m = 1; m <= M; m++)
      for (guint a = 0; a < ASKED && (spoilt[k].spoil != one_alone || m == M); a++) {
        PlnMethodOptions options = asked(a);
        check_spoilt(spoilt[k].spoil, m, spoilt[k].has_place, &options);
      }
}

/* No actors, no issues: nothing to read, nothing to write. */
static void test_empty(void) {
  Made made;
  draw(&made, N, M, 71);
  for (guint k = 0; k < 2; k++) {
    shape(&made, k ? N : 0, k ? 0 : M);
    FOR_EACH_METHOD(method) {
      g_autoptr(PlnCourse) course = course_of(method, &made.talks);
      CHECK(method, course->rounds == 0);
      for (guint issue = 0; issue < made.talks.m; issue++)
        CHECK(method, isnan(course->outcome[issue]) && course->words[issue]);
    }
  }
}

/* One issue has nothing to it: the others go on as if it were not there, where a method takes them
 * one by one. */
static void test_one_spoilt(void) {
  Made made;
  draw(&made, N, M, 72);
  for (guint i = 0; i < N; i++)
    made.salience[i * M + 1] = 0;
  FOR_EACH_METHOD(method) {
    g_autoptr(PlnCourse) course = course_of(method, &made.talks);
    CHECK(method, isnan(course->outcome[(gsize)course->rounds * M + 1]) && course->words[1]);
    CHECK(method, isfinite(course->outcome[(gsize)course->rounds * M]));
    CHECK(method, isfinite(course->outcome[(gsize)course->rounds * M + 2]));
  }
}

/* Two alike at the two ends: whoever says a number says one on the scale; the median the lower. */
static void test_tie(void) {
  Made made;
  draw(&made, 2, M, 73);
  for (guint at = 0; at < 2 * M; at++) {
    made.position[at] = at < M ? 80 : 20;
    made.salience[at] = .5;
    made.capability[at] = 1;
  }
  FOR_EACH_METHOD(method) {
    g_autoptr(PlnCourse) course = course_of(method, &made.talks);
    for (guint issue = 0; issue < M; issue++) {
      double is = course->outcome[(gsize)course->rounds * M + issue];
      CHECK(method, is >= 20 && is <= 80);
      if (strcmp(method->name, "median") == 0 || strncmp(method->name, "challenge", 9) == 0) {
        CU_ASSERT_EQUAL(is, 20);
        CU_ASSERT_TRUE(course->words[issue] && strstr(course->words[issue], "the lower is taken"));
      }
      if (strcmp(method->name, "condorcet") == 0 || strcmp(method->name, "compromise") == 0)
        CU_ASSERT_DOUBLE_EQUAL(is, 50, 1e-12);
    }
  }
}

/* Nothing improves on what is left where the talks fail: that, and words.  Unknown: words alone. */
static void test_disagreement(void) {
  static const char *const names[] = {"nash", "kalai-smorodinsky"};
  Made made;
  for (guint k = 0; k < G_N_ELEMENTS(names); k++) {
    const PlnMethod *method = pln_method_find(names[k]);
    CU_ASSERT_PTR_NOT_NULL_FATAL(method);
    draw(&made, N, M, 74);
    for (guint issue = 0; issue < M; issue++)
      made.reference[issue] = 50; /* between the positions */
    for (guint issue = 0; issue < M; issue++) {
      made.position[issue] = 10;
      made.position[M + issue] = 90;
    }
    g_autoptr(PlnCourse) between = course_of(method, &made.talks);
    for (guint issue = 0; issue < M; issue++)
      CHECK(method, between->words[issue] && between->outcome[issue] == 50);
    for (guint issue = 0; issue < M; issue++)
      made.reference[issue] = NAN;
    g_autoptr(PlnCourse) unknown = course_of(method, &made.talks);
    for (guint issue = 0; issue < M; issue++)
      CHECK(method, unknown->words[issue] && isnan(unknown->outcome[issue]));
  }
}

int main(void) {
  CU_TestInfo tests[] = {{"names", test_names},
                         {"again", test_again},
                         {"course", test_course},
                         {"forecasts", test_forecasts},
                         {"every choice", test_options},
                         {"order of actors", test_order},
                         {"scales", test_scales},
                         {"a hair apart", test_near},
                         {"mirror", test_mirror},
                         {"degenerate talks", test_spoilt},
                         {"nobody, nothing", test_empty},
                         {"one issue of three", test_one_spoilt},
                         {"a tie", test_tie},
                         {"no improvement", test_disagreement},
                         CU_TEST_INFO_NULL};
  return suite_run("method", tests);
}
