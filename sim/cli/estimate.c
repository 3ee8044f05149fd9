/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "plenary/asked.h"
#include "plenary/compose_estimate.h"
#include "plenary/electorate_file.h"
#include "plenary/output.h"
#include "plenary/votes_request.h"

const PlnOption pln_estimate_cli_options[] = {
    PLN_VOTES_OPTIONS,
    {"hold-out", 0, "SHARE",
     "hide this share of the votes, score the fit there, then fit all (0.1 is usual)", NULL},
    {"compare", 0, "SESSIONS",
     "with --drift: who moved between two spans of sessions, as 60-64,70-74 "
     "(default: the first and the last third)",
     NULL},
    {"no-clusters", 0, NULL, "do not look for blocs in the votes", NULL},
    {"electorate", 0, "DIR",
     "fit the forecaster's electorate and write it to the folder DIR (as many "
     "dimensions as --dimensions says, 32 where it says nothing)",
     NULL},
    PLN_OUTPUT_OPTIONS,
    {NULL, 0, NULL, NULL, NULL}};

static gboolean read_spans(int *span, const char *value, GError **error) {
  char rest;
  if (!value || (sscanf(value, "%d-%d,%d-%d%c", &span[0], &span[1], &span[2], &span[3], &rest) == 4 &&
                 span[0] >= 0 && span[0] <= span[1] && span[1] < span[2] && span[2] <= span[3]))
    return TRUE;
  return pln_asked_fail(error,
                        "--compare is \"%s\"; expected two spans of sessions, the earlier first, as "
                        "60-64,70-74", value);
}

static gboolean read_own(PlnVotesRequest *r, const PlnArgs *args, GError **error) {
  PlnEstimateOptions *o = &r->options;
  const char *electorate = pln_args_value(args, "electorate"),
             *compare = pln_args_value(args, "compare");
  if (electorate && (o->fit.kind == PLN_FIT_DRIFT || o->fit.kind == PLN_FIT_POSTERIOR)) {
    g_set_error(
        error, PLN_ERROR, PLN_ERROR_USAGE,
        "an electorate is fitted by neither --drift nor --method bayes; expected --electorate without");
    return FALSE;
  }
  if (electorate) {
    o->fit.kind = PLN_FIT_SPACE;
    if (!pln_args_value(args, "dimensions"))
      o->fit.space.dimensions = pln_space_options().dimensions;
  }
  o->hold_out = electorate || o->choose ? 0.1 : 0;
  if (compare && o->fit.kind != PLN_FIT_DRIFT) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "--compare goes with --drift");
    return FALSE;
  }
  if (pln_args_flag(args, "no-clusters"))
    o->samples = 0;
  if (!read_spans(o->span, compare, error) ||
      !pln_args_number(args, "hold-out", 0, 0.9, &o->hold_out, error))
    return FALSE;
  if (o->hold_out > 0 || !o->choose)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "--dimensions auto chooses by held-out score; expected --hold-out above 0");
  return FALSE;
}

/* FALSE where --compare is of sessions in which no voter stands. */
static gboolean compared(const PlnVotesRequest *r, const PlnEstimate *e, GError **error) {
  const int *asked = r->options.span;
  gboolean any = asked[0] < 0;
  for (guint i = 0; !any && e->move && i < e->cells->n_states; i++)
    any = !isnan(e->move[i].change);
  if (any)
    return TRUE;
  g_set_error(
      error, PLN_ERROR, PLN_ERROR_USAGE,
      "--compare: no voter has votes both in sessions %d to %d and in %d to %d; expected sessions of "
      "these roll calls (--roll-calls tells them where the votes do not)",
      asked[0], asked[1], asked[2], asked[3]);
  return FALSE;
}

static void say_own(PlnVotesRequest *r, const PlnArgs *args) {
  if (pln_args_value(args, "hold-out"))
    pln_votes_request_say(r, "hold-out", pln_args_value(args, "hold-out"));
  if (pln_args_value(args, "compare"))
    pln_votes_request_say(r, "compare", pln_args_value(args, "compare"));
  if (pln_args_flag(args, "no-clusters"))
    pln_votes_request_say(r, "no-clusters", NULL);
  if (pln_args_value(args, "electorate")) /* what it asks for, not where it goes */
    pln_votes_request_say(r, "electorate", "DIR");
  pln_votes_request_finish(r);
}

static gboolean write_electorate(const PlnVotesRequest *r, const PlnEstimate *e, const char *folder,
                                 GError **error) {
  const PlnInput *votes = &g_array_index(r->inputs, PlnInput, 0);
  g_autoptr(PlnElectorate) electorate =
      pln_estimate_electorate(e, r->command->str, r->name, votes->sha256);
  return pln_electorate_write(electorate, folder, error);
}

static gboolean run(PlnVotesStudy *study, GError **error) {
  PlnVotesRequest *r = study->request;
  guint64 steps = pln_estimate_steps(r->matrix, &r->options);
  g_autoptr(PlnProgress) progress = pln_progress_new(STDERR_FILENO, "fitting", steps);
  study->estimate = pln_estimate_new(r->matrix, r->world, &r->options, progress, error);
  g_clear_pointer(&progress, pln_progress_free);
  const PlnEstimate *e = study->estimate;
  if (!e || !compared(r, e, error))
    return FALSE;
  if (e->fit->kind == PLN_FIT_DRIFT && e->fit->n_times == 1)
    g_ptr_array_add(
        r->notes, g_strdup("The roll calls are of one session, or of none that is stated: nobody can "
                           "drift. --roll-calls tells their sessions."));
  if (!e->fit->converged)
    study->words = g_strdup(e->fit->words ? e->fit->words : "not converged");
  study->doc = pln_doc_new();
  pln_compose_estimate(study->doc, e, r->notes);
  return TRUE;
}

PlnVotesStudy *pln_votes_study_estimate(const PlnArgs *args, GError **error) {
  g_autoptr(PlnVotesStudy) study = g_new0(PlnVotesStudy, 1);
  PlnVotesRequest *r = study->request =
      pln_votes_request_new(args, "plenary estimate", args->rest[0], error);
  if (!r || !read_own(r, args, error) || !pln_votes_request_suits(r, args, error))
    return NULL;
  say_own(r, args);
  study->run = run;
  return g_steal_pointer(&study);
}

int pln_run_estimate(const PlnArgs *args, GError **error) {
  if (!pln_args_operands(args, 1, 1, error))
    return PLN_ERROR_USAGE;
  pln_progress_catch();
  g_autoptr(PlnVotesStudy) study = pln_votes_study_estimate(args, error);
  if (!study)
    return PLN_ERROR_USAGE;
  if (!pln_votes_study_run(study, error))
    return pln_progress_interrupted() ? 130 : PLN_ERROR_FAILED;
  const char *folder = pln_args_value(args, "electorate");
  if (folder && !study->words && !write_electorate(study->request, study->estimate, folder, error))
    return PLN_ERROR_FAILED;
  int status = pln_votes_study_output(study, args, "states", error);
  if (status != 0 || !study->words)
    return status;
  fprintf(stderr, "plenary: not to be relied on: %s%s\n", study->words,
          folder ? "; no electorate was written" : "");
  return PLN_ERROR_VERIFIED;
}
