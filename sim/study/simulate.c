/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/simulate.h"

#include <math.h>

#include "plenary/draw.h"
#include "plenary/normal.h"

/* The numbers of a state in a roll call's stream, in this order. */
enum { NOISE, LAPSES, LAPSE_TO, ABSENT, PER_STATE };

PlnSimulateOptions pln_simulation_options(const PlnElectorate *e) {
  return (PlnSimulateOptions){.n_calls = 200, .sessions = 1, .seed = 1, .absences = TRUE,
                              .first_session = e->to_session >= 0 ? e->to_session + 1 : 1};
}

/* ---- The chance to be absent ---- */

/* Gamma(shape, 1), shape >= 1: Marsaglia and Tsang 2000, ACM TOMS 26:363. */
static double draw_gamma_above(PlnDraw *draw, double shape) {
  double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
  for (;;) {
    double z = pln_draw_normal(draw), root = 1 + c * z, v = root * root * root;
    double log_u = pln_log(pln_draw_uniform(draw));
    if (root > 0 && log_u < 0.5 * z * z + d - d * v + d * pln_log(v))
      return d * v;
  }
}

static double draw_gamma(PlnDraw *draw, double shape) {
  if (shape >= 1)
    return draw_gamma_above(draw, shape);
  double log_u = pln_log(pln_draw_uniform(draw));
  return draw_gamma_above(draw, shape + 1) * pln_exp(log_u / shape);
}

static double draw_beta(PlnDraw *draw, double a, double b) {
  double x = draw_gamma(draw, a), y = draw_gamma(draw, b);
  return x + y > 0 ? x / (x + y) : a / (a + b); /* both so small that nothing is left of them */
}

/* ---- Roll calls ---- */

PlnSimulation *pln_simulation_new(const PlnElectorate *e, const PlnSimulateOptions *options) {
  PlnSimulation *s = g_new0(PlnSimulation, 1);
  guint n = options->n_calls;
  s->electorate = e;
  s->seed = options->seed;
  s->d = e->d;
  s->matrix = pln_vote_matrix_new(e->n, n);
  s->slope = g_new0(double, (gsize)n * e->d + 1);
  s->centre = g_new0(double, n + 1);
  s->width = g_new0(double, n + 1);
  s->absent = g_new0(double, e->n + 1);
  s->root = g_new0(double, e->d * e->d + 1);
  pln_electorate_root(e, s->root);
  for (guint i = 0; i < e->n; i++) {
    PlnVoter *voter = &s->matrix->voter[i];
    voter->code = pln_vote_matrix_keep(s->matrix, e->code[i]);
    if (e->in_group[i] >= 0)
      voter->group = pln_vote_matrix_keep(s->matrix, e->group[e->in_group[i]]);
    PlnDraw draw = pln_draw_stream(options->seed, PLN_STUDY_SIMULATE_ABSENCES, i);
    if (options->absences)
      s->absent[i] = draw_beta(&draw, e->absent_a[i], e->absent_b[i]);
  }
  for (guint j = 0; j < n; j++) {
    g_autofree char *id = g_strdup_printf("%u", j + 1);
    s->matrix->call[j].id = pln_vote_matrix_keep(s->matrix, id);
    s->matrix->call[j].session =
        options->first_session + (int)((guint64)j * options->sessions / n);
  }
  return s;
}

void pln_simulation_free(PlnSimulation *s) {
  if (!s)
    return;
  pln_vote_matrix_free(s->matrix);
  g_free(s->slope);
  g_free(s->centre);
  g_free(s->width);
  g_free(s->absent);
  g_free(s->root);
  g_free(s);
}

/* The roll call's slope, from @z: d standard normals. */
static void set_slope(PlnSimulation *s, const double *z, double *slope) {
  for (guint k = 0; k < s->d; k++) {
    slope[k] = s->electorate->slope_mean[k];
    for (guint m = 0; m <= k; m++)
      slope[k] += s->root[k * s->d + m] * z[m];
  }
}

/* Of classes alike, the one that @share falls to. */
static guint8 lapse_to(guint classes, double share) {
  static const guint8 votes[] = {PLN_VOTE_N, PLN_VOTE_Y, PLN_VOTE_A};
  return votes[MIN((guint)(share * classes), classes - 1)];
}

