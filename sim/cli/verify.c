/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs the command that an output names again, and compares. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "plenary/backtest.h"
#include "plenary/forecast_request.h"
#include "plenary/output.h"
#include "plenary/request.h"
#include "plenary/text.h"
#include "plenary/verify_part.h"
#include "plenary/version.h"
#include "plenary/votes_request.h"

const PlnOption pln_verify_options[] = {{NULL, 0, NULL, NULL, NULL}};

gboolean pln_verify_fail(GError **error, int code, const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_autofree char *said = g_strdup_vprintf(format, args);
  va_end(args);
  g_autofree char *text = pln_text_visible(said);
  g_set_error_literal(error, PLN_ERROR, code, text);
  return FALSE;
}

/* Where the scenario called @id lies: as named, beside the output, or in scenarios/. */
char *pln_verify_scenario(const char *id, const char *named, const char *output, GError **error) {
  if (named)
    return g_strdup(named);
  g_autofree char *dir = g_path_get_dirname(output);
  g_autofree char *data = pln_data_folder(NULL);
  g_autofree char *shipped = data ? g_path_get_dirname(data) : g_strdup(".");
  g_autofree char *name = g_path_get_basename(id); /* an output is a stranger's: no paths */
  char *places[] = {g_build_filename(".", name, NULL), g_build_filename(dir, name, NULL),
                    g_build_filename("scenarios", name, NULL),
                    g_build_filename(shipped, "scenarios", name, NULL)};
  char *found = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
    if (!found && g_file_test(places[i], G_FILE_TEST_IS_DIR))
      found = g_steal_pointer(&places[i]);
    g_free(places[i]);
  }
  if (!found)
    pln_verify_fail(error, PLN_ERROR_FAILED,
         "the scenario %s is not to be found; expected its folder as second operand", name);
  return found;
}

static const char *said_of(const json_t *listed, gsize place, const char *key) {
  return json_string_value(json_object_get(json_array_get(listed, place), key));
}

static gboolean same_input(const json_t *listed, gsize place, const PlnInput *input,
                           const char *where, GError **error) {
  const char *file = said_of(listed, place, "file"), *sha = said_of(listed, place, "sha256");
  if (g_strcmp0(file, input->name) == 0 && g_strcmp0(sha, input->sha256) == 0)
    return TRUE;
  return pln_verify_fail(error, PLN_ERROR_VERIFIED,
              "not verified: %s %s has changed since (%.12s then, %.12s now)", where, input->name,
              sha ? sha : "absent", input->sha256);
}

/* Says which inputs are not those of the output. */
gboolean pln_verify_inputs(const json_t *listed, const GArray *inputs, const char *where,
                           GError **error) {
  for (guint i = 0; i < inputs->len; i++)
    if (!same_input(listed, i, &g_array_index(inputs, PlnInput, i), where, error))
      return FALSE;
  if (json_array_size(listed) != inputs->len)
    return pln_verify_fail(error, PLN_ERROR_VERIFIED, "not verified: %s had %u files then and has %u now",
                where, (guint)json_array_size(listed), inputs->len);
  return TRUE;
}

static guint line_of_difference(const char *a, const char *b) {
  guint line = 1;
  for (; *a && *a == *b; a++, b++)
    line += *a == '\n';
  return line;
}

/* Compares what is computed now, @again, with the output's bytes. */
gboolean pln_verify_compare(const char *path, const char *text, const json_t *provenance,
                            const char *again, const char *command, GError **error) {
  const char *version = json_string_value(json_object_get(provenance, "version"));
  gboolean other = g_strcmp0(version, PLN_VERSION) != 0;
  if (strcmp(again, text) != 0)
    return pln_verify_fail(error, PLN_ERROR_VERIFIED, "not verified: %s:%u differs from what %s gives now%s%s%s",
                path, line_of_difference(text, again), command,
                other ? " (it was written by version " : "", other && version ? version : "",
                other ? ")" : "");
  g_autofree char *shown = pln_text_visible(path);
  printf("%s: verified: %s gives the same bytes\n", shown, command);
  return TRUE;
}

