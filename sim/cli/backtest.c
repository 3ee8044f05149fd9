/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "plenary/cell_list.h"
#include "plenary/compose_estimate.h"
#include "plenary/electorate_file.h"
#include "plenary/output.h"
#include "plenary/votes_request.h"

const PlnOption pln_backtest_options[] = {
    PLN_VOTES_OPTIONS,
    {"hide", 0, "FILE", "hide the votes that this CSV lists by roll call and voter", NULL},
    {"share", 0, "SHARE", "without --hide: hide this share of the votes, drawn by the seed (default 0.1)", NULL},
    {"electorate", 0, "DIR", "score the electorate in DIR instead of a fit: in each roll call it is given the votes "
     "that are not hidden", NULL},
    {"in-sample", 0, NULL, "with --electorate: also roll calls that it was fitted to", NULL},
    PLN_OUTPUT_OPTIONS,
    {NULL, 0, NULL, NULL, NULL}};

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
  g_autofree char *name = g_path_get_basename(path);
  g_autoptr(PlnFaults) faults = pln_faults_new();
  pln_votes_request_say(r, "hide", name);
  guint8 *hide = pln_cell_list_load(path, r->matrix, r->inputs, faults);
  g_autofree char *text = pln_faults_text(faults);
  if (!hide)
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "%snothing was written", text);
  return hide;
}

/* The electorate of --electorate, of which is said what it is.  NULL and an error */
static PlnScoring *score_electorate(PlnVotesRequest *r, const PlnArgs *args, guint8 *hide, GError **error) {
  const char *path = pln_args_value(args, "electorate");
  g_autoptr(PlnElectorate) electorate = pln_electorate_load(r->world, path, error);
  if (!electorate) {
    g_free(hide);
    return NULL;
  }
  return pln_scoring_of_electorate(r->matrix, electorate, &r->options, hide, pln_args_flag(args, "in-sample"),
                                   error);
}

int pln_run_backtest(const PlnArgs *args, GError **error) {
  if (!pln_args_operands(args, 2, 2, error))
    return PLN_ERROR_USAGE;
  if (strcmp(args->rest[0], "estimate") != 0) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "\"%s\" has no backtest; expected estimate", args->rest[0]);
    return PLN_ERROR_USAGE;
  }
  pln_progress_catch();
  g_autoptr(PlnVotesRequest) r =
      pln_votes_request_new(args, "plenary backtest estimate", args->rest[1], error);
  if (!r)
    return PLN_ERROR_USAGE;
  if (!pln_votes_request_suits(r, args, error))
    return PLN_ERROR_USAGE;
  if (r->options.choose) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "--dimensions auto chooses by held-out score, so it cannot be scored by one; expected a number");
    return PLN_ERROR_USAGE;
  }
  guint8 *hide = read_hidden(r, args, error);
  if (!hide)
    return PLN_ERROR_USAGE;
  gboolean of_electorate = pln_args_value(args, "electorate") != NULL;
  if (of_electorate)
    pln_votes_request_say(r, "electorate", "DIR");
  if (pln_args_flag(args, "in-sample"))
    pln_votes_request_say(r, "in-sample", NULL);
  pln_votes_request_finish(r);
  g_autoptr(PlnProgress) progress = pln_progress_new(STDERR_FILENO, "fitting", r->options.fit.space.rounds);
  g_autoptr(PlnScoring) scoring = of_electorate ? score_electorate(r, args, hide, error)
                                                : pln_scoring_new(r->matrix, &r->options, hide, progress, error);
  g_clear_pointer(&progress, pln_progress_free);
  if (!scoring)
    return pln_progress_interrupted() ? 130 : PLN_ERROR_FAILED;
  g_autoptr(PlnDoc) doc = pln_doc_new();
  pln_compose_scoring(doc, scoring, r->notes);
  int status = pln_output(doc, &r->provenance, args, "models", error);
  const PlnScoringRow *asked = &g_array_index(scoring->rows, PlnScoringRow, 0);
  if (status != 0 || !asked->words)
    return status;
  fprintf(stderr, "plenary: not to be relied on: %s\n", asked->words);
  return PLN_ERROR_VERIFIED;
}
