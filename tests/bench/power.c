/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times of voting power and of the search for coalitions, on one thread; scripts/bench-power runs
 * it.
 * Prints a name, a blank and a number a line, seconds of the processor: equal_…, 193 members of one
 * vote each, all indices; eu27_…, the double majority with and without the blocking minority, all
 * indices; weighted_SHAPE, the slowest of several draws of 60 members with weights of 10^6 in all,
 * Shapley-Shubik and Banzhaf, and weighted_SHAPE_all, whatever else is within reach as well;
 * sampled, 10^5 samples of 193; coalition_CASE, the slowest of several searches among 193 states.
 * exact: 1 where all that must be exact is, and shares add up to exactly one; proved: 1 where every
 * search is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "plenary/coalition.h"
#include "plenary/draw.h"
#include "plenary/power.h"

enum { STATES = 193, SIXTY = 60, COUNCIL = 27, DRAWS = 5, BLOCS = 12 };
static const guint64 ALL_WEIGHT = 1000000;

/* Persons, 1 January 2023, as remembered of Eurostat: what matters here is how they spread. */
static const guint32 persons[COUNCIL] = {
    84358845, 68172977, 58997201, 48085361, 36753736, 19054548, 17811291, 11742796, 10827529,
    10521556, 10516621, 10413982, 9599744,  9104772,  6447710,  5932654,  5563970,  5428792,
    5271395,  3850894,  2857279,  2116972,  1883008,  1365884,  920701,   660809,   542051};

static guint wrong, unproved;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void check_sum(const PlnPower *power, PlnPowerIndex index) {
  mpq_t sum, one;
  mpq_inits(sum, one, NULL);
  mpq_set_ui(one, 1, 1);
  for (guint i = 0; i < power->n; i++)
    mpq_add(sum, sum, power->fraction[(gsize)index * power->n + i]);
  wrong += !mpq_equal(sum, one);
  mpq_clears(sum, one, NULL);
}

/* All indices; which of them must be exact. */
static double indices(const PlnGame *game, const PlnPowerOptions *options, guint exact) {
  double start = now();
  g_autoptr(PlnPower) power = pln_power_new(game, options);
  double took = now() - start;
  for (guint index = 0; index < exact; index++)
    wrong += power->how[index] != PLN_POWER_EXACT;
  check_sum(power, PLN_POWER_SHAPLEY);
  check_sum(power, PLN_POWER_BANZHAF_NORMALISED);
  return took;
}

static void equal_members(void) {
  PlnPowerOptions options = pln_power_options();
  guint of[STATES];
  for (guint i = 0; i < STATES; i++)
    of[i] = i * BLOCS / STATES;
  PlnGame majority = {.n = STATES, .least = 97, .enough = STATES + 1};
  PlnGame two_thirds = {.n = STATES, .least = 129, .enough = STATES + 1};
  printf("equal_majority %.4f\n", indices(&majority, &options, PLN_POWER_OWEN));
  printf("equal_two_thirds %.4f\n", indices(&two_thirds, &options, PLN_POWER_OWEN));
  options.union_of = of;
  options.unions = BLOCS;
  printf("equal_unions %.4f\n", indices(&two_thirds, &options, PLN_POWER_INDICES));
  options.union_of = NULL;
  options.sample = TRUE;
  double start = now();
  g_autoptr(PlnPower) power = pln_power_new(&majority, &options);
  printf("sampled %.4f\n", now() - start);
  wrong += power->how[PLN_POWER_SHAPLEY] != PLN_POWER_SAMPLED;
}

static void council(void) {
  PlnPowerOptions options = pln_power_options();
  guint64 sum = 0;
  for (guint i = 0; i < COUNCIL; i++)
    sum += persons[i];
  PlnGame game = {COUNCIL, persons, NULL, 15, (13 * sum + 19) / 20, COUNCIL + 1};
  printf("eu27_double %.4f\n", indices(&game, &options, PLN_POWER_OWEN));
  game.enough = 24;
  printf("eu27_blocking %.4f\n", indices(&game, &options, PLN_POWER_OWEN));
}

/* Shapes of 60 weights: how heavy the @k-th is beside the others. */
static double shape(const char *name, guint k, double u) {
  if (strcmp(name, "near_equal") == 0)
    return 1 + 0.1 * u;
  if (strcmp(name, "giants") == 0)
    return k < 4 ? 10 + 5 * u : u;
  if (strcmp(name, "steep") == 0)
    return 1 / (k + 1.0) + 0.001 * u;
  return strcmp(name, "skewed") == 0 ? u * u * u : u;
}

