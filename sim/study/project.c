/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/project.h"

#include <math.h>

#include "plenary/error.h"
#include "plenary/project_part.h"
#include "plenary/table.h"
#include "plenary/workers.h"

PlnProjectOptions pln_project_options(void) {
  return (PlnProjectOptions){.proposal = -1,
                             .stage = -1,
                             .asks = NAN,
                             .together = NAN,
                             .draws = 20000,
                             .sittings = 2000,
                             .seed = 1,
                             .threads = 1};
}

static void stage_free(gpointer data) {
  PlnProjectStage *stage = data;
  g_ptr_array_unref(stage->items);
  g_free(stage->part);
  g_free(stage->passed);
  g_free(stage->passed_in_all);
  g_free(stage->adopted);
  g_free(stage->together);
  g_free(stage);
}

void pln_project_free(PlnProject *project) {
  if (!project)
    return;
  g_ptr_array_unref(project->stages);
  g_ptr_array_unref(project->rosters);
  pln_project_view_free(project->view);
  g_free(project);
}

const PlnProjectStage *pln_project_stage(const PlnProject *project, guint k) {
  return project->stages->pdata[k];
}

const PlnProjectItem *pln_project_item(const PlnProjectStage *stage, guint k) {
  return stage->items->pdata[k];
}

/* ---- Stages ---- */

static void roster_free(gpointer roster) {
  pln_roster_free(roster);
}

static PlnProjectStage *add_stage(PlnProject *project, const PlnStageEntry *entry,
                                  const PlnBody *body, const PlnRoster *roster, PlnDay day) {
  PlnProjectStage *stage = g_new0(PlnProjectStage, 1);
  stage->entry = entry;
  stage->body = body;
  stage->day = day;
  if (project->options.as_of != PLN_DAY_NONE) {
    stage->day = project->options.as_of;
    PlnRoster *asked =
        pln_roster_new(project->scenario->world, body, project->scenario->own, stage->day);
    g_ptr_array_add(project->rosters, asked);
    roster = asked;
  }
  stage->roster = roster;
  stage->meets = roster->n > 0;
  stage->parties =
      body->roster == PLN_ROSTER_PARTIES && !project->scenario->own ? PLN_PROJECT_PARTIES : 0;
  stage->chance = !entry || entry->chance < 0 ? NAN : entry->chance / 100;
  stage->items = g_ptr_array_new_with_free_func(pln_project_item_free);
  g_ptr_array_add(project->stages, stage);
  return stage;
}

/* The roster that a conference would have if all signatories were parties. */
static PlnRoster *signatories(const PlnWorld *world, const char *treaty, PlnDay day) {
  g_autoptr(GPtrArray) acts = pln_world_acts(world, treaty), codes = g_ptr_array_new();
  for (guint k = 0; k < acts->len; k++) {
    const PlnTreatyAct *act = acts->pdata[k];
    const PlnState *state = pln_world_state(world, act->state);
    if (state && state->kind != PLN_STATE_ORGANIZATION &&
        (pln_day_reached(act->signature, day) || pln_day_reached(act->consent, day)))
      g_ptr_array_add(codes, (gpointer)act->state);
  }
  return pln_roster_new(world, NULL, codes, day);
}

static void add_what_if(PlnProject *project, const PlnProjectStage *of) {
  const PlnWorld *world = project->scenario->world;
  PlnRoster *roster = signatories(world, of->body->roster_of, of->day);
  g_ptr_array_add(project->rosters, roster);
  if (roster->n <= of->roster->n)
    return;
  PlnProjectStage *stage = add_stage(project, of->entry, of->body, roster, of->day);
  stage->roster = roster;
  stage->meets = TRUE;
  stage->chance = NAN;
  stage->what_if = TRUE;
}

static gboolean any_meets(const PlnProject *project) {
  for (guint k = 0; k < project->stages->len; k++)
    if (pln_project_stage(project, k)->meets)
      return TRUE;
  return FALSE;
}

