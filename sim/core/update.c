/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/update.h"

#include <string.h>

#include "plenary/cholesky.h"
#include "plenary/normal.h"
#include "plenary/wide.h"

enum { ROUNDS = 25 };
static const double FARTHEST = 1, SETTLED = 1e-5, WIDEST = 6;
/* At the most: of an answer, where first order goes wrong; of an observation, where it is exact
 * and only rounding is to be kept out. */
static const double LEVERAGE = 0.95, LEVERAGE_OF_SUPPORT = 1 - 1e-7;
static const double LEAST_MIDDLE = 1e-6, LEAST = 1e-12; /* chances of abstaining; of no, yes */
static const double NOTHING = 1e-300;                   /* a likelihood that tells no slope */

PlnUpdate pln_update_in(uint32_t n, uint32_t p, double *room) {
  PlnUpdate update = {.support = room, .width = room + n, .variance = room + 2 * (size_t)n};
  update.chance = room + 3 * (size_t)n;
  update.without = room + 6 * (size_t)n;
  update.tie = room + 9 * (size_t)n;
  update.step = update.tie + (size_t)n * (p + 1);
  return update;
}

static double larger(double a, double b) {
  return a > b ? a : b;
}

void pln_update_chances(double u, double w, double variance, double lapse, double chance[3]) {
  double sd = __builtin_sqrt(1 + variance), low = (-w - u) / sd, high = (w - u) / sd;
  chance[0] = larger(pln_normal(low), LEAST);
  chance[2] = larger(pln_normal(-high), LEAST);
  chance[1] = larger(1 - chance[0] - chance[2], LEAST_MIDDLE);
  double sum = chance[0] + chance[1] + chance[2];
  for (uint32_t k = 0; k < 3; k++)
    chance[k] = (1 - lapse) * chance[k] / sum + lapse / 3;
}

/* Derivatives of the log likelihood of a piece of evidence, by u and by the log of w. */
typedef struct {
  double by_u, by_h, uu, uh, hh; /* the last three: minus the second derivatives */
} PlnPull;

static PlnPull pull_of_support(const PlnEvidence *evidence, double u) {
  return (PlnPull){.by_u = (evidence->support - u) / evidence->variance,
                   .uu = 1 / evidence->variance};
}

static PlnPull pull(double du, double dw, double duu, double duw, double dww, double w) {
  return (PlnPull){.by_u = du,
                   .by_h = dw * w,
                   .uu = du * du - duu,
                   .uh = (du * dw - duw) * w,
                   .hh = (dw * dw - dww) * w * w - dw * w};
}

/* Of one answer, by logarithms, as its chance may be next to nothing: phi at its bounds over it,
 * at_a and at_b, where it has them. */
static PlnPull pull_of_vote(uint32_t answer, double u, double w) {
  double a = answer == 1 ? -w - u : w - u, b = answer == 0 ? -w - u : w - u;
  double at_a = 0, at_b = 0, log;
  if (answer == 0)
    at_b = pln_normal_ratio(b);
  else if (answer == 2)
    at_a = pln_normal_ratio(-a);
  else
    pln_normal_interval_ratio(a, b, &log, &at_a, &at_b);
  double up_a = answer == 1 ? -1 : 1, up_b = answer == 1 ? 1 : -1; /* how w moves them */
  double along_a = a * at_a, along_b = b * at_b;
  return pull(at_a - at_b, up_b * at_b - up_a * at_a, along_a - along_b,
              up_b * along_b - up_a * along_a, along_a - along_b, w);
}

