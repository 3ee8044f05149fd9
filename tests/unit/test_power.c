/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Power: every row of the reference's table (tests/power), vetoes and weights that make the same
 * game, all members alike, and samples against exact numbers. */
#include "plenary/power.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "suite.h"

enum { MANY = 193, ROWS = 670, GAMES = 14 };

/* A line of tests/power/games.csv; a row each 1 to n. */
typedef struct {
  char *name;
  guint n, unions, quota;
  guint32 weight[MANY];
  guint of[MANY];
  PlnPower *power;
} Known;

static char **lines_of(const char *name) {
  g_autofree char *path =
      g_build_filename(g_getenv("PLENARY_DATA"), "..", "tests", "power", name, NULL);
  char *text = NULL;
  if (!g_file_get_contents(path, &text, NULL, NULL)) {
    fprintf(stderr, "cannot read %s\n", path);
    exit(1);
  }
  char **lines = g_strsplit(g_strchomp(text), "\n", -1);
  g_free(text);
  return lines;
}

static Known known_of(const char *line) {
  g_auto(GStrv) cells = g_strsplit(line, ",", -1);
  g_auto(GStrv) weights = g_strsplit(cells[2], " ", -1);
  g_auto(GStrv) unions = g_strsplit(cells[3], " ", -1);
  Known known = {.name = g_strdup(cells[0]), .quota = (guint)atoi(cells[1])};
  for (char **weight = weights; *weight; weight++)
    known.weight[known.n++] = (guint32)atoi(*weight);
  for (guint i = 0; unions[0] && i < known.n; i++) {
    known.of[i] = (guint)atoi(unions[i]);
    known.unions = MAX(known.unions, known.of[i] + 1);
  }
  return known;
}

static PlnGame game_of(const Known *known) {
  return (PlnGame){.n = known->n,
                   .weight = known->weight,
                   .least = 1,
                   .least_weight = known->quota,
                   .enough = known->n + 1};
}

/* Whether the number of the row, of the whole game or of a member, is exactly @exact. */
static gboolean has(const PlnPower *power, const char *index, guint place, const char *exact) {
  mpq_t asked, whole;
  mpq_inits(asked, whole, NULL);
  gboolean good = mpq_set_str(asked, exact, 10) == 0;
  mpq_canonicalize(asked);
  if (strcmp(index, "winning") == 0 || strcmp(index, "minimal") == 0)
    mpq_set_z(whole, index[0] == 'w' ? power->winning : power->minimal);
  else if (strcmp(index, "act") == 0)
    mpq_set(whole, power->act);
  else if (strcmp(index, "swings") == 0)
    mpq_set_z(whole, power->swings[place - 1]);
  else {
    guint k = 0;
    while (k < PLN_POWER_INDICES && strcmp(pln_power_names[k].id, index) != 0)
      k++;
    good = good && k < PLN_POWER_INDICES && power->how[k] == PLN_POWER_EXACT;
    gsize at = (gsize)(k % PLN_POWER_INDICES) * power->n + place - 1;
    mpq_set(whole, power->fraction[at]);
    /* The quotient of two doubles that hold them exactly is the nearest. */
    double nearest = mpz_get_d(mpq_numref(asked)) / mpz_get_d(mpq_denref(asked));
    gboolean small = mpz_sizeinbase(mpq_denref(asked), 2) <= 53;
    good = good && fabs(power->value[at] - nearest) <= (small ? 0 : 1e-15);
    good = good && power->error[at] == 0;
  }
  good = good && mpq_equal(asked, whole);
  mpq_clears(asked, whole, NULL);
  return good;
}

