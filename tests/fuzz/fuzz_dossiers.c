/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dossiers from a stranger, or a table of capabilities: numbers within their scales, or faults. */
#include <math.h>

#include "fuzz.h"
#include "plenary/capabilities.h"
#include "plenary/dossiers.h"

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc, (void)argv;
  stop_at_complaints();
  return 0;
}

static gboolean is_percent(double value, double most) {
  return isnan(value) || (value >= 0 && value <= most);
}

static void look_at(const PlnDossiers *d) {
  guint listed = 0;
  for (guint k = 0; k < d->dossiers->len; k++)
    listed += ((PlnDossier *)d->dossiers->pdata[k])->issues->len;
  MUST(listed == d->issues->len && listed > 0 && d->actors->len >= 2);
  for (guint j = 0; j < d->issues->len; j++) {
    const PlnDossierIssue *issue = d->issues->pdata[j];
    guint there = 0;
    MUST(*issue->id && issue->dossier < d->dossiers->len);
    MUST(is_percent(issue->reference, 100) && is_percent(issue->outcome, 100));
    for (guint i = 0; i < d->actors->len; i++) {
      MUST(is_percent(issue->position[i], 100) && is_percent(issue->salience[i], 1));
      there += pln_dossier_issue_has(issue, i);
    }
    MUST(there == issue->taking_part);
  }
}

static void look_at_table(const PlnCapabilities *c) {
  for (guint k = 0; k < c->rows->len; k++) {
    const PlnCapability *row = &g_array_index(c->rows, PlnCapability, k);
    MUST(row->capability >= 0 && row->capability <= 1e12);
    MUST(pln_capabilities_at(c, row->actor, row->procedure, 20000101) >= 0);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autoptr(GBytes) bytes = g_bytes_new(data, size);
  g_autoptr(PlnFaults) faults = pln_faults_new(), more = pln_faults_new();
  g_autoptr(PlnDossiers) d = pln_dossiers_parse("d.csv", bytes, faults);
  g_autoptr(PlnCapabilities) c = pln_capabilities_parse("c.csv", bytes, NULL, more);
  MUST(!d == (pln_faults_count(faults) > 0));
  MUST(!c == (pln_faults_count(more) > 0));
  g_autofree char *text = pln_faults_text(faults), *also = pln_faults_text(more);
  must_be_harmless(text, FALSE);
  must_be_harmless(also, FALSE);
  if (d)
    look_at(d);
  if (c)
    look_at_table(c);
  return 0;
}
