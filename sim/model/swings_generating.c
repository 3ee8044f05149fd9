/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plenary/swings_part.h"

/* Seconds a limb of a table that does not fit in the caches: added to its neighbour, summed up. */
static const double SECONDS_ADD = 0.6e-9, SECONDS_SUM = 3e-9, SECONDS_DIVIDE = 60e-9;
static const double MOST_BYTES = 2e9;

/* A row a size: of the weights that this size can have, lo to hi, how many coalitions have it, in
 * `limbs` limbs each, which the largest count of all fits in: so nothing is carried from one weight
 * into the next, and a whole row is added as one number. */
typedef struct {
  guint m, limbs;
  guint64 below;
  guint64 *sum;     /* m + 1: of the first members in the order in which they are multiplied in */
  guint64 *weight;  /* m: in that order */
  guint64 *lo, *hi; /* m + 1: hi + 1 == lo where no coalition of that size is light */
  mp_limb_t **row;  /* m + 1 */
} Table;

static gint ascending(gconstpointer a, gconstpointer b) {
  guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
  return x < y ? -1 : x > y;
}

static gboolean is_ascending(const Table *table) {
  return table->m < 2 || table->weight[0] <= table->weight[table->m - 1];
}

static void add_up(Table *table) {
  table->sum[0] = 0;
  for (guint k = 0; k < table->m; k++)
    table->sum[k + 1] = table->sum[k] + table->weight[k];
}

static void turn_round(Table *table) {
  for (guint k = 0; k < table->m / 2; k++) {
    guint64 keep = table->weight[k];
    table->weight[k] = table->weight[table->m - 1 - k];
    table->weight[table->m - 1 - k] = keep;
  }
  add_up(table);
}

/* The weights that @size of the first @k members can have, lightest and heaviest. */
static void band(const Table *table, guint k, guint size, guint64 *lo, guint64 *hi) {
  guint64 first = table->sum[size], last = table->sum[k] - table->sum[k - size];
  gboolean up = is_ascending(table);
  *lo = up ? first : last;
  *hi = up ? last : first;
}

/* Where the @k-th member comes in, to make coalitions of @size: how many weights are added, from
 * where on before it. */
static guint64 reach(const Table *table, guint k, guint size, guint64 *from) {
  guint64 hi, limit = table->below - 1, weight = table->weight[k];
  band(table, k, size - 1, from, &hi);
  if (limit < weight || *from > limit - weight)
    return 0;
  return MIN(hi, limit - weight) - *from + 1;
}

static double additions(const Table *table) {
  double sum = 0;
  guint64 from;
  for (guint k = 0; k < table->m; k++)
    for (guint size = 1; size <= k + 1; size++)
      sum += (double)reach(table, k, size, &from);
  return sum;
}

static guint limbs_of(guint m) {
  mpz_t most;
  mpz_init(most);
  mpz_bin_uiui(most, m, m / 2);
  guint limbs = (guint)mpz_size(most);
  mpz_clear(most);
  return limbs;
}

/* In the order, light ones first or heavy ones, that has less to add. */
static void plan(const PlnWeighing *weighing, Table *table) {
  guint m = weighing->m;
  *table = (Table){.m = m, .limbs = limbs_of(m), .below = weighing->below};
  table->weight = g_memdup2(weighing->weight, m * sizeof *table->weight);
  table->sum = g_new(guint64, m + 1);
  table->lo = g_new(guint64, m + 1);
  table->hi = g_new(guint64, m + 1);
  table->row = g_new0(mp_limb_t *, m + 1);
  if (m > 1)
    qsort(table->weight, m, sizeof *table->weight, ascending);
  add_up(table);
  double up = additions(table);
  turn_round(table);
  if (up < additions(table))
    turn_round(table);
  for (guint size = 0; size <= m; size++) {
    band(table, m, size, &table->lo[size], &table->hi[size]);
    table->hi[size] = MIN(table->hi[size], table->below - 1);
    if (table->lo[size] >= table->below)
      table->lo[size] = table->below, table->hi[size] = table->below - 1;
  }
}

