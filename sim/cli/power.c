/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plenary power: what a vote is worth. */
#include <string.h>
#include <unistd.h>

#include "plenary/asked.h"
#include "plenary/compose_power.h"
#include "plenary/forecast_request.h"
#include "plenary/output.h"
#include "plenary/votes_request.h"
#include "plenary/words.h"

#define INDEX_WORDS                                                                                \
  "shapley-shubik banzhaf banzhaf-normalised coleman-prevent coleman-initiate johnston "           \
  "deegan-packel public-good owen banzhaf-owen symmetric-coalitional-banzhaf"

const PlnOption pln_power_cli_options[] = {
    {"rule", 0, "RULE", "what if this rule decided (plenary rules lists them)", NULL},
    {"proposal", 0, "ID", "one proposal alone", NULL},
    {"stage", 0, "ID", "one stage alone", NULL},
    {"as-of", 0, "DAY", "who sits in the bodies on another day", NULL},
    {"bloc", 0, "BLOC", "votes as one: a bloc, or NAME=A,B; repeatable", NULL},
    {"index", 0, "INDEX", "the index shown first (default shapley-shubik)", INDEX_WORDS},
    {"sample", 0, NULL, "sample, though an exact count is within reach", NULL},
    {"samples", 0, "N", "orders and coalitions where power is sampled (default 100000)", NULL},
    {"draws", 0, "N",
     "draws of each projected vote (default 50000; 20000 of more than four proposals)", NULL},
    {"no-empirical", 0, NULL, "the indices alone, no projected votes", NULL},
    {"full", 0, NULL, "every member, every index, every bloc", NULL},
    PLN_FORECAST_OPTIONS,
    PLN_OUTPUT_OPTIONS,
    {NULL, 0, NULL, NULL, NULL}};

/* Brief enough to wait for: some 0.1 s a proposal. */
enum { FEW = 4, FEW_DRAWS = 50000, MANY_DRAWS = 20000 };

/* What the words ask, and what they are kept in. */
typedef struct {
  PlnForecastRequest *r;
  PlnPowersOptions options;
  PlnProjectOptions project;
  GPtrArray *blocs;  /* char * */
  const char *index; /* or NULL */
} Asked;

/* Between blocs as players only the two pairs of indices and their sources are defined. */
static gboolean suits(const Asked *a, PlnPowerIndex index, GError **error) {
  gboolean of_blocs = index >= PLN_POWER_OWEN, any = a->blocs->len > 0;
  if (of_blocs && !any) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "--index %s is of blocs that vote as one; expected --bloc with it", a->index);
    return FALSE;
  }
  if (any && index > PLN_POWER_BANZHAF_NORMALISED && !of_blocs) {
    g_set_error(
        error, PLN_ERROR, PLN_ERROR_USAGE,
        "--index %s says nothing of blocs that vote as one; expected shapley-shubik, banzhaf, "
        "banzhaf-normalised, owen, banzhaf-owen or symmetric-coalitional-banzhaf, or no --bloc",
        a->index);
    return FALSE;
  }
  return TRUE;
}

static gboolean read_index(Asked *a, const PlnArgs *args, GError **error) {
  const char *names[PLN_POWER_INDICES + 1] = {NULL};
  a->index = pln_args_value(args, "index");
  for (guint k = 0; k < PLN_POWER_INDICES; k++)
    names[k] = pln_power_names[k].id;
  if (!a->index)
    return TRUE;
  for (guint k = 0; k < PLN_POWER_INDICES; k++)
    if (strcmp(names[k], a->index) == 0) {
      pln_words_add_option(a->r->command, "index", a->index);
      return suits(a, k, error);
    }
  g_autofree char *all = g_strjoinv(", ", (char **)names);
  g_autofree char *expected = g_strdup_printf("one of %s", all);
  return pln_asked_refuse(error, "unknown index", a->index, expected, names);
}

static gboolean read_blocs(Asked *a, const PlnArgs *args) {
  const char *const *texts = pln_args_values(args, "bloc");
  for (gsize k = 0; texts[k]; k++) {
    g_ptr_array_add(a->blocs, (gpointer)texts[k]);
    pln_words_add_option(a->r->command, "bloc", texts[k]);
  }
  a->options.blocs = a->blocs->len > 0 ? a->blocs : NULL;
  return TRUE;
}

