/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Challenges: a round beside the equations written out again with pow; the mirror; units. */
#include <CUnit/CUnit.h>
#include <math.h>
#include <string.h>

#include "made_talks.h"
#include "suite.h"

enum { MOST = 16 };

static PlnCourse *play(const PlnMethod *method, const MadeTalks *m, guint rounds) {
  PlnMethodOptions options = pln_method_options();
  return pln_course_new(method, &m->talks, &options, rounds);
}

typedef struct {
  const MadeTalks *m;
  guint n;
  double range, median, q;
  gboolean reference, scholz;
  double risk[MOST];
  double all; /* scholz: the one denominator */
} Naive;

static double far(const Naive *v, guint k, guint a) {
  return fabs(v->m->position[k] - v->m->position[a]) / v->range;
}

static double prefers(const Naive *v, guint k, guint i, guint j) {
  double w = v->m->capability[k] * v->m->salience[k], r = v->scholz ? v->risk[k] : 1;
  return w * (pow(far(v, k, j), r) - pow(far(v, k, i), r));
}

static void set_risk(Naive *v, const double *risk) {
  memcpy(v->risk, risk, sizeof v->risk);
  v->all = 0;
  for (guint k = 0; k < v->n && v->scholz; k++)
    for (guint a = 0; a < v->n; a++)
      for (guint b = 0; b < v->n; b++)
        v->all += fabs(prefers(v, k, a, b));
}

static double wins(const Naive *v, guint i, guint j) {
  double over = 0, under = v->all;
  for (guint k = 0; k < v->n; k++) {
    over += fmax(0, prefers(v, k, i, j));
    under += v->scholz ? 0 : fabs(prefers(v, k, i, j));
  }
  return under > 0 ? over / under : 0.5;
}

static double naive_expect(const Naive *v, guint i, guint j, double r) {
  double d = far(v, i, j), s = v->m->salience[j], p = wins(v, i, j);
  double mu = fabs(v->m->position[i] - v->median) / v->range;
  double left = v->reference ? fabs(v->m->position[i] - v->m->reference) / v->range : 0;
  double success = 2 - 4 * pow(0.5 - 0.5 * d, r), failure = 2 - 4 * pow(0.5 + 0.5 * d, r);
  double better = 2 - 4 * pow(0.5 - 0.25 * (mu + d), r);
  double worse = 2 - 4 * pow(0.5 + 0.25 * (mu + d), r);
  double quo = 2 - 4 * pow(0.5 + 0.5 * left, r);
  return s * (p * success + (1 - p) * failure) + (1 - s) * success - v->q * quo -
         (1 - v->q) * (mu < d ? better : worse);
}

static void naive_risk(Naive *v) {
  double security[MOST], risk[MOST], least = INFINITY, most = -INFINITY;
  for (guint i = 0; i < MOST; i++)
    risk[i] = 1;
  set_risk(v, risk);
  for (guint i = 0; i < v->n; i++) {
    security[i] = 0;
    for (guint j = 0; j < v->n; j++)
      security[i] += j == i ? 0 : naive_expect(v, j, i, 1);
    least = fmin(least, security[i]);
    most = fmax(most, security[i]);
  }
  for (guint i = 0; i < v->n; i++) {
    double r = (2 * security[i] - most - least) / (most - least);
    risk[i] = (1 - r / 3) / (1 + r / 3);
  }
  set_risk(v, risk);
}

static double naive_scholz(const Naive *v, guint i) {
  const double *x = v->m->position;
  double to = x[i], least = INFINITY;
  gboolean fought = FALSE;
  for (guint j = 0; j < v->n; j++) {
    double a = naive_expect(v, i, j, v->risk[i]), b = naive_expect(v, j, i, v->risk[i]);
    gboolean fights = b > a && a > 0, part = b > 0 && a < 0 && b > -a;
    double rank = fights ? fabs(x[j] - x[i]) : (-a * x[i] + b * x[j]) / (b - a);
    if (i == j || !(fights || part) || (fought && !fights) ||
        (fights == fought && rank >= least))
      continue;
    to = fights ? x[j] : x[i] + (x[j] - x[i]) * -a / b;
    fought = fights;
    least = rank;
  }
  return to;
}

static double naive_literal(const Naive *v, guint i) {
  const double *x = v->m->position;
  double to = x[i], most = 0;
  for (guint j = 0; j < v->n; j++) {
    double loses = naive_expect(v, i, j, v->risk[i]), gains = naive_expect(v, j, i, v->risk[j]);
    if (i == j || !(gains > 0 && loses < 0 && gains > most))
      continue;
    most = gains;
    to = gains > -loses ? x[i] + (x[j] - x[i]) * -loses / gains : x[j];
  }
  return to;
}

