/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/swings.h"

#include <math.h>

#include "plenary/swings_part.h"

/* More than these is sampled instead. */
static const double MOST_SECONDS = 8;

/* The game among those without a veto, where all that have one vote yes. */
typedef struct {
  guint m, vetoes, types;
  guint64 *weight; /* m, divided by what they have in common */
  guint *type;     /* m */
  guint8 *holds;   /* types: a veto */
  guint least, enough;
  guint64 least_weight, sum; /* 0: any; divided likewise */
  mpz_t *of_all, *of_others; /* m + 1: coalitions by size of m, of m - 1 members */
  PlnLight light;
} Rest;

mpz_t *pln_numbers_new(gsize n) {
  mpz_t *numbers = g_new(mpz_t, n);
  for (gsize k = 0; k < n; k++)
    mpz_init(numbers[k]);
  return numbers;
}

void pln_numbers_free(mpz_t *numbers, gsize n) {
  for (gsize k = 0; numbers && k < n; k++)
    mpz_clear(numbers[k]);
  g_free(numbers);
}

static PlnLight light_new(guint m, guint types) {
  return (PlnLight){m, types, pln_numbers_new(m + 1), pln_numbers_new((gsize)types * (m + 1))};
}

static void light_clear(PlnLight *light) {
  pln_numbers_free(light->all, light->m + 1);
  pln_numbers_free(light->with, (gsize)light->types * (light->m + 1));
}

