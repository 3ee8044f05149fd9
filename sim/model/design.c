/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/design.h"

#include <gsl/gsl_qrng.h>
#include <math.h>
#include <string.h>

#include "plenary/draw.h"
#include "plenary/error.h"

/* POINT_BITS: what a double holds; FIRST: directions read off GSL's sequence, as many as the
 * highest degree of a polynomial.  ROUNDS: with six a pair of strata is as good as drawn. */
enum { POINT_BITS = 52, GSL_BITS = 30, FIRST = 8, ROUNDS = 6 };

/* Blocks of a dimension's stream from here on are the network's, those below the places'. */
#define NETWORK (G_GUINT64_CONSTANT(1) << 63)

struct PlnDesign {
  PlnDesignKind kind;
  guint d;
  guint64 n, seed;
  guint *level;                     /* of a grid: d */
  guint64 *stride;                  /* of a grid: d */
  guint64 rows, cols;               /* of latin: the network's two halves, rows x cols >= n */
  guint64 (*direction)[POINT_BITS]; /* of sobol: d */
};

const char *const pln_design_words[] = {"grid", "sobol", "latin", "random", NULL};

/* ---- Sobol's sequence ---- */

/* Primitive polynomials over two elements, of which the lowest bit is the constant
 * (Bratley and Fox, ACM TOMS 14, 1988, algorithm 659); that of dimension 0 is not used. */
static const guint polynomial[PLN_DESIGN_SOBOL_MOST] = {
    1,   3,   7,   11,  13,  19,  25,  37,  59,  47,  61,  55,  41,  67,
    97,  91,  109, 103, 115, 131, 193, 137, 145, 143, 241, 157, 185, 167,
    229, 171, 213, 191, 253, 203, 211, 239, 247, 285, 369, 299};

/* Successive points differ by one direction: that of the lowest bit set in the point's number. */
static void read_directions(PlnDesign *design) {
  gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, design->d);
  g_autofree double *x = g_new0(double, design->d);
  g_autofree guint64 *before = g_new0(guint64, design->d);
  for (guint k = 1; k <= 1u << (FIRST - 1); k++) {
    gsl_qrng_get(sequence, x);
    for (guint j = 0; j < design->d; j++) {
      guint64 now = (guint64)(x[j] * (1 << GSL_BITS)) << (POINT_BITS - GSL_BITS);
      if ((k & (k - 1)) == 0)
        design->direction[j][__builtin_ctz(k)] = now ^ before[j];
      before[j] = now;
    }
  }
  gsl_qrng_free(sequence);
}

/* The recurrence goes on where GSL, with 30 bits, ends. */
static void extend_directions(PlnDesign *design) {
  for (guint c = FIRST; c < POINT_BITS; c++)
    design->direction[0][c] = G_GUINT64_CONSTANT(1) << (POINT_BITS - 1 - c);
  for (guint j = 1; j < design->d; j++) {
    guint64 *v = design->direction[j];
    guint degree = 31 - (guint)__builtin_clz(polynomial[j]);
    for (guint c = FIRST; c < POINT_BITS; c++) {
      v[c] = v[c - degree] ^ v[c - degree] >> degree;
      for (guint i = 1; i < degree; i++)
        v[c] ^= polynomial[j] >> (degree - i) & 1 ? v[c - i] : 0;
    }
  }
}

/* Point k is the sum of the directions of the bits of k's Gray code (Antonov and Saleev 1979). */
static void sobol_point(const PlnDesign *design, guint64 k, double *u) {
  guint64 gray = (k + 1) ^ (k + 1) >> 1;
  for (guint j = 0; j < design->d; j++) {
    guint64 x = 0;
    for (guint64 rest = gray; rest != 0; rest &= rest - 1)
      x ^= design->direction[j][__builtin_ctzll(rest)];
    u[j] = (double)x * 0x1p-52;
  }
}

/* ---- Latin hypercube ---- */

__extension__ typedef unsigned __int128 Wide;

/* A number below @most that hangs on the dimension's stream, the round and the half. */
static guint64 mix(PlnDraw *stream, guint round, guint64 half, guint64 most) {
  stream->block = NETWORK | (guint64)round << 40 | half;
  stream->left = 0;
  return (guint64)((Wide)pln_draw_bits(stream) * most >> 64);
}

