/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Power where blocs vote as one: the other unions, and the members inside, by choices.
 * reference F7 */
#include "plenary/unions.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plenary/choices.h"

enum { MOST_TERMS = 1 << 20 };

/* Steps of pln_choices_cost: about three seconds. */
static const double most_steps = 1.5e9;

typedef struct {
  guint n;       /* members */
  guint *member; /* n: by type */
  guint vetoes;
  PlnLot lot; /* as a lot of the other unions' choices */
} Union;

typedef struct {
  const PlnGame *game;
  guint m, limbs;
  guint *type; /* of each member */
  Union *unions;
  mp_limb_t *ways;  /* two counts of choices, of up to m or the members of the largest union */
  mp_limb_t *pairs; /* N(t, a): (largest union) x m x limbs, by a */
  mpz_t *factorial; /* 0 to n */
  double steps;     /* left */
  guint kinds;      /* of unions, left */
  PlnUnions *out;
} Run;

static gboolean is_veto(const PlnGame *game, guint member) {
  return game->veto && game->veto[member];
}

static PlnLot lot_of(const PlnGame *game, guint member) {
  return (PlnLot){1, 1, game->weight ? game->weight[member] : 0};
}

static PlnLot both(PlnLot a, PlnLot b) {
  return (PlnLot){a.tokens + b.tokens, a.members + b.members, a.weight + b.weight};
}

static int by_type(const void *one, const void *other, void *types) {
  const guint *type = types;
  guint a = type[*(const guint *)one], b = type[*(const guint *)other];
  return a < b ? -1 : a > b;
}

static void gather(Run *run, const guint *of) {
  const PlnGame *game = run->game;
  for (guint i = 0; i < game->n; i++)
    run->unions[of[i]].n++;
  for (guint k = 0; k < run->m; k++) {
    run->unions[k].member = g_new(guint, run->unions[k].n + 1);
    run->unions[k].n = 0;
    run->unions[k].lot.tokens = 1;
  }
  for (guint i = 0; i < game->n; i++) {
    Union *u = &run->unions[of[i]];
    PlnLot lot = lot_of(game, i);
    u->member[u->n++] = i;
    u->vetoes += is_veto(game, i);
    u->lot.members++;
    u->lot.weight += lot.weight;
  }
  for (guint k = 0; k < run->m; k++)
    g_qsort_with_data(run->unions[k].member, (gint)run->unions[k].n, sizeof(guint), by_type,
                      run->type);
}

static gboolean are_alike(const Run *run, const Union *a, const Union *b) {
  if (a->n != b->n)
    return FALSE;
  for (guint k = 0; k < a->n; k++)
    if (run->type[a->member[k]] != run->type[b->member[k]])
      return FALSE;
  return TRUE;
}

/* Lots to choose from, and what is in every choice. */
typedef struct {
  PlnLot *lot, taken;
  guint n;
} Lots;

static void put(Lots *lots, PlnLot lot, gboolean veto) {
  if (veto)
    lots->taken = both(lots->taken, lot);
  else
    lots->lot[lots->n++] = lot;
}

/* The other unions: those with a veto are in every choice. */
static Lots others_of(const Run *run, const Union *but) {
  Lots lots = {.lot = g_new(PlnLot, run->m)};
  for (guint k = 0; k < run->m; k++)
    if (&run->unions[k] != but)
      put(&lots, run->unions[k].lot, run->unions[k].vetoes > 0);
  return lots;
}

/* The others inside the union: its veto holders are in every choice. */
static Lots inside_of(const Run *run, const Union *u, guint but) {
  Lots lots = {.lot = g_new(PlnLot, u->n)};
  for (guint k = 0; k < u->n; k++)
    if (u->member[k] != but)
      put(&lots, lot_of(run->game, u->member[k]), is_veto(run->game, u->member[k]));
  return lots;
}

static PlnChoices *choices_of(const Run *run, const Lots *lots) {
  return pln_choices_new(run->game, lots->lot, lots->n, lots->taken, run->limbs);
}

static PlnTerms *terms_of(const Run *run, const Lots *lots) {
  return pln_terms_new(run->game, lots->lot, lots->n, lots->taken, run->limbs, MOST_TERMS);
}

/* Adds to @pairs, a number every @stride, those of @n numbers of @choices that win with @with less
 * those that win with @without as well, each @times. */
static void add_swings(Run *run, const PlnChoices *choices, guint n, PlnLot with, PlnLot without,
                       gboolean wins_without, const mp_limb_t *times, gsize stride,
                       mp_limb_t *pairs) {
  guint limbs = run->limbs;
  mp_limb_t *ways = run->ways, *less = run->ways + (gsize)n * limbs;
  memset(run->ways, 0, sizeof *run->ways * n * limbs * 2);
  pln_choices_count(choices, with.members, with.weight, ways);
  if (wins_without)
    pln_choices_count(choices, without.members, without.weight, less);
  for (guint t = 0; t < n; t++, ways += limbs, less += limbs) {
    pln_limbs_take(ways, less, limbs);
    if (!pln_limbs_is_zero(ways, limbs))
      pln_limbs_add_product(pairs + t * stride * limbs, ways, times, limbs);
  }
}

