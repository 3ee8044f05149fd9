/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "plenary/asked.h"
#include "plenary/laboratory.h"
#include "plenary/output.h"
#include "plenary/request.h"
#include "plenary/text.h"

const PlnOption pln_replay_options[] = {
    PLN_WHATIF_OPTIONS,
    {"blocs", 0, "BLOCS", "which blocs the text shows: all, or ids with commas", NULL},
    PLN_PRIVATE_OPTION,
    {"step", 0, NULL, "go step by step, with a key: the question, the answer, who voted how", NULL},
    PLN_OUTPUT_OPTIONS,
    {NULL, 0, NULL, NULL, NULL}};

/* What goes to a terminal step by step goes nowhere else. */
static gboolean steps_alone(const PlnArgs *args, GError **error) {
  const char *format = pln_args_value(args, "format");
  if (!pln_args_value(args, "output") && (!format || strcmp(format, "text") == 0))
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "--step shows text in the terminal; expected it "
              "without --format or --output");
  return FALSE;
}

/* FALSE and a near miss where @option names a bloc that is not. */
static gboolean blocs_known(const PlnWorld *world, const char *option, GError **error) {
  if (!option || strcmp(option, "all") == 0)
    return TRUE;
  g_auto(GStrv) ids = g_strsplit(option, ",", -1);
  g_autoptr(GPtrArray) blocs = pln_world_blocs(world), names = g_ptr_array_new();
  for (guint i = 0; i < blocs->len; i++)
    g_ptr_array_add(names, (gpointer)((const PlnBloc *)blocs->pdata[i])->id);
  g_ptr_array_add(names, NULL);
  for (gsize i = 0; ids[i] || i == 0; i++) {
    if (ids[i] && pln_world_bloc(world, ids[i]))
      continue;
    const char *id = ids[i] ? ids[i] : "";
    const char *near = pln_text_near(id, (const char *const *)names->pdata);
    return pln_asked_fail(error,
                          "unknown bloc \"%s\"; expected all, or some that `plenary blocs` lists%s%s%s",
                          id, near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
  }
  return TRUE;
}

PlnDoc *pln_replay_document(const PlnRequest *r, const PlnArgs *args) {
  PlnComposeOptions options = {pln_args_value(args, "blocs"), FALSE};
  PlnDoc *doc = pln_doc_new();
  pln_compose_replay(doc, r->replay, &options);
  if (r->left_out > 0)
    pln_doc_say(doc, "left_out", PLN_SAY_NOTE,
                "%u private entr%s of whip.csv %s left out of this page; --private keeps them.",
                r->left_out, r->left_out == 1 ? "y" : "ies", r->left_out == 1 ? "is" : "are");
  return doc;
}

char *pln_replay_laboratory(const PlnRequest *r) {
  PlnLaboratoryOptions lab = {.command = r->command, .left_out = r->left_out};
  return pln_compose_laboratory(r->replay, &lab);
}

int pln_run_replay(const PlnArgs *args, GError **error) {
  if (!pln_args_operands(args, 1, 1, error))
    return PLN_ERROR_USAGE;
  g_autoptr(PlnRequest) r = pln_request_new(args, args->rest[0], error);
  if (!r)
    return PLN_ERROR_FAILED; /* or rather what the error's code says */
  PlnComposeOptions options = {pln_args_value(args, "blocs"), FALSE};
  if (!blocs_known(r->scenario->world, options.blocs, error))
    return PLN_ERROR_USAGE;
  if (pln_args_flag(args, "step") && !steps_alone(args, error))
    return PLN_ERROR_USAGE;
  if (pln_args_flag(args, "step")) {
    if (isatty(STDIN_FILENO) && pln_output_is_terminal()) {
      pln_step_through(r, &options);
      return 0;
    }
    fputs("plenary: --step needs a terminal; everything is shown at once\n", stderr);
  }
  g_autoptr(PlnDoc) doc = pln_replay_document(r, args);
  g_autofree char *laboratory = pln_output_is_page(args) ? pln_replay_laboratory(r) : NULL;
  return pln_output_page(doc, &r->provenance, laboratory, args, "text", "summary", error);
}
