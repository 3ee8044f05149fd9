/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The powers of scenarios: which games there are, blocs that overlap, and projected votes against
 * the projection's own. */
#include "plenary/powers.h"

#include <math.h>
#include <string.h>

#include "plenary/electorate_file.h"
#include "plenary/error.h"
#include "plenary/powers_part.h"
#include "scene.h"
#include "suite.h"

#define KEYS "key,value\nformat,1\ntitle,It\nas_of,2026-01-15\nbody,"
#define FIVE "state,name,group\nAAA1,One,\nAAA2,Two,\nAAA3,Three,\nAAA4,Four,\nAAA5,Five,\n"
#define BLOCS "bloc,member\nBIG,AAA1\nBIG,AAA2\nBIG,AAA3\nPAIR,AAA3\nPAIR,AAA4\nONE,AAA5\n"

static PlnElectorate *electorate;

static PlnElectorate *shipped(void) {
  if (!electorate) {
    g_autofree char *path = g_build_filename(g_getenv("PLENARY_DATA"), "positions", "s70-74", NULL);
    electorate = pln_electorate_load(scene_world(), path, NULL);
  }
  g_assert(electorate);
  return electorate;
}

static PlnScenario *five(void) {
  return scene_read("scenario.csv", KEYS "model-un\n", "members.csv", FIVE, "blocs.csv", BLOCS,
                    "proposals.csv", "id,title\np1,A\n", NULL);
}

static PlnPowers *powers_of(const PlnScenario *s, const PlnPowersOptions *options) {
  g_autoptr(GError) error = NULL;
  PlnPowers *powers = pln_powers_new(s, options, &error);
  if (error)
    printf("\n  %s\n", error->message);
  CU_ASSERT_PTR_NOT_NULL_FATAL(powers);
  return powers;
}

/* The powers with these blocs, ended by NULL. */
static PlnPowers *with_blocs(const PlnScenario *s, GPtrArray *blocs, const char *const *words,
                             GError **error) {
  PlnPowersOptions options = pln_powers_options();
  for (gsize k = 0; words[k]; k++)
    g_ptr_array_add(blocs, (gpointer)words[k]);
  options.blocs = blocs;
  return pln_powers_new(s, &options, error);
}

static gboolean is(mpq_srcptr value, gulong over, gulong under) {
  if (mpq_cmp_ui(value, over, under) == 0)
    return TRUE;
  gmp_printf("\n  %Qd is not %lu/%lu\n", value, over, under);
  return FALSE;
}

/* ---- Games ---- */

static void test_games(void) {
  g_autoptr(PlnScenario) s =
      scene_read("scenario.csv", KEYS "model-un\n", "members.csv", FIVE, "proposals.csv",
                 "id,title,important\np1,A,no\np2,B,yes\np3,C,no\n", NULL);
  PlnPowersOptions options = pln_powers_options();
  g_autoptr(PlnPowers) powers = powers_of(s, &options);
  CU_ASSERT_EQUAL_FATAL(powers->games->len, 2);
  const PlnPowersGame *half = pln_powers_game(powers, 0), *thirds = pln_powers_game(powers, 1);
  CU_ASSERT_EQUAL(half->proposals->len, 2);
  CU_ASSERT_EQUAL(g_array_index(half->proposals, guint, 1), 2);
  CU_ASSERT_STRING_EQUAL(thirds->rule->id, "mun-two-thirds");
  CU_ASSERT_EQUAL(half->game.least, 3);
  CU_ASSERT_EQUAL(thirds->game.least, 4);
  CU_ASSERT_PTR_NULL(half->union_of);
  CU_ASSERT_EQUAL(half->votes->len, 0);
  CU_ASSERT_PTR_NULL(powers->no_votes);
  /* C(4, 2) and C(4, 3) of 16: Banzhaf by hand. */
  CU_ASSERT(is(half->power->fraction[PLN_POWER_SHAPLEY * 5], 1, 5));
  CU_ASSERT(is(half->power->fraction[PLN_POWER_BANZHAF * 5 + 4], 3, 8));
  CU_ASSERT(is(thirds->power->fraction[PLN_POWER_BANZHAF * 5 + 2], 1, 4));
  CU_ASSERT(is(half->power->act, 1, 2));
  CU_ASSERT(is(thirds->power->act, 6, 32));
  /* Reference, abstention.txt: 2/3 of those voting, n = 5. */
  CU_ASSERT(is(thirds->ternary->passes, 86, 243));
  CU_ASSERT(is(thirds->ternary->step[PLN_STEP_YES_ABSTAIN], 13, 81));
}

