/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/joining.h"

#include <math.h>
#include <string.h>

#include "plenary/joining_part.h"
#include "plenary/normal.h"

static const double SHAPE_SD = 0.7; /* of log k beforehand */
static const double LOW_SHAPE = 0.3, HIGH_SHAPE = 8;
static const double WINDOW = 5, MOST_SD = 1.5; /* of a union's pace */

enum { SDS = 31, POINTS = 33, PARTIAL = 64 };

/* Of a walk's log: to 12 on either side, where a pace is nothing or beyond all that comes. */
enum { LEVELS = 241 };

double pln_join_power(double x, double k) {
  return x > 0 ? pln_exp(k * pln_log(x)) : 0;
}

double pln_join_log_shape(guint j) {
  double low = pln_log(LOW_SHAPE), high = pln_log(HIGH_SHAPE);
  return low + (high - low) * j / (PLN_JOIN_SHAPES - 1);
}

/* ---- Spans: when a state was at risk in a class ---- */

PlnJoinSpan pln_join_span(const PlnJoinState *state, PlnJoinClass c, double until) {
  gboolean ever = state->joined_at <= until;
  double end = ever ? state->joined_at : until;
  double turn = state->signed_at <= end ? state->signed_at : end;
  gboolean is_signatory = state->signed_at <= end;
  if (c == PLN_JOIN_SIGNATORY)
    return (PlnJoinSpan){turn, end, ever && is_signatory};
  return (PlnJoinSpan){0, turn, ever && !is_signatory};
}

/* The sum of (to/T)^k - (from/T)^k over all. */
static double exposure(const PlnJoinState *state, guint n, PlnJoinClass c, double until, double k) {
  double sum = 0;
  for (guint i = 0; i < n; i++) {
    PlnJoinSpan s = pln_join_span(&state[i], c, until);
    if (s.to > s.from)
      sum += pln_join_power(s.to / until, k) - pln_join_power(s.from / until, k);
  }
  return sum;
}

/* ---- The classes ---- */

/* Log posterior of a shape, its rate integrated out. */
static double shape_weight(const PlnJoinClassFit *fit, double log_k, double logs, double exposed) {
  double k = pln_exp(log_k), z = log_k / SHAPE_SD;
  return -0.5 * z * z + fit->joined * log_k + (k - 1) * logs -
         (fit->joined + 0.5) * pln_log(MAX(exposed, 1e-12));
}

static double grid_quantile(const PlnJoinClassFit *fit, double p) {
  guint j = 0;
  while (j + 1 < PLN_JOIN_SHAPES && fit->cumulated[j] < p)
    j++;
  return pln_exp(pln_join_log_shape(j));
}

static void class_posterior(PlnJoinClassFit *fit, double logs) {
  double most = -INFINITY, sum = 0, mean = 0, weight[PLN_JOIN_SHAPES];
  for (guint j = 0; j < PLN_JOIN_SHAPES; j++) {
    weight[j] = shape_weight(fit, pln_join_log_shape(j), logs, fit->exposure[j]);
    most = MAX(most, weight[j]);
  }
  for (guint j = 0; j < PLN_JOIN_SHAPES; j++) {
    weight[j] = pln_exp(weight[j] - most);
    sum += weight[j];
    mean += weight[j] * pln_join_log_shape(j);
    fit->cumulated[j] = sum;
  }
  for (guint j = 0; j < PLN_JOIN_SHAPES; j++)
    fit->cumulated[j] /= sum;
  fit->shape = pln_exp(mean / sum);
  fit->shape_low = grid_quantile(fit, 0.05);
  fit->shape_high = grid_quantile(fit, 0.95);
}

static void fit_class(const PlnJoinState *state, guint n, PlnJoinClass c, double until,
                      PlnJoinClassFit *fit) {
  double logs = 0;
  for (guint i = 0; i < n; i++) {
    PlnJoinSpan s = pln_join_span(&state[i], c, until);
    fit->years += s.to - s.from;
    if (!s.joined)
      continue;
    fit->joined++;
    logs += pln_log(MAX(s.to, 0.5 / 365.25) / until);
  }
  for (guint j = 0; j < PLN_JOIN_SHAPES; j++)
    fit->exposure[j] = exposure(state, n, c, until, pln_exp(pln_join_log_shape(j)));
  class_posterior(fit, logs);
  double exposed = MAX(exposure(state, n, c, until, fit->shape), 1e-12);
  fit->log_rate = pln_log((fit->joined + 0.5) / exposed) - fit->shape * pln_log(until);
  fit->ten = 1 - pln_exp(-pln_exp(fit->log_rate + fit->shape * pln_log(10)));
}

