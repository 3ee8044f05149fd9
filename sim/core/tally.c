/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/tally.h"

#include <string.h>

#include "plenary/normal.h"
#include "plenary/wide.h"

enum { K = PLN_VOTE_KINDS, STEPS = 500, HALVINGS = 8 };

/* --- Raking --- */

static unsigned support(const double *chance) {
  unsigned set = 0;
  for (unsigned k = 0; k < K; k++)
    set |= chance[k] > 0 ? 1u << k : 0;
  return set;
}

static uint64_t total_of(const PlnTallyCase *t, unsigned set) {
  uint64_t sum = 0;
  for (unsigned k = 0; k < K; k++)
    sum += set >> k & 1 ? t->total[k] : 0;
  return sum;
}

/* Hall's condition: for no set of kinds are there more voters that can do nothing else than
 * its totals have places.  Where there are just as many, the others never take those places,
 * and their chances of them become 0: so that the factors sought are finite. */
static bool prune(const PlnTallyCase *t, double *chance) {
  if (total_of(t, (1u << K) - 1) != t->n)
    return false;
  for (bool again = true; again;) {
    uint64_t within[1 << K] = {0};
    for (uint32_t i = 0; i < t->n; i++)
      for (unsigned set = 0, own = support(chance + (size_t)i * K); set < 1u << K; set++)
        within[set] += !(own & ~set);
    again = false;
    for (unsigned set = 0; set < (1u << K) - 1; set++) {
      if (within[set] > total_of(t, set))
        return false;
      if (within[set] < total_of(t, set))
        continue;
      for (uint32_t i = 0; i < t->n; i++) {
        double *c = chance + (size_t)i * K;
        if (!(support(c) & ~set))
          continue;
        for (unsigned k = 0; k < K; k++) {
          again |= (set >> k & 1) && c[k] > 0;
          c[k] = set >> k & 1 ? 0 : c[k];
        }
      }
    }
  }
  return true;
}

/* How the sums of the chances stand to the totals. */
typedef struct {
  double sum[K], lack[K], cross[K][K]; /* cross: of the products of two kinds */
  double square;                       /* of the lack */
} Sums;

/* Multiplies the kinds by @by in place, and each voter to the sum of 1. */
static Sums tilt(const PlnTallyCase *t, const double by[K], double *chance) {
  Sums s = {0};
  for (uint32_t i = 0; i < t->n; i++) {
    double *c = chance + (size_t)i * K, q[K];
    for (int k = 0; k < K; k++)
      q[k] = c[k] * by[k];
    double all = (q[0] + q[1]) + (q[2] + q[3]);
    for (int k = 0; k < K; k++)
      s.sum[k] += c[k] = q[k] /= all;
    for (int k = 0; k < K; k++)
      for (int l = 0; l <= k; l++)
        s.cross[k][l] += q[k] * q[l];
  }
  for (int k = 0; k < K; k++) {
    s.lack[k] = t->total[k] - s.sum[k];
    s.square += s.lack[k] * s.lack[k];
  }
  return s;
}

/* Solves (diag(sum) - cross) step = lack; a little on the diagonal, as one direction at
 * least (all factors alike) changes nothing.  By itself: inlined, gcc 12 -O3 with AVX-512
 * takes it in another order. */
__attribute__((noinline)) static void newton(const Sums *s, double ridge, double step[K]) {
  double a[K][K];
  for (int k = 0; k < K; k++) {
    for (int l = 0; l <= k; l++)
      a[l][k] = a[k][l] = (k == l ? s->sum[k] + ridge : 0) - s->cross[k][l];
    step[k] = s->lack[k];
  }
  for (int k = 0; k < K; k++)
    for (int l = k + 1; l < K; l++) {
      double f = a[l][k] / a[k][k];
      for (int m = k; m < K; m++)
        a[l][m] -= f * a[k][m];
      step[l] -= f * step[k];
    }
  for (int k = K - 1; k >= 0; k--) {
    step[k] /= a[k][k];
    for (int l = 0; l < k; l++)
      step[l] -= a[l][k] * step[k];
  }
}

/* Newton's step, halved while it does not gain; false where it never did, and nothing was
 * changed (but for rounding). */
