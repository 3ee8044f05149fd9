/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Experiments: each run is what its runner says of its changes, at the point that the design has
 * there; the same whoever makes it; shards are the whole; a sink's error and an interrupt end it. */
#include "plenary/experiment.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plenary/error.h"
#include "plenary/sensitivity.h"
#include "runs.h"
#include "scene.h"
#include "suite.h"

static const char grid[] =
    "key,value,range\nscenario,x\nstudy,replay\ndesign,grid\ndraws,1\nset,vote FRA=N\n"
    "vary,vote USA,Y|N|as-is\nvary,vote CHN,A|as-is\n"
    "vary,rule,two-thirds-present-voting|simple-majority-present-voting\n";

typedef struct {
  PlnPlan *plan;
  PlnScenario *scenario;
  PlnExperiment *experiment;
} Made;

static PlnPlan *plan_of(const char *text) {
  g_autofree char *folder = g_dir_make_tmp("plan-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(folder, "plan.csv", NULL);
  g_autoptr(GError) error = NULL;
  CU_ASSERT_TRUE_FATAL(g_file_set_contents(path, text, -1, NULL));
  PlnPlan *plan = pln_plan_load(path, &error);
  if (!plan)
    fprintf(stderr, "%s\n", error->message);
  CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
  g_unlink(path);
  g_rmdir(folder);
  return plan;
}

/* Of @scenario in the plan's place.  @proposal: (nullable) */
static Made make_of(const char *text, guint threads, const char *scenario, const char *proposal,
                    PlnRunStudy study) {
  Made m = {.plan = plan_of(text), .scenario = scene_shipped(scenario)};
  PlnRunnerOptions options =
      study == PLN_RUN_REPLAY ? pln_runner_options() : runs_usual(study, m.plan->draws);
  g_autoptr(GError) error = NULL;
  options.study = study;
  options.seed = m.plan->seed;
  options.threads = threads;
  options.proposal = proposal ? pln_scenario_find(m.scenario, proposal) : options.proposal;
  m.experiment = pln_experiment_new(m.plan, m.scenario, &options, &error);
  if (!m.experiment)
    fprintf(stderr, "%s\n", error->message);
  CU_ASSERT_PTR_NOT_NULL_FATAL(m.experiment);
  return m;
}

static Made make(const char *text, guint threads) {
  return make_of(text, threads, "res-74-247", NULL, PLN_RUN_REPLAY);
}

static void made_free(Made *m) {
  pln_experiment_free(m->experiment);
  pln_scenario_free(m->scenario);
  pln_plan_free(m->plan);
}

/* ---- One run ---- */

/* The plan's changes at a run, put together here from its words; the last dial turns fastest. */
static void same_as_alone(PlnRunner *alone, const PlnExperimentRow *row) {
  static const char *const usa[] = {"USA=Y", "USA=N", NULL}, *const chn[] = {"CHN=A", NULL};
  static const char *const rule[] = {"rule=two-thirds-present-voting",
                                     "rule=simple-majority-present-voting"};
  const char *words[] = {"FRA=N", usa[row->run / 4], chn[row->run / 2 % 2], rule[row->run % 2]};
  g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func(pln_change_free);
  PlnRunResult result;
  for (guint k = 0; k < G_N_ELEMENTS(words); k++)
    if (words[k])
      g_ptr_array_add(changes, pln_change_read(words[k], NULL));
  CU_ASSERT_TRUE_FATAL(pln_runner_run(alone, 0, (const PlnChange *const *)changes->pdata,
                                      changes->len, 0, NULL, &result, NULL));
  CU_ASSERT_FALSE(row->failed);
  CU_ASSERT_EQUAL(row->dial[0], (double)(row->run / 4));
  CU_ASSERT_EQUAL(row->dial[2], (double)(row->run % 2));
  for (guint k = 0; k < pln_runner_outcomes(alone); k++)
    CU_ASSERT(row->result.value[k] == result.value[k] ||
              (isnan(row->result.value[k]) && isnan(result.value[k])));
}

static void test_runs(void) {
  Made m = make(grid, 1);
  PlnRunnerOptions options = *pln_runner_asked(pln_experiment_runner(m.experiment));
  g_autoptr(GPtrArray) changes = pln_experiment_changes(m.plan);
  CU_ASSERT_EQUAL(changes->len, 1 + 2 + 1 + 2); /* one is set; as-is is none */
  g_autoptr(PlnRunner) alone = pln_runner_new(m.scenario, &options, changes, NULL);
  CU_ASSERT_EQUAL(pln_experiment_runs(m.experiment), 12);
  g_autofree PlnExperimentRow *row = g_new(PlnExperimentRow, 12);
  CU_ASSERT_EQUAL(pln_experiment_make(m.experiment, 0, 12, row, NULL), 12);
  for (guint64 k = 0; k < 12; k++) {
    CU_ASSERT_EQUAL(row[k].run, k);
    same_as_alone(alone, &row[k]);
  }
  CU_ASSERT_PTR_NULL(pln_experiment_why(m.experiment));
  PlnExperimentRow later;
  CU_ASSERT_EQUAL(pln_experiment_make(m.experiment, 7, 8, &later, NULL), 1);
  CU_ASSERT_EQUAL(memcmp(&later, &row[7], sizeof later), 0);
  made_free(&m);
}

/* ---- Many ---- */

typedef struct {
  guint64 next, refuse, interrupt;
  guint blocks, most;
  GArray *rows;
} Taken;

static gboolean take(const PlnExperimentRow *row, guint n, gpointer data, GError **error) {
  Taken *taken = data;
  for (guint k = 0; k < n; k++)
    CU_ASSERT_EQUAL(row[k].run, taken->next + k);
  taken->next += n;
  taken->blocks++;
  taken->most = MAX(taken->most, n);
  g_array_append_vals(taken->rows, row, n);
  if (taken->interrupt && taken->next >= taken->interrupt)
    raise(SIGINT);
  if (!taken->refuse || taken->next < taken->refuse)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "no more");
  return FALSE;
}

