/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits of the talks as they are done: numbers changed, blocs split; delegation_merge.c. */
#include <math.h>
#include <string.h>

#include "plenary/asked.h"
#include "plenary/delegation_part.h"
#include "plenary/error.h"

static PlnSeat *seat_at(const PlnSeats *seats, guint i) {
  return seats->seats->pdata[i];
}

static const PlnIssue *issue_at(const PlnSeats *seats, guint p) {
  return &g_array_index(seats->scenario->issues, PlnIssue, p);
}

void pln_seat_mark(PlnSeat *seat, guint issue) {
  seat->who->edited = TRUE;
  seat->cell[issue].status = MAX(seat->cell[issue].status, PLN_STATUS_ASSUMED);
}

/* ---- Who is meant ---- */

/* The delegation that speaks for the state called @name, or NULL. */
static const PlnSeat *spoken_by(const PlnSeats *seats, const char *name) {
  for (guint i = 0; i < seats->seats->len; i++) {
    const GPtrArray *members = seat_at(seats, i)->who->members;
    for (guint k = 0; k < members->len; k++)
      if (strcmp(((const PlnState *)members->pdata[k])->code, name) == 0)
        return seat_at(seats, i);
  }
  return NULL;
}

static gboolean refuse_name(const PlnSeats *seats, const char *name, GError **error) {
  const PlnSeat *seat = spoken_by(seats, name);
  if (seat) {
    g_autofree char *expected = g_strdup_printf("--split %s:%s before it", seat->who->name, name);
    g_autofree char *what = g_strdup_printf("%s speaks for", seat->who->name);
    return pln_asked_refuse(error, what, name, seat->who->bloc ? expected : "that delegation", NULL);
  }
  g_autofree const char **names = g_new0(const char *, seats->seats->len + 1);
  for (guint i = 0; i < seats->seats->len; i++)
    names[i] = seat_at(seats, i)->who->name;
  return pln_asked_refuse(error, "nobody at the table is called", name,
                          "a state or a bloc of actors.csv", names);
}

PlnSeat *pln_seats_called(const PlnSeats *seats, const char *name, GError **error) {
  int place = pln_seats_find(seats, name);
  if (place >= 0)
    return seat_at(seats, (guint)place);
  refuse_name(seats, name, error);
  return NULL;
}

/* Whether the edit is of @issue: the one it names, or any in which the seat takes part. */
static gboolean meant(const PlnSeat *seat, const PlnTalksEdit *edit, guint issue) {
  return edit->issue < 0 ? !isnan(seat->cell[issue].position) : edit->issue == (int)issue;
}

/* ---- Numbers ---- */

/* One that joins an issue brings to it what it has on another where it states nothing. */
static void bring_capability(const PlnSeats *seats, PlnSeat *seat, guint issue) {
  for (guint p = 0; p < seats->m && isnan(seat->cell[issue].capability); p++) {
    seat->cell[issue].capability = seat->cell[p].capability;
    seat->cell[issue].capability_sd = seat->cell[p].capability_sd;
  }
}

static gboolean set_position(const PlnSeats *seats, PlnSeat *seat, guint issue,
                             const PlnTalksEdit *edit, GError **error) {
  const PlnIssue *it = issue_at(seats, issue);
  double sd = isnan(edit->sd) ? 0 : edit->sd;
  if (edit->value < it->from || edit->value > it->to || sd > it->to - it->from) {
    g_set_error(error, PLN_ERROR, PLN_ERROR_USAGE,
                "--position of %s does not fit the scale of %s; expected a number from %.12g to "
                "%.12g, or --position %s:%s=… on single issues",
                seat->who->name, it->id, it->from, it->to, it->id, seat->who->name);
    return FALSE;
  }
  seat->cell[issue].position = edit->value;
  seat->cell[issue].left = FALSE;
  if (!isnan(edit->sd))
    seat->cell[issue].sd = edit->sd;
  bring_capability(seats, seat, issue);
  return TRUE;
}

static void set_salience(PlnSeats *seats, PlnSeat *seat, guint issue, const PlnTalksEdit *edit) {
  seat->cell[issue].salience = edit->value / 100;
  if (!isnan(edit->sd))
    seat->cell[issue].salience_sd = edit->sd / 100;
  seats->salience_stated[issue] = TRUE;
}

