/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An electorate into its folder. */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "plenary/electorate_file.h"
#include "plenary/error.h"
#include "plenary/text.h"

/* ---- The texts ---- */

static void add_quoted(GString *out, const char *text) {
  gsize n = strlen(text);
  if (!strpbrk(text, ",\"\r\n") && (n == 0 || (*text != ' ' && text[n - 1] != ' '))) {
    g_string_append(out, text);
    return;
  }
  g_string_append_c(out, '"');
  for (; *text; text++)
    g_string_append_printf(out, *text == '"' ? "\"\"" : "%c", *text);
  g_string_append_c(out, '"');
}

static void add_real(GString *out, PlnElectorateKey key, double value) {
  g_string_append_printf(out, "%s,", pln_electorate_keys[key]);
  pln_text_add_number(out, value);
  g_string_append_c(out, '\n');
}

/* -1: nothing to say */
static void add_count(GString *out, PlnElectorateKey key, gint64 value) {
  g_string_append_printf(out, "%s,", pln_electorate_keys[key]);
  if (value >= 0)
    g_string_append_printf(out, "%" G_GINT64_FORMAT, value);
  g_string_append_c(out, '\n');
}

static void add_score(GString *out, PlnElectorateKey key, double value) {
  if (value >= 0)
    add_real(out, key, value);
  else
    add_count(out, key, -1);
}

/* Words on where it came from, harmless to whatever shows them. */
static void add_words(GString *out, PlnElectorateKey key, const char *text) {
  g_autofree char *visible = pln_text_visible(text ? text : ""), *inert = pln_text_inert(visible);
  g_string_append_printf(out, "%s,", pln_electorate_keys[key]);
  add_quoted(out, g_strstrip(inert));
  g_string_append_c(out, '\n');
}

static void add_keys(GString *out, const PlnElectorate *e) {
  g_autofree char *from = pln_day_text(e->from_day), *to = pln_day_text(e->to_day);
  g_string_append(out, "key,value\n");
  add_count(out, PLN_E_FORMAT, 1);
  add_count(out, PLN_E_DIMENSIONS, e->d);
  add_count(out, PLN_E_CLASSES, e->classes);
  add_real(out, PLN_E_CENTRE_MEAN, e->centre_mean);
  add_real(out, PLN_E_CENTRE_SD, e->centre_sd);
  add_real(out, PLN_E_WIDTH_MEAN, e->width_mean);
  add_real(out, PLN_E_WIDTH_SD, e->width_sd);
  add_real(out, PLN_E_LAPSE, e->lapse);
  add_words(out, PLN_E_FROM, from);
  add_words(out, PLN_E_TO, to);
  add_count(out, PLN_E_FROM_SESSION, e->from_session);
  add_count(out, PLN_E_TO_SESSION, e->to_session);
  add_count(out, PLN_E_ROLL_CALLS, e->n_calls);
  add_count(out, PLN_E_VOTES, e->n_votes);
  add_words(out, PLN_E_COMMAND, e->command);
  add_words(out, PLN_E_SOURCE, e->source);
  add_words(out, PLN_E_SHA256, e->sha256);
  add_score(out, PLN_E_HELD_OUT_LOG, e->held_out_log);
  add_score(out, PLN_E_HELD_OUT_BRIER, e->held_out_brier);
  add_score(out, PLN_E_HELD_OUT_RIGHT, e->held_out_right);
  add_words(out, PLN_E_STATUS, pln_status_words[e->status]);
  add_words(out, PLN_E_NOTE, e->note);
}

static void add_heads(GString *out, const char *stem, guint d) {
  for (guint k = 1; k <= d; k++)
    g_string_append_printf(out, ",%s%u", stem, k);
}

static void add_numbers(GString *out, const double *value, guint n) {
  for (guint k = 0; k < n; k++) {
    g_string_append_c(out, ',');
    pln_text_add_number(out, value[k]);
  }
}

static void add_states(GString *out, const PlnElectorate *e) {
  g_string_append(out, "state,group,lean,width,doubt,absent_a,absent_b");
  add_heads(out, "x", e->d);
  add_heads(out, "se", e->d);
  g_string_append_c(out, '\n');
  for (guint i = 0; i < e->n; i++) {
    double own[] = {e->lean[i], e->width[i], e->doubt[i], e->absent_a[i], e->absent_b[i]};
    add_quoted(out, e->code[i]);
    g_string_append_c(out, ',');
    add_quoted(out, e->in_group[i] >= 0 ? e->group[e->in_group[i]] : "");
    add_numbers(out, own, G_N_ELEMENTS(own));
    add_numbers(out, e->position + (gsize)i * e->d, e->d);
    add_numbers(out, e->error + (gsize)i * e->d, e->d);
    g_string_append_c(out, '\n');
  }
}

static void add_dimensions(GString *out, const PlnElectorate *e) {
  g_string_append(out, "dimension,mean");
  add_heads(out, "c", e->d);
  g_string_append_c(out, '\n');
  for (guint k = 0; k < e->d; k++) {
    g_string_append_printf(out, "%u", k + 1);
    add_numbers(out, e->slope_mean + k, 1);
    add_numbers(out, e->slope_covariance + (gsize)k * e->d, e->d);
    g_string_append_c(out, '\n');
  }
}

static void add_groups(GString *out, const PlnElectorate *e) {
  g_string_append(out, "group,spread\n");
  for (guint g = 0; g < e->n_groups; g++) {
    add_quoted(out, e->group[g]);
    add_numbers(out, e->group_spread + g, 1);
    g_string_append_c(out, '\n');
  }
}

