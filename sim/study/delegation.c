/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From rows to delegations: seats first, edits on them, then the arrays of the talks. */
#include "plenary/delegation.h"

#include <math.h>
#include <string.h>

#include "plenary/delegation_part.h"
#include "plenary/error.h"

/* ---- Seats ---- */

PlnSeat *pln_seat_new(const PlnSeats *seats, const char *name, const char *title) {
  PlnSeat *seat = g_new0(PlnSeat, 1);
  seat->who = g_new0(PlnDelegation, 1);
  seat->who->name = g_strdup(name);
  seat->who->title = g_strdup(title);
  seat->who->members = g_ptr_array_new();
  seat->blocs = g_ptr_array_new();
  seat->states = g_ptr_array_new();
  seat->cell = g_new0(PlnSeatCell, seats->m + 1);
  for (guint p = 0; p < seats->m; p++)
    seat->cell[p].position = NAN;
  return seat;
}

static void delegation_free(gpointer data) {
  PlnDelegation *delegation = data;
  g_free(delegation->name);
  g_free(delegation->title);
  g_ptr_array_unref(delegation->members);
  g_free(delegation);
}

void pln_seat_free(gpointer data) {
  PlnSeat *seat = data;
  g_clear_pointer(&seat->who, delegation_free);
  g_ptr_array_unref(seat->blocs);
  g_ptr_array_unref(seat->states);
  g_free(seat->cell);
  g_free(seat);
}

int pln_seats_find(const PlnSeats *seats, const char *name) {
  for (guint i = 0; i < seats->seats->len; i++)
    if (strcmp(((const PlnSeat *)seats->seats->pdata[i])->who->name, name) == 0)
      return (int)i;
  return -1;
}

static double or_zero(double value) {
  return isnan(value) ? 0 : value;
}

PlnSeatCell pln_seats_cell(const PlnSeats *seats, guint i, guint issue) {
  PlnActor row = pln_actors_cell(seats->actors, i, issue);
  PlnSeatCell cell = {row.position,       or_zero(row.sd),
                      row.salience / 100, or_zero(row.salience_sd) / 100,
                      row.capability,     or_zero(row.capability_sd),
                      row.status,         FALSE};
  if (!seats->salience_stated[issue]) {
    cell.salience = 1;
    cell.salience_sd = 0;
  }
  if (!seats->capability_stated) {
    cell.capability = 1;
    cell.capability_sd = 0;
  }
  return cell;
}

static void find_stated(PlnSeats *seats) {
  const PlnActors *actors = seats->actors;
  for (guint i = 0; i < actors->n; i++)
    for (guint p = 0; p < actors->m; p++) {
      if (!pln_actors_negotiates(actors, i, p))
        continue;
      PlnActor row = pln_actors_cell(actors, i, p);
      seats->salience_stated[p] |= !isnan(row.salience);
      seats->capability_stated |= !isnan(row.capability);
    }
}

/* The seat of actor @i; NULL of a state that negotiates on nothing. */
static PlnSeat *seat_of(const PlnSeats *seats, guint i) {
  const PlnActor *who = pln_actors_who(seats->actors, i);
  PlnSeat *seat =
      pln_seat_new(seats, pln_actor_name(who), who->bloc ? who->bloc->name : who->state->name);
  gboolean anywhere = who->bloc != NULL;
  for (guint p = 0; p < seats->m; p++) {
    gboolean there = pln_actors_negotiates(seats->actors, i, p);
    anywhere |= there;
    seat->cell[p] = pln_seats_cell(seats, i, p);
    if (!there)
      seat->cell[p].position = NAN;
  }
  seat->who->state = who->state;
  seat->who->bloc = who->bloc;
  if (who->bloc)
    g_ptr_array_add(seat->blocs, (gpointer)who->bloc);
  else
    g_ptr_array_add(seat->states, (gpointer)who->state);
  if (!anywhere)
    g_clear_pointer(&seat, pln_seat_free);
  return seat;
}

/* Of each a GPtrArray. */
static GHashTable *lists_new(void) {
  return g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
}

