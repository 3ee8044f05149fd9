/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An update: against sums over a grid, real refits and closed forms. */
#include "plenary/update.h"

#include <CUnit/CUnit.h>
#include <glib.h>
#include <math.h>
#include <string.h>

#include "plenary/draw.h"
#include "plenary/normal.h"
#include "suite.h"

enum { N = 10, P = 2 };

/* Ten states in two coefficients, a centre and a slope. */
typedef struct {
  double row[N * P], offset[N], log_width[N];
  PlnEvidence evidence[N];
  PlnUpdateCase known;
} Made;

static void make(Made *m, double width_sd) {
  memset(m, 0, sizeof *m);
  for (guint i = 0; i < N; i++) {
    m->row[P * i] = 0.6;
    m->row[P * i + 1] = -1.3 + 2.6 * i / (N - 1);
    m->offset[i] = 0.2 * (i % 3) - 0.1;
    m->log_width[i] = -0.9 + 0.2 * (i % 2);
  }
  m->known = (PlnUpdateCase){
      N, P, m->row, m->offset, m->log_width, m->offset, m->log_width, width_sd, 0.003, m->evidence};
}

/* With its arrays behind it: g_free frees all. */
static PlnUpdate *update_new(guint n, guint p) {
  PlnUpdate *update = g_malloc(sizeof *update + sizeof(double) * PLN_UPDATE_ROOM(n, p));
  *update = pln_update_in(n, p, (double *)(update + 1));
  return update;
}

static double likelihood(const Made *m, guint i, double u, double h) {
  const PlnEvidence *e = &m->evidence[i];
  double w = exp(m->log_width[i] + h);
  if (e->kind == PLN_EVIDENCE_NONE)
    return 1;
  if (e->kind == PLN_EVIDENCE_SUPPORT)
    return exp(-0.5 * (e->support - u) * (e->support - u) / e->variance);
  double no = pln_normal(-w - u), yes = pln_normal(u - w);
  return e->likelihood[0] * no + e->likelihood[1] * (1 - no - yes) + e->likelihood[2] * yes;
}

static double support(const Made *m, guint i, const double z[3]) {
  return m->offset[i] + m->row[P * i] * z[0] + m->row[P * i + 1] * z[1];
}

static double log_posterior(const Made *m, const double z[3]) {
  double sum = -0.5 * (z[0] * z[0] + z[1] * z[1] + z[2] * z[2]);
  for (guint i = 0; i < N; i++)
    sum += log(likelihood(m, i, support(m, i, z), m->known.width_sd * z[2]));
  return sum;
}

/* Chances of no, abstain, yes of @state by summing over a grid of theta and h, without the
 * lapse; and the mean of its support. */
static double by_grid(const Made *m, guint state, double chance[3]) {
  double all = 0, mean = 0;
  gboolean wide = m->known.width_sd > 0;
  memset(chance, 0, 3 * sizeof *chance);
  for (double a = -4; a <= 4; a += 0.1)
    for (double b = -4; b <= 4; b += 0.1)
      for (double h = wide ? -3 : 0; h <= 3; h += wide ? 0.25 : 9) {
        const double z[3] = {a, b, h};
        double weight = exp(log_posterior(m, z)), u = support(m, state, z);
        double w = exp(m->log_width[state] + m->known.width_sd * h);
        all += weight;
        mean += weight * u;
        chance[0] += weight * pln_normal(-w - u);
        chance[2] += weight * pln_normal(u - w);
      }
  for (guint k = 0; k < 3; k += 2)
    chance[k] /= all;
  chance[1] = 1 - chance[0] - chance[2];
  return mean / all;
}

