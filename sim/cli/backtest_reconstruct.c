/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plenary backtest reconstruct: the words, the files, the study. */
#include <unistd.h>

#include "plenary/backtest.h"
#include "plenary/compose_reconstruct.h"
#include "plenary/reconstruct_request.h"

/* The study that the request's functions know, and what is this one's own. */
typedef struct {
  PlnVotesStudy study; /* first: it is freed as one */
  PlnReconstructBacktestOptions options;
} ReconstructStudy;

/* The options of the fit are those of estimate; its dimensions and decay have defaults of
 * their own. */
static gboolean read_options(const PlnVotesRequest *r, const PlnArgs *args,
                             PlnReconstructBacktestOptions *o, GError **error) {
  PlnEstimateOptions *estimate = &o->past.estimate;
  PlnReconstructBacktestOptions own = *o = pln_reconstruct_backtest_options();
  estimate->cells = r->options.cells;
  estimate->groups = r->options.groups;
  estimate->fit = r->options.fit;
  estimate->fit.kind = PLN_FIT_SPACE;
  if (!pln_args_value(args, "dimensions"))
    estimate->fit.space.dimensions = own.past.estimate.fit.space.dimensions;
  if (!pln_args_value(args, "decay"))
    estimate->fit.decay = own.past.estimate.fit.decay;
  o->past.seed = o->draws.seed = r->options.fit.space.seed;
  o->past.threads = o->draws.threads = r->options.fit.space.threads;
  if (r->options.choose) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "--dimensions is \"auto\"; expected a number: how many is not chosen anew for each "
                "session");
    return FALSE;
  }
  return pln_backtest_sessions(args, &estimate->cells, error) &&
         pln_args_count(args, "history", 1, 100, &o->past.history, error) &&
         pln_args_count(args, "calls", 1, 100000, &o->calls, error) &&
         pln_args_count(args, "shown", 0, 10000, &o->shown, error);
}

static gboolean run(PlnVotesStudy *study, GError **error) {
  ReconstructStudy *own = (ReconstructStudy *)study;
  PlnVotesRequest *r = study->request;
  g_autoptr(PlnProgress) progress =
      pln_progress_new(STDERR_FILENO, "reconstructing", own->options.calls);
  g_autoptr(PlnReconstructBacktest) backtest =
      pln_reconstruct_backtest_new(r->matrix, r->world, &own->options, progress, error);
  g_clear_pointer(&progress, pln_progress_free);
  if (!backtest)
    return FALSE;
  study->doc = pln_doc_new();
  pln_doc_fact(study->doc, "format", pln_text("plenary-backtest-reconstruct/1"));
  pln_compose_reconstruct_backtest(study->doc, backtest, r->notes);
  return TRUE;
}

PlnVotesStudy *pln_votes_study_backtest_reconstruct(const PlnArgs *args, GError **error) {
  static const char *const strange[] = {"hide",   "share",  "electorate", "answers",   "method", "only",
                                        "drift",  "orient", "chains",     "in-sample", "draws",
                                        "reveal", "older",  "capability", "bootstrap", NULL};
  static const char *const said[] = {"history", "calls", "shown"};
  PlnCellsOptions cells;
  if (!pln_backtest_refuses(args, "reconstruct", strange, error) ||
      !pln_backtest_sessions(args, &cells, error))
    return NULL; /* before a large file is read */
  ReconstructStudy *own = g_new0(ReconstructStudy, 1);
  g_autoptr(PlnVotesStudy) study = &own->study;
  PlnVotesRequest *r = study->request =
      pln_backtest_open(args, "plenary backtest reconstruct", error);
  if (!r || !read_options(r, args, &own->options, error))
    return NULL;
  for (gsize k = 0; k < G_N_ELEMENTS(said); k++)
    if (pln_args_value(args, said[k]))
      pln_votes_request_say(r, said[k], pln_args_value(args, said[k]));
  pln_votes_request_finish(r);
  study->run = run;
  return g_steal_pointer(&study);
}
