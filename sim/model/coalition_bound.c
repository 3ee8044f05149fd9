/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bounds of a cover: multipliers near the best ones of the root, a table of the smallest need. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plenary/coalition_part.h"

/* CORNERS: types whose balance is looked at; MOST: sums of bounds stay below this power of two. */
enum { CORNERS = 3, MOST = 120, MOST_CELLS = 400000, FEW_CELLS = 50, STEPPED = 2 };

/* ---- Multipliers ---- */

/* A type's cost per amount of the last need, the multipliers of the others being fixed. */
typedef struct {
  double at;
  guint type;
} Break;

static int by_break(gconstpointer a, gconstpointer b) {
  const Break *x = a, *y = b;
  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;
  return (x->type > y->type) - (x->type < y->type);
}

static double reduced_cost(const PlnCoverType *type, const double *m, guint needs) {
  double cost = (double)type->cost;
  for (guint k = 0; k < needs; k++)
    cost -= m[k] * (double)type->amount[k];
  return cost;
}

/* The bound for multipliers @m; of one need alone it is what its fractional cover costs. */
static double bound_of(const PlnCover *s, const double *m) {
  double bound = 0;
  for (guint k = 0; k < s->needs; k++)
    bound += m[k] * (double)s->need[k].need;
  for (guint t = 0; t < s->types->len; t++) {
    double reduced = reduced_cost(pln_cover_type(s, t), m, s->needs);
    bound += reduced < 0 ? reduced * pln_cover_type(s, t)->count : 0;
  }
  return bound;
}

/* The breaks of the last need in order; where the fractional cover ends.  @order: types->len */
static guint cover(const PlnCover *s, const double *m, Break *order, guint *used) {
  guint k = s->needs - 1, n = 0;
  double open = (double)s->need[k].need;
  for (guint t = 0; t < s->types->len; t++) {
    const PlnCoverType *type = pln_cover_type(s, t);
    double reduced = reduced_cost(type, m, k);
    if (type->amount[k] > 0)
      order[n++] = (Break){MAX(reduced, 0) / (double)type->amount[k], t};
  }
  qsort(order, n, sizeof *order, by_break);
  guint place = 0;
  for (; place + 1 < n; place++) {
    const PlnCoverType *type = pln_cover_type(s, order[place].type);
    open -= (double)type->amount[k] * type->count;
    if (open <= 0)
      break;
  }
  *used = n;
  return place;
}

/* The bound is concave in each multiplier: the last one's best is a break, those before are
 * narrowed down, one inside the other. */
static double ascend(const PlnCover *s, guint k, double *m, Break *order) {
  if (k + 1 == s->needs) {
    guint n, place = cover(s, m, order, &n);
    m[k] = n > 0 ? order[place].at : 0;
    return bound_of(s, m);
  }
  double low = 0, high = 0;
  for (guint t = 0; t < s->types->len; t++) {
    const PlnCoverType *type = pln_cover_type(s, t);
    if (type->amount[k] != 0)
      high = MAX(high, (double)type->cost / fabs((double)type->amount[k]));
  }
  static const guint steps_of[PLN_COVER_NEEDS + 1] = {0, 0, 36, 14, 8}; /* inside each other */
  guint steps = steps_of[s->needs];
  for (guint step = 0; step < steps; step++) {
    double left = low + (high - low) * 0.382, right = low + (high - low) * 0.618;
    m[k] = left;
    double at_left = ascend(s, k + 1, m, order);
    m[k] = right;
    double at_right = ascend(s, k + 1, m, order);
    if (at_left < at_right)
      low = left;
    else
      high = right;
  }
  m[k] = (low + high) / 2;
  return ascend(s, k + 1, m, order);
}

/* Any multiplier gives a bound: one that would overflow is made smaller. */
static PlnWide within(const PlnCover *s, guint k, PlnWide multiplier) {
  PlnWide amount = MAX(ABS(s->need[k].need), 1);
  for (guint t = 0; t < s->types->len; t++)
    amount = MAX(amount, (PlnWide)ABS(pln_cover_type(s, t)->amount[k]));
  PlnWide most = ((PlnWide)1 << MOST) / amount / (s->q->n + 1);
  return MIN(multiplier, most);
}

static void add_vector(PlnCover *s, const double *m) {
  double unit = (double)((gint64)1 << PLN_COVER_UNIT), most = 1e38;
  if (s->vectors == PLN_COVER_VECTORS)
    return;
  for (guint k = 0; k < s->needs; k++)
    s->multiplier[s->vectors][k] = within(s, k, (PlnWide)MIN(m[k] * unit, most));
  s->vectors++;
}

/* With one need a break is a fraction of whole numbers, and is taken as one. */
static void add_break(PlnCover *s, const PlnCoverType *type) {
  if (s->vectors == PLN_COVER_VECTORS)
    return;
  s->multiplier[s->vectors++][0] = within(s, 0, (type->cost << PLN_COVER_UNIT) / type->amount[0]);
}

