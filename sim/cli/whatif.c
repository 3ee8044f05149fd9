/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plenary whatif: a scenario as it is beside bundles of changes. */
#include <string.h>
#include <unistd.h>

#include "plenary/asked.h"
#include "plenary/bundles.h"
#include "plenary/comparison.h"
#include "plenary/compose_comparison.h"
#include "plenary/forecast_request.h"
#include "plenary/output.h"
#include "plenary/text.h"
#include "plenary/words.h"

const PlnOption pln_whatif_options[] = {
    {"set", 0, "BUNDLE",
     "\"CHANGE; CHANGE\" or \"NAME: CHANGE; CHANGE\", a change being position [WHERE:]WHO=P±SD, salience, "
     "capability, vote WHO=Y|N|A|X, presence WHO=PERCENT, member STATE=in|out, rule RULE, split BLOC, join "
     "BLOC=A,B, deposit WHO=DAY|never, assume NAME=NUMBER; repeatable, each a bundle of its own",
     NULL},
    {"edits", 0, "FILE", "bundles, a row a change (default without --set: the scenario's edits.csv)",
     NULL},
    {"study", 0, "STUDY", "what is asked (default: as the record and the changes have it)",
     "replay project bargain ratify"},
    {"proposal", 0, "ID",
     "which proposal (default: all; of talks the first that is made of issues, of dates the last)", NULL},
    {"stage", 0, "ID", "before which stage (default: the first that somebody sits in)", NULL},
    {"as-of", 0, "DAY", "on another day, and who sits in the body then", NULL},
    {"rule", 0, "RULE", "this rule in all cases, the one as it is too", NULL},
    {"method", 0, "METHOD", "of bargain (default condorcet)", NULL},
    {"draws", 0, "N", "draws of each case (default 20000), rounded up to a multiple of 20", NULL},
    {"full", 0, NULL, "every seat that moved, of every proposal", NULL},
    PLN_FORECAST_OPTIONS,
    PLN_OUTPUT_OPTIONS,
    {NULL, 0, NULL, NULL, NULL}};

enum { DRAWS = 20000, LEAST_DRAWS = 100, MOST_DRAWS = 10000000, MOST_BUNDLES = 1000 };

typedef struct {
  PlnForecastRequest *r;
  PlnComparisonOptions options;
  GPtrArray *bundles; /* PlnBundle *, owned */
} Asked;

/* ---- The bundles ---- */

/* Inputs are named without the folders they lie in. */
static gboolean read_file(Asked *a, const char *path, GError **error) {
  guint at = a->r->inputs->len;
  g_autoptr(GPtrArray) rows = pln_bundles_load_for(path, a->r->scenario, a->r->inputs, error);
  for (guint k = at; k < a->r->inputs->len; k++) {
    PlnInput *input = &g_array_index(a->r->inputs, PlnInput, k);
    g_autofree char *whole = g_steal_pointer(&input->name);
    input->name = g_path_get_basename(whole);
  }
  if (rows)
    g_ptr_array_extend_and_steal(a->bundles, g_steal_pointer(&rows));
  return a->bundles->len > 0 || (error && !*error);
}

static gboolean read_edits(Asked *a, const PlnArgs *args, GError **error) {
  const char *file = pln_args_value(args, "edits");
  g_autofree char *own = g_build_filename(a->r->folder, "edits.csv", NULL);
  gboolean done = TRUE;
  if (file) {
    g_autofree char *base = g_path_get_basename(file);
    pln_words_add_option(a->r->command, "edits", base);
    done = read_file(a, file, error);
  } else if (!pln_args_value(args, "set") && g_file_test(own, G_FILE_TEST_IS_REGULAR)) {
    done = read_file(a, own, error);
  }
  return done;
}

