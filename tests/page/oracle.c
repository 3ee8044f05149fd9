/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the command draws for edited positions, for tests that ask the page the same.
 * Usage: page_oracle SCENARIO < QUESTIONS
 * A question is a line of JSON: {"proposal": id, "positions": [{"who", "position", "sd"}],
 * "seed", "first", "draws"}; its answer a line: {"tallies": [[yes, no, abstaining, not voting]]}.
 * The scenario is projected once, as `plenary report` does; each question then goes through the
 * view, the outlook and the draws that `plenary project --position` makes of it. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "plenary/electorate_file.h"
#include "plenary/load.h"
#include "plenary/project_part.h"

typedef struct {
  PlnScenario *scenario;
  PlnElectorate *electorate;
  PlnPredictor *predictor;
  PlnProject *project;
} Oracle;

static void stop(const char *what, const GError *error) {
  fprintf(stderr, "page_oracle: %s%s%s\n", what, error ? ": " : "", error ? error->message : "");
  exit(1);
}

static Oracle open_oracle(const char *path) {
  GError *error = NULL;
  g_autofree char *data = pln_data_folder(&error);
  PlnWorld *world = data ? pln_world_load(data, &error) : NULL;
  Oracle o = {.scenario = world ? pln_scenario_load(world, path, &error) : NULL};
  if (!o.scenario)
    stop(path, error);
  const char *name = *o.scenario->electorate ? o.scenario->electorate : "s70-74";
  g_autofree char *folder = g_build_filename(data, "positions", name, NULL);
  o.electorate = pln_electorate_load(world, folder, &error);
  o.predictor = o.electorate ? pln_predictor_new(o.electorate, NULL, &error) : NULL;
  if (!o.predictor)
    stop(folder, error);
  PlnProjectOptions options = pln_project_options();
  options.brief = TRUE;
  options.electorate = o.electorate;
  options.predictor = o.predictor;
  o.project = pln_project_new(o.scenario, &options, &error);
  if (!o.project)
    stop(path, error);
  pln_world_unref(world);
  return o;
}

static void close_oracle(Oracle *o) {
  pln_project_free(o->project);
  pln_predictor_free(o->predictor);
  pln_electorate_free(o->electorate);
  pln_scenario_free(o->scenario);
}

/* The position as the command reads it. */
static PlnStance *position_of(const Oracle *o, const char *proposal, const json_t *edit) {
  GError *error = NULL;
  char position[G_ASCII_DTOSTR_BUF_SIZE], sd[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_dtostr(position, sizeof position, json_number_value(json_object_get(edit, "position")));
  g_ascii_dtostr(sd, sizeof sd, json_number_value(json_object_get(edit, "sd")));
  g_autofree char *text =
      g_strdup_printf("%s:%s=%s+-%s", proposal,
                      json_string_value(json_object_get(edit, "who")), position, sd);
  PlnStance *stance = g_new0(PlnStance, 1);
  if (!pln_project_position(o->scenario, text, stance, &error))
    stop(text, error);
  return stance;
}

static GPtrArray *positions_of(const Oracle *o, const char *proposal, const json_t *question) {
  GPtrArray *positions = g_ptr_array_new_with_free_func(g_free);
  const json_t *edits = json_object_get(question, "positions");
  for (size_t k = 0; k < json_array_size(edits); k++)
    g_ptr_array_add(positions, position_of(o, proposal, json_array_get(edits, k)));
  return positions;
}

static const PlnProjectStage *stage_of(const Oracle *o, const char *proposal,
                                       const PlnProjectItem **item) {
  for (guint t = 0; t < o->project->stages->len; t++) {
    const PlnProjectStage *stage = pln_project_stage(o->project, t);
    for (guint k = 0; k < stage->items->len; k++) {
      *item = pln_project_item(stage, k);
      if (strcmp((*item)->proposal->id, proposal) == 0)
        return stage;
    }
  }
  stop(proposal, NULL);
  return NULL;
}

static void print_tallies(const PlnForecast *f, const json_t *question) {
  guint first = (guint)json_integer_value(json_object_get(question, "first"));
  guint draws = (guint)json_integer_value(json_object_get(question, "draws"));
  guint64 seed = (guint64)json_integer_value(json_object_get(question, "seed"));
  g_autofree double *room = g_new(double, PLN_FORECAST_ROOM(f->n_pad, f->f));
  g_autofree guint32 *tally = g_new(guint32, PLN_VOTE_KINDS * (gsize)draws + 1);
  pln_forecast_tallies(f, seed, PLN_STUDY_OUTCOME_DRAWS, first, draws, room, tally);
  printf("{\"tallies\":[");
  for (guint d = 0; d < draws; d++) {
    const guint32 *t = tally + PLN_VOTE_KINDS * (gsize)d;
    printf("%s[%u,%u,%u,%u]", d > 0 ? "," : "", t[PLN_VOTE_Y], t[PLN_VOTE_N], t[PLN_VOTE_A],
           t[PLN_VOTE_X]);
  }
  printf("]}\n");
}

static void answer(const Oracle *o, const json_t *question) {
  GError *error = NULL;
  const char *proposal = json_string_value(json_object_get(question, "proposal"));
  const PlnProjectItem *item = NULL;
  const PlnProjectStage *stage = stage_of(o, proposal, &item);
  g_autoptr(GPtrArray) positions = positions_of(o, proposal, question);
  PlnScenario *view = pln_project_view_new(o->scenario, positions);
  PlnOutlookOptions how = pln_project_outlook(o->project, item->proposal);
  g_autoptr(PlnOutlook) outlook = pln_outlook_new(view, item->place, item->outlook->roster,
                                                  item->outlook->day, &how, &error);
  if (!outlook || stage->what_if)
    stop(proposal, error);
  print_tallies(&outlook->forecast, question);
  g_clear_pointer(&outlook, pln_outlook_free);
  pln_project_view_free(view);
}

int main(int argc, char **argv) {
  if (argc != 2)
    stop("expected a scenario; usage: page_oracle SCENARIO < QUESTIONS", NULL);
  Oracle oracle = open_oracle(argv[1]);
  json_error_t why;
  json_t *question;
  while ((question = json_loadf(stdin, JSON_DISABLE_EOF_CHECK, &why))) {
    answer(&oracle, question);
    json_decref(question);
  }
  close_oracle(&oracle);
  return 0;
}
