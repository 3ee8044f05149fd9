/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/forecast_request.h"

#include <stdio.h>
#include <string.h>

#include "plenary/asked.h"
#include "plenary/electorate_file.h"
#include "plenary/output.h"
#include "plenary/project.h"
#include "plenary/roll_calls.h"
#include "plenary/text.h"
#include "plenary/version.h"
#include "plenary/votes_request.h"
#include "plenary/whip.h"
#include "plenary/words.h"

enum { SESSIONS = 5 }; /* of history */

void pln_forecast_request_free(PlnForecastRequest *r) {
  if (!r)
    return;
  pln_predictor_free(r->predictor);
  pln_recurrence_free(r->recurrence);
  pln_vote_matrix_free(r->history);
  pln_electorate_free(r->electorate);
  pln_scenario_free(r->scenario);
  g_clear_pointer(&r->world, pln_world_unref);
  g_clear_pointer(&r->notes, g_ptr_array_unref);
  g_clear_pointer(&r->inputs, g_array_unref);
  g_clear_pointer(&r->positions, g_ptr_array_unref);
  if (r->command)
    g_string_free(r->command, TRUE);
  if (r->project_options)
    g_string_free(r->project_options, TRUE);
  g_free(r->laboratory);
  g_free(r->folder);
  g_free(r->no_electorate);
  g_free(r);
}

static int by_name(gconstpointer a, gconstpointer b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names of data/positions, in order.  (transfer full) */
static GPtrArray *shipped_names(const char *folder) {
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  GDir *dir = g_dir_open(folder, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name(dir)))
    g_ptr_array_add(names, g_strdup(name));
  if (dir)
    g_dir_close(dir);
  g_ptr_array_sort(names, by_name);
  return names;
}

static PlnElectorate *load_named(const PlnForecastRequest *r, const char *folder, const char *name,
                                 GError **error) {
  g_autofree char *shipped = g_build_filename(folder, name, NULL);
  if (g_file_test(shipped, G_FILE_TEST_IS_DIR) && !strchr(name, G_DIR_SEPARATOR))
    return pln_electorate_load(r->world, shipped, error);
  if (g_file_test(name, G_FILE_TEST_IS_DIR))
    return pln_electorate_load(r->world, name, error);
  g_autoptr(GPtrArray) names = shipped_names(folder);
  g_ptr_array_add(names, NULL);
  g_autofree char *all = g_strjoinv(", ", (char **)names->pdata);
  const char *near = pln_text_near(name, (const char *const *)names->pdata);
  pln_asked_fail(error, "no electorate \"%s\"; expected a folder, or one of data/positions (%s)%s%s%s",
                 name, all, near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
  return NULL;
}

/* The first day on which something of the scenario is voted. */
static PlnDay first_day(const PlnScenario *s) {
  PlnDay first = s->as_of;
  for (guint i = 0; i < s->proposals->len; i++) {
    PlnDay day = pln_scenario_proposal(s, i)->day;
    first = day > PLN_DAY_UNKNOWN && day < first ? day : first;
  }
  return first;
}

static gboolean takes(const PlnArgs *args, const char *name) {
  for (const PlnOption *option = args->options; option->name; option++)
    if (strcmp(option->name, name) == 0)
      return TRUE;
  return FALSE;
}

/* power, coalition and ratify have much to say where there is none, and so has a study of what is
 * on record. */
static gboolean may_do_without(const PlnArgs *args) {
  return takes(args, "no-empirical") || takes(args, "price") || takes(args, "no-vote") ||
         takes(args, "study");
}

/* The newest whose window ends before. */
static PlnElectorate *load_newest(const PlnForecastRequest *r, const char *folder, GError **error) {
  g_autoptr(GPtrArray) names = shipped_names(folder);
  g_autoptr(PlnElectorate) best = NULL;
  PlnDay day = first_day(r->scenario);
  for (guint k = 0; k < names->len; k++) {
    g_autofree char *path = g_build_filename(folder, names->pdata[k], NULL);
    g_autoptr(PlnElectorate) e = pln_electorate_load(r->world, path, error);
    if (!e)
      return NULL;
    gboolean seen = pln_electorate_has_seen(e, day, r->scenario->session) || e->to_day >= day;
    gboolean newer = !best || e->to_day > best->to_day ||
                     (e->to_day == best->to_day && e->n_votes > best->n_votes);
    if (!seen && newer) {
      pln_electorate_free(best);
      best = g_steal_pointer(&e);
    }
  }
  if (best)
    return g_steal_pointer(&best);
  g_autofree char *text = pln_day_text(day);
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
              "no electorate of data/positions ends before %s, the day of the first vote; expected "
              "an earlier one by --electorate (`plenary estimate --electorate DIR` makes it), or the "
              "true day as as_of in scenario.csv where it is a stand-in",
              text);
  return NULL;
}