static void set_capability(PlnSeats *seats, PlnSeat *seat, guint issue, const PlnTalksEdit *edit) {
  seat->cell[issue].capability = edit->value;
  if (!isnan(edit->sd))
    seat->cell[issue].capability_sd = edit->sd;
  seats->capability_stated = TRUE;
}

static gboolean change(PlnSeats *seats, const PlnTalksEdit *edit, GError **error) {
  PlnSeat *seat = pln_seats_called(seats, edit->who, error);
  gboolean any = FALSE;
  for (guint p = 0; seat && p < seats->m; p++) {
    if (!meant(seat, edit, p))
      continue;
    any = TRUE;
    if (edit->kind == PLN_TALKS_POSITION && !set_position(seats, seat, p, edit, error))
      return FALSE;
    if (edit->kind == PLN_TALKS_SALIENCE)
      set_salience(seats, seat, p, edit);
    if (edit->kind == PLN_TALKS_CAPABILITY)
      set_capability(seats, seat, p, edit);
    pln_seat_mark(seat, p);
  }
  if (seat && !any)
    return pln_asked_refuse(error, "no issue is taken part in by", edit->who, "ISSUE: before it",
                            NULL);
  return seat != NULL;
}

static gboolean leave(const PlnSeats *seats, const PlnTalksEdit *edit, GError **error) {
  PlnSeat *seat = pln_seats_called(seats, edit->who, error);
  gboolean any = FALSE;
  for (guint p = 0; seat && p < seats->m; p++) {
    if (!meant(seat, edit, p) || isnan(seat->cell[p].position))
      continue;
    any = TRUE;
    seat->cell[p].position = NAN;
    seat->cell[p].left = TRUE;
    pln_seat_mark(seat, p);
  }
  if (seat && !any)
    return pln_asked_refuse(error, "nothing is left by", edit->who,
                            edit->issue < 0 ? "somebody who takes part in an issue"
                                            : "somebody who takes part in that issue",
                            NULL);
  return seat != NULL;
}

/* ---- Splitting ---- */

/* The number of the actor whose rows are those of @state, or -1. */
static int actor_of(const PlnSeats *seats, const PlnState *state) {
  for (guint i = 0; i < seats->actors->n; i++)
    if (pln_actors_who(seats->actors, i)->state == state)
      return (int)i;
  return -1;
}

/* What @state takes with it on @issue: its own rows, and what they leave empty from @bloc, of
 * whose capability it has one part in @among. */
static PlnSeatCell cell_of_member(const PlnSeats *seats, const PlnState *state,
                                  const PlnSeatCell *bloc, guint issue, guint among) {
  int actor = actor_of(seats, state);
  PlnSeatCell cell = *bloc, own = *bloc;
  cell.capability = bloc->capability / among;
  cell.capability_sd = bloc->capability_sd / among;
  if (actor < 0)
    return cell;
  own = pln_seats_cell(seats, (guint)actor, issue);
  if (!isnan(own.position)) {
    cell.position = own.position;
    cell.sd = own.sd;
    cell.status = own.status;
  }
  PlnActor row = pln_actors_cell(seats->actors, (guint)actor, issue);
  if (!isnan(row.salience)) {
    cell.salience = own.salience;
    cell.salience_sd = own.salience_sd;
  }
  if (!isnan(row.capability)) {
    cell.capability = own.capability;
    cell.capability_sd = own.capability_sd;
  }
  return cell;
}

/* The bloc keeps what its members do not take, as uncertain in proportion. */
static void take_away(PlnSeatCell *bloc, double capability) {
  double left = MAX(0, bloc->capability - capability);
  if (bloc->capability > 0)
    bloc->capability_sd *= left / bloc->capability;
  bloc->capability = left;
}

