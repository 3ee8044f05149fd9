/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A space: its derivatives against differences, its fit against votes drawn from a space that
 * is known, and what it makes of next to nothing. */
#include "plenary/space.h"

#include <math.h>
#include <signal.h>
#include <string.h>

#include "plenary/cholesky.h"
#include "plenary/draw.h"
#include "plenary/error.h"
#include "plenary/space_pass.h"
#include "suite.h"

enum { NONE = PLN_ANSWER_NONE, ALSO = 3 };

/* A world to be found again: the fit sees only its cells.  State i is of group i % ALSO. */
typedef struct {
  guint n, m, d, replicate;
  double *x, *b, *c, *width, *g; /* periods x n x d, m x d, m, n, m x ALSO */
  PlnCells cells;
} Truth;

/* Draws every answer, then leaves a @share of them. */
static void truth_vote(Truth *t, double share) {
  PlnDraw draw = pln_draw_stream(11, 1, t->replicate);
  t->cells.seen = 0;
  for (guint j = 0; j < t->m; j++)
    for (guint i = 0; i < t->n; i++) {
      const double *x = t->x + ((gsize)t->cells.session[j] * t->n + i) * t->d;
      double u = pln_draw_normal(&draw) - t->c[j] + t->g[j * ALSO + i % ALSO];
      double w = t->cells.classes == 3 ? exp(-1 + t->width[i]) : 0;
      for (guint k = 0; k < t->d; k++)
        u += x[k] * t->b[j * t->d + k];
      guint8 answer = u < -w ? 0 : u > w ? (guint8)(t->cells.classes - 1) : 1;
      gboolean kept = pln_draw_uniform(&draw) < share;
      t->cells.answer[j * t->n + i] = kept ? answer : NONE;
      t->cells.seen += kept;
    }
}

/* Everybody has answered, unless what is true is changed and voted on again. */
static Truth *truth_new(guint n, guint m, guint d, guint periods, guint classes, guint replicate) {
  PlnDraw draw = pln_draw_stream(11, 0, replicate);
  Truth *t = g_new0(Truth, 1);
  *t = (Truth){.n = n, .m = m, .d = d, .replicate = replicate};
  t->x = g_new(double, (gsize)periods * n * d + 1);
  t->b = g_new(double, m * d + 1);
  t->c = g_new(double, m + 1);
  t->width = g_new0(double, n + 1);
  t->g = g_new0(double, m * ALSO + 1);
  for (guint k = 0; k < periods * n * d; k++)
    t->x[k] = k < n * d ? pln_draw_normal(&draw) : t->x[k - n * d];
  pln_draw_normals(&draw, m * d, t->b);
  for (guint j = 0; j < m; j++)
    t->c[j] = 0.5 * pln_draw_normal(&draw);
  t->cells = (PlnCells){.n_states = n, .n_calls = m, .classes = classes, .n_sessions = periods};
  t->cells.answer = g_malloc(n * m + 1);
  t->cells.session = g_new0(guint, m + 1);
  for (guint j = 0; j < m; j++)
    t->cells.session[j] = j * periods / m;
  truth_vote(t, 1);
  return t;
}

static void truth_free(Truth *t) {
  gpointer all[] = {t->x, t->b, t->c, t->width, t->g, t->cells.answer, t->cells.session, t};
  for (guint k = 0; k < G_N_ELEMENTS(all); k++)
    g_free(all[k]);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Truth, truth_free)

/* Weaker priors than the electorate's, as there are no more dimensions than are true. */
static PlnSpaceOptions options_of(guint d) {
  PlnSpaceOptions o = pln_space_options();
  o.dimensions = d;
  o.width_dimensions = o.period = 0;
  o.penalty = 1;
  o.flatten = 0;
  o.rounds = 200;
  o.tolerance = 1e-6;
  o.threads = 1;
  return o;
}

/* Of @n numbers, @along and @by apart. */
static double correlation(const double *x, guint along, const double *y, guint by, guint n) {
  double sx = 0, sy = 0, xx = 0, yy = 0, xy = 0;
  for (guint i = 0; i < n; i++, x += along, y += by) {
    sx += *x;
    sy += *y;
    xx += *x * *x;
    yy += *y * *y;
    xy += *x * *y;
  }
  return (n * xy - sx * sy) / sqrt((n * xx - sx * sx) * (n * yy - sy * sy));
}

