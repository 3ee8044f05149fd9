/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coalitions: every set of up to sixteen units, by hand; a dynamic programme over members and
 * margin for 193; equal prices, where there are more sets than atoms. */
#include "plenary/coalition.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plenary/draw.h"
#include "suite.h"

enum { FEW = 16, ALL = 193, STUDY = 0x434f4101 };

static gint64 price[ALL], amount[PLN_COALITION_NEEDS][ALL];
static guint size[ALL];
static gint8 must[ALL];

static PlnCoalitionCase question_of(guint n, guint needs, const gint64 *need) {
  PlnCoalitionCase q = {.n = n, .price = price, .size = size, .needs = needs};
  for (guint k = 0; k < needs; k++) {
    q.amount[k] = amount[k];
    q.need[k] = need[k];
  }
  return q;
}

/* ---- Every set ---- */

typedef struct {
  gboolean exists;
  gint64 price;
  guint size;
  guint64 sets;
} Best;

static gboolean is_better(const PlnCoalitionCase *q, gint64 p, guint s, const Best *best) {
  gint64 first = q->smallest ? s : p, second = q->smallest ? p : s;
  gint64 of_first = q->smallest ? best->size : best->price;
  gint64 of_second = q->smallest ? best->price : best->size;
  return !best->exists || first < of_first || (first == of_first && second < of_second);
}

static gboolean reaches(const PlnCoalitionCase *q, guint code) {
  for (guint i = 0; i < q->n; i++)
    if (q->must && ((q->must[i] > 0 && !(code >> i & 1)) || (q->must[i] < 0 && code >> i & 1)))
      return FALSE;
  for (guint k = 0; k < q->needs; k++) {
    gint64 sum = 0;
    for (guint i = 0; i < q->n; i++)
      sum += code >> i & 1 ? q->amount[k][i] : 0;
    if (sum < q->need[k])
      return FALSE;
  }
  return TRUE;
}

static Best enumerate(const PlnCoalitionCase *q) {
  Best best = {0};
  for (guint code = 0; code < 1u << q->n; code++) {
    gint64 p = 0;
    guint s = 0;
    for (guint i = 0; i < q->n; i++) {
      p += code >> i & 1 ? q->price[i] : 0;
      s += code >> i & 1 ? q->size[i] : 0;
    }
    if (!reaches(q, code))
      continue;
    if (is_better(q, p, s, &best))
      best = (Best){TRUE, p, s, 1};
    else
      best.sets += p == best.price && s == best.size;
  }
  return best;
}

/* A listed set is what is said of it, and none is listed twice. */
static void sets_are_true(const PlnCoalitionCase *q, const PlnCoalition *c) {
  for (guint k = 0; k < c->sets->len; k++) {
    const guint8 *in = c->sets->pdata[k];
    gint64 p = 0, sum[PLN_COALITION_NEEDS] = {0};
    guint s = 0;
    for (guint i = 0; i < q->n; i++) {
      p += in[i] ? q->price[i] : 0;
      s += in[i] ? q->size[i] : 0;
      for (guint j = 0; j < q->needs; j++)
        sum[j] += in[i] ? q->amount[j][i] : 0;
      CU_ASSERT(!q->must || q->must[i] == 0 || (q->must[i] > 0) == (in[i] != 0));
    }
    CU_ASSERT_EQUAL(p, c->price);
    CU_ASSERT_EQUAL(s, c->size);
    for (guint j = 0; j < q->needs; j++)
      CU_ASSERT(sum[j] >= q->need[j]);
    for (guint j = 0; j < k; j++)
      CU_ASSERT(memcmp(in, c->sets->pdata[j], q->n) != 0);
  }
}

static void is_as_enumerated(const PlnCoalitionCase *q) {
  PlnCoalitionOptions options = pln_coalition_options();
  g_autoptr(PlnCoalition) c = pln_coalition_new(q, &options);
  Best best = enumerate(q);
  CU_ASSERT_EQUAL(c->exists, best.exists);
  if (!best.exists) {
    CU_ASSERT_EQUAL(c->sets->len, 0);
    return;
  }
  CU_ASSERT(c->proved);
  CU_ASSERT_EQUAL(c->price, best.price);
  CU_ASSERT_EQUAL(c->size, best.size);
  CU_ASSERT_EQUAL(c->bound, c->price);
  CU_ASSERT_EQUAL(c->least, c->size);
  CU_ASSERT_EQUAL(c->sets->len, MIN(best.sets, options.ties));
  CU_ASSERT_EQUAL(c->more, best.sets > options.ties);
  CU_ASSERT_PTR_NOT_NULL_FATAL(c->alike);
  CU_ASSERT_EQUAL(g_ascii_strtoull(c->alike, NULL, 10), best.sets);
  sets_are_true(q, c);
}