/* Of sum_k l_k P_k with the cuts at -w and w. */
static PlnPull pull_of_answer(const double l[3], double u, double w) {
  double low = -w - u, high = w - u;
  double between = l[1] > 0 ? pln_exp(pln_normal_interval_log(low, high)) : 0;
  double p = l[0] * pln_normal(low) + l[1] * between + l[2] * pln_normal(-high);
  if (!(p > NOTHING * (l[0] + l[1] + l[2])))
    return (PlnPull){0};
  /* What crossing a cut upwards gains. */
  double first = (l[1] - l[0]) * pln_phi(low) / p, second = (l[2] - l[1]) * pln_phi(high) / p;
  return pull(first + second, first - second, first * low + second * high,
              first * low - second * high, first * low + second * high, w);
}

/* The one answer that it leaves, or -1. */
static int only_answer(const double l[3]) {
  int only = -1, n = 0;
  for (int k = 0; k < 3; k++)
    if (l[k] > 0) {
      only = k;
      n++;
    }
  return n == 1 ? only : -1;
}

static PlnPull pull_of(const PlnEvidence *evidence, double u, double w) {
  if (evidence->kind == PLN_EVIDENCE_SUPPORT)
    return pull_of_support(evidence, u);
  int only = only_answer(evidence->likelihood);
  return only >= 0 ? pull_of_vote((uint32_t)only, u, w)
                   : pull_of_answer(evidence->likelihood, u, w);
}

/* The step's system while it is gathered: theta, then h. */
typedef struct {
  uint32_t size, stride;
  double *curvature, *spare;      /* size x stride */
  double *gradient, *coefficient; /* size */
} PlnStep;

static PlnStep step_in(uint32_t p, double *room) {
  PlnStep s = {.size = p + 1, .stride = (p + 8) / 8 * 8, .curvature = room};
  s.spare = room + (size_t)s.size * s.stride;
  s.gradient = s.spare + (size_t)s.size * s.stride;
  s.coefficient = s.gradient + s.size;
  return s;
}

/* The lower half of a matrix gains times a a'. */
PLN_WIDE static void add_square(const double *a, uint32_t n, double times, double *matrix,
                                uint32_t stride) {
  for (uint32_t k = 0; k < n; k++) {
    double *line = matrix + k * stride, along = a[k] * times;
    if (along == 0) /* other groups' */
      continue;
    for (uint32_t m = 0; m <= k; m++)
      line[m] += along * a[m];
  }
}

static void gather(const PlnUpdateCase *known, uint32_t i, PlnStep *s) {
  const double *a = known->row + (size_t)i * known->p;
  double u = known->seen_offset[i];
  for (uint32_t k = 0; k < known->p; k++)
    u += a[k] * s->coefficient[k];
  double h = s->coefficient[known->p] * known->width_sd;
  double w = pln_exp(pln_clamp(known->seen_log_width[i] + h, WIDEST));
  PlnPull pull = pull_of(&known->evidence[i], u, w);
  add_square(a, known->p, larger(pull.uu, 0), s->curvature, s->stride);
  for (uint32_t k = 0; k < known->p; k++)
    s->gradient[k] += a[k] * pull.by_u;
  double *last = s->curvature + known->p * s->stride;
  for (uint32_t k = 0; k < known->p; k++)
    last[k] += a[k] * pull.uh * known->width_sd;
  s->gradient[known->p] += pull.by_h * known->width_sd;
  last[known->p] += pull.hh * known->width_sd * known->width_sd;
}

/* Leaves the curvature's factor.  Returns: whether at rest */
static bool settle(const PlnUpdateCase *known, PlnStep *s) {
  memset(s->coefficient, 0, sizeof(double) * s->size);
  for (uint32_t r = 0; r < ROUNDS; r++) {
    memset(s->curvature, 0, sizeof(double) * s->size * s->stride);
    memset(s->gradient, 0, sizeof(double) * s->size);
    for (uint32_t i = 0; i < known->n; i++)
      if (known->evidence[i].kind != PLN_EVIDENCE_NONE)
        gather(known, i, s);
    double *of_width = &s->curvature[known->p * s->stride + known->p];
    *of_width = larger(*of_width, 0);
    double most = 0;
    for (uint32_t k = 0; k < s->size; k++) {
      s->curvature[k * s->stride + k] += 1;
      s->gradient[k] -= s->coefficient[k];
    }
    pln_cholesky_ridge(s->curvature, s->size, s->stride, s->spare);
    pln_cholesky_forward(s->curvature, s->size, s->stride, s->gradient);
    pln_cholesky_backward(s->curvature, s->size, s->stride, s->gradient);
    for (uint32_t k = 0; k < s->size; k++)
      most = larger(most, pln_abs(s->gradient[k]));
    for (uint32_t k = 0; k < s->size; k++)
      s->coefficient[k] += s->gradient[k] * (most > FARTHEST ? FARTHEST / most : 1);
    if (most < SETTLED)
      return true;
  }
  return false;
}

