/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A projection against sums over every assignment, and the arithmetic of a sitting: what is
 * pressed, what falls, what goes on to the next stage, what goes together. */
#include "plenary/project.h"

#include <math.h>
#include <string.h>

#include "plenary/electorate_file.h"
#include "plenary/error.h"
#include "plenary/normal.h"
#include "scene.h"
#include "suite.h"

#define KEYS "key,value\nformat,1\ntitle,It\nas_of,2026-01-15\nbody,"
#define MEMBERS "state,name,group\nAAA1,One,\nAAA2,Two,\nAAA3,Three,\nAAA4,Four,\nAAA5,Five,\n"

static PlnElectorate *electorate;

static PlnElectorate *shipped(void) {
  if (!electorate) {
    g_autofree char *path = g_build_filename(g_getenv("PLENARY_DATA"), "positions", "s70-74", NULL);
    electorate = pln_electorate_load(scene_world(), path, NULL);
  }
  g_assert(electorate);
  return electorate;
}

/* The projection of @s, or NULL and @error. */
static PlnProject *project_with(const PlnScenario *s, PlnProjectOptions options,
                                PlnPredictor **predictor, GError **error) {
  *predictor = pln_predictor_new(shipped(), NULL, NULL);
  options.electorate = shipped();
  options.predictor = *predictor;
  options.draws = MIN(options.draws, 4000);
  return pln_project_new(s, &options, error);
}

static const PlnProjectItem *item_of(const PlnProject *project, guint stage, const char *id) {
  const PlnProjectStage *st = pln_project_stage(project, stage);
  for (guint k = 0; k < st->items->len; k++)
    if (strcmp(pln_project_item(st, k)->proposal->id, id) == 0)
      return pln_project_item(st, k);
  g_assert_not_reached();
}

/* ---- The chance ---- */

/* Of @item, its states apart but for turnout: every assignment, summed over turnout. */
static double by_hand(const PlnProjectItem *item) {
  enum { GRID = 400 };
  const PlnOutlook *o = item->outlook;
  double t = PLN_OUTLOOK_TURNOUT, all = 0;
  guint assignments = 1;
  for (guint i = 0; i < o->n; i++)
    assignments *= PLN_VOTE_KINDS;
  for (guint g = 0; g < GRID; g++) {
    double z = pln_normal_inverse((g + 0.5) / GRID);
    for (guint a = 0; a < assignments; a++) {
      PlnVote vote[8];
      double chance = 1;
      for (guint i = 0, rest = a; i < o->n; i++, rest /= PLN_VOTE_KINDS) {
        double out = pln_normal((pln_normal_inverse(o->absent[i]) - t * z) / sqrt(1 - t * t));
        double answer[] = {o->chance[3 * i + 2], o->chance[3 * i], o->chance[3 * i + 1]};
        vote[i] = (PlnVote)(rest % PLN_VOTE_KINDS);
        chance *= vote[i] == PLN_VOTE_X ? out : (1 - out) * answer[vote[i]];
      }
      PlnTally tally = pln_tally(&(PlnBallots){o->n, vote, NULL, NULL});
      all += chance * (pln_rule_decide(&item->rule->rule, &tally, PLN_STAGE_VOTE).outcome ==
                       PLN_OUTCOME_ADOPTED);
    }
  }
  return all / GRID;
}

