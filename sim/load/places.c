/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/tables.h"

struct PlnPlaces {
  const PlnScenario *scenario;
  GHashTable *by_id; /* place + 1 */
};

PlnPlaces *pln_places_new(const PlnScenario *s) {
  PlnPlaces *places = g_new(PlnPlaces, 1);
  places->scenario = s;
  places->by_id = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = s->proposals->len; i-- > 0;) /* of two by one id, a fault, the first */
    g_hash_table_insert(places->by_id, (gpointer)pln_scenario_proposal(s, i)->id,
                        GUINT_TO_POINTER(i + 1));
  g_hash_table_remove(places->by_id, "");
  return places;
}

void pln_places_free(PlnPlaces *places) {
  g_hash_table_unref(places->by_id);
  g_free(places);
}

int pln_places_find(const PlnPlaces *places, const char *id) {
  return GPOINTER_TO_INT(g_hash_table_lookup(places->by_id, id)) - 1;
}

int pln_cell_place(const PlnTable *table, guint row, guint column, const char *id,
                   const PlnPlaces *places, PlnFaults *faults) {
  const GPtrArray *proposals = places->scenario->proposals;
  int place = pln_places_find(places, id);
  if (place >= 0)
    return place;
  guint n = pln_faults_seeks(faults) ? proposals->len : 0;
  g_autofree const char **ids = g_new0(const char *, n + 1);
  for (guint i = 0; i < n; i++)
    ids[i] = ((const PlnProposal *)proposals->pdata[i])->id;
  g_autofree char *hint = pln_faults_hint(faults, id, ids);
  pln_table_fault(table, row, column, faults,
                  "unknown proposal \"%s\"; expected an id of proposals.csv%s", id, hint);
  return -1;
}
