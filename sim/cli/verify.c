/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs the command that an output names again, and compares. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "plenary/output.h"
#include "plenary/request.h"
#include "plenary/text.h"
#include "plenary/version.h"

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

static gboolean compare(const char *path, const char *text, const json_t *output, PlnRequest *r,
                        GError **error) {
  const char *version = NULL;
  const json_t *provenance = json_object_get(output, "provenance");
  if (!same_inputs(json_object_get(provenance, "inputs"), r->scenario->inputs, "the scenario's",
                   error) ||
      !same_inputs(json_object_get(provenance, "data"), pln_world_inputs(r->world), "the shipped",
                   error))
    return FALSE;
  g_autoptr(PlnDoc) doc = pln_doc_new();
  pln_compose_replay(doc, r->replay, &(PlnComposeOptions){NULL});
  g_autofree char *again = pln_write_json(doc, &r->provenance);
  version = json_string_value(json_object_get(provenance, "version"));
  if (strcmp(again, text) != 0)
    return fail(error, PLN_ERROR_VERIFIED, "not verified: %s:%u differs from what %s gives now%s%s%s",
                path, line_of_difference(text, again), r->command,
                g_strcmp0(version, PLN_VERSION) != 0 ? " (it was written by version " : "",
                g_strcmp0(version, PLN_VERSION) != 0 && version ? version : "",
                g_strcmp0(version, PLN_VERSION) != 0 ? ")" : "");
  printf("%s: verified: %s gives the same bytes\n", path, r->command);
  return TRUE;
}

/* The command in the output, as words; only a replay is run again. */
static PlnArgs *parse_command(const char *command, GError **error) {
  int argc = 0;
  g_auto(GStrv) argv = NULL;
  if (!command || !g_shell_parse_argv(command, &argc, &argv, NULL) || argc < 3 ||
      strcmp(argv[0], "plenary") != 0 || strcmp(argv[1], "replay") != 0) {
    fail(error, PLN_ERROR_DATA,
         "the output names no command that can be run again; expected "
         "JSON written by plenary replay --format json");
    return NULL;
  }
  g_autoptr(PlnArgs) args = pln_args_parse(pln_command_find("replay"), argc - 2, argv + 2, error);
  /* The canonical form holds neither of these; a stranger's output must not make us
   * read or write files of its choosing. */
  if (args && (pln_args_value(args, "set-file") || pln_args_value(args, "output") ||
               !pln_args_operands(args, 1, 1, NULL))) {
    fail(error, PLN_ERROR_DATA, "the output's command is not in canonical form");
    return NULL;
  }
  return g_steal_pointer(&args);
}

int pln_run_verify(const PlnArgs *args, GError **error) {
  if (!pln_args_operands(args, 1, 2, error))
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
    fail(error, PLN_ERROR_DATA, "%s:%d:%d: %s; expected JSON written by plenary replay", path,
         at.line, at.column, at.text);
    return PLN_ERROR_DATA;
  }
  const json_t *command = json_object_get(json_object_get(output, "provenance"), "command");
  g_autoptr(PlnArgs) again = parse_command(json_string_value(command), error);
  g_autofree char *folder = again ? find_scenario(again->rest[0], args->rest[1], path, error) : NULL;
  g_autoptr(PlnRequest) r = folder ? pln_request_new(again, folder, error) : NULL;
  if (r)
    compare(path, text, output, r, error);
  json_decref(output);
  return 0;
}
