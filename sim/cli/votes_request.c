/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/votes_request.h"

#include <math.h>
#include <string.h>

#include "plenary/load.h"
#include "plenary/output.h"
#include "plenary/roll_calls.h"
#include "plenary/text.h"
#include "plenary/version.h"

gboolean pln_args_number(const PlnArgs *args, const char *option, double least, double most,
                         double *number, GError **error) {
  const char *value = pln_args_value(args, option);
  char *end = NULL;
  double read = value ? g_ascii_strtod(value, &end) : *number;
  if (!value)
    return TRUE;
  if (*value && !*end && read >= least && read <= most) {
    *number = read;
    return TRUE;
  }
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "--%s is \"%s\"; expected a number from %g to %g",
              option, value, least, most);
  return FALSE;
}

gboolean pln_args_count(const PlnArgs *args, const char *option, guint least, guint most,
                        guint *count, GError **error) {
  const char *value = pln_args_value(args, option);
  guint64 read = 0;
  if (!value)
    return TRUE;
  if (g_ascii_string_to_unsigned(value, 10, least, most, &read, NULL)) {
    *count = (guint)read;
    return TRUE;
  }
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "--%s is \"%s\"; expected a whole number from %u to %u",
              option, value, least, most);
  return FALSE;
}

/* A word as a shell would need it, so that the command can be run again. */
static void add_word(GString *command, const char *word) {
  gboolean plain = *word != '\0';
  for (const char *c = word; *c; c++)
    plain &= g_ascii_isalnum(*c) || strchr("_-+=:./,@%", *c) != NULL;
  g_autofree char *quoted = plain ? g_strdup(word) : g_shell_quote(word);
  g_string_append_printf(command, " %s", quoted);
}

void pln_votes_request_say(PlnVotesRequest *r, const char *option, const char *value) {
  g_string_append_printf(r->command, " --%s", option);
  if (value)
    add_word(r->command, value);
}

/* FALSE where the option has another value than one of @words; *which: its place, kept
 * where it is not given. */
static gboolean one_of(const PlnArgs *args, const char *option, const char *const *words,
                       guint *which, GError **error) {
  const char *value = pln_args_value(args, option);
  if (!value)
    return TRUE;
  for (guint k = 0; words[k]; k++)
    if (strcmp(value, words[k]) == 0) {
      *which = k;
      return TRUE;
    }
  g_autofree char *all = g_strjoinv(words[2] ? ", " : " or ", (char **)words);
  const char *near = pln_text_near(value, words);
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "--%s is \"%s\"; expected %s%s%s%s%s", option, value,
              words[2] ? "one of " : "", all,
              near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
  return FALSE;
}

static gboolean read_sessions(PlnVotesRequest *r, const PlnArgs *args, GError **error) {
  const char *value = pln_args_value(args, "sessions");
  guint64 from, to;
  if (!value)
    return TRUE;
  g_auto(GStrv) parts = g_strsplit(value, "-", 2);
  if (parts[0] && g_ascii_string_to_unsigned(parts[0], 10, 0, 10000, &from, NULL) &&
      g_ascii_string_to_unsigned(parts[1] ? parts[1] : parts[0], 10, from, 10000, &to, NULL)) {
    r->options.cells.from = (int)from;
    r->options.cells.to = (int)to;
    return TRUE;
  }
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "--sessions is \"%s\"; expected one session or two with a dash, as 69-73", value);
  return FALSE;
}

static gboolean read_dimensions(PlnVotesRequest *r, const PlnArgs *args, GError **error) {
  PlnFitOptions *fit = &r->options.fit;
  const char *value = pln_args_value(args, "dimensions");
  guint d = 1;
  r->options.choose = g_strcmp0(value, "auto") == 0;
  if (!r->options.choose && !pln_args_count(args, "dimensions", 1, PLN_SPACE_MOST, &d, NULL)) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "--dimensions is \"%s\"; expected a whole number from 1 to %d, or auto", value, PLN_SPACE_MOST);
    return FALSE;
  }
  fit->kind = d > 1 || r->options.choose ? PLN_FIT_SPACE : PLN_FIT_SCALE;
  fit->space.dimensions = d;
  return TRUE;
}

