/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/power.h"

#include <math.h>

#include "plenary/power_part.h"
#include "plenary/swings_part.h"

const PlnPowerName pln_power_names[PLN_POWER_INDICES] = {
    {"shapley-shubik", "Shapley-Shubik index", "Shapley and Shubik 1954"},
    {"banzhaf", "Banzhaf index, absolute", "Penrose 1946; Banzhaf 1965"},
    {"banzhaf-normalised", "Banzhaf index, normalised", "Banzhaf 1965"},
    {"coleman-prevent", "Coleman's power to prevent action", "Coleman 1971"},
    {"coleman-initiate", "Coleman's power to initiate action", "Coleman 1971"},
    {"johnston", "Johnston index", "Johnston 1978"},
    {"deegan-packel", "Deegan-Packel index", "Deegan and Packel 1978"},
    {"public-good", "Public-good index", "Holler 1982"},
    {"owen", "Owen index", "Owen 1977"},
    {"banzhaf-owen", "Banzhaf-Owen index", "Owen 1982"},
    {"symmetric-coalitional-banzhaf", "Symmetric coalitional Banzhaf index",
     "Alonso-Meijide and Fiestras-Janeiro 2002"},
};

PlnPowerOptions pln_power_options(void) {
  return (PlnPowerOptions){.samples = 100000, .seed = 1, .threads = 1};
}

/* Nearest: mpq_get_d cuts off. */
static double value_of(const mpq_t fraction) {
  double cut = mpq_get_d(fraction);
  mpq_t rest;
  mpq_init(rest);
  mpq_set_d(rest, cut);
  mpq_sub(rest, fraction, rest);
  double value = cut + mpq_get_d(rest);
  mpq_clear(rest);
  return value;
}

/* @part / @whole; 0 where both are: nothing wins. */
static void set_part(mpq_t fraction, const mpz_t part, const mpz_t whole) {
  mpq_set_ui(fraction, 0, 1);
  if (mpz_sgn(whole) == 0)
    return;
  mpz_set(mpq_numref(fraction), part);
  mpz_set(mpq_denref(fraction), whole);
  mpq_canonicalize(fraction);
}

static void set_exact(PlnPower *power, PlnPowerIndex index) {
  power->how[index] = PLN_POWER_EXACT;
  for (guint i = 0; i < power->n; i++) {
    gsize at = (gsize)index * power->n + i;
    power->value[at] = value_of(power->fraction[at]);
    power->error[at] = 0;
  }
}

static mpq_t *fraction_of(PlnPower *power, PlnPowerIndex index, guint member) {
  return &power->fraction[(gsize)index * power->n + member];
}

/* Σ swings(s) s!(n-1-s)! of each type; in n! orders of the members. */
static void set_shapley(const PlnSwings *swings, PlnPower *power) {
  guint n = swings->n;
  mpz_t *orders = pln_numbers_new(n), *sum = pln_numbers_new(swings->types), rest, all;
  mpz_inits(rest, all, NULL);
  for (guint s = 0; s < n; s++) {
    mpz_fac_ui(orders[s], s);
    mpz_fac_ui(rest, n - 1 - s);
    mpz_mul(orders[s], orders[s], rest);
  }
  for (guint type = 0; type < swings->types; type++)
    for (guint s = 0; s < n; s++)
      mpz_addmul(sum[type], orders[s], swings->swing[(gsize)type * n + s]);
  mpz_fac_ui(all, n);
  for (guint i = 0; i < n; i++)
    set_part(*fraction_of(power, PLN_POWER_SHAPLEY, i), sum[swings->type[i]], all);
  mpz_clears(rest, all, NULL);
  pln_numbers_free(orders, n);
  pln_numbers_free(sum, swings->types);
}

/* How many coalitions each member decides, all members together, how many win. */
static void count_swings(const PlnSwings *swings, PlnPower *power, mpz_t decided) {
  guint n = swings->n;
  for (guint s = 0; s <= n; s++)
    mpz_add(power->winning, power->winning, swings->winning[s]);
  for (guint i = 0; i < n; i++) {
    for (guint s = 0; s < n; s++)
      mpz_add(power->swings[i], power->swings[i], swings->swing[(gsize)swings->type[i] * n + s]);
    mpz_add(decided, decided, power->swings[i]);
  }
}