/* Of two needs the best multipliers are where two types are in balance: found exactly, as whole
 * numbers, among those that are nearest to it. */
static void add_corner(PlnCover *s, const PlnCoverType *x, const PlnCoverType *y) {
  PlnWide whole = (PlnWide)x->amount[0] * y->amount[1] - (PlnWide)x->amount[1] * y->amount[0];
  PlnWide first = x->cost * y->amount[1] - y->cost * x->amount[1];
  PlnWide second = y->cost * x->amount[0] - x->cost * y->amount[0];
  if (whole < 0) {
    whole = -whole;
    first = -first;
    second = -second;
  }
  PlnWide most = (PlnWide)1 << (126 - PLN_COVER_UNIT);
  if (whole == 0 || first < 0 || second < 0 || first > most || second > most ||
      s->vectors == PLN_COVER_VECTORS)
    return;
  s->multiplier[s->vectors][0] = within(s, 0, (first << PLN_COVER_UNIT) / whole);
  s->multiplier[s->vectors][1] = within(s, 1, (second << PLN_COVER_UNIT) / whole);
  s->vectors++;
}

static void add_corners(PlnCover *s, const double *m) {
  guint near[CORNERS] = {0}, n = MIN(s->types->len, CORNERS);
  g_autofree double *doubt = g_new(double, s->types->len + 1);
  for (guint t = 0; t < s->types->len; t++)
    doubt[t] = fabs(reduced_cost(pln_cover_type(s, t), m, 2)) / (double)pln_cover_type(s, t)->cost;
  for (guint k = 0; k < n; k++) {
    guint best = s->types->len;
    for (guint t = 0; t < s->types->len; t++)
      if (doubt[t] >= 0 && (best == s->types->len || doubt[t] < doubt[best]))
        best = t;
    near[k] = best;
    doubt[best] = -1;
  }
  for (guint k = 1; k < n; k++)
    for (guint j = 0; j < k; j++)
      add_corner(s, pln_cover_type(s, near[j]), pln_cover_type(s, near[k]));
}

/* Where the states are limited: as dear as nothing else. */
static void add_most(PlnCover *s) {
  PlnWide sum = 1;
  for (guint t = 0; t < s->types->len; t++)
    sum += pln_cover_type(s, t)->cost * pln_cover_type(s, t)->count;
  for (guint k = 0; k < s->needs; k++)
    s->multiplier[s->vectors][k] = 0;
  s->multiplier[s->vectors++][0] = within(s, 0, sum << PLN_COVER_UNIT);
}

/* Those that are best at the root; others near, that hold better where much has been decided. */
static void find_multipliers(PlnCover *s) {
  static const int away[] = {0, 1, -1, 2, -2, 4, -4, 9, -9};
  static const double share[] = {1.02, 0.98, 1.1, 0.9};
  g_autofree Break *order = g_new(Break, s->types->len + 1);
  double m[PLN_COVER_NEEDS] = {0};
  if (s->types->len == 0)
    return;
  if (s->needs == 1) {
    guint n, place = cover(s, m, order, &n);
    for (gsize k = 0; k < G_N_ELEMENTS(away); k++) {
      gint64 at = (gint64)place + away[k];
      if (at >= 0 && at < (gint64)n)
        add_break(s, pln_cover_type(s, order[at].type));
    }
    return;
  }
  if (s->most > 0)
    add_most(s);
  s->sure = s->vectors;
  ascend(s, 0, m, order);
  add_vector(s, m);
  if (s->needs == 2)
    add_corners(s, m);
  for (gsize j = 0; j < G_N_ELEMENTS(share); j++)
    for (guint k = 0; k + 1 < s->needs; k++) { /* the last follows */
      double near[PLN_COVER_NEEDS];
      memcpy(near, m, sizeof near);
      near[k] = m[k] * share[j];
      guint n, place = cover(s, near, order, &n);
      near[s->needs - 1] = n > 0 ? order[place].at : 0;
      add_vector(s, near);
    }
}

/* ---- The table ---- */

static gboolean is_tabled(const PlnCover *s, guint k) {
  for (guint j = 0; j < s->tables; j++)
    if (s->table[j].need == k)
      return TRUE;
  return FALSE;
}

