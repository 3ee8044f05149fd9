/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The boxes one after another, and what they count. */
#include "plenary/prim.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plenary/prim_part.h"
#include "plenary/workers.h"

PlnPrimOptions pln_prim_options(void) {
  return (PlnPrimOptions){.peel = 0.05,
                          .least = 0.05,
                          .boxes = 3,
                          .significance = 0.01,
                          .resamples = 20,
                          .seed = 1,
                          .threads = 1};
}

/* ---- Sides ---- */

static gboolean are_words(const PlnPrimRows *rows, guint j) {
  return rows->words && rows->words[j] > 0;
}

static guint64 all_words(guint n) {
  return n >= 64 ? ~G_GUINT64_CONSTANT(0) : (G_GUINT64_CONSTANT(1) << n) - 1;
}

void pln_prim_side_open(const PlnPrimRows *rows, guint j, PlnPrimSide *side) {
  *side = (PlnPrimSide){.low = -INFINITY, .high = INFINITY, .p = NAN, .reproduced = NAN};
  side->in = are_words(rows, j) ? all_words(rows->words[j]) : 0;
}

gboolean pln_prim_side_restricts(const PlnPrimRows *rows, guint j, const PlnPrimSide *side) {
  return are_words(rows, j) ? side->in != all_words(rows->words[j])
                            : side->low > -INFINITY || side->high < INFINITY;
}

gboolean pln_prim_side_holds(const PlnPrimSide *side, gboolean words, double x) {
  return words ? side->in >> (guint)x & 1 : x > side->low && x < side->high;
}

gboolean pln_prim_box_holds(const PlnPrimRows *rows, const PlnPrimSide *side, guint64 row) {
  for (guint j = 0; j < rows->d; j++)
    if (!pln_prim_side_holds(&side[j], are_words(rows, j), rows->x[row * rows->d + j]))
      return FALSE;
  return TRUE;
}

gboolean pln_prim_holds(const PlnPrim *prim, const PlnPrimBox *box, const guint *words,
                        const double *x) {
  PlnPrimRows one = {.rows = 1, .d = prim->d, .x = x, .words = words};
  return pln_prim_box_holds(&one, box->side, 0);
}

double pln_prim_worth(PlnPrimTally box, PlnPrimTally whole) {
  return 5.0 * (double)box.interest / (double)(whole.interest + 4 * box.rows);
}

/* ---- Boxes ---- */

/* How likely the box's interest would be at the frequency of @wider. */
static double chance_of(PlnPrimTally box, PlnPrimTally wider) {
  if (box.rows == 0 || wider.rows == 0)
    return 1;
  return pln_prim_tail(box.rows, box.interest, (double)wider.interest / (double)wider.rows);
}

static PlnPrimCount count_of(PlnPrimTally box, PlnPrimTally all) {
  PlnPrimCount count = {.rows = box.rows, .interest = box.interest};
  count.coverage = all.interest ? (double)box.interest / (double)all.interest : NAN;
  count.density = box.rows ? (double)box.interest / (double)box.rows : NAN;
  count.support = all.rows ? (double)box.rows / (double)all.rows : NAN;
  return count;
}

static void free_box(gpointer data) {
  PlnPrimBox *box = data;
  g_array_unref(box->trajectory);
  g_free(box->side);
  g_free(box);
}

static void set_sides(const PlnPrimSearch *search, PlnPrimTally held, PlnPrimBox *box) {
  const PlnPrimRows *rows = search->work->rows;
  for (guint j = 0; j < rows->d; j++) {
    box->side[j] = search->best[j];
    box->side[j].restricted = pln_prim_side_restricts(rows, j, &box->side[j]);
    if (!box->side[j].restricted)
      continue;
    PlnPrimSide kept = search->best[j];
    pln_prim_side_open(rows, j, &search->best[j]);
    box->side[j].p = chance_of(held, pln_prim_count_half(search, search->best, 2));
    search->best[j] = kept;
  }
}