/* N(t, a) of @member of @u: each term of the one side is asked of the choices of the other.
 * Returns: FALSE where it would take too long for so many @types of members */
static gboolean find_pairs(Run *run, const Union *u, guint member, const PlnTerms *terms,
                           const PlnChoices *choices, gboolean terms_inside, guint types) {
  gboolean veto = is_veto(run->game, member);
  PlnLot own = lot_of(run->game, member);
  guint n = terms_inside ? run->m : u->n;
  double steps = 2.0 * terms->n * (pln_choices_cost(choices) + 2 * n);
  if (steps * types > run->steps)
    return FALSE;
  run->steps -= steps;
  memset(run->pairs, 0, sizeof *run->pairs * run->m * u->n * run->limbs);
  for (guint k = 0; k < terms->n; k++) {
    PlnLot some = terms->lot[k];
    gsize first = (gsize)some.tokens * (terms_inside ? run->m : 1);
    add_swings(run, choices, n, both(some, own), some, !veto, terms->count + (gsize)k * run->limbs,
               terms_inside ? 1 : run->m, run->pairs + first * run->limbs);
  }
  return TRUE;
}

/* Sums Σ_t Σ_a N(t, a) times t!(m-1-t)! where @between, a!(u-1-a)! where @within. */
static void sum_up(const Run *run, guint u, gboolean between, gboolean within, mpq_t index) {
  mpz_t row, all, pairs;
  mpz_inits(row, all, NULL);
  for (guint a = 0; a < u; a++) {
    mpz_set_ui(row, 0);
    for (guint t = 0; t < run->m; t++) {
      pln_limbs_see(pairs, run->pairs + ((gsize)a * run->m + t) * run->limbs, run->limbs);
      if (mpz_sgn(pairs) == 0)
        continue;
      mpz_ptr sum = mpq_denref(index);
      mpz_mul(sum, run->factorial[t], run->factorial[run->m - 1 - t]);
      if (between)
        mpz_addmul(row, pairs, sum);
      else
        mpz_add(row, row, pairs);
    }
    if (within) {
      mpz_mul(row, row, run->factorial[a]);
      mpz_mul(row, row, run->factorial[u - 1 - a]);
    }
    mpz_add(all, all, row);
  }
  mpz_set(mpq_numref(index), all);
  mpz_set_ui(row, 1);
  mpz_mul_2exp(row, row, (between ? 0 : run->m - 1) + (within ? 0 : u - 1));
  if (between)
    mpz_mul(row, row, run->factorial[run->m]);
  if (within)
    mpz_mul(row, row, run->factorial[u]);
  mpz_set(mpq_denref(index), row);
  mpq_canonicalize(index);
  mpz_clears(row, all, NULL);
}

/* The union as one player. */
static void find_quotient(Run *run, guint k, const PlnChoices *others) {
  const Union *u = &run->unions[k];
  mp_limb_t *one = g_new0(mp_limb_t, run->limbs);
  one[0] = 1;
  memset(run->pairs, 0, sizeof *run->pairs * run->m * run->limbs);
  add_swings(run, others, run->m, u->lot, (PlnLot){0}, u->vetoes == 0, one, 1, run->pairs);
  sum_up(run, 1, TRUE, FALSE, run->out->shapley[k]);
  sum_up(run, 1, FALSE, FALSE, run->out->banzhaf[k]);
  g_free(one);
}

static void copy_member(PlnUnions *out, guint to, guint from) {
  mpq_set(out->owen[to], out->owen[from]);
  mpq_set(out->banzhaf_owen[to], out->banzhaf_owen[from]);
  mpq_set(out->symmetric[to], out->symmetric[from]);
}

static guint types_of(const Run *run, const Union *u) {
  guint types = 1;
  for (guint k = 1; k < u->n; k++)
    types += run->type[u->member[k]] != run->type[u->member[k - 1]];
  return types;
}

/* What it costs to ask all the terms of one side of the choices of the other. */
static double cost_of(const Run *run, const Lots *terms, const PlnChoices *choices) {
  double n = pln_terms_bound(run->game, terms->lot, terms->n);
  return choices && n <= MOST_TERMS ? n * pln_choices_cost(choices) : INFINITY;
}

