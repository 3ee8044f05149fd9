/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/stance.h"

#include <math.h>

const char *pln_stance_name(const PlnStance *stance) {
  return stance->state ? stance->state->code : stance->bloc ? stance->bloc->id : "ALL";
}

/* A row that may speak of the proposal, and of whom it does. */
typedef struct {
  const PlnStance *row;
  guint8 *in; /* by seat */
  guint size; /* how many seats: the fewer, the more specific a bloc */
} Spoken;

static void spoken_clear(gpointer data) {
  g_free(((Spoken *)data)->in);
}

static Spoken spoken_of(const PlnStance *row, const PlnScenario *s, const PlnRoster *roster) {
  Spoken it = {row, g_new0(guint8, MAX(1, roster->n)), roster->n};
  if (row->who == PLN_STANCE_BLOC) {
    it.size = pln_roster_mark(roster, s->world, row->bloc, it.in);
    return it;
  }
  for (guint i = 0; i < roster->n; i++)
    it.in[i] = row->who == PLN_STANCE_ALL || roster->state[i] == row->state;
  return it;
}

/* Below 0 where @a is the more specific, 0 where neither is. */
static int by_specific(const Spoken *a, const Spoken *b) {
  if (a->row->who != b->row->who)
    return a->row->who > b->row->who ? -1 : 1;
  if (a->size != b->size)
    return a->size < b->size ? -1 : 1;
  return (a->row->proposal < 0) - (b->row->proposal < 0);
}

static int by_specific_then_line(gconstpointer a, gconstpointer b) {
  const Spoken *x = a, *y = b;
  int order = by_specific(x, y);
  return order != 0 ? order : (x->row->line > y->row->line) - (x->row->line < y->row->line);
}

/* The rows on the proposal, the most specific ones first. */
static GArray *spoken_on(const PlnScenario *s, guint place, const PlnRoster *roster) {
  GArray *spoken = g_array_new(FALSE, FALSE, sizeof(Spoken));
  g_array_set_clear_func(spoken, spoken_clear);
  for (guint k = 0; k < s->stances->len; k++) {
    const PlnStance *row = s->stances->pdata[k];
    if (row->proposal >= 0 && row->proposal != (int)place)
      continue;
    Spoken it = spoken_of(row, s, roster);
    g_array_append_val(spoken, it);
  }
  g_array_sort(spoken, by_specific_then_line);
  return spoken;
}

static void conflict_clear(gpointer data) {
  g_array_unref(((PlnStanceConflict *)data)->seats);
}

static void report(PlnStances *out, PlnStanceClash kind, const PlnStance *won,
                   const PlnStance *other, guint seat) {
  PlnStanceConflict *found = NULL;
  for (guint k = 0; k < out->conflicts->len && !found; k++) {
    PlnStanceConflict *one = &g_array_index(out->conflicts, PlnStanceConflict, k);
    found = one->won == won && one->other == other ? one : NULL;
  }
  if (!found) {
    PlnStanceConflict fresh = {kind, won, other, g_array_new(FALSE, FALSE, sizeof(guint))};
    g_array_append_val(out->conflicts, fresh);
    found = &g_array_index(out->conflicts, PlnStanceConflict, out->conflicts->len - 1);
  }
  g_array_append_val(found->seats, seat);
}

static const Spoken *spoken_at(const GArray *spoken, guint k) {
  return &g_array_index(spoken, Spoken, k);
}

/* The mixture of the rows from @first on that are as specific and speak of @seat: mean and
 * spread, the latter from within the rows and from between them.  One row is itself. */
static void merge(const GArray *spoken, guint first, guint seat, PlnStances *out) {
  const Spoken *best = spoken_at(spoken, first);
  guint merged = 0;
  double weights = 0, mean = 0, between = 0;
  out->won[seat] = best->row;
  out->status[seat] = PLN_STATUS_VERIFIED;
  for (guint k = first; k < spoken->len && by_specific(best, spoken_at(spoken, k)) == 0; k++) {
    const PlnStance *row = spoken_at(spoken, k)->row;
    if (!spoken_at(spoken, k)->in[seat])
      continue;
    double weight = 1 / (row->sd * row->sd), step = row->position - mean;
    weights += weight;
    mean += step * weight / weights;
    merged++;
    between += weight * step * (row->position - mean);
    out->status[seat] = MAX(out->status[seat], row->status);
    if (row->position != best->row->position)
      report(out, PLN_STANCE_CONFLICT, best->row, row, seat);
  }
  /* Each row's weight times its variance is 1, so that their sum is how many they are. */
  out->position[seat] = merged == 1 ? best->row->position : mean;
  out->sd[seat] = merged == 1 ? best->row->sd : sqrt((merged + between) / weights);
}

/* Blocs that had something else to say of the seat than the smaller one that took it. */
static void note_overridden(const GArray *spoken, guint first, guint seat, PlnStances *out) {
  const Spoken *best = spoken_at(spoken, first);
  if (best->row->who != PLN_STANCE_BLOC)
    return;
  for (guint k = first + 1; k < spoken->len; k++) {
    const Spoken *it = spoken_at(spoken, k);
    gboolean loses = it->row->who == PLN_STANCE_BLOC && it->size > best->size && it->in[seat];
    if (loses && fabs(it->row->position - best->row->position) > it->row->sd + best->row->sd)
      report(out, PLN_STANCE_OVERRIDDEN, best->row, it->row, seat);
  }
}

static int by_lines(gconstpointer a, gconstpointer b) {
  const PlnStanceConflict *x = a, *y = b;
  if (x->won->line != y->won->line)
    return x->won->line < y->won->line ? -1 : 1;
  return (x->other->line > y->other->line) - (x->other->line < y->other->line);
}

PlnStances *pln_stances_resolve_on(const PlnScenario *s, guint place, const PlnRoster *roster) {
  guint n = roster->n;
  PlnStances *out = g_new(PlnStances, 1);
  *out = (PlnStances){.n = n,
                      .won = g_new0(const PlnStance *, n + 1),
                      .position = g_new0(double, n + 1),
                      .sd = g_new0(double, n + 1),
                      .status = g_new0(PlnStatus, n + 1),
                      .conflicts = g_array_new(FALSE, FALSE, sizeof(PlnStanceConflict))};
  g_array_set_clear_func(out->conflicts, conflict_clear);
  g_autoptr(GArray) spoken = spoken_on(s, place, roster);
  for (guint i = 0; i < n; i++) {
    guint first = 0;
    while (first < spoken->len && !spoken_at(spoken, first)->in[i])
      first++;
    out->status[i] = PLN_STATUS_UNKNOWN;
    if (first == spoken->len)
      continue;
    merge(spoken, first, i, out);
    note_overridden(spoken, first, i, out);
  }
  g_array_sort(out->conflicts, by_lines);
  return out;
}

PlnStances *pln_stances_resolve(const PlnScenario *s, guint place) {
  return pln_stances_resolve_on(s, place, pln_scenario_proposal(s, place)->roster);
}

void pln_stances_free(PlnStances *stances) {
  if (!stances)
    return;
  g_free(stances->won);
  g_free(stances->position);
  g_free(stances->sd);
  g_free(stances->status);
  g_array_unref(stances->conflicts);
  g_free(stances);
}
