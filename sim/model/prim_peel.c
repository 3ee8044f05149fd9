/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Peeling and pasting: one search for one box. */
#include <math.h>
#include <string.h>

#include "plenary/draw.h"
#include "plenary/prim_part.h"

/* A slice at a face, and the limit without it. */
typedef struct {
  PlnPrimFace face;
  guint word;
  double at;
  PlnPrimTally tally;
} Slice;

static gboolean are_words(const PlnPrimRows *rows, guint j) {
  return rows->words && rows->words[j] > 0;
}

static double value(const PlnPrimRows *rows, guint64 row, guint j) {
  return rows->x[row * rows->d + j];
}

/* ---- The search ---- */

/* Bit @row of the replicate's stream says which half it is of. */
static void deal(PlnPrimSearch *search, guint32 replicate) {
  const PlnPrimWork *work = search->work;
  PlnDraw stream = pln_draw_stream(work->options->seed, PLN_STUDY_PRIM, replicate);
  guint64 bits = 0;
  for (guint64 row = 0; row < work->rows->rows; row++, bits >>= 1) {
    if (row % 64 == 0)
      bits = pln_draw_bits(&stream);
    gboolean makes = bits & 1, alive = work->alive[row];
    guint8 y = work->rows->y[row];
    search->half[row] = alive ? (makes ? 1 : 2) : 0;
    search->whole_held.rows += !makes;
    search->whole_held.interest += !makes && y;
    search->now.rows += alive && makes;
    search->now.interest += alive && makes && y;
    search->held_now.interest += alive && !makes && y;
    if (alive && !makes)
      search->held[search->held_now.rows++] = (guint32)row;
  }
  search->whole = search->now;
}

static void list_rows(PlnPrimSearch *search, guint j) {
  const PlnPrimWork *work = search->work;
  guint64 n = 0;
  search->in[j] = g_new(guint32, search->now.rows + 1);
  for (guint64 k = 0; k < work->rows->rows; k++) {
    guint32 row = work->order[j] ? work->order[j][k] : (guint32)k;
    if (search->half[row] == 1)
      search->in[j][n++] = row;
  }
}

PlnPrimSearch *pln_prim_search_new(const PlnPrimWork *work, guint32 replicate) {
  PlnPrimSearch *search = g_new0(PlnPrimSearch, 1);
  guint d = work->rows->d;
  search->work = work;
  search->half = g_new0(guint8, work->rows->rows);
  search->held = g_new(guint32, work->rows->rows + 1);
  search->side = g_new0(PlnPrimSide, d);
  search->best = g_new0(PlnPrimSide, d);
  search->in = g_new0(guint32 *, d);
  search->steps = g_array_new(FALSE, FALSE, sizeof(PlnPrimStep));
  deal(search, replicate);
  for (guint j = 0; j < d; j++) {
    pln_prim_side_open(work->rows, j, &search->side[j]);
    list_rows(search, j);
  }
  return search;
}

void pln_prim_search_free(PlnPrimSearch *search) {
  if (!search)
    return;
  for (guint j = 0; j < search->work->rows->d; j++)
    g_free(search->in[j]);
  g_free(search->in);
  g_free(search->half);
  g_free(search->held);
  g_free(search->side);
  g_free(search->best);
  g_array_unref(search->steps);
  g_free(search);
}

/* ---- Peeling ---- */

static guint64 slice_rows(const PlnPrimSearch *search, guint64 rows) {
  guint64 slice = (guint64)(search->work->options->peel * (double)rows);
  return MAX(slice, 1);
}

/* Midway between the last that is in and the next that is out; where doubles leave no room
 * between them, the one that is out. */
static double midway(double out, double in) {
  double at = out + (in - out) / 2;
  return at == in ? out : at;
}

/* @most rows from one end of the sorted list, all that share a value together.  FALSE: it is all
 * rows. */
static gboolean cut_numbers(const PlnPrimSearch *search, guint j, PlnPrimFaceKind kind,
                            guint64 most, Slice *slice) {
  const PlnPrimRows *rows = search->work->rows;
  const guint32 *in = search->in[j];
  guint64 n = search->now.rows, k = 0;
  PlnPrimTally tally = {0};
  double last = NAN, next = NAN;
  for (; k < n; k++) {
    guint32 row = in[kind == PLN_FACE_LOW ? k : n - 1 - k];
    next = value(rows, row, j);
    if (k >= most && next != last)
      break;
    last = next;
    tally.interest += rows->y[row];
  }
  tally.rows = k;
  if (k == n)
    return FALSE;
  *slice = (Slice){{j, kind}, 0, midway(last, next), tally};
  return TRUE;
}

