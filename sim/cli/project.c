/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plenary project: what votes to come may come to. */
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "plenary/asked.h"
#include "plenary/compose_project.h"
#include "plenary/electorate_file.h"
#include "plenary/forecast_request.h"
#include "plenary/laboratory.h"
#include "plenary/output.h"
#include "plenary/request.h"
#include "plenary/text.h"
#include "plenary/votes_request.h"
#include "plenary/words.h"

const PlnOption pln_project_cli_options[] = {
    {"proposal", 0, "ID", "one proposal alone, in full", NULL},
    {"stage", 0, "ID", "one stage alone", NULL},
    {"full", 0, NULL, "every proposal in full: states, blocs, ways to turn it, conflicts", NULL},
    {"position", 0, "WHO=P",
     "where a state, a bloc or ALL stands, 0 to 100, in place of its row; PROPOSAL:WHO=P±SD; "
     "repeatable, the last one of the same holds",
     NULL},
    {"pressed", 0, "PROPOSAL=PERCENT", "how likely it comes to a vote; ALL=100; repeatable", NULL},
    {"asks", 0, "PERCENT", "how likely a state that would vote no asks for a vote", NULL},
    {"together", 0, "PERCENT",
     "how far what is not known is common to proposals of one family (default 50)", NULL},
    {"rule", 0, "RULE", "what if this rule decided (plenary rules lists them)", NULL},
    {"as-of", 0, "DAY", "who sits in the bodies on another day", NULL},
    {"also", 0, "NAME", "a second electorate, to see how much turns on the history", NULL},
    {"draws", 0, "N", "draws of each vote (default 20000)", NULL},
    PLN_PRIVATE_OPTION,
    PLN_FORECAST_OPTIONS,
    PLN_HISTORY_OPTIONS,
    PLN_OUTPUT_OPTIONS,
    {NULL, 0, NULL, NULL, NULL}};

/* What the words ask, and what they are kept in. */
typedef struct {
  PlnForecastRequest *r;
  PlnProjectOptions options;
  double *pressed;
  PlnElectorate *also;
  PlnPredictor *also_predictor;
} Asked;

static void asked_clear(Asked *a) {
  pln_predictor_free(a->also_predictor);
  pln_electorate_free(a->also);
  g_free(a->pressed);
}

/* Of what a page's state does not hold either, so that it can say the same command. */
static void add_words(PlnForecastRequest *r, const char *option, const char *value) {
  pln_words_add_option(r->command, option, value);
  pln_words_add_option(r->project_options, option, value);
}

static gboolean read_day(Asked *a, const PlnArgs *args, GError **error) {
  const char *text = pln_args_value(args, "as-of");
  if (!pln_forecast_request_day(a->r, args, &a->options.as_of, error))
    return FALSE;
  if (text)
    pln_words_add_option(a->r->project_options, "as-of", text);
  return TRUE;
}

/* 0 to 100, left alone where it was not given. */
static gboolean read_percent(Asked *a, const PlnArgs *args, const char *option, double *share,
                             GError **error) {
  const char *text = pln_args_value(args, option);
  if (!text)
    return TRUE;
  char *end = NULL;
  double value = g_ascii_isdigit(*text) ? g_ascii_strtod(text, &end) : -1;
  if (!end || *end != '\0' || !(value >= 0 && value <= 100)) {
    g_autofree char *shown = pln_text_visible(text);
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "--%s is \"%s\"; expected a percentage, 0 to 100", option, shown);
    return FALSE;
  }
  *share = value / 100;
  add_words(a->r, option, text);
  return TRUE;
}

static gboolean read_positions(Asked *a, const PlnArgs *args, GError **error) {
  if (!pln_forecast_request_positions(a->r, args, error))
    return FALSE;
  a->options.positions = a->r->positions->len > 0 ? a->r->positions : NULL;
  return TRUE;
}

static gboolean read_pressed(Asked *a, const PlnArgs *args, GError **error) {
  const char *const *texts = pln_args_values(args, "pressed");
  guint n = a->r->scenario->proposals->len;
  a->pressed = g_new(double, n + 1);
  for (guint p = 0; p < n; p++)
    a->pressed[p] = NAN;
  for (gsize k = 0; texts[k]; k++) {
    int place = -1;
    double chance = 0;
    if (!pln_project_pressed(a->r->scenario, texts[k], &place, &chance, error))
      return FALSE;
    for (guint p = 0; p < n; p++)
      if (place < 0 || place == (int)p)
        a->pressed[p] = chance;
    pln_words_add_option(a->r->command, "pressed", texts[k]);
    a->options.pressed = a->pressed;
  }
  return TRUE;
}

