/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Johnston, Deegan-Packel and public-good index from what the walk has counted.  reference F7 */
#include <stdlib.h>

#include "plenary/critical_part.h"

enum { USUAL_MOST = 60000000 };

static int by_weight(const void *one, const void *other) {
  const PlnCriticalKind *a = one, *b = other;
  return a->weight > b->weight ? -1 : a->weight < b->weight;
}

/* Kinds, the heaviest first, and what the veto holders come to. */
static void find_kinds(PlnCriticalRun *run, const guint *type, guint types) {
  const PlnGame *game = run->game;
  g_autofree PlnCriticalKind *kind = g_new0(PlnCriticalKind, types + 1);
  for (guint i = 0; i < game->n; i++) {
    guint64 weight = game->weight ? game->weight[i] : 0;
    if (game->veto && game->veto[i]) {
      run->vetoes++;
      run->veto_weight += weight;
      continue;
    }
    kind[type[i]] = (PlnCriticalKind){kind[type[i]].n + 1, type[i], weight};
  }
  run->kind = g_new(PlnCriticalKind, types + 1);
  for (guint t = 0; t < types; t++)
    if (kind[t].n)
      run->kind[run->kinds++] = kind[t];
  if (run->kinds)
    qsort(run->kind, run->kinds, sizeof *run->kind, by_weight);
}

static void find_ways(PlnCriticalRun *run) {
  mpz_t binomial;
  mpz_init(binomial);
  run->binomial = g_new(gsize, run->kinds + 1);
  run->ways = g_new0(mp_limb_t, (gsize)(run->n + run->kinds + 1) * run->limbs);
  gsize next = 0;
  for (guint t = 0; t < run->kinds; t++) {
    run->binomial[t] = next;
    for (guint k = 0; k <= run->kind[t].n; k++) {
      mpz_bin_uiui(binomial, run->kind[t].n, k);
      pln_limbs_set(pln_critical_at(run, run->ways, next++), binomial, run->limbs);
    }
  }
  mpz_clear(binomial);
}

static mp_limb_t *room_for(const PlnCriticalRun *run, gsize n) {
  return g_new0(mp_limb_t, n * run->limbs);
}

static void find_above(PlnCriticalRun *run) {
  mpz_t sum, binomial;
  mpz_inits(sum, binomial, NULL);
  for (guint t = 0; t <= run->kinds; t++) {
    mpz_set_ui(sum, 0);
    for (guint k = run->left[t] + 1; k-- > 0;) {
      mpz_bin_uiui(binomial, run->left[t], k);
      mpz_add(sum, sum, binomial);
      pln_limbs_set(pln_critical_at(run, run->above, (gsize)t * (run->n + 2) + k), sum, run->limbs);
    }
  }
  mpz_clears(sum, binomial, NULL);
}

/* Members and weight that are still to come, by depth. */
static void find_left(PlnCriticalRun *run) {
  guint kinds = run->kinds;
  run->weight_left = g_new0(guint64, kinds + 1);
  run->left = g_new0(guint, kinds + 1);
  for (guint t = kinds; t-- > 0;) {
    run->left[t] = run->left[t + 1] + run->kind[t].n;
    run->weight_left[t] = run->weight_left[t + 1] + run->kind[t].n * run->kind[t].weight;
  }
}