static guint below(PlnDraw *draw, guint n) {
  return (guint)(pln_draw_uniform(draw) * n) % n;
}

/* Few prices make many ties, and 10^12 none. */
static void make_case(PlnDraw *draw, guint n, guint needs, gint64 *need) {
  gint64 prices = below(draw, 2) ? 4 : 1000000000000, most = below(draw, 2) ? 3 : 1000000;
  for (guint i = 0; i < n; i++) {
    price[i] = (gint64)(pln_draw_uniform(draw) * (double)prices);
    size[i] = below(draw, 3) ? 1 : 1 + below(draw, 5);
    must[i] = (gint8)(below(draw, 8) == 0) - (gint8)(below(draw, 8) == 0);
    amount[0][i] = size[i];
    for (guint k = 1; k < PLN_COALITION_NEEDS; k++)
      amount[k][i] = (gint64)(pln_draw_uniform(draw) * (double)most);
  }
  for (guint k = 0; k < needs; k++) {
    gint64 sum = 0;
    for (guint i = 0; i < n; i++)
      sum += amount[k][i];
    need[k] = (gint64)(pln_draw_uniform(draw) * 0.9 * (double)sum) - (k == 2);
  }
}

static void every_set(void) {
  guint cases = suite_is_quick() ? 30 : 300;
  for (guint c = 0; c < cases; c++) {
    PlnDraw draw = pln_draw_stream(1, STUDY, c);
    guint n = 1 + below(&draw, c % 10 == 0 ? FEW : 11), needs = 1 + below(&draw, 3);
    gint64 need[PLN_COALITION_NEEDS];
    make_case(&draw, n, needs, need);
    PlnCoalitionCase q = question_of(n, needs, need);
    q.must = below(&draw, 2) ? must : NULL;
    q.smallest = below(&draw, 2);
    is_as_enumerated(&q);
  }
}

/* ---- 193 ---- */

/* The least price by members and margin; a margin above the need counts as the need. */
static gint64 by_programme(const PlnCoalitionCase *q) {
  gsize width = (gsize)q->need[1] + 1, rows = (gsize)q->need[0] + 1;
  gint64 *least = g_new(gint64, rows * width);
  for (gsize k = 0; k < rows * width; k++)
    least[k] = k == 0 ? 0 : G_MAXINT64 / 2;
  for (guint i = 0; i < q->n; i++)
    for (gsize r = rows; r-- > 0;)
      for (gsize w = width; w-- > 0;) {
        gsize to_r = MIN(r + (gsize)q->amount[0][i], rows - 1);
        gsize to_w = MIN(w + (gsize)q->amount[1][i], width - 1);
        gint64 now = least[r * width + w] + q->price[i], *to = &least[to_r * width + to_w];
        if (to_r == r && to_w == w) /* it stays in its place: only what is dearer could come */
          continue;
        *to = MIN(*to, now);
      }
  gint64 best = least[rows * width - 1];
  g_free(least);
  return best;
}

/* States, and blocs of some: votes that add one or two or three to a margin. */
static void a_programme(void) {
  for (guint c = 0; c < 12; c++) {
    PlnDraw draw = pln_draw_stream(2, STUDY, c);
    guint n = c % 2 ? 120 : ALL;
    for (guint i = 0; i < n; i++) {
      price[i] = (gint64)(pln_draw_uniform(&draw) * 1e8);
      size[i] = c % 2 && i % 10 == 0 ? 2 + below(&draw, 50) : 1;
      price[i] *= size[i];
      amount[0][i] = size[i];
      amount[1][i] = (gint64)size[i] * (1 + below(&draw, 3));
    }
    gint64 need[] = {c < 6 ? 97 : 60, c < 6 ? 129 : 190};
    PlnCoalitionCase q = question_of(n, 2, need);
    PlnCoalitionOptions options = pln_coalition_options();
    g_autoptr(PlnCoalition) found = pln_coalition_new(&q, &options);
    CU_ASSERT(found->exists && found->proved);
    CU_ASSERT_EQUAL(found->price, by_programme(&q));
    CU_ASSERT_EQUAL(found->bound, found->price);
    CU_ASSERT(found->nodes < 1000000);
    sets_are_true(&q, found);
  }
}