static void add_stages(PlnProject *project) {
  const PlnScenario *s = project->scenario;
  guint n = s->stages->len;
  if (n == 0) {
    const PlnProposal *p = pln_scenario_proposal(s, 0);
    add_stage(project, NULL, p->body, p->roster, p->day != PLN_DAY_NONE ? p->day : s->as_of);
  }
  for (guint k = 0; k < n; k++) {
    const PlnStageEntry *entry = &g_array_index(s->stages, PlnStageEntry, k);
    if (project->options.stage >= 0 && project->options.stage != (int)k)
      continue;
    if (project->options.brief && any_meets(project))
      break;
    const PlnProjectStage *stage = add_stage(project, entry, entry->body, entry->roster, entry->day);
    if (stage->parties > 0 && !project->options.brief)
      add_what_if(project, stage);
  }
}

/* ---- Items ---- */

static gboolean changes_text(const PlnProposal *p) {
  return p->kind == PLN_KIND_AMENDMENT || p->kind == PLN_KIND_DELETION ||
         p->kind == PLN_KIND_PARAGRAPH;
}

static void find_parts(PlnProjectStage *stage) {
  guint n = stage->items->len;
  stage->part = g_new(guint, n + 1);
  for (gboolean all = FALSE; all <= TRUE && stage->k == 0 && !stage->what_if; all++)
    for (guint k = 0; k < n; k++)
      if (all || changes_text(pln_project_item(stage, k)->proposal))
        stage->part[stage->k++] = k;
  stage->passed = g_new0(double, stage->k + 1);
  stage->passed_in_all = g_new0(double, stage->k + 1);
  stage->adopted = g_new0(double, stage->k + 1);
  stage->together = g_new0(double, (gsize)stage->k * stage->k + 1);
}

/* A stage's own roster and day; without stages each proposal has its own. */
static PlnProjectStage stage_of(const PlnProject *project, const PlnProjectStage *stage,
                                const PlnProposal *p) {
  PlnProjectStage own = *stage;
  if (!stage->entry && project->options.as_of == PLN_DAY_NONE) {
    own.roster = p->roster;
    own.day = p->day != PLN_DAY_NONE ? p->day : project->scenario->as_of;
  }
  return own;
}

static gboolean is_full(const PlnProject *project, const PlnProjectStage *stage, guint place) {
  int only = project->options.proposal;
  return !project->options.brief && !stage->what_if && (only < 0 || only == (int)place);
}

typedef struct {
  const PlnProject *project;
  PlnProjectStage *stage;
} Filling;

static void run_item(guint task, guint thread, gpointer data) {
  (void)thread;
  const Filling *f = data;
  PlnProjectItem *item = f->stage->items->pdata[task];
  PlnProjectStage own = stage_of(f->project, f->stage, item->proposal);
  if (pln_progress_interrupted())
    return;
  pln_project_item_run(f->project, &own, item, is_full(f->project, f->stage, item->place));
  if (f->project->options.progress)
    pln_progress_step(f->project->options.progress, 1);
}

/* Returns: FALSE and an error where it was interrupted */
static gboolean go_on(const PlnProject *project, GError **error) {
  if (project->options.progress)
    pln_progress_step(project->options.progress, 1);
  if (!pln_progress_interrupted())
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "interrupted; nothing was written");
  return FALSE;
}

/* As many as there are if all stages meet; a comparison is one more. */
guint64 pln_project_steps(const PlnScenario *s) {
  return PLN_PROJECT_STEPS * (guint64)s->proposals->len * MAX(s->stages->len + 1, 1);
}