/* Those of the smallest needs.  One that is too large for its room is counted in steps. */
static void choose_tables(PlnCover *s) {
  gint64 cells = MOST_CELLS / (s->types->len + 1);
  s->tables = 0;
  while (s->tables < PLN_COVER_TABLES && s->types->len > 0 && cells >= FEW_CELLS) {
    guint best = s->needs;
    for (guint k = 0; k < s->needs; k++)
      if (s->need[k].amount && s->need[k].need > 0 && !is_tabled(s, k) &&
          (best == s->needs || s->need[k].need < s->need[best].need))
        best = k;
    if (best == s->needs)
      return;
    gint64 need = s->need[best].need, step = need * MIN(s->needs, STEPPED) / cells + 1;
    PlnCoverTable table = {.need = best, .step = step};
    table.width = (gsize)((need + step - 1) / step) + 1;
    table.vectors =
        (guint)MIN(s->needs == 1 ? 1 : s->vectors, MAX(cells / (gint64)table.width, 1));
    s->table[s->tables++] = table;
    if (s->needs == 1 && step == 1)
      s->vectors = 1; /* it is exact */
  }
}

static PlnWide *cell(const PlnCoverTable *table, guint t, gsize open) {
  return table->cell + ((gsize)t * table->width + open) * table->vectors;
}

static PlnWide least_of(const PlnCover *s, guint which, guint t, gsize open, guint v) {
  const PlnCoverTable *table = &s->table[which];
  const PlnCoverType *type = pln_cover_type(s, t);
  gsize amount = (gsize)((type->amount[table->need] + table->step - 1) / table->step);
  PlnWide best = cell(table, t + 1, open)[v], sum = 0;
  for (guint k = 0; k < type->count; k++) {
    open -= MIN(open, amount);
    sum += type->partial[which][v];
    best = MIN(best, cell(table, t + 1, open)[v] + sum);
  }
  return best;
}

static void fill_table(PlnCover *s, guint which) {
  PlnCoverTable *table = &s->table[which];
  guint n = s->types->len;
  table->cell = g_new(PlnWide, (gsize)(n + 1) * table->width * table->vectors + 1);
  for (gsize open = 0; open < table->width; open++)
    for (guint v = 0; v < table->vectors; v++)
      cell(table, n, open)[v] = open == 0 ? 0 : PLN_COVER_NEVER;
  for (guint t = n; t-- > 0;)
    for (gsize open = 0; open < table->width; open++)
      for (guint v = 0; v < table->vectors; v++)
        cell(table, t, open)[v] = least_of(s, which, t, open, v);
}

/* ---- The order of the types, and what is left of them ---- */

static PlnWide size_of(PlnWide x) {
  return x < 0 ? -x : x;
}

/* Decided first where the multipliers leave the least doubt. */
static int by_doubt(gconstpointer a, gconstpointer b) {
  const PlnCoverType *x = a, *y = b;
  PlnWide p = size_of(x->doubt), q = size_of(y->doubt);
  if (p != q)
    return p > q ? -1 : 1;
  return (x->first > y->first) - (x->first < y->first);
}

static PlnWide reduced_by(const PlnCover *s, const PlnCoverType *type, guint v, int but) {
  PlnWide reduced = type->cost << PLN_COVER_UNIT;
  for (guint k = 0; k < s->needs; k++)
    reduced -= (int)k == but ? 0 : s->multiplier[v][k] * type->amount[k];
  return reduced;
}

static void reduce(PlnCover *s) {
  for (guint t = 0; t < s->types->len; t++) {
    PlnCoverType *type = pln_cover_type(s, t);
    for (guint v = 0; v < s->vectors; v++) {
      type->reduced[v] = reduced_by(s, type, v, -1);
      for (guint k = 0; k < s->tables; k++)
        type->partial[k][v] = reduced_by(s, type, v, (int)s->table[k].need);
    }
    type->doubt = s->vectors > 0 ? reduced_by(s, type, s->sure, -1) : 0;
  }
  g_array_sort(s->types, by_doubt);
}

/* What the types from each place on can add, and can save. */
static void sum_up(PlnCover *s) {
  guint n = s->types->len;
  s->rest = g_new0(PlnWide, (gsize)(n + 1) * PLN_COVER_VECTORS);
  s->reach = g_new0(gint64, (gsize)(n + 1) * PLN_COVER_NEEDS);
  for (guint t = n; t-- > 0;) {
    const PlnCoverType *type = pln_cover_type(s, t);
    PlnWide *rest = s->rest + (gsize)t * PLN_COVER_VECTORS;
    gint64 *reach = s->reach + (gsize)t * PLN_COVER_NEEDS;
    for (guint v = 0; v < s->vectors; v++)
      rest[v] = rest[PLN_COVER_VECTORS + v] + MIN(type->reduced[v], 0) * type->count;
    for (guint k = 0; k < s->needs; k++)
      reach[k] = reach[PLN_COVER_NEEDS + k] + MAX(type->amount[k], 0) * type->count;
  }
}

void pln_cover_bounds(PlnCover *s) {
  if (s->needs > 0)
    find_multipliers(s);
  choose_tables(s);
  reduce(s);
  for (guint k = 0; k < s->tables; k++)
    fill_table(s, k);
  sum_up(s);
}
