/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Condorcet election: the reference's numbers, power iteration, and what has no election. */
#include "plenary/condorcet.h"

#include <math.h>
#include <string.h>

#include "plenary/course.h"
#include "plenary/draw.h"
#include "suite.h"

enum { MOST = 40 };

/* Emission standards 1994: Nl Be Lu De Fr It UK Ie Dk Gr (reference F2); its initial range is 4-10. */
static const double emission_c[] = {.08, .08, .03, .16, .16, .16, .16, .05, .05, .08};
static const double emission_x[] = {4, 7, 4, 4, 10, 10, 10, 7, 4, 7};
static const double emission_s[] = {.8, .4, .2, .8, .6, .6, .9, .1, 1, .7};

/* The example scenario of the method's authors: policy towards China's oil and gas sector. */
static const double soe_c[] = {100, 65, 35, 35, 40, 20, 15, 25, 20, 35, 20, 20, 15,
                               50,  40, 45, 15, 20, 10, 8,  8,  5,  10, 10, 15, 15};
static const double soe_x[] = {30, 45, 30, 45, 50, 15, 20, 60, 30,  45, 50, 20, 15,
                               10, 15, 15, 60, 40, 45, 100, 90, 90, 90, 75, 30, 20};
static const double soe_s[] = {.3, .65, .4, .25, .7, .4, .4, .7, .3, .5,  .7,  .7, .75,
                               .8, .8,  .8, .6,  .8, .6, .5, .5, .5, .75, .75, .5, .5};

typedef struct {
  double from, to, reference;
  PlnTalks talks;
} One;

/* One issue. */
static const PlnTalks *talks_of(One *one, guint n, const double *c, const double *x, const double *s,
                                double from, double to) {
  *one = (One){from, to, NAN, {n, 1, x, s, c, &one->from, &one->to, &one->reference}};
  return &one->talks;
}

static PlnCourse *run_on(const PlnTalks *talks, const PlnMethodOptions *options) {
  return pln_course_new(&pln_method_condorcet, talks, options, 0);
}

static gboolean is_near(double a, double b, double by) {
  return fabs(a - b) <= by;
}

static void test_emission(void) {
  One one;
  PlnMethodOptions options = pln_method_options();
  const PlnTalks *talks = talks_of(&one, 10, emission_c, emission_x, emission_s, 4, 10);
  static const double uniform[] = {.24594033, .39204622, .36201345};
  static const double conditional[] = {.20460877, .41981383, .37557740};
  static const double coalition[3][3] = {{0, .124, .248}, {.2145, 0, .1705}, {.336, .168, 0}};
  g_autoptr(PlnFloor) floor = pln_floor_set_up(10);
  g_autoptr(PlnCondorcet) c = pln_condorcet_set_up(10);
  pln_floor_take(floor, talks, 0, NULL);
  pln_condorcet_hold(c, floor, &options);
  CU_ASSERT_EQUAL_FATAL(c->options, 3);
  CU_ASSERT_TRUE(c->at[0] == 4 && c->at[1] == 7 && c->at[2] == 10);
  for (guint a = 0; a < 3; a++) {
    CU_ASSERT_TRUE(is_near(c->chance[a], uniform[a], 6e-9));
    for (guint b = 0; b < 3; b++)
      CU_ASSERT_TRUE(is_near(c->election->coalition[a * 3 + b], coalition[a][b], 1e-12));
  }
  CU_ASSERT_TRUE(is_near(pln_condorcet_mean(c), 7.34821934, 6e-9));
  options.challengers = PLN_CHALLENGERS_CONDITIONAL;
  pln_condorcet_hold(c, floor, &options);
  for (guint a = 0; a < 3; a++)
    CU_ASSERT_TRUE(is_near(c->chance[a], conditional[a], 6e-9));
  /* Actors at one position share its chance alike. */
  options.challengers = PLN_CHALLENGERS_UNIFORM;
  PlnCourse *course = run_on(talks, &options);
  CU_ASSERT_TRUE(is_near(course->outcome[0], 7.34821934, 6e-9));
  CU_ASSERT_TRUE(is_near(course->chance[0], uniform[0] / 4, 3e-9)); /* Nl Lu De Dk */
  CU_ASSERT_TRUE(course->chance[0] == course->chance[2] && course->chance[0] == course->chance[8]);
  CU_ASSERT_TRUE(course->end == PLN_TALKS_END_ONCE && course->rounds == 0 && !course->words[0]);
  pln_course_free(course);
}