static const char many[] =
    "key,value,range\nscenario,x\nstudy,replay\ndesign,latin\nruns,1500\ndraws,1\nreplicates,2\nseed,7\n"
    "vary,vote USA,Y|N|as-is\nvary,vote CHN,A|as-is\n"
    "vary,rule,two-thirds-present-voting|simple-majority-present-voting\n";

static GArray *all_rows(guint threads, guint64 first, guint64 end) {
  Made m = make(many, threads);
  Taken taken = {.next = first, .rows = g_array_new(FALSE, FALSE, sizeof(PlnExperimentRow))};
  CU_ASSERT_EQUAL(pln_experiment_runs(m.experiment), 3000);
  CU_ASSERT_TRUE(pln_experiment_run(m.experiment, first, end, take, &taken, NULL, NULL));
  CU_ASSERT_EQUAL(taken.next, end);
  CU_ASSERT(taken.most <= PLN_EXPERIMENT_BLOCK);
  made_free(&m);
  return taken.rows;
}

static void test_threads(void) {
  g_autoptr(GArray) one = all_rows(1, 0, 3000), two = all_rows(2, 0, 3000);
  CU_ASSERT_EQUAL(one->len, two->len);
  CU_ASSERT_EQUAL(memcmp(one->data, two->data, one->len * sizeof(PlnExperimentRow)), 0);
  for (guint64 k = 0; k < 3000; k += 2) { /* replicates are of one point */
    const PlnExperimentRow *row = &g_array_index(one, PlnExperimentRow, k);
    CU_ASSERT_EQUAL(memcmp(row[0].dial, row[1].dial, sizeof row->dial), 0);
  }
  guint count[3] = {0};
  for (guint64 k = 0; k < 3000; k++)
    count[(guint)g_array_index(one, PlnExperimentRow, k).dial[0]]++;
  CU_ASSERT(count[0] == 1000 && count[1] == 1000 && count[2] == 1000); /* a Latin hypercube's */
}

