/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which faces of a box the other half bears out. */
#include <math.h>

#include "plenary/prim_part.h"

/* Terms beside that of k, downwards and upwards, until they no longer count: a quotient of sums,
 * in which the factorials cancel.  A sum that grows beyond all doubles makes the chance 0. */
double pln_prim_tail(guint64 n, guint64 k, double q) {
  if (k == 0 || q >= 1)
    return 1;
  if (q <= 0 || k > n)
    return 0;
  double odds = q / (1 - q), above = 1, below = 0, term = 1;
  for (guint64 i = k; i < n && term > 1e-20 * above; i++)
    above += term *= (double)(n - i) / (double)(i + 1) * odds;
  term = 1;
  for (guint64 i = k; i > 0 && term > 1e-20 * below; i--)
    below += term *= (double)i / (double)(n - i + 1) / odds;
  return above < INFINITY ? above / (above + below) : 1;
}

/* The same of rows drawn without putting back: Fisher's exact test of the box against what the
 * face shuts out. */
double pln_prim_exact_tail(PlnPrimTally wider, guint64 n, guint64 k) {
  guint64 dull = wider.rows - wider.interest, least = n > dull ? n - dull : 0;
  guint64 most = MIN(n, wider.interest);
  if (k <= least)
    return 1;
  if (k > most)
    return 0;
  double above = 1, below = 0, term = 1;
  for (guint64 i = k; i < most && term > 1e-20 * above; i++)
    above += term *= (double)(wider.interest - i) / (double)(i + 1) * (double)(n - i) /
                     (double)(dull - n + i + 1);
  term = 1;
  for (guint64 i = k; i > least && term > 1e-20 * below; i--)
    below += term *=
        (double)i / (double)(wider.interest - i + 1) * (double)(dull - n + i) / (double)(n - i + 1);
  return above < INFINITY ? above / (above + below) : 1;
}

static void open_face(const PlnPrimRows *rows, PlnPrimFace face, PlnPrimSide *side) {
  PlnPrimSide whole;
  pln_prim_side_open(rows, face.j, &whole);
  if (face.kind == PLN_FACE_LOW)
    side->low = -INFINITY;
  else if (face.kind == PLN_FACE_HIGH)
    side->high = INFINITY;
  else
    side->in = whole.in;
}

static guint list_faces(const PlnPrimRows *rows, const PlnPrimSide *side, PlnPrimFace *face) {
  guint n = 0;
  for (guint j = 0; j < rows->d; j++) {
    if (rows->words && rows->words[j] > 0) {
      if (pln_prim_side_restricts(rows, j, &side[j]))
        face[n++] = (PlnPrimFace){j, PLN_FACE_WORDS};
      continue;
    }
    if (side[j].low > -INFINITY)
      face[n++] = (PlnPrimFace){j, PLN_FACE_LOW};
    if (side[j].high < INFINITY)
      face[n++] = (PlnPrimFace){j, PLN_FACE_HIGH};
  }
  return n;
}

PlnPrimTally pln_prim_count_half(const PlnPrimSearch *search, const PlnPrimSide *side,
                                 guint8 half) {
  const PlnPrimRows *rows = search->work->rows;
  PlnPrimTally tally = {0};
  for (guint64 row = 0; row < rows->rows; row++)
    if (search->half[row] == half && pln_prim_box_holds(rows, side, row)) {
      tally.rows++;
      tally.interest += rows->y[row];
    }
  return tally;
}

static double face_chance(const PlnPrimSearch *search, PlnPrimTally box, PlnPrimFace face) {
  PlnPrimSide kept = search->best[face.j];
  open_face(search->work->rows, face, &search->best[face.j]);
  PlnPrimTally wider = pln_prim_count_half(search, search->best, 2);
  search->best[face.j] = kept;
  return pln_prim_exact_tail(wider, box.rows, box.interest);
}

guint pln_prim_drop(PlnPrimSearch *search) {
  const PlnPrimRows *rows = search->work->rows;
  g_autofree PlnPrimFace *face = g_new(PlnPrimFace, 2 * rows->d);
  guint n = list_faces(rows, search->best, face);
  double level = search->work->options->significance / MAX(n, 1);
  while (n > 0) {
    PlnPrimTally box = pln_prim_count_half(search, search->best, 2);
    double worst = -1;
    PlnPrimFace weakest = {0};
    for (guint k = 0; k < n; k++) {
      double p = face_chance(search, box, face[k]);
      if (p > worst) {
        worst = p;
        weakest = face[k];
      }
    }
    if (worst <= level)
      return n;
    open_face(rows, weakest, &search->best[weakest.j]);
    n = list_faces(rows, search->best, face);
  }
  return 0;
}
