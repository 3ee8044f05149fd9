/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/coalition.h"

#include <string.h>

#include "plenary/coalition_part.h"

enum { TIE_NODES = 200000 };

PlnCoalitionOptions pln_coalition_options(void) {
  return (PlnCoalitionOptions){.ties = 10, .nodes = 20000000};
}

void pln_coalition_free(PlnCoalition *coalition) {
  if (!coalition)
    return;
  g_ptr_array_unref(coalition->sets);
  g_free(coalition->alike);
  g_free(coalition);
}

/* ---- The search ---- */

/* Where so many of the types before have been chosen. */
typedef struct {
  PlnWide cost;
  PlnWide sum[PLN_COVER_VECTORS]; /* of multipliers times needs, and of reduced costs so far */
  PlnWide partial[PLN_COVER_TABLES][PLN_COVER_VECTORS]; /* the same without a table's need */
  gint64 open[PLN_COVER_NEEDS];
} Node;

/* Below which no set that agrees with @node is. */
static PlnWide bound_at(const PlnCover *s, const Node *node, guint t) {
  const PlnWide *rest = s->rest + (gsize)t * PLN_COVER_VECTORS;
  PlnWide best = 0;
  for (guint k = 0; k < s->tables; k++) {
    const PlnCoverTable *table = &s->table[k];
    gint64 open = (MAX(node->open[table->need], 0) + table->step - 1) / table->step;
    const PlnWide *cell = table->cell + ((gsize)t * table->width + (gsize)open) * table->vectors;
    for (guint v = 0; v < table->vectors; v++)
      best = MAX(best, node->partial[k][v] + cell[v]);
  }
  for (guint v = 0; v < s->vectors; v++)
    best = MAX(best, node->sum[v] + rest[v]);
  return (best + (((PlnWide)1 << PLN_COVER_UNIT) - 1)) >> PLN_COVER_UNIT;
}

/* The next choice of as many of each type as the vector has; FALSE after the last one. */
static gboolean next_choice(guint *chosen, guint k, guint n) {
  for (guint j = k; j-- > 0;)
    if (chosen[j] < n - k + j) {
      chosen[j]++;
      for (guint i = j + 1; i < k; i++)
        chosen[i] = chosen[i - 1] + 1;
      return TRUE;
    }
  for (guint j = 0; j < k; j++)
    chosen[j] = j;
  return FALSE;
}

static void add_set(PlnCover *s, guint *const *chosen) {
  guint8 *in = g_new0(guint8, s->q->n + 1);
  for (guint i = 0; i < s->q->n; i++)
    in[i] = pln_cover_must(s, i) > 0;
  for (guint t = 0; t < s->types->len; t++)
    for (guint j = 0; j < s->taken[t]; j++)
      in[s->units[pln_cover_type(s, t)->first + chosen[t][j]]] = 1;
  g_ptr_array_add(s->out->sets, in);
}

/* All sets of units of this choice of types, up to the limit; and how many they are. */
static void list_choice(PlnCover *s) {
  guint n = s->types->len, t = 0;
  guint **chosen = g_new0(guint *, n + 1);
  mpz_t sets, ways;
  mpz_init_set_ui(sets, 1);
  mpz_init(ways);
  for (guint k = 0; k < n; k++) {
    chosen[k] = g_new(guint, s->taken[k] + 1);
    for (guint j = 0; j < s->taken[k]; j++)
      chosen[k][j] = j;
    mpz_bin_uiui(ways, pln_cover_type(s, k)->count, s->taken[k]);
    mpz_mul(sets, sets, ways);
  }
  mpz_add(s->alike, s->alike, sets);
  while (t < n && s->out->sets->len < s->ties) {
    add_set(s, chosen);
    for (t = 0; t < n && !next_choice(chosen[t], s->taken[t], pln_cover_type(s, t)->count); t++)
      continue;
  }
  if (n == 0 && s->out->sets->len < s->ties)
    add_set(s, chosen);
  for (guint k = 0; k < n; k++)
    g_free(chosen[k]);
  g_free(chosen);
  mpz_clear(ways);
  mpz_clear(sets);
}