static double hazard_to(const PlnJoinClassFit *fit, double t) {
  return t > 0 ? pln_exp(fit->log_rate + fit->shape * pln_log(t)) : 0;
}

/* ---- A union's own pace ---- */

/* How many of the union joined in @from … @to, and how many its hazards expect, each state from the
 * day on which it is a member to that on which it is none. */
static void count_union(const PlnJoinFit *fit, const PlnJoinState *state, guint n, double from,
                        double to, guint *joined, double *expected) {
  *joined = 0;
  *expected = 0;
  for (guint i = 0; i < n; i++) {
    double in = state[i].together_from, out = state[i].together_to;
    for (guint c = 0; c < PLN_JOIN_CLASSES && !isnan(in); c++) {
      PlnJoinSpan s = pln_join_span(&state[i], c, fit->until);
      double low = MAX(MAX(s.from, from), in), high = isnan(out) ? MIN(s.to, to)
                                                                 : MIN(MIN(s.to, to), out);
      gboolean at_once = low == 0 && high == 0; /* on the day of the opening */
      if (low < high)
        *expected += hazard_to(&fit->class_fit[c], high) - hazard_to(&fit->class_fit[c], low);
      *joined += s.joined && s.to == high && (low < high || at_once);
    }
  }
}

/* Log chance, but for a constant, of @joined where f @expected are expected, f log-normal. */
static double window_chance(guint joined, double expected, double sd) {
  double sum = 0;
  for (guint p = 0; p < POINTS; p++) {
    double z = -4 + 8.0 * p / (POINTS - 1);
    sum += pln_exp(-0.5 * z * z + joined * sd * z - expected * (pln_exp(sd * z) - 1));
  }
  return pln_log(sum);
}

static void fit_union(PlnJoinFit *fit, const PlnJoinState *state, guint n) {
  double log[SDS] = {0}, most = -INFINITY, sum = 0, square = 0, step = MOST_SD / (SDS - 1);
  for (double from = 0; from < fit->until; from += WINDOW) {
    guint joined;
    double expected;
    count_union(fit, state, n, from, MIN(from + WINDOW, fit->until), &joined, &expected);
    fit->union_joined += joined;
    fit->union_expected += expected;
    for (guint j = 0; j < SDS; j++)
      log[j] += window_chance(joined, expected, j * step);
  }
  for (guint j = 0; j < SDS; j++)
    most = MAX(most, log[j]);
  for (guint j = 0; j < SDS; j++) {
    double weight = pln_exp(log[j] - most);
    sum += weight;
    square += weight * j * step * j * step;
  }
  fit->union_sd = sqrt(square / sum);
}

/* ---- How a pace wanders ---- */

/* Joinings of a class in each year, and what its hazards expect. */
static guint count_years(const PlnJoinFit *fit, const PlnJoinState *state, guint n, guint c,
                         guint *joined, double *expected) {
  guint years = (guint)MIN(ceil(fit->until), PLN_JOIN_YEARS);
  for (guint y = 0; y < years; y++) {
    joined[y] = 0;
    expected[y] = 0;
    for (guint i = 0; i < n; i++) {
      PlnJoinSpan s = pln_join_span(&state[i], c, fit->until);
      double low = MAX(s.from, y), high = MIN(s.to, y + 1);
      if (low < high)
        expected[y] += hazard_to(&fit->class_fit[c], high) - hazard_to(&fit->class_fit[c], low);
      joined[y] += s.joined && s.to > (y > 0 ? y : -1.0) && s.to <= y + 1;
    }
  }
  return years;
}

typedef struct {
  double step[LEVELS], beyond[LEVELS]; /* a step of so many levels; of more, to one side */
} Steps;

static void fill_steps(double sd, Steps *s) {
  double sum = 0, beyond = 0;
  for (guint d = 0; d < LEVELS; d++) {
    double z = sd > 0 ? PLN_JOIN_LEVEL * d / sd : 0;
    s->step[d] = sd > 0 ? pln_exp(-0.5 * z * z) : d == 0;
    sum += d == 0 ? s->step[d] : 2 * s->step[d];
  }
  for (guint d = LEVELS; d-- > 0;) {
    s->beyond[d] = beyond;
    s->step[d] /= sum;
    beyond += s->step[d];
  }
}