static guint8 answer(guint classes, double support, double half) {
  if (classes == 2)
    return support > 0 ? PLN_VOTE_Y : PLN_VOTE_N;
  return support < -half ? PLN_VOTE_N : support > half ? PLN_VOTE_Y : PLN_VOTE_A;
}

/* @own: the state's PER_STATE uniforms; @group: each group's deviation */
static guint8 vote_of(const PlnSimulation *s, guint call, guint state, const double *own,
                      const double *group) {
  const PlnElectorate *e = s->electorate;
  const double *slope = s->slope + (gsize)call * s->d, *x = e->position + (gsize)state * s->d;
  if (own[ABSENT] < s->absent[state])
    return PLN_VOTE_X;
  if (own[LAPSES] < e->lapse)
    return lapse_to(e->classes, own[LAPSE_TO]);
  double support = e->lean[state] - s->centre[call];
  for (guint k = 0; k < s->d; k++)
    support += slope[k] * x[k];
  if (e->in_group[state] >= 0)
    support += group[e->in_group[state]];
  support += sqrt(1 + e->doubt[state]) * pln_normal_inverse(own[NOISE]);
  return answer(e->classes, support, pln_exp(s->width[call] + e->width[state]));
}

void pln_simulation_draw(PlnSimulation *s, guint call) {
  const PlnElectorate *e = s->electorate;
  guint n_shared = s->d + 2 + e->n_groups;
  gsize n_own = (gsize)e->n * PER_STATE;
  g_autofree double *shared = g_new(double, n_shared), *own = g_new(double, n_own + 1);
  PlnDraw draw = pln_draw_stream(s->seed, PLN_STUDY_SIMULATE_CALLS, call);
  pln_draw_normals(&draw, n_shared, shared);
  pln_draw_uniforms(&draw, n_own, own);
  double *group = shared + s->d + 2;
  set_slope(s, shared, s->slope + (gsize)call * s->d);
  s->centre[call] = e->centre_mean + e->centre_sd * shared[s->d];
  s->width[call] = e->width_mean + e->width_sd * shared[s->d + 1];
  for (guint g = 0; g < e->n_groups; g++)
    group[g] *= e->group_spread[g];
  guint8 *row = pln_vote_matrix_row(s->matrix, call);
  for (guint i = 0; i < e->n; i++)
    row[i] = vote_of(s, call, i, own + (gsize)i * PER_STATE, group);
}

PlnSimulation *pln_simulate(const PlnElectorate *e, const PlnSimulateOptions *options) {
  PlnSimulation *s = pln_simulation_new(e, options);
  for (guint j = 0; j < options->n_calls; j++)
    pln_simulation_draw(s, j);
  return s;
}

/* ---- An electorate to try things on ---- */

static guint digits_of(guint n) {
  guint digits = 1;
  for (; n >= 10; n /= 10)
    digits++;
  return digits;
}

PlnElectorate *pln_electorate_made_up(guint states, guint dimensions, guint groups, guint64 seed) {
  PlnElectorate *e = pln_electorate_new(states, dimensions, groups);
  int digits = (int)MAX(3, digits_of(states));
  for (guint i = 0; i < states; i++) {
    PlnDraw draw = pln_draw_stream(seed, PLN_STUDY_SIMULATE_ELECTORATE, i);
    pln_draw_normals(&draw, dimensions, e->position + (gsize)i * dimensions);
    e->code[i] = g_strdup_printf("S%0*u", digits, i + 1);
    e->in_group[i] = groups > 0 ? (int)((guint64)i * groups / states) : -1;
    e->absent_a[i] = 2;
    e->absent_b[i] = 38;
  }
  for (guint k = 0; k < dimensions; k++)
    e->slope_covariance[k * dimensions + k] = 2.25 / (k + 1);
  for (guint g = 0; g < groups; g++) {
    e->group[g] = g_strdup_printf("G%u", g + 1);
    e->group_spread[g] = 0.5;
  }
  e->centre_mean = -0.25;
  e->centre_sd = 1;
  e->width_mean = -1;
  e->width_sd = 0.25;
  e->lapse = 0.01;
  e->status = PLN_STATUS_ASSUMED;
  e->source = g_strdup("made up");
  e->command = g_strdup_printf("plenary simulate --states %u --dimensions %u --groups %u --seed "
                               "%" G_GUINT64_FORMAT, states, dimensions, groups, seed);
  return e;
}