/* How well @d columns of x, and a constant, give the numbers y: the multiple correlation. */
static double multiple_correlation(const double *x, guint d, const double *y, guint n) {
  double gram[16 * 16] = {0}, weight[16] = {0}, guess[1024];
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k <= d; k++) {
      double a = k < d ? x[i * d + k] : 1;
      weight[k] += a * y[i * d];
      for (guint l = 0; l <= k; l++)
        gram[k * 16 + l] += a * (l < d ? x[i * d + l] : 1);
    }
  CU_ASSERT_TRUE(pln_cholesky(gram, d + 1, 16));
  pln_cholesky_forward(gram, d + 1, 16, weight);
  pln_cholesky_backward(gram, d + 1, 16, weight);
  for (guint i = 0; i < n; i++) {
    guess[i] = weight[d];
    for (guint k = 0; k < d; k++)
      guess[i] += weight[k] * x[i * d + k];
  }
  return correlation(guess, 1, y, d, n);
}

/* Whether every number is one, and as it must be. */
static gboolean is_sound(const PlnSpace *s, const PlnCells *cells) {
  gsize n = s->n_states, m = s->n_calls, d = s->d, bad = 0;
  struct { const double *x; gsize n; } all[] = {
      {s->position, s->n_periods * n * d}, {s->error, n * d}, {s->doubt, n}, {s->lean, n},
      {s->width, n}, {s->width_position, n * s->e}, {s->slope, m * d}, {s->centre, m},
      {s->half, m}, {s->width_slope, m * s->e}, {s->deviation, m * s->n_groups}, {s->size, d},
      {s->slope_mean, d}, {s->slope_covariance, d * d}, {s->group_spread, s->n_groups},
      {&s->centre_mean, 1}, {&s->centre_sd, 1}, {&s->width_mean, 1}, {&s->width_sd, 1},
      {&s->gain, 1}};
  for (guint k = 0; k < G_N_ELEMENTS(all); k++)
    for (gsize i = 0; i < all[k].n; i++)
      bad += !isfinite(all[k].x[i]);
  for (gsize i = 0; i < n * d; i++)
    bad += !(s->error[i] > 0) || !(s->doubt[i / d] >= 0);
  g_autofree float *chance = g_new(float, n * m * s->classes + 1);
  pln_space_chances(s, chance);
  for (guint j = 0; j < m; j++)
    for (guint i = 0; i < n; i++) {
      double p[3], rest = 1;
      pln_space_chance(s, i, j, p);
      for (guint k = 0; k < s->classes; rest -= p[k++]) {
        float q = chance[(j * n + i) * s->classes + k];
        bad += !(p[k] > 0 && p[k] < 1 && q > 0 && q < 1) || q != (float)p[k];
      }
      bad += !(fabs(rest) < 1e-12);
    }
  return bad == 0 && s->classes == cells->classes && n == cells->n_states && m == cells->n_calls &&
         s->rounds > 0 && s->gain >= 0;
}

static void test_recovered(void) {
  for (guint d = 1; d <= 3; d++)
    for (guint classes = 2; classes <= 3; classes++) {
      g_autoptr(Truth) t = truth_new(60, 300, d, 1, classes, d);
      truth_vote(t, 0.9);
      PlnSpaceOptions o = options_of(d);
      g_autoptr(PlnSpace) s = pln_space_fit(&t->cells, &o, NULL, NULL);
      CU_ASSERT_TRUE(s->converged && s->gain < o.tolerance && s->rounds < o.rounds);
      CU_ASSERT_TRUE(is_sound(s, &t->cells));
      for (guint k = 0; k < d; k++) {
        CU_ASSERT_TRUE(multiple_correlation(s->position, d, t->x + k, 60) > 0.95);
        CU_ASSERT_TRUE(multiple_correlation(s->slope, d, t->b + k, 300) > 0.8);
        CU_ASSERT_TRUE(k == 0 || s->size[k] <= s->size[k - 1]);
      }
      CU_ASSERT_TRUE(correlation(s->centre, 1, t->c, 1, 300) > 0.8);
    }
}

/* More roll calls than one pass has room for. */
static void test_long(void) {
  g_autoptr(Truth) t = truth_new(30, PLN_PASS_CELLS + 500, 1, 1, 2, 15);
  PlnSpaceOptions o = options_of(1);
  o.tolerance = 1e-4;
  g_autoptr(PlnSpace) s = pln_space_fit(&t->cells, &o, NULL, NULL);
  CU_ASSERT_TRUE(s->converged && is_sound(s, &t->cells));
  CU_ASSERT_TRUE(fabs(correlation(s->position, 1, t->x, 1, 30)) > 0.97);
}

