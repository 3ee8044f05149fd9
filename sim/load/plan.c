/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PLAN.csv: key by key, then what only all of them together say. */
#include "plenary/plan.h"

#include <string.h>

#include "plenary/error.h"
#include "plenary/folder.h"
#include "plenary/tables.h"

enum { KEY, VALUE, RANGE };

static const PlnColumn columns[] = {
    {"key", TRUE}, {"value", TRUE}, {"range", FALSE}, {NULL, FALSE}};

enum {
  K_SCENARIO,
  K_STUDY,
  K_PROPOSAL,
  K_STAGE,
  K_RULE,
  K_AS_OF,
  K_ELECTORATE,
  K_METHOD,
  K_DESIGN,
  K_RUNS,
  K_DRAWS,
  K_REPLICATES,
  K_SEED,
  K_SET,
  K_VARY,
  KEYS
};
static const char *const keys[] = {"scenario", "study",  "proposal",   "stage", "rule",
                                   "as_of",    "electorate", "method", "design", "runs",
                                   "draws",    "replicates", "seed",   "set",   "vary", NULL};

/* As the design and the runner have them, which stand above this room. */
static const char *const designs[] = {"grid", "sobol", "latin", "random", NULL};
static const char *const studies[] = {"replay", "project", "bargain", "ratify", NULL};
enum { GRID, SOBOL, SOBOL_MOST = 40 };

/* More than any machine makes, and small enough that products of two do not overflow. */
static const guint64 runs_most = 1000000000000;

typedef struct {
  const PlnTable *table;
  PlnPlan *plan;
  PlnFaults *faults;
  guint row[KEYS];     /* + 1, of the key's first row; 0: none */
  GHashTable *targets; /* "set target", "dial" -> row + 1 */
} Reading;

/* ---- Values ---- */

/* A whole number of @least to @most; 0 and a fault else. */
static guint64 whole(const Reading *r, guint row, int key, guint64 least, guint64 most) {
  const char *text = pln_table_text(r->table, row, VALUE);
  guint64 value = 0;
  if (!g_ascii_isdigit(*text) || !g_ascii_string_to_unsigned(text, 10, least, most, &value, NULL))
    pln_table_fault(r->table, row, VALUE, r->faults,
                    "%s is \"%s\"; expected a whole number from %" G_GUINT64_FORMAT
                    " to %" G_GUINT64_FORMAT,
                    keys[key], text, least, most);
  return value;
}

static void keep(const Reading *r, guint row, int key, char **slot) {
  const char *text = pln_table_text(r->table, row, VALUE);
  if (!*text)
    pln_table_fault(r->table, row, VALUE, r->faults, "%s is empty; expected a value", keys[key]);
  g_free(*slot);
  *slot = g_strdup(text);
}

/* One of @words, kept. */
static void keep_word(const Reading *r, guint row, int key, const char *const *words, char **slot) {
  const char *text = pln_table_text(r->table, row, VALUE);
  keep(r, row, key, slot);
  if (!*text || g_strv_contains(words, text))
    return;
  g_autofree char *hint = pln_faults_hint(r->faults, text, words);
  g_autofree char *known = g_strjoinv(", ", (char **)words);
  pln_table_fault(r->table, row, VALUE, r->faults, "%s is \"%s\"; expected one of %s%s", keys[key],
                  text, known, hint);
}

static void keep_day(const Reading *r, guint row, int key, char **slot) {
  PlnDay day;
  keep(r, row, key, slot);
  if (**slot && (!pln_day_parse(*slot, &day) || day % 100 == 0 || day <= PLN_DAY_UNKNOWN))
    pln_table_fault(r->table, row, VALUE, r->faults,
                    "as_of is \"%s\"; expected a whole day of the calendar, such as 2019-12-27",
                    *slot);
}

/* ---- Changes and dials ---- */

