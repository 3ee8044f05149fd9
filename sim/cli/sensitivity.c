/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plenary sensitivity: what matters, and what would have to be true. */
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "plenary/asked.h"
#include "plenary/compose_sensitivity.h"
#include "plenary/forecast_request.h"
#include "plenary/output.h"
#include "plenary/store.h"
#include "plenary/votes_request.h"
#include "plenary/words.h"

const PlnOption pln_sensitivity_cli_options[] = {
    {"outcome", 0, "ID",
     "adopted, margin, yes, no, abstain, absent; of talks \"position ISSUE\"; of ratification force, "
     "comes, conference, protocol, parties (default adopted, else the first)",
     NULL},
    {"method", 0, "METHOD",
     "tornado (one at a time), morris (screening), sobol (shares of the variance), prim (what would "
     "have to be true) or all (default all)",
     "all tornado morris sobol prim"},
    {"vary", 0, "WHAT=RANGE",
     "turn this: \"position EU=20..60\", \"position EU=40±10\", \"rule=A|B\", \"vote IND=Y|N|A\"; in "
     "place of what is stated of it; repeatable",
     NULL},
    {"only", 0, NULL, "turn what --vary names alone, not what the scenario states", NULL},
    {"set", 0, "CHANGE", "a change made in every run, as in plenary whatif; repeatable", NULL},
    {"fails", 0, "WHEN",
     "which runs prim looks for: \"below 0.5\", \"above 3\", \"at least 60\", \"before 2030\", none "
     "(default: not adopted, lost, or below what is stated)",
     NULL},
    {"store", 0, "FILE", "no runs: those that plenary sweep has stored of the scenario", NULL},
    {"study", 0, "STUDY", "replay, project, bargain or ratify (default: by outcome and changes)",
     "replay project bargain ratify"},
    {"talks", 0, "METHOD", "of the study bargain: how the talks are run (default condorcet)", NULL},
    {"proposal", 0, "ID", "which proposal (default: the first; of ratification the last)", NULL},
    {"stage", 0, "ID", "before which body (default: the first that meets)", NULL},
    {"as-of", 0, "DAY", "on which day", NULL},
    {"rule", 0, "RULE", "by which rule (plenary rules lists them)", NULL},
    {"runs", 0, "N",
     "points of prim; a quarter of it rows of sobol, a fiftieth trajectories of morris (default 1024)",
     NULL},
    {"draws", 0, "N", "draws of a run (default 1000)", NULL},
    {"level", 0, "PERCENT", "of the intervals (default 95)", NULL},
    {"full", 0, NULL, "everything that is turned, not the weightiest alone", NULL},
    PLN_FORECAST_OPTIONS,
    PLN_OUTPUT_OPTIONS,
    {NULL, 0, NULL, NULL, NULL}};

enum { RUNS = 1024, LEAST_RUNS = 64, MOST_RUNS = 1000000, LEAST_DRAWS = 10, MOST_DRAWS = 1000000 };

/* What the words ask, and what came of it. */
typedef struct {
  PlnForecastRequest *r;
  PlnSensitivityOptions options;
  GPtrArray *set, *vary;
  PlnInterest fails;
  PlnStore *store;
  char *store_name;
  PlnSensitivity *sensitivity;
} Asked;

static void asked_clear(Asked *a) {
  pln_sensitivity_free(a->sensitivity);
  g_clear_pointer(&a->store, pln_store_close);
  g_ptr_array_unref(a->set);
  g_ptr_array_unref(a->vary);
  g_free(a->store_name);
}

/* ---- The words ---- */

static gboolean read_sets(Asked *a, const PlnArgs *args, GError **error) {
  const char *const *texts = pln_args_values(args, "set");
  for (gsize k = 0; texts[k]; k++) {
    PlnBundle *bundle = pln_bundle_read(texts[k], error);
    if (!bundle)
      return FALSE;
    for (guint i = 0; i < bundle->changes->len; i++)
      g_ptr_array_add(a->set, pln_change_copy(bundle->changes->pdata[i]));
    pln_bundle_free(bundle);
    pln_words_add_option(a->r->command, "set", texts[k]);
  }
  a->options.set = a->set;
  return TRUE;
}