/* The command in the output, as words.  The canonical form holds none of these options; a
 * stranger's output must not make us read or write files of its choosing. */
static PlnArgs *parse_command(const char *command, GError **error) {
  static const char *const of_replay[] = {"set-file", "output", NULL};
  static const char *const of_votes[] = {"format", "table", "output", "threads", NULL};
  int argc = 0;
  g_auto(GStrv) argv = NULL;
  gboolean read = command && g_shell_parse_argv(command, &argc, &argv, NULL) && argc >= 3 &&
                  strcmp(argv[0], "plenary") == 0;
  gboolean replay = read && strcmp(argv[1], "replay") == 0;
  gboolean backtest = read && strcmp(argv[1], "backtest") == 0;
  gboolean forecast = read && pln_verify_forecast(argv[1]);
  if (!replay && !backtest && !forecast && !(read && strcmp(argv[1], "estimate") == 0)) {
    pln_verify_fail(error, PLN_ERROR_DATA,
         "the output names no command that can be run again; expected JSON written by plenary "
         "replay, project, bargain, power, coalition, ratify, whatif, sensitivity, whip, reconstruct, estimate or "
         "backtest with --format json");
    return NULL;
  }
  g_autoptr(PlnArgs) args = pln_args_parse(pln_command_find(argv[1]), argc - 2, argv + 2, error);
  if (!args)
    return NULL;
  guint operands = backtest ? pln_backtest_operands(args->rest[0]) : 1;
  gboolean canonical = operands > 0 && pln_args_operands(args, operands, operands, NULL);
  const char *const *foreign = replay ? of_replay : of_votes;
  for (gsize k = 0; foreign[k]; k++)
    canonical &= pln_args_value(args, foreign[k]) == NULL;
  if (canonical)
    return g_steal_pointer(&args);
  pln_verify_fail(error, PLN_ERROR_DATA, "the output's command is not in canonical form");
  return NULL;
}

/* ---- A replay ---- */

static gboolean verify_replay(const PlnArgs *args, const PlnArgs *command, const char *text,
                              const json_t *provenance, GError **error) {
  const char *path = args->rest[0];
  if (!pln_args_operands(args, 1, 2, error))
    return FALSE;
  g_autofree char *folder = pln_verify_scenario(command->rest[0], args->rest[1], path, error);
  g_autoptr(PlnRequest) r = folder ? pln_request_new(command, folder, error) : NULL;
  if (!r ||
      !pln_verify_inputs(json_object_get(provenance, "inputs"), r->scenario->inputs, "the scenario's",
                   error) ||
      !pln_verify_inputs(json_object_get(provenance, "data"), pln_world_inputs(r->world), "the shipped",
                   error))
    return FALSE;
  g_autoptr(PlnDoc) doc = pln_doc_new();
  pln_compose_replay(doc, r->replay, &(PlnComposeOptions){NULL, FALSE});
  g_autofree char *again = pln_write_json(doc, &r->provenance);
  return pln_verify_compare(path, text, provenance, again, r->command, error);
}

/* ---- A study of roll calls ---- */

/* A file or folder that the command names, and where it lies. */
typedef struct {
  char **name;       /* in the command, where the path replaces it */
  int place;         /* of a file among the inputs; -1: it was not said */
  const char *label; /* of a folder: how its files begin among the inputs; NULL: a file */
} Named;

enum { NAMED_MOST = 6 };

/* Where the command has the value of @option that counts, or NULL. */
static char **last_of(const PlnArgs *command, const char *option) {
  gsize at = 0;
  while (command->options[at].name && strcmp(command->options[at].name, option) != 0)
    at++;
  char **values = command->options[at].name ? command->value[at] : NULL;
  return values ? &values[g_strv_length(values) - 1] : NULL;
}