static gboolean fill_stage(PlnProject *project, PlnProjectStage *stage, GError **error) {
  const PlnScenario *s = project->scenario;
  for (guint p = 0; p < s->proposals->len && stage->meets; p++) {
    PlnProjectStage own = stage_of(project, stage, pln_scenario_proposal(s, p));
    PlnProjectItem *item = pln_project_item_new(project, &own, p, error);
    if (!item)
      return FALSE;
    g_ptr_array_add(stage->items, item);
    project->weakest = MAX(project->weakest, item->outlook->weakest);
    project->weakest = MAX(project->weakest, item->rule->status);
  }
  Filling filling = {project, stage};
  pln_workers_run(project->options.threads, stage->items->len, run_item, &filling);
  for (guint k = 0; k < stage->items->len; k++) {
    PlnProjectItem *item = stage->items->pdata[k];
    PlnProjectStage own = stage_of(project, stage, item->proposal);
    if (!go_on(project, error))
      return FALSE;
    if (is_full(project, stage, item->place))
      pln_project_rests(project, &own, item);
  }
  find_parts(stage);
  return TRUE;
}

/* ---- What was asked ---- */

static gboolean holds(const PlnProject *project, const PlnStance *row) {
  for (guint t = 0; t < project->stages->len; t++) {
    const PlnProjectStage *stage = pln_project_stage(project, t);
    for (guint k = 0; k < stage->items->len; k++) {
      const PlnOutlook *o = pln_project_item(stage, k)->outlook;
      for (guint i = 0; i < o->n && o->stances; i++)
        if (o->stances->won[i] == row)
          return TRUE;
    }
  }
  return FALSE;
}

static gboolean positions_hold(const PlnProject *project, GError **error) {
  const GPtrArray *asked = project->options.positions;
  for (guint k = 0; asked && k < asked->len; k++) {
    if (holds(project, asked->pdata[k]))
      continue;
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "the position of %s holds for no seat: none is on the roster, or rows that are more "
                "specific hold for all; expected one that does",
                pln_stance_name(asked->pdata[k]));
    return FALSE;
  }
  return TRUE;
}

static void fill_options(PlnProject *project, const PlnProjectOptions *options) {
  const PlnScenario *s = project->scenario;
  project->options = *options;
  project->asks_stated = !isnan(options->asks) || s->asks_for_vote >= 0;
  if (isnan(options->asks))
    project->options.asks = s->asks_for_vote >= 0 ? s->asks_for_vote / 100 : PLN_PROJECT_ASKS;
  if (isnan(options->together))
    project->options.together = PLN_PROJECT_TOGETHER;
  project->options.draws = MAX(options->draws, 100);
  project->options.sittings = MAX(options->sittings, 100);
  if (options->rule || options->positions || options->pressed || options->as_of != PLN_DAY_NONE)
    project->weakest = PLN_STATUS_ASSUMED;
}

static void leave_sitting_out(PlnProject *project) {
  for (guint t = 0; t < project->stages->len; t++) {
    PlnProjectStage *stage = project->stages->pdata[t];
    stage->comes = NAN;
    for (guint k = 0; k < stage->items->len; k++) {
      PlnProjectItem *item = stage->items->pdata[k];
      item->put = item->adopted = item->falls = NAN;
    }
  }
}

PlnProject *pln_project_new(const PlnScenario *scenario, const PlnProjectOptions *options,
                            GError **error) {
  g_autoptr(PlnProject) project = g_new0(PlnProject, 1);
  project->scenario = scenario;
  project->view = pln_project_view_new(scenario, options->positions);
  project->stages = g_ptr_array_new_with_free_func(stage_free);
  project->rosters = g_ptr_array_new_with_free_func(roster_free);
  project->gap = NAN;
  fill_options(project, options);
  add_stages(project);
  for (guint t = 0; t < project->stages->len; t++)
    if (!fill_stage(project, project->stages->pdata[t], error))
      return NULL;
  if (!positions_hold(project, error))
    return NULL;
  for (guint t = 0; t < project->stages->len && isnan(project->gap); t++)
    if (pln_project_stage(project, t)->items->len > 0)
      project->gap = pln_project_item(pln_project_stage(project, t), 0)->outlook->gap;
  if (project->options.brief)
    leave_sitting_out(project);
  else
    pln_project_sit(project);
  return g_steal_pointer(&project);
}