/* That program's recipe: weight the capability alone, risk, conditional. */
static void test_risk(void) {
  One one;
  PlnMethodOptions options = pln_method_options();
  options.challengers = PLN_CHALLENGERS_CONDITIONAL;
  options.risk = options.capability_alone = TRUE;
  PlnCourse *course = run_on(talks_of(&one, 26, soe_c, soe_x, soe_s, 0, 100), &options);
  static const struct {
    guint actor;
    double chance;
  } known[] = {{0, .1519}, {1, .3478}, {4, .0552}, {5, .0516}, {6, .1297}, {7, .0008}, {17, .2623},
               {22, 0}};
  for (guint k = 0; k < G_N_ELEMENTS(known); k++) {
    double sum = 0; /* there a position's chance is printed beside each who holds it */
    for (guint i = 0; i < 26; i++)
      sum += soe_x[i] == soe_x[known[k].actor] ? course->chance[i] : 0;
    CU_ASSERT_TRUE(is_near(sum, known[k].chance, 5e-5)); /* printed with four digits */
    if (known[k].actor == 0)
      CU_ASSERT_TRUE(is_near(sum, .151856, 5e-7)); /* the same equations written in numpy */
  }
  pln_course_free(course);
}

static double law_of(PlnLaw law, double d) {
  double sign = d > PLN_TIE ? 1 : d < -PLN_TIE ? -1 : 0;
  d = sign == 0 ? 0 : d;
  return law == PLN_LAW_BINARY   ? sign
         : law == PLN_LAW_MOSTLY ? .8 * d + .2 * sign
         : law == PLN_LAW_MIXED  ? d / 2 + d * d * d / 2
         : law == PLN_LAW_CUBIC  ? d * d * d
                                 : d;
}

/* V by the definition, in the order of the formula. */
static void victories_of(const PlnElection *e, PlnLaw law, guint q, double *coalition,
                         double *victory) {
  guint n = e->options;
  for (guint a = 0; a < n; a++)
    for (guint b = 0; b < n; b++) {
      double ours = 0, theirs = 0;
      for (guint k = 0; k < e->voters; k++) {
        double v = e->weight[k] * law_of(law, e->utility[k * n + a] - e->utility[k * n + b]);
        ours += MAX(v, 0);
        theirs += MAX(-v, 0);
      }
      coalition[a * n + b] = ours;
      ours = pow(ours, q), theirs = pow(theirs, q);
      victory[a * n + b] = ours + theirs > 0 ? ours / (ours + theirs) : .5;
    }
}

/* The chain's long run by walking it. */
static void walk(guint n, const double *coalition, const double *victory, PlnChallengers how,
                 double *p) {
  double next[MOST];
  for (guint a = 0; a < n; a++)
    p[a] = 1.0 / n;
  for (guint turn = 0; turn < 40000; turn++) {
    memcpy(next, p, sizeof(double) * n);
    for (guint b = 0; b < n; b++) {
      double sum = 0;
      for (guint a = 0; a < n; a++)
        sum += a == b ? 0 : coalition[a * n + b] * victory[a * n + b];
      for (guint a = 0; a < n; a++) {
        double share = how == PLN_CHALLENGERS_UNIFORM ? 1.0 / n
                       : sum > 0 ? coalition[a * n + b] * victory[a * n + b] / sum
                                 : 0;
        double gone = a == b ? 0 : p[b] * share * victory[a * n + b];
        next[a] += gone;
        next[b] -= gone;
      }
    }
    for (guint a = 0; a < n; a++)
      p[a] = (p[a] + next[a]) / 2;
  }
}

static void multiply(guint n, const double *victory, double *p) {
  double sum = 0;
  for (guint a = 0; a < n; a++) {
    p[a] = 1;
    for (guint b = 0; b < n; b++)
      p[a] *= victory[a * n + b];
    sum += p[a];
  }
  for (guint a = 0; a < n; a++)
    p[a] /= sum;
}

