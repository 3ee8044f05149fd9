/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times of runs under common random numbers; scripts/bench-sweep runs it.
 * Usage: bench_sweep [RUNS], in the folder of the project; RUNS of each measurement, 2000
 * Prints a name, a blank and a number a line.  A vote of 193 states on a proposal of
 * protocol-offences, positions of its blocs and states as it states them.  Seconds of the
 * processor, one thread: million, 10^6 draws of one run; ask_…, milliseconds of a run beside its
 * draws: of positions, of presence, of the rule alone; rule_1000, presence_1000 the same with 1000
 * draws; run_1000, run_10000 milliseconds of a run with three positions and a presence anew, of so
 * many draws.  Of the clock: wall_1, wall_2,
 * seconds of RUNS runs of 1000 draws by one and two threads.  rows, factors: of that vote. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "plenary/draw.h"
#include "plenary/electorate_file.h"
#include "plenary/error.h"
#include "plenary/load.h"
#include "plenary/runner_part.h"
#include "plenary/workers.h"

enum { CHANGES = 5, TASK = 20 };

static double now(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

typedef struct {
  PlnWorld *world;
  PlnScenario *scenario;
  PlnElectorate *electorate;
  GPtrArray *changes;
} Setting;

static const char *const words[CHANGES] = {"position RUS=70±5", "position EU27=30±5",
                                           "position USA=30±5", "presence AFRICA=80",
                                           "rule two-thirds-present-voting"};

static Setting setting(void) {
  GError *error = NULL;
  Setting s = {.world = pln_world_load("data", &error)};
  if (s.world)
    s.scenario = pln_scenario_load(s.world, "scenarios/protocol-offences", &error);
  if (s.scenario)
    s.electorate = pln_electorate_load(s.world, "data/positions/s70-74", &error);
  if (error)
    g_error("%s", error->message);
  s.changes = g_ptr_array_new_with_free_func(pln_change_free);
  for (guint k = 0; k < CHANGES; k++)
    g_ptr_array_add(s.changes, pln_change_read(words[k], NULL));
  return s;
}

static PlnRunner *runner_of(const Setting *s, guint draws, guint threads) {
  PlnRunnerOptions o = pln_runner_options();
  GError *error = NULL;
  o.electorate = s->electorate;
  o.draws = draws;
  o.threads = threads;
  PlnRunner *runner = pln_runner_new(s->scenario, &o, s->changes, &error);
  if (!runner)
    g_error("%s", error->message);
  return runner;
}

/* Run @k with the changes from @first to below @end, each with a value of its own. */
static double one_run(PlnRunner *runner, const Setting *s, guint thread, guint first, guint end,
                      guint k) {
  PlnChange change[CHANGES];
  const PlnChange *all[CHANGES];
  PlnRunResult run;
  PlnDraw stream = pln_draw_stream(1, 2, k);
  for (guint c = first; c < end; c++) {
    change[c] = *(const PlnChange *)s->changes->pdata[c];
    change[c].value = 100 * pln_draw_uniform(&stream);
    if (change[c].kind == PLN_CHANGE_RULE && k % 2)
      change[c].who = (char *)"simple-majority-present-voting";
    all[c - first] = &change[c];
  }
  pln_runner_run(runner, thread, all, end - first, 0, NULL, &run, NULL);
  return run.value[0];
}

/* Milliseconds of the processor a run. */
static double each(const Setting *s, guint draws, guint runs, guint first, guint end) {
  g_autoptr(PlnRunner) runner = runner_of(s, draws, 1);
  one_run(runner, s, 0, first, end, 0);
  double start = now(CLOCK_PROCESS_CPUTIME_ID);
  for (guint k = 0; k < runs; k++)
    one_run(runner, s, 0, first, end, k);
  return 1e3 * (now(CLOCK_PROCESS_CPUTIME_ID) - start) / runs;
}

typedef struct {
  const Setting *setting;
  PlnRunner *runner;
  guint runs;
} Work;

static void work(guint task, guint thread, gpointer data) {
  const Work *w = data;
  for (guint k = task * TASK; k < MIN((task + 1) * TASK, w->runs); k++)
    one_run(w->runner, w->setting, thread, 0, 4, k);
}

static double wall(const Setting *s, guint runs, guint threads) {
  g_autoptr(PlnRunner) runner = runner_of(s, 1000, threads);
  Work w = {s, runner, runs};
  double start = now(CLOCK_MONOTONIC);
  pln_workers_run(threads, (runs + TASK - 1) / TASK, work, &w);
  return now(CLOCK_MONOTONIC) - start;
}

int main(int argc, char **argv) {
  guint runs = argc > 1 ? (guint)atoi(argv[1]) : 2000;
  Setting s = setting();
  g_autoptr(PlnRunner) million = runner_of(&s, 1000000, 1);
  PlnRunResult run;
  double start = now(CLOCK_PROCESS_CPUTIME_ID);
  pln_runner_run(million, 0, NULL, 0, 0, NULL, &run, NULL);
  printf("million %.3f\n", now(CLOCK_PROCESS_CPUTIME_ID) - start);
  printf("rows %u\nfactors %u\n", million->frame->row->len, million->room[0]->forecast.f);
  printf("ask_positions %.4f\n", each(&s, 1, runs, 0, 3));
  printf("ask_presence %.4f\n", each(&s, 1, runs, 3, 4));
  printf("ask_rule %.4f\n", each(&s, 1, runs, 4, 5));
  printf("rule_1000 %.4f\n", each(&s, 1000, runs, 4, 5));
  printf("presence_1000 %.4f\n", each(&s, 1000, runs, 3, 4));
  printf("run_1000 %.4f\n", each(&s, 1000, runs, 0, 4));
  printf("run_10000 %.4f\n", each(&s, 10000, runs / 10 + 1, 0, 4));
  printf("wall_1 %.3f\n", wall(&s, runs, 1));
  printf("wall_2 %.3f\n", wall(&s, runs, 2));
  g_ptr_array_unref(s.changes);
  pln_electorate_free(s.electorate);
  pln_scenario_free(s.scenario);
  pln_world_unref(s.world);
  return 0;
}