/* Of six dimensions the two true ones come out, and the others stay small beside them. */
static void test_shrunk_away(void) {
  g_autoptr(Truth) t = truth_new(60, 300, 2, 1, 3, 21);
  PlnSpaceOptions o = options_of(6);
  o.penalty = pln_space_options().penalty;
  o.flatten = pln_space_options().flatten;
  g_autoptr(PlnSpace) s = pln_space_fit(&t->cells, &o, NULL, NULL);
  CU_ASSERT_TRUE(s->converged && is_sound(s, &t->cells));
  CU_ASSERT_TRUE(s->size[1] > 3 * s->size[2]);
}

/* The states that lie outermost in @x (n_states x d) lie as there. */
static void orient_like(PlnSpace *s, const double *x) {
  int plus[3] = {0}, minus[3] = {0};
  for (guint k = 0; k < s->d; k++)
    for (guint i = 0; i < s->n_states; i++) {
      plus[k] = x[i * s->d + k] > x[(guint)plus[k] * s->d + k] ? (int)i : plus[k];
      minus[k] = x[i * s->d + k] < x[(guint)minus[k] * s->d + k] ? (int)i : minus[k];
    }
  pln_space_orient(s, s->d, plus, minus);
}

/* A third of the states move by 1.5, one way or the other, over three periods. */
static void test_moved(void) {
  if (suite_is_quick())
    return;
  g_autoptr(Truth) t = truth_new(60, 600, 1, 3, 3, 31);
  double truth[60], found[60];
  for (guint p = 0; p < 3; p++)
    for (guint i = 0; i < 60; i++)
      t->x[p * 60 + i] += i < 20 ? (i % 2 ? 0.75 : -0.75) * ((double)p - 1) : 0;
  truth_vote(t, 0.9);
  PlnSpaceOptions o = options_of(1);
  o.period = 1;
  g_autoptr(PlnSpace) s = pln_space_fit(&t->cells, &o, NULL, NULL);
  CU_ASSERT_TRUE(s->converged && s->n_periods == 3 && is_sound(s, &t->cells));
  orient_like(s, t->x + 120);
  for (guint i = 0; i < 60; i++) {
    truth[i] = t->x[120 + i] - t->x[i];
    found[i] = s->position[120 + i] - s->position[i];
  }
  CU_ASSERT_TRUE(correlation(truth, 1, found, 1, 60) > 0.85);
  for (guint p = 0; p < 3; p++)
    CU_ASSERT_TRUE(correlation(t->x + p * 60, 1, s->position + p * 60, 1, 60) > 0.95);
}

static gboolean same_bytes(const PlnSpace *a, const PlnSpace *b) {
  gsize n = a->n_states, m = a->n_calls, d = a->d, w = sizeof(double);
  return a->rounds == b->rounds && a->gain == b->gain &&
         !memcmp(a->position, b->position, w * a->n_periods * n * d) &&
         !memcmp(a->error, b->error, w * n * d) && !memcmp(a->doubt, b->doubt, w * n) &&
         !memcmp(a->slope, b->slope, w * m * d) && !memcmp(a->centre, b->centre, w * m) &&
         !memcmp(a->half, b->half, w * m) && !memcmp(a->width, b->width, w * n) &&
         !memcmp(a->deviation, b->deviation, w * m * a->n_groups) &&
         !memcmp(a->slope_covariance, b->slope_covariance, w * d * d);
}

static void test_threads(void) {
  g_autoptr(Truth) t = truth_new(41, 130, 3, 4, 3, 41);
  int group[41];
  for (guint i = 0; i < 41; i++)
    group[i] = i == 7 ? -1 : (int)(i % ALSO);
  truth_vote(t, 0.9);
  PlnSpaceOptions o = options_of(4);
  o.period = 2;
  o.width_dimensions = 2;
  o.group = group;
  o.n_groups = ALSO;
  o.flatten = 0.4;
  o.rounds = 12;
  g_autoptr(PlnSpace) one = pln_space_fit(&t->cells, &o, NULL, NULL);
  CU_ASSERT_TRUE(one->n_periods == 2 && is_sound(one, &t->cells));
  for (o.threads = 2; o.threads <= 8; o.threads *= 2) {
    g_autoptr(PlnSpace) many = pln_space_fit(&t->cells, &o, NULL, NULL);
    CU_ASSERT_TRUE(same_bytes(one, many));
  }
}

