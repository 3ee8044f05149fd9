/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spatial bargaining: what the authors' program printed, their equations written out in full, and
 * what is symmetric or degenerate. */
#include <math.h>
#include <string.h>

#include "plenary/course.h"
#include "plenary/draw.h"
#include "suite.h"

enum { MOST = 9, DIMS = 3 };

typedef struct {
  double x[MOST * DIMS], s[MOST * DIMS], c[MOST * DIMS], from[DIMS], to[DIMS], reference[DIMS];
  PlnTalks talks;
} Table;

static void set(Table *t, guint n, guint m) {
  for (guint d = 0; d < m; d++)
    t->from[d] = 0, t->to[d] = 100, t->reference[d] = NAN;
  t->talks = (PlnTalks){n, m, t->x, t->s, t->c, t->from, t->to, t->reference};
}

/* dummyData_3Dim of the program (github.com/KAPSARC/KTAB, examples/smp), with the strengths and
 * saliences that its log of 30 May 2017 prints; @after: positions after the first turn, as printed. */
static void set_dummy(Table *t, gboolean after) {
  static const double x[] = {75.79, 6.37,  70.45, 82.72, 73.5,  64,    82.45, 90.89, .07,  62.52, 50.82,
                             62.33, 82.34, 45.77, 73.31, 84.48, 33.7,  88.11, 70.96, 33.46, 90.36};
  static const double y[] = {79.54, 44.71, 72.05, 78.93, 56.33, 72.52, 82.45, 90.89, .07,  65.82, 50.76,
                             63.02, 79.54, 44.72, 72.05, 84.39, 34.05, 86.34, 75.61, 24.79, 71.95};
  static const double s[] = {49.53, 5.91,  28.15, 30.33, 21.22, 24.79, 48.47, 13.55, 34.62, 20.76, 39.24,
                             22.21, 40.96, 25.43, 22.59, 22.92, 39.35, 15.42, 31.75, 27.93, 26.03};
  static const double c[] = {102.54, 53.39, 129.64, 75.92, 63.22, 120.05, 54.18};
  set(t, 7, 3);
  memcpy(t->x, after ? y : x, sizeof x);
  for (guint k = 0; k < 21; k++) {
    t->s[k] = s[k] / 100;
    t->c[k] = c[k / 3];
  }
}

static PlnCourse *run(const Table *t, guint rounds) {
  PlnMethodOptions options = pln_method_options();
  return pln_course_new(&pln_method_spatial, &t->talks, &options, rounds);
}

static const PlnDeal *deal_of(const PlnCourse *course, guint actor) {
  for (guint k = 0; k < course->deals->len; k++) {
    const PlnCourseDeal *d = &g_array_index(course->deals, PlnCourseDeal, k);
    if (d->deal.actor == actor && d->round == 1)
      return &d->deal;
  }
  return NULL;
}

static void check_printed(const PlnCourse *course, const double *printed, double by) {
  for (guint i = 0; i < 7; i++)
    for (guint d = 0; d < 3; d++)
      CU_ASSERT_DOUBLE_EQUAL(pln_course_at(course, 1, i, d), printed[i * 3 + d], by);
}

