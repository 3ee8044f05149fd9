/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/sweep.h"

#include <math.h>
#include <string.h>

#include "plenary/lanes.h"
#include "plenary/normal.h"

/* The codes of cells: of two classes the sign of the answer, as a float, so that NONE adds
 * nothing to any derivative (and a constant to the log likelihood); of three a bit for each
 * answer.  Four bytes each, as not every compiler widens bytes in one go. */
enum { NO = 1, ABSTAIN = 2, YES = 4 };
#define FAR 1000.0f /* where the cut lies that there is none of */

static gint32 coded(guint8 answer, guint classes) {
  float sign = answer ? 1 : -1;
  gint32 code;
  if (answer == PLN_ANSWER_NONE)
    return 0;
  memcpy(&code, &sign, sizeof code);
  return classes == 2 ? code : 1 << answer;
}

static gpointer lanes_new(gsize n) {
  return g_aligned_alloc0(MAX(n, 1), sizeof(float), sizeof(PlnLanes));
}

/* The first cut is what the chain holds, and the other by its distance: so the first had better
 * be the one that the answers say more of.  Where no is the rarer side, all is mirrored. */
static gboolean is_mirrored(const PlnCells *cells, guint call) {
  const guint8 *answer = pln_cells_row(cells, call);
  guint no = 0, yes = 0;
  for (guint i = 0; i < cells->n_states; i++) {
    no += answer[i] == 0;
    yes += answer[i] == 2;
  }
  return cells->classes == 3 && no < yes;
}

PlnSweepCells *pln_sweep_cells_new(const PlnCells *cells) {
  PlnSweepCells *s = g_new0(PlnSweepCells, 1);
  guint n = s->n_states = cells->n_states, m = s->n_calls = cells->n_calls;
  s->classes = cells->classes;
  s->state_blocks = (n + PLN_LANES - 1) / PLN_LANES;
  s->call_blocks = (m + PLN_LANES - 1) / PLN_LANES;
  s->by_state = lanes_new((gsize)s->state_blocks * PLN_LANES * m);
  s->by_call = lanes_new((gsize)s->call_blocks * PLN_LANES * n);
  s->mirrored = g_new(gboolean, m);
  for (gsize j = 0; j < m; j++) {
    s->mirrored[j] = is_mirrored(cells, (guint)j);
    for (gsize i = 0; i < n; i++) {
      guint8 answer = pln_cells_row(cells, (guint)j)[i];
      gboolean turned = s->mirrored[j] && answer != PLN_ANSWER_NONE;
      gint32 c = coded(turned ? (guint8)(2 - answer) : answer, cells->classes);
      s->by_state[(i / PLN_LANES * m + j) * PLN_LANES + i % PLN_LANES] = c;
      s->by_call[(j / PLN_LANES * n + i) * PLN_LANES + j % PLN_LANES] = c;
    }
  }
  return s;
}

void pln_sweep_cells_free(PlnSweepCells *cells) {
  if (!cells)
    return;
  g_aligned_free(cells->by_state);
  g_aligned_free(cells->by_call);
  g_free(cells->mirrored);
  g_free(cells);
}

PlnSweep *pln_sweep_new(const PlnSweepCells *cells, double item_sd, double relax, PlnDraw draw) {
  PlnSweep *s = g_new0(PlnSweep, 1);
  gsize n = (gsize)cells->state_blocks * PLN_LANES, m = (gsize)cells->call_blocks * PLN_LANES;
  s->cells = cells;
  s->precision = (float)(1 / (item_sd * item_sd));
  s->relax = (float)relax;
  s->draw = draw;
  s->position = lanes_new(n);
  s->slope = lanes_new(m);
  s->cut = lanes_new(m);
  s->gap = lanes_new(m);
  s->second = lanes_new(m);
  for (guint i = 0; i < cells->n_states; i++)
    s->position[i] = (float)pln_draw_normal(&s->draw);
  return s;
}

void pln_sweep_free(PlnSweep *sweep) {
  if (!sweep)
    return;
  g_aligned_free(sweep->position);
  g_aligned_free(sweep->slope);
  g_aligned_free(sweep->cut);
  g_aligned_free(sweep->gap);
  g_aligned_free(sweep->second);
  g_free(sweep);
}