static void test_asked(void) {
  g_autoptr(PlnScenario) s = scene_read(
      "scenario.csv", KEYS "general-assembly\n", "proposals.csv", "id,title\np1,A\np2,B\n",
      "stages.csv",
      "stage,title,body,rule,date\nthere,There,conference-of-states-parties,cosp-protocol,2025-06-01\n"
      "here,Here,ad-hoc-committee,ahc-two-thirds,2026-03-01\n",
      NULL);
  PlnPowersOptions options = pln_powers_options();
  g_autoptr(PlnPowers) all = powers_of(s, &options);
  CU_ASSERT_EQUAL_FATAL(all->games->len, 2);
  CU_ASSERT_EQUAL(pln_powers_game(all, 0)->game.n, 0); /* nobody was a party in June 2025 */
  CU_ASSERT_PTR_NULL(pln_powers_game(all, 0)->power);
  CU_ASSERT_EQUAL(pln_powers_game(all, 1)->roster->n, 193);
  CU_ASSERT_EQUAL(pln_powers_game(all, 1)->proposals->len, 2);
  options.stage = 1;
  options.proposal = 1;
  options.rule = pln_world_rule(s->world, "security-council");
  g_autoptr(PlnPowers) one = powers_of(s, &options);
  CU_ASSERT_EQUAL_FATAL(one->games->len, 1);
  const PlnPowersGame *game = pln_powers_game(one, 0);
  CU_ASSERT_EQUAL(game->vetoes, 5);
  CU_ASSERT_EQUAL(game->power->types, 2);
  CU_ASSERT_EQUAL(one->weakest, PLN_STATUS_ASSUMED);
  CU_ASSERT_STRING_EQUAL(game->why_rule, "asked for");
  options.as_of = 20060101; /* Montenegro and South Sudan came later */
  g_autoptr(PlnPowers) then = powers_of(s, &options);
  CU_ASSERT_EQUAL(pln_powers_game(then, 0)->roster->n, 191);
  options.rule = pln_world_rule(s->world, "eu-council-qualified");
  GError *error = NULL;
  CU_ASSERT_PTR_NULL(pln_powers_new(s, &options, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA, "counts weights"));
}

/* ---- The shipped councils ---- */

static void test_councils(void) {
  PlnPowersOptions options = pln_powers_options();
  g_autoptr(PlnScenario) security = scene_shipped("security-council");
  g_autoptr(PlnPowers) p5 = powers_of(security, &options);
  const PlnPowersGame *game = pln_powers_game(p5, 0);
  int china = pln_roster_find(game->roster, "CHN"), latvia = pln_roster_find(game->roster, "LVA");
  CU_ASSERT_FATAL(china >= 0 && latvia >= 0);
  mpq_t *value = game->power->fraction;
  CU_ASSERT(is(value[PLN_POWER_SHAPLEY * 15 + china], 421, 2145));
  CU_ASSERT(is(value[PLN_POWER_SHAPLEY * 15 + latvia], 4, 2145));
  CU_ASSERT(is(value[PLN_POWER_BANZHAF_NORMALISED * 15 + china], 106, 635));
  CU_ASSERT(is(value[PLN_POWER_BANZHAF_NORMALISED * 15 + latvia], 21, 1270));
  CU_ASSERT(is(game->ternary->passes, 146796, 14348907)); /* reference, abstention.txt */
  g_autoptr(PlnScenario) union_of = scene_shipped("eu-council");
  g_autoptr(PlnPowers) eu = powers_of(union_of, &options);
  game = pln_powers_game(eu, 0);
  CU_ASSERT_EQUAL(game->roster->n, 27);
  CU_ASSERT_EQUAL(game->game.least, 15);
  CU_ASSERT_EQUAL(game->game.enough, 24);
  CU_ASSERT_EQUAL(game->game.least_weight, 6501); /* 65 % of 10001 */
  mpq_t sum;
  mpq_init(sum);
  for (guint i = 0; i < 27; i++)
    mpq_add(sum, sum, game->power->fraction[PLN_POWER_SHAPLEY * 27 + i]);
  CU_ASSERT(is(sum, 1, 1));
  mpq_clear(sum);
}