/* The program rounds every bargain to .01 and puts the two up to .01 apart. */
static void test_printed(void) {
  Table t;
  static const double first[] = {79.54, 44.71, 72.05, 78.93, 56.33, 72.52, 82.45,
                                 90.89, .07,   65.82, 50.76, 63.02, 79.54, 44.72,
                                 72.05, 84.39, 34.05, 86.34, 75.61, 24.79, 71.95};
  static const double second[] = {80.56, 34.24, 75.95, 76.04, 27.49, 72.02, 82.45,
                                  90.89, .07,   66.71, 50.21, 63.52, 81.46, 35.82,
                                  79.11, 80.56, 34.24, 75.95, 76.04, 27.49, 72.02};
  static const double chance[] = {.0047, .0302, .0054, .1492, .6001, .1447, .0656};
  set_dummy(&t, FALSE);
  PlnMethodOptions options = pln_method_options();
  PlnRun *start = pln_method_spatial.set_up(7, 3, &options);
  pln_method_spatial.start(start, &t.talks);
  for (guint i = 0; i < 21; i++)
    CU_ASSERT_DOUBLE_EQUAL(start->chance[i], chance[i / 3], 5e-5);
  pln_method_spatial.free(start);
  PlnCourse *course = run(&t, 1);
  check_printed(course, first, .0101);
  static const struct {
    guint actor, other;
    double own, others;
  } known[] = {{0, 4, -.0621, .0116}, {3, 0, .2839, -.1243}, {5, 1, .2986, -.2433},
               {6, 0, -.1514, .0947}, {1, 6, -.0276, .0286}};
  for (guint k = 0; k < G_N_ELEMENTS(known); k++) {
    const PlnDeal *deal = deal_of(course, known[k].actor);
    CU_ASSERT_TRUE_FATAL(deal != NULL);
    CU_ASSERT_TRUE(deal->other == known[k].other && deal->kind == PLN_DEAL_BARGAIN);
    CU_ASSERT_DOUBLE_EQUAL(deal->own, known[k].own, 1e-4); /* their 5:1 is .24337 */
    CU_ASSERT_DOUBLE_EQUAL(deal->others, known[k].others, 1e-4);
  }
  CU_ASSERT_PTR_NULL(deal_of(course, 2));
  pln_course_free(course);
  set_dummy(&t, TRUE);
  course = run(&t, 1);
  check_printed(course, second, .0101);
  pln_course_free(course);
}

/* --- The equations once more, as they are printed: nothing shared, nothing left out. --- */

typedef struct {
  guint n, m;
  const Table *t;
  double risk[MOST], d[MOST][MOST], u[MOST][MOST][MOST]; /* u[h][k][j] */
} Full;

static double distance_of(const Full *f, guint k, const double *a, const double *b) {
  double sum = 0, all = 0;
  for (guint d = 0; d < f->m; d++) {
    double s = f->t->s[k * f->m + d];
    sum += pow(s * (a[d] - b[d]) / 100, 2);
    all += s * s;
  }
  return sqrt(sum / all);
}

static double bend(double d, double r) {
  return (1 - d) * (1 + d * r);
}

/* The conditional election of @options options, utilities u[voter * options + option]. */
static void vote(const Full *f, guint options, const double *u, double *p) {
  double sum = 0;
  for (guint a = 0; a < options; a++) {
    p[a] = 1;
    for (guint b = 0; b < options; b++) {
      double ours = 0, theirs = 0;
      for (guint k = 0; k < f->n; k++) {
        double v = f->t->c[k * f->m] * (u[k * options + a] - u[k * options + b]);
        ours += v > 0 ? v : 0;
        theirs += v < 0 ? -v : 0;
      }
      p[a] *= a == b ? .5 : ours / (ours + theirs);
    }
    sum += p[a];
  }
  for (guint a = 0; a < options; a++)
    p[a] /= sum;
}

static void estimate(Full *f) {
  double u[MOST * MOST], p[MOST], least = 1, most = 0;
  for (guint k = 0; k < f->n; k++)
    for (guint j = 0; j < f->n; j++) {
      f->d[k][j] = distance_of(f, k, f->t->x + k * f->m, f->t->x + j * f->m);
      u[k * f->n + j] = 1 - f->d[k][j];
    }
  vote(f, f->n, u, p);
  for (guint k = 0; k < f->n; k++)
    least = MIN(least, p[k]), most = MAX(most, p[k]);
  for (guint k = 0; k < f->n; k++)
    f->risk[k] = (3 * p[k] - most - 2 * least) / 2 / (most - least);
  for (guint h = 0; h < f->n; h++)
    for (guint k = 0; k < f->n; k++)
      for (guint j = 0; j < f->n; j++)
        f->u[h][k][j] = bend(f->d[k][j], (2 * f->risk[h] + f->risk[k]) / 3);
}