/* Without a name it is two bundles run into one; under a name the later holds, and is said to. */
static gboolean is_one(const PlnBundle *bundle, const char *text, GError **error) {
  g_autofree char *words = g_strstrip(g_strdup(text));
  for (guint k = 1; strcmp(bundle->name, words) == 0 && k < bundle->changes->len; k++) {
    g_autofree char *target = pln_change_target(bundle->changes->pdata[k]);
    g_autofree char *later = pln_change_text(bundle->changes->pdata[k]);
    for (guint i = 0; i < k; i++) {
      g_autofree char *other = pln_change_target(bundle->changes->pdata[i]);
      g_autofree char *earlier = pln_change_text(bundle->changes->pdata[i]);
      if (strcmp(target, other) == 0 && strcmp(earlier, later) != 0)
        return pln_asked_fail(error, "%s is set twice in one bundle; expected it once, or a bundle "
                              "each: --set \"%s\" --set \"%s\"", target, earlier, later);
    }
  }
  return TRUE;
}

static gboolean read_sets(Asked *a, const PlnArgs *args, GError **error) {
  const char *const *texts = pln_args_values(args, "set");
  for (gsize k = 0; texts[k]; k++) {
    PlnBundle *bundle = pln_bundle_read(texts[k], error);
    if (!bundle)
      return FALSE;
    g_ptr_array_add(a->bundles, bundle);
    if (!is_one(bundle, texts[k], error))
      return FALSE;
    pln_words_add_option(a->r->command, "set", texts[k]);
  }
  return TRUE;
}

/* A state is taken out of a bloc, and does not fall apart itself. */
static gboolean splits_blocs(const Asked *a, const PlnBundle *bundle, GError **error) {
  const PlnWorld *world = a->r->scenario->world;
  for (guint k = 0; k < bundle->changes->len; k++) {
    const PlnChange *c = bundle->changes->pdata[k];
    if (c->kind == PLN_CHANGE_SPLIT && !pln_world_bloc(world, c->who) &&
        pln_world_state(world, c->who))
      return pln_asked_fail(error, "\"split %s\" is of a state; expected a bloc's id, or "
                            "\"split BLOC:%s\" to take it out of that bloc", c->who, c->who);
  }
  return TRUE;
}

/* Tables tell bundles apart by their names. */
static gboolean names_differ(const Asked *a, GError **error) {
  g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint k = 0; k < a->bundles->len; k++) {
    PlnBundle *bundle = a->bundles->pdata[k];
    if (!g_hash_table_add(names, bundle->name))
      return pln_asked_fail(error, "two bundles are called \"%s\"; expected a name of its own for "
                            "each: --set \"NAME: CHANGE; CHANGE\"", bundle->name);
    if (strcmp(bundle->name, "as it is") == 0)
      return pln_asked_fail(error, "a bundle is called \"as it is\", as the scenario without changes is "
                            "here; expected another name");
  }
  return TRUE;
}

static gboolean read_bundles(Asked *a, const PlnArgs *args, GError **error) {
  if (!read_edits(a, args, error) || !read_sets(a, args, error))
    return FALSE;
  if (a->bundles->len == 0)
    return pln_asked_fail(error, "nothing is asked; expected --set \"vote RUS=N\", --edits FILE, or an "
                          "edits.csv in the scenario's folder");
  if (a->bundles->len > MOST_BUNDLES)
    return pln_asked_fail(error, "%u bundles; expected %u at the most (`plenary sweep` runs more)",
                          a->bundles->len, MOST_BUNDLES);
  for (guint k = 0; k < a->bundles->len; k++)
    if (!splits_blocs(a, a->bundles->pdata[k], error))
      return FALSE;
  return names_differ(a, error);
}

/* ---- The other words ---- */

/* Before the work, of which there may be much. */
static gboolean table_is_there(const PlnArgs *args, GError **error) {
  static const char *const tables[] = {"compared", "changes", "clashes",  "outcomes",
                                       "moves",    "left_out", "notes", NULL};
  const char *name = pln_args_value(args, "table");
  if (!name || g_strv_contains(tables, name))
    return TRUE;
  g_autofree char *shown = pln_text_visible(name), *known = g_strjoinv(", ", (char **)tables);
  return pln_asked_fail(error, "no table \"%s\" here; expected one of %s", shown, known);
}

