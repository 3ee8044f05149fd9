/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plenary report: one page that answers, and lets its reader vote again. */
#include <string.h>

#include "plenary/asked.h"
#include "plenary/compose_project.h"
#include "plenary/compose_report.h"
#include "plenary/forecast_request.h"
#include "plenary/laboratory.h"
#include "plenary/output.h"
#include "plenary/report_request.h"
#include "plenary/text.h"
#include "plenary/votes_request.h"
#include "plenary/whip.h"
#include "plenary/words.h"

const PlnOption pln_report_options[] = {
    PLN_WHATIF_OPTIONS,
    {"against", 0, "SCENARIO", "a second scenario, side by side: who moved, and what it did", NULL},
    {"blocs", 0, "BLOCS", "which blocs the tables show: all, or ids with commas", NULL},
    {"position", 0, "WHO=P",
     "where a state, a bloc or ALL stands, 0 to 100, in place of its row; PROPOSAL:WHO=P±SD; "
     "repeatable, the last one of the same holds",
     NULL},
    {"draws", 0, "N", "draws that the page makes of a vote (default 100000, at most 1000000)",
     NULL},
    {"no-projection", 0, NULL, "the record alone", NULL},
    {"private", 0, NULL, "keep the private entries of whip.csv, which are left out else", NULL},
    {"data", 0, NULL, "write the laboratory's data alone, as JSON", NULL},
    PLN_FORECAST_OPTIONS,
    PLN_OUTPUT_OPTIONS_OF("html"),
    {NULL, 0, NULL, NULL, NULL}};

void pln_report_request_free(PlnReportRequest *r) {
  if (!r)
    return;
  pln_project_free(r->project);
  pln_replay_free(r->against);
  pln_scenario_free(r->against_scenario);
  pln_forecast_request_free(r->forecast);
  pln_request_free(r->record);
  g_clear_pointer(&r->inputs, g_array_unref);
  if (r->command)
    g_string_free(r->command, TRUE);
  g_free(r->citations);
  g_free(r->not_projected);
  g_free(r);
}

/* ---- The projection ---- */

/* Whether something is asked that only a projection answers. */
static gboolean insists(const PlnArgs *args) {
  return pln_args_value(args, "electorate") || pln_args_value(args, "position") ||
         pln_args_flag(args, "in-sample");
}

/* Positions, something heard, or a question that is open; of a made-up assembly positions. */
static gboolean calls_for_one(const PlnScenario *s) {
  if (s->stances->len > 0)
    return TRUE;
  for (guint k = 0; k < s->proposals->len && !s->own; k++) {
    const PlnProposal *p = pln_scenario_proposal(s, k);
    if (p->record == PLN_RECORD_NONE && p->result == PLN_RESULT_NOT_STATED)
      return TRUE;
  }
  return FALSE;
}

static gboolean read_positions(PlnReportRequest *r, const PlnArgs *args, PlnProjectOptions *options,
                               GError **error) {
  if (!pln_forecast_request_positions(r->forecast, args, error))
    return FALSE;
  options->positions = r->forecast->positions->len > 0 ? r->forecast->positions : NULL;
  return TRUE;
}

static gboolean read_rule(PlnReportRequest *r, const PlnArgs *args, PlnProjectOptions *options,
                          GError **error) {
  const char *rule = pln_args_value(args, "rule");
  options->rule = rule ? pln_asked_rule(r->forecast->scenario, rule, error) : NULL;
  return !rule || options->rule;
}

static gboolean project(PlnReportRequest *r, const PlnArgs *args, const char *path, GError **error) {
  r->forecast = pln_forecast_request_in(r->record->world, args, "", path, error);
  if (!r->forecast)
    return FALSE;
  if (!pln_args_flag(args, "private"))
    pln_whip_redact(r->forecast->scenario);
  PlnProjectOptions options = pln_project_options();
  options.brief = TRUE;
  options.electorate = r->forecast->electorate;
  options.predictor = r->forecast->predictor;
  options.in_sample = r->forecast->in_sample;
  options.seed = r->forecast->seed;
  options.threads = r->forecast->threads;
  if (!read_positions(r, args, &options, error) || !read_rule(r, args, &options, error))
    return FALSE;
  r->project = pln_project_new(r->forecast->scenario, &options, error);
  return r->project != NULL;
}

/* Where none was asked for, a report without one still says what is on record. */
static gboolean try_project(PlnReportRequest *r, const PlnArgs *args, const char *path,
                            GError **error) {
  g_autoptr(GError) why = NULL;
  if (pln_args_flag(args, "no-projection") ||
      (!insists(args) && !calls_for_one(r->record->scenario)) || project(r, args, path, &why))
    return TRUE;
  if (insists(args) || r->record->rule_alone || why->code == PLN_ERROR_USAGE) {
    g_propagate_error(error, g_steal_pointer(&why));
    return FALSE;
  }
  r->not_projected = g_strdup_printf("No projection is made: %s.", why->message);
  g_clear_pointer(&r->forecast, pln_forecast_request_free);
  return TRUE;
}

/* ---- A second scenario ---- */

