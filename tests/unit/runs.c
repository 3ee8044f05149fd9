/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runs.h"

#include <math.h>

#include "plenary/electorate_file.h"
#include "plenary/project.h"
#include "scene.h"
#include "suite.h"

static PlnElectorate *electorate;

const PlnElectorate *runs_electorate(void) {
  if (!electorate) {
    g_autofree char *path = g_build_filename(g_getenv("PLENARY_DATA"), "positions", "s70-74", NULL);
    electorate = pln_electorate_load(scene_world(), path, NULL);
  }
  g_assert(electorate);
  return electorate;
}

GPtrArray *runs_changes(const char *words) {
  GPtrArray *all = g_ptr_array_new_with_free_func(pln_change_free);
  g_auto(GStrv) parts = g_strsplit(words, ";", -1);
  for (char **part = parts; *part; part++) {
    GError *error = NULL;
    PlnChange *change = *g_strstrip(*part) ? pln_change_read(*part, &error) : NULL;
    if (error)
      g_error("%s: %s", *part, error->message);
    if (change)
      g_ptr_array_add(all, change);
  }
  return all;
}

PlnRunnerOptions runs_usual(PlnRunStudy study, guint draws) {
  PlnRunnerOptions o = pln_runner_options();
  o.study = study;
  o.draws = draws;
  o.electorate = runs_electorate();
  return o;
}

Runs runs_setting(const char *name, const char *proposal, PlnRunnerOptions o, const char *words) {
  Runs s = {scene_shipped(name), runs_changes(words), NULL};
  GError *error = NULL;
  o.proposal = proposal ? pln_scenario_find(s.scenario, proposal) : -1;
  s.runner = pln_runner_new(s.scenario, &o, s.changes, &error);
  if (!s.runner)
    g_error("%s", error->message);
  return s;
}

void runs_leave(Runs *s) {
  pln_runner_free(s->runner);
  g_ptr_array_unref(s->changes);
  pln_scenario_free(s->scenario);
}

/* A run with the changes from @first on, @n of them. */
PlnRunResult runs_run(const Runs *s, guint first, guint n, guint8 *adopted) {
  PlnRunResult run;
  GError *error = NULL;
  const PlnChange *const *changes = (const PlnChange *const *)s->changes->pdata;
  if (!pln_runner_run(s->runner, 0, n > 0 ? changes + first : NULL, n, 0, adopted, &run, &error))
    g_error("%s", error->message);
  return run;
}

/* The chance and its standard error by the projection. */
double runs_projected(const PlnScenario *s, int proposal, GPtrArray *positions,
                        const PlnRuleEntry *rule, double *yes) {
  PlnProjectOptions o = pln_project_options();
  g_autoptr(PlnPredictor) predictor = pln_predictor_new(runs_electorate(), NULL, NULL);
  o.electorate = runs_electorate();
  o.predictor = predictor;
  o.positions = positions;
  o.rule = rule;
  o.brief = TRUE;
  o.draws = 4000;
  GError *error = NULL;
  g_autoptr(PlnProject) project = pln_project_new(s, &o, &error);
  if (!project)
    g_error("%s", error->message);
  for (guint t = 0; t < project->stages->len; t++) {
    const PlnProjectStage *stage = pln_project_stage(project, t);
    if (!stage->meets)
      continue;
    const PlnProjectItem *item = pln_project_item(stage, (guint)proposal);
    *yes = item->outcome->count[PLN_VOTE_Y].mean;
    return item->outcome->adopted.value;
  }
  return NAN;
}

void runs_end(void) {
  pln_electorate_free(electorate);
  electorate = NULL;
}
