/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/sweep_request.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "plenary/asked.h"
#include "plenary/compose_sweep.h"
#include "plenary/dials.h"
#include "plenary/output.h"
#include "plenary/path.h"
#include "plenary/text.h"
#include "plenary/version.h"
#include "plenary/words.h"

enum { WAITS = 600 }; /* seconds, for readers at the end */

/* A plan says what a forecast's options say, so they are read by what reads those.  --no-vote is
 * here because who has it may do without an electorate. */
static const PlnOption plan_options[] = {
    PLN_FORECAST_OPTIONS,           {"proposal", 0, "ID", "", NULL},
    {"stage", 0, "ID", "", NULL},   {"rule", 0, "RULE", "", NULL},
    {"as-of", 0, "DAY", "", NULL},  {"format", 0, "FORMAT", "", NULL},
    {"no-vote", 0, NULL, "", NULL}, {NULL, 0, NULL, NULL, NULL}};

void pln_sweep_request_free(PlnSweepRequest *s) {
  if (!s)
    return;
  pln_experiment_free(s->experiment);
  pln_forecast_request_free(s->request);
  pln_plan_free(s->plan);
  g_array_unref(s->meta);
  g_ptr_array_unref(s->words);
  g_free(s);
}

/* ---- From the plan's words to options ---- */

static void add_word(GPtrArray *words, const char *option, const char *value) {
  if (value && *value)
    g_ptr_array_add(words, g_strdup_printf("--%s=%s", option, value));
}

/* From where the plan lies, else as it is: a name of what is shipped. */
static char *from_plan(const PlnPlan *plan, const char *name) {
  g_autofree char *folder = g_canonicalize_filename(plan->folder, NULL);
  char *path = g_canonicalize_filename(name, folder);
  if (*name && g_file_test(path, G_FILE_TEST_IS_DIR))
    return path;
  g_free(path);
  return g_strdup(name);
}

static PlnArgs *plan_args(const PlnPlan *plan, gboolean in_sample, GError **error) {
  static const PlnCommand command = {.name = "sweep", .operands = "PLAN.csv", .options = plan_options};
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *electorate = from_plan(plan, plan->electorate);
  add_word(words, "electorate", electorate);
  add_word(words, "proposal", plan->proposal);
  add_word(words, "stage", plan->stage);
  add_word(words, "rule", plan->rule);
  add_word(words, "as-of", plan->as_of);
  if (in_sample)
    g_ptr_array_add(words, g_strdup("--in-sample"));
  return pln_args_parse(&command, (int)words->len, (char **)words->pdata, error);
}

static char *scenario_path(const PlnPlan *plan, GError **error) {
  g_autofree char *near = from_plan(plan, plan->scenario), *data = pln_data_folder(error);
  if (!data)
    return NULL;
  g_autofree char *shipped = g_path_get_dirname(data);
  g_autofree char *there = g_build_filename(shipped, "scenarios", plan->scenario, NULL);
  gboolean use = !g_path_is_absolute(near) && !strchr(plan->scenario, '/') &&
                 g_file_test(there, G_FILE_TEST_IS_DIR);
  if (!use && !g_path_is_absolute(near))
    return g_build_filename(plan->folder, plan->scenario, NULL); /* which is not there: said so */
  return g_strdup(use ? there : near);
}

/* ---- Faults that the scenario shows ---- */

/* What a person typed is a usage error; what a file holds is a fault in it.  Returns: FALSE */
static gboolean blame(const PlnSweepRequest *s, const char *key, GError **error) {
  if (!error || !g_error_matches(*error, PLN_ERROR, PLN_ERROR_USAGE))
    return FALSE;
  g_autoptr(PlnFaults) faults = pln_faults_new();
  pln_plan_blame(s->plan, key, 0, FALSE, (*error)->message, faults);
  g_autofree char *text = pln_faults_text(faults);
  g_clear_error(error);
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "%s", g_strchomp(text));
  return FALSE;
}

/* Whether a runner takes @changes: NULL, or what it says against them. */
static GError *against(const PlnSweepRequest *s, const GPtrArray *changes) {
  GError *bad = NULL;
  PlnRunnerOptions options = s->options;
  options.threads = 1;
  pln_runner_free(pln_runner_new(s->request->scenario, &options, changes, &bad));
  return bad;
}

