/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An electorate from a stranger, all the way through: read, written, read again to the same
 * bytes, and roll calls drawn from it.
 *
 * The input is a bundle of files, as fuzz_scenario.c has it. */
#include <math.h>

#include "fuzz.h"
#include "plenary/electorate_file.h"
#include "plenary/load.h"
#include "plenary/simulate.h"

enum { MOST_FILES = 8, MOST_CELLS = 1 << 16 };

static PlnWorld *world;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc, (void)argv;
  stop_at_complaints();
  g_autofree char *folder = pln_data_folder(NULL);
  world = folder ? pln_world_load(folder, NULL) : NULL;
  MUST(world); /* else set PLENARY_DATA */
  return 0;
}

static GHashTable *no_files(void) {
  return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
}

/* Name -> GBytes, of each file in the bundle. */
static GHashTable *unbundle(const char *data, gsize size) {
  GHashTable *files = no_files();
  const char *end = data + size, *head = size > 4 && memcmp(data, "=== ", 4) == 0 ? data + 4 : NULL;
  while (head && g_hash_table_size(files) < MOST_FILES) {
    const char *line = memchr(head, '\n', (gsize)(end - head));
    if (!line)
      break;
    const char *next = line + 1 < end ? g_strstr_len(line, end - line, "\n=== ") : NULL;
    const char *stop = next ? MAX(next, line + 1) : end;
    char *name = g_strndup(head, (gsize)(line - head));
    if (g_utf8_validate(name, -1, NULL) && !strchr(name, '/'))
      g_hash_table_replace(files, name, g_bytes_new(line + 1, (gsize)(stop - line - 1)));
    else
      g_free(name);
    head = next ? next + 5 : NULL;
  }
  return files;
}

static GHashTable *texts_of(const PlnElectorate *e) {
  GHashTable *files = no_files();
  for (int file = 0; file < PLN_ELECTORATE_TRUTH; file++) {
    char *text = pln_electorate_text(e, (PlnElectorateFile)file);
    must_be_harmless(text, FALSE);
    g_hash_table_insert(files, g_strdup(pln_electorate_files[file]),
                        g_bytes_new_take(text, strlen(text)));
  }
  return files;
}

/* What was read is written, read again without a fault, and written as the same bytes. */
static void write_and_read(const PlnElectorate *e) {
  g_autoptr(GHashTable) files = texts_of(e);
  g_autoptr(PlnFolder) folder = pln_folder_in_memory("again", files);
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(PlnElectorate) again = pln_electorate_read(folder, world, faults);
  MUST(again && again->n == e->n && again->d == e->d && again->n_groups == e->n_groups);
  g_autoptr(GHashTable) same = texts_of(again);
  for (int file = 0; file < PLN_ELECTORATE_TRUTH; file++)
    MUST(g_bytes_equal(g_hash_table_lookup(files, pln_electorate_files[file]),
                       g_hash_table_lookup(same, pln_electorate_files[file])));
}

static void draw(const PlnElectorate *e) {
  PlnSimulateOptions options = pln_simulation_options(e);
  options.n_calls = 5;
  options.sessions = 2;
  g_autoptr(PlnSimulation) s = pln_simulate(e, &options);
  for (gsize i = 0; i < 5 * (gsize)e->n; i++)
    MUST(s->matrix->vote[i] < PLN_VOTE_KINDS);
  for (gsize i = 0; i < 5 * (gsize)e->d; i++)
    MUST(isfinite(s->slope[i]));
  for (guint i = 0; i < e->n; i++) {
    MUST(s->absent[i] >= 0 && s->absent[i] <= 1);
    MUST(pln_electorate_find(e, e->code[i]) == (int)i);
  }
  for (int form = PLN_VOTES_OWN; form <= PLN_VOTES_MATRIX; form++) {
    g_autofree char *text = pln_votes_text(s->matrix, (PlnVotesForm)form);
    must_be_harmless(text, FALSE);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autoptr(GHashTable) files = unbundle((const char *)data, size);
  g_autoptr(PlnFolder) folder = pln_folder_in_memory("bundle", files);
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(PlnElectorate) e = pln_electorate_read(folder, world, faults);
  MUST(!e == (pln_faults_count(faults) > 0));
  g_autofree char *text = pln_faults_text(faults);
  must_be_harmless(text, FALSE);
  if (!e)
    return 0;
  pln_electorate_has_seen(e, 20191227, 74);
  write_and_read(e);
  if (e->n < MOST_CELLS)
    draw(e);
  return 0;
}