/* One round from @m by the naive equations beside one of the method's. */
static guint beside_naive(const MadeTalks *m, gboolean scholz, double q, gboolean reference) {
  PlnMethodOptions options = pln_method_options();
  Naive v = {m, m->talks.n, .q = q, .reference = reference, .scholz = scholz};
  guint moved = 0;
  options.q = q;
  options.reference = reference;
  g_autoptr(PlnCourse) c =
      pln_course_new(scholz ? &pln_method_challenge_scholz : &pln_method_challenge_literal,
                     &m->talks, &options, 1);
  double least = INFINITY, most = -INFINITY;
  for (guint i = 0; i < v.n; i++) {
    least = fmin(least, m->position[i]);
    most = fmax(most, m->position[i]);
  }
  v.range = most - least;
  v.median = c->outcome[0];
  naive_risk(&v);
  for (guint i = 0; i < v.n; i++) {
    double to = scholz ? naive_scholz(&v, i) : naive_literal(&v, i);
    moved += to != m->position[i];
    CU_ASSERT_DOUBLE_EQUAL(pln_course_at(c, 1, i, 0), to, 1e-9);
  }
  return moved;
}

static void test_written_out(void) {
  guint32 state = 20;
  guint moved[2] = {0};
  for (guint k = 0; k < 40; k++) {
    MadeTalks m;
    made_scatter(&m, 2 + k % 11, &state);
    for (guint way = 0; way < 4; way++)
      for (guint scholz = 0; scholz < 2; scholz++)
        moved[scholz] += beside_naive(&m, scholz == 1, way & 1 ? 0.4 : 1, (way & 2) != 0);
  }
  CU_ASSERT_TRUE(moved[0] > 100 && moved[1] > 100);
}

/* ---- The mirror, units ---- */

static double mirrored(const PlnMethod *method, const MadeTalks *m, guint rounds) {
  MadeTalks back = *m;
  double most = 0;
  made_talks(&back, m->talks.n, m->from, m->to);
  for (guint i = 0; i < m->talks.n; i++)
    back.position[i] = m->from + m->to - m->position[i];
  g_autoptr(PlnCourse) one = play(method, m, rounds), other = play(method, &back, rounds);
  for (guint i = 0; i < m->talks.n; i++)
    most = fmax(most, fabs(pln_course_at(one, one->rounds, i, 0) -
                           (m->from + m->to - pln_course_at(other, other->rounds, i, 0))));
  return most;
}

static void test_mirror(void) {
  guint32 state = 3;
  guint differ = 0;
  MadeTalks m;
  for (guint k = 0; k < 20; k++) {
    made_scatter(&m, 9, &state);
    CU_ASSERT_TRUE(mirrored(&pln_method_challenge_literal, &m, 3) < 1e-8);
    differ += mirrored(&pln_method_challenge_scholz, &m, 3) > 0.1;
  }
  CU_ASSERT_TRUE(differ > 0);
  made_emission(&m);
  CU_ASSERT_TRUE(mirrored(&pln_method_challenge_literal, &m, 3) < 1e-9);
  CU_ASSERT_TRUE(mirrored(&pln_method_challenge_scholz, &m, 3) < 1e-9);
  CU_ASSERT_TRUE(mirrored(&pln_method_challenge_scholz, &m, 4) > 5);
}

static void test_units(void) {
  guint32 state = 5;
  for (guint k = 0; k < 10; k++) {
    MadeTalks m, other;
    made_scatter(&m, 8, &state);
    other = m;
    made_talks(&other, 8, -50, 250);
    for (guint i = 0; i < 8; i++) {
      other.position[i] = 3 * m.position[i] - 50;
      other.capability[i] = 7 * m.capability[i];
    }
    for (guint which = 2; which < 4; which++) {
      g_autoptr(PlnCourse) a = play(pln_methods[which], &m, 2);
      g_autoptr(PlnCourse) b = play(pln_methods[which], &other, 2);
      for (guint i = 0; i < 8; i++)
        CU_ASSERT_DOUBLE_EQUAL(3 * pln_course_at(a, a->rounds, i, 0) - 50,
                               pln_course_at(b, b->rounds, i, 0), 1e-8);
    }
  }
}

int main(void) {
  CU_TestInfo tests[] = {{"the equations written out again", test_written_out},
                         {"the mirror changes scholz, not literal", test_mirror},
                         {"units change nothing", test_units},
                         CU_TEST_INFO_NULL};
  return suite_run("challenge_equations", tests);
}
