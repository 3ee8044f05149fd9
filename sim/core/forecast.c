/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/forecast.h"

#include "plenary/normal.h"
#include "plenary/wide.h"

/* Eight states and four draws at a time: each loading is read once for four draws.  Draws need
 * no more than single precision, and vectors longer than AVX2's would be slower there by more
 * than they are faster with AVX-512.  Random words are made of sixteen blocks abreast. */
enum { LANES = 8, ABREAST = 16, DRAWS = 4, WORDS_A_BLOCK = 4 };

/* Numbers of a stream before the late factors: far behind the words of any states. */
enum { BEHIND = 1 << 30 };

typedef float Lane __attribute__((vector_size(32)));
typedef int32_t Mask __attribute__((vector_size(32)));

#if defined(__clang__)
#pragma clang diagnostic ignored "-Wpass-failed" /* under a sanitizer it cannot be done */
#define APART _Pragma("clang loop vectorize(assume_safety)")
#else
#define APART _Pragma("GCC ivdep")
#endif

/* Where |l| is 1 nothing is left of a state's own: its cutpoint is then a cliff, not 0/0. */
static double own_of(double own) {
  return own > 1e-6 ? own : 1e-6;
}

/* ---- The chances given the factors ---- */

/* The three arguments of Phi, into where the answers will stand. */
PLN_WIDE static void arguments(const PlnForecast *f, const double *z, double *yes, double *no,
                               double *present) {
  double t = f->turnout, spread = __builtin_sqrt(1 - t * t);
  for (size_t i = 0; i < f->n_pad; i += PLN_WIDE_LANES) {
    PlnWide sum = pln_wide_all(0), own;
    for (uint32_t k = 0; k < f->f; k++)
      sum += z[1 + k] * pln_wide_load(f->loading + (size_t)k * f->n_pad + i);
    for (size_t j = 0; j < PLN_WIDE_LANES; j++)
      own[j] = own_of(f->own[i + j]);
    pln_wide_store(no + i, (pln_wide_load(f->below + i) - sum) / own);
    pln_wide_store(yes + i, (sum - pln_wide_load(f->above + i)) / own);
    pln_wide_store(present + i, (t * z[0] - pln_wide_load(f->absent + i)) / spread);
  }
}

void pln_forecast_given(const PlnForecast *forecast, const double *z, double *yes, double *no,
                        double *abstain) {
  size_t n = forecast->n_pad;
  arguments(forecast, z, yes, no, abstain);
  pln_normals(n, yes, yes);
  pln_normals(n, no, no);
  pln_normals(n, abstain, abstain);
  for (size_t i = 0; i < n; i++) {
    double between = 1 - no[i] - yes[i], present = abstain[i];
    no[i] *= present;
    yes[i] *= present;
    abstain[i] = between > 0 ? present * between : 0;
  }
}

/* ---- Draws ---- */

/* The forecast in single precision, cutpoints and loadings over own: m is n rounded up to
 * whole lanes.  What is beyond n is 0. */
typedef struct {
  uint32_t n, f, blocks;
  size_t m;
  float *loading, *below, *above, *present; /* f x m, m, m, m */
  float *z;                                 /* DRAWS x (1 + f): of turnout times its share */
  uint32_t *word;                           /* DRAWS x blocks x WORDS_A_BLOCK */
  double *normal;                           /* 1 + f */
} Ready;

static Ready ready_of(const PlnForecast *forecast, double *room) {
  Ready r = {.n = forecast->n, .f = forecast->f};
  r.m = ((size_t)r.n + LANES - 1) / LANES * LANES;
  r.blocks = (uint32_t)((r.m + ABREAST * WORDS_A_BLOCK - 1) / (ABREAST * WORDS_A_BLOCK) * ABREAST);
  r.normal = room;
  r.word = (uint32_t *)(r.normal + 1 + r.f);
  r.z = (float *)(r.word + (size_t)DRAWS * r.blocks * WORDS_A_BLOCK);
  r.below = r.z + DRAWS * (1 + r.f);
  r.above = r.below + r.m;
  r.present = r.above + r.m;
  r.loading = r.present + r.m;
  return r;
}