/* All needs are met: types further on are left out, as each would cost something. */
static void keep(PlnCover *s, const Node *node, guint t) {
  guint n = s->types->len;
  memset(s->taken + t, 0, (n - t) * sizeof *s->taken);
  if (s->listing && node->cost == s->best)
    list_choice(s);
  if (s->listing || (s->best >= 0 && node->cost >= s->best))
    return;
  s->best = node->cost;
  s->found = TRUE;
  memcpy(s->best_taken, s->taken, n * sizeof *s->taken);
}

static gboolean is_met(const PlnCover *s, const Node *node) {
  for (guint k = 0; k < s->needs; k++)
    if (node->open[k] > 0)
      return FALSE;
  return TRUE;
}

static gboolean is_closed(const PlnCover *s, const Node *node, guint t) {
  const gint64 *reach = s->reach + (gsize)t * PLN_COVER_NEEDS;
  for (guint k = 0; k < s->needs; k++)
    if (node->open[k] > reach[k])
      return TRUE;
  return s->best >= 0 && bound_at(s, node, t) >= s->best + s->listing;
}

static void take(const PlnCover *s, Node *node, const PlnCoverType *type, gint64 count) {
  node->cost += type->cost * count;
  for (guint v = 0; v < s->vectors; v++)
    node->sum[v] += type->reduced[v] * count;
  for (guint k = 0; k < s->tables; k++)
    for (guint v = 0; v < s->table[k].vectors; v++)
      node->partial[k][v] += type->partial[k][v] * count;
  for (guint k = 0; k < s->needs; k++)
    node->open[k] -= type->amount[k] * count;
}

/* The likelier end first: all of a type that the multipliers want, else none of it. */
static void search(PlnCover *s, Node *node, guint t) {
  if (s->left == 0) {
    s->out_of_nodes = TRUE;
    return;
  }
  s->left--;
  s->out->nodes += !s->listing;
  if (is_met(s, node)) {
    keep(s, node, t);
    return;
  }
  if (is_closed(s, node, t)) /* with no type left too: nothing is in reach */
    return;
  const PlnCoverType *type = pln_cover_type(s, t);
  gboolean wanted = type->doubt <= 0;
  for (guint k = 0; k <= type->count && !s->out_of_nodes; k++) {
    Node next = *node;
    s->taken[t] = wanted ? type->count - k : k;
    take(s, &next, type, s->taken[t]);
    search(s, &next, t + 1);
  }
}

static Node root(const PlnCover *s) {
  Node node = {.cost = s->base};
  for (guint v = 0; v < s->vectors; v++) {
    node.sum[v] = s->base << PLN_COVER_UNIT;
    for (guint k = 0; k < s->needs; k++)
      node.sum[v] += s->multiplier[v][k] * s->need[k].need;
    for (guint k = 0; k < s->tables; k++) {
      guint need = s->table[k].need;
      node.partial[k][v] = node.sum[v] - s->multiplier[v][need] * s->need[need].need;
    }
  }
  for (guint k = 0; k < s->needs; k++)
    node.open[k] = s->need[k].need;
  return node;
}

/* ---- The answer ---- */

/* All as good, in the order of the search; where that takes too long the best alone. */
static void list_ties(PlnCover *s) {
  Node node = root(s);
  s->listing = TRUE;
  s->out_of_nodes = FALSE;
  s->left = TIE_NODES;
  search(s, &node, 0);
  if (s->out->sets->len == 0 && s->ties > 0) {
    memcpy(s->taken, s->best_taken, s->types->len * sizeof *s->taken);
    list_choice(s);
  }
  s->out->more = s->out_of_nodes || mpz_cmp_ui(s->alike, s->out->sets->len) > 0;
  if (s->out_of_nodes)
    return;
  s->out->alike = g_new(char, mpz_sizeinbase(s->alike, 10) + 2);
  mpz_get_str(s->out->alike, 10, s->alike);
}