static PlnPrimBox *box_of(const PlnPrimSearch *search, PlnPrimTally all) {
  PlnPrimBox *box = g_new0(PlnPrimBox, 1);
  PlnPrimTally made = pln_prim_count_half(search, search->best, 1);
  PlnPrimTally held = pln_prim_count_half(search, search->best, 2);
  PlnPrimTally outside = {0};
  for (guint64 row = 0; row < search->work->rows->rows; row++)
    if (search->half[row] == 2) {
      outside.rows++;
      outside.interest += search->work->rows->y[row];
    }
  box->side = g_new0(PlnPrimSide, search->work->rows->d);
  set_sides(search, held, box);
  box->all = count_of((PlnPrimTally){made.rows + held.rows, made.interest + held.interest}, all);
  box->held = count_of(held, search->whole_held);
  box->p = chance_of(held, outside);
  box->trajectory = g_array_ref(search->steps);
  box->chosen = search->chosen;
  for (guint k = 0; k < search->steps->len; k++) {
    PlnPrimStep *step = &g_array_index(search->steps, PlnPrimStep, k);
    step->held = count_of((PlnPrimTally){step->held.rows, step->held.interest}, search->whole_held);
  }
  return box;
}

static PlnPrimSearch *start_search(const PlnPrimWork *work, guint32 replicate, guint start) {
  PlnPrimSearch *search = pln_prim_search_new(work, replicate);
  pln_prim_peel(search, start);
  pln_prim_paste(search);
  return search;
}

typedef struct {
  const PlnPrimWork *work;
  double *worth; /* 1 + 2 d: of the box that each start comes to */
} Starts;

static gboolean stopped(const PlnPrimWork *work) {
  return work->options->progress && pln_progress_interrupted();
}

static void tell(const PlnPrimWork *work, guint64 steps) {
  if (work->options->progress)
    pln_progress_step(work->options->progress, steps);
}

static void try_start(guint task, guint thread, gpointer data) {
  Starts *starts = data;
  (void)thread;
  if (stopped(starts->work))
    return;
  g_autoptr(PlnPrimSearch) search = start_search(starts->work, 0, task);
  starts->worth[task] = pln_prim_worth(search->best_tally, search->whole);
  tell(starts->work, 1);
}

/* The best of all starts, of the half that makes (gone again, as to keep all takes more room than
 * time is lost); NULL where no face of it is borne out. */
static PlnPrimSearch *search_of(const PlnPrimWork *work, guint *start) {
  guint n = 1 + 2 * work->rows->d;
  g_autofree double *worth = g_new0(double, n);
  Starts starts = {work, worth};
  pln_workers_run(work->options->threads, n, try_start, &starts);
  *start = 0;
  for (guint k = 1; k < n; k++)
    *start = worth[k] > worth[*start] ? k : *start;
  if (stopped(work))
    return NULL;
  g_autoptr(PlnPrimSearch) best = start_search(work, 0, *start);
  return pln_prim_drop(best) > 0 ? g_steal_pointer(&best) : NULL;
}

typedef struct {
  const PlnPrimWork *work;
  guint start;        /* as the box's own */
  guint8 *restricted; /* resamples x d */
} Again;

static void search_again(guint task, guint thread, gpointer data) {
  Again *again = data;
  const PlnPrimRows *rows = again->work->rows;
  (void)thread;
  if (stopped(again->work))
    return;
  g_autoptr(PlnPrimSearch) search = start_search(again->work, task + 1, again->start);
  tell(again->work, 1);
  guint faces = pln_prim_drop(search);
  for (guint j = 0; faces > 0 && j < rows->d; j++)
    again->restricted[(gsize)task * rows->d + j] =
        (guint8)pln_prim_side_restricts(rows, j, &search->best[j]);
}

static void set_reproduced(const PlnPrimWork *work, guint start, PlnPrimBox *box) {
  guint d = work->rows->d, n = work->options->resamples;
  if (n == 0)
    return;
  Again again = {work, start, g_new0(guint8, (gsize)n * d)};
  pln_workers_run(work->options->threads, n, search_again, &again);
  for (guint j = 0; j < d; j++) {
    guint times = 0;
    for (guint k = 0; k < n; k++)
      times += again.restricted[(gsize)k * d + j];
    box->side[j].reproduced = (double)times / n;
  }
  g_free(again.restricted);
}

/* ---- Rows ---- */

typedef struct {
  double x;
  guint32 row;
} Place;

static int by_value(const void *a, const void *b) {
  const Place *p = a, *q = b;
  return p->x != q->x ? (p->x > q->x) - (p->x < q->x) : (p->row > q->row) - (p->row < q->row);
}

