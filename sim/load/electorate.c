/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/electorate_file.h"

#include <math.h>
#include <string.h>

#include "plenary/electorate_tables.h"
#include "plenary/error.h"
#include "plenary/tables.h"

const char *const pln_electorate_files[] = {"electorate.csv", "states.csv", "dimensions.csv",
                                            "groups.csv",     "truth.csv",  NULL};

const char *const pln_electorate_keys[] = {
    "format",         "dimensions",   "classes",    "centre_mean",  "centre_sd",
    "width_mean",     "width_sd",     "lapse",      "from",         "to",
    "from_session",   "to_session",   "roll_calls", "votes",        "command",
    "source",         "sha256",       "held_out_log", "held_out_brier", "held_out_right",
    "status",         "note",         NULL};

enum { KEY, VALUE };
static const PlnColumn key_columns[] = {{"key", TRUE}, {"value", TRUE}, {NULL, FALSE}};

/* What is read: the tables, and where each key stands. */
typedef struct {
  const PlnFolder *folder;
  const PlnWorld *world;
  PlnFaults *faults;
  PlnTable *keys, *states, *dimensions, *groups;
  PlnElectorateColumns of_states, of_dimensions; /* which their tables borrow */
  int row[PLN_E_KEYS]; /* or -1 */
  GArray *inputs;
} Reading;

/* ---- electorate.csv ---- */

static const char *value_of(const Reading *r, int key) {
  return r->row[key] < 0 ? "" : pln_table_text(r->keys, (guint)r->row[key], VALUE);
}

static void find_keys(Reading *r) {
  for (guint i = 0; i < pln_table_rows(r->keys); i++) {
    int key = pln_table_word(r->keys, i, KEY, pln_electorate_keys, -1, r->faults);
    if (key < 0)
      pln_table_needed(r->keys, i, KEY, r->faults);
    else if (r->row[key] >= 0)
      pln_table_fault(r->keys, i, KEY, r->faults, "%s stands twice (first on line %u); expected "
                      "it once", pln_electorate_keys[key],
                      pln_table_line(r->keys, (guint)r->row[key]));
    else
      r->row[key] = (int)i;
  }
  for (int key = 0; key <= PLN_E_WIDTH_SD; key++)
    if (r->row[key] < 0 && pln_table_whole(r->keys))
      pln_faults_add(r->faults, pln_table_file(r->keys), 1, 1,
                     "the key %s is missing; expected a row \"%s,…\"", pln_electorate_keys[key],
                     pln_electorate_keys[key]);
}

/* The choice of the key among whole numbers of @least to @most; 0 and a fault where it is
 * none of them. */
static guint choice(const Reading *r, int key, guint least, guint most) {
  const char *text = value_of(r, key);
  guint64 value = 0;
  if (r->row[key] < 0 || g_ascii_string_to_unsigned(text, 10, least, most, &value, NULL))
    return (guint)value;
  if (least == most)
    pln_table_fault(r->keys, (guint)r->row[key], VALUE, r->faults,
                    "the %s is \"%s\"; expected %u, the only one so far",
                    pln_electorate_keys[key], text, most);
  else
    pln_table_fault(r->keys, (guint)r->row[key], VALUE, r->faults,
                    "%s is \"%s\"; expected a whole number from %u to %u",
                    pln_electorate_keys[key], text, least, most);
  return 0;
}

/* @otherwise: of a key that may be empty or missing; NaN where it may not be empty */
static double key_number(const Reading *r, int key, const PlnRange *range, double otherwise) {
  if (r->row[key] < 0 || (!*value_of(r, key) && !isnan(otherwise)))
    return otherwise;
  return pln_electorate_number(r->keys, (guint)r->row[key], VALUE, pln_electorate_keys[key], range,
                               r->faults);
}

static gint64 key_count(const Reading *r, int key, gint64 most) {
  return r->row[key] < 0 ? PLN_NOT_STATED
                         : pln_table_count(r->keys, (guint)r->row[key], VALUE, most, r->faults);
}

static PlnDay key_day(const Reading *r, int key) {
  return r->row[key] < 0 ? PLN_DAY_NONE
                         : pln_table_day(r->keys, (guint)r->row[key], VALUE, r->faults);
}

/* A beginning without an end, or the other way about, or in the wrong order. */
static void check_span(const Reading *r, int from, gboolean wrong) {
  gboolean has_from = *value_of(r, from) != 0, has_to = *value_of(r, from + 1) != 0;
  int key = has_to ? from + 1 : from;
  if (has_from != has_to)
    pln_table_fault(r->keys, (guint)r->row[key], VALUE, r->faults,
                    "%s stands without %s; expected both or none", pln_electorate_keys[key],
                    pln_electorate_keys[from == key ? from + 1 : from]);
  else if (wrong)
    pln_table_fault(r->keys, (guint)r->row[key], VALUE, r->faults,
                    "the window ends before it begins; expected %s not after %s",
                    pln_electorate_keys[from], pln_electorate_keys[from + 1]);
}