static void table_clear(Table *table) {
  for (guint size = 0; table->row && size <= table->m; size++)
    free(table->row[size]);
  g_free(table->row);
  g_free(table->lo);
  g_free(table->hi);
  g_free(table->sum);
  g_free(table->weight);
}

static double entries(const Table *table) {
  double sum = 0;
  for (guint size = 0; size <= table->m; size++)
    sum += (double)(table->hi[size] + 1 - table->lo[size]);
  return sum;
}

double pln_light_generating_cost(const PlnWeighing *weighing) {
  Table table;
  plan(weighing, &table);
  double cells = entries(&table), limbs = table.limbs, m = weighing->m;
  double seconds = additions(&table) * limbs * SECONDS_ADD + cells * limbs * SECONDS_SUM +
                   0.5 * m * m * MIN(weighing->types, weighing->m) * SECONDS_DIVIDE;
  table_clear(&table);
  return cells * limbs * sizeof(mp_limb_t) > MOST_BYTES ? INFINITY : seconds;
}

static gboolean rows_new(Table *table) {
  for (guint size = 0; size <= table->m; size++) {
    guint64 length = table->hi[size] + 1 - table->lo[size];
    /* calloc: what is never touched costs nothing. */
    if (length > 0 && !(table->row[size] = calloc(length * table->limbs, sizeof(mp_limb_t))))
      return FALSE;
  }
  return TRUE;
}

/* Large sizes first: each takes what the next smaller had before this member. */
static void multiply(Table *table) {
  guint limbs = table->limbs;
  table->row[0][0] = 1;
  for (guint k = 0; k < table->m; k++)
    for (guint size = k + 1; size >= 1; size--) {
      guint64 from, length = reach(table, k, size, &from);
      if (length == 0)
        continue;
      mp_limb_t *to = table->row[size] + (from + table->weight[k] - table->lo[size]) * limbs;
      const mp_limb_t *of = table->row[size - 1] + (from - table->lo[size - 1]) * limbs;
      mpn_add_n(to, to, of, (mp_size_t)(length * limbs));
    }
}

/* From how many have this weight to how many have at most this. */
static void run_up(Table *table) {
  guint limbs = table->limbs;
  for (guint size = 0; size <= table->m; size++) {
    guint64 length = table->hi[size] + 1 - table->lo[size];
    mp_limb_t *at = table->row[size];
    if (limbs == 1)
      for (guint64 k = 1; k < length; k++)
        at[k] += at[k - 1];
    else
      for (guint64 k = 1; k < length; k++)
        mpn_add_n(at + k * limbs, at + k * limbs, at + (k - 1) * limbs, limbs);
  }
}

/* Of @size, those of less weight than @below, added to @sum or taken from it. */
static void count(const Table *table, guint size, guint64 below, gboolean take, mpz_t sum) {
  guint64 lo = table->lo[size], hi = table->hi[size];
  if (hi + 1 == lo || below <= lo)
    return;
  mp_limb_t *at = table->row[size] + (MIN(below - 1, hi) - lo) * table->limbs;
  mpz_t number;
  mpz_roinit_n(number, at, (mp_size_t)table->limbs);
  if (take)
    mpz_sub(sum, sum, number);
  else
    mpz_add(sum, sum, number);
}

static void divide(const Table *table, guint64 weight, mpz_t *with) {
  for (guint size = 1; size <= table->m; size++)
    for (guint k = 1; k <= size; k++) {
      if (weight > 0 && (table->below - 1) / weight < k)
        break;
      count(table, size - k, table->below - k * weight, k % 2 == 0, with[size]);
    }
}

gboolean pln_light_generating(const PlnWeighing *weighing, PlnLight *light) {
  Table table;
  plan(weighing, &table);
  gboolean there_is_room = rows_new(&table);
  if (there_is_room) {
    multiply(&table);
    run_up(&table);
    for (guint size = 0; size <= table.m; size++)
      count(&table, size, table.below, FALSE, light->all[size]);
    g_autofree guint8 *done = g_new0(guint8, weighing->types);
    for (guint i = 0; i < weighing->m; i++)
      if (!done[weighing->type[i]]++)
        divide(&table, weighing->weight[i], light->with + (gsize)weighing->type[i] * (table.m + 1));
  }
  table_clear(&table);
  return there_is_room;
}