static void check_against_walk(PlnElection *e, PlnLaw law, guint q) {
  double coalition[MOST * MOST], victory[MOST * MOST], p[MOST];
  for (int how = 0; how <= PLN_CHALLENGERS_INCENTIVE; how++) {
    pln_election_hold(e, law, (PlnChallengers)how, q);
    victories_of(e, law, q, coalition, victory);
    if (how == PLN_CHALLENGERS_CONDITIONAL)
      multiply(e->options, victory, p);
    else
      walk(e->options, coalition, victory, (PlnChallengers)how, p);
    double sum = 0;
    for (guint a = 0; a < e->options; a++) {
      CU_ASSERT_TRUE(is_near(e->chance[a], p[a], 1e-9));
      sum += e->chance[a];
    }
    CU_ASSERT_TRUE(is_near(sum, 1, 1e-12));
  }
}

/* Every law, exponent and challenger, on utilities drawn at random and rounded, so that there are
 * ties. */
static void test_walked(void) {
  PlnDraw draw = pln_draw_stream(31, 0, 0);
  g_autoptr(PlnElection) e = pln_election_set_up(MOST, 9);
  for (int law = 0; law <= PLN_LAW_CUBIC; law++)
    for (guint q = 1; q <= 8; q *= 2) {
      guint options = 1 + (guint)(pln_draw_uniform(&draw) * 7), voters = 3 + 4 * (guint)law;
      pln_election_shape(e, voters, options);
      for (guint k = 0; k < voters; k++) {
        e->weight[k] = k == 1 ? 0 : pln_draw_uniform(&draw) + .05;
        for (guint a = 0; a < options; a++)
          e->utility[k * options + a] = floor(pln_draw_uniform(&draw) * 8) / 8;
      }
      check_against_walk(e, (PlnLaw)law, q);
    }
}

/* As positions are renamed or the scale turned round, so is the forecast; a weightless one at the
 * end of the scale never wins. */
static void test_invariants(void) {
  One one;
  PlnMethodOptions options = pln_method_options();
  double mirrored[10], back_c[10], back_x[10], back_s[10];
  for (guint k = 0; k < 10; k++) {
    mirrored[k] = 14 - emission_x[k];
    back_c[k] = emission_c[9 - k], back_x[k] = emission_x[9 - k], back_s[k] = emission_s[9 - k];
  }
  for (int how = 0; how <= PLN_CHALLENGERS_INCENTIVE; how++) {
    options.challengers = (PlnChallengers)how;
    PlnCourse *a = run_on(talks_of(&one, 10, emission_c, emission_x, emission_s, 4, 10), &options);
    PlnCourse *b = run_on(talks_of(&one, 10, emission_c, mirrored, emission_s, 4, 10), &options);
    PlnCourse *c = run_on(talks_of(&one, 10, back_c, back_x, back_s, 4, 10), &options);
    CU_ASSERT_TRUE(is_near(a->outcome[0], 14 - b->outcome[0], 1e-12));
    CU_ASSERT_TRUE(is_near(a->outcome[0], c->outcome[0], 1e-12));
    CU_ASSERT_TRUE(is_near(a->chance[1], b->chance[1], 1e-12));
    pln_course_free(a), pln_course_free(b), pln_course_free(c);
    const double weightless[] = {1, 1, 0}, at[] = {10, 30, 90}, cares[] = {1, 1, 1};
    a = run_on(talks_of(&one, 3, weightless, at, cares, 0, 100), &options);
    CU_ASSERT_TRUE(a->chance[2] == 0 && is_near(a->outcome[0], 20, 1e-12));
    pln_course_free(a);
  }
}

static void check_words(const PlnTalks *talks, const char *words, double outcome) {
  for (int how = 0; how < 6; how++) {
    PlnMethodOptions options = pln_method_options();
    options.challengers = (PlnChallengers)(how / 2);
    options.risk = how % 2;
    PlnCourse *course = run_on(talks, &options);
    CU_ASSERT_TRUE(course->words[0] && strstr(course->words[0], words));
    CU_ASSERT_TRUE(isnan(outcome) ? isnan(course->outcome[0])
                                  : is_near(course->outcome[0], outcome, 1e-12));
    CU_ASSERT_EQUAL(course->end, PLN_TALKS_END_NOTHING);
    pln_course_free(course);
  }
}