static void test_chance(void) {
  g_autoptr(PlnScenario) s =
      scene_read("scenario.csv", KEYS "model-un\n", "members.csv", MEMBERS, "proposals.csv",
                 "id,title\np1,A\n", "positions.csv",
                 "proposal,who,position,sd\np1,AAA1,80,0.01\np1,AAA2,60,0.01\np1,AAA3,50,0.01\n"
                 "p1,AAA4,35,0.01\np1,AAA5,20,0.01\n",
                 NULL);
  PlnPredictor *predictor;
  g_autoptr(PlnProject) project = project_with(s, pln_project_options(), &predictor, NULL);
  const PlnProjectItem *item = item_of(project, 0, "p1");
  CU_ASSERT_EQUAL(item->basis[PLN_SEAT_STANCE], 5);
  CU_ASSERT_EQUAL(item->assumed, 5);
  CU_ASSERT_TRUE(item->informed);
  double expected = by_hand(item);
  CU_ASSERT_DOUBLE_EQUAL(item->outcome->adopted.value, expected, 0.002);
  CU_ASSERT_DOUBLE_EQUAL(item->outcome->drawn.value, expected, 0.04);
  CU_ASSERT_DOUBLE_EQUAL(item->low, expected, 0.02); /* the positions are as good as exact */
  CU_ASSERT_DOUBLE_EQUAL(item->high, expected, 0.02);
  CU_ASSERT_TRUE(item->other.value < expected); /* two-thirds */
  CU_ASSERT_TRUE(isnan(item->pressed));
  pln_predictor_free(predictor);
}

/* What is known is what it is: four against one cannot be lost by the fifth. */
static void test_known(void) {
  g_autoptr(PlnScenario) s =
      scene_read("scenario.csv", KEYS "model-un\n", "members.csv", MEMBERS, "proposals.csv",
                 "id,title,record\np1,A,partial\n", "votes.csv",
                 "proposal,state,vote\np1,AAA1,Y\np1,AAA2,Y\np1,AAA3,Y\np1,AAA4,N\n", NULL);
  PlnPredictor *predictor;
  g_autoptr(PlnProject) project = project_with(s, pln_project_options(), &predictor, NULL);
  const PlnProjectItem *item = item_of(project, 0, "p1");
  CU_ASSERT_EQUAL(item->basis[PLN_SEAT_RECORD], 4);
  CU_ASSERT_EQUAL(item->basis[PLN_SEAT_SHARES], 1);
  CU_ASSERT_TRUE(item->outcome->adopted.value > 0.999);
  CU_ASSERT_TRUE(isnan(item->low)); /* no positions, so no error of theirs */
  pln_predictor_free(predictor);
}

/* ---- The sitting ---- */

static PlnScenario *package(void) {
  return scene_read(
      "scenario.csv", KEYS "general-assembly\n", "proposals.csv",
      "id,title,kind,target,family,pressed,falls_if\n"
      "a,A,amendment,text,kin,50,\nb,B,amendment,text,kin,,a=adopted\nc,C,amendment,text,kin,,\n"
      "d,D,amendment,text,other,80,\ntext,T,text,,,,\n",
      "positions.csv",
      "proposal,who,position,sd\na,ALL,52,20\nb,ALL,52,20\nc,ALL,52,20\nd,ALL,52,20\ntext,ALL,55,20\n",
      NULL);
}

static void test_sitting(void) {
  if (suite_is_quick())
    return;
  g_autoptr(PlnScenario) s = package();
  PlnPredictor *predictor;
  g_autoptr(PlnProject) project = project_with(s, pln_project_options(), &predictor, NULL);
  const PlnProjectStage *stage = pln_project_stage(project, 0);
  const PlnProjectItem *a = item_of(project, 0, "a"), *b = item_of(project, 0, "b"),
                       *d = item_of(project, 0, "d");
  double chance = a->outcome->adopted.value;
  CU_ASSERT_TRUE(chance > 0.3 && chance < 0.8);
  CU_ASSERT_DOUBLE_EQUAL(a->put, 0.5, 1e-9);
  CU_ASSERT_DOUBLE_EQUAL(a->adopted, 0.5 * chance, 0.03);
  CU_ASSERT_DOUBLE_EQUAL(a->falls, 0, 1e-12);
  CU_ASSERT_DOUBLE_EQUAL(b->falls, chance, 0.04); /* all pressed, it falls where a passes */
  CU_ASSERT_DOUBLE_EQUAL(b->put, 1 - a->adopted, 0.03);
  CU_ASSERT_DOUBLE_EQUAL(d->adopted, 0.8 * d->outcome->adopted.value, 0.03);
  CU_ASSERT_EQUAL(stage->k, 4);
  double sum = 0, mean = 0;
  for (guint i = 0; i <= stage->k; i++) {
    sum += stage->passed[i];
    mean += i * stage->passed[i];
  }
  CU_ASSERT_DOUBLE_EQUAL(sum, 1, 1e-9);
  double c = stage->adopted[2], apart = stage->adopted[0] + c + stage->adopted[3];
  CU_ASSERT_TRUE(mean > apart); /* and b where a does not pass, and b does */
  CU_ASSERT_TRUE(mean < apart + 1 - stage->adopted[0]);
  CU_ASSERT_TRUE(stage->together[2] > 0.15);           /* a and c: kin */
  CU_ASSERT_DOUBLE_EQUAL(stage->together[3], 0, 0.08); /* a and d: not */
  CU_ASSERT_DOUBLE_EQUAL(stage->together[2], stage->together[8], 1e-12);
  pln_predictor_free(predictor);
}

