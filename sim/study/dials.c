/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/dials.h"

#include <math.h>
#include <string.h>

#include "plenary/asked.h"

/* The scale of a position.  Returns: FALSE where there is none that is known */
static gboolean scale_of(const PlnScenario *scenario, PlnRunStudy study, const char *where,
                         double *from, double *to) {
  gboolean known = study != PLN_RUN_BARGAIN;
  *from = known ? 0 : -INFINITY;
  *to = known ? 100 : INFINITY;
  for (guint i = 0; study == PLN_RUN_BARGAIN && i < scenario->issues->len; i++) {
    const PlnIssue *issue = &g_array_index(scenario->issues, PlnIssue, i);
    if (where && strcmp(issue->id, where) != 0)
      continue;
    known = TRUE;
    *from = MAX(*from, issue->from);
    *to = MIN(*to, issue->to);
  }
  return known;
}

/* A normal ends where its scale does: what it was read with is that of votes, which may be another. */
static gboolean fits(PlnDial *dial, double from, double to) {
  if (dial->kind != PLN_RANGE_NORMAL)
    return pln_dial_cut(dial, from, to);
  dial->from = from;
  dial->to = to;
  return dial->mean >= from && dial->mean <= to;
}

gboolean pln_dials_fit(const GPtrArray *dials, const PlnScenario *scenario, PlnRunStudy study,
                       GError **error) {
  for (guint k = 0; k < dials->len; k++) {
    PlnDial *dial = dials->pdata[k];
    double from, to;
    if (dial->change->kind != PLN_CHANGE_POSITION ||
        !scale_of(scenario, study, dial->change->where, &from, &to) || fits(dial, from, to))
      continue;
    if (from > to)
      return pln_asked_fail(error, "\"%s\" is varied on issues whose scales have nothing in common; "
                                   "expected one of them, as \"position ISSUE:%s\"", dial->name,
                            dial->change->who);
    g_autofree char *range = pln_dial_range(dial);
    return pln_asked_fail(error, "\"%s\" is varied beyond its scale, as %s; expected values from %g "
                                 "to %g", dial->name, range, from, to);
  }
  return TRUE;
}

static void add(GPtrArray *all, const PlnChange *change, double value) {
  PlnChange *copy = pln_change_copy(change);
  copy->value = value;
  g_ptr_array_add(all, copy);
}

GPtrArray *pln_dials_changes(const GPtrArray *set, const GPtrArray *dials) {
  GPtrArray *all = g_ptr_array_new_with_free_func(pln_change_free);
  for (guint k = 0; set && k < set->len; k++)
    g_ptr_array_add(all, pln_change_copy(set->pdata[k]));
  for (guint k = 0; dials && k < dials->len; k++) {
    const PlnDial *dial = dials->pdata[k];
    if (dial->kind == PLN_RANGE_NORMAL)
      add(all, dial->change, dial->mean);
    if (dial->kind == PLN_RANGE_EVEN) {
      add(all, dial->change, dial->from);
      add(all, dial->change, dial->to);
    }
    for (guint w = 0; dial->kind == PLN_RANGE_LIST && w < dial->n; w++)
      if (dial->choice[w])
        g_ptr_array_add(all, pln_change_copy(dial->choice[w]));
  }
  return all;
}