static double salience_of(const Full *f, guint k) {
  double sum = 0;
  for (guint d = 0; d < f->m; d++)
    sum += f->t->s[k * f->m + d];
  return sum;
}

/* h's view of i against j: the chance that i prevails, and what k expects over nobody's moving. */
static double challenge(const Full *f, guint h, guint k, guint i, guint j, double *chance) {
  const double(*u)[MOST] = f->u[h];
  double w_i = salience_of(f, i) * f->t->c[i * f->m], w_j = salience_of(f, j) * f->t->c[j * f->m];
  double ours = w_i * (u[i][i] - u[i][j]), theirs = w_j * (u[j][j] - u[j][i]);
  double all_ours = ours, all_theirs = theirs, s_j = salience_of(f, j);
  for (guint n = 0; n < f->n; n++) {
    if (n == i || n == j)
      continue;
    double w = salience_of(f, n) * f->t->c[n * f->m], first = w * (u[n][i] - u[n][j]);
    double a = ours + (first > 0 ? first : 0), b = theirs + (first < 0 ? -first : 0);
    double p = a / (a + b);
    double with_i = p * (2 * u[n][i] + u[n][n]) + (1 - p) * 3 * u[n][j];
    double with_j = p * 3 * u[n][i] + (1 - p) * (2 * u[n][j] + u[n][n]);
    double v = w * (with_i - with_j);
    all_ours += v > 0 ? v : 0;
    all_theirs += v < 0 ? -v : 0;
  }
  *chance = all_ours / (all_ours + all_theirs);
  double won = 2 * u[k][i], lost = 2 * u[k][j];
  double contest = *chance * won + (1 - *chance) * lost;
  return (1 - s_j) * won + s_j * contest - (u[k][i] + u[k][j]);
}

/* Everybody's best challenge; @point: where the two would meet. */
static void challenge_all(const Full *f, int *target, double *own, double (*point)[DIMS]) {
  for (guint i = 0; i < f->n; i++) {
    double chance = 0, p;
    target[i] = -1;
    own[i] = 1e-5;
    for (guint j = 0; j < f->n; j++) {
      double gain = i == j ? 0 : challenge(f, i, i, i, j, &p);
      if (gain > own[i])
        own[i] = gain, target[i] = (int)j, chance = p;
    }
    for (guint d = 0; d < f->m && target[i] >= 0; d++) {
      gsize a = i * f->m + d, b = (gsize)target[i] * f->m + d;
      double w = pow(f->t->s[a] * chance, 2), v = pow(f->t->s[b] * (1 - chance), 2);
      point[i][d] = (w * f->t->x[a] + v * f->t->x[b]) / (w + v);
    }
  }
}

/* The mean utility to k of all positions, were bargain b kept; NULL: nobody moves. */
static double state_of(const Full *f, guint k, int i, int j, const double *point) {
  double sum = 0;
  for (guint n = 0; n < f->n; n++) {
    const double *at = (int)n == i || (int)n == j ? point : f->t->x + n * f->m;
    sum += bend(distance_of(f, k, f->t->x + k * f->m, at), f->risk[k]);
  }
  return sum / f->n;
}

static void one_round(const Full *f, const int *target, double (*point)[DIMS], double *next) {
  memcpy(next, f->t->x, sizeof(double) * f->n * f->m);
  for (guint k = 0; k < f->n; k++) {
    double u[MOST * (MOST + 1)], p[MOST + 1];
    int queue[MOST + 1] = {-1};
    guint options = 1, best = 0;
    for (guint i = 0; i < f->n; i++)
      if (target[i] >= 0 && (i == k || target[i] == (int)k))
        queue[options++] = (int)i;
    for (guint v = 0; v < f->n; v++)
      for (guint a = 0; a < options; a++)
        u[v * options + a] = a == 0 ? state_of(f, v, -1, -1, NULL)
                                    : state_of(f, v, queue[a], target[queue[a]], point[queue[a]]);
    vote(f, options, u, p);
    for (guint a = 1; a < options; a++)
      best = p[a] > p[best] ? a : best;
    for (guint d = 0; d < f->m && best > 0; d++)
      next[k * f->m + d] = point[queue[best]][d];
  }
}

