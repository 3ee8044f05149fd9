/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A runner against the replay, the talks and the ratification that it stands for; threads; and what
 * is refused. */
#include <math.h>
#include <string.h>

#include "plenary/bargain.h"
#include "plenary/error.h"
#include "plenary/ratify.h"
#include "plenary/runner_part.h"
#include "plenary/workers.h"
#include "runs.h"
#include "scene.h"
#include "suite.h"

/* ---- replay ---- */

static void test_replay(void) {
  Runs s = runs_setting("res-74-247", NULL, runs_usual(PLN_RUN_REPLAY, 1),
                      "vote ALL=N; rule two-thirds-present-voting");
  PlnRunResult base = runs_run(&s, 0, 0, NULL), no = runs_run(&s, 0, 1, NULL),
               high = runs_run(&s, 1, 1, NULL);
  CU_ASSERT_EQUAL(base.draws, 0);
  CU_ASSERT_EQUAL(base.value[0], 1);
  CU_ASSERT_EQUAL(base.value[2], 79); /* 79-60-33 */
  CU_ASSERT_EQUAL(base.value[3], 60);
  CU_ASSERT_EQUAL(base.value[4], 33);
  CU_ASSERT_EQUAL(base.value[1], 79 - 70);
  CU_ASSERT_EQUAL(no.value[0], 0);
  CU_ASSERT_EQUAL(high.value[0], 0);
  CU_ASSERT_EQUAL(high.value[1], 79 - 93);
  g_autofree double *chance = g_new(double, PLN_VOTE_KINDS * (gsize)pln_runner_seats(s.runner));
  CU_ASSERT_TRUE(pln_runner_chances(s.runner, NULL, 0, chance, NULL));
  double yes = 0;
  for (guint i = 0; i < pln_runner_seats(s.runner); i++)
    yes += chance[PLN_VOTE_KINDS * i + PLN_VOTE_Y];
  CU_ASSERT_EQUAL(yes, 79);
  runs_leave(&s);
}

/* ---- bargain ---- */

/* ALL are all at the table: where they want the same, that is what they end with. */
static void test_bargain_all(void) {
  PlnRunnerOptions o = runs_usual(PLN_RUN_BARGAIN, 100);
  o.electorate = NULL;
  Runs s = runs_setting("emission-1994", NULL, o,
                        "position ALL=6; position years:ALL=9; salience ALL=50; capability ALL=1");
  double base = runs_run(&s, 0, 0, NULL).value[0];
  CU_ASSERT_DOUBLE_EQUAL(runs_run(&s, 0, 1, NULL).value[0], 6, 1e-9);
  CU_ASSERT_DOUBLE_EQUAL(runs_run(&s, 1, 1, NULL).value[0], 9, 1e-9);
  CU_ASSERT_NOT_EQUAL(runs_run(&s, 2, 1, NULL).value[0], base);
  CU_ASSERT_NOT_EQUAL(runs_run(&s, 3, 1, NULL).value[0], base);
  runs_leave(&s);
}

/* The talks with the words of an edit, as plenary bargain has them. */
static PlnBargain *talked(const PlnScenario *s, PlnTalksEditKind kind, const char *words) {
  GError *error = NULL;
  g_autoptr(GArray) edits = g_array_new(FALSE, FALSE, sizeof(PlnTalksEdit));
  PlnBargainOptions o = pln_bargain_options();
  g_array_set_clear_func(edits, pln_talks_edit_clear);
  o.draws = 0;
  if (words) {
    PlnTalksEdit edit;
    CU_ASSERT_TRUE(pln_talks_edit_read(s, kind, words, &edit, &error));
    g_array_append_val(edits, edit);
    o.edits = edits;
  }
  PlnBargain *b = pln_bargain_new(s, &o, &error);
  if (!b)
    g_error("%s", error->message);
  b->options.edits = NULL;
  return b;
}