/* @outside: the other unions' choices and lots; whichever way is cheaper. */
static gboolean find_member(Run *run, const Union *u, guint i, const Lots *others,
                            const PlnChoices *outside) {
  const double little = 1e6;
  Lots inside = inside_of(run, u, i);
  double cost = cost_of(run, &inside, outside);
  g_autoptr(PlnChoices) within = cost > little ? choices_of(run, &inside) : NULL;
  gboolean swap = cost_of(run, others, within) < cost;
  g_autoptr(PlnTerms) terms = terms_of(run, swap ? others : &inside);
  g_free(inside.lot);
  if (!terms || !find_pairs(run, u, i, terms, swap ? within : outside, !swap, types_of(run, u)))
    return FALSE;
  sum_up(run, u->n, TRUE, TRUE, run->out->owen[i]);
  sum_up(run, u->n, FALSE, FALSE, run->out->banzhaf_owen[i]);
  sum_up(run, u->n, FALSE, TRUE, run->out->symmetric[i]);
  return TRUE;
}

static gboolean find_union(Run *run, guint k) {
  const Union *u = &run->unions[k];
  Lots others = others_of(run, u);
  g_autoptr(PlnChoices) outside = choices_of(run, &others);
  /* Those to come take about as much: what does not end is not gone on with. */
  gboolean done = outside && 4 * pln_choices_cost(outside) * run->kinds <= run->steps;
  run->kinds--;
  if (done)
    find_quotient(run, k, outside);
  for (guint j = 0; j < u->n && done; j++) {
    guint i = u->member[j];
    if (j > 0 && run->type[i] == run->type[u->member[j - 1]])
      copy_member(run->out, i, u->member[j - 1]);
    else
      done = find_member(run, u, i, &others, outside);
  }
  g_free(others.lot);
  return done;
}

/* The first union like the @k-th, or itself. */
static guint model_of(const Run *run, guint k) {
  guint from = 0;
  while (from < k && !are_alike(run, &run->unions[k], &run->unions[from]))
    from++;
  return from;
}

static void copy_union(Run *run, guint k, guint from) {
  mpq_set(run->out->shapley[k], run->out->shapley[from]);
  mpq_set(run->out->banzhaf[k], run->out->banzhaf[from]);
  for (guint j = 0; j < run->unions[k].n; j++)
    copy_member(run->out, run->unions[k].member[j], run->unions[from].member[j]);
}

static PlnUnions *new_unions(guint n, guint m) {
  PlnUnions *out = g_new(PlnUnions, 1);
  *out = (PlnUnions){n,
                     m,
                     pln_fractions_new(n),
                     pln_fractions_new(n),
                     pln_fractions_new(n),
                     pln_fractions_new(m),
                     pln_fractions_new(m)};
  return out;
}

void pln_unions_free(PlnUnions *unions) {
  if (!unions)
    return;
  pln_fractions_free(unions->owen, unions->n);
  pln_fractions_free(unions->banzhaf_owen, unions->n);
  pln_fractions_free(unions->symmetric, unions->n);
  pln_fractions_free(unions->shapley, unions->m);
  pln_fractions_free(unions->banzhaf, unions->m);
  g_free(unions);
}

static void set_up(Run *run, const PlnGame *game, const guint *of, guint m) {
  guint largest = 0, n = game->n;
  *run = (Run){.game = game, .m = m, .limbs = pln_limbs_of_bits(n + 1), .steps = most_steps};
  run->type = g_new(guint, n + 1);
  pln_game_types(game, run->type);
  run->unions = g_new0(Union, m + 1);
  gather(run, of);
  for (guint k = 0; k < m; k++)
    largest = MAX(largest, run->unions[k].n);
  run->ways = g_new(mp_limb_t, (gsize)MAX(m, largest) * run->limbs * 2 + 1);
  run->pairs = g_new(mp_limb_t, (gsize)m * largest * run->limbs + 1);
  run->factorial = g_new(mpz_t, n + 1);
  for (guint k = 0; k <= n; k++) {
    mpz_init(run->factorial[k]);
    mpz_fac_ui(run->factorial[k], k);
  }
  run->out = new_unions(n, m);
}

static void clear(Run *run) {
  for (guint k = 0; k <= run->game->n; k++)
    mpz_clear(run->factorial[k]);
  for (guint k = 0; k < run->m; k++)
    g_free(run->unions[k].member);
  g_free(run->factorial);
  g_free(run->pairs);
  g_free(run->ways);
  g_free(run->unions);
  g_free(run->type);
}

PlnUnions *pln_unions_new(const PlnGame *game, const guint *of, guint m) {
  Run run;
  set_up(&run, game, of, m);
  for (guint k = 0; k < m; k++)
    run.kinds += model_of(&run, k) == k;
  for (guint k = 0; k < m && run.out; k++) {
    guint from = model_of(&run, k);
    if (from < k)
      copy_union(&run, k, from);
    else if (!find_union(&run, k))
      g_clear_pointer(&run.out, pln_unions_free);
  }
  clear(&run);
  return run.out;
}
