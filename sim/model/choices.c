/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lots chosen so that they win: sparse generating functions, whole or in two halves. */
#include "plenary/choices.h"

#include <stdlib.h>
#include <string.h>

enum {
  ONE_LIST = 1 << 18, /* terms: above it two halves are quicker made and no slower asked */
  MOST_TERMS = 1 << 20,
};

/* Terms with the same tokens and members: first to end - 1, by weight. */
typedef struct {
  guint tokens, members, first, end;
} Group;

typedef struct {
  PlnTerms *terms;
  GArray *groups;   /* Group */
  mp_limb_t *above; /* of each term: the count of it and all later ones of its group */
} Half;

struct PlnChoices {
  guint limbs, least, enough;
  guint64 least_weight;
  Half half[2];
};

/* What the game does not ask for is no reason to tell terms apart. */
static gboolean weighs(const PlnGame *game) {
  return game->weight && game->least_weight > 0;
}

static gboolean counts(const PlnGame *game) {
  return !weighs(game) || game->least > 1 || game->enough <= game->n;
}

static PlnLot seen(const PlnGame *game, PlnLot lot) {
  lot.members = counts(game) ? lot.members : 0;
  lot.weight = weighs(game) ? MIN(lot.weight, game->least_weight) : 0;
  return lot;
}

static int compare(const void *one, const void *other) {
  const PlnLot *a = one, *b = other;
  if (a->tokens != b->tokens)
    return a->tokens < b->tokens ? -1 : 1;
  if (a->members != b->members)
    return a->members < b->members ? -1 : 1;
  return a->weight < b->weight ? -1 : a->weight > b->weight;
}

static PlnTerms *new_terms(guint room, guint limbs) {
  PlnTerms *terms = g_new(PlnTerms, 1);
  *terms = (PlnTerms){0, limbs, g_new(PlnLot, room), g_new0(mp_limb_t, (gsize)room * limbs)};
  return terms;
}

void pln_terms_free(PlnTerms *terms) {
  if (!terms)
    return;
  g_free(terms->lot);
  g_free(terms->count);
  g_free(terms);
}

/* @x and @y with @times the lot @by added to each of its terms, @ways times. */
static PlnTerms *merge(const PlnTerms *x, const PlnTerms *y, PlnLot by, guint times,
                       const mp_limb_t *ways, guint64 quota) {
  guint limbs = x->limbs, i = 0, j = 0;
  PlnTerms *sum = new_terms(x->n + y->n, limbs);
  PlnLot moved = {0};
  while (i < x->n || j < y->n) {
    if (j < y->n) {
      moved = y->lot[j];
      moved.tokens += times * by.tokens;
      moved.members += times * by.members;
      moved.weight = MIN(moved.weight + times * by.weight, quota);
    }
    int order = i == x->n ? 1 : j == y->n ? -1 : compare(&x->lot[i], &moved);
    PlnLot next = order <= 0 ? x->lot[i] : moved;
    if (sum->n == 0 || compare(&sum->lot[sum->n - 1], &next) != 0)
      sum->lot[sum->n++] = next;
    mp_limb_t *count = sum->count + (gsize)(sum->n - 1) * limbs;
    if (order <= 0)
      pln_limbs_add(count, x->count + (gsize)i++ * limbs, limbs);
    else
      pln_limbs_add_product(count, y->count + (gsize)j++ * limbs, ways, limbs);
  }
  return sum;
}

/* Multiplies in @alike lots like @lot. */
static PlnTerms *multiply(PlnTerms *terms, PlnLot lot, guint alike, guint64 quota) {
  PlnTerms *sum = new_terms(0, terms->limbs);
  mp_limb_t *ways = g_new(mp_limb_t, terms->limbs);
  mpz_t binomial;
  mpz_init(binomial);
  for (guint times = 0; times <= alike; times++) {
    mpz_bin_uiui(binomial, alike, times);
    pln_limbs_set(ways, binomial, terms->limbs);
    PlnTerms *more = merge(sum, terms, lot, times, ways, quota);
    pln_terms_free(sum);
    sum = more;
  }
  mpz_clear(binomial);
  g_free(ways);
  pln_terms_free(terms);
  return sum;
}