/* Rows of interest must be less frequent; of two that are alike the larger slice. */
static gboolean is_better(const Slice *slice, const Slice *best) {
  guint64 mine = slice->tally.interest * best->tally.rows;
  guint64 its = best->tally.interest * slice->tally.rows;
  gboolean larger = slice->tally.rows > best->tally.rows;
  return best->tally.rows == 0 || mine < its || (mine == its && larger);
}

static void cut_words(const PlnPrimSearch *search, guint j, Slice *best) {
  const PlnPrimRows *rows = search->work->rows;
  PlnPrimTally tally[PLN_PRIM_WORDS] = {0};
  for (guint64 k = 0; k < search->now.rows; k++) {
    guint32 row = search->in[j][k];
    guint word = (guint)value(rows, row, j);
    tally[word].rows++;
    tally[word].interest += rows->y[row];
  }
  for (guint word = 0; word < rows->words[j]; word++) {
    Slice slice = {{j, PLN_FACE_WORDS}, word, 0, tally[word]};
    if (tally[word].rows > 0 && tally[word].rows < search->now.rows && is_better(&slice, best))
      *best = slice;
  }
}

static Slice find_slice(const PlnPrimSearch *search) {
  const PlnPrimRows *rows = search->work->rows;
  guint64 most = slice_rows(search, search->now.rows);
  Slice best = {0}, slice;
  for (guint j = 0; j < rows->d; j++) {
    if (are_words(rows, j)) {
      cut_words(search, j, &best);
      continue;
    }
    if (cut_numbers(search, j, PLN_FACE_LOW, most, &slice) && is_better(&slice, &best))
      best = slice;
    if (cut_numbers(search, j, PLN_FACE_HIGH, most, &slice) && is_better(&slice, &best))
      best = slice;
  }
  return best;
}

static void set_limit(PlnPrimSide *side, const Slice *slice) {
  if (slice->face.kind == PLN_FACE_LOW)
    side->low = slice->at;
  else if (slice->face.kind == PLN_FACE_HIGH)
    side->high = slice->at;
  else
    side->in ^= G_GUINT64_CONSTANT(1) << slice->word;
}

static void take_off(PlnPrimSearch *search, const Slice *slice) {
  const PlnPrimRows *rows = search->work->rows;
  guint cut = slice->face.j;
  PlnPrimSide *side = &search->side[cut];
  gboolean words = are_words(rows, cut);
  set_limit(side, slice);
  for (guint j = 0; j < rows->d; j++) {
    guint64 n = 0;
    for (guint64 k = 0; k < search->now.rows; k++)
      if (pln_prim_side_holds(side, words, value(rows, search->in[j][k], cut)))
        search->in[j][n++] = search->in[j][k];
  }
  search->now.rows -= slice->tally.rows;
  search->now.interest -= slice->tally.interest;
  guint64 n = 0;
  for (guint64 k = 0; k < search->held_now.rows; k++) {
    guint32 row = search->held[k];
    gboolean stays = pln_prim_side_holds(side, words, value(rows, row, cut));
    search->held_now.interest -= !stays && rows->y[row];
    search->held[n] = row;
    n += stays;
  }
  search->held_now.rows = n;
}

/* Keeps the step, and the box where none before was worth as much. */
static void note_step(PlnPrimSearch *search) {
  const PlnPrimRows *rows = search->work->rows;
  PlnPrimStep step = {.held = {search->held_now.rows, search->held_now.interest, 0, 0, 0}};
  for (guint j = 0; j < rows->d; j++)
    step.restricted += pln_prim_side_restricts(rows, j, &search->side[j]);
  g_array_append_val(search->steps, step);
  if (search->steps->len > 1 && pln_prim_worth(search->now, search->whole) <=
                                    pln_prim_worth(search->best_tally, search->whole))
    return;
  memcpy(search->best, search->side, rows->d * sizeof *search->best);
  search->best_tally = search->now;
  search->chosen = search->steps->len - 1;
}

/* Peeling takes from the ends alone: of boxes at both ends of a range, with nothing between them,
 * it sees neither.  So it is begun in each half of each range as well. */
static void halve(PlnPrimSearch *search, guint start) {
  PlnPrimFaceKind kind = start % 2 ? PLN_FACE_LOW : PLN_FACE_HIGH;
  Slice slice;
  guint j = (start - 1) / 2;
  if (!are_words(search->work->rows, j) &&
      cut_numbers(search, j, kind, search->now.rows / 2, &slice)) {
    take_off(search, &slice);
    note_step(search);
  }
}