/* A cell's log likelihood is log mass - drop; then its derivatives by the two cuts, and their
 * negative second derivatives.  By the support they follow: it enters as cut - support. */
typedef struct {
  PlnLanes mass, drop, by1, by2, n11, n12, n22;
} Cell;

PLN_LANES_INLINE Cell cell_of_two(PlnLanes sign, PlnLanes above) {
  PlnLanes t = sign * above, half = t * t * 0.5f, p, q, zero = {0}, one = zero + 1;
  PlnLaneMask below = pln_lanes_negative(t);
  PlnLanes e = pln_lanes_exp_minus(half);
  pln_lanes_tail(pln_lanes_abs(t), &p, &q);
  PlnLanes num = pln_lanes_pick(below, p, q - e * p), r = 1 / (num * q);
  PlnLanes by = sign * (float)PLN_PHI_0 * pln_lanes_pick(below, one, e) * q * q * r;
  return (Cell){.mass = num * num * r,
                .drop = pln_lanes_only(below, half),
                .by1 = -by,
                .by2 = zero,
                .n11 = by * (by + above),
                .n12 = zero,
                .n22 = zero};
}

/* An interval from a to b with a + b <= 0: its mass, times exp(drop); the density at either
 * end over its mass; and the negative second derivatives of its log there. */
typedef struct {
  PlnLanes mass, drop, at_a, at_b, n_a, n_b;
} Interval;

PLN_LANES_INLINE Interval interval(PlnLanes a, PlnLanes b) {
  PlnLanes pa, qa, pb, qb, half = b * b * 0.5f, one = pln_lanes_all(1);
  PlnLaneMask below = pln_lanes_negative(b);
  Interval v = {.drop = pln_lanes_only(below, half)};
  PlnLanes eb = pln_lanes_pick(below, one, pln_lanes_exp_minus(half));
  PlnLanes ea = pln_lanes_exp_minus(a * a * 0.5f - v.drop);
  pln_lanes_tail(pln_lanes_abs(a), &pa, &qa);
  pln_lanes_tail(pln_lanes_abs(b), &pb, &qb);
  PlnLanes tail = eb * pb / qb;
  v.mass = pln_lanes_pick(below, tail, 1 - tail) - ea * pa / qa;
  v.mass = pln_lanes_least(v.mass, 1e-9f);
  PlnLanes scale = (float)PLN_PHI_0 / v.mass;
  v.at_a = scale * ea;
  v.at_b = scale * eb;
  v.n_a = v.at_a * (v.at_a - a);
  v.n_b = v.at_b * (v.at_b + b);
  return v;
}

/* Mirrored where most of the interval is positive. */
PLN_LANES_INLINE Cell cell_of_three(PlnLaneMask code, PlnLanes above1, PlnLanes above2) {
  PlnLanes far = pln_lanes_all(FAR);
  PlnLaneMask no = code << 31 >> 31, mid = code << 30 >> 31, yes = code << 29 >> 31;
  PlnLanes low = pln_lanes_pick(yes, -above2, pln_lanes_pick(mid, -above1, -far));
  PlnLanes high = pln_lanes_pick(no, -above1, pln_lanes_pick(mid, -above2, far));
  PlnLaneMask mirrored = pln_lanes_negative(-(low + high));
  Interval v = interval(pln_lanes_pick(mirrored, -high, low), pln_lanes_pick(mirrored, -low, high));
  PlnLanes at_low = pln_lanes_pick(mirrored, v.at_b, v.at_a);
  PlnLanes at_high = pln_lanes_pick(mirrored, v.at_a, v.at_b);
  PlnLanes n_low = pln_lanes_pick(mirrored, v.n_b, v.n_a);
  PlnLanes n_high = pln_lanes_pick(mirrored, v.n_a, v.n_b);
  return (Cell){
      .mass = v.mass,
      .drop = v.drop,
      .by1 = pln_lanes_only(no, at_high) - pln_lanes_only(mid, at_low),
      .by2 = pln_lanes_only(mid, at_high) - pln_lanes_only(yes, at_low),
      .n11 = pln_lanes_only(no, n_high) + pln_lanes_only(mid, n_low),
      .n12 = -pln_lanes_only(mid, v.at_a * v.at_b),
      .n22 = pln_lanes_only(mid, n_high) + pln_lanes_only(yes, n_low),
  };
}