static void test_together(void) {
  if (suite_is_quick())
    return;
  g_autoptr(PlnScenario) s = package();
  PlnPredictor *predictor[2];
  PlnProjectOptions options = pln_project_options();
  options.together = 0;
  g_autoptr(PlnProject) apart = project_with(s, options, &predictor[0], NULL);
  options.together = 1;
  g_autoptr(PlnProject) one = project_with(s, options, &predictor[1], NULL);
  CU_ASSERT_DOUBLE_EQUAL(pln_project_stage(apart, 0)->together[2], 0, 0.08);
  CU_ASSERT_TRUE(pln_project_stage(one, 0)->together[2] > 0.7);
  for (guint k = 0; k < 2; k++)
    pln_predictor_free(predictor[k]);
}

static void test_stages(void) {
  if (suite_is_quick())
    return;
  g_autoptr(PlnScenario) s = scene_read(
      "scenario.csv", KEYS "ad-hoc-committee\n", "proposals.csv", "id,title,pressed\np1,A,60\n",
      "positions.csv", "proposal,who,position,sd\np1,ALL,60,10\n", "stages.csv",
      "stage,body,date,chance\nall,ad-hoc-committee,2024-10-01,\n"
      "again,ad-hoc-committee,2024-11-01,40\nnone,conference-of-states-parties,2024-12-01,\n",
      NULL);
  PlnPredictor *predictor;
  g_autoptr(PlnProject) project = project_with(s, pln_project_options(), &predictor, NULL);
  CU_ASSERT_EQUAL_FATAL(project->stages->len, 3); /* nobody had signed then, to compare with */
  const PlnProjectItem *first = item_of(project, 0, "p1"), *second = item_of(project, 1, "p1");
  CU_ASSERT_DOUBLE_EQUAL(first->put, 0.6, 1e-9);
  CU_ASSERT_DOUBLE_EQUAL(second->put, 0.4 * first->adopted, 0.03); /* what was adopted comes */
  CU_ASSERT_DOUBLE_EQUAL(pln_project_stage(project, 1)->comes, second->put, 1e-9);
  CU_ASSERT_TRUE(second->adopted <= second->put);
  /* The same question: what was adopted once is likelier to be again than by itself. */
  CU_ASSERT_TRUE(second->adopted / second->put > second->outcome->adopted.value - 0.02);
  CU_ASSERT_FALSE(pln_project_stage(project, 2)->meets);
  CU_ASSERT_EQUAL(pln_project_stage(project, 2)->items->len, 0);
  CU_ASSERT_EQUAL(pln_project_stage(project, 2)->parties, PLN_PROJECT_PARTIES);
  pln_predictor_free(predictor);
}