static bool advance(const PlnTallyCase *t, double *chance, double factor[K], Sums *at) {
  double step[K], by[K], most = 0, scale, square = at->square;
  newton(at, 1e-10 * t->n, step);
  for (int k = 0; k < K; k++)
    most = pln_abs(step[k]) > most ? pln_abs(step[k]) : most;
  scale = most > 4 ? 4 / most : 1;
  for (int half = 0; half <= HALVINGS; half++) {
    /* The first whole; then back by half of what it was; at last back to the start. */
    double part = half == 0 ? scale : half < HALVINGS ? -scale / 2 : -scale;
    scale = half == 0 ? scale : scale / 2;
    for (int k = 0; k < K; k++) {
      factor[k] += part * step[k];
      by[k] = pln_exp(part * step[k]);
    }
    *at = tilt(t, by, chance);
    if (half < HALVINGS && at->square < square)
      return true;
  }
  return false;
}

/* A step of iterative proportional fitting: from far off it goes any distance. */
static Sums fit(const PlnTallyCase *t, double *chance, double factor[K], const Sums *at) {
  double by[K];
  for (int k = 0; k < K; k++) {
    by[k] = t->total[k] > 0 && at->sum[k] > 0 ? t->total[k] / at->sum[k] : 1;
    factor[k] += pln_log(by[k]);
  }
  return tilt(t, by, chance);
}

/* @factor: the logs of the factors */
static PlnTallyResult rake(const PlnTallyCase *t, double *raked, double factor[K]) {
  double one[K] = {1, 1, 1, 1}, enough = 1e-12 + 1e-15 * t->n, fair = 10 * enough; /* of the lack */
  memcpy(raked, t->chance, (size_t)t->n * K * sizeof *raked);
  memset(factor, 0, K * sizeof *factor);
  if (!prune(t, raked))
    return PLN_TALLY_IMPOSSIBLE;
  Sums at = tilt(t, one, raked);
  for (int step = 0; step < STEPS && at.square > enough * enough; step++)
    if (step < 2 || !advance(t, raked, factor, &at)) {
      if (at.square <= fair * fair)
        break; /* no more is to be had of doubles */
      at = fit(t, raked, factor, &at);
    }
  return at.square <= 100 * fair * fair ? PLN_TALLY_DONE : PLN_TALLY_UNEVEN;
}

PlnTallyResult pln_tally_rake(const PlnTallyCase *tally, double *raked) {
  double factor[K];
  return rake(tally, raked, factor);
}

/* The log of what the raking divided out of each assignment with these totals, by the
 * likeliest kind of each voter. */
static double rest_of_log(const PlnTallyCase *t, const double *raked, const double factor[K]) {
  double log = 0;
  for (uint32_t i = 0; i < t->n; i++) {
    const double *q = raked + (size_t)i * K;
    int best = 0;
    for (int k = 1; k < K; k++)
      best = q[k] > q[best] ? k : best;
    log += pln_log(t->chance[(size_t)i * K + best]) - pln_log(q[best]) + factor[best];
  }
  for (int k = 0; k < K; k++)
    log -= factor[k] * t->total[k];
  return log;
}

/* --- The box of partial counts --- */

/* The largest total is implied, the next largest is the axis in which the doubles lie side
 * by side.  Past the end of each row there is a zero at least, past each plane a row of them,
 * before the first plane and past the last a plane: neighbours need no questions. */
typedef struct {
  int kind[K];    /* of each axis, outermost first; the last is implied */
  int64_t top[K]; /* its total */
  size_t row, plane, size;
  size_t shift[K]; /* to the neighbour one further on the axis; 0 of the implied one */
} Box;

static Box box_of(const PlnTallyCase *t) {
  Box b = {.kind = {0, 1, 2, 3}};
  for (int i = 1; i < K; i++)
    for (int j = i; j > 0 && t->total[b.kind[j]] < t->total[b.kind[j - 1]]; j--) {
      int kind = b.kind[j];
      b.kind[j] = b.kind[j - 1];
      b.kind[j - 1] = kind;
    }
  for (int i = 0; i < K; i++)
    b.top[i] = t->total[b.kind[i]];
  b.row = ((size_t)b.top[2] + 1) / PLN_FOUR_LANES * PLN_FOUR_LANES + PLN_FOUR_LANES;
  b.plane = b.row * ((size_t)b.top[1] + 2);
  b.size = b.plane * ((size_t)b.top[0] + 3) + PLN_FOUR_LANES;
  b.shift[0] = b.plane;
  b.shift[1] = b.row;
  b.shift[2] = 1;
  return b;
}

