/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan or a table of edits from a stranger: it is faults, or changes and dials that say in words
 * what they are, and are read from those words again; and its lines as they would be typed. */
#include <math.h>

#include "fuzz.h"
#include "plenary/plan.h"
#include "plenary/tables.h"

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc, (void)argv;
  stop_at_complaints();
  return 0;
}

static void must_be_read_again(const PlnChange *change) {
  g_autofree char *text = pln_change_text(change), *target = pln_change_target(change);
  PlnChange *again = pln_change_read(text, NULL);
  MUST(again && again->kind == change->kind);
  g_autofree char *twice = pln_change_text(again);
  MUST(strcmp(text, twice) == 0 && *target);
  pln_change_free(again);
}

static void must_turn(const PlnDial *dial) {
  static const double places[] = {1e-300, 0.1, 0.5, 0.75, 1 - 1e-16};
  g_autofree char *range = pln_dial_range(dial);
  PlnDial *again = pln_dial_read(dial->name, range, NULL);
  g_autofree char *twice = again ? pln_dial_range(again) : NULL;
  PlnChange change;
  MUST(again && strcmp(range, twice) == 0);
  for (gsize k = 0; k < G_N_ELEMENTS(places); k++) {
    double value = pln_dial_value(dial, places[k]);
    g_autofree char *word = pln_dial_word(dial, value);
    MUST(isfinite(value) && *word);
    MUST(dial->kind == PLN_RANGE_LIST || (value >= dial->from && value <= dial->to));
    if (pln_dial_turn(dial, value, &change))
      must_be_read_again(&change);
  }
  pln_dial_free(again);
}

static void read_plan(const uint8_t *data, size_t size) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_bytes_new(data, size);
  g_autoptr(PlnPlan) plan = pln_plan_parse("plan.csv", bytes, &error);
  MUST(!plan == (error != NULL));
  if (error)
    must_be_harmless(error->message, FALSE);
  for (guint k = 0; plan && k < plan->dials->len; k++)
    must_turn(plan->dials->pdata[k]);
  MUST(!plan || (plan->points > 0 && pln_plan_runs(plan) >= plan->points));
}

static void read_edits(const uint8_t *data, size_t size) {
  g_autoptr(PlnFaults) faults = pln_faults_new();
  g_autoptr(GBytes) bytes = g_bytes_new(data, size);
  g_autoptr(PlnTable) table = pln_table_read("edits.csv", bytes, pln_bundles_columns, faults);
  g_autoptr(GPtrArray) bundles = table ? pln_bundles_read(table, NULL, faults) : NULL;
  g_autofree char *text = pln_faults_text(faults);
  must_be_harmless(text, FALSE);
  for (guint k = 0; bundles && k < bundles->len; k++) {
    const PlnBundle *bundle = bundles->pdata[k];
    for (guint i = 0; i < bundle->changes->len; i++)
      must_be_read_again(bundle->changes->pdata[i]);
  }
}

static void read_line(const char *line) {
  g_autoptr(GError) error = NULL;
  PlnBundle *bundle = pln_bundle_read(line, &error);
  const char *blank = strrchr(line, ' ');
  g_autofree char *what = blank ? g_strndup(line, (gsize)(blank - line)) : g_strdup(line);
  PlnDial *dial = pln_dial_read(what, blank ? blank + 1 : "", NULL);
  MUST(!bundle == (error != NULL));
  if (error)
    must_be_harmless(error->message, FALSE);
  if (bundle)
    for (guint i = 0; i < bundle->changes->len; i++)
      must_be_read_again(bundle->changes->pdata[i]);
  if (dial)
    must_turn(dial);
  pln_bundle_free(bundle);
  pln_dial_free(dial);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autofree char *text = g_strndup((const char *)data, size);
  g_auto(GStrv) lines = g_strsplit(text, "\n", 64);
  read_plan(data, size);
  read_edits(data, size);
  for (guint k = 0; lines[k]; k++)
    read_line(lines[k]);
  return 0;
}