static gboolean read_flag(Asked *a, const PlnArgs *args, const char *option) {
  gboolean given = pln_args_flag(args, option);
  if (given)
    pln_words_add_option(a->r->command, option, NULL);
  return given;
}

static gboolean read_all(Asked *a, const PlnArgs *args, GError **error) {
  PlnPowersOptions *o = &a->options;
  o->power.seed = a->r->seed;
  o->power.threads = a->r->threads;
  a->project.electorate = a->r->electorate;
  a->project.predictor = a->r->predictor;
  a->project.in_sample = a->r->in_sample;
  a->project.seed = a->r->seed;
  a->project.threads = a->r->threads;
  a->project.draws = a->r->scenario->proposals->len <= FEW ? FEW_DRAWS : MANY_DRAWS;
  o->power.sample = read_flag(a, args, "sample");
  if (!read_flag(a, args, "no-empirical") && a->r->electorate)
    o->project = &a->project;
  o->borrow = pln_args_value(args, "electorate") || *a->r->scenario->electorate;
  return pln_forecast_request_rule(a->r, args, &o->rule, error) &&
         pln_forecast_request_proposal(a->r, args, &o->proposal, error) &&
         pln_forecast_request_stage(a->r, args, &o->stage, error) &&
         pln_forecast_request_day(a->r, args, &o->as_of, error) &&
         read_blocs(a, args) && read_index(a, args, error) &&
         pln_forecast_request_count(a->r, args, "samples", 100, 100000000, &o->power.samples,
                                    error) &&
         pln_forecast_request_count(a->r, args, "draws", 100, 10000000, &a->project.draws, error);
}

/* Who asks for an electorate by name is told why it does not serve. */
static gboolean votes_serve(const PlnPowers *powers, const PlnArgs *args, GError **error) {
  if (!powers->no_votes || powers->projects->len > 0 || !pln_args_value(args, "electorate"))
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "%s", powers->no_votes);
  return FALSE;
}

/* The same under the rules that would decide, the indices alone; NULL where no other is asked for,
 * or where the members have no weights for them. */
static PlnPowers *under_usual(const Asked *a) {
  PlnPowersOptions options = a->options;
  options.rule = NULL;
  options.project = NULL;
  return a->options.rule ? pln_powers_new(a->r->scenario, &options, NULL) : NULL;
}

static PlnDoc *compose(Asked *a, const PlnArgs *args, PlnPowers *powers) {
  PlnDoc *doc = pln_doc_new();
  g_autofree char *citations = pln_compose_power_citations(powers);
  g_autoptr(PlnPowers) usual = under_usual(a);
  PlnComposePowerOptions how = {pln_args_flag(args, "full"), a->index, a->r->notes, usual};
  if (a->r->no_electorate && !powers->no_votes)
    powers->no_votes = g_strdup(a->r->no_electorate);
  pln_compose_power(doc, powers, &how);
  if (how.full && pln_output_is_page(args))
    pln_words_add_option(a->r->command, "full", NULL);
  pln_forecast_request_finish(a->r, powers->weakest, pln_world_keep(a->r->world, citations));
  return doc;
}

PlnDoc *pln_power_document(PlnForecastRequest *r, const PlnArgs *args, GError **error) {
  Asked asked = {.r = r,
                 .options = pln_powers_options(),
                 .project = pln_project_options(),
                 .blocs = g_ptr_array_new()};
  gboolean read = read_all(&asked, args, error);
  guint64 steps = (guint64)r->scenario->proposals->len * MAX(r->scenario->stages->len, 1);
  g_autoptr(PlnProgress) progress = pln_progress_new(STDERR_FILENO, "weighing votes", steps);
  asked.project.progress = progress;
  g_autoptr(PlnPowers) powers = read ? pln_powers_new(r->scenario, &asked.options, error) : NULL;
  g_clear_pointer(&progress, pln_progress_free);
  PlnDoc *doc = powers && votes_serve(powers, args, error) ? compose(&asked, args, powers) : NULL;
  g_ptr_array_unref(asked.blocs);
  return doc;
}

int pln_run_power(const PlnArgs *args, GError **error) {
  return pln_forecast_request_run(args, "plenary power", pln_power_document, "indices", error);
}
