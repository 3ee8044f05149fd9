/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "plenary/asked.h"
#include "plenary/backtest.h"
#include "plenary/cell_list.h"
#include "plenary/compose_estimate.h"
#include "plenary/electorate_file.h"
#include "plenary/output.h"
#include "plenary/reconstruct_request.h"
#include "plenary/votes_request.h"

const PlnOption pln_backtest_options[] = {
    PLN_VOTES_OPTIONS,
    {"hide", 0, "FILE", "hide the votes that this CSV lists by roll call and voter", NULL},
    {"share", 0, "SHARE",
     "without --hide: hide this share of the votes, drawn by the seed (default 0.1); whip: without "
     "--reveal, reveal this share (default 0.2)",
     NULL},
    {"electorate", 0, "DIR",
     "score the electorate in DIR instead of a fit: in each roll call it is given the votes "
     "that are not hidden",
     NULL},
    {"in-sample", 0, NULL, "with --electorate: also roll calls that it was fitted to", NULL},
    {"reveal", 0, "FILE",
     "whip: the votes that this CSV lists, by roll call and voter; those with 1 under revealed are "
     "known, the others are forecast",
     NULL},
    {"only", 0, "ID", "whip: only this roll call, by id or symbol", NULL},
    {"history", 0, "N", "whip, reconstruct: sessions before that a forecast starts from (default 5)",
     NULL},
    {"older", 0, "LIST", "whip: end the history so many sessions earlier, as 0,3,5,7 (default 0)",
     NULL},
    PLN_RECONSTRUCT_BACKTEST_OPTIONS,
    {"capability", 0, "WHICH",
     "bargain: what actors can bring to bear: equal (default), votes (of the Council), population, or a "
     "CSV of one's own",
     "equal votes population"},
    {"bootstrap", 0, "N",
     "bargain, ratify: dossiers, or states, are drawn anew N times for the intervals (default 1000; "
     "0: none)",
     NULL},
    {"treaty", 0, "ID", "ratify: budapest (default) or hanoi", "budapest hanoi"},
    {"split", 0, "N", "ratify: fitted on so many years from its opening (default 10)", NULL},
    {"years", 0, "N", "ratify: and held against so many more (default 10)", NULL},
    PLN_OUTPUT_OPTIONS,
    {NULL, 0, NULL, NULL, NULL}};

const char *const pln_backtest_capabilities[] = {"equal", "votes", "population", NULL};

gboolean pln_backtest_refuses(const PlnArgs *args, const char *what, const char *const *options,
                              GError **error) {
  for (; *options; options++) {
    gboolean given = pln_args_flag(args, *options) || pln_args_value(args, *options);
    if (!given)
      continue;
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "--%s is of no use to backtest %s; expected it to be left out", *options, what);
    return FALSE;
  }
  return TRUE;
}

gboolean pln_backtest_sessions(const PlnArgs *args, PlnCellsOptions *cells, GError **error) {
  const char *value = pln_args_value(args, "sessions");
  guint64 from, to;
  g_auto(GStrv) parts = g_strsplit(value ? value : "", "-", 2);
  if (parts[0] && g_ascii_string_to_unsigned(parts[0], 10, 1, 10000, &from, NULL) &&
      g_ascii_string_to_unsigned(parts[1] ? parts[1] : parts[0], 10, from, 10000, &to, NULL)) {
    cells->from = (int)from;
    cells->to = (int)to;
    return TRUE;
  }
  if (!value)
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "which sessions are forecast is not said; expected --sessions, as 70-74, of which "
                "the ones before are the history");
  else
    pln_asked_fail(error, "--sessions is \"%s\"; expected one session or two with a dash, as 70-74",
                   value);
  return FALSE;
}

PlnVotesRequest *pln_backtest_open(const PlnArgs *args, const char *command, GError **error) {
  PlnArgs all = *args;
  guint n = 0;
  while (args->options[n].name)
    n++;
  g_autofree char ***value = g_memdup2(args->value, sizeof *args->value * (n + 1));
  for (guint k = 0; k < n; k++)
    if (strcmp(args->options[k].name, "sessions") == 0)
      value[k] = NULL;
  all.value = value;
  PlnVotesRequest *r = pln_votes_request_new(&all, command, args->rest[1], error);
  if (r && pln_args_value(args, "sessions"))
    pln_votes_request_say(r, "sessions", pln_args_value(args, "sessions"));
  return r;
}

static guint8 *read_hidden(PlnVotesRequest *r, const PlnArgs *args, GError **error) {
  const char *path = pln_args_value(args, "hide");
  double share = 0.1;
  if (path && pln_args_value(args, "share")) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "both --hide and --share are given; expected one");
    return NULL;
  }
  if (!path) {
    if (!pln_args_number(args, "share", 0.001, 0.99, &share, error))
      return NULL;
    if (pln_args_value(args, "share"))
      pln_votes_request_say(r, "share", pln_args_value(args, "share"));
    return pln_holdout_draw(r->matrix, share, r->options.fit.space.seed);
  }
  g_autoptr(PlnFaults) faults = pln_faults_new();
  pln_votes_request_say_file(r, "hide", path);
  guint8 *hide = pln_cell_list_load(path, r->matrix, r->inputs, faults);
  g_autofree char *text = pln_faults_text(faults);
  if (!hide)
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "%snothing was written", text);
  return hide;
}