/* Of one row, before voter i: the counts low … high that are had of i voters and leave what
 * the rest can fill; and the places from … to, whole vectors, in which to write, as many more
 * as the next layer looks at.  Empty where from = to. */
typedef struct {
  int64_t low, high;
  size_t from, to;
} Span;

PLN_WIDE_INLINE Span span(const Box *b, int64_t i, int64_t outer, int64_t middle) {
  int64_t most = i - outer - middle, least = most - b->top[3], last = b->top[2];
  Span s = {.low = least < 0 ? 0 : least, .high = most > last ? last : most};
  if (s.low > last + 1 || s.high < -1)
    return s;
  int64_t from = s.low > 0 ? s.low - 1 : 0, to = s.high < last ? s.high + 1 : last;
  s.from = (size_t)from / PLN_FOUR_LANES * PLN_FOUR_LANES;
  s.to = (size_t)to / PLN_FOUR_LANES * PLN_FOUR_LANES + PLN_FOUR_LANES;
  return s;
}

/* Zero for what was written beyond the counts. */
PLN_WIDE_INLINE void trim(double *row, Span s) {
  for (size_t j = s.from; j < s.to && (int64_t)j < s.low; j++)
    row[j] = 0;
  for (size_t j = s.high + 1 > (int64_t)s.from ? (size_t)(s.high + 1) : s.from; j < s.to; j++)
    row[j] = 0;
}

PLN_WIDE_INLINE size_t place(const Box *b, int64_t outer, int64_t middle) {
  return b->plane * (size_t)(outer + 1) + b->row * (size_t)middle;
}

/* From the layer after voter i, @next, the one before: the chances of what is left.  @out may
 * be @next: the places are read before what lies before them is written. */
PLN_WIDE static void back(const Box *b, int64_t i, const double q[K], const double *next,
                          double *out) {
  for (int64_t outer = 0; outer <= b->top[0]; outer++)
    for (int64_t middle = 0; middle <= b->top[1]; middle++) {
      Span s = span(b, i, outer, middle);
      size_t at = place(b, outer, middle);
      const double *row = next + at;
      for (size_t j = s.from; j < s.to; j += PLN_FOUR_LANES)
        pln_four_store(out + at + j, (q[3] * pln_four_load(row + j) + q[2] * pln_four_load(row + j + 1)) +
                                (q[1] * pln_four_load(row + j + b->row) + q[0] * pln_four_load(row + j + b->plane)));
      trim(out + at, s);
    }
}

/* From the layer before voter i the one after, in place: the chances of having come there. */
PLN_WIDE static void forth(const Box *b, int64_t i, const double q[K], double *layer) {
  for (int64_t outer = b->top[0]; outer >= 0; outer--)
    for (int64_t middle = b->top[1]; middle >= 0; middle--) {
      Span s = span(b, i + 1, outer, middle);
      double *row = layer + place(b, outer, middle);
      for (size_t j = s.to; j > s.from;) {
        j -= PLN_FOUR_LANES;
        pln_four_store(row + j, (q[3] * pln_four_load(row + j) + q[2] * pln_four_load(row + j - 1)) +
                           (q[1] * pln_four_load(row + j - b->row) + q[0] * pln_four_load(row + j - b->plane)));
      }
      trim(row, s);
    }
}