static void add_inputs(GArray *inputs, const GArray *more, const char *folder) {
  for (guint k = 0; k < more->len; k++) {
    const PlnInput *file = &g_array_index(more, PlnInput, k);
    PlnInput input = {folder ? g_strdup_printf("%s/%s", folder, file->name) : g_strdup(file->name),
                      g_strdup(file->sha256)};
    g_array_append_val(inputs, input);
  }
}

static gboolean read_electorate(PlnForecastRequest *r, const PlnArgs *args, GError **error) {
  g_autofree char *data = pln_data_folder(error);
  if (!data)
    return FALSE;
  g_autofree char *folder = g_build_filename(data, "positions", NULL);
  const char *asked = pln_args_value(args, "electorate");
  const char *name = asked ? asked : *r->scenario->electorate ? r->scenario->electorate : NULL;
  g_autoptr(GError) none = NULL;
  r->electorate = name ? load_named(r, folder, name, error) : load_newest(r, folder, &none);
  if (none && may_do_without(args)) {
    r->no_electorate = g_strdup(none->message);
    return TRUE;
  }
  if (none)
    g_propagate_error(error, g_steal_pointer(&none));
  if (!r->electorate)
    return FALSE;
  if (asked) {
    g_autofree char *whole = g_canonicalize_filename(asked, NULL);
    g_autofree char *base = g_path_get_basename(whole);
    pln_words_add_option(r->command, "electorate", base);
    pln_words_add_option(r->project_options, "electorate", base);
  }
  if (r->electorate->inputs->len > 0) {
    const PlnElectorate *e = r->electorate;
    g_autofree char *label = g_strdup_printf("electorate-%d-%d", e->from_session, e->to_session);
    add_inputs(r->inputs, e->inputs, label);
  }
  return TRUE;
}

/* The session of the Assembly that a day lies in: they open in September. */
static int session_of(const PlnScenario *s) {
  if (s->session >= 0)
    return s->session;
  PlnDay day = first_day(s);
  int year = (int)(day / 10000), month = (int)(day / 100 % 100);
  return year - 1945 - (month < 9 ? 1 : 0);
}

/* Inputs are named as in the command, without the folders they lie in. */
static void name_inputs(GArray *inputs, const char *votes, const char *list) {
  for (guint k = 0; k < inputs->len; k++) {
    PlnInput *input = &g_array_index(inputs, PlnInput, k);
    if (g_strcmp0(input->name, votes) != 0 && g_strcmp0(input->name, list) != 0)
      continue;
    g_autofree char *path = g_steal_pointer(&input->name);
    input->name = g_path_get_basename(path);
  }
}

static gboolean read_history(PlnForecastRequest *r, const PlnArgs *args, GError **error) {
  const char *file = pln_args_value(args, "history"), *list = pln_args_value(args, "roll-calls");
  if (!file)
    return TRUE;
  g_autoptr(PlnFaults) faults = pln_faults_new();
  PlnRollCallsOptions how = {.votes = file, .list = list, .from = -1, .to = -1,
                             .notes = r->notes, .inputs = r->inputs};
  r->history = pln_roll_calls_load(r->world, &how, faults);
  name_inputs(r->inputs, file, list);
  if (!r->history) {
    g_autofree char *text = pln_faults_text(faults);
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "%snothing was written", text);
    return FALSE;
  }
  int session = session_of(r->scenario);
  r->recurrence = pln_recurrence_new(r->history, session - SESSIONS, session - 1, r->electorate->n,
                                     (const char *const *)r->electorate->code);
  if (!r->recurrence) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
                "%s has no roll call of sessions %d to %d, those before the scenario's (%d); expected "
                "some, or no --history",
                file, session - SESSIONS, session - 1, session);
    return FALSE;
  }
  const char *both[][2] = {{"history", file}, {"roll-calls", list}};
  for (guint k = 0; k < 2; k++) {
    g_autofree char *base = both[k][1] ? g_path_get_basename(both[k][1]) : NULL;
    if (base)
      pln_words_add_option(r->command, both[k][0], base);
  }
  return TRUE;
}