/* The electorate of --electorate; its files become inputs, named as the command names it. */
static PlnElectorate *read_electorate(PlnVotesRequest *r, const PlnArgs *args, GError **error) {
  const char *path = pln_args_value(args, "electorate");
  g_autofree char *whole = g_canonicalize_filename(path, NULL), *folder = g_path_get_basename(whole);
  PlnElectorate *electorate = pln_electorate_load(r->world, path, error);
  for (guint k = 0; electorate && k < electorate->inputs->len; k++) {
    const PlnInput *file = &g_array_index(electorate->inputs, PlnInput, k);
    PlnInput input = {g_strdup_printf("%s/%s", folder, file->name), g_strdup(file->sha256)};
    g_array_append_val(r->inputs, input);
  }
  return electorate;
}

static gboolean run(PlnVotesStudy *study, GError **error) {
  PlnVotesRequest *r = study->request;
  guint8 *hide = g_steal_pointer(&study->hide);
  g_autoptr(PlnProgress) progress =
      pln_progress_new(STDERR_FILENO, "fitting", r->options.fit.space.rounds);
  g_autoptr(PlnScoring) scoring =
      study->electorate ? pln_scoring_of_electorate(r->matrix, study->electorate, &r->options, hide,
                                                    study->in_sample, error)
                        : pln_scoring_new(r->matrix, &r->options, hide, progress, error);
  g_clear_pointer(&progress, pln_progress_free);
  if (!scoring)
    return FALSE;
  study->words = g_strdup(g_array_index(scoring->rows, PlnScoringRow, 0).words);
  study->doc = pln_doc_new();
  pln_doc_fact(study->doc, "format", pln_text("plenary-backtest/1"));
  pln_compose_scoring(study->doc, scoring, r->notes);
  return TRUE;
}

static gboolean is_scored(const PlnVotesRequest *r, GError **error) {
  if (!r->options.choose)
    return TRUE;
  g_set_error(
      error, PLN_ERROR, PLN_ERROR_USAGE,
      "--dimensions auto chooses by held-out score, so it cannot be scored by one; expected a number");
  return FALSE;
}

static PlnVotesStudy *study_estimate(const PlnArgs *args, GError **error) {
  static const char *const strange[] = {"reveal", "history", "older", "only", "calls", "shown", "capability",
                                        "bootstrap", NULL};
  if (!pln_backtest_refuses(args, "estimate", strange, error))
    return NULL;
  g_autoptr(PlnVotesStudy) study = g_new0(PlnVotesStudy, 1);
  const char *electorate = pln_args_value(args, "electorate");
  PlnVotesRequest *r = study->request =
      pln_votes_request_new(args, "plenary backtest estimate", args->rest[1], error);
  if (!r || !pln_votes_request_suits(r, args, error) || !is_scored(r, error))
    return NULL;
  study->hide = read_hidden(r, args, error);
  if (!study->hide)
    return NULL;
  if (electorate)
    pln_votes_request_say_file(r, "electorate", electorate);
  study->in_sample = pln_args_flag(args, "in-sample");
  if (study->in_sample)
    pln_votes_request_say(r, "in-sample", NULL);
  pln_votes_request_finish(r);
  if (electorate && !(study->electorate = read_electorate(r, args, error)))
    return NULL;
  study->run = run;
  return g_steal_pointer(&study);
}

/* What the first word may be, the table that csv writes, how many operands, and the study that it
 * asks for. */
static const struct {
  const char *word, *table;
  guint operands;
  PlnVotesStudy *(*study)(const PlnArgs *args, GError **error);
} kinds[] = {{"estimate", "models", 2, study_estimate},
             {"whip", "models", 2, pln_votes_study_backtest_whip},
             {"reconstruct", "models", 2, pln_votes_study_backtest_reconstruct},
             {"bargain", "methods", 2, pln_votes_study_backtest_bargain},
             {"ratify", "years", 1, pln_votes_study_backtest_ratify}};

static const char *table_of(const char *word) {
  gsize k = 0;
  while (strcmp(word, kinds[k].word) != 0)
    k++;
  return kinds[k].table;
}

guint pln_backtest_operands(const char *word) {
  for (gsize k = 0; word && k < G_N_ELEMENTS(kinds); k++)
    if (strcmp(word, kinds[k].word) == 0)
      return kinds[k].operands;
  return 0;
}

PlnVotesStudy *pln_votes_study_backtest(const PlnArgs *args, GError **error) {
  static const char *const of_ratify[] = {"treaty", "split", "years", NULL};
  for (gsize k = 0; k < G_N_ELEMENTS(kinds); k++)
    if (strcmp(args->rest[0], kinds[k].word) == 0)
      return strcmp(kinds[k].word, "ratify") == 0 ||
                     pln_backtest_refuses(args, kinds[k].word, of_ratify, error)
                 ? kinds[k].study(args, error)
                 : NULL;
  pln_asked_fail(error, "\"%s\" has no backtest; expected estimate, whip, reconstruct, bargain or ratify",
                 args->rest[0]);
  return NULL;
}

int pln_run_backtest(const PlnArgs *args, GError **error) {
  guint operands = pln_backtest_operands(args->rest[0]); /* of an unknown kind its word is said */
  if (!pln_args_operands(args, operands ? operands : 1, operands ? operands : 2, error))
    return PLN_ERROR_USAGE;
  pln_progress_catch();
  g_autoptr(PlnVotesStudy) study = pln_votes_study_backtest(args, error);
  if (!study)
    return PLN_ERROR_USAGE;
  if (!pln_votes_study_run(study, error)) {
    if (!pln_progress_interrupted())
      return PLN_ERROR_FAILED;
    g_clear_error(error); /* its code would be the exit status */
    fprintf(stderr, "plenary: interrupted; nothing was written\n");
    return 130;
  }
  int status = pln_votes_study_output(study, args, table_of(args->rest[0]), error);
  if (status != 0 || !study->words)
    return status;
  fprintf(stderr, "plenary: not to be relied on: %s\n", study->words);
  return PLN_ERROR_VERIFIED;
}