/* Of voter i, kind by kind, the chance of all that came before and of all that comes after. */
PLN_WIDE static void meet(const Box *b, int64_t i, const double *before, const double *after,
                          double out[K]) {
  PlnFour sum0 = {0}, sum1 = sum0, sum2 = sum0, sum3 = sum0;
  for (int64_t outer = 0; outer <= b->top[0]; outer++)
    for (int64_t middle = 0; middle <= b->top[1]; middle++) {
      Span s = span(b, i, outer, middle);
      size_t at = place(b, outer, middle);
      for (size_t j = at + s.from; j < at + s.to; j += PLN_FOUR_LANES) {
        PlnFour come = pln_four_load(before + j);
        sum0 += come * pln_four_load(after + j + b->plane);
        sum1 += come * pln_four_load(after + j + b->row);
        sum2 += come * pln_four_load(after + j + 1);
        sum3 += come * pln_four_load(after + j);
      }
    }
  out[0] = pln_four_sum(sum0);
  out[1] = pln_four_sum(sum1);
  out[2] = pln_four_sum(sum2);
  out[3] = pln_four_sum(sum3);
}

/* --- Tables --- */

/* Layers of what is left: every @stride-th is kept from the first pass, those between are
 * made again, a stretch at a time. */
typedef struct {
  const PlnTallyCase *tally;
  Box box;
  uint32_t stride, kept;
  double factor[K], *raked, *layers, *between, *forward;
} Tables;

static uint32_t root(uint32_t n) {
  uint32_t r = 1;
  while ((uint64_t)r * r < n)
    r++;
  return r;
}

/* a b + c, or 0 where it or one of the factors is none that memory can be. */
static size_t extend(size_t a, size_t b, size_t c) {
  size_t most = SIZE_MAX / 64;
  return a > 0 && b > 0 && a < most / b && c < most ? a * b + c : 0;
}

size_t pln_tally_room(const PlnTallyCase *tally, PlnTallyTask task) {
  Box b = box_of(tally);
  uint32_t r = root(tally->n);
  size_t plane = extend(b.row, (size_t)b.top[1] + 2, 0);
  size_t layer = extend(plane, (size_t)b.top[0] + 3, PLN_FOUR_LANES);
  return extend(layer, task == PLN_TALLY_FOR_LOG ? 1 : 2 * (size_t)r + 2, (size_t)tally->n * K);
}

static void chances_of(const Tables *s, uint32_t i, double q[K]) {
  for (int k = 0; k < K; k++)
    q[k] = s->raked[(size_t)i * K + (size_t)s->box.kind[k]];
}

static void layer_before(const Tables *s, uint32_t i, const double *next, double *out) {
  double q[K];
  chances_of(s, i, q);
  back(&s->box, i, q, next, out);
}

/* The layer of the end: certain that nothing is left. */
static double *end_layer(const Tables *s, double *layer) {
  layer[place(&s->box, s->box.top[0], s->box.top[1]) + (size_t)s->box.top[2]] = 1;
  return layer;
}

/* The first pass: layer k stride of what is left stands in place k; the end's in the last. */
static void fill(Tables *s, bool keep) {
  uint32_t n = s->tally->n, stride = s->stride;
  size_t size = s->box.size, all = keep ? 2 * (size_t)stride + 2 : 1;
  memset(s->layers, 0, all * size * sizeof(double));
  double *at = end_layer(s, s->layers + (keep ? s->kept * size : 0));
  s->between = s->layers + (size_t)(s->kept + 1) * size;
  s->forward = s->between + (size_t)(stride - 1) * size;
  for (uint32_t i = n; i-- > 0;) {
    double *out = at;
    if (keep && (i + 1 == n || (i + 1) % stride == 0))
      out = s->layers + i / stride * size;
    layer_before(s, i, at, out);
    at = out;
  }
}

/* Rakes and makes the first pass; false where no assignment has a chance above 0. */
static bool start(const PlnTallyCase *t, double *room, bool keep, Tables *s) {
  uint32_t r = root(t->n);
  *s = (Tables){.tally = t, .box = box_of(t), .stride = r, .kept = (t->n + r - 1) / r};
  s->raked = room;
  s->layers = room + (size_t)t->n * K;
  if (rake(t, s->raked, s->factor) == PLN_TALLY_IMPOSSIBLE)
    return false;
  fill(s, keep);
  return s->layers[place(&s->box, 0, 0)] > 0;
}

static double log_of(const Tables *s) {
  return pln_log(s->layers[place(&s->box, 0, 0)]) + rest_of_log(s->tally, s->raked, s->factor);
}

static uint32_t stretch_end(const Tables *s, uint32_t k) {
  uint32_t n = s->tally->n;
  return n - k * s->stride > s->stride ? (k + 1) * s->stride : n;
}