/* A target that is set or turned twice, or both, would be the later's alone. */
static void check_once(const Reading *r, guint row, const char *target) {
  guint before = GPOINTER_TO_UINT(g_hash_table_lookup(r->targets, target));
  if (before > 0)
    pln_table_fault(r->table, row, VALUE, r->faults,
                    "%s stands twice (first on line %u); expected it once", target,
                    pln_table_line(r->table, before - 1));
  else
    g_hash_table_insert(r->targets, g_strdup(target), GUINT_TO_POINTER(row + 1));
}

static void read_set(const Reading *r, guint row) {
  g_autoptr(GError) error = NULL;
  PlnChange *change = pln_change_read(pln_table_text(r->table, row, VALUE), &error);
  if (!change) {
    pln_table_fault(r->table, row, VALUE, r->faults, "%s", error->message);
    return;
  }
  g_autofree char *target = pln_change_target(change);
  check_once(r, row, target);
  change->line = pln_table_line(r->table, row);
  g_ptr_array_add(r->plan->set, change);
}

/* What is wrong with @what alone shows with a range that is right for some kind. */
static guint column_at_fault(const char *what) {
  static const char *const ranges[] = {"0.25..0.5", "Y|N", "in|out", "never|2030", "a|b", NULL};
  for (guint k = 0; ranges[k]; k++) {
    PlnDial *dial = pln_dial_read(what, ranges[k], NULL);
    pln_dial_free(dial);
    if (dial)
      return RANGE;
  }
  return VALUE;
}

static void read_vary(const Reading *r, guint row) {
  const char *what = pln_table_text(r->table, row, VALUE);
  const char *range = pln_table_text(r->table, row, RANGE);
  g_autoptr(GError) error = NULL;
  if (r->plan->dials->len == PLN_PLAN_DIALS) {
    pln_table_fault(r->table, row, KEY, r->faults, "more than %d dials; expected at most so many",
                    PLN_PLAN_DIALS);
    return;
  }
  PlnDial *dial = pln_dial_read(what, range, &error);
  if (!dial) {
    pln_table_fault(r->table, row, column_at_fault(what), r->faults, "%s", error->message);
    return;
  }
  check_once(r, row, dial->name);
  dial->change->line = pln_table_line(r->table, row);
  g_ptr_array_add(r->plan->dials, dial);
}

/* ---- Keys ---- */

/* Returns: -1 where the row has no key that it may have */
static int key_of_row(Reading *r, guint row) {
  int key = pln_table_word(r->table, row, KEY, keys, -1, r->faults);
  if (key < 0) {
    pln_table_needed(r->table, row, KEY, r->faults);
    return -1;
  }
  if (key != K_VARY && *pln_table_text(r->table, row, RANGE))
    pln_table_fault(r->table, row, RANGE, r->faults, "%s has a range; expected one of vary alone",
                    keys[key]);
  if (r->row[key] > 0 && key != K_SET && key != K_VARY) {
    pln_table_fault(r->table, row, KEY, r->faults, "%s stands twice (first on line %u); expected "
                    "it once", keys[key], pln_table_line(r->table, r->row[key] - 1));
    return -1;
  }
  r->row[key] = r->row[key] > 0 ? r->row[key] : row + 1;
  PlnPlanRow place = {keys[key], pln_table_line(r->table, row),
                      pln_table_column(r->table, row, VALUE), pln_table_column(r->table, row, RANGE)};
  g_array_append_val(r->plan->rows, place);
  return key;
}

static void read_number(Reading *r, guint row, int key) {
  PlnPlan *plan = r->plan;
  if (key == K_RUNS)
    plan->points = whole(r, row, key, 1, runs_most);
  else if (key == K_DRAWS)
    plan->draws = (guint32)whole(r, row, key, 1, 100000000);
  else if (key == K_REPLICATES)
    plan->replicates = (guint32)whole(r, row, key, 1, 1000000);
  else
    plan->seed = whole(r, row, key, 0, G_MAXUINT64);
}