/* ---- Blocs ---- */

static void test_blocs(void) {
  static const char *const words[] = {"BIG", "PAIR", "ONE", "OWN=AAA1,PAIR", NULL};
  g_autoptr(PlnScenario) s = five();
  g_autoptr(GPtrArray) asked = g_ptr_array_new();
  g_autoptr(PlnPowers) powers = with_blocs(s, asked, words, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(powers);
  const PlnPowersGame *game = pln_powers_game(powers, 0);
  /* BIG and OWN have three, PAIR two: AAA3 and AAA4 go with PAIR, AAA1 with BIG, asked for first;
   * nothing is left of OWN, and ONE is one. */
  CU_ASSERT_EQUAL_FATAL(game->blocs->len, 2);
  const PlnPowersBloc *big = &g_array_index(game->blocs, PlnPowersBloc, 0);
  const PlnPowersBloc *pair = &g_array_index(game->blocs, PlnPowersBloc, 1);
  CU_ASSERT_STRING_EQUAL(big->id, "BIG");
  CU_ASSERT_EQUAL(big->members, 2);
  CU_ASSERT_EQUAL(big->given_up->len, 1);
  CU_ASSERT_STRING_EQUAL(((const PlnState *)big->given_up->pdata[0])->code, "AAA3");
  CU_ASSERT_EQUAL(pair->members, 2);
  CU_ASSERT_EQUAL(game->left_alone->len, 2);
  static const guint of[] = {0, 0, 1, 1, 2};
  CU_ASSERT_EQUAL(game->unions, 3);
  CU_ASSERT_EQUAL(memcmp(game->union_of, of, sizeof of), 0);
  /* Two, two and one of five, three needed: any two of them win. */
  CU_ASSERT_PTR_NOT_NULL_FATAL(game->power->unions);
  for (guint u = 0; u < 3; u++)
    CU_ASSERT(is(game->power->unions->shapley[u], 1, 3));
  CU_ASSERT(is(game->power->fraction[PLN_POWER_OWEN * 5], 1, 6));
  CU_ASSERT(is(game->power->fraction[PLN_POWER_OWEN * 5 + 4], 1, 3));
}

/* Three of five rule alone. */
static void test_list(void) {
  static const char *const words[] = {"OWN= AAA1, AAA2 ,AAA5", NULL};
  g_autoptr(PlnScenario) s = five();
  g_autoptr(GPtrArray) asked = g_ptr_array_new();
  g_autoptr(PlnPowers) powers = with_blocs(s, asked, words, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(powers);
  const PlnPowersGame *game = pln_powers_game(powers, 0);
  CU_ASSERT(is(game->power->unions->shapley[0], 1, 1));
  CU_ASSERT(is(game->power->unions->banzhaf[0], 1, 1));
  CU_ASSERT(is(game->power->fraction[PLN_POWER_OWEN * 5 + 4], 1, 3));
  CU_ASSERT_EQUAL(mpq_sgn(game->power->fraction[PLN_POWER_OWEN * 5 + 2]), 0);
}

static void test_refused(void) {
  static const struct {
    const char *words[3], *says;
  } cases[] = {{{"BIK"}, "did you mean BIG?"},
               {{"X=AAA1,AAA9"}, "unknown state or bloc \"AAA9\""},
               {{"=AAA1"}, "NAME=A,B"},
               {{"BIG", "BIG"}, "asked for twice"}};
  g_autoptr(PlnScenario) s = five();
  for (gsize k = 0; k < G_N_ELEMENTS(cases); k++) {
    g_autoptr(GPtrArray) asked = g_ptr_array_new();
    GError *error = NULL;
    CU_ASSERT_PTR_NULL(with_blocs(s, asked, cases[k].words, &error));
    CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_USAGE, cases[k].says));
  }
}

