/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/fate.h"

const char *pln_end_word(PlnEnd end) {
  static const char *const words[] = {"unknown", "adopted", "adopted-without-vote", "rejected",
                                      "tied",    "not-put", "withdrawn"};
  return words[end];
}

gboolean pln_end_adopted(PlnEnd end) {
  return end == PLN_END_ADOPTED || end == PLN_END_WITHOUT_VOTE;
}

/* Whether the part of a text that @p put to the vote is out of it. */
static gboolean strikes(const PlnProposal *p, PlnEnd end) {
  if (p->kind == PLN_KIND_PARAGRAPH)
    return end == PLN_END_REJECTED || end == PLN_END_TIED;
  return p->kind == PLN_KIND_DELETION && pln_end_adopted(end);
}

PlnFate pln_fate(const PlnScenario *s, guint place, const PlnEnd *ends) {
  const PlnProposal *p = pln_scenario_proposal(s, place);
  for (guint k = 0; k < p->falls_if->len; k++) {
    PlnFallsIf falls = g_array_index(p->falls_if, PlnFallsIf, k);
    PlnEnd end = ends[falls.other];
    if (falls.adopted ? pln_end_adopted(end) : end == PLN_END_REJECTED)
      return PLN_FATE_FALLS;
  }
  gint64 struck = 0;
  for (guint k = 0; k < place; k++) {
    const PlnProposal *other = pln_scenario_proposal(s, k);
    struck += other->target == (int)place && strikes(other, ends[k]);
  }
  return p->parts > 0 && struck >= p->parts ? PLN_FATE_EMPTY : PLN_FATE_PUT;
}

void pln_fate_changes(const PlnScenario *s, guint place, const PlnEnd *ends, GArray *changes) {
  for (guint k = 0; k < place; k++) {
    const PlnProposal *other = pln_scenario_proposal(s, k);
    gboolean amends = other->kind == PLN_KIND_AMENDMENT && pln_end_adopted(ends[k]);
    if (other->target == (int)place && (amends || strikes(other, ends[k])))
      g_array_append_val(changes, k);
  }
}
