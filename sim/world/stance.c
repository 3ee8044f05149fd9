/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plenary/stance.h"

#include <math.h>

const char *pln_stance_name(const PlnStance *stance) {
  return stance->state ? stance->state->code : stance->bloc ? stance->bloc->id : "ALL";
}

static void spoken_clear(gpointer data) {
  g_free((gpointer)((PlnSpoken *)data)->in);
}

/* Row @k, and of whom it speaks: the fewer, the more specific a bloc. */
static PlnSpoken spoken_of(const PlnScenario *s, guint k, const PlnRoster *roster) {
  const PlnStance *row = s->stances->pdata[k];
  guint8 *in = g_new0(guint8, MAX(1, roster->n));
  PlnSpoken it = {k,             row->who, row->proposal >= 0, row->line,
                  row->position, row->sd,  in,                 roster->n};
  if (row->who == PLN_STANCE_BLOC) {
    it.size = pln_roster_mark(roster, s->world, row->bloc, in);
    return it;
  }
  for (guint i = 0; i < roster->n; i++)
    in[i] = row->who == PLN_STANCE_ALL || roster->state[i] == row->state;
  return it;
}

/* The rows on the proposal, the most specific ones first. */
static GArray *spoken_on(const PlnScenario *s, guint place, const PlnRoster *roster) {
  GArray *spoken = g_array_new(FALSE, FALSE, sizeof(PlnSpoken));
  g_array_set_clear_func(spoken, spoken_clear);
  for (guint k = 0; k < s->stances->len; k++) {
    const PlnStance *row = s->stances->pdata[k];
    if (row->proposal >= 0 && row->proposal != (int)place)
      continue;
    PlnSpoken it = spoken_of(s, k, roster);
    g_array_append_val(spoken, it);
  }
  pln_spoken_sort(spoken->len, (PlnSpoken *)(gpointer)spoken->data);
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

/* The rows that may speak of the seats of a roster, sorted. */
typedef struct {
  const PlnScenario *scenario;
  guint n;
  const PlnSpoken *spoken;
} Rows;

static const PlnStance *row_at(const Rows *rows, guint k) {
  return rows->scenario->stances->pdata[rows->spoken[k].row];
}

/* Those from @first on that are as specific and speak of @seat, as one. */
static void merge(const Rows *rows, guint first, guint seat, PlnStances *out) {
  const PlnStance *best = row_at(rows, first);
  const PlnSpoken *spoken = rows->spoken;
  out->won[seat] = best;
  out->row[seat] = (int)spoken[first].row;
  out->status[seat] = PLN_STATUS_VERIFIED;
  for (guint k = first; k < rows->n && pln_spoken_order(&spoken[first], &spoken[k]) == 0; k++) {
    const PlnStance *row = row_at(rows, k);
    if (!spoken[k].in[seat])
      continue;
    out->status[seat] = MAX(out->status[seat], row->status);
    if (row->position != best->position)
      report(out, PLN_STANCE_CONFLICT, best, row, seat);
  }
  pln_spoken_merge(rows->n, spoken, first, seat, &out->position[seat], &out->sd[seat]);
}

/* Blocs that had something else to say of the seat than the smaller one that took it. */
static void note_overridden(const Rows *rows, guint first, guint seat, PlnStances *out) {
  const PlnSpoken *best = &rows->spoken[first];
  if (best->who != PLN_STANCE_BLOC)
    return;
  for (guint k = first + 1; k < rows->n; k++) {
    const PlnSpoken *it = &rows->spoken[k];
    gboolean loses = it->who == PLN_STANCE_BLOC && it->size > best->size && it->in[seat];
    if (loses && fabs(it->position - best->position) > it->sd + best->sd)
      report(out, PLN_STANCE_OVERRIDDEN, row_at(rows, first), row_at(rows, k), seat);
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
                      .row = g_new(int, n + 1),
                      .position = g_new0(double, n + 1),
                      .sd = g_new0(double, n + 1),
                      .status = g_new0(PlnStatus, n + 1),
                      .conflicts = g_array_new(FALSE, FALSE, sizeof(PlnStanceConflict))};
  g_array_set_clear_func(out->conflicts, conflict_clear);
  g_autoptr(GArray) spoken = spoken_on(s, place, roster);
  Rows rows = {s, spoken->len, (const PlnSpoken *)(gpointer)spoken->data};
  for (guint i = 0; i < n; i++) {
    guint first = pln_spoken_first(rows.n, rows.spoken, i);
    out->status[i] = PLN_STATUS_UNKNOWN;
    out->row[i] = -1;
    if (first == rows.n)
      continue;
    merge(&rows, first, i, out);
    note_overridden(&rows, first, i, out);
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
  g_free(stances->row);
  g_free(stances->position);
  g_free(stances->sd);
  g_free(stances->status);
  g_array_unref(stances->conflicts);
  g_free(stances);
}