static void set_up(PlnCriticalRun *run, const PlnGame *game, const guint *type, guint types,
                   guint64 most) {
  enum { SPARE_BITS = 16 }; /* coalitions times members */
  *run = (PlnCriticalRun){.own = *game, .n = game->n, .most = most ? most : USUAL_MOST};
  if (run->own.enough <= run->own.least) {
    run->own.least = run->own.enough;
    run->own.least_weight = 0;
    run->own.enough = run->n + 1;
  }
  run->game = &run->own;
  run->limbs = pln_limbs_of_bits(run->n + SPARE_BITS);
  find_kinds(run, type, types);
  find_ways(run);
  find_left(run);
  guint kinds = run->kinds;
  run->chosen = g_new0(guint, kinds + 1);
  run->size = g_new0(guint, kinds + 1);
  run->times = room_for(run, kinds + 1);
  run->times[0] = 1;
  run->heavy = room_for(run, kinds + 1);
  run->all = room_for(run, 2 * (kinds + 1));
  run->whole = room_for(run, 2 * (kinds + 1));
  run->least = room_for(run, (gsize)(kinds + 1) * (run->n + 2));
  run->above = room_for(run, (gsize)(kinds + 1) * (run->n + 2));
  run->room = room_for(run, 1);
  find_above(run);
  run->critical = room_for(run, (gsize)(kinds + 1) * (run->n + 2));
  run->minimal = room_for(run, (gsize)(kinds + 1) * (run->n + 2));
  run->coalitions = room_for(run, run->n + 2);
  run->minimals = room_for(run, run->n + 2);
}

static void clear(PlnCriticalRun *run) {
  void *all[] = {run->kind,    run->weight_left, run->left,    run->binomial, run->ways,
                 run->chosen,  run->size,        run->times,   run->heavy,    run->all,
                 run->whole,   run->least,       run->above,   run->room,     run->critical,
                 run->minimal, run->coalitions,  run->minimals};
  for (guint k = 0; k < G_N_ELEMENTS(all); k++)
    g_free(all[k]);
}

/* Of those of least, the memberships of the kinds that were left: binomials with one of them in. */
static void add_least(PlnCriticalRun *run) {
  mpz_t ways, seen;
  mpz_init(ways);
  for (guint depth = 0; depth < run->kinds; depth++)
    for (guint more = 1; more <= run->left[depth]; more++) {
      const mp_limb_t *begun = pln_critical_at(run, run->least, (gsize)depth * (run->n + 2) + more);
      if (pln_limbs_is_zero(begun, run->limbs))
        continue;
      mpz_bin_uiui(ways, run->left[depth] - 1, more - 1);
      pln_limbs_see(seen, begun, run->limbs);
      mpz_mul(ways, ways, seen);
      pln_limbs_set(run->room, ways, run->limbs);
      for (guint t = depth; t < run->kinds; t++)
        pln_limbs_add_times(pln_critical_at(run, run->whole, 2 * t), run->room, run->kind[t].n,
                            run->limbs);
    }
  mpz_clear(ways);
}

/* What is critical as a whole belongs to both tables. */
static void add_whole(PlnCriticalRun *run) {
  const guint size[2] = {run->game->least, run->game->enough};
  for (guint way = 0; way < 2; way++) {
    if (size[way] > run->n)
      continue;
    const mp_limb_t *all = pln_critical_at(run, run->all, way);
    pln_limbs_add(pln_critical_at(run, run->coalitions, size[way]), all, run->limbs);
    pln_limbs_add(pln_critical_at(run, run->minimals, size[way]), all, run->limbs);
    for (guint t = 0; t < run->kinds; t++) {
      const mp_limb_t *whole = pln_critical_at(run, run->whole, 2 * t + way);
      gsize cell = (gsize)t * (run->n + 1) + size[way];
      pln_limbs_add(pln_critical_at(run, run->critical, cell), whole, run->limbs);
      pln_limbs_add(pln_critical_at(run, run->minimal, cell), whole, run->limbs);
    }
  }
}

/* Σ row[k] whole / k, where each k divides @whole. */
static void sum_shares(const PlnCriticalRun *run, const mp_limb_t *row, const mpz_t whole,
                       mpz_t sum) {
  mpz_t part, count;
  mpz_init(part);
  mpz_set_ui(sum, 0);
  for (guint k = 1; k <= run->n; k++) {
    pln_limbs_see(count, row + (gsize)k * run->limbs, run->limbs);
    mpz_divexact_ui(part, whole, k);
    mpz_addmul(sum, count, part);
  }
  mpz_clear(part);
}

