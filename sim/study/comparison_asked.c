/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the bundles of a comparison ask: which study, about what; what clashes, what is of no use. */
#include "plenary/comparison_part.h"

#include <string.h>

#include "plenary/error.h"
#include "plenary/runner_part.h"

/* ---- Which study ---- */

/* A position on what an issue is called and a proposal too, though another proposal is asked about,
 * is meant of the talks: of the vote it would say nothing. */
static gboolean is_of_talks(const PlnScenario *s, const PlnChange *change, int asked) {
  if (change->kind != PLN_CHANGE_POSITION || !change->where || asked < 0)
    return FALSE;
  int place = pln_scenario_find(s, change->where);
  return place >= 0 && place != asked && pln_scenario_find_issue(s, change->where) >= 0;
}

PlnRunStudy pln_comparison_study(const PlnScenario *s, const PlnComparisonOptions *o) {
  g_autoptr(GPtrArray) all = g_ptr_array_new();
  if (o->study_asked)
    return o->run.study;
  for (guint b = 0; b < o->bundles->len; b++)
    g_ptr_array_extend(all, ((const PlnBundle *)o->bundles->pdata[b])->changes, NULL, NULL);
  for (guint k = 0; k < all->len; k++)
    if (is_of_talks(s, all->pdata[k], o->run.proposal))
      return PLN_RUN_BARGAIN;
  return pln_runner_study_for(s, o->run.proposal, all);
}

/* ---- About what ---- */

/* What the talks know of is an issue's, whatever a proposal is called. */
static gboolean is_about(const PlnComparison *c, const PlnChange *change, const PlnProposal *p) {
  gboolean issue = c->run.study == PLN_RUN_BARGAIN && change->kind <= PLN_CHANGE_CAPABILITY;
  return issue || !change->where || !p || strcmp(change->where, p->id) == 0 ||
         pln_scenario_find(c->scenario, change->where) < 0;
}

void pln_comparison_sort_changes(const PlnComparison *c, const PlnProposal *p,
                                 PlnComparisonCase *one) {
  g_ptr_array_set_size(one->changes, 0);
  g_ptr_array_set_size(one->elsewhere, 0);
  for (guint k = 0; k < one->bundle->changes->len; k++) {
    PlnChange *change = one->bundle->changes->pdata[k];
    gboolean about = is_about(c, change, p);
    if (!about || !one->refused)
      g_ptr_array_add(about ? one->changes : one->elsewhere, change);
  }
}

/* ---- Of no use ---- */

/* Whether some change is one that no study would take: an unknown name, a number off its scale. */
static gboolean is_slip(const PlnScenario *s, const GPtrArray *changes) {
  for (guint k = 0; k < changes->len; k++) {
    gboolean known = FALSE;
    for (guint study = 0; study < PLN_RUN_STUDIES && !known; study++)
      known = pln_runner_check(s, (PlnRunStudy)study, TRUE, changes->pdata[k], NULL);
    if (!known)
      return TRUE;
  }
  return FALSE;
}

/* Why no item has a use for the bundle at @b, or NULL where one has. */
static const char *why_useless(const PlnComparison *c, guint b, gboolean *slip) {
  const char *why = NULL;
  *slip = FALSE;
  for (guint k = 0; k < c->items->len; k++) {
    const PlnComparisonCase *one = pln_comparison_case(pln_comparison_item(c, k), b);
    if (!one->refused && one->changes->len > 0)
      return NULL;
    why = one->refused ? one->refused : why;
    *slip |= one->refused && is_slip(c->scenario, one->bundle->changes);
  }
  return why;
}

gboolean pln_comparison_drop_useless(PlnComparison *c, GError **error) {
  for (guint b = c->bundles->len; b-- > 0;) {
    gboolean slip;
    PlnBundle *bundle = c->bundles->pdata[b];
    const char *why = why_useless(c, b, &slip);
    if (!why)
      continue;
    if (slip || c->bundles->len == 1) {
      g_set_error_literal(error, PLN_ERROR, PLN_ERROR_USAGE, why);
      return FALSE;
    }
    g_ptr_array_insert(c->left_out, 0, g_strdup_printf("%s: %s", bundle->name, why));
    g_ptr_array_remove_index(c->bundles, b);
    g_ptr_array_insert(c->useless, 0, bundle);
    for (guint k = 0; k < c->items->len; k++)
      g_ptr_array_remove_index(pln_comparison_item(c, k)->cases, b);
  }
  return TRUE;
}

/* ---- Clashes ---- */

static void find_in(PlnComparison *c, const PlnBundle *bundle) {
  for (guint later = 1; later < bundle->changes->len; later++) {
    g_autofree char *target = pln_change_target(bundle->changes->pdata[later]);
    for (guint earlier = later; earlier-- > 0;) {
      g_autofree char *other = pln_change_target(bundle->changes->pdata[earlier]);
      if (strcmp(other, target) != 0)
        continue;
      PlnComparisonClash clash = {bundle, bundle->changes->pdata[earlier],
                                  bundle->changes->pdata[later]};
      g_array_append_val(c->clashes, clash);
      break;
    }
  }
}

void pln_comparison_find_clashes(PlnComparison *c) {
  for (guint k = 0; k < c->bundles->len; k++)
    find_in(c, c->bundles->pdata[k]);
}
