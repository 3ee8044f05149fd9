/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Talks from a stranger: they are a scenario that passes every check, and come back from it as
 * they went in, or they are faults.
 *
 * The first byte asks for a format. */

#include <math.h>

#include "fuzz.h"
#include "plenary/load.h"
#include "plenary/talks_file.h"

static PlnWorld *world;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc, (void)argv;
  stop_at_complaints();
  g_autoptr(GError) error = NULL;
  g_autofree char *data = pln_data_folder(&error);
  world = data ? pln_world_load(data, &error) : NULL;
  MUST(world);
  return 0;
}

static void look_at(const PlnTalksFile *talks) {
  guint n = talks->actors->len, m = talks->issues->len;
  MUST(n > 0 && n <= PLN_TALKS_ACTORS && m > 0 && m <= PLN_TALKS_ISSUES);
  for (guint k = 0; k < m; k++) {
    const PlnTalksIssue *issue = &g_array_index(talks->issues, PlnTalksIssue, k);
    MUST(*issue->id && issue->from < issue->to);
    for (guint i = 0; i < n; i++) {
      const PlnTalksCell *cell = &talks->cell[(gsize)i * m + k];
      MUST(isnan(cell->position) || (cell->position >= issue->from && cell->position <= issue->to));
      MUST(isnan(cell->position) || (cell->salience >= 0 && cell->salience <= 100));
      MUST(isnan(cell->position) || cell->capability >= 0);
    }
  }
}

static PlnScenario *scenario_of(GHashTable *tables) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(PlnFolder) folder = pln_folder_in_memory("it", tables);
  PlnScenario *scenario = pln_scenario_read(world, folder, faults);
  g_autofree char *said = pln_faults_text(faults);
  if (!scenario)
    fputs(said, stderr);
  MUST(scenario);
  return scenario;
}

/* Where nothing is said to be lost nothing is: the same numbers in the same order. */
static void come_back(const PlnTalksFile *talks, const PlnScenario *scenario, const char *format) {
  g_autoptr(GPtrArray) lost = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(PlnTalksFile) out = pln_talks_file_of(scenario, format, lost, NULL);
  g_autofree char *text = out ? pln_talks_file_text(out, format) : NULL;
  MUST(text && g_utf8_validate(text, -1, NULL));
  if (lost->len > 0)
    return;
  g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
  g_autoptr(PlnTalksFile) again = pln_talks_file_read(format, "talks.csv", bytes, world, faults);
  if (!again)
    fprintf(stderr, "%s", text);
  MUST(again && again->actors->len == talks->actors->len && again->issues->len == talks->issues->len);
  for (gsize c = 0; c < (gsize)talks->actors->len * talks->issues->len; c++) {
    const PlnTalksCell *was = &talks->cell[c], *is = &again->cell[c];
    MUST(isnan(was->position) == isnan(is->position));
    MUST(isnan(was->position) ||
         (was->position == is->position && was->capability == is->capability));
    MUST(isnan(was->position) || fabs(was->salience - is->salience) <= 1e-13 * was->salience);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  if (size == 0)
    return 0;
  const char *format = pln_talks_formats[data[0] % 3];
  g_autoptr(GBytes) bytes = g_bytes_new(data + 1, size - 1);
  g_autoptr(PlnTalksFile) talks = pln_talks_file_read(format, "talks.csv", bytes, world, faults);
  MUST((talks == NULL) == (pln_faults_count(faults) > 0));
  g_autofree char *text = pln_faults_text(faults);
  must_be_harmless(text, FALSE);
  if (!talks)
    return 0;
  look_at(talks);
  g_autoptr(GHashTable) tables = pln_talks_file_scenario(talks, "talks.csv", NULL);
  g_autoptr(PlnScenario) scenario = scenario_of(tables);
  /* Talks in which nobody takes part have no row of actors.csv, and are none. */
  if (scenario->actors->len > 0)
    for (gsize i = 0; pln_talks_formats[i]; i++)
      if (pln_talks_formats[i] == format)
        come_back(talks, scenario, format);
  return 0;
}