static gboolean is_called(const char *path, const char *name) {
  g_autofree char *last = g_path_get_basename(path);
  return strcmp(last, name) == 0;
}

/* A path says more than a name. */
static gboolean is_plain(const char *name) {
  return is_called(name, name) && !strchr(name, '/') && strcmp(name, ".") != 0 &&
         strcmp(name, "..") != 0;
}

/* A name of data/positions, unless an operand is called so. */
static gboolean is_shipped(const char *name, const PlnArgs *args) {
  g_autofree char *data = pln_data_folder(NULL);
  g_autofree char *folder = data ? g_build_filename(data, "positions", name, NULL) : NULL;
  for (gsize k = 1; args->rest[k]; k++)
    if (is_called(args->rest[k], name))
      return FALSE;
  return folder && is_plain(name) && g_file_test(folder, G_FILE_TEST_IS_DIR);
}

/* The place of the file @name among the inputs, from the end (the scenario's come first, and one
 * of them may be called the same), @skip of that name passed over; or -1. */
static int place_of_file(const json_t *listed, const char *name, guint skip) {
  for (gsize i = json_array_size(listed); i > 0; i--)
    if (g_strcmp0(said_of(listed, i - 1, "file"), name) == 0 && skip-- == 0)
      return (int)(i - 1);
  return -1;
}

/* Of a forecast: what comes from outside of the scenario and the shipped tables. */
static guint list_outside(const PlnArgs *args, const PlnArgs *command, const json_t *listed,
                          Named *named) {
  static const char *const folders[][2] = {{"electorate", "electorate-"}, {"also", "also"}};
  char **history = last_of(command, "history"), **list = last_of(command, "roll-calls");
  guint n = 0;
  if (history) {
    guint skip = list && strcmp(*history, *list) == 0;
    named[n++] = (Named){history, place_of_file(listed, *history, skip), NULL};
  }
  if (list)
    named[n++] = (Named){list, place_of_file(listed, *list, 0), NULL};
  char **store = last_of(command, "store"); /* a sweep's runs */
  if (store)
    named[n++] = (Named){store, place_of_file(listed, *store, 0), NULL};
  char **edits = last_of(command, "edits");
  if (edits)
    named[n++] = (Named){edits, place_of_file(listed, *edits, 0), NULL};
  for (gsize k = 0; k < G_N_ELEMENTS(folders); k++) {
    char **name = last_of(command, folders[k][0]);
    if (name && !is_shipped(*name, args))
      named[n++] = (Named){name, -1, folders[k][1]};
  }
  return n;
}

/* What the command reads, in the order in which it becomes inputs: votes, list, members, the
 * shipped table of codes, votes hidden or revealed, the electorate. */
static guint list_named(const PlnArgs *args, const PlnArgs *command, const json_t *listed,
                        Named *named) {
  static const char *const options[] = {"roll-calls", "members", "hide", "reveal", "electorate"};
  if (pln_verify_forecast(command->command))
    return list_outside(args, command, listed, named);
  gboolean backtest = strcmp(command->command, "backtest") == 0;
  guint n = 0;
  int place = 0;
  if (command->rest[backtest])
    named[n++] = (Named){&command->rest[backtest], place++, NULL};
  char **capability = last_of(command, "capability"); /* of dossiers: a file, unless it is a word */
  if (capability && !g_strv_contains(pln_backtest_capabilities, *capability))
    named[n++] = (Named){capability, place++, NULL};
  for (gsize k = 0; k < (backtest ? G_N_ELEMENTS(options) : 2); k++) {
    char **name = last_of(command, options[k]);
    place += k == 2; /* the shipped table of codes */
    if (name)
      named[n++] = k == 4 ? (Named){name, -1, *name} : (Named){name, place++, NULL};
  }
  return n;
}

