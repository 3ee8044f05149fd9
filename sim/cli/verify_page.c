/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verifies a page: it names its command and what it read, and is made again. */
#include <string.h>

#include "plenary/output.h"
#include "plenary/page.h"
#include "plenary/report_request.h"
#include "plenary/verify_part.h"

static const char MADE[] = "<script type=\"application/json\" id=\"made\">";

const PlnVerifyForecast *pln_verify_forecast(const char *command) {
  static const PlnVerifyForecast kinds[] = {
      {"project", "plenary project", pln_project_document},
      {"bargain", "plenary bargain", pln_bargain_document},
      {"power", "plenary power", pln_power_document},
      {"coalition", "plenary coalition", pln_coalition_document},
      {"ratify", "plenary ratify", pln_ratify_document},
      {"sensitivity", "plenary sensitivity", pln_sensitivity_document},
      {"whatif", "plenary whatif", pln_whatif_document},
      {"whip", "plenary whip", pln_whip_document},
      {"reconstruct", "plenary reconstruct", pln_reconstruct_document}};
  for (gsize k = 0; k < G_N_ELEMENTS(kinds); k++)
    if (strcmp(command, kinds[k].name) == 0)
      return &kinds[k];
  return NULL;
}

gboolean pln_verify_is_page(const char *text) {
  return g_str_has_prefix(text, "<!doctype html>");
}

/* The provenance that the page holds: a new reference, or NULL. */
static json_t *made_of(const char *text) {
  const char *at = strstr(text, MADE), *end = at ? strstr(at, "</script>") : NULL;
  return end ? json_loadb(at + strlen(MADE), (gsize)(end - at) - strlen(MADE),
                          JSON_REJECT_DUPLICATES, NULL)
             : NULL;
}

static gboolean is_plain(const char *name) {
  g_autofree char *last = name ? g_path_get_basename(name) : g_strdup("");
  return name && *name && strcmp(last, name) == 0 && strcmp(name, ".") != 0 &&
         strcmp(name, "..") != 0;
}

static char **values_of(const PlnArgs *args, const char *option) {
  for (gsize at = 0; args->options[at].name; at++)
    if (strcmp(args->options[at].name, option) == 0)
      return args->value[at];
  return NULL;
}

/* The command in the page, as words.  The canonical form holds no file to read or write. */
static PlnArgs *parse(const char *command, GError **error) {
  static const char *const commands[] = {"replay", "report",    "project", "bargain",
                                         "power",  "coalition", "ratify",  "whatif",
                                         "sensitivity", NULL};
  static const char *const foreign[] = {"set-file", "format",  "table",      "output",
                                        "threads",  "history", "roll-calls", "edits", NULL};
  int argc = 0;
  g_auto(GStrv) argv = NULL;
  gboolean read = command && g_shell_parse_argv(command, &argc, &argv, NULL) && argc >= 3 &&
                  strcmp(argv[0], "plenary") == 0;
  if (!read || !g_strv_contains(commands, argv[1]) || !pln_command_find(argv[1])) {
    gboolean other = read && pln_command_find(argv[1]);
    pln_verify_fail(error, PLN_ERROR_DATA,
                    "%s%s; expected a page of plenary report, replay, project, bargain, power, "
                    "coalition, ratify, whatif or sensitivity, or the JSON of another command",
                    other ? "pages are not verified of plenary "
                          : "the page names no command that can be run again",
                    other ? argv[1] : "");
    return NULL;
  }
  g_autoptr(PlnArgs) args = pln_args_parse(pln_command_find(argv[1]), argc - 2, argv + 2, error);
  if (!args)
    return NULL;
  gboolean canonical = pln_args_operands(args, 1, 1, NULL) && is_plain(args->rest[0]);
  for (gsize k = 0; foreign[k]; k++)
    canonical &= values_of(args, foreign[k]) == NULL;
  static const char *const folders[] = {"electorate", "also", "against"};
  for (gsize k = 0; k < G_N_ELEMENTS(folders); k++) {
    char **names = values_of(args, folders[k]);
    for (gsize i = 0; names && names[i]; i++)
      canonical &= is_plain(names[i]);
  }
  if (canonical)
    return g_steal_pointer(&args);
  pln_verify_fail(error, PLN_ERROR_DATA, "the page's command is not in canonical form");
  return NULL;
}

/* One of verify's operands that is called @name, or NULL. */
static const char *given(const PlnArgs *args, const char *name) {
  for (gsize k = 1; args->rest[k]; k++) {
    g_autofree char *last = g_path_get_basename(args->rest[k]);
    if (strcmp(last, name) == 0)
      return args->rest[k];
  }
  return NULL;
}