/* Roll calls in another order, within periods and across them, are the same roll calls. */
static void test_order(void) {
  if (suite_is_quick())
    return;
  enum { N = 40, M = 240 };
  g_autoptr(Truth) t = truth_new(N, M, 2, 2, 3, 51), other = truth_new(N, M, 2, 2, 3, 51);
  for (guint j = 0; j < M; j++) {
    guint to = (j * 77 + 5) % M;
    memcpy(other->cells.answer + to * N, t->cells.answer + j * N, N);
    other->cells.session[to] = t->cells.session[j];
  }
  PlnSpaceOptions o = options_of(2);
  o.period = 1;
  o.tolerance = 1e-13;
  o.rounds = 2000;
  g_autoptr(PlnSpace) a = pln_space_fit(&t->cells, &o, NULL, NULL);
  g_autoptr(PlnSpace) b = pln_space_fit(&other->cells, &o, NULL, NULL);
  CU_ASSERT_TRUE(a->converged && b->converged);
  orient_like(b, a->position + N * 2);
  double worst = 0;
  for (guint i = 0; i < 2 * N * 2; i++)
    worst = MAX(worst, fabs(a->position[i] - b->position[i]));
  for (guint j = 0; j < M * 2; j++)
    worst = MAX(worst, fabs(a->slope[j] - b->slope[(j / 2 * 77 + 5) % M * 2 + j % 2]));
  CU_ASSERT_TRUE(worst < 1e-4);
}

static void test_oriented(void) {
  g_autoptr(Truth) t = truth_new(20, 60, 2, 1, 3, 61);
  PlnSpaceOptions o = options_of(2);
  g_autoptr(PlnSpace) s = pln_space_fit(&t->cells, &o, NULL, NULL);
  double before[3], after[3], covariance = s->slope_covariance[1], mean = s->slope_mean[1];
  gboolean above = s->position[7] > s->position[9]; /* state 3 and state 4 */
  int plus[2] = {-1, above ? 4 : 3}, minus[2] = {-1, above ? 3 : 4};
  pln_space_chance(s, 5, 6, before);
  pln_space_orient(s, 2, plus, minus);
  pln_space_chance(s, 5, 6, after);
  CU_ASSERT_TRUE((s->position[7] < s->position[9]) == above);
  CU_ASSERT_TRUE(s->slope_covariance[1] == -covariance && s->slope_covariance[2] == -covariance &&
                 s->slope_mean[1] == -mean && s->slope_covariance[3] > 0);
  CU_ASSERT_TRUE(fabs(before[0] - after[0]) < 1e-12 && fabs(before[1] - after[1]) < 1e-12);
}

static void test_widths(void) {
  g_autoptr(Truth) t = truth_new(60, 300, 1, 1, 3, 71);
  for (guint i = 0; i < 60; i++)
    t->width[i] = i % 2 ? 0.7 : -0.7;
  truth_vote(t, 1);
  PlnSpaceOptions o = options_of(1);
  g_autoptr(PlnSpace) s = pln_space_fit(&t->cells, &o, NULL, NULL);
  CU_ASSERT_TRUE(s->converged && correlation(s->width, 1, t->width, 1, 60) > 0.9);
  for (guint i = 0; i < 60; i++)
    CU_ASSERT_TRUE((s->width[i] > s->width[(i + 1) % 60]) == (i % 2 == 1));
  CU_ASSERT_TRUE(fabs(s->width_mean - -1) < 0.3);
}

/* Of three groups the first and the last have a say of their own, the second has none. */
static void test_groups(void) {
  g_autoptr(Truth) t = truth_new(60, 300, 1, 1, 3, 81);
  PlnDraw draw = pln_draw_stream(82, 0, 0);
  int group[60];
  for (guint i = 0; i < 60; i++)
    group[i] = (int)(i % ALSO);
  for (guint j = 0; j < 300; j++)
    for (guint g = 0; g < ALSO; g += 2)
      t->g[j * ALSO + g] = 0.6 * pln_draw_normal(&draw);
  truth_vote(t, 1);
  PlnSpaceOptions o = options_of(1);
  o.group = group;
  o.n_groups = ALSO;
  g_autoptr(PlnSpace) s = pln_space_fit(&t->cells, &o, NULL, NULL);
  CU_ASSERT_TRUE(s->converged && is_sound(s, &t->cells));
  CU_ASSERT_TRUE(s->group_spread[1] < 0.75 * s->group_spread[0]);
  /* The spread of the modes: half of the true one, as priors and the centre share in it. */
  for (guint g = 0; g < ALSO; g += 2) {
    CU_ASSERT_TRUE(s->group_spread[g] > 0.25 && s->group_spread[g] < 0.7);
    CU_ASSERT_TRUE(correlation(s->deviation + g, ALSO, t->g + g, ALSO, 300) > 0.6);
  }
  /* What a group thinks is in its members' chances, whichever group it is. */
  for (guint i = 0; i < ALSO; i++) {
    double with[3], without[3], g = s->deviation[17 * ALSO + i];
    pln_space_chance(s, i, 17, with);
    s->deviation[17 * ALSO + i] = 0;
    pln_space_chance(s, i, 17, without);
    CU_ASSERT_TRUE(g != 0 && (with[2] > without[2]) == (g > 0));
  }
}