/* A folder, or a name of data/positions. */
static gboolean read_also(Asked *a, const PlnArgs *args, GError **error) {
  const char *name = pln_args_value(args, "also");
  if (!name)
    return TRUE;
  g_autofree char *data = pln_data_folder(error);
  if (!data)
    return FALSE;
  g_autofree char *shipped = g_build_filename(data, "positions", name, NULL);
  gboolean is_shipped = !strchr(name, G_DIR_SEPARATOR) && g_file_test(shipped, G_FILE_TEST_IS_DIR);
  a->also = pln_electorate_load(a->r->world, is_shipped ? shipped : name, error);
  a->also_predictor = a->also ? pln_predictor_new(a->also, NULL, error) : NULL;
  if (!a->also_predictor)
    return FALSE;
  g_autofree char *whole = g_canonicalize_filename(name, NULL), *base = g_path_get_basename(whole);
  for (guint k = 0; k < a->also->inputs->len; k++) {
    const PlnInput *file = &g_array_index(a->also->inputs, PlnInput, k);
    PlnInput input = {g_strdup_printf("also/%s", file->name), g_strdup(file->sha256)};
    g_array_append_val(a->r->inputs, input);
  }
  pln_words_add_option(a->r->command, "also", base);
  a->options.also = a->also;
  a->options.also_predictor = a->also_predictor;
  return TRUE;
}

static gboolean read_all(Asked *a, const PlnArgs *args, GError **error) {
  a->options = pln_project_options();
  a->options.electorate = a->r->electorate;
  a->options.predictor = a->r->predictor;
  a->options.in_sample = a->r->in_sample;
  a->options.seed = a->r->seed;
  a->options.threads = a->r->threads;
  return pln_forecast_request_proposal(a->r, args, &a->options.proposal, error) &&
         pln_forecast_request_stage(a->r, args, &a->options.stage, error) &&
         read_positions(a, args, error) && read_pressed(a, args, error) &&
         read_percent(a, args, "asks", &a->options.asks, error) &&
         read_percent(a, args, "together", &a->options.together, error) &&
         pln_forecast_request_rule(a->r, args, &a->options.rule, error) &&
         read_day(a, args, error) && read_also(a, args, error) &&
         pln_forecast_request_count(a->r, args, "draws", 100, 10000000, &a->options.draws, error);
}

/* The page knows no earlier roll calls: with a history its draws would be others. */
static char *laboratory_of(const PlnForecastRequest *r, const PlnArgs *args,
                           const PlnProject *project) {
  g_autoptr(PlnReplay) replay = pln_replay_new(r->scenario, NULL, NULL);
  gboolean asked = pln_args_value(args, "draws") != NULL;
  PlnLaboratoryOptions options = {
      .command = r->command->str,
      .project = project,
      .project_options = r->project_options->str,
      .draws = asked ? MIN(project->options.draws, PLN_LABORATORY_MOST_DRAWS) : 0,
      .left_out = r->left_out};
  return replay ? pln_compose_laboratory(replay, &options) : NULL;
}

PlnDoc *pln_project_document(PlnForecastRequest *r, const PlnArgs *args, GError **error) {
  Asked asked = {.r = r};
  pln_forecast_request_redact(r, args);
  gboolean read = read_all(&asked, args, error);
  g_autoptr(PlnProgress) progress =
      pln_progress_new(STDERR_FILENO, "projecting", pln_project_steps(r->scenario));
  asked.options.progress = progress;
  g_autoptr(PlnProject) project =
      read ? pln_project_new(r->scenario, &asked.options, error) : NULL;
  g_clear_pointer(&progress, pln_progress_free);
  PlnDoc *doc = project ? pln_doc_new() : NULL;
  if (doc) {
    g_autofree char *citations = pln_compose_project_citations(project);
    PlnComposeProjectOptions how = {pln_args_flag(args, "full"), pln_args_value(args, "also"),
                                    r->notes};
    pln_compose_project(doc, project, &how);
    if (how.full && pln_output_is_page(args))
      pln_words_add_option(r->command, "full", NULL);
    pln_forecast_request_finish(r, project->weakest, pln_world_keep(r->world, citations));
    if (pln_output_is_page(args) && !r->recurrence)
      r->laboratory = laboratory_of(r, args, project);
  }
  asked_clear(&asked);
  return doc;
}

int pln_run_project(const PlnArgs *args, GError **error) {
  return pln_forecast_request_run(args, "plenary project", pln_project_document, "summary", error);
}