static void read_key(Reading *r, guint row, int key) {
  PlnPlan *plan = r->plan;
  char **slots[] = {&plan->scenario, &plan->study, &plan->proposal,   &plan->stage,
                    &plan->rule,     &plan->as_of, &plan->electorate, &plan->method,
                    &plan->design};
  if (key == K_SET)
    read_set(r, row);
  else if (key == K_VARY)
    read_vary(r, row);
  else if (key >= K_RUNS)
    read_number(r, row, key);
  else if (key == K_STUDY || key == K_DESIGN)
    keep_word(r, row, key, key == K_STUDY ? studies : designs, slots[key]);
  else if (key == K_AS_OF)
    keep_day(r, row, key, slots[key]);
  else
    keep(r, row, key, slots[key]);
}

/* ---- The whole ---- */

static void fault_at(const Reading *r, int key, const char *format, guint64 number) G_GNUC_PRINTF(3, 0);
static void fault_at(const Reading *r, int key, const char *format, guint64 number) {
  g_autofree char *text = g_strdup_printf(format, number);
  if (r->row[key] > 0)
    pln_table_fault(r->table, r->row[key] - 1, VALUE, r->faults, "%s", text);
  else
    pln_faults_add(r->faults, pln_table_file(r->table), 1, 1, "%s", text);
}

/* The product of the levels, or 0 where there is none or too many. */
static guint64 grid_points(const Reading *r) {
  const GPtrArray *dials = r->plan->dials;
  guint64 points = 1;
  for (guint k = 0; k < dials->len; k++) {
    const PlnDial *dial = dials->pdata[k];
    guint row = GPOINTER_TO_UINT(g_hash_table_lookup(r->targets, dial->name)) - 1;
    if (dial->levels == 0)
      pln_table_fault(r->table, row, RANGE, r->faults,
                      "%s has no levels; expected A..B/N or words with a bar between, a|b, as the "
                      "design is a grid", dial->name);
    points = points * dial->levels <= runs_most ? points * dial->levels : 0;
  }
  return points;
}

static void check_grid(Reading *r) {
  PlnPlan *plan = r->plan;
  guint before = pln_faults_count(r->faults);
  guint64 points = grid_points(r), stated = plan->points;
  if (pln_faults_count(r->faults) > before)
    return;
  if (points == 0)
    fault_at(r, K_DESIGN, "the grid has too many points; expected at most %" G_GUINT64_FORMAT,
             runs_most);
  else if (r->row[K_RUNS] > 0 && stated > 0 && stated != points)
    fault_at(r, K_RUNS, "runs is not the product of the levels; expected %" G_GUINT64_FORMAT
             ", or no such row", points);
  plan->points = points;
}

/* A draw is addressed by 32 bits: beyond them they would come again. */
static void check_draws(Reading *r) {
  const guint64 most = G_GUINT64_CONSTANT(1) << 32;
  if ((guint64)r->plan->draws * r->plan->replicates > most)
    fault_at(r, K_REPLICATES, "draws times replicates is more than there are draws; expected at most %"
             G_GUINT64_FORMAT, most);
}

static void check_whole(Reading *r) {
  PlnPlan *plan = r->plan;
  check_draws(r);
  if (r->row[K_SCENARIO] == 0)
    pln_faults_add(r->faults, pln_table_file(r->table), 1, 1,
                   "the key scenario is missing; expected a row \"scenario,…\"");
  if (strcmp(plan->design, designs[GRID]) == 0) {
    check_grid(r);
    return;
  }
  if (r->row[K_RUNS] == 0)
    fault_at(r, K_DESIGN, "the design asks for the key runs; expected a row \"runs,…\" with at "
             "least %" G_GUINT64_FORMAT, 1);
  if (strcmp(plan->design, designs[SOBOL]) == 0 && plan->dials->len > SOBOL_MOST)
    fault_at(r, K_DESIGN, "a Sobol sequence has at most %" G_GUINT64_FORMAT " dials; expected so "
             "many or latin", SOBOL_MOST);
  if (plan->dials->len == 0 && r->row[K_VARY] == 0) /* one that is faulty was meant */
    fault_at(r, K_DESIGN, "the design turns nothing; expected at least %" G_GUINT64_FORMAT
             " row \"vary,…\"", 1);
}