PLN_LANES_INLINE Cell cell_at(int three, const gint32 *code, PlnLanes support, PlnLanes cut1,
                              PlnLanes cut2) {
  return three ? cell_of_three(*(const PlnLaneMask *)code, support - cut1, support - cut2)
               : cell_of_two(*(const PlnLanes *)code, support - cut1);
}

/* So many masses, each at least 1e-9, multiply without underflow; so many drops add up without
 * loss. */
enum { EVERY = 4, CARRY = 64 };

/* A log density up to a constant: log of a product, and a total of sums, in double precision as
 * the differences of it decide.  Its gradient; and its negative second derivative, the lower
 * triangle by rows.  In 1 (a state), 2 or 3 dimensions. */
typedef double Wide __attribute__((vector_size(128)));
typedef struct {
  PlnProduct product;
  Wide total;
  PlnLanes sum, gradient[3], k[6];
} Local;

PLN_LANES_INLINE Local local_new(void) {
  Local l;
  memset(&l, 0, sizeof l);
  l.product.mantissa = pln_lanes_all(1);
  return l;
}

PLN_LANES_INLINE void local_carry(Local *l) {
  l->total += __builtin_convertvector(l->sum, Wide);
  l->sum = pln_lanes_all(0);
}

PLN_LANES_INLINE void local_add(Local *l, const Cell *c, guint i) {
  l->product.mantissa *= c->mass;
  l->sum -= c->drop;
  if (i % EVERY == EVERY - 1)
    pln_product_settle(&l->product);
  if (i % CARRY == CARRY - 1)
    local_carry(l);
}

PLN_LANES_INLINE Local local_of_states(int three, const PlnSweep *s, guint block, PlnLanes x) {
  const PlnSweepCells *cells = s->cells;
  const gint32 *code = cells->by_state + (gsize)block * cells->n_calls * PLN_LANES;
  Local l = local_new();
  for (guint j = 0; j < cells->n_calls; j++) {
    PlnLanes slope = pln_lanes_all(s->slope[j]), cut = pln_lanes_all(s->cut[j]), zero = {0};
    PlnLanes cut2 = three ? pln_lanes_all(s->second[j]) : zero; /* see states_sweep */
    Cell c = cell_at(three, code + (gsize)j * PLN_LANES, slope * x, cut, cut2);
    local_add(&l, &c, j);
    PlnLanes by = three ? c.by1 + c.by2 : c.by1;
    PlnLanes n = three ? c.n11 + 2 * c.n12 + c.n22 : c.n11;
    l.gradient[0] -= by * slope;
    l.k[0] += n * (slope * slope);
  }
  pln_product_settle(&l.product);
  local_carry(&l);
  l.sum -= 0.5f * x * x;
  l.gradient[0] -= x;
  l.k[0] += 1;
  return l;
}

/* From the two cuts to the first and the logarithm of the gap, whose own scale adds @gap to
 * the log density and at least 1, its value at the mode, to the curvature. */
PLN_LANES_INLINE void local_by_gap(Local *l, PlnLanes gap, PlnLanes width) {
  PlnLanes k21 = l->k[4], k22 = l->k[5];
  l->sum += gap;
  l->gradient[1] += l->gradient[2];
  l->gradient[2] = width * l->gradient[2] + 1;
  l->k[1] += l->k[3];
  l->k[2] += 2 * k21 + k22;
  l->k[3] *= width;
  l->k[4] = width * (k21 + k22);
  l->k[5] = width * width * k22 + 1;
}

PLN_LANES_INLINE PlnLanes lanes_exp(PlnLanes x) {
  PlnLanes y;
  for (int k = 0; k < PLN_LANES; k++)
    y[k] = (float)pln_exp(x[k]);
  return y;
}

