/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plenary coalition: who can pass it, who can block it. */
#include "plenary/coalitions.h"
#include "plenary/compose_power.h"
#include "plenary/forecast_request.h"
#include "plenary/output.h"
#include "plenary/words.h"

const PlnOption pln_coalition_cli_options[] = {
    {"proposal", 0, "ID", "which proposal (default: the first)", NULL},
    {"stage", 0, "ID", "before which stage (default: the first that somebody sits in)", NULL},
    {"as-of", 0, "DAY", "who sits in the body on another day", NULL},
    {"rule", 0, "RULE", "this rule instead of the one that would decide", NULL},
    {"price", 0, "PRICE",
     "how far a state is from yes: its chance by the projection, its position, that times salience, or "
     "its recorded vote (default: record where every vote is on record, else chance where the "
     "projection knows of this question, else position, else chance of the average vote)",
     "chance position salience record"},
    {"others", 0, "OTHERS",
     "what those outside do in the order of prices and the lists: no, against it all (default), or "
     "expected", "no expected"},
    {"bloc", 0, "BLOC", "votes as one: a bloc, or NAME=A,B; repeatable", NULL},
    {"with", 0, "WHO", "a state or bloc that must be in; repeatable", NULL},
    {"without", 0, "WHO", "a state or bloc that may not be in; repeatable", NULL},
    {"position", 0, "WHO=P", "what if WHO stood at P, 0-100; PROPOSAL:WHO=P±SD; repeatable", NULL},
    {"ties", 0, "N", "coalitions as good that are listed at the most (default 10)", NULL},
    {"full", 0, NULL, "list every member and every price", NULL},
    PLN_FORECAST_OPTIONS,
    PLN_OUTPUT_OPTIONS,
    {NULL, 0, NULL, NULL, NULL}};

enum { MOST_TIES = 10000 };

typedef struct {
  PlnForecastRequest *r;
  PlnCoalitionsOptions options;
  PlnProjectOptions project;
  GPtrArray *blocs, *with, *without; /* const char *: the words */
} Asked;

static void asked_clear(Asked *a) {
  g_ptr_array_unref(a->blocs);
  g_ptr_array_unref(a->with);
  g_ptr_array_unref(a->without);
}

static void read_list(Asked *a, const PlnArgs *args, const char *option, GPtrArray *list) {
  const char *const *texts = pln_args_values(args, option);
  for (gsize k = 0; texts[k]; k++) {
    g_ptr_array_add(list, (gpointer)texts[k]); /* the words outlive it */
    pln_words_add_option(a->r->command, option, texts[k]);
  }
}

static gboolean read_words(Asked *a, const PlnArgs *args, GError **error) {
  guint price = a->options.price, others = a->options.others;
  if (!pln_forecast_request_word(a->r, args, "price", pln_price_words, &price, error) ||
      !pln_forecast_request_word(a->r, args, "others", pln_others_words, &others, error))
    return FALSE;
  a->options.price = (PlnPrice)price;
  a->options.others = (PlnOthers)others;
  read_list(a, args, "bloc", a->blocs);
  read_list(a, args, "with", a->with);
  read_list(a, args, "without", a->without);
  return TRUE;
}

static gboolean read_all(Asked *a, const PlnArgs *args, GError **error) {
  a->project = pln_project_options();
  a->project.electorate = a->r->electorate;
  a->project.predictor = a->r->predictor;
  a->project.in_sample = a->r->in_sample;
  a->project.seed = a->r->seed;
  a->project.threads = a->r->threads;
  a->project.positions = a->r->positions;
  a->options.project = &a->project;
  return pln_forecast_request_proposal(a->r, args, &a->options.proposal, error) &&
         pln_forecast_request_stage(a->r, args, &a->options.stage, error) &&
         pln_forecast_request_day(a->r, args, &a->options.as_of, error) &&
         pln_forecast_request_rule(a->r, args, &a->options.rule, error) &&
         read_words(a, args, error) && pln_forecast_request_positions(a->r, args, error) &&
         pln_forecast_request_count(a->r, args, "ties", 1, MOST_TIES, &a->options.ties, error);
}

static PlnDoc *compose(Asked *a, const PlnArgs *args, const PlnCoalitions *found) {
  PlnDoc *doc = pln_doc_new();
  if (a->r->no_electorate && !found->project)
    g_ptr_array_add(a->r->notes,
                    g_strdup_printf("No votes are projected: %s.", a->r->no_electorate));
  PlnComposePowerOptions how = {.full = pln_args_flag(args, "full"), .notes = a->r->notes};
  pln_compose_coalition(doc, found, &how);
  if (how.full && pln_output_is_page(args))
    pln_words_add_option(a->r->command, "full", NULL);
  pln_forecast_request_finish(a->r, found->weakest,
                              pln_world_keep(a->r->world, found->rule->citation));
  return doc;
}

PlnDoc *pln_coalition_document(PlnForecastRequest *r, const PlnArgs *args, GError **error) {
  Asked asked = {.r = r, .options = pln_coalitions_options()};
  asked.blocs = g_ptr_array_new();
  asked.with = g_ptr_array_new();
  asked.without = g_ptr_array_new();
  asked.options.blocs = asked.blocs;
  asked.options.with = asked.with;
  asked.options.without = asked.without;
  g_autoptr(PlnCoalitions) found = read_all(&asked, args, error)
                                       ? pln_coalitions_new(r->scenario, &asked.options, error)
                                       : NULL;
  PlnDoc *doc = found ? compose(&asked, args, found) : NULL;
  g_clear_pointer(&found, pln_coalitions_free);
  asked_clear(&asked);
  return doc;
}

int pln_run_coalition(const PlnArgs *args, GError **error) {
  return pln_forecast_request_run(args, "plenary coalition", pln_coalition_document, "coalitions",
                                  error);
}
