/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <unistd.h>

#include "plenary/compose_reconstruct.h"
#include "plenary/forecast_request.h"
#include "plenary/output.h"
#include "plenary/text.h"
#include "plenary/words.h"

const PlnOption pln_reconstruct_options[] = {
    {"proposal", 0, "ID", "only this proposal", NULL},
    {"without", 0, "CODE", "leave out the vote named for this state; repeatable", NULL},
    PLN_FORECAST_OPTIONS,
    PLN_HISTORY_OPTIONS,
    PLN_OUTPUT_OPTIONS,
    {NULL, 0, NULL, NULL, NULL}};

static guint64 steps(const PlnScenario *s, int proposal) {
  guint64 n = 0;
  for (guint i = 0; i < s->proposals->len; i++)
    if ((proposal < 0 || (guint)proposal == i) &&
        pln_reconstruction_has_tally(pln_scenario_proposal(s, i)))
      n += PLN_RECONSTRUCT_STEPS(PLN_RECONSTRUCT_DRAWS);
  return n;
}

PlnDoc *pln_reconstruct_document(PlnForecastRequest *r, const PlnArgs *args, GError **error) {
  PlnReconstructionOptions options = {.without = pln_args_values(args, "without"),
                                      .in_sample = r->in_sample,
                                      .draws = {.seed = r->seed, .threads = r->threads}};
  if (!pln_forecast_request_proposal(r, args, &options.proposal, error))
    return NULL;
  for (gsize w = 0; options.without[w]; w++)
    pln_words_add_option(r->command, "without", options.without[w]);
  g_autoptr(PlnProgress) progress =
      pln_progress_new(STDERR_FILENO, "reconstructing", steps(r->scenario, options.proposal));
  g_autoptr(PlnReconstruction) result =
      pln_reconstruction_new(r->scenario, r->electorate, r->predictor, &options, progress, error);
  g_clear_pointer(&progress, pln_progress_free);
  if (!result)
    return NULL;
  PlnDoc *doc = pln_doc_new();
  pln_compose_reconstruction(doc, result);
  pln_forecast_request_finish(r, result->weakest, "none is applied.");
  return doc;
}

int pln_run_reconstruct(const PlnArgs *args, GError **error) {
  return pln_forecast_request_run(args, "plenary reconstruct", pln_reconstruct_document, "states",
                                  error);
}
