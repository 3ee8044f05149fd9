/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plenary whip: a delegation's working list. */
#include <math.h>

#include "plenary/compose_whip.h"
#include "plenary/forecast_request.h"
#include "plenary/output.h"
#include "plenary/request.h"
#include "plenary/text.h"
#include "plenary/votes_request.h"
#include "plenary/whatif.h"
#include "plenary/words.h"

const PlnOption pln_whip_cli_options[] = {
    {"proposal", 0, "ID", "this list alone", NULL},
    {"say", 0, "STATE=ANSWER",
     "what if this were heard today: FRA=leans-yes; PROPOSAL:FRA=no on one list alone; repeatable",
     NULL},
    {"redact", 0, NULL,
     "leave every private row out, before anything is computed: for what is sent around", NULL},
    {"board", 0, NULL, "all states in the order of the Assembly's voting board", NULL},
    {"full", 0, NULL, "every list's working paper, and every state", NULL},
    {"calls", 0, "N", "how many states to call are shown (default 8, of several lists 4 each)", NULL},
    {"rule", 0, "RULE", "what if this rule decided (plenary rules lists them)", NULL},
    {"draws", 0, "N", "votes drawn (default 20000)", NULL},
    PLN_PRIVATE_OPTION,
    PLN_HISTORY_OPTIONS,
    PLN_FORECAST_OPTIONS,
    PLN_OUTPUT_OPTIONS,
    {NULL, 0, NULL, NULL, NULL}};

/* Each proposal's chance as it is before anything is said; NAN where there is no list. */
static double *chances_before(const PlnForecastRequest *r, const PlnWhipCountOptions *o,
                              GError **error) {
  g_autoptr(PlnWhip) whip = pln_whip_new(r->scenario, o, error);
  if (!whip)
    return NULL;
  double *before = g_new(double, r->scenario->proposals->len + 1);
  for (guint i = 0; i < r->scenario->proposals->len; i++)
    before[i] = NAN;
  for (guint i = 0; i < whip->lists->len; i++)
    before[pln_whip_list(whip, i)->place] = pln_whip_list(whip, i)->chance;
  return before;
}

static gboolean say_all(PlnForecastRequest *r, const PlnArgs *args, const PlnWhipCountOptions *o,
                        GError **error) {
  const char *const *said = pln_args_values(args, "say");
  for (gsize i = 0; said[i]; i++) {
    if (!pln_whip_say(r->scenario, said[i], o->proposal, error))
      return FALSE;
    pln_words_add_option(r->command, "say", said[i]);
  }
  return TRUE;
}

/* Private rows go first: what is said afterwards meets none of them.  A page goes to others. */
static gboolean redact(PlnForecastRequest *r, const PlnArgs *args, PlnWhipCountOptions *o,
                       GError **error) {
  gboolean keep = pln_args_flag(args, "private"), page = pln_output_is_page(args);
  if (keep && pln_args_flag(args, "redact")) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "--redact and --private exclude each other; expected one");
    return FALSE;
  }
  if (keep && page)
    pln_words_add_option(r->command, "private", NULL);
  if (keep || (!page && !pln_args_flag(args, "redact")))
    return TRUE;
  o->left_out = (int)pln_whip_redact(r->scenario);
  pln_words_add_option(r->command, "redact", NULL);
  return TRUE;
}

static gboolean read_rule(PlnForecastRequest *r, const PlnArgs *args, PlnWhipCountOptions *o,
                          GError **error) {
  const char *rule = pln_args_value(args, "rule");
  if (!rule)
    return TRUE;
  g_autoptr(PlnWhatIf) whatif = pln_whatif_new();
  if (!pln_whatif_rule(whatif, r->scenario, rule, error))
    return FALSE;
  o->rule = whatif->rule;
  pln_words_add_option(r->command, "rule", rule);
  return TRUE;
}

static gboolean read_show(PlnForecastRequest *r, const PlnArgs *args, PlnWhipCountOptions *o,
                          PlnWhipShow *show, GError **error) {
  show->board = pln_args_flag(args, "board");
  show->full = pln_args_flag(args, "full");
  show->history = r->history;
  show->notes = r->notes;
  show->said = pln_args_values(args, "say");
  if (!pln_args_count(args, "calls", 1, 1000, &show->calls, error) ||
      !pln_args_count(args, "draws", 1000, 10000000, &o->outcome.draws, error))
    return FALSE;
  if (show->board) /* the order of the tables; the others change what people see alone */
    pln_words_add_option(r->command, "board", NULL);
  if (pln_args_value(args, "draws"))
    pln_words_add_option(r->command, "draws", pln_args_value(args, "draws"));
  return TRUE;
}

static PlnWhipCountOptions options_of(const PlnForecastRequest *r) {
  PlnWhipCountOptions o = {.outcome = pln_outcome_options(), .proposal = -1, .left_out = -1};
  o.outlook = (PlnOutlookOptions){.electorate = r->electorate,
                                  .predictor = r->predictor,
                                  .stances = TRUE,
                                  .pledges = TRUE,
                                  .record = TRUE,
                                  .in_sample = r->in_sample};
  o.outcome.seed = r->seed;
  o.outcome.threads = r->threads;
  return o;
}

PlnDoc *pln_whip_document(PlnForecastRequest *r, const PlnArgs *args, GError **error) {
  PlnWhipShow show = {0};
  PlnWhipCountOptions options = options_of(r);
  if (!redact(r, args, &options, error) ||
      !pln_forecast_request_proposal(r, args, &options.proposal, error) ||
      !read_rule(r, args, &options, error) ||
      !read_show(r, args, &options, &show, error))
    return NULL;
  g_autofree double *before = *show.said ? chances_before(r, &options, error) : NULL;
  if ((*show.said && !before) || !say_all(r, args, &options, error))
    return NULL;
  options.before = before;
  g_autoptr(PlnWhip) whip = pln_whip_new(r->scenario, &options, error);
  if (!whip)
    return NULL;
  g_autofree char *citations = pln_compose_whip_citations(whip);
  PlnDoc *doc = pln_doc_new();
  pln_compose_whip(doc, whip, &show);
  pln_forecast_request_finish(r, whip->weakest, pln_world_keep(r->scenario->world, citations));
  return doc;
}

int pln_run_whip(const PlnArgs *args, GError **error) {
  return pln_forecast_request_run(args, "plenary whip", pln_whip_document, "list", error);
}