static gboolean read_numbers(PlnForecastRequest *r, const PlnArgs *args, GError **error) {
  const char *seed = pln_args_value(args, "seed");
  r->seed = 1;
  if (seed && !g_ascii_string_to_unsigned(seed, 10, 0, G_MAXUINT64, &r->seed, NULL))
    return pln_asked_fail(error, "--seed is \"%s\"; expected a whole number, 0 or more", seed);
  if (seed)
    pln_words_add_option(r->command, "seed", seed);
  r->in_sample = pln_args_flag(args, "in-sample");
  if (r->in_sample) {
    pln_words_add_option(r->command, "in-sample", NULL);
    pln_words_add_option(r->project_options, "in-sample", NULL);
  }
  return pln_args_count(args, "threads", 1, 1024, &r->threads, error);
}

/* bargain has no use for an electorate unless the outcome is put to the vote. */
static gboolean wants_electorate(const PlnArgs *args) {
  static const char *const without[] = {"no-empirical", "no-vote"};
  for (gsize k = 0; k < G_N_ELEMENTS(without); k++)
    if (takes(args, without[k]) && pln_args_flag(args, without[k]))
      return FALSE;
  return !takes(args, "then") || pln_args_value(args, "then");
}

PlnForecastRequest *pln_forecast_request_new(const PlnArgs *args, const char *command,
                                             const char *path, GError **error) {
  g_autoptr(PlnWorld) world = pln_open_world(error);
  return world ? pln_forecast_request_in(world, args, command, path, error) : NULL;
}

PlnForecastRequest *pln_forecast_request_in(PlnWorld *world, const PlnArgs *args,
                                            const char *command, const char *path, GError **error) {
  g_autoptr(PlnForecastRequest) r = g_new0(PlnForecastRequest, 1);
  r->command = g_string_new(command);
  r->project_options = g_string_new(NULL);
  r->positions = g_ptr_array_new_with_free_func(g_free);
  r->notes = g_ptr_array_new_with_free_func(g_free);
  r->inputs = pln_inputs_new();
  r->world = pln_world_ref(world);
  r->folder = g_strdup(path);
  r->scenario = pln_scenario_load(world, path, error);
  if (!r->scenario || !read_numbers(r, args, error) ||
      (wants_electorate(args) && !read_electorate(r, args, error)) ||
      /* report has none: the page knows the electorate alone */
      (takes(args, "history") && !read_history(r, args, error)))
    return NULL;
  if (!takes(args, "private")) /* the others decide themselves, in their own order */
    pln_forecast_request_redact(r, args);
  if (r->electorate && !(r->predictor = pln_predictor_new(r->electorate, r->recurrence, error)))
    return NULL;
  return g_steal_pointer(&r);
}

gboolean pln_forecast_request_proposal(PlnForecastRequest *r, const PlnArgs *args, int *place,
                                       GError **error) {
  const char *id = pln_args_value(args, "proposal");
  *place = -1;
  if (!id)
    return TRUE;
  if (!pln_asked_proposal(r->scenario, id, place, error))
    return FALSE;
  pln_words_add_option(r->command, "proposal", id);
  return TRUE;
}

gboolean pln_forecast_request_stage(PlnForecastRequest *r, const PlnArgs *args, int *place,
                                    GError **error) {
  const char *id = pln_args_value(args, "stage");
  const GArray *stages = r->scenario->stages;
  *place = -1;
  if (!id)
    return TRUE;
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (guint k = 0; k < stages->len; k++) {
    const PlnStageEntry *stage = &g_array_index(stages, PlnStageEntry, k);
    g_ptr_array_add(names, (gpointer)stage->id);
    if (strcmp(stage->id, id) == 0)
      *place = (int)k;
  }
  g_ptr_array_add(names, NULL);
  if (*place < 0)
    return pln_asked_refuse(
        error, "unknown stage", id,
        stages->len > 0 ? "one of stages.csv" : "no --stage: the scenario has no stages.csv",
        (const char *const *)names->pdata);
  pln_words_add_option(r->command, "stage", id);
  pln_words_add_option(r->project_options, "stage", id);
  return TRUE;
}

/* Whether @edit speaks of all that @row speaks of. */
static gboolean stands_in(const PlnStance *edit, const PlnStance *row) {
  return edit->who == row->who && edit->state == row->state && edit->bloc == row->bloc &&
         (edit->proposal < 0 || edit->proposal == row->proposal);
}

gboolean pln_forecast_request_positions(PlnForecastRequest *r, const PlnArgs *args,
                                        GError **error) {
  const char *const *texts = pln_args_values(args, "position");
  for (gsize k = 0; texts[k]; k++) {
    g_autofree PlnStance *stance = g_new0(PlnStance, 1);
    if (!pln_project_position(r->scenario, texts[k], stance, error))
      return FALSE;
    for (guint i = r->positions->len; i-- > 0;)
      if (stands_in(stance, r->positions->pdata[i]))
        g_ptr_array_remove_index(r->positions, i);
    g_ptr_array_add(r->positions, g_steal_pointer(&stance));
    pln_words_add_option(r->command, "position", texts[k]);
    pln_words_add_option(r->project_options, "position", texts[k]);
  }
  return TRUE;
}