static void set_swings(const PlnSwings *swings, PlnPower *power) {
  guint n = swings->n;
  mpz_t decided, half, losing;
  mpz_inits(decided, half, losing, NULL);
  count_swings(swings, power, decided);
  mpz_setbit(half, n - 1);
  mpz_setbit(losing, n);
  set_part(power->act, power->winning, losing);
  mpz_sub(losing, losing, power->winning);
  for (guint i = 0; i < n; i++) {
    set_part(*fraction_of(power, PLN_POWER_BANZHAF, i), power->swings[i], half);
    set_part(*fraction_of(power, PLN_POWER_BANZHAF_NORMALISED, i), power->swings[i], decided);
    set_part(*fraction_of(power, PLN_POWER_COLEMAN_PREVENT, i), power->swings[i], power->winning);
    set_part(*fraction_of(power, PLN_POWER_COLEMAN_INITIATE, i), power->swings[i], losing);
  }
  set_shapley(swings, power);
  for (guint index = PLN_POWER_SHAPLEY; index <= PLN_POWER_COLEMAN_INITIATE; index++)
    set_exact(power, index);
  power->how_act = PLN_POWER_EXACT;
  power->act_value = value_of(power->act);
  mpz_clears(decided, half, losing, NULL);
}

static void set_critical(const PlnCritical *critical, PlnPower *power) {
  for (guint i = 0; i < power->n; i++) {
    guint type = critical->type[i];
    mpq_set(*fraction_of(power, PLN_POWER_JOHNSTON, i), critical->johnston[type]);
    mpq_set(*fraction_of(power, PLN_POWER_DEEGAN_PACKEL, i), critical->deegan_packel[type]);
    mpq_set(*fraction_of(power, PLN_POWER_PUBLIC_GOOD, i), critical->public_good[type]);
  }
  for (guint index = PLN_POWER_JOHNSTON; index <= PLN_POWER_PUBLIC_GOOD; index++)
    set_exact(power, index);
  power->how_minimal = PLN_POWER_EXACT;
  mpz_set(power->minimal, critical->minimal);
}

static void set_unions(const PlnUnions *unions, PlnPower *power) {
  for (guint i = 0; i < power->n; i++) {
    mpq_set(*fraction_of(power, PLN_POWER_OWEN, i), unions->owen[i]);
    mpq_set(*fraction_of(power, PLN_POWER_BANZHAF_OWEN, i), unions->banzhaf_owen[i]);
    mpq_set(*fraction_of(power, PLN_POWER_SYMMETRIC, i), unions->symmetric[i]);
  }
  for (guint index = PLN_POWER_OWEN; index <= PLN_POWER_SYMMETRIC; index++)
    set_exact(power, index);
}

/* All left out. */
static PlnPower *blank(const PlnGame *game, guint samples) {
  gsize cells = (gsize)PLN_POWER_INDICES * game->n;
  PlnPower *power = g_new0(PlnPower, 1);
  power->n = game->n;
  power->samples = samples;
  power->type = g_new(guint, game->n);
  power->types = pln_game_types(game, power->type);
  power->value = g_new(double, cells);
  power->error = g_new(double, cells);
  power->fraction = g_new(mpq_t, cells);
  power->swings = pln_numbers_new(game->n);
  mpz_inits(power->winning, power->minimal, NULL);
  mpq_init(power->act);
  for (guint index = 0; index < PLN_POWER_INDICES; index++)
    power->how[index] = PLN_POWER_LEFT_OUT;
  power->how_act = power->how_minimal = PLN_POWER_LEFT_OUT;
  power->act_value = NAN;
  for (gsize at = 0; at < cells; at++) {
    power->value[at] = power->error[at] = NAN;
    mpq_init(power->fraction[at]);
  }
  return power;
}

PlnPower *pln_power_new(const PlnGame *game, const PlnPowerOptions *options) {
  PlnPower *power = blank(game, options->samples);
  if (game->n == 0)
    return power;
  g_autoptr(PlnSwings) swings = options->sample ? NULL : pln_swings_new(game, PLN_SWINGS_CHEAPER);
  g_autoptr(PlnCritical) critical = options->sample ? NULL : pln_critical_new(game, 0);
  if (swings)
    set_swings(swings, power);
  else
    pln_power_sample(game, options, power);
  if (critical)
    set_critical(critical, power);
  if (options->union_of)
    power->unions = pln_unions_new(game, options->union_of, options->unions);
  if (power->unions)
    set_unions(power->unions, power);
  return power;
}

void pln_power_free(PlnPower *power) {
  if (!power)
    return;
  for (gsize at = 0; at < (gsize)PLN_POWER_INDICES * power->n; at++)
    mpq_clear(power->fraction[at]);
  g_free(power->fraction);
  pln_numbers_free(power->swings, power->n);
  mpz_clears(power->winning, power->minimal, NULL);
  mpq_clear(power->act);
  pln_unions_free(power->unions);
  g_free(power->type);
  g_free(power->value);
  g_free(power->error);
  g_free(power);
}

double pln_power_value(const PlnPower *power, PlnPowerIndex index, guint member) {
  return power->value[(gsize)index * power->n + member];
}