/* theta: slope, cut, logarithm of the gap. */
PLN_LANES_INLINE Local local_of_calls(int three, const PlnSweep *s, guint block,
                                      const PlnLanes *theta) {
  const PlnSweepCells *cells = s->cells;
  const gint32 *code = cells->by_call + (gsize)block * cells->n_states * PLN_LANES;
  PlnLanes slope = theta[0], cut = theta[1], zero = {0};
  PlnLanes width = three ? lanes_exp(theta[2]) : zero, cut2 = cut + width;
  Local l = local_new();
  for (guint i = 0; i < cells->n_states; i++) {
    PlnLanes x = pln_lanes_all(s->position[i]);
    Cell c = cell_at(three, code + (gsize)i * PLN_LANES, slope * x, cut, cut2);
    local_add(&l, &c, i);
    PlnLanes n1 = three ? c.n11 + c.n12 : c.n11, n2 = three ? c.n12 + c.n22 : zero;
    l.gradient[0] -= (three ? c.by1 + c.by2 : c.by1) * x;
    l.gradient[1] += c.by1;
    l.k[0] += (three ? n1 + n2 : n1) * (x * x);
    l.k[1] -= n1 * x;
    l.k[2] += c.n11;
    if (three) {
      l.gradient[2] += c.by2;
      l.k[3] -= n2 * x;
      l.k[4] += c.n12;
      l.k[5] += c.n22;
    }
  }
  pln_product_settle(&l.product);
  local_carry(&l);
  l.sum -= 0.5f * s->precision * (slope * slope + cut * cut + (three ? cut2 * cut2 : zero));
  l.gradient[0] -= s->precision * slope;
  l.gradient[1] -= s->precision * cut;
  l.k[0] += s->precision;
  l.k[2] += s->precision;
  if (three) {
    l.gradient[2] -= s->precision * cut2;
    l.k[5] += s->precision;
    local_by_gap(&l, theta[2], width);
  }
  return l;
}

/* The proposal from a place: its mean, and K = L D L' by L's lower triangle (without the ones)
 * and D; pull is 1/(1 - r²). */
typedef struct {
  PlnLanes mean[3], l10, l20, l21, d[3], det;
} Proposal;

/* No step is longer than three: far from the mass, Newton's may be anything. */
PLN_LANES_INLINE Proposal proposal_at(int dim, const Local *l, const PlnLanes *theta,
                                      float relax) {
  Proposal p;
  memset(&p, 0, sizeof p);
  PlnLanes step[3] = {l->gradient[0], l->gradient[1], l->gradient[2]};
  p.d[0] = p.det = l->k[0];
  if (dim > 1) {
    p.l10 = l->k[1] / p.d[0];
    p.d[1] = l->k[2] - p.l10 * l->k[1];
    p.d[1] = pln_lanes_least(p.d[1], 1e-6f);
    p.det *= p.d[1];
    step[1] -= p.l10 * step[0];
  }
  if (dim > 2) {
    PlnLanes c = l->k[4] - p.l10 * l->k[3];
    p.l20 = l->k[3] / p.d[0];
    p.l21 = c / p.d[1];
    p.d[2] = l->k[5] - p.l20 * l->k[3] - p.l21 * c;
    p.d[2] = pln_lanes_least(p.d[2], 1e-6f);
    p.det *= p.d[2];
    step[2] = (step[2] - p.l20 * step[0] - p.l21 * step[1]) / p.d[2];
  }
  if (dim > 1)
    step[1] = step[1] / p.d[1] - p.l21 * step[2];
  step[0] = step[0] / p.d[0] - p.l10 * step[1] - p.l20 * step[2];
  for (int k = 0; k < dim; k++)
    p.mean[k] = theta[k] + (1 + relax) * pln_lanes_between(step[k], 3);
  return p;
}

PLN_LANES_INLINE PlnLanes lanes_sqrt(PlnLanes x) {
  PlnLanes y;
  for (int k = 0; k < PLN_LANES; k++)
    y[k] = __builtin_sqrtf(x[k]);
  return y;
}

PLN_LANES_INLINE void proposal_draw(int dim, const Proposal *p, const PlnLanes *z, float spread,
                                    PlnLanes *theta) {
  PlnLanes w[3] = {{0}, {0}, {0}};
  for (int k = 0; k < dim; k++)
    w[k] = spread * z[k] / lanes_sqrt(p->d[k]);
  w[1] -= p->l21 * w[2];
  w[0] -= p->l10 * w[1] + p->l20 * w[2];
  for (int k = 0; k < dim; k++)
    theta[k] = p->mean[k] + w[k];
}