static float narrow(double x) {
  return (float)pln_clamp(x, 1e30);
}

static void fill(Ready *r, const PlnForecast *forecast) {
  double spread = __builtin_sqrt(1 - forecast->turnout * forecast->turnout);
  memset(r->below, 0, (3 + r->f) * r->m * sizeof *r->below);
  for (size_t i = 0; i < r->n; i++) {
    double own = own_of(forecast->own[i]);
    r->below[i] = narrow(forecast->below[i] / own);
    r->above[i] = narrow(forecast->above[i] / own);
    r->present[i] = narrow(forecast->absent[i] / spread);
    for (uint32_t k = 0; k < r->f; k++)
      r->loading[k * r->m + i] = narrow(forecast->loading[(size_t)k * forecast->n_pad + i] / own);
  }
}

#define ROUND                                                                                  \
  {                                                                                            \
    uint64_t p = (uint64_t)a * 0xd2511f53, q = (uint64_t)c * 0xcd9e8d57;                       \
    a = (uint32_t)(q >> 32) ^ b ^ low;                                                         \
    b = (uint32_t)q;                                                                           \
    c = (uint32_t)(p >> 32) ^ d ^ high;                                                        \
    d = (uint32_t)p;                                                                           \
    low += 0x9e3779b9;                                                                         \
    high += 0xbb67ae85;                                                                        \
  }

/* Philox4x32 with ten rounds, as in draw.c, of @blocks (a multiple of ABREAST) side by side: of
 * sixteen blocks all first words, then all second ones. */
PLN_WIDE static void random_words(const PlnDraw *at, uint32_t blocks, uint32_t *word) {
  for (uint32_t from = 0; from < blocks; from += ABREAST, word += ABREAST * WORDS_A_BLOCK)
    APART for (uint32_t j = 0; j < ABREAST; j++) {
      uint32_t a = (uint32_t)at->block + from + j, b = 0, c = at->study, d = at->replicate;
      uint32_t low = (uint32_t)at->seed, high = (uint32_t)(at->seed >> 32);
      ROUND ROUND ROUND ROUND ROUND ROUND ROUND ROUND ROUND ROUND
      word[j] = a;
      word[ABREAST + j] = b;
      word[2 * ABREAST + j] = c;
      word[3 * ABREAST + j] = d;
    }
}

static void draw_factors(PlnDraw stream, uint32_t f, uint32_t late, double *normal) {
  PlnDraw behind = stream;
  pln_draw_normals(&stream, 1 + f - late, normal);
  if (late == 0)
    return;
  pln_draw_skip(&behind, BEHIND);
  pln_draw_normals(&behind, late, normal + 1 + f - late);
}

/* Of one draw: the factors by the stream's first numbers, then from the next whole block on a
 * word of 32 bits a state.  @kept: the factors, where they are known already. */
static void draw_numbers(const Ready *r, const PlnForecast *forecast, PlnDraw stream, uint32_t d,
                         const double *kept) {
  double t = forecast->turnout;
  const double *normal = kept ? kept : r->normal;
  if (!kept)
    draw_factors(stream, r->f, forecast->late, r->normal);
  pln_draw_skip(&stream, 1 + r->f - forecast->late);
  float *z = r->z + d * (1 + r->f);
  z[0] = (float)(normal[0] * (t / __builtin_sqrt(1 - t * t)));
  for (uint32_t k = 1; k <= r->f; k++)
    z[k] = (float)normal[k];
  random_words(&stream, r->blocks, r->word + (size_t)d * r->blocks * WORDS_A_BLOCK);
}

PLN_WIDE_INLINE Lane load(const float *x) {
  Lane lane;
  memcpy(&lane, x, sizeof lane);
  return lane;
}

/* Comparisons are differences' signs, conversions are bits: of vectors longer than a register
 * these alone are made without going lane by lane. */