static void sort_rows(PlnPrimWork *work) {
  const PlnPrimRows *rows = work->rows;
  g_autofree Place *place = g_new(Place, rows->rows);
  work->order = g_new0(guint32 *, rows->d);
  for (guint j = 0; j < rows->d; j++) {
    if (are_words(rows, j))
      continue;
    for (guint64 i = 0; i < rows->rows; i++)
      place[i] = (Place){rows->x[i * rows->d + j], (guint32)i};
    qsort(place, rows->rows, sizeof *place, by_value);
    work->order[j] = g_new(guint32, rows->rows);
    for (guint64 i = 0; i < rows->rows; i++)
      work->order[j][i] = place[i].row;
  }
}

static void tear_down(PlnPrimWork *work) {
  for (guint j = 0; j < work->rows->d; j++)
    g_free(work->order[j]);
  g_free(work->order);
  g_free(work->alive);
}

/* Why no box can be looked for, or NULL. */
static const char *cannot(const PlnPrimRows *rows, guint64 interest) {
  if (rows->rows < PLN_PRIM_ROWS_LEAST)
    return "too few runs: at least 40 are needed";
  if (interest == 0)
    return "no run is of interest";
  if (interest == rows->rows)
    return "every run is of interest";
  return NULL;
}

static guint64 shut(PlnPrimWork *work, const PlnPrimBox *box) {
  guint64 left = 0;
  for (guint64 row = 0; row < work->rows->rows; row++) {
    work->alive[row] = work->alive[row] && !pln_prim_box_holds(work->rows, box->side, row);
    left += work->alive[row] && work->rows->y[row];
  }
  return left;
}

/* Whether interest is more frequent in the box than among all rows, not only than in what earlier
 * boxes left. */
static gboolean stands_out(const PlnPrimBox *box, PlnPrimTally all) {
  return box->held.density * (double)all.rows > (double)all.interest;
}

/* What is left after a box must be worth another: a twentieth of the interest. */
static void cover(PlnPrimWork *work, PlnPrim *prim) {
  PlnPrimTally all = {prim->rows, prim->interest};
  guint64 left = prim->interest;
  while (prim->boxes->len < work->options->boxes && left * 20 >= prim->interest && left > 0) {
    guint start;
    g_autoptr(PlnPrimSearch) search = search_of(work, &start);
    if (!search)
      break;
    PlnPrimBox *box = box_of(search, all);
    if (!stands_out(box, all)) {
      free_box(box);
      break;
    }
    set_reproduced(work, start, box);
    g_ptr_array_add(prim->boxes, box);
    left = shut(work, box);
  }
  prim->coverage = 1 - (double)left / (double)prim->interest;
}

guint64 pln_prim_steps(const PlnPrimOptions *options, guint d) {
  return (guint64)options->boxes * (1 + 2 * (guint64)d + options->resamples);
}

static void interrupt(PlnPrim *prim) {
  g_ptr_array_set_size(prim->boxes, 0);
  prim->coverage = 0;
  prim->interrupted = TRUE;
}

PlnPrim *pln_prim_find(const PlnPrimRows *rows, const PlnPrimOptions *options) {
  PlnPrim *prim = g_new0(PlnPrim, 1);
  prim->d = rows->d;
  prim->rows = rows->rows;
  prim->boxes = g_ptr_array_new_with_free_func(free_box);
  for (guint64 i = 0; i < rows->rows; i++)
    prim->interest += rows->y[i];
  prim->why = cannot(rows, prim->interest);
  if (prim->why)
    return prim;
  PlnPrimWork work = {.rows = rows, .options = options, .alive = g_malloc(rows->rows)};
  memset(work.alive, 1, rows->rows);
  sort_rows(&work);
  cover(&work, prim);
  if (stopped(&work))
    interrupt(prim);
  tear_down(&work);
  if (prim->boxes->len == 0)
    prim->why = prim->interrupted
                    ? "interrupted"
                    : "no part of the ranges stands out from the rest by more than chance";
  return prim;
}

void pln_prim_free(PlnPrim *prim) {
  if (!prim)
    return;
  g_ptr_array_unref(prim->boxes);
  g_free(prim);
}