/* A step of the walk: what would leave the grid stays on its last level, so that nothing is lost
 * and nothing hangs on where the grid ends. */
static void walk_step(const double level[LEVELS], const Steps *s, double next[LEVELS]) {
  memset(next, 0, LEVELS * sizeof *next);
  for (guint i = 0; i < LEVELS; i++) {
    double has = level[i];
    if (has < 1e-60)
      continue;
    for (guint j = 0; j < i; j++)
      next[j] += has * s->step[i - j];
    for (guint j = i; j < LEVELS; j++)
      next[j] += has * s->step[j - i];
    next[0] += has * s->beyond[i];
    next[LEVELS - 1] += has * s->beyond[LEVELS - 1 - i];
  }
}

/* One year of the filter: a step of the walk, then the year's number.  Returns: its log chance */
static double filter_year(double level[LEVELS], const Steps *steps, const double pace[LEVELS],
                          guint joined, double expected) {
  double next[LEVELS], sum = 0;
  walk_step(level, steps, next);
  for (guint j = 0; j < LEVELS; j++) {
    double x = PLN_JOIN_LEVEL * ((double)j - LEVELS / 2);
    next[j] *= pln_exp(joined * x - expected * (pace[j] - 1));
    sum += next[j];
  }
  for (guint j = 0; j < LEVELS; j++)
    level[j] = next[j] / sum;
  return pln_log(sum);
}

/* Log chance, but for a constant, of the yearly numbers where a year's step has deviation @sd. */
static double wander_chance(guint years, const guint *joined, const double *expected, double sd) {
  double level[LEVELS] = {0}, pace[LEVELS], log = 0;
  Steps steps;
  level[LEVELS / 2] = 1;
  for (guint j = 0; j < LEVELS; j++)
    pace[j] = pln_exp(PLN_JOIN_LEVEL * ((double)j - LEVELS / 2));
  fill_steps(sd, &steps);
  for (guint y = 0; y < years; y++)
    log += filter_year(level, &steps, pace, joined[y], expected[y]);
  return log;
}

static void fit_wander(PlnJoinFit *fit, const PlnJoinState *state, guint n, guint c) {
  PlnJoinClassFit *own = &fit->class_fit[c];
  double log[PLN_JOIN_WANDERS] = {0}, most = -INFINITY, sum = 0, mean = 0;
  guint joined[PLN_JOIN_YEARS], high = 0;
  double expected[PLN_JOIN_YEARS];
  guint years = count_years(fit, state, n, c, joined, expected);
  for (guint j = 0; j < PLN_JOIN_WANDERS; j++) {
    log[j] = wander_chance(years, joined, expected, PLN_JOIN_LEVEL * j);
    most = MAX(most, log[j]);
  }
  for (guint j = 0; j < PLN_JOIN_WANDERS; j++) {
    double weight = pln_exp(log[j] - most);
    sum += weight;
    mean += weight * PLN_JOIN_LEVEL * j;
    own->wander[j] = sum;
  }
  for (guint j = 0; j < PLN_JOIN_WANDERS; j++) {
    own->wander[j] /= sum;
    high += own->wander[j] < 0.95;
  }
  own->wander_mean = mean / sum;
  own->wander_high = PLN_JOIN_LEVEL * high;
}

gboolean pln_join_fit(const PlnJoinState *state, guint n, double until, PlnJoinFit *fit) {
  memset(fit, 0, sizeof *fit);
  fit->until = until;
  fit->states = n;
  for (guint c = 0; c < PLN_JOIN_CLASSES; c++) {
    fit_class(state, n, c, until, &fit->class_fit[c]);
    fit->joiners += fit->class_fit[c].joined;
  }
  if (fit->joiners == 0)
    return FALSE;
  for (guint c = 0; c < PLN_JOIN_CLASSES; c++)
    if (fit->class_fit[c].years == 0) /* none was ever in it: nothing tells it from the other */
      fit->class_fit[c] = fit->class_fit[1 - c];
  fit_union(fit, state, n);
  for (guint c = 0; c < PLN_JOIN_CLASSES; c++)
    fit_wander(fit, state, n, c);
  return TRUE;
}

/* ---- Support ---- */