static PlnPlan *plan_new(const char *path) {
  PlnPlan *plan = g_new0(PlnPlan, 1);
  char **slots[] = {&plan->scenario, &plan->study, &plan->proposal,   &plan->stage,
                    &plan->rule,     &plan->as_of, &plan->electorate, &plan->method};
  for (guint k = 0; k < G_N_ELEMENTS(slots); k++)
    *slots[k] = g_strdup("");
  plan->design = g_strdup(designs[GRID]);
  plan->path = g_strdup(path);
  plan->folder = g_path_get_dirname(path);
  plan->draws = 1000;
  plan->replicates = 1;
  plan->seed = 1;
  plan->set = g_ptr_array_new_with_free_func(pln_change_free);
  plan->dials = g_ptr_array_new_with_free_func(pln_dial_free);
  plan->inputs = pln_inputs_new();
  plan->rows = g_array_new(FALSE, FALSE, sizeof(PlnPlanRow));
  return plan;
}

static void read_rows(const PlnTable *table, PlnPlan *plan, PlnFaults *faults) {
  g_autoptr(GHashTable) targets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  Reading r = {.table = table, .plan = plan, .faults = faults, .targets = targets};
  for (guint i = 0; i < pln_table_rows(table); i++) {
    int key = key_of_row(&r, i);
    if (key >= 0)
      read_key(&r, i, key);
  }
  if (pln_table_whole(table))
    check_whole(&r);
}

static PlnPlan *fail(const PlnFaults *faults, GError **error) {
  g_autofree char *text = pln_faults_text(faults);
  g_set_error(error, PLN_ERROR, PLN_ERROR_DATA, "%s", g_strchomp(text));
  return NULL;
}

PlnPlan *pln_plan_parse(const char *path, GBytes *bytes, GError **error) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(PlnPlan) plan = plan_new(path);
  g_autofree char *name = g_path_get_basename(path);
  g_autoptr(PlnTable) table = pln_table_read(path, bytes, columns, faults);
  if (table)
    read_rows(table, plan, faults);
  if (pln_faults_count(faults) > 0)
    return fail(faults, error);
  pln_inputs_add(plan->inputs, name, bytes);
  return g_steal_pointer(&plan);
}

PlnPlan *pln_plan_load(const char *path, GError **error) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(GBytes) bytes = pln_file_read(path, faults);
  return bytes ? pln_plan_parse(path, bytes, error) : fail(faults, error);
}

void pln_plan_free(PlnPlan *plan) {
  if (!plan)
    return;
  char *texts[] = {plan->path, plan->folder, plan->scenario,   plan->study,  plan->proposal, plan->stage,
                   plan->rule, plan->as_of,  plan->electorate, plan->method, plan->design};
  for (guint k = 0; k < G_N_ELEMENTS(texts); k++)
    g_free(texts[k]);
  g_ptr_array_unref(plan->set);
  g_ptr_array_unref(plan->dials);
  g_array_unref(plan->inputs);
  g_array_unref(plan->rows);
  g_free(plan);
}

void pln_plan_blame(const PlnPlan *plan, const char *key, guint line, gboolean range,
                    const char *what, PlnFaults *faults) {
  for (guint k = 0; k < plan->rows->len; k++) {
    const PlnPlanRow *row = &g_array_index(plan->rows, PlnPlanRow, k);
    if (line > 0 ? row->line != line : strcmp(row->key, key) != 0)
      continue;
    pln_faults_add(faults, plan->path, row->line, range ? row->range : row->value, "%s", what);
    return;
  }
  pln_faults_add(faults, plan->path, 1, 1, "%s", what);
}

guint64 pln_plan_runs(const PlnPlan *plan) {
  return plan->points * plan->replicates;
}