static void blame_dial(const PlnSweepRequest *s, PlnDial *dial, PlnFaults *faults) {
  g_autoptr(GPtrArray) one = g_ptr_array_new();
  g_autoptr(GError) bad = NULL;
  g_ptr_array_add(one, dial);
  gboolean fits = pln_dials_fit(one, s->request->scenario, s->options.study, &bad);
  g_autoptr(GPtrArray) changes = pln_dials_changes(NULL, one);
  PlnChangeKind kind = dial->change->kind;
  gboolean range = !fits || kind == PLN_CHANGE_RULE || kind == PLN_CHANGE_SPLIT ||
                   kind == PLN_CHANGE_JOIN; /* whose words are the range's */
  if (!bad)
    bad = against(s, changes);
  if (bad)
    pln_plan_blame(s->plan, "vary", dial->change->line, range, bad->message, faults);
}

/* The rows of the plan that the scenario has no use for; @error as it is where no row is alone. */
static void blame_rows(const PlnSweepRequest *s, GError **error) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(GError) base = against(s, NULL);
  if (base || !error || !g_error_matches(*error, PLN_ERROR, PLN_ERROR_USAGE))
    return;
  for (guint k = 0; k < s->plan->set->len; k++) {
    PlnChange *change = s->plan->set->pdata[k];
    g_autoptr(GPtrArray) one = g_ptr_array_new();
    g_ptr_array_add(one, change);
    g_autoptr(GError) bad = against(s, one);
    if (bad)
      pln_plan_blame(s->plan, "set", change->line, FALSE, bad->message, faults);
  }
  for (guint k = 0; k < s->plan->dials->len; k++)
    blame_dial(s, s->plan->dials->pdata[k], faults);
  if (pln_faults_count(faults) == 0)
    return;
  g_autofree char *text = pln_faults_text(faults);
  g_clear_error(error);
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "%s", g_strchomp(text));
}

/* The place of @value among @words; left alone where it is empty. */
static gboolean read_word(const char *key, const char *value, const char *const *words,
                          guint *place, GError **error) {
  if (!*value)
    return TRUE;
  for (guint k = 0; words[k]; k++)
    if (strcmp(words[k], value) == 0) {
      *place = k;
      return TRUE;
    }
  g_autofree char *what = g_strdup_printf("the plan's %s is", key);
  g_autofree char *all = g_strjoinv(", ", (char **)words);
  g_autofree char *expected = g_strdup_printf("one of %s", all);
  return pln_asked_refuse(error, what, value, expected, words);
}

static gboolean read_method(PlnSweepRequest *s, GError **error) {
  const char *names[PLN_METHODS + 1] = {NULL};
  guint place = 0;
  for (gsize k = 0; pln_methods[k] && k < PLN_METHODS; k++)
    names[k] = pln_methods[k]->name;
  if (!*s->plan->method)
    return TRUE;
  if (!read_word("method", s->plan->method, names, &place, error))
    return FALSE;
  s->options.method = pln_methods[place];
  return TRUE;
}

static gboolean read_options(PlnSweepRequest *s, const PlnArgs *args, guint threads, GError **error) {
  PlnForecastRequest *r = s->request;
  PlnRunnerOptions *o = &s->options;
  g_autoptr(GPtrArray) changes = pln_experiment_changes(s->plan);
  guint study = PLN_RUN_STUDIES;
  *o = pln_runner_options();
  o->electorate = r->electorate;
  o->recurrence = r->recurrence;
  o->in_sample = r->in_sample;
  o->draws = s->plan->draws;
  o->seed = s->plan->seed;
  o->threads = threads;
  if (!pln_forecast_request_proposal(r, args, &o->proposal, error))
    return blame(s, "proposal", error);
  if (!pln_forecast_request_stage(r, args, &o->stage, error))
    return blame(s, "stage", error);
  if (!pln_forecast_request_rule(r, args, &o->rule, error))
    return blame(s, "rule", error);
  if (!pln_forecast_request_day(r, args, &o->as_of, error))
    return blame(s, "as_of", error);
  if (!read_method(s, error))
    return blame(s, "method", error);
  if (!read_word("study", s->plan->study, pln_run_study_words, &study, error))
    return blame(s, "study", error);
  o->study = study < PLN_RUN_STUDIES ? (PlnRunStudy)study
                                     : pln_runner_study_for(r->scenario, o->proposal, changes);
  if (o->study != PLN_RUN_PROJECT || r->electorate)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "%s",
              r->no_electorate ? r->no_electorate : "there is no electorate; expected one");
  return FALSE;
}

/* ---- What the store says of it ---- */

static void add_meta(PlnSweepRequest *s, const char *key, char *value) { /* @value: taken over */
  char *name = g_strdup(key);
  PlnStoreMeta meta = {name, value};
  g_ptr_array_add(s->words, name);
  g_ptr_array_add(s->words, value);
  g_array_append_val(s->meta, meta);
}