static void nothing_known(void) {
  Made m;
  make(&m, 0.4);
  PlnUpdate *update = update_new(N, P);
  pln_update_run(&m.known, update);
  CU_ASSERT(update->at_rest);
  for (guint i = 0; i < N; i++) {
    const double *a = m.row + P * i, *c = update->chance + 3 * i;
    double v = a[0] * a[0] + a[1] * a[1], sd = sqrt(1 + v), w = exp(m.log_width[i]);
    CU_ASSERT_DOUBLE_EQUAL(update->support[i], m.offset[i], 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(update->variance[i], v, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(c[0], 0.997 * pln_normal((-w - m.offset[i]) / sd) + 0.001, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(c[2], 0.997 * pln_normal((m.offset[i] - w) / sd) + 0.001, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(c[0] + c[1] + c[2], 1, 1e-12);
    CU_ASSERT(memcmp(c, update->without + 3 * i, 3 * sizeof *c) == 0);
  }
  g_free(update);
}

static PlnEvidence heard(double no, double abstain, double yes) {
  return (PlnEvidence){PLN_EVIDENCE_ANSWER, {no, abstain, yes}, 0, 0};
}

static PlnEvidence stated(double u, double variance) {
  return (PlnEvidence){PLN_EVIDENCE_SUPPORT, {0, 0, 0}, u, variance};
}

/* One of each kind at odd states; even ones are forecast. */
static void learn(Made *m) {
  m->evidence[1] = pln_evidence_vote(0);
  m->evidence[3] = heard(0.6, 0.3, 0.1);
  m->evidence[5] = pln_evidence_vote(1);
  m->evidence[7] = stated(0.8, 0.5);
  m->evidence[9] = heard(0, 0.2, 0.9);
}

static void near_the_exact_answer(void) {
  for (double width_sd = 0; width_sd < 0.5; width_sd += 0.4) {
    Made m;
    make(&m, width_sd);
    learn(&m);
    PlnUpdate *update = update_new(N, P);
    pln_update_run(&m.known, update);
    CU_ASSERT(update->at_rest);
    for (guint i = 0; i < N; i += 2) {
      double exact[3], mean = by_grid(&m, i, exact);
      CU_ASSERT_DOUBLE_EQUAL(update->support[i], mean, 0.15); /* the mode for the mean: 0.11 */
      for (guint k = 0; k < 3; k++)
        CU_ASSERT_DOUBLE_EQUAL(update->chance[3 * i + k], exact[k], 0.02);
    }
    g_free(update);
  }
}

/* The coefficients by which support at two states moved, and h by a width. */
static void mode_of(const Made *m, const PlnUpdate *update, double z[3]) {
  const double *a = m->row, *b = m->row + P * (N - 1);
  double ya = update->support[0] - m->offset[0], yb = update->support[N - 1] - m->offset[N - 1];
  double det = a[0] * b[1] - a[1] * b[0];
  z[0] = (ya * b[1] - a[1] * yb) / det;
  z[1] = (a[0] * yb - ya * b[0]) / det;
  z[2] = (log(update->width[0]) - m->log_width[0]) / m->known.width_sd;
}

static double shifted(const Made *m, const double z[3], guint j, double a, guint k, double b) {
  double at[3] = {z[0], z[1], z[2]};
  at[j] += a;
  at[k] += b;
  return log_posterior(m, at);
}

/* a' K^-1 a of a symmetric K of three rows, a of two, by Cramer's rule. */
static double by_cramer(double K[3][3], const double a[2]) {
  double m00 = K[1][1] * K[2][2] - K[1][2] * K[1][2], m01 = K[0][1] * K[2][2] - K[0][2] * K[1][2];
  double m02 = K[0][1] * K[1][2] - K[0][2] * K[1][1], m11 = K[0][0] * K[2][2] - K[0][2] * K[0][2];
  double det = K[0][0] * m00 - K[0][1] * m01 + K[0][2] * m02;
  return (a[0] * a[0] * m00 - 2 * a[0] * a[1] * m01 + a[1] * a[1] * m11) / det;
}

/* At the mode no direction climbs, and the variances are those of the inverse curvature, which
 * differences of the posterior give too. */
static void a_maximum(void) {
  Made m;
  make(&m, 0.9);
  learn(&m);
  m.evidence[2] = pln_evidence_vote(2);
  PlnUpdate *update = update_new(N, P);
  pln_update_run(&m.known, update);
  const double step = 1e-3;
  double z[3], curvature[3][3];
  mode_of(&m, update, z);
  for (guint j = 0; j < 3; j++) {
    double up = shifted(&m, z, j, step, 0, 0), down = shifted(&m, z, j, -step, 0, 0);
    CU_ASSERT_DOUBLE_EQUAL((up - down) / (2 * step), 0, 1e-4);
    CU_ASSERT(up < log_posterior(&m, z) && down < log_posterior(&m, z));
    for (guint k = 0; k < 3; k++)
      curvature[j][k] = (shifted(&m, z, j, step, k, -step) + shifted(&m, z, j, -step, k, step) -
                         shifted(&m, z, j, step, k, step) - shifted(&m, z, j, -step, k, -step)) /
                        (4 * step * step);
  }
  for (guint i = 0; i < N; i++)
    CU_ASSERT_DOUBLE_EQUAL(update->variance[i], by_cramer(curvature, m.row + P * i), 2e-5);
  g_free(update);
}

/* Of stated positions alone everything is linear, and leaving out is exact; of answers it is of
 * first order: within 0.03 of a refit here. */
static void leave_one_out(void) {
  for (guint kind = 0; kind < 3; kind++) {
    Made m;
    make(&m, kind == 2 ? 0.3 : 0);
    PlnDraw draw = pln_draw_stream(3, 1, kind);
    for (guint i = 0; i < N; i++)
      if (kind == 0)
        m.evidence[i] = stated(pln_draw_normal(&draw), i == 4 ? 1e-3 : 0.7);
      else
        m.evidence[i] = i % 4 == 1 ? heard(0.2, 0.3, 0.5)
                                   : pln_evidence_vote(i < 4   ? 0
                                                       : i < 6 ? 1
                                                               : 2);
    PlnUpdate *all = update_new(N, P), *refit = update_new(N, P);
    pln_update_run(&m.known, all);
    for (guint i = 0; i < N; i++) {
      PlnEvidence kept = m.evidence[i];
      m.evidence[i].kind = PLN_EVIDENCE_NONE;
      pln_update_run(&m.known, refit);
      m.evidence[i] = kept;
      for (guint k = 0; k < 3; k++)
        CU_ASSERT_DOUBLE_EQUAL(all->without[3 * i + k], refit->chance[3 * i + k],
                               kind == 0 ? 1e-6 : 0.03);
    }
    g_free(all);
    g_free(refit);
  }
}

/* Who has evidence of its answer gives it by Bayes' rule; a start of its own is for it alone. */
static void its_own_answer(void) {
  Made m;
  make(&m, 0.2);
  learn(&m);
  PlnUpdate *update = update_new(N, P), *moved = update_new(N, P);
  pln_update_run(&m.known, update);
  const double *c = update->chance + 3, *told = update->chance + 9, *before = update->without + 9;
  CU_ASSERT(c[0] == 1 && c[1] == 0 && c[2] == 0);
  CU_ASSERT_DOUBLE_EQUAL(told[0] / told[2], 6 * before[0] / before[2], 1e-9);
  double own[N], elsewhere[N];
  memcpy(own, m.offset, sizeof own);
  memcpy(elsewhere, m.offset, sizeof elsewhere);
  own[0] += 5; /* no evidence: not read */
  elsewhere[1] += 5;
  m.known.seen_offset = own;
  pln_update_run(&m.known, moved);
  CU_ASSERT(memcmp(moved->chance, update->chance, sizeof(double) * 3 * N) == 0);
  m.known.seen_offset = elsewhere;
  pln_update_run(&m.known, moved);
  CU_ASSERT(moved->without[5] > update->without[5] + 0.3);
  g_free(update);
  g_free(moved);
}

static gboolean sound(const double chance[3]) {
  double sum = chance[0] + chance[1] + chance[2];
  return fabs(sum - 1) < 1e-9 && chance[0] >= 0 && chance[1] >= 0 && chance[2] >= 0;
}

/* Far starts, wide and narrow bands, answers against all odds, sure positions: numbers stay. */
static void extremes(void) {
  static const double far[] = {-60, -9, 0, 9, 60}, width[] = {-9, 0, 3, 9};
  PlnUpdate *update = update_new(N, P);
  for (guint f = 0; f < G_N_ELEMENTS(far); f++)
    for (guint w = 0; w < G_N_ELEMENTS(width); w++) {
      Made m;
      make(&m, 0.5);
      for (guint i = 0; i < N; i++) {
        m.offset[i] = far[f];
        m.log_width[i] = width[w];
        m.evidence[i] = i < 3   ? pln_evidence_vote(i)
                        : i < 6 ? heard(i != 3, i != 4, i != 5)
                        : i < 8 ? stated(0, i == 6 ? 1e-9 : 1e9)
                                : heard(0, 0, 0);
        m.evidence[i].kind = i >= 8 ? PLN_EVIDENCE_NONE : m.evidence[i].kind;
      }
      m.known.lapse = 0;
      pln_update_run(&m.known, update);
      for (guint i = 0; i < N; i++) {
        CU_ASSERT(sound(update->chance + 3 * i) && sound(update->without + 3 * i));
        CU_ASSERT(isfinite(update->support[i]) && update->variance[i] >= 0);
        for (guint k = 0; k < 3; k++)
          CU_ASSERT(update->without[3 * i + k] > 0);
      }
    }
  g_free(update);
}

static void hardly_anybody(void) {
  Made m;
  make(&m, 0.3);
  learn(&m);
  PlnUpdate *update = update_new(N, P);
  m.known.n = 0;
  pln_update_run(&m.known, update);
  CU_ASSERT(update->at_rest);
  m.known.n = N;
  m.known.p = 0; /* only the width */
  pln_update_run(&m.known, update);
  CU_ASSERT(update->support[0] == m.offset[0] && update->variance[0] == 0 && sound(update->chance));
  g_free(update);
}

static void chances(void) {
  double c[3], wide[3];
  pln_update_chances(0.4, 0.5, 1.25, 0, c);
  CU_ASSERT_DOUBLE_EQUAL(c[0], pln_normal(-0.6), 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(c[2], pln_normal(-0.1 / 1.5), 1e-12);
  pln_update_chances(50, 0.5, 0, 0, c);
  CU_ASSERT(sound(c) && c[0] > 0 && c[1] > 0 && c[2] > 0.99);
  pln_update_chances(0.4, 0.5, 1e6, 0.03, wide);
  CU_ASSERT(sound(wide) && wide[1] > 0.0099 && wide[1] < 0.011);
}

int main(void) {
  CU_TestInfo tests[] = {{"with nothing known it is the prior", nothing_known},
                         {"near the exact answer", near_the_exact_answer},
                         {"the mode is a maximum", a_maximum},
                         {"leaving one out is fitting without it", leave_one_out},
                         {"evidence of its own", its_own_answer},
                         {"extremes", extremes},
                         {"nobody, and no coefficient", hardly_anybody},
                         {"chances", chances},
                         CU_TEST_INFO_NULL};
  return suite_run("update", tests);
}
