/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/votes_request.h"

#include <math.h>
#include <string.h>

#include "plenary/asked.h"
#include "plenary/load.h"
#include "plenary/output.h"
#include "plenary/roll_calls.h"
#include "plenary/text.h"
#include "plenary/version.h"
#include "plenary/words.h"

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
  return pln_asked_fail(error, "--%s is \"%s\"; expected a number from %g to %g", option, value,
                        least, most);
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
  return pln_asked_fail(error, "--%s is \"%s\"; expected a whole number from %u to %u", option,
                        value, least, most);
}

void pln_votes_request_say(PlnVotesRequest *r, const char *option, const char *value) {
  pln_words_add_option(r->command, option, value);
}

void pln_votes_request_say_file(PlnVotesRequest *r, const char *option, const char *path) {
  g_autofree char *whole = g_canonicalize_filename(path, NULL); /* "." has a name as well */
  g_autofree char *name = g_path_get_basename(whole);
  pln_votes_request_say(r, option, name);
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
  return pln_asked_fail(error, "--%s is \"%s\"; expected %s%s%s%s%s", option, value,
                        words[2] ? "one of " : "", all, near ? "; did you mean " : "",
                        near ? near : "", near ? "?" : "");
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
  return pln_asked_fail(
      error, "--sessions is \"%s\"; expected one session or two with a dash, as 69-73", value);
}

static gboolean read_dimensions(PlnVotesRequest *r, const PlnArgs *args, GError **error) {
  PlnFitOptions *fit = &r->options.fit;
  const char *value = pln_args_value(args, "dimensions");
  guint d = 1;
  r->options.choose = g_strcmp0(value, "auto") == 0;
  if (!r->options.choose && !pln_args_count(args, "dimensions", 1, PLN_SPACE_MOST, &d, NULL))
    return pln_asked_fail(error,
                          "--dimensions is \"%s\"; expected a whole number from 1 to %d, or auto",
                          value, PLN_SPACE_MOST);
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
    g_set_error(
        error, PLN_ERROR, PLN_ERROR_USAGE, "%s is for one dimension; expected --dimensions 1%s",
        drift ? "--drift" : "--method bayes", drift ? " (many dimensions move by --period)" : "");
    return FALSE;
  }
  if (drift && method == 1) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "--drift has a fast fit only; expected no --method bayes");
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
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "--method bayes weighs all votes alike; expected no --decay");
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

/* FALSE where a pair of --orient has one voter on both sides, or where there are more pairs than
 * dimensions.  Pairs are told apart as pln_estimate_new does. */
static gboolean orient_suits(const PlnVotesRequest *r, GError **error) {
  const PlnFitOptions *fit = &r->options.fit;
  guint d = r->options.choose            ? PLN_SPACE_MOST
            : fit->kind == PLN_FIT_SPACE ? fit->space.dimensions
                                         : 1;
  const char *side[2] = {NULL, NULL};
  guint pairs = 0;
  for (gsize k = 0; r->orient && r->orient[k]; k++) {
    const char *word = r->orient[k];
    gsize n = strlen(word);
    gboolean up = n > 0 && word[n - 1] == '+';
    if (side[up] || pairs == 0) {
      pairs++;
      side[0] = side[1] = NULL;
    }
    side[up] = word;
    if (side[!up] && n > 1 && strlen(side[!up]) == n && strncmp(word, side[!up], n - 1) == 0) {
      g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                  "--orient has %.*s on both sides; expected two voters, as USA+,CUB-",
                  (int)(n - 1), word);
      return FALSE;
    }
  }
  if (pairs <= d)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "--orient has %u pairs and there %s %u dimension%s; expected a pair for each at the most",
              pairs, d == 1 ? "is" : "are", d, d == 1 ? "" : "s");
  return FALSE;
}