static void add_number(PlnSweepRequest *s, const char *key, guint64 number) {
  add_meta(s, key, g_strdup_printf("%" G_GUINT64_FORMAT, number));
}

/* Of all files that were read, by name: the plan's own first. */
static void add_inputs(PlnSweepRequest *s, const GArray *inputs) {
  for (guint k = 0; k < inputs->len; k++) {
    const PlnInput *input = &g_array_index(inputs, PlnInput, k);
    g_autofree char *key = g_strdup_printf("input %s", input->name);
    gboolean known = FALSE;
    for (guint m = 0; m < s->meta->len; m++)
      known |= strcmp(g_array_index(s->meta, PlnStoreMeta, m).key, key) == 0;
    if (!known)
      add_meta(s, key, g_strdup(input->sha256));
  }
}

/* What is set or turned is as sure as who set it. */
static PlnStatus weakest(const PlnSweepRequest *s) {
  PlnStatus status = pln_runner_weakest(pln_experiment_runner(s->experiment));
  for (guint k = 0; k < s->plan->set->len; k++)
    status = MAX(status, ((const PlnChange *)s->plan->set->pdata[k])->status);
  for (guint k = 0; k < s->plan->dials->len; k++)
    status = MAX(status, ((const PlnDial *)s->plan->dials->pdata[k])->status);
  return status;
}

static void add_question(PlnSweepRequest *s) {
  const PlnRunner *runner = pln_experiment_runner(s->experiment);
  const PlnRunnerOptions *asked = pln_runner_asked(runner);
  const PlnProposal *proposal = pln_runner_proposal(runner);
  const PlnRuleEntry *rule = pln_runner_rule(runner);
  const GArray *stages = s->request->scenario->stages;
  gboolean staged = asked->stage >= 0 && (guint)asked->stage < stages->len;
  add_meta(s, "scenario", g_strdup(s->request->scenario->id));
  add_meta(s, "study", g_strdup(pln_run_study_words[asked->study]));
  add_meta(s, "proposal", g_strdup(proposal ? proposal->id : ""));
  add_meta(s, "stage", g_strdup(staged ? g_array_index(stages, PlnStageEntry, asked->stage).id : ""));
  add_meta(s, "as_of", pln_day_text(asked->as_of));
  add_meta(s, "rule", g_strdup(rule ? rule->id : ""));
  add_meta(s, "citation", g_strdup(rule ? rule->citation : ""));
  add_meta(s, "method",
           g_strdup(asked->study == PLN_RUN_BARGAIN && asked->method ? asked->method->name : ""));
  add_meta(s, "status", g_strdup(pln_status_words[weakest(s)]));
  add_meta(s, "stated", g_strdup(pln_runner_is_stated(runner) ? "yes" : "no"));
}

static void add_all_meta(PlnSweepRequest *s) {
  const PlnPlan *plan = s->plan;
  g_autofree char *name = g_path_get_basename(plan->path);
  GString *command = g_string_new("plenary sweep");
  if (s->request->in_sample)
    pln_words_add_option(command, "in-sample", NULL);
  pln_words_add(command, name);
  add_meta(s, "format", g_strdup("plenary-sweep/1"));
  add_meta(s, "version", g_strdup(PLN_VERSION));
  add_meta(s, "command", g_string_free(command, FALSE));
  add_inputs(s, plan->inputs);
  add_question(s);
  add_meta(s, "design", g_strdup(plan->design));
  add_number(s, "points", plan->points);
  add_number(s, "replicates", plan->replicates);
  add_number(s, "runs", pln_experiment_runs(s->experiment));
  add_number(s, "draws", pln_runner_asked(pln_experiment_runner(s->experiment))->draws);
  add_number(s, "seed", plan->seed);
  add_meta(s, "set", pln_changes_text(plan->set));
  add_inputs(s, s->request->scenario->inputs);
  add_inputs(s, s->request->inputs);
  add_inputs(s, pln_world_inputs(s->request->world));
  PlnStoreMeta end = {NULL, NULL};
  g_array_append_val(s->meta, end);
}

/* ---- The whole ---- */

static gboolean read_shard(PlnSweepRequest *s, const PlnShard *shard, GError **error) {
  static const PlnShard all = {1, 1};
  guint64 runs = pln_experiment_runs(s->experiment);
  shard = shard ? shard : &all;
  pln_shard_range(shard, runs, &s->first, &s->end);
  if (s->first < s->end)
    return TRUE;
  return pln_asked_fail(error,
                        "--shard %u/%u has no runs: there are %" G_GUINT64_FORMAT
                        "; expected no more shards than runs",
                        shard->i, shard->n, runs);
}

