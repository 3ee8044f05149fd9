/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plenary export: a scenario's talks as other programs hold them. */
#include <stdio.h>

#include "plenary/load.h"
#include "plenary/output.h"
#include "plenary/talks_file.h"
#include "plenary/text.h"

const PlnOption pln_export_options[] = {
    {"lossy", 0, NULL, "write it all the same, and say what is lost", NULL},
    {"output", 'o', "FILE", "write FILE, whole or not at all, instead of standard output", NULL},
    {NULL, 0, NULL, NULL, NULL}};

/* Half of it would pass for the whole elsewhere: what is lost is the user's choice. */
static void refuse(const char *format, const GPtrArray *lost, GError **error) {
  g_autoptr(GString) said = g_string_new(NULL);
  g_string_printf(said, "%s cannot hold all of it; expected --lossy, or another format. Lost would "
                        "be:", format);
  for (guint i = 0; i < lost->len; i++)
    g_string_append_printf(said, "\n  %s", (const char *)lost->pdata[i]);
  g_set_error_literal(error, PLN_ERROR, PLN_ERROR_DATA, said->str);
}

static void say(const char *what, const GPtrArray *sentences) {
  for (guint i = 0; i < sentences->len; i++) {
    g_autofree char *shown = pln_text_visible(sentences->pdata[i]);
    fprintf(stderr, "plenary: %s: %s\n", what, shown);
  }
}

int pln_run_export(const PlnArgs *args, GError **error) {
  if (!pln_args_operands(args, 2, 2, error))
    return PLN_ERROR_USAGE;
  const char *format = args->rest[0];
  if (!pln_talks_format_known(format, error))
    return PLN_ERROR_USAGE;
  g_autoptr(PlnWorld) world = pln_open_world(error);
  g_autoptr(PlnScenario) scenario = world ? pln_scenario_load(world, args->rest[1], error) : NULL;
  g_autoptr(GPtrArray) lost = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(PlnTalksFile) talks =
      scenario ? pln_talks_file_of(scenario, format, lost, error) : NULL;
  if (!talks)
    return PLN_ERROR_DATA;
  if (lost->len > 0 && !pln_args_flag(args, "lossy")) {
    refuse(format, lost, error);
    return PLN_ERROR_DATA;
  }
  g_autofree char *text = pln_talks_file_text(talks, format);
  int status = pln_output_text(text, args, error);
  if (status == 0) {
    say("lost", lost);
    say("note", talks->notes);
  }
  return status;
}