static gboolean read_method(PlnVotesRequest *r, const PlnArgs *args, GError **error) {
  static const char *const methods[] = {"fast", "bayes", NULL};
  PlnFitOptions *fit = &r->options.fit;
  guint method = 0;
  gboolean drift = pln_args_flag(args, "drift");
  if (!one_of(args, "method", methods, &method, error))
    return FALSE;
  if (fit->kind == PLN_FIT_SPACE && (method == 1 || drift)) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "%s is for one dimension; expected --dimensions 1%s", drift ? "--drift" : "--method bayes",
                drift ? " (many dimensions move by --period)" : "");
    return FALSE;
  }
  if (drift && method == 1) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "--drift has a fast fit only; expected no --method bayes");
    return FALSE;
  }
  if (drift)
    fit->kind = PLN_FIT_DRIFT;
  if (method == 1)
    fit->kind = PLN_FIT_POSTERIOR;
  return TRUE;
}

static gboolean read_numbers(PlnVotesRequest *r, const PlnArgs *args, GError **error) {
  static const char *const answers[] = {"ordered", "binary", NULL};
  PlnFitOptions *fit = &r->options.fit;
  guint which = 0, seed = 1, threads = 0;
  r->options.groups = pln_args_flag(args, "groups");
  if (!one_of(args, "answers", answers, &which, error) ||
      !pln_args_number(args, "lopsided", 0, 0.5, &r->options.cells.lopsided, error) ||
      !pln_args_number(args, "decay", 0.5, 1, &fit->decay, error) ||
      !pln_args_number(args, "penalty", 0.01, 1e6, &fit->space.penalty, error) ||
      !pln_args_number(args, "stiffness", 0.01, 1e6, &fit->space.drift, error) ||
      !pln_args_number(args, "flatten", 0, 1e6, &fit->space.flatten, error) ||
      !pln_args_count(args, "period", 0, 1000, &fit->space.period, error) ||
      !pln_args_count(args, "chains", 1, 64, &fit->posterior.chains, error) ||
      !pln_args_count(args, "draws", 4, 1000000, &fit->posterior.draws, error) ||
      !pln_args_count(args, "seed", 0, G_MAXUINT, &seed, error) ||
      !pln_args_count(args, "threads", 1, 1024, &threads, error))
    return FALSE;
  if (fit->kind == PLN_FIT_POSTERIOR && fit->decay < 1) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "--method bayes weighs all votes alike; expected no --decay");
    return FALSE;
  }
  r->options.cells.classes = which == 0 ? 3 : 2;
  fit->space.seed = fit->posterior.seed = seed;
  fit->space.threads = fit->posterior.threads = threads;
  return TRUE;
}

/* The words that are a list or one of many. */
static gboolean read_words(PlnVotesRequest *r, const PlnArgs *args, GError **error) {
  const char *orient = pln_args_value(args, "orient");
  guint format = 0;
  if (orient && !*orient) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "--orient is \"\"; expected voters and their sides, as USA+,CUB-");
    return FALSE;
  }
  r->orient = orient ? g_strsplit(orient, ",", -1) : NULL;
  r->options.orient = (const char *const *)r->orient;
  return one_of(args, "from", pln_roll_calls_formats, &format, error);
}

gboolean pln_votes_request_suits(const PlnVotesRequest *r, const PlnArgs *args, GError **error) {
  static const char *const of_spaces[] = {"period", "penalty", "stiffness", "flatten", NULL};
  static const char *const of_chains[] = {"chains", "draws", NULL};
  PlnFitKind kind = r->options.fit.kind;
  for (gsize k = 0; of_spaces[k] && kind != PLN_FIT_SPACE; k++)
    if (pln_args_value(args, of_spaces[k])) {
      g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "--%s is for many dimensions; expected --dimensions", of_spaces[k]);
      return FALSE;
    }
  for (gsize k = 0; of_chains[k] && kind != PLN_FIT_POSTERIOR; k++)
    if (pln_args_value(args, of_chains[k])) {
      g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "--%s is for sampling; expected --method bayes", of_chains[k]);
      return FALSE;
    }
  if (!r->options.groups || kind == PLN_FIT_SPACE)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "--groups is for many dimensions; expected --dimensions");
  return FALSE;
}

