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
#include "plenary/version.h"
#include "plenary/votes_request.h"

const PlnOption pln_verify_options[] = {{NULL, 0, NULL, NULL, NULL}};

static gboolean fail(GError **error, int code, const char *format, ...) G_GNUC_PRINTF(3, 4);

static gboolean fail(GError **error, int code, const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_autofree char *said = g_strdup_vprintf(format, args);
  va_end(args);
  g_autofree char *text = pln_text_visible(said);
  g_set_error_literal(error, PLN_ERROR, code, text);
  return FALSE;
}

/* Where the scenario called @id lies: as named, beside the output, or in scenarios/. */
static char *find_scenario(const char *id, const char *named, const char *output, GError **error) {
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
    fail(error, PLN_ERROR_FAILED,
         "the scenario %s is not to be found; expected its folder as second operand", name);
  return found;
}

/* Says which inputs are not those of the output. */
static gboolean same_inputs(const json_t *listed, const GArray *inputs, const char *where,
                            GError **error) {
  for (guint i = 0; i < inputs->len; i++) {
    const PlnInput *input = &g_array_index(inputs, PlnInput, i);
    const char *file = NULL, *sha = NULL;
    json_t *entry = json_array_get(listed, i);
    json_unpack(entry, "{s:s, s:s}", "file", &file, "sha256", &sha);
    if (g_strcmp0(file, input->name) != 0 || g_strcmp0(sha, input->sha256) != 0)
      return fail(error, PLN_ERROR_VERIFIED,
                  "not verified: %s %s has changed since (%.12s then, %.12s now)", where,
                  input->name, sha ? sha : "absent", input->sha256);
  }
  if (json_array_size(listed) != inputs->len)
    return fail(error, PLN_ERROR_VERIFIED, "not verified: %s had %u files then and has %u now",
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
static gboolean compare(const char *path, const char *text, const json_t *provenance,
                        const char *again, const char *command, GError **error) {
  const char *version = json_string_value(json_object_get(provenance, "version"));
  gboolean other = g_strcmp0(version, PLN_VERSION) != 0;
  if (strcmp(again, text) != 0)
    return fail(error, PLN_ERROR_VERIFIED, "not verified: %s:%u differs from what %s gives now%s%s%s",
                path, line_of_difference(text, again), command,
                other ? " (it was written by version " : "", other && version ? version : "",
                other ? ")" : "");
  g_autofree char *shown = pln_text_visible(path);
  printf("%s: verified: %s gives the same bytes\n", shown, command);
  return TRUE;
}

/* The commands that forecast. */
static const struct {
  const char *name, *words;
  PlnDoc *(*document)(PlnForecastRequest *request, const PlnArgs *args, GError **error);
} forecasts[] = {{"project", "plenary project", pln_project_document},
                 {"whip", "plenary whip", pln_whip_document},
                 {"reconstruct", "plenary reconstruct", pln_reconstruct_document}};

/* Its place among them, or -1. */
static int forecast_of(const char *command) {
  for (gsize k = 0; k < G_N_ELEMENTS(forecasts); k++)
    if (strcmp(command, forecasts[k].name) == 0)
      return (int)k;
  return -1;
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
  gboolean forecast = read && forecast_of(argv[1]) >= 0;
  if (!replay && !backtest && !forecast && !(read && strcmp(argv[1], "estimate") == 0)) {
    fail(error, PLN_ERROR_DATA,
         "the output names no command that can be run again; expected JSON written by plenary "
         "replay, project, whip, reconstruct, estimate or backtest with --format json");
    return NULL;
  }
  g_autoptr(PlnArgs) args = pln_args_parse(pln_command_find(argv[1]), argc - 2, argv + 2, error);
  if (!args)
    return NULL;
  gboolean canonical = pln_args_operands(args, 1 + backtest, 1 + backtest, NULL) &&
                       (!backtest || pln_backtest_is(args->rest[0]));
  const char *const *foreign = replay ? of_replay : of_votes;
  for (gsize k = 0; foreign[k]; k++)
    canonical &= pln_args_value(args, foreign[k]) == NULL;
  if (canonical)
    return g_steal_pointer(&args);
  fail(error, PLN_ERROR_DATA, "the output's command is not in canonical form");
  return NULL;
}

/* ---- A replay ---- */

static gboolean verify_replay(const PlnArgs *args, const PlnArgs *command, const char *text,
                              const json_t *provenance, GError **error) {
  const char *path = args->rest[0];
  if (!pln_args_operands(args, 1, 2, error))
    return FALSE;
  g_autofree char *folder = find_scenario(command->rest[0], args->rest[1], path, error);
  g_autoptr(PlnRequest) r = folder ? pln_request_new(command, folder, error) : NULL;
  if (!r ||
      !same_inputs(json_object_get(provenance, "inputs"), r->scenario->inputs, "the scenario's",
                   error) ||
      !same_inputs(json_object_get(provenance, "data"), pln_world_inputs(r->world), "the shipped",
                   error))
    return FALSE;
  g_autoptr(PlnDoc) doc = pln_doc_new();
  pln_compose_replay(doc, r->replay, &(PlnComposeOptions){NULL});
  g_autofree char *again = pln_write_json(doc, &r->provenance);
  return compare(path, text, provenance, again, r->command, error);
}

/* ---- A study of roll calls ---- */

/* A file or folder that the command names, and where it lies. */
typedef struct {
  char **name; /* in the command, where the path replaces it */
  gboolean folder;
  int place; /* among the inputs; -1: several, or it was not said */
} Named;

enum { NAMED_MOST = 6 };

/* What the command reads, in the order in which it becomes inputs: votes, list, members, the
 * shipped table of codes, hidden votes, the electorate. */
static gsize place_of(const PlnArgs *command, const char *option) {
  gsize at = 0;
  while (strcmp(command->options[at].name, option) != 0)
    at++;
  return at;
}

/* Of a forecast: what comes from outside of the scenario and the shipped tables. */
static guint list_outside(const PlnArgs *command, Named *named) {
  static const char *const options[] = {"history", "roll-calls", "electorate"};
  g_autofree char *data = pln_data_folder(NULL);
  guint n = 0;
  for (gsize k = 0; k < G_N_ELEMENTS(options); k++) {
    char **values = command->value[place_of(command, options[k])];
    char **last = values ? &values[g_strv_length(values) - 1] : NULL;
    gboolean folder = k == 2;
    g_autofree char *shipped =
        last && folder && data ? g_build_filename(data, "positions", *last, NULL) : NULL;
    if (last && !(shipped && g_file_test(shipped, G_FILE_TEST_IS_DIR)))
      named[n++] = (Named){last, folder, -1};
  }
  return n;
}

static guint list_named(const PlnArgs *command, Named *named) {
  static const char *const options[] = {"roll-calls", "members", "hide", "reveal", "electorate"};
  if (forecast_of(command->command) >= 0)
    return list_outside(command, named);
  gboolean backtest = strcmp(command->command, "backtest") == 0;
  guint n = 0;
  int place = 0;
  named[n++] = (Named){&command->rest[backtest], FALSE, place++};
  for (gsize k = 0; k < (backtest ? G_N_ELEMENTS(options) : 2); k++) {
    char **values = command->value[place_of(command, options[k])];
    gboolean folder = k == 4;
    place += k == 2; /* the shipped table of codes */
    if (values)
      named[n++] = (Named){&values[g_strv_length(values) - 1], folder, folder ? -1 : place++};
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

static gboolean is_called(const char *path, const char *name) {
  g_autofree char *last = g_path_get_basename(path);
  return strcmp(last, name) == 0;
}

static const char *hash_said(const json_t *listed, int place) {
  const json_t *entry = place < 0 ? NULL : json_array_get(listed, (size_t)place);
  return json_string_value(json_object_get(entry, "sha256"));
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
    if (g_file_test(path, named->folder ? G_FILE_TEST_IS_DIR : G_FILE_TEST_IS_REGULAR))
      return g_steal_pointer(&path);
  }
  for (guint k = 0; sha256 && k < found->len; k++)
    if (has_hash(found->pdata[k], sha256))
      return g_strdup(found->pdata[k]);
  if (found->len > 0)
    return g_strdup(found->pdata[0]);
  if (strcmp(name, "-") == 0)
    fail(error, PLN_ERROR_FAILED,
         "the votes came from standard input; expected - as operand, and them there");
  else
    fail(error, PLN_ERROR_FAILED,
         "%s, which the output was made from, is not to be found; expected it beside the "
         "output, in the current folder, or as operand",
         name);
  return NULL;
}

/* FALSE where an operand is none of what the command reads. */
static gboolean operands_named(const PlnArgs *args, const Named *named, guint n, GError **error) {
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (guint i = 0; i < n; i++)
    g_ptr_array_add(names, *named[i].name);
  g_ptr_array_add(names, NULL);
  for (gsize k = 1; args->rest[k]; k++) {
    g_autofree char *last = g_path_get_basename(args->rest[k]);
    if (g_strv_contains((const char *const *)names->pdata, last))
      continue;
    const char *near = pln_text_near(last, (const char *const *)names->pdata);
    g_autofree char *all = g_strjoinv(", ", (char **)names->pdata);
    return fail(error, PLN_ERROR_USAGE,
                "%s is nothing that the output was made from; expected %s%s%s%s%s", args->rest[k],
                n > 1 ? "some of " : "", all, near ? "; did you mean " : "", near ? near : "",
                near ? "?" : "");
  }
  return TRUE;
}

/* FALSE where a file that the output lists has another hash now: before it is read, as what
 * has changed may have faults too. */
static gboolean unchanged(const json_t *listed, const Named *named, const char *path, GError **error) {
  gsize i;
  const json_t *entry;
  json_array_foreach((json_t *)listed, i, entry) {
    const char *file = json_string_value(json_object_get(entry, "file"));
    const char *sha = json_string_value(json_object_get(entry, "sha256"));
    gboolean inside = named->folder && file && g_str_has_prefix(file, *named->name) &&
                      file[strlen(*named->name)] == '/';
    if (!file || !sha || (!inside && (named->place < 0 || i != (gsize)named->place)))
      continue;
    g_autofree char *last = g_path_get_basename(file);
    g_autofree char *where = inside ? g_build_filename(path, last, NULL) : g_strdup(path);
    g_autofree char *now = hash_of(where);
    if (now && strcmp(now, sha) != 0)
      return fail(error, PLN_ERROR_VERIFIED,
                  "not verified: the input %s has changed since (%.12s then, %.12s now)", where,
                  sha, now);
  }
  return TRUE;
}

/* Puts paths for the names in @command. */
static gboolean find_all(const PlnArgs *args, const PlnArgs *command, const json_t *listed,
                         GError **error) {
  Named named[NAMED_MOST];
  g_auto(GStrv) paths = g_new0(char *, NAMED_MOST + 1);
  guint n = list_named(command, named);
  for (guint i = 0; i < n; i++) /* an output is a stranger's: no paths */
    if (!is_called(*named[i].name, *named[i].name) || strchr(*named[i].name, '/') ||
        strcmp(*named[i].name, ".") == 0 || strcmp(*named[i].name, "..") == 0)
      return fail(error, PLN_ERROR_DATA,
                  "the output's command is not in canonical form: it names \"%s\"", *named[i].name);
  if (!operands_named(args, named, n, error))
    return FALSE;
  for (guint i = 0; i < n; i++) {
    paths[i] = find_named(&named[i], hash_said(listed, named[i].place), args, error);
    if (!paths[i] || !unchanged(listed, &named[i], paths[i], error))
      return FALSE;
  }
  for (guint i = 0; i < n; i++) {
    g_free(*named[i].name);
    *named[i].name = g_steal_pointer(&paths[i]);
  }
  return TRUE;
}

static gboolean verify_study(const PlnArgs *args, PlnArgs *command, const char *text,
                             const json_t *provenance, GError **error) {
  const json_t *listed = json_object_get(provenance, "inputs");
  pln_progress_catch();
  if (!find_all(args, command, listed, error))
    return FALSE;
  g_autoptr(PlnVotesStudy) study = strcmp(command->command, "backtest") == 0
                                       ? pln_votes_study_backtest(command, error)
                                       : pln_votes_study_estimate(command, error);
  if (!study)
    return FALSE;
  const PlnVotesRequest *r = study->request;
  if (!same_inputs(listed, r->inputs, "the input", error) ||
      !same_inputs(json_object_get(provenance, "data"), pln_world_inputs(r->world), "the shipped",
                   error) ||
      !pln_votes_study_run(study, error))
    return FALSE;
  g_autofree char *again = pln_write_json(study->doc, &r->provenance);
  return compare(args->rest[0], text, provenance, again, r->command->str, error);
}

/* ---- A forecast ---- */

/* The scenario may be the second operand; the others are files from outside. */
static gboolean verify_forecast(const PlnArgs *args, PlnArgs *command, const char *text,
                                const json_t *provenance, GError **error) {
  int kind = forecast_of(command->command);
  const json_t *listed = json_object_get(provenance, "inputs");
  const char *named = args->rest[1];
  gboolean given = named && g_file_test(named, G_FILE_TEST_IS_DIR) && is_called(named, command->rest[0]);
  g_autofree char *folder =
      find_scenario(command->rest[0], given ? named : NULL, args->rest[0], error);
  PlnArgs others = *args;
  others.rest = args->rest + given; /* its first operand is not looked at */
  char *output = others.rest[0];
  others.rest[0] = args->rest[0];
  gboolean found = folder && find_all(&others, command, listed, error);
  others.rest[0] = output;
  pln_progress_catch();
  g_autoptr(PlnForecastRequest) r =
      found ? pln_forecast_request_new(command, forecasts[kind].words, folder, error) : NULL;
  g_autoptr(PlnDoc) doc = r ? forecasts[kind].document(r, command, error) : NULL;
  if (!doc || !same_inputs(listed, r->inputs, "the input", error) ||
      !same_inputs(json_object_get(provenance, "data"), pln_world_inputs(r->world), "the shipped",
                   error))
    return FALSE;
  g_autofree char *again = pln_write_json(doc, &r->provenance);
  return compare(args->rest[0], text, provenance, again, r->command->str, error);
}

int pln_run_verify(const PlnArgs *args, GError **error) {
  if (!pln_args_operands(args, 1, 1 + NAMED_MOST, error))
    return PLN_ERROR_USAGE;
  const char *path = args->rest[0];
  g_autofree char *text = NULL;
  g_autoptr(GError) why = NULL;
  gsize length;
  if (!g_file_get_contents(path, &text, &length, &why)) {
    fail(error, PLN_ERROR_FAILED, "%s", why->message);
    return PLN_ERROR_FAILED;
  }
  json_error_t at;
  json_t *output = json_loadb(text, length, JSON_REJECT_DUPLICATES, &at);
  if (!output) {
    fail(error, PLN_ERROR_DATA,
         "%s:%d:%d: %s; expected JSON written by plenary replay, project, whip, reconstruct, "
         "estimate or backtest", path,
         at.line, at.column, at.text);
    return PLN_ERROR_DATA;
  }
  const json_t *provenance = json_object_get(output, "provenance");
  const char *named = json_string_value(json_object_get(provenance, "command"));
  g_autoptr(PlnArgs) command = parse_command(named, error);
  gboolean same = FALSE;
  if (command && strcmp(command->command, "replay") == 0)
    same = verify_replay(args, command, text, provenance, error);
  else if (command && forecast_of(command->command) >= 0)
    same = verify_forecast(args, command, text, provenance, error);
  else if (command)
    same = verify_study(args, command, text, provenance, error);
  json_decref(output);
  if (same)
    return 0;
  return pln_progress_interrupted() ? 130 : PLN_ERROR_FAILED; /* or what the error's code says */
}
