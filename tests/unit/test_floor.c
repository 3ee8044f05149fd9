/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The floor: means and medians beside those counted out, the lever, ties, words; and the two
 * methods that are nothing else. */
#include "plenary/floor.h"

#include <CUnit/CUnit.h>
#include <math.h>
#include <string.h>

#include "made_talks.h"
#include "suite.h"

enum { MOST = MADE_TALKS_MOST };

/* Coarse numbers, so that there are ties and exact halves. */
static void scatter_coarse(MadeTalks *m, guint n, guint32 *state) {
  made_talks(m, n, 0, 100);
  for (guint i = 0; i < n; i++) {
    m->position[i] = floor(11 * made_next(state)) * 10;
    m->salience[i] = floor(5 * made_next(state)) / 4;
    m->capability[i] = floor(4 * made_next(state));
  }
}

/* The least position with at least half of the weight at it or below; exact, of quarters. */
static double counted_median(const PlnFloor *f, gboolean plain) {
  double best = NAN;
  for (guint k = 0; k < f->n; k++) {
    double below = 0, all = 0;
    for (guint j = 0; j < f->n; j++) {
      double w = plain ? 1 : f->w[j];
      all += w;
      below += f->x[j] <= f->x[k] ? w : 0;
    }
    if (all > 0 && 2 * below >= all && !(best <= f->x[k]))
      best = f->x[k];
  }
  return best;
}

static gboolean same(double a, double b) {
  return (isnan(a) && isnan(b)) || a == b;
}

static void test_medians(void) {
  guint32 state = 1;
  g_autoptr(PlnFloor) f = pln_floor_set_up(MOST);
  for (guint k = 0; k < 400; k++) {
    MadeTalks m;
    scatter_coarse(&m, k % (MOST + 1), &state);
    pln_floor_take(f, &m.talks, 0, NULL);
    CU_ASSERT_TRUE(same(pln_floor_median(f), counted_median(f, FALSE)));
    CU_ASSERT_TRUE(same(pln_floor_plain_median(f), counted_median(f, TRUE)));
  }
}

/* Emission standards 1994; formulas of the reference. */
static void test_emission(void) {
  MadeTalks m;
  made_emission(&m);
  g_autoptr(PlnFloor) f = pln_floor_set_up(10);
  pln_floor_take(f, &m.talks, 0, NULL);
  CU_ASSERT_DOUBLE_EQUAL(pln_floor_mean(f), 7.389955686853767, 1e-12);
  CU_ASSERT_EQUAL(pln_floor_median(f), 7);
  CU_ASSERT_EQUAL(pln_floor_range(f), 6);
  CU_ASSERT_DOUBLE_EQUAL(pln_floor_weight(f), .677, 1e-15);
  CU_ASSERT_DOUBLE_EQUAL(pln_floor_plain_mean(f), 6.7, 1e-15);
  CU_ASSERT_EQUAL(pln_floor_plain_median(f), 7);
}

/* Moving actor k by d moves the compromise by d w_k / Σ w, and nothing else does. */
static void test_lever(void) {
  guint32 state = 9;
  g_autoptr(PlnFloor) f = pln_floor_set_up(MOST);
  for (guint k = 0; k < 50; k++) {
    MadeTalks m;
    scatter_coarse(&m, 12, &state);
    m.salience[0] = m.capability[0] = 1;
    pln_floor_take(f, &m.talks, 0, NULL);
    guint who = k % 12;
    double before = pln_floor_mean(f), lever = f->w[who] / pln_floor_weight(f);
    m.position[who] += 3.5;
    pln_floor_take(f, &m.talks, 0, NULL);
    CU_ASSERT_DOUBLE_EQUAL(pln_floor_mean(f) - before, 3.5 * lever, 1e-12);
  }
}