/* The truth lies within 1.96 standard errors about as often as it should: scale and origin of
 * the truth are taken from the fit, and the roll calls' own errors are not counted. */
static void test_errors(void) {
  if (suite_is_quick())
    return;
  guint inside = 0, all = 0;
  for (guint r = 0; r < 20; r++) {
    g_autoptr(Truth) t = truth_new(40, 120, 1, 1, 3, 100 + r);
    PlnSpaceOptions o = options_of(1);
    g_autoptr(PlnSpace) s = pln_space_fit(&t->cells, &o, NULL, NULL);
    double x = 0, y = 0, xx = 0, xy = 0;
    for (guint i = 0; i < 40; i++) {
      x += t->x[i] / 40;
      y += s->position[i] / 40;
      xx += t->x[i] * t->x[i];
      xy += t->x[i] * s->position[i];
    }
    double scale = (xy - 40 * x * y) / (xx - 40 * x * x);
    for (guint i = 0; i < 40; i++, all++)
      inside += fabs(s->position[i] - y - scale * (t->x[i] - x)) < 1.96 * s->error[i];
  }
  CU_ASSERT_TRUE(inside > 0.8 * all && inside < 0.97 * all);
}

/* Doubt is what the errors add to the variance of support: in one dimension that is plain.
 * Who answers less often is known less well, and so is who was not there of late. */
static void test_doubt(void) {
  g_autoptr(Truth) t = truth_new(40, 200, 1, 2, 3, 91);
  for (guint j = 0; j < 200; j++) {
    t->cells.answer[j * 40] = j % 10 ? NONE : t->cells.answer[j * 40];
    t->cells.answer[j * 40 + 1] = j < 100 ? t->cells.answer[j * 40 + 1] : NONE;
    t->cells.answer[j * 40 + 2] = NONE;
  }
  PlnSpaceOptions o = options_of(1);
  for (o.period = 0; o.period < 2; o.period++) {
    g_autoptr(PlnSpace) s = pln_space_fit(&t->cells, &o, NULL, NULL);
    double moment = s->slope_covariance[0] + s->slope_mean[0] * s->slope_mean[0], sum = 0;
    for (guint i = 0; i < 40; i++)
      CU_ASSERT_TRUE(fabs(s->doubt[i] - s->error[i] * s->error[i] * moment) < 1e-12);
    for (guint i = 3; i < 40; i++)
      sum += s->doubt[i] / 37;
    CU_ASSERT_TRUE(s->doubt[0] > 2 * sum && s->doubt[2] > s->doubt[0] &&
                   (o.period == 0 || s->doubt[1] > 2 * sum));
    /* Never there: the prior's error, that of the deviation with it. */
    double variance = 1 / o.penalty + (o.period ? 1 / o.drift : 0);
    CU_ASSERT_TRUE(fabs(s->error[2] - sqrt(variance)) < 1e-9);
    CU_ASSERT_TRUE(fabs(s->position[2]) < 1e-9);
  }
}

typedef enum { PLAIN, ALL_YES, ALL_ABSTAIN, ONE_SILENT, FEW, WEIGHTLESS, SILENT, CASES } Case;

/* Always an answer, whatever there is of states, roll calls and dimensions. */
static void check_little(guint n, guint m, guint d, guint periods, guint classes, Case how) {
  g_autoptr(Truth) t = truth_new(n, m, 1, periods, classes, 7);
  g_autofree double *weight = g_new0(double, m + 1);
  truth_vote(t, how == FEW ? 0.05 : how == SILENT ? 0 : 1);
  for (guint c = 0; c < n * m; c++) {
    if (how == ALL_YES || how == ALL_ABSTAIN)
      t->cells.answer[c] = how == ALL_YES ? (guint8)(classes - 1) : (guint8)(classes - 2);
    if (how == ONE_SILENT && (c % n == n - 1 || c / n == m - 1))
      t->cells.answer[c] = NONE;
  }
  PlnSpaceOptions o = pln_space_options();
  o.dimensions = d;
  o.period = 1;
  o.threads = 1;
  o.weight = how == WEIGHTLESS ? weight : NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(PlnSpace) s = pln_space_fit(&t->cells, &o, NULL, &error);
  CU_ASSERT_TRUE(s && !error && is_sound(s, &t->cells) && s->converged);
}