static void test_threads(void) {
  if (suite_is_quick())
    return;
  g_autoptr(PlnScenario) s = package();
  PlnPredictor *predictor[2];
  PlnProjectOptions options = pln_project_options();
  g_autoptr(PlnProject) one = project_with(s, options, &predictor[0], NULL);
  options.threads = 3;
  g_autoptr(PlnProject) three = project_with(s, options, &predictor[1], NULL);
  const PlnProjectStage *x = pln_project_stage(one, 0), *y = pln_project_stage(three, 0);
  CU_ASSERT_EQUAL(memcmp(x->together, y->together, 16 * sizeof(double)), 0);
  CU_ASSERT_EQUAL(memcmp(x->passed, y->passed, 5 * sizeof(double)), 0);
  for (guint k = 0; k < x->items->len; k++) {
    const PlnProjectItem *a = pln_project_item(x, k), *b = pln_project_item(y, k);
    CU_ASSERT_TRUE(a->outcome->adopted.value == b->outcome->adopted.value && a->low == b->low &&
                   a->adopted == b->adopted);
    CU_ASSERT_EQUAL(memcmp(a->rests->data, b->rests->data, a->rests->len * sizeof(PlnProjectRest)),
                    0);
  }
  for (guint k = 0; k < 2; k++)
    pln_predictor_free(predictor[k]);
}

/* ---- Positions ---- */

static void test_rests(void) {
  if (suite_is_quick())
    return;
  g_autoptr(PlnScenario) s =
      scene_read("scenario.csv", KEYS "general-assembly\n", "proposals.csv", "id,title\np1,A\n",
                 "positions.csv",
                 "proposal,who,position,sd\np1,AFRICA,60,10\np1,GRULAC,50,10\np1,WEOG,20,10\n"
                 "p1,ASIA_PACIFIC,50,25\np1,EASTERN_EUROPE,25,5\n",
                 NULL);
  PlnPredictor *predictor;
  g_autoptr(PlnProject) project = project_with(s, pln_project_options(), &predictor, NULL);
  const PlnProjectItem *item = item_of(project, 0, "p1");
  CU_ASSERT_EQUAL_FATAL(item->rests->len, 5);
  const PlnProjectRest *most = &g_array_index(item->rests, PlnProjectRest, 0);
  CU_ASSERT_STRING_EQUAL(pln_stance_name(most->row), "ASIA_PACIFIC"); /* large, and in doubt */
  for (guint k = 0; k < item->rests->len; k++) {
    const PlnProjectRest *rest = &g_array_index(item->rests, PlnProjectRest, k);
    CU_ASSERT_TRUE(rest->up > rest->down); /* the higher the position, the likelier */
    CU_ASSERT_TRUE(rest->seats > 10 && rest->move <= most->move);
  }
  CU_ASSERT_TRUE(item->low < item->middle && item->middle < item->high);
  CU_ASSERT_TRUE(item->blocs->len >= 5);
  pln_predictor_free(predictor);
}

static void test_edits(void) {
  g_autoptr(PlnScenario) s = package();
  g_autoptr(GPtrArray) positions = g_ptr_array_new();
  PlnStance stance, nobody;
  PlnPredictor *predictor[2];
  CU_ASSERT_TRUE_FATAL(pln_project_position(s, "d:ALL=95±5", &stance, NULL));
  CU_ASSERT_EQUAL(stance.position, 95);
  CU_ASSERT_EQUAL(stance.sd, 5);
  CU_ASSERT_EQUAL(stance.proposal, 3);
  g_ptr_array_add(positions, &stance);
  PlnProjectOptions options = pln_project_options();
  options.positions = positions;
  g_autoptr(PlnProject) project = project_with(s, options, &predictor[0], NULL);
  CU_ASSERT_TRUE(item_of(project, 0, "d")->outcome->adopted.value > 0.98);
  CU_ASSERT_TRUE(item_of(project, 0, "a")->outcome->adopted.value < 0.8);
  CU_ASSERT_EQUAL(project->weakest, PLN_STATUS_ASSUMED);
  CU_ASSERT_EQUAL(s->stances->len, 5); /* the scenario is as it was */
  CU_ASSERT_TRUE(pln_project_position(s, "PSE=10", &nobody, NULL));
  CU_ASSERT_EQUAL(nobody.sd, PLN_STANCE_SD);
  g_ptr_array_add(positions, &nobody);
  GError *error = NULL;
  CU_ASSERT_PTR_NULL(project_with(s, options, &predictor[1], &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_USAGE, "holds for no seat"));
  for (guint k = 0; k < 2; k++)
    pln_predictor_free(predictor[k]);
}