/* The stratum of point k: halves added to each other in turn, again until it is one of the n. */
static guint64 stratum(const PlnDesign *design, PlnDraw *stream, guint64 k) {
  do {
    guint64 row = k / design->cols, col = k % design->cols;
    for (guint round = 0; round < ROUNDS; round += 2) {
      row += mix(stream, round, col, design->rows);
      row -= row >= design->rows ? design->rows : 0;
      col += mix(stream, round + 1, row, design->cols);
      col -= col >= design->cols ? design->cols : 0;
    }
    k = row * design->cols + col;
  } while (k >= design->n);
  return k;
}

static double place(PlnDraw *stream, guint64 k) {
  stream->block = k;
  stream->left = 0;
  return pln_draw_uniform(stream);
}

/* Rounding must not carry a place into the stratum above. */
static double latin_coordinate(const PlnDesign *design, guint j, guint64 k) {
  PlnDraw stream = pln_draw_stream(design->seed, PLN_STUDY_DESIGN, j);
  double from = (double)stratum(design, &stream, k), at = from + place(&stream, k);
  return (at < from + 1 ? at : from + 0.5) / (double)design->n;
}

/* ---- The design ---- */

static gboolean set_up_grid(PlnDesign *design, const guint *levels, guint64 n, GError **error) {
  design->level = g_memdup2(levels, design->d * sizeof *levels);
  design->stride = g_new(guint64, design->d);
  guint64 points = 1, most = G_GUINT64_CONSTANT(1) << POINT_BITS;
  for (guint j = design->d; j-- > 0;) {
    design->stride[j] = points;
    if (levels[j] == 0 || points > (most - 1) / levels[j]) {
      g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                  levels[j] == 0 ? "a grid needs at least one level a dimension"
                                 : "a grid of more than 2^52 points; take latin, sobol or random");
      return FALSE;
    }
    points *= levels[j];
  }
  if (n != 0 && n != points) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "the grid has %" G_GUINT64_FORMAT " points, not %" G_GUINT64_FORMAT, points, n);
    return FALSE;
  }
  design->n = points;
  return TRUE;
}

static gboolean set_up_sobol(PlnDesign *design, GError **error) {
  if (design->d > PLN_DESIGN_SOBOL_MOST) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "a sobol design has at most %d dimensions, not %u; take latin or random",
                PLN_DESIGN_SOBOL_MOST, design->d);
    return FALSE;
  }
  if (design->d > 0) {
    design->direction = g_malloc0_n(design->d, sizeof *design->direction);
    read_directions(design);
    extend_directions(design);
  }
  return TRUE;
}

static void set_up_latin(PlnDesign *design) {
  design->cols = (guint64)sqrt((double)design->n);
  while (design->cols * design->cols < design->n)
    design->cols++;
  design->rows = (design->n + design->cols - 1) / design->cols;
}

PlnDesign *pln_design_new(PlnDesignKind kind, guint d, const guint *levels, guint64 n, guint64 seed,
                          GError **error) {
  g_autoptr(PlnDesign) design = g_new0(PlnDesign, 1);
  *design = (PlnDesign){.kind = kind, .d = d, .n = n, .seed = seed};
  if (kind == PLN_DESIGN_GRID)
    return set_up_grid(design, levels, n, error) ? g_steal_pointer(&design) : NULL;
  if (n == 0 || n >= G_GUINT64_CONSTANT(1) << POINT_BITS) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "a design has at least 1 and fewer than 2^52 points, not %" G_GUINT64_FORMAT, n);
    return NULL;
  }
  if (kind == PLN_DESIGN_SOBOL && !set_up_sobol(design, error))
    return NULL;
  if (kind == PLN_DESIGN_LATIN)
    set_up_latin(design);
  return g_steal_pointer(&design);
}

void pln_design_free(PlnDesign *design) {
  if (!design)
    return;
  g_free(design->level);
  g_free(design->stride);
  g_free(design->direction);
  g_free(design);
}

guint64 pln_design_points(const PlnDesign *design) {
  return design->n;
}

guint pln_design_level(const PlnDesign *design, guint64 k, guint j) {
  return (guint)(k / design->stride[j] % design->level[j]);
}

void pln_design_point(const PlnDesign *design, guint64 k, double *u) {
  if (design->kind == PLN_DESIGN_SOBOL) {
    sobol_point(design, k, u);
    return;
  }
  for (guint j = 0; j < design->d; j++) {
    if (design->kind == PLN_DESIGN_GRID) {
      u[j] = (pln_design_level(design, k, j) + 0.5) / design->level[j];
    } else if (design->kind == PLN_DESIGN_LATIN) {
      u[j] = latin_coordinate(design, j, k);
    } else {
      PlnDraw stream = pln_draw_stream(design->seed, PLN_STUDY_DESIGN, j);
      u[j] = place(&stream, k);
    }
  }
}
