/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The needs that a case leaves open, and its units by type. */
#include <string.h>

#include "plenary/coalition_part.h"

PlnCoverType *pln_cover_type(const PlnCover *s, guint t) {
  return &g_array_index(s->types, PlnCoverType, t);
}

/* ---- The case, with what must be in it taken out ---- */

gint pln_cover_must(const PlnCover *s, guint i) {
  const gint8 *must = s->q->must;
  return must ? (must[i] > 0) - (must[i] < 0) : 0;
}

static PlnWide cost_of(const PlnCover *s, guint i) {
  gint64 price = s->by_size ? 0 : s->q->price[i];
  return (PlnWide)price * s->radix + s->q->size[i];
}

static gint64 raw_amount(const PlnCover *s, const PlnCoverNeed *need, guint i) {
  return need->amount ? need->amount[i] : -(gint64)s->q->size[i];
}

static gint64 common(gint64 a, gint64 b) {
  while (b > 0) {
    gint64 rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

/* FALSE where all that may be in does not reach it; a need that is met, or comes with another, is
 * left out. */
static gboolean add_need(PlnCover *s, const gint64 *amount, gint64 asked) {
  PlnCoverNeed need = {.amount = amount, .need = asked};
  gint64 reach = 0;
  for (guint i = 0; i < s->q->n; i++) {
    gint64 here = raw_amount(s, &need, i);
    need.need -= pln_cover_must(s, i) > 0 ? here : 0;
    reach += pln_cover_must(s, i) == 0 ? MAX(here, 0) : 0;
    need.scale = pln_cover_must(s, i) == 0 ? common(need.scale, ABS(here)) : need.scale;
  }
  need.scale = amount ? MAX(need.scale, 1) : 1;
  if (need.need > reach)
    return FALSE;
  if (need.need > 0)
    need.need = (need.need + need.scale - 1) / need.scale;
  if (need.need > 0 || !amount)
    s->need[s->needs++] = need;
  return TRUE;
}

/* Whether whoever meets @a meets @b: each unit does more of @b in proportion. */
static gboolean implies(const PlnCover *s, const PlnCoverNeed *a, const PlnCoverNeed *b) {
  if (!a->amount || !b->amount)
    return FALSE;
  for (guint i = 0; i < s->q->n; i++) {
    PlnWide of_a = a->amount[i] / a->scale, of_b = b->amount[i] / b->scale;
    if (pln_cover_must(s, i) == 0 && of_b * a->need < of_a * b->need)
      return FALSE;
  }
  return TRUE;
}

static void drop_implied(PlnCover *s) {
  for (guint k = s->needs; k-- > 0;)
    for (guint j = 0; j < s->needs; j++)
      if (j != k && implies(s, &s->need[j], &s->need[k])) {
        memmove(&s->need[k], &s->need[k + 1], (s->needs - k - 1) * sizeof *s->need);
        s->needs--;
        break;
      }
}

gboolean pln_cover_needs(PlnCover *s) {
  const PlnCoalitionCase *q = s->q;
  s->radix = 1;
  for (guint i = 0; i < q->n; i++)
    s->radix += q->size[i];
  for (guint i = 0; i < q->n; i++)
    s->base += pln_cover_must(s, i) > 0 ? cost_of(s, i) : 0;
  if (s->most > 0 && !add_need(s, NULL, -(gint64)s->most))
    return FALSE;
  for (guint k = 0; k < q->needs; k++)
    if (!add_need(s, q->amount[k], q->need[k]))
      return FALSE;
  drop_implied(s);
  return TRUE;
}

/* None above the need: more is of no use. */
static void amounts_of(const PlnCover *s, guint i, gint64 *amount) {
  for (guint k = 0; k < s->needs; k++)
    amount[k] = MIN(raw_amount(s, &s->need[k], i) / s->need[k].scale, MAX(s->need[k].need, 0));
}

static int by_kind(gconstpointer a, gconstpointer b, gpointer data) {
  const PlnCover *s = data;
  guint i = *(const guint *)a, j = *(const guint *)b;
  PlnWide x = cost_of(s, i), y = cost_of(s, j);
  gint64 of_i[PLN_COVER_NEEDS] = {0}, of_j[PLN_COVER_NEEDS] = {0};
  if (x != y)
    return x < y ? -1 : 1;
  amounts_of(s, i, of_i);
  amounts_of(s, j, of_j);
  for (guint k = 0; k < s->needs; k++)
    if (of_i[k] != of_j[k])
      return of_i[k] > of_j[k] ? -1 : 1;
  return (i > j) - (i < j);
}

static gboolean is_alike(const PlnCover *s, const PlnCoverType *type, guint i) {
  gint64 amount[PLN_COVER_NEEDS] = {0};
  amounts_of(s, i, amount);
  return type->cost == cost_of(s, i) && memcmp(type->amount, amount, sizeof amount) == 0;
}

static gboolean is_useful(const PlnCover *s, guint i) {
  gint64 amount[PLN_COVER_NEEDS] = {0};
  amounts_of(s, i, amount);
  for (guint k = 0; k < s->needs; k++)
    if (amount[k] > 0)
      return TRUE;
  return FALSE;
}

/* What helps with no need is in no best set: every unit costs something, its size. */
void pln_cover_types(PlnCover *s) {
  guint free = 0;
  for (guint i = 0; i < s->q->n; i++)
    if (pln_cover_must(s, i) == 0 && is_useful(s, i))
      s->units[free++] = i;
  g_qsort_with_data(s->units, (gint)free, sizeof *s->units, by_kind, s);
  for (guint u = 0; u < free; u++) {
    guint i = s->units[u];
    if (s->types->len == 0 || !is_alike(s, pln_cover_type(s, s->types->len - 1), i)) {
      PlnCoverType type = {.cost = cost_of(s, i), .first = u};
      amounts_of(s, i, type.amount);
      g_array_append_val(s->types, type);
    }
    pln_cover_type(s, s->types->len - 1)->count++;
  }
}