PLN_WIDE_INLINE Mask negative(Lane x) {
  return (Mask)x >> 31;
}

PLN_WIDE_INLINE Lane choose(Mask which, Lane a, Lane b) {
  return (Lane)(((Mask)a & which) | ((Mask)b & ~which));
}

/* 1 - Phi(x) by 1 / p(|x|)^16, the form of Hastings (1955) with a minimax fit of our own: error
 * 1.3e-7 before rounding, 1.3e-6 with it.  At 9 and beyond it is 0 beside the shares' 23 bits. */
PLN_WIDE_INLINE Lane above(Lane x) {
  Lane zero = {0}, nine = zero + 9, t = (Lane)((Mask)x & 0x7fffffff);
  t = choose(negative(t - nine), t, nine);
  Lane p = 1.0442737988293438f +
           t * (0.052074923883698714f + t * (0.022077919464097037f +
           t * (0.0034212980345791396f + t * (4.0732552079213944e-05f +
           t * (5.0705824296461264e-05f + t * 5.664398797498032e-06f)))));
  p *= p;
  p *= p;
  p *= p;
  p *= p;
  Lane tail = 1 / p;
  return choose(negative(x), 1 - tail, tail);
}

/* Where a share of 23 bits lies before @end, which is within 0 ... 1: never at 0, always at 1. */
PLN_WIDE_INLINE Mask falls(Mask share, Lane end) {
  return (share - ((Mask)(1 + end) - 0x3f800000)) >> 31;
}

typedef struct {
  Mask absent, no, abstain; /* each with those before it: -1 where so */
} Answers;

PLN_WIDE_INLINE Answers answer(const Ready *r, size_t i, Lane common, float turn,
                               const uint32_t *word) {
  Mask share;
  memcpy(&share, word + i, sizeof share);
  share = (share >> 9) & 0x7fffff;
  Lane keep = above(load(r->present + i) - turn);
  Answers a = {.absent = falls(share, 1 - keep)};
  a.no = a.absent | falls(share, 1 - keep * above(load(r->below + i) - common));
  a.abstain = a.no | falls(share, 1 - keep * above(load(r->above + i) - common));
  return a;
}

PLN_WIDE_INLINE void commons(const Ready *r, size_t i, Lane *common) {
  Lane s0 = {0}, s1 = s0, s2 = s0, s3 = s0;
  const float *z = r->z + 1, *loading = r->loading + i;
  size_t step = 1 + r->f;
  for (uint32_t k = 0; k < r->f; k++, z++, loading += r->m) {
    Lane l = load(loading);
    s0 += l * z[0];
    s1 += l * z[step];
    s2 += l * z[2 * step];
    s3 += l * z[3 * step];
  }
  common[0] = s0, common[1] = s1, common[2] = s2, common[3] = s3;
}

PLN_WIDE_INLINE uint32_t many(Mask mask) {
  int32_t sum = 0;
  for (int j = 0; j < LANES; j++)
    sum -= mask[j];
  return (uint32_t)sum;
}

/* The last of a row's states beyond n stay out of the row. */
PLN_WIDE_INLINE void keep_votes(const Answers *a, size_t n, PlnVote *vote) {
  Mask code = a->no - 2 * a->abstain - 2 * a->absent;
  int32_t kind[LANES];
  memcpy(kind, &code, sizeof kind);
  if (n >= LANES) {
    for (size_t j = 0; j < LANES; j++)
      vote[j] = (PlnVote)kind[j];
    return;
  }
  for (size_t j = 0; j < n; j++)
    vote[j] = (PlnVote)kind[j];
}

PLN_WIDE static void answer_votes(const Ready *r, uint32_t draws, PlnVote *vote) {
  for (size_t i = 0; i < r->m; i += LANES) {
    Lane common[DRAWS];
    commons(r, i, common);
    for (uint32_t d = 0; d < DRAWS; d++) {
      Answers a = answer(r, i, common[d], r->z[d * (1 + r->f)],
                         r->word + (size_t)d * r->blocks * WORDS_A_BLOCK);
      if (d < draws)
        keep_votes(&a, r->n - i, vote + (size_t)d * r->n + i);
    }
  }
}