/* (theta - mean)' K (theta - mean) */
PLN_LANES_INLINE PlnLanes proposal_distance(int dim, const Proposal *p, const PlnLanes *theta) {
  PlnLanes v[3] = {{0}, {0}, {0}};
  for (int k = 0; k < dim; k++)
    v[k] = theta[k] - p->mean[k];
  PlnLanes a = v[0] + p->l10 * v[1] + p->l20 * v[2], b = v[1] + p->l21 * v[2];
  PlnLanes d = a * a * p->d[0];
  if (dim > 1)
    d += b * b * p->d[1];
  return dim > 2 ? d + v[2] * v[2] * p->d[2] : d;
}

/* The random numbers of one block's move. */
typedef struct {
  PlnLanes normal[3];
  double uniform[PLN_LANES];
} Chance;

/* Metropolis and Hastings on sixteen at once: what becomes of theta. */
PLN_LANES_INLINE void take(int dim, PlnSweep *s, const Local *at, const Proposal *from,
                           const Local *to, const Proposal *back, const Chance *chance,
                           PlnLanes *theta, const PlnLanes *there) {
  float pull = 0.5f / (1 - s->now * s->now);
  PlnLanes gone = {0}, sum, ratio;
  for (int k = 0; k < dim; k++)
    gone += chance->normal[k] * chance->normal[k];
  sum = to->sum - at->sum + 0.5f * gone - pull * proposal_distance(dim, back, theta);
  ratio = to->product.mantissa / at->product.mantissa * lanes_sqrt(back->det / from->det);
  PlnLaneMask exponent = to->product.exponent - at->product.exponent;
  for (int k = 0; k < PLN_LANES; k++) {
    double gain = to->total[k] - at->total[k] + sum[k] + exponent[k] * 0.693147180559945309417;
    gboolean yes = s->always || pln_log(chance->uniform[k] / ratio[k]) < gain;
    s->taken[dim > 1] += yes;
    for (int d = 0; d < dim; d++)
      theta[d][k] = yes ? there[d][k] : theta[d][k];
  }
  s->tried[dim > 1] += PLN_LANES;
}

PLN_LANES_INLINE void move_states(int three, PlnSweep *s, guint block, const Chance *chance) {
  PlnLanes *place = (PlnLanes *)s->position + block, x = *place, to;
  Local at = local_of_states(three, s, block, x);
  Proposal from = proposal_at(1, &at, &x, s->now);
  proposal_draw(1, &from, chance->normal, sqrtf(1 - s->now * s->now), &to);
  Local there = local_of_states(three, s, block, to);
  Proposal back = proposal_at(1, &there, &to, s->now);
  take(1, s, &at, &from, &there, &back, chance, &x, &to);
  *place = x;
}

PLN_LANES_INLINE void move_calls(int three, PlnSweep *s, guint block, const Chance *chance) {
  PlnLanes *place[3] = {(PlnLanes *)s->slope + block, (PlnLanes *)s->cut + block,
                        (PlnLanes *)s->gap + block};
  PlnLanes theta[3] = {*place[0], *place[1], *place[2]}, to[3];
  const int dim = three ? 3 : 2;
  Local at = local_of_calls(three, s, block, theta);
  Proposal from = proposal_at(dim, &at, theta, s->now);
  proposal_draw(dim, &from, chance->normal, sqrtf(1 - s->now * s->now), to);
  Local there = local_of_calls(three, s, block, to);
  Proposal back = proposal_at(dim, &there, to, s->now);
  take(dim, s, &at, &from, &there, &back, chance, theta, to);
  for (int d = 0; d < dim; d++)
    *place[d] = theta[d];
}

PLN_WIDE static void states_of_two(PlnSweep *s, guint block, const Chance *chance) {
  move_states(0, s, block, chance);
}

PLN_WIDE static void states_of_three(PlnSweep *s, guint block, const Chance *chance) {
  move_states(1, s, block, chance);
}

PLN_WIDE static void calls_of_two(PlnSweep *s, guint block, const Chance *chance) {
  move_calls(0, s, block, chance);
}

PLN_WIDE static void calls_of_three(PlnSweep *s, guint block, const Chance *chance) {
  move_calls(1, s, block, chance);
}

static void chance_draw(Chance *c, int dim, PlnDraw *draw) {
  double normal[3 * PLN_LANES];
  pln_draw_normals(draw, (size_t)dim * PLN_LANES, normal);
  for (int d = 0; d < dim; d++)
    for (int k = 0; k < PLN_LANES; k++)
      c->normal[d][k] = (float)normal[d * PLN_LANES + k];
  pln_draw_uniforms(draw, PLN_LANES, c->uniform);
}