static void solve(PlnCover *s) {
  PlnCoalition *out = s->out;
  if (s->needs > 0)
    pln_cover_types(s);
  pln_cover_bounds(s);
  s->taken = g_new0(guint, s->types->len + 1);
  s->best_taken = g_new0(guint, s->types->len + 1);
  Node node = root(s);
  PlnWide least = bound_at(s, &node, 0);
  search(s, &node, 0);
  out->exists = s->found;
  out->proved = !s->out_of_nodes;
  least = out->proved && out->exists ? s->best : least;
  out->bound = (gint64)(least / s->radix);
  out->least = (guint)(least % s->radix);
  if (!out->exists)
    return;
  out->price = (gint64)(s->best / s->radix);
  out->size = (guint)(s->best % s->radix);
  list_ties(s);
}

/* @by_size: prices do not count; @than: (nullable): wanted is none of more states, none dearer. */
static PlnCoalition *run(const PlnCoalitionCase *q, guint ties, guint64 nodes, gboolean by_size,
                         const PlnCoalition *than) {
  PlnCover s = {.q = q, .by_size = by_size, .ties = ties, .left = nodes, .best = -1};
  s.most = than ? MAX(than->size, 1) : 0;
  s.out = g_new0(PlnCoalition, 1);
  s.out->sets = g_ptr_array_new_with_free_func(g_free);
  s.types = g_array_new(FALSE, TRUE, sizeof(PlnCoverType));
  s.units = g_new0(guint, q->n + 1);
  mpz_init(s.alike);
  s.out->proved = TRUE;
  gboolean possible = pln_cover_needs(&s);
  if (than)
    s.best = (PlnWide)than->price * s.radix + than->size + 1;
  if (possible)
    solve(&s);
  mpz_clear(s.alike);
  g_array_unref(s.types);
  g_free(s.units);
  for (guint k = 0; k < s.tables; k++)
    g_free(s.table[k].cell);
  g_free(s.rest);
  g_free(s.reach);
  g_free(s.taken);
  g_free(s.best_taken);
  return s.out;
}

static void price_up(const PlnCoalitionCase *q, PlnCoalition *found) {
  const guint8 *in = found->sets->pdata[0];
  found->price = 0;
  for (guint i = 0; i < q->n; i++)
    found->price += in[i] ? q->price[i] : 0;
}

/* First how few states there can be, then the least price of so many: mostly that of any number.
 * Where the first is not proved, its bound on the states is what is known. */
static PlnCoalition *run_smallest(const PlnCoalitionCase *q, const PlnCoalitionOptions *options) {
  guint ties = MAX(options->ties, 1);
  g_autoptr(PlnCoalition) few = run(q, 1, options->nodes, TRUE, NULL);
  if (!few->exists)
    return g_steal_pointer(&few);
  price_up(q, few);
  g_autoptr(PlnCoalition) best = run(q, ties, options->nodes, FALSE, NULL);
  guint64 nodes = few->nodes + best->nodes;
  if (!best->exists || !best->proved || best->size > few->size) {
    pln_coalition_free(best);
    best = run(q, ties, options->nodes, FALSE, few);
    nodes += best->nodes;
  }
  if (!best->exists) { /* nodes ran out before a less dear one was found */
    gint64 bound = best->bound;
    pln_coalition_free(best);
    best = g_steal_pointer(&few);
    best->bound = MIN(bound, best->price);
    best->more = TRUE;
    g_clear_pointer(&best->alike, g_free);
    best->proved = FALSE;
    best->nodes = nodes;
    return g_steal_pointer(&best);
  }
  best->least = few->least;
  best->proved &= few->proved;
  best->nodes = nodes;
  best->more |= best->sets->len > options->ties;
  g_ptr_array_set_size(best->sets, (gint)MIN(best->sets->len, options->ties));
  return g_steal_pointer(&best);
}

PlnCoalition *pln_coalition_new(const PlnCoalitionCase *question,
                                const PlnCoalitionOptions *options) {
  if (question->smallest)
    return run_smallest(question, options);
  return run(question, options->ties, options->nodes, FALSE, NULL);
}
