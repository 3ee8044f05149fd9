/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plenary kit: a classroom kit in a folder of its own. */
#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "plenary/compose.h"
#include "plenary/compose_kit.h"
#include "plenary/load.h"
#include "plenary/output.h"
#include "plenary/text.h"
#include "plenary/version.h"
#include "plenary/whip.h"
#include "plenary/words.h"

const PlnOption pln_kit_options[] = {
    {"delegations", 0, "N",
     "3, 6 or 12 delegations that carry all members' votes (default 6; 12 where no more are members)",
     "3 6 12"},
    {"states", 0, "N",
     "20 to 35 single states instead, one vote each; all members of a body that has fewer", NULL},
    {"proposal", 0, "ID",
     "which of the scenario's proposals (default the first text with votes on record)", NULL},
    {"output", 'o', "DIR", "the folder to write (needed)", NULL},
    {"force", 0, NULL, "replace a kit that is there", NULL},
    {NULL, 0, NULL, NULL, NULL}};

static gboolean read_size(const char *text, const char *option, const char *expected, guint *size,
                          GError **error) {
  guint64 number;
  if (g_ascii_string_to_unsigned(text, 10, 1, 1000, &number, NULL)) {
    *size = (guint)number;
    return TRUE;
  }
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "--%s \"%s\" is no such number; expected %s",
              option, text, expected);
  return FALSE;
}

static gboolean read_options(const PlnArgs *args, PlnKitOptions *options, GString *command,
                             GError **error) {
  const char *tables = pln_args_value(args, "delegations"), *states = pln_args_value(args, "states");
  const char *dir = pln_args_value(args, "output");
  *options = (PlnKitOptions){0, states != NULL, pln_args_value(args, "proposal")};
  if (!dir)
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "a kit is a folder of pages; expected -o DIR");
  else if (!*dir)
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE, "--output has no name; expected a folder");
  else if (tables && states)
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "--delegations and --states exclude each other; expected one");
  if (!dir || !*dir || (tables && states))
    return FALSE;
  if (states && !read_size(states, "states", "20 to 35", &options->size, error))
    return FALSE;
  if (tables && !read_size(tables, "delegations", "3, 6 or 12", &options->size, error))
    return FALSE;
  g_autofree char *size = g_strdup_printf("%u", options->size);
  if (options->size > 0)
    pln_words_add_option(command, states ? "states" : "delegations", size);
  if (options->proposal)
    pln_words_add_option(command, "proposal", options->proposal);
  return TRUE;
}

/* The cards for after the vote are in some kits, not in all. */
static gboolean is_name_of(const GPtrArray *files, const char *name) {
  for (guint i = 0; i < files->len; i++)
    if (strcmp(((const PlnKitFile *)files->pdata[i])->name, name) == 0)
      return TRUE;
  return strcmp(name, "after.html") == 0;
}

typedef enum { NOT_THERE, EMPTY, KIT, SOMETHING_ELSE } Found;

static gboolean has_mark(const char *dir) {
  g_autofree char *path = g_build_filename(dir, PLN_KIT_MARK, NULL), *text = NULL;
  return g_file_get_contents(path, &text, NULL, NULL) && g_str_has_prefix(text, PLN_KIT_MARK_BEGINS);
}

/* What no kit writes, or no file, is somebody's own, and is not thrown away with the rest.
 * @names: (out): of the files there */
static Found look_at(const char *dir, const GPtrArray *files, GPtrArray *names) {
  gboolean link = g_file_test(dir, G_FILE_TEST_IS_SYMLINK);
  g_autoptr(GDir) folder = link ? NULL : g_dir_open(dir, 0, NULL);
  if (!folder)
    return link || g_file_test(dir, G_FILE_TEST_EXISTS) ? SOMETHING_ELSE : NOT_THERE;
  for (const char *name; (name = g_dir_read_name(folder));) {
    g_autofree char *path = g_build_filename(dir, name, NULL);
    if (!is_name_of(files, name) || g_file_test(path, G_FILE_TEST_IS_DIR))
      return SOMETHING_ELSE;
    g_ptr_array_add(names, g_strdup(name));
  }
  return names->len == 0 ? EMPTY : has_mark(dir) ? KIT : SOMETHING_ELSE;
}

static gboolean fail(GError **error, const char *what, const char *dir) {
  g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "%s %s: %s", dir, what, g_strerror(errno));
  return FALSE;
}

/* A kit has files alone, no folders. */
static void throw_away(const char *dir) {
  g_autoptr(GDir) folder = g_dir_open(dir, 0, NULL);
  for (const char *name; folder && (name = g_dir_read_name(folder));) {
    g_autofree char *path = g_build_filename(dir, name, NULL);
    g_unlink(path);
  }
  g_rmdir(dir);
}

static gboolean fill(const char *dir, const GPtrArray *files, GError **error) {
  for (guint i = 0; i < files->len; i++) {
    const PlnKitFile *file = files->pdata[i];
    g_autofree char *path = g_build_filename(dir, file->name, NULL);
    if (!g_file_set_contents(path, file->text, -1, error))
      return FALSE;
  }
  return TRUE;
}