gboolean pln_votes_request_suits(const PlnVotesRequest *r, const PlnArgs *args, GError **error) {
  static const char *const of_spaces[] = {"period", "penalty", "stiffness", "flatten", NULL};
  static const char *const of_chains[] = {"chains", "draws", NULL};
  PlnFitKind kind = r->options.fit.kind;
  for (gsize k = 0; of_spaces[k] && kind != PLN_FIT_SPACE; k++)
    if (pln_args_value(args, of_spaces[k])) {
      g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                  "--%s is for many dimensions; expected --dimensions", of_spaces[k]);
      return FALSE;
    }
  for (gsize k = 0; of_chains[k] && kind != PLN_FIT_POSTERIOR; k++)
    if (pln_args_value(args, of_chains[k])) {
      g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                  "--%s is for sampling; expected --method bayes", of_chains[k]);
      return FALSE;
    }
  if (!r->options.groups || kind == PLN_FIT_SPACE)
    return orient_suits(r, error);
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "--groups is for many dimensions; expected --dimensions");
  return FALSE;
}

/* What changes the result, in the order of the options; not threads, not folders. */
static void say_options(PlnVotesRequest *r, const PlnArgs *args) {
  static const char *const files[] = {"roll-calls", "members"};
  static const char *const said[] = {"from",       "sessions", "about",  "lopsided", "answers",
                                     "dimensions", "method",   "period", "decay",    "penalty",
                                     "stiffness",  "flatten",  "orient", "chains",   "draws"};
  for (gsize k = 0; k < G_N_ELEMENTS(files); k++)
    if (pln_args_value(args, files[k]))
      pln_votes_request_say_file(r, files[k], pln_args_value(args, files[k]));
  for (gsize k = 0; k < G_N_ELEMENTS(said); k++)
    if (pln_args_value(args, said[k]))
      pln_votes_request_say(r, said[k], pln_args_value(args, said[k]));
  g_autofree char *seed = g_strdup_printf("%" G_GUINT64_FORMAT, r->options.fit.space.seed);
  pln_votes_request_say(r, "seed", seed);
  if (pln_args_flag(args, "drift"))
    pln_votes_request_say(r, "drift", NULL);
  if (pln_args_flag(args, "leave-out"))
    pln_votes_request_say(r, "leave-out", NULL);
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
                             .leave_out = pln_args_flag(args, "leave-out"),
                             .inputs = r->inputs};
  r->matrix = pln_roll_calls_load(r->world, &how, faults);
  name_inputs(r, &how);
  if (r->matrix)
    return TRUE;
  g_autofree char *text = pln_faults_text(faults);
  guint n = pln_faults_count(faults);
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "%s%u fault%s; nothing was written", text, n,
              n == 1 ? "" : "s");
  return FALSE;
}

/* Whether the title has one of the words or phrases, in any case. */
static gboolean is_about(const char *title, char **words) {
  g_autofree char *low = g_utf8_strdown(title, -1);
  for (gsize k = 0; words[k]; k++) {
    g_autofree char *word = g_utf8_strdown(words[k], -1);
    if (*g_strstrip(word) && strstr(low, word))
      return TRUE;
  }
  return FALSE;
}

/* The roll calls of --about alone. */
static gboolean keep_about(PlnVotesRequest *r, const PlnArgs *args, GError **error) {
  const char *about = pln_args_value(args, "about");
  if (!about)
    return TRUE;
  g_auto(GStrv) words = g_strsplit(about, ",", -1);
  g_autofree guint *row = g_new(guint, r->matrix->n_calls + 1);
  guint n = 0, titled = 0;
  for (guint j = 0; j < r->matrix->n_calls; j++) {
    const char *title = r->matrix->call[j].title;
    titled += *title != '\0';
    if (is_about(title, words))
      row[n++] = j;
  }
  if (n == 0) {
    g_autofree char *shown = pln_text_visible(about);
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
                "--about is \"%s\": none of the %u roll calls has that in its title (%u have a "
                "title); expected some, or --roll-calls with titles",
                shown, r->matrix->n_calls, titled);
    return FALSE;
  }
  g_ptr_array_add(r->notes, g_strdup_printf("Of %u roll calls, %u with a title, the %u about %s.",
                                            r->matrix->n_calls, titled, n, about));
  r->whole = r->matrix;
  r->matrix = pln_vote_matrix_pick(r->whole, n, row);
  return TRUE;
}