static void test_shards(void) {
  g_autoptr(GArray) all = all_rows(1, 0, 3000);
  for (guint i = 1; i <= 7; i++) {
    guint64 first = 0, end = 0, next = 0, last = 0;
    pln_experiment_shard(3000, i, 7, &first, &end);
    CU_ASSERT_EQUAL(first, 3000 * (i - 1) / 7);
    pln_experiment_shard(3000, i + 1, 7, &next, &last);
    CU_ASSERT(i == 7 ? end == 3000 : end == next);
    g_autoptr(GArray) part = all_rows(2, first, end);
    CU_ASSERT_EQUAL(memcmp(part->data, &g_array_index(all, PlnExperimentRow, first),
                           part->len * sizeof(PlnExperimentRow)),
                    0);
  }
  guint64 first, end;
  pln_experiment_shard(G_GUINT64_CONSTANT(1) << 60, 999999, 1000000, &first, &end);
  CU_ASSERT(first < end && end < G_GUINT64_CONSTANT(1) << 60 && end - first - 1152921504606 < 2);
}

/* ---- Studies with rooms ---- */

/* What a thread keeps from one run to the next (chances, tallies, normals, those filled in) hangs on
 * which runs it had before: that must not be seen. */
typedef struct {
  const char *scenario, *proposal;
  PlnRunStudy study;
  guint runs;
  const char *plan;
} Kept;

static const Kept kept[] = {
    {"protocol-offences", "terrorism", PLN_RUN_PROJECT, 30,
     "key,value,range\nscenario,x\nstudy,project\ndesign,latin\nruns,15\nreplicates,2\ndraws,200\nseed,5\n"
     "vary,position terrorism:NARROW_LIST,10..50\nvary,vote USA,Y|N|as-is\n"
     "vary,presence AFRICAN_UNION,50|75|as-is\n"
     "vary,rule,two-thirds-present-voting|simple-majority-present-voting\n"},
    {"protocol-offences", "terrorism", PLN_RUN_PROJECT, 24, /* one replicate: normals are kept */
     "key,value,range\nscenario,x\nstudy,project\ndesign,latin\nruns,24\ndraws,200\n"
     "vary,position EU27,0..100\nvary,position GRULAC,60±20\nvary,member GBR,out|as-is\n"},
    {"protocol-package", NULL, PLN_RUN_RATIFY, 12,
     "key,value,range\nscenario,x\nstudy,ratify\ndesign,latin\nruns,6\nreplicates,2\ndraws,100\n"
     "vary,deposit EU27,2027-03-01|never|as-is\nvary,position ALL,20..90\nvary,assume tie,0|0.5\n"},
    {"protocol-package", NULL, PLN_RUN_BARGAIN, 8,
     "key,value,range\nscenario,x\nstudy,bargain\ndesign,latin\nruns,8\ndraws,100\n"
     "vary,position scope:EU,6..10\nvary,salience scope:EU,20..90\n"},
};

/* Runs @first to below @end, in the order that @threads come to them. */
static PlnExperimentRow *rows_of(const Kept *k, guint threads, guint first, guint end) {
  Made m = make_of(k->plan, threads, k->scenario, k->proposal, k->study);
  PlnExperimentRow *row = g_new0(PlnExperimentRow, end - first);
  CU_ASSERT_EQUAL(pln_experiment_runs(m.experiment), k->runs);
  CU_ASSERT_EQUAL(pln_experiment_make(m.experiment, first, end, row, NULL), end - first);
  CU_ASSERT_PTR_NULL(pln_experiment_why(m.experiment));
  made_free(&m);
  return row;
}

