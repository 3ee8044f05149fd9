/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spatial bargaining over all issues at once.  Each challenges whom it gains most from; what the
 * two would agree on goes into both queues; an election of all decides what each keeps of its own.
 * Equations: README.md of this folder, Spatial bargaining.  reference F4. */
#include <math.h>
#include <string.h>

#include "plenary/normal.h"
#include "plenary/spatial_part.h"

/* No challenge is worth it for less (in utility): in a first round the best are above .01. */
#define WORTH 1e-5

static PlnRun *set_up(guint n, guint m, const PlnMethodOptions *options) {
  PlnSpatial *s = pln_run_new(sizeof *s, n, m, TRUE);
  s->options = *options;
  pln_spatial_make(s, n, m);
  return &s->run;
}

static void clear(PlnRun *run) {
  if (!run)
    return;
  pln_spatial_clear((PlnSpatial *)run);
  pln_run_clear(run);
  g_free(run);
}

static void start(PlnRun *run, const PlnTalks *talks) {
  PlnSpatial *s = (PlnSpatial *)run;
  pln_run_start(run, talks);
  s->first = s->moved = 0;
  pln_spatial_seat(s);
  pln_spatial_assess(s);
}

/* x to the power; whole ones by multiplication, as they are usual and exact. */
static double to_power(double x, double power) {
  double product = 1;
  if (!(x > 0))
    return power > 0 ? 0 : 1;
  if (power != floor(power) || power < 0 || power > 16)
    return pln_exp(power * pln_log(x));
  for (int k = 0; k < (int)power; k++)
    product *= x;
  return product;
}

/* What @i gains by challenging whose position it likes least: most others cannot offer as much. */
static double promise(PlnSpatial *s, guint i) {
  guint worst = i;
  double most = 0, p;
  for (guint j = 0; j < s->n; j++) {
    double loss = j == i ? 0 : pln_contest_loss(s->contest, i, j);
    worst = loss > most ? j : worst;
    most = MAX(most, loss);
  }
  return worst == i ? 0 : pln_contest_of_challenger(s->contest, i, worst, &p);
}

/* Whom @i gains most from by a challenge; of equals the first.  Contests that could not be the best
 * are left out: at 193 actors a round takes half the time. */
static double choose(PlnSpatial *s, guint i) {
  PlnSpatialBargain *b = s->bargain + i;
  double chance = 0, least = promise(s, i), p;
  guint equals = 0;
  *b = (PlnSpatialBargain){PLN_SPATIAL_NOBODY, WORTH, 0};
  for (guint j = 0; j < s->n; j++) {
    double most = j == i ? 0 : pln_contest_loss(s->contest, i, j);
    if (!(most > WORTH) || (most < least && !pln_floor_tie(most, least)))
      continue;
    double gain = pln_contest_of_challenger(s->contest, i, j, &p);
    if (!(gain > WORTH))
      continue;
    gboolean equal = b->target != PLN_SPATIAL_NOBODY && pln_floor_tie(gain, b->own);
    equals = equal ? equals + (s->same[j] != s->same[b->target]) : gain > b->own ? 0 : equals;
    if (equal || gain <= b->own)
      continue;
    *b = (PlnSpatialBargain){j, gain, 0};
    least = MAX(least, gain);
    chance = p;
  }
  s->run.ties += equals;
  if (b->target != PLN_SPATIAL_NOBODY)
    b->others = pln_contest_of_challenged(s->contest, i, b->target, &p);
  return chance;
}

/* On each issue of both the mean of the two positions, by salience and strength; of nothing, or of
 * what only one has, nothing. */
static void agree(PlnSpatial *s, guint i, double chance) {
  guint m = s->run.m, j = s->bargain[i].target;
  double ours = to_power(chance, s->options.m_power);
  double theirs = to_power(1 - chance, s->options.m_power);
  for (guint d = 0; d < m; d++) {
    gsize a = (gsize)i * m + d, b = (gsize)j * m + d;
    double w_i = to_power(s->care[a], s->options.n_power) * ours;
    double w_j = to_power(s->care[b], s->options.n_power) * theirs;
    gboolean can = s->has[a] && s->has[b] && w_i + w_j > 0;
    s->point[a] = can ? s->at[a] + (s->at[b] - s->at[a]) * (w_j / (w_i + w_j)) : NAN;
  }
}

/* Where @who stands after bargain @i: in s->of_one. */
static const double *after(PlnSpatial *s, guint i, guint who) {
  guint m = s->run.m;
  for (guint d = 0; d < m; d++) {
    double point = s->point[(gsize)i * m + d];
    s->of_one[d] = isnan(point) ? s->at[(gsize)who * m + d] : point;
  }
  return s->of_one;
}

/* What bargain @i, the two moving and nobody else, means to everyone. */
static void value(PlnSpatial *s, guint i) {
  const PlnContest *c = s->contest;
  guint two[] = {i, s->bargain[i].target};
  for (guint k = 0; k < s->n; k++)
    s->change[(gsize)k * s->n + i] = 0;
  for (guint t = 0; t < 2; t++) {
    const double *to = after(s, i, two[t]);
    for (guint k = 0; k < s->n; k++) {
      double before = c->distance[(gsize)two[t] * c->stride + k];
      s->change[(gsize)k * s->n + i] += pln_spatial_utility(s, k, pln_spatial_distance(s, k, to)) -
                                        pln_spatial_utility(s, k, before);
    }
  }
}