static gboolean close(double sampled, double error, mpq_srcptr exact) {
  double d = sampled - mpq_get_d(exact);
  if (fabs(d) <= 5 * error + 1e-9)
    return TRUE;
  printf("\n  %g, error %g, is not %g\n", sampled, error, mpq_get_d(exact));
  return FALSE;
}

/* Sampled between blocs, against counted. */
static void test_sampled(void) {
  static const char *const words[] = {"BENELUX=BEL,NLD,LUX", "BALTIC=EST,LVA,LTU", NULL};
  g_autoptr(PlnScenario) s = scene_shipped("eu-council");
  g_autoptr(GPtrArray) asked = g_ptr_array_new();
  g_autoptr(PlnPowers) powers = with_blocs(s, asked, words, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(powers);
  const PlnPowersGame *game = pln_powers_game(powers, 0);
  const PlnUnions *unions = game->power->unions;
  CU_ASSERT_FATAL(unions != NULL && game->sampled == NULL);
  PlnPowerOptions options = pln_power_options();
  options.samples = 40000;
  PlnPowersSampled *sampled = pln_powers_sample(game, &options);
  for (guint u = 0; u < game->unions; u++) {
    CU_ASSERT(close(sampled->shapley[u], sampled->shapley[game->unions + u], unions->shapley[u]));
    CU_ASSERT(close(sampled->banzhaf[u], sampled->banzhaf[game->unions + u], unions->banzhaf[u]));
  }
  for (guint i = 0; i < 27; i++)
    CU_ASSERT(close(sampled->owen[i], sampled->owen[27 + i], unions->owen[i]));
  options.threads = 3;
  PlnPowersSampled *three = pln_powers_sample(game, &options);
  CU_ASSERT_EQUAL(memcmp(sampled->owen, three->owen, 54 * sizeof(double)), 0);
  CU_ASSERT_EQUAL(memcmp(sampled->banzhaf, three->banzhaf, 2 * game->unions * sizeof(double)), 0);
  pln_powers_sampled_free(three);
  options.samples = 3; /* of some of them nothing is seen */
  PlnPowersSampled *few = pln_powers_sample(game, &options);
  for (guint i = 0; i < 27; i++)
    CU_ASSERT_TRUE(few->owen[27 + i] > 0);
  for (guint u = 0; u < game->unions; u++)
    CU_ASSERT_TRUE(few->shapley[game->unions + u] > 0 && few->banzhaf[game->unions + u] > 0);
  pln_powers_sampled_free(few);
  pln_powers_sampled_free(sampled);
}

/* ---- Projected votes ---- */

/* The same draws as those of the projection, however many threads. */
static void test_votes(void) {
  g_autoptr(PlnScenario) s = scene_read(
      "scenario.csv", KEYS "general-assembly\n", "proposals.csv", "id,title,important\np1,A,yes\n",
      "positions.csv", "proposal,who,position,sd\np1,ALL,60,20\np1,EU,30,10\n", NULL);
  PlnPredictor *predictor = pln_predictor_new(shipped(), NULL, NULL);
  PlnProjectOptions how = pln_project_options();
  how.electorate = shipped();
  how.predictor = predictor;
  how.draws = 2000;
  g_autoptr(PlnProject) project = pln_project_new(s, &how, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(project);
  const PlnProjectItem *item = pln_project_item(pln_project_stage(project, 0), 0);
  PlnPowersOptions options = pln_powers_options();
  options.project = &how;
  how.threads = 3;
  g_autoptr(PlnPowers) powers = powers_of(s, &options);
  const PlnPowersGame *game = pln_powers_game(powers, 0);
  CU_ASSERT_EQUAL_FATAL(game->votes->len, 1);
  const PlnPowersVote *vote = &g_array_index(game->votes, PlnPowersVote, 0);
  double most = 0;
  CU_ASSERT_TRUE(vote->informed);
  for (guint i = 0; i < 193; i++) {
    CU_ASSERT_EQUAL(vote->decides[i], item->outcome->seat[i].decides);
    most = MAX(most, vote->decides[i]);
  }
  CU_ASSERT(most > 0 && most < 0.5);
  guint same = 0;
  for (guint k = 0; k < game->looked->len; k++)
    for (guint b = 0; b < item->blocs->len; b++) {
      if (g_array_index(item->blocs, PlnProjectBloc, b).bloc !=
          g_array_index(game->looked, PlnPowersBloc, k).bloc)
        continue;
      same++;
      CU_ASSERT_EQUAL(vote->bloc_decides[k], item->outcome->bloc[b].decides);
    }
  CU_ASSERT_EQUAL(same, 6); /* five regional groups and the European Union */
  pln_predictor_free(predictor);
}

/* What the electorate has seen is not projected; the indices stand. */
static void test_seen(void) {
  g_autoptr(PlnScenario) s = scene_shipped("res-74-247");
  PlnPredictor *predictor = pln_predictor_new(shipped(), NULL, NULL);
  PlnProjectOptions how = pln_project_options();
  how.electorate = shipped();
  how.predictor = predictor;
  PlnPowersOptions options = pln_powers_options();
  options.project = &how;
  g_autoptr(PlnPowers) powers = powers_of(s, &options);
  CU_ASSERT_PTR_NOT_NULL(powers->no_votes);
  CU_ASSERT_EQUAL(powers->projects->len, 0);
  CU_ASSERT(is(pln_powers_game(powers, 0)->power->fraction[0], 1, 193));
  pln_predictor_free(predictor);
}

/* Of a council of which nothing is stated no vote is projected, unless that is asked for; nor of a
 * rule under which nothing can be adopted. */
static void test_left_out(void) {
  g_autoptr(PlnScenario) council = scene_shipped("security-council");
  PlnPredictor *predictor = pln_predictor_new(shipped(), NULL, NULL);
  PlnProjectOptions how = pln_project_options();
  how.electorate = shipped();
  how.predictor = predictor;
  how.draws = 200;
  PlnPowersOptions options = pln_powers_options();
  options.project = &how;
  g_autoptr(PlnPowers) without = powers_of(council, &options);
  CU_ASSERT_EQUAL(pln_powers_game(without, 0)->votes->len, 0);
  CU_ASSERT_EQUAL(pln_powers_game(without, 0)->why_none, PLN_POWERS_UNINFORMED);
  options.borrow = TRUE;
  g_autoptr(PlnPowers) borrowed = powers_of(council, &options);
  CU_ASSERT_EQUAL(pln_powers_game(borrowed, 0)->votes->len, 1);
  options.borrow = FALSE;
  options.rule = pln_world_rule(council->world, "consensus");
  g_autoptr(PlnPowers) none = powers_of(council, &options);
  CU_ASSERT_EQUAL(pln_powers_game(none, 0)->why_none, PLN_POWERS_NO_VOTE);
  CU_ASSERT_FALSE(pln_powers_game(none, 0)->dead);
  g_autoptr(PlnScenario) hopeless = scene_read(
      "scenario.csv", KEYS "model-un\n", "members.csv", FIVE, "rules.csv",
      "rule,name,method,basis,majority,min_yes,citation,status,source\n"
      "six,Six of five,vote,members,>1/2,6,here,assumed,made up\n",
      "proposals.csv", "id,title\np1,A\n", NULL);
  options.rule = pln_world_rule(hopeless->world, "six");
  options.borrow = TRUE;
  g_autoptr(PlnPowers) dead = powers_of(hopeless, &options);
  CU_ASSERT_TRUE(pln_powers_game(dead, 0)->dead);
  CU_ASSERT_EQUAL(pln_powers_game(dead, 0)->why_none, PLN_POWERS_DEAD);
  CU_ASSERT_EQUAL(pln_powers_game(dead, 0)->votes->len, 0);
  pln_predictor_free(predictor);
}

int main(void) {
  CU_TestInfo tests[] = {{"games", test_games},       {"asked", test_asked},
                         {"councils", test_councils}, {"blocs", test_blocs},
                         {"list", test_list},         {"refused", test_refused},
                         {"votes", test_votes},       {"sampled", test_sampled},
                         {"seen", test_seen},         {"left out", test_left_out},
                         CU_TEST_INFO_NULL};
  int status = suite_run("powers", tests);
  pln_electorate_free(electorate);
  scene_end();
  return status;
}