static void test_words(void) {
  static const struct {
    const char *text, *says;
  } bad[] = {{"EU", "expected [PROPOSAL:]WHO=P"},
             {"EU=101", "0 to 100"},
             {"EU=-1", "0 to 100"},
             {"EU=5±0", "above 0"},
             {"EU=5x", "0 to 100"},
             {"EU=", "0 to 100"},
             {"e:EU=5", "unknown proposal"},
             {"FRAA=5", "mean FRA?"},
             {"EU=nan", "0 to 100"}};
  g_autoptr(PlnScenario) s = package();
  PlnStance stance;
  GError *error = NULL;
  int place = 7;
  double chance;
  for (gsize k = 0; k < G_N_ELEMENTS(bad); k++) {
    CU_ASSERT_FALSE(pln_project_position(s, bad[k].text, &stance, &error));
    CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_USAGE, bad[k].says));
  }
  CU_ASSERT_TRUE(pln_project_position(s, "EU=40+-12.5", &stance, NULL));
  CU_ASSERT_TRUE(stance.bloc && stance.proposal == -1 && stance.sd == 12.5);
  CU_ASSERT_TRUE(pln_project_pressed(s, "ALL=25", &place, &chance, NULL));
  CU_ASSERT_TRUE(place == -1 && chance == 0.25);
  CU_ASSERT_FALSE(pln_project_pressed(s, "a=", &place, &chance, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_USAGE, "PROPOSAL=PERCENT"));
}

/* A bloc that was drawn from the vote itself would foretell it (positions.csv with such a row is not
 * read at all). */
static void test_seen(void) {
  g_autoptr(PlnScenario) s = scene_read(
      "scenario.csv", KEYS "general-assembly\n", "proposals.csv",
      "id,title,date,symbol\np1,A,2020-12-27,A/RES/74/247\n", "blocs.csv",
      "bloc,name,member,made_from\nSEEN,It,FRA,A/RES/74/247\nSEEN,It,DEU,A/RES/74/247\n", NULL);
  g_autoptr(GPtrArray) positions = g_ptr_array_new();
  PlnStance stance;
  CU_ASSERT_TRUE_FATAL(pln_project_position(s, "SEEN=90", &stance, NULL));
  g_ptr_array_add(positions, &stance);
  PlnProjectOptions options = pln_project_options();
  PlnPredictor *predictor[2];
  GError *error = NULL;
  options.positions = positions;
  CU_ASSERT_PTR_NULL(project_with(s, options, &predictor[0], &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_DATA, "foretell itself"));
  options.in_sample = TRUE;
  g_autoptr(PlnProject) project = project_with(s, options, &predictor[1], NULL);
  CU_ASSERT_PTR_NOT_NULL(project);
  for (guint k = 0; k < 2; k++)
    pln_predictor_free(predictor[k]);
}

int main(void) {
  CU_TestInfo tests[] = {
      {"chance", test_chance},     {"known", test_known},   {"sitting", test_sitting},
      {"together", test_together}, {"stages", test_stages}, {"threads", test_threads},
      {"rests", test_rests},       {"edits", test_edits},   {"words", test_words},
      {"seen", test_seen},         CU_TEST_INFO_NULL};
  int status = suite_run("project", tests);
  pln_electorate_free(electorate);
  scene_end();
  return status;
}