static void test_half(void) {
  MadeTalks m;
  made_talks(&m, 2, 0, 100);
  m.position[0] = 80;
  m.position[1] = 20;
  m.salience[0] = m.salience[1] = 1;
  m.capability[0] = .1 + .2; /* a hair above .3: still a half */
  m.capability[1] = .3;
  g_autoptr(PlnFloor) f = pln_floor_set_up(2);
  pln_floor_take(f, &m.talks, 0, NULL);
  CU_ASSERT_EQUAL(pln_floor_median(f), 20);
  CU_ASSERT_PTR_NOT_NULL(pln_floor_median_words(f));
  CU_ASSERT_EQUAL(pln_floor_plain_median(f), 20);
  m.capability[0] = .31;
  pln_floor_take(f, &m.talks, 0, NULL);
  CU_ASSERT_EQUAL(pln_floor_median(f), 80);
  CU_ASSERT_PTR_NULL(pln_floor_median_words(f));
  CU_ASSERT_TRUE(pln_floor_tie(1, 1 + 9e-13));
  CU_ASSERT_FALSE(pln_floor_tie(1, 1 + 2e-12));
  CU_ASSERT_TRUE(pln_floor_tie(0, 0));
  CU_ASSERT_FALSE(pln_floor_tie(0, 1e-300));
  CU_ASSERT_EQUAL(pln_floor_apart(-50, 20), 5e-11);
  CU_ASSERT_EQUAL(pln_floor_apart(-.5, 2), 2e-12);
}

/* The order: by position, those at one position by their number; who has none is not there. */
static void test_order(void) {
  guint32 state = 4;
  g_autoptr(PlnFloor) f = pln_floor_set_up(MOST);
  for (guint k = 0; k < 50; k++) {
    MadeTalks m;
    scatter_coarse(&m, MOST, &state);
    for (guint i = 0; i < MOST; i += 3)
      m.position[i] = NAN;
    pln_floor_take(f, &m.talks, 0, NULL);
    CU_ASSERT_EQUAL(f->n, MOST - (MOST + 2) / 3);
    for (guint i = 0; i < f->n; i++)
      CU_ASSERT_EQUAL(f->actor[i], i + i / 2 + 1);
    for (guint i = 1; i < f->n; i++) {
      guint a = f->order[i - 1], b = f->order[i];
      CU_ASSERT_TRUE(f->x[a] < f->x[b] || (f->x[a] == f->x[b] && a < b));
    }
    f->x[0] = -1;
    pln_floor_sort(f);
    CU_ASSERT_EQUAL(f->order[0], 0);
  }
}

/* ---- The two methods, and words ---- */

static void check(MadeTalks *m, const char *words, double mean, double median) {
  PlnMethodOptions options = pln_method_options();
  for (guint which = 0; which < 2; which++) {
    g_autoptr(PlnCourse) c =
        pln_course_new(which ? &pln_method_median : &pln_method_compromise, &m->talks, &options, 0);
    CU_ASSERT_EQUAL(c->rounds, 0);
    CU_ASSERT_EQUAL(c->end, words ? PLN_TALKS_END_NOTHING : PLN_TALKS_END_ONCE);
    CU_ASSERT_TRUE(words ? c->words[0] && g_str_has_prefix(c->words[0], words)
                         : c->words[0] == NULL);
    CU_ASSERT_TRUE(same(c->outcome[0], which ? median : mean));
    CU_ASSERT_EQUAL(c->deals->len, 0);
  }
}

static void test_words(void) {
  static const double position[] = {10, 40, 40, 90};
  MadeTalks m;
  made_talks(&m, 4, 0, 100);
  memcpy(m.position, position, sizeof position);
  for (guint i = 0; i < 4; i++)
    m.salience[i] = m.capability[i] = 1;
  check(&m, NULL, 45, 40);
  m.capability[3] = 5;
  check(&m, NULL, 67.5, 90);
  memset(m.salience, 0, sizeof m.salience);
  check(&m, "nobody cares", NAN, NAN);
  m.salience[0] = 1;
  m.capability[0] = 0;
  check(&m, "nobody has weight", NAN, NAN);
  memset(m.capability, 0, sizeof m.capability);
  check(&m, "nobody can bring anything to bear", NAN, NAN);
  for (guint i = 0; i < 4; i++) {
    m.salience[i] = m.capability[i] = 1;
    m.position[i] = 30;
  }
  check(&m, "all stand at one position", 30, 30);
  for (guint i = 0; i < 3; i++)
    m.position[i] = NAN;
  check(&m, "one actor alone", 30, 30);
  m.position[3] = NAN;
  check(&m, "nobody takes part", NAN, NAN);
}

int main(void) {
  CU_TestInfo tests[] = {{"medians counted out", test_medians},
                         {"the emission data", test_emission},
                         {"the lever", test_lever},
                         {"an exact half, and what is equal", test_half},
                         {"the order", test_order},
                         {"words", test_words},
                         CU_TEST_INFO_NULL};
  return suite_run("floor", tests);
}