static gboolean read_against(PlnReportRequest *r, const PlnArgs *args, GError **error) {
  const char *path = pln_args_value(args, "against");
  if (!path)
    return TRUE;
  r->against_scenario = pln_scenario_load(r->record->world, path, error);
  if (r->against_scenario && !pln_args_flag(args, "private"))
    pln_whip_redact(r->against_scenario);
  r->against = r->against_scenario ? pln_replay_new(r->against_scenario, NULL, error) : NULL;
  return r->against != NULL;
}

/* ---- Where it comes from ---- */

static void add_inputs(GArray *inputs, const GArray *more, const char *folder) {
  for (guint k = 0; k < more->len; k++) {
    const PlnInput *file = &g_array_index(more, PlnInput, k);
    PlnInput input = {folder ? g_strdup_printf("%s/%s", folder, file->name) : g_strdup(file->name),
                      g_strdup(file->sha256)};
    g_array_append_val(inputs, input);
  }
}

static char *citations_of(const PlnReportRequest *r) {
  g_autofree char *projected = r->project ? pln_compose_project_citations(r->project) : NULL;
  const char *own = r->record->citations;
  gboolean more = projected && *projected && !strstr(own, projected);
  return more ? g_strdup_printf("%s; %s", own, projected) : g_strdup(own);
}

static void finish(PlnReportRequest *r, const PlnArgs *args) {
  PlnStatus weakest = r->record->replay->weakest;
  r->command = g_string_new(r->record->options);
  if (r->forecast)
    g_string_append(r->command, r->forecast->command->str);
  if (r->draws > 0)
    pln_words_add_option(r->command, "draws", pln_args_value(args, "draws"));
  if (r->against)
    pln_words_add_option(r->command, "against", r->against_scenario->id);
  const char *const flags[] = {"no-projection", "private", "data", NULL};
  for (gsize k = 0; flags[k]; k++)
    if (pln_args_flag(args, flags[k]))
      pln_words_add_option(r->command, flags[k], NULL);
  pln_words_add(r->command, r->record->scenario->id);
  r->citations = citations_of(r);
  r->inputs = pln_inputs_new();
  add_inputs(r->inputs, r->record->scenario->inputs, NULL);
  if (r->forecast)
    add_inputs(r->inputs, r->forecast->inputs, NULL);
  if (r->against)
    add_inputs(r->inputs, r->against_scenario->inputs, "against");
  weakest = r->project ? MAX(weakest, r->project->weakest) : weakest;
  weakest = r->record->rule_alone ? MAX(weakest, PLN_STATUS_ASSUMED) : weakest;
  weakest = r->against ? MAX(weakest, r->against->weakest) : weakest;
  r->provenance = r->record->provenance;
  r->provenance.command = r->command->str;
  r->provenance.status = pln_status_words[weakest];
  r->provenance.rules = r->citations;
  r->provenance.inputs = r->inputs;
}

/* A rule that decides nothing would be lost without a word. */
static gboolean rule_decides(const PlnReportRequest *r, GError **error) {
  if (!r->record->rule_alone || r->project)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "the record holds no votes that the rule could decide, and no projection is made; "
              "expected a proposal with votes or a tally, or one that is projected");
  return FALSE;
}

PlnReportRequest *pln_report_request_new(const PlnArgs *args, const char *path, GError **error) {
  g_autoptr(PlnReportRequest) r = g_new0(PlnReportRequest, 1);
  r->record = pln_request_new(args, path, error);
  if (!r->record)
    return NULL;
  r->left_out = r->record->left_out;
  if (!pln_args_count(args, "draws", 100, PLN_LABORATORY_MOST_DRAWS, &r->draws, error) ||
      !read_against(r, args, error) || !try_project(r, args, path, error) ||
      !rule_decides(r, error))
    return NULL;
  finish(r, args);
  return g_steal_pointer(&r);
}

/* ---- The command ---- */

char *pln_report_laboratory(const PlnReportRequest *r) {
  PlnLaboratoryOptions options = {.command = r->command->str,
                                  .project = r->project,
                                  .against = r->against,
                                  .draws = r->draws,
                                  .left_out = r->left_out};
  if (r->forecast)
    options.project_options = r->forecast->project_options->str;
  return pln_compose_laboratory(r->record->replay, &options);
}

PlnDoc *pln_report_document(const PlnReportRequest *r, const PlnArgs *args) {
  PlnDoc *doc = pln_doc_new();
  PlnReport report = {r->record->replay, r->project,  r->not_projected,
                      r->against,        r->left_out, pln_args_value(args, "blocs")};
  pln_compose_report(doc, &report);
  return doc;
}

int pln_run_report(const PlnArgs *args, GError **error) {
  if (!pln_args_operands(args, 1, 1, error))
    return PLN_ERROR_USAGE;
  g_autoptr(PlnReportRequest) r = pln_report_request_new(args, args->rest[0], error);
  if (!r)
    return PLN_ERROR_FAILED; /* or rather what the error's code says */
  g_autofree char *laboratory = pln_report_laboratory(r);
  if (pln_args_flag(args, "data")) {
    g_autofree char *line = g_strconcat(laboratory, "\n", NULL);
    return pln_output_text(line, args, error);
  }
  g_autoptr(PlnDoc) doc = pln_report_document(r, args);
  return pln_output_page(doc, &r->provenance, laboratory, args, "html", "sources", error);
}