/* Its own seat where it has one on another issue; else one behind @bloc's. */
static PlnSeat *seat_for(PlnSeats *seats, const PlnState *state, const PlnSeat *bloc, guint *next) {
  int place = pln_seats_find(seats, state->code);
  if (place >= 0)
    return seat_at(seats, (guint)place);
  PlnSeat *seat = pln_seat_new(seats, state->code, state->name);
  seat->who->state = state;
  g_ptr_array_add(seat->who->members, (gpointer)state);
  g_ptr_array_add(seat->made_of, (gpointer)state);
  for (guint p = 0; p < seats->m; p++) {
    seat->cell[p] = bloc->cell[p];
    seat->cell[p].position = NAN;
  }
  g_ptr_array_insert(seats->seats, (int)(*next)++, seat);
  return seat;
}

/* @before: the bloc's cells before anybody left */
static void take_out(PlnSeats *seats, PlnSeat *bloc, const PlnSeatCell *before,
                     const PlnState *state, guint among, guint *next) {
  PlnSeat *seat = seat_for(seats, state, bloc, next);
  for (guint p = 0; p < seats->m; p++) {
    if (isnan(before[p].position) || !isnan(seat->cell[p].position))
      continue;
    seat->cell[p] = cell_of_member(seats, state, &before[p], p, among);
    take_away(&bloc->cell[p], seat->cell[p].capability);
    pln_seat_mark(seat, p);
    pln_seat_mark(bloc, p);
  }
  g_ptr_array_remove(bloc->who->members, (gpointer)state);
}

static gboolean refuse_member(const PlnSeat *bloc, const char *name, GError **error) {
  const GPtrArray *members = bloc->who->members;
  g_autofree const char **codes = g_new0(const char *, members->len + 1);
  for (guint k = 0; k < members->len; k++)
    codes[k] = ((const PlnState *)members->pdata[k])->code;
  g_autofree char *what = g_strdup_printf("%s does not speak for", bloc->who->name);
  return pln_asked_refuse(error, what, name, "the code of a member it speaks for", codes);
}

/* The members that @edit names, or all.  Returns: (transfer container): NULL and an error */
static GPtrArray *leavers(const PlnSeat *bloc, const PlnTalksEdit *edit, GError **error) {
  const GPtrArray *members = bloc->who->members;
  g_autoptr(GPtrArray) out = g_ptr_array_new();
  for (guint k = 0; !edit->list && k < members->len; k++)
    g_ptr_array_add(out, members->pdata[k]);
  for (guint j = 0; edit->list && edit->list[j]; j++) {
    guint before = out->len;
    for (guint k = 0; k < members->len; k++)
      if (strcmp(((const PlnState *)members->pdata[k])->code, edit->list[j]) == 0)
        g_ptr_array_add(out, members->pdata[k]);
    if (out->len == before) {
      refuse_member(bloc, edit->list[j], error);
      return NULL;
    }
  }
  return g_steal_pointer(&out);
}

static gboolean split(PlnSeats *seats, const PlnTalksEdit *edit, GError **error) {
  PlnSeat *bloc = pln_seats_called(seats, edit->who, error);
  if (!bloc)
    return FALSE;
  guint among = bloc->who->members->len, next = (guint)pln_seats_find(seats, edit->who) + 1;
  if (!bloc->who->bloc || among == 0)
    return pln_asked_refuse(error, bloc->who->bloc ? "speaks for nobody:" : "is no bloc:", edit->who,
                            "a bloc at the table, with members", NULL);
  g_autoptr(GPtrArray) out = leavers(bloc, edit, error);
  if (!out)
    return FALSE;
  g_autofree PlnSeatCell *before = g_memdup2(bloc->cell, sizeof *before * (seats->m + 1));
  for (guint k = 0; k < out->len; k++)
    take_out(seats, bloc, before, out->pdata[k], among, &next);
  if (bloc->who->members->len == 0) /* nobody is left to speak for */
    g_ptr_array_remove(seats->seats, bloc);
  return TRUE;
}

gboolean pln_seats_edit(PlnSeats *seats, const PlnTalksEdit *edit, GError **error) {
  switch (edit->kind) {
  case PLN_TALKS_SPLIT:
    return split(seats, edit, error);
  case PLN_TALKS_MERGE:
    return pln_seats_merge(seats, edit, error);
  case PLN_TALKS_LEAVE:
    return leave(seats, edit, error);
  default:
    return change(seats, edit, error);
  }
}