/* What changes the result, in the order of the options; not threads, not files. */
static void say_options(PlnVotesRequest *r, const PlnArgs *args) {
  static const char *const said[] = {"from", "sessions", "lopsided", "answers", "dimensions", "method",
                                     "period", "decay", "penalty", "stiffness", "flatten", "orient", "chains", "draws"};
  for (gsize k = 0; k < G_N_ELEMENTS(said); k++)
    if (pln_args_value(args, said[k]))
      pln_votes_request_say(r, said[k], pln_args_value(args, said[k]));
  g_autofree char *seed = g_strdup_printf("%" G_GUINT64_FORMAT, r->options.fit.space.seed);
  pln_votes_request_say(r, "seed", seed);
  if (pln_args_flag(args, "drift"))
    pln_votes_request_say(r, "drift", NULL);
  if (pln_args_flag(args, "groups"))
    pln_votes_request_say(r, "groups", NULL);
}

/* Inputs are named as in the command, without the folders they lie in: the same files give the
 * same bytes wherever they are. */
static void name_inputs(PlnVotesRequest *r, const PlnRollCallsOptions *how) {
  const char *const paths[] = {how->votes, how->list, how->members};
  for (guint k = 0; k < r->inputs->len; k++) {
    PlnInput *input = &g_array_index(r->inputs, PlnInput, k);
    for (gsize p = 0; p < G_N_ELEMENTS(paths); p++) {
      if (g_strcmp0(input->name, paths[p]) != 0)
        continue;
      g_autofree char *path = g_steal_pointer(&input->name);
      input->name = g_path_get_basename(path);
      break;
    }
  }
}

static gboolean read_votes(PlnVotesRequest *r, const PlnArgs *args, const char *path, GError **error) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  PlnRollCallsOptions how = {.votes = path,
                             .list = pln_args_value(args, "roll-calls"),
                             .members = pln_args_value(args, "members"),
                             .format = pln_args_value(args, "from"),
                             .from = r->options.cells.from,
                             .to = r->options.cells.to,
                             .notes = r->notes,
                             .inputs = r->inputs};
  r->matrix = pln_roll_calls_load(r->world, &how, faults);
  name_inputs(r, &how);
  if (r->matrix)
    return TRUE;
  g_autofree char *text = pln_faults_text(faults);
  guint n = pln_faults_count(faults);
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "%s%u fault%s; nothing was written", text, n, n == 1 ? "" : "s");
  return FALSE;
}

PlnVotesRequest *pln_votes_request_new(const PlnArgs *args, const char *command, const char *path,
                                       GError **error) {
  g_autoptr(PlnVotesRequest) r = g_new0(PlnVotesRequest, 1);
  r->command = g_string_new(command);
  r->name = strcmp(path, "-") == 0 ? g_strdup("-") : g_path_get_basename(path);
  r->notes = g_ptr_array_new_with_free_func(g_free);
  r->inputs = pln_inputs_new();
  r->options = pln_estimate_options();
  if (!read_words(r, args, error) || !read_sessions(r, args, error) || !read_dimensions(r, args, error) ||
      !read_method(r, args, error) || !read_numbers(r, args, error))
    return NULL;
  say_options(r, args);
  r->world = pln_open_world(error);
  if (!r->world || !read_votes(r, args, path, error))
    return NULL;
  return g_steal_pointer(&r);
}

void pln_votes_request_finish(PlnVotesRequest *r) {
  add_word(r->command, r->name);
  r->provenance = (PlnProvenance){PLN_VERSION, r->command->str, "", "", r->inputs,
                                  pln_world_inputs(r->world)};
}

void pln_votes_request_free(PlnVotesRequest *r) {
  if (!r)
    return;
  pln_vote_matrix_free(r->matrix);
  g_clear_pointer(&r->world, pln_world_unref);
  g_clear_pointer(&r->notes, g_ptr_array_unref);
  g_clear_pointer(&r->inputs, g_array_unref);
  g_strfreev(r->orient);
  g_string_free(r->command, TRUE);
  g_free(r->name);
  g_free(r);
}