void pln_forecast_request_redact(PlnForecastRequest *r, const PlnArgs *args) {
  if (!pln_output_is_page(args))
    return;
  if (takes(args, "private") && pln_args_flag(args, "private")) {
    pln_words_add_option(r->command, "private", NULL);
    return;
  }
  r->left_out = pln_whip_redact(r->scenario);
  if (r->left_out > 0)
    g_ptr_array_add(r->notes,
                    g_strdup_printf("%u private entr%s of whip.csv %s left out of this page; "
                                    "--private keeps them.",
                                    r->left_out, r->left_out == 1 ? "y" : "ies",
                                    r->left_out == 1 ? "is" : "are"));
}

void pln_forecast_request_finish(PlnForecastRequest *r, PlnStatus weakest, const char *citations) {
  pln_words_add(r->command, r->scenario->id);
  g_autoptr(GArray) own = g_steal_pointer(&r->inputs);
  r->inputs = pln_inputs_new();
  add_inputs(r->inputs, r->scenario->inputs, NULL);
  add_inputs(r->inputs, own, NULL);
  r->provenance = (PlnProvenance){PLN_VERSION, r->command->str, pln_status_words[weakest],
                                  citations, r->inputs, pln_world_inputs(r->world)};
}

gboolean pln_forecast_request_rule(PlnForecastRequest *r, const PlnArgs *args,
                                   const PlnRuleEntry **rule, GError **error) {
  const char *id = pln_args_value(args, "rule");
  if (!id)
    return TRUE;
  *rule = pln_asked_rule(r->scenario, id, error);
  if (*rule)
    pln_words_add_option(r->command, "rule", id);
  return *rule != NULL;
}

gboolean pln_forecast_request_count(PlnForecastRequest *r, const PlnArgs *args, const char *option,
                                    guint least, guint most, guint *count, GError **error) {
  if (!pln_args_value(args, option))
    return TRUE;
  if (!pln_args_count(args, option, least, most, count, error))
    return FALSE;
  pln_words_add_option(r->command, option, pln_args_value(args, option));
  return TRUE;
}

gboolean pln_forecast_request_day(PlnForecastRequest *r, const PlnArgs *args, PlnDay *day,
                                  GError **error) {
  const char *text = pln_args_value(args, "as-of");
  if (!text)
    return TRUE;
  if (!pln_day_parse(text, day) || *day <= PLN_DAY_UNKNOWN || *day % 100 == 0) {
    g_autofree char *shown = pln_text_visible(text);
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "--as-of is \"%s\"; expected a day, 2026-12-24",
                shown);
    return FALSE;
  }
  pln_words_add_option(r->command, "as-of", text);
  return TRUE;
}

gboolean pln_forecast_request_word(PlnForecastRequest *r, const PlnArgs *args, const char *option,
                                   const char *const *words, guint *place, GError **error) {
  const char *value = pln_args_value(args, option);
  if (!value)
    return TRUE;
  for (guint k = 0; words[k]; k++)
    if (strcmp(words[k], value) == 0) {
      *place = k;
      pln_words_add_option(r->command, option, value);
      return TRUE;
    }
  g_autofree char *all = g_strjoinv(", ", (char **)words);
  g_autofree char *what = g_strdup_printf("--%s is", option);
  g_autofree char *expected = g_strdup_printf("%s%s", words[1] ? "one of " : "", all);
  return pln_asked_refuse(error, what, value, expected, words);
}

int pln_forecast_request_run(const PlnArgs *args, const char *command,
                             PlnDoc *(*document)(PlnForecastRequest *, const PlnArgs *, GError **),
                             const char *table, GError **error) {
  if (!pln_args_operands(args, 1, 1, error))
    return PLN_ERROR_USAGE;
  g_autoptr(PlnForecastRequest) r = pln_forecast_request_new(args, command, args->rest[0], error);
  pln_progress_catch();
  g_autoptr(PlnDoc) doc = r ? document(r, args, error) : NULL;
  if (!doc && pln_progress_interrupted()) {
    g_clear_error(error); /* its code would be the exit status */
    fputs("plenary: interrupted; nothing was written\n", stderr);
    return 130;
  }
  if (!doc)
    return PLN_ERROR_FAILED; /* or rather what the error's code says */
  return pln_output_page(doc, &r->provenance, r->laboratory, args, "text", table, error);
}