static void test_degenerate(void) {
  One one;
  const double x[] = {20, 60, 60}, same[] = {60, 60, 60}, nobody[] = {NAN, NAN, NAN};
  const double ones[] = {1, 1, 1}, none[] = {0, 0, 0}, only[] = {NAN, 60, NAN};
  check_words(talks_of(&one, 3, ones, x, none, 0, 100), "nobody cares", NAN);
  check_words(talks_of(&one, 3, none, x, ones, 0, 100), "nobody can", NAN);
  check_words(talks_of(&one, 3, ones, same, ones, 0, 100), "one position", 60);
  check_words(talks_of(&one, 3, ones, nobody, ones, 0, 100), "nobody takes part", NAN);
  check_words(talks_of(&one, 3, ones, only, ones, 0, 100), "one actor alone", 60);
  /* Capability alone: that nobody cares does not matter. */
  PlnMethodOptions options = pln_method_options();
  options.capability_alone = TRUE;
  PlnCourse *course = run_on(talks_of(&one, 3, ones, x, none, 0, 100), &options);
  CU_ASSERT_TRUE(!course->words[0] && course->outcome[0] > 40 && course->outcome[0] < 60);
  pln_course_free(course);
  /* Only the one in the middle has weight, and the two beside it are as far: neither is preferred. */
  const double middle[] = {0, 1, 0}, spread[] = {40, 50, 60};
  options = pln_method_options();
  for (int how = 0; how <= PLN_CHALLENGERS_INCENTIVE; how++) {
    options.challengers = (PlnChallengers)how;
    course = run_on(talks_of(&one, 3, middle, spread, ones, 0, 100), &options);
    CU_ASSERT_TRUE(course->chance[1] == 1 && course->outcome[0] == 50);
    pln_course_free(course);
  }
}

/* Two options that nobody distinguishes are as likely as each other, whoever challenges. */
static void test_indifferent(void) {
  g_autoptr(PlnElection) e = pln_election_set_up(2, 3);
  const double utility[] = {.5, .5, .1, .7, .7, .2};
  memcpy(e->utility, utility, sizeof utility);
  e->weight[0] = 1, e->weight[1] = 2;
  for (int how = 0; how <= PLN_CHALLENGERS_INCENTIVE; how++) {
    pln_election_hold(e, PLN_LAW_PROPORTIONAL, (PlnChallengers)how, 8);
    CU_ASSERT_TRUE(is_near(e->chance[0], .5, 1e-12) && is_near(e->chance[1], .5, 1e-12));
    CU_ASSERT_TRUE(e->chance[2] == 0);
  }
  e->weight[0] = e->weight[1] = 0;
  for (int how = 0; how <= PLN_CHALLENGERS_INCENTIVE; how++) {
    pln_election_hold(e, PLN_LAW_PROPORTIONAL, (PlnChallengers)how, 1);
    for (guint a = 0; a < 3; a++)
      CU_ASSERT_TRUE(is_near(e->chance[a], 1.0 / 3, 1e-12));
  }
}

/* Wide ratios: chances stay numbers and sum to 1. */
static void test_wide(void) {
  PlnDraw draw = pln_draw_stream(32, 0, 0);
  g_autoptr(PlnElection) e = pln_election_set_up(MOST, MOST);
  for (guint k = 0; k < MOST; k++) {
    e->weight[k] = k % 3 == 0 ? 1e12 : k % 3 == 1 ? 1 : 1e-12;
    for (guint a = 0; a < MOST; a++)
      e->utility[k * MOST + a] = 1 - fabs(pln_draw_uniform(&draw) - a / (double)MOST);
  }
  for (int how = 0; how <= PLN_CHALLENGERS_INCENTIVE; how++)
    for (guint q = 1; q <= 8; q *= 2) {
      double sum = 0;
      pln_election_hold(e, PLN_LAW_CUBIC, (PlnChallengers)how, q);
      for (guint a = 0; a < MOST; a++) {
        CU_ASSERT_TRUE(e->chance[a] >= 0);
        sum += e->chance[a];
      }
      CU_ASSERT_TRUE(is_near(sum, 1, 1e-12));
    }
}

int main(void) {
  CU_TestInfo tests[] = {{"emission", test_emission},
                         {"risk", test_risk},
                         {"walked", test_walked},
                         {"invariants", test_invariants},
                         {"degenerate", test_degenerate},
                         {"indifferent", test_indifferent},
                         {"wide", test_wide},
                         CU_TEST_INFO_NULL};
  return suite_run("condorcet", tests);
}