/* What joining number @i adds to the slope and curvature of the partial likelihood. */
static void add_joining(const PlnJoinState *state, guint n, guint i, double b, double *slope,
                        double *curve) {
  double t = state[i].joined_at, sum = 0, first = 0, second = 0;
  gboolean is_signatory = state[i].signed_at <= t;
  for (guint j = 0; j < n; j++) {
    if (state[j].joined_at < t || (state[j].signed_at <= t) != is_signatory)
      continue;
    double x = state[j].support, w = pln_exp(b * x);
    sum += w;
    first += w * x;
    second += w * x * x;
  }
  *slope += state[i].support - first / sum;
  *curve += second / sum - (first / sum) * (first / sum);
}

void pln_join_support(PlnJoinFit *fit, const PlnJoinState *state, guint n, double since,
                      double until) {
  double b = 0, slope, curve = 0;
  guint joined = 0;
  for (guint step = 0; step < PARTIAL; step++) {
    slope = curve = 0;
    joined = 0;
    for (guint i = 0; i < n; i++)
      if (state[i].joined_at > since && state[i].joined_at <= until) {
        add_joining(state, n, i, b, &slope, &curve);
        joined++;
      }
    if (curve < 1e-9)
      break;
    b = pln_clamp(b + pln_clamp(slope / curve, 1), 5);
  }
  fit->support_joined = joined;
  fit->support = curve < 1e-9 ? 0 : b;
  fit->support_error = curve < 1e-9 ? 0 : 1 / sqrt(curve);
}

/* ---- The fast bound ---- */

typedef struct {
  const double *log_years;
  const guint *number;
  guint milestones;
  double signatories, others;
} Fast;

/* Mean square error in log at shape k, log a, log r. */
static double fast_error(const Fast *f, const double p[3]) {
  double sum = 0;
  for (guint j = 0; j < f->milestones; j++) {
    double g = pln_exp(p[1] + pln_exp(p[0]) * f->log_years[j]);
    double joined = f->signatories * (1 - pln_exp(-g)) +
                    f->others * (1 - pln_exp(-pln_exp(p[2]) * g));
    double e = pln_log(MAX(joined, 1e-9)) - pln_log(f->number[j]);
    sum += e * e;
  }
  return sum / f->milestones;
}

/* By a box that halves around the best of its 9^3 points: the surface has one valley. */
static void search(const Fast *f, double p[3], const double width[3]) {
  enum { SIDE = 9, ROUNDS = 24 };
  double scale = 1, best = fast_error(f, p);
  for (guint round = 0; round < ROUNDS; round++, scale *= 0.6) {
    double middle[3] = {p[0], p[1], p[2]};
    for (guint at = 0; at < SIDE * SIDE * SIDE; at++) {
      guint part[3] = {at % SIDE, at / SIDE % SIDE, at / SIDE / SIDE};
      double x[3];
      gboolean moves = TRUE;
      for (guint d = 0; d < 3; d++) {
        x[d] = middle[d] + scale * width[d] * ((double)part[d] / (SIDE / 2) - 1);
        moves &= width[d] > 0 || part[d] == SIDE / 2;
      }
      double error = moves && x[2] <= 0 ? fast_error(f, x) : INFINITY;
      if (error < best) {
        best = error;
        memcpy(p, x, sizeof x);
      }
    }
  }
}

void pln_join_fast(PlnJoinFit *fit, const double *years, const guint *number, guint milestones,
                   guint n, guint signatories) {
  double logs[PLN_JOIN_MILESTONES];
  const PlnJoinClassFit *past = fit->class_fit;
  milestones = MIN(milestones, PLN_JOIN_MILESTONES);
  fit->has_fast = milestones > 0;
  if (!fit->has_fast)
    return;
  for (guint j = 0; j < milestones; j++)
    logs[j] = pln_log(years[j]);
  Fast f = {logs, number, milestones, signatories, n - signatories};
  double ratio = pln_log(hazard_to(&past[PLN_JOIN_OTHER], fit->until) /
                         hazard_to(&past[PLN_JOIN_SIGNATORY], fit->until));
  double share = pln_clamp((double)number[0] / n, 0.95);
  double shape = pln_log(past[PLN_JOIN_SIGNATORY].shape);
  double p[3] = {shape, pln_log(-pln_log1p(-share)) - pln_exp(shape) * logs[0], MIN(ratio, 0)};
  double width[3] = {milestones > 1 ? 1.2 : 0, 6, milestones > 3 ? 3 : 0};
  search(&f, p, width);
  fit->fast_shape = pln_exp(p[0]);
  fit->fast_log_rate[PLN_JOIN_SIGNATORY] = p[1];
  fit->fast_log_rate[PLN_JOIN_OTHER] = p[1] + p[2];
  fit->fast_error = sqrt(fast_error(&f, p));
}