static void draw_table(Table *t, PlnDraw *draw) {
  guint n = 3 + (guint)(pln_draw_uniform(draw) * (MOST - 2));
  guint m = 1 + (guint)(pln_draw_uniform(draw) * DIMS);
  set(t, n, m);
  for (guint i = 0; i < n; i++) {
    double c = .1 + pln_draw_uniform(draw);
    for (guint d = 0; d < m; d++) {
      t->x[i * m + d] = 100 * pln_draw_uniform(draw);
      t->s[i * m + d] = (.05 + .9 * pln_draw_uniform(draw)) / m;
      t->c[i * m + d] = c;
    }
  }
}

static void test_in_full(void) {
  PlnDraw draw = pln_draw_stream(35, 0, 0);
  guint moved = 0;
  for (guint turn = 0; turn < 60; turn++) {
    Table t;
    draw_table(&t, &draw);
    Full f = {.n = t.talks.n, .m = t.talks.m, .t = &t};
    int target[MOST];
    double own[MOST], point[MOST][DIMS], next[MOST * DIMS], p[MOST], u[MOST * MOST], mean = 0;
    estimate(&f);
    challenge_all(&f, target, own, point);
    one_round(&f, target, point, next);
    for (guint k = 0; k < f.n * f.n; k++)
      u[k] = bend(f.d[k / f.n][k % f.n], f.risk[k / f.n]);
    vote(&f, f.n, u, p);
    PlnCourse *course = run(&t, 1);
    for (guint i = 0; i < f.n; i++) {
      mean += p[i] * t.x[i * f.m];
      for (guint d = 0; d < f.m; d++) {
        CU_ASSERT_DOUBLE_EQUAL(pln_course_at(course, 1, i, d), next[i * f.m + d], 1e-9);
        moved += next[i * f.m + d] != t.x[i * f.m + d];
      }
      const PlnDeal *deal = deal_of(course, i);
      if (deal && target[i] == (int)deal->other && target[deal->other] != (int)i) {
        double chance;
        CU_ASSERT_DOUBLE_EQUAL(deal->own, own[i], 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(deal->others,
                               challenge(&f, deal->other, deal->other, i, deal->other, &chance), 1e-9);
      }
    }
    CU_ASSERT_DOUBLE_EQUAL(course->outcome[0], mean, 1e-9);
    pln_course_free(course);
  }
  CU_ASSERT_TRUE(moved > 200);
}

/* --- --- */

/* Two alike would meet in the middle, and nobody gains by it: a tie, and they stay. */
static void test_two(void) {
  Table t;
  set(&t, 2, 1);
  t.x[0] = 20, t.x[1] = 60;
  t.c[0] = t.c[1] = 5;
  t.s[0] = t.s[1] = .4;
  PlnCourse *course = run(&t, 0);
  CU_ASSERT_TRUE(course->end == PLN_TALKS_END_STILL && course->outcome[0] == 40);
  CU_ASSERT_TRUE(course->chance[0] == .5 && course->ties > 0);
  pln_course_free(course);
  /* One that hardly cares would meet the other nearly all the way.  The likelier winner takes risks
   * (u = 1 - d²: .16 to gain), the other none ((1 - d)(1 - d/2): .52 to lose): with
   * twice the other's strength it is voted down, with six times it carries it. */
  t.s[1] = .04, t.c[0] = 10;
  course = run(&t, 0);
  CU_ASSERT_TRUE(course->end == PLN_TALKS_END_STILL && pln_course_at(course, 1, 1, 0) == 60);
  pln_course_free(course);
  t.c[0] = 30;
  course = run(&t, 1);
  CU_ASSERT_TRUE(pln_course_at(course, 1, 1, 0) < 21);
  pln_course_free(course);
}

/* Two alike ask the same of a third, which goes along with a fourth: that they were even decided
 * nothing, and is no tie. */
static void test_no_tie(void) {
  static const double x[] = {30, 30, 100, 60}, s[] = {.9, .9, .1, .6}, c[] = {5, 5, 3, 4};
  Table t;
  set(&t, 4, 1);
  memcpy(t.x, x, sizeof x);
  memcpy(t.s, s, sizeof s);
  memcpy(t.c, c, sizeof c);
  PlnCourse *course = run(&t, 1);
  const PlnDeal *deal = deal_of(course, 2), *twin = deal_of(course, 0), *other = deal_of(course, 1);
  CU_ASSERT_TRUE_FATAL(deal && twin && other);
  CU_ASSERT_TRUE(deal->other == 3 && twin->other == 2 && other->other == 2);
  CU_ASSERT_EQUAL(course->ties, 0);
  pln_course_free(course);
}

/* They had something to bargain for, and have come together. */
static void test_together(void) {
  Table t;
  set(&t, 2, 1);
  t.x[0] = 90, t.x[1] = 10;
  t.c[0] = 3, t.c[1] = 1;
  t.s[0] = t.s[1] = .5;
  PlnCourse *course = run(&t, 0);
  CU_ASSERT_TRUE(course->rounds > 0 && course->end == PLN_TALKS_END_STILL);
  CU_ASSERT_STRING_EQUAL(course->words[0], "all have come to one position");
  pln_course_free(course);
}

static void check_same(const PlnCourse *a, const PlnCourse *b, guint m, const guint *order,
                       double factor, double shift) {
  CU_ASSERT_EQUAL_FATAL(a->rounds, b->rounds);
  for (guint i = 0; i < a->n; i++)
    for (guint d = 0; d < m; d++)
      CU_ASSERT_DOUBLE_EQUAL(pln_course_at(a, a->rounds, i, d) * factor + shift,
                             pln_course_at(b, b->rounds, order[i], d), 1e-6);
}

/* Another order of the actors, another unit, the scale turned round, all weights a thousandfold. */
static void test_invariants(void) {
  PlnDraw draw = pln_draw_stream(36, 0, 0);
  guint order[MOST];
  for (guint turn = 0; turn < 20; turn++) {
    Table t, other;
    draw_table(&t, &draw);
    guint n = t.talks.n, m = t.talks.m;
    set(&other, n, m);
    for (guint i = 0; i < n; i++) {
      order[i] = (i + 2) % n;
      for (guint d = 0; d < m; d++) {
        other.x[order[i] * m + d] = 50 - 2 * t.x[i * m + d];
        other.s[order[i] * m + d] = t.s[i * m + d];
        other.c[order[i] * m + d] = t.c[i * m + d] * 1000;
      }
    }
    for (guint d = 0; d < m; d++)
      other.from[d] = -150, other.to[d] = 50;
    PlnCourse *a = run(&t, 3), *b = run(&other, 3);
    check_same(a, b, m, order, -2, 50);
    pln_course_free(a), pln_course_free(b);
  }
}

/* It ends, within the positions held at the start, and the chances of an issue sum to 1. */
static void test_ends(void) {
  PlnDraw draw = pln_draw_stream(37, 0, 0);
  for (guint turn = 0; turn < 40; turn++) {
    Table t;
    draw_table(&t, &draw);
    guint n = t.talks.n, m = t.talks.m;
    for (guint k = 0; k < n * m; k++) {
      if (turn % 2 && pln_draw_uniform(&draw) < .25)
        t.x[k] = NAN;
      t.s[k] = turn % 4 < 2 ? t.s[k] : MIN(1, t.s[k] * m);
    }
    PlnCourse *course = run(&t, 0);
    for (guint d = 0; d < m; d++) {
      double low = 100, high = 0, sum = 0;
      guint there = 0;
      for (guint i = 0; i < n; i++) {
        double x = t.x[i * m + d], y = pln_course_at(course, course->rounds, i, d);
        CU_ASSERT_EQUAL(isnan(x), isnan(y));
        CU_ASSERT_EQUAL(isnan(x), isnan(course->chance[i * m + d]));
        low = isnan(x) ? low : MIN(low, x), high = isnan(x) ? high : MAX(high, x);
        sum += isnan(x) ? 0 : course->chance[i * m + d];
        there += !isnan(x);
      }
      for (guint i = 0; i < n; i++) {
        double y = pln_course_at(course, course->rounds, i, d);
        CU_ASSERT_TRUE(isnan(y) || (y >= low - 1e-9 && y <= high + 1e-9));
      }
      CU_ASSERT_TRUE(there == 0 ? isnan(course->outcome[d]) && course->words[d] != NULL
                                : fabs(sum - 1) < 1e-12);
    }
    pln_course_free(course);
  }
}

static void check_nothing(Table *t, const char *words, double outcome) {
  PlnCourse *course = run(t, 0);
  CU_ASSERT_TRUE(course->end == PLN_TALKS_END_NOTHING && course->rounds == 0);
  CU_ASSERT_TRUE(course->words[0] && strstr(course->words[0], words));
  CU_ASSERT_TRUE(isnan(outcome) ? isnan(course->outcome[0])
                                : fabs(course->outcome[0] - outcome) < 1e-9);
  pln_course_free(course);
}

static void test_degenerate(void) {
  Table t;
  set(&t, 3, 1);
  for (guint k = 0; k < 3; k++)
    t.x[k] = 60, t.s[k] = t.c[k] = 1;
  check_nothing(&t, "one position", 60);
  t.x[0] = t.x[1] = NAN;
  check_nothing(&t, "one actor alone", 60);
  t.x[2] = NAN;
  check_nothing(&t, "nobody takes part", NAN);
  t.x[0] = 1, t.x[1] = 5, t.x[2] = 9;
  t.s[0] = t.s[1] = t.s[2] = 0;
  check_nothing(&t, "nobody cares", NAN);
  t.s[0] = t.s[1] = t.s[2] = 1;
  t.c[0] = t.c[1] = t.c[2] = 0;
  check_nothing(&t, "nobody can", NAN);
  /* Alone on an issue, and without a chance over both: its position there, all the same. */
  Table apart;
  set(&apart, 3, 2);
  for (guint k = 0; k < 6; k++)
    apart.x[k] = k % 2 ? NAN : 10.0 + k, apart.s[k] = .5, apart.c[k] = k < 4 ? 1e12 : 1e-12;
  apart.x[5] = 30;
  PlnCourse *course = run(&apart, 1);
  CU_ASSERT_TRUE(course->outcome[1] == 30 && course->chance[5] == 1);
  pln_course_free(course);
  /* An issue that nobody is on changes nothing on the others. */
  Table two, one;
  set_dummy(&one, FALSE);
  one.talks.m = 1;
  set(&two, 7, 2);
  for (guint k = 0; k < 7; k++) {
    two.x[2 * k] = one.x[k], two.s[2 * k] = one.s[k], two.c[2 * k] = one.c[k];
    two.x[2 * k + 1] = NAN, two.s[2 * k + 1] = .3, two.c[2 * k + 1] = 7;
  }
  PlnCourse *a = run(&one, 0), *b = run(&two, 0);
  CU_ASSERT_EQUAL_FATAL(a->rounds, b->rounds);
  CU_ASSERT_TRUE(a->outcome[a->rounds] == b->outcome[b->rounds * 2]);
  CU_ASSERT_TRUE(isnan(b->outcome[b->rounds * 2 + 1]) && b->words[1] && !b->words[0]);
  pln_course_free(a), pln_course_free(b);
}

int main(void) {
  CU_TestInfo tests[] = {{"printed", test_printed},
                         {"in full", test_in_full},
                         {"two", test_two},
                         {"even among those not followed", test_no_tie},
                         {"come together", test_together},
                         {"invariants", test_invariants},
                         {"ends", test_ends},
                         {"degenerate", test_degenerate},
                         CU_TEST_INFO_NULL};
  return suite_run("spatial", tests);
}