static guint64 common(guint64 a, guint64 b) {
  while (b) {
    guint64 rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

static void divide_weights(Rest *rest) {
  guint64 divisor = 0;
  for (guint k = 0; k < rest->m; k++)
    divisor = common(divisor, rest->weight[k]);
  divisor = MAX(divisor, 1);
  for (guint k = 0; k < rest->m; k++)
    rest->weight[k] /= divisor;
  rest->sum /= divisor;
  rest->least_weight = (rest->least_weight + divisor - 1) / divisor;
}

static void binomials(guint m, mpz_t *number) {
  for (guint size = 0; size <= m; size++)
    mpz_bin_uiui(number[size], m, size);
}

static Rest rest_new(const PlnGame *game, const PlnSwings *swings) {
  guint n = game->n;
  guint64 veto_weight = 0;
  Rest rest = {.types = swings->types, .weight = g_new(guint64, n), .type = g_new(guint, n)};
  rest.holds = g_new0(guint8, rest.types);
  for (guint i = 0; i < n; i++) {
    guint64 weight = game->weight ? game->weight[i] : 0;
    if (game->veto && game->veto[i]) {
      rest.holds[swings->type[i]] = 1;
      rest.vetoes++;
      veto_weight += weight;
    } else {
      rest.weight[rest.m] = weight;
      rest.type[rest.m++] = swings->type[i];
      rest.sum += weight;
    }
  }
  rest.least = game->least - MIN(game->least, rest.vetoes);
  rest.enough = game->enough - MIN(game->enough, rest.vetoes);
  if (game->weight)
    rest.least_weight = game->least_weight - MIN(game->least_weight, veto_weight);
  divide_weights(&rest);
  rest.of_all = pln_numbers_new(rest.m + 1);
  rest.of_others = pln_numbers_new(rest.m + 1);
  binomials(rest.m, rest.of_all);
  binomials(rest.m - MIN(rest.m, 1), rest.of_others);
  rest.light = light_new(rest.m, rest.types);
  return rest;
}

static void rest_clear(Rest *rest) {
  pln_numbers_free(rest->of_all, rest->m + 1);
  pln_numbers_free(rest->of_others, rest->m + 1);
  light_clear(&rest->light);
  g_free(rest->weight);
  g_free(rest->type);
  g_free(rest->holds);
}

static gboolean count_light(const PlnWeighing *weighing, PlnSwingsWay way, PlnLight *light) {
  double generating = pln_light_generating_cost(weighing);
  double halves = pln_light_halves_cost(weighing);
  if (way == PLN_SWINGS_CHEAPER)
    way = halves < generating ? PLN_SWINGS_HALVES : PLN_SWINGS_GENERATING;
  if ((way == PLN_SWINGS_HALVES ? halves : generating) > MOST_SECONDS)
    return FALSE;
  return way == PLN_SWINGS_HALVES ? pln_light_halves(weighing, light)
                                  : pln_light_generating(weighing, light);
}

/* From the dual game: a coalition is light where its complement is not among the light ones of the
 * dual, those that weigh at most what is left over. */
static void turn_back(const Rest *rest, const PlnLight *dual, PlnLight *light) {
  guint m = rest->m;
  for (guint size = 0; size <= m; size++) {
    mpz_sub(light->all[size], rest->of_all[size], dual->all[m - size]);
    for (guint type = 0; type < rest->types && size > 0; type++) {
      gsize row = (gsize)type * (m + 1);
      mpz_t *with = &light->with[row + size];
      mpz_sub(*with, rest->of_others[size - 1], dual->all[m - size]);
      mpz_add(*with, *with, dual->with[row + m - size]);
    }
  }
}

/* In the game or its dual, whichever has fewer weights to keep. */
static gboolean weigh(Rest *rest, PlnSwingsWay way) {
  if (rest->least_weight == 0)
    return TRUE;
  guint64 left = rest->least_weight > rest->sum ? 0 : rest->sum - rest->least_weight + 1;
  PlnWeighing weighing = {rest->m, rest->weight, rest->type, rest->types, rest->least_weight};
  if (rest->least_weight <= left)
    return count_light(&weighing, way, &rest->light);
  PlnLight dual = light_new(rest->m, rest->types);
  weighing.below = left;
  gboolean done = left == 0 || count_light(&weighing, way, &dual);
  turn_back(rest, &dual, &rest->light);
  light_clear(&dual);
  return done;
}

/* Coalitions of @size that lose, of the @those (all, or those with a member) of which @light are
 * light. */
static void losing(const Rest *rest, guint size, const mpz_t those, const mpz_t light, mpz_t number) {
  if (size >= rest->enough)
    mpz_set_ui(number, 0);
  else
    mpz_set(number, size >= rest->least ? light : those);
}

/* Of those without a member, less those that lose with it as well. */
static void swing(const Rest *rest, guint type, guint size, mpz_t number) {
  mpz_t *with = rest->light.with + (gsize)type * (rest->m + 1), light, with_it;
  mpz_inits(light, with_it, NULL);
  mpz_sub(light, rest->light.all[size], with[size]);
  losing(rest, size, rest->of_others[size], light, number);
  losing(rest, size + 1, rest->of_others[size], with[size + 1], with_it);
  mpz_sub(number, number, with_it);
  mpz_clears(light, with_it, NULL);
}

static void put_together(const Rest *rest, PlnSwings *swings) {
  guint n = swings->n, v = rest->vetoes;
  for (guint size = 0; size <= rest->m; size++) {
    mpz_t *winning = &swings->winning[size + v];
    losing(rest, size, rest->of_all[size], rest->light.all[size], *winning);
    mpz_sub(*winning, rest->of_all[size], *winning);
  }
  for (guint type = 0; type < swings->types; type++) {
    mpz_t *row = swings->swing + (gsize)type * n;
    if (rest->holds[type])
      for (guint size = 0; size < n; size++)
        mpz_set(row[size], swings->winning[size + 1]);
    else
      for (guint size = 0; size < rest->m; size++)
        swing(rest, type, size, row[size + v]);
  }
}

PlnSwings *pln_swings_new(const PlnGame *game, PlnSwingsWay way) {
  PlnSwings *swings = g_new0(PlnSwings, 1);
  swings->n = game->n;
  swings->type = g_new(guint, game->n);
  swings->types = pln_game_types(game, swings->type);
  swings->winning = pln_numbers_new((gsize)game->n + 1);
  swings->swing = pln_numbers_new((gsize)swings->types * game->n);
  Rest rest = rest_new(game, swings);
  gboolean done = weigh(&rest, way);
  if (done)
    put_together(&rest, swings);
  rest_clear(&rest);
  if (!done)
    g_clear_pointer(&swings, pln_swings_free);
  return swings;
}

void pln_swings_free(PlnSwings *swings) {
  if (!swings)
    return;
  pln_numbers_free(swings->winning, (gsize)swings->n + 1);
  pln_numbers_free(swings->swing, (gsize)swings->types * swings->n);
  g_free(swings->type);
  g_free(swings);
}