/* What is left after voter i: kept, or of the stretch made last. */
static double *layer_after(const Tables *s, uint32_t i) {
  uint32_t k = i / s->stride;
  if (i + 1 == stretch_end(s, k))
    return s->layers + (k + 1) * s->box.size;
  return s->between + (i - k * s->stride) * s->box.size;
}

/* The layers within stretch @k, made again. */
static void make_stretch(const Tables *s, uint32_t k) {
  for (uint32_t i = stretch_end(s, k); --i > k * s->stride;)
    layer_before(s, i, layer_after(s, i), layer_after(s, i - 1));
}

PlnTallyResult pln_tally_log(const PlnTallyCase *tally, double *room, double *log) {
  Tables s;
  bool possible = start(tally, room, false, &s);
  *log = possible ? log_of(&s) : -PLN_INF;
  return possible ? PLN_TALLY_DONE : PLN_TALLY_IMPOSSIBLE;
}

static void give(const Tables *s, uint32_t i, double *given) {
  double q[K], meets[K];
  chances_of(s, i, q);
  meet(&s->box, i, s->forward, layer_after(s, i), meets);
  forth(&s->box, i, q, s->forward);
  for (int k = 0; k < K; k++)
    meets[k] *= q[k];
  double all = (meets[0] + meets[1]) + (meets[2] + meets[3]);
  for (int k = 0; k < K; k++)
    given[s->box.kind[k]] = meets[k] / all;
}

PlnTallyResult pln_tally_chances(const PlnTallyCase *tally, double *room, double *given,
                                 double *log) {
  Tables s;
  bool possible = start(tally, room, true, &s);
  if (log)
    *log = possible ? log_of(&s) : -PLN_INF;
  if (!possible)
    return PLN_TALLY_IMPOSSIBLE;
  s.forward[place(&s.box, 0, 0)] = 1;
  for (uint32_t i = 0; i < tally->n; i++) {
    if (i % s.stride == 0)
      make_stretch(&s, i / s.stride);
    give(&s, i, given + (size_t)i * K);
  }
  return PLN_TALLY_DONE;
}

/* Where the votes of the voters before @i lead. */
static size_t place_after(const Tables *s, const PlnVote *vote, uint32_t i) {
  size_t shift[K], at = place(&s->box, 0, 0);
  for (int k = 0; k < K; k++)
    shift[s->box.kind[k]] = s->box.shift[k];
  for (uint32_t j = 0; j < i; j++)
    at += shift[vote[j]];
  return at;
}

/* The axis of one vote, from what is left after it, at where the draw stands before it. */
static int draw_axis(const Box *b, const double q[K], const double *after, double uniform) {
  double part[K], below = 0;
  int last = 0;
  for (int k = 0; k < K; k++)
    part[k] = q[k] * after[b->shift[k]];
  uniform *= (part[0] + part[1]) + (part[2] + part[3]);
  for (int k = 0; k < K && below <= uniform; k++) {
    below += part[k];
    last = part[k] > 0 ? k : last;
  }
  return last;
}

static void draw_stretch(const Tables *s, uint32_t k, PlnDraw *stream, PlnVote *vote) {
  size_t at = place_after(s, vote, k * s->stride);
  for (uint32_t i = k * s->stride, end = stretch_end(s, k); i < end; i++) {
    double q[K];
    chances_of(s, i, q);
    int axis = draw_axis(&s->box, q, layer_after(s, i) + at, pln_draw_uniform(stream));
    vote[i] = (PlnVote)s->box.kind[axis];
    at += s->box.shift[axis];
  }
}

PlnTallyResult pln_tally_draw(const PlnTallyCase *tally, uint32_t draws, PlnDraw *stream,
                              double *room, PlnVote *vote) {
  Tables s;
  if (!start(tally, room, true, &s))
    return PLN_TALLY_IMPOSSIBLE;
  for (uint32_t k = 0; k < s.kept; k++) {
    make_stretch(&s, k);
    for (uint32_t d = 0; d < draws; d++)
      draw_stretch(&s, k, &stream[d], vote + (size_t)d * tally->n);
  }
  return PLN_TALLY_DONE;
}