static void read_window(const Reading *r, PlnElectorate *e) {
  guint before = pln_faults_count(r->faults);
  e->from_day = key_day(r, PLN_E_FROM);
  e->to_day = key_day(r, PLN_E_TO);
  e->from_session = (int)MAX(key_count(r, PLN_E_FROM_SESSION, 100000), -1);
  e->to_session = (int)MAX(key_count(r, PLN_E_TO_SESSION, 100000), -1);
  e->n_calls = (guint)MAX(key_count(r, PLN_E_ROLL_CALLS, 1000000000), 0);
  e->n_votes = MAX(key_count(r, PLN_E_VOTES, G_MAXINT64 / 2), 0);
  if (pln_faults_count(r->faults) > before)
    return;
  gboolean days = e->from_day > PLN_DAY_UNKNOWN && e->to_day > PLN_DAY_UNKNOWN;
  check_span(r, PLN_E_FROM, days && pln_day_last(e->to_day) < pln_day_first(e->from_day));
  check_span(r, PLN_E_FROM_SESSION, e->to_session < e->from_session);
  if (e->n_votes > (gint64)e->n_calls * e->n)
    pln_table_fault(r->keys, (guint)r->row[PLN_E_VOTES], VALUE, r->faults,
                    "%s votes are more than %u states have in %u roll calls; expected no more",
                    value_of(r, PLN_E_VOTES), e->n, e->n_calls);
}

static void read_words(const Reading *r, PlnElectorate *e) {
  const char *sha256 = value_of(r, PLN_E_SHA256);
  e->command = g_strdup(value_of(r, PLN_E_COMMAND));
  e->source = g_strdup(value_of(r, PLN_E_SOURCE));
  e->sha256 = g_strdup(sha256);
  e->note = g_strdup(value_of(r, PLN_E_NOTE));
  if (*sha256 && (strlen(sha256) != 64 || strspn(sha256, "0123456789abcdef") != 64))
    pln_table_fault(r->keys, (guint)r->row[PLN_E_SHA256], VALUE, r->faults,
                    "sha256 is \"%s\"; expected 64 digits of 0-9 and a-f, or nothing", sha256);
  if (r->row[PLN_E_STATUS] >= 0)
    e->status = pln_cell_status(r->keys, (guint)r->row[PLN_E_STATUS], VALUE, PLN_STATUS_UNKNOWN,
                                r->faults);
}

static void read_keys(const Reading *r, PlnElectorate *e) {
  static const PlnRange brier = {0, 2, "from 0 to 2"};
  e->centre_mean = key_number(r, PLN_E_CENTRE_MEAN, &pln_range_any, NAN);
  e->centre_sd = key_number(r, PLN_E_CENTRE_SD, &pln_range_size, NAN);
  e->width_mean = key_number(r, PLN_E_WIDTH_MEAN, &pln_range_any, NAN);
  e->width_sd = key_number(r, PLN_E_WIDTH_SD, &pln_range_size, NAN);
  e->lapse = key_number(r, PLN_E_LAPSE, &pln_range_share, 0);
  e->held_out_log = key_number(r, PLN_E_HELD_OUT_LOG, &pln_range_size, -1);
  e->held_out_brier = key_number(r, PLN_E_HELD_OUT_BRIER, &brier, -1);
  e->held_out_right = key_number(r, PLN_E_HELD_OUT_RIGHT, &pln_range_share, -1);
  read_window(r, e);
  read_words(r, e);
}

/* ---- The folder ---- */

/* A misspelt file would else be passed over in silence. */
static void check_files(const PlnFolder *folder, PlnFaults *faults) {
  const char *const *tables = pln_folder_tables(folder);
  for (gsize i = 0; tables[i]; i++) {
    if (g_strv_contains(pln_electorate_files, tables[i]))
      continue;
    g_autofree char *label = pln_folder_label(folder, tables[i]);
    g_autofree char *hint = pln_faults_hint(faults, tables[i], pln_electorate_files);
    g_autofree char *known = g_strjoinv(", ", (char **)pln_electorate_files);
    pln_faults_add(faults, label, 0, 0, "not a table of an electorate; expected one of %s%s",
                   known, hint);
  }
}

