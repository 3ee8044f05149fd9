/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A runner's vote against the projection that it stands for; and that two runs differ by what was
 * changed alone, draw by draw. */
#include "plenary/runner.h"

#include <math.h>
#include <string.h>

#include "plenary/error.h"
#include "plenary/runner_part.h"
#include "runs.h"
#include "scene.h"
#include "suite.h"

/* ---- project ---- */

static void test_project(void) {
  enum { DRAWS = 20000 };
  static const char *const positions[] = {NULL, "NARROW_LIST=10±5", "ALL=60", "FRA=95±5", NULL};
  Runs s = runs_setting("protocol-package", "protocol", runs_usual(PLN_RUN_PROJECT, DRAWS),
                      "position NARROW_LIST=10±5; position ALL=60; position FRA=95±5; "
                      "rule simple-majority-present-voting");
  int place = pln_scenario_find(s.scenario, "protocol");
  for (guint k = 0; k < (suite_is_quick() ? 1 : 5); k++) {
    GError *error = NULL;
    g_autoptr(GPtrArray) rows = g_ptr_array_new();
    PlnStance row;
    const PlnRuleEntry *rule =
        k == 4 ? pln_world_rule(s.scenario->world, "simple-majority-present-voting") : NULL;
    if (positions[k]) {
      CU_ASSERT_TRUE(pln_project_position(s.scenario, positions[k], &row, &error));
      g_ptr_array_add(rows, &row);
    }
    double yes, chance = runs_projected(s.scenario, place, positions[k] ? rows : NULL, rule, &yes);
    PlnRunResult run = runs_run(&s, k > 0 ? k - 1 : 0, k > 0, NULL);
    CU_ASSERT_EQUAL(run.draws, DRAWS);
    CU_ASSERT_DOUBLE_EQUAL(run.value[0], chance, 4 * sqrt(0.25 / DRAWS) + 0.006);
    CU_ASSERT_DOUBLE_EQUAL(run.value[2], yes, 1.5);
    CU_ASSERT_EQUAL(run.count[2] + run.count[3] + run.count[4] + run.count[5],
                    (gint64)DRAWS * (gint64)pln_runner_seats(s.runner));
  }
  CU_ASSERT_EQUAL(pln_runner_find(s.runner, "margin"), 1);
  CU_ASSERT_EQUAL(pln_runner_find(s.runner, "none"), -1);
  runs_leave(&s);
}

/* Each proposal of @name as the projection has it, seat by seat, and what it comes to.  Returns: how
 * many seats were looked at */