/* The hash of the file @path; NULL where it cannot be read.  (transfer full) */
static char *hash_of(const char *path) {
  g_autoptr(GMappedFile) file =
      g_file_test(path, G_FILE_TEST_IS_REGULAR) ? g_mapped_file_new(path, FALSE, NULL) : NULL;
  g_autoptr(GBytes) bytes = file ? g_mapped_file_get_bytes(file) : NULL;
  return bytes ? g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes) : NULL;
}

static gboolean has_hash(const char *path, const char *sha256) {
  g_autofree char *now = hash_of(path);
  return g_strcmp0(now, sha256) == 0;
}

/* Where it lies: an operand of that name, of several the one that has the hash; else beside the
 * output, else here.  (transfer full); NULL and an error */
static char *find_named(const Named *named, const char *sha256, const PlnArgs *args, GError **error) {
  const char *name = *named->name;
  g_autofree char *dir = g_path_get_dirname(args->rest[0]);
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
  for (gsize k = 1; args->rest[k]; k++)
    if (is_called(args->rest[k], name))
      g_ptr_array_add(found, g_strdup(args->rest[k]));
  const char *const folders[] = {dir, "."};
  gboolean given = found->len > 0 || strcmp(name, "-") == 0; /* standard input is never guessed */
  for (gsize k = 0; !given && k < G_N_ELEMENTS(folders); k++) {
    g_autofree char *path = g_build_filename(folders[k], name, NULL);
    if (g_file_test(path, named->label ? G_FILE_TEST_IS_DIR : G_FILE_TEST_IS_REGULAR))
      return g_steal_pointer(&path);
  }
  for (guint k = 0; sha256 && k < found->len; k++)
    if (has_hash(found->pdata[k], sha256))
      return g_strdup(found->pdata[k]);
  if (found->len > 0)
    return g_strdup(found->pdata[0]);
  if (strcmp(name, "-") == 0)
    pln_verify_fail(error, PLN_ERROR_FAILED,
         "the votes came from standard input; expected - as operand, and them there");
  else
    pln_verify_fail(error, PLN_ERROR_FAILED,
         "%s, which the output was made from, is not to be found; expected it beside the "
         "output, in the current folder, or as operand",
         name);
  return NULL;
}

/* FALSE where an operand is none of what the command reads.
 * @scenario: (nullable) */
static gboolean operands_named(const PlnArgs *args, const char *scenario, const Named *named,
                               guint n, GError **error) {
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  if (scenario)
    g_ptr_array_add(names, (gpointer)scenario);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add(names, *named[i].name);
  g_ptr_array_add(names, NULL);
  for (gsize k = 1; args->rest[k]; k++) {
    g_autofree char *last = g_path_get_basename(args->rest[k]);
    if (g_strv_contains((const char *const *)names->pdata, last))
      continue;
    const char *near = pln_text_near(last, (const char *const *)names->pdata);
    g_autofree char *all = g_strjoinv(", ", (char **)names->pdata);
    return pln_verify_fail(error, PLN_ERROR_USAGE,
                "%s is nothing that the output was made from; expected %s%s%s%s%s", args->rest[k],
                names->len > 2 ? "some of " : "", *all ? all : "no further operand", near ? "; did you mean " : "",
                near ? near : "", near ? "?" : "");
  }
  return TRUE;
}

/* Whether @file is one of the folder that the inputs call @label; a label that ends in a dash
 * is continued there. */
static gboolean is_inside(const char *file, const char *label) {
  gsize n = label ? strlen(label) : 0;
  return n > 0 && file && g_str_has_prefix(file, label) && strchr(file, '/') &&
         (label[n - 1] == '-' || file[n] == '/');
}

/* FALSE where a file that the output lists has another hash now: before it is read, as what
 * has changed may have faults too. */