static gboolean read_dials(Asked *a, const PlnArgs *args, GError **error) {
  const char *const *texts = pln_args_values(args, "vary");
  for (gsize k = 0; texts[k]; k++) {
    const char *equals = strchr(texts[k], '=');
    if (!equals)
      return pln_asked_fail(error, "--vary is \"%s\"; expected WHAT=RANGE, such as \"position "
                                   "EU=20..60\"", texts[k]);
    g_autofree char *what = g_strndup(texts[k], (gsize)(equals - texts[k]));
    PlnDial *dial = pln_dial_read(g_strstrip(what), equals + 1, error);
    if (!dial)
      return FALSE;
    for (guint i = 0; i < a->vary->len; i++) /* the later stands in for the earlier */
      if (strcmp(((PlnDial *)a->vary->pdata[i])->name, dial->name) == 0)
        g_ptr_array_remove_index(a->vary, i--);
    g_ptr_array_add(a->vary, dial);
    pln_words_add_option(a->r->command, "vary", texts[k]);
  }
  a->options.vary = a->vary;
  a->options.only = pln_args_flag(args, "only");
  if (a->options.only)
    pln_words_add_option(a->r->command, "only", NULL);
  return TRUE;
}

static gboolean read_method(Asked *a, const PlnArgs *args, GError **error) {
  static const char *const words[] = {"tornado", "morris", "sobol", "prim", "all", NULL};
  static const guint methods[] = {PLN_SENSE_TORNADO, PLN_SENSE_MORRIS, PLN_SENSE_SOBOL,
                                  PLN_SENSE_PRIM, PLN_SENSE_ALL};
  guint method = 4, runs = RUNS;
  if (!pln_forecast_request_word(a->r, args, "method", words, &method, error) ||
      !pln_forecast_request_count(a->r, args, "runs", LEAST_RUNS, MOST_RUNS, &runs, error))
    return FALSE;
  a->options.methods = methods[method];
  a->options.runs = runs;
  a->options.rows = MAX(runs / 4, 16);
  a->options.trajectories = MAX(runs / 50, 4);
  return TRUE;
}

static gboolean read_outcome(Asked *a, const PlnArgs *args, GError **error) {
  const char *fails = pln_args_value(args, "fails"), *outcome = pln_args_value(args, "outcome");
  double level = 95;
  if (!pln_args_number(args, "level", 50, 99.9, &level, error) ||
      (fails && !pln_interest_read(fails, &a->fails, error)))
    return FALSE;
  a->options.level = level / 100;
  a->options.fails = fails ? &a->fails : NULL;
  a->options.outcome = outcome;
  const char *const names[] = {"outcome", "fails", "level"};
  for (gsize k = 0; k < G_N_ELEMENTS(names); k++)
    if (pln_args_value(args, names[k]))
      pln_words_add_option(a->r->command, names[k], pln_args_value(args, names[k]));
  return TRUE;
}

/* Whether the proposal asked about is what talks are to end with: what is uncertain is then who
 * stands where in these. */
static gboolean of_talks(const Asked *a) {
  const GArray *issues = a->r->scenario->issues;
  for (guint k = 0; k < issues->len; k++)
    if (g_array_index(issues, PlnIssue, k).proposal == MAX(a->options.runner.proposal, 0))
      return TRUE;
  return FALSE;
}

/* Which study an outcome is of, where none is named. */
static PlnRunStudy usual_study(const Asked *a) {
  static const char *const dates[] = {"force", "comes", "conference", "protocol", "parties", NULL};
  const char *outcome = a->options.outcome;
  g_autoptr(GPtrArray) changes = g_ptr_array_new();
  if (outcome && g_str_has_prefix(outcome, "position "))
    return PLN_RUN_BARGAIN;
  if (outcome && g_strv_contains(dates, outcome))
    return PLN_RUN_RATIFY;
  if (a->set->len + a->vary->len == 0 && of_talks(a))
    return PLN_RUN_BARGAIN;
  for (guint k = 0; k < a->set->len; k++)
    g_ptr_array_add(changes, a->set->pdata[k]);
  for (guint k = 0; k < a->vary->len; k++)
    g_ptr_array_add(changes, ((PlnDial *)a->vary->pdata[k])->change);
  return pln_runner_study_for(a->r->scenario, a->options.runner.proposal, changes);
}

static gboolean read_talks(Asked *a, const PlnArgs *args, GError **error) {
  const char *name = pln_args_value(args, "talks");
  if (!name)
    return TRUE;
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (guint k = 0; k < PLN_METHODS; k++)
    g_ptr_array_add(names, (gpointer)pln_methods[k]->name);
  g_ptr_array_add(names, NULL);
  a->options.runner.method = pln_method_find(name);
  if (!a->options.runner.method) {
    g_autofree char *all = g_strjoinv(", ", (char **)names->pdata);
    return pln_asked_refuse(error, "unknown method of bargaining", name, all,
                            (const char *const *)names->pdata);
  }
  pln_words_add_option(a->r->command, "talks", name);
  return TRUE;
}

