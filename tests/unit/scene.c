/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plenary/error.h"
#include "plenary/load.h"

static PlnWorld *world;

static void give_up(const char *what) {
  g_printerr("the scene cannot be set: %s\n", what);
  exit(EXIT_FAILURE);
}

PlnWorld *scene_world(void) {
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = pln_data_folder(&error);
  if (!world && folder)
    world = pln_world_load(folder, &error);
  if (!world)
    give_up(error->message);
  return world;
}

void scene_end(void) {
  g_clear_pointer(&world, pln_world_unref);
}

static PlnScenario *read_tables(GHashTable *files) {
  g_autoptr(PlnFolder) folder = pln_folder_in_memory("scene", files);
  g_autoptr(PlnFaults) faults = pln_faults_new();
  PlnScenario *scenario = pln_scenario_read(scene_world(), folder, faults);
  if (!scenario) {
    g_autofree char *text = pln_faults_text(faults);
    give_up(text);
  }
  return scenario;
}

static GHashTable *tables_new(void) {
  return g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_bytes_unref);
}

static void add_table(GHashTable *files, const char *file, const char *text) {
  g_hash_table_insert(files, (gpointer)file, g_bytes_new(text, strlen(text)));
}

PlnScenario *scene_read(const char *file, ...) {
  g_autoptr(GHashTable) files = tables_new();
  va_list rest;
  va_start(rest, file);
  for (; file; file = va_arg(rest, const char *))
    add_table(files, file, va_arg(rest, const char *));
  va_end(rest);
  return read_tables(files);
}

PlnScenario *scene_of(const char *body, const char *proposals, const char *votes,
                      const char *members) {
  g_autoptr(GHashTable) files = tables_new();
  g_autofree char *keys = g_strdup_printf(
      "key,value\nformat,1\ntitle,A scene\nas_of,2026-01-15\nbody,%s\nstatus,verified\n", body);
  add_table(files, "scenario.csv", keys);
  add_table(files, "proposals.csv", proposals);
  if (votes)
    add_table(files, "votes.csv", votes);
  if (members)
    add_table(files, "members.csv", members);
  return read_tables(files);
}

PlnScenario *scene_shipped(const char *name) {
  const char *scenarios = g_getenv("PLENARY_SCENARIOS");
  if (!scenarios)
    give_up("PLENARY_SCENARIOS is not set");
  g_autofree char *path = g_build_filename(scenarios, name, NULL);
  g_autoptr(GError) error = NULL;
  PlnScenario *scenario = pln_scenario_load(scene_world(), path, &error);
  if (!scenario)
    give_up(error->message);
  return scenario;
}

static gboolean lay(PlnWhatIf *w, const PlnScenario *s, const char *edit, GError **error) {
  const char *value = strchr(edit, '=') + 1;
  if (g_str_has_prefix(edit, "--rule="))
    return pln_whatif_rule(w, s, value, error);
  if (g_str_has_prefix(edit, "--absent="))
    return pln_whatif_absent(w, value, error);
  if (g_str_has_prefix(edit, "--abstain-as="))
    return pln_whatif_abstain_as(w, value, error);
  return pln_whatif_set(w, s, edit, error);
}

PlnWhatIf *scene_whatif(const PlnScenario *scenario, const char *edit, ...) {
  g_autoptr(GError) error = NULL;
  PlnWhatIf *w = pln_whatif_new();
  va_list rest;
  va_start(rest, edit);
  for (; edit; edit = va_arg(rest, const char *))
    if (!lay(w, scenario, edit, &error))
      give_up(error->message);
  va_end(rest);
  return w;
}

PlnReplay *scene_replay(const PlnScenario *scenario, const PlnWhatIf *whatif) {
  g_autoptr(GError) error = NULL;
  PlnReplay *replay = pln_replay_new(scenario, whatif, &error);
  if (!replay)
    give_up(error->message);
  return replay;
}

gboolean scene_refused(const PlnScenario *scenario, const PlnWhatIf *whatif, const char *part) {
  g_autoptr(GError) error = NULL;
  g_autoptr(PlnReplay) replay = pln_replay_new(scenario, whatif, &error);
  return !replay && scene_error(&error, PLN_ERROR_USAGE, part);
}

const PlnReplayItem *scene_item(const PlnReplay *replay, const char *id) {
  int place = pln_scenario_find(replay->scenario, id);
  if (place < 0)
    give_up(id);
  return pln_replay_item(replay, (guint)place);
}

gboolean scene_error(GError **error, int code, const char *part) {
  gboolean fits = *error && (*error)->domain == PLN_ERROR && (*error)->code == code &&
                  strstr((*error)->message, part) != NULL;
  if (!fits)
    printf("\n  expected \"%s\", got \"%s\"\n", part, *error ? (*error)->message : "no error");
  g_clear_error(error);
  return fits;
}

gboolean scene_counts(const guint32 count[PLN_VOTE_KINDS], guint32 yes, guint32 no,
                      guint32 abstain, guint32 absent) {
  gboolean fits = count[PLN_VOTE_Y] == yes && count[PLN_VOTE_N] == no &&
                  count[PLN_VOTE_A] == abstain && count[PLN_VOTE_X] == absent;
  if (!fits)
    printf("\n  expected %u-%u-%u-%u, got %u-%u-%u-%u\n", yes, no, abstain, absent,
           count[PLN_VOTE_Y], count[PLN_VOTE_N], count[PLN_VOTE_A], count[PLN_VOTE_X]);
  return fits;
}