static void test_table(void) {
  g_auto(GStrv) games = lines_of("games.csv");
  g_auto(GStrv) rows = lines_of("indices.csv");
  Known *known = g_new0(Known, GAMES);
  CU_ASSERT_EQUAL_FATAL(g_strv_length(games), GAMES + 1);
  CU_ASSERT_EQUAL_FATAL(g_strv_length(rows), ROWS + 1);
  for (guint k = 0; k < GAMES; k++) {
    known[k] = known_of(games[k + 1]);
    PlnPowerOptions options = pln_power_options();
    options.union_of = known[k].unions ? known[k].of : NULL;
    options.unions = known[k].unions;
    PlnGame game = game_of(&known[k]);
    known[k].power = pln_power_new(&game, &options);
  }
  guint wrong = 0;
  for (guint r = 1; r <= ROWS; r++) {
    g_auto(GStrv) cells = g_strsplit(rows[r], ",", -1);
    guint k = 0;
    while (k < GAMES - 1 && strcmp(known[k].name, cells[0]) != 0)
      k++;
    gboolean good = strcmp(known[k].name, cells[0]) == 0 &&
                    has(known[k].power, cells[1], (guint)atoi(cells[2]), cells[4]);
    if (!good && wrong++ < 8)
      fprintf(stderr, "not so: %s\n", rows[r]);
  }
  CU_ASSERT_EQUAL(wrong, 0);
  for (guint k = 0; k < GAMES; k++) {
    pln_power_free(known[k].power);
    g_free(known[k].name);
  }
  g_free(known);
}

/* The Security Council as the Charter has it, nine of fifteen and five that must be among them, is
 * the weighted game of the table. */
static void test_veto(void) {
  static const guint8 veto[15] = {1, 1, 1, 1, 1};
  PlnGame game = {.n = 15, .veto = veto, .least = 9, .enough = 16};
  PlnPowerOptions options = pln_power_options();
  g_autoptr(PlnPower) power = pln_power_new(&game, &options);
  CU_ASSERT_EQUAL(power->types, 2);
  CU_ASSERT_TRUE(has(power, "shapley-shubik", 1, "421/2145") &&
                 has(power, "shapley-shubik", 15, "4/2145"));
  CU_ASSERT_TRUE(has(power, "banzhaf-normalised", 5, "106/635"));
  CU_ASSERT_TRUE(has(power, "coleman-prevent", 2, "1"));
  CU_ASSERT_TRUE(has(power, "coleman-initiate", 6, "1/380"));
  CU_ASSERT_TRUE(has(power, "johnston", 1, "283/1590") && has(power, "deegan-packel", 1, "1/9"));
  CU_ASSERT_TRUE(has(power, "act", 0, "53/2048") && has(power, "minimal", 0, "210"));
  CU_ASSERT_EQUAL(power->how[PLN_POWER_OWEN], PLN_POWER_LEFT_OUT);
  CU_ASSERT_TRUE(isnan(pln_power_value(power, PLN_POWER_OWEN, 3)) && !power->unions);
}

/* What adds up to one; 193 alike; and games that nobody, or only everybody, wins. */
static void test_sums(void) {
  static const PlnPowerIndex shares[] = {PLN_POWER_SHAPLEY, PLN_POWER_BANZHAF_NORMALISED,
                                         PLN_POWER_JOHNSTON, PLN_POWER_DEEGAN_PACKEL,
                                         PLN_POWER_PUBLIC_GOOD};
  for (guint least = 1; least <= MANY + 1; least += least < 190 ? 63 : 1) {
    PlnGame game = {.n = MANY, .least = least, .enough = MANY + 1};
    PlnPowerOptions options = pln_power_options();
    g_autoptr(PlnPower) power = pln_power_new(&game, &options);
    for (guint k = 0; k < G_N_ELEMENTS(shares); k++) {
      const char *share = least <= MANY ? "1/193" : "0";
      CU_ASSERT_TRUE(has(power, pln_power_names[shares[k]].id, 1 + 48 * k, share));
    }
    CU_ASSERT_EQUAL(mpz_sgn(power->winning) > 0, least <= MANY);
    if (least == MANY)
      CU_ASSERT_TRUE(has(power, "coleman-prevent", 9, "1") && has(power, "minimal", 0, "1"));
  }
  PlnGame none = {.n = 0, .least = 1, .enough = 1};
  PlnPowerOptions options = pln_power_options();
  g_autoptr(PlnPower) power = pln_power_new(&none, &options);
  CU_ASSERT_TRUE(power->n == 0 && power->types == 0);
}