PlnSweepRequest *pln_sweep_request_new(const char *path, const PlnShard *shard, guint threads,
                                       gboolean in_sample, GError **error) {
  g_autoptr(PlnSweepRequest) s = g_new0(PlnSweepRequest, 1);
  s->words = g_ptr_array_new_with_free_func(g_free);
  s->meta = g_array_new(FALSE, FALSE, sizeof(PlnStoreMeta));
  s->plan = pln_plan_load(path, error);
  g_autofree char *folder = s->plan ? scenario_path(s->plan, error) : NULL;
  g_autoptr(PlnArgs) args = folder ? plan_args(s->plan, in_sample, error) : NULL;
  if (!args || !(s->request = pln_forecast_request_new(args, "plenary sweep", folder, error)) ||
      !read_options(s, args, threads, error))
    return NULL;
  s->experiment = pln_experiment_new(s->plan, s->request->scenario, &s->options, error);
  if (!s->experiment)
    blame_rows(s, error);
  if (!s->experiment || !read_shard(s, shard, error))
    return NULL;
  s->shape = pln_store_shape_of(s->experiment);
  add_all_meta(s);
  return g_steal_pointer(&s);
}

static void say_waiting(gpointer path) {
  g_autofree char *name = pln_text_visible(path);
  fprintf(stderr, "plenary: all runs are in; another program reads %s: waiting for it to be done "
                  "(control-C ends, and the same command goes on)\n", name);
}

PlnStore *pln_sweep_request_store(const PlnSweepRequest *s, const char *path, GError **error) {
  PlnStore *store = pln_store_open(path, &s->shape, &g_array_index(s->meta, PlnStoreMeta, 0),
                                   s->first, s->end, error);
  if (store)
    pln_store_wait(store, WAITS, say_waiting, (gpointer)path);
  return store;
}

gboolean pln_sweep_request_end(PlnStore *store, const char *why, const char *csv,
                               const char *format, GError **error) {
  g_autoptr(PlnDoc) doc = pln_doc_new();
  PlnProvenance from;
  if (!pln_compose_sweep(doc, store, why, &from, error))
    return FALSE;
  g_autofree char *text = g_strcmp0(format, "json") == 0
                              ? pln_write_json(doc, &from)
                              : pln_write_text(doc, &from, pln_output_width(), pln_output_colour());
  g_array_unref((GArray *)from.inputs);
  g_array_unref((GArray *)from.data);
  fputs(text, stdout); /* that it could be written main.c sees */
  return !csv || pln_store_csv(store, csv, error);
}

/* What would otherwise be found out when all runs are made. */
static gboolean check_csv(const char *csv, const char *store, const char *const *inputs,
                          const char *what, GError **error) {
  g_autofree char *real = pln_path_real(csv), *folder = g_path_get_dirname(real);
  g_autofree char *part = g_strconcat(real, ".part", NULL), *name = pln_text_visible(csv);
  if (!*csv)
    return pln_asked_fail(error, "--csv has no name; expected a file");
  if (!pln_store_is_file(csv, error) || !pln_output_spares(csv, error) ||
      (store && (!pln_store_apart(csv, store, "the store itself", error) ||
                 !pln_store_apart(part, store, "the store itself", error))))
    return FALSE;
  for (guint k = 0; inputs[k]; k++)
    if (!pln_store_apart(csv, inputs[k], what, error) || !pln_store_apart(part, inputs[k], what, error))
      return FALSE;
  if (g_access(folder, W_OK | X_OK) == 0)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "%s: cannot be written: %s", name,
              g_strerror(errno));
  return FALSE;
}

gboolean pln_sweep_words(const PlnArgs *args, gboolean needs, const char *const *inputs,
                         const char *what, GError **error) {
  const char *path = pln_args_value(args, "output"), *format = pln_args_value(args, "format");
  const char *csv = pln_args_value(args, "csv");
  if (needs && (!path || !*path))
    return pln_asked_fail(error, "nothing says where to; expected -o STORE.db");
  if (format && !g_str_equal(format, "text") && !g_str_equal(format, "json"))
    return pln_asked_fail(error, "unknown format \"%s\"; expected text or json", format);
  return (!path || pln_store_is_file(path, error)) &&
         (!csv || check_csv(csv, path, inputs, what, error));
}