static void test_kept(void) {
  for (gsize k = 0; k < G_N_ELEMENTS(kept); k++) {
    const Kept *plan = &kept[k];
    guint n = plan->runs, from = n / 4, to = n - 1;
    g_autofree PlnExperimentRow *one = rows_of(plan, 1, 0, n);
    CU_ASSERT(memcmp(one[0].result.value, one[n - 1].result.value, sizeof one->result.value) != 0);
    for (guint threads = 2; threads <= 3; threads++) {
      g_autofree PlnExperimentRow *several = rows_of(plan, threads, 0, n);
      g_autofree PlnExperimentRow *part = rows_of(plan, threads, from, to);
      CU_ASSERT_EQUAL(memcmp(several, one, n * sizeof *one), 0);
      CU_ASSERT_EQUAL(memcmp(part, one + from, (to - from) * sizeof *one), 0);
    }
    g_autofree PlnExperimentRow *last = rows_of(plan, 1, to, n); /* by a room that is new */
    CU_ASSERT_EQUAL(memcmp(last, one + to, sizeof *one), 0);
  }
}

/* ---- Ends before the end ---- */

static void test_refused(void) {
  Made m = make(many, 2);
  g_autoptr(GError) error = NULL;
  Taken taken = {.refuse = 100, .rows = g_array_new(FALSE, FALSE, sizeof(PlnExperimentRow))};
  CU_ASSERT_FALSE(pln_experiment_run(m.experiment, 0, 3000, take, &taken, NULL, &error));
  CU_ASSERT_TRUE(scene_error(&error, PLN_ERROR_FAILED, "no more"));
  CU_ASSERT(taken.next >= 100 && taken.next < 3000);
  g_array_unref(taken.rows);
  made_free(&m);
}

/* In a process of its own, as the flag stays. */
static void test_interrupt(void) {
  pid_t child = fork();
  CU_ASSERT_FATAL(child >= 0);
  if (child == 0) {
    Made m = make(many, 2);
    GError *error = NULL;
    Taken taken = {.interrupt = 50, .rows = g_array_new(FALSE, FALSE, sizeof(PlnExperimentRow))};
    pln_progress_catch();
    gboolean ended = !pln_experiment_run(m.experiment, 0, 3000, take, &taken, NULL, &error) &&
                     taken.next >= 50 && taken.next < 3000 &&
                     g_error_matches(error, PLN_ERROR, PLN_ERROR_FAILED);
    g_clear_error(&error); /* all is freed, or the child is found to leak */
    g_array_unref(taken.rows);
    made_free(&m);
    _exit(ended ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  CU_ASSERT(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* ---- What goes with what: by hand ---- */

static void test_words(void) {
  static const double y[] = {1, 2, 3, 4, 5}, flat[] = {2, 2, 2, 2, 2};
  static const double word[] = {0, 0, 1, 1, 2}, noise[] = {0, 1, 1, 0, 0}, one[] = {1, 1, 1, 1, 1};
  /* means -1.5, 0.5, 2 about 3 of 2, 2 and 1: (4.5 + 0.5 + 4) of 10; by chance 2 of 4 */
  CU_ASSERT_DOUBLE_EQUAL(pln_sensitivity_ratio(5, word, 1, 3, y), sqrt(0.8), 1e-12);
  CU_ASSERT_EQUAL(pln_sensitivity_ratio(5, noise, 1, 2, y), 0); /* less than chance gives */
  CU_ASSERT(isnan(pln_sensitivity_ratio(5, word, 1, 3, flat)));
  CU_ASSERT(isnan(pln_sensitivity_ratio(5, one, 1, 3, y)));
}

int main(void) {
  CU_TestInfo tests[] = {{"each run alone", test_runs},
                         {"threads", test_threads},
                         {"shards", test_shards},
                         {"studies with rooms", test_kept},
                         {"a sink that refuses", test_refused},
                         {"interrupts", test_interrupt},
                         {"words", test_words},
                         CU_TEST_INFO_NULL};
  int status = suite_run("experiment", tests);
  runs_end();
  scene_end();
  return status;
}