void pln_prim_peel(PlnPrimSearch *search, guint start) {
  double least = search->work->options->least * (double)search->whole.rows;
  note_step(search);
  if (start > 0)
    halve(search, start);
  while (search->now.interest > 0 && search->now.interest < search->now.rows) {
    Slice slice = find_slice(search);
    if (slice.tally.rows == 0 || (double)(search->now.rows - slice.tally.rows) < MAX(least, 5))
      return;
    take_off(search, &slice);
    note_step(search);
  }
}

/* ---- Pasting ---- */

/* Of a row that makes which dimension alone keeps it out, plus 1; 0: it is in, or two do. */
static guint kept_out_by(const PlnPrimSearch *search, guint64 row) {
  const PlnPrimRows *rows = search->work->rows;
  guint by = 0;
  if (search->half[row] != 1)
    return 0;
  for (guint j = 0; j < rows->d; j++) {
    if (pln_prim_side_holds(&search->best[j], are_words(rows, j), value(rows, row, j)))
      continue;
    if (by)
      return 0;
    by = j + 1;
  }
  return by;
}

/* The nearest rows beyond a face, as many as a slice has. */
static Slice beyond(const PlnPrimSearch *search, const guint *by, PlnPrimFace face) {
  const PlnPrimRows *rows = search->work->rows;
  const PlnPrimSide *side = &search->best[face.j];
  guint64 most = slice_rows(search, search->best_tally.rows);
  gboolean low = face.kind == PLN_FACE_LOW;
  Slice slice = {face, 0, low ? -INFINITY : INFINITY, {0}};
  double last = NAN;
  for (guint64 k = 0; k < rows->rows; k++) {
    guint32 row = search->work->order[face.j][low ? rows->rows - 1 - k : k];
    double x = value(rows, row, face.j);
    if (by[row] != face.j + 1 || (low ? x > side->low : x < side->high))
      continue;
    if (slice.tally.rows >= most && x != last) {
      slice.at = midway(x, last);
      return slice;
    }
    last = x;
    slice.tally.rows++;
    slice.tally.interest += rows->y[row];
  }
  return slice;
}

static Slice beyond_word(const PlnPrimSearch *search, const guint *by, guint j, guint word) {
  const PlnPrimRows *rows = search->work->rows;
  Slice slice = {{j, PLN_FACE_WORDS}, word, 0, {0}};
  for (guint64 row = 0; row < rows->rows; row++)
    if (by[row] == j + 1 && (guint)value(rows, row, j) == word) {
      slice.tally.rows++;
      slice.tally.interest += rows->y[row];
    }
  return slice;
}

static void offer(const PlnPrimSearch *search, Slice slice, Slice *best, double *worth) {
  PlnPrimTally with = {search->best_tally.rows + slice.tally.rows,
                       search->best_tally.interest + slice.tally.interest};
  double mine = pln_prim_worth(with, search->whole);
  if (slice.tally.rows > 0 && mine > *worth) {
    *worth = mine;
    *best = slice;
  }
}

static Slice find_paste(const PlnPrimSearch *search, const guint *by) {
  const PlnPrimRows *rows = search->work->rows;
  double worth = pln_prim_worth(search->best_tally, search->whole);
  Slice best = {0};
  for (guint j = 0; j < rows->d; j++) {
    const PlnPrimSide *side = &search->best[j];
    for (guint word = 0; are_words(rows, j) && word < rows->words[j]; word++)
      if (!(side->in >> word & 1))
        offer(search, beyond_word(search, by, j, word), &best, &worth);
    if (!are_words(rows, j) && side->low > -INFINITY)
      offer(search, beyond(search, by, (PlnPrimFace){j, PLN_FACE_LOW}), &best, &worth);
    if (!are_words(rows, j) && side->high < INFINITY)
      offer(search, beyond(search, by, (PlnPrimFace){j, PLN_FACE_HIGH}), &best, &worth);
  }
  return best;
}

void pln_prim_paste(PlnPrimSearch *search) {
  const PlnPrimRows *rows = search->work->rows;
  g_autofree guint *by = g_new(guint, rows->rows);
  for (;;) {
    for (guint64 row = 0; row < rows->rows; row++)
      by[row] = kept_out_by(search, row);
    Slice slice = find_paste(search, by);
    if (slice.tally.rows == 0)
      return;
    set_limit(&search->best[slice.face.j], &slice);
    search->best_tally.rows += slice.tally.rows;
    search->best_tally.interest += slice.tally.interest;
  }
}