static guint alike_from(const PlnLot *lot, guint n, guint first) {
  guint end = first + 1;
  while (end < n && compare(&lot[end], &lot[first]) == 0)
    end++;
  return end - first;
}

/* At most so many terms: every choice apart, or every number that can come about; of members only
 * what they are more than tokens, which single members are not (0: they do not matter). */
static double bound(const PlnLot *lot, guint n, guint64 quota) {
  double apart = 1, tokens = 1, more = 1, more_apart = 1, weight = 1;
  for (guint first = 0, alike; first < n; first += alike) {
    alike = alike_from(lot, n, first);
    apart *= alike + 1;
    tokens += alike * lot[first].tokens;
    weight += (double)alike * lot[first].weight;
    if (lot[first].members > 0 && lot[first].members != lot[first].tokens) {
      more += alike * ABS((double)lot[first].members - lot[first].tokens);
      more_apart *= alike + 1;
    }
  }
  return MIN(apart, tokens * MIN(more, more_apart) * MIN(weight, (double)quota + 1));
}

static PlnTerms *expand(const PlnLot *lot, guint n, PlnLot taken, guint limbs, guint64 quota) {
  PlnTerms *terms = new_terms(1, limbs);
  terms->n = 1;
  terms->lot[0] = taken;
  terms->count[0] = 1;
  for (guint first = 0, alike; first < n; first += alike) {
    alike = alike_from(lot, n, first);
    terms = multiply(terms, lot[first], alike, quota);
  }
  return terms;
}

static PlnLot *sorted(const PlnGame *game, const PlnLot *lot, guint n) {
  PlnLot *sorted = g_new(PlnLot, n + 1);
  for (guint k = 0; k < n; k++)
    sorted[k] = seen(game, lot[k]);
  qsort(sorted, n, sizeof *sorted, compare);
  return sorted;
}

static guint64 quota_of(const PlnGame *game) {
  return weighs(game) ? game->least_weight : 0;
}

double pln_terms_bound(const PlnGame *game, const PlnLot *lot, guint n) {
  g_autofree PlnLot *own = sorted(game, lot, n);
  return bound(own, n, quota_of(game));
}

PlnTerms *pln_terms_new(const PlnGame *game, const PlnLot *lot, guint n, PlnLot taken, guint limbs,
                        guint most) {
  g_autofree PlnLot *own = sorted(game, lot, n);
  if (bound(own, n, quota_of(game)) > most)
    return NULL;
  return expand(own, n, seen(game, taken), limbs, quota_of(game));
}

static Half half_of(PlnTerms *terms) {
  guint limbs = terms->limbs;
  Half half = {terms, g_array_new(FALSE, FALSE, sizeof(Group)), NULL};
  half.above = g_new0(mp_limb_t, (gsize)(terms->n + 1) * limbs);
  for (guint k = 0; k < terms->n; k++) {
    PlnLot lot = terms->lot[k];
    guint len = half.groups->len;
    Group *last = len ? &g_array_index(half.groups, Group, len - 1) : NULL;
    if (last && last->tokens == lot.tokens && last->members == lot.members) {
      last->end++;
    } else {
      Group group = {lot.tokens, lot.members, k, k + 1};
      g_array_append_val(half.groups, group);
    }
  }
  for (guint g = 0; g < half.groups->len; g++) {
    const Group *group = &g_array_index(half.groups, Group, g);
    for (guint k = group->end; k-- > group->first;) {
      mp_limb_t *above = half.above + (gsize)k * limbs;
      if (k + 1 < group->end)
        pln_limbs_add(above, above + limbs, limbs);
      pln_limbs_add(above, terms->count + (gsize)k * limbs, limbs);
    }
  }
  return half;
}