/* How often each member turns the vote, in all orders of those that are yet to come. */
static void orders(const PlnGame *game, guint8 *in, guint left, guint64 *pivots) {
  static const guint64 rest[] = {1, 1, 2, 6, 24, 120, 720};
  for (guint i = 0; i < game->n; i++) {
    if (in[i])
      continue;
    in[i] = 1;
    if (pln_game_wins(game, in))
      pivots[i] += rest[left - 1];
    else
      orders(game, in, left - 1, pivots);
    in[i] = 0;
  }
}

/* Every order of six, in double majorities with vetoes and with blocking minorities. */
static void test_orders(void) {
  static const guint32 weight[6] = {4, 3, 3, 2, 1, 0};
  static const guint8 veto[6] = {0, 0, 1, 0, 1, 0};
  guint wrong = 0, games = 0;
  for (guint least = 1; least <= 6; least++)
    for (guint quota = 0; quota <= 14; quota++)
      for (guint enough = least + 1; enough <= 7; enough++, games++) {
        PlnGame game = {6, weight, games % 3 ? NULL : veto, least, quota, enough};
        PlnPowerOptions options = pln_power_options();
        g_autoptr(PlnPower) power = pln_power_new(&game, &options);
        guint64 pivots[6] = {0};
        guint8 in[6] = {0};
        orders(&game, in, 6, pivots);
        for (guint i = 0; i < 6; i++) {
          g_autofree char *exact = g_strdup_printf("%" G_GUINT64_FORMAT "/720", pivots[i]);
          wrong += !has(power, "shapley-shubik", i + 1, exact);
        }
      }
  CU_ASSERT_EQUAL(wrong, 0);
  CU_ASSERT_EQUAL(games, 315);
}

static const guint32 seats[] = {9, 7, 7, 4, 4, 4, 2, 1, 1};
static const guint8 one_veto[] = {0, 1, 0, 0, 0, 0, 0, 0, 0};

static PlnGame mixed(void) {
  return (PlnGame){9, seats, one_veto, 4, 21, 8};
}

/* Over many seeds, nineteen of twenty intervals hold the exact number. */
static void test_coverage(void) {
  PlnGame game = mixed();
  PlnPowerOptions options = pln_power_options();
  g_autoptr(PlnPower) exact = pln_power_new(&game, &options);
  guint seeds = suite_is_quick() ? 10 : 200, of = 0;
  double held[PLN_POWER_JOHNSTON] = {0}, act = 0;
  options.sample = TRUE;
  options.samples = 1200;
  for (options.seed = 1; options.seed <= seeds; options.seed++) {
    g_autoptr(PlnPower) power = pln_power_new(&game, &options);
    of += 9;
    act += fabs(power->act_value - exact->act_value) < 1.96 * power->act_error;
    for (guint k = 0; k < PLN_POWER_JOHNSTON; k++)
      for (guint i = 0; i < 9; i++) {
        gsize at = k * 9 + i;
        CU_ASSERT_TRUE(power->error[at] > 0 || exact->value[at] == 1);
        held[k] += fabs(power->value[at] - exact->value[at]) <= 1.96 * power->error[at] + 1e-12;
      }
    CU_ASSERT_EQUAL(power->how[PLN_POWER_JOHNSTON], PLN_POWER_LEFT_OUT);
    CU_ASSERT_EQUAL(power->how_minimal, PLN_POWER_LEFT_OUT);
  }
  if (suite_is_quick())
    return;
  for (guint k = 0; k < PLN_POWER_JOHNSTON; k++) {
    CU_ASSERT_TRUE(held[k] / of > 0.92 && held[k] / of < 0.98);
    if (held[k] / of <= 0.92 || held[k] / of >= 0.98)
      fprintf(stderr, "%s %.3f\n", pln_power_names[k].id, held[k] / of);
  }
  CU_ASSERT_TRUE(act / seeds > 0.9 && act / seeds < 0.99);
}

/* Of a high quota nothing that wins among few samples can spare one without a veto either: its share
 * of what wins is all that was seen, and not known to be all. */