static void test_bargain(void) {
  static const PlnTalksEditKind kind[] = {0, PLN_TALKS_CAPABILITY, PLN_TALKS_POSITION,
                                          PLN_TALKS_SALIENCE, PLN_TALKS_SPLIT};
  static const char *const words[] = {NULL, "EU=200", "intent:AFRICA=10", "GRULAC=100", "AFRICA"};
  Runs s = runs_setting("protocol-package", "offences", runs_usual(PLN_RUN_BARGAIN, 4000),
                      "capability EU=200; position intent:AFRICA=10; salience GRULAC=100; "
                      "split AFRICA; vote ALL=Y; join ASEAN=IND,CARICOM");
  guint issues = s.scenario->issues->len, turned = 0;
  CU_ASSERT_EQUAL(pln_runner_outcomes(s.runner), PLN_RUN_VOTE + issues);
  CU_ASSERT_EQUAL(pln_runner_find(s.runner, "position intent"), PLN_RUN_VOTE + 1);
  PlnRunResult base = runs_run(&s, 0, 0, NULL);
  for (guint k = 0; k < 5; k++) {
    g_autoptr(PlnBargain) b = talked(s.scenario, kind[k], words[k]);
    PlnRunResult run = runs_run(&s, k > 0 ? k - 1 : 0, k > 0, NULL);
    for (guint j = 0; j < issues; j++) {
      CU_ASSERT_EQUAL(run.value[PLN_RUN_VOTE + j], b->issue[j].outcome);
      turned += run.value[PLN_RUN_VOTE + j] != base.value[PLN_RUN_VOTE + j];
    }
    g_autoptr(GPtrArray) stances = pln_bargain_stances(b, NULL, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(stances);
    PlnScenario *view = pln_bargain_view_new(b, NULL, stances);
    double yes, chance = runs_projected(view, s.runner->options.proposal, NULL, NULL, &yes);
    CU_ASSERT_DOUBLE_EQUAL(run.value[0], chance, 4 * sqrt(0.25 / 4000) + 0.006);
    CU_ASSERT_DOUBLE_EQUAL(run.value[2], yes, 3);
    pln_bargain_view_free(view);
  }
  CU_ASSERT_TRUE(turned > 0);
  PlnRunResult all = runs_run(&s, 4, 1, NULL), joined = runs_run(&s, 5, 1, NULL);
  CU_ASSERT_EQUAL(all.count[2], 4000 * 193);
  CU_ASSERT_EQUAL(all.value[PLN_RUN_VOTE], base.value[PLN_RUN_VOTE]);
  CU_ASSERT_FALSE(isnan(joined.value[PLN_RUN_VOTE]));
  runs_leave(&s);
}

/* ---- ratify ---- */

static void test_ratify(void) {
  Runs s = runs_setting("protocol-package", NULL, runs_usual(PLN_RUN_RATIFY, 500),
                      "deposit EU27=2027-03-01; assume tie=0; vote ALL=N; position ALL=99±1");
  PlnRunResult base = runs_run(&s, 0, 0, NULL), soon = runs_run(&s, 0, 1, NULL),
               apart = runs_run(&s, 1, 1, NULL), no = runs_run(&s, 2, 1, NULL),
               liked = runs_run(&s, 3, 1, NULL), again = runs_run(&s, 0, 0, NULL);
  int force = pln_runner_find(s.runner, "force"), parties = pln_runner_find(s.runner, "parties");
  g_autoptr(PlnPredictor) predictor = pln_predictor_new(runs_electorate(), NULL, NULL);
  PlnProjectOptions project = pln_project_options();
  PlnRatifyOptions o = pln_ratify_options();
  project.electorate = runs_electorate();
  project.predictor = predictor;
  o.project = &project;
  o.draws = 500;
  g_autoptr(PlnRatify) r = pln_ratify_new(s.scenario, &o, NULL);
  CU_ASSERT_PTR_NOT_NULL_FATAL(r);
  CU_ASSERT_EQUAL(base.value[0], r->vote.adopted);
  CU_ASSERT_EQUAL(base.value[parties], r->mean[25]);
  PlnDay day = pln_day_of_number(r->date[PLN_RATIFY_IN_FORCE].quantile[2]);
  CU_ASSERT_EQUAL((int)base.value[force], day / 10000);
  CU_ASSERT_EQUAL(memcmp(&base, &again, sizeof base), 0);
  CU_ASSERT_TRUE(soon.value[force] < base.value[force]);
  CU_ASSERT_EQUAL(apart.value[force], base.value[force]);
  CU_ASSERT_EQUAL(apart.value[0], r->vote.apart);
  CU_ASSERT_EQUAL(no.value[0], 0);
  CU_ASSERT_TRUE(liked.value[0] > base.value[0]);
  runs_leave(&s);
}

/* ---- What is refused ---- */

static gboolean refused(const char *name, const char *proposal, PlnRunnerOptions o, const char *words,
                        int code, const char *part) {
  g_autoptr(PlnScenario) s = scene_shipped(name);
  g_autoptr(GPtrArray) changes = runs_changes(words);
  GError *error = NULL;
  o.proposal = proposal ? pln_scenario_find(s, proposal) : -1;
  g_autoptr(PlnRunner) runner = pln_runner_new(s, &o, changes, &error);
  return !runner && scene_error(&error, code, part);
}

static void test_refused(void) {
  PlnRunnerOptions o = runs_usual(PLN_RUN_PROJECT, 100);
  const char *p = "protocol-package";
  CU_ASSERT_TRUE(refused(p, "protocol", o, "salience IND=10", PLN_ERROR_USAGE, "the study bargain"));
  CU_ASSERT_TRUE(refused(p, "protocol", o, "deposit IND=never", PLN_ERROR_USAGE, "the study ratify"));
  CU_ASSERT_TRUE(refused(p, "protocol", o, "position IDN_=10", PLN_ERROR_USAGE, "did you mean"));
  CU_ASSERT_TRUE(refused(p, "protocol", o, "position scope:IND=10", PLN_ERROR_USAGE, "no issues"));
  CU_ASSERT_TRUE(refused(p, "protocol", o, "position PSE=10", PLN_ERROR_USAGE, "holds for no seat"));
  CU_ASSERT_TRUE(refused(p, "protocol", o, "rule two-thirds-present-votin", PLN_ERROR_USAGE,
                         "did you mean"));
  CU_ASSERT_TRUE(refused(p, "protocol", o, "split CARICOM", PLN_ERROR_USAGE, "no position"));
  CU_ASSERT_TRUE(refused(p, "protocol", o, "member NARROW_LIST=out", PLN_ERROR_USAGE, "no state"));
  CU_ASSERT_TRUE(refused(p, "protocol", o, "position IND=101", PLN_ERROR_USAGE, "0 to 100"));
  CU_ASSERT_TRUE(refused(p, "protocol", o, "assume tie=0.5", PLN_ERROR_USAGE, "ratify"));
  CU_ASSERT_TRUE(refused(p, "protocol", o, "position IND=30±101", PLN_ERROR_USAGE, "no wider"));
  CU_ASSERT_TRUE(refused(p, "protocol", o, "vote PSE=Y", PLN_ERROR_USAGE, "no seat"));
  CU_ASSERT_TRUE(refused(p, "protocol", o, "presence PSE=10", PLN_ERROR_USAGE, "no seat"));
  CU_ASSERT_TRUE(refused(p, "protocol", o, "member PSE=out", PLN_ERROR_USAGE, "no seat"));
  CU_ASSERT_TRUE(refused(p, "protocol", o, "member DEU=in", PLN_ERROR_USAGE, "already"));
  CU_ASSERT_TRUE(refused(p, "terrorism", o, "join ARAB_LEAGUE=SAU", PLN_ERROR_USAGE, "already"));
  CU_ASSERT_TRUE(refused(p, "protocol", o, "split NARROW_LIST:CHN", PLN_ERROR_USAGE, "belong"));
  CU_ASSERT_FALSE(refused(p, "protocol", o, "member PSE=in; vote PSE=Y; member DEU=in; member DEU=out; "
                          "join NARROW_LIST=CHN; split NARROW_LIST:CHN", PLN_ERROR_USAGE, ""));
  o.electorate = NULL;
  CU_ASSERT_TRUE(refused(p, "protocol", o, "", PLN_ERROR_USAGE, "electorate"));
  o = runs_usual(PLN_RUN_BARGAIN, 100);
  CU_ASSERT_TRUE(refused(p, NULL, o, "salience NARROW=10", PLN_ERROR_USAGE, "NARROW"));
  CU_ASSERT_TRUE(refused(p, NULL, o, "position protocol:EU=10", PLN_ERROR_USAGE, "project"));
  CU_ASSERT_TRUE(refused(p, NULL, o, "position scope:EU=11", PLN_ERROR_USAGE, "0 to 10"));
  CU_ASSERT_TRUE(refused(p, NULL, o, "position intnt:EU=10", PLN_ERROR_USAGE, "did you mean"));
  o.electorate = NULL;
  CU_ASSERT_TRUE(refused(p, NULL, o, "vote ALL=Y", PLN_ERROR_USAGE, "nothing is voted on"));
  o = runs_usual(PLN_RUN_RATIFY, 100);
  CU_ASSERT_TRUE(refused(p, NULL, o, "deposit EU27=2024-12-25", PLN_ERROR_USAGE, "a later day"));
  CU_ASSERT_TRUE(refused(p, NULL, o, "presence EU27=50", PLN_ERROR_USAGE, "project or bargain"));
  CU_ASSERT_TRUE(refused(p, NULL, o, "assume asks=50", PLN_ERROR_USAGE, "project or bargain"));
  o = runs_usual(PLN_RUN_REPLAY, 1);
  CU_ASSERT_TRUE(refused("res-74-247", NULL, o, "presence RUS=10", PLN_ERROR_USAGE, "project"));
  o = runs_usual(PLN_RUN_PROJECT, 100);
  CU_ASSERT_TRUE(refused("res-74-247", NULL, o, "", PLN_ERROR_DATA, "--in-sample"));
}

static void test_study_for(void) {
  g_autoptr(PlnScenario) package = scene_shipped("protocol-package"),
                         past = scene_shipped("res-74-247");
  g_autoptr(GPtrArray) vote = runs_changes("RUS=N; rule=two-thirds-present-voting"),
                       position = runs_changes("RUS=10"), issue = runs_changes("position scope:IND=5"),
                       salience = runs_changes("salience IND=10"), tie = runs_changes("assume tie=0.1");
  CU_ASSERT_EQUAL(pln_runner_study_for(past, 0, NULL), PLN_RUN_REPLAY);
  CU_ASSERT_EQUAL(pln_runner_study_for(past, 0, vote), PLN_RUN_REPLAY);
  CU_ASSERT_EQUAL(pln_runner_study_for(past, -1, position), PLN_RUN_PROJECT);
  CU_ASSERT_EQUAL(pln_runner_study_for(package, 0, vote), PLN_RUN_PROJECT);
  CU_ASSERT_EQUAL(pln_runner_study_for(package, 0, issue), PLN_RUN_BARGAIN);
  CU_ASSERT_EQUAL(pln_runner_study_for(package, 0, salience), PLN_RUN_BARGAIN);
  CU_ASSERT_EQUAL(pln_runner_study_for(package, 0, tie), PLN_RUN_RATIFY);
  g_autoptr(PlnScenario) talks = scene_shipped("emission-1994");
  g_autoptr(GPtrArray) merger = runs_changes("join X=DEU,FRA"), member = runs_changes("join EU=DEU"),
                       year = runs_changes("position years:DEU=5"),
                       nowhere = runs_changes("position nosuch:DEU=5"),
                       slip = runs_changes("position protocl:IND=5");
  CU_ASSERT_EQUAL(pln_runner_study_for(talks, 0, merger), PLN_RUN_BARGAIN);
  CU_ASSERT_EQUAL(pln_runner_study_for(talks, 0, year), PLN_RUN_BARGAIN);
  CU_ASSERT_EQUAL(pln_runner_study_for(talks, 0, nowhere), PLN_RUN_BARGAIN);
  CU_ASSERT_EQUAL(pln_runner_study_for(package, 0, member), PLN_RUN_PROJECT);
  CU_ASSERT_EQUAL(pln_runner_study_for(package, 0, slip), PLN_RUN_PROJECT);
}

/* A rule that has no answer to the votes on record does not leave them the record's. */
static void test_no_answer(void) {
  Runs s = runs_setting("res-74-247", NULL, runs_usual(PLN_RUN_REPLAY, 1), "rule eu-council-qualified");
  int adopted = pln_runner_find(s.runner, "adopted");
  PlnRunResult base = runs_run(&s, 0, 0, NULL), other = runs_run(&s, 0, 1, NULL);
  CU_ASSERT_EQUAL(base.value[adopted], 1);
  CU_ASSERT(isnan(other.value[adopted]));
  runs_leave(&s);
}

/* Without a deviation of its own a position is as sure as the one that is stated, in all studies. */
static void test_as_sure_as_stated(void) {
  for (PlnRunStudy study = PLN_RUN_PROJECT; study <= PLN_RUN_RATIFY; study += 2) {
    Runs s = runs_setting("protocol-offences", "terrorism", runs_usual(study, 400),
                          "position terrorism:ARAB_LEAGUE=20; position terrorism:ARAB_LEAGUE=20±12; "
                          "position terrorism:ARAB_LEAGUE=20±30; position terrorism:ARAB_LEAGUE=20");
    PlnRunResult none = runs_run(&s, 0, 1, NULL), same = runs_run(&s, 1, 1, NULL),
                 other = runs_run(&s, 2, 1, NULL), later = runs_run(&s, 2, 2, NULL);
    CU_ASSERT_EQUAL(none.value[PLN_RUN_COUNT], same.value[PLN_RUN_COUNT]);
    CU_ASSERT_EQUAL(none.value[PLN_RUN_COUNT], later.value[PLN_RUN_COUNT]); /* nothing of ±30 stays */
    CU_ASSERT_EQUAL(none.value[PLN_RUN_ADOPTED], same.value[PLN_RUN_ADOPTED]);
    CU_ASSERT_NOT_EQUAL(none.value[PLN_RUN_COUNT], other.value[PLN_RUN_COUNT]);
    CU_ASSERT_TRUE(pln_runner_is_stated(s.runner));
    runs_leave(&s);
  }
  Runs average = runs_setting("eu-council", NULL, runs_usual(PLN_RUN_PROJECT, 1), "vote FRA=Y");
  CU_ASSERT_FALSE(pln_runner_is_stated(average.runner));
  runs_leave(&average);
  Runs heard = runs_setting("whip-example", NULL, runs_usual(PLN_RUN_PROJECT, 1), "vote USA=Y");
  CU_ASSERT_TRUE(pln_runner_is_stated(heard.runner)); /* by whip.csv alone */
  runs_leave(&heard);
}

/* ---- Threads ---- */

typedef struct {
  const Runs *setting;
  PlnRunResult run[12];
} Several;

static void run_task(guint task, guint thread, gpointer data) {
  Several *all = data;
  const PlnChange *const *changes = (const PlnChange *const *)all->setting->changes->pdata;
  if (!pln_runner_run(all->setting->runner, thread, changes + task % 4, 1, task / 4, NULL,
                      &all->run[task], NULL))
    g_error("task %u", task);
}

/* Two at once, in each of the studies that draw: nothing of one is seen in the other. */
static void test_threads(void) {
  static const char *const words[] = {
      [PLN_RUN_PROJECT] = "position ALL=60; vote FRA=Y; presence EU27=50; split NARROW_LIST",
      [PLN_RUN_BARGAIN] = "salience EU=50; capability EU=50; position intent:EU=5; vote FRA=Y",
      [PLN_RUN_RATIFY] = "position ALL=60; vote FRA=Y; deposit EU27=never; assume tie=0.1"};
  for (PlnRunStudy study = PLN_RUN_PROJECT; study <= PLN_RUN_RATIFY; study++) {
    PlnRunnerOptions o = runs_usual(study, 200);
    o.threads = 2;
    Runs s = runs_setting("protocol-package", study == PLN_RUN_BARGAIN ? "offences" : "protocol", o,
                        words[study]);
    Several one = {.setting = &s}, two = {.setting = &s};
    pln_workers_run(1, G_N_ELEMENTS(one.run), run_task, &one);
    pln_workers_run(2, G_N_ELEMENTS(two.run), run_task, &two);
    CU_ASSERT_EQUAL(memcmp(one.run, two.run, sizeof one.run), 0);
    CU_ASSERT_NOT_EQUAL(memcmp(&one.run[0], &one.run[4], sizeof one.run[0]), 0); /* replicates */
    runs_leave(&s);
  }
}

int main(void) {
  CU_TestInfo tests[] = {{"replay", test_replay},
                         {"bargain", test_bargain},
                         {"all at the table", test_bargain_all},
                         {"ratify", test_ratify},
                         {"refused", test_refused},
                         {"study for", test_study_for},
                         {"no answer", test_no_answer},
                         {"as sure as stated", test_as_sure_as_stated},
                         {"threads", test_threads},
                         CU_TEST_INFO_NULL};
  int status = suite_run("runner studies", tests);
  runs_end();
  scene_end();
  return status;
}