static guint as_projected(const char *name) {
  g_autoptr(PlnScenario) s = scene_shipped(name);
  g_autoptr(PlnPredictor) predictor = pln_predictor_new(runs_electorate(), NULL, NULL);
  PlnProjectOptions how = pln_project_options();
  PlnRunnerOptions o = runs_usual(PLN_RUN_PROJECT, 4000);
  guint seats = 0;
  how.electorate = runs_electorate();
  how.predictor = predictor;
  how.brief = TRUE;
  g_autoptr(PlnProject) project = pln_project_new(s, &how, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(project);
  const PlnProjectStage *stage = pln_project_stage(project, project->stages->len - 1);
  for (guint p = 0; p < stage->items->len; p++) {
    const PlnProjectItem *item = pln_project_item(stage, p);
    GError *error = NULL;
    PlnRunResult run;
    o.proposal = (int)p;
    g_autoptr(PlnRunner) runner = pln_runner_new(s, &o, NULL, &error);
    if (!runner)
      g_error("%s", error->message);
    guint n = pln_runner_seats(runner);
    g_autofree double *chance = g_new(double, PLN_VOTE_KINDS * (gsize)n + 1);
    CU_ASSERT_EQUAL_FATAL(n, item->outlook->n);
    CU_ASSERT_PTR_EQUAL(pln_runner_rule(runner), item->rule);
    CU_ASSERT_TRUE(pln_runner_chances(runner, NULL, 0, chance, NULL));
    for (guint i = 0; i < n; i++, seats++)
      for (guint k = 0; k < 3; k++) /* no, abstain, yes as Y, N, A */
        CU_ASSERT_DOUBLE_EQUAL(chance[PLN_VOTE_KINDS * i + k],
                               item->outlook->chance[3 * i + (k + 2) % 3] *
                                   (1 - item->outlook->absent[i]),
                               1e-12);
    CU_ASSERT_TRUE(pln_runner_run(runner, 0, NULL, 0, 0, NULL, &run, NULL));
    CU_ASSERT_DOUBLE_EQUAL(run.value[0], item->outcome->adopted.value, 0.05);
    for (guint k = 0; k < PLN_VOTE_KINDS; k++)
      CU_ASSERT_DOUBLE_EQUAL(run.value[2 + k], item->outcome->count[k].mean, 3);
  }
  return seats;
}

/* Votes to come and votes on record, before bodies that vote by this rule and that. */
static void test_as_projected(void) {
  static const char *const names[] = {"adoption-2024", "deletions-2024", "protocol-offences",
                                      "protocol-package", "cosp-rules", "whip-example", "eu-council",
                                      "security-council"};
  for (gsize k = suite_is_quick() ? 5 : 0; k < G_N_ELEMENTS(names); k++)
    CU_ASSERT_TRUE(as_projected(names[k]) >= 15);
}

/* All votes of @draws draws as the last run of the room had them. */
static PlnVote *votes_of(const PlnRunner *runner, guint draws) {
  const PlnRunRoom *r = runner->room[0];
  PlnForecast f = r->forecast;
  f.below = r->below;
  f.above = r->above;
  f.absent = r->absent;
  PlnVote *vote = g_new(PlnVote, (gsize)draws * f.n);
  pln_forecast_draw(&f, runner->options.seed, PLN_STUDY_RUNNER, 0, draws, r->room, vote);
  return vote;
}

static int seat_of(const PlnRunner *runner, const char *code) {
  for (guint i = 0; i < pln_runner_seats(runner); i++)
    if (strcmp(pln_runner_seat(runner, i)->code, code) == 0)
      return (int)i;
  return -1;
}

/* Each seat votes as in the base, draw by draw, where its chances are those of the base; returns
 * how many seats' chances are. */
static guint alike(const Runs *s, guint first, guint n, const char *but) {
  enum { DRAWS = 500 };
  guint seats = pln_runner_seats(s->runner), same = 0;
  g_autofree double *base = g_new(double, PLN_VOTE_KINDS * (gsize)seats),
                    *with = g_new(double, PLN_VOTE_KINDS * (gsize)seats);
  const PlnChange *const *changes = (const PlnChange *const *)s->changes->pdata;
  CU_ASSERT_TRUE(pln_runner_chances(s->runner, NULL, 0, base, NULL));
  runs_run(s, 0, 0, NULL);
  g_autofree PlnVote *before = votes_of(s->runner, DRAWS);
  CU_ASSERT_TRUE(pln_runner_chances(s->runner, changes + first, n, with, NULL));
  runs_run(s, first, n, NULL);
  g_autofree PlnVote *after = votes_of(s->runner, DRAWS);
  for (guint i = 0; i < seats; i++) {
    guint differ = 0;
    const double *a = base + PLN_VOTE_KINDS * (gsize)i, *b = with + PLN_VOTE_KINDS * (gsize)i;
    double sum = b[0] + b[1] + b[2] + b[3];
    CU_ASSERT_TRUE(sum == 0 || fabs(sum - 1) < 1e-9);
    for (guint d = 0; d < DRAWS; d++)
      differ += before[d * seats + i] != after[d * seats + i];
    if (memcmp(a, b, PLN_VOTE_KINDS * sizeof *a) != 0)
      continue;
    same++;
    CU_ASSERT_EQUAL(differ, 0);
    CU_ASSERT_STRING_NOT_EQUAL(pln_runner_seat(s->runner, i)->code, but);
  }
  return same;
}

/* A vote, an absence, a member out or in leave all others as they are; and of a position those that
 * stand by a word of their own. */
static void test_common_numbers(void) {
  Runs s = runs_setting("protocol-package", "protocol", runs_usual(PLN_RUN_PROJECT, 500),
                      "vote FRA=Y; presence FRA=10; member FRA=out; member PSE=in; "
                      "position RUS=20±5; position ALL=55±20");
  guint n = pln_runner_seats(s.runner);
  int palestine = seat_of(s.runner, "PSE");
  CU_ASSERT_EQUAL_FATAL(n, 194);
  for (guint k = 0; k < 4; k++)
    CU_ASSERT_EQUAL(alike(&s, k, 1, k < 3 ? "FRA" : "PSE"), n - 1);
  CU_ASSERT_TRUE(alike(&s, 4, 1, "RUS") > 30); /* the lists' other members */
  CU_ASSERT_TRUE(alike(&s, 5, 1, "IND") > 30); /* a row that the base has not */
  g_autofree double *chance = g_new(double, PLN_VOTE_KINDS * (gsize)n);
  CU_ASSERT_TRUE(pln_runner_chances(s.runner, NULL, 0, chance, NULL));
  CU_ASSERT_EQUAL(chance[PLN_VOTE_KINDS * palestine] + chance[PLN_VOTE_KINDS * palestine + 3], 0);
  PlnRunResult base = runs_run(&s, 0, 0, NULL), out = runs_run(&s, 2, 1, NULL),
               in = runs_run(&s, 3, 1, NULL);
  gint64 all = 0, less = 0, more = 0;
  for (guint k = 2; k < 6; k++) {
    all += base.count[k];
    less += out.count[k];
    more += in.count[k];
  }
  CU_ASSERT_EQUAL(all, 500 * 193);
  CU_ASSERT_EQUAL(less, 500 * 192);
  CU_ASSERT_EQUAL(more, 500 * 194);
  runs_leave(&s);
}

/* That somebody may be put in changes nothing of the others: he says nothing of them. */
static void test_put_in(void) {
  Runs s = runs_setting("eu-council", NULL, runs_usual(PLN_RUN_PROJECT, 1), "position WEOG=10±5"),
          more = runs_setting("eu-council", NULL, runs_usual(PLN_RUN_PROJECT, 1),
                         "position WEOG=10±5; member GBR=in");
  guint n = pln_runner_seats(s.runner), britain = (guint)seat_of(more.runner, "GBR");
  g_autofree double *one = g_new(double, PLN_VOTE_KINDS * (gsize)n),
                    *other = g_new(double, PLN_VOTE_KINDS * (gsize)(n + 1));
  CU_ASSERT_TRUE(pln_runner_chances(s.runner, (const PlnChange *const *)s.changes->pdata, 1, one, NULL));
  for (guint changes = 1; changes <= 2; changes++) {
    CU_ASSERT_TRUE(pln_runner_chances(more.runner, (const PlnChange *const *)more.changes->pdata,
                                      changes, other, NULL));
    CU_ASSERT_EQUAL(other[PLN_VOTE_KINDS * britain + PLN_VOTE_N] > 0.6, changes == 2);
    for (guint i = 0; i < PLN_VOTE_KINDS * n; i++)
      CU_ASSERT_EQUAL(one[i], other[i < PLN_VOTE_KINDS * britain ? i : i + PLN_VOTE_KINDS]);
  }
  runs_leave(&s);
  runs_leave(&more);
}

/* What a seat is made to do. */
static void test_made(void) {
  Runs s = runs_setting("protocol-package", "protocol", runs_usual(PLN_RUN_PROJECT, 3000),
                      "vote ALL=N; vote ALL=Y; presence ALL=100; presence ALL=25; vote ALL=X; "
                      "vote ALL=A; vote safeguards:ALL=N");
  PlnRunResult base = runs_run(&s, 0, 0, NULL), no = runs_run(&s, 0, 1, NULL),
               later = runs_run(&s, 0, 2, NULL), there = runs_run(&s, 1, 2, NULL),
               seldom = runs_run(&s, 1, 3, NULL), none = runs_run(&s, 4, 1, NULL),
               neither = runs_run(&s, 5, 1, NULL), other = runs_run(&s, 6, 1, NULL);
  CU_ASSERT_EQUAL(no.count[3], 3000 * 193);
  CU_ASSERT_EQUAL(no.count[0], 0); /* nobody: consensus is asked against by somebody, surely */
  CU_ASSERT_EQUAL(later.count[2], 3000 * 193);
  CU_ASSERT_EQUAL(there.count[5], 0);
  CU_ASSERT_EQUAL(there.count[0], 3000);
  CU_ASSERT_DOUBLE_EQUAL(seldom.value[2], 0.25 * 193, 2);
  CU_ASSERT_EQUAL(none.count[5], 3000 * 193);
  CU_ASSERT_EQUAL(neither.count[4], 3000 * 193);
  CU_ASSERT_EQUAL(memcmp(&base, &other, sizeof base), 0);
  runs_leave(&s);
}

/* The same counts in any order, by any thread, from what stood in the room and anew. */
static void test_order(void) {
  PlnRunnerOptions o = runs_usual(PLN_RUN_PROJECT, 1000);
  o.threads = 2;
  Runs s = runs_setting("protocol-package", "protocol", o,
                      "position NARROW_LIST=10±5; vote FRA=Y; rule simple-majority-present-voting; "
                      "member CHN=out; split NARROW_LIST:FRA,DEU; assume asks=50");
  static const guint from[] = {0, 1, 2, 3, 4, 5, 0, 1, 0, 2}, n[] = {1, 1, 1, 1, 1, 1, 2, 2, 5, 2};
  enum { RUNS = G_N_ELEMENTS(from), LEAPS = 7 };
  PlnRunResult once[RUNS];
  guint8 adopted[RUNS][1000], again[1000];
  const PlnChange *const *changes = (const PlnChange *const *)s.changes->pdata;
  for (guint k = 0; k < RUNS; k++) {
    once[k] = runs_run(&s, from[k], n[k], adopted[k]);
    guint sum = 0;
    for (guint d = 0; d < 1000; d++)
      sum += adopted[k][d];
    CU_ASSERT_EQUAL(sum, once[k].count[0]);
  }
  for (guint j = 0; j < 3 * RUNS; j++) {
    guint k = j * LEAPS % RUNS, thread = j % 3 == 0;
    PlnRunResult run;
    CU_ASSERT_TRUE(pln_runner_run(s.runner, thread, changes + from[k], n[k], 0, again, &run, NULL));
    CU_ASSERT_EQUAL(memcmp(&run, &once[k], sizeof run), 0);
    CU_ASSERT_EQUAL(memcmp(again, adopted[k], sizeof again), 0);
  }
  runs_leave(&s);
}

/* Parts add up to the whole. */
static void test_add(void) {
  Runs s = runs_setting("protocol-package", "protocol", runs_usual(PLN_RUN_PROJECT, 2000), ""),
          half = runs_setting("protocol-package", "protocol", runs_usual(PLN_RUN_PROJECT, 1000), "");
  PlnRunResult whole = runs_run(&s, 0, 0, NULL), sum = runs_run(&half, 0, 0, NULL), more;
  CU_ASSERT_TRUE(pln_runner_run(half.runner, 0, NULL, 0, 1, NULL, &more, NULL));
  pln_run_add(half.runner, &sum, &more);
  CU_ASSERT_EQUAL(memcmp(&sum, &whole, sizeof sum), 0);
  runs_leave(&s);
  runs_leave(&half);
}

/* A run that cannot be made says so, and the next is as if there had been none. */
static void test_beyond(void) {
  Runs s = runs_setting("protocol-package", "protocol", runs_usual(PLN_RUN_PROJECT, 300),
                        "position ALL=60; vote FRA=Y");
  PlnRunResult before = runs_run(&s, 0, 1, NULL), run;
  PlnChange change = *(const PlnChange *)s.changes->pdata[0];
  const PlnChange *one = &change;
  GError *error = NULL;
  change.value = 150;
  CU_ASSERT_FALSE(pln_runner_run(s.runner, 0, &one, 1, 0, NULL, &run, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_USAGE, "0 to 100"));
  change.value = 60;
  change.who = (char *)"IND"; /* of whom it was not told */
  CU_ASSERT_FALSE(pln_runner_run(s.runner, 0, &one, 1, 0, NULL, &run, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_USAGE, "IND"));
  const PlnChange *vote = s.changes->pdata[1]; /* 2^32 draws have addresses: 14316557 x 300 */
  CU_ASSERT_TRUE(pln_runner_run(s.runner, 0, &vote, 1, 14316556, NULL, &run, NULL));
  CU_ASSERT_FALSE(pln_runner_run(s.runner, 0, &vote, 1, 14316557, NULL, &run, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_USAGE, "4294967296"));
  run = runs_run(&s, 0, 1, NULL);
  CU_ASSERT_EQUAL(memcmp(&run, &before, sizeof run), 0);
  runs_leave(&s);
}

/* The base is the same whatever it is compared with: rows of blocs that it has none of, somebody
 * who is put in; and a runner at rest keeps all but its runs. */
static void test_base_stands(void) {
  static const char *const words[] = {
      "vote FRA=Y", "position ALL=55±20", "member PSE=in",
      ("position BRICS=40; position ASEAN=40; position ALL=30; position CARICOM=40; "
       "member PSE=in; join BRICS=FRA")};
  PlnRunResult first = {0};
  for (gsize k = 0; k < G_N_ELEMENTS(words); k++) {
    Runs s = runs_setting("protocol-package", "protocol", runs_usual(PLN_RUN_PROJECT, 400), words[k]);
    PlnRunResult base = runs_run(&s, 0, 0, NULL);
    first = k == 0 ? base : first;
    CU_ASSERT_EQUAL(memcmp(base.count, first.count, sizeof base.count), 0);
    pln_runner_rest(s.runner);
    CU_ASSERT_PTR_NULL(s.runner->room);
    CU_ASSERT_PTR_NULL(s.runner->frame->outlook);
    CU_ASSERT_EQUAL(pln_runner_seats(s.runner), k < 2 ? 193 : 194);
    CU_ASSERT_STRING_EQUAL(pln_runner_seat(s.runner, 0)->code, "AFG");
    CU_ASSERT_PTR_NOT_NULL(pln_runner_rule(s.runner));
    runs_leave(&s);
  }
}

/* By consensus alone the margin says who objects; where nobody is there nobody asks for a vote. */
static void test_consensus(void) {
  enum { DRAWS = 600 };
  Runs s = runs_setting("protocol-offences", "terrorism", runs_usual(PLN_RUN_PROJECT, DRAWS),
                        "rule consensus; presence ALL=0; vote ALL=Y");
  PlnRunResult all = runs_run(&s, 0, 1, NULL), nobody = runs_run(&s, 1, 1, NULL),
               base = runs_run(&s, 0, 0, NULL), yes = runs_run(&s, 2, 1, NULL);
  CU_ASSERT(all.count[PLN_RUN_MARGIN] < 0);
  CU_ASSERT_EQUAL(all.count[PLN_RUN_MARGIN], -all.count[PLN_RUN_COUNT + PLN_VOTE_N]);
  CU_ASSERT_EQUAL(all.unasked, 0);
  CU_ASSERT_EQUAL(nobody.unseen, DRAWS);
  CU_ASSERT_EQUAL(nobody.count[PLN_RUN_ADOPTED], DRAWS);
  CU_ASSERT_EQUAL(nobody.unasked, DRAWS);
  CU_ASSERT_EQUAL(base.unseen, 0);
  CU_ASSERT_EQUAL(yes.unasked, 0);
  pln_run_add(s.runner, &nobody, &nobody);
  CU_ASSERT_EQUAL(nobody.unseen, 2 * DRAWS);
  CU_ASSERT_EQUAL(nobody.unasked, 2 * DRAWS);
  runs_leave(&s);
}

/* Who leaves a list is filled in; who joins one stands where it stands. */
static void test_lists(void) {
  Runs s = runs_setting("protocol-package", "protocol", runs_usual(PLN_RUN_PROJECT, 500),
                      "split NARROW_LIST:FRA; join WIDE_LIST=FRA; split NARROW_LIST");
  int france = seat_of(s.runner, "FRA"), cambodia = seat_of(s.runner, "KHM"),
      germany = seat_of(s.runner, "DEU");
  gsize n = pln_runner_seats(s.runner);
  const PlnChange *const *changes = (const PlnChange *const *)s.changes->pdata;
  g_autofree double *base = g_new(double, PLN_VOTE_KINDS * n), *left = g_new(double, PLN_VOTE_KINDS * n),
                    *joined = g_new(double, PLN_VOTE_KINDS * n), *all = g_new(double, PLN_VOTE_KINDS * n);
  CU_ASSERT_TRUE(pln_runner_chances(s.runner, NULL, 0, base, NULL));
  CU_ASSERT_TRUE(pln_runner_chances(s.runner, changes, 1, left, NULL));
  CU_ASSERT_TRUE(pln_runner_chances(s.runner, changes + 1, 1, joined, NULL));
  CU_ASSERT_TRUE(pln_runner_chances(s.runner, changes + 2, 1, all, NULL));
  guint f = PLN_VOTE_KINDS * (guint)france, g = PLN_VOTE_KINDS * (guint)germany,
        c = PLN_VOTE_KINDS * (guint)cambodia;
  CU_ASSERT_NOT_EQUAL(left[f], base[f]);
  CU_ASSERT_EQUAL(left[g], base[g]);
  CU_ASSERT_NOT_EQUAL(all[g], base[g]);
  /* of those that vote, as Cambodia, which has its own rate of absence */
  CU_ASSERT_DOUBLE_EQUAL(joined[f] / (1 - joined[f + 3]), base[c] / (1 - base[c + 3]), 1e-12);
  runs_leave(&s);
}

/* Rules that ask who has a vote: nobody is adopted against a veto; weights are those of members. */
static void test_who_has_a_vote(void) {
  Runs s = runs_setting("security-council", NULL, runs_usual(PLN_RUN_PROJECT, 600),
                      "vote ALL=Y; vote RUS=N; member RUS=out; vote CHN=A");
  PlnRunResult all = runs_run(&s, 0, 1, NULL), veto = runs_run(&s, 0, 2, NULL),
               gone = runs_run(&s, 0, 3, NULL);
  CU_ASSERT_EQUAL(all.count[0], 600);
  CU_ASSERT_EQUAL(veto.count[0], 0);
  CU_ASSERT_EQUAL(gone.count[0], 600);
  CU_ASSERT_EQUAL(gone.count[2], 600 * 14);
  runs_leave(&s);
  Runs eu = runs_setting("eu-council", NULL, runs_usual(PLN_RUN_PROJECT, 600),
                       "vote ALL=Y; vote DEU=N; vote FRA=N; vote ITA=N; vote ESP=N; member ESP=out");
  PlnRunResult three = runs_run(&eu, 0, 4, NULL), four = runs_run(&eu, 0, 5, NULL),
               less = runs_run(&eu, 0, 6, NULL);
  CU_ASSERT_EQUAL(three.count[0], 600); /* three cannot block */
  CU_ASSERT_EQUAL(four.count[0], 0);    /* 35 % of the population and more */
  CU_ASSERT_EQUAL(less.count[0], 600);
  runs_leave(&eu);
}

int main(void) {
  CU_TestInfo tests[] = {{"project", test_project},
                         {"as projected", test_as_projected},
                         {"common numbers", test_common_numbers},
                         {"put in", test_put_in},
                         {"made to", test_made},
                         {"any order", test_order},
                         {"parts", test_add},
                         {"beyond", test_beyond},
                         {"the base stands", test_base_stands},
                         {"consensus", test_consensus},
                         {"lists", test_lists},
                         {"who has a vote", test_who_has_a_vote},
                         CU_TEST_INFO_NULL};
  int status = suite_run("runner", tests);
  runs_end();
  scene_end();
  return status;
}