/* Puts where they lie in place of the names of folders.  FALSE where one is not found. */
static gboolean find_folders(const PlnArgs *args, PlnArgs *command, GError **error) {
  char **against = values_of(command, "against");
  static const char *const electorates[] = {"electorate", "also"};
  for (gsize i = 0; against && against[i]; i++) {
    char *folder = pln_verify_scenario(against[i], given(args, against[i]), args->rest[0], error);
    if (!folder)
      return FALSE;
    g_free(against[i]);
    against[i] = folder;
  }
  for (gsize k = 0; k < G_N_ELEMENTS(electorates); k++) {
    char **names = values_of(command, electorates[k]);
    for (gsize i = 0; names && names[i]; i++)
      if (given(args, names[i])) {
        char *folder = g_strdup(given(args, names[i]));
        g_free(names[i]);
        names[i] = folder;
      }
  }
  return TRUE;
}

/* What is made again, and from what. */
typedef struct {
  PlnDoc *doc;
  char *laboratory;
  const PlnProvenance *provenance;
} Made;

static char *write_again(const Made *made, gboolean page) {
  return page ? pln_write_page(made->doc, made->provenance, made->laboratory, NULL)
              : pln_write_json(made->doc, made->provenance);
}

static gboolean same(const PlnArgs *args, const char *text, const json_t *provenance,
                     const Made *made, GError **error) {
  const PlnProvenance *p = made->provenance;
  if (!pln_verify_inputs(json_object_get(provenance, "inputs"), p->inputs, "the input", error) ||
      !pln_verify_inputs(json_object_get(provenance, "data"), p->data, "the shipped", error))
    return FALSE;
  g_autofree char *again = write_again(made, pln_verify_is_page(text));
  return pln_verify_compare(args->rest[0], text, provenance, again, p->command, error);
}

static gboolean again_replay(const PlnArgs *args, const PlnArgs *command, const char *folder,
                             const char *text, const json_t *provenance, GError **error) {
  g_autoptr(PlnRequest) r = pln_request_new(command, folder, error);
  if (!r)
    return FALSE;
  g_autoptr(PlnDoc) doc = pln_replay_document(r, command);
  g_autofree char *laboratory = pln_replay_laboratory(r);
  return same(args, text, provenance, &(Made){doc, laboratory, &r->provenance}, error);
}

static gboolean again_report(const PlnArgs *args, const PlnArgs *command, const char *folder,
                             const char *text, const json_t *provenance, GError **error) {
  g_autoptr(PlnReportRequest) r = pln_report_request_new(command, folder, error);
  if (!r)
    return FALSE;
  g_autoptr(PlnDoc) doc = pln_report_document(r, command);
  g_autofree char *laboratory = pln_report_laboratory(r);
  return same(args, text, provenance, &(Made){doc, laboratory, &r->provenance}, error);
}

static gboolean again_forecast(const PlnArgs *args, const PlnArgs *command, const char *folder,
                               const char *text, const json_t *provenance, GError **error) {
  const PlnVerifyForecast *kind = pln_verify_forecast(command->command);
  g_autoptr(PlnForecastRequest) r = pln_forecast_request_new(command, kind->words, folder, error);
  g_autoptr(PlnDoc) doc = r ? kind->document(r, command, error) : NULL;
  return doc && same(args, text, provenance, &(Made){doc, r->laboratory, &r->provenance}, error);
}

/* A page is made again as one. */
static void as_page(PlnArgs *command) {
  for (gsize at = 0; command->options[at].name; at++)
    if (strcmp(command->options[at].name, "format") == 0 && !command->value[at])
      command->value[at] = g_strsplit("html", " ", -1);
}

gboolean pln_verify_page(const PlnArgs *args, const char *text, const json_t *provenance,
                         GError **error) {
  json_t *made = provenance ? NULL : made_of(text);
  const json_t *listed = provenance ? provenance : made;
  const char *named = json_string_value(json_object_get(listed, "command"));
  g_autoptr(PlnArgs) command = parse(named, error);
  g_autofree char *folder = NULL;
  gboolean is_same = FALSE;
  if (command && find_folders(args, command, error))
    folder =
        pln_verify_scenario(command->rest[0], given(args, command->rest[0]), args->rest[0], error);
  if (folder && !provenance)
    as_page(command);
  if (folder && strcmp(command->command, "replay") == 0)
    is_same = again_replay(args, command, folder, text, listed, error);
  else if (folder && strcmp(command->command, "report") == 0)
    is_same = again_report(args, command, folder, text, listed, error);
  else if (folder)
    is_same = again_forecast(args, command, folder, text, listed, error);
  json_decref(made);
  return is_same;
}