static void test_never_sure(void) {
  static const guint8 veto[12] = {1};
  PlnGame game = {.n = 12, .least = 10, .enough = 13, .veto = veto};
  PlnPowerOptions options = pln_power_options();
  guint all = 0;
  options.sample = TRUE;
  options.samples = 100;
  for (options.seed = 1; options.seed <= 60; options.seed++) {
    g_autoptr(PlnPower) power = pln_power_new(&game, &options);
    CU_ASSERT_EQUAL(power->samples, 100);
    if (power->how[PLN_POWER_COLEMAN_PREVENT] != PLN_POWER_SAMPLED)
      continue;
    all += pln_power_value(power, PLN_POWER_COLEMAN_PREVENT, 5) == 1;
    for (guint k = 0; k <= PLN_POWER_COLEMAN_INITIATE; k++)
      for (guint i = 0; i < 12 && power->how[k] == PLN_POWER_SAMPLED; i++)
        CU_ASSERT_TRUE(power->error[k * 12 + i] > 0);
  }
  CU_ASSERT_TRUE(all > 0);
}

static void test_same_bytes(void) {
  PlnGame game = mixed();
  PlnPowerOptions options = pln_power_options();
  options.sample = TRUE;
  options.samples = 10001;
  g_autoptr(PlnPower) one = pln_power_new(&game, &options);
  for (guint threads = 2; threads <= 8; threads += 3) {
    options.threads = threads;
    g_autoptr(PlnPower) more = pln_power_new(&game, &options);
    gsize bytes = PLN_POWER_JOHNSTON * 9 * sizeof(double);
    CU_ASSERT_TRUE(memcmp(one->value, more->value, bytes) == 0);
    CU_ASSERT_TRUE(memcmp(one->error, more->error, bytes) == 0);
    CU_ASSERT_TRUE(one->act_value == more->act_value && one->act_error == more->act_error);
  }
  options.seed = 2;
  g_autoptr(PlnPower) other = pln_power_new(&game, &options);
  CU_ASSERT_TRUE(other->value[0] != one->value[0]);
}

/* Two hundred heavy members of as many weights cannot be counted: sampled, and said so; where no
 * sample wins, Coleman's indices of those that do are left out. */
static void test_out_of_reach(void) {
  guint32 weight[200];
  guint64 sum = 0;
  for (guint i = 0; i < 200; i++)
    sum += weight[i] = 1000003 * (i % 97) + 17 * i * i + 5;
  PlnGame game = {200, weight, NULL, 1, sum / 2 + 1, 201};
  PlnPowerOptions options = pln_power_options();
  options.samples = 3000;
  options.threads = 2;
  g_autoptr(PlnPower) power = pln_power_new(&game, &options);
  double all = 0;
  CU_ASSERT_EQUAL(power->how[PLN_POWER_SHAPLEY], PLN_POWER_SAMPLED);
  for (guint i = 0; i < 200; i++)
    all += power->value[i];
  CU_ASSERT_TRUE(fabs(all - 1) < 1e-9); /* somebody is pivotal in every order */
  CU_ASSERT_TRUE(fabs(power->act_value - 0.5) < 5 * power->act_error);
  PlnGame nobody = {.n = 150, .least = 150, .enough = 151};
  options.sample = TRUE;
  g_autoptr(PlnPower) rare = pln_power_new(&nobody, &options);
  CU_ASSERT_EQUAL(rare->how[PLN_POWER_COLEMAN_PREVENT], PLN_POWER_LEFT_OUT);
  CU_ASSERT_EQUAL(rare->how[PLN_POWER_SHAPLEY], PLN_POWER_SAMPLED);
  CU_ASSERT_TRUE(isnan(rare->value[PLN_POWER_COLEMAN_PREVENT * 150]));
  CU_ASSERT_TRUE(rare->value[0] == 1 / 150.0 && rare->value[PLN_POWER_BANZHAF * 150] == 0);
}

int main(void) {
  CU_TestInfo tests[] = {{"the reference's table", test_table},
                         {"vetoes", test_veto},
                         {"sums", test_sums},
                         {"every order", test_orders},
                         {"intervals hold the exact numbers", test_coverage},
                         {"a sample is never sure", test_never_sure},
                         {"same bytes for any number of threads", test_same_bytes},
                         {"out of reach", test_out_of_reach},
                         CU_TEST_INFO_NULL};
  return suite_run("power", tests);
}
