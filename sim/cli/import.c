/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plenary import: talks as other programs hold them, into a scenario's folder. */
#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "plenary/day.h"
#include "plenary/load.h"
#include "plenary/output.h"
#include "plenary/talks_file.h"
#include "plenary/text.h"

const PlnOption pln_import_options[] = {
    {"title", 0, "TEXT", "of the scenario (default what the file says, else its name)", NULL},
    {"as-of", 0, "DAY", "the day of the talks (default a stand-in, which is said)", NULL},
    {"source", 0, "TEXT", "where the numbers come from (default the file's name)", NULL},
    {NULL, 0, NULL, NULL, NULL}};

gboolean pln_talks_format_known(const char *format, GError **error) {
  if (g_strv_contains(pln_talks_formats, format))
    return TRUE;
  const char *near = pln_text_near(format, pln_talks_formats);
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "unknown format \"%s\"; expected ktab, bdm or decide%s%s%s", format,
              near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
  return FALSE;
}

static gboolean day_is_sound(const char *text, GError **error) {
  PlnDay day;
  if (!text || (pln_day_parse(text, &day) && day % 100 != 0 && day > PLN_DAY_UNKNOWN))
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "no such day \"%s\"; expected one such as 2026-01-01", text);
  return FALSE;
}

static void fail_with(const PlnFaults *faults, GError **error) {
  g_autofree char *text = pln_faults_text(faults);
  guint n = pln_faults_count(faults);
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "%s%u fault%s; nothing was written", text, n,
              n == 1 ? "" : "s");
}

/* ---- The folder ---- */

static void remove_folder(const char *folder, GHashTable *tables) {
  g_autofree gpointer *name = g_hash_table_get_keys_as_array(tables, NULL);
  for (gsize i = 0; name[i]; i++) {
    g_autofree char *path = g_build_filename(folder, name[i], NULL);
    g_unlink(path);
  }
  g_rmdir(folder);
}

static gboolean write_tables(GHashTable *tables, const char *folder, GError **error) {
  g_autofree gpointer *name = g_hash_table_get_keys_as_array(tables, NULL);
  for (gsize i = 0; name[i]; i++) {
    gsize length;
    const char *text = g_bytes_get_data(g_hash_table_lookup(tables, name[i]), &length);
    g_autofree char *path = g_build_filename(folder, name[i], NULL);
    if (!g_file_set_contents(path, text ? text : "", (gssize)length, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean is_free(const char *path, const char *shown, GError **error) {
  gboolean link = g_file_test(path, G_FILE_TEST_IS_SYMLINK);
  if (*shown && !link && !g_file_test(path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED,
              "%s cannot be made: %s; expected a folder that is not there yet",
              *shown ? shown : "the folder", *shown ? g_strerror(EEXIST) : "it has no name");
  return FALSE;
}

/* Beside it, then in its place: whole or not at all. */
static gboolean write_folder(GHashTable *tables, const char *dir, GError **error) {
  g_autofree char *path = g_canonicalize_filename(dir, NULL);
  if (!is_free(path, dir, error))
    return FALSE;
  g_autofree char *parent = g_path_get_dirname(path), *name = g_path_get_basename(path);
  g_autofree char *fresh = g_strdup_printf("%s/.%s-XXXXXX", parent, name);
  if (!g_mkdtemp_full(fresh, 0777)) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "%s: %s", dir, g_strerror(errno));
    return FALSE;
  }
  if (write_tables(tables, fresh, error) && g_rename(fresh, path) == 0)
    return TRUE;
  if (error && !*error)
    g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "%s: %s", dir, g_strerror(errno));
  remove_folder(fresh, tables);
  return FALSE;
}

/* ---- The whole ---- */

static PlnTalksFile *read_file(const char *format, const char *path, const PlnWorld *world,
                               GError **error) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(GBytes) bytes = pln_file_read(path, faults);
  PlnTalksFile *talks = bytes ? pln_talks_file_read(format, path, bytes, world, faults) : NULL;
  if (!talks)
    fail_with(faults, error);
  return talks;
}

/* What is written has been read: a folder that plenary check would refuse is not left behind. */
static gboolean is_sound(GHashTable *tables, const char *dir, PlnWorld *world, GError **error) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(PlnFolder) folder = pln_folder_in_memory(dir, tables);
  g_autoptr(PlnScenario) scenario = pln_scenario_read(world, folder, faults);
  if (!scenario)
    fail_with(faults, error);
  return scenario != NULL;
}

static void say(const PlnTalksFile *talks, const char *dir, const char *as_of) {
  g_autofree char *shown = pln_text_visible(dir), *quoted = g_shell_quote(shown);
  guint m = talks->issues->len;
  printf("%s is written and passes plenary check: %u actors, %u issue%s.\n", shown,
         talks->actors->len, m, m == 1 ? "" : "s");
  for (guint i = 0; i < talks->notes->len; i++) {
    g_autofree char *note = pln_text_visible(talks->notes->pdata[i]);
    printf("  %s\n", note);
  }
  if (!as_of)
    printf("  The file states no day: as_of is a stand-in. --as-of sets it.\n");
  fputs("  Made up, as the file says neither: who votes (the actors, one vote each) and what\n"
        "  is put (each issue by itself). No reference point is stated: --then vote cannot\n"
        "  forecast before issues.csv has one, and as_of in scenario.csv is the true day.\n",
        stdout);
  printf("  Codes are made of the names: members.csv has both.\n"
         "Next:\n  plenary bargain %s\n", quoted);
}

int pln_run_import(const PlnArgs *args, GError **error) {
  if (!pln_args_operands(args, 3, 3, error))
    return PLN_ERROR_USAGE;
  const char *format = args->rest[0], *path = args->rest[1], *dir = args->rest[2];
  const char *as_of = pln_args_value(args, "as-of"), *title = pln_args_value(args, "title");
  if (!pln_talks_format_known(format, error) || !day_is_sound(as_of, error))
    return PLN_ERROR_USAGE;
  g_autoptr(PlnWorld) world = pln_open_world(error);
  g_autoptr(PlnTalksFile) talks = world ? read_file(format, path, world, error) : NULL;
  if (!talks)
    return PLN_ERROR_DATA;
  if (title && *title) {
    g_free(talks->title);
    talks->title = pln_text_visible(title);
  }
  g_autofree char *base = g_path_get_basename(path);
  const char *said = pln_args_value(args, "source");
  g_autofree char *source = pln_text_visible(said ? said : base);
  g_autoptr(GHashTable) tables = pln_talks_file_scenario(talks, source, as_of);
  if (!is_sound(tables, dir, world, error))
    return PLN_ERROR_DATA;
  if (!write_folder(tables, dir, error))
    return PLN_ERROR_FAILED;
  say(talks, dir, as_of);
  return 0;
}