/* Which bargain of its queue actor @k keeps, by an election of all; or nobody's: it stays.
 * The queue: to stay, its own challenge, those of others to it in their order. */
static guint resolve(PlnSpatial *s, guint k) {
  guint options = 1, best = 0;
  s->queue[0] = PLN_SPATIAL_NOBODY;
  if (s->bargain[k].target != PLN_SPATIAL_NOBODY)
    s->queue[options++] = k;
  for (guint i = 0; i < s->n; i++)
    if (s->bargain[i].target == k)
      s->queue[options++] = i;
  if (options == 1)
    return PLN_SPATIAL_NOBODY;
  pln_election_shape(s->election, s->n, options);
  for (guint v = 0; v < s->n; v++)
    for (guint a = 0; a < options; a++)
      s->election->utility[(gsize)v * options + a] =
          a == 0 ? 0 : s->change[(gsize)v * s->n + s->queue[a]];
  pln_spatial_elect(s);
  const double *p = s->election->chance;
  guint equals = 0;
  for (guint a = 1; a < options; a++)
    if (pln_floor_tie(p[a], p[best])) {
      equals++;
    } else if (p[a] > p[best]) {
      best = a;
      equals = 0;
    }
  s->run.ties += equals;
  return s->queue[best];
}

/* A share of the scale of issue @d in its units. */
static double in_units(const PlnSpatial *s, guint d, double share) {
  double low = s->run.talks->from[d], high = s->run.talks->to[d];
  return CLAMP(low + (high - low) * share, low, high);
}

static void note(PlnSpatial *s, guint k, guint i, const double *to) {
  const PlnSpatialBargain *b = s->bargain + i;
  const PlnTalks *talks = s->run.talks;
  guint m = s->run.m, other = k == i ? b->target : i;
  for (guint d = 0; d < m; d++) {
    double apart = pln_floor_apart(talks->from[d], talks->to[d]);
    double from = s->run.position[(gsize)s->actor[k] * m + d], end = in_units(s, d, to[d]);
    if (isnan(s->point[(gsize)i * m + d]) || fabs(from - end) <= apart)
      continue;
    PlnDeal deal = {.kind = PLN_DEAL_BARGAIN, .actor = s->actor[k], .other = s->actor[other],
                    .issue = d, .from = from, .to = end, .issue2 = -1,
                    .own = k == i ? b->own : b->others, .others = k == i ? b->others : b->own};
    pln_run_deal(&s->run, &deal);
  }
}

/* Actor @k to what bargain @i says.  Returns: how far that is. */
static double move(PlnSpatial *s, guint k, guint i) {
  guint m = s->run.m;
  const double *to = after(s, i, k);
  double far = 0;
  for (guint d = 0; d < m; d++) {
    double step = to[d] - s->at[(gsize)k * m + d];
    far += step * step;
    if (step != 0)
      s->next[(gsize)s->actor[k] * m + d] = in_units(s, d, to[d]);
  }
  note(s, k, i, to);
  return sqrt(far);
}

static PlnTalksEnd converged(const PlnRun *run) {
  const PlnSpatial *s = (const PlnSpatial *)run;
  if (s->nothing)
    return run->round == 0 ? PLN_TALKS_END_NOTHING : PLN_TALKS_END_STILL;
  if (run->round == 0)
    return PLN_TALKS_END_NOT_YET;
  if (!(s->moved > 0))
    return PLN_TALKS_END_STILL;
  return s->moved < s->options.still * s->first ? PLN_TALKS_END_SETTLED : PLN_TALKS_END_NOT_YET;
}

/* All at once, from where they stood at its start. */
static void step(PlnRun *run) {
  PlnSpatial *s = (PlnSpatial *)run;
  run->round++;
  if (run->deals)
    g_array_set_size(run->deals, 0);
  for (guint i = 0; i < s->n; i++) {
    double chance = choose(s, i);
    if (s->bargain[i].target == PLN_SPATIAL_NOBODY)
      continue;
    agree(s, i, chance);
    value(s, i);
  }
  memcpy(s->next, run->position, (gsize)run->n * run->m * sizeof *s->next);
  s->moved = 0;
  for (guint k = 0; k < s->n; k++) {
    guint i = resolve(s, k);
    s->moved += i == PLN_SPATIAL_NOBODY ? 0 : move(s, k, i);
  }
  s->first = run->round == 1 ? s->moved : s->first;
  memcpy(run->position, s->next, (gsize)run->n * run->m * sizeof *s->next);
  pln_spatial_assess(s);
  for (guint d = 0; d < run->m && converged(run) != PLN_TALKS_END_NOT_YET; d++)
    run->settled[d] = TRUE;
}

const PlnMethod pln_method_spatial = {
    .name = "spatial",
    .title = "spatial bargaining: each challenges whom it gains most from, an election decides",
    .source = "Wise, Lester and Efird 2015",
    .rounds = TRUE,
    .together = TRUE,
    .distribution = TRUE,
    .usual = 50,
    .set_up = set_up,
    .start = start,
    .step = step,
    .converged = converged,
    .free = clear,
};