char *pln_electorate_text(const PlnElectorate *e, PlnElectorateFile file) {
  GString *out = g_string_new(NULL);
  if (file == PLN_ELECTORATE_KEYS)
    add_keys(out, e);
  else if (file == PLN_ELECTORATE_BY_STATE)
    add_states(out, e);
  else if (file == PLN_ELECTORATE_BY_DIMENSION)
    add_dimensions(out, e);
  else if (file == PLN_ELECTORATE_BY_GROUP)
    add_groups(out, e);
  return g_string_free(out, FALSE);
}

/* ---- The folder ---- */

static gboolean fail(GError **error, int code, const char *path, const char *why) {
  g_set_error(error, PLN_ERROR, code, "%s: %s", path, why);
  return FALSE;
}

/* Name -> GBytes.  What could not be read again is not written. */
static GHashTable *texts_of(const PlnElectorate *e, const char *truth, const char *path,
                            GError **error) {
  g_autoptr(GHashTable) files =
      g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_bytes_unref);
  for (int file = 0; file < PLN_ELECTORATE_FILES; file++) {
    char *text = file != PLN_ELECTORATE_TRUTH ? pln_electorate_text(e, (PlnElectorateFile)file)
                                              : g_strdup(truth);
    if (text)
      g_hash_table_insert(files, (gpointer)pln_electorate_files[file],
                          g_bytes_new_take(text, strlen(text)));
  }
  g_autoptr(PlnFolder) folder = pln_folder_in_memory(path, files);
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(PlnElectorate) again = pln_electorate_read(folder, NULL, faults);
  if (again)
    return g_steal_pointer(&files);
  g_autofree char *said = pln_faults_text(faults);
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "%sso the electorate was not written", said);
  return NULL;
}

static gboolean is_taken(GError **error, const char *path, const char *by) {
  g_autofree char *shown = pln_text_visible(by);
  g_autofree char *why = g_strdup_printf("the folder holds %s; expected one that is an electorate "
                                         "and nothing else, or a name that is free", shown);
  return fail(error, PLN_ERROR_USAGE, path, why);
}

/* Whether what is there may be replaced: nothing, an empty folder, or an electorate. */
static gboolean may_replace(const char *path, gboolean *there, GError **error) {
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  g_autofree char *keys = g_build_filename(path, pln_electorate_files[PLN_ELECTORATE_KEYS], NULL);
  gboolean is_link = g_file_test(path, G_FILE_TEST_IS_SYMLINK);
  gboolean is_electorate = g_file_test(keys, G_FILE_TEST_IS_REGULAR);
  *there = is_link || g_file_test(path, G_FILE_TEST_EXISTS);
  if (!*there)
    return TRUE;
  if (!dir || is_link)
    return fail(error, PLN_ERROR_USAGE, path, "there is something already; expected an "
                "electorate's folder, or a name that is free");
  for (const char *name; (name = g_dir_read_name(dir));)
    if (!is_electorate || !g_strv_contains(pln_electorate_files, name))
      return is_taken(error, path, name);
  return TRUE;
}

static gboolean write_files(GHashTable *files, const char *folder, GError **error) {
  GHashTableIter iter;
  gpointer name, bytes;
  g_hash_table_iter_init(&iter, files);
  while (g_hash_table_iter_next(&iter, &name, &bytes)) {
    gsize length;
    const char *text = g_bytes_get_data(bytes, &length);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    if (!g_file_set_contents(path, text ? text : "", (gssize)length, error))
      return FALSE;
  }
  return TRUE;
}

static void remove_folder(const char *folder) {
  for (gsize i = 0; pln_electorate_files[i]; i++) {
    g_autofree char *path = g_build_filename(folder, pln_electorate_files[i], NULL);
    g_unlink(path);
  }
  g_rmdir(folder);
}

static gboolean move(const char *from, const char *to, GError **error) {
  return g_rename(from, to) == 0 || fail(error, PLN_ERROR_FAILED, to, g_strerror(errno));
}

/* Puts @fresh into the place of @path; what was there waits beside it until that is done. */
static gboolean put_in_place(const char *fresh, const char *path, gboolean there, GError **error) {
  g_autofree char *old = g_strconcat(fresh, "-old", NULL);
  if (there && !move(path, old, error))
    return FALSE;
  if (move(fresh, path, error)) {
    if (there)
      remove_folder(old);
    return TRUE;
  }
  if (there)
    move(old, path, NULL);
  return FALSE;
}

gboolean pln_electorate_write_with(const PlnElectorate *e, const char *truth, const char *folder,
                                   GError **error) {
  gboolean there;
  g_autofree char *path = g_canonicalize_filename(folder, NULL);
  if (!*folder)
    return fail(error, PLN_ERROR_USAGE, "the folder", "it has no name; expected one");
  if (!may_replace(path, &there, error))
    return FALSE;
  g_autoptr(GHashTable) files = texts_of(e, truth, folder, error);
  if (!files)
    return FALSE;
  g_autofree char *parent = g_path_get_dirname(path), *name = g_path_get_basename(path);
  g_autofree char *fresh = g_strdup_printf("%s/.%s-XXXXXX", parent, name);
  if (!g_mkdtemp_full(fresh, 0777))
    return fail(error, PLN_ERROR_FAILED, folder, g_strerror(errno));
  if (write_files(files, fresh, error) && put_in_place(fresh, path, there, error))
    return TRUE;
  remove_folder(fresh);
  return FALSE;
}

gboolean pln_electorate_write(const PlnElectorate *e, const char *folder, GError **error) {
  return pln_electorate_write_with(e, NULL, folder, error);
}