/* Lots that are alike stay together; the heavier part goes where there is less so far. */
static guint split(PlnLot *lot, guint n, PlnLot *other) {
  double size[2] = {1, 1};
  guint kept = 0, gone = 0;
  for (guint first = 0, alike; first < n; first += alike) {
    alike = alike_from(lot, n, first);
    guint to = size[1] < size[0];
    size[to] *= alike + 1;
    for (guint k = first; k < first + alike; k++)
      if (to)
        other[gone++] = lot[k];
      else
        lot[kept++] = lot[k];
  }
  return kept;
}

PlnChoices *pln_choices_new(const PlnGame *game, const PlnLot *lot, guint n, PlnLot taken,
                            guint limbs) {
  g_autofree PlnLot *own = sorted(game, lot, n);
  g_autofree PlnLot *other = g_new(PlnLot, n + 1);
  guint64 quota = quota_of(game);
  guint kept = n;
  if (weighs(game) && bound(own, n, quota) > ONE_LIST)
    kept = split(own, n, other);
  if (bound(own, kept, quota) > MOST_TERMS || bound(other, n - kept, quota) > MOST_TERMS)
    return NULL;
  PlnChoices *choices = g_new0(PlnChoices, 1);
  *choices = (PlnChoices){.limbs = limbs,
                          .least = counts(game) ? game->least : 0,
                          .enough = counts(game) ? game->enough : G_MAXUINT,
                          .least_weight = quota};
  choices->half[0] = half_of(expand(own, kept, seen(game, taken), limbs, quota));
  choices->half[1] = half_of(expand(other, n - kept, (PlnLot){0}, limbs, quota));
  return choices;
}

void pln_choices_free(PlnChoices *choices) {
  if (!choices)
    return;
  for (int k = 0; k < 2; k++) {
    pln_terms_free(choices->half[k].terms);
    g_array_unref(choices->half[k].groups);
    g_free(choices->half[k].above);
  }
  g_free(choices);
}

double pln_choices_cost(const PlnChoices *choices) {
  const Half *a = &choices->half[0], *b = &choices->half[1];
  if (b->terms->n == 1)
    return 10.0 * a->groups->len * choices->limbs;
  return ((double)a->terms->n * b->groups->len + (double)b->terms->n * a->groups->len) *
         choices->limbs;
}

/* The first term of the group with at least @weight, by bisection. */
static guint first_with(const PlnTerms *terms, const Group *group, guint64 weight) {
  guint low = group->first, high = group->end;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (terms->lot[middle].weight < weight)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* The pairs of a term of @x and one of @y that weigh at least @weight together. */
static void match(const PlnChoices *c, const Group *x, const Group *y, guint64 weight,
                  mp_limb_t *sum) {
  const Half *a = &c->half[0], *b = &c->half[1];
  guint limbs = c->limbs;
  if (y->end == y->first + 1) {
    guint64 own = b->terms->lot[y->first].weight;
    guint i = first_with(a->terms, x, own < weight ? weight - own : 0);
    if (i < x->end)
      pln_limbs_add_product(sum, a->above + (gsize)i * limbs,
                            b->terms->count + (gsize)y->first * limbs, limbs);
    return;
  }
  for (guint i = x->first, j = y->end; i < x->end; i++) {
    guint64 own = a->terms->lot[i].weight;
    while (j > y->first && own + b->terms->lot[j - 1].weight >= weight)
      j--;
    if (j < y->end)
      pln_limbs_add_product(sum, a->terms->count + (gsize)i * limbs, b->above + (gsize)j * limbs,
                            limbs);
  }
}

void pln_choices_count(const PlnChoices *c, guint members, guint64 weight, mp_limb_t *winning) {
  const GArray *left = c->half[0].groups, *right = c->half[1].groups;
  guint64 lacking = c->least_weight > weight ? c->least_weight - weight : 0;
  for (guint g = 0; g < left->len; g++)
    for (guint h = 0; h < right->len; h++) {
      const Group *x = &g_array_index(left, Group, g), *y = &g_array_index(right, Group, h);
      guint size = x->members + y->members + members;
      mp_limb_t *sum = winning + (gsize)(x->tokens + y->tokens) * c->limbs;
      if (size >= c->enough)
        match(c, x, y, 0, sum);
      else if (size >= c->least)
        match(c, x, y, lacking, sum);
    }
}
