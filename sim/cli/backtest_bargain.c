/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plenary backtest bargain: the words, the dossiers, the study. */
#include <string.h>
#include <unistd.h>

#include "plenary/backtest.h"
#include "plenary/compose_bargain.h"
#include "plenary/output.h"
#include "plenary/text.h"

/* The study that the request's functions know, and what is this one's own. */
typedef struct {
  PlnVotesStudy study; /* first: it is freed as one */
  PlnBargainBacktestOptions options;
  PlnDossiers *dossiers;
  PlnCapabilities *capabilities;
  char *capability;
} BargainStudy;

static void clear(PlnVotesStudy *study) {
  BargainStudy *own = (BargainStudy *)study;
  pln_dossiers_free(own->dossiers);
  pln_capabilities_free(own->capabilities);
  g_free(own->capability);
}

/* Everything that roll calls want, dossiers do not. */
static gboolean refuses(const PlnArgs *args, GError **error) {
  static const char *const wanted[] = {"capability", "bootstrap", "seed",   "threads",
                                       "format",     "table",     "output", NULL};
  for (guint k = 0; args->options[k].name; k++) {
    const char *const one[] = {args->options[k].name, NULL};
    if (!g_strv_contains(wanted, one[0]) && !pln_backtest_refuses(args, "bargain", one, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean faulty(const PlnFaults *faults, GError **error) {
  g_autofree char *text = pln_faults_text(faults);
  guint n = pln_faults_count(faults);
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "%s%u fault%s; nothing was written", text, n,
              n == 1 ? "" : "s");
  return FALSE;
}

/* A word that is neither a table nor a file. */
static gboolean no_table(const char *value, GError **error) {
  const char *near = pln_text_near(value, pln_backtest_capabilities);
  g_set_error(
      error, PLN_ERROR, PLN_ERROR_USAGE,
      "--capability is \"%s\"; expected equal, votes, population or a file that is there%s%s%s",
      value, near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
  return FALSE;
}

static gboolean read_capabilities(BargainStudy *own, const PlnArgs *args, GError **error) {
  PlnVotesRequest *r = own->study.request;
  const char *value = pln_args_value(args, "capability");
  g_autoptr(PlnFaults) faults = pln_faults_new();
  gboolean shipped = value && g_strv_contains(pln_backtest_capabilities, value);
  if (!value || strcmp(value, "equal") == 0) {
    own->capability = g_strdup("equal");
    return TRUE;
  }
  if (!shipped && !g_file_test(value, G_FILE_TEST_EXISTS))
    return no_table(value, error);
  own->capabilities = shipped ? pln_capabilities_shipped(value, r->inputs, faults)
                              : pln_capabilities_load(value, r->inputs, faults);
  if (!own->capabilities)
    return faulty(faults, error);
  own->capability = g_path_get_basename(value);
  own->options.capabilities = own->capabilities;
  return TRUE;
}

static gboolean read_options(BargainStudy *own, const PlnArgs *args, GError **error) {
  guint seed = 1;
  own->options = pln_bargain_backtest_options();
  if (!pln_args_count(args, "bootstrap", 0, 100000, &own->options.bootstrap, error) ||
      !pln_args_count(args, "seed", 0, G_MAXUINT, &seed, error) ||
      !pln_args_count(args, "threads", 1, 1024, &own->options.threads, error))
    return FALSE;
  own->options.seed = seed;
  return TRUE;
}

static gboolean read_dossiers(BargainStudy *own, const char *path, GError **error) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  own->dossiers = pln_dossiers_load(path, own->study.request->inputs, faults);
  return own->dossiers || faulty(faults, error);
}

static void say_options(PlnVotesRequest *r, const BargainStudy *own, const PlnArgs *args) {
  const char *capability = pln_args_value(args, "capability");
  g_autofree char *bootstrap = g_strdup_printf("%u", own->options.bootstrap);
  g_autofree char *seed = g_strdup_printf("%" G_GUINT64_FORMAT, own->options.seed);
  if (capability && g_strv_contains(pln_backtest_capabilities, capability))
    pln_votes_request_say(r, "capability", capability);
  else if (capability)
    pln_votes_request_say_file(r, "capability", capability);
  pln_votes_request_say(r, "bootstrap", bootstrap);
  pln_votes_request_say(r, "seed", seed);
}

static gboolean run(PlnVotesStudy *study, GError **error) {
  BargainStudy *own = (BargainStudy *)study;
  g_autoptr(PlnProgress) progress =
      pln_progress_new(STDERR_FILENO, "forecasting", pln_bargain_backtest_steps(own->dossiers));
  own->options.progress = progress;
  g_autoptr(PlnBargainBacktest) backtest =
      pln_bargain_backtest_new(own->dossiers, &own->options, error);
  g_clear_pointer(&progress, pln_progress_free);
  own->options.progress = NULL;
  if (!backtest)
    return FALSE;
  study->doc = pln_doc_new();
  pln_doc_fact(study->doc, "format", pln_text("plenary-backtest-bargain/1"));
  pln_compose_bargain_backtest(study->doc, backtest, own->capability);
  return TRUE;
}

PlnVotesStudy *pln_votes_study_backtest_bargain(const PlnArgs *args, GError **error) {
  const char *path = args->rest[1];
  if (!refuses(args, error))
    return NULL;
  BargainStudy *own = g_new0(BargainStudy, 1);
  g_autoptr(PlnVotesStudy) study = &own->study;
  PlnVotesRequest *r = study->request = g_new0(PlnVotesRequest, 1);
  study->clear = clear;
  r->command = g_string_new("plenary backtest bargain");
  r->name = g_path_get_basename(path);
  r->inputs = pln_inputs_new();
  r->notes = g_ptr_array_new_with_free_func(g_free);
  if (!read_options(own, args, error))
    return NULL;
  r->world = pln_open_world(error);
  if (!r->world || !read_dossiers(own, path, error) || !read_capabilities(own, args, error))
    return NULL;
  say_options(r, own, args);
  pln_votes_request_finish(r);
  study->run = run;
  return g_steal_pointer(&study);
}
