/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/draw.h"

#include <Random123/philox.h>

#include "plenary/normal.h"

enum { CHUNK = 64 }; /* numbers at once in a block fill: half a kilobyte of stack */

static void philox(const PlnDraw *draw, uint64_t block, uint64_t out[2]) {
  philox4x32_ctr_t counter = {
      {(uint32_t)block, (uint32_t)(block >> 32), draw->study, draw->replicate}};
  philox4x32_key_t key = {{(uint32_t)draw->seed, (uint32_t)(draw->seed >> 32)}};
  philox4x32_ctr_t r = philox4x32_R(10, counter, key);
  out[0] = r.v[0] | (uint64_t)r.v[1] << 32;
  out[1] = r.v[2] | (uint64_t)r.v[3] << 32;
}

/* The 53 high bits as a share of 2^53.  Zero, which is none of the open interval, becomes
 * half the least share.  By halves: there is no vector of conversions from 64 bits. */
static inline double share(uint64_t bits) {
  uint64_t k = bits >> 11;
  double high = pln_from_bits((k >> 32) | 0x4530000000000000); /* 2^84 + 2^32 times it */
  double low = pln_from_bits((k & 0xffffffff) | 0x4330000000000000); /* 2^52 + it */
  double whole = (high - (19342813113834066795298816.0 + 4503599627370496.0)) + low;
  return (whole > 0 ? whole : 0.5) * 1.1102230246251565404e-16;
}

PlnDraw pln_draw_stream(uint64_t seed, uint32_t study, uint32_t replicate) {
  return (PlnDraw){.seed = seed, .study = study, .replicate = replicate};
}

uint64_t pln_draw_bits(PlnDraw *draw) {
  if (draw->left == 0) {
    philox(draw, draw->block++, draw->pair);
    draw->left = 2;
  }
  return draw->pair[2 - draw->left--];
}

void pln_draw_skip(PlnDraw *draw, uint64_t n) {
  uint64_t rest = n < draw->left ? n : draw->left;
  draw->left -= (unsigned)rest;
  draw->block += (n - rest) >> 1;
  if ((n - rest) & 1)
    pln_draw_bits(draw);
}

double pln_draw_uniform(PlnDraw *draw) {
  return share(pln_draw_bits(draw));
}

double pln_draw_normal(PlnDraw *draw) {
  return pln_normal_inverse(pln_draw_uniform(draw));
}

double pln_draw_exponential(PlnDraw *draw) {
  return -pln_log(pln_draw_uniform(draw));
}

__extension__ typedef unsigned __int128 Wide;

/* The high half of bits times n, the few bits drawn again for which it would be uneven. */
uint64_t pln_draw_below(PlnDraw *draw, uint64_t n) {
  if (n == 0)
    return 0;
  Wide product = (Wide)pln_draw_bits(draw) * n;
  if ((uint64_t)product < n)
    for (uint64_t uneven = -n % n; (uint64_t)product < uneven;)
      product = (Wide)pln_draw_bits(draw) * n;
  return (uint64_t)(product >> 64);
}

/* Whole blocks, where none of the last is left. */
static void fill_blocks(PlnDraw *draw, size_t n_blocks, double *out) {
  uint64_t bits[CHUNK];
  for (size_t done = 0; done < n_blocks; done += CHUNK / 2) {
    size_t n = n_blocks - done < CHUNK / 2 ? n_blocks - done : CHUNK / 2;
    for (size_t i = 0; i < n; i++)
      philox(draw, draw->block + i, bits + 2 * i);
    for (size_t i = 0; i < 2 * n; i++)
      out[2 * done + i] = share(bits[i]);
    draw->block += n;
  }
}

void pln_draw_uniforms(PlnDraw *draw, size_t n, double *out) {
  if (n > 0 && draw->left > 0) {
    *out++ = pln_draw_uniform(draw);
    n--;
  }
  fill_blocks(draw, n / 2, out);
  if (n & 1)
    out[n - 1] = pln_draw_uniform(draw);
}

void pln_draw_normals(PlnDraw *draw, size_t n, double *out) {
  pln_draw_uniforms(draw, n, out);
  pln_normal_inverses(n, out, out);
}