static gboolean read_method(Asked *a, const PlnArgs *args, GError **error) {
  const char *names[PLN_METHODS + 1] = {NULL}, *name = pln_args_value(args, "method");
  for (gsize k = 0; pln_methods[k]; k++)
    names[k] = pln_methods[k]->name;
  if (!name)
    return TRUE;
  g_autofree char *all = g_strjoinv(", ", (char **)names);
  g_autofree char *expected = g_strdup_printf("one of %s", all);
  a->options.run.method = pln_method_find(name);
  if (!a->options.run.method)
    return pln_asked_refuse(error, "unknown method", name, expected, names);
  pln_words_add_option(a->r->command, "method", name);
  return TRUE;
}

static gboolean read_study(Asked *a, const PlnArgs *args, GError **error) {
  guint study = a->options.run.study;
  if (!pln_forecast_request_word(a->r, args, "study", pln_run_study_words, &study, error))
    return FALSE;
  a->options.run.study = (PlnRunStudy)study;
  a->options.study_asked = pln_args_value(args, "study") != NULL;
  return TRUE;
}

static gboolean read_all(Asked *a, const PlnArgs *args, GError **error) {
  PlnRunnerOptions *run = &a->options.run;
  guint draws = DRAWS;
  *run = pln_runner_options();
  run->electorate = a->r->electorate;
  run->recurrence = a->r->recurrence;
  run->in_sample = a->r->in_sample;
  run->seed = a->r->seed;
  run->threads = a->r->threads;
  a->options.bundles = a->bundles;
  gboolean done = table_is_there(args, error) && read_bundles(a, args, error) &&
                  read_study(a, args, error) &&
                  pln_forecast_request_proposal(a->r, args, &run->proposal, error) &&
                  pln_forecast_request_stage(a->r, args, &run->stage, error) &&
                  pln_forecast_request_day(a->r, args, &run->as_of, error) &&
                  pln_forecast_request_rule(a->r, args, &run->rule, error) &&
                  read_method(a, args, error) &&
                  pln_forecast_request_count(a->r, args, "draws", LEAST_DRAWS, MOST_DRAWS, &draws,
                                             error);
  run->draws = draws;
  return done;
}

/* ---- The work ---- */

static PlnComparison *work(Asked *a, GError **error) {
  if (!a->r->electorate && pln_comparison_study(a->r->scenario, &a->options) == PLN_RUN_PROJECT) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "a projection rests on an electorate: %s",
                a->r->no_electorate ? a->r->no_electorate : "there is none");
    return NULL;
  }
  g_autoptr(PlnProgress) progress = pln_progress_new(
      STDERR_FILENO, "comparing", pln_comparison_steps(a->r->scenario, &a->options));
  a->options.progress = progress;
  PlnComparison *c = pln_comparison_new(a->r->scenario, &a->options, error);
  a->options.progress = NULL;
  return c;
}

static PlnDoc *compose(Asked *a, const PlnArgs *args, const PlnComparison *c) {
  PlnDoc *doc = pln_doc_new();
  g_autofree char *citations = pln_compose_comparison_citations(c);
  PlnComposeComparisonOptions how = {.full = pln_args_flag(args, "full"), .notes = a->r->notes};
  pln_compose_comparison(doc, c, &how);
  if (how.full && pln_output_is_page(args))
    pln_words_add_option(a->r->command, "full", NULL);
  pln_forecast_request_finish(a->r, c->weakest, pln_world_keep(a->r->world, citations));
  return doc;
}

PlnDoc *pln_whatif_document(PlnForecastRequest *r, const PlnArgs *args, GError **error) {
  Asked asked = {.r = r, .bundles = g_ptr_array_new_with_free_func(pln_bundle_free)};
  g_autoptr(PlnComparison) c = read_all(&asked, args, error) ? work(&asked, error) : NULL;
  PlnDoc *doc = c ? compose(&asked, args, c) : NULL;
  g_clear_pointer(&c, pln_comparison_free);
  g_ptr_array_unref(asked.bundles);
  return doc;
}

int pln_run_whatif(const PlnArgs *args, GError **error) {
  return pln_forecast_request_run(args, "plenary whatif", pln_whatif_document, "compared", error);
}