PLN_WIDE static void answer_tallies(const Ready *r, uint32_t draws, uint32_t *tally) {
  Answers sum[DRAWS] = {0};
  for (size_t i = 0; i < r->m; i += LANES) {
    Lane common[DRAWS];
    commons(r, i, common);
    for (uint32_t d = 0; d < DRAWS; d++) {
      Answers a = answer(r, i, common[d], r->z[d * (1 + r->f)],
                         r->word + (size_t)d * r->blocks * WORDS_A_BLOCK);
      sum[d].absent += a.absent;
      sum[d].no += a.no;
      sum[d].abstain += a.abstain;
    }
  }
  for (uint32_t d = 0; d < draws; d++, tally += PLN_VOTE_KINDS) {
    uint32_t x = many(sum[d].absent), n = many(sum[d].no), a = many(sum[d].abstain);
    tally[PLN_VOTE_X] = x;
    tally[PLN_VOTE_N] = n - x;
    tally[PLN_VOTE_A] = a - n;
    tally[PLN_VOTE_Y] = r->n - a;
  }
}

/* Beyond n nobody is absent and all say yes: they fall nowhere. */
static void silence(const Ready *r) {
  for (size_t i = r->n; i < r->m; i++) {
    r->below[i] = r->above[i] = -1e30f;
    r->present[i] = -1e30f;
  }
}

static Ready prepare(const PlnForecast *forecast, double *room) {
  Ready r = ready_of(forecast, room);
  fill(&r, forecast);
  silence(&r);
  return r;
}

/* Numbers of DRAWS draws, those beyond the last too.
 * @kept: (nullable): the factors of @n of them */
static void draw_all(const Ready *r, const PlnForecast *forecast, uint64_t seed, uint32_t study,
                     uint32_t first, uint32_t n, const double *kept) {
  for (uint32_t d = 0; d < DRAWS; d++) {
    const double *own = kept ? kept + (size_t)(d < n ? d : 0) * (1 + r->f) : 0;
    draw_numbers(r, forecast, pln_draw_stream(seed, study, first + d), d, own);
  }
}

void pln_forecast_draw(const PlnForecast *forecast, uint64_t seed, uint32_t study, uint32_t first,
                       uint32_t draws, double *room, PlnVote *vote) {
  Ready r = prepare(forecast, room);
  for (uint32_t done = 0; done < draws; done += DRAWS) {
    uint32_t n = draws - done < DRAWS ? draws - done : DRAWS;
    draw_all(&r, forecast, seed, study, first + done, n, 0);
    answer_votes(&r, n, vote + (size_t)done * r.n);
  }
}

void pln_forecast_normals(uint32_t f, uint32_t late, uint64_t seed, uint32_t study, uint32_t first,
                          uint32_t draws, double *normal) {
  for (uint32_t k = 0; k < draws; k++)
    draw_factors(pln_draw_stream(seed, study, first + k), f, late, normal + (size_t)k * (1 + f));
}

void pln_forecast_tallies_of(const PlnForecast *forecast, const double *normal, uint64_t seed,
                             uint32_t study, uint32_t first, uint32_t draws, double *room,
                             uint32_t *tally) {
  Ready r = prepare(forecast, room);
  for (uint32_t done = 0; done < draws; done += DRAWS) {
    uint32_t n = draws - done < DRAWS ? draws - done : DRAWS;
    const double *kept = normal ? normal + (size_t)done * (1 + r.f) : 0;
    draw_all(&r, forecast, seed, study, first + done, n, kept);
    answer_tallies(&r, n, tally + (size_t)done * PLN_VOTE_KINDS);
  }
}

void pln_forecast_tallies(const PlnForecast *forecast, uint64_t seed, uint32_t study,
                          uint32_t first, uint32_t draws, double *room, uint32_t *tally) {
  pln_forecast_tallies_of(forecast, 0, seed, study, first, draws, room, tally);
}
