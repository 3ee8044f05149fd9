/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A treaty's history: who had done what by a day, in years since its opening. */
#include <math.h>
#include <string.h>

#include "plenary/error.h"
#include "plenary/ratify_part.h"

const double pln_ratify_levels[PLN_RATIFY_QUANTILES] = {0.05, 0.25, 0.5, 0.75, 0.95};

PlnDayNumber pln_day_number(PlnDay day) {
  guint y = day / 10000, m = day / 100 % 100, d = day % 100;
  if (day <= PLN_DAY_UNKNOWN || y == 0)
    return -1;
  if (m == 0)
    m = 12;
  if (d == 0)
    d = g_date_get_days_in_month((GDateMonth)m, (GDateYear)y);
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_dmy(&date, (GDateDay)d, (GDateMonth)m, (GDateYear)y);
  return (PlnDayNumber)g_date_get_julian(&date);
}

PlnDay pln_day_of_number(PlnDayNumber number) {
  if (number <= 0)
    return PLN_DAY_NONE;
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_julian(&date, (guint32)number);
  return (PlnDay)(10000u * g_date_get_year(&date) + 100u * g_date_get_month(&date) +
                  g_date_get_day(&date));
}

double pln_ratify_years(const PlnRatifyHistory *h, PlnDayNumber day) {
  return day < 0 ? NAN : (day - h->opened) / PLN_RATIFY_YEAR;
}

/* NAN where it was not known on the last day. */
static double known_years(const PlnRatifyHistory *h, PlnDay day) {
  PlnDayNumber number = pln_day_number(day);
  return number < 0 || number > h->until ? NAN : MAX(pln_ratify_years(h, number), 0);
}

/* A signature on a day that is not known has come by the end. */
static double signed_years(const PlnRatifyHistory *h, PlnDay day) {
  return day == PLN_DAY_UNKNOWN ? h->years : known_years(h, day);
}

static int by_code(gconstpointer a, gconstpointer b) {
  return strcmp((*(const PlnState *const *)a)->code, (*(const PlnState *const *)b)->code);
}

/* States, observer States among them; no organization adds an instrument of its own, and whom a
 * scenario made up (without a number of the United Nations) is no state. */
static void find_states(const PlnWorld *world, PlnRatifyHistory *h) {
  g_autoptr(GPtrArray) all = pln_world_states(world);
  PlnDay day = pln_day_of_number(h->until);
  g_ptr_array_sort(all, by_code);
  h->state = g_new0(const PlnState *, all->len + 1);
  for (guint i = 0; i < all->len; i++) {
    const PlnState *state = all->pdata[i];
    if (state->kind != PLN_STATE_ORGANIZATION && *state->m49 &&
        pln_day_within(state->from, state->to, day))
      h->state[h->n++] = state;
  }
  h->act = g_new0(const PlnTreatyAct *, h->n + 1);
  h->history = g_new0(PlnJoinState, h->n + 1);
}

static void find_acts(const PlnWorld *world, const char *treaty, PlnRatifyHistory *h) {
  g_autoptr(GPtrArray) acts = pln_world_acts(world, treaty);
  for (guint i = 0; i < h->n; i++) {
    PlnJoinState *s = &h->history[i];
    s->signed_at = s->joined_at = s->together_from = s->together_to = NAN;
  }
  for (guint k = 0; k < acts->len; k++) {
    const PlnTreatyAct *act = acts->pdata[k];
    int i = pln_states_find(h->state, h->n, act->state);
    if (i < 0)
      continue;
    h->act[i] = act;
    h->history[i].signed_at = signed_years(h, act->signature);
    h->history[i].joined_at = known_years(h, act->consent);
  }
}

/* Who was in the union from when to when, as known by the end. */
static void find_union(const PlnWorld *world, PlnRatifyHistory *h) {
  const PlnBloc *bloc = pln_world_bloc(world, PLN_RATIFY_UNION);
  for (guint k = 0; bloc && k < bloc->members->len; k++) {
    const PlnMembership *m = &g_array_index(bloc->members, PlnMembership, k);
    int i = pln_states_find(h->state, h->n, m->member);
    PlnDayNumber from = pln_day_number(m->from);
    if (i < 0 || from > h->until || m->from == PLN_DAY_UNKNOWN)
      continue;
    h->history[i].together_from = from < 0 ? -1e3 : pln_ratify_years(h, from);
    h->history[i].together_to = known_years(h, m->to);
  }
}

