/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/electorate_tables.h"

#include <math.h>
#include <string.h>

#include "plenary/tables.h"
#include "plenary/text.h"

enum { GROUP, SPREAD };
const PlnColumn pln_electorate_group_columns[] = {{"group", TRUE}, {"spread", TRUE}, {NULL, FALSE}};

enum { STATE, OF_GROUP, LEAN, WIDTH, DOUBT, ABSENT_A, ABSENT_B, X_1 };
enum { DIMENSION, MEAN, C_1 };

const PlnRange pln_range_any = {-1e9, 1e9, "from -1e9 to 1e9"},
               pln_range_size = {0, 1e9, "from 0 to 1e9"},
               pln_range_share = {0, 1, "from 0 to 1"};
static const PlnRange above = {1e-9, 1e9, "from 1e-9 to 1e9"};

double pln_electorate_number(const PlnTable *t, guint row, guint column, const char *name,
                             const PlnRange *range, PlnFaults *faults) {
  const char *text = pln_table_text(t, row, column);
  double value;
  if (pln_cell_is_number(text, &value) && value >= range->least && value <= range->most)
    return value;
  g_autofree char *hint = pln_cell_number_hint(text);
  pln_table_fault(t, row, column, faults, "%s is \"%s\"; expected a number %s%s", name, text,
                  range->words, hint);
  return 0;
}

static void add_column(PlnElectorateColumns *c, const char *name, gboolean required) {
  c->column[c->n++] = (PlnColumn){name, required};
}

static void add_numbered(PlnElectorateColumns *c, const char *stem, guint d, gboolean required) {
  for (guint k = 1; k <= d; k++) {
    char *name = c->name[c->n_names++];
    g_snprintf(name, sizeof c->name[0], "%s%u", stem, k);
    add_column(c, name, required);
  }
}

void pln_electorate_state_columns(PlnElectorateColumns *c, guint d) {
  static const char *const names[] = {"state", "group",    "lean",    "width",
                                      "doubt", "absent_a", "absent_b"};
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
    add_column(c, names[i], i != OF_GROUP);
  add_numbered(c, "x", d, TRUE);
  add_numbered(c, "se", d, FALSE);
}

void pln_electorate_dimension_columns(PlnElectorateColumns *c, guint d) {
  add_column(c, "dimension", TRUE);
  add_column(c, "mean", TRUE);
  add_numbered(c, "c", d, TRUE);
}

/* ---- groups.csv and states.csv ---- */

static gboolean can_name(const char *text) {
  gsize n = strlen(text);
  if (n == 0 || n > 64 || *text == ' ' || text[n - 1] == ' ')
    return FALSE;
  g_autofree char *visible = pln_text_visible(text), *inert = pln_text_inert(text);
  return strcmp(text, visible) == 0 && strcmp(text, inert) == 0;
}

/* The cell's text where it can be a name and has not stood before, else NULL and a fault. */
static const char *new_name(const PlnTable *t, guint row, const char *what, GHashTable *seen,
                            PlnFaults *faults) {
  const char *text = pln_table_needed(t, row, 0, faults);
  guint first = GPOINTER_TO_UINT(g_hash_table_lookup(seen, text));
  if (!*text)
    return NULL;
  if (!can_name(text))
    pln_table_fault(t, row, 0, faults,
                    "the %s is \"%s\"; expected 1 to 64 bytes that can be seen, and nothing "
                    "that a spreadsheet takes for a formula", what, text);
  else if (first > 0)
    pln_table_fault(t, row, 0, faults,
                    "%s stands twice (first on line %u); expected one row a %s", text,
                    pln_table_line(t, first - 1), what);
  else {
    g_hash_table_insert(seen, (gpointer)text, GUINT_TO_POINTER(row + 1));
    return text;
  }
  return NULL;
}

void pln_electorate_groups_read(const PlnTable *table, PlnElectorate *e, GHashTable *groups,
                                PlnFaults *faults) {
  for (guint i = 0; i < e->n_groups; i++) {
    const char *name = new_name(table, i, "group", groups, faults);
    e->group[i] = g_strdup(name ? name : "");
    e->group_spread[i] = pln_electorate_number(table, i, SPREAD, "spread", &pln_range_size, faults);
  }
}

/* The state that is meant by a text that is none of the codes: FRA by France or by fra. */
static const PlnState *meant(const GPtrArray *known, const char *text) {
  for (guint i = 0; i < known->len; i++) {
    const PlnState *state = known->pdata[i];
    if (g_ascii_strcasecmp(state->name, text) == 0 || g_ascii_strcasecmp(state->code, text) == 0)
      return state;
  }
  return NULL;
}

static int group_of_row(const PlnTable *table, guint row, const PlnElectorate *e,
                        GHashTable *groups, PlnFaults *faults) {
  const char *text = pln_table_text(table, row, OF_GROUP);
  guint place = GPOINTER_TO_UINT(g_hash_table_lookup(groups, text));
  if (!*text || place > 0)
    return (int)place - 1;
  g_autofree char *hint = pln_faults_hint(faults, text, (const char *const *)e->group);
  pln_table_fault(table, row, OF_GROUP, faults,
                  "unknown group \"%s\"; expected one of groups.csv, or nothing%s", text, hint);
  return -1;
}