static void draw_weights(const char *name, PlnDraw *draw, guint32 *weight) {
  double of[SIXTY], sum = 0;
  guint64 given = 0;
  for (guint k = 0; k < SIXTY; k++)
    sum += of[k] = shape(name, k, pln_draw_uniform(draw));
  for (guint k = 0; k < SIXTY; k++)
    given += weight[k] = (guint32)(of[k] / sum * (double)ALL_WEIGHT);
  weight[0] += (guint32)(ALL_WEIGHT - given);
}

static void weighted(void) {
  static const char *const shapes[] = {"near_equal", "uniform", "skewed", "giants", "steep"};
  PlnPowerOptions options = pln_power_options();
  for (guint s = 0; s < G_N_ELEMENTS(shapes); s++) {
    double counted = 0, all = 0;
    for (guint k = 0; k < DRAWS; k++) {
      PlnDraw draw = pln_draw_stream(7, 1, s * DRAWS + k);
      guint32 weight[SIXTY];
      draw_weights(shapes[s], &draw, weight);
      guint64 least = k % 2 ? ALL_WEIGHT * 2 / 3 : ALL_WEIGHT / 2 + 1;
      PlnGame game = {SIXTY, weight, NULL, 1, least, SIXTY + 1};
      double start = now();
      g_autoptr(PlnSwings) swings = pln_swings_new(&game, PLN_SWINGS_CHEAPER);
      counted = MAX(counted, now() - start);
      wrong += !swings;
      all = MAX(all, indices(&game, &options, PLN_POWER_JOHNSTON));
    }
    printf("weighted_%s %.4f\nweighted_%s_all %.4f\n", shapes[s], counted, shapes[s], all);
  }
}

/* Units are states or, the first few, blocs of up to fifty; a state's price is below 10^6, or 5. */
typedef struct {
  gint64 price[STATES], members[STATES], weight[STATES];
  guint size[STATES], n;
} Units;

static void draw_units(const char *name, PlnDraw *draw, Units *units) {
  static const guint sizes[BLOCS] = {50, 30, 22, 14, 10, 9, 8, 7, 6, 4, 3, 2};
  gboolean blocs = strcmp(name, "states") != 0;
  guint prices = strcmp(name, "few_prices") == 0 ? 5 : 1000000, states = 0;
  for (units->n = 0; states < STATES; units->n++) {
    guint size = blocs && units->n < BLOCS ? sizes[units->n] : 1, u = units->n;
    units->size[u] = size;
    units->members[u] = size;
    units->price[u] = units->weight[u] = 0;
    for (guint k = 0; k < size; k++) {
      units->price[u] += (gint64)pln_draw_below(draw, prices);
      units->weight[u] += 1 + (gint64)pln_draw_below(draw, 100000);
    }
    states += size;
  }
}

static double search(const char *name, guint k) {
  PlnDraw draw = pln_draw_stream(7, 2, k);
  PlnCoalitionOptions options = pln_coalition_options();
  Units units;
  draw_units(name, &draw, &units);
  PlnCoalitionCase question = {.n = units.n, .price = units.price, .size = units.size, .needs = 1};
  question.amount[0] = units.members;
  question.need[0] = k % 2 ? 129 : 65;
  if (strcmp(name, "double") == 0) {
    question.amount[question.needs++] = units.weight;
    for (guint u = 0; u < units.n; u++)
      question.need[1] += units.weight[u];
    question.need[1] = (13 * question.need[1] + 19) / 20;
  }
  question.smallest = k % 3 == 2;
  double start = now();
  g_autoptr(PlnCoalition) coalition = pln_coalition_new(&question, &options);
  double took = now() - start;
  unproved += !coalition->exists || !coalition->proved;
  return took;
}

static void coalitions(void) {
  static const char *const cases[] = {"states", "blocs", "few_prices", "double"};
  for (guint c = 0; c < G_N_ELEMENTS(cases); c++) {
    double slowest = 0;
    for (guint k = 0; k < 4 * DRAWS; k++)
      slowest = MAX(slowest, search(cases[c], k));
    printf("coalition_%s %.5f\n", cases[c], slowest);
  }
}

int main(void) {
  equal_members();
  council();
  weighted();
  coalitions();
  printf("exact %d\nproved %d\n", wrong == 0, unproved == 0);
  return 0;
}