static PlnSeats *seats_new(const PlnScenario *s) {
  PlnSeats *seats = g_new(PlnSeats, 1);
  *seats = (PlnSeats){.scenario = s,
                      .actors = pln_actors_new(s),
                      .m = s->issues->len,
                      .seats = g_ptr_array_new_with_free_func(pln_seat_free),
                      .salience_stated = g_new0(gboolean, s->issues->len + 1),
                      .sat = g_hash_table_new(NULL, NULL),
                      .blocs = lists_new(),
                      .split = lists_new()};
  find_stated(seats);
  for (guint i = 0; i < seats->actors->n; i++) {
    PlnSeat *seat = seat_of(seats, i);
    if (seat)
      g_ptr_array_add(seats->seats, seat);
  }
  pln_seats_find_members(seats);
  return seats;
}

static void seats_free(PlnSeats *seats) {
  if (!seats)
    return;
  pln_actors_free(seats->actors);
  g_ptr_array_unref(seats->seats);
  g_free(seats->salience_stated);
  g_hash_table_unref(seats->sat);
  g_hash_table_unref(seats->blocs);
  g_hash_table_unref(seats->split);
  g_free(seats);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlnSeats, seats_free)

/* ---- Arrays ---- */

static gboolean check_salience(const PlnSeats *seats, const PlnSeat *seat, guint issue,
                               GError **error) {
  const char *id = g_array_index(seats->scenario->issues, PlnIssue, issue).id;
  const PlnSeatCell *cell = &seat->cell[issue];
  const char *what = isnan(cell->salience)     ? "salience"
                     : isnan(cell->capability) ? "capability"
                                               : NULL;
  if (!what)
    return TRUE;
  g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
              "%s takes part in %s without a %s, and others state theirs; expected --%s %s:%s=… too",
              seat->who->name, id, what, what, id, seat->who->name);
  return FALSE;
}

/* Of one that takes part; what is uncertain, and the weakest status, are noted. */
static void put_cell(PlnDelegations *d, gsize at, const PlnSeatCell *cell) {
  gboolean in = !isnan(cell->position);
  d->position[at] = cell->position;
  d->salience[at] = in ? cell->salience : 0;
  d->capability[at] = in ? cell->capability : 0;
  d->position_sd[at] = in ? cell->sd : 0;
  d->salience_sd[at] = in ? cell->salience_sd : 0;
  d->capability_sd[at] = in ? cell->capability_sd : 0;
  d->status[at] = cell->status;
  if (!in)
    return;
  d->uncertain |= cell->sd > 0 || cell->salience_sd > 0 || cell->capability_sd > 0;
  d->weakest = MAX(d->weakest, cell->status);
}

static PlnDelegations *shape(const PlnScenario *s, guint n) {
  guint m = s->issues->len;
  gsize nm = (gsize)n * m + 1;
  PlnDelegations *d = g_new(PlnDelegations, 1);
  *d = (PlnDelegations){.scenario = s,
                        .n = n,
                        .m = m,
                        .delegations = g_ptr_array_new_with_free_func(delegation_free),
                        .position = g_new0(double, nm),
                        .salience = g_new0(double, nm),
                        .capability = g_new0(double, nm),
                        .position_sd = g_new0(double, nm),
                        .salience_sd = g_new0(double, nm),
                        .capability_sd = g_new0(double, nm),
                        .status = g_new0(PlnStatus, nm),
                        .from = g_new(double, m + 1),
                        .to = g_new(double, m + 1),
                        .reference = g_new(double, m + 1),
                        .salience_stated = g_new0(gboolean, m + 1),
                        .differing = g_array_new(FALSE, FALSE, sizeof(PlnDiffering))};
  for (guint p = 0; p < m; p++) {
    const PlnIssue *issue = &g_array_index(s->issues, PlnIssue, p);
    d->from[p] = issue->from;
    d->to[p] = issue->to;
    d->reference[p] = issue->reference;
  }
  d->talks =
      (PlnTalks){n, m, d->position, d->salience, d->capability, d->from, d->to, d->reference};
  return d;
}

/* Nobody states any, and no edit has made it another's than 1. */
static void find_equal(PlnDelegations *d, const PlnSeats *seats) {
  d->capability_stated = seats->capability_stated;
  d->equal_capability = !seats->capability_stated;
  d->equal_salience = TRUE;
  for (guint p = 0; p < d->m; p++) {
    d->salience_stated[p] = seats->salience_stated[p];
    d->equal_salience &= !seats->salience_stated[p];
  }
  for (gsize at = 0; at < (gsize)d->n * d->m; at++) {
    if (isnan(d->position[at]))
      continue;
    d->equal_capability &= d->capability[at] == 1 && d->capability_sd[at] == 0;
    d->equal_salience &= d->salience[at] == 1 && d->salience_sd[at] == 0;
  }
}