PlnVotesRequest *pln_votes_request_new(const PlnArgs *args, const char *command, const char *path,
                                       GError **error) {
  g_autoptr(PlnVotesRequest) r = g_new0(PlnVotesRequest, 1);
  r->command = g_string_new(command);
  r->name = strcmp(path, "-") == 0 ? g_strdup("-") : g_path_get_basename(path);
  r->notes = g_ptr_array_new_with_free_func(g_free);
  r->inputs = pln_inputs_new();
  r->options = pln_estimate_options();
  if (!read_words(r, args, error) || !read_sessions(r, args, error) ||
      !read_dimensions(r, args, error) || !read_method(r, args, error) ||
      !read_numbers(r, args, error))
    return NULL;
  say_options(r, args);
  r->world = pln_open_world(error);
  if (!r->world || !read_votes(r, args, path, error) || !keep_about(r, args, error))
    return NULL;
  return g_steal_pointer(&r);
}

void pln_votes_request_finish(PlnVotesRequest *r) {
  if (r->name && r->name[0] == '-' && r->name[1]) /* a name, not an option */
    g_string_append(r->command, " --");
  if (r->name)
    pln_words_add(r->command, r->name);
  r->provenance =
      (PlnProvenance){PLN_VERSION, r->command->str, "", "", r->inputs, pln_world_inputs(r->world)};
}

void pln_votes_request_free(PlnVotesRequest *r) {
  if (!r)
    return;
  pln_vote_matrix_free(r->matrix);
  pln_vote_matrix_free(r->whole);
  g_clear_pointer(&r->world, pln_world_unref);
  g_clear_pointer(&r->notes, g_ptr_array_unref);
  g_clear_pointer(&r->inputs, g_array_unref);
  g_strfreev(r->orient);
  g_string_free(r->command, TRUE);
  g_free(r->name);
  g_free(r);
}

gboolean pln_votes_study_run(PlnVotesStudy *study, GError **error) {
  return study->run(study, error);
}

/* The tables of @section by key, in order. */
static void list_tables(const PlnNode *section, GPtrArray *keys) {
  for (guint i = 0; i < section->nodes->len; i++) {
    const PlnNode *node = section->nodes->pdata[i];
    if (node->kind == PLN_NODE_SECTION)
      list_tables(node, keys);
    else if (node->kind == PLN_NODE_TABLE && node->key)
      g_ptr_array_add(keys, node->key);
  }
}

int pln_votes_study_output(const PlnVotesStudy *study, const PlnArgs *args, const char *table,
                           GError **error) {
  GError *why = NULL;
  int status = pln_output(study->doc, &study->request->provenance, args, table, &why);
  if (!why)
    return status;
  const char *named = pln_args_value(args, "table");
  g_autoptr(GPtrArray) keys = g_ptr_array_new();
  list_tables(pln_doc_root(study->doc), keys);
  g_ptr_array_add(keys, NULL);
  const char *near = named ? pln_text_near(named, (const char *const *)keys->pdata) : NULL;
  if (near && g_error_matches(why, PLN_ERROR, PLN_ERROR_USAGE) && strcmp(near, named) != 0) {
    g_autofree char *said = g_steal_pointer(&why->message);
    why->message = g_strdup_printf("%s; did you mean %s?", said, near);
  }
  g_propagate_error(error, why);
  return status;
}

void pln_votes_study_free(PlnVotesStudy *study) {
  if (!study)
    return;
  if (study->clear)
    study->clear(study);
  pln_estimate_free(study->estimate); /* looks at the request's matrix */
  pln_votes_request_free(study->request);
  pln_electorate_free(study->electorate);
  g_clear_pointer(&study->doc, pln_doc_free);
  g_free(study->hide);
  g_free(study->words);
  g_free(study);
}
