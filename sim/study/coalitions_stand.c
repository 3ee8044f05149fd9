/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where states stand on the proposal, and how much they care: as stated, or from the talks. */
#include <math.h>

#include "plenary/bargain.h"
#include "plenary/chamber.h"
#include "plenary/coalitions_part.h"
#include "plenary/outlook.h"

static guint fill(const PlnScenario *s, const PlnCoalitions *c, double *position,
                  PlnStatus *status) {
  g_autoptr(PlnStances) stances = pln_stances_resolve_on(s, c->place, c->roster);
  const PlnProposal *p = pln_scenario_proposal(s, c->place);
  guint known = 0;
  for (guint i = 0; i < c->roster->n; i++) {
    double support, sd;
    position[i] = NAN;
    if (!stances->won[i])
      continue;
    pln_outlook_support(p, stances->position[i], stances->sd[i], &support, &sd);
    position[i] = CLAMP(50 + 50 * support / PLN_CHAMBER_FIRM, 0, 100);
    status[i] = stances->status[i];
    known++;
  }
  return known;
}

/* ---- The talks ---- */

static gboolean is_put_as(const PlnScenario *s, guint place) {
  for (guint k = 0; k < s->issues->len; k++)
    if (g_array_index(s->issues, PlnIssue, k).proposal == (int)place)
      return TRUE;
  return FALSE;
}

static PlnBargain *compromise(const PlnScenario *s) {
  PlnBargainOptions options = pln_bargain_options();
  options.method = pln_method_find("compromise");
  options.draws = 0;
  return pln_bargain_new(s, &options, NULL);
}

/* The gain alone: how much each cares is for the price by salience to say.  The outcome, which it
 * went into, is there already. */
static void forget_salience(PlnBargain *b) {
  for (gsize k = 0; k < (gsize)b->table->n * b->table->m; k++)
    b->table->salience[k] = b->table->salience[k] > 0 ? 1 : 0;
  for (guint k = 0; k < b->table->differing->len; k++)
    g_array_index(b->table->differing, PlnDiffering, k).salience = 1;
}

static const char *from_talks(const PlnCoalitions *c, double *position, PlnStatus *status) {
  if (!is_put_as(c->scenario, c->place) || c->scenario->actors->len == 0)
    return NULL;
  g_autoptr(PlnBargain) b = compromise(c->scenario);
  if (!b || pln_bargain_not_put(b, NULL, c->place))
    return NULL;
  forget_salience(b);
  g_autoptr(GPtrArray) stances = pln_bargain_stances(b, NULL, NULL);
  if (!stances)
    return NULL;
  PlnScenario *view = pln_bargain_view_new(b, NULL, stances);
  guint known = fill(view, c, position, status);
  pln_bargain_view_free(view);
  return known > 0 ? "the talks: what a state gains by their compromise against no agreement" : NULL;
}

const char *pln_coalitions_positions(const PlnCoalitions *c, double *position, PlnStatus *status) {
  if (fill(c->view, c, position, status) > 0)
    return "positions as stated (positions.csv)";
  const char *words = from_talks(c, position, status);
  if (!words)
    for (guint i = 0; i < c->roster->n; i++)
      position[i] = NAN;
  return words;
}

/* ---- Salience ---- */

/* A member's own before that of whoever speaks for it there; NAN: nobody does. */
static double salience_on(const PlnDelegations *t, const PlnState *state, guint issue,
                          PlnStatus *status) {
  const PlnSpeakers *speakers = pln_delegations_speakers(t, state);
  int place = speakers ? speakers->place[issue] : -1;
  for (guint k = 0; k < t->differing->len; k++) {
    const PlnDiffering *it = &g_array_index(t->differing, PlnDiffering, k);
    if (it->row->state == state && it->issue == issue) {
      *status = it->status;
      return it->salience;
    }
  }
  if (place < 0)
    return NAN;
  *status = t->status[(gsize)place * t->m + issue];
  return t->salience[(gsize)place * t->m + issue];
}

void pln_coalitions_salience(const PlnCoalitions *c, double *salience, PlnStatus *status) {
  const PlnScenario *s = c->scenario;
  gboolean put = is_put_as(s, c->place);
  g_autoptr(PlnDelegations) t =
      s->issues->len > 0 && s->actors->len > 0 ? pln_delegations_new(s, NULL, NULL) : NULL;
  for (guint i = 0; i < c->roster->n; i++) {
    double sum = 0;
    guint n = 0;
    for (guint k = 0; t && k < t->m; k++) {
      PlnStatus sure = PLN_STATUS_VERIFIED;
      gboolean here = !put || g_array_index(s->issues, PlnIssue, k).proposal == (int)c->place;
      double on = here ? salience_on(t, c->roster->state[i], k, &sure) : NAN;
      if (isnan(on))
        continue;
      sum += on;
      n++;
      status[i] = MAX(status[i], sure);
    }
    salience[i] = n > 0 ? sum / n : NAN;
  }
}