/* What a state's own piece of evidence makes of it is taken back, to first order. */
static void leave_out(const PlnUpdateCase *known, uint32_t i, double h, const PlnStep *s,
                      const PlnUpdate *update, double chance[3]) {
  const double *a = known->row + (size_t)i * known->p;
  double u = known->seen_offset[i], v = update->variance[i];
  for (uint32_t k = 0; k < known->p; k++)
    u += a[k] * s->coefficient[k];
  double w = pln_exp(pln_clamp(known->seen_log_width[i] + h, WIDEST));
  PlnPull pull = pull_of(&known->evidence[i], u, w);
  bool exact = known->evidence[i].kind == PLN_EVIDENCE_SUPPORT;
  double most = exact ? LEVERAGE_OF_SUPPORT : LEVERAGE, taken = v * larger(pull.uu, 0);
  double alone = v / (1 - (taken < most ? taken : most));
  pln_update_chances(u - alone * pull.by_u, w, alone, known->lapse, chance);
}

/* Whoever has evidence of an answer gives it with a chance that is the prior's times the
 * likelihood: told once more for the state itself. */
static void weigh(const PlnEvidence *evidence, const double without[3], double chance[3]) {
  double sum = 0;
  for (uint32_t k = 0; k < 3; k++)
    sum += chance[k] = without[k] * evidence->likelihood[k];
  for (uint32_t k = 0; k < 3; k++)
    chance[k] = sum > 0 ? chance[k] / sum : without[k];
}

static void predict(const PlnUpdateCase *known, uint32_t i, const PlnStep *s, PlnUpdate *update) {
  const double *a = known->row + (size_t)i * known->p;
  double *tie = update->tie + (size_t)i * s->size, *chance = update->chance + 3 * (size_t)i;
  double h = s->coefficient[known->p] * known->width_sd, u = known->offset[i], v = 0;
  for (uint32_t k = 0; k < known->p; k++) {
    u += a[k] * s->coefficient[k];
    tie[k] = a[k];
  }
  tie[known->p] = 0;
  pln_cholesky_forward(s->curvature, s->size, s->stride, tie);
  for (uint32_t k = 0; k < s->size; k++)
    v += tie[k] * tie[k];
  update->support[i] = u;
  update->variance[i] = v;
  update->width[i] = pln_exp(pln_clamp(known->log_width[i] + h, WIDEST));
  pln_update_chances(u, update->width[i], v, known->lapse, chance);
  memcpy(update->without + 3 * (size_t)i, chance, 3 * sizeof *chance);
  if (known->evidence[i].kind == PLN_EVIDENCE_NONE)
    return;
  leave_out(known, i, h, s, update, update->without + 3 * (size_t)i);
  if (known->evidence[i].kind == PLN_EVIDENCE_ANSWER)
    weigh(&known->evidence[i], update->without + 3 * (size_t)i, chance);
}

void pln_update_run(const PlnUpdateCase *known, PlnUpdate *update) {
  PlnStep s = step_in(known->p, update->step);
  update->at_rest = settle(known, &s);
  for (uint32_t i = 0; i < known->n; i++)
    predict(known, i, &s, update);
}