static PlnTable *open_table(Reading *r, PlnElectorateFile file, const PlnColumn *columns) {
  const char *name = pln_electorate_files[file];
  g_autofree char *label = pln_folder_label(r->folder, name);
  g_autoptr(GBytes) bytes = pln_folder_read(r->folder, name, r->faults);
  PlnTable *table = bytes ? pln_table_read(label, bytes, columns, r->faults) : NULL;
  if (table)
    pln_inputs_add(r->inputs, name, bytes);
  return table;
}

static gboolean has_at_most(const Reading *r, const PlnTable *table, guint most, const char *what) {
  guint n = pln_table_rows(table);
  if (n > most)
    pln_table_fault(table, most, 0, r->faults, "more than %u %s; expected fewer", most, what);
  return n <= most;
}

/* Returns: whether there is something to fill an electorate from; @d: its dimensions */
static gboolean open_tables(Reading *r, guint *d) {
  r->keys = open_table(r, PLN_ELECTORATE_KEYS, key_columns);
  if (!r->keys)
    return FALSE;
  find_keys(r);
  choice(r, PLN_E_FORMAT, 1, 1);
  *d = choice(r, PLN_E_DIMENSIONS, 1, PLN_ELECTORATE_DIMENSIONS);
  if (*d == 0)
    return FALSE;
  pln_electorate_state_columns(&r->of_states, *d);
  pln_electorate_dimension_columns(&r->of_dimensions, *d);
  r->states = open_table(r, PLN_ELECTORATE_BY_STATE, r->of_states.column);
  r->dimensions = open_table(r, PLN_ELECTORATE_BY_DIMENSION, r->of_dimensions.column);
  gboolean grouped = pln_folder_has(r->folder, pln_electorate_files[PLN_ELECTORATE_BY_GROUP]);
  if (grouped)
    r->groups = open_table(r, PLN_ELECTORATE_BY_GROUP, pln_electorate_group_columns);
  if (!r->states || !r->dimensions || (grouped && !r->groups))
    return FALSE;
  if (pln_table_rows(r->states) == 0 && pln_table_whole(r->states))
    pln_faults_add(r->faults, pln_table_file(r->states), 0, 0,
                   "there are no states; expected a row for each");
  return has_at_most(r, r->states, PLN_ELECTORATE_STATES, "states") &&
         (!r->groups || has_at_most(r, r->groups, PLN_ELECTORATE_GROUPS, "groups"));
}

static PlnElectorate *fill(Reading *r, guint d) {
  g_autoptr(GHashTable) groups = g_hash_table_new(g_str_hash, g_str_equal);
  PlnElectorate *e = pln_electorate_new(pln_table_rows(r->states), d,
                                        r->groups ? pln_table_rows(r->groups) : 0);
  e->classes = choice(r, PLN_E_CLASSES, 2, 3);
  read_keys(r, e);
  if (r->groups)
    pln_electorate_groups_read(r->groups, e, groups, r->faults);
  pln_electorate_states_read(r->states, r->world, groups, e, r->faults);
  pln_electorate_dimensions_read(r->dimensions, e, r->faults);
  g_array_unref(e->inputs);
  e->inputs = g_array_ref(r->inputs);
  return e;
}

PlnElectorate *pln_electorate_read(const PlnFolder *folder, const PlnWorld *world,
                                   PlnFaults *faults) {
  Reading r = {.folder = folder, .world = world, .faults = faults, .inputs = pln_inputs_new()};
  guint d = 0, before = pln_faults_count(faults);
  for (int key = 0; key < PLN_E_KEYS; key++)
    r.row[key] = -1;
  check_files(folder, faults);
  g_autoptr(PlnElectorate) e = open_tables(&r, &d) ? fill(&r, d) : NULL;
  pln_table_free(r.keys);
  pln_table_free(r.states);
  pln_table_free(r.dimensions);
  pln_table_free(r.groups);
  g_array_unref(r.inputs);
  return pln_faults_count(faults) == before ? g_steal_pointer(&e) : NULL;
}

PlnElectorate *pln_electorate_load(const PlnWorld *world, const char *path, GError **error) {
  g_autoptr(PlnFolder) folder = pln_folder_open(path, NULL);
  if (!folder) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "%s: %s", path,
                g_file_test(path, G_FILE_TEST_EXISTS)
                    ? "not a folder that can be read; expected an electorate's folder"
                    : "there is no such folder; expected an electorate's folder");
    return NULL;
  }
  g_autoptr(PlnFaults) faults = pln_faults_new();
  PlnElectorate *e = pln_electorate_read(folder, world, faults);
  if (e)
    return e;
  g_autofree char *text = pln_faults_text(faults);
  guint n = pln_faults_count(faults);
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "%s%u fault%s in %u file%s; nothing was written",
              text, n, n == 1 ? "" : "s", pln_faults_files(faults),
              pln_faults_files(faults) == 1 ? "" : "s");
  return NULL;
}
