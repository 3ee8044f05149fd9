/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/margin.h"

#include <string.h>

#include "plenary/normal.h"
#include "plenary/wide.h"

/* The answers that are given; an X is what they leave. */
enum { GIVEN = PLN_VOTE_X };

/* Where the series is trusted; see is_smooth. */
enum { LEAST_VARIANCE = 2, LEAST_DECAY = 5 };

static uint32_t common(uint32_t a, uint32_t b) {
  while (b > 0) {
    uint32_t rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

static int32_t add_of(PlnCountAs as, bool in_base, PlnMajority m) {
  if (as == PLN_COUNT_AS_YES)
    return (int32_t)(m.den - m.num);
  return as == PLN_COUNT_AS_NO || in_base ? -(int32_t)m.num : 0;
}

bool pln_margin_of_rule(const PlnRule *rule, PlnMargin *margin) {
  PlnMajority m = rule->majority;
  if (rule->method == PLN_METHOD_CONSENSUS || rule->veto || rule->weighted || rule->blocking > 0 ||
      rule->min_yes > 1 || m.num > m.den || m.den > INT32_MAX)
    return false;
  *margin = (PlnMargin){.strict = m.strict && m.num > 0};
  if (m.num == 0)
    return true;
  uint32_t by = common(m.num, m.den);
  m.num /= by;
  m.den /= by;
  margin->add[PLN_VOTE_Y] = add_of(PLN_COUNT_AS_YES, true, m);
  margin->add[PLN_VOTE_N] = add_of(PLN_COUNT_AS_NO, true, m);
  margin->add[PLN_VOTE_A] = add_of(rule->abstain, rule->basis != PLN_BASIS_VOTING, m);
  margin->add[PLN_VOTE_X] = add_of(rule->absent, rule->basis == PLN_BASIS_MEMBERS, m);
  return true;
}

PlnMargin pln_margin_count(PlnVote kind) {
  PlnMargin m = {.strict = true};
  m.add[kind] = 1;
  return m;
}

/* The answers that differ from X in what they add, and by how much. */
typedef struct {
  unsigned n;
  int64_t beyond[GIVEN];
  const double *chance[GIVEN];
  const double *lost; /* NULL, or chances that nobody takes */
  int64_t low, high;  /* of all answers, beyond X */
  int64_t base;       /* what X adds */
} Steps;

static Steps steps_of(const PlnMargin *m, const PlnMarginChances *c) {
  const double *given[GIVEN] = {c->yes, c->no, c->abstain};
  Steps s = {.base = m->add[PLN_VOTE_X]};
  for (int k = 0; k < GIVEN; k++) {
    int64_t beyond = m->add[k] - s.base;
    s.low = beyond < s.low ? beyond : s.low;
    s.high = beyond > s.high ? beyond : s.high;
    if (beyond != 0 && given[k]) {
      s.beyond[s.n] = beyond;
      s.chance[s.n++] = given[k];
    }
  }
  return s;
}

/* Room for zeros before the first place, as far as one voter reaches, and for a vector
 * beyond the last. */
size_t pln_margin_room(const PlnMargin *margin, uint32_t n) {
  Steps s = steps_of(margin, &(PlnMarginChances){0});
  uint64_t width = (uint64_t)(s.high - s.low), most = SIZE_MAX / 64;
  if (width >= most / ((uint64_t)n + 1))
    return 0;
  return (size_t)(width * ((uint64_t)n + 1)) + 2 * PLN_FOUR_LANES;
}

/* One voter more, in place, from the far end: each place reads only what lies before. */
PLN_WIDE_INLINE void add_voter(double *at, size_t n, unsigned ways, const size_t *shift,
                               const double *chance) {
  for (size_t j = (n + PLN_FOUR_LANES - 1) / PLN_FOUR_LANES; j-- > 0;) {
    double *place = at + j * PLN_FOUR_LANES;
    PlnFour sum = chance[0] * pln_four_load(place - shift[0]);
    for (unsigned k = 1; k < ways; k++)
      sum += chance[k] * pln_four_load(place - shift[k]);
    pln_four_store(place, sum);
  }
}

PLN_WIDE static void add_voters(const Steps *s, uint32_t n, double *at) {
  size_t width = (size_t)(s->high - s->low), shift[GIVEN + 1] = {(size_t)-s->low};
  for (unsigned k = 0; k < s->n; k++)
    shift[k + 1] = (size_t)(s->beyond[k] - s->low);
  for (uint32_t i = 0; i < n; i++) {
    double chance[GIVEN + 1], rest = s->lost ? 1 - s->lost[i] : 1;
    for (unsigned k = 0; k < s->n; k++)
      rest -= chance[k + 1] = s->chance[k][i];
    chance[0] = rest > 0 ? rest : 0;
    size_t places = width * ((size_t)i + 1) + 1;
    if (s->n == 2)
      add_voter(at, places, 3, shift, chance);
    else
      add_voter(at, places, s->n + 1, shift, chance);
  }
}

static PlnMarginSpread spread(const Steps *s, uint32_t n, double *room) {
  size_t width = (size_t)(s->high - s->low), places = width * n + 1;
  memset(room, 0, (width + places + PLN_FOUR_LANES) * sizeof *room);
  room[width] = 1;
  add_voters(s, n, room + width);
  return (PlnMarginSpread){.least = (s->base + s->low) * n, .n = places, .chance = room + width};
}

PlnMarginSpread pln_margin_spread(const PlnMargin *margin, const PlnMarginChances *chances,
                                  double *room) {
  Steps s = steps_of(margin, chances);
  return spread(&s, chances->n, room);
}

/* Of D > 0, or D >= 0: from the far end. */
static double reached(const PlnMargin *margin, const PlnMarginSpread *s) {
  double sum = 0;
  for (size_t j = s->n; j-- > 0 && s->least + (int64_t)j >= margin->strict;)
    sum += s->chance[j];
  return sum;
}

/* Whether the margin can be had without a yes. */
static bool without_yes(const PlnMargin *m) {
  bool can = !m->strict;
  for (int k = 0; k < PLN_VOTE_KINDS; k++)
    can |= k != PLN_VOTE_Y && m->add[k] > 0;
  return can;
}

double pln_margin_chance(const PlnMargin *margin, const PlnMarginChances *chances, double *room) {
  PlnMarginSpread all = pln_margin_spread(margin, chances, room);
  double chance = reached(margin, &all);
  if (chances->yes && without_yes(margin)) {
    PlnMarginChances others = *chances;
    others.yes = NULL;
    Steps s = steps_of(margin, &others);
    s.lost = chances->yes;
    PlnMarginSpread none = spread(&s, chances->n, room);
    chance -= reached(margin, &none);
  }
  chance = chance > 0 && chances->yes ? chance : 0;
  return chance < 1 ? chance : 1;
}

/* Sums over voters of the first four cumulants, of the variance of whether they answer
 * what adds neither least nor most, and the chance of no yes at all. */
typedef struct {
  double k1, k2, k3, k4, between, no_yes;
} Cumulants;

typedef struct {
  PlnFour k1, k2, k3, k4, between, no_yes;
} Lanes;

/* What the answers add in steps, and 1 where it lies between the least and the most. */
typedef struct {
  double add[GIVEN], between[GIVEN], rest_between;
} Scale;

static Scale scale_of(const Steps *s, uint32_t span) {
  Scale scale = {.rest_between = s->low < 0 && s->high > 0};
  for (unsigned k = 0; k < s->n; k++) {
    scale.add[k] = (double)s->beyond[k] / span;
    scale.between[k] = s->beyond[k] > s->low && s->beyond[k] < s->high;
    scale.between[k] -= scale.rest_between;
  }
  return scale;
}

PLN_WIDE_INLINE void add_lanes(unsigned ways, const Scale *scale, const double *const *chance,
                               const double *yes, size_t i, Lanes *sum) {
  PlnFour m1 = {0}, m2 = m1, m3 = m1, m4 = m1;
  PlnFour between = m1 + scale->rest_between;
  for (unsigned k = 0; k < ways; k++) {
    PlnFour share = pln_four_load(chance[k] + i), one = scale->add[k] * share;
    PlnFour two = scale->add[k] * one, three = scale->add[k] * two;
    m1 += one;
    m2 += two;
    m3 += three;
    m4 += scale->add[k] * three;
    between += scale->between[k] * share;
  }
  PlnFour square = m1 * m1;
  sum->k1 += m1;
  sum->k2 += m2 - square;
  sum->k3 += m3 - m1 * (3 * m2 - 2 * square);
  sum->k4 += m4 - 4 * (m1 * m3) - 3 * (m2 * m2) + square * (12 * m2 - 6 * square);
  sum->between += between * (1 - between);
  sum->no_yes *= 1 - pln_four_load(yes + i);
}

/* The last few voters: the same, with lanes of nobody. */
PLN_WIDE_INLINE void add_last(const Steps *s, const Scale *scale, const double *yes, size_t i,
                              size_t n, Lanes *sum) {
  double last[GIVEN][PLN_FOUR_LANES] = {{0}}, last_yes[PLN_FOUR_LANES] = {0};
  const double *chance[GIVEN] = {last[0], last[1], last[2]};
  for (size_t j = 0; j < n - i; j++) {
    for (unsigned k = 0; k < s->n; k++)
      last[k][j] = s->chance[k][i + j];
    last_yes[j] = yes[i + j];
  }
  add_lanes(s->n, scale, chance, last_yes, 0, sum);
}

PLN_WIDE static void cumulants(const Steps *s, const Scale *scale, const double *yes, size_t n,
                               Cumulants *out) {
  Lanes sum = {.no_yes = {1, 1, 1, 1}};
  size_t i = 0;
  for (; s->n == 2 && i + PLN_FOUR_LANES <= n; i += PLN_FOUR_LANES)
    add_lanes(2, scale, s->chance, yes, i, &sum);
  for (; i + PLN_FOUR_LANES <= n; i += PLN_FOUR_LANES)
    add_lanes(s->n, scale, s->chance, yes, i, &sum);
  add_last(s, scale, yes, i, n, &sum);
  PlnFour no = sum.no_yes;
  *out = (Cumulants){
      .k1 = pln_four_sum(sum.k1),
      .k2 = pln_four_sum(sum.k2),
      .k3 = pln_four_sum(sum.k3),
      .k4 = pln_four_sum(sum.k4),
      .between = pln_four_sum(sum.between),
      .no_yes = (no[0] * no[2]) * (no[1] * no[3])};
}

/* Edgeworth's series to the fourth cumulant: the share above @x. */
static double above(double x, double k2, double k3, double k4) {
  double z = x / pln_root(k2), g1 = k3 / (k2 * pln_root(k2)), g2 = k4 / (k2 * k2), zz = z * z;
  double series = g1 * (zz - 1) * (1.0 / 6) + g2 * z * (zz - 3) * (1.0 / 24) +
                  g1 * g1 * z * (zz * (zz - 10) + 15) * (1.0 / 72);
  return pln_normal(-z) + pln_phi(z) * series;
}

/* Smooth enough for the series?  Where hardly anybody answers what lies between the least and
 * the most, D takes only every width-th value: of that unevenness exp(-V (1 - cos(2 pi / width)))
 * is left, V the variance of how many do; the cosine from below by its series.
 * And the variance must be that of a few voters in doubt at least. */
static bool is_smooth(const Cumulants *c, double width) {
  double square = width * width;
  double turn = width > 2 ? (19.739 - 64.94 / square) / square : 2;
  bool even = width <= 1 || c->between * turn >= LEAST_DECAY;
  return even && c->k2 >= LEAST_VARIANCE * square;
}

/* So far from what is enough that it is certain, smooth or not: Bernstein's bound below 1e-9. */
static bool is_far(const Cumulants *c, double width, double least) {
  double t = pln_abs(least - 0.5 - c->k1) - 0.5;
  return t > 0 && t * t > 41.5 * (c->k2 + width * t * (1.0 / 3));
}

bool pln_margin_fast(const PlnMargin *margin, const PlnMarginChances *chances, double *chance) {
  Steps s = steps_of(margin, chances);
  Cumulants c;
  uint32_t span = 0;
  *chance = 0;
  if (!chances->yes)
    return true;
  for (unsigned k = 0; k < s.n; k++)
    span = common(span, (uint32_t)(s.beyond[k] < 0 ? -s.beyond[k] : s.beyond[k]));
  span = span > 0 ? span : 1; /* nobody does what would tell */
  Scale scale = scale_of(&s, span);
  cumulants(&s, &scale, chances->yes, chances->n, &c);
  int64_t lacks = margin->strict - s.base * chances->n;
  if (s.low == s.high) { /* all add alike: it hangs on a yes */
    *chance = lacks <= 0 ? 1 - c.no_yes : 0;
    return true;
  }
  /* The least number of spans that is enough; half a span before it the chance is cut. */
  int64_t least = lacks > 0 ? (lacks + span - 1) / span : -(-lacks / span);
  double variance = c.k2 > 0.25 ? c.k2 : 0.25; /* not smooth then, but a number */
  double share = above((double)least - 0.5 - c.k1, variance - 1.0 / 12, c.k3, c.k4 + 1.0 / 120);
  share = share < 1 - c.no_yes ? share : 1 - c.no_yes;
  *chance = share > 0 ? share : 0;
  double width = (double)(s.high - s.low) / span;
  return is_smooth(&c, width) || is_far(&c, width, (double)least);
}