static void test_little(void) {
  static const guint n[] = {0, 1, 2, 9, 30}, m[] = {0, 1, 3, 40, 2};
  for (guint a = 0; a < G_N_ELEMENTS(n); a++)
    for (guint b = 0; b < G_N_ELEMENTS(m); b++)
      for (Case how = PLAIN; how < CASES; how++)
        for (guint classes = 2; classes <= 3; classes++) {
          check_little(n[a], m[b], 2, 1, classes, how);
          check_little(n[a], m[b], 10, 3, classes, how);
        }
}

/* As many dimensions and groups as there may be. */
static void test_most(void) {
  g_autoptr(Truth) t = truth_new(12, 30, 2, 3, 3, 7);
  int group[12];
  for (int i = 0; i < 12; i++)
    group[i] = i + 8;
  PlnSpaceOptions o = pln_space_options();
  o.dimensions = PLN_SPACE_MOST;
  o.width_dimensions = 8;
  o.group = group;
  o.n_groups = PLN_SPACE_GROUPS;
  o.rounds = 5;
  for (o.period = 0; o.period < 2; o.period++) {
    g_autoptr(PlnSpace) s = pln_space_fit(&t->cells, &o, NULL, NULL);
    CU_ASSERT_TRUE(s && is_sound(s, &t->cells));
  }
  g_autoptr(GError) error = NULL;
  o.n_groups++;
  g_autoptr(PlnSpace) none = pln_space_fit(&t->cells, &o, NULL, &error);
  CU_ASSERT_TRUE(!none && g_error_matches(error, PLN_ERROR, PLN_ERROR_USAGE));
}

/* What weighs nothing is as if it were not there. */
static void test_weights(void) {
  g_autoptr(Truth) t = truth_new(30, 160, 1, 1, 3, 95);
  double weight[160];
  for (guint j = 0; j < 160; j++)
    weight[j] = j < 80;
  PlnSpaceOptions o = options_of(1);
  o.tolerance = 1e-12;
  o.rounds = 1000;
  o.weight = weight;
  g_autoptr(PlnSpace) weighed = pln_space_fit(&t->cells, &o, NULL, NULL);
  o.weight = NULL;
  t->cells.n_calls = 80;
  g_autoptr(PlnSpace) fewer = pln_space_fit(&t->cells, &o, NULL, NULL);
  double worst = 0;
  for (guint i = 0; i < 30; i++)
    worst = MAX(worst, fabs(fabs(weighed->position[i]) - fabs(fewer->position[i])));
  CU_ASSERT_TRUE(weighed->converged && fewer->converged && worst < 1e-4);
  for (guint j = 80; j < 160; j++)
    CU_ASSERT_TRUE(fabs(weighed->slope[j]) < 1e-9 && fabs(weighed->centre[j]) < 1e-9);
}

static void test_interrupted(void) {
  g_autoptr(Truth) t = truth_new(10, 20, 1, 1, 3, 96);
  g_autoptr(GError) error = NULL;
  PlnSpaceOptions o = options_of(1);
  pln_progress_catch();
  raise(SIGINT);
  g_autoptr(PlnSpace) s = pln_space_fit(&t->cells, &o, NULL, &error);
  CU_ASSERT_TRUE(!s && g_error_matches(error, PLN_ERROR, PLN_ERROR_FAILED));
  pln_progress_catch();
  pln_space_free(NULL);
}

int main(void) {
  CU_TestInfo tests[] = {         {"recovered", test_recovered},
                         {"long", test_long},         {"shrunk away", test_shrunk_away},
                         {"moved", test_moved},       {"threads", test_threads},
                         {"order", test_order},       {"oriented", test_oriented},
                         {"widths", test_widths},     {"groups", test_groups},
                         {"errors", test_errors},     {"doubt", test_doubt},
                         {"little", test_little},     {"most", test_most},
                         {"weights", test_weights},   {"interrupted", test_interrupted},
                         CU_TEST_INFO_NULL};
  return suite_run("space", tests);
}