/* Returns: how many of the first @n; less where one cannot be moved, which errno tells of. */
static guint move_files(char *const *names, guint n, const char *from, const char *to) {
  for (guint i = 0; i < n; i++) {
    g_autofree char *old = g_build_filename(from, names[i], NULL),
                    *new = g_build_filename(to, names[i], NULL);
    if (g_rename(old, new) != 0)
      return i;
  }
  return n;
}

/* Into a folder that is there, which may be the current one, or another disk's: it stays, and
 * its files are exchanged.  What was put aside returns where that does not succeed. */
static gboolean exchange(const char *made, const char *dir, const GPtrArray *files,
                         const GPtrArray *there, GError **error) {
  g_autofree char *aside = g_build_filename(made, "old", NULL);
  g_autofree char **names = g_new(char *, files->len + 1);
  char *const *old = (char *const *)there->pdata;
  for (guint i = 0; i < files->len; i++)
    names[i] = ((const PlnKitFile *)files->pdata[i])->name;
  if (g_mkdir(aside, 0777) != 0)
    return fail(error, "cannot be written", dir);
  guint out = move_files(old, there->len, dir, aside), in = 0;
  if (out == there->len && (in = move_files(names, files->len, made, dir)) == files->len) {
    throw_away(aside);
    throw_away(made);
    return TRUE;
  }
  fail(error, "cannot be written", dir);
  move_files(names, in, dir, made);
  move_files(old, out, aside, dir);
  g_rmdir(aside); /* not where something would be lost with it */
  return FALSE;
}

static gboolean put_in_place(const char *made, const char *dir, const GPtrArray *files, Found found,
                             const GPtrArray *there, GError **error) {
  if (found != NOT_THERE)
    return exchange(made, dir, files, there, error);
  return g_rename(made, dir) == 0 || fail(error, "cannot be made", dir);
}

/* Whole or not at all: in a folder beside it, which is then given the name; or within one that
 * is there, and out of it when all is written. */
static gboolean write_folder(const char *named, const GPtrArray *files, gboolean force,
                             GError **error) {
  g_autofree char *dir = g_canonicalize_filename(named, NULL);
  g_autoptr(GPtrArray) there = g_ptr_array_new_with_free_func(g_free);
  Found found = look_at(dir, files, there);
  if (found == SOMETHING_ELSE || (found == KIT && !force)) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_FAILED, "%s is there already%s", named,
                found == KIT ? "; expected --force to replace the kit in it"
                             : " and holds something else than a kit; expected another name");
    return FALSE;
  }
  g_autofree char *made = g_strconcat(dir, found == NOT_THERE ? "" : "/", ".part-XXXXXX", NULL);
  if (!g_mkdtemp_full(made, 0777))
    return fail(error, found == NOT_THERE ? "cannot be made" : "cannot be written", named);
  if (fill(made, files, error) && put_in_place(made, dir, files, found, there, error))
    return TRUE;
  throw_away(made);
  return FALSE;
}

static void say_done(const PlnKit *kit, const char *dir) {
  g_autofree char *shown = pln_text_visible(dir),
                  *title = pln_text_visible(kit->item->proposal->title);
  printf("%s is written: %u delegations, on \"%s\".\nOpen %s/index.html in a browser and print it.\n",
         shown, kit->delegations->len, title, shown);
  if (kit->topics->len > 0)
    printf("Not for younger classes as it stands: the kit says why, and offers a neutral question.\n");
}

static gboolean write_kit(const PlnScenario *scenario, const PlnWorld *world,
                          const PlnKitOptions *options, const char *command, const PlnArgs *args,
                          GError **error) {
  g_autoptr(PlnClassroom) classroom = pln_classroom_load(world, error);
  g_autoptr(PlnKit) kit = classroom ? pln_kit_new(scenario, classroom, options, error) : NULL;
  if (!kit)
    return FALSE;
  g_autofree char *citations = pln_compose_citations(kit->replay);
  g_autoptr(GArray) data = g_array_new(FALSE, FALSE, sizeof(PlnInput));
  const GArray *worlds = pln_world_inputs(world);
  g_array_append_vals(data, worlds->data, worlds->len);
  g_array_append_vals(data, classroom->inputs->data, classroom->inputs->len);
  PlnProvenance provenance = {PLN_VERSION, command,          pln_status_words[kit->replay->weakest],
                              citations,   scenario->inputs, data};
  g_autoptr(GPtrArray) files = pln_compose_kit(kit, classroom, &provenance);
  const char *dir = pln_args_value(args, "output");
  if (!write_folder(dir, files, pln_args_flag(args, "force"), error))
    return FALSE;
  say_done(kit, dir);
  return TRUE;
}

int pln_run_kit(const PlnArgs *args, GError **error) {
  g_autoptr(GString) command = g_string_new("plenary kit");
  PlnKitOptions options;
  if (!pln_args_operands(args, 1, 1, error) || !read_options(args, &options, command, error))
    return PLN_ERROR_USAGE;
  g_autoptr(PlnWorld) world = pln_open_world(error);
  g_autoptr(PlnScenario) scenario = world ? pln_scenario_load(world, args->rest[0], error) : NULL;
  if (!scenario)
    return PLN_ERROR_FAILED; /* or rather what the error's code says */
  pln_whip_redact(scenario); /* a kit is handed out; it needs nothing of what was heard */
  pln_words_add(command, scenario->id);
  return write_kit(scenario, world, &options, command->str, args, error) ? 0 : PLN_ERROR_FAILED;
}