static gboolean unchanged(const json_t *listed, const Named *named, const char *path, GError **error) {
  gsize i;
  const json_t *entry;
  json_array_foreach((json_t *)listed, i, entry) {
    const char *file = json_string_value(json_object_get(entry, "file"));
    const char *sha = json_string_value(json_object_get(entry, "sha256"));
    gboolean inside = is_inside(file, named->label);
    if (!file || !sha || (!inside && (named->place < 0 || i != (gsize)named->place)))
      continue;
    g_autofree char *last = g_path_get_basename(file);
    g_autofree char *where = inside ? g_build_filename(path, last, NULL) : g_strdup(path);
    g_autofree char *now = hash_of(where);
    if (now && strcmp(now, sha) != 0)
      return pln_verify_fail(error, PLN_ERROR_VERIFIED,
                  "not verified: the input %s has changed since (%.12s then, %.12s now)", where,
                  sha, now);
  }
  return TRUE;
}

/* Puts paths for the names in @command.
 * @scenario: (nullable): the name of one, which may be an operand too */
static gboolean find_all(const PlnArgs *args, const PlnArgs *command, const char *scenario,
                         const json_t *listed, GError **error) {
  Named named[NAMED_MOST];
  g_auto(GStrv) paths = g_new0(char *, NAMED_MOST + 1);
  guint n = list_named(args, command, listed, named);
  for (guint i = 0; i < n; i++) /* an output is a stranger's: no paths */
    if (!is_plain(*named[i].name))
      return pln_verify_fail(error, PLN_ERROR_DATA,
                  "the output's command is not in canonical form: it names \"%s\"", *named[i].name);
  if (!operands_named(args, scenario, named, n, error))
    return FALSE;
  for (guint i = 0; i < n; i++) {
    const char *sha256 = named[i].place < 0 ? NULL : said_of(listed, (gsize)named[i].place, "sha256");
    paths[i] = find_named(&named[i], sha256, args, error);
    if (!paths[i] || !unchanged(listed, &named[i], paths[i], error))
      return FALSE;
  }
  for (guint i = 0; i < n; i++) {
    gboolean bare = named[i].label && !strchr(paths[i], '/'); /* may be a shipped one's name too */
    g_free(*named[i].name);
    *named[i].name = bare ? g_build_filename(".", paths[i], NULL) : g_steal_pointer(&paths[i]);
  }
  return TRUE;
}

static gboolean verify_study(const PlnArgs *args, PlnArgs *command, const char *text,
                             const json_t *provenance, GError **error) {
  const json_t *listed = json_object_get(provenance, "inputs");
  pln_progress_catch();
  if (!find_all(args, command, NULL, listed, error))
    return FALSE;
  g_autoptr(PlnVotesStudy) study = strcmp(command->command, "backtest") == 0
                                       ? pln_votes_study_backtest(command, error)
                                       : pln_votes_study_estimate(command, error);
  if (!study)
    return FALSE;
  const PlnVotesRequest *r = study->request;
  if (!pln_verify_inputs(listed, r->inputs, "the input", error) ||
      !pln_verify_inputs(json_object_get(provenance, "data"), pln_world_inputs(r->world), "the shipped",
                   error) ||
      !pln_votes_study_run(study, error))
    return FALSE;
  g_autofree char *again = pln_write_json(study->doc, &r->provenance);
  return pln_verify_compare(args->rest[0], text, provenance, again, r->command->str, error);
}

/* ---- A forecast ---- */

/* FALSE where what was read is not what the output lists: before the forecast, which takes its
 * time.  What --redact hides is told apart afterwards. */
static gboolean same_so_far(const json_t *listed, const PlnForecastRequest *r, GError **error) {
  const GArray *parts[] = {r->scenario->inputs, r->inputs};
  gsize place = 0;
  for (gsize p = 0; p < G_N_ELEMENTS(parts); p++)
    for (guint i = 0; i < parts[p]->len; i++, place++) {
      const PlnInput *input = &g_array_index(parts[p], PlnInput, i);
      if (g_strcmp0(said_of(listed, place, "sha256"), "redacted") != 0 &&
          !same_input(listed, place, input, "the input", error))
        return FALSE;
    }
  return TRUE;
}