static gboolean read_study(Asked *a, const PlnArgs *args, GError **error) {
  PlnRunnerOptions *o = &a->options.runner;
  guint study = PLN_RUN_STUDIES;
  if (!pln_forecast_request_word(a->r, args, "study", pln_run_study_words, &study, error) ||
      !pln_forecast_request_proposal(a->r, args, &o->proposal, error) ||
      !pln_forecast_request_stage(a->r, args, &o->stage, error) ||
      !pln_forecast_request_day(a->r, args, &o->as_of, error) ||
      !pln_forecast_request_rule(a->r, args, &o->rule, error) ||
      !pln_forecast_request_count(a->r, args, "draws", LEAST_DRAWS, MOST_DRAWS, &o->draws, error) ||
      !read_talks(a, args, error))
    return FALSE;
  o->study = study < PLN_RUN_STUDIES ? (PlnRunStudy)study : usual_study(a);
  o->electorate = a->r->electorate;
  o->recurrence = a->r->recurrence;
  o->in_sample = a->r->in_sample;
  o->seed = a->r->seed;
  o->threads = a->r->threads;
  if ((o->study == PLN_RUN_PROJECT || o->study == PLN_RUN_RATIFY) && a->r->no_electorate &&
      !pln_args_value(args, "store")) {
    g_set_error_literal(error, PLN_ERROR, PLN_ERROR_DATA, a->r->no_electorate);
    return FALSE;
  }
  return TRUE;
}

static gboolean read_all(Asked *a, const PlnArgs *args, GError **error) {
  a->options = pln_sensitivity_options();
  return read_sets(a, args, error) && read_dials(a, args, error) && read_method(a, args, error) &&
         read_outcome(a, args, error) && read_study(a, args, error);
}

/* ---- Runs that were made before ---- */

/* What is not asked of a store: it has its runs. */
static gboolean check_store_words(const PlnArgs *args, GError **error) {
  const char *method = pln_args_value(args, "method");
  static const char *const of_runs[] = {"vary", "set", "study", "talks",
                                        "stage",  "proposal", "as-of", "rule",  "runs",
                                        "draws",  "electorate", NULL};
  for (gsize k = 0; of_runs[k]; k++)
    if (*pln_args_values(args, of_runs[k]))
      return pln_asked_fail(error, "--%s is of no use with --store, whose runs are made; expected "
                                   "one of the two", of_runs[k]);
  if (method && strcmp(method, "prim") != 0 && strcmp(method, "all") != 0)
    return pln_asked_fail(error, "--method %s is of no use with --store, whose runs are made; "
                                 "expected prim", method);
  return !pln_args_flag(args, "only") ||
         pln_asked_fail(error, "--only is of no use with --store; expected one of the two");
}

/* The store is an input like others: by its name and hash. */
static gboolean add_store_input(Asked *a, const char *path, GError **error) {
  g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, error);
  if (!file)
    return FALSE;
  g_autoptr(GBytes) bytes = g_mapped_file_get_bytes(file);
  a->store_name = g_path_get_basename(path);
  PlnInput input = {g_strdup(a->store_name), g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes)};
  g_array_append_val(a->r->inputs, input);
  pln_words_add_option(a->r->command, "store", a->store_name);
  return TRUE;
}

/* Whether the runs are of the scenario as it is now: each of its files is the same. */
static gboolean same_files(const Asked *a) {
  const GArray *inputs = a->r->scenario->inputs;
  for (guint k = 0; k < inputs->len; k++) {
    const PlnInput *input = &g_array_index(inputs, PlnInput, k);
    g_autofree char *key = g_strdup_printf("input %s", input->name);
    if (g_strcmp0(pln_store_meta(a->store, key), input->sha256) != 0)
      return FALSE;
  }
  return TRUE;
}

/* The question that the runs are of.  Returns: FALSE where the scenario is another by now */
static gboolean read_question(const Asked *a, PlnStated *of) {
  const PlnScenario *s = a->r->scenario;
  const char *study = pln_store_meta(a->store, "study"), *stage = pln_store_meta(a->store, "stage");
  const char *proposal = pln_store_meta(a->store, "proposal"), *rule = pln_store_meta(a->store, "rule");
  const char *method = pln_store_meta(a->store, "method");
  *of = (PlnStated){.scenario = s, .study = PLN_RUN_STUDIES, .proposal = -1, .stage = -1};
  if (!study || !proposal || !same_files(a))
    return FALSE;
  for (guint k = 0; k < PLN_RUN_STUDIES; k++)
    if (strcmp(pln_run_study_words[k], study) == 0)
      of->study = (PlnRunStudy)k;
  for (guint k = 0; stage && k < s->stages->len; k++)
    if (strcmp(g_array_index(s->stages, PlnStageEntry, k).id, stage) == 0)
      of->stage = (int)k;
  of->proposal = pln_scenario_find(s, proposal);
  of->rule = rule && *rule ? pln_world_rule(s->world, rule) : NULL;
  of->method = method && *method ? pln_method_find(method) : NULL;
  return of->study < PLN_RUN_STUDIES && (of->proposal >= 0 || of->study == PLN_RUN_BARGAIN);
}