static gboolean fill(PlnDelegations *d, PlnSeats *seats, GError **error) {
  for (guint i = 0; i < d->n; i++) {
    PlnSeat *seat = seats->seats->pdata[i];
    for (guint p = 0; p < d->m; p++) {
      if (!isnan(seat->cell[p].position) && !check_salience(seats, seat, p, error))
        return FALSE;
      put_cell(d, (gsize)i * d->m + p, &seat->cell[p]);
    }
    g_ptr_array_add(d->delegations, g_steal_pointer(&seat->who));
  }
  find_equal(d, seats);
  return TRUE;
}

/* ---- Members that differ ---- */

/* Of actor @i, a state, where another speaks for it. */
static void note_differing(PlnDelegations *d, PlnSeats *seats, guint i, guint issue) {
  const PlnActors *actors = seats->actors;
  const PlnState *state = pln_actors_who(actors, i)->state;
  PlnActor cell = pln_actors_cell(actors, i, issue);
  if (isnan(cell.position) || cell.alone)
    return;
  const PlnSeat *seat = pln_seats_speaker(seats, state, issue);
  if (!seat || g_ptr_array_find(seat->states, state, NULL))
    return;
  gsize at = (gsize)seat->place * d->m + issue;
  gboolean own = seats->salience_stated[issue] && !isnan(cell.salience);
  const PlnActor **rows = actors->row + (gsize)i * (actors->m + 1);
  PlnDiffering it = {.row = rows[issue] ? rows[issue] : rows[actors->m],
                     .delegation = seat->place,
                     .issue = issue,
                     .position = cell.position,
                     .distance = cell.position - d->position[at],
                     .sd = isnan(cell.sd) ? d->position_sd[at] : cell.sd,
                     .salience = own ? cell.salience / 100 : d->salience[at],
                     .status = cell.status};
  if (it.distance != 0 || it.salience != d->salience[at])
    g_array_append_val(d->differing, it);
}

static void find_differing(PlnDelegations *d, PlnSeats *seats) {
  for (guint i = 0; i < seats->actors->n; i++)
    for (guint p = 0; pln_actors_who(seats->actors, i)->state && p < d->m; p++)
      note_differing(d, seats, i, p);
}

/* ---- Delegations ---- */

PlnDelegations *pln_delegations_new(const PlnScenario *s, const GArray *edits, GError **error) {
  if (s->issues->len == 0 || s->actors->len == 0) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_DATA,
                "%s has nothing to bargain for; expected issues.csv and actors.csv in it", s->id);
    return NULL;
  }
  g_autoptr(PlnSeats) seats = seats_new(s);
  for (guint k = 0; edits && k < edits->len; k++)
    if (!pln_seats_edit(seats, &g_array_index(edits, PlnTalksEdit, k), error))
      return NULL;
  g_autoptr(PlnDelegations) d = shape(s, seats->seats->len);
  if (!fill(d, seats, error))
    return NULL;
  pln_seats_number(seats);
  find_differing(d, seats);
  d->speakers = pln_seats_speakers(seats);
  return g_steal_pointer(&d);
}

void pln_delegations_free(PlnDelegations *d) {
  if (!d)
    return;
  g_ptr_array_unref(d->delegations);
  g_free(d->position);
  g_free(d->salience);
  g_free(d->capability);
  g_free(d->position_sd);
  g_free(d->salience_sd);
  g_free(d->capability_sd);
  g_free(d->status);
  g_free(d->from);
  g_free(d->to);
  g_free(d->reference);
  g_free(d->salience_stated);
  g_array_unref(d->differing);
  g_clear_pointer(&d->speakers, g_hash_table_unref);
  g_free(d);
}

int pln_delegations_find(const PlnDelegations *d, const char *name) {
  for (guint i = 0; i < d->n; i++)
    if (strcmp(pln_delegation(d, i)->name, name) == 0)
      return (int)i;
  return -1;
}

const PlnDelegation *pln_delegation(const PlnDelegations *d, guint i) {
  return d->delegations->pdata[i];
}

const PlnSpeakers *pln_delegations_speakers(const PlnDelegations *d, const PlnState *state) {
  return g_hash_table_lookup(d->speakers, state);
}