static void read_numbers(const PlnTable *table, guint row, PlnElectorate *e, guint i,
                         PlnFaults *faults) {
  const struct {
    guint column;
    const char *name;
    const PlnRange *range;
    double *to;
  } cells[] = {{LEAN, "lean", &pln_range_any, &e->lean[i]},
               {WIDTH, "width", &pln_range_any, &e->width[i]},
               {DOUBT, "doubt", &pln_range_size, &e->doubt[i]},
               {ABSENT_A, "absent_a", &above, &e->absent_a[i]},
               {ABSENT_B, "absent_b", &above, &e->absent_b[i]}};
  for (gsize c = 0; c < G_N_ELEMENTS(cells); c++)
    *cells[c].to = pln_electorate_number(table, row, cells[c].column, cells[c].name,
                                         cells[c].range, faults);
  for (guint k = 0; k < e->d; k++) {
    char name[16];
    gsize at = (gsize)i * e->d + k;
    guint of_x = X_1 + k, of_error = X_1 + e->d + k;
    g_snprintf(name, sizeof name, "x%u", k + 1);
    e->position[at] = pln_electorate_number(table, row, of_x, name, &pln_range_any, faults);
    g_snprintf(name, sizeof name, "se%u", k + 1);
    if (*pln_table_text(table, row, of_error))
      e->error[at] = pln_electorate_number(table, row, of_error, name, &pln_range_size, faults);
  }
}

typedef struct {
  const char *code;
  guint row;
} Coded;

static int by_code(const void *a, const void *b) {
  const Coded *one = a, *other = b;
  int order = strcmp(one->code, other->code);
  return order != 0 ? order : (one->row > other->row) - (one->row < other->row);
}

void pln_electorate_states_read(const PlnTable *table, const PlnWorld *world, GHashTable *groups,
                                PlnElectorate *e, PlnFaults *faults) {
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) known = world ? pln_world_states(world) : g_ptr_array_new();
  g_autofree Coded *order = g_new(Coded, e->n + 1);
  for (guint i = 0; i < e->n; i++)
    order[i] = (Coded){pln_table_text(table, i, STATE), i};
  qsort(order, e->n, sizeof *order, by_code);
  for (guint i = 0; i < e->n; i++) {
    guint row = order[i].row;
    const char *code = new_name(table, row, "state", seen, faults);
    gboolean is_known = code && world && pln_world_state(world, code);
    const PlnState *other = code && !is_known && pln_faults_seeks(faults) ? meant(known, code)
                                                                            : NULL;
    if (other)
      pln_table_fault(table, row, STATE, faults,
                      "the state is \"%s\"; expected a code; did you mean %s?", code, other->code);
    e->code[i] = g_strdup(code ? code : "");
    e->in_group[i] = group_of_row(table, row, e, groups, faults);
    read_numbers(table, row, e, i, faults);
  }
}

/* ---- dimensions.csv ---- */

static void check_covariance(const PlnTable *table, const PlnElectorate *e, PlnFaults *faults) {
  g_autofree double *root = g_new(double, (gsize)e->d * e->d);
  double most = 0;
  for (guint k = 0; k < e->d; k++)
    most = MAX(most, e->slope_covariance[k * e->d + k]);
  for (guint j = 0; j < e->d; j++)
    for (guint k = 0; k < j; k++)
      if (fabs(e->slope_covariance[j * e->d + k] - e->slope_covariance[k * e->d + j]) >
          PLN_ELECTORATE_SLACK * most) {
        pln_table_fault(table, j, C_1 + k, faults,
                        "c%u is %s but in the row of dimension %u c%u is %s; expected the same",
                        k + 1, pln_table_text(table, j, C_1 + k), k + 1, j + 1,
                        pln_table_text(table, k, C_1 + j));
        return;
      }
  int bad = pln_electorate_root(e, root);
  if (bad >= 0)
    pln_table_fault(table, (guint)bad, C_1 + (guint)bad, faults,
                    "c1 to c%u are no covariance: some sum of dimensions 1 to %d would have a "
                    "variance below 0; expected one that is positive semi-definite", e->d, bad + 1);
}

void pln_electorate_dimensions_read(const PlnTable *table, PlnElectorate *e, PlnFaults *faults) {
  guint before = pln_faults_count(faults);
  if (pln_table_rows(table) != e->d) {
    pln_faults_add(faults, pln_table_file(table), 0, 0,
                   "the table has %u rows; expected %u, as many as electorate.csv has dimensions",
                   pln_table_rows(table), e->d);
    return;
  }
  for (guint j = 0; j < e->d; j++) {
    const char *text = pln_table_text(table, j, DIMENSION);
    g_autofree char *wanted = g_strdup_printf("%u", j + 1);
    if (strcmp(text, wanted) != 0)
      pln_table_fault(table, j, DIMENSION, faults,
                      "the dimension is \"%s\"; expected %s, as the rows are in order", text,
                      wanted);
    e->slope_mean[j] = pln_electorate_number(table, j, MEAN, "mean", &pln_range_any, faults);
    for (guint k = 0; k < e->d; k++) {
      char name[16];
      g_snprintf(name, sizeof name, "c%u", k + 1);
      const PlnRange *range = j == k ? &pln_range_size : &pln_range_any;
      e->slope_covariance[j * e->d + k] =
          pln_electorate_number(table, j, C_1 + k, name, range, faults);
    }
  }
  if (pln_faults_count(faults) == before)
    check_covariance(table, e, faults);
}