static gboolean is_grid(const PlnStore *store) {
  return g_strcmp0(pln_store_meta(store, "design"), "grid") == 0;
}

/* Whether it holds a part of its sweep: a shard, or what there is so far. */
static gboolean is_part(const PlnStore *store) {
  const char *runs = pln_store_meta(store, "runs");
  guint64 all = runs ? g_ascii_strtoull(runs, NULL, 10) : pln_store_end(store);
  return !pln_store_complete(store) || pln_store_end(store) - pln_store_first(store) < all;
}

static gboolean read_store(Asked *a, const PlnArgs *args, GError **error) {
  const char *path = pln_args_value(args, "store");
  const char *outcome = a->options.outcome ? a->options.outcome : "adopted";
  guint64 rows;
  double *x, *y;
  GPtrArray *dials;
  if (!check_store_words(args, error) || !(a->store = pln_store_read(path, error)))
    return FALSE;
  const char *of = pln_store_meta(a->store, "scenario");
  if (of && strcmp(of, a->r->scenario->id) != 0)
    return pln_asked_fail(error, "%s holds runs of the scenario %s, not of %s; expected its own", path,
                          of, a->r->scenario->id);
  g_autofree char *unit = pln_store_outcome_text(a->store, outcome, "unit");
  if (!pln_sensitivity_check_fails(a->options.fails, unit, error) || !add_store_input(a, path, error) ||
      !pln_store_columns(a->store, outcome, &rows, &x, &y, &dials, error))
    return FALSE;
  PlnStated question;
  gboolean same = read_question(a, &question);
  a->options.grid = is_grid(a->store);
  a->sensitivity = pln_sensitivity_of_columns(dials, rows, x, y, outcome, unit ? unit : "",
                                              same ? &question : NULL, &a->options, error);
  if (a->sensitivity)
    a->sensitivity->scenario = a->r->scenario;
  return a->sensitivity != NULL;
}

/* ---- The work ---- */

static PlnProgress *turning(guint64 steps, gpointer data) {
  (void)data;
  return pln_progress_new(STDERR_FILENO, "turning", steps);
}

static gboolean work(Asked *a, const PlnArgs *args, GError **error) {
  a->options.progress = turning;
  if (pln_args_value(args, "store"))
    return read_store(a, args, error);
  a->sensitivity = pln_sensitivity_new(a->r->scenario, &a->options, error);
  return a->sensitivity != NULL;
}

static PlnDoc *compose(Asked *a, const PlnArgs *args) {
  PlnDoc *doc = pln_doc_new();
  const PlnRuleEntry *rule = pln_sense_issue(a->sensitivity) ? NULL : a->sensitivity->stated.rule;
  const char *citation = rule ? rule->citation : a->store ? pln_store_meta(a->store, "citation") : "";
  PlnComposeSensitivityOptions how = {
      .full = pln_args_flag(args, "full"), .store = a->store_name,
      .unfinished = a->store && !pln_store_complete(a->store),
      .corner = a->store && is_grid(a->store) && is_part(a->store),
      .proposal = a->store ? pln_store_meta(a->store, "proposal") : NULL, .notes = a->r->notes};
  pln_compose_sensitivity(doc, a->sensitivity, &how);
  if (how.full && pln_output_is_page(args))
    pln_words_add_option(a->r->command, "full", NULL);
  pln_forecast_request_finish(a->r, a->sensitivity->weakest,
                              pln_world_keep(a->r->world, citation && *citation
                                                              ? citation
                                                              : "none is applied."));
  return doc;
}

PlnDoc *pln_sensitivity_document(PlnForecastRequest *r, const PlnArgs *args, GError **error) {
  Asked asked = {.r = r, .set = g_ptr_array_new_with_free_func(pln_change_free),
                 .vary = g_ptr_array_new_with_free_func(pln_dial_free)};
  gboolean done = read_all(&asked, args, error) && work(&asked, args, error);
  PlnDoc *doc = done ? compose(&asked, args) : NULL;
  asked_clear(&asked);
  return doc;
}

int pln_run_sensitivity(const PlnArgs *args, GError **error) {
  return pln_forecast_request_run(args, "plenary sensitivity", pln_sensitivity_document, "tornado",
                                  error);
}