PlnRatifyHistory *pln_ratify_history_new(const PlnWorld *world, const char *treaty,
                                         PlnDayNumber until, GError **error) {
  const PlnTreatyTerm *opened = pln_world_term(world, treaty, "opened");
  const PlnTreatyTerm *known = pln_world_term(world, treaty, "known_to");
  g_autoptr(PlnRatifyHistory) h = g_new0(PlnRatifyHistory, 1);
  h->opened = opened ? pln_day_number(opened->day) : -1;
  h->until = until >= 0 ? until : known ? pln_day_number(known->day) : -1;
  h->years = pln_ratify_years(h, h->until);
  if (h->opened < 0 || !(h->years > 0)) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
                "of the treaty %s the tables do not tell from when to when its dates are known; "
                "expected the days opened and known_to, the first before the second, in "
                "treaty_terms.csv",
                treaty);
    return NULL;
  }
  find_states(world, h);
  find_acts(world, treaty, h);
  find_union(world, h);
  return g_steal_pointer(&h);
}

void pln_ratify_history_free(PlnRatifyHistory *h) {
  if (!h)
    return;
  g_free(h->state);
  g_free(h->act);
  g_free(h->history);
  g_free(h);
}

void pln_ratify_history_support(PlnRatifyHistory *h, const PlnRollCall *began, double yes) {
  for (guint i = 0; i < h->n; i++) {
    PlnVote vote = began ? pln_roll_call_vote(began, h->state[i]->code) : PLN_VOTE_UNKNOWN;
    h->history[i].support = vote == PLN_VOTE_Y ? yes : vote == PLN_VOTE_N ? -yes : 0;
  }
}

void pln_ratify_fast(const PlnWorld *world, const char *treaty, PlnDayNumber until, PlnJoinFit *fit,
                     GPtrArray *used) {
  const PlnTreatyTerm *opened = pln_world_term(world, treaty, "opened");
  const PlnTreatyTerm *states = pln_world_term(world, treaty, "states");
  const PlnTreatyTerm *signs = pln_world_term(world, treaty, "signatories");
  g_autoptr(GPtrArray) milestones = pln_world_milestones(world, treaty);
  double years[PLN_JOIN_MILESTONES];
  guint number[PLN_JOIN_MILESTONES], m = 0;
  PlnDayNumber from = opened ? pln_day_number(opened->day) : -1;
  guint n = states && states->number > 0 ? (guint)states->number : fit->states;
  for (guint k = 0; k < milestones->len && from >= 0 && m < PLN_JOIN_MILESTONES; k++) {
    const PlnTreatyMilestone *milestone = milestones->pdata[k];
    PlnDayNumber day = pln_day_number(milestone->day);
    if (day <= from || day > until || milestone->number == 0 || milestone->number >= n)
      continue;
    years[m] = (day - from) / PLN_RATIFY_YEAR;
    number[m++] = milestone->number;
    if (used)
      g_ptr_array_add(used, (gpointer)milestone);
  }
  guint signatories = signs && signs->number >= 0 ? MIN((guint)signs->number, n) : n;
  pln_join_fast(fit, years, number, m, n, signatories);
}

guint pln_ratify_quantile(const guint32 *count, guint n, guint64 all, double level) {
  guint64 sum = 0, least = (guint64)ceil(level * (double)all);
  for (guint k = 0; k < n; k++) {
    sum += count[k];
    if (sum >= MAX(least, 1))
      return k;
  }
  return n;
}

/* Hoare's selection: on average some three comparisons a day, no order of those left out. */
PlnDayNumber pln_ratify_nth(PlnDayNumber *day, guint n, guint k) {
  if (k == 0 || k > n)
    return PLN_RATIFY_NEVER;
  int low = 0, high = (int)n - 1, at = (int)k - 1;
  while (low < high) {
    PlnDayNumber pivot = day[at];
    int i = low, j = high;
    while (i <= j) {
      while (day[i] < pivot)
        i++;
      while (pivot < day[j])
        j--;
      if (i <= j) {
        PlnDayNumber t = day[i];
        day[i++] = day[j];
        day[j--] = t;
      }
    }
    if (j < at)
      low = i;
    if (at < i)
      high = j;
  }
  return day[at];
}