/* While the states move, the roll calls stand still: their second cuts once for all. */
static void states_sweep(PlnSweep *s) {
  const PlnSweepCells *cells = s->cells;
  Chance chance;
  if (cells->classes == 3)
    for (guint j = 0; j < cells->n_calls; j++)
      s->second[j] = s->cut[j] + (float)pln_exp(s->gap[j]);
  for (guint b = 0; b < cells->state_blocks; b++) {
    chance_draw(&chance, 1, &s->draw);
    (cells->classes == 3 ? states_of_three : states_of_two)(s, b, &chance);
  }
}

static void calls_sweep(PlnSweep *s) {
  const PlnSweepCells *cells = s->cells;
  Chance chance;
  for (guint b = 0; b < cells->call_blocks; b++) {
    chance_draw(&chance, (int)cells->classes, &s->draw);
    (cells->classes == 3 ? calls_of_three : calls_of_two)(s, b, &chance);
  }
}

/* Positions plus b, cuts plus slope times b: only the priors change, and b is normal. */
static void shift(PlnSweep *s) {
  const PlnSweepCells *cells = s->cells;
  double precision = cells->n_states, pull = 0;
  for (guint i = 0; i < cells->n_states; i++)
    pull -= s->position[i];
  for (guint j = 0; j < cells->n_calls; j++) {
    double second = cells->classes == 3 ? s->cut[j] + pln_exp(s->gap[j]) : 0;
    guint cuts = cells->classes - 1;
    precision += s->precision * cuts * s->slope[j] * s->slope[j];
    pull -= s->precision * s->slope[j] * (s->cut[j] + second);
  }
  double b = pull / precision + pln_draw_normal(&s->draw) / sqrt(precision);
  for (guint i = 0; i < cells->n_states; i++)
    s->position[i] += (float)b;
  for (guint j = 0; j < cells->n_calls; j++)
    s->cut[j] += s->slope[j] * (float)b;
}

/* Positions times a, slopes over a, a = exp(t): the priors change, and the volume, by
 * exp((states - roll calls) t).  A random walk in t of about the width there is. */
static void scale(PlnSweep *s) {
  const PlnSweepCells *cells = s->cells;
  double xx = 0, bb = 0, n = cells->n_states, m = cells->n_calls;
  for (guint i = 0; i < cells->n_states; i++)
    xx += s->position[i] * s->position[i];
  for (guint j = 0; j < cells->n_calls; j++)
    bb += s->slope[j] * s->slope[j];
  for (int k = 0; k < 4; k++) { /* cheap beside a pass over the cells */
    double t = 2.4 / sqrt(2 * n + 2) * pln_draw_normal(&s->draw), a = pln_exp(t);
    double gain = 0.5 * xx * (1 - a * a) + (n - m) * t;
    gain += 0.5 * s->precision * bb * (1 - 1 / (a * a));
    if (pln_log(pln_draw_uniform(&s->draw)) >= gain)
      continue;
    for (guint i = 0; i < cells->n_states; i++)
      s->position[i] *= (float)a;
    for (guint j = 0; j < cells->n_calls; j++)
      s->slope[j] /= (float)a;
    xx *= a * a;
    bb /= a * a;
  }
}

/* Far in a tail where the curvature is small, Newton's step is too long, and what it finds is
 * refused again and again: so every fourth move of the states, and every second of the roll
 * calls, whose densities are more skew, takes 0.3 of the step only. */
void pln_sweep_go(PlnSweep *sweep) {
  const float careful = -0.7f;
  guint k = sweep->count++;
  sweep->now = k % 2 == 1 ? careful : sweep->relax;
  calls_sweep(sweep);
  sweep->now = k % 4 == 3 ? careful : sweep->relax;
  states_sweep(sweep);
  shift(sweep);
  scale(sweep);
}

void pln_sweep_curve(const PlnSweep *sweep, guint call, double *slope, double *low, double *high) {
  double cut = sweep->cut[call], width = sweep->cells->classes == 3 ? pln_exp(sweep->gap[call]) : 0;
  gboolean mirrored = sweep->cells->mirrored[call];
  *slope = mirrored ? -sweep->slope[call] : sweep->slope[call];
  *low = mirrored ? -cut - width : cut;
  *high = mirrored ? -cut : cut + width;
}