/* Σ row[k] */
static void sum_counts(const PlnCriticalRun *run, const mp_limb_t *row, mpz_t sum) {
  mpz_t count;
  mpz_set_ui(sum, 0);
  for (guint k = 1; k <= run->n; k++) {
    pln_limbs_see(count, row + (gsize)k * run->limbs, run->limbs);
    mpz_add(sum, sum, count);
  }
}

static void divide(mpq_t share, const mpz_t part, const mpz_t all, guint members) {
  if (mpz_sgn(all) == 0)
    return;
  mpz_set(mpq_numref(share), part);
  mpz_mul_ui(mpq_denref(share), all, members);
  mpq_canonicalize(share);
}

/* Of a type: from its memberships, or for one with a veto from all coalitions. */
static void share(const PlnCriticalRun *run, guint type, const mp_limb_t *critical,
                  const mp_limb_t *minimal, guint members, PlnCritical *out) {
  mpz_t whole, part, all, one, seen;
  mpz_inits(whole, part, all, NULL);
  mpz_init_set_ui(one, 1);
  for (guint k = 2; k <= run->n; k++)
    mpz_lcm_ui(one, one, k);
  /* Each coalition's shares sum to 1. */
  sum_counts(run, run->coalitions, all);
  mpz_mul(whole, all, one);
  sum_shares(run, critical, one, part);
  divide(out->johnston[type], part, whole, members);
  mpz_mul(whole, out->minimal, one);
  sum_shares(run, minimal, one, part);
  divide(out->deegan_packel[type], part, whole, members);
  /* All memberships are all coalitions by their size. */
  mpz_set_ui(all, 0);
  for (guint k = 1; k <= run->n; k++) {
    pln_limbs_see(seen, pln_critical_at(run, run->minimals, k), run->limbs);
    mpz_addmul_ui(all, seen, k);
  }
  sum_counts(run, minimal, part);
  divide(out->public_good[type], part, all, members);
  mpz_clears(whole, part, all, one, NULL);
}

static void share_all(PlnCriticalRun *run, PlnCritical *out) {
  add_least(run);
  add_whole(run);
  sum_counts(run, run->minimals, out->minimal);
  for (guint t = 0; t < run->kinds; t++) {
    gsize row = (gsize)t * (run->n + 1);
    share(run, run->kind[t].type, pln_critical_at(run, run->critical, row),
          pln_critical_at(run, run->minimal, row), run->kind[t].n, out);
  }
  for (guint i = 0; i < run->n; i++)
    if (run->game->veto && run->game->veto[i])
      share(run, out->type[i], run->coalitions, run->minimals, 1, out);
}

PlnCritical *pln_critical_new(const PlnGame *game, guint64 most) {
  PlnCritical *out = g_new0(PlnCritical, 1);
  PlnCriticalRun run;
  out->n = game->n;
  out->type = g_new(guint, game->n + 1);
  out->types = game->n ? pln_game_types(game, out->type) : 0;
  mpz_init(out->minimal);
  out->johnston = pln_fractions_new(out->types);
  out->deegan_packel = pln_fractions_new(out->types);
  out->public_good = pln_fractions_new(out->types);
  set_up(&run, game, out->type, out->types, most);
  pln_critical_walk(&run);
  out->visited = run.visited;
  if (run.visited > run.most)
    g_clear_pointer(&out, pln_critical_free);
  else
    share_all(&run, out);
  clear(&run);
  return out;
}

void pln_critical_free(PlnCritical *critical) {
  if (!critical)
    return;
  pln_fractions_free(critical->johnston, critical->types);
  pln_fractions_free(critical->deegan_packel, critical->types);
  pln_fractions_free(critical->public_good, critical->types);
  mpz_clear(critical->minimal);
  g_free(critical->type);
  g_free(critical);
}