/* Of the operands one may be the scenario; the others are files from outside. */
static gboolean verify_forecast(const PlnArgs *args, PlnArgs *command, const char *text,
                                const json_t *provenance, GError **error) {
  const PlnVerifyForecast *kind = pln_verify_forecast(command->command);
  const json_t *listed = json_object_get(provenance, "inputs");
  const char *id = command->rest[0], *given = NULL;
  for (gsize k = 1; args->rest[k] && !given; k++)
    given = is_called(args->rest[k], id) ? args->rest[k] : NULL;
  if (!is_plain(id))
    return pln_verify_fail(error, PLN_ERROR_DATA,
                "the output's command is not in canonical form: it names \"%s\"", id);
  if (!find_all(args, command, id, listed, error))
    return FALSE;
  g_autofree char *folder = pln_verify_scenario(id, given, args->rest[0], error);
  g_autoptr(PlnForecastRequest) r =
      folder ? pln_forecast_request_new(command, kind->words, folder, error) : NULL;
  if (!r || !same_so_far(listed, r, error) ||
      !pln_verify_inputs(json_object_get(provenance, "data"), pln_world_inputs(r->world), "the shipped",
                   error))
    return FALSE;
  pln_progress_catch();
  g_autoptr(PlnDoc) doc = kind->document(r, command, error);
  if (!doc || !pln_verify_inputs(listed, r->inputs, "the input", error))
    return FALSE;
  g_autofree char *again = pln_write_json(doc, &r->provenance);
  return pln_verify_compare(args->rest[0], text, provenance, again, r->command->str, error);
}

int pln_run_verify(const PlnArgs *args, GError **error) {
  if (!pln_args_operands(args, 1, 1 + NAMED_MOST, error))
    return PLN_ERROR_USAGE;
  const char *path = args->rest[0];
  g_autofree char *text = NULL;
  g_autoptr(GError) why = NULL;
  gsize length;
  if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
    pln_verify_fail(error, PLN_ERROR_DATA, "%s: there is no such file; expected an output of plenary",
                    path);
    return PLN_ERROR_DATA;
  }
  if (!g_file_get_contents(path, &text, &length, &why)) {
    pln_verify_fail(error, PLN_ERROR_FAILED, "%s", why->message);
    return PLN_ERROR_FAILED;
  }
  if (pln_verify_is_page(text))
    return pln_verify_page(args, text, NULL, error) ? 0 : PLN_ERROR_FAILED;
  json_error_t at;
  json_t *output = json_loadb(text, length, JSON_REJECT_DUPLICATES, &at);
  if (!output) {
    pln_verify_fail(error, PLN_ERROR_DATA,
         "%s:%d:%d: %s; expected JSON written by plenary replay, project, bargain, power, coalition, "
         "ratify, whatif, sensitivity, whip, reconstruct, estimate or backtest",
         path, at.line, at.column, at.text);
    return PLN_ERROR_DATA;
  }
  const json_t *provenance = json_object_get(output, "provenance");
  const char *named = json_string_value(json_object_get(provenance, "command"));
  gboolean report = named && g_str_has_prefix(named, "plenary report ");
  g_autoptr(PlnArgs) command = report ? NULL : parse_command(named, error);
  gboolean same = report && pln_verify_page(args, text, provenance, error);
  if (command && strcmp(command->command, "replay") == 0)
    same = verify_replay(args, command, text, provenance, error);
  else if (command && pln_verify_forecast(command->command))
    same = verify_forecast(args, command, text, provenance, error);
  else if (command)
    same = verify_study(args, command, text, provenance, error);
  json_decref(output);
  if (same)
    return 0;
  if (!pln_progress_interrupted())
    return PLN_ERROR_FAILED; /* or what the error's code says */
  g_clear_error(error);      /* its code would be the exit status */
  fprintf(stderr, "plenary: interrupted; not verified\n");
  return 130;
}