/* C(193,129) sets, none of which is better. */
static void equal_prices(void) {
  static const char *const alike = "10854630334881472849579866122704648740991551278812335";
  gint64 need[] = {129};
  for (guint i = 0; i < ALL; i++) {
    price[i] = 7;
    size[i] = 1;
    amount[0][i] = 1;
  }
  PlnCoalitionCase q = question_of(ALL, 1, need);
  for (guint smallest = 0; smallest < 2; smallest++) {
    PlnCoalitionOptions options = {.ties = 25, .nodes = 100000};
    q.smallest = smallest == 1;
    g_autoptr(PlnCoalition) c = pln_coalition_new(&q, &options);
    CU_ASSERT(c->exists && c->proved && c->more);
    CU_ASSERT_EQUAL(c->price, 7 * 129);
    CU_ASSERT_EQUAL(c->size, 129);
    CU_ASSERT_EQUAL(c->sets->len, 25);
    CU_ASSERT(c->nodes < 1000);
    CU_ASSERT_STRING_EQUAL(c->alike, alike);
    sets_are_true(&q, c);
  }
}

/* Nodes that run out leave the best one so far, and a bound that is true. */
static void out_of_nodes(void) {
  PlnDraw draw = pln_draw_stream(3, STUDY, 0);
  gint64 need[2], whole;
  make_case(&draw, FEW, 2, need);
  PlnCoalitionCase q = question_of(FEW, 2, need);
  PlnCoalitionOptions options = pln_coalition_options();
  g_autoptr(PlnCoalition) c = pln_coalition_new(&q, &options);
  whole = c->price;
  options.nodes = MAX(c->nodes / 2, 1);
  g_autoptr(PlnCoalition) half = pln_coalition_new(&q, &options);
  CU_ASSERT(c->proved && !half->proved && half->bound <= whole);
  CU_ASSERT(!half->exists || (half->price >= whole && half->sets->len > 0));
  options.nodes = 1;
  g_autoptr(PlnCoalition) none = pln_coalition_new(&q, &options);
  CU_ASSERT(!none->proved && !none->exists);
}

/* Prices and sizes as large as they may be: no sum runs over, and it is still proved. */
static void at_the_limits(void) {
  gint64 need[] = {6, 8};
  for (guint i = 0; i < 12; i++) {
    price[i] = G_GINT64_CONSTANT(1000000000000000) - i * 7919;
    amount[0][i] = 1 + i % 3;
    size[i] = i == 0 ? 1 : 83333 - i;
  }
  PlnCoalitionCase q = question_of(12, 1, need);
  q.smallest = TRUE;
  is_as_enumerated(&q);
  for (guint i = 0; i < 12; i++) {
    price[i] = G_GINT64_CONSTANT(1000000000000000) - (i < 4 ? 0 : 1 + i);
    amount[0][i] = i < 4 ? 2 : 3;
    size[i] = i < 4 ? 1 : 124000;
  }
  q.need[0] = need[1];
  is_as_enumerated(&q);
}

/* Where none are listed there are more. */
static void none_listed(void) {
  gint64 need[] = {2};
  for (guint i = 0; i < 4; i++) {
    price[i] = amount[0][i] = 1;
    size[i] = 1;
  }
  PlnCoalitionOptions options = pln_coalition_options();
  options.ties = 0;
  for (guint smallest = 0; smallest < 2; smallest++) {
    PlnCoalitionCase q = question_of(4, 1, need);
    q.smallest = smallest != 0;
    g_autoptr(PlnCoalition) c = pln_coalition_new(&q, &options);
    CU_ASSERT(c->sets->len == 0 && c->more);
  }
}

int main(void) {
  CU_TestInfo tests[] = {{"every set of up to sixteen units", every_set},
                         {"a dynamic programme for 193", a_programme},
                         {"equal prices", equal_prices},
                         {"out of nodes", out_of_nodes},
                         {"at the limits", at_the_limits},
                         {"none listed", none_listed},
                         CU_TEST_INFO_NULL};
  return suite_run("coalition", tests);
}
